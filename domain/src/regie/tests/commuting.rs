//! Commands that commute: given in either order on the same history, both are accepted and the same state follows. Two workers who
//! meet on one case then need not wait for each other: whoever comes second decides again and loses nothing.

use super::world::World;
use super::*;
use crate::case::CaseCommand;
use crate::consent::ConsentCommand;
use crate::decider::Order;
use crate::fact::Actor;
use crate::people::{FamilyRole, PeopleCommand};
use crate::testing::{NOOR, actor, name};

/// A history, and two commands on it.
struct Pair {
    name: &'static str,
    given: Given<Case>,
    on: &'static str,
    one: By,
    other: By,
}

/// A command and who gives it.
type By = (WorkerId, Role, CaseCommand);

fn by_noor(command: impl Into<CaseCommand>) -> By {
    (NOOR, Role::AccessWorker, command.into())
}

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
    RegieCommand::ReportPartyJoined { party, explanation: Some(text("zat al aan tafel")) }
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

/// Petra and Sam are in, Joost directs and offered it to Layla.
fn busy() -> Given<Case> {
    let joined = offered().on("2026-06-19").when(join(PETRA)).accepted().when(join(SAM)).accepted();
    joined.on("2026-06-22")
}

fn pair(name: &'static str, one: By, other: By) -> Pair {
    Pair { name, given: busy(), on: "2026-06-22", one, other }
}

fn pairs() -> Vec<Pair> {
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
            given: open_case(),
            on: "2026-03-03",
            one: by_noor(join(PETRA)),
            other: by_noor(assign(JOOST)),
        },
        Pair {
            name: "one joins while the successor accepts",
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
            given: open_case(),
            on: "2026-03-03",
            one: by_noor(assign(JOOST)),
            other: by_noor(assign(LAYLA)),
        },
        Pair {
            name: "acceptance and taking back",
            given: ready_to_accept(),
            on: "2026-06-26",
            one: by_layla(RegieCommand::AcceptHandover { handover }),
            other: by_noor(end),
        },
        pair("two deputies", by_noor(deputy(SAM)), by_noor(deputy(PETRA))),
        pair("one task twice back", by_noor(hand_back(RegieTask::Plan)), by_noor(hand_back(RegieTask::Plan))),
        pair("one professional twice in", by_noor(join(WIM)), by_noor(report(WIM))),
    ]
}

/// Gives both, the first command first or second, and tells whether each was accepted.
fn run(pair: &Pair, swapped: bool) -> (World, [bool; 2]) {
    let mut world = World::after(pair.given.history().clone(), day(pair.on));
    let mut steps = [(1, &pair.one), (2, &pair.other)];
    if swapped {
        steps.reverse();
    }
    let accepted = steps.map(|(seed, (worker, role, command))| {
        let actor: Actor = actor(*worker, *role);
        let order: Order<CaseCommand> = Order::now(command.clone());
        world.give(seed, &actor, &order).is_ok()
    });
    (world, accepted)
}

#[test]
fn commuting_commands_give_the_same_state_in_either_order() {
    for pair in pairs() {
        let (one_way, accepted) = run(&pair, false);
        assert_eq!(accepted, [true, true], "{}", pair.name);
        let (other_way, accepted) = run(&pair, true);
        assert_eq!(accepted, [true, true], "{}, the other way round", pair.name);
        assert_eq!(one_way.state(), other_way.state(), "{}", pair.name);
    }
}

#[test]
fn of_two_rivals_the_first_is_accepted_and_the_second_refused() {
    for pair in rivals() {
        assert_eq!(run(&pair, false).1, [true, false], "{}", pair.name);
        assert_eq!(run(&pair, true).1, [true, false], "{}, the other way round", pair.name);
    }
}
