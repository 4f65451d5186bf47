//! Work on a folder that no server works on. Only what it needs is opened: nothing follows the history meanwhile, no reaction acts, and
//! no row is written that was not asked for.

use std::path::Path;
use std::sync::Arc;

use domain::case::Case;
use domain::ids::{CaseId, Subject, WorkerId};
use domain::worker::Worker;
use eventstore::port::EventStore;
use eventstore::vault::Vault;
use projections::lists::Progress;
use uuid::Uuid;
use workflows::desk::{Desk, Office};

use super::engine::Making;
use super::waiting::Waiting;
use super::{Copied, NodeOptions, OpenError, Parts, pair};

/// Copies history first, vault second, each to a file that does not exist yet.
///
/// # Errors
/// When the folder cannot be opened or a copy cannot be made.
pub async fn copy(options: NodeOptions, history: &Path, vault: &Path) -> Result<Copied, OpenError> {
    let mut parts = take(options).await?;
    let copied = parts.copy(history, vault).await;
    parts.close().await;
    copied
}

/// Makes the read database anew.
///
/// # Errors
/// When the folder cannot be opened, or as [`projections::lists::Lists::rebuild`].
pub async fn rebuild(options: NodeOptions, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), OpenError> {
    let mut parts = take(options).await?;
    let rebuilt = parts.rebuild(progress).await;
    parts.close().await;
    rebuilt
}

/// The desks of a folder that no server works on, for whoever writes much at once. Nothing follows the history meanwhile.
pub struct Desks {
    /// The cases.
    pub cases: Arc<Desk<Case>>,
    /// The staff.
    pub workers: Arc<Desk<Worker>>,
    /// The history.
    pub store: Arc<dyn EventStore>,
    vault: Arc<Vault>,
    parts: Parts,
}

impl Desks {
    /// Opens what lies there, or makes it. New ids come from `ids`.
    ///
    /// # Errors
    /// [`OpenError`] says what to do.
    pub async fn open(options: NodeOptions, ids: Arc<dyn Fn() -> Uuid + Send + Sync>) -> Result<Self, OpenError> {
        let mut parts = Parts::take(options, Making::WhenNew, Waiting::as_long_as_it_takes(), || {}).await?;
        let vault = match parts.vault().await {
            Ok(vault) => vault,
            Err(error) => {
                parts.close().await;
                return Err(error);
            }
        };
        let office = Office { ids, ..parts.office(&vault) };
        Ok(Self {
            cases: Arc::new(Desk::new(office.clone(), |id| Subject::Case(CaseId::from_uuid(id)))),
            workers: Arc::new(Desk::new(office, |id| Subject::Worker(WorkerId::from_uuid(id)))),
            store: Arc::clone(&parts.store),
            vault,
            parts,
        })
    }

    /// Closes in order: the note about the history, vault, history.
    pub async fn close(self) {
        let Self { cases, workers, store, vault, parts } = self;
        drop((cases, workers, store));
        parts.let_go(vault).await;
        parts.close().await;
    }
}

/// Nothing is made where there was nothing: this is about what is there.
async fn take(options: NodeOptions) -> Result<Parts, OpenError> {
    Parts::take(options, Making::Never, Waiting::as_long_as_it_takes(), || {}).await
}

impl Parts {
    async fn copy(&mut self, history: &Path, vault_copy: &Path) -> Result<Copied, OpenError> {
        let vault = self.vault().await?;
        let copied = pair::backup(&self.engine, &vault, history, vault_copy).await;
        self.let_go(vault).await;
        copied
    }

    async fn rebuild(&mut self, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), OpenError> {
        let vault = self.vault().await?;
        let cases = Arc::new(Desk::<Case>::new(self.office(&vault), |id| Subject::Case(CaseId::from_uuid(id))));
        let rebuilt = match self.lists(&cases).await {
            Ok(lists) => lists.rebuild(progress).await.map_err(OpenError::from),
            Err(error) => Err(error),
        };
        drop(cases);
        self.let_go(vault).await;
        rebuilt
    }

    async fn let_go(&self, vault: Arc<Vault>) {
        if let Err(error) = pair::keep_head(&vault, &*self.store).await {
            tracing::warn!(%error, "the vault could not note how far the history is");
        }
        if let Ok(Err(error)) = Arc::try_unwrap(vault).map(Vault::close) {
            tracing::error!(%error, "the vault did not close in order");
        }
    }
}
