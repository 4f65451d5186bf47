//! Loading a stream: every hash recomputed from the stored bytes, every batch whole, every event opened, then folded.

use domain::decider::{Decider, History};
use domain::fact::{CommandRef, Fact};
use domain::ids::Revision;
use domain::time::Timestamp;

use crate::chain::{self, Link};
use crate::codec::{Codec, DecodeError};
use crate::key::{KeyId, StreamKeys};
use crate::metadata::Metadata;
use crate::port::{Digest, EventStore, Position, RecordedEvent, StoreFault, StreamName};
use crate::vault::{DecisionId, VaultFault};

/// Events read at once, about.
const PAGE: usize = 512;

/// A stream as loaded: its history and what is needed to go on from there.
#[derive(Debug)]
pub struct Loaded<D: Decider> {
    /// What happened, folded.
    pub history: History<D>,
    /// Which key belongs to whom.
    pub keys: StreamKeys,
    /// Last revision and its hash; `None` for a stream that does not exist.
    pub head: Option<(Revision, Digest)>,
    /// Position of the last event.
    pub position: Option<Position>,
}

impl<D: Decider> Default for Loaded<D> {
    fn default() -> Self {
        Self { history: History::default(), keys: StreamKeys::default(), head: None, position: None }
    }
}

// Not derived: a decider itself need not be `Clone`.
impl<D: Decider> Clone for Loaded<D> {
    fn clone(&self) -> Self {
        Self { history: self.history.clone(), keys: self.keys.clone(), head: self.head, position: self.position }
    }
}

/// Why a stream cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store is in trouble.
    #[error(transparent)]
    Fault(#[from] StoreFault),
    /// The vault is in trouble.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// An event cannot be read or was changed: no command, no view, no access to this stream until an operator has looked.
    #[error("stream {stream} is quarantined at revision {revision}: {reason}")]
    Quarantined {
        /// The stream.
        stream: StreamName,
        /// The first bad entry.
        revision: Revision,
        /// What is wrong with it.
        reason: Bad,
    },
    /// The stream's own key is missing and was never destroyed.
    #[error("stream {stream} cannot be opened: key {key} is missing and was never destroyed; restore the vault")]
    Unavailable {
        /// The stream.
        stream: StreamName,
        /// The first entry that does not open.
        revision: Revision,
        /// The missing key.
        key: KeyId,
    },
    /// The dossier was destroyed by decision.
    #[error("stream {stream} was destroyed by decision")]
    Destroyed {
        /// The stream.
        stream: StreamName,
        /// When.
        at: Timestamp,
        /// By which decision.
        decision: DecisionId,
    },
}

