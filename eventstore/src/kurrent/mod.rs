//! The engine for more than one machine: `KurrentDB` (formerly `EventStoreDB`), through its official client, whose traps are contained
//! here (`docs/decisions/0005-kurrentdb.md`).
//!
//! What is written is chained before it is sent, with the exact revision; what is followed is read from the follower's own position,
//! page by page, up to a head that was read first. A subscription only wakes followers; it is read with our own channel, because one
//! of the client's that the server ends in order never lets go of its thread again.

mod address;
mod append;
mod connection;
mod follow;
mod horizon;
mod import;
mod passage;
mod read;
mod session;
mod stored;
mod trouble;
mod unknown;
pub mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::Revision;
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

pub use self::address::{Address, Namespace};
use self::append::{Writer, absent, deleted, fault_of, page_of};
use self::connection::Connection;
pub use self::connection::{ConnectionFigures, ConnectionState, Patience};
use self::horizon::Horizon;
use self::read::{Reader, Span};
use self::trouble::Failure;
pub use self::trouble::Trouble;
use crate::batch;
use crate::clock::Clock;
use crate::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};

/// How to open a history on a cluster.
pub struct KurrentOptions {
    /// Where the cluster is.
    pub address: Address,
    /// Under which name the history stands there.
    pub namespace: Namespace,
    /// Where `recorded_at` comes from.
    pub clock: Arc<dyn Clock>,
    /// How long to wait for what.
    pub patience: Patience,
}

/// A history on its way to be opened: the cluster may not be there yet. Dropped, it stops trying.
pub struct Opening {
    options: KurrentOptions,
    connection: Held,
}

/// A connection that ends with whoever holds it.
struct Held(Arc<Connection>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl std::ops::Deref for Held {
    type Target = Arc<Connection>;

    fn deref(&self) -> &Arc<Connection> {
        &self.0
    }
}

/// An open history on a cluster.
pub struct KurrentStore {
    source: String,
    namespace: Namespace,
    connection: Held,
    reader: Reader,
    writer: Writer,
    horizon: Arc<Horizon>,
}

impl KurrentStore {
    /// Begins to connect. Needs a running Tokio.
    #[must_use]
    pub fn connect(options: KurrentOptions) -> Opening {
        let connection = Held(Connection::start(options.address.clone(), options.patience));
        Opening { options, connection }
    }

    /// How things stand with the cluster.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<ConnectionState> {
        self.connection.state()
    }

    /// What the connection counted.
    #[must_use]
    pub fn figures(&self) -> Arc<ConnectionFigures> {
        Arc::clone(&self.connection.figures)
    }

    /// Lets go of the cluster. What was acknowledged is durable there. Later calls hear [`StoreFault::Closed`].
    pub fn close(&self) {
        self.connection.close();
    }

    async fn read_head(&self) -> Result<Position, StoreFault> {
        self.reader.head(&self.connection, &self.horizon).await.map_err(fault_of_all)
    }

    fn open(&self) -> Result<(), StoreFault> {
        if self.connection.is_closed() { Err(StoreFault::Closed) } else { Ok(()) }
    }
}

impl Opening {
    /// What the connection counted.
    #[must_use]
    pub fn figures(&self) -> Arc<ConnectionFigures> {
        Arc::clone(&self.connection.figures)
    }

