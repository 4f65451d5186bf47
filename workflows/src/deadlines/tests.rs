//! Five years of a few families: each thing is told once, whatever is killed, doubled, lost or begun anew.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::alert::AlertEvent;
use domain::calendar::is_feast_day;
use domain::case::{CaseCommand, CaseEvent};
use domain::conflict::{ConflictCommand, GlaslStage, NewStage};
use domain::consent::{ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use domain::contact::{ContactCommand, NewContact, NewPromise, PromiseKind};
use domain::fact::{FileKind, Role};
use domain::ids::{CaseId, PersonId, WorkerId};
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::people::{FamilyRole, NewPerson};
use domain::regie::{NewParty, RegieCommand};
use domain::text::Text;
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::Clock as _;
use eventstore::metadata::{FactRef, Metadata};
use eventstore::port::StreamName;
use uuid::Uuid;

use super::Deadlines;
use super::acting::command_id;
use crate::reactions::SYSTEM;
use crate::testing::{NOOR, World, case, name, organisation};

const START: &str = "2026-03-02";
const END: &str = "2031-03-02";

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

/// What was told in a case: what, step, to whom, by the clock. Sorted: two of one moment come in either order.
async fn told(world: &World, id: CaseId) -> Vec<String> {
    let loaded = world.cases.load(id.as_uuid()).await.unwrap();
    let mut told: Vec<_> = loaded
        .history
        .facts()
        .iter()
        .filter_map(|fact| match &fact.event {
            CaseEvent::Alert(AlertEvent::AlertRaised { what, last_day, own_day, step, to, .. }) => {
                let day = last_day.or_else(|| own_day.as_ref().and_then(|day| day.known().copied())).unwrap();
                Some(format!("{} {what} {day} {step} {}", fact.recorded_at.on_the_clock(), to.as_str()))
            }
            CaseEvent::Alert(AlertEvent::ProposalMade { kind, .. }) => {
                Some(format!("{} proposal {}", fact.recorded_at.on_the_clock(), kind.as_str()))
            }
            _ => None,
        })
        .collect();
    told.sort();
    told
}

/// Chance from a seed: the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What somebody does in a case on a day.
#[derive(Clone)]
enum Deed {
    Open { born: CivilDay },
    Join(u128),
    Promise { by: CivilDay },
    Stages(u8, u8),
    Consent { until: CivilDay },
}

/// The same life for every world: what people do, by moment.
fn life(families: u128, seed: u64) -> Vec<(Timestamp, CaseId, Deed)> {
    let mut dice = Dice(seed);
    let mut deeds = Vec::new();
    // A leap child, children who turn 12, 16 and 18 around weekends and feast days.
    let born = ["2016-02-29", "2014-12-26", "2015-04-27", "2011-05-14", "2012-01-31", "2013-12-25"];
    for family in 0..families {
        let id = case(family + 1);
        let born = day(born[usize::try_from(family).unwrap() % born.len()]);
        let opened = day(START).plus_days(dice.throw(30));
        deeds.push((opened.at(9, 30), id, Deed::Open { born }));
        for joins in 0..3 {
            let joined = opened.plus_days(1 + dice.throw(200));
            deeds.push((joined.at(11, 0), id, Deed::Join(0x60 + joins)));
        }
        let mut at = opened.plus_days(10);
        while at < day(END) {
            at = at.plus_days(20 + dice.throw(160));
            let deed = match dice.throw(3) {
                0 => Deed::Promise { by: at.plus_days(1 + dice.throw(12)) },
                1 => Deed::Stages(stage(&mut dice), stage(&mut dice)),
                _ => Deed::Consent { until: at.plus_days(20 + dice.throw(200)) },
            };
            // Also in the hour that the clocks skip or repeat, and in the night before something is due.
            let hour = [1, 2, 7, 12, 23][usize::try_from(dice.throw(5)).unwrap()];
            deeds.push((at.at(hour, 30), id, deed));
        }
    }
    deeds.sort_by_key(|(at, id, _)| (*at, *id));
    deeds
}

fn stage(dice: &mut Dice) -> u8 {
    u8::try_from(1 + dice.throw(9)).unwrap()
}

/// Carries out what somebody did.
async fn does(world: &World, id: CaseId, deed: &Deed) {
    for command in commands(world, id, deed).await {
        world.order(&world.cases, id.as_uuid(), command, FileKind::Coordination).await;
    }
}

async fn commands(world: &World, id: CaseId, deed: &Deed) -> Vec<CaseCommand> {
    let person = |key: &str, called: &str, born, role| NewPerson {
        key: key.to_owned(),
        name: name(called),
        birth_date: born,
        role,
    };
    if let Deed::Open { born } = deed {
        let people = vec![
            person("a", "Samira", Some(day("1985-03-03")), FamilyRole::Parent),
            person("b", "Karim", Some(day("1984-08-08")), FamilyRole::Parent),
            person("c", "Ilias", Some(*born), FamilyRole::Child),
        ];
        return vec![CaseCommand::Life(LifeCommand::OpenCase {
            municipality: organisation("gemeente-huizen"),
            framework: LegalFramework::Voluntary,
            ground: OpeningGround::MeldcodeDecision,
            question: text("Hoe komt er rust?"),
            signal: None,
            people,
            authority: Vec::new(),
            consents: Vec::new(),
        })];
    }
    let loaded = world.cases.load(id.as_uuid()).await.unwrap();
    let state = loaded.history.state();
    let people: Vec<PersonId> = state.people.iter().map(|person| person.id).collect();
    match deed {
        Deed::Open { .. } => Vec::new(),
        Deed::Join(worker) => vec![CaseCommand::Regie(RegieCommand::ReportPartyJoined {
            party: NewParty {
                worker: WorkerId::from_uuid(Uuid::from_u128(*worker)),
                organisation: organisation("zorg-vecht"),
                expertise: None,
                specialist: *worker == 0x60,
                expected_end: None,
                from: None,
                consents: Vec::new(),
            },
            last_day: None,
            explanation: Some(text("Al begonnen.")),
        })],
        Deed::Promise { by } => {
            let promise = NewPromise { kind: PromiseKind::CallBack, what: None, by: Some(*by), worker: None };
            vec![CaseCommand::Contact(ContactCommand::RecordContact(Box::new(NewContact {
                with: vec![people[0]],
                other: None,
                about: vec![],
                worker: None,
                direction: None,
                medium: None,
                verified: None,
                said: text("Vraagt of iemand terugbelt."),
                asked: None,
                answer: None,
                answered: None,
                promises: vec![promise],
            })))]
        }
        Deed::Stages(one, other) => {
            let Some(conflict) = state.conflicts.all().first().map(|conflict| conflict.id) else {
                let between = vec![people[0], people[1]];
                return vec![CaseCommand::Conflict(ConflictCommand::NameConflict {
                    between,
                    about: text("het ophalen"),
                })];
            };
            let experienced = [(people[0], *one), (people[1], *other)].map(|(person, number)| NewStage {
                person,
                stage: Some(GlaslStage::new(number).unwrap()),
                observations: text("Zoals gehoord."),
            });
            let experienced = experienced.to_vec();
            vec![CaseCommand::Conflict(ConflictCommand::AssessConflict { conflict, experienced, by: None })]
        }
        Deed::Consent { until } => vec![CaseCommand::Consent(ConsentCommand::GrantConsent(NewConsent {
            giver: WhoIs::Person(people[0]),
            subject: WhoIs::Person(people[0]),
            kind: ConsentKind::Help,
            purpose: None,
            categories: Vec::new(),
            recipients: Vec::new(),
            from: None,
            until: Some(*until),
            explained: None,
            evidence: Evidence::Spoken,
        }))],
    }
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
}

/// Lives five years, and gives what was told in each case.
async fn five_years(fate: Fate, families: u128) -> BTreeMap<CaseId, Vec<String>> {
    let world = World::new();
    let mut dice = Dice(0xFA7E ^ fate as u64);
    let mut runner = world.deadlines().await;
    let mut other = (fate == Fate::Two).then_some(world.deadlines().await);
    for (at, id, deed) in life(families, 7) {
        while let Some(next) = runner.next().filter(|next| *next <= at) {
            world.clock.set(next.max(world.clock.now()));
            runner = turn(&world, runner, other.as_mut(), fate, &mut dice).await;
        }
        world.clock.set(at.max(world.clock.now()));
        does(&world, id, &deed).await;
        runner = turn(&world, runner, other.as_mut(), fate, &mut dice).await;
    }
    let mut all = BTreeMap::new();
    for family in 0..families {
        all.insert(case(family + 1), told(&world, case(family + 1)).await);
    }
    all
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

#[tokio::test]
async fn in_five_years_each_is_told_once_and_at_eight_on_a_working_day() {
    let all = five_years(Fate::Undisturbed, 6).await;
    let lines: Vec<&String> = all.values().flatten().collect();
    assert!(lines.len() > 100, "{}", lines.len());
    for (case, told) in &all {
        for line in told {
            // What is proposed follows at once from what was recorded, also twice in five years.
            if line.contains("proposal") {
                continue;
            }
            let alike = told.iter().filter(|other| other[17..] == line[17..]).count();
            // Two promises of one day are two.
            assert!(alike == 1 || line.contains("call_back"), "{case}: {line}");
            let (at, clock) = (day(&line[..10]), &line[11..16]);
            assert!(clock == "08:00", "{line}");
            assert!(domain::terms::TermsBook::nl_default().unwrap().terms_on(at).calendar.is_working_day(at), "{line}");
            assert!(!is_feast_day(at), "{line}");
        }
    }
    for word in ["gap", "specialist", "call_back", "consent_ends", "birthday", "proposal"] {
        assert!(lines.iter().any(|line| line.contains(word)), "nothing of {word}");
    }
    // A leap child turns 12 on 2028-02-29; thirty days before is a Sunday.
    assert!(
        all[&case(1)].iter().any(|line| line == "2028-01-28 08:00 birthday 2028-02-29 1 director"),
        "{:?}",
        all[&case(1)]
    );
}

#[tokio::test]
async fn killed_at_random_it_tells_the_same_once() {
    assert_eq!(five_years(Fate::Killed, 3).await, five_years(Fate::Undisturbed, 3).await);
}

#[tokio::test]
async fn two_runners_tell_the_same_once() {
    assert_eq!(five_years(Fate::Two, 3).await, five_years(Fate::Undisturbed, 3).await);
}

#[tokio::test]
async fn with_its_index_lost_now_and_then_it_tells_the_same_once() {
    assert_eq!(five_years(Fate::Reset, 3).await, five_years(Fate::Undisturbed, 3).await);
}

/// A gap of two parties: told on 2026-03-10 at eight.
async fn gap(world: &World) {
    let born = Deed::Open { born: day("2018-05-04") };
    for deed in [born, Deed::Join(0x61), Deed::Join(0x62)] {
        does(world, case(1), &deed).await;
    }
}

#[tokio::test]
async fn what_it_writes_names_the_system_and_what_caused_it() {
    let world = World::new();
    gap(&world).await;
    let runner = world.deadlines().await;
    runner.catch_up().await.unwrap();
    assert_eq!(runner.next(), Some(day("2026-03-10").at(8, 0)));
    assert_eq!(told(&world, case(1)).await, [""; 0]);
    world.clock.set(day("2026-03-10").at(8, 0));
    runner.catch_up().await.unwrap();
    assert_eq!(told(&world, case(1)).await, ["2026-03-10 08:00 gap 2026-03-09 1 access_workers"]);
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
    gap(&world).await;
    for deed in [Deed::Open { born: day("2018-05-04") }, Deed::Join(0x61), Deed::Join(0x62)] {
        does(&world, case(2), &deed).await;
    }
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
    gap(&world).await;
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
