use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::key::MASTER_KEY_VARIABLE;
use crate::memory::MemoryStore;
use crate::port::{EventStore as _, Expected, NewEvent};
use crate::sample::{id, ids, noon, stream};

fn master(byte: u8) -> MasterKey {
    MasterKey::new(Key::from_bytes([byte; 32]))
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    (folder, path)
}

/// A new vault that met its new, empty history.
fn paired(path: &Path) -> Vault {
    let vault = Vault::open(path, master(1)).unwrap();
    vault.compare(HistorySide { is_empty: true, at_mark: None, generation: None }).unwrap();
    vault
}

/// A history that ends with an event of this number.
fn mark(number: u8) -> HeadMark {
    HeadMark { stream: stream(1), revision: Revision::new(number.into()), hash: Digest([number; 32]) }
}

fn decision() -> DecisionId {
    DecisionId::from_uuid(id(0x70))
}

fn is_known(vault: &Vault, id: KeyId) -> bool {
    matches!(vault.get(id).unwrap(), KeyState::Known(_))
}

/// Everything on disk beside the vault.
fn bytes_on_disk(folder: &tempfile::TempDir) -> Vec<u8> {
    let files = std::fs::read_dir(folder.path()).unwrap();
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_key_outlives_the_run_and_never_stands_there_in_clear() {
    let (folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let (id, key) = vault.take().unwrap();
    vault.close().unwrap();
    assert!(!holds(&bytes_on_disk(&folder), key.as_bytes()));
    assert_eq!(Vault::open(&path, master(1)).unwrap().get(id).unwrap(), KeyState::Known(key));
}

#[test]
fn a_wrong_master_key_is_told_apart_and_changes_nothing() {
    let (_folder, path) = folder();
    let id = Vault::open(&path, master(1)).unwrap().take().unwrap().0;
    let before = std::fs::read(&path).unwrap();
    let fault = Vault::open(&path, master(2)).unwrap_err();
    assert_eq!(fault, VaultFault::WrongMasterKey { path: path.clone() });
    assert!(fault.to_string().contains("master key") && !fault.to_string().contains(MASTER_KEY_VARIABLE));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(is_known(&Vault::open(&path, master(1)).unwrap(), id));
}

#[test]
fn known_tombstoned_and_missing_are_three_states() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let (kept, gone) = (vault.take().unwrap().0, vault.take().unwrap().0);
    let lost = KeyId::from_uuid(id(5));
    vault.destroy(&[gone], decision(), noon()).unwrap();
    let states = |vault: &Vault| {
        assert!(is_known(vault, kept));
        assert_eq!(vault.get(gone).unwrap(), KeyState::Tombstoned { at: noon(), decision: decision() });
        assert_eq!(vault.get(lost).unwrap(), KeyState::Missing);
    };
    states(&vault);
    vault.close().unwrap();
    states(&Vault::open(&path, master(1)).unwrap());
}

#[test]
fn a_destroyed_key_is_in_no_byte_on_disk() {
    let (folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let keys: Vec<KeyId> = (0..400).map(|_| vault.take().unwrap().0).collect();
    let wrapped: Vec<Vec<u8>> = {
        let reader = Connection::open(&path).unwrap();
        let read = |id: &KeyId| {
            reader.query_row("SELECT wrapped FROM key WHERE id = ?1", [id.as_uuid().as_bytes()], |row| row.get(0))
        };
        keys.iter().map(|id| read(id).unwrap()).collect()
    };
    let before = bytes_on_disk(&folder);
    assert!(wrapped.iter().all(|bytes| holds(&before, bytes)));
    vault.destroy(&keys, decision(), noon()).unwrap();
    let after = bytes_on_disk(&folder);
    assert!(wrapped.iter().all(|bytes| !holds(&after, bytes)));
    let log = folder.path().join("vault.db-wal");
    assert_eq!(std::fs::metadata(log).unwrap().len(), 0, "the log was emptied");
}

#[test]
fn a_reader_that_holds_the_log_keeps_erasure_from_being_called_finished() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let id = vault.take().unwrap().0;
    lock(&vault.inner.writer).connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let held = Connection::open(&path).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM key").unwrap();
    assert_eq!(vault.destroy(&[id], decision(), noon()), Err(VaultFault::NotForgottenYet { path: path.clone() }));
    held.execute_batch("COMMIT").unwrap();
    vault.destroy(&[id], decision(), noon()).unwrap();
    assert!(!is_known(&vault, id));
}

#[test]
fn the_first_tombstone_stays_and_a_key_that_is_not_here_gets_one() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let elsewhere = KeyId::from_uuid(id(5));
    vault.destroy(&[elsewhere], decision(), noon()).unwrap();
    vault.destroy(&[elsewhere], DecisionId::from_uuid(id(6)), Timestamp::from_micros(0)).unwrap();
    assert_eq!(vault.get(elsewhere).unwrap(), KeyState::Tombstoned { at: noon(), decision: decision() });
}

