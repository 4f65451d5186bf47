//! The contract, one property per function: docs/decisions/0002-delivery-properties.md lists them. An engine passes when
//! `contract!(ItsHarness)` passes.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::{CommandId, Revision};
use eventstore::batch::{MOST_BYTES, MOST_EVENTS};
use eventstore::chain;
use eventstore::clock::ToldClock;
use eventstore::port::{
    AppendError, Digest, EventStore, Expected, Filter, NewEvent, Position, RecordedEvent, StoreFault, StreamName,
};

use crate::samples::{batch, batch_of, event, fresh, holding, moment, stream};

/// One engine with one history, and its clock.
#[async_trait]
pub trait Harness: Send + Sync {
    /// The engine.
    type Store: EventStore + 'static;

    /// Whether positions count up by one.
    const GAPLESS: bool;
    /// Whether the engine itself refuses a command slot that is taken. Elsewhere the fold does.
    const REFUSES_TAKEN_COMMANDS: bool;
    /// Whether an event id is known in the whole store, or only where the same batch is expected again.
    const KNOWS_IDS_EVERYWHERE: bool;
    /// Whether `recorded_at` never decreases over the whole store, or only in a stream.
    const ONE_TIME_LINE: bool;

    /// What this machine lacks to run the engine, if anything.
    fn missing() -> Option<&'static str> {
        None
    }
    /// An empty history.
    fn new() -> Self;
    /// Opens it.
    async fn open(&self) -> Arc<Self::Store>;
    /// Closes it in order and opens it again.
    async fn reopen(&self, store: Arc<Self::Store>) -> Arc<Self::Store>;
    /// What the engine takes the time from.
    fn clock(&self) -> &ToldClock;
}

/// Everything in the store, page by page.
pub async fn everything(store: &impl EventStore, limit: usize) -> Vec<RecordedEvent> {
    let mut all = Vec::new();
    let mut after = Position::START;
    loop {
        let page = store.read_all(after, &Filter::all(), limit).await.unwrap();
        all.extend(page.events);
        if page.at_head {
            return all;
        }
        assert!(page.next > after, "a page that is not the last makes progress");
        after = page.next;
    }
}

/// The content of events, for comparing.
pub fn ids<'e>(events: impl IntoIterator<Item = &'e RecordedEvent>) -> Vec<domain::ids::EventId> {
    events.into_iter().map(|event| event.id).collect()
}

async fn whole_stream(store: &impl EventStore, name: &StreamName) -> Vec<RecordedEvent> {
    store.read_stream(name, Revision::FIRST, usize::MAX).await.unwrap()
}

/// What was appended comes back: bytes, place, chain.
pub async fn appended_events_come_back<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    let sent = batch(3);
    let answer = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
    assert_eq!((answer.last_revision, answer.repeated), (Revision::new(2), false));
    let events = whole_stream(&*store, &name).await;
    assert_eq!(events.last().map(|event| event.position), Some(answer.position));
    let mut previous = Digest::ZERO;
    for ((event, sent), revision) in events.iter().zip(&sent).zip(0..) {
        assert_eq!((event.stream.clone(), event.revision, event.id), (name.clone(), Revision::new(revision), sent.id));
        assert_eq!((&event.outer_type, event.version), (&sent.outer_type, sent.version));
        assert_eq!((&event.metadata, &event.data), (&sent.metadata, &sent.data));
        assert_eq!((event.recorded_at, event.previous), (answer.recorded_at, previous));
        assert_eq!(u64::from(event.left), 2 - revision, "it is told how much of its batch follows");
        let link = chain::Link {
            stream: &name,
            revision: event.revision,
            id: event.id,
            outer_type: &event.outer_type,
            version: event.version,
            recorded_at: event.recorded_at,
            metadata: chain::digest(&event.metadata),
            data: chain::digest(&event.data),
            previous,
        };
        assert_eq!(event.hash, chain::hash(&link));
        previous = event.hash;
    }
    assert_eq!(events.len(), sent.len());
    assert_eq!(store.stream_head(&name).await.unwrap(), Some((Revision::new(2), previous)));
    assert_eq!(ids(&everything(&*store, 100).await), ids(&events));
    assert_eq!(store.head().await.unwrap(), answer.position);
    assert_eq!(*store.watch_head().borrow(), answer.position);
}

