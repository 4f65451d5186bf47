//! Patches a copy of the file, through SQL and in its raw bytes, and asks `verify` for the first bad entry (R14).

use std::fs;
use std::path::{Path, PathBuf};

use domain::ids::Revision;
use eventstore::chain;
use eventstore::port::{EventStore, RecordedEvent};
use eventstore::sqlite::{BadEntry, SqliteStore, VerifyReport, agrees_with_metadata, verify};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::batches::hash_of;
use crate::contract::{Harness, everything};
use crate::copy::ours;
use crate::samples::{event, holding, stream};
use crate::sqlite::Embedded;

/// The entry that is patched: revision 3 of `case-b`, the middle of a batch of three.
const TARGET: u64 = 8;

/// Three streams: positions 1-3 `case-a`, 4-6 `case-b`, 7-9 `case-b`, 10 `case-c`, 11-12 `case-b`, 13 `case-a`.
async fn history() -> (TempDir, PathBuf) {
    let harness = Embedded::new();
    let store = harness.open().await;
    for (name, held, size) in
        [("case-a", 0, 3), ("case-b", 0, 3), ("case-b", 3, 3), ("case-c", 0, 1), ("case-b", 6, 2), ("case-a", 3, 1)]
    {
        store.append(&stream(name), holding(held), ours(size)).await.unwrap();
    }
    store.close().await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    let path = copy.path().join("history.db");
    fs::copy(harness.path(), &path).unwrap();
    (copy, path)
}

/// Takes the triggers away, patches, and puts them back, as someone would who knows the file.
fn patch(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    connection.execute_batch(sql).unwrap();
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

fn walk(path: &Path) -> VerifyReport {
    verify(path, agrees_with_metadata, |_, _| ()).unwrap()
}

fn first_bad(path: &Path) -> BadEntry {
    let report = walk(path);
    assert_eq!(report.schema, Vec::<String>::new());
    report.first_bad.expect("a bad entry")
}

fn place(bad: &BadEntry) -> (Option<u64>, Option<String>, Option<u64>) {
    (
        bad.position.map(eventstore::port::Position::token),
        bad.stream.as_ref().map(ToString::to_string),
        bad.revision.map(Revision::number),
    )
}

#[tokio::test]
async fn an_untouched_history_is_sound() {
    let (_folder, path) = history().await;
    let report = walk(&path);
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.events, report.streams), (13, 3));
    patch(&path, "");
    assert!(walk(&path).is_sound(), "taking the triggers away and putting them back is no patch");
}

#[tokio::test]
async fn every_column_of_an_event_is_watched() {
    let other_uuid = "x'00112233445566778899aabbccddeeff'";
    let flip =
        |column: &str| format!("{column} = CAST(substr({column}, 1, 9) || x'ff' || substr({column}, 11) AS BLOB)");
    let cases = [
        ("outer_type = 'SomethingElse'".to_owned(), "hash does not agree"),
        ("version = 2".to_owned(), "hash does not agree"),
        ("version = 70000".to_owned(), "version is not"),
        ("recorded_at = recorded_at + 1".to_owned(), "hash does not agree"),
        ("revision = 77".to_owned(), "hash does not agree"),
        (format!("id = {other_uuid}"), "hash does not agree"),
        ("id = x'00'".to_owned(), "id is not"),
        ("batch_end = 8".to_owned(), "batch"),
        ("batch_end = 10".to_owned(), "batch"),
        (format!("command_id = {other_uuid}"), "command"),
        ("command_id = NULL, command_index = NULL".to_owned(), "command"),
        ("command_id = x'00'".to_owned(), "command"),
        ("command_index = 5".to_owned(), "command"),
        (flip("previous"), "predecessor|hash does not agree"),
        (flip("hash"), "hash does not agree"),
        (flip("metadata"), "metadata does not agree"),
        (flip("data"), "data does not agree"),
        (flip("metadata_digest"), "metadata does not agree"),
        (flip("data_digest"), "data does not agree"),
        ("metadata = NULL".to_owned(), "metadata is not"),
        ("data = NULL".to_owned(), "data is not"),
        ("data = x''".to_owned(), "data does not agree"),
    ];
    for (change, what) in cases {
        let (_folder, path) = history().await;
        patch(&path, &format!("UPDATE events SET {change} WHERE position = {TARGET}"));
        let bad = first_bad(&path);
        assert_eq!(bad.position.map(eventstore::port::Position::token), Some(TARGET), "{change}: {bad}");
        assert_eq!(bad.stream, Some(stream("case-b")), "{change}: {bad}");
        assert!(what.split('|').any(|what| bad.what.contains(what)), "{change}: {bad}");
    }
}

