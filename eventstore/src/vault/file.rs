//! The vault's own `SQLite` file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::ids::Revision;
use domain::time::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, params};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{DecisionId, HeadMark, KeyState, Pairing, VaultFault};
use crate::key::{self, Entropy, Key, KeyId, MasterKey};
use crate::port::Digest;
use crate::seal::{self, NONCE_LENGTH};

const APPLICATION_ID: i64 = 0x5250_5456;
const FORM: i64 = 2;
const SCHEMA: &str = concat!(include_str!("schema.sql"), include_str!("head_note.sql"));
/// Makes a vault of the first form one of the second.
const SECOND_FORM: &str = concat!(include_str!("second_form.sql"), include_str!("head_note.sql"));
const FIND: &str = include_str!("find.sql");
const MARK: &str = include_str!("mark.sql");

/// Names the form of a wrapped key.
pub const WRAP_FORMAT: &str = "rustpunt/vault/1";

/// What the check value holds: it opens only under the right master key.
const CHECK: &[u8] = b"rustpunt vault check";
const CHECK_NAME: &str = "check";
const GENERATION: &str = "generation";
/// Whether a history was ever found to belong to this vault: 0 for none, 2 for one that may not know it yet, 1 for one that does.
const PAIRED: &str = "paired";
const PAIRING_BEGUN: i64 = 2;

pub(super) fn fault(path: &Path, error: &rusqlite::Error) -> VaultFault {
    let (path, what) = (path.to_owned(), error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => VaultFault::Full { path },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            VaultFault::Unwritable { path, what }
        }
        Some(ErrorCode::NotADatabase) => VaultFault::NotAVault { path },
        Some(ErrorCode::DatabaseCorrupt) => VaultFault::Damaged { path, what },
        _ => VaultFault::Other { path, what },
    }
}

fn damaged(path: &Path, what: &str) -> VaultFault {
    VaultFault::Damaged { path: path.to_owned(), what: what.to_owned() }
}

fn io_fault(path: &Path, error: &std::io::Error) -> VaultFault {
    let (path, what) = (path.to_owned(), error.to_string());
    if error.kind() == std::io::ErrorKind::StorageFull {
        VaultFault::Full { path }
    } else {
        VaultFault::Unwritable { path, what }
    }
}

/// Opens for writing; makes a new vault where there is none. A file of another kind is not touched.
pub(super) fn open(path: &Path, master: &MasterKey, entropy: &dyn Entropy) -> Result<Connection, VaultFault> {
    if !path.exists() {
        key::write_new(path, b"").map_err(|error| io_fault(path, &error))?;
    }
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let found = recognise(path, &connection)?;
    let failed = |error| fault(path, &error);
    connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    connection.pragma_update(None, "secure_delete", "ON").map_err(failed)?;
    if found == Found::Nothing {
        create(path, &connection, master, entropy)?;
    }
    check_master(path, &connection, master)?;
    if found == Found::FirstForm {
        let transaction = connection.unchecked_transaction().map_err(failed)?;
        transaction.execute_batch(SECOND_FORM).and_then(|()| transaction.commit()).map_err(failed)?;
    }
    Ok(connection)
}

pub(super) fn reader(path: &Path) -> Result<Connection, VaultFault> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Reads the file as a start does. What was opened had this generation, or an earlier one.
pub(super) fn look(path: &Path, generation: u64) -> Result<(), VaultFault> {
    if !path.exists() {
        let what = "its file is gone: stop the server, and put the vault back".to_owned();
        return Err(VaultFault::Other { path: path.to_owned(), what });
    }
    let connection = reader(path)?;
    recognise(path, &connection)?;
    if self::generation(path, &connection)? < generation {
        let what = "an older file took its place while it was in use: stop the server, and put the newest vault back";
        return Err(VaultFault::Other { path: path.to_owned(), what: what.to_owned() });
    }
    let newest = "SELECT wrapped FROM key ORDER BY made DESC LIMIT 1";
    connection.query_row(newest, [], |_| Ok(())).map_err(|error| fault(path, &error))
}

