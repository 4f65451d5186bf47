//! The card of each child as last written.

use std::collections::BTreeMap;

use super::CrisisEvent;
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// The crisis card of a child.
#[derive(Clone, PartialEq, Debug)]
pub struct CrisisCard {
    /// Where the child sleeps.
    pub sleeps: Option<Personal<Text>>,
    /// Whom to call, with numbers.
    pub call: Personal<Text>,
    /// Whom not to call.
    pub do_not_call: Option<Personal<Text>>,
    /// What was agreed for a crisis.
    pub agreements: Option<Personal<Text>>,
    /// Which rulings are in force.
    pub rulings: Option<Personal<Text>>,
    /// The day it was written.
    pub written: CivilDay,
    /// Who wrote it.
    pub by: WorkerId,
    /// The last day on which it can be relied on.
    pub expires: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// The crisis cards of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Crisis {
    by_child: BTreeMap<PersonId, CrisisCard>,
}

impl Crisis {
    /// The card of this child, as long as it can be relied on: the last one written, never an earlier one.
    #[must_use]
    pub fn card(&self, child: PersonId, day: CivilDay) -> Option<&CrisisCard> {
        self.by_child.get(&child).filter(|card| day <= card.expires)
    }

    /// Each child's card as last written, also one that expired: so that somebody writes it anew.
    pub fn cards(&self) -> impl Iterator<Item = (PersonId, &CrisisCard)> {
        self.by_child.iter().map(|(child, card)| (*child, card))
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &CrisisEvent) {
        let CrisisEvent::CrisisCardWritten { child, sleeps, call, do_not_call, agreements, rulings, expires } =
            event.clone();
        let (written, by) = (fact.occurred.day(), fact.actor.worker);
        let card = CrisisCard { sleeps, call, do_not_call, agreements, rulings, written, by, expires, fact: fact.id };
        self.by_child.insert(child, card);
    }
}
