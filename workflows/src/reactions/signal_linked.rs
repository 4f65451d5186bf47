//! A case copied a signal: the signal's own stream says so, and nobody waits for it any more (rule 22).

use domain::case::CaseEvent;
use domain::fact::Fact;
use domain::ids::CaseId;
use domain::life::LifeEvent;
use domain::signal::SignalCommand;
use eventstore::port::RecordedEvent;

use super::{Call, Reaction};

/// Marks a signal as linked.
#[derive(Debug, Clone, Copy)]
pub struct MarkSignalLinked;

impl Reaction for MarkSignalLinked {
    fn name(&self) -> &'static str {
        "signal-linked"
    }

    fn interested(&self, event: &RecordedEvent) -> bool {
        event.outer_type == "SignalLinked"
    }

    fn react(&self, fact: &Fact<CaseEvent>, case: CaseId) -> Vec<Call> {
        match &fact.event {
            CaseEvent::Life(LifeEvent::SignalLinked { signal, .. }) => {
                vec![Call::Signal(*signal, SignalCommand::MarkSignalLinked { case })]
            }
            _ => Vec::new(),
        }
    }
}
