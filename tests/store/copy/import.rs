//! Taking in one batch: what continues the chain, and nothing else.

use std::sync::Arc;

use domain::ids::Revision;
use eventstore::import::Import;
use eventstore::loader::hash_of;
use eventstore::port::{AppendError, Digest, EventStore, RecordedEvent};

use super::{all, append, ours};
use crate::contract::Harness;
use crate::kurrent::OnPeer;
use crate::samples::{moment, stream};
use crate::sqlite::Embedded;

/// Two batches of one stream, of two and of three events, as another store recorded them.
async fn recorded() -> (Vec<RecordedEvent>, Vec<RecordedEvent>) {
    let elsewhere = Embedded::new();
    let store = elsewhere.open().await;
    append(&*store, &stream("case-1"), ours(2)).await;
    elsewhere.clock().set(moment("2026-11-16T10:00:00Z"));
    append(&*store, &stream("case-1"), ours(3)).await;
    let mut events = store.read_stream(&stream("case-1"), Revision::FIRST, 10).await.unwrap();
    let second = events.split_off(2);
    (events, second)
}

/// The same batch after somebody changed it, with hashes that fit.
fn forged(batch: &[RecordedEvent], change: impl Fn(&mut RecordedEvent)) -> Vec<RecordedEvent> {
    let mut batch = batch.to_vec();
    let mut previous = None;
    for event in &mut batch {
        change(event);
        event.previous = previous.unwrap_or(event.previous);
        event.hash = hash_of(event);
        previous = Some(event.hash);
    }
    batch
}

async fn refused(store: &impl Import, batch: Vec<RecordedEvent>) -> AppendError {
    store.import(batch).await.unwrap_err()
}

async fn only_what_continues_the_chain_is_taken<H: Harness<Store: Import>>() {
    let (first, second) = recorded().await;
    let harness = H::new();
    let store: Arc<H::Store> = harness.open().await;
    let early = refused(&*store, second.clone()).await;
    assert!(matches!(early, AppendError::Conflict { actual: None, .. }), "{early}");

    let taken = store.import(first.clone()).await.unwrap();
    assert_eq!((taken.last_revision, taken.repeated), (Revision::new(1), false));
    assert_eq!(taken.recorded_at, first[0].recorded_at, "no clock is asked");
    let again = store.import(first.clone()).await.unwrap();
    assert_eq!((again.position, again.repeated), (taken.position, true));

    for bad in [
        vec![],
        second[..2].to_vec(),
        second[1..].to_vec(),
        [&first[..], &second[..]].concat(),
        forged(&second, |event| event.stream = stream("case-1-2")),
        forged(&second, |event| event.previous = Digest([7; 32])),
        forged(&second, |event| event.recorded_at = moment("2026-11-16T07:00:00Z")),
        forged(&second, |event| event.left += 1),
        forged(&second, |event| event.outer_type.push(' ')),
        second.iter().cloned().map(|event| RecordedEvent { data: b"other".to_vec(), ..event }).collect(),
        second.iter().cloned().map(|event| RecordedEvent { hash: Digest([7; 32]), ..event }).collect(),
        forged(&first, |event| event.previous = Digest([7; 32])),
        // The same ids at the same place, at another time: other bytes were hashed.
        forged(&first, |event| event.recorded_at = moment("2026-11-16T09:30:00Z")),
    ] {
        let said = refused(&*store, bad).await;
        assert!(matches!(said, AppendError::Invalid(_) | AppendError::Conflict { .. }), "{said}");
        assert_eq!(all(&*store).await.len(), 2);
    }

    store.import(second.clone()).await.unwrap();
    let store = harness.reopen(store).await;
    assert!(store.import(first.clone()).await.unwrap().repeated);
    assert!(store.import(second.clone()).await.unwrap().repeated);
    let expected: Vec<RecordedEvent> = first.into_iter().chain(second).collect();
    let found = store.read_stream(&stream("case-1"), Revision::FIRST, 10).await.unwrap();
    let there =
        found.into_iter().zip(&expected).map(|(found, sent)| RecordedEvent { position: sent.position, ..found });
    assert_eq!(there.collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn embedded_takes_only_what_continues_the_chain() {
    only_what_continues_the_chain_is_taken::<Embedded>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_takes_only_what_continues_the_chain() {
    only_what_continues_the_chain_is_taken::<OnPeer>().await;
}
