//! Golden vectors: bytes, pointers, associated data, hashes and keys of a small history, from a seed. `tests/vectors/verify.py`
//! reads the same file with other code. From the first release on, a difference here is a new format number.
//!
//! `RUSTPUNT_WRITE_VECTORS=1 cargo test -p tests --test stored_form vectors` writes the file anew.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::decider::Order;
use domain::fact::{Audience, Draft};
use domain::ids::{EventId, PersonId, Revision, Subject};
use domain::personal::{Personal, codec_scope};
use domain::text::Text;
use domain::time::Timestamp;
use eventstore::chain;
use eventstore::codec::{Codec, DIGEST_INFO, canonical};
use eventstore::key::{Entropy, Key, KeyId, MasterKey, NoEntropy, StreamKeys};
use eventstore::loader::{Verifier, hash_of};
use eventstore::port::{Digest, NewEvent, Position, RecordedEvent};
use eventstore::seal::{Place, Sealed, associated_data};
use eventstore::vault::{KeyState, Vault, WRAP_FORMAT, wrap_associated_data};
use serde_json::{Value, json};

use crate::sample::{
    Notebook, TakeNote, correct, health, id, ids, noon, note, on, own, person, provenance, record, stream, upcasters,
};

/// Randomness that is the same every time: SHA-256 of a counter.
struct Seeded(AtomicU64);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let block = chain::digest(format!("rustpunt vectors {number}").as_bytes());
            chunk.copy_from_slice(&block.0[..chunk.len()]);
        }
        Ok(())
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors").join("stored_form.json")
}

struct Maker {
    vault: Arc<Vault>,
    codec: Codec,
    keys: StreamKeys,
    events: Vec<RecordedEvent>,
    folder: tempfile::TempDir,
}

const MASTER: [u8; 32] = *b"an invented master key: 32 bytes";

fn maker() -> Maker {
    let folder = tempfile::tempdir().unwrap();
    let master = MasterKey::new(Key::from_bytes(MASTER));
    let entropy = Arc::new(Seeded(AtomicU64::new(0)));
    let vault = Arc::new(Vault::open_with(&folder.path().join("vault.db"), master, entropy).unwrap());
    let codec = Codec::new(Arc::clone(&vault), upcasters());
    Maker { vault, codec, keys: StreamKeys::default(), events: Vec::new(), folder }
}

impl Maker {
    fn write(&mut self, command: u128, drafts: Vec<Draft<crate::sample::NotebookEvent>>) -> Vec<EventId> {
        let mut ids = ids(0x100 * command);
        let provenance = provenance(command);
        let batch = self.codec.encode_batch::<Notebook>(own(1), &mut self.keys, drafts, &provenance, noon(), &mut ids);
        let recorded_at = Timestamp::from_micros(noon().micros() + 1_000_001 * i64::try_from(command).unwrap());
        batch.unwrap().into_iter().map(|event| self.record(event, recorded_at)).collect()
    }

    fn record(&mut self, new: NewEvent, recorded_at: Timestamp) -> EventId {
        let number = self.events.len() as u64;
        let mut event = RecordedEvent {
            position: Position::from_token(number + 1),
            stream: stream(1),
            revision: Revision::new(number),
            id: new.id,
            outer_type: new.outer_type,
            version: new.version,
            recorded_at,
            metadata: new.metadata,
            data: new.data,
            previous: self.events.last().map_or(Digest::ZERO, |before| before.hash),
            hash: Digest::ZERO,
            left: 0,
        };
        event.hash = hash_of(&event);
        self.codec.open(&event, &mut self.keys).unwrap();
        self.events.push(event);
        new.id
    }

    fn key(&self, id: KeyId) -> Key {
        match self.vault.get(id).unwrap() {
            KeyState::Known(key) => key,
            other => panic!("{other:?}"),
        }
    }

    fn keys_json(&self) -> Vec<Value> {
        let file = rusqlite::Connection::open(self.folder.path().join("vault.db")).unwrap();
        let wrapped = |id: KeyId| -> Vec<u8> {
            let sql = "SELECT wrapped FROM key WHERE id = ?1";
            file.query_row(sql, [id.as_uuid().as_bytes()], |row| row.get(0)).unwrap()
        };
        let json = |(of, id): (Subject, KeyId)| {
            json!({
                "id": id, "of": of, "key": BASE64.encode(self.key(id).as_bytes()), "wrapped": BASE64.encode(wrapped(id)),
                "wrap_associated_data": hex(&wrap_associated_data(id.as_uuid().as_bytes(), MasterKey::FIRST_EPOCH)),
            })
        };
        self.keys.all().map(json).collect()
    }

    fn event_json(&self, event: &RecordedEvent) -> Value {
        let mut seals = Vec::new();
        let outer = Sealed::from_bytes(&event.data).unwrap();
        let body = self.seal_json(event, &outer, "", &mut seals);
        self.find_seals(event, &serde_json::from_str(&body).unwrap(), "", &mut seals);
        json!({
            "stream": event.stream.as_str(), "revision": event.revision, "id": event.id, "outer_type": event.outer_type,
            "version": event.version, "recorded_at_micros": event.recorded_at.micros(),
            "metadata": BASE64.encode(&event.metadata), "data": BASE64.encode(&event.data),
            "metadata_digest": chain::digest(&event.metadata).to_string(),
            "data_digest": chain::digest(&event.data).to_string(),
            "previous": event.previous.to_string(), "hash": event.hash.to_string(), "seals": seals,
        })
    }

