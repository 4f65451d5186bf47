//! One walk: turns of somebody who gives a command on some day, on a case that stands somewhere already.

use proptest::prelude::*;

use super::commands;
use super::scene::{self, Dice, Scene};
use crate::case::{CaseCommand, CaseEvent};
use crate::decider::Order;
use crate::divorce::episode::tests as episode;
use crate::divorce::episode::{DivorceTrack, EpisodeStep};
use crate::divorce::{DonsCommand, FamilyRepresentative, TopologyCommand};
use crate::divorce::{SplitGround, tests as divorce};
use crate::fact::{Actor, Role};
use crate::plan::{PlanRef, tests as plan};
use crate::rejection::Rejection;
use crate::safety::ScreeningOutcome;
use crate::testing::world::World;
use crate::testing::{actor, organisation};
use crate::time::Occurred;

/// Where a walk begins. Each is reached by commands that are checked as any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Start {
    Nothing,
    Family,
    Consented,
    Planned,
    Screened,
    Accompanied,
    Recognised,
    AtRest,
    TwoPlans,
}

/// One turn. What is asked, of what and by whom follows from the dice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    dice: u64,
    /// Days that go by before.
    wait: u64,
    /// Days earlier that it happened; `None` when the order says nothing.
    ago: Option<u64>,
}

pub(super) fn turn() -> impl Strategy<Value = Turn> {
    let wait = prop_oneof![5 => Just(0_u64), 2 => 1_u64..3, 1 => 3_u64..12];
    (any::<u64>(), wait, prop::option::weighted(0.12, 0_u64..20)).prop_map(|(dice, wait, ago)| Turn { dice, wait, ago })
}

pub(super) fn begins() -> impl Strategy<Value = Start> {
    use Start::{Accompanied, AtRest, Consented, Family, Nothing, Planned, Recognised, Screened, TwoPlans};
    prop_oneof![
        1 => Just(Nothing),
        2 => Just(Family),
        3 => Just(Consented),
        2 => Just(Planned),
        2 => Just(Screened),
        2 => Just(Accompanied),
        3 => Just(Recognised),
        2 => Just(AtRest),
        3 => Just(TwoPlans),
    ]
}

/// What was asked, and what came of it.
pub(super) struct Asked {
    pub(super) order: Order<CaseCommand>,
    pub(super) outcome: Result<Vec<CaseEvent>, Rejection>,
}

/// The case before the first turn, and what leads to where the walk begins.
pub(super) fn begin(start: Start) -> (World, Vec<CaseCommand>) {
    use Start::{Accompanied, AtRest, Consented, Family, Nothing, Planned, Recognised, Screened, TwoPlans};
    if start == Nothing {
        return (scene::nothing(), Vec::new());
    }
    let world = scene::start();
    let scene = Scene::of(&world);
    let screen = |person| crate::safety::tests::screen(person, ScreeningOutcome::NoSignal).into();
    let screened = scene.parents().into_iter().chain(scene.children()).map(screen);
    let consents = || commands::all_consents(&scene);
    let recognised = [
        episode::signal("spanning bij het ophalen"),
        episode::recognise(),
        episode::acknowledge(scene::ILSE),
        episode::acknowledge(scene::ROBERT),
        episode::triage(DivorceTrack::PlanPerHousehold),
    ];
    let recognised = recognised.map(CaseCommand::from).into_iter();
    let rest = [EpisodeStep::Reviewed, EpisodeStep::RestReached].map(|step| CaseCommand::from(episode::step(step)));
    let split: TopologyCommand = divorce::split(SplitGround::Safety, &[scene::A, scene::B], &[]);
    let prelude = match start {
        Nothing | Family => Vec::new(),
        Consented => consents(),
        Planned => planned().to_vec(),
        Screened => screened.collect(),
        Accompanied => screened.chain(accompanied()).collect(),
        Recognised => screened.chain(recognised).collect(),
        AtRest => screened.chain(recognised).chain(rest).collect(),
        TwoPlans => consents().into_iter().chain(screened).chain(recognised).chain([split.into()]).collect(),
    };
    (world, prelude)
}

/// Triage offers shared parenting from where it was signalled, and two accompany both parents.
fn accompanied() -> [CaseCommand; 3] {
    let representatives = [scene::WIM, scene::FENNA]
        .map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let duo = DonsCommand::AssignDonsDuo { representatives, from: None, untrained: vec![] };
    [episode::signal("spanning bij het ophalen").into(), episode::triage(DivorceTrack::Dons).into(), duo.into()]
}

/// Two goals that concern each parent are offered.
fn planned() -> [CaseCommand; 3] {
    let goal = |by| plan::goal(PlanRef::Family, "weekends zonder gedoe", by, &[scene::ILSE, scene::ROBERT]);
    [goal(scene::ILSE), goal(scene::ROBERT), plan::offer(PlanRef::Family)].map(CaseCommand::from)
}

/// A command of the prelude, by who directs.
pub(super) fn lead(world: &mut World, seed: u128, command: CaseCommand) -> Asked {
    give(world, seed, &actor(scene::ANJA, Role::CaseDirector), Order::now(command))
}

/// Somebody's turn; nothing when there is nothing to speak of.
pub(super) fn take(world: &mut World, seed: u128, turn: Turn) -> Option<Asked> {
    world.now = world.today().plus_days(turn.wait).at(9, 0);
    let mut dice = Dice::new(turn.dice);
    let (actor, command) = commands::throw(&Scene::of(world), &mut dice)?;
    let occurred = turn.ago.map(|ago| Occurred::Day(world.today().minus_days(ago)));
    Some(give(world, seed, &actor, Order { occurred, ..Order::now(command) }))
}

fn give(world: &mut World, seed: u128, actor: &Actor, order: Order<CaseCommand>) -> Asked {
    let outcome = world.give(seed, actor, &order);
    Asked { order, outcome }
}
