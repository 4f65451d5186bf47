use std::sync::Arc;

use domain::decider::Standing;
use domain::fact::Draft;
use domain::ids::EventId;
use domain::personal::Presence;

use super::*;
use crate::key::{Key, MasterKey, SystemEntropy};
use crate::memory::{MemoryStore, rechain};
use crate::port::{Expected, NewEvent};
use crate::sample::{
    Notebook, NotebookEvent, correct, id, ids, noon, note, own, person, provenance, record, stream, upcasters,
};
use crate::vault::Vault;

struct Room {
    codec: Codec,
    store: MemoryStore,
    _folder: tempfile::TempDir,
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let master = MasterKey::new(Key::generate(&SystemEntropy).unwrap());
    let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).unwrap());
    Room { codec: Codec::new(vault, upcasters()), store: MemoryStore::at(noon()), _folder: folder }
}

fn said(text: &str) -> NotebookEvent {
    note(person(2), "Nina", record(3), text)
}

impl Room {
    async fn write(&self, number: u128, loaded: &mut Loaded<Notebook>, events: Vec<NotebookEvent>) -> Vec<EventId> {
        let from = 0x1000 * number + loaded.history.facts().len() as u128;
        let drafts = events.into_iter().map(Draft::of).collect();
        let batch: Vec<NewEvent> = self
            .codec
            .encode_batch::<Notebook>(own(number), &mut loaded.keys, drafts, &provenance(from), noon(), &mut ids(from))
            .unwrap();
        let written = batch.iter().map(|event| event.id).collect();
        self.store.append(&stream(number), Expected::NoStream, batch).await.unwrap();
        extend(loaded, &self.store, &self.codec, &stream(number)).await.unwrap();
        written
    }

    async fn load(&self, number: u128) -> Result<Loaded<Notebook>, LoadError> {
        load(&self.store, &self.codec, &stream(number)).await
    }

    async fn why(&self, number: u128) -> (u64, Bad) {
        match self.load(number).await {
            Err(LoadError::Quarantined { revision, reason, .. }) => (revision.number(), reason),
            other => panic!("not quarantined: {other:?}"),
        }
    }
}

/// Two streams; the first has a batch of two and a batch of one.
async fn two_streams() -> Room {
    let room = room();
    let (mut first, mut second) = (Loaded::default(), Loaded::default());
    room.write(1, &mut first, vec![said("one"), said("two")]).await;
    room.write(2, &mut second, vec![said("other")]).await;
    room.write(1, &mut first, vec![said("three")]).await;
    room
}

