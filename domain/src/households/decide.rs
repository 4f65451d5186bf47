//! The law of this room: who lives together, since when, under a label that gives nothing away.

use super::catalogue::{
    HOUSEHOLD_UNKNOWN, MEMBERSHIP_ALREADY_ENDED, MEMBERSHIP_NOT_BEGUN, MEMBERSHIP_OVERLAPS, NEUTRAL_LABEL, NOT_A_MEMBER,
};
use super::{Household, HouseholdCommand, HouseholdEvent, label};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::Draft;
use crate::ids::{HouseholdId, PersonId, Subject};
use crate::people::Source;
use crate::people::decide::{check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::Line;
use crate::time::CivilDay;

pub(super) fn decide(
    state: &CaseState,
    command: &HouseholdCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let draft = match command {
        HouseholdCommand::FormHousehold { label, from, members } => return form(state, label, *from, members, context),
        HouseholdCommand::RelabelHousehold { household, label: new } => {
            known(state, *household)?;
            label::check(&state.households, Some(*household), new)?;
            let label = owned(*household, new);
            write(HouseholdEvent::HouseholdRelabelled { household: *household, label })
        }
        HouseholdCommand::RecordMembership { household, person, from, until } => {
            check_membership(state, *household, *person, *from, *until)?;
            write(HouseholdEvent::MembershipRecorded {
                household: *household,
                person: *person,
                from: *from,
                until: *until,
            })
        }
        HouseholdCommand::EndMembership { household, person, last_day } => {
            check_end(state, *household, *person, *last_day)?;
            write(HouseholdEvent::MembershipEnded { household: *household, person: *person, last_day: *last_day })
        }
        HouseholdCommand::RecordAddress { household, address, from, source } => {
            record_address(known(state, *household)?, address, *from, *source)
        }
    };
    Ok(vec![draft])
}

fn form(
    state: &CaseState,
    label: &Line,
    from: CivilDay,
    members: &[PersonId],
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    label::check(&state.households, None, label)?;
    for (index, person) in members.iter().enumerate() {
        check_known(&state.people, *person)?;
        if members[..index].contains(person) {
            return Err(Rejection::new(MEMBERSHIP_OVERLAPS).with("person", Detail::id(*person)).with("from", from));
        }
    }
    let household = HouseholdId::from_uuid(context.new_id());
    let formed = HouseholdEvent::HouseholdFormed { household, label: owned(household, label), from };
    let joined = members.iter().map(|person| HouseholdEvent::MembershipRecorded {
        household,
        person: *person,
        from,
        until: None,
    });
    Ok([formed].into_iter().chain(joined).map(write).collect())
}

/// An address is a report of reality, so it is accepted; when it shows that a label gives the place away, that is marked (rule 0).
fn record_address(household: &Household, address: &Line, from: CivilDay, source: Source) -> Draft<CaseEvent> {
    let event = HouseholdEvent::AddressRecorded {
        household: household.id,
        address: owned(household.id, address),
        from,
        source,
    };
    let draft = write(event);
    if label::gives_away(&household.label, address) { draft.departing(NEUTRAL_LABEL, None) } else { draft }
}

fn check_membership(
    state: &CaseState,
    household: HouseholdId,
    person: PersonId,
    from: CivilDay,
    until: Option<CivilDay>,
) -> Result<(), Rejection> {
    let known = known(state, household)?;
    check_known(&state.people, person)?;
    check_order(from, until)?;
    let days = known.members.get(&person);
    let overlaps = days.and_then(|days| {
        let starts_in_time = |first: CivilDay| until.is_none_or(|until| first <= until);
        let lasts = |last: Option<CivilDay>| last.is_none_or(|last| from <= last);
        days.entries().iter().find(|entry| starts_in_time(entry.from) && lasts(entry.until))
    });
    match overlaps {
        Some(entry) => Err(Rejection::new(MEMBERSHIP_OVERLAPS)
            .with("person", Detail::id(person))
            .with("household", Detail::id(household))
            .with("from", entry.from)),
        None => Ok(()),
    }
}

fn check_end(state: &CaseState, household: HouseholdId, person: PersonId, last_day: CivilDay) -> Result<(), Rejection> {
    let known = known(state, household)?;
    check_known(&state.people, person)?;
    let refuse = |code| {
        let refusal = Rejection::new(code).with("person", Detail::id(person));
        Err(refusal.with("household", Detail::id(household)).with("last_day", last_day))
    };
    let Some(days) = known.members.get(&person) else { return refuse(NOT_A_MEMBER) };
    match days.entry_at(last_day) {
        Some(entry) if entry.until == Some(last_day) => refuse(MEMBERSHIP_ALREADY_ENDED),
        Some(_) => Ok(()),
        None if days.entries().first().is_some_and(|first| last_day < first.from) => refuse(MEMBERSHIP_NOT_BEGUN),
        None => refuse(NOT_A_MEMBER),
    }
}

fn known(state: &CaseState, household: HouseholdId) -> Result<&Household, Rejection> {
    let known = state.households.household(household);
    known.ok_or_else(|| Rejection::new(HOUSEHOLD_UNKNOWN).with("household", Detail::id(household)))
}

const fn write(event: HouseholdEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Households(event))
}

fn owned(household: HouseholdId, line: &Line) -> Personal<Line> {
    Personal::ordinary(Subject::Household(household), line.clone())
}
