//! Drafts: what somebody is writing and has not recorded. They lie in a sealed local table outside the history, each with its author only,
//! for a short time; then the key is destroyed, so that nobody reads them who holds the file, or an older copy of it.
//!
//! A draft is named by the command under which it will be recorded, if it ever is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::{CommandId, EventId, Subject, WorkerId};
use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::{Key, KeyId, NoEntropy};
use crate::seal::{NONCE_LENGTH, Place, Sealed};
use crate::vault::{DecisionId, KeyState, Vault, VaultFault};

const SCHEMA: &str = include_str!("drafts/schema.sql");
const APPLICATION_ID: i64 = 0x5250_5444;
const FORM: i64 = 1;

/// The one decision by which keys of drafts are destroyed: that a draft lives no longer than its time.
pub const DRAFTS_END: DecisionId = DecisionId::from_uuid(Uuid::from_u128(0xd1af_7000_0000_4000_8000_0000_0000_0024));

/// Where the content of a draft is sealed, besides its id and author.
const POINTER: &str = "/draft";

/// A draft, opened for its author.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The command under which it will be recorded.
    pub id: CommandId,
    /// When it was begun.
    pub begun: Timestamp,
    /// The moment from which it is gone.
    pub until: Timestamp,
    /// What it holds.
    pub content: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("id", &self.id).field("until", &self.until).finish_non_exhaustive()
    }
}

/// The table of drafts is in trouble. Nothing of a draft stands in the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftsFault {
    /// Some other file, or one of a later release.
    #[error("{} is not a table of drafts that this release knows: look whether the path is right", path.display())]
    NotDrafts {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the drafts in {} cannot be used ({what}): look at the folder and its rights; nothing recorded is touched", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        what: String,
    },
    /// What was sealed does not open.
    #[error("a draft in {} is damaged: it ends with its time", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// The drafts of a node. Every call blocks for as long as the disk takes.
pub struct Drafts {
    path: PathBuf,
    vault: Arc<Vault>,
    connection: Mutex<Connection>,
    /// Those that are there: a command that is none of them waits for no disk.
    known: Mutex<BTreeSet<CommandId>>,
}

impl std::fmt::Debug for Drafts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drafts").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A thread that panicked while holding a lock left nothing half done that the next call does not finish.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A row as it stands.
struct Row {
    id: CommandId,
    key: KeyId,
    begun: Timestamp,
    until: Timestamp,
    sealed: Vec<u8>,
}

impl Drafts {
    /// Opens the table, or makes one in an empty file.
    ///
    /// # Errors
    /// When the file is another, or cannot be used.
    pub fn open(path: &Path, vault: Arc<Vault>) -> Result<Self, DraftsFault> {
        let failed = |error: rusqlite::Error| unusable(path, &error);
        let connection = Connection::open(path).map_err(failed)?;
        connection.busy_timeout(Duration::from_secs(5)).map_err(failed)?;
        connection.pragma_update(None, "secure_delete", "ON").map_err(failed)?;
        let read = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(failed);
        let tables = read("SELECT count(*) FROM sqlite_schema")?;
        match (read("PRAGMA application_id")?, tables, read("PRAGMA user_version")?) {
            (0, 0, 0) => connection.execute_batch(&format!("BEGIN; {SCHEMA} COMMIT;")).map_err(failed)?,
            (APPLICATION_ID, _, FORM) => {}
            _ => return Err(DraftsFault::NotDrafts { path: path.to_owned() }),
        }
        connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        let known = {
            let mut ids = connection.prepare("SELECT id FROM draft").map_err(failed)?;
            let ids = ids.query_map([], |row| row.get(0)).map_err(failed)?;
            ids.map(|id| Ok(command(id?))).collect::<Result<_, _>>().map_err(failed)?
        };
        Ok(Self { path: path.to_owned(), vault, connection: Mutex::new(connection), known: Mutex::new(known) })
    }

    /// Whether a draft of anybody has this name. Waits for no disk.
    #[must_use]
    pub fn holds(&self, id: CommandId) -> bool {
        lock(&self.known).contains(&id)
    }

