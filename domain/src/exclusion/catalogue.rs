//! What this room writes and refuses with, for the generated documents.

use super::ExclusionEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// The worker is kept out of this case, and gets no role in it.
pub const WORKER_EXCLUDED: Code = Code("WORKER_EXCLUDED");
/// The worker is kept out already.
pub const ALREADY_EXCLUDED: Code = Code("ALREADY_EXCLUDED");
/// The worker is not kept out.
pub const NOT_EXCLUDED: Code = Code("NOT_EXCLUDED");
/// Workers who are kept out do not let themselves in again.
pub const EXCLUDED_CANNOT_LIFT: Code = Code("EXCLUDED_CANNOT_LIFT");
/// Somebody else than who excluded the worker lifts it.
pub const LIFTED_BY_ANOTHER: Code = Code("LIFTED_BY_ANOTHER");
/// With this correction a worker would no longer be kept out. That takes somebody else than who excluded: lift it.
pub const EXCLUSION_WEAKENED: Code = Code("EXCLUSION_WEAKENED");

/// Every code this room refuses with.
pub const CODES: &[Code] =
    &[WORKER_EXCLUDED, ALREADY_EXCLUDED, NOT_EXCLUDED, EXCLUDED_CANNOT_LIFT, LIFTED_BY_ANOTHER, EXCLUSION_WEAKENED];

const WORKER: FieldInfo = FieldInfo::structure("worker", "which worker");
const REASON: FieldInfo = FieldInfo::personal("reason", "why");

/// None can be back-dated: who is kept out is so from when it is recorded. Why is for the director: it may tell where somebody lives.
const WORKER_EXCLUDED_INFO: EventInfo = EventInfo {
    name: "WorkerExcluded",
    version: 1,
    outer: "WorkerExcluded",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["excludeWorker"],
    meaning: "A worker is kept out of this case from now on, whatever role or relation they have.",
    fields: &[WORKER, FieldInfo::structure("ground", "own family, neighbour or an objection that was upheld"), REASON],
};

const EXCLUSION_LIFTED: EventInfo = EventInfo {
    name: "ExclusionLifted",
    outer: "ExclusionLifted",
    caused_by: &["liftExclusion"],
    meaning: "A worker is no longer kept out of this case.",
    fields: &[WORKER, REASON],
    ..WORKER_EXCLUDED_INFO
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[WORKER_EXCLUDED_INFO, EXCLUSION_LIFTED];

pub(super) const fn info(event: &ExclusionEvent) -> &'static EventInfo {
    match event {
        ExclusionEvent::WorkerExcluded { .. } => &WORKER_EXCLUDED_INFO,
        ExclusionEvent::ExclusionLifted { .. } => &EXCLUSION_LIFTED,
    }
}
