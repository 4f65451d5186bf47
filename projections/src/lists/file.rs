//! One file of the read database: made, opened, written in one transaction with its checkpoint, read by many.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::fact::Organisation;
use domain::ids::CaseId;
use domain::time::CivilDay;
use eventstore::follow::Identity;
use eventstore::port::{Position, StreamName};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, named_params};

use super::advice;
use super::checkpoint::Checkpoint;
use super::fault::ListsFault;
use super::readers::Readers;
use super::row::{CaseRows, ListedPhase};
use super::sql;

/// What one transaction changes.
#[derive(Debug)]
pub(super) enum Change {
    /// All rows of one case are replaced.
    Rows(Box<CaseRows>),
    /// The case has nothing to list: its rows go.
    Nothing(CaseId),
    /// The stream cannot be read: its rows go, and it is listed for the operator.
    SetAside {
        /// The stream.
        stream: StreamName,
        /// What is wrong with it; never a value.
        reason: String,
    },
}

/// One file.
pub(super) struct ReadFile {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Readers,
    retired: AtomicBool,
}

impl ReadFile {
    /// Makes a file without rows.
    pub fn create(path: &Path, checkpoint: &Checkpoint) -> Result<Self, ListsFault> {
        let connection = connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        let file = Self::over(path, connection);
        file.write(|transaction| {
            transaction.execute_batch(include_str!("sql/schema.sql"))?;
            save(transaction, checkpoint)
        })?;
        Ok(file)
    }

    /// Opens a file that was made before.
    pub fn open(path: &Path) -> Result<Self, ListsFault> {
        Ok(Self::over(path, connect(path, OpenFlags::empty())?))
    }

    fn over(path: &Path, connection: Connection) -> Self {
        Self {
            path: path.to_path_buf(),
            writer: Mutex::new(connection),
            readers: Readers::of(path.to_path_buf()),
            retired: AtomicBool::new(false),
        }
    }

    /// How far this file has read.
    pub fn checkpoint(&self) -> Result<Checkpoint, ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/checkpoint.sql"))?;
            let (checkpoint, day): (_, String) = statement.query_row([], |row| {
                let identity = Identity {
                    name: row.get(0)?,
                    version: row.get(1)?,
                    source: row.get(2)?,
                    filter: row.get(3)?,
                    policy: row.get(4)?,
                };
                Ok(((identity, row.get::<_, i64>(5)?), row.get(6)?))
            })?;
            let (identity, position) = checkpoint;
            let day = day.parse().map_err(|_| ListsFault::Misread("day of the checkpoint"))?;
            Ok(Checkpoint { identity, position: Position::from_token(position.cast_unsigned()), day })
        })
    }

    /// Applies changes and moves the checkpoint, both or neither.
    pub fn apply(&self, changes: &[Change], checkpoint: &Checkpoint) -> Result<(), ListsFault> {
        self.write(|transaction| {
            changes.iter().try_for_each(|change| apply_one(transaction, change))?;
            save(transaction, checkpoint)
        })
    }

    /// Does all of [`ReadFile::apply`] but the commit: what a process leaves behind that is killed at that moment.
    #[cfg(test)]
    pub fn abandon(&self, changes: &[Change], position: Position) {
        let checkpoint = Checkpoint { position, ..self.checkpoint().expect("a checkpoint") };
        let mut writer = self.writer();
        let transaction = writer.transaction().expect("a transaction");
        changes.iter().try_for_each(|change| apply_one(&transaction, change)).expect("changes");
        save(&transaction, &checkpoint).expect("a checkpoint");
    }

    /// Takes up a change between two checkpoints, and leaves no trace of what it replaced in the log of the file.
    pub fn refresh(&self, change: &Change) -> Result<(), ListsFault> {
        self.write(|transaction| apply_one(transaction, change))?;
        let busy: bool = self.writer().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy { Err(ListsFault::Busy) } else { Ok(()) }
    }

    /// Whether a rebuild has met this stream before.
    pub fn has_met(&self, stream: &StreamName, case: CaseId) -> Result<bool, ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/has_met.sql"))?;
            let found =
                statement.query_row((stream.as_str(), &case.as_uuid().as_bytes()[..]), |_| Ok(())).optional()?;
            Ok(found.is_some())
        })
    }

    /// The cases whose rows change by itself on or before this day.
    pub fn changing_cases(&self, day: CivilDay) -> Result<Vec<CaseId>, ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/changing_cases.sql"))?;
            let ids = statement.query_map([day.to_string()], |row| sql::id(row, 0))?;
            Ok(ids.map(|id| id.map(CaseId::from_uuid)).collect::<Result<_, _>>()?)
        })
    }

    /// The streams that are set aside, each with its reason.
    pub fn quarantined(&self) -> Result<Vec<(String, String)>, ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/quarantined.sql"))?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The cases with a name that could not be read for want of a key.
    pub fn missing_names(&self) -> Result<Vec<CaseId>, ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/missing_names.sql"))?;
            let ids = statement.query_map([], |row| sql::id(row, 0))?;
            Ok(ids.map(|id| id.map(CaseId::from_uuid)).collect::<Result<_, _>>()?)
        })
    }

    /// How many streams are set aside, and in how many cases a name misses its key.
    pub fn concerns(&self) -> Result<(u64, u64), ListsFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/concerns.sql"))?;
            let count = |row: &rusqlite::Row<'_>, index| row.get::<_, i64>(index).map(i64::cast_unsigned);
            Ok(statement.query_row([], |row| Ok((count(row, 0)?, count(row, 1)?)))?)
        })
    }

    /// Runs a question on a connection that cannot write, within one view of the database.
    pub fn read<T>(&self, question: impl FnOnce(&Connection) -> Result<T, ListsFault>) -> Result<T, ListsFault> {
        self.readers.ask(question)
    }

    /// From now on the file goes when the last reader has let go of it.
    pub fn retire(&self) {
        self.retired.store(true, Ordering::Release);
    }

    /// The file stays after all.
    pub fn keep(&self) {
        self.retired.store(false, Ordering::Release);
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn write(&self, work: impl FnOnce(&Transaction<'_>) -> Result<(), ListsFault>) -> Result<(), ListsFault> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        work(&transaction)?;
        Ok(transaction.commit()?)
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // What a panicking thread left behind is a connection whose transaction was rolled back: it can be used.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ReadFile {
    fn drop(&mut self) {
        if self.retired.load(Ordering::Acquire) {
            remove(&self.path);
        }
    }
}

/// Takes a file and its companions away. What stays behind is met again at the next start.
pub(super) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(file = %Path::new(&name).display(), %error, "a retired list file could not be removed");
            }
            _ => {}
        }
    }
}

