//! How much of the server's log is known: our last event in it, and up to where all of it was looked at, whoever wrote there. Neither goes
//! back. So what others write on a shared cluster is looked at once, and not again at every look.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, watch};

use super::address::Namespace;
use super::passage::{Passage, Step};
use super::read::Reader;
use super::trouble::Failure;
use super::wire::{Wire, WireEvent, WirePosition};
use crate::port::{Filter, Position, RecordedEvent};

/// How much of the log is known.
pub(super) struct Horizon {
    head: watch::Sender<Position>,
    examined: Mutex<WirePosition>,
    /// One looks at what came, and the others wait for it.
    turn: Turn<()>,
}

impl Horizon {
    /// All was looked at up to here, and this is our last event.
    pub(super) fn new(examined: Position, head: Position) -> Self {
        Self { head: watch::Sender::new(head), examined: Mutex::new(at(examined)), turn: Turn::default() }
    }

    /// Our last event, as far as known.
    pub(super) fn head(&self) -> Position {
        *self.head.borrow()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    /// An event of ours stands there.
    pub(super) fn raise(&self, position: Position) {
        self.head.send_if_modified(|head| {
            let raised = position > *head;
            *head = position.max(*head);
            raised
        });
    }

    /// An event of ours was read. A batch shows when all of it is there.
    pub(super) fn hear(&self, event: &RecordedEvent) {
        if event.left == 0 {
            self.raise(event.position);
        }
    }

    /// Up to where all was looked at.
    pub(super) fn examined(&self) -> WirePosition {
        *self.examined.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All was looked at up to here, and every event of ours was told to [`Horizon::raise`] before.
    pub(super) fn examine(&self, up_to: WirePosition) {
        let mut examined = self.examined.lock().unwrap_or_else(PoisonError::into_inner);
        *examined = up_to.max(*examined);
    }

    /// Looks at what came since. However it ends, what was looked at until then is not looked at again.
    pub(super) async fn advance(&self, reader: &Reader, wire: &Wire) -> Result<(), Failure> {
        let Some(end) = reader.end(wire).await? else { return Ok(()) };
        let end_at = Position::from_token(end.commit);
        if is_ours(&end, &reader.namespace) {
            // Nothing comes after it.
            self.raise(end_at);
            return Ok(());
        }
        if self.examined() >= at(end_at) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        if self.examined() >= at(end_at) {
            return Ok(());
        }
        let prefixes = reader.namespace.prefixes(&Filter::all());
        let mut passage = Passage::begin(reader, wire, prefixes, self.examined()).up_to(at(end_at));
        loop {
            match passage.next().await? {
                Step::Event(event) => self.hear(&event),
                Step::Passed => {}
                // It may have been followed to where nothing is told, and the end was there before.
                Step::End => self.examine(at(end_at)),
            }
            self.examine(passage.at());
            if self.examined() >= at(end_at) {
                return Ok(());
            }
        }
    }
}

/// Where an event stands.
pub(super) fn at(position: Position) -> WirePosition {
    WirePosition { commit: position.token(), prepare: position.token() }
}

/// Whether an event stands in a stream of this history.
pub(super) fn is_ours(event: &WireEvent, namespace: &Namespace) -> bool {
    let name = event.stream.as_ref().and_then(|stream| std::str::from_utf8(&stream.name).ok());
    name.and_then(|name| namespace.stream(name)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_and_the_head_only_grow() {
        let position = Position::from_token;
        let horizon = Horizon::new(position(700), position(500));
        let mut head = horizon.watch();
        horizon.raise(position(400));
        assert!(!head.has_changed().unwrap());
        horizon.raise(position(900));
        assert_eq!(*head.borrow_and_update(), position(900));
        // Before the record that begins at 800, not on it.
        let before = WirePosition { commit: 800, prepare: 0 };
        horizon.examine(before);
        assert!(horizon.examined() < at(position(800)));
        horizon.examine(at(position(800)));
        horizon.examine(before);
        horizon.examine(at(position(100)));
        assert_eq!(horizon.examined(), at(position(800)));
    }
}
