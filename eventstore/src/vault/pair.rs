//! Whether a vault and a history belong together and are of the same age.

use super::{Vault, VaultFault, file, lock};
use crate::port::{Digest, EventStore, Filter, Position, StoreFault};

/// What must be known of a history to compare it with its vault.
#[derive(Clone, Copy, Debug)]
pub struct HistorySide<'a> {
    /// Names the history.
    pub source: &'a str,
    /// Position of its last durable event.
    pub head: Position,
    /// Hash of the event at the position the vault noted; `None` when there is no such event.
    pub at_mark: Option<Digest>,
    /// The newest generation of the vault that the history noted.
    pub generation: Option<u64>,
}

impl Vault {
    /// Compares this vault, as it was found, with a history. A new vault belongs to a new history only; from then on it is paired.
    ///
    /// # Errors
    /// [`VaultFault::HistoryOlder`], [`VaultFault::OtherHistory`], [`VaultFault::VaultOlder`] or [`VaultFault::VaultLost`].
    pub fn compare(&self, history: HistorySide<'_>) -> Result<(), VaultFault> {
        self.judge(history)?;
        let mut writer = lock(&self.inner.writer);
        if !writer.paired {
            file::set_paired(self.path(), &writer.connection)?;
            writer.paired = true;
        }
        Ok(())
    }

    fn judge(&self, history: HistorySide<'_>) -> Result<(), VaultFault> {
        let (path, found) = (self.path().to_owned(), self.inner.found_generation);
        let paired = lock(&self.inner.writer).paired;
        if !paired && (history.generation.is_some() || history.head > Position::START) {
            return Err(VaultFault::VaultLost { path });
        }
        if let Some(noted) = history.generation.filter(|noted| *noted > found) {
            return Err(VaultFault::VaultOlder { path, found, noted });
        }
        let Some(mark) = self.noted_head() else { return Ok(()) };
        if mark.source != history.source {
            return Err(VaultFault::OtherHistory { path });
        }
        if history.head < mark.position {
            return Err(VaultFault::HistoryOlder { marked: mark.position });
        }
        if history.at_mark != Some(mark.hash) {
            return Err(VaultFault::OtherHistory { path });
        }
        Ok(())
    }
}

/// Why a vault and a history may not be used together.
#[derive(Debug, thiserror::Error)]
pub enum PairFault {
    /// They differ in age or do not belong together.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// The history could not be read.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Compares a vault with its history, before either is used. `generation` is what the history noted of [`Vault::generation`].
///
/// # Errors
/// When one of them is an older copy, or they do not belong together; the message says which.
pub async fn check_pair(vault: &Vault, store: &dyn EventStore, generation: Option<u64>) -> Result<(), PairFault> {
    let head = store.head().await?;
    let at_mark = match vault.noted_head() {
        Some(mark) if mark.position <= head => hash_at(store, mark.position).await?,
        _ => None,
    };
    Ok(vault.compare(HistorySide { source: store.source(), head, at_mark, generation })?)
}

async fn hash_at(store: &dyn EventStore, position: Position) -> Result<Option<Digest>, StoreFault> {
    let before = Position::from_token(position.token().saturating_sub(1));
    let page = store.read_all(before, &Filter::all(), 1).await?;
    Ok(page.events.iter().find(|event| event.position == position).map(|event| event.hash))
}
