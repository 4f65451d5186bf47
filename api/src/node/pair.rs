//! History and vault go together: each notes how far the other was, so that an older copy of either is noticed at the start.
//!
//! The vault keeps the head it last saw of the history; the history keeps, in a stream of its own, the generation the vault had at each
//! start and after each backup.

use std::path::Path;
use std::sync::Arc;

use domain::ids::EventId;
use eventstore::key::MasterKey;
use eventstore::port::{
    AppendError, EventStore, Expected, InvalidStreamName, NewEvent, Position, StoreFault, StreamName,
};
use eventstore::sqlite::SqliteStore;
use eventstore::vault::{HeadMark, Vault, VaultFault, check_pair};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::OpenError;
use super::engine::{Engine, Making};
use super::folder::owner_only;
use super::waiting::Waiting;

/// The stream of the notes. It holds no word about a person.
pub(crate) const STREAM: &str = "vault-generations";

/// The type of a note.
const NOTE: &str = "VaultGenerationNoted";

/// What the history notes of its vault.
#[derive(Serialize, Deserialize)]
struct Note {
    /// The generation of keys handed out from then on.
    generation: u64,
}

/// Opens the vault of this history, and makes one only for a history in which nothing was recorded.
pub(super) async fn open_vault(
    path: &Path,
    master: &MasterKey,
    store: &dyn EventStore,
    making: Making,
    waiting: &mut Waiting,
) -> Result<Arc<Vault>, OpenError> {
    // To make an empty vault for a history that lost its own would hide the loss at the next start.
    if !path.exists() && (making == Making::Never || waiting.patiently(|| store.head()).await? > Position::START) {
        return Err(VaultFault::VaultLost { path: path.to_owned() }.into());
    }
    owner_only(path)?;
    let vault = Arc::new(Vault::open(path, master.clone())?);
    // Compared once: after that this very run may have left its note there.
    waiting.patiently(|| compare(&vault, store)).await?;
    let generation = vault.generation();
    if waiting.patiently(|| note(store, generation)).await? == Noted::Durably {
        vault.noted_by_history()?;
    }
    waiting.patiently(|| keep_head(&vault, store)).await?;
    Ok(vault)
}

async fn compare(vault: &Vault, store: &dyn EventStore) -> Result<(), OpenError> {
    Ok(check_pair(vault, store, noted(store).await?).await?)
}

/// What a backup copied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Copied {
    /// History and vault.
    Both,
    /// The vault alone: the history stands on a cluster.
    VaultOnly,
}

/// Copies history first, vault second, and leaves both copies or neither.
pub(super) async fn backup(
    engine: &Engine,
    vault: &Arc<Vault>,
    history_copy: &Path,
    vault_copy: &Path,
) -> Result<Copied, OpenError> {
    let store = engine.store();
    // Should the process be killed after it, the copies must not be taken for what the folder holds.
    keep_head(vault, &*store).await?;
    match engine {
        Engine::File(file) => {
            file.backup_to(history_copy, |_, _| {}).await?;
            let copied = match mark_of_copy(history_copy).await {
                Ok(mark) => copy_vault(vault, &*store, mark, vault_copy).await,
                Err(error) => Err(error.into()),
            };
            if copied.is_err() {
                // Half a backup restores nothing, and would stand in the way of the next.
                let _ = std::fs::remove_file(history_copy);
            }
            copied.map(|()| Copied::Both)
        }
        // The cluster's own copy was made before; how far it is, is not known here. The mark of the vault in use would say that it is
        // too old; the generation that the history notes still shows which of two vaults is newer.
        Engine::Cluster(_) => copy_vault(vault, &*store, None, vault_copy).await.map(|()| Copied::VaultOnly),
    }
}

async fn mark_of_copy(history_copy: &Path) -> Result<Option<HeadMark>, StoreFault> {
    let store = SqliteStore::open_read_only(history_copy)?;
    let mark = head_mark(&store).await;
    drop(store);
    // What a reader puts beside the file holds nothing, and does not belong to a copy.
    for suffix in ["-wal", "-shm"] {
        let mut beside = history_copy.as_os_str().to_owned();
        beside.push(suffix);
        let _ = std::fs::remove_file(beside);
    }
    mark
}

