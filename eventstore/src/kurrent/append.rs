//! Appending: the place in the chain is worked out here, sent with the exact revision, and sent again byte for byte until the outcome
//! is known. The server compares ids, never bytes; so we do.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use kurrentdb::{BatchAppendClient, BatchWriteResult, Error, EventData, StreamState};
use lru::LruCache;
use tokio::time::{Instant, sleep, timeout};

use super::connection::Connection;
use super::horizon::Horizon;
use super::read::Reader;
use super::session::Session;
use super::stored;
use super::trouble::{Failure, Trouble};
use super::unknown::{Sent, Unknown, has_same_bytes};
use crate::clock::Clock;
use crate::import::Place;
use crate::port::{AppendError, Appended, Digest, Expected, NewEvent, Position, RecordedEvent, StoreFault, StreamName};

/// Streams whose last event the engine remembers.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(65_535);

/// After how long the same bytes are sent once more over the same stream of appends. When the server has ended that stream the client
/// tells nobody, unless something more is sent.
const REMINDER: Duration = Duration::from_secs(1);

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

/// The writing side of a store.
pub(super) struct Writer {
    connection: Arc<Connection>,
    reader: Reader,
    clock: Arc<dyn Clock>,
    horizon: Arc<Horizon>,
    heads: Mutex<LruCache<StreamName, Head>>,
    unknown: Mutex<Unknown>,
}

/// A batch on its way, and what is known of it.
struct Sending {
    sent: Sent,
    /// Whether it may be stored already: it was sent before, or is being sent by somebody else now.
    before: bool,
    /// A position that was there before it was sent: an answer at or before it means that the server had these ids already.
    known: Position,
}

impl Writer {
    pub(super) fn new(
        connection: Arc<Connection>,
        reader: Reader,
        clock: Arc<dyn Clock>,
        horizon: Arc<Horizon>,
    ) -> Self {
        let heads = Mutex::new(LruCache::new(REMEMBERED));
        Self { connection, reader, clock, horizon, heads, unknown: Mutex::default() }
    }

