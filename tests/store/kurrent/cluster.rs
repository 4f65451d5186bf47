//! Several nodes of the server, and several of ours.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use eventstore::kurrent::{ConnectionState, KurrentStore, Namespace, Patience};
use eventstore::port::{AppendError, EventStore, Expected, StreamName};
use tests::peer::{Fault, Loss, PeerCluster, PeerOptions, ProtocolPeer, Times};

use super::{
    clock, connect, in_time, little_patience, open, open_with, patience, sound, stored, troubled, until_clients,
};
use crate::contract::ids;
use crate::samples::{batch, holding, stream};

/// Appends one event after the other until each was acknowledged, and gives their ids.
async fn write(store: Arc<KurrentStore>, name: StreamName, rounds: u64) -> Vec<domain::ids::EventId> {
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        let sent = batch(1);
        loop {
            match store.append(&name, holding(round), sent.clone()).await {
                Ok(appended) => break assert_eq!(appended.last_revision, Revision::new(round)),
                Err(AppendError::Unknown(_) | AppendError::Fault(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        acknowledged.extend(sent.iter().map(|event| event.id));
    }
    acknowledged
}

async fn written_while(
    cluster: &PeerCluster,
    change: impl AsyncFnOnce(),
    url: &str,
) -> (Arc<KurrentStore>, Vec<Vec<domain::ids::EventId>>) {
    let store = open_with(url, patience()).await;
    let writers: Vec<_> =
        (0..6).map(|writer| tokio::spawn(write(Arc::clone(&store), stream(&format!("case-{writer}")), 40))).collect();
    cluster.node(0).until(|figures| figures.batched_appends >= 20).await;
    change().await;
    let mut written = Vec::new();
    for writer in writers {
        written.push(writer.await.unwrap());
    }
    (store, written)
}

async fn all_is_there_once(store: &KurrentStore, cluster: &PeerCluster, written: &[Vec<domain::ids::EventId>]) {
    let all = sound(store).await;
    for (writer, acknowledged) in written.iter().enumerate() {
        let name = stream(&format!("case-{writer}"));
        assert_eq!(ids(all.iter().filter(|event| event.stream == name)), *acknowledged);
    }
    assert_eq!(stored(cluster.node(0)), written.iter().map(Vec::len).sum::<usize>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_leader_is_replaced_and_nothing_is_lost_or_doubled() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let fall = async || {
        cluster.stop_node(0).await;
        // Nobody leads for as long as it takes to notice.
        cluster.node(1).until(|figures| figures.gossip() > 0).await;
        cluster.elect(1);
    };
    let (store, written) = written_while(&cluster, fall, &cluster.url()).await;
    assert!(store.figures().clients() >= 2, "the recovery shows in the figures");
    assert!(cluster.node(1).figures().batched_appends > 0);
    all_is_there_once(&store, &cluster, &written).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_that_leads_no_more_is_left() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let (store, written) = written_while(&cluster, async || cluster.elect(2), &cluster.url()).await;
    assert!(cluster.node(2).figures().batched_appends > 0);
    all_is_there_once(&store, &cluster, &written).await;
    // The client may have gone over by itself; whoever read since did not.
    assert!(store.figures().clients() >= 2);
}

/// A node that says so sends everything away from then on: it is not asked some more times first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_says_that_it_leads_no_more_is_left_at_once() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let store = open_with(&cluster.url(), Patience { strikes: u32::MAX, ..patience() }).await;
    cluster.elect(1);
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    assert_eq!((store.figures().clients(), cluster.node(1).figures().batched_appends), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_leads_for_a_while_and_then_it_goes_on() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let store = open_with(&cluster.url(), patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    cluster.stop_node(0).await;
    let (append, read) = tokio::join!(store.append(&name, Expected::At(Revision::FIRST), batch(1)), async {
        let words = troubled(&mut store.state()).await;
        cluster.node(2).until(|figures| figures.gossip() > 1).await;
        assert!(words.contains("names no leader") || words.contains("does not answer"), "{words}");
        cluster.elect(2);
        store.read_stream(&name, Revision::FIRST, 10).await
    });
    assert_eq!(append.unwrap().last_revision, Revision::new(1));
    assert!(!read.unwrap().is_empty());
    assert_eq!(sound(&store).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_named_alone_is_told_apart() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let opening = connect(&cluster.node(1).url(), patience());
    let mut state = opening.state();
    let opened = tokio::spawn(opening.open());
    let words = troubled(&mut state).await;
    assert!(words.contains("may not write") && words.contains("name all nodes in the address"), "{words}");
    assert!(!opened.is_finished() && stored(cluster.node(1)) == 0);
    cluster.elect(1);
    opened.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_of_ours_name_a_history_the_same_and_win_each_revision_once() {
    const ROUNDS: u64 = 25;
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (url, namespace) = (peer.url(), Namespace::default());
    let clocks = [clock(), clock()];
    let [one, other] = &clocks;
    let (one, other) = tokio::join!(open(&url, &namespace, one), open(&url, &namespace, other));
    assert_eq!(one.source(), other.source());
    assert_eq!(peer.events().iter().filter(|event| event.stream == "rustpunt:history").count(), 1);
    let name = stream("case-1");
    for round in 0..ROUNDS {
        let race = [&one, &other, &one, &other].map(|store| {
            let (store, name) = (Arc::clone(store), name.clone());
            tokio::spawn(async move { store.append(&name, holding(2 * round), batch(2)).await })
        });
        let mut won = 0;
        for append in race {
            match append.await.unwrap() {
                Ok(appended) => {
                    won += 1;
                    assert_eq!(appended.last_revision.number(), 2 * round + 1);
                }
                Err(AppendError::Conflict { actual, .. }) => {
                    assert_eq!(actual.map(Revision::number), Some(2 * round + 1));
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(won, 1, "round {round}");
    }
    for store in [&one, &other] {
        assert_eq!(sound(store).await.len() as u64, 2 * ROUNDS);
    }
}

/// Each loss after an acknowledged append is the first again, however soon it comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_lost_again_and_again_is_replaced_as_soon_as_the_first() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let patience = Patience::default();
    let store = open_with(&cluster.url(), patience).await;
    let (name, figures) = (stream("case-1"), store.figures());
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    for loss in 0..6 {
        let (clients, paused) = (figures.clients(), figures.paused());
        cluster.stop_node(loss % 3).await;
        cluster.elect((loss + 1) % 3);
        store.append(&name, holding(loss as u64 + 1), batch(1)).await.unwrap();
        cluster.start_node(loss % 3).await;
        assert!(figures.clients() - clients <= 4, "loss {loss}: {} clients", figures.clients() - clients);
        let paused = figures.paused().saturating_sub(paused);
        assert!(paused <= patience.first_pause * (1 + 2 + 4), "loss {loss}: {paused:?} of pauses");
    }
    assert_eq!(sound(&store).await.len(), 7);
}

/// An election takes a moment; who waits ever longer for it overshoots.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_nobody_leads_the_pauses_stay_short() {
    const CLIENTS: u32 = 12;
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let patience = Patience { longest_pause: Duration::from_mins(10), ..patience() };
    let store = open_with(&cluster.url(), patience).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let (figures, begun) = (store.figures(), store.figures().clients());
    cluster.stop_node(0).await;
    until_clients(&figures, begun + u64::from(CLIENTS)).await;
    assert!(figures.paused() <= patience.first_pause * 5 * (CLIENTS + 1), "{:?}", figures.paused());
    cluster.elect(1);
    store.append(&stream("case-1"), Expected::At(Revision::FIRST), batch(1)).await.unwrap();
}

/// Whoever waits for an acknowledgement on a session that is replaced does not wait out their patience.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_on_a_session_that_was_replaced() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let (acknowledge, whole) = (Duration::from_mins(10), Duration::from_mins(20));
    let store = open_with(&cluster.url(), Patience { acknowledge, whole, ..patience() }).await;
    let lost = Fault::LoseAcknowledgement(Loss::Silence);
    cluster.node(0).faults().arm(lost, Times::UntilOff);
    let appending = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.append(&stream("case-1"), Expected::NoStream, batch(1)).await }
    });
    cluster.node(0).faults().until_happened(lost, 1).await;
    cluster.elect(1);
    let appended = tokio::time::timeout(Duration::from_mins(1), appending).await.unwrap().unwrap().unwrap();
    assert_eq!(appended.last_revision, Revision::FIRST);
    assert_eq!((sound(&store).await.len(), stored(cluster.node(0))), (1, 1));
}

/// Also when nothing on the old connection breaks and the next look is far off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_follower_lets_go_of_a_session_that_was_replaced() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let store = open_with(&cluster.url(), Patience { look: Duration::from_mins(10), ..patience() }).await;
    let old = cluster.node(0);
    old.until(|figures| figures.subscriptions_open == 1).await;
    cluster.elect(1);
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    store.head().await.unwrap();
    let gone = old.until(|figures| figures.subscriptions_open == 0 && figures.connections_open == 0);
    tokio::time::timeout(Duration::from_mins(1), gone).await.unwrap();
    cluster.node(1).until(|figures| figures.subscriptions_open == 1).await;
}

/// It takes calls and answers none, gossip included: the others are asked at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_that_falls_silent_keeps_nobody_from_finding_the_next() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    // A connection that takes so long is never made; little patience with what is asked over it.
    let (connect, whole) = (Duration::from_mins(10), Duration::from_mins(10));
    let store = open_with(&cluster.url(), Patience { connect, whole, ..little_patience() }).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    cluster.node(0).faults().arm(Fault::Hang, Times::UntilOff);
    cluster.elect(1);
    let going_on = async {
        store.append(&name, Expected::At(Revision::FIRST), batch(1)).await.unwrap();
        store.read_stream(&name, Revision::FIRST, 9).await.unwrap().len()
    };
    assert_eq!(tokio::time::timeout(Duration::from_mins(2), going_on).await.unwrap(), 2);
}

/// A command decides on what it reads, so it is not read from one that may be behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_follower_does_not_have_yet_is_read_from_the_leader() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let (store, other) = (open_with(&cluster.url(), patience()).await, open_with(&cluster.url(), patience()).await);
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(3)).await.unwrap();
    cluster.lag_followers(3);
    cluster.elect(1);
    other.append(&name, holding(3), batch(3)).await.unwrap();
    assert_eq!(in_time(store.read_stream(&name, Revision::FIRST, 9)).await.unwrap().len(), 6);
    assert!(store.figures().clients() >= 2, "the first was of the one that led before");
}

