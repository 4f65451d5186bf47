//! Appends that are refused, and what that does to others.

use std::sync::Arc;

use domain::ids::Revision;
use eventstore::port::{AppendError, EventStore, Expected, NewEvent, StoreFault};
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};

use super::{little_patience, on_peer, open_with, patience, sound, stored, troubled};
use crate::samples::{batch, event, holding, stream};

/// The client ends its stream of appends at the first refusal: everybody's appends, not only the refused one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_harms_nobody_else() {
    const ROUNDS: u64 = 30;
    let (peer, store) = on_peer(patience()).await;
    let contested = stream("case-contested");
    store.append(&contested, Expected::NoStream, batch(1)).await.unwrap();
    let mut racers = Vec::new();
    for _ in 0..3 {
        let (store, contested) = (Arc::clone(&store), contested.clone());
        racers.push(tokio::spawn(async move {
            let mut conflicts = 0;
            for _ in 0..ROUNDS {
                let refused = store.append(&contested, Expected::NoStream, batch(1)).await.unwrap_err();
                let AppendError::Conflict { expected, actual, .. } = &refused else { panic!("{refused}") };
                assert_eq!((*expected, *actual), (Expected::NoStream, Some(Revision::FIRST)));
                conflicts += 1;
            }
            conflicts
        }));
    }
    let mut writers = Vec::new();
    for writer in 0..8 {
        let store = Arc::clone(&store);
        writers.push(tokio::spawn(async move {
            let name = stream(&format!("case-{writer}"));
            for round in 0..ROUNDS {
                let appended = store.append(&name, holding(round), batch(1)).await.unwrap();
                assert_eq!(appended.last_revision, Revision::new(round));
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    for racer in racers {
        assert_eq!(racer.await.unwrap(), ROUNDS);
    }
    assert_eq!(stored(&peer) as u64, 1 + 8 * ROUNDS);
    assert_eq!(sound(&store).await.len() as u64, 1 + 8 * ROUNDS);
    assert!(store.figures().resent() > 0, "some went under with a refused one");
    assert_eq!(
        (store.figures().clients(), store.figures().failed()),
        (1, 0),
        "a conflict is no trouble of the server's"
    );
}

/// A conflict in a batch carries a code and no type; the stream itself tells where it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_tells_where_the_stream_is() {
    let (peer, store) = on_peer(patience()).await;
    let other = open_with(&peer.url(), patience()).await;
    let name = stream("case-1");
    for held in [0, 3, 6] {
        store.append(&name, holding(held), batch(3)).await.unwrap();
    }
    for (writer, expected) in
        [(&other, Expected::NoStream), (&other, holding(3)), (&store, holding(6)), (&store, holding(42))]
    {
        let refused = writer.append(&name, expected, batch(1)).await.unwrap_err();
        let AppendError::Conflict { stream, expected: told, actual } = &refused else { panic!("{refused}") };
        assert_eq!((stream, *told, *actual), (&name, expected, Some(Revision::new(8))));
    }
    let refused = store.append(&stream("case-2"), holding(1), batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { actual: None, .. }), "{refused}");
    assert_eq!(stored(&peer), 9);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_over_the_servers_limit_is_refused_in_words() {
    let (peer, store) = on_peer(patience()).await;
    let name = stream("case-1");
    let large = |bytes: usize| vec![NewEvent { data: vec![7; bytes], ..event("") }];
    let refused = store.append(&name, Expected::NoStream, large(1_100_000)).await.unwrap_err();
    let AppendError::Invalid(words) = &refused else { panic!("{refused}") };
    assert!(words.contains("MaxAppendSize"), "{words}");
    // What no engine takes never reaches the server.
    let sent = peer.figures().batched_appends;
    let refused = store.append(&name, Expected::NoStream, large(17 * 1024 * 1024)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Invalid(_)), "{refused}");
    assert_eq!(peer.figures().batched_appends, sent);
    assert_eq!(store.stream_head(&name).await.unwrap(), None);
    store.append(&name, Expected::NoStream, large(1_000_000)).await.unwrap();
    assert_eq!((stored(&peer), store.figures().clients()), (1, 1));
    let generous = PeerOptions { max_append_size: 8 * 1024 * 1024, ..PeerOptions::default() };
    let peer = ProtocolPeer::start(generous).await;
    let store = open_with(&peer.url(), patience()).await;
    store.append(&name, Expected::NoStream, large(5_000_000)).await.unwrap();
    assert_eq!(store.read_stream(&name, Revision::FIRST, 1).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_and_reading_goes_on() {
    let (peer, store) = on_peer(little_patience()).await;
    let (name, sent) = (stream("case-1"), batch(2));
    store.append(&name, Expected::NoStream, batch(2)).await.unwrap();
    peer.faults().arm(Fault::DiskFull, Times::UntilOff);
    let appending = tokio::spawn({
        let (store, name, sent) = (Arc::clone(&store), name.clone(), sent.clone());
        async move { store.append(&name, holding(2), sent).await }
    });
    peer.faults().until_happened(Fault::DiskFull, 1).await;
    let words = troubled(&mut store.state()).await;
    assert!(words.contains("does not answer"), "{words}");
    while !appending.is_finished() {
        assert_eq!(store.read_stream(&name, Revision::FIRST, 9).await.unwrap().len(), 2);
    }
    let refused = appending.await.unwrap().unwrap_err();
    let AppendError::Unknown(words) = &refused else { panic!("{refused}") };
    assert!(words.contains("not reached"), "{words}");
    peer.faults().off(Fault::DiskFull);
    let appended = store.append(&name, holding(2), sent).await.unwrap();
    assert_eq!(appended.last_revision, Revision::new(3));
    assert_eq!((sound(&store).await.len(), stored(&peer)), (4, 4));
}

/// What may be stored is never answered with words that mean that nothing was written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_half_way_is_not_taken_for_a_refusal() {
    let (peer, store) = on_peer(patience()).await;
    let (name, sent) = (stream("case-1"), batch(1));
    peer.faults().arm(Fault::LoseAcknowledgement(tests::peer::Loss::Connection), Times::UntilOff);
    let appending = tokio::spawn({
        let (store, name) = (Arc::clone(&store), name.clone());
        async move { store.append(&name, Expected::NoStream, sent).await }
    });
    peer.faults().until_happened(Fault::LoseAcknowledgement(tests::peer::Loss::Connection), 2).await;
    store.close();
    let refused = appending.await.unwrap().unwrap_err();
    assert!(matches!(refused, AppendError::Unknown(_)), "it is stored: {refused}");
    assert_eq!(stored(&peer), 1);
    let refused = store.append(&name, Expected::NoStream, batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::Closed)), "{refused}");
}
