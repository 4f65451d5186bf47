//! The process that is killed: it writes, and says each acknowledgement.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::ids::{CommandId, WorkerId};
use eventstore::clock::ToldClock;
use eventstore::drafts::Drafts;
use eventstore::key::KeyId;
use eventstore::port::{EventStore, NewEvent, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use eventstore::vault::{DecisionId, HeadMark, Vault};
use projections::lists::{Lists, ListsFault, Progress};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tests::archive::{self, Archive, HISTORY, LISTS, Pen, VAULT};
use tokio::sync::watch;
use uuid::Uuid;

use crate::said::{Ack, Said, Sent};

/// Names the folder to write in.
pub const FOLDER: &str = "RUSTPUNT_TEST_FOLDER";
/// Says what to do there ([`Plan`], JSON).
pub const PLAN: &str = "RUSTPUNT_TEST_PLAN";
/// Batches of which nobody knows whether they arrived, one [`Sent`] on each line.
pub const UNFINISHED: &str = "unfinished.jsonl";

/// What to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Plan {
    /// Send what is unfinished again, then write, with some callers at once, each on cases of its own.
    Write {
        seed: u64,
        callers: u64,
        /// Batches of each caller; without it there is no end.
        batches: Option<u64>,
        /// Whether the history is synced.
        sync: bool,
        /// Whether the log is folded into the file over and over meanwhile.
        folding: bool,
        /// Whether lists follow, and are built anew over and over.
        lists: bool,
    },
    /// Take keys from the vault, without an end.
    TakeKeys,
    /// Take keys and destroy them, a few at a time, without an end.
    DestroyKeys { seed: u64 },
    /// Keep drafts, and end some of them, without an end.
    KeepDrafts { seed: u64 },
    /// Open, and say how that was refused.
    Open,
    /// Read at once, each reader so many times.
    Read { readers: u64, reads: u64 },
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the others"]
async fn as_the_writing_process() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let plan = serde_json::from_str(&std::env::var(PLAN).unwrap()).unwrap();
    println!(); // Ends the runner's own line.
    match plan {
        Plan::Write { seed, callers, batches, sync, folding, lists } => {
            write(&folder, Writing { seed, callers, batches, folding, lists }, sync).await;
        }
        Plan::TakeKeys => take_keys(&folder),
        Plan::DestroyKeys { seed } => destroy_keys(&folder, seed),
        Plan::KeepDrafts { seed } => keep_drafts(&folder, seed),
        Plan::Open => open(&folder),
        Plan::Read { readers, reads } => crate::reads::read(&folder, readers, reads).await,
    }
}

#[derive(Clone, Copy)]
struct Writing {
    seed: u64,
    callers: u64,
    batches: Option<u64>,
    folding: bool,
    lists: bool,
}

async fn write(folder: &Path, writing: Writing, sync: bool) {
    Said::Opening.say();
    let archive = Arc::new(Archive::open(folder, sync).await);
    Said::Ready.say();
    for sent in unfinished(folder) {
        append(&archive, &sent).await;
    }
    if writing.folding {
        let path = folder.join(HISTORY);
        std::thread::spawn(move || fold_log(&path));
    }
    let lists = if writing.lists { Some(follow(folder, &archive).await) } else { None };
    let callers =
        (0..writing.callers).map(|caller| tokio::spawn(call(Arc::clone(&archive), lists.clone(), caller, writing)));
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
}

