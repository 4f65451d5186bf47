//! Reading. Every read may be asked again, so a broken connection costs time and nothing else.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use tokio::time::{Instant, timeout};
use tonic::codec::Streaming;

use super::address::Namespace;
use super::connection::Connection;
use super::session::Session;
use super::stored;
use super::trouble::{Failure, Trouble};
use super::wire::{
    self, AllOptions, Empty, Expression, FilterOptions, ReadOptions, ReadResp, StreamIdentifier, StreamOptions,
    UuidOptions, Wire, WirePosition,
};
use crate::port::{Position, RecordedEvent, StoreFault, StreamName};

/// Bytes of data and metadata after which a page ends, however many events are still asked for.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What the server is asked for beyond a page, so that the last batch is whole.
const BEYOND: u64 = crate::batch::MOST_EVENTS as u64 + 1;

const BACKWARDS: i32 = 1;

/// What to read, in order.
#[derive(Clone)]
pub(super) enum Span {
    /// A stream from a revision on.
    Stream { stream: StreamName, from: Revision },
    /// Everything with these prefixes after a position, up to another.
    All { prefixes: Vec<String>, after: Position, until: Position },
}

/// A page: whole batches only.
pub(super) struct Found {
    pub(super) events: Vec<RecordedEvent>,
    /// Whether nothing more stands in the span.
    pub(super) drained: bool,
    /// The last position looked at, also of what is none of ours.
    pub(super) reached: Position,
}

/// A read under way, and how far it is.
struct Reading {
    messages: Streaming<ReadResp>,
    looked_at: u64,
    reached: Position,
}

/// Whose last event to read.
#[derive(Clone)]
pub(super) enum Whose {
    Stream(StreamName),
    /// Of everything with this prefix.
    All(String),
}

/// Reads one history.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) namespace: Namespace,
    /// For the server to say something more.
    pub(super) idle: Duration,
}

impl Reader {
    /// A page of a span: at most about so many events.
    pub(super) async fn page(&self, connection: &Connection, span: &Span, limit: usize) -> Result<Found, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = self.read_page(&session.wire, span, limit.max(1)).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// The last event of a stream, or of everything; nothing when there is none.
    pub(super) async fn last(&self, connection: &Connection, whose: &Whose) -> Result<Option<RecordedEvent>, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = self.read_last(&session.wire, whose).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// Whether a stream that reads as absent was deleted on the server: its own metadata tell where it was cut off.
    pub(super) async fn was_deleted(&self, connection: &Connection, stream: &StreamName) -> Result<bool, Failure> {
        was_cut(connection, &self.namespace.on_server(stream)).await
    }

    /// The last event of everything with this prefix, once, with the connection there is: for looks that come again by themselves.
    pub(super) async fn look(&self, wire: &Wire, prefix: &str) -> Result<Option<RecordedEvent>, Failure> {
        self.read_last(wire, &Whose::All(prefix.to_owned())).await
    }

    /// What comes after a position, without end.
    pub(super) async fn subscribe(
        &self,
        wire: &Wire,
        prefix: &str,
        after: Position,
    ) -> Result<Streaming<ReadResp>, Failure> {
        let all = all_from(after);
        let options = ReadOptions { subscription: Some(Empty {}), ..of_all(all, &[prefix.to_owned()]) };
        timeout(self.idle, wire.read(options)).await.map_err(|_| Failure::Lost(Trouble::Silent))?
    }

