//! The contract of whoever follows everything from a checkpoint.

use std::sync::Arc;

use eventstore::port::{EventStore, Expected, Filter, Position, RecordedEvent};
use tokio::task::JoinHandle;

use crate::contract::{Harness, everything, ids};
use crate::samples::{batch, holding, stream};

const WRITERS: u64 = 4;
const ROUNDS: u64 = 30;

/// Writers that append batches of one to three events, each to a stream of its own.
fn write<S: EventStore + 'static>(store: &Arc<S>, rounds: u64) -> Vec<JoinHandle<u64>> {
    (0..WRITERS)
        .map(|writer| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let name = stream(&format!("case-{writer}"));
                let mut held = 0;
                for round in 0..rounds {
                    let size = 1 + (round + writer) % 3;
                    store.append(&name, holding(held), batch(usize::try_from(size).unwrap())).await.unwrap();
                    held += size;
                }
                held
            })
        })
        .collect()
}

async fn finish(writers: Vec<JoinHandle<u64>>) -> usize {
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap();
    }
    usize::try_from(written).unwrap()
}

/// Reads pages and waits for the head to move, until it has seen so many events.
async fn follow<S: EventStore>(store: &S, mut after: Position, count: usize, limit: usize) -> Vec<RecordedEvent> {
    let mut seen = Vec::new();
    let mut head = store.watch_head();
    while seen.len() < count {
        head.borrow_and_update();
        let page = store.read_all(after, &Filter::all(), limit).await.unwrap();
        after = page.next;
        seen.extend(page.events);
        if page.at_head && seen.len() < count {
            head.changed().await.unwrap();
        }
    }
    seen
}

fn expected_count() -> usize {
    let sizes = (0..WRITERS).flat_map(|writer| (0..ROUNDS).map(move |round| 1 + (round + writer) % 3));
    usize::try_from(sizes.sum::<u64>()).unwrap()
}

/// A follower that starts in the middle of the writing sees each event once, in order.
pub async fn a_follower_catches_up_and_goes_on_without_loss_or_repeat<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    store.append(&stream("person-1"), Expected::NoStream, batch(5)).await.unwrap();
    let follower = {
        let store = Arc::clone(&store);
        tokio::spawn(async move { follow(&*store, Position::START, 5 + expected_count(), 7).await })
    };
    let written = finish(write(&store, ROUNDS)).await;
    assert_eq!(written, expected_count());
    let seen = follower.await.unwrap();
    assert_eq!(ids(&seen), ids(&everything(&*store, 1_000).await));
}

/// Several followers at several paces while writers race: what a follower has passed never gets a neighbour in front of it.
pub async fn a_late_commit_is_not_lost<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let followers: Vec<_> = [1, 3, 64]
        .into_iter()
        .map(|limit| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { follow(&*store, Position::START, expected_count(), limit).await })
        })
        .collect();
    finish(write(&store, ROUNDS)).await;
    let all = everything(&*store, 1_000).await;
    for follower in followers {
        let seen = follower.await.unwrap();
        assert!(seen.is_sorted_by(|one, other| one.position < other.position));
        assert_eq!(ids(&seen), ids(&all));
    }
}

/// After a restart, from the checkpoint of any page, the rest comes once.
pub async fn resume_from_any_checkpoint_neither_loses_nor_repeats<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    finish(write(&store, 6)).await;
    let store = harness.reopen(store).await;
    let all = everything(&*store, 1_000).await;
    let (mut after, mut seen) = (Position::START, 0);
    loop {
        let rest = follow(&*store, after, all.len() - seen, 5).await;
        assert_eq!(ids(&rest), ids(all.iter().skip(seen)));
        let page = store.read_all(after, &Filter::all(), 1).await.unwrap();
        seen += page.events.len();
        after = page.next;
        if page.events.is_empty() {
            assert_eq!(seen, all.len());
            return;
        }
    }
}

/// Pages of any size lead to the head, and say so there.
pub async fn pages_drain_to_the_head<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    finish(write(&store, 8)).await;
    let head = store.head().await.unwrap();
    for limit in [0, 1, 2, 10, 10_000, usize::MAX] {
        let mut after = Position::START;
        let mut pages = 0;
        loop {
            let page = store.read_all(after, &Filter::all(), limit).await.unwrap();
            after = page.next;
            pages += 1;
            assert!(pages < 1_000, "a page that adds nothing must not come for ever");
            if page.at_head {
                break;
            }
        }
        assert_eq!(after, head);
        let page = store.read_all(after, &Filter::all(), limit).await.unwrap();
        assert!(page.events.is_empty() && page.at_head && page.next == head);
    }
}

/// One page ends, with a mark that was the head while it was read, however fast others write.
pub async fn a_page_is_finite_while_writers_go_on<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let writers = write(&store, ROUNDS);
    let mut last = Position::START;
    while last.token() == 0 || !writers.iter().all(JoinHandle::is_finished) {
        let page = store.read_all(Position::START, &Filter::all(), usize::MAX).await.unwrap();
        assert!(page.at_head && last <= page.next);
        assert_eq!(page.events.last().map_or(Position::START, |event| event.position), page.next);
        last = page.next;
    }
    finish(writers).await;
    assert!(last <= store.head().await.unwrap());
}

/// A reader who wants none of it still gets past it.
pub async fn a_filter_without_a_match_still_advances<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    finish(write(&store, 8)).await;
    let filter = Filter::categories(["worker"]);
    let mut after = Position::START;
    loop {
        let page = store.read_all(after, &filter, 3).await.unwrap();
        assert!(page.events.is_empty());
        if page.at_head {
            assert_eq!(page.next, store.head().await.unwrap());
            return;
        }
        assert!(page.next > after);
        after = page.next;
    }
}

/// A filter gives what it admits, all of it, in the order of the store; a category is not a prefix.
pub async fn a_filter_gives_its_categories_in_order<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    for n in 0..4 {
        for category in ["case", "casebook", "person", "worker"] {
            store.append(&stream(&format!("{category}-{n}")), Expected::NoStream, batch(2)).await.unwrap();
        }
    }
    let filter = Filter::categories(["worker", "case"]);
    let mut all = everything(&*store, 1_000).await;
    all.retain(|event| filter.admits(event.stream.category()));
    assert_eq!(all.len(), 16);
    let (mut after, mut seen) = (Position::START, Vec::new());
    loop {
        let page = store.read_all(after, &filter, 3).await.unwrap();
        seen.extend(page.events);
        after = page.next;
        if page.at_head {
            break;
        }
    }
    assert_eq!(ids(&seen), ids(&all));
}
