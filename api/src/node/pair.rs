//! History and vault go together: each notes how far the other was, so that an older copy of either is noticed at the start.
//!
//! The vault keeps the head it last saw of the history; the history keeps, in a stream of its own, the generation the vault had at each
//! start and after each backup.

use std::path::Path;

use domain::ids::EventId;
use eventstore::key::MasterKey;
use eventstore::port::{AppendError, EventStore, Expected, NewEvent, Position, StoreFault, StreamName};
use eventstore::sqlite::SqliteStore;
use eventstore::vault::{HeadMark, Vault, VaultFault, check_pair};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::OpenError;
use super::engine::Engine;
use super::folder::owner_only;

/// The stream of the notes. It holds no word about a person.
const STREAM: &str = "vault-generations";

/// The type of a note.
const NOTE: &str = "VaultGenerationNoted";

/// What the history notes of its vault.
#[derive(Serialize, Deserialize)]
struct Note {
    /// The generation of keys handed out from then on.
    generation: u64,
}

/// Opens the vault of this history, and makes one only for a history in which nothing was recorded.
pub(super) async fn open_vault(path: &Path, master: &MasterKey, store: &dyn EventStore) -> Result<Vault, OpenError> {
    // To make an empty vault for a history that lost its own would hide the loss at the next start.
    if !path.exists() && store.head().await? > Position::START {
        return Err(VaultFault::VaultLost { path: path.to_owned() }.into());
    }
    let vault = Vault::open(path, master.clone())?;
    owner_only(path)?;
    check_pair(&vault, store, noted(store).await?).await?;
    note(store, vault.generation()).await?;
    note_head(&vault, store).await?;
    Ok(vault)
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

/// Copies history first, vault second; then notes the vault's new generation.
pub(super) async fn backup(
    engine: &Engine,
    vault: &Vault,
    history_copy: &Path,
    vault_copy: &Path,
) -> Result<Copied, OpenError> {
    let store = engine.store();
    let copied = match engine {
        Engine::File(file) => {
            file.backup_to(history_copy, |_, _| {}).await?;
            owner_only(history_copy)?;
            let copied = copy_vault(vault, history_copy, vault_copy).await;
            if copied.is_err() {
                // Half a backup restores nothing, and would stand in the way of the next.
                let _ = std::fs::remove_file(history_copy);
            }
            copied?;
            Copied::Both
        }
        // The cluster's own copy was made before; how far it is, is not known here. The mark of the vault in use would say that it is
        // too old; the generation that the history notes still shows which of two vaults is newer.
        Engine::Cluster(_) => {
            vault.backup_to(vault_copy, None)?;
            owner_only(vault_copy)?;
            Copied::VaultOnly
        }
    };
    note(&*store, vault.generation()).await?;
    Ok(copied)
}

async fn copy_vault(vault: &Vault, history_copy: &Path, vault_copy: &Path) -> Result<(), OpenError> {
    let copy = SqliteStore::open_read_only(history_copy)?;
    vault.backup_to(vault_copy, head_mark(&copy).await?.as_ref())?;
    owner_only(vault_copy)
}

/// Tells the vault how far the history is.
pub(super) async fn note_head(vault: &Vault, store: &dyn EventStore) -> Result<(), StoreFault> {
    if let Some(mark) = head_mark(store).await? {
        vault.note_head(mark);
    }
    Ok(())
}

async fn head_mark(store: &dyn EventStore) -> Result<Option<HeadMark>, StoreFault> {
    let last = store.last_event().await?;
    Ok(last.as_ref().map(HeadMark::of))
}

fn stream() -> Result<StreamName, OpenError> {
    STREAM.parse().map_err(|error: eventstore::port::InvalidStreamName| OpenError::Note(error.to_string()))
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

async fn note(store: &dyn EventStore, generation: u64) -> Result<(), OpenError> {
    let stream = stream()?;
    let expected = store.stream_head(&stream).await?.map_or(Expected::NoStream, |(last, _)| Expected::At(last));
    let data = serde_json::to_vec(&Note { generation }).map_err(|error| OpenError::Note(error.to_string()))?;
    let event = NewEvent {
        id: EventId::from_uuid(Uuid::now_v7()),
        outer_type: NOTE.to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data,
        command: None,
    };
    match store.append(&stream, expected, vec![event]).await {
        // The note matters to facts sealed from now on, and there are none until an operator confirms the time and starts anew.
        Ok(_) | Err(AppendError::Fault(StoreFault::ClockStepped { .. })) => Ok(()),
        Err(error) => Err(OpenError::Note(error.to_string())),
    }
}
