//! Who is kept out now. Rights are always today's, also when an earlier day is looked at.

use std::collections::BTreeMap;

use super::{Actor, ExclusionEvent, ExclusionGround};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// That one worker is kept out.
#[derive(Clone, PartialEq, Debug)]
pub struct Exclusion {
    /// On which ground.
    pub ground: ExclusionGround,
    /// Why.
    pub reason: Personal<Text>,
    /// Since which day.
    pub since: CivilDay,
    /// Who excluded the worker: somebody else lifts it.
    pub by: Actor,
    /// The fact that says so.
    pub fact: EventId,
}

/// Workers who are kept out: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Exclusions {
    by_worker: BTreeMap<WorkerId, Exclusion>,
}

impl Exclusions {
    /// Everyone who is kept out.
    pub fn excluded(&self) -> impl Iterator<Item = WorkerId> {
        self.by_worker.keys().copied()
    }

    /// Whether this worker is kept out.
    #[must_use]
    pub fn is_excluded(&self, worker: WorkerId) -> bool {
        self.by_worker.contains_key(&worker)
    }

    /// Why this worker is kept out; `None` for who is not.
    #[must_use]
    pub fn of(&self, worker: WorkerId) -> Option<&Exclusion> {
        self.by_worker.get(&worker)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ExclusionEvent) {
        match event {
            ExclusionEvent::WorkerExcluded { worker, ground, reason } => {
                self.by_worker.entry(*worker).or_insert_with(|| Exclusion {
                    ground: *ground,
                    reason: reason.clone(),
                    since: fact.occurred.day(),
                    by: fact.actor.clone(),
                    fact: fact.id,
                });
            }
            ExclusionEvent::ExclusionLifted { worker, .. } => {
                self.by_worker.remove(worker);
            }
        }
    }
}

/// Whether somebody who was kept out no longer would be. A change of the past (rule 28) must not do so for one worker.
#[must_use]
pub(crate) fn is_weakened(before: &Exclusions, after: &Exclusions) -> bool {
    before.excluded().any(|worker| !after.is_excluded(worker))
}
