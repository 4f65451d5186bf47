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
mod import;
mod read;
mod session;
mod stored;
mod trouble;
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
use self::read::{Reader, Span, Whose};
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
    head: watch::Sender<Position>,
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

    async fn read_last(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        let whole = Whose::All(self.whole());
        let last = self.reader.last(&self.connection, &whole).await.map_err(fault_of_all)?;
        if let Some(last) = &last {
            self.saw(last.position);
        }
        Ok(last)
    }

    async fn read_head(&self) -> Result<Position, StoreFault> {
        Ok(self.read_last().await?.map_or(Position::START, |last| last.position))
    }

    /// The prefix of every stream of this history.
    fn whole(&self) -> String {
        self.namespace.prefixes(&Filter::all()).concat()
    }

    fn saw(&self, position: Position) {
        raise(&self.head, position);
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
        let Self { options: KurrentOptions { namespace, clock, patience, .. }, connection } = self;
        let reader = Reader { namespace: namespace.clone(), idle: patience.read };
        let source = loop {
            match name_history(&connection, &namespace).await {
                Ok(source) => break source,
                Err(StoreFault::Unreachable(_)) => reached(&connection, patience).await?,
                Err(other) => return Err(other),
            }
        };
        let writer = Writer::new(Arc::clone(&connection.0), reader.clone(), Arc::clone(&clock));
        let head = watch::Sender::new(Position::START);
        let store = KurrentStore { source, namespace, connection, reader, writer, head };
        let whole = Whose::All(store.whole());
        let last = loop {
            match store.reader.last(&store.connection, &whole).await {
                Ok(last) => break last,
                Err(failure) => match fault_of_all(failure) {
                    StoreFault::Unreachable(_) => reached(&store.connection, patience).await?,
                    other => return Err(other),
                },
            }
        };
        if let Some(last) = last {
            clock.witness(last.recorded_at);
            store.saw(last.position);
        }
        let following = follow::HeadFollower {
            connection: Arc::clone(&store.connection.0),
            reader: store.reader.clone(),
            prefix: store.whole(),
            head: store.head.clone(),
            behind_since: None,
        };
        tokio::spawn(following.run());
        Ok(store)
    }
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
async fn name_history(connection: &Connection, namespace: &Namespace) -> Result<String, StoreFault> {
    let stream = namespace.naming();
    if let Some(name) = read_name(connection, stream.clone()).await? {
        return Ok(name);
    }
    if read::was_cut(connection, &stream).await.map_err(fault_of_all)? {
        return Err(StoreFault::Unopenable(
            "the stream that names this history was deleted on the server; restore it there from a backup".to_owned(),
        ));
    }
    let until = Instant::now() + connection.patience.whole;
    let session = connection.session(until).await?;
    let (id, name) = (Uuid::new_v4(), stream.clone());
    let outcome = session
        .run(connection.patience.connect, move |client| async move {
            let event = kurrentdb::EventData::binary("HistoryNamed", id.to_string().into_bytes().into()).id(id);
            let options = kurrentdb::AppendToStreamOptions::default().stream_state(kurrentdb::StreamState::NoStream);
            client.append_to_stream(name, &options, event).await.map_err(Failure::from)
        })
        .await;
    connection.hear(&session, &outcome);
    match outcome {
        Ok(_) | Err(Failure::Conflict) => {}
        Err(failure) => return Err(fault_of_all(failure)),
    }
    read_name(connection, stream).await?.ok_or_else(|| {
        StoreFault::Unopenable(
            "the history's name was written and is not there: read and write at the leader".to_owned(),
        )
    })
}

async fn read_name(connection: &Connection, stream: String) -> Result<Option<String>, StoreFault> {
    let data = read::data_of_last(connection, &stream).await.map_err(fault_of_all)?;
    let Some(data) = data else { return Ok(None) };
    let name = std::str::from_utf8(&data).ok().and_then(|text| Uuid::try_parse(text).ok());
    name.map(|name| Some(name.to_string())).ok_or_else(|| {
        StoreFault::Unopenable("what stands under this namespace is no history of ours: choose another".to_owned())
    })
}

fn raise(head: &watch::Sender<Position>, position: Position) {
    head.send_if_modified(|head| {
        let raised = position > *head;
        *head = position.max(*head);
        raised
    });
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
        let known = *self.head.borrow();
        let appended = self.writer.append(stream, expected, batch, known).await?;
        self.saw(appended.position);
        Ok(appended)
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
        let last = self.reader.last(&self.connection, &Whose::Stream(stream.clone())).await;
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
        let span = Span::All { prefixes: self.namespace.prefixes(filter), after, until: head };
        let found = self.reader.page(&self.connection, &span, limit).await.map_err(fault_of_all)?;
        // Up to the head all was looked at, also what the filter left out.
        let reached = if found.drained { head } else { found.reached };
        // Whatever the server keeps in one of our streams is an event; whether it holds what it should is seen when it is opened.
        Ok(Page { events: found.events, damaged: Vec::new(), next: reached, at_head: reached >= head })
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.open()?;
        self.read_head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.open()?;
        self.read_last().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn source(&self) -> &str {
        &self.source
    }
}
