//! The stored form on a real disk: what is written, read again after a restart, erased, and searched byte by byte.

use std::path::Path;
use std::sync::Arc;

use domain::fact::{Audience, Draft};
use domain::ids::PersonId;
use domain::personal::Presence;
use eventstore::clock::ToldClock;
use eventstore::codec::Codec;
use eventstore::key::{KeyId, MasterKey, StreamKeys, SystemEntropy};
use eventstore::loader::{self, LoadError, Loaded};
use eventstore::port::{EventStore as _, Expected, Position};
use eventstore::sqlite::{SqliteOptions, SqliteStore, nothing_more};
use eventstore::vault::{DecisionId, HeadMark, PairFault, Vault, VaultFault, check_pair};

use crate::sample::{
    Notebook, NotebookEvent, health, id, ids, noon, note, own, person, provenance, record, stream, upcasters,
};

const MARKER: &str = "Marker-b6e1";

fn open(folder: &Path) -> (SqliteStore, Codec) {
    let clock = Arc::new(ToldClock::at(noon()));
    let store = SqliteStore::open(&folder.join("history.db"), SqliteOptions::new(clock)).unwrap();
    let master = MasterKey::from_file(&folder.join("master.key")).unwrap();
    let vault = Arc::new(Vault::open(&folder.join("vault.db"), master).unwrap());
    (store, Codec::new(vault, upcasters()))
}

/// A folder with two notes by one person, written and closed.
async fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    MasterKey::create_file(&folder.path().join("master.key"), &SystemEntropy).unwrap();
    let (store, codec) = open(folder.path());
    check_pair(codec.vault(), &store, None).await.unwrap();
    let audience = Audience::Persons(vec![PersonId::from_uuid(id(2))]);
    let drafts = vec![
        Draft::of(note(person(2), MARKER, record(3), &format!("{MARKER} said so"))),
        Draft::of(health(2, record(4), &format!("{MARKER} sleeps badly"))).for_audience(audience),
    ];
    let mut keys = StreamKeys::default();
    let batch = codec.encode_batch::<Notebook>(own(1), &mut keys, drafts, &provenance(5), noon(), &mut ids(6)).unwrap();
    store.append(&stream(1), Expected::NoStream, batch).await.unwrap();
    codec.vault().note_head(HeadMark::of(&store.last_event().await.unwrap().unwrap()));
    store.close().await.unwrap();
    folder
}

async fn load(store: &SqliteStore, codec: &Codec) -> Result<Loaded<Notebook>, LoadError> {
    loader::load(store, codec, &stream(1)).await
}

fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_history_is_read_again_after_a_restart_and_shows_nobody_on_disk() {
    let folder = written().await;
    let bytes = bytes_on_disk(folder.path());
    for word in [MARKER, "HealthNoted", "sleeps badly"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} stands on disk");
    }
    let (store, codec) = open(folder.path());
    check_pair(codec.vault(), &store, Some(1)).await.unwrap();
    let loaded = load(&store, &codec).await.unwrap();
    let texts = loaded.history.facts().iter().map(|fact| match &fact.event {
        NotebookEvent::NoteTaken { text, .. } | NotebookEvent::HealthNoted { text, .. } => {
            text.known().unwrap().as_str()
        }
        NotebookEvent::NoteCorrected { .. } => panic!("nothing was corrected"),
    });
    assert_eq!(texts.collect::<Vec<_>>(), [format!("{MARKER} said so"), format!("{MARKER} sleeps badly")]);
    assert!(store.verify(nothing_more, |_, _| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn a_person_then_a_dossier_is_forgotten_and_stays_so_after_a_restart() {
    let folder = written().await;
    let decision = DecisionId::from_uuid(id(0x70));
    let keys: Vec<KeyId> = {
        let (store, codec) = open(folder.path());
        let loaded = load(&store, &codec).await.unwrap();
        codec.vault().destroy(loaded.keys.of(person(2)), decision, noon()).unwrap();
        store.close().await.unwrap();
        loaded.keys.all().map(|(_, key)| key).collect()
    };
    {
        let (store, codec) = open(folder.path());
        let loaded = load(&store, &codec).await.unwrap();
        let NotebookEvent::NoteTaken { name, text } = &loaded.history.facts()[0].event else { panic!("a note") };
        assert_eq!((name.presence(), text.presence()), (Presence::Erased, Presence::Known));
        codec.vault().destroy(&keys, decision, noon()).unwrap();
        store.close().await.unwrap();
    }
    let (store, codec) = open(folder.path());
    assert!(matches!(load(&store, &codec).await, Err(LoadError::Destroyed { at, .. }) if at == noon()));
}

#[tokio::test]
async fn a_history_or_a_vault_that_went_is_noticed_before_anything_is_written() {
    let folder = written().await;
    std::fs::rename(folder.path().join("vault.db"), folder.path().join("kept.db")).unwrap();
    {
        let (store, codec) = open(folder.path());
        let fault = check_pair(codec.vault(), &store, None).await.unwrap_err();
        assert!(matches!(fault, PairFault::Vault(VaultFault::VaultLost { .. })));
        assert!(
            matches!(load(&store, &codec).await, Err(LoadError::Unavailable { .. })),
            "and nothing is called erased"
        );
        store.close().await.unwrap();
    }
    std::fs::rename(folder.path().join("kept.db"), folder.path().join("vault.db")).unwrap();
    for file in ["history.db", "history.db-wal", "history.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(file));
    }
    let (store, codec) = open(folder.path());
    assert_eq!(store.head().await.unwrap(), Position::START);
    let fault = check_pair(codec.vault(), &store, None).await.unwrap_err();
    assert!(matches!(fault, PairFault::Vault(VaultFault::HistoryOlder { .. })), "{fault}");
}
