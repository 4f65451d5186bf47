//! With a receiver that is told what to answer, and a clock that is told the time: nothing here waits.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_graphql::async_trait::async_trait;
use domain::ids::{CaseId, EventId, Revision};
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::{Clock, ToldClock};
use eventstore::copy::copy;
use eventstore::port::{EventStore, Expected, NewEvent, Position, StreamName};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore};
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use super::configured::{Receivers, Route};
use super::fate::{Answer, TRIES};
use super::letter::{Envelope, Kind};
use super::mark::Mark;
use super::outbox::{OUTBOX, Outbox, Standing, Which};
use super::post::Post;
use super::runner::{Webhooks, WebhooksSetup};

const SECOND: i64 = 1_000_000;
/// More than any pause.
const LONG: i64 = 8 * 3_600;

/// A receiver: what came, and what it answers next; it takes what it has no answer for.
#[derive(Default)]
struct Told {
    came: Mutex<Vec<(EventId, String)>>,
    answers: Mutex<VecDeque<Answer>>,
    /// Takes a letter and never says so.
    silent: AtomicBool,
}

#[async_trait]
impl Post for Told {
    async fn hand_over(&self, id: EventId, body: String, _: Timestamp) -> Answer {
        self.came.lock().unwrap().push((id, body));
        if self.silent.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.answers.lock().unwrap().pop_front().unwrap_or(Answer::Taken)
    }
}

impl Told {
    fn will_answer(&self, status: u16, times: usize) {
        self.will(&Answer::of(status, None, Timestamp::from_micros(0)), times);
    }

    fn will(&self, answer: &Answer, times: usize) {
        self.answers.lock().unwrap().extend(std::iter::repeat_n(answer.clone(), times));
    }

    fn came(&self) -> Vec<EventId> {
        self.came.lock().unwrap().iter().map(|(id, _)| *id).collect()
    }

    fn bodies(&self) -> Vec<String> {
        self.came.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }

    fn forget(&self) {
        self.came.lock().unwrap().clear();
    }
}

/// A clock that can be in doubt.
struct Doubted(Arc<ToldClock>, AtomicBool);

impl Clock for Doubted {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn suspect(&self) -> Option<i64> {
        self.1.load(Ordering::SeqCst).then_some(3_600)
    }
}

struct Bench {
    store: Arc<SqliteStore>,
    clock: Arc<Doubted>,
    revisions: Mutex<HashMap<CaseId, Revision>>,
    folder: TempDir,
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E_0000 + number))
}

