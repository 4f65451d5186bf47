//! The file itself: made whole or not at all, and looked at before anything is written to it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;

use super::fault::fault;
use crate::port::StoreFault;
use crate::{chain, key};

/// "Rpnt": says in the header whose file this is.
pub(super) const APPLICATION_ID: u32 = 0x5270_6e74;

/// The newest form of the tables that this release reads and writes.
pub(super) const SCHEMA_VERSION: u32 = 1;

const SCHEMA: &str = include_str!("schema.sql");
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// Another file beside this one: `history.db` → `history.db-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes an empty history under another name and puts it in its place when it is complete, so that a crash leaves either
/// nothing or a whole file.
pub(super) fn create(path: &Path) -> Result<(), StoreFault> {
    if beside(path, "-wal").exists() {
        return Err(StoreFault::Unopenable(format!(
            "{} is missing, but its log ({}-wal) is there: put the file back or restore a backup; do not start anew",
            path.display(),
            path.display()
        )));
    }
    let draft = beside(path, ".new");
    for leftover in [&draft, &beside(&draft, "-journal"), &beside(&draft, "-wal"), &beside(&draft, "-shm")] {
        remove(leftover)?;
    }
    // For its owner only from its first byte on: what `SQLite` puts beside a file gets the rights of that file.
    key::write_new(&draft, b"")
        .map_err(|error| StoreFault::Unwritable(format!("{} cannot be made ({error})", draft.display())))?;
    fill(&draft).map_err(|error| at_opening(&draft, &error))?;
    sync(&draft)
        .and_then(|()| fs::rename(&draft, path))
        .and_then(|()| sync(folder_of(path)))
        .map_err(|error| StoreFault::Unwritable(format!("{} cannot be put in its place ({error})", path.display())))
}

fn fill(draft: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(draft)?;
    connection.execute_batch("PRAGMA synchronous = FULL; BEGIN IMMEDIATE;")?;
    connection.execute_batch(SCHEMA)?;
    connection.execute("INSERT INTO store (key, value) VALUES ('format', ?1)", [chain::FORMAT])?;
    connection.execute("INSERT INTO store (key, value) VALUES ('source', ?1)", [Uuid::new_v4().to_string()])?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    connection.execute_batch("COMMIT; PRAGMA journal_mode = WAL;")?;
    connection.close().map_err(|(_, error)| error)
}

fn remove(path: &Path) -> Result<(), StoreFault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreFault::Unwritable(format!("{} cannot be cleared away ({error})", path.display())))
        }
        _ => Ok(()),
    }
}

/// Waits until a file, or the list of names in a folder, is on the medium.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Reads the header without `SQLite`, so that a file that is not ours is not touched in any way.
pub(super) fn inspect(path: &Path) -> Result<(), StoreFault> {
    let refuse = |what: &str| Err(StoreFault::Unopenable(format!("{} {what}", path.display())));
    let read = || -> io::Result<(Vec<u8>, u64)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut header = Vec::with_capacity(HEADER);
        file.take(HEADER as u64).read_to_end(&mut header)?;
        Ok((header, size))
    };
    let (header, size) = match read() {
        Ok(found) => found,
        Err(error) => return refuse(&format!("cannot be read ({error}); check the path and its rights")),
    };
    if header.is_empty() {
        return refuse("is empty: restore a backup, or remove it if there never was a history here");
    }
    if header.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
        return refuse("is not a database, or its beginning is damaged: check the path, or restore a backup");
    }
    let number =
        |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    if number(68) != APPLICATION_ID {
        return refuse(
            "is a database of another program, or its header is damaged: check the path, or restore a backup",
        );
    }
    check_version(path, number(60))?;
    let page_size = match header.get(16..18) {
        Some(&[0, 1]) => 65_536,
        Some(&[high, low]) => u64::from(u16::from_be_bytes([high, low])),
        _ => 0,
    };
    let log = fs::metadata(beside(path, "-wal")).map_or(0, |metadata| metadata.len());
    if log == 0 && size < page_size * u64::from(number(28)) {
        return refuse("is cut off: restore a backup; `rustpunt verify` names what is left");
    }
    Ok(())
}

fn check_version(path: &Path, version: u32) -> Result<(), StoreFault> {
    let path = path.display();
    match version {
        SCHEMA_VERSION => Ok(()),
        0 => Err(StoreFault::Unopenable(format!("{path} has no version, its header is damaged: restore a backup"))),
        newer => Err(StoreFault::Unopenable(format!(
            "{path} was written by a newer release (form {newer}, this release knows {SCHEMA_VERSION}): start that release"
        ))),
    }
}

/// Looks at the file through `SQLite`, without writing: header as the log has it, tables, last row.
pub(super) fn examine(path: &Path) -> Result<Connection, StoreFault> {
    inspect(path)?;
    let connection = connect_reader(path)?;
    let version: u32 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|e| at_opening(path, &e))?;
    check_version(path, version)?;
    let differences = schema_differences(&connection).map_err(|error| at_opening(path, &error))?;
    if let Some(difference) = differences.first() {
        return Err(StoreFault::Unopenable(format!(
            "{}: {difference}; someone changed the file: keep it as it is, run `rustpunt verify`, restore a backup",
            path.display()
        )));
    }
    Ok(connection)
}

