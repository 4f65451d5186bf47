//! The crisis plan as it was written, and when it was looked at.

use std::collections::BTreeMap;

use super::{CrisisAction, CrisisPlanEvent};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, Revision, WorkerId};
use crate::personal::Personal;
use crate::plan::Owner;
use crate::text::Text;
use crate::time::CivilDay;

/// A crisis plan as it was written once.
#[derive(Clone, PartialEq, Debug)]
pub struct CrisisPlan {
    /// The day.
    pub day: CivilDay,
    /// Of which children.
    pub children: Vec<PersonId>,
    /// What shows that it begins.
    pub signs: Option<Personal<Text>>,
    /// Who does what.
    pub actions: Vec<CrisisAction>,
    /// Who wrote it down.
    pub by: WorkerId,
    /// Until when it holds, unless it is looked at.
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

impl CrisisPlan {
    /// Whether an action has no owner yet (R48).
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.actions.iter().any(|action| action.owner == Owner::Nobody)
    }
}

/// That it was looked at, and holds.
#[derive(Clone, PartialEq, Debug)]
pub struct LookedAt {
    /// The day.
    pub day: CivilDay,
    /// What was found.
    pub words: Option<Personal<Text>>,
    /// Who wrote it down.
    pub by: WorkerId,
    /// Until when it holds since.
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// The crisis plan of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CrisisPlans {
    written: BTreeMap<(CivilDay, Revision, EventId), CrisisPlan>,
    looked_at: BTreeMap<(CivilDay, Revision, EventId), LookedAt>,
}

impl CrisisPlans {
    /// Each as it was written by this day, in the order of the days. The last one counts.
    pub fn versions_by(&self, day: CivilDay) -> impl Iterator<Item = &CrisisPlan> {
        self.written.values().filter(move |plan| plan.day <= day)
    }

    /// The plan as it was on this day.
    #[must_use]
    pub fn written_by(&self, day: CivilDay) -> Option<&CrisisPlan> {
        self.versions_by(day).last()
    }

    /// That this plan was looked at last, by this day.
    #[must_use]
    pub fn looked_at(&self, plan: &CrisisPlan, day: CivilDay) -> Option<&LookedAt> {
        self.looked_at.values().rfind(|look| plan.day <= look.day && look.day <= day)
    }

    /// Until when the plan of this day holds: from its writing, or from the last look on.
    #[must_use]
    pub fn holds_until(&self, day: CivilDay) -> Option<CivilDay> {
        self.due_on(day).map(|due| due.last_day)
    }

    /// Whether the plan of this day is stale: nobody looked at it for the term.
    #[must_use]
    pub fn is_stale(&self, day: CivilDay) -> bool {
        self.holds_until(day).is_some_and(|last| last < day)
    }

    /// That the plan waits to be looked at.
    pub(crate) fn open_due(&self) -> Option<Due> {
        let (last, _) = self.written.last_key_value()?;
        let looked = self.looked_at.last_key_value().map(|((day, _, _), _)| *day);
        self.due_on(looked.map_or(last.0, |day| day.max(last.0))).cloned()
    }

    fn due_on(&self, day: CivilDay) -> Option<&Due> {
        let plan = self.written_by(day)?;
        self.looked_at(plan, day).map_or(plan.due.as_ref(), |look| look.due.as_ref())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &CrisisPlanEvent) {
        let (day, id, by) = (fact.occurred.day(), fact.id, fact.actor.worker);
        let place = (day, fact.revision, id);
        let due = fact.due.first().cloned();
        match event.clone() {
            CrisisPlanEvent::CrisisPlanWritten { children, signs, actions } => {
                let plan = CrisisPlan { day, children, signs, actions, by, due, fact: id };
                self.written.insert(place, plan);
            }
            CrisisPlanEvent::CrisisPlanReviewed { words } => {
                self.looked_at.insert(place, LookedAt { day, words, by, due, fact: id });
            }
        }
    }
}
