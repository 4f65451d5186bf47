//! Appending: the place in the chain is worked out here, sent with the exact revision, and sent again byte for byte until the outcome
//! is known. The server compares ids, never bytes; so we do.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use kurrentdb::{BatchWriteResult, Error, EventData, StreamState};
use lru::LruCache;
use tokio::time::{Instant, timeout};

use super::connection::Connection;
use super::read::{Reader, Span, Whose};
use super::stored;
use super::trouble::{Failure, Trouble};
use crate::clock::Clock;
use crate::import::Place;
use crate::port::{AppendError, Appended, Digest, Expected, NewEvent, Position, RecordedEvent, StoreFault, StreamName};

/// Streams whose last event the engine remembers.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(65_535);

/// Batches of unknown outcome that the engine remembers as they were sent.
const UNKNOWN: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1_023);

/// How often an append that went under with another's is sent again without a pause.
const AT_ONCE: u32 = 16;

/// What the chain goes on from.
#[derive(Clone, Copy)]
struct Head {
    revision: Revision,
    hash: Digest,
    recorded_at: Timestamp,
}

impl From<&RecordedEvent> for Head {
    fn from(event: &RecordedEvent) -> Self {
        Self { revision: event.revision, hash: event.hash, recorded_at: event.recorded_at }
    }
}

/// A batch as it was sent, by the id of its first event.
type Sent = Arc<Vec<RecordedEvent>>;

/// The writing side of a store.
pub(super) struct Writer {
    connection: Arc<Connection>,
    reader: Reader,
    clock: Arc<dyn Clock>,
    heads: Mutex<LruCache<StreamName, Head>>,
    unknown: Mutex<LruCache<EventId, Sent>>,
}

impl Writer {
    pub(super) fn new(connection: Arc<Connection>, reader: Reader, clock: Arc<dyn Clock>) -> Self {
        Self {
            connection,
            reader,
            clock,
            heads: Mutex::new(LruCache::new(REMEMBERED)),
            unknown: Mutex::new(LruCache::new(UNKNOWN)),
        }
    }

