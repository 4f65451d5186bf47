//! Invented streams and events. Metadata names the command, as the codec does, so that a check can compare.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::ids::{CommandId, EventId, Revision};
use domain::time::Timestamp;
use eventstore::port::{CommandSlot, Expected, NewEvent, StreamName};
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// An id that no other event or command of this run has.
pub fn fresh() -> Uuid {
    Uuid::from_u64_pair(0x7e57, NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn stream(name: &str) -> StreamName {
    name.parse().unwrap()
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// One event of no command.
pub fn event(data: &str) -> NewEvent {
    NewEvent {
        id: EventId::from_uuid(fresh()),
        outer_type: "SomethingHappened".to_owned(),
        version: 1,
        metadata: b"{}".to_vec(),
        data: data.as_bytes().to_vec(),
        command: None,
    }
}

/// A batch of one new command.
pub fn batch(size: usize) -> Vec<NewEvent> {
    batch_of(CommandId::from_uuid(fresh()), size)
}

/// A batch of this command.
pub fn batch_of(command: CommandId, size: usize) -> Vec<NewEvent> {
    let slots = 0..u32::try_from(size).unwrap();
    slots
        .map(|index| NewEvent {
            command: Some(CommandSlot { id: command, index }),
            metadata: format!(r#"{{"command":"{command}","index":{index},"count":{size}}}"#).into_bytes(),
            ..event(&format!("event {index} of {command}"))
        })
        .collect()
}

/// The expectation of a writer who knows that a stream holds so many events.
pub fn holding(events: u64) -> Expected {
    events.checked_sub(1).map_or(Expected::NoStream, |last| Expected::At(Revision::new(last)))
}
