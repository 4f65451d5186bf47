//! Places one batch inside the writer's transaction: checks what is expected, chains, inserts; or says why not.

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use lru::LruCache;
use rusqlite::{Connection, OptionalExtension, Statement, params};

use super::fault::is_refusal;
use super::imports::{self, Imports};
use super::row::{digest, integer, number, slot, stored, text, uuid};
use crate::chain::{self, Link};
use crate::clock::Clock;
use crate::import::Place;
use crate::port::{AppendError, Appended, Digest, Expected, NewEvent, Position, StoreFault, StreamName};

/// Streams whose head the writer remembers.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(65_535);

/// An event with the digests of its bytes, which the caller computed.
pub(super) struct Prepared {
    pub(super) event: NewEvent,
    pub(super) metadata: Digest,
    pub(super) data: Digest,
}

/// A batch on its way into the file.
pub(super) struct Batch {
    pub(super) stream: StreamName,
    pub(super) expected: Expected,
    pub(super) origin: Origin,
    pub(super) events: Vec<Prepared>,
}

/// Where a batch is recorded.
pub(super) enum Origin {
    /// Here and now; the first event of a new stream names this predecessor.
    Here { genesis: Digest },
    /// In another store, before: it keeps its time and its place in the chain.
    Elsewhere(Place),
}

impl Origin {
    /// What the first event of a new stream names as its predecessor.
    const fn genesis(&self) -> Digest {
        match self {
            Self::Here { genesis } => *genesis,
            Self::Elsewhere(place) => place.previous,
        }
    }

    const fn is_elsewhere(&self) -> bool {
        matches!(self, Self::Elsewhere(_))
    }
}

/// Why a batch was not placed.
pub(super) enum Refusal {
    /// It alone is refused; the transaction goes on.
    Batch(AppendError),
    /// The transaction is in trouble.
    Medium(rusqlite::Error),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Medium(error)
    }
}

#[derive(Clone, Copy)]
struct Head {
    id: i64,
    revision: Revision,
    hash: Digest,
    recorded_at: Timestamp,
}

/// How far the store is.
#[derive(Clone, Copy)]
pub(super) struct Last {
    /// Of the last event.
    pub(super) position: Position,
    /// The latest time of any event: the last one's, unless that was recorded elsewhere.
    pub(super) recorded_at: Timestamp,
    /// Whether the last event was recorded elsewhere.
    pub(super) elsewhere: bool,
}

impl Last {
    /// As the file has it.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let position = last_position(connection)?;
        // Contradictory notes are for `verify`; here they cost a longer look.
        let imported = Imports::read(connection)?.map_or(Some(Position::START), |imports| imports.open_since());
        // What was recorded here has the latest time of all before it.
        let from = imported.unwrap_or(position);
        let recorded_at = connection.query_row(
            "SELECT max(recorded_at) FROM events WHERE position >= ?1",
            [stored(from.token())],
            |row| integer(row, 0),
        )?;
        let recorded_at = Timestamp::from_micros(recorded_at.unwrap_or(i64::MIN));
        Ok(Self { position, recorded_at, elsewhere: imported.is_some() })
    }
}

/// The position of the last event; [`Position::START`] when there is none.
pub(super) fn last_position(connection: &Connection) -> rusqlite::Result<Position> {
    let last = connection.query_row("SELECT max(position) FROM events", [], |row| number(row, 0))?;
    Ok(Position::from_token(last.unwrap_or_default()))
}

/// What the writer knows of the history, and the statements it needs.
pub(super) struct Placer<'c> {
    savepoint: Statement<'c>,
    release: Statement<'c>,
    rollback: Statement<'c>,
    insert_stream: Statement<'c>,
    insert_event: Statement<'c>,
    head: Statement<'c>,
    stored_batch: Statement<'c>,
    id_known: Statement<'c>,
    command_known: Statement<'c>,
    note: Statement<'c>,
    heads: LruCache<StreamName, Head>,
    touched: Vec<StreamName>,
    last: Last,
    before: Last,
    clock: Arc<dyn Clock>,
}

impl<'c> Placer<'c> {
    pub(super) fn new(connection: &'c Connection, clock: Arc<dyn Clock>, last: Last) -> rusqlite::Result<Self> {
        Ok(Self {
            savepoint: connection.prepare("SAVEPOINT batch")?,
            release: connection.prepare("RELEASE batch")?,
            rollback: connection.prepare("ROLLBACK TO batch")?,
            insert_stream: connection.prepare("INSERT INTO streams (name) VALUES (?1)")?,
            insert_event: connection.prepare(include_str!("insert_event.sql"))?,
            head: connection.prepare(include_str!("head.sql"))?,
            stored_batch: connection.prepare(include_str!("stored_batch.sql"))?,
            id_known: connection.prepare("SELECT 1 FROM events WHERE id = ?1")?,
            command_known: connection.prepare(include_str!("command_known.sql"))?,
            note: connection.prepare("INSERT INTO store (key, value) VALUES (?1, ?2)")?,
            heads: LruCache::new(REMEMBERED),
            touched: Vec::new(),
            last,
            before: last,
            clock,
        })
    }