#[test]
fn no_key_is_handed_out_twice_not_even_after_a_kill() {
    let (_folder, path) = folder();
    let mut seen = BTreeSet::new();
    for generation in 1..=3 {
        let vault = Vault::open(&path, master(1)).unwrap();
        assert_eq!(vault.generation(), generation);
        for _ in 0..600 {
            let (id, _) = vault.take().unwrap();
            assert!(seen.insert(id), "handed out twice");
        }
        // A killed process closes nothing.
        std::mem::forget(vault);
    }
    let vault = Vault::open(&path, master(1)).unwrap();
    assert!(seen.iter().all(|id| is_known(&vault, *id)), "every key was durable before it was used");
}

#[test]
fn a_key_is_durable_before_it_is_handed_out() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let elsewhere = Connection::open(&path).unwrap();
    for _ in 0..700 {
        let id = vault.take().unwrap().0;
        let sql = "SELECT count(*) FROM key WHERE id = ?1 AND generation = 1";
        let found: i64 = elsewhere.query_row(sql, [id.as_uuid().as_bytes()], |row| row.get(0)).unwrap();
        assert_eq!(found, 1);
    }
}

#[test]
fn many_threads_get_different_keys() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let seen = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..300).for_each(|_| assert!(lock(&seen).insert(vault.take().unwrap().0))));
        }
    });
    assert_eq!(lock(&seen).len(), 2400);
}

/// Randomness that can dry up.
struct Well(AtomicBool);

impl Entropy for Well {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        if self.0.load(Ordering::SeqCst) { SystemEntropy.fill(bytes) } else { Err(NoEntropy) }
    }
}

#[test]
fn a_dry_pool_says_why_and_recovers() {
    let (_folder, path) = folder();
    let well = Arc::new(Well(AtomicBool::new(true)));
    let vault = Vault::open_with(&path, master(1), Arc::<Well>::clone(&well)).unwrap();
    well.0.store(false, Ordering::SeqCst);
    let taken = (0..1000).map_while(|_| vault.take().ok()).count();
    assert!((256..1000).contains(&taken), "the pool ran dry after {taken}");
    assert_eq!(vault.take().unwrap_err(), VaultFault::NoEntropy(NoEntropy));
    well.0.store(true, Ordering::SeqCst);
    // A refill that began before may still answer with the old fault once.
    assert!(vault.take().or_else(|_| vault.take()).is_ok());
}

#[test]
fn another_file_a_newer_vault_and_a_damaged_one_are_refused_untouched() {
    let (_folder, path) = folder();
    let refuse = |path: &Path| {
        let before = std::fs::read(path).unwrap();
        let fault = Vault::open(path, master(1)).unwrap_err();
        assert_eq!(std::fs::read(path).unwrap(), before, "{fault}");
        fault
    };
    std::fs::write(&path, b"no database at all, but long enough to be looked at as if it were one. ".repeat(40))
        .unwrap();
    assert_eq!(refuse(&path), VaultFault::NotAVault { path: path.clone() });
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (a)").unwrap();
    assert_eq!(refuse(&path), VaultFault::NotAVault { path: path.clone() });
    std::fs::remove_file(&path).unwrap();
    Vault::open(&path, master(1)).unwrap().close().unwrap();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 3).unwrap();
    assert_eq!(refuse(&path), VaultFault::Newer { path: path.clone(), found: 3, known: 2 });
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 2; DROP TABLE setting").unwrap();
    assert!(matches!(Vault::open(&path, master(1)), Err(VaultFault::Damaged { .. } | VaultFault::Other { .. })));
}

