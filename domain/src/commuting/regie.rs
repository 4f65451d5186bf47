//! Who directs, and the parties.

use super::{By, Meeting, Pair, by_noor};
use crate::case::{Case, CaseCommand};
use crate::consent::{ConsentCommand, ConsentKind};
use crate::emergency::{EmergencyCommand, NewGround};
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::fact::Role;
use crate::ids::WorkerId;
use crate::life::{LifeCommand, Outcome};
use crate::people::{FamilyRole, PeopleCommand};
use crate::regie::tests::{
    JOINING, KOEN, PETRA, SAM, TASKS, WIM, assign, care, end_directorship, family_word, join, leave, offer, offered,
    open_case, open_handover, party, ready_to_accept, with_director,
};
use crate::regie::{NewParty, RegieCommand, RegieTask};
use crate::testing::{Given, JOOST, LAYLA, SAMIRA, day, name, text};

fn by_layla(command: impl Into<CaseCommand>) -> By {
    (LAYLA, Role::CaseDirector, command.into())
}

fn add_aunt() -> PeopleCommand {
    PeopleCommand::AddPerson { name: name("Nadia"), birth_date: None, role: FamilyRole::NetworkMember, from: None }
}

fn refuse_help() -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver: SAMIRA, subject: SAMIRA, kind: ConsentKind::Help, reason: None }
}

fn withdraw_joining() -> ConsentCommand {
    ConsentCommand::WithdrawConsent { consent: JOINING, reason: None }
}

fn contribution(worker: WorkerId) -> RegieCommand {
    RegieCommand::StateContribution { worker, can: text("luisteren"), cannot: text("regie") }
}

fn expected_end(worker: WorkerId) -> RegieCommand {
    RegieCommand::ChangeExpectedEnd { worker, expected_end: day("2026-12-01"), reason: None }
}

fn report(worker: WorkerId) -> RegieCommand {
    let party = NewParty { consents: Vec::new(), ..party(worker) };
    RegieCommand::ReportPartyJoined { last_day: None, party, explanation: Some(text("zat al aan tafel")) }
}

fn deputy(worker: WorkerId) -> RegieCommand {
    RegieCommand::AppointDeputy {
        deputy: worker,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("ziek"),
    }
}

fn hand_back(task: RegieTask) -> RegieCommand {
    RegieCommand::HandBackRegie { tasks: vec![task], to: SAMIRA, agreement: None }
}

fn keep_out(worker: WorkerId) -> ExclusionCommand {
    ExclusionCommand::ExcludeWorker { worker, ground: ExclusionGround::Neighbour, reason: text("woont ernaast") }
}

fn open_in_emergency() -> CaseCommand {
    let command = EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("kind is weg"),
        hours: None,
    };
    command.into()
}

/// Petra and Sam are in, Joost directs and offered it to Layla.
fn busy() -> Given<Case> {
    let joined = offered().on("2026-06-19").when(join(PETRA)).accepted().when(join(SAM)).accepted();
    joined.on("2026-06-22")
}

fn pair(name: &'static str, one: By, other: By) -> Pair {
    Pair { name, meeting: Meeting::Commute, given: busy(), on: "2026-06-22", one, other }
}

pub(super) fn pairs() -> Vec<Pair> {
    commuting().into_iter().chain(rivals()).chain(bars()).collect()
}