    /// How things stand with the cluster.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<ConnectionState> {
        self.connection.state()
    }

    /// Waits until the cluster answers, for as long as it takes, and opens the history there; gives it a name when it has none.
    ///
    /// # Errors
    /// When what stands on the cluster is no history of ours.
    pub async fn open(self) -> Result<KurrentStore, StoreFault> {
        self.open_as(true).await
    }

    /// As [`Opening::open`], for a history that must be there already: nothing is written.
    ///
    /// # Errors
    /// Also when there is no history of this name.
    pub async fn open_existing(self) -> Result<KurrentStore, StoreFault> {
        self.open_as(false).await
    }

    async fn open_as(self, may_begin: bool) -> Result<KurrentStore, StoreFault> {
        let Self { options: KurrentOptions { namespace, clock, patience, .. }, connection } = self;
        let reader = Reader { namespace: namespace.clone(), idle: patience.read };
        let named = loop {
            match name_history(&connection, &namespace, may_begin).await {
                Ok(named) => break named,
                Err(StoreFault::Unreachable(_)) => reached(&connection, patience).await?,
                Err(other) => return Err(other),
            }
        };
        let horizon = match named.begun {
            // Nothing of this history stands before its name, and nothing of ours after it yet.
            Some(begun) => Horizon::new(begun, Position::START),
            None => horizon_of(&reader, &connection, patience, &clock).await?,
        };
        let horizon = Arc::new(horizon);
        let writer = Writer::new(Arc::clone(&connection.0), reader.clone(), clock, Arc::clone(&horizon));
        let following = follow::HeadFollower {
            connection: Arc::clone(&connection.0),
            reader: reader.clone(),
            horizon: Arc::clone(&horizon),
            behind_since: None,
        };
        tokio::spawn(following.run());
        Ok(KurrentStore { source: named.source, namespace, connection, reader, writer, horizon })
    }
}

/// Where a history ends that was begun before.
async fn horizon_of(
    reader: &Reader,
    connection: &Connection,
    patience: Patience,
    clock: &Arc<dyn Clock>,
) -> Result<Horizon, StoreFault> {
    let (end, last) = loop {
        match reader.newest(connection).await.map_err(fault_of_all) {
            Ok(found) => break found,
            Err(StoreFault::Unreachable(_)) => reached(connection, patience).await?,
            Err(other) => return Err(other),
        }
    };
    if let Some(last) = &last {
        clock.witness(last.recorded_at);
    }
    Ok(Horizon::new(end, last.map_or(Position::START, |last| last.position)))
}

/// The name of a history.
struct Named {
    source: String,
    /// Where it was written, when it was written just now.
    begun: Option<Position>,
}

/// Waits until the cluster answers, also when only an operator can see to that.
async fn reached(connection: &Connection, patience: Patience) -> Result<(), StoreFault> {
    // It may answer, and refuse what it is asked.
    tokio::time::sleep(patience.first_pause).await;
    let mut state = connection.state();
    let now = state.wait_for(|state| matches!(state, ConnectionState::Connected | ConnectionState::Closed)).await;
    match now.as_deref() {
        Ok(ConnectionState::Connected) => Ok(()),
        _ => Err(StoreFault::Closed),
    }
}

/// The name of the history under this namespace, given to it at its first opening. Two nodes that open it at once agree: one of them
/// meets a conflict and reads what the other wrote.
async fn name_history(connection: &Connection, namespace: &Namespace, may_begin: bool) -> Result<Named, StoreFault> {
    let stream = namespace.naming();
    if let Some(source) = read_name(connection, stream.clone()).await? {
        return Ok(Named { source, begun: None });
    }
    if read::was_cut(connection, &stream).await.map_err(fault_of_all)? {
        return Err(StoreFault::Unopenable(
            "the stream that names this history was deleted on the server; restore it there from a backup".to_owned(),
        ));
    }
    if !may_begin {
        return Err(StoreFault::Unopenable(
            "no history stands there under this namespace: check the address and the namespace".to_owned(),
        ));
    }
    let until = Instant::now() + connection.patience.whole;
    let session = connection.session(until).await?;
    let id = Uuid::new_v4();
    let event = kurrentdb::EventData::binary("HistoryNamed", id.to_string().into_bytes().into()).id(id);
    let outcome = session.begin_stream(connection.patience.connect, stream.clone(), event).await;
    connection.hear(&session, &outcome);
    let begun = match outcome {
        Ok(written) => Some(Position::from_token(written.position.commit)),
        Err(Failure::Conflict) => None,
        Err(failure) => return Err(fault_of_all(failure)),
    };
    let source = read_name(connection, stream).await?.ok_or_else(|| {
        StoreFault::Unopenable(
            "the history's name was written and is not there: read and write at the leader".to_owned(),
        )
    })?;
    Ok(Named { source, begun })
}

