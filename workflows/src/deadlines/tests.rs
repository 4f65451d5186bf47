//! Five years of many families, one for each thing that is told or proposed by itself: each is told once, whatever is killed, doubled, lost,
//! begun anew or away.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::alert::table::TABLE;
use domain::alert::{AlertEvent, ProposalKind};
use domain::calendar::is_feast_day;
use domain::case::CaseEvent;
use domain::fact::{Fact, FileKind, Role};
use domain::ids::CaseId;
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::Clock as _;
use eventstore::metadata::{FactRef, Metadata};
use eventstore::port::StreamName;

use self::stories::{Step, Story, open, stories};
use super::Deadlines;
use super::acting::command_id;
use crate::reactions::SYSTEM;
use crate::testing::{NOOR, World, case};

#[path = "../../../domain/src/alert/tests/stories.rs"]
mod stories;

const START: &str = "2026-03-02";
const END: &str = "2031-03-02";

const PROPOSALS: [ProposalKind; 4] = [
    ProposalKind::SatConsultation,
    ProposalKind::RestReview,
    ProposalKind::SeparateConversations,
    ProposalKind::StepBack,
];

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

/// Something that was told or proposed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Line {
    /// When, by the clock.
    at: String,
    /// What it is counted under: what and to whom.
    counted: String,
    /// What two of the same would share.
    same: String,
}

/// What was told and proposed in a case. Sorted: two of one moment come in either order.
async fn told(world: &World, id: CaseId) -> Vec<Line> {
    let loaded = world.cases.load(id.as_uuid()).await.unwrap();
    let of = |fact: &Fact<CaseEvent>| {
        let (counted, same) = match &fact.event {
            CaseEvent::Alert(AlertEvent::AlertRaised {
                what,
                said_by,
                last_day,
                own_day,
                persons,
                nth,
                step,
                to,
                ..
            }) => {
                let day = last_day.or_else(|| own_day.as_ref().and_then(|day| day.known().copied())).unwrap();
                let said = said_by.and_then(|said| loaded.history.fact(said)).map(|fact| fact.revision.number());
                let same = format!("{what} {said:?} {day} {} {nth} {step}", persons.len());
                (format!("{what} {}", to.as_str()), same)
            }
            CaseEvent::Alert(AlertEvent::ProposalMade { kind, cause, .. }) => {
                let cause = loaded.history.fact(*cause).map(|fact| fact.revision.number());
                (format!("proposal {}", kind.as_str()), format!("{kind:?} {cause:?}"))
            }
            _ => return None,
        };
        Some(Line { at: fact.recorded_at.on_the_clock(), counted, same })
    };
    let mut told: Vec<_> = loaded.history.facts().iter().filter_map(of).collect();
    told.sort();
    told
}

/// The same, as lines of a page.
async fn lines(world: &World, id: CaseId) -> Vec<String> {
    told(world, id).await.into_iter().map(|line| format!("{} {}", line.at, line.counted)).collect()
}

/// Chance from a seed: the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A case and the stories that are told in it, each so many days after it was opened.
struct Lived {
    id: CaseId,
    opened: CivilDay,
    hour: u32,
    stories: Vec<(u64, Story)>,
    /// Whether everybody does in time what is waited for.
    done: bool,
}

/// What follows within one case without one story touching another.
const SIDE_BY_SIDE: [&str; 11] = [
    "somebody promises",
    "a school asks",
    "the court's advisors ask",
    "a team is asked to look along",
    "the family makes its own plan",
    "a decision is asked for",
    "a condition is set",
    "help comes to its end",
    "there is a sign of unsafety",
    "an action is agreed",
    "a specialist stays",
];

/// The same life for every world: each story in a case of its own in which nobody does what is waited for, and many of them in one case.
fn undone() -> Vec<Lived> {
    let alone = stories().into_iter().enumerate().map(|(place, story)| alone(place, story, false));
    let together = SIDE_BY_SIDE.iter().enumerate().map(|(place, name)| {
        let story = stories().into_iter().find(|story| story.name == *name).expect("a story of that name");
        (50 * u64::try_from(place).unwrap(), story)
    });
    let busy = Lived { id: case(500), opened: day("2026-04-03"), hour: 12, stories: together.collect(), done: false };
    alone.chain([busy]).collect()
}

/// Each story that can be done, in a case of its own in which it is.
fn done() -> impl Iterator<Item = Lived> {
    let all = stories().into_iter().enumerate().filter(|(_, story)| !story.done.is_empty());
    all.map(|(place, story)| alone(place, story, true))
}

