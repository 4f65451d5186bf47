//! The vault: key id → wrapped key, or → tombstone. It lies apart from the history, because a history cannot forget.
//!
//! A key is *known*, *tombstoned* (destroyed: when, by which decision) or *missing* (a fault, never shown as erased). Keys come
//! from a pool that is already durable ([`pool`]), so that no append waits for a second sync.

mod file;
mod pair;
mod pool;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::Revision;
use domain::time::Timestamp;
use lru::LruCache;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::file::{WRAP_FORMAT, wrap_associated_data};
use self::pair::Pairing;
pub use self::pair::{HistorySide, PairFault, check_pair};
use self::pool::Pool;
use crate::key::{Entropy, Key, KeyId, MasterKey, NoEntropy, SystemEntropy};
use crate::port::{Digest, RecordedEvent, StreamName};

/// Most opened keys kept in memory.
const CACHED_KEYS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(65_535);

/// The decision by which something was destroyed. It names no person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DecisionId(Uuid);

impl DecisionId {
    /// Wraps a UUID that names a decision.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The UUID itself.
    #[must_use]
    pub const fn as_uuid(&self) -> Uuid {
        self.0
    }
}

/// What the vault knows about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It opens what it sealed.
    Known(Key),
    /// It was destroyed by decision.
    Tombstoned {
        /// When.
        at: Timestamp,
        /// By which decision.
        decision: DecisionId,
    },
    /// It is not there and was never destroyed: a fault.
    Missing,
}

/// The vault is in trouble. Nothing is shown as erased because of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultFault {
    /// The keys were wrapped under another master key.
    #[error("the master key does not open the vault {}: give the key this vault was made with", path.display())]
    WrongMasterKey {
        /// The vault.
        path: PathBuf,
    },
    /// Some other file.
    #[error("{} is not a vault of Rustpunt: look whether the path is right", path.display())]
    NotAVault {
        /// The file.
        path: PathBuf,
    },
    /// Written by a later release.
    #[error("the vault {} has form {found}; this release reads up to {known}: use a newer release", path.display())]
    Newer {
        /// The vault.
        path: PathBuf,
        /// Its form.
        found: i64,
        /// The newest form known here.
        known: i64,
    },
    /// Its bytes contradict each other.
    #[error("the vault {} is damaged ({what}): restore it from a copy", path.display())]
    Damaged {
        /// The vault.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// No room left.
    #[error("no room left for the vault {}: free some space; nothing was changed", path.display())]
    Full {
        /// The vault.
        path: PathBuf,
    },
    /// No right to write, or no folder.
    #[error("the vault {} cannot be written ({what}): look at the folder and its rights", path.display())]
    Unwritable {
        /// The vault.
        path: PathBuf,
        /// What the system says.
        what: String,
    },
    /// The keys are overwritten, but older bytes are still in the log beside the vault.
    #[error("destroying keys in {} is not finished: a reader held the vault's log; do it again", path.display())]
    NotForgottenYet {
        /// The vault.
        path: PathBuf,
    },
    /// The history is older than what the vault last saw of it.
    #[error(
        "the history does not hold revision {revision} of stream {stream}, which the vault has seen: it is an older copy; restore a newer history"
    )]
    HistoryOlder {
        /// The stream of the last event the vault knows.
        stream: StreamName,
        /// Its place there.
        revision: Revision,
    },
    /// Nothing is recorded in the history, and the vault was used with one.
    #[error(
        "nothing is recorded in the history, and the vault {} was used with one that is not empty: restore the newest history", path.display()
    )]
    HistoryLost {
        /// The vault.
        path: PathBuf,
    },
    /// The history has other events than the vault has seen.
    #[error("the history is not the one that the vault {} belongs to: look whether both come from the same folder", path.display())]
    OtherHistory {
        /// The vault.
        path: PathBuf,
    },
    /// The vault is older than what the history last saw of it.
    #[error(
        "the vault {} is older than its history (generation {found}, the history knows {noted}): keys made since are not in it; restore a newer copy of the vault", path.display()
    )]
    VaultOlder {
        /// The vault.
        path: PathBuf,
        /// The generation the vault had when it was opened.
        found: u64,
        /// The generation the history knows.
        noted: u64,
    },
    /// There is a history, but its vault was not there.
    #[error("there is a history but {} was not there: put the vault of this history in its place", path.display())]
    VaultLost {
        /// Where the vault should have been.
        path: PathBuf,
    },
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The vault is closing down.
    #[error("the vault is closed")]
    Closed,
    /// Anything else the medium reports.
    #[error("the vault {} failed: {what}", path.display())]
    Other {
        /// The vault.
        path: PathBuf,
        /// What the system says.
        what: String,
    },
}

/// How far a history was: where its last event stands, and that event's hash. Nothing in it is of one engine: a position would bind the
/// vault to a store, and a history that is copied keeps its streams, revisions and hashes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeadMark {
    /// The stream of its last durable event.
    pub stream: StreamName,
    /// The place of that event in its stream.
    pub revision: Revision,
    /// Hash of that event.
    pub hash: Digest,
}

