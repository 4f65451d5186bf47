//! A server that is not there, not yet there, not there any more, or there in body only.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use eventstore::kurrent::{ConnectionState, Patience};
use eventstore::port::{AppendError, EventStore, Expected, Filter, Position, StoreFault};
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};
use tokio::time::Instant;

use super::{
    alone, connect, in_time, little_patience, on_peer, open_with, patience, stop, stored, troubled, until_clients,
};
use crate::samples::{batch, stream};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_yet_is_waited_for_without_haste() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    peer.stop_listener().await;
    let opening = connect(&peer.url(), patience());
    let (figures, mut state, begun) = (opening.figures(), opening.state(), Instant::now());
    let opened = tokio::spawn(opening.open());
    let words = troubled(&mut state).await;
    assert!(words.contains("does not answer") && words.contains("check that it runs"), "{words}");
    until_clients(&figures, 8).await;
    // 10, 20, 40, 80 and then 100 ms, each shortened to a half at most.
    assert!(begun.elapsed() >= Duration::from_millis((10 + 20 + 40 + 80 + 100 + 100 + 100) / 2));
    peer.start_listener().await;
    let store = opened.await.unwrap().unwrap();
    store.append(&stream("case-1"), Expected::NoStream, batch(2)).await.unwrap();
    assert_eq!(*store.state().borrow(), ConnectionState::Connected);
    assert_eq!(stored(&peer), 2);
}