fn history(folder: &TempDir, clock: &Arc<Doubted>) -> SqliteStore {
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    SqliteStore::open(&folder.path().join("history.db"), SqliteOptions::new(clock)).unwrap()
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let told = Arc::new(ToldClock::at(CivilDay::from_ymd(2026, 3, 10).unwrap().at(8, 0)));
        let clock = Arc::new(Doubted(told, AtomicBool::new(false)));
        Self { store: Arc::new(history(&folder, &clock)), clock, revisions: Mutex::default(), folder }
    }

    /// The folder in which what waits is kept, apart from that of the history: it holds a lock of its own.
    fn place(&self) -> PathBuf {
        let place = self.folder.path().join("node");
        std::fs::create_dir_all(&place).unwrap();
        place
    }

    fn outbox(&self) -> Outbox {
        Outbox::open(&self.place().join(OUTBOX)).unwrap()
    }

    /// Webhooks that start now, with nothing in memory.
    async fn started(&self, receivers: &[(&str, &Arc<Told>)]) -> Webhooks {
        self.started_on(Arc::clone(&self.store), receivers).await
    }

    async fn started_on(&self, store: Arc<SqliteStore>, receivers: &[(&str, &Arc<Told>)]) -> Webhooks {
        let lock = Arc::new(FolderLock::take(&self.place()).unwrap());
        let (store, clock) = (store as Arc<dyn EventStore>, Arc::clone(&self.clock) as Arc<dyn Clock>);
        let setup = WebhooksSetup { chance: Arc::new(|| 0), ..WebhooksSetup::new(lock, store, clock) };
        let route = |(name, told): &(&str, &Arc<Told>)| Route::new(name, Arc::clone(*told) as Arc<dyn Post>);
        let envelope = Envelope {
            source: "urn:nld:oin:00000001234567890000:systeem:rustpunt".to_owned(),
            dataref: "https://rustpunt.example/cases".to_owned(),
        };
        Webhooks::open(setup, Receivers { envelope, routes: receivers.iter().map(route).collect() }).await.unwrap()
    }

    async fn record(&self, case: CaseId, outer_type: &str) -> EventId {
        let id = EventId::from_uuid(Uuid::now_v7());
        let (outer_type, metadata) = (outer_type.to_owned(), b"{}".to_vec());
        let event = NewEvent { id, outer_type, version: 1, metadata, data: vec![1], command: None };
        let last = self.revisions.lock().unwrap().get(&case).copied();
        let expected = last.map_or(Expected::NoStream, Expected::At);
        let stream = StreamName::about("case", case.as_uuid());
        let appended = self.store.append(&stream, expected, vec![event]).await.unwrap();
        self.revisions.lock().unwrap().insert(case, appended.last_revision);
        id
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.set(Timestamp::from_micros(self.clock.now().micros() + seconds * SECOND));
    }

    fn standing(&self) -> (u64, u64) {
        let standings = self.outbox().standings().unwrap();
        standings.iter().fold((0, 0), |all, one| (all.0 + one.waiting, all.1 + one.dead))
    }
}

fn number(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    body["sequence"].as_str().unwrap().to_owned()
}

/// The types in clear are those of the domain, and every fact of that room is told.
#[test]
fn every_fact_that_the_system_tells_has_a_letter() {
    for info in domain::alert::CATALOGUE {
        assert!(Kind::of(info.outer).is_some(), "{}", info.outer);
    }
    assert_eq!(Kind::of("CaseOpened"), None);
    for kind in [Kind::Alert, Kind::Proposal, Kind::Answer] {
        assert_eq!(Kind::kept_as(kind.as_str()), Some(kind));
        let word = kind.event_type().strip_prefix("nl.jeugdigen.").and_then(|word| word.strip_suffix(".v1")).unwrap();
        assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{word}");
    }
}

#[tokio::test]
async fn r23_letters_of_a_case_go_in_order_and_another_case_does_not_wait() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let before = bench.record(case(1), "AlertRaised").await;
    let webhooks = bench.started(&[("planbord", &told)]).await;
    let first = bench.record(case(1), "AlertRaised").await;
    bench.record(case(1), "CaseFactRecorded").await;
    let second = bench.record(case(1), "ProposalMade").await;
    let third = bench.record(case(1), "ProposalDismissed").await;
    let other = bench.record(case(2), "AlertRaised").await;
    told.will_answer(500, 1);
    webhooks.turn().await.unwrap();
    assert_eq!(told.came(), [first, other], "what was told before the first start is not sent");
    bench.pass(14);
    webhooks.turn().await.unwrap();
    assert_eq!((told.came().len(), bench.standing()), (2, (3, 0)), "not before its time");
    bench.pass(1);
    webhooks.turn().await.unwrap();
    assert_eq!(told.came(), [first, other, first, second, third]);
    let bodies = told.bodies();
    assert_eq!(bodies[0], bodies[2], "the same bytes");
    assert_eq!(
        bodies.iter().map(|body| number(body)).collect::<Vec<_>>(),
        ["2", "5", "2", "3", "4"],
        "counted from the beginning"
    );
    assert_eq!(bench.standing(), (0, 0));
    assert!(!told.came().contains(&before));
}