impl HeadMark {
    /// The mark of a history that ends with this event.
    #[must_use]
    pub fn of(last: &RecordedEvent) -> Self {
        Self { stream: last.stream.clone(), revision: last.revision, hash: last.hash }
    }
}

/// The keys of one history. Shared between all who seal and open; everything in it is safe to call from many threads.
#[derive(Debug)]
pub struct Vault {
    inner: Arc<Inner>,
    refiller: Option<std::thread::JoinHandle<()>>,
}

struct Inner {
    path: PathBuf,
    master: MasterKey,
    entropy: Arc<dyn Entropy>,
    pool: Pool,
    /// The generation of keys handed out now. Changed under the lock of the writer only.
    generation: AtomicU64,
    // Locks are taken in this order: copying, lookup, writer, head.
    /// Held while a copy is made: its reader keeps the log from being emptied, so keys are destroyed before or after it.
    copying: Mutex<()>,
    lookup: Mutex<Lookup>,
    writer: Mutex<Writer>,
    head: Mutex<Head>,
    found_generation: u64,
}

struct Lookup {
    reader: Connection,
    cache: LruCache<KeyId, KeyState>,
}

struct Writer {
    connection: Connection,
    pairing: Pairing,
}

struct Head {
    mark: Option<HeadMark>,
    stored: bool,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A thread that panicked while holding a lock left nothing half done: every change is one transaction.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Vault {
    /// Opens the vault, or makes a new one where there is none.
    ///
    /// # Errors
    /// [`VaultFault`]: a wrong master key, another or damaged file, a folder that cannot be written.
    pub fn open(path: &Path, master: MasterKey) -> Result<Self, VaultFault> {
        Self::open_with(path, master, Arc::new(SystemEntropy))
    }

    /// Opens the vault with another source of randomness: only for golden vectors.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(path: &Path, master: MasterKey, entropy: Arc<dyn Entropy>) -> Result<Self, VaultFault> {
        let mut connection = file::open(path, &master, &*entropy)?;
        let (generation, pairing) = (file::generation(path, &connection)?, file::pairing(path, &connection)?);
        let first = pool::make_keys(entropy.as_ref())?;
        // Each run has a generation of its own and hands out only keys it made itself: a key that an earlier run may have handed
        // out before it was killed can never come to a second subject.
        file::store_keys(path, &mut connection, &master, entropy.as_ref(), generation + 1, &first)?;
        let inner = Arc::new(Inner {
            pool: Pool::of(first),
            lookup: Mutex::new(Lookup { reader: file::reader(path)?, cache: LruCache::new(CACHED_KEYS) }),
            head: Mutex::new(Head { mark: file::head_mark(path, &connection)?, stored: true }),
            writer: Mutex::new(Writer { connection, pairing }),
            generation: AtomicU64::new(generation + 1),
            copying: Mutex::new(()),
            found_generation: generation,
            path: path.to_owned(),
            master,
            entropy,
        });
        let refiller = pool::start_refilling(&inner)?;
        Ok(Self { inner, refiller: Some(refiller) })
    }

    /// A fresh key, already durable. Waits only when the pool ran dry.
    ///
    /// # Errors
    /// When no new key could be made durable.
    pub fn take(&self) -> Result<(KeyId, Key), VaultFault> {
        let (id, key) = self.inner.pool.take()?;
        lock(&self.inner.lookup).cache.put(id, KeyState::Known(key.clone()));
        Ok((id, key))
    }

    /// What became of a key.
    ///
    /// # Errors
    /// When the vault cannot be read, or the stored key does not unwrap.
    pub fn get(&self, id: KeyId) -> Result<KeyState, VaultFault> {
        // The cache stays locked while the file is read, so that a key destroyed meanwhile cannot come back into it.
        let mut lookup = lock(&self.inner.lookup);
        if let Some(state) = lookup.cache.get(&id) {
            return Ok(state.clone());
        }
        let state = file::find(&self.inner.path, &lookup.reader, &self.inner.master, id)?;
        if state != KeyState::Missing {
            lookup.cache.put(id, state.clone());
        }
        Ok(state)
    }

    /// Destroys keys: overwrites them, writes a tombstone for each, empties the log beside the file, and forgets what was cached.
    /// May be repeated; the first tombstone of a key stays. A key that is not here gets its tombstone too, so that erasures can be
    /// applied to an older copy.
    ///
    /// # Errors
    /// When it could not be finished. Nothing may be called erased then; do it again.
    pub fn destroy(&self, keys: &[KeyId], decision: DecisionId, at: Timestamp) -> Result<(), VaultFault> {
        let _no_copy = lock(&self.inner.copying);
        let mut lookup = lock(&self.inner.lookup);
        let mut writer = lock(&self.inner.writer);
        lookup.cache.clear();
        file::destroy(&self.inner.path, &mut writer.connection, keys, decision, at)
    }

