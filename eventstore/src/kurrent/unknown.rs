//! Batches whose outcome nobody knows yet, as they were sent. Whoever waited may go away and come back: the same bytes are sent then.

use std::sync::Arc;

use domain::ids::EventId;
use lru::LruCache;

use crate::port::{Expected, NewEvent, RecordedEvent, StreamName};

/// A batch as it was sent.
pub(super) type Sent = Arc<Vec<RecordedEvent>>;

/// Bytes of data and metadata that are remembered; the batch longest not asked for goes first.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// What is remembered, by the id of a batch's first event.
pub(super) struct Unknown {
    batches: LruCache<EventId, Sent>,
    bytes: usize,
    most: usize,
}

impl Default for Unknown {
    fn default() -> Self {
        Self::of(MOST_BYTES)
    }
}

impl Unknown {
    fn of(most: usize) -> Self {
        Self { batches: LruCache::unbounded(), bytes: 0, most }
    }

    /// The bytes that were sent for this batch, at this place.
    pub(super) fn same(&mut self, stream: &StreamName, expected: Expected, batch: &[NewEvent]) -> Option<Sent> {
        let first = batch.first()?.id;
        self.batches.get(&first).filter(|sent| is_same(sent, stream, expected, batch)).cloned()
    }

    /// The bytes that were sent for this batch, be they of another moment.
    pub(super) fn same_but_for_time(&mut self, events: &[RecordedEvent]) -> Option<Sent> {
        let first = events.first()?;
        let placed = |sent: &&Sent| {
            sent.len() == events.len()
                && sent.first().is_some_and(|sent| sent.stream == first.stream && sent.revision == first.revision)
        };
        let same = |sent: &&Sent| sent.iter().zip(events).all(|(sent, event)| has_same_bytes(event, sent));
        self.batches.get(&first.id).filter(placed).filter(same).cloned()
    }

    /// Remembers a batch, and forgets old ones when there is no room for all.
    pub(super) fn remember(&mut self, sent: &Sent) {
        let Some(first) = sent.first().map(|event| event.id) else { return };
        self.bytes += size(sent);
        if let Some(before) = self.batches.put(first, Arc::clone(sent)) {
            self.bytes -= size(&before);
        }
        // The one just sent stays, however large.
        while self.bytes > self.most && self.batches.len() > 1 {
            let Some((_, oldest)) = self.batches.pop_lru() else { return };
            self.bytes -= size(&oldest);
        }
    }

    /// The outcome of this one is known.
    pub(super) fn forget(&mut self, sent: &Sent) {
        let Some(first) = sent.first().map(|event| event.id) else { return };
        if let Some(before) = self.batches.pop(&first) {
            self.bytes -= size(&before);
        }
    }
}

fn size(sent: &Sent) -> usize {
    sent.iter().map(|event| event.data.len() + event.metadata.len() + size_of::<RecordedEvent>()).sum()
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

/// Whether an event is the one that was sent, at whatever time.
pub(super) fn has_same_bytes(found: &RecordedEvent, sent: &RecordedEvent) -> bool {
    found.id == sent.id
        && found.outer_type == sent.outer_type
        && found.version == sent.version
        && found.metadata == sent.metadata
        && found.data == sent.data
}

#[cfg(test)]
mod tests {
    use domain::ids::Revision;
    use domain::time::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::kurrent::stored;
    use crate::port::Digest;

    fn batch(id: u128, bytes: usize) -> Vec<NewEvent> {
        vec![NewEvent {
            id: EventId::from_uuid(Uuid::from_u128(id)),
            outer_type: "SomethingHappened".to_owned(),
            version: 1,
            metadata: Vec::new(),
            data: vec![7; bytes],
            command: None,
        }]
    }

    fn sent(stream: &StreamName, batch: Vec<NewEvent>) -> Sent {
        Arc::new(stored::chained(stream, Revision::FIRST, Digest::ZERO, Timestamp::from_micros(1), batch))
    }

    #[test]
    fn what_is_remembered_is_bounded_in_bytes_and_the_last_always_stays() {
        let stream: StreamName = "case-1".parse().unwrap();
        let mut unknown = Unknown::of(10_000);
        for id in 1..=20 {
            unknown.remember(&sent(&stream, batch(id, 2_000)));
        }
        let kept: Vec<u128> =
            (1..=20).filter(|id| unknown.same(&stream, Expected::NoStream, &batch(*id, 2_000)).is_some()).collect();
        assert_eq!(kept, [17, 18, 19, 20]);
        let large = sent(&stream, batch(21, 50_000));
        unknown.remember(&large);
        assert!(unknown.same(&stream, Expected::NoStream, &batch(21, 50_000)).is_some());
        assert_eq!(unknown.batches.len(), 1);
        unknown.remember(&large);
        unknown.forget(&large);
        unknown.forget(&large);
        assert_eq!((unknown.bytes, unknown.batches.len()), (0, 0));
    }

    #[test]
    fn only_the_same_bytes_at_the_same_place_are_the_same() {
        let stream: StreamName = "case-1".parse().unwrap();
        let mut unknown = Unknown::default();
        unknown.remember(&sent(&stream, batch(1, 8)));
        assert!(unknown.same(&stream, Expected::NoStream, &batch(1, 8)).is_some());
        assert!(unknown.same(&stream, Expected::NoStream, &batch(1, 9)).is_none());
        assert!(unknown.same(&stream, Expected::At(Revision::FIRST), &batch(1, 8)).is_none());
        assert!(unknown.same(&"case-2".parse().unwrap(), Expected::NoStream, &batch(1, 8)).is_none());
    }
}
