//! A store in memory that can be told to lie. For tests of what stands on the port.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::ids::Revision;
use domain::time::Timestamp;
use tokio::sync::watch;

use crate::loader::hash_of;
use crate::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};

/// Events of all streams, in order.
pub(crate) struct MemoryStore {
    events: Mutex<Vec<RecordedEvent>>,
    recorded_at: Timestamp,
    head: watch::Sender<Position>,
}

impl MemoryStore {
    pub(crate) fn at(recorded_at: Timestamp) -> Self {
        Self { events: Mutex::default(), recorded_at, head: watch::Sender::new(Position::START) }
    }

    /// Lets a test spoil what is stored.
    pub(crate) fn spoil(&self, change: impl FnOnce(&mut Vec<RecordedEvent>)) {
        change(&mut self.events.lock().unwrap());
    }

    fn of(&self, stream: &StreamName) -> Vec<RecordedEvent> {
        self.events.lock().unwrap().iter().filter(|event| event.stream == *stream).cloned().collect()
    }
}

/// Makes the hashes of a stream true again, as somebody who rewrites a file could.
pub(crate) fn rechain(events: &mut [RecordedEvent], stream: &StreamName) {
    let mut previous = Digest::ZERO;
    for event in events.iter_mut().filter(|event| event.stream == *stream) {
        event.previous = previous;
        event.hash = hash_of(event);
        previous = event.hash;
    }
}

#[async_trait]
impl EventStore for MemoryStore {
    async fn append(&self, stream: &StreamName, _: Expected, batch: Vec<NewEvent>) -> Result<Appended, AppendError> {
        let mut all = self.events.lock().unwrap();
        let mut head = all.iter().rev().find(|event| event.stream == *stream).map(|event| (event.revision, event.hash));
        for new in batch {
            let mut event = RecordedEvent {
                position: Position::from_token(all.len() as u64 + 1),
                stream: stream.clone(),
                revision: head.map_or(Revision::FIRST, |(revision, _)| revision.next()),
                id: new.id,
                outer_type: new.outer_type,
                version: new.version,
                recorded_at: self.recorded_at,
                metadata: new.metadata,
                data: new.data,
                previous: head.map_or(Digest::ZERO, |(_, hash)| hash),
                hash: Digest::ZERO,
                left: 0,
            };
            event.hash = hash_of(&event);
            head = Some((event.revision, event.hash));
            all.push(event);
        }
        let position = Position::from_token(all.len() as u64);
        let last_revision = head.map_or(Revision::FIRST, |(revision, _)| revision);
        Ok(Appended { last_revision, position, recorded_at: self.recorded_at, repeated: false })
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        _: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        Ok(self.of(stream).into_iter().filter(|event| event.revision >= from).collect())
    }

    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        Ok(self.of(stream).last().map(|event| (event.revision, event.hash)))
    }

    async fn read_all(&self, after: Position, _: &Filter, limit: usize) -> Result<Page, StoreFault> {
        let all = self.events.lock().unwrap();
        let events = all.iter().filter(|event| event.position > after).take(limit).cloned().collect();
        Ok(Page { events, damaged: Vec::new(), next: after, at_head: false })
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        Ok(self.events.lock().unwrap().last().map_or(Position::START, |event| event.position))
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        Ok(self.events.lock().unwrap().last().cloned())
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn source(&self) -> &'static str {
        "memory"
    }
}