/// Positions strictly increase, in the order of acknowledgement; the embedded engine leaves no gaps.
pub async fn order_strictly_increases<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let mut last = Position::START;
    for n in 0..20 {
        let answer = store.append(&stream(&format!("case-{n}")), Expected::NoStream, batch(1 + n % 3)).await.unwrap();
        assert!(answer.position > last);
        last = answer.position;
    }
    let events = everything(&*store, 7).await;
    assert!(events.is_sorted_by(|one, other| one.position < other.position));
    if H::GAPLESS {
        assert!(events.iter().zip(1..).all(|(event, position)| event.position.token() == position));
    }
}

/// Only the exact expectation appends; a conflict says what was expected and what is there.
pub async fn a_wrong_expectation_is_a_conflict_with_the_actual_revision<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    let conflict = async |expected: Expected, actual: Option<u64>| {
        let refused = store.append(&name, expected, batch(1)).await.unwrap_err();
        let AppendError::Conflict { stream, expected: told, actual: found } = refused else {
            panic!("{refused} is no conflict")
        };
        assert_eq!((stream, told, found), (name.clone(), expected, actual.map(Revision::new)));
    };
    conflict(Expected::At(Revision::FIRST), None).await;
    store.append(&name, Expected::NoStream, batch(2)).await.unwrap();
    conflict(Expected::NoStream, Some(1)).await;
    conflict(Expected::At(Revision::FIRST), Some(1)).await;
    conflict(Expected::At(Revision::new(2)), Some(1)).await;
    store.append(&name, Expected::At(Revision::new(1)), batch(1)).await.unwrap();
    assert_eq!(whole_stream(&*store, &name).await.len(), 3, "a conflict writes nothing");
}

/// The same bytes resent give the same answer, however often, also later and after a restart.
pub async fn the_same_bytes_resent_are_stored_once<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    let sent = batch(3);
    let first = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
    let again = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
    store.append(&name, Expected::At(Revision::new(2)), batch(1)).await.unwrap();
    let store = harness.reopen(store).await;
    let later = store.append(&name, Expected::NoStream, sent).await.unwrap();
    for repeated in [again, later] {
        assert!(repeated.repeated);
        assert_eq!(
            (repeated.last_revision, repeated.position, repeated.recorded_at),
            (first.last_revision, first.position, first.recorded_at)
        );
    }
    assert_eq!(everything(&*store, 10).await.len(), 4);
}

/// A known id with other bytes, another length or another place is refused.
pub async fn a_known_id_with_other_bytes_is_refused<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    let sent = batch(2);
    store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
    let first = sent.first().unwrap().clone();
    let second = sent.last().unwrap().clone();
    let others = [
        vec![NewEvent { data: b"other".to_vec(), ..first.clone() }, second.clone()],
        vec![NewEvent { metadata: b"other".to_vec(), ..first.clone() }, second.clone()],
        vec![NewEvent { version: 2, ..first.clone() }, second.clone()],
        vec![NewEvent { outer_type: "Other".to_owned(), ..first.clone() }, second.clone()],
        vec![first.clone()],
        vec![first.clone(), NewEvent { data: b"other".to_vec(), ..second.clone() }],
        vec![first.clone(), second.clone(), event("more")],
    ];
    for other in others {
        let refused = store.append(&name, Expected::NoStream, other).await.unwrap_err();
        assert!(matches!(refused, AppendError::Invalid(_)), "{refused}");
    }
    if H::KNOWS_IDS_EVERYWHERE {
        let elsewhere = store.append(&stream("case-2"), Expected::NoStream, sent.clone()).await.unwrap_err();
        assert!(matches!(elsewhere, AppendError::Invalid(_)), "{elsewhere}");
        let later = store.append(&name, Expected::At(Revision::new(1)), sent).await.unwrap_err();
        assert!(matches!(later, AppendError::Invalid(_)), "{later}");
    }
    assert_eq!(everything(&*store, 10).await.len(), 2);
}