    fn seal_json(&self, event: &RecordedEvent, sealed: &Sealed, pointer: &str, seals: &mut Vec<Value>) -> String {
        let place = Place { event: event.id, pointer };
        let plain = sealed.open(&self.key(sealed.key()), place).unwrap();
        let plain = String::from_utf8(plain.to_vec()).unwrap();
        let aad = hex(&associated_data(place, sealed.of(), sealed.key()));
        seals.push(
            json!({"pointer": pointer, "of": sealed.of(), "key": sealed.key(), "associated_data": aad, "plain": plain}),
        );
        plain
    }

    fn find_seals(&self, event: &RecordedEvent, value: &Value, pointer: &str, seals: &mut Vec<Value>) {
        match value {
            Value::Object(object) if object.contains_key("sealed") => {
                let sealed: Sealed = serde_json::from_value(value.clone()).unwrap();
                self.seal_json(event, &sealed, pointer, seals);
            }
            Value::Object(object) => {
                for (name, inner) in object {
                    self.find_seals(event, inner, &format!("{pointer}/{name}"), seals);
                }
            }
            Value::Array(list) => {
                for (at, inner) in list.iter().enumerate() {
                    self.find_seals(event, inner, &format!("{pointer}/{at}"), seals);
                }
            }
            _ => {}
        }
    }

    fn digest_json(&mut self) -> Value {
        let order = Order::now(TakeNote { text: Text::new("Nina leest voor, \"elke\" avond.").unwrap() });
        let digest = self.codec.command_digest(own(1), &mut self.keys, &order).unwrap();
        let input = codec_scope(|| serde_json::to_value(&order)).unwrap();
        let key = self.keys.of(own(1))[0];
        json!({"key": key, "info": DIGEST_INFO, "input": canonical(&input), "digest": digest})
    }

    /// A seal on its own, at a pointer with characters that must be escaped.
    fn odd_place(&self) -> Value {
        let (event, key) = (EventId::from_uuid(id(0xabc)), self.keys.of(person(2))[0]);
        let place = Place { event, pointer: "/payload/a~1b~0c/0/é" };
        let sealed = Sealed::seal("\"ë\"".as_bytes(), person(2), (key, &self.key(key)), [7; 12], place).unwrap();
        json!({
            "event": event, "pointer": place.pointer, "bytes": BASE64.encode(sealed.to_bytes().unwrap()), "plain": "\"ë\"",
            "associated_data": hex(&associated_data(place, person(2), key)),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn small_history() -> Maker {
    let mut maker = maker();
    let late = Some(Personal::ordinary(record(0x23), Text::new("Het formulier kwam later.").unwrap()));
    let first = note(person(2), "Nina", record(0x20), "Nina leest voor, elke avond.");
    let about_health = health(2, record(0x21), "Slaapt slecht sinds de verhuizing.");
    let written = maker.write(
        1,
        vec![
            on("2026-11-14", first).departing("consent_first", late),
            Draft::of(about_health).for_audience(Audience::Persons(vec![PersonId::from_uuid(id(2))])),
        ],
    );
    maker.write(2, vec![Draft::of(correct(written[0], person(2), "Nina", record(0x22), "Nina leest voor, vaak."))]);
    maker
}

fn vectors() -> Value {
    let mut maker = small_history();
    json!({
        "about": "Golden vectors of the stored form. Everybody in it is invented. See verify.py.",
        "format": chain::FORMAT,
        "vault": {
            "format": WRAP_FORMAT, "master_key": BASE64.encode(MASTER), "epoch": MasterKey::FIRST_EPOCH,
            "keys": maker.keys_json(),
        },
        "events": maker.events.iter().map(|event| maker.event_json(event)).collect::<Vec<_>>(),
        "odd_place": maker.odd_place(),
        "command_digest": maker.digest_json(),
    })
}

#[test]
fn vectors_are_as_committed() {
    let made = vectors();
    if std::env::var_os("RUSTPUNT_WRITE_VECTORS").is_some() {
        std::fs::write(file(), serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
    }
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(file()).unwrap()).unwrap();
    for (name, part) in committed.as_object().unwrap() {
        assert_eq!(&made[name], part, "`{name}` differs: the stored form changed, which needs a new format number");
    }
    assert_eq!(made, committed);
}

#[test]
fn every_flipped_byte_of_the_vectors_is_found() {
    let maker = small_history();
    let check = |events: &[RecordedEvent]| {
        let mut verifier = Verifier::new(stream(1));
        events.iter().try_for_each(|event| verifier.check(event)).and_then(|()| verifier.finish())
    };
    check(&maker.events).unwrap();
    for (number, event) in maker.events.iter().enumerate() {
        for at in 0..event.metadata.len() + event.data.len() {
            let mut changed = maker.events.clone();
            let RecordedEvent { metadata, data, .. } = &mut changed[number];
            match at.checked_sub(metadata.len()) {
                None => metadata[at] ^= 1 << (at % 8),
                Some(at) => data[at] ^= 1 << (at % 8),
            }
            assert!(check(&changed).is_err(), "byte {at} of event {number}");
        }
    }
}
