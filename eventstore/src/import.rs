//! Taking in what was recorded elsewhere: beside append, for a history that moves to another engine.
//!
//! An imported event keeps its revision, id, `recorded_at`, bytes and place in the chain; only the position is the engine's own.

use async_trait::async_trait;
use domain::ids::Revision;
use domain::time::Timestamp;

use crate::batch;
use crate::loader::hash_of;
use crate::metadata::Metadata;
use crate::port::{
    AppendError, Appended, CommandSlot, Digest, EventStore, Expected, NewEvent, RecordedEvent, StreamName,
};

/// A store that can take in a history of another one.
#[async_trait]
pub trait Import: EventStore {
    /// Stores one whole batch as it was recorded, or not at all, and returns once it is durable. The batch must continue its stream:
    /// next revision, hash of the last event, no earlier time. The same batch again gives the same answer, with
    /// [`Appended::repeated`] set. The clock is not asked.
    ///
    /// # Errors
    /// [`AppendError::Invalid`] for a batch that is not whole, whose hashes are not those of its bytes, or that goes on from other
    /// events than this store has; [`AppendError::Conflict`] when the stream ends elsewhere; the others as in
    /// [`EventStore::append`].
    async fn import(&self, batch: Vec<RecordedEvent>) -> Result<Appended, AppendError>;

    /// Stores batches one after the other, each as [`Import::import`] does. An engine may write many of them at once, but keeps their
    /// order. After a refusal what came before it is stored, and what comes after it in other streams may be.
    ///
    /// # Errors
    /// The first refusal, and the place of its batch in `batches`.
    async fn import_each(&self, batches: Vec<Vec<RecordedEvent>>) -> Result<(), (usize, AppendError)> {
        for (at, batch) in batches.into_iter().enumerate() {
            self.import(batch).await.map_err(|refusal| (at, refusal))?;
        }
        Ok(())
    }
}

/// Where a checked batch belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) stream: StreamName,
    pub(crate) expected: Expected,
    /// Hash of the event before it.
    pub(crate) previous: Digest,
    pub(crate) recorded_at: Timestamp,
}

impl Place {
    /// Whether the batch goes on from the event that stands before it in this store.
    pub(crate) fn goes_on_from(&self, hash: Digest, recorded_at: Timestamp) -> Result<(), AppendError> {
        if hash != self.previous {
            return Err(invalid(self.expected.next(), "the event before it has another hash here"));
        }
        if self.recorded_at < recorded_at {
            return Err(invalid(self.expected.next(), "it was recorded before its predecessor"));
        }
        Ok(())
    }
}

/// Checks a batch by itself, from its bytes; what must go on from what is the engine's part.
pub(crate) fn check(events: &[RecordedEvent]) -> Result<Place, AppendError> {
    let Some(first) = events.first() else {
        return Err(AppendError::Invalid("it holds no event; import nothing instead".to_owned()));
    };
    let expected =
        first.revision.number().checked_sub(1).map_or(Expected::NoStream, |at| Expected::At(Revision::new(at)));
    if expected == Expected::NoStream && first.previous != Digest::ZERO {
        return Err(invalid(first.revision, "it begins a stream and names a predecessor"));
    }
    let place =
        Place { stream: first.stream.clone(), expected, previous: first.previous, recorded_at: first.recorded_at };
    let (mut revision, mut previous, mut left) = (first.revision, first.previous, events.len());
    for event in events {
        left -= 1;
        let in_place = event.stream == place.stream && event.revision == revision && event.previous == previous;
        if !in_place || event.recorded_at != place.recorded_at || event.left as usize != left {
            return Err(invalid(event.revision, "it is not the next event of its batch"));
        }
        if event.hash != hash_of(event) {
            return Err(invalid(event.revision, "its bytes are not those its hash was made of"));
        }
        (revision, previous) = (revision.next(), event.hash);
    }
    Ok(place)
}

/// The events as they would have been appended, with the command slots that their metadata name. Events whose metadata are not ours
/// have none.
pub(crate) fn as_appended(events: Vec<RecordedEvent>) -> Result<Vec<NewEvent>, AppendError> {
    let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let batch: Vec<NewEvent> = events.into_iter().map(|event| new_event(event, count)).collect::<Result<_, _>>()?;
    batch::check(&batch)?;
    Ok(batch)
}

fn new_event(event: RecordedEvent, count: u32) -> Result<NewEvent, AppendError> {
    let command = Metadata::from_bytes(&event.metadata).ok().map(|metadata| metadata.command);
    if command.as_ref().is_some_and(|command| command.count != count) {
        return Err(invalid(event.revision, "the batch of its command is not whole"));
    }
    Ok(NewEvent {
        id: event.id,
        outer_type: event.outer_type,
        version: event.version,
        metadata: event.metadata,
        data: event.data,
        command: command.map(|command| CommandSlot { id: command.id, index: command.index }),
    })
}

fn invalid(revision: Revision, what: &str) -> AppendError {
    AppendError::Invalid(format!("revision {revision}: {what}"))
}