fn alone(place: usize, story: Story, done: bool) -> Lived {
    let number = u128::try_from(place).unwrap() + if done { 201 } else { 1 };
    let mut dice = Dice(u64::try_from(number).unwrap() * 7919);
    // What goes on for years begins early.
    let within = if story.tells.iter().any(|told| told.times > 1) { 200 } else { 1300 };
    let opened = day(START).plus_days(dice.throw(within));
    // Also in the hour that the clocks skip or repeat, and in the night before something is due.
    let hour = [1, 2, 7, 12, 23][usize::try_from(dice.throw(5)).unwrap()];
    Lived { id: case(number), opened, hour, stories: vec![(0, story)], done }
}

impl Lived {
    /// What is done in it, by moment: nothing is the opening.
    fn deeds(&self) -> Vec<(Timestamp, CaseId, Option<Step>)> {
        let at = |days: u64| self.opened.plus_days(days).at(self.hour, 30);
        let mut deeds = vec![(at(0), self.id, None)];
        for (place, (begins, story)) in self.stories.iter().enumerate() {
            // One director is enough.
            let begin = story.begin.iter().skip(usize::from(place > 0));
            let end = story.done.iter().filter(|_| self.done);
            deeds.extend(begin.chain(end).map(|step| (at(begins + step.after), self.id, Some(*step))));
        }
        deeds
    }

    fn born(&self) -> CivilDay {
        (self.stories[0].1.born)(self.opened)
    }

    /// How often each must have been told to whom, and proposed: counted from what people did, and by none of the rules.
    fn expected(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (_, story) in &self.stories {
            let waits = !self.done || story.recurs;
            for (told, to) in story.tells.iter().flat_map(|told| told.to.iter().map(move |to| (told, to))) {
                if waits {
                    *counts.entry(format!("{} {}", told.what, to.as_str())).or_default() += told.times;
                }
            }
            for kind in &story.proposes {
                *counts.entry(format!("proposal {}", kind.as_str())).or_default() += 1;
            }
        }
        counts
    }
}

/// Somebody does this in a case.
async fn does(world: &World, lived: &Lived, step: Option<&Step>) {
    let Some(step) = step else {
        return world.order(&world.cases, lived.id.as_uuid(), open(lived.born()), FileKind::Coordination).await;
    };
    let loaded = world.cases.load(lived.id.as_uuid()).await.unwrap();
    let command = (step.does)(&loaded.history, world.clock.now().day());
    world.order_as((step.by, step.role), lived.id, command).await;
}

/// How the runners fare on their way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    Undisturbed,
    /// Killed at random: between reading and acting, within an append, with nothing but the file left.
    Killed,
    /// Two at once, each with its own memory.
    Two,
    /// The index is lost now and then.
    Reset,
    /// Nothing runs for days on end, while people go on.
    Away,
}

/// Lives five years, and gives what was told in each case.
async fn five_years(fate: Fate, lives: &[Lived]) -> BTreeMap<CaseId, Vec<Line>> {
    let world = World::new();
    let mut dice = Dice(0xFA7E ^ fate as u64);
    let mut runner = world.deadlines().await;
    let mut other = (fate == Fate::Two).then_some(world.deadlines().await);
    let mut back = None;
    let mut deeds: Vec<_> = lives.iter().flat_map(Lived::deeds).collect();
    deeds.sort_by_key(|(at, id, _)| (*at, *id));
    for (at, id, step) in deeds {
        if let Some(moment) = back.filter(|moment| *moment <= at) {
            back = None;
            world.clock.set(moment);
            runner = world.deadlines().await;
            runner.catch_up().await.unwrap();
        }
        if back.is_none() {
            runner = until(&world, runner, other.as_mut(), (fate, at), &mut dice).await;
        }
        world.clock.set(at.max(world.clock.now()));
        let whose = lives.iter().find(|lived| lived.id == id).unwrap();
        does(&world, whose, step.as_ref()).await;
        if fate == Fate::Away && back.is_none() && dice.throw(6) == 0 {
            back = Some(at.day().plus_days(1 + dice.throw(12)).at(15, 0));
        }
        if back.is_none() {
            runner = turn(&world, runner, other.as_mut(), fate, &mut dice).await;
        }
    }
    if let Some(moment) = back {
        world.clock.set(moment);
        runner = world.deadlines().await;
        runner.catch_up().await.unwrap();
    }
    until(&world, runner, other.as_mut(), (fate, day(END).at(0, 0)), &mut dice).await;
    let mut all = BTreeMap::new();
    for lived in lives {
        all.insert(lived.id, told(&world, lived.id).await);
    }
    all
}

/// The clock stops at each moment on the way to this one.
async fn until(
    world: &World,
    mut runner: Deadlines,
    mut other: Option<&mut Deadlines>,
    (fate, at): (Fate, Timestamp),
    dice: &mut Dice,
) -> Deadlines {
    while let Some(next) = runner.next().filter(|next| *next <= at) {
        world.clock.set(next.max(world.clock.now()));
        runner = turn(world, runner, other.as_deref_mut(), fate, dice).await;
    }
    runner
}

