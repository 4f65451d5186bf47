//! Whatever is ordered, by whom, about whichever day: never two directors, and the state is what the history says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::case::CaseCommand;
use crate::correction::{CorrectedContent, CorrectionCommand, broken};
use crate::decider::{History, Order};
use crate::fact::{Actor, Fact};
use crate::life::{LifeCommand, LifeEvent, Outcome, Phase};
use crate::testing::world::World;
use crate::testing::{NOOR, actor};
use crate::time::{CivilDay, Occurred};

const WORKERS: [WorkerId; 5] = [JOOST, LAYLA, PETRA, SAM, NOOR];
const ROLES: [Role; 4] = [Role::CaseDirector, Role::AccessWorker, Role::TeamLead, Role::Supporter];
/// How many days the model keeps, from the day the case opened.
const DAYS: u64 = 400;

/// One step of somebody: what, about whom, by whom, and about which day.
#[derive(Clone, Copy, Debug)]
struct Step {
    what: u8,
    whom: usize,
    by: usize,
    role: usize,
    /// Days that go by before.
    wait: u64,
    /// Days earlier (negative) or later that the command speaks of; `None` when it says nothing.
    shift: Option<i8>,
    /// Days earlier that it happened; `None` when it says nothing.
    ago: Option<u8>,
    yes: bool,
}

fn step() -> impl Strategy<Value = Step> {
    (
        0_u8..23,
        0..WORKERS.len(),
        0..WORKERS.len(),
        0..ROLES.len(),
        0_u64..6,
        prop::option::weighted(0.3, -10_i8..20),
        prop::option::weighted(0.2, 0_u8..12),
        any::<bool>(),
    )
        .prop_map(|(what, whom, by, role, wait, shift, ago, yes)| Step {
            what,
            whom,
            by,
            role,
            wait,
            shift,
            ago,
            yes,
        })
}

fn shifted(day: CivilDay, shift: i8) -> CivilDay {
    let days = u64::from(shift.unsigned_abs());
    if shift < 0 { day.minus_days(days) } else { day.plus_days(days) }
}

fn command(world: &World, step: Step) -> CaseCommand {
    match step.what {
        20 if step.yes => LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }.into(),
        20 => LifeCommand::ReopenCase { reason: text("nieuwe vraag") }.into(),
        _ => regie_command(world, step).into(),
    }
}

fn regie_command(world: &World, step: Step) -> RegieCommand {
    let whom = WORKERS[step.whom];
    let today = world.today();
    let said = step.shift.map(|shift| shifted(today, shift));
    let some_day = said.unwrap_or(today);
    let handovers = world.state().regie.handovers();
    let handover = handovers.last().map_or(HandoverId::from_uuid(Uuid::nil()), |handover| handover.id);
    let reason = text("een reden");
    let tasks = if step.yes { TASKS.to_vec() } else { vec![RegieTask::Plan] };
    match step.what {
        0 => RegieCommand::JoinParty(NewParty { from: said, specialist: step.yes, ..party(whom) }),
        1 => RegieCommand::ReportPartyJoined {
            last_day: None,
            party: NewParty { from: said, consents: Vec::new(), ..party(whom) },
            explanation: None,
        },
        2 => RegieCommand::LeaveParty { worker: whom, last_day: said, reason: None },
        3 => RegieCommand::ChangeExpectedEnd { worker: whom, expected_end: some_day, reason: None },
        4 => RegieCommand::StateContribution { worker: whom, can: reason.clone(), cannot: reason },
        5..=7 => RegieCommand::AssignCaseDirector {
            director: whom,
            organisation: care(),
            tasks,
            agreed: vec![Agreed::Person(SAMIRA)],
            from: said,
        },
        8 | 9 => offer_on(whom, some_day),
        10 | 11 => RegieCommand::RecordFamilyWord {
            handover,
            person: SAMIRA,
            agrees: step.by > 0,
            words: None,
            told_day: today,
        },
        12 => RegieCommand::ReadHandoverSummary { handover },
        13..=15 => RegieCommand::AcceptHandover { handover },
        16 => RegieCommand::EndHandover { handover, reason: None },
        17 => RegieCommand::EndDirectorship { last_day: said, reason },
        18 => RegieCommand::HandBackRegie { tasks, to: SAMIRA, agreement: None },
        19 if step.yes => RegieCommand::TellFamilyOfDeputy { deputy: whom, persons: vec![SAMIRA] },
        _ if step.yes => RegieCommand::EndDeputy { last_day: said },
        _ => RegieCommand::AppointDeputy {
            deputy: whom,
            organisation: care(),
            from: said,
            until: some_day.plus_days(20),
            reason,
        },
    }
}

