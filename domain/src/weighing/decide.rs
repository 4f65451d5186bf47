//! The law of this room: of people of the case, decided by somebody; a wait has a day on which somebody looks again.

use super::catalogue::{REVIEW_AFTER_END, WAITING_WITHOUT_REVIEW, WEIGHING_OVER, WEIGHING_UNKNOWN};
use super::{HARM_REVIEW_DUE, NewJustification, WAITING_REVIEW_DUE, Weighed, Weighing, WeighingCommand, WeighingEvent};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::{Draft, Due};
use crate::ids::{HelpTrajectoryId, PersonId, RecordId, Subject, WeighingId};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::regie::Agreed;
use crate::regie::asked::Answer;
use crate::rejection::{Code, Detail, Rejection};
use crate::service::catalogue::{ABOUT_NOBODY, DECIDED_BY_NOBODY};
use crate::text::Text;
use crate::time::CivilDay;
use crate::trajectory::catalogue::TRAJECTORY_UNKNOWN;

pub(super) fn decide(state: &CaseState, command: &WeighingCommand, on: CivilDay, context: &mut Context<'_>) -> Answer {
    match command {
        WeighingCommand::JustifyHarmfulHelp(new) => justify(state, new, on, context),
        WeighingCommand::DecideToWait { persons, what, reason, decided, review } => {
            check_who(state, persons, decided)?;
            check_order(on, Some(*review))?;
            let event = WeighingEvent::WaitingDecided {
                weighing: WeighingId::from_uuid(context.new_id()),
                persons: each_once(persons),
                what: context.in_record(what.clone()),
                reason: context.in_record(reason.clone()),
                decided: decided.clone(),
                review: *review,
            };
            Ok(vec![of_all(event, persons, state, context).with_due(due_on(WAITING_REVIEW_DUE, *review, context))])
        }
        WeighingCommand::ReviewWeighing { weighing, goes_on, finding, next } => {
            review(state, *weighing, (*goes_on, *next), finding, on, context)
        }
    }
}

fn justify(state: &CaseState, new: &NewJustification, on: CivilDay, context: &mut Context<'_>) -> Answer {
    check_who(state, &new.persons, &new.decided)?;
    check_trajectory(state, new.trajectory)?;
    check_order(on, new.review)?;
    let mut kept = |words: &Option<Text>| words.as_ref().map(|words| context.in_record(words.clone()));
    let (lighter, child_interest) = (kept(&new.lighter), kept(&new.child_interest));
    let event = WeighingEvent::HarmfulHelpJustified {
        weighing: WeighingId::from_uuid(context.new_id()),
        persons: each_once(&new.persons),
        help: of_health(new.help.clone(), context),
        trajectory: new.trajectory,
        benefit: context.in_record(new.benefit.clone()),
        harm: of_health(new.harm.clone(), context),
        lighter,
        justification: context.in_record(new.justification.clone()),
        child_interest,
        decided: new.decided.clone(),
        review: new.review,
    };
    let mut draft = of_all(event, &new.persons, state, context);
    draft.due.extend(new.review.map(|review| due_on(HARM_REVIEW_DUE, review, context)));
    Ok(vec![draft])
}

fn review(
    state: &CaseState,
    weighing: WeighingId,
    (goes_on, next): (bool, Option<CivilDay>),
    finding: &Text,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Answer {
    let known = check_open(state, weighing)?;
    let waits = matches!(known.what, Weighed::Waiting { .. });
    match next {
        Some(_) if !goes_on => return Err(refused(REVIEW_AFTER_END, weighing)),
        None if goes_on && waits => return Err(refused(WAITING_WITHOUT_REVIEW, weighing)),
        next => check_order(on, next)?,
    }
    let finding = context.in_record(finding.clone());
    let event = WeighingEvent::WeighingReviewed { weighing, goes_on, finding, next };
    let mut draft = of_all(event, &known.persons, state, context);
    let what = if waits { WAITING_REVIEW_DUE } else { HARM_REVIEW_DUE };
    draft.due.extend(next.map(|next| due_on(what, next, context)));
    Ok(vec![draft])
}

fn check_open(state: &CaseState, weighing: WeighingId) -> Result<&Weighing, Rejection> {
    let known = state.weighings.get(weighing).ok_or_else(|| refused(WEIGHING_UNKNOWN, weighing))?;
    match known.over() {
        Some(since) => Err(refused(WEIGHING_OVER, weighing).with("since", since)),
        None => Ok(known),
    }
}

fn refused(code: Code, weighing: WeighingId) -> Rejection {
    Rejection::new(code).with("weighing", Detail::id(weighing))
}

fn check_who(state: &CaseState, persons: &[PersonId], decided: &[Agreed]) -> Result<(), Rejection> {
    let deciders = decided.iter().filter_map(super::person);
    persons.iter().copied().chain(deciders).try_for_each(|person| check_known(&state.people, person))?;
    check_once(persons)?;
    if persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    if decided.is_empty() {
        return Err(Rejection::new(DECIDED_BY_NOBODY));
    }
    Ok(())
}

fn check_trajectory(state: &CaseState, trajectory: Option<HelpTrajectoryId>) -> Result<(), Rejection> {
    match trajectory.filter(|trajectory| state.trajectories.get(*trajectory).is_none()) {
        Some(unknown) => Err(Rejection::new(TRAJECTORY_UNKNOWN).with("trajectory", Detail::id(unknown))),
        None => Ok(()),
    }
}

/// Which help somebody gets, and what it may do to them, says something of their health.
fn of_health<T>(words: T, context: &mut Context<'_>) -> Personal<T> {
    Personal::new(Subject::Record(RecordId::from_uuid(context.new_id())), DataClass::Health, words)
}

fn due_on(what: &str, last_day: CivilDay, context: &Context<'_>) -> Due {
    Due { what: what.to_owned(), last_day, at: context.terms.calendar.follows_at(last_day) }
}

fn of_all(event: WeighingEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let persons = each_once(persons);
    let audience = audience_of_all(state, &persons, context.today(), context.terms.consent_ages);
    Draft::of(CaseEvent::Weighing(event)).for_audience(audience)
}
