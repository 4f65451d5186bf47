//! What holds from every engine to every engine.

use domain::ids::Revision;
use eventstore::copy::{CopyError, CopyReport, Progress, Stage, copy};
use eventstore::import::Import;
use eventstore::metadata::Metadata;
use eventstore::port::{AppendError, EventStore, Expected};
use eventstore::sqlite::{Entry, SqliteStore};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::{Failing, all, append, fill, ours, run};
use crate::contract::{Harness, everything};
use crate::kurrent::OnPeer;
use crate::samples::stream;
use crate::sqlite::Embedded;

/// What `rustpunt verify` asks of each entry: the index of commands says what the metadata say.
fn index_agrees(entry: &Entry) -> Result<(), String> {
    let said = Metadata::from_bytes(&entry.event.metadata).ok().map(|metadata| metadata.command);
    let indexed = entry.command.map(|slot| (slot.id, slot.index));
    if indexed == said.map(|command| (command.id, command.index)) { Ok(()) } else { Err("index".to_owned()) }
}

async fn assert_sound(store: &SqliteStore) {
    let report = store.verify(index_agrees, |_, _| ()).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
}

/// Every event arrives with its place, bytes, time and hash, in order; done again, nothing is done.
async fn a_history_arrives_as_it_was<A: Harness, B: Harness<Store: Import>>() {
    let (from, to) = (A::new(), B::new());
    let (source, target) = (from.open().await, to.open().await);
    // More than one page, and more batches than one turn of a task may send.
    fill(&*source, 1, 300).await;
    let mut stages = Vec::new();
    let report = copy(&*source, &*target, |progress: Progress| {
        assert!(progress.position <= progress.head);
        stages.push(progress.stage);
    })
    .await
    .unwrap();
    let there = all(&*target).await;
    assert_eq!(there, all(&*source).await);
    assert_eq!((report.events, report.skipped), (there.len() as u64, 0));
    stages.dedup();
    assert_eq!(stages, [Stage::Copying, Stage::Verifying], "an empty target needs no look");
    let last = target.last_event().await.unwrap().unwrap();
    let again = target.read_stream(&last.stream, last.revision, 1).await.unwrap();
    assert_eq!(again, [last], "the vault finds the last event by its stream");

    let head = target.head().await.unwrap();
    let again = run(&*source, &*target).await.unwrap();
    assert_eq!(again, CopyReport { skipped: report.events, ..report });
    assert_eq!(target.head().await.unwrap(), head);
    // And it goes on as a history of its own.
    let target = to.reopen(target).await;
    append(&*target, &stream("case-2"), ours(2)).await;
    let gone_on = run(&*source, &*target).await.unwrap_err();
    assert!(matches!(gone_on, CopyError::OtherHistory { .. }), "{gone_on}");
}

/// Broken off after any number of batches and started again, it comes to its end.
async fn broken_off_anywhere_it_goes_on<A: Harness, B: Harness<Store: Import>>() {
    let (from, to) = (A::new(), B::new());
    let (source, mut target) = (from.open().await, to.open().await);
    fill(&*source, 2, 120).await;
    let mut random = StdRng::seed_from_u64(3);
    let mut broken = 0;
    let report = loop {
        let held = everything(&*target, 100).await.len() as u64;
        match run(&*source, &Failing::after(&target, random.random_range(0..30))).await {
            Ok(report) => break (report, held),
            Err(CopyError::Store { .. }) => broken += 1,
            Err(other) => panic!("{other}"),
        }
        target = to.reopen(target).await;
    };
    assert!(broken > 4, "broken off {broken} times");
    assert_eq!(report.0.skipped, report.1, "what was there was not sent again");
    assert_eq!(all(&*target).await, all(&*source).await);
}

/// What is appended to the source meanwhile comes along; a source that is written without an end is said to be.
async fn a_source_that_grows_is_followed_to_its_end<A: Harness, B: Harness<Store: Import>>() {
    let (from, to) = (A::new(), B::new());
    let (source, target) = (from.open().await, to.open().await);
    fill(&*source, 4, 10).await;
    let grow = || block_in_place(|| Handle::current().block_on(append(&*source, &stream("case-2"), ours(2))));
    let mut left = 3;
    let followed = copy(&*source, &*target, |progress| {
        if progress.stage == Stage::Verifying && left > 0 {
            left -= 1;
            grow();
        }
    });
    followed.await.unwrap();
    assert_eq!(left, 0);
    assert_eq!(all(&*target).await, all(&*source).await);
    grow();
    let endless = copy(&*source, &*target, |progress| {
        if progress.stage == Stage::Verifying {
            grow();
        }
    });
    let endless = endless.await.unwrap_err();
    assert!(matches!(endless, CopyError::StillWritten), "{endless}");
    run(&*source, &*target).await.unwrap();
    assert_eq!(all(&*target).await, all(&*source).await);
}

