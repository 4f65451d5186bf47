//! The framework through time, and every condition with what each said of it.

use super::{CONDITION_DUE, FrameworkEvent};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{ConditionId, EventId, PersonId, RulingId};
use crate::life::LegalFramework;
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// That the framework changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The framework from that day on.
    pub framework: LegalFramework,
    /// The first day.
    pub from: CivilDay,
    /// The ruling it rests on.
    pub ruling: Option<RulingId>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A condition in voluntary help.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// The condition.
    pub id: ConditionId,
    /// Of whom it asks something.
    pub persons: Vec<PersonId>,
    /// What.
    pub what: Personal<Text>,
    /// Why.
    pub why: Personal<Text>,
    /// Who sets it.
    pub set_by: Personal<Line>,
    /// The day.
    pub on: CivilDay,
    /// The last day.
    pub until: CivilDay,
    /// To whom it was explained that it may be refused.
    pub explained: Vec<PersonId>,
    /// What each said of it, in the order told.
    pub words: Vec<ConditionWord>,
    /// When it ended before its last day and why, with the fact that says so.
    pub ended: Option<(CivilDay, Personal<Text>, EventId)>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody said of a condition.
#[derive(Clone, PartialEq, Debug)]
pub struct ConditionWord {
    /// Who.
    pub person: PersonId,
    /// Whether they accept it.
    pub accepts: Personal<bool>,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// The framework through time, and conditions in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conditions {
    changes: Vec<Change>,
    conditions: Vec<Condition>,
}

impl Conditions {
    /// The change that holds on a day: the last by its first day; of one day, the last told.
    #[must_use]
    pub fn change_on(&self, day: CivilDay) -> Option<&Change> {
        self.changes.iter().filter(|change| change.from <= day).max_by_key(|change| change.from)
    }

    /// Every change of the framework, in the order told.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Every condition.
    #[must_use]
    pub fn all(&self) -> &[Condition] {
        &self.conditions
    }

    /// This condition.
    #[must_use]
    pub fn get(&self, condition: ConditionId) -> Option<&Condition> {
        self.conditions.iter().find(|known| known.id == condition)
    }

    /// What comes to its last day, unless it ended before.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.conditions.iter().filter(|known| known.ended.is_none()).filter_map(|known| known.due.clone())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &FrameworkEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            FrameworkEvent::LegalFrameworkChanged { framework, from, ruling } => {
                self.changes.push(Change { framework, from, ruling, fact: id });
            }
            FrameworkEvent::ConditionSet { condition, persons, what, why, set_by, until, explained } => {
                let due = carried(&fact.due, CONDITION_DUE);
                self.conditions.push(Condition {
                    id: condition,
                    persons,
                    what,
                    why,
                    set_by,
                    on,
                    until,
                    explained,
                    words: Vec::new(),
                    ended: None,
                    due,
                    fact: id,
                });
            }
            FrameworkEvent::ConditionAnswered { condition, person, accepts, words } => {
                let word = ConditionWord { person, accepts, words, on, fact: id };
                self.change(condition, |known| known.words.push(word));
            }
            FrameworkEvent::ConditionEnded { condition, reason } => {
                self.change(condition, |known| {
                    known.ended.get_or_insert((on, reason, id));
                });
            }
        }
    }

    fn change(&mut self, id: ConditionId, change: impl FnOnce(&mut Condition)) {
        if let Some(known) = self.conditions.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}
