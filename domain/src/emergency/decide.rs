//! The law of this room: one at a time, for hours, by nobody who is kept out; reviewed once, by somebody else.

use super::catalogue::{
    EMERGENCY_OPEN, EMERGENCY_OVER, EMERGENCY_REVIEWED, EMERGENCY_TOO_LONG, EMERGENCY_UNKNOWN, MAY_NOT_END_EMERGENCY,
    REVIEWED_BY_ANOTHER,
};
use super::{
    Access, EMERGENCY_REVIEW_DUE, EmergencyCommand, EmergencyEvent, EmergencyGround, NewGround, ReviewOutcome,
    SixAnswers,
};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::exclusion::check_not_excluded;
use crate::fact::{Draft, Due};
use crate::ids::EmergencyId;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(state: &CaseState, command: &EmergencyCommand, context: &mut Context<'_>) -> Answer {
    match command {
        EmergencyCommand::OpenEmergencyAccess { ground, reason, hours } => open(state, ground, reason, *hours, context),
        EmergencyCommand::EndEmergencyAccess { emergency } => end(state, *emergency, context),
        EmergencyCommand::ReviewEmergencyAccess { emergency, outcome, finding } => {
            review(state, *emergency, *outcome, finding, context)
        }
    }
}

fn open(state: &CaseState, ground: &NewGround, reason: &Text, hours: Option<u16>, context: &mut Context<'_>) -> Answer {
    let actor = context.actor;
    let behind = [Some(actor.worker), actor.on_behalf_of];
    behind.into_iter().flatten().try_for_each(|worker| check_not_excluded(state, worker))?;
    let longest = context.terms.emergency_access_hours;
    let hours = hours.unwrap_or(longest);
    if hours == 0 || hours > longest {
        return Err(Rejection::new(EMERGENCY_TOO_LONG).with("hours_allowed", u64::from(longest)));
    }
    if let Some(open) = state.emergency.open_at(context.now).find(|access| access.worker == actor.worker) {
        return Err(refused(EMERGENCY_OPEN, open.id).with("until", open.until));
    }
    let term = context.terms.emergency_review;
    let due = Due {
        what: EMERGENCY_REVIEW_DUE.to_owned(),
        last_day: context.terms.last_day(term, context.today()),
        at: context.terms.follows_at(term, context.today()),
    };
    let event = EmergencyEvent::EmergencyAccessOpened {
        emergency: EmergencyId::from_uuid(context.new_id()),
        worker: actor.worker,
        organisation: actor.organisation.clone(),
        ground: recorded(ground, context),
        reason: context.in_record(reason.clone()),
        until: context.now.plus_hours(hours),
    };
    Ok(vec![draft(event).with_due(due)])
}

fn recorded(ground: &NewGround, context: &mut Context<'_>) -> EmergencyGround {
    match ground {
        NewGround::VitalInterest => EmergencyGround::VitalInterest,
        NewGround::ConflictOfDuties(answers) => EmergencyGround::ConflictOfDuties {
            answers: Box::new(SixAnswers {
                consent_sought: context.in_record(answers.consent_sought.clone()),
                harm: context.in_record(answers.harm.clone()),
                conscience: context.in_record(answers.conscience.clone()),
                subsidiarity: context.in_record(answers.subsidiarity.clone()),
                effect: context.in_record(answers.effect.clone()),
                proportionality: context.in_record(answers.proportionality.clone()),
            }),
        },
    }
}

fn end(state: &CaseState, emergency: EmergencyId, context: &Context<'_>) -> Answer {
    let access = check_known(state, emergency)?;
    let today = context.today();
    let director = state.answering_director_on(today).map(|held| held.worker);
    let deputy = state.regie.deputy_on(today).map(|held| held.worker);
    if ![Some(access.worker), director, deputy].contains(&Some(context.actor.worker)) {
        return Err(refused(MAY_NOT_END_EMERGENCY, emergency));
    }
    if !access.is_open_at(context.now) {
        return Err(refused(EMERGENCY_OVER, emergency).with("since", access.over_at()));
    }
    Ok(vec![draft(EmergencyEvent::EmergencyAccessEnded { emergency })])
}

fn review(
    state: &CaseState,
    emergency: EmergencyId,
    outcome: ReviewOutcome,
    finding: &Text,
    context: &mut Context<'_>,
) -> Answer {
    let access = check_known(state, emergency)?;
    if context.actor.shares_somebody_with(&access.opened_by) {
        return Err(refused(REVIEWED_BY_ANOTHER, emergency));
    }
    if access.review.is_some() {
        return Err(refused(EMERGENCY_REVIEWED, emergency));
    }
    let finding = context.in_record(finding.clone());
    Ok(vec![draft(EmergencyEvent::EmergencyAccessReviewed { emergency, outcome, finding })])
}

fn check_known(state: &CaseState, emergency: EmergencyId) -> Result<&Access, Rejection> {
    state.emergency.access(emergency).ok_or_else(|| refused(EMERGENCY_UNKNOWN, emergency))
}

fn refused(code: Code, emergency: EmergencyId) -> Rejection {
    Rejection::new(code).with("emergency", Detail::id(emergency))
}

const fn draft(event: EmergencyEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Emergency(event))
}