/// What a kill leaves behind: a letter that was taken, and nothing that says so.
#[tokio::test]
async fn r23_a_stop_between_delivery_and_mark_sends_the_same_letter_once_more() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    let first = bench.record(case(1), "AlertRaised").await;
    let second = bench.record(case(1), "AlertRaised").await;
    told.silent.store(true, Ordering::SeqCst);
    let came = async {
        while told.came().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = webhooks.turn() => panic!("it is still being answered"),
        () = came => {}
    }
    drop(webhooks);
    told.silent.store(false, Ordering::SeqCst);
    bench.started(&[("planbord", &told)]).await.turn().await.unwrap();
    assert_eq!(told.came(), [first, first, second]);
    let bodies = told.bodies();
    assert_eq!(bodies[0], bodies[1], "whoever gets it twice knows it");
    bench.started(&[("planbord", &told)]).await.turn().await.unwrap();
    assert_eq!(told.came().len(), 3, "what was taken is not sent again");
}

#[tokio::test]
async fn r23_what_nobody_takes_is_laid_aside_seen_and_sent_again_on_demand() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    let poisoned = bench.record(case(1), "ProposalMade").await;
    let later = bench.record(case(1), "ProposalAccepted").await;
    told.will_answer(503, TRIES as usize);
    for tries in 1..=TRIES {
        webhooks.turn().await.unwrap();
        assert_eq!(bench.standing(), if tries < TRIES { (2, 0) } else { (0, 1) }, "after {tries}");
        bench.pass(LONG);
    }
    assert_eq!(told.came().last(), Some(&later), "one that is laid aside holds up nobody");
    let dead = bench.outbox().dead().unwrap();
    assert_eq!((dead.len(), dead[0].event, dead[0].tries, dead[0].kind), (1, poisoned, TRIES, Kind::Proposal));
    assert!(dead[0].why.contains("503"), "{}", dead[0].why);
    // 410 says at once that nobody will ever take it; so do a refusal and a redirect.
    for status in [410, 400, 302] {
        told.will_answer(status, 1);
        bench.record(case(2), "AlertRaised").await;
        webhooks.turn().await.unwrap();
    }
    assert_eq!(bench.standing(), (0, 4));
    told.forget();
    let nobody = Which { receiver: Some("elsewhere".to_owned()), event: None };
    assert_eq!(bench.outbox().replay(&nobody).unwrap(), 0);
    assert_eq!(bench.outbox().replay(&Which { receiver: None, event: Some(poisoned) }).unwrap(), 1);
    webhooks.turn().await.unwrap();
    assert_eq!((told.came(), bench.standing()), (vec![poisoned], (0, 3)));
    assert_eq!(bench.outbox().replay(&Which::default()).unwrap(), 3);
    webhooks.turn().await.unwrap();
    assert_eq!((told.came().len(), bench.standing()), (4, (0, 0)));
}

#[tokio::test]
async fn a_receiver_that_asks_for_rest_gets_it_and_one_that_is_away_is_not_asked_about_every_case() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    for number in 0..10 {
        bench.record(case(number), "AlertRaised").await;
    }
    told.will(&Answer::of(429, Some("600"), bench.clock.now()), 1);
    webhooks.turn().await.unwrap();
    webhooks.turn().await.unwrap();
    bench.pass(599);
    assert_eq!(told.came().len(), 1, "nothing at all, for as long as it asked");
    drop(webhooks);
    let webhooks = bench.started(&[("planbord", &told)]).await;
    webhooks.turn().await.unwrap();
    assert_eq!(told.came().len(), 1, "also after a restart");
    bench.pass(1);
    told.forget();
    told.will_answer(503, 5);
    webhooks.turn().await.unwrap();
    assert_eq!(told.came().len(), 3, "three in a row are enough");
    told.forget();
    webhooks.turn().await.unwrap();
    assert_eq!(told.came().len(), 7, "the next look goes on with others: two fail, five are taken");
    assert_eq!(bench.standing(), (5, 0));
    // An operator waits for nobody's rest.
    told.will(&Answer::of(503, Some("3600"), bench.clock.now()), 1);
    bench.pass(60);
    webhooks.turn().await.unwrap();
    bench.outbox().replay(&Which::default()).unwrap();
    webhooks.turn().await.unwrap();
    assert_eq!(bench.standing(), (1, 0), "only the one whose own pause lasts");
}