#[test]
fn a_stored_key_that_was_changed_is_damage_and_not_erased() {
    let (_folder, path) = folder();
    let vault = Vault::open(&path, master(1)).unwrap();
    let (one, other) = (vault.take().unwrap().0, vault.take().unwrap().0);
    vault.close().unwrap();
    let swap = "UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE id = ?2) WHERE id = ?1";
    let file = Connection::open(&path).unwrap();
    file.execute(swap, [one.as_uuid().as_bytes(), other.as_uuid().as_bytes()]).unwrap();
    let vault = Vault::open(&path, master(1)).unwrap();
    assert!(matches!(vault.get(one), Err(VaultFault::Damaged { .. })));
    assert!(is_known(&vault, other));
}

#[test]
fn a_folder_that_is_not_there_and_a_full_disk_have_clear_words() {
    let (folder, path) = folder();
    let nowhere = folder.path().join("nowhere").join("vault.db");
    assert!(matches!(Vault::open(&nowhere, master(1)), Err(VaultFault::Unwritable { .. })));
    let vault = Vault::open(&path, master(1)).unwrap();
    let id = vault.take().unwrap().0;
    {
        let writer = lock(&vault.inner.writer);
        let pages: i64 = writer.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        writer.connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    }
    let fault = loop {
        if let Err(fault) = vault.take() {
            break fault;
        }
    };
    assert_eq!(fault, VaultFault::Full { path: path.clone() });
    assert!(fault.to_string().contains("free some space"));
    assert!(is_known(&vault, id), "what is there can still be read");
    lock(&vault.inner.writer).connection.execute_batch("PRAGMA max_page_count = 100000").unwrap();
    assert!(vault.take().or_else(|_| vault.take()).is_ok(), "and it goes on when there is room again");
}

#[test]
fn a_vault_that_may_only_be_read_is_refused() {
    let (_folder, path) = folder();
    Vault::open(&path, master(1)).unwrap().close().unwrap();
    let read_only = Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let error = read_only.execute("DELETE FROM setting", []).unwrap_err();
    assert!(matches!(file::fault(&path, &error), VaultFault::Unwritable { .. }));
}

#[test]
fn a_copy_is_whole_and_knows_its_history_and_the_vault_moves_on() {
    let (folder, path) = folder();
    let vault = paired(&path);
    let (kept, gone) = (vault.take().unwrap().0, vault.take().unwrap().0);
    vault.destroy(&[gone], decision(), noon()).unwrap();
    vault.note_head(mark(9));
    let mark = mark(5);
    let copy = folder.path().join("copy.db");
    vault.backup_to(&copy, Some(&mark)).unwrap();
    assert_eq!(vault.generation(), 2, "a key made from now on is not in the copy, and that can be noticed");
    assert!(matches!(vault.backup_to(&copy, None), Err(VaultFault::Unwritable { .. })), "a copy is never overwritten");
    let restored = Vault::open(&copy, master(1)).unwrap();
    assert!(is_known(&restored, kept));
    assert!(matches!(restored.get(gone).unwrap(), KeyState::Tombstoned { .. }));
    assert_eq!(restored.noted_head(), Some(mark));
    let history = HistorySide { is_empty: false, at_mark: Some(Digest([5; 32])), generation: Some(2) };
    let older = VaultFault::VaultOlder { path: copy, found: 1, noted: 2 };
    assert_eq!(restored.compare(history), Err(older));
    assert_eq!(restored.compare(HistorySide { generation: Some(1), ..history }), Ok(()));
}

#[test]
fn a_copy_that_fails_leaves_nothing_in_the_way_of_the_next() {
    let (folder, path) = folder();
    let vault = paired(&path);
    let kept = vault.take().unwrap().0;
    let copy = folder.path().join("copy.db");
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    // The mark is written into the copy after the keys.
    let impossible =
        HeadMark { stream: "case-1".parse().unwrap(), revision: Revision::new(u64::MAX), hash: Digest([5; 32]) };
    vault.backup_to(&copy, Some(&impossible)).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "half a vault is no vault");
    // As after a crash halfway.
    std::fs::write(folder.path().join("copy.db.part"), b"half").unwrap();
    vault.backup_to(&copy, None).unwrap();
    assert!(is_known(&Vault::open(&copy, master(1)).unwrap(), kept));
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains(".part")));
}