fn connect(path: &Path, mode: OpenFlags) -> Result<Connection, VaultFault> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| fault(path, &error))?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(|error| fault(path, &error))?;
    Ok(connection)
}

/// What is there to open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// An empty file.
    Nothing,
    /// A vault that still notes positions.
    FirstForm,
    /// A vault as this release makes it.
    Vault,
}

/// What the file is. Refuses what is not a vault, before anything is written to it.
fn recognise(path: &Path, connection: &Connection) -> Result<Found, VaultFault> {
    let read =
        |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| fault(path, &error));
    let tables = read("SELECT count(*) FROM sqlite_schema")?;
    let (application, form) = (read("PRAGMA application_id")?, read("PRAGMA user_version")?);
    match (application, tables, form) {
        (0, 0, 0) => Ok(Found::Nothing),
        (APPLICATION_ID, _, 1) => Ok(Found::FirstForm),
        (APPLICATION_ID, _, FORM) => Ok(Found::Vault),
        (APPLICATION_ID, _, found) if found > FORM => {
            Err(VaultFault::Newer { path: path.to_owned(), found, known: FORM })
        }
        (APPLICATION_ID, ..) => Err(damaged(path, "unknown form")),
        _ => Err(VaultFault::NotAVault { path: path.to_owned() }),
    }
}

fn create(path: &Path, connection: &Connection, master: &MasterKey, entropy: &dyn Entropy) -> Result<(), VaultFault> {
    let failed = |error| fault(path, &error);
    let check = wrap(master, CHECK_NAME.as_bytes(), CHECK, entropy)?;
    let transaction = connection.unchecked_transaction().map_err(failed)?;
    transaction.execute_batch(SCHEMA).map_err(failed)?;
    let insert = "INSERT INTO setting (name, value) VALUES (?1, ?2)";
    transaction.execute(insert, params![CHECK_NAME, check]).map_err(failed)?;
    transaction.execute(insert, params![GENERATION, 0]).map_err(failed)?;
    transaction.execute(insert, params![PAIRED, 0]).map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn check_master(path: &Path, connection: &Connection, master: &MasterKey) -> Result<(), VaultFault> {
    let check: Vec<u8> = setting(path, connection, CHECK_NAME)?;
    match unwrap(master, CHECK_NAME.as_bytes(), &check) {
        Some(opened) if *opened == CHECK => Ok(()),
        _ => Err(VaultFault::WrongMasterKey { path: path.to_owned() }),
    }
}

fn setting<T: rusqlite::types::FromSql>(path: &Path, connection: &Connection, name: &str) -> Result<T, VaultFault> {
    let found = connection.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0));
    match found {
        Ok(value) => Ok(value),
        Err(rusqlite::Error::QueryReturnedNoRows | rusqlite::Error::InvalidColumnType(..)) => {
            Err(damaged(path, "a setting is missing"))
        }
        Err(error) => Err(fault(path, &error)),
    }
}

pub(super) fn generation(path: &Path, connection: &Connection) -> Result<u64, VaultFault> {
    let stored: i64 = setting(path, connection, GENERATION)?;
    u64::try_from(stored).map_err(|_| damaged(path, "its generation is negative"))
}

pub(super) fn set_generation(path: &Path, connection: &Connection, generation: u64) -> Result<(), VaultFault> {
    set(path, connection, GENERATION, number(path, generation)?)
}

pub(super) fn pairing(path: &Path, connection: &Connection) -> Result<Pairing, VaultFault> {
    Ok(match setting::<i64>(path, connection, PAIRED)? {
        0 => Pairing::None,
        PAIRING_BEGUN => Pairing::Begun,
        _ => Pairing::Done,
    })
}

pub(super) fn set_pairing(path: &Path, connection: &Connection, pairing: Pairing) -> Result<(), VaultFault> {
    let stored = match pairing {
        Pairing::None => 0,
        Pairing::Begun => PAIRING_BEGUN,
        Pairing::Done => 1,
    };
    set(path, connection, PAIRED, stored)
}

