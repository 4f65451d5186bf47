//! The disposable index of one file of the trail. It says where to look; what is there is read from the trail itself. Whatever is wrong
//! with it, it is thrown away and made anew.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::Revision;
use domain::time::Timestamp;
use eventstore::port::{Digest, RecordedEvent, StreamName};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, named_params, params_from_iter};

use super::TrailFault;
use super::entry::Entry;
use super::mark::{Mark, TrailFilter};

/// The shape of the index and what it keeps; another one is made anew.
const VERSION: i64 = 1;

/// How long to wait for another reader that is catching up.
const PATIENCE_MS: u64 = 10_000;

/// An index cannot be used: it is thrown away.
#[derive(Debug, thiserror::Error)]
pub(super) enum IndexFault {
    /// What the database says.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// It does not go with the trail file.
    #[error("it does not go with its file")]
    Foreign,
    /// The file system.
    #[error(transparent)]
    File(#[from] std::io::Error),
}

impl From<IndexFault> for TrailFault {
    fn from(fault: IndexFault) -> Self {
        Self::Unreadable(format!("its index cannot be made ({fault})"))
    }
}

/// The end of what an index holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct End {
    /// Place of the last entry; 0 for none.
    pub(super) place: u64,
    /// Its hash.
    pub(super) hash: Digest,
}

/// Where an entry stands in its file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pointer {
    pub(super) place: u64,
    pub(super) stream: StreamName,
    pub(super) revision: Revision,
    pub(super) recorded: Timestamp,
}

/// How far back in a file to begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Before {
    /// Below this place.
    pub(super) place: u64,
    /// Not after this moment of recording.
    pub(super) recorded: Timestamp,
}

impl Before {
    pub(super) const NOTHING: Self = Self { place: u64::MAX, recorded: Timestamp::from_micros(i64::MAX) };
}

/// One index, open.
#[derive(Clone)]
pub(super) struct Index {
    connection: Arc<Mutex<Connection>>,
}

impl Index {
    /// Opens the index of a trail file, or makes an empty one.
    pub(super) fn open(trail: &Path, source: &str) -> Result<Self, IndexFault> {
        let path = path_of(trail);
        let made = !path.exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        connection.busy_timeout(std::time::Duration::from_millis(PATIENCE_MS))?;
        // It may lose its last rows with the power, never be half written.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
        if made {
            connection.execute_batch(include_str!("sql/index.sql"))?;
            let empty = "INSERT INTO indexed (one, version, source, position, last) VALUES (1, ?1, ?2, 0, ?3)";
            connection.execute(empty, (VERSION, source, Digest::ZERO.0))?;
        }
        let index = Self { connection: Arc::new(Mutex::new(connection)) };
        index.examine(source)?;
        Ok(index)
    }

    /// Takes the files of an index away.
    pub(super) fn throw_away(trail: &Path) -> Result<(), IndexFault> {
        let path = path_of(trail);
        for end in ["", "-wal", "-shm"] {
            let mut file = path.clone().into_os_string();
            file.push(end);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether there is one beside this trail file.
    pub(super) fn is_there(trail: &Path) -> bool {
        path_of(trail).exists()
    }

    /// How far it is.
    pub(super) fn end(&self) -> Result<End, IndexFault> {
        self.with(|connection| Ok(end(connection)?))
    }

    /// Takes in entries that follow each other, the first right after `after`. Nothing when somebody else did so meanwhile.
    pub(super) fn extend(&self, after: u64, entries: &[(RecordedEvent, Entry)]) -> Result<(), IndexFault> {
        let Some((last, _)) = entries.last() else { return Ok(()) };
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            if end(&transaction)?.place != after {
                return Ok(());
            }
            {
                let sql = "INSERT INTO entries (place, stream, revision, at, recorded) VALUES (?1, ?2, ?3, ?4, ?5)";
                let mut place_of = transaction.prepare_cached(sql)?;
                let mut mark_of = transaction.prepare_cached("INSERT INTO marks (mark, place) VALUES (?1, ?2)")?;
                for (event, entry) in entries {
                    let place = event.position.token().cast_signed();
                    let revision = event.revision.number().cast_signed();
                    let times = (entry.at.micros(), event.recorded_at.micros());
                    place_of.execute((place, event.stream.as_str(), revision, times.0, times.1))?;
                    for mark in Mark::of(entry) {
                        mark_of.execute((mark, place))?;
                    }
                }
            }
            let moved = "UPDATE indexed SET position = ?1, last = ?2";
            transaction.execute(moved, (last.position.token().cast_signed(), last.hash.0))?;
            Ok(transaction.commit()?)
        })
    }