    /// Appends a checked batch. `known` is a position that was there before: an answer at or before it means that the server had these
    /// ids already.
    pub(super) async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
        known: Position,
    ) -> Result<Appended, AppendError> {
        let Some(first) = batch.first().map(|event| event.id) else {
            return Err(AppendError::Invalid("it holds no event; append nothing instead".to_owned()));
        };
        let remembered = self.unknown().get(&first).filter(|sent| is_same(sent, stream, expected, &batch)).cloned();
        if let Some(sent) = remembered {
            return self.send_until_known(stream, expected, &sent, known, true).await;
        }
        let Some(events) = self.chain(stream, expected, batch).await? else {
            // The stream is shorter than expected.
            return Err(self.conflict(stream, expected).await?);
        };
        let sent = Arc::new(events);
        // Before it is sent: whoever waits may go away, and come back with it.
        self.unknown().put(first, Arc::clone(&sent));
        self.send_until_known(stream, expected, &sent, known, false).await
    }

    /// Stores a checked batch as it was recorded elsewhere.
    pub(super) async fn import(
        &self,
        place: &Place,
        batch: Vec<RecordedEvent>,
        known: Position,
    ) -> Result<Appended, AppendError> {
        if let Expected::At(revision) = place.expected {
            match self.head_at(&place.stream, revision).await? {
                None => return Err(self.conflict(&place.stream, place.expected).await?),
                Some(head) => place.goes_on_from(head.hash, head.recorded_at)?,
            }
        }
        let sent = Arc::new(batch);
        let appended = self.send_until_known(&place.stream, place.expected, &sent, known, false).await?;
        // What stood there before has the same bytes and predecessor; with the same time it has the same hash.
        if appended.recorded_at == place.recorded_at { Ok(appended) } else { Err(other_bytes(&sent)) }
    }

    /// The batch with its place in the chain; nothing when the stream does not reach as far as expected.
    async fn chain(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Option<Vec<RecordedEvent>>, AppendError> {
        let previous = match expected {
            Expected::NoStream => None,
            Expected::At(revision) => match self.head_at(stream, revision).await? {
                None => return Ok(None),
                known => known,
            },
        };
        let now = self.clock.now();
        if let Some(seconds) = self.clock.suspect() {
            return Err(StoreFault::ClockStepped { seconds }.into());
        }
        let recorded_at = previous.map_or(now, |head| now.max(head.recorded_at));
        let hash = previous.map_or(Digest::ZERO, |head| head.hash);
        Ok(Some(stored::chained(stream, expected.next(), hash, recorded_at, batch)))
    }

    async fn head_at(&self, stream: &StreamName, revision: Revision) -> Result<Option<Head>, StoreFault> {
        let kept = self.heads().get(stream).copied().filter(|head| head.revision == revision);
        if kept.is_some() {
            return Ok(kept);
        }
        let found = page_of(&self.reader, &self.connection, stream, revision, 1).await?;
        Ok(found.first().filter(|event| event.revision == revision).map(Head::from))
    }

    /// Sends until the outcome is known or patience ends. `sent_before` says that it may be stored already.
    async fn send_until_known(
        &self,
        stream: &StreamName,
        expected: Expected,
        sent: &Sent,
        known: Position,
        sent_before: bool,
    ) -> Result<Appended, AppendError> {
        let until = Instant::now() + self.connection.patience.whole;
        let mut may_be_stored = sent_before;
        let mut swept = 0;
        loop {
            let failure = match self.send(stream, expected, sent, until).await {
                Ok(written) => {
                    let answer = self.written(stream, expected, sent, &written, known).await;
                    // It is stored, so what stops us here from saying where is no refusal.
                    return self.forgotten_unless_unsure(sent, answer, true);
                }
                Err(failure) => failure,
            };
            let lost = matches!(failure, Failure::Lost(_));
            let refused = match failure {
                Failure::Conflict => {
                    self.heads().pop(stream);
                    let answer = self.explain_conflict(stream, expected, sent).await;
                    return self.forgotten_unless_unsure(sent, answer, may_be_stored);
                }
                Failure::Deleted => Err(deleted(stream).into()),
                Failure::Invalid(what) => Err(AppendError::Invalid(format!("the server does not take it: {what}"))),
                Failure::Missing => Err(StoreFault::from(Trouble::NotLeader).into()),
                Failure::Closed => Err(StoreFault::Closed.into()),
                Failure::Swept => {
                    may_be_stored = true;
                    self.connection.figures.sent_again();
                    // Everybody else who was swept along comes back too, and one of them may fail again.
                    swept += 1;
                    if swept > AT_ONCE {
                        tokio::time::sleep(self.connection.patience.first_pause).await;
                    }
                    if Instant::now() < until {
                        continue;
                    }
                    Err(StoreFault::from(Trouble::Silent).into())
                }
                Failure::Refused(trouble) | Failure::Lost(trouble)
                    if !trouble.needs_operator() && Instant::now() < until =>
                {
                    may_be_stored |= lost;
                    self.connection.figures.sent_again();
                    tokio::time::sleep(self.connection.patience.first_pause).await;
                    continue;
                }
                Failure::Refused(trouble) | Failure::Lost(trouble) => {
                    may_be_stored |= lost;
                    Err(StoreFault::from(trouble).into())
                }
            };
            return self.forgotten_unless_unsure(sent, refused, may_be_stored);
        }
    }

    /// The answer to the caller, in whose words a fault means that nothing was written. What may be stored is remembered as it was
    /// sent, until its outcome is known.
    fn forgotten_unless_unsure(
        &self,
        sent: &Sent,
        answer: Result<Appended, AppendError>,
        may_be_stored: bool,
    ) -> Result<Appended, AppendError> {
        match answer {
            Err(AppendError::Fault(fault @ (StoreFault::Unreachable(_) | StoreFault::Closed))) if may_be_stored => {
                Err(AppendError::Unknown(fault.to_string()))
            }
            known => {
                self.unknown().pop(&first_id(sent));
                known
            }
        }
    }

    async fn send(
        &self,
        stream: &StreamName,
        expected: Expected,
        sent: &Sent,
        until: Instant,
    ) -> Result<BatchWriteResult, Failure> {
        let events = sent.iter().map(stored::to_wire).collect::<Result<Vec<EventData>, _>>();
        let events = events.map_err(|error| Failure::Invalid(error.to_string()))?;
        let state = match expected {
            Expected::NoStream => StreamState::NoStream,
            Expected::At(revision) => StreamState::StreamRevision(revision.number()),
        };
        let connection = &self.connection;
        let session = connection.session(until).await.map_err(|fault| match fault {
            StoreFault::Closed => Failure::Closed,
            _ => Failure::Refused(connection.trouble()),
        })?;
        let outcome = async {
            // Also the waiting for others who open it.
            let opening = session.appending(connection.patience.connect);
            let opened = timeout(connection.patience.connect, opening).await;
            let appending = opened.unwrap_or(Err(Failure::Refused(Trouble::Silent)))?;
            let name = self.reader.namespace.on_server(stream);
            let answer =
                timeout(connection.patience.acknowledge, appending.append_to_stream(name, state, events)).await;
            let outcome = answer.map_or(Err(Failure::Lost(Trouble::Silent)), |answer| answer.map_err(failure));
            if outcome.is_err() {
                session.stop_appending(&appending).await;
            }
            outcome
        }
        .await;
        connection.hear_append(&session, &outcome);
        outcome
    }

    /// The server has the batch: from now, or, when its place was there before, from an earlier time.
    async fn written(
        &self,
        stream: &StreamName,
        expected: Expected,
        sent: &Sent,
        written: &BatchWriteResult,
        known: Position,
    ) -> Result<Appended, AppendError> {
        let (Some(last), Some(position)) = (sent.last(), written.current_position()) else {
            return Err(StoreFault::Other("the server acknowledged an append without its position".to_owned()).into());
        };
        let position = Position::from_token(position.commit);
        if position <= known {
            return self.find_repeated(stream, expected, sent).await?.ok_or_else(|| other_bytes(sent));
        }
        if written.current_revision() != Some(last.revision.number()) {
            // A stream that was deleted and begins anew goes on where it ended, whatever was expected.
            self.heads().pop(stream);
            return Err(deleted(stream).into());
        }
        self.heads().put(stream.clone(), Head::from(last));
        Ok(Appended { last_revision: last.revision, position, recorded_at: last.recorded_at, repeated: false })
    }

    /// The expectation was wrong: because these very events stand there already, or because somebody else's do.
    async fn explain_conflict(
        &self,
        stream: &StreamName,
        expected: Expected,
        sent: &Sent,
    ) -> Result<Appended, AppendError> {
        match self.find_repeated(stream, expected, sent).await? {
            Some(appended) => Ok(appended),
            None => Err(self.conflict(stream, expected).await?),
        }
    }

    async fn conflict(&self, stream: &StreamName, expected: Expected) -> Result<AppendError, StoreFault> {
        let last = self.reader.last(&self.connection, &Whose::Stream(stream.clone())).await;
        let last = last.map_err(|failure| fault_of(stream, failure))?;
        let actual = last.as_ref().map(|event| event.revision);
        match &last {
            Some(event) => drop(self.heads().put(stream.clone(), Head::from(event))),
            None => absent(&self.reader, &self.connection, stream).await?,
        }
        Ok(AppendError::Conflict { stream: stream.clone(), expected, actual })
    }

    /// The answer that a batch got when it was stored before; nothing when other events stand in its place.
    async fn find_repeated(
        &self,
        stream: &StreamName,
        expected: Expected,
        sent: &Sent,
    ) -> Result<Option<Appended>, AppendError> {
        let found = page_of(&self.reader, &self.connection, stream, expected.next(), sent.len()).await?;
        if found.first().map(|event| event.id) != Some(first_id(sent)) {
            return Ok(None);
        }
        // The batch as it was stored: no longer and no shorter than what was sent.
        let whole = found.iter().position(|event| event.left == 0).map_or(found.len(), |last| last + 1);
        let same =
            whole == sent.len() && found.iter().zip(sent.iter()).all(|(found, sent)| has_same_bytes(found, sent));
        let Some(last) = found.get(whole - 1).filter(|_| same) else { return Err(other_bytes(sent)) };
        Ok(Some(Appended {
            last_revision: last.revision,
            position: last.position,
            recorded_at: last.recorded_at,
            repeated: true,
        }))
    }

    fn heads(&self) -> MutexGuard<'_, LruCache<StreamName, Head>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unknown(&self) -> MutexGuard<'_, LruCache<EventId, Sent>> {
        self.unknown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What ended an append. Only a status of its own says that nothing was done; whatever else ended the stream of all appends says
/// nothing about those under way.
fn failure(error: Error) -> Failure {
    let of_its_own = matches!(error, Error::Grpc { .. });
    match Failure::from(error) {
        Failure::Refused(trouble) if !of_its_own => Failure::Lost(trouble),
        failure => failure,
    }
}

fn first_id(sent: &[RecordedEvent]) -> EventId {
    sent.first().map_or(EventId::from_uuid(uuid::Uuid::nil()), |event| event.id)
}

/// Whether a batch is the one that was sent: same place, same bytes.
fn is_same(sent: &[RecordedEvent], stream: &StreamName, expected: Expected, batch: &[NewEvent]) -> bool {
    let placed = sent.first().is_some_and(|first| first.stream == *stream && first.revision == expected.next());
    let same = |(sent, new): (&RecordedEvent, &NewEvent)| {
        sent.id == new.id
            && sent.outer_type == new.outer_type
            && sent.version == new.version
            && sent.metadata == new.metadata
            && sent.data == new.data
    };
    placed && sent.len() == batch.len() && sent.iter().zip(batch).all(same)
}

fn has_same_bytes(found: &RecordedEvent, sent: &RecordedEvent) -> bool {
    found.id == sent.id
        && found.outer_type == sent.outer_type
        && found.version == sent.version
        && found.metadata == sent.metadata
        && found.data == sent.data
}

fn other_bytes(sent: &[RecordedEvent]) -> AppendError {
    AppendError::Invalid(format!(
        "event {} is already stored with other bytes, neighbours or expectation; make new ids for a new attempt, and \
         resend an old one unchanged",
        first_id(sent)
    ))
}

/// What a page of a stream holds; a stream that never was holds nothing.
pub(super) async fn page_of(
    reader: &Reader,
    connection: &Connection,
    stream: &StreamName,
    from: Revision,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreFault> {
    let span = Span::Stream { stream: stream.clone(), from };
    match reader.page(connection, &span, limit).await {
        Ok(found) => Ok(found.events),
        Err(Failure::Missing) => absent(reader, connection, stream).await.map(|()| Vec::new()),
        Err(failure) => Err(fault_of(stream, failure)),
    }
}

/// A failed read of a stream, in the words of the port.
pub(super) fn fault_of(stream: &StreamName, failure: Failure) -> StoreFault {
    match failure {
        Failure::Closed => StoreFault::Closed,
        Failure::Deleted => deleted(stream),
        Failure::Refused(trouble) | Failure::Lost(trouble) => trouble.into(),
        Failure::Invalid(what) => StoreFault::Other(format!("the server refuses a read: {what}")),
        Failure::Conflict | Failure::Missing | Failure::Swept => {
            StoreFault::Other("the server answers what was not asked".to_owned())
        }
    }
}

/// Makes sure that a stream without events never had any.
pub(super) async fn absent(reader: &Reader, connection: &Connection, stream: &StreamName) -> Result<(), StoreFault> {
    let was_deleted = reader.was_deleted(connection, stream).await;
    if was_deleted.map_err(|failure| fault_of(stream, failure))? { Err(deleted(stream)) } else { Ok(()) }
}

/// A stream was deleted or cut short on the server: never ours to do, and never to be taken for erased or for absent.
pub(super) fn deleted(stream: &StreamName) -> StoreFault {
    StoreFault::Damaged {
        stream: stream.clone(),
        revision: Revision::FIRST,
        what: "it was deleted or cut short on the server, which Rustpunt never does; restore it there from a backup"
            .to_owned(),
    }
}
