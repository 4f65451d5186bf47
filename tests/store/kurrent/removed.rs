//! What somebody does on the server behind our back.

use domain::ids::Revision;
use eventstore::kurrent::KurrentStore;
use eventstore::port::{AppendError, EventStore, Expected, Filter, Position, StoreFault, StreamName};
use tests::peer::{PeerOptions, ProtocolPeer};

use super::{connect, on_peer, open_with, patience};
use crate::contract::everything;
use crate::samples::{batch, holding, stream};

fn is_damaged<T: std::fmt::Debug>(answer: &Result<T, StoreFault>) {
    let Err(StoreFault::Damaged { what, .. }) = answer else { panic!("{answer:?}") };
    assert!(what.contains("deleted or cut short on the server") && what.contains("backup"), "{what}");
}

fn append_is_damaged<T: std::fmt::Debug>(answer: &Result<T, AppendError>) {
    let Err(AppendError::Fault(StoreFault::Damaged { what, .. })) = answer else { panic!("{answer:?}") };
    assert!(what.contains("deleted or cut short on the server"), "{what}");
}

/// The server wrote it, as the beginning of a new stream.
fn append_is_unknown<T: std::fmt::Debug>(answer: &Result<T, AppendError>) {
    let Err(AppendError::Unknown(what)) = answer else { panic!("{answer:?}") };
    assert!(what.contains("deleted or cut short on the server"), "{what}");
}