#[tokio::test]
async fn each_receiver_has_a_checkpoint_of_its_own() {
    let (bench, one, two) = (Bench::new(), Arc::new(Told::default()), Arc::new(Told::default()));
    let webhooks = bench.started(&[("one", &one)]).await;
    let first = bench.record(case(1), "AlertRaised").await;
    one.will_answer(500, 1);
    webhooks.turn().await.unwrap();
    drop(webhooks);
    // The second comes, the first is taken out of the configuration for a while.
    let webhooks = bench.started(&[("two", &two)]).await;
    let second = bench.record(case(1), "AlertRaised").await;
    bench.pass(LONG);
    webhooks.turn().await.unwrap();
    assert_eq!((one.came(), two.came()), (vec![first], vec![second]), "nothing goes to who is not configured");
    drop(webhooks);
    two.will_answer(500, 1);
    let webhooks = bench.started(&[("one", &one), ("two", &two)]).await;
    let third = bench.record(case(1), "AlertRaised").await;
    webhooks.turn().await.unwrap();
    assert_eq!(one.came(), [first, first, second, third], "it goes on where it was");
    assert_eq!(two.came(), [second, third], "new: from then on");
    assert_eq!(one.bodies()[3], two.bodies()[1], "the same letter for everybody");
    let standing = |receiver: &str, waiting| Standing { receiver: receiver.to_owned(), waiting, dead: 0 };
    assert_eq!(webhooks.standings().await.unwrap(), [standing("one", 0), standing("two", 1)]);
}

#[tokio::test]
async fn r23_everything_since_a_checkpoint_is_sent_again_with_the_same_ids_and_bytes() {
    let (bench, told, other) = (Bench::new(), Arc::new(Told::default()), Arc::new(Told::default()));
    let before = bench.record(case(1), "AlertRaised").await;
    let webhooks = bench.started(&[("other", &other), ("planbord", &told)]).await;
    bench.pass(60);
    let since = bench.clock.now();
    let mut events = Vec::new();
    for number in 0..4 {
        events.push(bench.record(case(number % 2), "AlertRaised").await);
    }
    told.will_answer(400, 1);
    webhooks.turn().await.unwrap();
    let (first, sent) = (told.came(), told.bodies());
    assert_eq!((first, bench.standing()), (events.clone(), (0, 1)));
    told.forget();
    other.forget();
    assert_eq!(bench.outbox().replay_since(Some("planbord"), since).unwrap(), 1);
    webhooks.turn().await.unwrap();
    assert_eq!((told.bodies(), bench.standing()), (sent.clone(), (0, 0)), "the dead one too, in its place");
    assert_eq!(other.came(), [], "only to whom it was asked for");
    // From before the first start, while a part of it still waits.
    told.forget();
    told.will_answer(500, 1);
    bench.record(case(0), "AlertRaised").await;
    webhooks.turn().await.unwrap();
    assert_eq!(bench.outbox().replay_since(None, Timestamp::from_micros(0)).unwrap(), 2);
    bench.pass(LONG);
    told.forget();
    webhooks.turn().await.unwrap();
    assert_eq!((told.came()[0], told.came().len()), (before, 6));
    assert_eq!(told.bodies()[1..5], sent[..]);
}