    /// Entries that the filter admits, the last first.
    pub(super) fn find(&self, filter: &TrailFilter, before: Before, most: usize) -> Result<Vec<Pointer>, IndexFault> {
        let (from_where, values) = selection(filter, before, most);
        let sql = format!("SELECT e.place, e.stream, e.revision, e.recorded {from_where}");
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
            })?;
            rows.map(|row| {
                let (place, stream, revision, recorded) = row?;
                Ok(Pointer {
                    place: place.cast_unsigned(),
                    stream: stream.parse().map_err(|_| IndexFault::Foreign)?,
                    revision: Revision::new(revision.cast_unsigned()),
                    recorded: Timestamp::from_micros(recorded),
                })
            })
            .collect()
        })
    }

    /// How many entries the filter admits, counted up to `most`.
    pub(super) fn count(&self, filter: &TrailFilter, most: usize) -> Result<usize, IndexFault> {
        let (from_where, values) = selection(filter, Before::NOTHING, most);
        let sql = format!("SELECT count(*) FROM (SELECT e.place {from_where})");
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let counted: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
            Ok(usize::try_from(counted).unwrap_or(most))
        })
    }

    /// Whether it is sound in itself: every place from the first to the last, once. A row that is missing would be a silence.
    fn examine(&self, source: &str) -> Result<(), IndexFault> {
        self.with(|connection| {
            let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            let known = named_params! { ":version": VERSION, ":source": source };
            let position: Option<i64> = connection
                .query_row("SELECT position FROM indexed WHERE version = :version AND source = :source", known, |row| {
                    row.get(0)
                })
                .optional()?;
            let held: i64 = connection.query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?;
            if sound == "ok" && position == Some(held) { Ok(()) } else { Err(IndexFault::Foreign) }
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, IndexFault>) -> Result<T, IndexFault> {
        work(&mut self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// `trail-2026-11.db` has `trail-2026-11.index.db` beside it.
fn path_of(trail: &Path) -> PathBuf {
    trail.with_extension("index.db")
}

fn end(connection: &Connection) -> rusqlite::Result<End> {
    connection.query_row("SELECT position, last FROM indexed", [], |row| {
        Ok(End { place: row.get::<_, i64>(0)?.cast_unsigned(), hash: Digest(row.get(1)?) })
    })
}

/// The part of a question after what it selects. Begins with the rarest mark; the others are looked up for each entry that has it.
fn selection(filter: &TrailFilter, before: Before, most: usize) -> (String, Vec<Value>) {
    let mut values = vec![
        Value::from(i64::try_from(before.place).unwrap_or(i64::MAX)),
        Value::from(before.recorded.micros()),
        Value::from(filter.from.map_or(i64::MIN, Timestamp::micros)),
        Value::from(filter.until.map_or(i64::MAX, Timestamp::micros)),
        Value::from(i64::try_from(most).unwrap_or(i64::MAX)),
    ];
    let period = "e.place < ?1 AND e.recorded <= ?2 AND e.at BETWEEN ?3 AND ?4";
    let keys = filter.keys();
    let others = (7..7 + keys.len().saturating_sub(1))
        .map(|number| format!(" AND EXISTS (SELECT 1 FROM marks AS o WHERE o.mark = ?{number} AND o.place = e.place)"));
    let sql = if keys.is_empty() {
        format!("FROM entries AS e WHERE {period} ORDER BY e.place DESC LIMIT ?5")
    } else {
        let others: String = others.collect();
        format!(
            "FROM marks AS m CROSS JOIN entries AS e ON e.place = m.place \
             WHERE m.mark = ?6 AND m.place < ?1 AND {period}{others} ORDER BY m.place DESC LIMIT ?5"
        )
    };
    values.extend(keys.into_iter().map(Value::from));
    (sql, values)
}
