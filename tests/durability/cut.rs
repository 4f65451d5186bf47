//! A power cut may leave any beginning of the log. Whatever is left, the history comes back as whole batches, and holds everything
//! that was synced by then.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::{CommandId, EventId};
use eventstore::clock::ToldClock;
use eventstore::codec::DecodeError;
use eventstore::key::StreamKeys;
use eventstore::port::{EventStore, Expected, Filter, NewEvent, Position, RecordedEvent, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore, nothing_more, verify};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;
use tests::archive::{self, Archive, HISTORY, Pen, VAULT};
use uuid::Uuid;

use crate::ledger::{assert_opens, copy_files};

/// Bytes before the first frame of a log, and of a frame: its header and a page.
const LOG_HEADER: usize = 32;
const FRAME: usize = 24 + 4_096;

/// A batch, and how long the log was when it had been acknowledged.
struct Synced {
    events: Vec<EventId>,
    log: usize,
}

/// A folder as it stood while the history was open.
struct Copied {
    folder: TempDir,
    /// In the order of the history.
    batches: Vec<Synced>,
}

impl Copied {
    fn log(&self) -> Vec<u8> {
        fs::read(self.folder.path().join(format!("{HISTORY}-wal"))).unwrap()
    }

    fn events(&self) -> Vec<EventId> {
        self.batches.iter().flat_map(|batch| batch.events.clone()).collect()
    }
}

/// Appends batches of several sizes, at times some at once, and copies the folder while it is open.
async fn write() -> Copied {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(folder.path(), true).await;
    let mut random = StdRng::seed_from_u64(28);
    let mut batches = Vec::new();
    for round in 0..10 {
        let mut pens = Vec::new();
        for n in 0..random.random_range(1..4_u64) {
            pens.push(archive.case(Uuid::from_u64_pair(n, round % 2)).await);
        }
        let sealed: Vec<_> = pens.iter_mut().map(|pen| seal(pen, &mut random)).collect();
        let sent = pens.iter().zip(sealed).map(|(pen, (expected, batch))| {
            let (store, events) = (&archive.store, batch.iter().map(|event| event.id).collect());
            async move {
                let appended = store.append(&pen.stream, expected, batch).await.unwrap();
                (appended.position, Synced { events, log: log_length(store.path()) })
            }
        });
        batches.extend(join_all(sent).await);
    }
    batches.sort_by_key(|(position, _)| *position);
    let copy = tempfile::tempdir().unwrap();
    copy_files(folder.path(), copy.path());
    archive.store.close().await.unwrap();
    Copied { folder: copy, batches: batches.into_iter().map(|(_, batch)| batch).collect() }
}

fn seal(pen: &mut Pen<'_>, random: &mut StdRng) -> (Expected, Vec<NewEvent>) {
    let command = CommandId::from_uuid(Uuid::from_u128(random.random()));
    pen.seal(command)
}

fn log_length(history: &Path) -> usize {
    let mut log = history.as_os_str().to_owned();
    log.push("-wal");
    usize::try_from(fs::metadata(PathBuf::from(log)).unwrap().len()).unwrap()
}

/// What the medium holds beyond the cut.
#[derive(Debug, Clone, Copy)]
enum Beyond {
    /// Nothing.
    End,
    /// The rest of the log's length, and other bytes in it: the file system had noted the length before the bytes were there.
    Other(u8),
}

async fn assert_recovers(copied: &Copied, log: &[u8], cut: usize, beyond: Beyond) -> usize {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(copied.folder.path().join(HISTORY), folder.path().join(HISTORY)).unwrap();
    let mut left = log[..cut].to_vec();
    if let Beyond::Other(byte) = beyond {
        left.resize(log.len(), byte);
    }
    let path = folder.path().join(HISTORY);
    fs::write(folder.path().join(format!("{HISTORY}-wal")), left).unwrap();

    let report = verify(&path, nothing_more, |_, _| ()).unwrap();
    assert!(report.is_sound(), "cut at {cut}, {beyond:?}: {report:?}");
    let clock = Arc::new(ToldClock::at(archive::moment()));
    let store = SqliteStore::open(&path, SqliteOptions::new(clock)).unwrap();
    let found: Vec<EventId> = everything(&store).await.iter().map(|event| event.id).collect();
    assert!(copied.events().starts_with(&found), "cut at {cut}, {beyond:?}: not a prefix");
    let (mut whole, mut events) = (0, 0);
    while events < found.len() {
        events += copied.batches[whole].events.len();
        whole += 1;
    }
    assert_eq!(events, found.len(), "cut at {cut}, {beyond:?}: half a batch");
    let synced = copied.batches.iter().filter(|batch| batch.log <= cut).count();
    assert!(whole >= synced, "cut at {cut}, {beyond:?}: {synced} batches were synced, {whole} are there");

    // It goes on from there.
    let event = NewEvent {
        id: EventId::from_uuid(Uuid::from_u128(1)),
        outer_type: "CaseReopened".to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data: Vec::new(),
        command: None,
    };
    let appended = store.append(&"case-after".parse().unwrap(), Expected::NoStream, vec![event]).await.unwrap();
    assert_eq!(appended.position.token(), found.len() as u64 + 1);
    store.close().await.unwrap();
    assert!(verify(&path, nothing_more, |_, _| ()).unwrap().is_sound());
    whole
}