fn offer_on(successor: WorkerId, planned: CivilDay) -> RegieCommand {
    RegieCommand::OfferHandover {
        successor,
        organisation: care(),
        planned,
        reason: text("een reden"),
        summary: text("wat er speelt"),
        open_tasks: Vec::new(),
    }
}

/// The director or the successor acts where nobody else can: else hardly any run would see a handover through.
fn who(world: &World, step: Step) -> Actor {
    let director = world.state().regie.director_on(world.today()).map(|directorship| directorship.worker);
    let successor = world.state().regie.handovers().last().map(|handover| handover.successor);
    let worker = match (step.what, director, successor) {
        (8 | 9, Some(director), _) if step.by > 0 => director,
        (12..=15, _, Some(successor)) if step.by > 0 => successor,
        _ => WORKERS[step.by],
    };
    actor(worker, ROLES[step.role])
}

/// Who directs, day by day, and in which directorship: told from the events alone, in the plainest way.
#[derive(Default)]
struct Model {
    days: BTreeMap<CivilDay, (WorkerId, usize)>,
    begun: usize,
}

impl Model {
    fn follow(&mut self, event: &CaseEvent, today: CivilDay) {
        match event {
            CaseEvent::Life(LifeEvent::CaseClosed { .. }) => self.days.retain(|day, _| *day <= today),
            CaseEvent::Regie(RegieEvent::DirectorAssigned { director, from, .. }) => {
                self.begun += 1;
                for day in days_from(*from) {
                    assert_eq!(self.days.insert(day, (*director, self.begun)), None, "two directors on {day}");
                }
            }
            CaseEvent::Regie(RegieEvent::HandoverAccepted { director, from, .. }) => {
                self.begun += 1;
                for day in days_from(*from) {
                    self.days.insert(day, (*director, self.begun));
                }
            }
            CaseEvent::Regie(RegieEvent::DirectorEnded { last_day, .. }) => {
                let ended = self.days.get(last_day).copied();
                self.days.retain(|day, directorship| day <= last_day || Some(*directorship) != ended);
            }
            _ => {}
        }
    }
}

fn all_days() -> impl Iterator<Item = CivilDay> {
    let first = day("2026-03-02").minus_days(30);
    (0..DAYS).map(move |days| first.plus_days(days))
}

fn days_from(from: CivilDay) -> impl Iterator<Item = CivilDay> {
    all_days().filter(move |day| *day >= from)
}

fn assert_one_director(regie: &Regie) {
    for day in all_days() {
        let holding = regie.directorships().iter().filter(|directorship| directorship.period.holds_on(day));
        assert!(holding.count() <= 1, "two directors on {day}");
    }
    assert_eq!(regie.broken_rules(), [], "broken rules after accepted commands");
}

/// After the day it closed nobody directs a closed case, and nobody who came before is in when it opens again.
fn assert_nobody_left_behind(world: &World) {
    let (state, closings) = (world.state(), world.history.facts().iter());
    let closed = closings.filter(|fact| matches!(fact.event, CaseEvent::Life(LifeEvent::CaseClosed { .. })));
    let Some(closed) = closed.map(|fact| fact.occurred.day()).next_back() else { return };
    // Opened again on that day it was open at its end: then who starts on that day came after.
    let same_day = state.life.phase == Phase::Open(closed);
    let before = if same_day { closed.minus_days(1) } else { closed };
    let since_then = state.regie.parties().iter().map(|party| party.period);
    let since_then = since_then.chain(state.regie.directorships().iter().map(|directorship| directorship.period));
    for period in since_then.filter(|period| period.since <= before) {
        assert!(!period.holds_on(closed.plus_days(1)), "somebody stayed after the closing on {closed}");
    }
    if matches!(state.life.phase, Phase::Closed(_)) {
        assert!(all_days().filter(|day| *day > closed).all(|day| state.regie.director_on(day).is_none()));
    }
}

fn assert_gap_is_what_it_says(regie: &Regie) {
    for day in all_days() {
        let several = regie.parties_on(day).len() >= 2 && regie.director_on(day).is_none();
        let gap = regie.gap_on(day);
        assert_eq!(gap.is_some(), several, "on {day}");
        let Some(gap) = gap else { continue };
        assert!(gap.since <= day && gap.last_day > gap.since && gap.alert_at > gap.last_day.end());
        assert!(regie.gap_on(gap.since).is_some() && regie.gap_on(gap.since.minus_days(1)).is_none());
    }
}