    /// The generation of keys handed out now: the history notes it, at every start and after every backup, so that an older vault
    /// is noticed.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.inner.generation.load(Ordering::Acquire)
    }

    /// Notes how far the durable history is. Kept in memory; stored by [`Self::keep_head`], when the vault writes anyway, and when
    /// it closes.
    pub fn note_head(&self, mark: HeadMark) {
        let mut head = lock(&self.inner.head);
        if head.mark.as_ref() != Some(&mark) {
            *head = Head { mark: Some(mark), stored: false };
        }
    }

    /// Stores the newest note about the history, unless that is done: what is not stored is lost with a process that is killed.
    /// Blocks for as long as the disk takes.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn keep_head(&self) -> Result<(), VaultFault> {
        if lock(&self.inner.head).stored {
            return Ok(());
        }
        let writer = lock(&self.inner.writer);
        self.inner.store_head(&writer.connection)
    }

    /// Looks whether the vault can do its work: reads its file anew, as a start does, and tells how making keys went last. After a
    /// failure keys are asked for again, so that a vault that can make them is found well at the next look. Blocks for as long as
    /// the disk takes.
    ///
    /// # Errors
    /// When the file is gone, cannot be read, or is another one than was opened; when the last keys could not be made.
    pub fn look(&self) -> Result<(), VaultFault> {
        file::look(&self.inner.path, self.generation())?;
        self.inner.pool.fault().map_or(Ok(()), Err)
    }

    /// The newest note about the history.
    #[must_use]
    pub fn noted_head(&self) -> Option<HeadMark> {
        lock(&self.inner.head).mark.clone()
    }

    /// Begins the next generation of keys, durably, and says which one ended. For a backup: note the new one in the history, *then*
    /// make the copy of the one that ended ([`Self::copy_to`]). Every fact that stands before that note was then sealed under a key
    /// that is in the copy; a history that goes further names a generation that the copy does not know.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn next_generation(&self) -> Result<u64, VaultFault> {
        let writer = lock(&self.inner.writer);
        let ended = self.generation();
        file::set_generation(&self.inner.path, &writer.connection, ended + 1)?;
        self.inner.generation.store(ended + 1, Ordering::Release);
        Ok(ended)
    }

    /// Copies the vault to a new file, as of a generation that ended, consistent while it is in use: only destroying keys waits for
    /// it. `head` is the head of the copy of the history that was made *before* this one, so that the two copies belong together.
    /// Blocks for as long as the disk takes.
    ///
    /// # Errors
    /// When the copy cannot be made, or a file is already there. Nothing is left there then that was not there before.
    pub fn copy_to(&self, copy: &Path, generation: u64, head: Option<&HeadMark>) -> Result<(), VaultFault> {
        let _copying = lock(&self.inner.copying);
        let reader = file::reader(&self.inner.path)?;
        file::copy(&self.inner.path, &reader, copy, generation, head)
    }

    /// [`Self::next_generation`] and [`Self::copy_to`], for a vault whose history nobody writes in meanwhile.
    ///
    /// # Errors
    /// As these.
    pub fn backup_to(&self, copy: &Path, head: Option<&HeadMark>) -> Result<(), VaultFault> {
        let ended = self.next_generation()?;
        self.copy_to(copy, ended, head)
    }

    /// The randomness that nonces come from.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.inner.entropy.as_ref()
    }

    #[cfg(test)]
    pub(crate) fn master(&self) -> &MasterKey {
        &self.inner.master
    }

    /// The vault's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Stops the work in the background and stores what was noted. Dropping does the same, without telling what failed.
    ///
    /// # Errors
    /// When the note could not be stored.
    pub fn close(mut self) -> Result<(), VaultFault> {
        self.stop()
    }

    fn stop(&mut self) -> Result<(), VaultFault> {
        self.inner.pool.close();
        if let Some(refiller) = self.refiller.take() {
            // A panic of that thread has nothing to add here.
            let _ = refiller.join();
        }
        let writer = lock(&self.inner.writer);
        self.inner.store_head(&writer.connection)
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        if let Err(fault) = self.stop() {
            tracing::warn!(%fault, "the vault could not note the head of the history");
        }
    }
}

impl Inner {
    fn refill(&self) -> Result<Vec<(KeyId, Key)>, VaultFault> {
        let keys = pool::make_keys(self.entropy.as_ref())?;
        let mut writer = lock(&self.writer);
        let generation = self.generation.load(Ordering::Acquire);
        file::store_keys(&self.path, &mut writer.connection, &self.master, self.entropy.as_ref(), generation, &keys)?;
        self.store_head(&writer.connection)?;
        Ok(keys)
    }

    fn store_head(&self, connection: &Connection) -> Result<(), VaultFault> {
        let unstored = |head: &Head| if head.stored { None } else { head.mark.clone() };
        // Not held while the disk is waited for: who notes the next one does not wait.
        let Some(mark) = unstored(&lock(&self.head)) else { return Ok(()) };
        file::store_head(&self.path, connection, &mark)?;
        let mut head = lock(&self.head);
        head.stored |= head.mark.as_ref() == Some(&mark);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
