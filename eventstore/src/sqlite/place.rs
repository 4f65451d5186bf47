//! Places one batch inside the writer's transaction: checks what is expected, chains, inserts; or says why not.

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use lru::LruCache;
use rusqlite::{Connection, OptionalExtension, Statement, params};

use super::fault::is_refusal;
use super::row::{digest, integer, number, slot, stored, text, uuid};
use crate::chain::{self, Link};
use crate::clock::Clock;
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
    pub(super) genesis: Digest,
    pub(super) events: Vec<Prepared>,
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
}

/// The last event of the store.
#[derive(Clone, Copy)]
pub(super) struct Last {
    pub(super) position: Position,
    pub(super) recorded_at: Timestamp,
}

impl Last {
    pub(super) const NONE: Self = Self { position: Position::START, recorded_at: Timestamp::from_micros(i64::MIN) };

    /// As the file has it.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let last = connection
            .query_row(include_str!("last.sql"), [], |row| {
                let position = Position::from_token(number(row, 0)?.unwrap_or_default());
                Ok(Self { position, recorded_at: Timestamp::from_micros(integer(row, 1)?.unwrap_or_default()) })
            })
            .optional()?;
        Ok(last.unwrap_or(Self::NONE))
    }
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
        let now = self.clock.now();
        if let Some(seconds) = self.clock.suspect() {
            return Err(Refusal::Batch(StoreFault::ClockStepped { seconds }.into()));
        }
        let recorded_at = now.max(self.last.recorded_at);
        self.savepoint.execute([])?;
        match self.insert(batch, head, recorded_at) {
            Ok((head, position)) => {
                self.release.execute([])?;
                self.last = Last { position, recorded_at };
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

    fn find_head(&mut self, stream: &StreamName) -> rusqlite::Result<Option<Head>> {
        if let Some(head) = self.heads.get(stream) {
            return Ok(Some(*head));
        }
        let found = self
            .head
            .query_row([stream.as_str()], |row| {
                let (id, revision) = (row.get(0)?, Revision::new(number(row, 1)?.unwrap_or_default()));
                Ok(Head { id, revision, hash: Digest(row.get(2)?) })
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
        let mut id = head.map(|head| head.id);
        let mut previous = head.map_or(batch.genesis, |head| head.hash);
        let mut revision = batch.expected.next();
        let mut position = self.last.position.token();
        let end = position + batch.events.len() as u64;
        let stream = match id.take() {
            Some(id) => id,
            None => self.insert_stream.insert([batch.stream.as_str()])?,
        };
        let mut last = Head { id: stream, revision, hash: previous };
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
            last = Head { id: stream, revision, hash };
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
        let mut previous = (batch.expected == Expected::NoStream).then_some(batch.genesis);
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