#[tokio::test]
async fn what_is_extended_equals_what_is_loaded() {
    let room = room();
    let mut extended = Loaded::default();
    let written = room.write(1, &mut extended, vec![said("one"), said("two")]).await;
    room.write(1, &mut extended, vec![correct(written[0], person(2), "Nina", record(4), "first")]).await;
    let loaded = room.load(1).await.unwrap();
    assert_eq!(loaded.history.facts(), extended.history.facts());
    assert_eq!(loaded.history.state(), extended.history.state());
    assert_eq!((loaded.head, loaded.position), (extended.head, extended.position));
    assert_eq!(loaded.head.unwrap().0, Revision::new(2));
    let Standing::Replaced(fact, _) = &loaded.history.standing()[0] else { panic!("not replaced") };
    assert_eq!(fact.event, note(person(2), "Nina", record(4), "first"));
    assert_eq!(loaded.keys.all().collect::<Vec<_>>(), extended.keys.all().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_stream_that_does_not_exist_is_empty() {
    let loaded = room().load(7).await.unwrap();
    assert!(loaded.history.is_empty() && loaded.head.is_none() && loaded.position.is_none());
}

#[tokio::test]
async fn each_kind_of_damage_names_its_entry_and_leaves_other_streams_alone() {
    type Spoil = fn(&mut Vec<RecordedEvent>);
    let damage: [(&str, Spoil, u64, Bad); 8] = [
        ("data", |all| all[1].data[9] ^= 1, 1, Bad::WrongHash),
        ("metadata", |all| all[0].metadata[9] ^= 1, 0, Bad::WrongHash),
        ("type", |all| all[0].outer_type.push('x'), 0, Bad::WrongHash),
        ("version", |all| all[3].version = 1, 2, Bad::WrongHash),
        ("id", |all| all[3].id = EventId::from_uuid(id(1)), 2, Bad::WrongHash),
        ("hash", |all| all[3].previous.0[0] ^= 1, 2, Bad::BrokenChain),
        ("hole", |all| drop(all.remove(1)), 2, Bad::OutOfOrder { expected: Revision::new(1) }),
        (
            "time",
            |all| {
                all[3].recorded_at = Timestamp::from_micros(0);
                rechain(all, &stream(1));
            },
            2,
            Bad::TimeRunsBack,
        ),
    ];
    for (what, spoil, revision, reason) in damage {
        let room = two_streams().await;
        room.store.spoil(spoil);
        assert_eq!(room.why(1).await, (revision, reason), "{what}");
        assert_eq!(room.load(2).await.unwrap().history.facts().len(), 1, "{what}");
    }
}

#[tokio::test]
async fn a_batch_that_was_cut_is_not_taken_for_whole() {
    let room = two_streams().await;
    room.store.spoil(|all| {
        all.remove(3);
        all.remove(1);
    });
    assert_eq!(room.why(1).await, (1, Bad::CutBatch));

    let room = two_streams().await;
    room.store.spoil(|all| {
        all.remove(0);
        all[0].revision = Revision::FIRST;
        all[2].revision = Revision::new(1);
        rechain(all, &stream(1));
    });
    assert_eq!(room.why(1).await, (0, Bad::CutBatch));
}

#[tokio::test]
async fn an_event_of_an_unknown_type_quarantines_its_stream_only() {
    let room = two_streams().await;
    room.store.spoil(|all| {
        all[3].outer_type = "FromTheFuture".to_owned();
        rechain(all, &stream(1));
    });
    let (revision, reason) = room.why(1).await;
    assert_eq!(revision, 2);
    assert!(matches!(reason, Bad::Unreadable(DecodeError::Unreadable(_))));
    assert!(room.load(2).await.is_ok());
}

#[tokio::test]
async fn a_rewritten_chain_does_not_help_who_cannot_seal() {
    let room = two_streams().await;
    room.store.spoil(|all| {
        let data = all[0].data.clone();
        all[0].data = std::mem::replace(&mut all[1].data, data);
        rechain(all, &stream(1));
    });
    let (revision, reason) = room.why(1).await;
    assert_eq!(revision, 0);
    assert_eq!(reason, Bad::Unreadable(DecodeError::Tampered { pointer: String::new() }));
}

#[tokio::test]
async fn an_event_moved_to_another_stream_is_not_read_there() {
    let room = two_streams().await;
    room.store.spoil(|all| {
        // The last event of the first stream, whole and with its own seal, as the second one of the other.
        all[3].stream = stream(2);
        all[3].revision = Revision::new(1);
        rechain(all, &stream(2));
    });
    assert_eq!(room.why(2).await, (1, Bad::Unreadable(DecodeError::Tampered { pointer: String::new() })));
    assert_eq!(room.load(1).await.unwrap().history.facts().len(), 2);
}

#[tokio::test]
async fn an_error_leaves_what_was_loaded_as_it_was() {
    let room = two_streams().await;
    let mut loaded = room.load(2).await.unwrap();
    let before = (loaded.head, loaded.history.facts().len());
    let batch = {
        let drafts = vec![Draft::of(said("late"))];
        let keys = &mut loaded.keys.clone();
        room.codec.encode_batch::<Notebook>(own(2), keys, drafts, &provenance(9), noon(), &mut ids(9)).unwrap()
    };
    room.store.append(&stream(2), Expected::At(Revision::FIRST), batch).await.unwrap();
    room.store.spoil(|all| all[4].data[20] ^= 1);
    assert!(extend(&mut loaded, &room.store, &room.codec, &stream(2)).await.is_err());
    assert_eq!((loaded.head, loaded.history.facts().len()), before);
}

#[tokio::test]
async fn an_erased_person_still_verifies_and_a_destroyed_dossier_says_so() {
    let room = two_streams().await;
    let loaded = room.load(1).await.unwrap();
    let decision = crate::vault::DecisionId::from_uuid(id(0x70));
    room.codec.vault().destroy(loaded.keys.of(person(2)), decision, noon()).unwrap();
    let erased = room.load(1).await.unwrap();
    let NotebookEvent::NoteTaken { name, text } = &erased.history.facts()[0].event else { panic!("a note") };
    assert_eq!((name.presence(), text.presence()), (Presence::Erased, Presence::Known));
    let all: Vec<KeyId> = loaded.keys.all().map(|(_, key)| key).collect();
    room.codec.vault().destroy(&all, decision, noon()).unwrap();
    assert!(matches!(room.load(1).await, Err(LoadError::Destroyed { at, .. }) if at == noon()));
    assert!(room.load(2).await.is_ok());
}

#[tokio::test]
async fn a_missing_key_is_a_fault_and_never_erased() {
    let room = two_streams().await;
    let elsewhere = self::room();
    let loaded = load::<Notebook>(&room.store, &elsewhere.codec, &stream(1)).await;
    assert!(matches!(loaded, Err(LoadError::Unavailable { revision: Revision::FIRST, .. })));
}

#[tokio::test]
async fn a_chain_can_be_checked_without_any_key() {
    let room = two_streams().await;
    let events = room.store.read_stream(&stream(1), Revision::FIRST, 10).await.unwrap();
    let mut verifier = Verifier::new(stream(1));
    events.iter().try_for_each(|event| verifier.check(event)).unwrap();
    verifier.finish().unwrap();
    assert_eq!(verifier.next_revision(), Revision::new(3));
}