fn set(path: &Path, connection: &Connection, name: &str, value: i64) -> Result<(), VaultFault> {
    let update = "UPDATE setting SET value = ?2 WHERE name = ?1";
    connection.execute(update, params![name, value]).map(drop).map_err(|error| fault(path, &error))
}

fn number(path: &Path, generation: u64) -> Result<i64, VaultFault> {
    i64::try_from(generation).map_err(|_| damaged(path, "its generation is out of range"))
}

pub(super) fn store_keys(
    path: &Path,
    connection: &mut Connection,
    master: &MasterKey,
    entropy: &dyn Entropy,
    generation: u64,
    keys: &[(KeyId, Key)],
) -> Result<(), VaultFault> {
    let failed = |error| fault(path, &error);
    let transaction = connection.transaction().map_err(failed)?;
    set_generation(path, &transaction, generation)?;
    {
        let sql = "INSERT INTO key (id, generation, epoch, wrapped) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = transaction.prepare(sql).map_err(failed)?;
        for (id, key) in keys {
            let id = id.as_uuid();
            let wrapped = wrap(master, id.as_bytes(), key.as_bytes(), entropy)?;
            insert
                .execute(params![id.as_bytes(), number(path, generation)?, master.epoch(), wrapped])
                .map_err(failed)?;
        }
    }
    transaction.commit().map_err(failed)
}

pub(super) fn find(
    path: &Path,
    connection: &Connection,
    master: &MasterKey,
    id: KeyId,
) -> Result<KeyState, VaultFault> {
    type Row = (Option<i64>, Option<[u8; 16]>, Option<u32>, Option<Vec<u8>>);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let row: Row = connection
        .prepare_cached(FIND)
        .and_then(|mut find| find.query_row([id.as_uuid().as_bytes()], read))
        .map_err(|error| fault(path, &error))?;
    let (epoch, wrapped) = match row {
        (Some(at), Some(decision), ..) => {
            let decision = DecisionId::from_uuid(Uuid::from_bytes(decision));
            return Ok(KeyState::Tombstoned { at: Timestamp::from_micros(at), decision });
        }
        (_, _, Some(epoch), Some(wrapped)) => (epoch, wrapped),
        _ => return Ok(KeyState::Missing),
    };
    if epoch != master.epoch() {
        return Err(damaged(path, "a key was wrapped under a master key of another epoch"));
    }
    unwrap(master, id.as_uuid().as_bytes(), &wrapped)
        .and_then(|bytes| Key::from_slice(&bytes))
        .map(KeyState::Known)
        .ok_or_else(|| damaged(path, "a stored key does not unwrap"))
}

pub(super) fn destroy(
    path: &Path,
    connection: &mut Connection,
    keys: &[KeyId],
    decision: DecisionId,
    at: Timestamp,
) -> Result<(), VaultFault> {
    let failed = |error| fault(path, &error);
    let transaction = connection.transaction().map_err(failed)?;
    for id in keys {
        let id = id.as_uuid();
        // Same length, so the row is overwritten where it stands.
        let overwrite = "UPDATE key SET wrapped = zeroblob(60) WHERE id = ?1";
        transaction.execute(overwrite, [id.as_bytes()]).map_err(failed)?;
        let bury = "INSERT INTO tombstone (id, recorded_at, decision) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING";
        let (id, decision) = (id.as_bytes(), decision.as_uuid());
        transaction.execute(bury, params![id, at.micros(), decision.as_bytes()]).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    let held: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(failed)?;
    if held == 0 { Ok(()) } else { Err(VaultFault::NotForgottenYet { path: path.to_owned() }) }
}

pub(super) fn head_mark(path: &Path, connection: &Connection) -> Result<Option<HeadMark>, VaultFault> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get(2)?));
    let found = connection
        .query_row("SELECT stream, revision, hash FROM head_note", [], read)
        .optional()
        .map_err(|error| fault(path, &error))?;
    let Some((stream, revision, hash)) = found else { return Ok(None) };
    let stream = stream.parse().map_err(|_| damaged(path, "its note names no stream"))?;
    let revision = u64::try_from(revision).map_err(|_| damaged(path, "a revision is negative"))?;
    Ok(Some(HeadMark { stream, revision: Revision::new(revision), hash: Digest(hash) }))
}

