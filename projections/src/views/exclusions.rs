//! Workers who are kept out of a case: on which ground, since when.

use domain::exclusion::ExclusionGround;
use domain::ids::WorkerId;
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// That a worker is kept out.
#[derive(Clone, PartialEq, Debug)]
pub struct ExclusionView {
    /// The worker.
    pub worker: Kept<WorkerId>,
    /// On which ground.
    pub ground: ExclusionGround,
    /// Since which day.
    pub since: CivilDay,
    /// Who excluded the worker.
    pub by: WorkerId,
    /// Why.
    pub reason: Kept<Personal<Text>>,
}

/// Everyone who is kept out at the moment looked at, in the order told.
#[must_use]
pub fn exclusions(reading: &Reading<'_>) -> Vec<ExclusionView> {
    let exclusions = &reading.state().exclusions;
    let view = |worker: WorkerId| {
        let found = exclusions.of(worker).filter(|found| found.since <= reading.day())?;
        Some(ExclusionView {
            worker: reading.kept(worker, found.fact),
            ground: found.ground,
            since: found.since,
            by: found.by.worker,
            reason: reading.kept(found.reason.clone(), found.fact),
        })
    };
    let mut all: Vec<_> = exclusions.excluded().filter_map(view).collect();
    all.sort_by_key(|view| reading.stands().position(|fact| fact.id == view.worker.fact));
    all
}
