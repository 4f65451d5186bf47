//! What somebody has seen of their cases: up to which fact of each. It is the worker's own, said by the worker alone; looking itself says
//! nothing, so that what was not read yet is never lost by asking for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::WorkerEvent;
use crate::decider::Context;
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo};
use crate::ids::{CaseId, Revision, WorkerId};
use crate::rejection::{Code, Rejection};

/// Only the worker says what the worker has seen.
pub const SEEN_BY_ANOTHER: Code = Code("SEEN_BY_ANOTHER");

/// Up to which fact somebody has seen a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeenCase {
    /// The case.
    pub case: CaseId,
    /// The last fact of it that was on the screen, by its place in the stream.
    pub up_to: Revision,
}

/// The worker has seen what was new in these cases.
pub(super) const SEEN: EventInfo = EventInfo {
    name: "CaseloadSeen",
    version: 1,
    outer: "CaseloadSeen",
    axis: Axis::Process,
    may_precede: false,
    audience: "author",
    caused_by: &["markCaseloadSeen"],
    meaning: "The worker has seen what others recorded in these cases, up to a fact of each.",
    fields: &[FieldInfo::structure("cases", "each case, with the place of the last fact that was seen")],
};

/// Up to where somebody has seen each case; never back to before.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SeenCases(BTreeMap<CaseId, Revision>);

impl SeenCases {
    /// The last fact that was seen of a case; `None` for a case of which nothing was ever marked.
    #[must_use]
    pub fn up_to(&self, case: CaseId) -> Option<Revision> {
        self.0.get(&case).copied()
    }

    fn is_new(&self, seen: SeenCase) -> bool {
        self.up_to(seen.case).is_none_or(|known| known < seen.up_to)
    }

    pub(super) fn apply(&mut self, fact: &Fact<WorkerEvent>) {
        let WorkerEvent::CaseloadSeen { cases } = &fact.event else { return };
        for seen in cases {
            if self.is_new(*seen) {
                self.0.insert(seen.case, seen.up_to);
            }
        }
    }
}

/// Writes only what was not seen before: the same mark again, or an older page that was left open, changes nothing.
pub(super) fn decide(
    known: &SeenCases,
    cases: &[SeenCase],
    context: &Context<'_>,
) -> Result<Vec<Draft<WorkerEvent>>, Rejection> {
    // Who acts for somebody looks with their own eyes.
    if context.actor.worker != WorkerId::from_uuid(context.id) {
        return Err(Rejection::new(SEEN_BY_ANOTHER));
    }
    let mut furthest = SeenCases::default();
    for seen in cases.iter().filter(|seen| known.is_new(**seen)) {
        if furthest.is_new(*seen) {
            furthest.0.insert(seen.case, seen.up_to);
        }
    }
    if furthest.0.is_empty() {
        return Ok(Vec::new());
    }
    let cases = furthest.0.into_iter().map(|(case, up_to)| SeenCase { case, up_to }).collect();
    Ok(vec![Draft::of(WorkerEvent::CaseloadSeen { cases })])
}