pub(super) fn store_head(path: &Path, connection: &Connection, mark: &HeadMark) -> Result<(), VaultFault> {
    let revision = i64::try_from(mark.revision.number()).map_err(|_| damaged(path, "a revision is out of range"))?;
    let note = params![mark.stream.as_str(), revision, mark.hash.0];
    connection.execute(MARK, note).map(drop).map_err(|error| fault(path, &error))
}

/// Copies the vault into a new file and writes into the copy of which generation it is and which head of the history it goes with.
/// The copy gets its name when it is complete: one that failed leaves nothing in the way of the next.
pub(super) fn copy(
    path: &Path,
    connection: &Connection,
    copy: &Path,
    generation: u64,
    head: Option<&HeadMark>,
) -> Result<(), VaultFault> {
    if copy.exists() {
        return Err(io_fault(copy, &std::io::ErrorKind::AlreadyExists.into()));
    }
    let draft = beside(copy, ".part");
    remove_draft(&draft);
    let placed = fill(path, connection, &draft, generation, head).and_then(|()| {
        let placed = key::put_in_place(&draft, copy).and_then(|()| key::sync_folder_of(copy));
        placed.map_err(|error| io_fault(copy, &error))
    });
    remove_draft(&draft);
    placed
}

fn fill(
    path: &Path,
    connection: &Connection,
    draft: &Path,
    generation: u64,
    head: Option<&HeadMark>,
) -> Result<(), VaultFault> {
    let failed = |error| fault(draft, &error);
    key::write_new(draft, b"").map_err(|error| io_fault(draft, &error))?;
    let mut target = connect(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let done = Backup::new(connection, &mut target).and_then(|backup| backup.step(-1)).map_err(failed)?;
    if done != StepResult::Done {
        return Err(VaultFault::Other { path: path.to_owned(), what: "the copy could not be finished".to_owned() });
    }
    target.pragma_update(None, "journal_mode", "DELETE").map_err(failed)?;
    set_generation(draft, &target, generation)?;
    target.execute("DELETE FROM head_note", []).map_err(failed)?;
    head.map_or(Ok(()), |mark| store_head(draft, &target, mark))?;
    target.close().map_err(|(_, error)| failed(error))?;
    std::fs::File::open(draft).and_then(|file| file.sync_all()).map_err(|error| io_fault(draft, &error))
}

/// With what `SQLite` puts beside it: a journal left behind would be played into the next draft. Nothing is lost if one stays.
fn remove_draft(draft: &Path) {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(draft, suffix));
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// What a wrapped key is bound to: the format, the key's id, the epoch of the master key (u32, big-endian), each length-prefixed.
#[must_use]
pub fn wrap_associated_data(id: &[u8], epoch: u32) -> Vec<u8> {
    seal::length_prefixed([WRAP_FORMAT.as_bytes(), id, &epoch.to_be_bytes()])
}

/// Nonce, ciphertext and tag in one.
fn wrap(master: &MasterKey, id: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>, VaultFault> {
    let mut nonce = [0; NONCE_LENGTH];
    entropy.fill(&mut nonce)?;
    let sealed = seal::encrypt(master.key(), nonce, plain, &wrap_associated_data(id, master.epoch()));
    Ok([nonce.as_slice(), &sealed.unwrap_or_default()].concat())
}

fn unwrap(master: &MasterKey, id: &[u8], wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_LENGTH>()?;
    seal::decrypt(master.key(), *nonce, sealed, &wrap_associated_data(id, master.epoch()))
}