fn commuting() -> Vec<Pair> {
    let handover = open_handover(&busy());
    let word = || by_noor(family_word(handover, true, "2026-06-26"));
    let read = || by_layla(RegieCommand::ReadHandoverSummary { handover });
    vec![
        pair("two professionals join", by_noor(join(WIM)), by_noor(join(JOOST))),
        pair("one joins, one is reported to have joined", by_noor(join(WIM)), by_noor(report(KOEN))),
        pair("one joins, another leaves", by_noor(join(WIM)), by_noor(leave(PETRA))),
        pair("two leave", by_noor(leave(SAM)), by_noor(leave(PETRA))),
        pair("two say what they can offer", by_noor(contribution(SAM)), by_noor(contribution(PETRA))),
        pair("one says what they can offer and leaves that day", by_noor(contribution(SAM)), by_noor(leave(SAM))),
        pair(
            "an expected end changes and a contribution is stated",
            by_noor(expected_end(SAM)),
            by_noor(contribution(SAM)),
        ),
        pair("one joins while the director stops", by_noor(join(WIM)), by_noor(end_directorship())),
        pair("one leaves while the director stops", by_noor(leave(SAM)), by_noor(end_directorship())),
        pair("a deputy comes while one joins", by_noor(deputy(SAM)), by_noor(join(WIM))),
        pair("a deputy comes while the director stops", by_noor(deputy(SAM)), by_noor(end_directorship())),
        pair("two tasks go back", by_noor(hand_back(RegieTask::Plan)), by_noor(hand_back(RegieTask::Contacts))),
        pair(
            "a task goes back while the director stops",
            by_noor(hand_back(RegieTask::Plan)),
            by_noor(end_directorship()),
        ),
        pair("somebody is added while one joins", by_noor(add_aunt()), by_noor(join(WIM))),
        pair("somebody is added while a task goes back", by_noor(add_aunt()), by_noor(hand_back(RegieTask::Plan))),
        pair("help is refused while one joins", by_noor(refuse_help()), by_noor(join(WIM))),
        pair("consent to join is withdrawn while one leaves", by_noor(withdraw_joining()), by_noor(leave(SAM))),
        pair("consent to join is withdrawn while a deputy comes", by_noor(withdraw_joining()), by_noor(deputy(SAM))),
        pair("somebody is added while help is refused", by_noor(add_aunt()), by_noor(refuse_help())),
        pair("the family speaks while the successor reads", word(), read()),
        pair("the family speaks while one joins", word(), by_noor(join(WIM))),
        pair("the successor reads while a deputy comes", read(), by_noor(deputy(SAM))),
        pair("the successor reads while the director stops", read(), by_noor(end_directorship())),
        Pair {
            name: "one joins while a director is assigned",
            meeting: Meeting::Commute,
            given: open_case(),
            on: "2026-03-03",
            one: by_noor(join(PETRA)),
            other: by_noor(assign(JOOST)),
        },
        Pair {
            name: "one joins while the successor accepts",
            meeting: Meeting::Commute,
            given: ready_to_accept(),
            on: "2026-06-26",
            one: by_noor(join(PETRA)),
            other: by_layla(RegieCommand::AcceptHandover { handover }),
        },
    ]
}

/// Two commands of which only the first can be accepted, whichever that is.
fn rivals() -> Vec<Pair> {
    let handover = open_handover(&ready_to_accept());
    let end = RegieCommand::EndHandover { handover, reason: None };
    vec![
        Pair {
            name: "two directors",
            meeting: Meeting::Rivals,
            given: open_case(),
            on: "2026-03-03",
            one: by_noor(assign(JOOST)),
            other: by_noor(assign(LAYLA)),
        },
        Pair {
            name: "acceptance and taking back",
            meeting: Meeting::Rivals,
            given: ready_to_accept(),
            on: "2026-06-26",
            one: by_layla(RegieCommand::AcceptHandover { handover }),
            other: (JOOST, Role::CaseDirector, end.into()),
        },
        rival("two deputies", by_noor(deputy(SAM)), by_noor(deputy(PETRA))),
        rival("one task twice back", by_noor(hand_back(RegieTask::Plan)), by_noor(hand_back(RegieTask::Plan))),
        rival("one professional twice in", by_noor(join(WIM)), by_noor(report(WIM))),
        rival("one worker twice kept out", by_noor(keep_out(WIM)), by_layla(keep_out(WIM))),
    ]
}

fn rival(name: &'static str, one: By, other: By) -> Pair {
    Pair { meeting: Meeting::Rivals, ..pair(name, one, other) }
}

/// Once the first is there the second is refused; the other way round both stand.
fn bars() -> Vec<Pair> {
    let handover = open_handover(&ready_to_accept());
    let all_back = RegieCommand::HandBackRegie { tasks: TASKS.to_vec(), to: SAMIRA, agreement: None };
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    vec![
        Pair {
            name: "closing meets an offer of the directorship",
            meeting: Meeting::Bars,
            given: with_director().when(all_back).accepted(),
            on: "2026-03-30",
            one: by_noor(close),
            other: (JOOST, Role::CaseDirector, offer(LAYLA, "2026-04-10").into()),
        },
        Pair {
            name: "a worker is kept out and joins",
            meeting: Meeting::Bars,
            given: busy(),
            on: "2026-06-22",
            one: by_noor(keep_out(WIM)),
            other: by_noor(join(WIM)),
        },
        Pair {
            name: "a worker is kept out and opens an emergency access",
            meeting: Meeting::Bars,
            given: busy(),
            on: "2026-06-22",
            one: by_noor(keep_out(WIM)),
            other: (WIM, Role::Supporter, open_in_emergency()),
        },
        Pair {
            name: "a no of the family meets the acceptance",
            meeting: Meeting::Bars,
            given: ready_to_accept(),
            on: "2026-06-26",
            one: by_noor(family_word(handover, false, "2026-06-26")),
            other: by_layla(RegieCommand::AcceptHandover { handover }),
        },
        Pair {
            name: "acceptance meets a deputy whom the predecessor appoints",
            meeting: Meeting::Bars,
            given: ready_to_accept(),
            on: "2026-06-26",
            one: by_layla(RegieCommand::AcceptHandover { handover }),
            other: (JOOST, Role::CaseDirector, deputy(SAM).into()),
        },
    ]
}
