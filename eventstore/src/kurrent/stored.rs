//! An event as the server keeps it: the sealed data as bytes, and beside them, in the custom metadata, what the chain needs:
//! `{"prev","hash","recorded_at","version","left","meta"}`. `meta` is our metadata, byte for byte, in base64; `left` counts the events of
//! the same batch that follow.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use kurrentdb::EventData;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::WireEvent;
use crate::chain::{self, Link};
use crate::port::{Digest, NewEvent, Position, RecordedEvent, StreamName};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    prev: String,
    hash: String,
    recorded_at: i64,
    version: u16,
    left: u32,
    meta: String,
}

/// Gives each event of a batch its place in the chain. The result is what is sent, as often as it takes.
pub(super) fn chained(
    stream: &StreamName,
    first: Revision,
    mut previous: Digest,
    recorded_at: Timestamp,
    batch: Vec<NewEvent>,
) -> Vec<RecordedEvent> {
    let mut revision = first;
    let mut left = u32::try_from(batch.len()).unwrap_or(u32::MAX);
    let chain_up = |new: NewEvent| {
        let hash = chain::hash(&Link {
            stream,
            revision,
            id: new.id,
            outer_type: &new.outer_type,
            version: new.version,
            recorded_at,
            metadata: chain::digest(&new.metadata),
            data: chain::digest(&new.data),
            previous,
        });
        left -= 1;
        let event = RecordedEvent {
            position: Position::START,
            stream: stream.clone(),
            revision,
            id: new.id,
            outer_type: new.outer_type,
            version: new.version,
            recorded_at,
            metadata: new.metadata,
            data: new.data,
            previous,
            hash,
            left,
        };
        (previous, revision) = (hash, revision.next());
        event
    };
    batch.into_iter().map(chain_up).collect()
}

/// An event for the wire.
pub(super) fn to_wire(event: &RecordedEvent) -> serde_json::Result<EventData> {
    let beside = Beside {
        prev: event.previous.to_string(),
        hash: event.hash.to_string(),
        recorded_at: event.recorded_at.micros(),
        version: event.version,
        left: event.left,
        meta: STANDARD.encode(&event.metadata),
    };
    EventData::binary(&event.outer_type, event.data.clone().into()).id(event.id.as_uuid()).metadata_as_json(&beside)
}

/// An event from the wire. What somebody else put into one of our streams is not skipped: it comes through with a chain that cannot
/// hold, so that its stream is quarantined and others go on.
pub(super) fn from_wire(stream: StreamName, mut event: WireEvent) -> RecordedEvent {
    let known = serde_json::from_slice(&event.custom_metadata).ok().and_then(|beside: Beside| {
        let metadata = STANDARD.decode(&beside.meta).ok()?;
        Some((digest(&beside.prev)?, digest(&beside.hash)?, beside.recorded_at, beside.version, beside.left, metadata))
    });
    let (previous, hash, recorded_at, version, left, metadata) =
        known.unwrap_or_else(|| (Digest::ZERO, Digest::ZERO, created(&event), 0, 0, event.custom_metadata.clone()));
    let id = event.id.as_ref().and_then(|id| Uuid::try_parse(&id.string).ok());
    RecordedEvent {
        position: Position::from_token(event.commit),
        stream,
        revision: Revision::new(event.revision),
        id: EventId::from_uuid(id.unwrap_or_default()),
        outer_type: event.metadata.remove("type").unwrap_or_default(),
        version,
        recorded_at: Timestamp::from_micros(recorded_at),
        metadata,
        data: event.data,
        previous,
        hash,
        left,
    }
}

/// When the server took an event in: it counts 100 ns.
fn created(event: &WireEvent) -> i64 {
    let ticks = event.metadata.get("created").and_then(|ticks| ticks.parse::<i64>().ok());
    ticks.unwrap_or_default() / 10
}

fn digest(hex: &str) -> Option<Digest> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Digest(bytes))
}
