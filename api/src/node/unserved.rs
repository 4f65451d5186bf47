//! Work on a folder that no server works on. Only what it needs is opened: nothing follows the history meanwhile, no reaction acts, and
//! no row is written that was not asked for.

use std::path::Path;
use std::sync::Arc;

use domain::case::Case;
use domain::ids::{CaseId, Subject};
use eventstore::vault::Vault;
use projections::lists::Progress;
use workflows::desk::Desk;

use super::folder::VAULT;
use super::{Copied, NodeOptions, OpenError, Parts, pair};

/// Copies history first, vault second, each to a file that does not exist yet.
///
/// # Errors
/// When the folder cannot be opened or a copy cannot be made.
pub async fn copy(options: NodeOptions, history: &Path, vault: &Path) -> Result<Copied, OpenError> {
    let parts = Parts::take(options, || {}).await?;
    let copied = parts.copy(history, vault).await;
    parts.close().await;
    copied
}

/// Makes the read database anew.
///
/// # Errors
/// When the folder cannot be opened, or as [`projections::lists::Lists::rebuild`].
pub async fn rebuild(options: NodeOptions, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), OpenError> {
    let parts = Parts::take(options, || {}).await?;
    let rebuilt = parts.rebuild(progress).await;
    parts.close().await;
    rebuilt
}

impl Parts {
    async fn copy(&self, history: &Path, vault_copy: &Path) -> Result<Copied, OpenError> {
        let vault = self.vault().await?;
        let copied = pair::backup(&self.engine, &vault, history, vault_copy).await;
        self.let_go(vault).await;
        copied
    }

    async fn rebuild(&self, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), OpenError> {
        let vault = Arc::new(self.vault().await?);
        let cases = Arc::new(Desk::<Case>::new(self.office(&vault), |id| Subject::Case(CaseId::from_uuid(id))));
        let rebuilt = match self.lists(&cases).await {
            Ok(lists) => lists.rebuild(progress).await.map_err(OpenError::from),
            Err(error) => Err(error),
        };
        drop(cases);
        if let Ok(vault) = Arc::try_unwrap(vault) {
            self.let_go(vault).await;
        }
        rebuilt
    }

    async fn vault(&self) -> Result<Vault, OpenError> {
        pair::open_vault(&self.folder.join(VAULT), &self.master, &*self.store).await
    }

    async fn let_go(&self, vault: Vault) {
        if let Err(error) = pair::note_head(&vault, &*self.store).await {
            tracing::warn!(%error, "the vault could not note how far the history is");
        }
        if let Err(error) = vault.close() {
            tracing::error!(%error, "the vault did not close in order");
        }
    }
}
