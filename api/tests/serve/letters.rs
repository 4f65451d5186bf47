//! Webhooks over HTTP (R23), to a receiver on this machine, by a clock that is told the time.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use api::config::WebhooksConfig;
use api::webhooks::{OUTBOX, Outbox, Receivers, Webhooks, WebhooksSetup, Which};
use domain::ids::{CaseId, EventId, Revision};
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::{Clock, ToldClock};
use eventstore::port::{EventStore, Expected, NewEvent, StreamName};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore};
use tempfile::TempDir;
use uuid::Uuid;

use crate::hook::{Came, Hook, Reply, SECRET, status};

const SOURCE: &str = "urn:nld:oin:00000001234567890000:systeem:rustpunt";

/// A history to which facts are added, and a receiver.
struct Bench {
    hook: Hook,
    store: Arc<SqliteStore>,
    clock: Arc<ToldClock>,
    revisions: Mutex<BTreeMap<CaseId, Revision>>,
    folder: TempDir,
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E_0000 + number))
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ToldClock::at(CivilDay::from_ymd(2026, 3, 10).unwrap().at(8, 0)));
        let options = SqliteOptions::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let store = Arc::new(SqliteStore::open(&folder.path().join("history.db"), options).unwrap());
        std::fs::create_dir(folder.path().join("node")).unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        Self { hook: Hook::start().await, store, clock, revisions: Mutex::default(), folder }
    }

    fn node(&self) -> PathBuf {
        self.folder.path().join("node")
    }

    /// Webhooks that start now, with nothing in memory.
    async fn started(&self) -> Webhooks {
        let config = WebhooksConfig {
            source: Some(SOURCE.to_owned()),
            dataref: Some("https://rustpunt.example/cases/".to_owned()),
            receivers: [("planbord".to_owned(), self.hook.url())].into(),
            secret_files: [("planbord".to_owned(), self.folder.path().join("secret"))].into(),
            ca_file: None,
        };
        let lock = Arc::new(FolderLock::take(&self.node()).unwrap());
        let (store, clock) =
            (Arc::clone(&self.store) as Arc<dyn EventStore>, Arc::clone(&self.clock) as Arc<dyn Clock>);
        let receivers = Receivers::configured(&config).unwrap().unwrap();
        Webhooks::open(WebhooksSetup::new(lock, store, clock), receivers).await.unwrap()
    }

    async fn record(&self, case: CaseId, outer_type: &str) -> String {
        let id = EventId::from_uuid(Uuid::now_v7());
        let (outer_type, metadata) = (outer_type.to_owned(), b"{}".to_vec());
        let event = NewEvent { id, outer_type, version: 1, metadata, data: vec![1], command: None };
        let last = self.revisions.lock().unwrap().get(&case).copied();
        let expected = last.map_or(Expected::NoStream, Expected::At);
        let appended =
            self.store.append(&StreamName::about("case", case.as_uuid()), expected, vec![event]).await.unwrap();
        self.revisions.lock().unwrap().insert(case, appended.last_revision);
        id.to_string()
    }

    /// Longer than any pause.
    fn pass(&self) {
        self.clock.set(Timestamp::from_micros(self.clock.now().micros() + 8 * 3_600_000_000));
    }

    fn outbox(&self) -> Outbox {
        Outbox::open(&self.node().join(OUTBOX)).unwrap()
    }

    fn standing(&self) -> (u64, u64) {
        let standing = self.outbox().standings().unwrap();
        (standing[0].waiting, standing[0].dead)
    }
}

/// CC-C1: each type is an event of the profile, and nothing else leaves.
#[tokio::test]
async fn r23_a_letter_is_signed_and_says_no_more_than_that_there_is_something_to_read() {
    let bench = Bench::new().await;
    let webhooks = bench.started().await;
    for outer_type in ["AlertRaised", "ProposalMade", "ProposalAccepted", "ProposalDismissed"] {
        bench.record(case(1), outer_type).await;
    }
    webhooks.turn().await.unwrap();
    let came = bench.hook.came();
    let types = ["sein-gegeven", "voorstel-gedaan", "voorstel-beantwoord", "voorstel-beantwoord"];
    assert_eq!(came.len(), types.len());
    for (place, (came, word)) in came.iter().zip(types).enumerate() {
        let event = came.event();
        let names: BTreeSet<&str> = event.as_object().unwrap().keys().map(String::as_str).collect();
        let known = ["dataref", "id", "sequence", "sequencetype", "source", "specversion", "subject", "time", "type"];
        assert_eq!(names, BTreeSet::from(known));
        assert_eq!((&event["specversion"], &event["source"]), (&"1.0".into(), &SOURCE.into()));
        assert_eq!(event["type"], format!("nl.jeugdigen.{word}.v1"));
        assert_eq!(event["subject"], case(1).to_string());
        assert_eq!(event["dataref"], format!("https://rustpunt.example/cases/{}", case(1)));
        assert_eq!(event["time"], "2026-03-10T07:00:00.000000Z", "when it was recorded");
        assert_eq!((&event["sequence"], &event["sequencetype"]), (&(place + 1).to_string().into(), &"Integer".into()));
        let sent: BTreeSet<&str> = came.headers.keys().map(String::as_str).collect();
        let known = [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "webhook-id",
            "webhook-signature",
            "webhook-timestamp",
        ];
        assert_eq!(sent, BTreeSet::from(known));
        assert_eq!(came.headers["content-type"], "application/cloudevents+json; charset=utf-8");
        assert_eq!(came.headers["webhook-timestamp"], (bench.clock.now().micros() / 1_000_000).to_string());
        assert_eq!(came.path, "/hook?of=rustpunt");
    }
}

