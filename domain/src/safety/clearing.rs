//! Clearing a lane: by a second person who may know it, once it was weighed, and after Veilig Thuis answered when a report was made (rule 19).

use super::catalogue::{ANSWER_AWAITED, CLEARED_BY_ANOTHER, LANE_NOT_WEIGHED, LANE_UNKNOWN, REPORT_NOT_MADE};
use super::decide::{Answer, Asked, of, refused};
use super::{Lane, SafetyEvent};
use crate::fact::{Actor, Audience};
use crate::ids::LaneId;
use crate::rejection::Rejection;
use crate::text::Text;

pub(super) fn clear(asked: &mut Asked<'_, '_>, lane: LaneId, words: &Text) -> Answer {
    let known = asked.open_lane(lane)?;
    let audience = asked.audience_of(known);
    if !knows(asked, &audience) {
        return Err(refused(LANE_UNKNOWN, lane));
    }
    check_second(known, asked.context.actor)?;
    if known.weighed.is_empty() {
        return Err(refused(LANE_NOT_WEIGHED, lane));
    }
    check_answered(known)?;
    let words = asked.grave(words);
    Ok(vec![of(SafetyEvent::SafetyLaneCleared { lane, words }, audience)])
}

/// Whether whoever clears may know the lane: nobody clears what they cannot read.
fn knows(asked: &Asked<'_, '_>, audience: &Audience) -> bool {
    let (actor, regie) = (asked.context.actor, &asked.state.regie);
    let Audience::Workers(workers) = audience else {
        let directs = regie.director_on(asked.on).map(|held| held.worker);
        let stands_in = regie.deputy_on(asked.on).map(|held| held.worker);
        return directs.is_none() || directs.into_iter().chain(stands_in).any(|worker| actor.is_or_acts_for(worker));
    };
    workers.iter().any(|worker| actor.is_or_acts_for(*worker))
}

/// Not who opened it, and nobody who weighed it, nor somebody who acts for them.
fn check_second(lane: &Lane, actor: &Actor) -> Result<(), Rejection> {
    let weighed = |one: &super::Weighed| {
        let mut took_part = std::iter::once(&one.by).chain(&one.with).chain(&one.officer);
        one.recorded_by.shares_somebody_with(actor) || took_part.any(|worker| actor.is_or_acts_for(*worker))
    };
    if lane.opened_by.shares_somebody_with(actor) || lane.weighed.iter().any(weighed) {
        return Err(refused(CLEARED_BY_ANOTHER, lane.id));
    }
    Ok(())
}

/// What was found acute or structural, or what was decided, is reported, and the last report was answered. What cannot be read may have
/// asked for a report.
fn check_answered(lane: &Lane) -> Result<(), Rejection> {
    let grave = lane.last_weighed().is_some_and(|one| {
        let answers = one.answers.known();
        answers.is_none_or(|answers| answers.acute || answers.structural)
    });
    let decided = lane.last_decided().is_some_and(|one| one.report_needed.known() != Some(&false));
    let Some(reported) = lane.reported.iter().map(|one| one.on).max() else {
        return if grave || decided { Err(refused(REPORT_NOT_MADE, lane.id)) } else { Ok(()) };
    };
    if lane.answered.iter().any(|answer| answer.on >= reported) {
        return Ok(());
    }
    Err(refused(ANSWER_AWAITED, lane.id).with("reported", reported))
}
