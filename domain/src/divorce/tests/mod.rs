//! Given, when, then for every rule of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::*;
use crate::consent::{Category, ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use crate::fact::Role;
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, EventId, HouseholdId, PersonId, WorkerId};
use crate::life::{LifeCommand, Outcome};
use crate::people::{Authority, FamilyRole};
use crate::personal::Personal;
use crate::plan::PlanRef;
use crate::regie::{Agreed, RegieCommand, RegieEvent, RegieTask};
use crate::testing::*;

mod advice;
mod catalogue;
mod conversations;
mod coordinators;
mod dons;
mod sat;
mod topology;
mod two_plans;

pub(crate) const ILSE: PersonId = PersonId::from_uuid(Uuid::from_u128(0x61));
pub(crate) const ROBERT: PersonId = PersonId::from_uuid(Uuid::from_u128(0x62));
pub(crate) const MORRIS: PersonId = PersonId::from_uuid(Uuid::from_u128(0x63));
pub(crate) const ANJA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x71));
pub(crate) const WIM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x72));
pub(crate) const FENNA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x73));
pub(crate) const HUGO: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x74));
pub(crate) const TESS: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x75));
pub(crate) const A: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xA));
pub(crate) const B: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xB));
pub(crate) const C: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xC));

fn formed(household: HouseholdId, label: &str) -> CaseEvent {
    let label = Personal::ordinary(Subject::Household(household), line(label));
    HouseholdEvent::HouseholdFormed { household, label, from: day("2026-01-19") }.into()
}

/// Ilse and Robert with joint authority over Morris (2015-05-14), three households, no director yet.
pub(crate) fn family() -> Given<Case> {
    let mut events = vec![opened().remove(0).1];
    events.extend([
        person(ILSE, "Ilse", Some("1984-02-02"), FamilyRole::Parent),
        person(ROBERT, "Robert", Some("1983-03-03"), FamilyRole::Parent),
        person(MORRIS, "Morris", Some("2015-05-14"), FamilyRole::Child),
        authority(MORRIS, Authority::JointParents(ILSE, ROBERT), "2015-05-14"),
        formed(A, "huishouden A"),
        formed(B, "huishouden B"),
        formed(C, "huishouden C"),
    ]);
    given(events.into_iter().map(|event| ("2026-01-19", event)))
}

/// Anja directs since 2026-01-20; it is 2026-04-21.
pub(crate) fn directed() -> Given<Case> {
    let assigned = RegieEvent::DirectorAssigned {
        director: ANJA,
        organisation: organisation("zorg-vecht"),
        tasks: vec![RegieTask::Overview],
        agreed: vec![Agreed::Person(ILSE)],
        from: day("2026-01-20"),
    };
    let given = family().on("2026-01-20").recorded([Draft::of(assigned.into())]);
    given.on("2026-04-21").by(ANJA, Role::CaseDirector)
}

/// Each was screened alone, something was signalled, and triage chose to offer `DOnS`, today.
pub(crate) fn offered(given: Given<Case>) -> Given<Case> {
    use super::episode::tests as episode;
    let given = episode::screened(given).when(episode::signal("Veel spanning bij het ophalen.")).accepted();
    given.when(episode::triage(super::episode::DivorceTrack::Dons)).accepted()
}

pub(crate) fn split(ground: SplitGround, households: &[HouseholdId], wishes: &[PersonId]) -> TopologyCommand {
    TopologyCommand::SplitPlanPerHousehold {
        ground,
        reason: text("eerst rust in ieder huis"),
        households: households.to_vec(),
        wishes: wishes.to_vec(),
        assignment: Vec::new(),
        review: None,
    }
}

/// As [`split`], with everything that runs in the plan of the family given the same place.
pub(crate) fn split_to(given: &Given<Case>, ground: SplitGround, to: &SplitTo) -> TopologyCommand {
    let running = given.state().plans.running_items(|plan| plan == PlanRef::Family).into_iter();
    TopologyCommand::SplitPlanPerHousehold {
        ground,
        reason: text("eerst rust in ieder huis"),
        households: vec![A, B],
        wishes: if ground == SplitGround::BothWish { vec![ILSE, ROBERT] } else { Vec::new() },
        assignment: running.map(|item| SplitAssign { item, to: to.clone() }).collect(),
        review: None,
    }
}

/// From one plan to two on 2026-04-21; it is 2026-05-04.
pub(crate) fn apart() -> Given<Case> {
    directed().when(split(SplitGround::BothWish, &[A, B], &[ILSE, ROBERT])).accepted().on("2026-05-04")
}

pub(crate) fn appoint(household: HouseholdId, worker: WorkerId) -> CoordinatorCommand {
    appoint_for(household, worker, None, None)
}

pub(crate) fn appoint_for(
    household: HouseholdId,
    worker: WorkerId,
    from: Option<&str>,
    until: Option<&str>,
) -> CoordinatorCommand {
    CoordinatorCommand::AppointPlanCoordinator {
        household,
        worker,
        organisation: organisation("zorg-vecht"),
        from: from.map(day),
        until: until.map(day),
    }
}

pub(crate) fn end_coordinator(household: HouseholdId, worker: WorkerId, last_day: Option<&str>) -> CoordinatorCommand {
    CoordinatorCommand::EndPlanCoordinator {
        household,
        worker,
        last_day: last_day.map(day),
        reason: text("ander werk"),
    }
}

/// A sharing consent for these data and workers.
pub(crate) fn share(
    giver: PersonId,
    subject: PersonId,
    categories: &[Category],
    recipients: &[WorkerId],
) -> ConsentCommand {
    ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind: ConsentKind::Sharing,
        purpose: None,
        categories: categories.to_vec(),
        recipients: recipients.to_vec(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    })
}

pub(crate) fn refuse_sharing(giver: PersonId, subject: PersonId) -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver, subject, kind: ConsentKind::Sharing, reason: None }
}

pub(crate) fn withdraw(consent: ConsentId) -> ConsentCommand {
    ConsentCommand::WithdrawConsent { consent, reason: None }
}

/// The consent of this giver about this subject that was told last.
pub(crate) fn consent_of(case: &Given<Case>, giver: PersonId, subject: PersonId) -> ConsentId {
    let consents = case.state().consents.all().iter();
    consents.rev().find(|consent| (consent.giver, consent.subject) == (giver, subject)).unwrap().id
}

pub(crate) fn close() -> LifeCommand {
    LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }
}

pub(crate) fn reopen() -> LifeCommand {
    LifeCommand::ReopenCase { reason: text("nieuwe vraag") }
}

/// The tasks went back, and the case was closed on this day.
pub(crate) fn closed(given: Given<Case>, on: &str) -> Given<Case> {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    given.on(on).when(back).accepted().when(close()).accepted()
}

pub(crate) fn fact_of(given: &Given<Case>, name: &str) -> EventId {
    let named = |fact: &&Fact<CaseEvent>| crate::decider::DomainEvent::info(&fact.event).name == name;
    given.history().facts().iter().rfind(named).unwrap().id
}

pub(crate) fn strike(given: &Given<Case>, name: &str) -> crate::correction::CorrectionCommand {
    crate::correction::CorrectionCommand::StrikeOut { target: fact_of(given, name), reason: text("vergissing") }
}

pub(crate) fn still_to_ask(rejection: &Rejection, persons: &[PersonId]) -> bool {
    rejection.details.contains(&("still_to_ask", crate::rejection::Detail::ids(persons)))
}