#[tokio::test]
async fn r23_what_fails_is_sent_again_in_order_also_after_a_restart_and_twice_only_under_one_id() {
    let bench = Bench::new().await;
    let webhooks = bench.started().await;
    let mut events = Vec::new();
    for number in 0..6 {
        events.push(bench.record(case(number % 2), "AlertRaised").await);
    }
    bench.hook.will([status(500), status(204), Reply::Status(429, Some(("retry-after", "30".to_owned())))]);
    webhooks.turn().await.unwrap();
    assert_eq!(bench.hook.ids(), [events[0].clone(), events[1].clone(), events[3].clone()], "then it has its rest");
    drop(webhooks);
    bench.pass();
    let webhooks = bench.started().await;
    bench.hook.will([status(503), status(502)]);
    webhooks.turn().await.unwrap();
    drop(webhooks);
    bench.pass();
    bench.started().await.turn().await.unwrap();
    assert_eq!(bench.standing(), (0, 0));
    let came = bench.hook.came();
    for number in 0..2 {
        let mut of_case: Vec<_> =
            came.iter().map(Came::event).filter(|event| event["subject"] == case(number).to_string()).collect();
        of_case.dedup_by_key(|event| event["id"].clone());
        let of_this = events.iter().skip(usize::try_from(number).unwrap()).step_by(2);
        let expected: Vec<_> = of_this.map(String::as_str).collect();
        let ids: Vec<_> = of_case.iter().map(|event| event["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "in order, and nothing between two tries of one letter");
    }
    assert!(came.len() > events.len());
    let bodies: BTreeSet<_> = came.iter().map(|came| came.body.clone()).collect();
    assert_eq!(bodies.len(), events.len(), "the same id means the same bytes");
}

#[tokio::test]
async fn r23_a_refusal_is_laid_aside_at_once_and_sent_again_on_demand() {
    let bench = Bench::new().await;
    let webhooks = bench.started().await;
    let (bad, gone) = (bench.record(case(1), "AlertRaised").await, bench.record(case(2), "AlertRaised").await);
    let next = bench.record(case(1), "AlertRaised").await;
    bench.hook.will([status(400), status(410)]);
    webhooks.turn().await.unwrap();
    assert_eq!((bench.hook.ids(), bench.standing()), (vec![bad.clone(), gone.clone(), next], (0, 2)));
    let dead = bench.outbox().dead().unwrap();
    let told: Vec<_> = dead.iter().map(|dead| (dead.event.to_string(), dead.why.as_str(), dead.tries)).collect();
    assert_eq!(told, [(bad.clone(), "it answered 400", 1), (gone.clone(), "it answered 410", 1)]);
    drop(webhooks);
    assert_eq!(bench.outbox().replay(&Which::default()).unwrap(), 2);
    bench.started().await.turn().await.unwrap();
    assert_eq!((bench.hook.ids()[3..].to_vec(), bench.standing()), (vec![bad, gone], (0, 0)));
}

#[tokio::test]
async fn r23_a_redirect_is_not_followed() {
    let (bench, elsewhere) = (Bench::new().await, Hook::start().await);
    let webhooks = bench.started().await;
    for number in [301, 302, 303, 307, 308] {
        bench.hook.will([Reply::Status(number, Some(("location", elsewhere.url())))]);
        bench.record(case(number.into()), "AlertRaised").await;
    }
    webhooks.turn().await.unwrap();
    assert_eq!((bench.hook.ids().len(), bench.standing()), (5, (0, 5)));
    assert!(elsewhere.came().is_empty());
}

/// The status says all: what follows is not read, and keeps nobody busy.
#[tokio::test]
async fn r23_an_answer_without_end_costs_nothing() {
    let bench = Bench::new().await;
    let webhooks = bench.started().await;
    bench.hook.will([Reply::Endless, Reply::Endless]);
    bench.record(case(1), "AlertRaised").await;
    bench.record(case(1), "AlertRaised").await;
    webhooks.turn().await.unwrap();
    assert_eq!((bench.hook.ids().len(), bench.standing()), (2, (0, 0)));
    // What fits into the buffers of two connections, at most.
    assert!(bench.hook.chunks() < 512, "{} chunks of 64 KiB", bench.hook.chunks());
}