/// The runners have their turn, whatever befalls them; then the clock may go on.
async fn turn(
    world: &World,
    mut runner: Deadlines,
    other: Option<&mut Deadlines>,
    fate: Fate,
    dice: &mut Dice,
) -> Deadlines {
    if let Some(other) = other {
        let (one, another) = tokio::join!(runner.catch_up(), other.catch_up());
        one.unwrap();
        another.unwrap();
        return runner;
    }
    if fate == Fate::Reset && dice.throw(12) == 0 {
        drop(runner);
        world.lose_index();
        runner = world.deadlines().await;
    }
    if fate == Fate::Killed {
        for _ in 0..dice.throw(3) {
            match dice.throw(5) {
                // Read, and not acted.
                0 => drop(runner.step().await),
                // Acted, and not read.
                1 => drop(runner.fire().await),
                // In the middle of writing: it may have been stored, or not.
                2 => {
                    world.store.failing_appends.store(1, Ordering::SeqCst);
                    drop(runner.catch_up().await);
                    world.store.failing_appends.store(0, Ordering::SeqCst);
                }
                3 => {
                    world.store.severing_appends.store(1, Ordering::SeqCst);
                    drop(runner.catch_up().await);
                    world.store.severing_appends.store(0, Ordering::SeqCst);
                    world.store.failing_appends.store(0, Ordering::SeqCst);
                }
                _ => {}
            }
            drop(runner);
            runner = world.deadlines().await;
        }
    }
    runner.catch_up().await.unwrap();
    runner
}

/// Each as often as people's deeds ask, to whom they ask, and no two about the same.
fn assert_once(lives: &[Lived], all: &BTreeMap<CaseId, Vec<Line>>) {
    for lived in lives {
        let told = &all[&lived.id];
        let mut counts = BTreeMap::new();
        for line in told {
            *counts.entry(line.counted.clone()).or_insert(0_usize) += 1;
            let alike = told.iter().filter(|other| other.same == line.same).count();
            assert_eq!(alike, 1, "twice in {}: {line:?}", lived.stories[0].1.name);
        }
        assert_eq!(counts, lived.expected(), "{} (done: {}): {told:#?}", lived.stories[0].1.name, lived.done);
    }
}

/// What an undisturbed runner tells where nobody does what is waited for: lived once for all tests.
async fn undisturbed() -> &'static BTreeMap<CaseId, Vec<Line>> {
    static TOLD: tokio::sync::OnceCell<BTreeMap<CaseId, Vec<Line>>> = tokio::sync::OnceCell::const_new();
    TOLD.get_or_init(|| async { five_years(Fate::Undisturbed, &undone()).await }).await
}

#[tokio::test]
async fn in_five_years_each_is_told_once_and_at_eight_on_a_working_day() {
    let (lives, all) = (undone(), undisturbed().await);
    assert_once(&lives, all);
    let told: Vec<&Line> = all.values().flatten().collect();
    for line in told.iter().filter(|line| !line.counted.starts_with("proposal")) {
        let (at, clock) = (day(&line.at[..10]), &line.at[11..16]);
        assert!(clock == "08:00", "{line:?}");
        assert!(domain::terms::TermsBook::nl_default().unwrap().terms_on(at).calendar.is_working_day(at), "{line:?}");
        assert!(!is_feast_day(at), "{line:?}");
    }
    let never = |counted: &str| !told.iter().any(|line| line.counted.starts_with(&format!("{counted} ")));
    let mut silent: Vec<_> = TABLE.iter().filter(|(_, line)| !line.chain.is_empty()).map(|(word, _)| *word).collect();
    silent.retain(|word| never(word));
    assert!(silent.is_empty(), "nothing was ever told of these: {silent:?}");
    let proposed = |kind: ProposalKind| told.iter().any(|line| line.counted == format!("proposal {}", kind.as_str()));
    for kind in PROPOSALS {
        assert!(proposed(kind), "never proposed: {kind:?}");
    }
}

#[tokio::test]
async fn what_people_do_in_time_is_told_to_nobody() {
    let lives: Vec<_> = done().collect();
    assert_once(&lives, &five_years(Fate::Undisturbed, &lives).await);
}

async fn the_same_once(fate: Fate) {
    let lives = undone();
    let all = five_years(fate, &lives).await;
    assert_once(&lives, &all);
    for (case, told) in &all {
        assert_eq!(told, &undisturbed().await[case], "{fate:?}");
    }
}

#[tokio::test]
async fn killed_at_random_it_tells_the_same_once() {
    the_same_once(Fate::Killed).await;
}

#[tokio::test]
async fn two_runners_tell_the_same_once() {
    the_same_once(Fate::Two).await;
}

