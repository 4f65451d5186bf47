//! What waits to be sent, in a small file of its own: names of receivers, ids and moments, nothing about anybody. A command line may look
//! and ask for another try while a node works on it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::{CaseId, EventId};
use domain::time::Timestamp;
use eventstore::port::Position;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};
use uuid::Uuid;

use super::fate::Fate;
use super::letter::{Kind, Letter};
use super::mark::Mark;

/// The name of the file in the folder of a node.
pub const OUTBOX: &str = "webhooks.db";

/// The file of what waits cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "what waits to be sent in {path} cannot be used ({error}): check room and rights; or remove the file, and send again what was told since \
     a moment (`rustpunt webhooks replay --since`)"
)]
pub struct OutboxFault {
    path: String,
    error: rusqlite::Error,
}

/// A letter that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Waiting {
    pub letter: Letter,
    /// How often it was tried.
    pub tries: u32,
}

/// A letter that is not tried again by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeadLetter {
    /// For whom.
    pub receiver: String,
    /// Its number among everything that is sent.
    pub number: i64,
    /// The fact it is about.
    pub event: EventId,
    /// What it says of it.
    pub kind: Kind,
    /// How often it was tried.
    pub tries: u32,
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub why: String,
}

/// How one receiver stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Its name.
    pub receiver: String,
    /// How many letters wait.
    pub waiting: u64,
    /// How many are dead.
    pub dead: u64,
}

/// Which dead letters are meant; all when nothing is said.
#[derive(Clone, Default, Debug)]
pub struct Which {
    /// Of this receiver only.
    pub receiver: Option<String>,
    /// About this fact only.
    pub event: Option<EventId>,
}

/// The file.
pub struct Outbox {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Outbox {
    /// Opens the file, and makes it when there is none. Blocks for as long as the disk takes, as does everything here.
    ///
    /// # Errors
    /// When the file cannot be made or is another one.
    pub fn open(path: &Path) -> Result<Self, OutboxFault> {
        let opened = || {
            let connection = Connection::open(path)?;
            connection.execute_batch(include_str!("schema.sql"))?;
            Ok(connection)
        };
        let connection = opened().map_err(|error| failed(path, error))?;
        Ok(Self { path: path.to_path_buf(), connection: Mutex::new(connection) })
    }

