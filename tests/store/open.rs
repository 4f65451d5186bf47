//! What is refused at the door, in which words, and that nothing is altered by it; copies; reading beside a writer.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use domain::ids::Revision;
use eventstore::clock::ToldClock;
use eventstore::port::{AppendError, EventStore, Expected, StoreFault};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore, nothing_more, verify};
use rusqlite::Connection;

use crate::contract::{Harness, everything, ids};
use crate::samples::{batch, holding, moment, stream};
use crate::sqlite::Embedded;

const FOLDER: &str = "RUSTPUNT_TEST_FOLDER";

fn options() -> SqliteOptions {
    SqliteOptions::new(Arc::new(ToldClock::at(moment("2026-11-16T08:00:00Z"))))
}

fn refusal(path: &Path) -> StoreFault {
    SqliteStore::open(path, options()).err().expect("a refusal")
}

/// A closed history of a few batches, in a folder of its own.
pub async fn history() -> Embedded {
    let harness = Embedded::new();
    let store = harness.open().await;
    for n in 0..6 {
        store.append(&stream(&format!("case-{n}")), Expected::NoStream, batch(3)).await.unwrap();
        store.append(&stream(&format!("case-{n}")), Expected::At(Revision::new(2)), batch(1)).await.unwrap();
    }
    store.close().await.unwrap();
    harness
}

/// Every file of a folder and its bytes, without the lock.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| !path.ends_with(FolderLock::FILE))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// Opening is refused with these words, and leaves every byte as it was.
fn assert_refused(path: &Path, words: &[&str]) {
    let folder = path.parent().unwrap();
    let before = files(folder);
    let refused = refusal(path);
    assert!(matches!(refused, StoreFault::Unopenable(_)), "{refused:?}");
    let text = refused.to_string();
    for word in words {
        assert!(text.contains(word), "`{text}` should say `{word}`");
    }
    // A look through SQLite may leave an empty log and its index; the file itself keeps every byte.
    let after = files(folder);
    assert_eq!(before.get(path), after.get(path), "{text}");
}

#[tokio::test]
async fn a_second_writer_in_the_folder_is_refused() {
    let harness = Embedded::new();
    let store = harness.open().await;
    let refused = refusal(&harness.path());
    assert!(matches!(&refused, StoreFault::Locked(what) if what.contains("lock")), "{refused}");
    store.close().await.unwrap();
    harness.open().await.close().await.unwrap();
}

#[tokio::test]
async fn a_second_process_is_refused_and_may_read() {
    let harness = Embedded::new();
    let store = harness.open().await;
    store.append(&stream("case-1"), Expected::NoStream, batch(2)).await.unwrap();
    let other = Command::new(std::env::current_exe().unwrap())
        .args(["open::as_the_other_process", "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, harness.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&other.stdout).into_owned();
    assert!(other.status.success(), "{said}");
    assert!(said.contains("another process writes in this folder"), "{said}");
    assert!(said.contains("reads up to 2"), "{said}");
}

#[tokio::test]
#[ignore = "run by `a_second_process_is_refused_and_may_read`"]
async fn as_the_other_process() {
    let Some(path) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    println!("{}", refusal(&path));
    let store = SqliteStore::open_read_only(&path).unwrap();
    println!("reads up to {}", store.head().await.unwrap());
}

#[test]
fn a_read_only_folder_is_refused_in_clear_words() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser writes everywhere but in the kernel's own folders.
    let candidates = [folder.path(), Path::new("/sys/kernel")];
    let read_only = candidates.into_iter().find(|folder| fs::write(folder.join("probe"), "").is_err());
    let Some(read_only) = read_only else {
        println!("skipped: this user may write everywhere");
        return;
    };
    let refused = refusal(&read_only.join("history.db"));
    assert!(matches!(&refused, StoreFault::Unwritable(what) if what.contains("give it write access")), "{refused}");
}

#[tokio::test]
async fn a_history_of_a_newer_release_is_refused() {
    let harness = history().await;
    Connection::open(harness.path()).unwrap().pragma_update(None, "user_version", 2).unwrap();
    assert_refused(&harness.path(), &["newer release", "form 2", "start that release"]);
    let refused = verify(&harness.path(), nothing_more, |_, _| ()).unwrap_err();
    assert!(refused.to_string().contains("newer release"), "{refused}");
}

#[tokio::test]
async fn a_newer_version_that_stands_only_in_the_log_is_refused() {
    let harness = history().await;
    let copy = tempfile::tempdir().unwrap();
    let connection = Connection::open(harness.path()).unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    for name in ["history.db", "history.db-wal"] {
        fs::copy(harness.path().with_file_name(name), copy.path().join(name)).unwrap();
    }
    assert_refused(&copy.path().join("history.db"), &["newer release"]);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    fs::write(&path, "Dear reader, this is a letter. ".repeat(400)).unwrap();
    assert_refused(&path, &["not a database", "restore a backup"]);
    fs::write(&path, "").unwrap();
    assert_refused(&path, &["is empty"]);
    fs::write(&path, "short").unwrap();
    assert_refused(&path, &["not a database"]);
}

#[test]
fn a_database_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    assert_refused(&path, &["another program"]);
    assert!(SqliteStore::open_read_only(&path).is_err());
    assert!(verify(&path, nothing_more, |_, _| ()).is_err());
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_and_verify_names_what_is_left() {
    let harness = history().await;
    let length = fs::metadata(harness.path()).unwrap().len();
    let file = OpenOptions::new().write(true).open(harness.path()).unwrap();
    file.set_len(length - 4_096).unwrap();
    assert_refused(&harness.path(), &["is cut off", "restore a backup"]);
    let report = verify(&harness.path(), nothing_more, |_, _| ()).unwrap();
    assert!(!report.is_sound(), "{report:?}");
    file.set_len(50).unwrap();
    assert_refused(&harness.path(), &["another program", "damaged"]);
}

#[tokio::test]
async fn a_damaged_table_of_contents_is_refused() {
    let harness = history().await;
    let mut file = OpenOptions::new().write(true).open(harness.path()).unwrap();
    file.seek(SeekFrom::Start(100)).unwrap();
    file.write_all(&[0x77; 60]).unwrap();
    assert_refused(&harness.path(), &["damaged", "restore a backup"]);
}

#[tokio::test]
async fn a_file_without_its_triggers_is_refused() {
    let harness = history().await;
    Connection::open(harness.path()).unwrap().execute_batch("DROP TRIGGER events_refuse_update").unwrap();
    assert_refused(&harness.path(), &["trigger events_refuse_update is missing", "rustpunt verify"]);
    let report = verify(&harness.path(), nothing_more, |_, _| ()).unwrap();
    assert_eq!((report.schema.len(), report.first_bad), (1, None));
}

#[tokio::test]
async fn a_missing_file_is_not_started_anew_beside_its_log() {
    let harness = history().await;
    fs::rename(harness.path(), harness.path().with_file_name("moved.db")).unwrap();
    fs::write(harness.path().with_file_name("history.db-wal"), "frames").unwrap();
    assert_refused(&harness.path(), &["is missing", "do not start anew"]);
    let refused = SqliteStore::open(&harness.path(), SqliteOptions { create: false, ..options() }).err().unwrap();
    assert!(refused.to_string().contains("is not there"), "{refused}");
}

#[tokio::test]
async fn a_half_made_file_is_made_again() {
    let harness = Embedded::new();
    fs::write(harness.path().with_file_name("history.db.new"), "half").unwrap();
    let store = harness.open().await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    assert!(!harness.path().with_file_name("history.db.new").exists());
}

#[tokio::test]
async fn one_lock_serves_the_files_under_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("trail")).unwrap();
    let lock = Arc::new(FolderLock::take(folder.path()).unwrap());
    let with_lock = || SqliteOptions { lock: Some(Arc::clone(&lock)), ..options() };
    let history = SqliteStore::open(&folder.path().join("history.db"), with_lock()).unwrap();
    let trail = SqliteStore::open(&folder.path().join("trail/2026-11.db"), with_lock()).unwrap();
    history.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    trail.append(&stream("trail-north-2026-11-16"), Expected::NoStream, batch(1)).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let refused = SqliteStore::open(&elsewhere.path().join("history.db"), with_lock()).err().unwrap();
    assert!(matches!(refused, StoreFault::Unopenable(_)), "{refused}");
}