#[tokio::test]
async fn with_its_index_lost_now_and_then_it_tells_the_same_once() {
    the_same_once(Fate::Reset).await;
}

/// Later than it would have, and still each of them once.
#[tokio::test]
async fn away_for_days_while_people_go_on_it_tells_all_of_it_once() {
    let lives = undone();
    let all = five_years(Fate::Away, &lives).await;
    assert_once(&lives, &all);
    assert_ne!(&all, undisturbed().await, "it was away");
}

/// A gap of two parties: told on 2026-03-10 at eight.
async fn gap(world: &World, id: CaseId) {
    let story = stories().into_iter().next().expect("the first is of a gap");
    let lived = Lived { id, opened: day(START), hour: 9, stories: vec![(0, story)], done: false };
    for (_, _, step) in lived.deeds() {
        does(world, &lived, step.as_ref()).await;
    }
}

#[tokio::test]
async fn what_it_writes_names_the_system_and_what_caused_it() {
    let world = World::new();
    gap(&world, case(1)).await;
    let runner = world.deadlines().await;
    runner.catch_up().await.unwrap();
    assert_eq!(runner.next(), Some(day("2026-03-10").at(8, 0)));
    assert_eq!(lines(&world, case(1)).await, [""; 0]);
    world.clock.set(day("2026-03-10").at(8, 0));
    runner.catch_up().await.unwrap();
    assert_eq!(lines(&world, case(1)).await, ["2026-03-10 08:00 gap access_workers"]);
    let stored = world.stored(&StreamName::about("case", case(1).as_uuid())).await;
    let (alert, joined) = (stored.last().unwrap(), &stored[stored.len() - 3]);
    let written = Metadata::from_bytes(&alert.metadata).unwrap();
    assert_eq!((written.actor.worker, written.actor.role), (SYSTEM, Role::System));
    assert_eq!(written.decision.rules, ["deadline.alert"]);
    assert_eq!((written.purpose.as_str(), written.activity.as_str()), ("coordination", "coordination/1"));
    assert_eq!(written.causation, Some(FactRef { stream: joined.stream.clone(), revision: joined.revision }));
    assert_eq!(runner.next(), Some(day("2026-03-17").at(8, 0)), "the team lead, a week later");
    assert_ne!(written.actor.worker, NOOR);
}

/// Another id would be another command to every desk that has seen the first one: these never change.
#[test]
fn a_command_id_follows_from_the_case_and_what_is_told_for_ever() {
    let id = command_id(case(1), "alert/gap/case/2026-03-09/0/1");
    assert_eq!(id, command_id(case(1), "alert/gap/case/2026-03-09/0/1"));
    assert_ne!(id, command_id(case(2), "alert/gap/case/2026-03-09/0/1"));
    assert_ne!(id, command_id(case(1), "alert/gap/case/2026-03-09/0/2"));
    assert_eq!(id.to_string(), "e2c93174-6111-529a-a9fc-7ded86b01669");
}

/// Only the case whose moment has come is opened: others are not looked at.
#[tokio::test]
async fn a_case_that_cannot_be_read_is_left_out_and_others_go_on() {
    let world = World::new();
    gap(&world, case(1)).await;
    gap(&world, case(2)).await;
    let runner = world.deadlines().await;
    runner.catch_up().await.unwrap();
    *world.store.spoilt.lock().unwrap() = Some(StreamName::about("case", case(1).as_uuid()));
    drop(runner);
    let runner = world.deadlines().await;
    world.clock.set(day("2026-03-10").at(8, 0));
    runner.catch_up().await.unwrap();
    assert_eq!(told(&world, case(2)).await.len(), 1);
    // Repaired, and told to begin anew: the first is told of then.
    *world.store.spoilt.lock().unwrap() = None;
    drop(runner);
    world.lose_index();
    world.deadlines().await.catch_up().await.unwrap();
    assert_eq!((told(&world, case(1)).await.len(), told(&world, case(2)).await.len()), (1, 1));
}

#[tokio::test]
async fn it_sleeps_until_the_moment_and_stops_when_told() {
    let world = World::new();
    gap(&world, case(1)).await;
    let runner = Arc::new(world.deadlines().await);
    let stop = tokio::sync::watch::Sender::new(false);
    let (running, stopped) = (Arc::clone(&runner), stop.subscribe());
    let task = tokio::spawn(async move { running.run(stopped).await });
    let mut heads = world.office.store.watch_head();
    heads.mark_unchanged();
    world.clock.set(day("2026-03-10").at(8, 0));
    let patience = std::time::Duration::from_secs(30);
    tokio::time::timeout(patience, heads.changed()).await.expect("it wakes by the clock").unwrap();
    stop.send_replace(true);
    task.await.unwrap();
    assert_eq!(told(&world, case(1)).await.len(), 1);
}