    async fn read_page(&self, wire: &Wire, span: &Span, limit: usize) -> Result<Found, Failure> {
        let asked = (limit as u64).saturating_add(BEYOND).min(i64::MAX.unsigned_abs());
        let options = match span {
            Span::Stream { stream, from } => of_stream(&self.namespace.on_server(stream), Some(from.number())),
            Span::All { prefixes, after, .. } => of_all(all_from(*after), prefixes),
        };
        let mut read = self.begin(wire, ReadOptions { count: Some(asked), ..options }).await?;
        let mut found = Found { events: Vec::new(), drained: false, reached: Position::START };
        let mut bytes = 0;
        while let Some(event) = self.next(&mut read).await? {
            match span {
                // What was delivered twice, and where the read began.
                Span::All { after, .. }
                    if event.position <= found.events.last().map_or(*after, |last| last.position) =>
                {
                    continue;
                }
                Span::Stream { .. } if found.events.last().is_some_and(|last| event.revision <= last.revision) => {
                    continue;
                }
                // What came after the read began: the next page has it.
                Span::All { until, .. } if event.position > *until => break,
                _ => {}
            }
            bytes += event.metadata.len() + event.data.len();
            let ends_batch = event.left == 0;
            found.reached = event.position;
            found.events.push(event);
            if ends_batch && (found.events.len() >= limit || bytes >= MOST_BYTES) {
                return Ok(found);
            }
        }
        // The server had no more than it was asked for, or it is past where to stop.
        found.drained = read.looked_at < asked || matches!(span, Span::All { until, .. } if read.reached > *until);
        found.reached = read.reached;
        Ok(found)
    }

    async fn read_last(&self, wire: &Wire, whose: &Whose) -> Result<Option<RecordedEvent>, Failure> {
        let options = match whose {
            Whose::Stream(stream) => of_stream(&self.namespace.on_server(stream), None),
            Whose::All(prefix) => {
                of_all(AllOptions { end: Some(Empty {}), ..AllOptions::default() }, std::slice::from_ref(prefix))
            }
        };
        // The last one, or, when that is none of ours, the last of ever more.
        for count in [1, 64, 4_096, i64::MAX.unsigned_abs()] {
            let options = ReadOptions { count: Some(count), direction: BACKWARDS, ..options.clone() };
            let mut read = self.begin(wire, options).await?;
            match self.next(&mut read).await {
                Err(Failure::Missing) => return Ok(None),
                Ok(None) if read.looked_at >= count => {}
                known => return known,
            }
        }
        Ok(None)
    }

    async fn begin(&self, wire: &Wire, options: ReadOptions) -> Result<Reading, Failure> {
        let messages = timeout(self.idle, wire.read(options)).await.map_err(|_| Failure::Lost(Trouble::Silent))??;
        Ok(Reading { messages, looked_at: 0, reached: Position::START })
    }

    /// The next event of this history; what stands in the way of reading it on.
    async fn next(&self, read: &mut Reading) -> Result<Option<RecordedEvent>, Failure> {
        loop {
            let saying = timeout(self.idle, wire::next(&mut read.messages));
            let said = saying.await.map_err(|_| Failure::Lost(Trouble::Silent))??;
            let Some(said) = said else { return Ok(None) };
            if said.stream_not_found.is_some() {
                return Err(Failure::Missing);
            }
            if let Some(event) = said.event.as_ref().and_then(|event| event.event.as_ref()) {
                read.looked_at += 1;
                read.reached = Position::from_token(event.commit);
            }
            if let Some(event) = self.of_ours(said) {
                return Ok(Some(event));
            }
        }
    }

    /// The event in what the server said, when it is one of this history.
    pub(super) fn of_ours(&self, said: ReadResp) -> Option<RecordedEvent> {
        let event = said.event?.event?;
        let name = event.stream.as_ref().and_then(|stream| std::str::from_utf8(&stream.name).ok());
        let Some(stream) = name.and_then(|name| self.namespace.stream(name)) else {
            tracing::warn!(
                position = event.commit,
                "an event stands under our prefix in a stream that is none of ours; it is passed over"
            );
            return None;
        };
        Some(stored::from_wire(stream, event))
    }
}

/// A stream from a revision on, or its end.
fn of_stream(name: &str, from: Option<u64>) -> ReadOptions {
    let stream = StreamOptions {
        stream: Some(StreamIdentifier { name: name.as_bytes().to_vec() }),
        revision: from,
        end: from.is_none().then_some(Empty {}),
    };
    ReadOptions { stream: Some(stream), no_filter: Some(Empty {}), ..as_text() }
}

