//! How far the history was read for one receiver, and from where on that is sent.

use domain::time::Timestamp;
use eventstore::port::{Position, RecordedEvent};

use super::letter::{Kind, Letter};

/// Before everything.
const LONG_AGO: Timestamp = Timestamp::from_micros(i64::MIN);

/// The checkpoint of one receiver. Letters are counted from the beginning of the history, so that their numbers follow from it alone; those
/// that are quiet are counted and not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    pub position: Position,
    /// How many letters there were up to here.
    pub counted: i64,
    /// Up to this position all is quiet.
    pub quiet_to: Position,
    /// What was recorded before this is quiet.
    pub quiet_before: Timestamp,
    /// When the last fact that was read was recorded.
    pub last_recorded: Timestamp,
}

impl Mark {
    /// For a receiver that is new: what was told before it was there is not for it.
    pub fn new(head: Position, last: Option<Timestamp>) -> Self {
        Self { quiet_to: head, quiet_before: last.unwrap_or(LONG_AGO), ..Self::since(LONG_AGO) }
    }

    /// Everything from this moment on, whatever was sent of it before.
    pub const fn since(moment: Timestamp) -> Self {
        let (position, quiet_to) = (Position::START, Position::START);
        Self { position, counted: 0, quiet_to, quiet_before: moment, last_recorded: LONG_AGO }
    }

    /// Where to go on in a history with other positions: copied to another engine, or restored from a backup. Times stay, and run on.
    pub fn elsewhere(self) -> Self {
        Self::since(self.quiet_before.max(self.last_recorded))
    }

    /// Takes a fact in; a letter when there is one to send of it.
    pub fn take(&mut self, event: &RecordedEvent) -> Option<Letter> {
        self.last_recorded = self.last_recorded.max(event.recorded_at);
        let kind = Kind::of(&event.outer_type)?;
        let case = event.stream.id().parse().ok()?;
        self.counted += 1;
        let quiet = event.position <= self.quiet_to || event.recorded_at < self.quiet_before;
        (!quiet).then_some(Letter { event: event.id, case, kind, number: self.counted, recorded: event.recorded_at })
    }
}
