//! Whatever is asked, by whom, about whichever day: only what the table has happens, and the state is what the history says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::correction::{CorrectionCommand, broken};
use crate::decider::{DomainEvent as _, History, Order};
use crate::fact::Actor;
use crate::ids::{EpisodeId, LaneId};
use crate::safety::tests as lane;
use crate::testing::world::World;
use crate::time::{CivilDay, Occurred};

/// One step of somebody: what, which, by whom, and about which day.
#[derive(Clone, Copy, Debug)]
struct Turn {
    what: u8,
    which: usize,
    by: u8,
    /// Days that go by before.
    wait: u64,
    /// Days earlier that it happened; `None` when it says nothing.
    ago: Option<u8>,
}

fn turn() -> impl Strategy<Value = Turn> {
    (0_u8..24, 0_usize..30, 0_u8..12, 0_u64..4, prop::option::weighted(0.2, 0_u8..6))
        .prop_map(|(what, which, by, wait, ago)| Turn { what, which, by, wait, ago })
}

fn one_of<T: Copy>(all: &[T], which: usize) -> T {
    all[which % all.len()]
}

/// The parents mostly; a child and somebody unknown now and then.
fn whom(which: usize) -> PersonId {
    one_of(&[ILSE, ROBERT, ILSE, ROBERT, MORRIS], which)
}

fn some_choice(which: usize) -> NewChoice {
    let mut choice = choice(one_of(&DivorceTrack::ALL, which));
    match which % 7 {
        0 => choice.alternatives.clear(),
        1 => choice.informed.clear(),
        _ => {}
    }
    choice
}

fn some_seen(which: usize) -> Vec<NewSeen> {
    let second = one_of(&Feature::ALL, which);
    vec![saw(Feature::KeepsFlaring, ANJA), saw(second, one_of(&[TESS, TESS, ANJA], which))]
}

fn command(world: &World, turn: Turn) -> CaseCommand {
    let state = world.state();
    let conflict = state.conflicts.all().first().map(|conflict| conflict.id);
    let open: Option<LaneId> = state.safety.lane_open_on(world.today()).map(|lane| lane.id);
    match turn.what {
        0 | 1 => signal("Spanning.").into(),
        2 | 3 => {
            EpisodeCommand::RecogniseComplexDivorce { seen: some_seen(turn.which), rationale: text("Samen.") }.into()
        }
        4 | 5 => acknowledge(whom(turn.which)).into(),
        6 | 7 => EpisodeCommand::DecideDivorceTriage(some_choice(turn.which)).into(),
        8 | 14 | 15 => EpisodeCommand::SwitchDivorceTrack(some_choice(turn.which)).into(),
        9 => settle((turn.which.is_multiple_of(2)).then_some("2027-03-01")).into(),
        10 => {
            let calm =
                one_of(&[ParentingForm::Cooperative, ParentingForm::Parallel, ParentingForm::Conflict], turn.which);
            form(&[ILSE, ROBERT], calm).into()
        }
        11 => EpisodeCommand::RecordNamedStrain { person: whom(turn.which), words: text("Moe.") }.into(),
        12 => match conflict {
            Some(conflict) => flare_up(conflict, None).into(),
            None => name_conflict(&[ILSE, ROBERT]).into(),
        },
        13 => match open {
            // A lane is cleared as readily as it opens, or nothing else would ever follow.
            Some(open) if turn.which.is_multiple_of(3) => lane::weigh(open).into(),
            Some(open) => lane::clear(open).into(),
            None if turn.which.is_multiple_of(3) => lane::signal(&[ILSE, MORRIS]).into(),
            None => screen(whom(turn.which), ScreeningOutcome::NoSignal).into(),
        },
        16 | 17 => step(one_of(&EpisodeStep::ALL, turn.which)).into(),
        // Mostly what is open, or hardly any run would come far.
        _ => {
            let stands = state.divorce.last_episode().map_or(EpisodeState::Quiet, Episode::state);
            let open = open_from(stands);
            let steps: Vec<_> = EpisodeStep::ALL.into_iter().filter(|step| open.contains(&step.command())).collect();
            if steps.is_empty() { signal("Spanning.").into() } else { step(one_of(&steps, turn.which)).into() }
        }
    }
}

fn who(turn: Turn) -> Actor {
    match turn.by {
        0 => actor(ANJA, Role::System),
        1 | 2 => actor(FENNA, Role::CaseDirector),
        _ => actor(ANJA, Role::CaseDirector),
    }
}