/// Everything with these prefixes.
fn of_all(all: AllOptions, prefixes: &[String]) -> ReadOptions {
    let filter = FilterOptions {
        streams: Some(Expression { prefix: prefixes.to_vec() }),
        count: Some(Empty {}),
        checkpoint_interval: 1,
    };
    ReadOptions { all: Some(all), filter: Some(filter), ..as_text() }
}

fn as_text() -> ReadOptions {
    ReadOptions { uuid: Some(UuidOptions { string: Some(Empty {}) }), ..ReadOptions::default() }
}

fn all_from(after: Position) -> AllOptions {
    match after.token() {
        0 => AllOptions { start: Some(Empty {}), ..AllOptions::default() },
        token => AllOptions { position: Some(WirePosition { commit: token, prepare: token }), ..AllOptions::default() },
    }
}

/// Whether a stream that reads as absent once had events: its metadata tell of a deletion, or of a limit that leaves nothing.
pub(super) async fn was_cut(connection: &Connection, name: &str) -> Result<bool, Failure> {
    let metadata = data_of_last(connection, &format!("$${name}")).await?;
    let metadata: Option<serde_json::Value> = metadata.and_then(|data| serde_json::from_slice(&data).ok());
    let cuts =
        |metadata: serde_json::Value| ["$tb", "$maxAge", "$maxCount"].iter().any(|cut| metadata.get(cut).is_some());
    Ok(metadata.is_some_and(cuts))
}

/// The data of the last event of a stream, whatever its name on the server; nothing when there is none.
pub(super) async fn data_of_last(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    let mut attempts = Attempts::new(connection);
    loop {
        let session = attempts.session().await?;
        let reading = first_data(&session.wire, of_stream(name, None));
        let outcome = timeout(connection.patience.read, reading).await.unwrap_or(Err(Failure::Lost(Trouble::Silent)));
        match attempts.known(&session, outcome).await {
            Some(Err(Failure::Missing)) => return Ok(None),
            Some(known) => return known,
            None => {}
        }
    }
}

async fn first_data(wire: &Wire, options: ReadOptions) -> Result<Option<Vec<u8>>, Failure> {
    let options = ReadOptions { count: Some(1), direction: BACKWARDS, ..options };
    let said = wire::next(&mut wire.read(options).await?).await?;
    Ok(said.and_then(|said| said.event).and_then(|event| event.event).map(|event| event.data))
}

/// Reads the last event of all, whosever it is: whether the node answers, believes us, and leads.
pub(super) async fn touch(wire: &Wire) -> Result<(), Failure> {
    let all = AllOptions { end: Some(Empty {}), ..AllOptions::default() };
    let options = ReadOptions { all: Some(all), no_filter: Some(Empty {}), ..as_text() };
    first_data(wire, options).await.map(drop)
}

/// A read that is asked again, on another connection when one breaks, until patience ends.
struct Attempts<'c> {
    connection: &'c Connection,
    until: Instant,
}

impl<'c> Attempts<'c> {
    fn new(connection: &'c Connection) -> Self {
        Self { connection, until: Instant::now() + connection.patience.whole }
    }

    async fn session(&mut self) -> Result<Arc<Session>, Failure> {
        self.connection.session(self.until).await.map_err(|fault| match fault {
            StoreFault::Closed => Failure::Closed,
            _ => Failure::Refused(self.connection.trouble()),
        })
    }

    /// The outcome, when asking again does not help or there is no time for it.
    async fn known<T>(&mut self, session: &Session, outcome: Result<T, Failure>) -> Option<Result<T, Failure>> {
        self.connection.hear(session, &outcome);
        match &outcome {
            Err(Failure::Refused(trouble) | Failure::Lost(trouble))
                if !trouble.needs_operator() && Instant::now() < self.until =>
            {
                tokio::time::sleep(self.connection.patience.first_pause).await;
                None
            }
            _ => Some(outcome),
        }
    }
}