macro_rules! between {
    ($name:ident: $from:ty => $to:ty) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_history_arrives_as_it_was() {
                super::a_history_arrives_as_it_was::<$from, $to>().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn broken_off_anywhere_it_goes_on() {
                super::broken_off_anywhere_it_goes_on::<$from, $to>().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_source_that_grows_is_followed_to_its_end() {
                super::a_source_that_grows_is_followed_to_its_end::<$from, $to>().await;
            }
        }
    };
}

between!(embedded_to_embedded: Embedded => Embedded);
between!(embedded_to_peer: Embedded => OnPeer);
between!(peer_to_embedded: OnPeer => Embedded);
between!(peer_to_peer: OnPeer => OnPeer);

/// There and back, through the other engine: event by event the same, also what only the embedded engine keeps beside an event.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_and_back_again_is_the_same_history() {
    let (home, away, back) = (Embedded::new(), OnPeer::new(), Embedded::new());
    let (one, other, again) = (home.open().await, away.open().await, back.open().await);
    fill(&*one, 5, 80).await;
    run(&*one, &*other).await.unwrap();
    run(&*other, &*again).await.unwrap();
    assert_eq!(all(&*again).await, all(&*one).await);
    assert_sound(&one).await;
    assert_sound(&again).await;

    // The index came back with the events: a command still has one effect.
    let of_a_command =
        everything(&*again, 100).await.into_iter().find(|event| event.stream == stream("case-3")).unwrap();
    let command = Metadata::from_bytes(&of_a_command.metadata).unwrap().command.id;
    let mut sent = ours(1);
    sent[0].command.as_mut().unwrap().id = command;
    let (last, _) = again.stream_head(&stream("case-3")).await.unwrap().unwrap();
    let refused = again.append(&stream("case-3"), Expected::At(last), sent).await.unwrap_err();
    assert!(matches!(refused, AppendError::CommandTaken { .. }), "{refused}");

    // What was appended away from home comes home too: the first history is the beginning of it.
    append(&*other, &stream("case-2"), ours(3)).await;
    let report = run(&*other, &*one).await.unwrap();
    assert_eq!(report.events - report.skipped, 3);
    assert_eq!(all(&*one).await, all(&*other).await);
    assert_sound(&one).await;
}

/// On a cluster time never runs back in a stream, and may over all of them. The embedded engine keeps that, and from then on its own rule.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_that_runs_back_between_streams_is_kept_and_never_goes_on_so() {
    let (from, to) = (OnPeer::new(), Embedded::new());
    let source = from.open().await;
    from.clock().set("2026-11-16T12:00:00Z".parse().unwrap());
    append(&*source, &stream("case-2"), ours(2)).await;
    from.clock().set("2026-11-16T09:00:00Z".parse().unwrap());
    append(&*source, &stream("case-3"), ours(2)).await;
    let target = to.open().await;
    run(&*source, &*target).await.unwrap();
    assert_eq!(all(&*target).await, all(&*source).await);
    assert_sound(&target).await;
    let target = to.reopen(target).await;
    to.clock().set("2026-11-16T10:00:00Z".parse().unwrap());
    for _ in 0..2 {
        let appended = append(&*target, &stream("case-3"), ours(1)).await;
        assert_eq!(appended.recorded_at, "2026-11-16T12:00:00Z".parse().unwrap(), "the latest of all there is");
    }
    assert_sound(&target).await;
    target.close().await.unwrap();

    // Only what was taken in may run back: without the note that it was, it is a bad entry.
    let forged = rusqlite::Connection::open(to.path()).unwrap();
    let guard: String = forged
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'store_refuse_delete'", [], |row| row.get(0))
        .unwrap();
    forged.execute_batch("DROP TRIGGER store_refuse_delete; DELETE FROM store WHERE key LIKE 'import-%';").unwrap();
    forged.execute_batch(&guard).unwrap();
    drop(forged);
    let store = SqliteStore::open_read_only(&to.path()).unwrap();
    let bad = store.verify(index_agrees, |_, _| ()).await.unwrap().first_bad.unwrap();
    assert!(bad.what.contains("recorded before"), "{bad:?}");
    assert_eq!((bad.stream, bad.revision), (Some(stream("case-3")), Some(Revision::FIRST)));
}