/// Copies the vault as it was until the history notes that its next generation began: last, so that nothing fails after it.
async fn copy_vault(
    vault: &Arc<Vault>,
    store: &dyn EventStore,
    mark: Option<HeadMark>,
    vault_copy: &Path,
) -> Result<(), OpenError> {
    let ended = off_thread(vault, Vault::next_generation).await?;
    note(store, vault.generation()).await?;
    let vault_copy = vault_copy.to_owned();
    off_thread(vault, move |vault| vault.copy_to(&vault_copy, ended, mark.as_ref())).await
}

/// Waits for the vault's disk without keeping a thread that others are answered on.
pub(super) async fn off_thread<T: Send + 'static>(
    vault: &Arc<Vault>,
    work: impl FnOnce(&Vault) -> Result<T, VaultFault> + Send + 'static,
) -> Result<T, OpenError> {
    let (path, vault) = (vault.path().to_owned(), Arc::clone(vault));
    let done = spawn_blocking(move || work(&vault)).await;
    Ok(done.unwrap_or_else(|_| Err(VaultFault::Other { path, what: "a thread stopped half-way".to_owned() }))?)
}

/// Tells the vault how far the history is, and waits until that is on the medium: an older copy of the history is noticed then also
/// when this process does not end in order.
pub(super) async fn keep_head(vault: &Arc<Vault>, store: &dyn EventStore) -> Result<(), OpenError> {
    if let Some(mark) = head_mark(store).await? {
        vault.note_head(mark);
    }
    off_thread(vault, Vault::keep_head).await
}

async fn head_mark(store: &dyn EventStore) -> Result<Option<HeadMark>, StoreFault> {
    let last = store.last_event().await?;
    Ok(last.as_ref().map(HeadMark::of))
}

fn stream() -> Result<StreamName, OpenError> {
    STREAM.parse().map_err(|error: InvalidStreamName| OpenError::Note(AppendError::Invalid(error.to_string())))
}

/// The newest generation the history noted.
async fn noted(store: &dyn EventStore) -> Result<Option<u64>, OpenError> {
    let stream = stream()?;
    let Some((last, _)) = store.stream_head(&stream).await? else { return Ok(None) };
    let events = store.read_stream(&stream, last, 1).await?;
    let Some(event) = events.last() else { return Ok(None) };
    let note: Note = serde_json::from_slice(&event.data).map_err(|_| StoreFault::Damaged {
        stream,
        revision: last,
        what: "the note of the vault's generation".to_owned(),
    })?;
    Ok(Some(note.generation))
}

/// What became of a note.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noted {
    Durably,
    /// The time is in doubt, so nothing is recorded at all.
    NotInDoubt,
}

/// Notes the generation of keys handed out from now on.
async fn note(store: &dyn EventStore, generation: u64) -> Result<Noted, OpenError> {
    let stream = stream()?;
    let expected = store.stream_head(&stream).await?.map_or(Expected::NoStream, |(last, _)| Expected::At(last));
    let data = serde_json::to_vec(&Note { generation })
        .map_err(|error| OpenError::Note(AppendError::Invalid(error.to_string())))?;
    let event = NewEvent {
        id: EventId::from_uuid(Uuid::now_v7()),
        outer_type: NOTE.to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data,
        command: None,
    };
    match store.append(&stream, expected, vec![event]).await {
        Ok(_) => Ok(Noted::Durably),
        // The note matters to facts sealed from now on, and there are none until an operator confirms the time and starts anew.
        Err(AppendError::Fault(StoreFault::ClockStepped { .. })) => Ok(Noted::NotInDoubt),
        // An attempt whose outcome was not known may have come there late.
        Err(AppendError::Conflict { .. }) if noted(store).await? == Some(generation) => Ok(Noted::Durably),
        Err(error) => Err(OpenError::Note(error)),
    }
}
