//! Kills of the process and of the peer's listener while several people work: what was acknowledged stands on the log, once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tests::family::opening;
use tests::peer::{PeerOptions, ProtocolPeer};
use tokio::sync::watch;
use uuid::Uuid;

use crate::lost::command_of;
use crate::process::{LONG, Process};
use crate::site::{Person, Site, assigning, made};

/// Names another seed than the usual one.
const SEED: &str = "RUSTPUNT_TEST_SEED";
const CLIENTS: u64 = 5;
const ROUNDS: u32 = 11;
/// People added to a case before its client opens another.
const IN_ONE_CASE: usize = 12;

/// What may be answered while things break. Each says: again, with the same command id.
const AGAIN: [&str; 6] =
    ["STORE_UNAVAILABLE", "OUTCOME_UNKNOWN", "DATA_UNAVAILABLE", "TRY_AGAIN", "TIMEOUT", "NOT_READY"];

/// Something somebody wanted, and got.
#[derive(Clone)]
struct Intention {
    directs: bool,
    mutation: &'static str,
    input: Value,
    created: Value,
}

/// What the clients share.
struct Field {
    noor: Person,
    anja: Person,
    server: watch::Receiver<Option<SocketAddr>>,
    acked: Mutex<BTreeMap<Uuid, Intention>>,
    count: watch::Sender<usize>,
    enough: AtomicBool,
}

impl Field {
    /// Sends an intention, again and again with the same id, until it is acknowledged.
    async fn get_done(&self, random: &mut StdRng, directs: bool, mutation: &'static str, input: Value) -> Value {
        let command = Uuid::from_u128(random.random());
        let person = if directs { &self.anja } else { &self.noor };
        let (mut server, mut gone) = (self.server.clone(), None);
        loop {
            let address = {
                let there = server.wait_for(|address| address.is_some() && *address != gone);
                tokio::time::timeout(LONG, there).await.expect("a server in time").unwrap().unwrap()
            };
            let Some(answer) = person.try_send(address, command, mutation, input.clone()).await else {
                gone = Some(address);
                continue;
            };
            if answer.body.get("errors").is_none() {
                let payload = answer.data(mutation);
                let created = payload["created"].clone();
                let intention = Intention { directs, mutation, input, created };
                assert!(self.acked.lock().unwrap().insert(command, intention).is_none());
                self.count.send_modify(|count| *count += 1);
                return payload;
            }
            assert!(AGAIN.contains(&answer.code()), "{mutation}: {answer:?}");
        }
    }

    async fn work(self: Arc<Self>, seed: u64) {
        let mut random = StdRng::seed_from_u64(seed);
        while !self.enough.load(Ordering::Relaxed) {
            let opened = self.get_done(&mut random, false, "openCase", opening()).await;
            self.get_done(&mut random, false, "assignCaseDirector", assigning(&opened)).await;
            let case = made(&opened, "CASE")[0].clone();
            for letter in ('a'..).take(IN_ONE_CASE) {
                if self.enough.load(Ordering::Relaxed) {
                    return;
                }
                let adding = json!({"caseId": case, "name": format!("Zwaluwe {letter}"), "role": "NETWORK_MEMBER"});
                self.get_done(&mut random, true, "addPerson", adding).await;
            }
        }
    }

    /// Waits for so many more acknowledgements.
    async fn acks(&self, more: usize) {
        let mut count = self.count.subscribe();
        let target = *count.borrow() + more;
        let enough = count.wait_for(|count| *count >= target);
        drop(tokio::time::timeout(LONG, enough).await.expect("work goes on").unwrap());
    }

    fn acked(&self) -> BTreeMap<Uuid, Intention> {
        self.acked.lock().unwrap().clone()
    }
}

/// Nothing acknowledged is lost, and nothing at all stands there twice, or in part of a batch.
fn check(peer: &ProtocolPeer, field: &Field) {
    let mut places: BTreeMap<(Uuid, u64), usize> = BTreeMap::new();
    for event in peer.events().iter().filter(|event| event.stream.starts_with("rustpunt.")) {
        if let Some(place) = command_of(&event.metadata) {
            *places.entry(place).or_default() += 1;
        }
    }
    assert!(places.values().all(|times| *times == 1), "something stands there twice");
    for command in field.acked().keys() {
        assert!(places.contains_key(&(*command, 0)), "acknowledged and not there: {command}");
    }
}

fn seed() -> u64 {
    std::env::var(SEED).ok().and_then(|seed| seed.parse().ok()).unwrap_or(2026)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_the_process_and_of_the_listener_lose_nothing_acknowledged_and_double_nothing() {
    let seed = seed();
    println!("seed {seed} (set {SEED} for another)");
    let mut random = StdRng::seed_from_u64(seed);
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let (tell, server) = watch::channel(None);
    let field = Arc::new(Field {
        noor: site.noor(),
        anja: site.anja(),
        server,
        acked: Mutex::default(),
        count: watch::Sender::new(0),
        enough: AtomicBool::new(false),
    });
    let clients: Vec<_> =
        (0..CLIENTS).map(|client| tokio::spawn(Arc::clone(&field).work(seed * 1_000 + client))).collect();
    for _ in 0..ROUNDS {
        let process = start(&site, &peer, &tell).await;
        field.acks(random.random_range(1..12)).await;
        peer.stop_listener().await;
        // Sometimes the node notices, sometimes it meets a listener that is back, sometimes it dies meanwhile.
        match random.random_range(0..3) {
            0 => drop(process.logged("the event store is not reached").await),
            1 => {}
            _ => {
                tell.send_replace(None);
                process.kill();
                peer.start_listener().await;
                check(&peer, &field);
                continue;
            }
        }
        peer.start_listener().await;
        field.acks(random.random_range(1..20)).await;
        (0..random.random_range(0..300_000)).for_each(|_| std::hint::spin_loop());
        tell.send_replace(None);
        process.kill();
        check(&peer, &field);
    }
    let process = start(&site, &peer, &tell).await;
    field.acks(5).await;
    field.enough.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
    check(&peer, &field);
    let address = tell.borrow().unwrap();
    everything_is_answered_again(&field, address).await;
    assert!(process.stop().await.status.success());
}

async fn start(site: &Site, peer: &ProtocolPeer, tell: &watch::Sender<Option<SocketAddr>>) -> Process {
    let process = Process::start(&mut site.serve(&peer.url()));
    let address = process.address().await;
    process.logged("serving").await;
    tell.send_replace(Some(address));
    process
}

/// Each intention has the answer it had, and the lists know every case.
async fn everything_is_answered_again(field: &Field, server: SocketAddr) {
    let acked = field.acked();
    println!("{ROUNDS} kills of each kind: {} intentions acknowledged", acked.len());
    for (command, intention) in &acked {
        let Intention { directs, mutation, input, created } = intention;
        let person = if *directs { &field.anja } else { &field.noor };
        let again = person.send(server, *command, mutation, input.clone()).await.data(mutation);
        assert_eq!((&again["repeated"], &again["created"]), (&json!(true), created), "{mutation}");
    }
    let opened = acked.values().filter(|intention| intention.mutation == "openCase").count();
    field.noor.until_ready(server).await;
    let list = field.noor.ask(server, "{ caseload { totalCount } }", json!({})).await.data("caseload");
    assert_eq!(list["totalCount"], opened);
}
