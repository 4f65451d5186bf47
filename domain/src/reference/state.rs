//! Every reference to a register elsewhere.

use super::{ReferenceEvent, Register};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, ReferenceId};
use crate::personal::Personal;
use crate::regie::insert_ordered;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// That something about somebody stands elsewhere.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// The reference.
    pub id: ReferenceId,
    /// About whom.
    pub person: PersonId,
    /// In which kind of register.
    pub register: Personal<Register>,
    /// Under which number or name there.
    pub number: Personal<Line>,
    /// Who keeps it.
    pub keeper: Personal<Line>,
    /// Since which day it is known to stand there.
    pub since: CivilDay,
    /// That it ended.
    pub ended: Option<EndedReference>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it stands there no longer.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedReference {
    /// The last day.
    pub last_day: CivilDay,
    /// Why.
    pub reason: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// This room's slice of the state, in order of their first day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct References {
    all: Vec<Reference>,
}

impl References {
    /// Every reference.
    #[must_use]
    pub fn all(&self) -> &[Reference] {
        &self.all
    }

    /// This reference.
    #[must_use]
    pub fn get(&self, reference: ReferenceId) -> Option<&Reference> {
        self.all.iter().find(|known| known.id == reference)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ReferenceEvent) {
        match event.clone() {
            ReferenceEvent::ExternalReferenceRecorded { reference, person, register, number, keeper, since } => {
                let (id, ended, fact) = (reference, None, fact.id);
                let recorded = Reference { id, person, register, number, keeper, since, ended, fact };
                insert_ordered(&mut self.all, recorded, |one| (one.since, one.id));
            }
            ReferenceEvent::ExternalReferenceEnded { reference, last_day, reason } => {
                if let Some(known) = self.all.iter_mut().find(|known| known.id == reference) {
                    known.ended.get_or_insert(EndedReference { last_day, reason, fact: fact.id });
                }
            }
        }
    }
}