fn connect(path: &Path, more: OpenFlags) -> Result<Connection, ListsFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    plan_once(&connection)?;
    connection.execute_batch(include_str!("sql/pragmas.sql"))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// A connection that cannot write.
pub(super) fn connect_reader(path: &Path) -> Result<Connection, ListsFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    plan_once(&connection)?;
    connection.execute_batch(include_str!("sql/reader_pragmas.sql"))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// A kept statement keeps its plan: `SQLite` would plan it anew for other values, in case those have a better one, and here none has.
fn plan_once(connection: &Connection) -> Result<(), ListsFault> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn save(transaction: &Transaction<'_>, checkpoint: &Checkpoint) -> Result<(), ListsFault> {
    let Identity { name, version, source, filter, policy } = &checkpoint.identity;
    let mut statement = transaction.prepare_cached(include_str!("sql/save_checkpoint.sql"))?;
    let position = checkpoint.position.token().cast_signed();
    statement.execute((name, version, source, filter, policy, position, checkpoint.day.to_string()))?;
    Ok(())
}

fn apply_one(transaction: &Transaction<'_>, change: &Change) -> Result<(), ListsFault> {
    match change {
        Change::Rows(rows) => {
            clear(transaction, rows.row.case)?;
            release(transaction, &stream_name(rows.row.case))?;
            insert(transaction, rows)
        }
        Change::Nothing(case) => {
            clear(transaction, *case)?;
            release(transaction, &stream_name(*case))
        }
        Change::SetAside { stream, reason } => {
            if let Ok(case) = stream.id().parse() {
                clear(transaction, case)?;
            }
            transaction.prepare_cached(include_str!("sql/set_aside.sql"))?.execute((stream.as_str(), reason))?;
            Ok(())
        }
    }
}

/// The name of the stream of a case.
pub(super) fn stream_name(case: CaseId) -> String {
    format!("case-{case}")
}

fn release(transaction: &Transaction<'_>, stream: &str) -> Result<(), ListsFault> {
    transaction.prepare_cached("DELETE FROM quarantine WHERE stream = ?1")?.execute([stream])?;
    Ok(())
}

