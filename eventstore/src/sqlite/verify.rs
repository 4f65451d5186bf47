//! Walks everything and names the first bad entry.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use domain::ids::{CommandId, Revision};
use domain::time::Timestamp;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::imports::Imports;
use super::row::{self, BadRow, number, text};
use super::{SqliteStore, file};
use crate::chain::{self, Link};
use crate::metadata::Metadata;
use crate::port::{CommandSlot, Digest, Position, RecordedEvent, StoreFault, StreamName};

/// The category whose streams go on from each other.
pub(super) const TRAIL: &str = "trail";

/// Rows between two reports of progress.
const STEP: u64 = 1_000;

/// An event as `verify` hands it to whoever checks what the bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event; its bytes agree with its hashes.
    pub event: RecordedEvent,
    /// The command slot as the index has it. The hash does not cover it; the metadata says the same.
    pub command: Option<CommandSlot>,
    /// Whether it is the last of its batch.
    pub ends_batch: bool,
}

/// The first entry that does not agree with the others, as far as it can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// Its place in the store.
    pub position: Option<Position>,
    /// Its stream.
    pub stream: Option<StreamName>,
    /// Its place in the stream.
    pub revision: Option<Revision>,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = self.position {
            write!(f, "position {position}: ")?;
        }
        if let Some(stream) = &self.stream {
            write!(f, "{stream}")?;
            if let Some(revision) = self.revision {
                write!(f, " revision {revision}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.what)
    }
}

/// What a walk over a whole history found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// Names the history.
    pub source: String,
    /// Sound events before the first bad one, or all.
    pub events: u64,
    /// Streams met in them.
    pub streams: u64,
    /// The position of the last sound event: what was cut off after it shows only against a checkpoint kept elsewhere.
    pub head: Position,
    /// Tables, indexes and triggers that are missing or not as this release made them.
    pub schema: Vec<String>,
    /// Per node, the first trail stream of this file and the hash it goes on from: the head of the file before.
    pub trail_starts: Vec<(StreamName, Digest)>,
    /// The first bad entry.
    pub first_bad: Option<BadEntry>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.schema.is_empty() && self.first_bad.is_none()
    }
}

/// A check that asks nothing more of an entry.
///
/// # Errors
/// None.
pub fn nothing_more(_: &Entry) -> Result<(), String> {
    Ok(())
}

/// What the index says of commands and batches, the metadata must say too: the hash covers only the metadata. For a history of cases;
/// what has no metadata of ours (a note of the node itself) has no command either.
///
/// # Errors
/// What they disagree about.
pub fn agrees_with_metadata(entry: &Entry) -> Result<(), String> {
    let said = Metadata::from_bytes(&entry.event.metadata);
    let (slot, said) = match (entry.command, said) {
        (None, Err(_)) => return Ok(()),
        (None, Ok(_)) => return Err("the index names no command, and the metadata does".to_owned()),
        (Some(_), Err(error)) => return Err(error.to_string()),
        (Some(slot), Ok(metadata)) => (slot, metadata.command),
    };
    if said.id != slot.id
        || said.index != slot.index
        || entry.ends_batch != (said.index.checked_add(1) == Some(said.count))
    {
        return Err("the index says another command or batch than the metadata".to_owned());
    }
    Ok(())
}

/// Walks a whole file in order: tables and triggers, positions, revisions, times, digests, hashes, links, batches, commands, and
/// what `check` asks of each entry. Time never runs back in a stream; over the whole file it does not in what was recorded here, but may
/// in what was taken in from another engine, where each stream had a time line of its own. Takes no lock and alters nothing; memory grows with the number of streams only. `progress`
/// hears events done and events in all.
///
/// # Errors
/// Only when the file cannot be walked at all: not ours, newer, or unreadable from its first page.
pub fn verify(
    path: &Path,
    check: impl FnMut(&Entry) -> Result<(), String>,
    progress: impl FnMut(u64, u64),
) -> Result<VerifyReport, StoreFault> {
    let connection = match file::inspect(path) {
        // What is left of a file that was cut off can still be walked.
        Ok(()) => file::connect_reader(path)?,
        Err(refused) => file::connect_salvager(path).ok_or(refused)?,
    };
    Ok(walk(&connection, check, progress))
}

impl SqliteStore {
    /// Walks this history, as [`verify()`] does, while appends go on; those are not looked at.
    ///
    /// # Errors
    /// When the store is closed.
    pub async fn verify(
        &self,
        check: impl FnMut(&Entry) -> Result<(), String> + Send + 'static,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<VerifyReport, StoreFault> {
        self.readers.with(move |connection| Ok(walk(connection, check, progress))).await
    }
}

