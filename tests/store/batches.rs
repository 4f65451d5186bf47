//! Properties over random histories. The randomness is fixed, so a failure comes back.

use std::collections::HashMap;

use domain::ids::Revision;
use eventstore::chain::{self, Link};
use eventstore::port::{Digest, EventStore, Filter, Position, RecordedEvent, StreamName};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tokio::runtime::Runtime;

use crate::contract::{Harness, everything, ids};
use crate::samples::{batch, holding, stream};

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// A history: to which of a few streams each batch goes, and its size.
fn histories() -> impl Strategy<Value = Vec<(u8, usize)>> {
    prop::collection::vec((0..4_u8, 1..6_usize), 1..25)
}

fn name(number: u8) -> StreamName {
    let category = if number.is_multiple_of(2) { "case" } else { "person" };
    stream(&format!("{category}-{number}"))
}

/// Appends a history; gives the size of the batch that ends at each position.
async fn play(store: &impl EventStore, history: &[(u8, usize)]) -> Vec<(Position, usize)> {
    let mut held: HashMap<u8, u64> = HashMap::new();
    let mut ends = Vec::new();
    for &(number, size) in history {
        let held = held.entry(number).or_default();
        let answer = store.append(&name(number), holding(*held), batch(size)).await.unwrap();
        *held += size as u64;
        ends.push((answer.position, size));
    }
    ends
}

/// Pages of one stream or of all, of any size, from any batch on, hold whole batches only and all of them.
pub fn no_page_cuts_a_batch<H: Harness>() {
    let runtime = Runtime::new().unwrap();
    let property = |(history, limit): (Vec<(u8, usize)>, usize)| {
        runtime.block_on(async {
            let harness = H::new();
            let store = harness.open().await;
            let ends = play(&*store, &history).await;
            check_all(&*store, &ends, limit).await;
            for number in 0..4 {
                check_stream(&*store, &name(number), &ends, limit).await;
            }
        });
        Ok(())
    };
    runner(24).run(&(histories(), 0..20_usize), property).unwrap();
}

async fn check_all(store: &impl EventStore, ends: &[(Position, usize)], limit: usize) {
    for filter in [Filter::all(), Filter::categories(["case"])] {
        let (mut after, mut seen) = (Position::START, Vec::new());
        loop {
            let page = store.read_all(after, &filter, limit).await.unwrap();
            assert!(page.next == Position::START || ends.iter().any(|(end, _)| *end == page.next));
            assert_whole(&page.events, ends);
            assert!(page.events.len() < limit.max(1) + 5);
            seen.extend(page.events);
            after = page.next;
            if page.at_head {
                break;
            }
        }
        let mut all = everything(store, 1_000).await;
        all.retain(|event| filter.admits(event.stream.category()));
        assert_eq!(ids(&seen), ids(&all));
    }
}

async fn check_stream(store: &impl EventStore, name: &StreamName, ends: &[(Position, usize)], limit: usize) {
    let (mut from, mut seen) = (Revision::FIRST, Vec::new());
    loop {
        let events = store.read_stream(name, from, limit).await.unwrap();
        assert_whole(&events, ends);
        let Some(last) = events.last() else { break };
        from = last.revision.next();
        seen.extend(events);
    }
    assert_eq!(ids(&seen), ids(&store.read_stream(name, Revision::FIRST, usize::MAX).await.unwrap()));
}

/// The events are made of whole batches: after the end of one comes the beginning of another.
fn assert_whole(events: &[RecordedEvent], ends: &[(Position, usize)]) {
    let mut rest = events;
    while let Some(first) = rest.first() {
        let (_, size) = ends.iter().find(|(end, _)| *end >= first.position).unwrap();
        let (batch, after) = rest.split_at_checked(*size).expect("a batch is not cut off");
        assert!(batch.iter().all(|event| event.stream == first.stream));
        assert!(batch.last().is_some_and(|last| ends.iter().any(|(end, _)| *end == last.position)));
        rest = after;
    }
}

/// After any appends, each stream is a chain without gaps from the beginning, hashed over what was stored.
pub fn chains_hold_after_any_appends<H: Harness>() {
    let runtime = Runtime::new().unwrap();
    let property = |history: Vec<(u8, usize)>| {
        runtime.block_on(async {
            let harness = H::new();
            let store = harness.open().await;
            play(&*store, &history).await;
            let store = harness.reopen(store).await;
            let mut heads: HashMap<StreamName, (Revision, Digest)> = HashMap::new();
            for event in everything(&*store, 7).await {
                let (revision, previous) = heads
                    .get(&event.stream)
                    .map_or((Revision::FIRST, Digest::ZERO), |(revision, hash)| (revision.next(), *hash));
                assert_eq!((event.revision, event.previous), (revision, previous));
                assert_eq!(event.hash, hash_of(&event));
                heads.insert(event.stream, (event.revision, event.hash));
            }
            for (name, head) in heads {
                assert_eq!(store.stream_head(&name).await.unwrap(), Some(head));
            }
        });
        Ok(())
    };
    runner(16).run(&histories(), property).unwrap();
}

/// The hash of an event, computed from its stored form alone.
pub fn hash_of(event: &RecordedEvent) -> Digest {
    chain::hash(&Link {
        stream: &event.stream,
        revision: event.revision,
        id: event.id,
        outer_type: &event.outer_type,
        version: event.version,
        recorded_at: event.recorded_at,
        metadata: chain::digest(&event.metadata),
        data: chain::digest(&event.data),
        previous: event.previous,
    })
}