impl LoadError {
    /// Whether only this stream is concerned: others can be read. A store or a vault in trouble concerns all.
    #[must_use]
    pub const fn is_of_one_stream(&self) -> bool {
        match self {
            Self::Fault(StoreFault::Damaged { .. })
            | Self::Quarantined { .. }
            | Self::Unavailable { .. }
            | Self::Destroyed { .. } => true,
            Self::Fault(_) | Self::Vault(_) => false,
        }
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    /// Not the revision that comes next.
    #[error("revision {expected} should stand here")]
    OutOfOrder {
        /// What should stand there.
        expected: Revision,
    },
    /// It does not follow its predecessor.
    #[error("it does not name the hash of its predecessor")]
    BrokenChain,
    /// The stored hash is not that of the stored bytes.
    #[error("its bytes are not those its hash was made of")]
    WrongHash,
    /// Recorded before its predecessor.
    #[error("it was recorded before its predecessor")]
    TimeRunsBack,
    /// A command's batch is not whole.
    #[error("the batch of its command is not whole")]
    CutBatch,
    /// It cannot be read, or a sealed value was changed.
    #[error(transparent)]
    Unreadable(DecodeError),
}

/// Loads a stream from its beginning.
///
/// # Errors
/// [`LoadError`]. Only this stream is concerned, unless the store or the vault itself is in trouble.
pub async fn load<D: Decider>(
    store: &dyn EventStore,
    codec: &Codec,
    stream: &StreamName,
) -> Result<Loaded<D>, LoadError> {
    let mut loaded = Loaded::default();
    extend(&mut loaded, store, codec, stream).await?;
    Ok(loaded)
}

/// What of a damaged stream can still be read: everything before the first bad entry. Only to tell whom the damage concerns; nothing is
/// decided on it and nothing of it is shown.
pub async fn load_readable<D: Decider>(store: &dyn EventStore, codec: &Codec, stream: &StreamName) -> Loaded<D> {
    let mut loaded = Loaded::default();
    let mut reading = Reading::<D>::after(&loaded, stream);
    let mut page = PAGE;
    loop {
        match store.read_stream(stream, reading.verifier.next_revision(), page).await {
            Ok(events) if events.is_empty() => break,
            Ok(events) => {
                if !events.iter().all(|event| reading.take_in(codec, &mut loaded.keys, event).is_ok()) {
                    break;
                }
            }
            // A page with a bad entry does not come at all: one by one up to there.
            Err(_) if page > 1 => page = 1,
            Err(_) => break,
        }
    }
    reading.add_to(&mut loaded);
    loaded
}

/// Reads what was added since. After an error the history in `loaded` is as it was; drop it, it must not be used to decide.
///
/// # Errors
/// As [`load`].
pub async fn extend<D: Decider>(
    loaded: &mut Loaded<D>,
    store: &dyn EventStore,
    codec: &Codec,
    stream: &StreamName,
) -> Result<(), LoadError> {
    let mut reading = Reading::<D>::after(loaded, stream);
    loop {
        let from = reading.verifier.next_revision();
        let page = store.read_stream(stream, from, PAGE).await?;
        if page.is_empty() {
            break;
        }
        page.iter().try_for_each(|event| reading.take_in(codec, &mut loaded.keys, event))?;
    }
    reading.verifier.finish()?;
    reading.add_to(loaded);
    Ok(())
}

/// Takes in events that were already read, in order: whole batches that follow what is loaded.
///
/// # Errors
/// As [`load`].
pub fn extend_with<D: Decider>(
    loaded: &mut Loaded<D>,
    codec: &Codec,
    stream: &StreamName,
    events: &[RecordedEvent],
) -> Result<(), LoadError> {
    let mut reading = Reading::<D>::after(loaded, stream);
    events.iter().try_for_each(|event| reading.take_in(codec, &mut loaded.keys, event))?;
    reading.verifier.finish()?;
    reading.add_to(loaded);
    Ok(())
}

struct Reading<D: Decider> {
    verifier: Verifier,
    facts: Vec<Fact<D::Event>>,
    position: Option<Position>,
}

impl<D: Decider> Reading<D> {
    fn after(loaded: &Loaded<D>, stream: &StreamName) -> Self {
        let verifier =
            Verifier::after(stream.clone(), loaded.head, loaded.history.facts().last().map(|fact| fact.recorded_at));
        Self { verifier, facts: Vec::new(), position: loaded.position }
    }

    fn take_in(&mut self, codec: &Codec, keys: &mut StreamKeys, event: &RecordedEvent) -> Result<(), LoadError> {
        self.verifier.check(event)?;
        let stream = &self.verifier.stream;
        let fact = codec.decode::<D>(event, keys).map_err(|error| refused(stream, event.revision, error))?;
        self.facts.push(fact);
        self.position = Some(event.position);
        Ok(())
    }

    fn add_to(self, loaded: &mut Loaded<D>) {
        loaded.head = self.verifier.head;
        loaded.position = self.position;
        if loaded.history.is_empty() {
            loaded.history = History::fold(self.facts);
        } else {
            self.facts.into_iter().for_each(|fact| loaded.history.push(fact));
        }
    }
}

fn refused(stream: &StreamName, revision: Revision, error: DecodeError) -> LoadError {
    let stream = stream.clone();
    match error {
        DecodeError::Unavailable { key } => LoadError::Unavailable { stream, revision, key },
        DecodeError::Destroyed { at, decision } => LoadError::Destroyed { stream, at, decision },
        DecodeError::Vault(fault) => LoadError::Vault(fault),
        bad @ (DecodeError::Unreadable(_) | DecodeError::Tampered { .. }) => {
            LoadError::Quarantined { stream, revision, reason: Bad::Unreadable(bad) }
        }
    }
}

/// Checks one stream, event by event, from stored bytes alone: no key is needed. `rustpunt verify` uses it too.
#[derive(Debug, Clone)]
pub struct Verifier {
    stream: StreamName,
    head: Option<(Revision, Digest)>,
    recorded_at: Option<Timestamp>,
    /// The batch that is being read, when it is not whole yet.
    open_batch: Option<CommandRef>,
}

impl Verifier {
    /// Starts at the beginning of a stream.
    #[must_use]
    pub const fn new(stream: StreamName) -> Self {
        Self::after(stream, None, None)
    }

