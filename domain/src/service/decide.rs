//! The law of this room: help of people of the case, decided by somebody; a body that leaves has joined.

use super::catalogue::{
    ABOUT_NOBODY, DECIDED_BY_NOBODY, FAMILY_TOLD_OF_RET, INVOLVEMENT_OVER, INVOLVEMENT_UNKNOWN, STEP_UNKNOWN,
};
use super::{AdvisedOn, Body, NewStep, ServiceCommand, ServiceEvent, ServiceLevel};
use crate::case::{CaseEvent, CaseState};
use crate::conflict::catalogue::CONFLICT_UNKNOWN;
use crate::consent::{CONSENT_BEFORE_HELP, help_without_consent};
use crate::decider::Context;
use crate::fact::{Audience, Draft};
use crate::ids::{InvolvementId, PersonId, RecordId, StepId, Subject};
use crate::layers::audience_of_all;
use crate::once::check_once;
use crate::people::check_known;
use crate::personal::{DataClass, Personal};
use crate::regie::Agreed;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(state: &CaseState, command: &ServiceCommand, on: CivilDay, context: &mut Context<'_>) -> Answer {
    match command {
        ServiceCommand::TakeServiceStep(step) => take(state, step, on, context),
        ServiceCommand::RecordBodyJoined { body, organisation, persons, reason, family_told } => {
            let words = (reason, family_told.as_ref());
            joined(state, (*body, organisation.as_ref()), persons, words, context)
        }
        ServiceCommand::RecordBodyLeft { involvement, reason } => left(state, *involvement, reason, context),
        ServiceCommand::RecordAdvice { on, source, advice } => {
            let (conflict, step, persons) = advised_on(state, *on)?;
            let source = context.in_record(source.clone());
            let advice = context.in_record(advice.clone());
            let event = ServiceEvent::AdviceRecorded { conflict, step, persons: persons.clone(), source, advice };
            Ok(vec![of_all(event, &persons, state, context)])
        }
    }
}

fn take(state: &CaseState, given: &NewStep, on: CivilDay, context: &mut Context<'_>) -> Answer {
    check_known(&state.people, given.person)?;
    given.decided.iter().try_for_each(|agreed| match agreed {
        Agreed::Person(person) => check_known(&state.people, *person),
        Agreed::Worker(_) => Ok(()),
    })?;
    if given.decided.is_empty() {
        return Err(Rejection::new(DECIDED_BY_NOBODY));
    }
    let wishing: Vec<_> = given.wishes.iter().map(|wish| wish.person).collect();
    wishing.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_once(&wishing)?;
    let step = StepId::from_uuid(context.new_id());
    let mut kept = |line: &Option<Line>| line.as_ref().map(|line| of_health(line.clone(), context));
    let (programme, provider) = (kept(&given.programme), kept(&given.provider));
    let taken = ServiceEvent::ServiceStepTaken {
        step,
        person: given.person,
        environment: given.environment,
        level: Personal::ordinary(Subject::Person(given.person), given.level),
        reason: context.in_record(given.reason.clone()),
        decided: given.decided.clone(),
        programme,
        provider,
    };
    let mut taken = of_all(taken, &[given.person], state, context);
    if is_heavier(state, given, on) && !help_without_consent(state, &[given.person], on, context.terms).is_empty() {
        taken = taken.departing(CONSENT_BEFORE_HELP, None);
    }
    let mut drafts = vec![taken];
    for wish in &given.wishes {
        let words = context.in_record(wish.wish.clone());
        let event = ServiceEvent::FamilyWishTold { step, person: wish.person, wish: words };
        drafts.push(draft(event).for_audience(Audience::Persons(vec![wish.person])));
    }
    Ok(drafts)
}

/// Whether help goes up with this step. It is told after others decided it: a report, so one without consent is marked and never refused
/// (rule 0). Whoever had no step yet comes from the lightest, which is there for everybody.
fn is_heavier(state: &CaseState, given: &NewStep, on: CivilDay) -> bool {
    let mut course = state.service.course();
    let course = course.find(|(person, environment, _)| (*person, *environment) == (given.person, given.environment));
    let before = course.and_then(|(.., steps)| steps.into_iter().rev().find(|step| step.on <= on));
    let level = before.and_then(|step| step.level.known()).map_or(ServiceLevel::LOWEST, |level| level.number());
    given.level.number() > level
}

/// Which programme somebody follows says something of their health.
fn of_health(line: Line, context: &mut Context<'_>) -> Personal<Line> {
    let owner = Subject::Record(RecordId::from_uuid(context.new_id()));
    Personal::new(owner, DataClass::Health, line)
}

fn joined(
    state: &CaseState,
    (body, organisation): (Body, Option<&Line>),
    persons: &[PersonId],
    (reason, family_told): (&Text, Option<&Text>),
    context: &mut Context<'_>,
) -> Answer {
    persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_once(persons)?;
    if persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    let mut persons = persons.to_vec();
    persons.sort_unstable();
    let event = ServiceEvent::BodyJoined {
        involvement: InvolvementId::from_uuid(context.new_id()),
        body,
        organisation: organisation.map(|line| context.in_record(line.clone())),
        persons: persons.clone(),
        reason: context.in_record(reason.clone()),
        family_told: family_told.map(|words| context.in_record(words.clone())),
    };
    let draft = of_all(event, &persons, state, context);
    let untold = body == Body::Ret && family_told.is_none();
    Ok(vec![if untold { draft.departing(FAMILY_TOLD_OF_RET, None) } else { draft }])
}

fn left(state: &CaseState, involvement: InvolvementId, reason: &Text, context: &mut Context<'_>) -> Answer {
    let refused = |code: Code| Rejection::new(code).with("involvement", Detail::id(involvement));
    let known = state.service.involvement(involvement).ok_or_else(|| refused(INVOLVEMENT_UNKNOWN))?;
    if let Some((on, ..)) = &known.left {
        return Err(refused(INVOLVEMENT_OVER).with("since", *on));
    }
    let persons = known.persons.clone();
    let event = ServiceEvent::BodyLeft { involvement, reason: context.in_record(reason.clone()) };
    Ok(vec![of_all(event, &persons, state, context)])
}

type On = (Option<crate::ids::ConflictId>, Option<StepId>, Vec<PersonId>);

fn advised_on(state: &CaseState, on: AdvisedOn) -> Result<On, Rejection> {
    match on {
        AdvisedOn::Conflict(id) => {
            let refused = || Rejection::new(CONFLICT_UNKNOWN).with("conflict", Detail::id(id));
            let conflict = state.conflicts.conflict(id).ok_or_else(refused)?;
            Ok((Some(id), None, conflict.between.clone()))
        }
        AdvisedOn::Step(id) => {
            let refused = || Rejection::new(STEP_UNKNOWN).with("step", Detail::id(id));
            let step = state.service.step(id).ok_or_else(refused)?;
            Ok((None, Some(id), vec![step.person]))
        }
    }
}

const fn draft(event: ServiceEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Service(event))
}

/// What is said of all of them.
fn of_all(event: ServiceEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = audience_of_all(state, persons, context.today(), context.terms.consent_ages);
    draft(event).for_audience(audience)
}