/// A command writes once in a stream, and may write in another.
pub async fn a_command_writes_once_in_a_stream<H: Harness>() {
    if !H::REFUSES_TAKEN_COMMANDS {
        return;
    }
    let harness = H::new();
    let store = harness.open().await;
    let (name, command) = (stream("case-1"), CommandId::from_uuid(fresh()));
    store.append(&name, Expected::NoStream, batch_of(command, 2)).await.unwrap();
    let refused = store.append(&name, Expected::At(Revision::new(1)), batch_of(command, 1)).await.unwrap_err();
    assert!(
        matches!(&refused, AppendError::CommandTaken { stream, command: taken } if *stream == name && *taken == command),
        "{refused}"
    );
    store.append(&stream("case-2"), Expected::NoStream, batch_of(command, 1)).await.unwrap();
}

/// A batch that can never be stored is refused, with nothing written.
pub async fn a_batch_that_is_none_is_refused<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    let twice = event("twice");
    let large = NewEvent { data: vec![0; MOST_BYTES + 1], ..event("") };
    for bad in [vec![], batch(MOST_EVENTS + 1), vec![twice.clone(), twice], vec![large]] {
        let refused = store.append(&name, Expected::NoStream, bad).await.unwrap_err();
        assert!(matches!(refused, AppendError::Invalid(_)), "{refused}");
    }
    for beyond in [u64::MAX, u64::MAX - 1, u64::MAX / 2, u64::MAX / 2 + 1] {
        let refused = store.append(&name, Expected::At(Revision::new(beyond)), batch(1)).await.unwrap_err();
        assert!(matches!(refused, AppendError::Invalid(_) | AppendError::Conflict { .. }), "{refused}");
        assert_eq!(store.read_stream(&name, Revision::new(beyond), 1).await.unwrap(), []);
        let page = store.read_all(Position::from_token(beyond), &Filter::all(), 1).await.unwrap();
        assert!(page.events.is_empty() && page.at_head);
    }
    assert_eq!(store.head().await.unwrap(), Position::START);
    store.append(&name, Expected::NoStream, batch(MOST_EVENTS)).await.unwrap();
}

/// A batch with one event that cannot be stored leaves nothing behind.
pub async fn a_batch_is_stored_whole_or_not_at_all<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let known = event("known");
    store.append(&stream("case-1"), Expected::NoStream, vec![known.clone()]).await.unwrap();
    let name = stream("case-2");
    let large = NewEvent { data: vec![0; MOST_BYTES], ..event("") };
    let last = if H::KNOWS_IDS_EVERYWHERE { known } else { large };
    let refused = store.append(&name, Expected::NoStream, vec![event("new"), event("new"), last]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Invalid(_)), "{refused}");
    assert_eq!(whole_stream(&*store, &name).await, []);
    assert_eq!(store.stream_head(&name).await.unwrap(), None);
    let appended = store.append(&name, Expected::NoStream, batch(2)).await.unwrap();
    assert_eq!(appended.last_revision, Revision::new(1));
    assert_eq!(everything(&*store, 10).await.len(), 3);
}

/// Many writers on one stream: each revision is won by exactly one.
pub async fn each_revision_is_won_once<H: Harness>() {
    const WRITERS: u64 = 8;
    const ROUNDS: u64 = 12;
    let harness = H::new();
    let store = harness.open().await;
    let name = stream("case-1");
    for round in 0..ROUNDS {
        let expected = holding(round);
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (store, name) = (Arc::clone(&store), name.clone());
                tokio::spawn(async move { store.append(&name, expected, batch(1)).await })
            })
            .collect();
        let mut won = 0;
        for writer in writers {
            match writer.await.unwrap() {
                Ok(answer) => {
                    won += 1;
                    assert_eq!(answer.last_revision, Revision::new(round));
                }
                Err(AppendError::Conflict { actual, .. }) => assert_eq!(actual, Some(Revision::new(round))),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(won, 1);
    }
    let events = whole_stream(&*store, &name).await;
    assert!(events.iter().zip(0..ROUNDS).all(|(event, revision)| event.revision.number() == revision));
    assert_eq!(events.len() as u64, ROUNDS);
}

