//! A history moves to another engine and back: everything arrives as it was, a copy that was broken off goes on, and what does not fit is
//! named and not written.

mod faults;
mod import;
mod pair;
mod refused;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use domain::fact::{Audience, CommandRef, FileKind};
use domain::ids::{CommandId, Revision};
use eventstore::copy::{CopyError, CopyReport, copy};
use eventstore::import::Import;
use eventstore::metadata::{CorrelationId, Metadata};
use eventstore::port::{
    AppendError, Appended, CommandSlot, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent,
    StoreFault, StreamName,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tests::archive;
use tests::cases::organisation;
use tokio::sync::watch;

use crate::contract::everything;
use crate::samples::{event, fresh, holding, stream};

/// A batch of a command, with metadata as the codec writes it.
pub fn ours(size: u32) -> Vec<NewEvent> {
    let command = CommandId::from_uuid(fresh());
    let one = |index| {
        let metadata = Metadata {
            actor: archive::actor(),
            holder: organisation(),
            file: FileKind::Coordination,
            purpose: "coordination".to_owned(),
            activity: "coordination/1".to_owned(),
            subjects: Vec::new(),
            audience: Audience::Case,
            command: CommandRef { id: command, digest: String::new(), index, count: size },
            decision: archive::decision(),
            causation: None,
            correlation: CorrelationId::from_uuid(command.as_uuid()),
            trace: None,
        };
        NewEvent {
            metadata: serde_json::to_vec(&metadata).unwrap(),
            command: Some(CommandSlot { id: command, index }),
            ..event(&format!("event {index} of {command}"))
        }
    };
    (0..size).map(one).collect()
}

/// Some batches in some streams: of commands, and, as a node notes its vault, of none.
async fn fill(store: &impl EventStore, seed: u64, batches: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..batches {
        let (name, sent) = match random.random_range(0..8) {
            0 => (stream("vault-generations"), vec![event("note")]),
            1 => (stream("signal-1"), ours(random.random_range(1..3))),
            case => (stream(&format!("case-{case}")), ours(random.random_range(1..5))),
        };
        append(store, &name, sent).await;
    }
}

async fn append(store: &impl EventStore, name: &StreamName, sent: Vec<NewEvent>) -> Appended {
    let held = store.stream_head(name).await.unwrap().map_or(0, |(last, _)| last.number() + 1);
    store.append(name, holding(held), sent).await.unwrap()
}

/// Copies without looking at progress.
async fn run(source: &dyn EventStore, target: &dyn Import) -> Result<CopyReport, CopyError> {
    copy(source, target, |_| ()).await
}

/// Everything in a store, without the positions, which are its own.
async fn all(store: &impl EventStore) -> Vec<RecordedEvent> {
    let events = everything(store, 100).await;
    events.into_iter().map(|event| RecordedEvent { position: Position::START, ..event }).collect()
}

/// A target that takes so many batches more and then none, as if the power went.
struct Failing<S> {
    inner: Arc<S>,
    left: AtomicU64,
}

impl<S> Failing<S> {
    fn after(inner: &Arc<S>, batches: u64) -> Self {
        Self { inner: Arc::clone(inner), left: AtomicU64::new(batches) }
    }
}

#[async_trait]
impl<S: Import> Import for Failing<S> {
    async fn import(&self, batch: Vec<RecordedEvent>) -> Result<Appended, AppendError> {
        let taken = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match taken {
            Ok(_) => self.inner.import(batch).await,
            Err(_) => Err(StoreFault::Unreachable("the power went".to_owned()).into()),
        }
    }
}

#[async_trait]
impl<S: Import> EventStore for Failing<S> {
    async fn append(&self, name: &StreamName, at: Expected, batch: Vec<NewEvent>) -> Result<Appended, AppendError> {
        self.inner.append(name, at, batch).await
    }

    async fn read_stream(
        &self,
        name: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        self.inner.read_stream(name, from, limit).await
    }

    async fn stream_head(&self, name: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        self.inner.stream_head(name).await
    }

    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
        self.inner.read_all(after, filter, limit).await
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.inner.head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.inner.last_event().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.inner.watch_head()
    }

    fn source(&self) -> &str {
        self.inner.source()
    }
}