fn walk(
    connection: &Connection,
    mut check: impl FnMut(&Entry) -> Result<(), String>,
    mut progress: impl FnMut(u64, u64),
) -> VerifyReport {
    let mut walk = Walk::default();
    let mut report = VerifyReport {
        source: connection
            .query_row("SELECT value FROM store WHERE key = 'source'", [], |row| row.get(0))
            .unwrap_or_default(),
        events: 0,
        streams: 0,
        head: Position::START,
        schema: file::schema_differences(connection).unwrap_or_else(|error| vec![error.to_string()]),
        trail_starts: Vec::new(),
        first_bad: None,
    };
    let walked = in_snapshot(connection, |connection| {
        walk.imports = imports(connection)?;
        walk.everything(connection, &mut check, &mut progress)?;
        walk.leftovers(connection)
    });
    report.first_bad = walked.err();
    if report.first_bad.is_none() {
        report.first_bad = self_description(connection);
    }
    report.events = walk.events;
    report.streams = walk.streams.len() as u64;
    report.head = Position::from_token(walk.events);
    report.trail_starts = walk.trail_starts;
    report
}

type Found = Result<(), BadEntry>;

fn in_snapshot(connection: &Connection, work: impl FnOnce(&Connection) -> Found) -> Found {
    let unreadable = |error: rusqlite::Error| BadEntry::of_file(format!("the file cannot be read: {error}"));
    connection.execute_batch("BEGIN").map_err(unreadable)?;
    let found = work(connection);
    connection.execute_batch("COMMIT").map_err(unreadable)?;
    found
}

/// What the file says about itself.
fn self_description(connection: &Connection) -> Option<BadEntry> {
    let value = |key: &str| {
        connection
            .query_row("SELECT value FROM store WHERE key = ?1", [key], |row| row.get::<_, String>(0))
            .unwrap_or_default()
    };
    if value("format") != chain::FORMAT {
        return Some(BadEntry::of_file(format!("the file does not say that it is of format {}", chain::FORMAT)));
    }
    let named = Uuid::try_parse(&value("source")).is_ok();
    (!named).then(|| BadEntry::of_file("the file does not name its history".to_owned()))
}

impl BadEntry {
    fn of_file(what: String) -> Self {
        Self { position: None, stream: None, revision: None, what }
    }

    fn at(position: u64, what: impl Into<String>) -> Self {
        Self { position: Some(Position::from_token(position)), stream: None, revision: None, what: what.into() }
    }

    fn of(event: &RecordedEvent, what: impl Into<String>) -> Self {
        Self {
            position: Some(event.position),
            stream: Some(event.stream.clone()),
            revision: Some(event.revision),
            what: what.into(),
        }
    }
}

/// The batch the walk is inside of.
struct OpenBatch {
    stream: StreamName,
    end: Position,
    recorded_at: Timestamp,
    command: Option<CommandId>,
    next_index: u32,
}

/// What of the history was recorded elsewhere.
fn imports(connection: &Connection) -> Result<Imports, BadEntry> {
    let unreadable = |error: rusqlite::Error| BadEntry::of_file(format!("the file cannot be read: {error}"));
    Imports::read(connection).map_err(unreadable)?.ok_or_else(|| {
        BadEntry::of_file("the file's notes of what was taken in from elsewhere contradict each other".to_owned())
    })
}

/// The last event of a stream.
#[derive(Clone, Copy)]
struct Head {
    revision: Revision,
    hash: Digest,
    recorded_at: Timestamp,
}

#[derive(Default)]
struct Walk {
    events: u64,
    /// The latest time so far.
    latest: Option<Timestamp>,
    imports: Imports,
    /// The last event of each stream, by row id.
    streams: HashMap<i64, Head>,
    batch: Option<OpenBatch>,
    /// Per node, the trail stream that began last: its row id.
    trails: HashMap<String, i64>,
    trail_starts: Vec<(StreamName, Digest)>,
}

/// One row of `walk.sql`.
struct Line {
    event: RecordedEvent,
    batch_end: Position,
    command: Option<CommandSlot>,
    metadata_digest: Option<Digest>,
    data_digest: Option<Digest>,
    stream: i64,
}