/// Writers on streams of their own never disturb each other, and nothing they were told is lost.
pub async fn many_streams_at_once<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let name = stream(&format!("case-{writer}"));
                for round in 0..20 {
                    store.append(&name, holding(round), batch(1)).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let store = harness.reopen(store).await;
    for writer in 0..16 {
        assert_eq!(whole_stream(&*store, &stream(&format!("case-{writer}"))).await.len(), 20);
    }
    assert_eq!(everything(&*store, 33).await.len(), 16 * 20);
}

/// Time never goes back, whatever the clock does, also after a restart; a batch has one moment.
pub async fn recorded_at_never_decreases<H: Harness>() {
    let harness = H::new();
    let mut store = harness.open().await;
    let name = stream("case-1");
    let told =
        ["2026-11-16T09:00:00Z", "2026-11-16T08:00:00Z", "2026-11-16T10:00:00Z", "2020-01-01T00:00:00Z"].map(moment);
    let expected =
        ["2026-11-16T09:00:00Z", "2026-11-16T09:00:00Z", "2026-11-16T10:00:00Z", "2026-11-16T10:00:00Z"].map(moment);
    let mut held = 0;
    for (told, expected) in told.into_iter().zip(expected) {
        harness.clock().set(told);
        let answer = store.append(&name, holding(held), batch(2)).await.unwrap();
        assert_eq!(answer.recorded_at, expected);
        held += 2;
        store = harness.reopen(store).await;
    }
    if H::ONE_TIME_LINE {
        let other = store.append(&stream("case-2"), Expected::NoStream, batch(1)).await.unwrap();
        assert_eq!(other.recorded_at, moment("2026-11-16T10:00:00Z"));
    }
    let events = whole_stream(&*store, &name).await;
    assert!(events.is_sorted_by_key(|event| event.recorded_at));
    assert!(
        events
            .chunks(2)
            .all(|batch| batch.first().map(|one| one.recorded_at) == batch.last().map(|other| other.recorded_at))
    );
}

/// What nobody wrote is empty, not an error.
pub async fn unknown_streams_are_empty<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    for _ in 0..2 {
        let name = stream("case-nobody");
        assert_eq!(whole_stream(&*store, &name).await, []);
        assert_eq!(store.stream_head(&name).await.unwrap(), None);
        store.append(&stream(&format!("case-{}", fresh())), Expected::NoStream, batch(1)).await.unwrap();
        assert_eq!(store.read_stream(&stream("case-1"), Revision::new(9), 5).await.unwrap(), []);
    }
}

/// An empty history has no head, and a page of it is at the head.
pub async fn an_empty_history_reads_as_such<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let page = store.read_all(Position::START, &Filter::all(), 10).await.unwrap();
    assert!(page.events.is_empty() && page.at_head);
    assert_eq!((page.next, store.head().await.unwrap()), (Position::START, Position::START));
}

/// The last event is told, whatever its stream, without counting positions back.
pub async fn the_last_event_is_told<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    assert_eq!(store.last_event().await.unwrap(), None);
    for n in 0..3 {
        let sent = batch(2);
        let answer = store.append(&stream(&format!("case-{n}")), Expected::NoStream, sent.clone()).await.unwrap();
        let last = store.last_event().await.unwrap().unwrap();
        assert_eq!((Some(last.id), last.position), (sent.last().map(|event| event.id), answer.position));
        assert_eq!(store.head().await.unwrap(), last.position);
    }
}

/// A name that is none never reaches an engine.
pub async fn names_are_refused_before_they_reach_the_store<H: Harness>() {
    let long = format!("case-{}", "x".repeat(StreamName::MAX_LENGTH));
    for bad in
        ["", "case", "case-", "-1", "Case-1", "case-É", "case-1\n", "case 1", "1-case", "$case-1", "case-a_b", &long]
    {
        bad.parse::<StreamName>().expect_err(bad);
    }
    let harness = H::new();
    let store = harness.open().await;
    let longest = stream(&format!("case-{}", "x".repeat(StreamName::MAX_LENGTH - 5)));
    store.append(&longest, Expected::NoStream, batch(1)).await.unwrap();
    assert_eq!(whole_stream(&*store, &longest).await.len(), 1);
}