async fn read_name(connection: &Connection, stream: String) -> Result<Option<String>, StoreFault> {
    let data = read::data_of_last(connection, &stream).await.map_err(fault_of_all)?;
    let Some(data) = data else { return Ok(None) };
    let name = std::str::from_utf8(&data).ok().and_then(|text| Uuid::try_parse(text).ok());
    name.map(|name| Some(name.to_string())).ok_or_else(|| {
        StoreFault::Unopenable("what stands under this namespace is no history of ours: choose another".to_owned())
    })
}

/// A failed read of everything, in the words of the port.
fn fault_of_all(failure: Failure) -> StoreFault {
    match failure {
        Failure::Closed => StoreFault::Closed,
        Failure::Refused(trouble) | Failure::Lost(trouble) => trouble.into(),
        Failure::Invalid(what) => StoreFault::Other(format!("the server refuses a read: {what}")),
        Failure::Deleted => StoreFault::Other("the server says that what holds everything was deleted".to_owned()),
        Failure::Conflict | Failure::Missing | Failure::Swept => {
            StoreFault::Other("the server answers what was not asked".to_owned())
        }
    }
}

/// Whether the server can count as far: it counts with a sign.
fn countable(number: u64) -> bool {
    i64::try_from(number).is_ok()
}

#[async_trait]
impl EventStore for KurrentStore {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.open()?;
        batch::check(&batch)?;
        if matches!(expected, Expected::At(revision) if !countable(revision.number().saturating_add(batch.len() as u64)))
        {
            return Err(AppendError::Invalid("no stream is as long as expected; read its head first".to_owned()));
        }
        self.writer.append(stream, expected, batch).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        self.open()?;
        if !countable(from.number()) {
            return Ok(Vec::new());
        }
        let found = page_of(&self.reader, &self.connection, stream, from, limit).await?;
        match found.first() {
            Some(first) if first.revision != from => Err(deleted(stream)),
            _ => Ok(found),
        }
    }

    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        self.open()?;
        let last = self.reader.last(&self.connection, stream).await;
        let last = last.map_err(|failure| fault_of(stream, failure))?;
        if last.is_none() {
            absent(&self.reader, &self.connection, stream).await?;
        }
        Ok(last.map(|event| (event.revision, event.hash)))
    }

    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
        self.open()?;
        let head = self.read_head().await?;
        if after >= head || !countable(after.token()) {
            return Ok(Page { events: Vec::new(), damaged: Vec::new(), next: after, at_head: true });
        }
        let span = Span { prefixes: self.namespace.prefixes(filter), after, until: head };
        let found = self.reader.page(&self.connection, &span, limit).await.map_err(fault_of_all)?;
        // Up to the head all was looked at, also what the filter left out.
        let reached = if found.drained { found.reached.max(head) } else { found.reached };
        // Whatever the server keeps in one of our streams is an event; whether it holds what it should is seen when it is opened.
        Ok(Page { events: found.events, damaged: Vec::new(), next: reached, at_head: reached >= head })
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.open()?;
        self.read_head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.open()?;
        let head = self.read_head().await?;
        if head == Position::START {
            return Ok(None);
        }
        let last = self.reader.event(&self.connection, head).await.map_err(fault_of_all)?;
        let gone = || {
            StoreFault::Other("the last event is no longer where it was: see what was done on the server".to_owned())
        };
        last.map(Some).ok_or_else(gone)
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.horizon.watch()
    }

    fn source(&self) -> &str {
        &self.source
    }
}