    /// Begins a draft that lives until that moment. Durable when it returns.
    ///
    /// # Errors
    /// When it could not be sealed or stored.
    pub fn begin(
        &self,
        id: CommandId,
        author: WorkerId,
        content: &[u8],
        (now, until): (Timestamp, Timestamp),
    ) -> Result<(), DraftsFault> {
        let (key, opened) = self.vault.take()?;
        let sealed = self.seal((id, author), (key, &opened), content)?;
        let connection = lock(&self.connection);
        let insert = "INSERT INTO draft (id, author, key, begun_at, until, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (id_bytes, author, key) =
            (id.as_uuid().into_bytes(), author.as_uuid().into_bytes(), key.as_uuid().into_bytes());
        let row = params![id_bytes, author, key, now.micros(), until.micros(), sealed];
        connection.execute(insert, row).map_err(|error| self.unusable(&error))?;
        lock(&self.known).insert(id);
        Ok(())
    }

    /// Puts other content in a draft of this author; its time stays. `false` when there is none such: not theirs, over, or never there.
    ///
    /// # Errors
    /// When it could not be sealed or stored.
    pub fn rewrite(
        &self,
        id: CommandId,
        author: WorkerId,
        content: &[u8],
        now: Timestamp,
    ) -> Result<bool, DraftsFault> {
        let connection = lock(&self.connection);
        let find = "SELECT key FROM draft WHERE id = ?1 AND author = ?2 AND until > ?3";
        let named = params![id.as_uuid().into_bytes(), author.as_uuid().into_bytes(), now.micros()];
        let found = connection.query_row(find, named, |row| row.get(0)).optional();
        let Some(key) = found.map_err(|error| self.unusable(&error))?.map(key_of) else { return Ok(false) };
        let KeyState::Known(opened) = self.vault.get(key)? else { return Ok(false) };
        let sealed = self.seal((id, author), (key, &opened), content)?;
        let update = "UPDATE draft SET sealed = ?2 WHERE id = ?1";
        let changed = connection.execute(update, params![id.as_uuid().into_bytes(), sealed]);
        changed.map(|rows| rows == 1).map_err(|error| self.unusable(&error))
    }

    /// The drafts of this author that live at this moment, first begun first. One whose key is lost by a fault is left out: it ends with its
    /// time.
    ///
    /// # Errors
    /// When they cannot be read, or one does not open.
    pub fn of(&self, author: WorkerId, now: Timestamp) -> Result<Vec<Draft>, DraftsFault> {
        let rows = self.rows(author, now)?;
        let mut drafts = Vec::new();
        for Row { id, key, begun, until, sealed } in rows {
            let KeyState::Known(opened) = self.vault.get(key)? else {
                tracing::warn!(draft = %id, "the key of a draft is not in the vault");
                continue;
            };
            let damaged = || DraftsFault::Damaged { path: self.path.clone() };
            let sealed = Sealed::from_bytes(&sealed).map_err(|_| damaged())?;
            if sealed.key() != key || sealed.of() != Subject::Worker(author) {
                return Err(damaged());
            }
            let content = sealed.open(&opened, place(id)).map_err(|_| damaged())?;
            drafts.push(Draft { id, begun, until, content });
        }
        Ok(drafts)
    }

