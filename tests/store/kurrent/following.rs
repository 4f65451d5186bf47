//! Followers: subscriptions that end, break or keep silent, and a server that was put back.

use std::time::Duration;

use domain::ids::Revision;
use eventstore::kurrent::{KurrentStore, Patience};
use eventstore::port::{AppendError, EventStore, Filter, Position, StoreFault};
use tests::peer::{Fault, ProtocolPeer, Times};
use tokio::time::Instant;

use super::{in_time, little_patience, on_peer, open_with, patience, troubled};
use crate::samples::{batch, holding, stream};

/// Waits until a store knows of this position.
async fn hears(store: &KurrentStore, position: Position) {
    let mut head = store.watch_head();
    in_time(head.wait_for(|head| *head >= position)).await.unwrap();
}

/// What another node wrote, told to this one.
async fn hears_of_others(store: &KurrentStore, other: &KurrentStore, rounds: std::ops::Range<u64>) {
    for round in rounds {
        let appended = other.append(&stream("case-1"), holding(round), batch(1)).await.unwrap();
        hears(store, appended.position).await;
    }
}

/// Processor time of this thread, on which the whole test runs but for the peer and the client.
fn spent() -> Duration {
    let line = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    let (_, fields) = line.rsplit_once(") ").unwrap();
    let ticks: u64 = fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

async fn ends_again_and_again(fault: Fault) {
    const TIMES: u64 = 20;
    let patience = Patience { first_pause: Duration::from_millis(50), look: Duration::from_secs(1), ..patience() };
    let (peer, store) = on_peer(patience).await;
    let other = open_with(&peer.url(), patience).await;
    // It was made with the first look, or comes with the second.
    peer.until(|figures| figures.subscriptions_open == 2).await;
    peer.faults().arm(fault, Times::UntilOff);
    peer.faults().break_subscriptions();
    in_time(peer.faults().until_happened(fault, 2)).await;
    let (begun, before, used) = (Instant::now(), peer.faults().happened(fault), spent());
    in_time(peer.faults().until_happened(fault, before + TIMES)).await;
    let (took, used) = (begun.elapsed(), spent().saturating_sub(used));
    // Two followers, each with a pause between two subscriptions.
    assert!(took >= patience.first_pause * u32::try_from(TIMES / 2 - 1).unwrap(), "{took:?}");
    assert!(used <= took / 2, "{used:?} of {took:?}");
    hears_of_others(&store, &other, 0..3).await;
    peer.faults().off(fault);
    peer.until(|figures| figures.subscriptions_open == 2).await;
    hears_of_others(&store, &other, 3..6).await;
    assert!(store.figures().subscriptions() > 0);
    assert_eq!(store.figures().clients(), 1, "an ended subscription is no reason for another client");
}

/// On one thread, so that a loop that never yields would stop the test itself.
#[tokio::test]
async fn subscriptions_that_end_in_order_do_not_spin() {
    ends_again_and_again(Fault::EndSubscription).await;
}

#[tokio::test]
async fn subscriptions_that_break_do_not_spin() {
    let fault = Fault::BreakSubscription;
    let patience = Patience { first_pause: Duration::from_millis(20), strikes: u32::MAX, ..patience() };
    let (peer, store) = on_peer(patience).await;
    let other = open_with(&peer.url(), patience).await;
    peer.faults().arm(fault, Times::UntilOff);
    peer.faults().break_subscriptions();
    let begun = Instant::now();
    in_time(peer.faults().until_happened(fault, 20)).await;
    assert!(begun.elapsed() >= patience.first_pause * 9);
    hears_of_others(&store, &other, 0..3).await;
    peer.faults().off(fault);
    peer.until(|figures| figures.subscriptions_open == 2).await;
    hears_of_others(&store, &other, 3..6).await;
}

#[tokio::test]
async fn a_subscription_wakes_long_before_the_next_look() {
    let patience = Patience { look: Duration::from_mins(10), ..patience() };
    let (peer, store) = on_peer(patience).await;
    let other = open_with(&peer.url(), patience).await;
    peer.until(|figures| figures.subscriptions_open == 2).await;
    hears_of_others(&store, &other, 0..10).await;
    // Each of them ends, and is made anew.
    for round in 10..13 {
        let started = peer.figures().subscriptions_started;
        peer.faults().end_subscriptions_cleanly();
        in_time(peer.until(|figures| figures.subscriptions_started >= started + 2 && figures.subscriptions_open == 2))
            .await;
        hears_of_others(&store, &other, round..round + 1).await;
    }
    assert!(store.figures().subscriptions() >= 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_finds_what_a_silent_subscription_does_not_tell() {
    let (peer, store) = on_peer(patience()).await;
    let other = open_with(&peer.url(), patience()).await;
    peer.until(|figures| figures.subscriptions_open == 2).await;
    let started = peer.figures().subscriptions_started;
    peer.faults().arm(Fault::StallSubscription, Times::UntilOff);
    hears_of_others(&store, &other, 0..5).await;
    assert_eq!(peer.faults().happened(Fault::StallSubscription), 2);
    assert_eq!(peer.figures().subscriptions_started, started, "it is still open");
}

async fn put_back(store: &KurrentStore, peer: &ProtocolPeer) -> (Position, Position) {
    let name = stream("case-1");
    let mut positions = Vec::new();
    for round in 0..6 {
        positions.push(store.append(&name, holding(round), batch(1)).await.unwrap().position);
    }
    let (old, new) = (*positions.get(2).unwrap(), *positions.last().unwrap());
    hears(store, new).await;
    peer.stop_listener().await;
    peer.truncate_to(old.token());
    peer.start_listener().await;
    (old, new)
}

/// Lists and caches are of a future that the server no longer has: going on would miss what is written from now on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_put_back_to_an_older_backup_is_noticed_and_nothing_is_served_on() {
    let (peer, store) = on_peer(little_patience()).await;
    let (old, new) = put_back(&store, &peer).await;
    let mut state = store.state();
    let words = loop {
        let words = troubled(&mut state).await;
        if words.contains("holds less than it did") {
            break words;
        }
        state.changed().await.unwrap();
    };
    assert!(words.contains("start this node again"), "{words}");
    let read = store.read_all(new, &Filter::all(), 10).await;
    assert!(matches!(&read, Err(StoreFault::Unreachable(words)) if words.contains("older backup")), "{read:?}");
    let append = store.append(&stream("case-1"), holding(6), batch(1)).await;
    assert!(matches!(append, Err(AppendError::Fault(StoreFault::Unreachable(_)))), "{append:?}");
    store.close();
    assert!(matches!(store.head().await, Err(StoreFault::Closed)));
    // Started again, it knows where the history ends, and a checkpoint beyond that reads as beyond.
    let again = open_with(&peer.url(), little_patience()).await;
    assert_eq!(again.head().await.unwrap(), old);
    assert_eq!(*again.watch_head().borrow(), old);
    let beyond = again.read_all(new, &Filter::all(), 10).await.unwrap();
    assert!(beyond.events.is_empty() && beyond.at_head && beyond.next > again.head().await.unwrap());
    let appended = again.append(&stream("case-1"), holding(3), batch(1)).await.unwrap();
    assert_eq!(appended.last_revision, Revision::new(3));
    hears(&again, appended.position).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_position_that_is_no_events_is_refused_and_not_asked_for_again_and_again() {
    let (peer, store) = on_peer(little_patience()).await;
    for round in 0..3 {
        store.append(&stream("case-1"), holding(round), batch(1)).await.unwrap();
    }
    let head = store.head().await.unwrap();
    let reads = peer.figures().calls_of("Read");
    let page = store.read_all(Position::from_token(head.token() - 1), &Filter::all(), 1).await;
    let Err(StoreFault::Other(words)) = &page else { panic!("{page:?}") };
    assert!(words.contains("position is none of this history"), "{words}");
    // One for the head, one for the page; the rest are looks.
    assert!(peer.figures().calls_of("Read") - reads < 20);
    assert_eq!(store.read_all(Position::START, &Filter::all(), 9).await.unwrap().events.len(), 3);
}
