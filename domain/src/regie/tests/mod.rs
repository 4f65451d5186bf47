//! Given, when, then for every rule of regie. Invented people only.

use uuid::Uuid;

use crate::case::Case;
use crate::case::CaseEvent;
use crate::consent::{ConsentEvent, ConsentKind, Evidence, Standing};
use crate::fact::{Organisation, Role};
use crate::ids::{ConsentId, HandoverId, WorkerId};
use crate::regie::{Agreed, NewParty, Regie, RegieCommand, RegieEvent, RegieTask};
use crate::testing::{Given, ILIAS, JOOST, LAYLA, SAMIRA, day, given, line, opened, organisation, text};

mod case_05;
mod catalogue;
mod closing;
mod corrections;
mod deputy;
mod directorship;
mod gap;
mod handover;
mod parties;
mod property;

pub(crate) const PETRA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x14));
pub(crate) const SAM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x15));
pub(crate) const WIM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x16));

pub(crate) const KOEN: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x18));

/// Samira lets everyone in these tests join, from the day the case opened.
pub(crate) const JOINING: ConsentId = ConsentId::from_uuid(Uuid::from_u128(0x22));

pub(crate) fn joining_consent(consent: ConsentId, workers: &[WorkerId], from: &str) -> CaseEvent {
    ConsentEvent::ConsentGranted {
        consent,
        giver: SAMIRA,
        standing: Standing::Parent,
        subject: ILIAS,
        kind: ConsentKind::Joining,
        purpose: None,
        categories: Vec::new(),
        recipients: workers.to_vec(),
        from: day(from),
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
        by: None,
    }
    .into()
}

/// The open case, in which Samira consented to whoever joins here.
pub(crate) fn open_case() -> Given<Case> {
    let consent = joining_consent(JOINING, &[PETRA, SAM, WIM, JOOST, LAYLA, KOEN], "2026-03-02");
    given(opened().into_iter().chain([("2026-03-02", consent)]))
}

pub(crate) fn regie(given: &Given<Case>) -> &Regie {
    &given.state().regie
}

pub(crate) fn care() -> Organisation {
    organisation("zorg-vecht")
}

pub(crate) fn party(worker: WorkerId) -> NewParty {
    NewParty {
        worker,
        organisation: care(),
        expertise: None,
        specialist: false,
        expected_end: None,
        from: None,
        consents: vec![JOINING],
    }
}

pub(crate) fn join(worker: WorkerId) -> RegieCommand {
    RegieCommand::JoinParty(party(worker))
}

pub(crate) fn joined(worker: WorkerId, from: &str) -> RegieEvent {
    RegieEvent::PartyJoined {
        worker,
        organisation: care(),
        expertise: None,
        specialist: false,
        expected_end: None,
        from: day(from),
        consents: vec![JOINING],
    }
}

pub(crate) fn leave(worker: WorkerId) -> RegieCommand {
    RegieCommand::LeaveParty { worker, last_day: None, reason: None }
}

pub(crate) const TASKS: [RegieTask; 3] = [RegieTask::Overview, RegieTask::Plan, RegieTask::Contacts];

pub(crate) fn assign(director: WorkerId) -> RegieCommand {
    assign_from(director, None)
}

pub(crate) fn assign_from(director: WorkerId, from: Option<&str>) -> RegieCommand {
    RegieCommand::AssignCaseDirector {
        director,
        organisation: care(),
        tasks: TASKS.to_vec(),
        agreed: vec![Agreed::Person(SAMIRA), Agreed::Worker(PETRA)],
        from: from.map(day),
    }
}

pub(crate) fn end_directorship() -> RegieCommand {
    RegieCommand::EndDirectorship { last_day: None, reason: text("ander werk") }
}

pub(crate) fn offer(successor: WorkerId, planned: &str) -> RegieCommand {
    RegieCommand::OfferHandover {
        successor,
        organisation: care(),
        planned: day(planned),
        reason: text("ander werk"),
        summary: text("wat er speelt"),
        open_tasks: vec![line("plan bijwerken")],
    }
}

pub(crate) fn family_word(handover: HandoverId, agrees: bool, told: &str) -> RegieCommand {
    RegieCommand::RecordFamilyWord { handover, person: SAMIRA, agrees, words: None, told_day: day(told) }
}

pub(crate) fn open_handover(given: &Given<Case>) -> HandoverId {
    regie(given).open_handover().unwrap().id
}

/// Joost directs since 2026-03-25.
pub(crate) fn with_director() -> Given<Case> {
    open_case().on("2026-03-25").when(assign(JOOST)).accepted()
}

/// Joost offered the directorship to Layla on 2026-06-19, for 2026-06-26.
pub(crate) fn offered() -> Given<Case> {
    with_director().on("2026-06-19").by(JOOST, Role::CaseDirector).when(offer(LAYLA, "2026-06-26")).accepted()
}

/// Layla has read the summary and Samira has agreed.
pub(crate) fn ready_to_accept() -> Given<Case> {
    let given = offered();
    let handover = open_handover(&given);
    given
        .on("2026-06-23")
        .when(family_word(handover, true, "2026-06-26"))
        .accepted()
        .by(LAYLA, Role::CaseDirector)
        .when(RegieCommand::ReadHandoverSummary { handover })
        .accepted()
}