    /// How many drafts of this author live at this moment.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn count(&self, author: WorkerId, now: Timestamp) -> Result<usize, DraftsFault> {
        self.rows(author, now).map(|rows| rows.len())
    }

    /// Ends a draft of this author before its time: it is never shown again, and its key is destroyed. `false` when there is none such.
    ///
    /// # Errors
    /// When that could not be stored, or the key could not be destroyed: then it is not shown all the same, and
    /// [`Self::forget`] destroys it.
    pub fn discard(&self, id: CommandId, author: WorkerId, now: Timestamp) -> Result<bool, DraftsFault> {
        // Over from now on, whatever happens next.
        let end = "UPDATE draft SET until = 0 WHERE id = ?1 AND author = ?2 AND until > ?3";
        let named = params![id.as_uuid().into_bytes(), author.as_uuid().into_bytes(), now.micros()];
        let ended = lock(&self.connection).execute(end, named).map_err(|error| self.unusable(&error))?;
        if ended == 0 { Ok(false) } else { self.forget(now).map(|_| true) }
    }

    /// Destroys the keys of the drafts whose time is over at this moment, then the drafts. May be repeated; says how many there were.
    ///
    /// # Errors
    /// When it could not be finished: do it again. None of them is shown meanwhile.
    pub fn forget(&self, now: Timestamp) -> Result<usize, DraftsFault> {
        let connection = lock(&self.connection);
        let failed = |error: rusqlite::Error| self.unusable(&error);
        let over: Vec<(CommandId, KeyId)> = {
            let find = "SELECT id, key FROM draft WHERE until <= ?1";
            let mut find = connection.prepare_cached(find).map_err(failed)?;
            let rows = find.query_map([now.micros()], |row| Ok((command(row.get(0)?), key_of(row.get(1)?))));
            rows.and_then(Iterator::collect).map_err(failed)?
        };
        if over.is_empty() {
            return Ok(0);
        }
        let keys: Vec<KeyId> = over.iter().map(|(_, key)| *key).collect();
        self.vault.destroy(&keys, DRAFTS_END, now)?;
        for (id, _) in &over {
            let gone = connection.execute("DELETE FROM draft WHERE id = ?1", [id.as_uuid().into_bytes()]);
            gone.map_err(failed)?;
            lock(&self.known).remove(id);
        }
        let empty = "PRAGMA wal_checkpoint(TRUNCATE)";
        connection.query_row(empty, [], |row| row.get::<_, i64>(0)).map_err(failed)?;
        Ok(over.len())
    }

    fn rows(&self, author: WorkerId, now: Timestamp) -> Result<Vec<Row>, DraftsFault> {
        let connection = lock(&self.connection);
        let find =
            "SELECT id, key, begun_at, until, sealed FROM draft WHERE author = ?1 AND until > ?2 ORDER BY begun_at, id";
        let read = |row: &rusqlite::Row<'_>| {
            let (id, key) = (command(row.get(0)?), key_of(row.get(1)?));
            let (begun, until) = (Timestamp::from_micros(row.get(2)?), Timestamp::from_micros(row.get(3)?));
            Ok(Row { id, key, begun, until, sealed: row.get(4)? })
        };
        let named = params![author.as_uuid().into_bytes(), now.micros()];
        let mut find = connection.prepare_cached(find).map_err(|error| self.unusable(&error))?;
        let rows = find.query_map(named, read).and_then(Iterator::collect);
        rows.map_err(|error| self.unusable(&error))
    }

    fn seal(
        &self,
        (id, author): (CommandId, WorkerId),
        key: (KeyId, &Key),
        content: &[u8],
    ) -> Result<Vec<u8>, DraftsFault> {
        let mut nonce = [0; NONCE_LENGTH];
        self.vault.entropy().fill(&mut nonce)?;
        let sealed = Sealed::seal(content, Subject::Worker(author), key, nonce, place(id));
        let bytes = sealed.and_then(|sealed| sealed.to_bytes());
        bytes.map_err(|_| DraftsFault::Damaged { path: self.path.clone() })
    }

    fn unusable(&self, error: &rusqlite::Error) -> DraftsFault {
        unusable(&self.path, error)
    }
}

fn unusable(path: &Path, error: &rusqlite::Error) -> DraftsFault {
    DraftsFault::Unusable { path: path.to_owned(), what: error.to_string() }
}

/// A draft is sealed for its own id: moved to another row it does not open.
const fn place(id: CommandId) -> Place<'static> {
    Place { event: EventId::from_uuid(id.as_uuid()), pointer: POINTER }
}

const fn command(id: [u8; 16]) -> CommandId {
    CommandId::from_uuid(Uuid::from_bytes(id))
}

const fn key_of(id: [u8; 16]) -> KeyId {
    KeyId::from_uuid(Uuid::from_bytes(id))
}

#[cfg(test)]
mod tests;
