//! What every engine must offer: append with an exact revision, read one stream, read everything in order.
//!
//! The port knows bytes, not meaning. Both engines must pass the same contract (`tests/store/contract.rs`).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use domain::ids::{CommandId, EventId, Revision, Subject};
use domain::time::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

/// Name of a stream: a category, a dash, and what it is about (`case-<uuid>`, `trail-<node>-<day>`). ASCII only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

/// A text that cannot name a stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot name a stream: use lower-case letters, digits and dashes, starting with a category, at most 120 characters"
)]
pub struct InvalidStreamName(String);

impl StreamName {
    /// Longest name an engine accepts, in bytes.
    pub const MAX_LENGTH: usize = 120;

    /// The stream of one thing in a category.
    ///
    /// # Errors
    /// When the parts hold anything but lower-case ASCII letters, digits and dashes, or the name gets too long.
    pub fn new(category: &str, id: impl fmt::Display) -> Result<Self, InvalidStreamName> {
        format!("{category}-{id}").parse()
    }

    /// The stream of one thing in a category that the program itself names (lower-case ASCII letters).
    #[must_use]
    pub fn about(category: &'static str, id: Uuid) -> Self {
        debug_assert!(category.chars().all(|c| c.is_ascii_lowercase()), "categories are lower-case letters");
        Self(format!("{category}-{}", id.hyphenated()))
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first dash.
    #[must_use]
    pub fn category(&self) -> &str {
        self.0.split_once('-').map_or(self.0.as_str(), |(category, _)| category)
    }

    /// The part after the first dash.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once('-').map_or("", |(_, id)| id)
    }

    /// Whether this is the subject's own stream: `case-<id>` of `case:<id>`. Each event of it is sealed as a whole for that subject.
    #[must_use]
    pub fn is_of(&self, subject: Subject) -> bool {
        subject.to_string().split_once(':') == Some((self.category(), self.id()))
    }
}

impl FromStr for StreamName {
    type Err = InvalidStreamName;

    fn from_str(text: &str) -> Result<Self, InvalidStreamName> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let (category, id) = text.split_once('-').unwrap_or((text, ""));
        let named = !category.is_empty() && category.chars().all(|c| c.is_ascii_lowercase()) && !id.is_empty();
        if !named || text.len() > Self::MAX_LENGTH || !text.chars().all(allowed) {
            return Err(InvalidStreamName(text.chars().take(Self::MAX_LENGTH).collect()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Place of an event in the order of one store. Comparable, otherwise opaque: it never stands inside a fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position(u64);

impl Position {
    /// Before every event: where a reader of everything starts.
    pub const START: Self = Self(0);

    /// A position as an engine or a checkpoint stored it.
    #[must_use]
    pub const fn from_token(token: u64) -> Self {
        Self(token)
    }

    /// The token to store in a checkpoint.
    #[must_use]
    pub const fn token(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// What the first event of a stream names as its predecessor.
    pub const ZERO: Self = Self([0; 32]);
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The command an event belongs to, and the event's place in that command's batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CommandSlot {
    /// The command.
    pub id: CommandId,
    /// Place in the batch, from 0.
    pub index: u32,
}

/// An event ready to be appended: sealed bytes and what stays in clear. The same value is resent when an outcome is unknown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent {
    /// Names these bytes.
    pub id: EventId,
    /// The type in clear; neutral where the real one would say too much.
    pub outer_type: String,
    /// Schema version of the data.
    pub version: u16,
    /// Metadata, in clear (JSON).
    pub metadata: Vec<u8>,
    /// Data, sealed.
    pub data: Vec<u8>,
    /// Which command wrote it; each slot is used once per stream.
    pub command: Option<CommandSlot>,
}

/// An event as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedEvent {
    /// Place in the store.
    pub position: Position,
    /// The stream it belongs to.
    pub stream: StreamName,
    /// Place in the stream.
    pub revision: Revision,
    /// Names these bytes.
    pub id: EventId,
    /// The type in clear.
    pub outer_type: String,
    /// Schema version of the data.
    pub version: u16,
    /// When the store took it in; never decreasing; the same for a whole batch.
    pub recorded_at: Timestamp,
    /// Metadata, in clear (JSON).
    pub metadata: Vec<u8>,
    /// Data, sealed.
    pub data: Vec<u8>,
    /// Hash of the predecessor in the stream.
    pub previous: Digest,
    /// Hash of this event ([`crate::chain::hash`]).
    pub hash: Digest,
    /// How many events of the same batch follow; 0 for the last one.
    pub left: u32,
}

/// What the writer believes the stream to hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// Nothing yet.
    NoStream,
    /// Exactly this as its last revision.
    At(Revision),
}

impl Expected {
    /// The revision the first appended event will get.
    #[must_use]
    pub const fn next(self) -> Revision {
        match self {
            Self::NoStream => Revision::FIRST,
            Self::At(revision) => revision.next(),
        }
    }
}

/// The answer to a durable append.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appended {
    /// Revision of the last event of the batch.
    pub last_revision: Revision,
    /// Position of the last event of the batch.
    pub position: Position,
    /// When the batch was recorded.
    pub recorded_at: Timestamp,
    /// Whether these very bytes had been appended before.
    pub repeated: bool,
}

/// Why nothing was appended, or why it is not known.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Someone else wrote first.
    #[error("stream {stream} is at {actual:?}, expected {expected:?}")]
    Conflict {
        /// The stream.
        stream: StreamName,
        /// What the writer believed.
        expected: Expected,
        /// The last revision it really has; `None` for no stream.
        actual: Option<Revision>,
    },
    /// The command already has an effect in this stream.
    #[error("command {command} already has an effect in stream {stream}")]
    CommandTaken {
        /// The stream.
        stream: StreamName,
        /// The command.
        command: CommandId,
    },
    /// A batch that can never be stored.
    #[error("the batch cannot be stored: {0}")]
    Invalid(String),
    /// The connection broke between sending and hearing. Resend the same events.
    #[error("the outcome of the append is not known: {0}")]
    Unknown(String),
    /// The store cannot write now; nothing was written.
    #[error(transparent)]
    Fault(#[from] StoreFault),
}

/// The store itself is in trouble. Never a domain refusal.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// No room, no rights, no medium.
    #[error("the store cannot be written: {0}")]
    Unwritable(String),
    /// Stored bytes do not agree with each other.
    #[error("the history is damaged at {stream} revision {revision}: {what}")]
    Damaged {
        /// The stream.
        stream: StreamName,
        /// The first bad entry.
        revision: Revision,
        /// What is wrong with it.
        what: String,
    },
    /// The file is not one this release can read.
    #[error("the store cannot be opened: {0}")]
    Unopenable(String),
    /// Another process holds the folder.
    #[error("another process writes in this folder: {0}")]
    Locked(String),
    /// The system clock stepped; an operator must confirm it first.
    #[error("the system clock stepped by {seconds} s; an operator must confirm the time before anything is recorded")]
    ClockStepped {
        /// By how many seconds, against the monotonic clock.
        seconds: i64,
    },
    /// The server that holds the history is not reached, or cannot do its work. Nothing was written.
    #[error("the event store is not reached: {0}")]
    Unreachable(String),
    /// The store is closing down.
    #[error("the store is closed")]
    Closed,
    /// Anything else the medium reports.
    #[error("the store failed: {0}")]
    Other(String),
}

/// Which streams a reader of everything wants. Part of a checkpoint's identity.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    categories: Vec<String>,
}

