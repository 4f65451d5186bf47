//! What sealing costs: encode, decode and the digest of a command; and a whole load (chain checked, opened, folded) by length.
//!
//! `cargo bench -p eventstore --bench codec`
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a bench stops at the first surprise")]

#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../src/sample.rs"]
mod sample;

use std::sync::Arc;

use divan::{Bencher, counter::ItemsCount};
use domain::decider::Order;
use domain::fact::Draft;
use domain::ids::Revision;
use domain::text::Text;
use eventstore::codec::Codec;
use eventstore::key::{Key, MasterKey, StreamKeys, SystemEntropy};
use eventstore::loader::{Loaded, extend_with, hash_of};
use eventstore::port::{Digest, NewEvent, Position, RecordedEvent};
use eventstore::vault::Vault;

use sample::{Notebook, TakeNote, id, ids, noon, note, own, person, provenance, record, stream, upcasters};

fn main() {
    divan::main();
}

struct Room {
    codec: Codec,
    _folder: tempfile::TempDir,
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let master = MasterKey::new(Key::generate(&SystemEntropy).unwrap());
    let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).unwrap());
    Room { codec: Codec::new(vault, upcasters()), _folder: folder }
}

impl Room {
    /// One event with a name of a person and a text of its own.
    fn encode(&self, keys: &mut StreamKeys, number: u128) -> NewEvent {
        let words = "Nina leest voor, elke avond, en belt op zondag met opa.";
        let draft = Draft::of(note(person(2), "Nina", record(number % 64), words));
        let batch = self.codec.encode_batch::<Notebook>(
            own(1),
            keys,
            vec![draft],
            &provenance(number),
            noon(),
            &mut ids(number),
        );
        batch.unwrap().remove(0)
    }

    fn history(&self, length: u64) -> Vec<RecordedEvent> {
        let mut keys = StreamKeys::default();
        let mut previous = Digest::ZERO;
        let record = |number: u64| {
            let new = self.encode(&mut keys, u128::from(number) + 1);
            let mut event = recorded(new, number, previous);
            event.hash = hash_of(&event);
            previous = event.hash;
            event
        };
        (0..length).map(record).collect()
    }
}

fn recorded(new: NewEvent, number: u64, previous: Digest) -> RecordedEvent {
    RecordedEvent {
        position: Position::from_token(number + 1),
        stream: stream(1),
        revision: Revision::new(number),
        id: new.id,
        outer_type: new.outer_type,
        version: new.version,
        recorded_at: noon(),
        metadata: new.metadata,
        data: new.data,
        previous,
        hash: Digest::ZERO,
        left: 0,
    }
}

#[divan::bench]
fn encode(bencher: Bencher<'_, '_>) {
    let (room, mut keys) = (room(), StreamKeys::default());
    bencher.bench_local(|| room.encode(&mut keys, 7));
}

#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    let room = room();
    let event = room.history(1).remove(0);
    bencher.bench_local(|| room.codec.decode::<Notebook>(&event, &mut StreamKeys::default()).unwrap());
}

#[divan::bench]
fn command_digest(bencher: Bencher<'_, '_>) {
    let (room, mut keys) = (room(), StreamKeys::default());
    let order = Order::now(TakeNote { text: Text::new("Nina leest voor.").unwrap() });
    bencher.bench_local(|| room.codec.command_digest(own(1), &mut keys, &order).unwrap());
}

#[divan::bench(args = [10, 100, 1_000])]
fn load(bencher: Bencher<'_, '_>, length: u64) {
    let room = room();
    let events = room.history(length);
    bencher.counter(ItemsCount::new(length)).bench_local(|| {
        let mut loaded = Loaded::<Notebook>::default();
        extend_with(&mut loaded, &room.codec, &stream(1), &events).unwrap();
        loaded
    });
}

/// Keys come from a pool that is already durable: taking many waits for one sync in 256.
#[divan::bench]
fn take_a_key(bencher: Bencher<'_, '_>) {
    let room = room();
    assert!(room.codec.vault().get(eventstore::key::KeyId::from_uuid(id(1))).is_ok());
    bencher.bench_local(|| room.codec.vault().take().unwrap());
}