async fn reads_as_damaged(store: &KurrentStore, name: &StreamName) {
    for from in [0, 1, 2, 3, 9] {
        is_damaged(&store.read_stream(name, Revision::new(from), 10).await);
    }
    is_damaged(&store.stream_head(name).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_deleted_on_the_server_is_never_taken_for_empty() {
    for for_good in [false, true] {
        let (peer, store) = on_peer(patience()).await;
        let (name, other) = (stream("case-1"), stream("case-2"));
        store.append(&name, Expected::NoStream, batch(3)).await.unwrap();
        store.append(&other, Expected::NoStream, batch(1)).await.unwrap();
        let on_server = format!("rustpunt.{name}");
        assert!(if for_good { peer.tombstone_stream(&on_server) } else { peer.delete_stream(&on_server) });
        reads_as_damaged(&store, &name).await;
        // Also for a node that never saw it.
        let fresh = open_with(&peer.url(), patience()).await;
        reads_as_damaged(&fresh, &name).await;
        append_is_damaged(&fresh.append(&name, holding(3), batch(1)).await);
        append_is_damaged(&fresh.append(&name, holding(7), batch(1)).await);
        let anew = fresh.append(&name, Expected::NoStream, batch(1)).await;
        if for_good {
            append_is_damaged(&anew);
        } else {
            append_is_unknown(&anew);
        }
        // It stays so after that attempt, which the server took for a stream that begins anew.
        is_damaged(&fresh.read_stream(&name, Revision::FIRST, 10).await);
        if for_good {
            append_is_damaged(&store.append(&name, holding(3), batch(1)).await);
        }
        // Others go on.
        fresh.append(&other, holding(1), batch(1)).await.unwrap();
        assert_eq!(fresh.read_stream(&other, Revision::FIRST, 9).await.unwrap().len(), 2);
    }
}

/// The server goes on counting where a deleted stream ended, so a writer that remembers its end can write there; it shows when it is read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_after_a_deletion_does_not_hide_it() {
    let (peer, store) = on_peer(patience()).await;
    let name = stream("case-1");
    store.append(&name, Expected::NoStream, batch(3)).await.unwrap();
    assert!(peer.delete_stream("rustpunt.case-1"));
    let _ = store.append(&name, holding(3), batch(1)).await;
    is_damaged(&store.read_stream(&name, Revision::FIRST, 10).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_cut_short_on_the_server_is_never_taken_for_whole() {
    for limit in [r#"{"$tb":2}"#, r#"{"$maxCount":1}"#] {
        let (peer, store) = on_peer(patience()).await;
        let name = stream("case-1");
        store.append(&name, Expected::NoStream, batch(3)).await.unwrap();
        peer.write_by_hand("$$rustpunt.case-1", "$metadata", limit.as_bytes(), b"");
        for from in [0, 1] {
            is_damaged(&store.read_stream(&name, Revision::new(from), 10).await);
        }
        // What is left of it is as it was.
        assert_eq!(store.read_stream(&name, Revision::new(2), 10).await.unwrap().len(), 1);
        assert_eq!(store.stream_head(&name).await.unwrap().map(|(last, _)| last), Some(Revision::new(2)));
        // Nothing is left, and nobody deleted it.
        for nothing in [r#"{"$tb":3}"#, r#"{"$maxCount":0}"#] {
            peer.write_by_hand("$$rustpunt.case-1", "$metadata", nothing.as_bytes(), b"");
            is_damaged(&store.read_stream(&name, Revision::FIRST, 10).await);
            is_damaged(&store.stream_head(&name).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_whose_name_was_deleted_gets_no_other_name() {
    let (peer, store) = on_peer(patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    drop(store);
    assert!(peer.delete_stream("rustpunt:history"));
    let refused = connect(&peer.url(), patience()).open().await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, StoreFault::Unopenable(words) if words.contains("deleted")), "{refused}");
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    peer.write_by_hand("rustpunt:history", "Something", b"else", b"");
    let refused = connect(&peer.url(), patience()).open().await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, StoreFault::Unopenable(words) if words.contains("choose another")), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_written_by_hand_stops_nobody() {
    let (peer, store) = on_peer(patience()).await;
    let (name, other) = (stream("case-1"), stream("case-2"));
    store.append(&name, Expected::NoStream, batch(2)).await.unwrap();
    for metadata in [&b""[..], b"{}", b"\xff", br#"{"prev":"00"}"#] {
        peer.write_by_hand("rustpunt.case-1", "Junk!", b"{}", metadata);
    }
    store.append(&other, Expected::NoStream, batch(2)).await.unwrap();
    for limit in [1, 2, 100] {
        let all = everything(&*store, limit).await;
        assert_eq!(all.len(), 8);
        let junk: Vec<_> = all.iter().filter(|event| event.outer_type == "Junk!").collect();
        assert_eq!(junk.len(), 4);
        // It comes through, so that nobody takes the stream for whole, and its chain cannot hold.
        let last = all.iter().rfind(|event| event.stream == name && event.version == 1).unwrap();
        assert!(junk.iter().all(|event| event.stream == name && event.version == 0 && event.previous != last.hash));
    }
    // The writer that knew the stream meets a conflict, as after any other writer.
    let refused = store.append(&name, holding(2), batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { actual: Some(actual), .. } if actual.number() == 5), "{refused}");
    assert_eq!(store.read_stream(&other, Revision::FIRST, 9).await.unwrap().len(), 2);
}

/// More of them than a page holds: a reader still gets past them, and misses nothing behind them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_with_names_that_are_none_are_passed_over() {
    let (peer, store) = on_peer(patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    for n in 0..1_100 {
        peer.write_by_hand(&format!("rustpunt.Not A Name {}", n % 7), "Junk", b"{}", b"");
    }
    let last = store.append(&stream("case-2"), Expected::NoStream, batch(2)).await.unwrap();
    let page = store.read_all(Position::START, &Filter::all(), 1).await.unwrap();
    assert_eq!(page.events.len(), 1);
    assert!(!page.at_head);
    assert_eq!(everything(&*store, 1).await.len(), 3);
    assert_eq!(everything(&*store, 100).await.len(), 3);
    assert_eq!(store.head().await.unwrap(), last.position);
    // Also when they are the last that stands under the prefix.
    for n in 0..3 {
        peer.write_by_hand(&format!("rustpunt.Not A Name {n}"), "Junk", b"{}", b"");
    }
    assert_eq!(store.head().await.unwrap(), last.position);
    assert_eq!(everything(&*store, 100).await.len(), 3);
}
