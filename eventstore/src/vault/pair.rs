//! Whether a vault and a history belong together and are of the same age.

use super::{HeadMark, Vault, VaultFault, file, lock};
use crate::port::{Digest, EventStore, StoreFault};

/// What must be known of a history to compare it with its vault.
#[derive(Clone, Copy, Debug)]
pub struct HistorySide {
    /// Whether nothing was ever recorded in it.
    pub is_empty: bool,
    /// Hash of the event at the place the vault noted; `None` when there is no such event.
    pub at_mark: Option<Digest>,
    /// The newest generation of the vault that the history noted.
    pub generation: Option<u64>,
}

/// How far a vault and a history came to belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
pub(super) enum Pairing {
    /// It never met a history.
    None,
    /// It met a new one, which may not have noted it: a first start that is killed here can be made again.
    Begun,
    /// Its history noted it.
    Done,
}

impl Vault {
    /// Compares this vault, as it was found, with a history. A new vault belongs to a new history only; from then on it goes with no
    /// other, and once the history noted it ([`Self::noted_by_history`]) with no empty one either.
    ///
    /// # Errors
    /// [`VaultFault::HistoryOlder`], [`VaultFault::HistoryLost`], [`VaultFault::OtherHistory`], [`VaultFault::VaultOlder`] or
    /// [`VaultFault::VaultLost`].
    pub fn compare(&self, history: HistorySide) -> Result<(), VaultFault> {
        self.judge(history)?;
        self.pair(Pairing::Begun)
    }

    /// The history has durably noted the generation of this vault: they belong together from now on.
    ///
    /// # Errors
    /// When that could not be stored.
    pub fn noted_by_history(&self) -> Result<(), VaultFault> {
        self.pair(Pairing::Done)
    }

    fn pair(&self, pairing: Pairing) -> Result<(), VaultFault> {
        let mut writer = lock(&self.inner.writer);
        if writer.pairing < pairing {
            file::set_pairing(self.path(), &writer.connection, pairing)?;
            writer.pairing = pairing;
        }
        Ok(())
    }

    fn judge(&self, history: HistorySide) -> Result<(), VaultFault> {
        let (path, found) = (self.path().to_owned(), self.inner.found_generation);
        let pairing = lock(&self.inner.writer).pairing;
        if pairing == Pairing::None && (history.generation.is_some() || !history.is_empty) {
            return Err(VaultFault::VaultLost { path });
        }
        if let Some(noted) = history.generation.filter(|noted| *noted > found) {
            return Err(VaultFault::VaultOlder { path, found, noted });
        }
        let Some(mark) = self.noted_head() else {
            let lost = pairing == Pairing::Done && history.is_empty;
            return if lost { Err(VaultFault::HistoryLost { path }) } else { Ok(()) };
        };
        match history.at_mark {
            None => Err(VaultFault::HistoryOlder { stream: mark.stream, revision: mark.revision }),
            Some(hash) if hash != mark.hash => Err(VaultFault::OtherHistory { path }),
            Some(_) => Ok(()),
        }
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
    let is_empty = store.last_event().await?.is_none();
    let at_mark = match vault.noted_head() {
        Some(mark) => hash_at(store, &mark).await?,
        None => None,
    };
    Ok(vault.compare(HistorySide { is_empty, at_mark, generation })?)
}

async fn hash_at(store: &dyn EventStore, mark: &HeadMark) -> Result<Option<Digest>, StoreFault> {
    let events = store.read_stream(&mark.stream, mark.revision, 1).await?;
    Ok(events.first().filter(|event| event.revision == mark.revision).map(|event| event.hash))
}