impl Walk {
    fn everything(
        &mut self,
        connection: &Connection,
        check: &mut impl FnMut(&Entry) -> Result<(), String>,
        progress: &mut impl FnMut(u64, u64),
    ) -> Found {
        let all: u64 = connection
            .query_row("SELECT coalesce(max(position), 0) FROM events", [], |row| Ok(number(row, 0)?.unwrap_or(0)))
            .map_err(|error| self.unreadable(&error))?;
        let mut statement = connection.prepare(include_str!("walk.sql")).map_err(|error| self.unreadable(&error))?;
        let mut rows = statement.query([]).map_err(|error| self.unreadable(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.unreadable(&error))? {
            let line = self.read(row)?;
            self.look_at(&line)?;
            let ends_batch = line.event.position == line.batch_end;
            let entry = Entry { event: line.event, command: line.command, ends_batch };
            check(&entry).map_err(|what| BadEntry::of(&entry.event, what))?;
            self.accept(&entry.event, line.stream);
            if self.events.is_multiple_of(STEP) {
                progress(self.events, all);
            }
        }
        progress(self.events, all);
        if self.batch.is_some() {
            return Err(BadEntry::at(self.events + 1, "the batch before it is cut off: this event of it is missing"));
        }
        Ok(())
    }

    fn unreadable(&self, error: &rusqlite::Error) -> BadEntry {
        BadEntry::at(self.events + 1, format!("it cannot be read: {error}"))
    }

    fn read(&self, row: &Row<'_>) -> Result<Line, BadEntry> {
        let expected = self.events + 1;
        let position = number(row, 0).map_err(|error| self.unreadable(&error))?;
        if position != Some(expected) {
            return Err(BadEntry::at(expected, "it is missing"));
        }
        let (event, batch_end) = row::event(row).map_err(|bad| self.name(bad))?;
        let rest = || -> rusqlite::Result<_> {
            Ok((row::slot(row, 12)?, row::digest(row, 14)?, row::digest(row, 15)?, row.get(16)?))
        };
        let (command, metadata_digest, data_digest, stream) = rest().map_err(|error| self.unreadable(&error))?;
        let Ok(command) = command else {
            return Err(BadEntry::of(&event, "its command is not what this release writes"));
        };
        Ok(Line { event, batch_end, command, metadata_digest, data_digest, stream })
    }

    fn name(&self, bad: BadRow) -> BadEntry {
        match bad {
            BadRow::Medium(error) => self.unreadable(&error),
            BadRow::Content { position, stream, revision, what } => BadEntry { position, stream, revision, what },
        }
    }

    fn look_at(&mut self, line: &Line) -> Found {
        bytes_and_hash(line)?;
        self.place_in_stream(line)?;
        self.time(line)?;
        self.place_in_batch(line)
    }

    fn place_in_stream(&mut self, line: &Line) -> Found {
        let event = &line.event;
        let head = self.streams.get(&line.stream).copied();
        let expected = head.map_or(Revision::FIRST, |head| head.revision.next());
        if event.revision != expected {
            return Err(BadEntry::of(event, format!("its stream should go on with revision {expected}")));
        }
        let follows = match head {
            Some(head) => event.previous == head.hash,
            None => self.may_begin(line),
        };
        if !follows {
            return Err(BadEntry::of(event, "it does not name the hash of its predecessor"));
        }
        Ok(())
    }

    /// Whether the first event of a stream names the right predecessor: none, or for a trail the head of its node's trail so far.
    fn may_begin(&mut self, line: &Line) -> bool {
        let event = &line.event;
        if event.stream.category() != TRAIL {
            return event.previous == Digest::ZERO;
        }
        let node = node_of(&event.stream).to_owned();
        let before = self.trails.insert(node, line.stream);
        let Some(before) = before else {
            self.trail_starts.push((event.stream.clone(), event.previous));
            return true;
        };
        self.streams.get(&before).is_some_and(|head| head.hash == event.previous)
    }

    fn time(&self, line: &Line) -> Found {
        let before = if self.imports.hold(line.event.position) {
            self.streams.get(&line.stream).map(|head| head.recorded_at)
        } else {
            self.latest
        };
        if before.is_some_and(|before| line.event.recorded_at < before) {
            return Err(BadEntry::of(&line.event, "it was recorded before the event in front of it"));
        }
        Ok(())
    }

    fn place_in_batch(&mut self, line: &Line) -> Found {
        let event = &line.event;
        let Some(batch) = self.batch.take() else { return self.begin_batch(line) };
        let same =
            batch.stream == event.stream && batch.end == line.batch_end && batch.recorded_at == event.recorded_at;
        if !same {
            return Err(BadEntry::of(event, "the batch before it is not complete"));
        }
        let slot = batch.command.map(|id| CommandSlot { id, index: batch.next_index });
        if line.command != slot {
            return Err(BadEntry::of(event, "its command is not that of its batch, or not in order"));
        }
        self.batch = (event.position < line.batch_end).then(|| OpenBatch { next_index: batch.next_index + 1, ..batch });
        Ok(())
    }

    fn begin_batch(&mut self, line: &Line) -> Found {
        let event = &line.event;
        let length = line.batch_end.token().checked_sub(event.position.token());
        if length.is_none_or(|length| length >= crate::batch::MOST_EVENTS as u64) {
            return Err(BadEntry::of(event, "its batch ends at a position where it cannot end"));
        }
        if line.command.is_some_and(|slot| slot.index != 0) {
            return Err(BadEntry::of(event, "it begins a batch, but its command began before it"));
        }
        self.batch = (event.position < line.batch_end).then(|| OpenBatch {
            stream: event.stream.clone(),
            end: line.batch_end,
            recorded_at: event.recorded_at,
            command: line.command.map(|slot| slot.id),
            next_index: 1,
        });
        Ok(())
    }

    fn accept(&mut self, event: &RecordedEvent, stream: i64) {
        self.events += 1;
        self.latest = self.latest.max(Some(event.recorded_at));
        let &RecordedEvent { revision, hash, recorded_at, .. } = event;
        self.streams.insert(stream, Head { revision, hash, recorded_at });
    }

    /// Streams that hold nothing, and indexes that say something else than their table.
    fn leftovers(&self, connection: &Connection) -> Found {
        let unreadable = |error: rusqlite::Error| BadEntry::of_file(format!("the file cannot be read: {error}"));
        let mut statement = connection.prepare("SELECT id, name FROM streams ORDER BY id").map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        while let Some(row) = rows.next().map_err(unreadable)? {
            let id: i64 = row.get(0).map_err(unreadable)?;
            if !self.streams.contains_key(&id) {
                let stream = text(row, 1).map_err(unreadable)?.and_then(|name| name.parse().ok());
                let what = "the stream has no events".to_owned();
                return Err(BadEntry { position: None, stream, revision: None, what });
            }
        }
        let verdict: String =
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(unreadable)?;
        if verdict == "ok" {
            return Ok(());
        }
        Err(BadEntry::of_file(format!("every event is sound, but the file's inner order is not: {verdict}")))
    }
}

fn bytes_and_hash(line: &Line) -> Found {
    let event = &line.event;
    let (metadata, data) = (chain::digest(&event.metadata), chain::digest(&event.data));
    if line.metadata_digest != Some(metadata) {
        return Err(BadEntry::of(event, "its metadata does not agree with the digest of it"));
    }
    if line.data_digest != Some(data) {
        return Err(BadEntry::of(event, "its data does not agree with the digest of it"));
    }
    let hash = chain::hash(&Link {
        stream: &event.stream,
        revision: event.revision,
        id: event.id,
        outer_type: &event.outer_type,
        version: event.version,
        recorded_at: event.recorded_at,
        metadata,
        data,
        previous: event.previous,
    });
    if hash != event.hash {
        return Err(BadEntry::of(event, "its hash does not agree with what it covers"));
    }
    Ok(())
}

/// The node in `trail-<node>-<day>`; the day is `2026-11-16` or `20261116`. Without a day, all of it.
fn node_of(stream: &StreamName) -> &str {
    let id = stream.id();
    let is_day = |day: &str| day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let dashed = |day: &str| {
        day.len() == 10
            && day
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
    };
    for (length, fits) in [(10, &dashed as &dyn Fn(&str) -> bool), (8, &is_day)] {
        let Some(cut) = id.len().checked_sub(length + 1) else { continue };
        if id.as_bytes().get(cut) == Some(&b'-') && id.get(cut + 1..).is_some_and(fits) {
            return id.get(..cut).unwrap_or(id);
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_cut_from_the_name_of_a_trail() {
        let node = |name: &str| node_of(&name.parse().unwrap()).to_owned();
        assert_eq!(node("trail-3f2a-11-2026-11-16"), "3f2a-11");
        assert_eq!(node("trail-3f2a-11-20261116"), "3f2a-11");
        assert_eq!(node("trail-north"), "north");
        assert_eq!(node("trail-2026-11-16"), "2026-11-16");
    }
}
