//! Reading. Every read may be asked again, so a broken connection costs time and nothing else.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use tokio::time::{Instant, timeout, timeout_at};
use tonic::codec::Streaming;

use super::address::Namespace;
use super::connection::Connection;
use super::horizon::{self, Horizon};
use super::passage::{self, Passage, Step};
use super::session::Session;
use super::stored;
use super::trouble::{Failure, Trouble};
use super::wire::{
    self, AllOptions, Empty, Expression, FilterOptions, ReadEvent, ReadOptions, ReadResp, StreamIdentifier,
    StreamOptions, UuidOptions, Wire, WireEvent, WirePosition,
};
use crate::port::{Filter, Position, RecordedEvent, StoreFault, StreamName};

/// Bytes of data and metadata after which a page ends, however many events are still asked for.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What the server is asked for beyond a page, so that the last batch is whole.
const BEYOND: u64 = crate::batch::MOST_EVENTS as u64 + 1;

const BACKWARDS: i32 = 1;

/// Events that the server looks at before it says how far it is, be it that none of them matched: few enough for a slow disk, and many
/// enough that saying so costs nothing.
pub(super) const WINDOW: u32 = 1_024;

/// Everything with these prefixes after a position, up to another.
pub(super) struct Span {
    pub(super) prefixes: Vec<String>,
    pub(super) after: Position,
    pub(super) until: Position,
}

/// A page: whole batches only.
pub(super) struct Found {
    pub(super) events: Vec<RecordedEvent>,
    /// Whether nothing more stands in the span.
    pub(super) drained: bool,
    /// The last position looked at, also of what is none of ours.
    pub(super) reached: Position,
}

impl Found {
    /// Whether it may end here.
    fn is_whole(&self) -> bool {
        self.events.last().is_none_or(|last| last.left == 0)
    }
}

/// Reads from whatever session there is.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) namespace: Namespace,
    /// How long the server may keep silent.
    pub(super) idle: Duration,
}