/// Where each episode stands and who was told: worked out from the events alone, in the plainest way.
#[derive(Default)]
struct Model {
    stands: BTreeMap<EpisodeId, EpisodeState>,
    parents: BTreeMap<EpisodeId, Vec<PersonId>>,
    told: BTreeMap<EpisodeId, Vec<PersonId>>,
    track: BTreeMap<EpisodeId, DivorceTrack>,
    last: Option<EpisodeId>,
}

impl Model {
    fn follow(&mut self, event: &CaseEvent, actor: &Actor) {
        use EpisodeStep as S;
        let CaseEvent::Divorce(crate::divorce::DivorceEvent::Episode(event)) = event else { return };
        let Some(id) = event.episode() else { return };
        let from = self.stands.get(&id).copied().unwrap_or(EpisodeState::Quiet);
        let (by, to) = match event {
            EpisodeEvent::DivorceSignalRecorded { .. } if self.stands.contains_key(&id) => return,
            EpisodeEvent::DivorceSignalRecorded { .. } => {
                let others = self.stands.values().filter(|state| **state != EpisodeState::Closed);
                assert_eq!(others.count(), 0, "at most one open episode");
                self.last = Some(id);
                (By::Signal, EpisodeState::Signalled)
            }
            EpisodeEvent::ParentStrainNamed { .. } => return,
            EpisodeEvent::DivorceSettling { .. } => (By::Settle, EpisodeState::Settling),
            EpisodeEvent::ComplexDivorceRecognised { parents, .. } => {
                self.parents.insert(id, parents.clone());
                self.told.remove(&id);
                (By::Recognise, EpisodeState::Recognised)
            }
            EpisodeEvent::ComplexDivorceAcknowledged { person, .. } => {
                self.told.entry(id).or_default().push(*person);
                if from != EpisodeState::Recognised {
                    return;
                }
                let to = if self.all_told(id) { EpisodeState::Acknowledged } else { EpisodeState::Recognised };
                (By::Acknowledge, to)
            }
            EpisodeEvent::DivorceTriageDecided { track, .. } | EpisodeEvent::DivorceTrackSwitched { track, .. } => {
                let by = if self.track.insert(id, *track).is_none() || from.track().is_none() {
                    By::Triage
                } else {
                    By::Switch
                };
                (by, EpisodeState::of_track(*track))
            }
            EpisodeEvent::DivorceEpisodeMoved { step, .. } => {
                let to = match step {
                    S::LookedBack | S::Stayed => from,
                    S::ReturnedToTriage if self.all_told(id) => EpisodeState::Acknowledged,
                    S::ReturnedToTriage => EpisodeState::Signalled,
                    S::TrackContinued => self.track.get(&id).map_or(from, |track| EpisodeState::of_track(*track)),
                    S::RestReached | S::ContactRestorationEnded => EpisodeState::Rest,
                    S::ContactRestorationStarted => EpisodeState::ContactRestoration,
                    S::SteppedBack if from == EpisodeState::Settling => EpisodeState::Signalled,
                    S::Reviewed | S::SteppedBack => EpisodeState::Review,
                    S::Closed => EpisodeState::Closed,
                };
                if *step == S::RestReached {
                    assert_ne!(actor.role, Role::System, "rest only by a person");
                }
                (By::Step(*step), to)
            }
        };
        assert!(transition(from, by, to).is_some(), "{from:?} by {by:?} to {to:?} is no row");
        self.stands.insert(id, to);
    }

    fn all_told(&self, id: EpisodeId) -> bool {
        let told = self.told.get(&id).cloned().unwrap_or_default();
        self.parents.get(&id).is_some_and(|parents| parents.iter().all(|parent| told.contains(parent)))
    }
}

fn start() -> World {
    World::after(quiet().history().clone(), day("2026-04-21"))
}

fn give(world: &mut World, seed: u128, turn: Turn) -> Vec<CaseEvent> {
    world.now = world.today().plus_days(turn.wait).at(9, 0);
    let occurred = turn.ago.map(|ago| Occurred::Day(world.today().minus_days(ago.into())));
    let order = Order { occurred, ..Order::now(command(world, turn)) };
    world.give(seed, &who(turn), &order).unwrap_or_default()
}

/// Strikes out a fact of an episode, if that is accepted.
fn strike_out(world: &mut World, seed: u128, turn: Turn) {
    let own = |event: &CaseEvent| matches!(event, CaseEvent::Divorce(crate::divorce::DivorceEvent::Episode(_)));
    let facts: Vec<_> = world.history.facts().iter().filter(|fact| own(&fact.event)).map(|fact| fact.id).collect();
    let Some(target) = facts.get(turn.which).copied() else { return };
    let strike = CorrectionCommand::StrikeOut { target, reason: text("vergissing") };
    let _ = world.give(seed, &actor(ANJA, Role::CaseDirector), &Order::now(strike.into()));
}

