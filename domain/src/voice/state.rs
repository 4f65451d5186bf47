//! What each child said, and how each fares.

use super::{Change, SignalDomain, VoiceEvent};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{ChildSignalId, EventId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// What a child said.
#[derive(Clone, PartialEq, Debug)]
pub struct Voice {
    /// The child.
    pub child: PersonId,
    /// In its own words.
    pub words: Personal<Text>,
    /// Who listened.
    pub listener: WorkerId,
    /// How it came about.
    pub setting: Option<Personal<Text>>,
    /// Who of the family may know, as the child said.
    pub family_may_know: Vec<PersonId>,
    /// The day.
    pub day: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// A signal about how a child fares.
#[derive(Clone, PartialEq, Debug)]
pub struct ChildSignal {
    /// The signal.
    pub id: ChildSignalId,
    /// The child.
    pub child: PersonId,
    /// About what.
    pub domain: Personal<SignalDomain>,
    /// Who of the family told it.
    pub told_by: Option<PersonId>,
    /// Which worker noticed or was told.
    pub worker: WorkerId,
    /// How it went, from the opening on; never none.
    pub steps: Vec<SignalStep>,
    /// That it is over; `None` while it is open.
    pub closed: Option<ClosedSignal>,
    /// The fact that opened it.
    pub fact: EventId,
}

/// How it went on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct SignalStep {
    /// The day.
    pub day: CivilDay,
    /// How it went.
    pub change: Personal<Change>,
    /// In words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a signal is over.
#[derive(Clone, PartialEq, Debug)]
pub struct ClosedSignal {
    /// The day.
    pub day: CivilDay,
    /// In words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What children said and how they fare, in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Voices {
    heard: Vec<Voice>,
    signals: Vec<ChildSignal>,
}

impl Voices {
    /// Everything a child said.
    #[must_use]
    pub fn heard(&self) -> &[Voice] {
        &self.heard
    }

    /// Every signal, open or closed.
    #[must_use]
    pub fn signals(&self) -> &[ChildSignal] {
        &self.signals
    }

    /// This signal.
    #[must_use]
    pub fn signal(&self, signal: ChildSignalId) -> Option<&ChildSignal> {
        self.signals.iter().find(|known| known.id == signal)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &VoiceEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            VoiceEvent::ChildVoiceRecorded { child, words, listener, setting, family_may_know } => {
                self.heard.push(Voice { child, words, listener, setting, family_may_know, day, fact: id });
            }
            VoiceEvent::ChildSignalOpened { signal, child, domain, change, words, told_by, worker } => {
                let steps = vec![SignalStep { day, change, words, fact: id }];
                let opened = ChildSignal { id: signal, child, domain, told_by, worker, steps, closed: None, fact: id };
                self.signals.push(opened);
            }
            VoiceEvent::ChildSignalChanged { signal, change, words } => self.change(signal, |known| {
                known.steps.push(SignalStep { day, change, words, fact: id });
                // What is told later of an earlier day opens nothing again.
                known.closed = known.closed.take().filter(|closed| closed.day > day);
            }),
            VoiceEvent::ChildSignalClosed { signal, words } => {
                self.change(signal, |known| known.closed = Some(ClosedSignal { day, words, fact: id }));
            }
        }
    }

    fn change(&mut self, id: ChildSignalId, change: impl FnOnce(&mut ChildSignal)) {
        if let Some(signal) = self.signals.iter_mut().find(|signal| signal.id == id) {
            change(signal);
        }
    }
}
