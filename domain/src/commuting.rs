//! What happens when two workers meet on one case: for each pair of commands, given in either order on the same history. Whoever comes
//! second decides again on what is there then (`docs/decisions/0003-conflict-policy.md`, which has a line for each row here).

mod advised;
mod alert;
mod assess;
mod conflict;
mod contact;
mod divorce;
mod family;
mod help;
mod plan;
mod regie;
mod safety;
mod together;

use crate::case::{Case, CaseCommand};
use crate::decider::Order;
use crate::fact::Role;
use crate::ids::WorkerId;
use crate::testing::world::World;
use crate::testing::{Given, NOOR, actor, day};

/// A command and who gives it.
type By = (WorkerId, Role, CaseCommand);

/// What becomes of two commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meeting {
    /// Both are accepted in either order, and the same follows.
    Commute,
    /// Both are accepted in either order, and the one told last is believed.
    LastTold,
    /// The first is accepted and the second refused, whichever comes first.
    Rivals,
    /// Once the first is there the second is refused; the other way round both are accepted.
    Bars,
}

/// A history, and two commands on it.
struct Pair {
    name: &'static str,
    meeting: Meeting,
    given: Given<Case>,
    on: &'static str,
    one: By,
    other: By,
}

fn by_noor(command: impl Into<CaseCommand>) -> By {
    (NOOR, Role::AccessWorker, command.into())
}

fn table() -> Vec<Pair> {
    let rooms = [
        family::pairs(),
        regie::pairs(),
        divorce::pairs(),
        plan::pairs(),
        contact::pairs(),
        conflict::pairs(),
        assess::pairs(),
        together::pairs(),
        help::pairs(),
        advised::pairs(),
        safety::pairs(),
        alert::pairs(),
    ];
    rooms.into_iter().flatten().collect()
}

/// Gives both, the first command first or second, and tells whether each was accepted.
fn run(pair: &Pair, swapped: bool) -> (World, [bool; 2]) {
    let mut world = World::after(pair.given.history().clone(), day(pair.on));
    let mut steps = [(1, &pair.one), (2, &pair.other)];
    if swapped {
        steps.reverse();
    }
    let accepted = steps.map(|(seed, (worker, role, command))| {
        let order: Order<CaseCommand> = Order::now(command.clone());
        world.give(seed, &actor(*worker, *role), &order).is_ok()
    });
    (world, accepted)
}

#[test]
fn each_pair_meets_as_the_table_says_in_both_orders() {
    for pair in table() {
        let (straight, accepted) = run(&pair, false);
        let (swapped, accepted_swapped) = run(&pair, true);
        let (expected, expected_swapped) = match pair.meeting {
            Meeting::Commute | Meeting::LastTold => ([true, true], [true, true]),
            Meeting::Rivals => ([true, false], [true, false]),
            Meeting::Bars => ([true, false], [true, true]),
        };
        assert_eq!(accepted, expected, "{}", pair.name);
        assert_eq!(accepted_swapped, expected_swapped, "{}, the other way round", pair.name);
        match pair.meeting {
            Meeting::Commute => {
                assert_eq!(straight.state_but_for_places(), swapped.state_but_for_places(), "{}", pair.name);
            }
            Meeting::LastTold => assert_ne!(straight.state(), swapped.state(), "{}", pair.name),
            Meeting::Rivals | Meeting::Bars => {}
        }
    }
}

/// The policy that people read is the one that is tested.
#[test]
fn the_conflict_policy_has_a_line_for_each_pair_and_no_other() {
    let document = include_str!("../../docs/decisions/0003-conflict-policy.md");
    let word = |meeting| match meeting {
        Meeting::Commute => "both",
        Meeting::LastTold => "last told",
        Meeting::Rivals => "first wins",
        Meeting::Bars => "bars",
    };
    let mut tested: Vec<_> = table().iter().map(|pair| format!("| {} | {} |", pair.name, word(pair.meeting))).collect();
    let words = ["| both |", "| last told |", "| first wins |", "| bars |"];
    let mut written: Vec<_> = document.lines().filter(|line| words.iter().any(|word| line.ends_with(word))).collect();
    tested.sort_unstable();
    written.sort_unstable();
    assert_eq!(written, tested, "write in the document:\n{}", tested.join("\n"));
}