#[tokio::test]
async fn a_history_opened_to_read_refuses_to_write() {
    let harness = history().await;
    let before = fs::read(harness.path()).unwrap();
    let store = SqliteStore::open_read_only(&harness.path()).unwrap();
    assert_eq!(everything(&store, 10).await.len(), 24);
    assert_eq!(store.head().await.unwrap(), *store.watch_head().borrow());
    let refused = store.append(&stream("case-0"), Expected::At(Revision::new(3)), batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::Unwritable(_))), "{refused}");
    store.close().await.unwrap();
    assert_eq!(fs::read(harness.path()).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_of_one_moment_while_writers_go_on() {
    let harness = Embedded::new();
    let store = harness.open().await;
    store.append(&stream("person-1"), Expected::NoStream, batch(500)).await.unwrap();
    let writer = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for round in 0..200 {
                store.append(&stream("case-1"), holding(round * 3), batch(3)).await.unwrap();
            }
        })
    };
    let copies = tempfile::tempdir().unwrap();
    let mut sizes = Vec::new();
    for n in 0..5 {
        let copy = copies.path().join(format!("{n}.db"));
        store.backup_to(&copy, |_, _| ()).await.unwrap();
        let report = verify(&copy, nothing_more, |_, _| ()).unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!((report.events - 500) % 3, 0, "whole batches");
        sizes.push(report.events);
    }
    writer.await.unwrap();
    assert!(sizes.is_sorted());
    let refused = store.backup_to(&copies.path().join("0.db"), |_, _| ()).await.unwrap_err();
    assert!(refused.to_string().contains("is there already"), "{refused}");

    let last = copies.path().join("last.db");
    store.backup_to(&last, |done, all| assert!(done <= all)).await.unwrap();
    let restored = SqliteStore::open(&last, options()).unwrap();
    assert_eq!(restored.source(), store.source());
    assert_eq!(ids(&everything(&restored, 100).await), ids(&everything(&*store, 100).await));
    restored.append(&stream("case-2"), Expected::NoStream, batch(1)).await.unwrap();
    assert!(
        fs::read_dir(copies.path()).unwrap().all(|entry| !entry.unwrap().path().to_string_lossy().contains(".part"))
    );
}

#[tokio::test]
async fn verify_reports_how_far_it_is_and_counts() {
    let harness = history().await;
    let mut progress = Vec::new();
    let report = verify(&harness.path(), nothing_more, |done, all| progress.push((done, all))).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.events, report.streams, report.head.token()), (24, 6, 24));
    assert_eq!(progress, [(24, 24)]);
}

#[tokio::test]
async fn verify_stops_at_the_first_entry_a_check_refuses() {
    let harness = history().await;
    let refuse = |entry: &eventstore::sqlite::Entry| {
        if entry.event.position.token() >= 7 { Err("its seal does not open".to_owned()) } else { Ok(()) }
    };
    let report = verify(&harness.path(), refuse, |_, _| ()).unwrap();
    let bad = report.first_bad.unwrap();
    assert_eq!(bad.to_string(), "position 7: case-1 revision 2: its seal does not open");
}