#[test]
fn what_was_noted_is_there_at_the_next_start_and_an_older_or_other_history_is_noticed() {
    let (_folder, path) = folder();
    let mark = mark(5);
    let vault = paired(&path);
    vault.note_head(mark.clone());
    vault.close().unwrap();
    let vault = Vault::open(&path, master(1)).unwrap();
    assert_eq!(vault.noted_head(), Some(mark.clone()));
    let same = HistorySide { is_empty: false, at_mark: Some(Digest([5; 32])), generation: Some(1) };
    assert_eq!(vault.compare(same), Ok(()));
    let older = Err(VaultFault::HistoryOlder { stream: mark.stream, revision: mark.revision });
    assert_eq!(vault.compare(HistorySide { at_mark: None, ..same }), older);
    assert_eq!(vault.compare(HistorySide { is_empty: true, at_mark: None, ..same }), older);
    let other = Err(VaultFault::OtherHistory { path: path.clone() });
    assert_eq!(vault.compare(HistorySide { at_mark: Some(Digest([6; 32])), ..same }), other);
}

#[test]
fn a_vault_that_still_notes_a_position_is_taken_over_with_its_keys() {
    let (_folder, path) = folder();
    let vault = paired(&path);
    let (kept, gone) = (vault.take().unwrap().0, vault.take().unwrap().0);
    vault.destroy(&[gone], decision(), noon()).unwrap();
    vault.close().unwrap();
    let as_before = "DROP TABLE head_note;
        CREATE TABLE head_mark (
            only     INTEGER PRIMARY KEY CHECK (only = 1),
            source   TEXT    NOT NULL,
            position INTEGER NOT NULL,
            hash     BLOB    NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        INSERT INTO head_mark VALUES (1, 's', 5, zeroblob(32));
        PRAGMA user_version = 1;";
    Connection::open(&path).unwrap().execute_batch(as_before).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Vault::open(&path, master(2)), Err(VaultFault::WrongMasterKey { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before, "a wrong key changes nothing");
    let vault = Vault::open(&path, master(1)).unwrap();
    assert_eq!(vault.noted_head(), None, "a position means nothing to another engine");
    assert!(is_known(&vault, kept) && !is_known(&vault, gone));
    let history = HistorySide { is_empty: false, at_mark: None, generation: Some(1) };
    assert_eq!(vault.compare(history), Ok(()), "it is still paired");
    vault.note_head(mark(5));
    vault.close().unwrap();
    assert_eq!(Vault::open(&path, master(1)).unwrap().noted_head(), Some(mark(5)));
}

#[test]
fn a_history_without_its_vault_is_noticed_at_every_start() {
    let (_folder, path) = folder();
    let lost = Err(VaultFault::VaultLost { path: path.clone() });
    let history = HistorySide { is_empty: false, at_mark: None, generation: None };
    for _ in 0..3 {
        let vault = Vault::open(&path, master(1)).unwrap();
        assert_eq!(vault.compare(history), lost);
        assert_eq!(vault.compare(HistorySide { generation: Some(1), ..history }), lost);
    }
    let vault = Vault::open(&path, master(1)).unwrap();
    assert_eq!(vault.compare(HistorySide { is_empty: true, ..history }), Ok(()), "both are new");
    vault.close().unwrap();
    assert_eq!(Vault::open(&path, master(1)).unwrap().compare(history), Ok(()), "they belong together from then on");
}

#[test]
fn a_first_start_that_was_killed_can_be_made_again_and_a_vault_that_was_used_takes_no_empty_history() {
    let (_folder, path) = folder();
    let empty = HistorySide { is_empty: true, at_mark: None, generation: None };
    // Killed before the history noted the vault.
    std::mem::forget(paired(&path));
    std::mem::forget(paired(&path));
    // Killed after, before the vault heard of it.
    let vault = Vault::open(&path, master(1)).unwrap();
    assert_eq!(vault.compare(HistorySide { is_empty: false, at_mark: None, generation: Some(2) }), Ok(()));
    vault.noted_by_history().unwrap();
    vault.close().unwrap();
    let vault = Vault::open(&path, master(1)).unwrap();
    assert_eq!(vault.compare(empty), Err(VaultFault::HistoryLost { path: path.clone() }));
    assert_eq!(vault.compare(HistorySide { is_empty: false, generation: Some(3), ..empty }), Ok(()));
}

#[test]
fn a_head_that_is_kept_outlives_a_kill() {
    let (_folder, path) = folder();
    let vault = paired(&path);
    vault.note_head(mark(5));
    vault.keep_head().unwrap();
    vault.note_head(mark(6));
    std::mem::forget(vault);
    assert_eq!(Vault::open(&path, master(1)).unwrap().noted_head(), Some(mark(5)));
}

#[test]
fn a_copy_holds_nobody_up_who_needs_keys_and_has_every_key_of_its_generation() {
    let (folder, path) = folder();
    let vault = paired(&path);
    let ended = vault.next_generation().unwrap();
    assert_eq!((ended, vault.generation()), (1, 2));
    let late = {
        // As while pages are copied.
        let _copying = lock(&vault.inner.copying);
        let taken: Vec<KeyId> = (0..600).map(|_| vault.take().unwrap().0).collect();
        *taken.last().unwrap()
    };
    {
        let _writing = lock(&vault.inner.writer);
        assert_eq!(vault.generation(), 2, "who asks for readiness waits for no disk");
    }
    let copy = folder.path().join("copy.db");
    vault.copy_to(&copy, ended, Some(&mark(5))).unwrap();
    let restored = Vault::open(&copy, master(1)).unwrap();
    assert!(is_known(&restored, late));
    let history = HistorySide { is_empty: false, at_mark: Some(Digest([5; 32])), generation: Some(1) };
    assert_eq!(restored.compare(history), Ok(()));
    let older = restored.compare(HistorySide { generation: Some(2), ..history }).unwrap_err();
    assert!(matches!(older, VaultFault::VaultOlder { found: 1, noted: 2, .. }), "{older}");
}

#[test]
fn a_look_finds_a_file_that_is_gone_or_older() {
    let (folder, path) = folder();
    let older = folder.path().join("older.db");
    let vault = Vault::open(&path, master(1)).unwrap();
    vault.backup_to(&older, None).unwrap();
    vault.look().unwrap();
    std::fs::remove_file(&path).unwrap();
    let gone = vault.look().unwrap_err();
    assert!(gone.to_string().contains("is gone"), "{gone}");
    std::fs::copy(&older, &path).unwrap();
    for log in ["vault.db-wal", "vault.db-shm"] {
        std::fs::remove_file(folder.path().join(log)).unwrap();
    }
    let other = vault.look().unwrap_err();
    assert!(other.to_string().contains("an older file took its place"), "{other}");
    std::fs::write(&path, "no database").unwrap();
    assert!(vault.look().is_err());
}

#[test]
fn a_look_tells_that_no_keys_can_be_made_and_when_they_can_again() {
    let (_folder, path) = folder();
    let well = Arc::new(Well(AtomicBool::new(true)));
    let vault = Vault::open_with(&path, master(1), Arc::<Well>::clone(&well)).unwrap();
    well.0.store(false, Ordering::SeqCst);
    while vault.take().is_ok() {}
    assert_eq!(vault.look(), Err(VaultFault::NoEntropy(NoEntropy)));
    well.0.store(true, Ordering::SeqCst);
    // Nobody takes a key meanwhile: a node that is not ready is asked for nothing.
    while vault.look().is_err() {
        std::thread::yield_now();
    }
    assert!(vault.take().is_ok());
}

#[tokio::test]
async fn the_pair_is_checked_against_the_event_itself() {
    let (_folder, path) = folder();
    let store = MemoryStore::at(noon());
    let batch = (0..3).map(|_| ids(1)()).map(|id| NewEvent {
        id,
        outer_type: "X".to_owned(),
        version: 1,
        metadata: Vec::new(),
        data: Vec::new(),
        command: None,
    });
    store.append(&stream(1), Expected::NoStream, batch.collect()).await.unwrap();
    let (revision, hash) = store.stream_head(&stream(1)).await.unwrap().unwrap();
    let vault = paired(&path);
    vault.note_head(HeadMark { stream: stream(1), revision, hash });
    vault.close().unwrap();
    let vault = Vault::open(&path, master(1)).unwrap();
    check_pair(&vault, &store, Some(1)).await.unwrap();
    store.spoil(|all| drop(all.pop()));
    let older = check_pair(&vault, &store, Some(1)).await.unwrap_err();
    assert!(matches!(older, PairFault::Vault(VaultFault::HistoryOlder { revision: older, .. }) if older == revision));
}
