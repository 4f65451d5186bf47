//! Who is told of a lane later (*uitgesteld*; privacy.md, "Told later"): with a ground, a decider, a colleague who was consulted and a day
//! on which somebody looks again.

use super::catalogue::{CONSULTED_NOBODY, TOLD_ALREADY, TOLD_LATER_ALREADY, TOLD_LATER_UNKNOWN};
use super::decide::{Answer, Asked, of, refused};
use super::{Lane, SafetyCommand, SafetyEvent, TOLD_LATER_DUE, ToldLater};
use crate::fact::Due;
use crate::ids::ToldLaterId;
use crate::people::{check_known, check_order};
use crate::rejection::{Code, Detail, Rejection};
use crate::time::CivilDay;

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &SafetyCommand) -> Answer {
    match command {
        SafetyCommand::DecideToTellLater { .. } => decided(asked, command),
        SafetyCommand::ReviewTellingLater { told_later, by, review, words } => {
            let (lane, _) = untold(asked, *told_later)?;
            check_order(asked.on, Some(*review))?;
            let audience = asked.audience_of(lane);
            let (by, words) = (asked.who(*by), asked.grave(words));
            let event = SafetyEvent::ToldLaterReviewed { told_later: *told_later, by, review: *review, words };
            Ok(vec![of(event, audience).with_due(look_on(asked, *review))])
        }
        SafetyCommand::RecordPersonTold { told_later, by, words } => {
            let (lane, _) = untold(asked, *told_later)?;
            let audience = asked.audience_of(lane);
            let (by, words) = (asked.who(*by), words.as_ref().map(|words| asked.grave(words)));
            Ok(vec![of(SafetyEvent::PersonTold { told_later: *told_later, by, words }, audience)])
        }
        _ => Ok(Vec::new()),
    }
}

fn decided(asked: &mut Asked<'_, '_>, command: &SafetyCommand) -> Answer {
    let SafetyCommand::DecideToTellLater { lane, person, ground, decided_by, consulted, review, words } = command
    else {
        return Ok(Vec::new());
    };
    check_known(&asked.state.people, *person)?;
    let known = asked.lane(*lane)?;
    check_order(asked.on, Some(*review))?;
    let decided_by = asked.who(*decided_by);
    if *consulted == decided_by {
        return Err(refused(CONSULTED_NOBODY, *lane));
    }
    if let Some(earlier) = known.told_later.iter().find(|one| one.person == *person && one.told.is_none()) {
        return Err(of_told(TOLD_LATER_ALREADY, earlier.id));
    }
    let audience = asked.audience_of(known);
    let event = SafetyEvent::ToldLaterDecided {
        told_later: ToldLaterId::from_uuid(asked.context.new_id()),
        lane: *lane,
        person: *person,
        ground: *ground,
        decided_by,
        consulted: *consulted,
        review: *review,
        words: asked.grave(words),
    };
    Ok(vec![of(event, audience).with_due(look_on(asked, *review))])
}

fn untold<'a>(asked: &Asked<'a, '_>, told_later: ToldLaterId) -> Result<(&'a Lane, &'a ToldLater), Rejection> {
    let unknown = || of_told(TOLD_LATER_UNKNOWN, told_later);
    let (lane, one) = asked.state.safety.told_later(told_later).ok_or_else(unknown)?;
    match &one.told {
        Some(told) => Err(of_told(TOLD_ALREADY, told_later).with("on", told.on)),
        None => Ok((lane, one)),
    }
}

fn of_told(code: Code, told_later: ToldLaterId) -> Rejection {
    Rejection::new(code).with("told_later", Detail::id(told_later))
}

fn look_on(asked: &Asked<'_, '_>, last_day: CivilDay) -> Due {
    let at = asked.context.terms.calendar.follows_at(last_day);
    Due { what: TOLD_LATER_DUE.to_owned(), last_day, at }
}