/// A history keeps its name, and has one of its own.
pub async fn a_history_keeps_its_name<H: Harness>() {
    let (harness, other) = (H::new(), H::new());
    let store = harness.open().await;
    let source = store.source().to_owned();
    assert_ne!(source, other.open().await.source());
    let store = harness.reopen(store).await;
    assert_eq!(store.source(), source);
}

/// Bytes come back as they went in, whatever they are.
pub async fn bytes_are_kept_as_they_are<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    let odd = [vec![], vec![0], (0..=255).collect(), vec![0xff; 70_000], "é\u{0}\u{202e}".as_bytes().to_vec()];
    let sent: Vec<_> =
        odd.iter().map(|bytes| NewEvent { metadata: bytes.clone(), data: bytes.clone(), ..event("") }).collect();
    store.append(&stream("case-1"), Expected::NoStream, sent).await.unwrap();
    let events = whole_stream(&*store, &stream("case-1")).await;
    assert!(events.iter().zip(&odd).all(|(event, bytes)| event.metadata == *bytes && event.data == *bytes));
    assert_eq!(events.len(), odd.len());
}

/// A closed engine refuses; it does not hang.
pub async fn a_reader_of_a_closed_store_is_told<H: Harness>() {
    let harness = H::new();
    let store = harness.open().await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let old = Arc::clone(&store);
    let _new = harness.reopen(store).await;
    let read = old.read_stream(&stream("case-1"), Revision::FIRST, 1).await;
    assert!(matches!(read, Err(StoreFault::Closed)), "{read:?}");
    let append = old.append(&stream("case-1"), Expected::At(Revision::FIRST), batch(1)).await;
    assert!(matches!(append, Err(AppendError::Fault(StoreFault::Closed))), "{append:?}");
}

/// Makes one test of each property, for one engine.
#[macro_export]
macro_rules! contract {
    ($harness:ty) => {
        $crate::contract!(@async $harness, contract, [
            appended_events_come_back,
            order_strictly_increases,
            a_wrong_expectation_is_a_conflict_with_the_actual_revision,
            the_same_bytes_resent_are_stored_once,
            a_known_id_with_other_bytes_is_refused,
            a_command_writes_once_in_a_stream,
            a_batch_that_is_none_is_refused,
            a_batch_is_stored_whole_or_not_at_all,
            each_revision_is_won_once,
            many_streams_at_once,
            recorded_at_never_decreases,
            unknown_streams_are_empty,
            an_empty_history_reads_as_such,
            the_last_event_is_told,
            names_are_refused_before_they_reach_the_store,
            a_history_keeps_its_name,
            bytes_are_kept_as_they_are,
            a_reader_of_a_closed_store_is_told,
        ]);
        $crate::contract!(@async $harness, follow, [
            a_follower_catches_up_and_goes_on_without_loss_or_repeat,
            a_late_commit_is_not_lost,
            resume_from_any_checkpoint_neither_loses_nor_repeats,
            pages_drain_to_the_head,
            a_page_is_finite_while_writers_go_on,
            a_filter_without_a_match_still_advances,
            a_filter_gives_its_categories_in_order,
        ]);
        $crate::contract!(@plain $harness, batches, [
            no_page_cuts_a_batch,
            chains_hold_after_any_appends,
        ]);
    };
    (@async $harness:ty, $module:ident, [$($name:ident),+ $(,)?]) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            if let Some(what) = <$harness as $crate::contract::Harness>::missing() {
                return tests::support::skip(what);
            }
            $crate::$module::$name::<$harness>().await;
        })+
    };
    (@plain $harness:ty, $module:ident, [$($name:ident),+ $(,)?]) => {
        $(#[test]
        fn $name() {
            if let Some(what) = <$harness as $crate::contract::Harness>::missing() {
                return tests::support::skip(what);
            }
            $crate::$module::$name::<$harness>();
        })+
    };
}
