//! A cluster shared with others who write far more than we do. The server looks through what they write page by page, and that is what the
//! peer counts: each event of theirs is looked at once, and not at every look.

use std::time::Duration;

use eventstore::kurrent::{KurrentStore, Patience};
use eventstore::port::{EventStore, Expected, Filter, Position, StoreFault};
use tests::peer::{PeerOptions, ProtocolPeer};

use super::{connect, in_time, little_patience, on_peer, open_with, patience, sound};
use crate::contract::{everything, ids};
use crate::samples::{batch, holding, stream};

/// Events of others.
const MANY: usize = 100_000;

/// What is looked at besides: own events, and the page in which something was found.
const FEW: u64 = 3_000;

async fn alone() -> ProtocolPeer {
    ProtocolPeer::start(PeerOptions { system_event_every: None, ..PeerOptions::default() }).await
}

/// Events that the server looked at for this.
async fn looked_at<T>(peer: &ProtocolPeer, work: impl Future<Output = T>) -> (u64, T) {
    let before = peer.figures().looked_at;
    let done = work.await;
    (peer.figures().looked_at - before, done)
}

async fn hears(store: &KurrentStore, position: Position) {
    let mut head = store.watch_head();
    let waited = tokio::time::timeout(Duration::from_mins(1), head.wait_for(|head| *head >= position)).await;
    waited.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_that_begins_looks_at_nothing_of_what_was_there_before() {
    let peer = alone().await;
    peer.write_of_others("neighbour-1", MANY);
    // Ten minutes for all of it.
    peer.faults().slow_hops(Duration::from_secs(6));
    let (looked, store) = looked_at(&peer, open_with(&peer.url(), little_patience())).await;
    assert_eq!(looked, 0);
    let (looked, position) = looked_at(&peer, async {
        assert_eq!(store.head().await.unwrap(), Position::START);
        assert_eq!(store.last_event().await.unwrap(), None);
        store.append(&stream("case-1"), Expected::NoStream, batch(2)).await.unwrap().position
    })
    .await;
    hears(&store, position).await;
    assert_eq!(store.head().await.unwrap(), position);
    assert!(looked <= FEW, "{looked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_history_beside_busy_neighbours_is_opened_and_looked_at_once() {
    let peer = alone().await;
    peer.write_of_others("neighbour-1", MANY);
    let store = open_with(&peer.url(), patience()).await;
    let last = store.append(&stream("case-1"), Expected::NoStream, batch(2)).await.unwrap().position;
    drop(store);
    peer.write_of_others("neighbour-2", MANY);
    // Longer than a server may keep silent.
    peer.faults().slow_hops(Duration::from_millis(20));
    let (looked, store) = looked_at(&peer, open_with(&peer.url(), little_patience())).await;
    // What came after our last, and nothing of what was before.
    assert!(looked <= MANY as u64 + FEW, "{looked}");
    let (looked, ()) = looked_at(&peer, async {
        for _ in 0..20 {
            assert_eq!(store.head().await.unwrap(), last);
            let page = store.read_all(last, &Filter::all(), 9).await.unwrap();
            assert!(page.events.is_empty() && page.at_head);
        }
        assert_eq!(store.last_event().await.unwrap().map(|event| event.position), Some(last));
    })
    .await;
    assert!(looked <= FEW, "{looked}");
}

/// A history that was named and never used: only what came after its name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_history_is_not_looked_for_before_its_name() {
    let peer = alone().await;
    peer.write_of_others("neighbour-1", MANY);
    drop(open_with(&peer.url(), patience()).await);
    peer.write_of_others("neighbour-1", 10);
    let (looked, store) = looked_at(&peer, open_with(&peer.url(), patience())).await;
    assert!(looked <= FEW, "{looked}");
    assert_eq!(store.head().await.unwrap(), Position::START);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_neighbours_write_meanwhile_is_looked_at_once() {
    let peer = alone().await;
    let store = open_with(&peer.url(), patience()).await;
    let other = open_with(&peer.url(), patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    peer.write_of_others("neighbour-1", MANY);
    peer.faults().slow_hops(Duration::from_millis(5));
    let (looked, ()) = looked_at(&peer, async {
        let last = other.append(&name, holding(1), batch(2)).await.unwrap().position;
        hears(&store, last).await;
        peer.write_of_others("neighbour-1", 500);
        for _ in 0..30 {
            assert_eq!((store.head().await.unwrap(), other.head().await.unwrap()), (last, last));
        }
    })
    .await;
    // Once by each of the two, and once more by a subscription that had yet to catch up; not at each of a hundred looks.
    assert!(looked <= 4 * MANY as u64 + 2 * FEW, "{looked}");
    peer.faults().all_off();
    assert_eq!(sound(&store).await.len(), 3);
}

/// A follower of something that does not occur: each page goes further, also when nothing matched, and none takes longer than a call may.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_in_which_nothing_matches_still_goes_on() {
    let patience = Patience { read: Duration::from_millis(800), whole: Duration::from_mins(1), ..little_patience() };
    let peer = alone().await;
    let store = open_with(&peer.url(), patience).await;
    let first = store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap().position;
    peer.write_of_others("neighbour-1", MANY);
    let last = store.append(&stream("case-1"), holding(1), batch(1)).await.unwrap().position;
    hears(&store, last).await;
    // Two seconds and more for all of it.
    peer.faults().slow_hops(Duration::from_millis(25));
    let (mut after, mut pages) = (first, 0);
    let (looked, ()) = looked_at(&peer, async {
        loop {
            let page = store.read_all(after, &Filter::categories(["worker"]), 9).await.unwrap();
            assert!(page.events.is_empty() && page.next > after, "{page:?}");
            (after, pages) = (page.next, pages + 1);
            if page.at_head {
                break;
            }
        }
    })
    .await;
    assert!(pages > 1 && after == last, "{pages}");
    // Each part once, and what the peer went on to look at after a page was broken off: more of it on a busy machine.
    assert!(looked <= 4 * MANY as u64, "{looked} in {pages} pages");
}

/// The server goes on telling how far it is, so it is not silent; who asks waits for no more than patience all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_while_much_is_looked_through_waits_no_longer_than_patience() {
    let patience = Patience { read: Duration::from_secs(10), whole: Duration::from_secs(1), ..patience() };
    let peer = alone().await;
    let store = open_with(&peer.url(), patience).await;
    peer.write_of_others("neighbour-1", MANY);
    // A hundred seconds for all of it.
    peer.faults().slow_hops(Duration::from_secs(1));
    let head = in_time(store.head()).await;
    assert!(matches!(head, Err(StoreFault::Unreachable(_))), "{head:?}");
    assert_eq!(store.figures().clients(), 1, "it says nothing about the server");
}

/// A checkpoint may stand right before an event of ours: that one is not taken for seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_missed_where_a_page_ends() {
    let (peer, patience) = (alone().await, Patience { read: Duration::from_millis(100), ..patience() });
    let store = open_with(&peer.url(), self::patience()).await;
    let name = stream("case-1");
    let (mut held, mut sent) = (0, Vec::new());
    // As many as the server looks at before it says how far it is, and about as many.
    for count in [1_024, 1_023, 1_022, 2_048, 1, 1_021, 3_072] {
        peer.write_of_others("neighbour-1", count);
        let ours = batch(2);
        store.append(&name, holding(held), ours.clone()).await.unwrap();
        sent.extend(ours.iter().map(|event| event.id));
        held += 2;
    }
    let last = store.head().await.unwrap();
    drop(store);
    // Each page is broken off after a few hops. A checkpoint says where a hop began, so two of them may pass in silence.
    let store = open_with(&peer.url(), Patience { whole: Duration::from_mins(1), ..patience }).await;
    peer.faults().slow_hops(Duration::from_millis(20));
    for limit in [1, 100] {
        let (mut after, mut found) = (Position::START, Vec::new());
        while after < last {
            match store.read_all(after, &Filter::all(), limit).await {
                Ok(page) => {
                    found.extend(ids(&page.events));
                    after = page.next;
                }
                Err(StoreFault::Unreachable(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(found, sent, "{limit}");
    }
    peer.faults().all_off();
    assert_eq!(ids(&everything(&*store, 3).await), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_can_be_opened_only_if_it_is_there() {
    let peer = alone().await;
    peer.write_of_others("neighbour-1", 10);
    let refused = connect(&peer.url(), patience()).open_existing().await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, StoreFault::Unopenable(words) if words.contains("no history")), "{refused}");
    assert_eq!(peer.events().len(), 10, "nothing was written");
    let (other, store) = on_peer(patience()).await;
    let again = connect(&other.url(), patience()).open_existing().await.unwrap();
    assert_eq!(again.source(), store.source());
}