/// What the node notes for itself is of no command, and says so in index and metadata alike.
#[tokio::test]
async fn an_event_of_no_command_is_sound() {
    let harness = Embedded::new();
    let store = harness.open().await;
    store.append(&stream("vault-generations"), holding(0), vec![event("note")]).await.unwrap();
    store.close().await.unwrap();
    assert!(walk(&harness.path()).is_sound());
}

#[tokio::test]
async fn rows_that_move_go_or_come_are_named() {
    let b = |revision| (Some("case-b".to_owned()), Some(revision));
    let cases = [
        ("UPDATE events SET position = 99 WHERE position = 8", (Some(8), None, None)),
        ("DELETE FROM events WHERE position = 8", (Some(8), None, None)),
        ("DELETE FROM events WHERE position = 1", (Some(1), None, None)),
        ("DELETE FROM events WHERE position = 12; DELETE FROM events WHERE position = 13", (Some(12), None, None)),
        ("UPDATE events SET stream = 3 WHERE position = 8", (Some(8), Some("case-c".to_owned()), Some(4))),
        ("UPDATE events SET stream = 44 WHERE position = 8", (Some(8), None, Some(4))),
        (
            "UPDATE events SET position = -position WHERE position IN (8, 9);
             UPDATE events SET position = 9 WHERE position = -8; UPDATE events SET position = 8 WHERE position = -9",
            (Some(8), b(5).0, b(5).1),
        ),
        ("UPDATE streams SET name = 'case-x' WHERE id = 2", (Some(4), Some("case-x".to_owned()), Some(0))),
        ("UPDATE streams SET name = 'no stream' WHERE id = 2", (Some(4), None, Some(0))),
        ("UPDATE streams SET id = 9 WHERE id = 2", (Some(4), None, Some(0))),
        ("DELETE FROM streams WHERE id = 2", (Some(4), None, Some(0))),
        ("INSERT INTO streams (name) VALUES ('case-empty')", (None, Some("case-empty".to_owned()), None)),
        (
            "INSERT INTO events SELECT 14, stream, 8, x'00112233445566778899aabbccddeeff', outer_type, version, recorded_at, 14,
                 command_id, 7, previous, hash, metadata_digest, data_digest, metadata, data FROM events WHERE position = 12",
            (Some(14), b(8).0, b(8).1),
        ),
    ];
    for (sql, expected) in cases {
        let (_folder, path) = history().await;
        patch(&path, sql);
        let bad = first_bad(&path);
        assert_eq!(place(&bad), expected, "{sql}: {bad}");
    }
}

/// Whoever recomputes digest and hash of an entry is found at its successor.
#[tokio::test]
async fn an_entry_forged_with_its_hash_is_found_at_its_successor() {
    let (_folder, path) = history().await;
    let store = SqliteStore::open_read_only(&path).unwrap();
    let mut event = everything(&store, 100).await.into_iter().find(|event| event.position.token() == TARGET).unwrap();
    event.data = b"something else".to_vec();
    let (digest, hash) = (chain::digest(&event.data), hash_of(&event));
    patch(
        &path,
        &format!(
            "UPDATE events SET data = CAST('something else' AS BLOB), data_digest = x'{digest}', hash = x'{hash}'
             WHERE position = {TARGET}"
        ),
    );
    let bad = first_bad(&path);
    assert_eq!(place(&bad), (Some(TARGET + 1), Some("case-b".to_owned()), Some(5)), "{bad}");
    assert!(bad.what.contains("predecessor"), "{bad}");
}

#[tokio::test]
async fn what_the_file_says_of_itself_is_watched() {
    for sql in ["UPDATE store SET value = 'other/9' WHERE key = 'format'", "DELETE FROM store WHERE key = 'source'"] {
        let (_folder, path) = history().await;
        patch(&path, sql);
        assert!(first_bad(&path).position.is_none());
    }
}