fn clear(transaction: &Transaction<'_>, case: CaseId) -> Result<(), ListsFault> {
    let id = case.as_uuid();
    for sql in [
        "DELETE FROM caseload WHERE case_id = ?1",
        "DELETE FROM specialist WHERE case_id = ?1",
        "DELETE FROM due WHERE case_id = ?1",
        "DELETE FROM case_worker WHERE case_id = ?1",
        "DELETE FROM notice WHERE case_id = ?1",
        "DELETE FROM told_to WHERE case_id = ?1",
        "DELETE FROM emergency WHERE case_id = ?1",
        "DELETE FROM sat_request WHERE case_id = ?1",
        "DELETE FROM dons_trajectory WHERE case_id = ?1",
        "DELETE FROM search WHERE case_id = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([&id.as_bytes()[..]])?;
    }
    Ok(())
}

fn insert(transaction: &Transaction<'_>, rows: &CaseRows) -> Result<(), ListsFault> {
    let row = &rows.row;
    let case = row.case.as_uuid();
    let id = |uuid: uuid::Uuid| uuid.as_bytes().to_vec();
    let day = |day: CivilDay| day.to_string();
    let (phase, closed_on) = match row.phase {
        ListedPhase::Open => ("open", None),
        ListedPhase::Closed(on) => ("closed", Some(on)),
    };
    transaction.prepare_cached(include_str!("sql/insert_case.sql"))?.execute(named_params! {
        ":case_id": id(case),
        ":municipality": row.municipality.as_str(),
        ":phase": phase,
        ":opened_on": day(row.opened_on),
        ":closed_on": closed_on.map(day),
        ":director": row.director.map(|director| id(director.worker.as_uuid())),
        ":director_since": row.director.map(|director| day(director.since)),
        ":deputy": row.deputy.map(|deputy| id(deputy.worker.as_uuid())),
        ":deputy_until": row.deputy.and_then(|deputy| deputy.until).map(day),
        ":parties": row.parties,
        ":gap_since": row.gap.map(|gap| day(gap.since)),
        ":gap_last_day": row.gap.map(|gap| day(gap.last_day)),
        ":gap_alert_at": row.gap.map(|gap| gap.alert_at.micros()),
        ":handover_id": row.handover.map(|handover| id(handover.handover.as_uuid())),
        ":handover_successor": row.handover.map(|handover| id(handover.successor.as_uuid())),
        ":handover_planned": row.handover.map(|handover| day(handover.planned)),
        ":departures": row.departures,
        ":departures_unexplained": row.departures_unexplained,
        ":incomplete_consents": row.incomplete_consents,
        ":told": row.told,
        ":changes_in_month": rows.changes.in_month.map(day),
        ":changes_on": rows.changes.on.map(day),
        ":names_missing": rows.names_missing,
        ":ever_directed": row.relations.ever_directed,
        ":director_organisation": row.relations.director_organisation.as_ref().map(Organisation::as_str),
        ":relations": sql::stored(&row.relations)?,
        ":gap_told": rows.gap_told,
        ":last_change": row.last_change.micros(),
    })?;
    let own = row.relations.workers().into_iter().map(|worker| (worker, false));
    for (worker, excluded) in own.chain(row.relations.excluded.iter().map(|worker| (*worker, true))) {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_worker.sql"))?;
        statement.execute((id(case), id(worker.as_uuid()), excluded))?;
    }
    for told in &rows.notices {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_notice.sql"))?;
        let (notice, receiver) = (id(told.notice.as_uuid()), id(told.receiver.as_uuid()));
        statement.execute((id(case), notice, receiver, day(told.on), told.told.number().cast_signed()))?;
    }
    for (receiver, organisation) in &rows.told_to {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_told.sql"))?;
        statement.execute((id(case), receiver.as_str(), organisation.as_str()))?;
    }
    for found in &rows.emergencies {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_emergency.sql"))?;
        let times = (found.opened.micros(), found.over_at.micros());
        let review = (found.reviewed, day(found.last_review_day));
        statement.execute((id(case), id(found.emergency.as_uuid()), times.0, times.1, review.0, review.1))?;
    }
    advice::insert(transaction, row.case, &rows.questions, &rows.trajectories)?;
    for (worker, expected_end) in &rows.specialists {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_specialist.sql"))?;
        statement.execute((id(case), id(worker.as_uuid()), expected_end.to_string()))?;
    }
    for (last_day, terms) in &rows.dues {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_due.sql"))?;
        statement.execute((id(case), last_day.to_string(), terms))?;
    }
    for (person, tokens) in &rows.search {
        let mut statement = transaction.prepare_cached(include_str!("sql/insert_token.sql"))?;
        for token in tokens {
            statement.execute((id(case), id(person.as_uuid()), &token.0[..]))?;
        }
    }
    Ok(())
}