    /// The last event placed.
    pub(super) fn last(&self) -> Position {
        self.last.position
    }

    /// A transaction begins.
    pub(super) fn begin(&mut self) {
        self.before = self.last;
        self.touched.clear();
    }

    /// The transaction came to nothing: forget what was learnt in it.
    pub(super) fn abandon(&mut self) {
        self.last = self.before;
        for stream in self.touched.drain(..) {
            self.heads.pop(&stream);
        }
    }

    /// Places a batch, or finds that these very bytes stand already where they are expected.
    pub(super) fn place(&mut self, batch: &Batch) -> Result<Appended, Refusal> {
        let head = self.find_head(&batch.stream)?;
        let actual = head.map(|head| head.revision);
        let as_expected = match batch.expected {
            Expected::NoStream => actual.is_none(),
            Expected::At(revision) => actual == Some(revision),
        };
        if !as_expected {
            return self.find_repeated(batch)?.ok_or_else(|| {
                let stream = batch.stream.clone();
                Refusal::Batch(AppendError::Conflict { stream, expected: batch.expected, actual })
            });
        }
        let recorded_at = self.time_of(batch, head).map_err(Refusal::Batch)?;
        self.savepoint.execute([])?;
        match self.insert(batch, head, recorded_at) {
            Ok((head, position)) => {
                self.release.execute([])?;
                let latest = recorded_at.max(self.last.recorded_at);
                self.last = Last { position, recorded_at: latest, elsewhere: batch.origin.is_elsewhere() };
                self.touched.push(batch.stream.clone());
                self.heads.put(batch.stream.clone(), head);
                Ok(Appended { last_revision: head.revision, position, recorded_at, repeated: false })
            }
            Err(error) if is_refusal(&error) => {
                self.rollback.execute([])?;
                self.release.execute([])?;
                Err(self.diagnose(batch, error))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// When a batch is or was recorded; refuses one from elsewhere that does not go on from what is here.
    fn time_of(&self, batch: &Batch, head: Option<Head>) -> Result<Timestamp, AppendError> {
        match &batch.origin {
            Origin::Here { .. } => {
                let now = self.clock.now();
                match self.clock.suspect() {
                    Some(seconds) => Err(StoreFault::ClockStepped { seconds }.into()),
                    None => Ok(now.max(self.last.recorded_at)),
                }
            }
            Origin::Elsewhere(place) => {
                head.map_or(Ok(()), |head| place.goes_on_from(head.hash, head.recorded_at))?;
                Ok(place.recorded_at)
            }
        }
    }

    fn find_head(&mut self, stream: &StreamName) -> rusqlite::Result<Option<Head>> {
        if let Some(head) = self.heads.get(stream) {
            return Ok(Some(*head));
        }
        let found = self
            .head
            .query_row([stream.as_str()], |row| {
                let (id, revision) = (row.get(0)?, Revision::new(number(row, 1)?.unwrap_or_default()));
                Ok(Head { id, revision, hash: Digest(row.get(2)?), recorded_at: Timestamp::from_micros(row.get(3)?) })
            })
            .optional()?;
        if let Some(head) = found {
            self.heads.put(stream.clone(), head);
        }
        Ok(found)
    }

    fn insert(
        &mut self,
        batch: &Batch,
        head: Option<Head>,
        recorded_at: Timestamp,
    ) -> rusqlite::Result<(Head, Position)> {
        if batch.origin.is_elsewhere() != self.last.elsewhere {
            imports::note(&mut self.note, batch.origin.is_elsewhere(), self.last.position)?;
        }
        let mut id = head.map(|head| head.id);
        let mut previous = head.map_or(batch.origin.genesis(), |head| head.hash);
        let mut revision = batch.expected.next();
        let mut position = self.last.position.token();
        let end = position + batch.events.len() as u64;
        let stream = match id.take() {
            Some(id) => id,
            None => self.insert_stream.insert([batch.stream.as_str()])?,
        };
        let mut last = Head { id: stream, revision, hash: previous, recorded_at };
        for prepared in &batch.events {
            position += 1;
            let hash = chain::hash(&link(batch, prepared, revision, recorded_at, previous));
            let event = &prepared.event;
            self.insert_event.execute(params![
                stored(position),
                stream,
                stored(revision.number()),
                event.id.as_uuid().as_bytes().as_slice(),
                event.outer_type,
                event.version,
                recorded_at.micros(),
                stored(end),
                event.command.map(|slot| slot.id.as_uuid().into_bytes()),
                event.command.map(|slot| slot.index),
                previous.0.as_slice(),
                hash.0.as_slice(),
                prepared.metadata.0.as_slice(),
                prepared.data.0.as_slice(),
                event.metadata,
                event.data,
            ])?;
            last = Head { id: stream, revision, hash, recorded_at };
            previous = hash;
            revision = revision.next();
        }
        Ok((last, Position::from_token(position)))
    }

    /// The batch was refused by an index: which one?
    fn diagnose(&mut self, batch: &Batch, error: rusqlite::Error) -> Refusal {
        match self.explain(batch) {
            Ok(Some(reason)) => Refusal::Batch(reason),
            Ok(None) => Refusal::Medium(error),
            Err(error) => Refusal::Medium(error),
        }
    }

    fn explain(&mut self, batch: &Batch) -> rusqlite::Result<Option<AppendError>> {
        for prepared in &batch.events {
            if self.knows(prepared.event.id)? {
                return Ok(Some(AppendError::Invalid(id_taken(prepared.event.id))));
            }
        }
        let Some(slot) = batch.events.first().and_then(|first| first.event.command) else { return Ok(None) };
        let taken =
            self.command_known.exists(params![batch.stream.as_str(), slot.id.as_uuid().as_bytes().as_slice()])?;
        Ok(taken.then(|| AppendError::CommandTaken { stream: batch.stream.clone(), command: slot.id }))
    }

    fn knows(&mut self, id: EventId) -> rusqlite::Result<bool> {
        self.id_known.exists([id.as_uuid().as_bytes().as_slice()])
    }

    /// The answer this batch got when it was stored before, if it was. `None` when its events are not known.
    fn find_repeated(&mut self, batch: &Batch) -> Result<Option<Appended>, Refusal> {
        let Some(first) = batch.events.first() else { return Ok(None) };
        let mut rows = self.stored_batch.query([first.event.id.as_uuid().as_bytes().as_slice()])?;
        let mut expected = batch.events.iter();
        let mut revision = batch.expected.next();
        let mut previous = match &batch.origin {
            Origin::Here { genesis } => (batch.expected == Expected::NoStream).then_some(*genesis),
            Origin::Elsewhere(place) => Some(place.previous),
        };
        let told = match &batch.origin {
            Origin::Here { .. } => None,
            Origin::Elsewhere(place) => Some(place.recorded_at.micros()),
        };
        let mut answer = None;
        let differs = || Refusal::Batch(AppendError::Invalid(id_taken(first.event.id)));
        while let Some(row) = rows.next()? {
            let prepared = expected.next().ok_or_else(differs)?;
            let event = &prepared.event;
            let same = text(row, 0)? == Some(batch.stream.as_str())
                && number(row, 2)? == Some(revision.number())
                && uuid(row, 3)? == Some(event.id.as_uuid())
                && text(row, 4)? == Some(event.outer_type.as_str())
                && number(row, 5)? == Some(u64::from(event.version))
                && told.is_none_or(|told| integer(row, 6).is_ok_and(|stored| stored == Some(told)))
                && slot(row, 8)? == Ok(event.command)
                && previous.take().is_none_or(|genesis| digest(row, 10).is_ok_and(|stored| stored == Some(genesis)))
                && digest(row, 11)? == Some(prepared.metadata)
                && digest(row, 12)? == Some(prepared.data);
            if !same {
                return Err(differs());
            }
            answer = Some(Appended {
                last_revision: revision,
                position: Position::from_token(number(row, 1)?.unwrap_or_default()),
                recorded_at: Timestamp::from_micros(integer(row, 6)?.unwrap_or_default()),
                repeated: true,
            });
            revision = revision.next();
        }
        if answer.is_some() && expected.next().is_some() {
            return Err(differs());
        }
        Ok(answer)
    }
}

fn id_taken(id: EventId) -> String {
    format!(
        "event {id} is already stored with other bytes, neighbours or expectation; make new ids for a new attempt, \
         and resend an old one unchanged"
    )
}

fn link<'a>(
    batch: &'a Batch,
    prepared: &'a Prepared,
    revision: Revision,
    recorded_at: Timestamp,
    previous: Digest,
) -> Link<'a> {
    Link {
        stream: &batch.stream,
        revision,
        id: prepared.event.id,
        outer_type: &prepared.event.outer_type,
        version: prepared.event.version,
        recorded_at,
        metadata: prepared.metadata,
        data: prepared.data,
        previous,
    }
}