/// Nodes that lost the same server do not come back all at once. On one thread: whoever sees the trouble sees the pause.
#[tokio::test]
async fn no_two_nodes_wait_equally_long_before_they_try_again() {
    const NODES: usize = 8;
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    peer.stop_listener().await;
    // So long that none of them comes to a second one.
    let pause = Duration::from_mins(10);
    let mut waits = BTreeSet::new();
    for _ in 0..NODES {
        let opening = connect(&peer.url(), Patience { first_pause: pause, longest_pause: pause, ..patience() });
        troubled(&mut opening.state()).await;
        waits.insert(opening.figures().paused());
    }
    assert_eq!(waits.len(), NODES, "{waits:?}");
    assert!(waits.iter().all(|wait| (pause / 2..=pause).contains(wait)), "{waits:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_client_that_failed_once_is_replaced() {
    let (peer, store) = on_peer(patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    // One connection is our own; the client makes its own at the first append of each session, and fails.
    for round in 1..4 {
        stop(&peer, &store).await;
        let append = tokio::spawn({
            let store = Arc::clone(&store);
            async move { store.append(&stream(&format!("case-9{round}")), Expected::NoStream, batch(1)).await }
        });
        peer.start_listener().await;
        append.await.unwrap().unwrap();
    }
    assert!(store.figures().clients() >= 4);
    assert_eq!(stored(&peer), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_gone_is_noticed_while_nobody_asks_anything() {
    let (peer, store) = on_peer(patience()).await;
    let mut state = store.state();
    peer.stop_listener().await;
    troubled(&mut state).await;
    peer.start_listener().await;
    state.wait_for(|state| *state == ConnectionState::Connected).await.unwrap();
    assert_eq!(store.head().await.unwrap(), Position::START);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gone_server_is_said_to_be_unreachable_when_patience_ends() {
    let (peer, store) = on_peer(little_patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    stop(&peer, &store).await;
    let begun = Instant::now();
    let read = store.read_stream(&name, Revision::FIRST, 1).await;
    assert!(matches!(&read, Err(StoreFault::Unreachable(words)) if words.contains("check that it runs")), "{read:?}");
    let page = store.read_all(Position::START, &Filter::all(), 1).await;
    assert!(matches!(page, Err(StoreFault::Unreachable(_))), "{page:?}");
    // Never sent, so never stored: not "unknown".
    let append = store.append(&name, Expected::At(Revision::FIRST), batch(1)).await;
    assert!(matches!(append, Err(AppendError::Fault(StoreFault::Unreachable(_)))), "{append:?}");
    assert!(begun.elapsed() < Duration::from_secs(30), "own timeouts bound every call");
    peer.start_listener().await;
    store.append(&name, Expected::At(Revision::FIRST), batch(1)).await.unwrap();
    assert_eq!(stored(&peer), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_calls_and_never_answers_holds_nobody() {
    let (peer, store) = on_peer(little_patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    peer.faults().arm(Fault::Hang, Times::UntilOff);
    let Patience { connect, read, acknowledge, whole, .. } = little_patience();
    // Two reads or sends of a call at most are each as long as patience, and one attempt over.
    let most = 2 * (whole + connect + read + acknowledge) + Duration::from_secs(5);
    let calls = async {
        let everything = Filter::all();
        let append = store.append(&name, Expected::At(Revision::FIRST), batch(1));
        let others = (0..8).map(|n| stream(&format!("case-2{n}"))).collect::<Vec<_>>();
        let appends = others.iter().map(|name| store.append(name, Expected::NoStream, batch(1)));
        let (append, appends, read, head, all) = tokio::join!(
            append,
            futures_util::future::join_all(appends),
            store.read_stream(&name, Revision::FIRST, 1),
            store.stream_head(&name),
            store.read_all(Position::START, &everything, 1),
        );
        for append in appends.into_iter().chain([append]) {
            let not_known =
                matches!(append, Err(AppendError::Unknown(_) | AppendError::Fault(StoreFault::Unreachable(_))));
            assert!(not_known, "{append:?}");
        }
        assert!(matches!(read, Err(StoreFault::Unreachable(_))), "{read:?}");
        assert!(matches!(head, Err(StoreFault::Unreachable(_))), "{head:?}");
        assert!(matches!(all, Err(StoreFault::Unreachable(_))), "{all:?}");
    };
    tokio::time::timeout(most, calls).await.expect("own timeouts bound every call");
    let words = troubled(&mut store.state()).await;
    assert!(words.contains("in time"), "{words}");
    peer.faults().all_off();
    store.append(&stream("case-3"), Expected::NoStream, batch(1)).await.unwrap();
}

/// It answered whether it is there, and falls silent over what is asked next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_opening_that_meets_silence_goes_on_when_the_server_does() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let opening = connect(&peer.url(), little_patience());
    opening.state().wait_for(|state| *state == ConnectionState::Connected).await.unwrap();
    peer.faults().arm(Fault::Hang, Times::UntilOff);
    let opened = tokio::spawn(opening.open());
    peer.faults().until_happened(Fault::Hang, 1).await;
    peer.faults().all_off();
    in_time(opened).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_appends_that_is_never_opened_holds_nobody() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    drop(open_with(&peer.url(), patience()).await);
    // An hour for the client to ask what the server can do, at its first append: its own limits are not relied on.
    let store = open_with(&format!("{}&gossipTimeout=3600000", peer.url()), little_patience()).await;
    peer.faults().arm(Fault::Hang, Times::UntilOff);
    let name = stream("case-1");
    let append = in_time(store.append(&name, Expected::NoStream, batch(1))).await;
    let not_known = matches!(append, Err(AppendError::Unknown(_) | AppendError::Fault(StoreFault::Unreachable(_))));
    assert!(not_known, "{append:?}");
    peer.faults().all_off();
    in_time(store.append(&name, Expected::NoStream, batch(1))).await.unwrap();
    assert_eq!(stored(&peer), 1);
}

/// It takes the connection and never says who it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_never_shakes_hands_is_not_waited_for() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let opening = connect(&format!("esdb://{}?tls=true", silent.local_addr().unwrap()), little_patience());
    let words = troubled(&mut opening.state()).await;
    assert!(words.contains("in time"), "{words}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_can_be_closed_while_the_server_hangs() {
    let (peer, store) = on_peer(little_patience()).await;
    peer.faults().arm(Fault::Hang, Times::UntilOff);
    let reading = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.head().await }
    });
    peer.faults().until_happened(Fault::Hang, 1).await;
    store.close();
    assert_eq!(*store.state().borrow(), ConnectionState::Closed);
    assert!(matches!(store.head().await, Err(StoreFault::Closed)));
    let append = store.append(&stream("case-1"), Expected::NoStream, batch(1)).await;
    assert!(matches!(append, Err(AppendError::Fault(StoreFault::Closed))), "{append:?}");
    assert!(matches!(reading.await.unwrap(), Err(StoreFault::Closed)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_is_not_ready_is_waited_for() {
    let (peer, store) = on_peer(patience()).await;
    peer.faults().arm(Fault::NotReady, Times::UntilOff);
    let words = troubled(&mut store.state()).await;
    assert!(words.contains("Not Ready"), "{words}");
    peer.faults().off(Fault::NotReady);
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_takes_no_writes_says_so_and_is_read_on() {
    let (peer, store) = on_peer(little_patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    peer.faults().arm(Fault::ReadOnly, Times::UntilOff);
    let (clients, begun) = (store.figures().clients(), Instant::now());
    let append = store.append(&name, Expected::At(Revision::FIRST), batch(1)).await.unwrap_err();
    let AppendError::Fault(StoreFault::Unreachable(words)) = &append else { panic!("{append} is no refusal") };
    assert!(words.contains("may not write") && words.contains("name all nodes"), "{words}");
    assert!(store.figures().failed() > 0, "an operator sees it in the figures");
    // The pause before a new client grows, though each of them connects: 10 … 100 ms, shortened to a half at most.
    let most = 8 + begun.elapsed().as_millis() / 50;
    assert!(u128::from(store.figures().clients() - clients) <= most, "no busy loop");
    assert_eq!(store.read_stream(&name, Revision::FIRST, 1).await.unwrap().len(), 1);
    peer.faults().off(Fault::ReadOnly);
    store.append(&name, Expected::At(Revision::FIRST), batch(1)).await.unwrap();
    assert_eq!(stored(&peer), 2);
}

/// A history is named by a call that the server refuses in other words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_that_cannot_begin_on_a_node_that_takes_no_writes_says_so_and_begins_later() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    peer.faults().arm(Fault::ReadOnly, Times::UntilOff);
    let opening = connect(&peer.url(), patience());
    let mut state = opening.state();
    let opened = tokio::spawn(opening.open());
    let words = troubled(&mut state).await;
    assert!(words.contains("may not write") && words.contains("name all nodes"), "{words}");
    peer.faults().off(Fault::ReadOnly);
    in_time(opened).await.unwrap().unwrap();
}

fn client_threads() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|name| name.starts_with("kurrentdb-clien")).count()
}

async fn until_threads(count: usize) {
    // Nobody tells of the end of a thread.
    let waiting = async {
        while client_threads() != count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
    assert!(waited.is_ok(), "{} threads, not {count}", client_threads());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_end_with_what_they_were_for() {
    if !alone("kurrent::connection::threads_end_with_what_they_were_for") {
        return;
    }
    let (peer, store) = on_peer(patience()).await;
    let figures = store.figures();
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    until_threads(1).await;
    for round in 0..5 {
        let clients = figures.clients();
        stop(&peer, &store).await;
        peer.start_listener().await;
        store.append(&stream(&format!("person-{round}")), Expected::NoStream, batch(1)).await.unwrap();
        assert!(figures.clients() > clients);
    }
    until_threads(1).await;
    peer.faults().arm(Fault::Hang, Times::Next(1));
    drop(store);
    until_threads(0).await;
    let store = open_with(&peer.url(), patience()).await;
    store.close();
    until_threads(0).await;
    // An opening that nobody waits for any more stops trying.
    let opening = connect(&peer.url(), patience());
    let (figures, mut state) = (opening.figures(), opening.state());
    state.wait_for(|state| *state == ConnectionState::Connected).await.unwrap();
    drop(opening);
    until_threads(0).await;
    let clients = figures.clients();
    peer.until(|figures| figures.connections_open == 0).await;
    assert_eq!(figures.clients(), clients);
}