/// Thrown away, and begun again: numbers follow from the history alone.
#[tokio::test]
async fn without_its_file_a_letter_is_the_same_letter() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    let since = bench.clock.now();
    for number in 0..3 {
        bench.record(case(number), "ProposalMade").await;
    }
    webhooks.turn().await.unwrap();
    let sent = told.bodies();
    drop(webhooks);
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(bench.place().join(format!("{OUTBOX}{suffix}")));
    }
    told.forget();
    let webhooks = bench.started(&[("planbord", &told)]).await;
    webhooks.turn().await.unwrap();
    assert_eq!(told.came(), [], "as if it were new");
    bench.outbox().replay_since(None, since).unwrap();
    webhooks.turn().await.unwrap();
    assert_eq!(told.bodies(), sent);
}

/// The same history on another engine has other positions (decision 0006); what was not read by then is still sent.
#[tokio::test]
async fn a_history_that_moved_is_followed_from_where_it_was() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    let first = bench.record(case(1), "AlertRaised").await;
    webhooks.turn().await.unwrap();
    drop(webhooks);
    bench.pass(60);
    let unread = bench.record(case(1), "AlertRaised").await;
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = Arc::new(history(&elsewhere, &bench.clock));
    copy(&*bench.store, &*moved, |_| {}).await.unwrap();
    let webhooks = bench.started_on(moved, &[("planbord", &told)]).await;
    webhooks.turn().await.unwrap();
    let mut came = told.came();
    came.dedup();
    assert_eq!(came, [first, unread]);
    let mut numbers: Vec<_> = told.bodies().iter().map(|body| number(body)).collect();
    numbers.dedup();
    assert_eq!(numbers, ["1", "2"]);
}

/// Restored from a backup: it ends before the checkpoint, and what is recorded from then on stands at places that were taken.
#[test]
fn a_history_that_was_restored_is_followed_by_its_times() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&folder.path().join(OUTBOX)).unwrap();
    let (place, at) = (Position::from_token, Timestamp::from_micros);
    let new = outbox.begin("one", "history", place(5), Some(at(50))).unwrap();
    assert_eq!(new, Mark { quiet_to: place(5), quiet_before: at(50), ..Mark::since(at(i64::MIN)) });
    let read = Mark { position: place(9), counted: 4, last_recorded: at(90), ..new };
    outbox.take_in("one", &new, &read, &[]).unwrap();
    assert_eq!(outbox.begin("one", "history", place(9), Some(at(90))).unwrap(), read, "it goes on");
    assert_eq!(outbox.begin("one", "history", place(7), Some(at(70))).unwrap(), Mark::since(at(90)));
    // A page that was read from where the mark no longer is moves nothing.
    outbox.take_in("one", &read, &Mark { position: place(12), ..read }, &[]).unwrap();
    assert_eq!(outbox.mark("one").unwrap(), Mark::since(at(90)));
}

#[tokio::test]
async fn by_a_clock_in_doubt_nothing_is_sent() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    bench.record(case(1), "AlertRaised").await;
    bench.clock.1.store(true, Ordering::SeqCst);
    webhooks.turn().await.unwrap();
    assert_eq!((told.came(), bench.standing()), (Vec::new(), (1, 0)));
    bench.clock.1.store(false, Ordering::SeqCst);
    webhooks.turn().await.unwrap();
    assert_eq!(told.came().len(), 1);
}

/// Whoever holds the folder sends: a second process gets no lock.
#[tokio::test]
async fn one_node_sends() {
    let (bench, told) = (Bench::new(), Arc::new(Told::default()));
    let webhooks = bench.started(&[("planbord", &told)]).await;
    assert!(FolderLock::take(&bench.place()).is_err());
    drop(webhooks);
    assert!(FolderLock::take(&bench.place()).is_ok());
}

#[test]
fn a_file_that_is_no_outbox_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(OUTBOX);
    std::fs::write(&path, vec![7; 4096]).unwrap();
    let refused = Outbox::open(&path).err().unwrap().to_string();
    assert!(refused.contains("remove the file") && refused.contains("replay --since"), "{refused}");
}