pub fn unfinished(folder: &Path) -> Vec<Sent> {
    let lines = std::fs::read_to_string(folder.join(UNFINISHED)).unwrap_or_default();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Folding waits for nobody and is waited for by nobody: what cannot be folded now is folded next time.
fn fold_log(path: &Path) {
    let connection = Connection::open(path).unwrap();
    loop {
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        std::thread::yield_now();
    }
}

/// One caller. It keeps a few cases, and now and then opens one that nobody else knows.
async fn call(archive: Arc<Archive>, lists: Option<Arc<Lists>>, caller: u64, writing: Writing) {
    let mut random = StdRng::seed_from_u64(writing.seed * 1_000 + caller);
    let mut pens = Vec::new();
    for case in 0..3 {
        pens.push(archive.case(Uuid::from_u64_pair(caller, case)).await);
    }
    for _ in 0..writing.batches.unwrap_or(u64::MAX) {
        let which = random.random_range(0..pens.len());
        if random.random_range(0..4) == 0 {
            pens[which] = archive.case(Uuid::from_u64_pair(caller, random.random())).await;
        }
        write_one(&archive, &mut pens[which], CommandId::from_uuid(Uuid::from_u128(random.random()))).await;
        if let Some(lists) = &lists {
            let head = archive.store.head().await.unwrap();
            lists.when_processed(head, LONG).await.unwrap();
            Said::Listed(head.token()).say();
        }
    }
}

/// More than anything here takes; only a follower that stopped is waited for so long.
const LONG: Duration = Duration::from_mins(1);

/// Lists that follow the history and, meanwhile, are built anew without an end.
async fn follow(folder: &Path, archive: &Archive) -> Arc<Lists> {
    let lists = Arc::new(archive.lists(&folder.join(LISTS)).await);
    let (follower, rebuilt) = (Arc::clone(&lists), Arc::clone(&lists));
    tokio::spawn(async move {
        let (_never, stop) = watch::channel(false);
        follower.run(stop).await;
    });
    tokio::spawn(async move {
        let progress = |progress: Progress| Said::Rebuilding(progress.position.token()).say();
        loop {
            match rebuilt.rebuild(&progress).await {
                Ok(()) => Said::Rebuilt.say(),
                // The follower builds the first one itself.
                Err(ListsFault::AlreadyRebuilding) => tokio::task::yield_now().await,
                Err(fault) => panic!("{fault}"),
            }
        }
    });
    lists
}

async fn write_one(archive: &Archive, pen: &mut Pen<'_>, command: CommandId) {
    let before: Vec<KeyId> = pen.loaded.keys.all().map(|(_, key)| key).collect();
    let (expected, batch) = pen.seal(command);
    let keys: Vec<KeyId> = keys_in(&batch).into_iter().filter(|key| !before.contains(key)).collect();
    let sent = Sent::of(&pen.stream, expected, &batch, &keys);
    Said::Sending(sent.clone()).say();
    append(archive, &sent).await;
    pen.catch_up().await;
    note_head(archive, &pen.stream).await;
}

/// The keys that seal these events as a whole. (Those inside cannot be seen from here.)
fn keys_in(batch: &[NewEvent]) -> Vec<KeyId> {
    batch.iter().map(|event| eventstore::seal::Sealed::from_bytes(&event.data).unwrap().key()).collect()
}

async fn append(archive: &Archive, sent: &Sent) {
    let appended = archive.store.append(&sent.stream(), sent.expected(), sent.batch()).await.unwrap();
    Said::Acked(Ack::of(sent.command, &appended)).say();
}

/// The vault hears how far the history is, so that the next start compares them.
async fn note_head(archive: &Archive, stream: &StreamName) {
    let Some((revision, _)) = archive.store.stream_head(stream).await.unwrap() else { return };
    let last = archive.store.read_stream(stream, revision, 1).await.unwrap();
    let Some(event) = last.last() else { return };
    archive.codec.vault().note_head(HeadMark::of(event));
}

fn take_keys(folder: &Path) {
    Said::Opening.say();
    let vault = archive::open_vault(folder).unwrap();
    Said::Ready.say();
    loop {
        take(&vault);
    }
}

fn take(vault: &Vault) -> KeyId {
    let (id, key) = vault.take().unwrap();
    Said::Took(id.as_uuid(), hex(key.as_bytes())).say();
    id
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn destroy_keys(folder: &Path, seed: u64) {
    Said::Opening.say();
    let vault = archive::open_vault(folder).unwrap();
    Said::Ready.say();
    let mut random = StdRng::seed_from_u64(seed);
    let decision = DecisionId::from_uuid(Uuid::from_u128(0xDE));
    loop {
        let keys: Vec<KeyId> = (0..random.random_range(2..12)).map(|_| take(&vault)).collect();
        let doomed = &keys[..keys.len() / 2];
        let names: Vec<Uuid> = doomed.iter().map(KeyId::as_uuid).collect();
        let stored = names.iter().map(|key| (*key, wrapped(folder, *key))).collect();
        Said::Destroying(stored).say();
        vault.destroy(doomed, decision, archive::moment()).unwrap();
        Said::Destroyed(names).say();
    }
}

/// The table of drafts in the folder.
pub const DRAFTS: &str = "drafts.db";
/// Who writes them.
pub const AUTHOR: Uuid = Uuid::from_u128(0xA);

/// What a draft holds.
pub fn draft_words(draft: Uuid) -> Vec<u8> {
    format!("concept {draft}").into_bytes()
}

fn keep_drafts(folder: &Path, seed: u64) {
    Said::Opening.say();
    let drafts = Drafts::open(&folder.join(DRAFTS), archive::open_vault(folder).unwrap()).unwrap();
    Said::Ready.say();
    let mut random = StdRng::seed_from_u64(seed);
    let (author, now) = (WorkerId::from_uuid(AUTHOR), archive::moment());
    let mut open = Vec::new();
    loop {
        let draft = Uuid::from_u128(random.random());
        let content = draft_words(draft);
        drafts.begin(CommandId::from_uuid(draft), author, &content, (now, now.plus_hours(24))).unwrap();
        Said::Drafted(draft).say();
        open.push(draft);
        if open.len() > 3 {
            let ended = open.swap_remove(random.random_range(0..open.len()));
            Said::Ending(ended).say();
            drafts.discard(CommandId::from_uuid(ended), author, now).unwrap();
            Said::Ended(ended).say();
        }
    }
}

/// A key as it stands in the vault.
fn wrapped(folder: &Path, key: Uuid) -> Vec<u8> {
    let connection = Connection::open(folder.join(VAULT)).unwrap();
    let find = "SELECT wrapped FROM key WHERE id = ?1";
    connection.query_row(find, [key.as_bytes()], |row| row.get(0)).unwrap()
}

fn open(folder: &Path) {
    let clock = Arc::new(ToldClock::at(archive::moment()));
    if let Err(refused) = SqliteStore::open(&folder.join(HISTORY), SqliteOptions::new(clock)) {
        Said::Refused(refused.to_string()).say();
    }
    if let Err(refused) = Vault::open(&folder.join(VAULT), archive::master_key()) {
        Said::Refused(refused.to_string()).say();
    }
}