    /// Appends a checked batch.
    pub(super) async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        if batch.is_empty() {
            return Err(AppendError::Invalid("it holds no event; append nothing instead".to_owned()));
        }
        if let Some(sending) = self.sent_before(stream, expected, &batch) {
            return self.send_until_known(stream, expected, &sending).await;
        }
        let Some(events) = self.chain(stream, expected, batch).await? else {
            // The stream is shorter than expected.
            return Err(self.conflict(stream, expected).await?);
        };
        let sending = self.begin(events);
        self.send_until_known(stream, expected, &sending).await
    }

    /// Stores a checked batch as it was recorded elsewhere.
    pub(super) async fn import(&self, place: &Place, batch: Vec<RecordedEvent>) -> Result<Appended, AppendError> {
        if let Expected::At(revision) = place.expected {
            match self.head_at(&place.stream, revision).await? {
                None => return Err(self.conflict(&place.stream, place.expected).await?),
                Some(head) => place.goes_on_from(head.hash, head.recorded_at)?,
            }
        }
        let sending = Sending { sent: Arc::new(batch), before: false, known: self.horizon.head() };
        let appended = self.send_until_known(&place.stream, place.expected, &sending).await?;
        // What stood there before has the same bytes and predecessor; with the same time it has the same hash.
        if appended.recorded_at == place.recorded_at { Ok(appended) } else { Err(other_bytes(&sending.sent)) }
    }

    /// This batch as it was sent before, when its outcome is still unknown.
    fn sent_before(&self, stream: &StreamName, expected: Expected, batch: &[NewEvent]) -> Option<Sending> {
        let sent = self.unknown().same(stream, expected, batch)?;
        Some(Sending { sent, before: true, known: self.horizon.head() })
    }

    /// Remembers a batch before it is sent: whoever waits may go away, and come back with it. Somebody may have come with the same one
    /// while its place in the chain was worked out; then their bytes are sent and not these, which may be of another moment.
    fn begin(&self, events: Vec<RecordedEvent>) -> Sending {
        let mut unknown = self.unknown();
        // Who was done with it before this moment has told the horizon where it stands.
        let known = self.horizon.head();
        if let Some(sent) = unknown.same_but_for_time(&events) {
            return Sending { sent, before: true, known };
        }
        let sent = Arc::new(events);
        unknown.remember(&sent);
        Sending { sent, before: false, known }
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

    /// Sends until the outcome is known or patience ends.
    async fn send_until_known(
        &self,
        stream: &StreamName,
        expected: Expected,
        sending: &Sending,
    ) -> Result<Appended, AppendError> {
        let until = Instant::now() + self.connection.patience.whole;
        let sent = &sending.sent;
        let mut may_be_stored = sending.before;
        let mut swept = 0;
        loop {
            let failure = match self.send(stream, expected, sent, until).await {
                Ok(written) => {
                    let answer = self.written(stream, expected, sent, &written, sending.known).await;
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

    /// The answer to the caller, in whose words a fault means that nothing was written, whatever the fault is. What may be stored is
    /// remembered as it was sent, until its outcome is known.
    fn forgotten_unless_unsure(
        &self,
        sent: &Sent,
        answer: Result<Appended, AppendError>,
        may_be_stored: bool,
    ) -> Result<Appended, AppendError> {
        match answer {
            Err(AppendError::Fault(fault)) if may_be_stored => Err(AppendError::Unknown(fault.to_string())),
            known => {
                // First: whoever comes with the same batch now is to find it as remembered, or at a position known before.
                if let Ok(appended) = &known {
                    self.horizon.raise(appended.position);
                }
                self.unknown().forget(sent);
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
            let outcome = self.acknowledged(&session, &appending, &name, state, events).await;
            if outcome.is_err() {
                session.stop_appending(&appending).await;
            }
            outcome
        }
        .await;
        connection.hear_append(&session, &outcome);
        outcome
    }

    /// What the server answers to an append, or that it does not. Nobody waits on a session that was replaced.
    async fn acknowledged(
        &self,
        session: &Session,
        appending: &BatchAppendClient,
        name: &str,
        state: StreamState,
        events: Vec<EventData>,
    ) -> Result<BatchWriteResult, Failure> {
        let (connection, limit) = (&self.connection, self.connection.patience.acknowledge);
        let reminded = async {
            sleep(REMINDER.min(limit / 3)).await;
            connection.figures.sent_again();
            appending.append_to_stream(name, state, events.clone()).await
        };
        tokio::select! {
            biased;
            answer = appending.append_to_stream(name, state, events.clone()) => answer.map_err(failure),
            // What it says of the second says nothing about the first.
            answer = reminded => answer.map_err(|_| Failure::Swept),
            () = connection.left(session.number) => {
                Err(Failure::Lost(Trouble::Unreachable("the connection is replaced".to_owned())))
            }
            () = sleep(limit) => {
                if session.abandons() {
                    connection.doubt(session, Trouble::Silent);
                }
                Err(Failure::Lost(Trouble::Silent))
            }
        }
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
        let Some(last) = sent.last() else {
            return Err(StoreFault::Other("the server acknowledged nothing".to_owned()).into());
        };
        // Without a position it knew these ids, and did not look where they stand.
        let position = written.current_position().map(|position| Position::from_token(position.commit));
        let Some(position) = position.filter(|position| *position > known) else {
            return self.find_repeated(stream, expected, sent).await?.ok_or_else(|| other_bytes(sent));
        };
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
        let last = self.reader.last(&self.connection, stream).await;
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

    fn unknown(&self) -> MutexGuard<'_, Unknown> {
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
    match reader.stream_page(connection, stream, from, limit).await {
        Ok(events) => Ok(events),
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