    /// Goes on after what was checked before.
    #[must_use]
    pub const fn after(stream: StreamName, head: Option<(Revision, Digest)>, recorded_at: Option<Timestamp>) -> Self {
        Self { stream, head, recorded_at, open_batch: None }
    }

    /// The revision that must come next.
    #[must_use]
    pub const fn next_revision(&self) -> Revision {
        match self.head {
            None => Revision::FIRST,
            Some((revision, _)) => revision.next(),
        }
    }

    /// Checks the next event.
    ///
    /// # Errors
    /// [`LoadError::Quarantined`], naming this event.
    pub fn check(&mut self, event: &RecordedEvent) -> Result<(), LoadError> {
        let batch = self.judge(event).map_err(|reason| self.quarantined(event.revision, reason))?;
        self.head = Some((event.revision, event.hash));
        self.recorded_at = Some(event.recorded_at);
        self.open_batch = batch;
        Ok(())
    }

    /// Says whether the stream may end here.
    ///
    /// # Errors
    /// [`LoadError::Quarantined`] when the last batch is not whole.
    pub fn finish(&self) -> Result<(), LoadError> {
        match self.open_batch {
            None => Ok(()),
            Some(_) => Err(self.quarantined(self.next_revision(), Bad::CutBatch)),
        }
    }

    fn quarantined(&self, revision: Revision, reason: Bad) -> LoadError {
        LoadError::Quarantined { stream: self.stream.clone(), revision, reason }
    }

    fn judge(&self, event: &RecordedEvent) -> Result<Option<CommandRef>, Bad> {
        let expected = self.next_revision();
        if event.revision != expected || event.stream != self.stream {
            return Err(Bad::OutOfOrder { expected });
        }
        if event.previous != self.head.map_or(Digest::ZERO, |(_, hash)| hash) {
            return Err(Bad::BrokenChain);
        }
        if event.hash != hash_of(event) {
            return Err(Bad::WrongHash);
        }
        if self.recorded_at.is_some_and(|before| event.recorded_at < before) {
            return Err(Bad::TimeRunsBack);
        }
        self.judge_batch(event)
    }

    fn judge_batch(&self, event: &RecordedEvent) -> Result<Option<CommandRef>, Bad> {
        let command = Metadata::from_bytes(&event.metadata)
            .map_err(|error| {
                let (type_name, reason) = (event.outer_type.clone(), error.to_string());
                Bad::Unreadable(DecodeError::Unreadable(domain::decider::UnreadableEvent { type_name, reason }))
            })?
            .command;
        let follows = match &self.open_batch {
            None => command.index == 0,
            Some(before) => {
                (command.id, command.count, &command.digest) == (before.id, before.count, &before.digest)
                    && command.index == before.index + 1
            }
        };
        if !follows || command.index >= command.count {
            return Err(Bad::CutBatch);
        }
        Ok((command.index + 1 < command.count).then_some(command))
    }
}

/// The hash that these stored bytes must have.
#[must_use]
pub fn hash_of(event: &RecordedEvent) -> Digest {
    chain::hash(&Link {
        stream: &event.stream,
        revision: event.revision,
        id: event.id,
        outer_type: &event.outer_type,
        version: event.version,
        recorded_at: event.recorded_at,
        metadata: chain::digest(&event.metadata),
        data: chain::digest(&event.data),
        previous: event.previous,
    })
}

#[cfg(test)]
mod tests;
