//! From stored bytes to an event. The first byte says which bytes they are:
//! - `T`: a type on a line, then the opened body of an event; what was read is written and read again, to the same;
//! - `M`: metadata, likewise;
//! - `S`: data as they are stored, sealed or not;
//! - any other: a type on a line, then a body that is sealed well, and opened as it would be.
#![no_main]

use std::sync::{Arc, LazyLock};

use domain::case::{Case, CaseEvent};
use domain::decider::DomainEvent;
use domain::ids::{CaseId, EventId, Revision, Subject};
use domain::personal::codec_scope;
use domain::signal::SignalEvent;
use domain::time::Timestamp;
use domain::worker::WorkerEvent;
use eventstore::body::Body;
use eventstore::codec::Codec;
use eventstore::key::{Key, KeyId, MasterKey, StreamKeys, SystemEntropy};
use eventstore::metadata::Metadata;
use eventstore::port::{Digest, Position, RecordedEvent, StreamName};
use eventstore::seal::{Place, Sealed};
use eventstore::upcast::Upcasters;
use eventstore::vault::Vault;
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

/// Metadata that are right.
const METADATA: &[u8] = include_bytes!("../seeds/metadata.json");

struct Desk {
    codec: Codec,
    id: KeyId,
    key: Key,
    _folder: tempfile::TempDir,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let master = MasterKey::new(Key::generate(&SystemEntropy).expect("a key"));
    let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).expect("a vault"));
    let (id, key) = vault.take().expect("a key");
    Desk { codec: Codec::new(vault, Upcasters::none()), id, key, _folder: folder }
});

fn case() -> Uuid {
    Uuid::from_u128(1)
}

fn event() -> EventId {
    EventId::from_uuid(Uuid::from_u128(2))
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind {
        b'T' => typed(rest),
        b'M' => metadata(rest),
        b'S' => decode("PersonAdded", rest.to_vec()),
        _ => sealed(rest),
    }
});

/// What stands on the first line, and what after it.
fn lines(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

fn typed(bytes: &[u8]) {
    let Some((name, body)) = lines(bytes) else { return };
    let Ok(body) = serde_json::from_slice::<Body>(body) else { return };
    again::<CaseEvent>(name, &body);
    again::<SignalEvent>(name, &body);
    again::<WorkerEvent>(name, &body);
}

fn again<E: DomainEvent>(name: &str, body: &Body) {
    let Ok(read) = E::from_payload(name, body.payload.clone()) else { return };
    let written = codec_scope(|| read.to_payload()).expect("what was read can be written");
    let reread = E::from_payload(name, written.clone()).expect("what was written can be read");
    assert_eq!(codec_scope(|| reread.to_payload()).expect("written again"), written);
}

fn metadata(bytes: &[u8]) {
    let Ok(read) = Metadata::from_bytes(bytes) else { return };
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    assert_eq!(Metadata::from_bytes(&written).expect("what was written can be read"), read);
}

fn sealed(bytes: &[u8]) {
    let Some((name, plain)) = lines(bytes) else { return };
    let place = Place { event: event(), pointer: "" };
    let sealed = Sealed::seal(plain, Subject::Case(CaseId::from_uuid(case())), (DESK.id, &DESK.key), [7; 12], place)
        .expect("a seal");
    decode(name, sealed.to_bytes().expect("bytes"));
}

fn decode(outer_type: &str, data: Vec<u8>) {
    let stored = RecordedEvent {
        position: Position::from_token(1),
        stream: StreamName::about("case", case()),
        revision: Revision::FIRST,
        id: event(),
        outer_type: outer_type.to_owned(),
        version: 1,
        recorded_at: Timestamp::from_micros(0),
        metadata: METADATA.to_vec(),
        data,
        previous: Digest::ZERO,
        hash: Digest::ZERO,
        left: 0,
    };
    // Whatever is wrong with it is said, and nothing else happens.
    let _ = DESK.codec.decode::<Case>(&stored, &mut StreamKeys::default());
}