/// A connection that only reads. A file without a log on a medium that cannot be written is read as it stands.
pub(super) fn connect_reader(path: &Path) -> Result<Connection, StoreFault> {
    let plain = try_connect_reader(path.to_path_buf());
    let Err(error) = plain else { return plain.map_err(|error| at_opening(path, &error)) };
    let has_log = fs::metadata(beside(path, "-wal")).is_ok_and(|metadata| metadata.len() > 0);
    let unwritable = matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly));
    if has_log || !unwritable {
        return Err(at_opening(path, &error));
    }
    try_connect_reader(immutable_uri(path)).map_err(|error| at_opening(path, &error))
}

/// A connection to what is left of a file that was cut off, if it is ours.
pub(super) fn connect_salvager(path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    // With this switch on, SQLite reads a file that is shorter than its header says. Nothing is written.
    connection.execute_batch("PRAGMA writable_schema = ON").ok()?;
    connection.execute_batch(include_str!("reader_pragmas.sql")).ok()?;
    is_ours(&connection).then_some(connection)
}

fn try_connect_reader(path: PathBuf) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(16);
    plan_once(&connection)?;
    connection.execute_batch(include_str!("reader_pragmas.sql"))?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// Lets a kept statement keep its plan too. Without this, `SQLite` plans it anew whenever another value is bound, in case that value has a
/// better one: dearer than all the looks that a read consists of, and every plan here is the same for any value.
fn plan_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

fn immutable_uri(path: &Path) -> PathBuf {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{escaped}?immutable=1"))
}

/// The one connection that writes; without `sync` it forgets what a power cut takes.
pub(super) fn connect_writer(path: &Path, sync: bool) -> Result<Connection, StoreFault> {
    let open = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        plan_once(&connection)?;
        connection.execute_batch(include_str!("writer_pragmas.sql"))?;
        if !sync {
            connection.execute_batch("PRAGMA synchronous = OFF")?;
        }
        Ok(connection)
    };
    let connection = open().map_err(|error| at_opening(path, &error))?;
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .map_err(|error| at_opening(path, &error))?;
    if mode != "wal" {
        return Err(StoreFault::Unopenable(format!(
            "{} is in journal mode `{mode}`, not `wal`: another program changed it; run `PRAGMA journal_mode = WAL` on it",
            path.display()
        )));
    }
    if connection.is_readonly("main").unwrap_or(true) {
        return Err(StoreFault::Unwritable(format!(
            "{} is read-only for this user; give it write access",
            path.display()
        )));
    }
    Ok(connection)
}

/// How the tables, indexes and triggers differ from what this release makes; empty when they do not.
pub(super) fn schema_differences(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let model = Connection::open_in_memory()?;
    model.execute_batch(SCHEMA)?;
    let (expected, found) = (objects(&model)?, objects(connection)?);
    let mut differences = Vec::new();
    for (name, sql) in &expected {
        match found.iter().find(|(other, _)| other == name) {
            None => differences.push(format!("{name} is missing")),
            Some((_, other)) if other != sql => differences.push(format!("{name} is not as this release made it")),
            Some(_) => {}
        }
    }
    let strange = found.iter().filter(|(name, _)| expected.iter().all(|(known, _)| known != name));
    differences.extend(strange.map(|(name, _)| format!("{name} does not belong in it")));
    Ok(differences)
}

fn objects(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    connection.prepare(include_str!("objects.sql"))?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Whether an open file says that this release may read it.
fn is_ours(connection: &Connection) -> bool {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, u32>(0)).ok();
    number("application_id") == Some(APPLICATION_ID) && number("user_version") == Some(SCHEMA_VERSION)
}

/// A value of the `store` table.
pub(super) fn stored_value(connection: &Connection, path: &Path, key: &str) -> Result<String, StoreFault> {
    connection.query_row("SELECT value FROM store WHERE key = ?1", [key], |row| row.get(0)).map_err(|error| match error
    {
        rusqlite::Error::QueryReturnedNoRows => {
            StoreFault::Unopenable(format!("{} does not say its {key}: restore a backup", path.display()))
        }
        error => at_opening(path, &error),
    })
}

/// A fault met while opening.
pub(super) fn at_opening(path: &Path, error: &rusqlite::Error) -> StoreFault {
    let path = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => StoreFault::Unopenable(format!(
            "{path} cannot be opened; check that it exists and that this user may read and write its folder"
        )),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreFault::Unopenable(format!(
            "{path} is damaged ({error}): keep it as it is, run `rustpunt verify`, and restore a backup"
        )),
        _ => match fault(error) {
            StoreFault::Other(what) => StoreFault::Unopenable(format!("{path}: {what}")),
            fault => fault,
        },
    }
}
