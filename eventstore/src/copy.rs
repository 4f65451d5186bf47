//! Moving a history to another engine: every event as it is, every hash recomputed before it is written and once more where it arrived.
//!
//! It keeps no state of its own. What the target holds already is where it goes on, so a copy that was broken off is simply started again.

use std::collections::HashMap;

use domain::ids::Revision;
use domain::time::Timestamp;

use crate::import::Import;
use crate::loader::hash_of;
use crate::port::{AppendError, Digest, EventStore, Filter, Page, Position, RecordedEvent, StoreFault, StreamName};

/// Events read at once, about.
const PAGE: usize = 512;

/// How often the copy runs after a source that is still written, before it says so.
const ROUNDS: usize = 8;

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Reading what the target holds already.
    Looking,
    /// Reading the source, and writing what is missing.
    Copying,
    /// Reading the target once more.
    Verifying,
}

/// How far it is, within its stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Read up to here.
    pub position: Position,
    /// Where the store that is read ended when that was last looked at.
    pub head: Position,
    /// Events written by this copy so far.
    pub written: u64,
}

/// What was copied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CopyReport {
    /// Events in the history, all of which are now in both stores.
    pub events: u64,
    /// Streams they belong to.
    pub streams: u64,
    /// Of these events, those that were there already.
    pub skipped: u64,
}

/// One of the two stores.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Where the history comes from.
    Source,
    /// Where it goes.
    Target,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Source => "source",
            Self::Target => "target",
        })
    }
}

/// Why a history was not copied, or not to its end. What arrived stays, and the same copy goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// One of the stores is in trouble.
    #[error(
        "the {side} of the copy is in trouble: {fault}; mend that and run the same command again, it goes on where it was"
    )]
    Store {
        /// Which one.
        side: Side,
        /// Its trouble.
        fault: StoreFault,
    },
    /// An event that its own hash, or its predecessor's, does not fit. It was not written.
    #[error("the {side} is damaged at {stream} revision {revision}: {what}; nothing from there on was copied")]
    BadEntry {
        /// In which store.
        side: Side,
        /// Its stream.
        stream: StreamName,
        /// Its place there.
        revision: Revision,
        /// What is wrong with it.
        what: String,
    },
    /// The target holds something that is not in the source. Nothing was written.
    #[error(
        "the target holds another history: {stream} revision {revision} is not that of the source; copy to an empty target, or to one where an earlier copy of this history was broken off"
    )]
    OtherHistory {
        /// The stream.
        stream: StreamName,
        /// The first entry that differs.
        revision: Revision,
    },
    /// The target did not take a batch.
    #[error(
        "the target did not take {stream} revision {revision}: {refusal}; run the same command again, it goes on where it was"
    )]
    NotTaken {
        /// The stream.
        stream: StreamName,
        /// The first event of the batch.
        revision: Revision,
        /// Why.
        refusal: AppendError,
    },
    /// What is read in the target afterwards is not what was copied.
    #[error(
        "the target has other events in {stream} than the source: somebody else writes there; stop that, and copy to an empty target"
    )]
    Differs {
        /// The stream.
        stream: StreamName,
    },
    /// Source and target are one.
    #[error("source and target are the same history: name another target")]
    Same,
    /// The source grew each time the copy had caught up.
    #[error(
        "the source is still written: stop what writes there and run the same command again, it goes on where it was"
    )]
    StillWritten,
}