fn days(world: &World) -> impl Iterator<Item = CivilDay> {
    let first = day("2026-04-10");
    let last = world.today();
    (0..400).map(move |count| first.plus_days(count)).take_while(move |day| *day <= last)
}

/// What holds of every history, however it came about.
fn assert_sound(world: &World) {
    let divorce = &world.state().divorce;
    let running = |state: EpisodeState| !matches!(state, EpisodeState::Quiet | EpisodeState::Closed);
    let open = divorce.episodes().iter().filter(|episode| running(episode.state()));
    assert!(open.count() <= 1, "at most one open episode");
    for episode in divorce.episodes() {
        let order: Vec<_> = episode.changes.iter().map(|change| change.on).collect();
        assert!(order.is_sorted(), "changes in order of the day");
        let steps = episode.changes.windows(2).map(|pair| (pair[0].to, pair[1].to));
        for (from, to) in steps {
            assert!(TRANSITIONS.iter().any(|row| (row.from, row.to) == (from, to)), "{from:?} to {to:?}");
        }
    }
    for day in days(world) {
        let running = divorce.episodes().iter().filter(|episode| running(episode.state_on(day)));
        assert!(running.count() <= 1, "one episode on {day}");
        // A track holds only in an episode; a plan per household only where it was recognised.
        let track = divorce.track_on(day);
        assert!(track.is_none() || divorce.episode_on(day).is_some());
        assert!(track != Some(DivorceTrack::PlanPerHousehold) || divorce.recognised_on(day), "on {day}");
    }
    for fact in world.history.facts() {
        let CaseEvent::Divorce(crate::divorce::DivorceEvent::Episode(event)) = &fact.event else { continue };
        // What concerns one parent is that parent's own; nothing of an episode is for the whole case.
        assert_ne!(fact.audience, Audience::Case, "{}", fact.event.info().name);
        assert!(event.of_one().is_none_or(|person| fact.audience == Audience::Persons(vec![person])));
        let by_itself = fact.actor.role == Role::System;
        let told = matches!(
            event,
            EpisodeEvent::DivorceSignalRecorded { .. }
                | EpisodeEvent::ParentStrainNamed { .. }
                | EpisodeEvent::ComplexDivorceAcknowledged { .. }
        );
        assert!(!by_itself || told, "{} by the system", fact.event.info().name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn only_what_the_table_has_happens(turns in prop::collection::vec(turn(), 1..70)) {
        let mut world = start();
        let mut model = Model::default();
        for (seed, turn) in (1..).zip(turns) {
            let by = who(turn);
            for event in give(&mut world, seed, turn) {
                model.follow(&event, &by);
            }
            let stands = world.state().divorce.last_episode().map(|episode| (episode.id, episode.state()));
            prop_assert_eq!(stands, model.last.map(|id| (id, model.stands[&id])));
        }
        assert_sound(&world);
        prop_assert_eq!(broken(&world.history), [], "what was accepted rests on what stands");
    }

    #[test]
    fn nor_do_corrections_lead_elsewhere_and_replay_equals_state(
        turns in prop::collection::vec((turn(), prop::bool::weighted(0.15)), 1..70),
    ) {
        let mut world = start();
        for (seed, (turn, correct)) in (1..).zip(turns) {
            if correct {
                strike_out(&mut world, seed, turn);
            } else {
                give(&mut world, seed, turn);
            }
        }
        assert_sound(&world);
        prop_assert_eq!(broken(&world.history), [], "what was accepted rests on what stands");
        let replayed = History::<Case>::fold(world.history.facts().to_vec());
        prop_assert_eq!(replayed.state(), world.state());
    }
}

/// Random runs prove nothing if nothing is ever accepted.
#[test]
fn the_turns_reach_every_event_and_every_state() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut events, mut states) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for _ in 0..150 {
        let turns = prop::collection::vec(turn(), 70).new_tree(&mut runner).unwrap().current();
        let mut world = start();
        for (seed, turn) in (1..).zip(turns) {
            for event in give(&mut world, seed, turn) {
                events.insert(event.info().name);
            }
            let divorce = &world.state().divorce;
            states.insert(divorce.last_episode().map_or(EpisodeState::Quiet, Episode::state));
        }
    }
    assert!(super::super::CATALOGUE.iter().all(|info| events.contains(info.name)), "{events:?}");
    assert_eq!(states.into_iter().collect::<Vec<_>>(), EpisodeState::ALL);
}
