//! What keeps the history of a node: a file in its folder, or a cluster elsewhere. Everything else of a node lies in its folder either
//! way.

use std::path::Path;
use std::sync::Arc;

use eventstore::clock::Clock;
use eventstore::kurrent::{ConnectionState, KurrentStore, Opening};
use eventstore::port::{EventStore, Filter, StoreFault};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore, WriterFigures};

use super::OpenError;
use super::checks::figure;
use super::folder::{HISTORY, VAULT, owner_only};
use super::waiting::Waiting;
use crate::health::Finding;
use crate::telemetry::Metrics;

/// Where the history of a node that is being opened stands.
pub enum HistoryPlace {
    /// In the node's folder.
    Folder,
    /// On a cluster. Opening waits for it, as long as it takes.
    Cluster(Box<Opening>),
}

/// An open history.
#[derive(Clone)]
pub(super) enum Engine {
    File(Arc<SqliteStore>),
    Cluster(Arc<KurrentStore>),
}

/// Whether a history and a vault are made where there are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Making {
    /// In a folder that has neither.
    WhenNew,
    /// Not by a command that works on what is there.
    Never,
}

impl Engine {
    pub(super) async fn open(
        place: HistoryPlace,
        folder: &Path,
        lock: &Arc<FolderLock>,
        clock: &Arc<dyn Clock>,
        making: Making,
        waiting: &mut Waiting,
    ) -> Result<Self, OpenError> {
        match place {
            HistoryPlace::Folder => {
                let path = folder.join(HISTORY);
                // An empty one in its place would hide the loss, or part a history on a cluster in two.
                if !path.exists() && (making == Making::Never || folder.join(VAULT).exists()) {
                    return Err(OpenError::NoHistory(path.display().to_string()));
                }
                owner_only(&path)?;
                let mut options = SqliteOptions::new(Arc::clone(clock));
                options.lock = Some(Arc::clone(lock));
                options.create = making == Making::WhenNew;
                Ok(Self::File(Arc::new(SqliteStore::open(&path, options)?)))
            }
            HistoryPlace::Cluster(_) if folder.join(HISTORY).exists() => {
                Err(OpenError::TwoHistories(folder.display().to_string()))
            }
            HistoryPlace::Cluster(opening) => Ok(Self::Cluster(Arc::new(waiting.unless_told(opening.open()).await??))),
        }
    }

    pub(super) fn store(&self) -> Arc<dyn EventStore> {
        match self {
            Self::File(store) => Arc::clone(store) as Arc<dyn EventStore>,
            Self::Cluster(store) => Arc::clone(store) as Arc<dyn EventStore>,
        }
    }

    /// What the writer of a file counts.
    pub(super) fn writer_figures(&self) -> Option<Arc<WriterFigures>> {
        match self {
            Self::File(store) => store.figures().cloned(),
            Self::Cluster(_) => None,
        }
    }

    /// Lets metrics tell what it counts.
    pub(super) fn watch(&self, metrics: &Metrics) {
        match self {
            Self::File(store) => store.figures().into_iter().for_each(|figures| metrics.watch_writer(figures)),
            Self::Cluster(store) => metrics.watch_connection(&store.figures()),
        }
    }

    pub(super) async fn close(&self) -> Result<(), StoreFault> {
        match self {
            Self::File(store) => store.close().await,
            Self::Cluster(store) => {
                store.close();
                Ok(())
            }
        }
    }

    /// Whether the difference of two positions counts events.
    pub(super) const fn is_gapless(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// A real read, as any other.
    pub(super) async fn finding(&self) -> Finding {
        if let Self::Cluster(store) = self {
            reached(&store.state().borrow())?;
        }
        let store = self.store();
        let head = store.head().await.map_err(|error| error.to_string())?;
        let page = store.read_all(head, &Filter::all(), 1).await;
        page.map(|_| figure("head", head.token())).map_err(|error| error.to_string())
    }
}

/// Whether a cluster answers; else what stands in the way.
///
/// # Errors
/// The words for an operator.
pub fn reached(state: &ConnectionState) -> Result<(), String> {
    match state {
        ConnectionState::Connected => Ok(()),
        ConnectionState::Connecting => Err("the event store is being reached; wait".to_owned()),
        ConnectionState::Troubled(trouble) => Err(format!("the event store is not reached: {trouble}")),
        ConnectionState::Closed => Err(StoreFault::Closed.to_string()),
    }
}