async fn everything(store: &SqliteStore) -> Vec<RecordedEvent> {
    let page = store.read_all(Position::START, &Filter::all(), usize::MAX).await.unwrap();
    assert!(page.at_head);
    page.events
}

#[tokio::test]
async fn r28_a_log_cut_anywhere_recovers_to_whole_batches_and_all_that_was_synced() {
    let copied = write().await;
    let log = copied.log();
    assert_eq!((log.len() - LOG_HEADER) % FRAME, 0, "whole frames");
    assert_eq!(copied.batches.last().map(|batch| batch.log), Some(log.len()), "nothing was folded meanwhile");
    let mut random = StdRng::seed_from_u64(29);
    let mut reached = BTreeSet::new();
    for frame in 0..=(log.len() - LOG_HEADER) / FRAME {
        let boundary = LOG_HEADER + frame * FRAME;
        reached.insert(assert_recovers(&copied, &log, boundary, Beyond::End).await);
        if boundary == log.len() {
            break;
        }
        let inside = boundary + [1, 23, 24, 25, random.random_range(26..FRAME - 1), FRAME - 1][frame % 6];
        assert_recovers(&copied, &log, inside, Beyond::End).await;
        let other = [0, 0xFF, random.random()][frame % 3];
        assert_recovers(&copied, &log, if frame % 2 == 0 { boundary } else { inside }, Beyond::Other(other)).await;
    }
    for cut in [0, 1, 31] {
        assert_eq!(assert_recovers(&copied, &log, cut, Beyond::End).await, 0);
    }
    assert!(reached.contains(&0) && reached.contains(&copied.batches.len()), "{reached:?}");
    println!(
        "{} frames, {} batches; the cuts left {reached:?} of them",
        (log.len() - LOG_HEADER) / FRAME,
        copied.batches.len()
    );
}

/// The vault's log cut at each of its frames: whatever is left of it opens, and an event whose key went with the cut is a fault,
/// never an erasure.
#[tokio::test]
async fn r28_a_vault_whose_log_was_cut_says_which_keys_are_missing_and_calls_none_erased() {
    let copied = write().await;
    let log = fs::read(copied.folder.path().join(format!("{VAULT}-wal"))).unwrap();
    let history = SqliteStore::open_read_only(&copied.folder.path().join(HISTORY)).unwrap();
    let events = everything(&history).await;
    let mut opened = Vec::new();
    for frame in 0..=(log.len() - LOG_HEADER) / FRAME {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(copied.folder.path().join(VAULT), folder.path().join(VAULT)).unwrap();
        fs::write(folder.path().join(format!("{VAULT}-wal")), &log[..LOG_HEADER + frame * FRAME]).unwrap();
        let vault = archive::open_vault(folder.path()).unwrap();
        let codec = archive::codec(vault);
        let mut keys = HashMap::<StreamName, StreamKeys>::new();
        let opens =
            events.iter().filter(|event| match codec.open(event, keys.entry(event.stream.clone()).or_default()) {
                Ok(_) => true,
                Err(DecodeError::Unavailable { .. }) => false,
                Err(other) => panic!("frame {frame}: {other}"),
            });
        opened.push(opens.count());
    }
    assert!(opened.is_sorted(), "{opened:?}");
    assert_eq!(opened.last(), Some(&events.len()));
    let codec = archive::codec(archive::open_vault(copied.folder.path()).unwrap());
    let mut keys = HashMap::<StreamName, StreamKeys>::new();
    for event in &events {
        assert_opens(&codec, event, keys.entry(event.stream.clone()).or_default());
    }
}