impl Filter {
    /// Everything.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Only streams of these categories.
    #[must_use]
    pub fn categories<const N: usize>(categories: [&str; N]) -> Self {
        let mut categories: Vec<String> = categories.iter().map(ToString::to_string).collect();
        categories.sort();
        categories.dedup();
        Self { categories }
    }

    /// Whether the streams of a category pass ([`StreamName::category`]).
    #[must_use]
    pub fn admits(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|wanted| wanted == category)
    }

    /// The categories, for an engine that filters by itself; none for everything.
    #[must_use]
    pub fn named(&self) -> &[String] {
        &self.categories
    }

    /// A stable text that identifies this filter, for checkpoints.
    #[must_use]
    pub fn identity(&self) -> String {
        if self.categories.is_empty() { "*".to_owned() } else { self.categories.join(",") }
    }
}

/// A page of a read over everything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Whole batches only, in order.
    pub events: Vec<RecordedEvent>,
    /// Streams with an entry in this page that does not hold what this release writes. Their events are incomplete here: whoever follows
    /// sets them aside and goes on; whoever needs everything asks for [`Page::whole`].
    pub damaged: Vec<DamagedEntry>,
    /// Where to go on: past everything examined, also what the filter left out.
    pub next: Position,
    /// Whether this page reached the head as it was when the page was read.
    pub at_head: bool,
}

/// An entry that does not hold what this release writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedEntry {
    /// The stream.
    pub stream: StreamName,
    /// Its place in the stream.
    pub revision: Revision,
    /// What is wrong with it; never a value.
    pub what: String,
}

impl Page {
    /// This page, if nothing in it is damaged.
    ///
    /// # Errors
    /// [`StoreFault::Damaged`], at the first entry that is.
    pub fn whole(self) -> Result<Self, StoreFault> {
        match self.damaged.into_iter().next() {
            None => Ok(Self { damaged: Vec::new(), ..self }),
            Some(DamagedEntry { stream, revision, what }) => Err(StoreFault::Damaged { stream, revision, what }),
        }
    }

    /// The streams that this page is about, also those with a damaged entry.
    #[must_use]
    pub fn streams(&self) -> BTreeSet<&StreamName> {
        let damaged = self.damaged.iter().map(|entry| &entry.stream);
        self.events.iter().map(|event| &event.stream).chain(damaged).collect()
    }
}

/// A store of events.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Appends one batch, whole or not at all, and returns once it is durable. The same events resent after an unknown outcome
    /// (same ids, same bytes, same expectation) give the same answer with [`Appended::repeated`] set.
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError>;

    /// Reads one stream from `from` on, at most about `limit` events but never part of a batch. Empty when there is none.
    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault>;

    /// The last revision of a stream and its hash.
    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault>;

    /// Reads everything after `after`, in the order of the store; at most about `limit` events but never part of a batch. An entry that
    /// is damaged by itself does not stand in the way of the others: [`Page::damaged`].
    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault>;

    /// The position of the last durable event, [`Position::START`] when there is none.
    async fn head(&self) -> Result<Position, StoreFault>;

    /// The last durable event, `None` when there is none. Positions cannot be counted back, so this is how it is found.
    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault>;

    /// Wakes whenever the head moves. A hint: followers read from their own checkpoint.
    fn watch_head(&self) -> watch::Receiver<Position>;

    /// Names this history, so that a checkpoint of another one is refused.
    fn source(&self) -> &str;
}