/// R14: with the triggers in place no statement changes, takes out or replaces a row.
#[tokio::test]
async fn r14_sql_on_the_file_cannot_change_or_delete() {
    let (_folder, path) = history().await;
    let before = walk(&path);
    let connection = Connection::open(&path).unwrap();
    let row =
        "SELECT position, stream, revision, id, outer_type, version, recorded_at, batch_end, command_id, command_index,
               previous, hash, metadata_digest, data_digest, metadata, x'00' FROM events WHERE position = 8";
    let statements = [
        "UPDATE events SET data = x'00'".to_owned(),
        "UPDATE events SET position = position + 100 WHERE position = 8".to_owned(),
        "DELETE FROM events WHERE position = 8".to_owned(),
        "DELETE FROM events".to_owned(),
        format!("INSERT OR REPLACE INTO events {row}"),
        format!(
            "INSERT OR REPLACE INTO events SELECT 99, stream, 99, id, outer_type, version, recorded_at, 99, NULL, NULL, previous, hash, metadata_digest, data_digest, metadata, data FROM ({})",
            row.replace("x'00'", "data")
        ),
        format!(
            "INSERT OR REPLACE INTO events SELECT 99, stream, revision, randomblob(16), outer_type, version, recorded_at, 99, NULL, NULL, previous, hash, metadata_digest, data_digest, metadata, data FROM ({})",
            row.replace("x'00'", "data")
        ),
        format!(
            "INSERT OR REPLACE INTO events SELECT 99, stream, 99, randomblob(16), outer_type, version, recorded_at, 99, command_id, command_index, previous, hash, metadata_digest, data_digest, metadata, data FROM ({})",
            row.replace("x'00'", "data")
        ),
        "UPDATE streams SET name = 'case-x' WHERE id = 1".to_owned(),
        "DELETE FROM streams".to_owned(),
        "INSERT OR REPLACE INTO streams (id, name) VALUES (1, 'case-x')".to_owned(),
        "INSERT OR REPLACE INTO streams (id, name) VALUES (9, 'case-a')".to_owned(),
        "UPDATE store SET value = 'x'".to_owned(),
        "DELETE FROM store".to_owned(),
        "INSERT OR REPLACE INTO store (key, value) VALUES ('source', 'x')".to_owned(),
    ];
    for sql in statements {
        let refused = connection.execute_batch(&sql).expect_err(&sql);
        assert!(refused.to_string().contains("never") || refused.to_string().contains("keeps"), "{sql}: {refused}");
    }
    drop(connection);
    assert_eq!(walk(&path), before);
}

/// Raw bytes: each stored value of the target, found in the file and flipped where it lies. Copies in an index are found by the
/// check of the indexes; leftovers on a page that nothing points at may be flipped, because nobody reads them.
#[tokio::test]
async fn a_flipped_byte_in_a_cell_is_named() {
    let (_folder, path) = history().await;
    let bytes = fs::read(&path).unwrap();
    let store = SqliteStore::open_read_only(&path).unwrap();
    let event = everything(&store, 100).await.into_iter().find(|event| event.position.token() == TARGET).unwrap();
    let values: [(&str, Vec<u8>); 6] = [
        ("id", event.id.as_uuid().as_bytes().to_vec()),
        ("hash", event.hash.0.to_vec()),
        ("metadata digest", chain::digest(&event.metadata).0.to_vec()),
        ("metadata", event.metadata.clone()),
        ("data digest and data", chain::digest(&event.data).0.to_vec()),
        ("previous", event.previous.0.to_vec()),
    ];
    for (what, value) in values {
        let mut named = Vec::new();
        for at in occurrences(&bytes, &value) {
            let (_copy, flipped) = with_flipped(&bytes, at + value.len() / 2, 0x10);
            let report = walk(&flipped);
            named.extend(report.first_bad.and_then(|bad| bad.position).map(eventstore::port::Position::token));
        }
        assert!(named.contains(&TARGET), "{what}: {named:?}");
        // The hash of the predecessor and the data (which others share) stand at neighbours too.
        assert!(named.iter().all(|position| (4..=9).contains(position)), "{what}: {named:?}");
    }
}

/// A flipped bit anywhere either shows, or changes nothing that is read.
#[tokio::test]
async fn no_flipped_bit_goes_unseen() {
    let (_folder, path) = history().await;
    let bytes = fs::read(&path).unwrap();
    let original = read(&path).await.unwrap();
    let mut random = StdRng::seed_from_u64(14);
    let mut seen = 0;
    for _ in 0..300 {
        let at = random.random_range(0..bytes.len());
        let bit = 1_u8 << random.random_range(0..8_u8);
        let (_copy, flipped) = with_flipped(&bytes, at, bit);
        let sound = verify(&flipped, agrees_with_metadata, |_, _| ()).is_ok_and(|report| report.is_sound());
        if sound {
            assert_eq!(read(&flipped).await.as_ref(), Some(&original), "bit {bit} of byte {at} went unseen");
        } else {
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} flips hit something");
}

async fn read(path: &Path) -> Option<Vec<RecordedEvent>> {
    let store = SqliteStore::open_read_only(path).ok()?;
    Some(everything(&store, 100).await)
}

fn with_flipped(bytes: &[u8], at: usize, bits: u8) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut bytes = bytes.to_vec();
    *bytes.get_mut(at).unwrap() ^= bits;
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn occurrences(bytes: &[u8], value: &[u8]) -> Vec<usize> {
    bytes.windows(value.len()).enumerate().filter(|(_, window)| *window == value).map(|(at, _)| at).collect()
}

/// A tail that was cut off between batches leaves a sound, shorter history: only a head kept elsewhere shows it (R13).
#[tokio::test]
async fn a_cut_off_tail_shows_against_a_head_kept_elsewhere() {
    let (_folder, path) = history().await;
    let before = walk(&path).head;
    patch(&path, "DELETE FROM events WHERE position = 13");
    let report = walk(&path);
    assert!(report.is_sound());
    assert!(report.head < before);
}
