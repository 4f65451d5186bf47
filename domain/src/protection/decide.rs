//! The law of this room: one worker protects, at once; two lift, with the protected person.

use super::catalogue::{
    ALREADY_PROTECTED, LIFTING_ALREADY_PROPOSED, LIFTING_NOT_PROPOSED, NOT_PROTECTED, SECOND_PERSON_NEEDED,
};
use super::{Guard, ProtectionCommand, ProtectionEvent};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::{Actor, Draft};
use crate::households;
use crate::ids::{HouseholdId, PersonId, RecordId, Subject};
use crate::people::decide::check_known;
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;

pub(super) fn decide(
    state: &CaseState,
    command: &ProtectionCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let event = match command {
        ProtectionCommand::ProtectLocatingData { person, households, reason } => {
            check_known(&state.people, *person)?;
            households::check_known(&state.households, households)?;
            check_new(state, *person, households)?;
            let households = sorted(households);
            ProtectionEvent::LocatingDataProtected { person: *person, households, reason: record(reason, context) }
        }
        ProtectionCommand::ProposeLifting { person, agreed } => {
            if guard(state, *person)?.proposed_by.is_some() {
                return Err(Rejection::new(LIFTING_ALREADY_PROPOSED).with("person", Detail::id(*person)));
            }
            ProtectionEvent::LiftingProposed { person: *person, agreed: record(agreed, context) }
        }
        ProtectionCommand::ConfirmLifting { person } => {
            let Some(proposer) = &guard(state, *person)?.proposed_by else {
                return Err(Rejection::new(LIFTING_NOT_PROPOSED).with("person", Detail::id(*person)));
            };
            check_second(proposer, context.actor)?;
            ProtectionEvent::ProtectionLifted { person: *person }
        }
    };
    Ok(vec![Draft::of(CaseEvent::Protection(event))])
}

fn guard(state: &CaseState, person: PersonId) -> Result<&Guard, Rejection> {
    check_known(&state.people, person)?;
    let guard = state.protection.guard(person);
    guard.ok_or_else(|| Rejection::new(NOT_PROTECTED).with("person", Detail::id(person)))
}

/// Protecting again is something new when it adds a household, or when it stands against a proposal to stop.
fn check_new(state: &CaseState, person: PersonId, households: &[HouseholdId]) -> Result<(), Rejection> {
    let Some(guard) = state.protection.guard(person) else { return Ok(()) };
    if guard.proposed_by.is_some() || !households.iter().all(|household| guard.households.contains(household)) {
        return Ok(());
    }
    Err(Rejection::new(ALREADY_PROTECTED).with("person", Detail::id(person)))
}

/// Somebody who acts for the proposer, or for whom the proposer acted, is no second person.
pub(super) fn check_second(proposer: &Actor, actor: &Actor) -> Result<(), Rejection> {
    if proposer.shares_somebody_with(actor) {
        return Err(Rejection::new(SECOND_PERSON_NEEDED).with("proposed_by", Detail::id(proposer.worker)));
    }
    Ok(())
}

fn sorted(households: &[HouseholdId]) -> Vec<HouseholdId> {
    let mut households = households.to_vec();
    households.sort_unstable();
    households.dedup();
    households
}

/// A free text has a key of its own, so that it can be destroyed alone.
fn record(text: &Text, context: &mut Context<'_>) -> Personal<Text> {
    Personal::ordinary(Subject::Record(RecordId::from_uuid(context.new_id())), text.clone())
}
