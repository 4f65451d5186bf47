//! A listener that goes and comes back under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::ids::{EventId, Revision};
use eventstore::kurrent::{ConnectionState, KurrentStore};
use eventstore::port::{AppendError, EventStore, Filter, Position};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tests::peer::{PeerOptions, ProtocolPeer};

use super::{open_with, patience, sound, stored};
use crate::contract::ids;
use crate::samples::{batch, holding, stream};

const WRITERS: u64 = 8;
const BATCHES: u64 = 60;

/// Sends each batch until it is acknowledged, and gives the ids in order.
async fn write(store: Arc<KurrentStore>, writer: u64, count: Arc<AtomicU64>) -> Vec<EventId> {
    let (name, mut held, mut acknowledged) = (stream(&format!("case-{writer}")), 0, Vec::new());
    for round in 0..BATCHES {
        let sent = batch(usize::try_from(1 + (writer + round) % 3).unwrap());
        let appended = loop {
            match store.append(&name, holding(held), sent.clone()).await {
                Ok(appended) => break appended,
                Err(AppendError::Unknown(_) | AppendError::Fault(_)) => {}
                Err(other) => panic!("{name}, holding {held}: {other}"),
            }
        };
        held += sent.len() as u64;
        assert_eq!(appended.last_revision, Revision::new(held - 1));
        acknowledged.extend(sent.iter().map(|event| event.id));
        count.fetch_add(1, Ordering::Relaxed);
    }
    acknowledged
}

/// Reads everything as it comes, until it has seen the last event of each writer.
async fn follow(store: Arc<KurrentStore>, limit: usize) -> Vec<EventId> {
    let expected: u64 = (0..WRITERS).flat_map(|writer| (0..BATCHES).map(move |round| 1 + (writer + round) % 3)).sum();
    let (mut after, mut seen, mut head) = (Position::START, Vec::new(), store.watch_head());
    while (seen.len() as u64) < expected {
        head.borrow_and_update();
        let Ok(page) = store.read_all(after, &Filter::all(), limit).await else { continue };
        after = page.next;
        seen.extend(ids(&page.events));
        if page.at_head && (seen.len() as u64) < expected {
            head.changed().await.unwrap();
        }
    }
    seen
}

async fn survives(seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let store = open_with(&peer.url(), patience()).await;
    let count = Arc::new(AtomicU64::new(0));
    let followers = [1, 50].map(|limit| tokio::spawn(follow(Arc::clone(&store), limit)));
    let writers: Vec<_> =
        (0..WRITERS).map(|writer| tokio::spawn(write(Arc::clone(&store), writer, Arc::clone(&count)))).collect();
    let mut state = store.state();
    for _ in 0..6 {
        let appends = peer.figures().batched_appends + random.random_range(5..60);
        let enough = peer.until(|figures| figures.batched_appends >= appends);
        tokio::select! {
            () = enough => {}
            () = until_done(&count) => break,
        }
        if random.random_bool(0.3) {
            peer.break_connections();
            continue;
        }
        peer.stop_listener().await;
        state.wait_for(|state| matches!(state, ConnectionState::Troubled(_))).await.unwrap();
        peer.start_listener().await;
    }
    let mut written = Vec::new();
    for writer in writers {
        written.push(writer.await.unwrap());
    }
    let all = sound(&store).await;
    for (writer, acknowledged) in written.iter().enumerate() {
        let name = stream(&format!("case-{writer}"));
        assert_eq!(ids(all.iter().filter(|event| event.stream == name)), *acknowledged, "seed {seed}");
    }
    for follower in followers {
        assert_eq!(follower.await.unwrap(), ids(&all), "seed {seed}");
    }
    assert_eq!(stored(&peer), all.len(), "seed {seed}");
    assert!(store.figures().clients() > 1, "seed {seed}");
}

/// A writer that panics is never done: then this fails, and waits no longer.
async fn until_done(count: &AtomicU64) {
    // The writers say nothing; they are done soon.
    let waiting = async {
        while count.load(Ordering::Relaxed) < WRITERS * BATCHES {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_mins(1), waiting).await;
    assert!(waited.is_ok(), "{} batches, not {}", count.load(Ordering::Relaxed), WRITERS * BATCHES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_gone_and_back_under_load_loses_and_doubles_nothing() {
    for seed in [20_261_116, 20_261_117, 20_261_118] {
        survives(seed).await;
    }
}