/// Strikes out a fact of this room, if that is accepted.
fn strike_out(world: &mut World, seed: u128, step: Step) {
    let facts = world.history.facts().iter();
    let targets: Vec<_> = facts.filter(|fact| matches!(fact.event, CaseEvent::Regie(_))).map(|fact| fact.id).collect();
    let Some(target) = targets.get(step.by + 5 * usize::from(step.what % 4)) else { return };
    let strike_out = CorrectionCommand::StrikeOut { target: *target, reason: text("vergissing") };
    // Refused or not: what matters is what the history is afterwards.
    let _ = world.give(seed, &actor(NOOR, Role::AccessWorker), &Order::now(strike_out.into()));
}

/// Moves the first day of a director or a party, if that is accepted.
fn move_start(world: &mut World, seed: u128, step: Step) {
    let Some(shift) = step.shift else { return };
    let start = |fact: &Fact<CaseEvent>| match &fact.event {
        CaseEvent::Regie(RegieEvent::PartyJoined { from, .. }) => {
            Some((fact.id, CorrectedContent::Party { from: shifted(*from, shift), expected_end: None }))
        }
        CaseEvent::Regie(RegieEvent::DirectorAssigned { from, .. } | RegieEvent::HandoverAccepted { from, .. }) => {
            Some((fact.id, CorrectedContent::Director { from: shifted(*from, shift) }))
        }
        _ => None,
    };
    let starts: Vec<_> = world.history.facts().iter().filter_map(start).collect();
    let Some((target, content)) = starts.get(step.whom).cloned() else { return };
    let correct = CorrectionCommand::Correct { target, reason: text("vergissing"), occurred: None, content };
    let _ = world.give(seed, &actor(NOOR, Role::AccessWorker), &Order::now(correct.into()));
}

fn start() -> World {
    World::after(open_case().history().clone(), day("2026-03-02"))
}

fn give(world: &mut World, seed: u128, step: Step) -> Vec<CaseEvent> {
    world.now = world.today().plus_days(step.wait).at(9, 0);
    let command = command(world, step);
    let occurred = step.ago.map(|ago| Occurred::Day(world.today().minus_days(ago.into())));
    let order = Order { occurred, ..Order::now(command) };
    let actor = who(world, step);
    world.give(seed, &actor, &order).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_yields_two_directors(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = start();
        let mut model = Model::default();
        for (seed, step) in (1..).zip(steps) {
            for event in give(&mut world, seed, step) {
                model.follow(&event, world.today());
            }
            assert_one_director(&world.state().regie);
            assert_nobody_left_behind(&world);
        }
        for day in all_days() {
            let director = world.state().regie.director_on(day).map(|directorship| directorship.worker);
            prop_assert_eq!(director, model.days.get(&day).map(|(worker, _)| *worker), "on {}", day);
        }
        assert_gap_is_what_it_says(&world.state().regie);
    }

    #[test]
    fn nor_do_corrections_among_them(
        steps in prop::collection::vec((step(), prop::bool::weighted(0.2)), 1..60),
    ) {
        let mut world = start();
        for (seed, (step, correct)) in (1..).zip(steps) {
            if correct {
                strike_out(&mut world, seed, step);
            } else {
                give(&mut world, seed, step);
            }
            assert_one_director(&world.state().regie);
        }
        prop_assert_eq!(broken(&world.history), [], "what was accepted rests on what stands");
        assert_gap_is_what_it_says(&world.state().regie);
    }

    #[test]
    fn nor_do_starts_that_move(
        steps in prop::collection::vec((step(), prop::bool::weighted(0.2)), 1..60),
    ) {
        let mut world = start();
        for (seed, (step, correct)) in (1..).zip(steps) {
            if correct {
                move_start(&mut world, seed, step);
            } else {
                give(&mut world, seed, step);
            }
            assert_one_director(&world.state().regie);
        }
        prop_assert_eq!(broken(&world.history), [], "what was accepted rests on what stands");
    }

    #[test]
    fn replay_equals_state(steps in prop::collection::vec((step(), prop::bool::weighted(0.1)), 1..60)) {
        let mut world = start();
        for (seed, (step, correct)) in (1..).zip(steps) {
            if correct {
                strike_out(&mut world, seed, step);
            } else {
                give(&mut world, seed, step);
            }
        }
        let replayed = History::<Case>::fold(world.history.facts().to_vec());
        prop_assert_eq!(replayed.state(), world.state());
    }
}

/// Random runs prove nothing if nothing is ever accepted.
#[test]
fn the_steps_reach_every_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let steps = prop::collection::vec(step(), 60).new_tree(&mut runner).unwrap().current();
        let mut world = start();
        for (seed, step) in (1..).zip(steps) {
            seen.extend(give(&mut world, seed, step).iter().map(|event| crate::decider::DomainEvent::info(event).name));
        }
    }
    let life = ["CaseClosed", "CaseReopened"];
    assert_eq!(seen, crate::regie::CATALOGUE.iter().map(|info| info.name).chain(life).collect());
}
