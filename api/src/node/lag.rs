//! How far something that follows the history is behind: one way to say it, for `/readyz` and for metrics.

use std::sync::Arc;

use domain::case::Case;
use domain::decider::Decider as _;
use domain::time::Timestamp;
use eventstore::clock::Clock;
use eventstore::port::{EventStore, Filter, Position, StoreFault};
use serde_json::{Map, Value};

use super::Node;

/// Most events that are counted one by one.
const MOST_COUNTED: usize = 1_000;

/// How far a follower of cases is behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Lag {
    /// Events that wait.
    pub events: u64,
    /// Whether counting stopped before the end: then more of them wait.
    pub or_more: bool,
    /// Age of the oldest event of a case that waits, in seconds; 0 when none does.
    pub seconds: u64,
}

/// How far a follower of cases that came to `reached` is behind now. Positions of a gapless engine differ by the number of events between
/// them, those of other categories included; elsewhere (on a cluster) a position is a place in a log, so events of cases are counted one by
/// one, up to [`MOST_COUNTED`].
async fn lag(store: &dyn EventStore, gapless: bool, reached: Position, now: Timestamp) -> Result<Lag, StoreFault> {
    let between = store.head().await?.token().saturating_sub(reached.token());
    if between == 0 {
        return Ok(Lag::default());
    }
    let counted = if gapless { 1 } else { MOST_COUNTED };
    let page = store.read_all(reached, &Filter::categories([Case::CATEGORY]), counted).await?;
    let age = page.events.first().map_or(0, |oldest| now.micros().saturating_sub(oldest.recorded_at.micros()));
    let seconds = u64::try_from(age / 1_000_000).unwrap_or_default();
    let (events, or_more) = if gapless { (between, false) } else { (page.events.len() as u64, !page.at_head) };
    Ok(Lag { events, or_more, seconds })
}

/// A history that is followed, and what tells the time.
#[derive(Clone)]
pub(super) struct Followed {
    store: Arc<dyn EventStore>,
    gapless: bool,
    clock: Arc<dyn Clock>,
}

impl Followed {
    /// How far a follower that came to `reached` is behind.
    pub(super) async fn lag(&self, reached: Position) -> Result<Lag, StoreFault> {
        lag(&*self.store, self.gapless, reached, self.clock.now()).await
    }

    /// The same as figures of a check.
    pub(super) async fn lag_figures(&self, reached: Position) -> Result<Map<String, Value>, String> {
        let Lag { events, or_more, seconds } = self.lag(reached).await.map_err(|error| error.to_string())?;
        let figures = [("lag_events", Value::from(events)), ("lag_seconds", Value::from(seconds))];
        let more = or_more.then_some(("lag_or_more", Value::Bool(true)));
        Ok(figures.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl Node {
    pub(super) fn followed(&self) -> Followed {
        Followed { store: self.store(), gapless: self.engine.is_gapless(), clock: self.clock() }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::async_trait::async_trait;
    use domain::ids::{EventId, Revision};
    use eventstore::clock::ToldClock;
    use eventstore::port::{AppendError, Appended, Digest, Expected, NewEvent, Page, RecordedEvent, StreamName};
    use eventstore::sqlite::{SqliteOptions, SqliteStore};
    use tokio::sync::watch;
    use uuid::Uuid;

    use super::*;

    /// A history whose positions lie far apart, as places in the log of a cluster do.
    struct Sparse(SqliteStore);

    const APART: u64 = 1_000;

    fn wide(position: Position) -> Position {
        Position::from_token(position.token() * APART)
    }

    #[async_trait]
    impl EventStore for Sparse {
        async fn append(&self, s: &StreamName, e: Expected, b: Vec<NewEvent>) -> Result<Appended, AppendError> {
            self.0.append(s, e, b).await
        }

        async fn read_stream(&self, s: &StreamName, f: Revision, l: usize) -> Result<Vec<RecordedEvent>, StoreFault> {
            self.0.read_stream(s, f, l).await
        }

        async fn stream_head(&self, s: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
            self.0.stream_head(s).await
        }

        async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
            let page = self.0.read_all(Position::from_token(after.token() / APART), filter, limit).await?;
            Ok(Page { next: wide(page.next), ..page })
        }

        async fn head(&self) -> Result<Position, StoreFault> {
            self.0.head().await.map(wide)
        }

        async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
            self.0.last_event().await
        }

        fn watch_head(&self) -> watch::Receiver<Position> {
            self.0.watch_head()
        }

        fn source(&self) -> &str {
            self.0.source()
        }
    }

    struct Bench {
        store: Sparse,
        now: Timestamp,
        _folder: tempfile::TempDir,
    }

    impl Bench {
        /// A minute after these streams were begun, each with a batch of so many events.
        async fn after(batches: impl IntoIterator<Item = (String, usize)>) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let began = Timestamp::given("2026-11-16T09:00:00Z").unwrap();
            let options = SqliteOptions::new(Arc::new(ToldClock::at(began)));
            let store = SqliteStore::open(&folder.path().join("history.db"), options).unwrap();
            for (stream, events) in batches {
                let batch = (0..events).map(|_| event()).collect();
                store.append(&stream.parse().unwrap(), Expected::NoStream, batch).await.unwrap();
            }
            let now = Timestamp::from_micros(began.micros() + 60_000_000);
            Self { store: Sparse(store), now, _folder: folder }
        }

        /// On a cluster.
        async fn counted(&self, reached: Position) -> Lag {
            lag(&self.store, false, reached, self.now).await.unwrap()
        }

        /// In a folder.
        async fn subtracted(&self, reached: Position) -> Lag {
            lag(&self.store.0, true, reached, self.now).await.unwrap()
        }
    }

    fn event() -> NewEvent {
        NewEvent {
            id: EventId::from_uuid(Uuid::now_v7()),
            outer_type: "Probe".to_owned(),
            version: 1,
            metadata: b"{}".to_vec(),
            data: Vec::new(),
            command: None,
        }
    }

    #[tokio::test]
    async fn positions_are_subtracted_only_where_they_have_no_gaps() {
        let bench = Bench::after(["case-1", "worker-1", "case-2"].map(|stream| (stream.to_owned(), 1))).await;
        let waits = |events| Lag { events, or_more: false, seconds: 60 };
        let (first, second) = (Position::from_token(1), Position::from_token(2));
        assert_eq!(bench.counted(Position::START).await, waits(2), "events of cases, and not places in a log");
        assert_eq!(bench.counted(wide(first)).await, waits(1));
        assert_eq!(bench.subtracted(Position::START).await, waits(3), "events of any category");
        assert_eq!(bench.subtracted(second).await, waits(1));
        assert_eq!(bench.counted(bench.store.head().await.unwrap()).await, Lag::default());
        assert_eq!(bench.subtracted(bench.store.0.head().await.unwrap()).await, Lag::default());
    }

    #[tokio::test]
    async fn a_count_that_stopped_before_the_end_says_so() {
        let bench = Bench::after((0..11).map(|stream| (format!("case-{stream}"), 100))).await;
        assert_eq!(bench.counted(Position::START).await, Lag { events: 1_000, or_more: true, seconds: 60 });
        let one_was_read = wide(Position::from_token(100));
        assert_eq!(bench.counted(one_was_read).await, Lag { events: 1_000, or_more: false, seconds: 60 });
    }
}
