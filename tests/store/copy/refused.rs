//! What is not copied, and what is said of it.

use domain::ids::Revision;
use eventstore::copy::{CopyError, Side};
use eventstore::import::Import;
use eventstore::port::{EventStore as _, Position};
use eventstore::sqlite::{SqliteStore, nothing_more};
use rusqlite::Connection;

use super::{all, append, fill, ours, run};
use crate::contract::Harness;
use crate::kurrent::OnPeer;
use crate::samples::stream;
use crate::sqlite::Embedded;

/// Changes one byte of the data of an event, as a medium does: the guards of the tables do not see it.
fn flip(file: &std::path::Path, position: i64) {
    let connection = Connection::open(file).unwrap();
    let guard: String = connection
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'events_refuse_update'", [], |row| row.get(0))
        .unwrap();
    connection.execute_batch("DROP TRIGGER events_refuse_update").unwrap();
    let data: Vec<u8> =
        connection.query_row("SELECT data FROM events WHERE position = ?1", [position], |row| row.get(0)).unwrap();
    let mut flipped = data;
    flipped[0] ^= 1;
    let changed = connection.execute("UPDATE events SET data = ?1 WHERE position = ?2", (flipped, position)).unwrap();
    assert_eq!(changed, 1);
    connection.execute_batch(&guard).unwrap();
}

/// R14: a flipped byte is named by stream and revision; nothing of its stream from there on is written, and what was is sound.
async fn a_flipped_byte_in_the_source_is_named<H: Harness<Store: Import>>() {
    let (from, to) = (Embedded::new(), H::new());
    let source = from.open().await;
    fill(&*source, 6, 40).await;
    let middle = all(&*source).await[30].clone();
    source.close().await.unwrap();
    flip(&from.path(), 31);
    let source = SqliteStore::open_read_only(&from.path()).unwrap();
    let target = to.open().await;
    for _ in 0..2 {
        match run(&source, &*target).await.unwrap_err() {
            CopyError::BadEntry { side: Side::Source, stream, revision, .. } => {
                assert_eq!((stream, revision), (middle.stream.clone(), middle.revision));
            }
            other => panic!("{other}"),
        }
    }
    assert!(all(&*target).await.iter().all(|event| event.stream != middle.stream || event.revision < middle.revision));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_on_the_way_to_another_file_is_named() {
    a_flipped_byte_in_the_source_is_named::<Embedded>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_on_the_way_to_a_cluster_is_named() {
    a_flipped_byte_in_the_source_is_named::<OnPeer>().await;
}

/// A byte that flips in the target after it arrived is named too, before anything more is written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_in_the_target_is_named() {
    let (from, to) = (Embedded::new(), Embedded::new());
    let (source, target) = (from.open().await, to.open().await);
    fill(&*source, 7, 20).await;
    run(&*source, &*target).await.unwrap();
    let bad = all(&*target).await[4].clone();
    target.close().await.unwrap();
    flip(&to.path(), 5);
    let target = to.open().await;
    append(&*source, &stream("case-2"), ours(1)).await;
    let said = run(&*source, &*target).await.unwrap_err();
    assert!(said.to_string().contains(&format!("{} revision {}", bad.stream, bad.revision)), "{said}");
    assert!(matches!(said, CopyError::BadEntry { side: Side::Target, .. }), "{said}");
}

/// A target that holds anything else is refused before anything is written, and the first entry that differs is named.
async fn a_target_of_another_history_is_refused<H: Harness<Store: Import>>() {
    let from = Embedded::new();
    let source = from.open().await;
    for _ in 0..6 {
        append(&*source, &stream("case-2"), ours(2)).await;
    }
    // Another stream; the same stream from its first event on; the same stream, gone on by itself.
    for (kept, name, first) in [(0, "case-9", 0), (0, "case-2", 0), (3, "case-2", 6), (6, "case-2", 12)] {
        let to = H::new();
        let target = to.open().await;
        for batch in all(&*source).await.chunks(2).take(kept) {
            target.import(batch.to_vec()).await.unwrap();
        }
        for _ in 0..4 {
            append(&*target, &stream(name), ours(2)).await;
        }
        let before = all(&*target).await;
        match run(&*source, &*target).await.unwrap_err() {
            CopyError::OtherHistory { stream: named, revision } => {
                assert_eq!((named, revision), (stream(name), Revision::new(first)));
            }
            other => panic!("{other}"),
        }
        assert_eq!(all(&*target).await, before);
    }
    let itself = run(&*source, &*source).await.unwrap_err();
    assert!(matches!(itself, CopyError::Same), "{itself}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_another_history_is_refused() {
    a_target_of_another_history_is_refused::<Embedded>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_with_another_history_is_refused() {
    a_target_of_another_history_is_refused::<OnPeer>().await;
}

/// Nothing to copy is no failure of the copy, and leaves an empty target.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_history_is_copied_as_such() {
    let (from, to) = (Embedded::new(), Embedded::new());
    let (source, target) = (from.open().await, to.open().await);
    assert_eq!(run(&*source, &*target).await.unwrap().events, 0);
    assert_eq!(target.head().await.unwrap(), Position::START);
    assert!(target.verify(nothing_more, |_, _| ()).await.unwrap().is_sound());
}