/// Copies a history to a target that is empty or holds the beginning of the same one. The source is only read, and should not be written
/// meanwhile; what is added to it all the same is copied too, as long as that comes to an end.
///
/// Each event is verified from its bytes before it is written, and again as the target gives it back; then both agree on the last
/// revision, its hash and the number of events of every stream. Memory grows with the number of streams only.
///
/// # Errors
/// [`CopyError`] says what to do. The same call again goes on where this one stopped.
pub async fn copy(
    source: &dyn EventStore,
    target: &dyn Import,
    mut progress: impl FnMut(Progress),
) -> Result<CopyReport, CopyError> {
    if source.source() == target.source() {
        return Err(CopyError::Same);
    }
    let mut held = Walk::over(target, Side::Target, Stage::Looking).await?;
    while held.next().await?.is_some() {
        progress(held.progress(0));
    }
    let held = held.chains;
    let both = Both { source, target };
    for (stream, head) in &held.heads {
        both.agree_on(stream, head).await?;
    }
    let mut report = CopyReport { events: 0, streams: 0, skipped: held.events };
    let mut reading = Walk::over(source, Side::Source, Stage::Copying).await?;
    let mut arrived = Walk::over(target, Side::Target, Stage::Verifying).await?;
    let mut written = 0;
    for _ in 0..ROUNDS {
        while let Some(events) = reading.next().await? {
            written += write(target, missing(&held, events)).await?;
            progress(reading.progress(written));
        }
        while arrived.next().await?.is_some() {
            progress(arrived.progress(written));
        }
        reading.chains.compare(&arrived.chains)?;
        if !reading.look_ahead().await? {
            report.events = reading.chains.events;
            report.streams = reading.chains.heads.len() as u64;
            return Ok(report);
        }
    }
    Err(CopyError::StillWritten)
}

/// The last event of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Head {
    revision: Revision,
    hash: Digest,
    recorded_at: Timestamp,
}

/// Every stream of a store as far as it was read, recomputed from the bytes.
#[derive(Default)]
struct Chains {
    heads: HashMap<StreamName, Head>,
    events: u64,
}

impl Chains {
    fn add(&mut self, event: &RecordedEvent) -> Result<(), &'static str> {
        let head = self.heads.get(&event.stream).copied();
        if event.revision != head.map_or(Revision::FIRST, |head| head.revision.next()) {
            return Err("its stream should go on with another revision");
        }
        if event.previous != head.map_or(Digest::ZERO, |head| head.hash) {
            return Err("it does not name the hash of its predecessor");
        }
        if event.hash != hash_of(event) {
            return Err("its bytes are not those its hash was made of");
        }
        if head.is_some_and(|head| event.recorded_at < head.recorded_at) {
            return Err("it was recorded before its predecessor");
        }
        let &RecordedEvent { revision, hash, recorded_at, .. } = event;
        self.heads.insert(event.stream.clone(), Head { revision, hash, recorded_at });
        self.events += 1;
        Ok(())
    }

    /// Whether the target ended up with the same streams.
    fn compare(&self, arrived: &Self) -> Result<(), CopyError> {
        let differs = |stream: &StreamName| Err(CopyError::Differs { stream: stream.clone() });
        if let Some((stream, _)) = self.heads.iter().find(|(stream, head)| arrived.heads.get(*stream) != Some(*head)) {
            return differs(stream);
        }
        // Revisions leave no gaps, so equal heads of all streams make equal numbers of events.
        match arrived.heads.keys().find(|stream| !self.heads.contains_key(*stream)) {
            Some(stream) => differs(stream),
            None => Ok(()),
        }
    }
}

/// Reads a whole store in its order, and checks what it reads.
struct Walk<'a, S: EventStore + ?Sized> {
    store: &'a S,
    side: Side,
    stage: Stage,
    at: Position,
    head: Position,
    chains: Chains,
}

impl<'a, S: EventStore + ?Sized> Walk<'a, S> {
    async fn over(store: &'a S, side: Side, stage: Stage) -> Result<Self, CopyError> {
        let mut walk =
            Self { store, side, stage, at: Position::START, head: Position::START, chains: Chains::default() };
        walk.look_ahead().await?;
        Ok(walk)
    }

    /// Whether there is more than was read.
    async fn look_ahead(&mut self) -> Result<bool, CopyError> {
        let side = self.side;
        self.head = self.store.head().await.map_err(|fault| CopyError::Store { side, fault })?;
        Ok(self.head > self.at)
    }