impl Reader {
    /// A page of a stream: at most about so many events.
    pub(super) async fn stream_page(
        &self,
        connection: &Connection,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = attempts.ask(self.read_stream(&session.wire, stream, from, limit.max(1))).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// A page of everything: at most about so many events. One in which little matches ends before its time.
    pub(super) async fn page(&self, connection: &Connection, span: &Span, limit: usize) -> Result<Found, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = attempts.ask(self.read_page(&session.wire, span, limit.max(1))).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// The last event of a stream; nothing when there is none.
    pub(super) async fn last(
        &self,
        connection: &Connection,
        stream: &StreamName,
    ) -> Result<Option<RecordedEvent>, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let options = of_stream(&self.namespace.on_server(stream), None);
            let outcome =
                attempts.ask(self.first(&session.wire, ReadOptions { direction: BACKWARDS, ..options })).await;
            let outcome = match outcome {
                Some(Err(Failure::Missing)) => Some(Ok(None)),
                Some(outcome) => Some(outcome.map(|event| event.and_then(|event| self.recorded(event)))),
                None => None,
            };
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// The position of our last event, as it is now.
    pub(super) async fn head(&self, connection: &Connection, horizon: &Horizon) -> Result<Position, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = attempts.ask(horizon.advance(self, &session.wire)).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known.map(|()| horizon.head());
            }
        }
    }

    /// Our event at a position; nothing when another one stands there, or none.
    pub(super) async fn event(
        &self,
        connection: &Connection,
        position: Position,
    ) -> Result<Option<RecordedEvent>, Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            let outcome = attempts.ask(self.event_at(&session.wire, position)).await;
            if let Some(known) = attempts.known(&session, outcome).await {
                return known;
            }
        }
    }

    /// Our last event, looked for from the end of the log, and where that end was. The naming of the history stands before all its
    /// events, so what was there earlier is not looked at.
    pub(super) async fn newest(&self, connection: &Connection) -> Result<(Position, Option<RecordedEvent>), Failure> {
        let mut attempts = Attempts::new(connection);
        loop {
            let session = attempts.session().await?;
            // For as long as it takes, while the server answers something else.
            let outcome = self.look_back(&session.wire).await;
            if let Some(known) = attempts.known(&session, Some(outcome)).await {
                return known;
            }
        }
    }

    /// Whether a stream that reads as absent was deleted on the server: its own metadata tell where it was cut off.
    pub(super) async fn was_deleted(&self, connection: &Connection, stream: &StreamName) -> Result<bool, Failure> {
        was_cut(connection, &self.namespace.on_server(stream)).await
    }

    /// The last event of all, whosever it is.
    pub(super) async fn end(&self, wire: &Wire) -> Result<Option<WireEvent>, Failure> {
        self.first(wire, ReadOptions { direction: BACKWARDS, ..unfiltered(at_end()) }).await
    }

    /// Our event at a position, once, with the connection there is.
    pub(super) async fn event_at(&self, wire: &Wire, position: Position) -> Result<Option<RecordedEvent>, Failure> {
        match self.first(wire, unfiltered(passage::from(horizon::at(position)))).await {
            // Nothing begins there.
            Err(Failure::Invalid(_)) => Ok(None),
            event => Ok(event?
                .filter(|event| event.commit == position.token() && horizon::is_ours(event, &self.namespace))
                .and_then(|event| self.recorded(event))),
        }
    }

    /// What comes after a position under our prefix, without end.
    pub(super) async fn subscribe(&self, wire: &Wire, after: WirePosition) -> Result<Streaming<ReadResp>, Failure> {
        let prefixes = self.namespace.prefixes(&Filter::all());
        let options = ReadOptions { subscription: Some(Empty {}), ..of_all(passage::from(after), &prefixes) };
        timeout(self.idle, wire.read(options)).await.map_err(|_| Failure::Lost(Trouble::Silent))?
    }

    async fn read_stream(
        &self,
        wire: &Wire,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Failure> {
        let asked = (limit as u64).saturating_add(BEYOND).min(i64::MAX.unsigned_abs());
        let options = of_stream(&self.namespace.on_server(stream), Some(from.number()));
        let mut messages = self.begin(wire, ReadOptions { count: Some(asked), ..options }).await?;
        let (mut events, mut bytes) = (Vec::<RecordedEvent>::new(), 0);
        while let Some(said) = self.next(&mut messages).await? {
            let Some(event) = self.of_ours(said) else { continue };
            // What was delivered twice.
            if events.last().is_some_and(|last| event.revision <= last.revision) {
                continue;
            }
            bytes += size(&event);
            let ends_batch = event.left == 0;
            events.push(event);
            if ends_batch && (events.len() >= limit || bytes >= MOST_BYTES) {
                break;
            }
        }
        Ok(events)
    }

    async fn read_page(&self, wire: &Wire, span: &Span, limit: usize) -> Result<Found, Failure> {
        let (begun, until) = (Instant::now(), span.until);
        let mut passage = Passage::begin(self, wire, span.prefixes.clone(), horizon::at(span.after));
        let mut found = Found { events: Vec::new(), drained: false, reached: span.after };
        let mut bytes = 0;
        loop {
            match passage.next().await? {
                // What came after the read began: the next page has it.
                Step::Event(event) if event.position > until && found.is_whole() => break,
                Step::Event(event) => {
                    bytes += size(&event);
                    found.reached = event.position;
                    found.events.push(event);
                    if found.is_whole() && (found.events.len() >= limit || bytes >= MOST_BYTES) {
                        return Ok(found);
                    }
                }
                Step::Passed if found.is_whole() && passage.at() >= horizon::at(until) => break,
                // Whoever follows remembers how far it is, and does not look at it again.
                Step::Passed if found.is_whole() && begun.elapsed() >= self.idle => {
                    let reached = self.position_of(wire, passage.at()).await?;
                    if reached > span.after {
                        found.reached = reached.max(found.reached);
                        return Ok(found);
                    }
                }
                Step::Passed => {}
                Step::End => break,
            }
        }
        found.drained = true;
        Ok(found)
    }

    /// A position that an event has: the last one that was looked at. A checkpoint may stand between two, where our positions, which are
    /// one number, would say that the event after it was seen.
    async fn position_of(&self, wire: &Wire, at: WirePosition) -> Result<Position, Failure> {
        if at.prepare == at.commit {
            return Ok(Position::from_token(at.commit));
        }
        let place = WirePosition { commit: at.commit, prepare: at.commit };
        let options = ReadOptions { direction: BACKWARDS, ..unfiltered(passage::from(place)) };
        let before = self.first(wire, options).await?;
        Ok(before.map_or(Position::START, |event| Position::from_token(event.commit)))
    }

    async fn look_back(&self, wire: &Wire) -> Result<(Position, Option<RecordedEvent>), Failure> {
        let Some(end) = self.end(wire).await? else { return Ok((Position::START, None)) };
        let end_at = Position::from_token(end.commit);
        if horizon::is_ours(&end, &self.namespace) {
            return Ok((end_at, self.recorded(end)));
        }
        let naming = self.namespace.naming();
        let mut prefixes = self.namespace.prefixes(&Filter::all());
        prefixes.push(naming.clone());
        let mut from = at_end();
        loop {
            let options = ReadOptions { count: Some(1), direction: BACKWARDS, ..of_all(from, &prefixes) };
            let looking = async { wire::next_event(&mut wire.read(options).await?).await };
            let found = self.while_it_answers(wire, looking).await?;
            let Some(event) = found.filter(|event| name_of(event) != Some(naming.as_bytes())) else {
                return Ok((end_at, None));
            };
            let place = Position::from_token(event.commit);
            if let Some(event) = self.recorded(event) {
                return Ok((end_at, Some(event)));
            }
            // In a stream that is none of ours: what stands before it.
            from = passage::from(horizon::at(place));
        }
    }

    /// Waits for something long, while the server answers something short.
    async fn while_it_answers<T>(
        &self,
        wire: &Wire,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut work = std::pin::pin!(work);
        loop {
            if let Ok(done) = timeout(self.idle, &mut work).await {
                return done;
            }
            self.end(wire).await?;
        }
    }

    /// The first event of a read, whosever it is.
    async fn first(&self, wire: &Wire, options: ReadOptions) -> Result<Option<WireEvent>, Failure> {
        let mut messages = self.begin(wire, ReadOptions { count: Some(1), ..options }).await?;
        while let Some(said) = self.next(&mut messages).await? {
            if let Some(event) = said.event.and_then(|event| event.event) {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    async fn begin(&self, wire: &Wire, options: ReadOptions) -> Result<Streaming<ReadResp>, Failure> {
        timeout(self.idle, wire.read(options)).await.map_err(|_| Failure::Lost(Trouble::Silent))?
    }

    /// What the server says next; what stands in the way of reading it on.
    async fn next(&self, messages: &mut Streaming<ReadResp>) -> Result<Option<ReadResp>, Failure> {
        let said = timeout(self.idle, wire::next(messages)).await.map_err(|_| Failure::Lost(Trouble::Silent))??;
        if said.as_ref().is_some_and(|said| said.stream_not_found.is_some()) {
            return Err(Failure::Missing);
        }
        Ok(said)
    }

    /// An event of this history.
    fn recorded(&self, event: WireEvent) -> Option<RecordedEvent> {
        self.of_ours(ReadResp { event: Some(ReadEvent { event: Some(event) }), ..ReadResp::default() })
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
pub(super) fn of_all(all: AllOptions, prefixes: &[String]) -> ReadOptions {
    let filter = FilterOptions {
        streams: Some(Expression { prefix: prefixes.to_vec() }),
        max: Some(WINDOW),
        checkpoint_interval: 1,
    };
    ReadOptions { all: Some(all), filter: Some(filter), ..as_text() }
}

fn as_text() -> ReadOptions {
    ReadOptions { uuid: Some(UuidOptions { string: Some(Empty {}) }), ..ReadOptions::default() }
}

/// Everything of everybody.
fn unfiltered(all: AllOptions) -> ReadOptions {
    ReadOptions { all: Some(all), no_filter: Some(Empty {}), ..as_text() }
}

fn at_end() -> AllOptions {
    AllOptions { end: Some(Empty {}), ..AllOptions::default() }
}

fn name_of(event: &WireEvent) -> Option<&[u8]> {
    Some(&event.stream.as_ref()?.name)
}

fn size(event: &RecordedEvent) -> usize {
    event.metadata.len() + event.data.len()
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
        match attempts.known(&session, Some(outcome)).await {
            Some(Err(Failure::Missing)) => return Ok(None),
            Some(known) => return known,
            None => {}
        }
    }
}

async fn first_data(wire: &Wire, options: ReadOptions) -> Result<Option<Vec<u8>>, Failure> {
    let options = ReadOptions { count: Some(1), direction: BACKWARDS, ..options };
    Ok(wire::next_event(&mut wire.read(options).await?).await?.map(|event| event.data))
}

/// Reads the last event of all, whosever it is: whether the node answers, believes us, and leads.
pub(super) async fn touch(wire: &Wire) -> Result<(), Failure> {
    first_data(wire, unfiltered(at_end())).await.map(drop)
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

    /// What is asked, for as long as patience lasts; nothing when it ended first. That says nothing about the server, whose silence ends a
    /// call by itself: others may have been waited for.
    async fn ask<T>(&self, asking: impl Future<Output = Result<T, Failure>>) -> Option<Result<T, Failure>> {
        timeout_at(self.until, asking).await.ok()
    }

    /// The outcome, when asking again does not help or there is no time for it.
    async fn known<T>(&mut self, session: &Session, outcome: Option<Result<T, Failure>>) -> Option<Result<T, Failure>> {
        let Some(outcome) = outcome else { return Some(Err(Failure::Lost(Trouble::Silent))) };
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
