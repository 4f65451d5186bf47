//! Whatever is asked of a case, by whom, about whichever day, over all its rooms: what must hold holds after each step.
//!
//! `commands` throws a plausible command over any room, `walk` lets somebody give it on some day, `oracle` looks at what came of it. The
//! oracle knows the facts and the rules of the design, told anew in the plainest way, and nothing of how a room decides.
//!
//! | what holds (rule of `domain.md`, or page) | checked by |
//! | --- | --- |
//! | refused is nothing; nothing is ever removed (28) | `history::refused_changes_nothing`, `history::nothing_is_lost` |
//! | `apply` is total; the state is what the facts say, from memory and from the stored form | `history::replay_is_state`, `history::reads_what_it_wrote`, `history::reads_the_same_from_the_store` |
//! | any day can be asked, as recorded and as now known (28) | `history::looks_back_without_fail` |
//! | what was accepted rests on what stands, after corrections too (28) | `check_whole` |
//! | at most one director, as told; no deputy beside nobody (1) | `regie::one_director_and_no_deputy_beside_nobody` |
//! | nobody joins, and nothing is shared, but under a yes that stands (22, `privacy.md`) | `regie::joins_under_living_consents`, `consents::shared_under_a_living_yes` |
//! | a yes holds from its first day until its last, until it is taken back, on any day; no word is lost | `consents::in_force_is_what_was_said` |
//! | what is of one household or person is never read in another; what is of a child in both | `layers::nothing_crosses` |
//! | from one plan to two nothing is left unassigned (`divorce.md`) | `plans::nothing_is_left_unassigned` |
//! | a no to a plan stands beside it with a reason (9) | `plans::no_answer_is_passed_over` |
//! | what locates somebody protected leads to them, until two lift it | `protection::covered_until_two_lift_it` |
//! | a lane is open until a second person clears it, weighed; who is told later is kept from (19) | `safety::lanes_are_as_told`, `safety::cleared_by_a_second_person` |
//! | nothing joint is offered or begins while a lane is open (19) | `safety::nothing_joint_begins_while_a_lane_is_open` |
//! | advised by who accepted, on what they could see; seen under a yes that stands | `sat::advised_within_the_mandate`, `sat::seen_within_the_mandate` |
//! | an episode moves along the drawing, one at a time; a stage is 1 to 9 | `track::along_the_drawing`, `track::stages_are_of_the_ladder` |
//! | both parents are accompanied on the track that was chosen, and on no other | `track::a_duo_comes_on_its_track` |
//! | each alert and proposal once, by the system; each answered once | `alerts::each_once` |
//! | a term waits as often as it was said, until it is answered (33) | `alerts::terms_are_open_or_answered` |
//!
//! A walk that fails shrinks to the turns that matter. `PROPTEST_CASES=2000` walks longer.

mod commands;
mod oracle;
mod scene;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{RngAlgorithm, RngSeed, TestRng, TestRunner};

use crate::case::CaseEvent;
use crate::decider::{DomainCommand as _, DomainEvent as _};
use crate::divorce::episode::{Episode, EpisodeState};
use crate::testing::world::World;
use oracle::Before;
use walk::{Asked, Start, Turn};

/// Follows a walk, checking each step.
fn follow(start: Start, turns: &[Turn]) {
    let (mut world, prelude) = walk::begin(start);
    let step = |world: &mut World, take: &dyn Fn(&mut World) -> Option<Asked>| {
        let before = Before::of(world);
        let Some(asked) = take(world) else { return };
        oracle::check(&before, &asked, world);
    };
    for (seed, command) in (1..).zip(&prelude) {
        step(&mut world, &|world| Some(walk::lead(world, seed, command.clone())));
    }
    for (seed, turn) in (1000..).zip(turns) {
        step(&mut world, &|world| walk::take(world, seed, *turn));
    }
    oracle::check_whole(&world);
}

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").map_or(cases, |said| said.parse().unwrap());
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn what_must_hold_holds_after_each_step(start in walk::begins(), turns in prop::collection::vec(walk::turn(), 1..120)) {
        follow(start, &turns);
    }
}

/// Random walks prove nothing of what they never come to: each command is accepted at least once, each state is reached, and more is
/// accepted than refused. A new command goes into `commands`, or this fails.
#[test]
fn the_walks_come_everywhere() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let (mut accepted, mut states, mut refused) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    for _ in 0..300 {
        let walk = (walk::begins(), prop::collection::vec(walk::turn(), 160)).new_tree(&mut runner).unwrap();
        let (start, turns) = walk.current();
        let (mut world, prelude) = walk::begin(start);
        for (seed, command) in (1..).zip(prelude) {
            walk::lead(&mut world, seed, command).outcome.unwrap();
        }
        for (seed, turn) in (1000..).zip(turns) {
            let Some(asked) = walk::take(&mut world, seed, turn) else { continue };
            let counted = if asked.outcome.is_ok() { &mut accepted } else { &mut refused };
            *counted.entry(asked.order.command.name()).or_insert(0_usize) += 1;
            states.insert(stands(&world));
        }
    }
    let names: BTreeSet<_> = CaseEvent::catalogue().iter().flat_map(|info| info.caused_by.iter().copied()).collect();
    let never: Vec<_> = names.iter().filter(|name| !accepted.contains_key(*name)).collect();
    assert_eq!(never, [] as [&&str; 0], "accepted: {accepted:?}");
    let all = EpisodeState::ALL.into_iter().flat_map(|state| [true, false].map(|apart| (state, apart)));
    let missing: Vec<_> = all.filter(|state| !states.contains(state)).collect();
    assert_eq!(missing, [], "states that no walk reached, with one plan or two");
    let (yes, no): (usize, usize) = (accepted.values().sum(), refused.values().sum());
    assert!(yes > no, "{yes} accepted, {no} refused");
}

/// Where the episode stands, and whether there are two plans.
fn stands(world: &World) -> (EpisodeState, bool) {
    let divorce = &world.state().divorce;
    let state = divorce.episodes().last().map_or(EpisodeState::Quiet, Episode::state);
    (state, divorce.split_on(world.today()).is_some())
}
