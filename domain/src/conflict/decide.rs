//! The law of this room: of people of the case, each in the conflict that is spoken of, assessed by somebody.

use super::catalogue::{
    ASSESSED_BY_A_PERSON, CALM_NOT_BEGUN, CONFLICT_NEEDS_TWO, CONFLICT_UNKNOWN, EFFECT_OF_NETWORK, FORM_OF_PARENTS,
    NOBODY_ASSESSED, NOT_IN_CONFLICT,
};
use super::{
    Conflict, ConflictCommand, ConflictEvent, GLASL, Medium, NetworkEffect, NewReaction, NewStage, ParentingForm,
    Reaction,
};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::{Audience, Draft, Role};
use crate::ids::{ConflictId, PersonId, Subject, WorkerId};
use crate::layers::{audience_of_all, stands_in_child_layer};
use crate::once::check_once;
use crate::people::{FamilyRole, check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(state: &CaseState, command: &ConflictCommand, context: &mut Context<'_>) -> Answer {
    match command {
        ConflictCommand::NameConflict { between, about } => name(state, between, about, context),
        ConflictCommand::AssessConflict { conflict, experienced, by } => {
            assess(state, *conflict, experienced, *by, context)
        }
        ConflictCommand::AssessParentingForm { parents, form, basis, by } => {
            assess_form(state, (parents, *form), basis, *by, context)
        }
        ConflictCommand::AssessNetworkEffect { conflict, person, effect, basis, by } => {
            assess_network(state, (*conflict, *person), *effect, (basis, *by), context)
        }
        ConflictCommand::RecordFlareUp { conflict, medium, trigger, reactions, told_by } => {
            let told = (trigger, reactions.as_slice(), *told_by);
            flare_up(state, *conflict, *medium, told, context)
        }
        ConflictCommand::ReportConflictEnergy { conflict, person, percent } => {
            check_in(known(state, *conflict)?, *person)?;
            let percent = Personal::ordinary(Subject::Person(*person), *percent);
            let event = ConflictEvent::ConflictEnergyReported { conflict: *conflict, person: *person, percent };
            Ok(vec![of_person(event, *person)])
        }
        ConflictCommand::ReportCalmPeriod { person, conflict, from, until, words } => {
            calm(state, (*person, *conflict), (*from, *until), words.as_ref(), context)
        }
        ConflictCommand::RestConflict { conflict, kind, reason } => {
            let between = known(state, *conflict)?.between.clone();
            let reason = context.in_record(reason.clone());
            let event = ConflictEvent::ConflictRested { conflict: *conflict, kind: *kind, reason };
            Ok(vec![of_all(event, &between, state, context)])
        }
    }
}

fn name(state: &CaseState, between: &[PersonId], about: &Text, context: &mut Context<'_>) -> Answer {
    between.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_once(between)?;
    if between.len() < 2 {
        return Err(Rejection::new(CONFLICT_NEEDS_TWO));
    }
    let mut between = between.to_vec();
    between.sort_unstable();
    let conflict = ConflictId::from_uuid(context.new_id());
    let about = context.in_record(about.clone());
    let event = ConflictEvent::ConflictNamed { conflict, between: between.clone(), about };
    Ok(vec![of_all(event, &between, state, context)])
}

fn assess(
    state: &CaseState,
    id: ConflictId,
    experienced: &[NewStage],
    by: Option<WorkerId>,
    context: &mut Context<'_>,
) -> Answer {
    let conflict = known(state, id)?;
    let persons: Vec<_> = experienced.iter().map(|one| one.person).collect();
    check_assessed(&persons, context)?;
    persons.iter().try_for_each(|person| check_in(conflict, *person))?;
    let by = by.unwrap_or(context.actor.worker);
    let assessed = experienced.iter().map(|one| {
        let event = ConflictEvent::GlaslStageAssessed {
            conflict: id,
            person: one.person,
            stage: one.stage.map(|stage| Personal::ordinary(Subject::Person(one.person), stage)),
            observations: context.in_record(one.observations.clone()),
            by,
            model: GLASL.to_owned(),
        };
        of_layer(event, one.person, state, context)
    });
    Ok(assessed.collect())
}

fn assess_form(
    state: &CaseState,
    (parents, form): (&[PersonId], ParentingForm),
    basis: &Text,
    by: Option<WorkerId>,
    context: &mut Context<'_>,
) -> Answer {
    parents.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_assessed(parents, context)?;
    parents.iter().try_for_each(|person| check_parent(state, *person))?;
    let by = by.unwrap_or(context.actor.worker);
    let assessed = parents.iter().map(|person| {
        let form = Personal::ordinary(Subject::Person(*person), form);
        let basis = context.in_record(basis.clone());
        of_person(ConflictEvent::ParentingFormAssessed { person: *person, form, basis, by }, *person)
    });
    Ok(assessed.collect())
}

/// Of somebody of the network. A network member who is a child, a grown-up neighbour or a friend: each by the layer of that person.
fn assess_network(
    state: &CaseState,
    (id, person): (ConflictId, PersonId),
    effect: NetworkEffect,
    (basis, by): (&Text, Option<WorkerId>),
    context: &mut Context<'_>,
) -> Answer {
    known(state, id)?;
    check_known(&state.people, person)?;
    check_assessed(&[person], context)?;
    check_network(state, person)?;
    let event = ConflictEvent::NetworkEffectAssessed {
        conflict: id,
        person,
        effect: Personal::ordinary(Subject::Person(person), effect),
        basis: context.in_record(basis.clone()),
        by: by.unwrap_or(context.actor.worker),
    };
    Ok(vec![of_layer(event, person, state, context)])
}

fn flare_up(
    state: &CaseState,
    id: ConflictId,
    medium: Medium,
    (trigger, reactions, told_by): (&Text, &[NewReaction], Option<PersonId>),
    context: &mut Context<'_>,
) -> Answer {
    let conflict = known(state, id)?;
    let persons: Vec<_> = reactions.iter().map(|one| one.person).collect();
    check_once(&persons)?;
    persons.iter().chain(&told_by).try_for_each(|person| check_in(conflict, *person))?;
    let between = conflict.between.clone();
    let trigger = context.in_record(trigger.clone());
    let reaction = |one: &NewReaction| Reaction { person: one.person, acts: context.in_record(one.acts.clone()) };
    let reactions = reactions.iter().map(reaction).collect();
    let medium = Personal::ordinary(trigger.owner(), medium);
    let event = ConflictEvent::FlareUpRecorded { conflict: id, medium, trigger, reactions, told_by };
    Ok(vec![match told_by {
        Some(person) => of_person(event, person),
        None => of_all(event, &between, state, context),
    }])
}

fn calm(
    state: &CaseState,
    (person, conflict): (PersonId, Option<ConflictId>),
    (from, until): (CivilDay, Option<CivilDay>),
    words: Option<&Text>,
    context: &mut Context<'_>,
) -> Answer {
    check_known(&state.people, person)?;
    if let Some(conflict) = conflict {
        check_in(known(state, conflict)?, person)?;
    }
    check_order(from, until)?;
    let begun = from <= context.today() && until.is_none_or(|until| until <= context.today());
    if !begun {
        return Err(Rejection::new(CALM_NOT_BEGUN).with("from", from).with("today", context.today()));
    }
    let words = words.map(|words| context.in_record(words.clone()));
    let event = ConflictEvent::CalmPeriodReported { person, conflict, from, until, words };
    Ok(vec![of_person(event, person)])
}

fn known(state: &CaseState, conflict: ConflictId) -> Result<&Conflict, Rejection> {
    let refused = || Rejection::new(CONFLICT_UNKNOWN).with("conflict", Detail::id(conflict));
    state.conflicts.conflict(conflict).ok_or_else(refused)
}

fn check_in(conflict: &Conflict, person: PersonId) -> Result<(), Rejection> {
    if conflict.between.contains(&person) {
        return Ok(());
    }
    Err(of(NOT_IN_CONFLICT, person).with("conflict", Detail::id(conflict.id)))
}

fn check_assessed(persons: &[PersonId], context: &Context<'_>) -> Result<(), Rejection> {
    if context.actor.role == Role::System {
        return Err(Rejection::new(ASSESSED_BY_A_PERSON));
    }
    if persons.is_empty() {
        return Err(Rejection::new(NOBODY_ASSESSED));
    }
    check_once(persons)
}

/// A role that cannot be read may be that of a parent.
fn check_parent(state: &CaseState, person: PersonId) -> Result<(), Rejection> {
    let roles = state.people.person(person).map(|known| known.role.entries()).unwrap_or_default();
    let mut roles = roles.iter().map(|entry| entry.value.known());
    if roles.any(|role| role.is_none_or(|role| !matches!(role, FamilyRole::Child | FamilyRole::NetworkMember))) {
        return Ok(());
    }
    Err(of(FORM_OF_PARENTS, person))
}

/// A role that cannot be read may be that of somebody of the network.
fn check_network(state: &CaseState, person: PersonId) -> Result<(), Rejection> {
    let roles = state.people.person(person).map(|known| known.role.entries()).unwrap_or_default();
    let mut roles = roles.iter().map(|entry| entry.value.known());
    if roles.any(|role| role.is_none_or(|role| *role == FamilyRole::NetworkMember)) {
        return Ok(());
    }
    Err(of(EFFECT_OF_NETWORK, person))
}

fn of(code: Code, person: PersonId) -> Rejection {
    Rejection::new(code).with("person", Detail::id(person))
}

/// What somebody told or what is said of that person alone: of their own layer, a child's too.
fn of_person(event: ConflictEvent, person: PersonId) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Conflict(event)).for_audience(Audience::Persons(vec![person]))
}

/// Of a child its layer, of anybody else the personal one.
fn of_layer(event: ConflictEvent, person: PersonId, state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    if stands_in_child_layer(state, person, context.today(), context.terms.consent_ages) {
        return Draft::of(CaseEvent::Conflict(event)).for_audience(Audience::Child(person));
    }
    of_person(event, person)
}

/// What is said of all of them.
fn of_all(event: ConflictEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = audience_of_all(state, persons, context.today(), context.terms.consent_ages);
    Draft::of(CaseEvent::Conflict(event)).for_audience(audience)
}
