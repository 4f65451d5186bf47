//! Several nodes.

use kurrentdb::{Error, StreamState};
use tests::peer::{PeerCluster, PeerOptions};

use crate::caller::{append, bodies, client};

#[tokio::test]
async fn a_client_finds_the_leader_by_gossip() {
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    cluster.elect(2);
    let client = client(&cluster.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    assert_eq!(cluster.node(2).figures().calls_of("Append"), 1);
    let asked: u64 = (0..3).map(|index| cluster.node(index).figures().gossip()).sum();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_follower_names_the_leader() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let client = client(&cluster.node(0).url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    cluster.elect(1);
    let error = append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap_err();
    let Error::NotLeaderException(leader) = error else { panic!("{error}") };
    assert_eq!(format!("{}:{}", leader.host, leader.port), cluster.node(1).address());
    // The client goes there by itself.
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
    assert_eq!(cluster.node(1).figures().calls_of("Append"), 1);
}

#[tokio::test]
async fn a_session_on_a_follower_ends_with_the_leader() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let client = client(&cluster.node(0).url());
    let session = client.batch_append(&kurrentdb::BatchAppendOptions::default()).await.unwrap();
    cluster.elect(1);
    let events = vec![crate::caller::event(1)];
    let error = session.append_to_stream("case-1", StreamState::NoStream, events).await.unwrap_err();
    assert!(matches!(error, Error::NotLeaderException(_)), "{error}");
}

#[tokio::test]
async fn nobody_leads_between_a_stop_and_an_election() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    append(&client(&cluster.url()), "case-1", StreamState::NoStream, &[1]).await.unwrap();
    cluster.stop_node(0).await;
    let survivor = client(&cluster.node(1).url());
    append(&survivor, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap_err();
    cluster.elect(1);
    append(&client(&cluster.node(1).url()), "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
    cluster.start_node(0).await;
    assert_eq!(bodies(&client(&cluster.url()), "case-1").await.unwrap(), ["body 1", "body 2"]);
}

#[tokio::test]
async fn a_follower_can_lag() {
    let cluster = PeerCluster::start(2, PeerOptions { system_event_every: None, ..PeerOptions::default() }).await;
    let writer = client(&cluster.node(0).url());
    append(&writer, "case-1", StreamState::NoStream, &[1, 2, 3]).await.unwrap();
    cluster.lag_followers(2);
    let reader = client(&format!("{}&nodePreference=follower", cluster.node(1).url()));
    assert_eq!(bodies(&reader, "case-1").await.unwrap(), ["body 1"]);
    cluster.lag_followers(0);
    assert_eq!(bodies(&reader, "case-1").await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_follower_forwards_what_does_not_ask_for_the_leader() {
    let cluster = PeerCluster::start(2, PeerOptions::default()).await;
    let writer = client(&format!("{}&nodePreference=follower", cluster.node(1).url()));
    append(&writer, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    assert_eq!(bodies(&client(&cluster.node(0).url()), "case-1").await.unwrap(), ["body 1"]);
}