    /// The next page, verified; nothing at the end.
    async fn next(&mut self) -> Result<Option<Vec<RecordedEvent>>, CopyError> {
        let side = self.side;
        let page = self.store.read_all(self.at, &Filter::all(), PAGE).await.and_then(Page::whole);
        let page = page.map_err(|fault| match fault {
            // The engine found it before we did.
            StoreFault::Damaged { stream, revision, what } => CopyError::BadEntry { side, stream, revision, what },
            fault => CopyError::Store { side, fault },
        })?;
        for event in &page.events {
            self.chains.add(event).map_err(|what| {
                let (stream, revision) = (event.stream.clone(), event.revision);
                CopyError::BadEntry { side, stream, revision, what: what.to_owned() }
            })?;
        }
        let moved = page.next > self.at;
        self.at = page.next;
        self.head = self.head.max(self.at);
        Ok(moved.then_some(page.events))
    }

    fn progress(&self, written: u64) -> Progress {
        Progress { stage: self.stage, position: self.at, head: self.head, written }
    }
}

/// Source and target, while they are compared before anything is written.
struct Both<'a> {
    source: &'a dyn EventStore,
    target: &'a dyn Import,
}

impl Both<'_> {
    /// Whether the target's stream is the beginning of the source's. One hash answers: it covers everything before it.
    async fn agree_on(&self, stream: &StreamName, head: &Head) -> Result<(), CopyError> {
        if self.hash_in_source(stream, head.revision).await? == Some(head.hash) {
            return Ok(());
        }
        // They agree up to some revision and never again: halve what is left until it is found.
        let (mut same, mut other) = (0, head.revision.number());
        while same < other {
            let middle = same + (other - same) / 2;
            let here = self.hash_in_source(stream, Revision::new(middle)).await?;
            if here.is_some() && here == self.hash_in_target(stream, Revision::new(middle)).await? {
                same = middle + 1;
            } else {
                other = middle;
            }
        }
        Err(CopyError::OtherHistory { stream: stream.clone(), revision: Revision::new(other) })
    }

    async fn hash_in_source(&self, stream: &StreamName, at: Revision) -> Result<Option<Digest>, CopyError> {
        let events = self.source.read_stream(stream, at, 1).await;
        Ok(hash_at(at, &events.map_err(|fault| CopyError::Store { side: Side::Source, fault })?))
    }

    async fn hash_in_target(&self, stream: &StreamName, at: Revision) -> Result<Option<Digest>, CopyError> {
        let events = self.target.read_stream(stream, at, 1).await;
        Ok(hash_at(at, &events.map_err(|fault| CopyError::Store { side: Side::Target, fault })?))
    }
}

fn hash_at(at: Revision, events: &[RecordedEvent]) -> Option<Digest> {
    events.first().filter(|event| event.revision == at).map(|event| event.hash)
}

/// The batches of a page that the target does not hold yet. It holds whole batches only, so none is cut.
fn missing(held: &Chains, events: Vec<RecordedEvent>) -> Vec<Vec<RecordedEvent>> {
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    for event in events {
        let is_there = held.heads.get(&event.stream).is_some_and(|head| event.revision <= head.revision);
        if is_there {
            continue;
        }
        let ends = event.left == 0;
        batch.push(event);
        if ends {
            batches.push(std::mem::take(&mut batch));
        }
    }
    // An end without its last event is refused by the target.
    batches.extend((!batch.is_empty()).then_some(batch));
    batches
}

/// Writes batches in their order; says how many events they hold.
async fn write(target: &dyn Import, batches: Vec<Vec<RecordedEvent>>) -> Result<u64, CopyError> {
    let events = batches.iter().map(Vec::len).sum::<usize>() as u64;
    let begins: Vec<_> =
        batches.iter().map(|batch| batch.first().map(|one| (one.stream.clone(), one.revision))).collect();
    let Err((at, refusal)) = target.import_each(batches).await else { return Ok(events) };
    let place = begins.into_iter().nth(at).flatten();
    Err(match (refusal, place) {
        (AppendError::Fault(fault), _) => CopyError::Store { side: Side::Target, fault },
        (refusal, Some((stream, revision))) => CopyError::NotTaken { stream, revision, refusal },
        (refusal, None) => CopyError::Store { side: Side::Target, fault: StoreFault::Other(refusal.to_string()) },
    })
}