    /// How every receiver stands that was ever configured.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standings(&self) -> Result<Vec<Standing>, OutboxFault> {
        self.with(|connection| {
            let sql = "SELECT receiver, \
                (SELECT count(*) FROM letter WHERE letter.receiver = follower.receiver AND dead_since IS NULL), \
                (SELECT count(*) FROM letter WHERE letter.receiver = follower.receiver AND dead_since IS NOT NULL) \
                FROM follower ORDER BY receiver";
            let standing = |row: &Row<'_>| {
                let (waiting, dead) = (row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, i64>(2)?.cast_unsigned());
                Ok(Standing { receiver: row.get(0)?, waiting, dead })
            };
            connection.prepare(sql)?.query_map([], standing)?.collect()
        })
    }

    /// Letters that nobody took, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dead(&self) -> Result<Vec<DeadLetter>, OutboxFault> {
        self.with(|connection| {
            let sql = "SELECT receiver, number, event_id, kind, tries, dead_since, why FROM letter \
                WHERE dead_since IS NOT NULL ORDER BY receiver, number";
            connection.prepare(sql)?.query_map([], dead_letter)?.collect()
        })
    }

    /// Lets dead letters be tried again, as often as at first; says how many. Whoever sends looks within some seconds.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replay(&self, which: &Which) -> Result<usize, OutboxFault> {
        let event = which.event.map(|event| event.as_uuid().into_bytes());
        self.write(|transaction| {
            wake(transaction, which.receiver.as_deref())?;
            let sql = "UPDATE letter SET dead_since = NULL, why = NULL, tries = 0, due = 0 \
                WHERE dead_since IS NOT NULL AND (?1 IS NULL OR receiver = ?1) AND (?2 IS NULL OR event_id = ?2)";
            transaction.execute(sql, (&which.receiver, event))
        })
    }

    /// Lets everything that was recorded since a moment be sent again, whatever became of it; says to how many receivers. The history is
    /// read from its beginning for that, because letters are counted from there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replay_since(&self, receiver: Option<&str>, moment: Timestamp) -> Result<usize, OutboxFault> {
        self.write(|transaction| {
            wake(transaction, receiver)?;
            let sql = "UPDATE letter SET dead_since = NULL, why = NULL, tries = 0, due = 0 \
                WHERE dead_since IS NOT NULL AND (?1 IS NULL OR receiver = ?1) AND recorded >= ?2";
            transaction.execute(sql, (receiver, moment.micros()))?;
            let Mark { position, counted, quiet_to, quiet_before, last_recorded } = Mark::since(moment);
            let sql = "UPDATE follower SET position = ?2, counted = ?3, quiet_to = ?4, quiet_before = ?5, \
                last_recorded = ?6 WHERE ?1 IS NULL OR receiver = ?1";
            let places = (signed(position), counted, signed(quiet_to), quiet_before.micros(), last_recorded.micros());
            transaction.execute(sql, (receiver, places.0, places.1, places.2, places.3, places.4))
        })
    }

    /// Where to go on for a receiver: where it was, unless it is new, or the history is another one or ends before.
    pub(super) fn begin(
        &self,
        receiver: &str,
        source: &str,
        head: Position,
        last: Option<Timestamp>,
    ) -> Result<Mark, OutboxFault> {
        self.write(|transaction| {
            let begun = match stored(transaction, receiver)? {
                Some((found, mark)) if found == source && mark.position <= head => return Ok(mark),
                Some((_, mark)) => {
                    tracing::warn!(receiver, checkpoint = %mark.position, %head, "webhooks were sent of a history with other positions; what was recorded since is sent");
                    mark.elsewhere()
                }
                None => Mark::new(head, last),
            };
            let Mark { position, counted, quiet_to, quiet_before, last_recorded } = begun;
            let (position, quiet_to) = (signed(position), signed(quiet_to));
            let row = (receiver, source, position, counted, quiet_to, quiet_before.micros(), last_recorded.micros());
            transaction.execute(include_str!("begin.sql"), row)?;
            Ok(begun)
        })
    }

    /// How far the history was read for a receiver that was begun.
    pub(super) fn mark(&self, receiver: &str) -> Result<Mark, OutboxFault> {
        self.with(|connection| {
            stored(connection, receiver)?.map(|(_, mark)| mark).ok_or(rusqlite::Error::QueryReturnedNoRows)
        })
    }

    /// Takes in what is to be sent and how far was read, both or neither. Nothing when somebody moved the mark since `from`: then it is
    /// read once more.
    pub(super) fn take_in(
        &self,
        receiver: &str,
        from: &Mark,
        to: &Mark,
        letters: &[Letter],
    ) -> Result<(), OutboxFault> {
        self.write(|transaction| {
            let reached = (signed(to.position), to.counted, to.last_recorded.micros());
            let before = (signed(from.position), from.counted, signed(from.quiet_to), from.quiet_before.micros());
            let row = (receiver, reached.0, reached.1, reached.2, before.0, before.1, before.2, before.3);
            if transaction.execute(include_str!("go_on.sql"), row)? == 0 {
                return Ok(());
            }
            let mut put = transaction.prepare_cached(include_str!("put.sql"))?;
            for Letter { event, case, kind, number, recorded } in letters {
                let (event, case) = (event.as_uuid().into_bytes(), case.as_uuid().into_bytes());
                put.execute((receiver, event, number, case, kind.as_str(), recorded.micros()))?;
            }
            Ok(())
        })
    }

    /// What is to be tried now for a receiver: of each case the first that waits.
    pub(super) fn due(&self, receiver: &str, now: Timestamp, most: u32) -> Result<Vec<Waiting>, OutboxFault> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(include_str!("due.sql"))?;
            statement.query_map((receiver, now.micros(), most), waiting)?.collect()
        })
    }

    /// Notes what became of a letter at this moment.
    pub(super) fn settle(
        &self,
        receiver: &str,
        event: EventId,
        fate: &Fate,
        now: Timestamp,
    ) -> Result<(), OutboxFault> {
        let event = event.as_uuid().into_bytes();
        self.write(|transaction| match fate {
            Fate::Taken => {
                let sql = "DELETE FROM letter WHERE receiver = ?1 AND event_id = ?2";
                transaction.execute(sql, (receiver, event)).map(|_| ())
            }
            Fate::Again { at, rests_until, why } => {
                if let Some(rest) = rests_until {
                    let sql = "UPDATE follower SET rests_until = ?2 WHERE receiver = ?1";
                    transaction.execute(sql, (receiver, rest.micros()))?;
                }
                let sql = "UPDATE letter SET tries = tries + 1, due = ?3, why = ?4 WHERE receiver = ?1 AND event_id = ?2";
                transaction.execute(sql, (receiver, event, at.micros(), why)).map(|_| ())
            }
            Fate::Dead { why } => {
                let sql = "UPDATE letter SET tries = tries + 1, dead_since = ?3, why = ?4 WHERE receiver = ?1 AND event_id = ?2";
                transaction.execute(sql, (receiver, event, now.micros(), why)).map(|_| ())
            }
        })
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, OutboxFault> {
        work(&self.lock()).map_err(|error| failed(&self.path, error))
    }

    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, OutboxFault> {
        let written = || {
            let mut connection = self.lock();
            // Immediate: whoever reads first and writes then must not be overtaken by the command line in between.
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let found = work(&transaction)?;
            transaction.commit()?;
            Ok(found)
        };
        written().map_err(|error| failed(&self.path, error))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A transaction of a panicking thread was rolled back: what it left behind can be used.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An operator does not wait until a receiver has rested.
fn wake(transaction: &Transaction<'_>, receiver: Option<&str>) -> rusqlite::Result<usize> {
    transaction.execute("UPDATE follower SET rests_until = 0 WHERE ?1 IS NULL OR receiver = ?1", [receiver])
}

fn stored(connection: &Connection, receiver: &str) -> rusqlite::Result<Option<(String, Mark)>> {
    let sql =
        "SELECT source, position, counted, quiet_to, quiet_before, last_recorded FROM follower WHERE receiver = ?1";
    let mark = |row: &Row<'_>| {
        let mark = Mark {
            position: unsigned(row.get(1)?),
            counted: row.get(2)?,
            quiet_to: unsigned(row.get(3)?),
            quiet_before: Timestamp::from_micros(row.get(4)?),
            last_recorded: Timestamp::from_micros(row.get(5)?),
        };
        Ok((row.get(0)?, mark))
    };
    connection.query_row(sql, [receiver], mark).optional()
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let letter = Letter {
        event: EventId::from_uuid(uuid(row, 0)?),
        number: row.get(1)?,
        case: CaseId::from_uuid(uuid(row, 2)?),
        kind: kind(row, 3)?,
        recorded: Timestamp::from_micros(row.get(4)?),
    };
    Ok(Waiting { letter, tries: row.get(5)? })
}

fn dead_letter(row: &Row<'_>) -> rusqlite::Result<DeadLetter> {
    Ok(DeadLetter {
        receiver: row.get(0)?,
        number: row.get(1)?,
        event: EventId::from_uuid(uuid(row, 2)?),
        kind: kind(row, 3)?,
        tries: row.get(4)?,
        since: Timestamp::from_micros(row.get(5)?),
        why: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
    })
}

fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let word: String = row.get(column)?;
    Kind::kept_as(&word)
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(column, "kind".to_owned(), rusqlite::types::Type::Text))
}

const fn signed(position: Position) -> i64 {
    position.token().cast_signed()
}

const fn unsigned(token: i64) -> Position {
    Position::from_token(token.cast_unsigned())
}

fn failed(path: &Path, error: rusqlite::Error) -> OutboxFault {
    OutboxFault { path: path.display().to_string(), error }
}