/// A node that leads no more ends the stream of appends of everybody. That says nothing of what was sent over it before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_went_under_when_another_append_met_no_leader_may_be_stored() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let (acknowledge, look) = (Duration::from_mins(10), Duration::from_mins(10));
    let store = open_with(&cluster.url(), Patience { acknowledge, look, ..little_patience() }).await;
    let lost = Fault::LoseAcknowledgement(Loss::Silence);
    cluster.node(0).faults().arm(lost, Times::UntilOff);
    let appending = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.append(&stream("case-1"), Expected::NoStream, batch(1)).await }
    });
    cluster.node(0).faults().until_happened(lost, 1).await;
    // The next leader cannot be reached, so nobody hears more of it.
    cluster.node(1).stop_listener().await;
    cluster.elect(1);
    in_time(store.append(&stream("case-2"), Expected::NoStream, batch(1))).await.unwrap_err();
    let stored_already = in_time(appending).await.unwrap();
    assert!(matches!(stored_already, Err(AppendError::Unknown(_))), "{stored_already:?}");
    assert_eq!(stored(cluster.node(0)), 1);
}

/// None of them says who leads: that is a trouble, and they are asked again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_are_all_silent_are_asked_again() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let silent = |node: usize| cluster.node(node).faults();
    (0..2).for_each(|node| silent(node).arm(Fault::Hang, Times::UntilOff));
    let opening = connect(&cluster.url(), little_patience());
    let words = troubled(&mut opening.state()).await;
    assert!(words.contains("in time"), "{words}");
    (0..2).for_each(|node| silent(node).all_off());
    in_time(opening.open()).await.unwrap();
}

/// Gossip may name a node as nobody can address it. That is a trouble, and the end of nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_with_a_strange_address_is_told_and_tried_again() {
    for host in ["::1", "no host", "[", ""] {
        let options = PeerOptions { advertised_host: Some(host.to_owned()), ..PeerOptions::default() };
        let cluster = PeerCluster::start(2, options).await;
        let opening = connect(&cluster.url(), patience());
        let (figures, mut state) = (opening.figures(), opening.state());
        let words = troubled(&mut state).await;
        assert!(words.contains("does not answer"), "{host}: {words}");
        until_clients(&figures, 4).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_name_for_all_nodes_leads_to_the_leader() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    cluster.elect(2);
    for scheme in ["esdb", "kurrentdb"] {
        let url = format!("{scheme}+discover://{}?tls=false", cluster.node(0).address());
        let store = open_with(&url, patience()).await;
        store.append(&stream(&format!("case-{scheme}")), Expected::NoStream, batch(1)).await.unwrap();
        assert_eq!(*store.state().borrow(), ConnectionState::Connected);
    }
    assert_eq!(cluster.node(2).figures().batched_appends, 2);
    assert_eq!(cluster.node(0).figures().batched_appends, 0);
}
