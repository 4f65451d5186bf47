//! Several nodes of the server, and several of ours.

use std::sync::Arc;

use domain::ids::Revision;
use eventstore::kurrent::{KurrentStore, Namespace};
use eventstore::port::{AppendError, EventStore, Expected, StreamName};
use tests::peer::{PeerCluster, PeerOptions, ProtocolPeer};

use super::{clock, connect, open, open_with, patience, sound, stored, troubled};
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
