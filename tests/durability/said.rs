//! What the writing process says on its standard output: one line for each thing, read by the process that kills it.

use std::io::Write;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::ids::{CommandId, EventId, Revision};
use eventstore::key::KeyId;
use eventstore::port::{Appended, CommandSlot, Expected, NewEvent, Position, StreamName};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One thing said. A line begins with `@`, so that what the test runner prints is passed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Said {
    /// Vault and history are about to be opened.
    Opening,
    /// They are open.
    Ready,
    /// A batch is about to be appended.
    Sending(Sent),
    /// It was acknowledged.
    Acked(Ack),
    /// The lists show everything up to this position.
    Listed(u64),
    /// The lists are being built anew; everything up to this position was read.
    Rebuilding(u64),
    /// They were built anew, and are in use.
    Rebuilt,
    /// A key was taken from the vault: id and bytes, hex.
    Took(Uuid, String),
    /// These keys are about to be destroyed; with their bytes as they stand in the vault.
    Destroying(Vec<(Uuid, Vec<u8>)>),
    /// They are said to be destroyed.
    Destroyed(Vec<Uuid>),
    /// A draft is kept.
    Drafted(Uuid),
    /// A draft is about to be ended.
    Ending(Uuid),
    /// It is said to be over.
    Ended(Uuid),
    /// A refusal, in its words.
    Refused(String),
}

/// A batch, byte for byte, so that it can be sent again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    pub command: Uuid,
    stream: String,
    /// The last revision expected; nothing for no stream.
    expected: Option<u64>,
    events: Vec<SentEvent>,
    /// Keys that were taken from the vault for it.
    pub keys: Vec<Uuid>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SentEvent {
    id: Uuid,
    outer_type: String,
    version: u16,
    metadata: String,
    data: String,
}

/// The answer to a batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ack {
    pub command: Uuid,
    pub position: u64,
    pub last_revision: u64,
    pub repeated: bool,
}

impl Said {
    /// Says it, in one write: a whole line passes the line buffer by.
    pub fn say(&self) {
        let line = format!("@{}\n", serde_json::to_string(self).unwrap());
        let mut output = std::io::stdout().lock();
        output.write_all(line.as_bytes()).unwrap();
        output.flush().unwrap();
    }

    /// Hears a whole line; nothing when it is not of this language, or was cut off.
    pub fn hear(line: &str) -> Option<Self> {
        serde_json::from_str(line.strip_suffix('\n')?.strip_prefix('@')?).ok()
    }
}

impl Sent {
    pub fn of(stream: &StreamName, expected: Expected, batch: &[NewEvent], keys: &[KeyId]) -> Self {
        let event = |event: &NewEvent| SentEvent {
            id: event.id.as_uuid(),
            outer_type: event.outer_type.clone(),
            version: event.version,
            metadata: BASE64.encode(&event.metadata),
            data: BASE64.encode(&event.data),
        };
        Self {
            command: batch[0].command.unwrap().id.as_uuid(),
            stream: stream.to_string(),
            expected: match expected {
                Expected::NoStream => None,
                Expected::At(revision) => Some(revision.number()),
            },
            events: batch.iter().map(event).collect(),
            keys: keys.iter().map(KeyId::as_uuid).collect(),
        }
    }

    pub fn stream(&self) -> StreamName {
        StreamName::from_str(&self.stream).unwrap()
    }

    pub fn expected(&self) -> Expected {
        self.expected.map_or(Expected::NoStream, |revision| Expected::At(Revision::new(revision)))
    }

    pub fn batch(&self) -> Vec<NewEvent> {
        let command = CommandId::from_uuid(self.command);
        let events = self.events.iter().zip(0..);
        events
            .map(|(event, index)| NewEvent {
                id: EventId::from_uuid(event.id),
                outer_type: event.outer_type.clone(),
                version: event.version,
                metadata: BASE64.decode(&event.metadata).unwrap(),
                data: BASE64.decode(&event.data).unwrap(),
                command: Some(CommandSlot { id: command, index }),
            })
            .collect()
    }
}

impl Ack {
    pub fn of(command: Uuid, appended: &Appended) -> Self {
        Self {
            command,
            position: appended.position.token(),
            last_revision: appended.last_revision.number(),
            repeated: appended.repeated,
        }
    }

    pub fn position(&self) -> Position {
        Position::from_token(self.position)
    }
}
