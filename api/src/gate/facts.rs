//! The facts on which relations rest, read from the state of a case.

use domain::case::CaseState;
use domain::time::CivilDay;

use super::relation::{CaseFacts, Held};

/// What holds on this day. The state of an empty history gives the facts of a case that does not exist.
#[must_use]
pub fn facts_of(state: &CaseState, today: CivilDay) -> CaseFacts {
    let regie = &state.regie;
    let director = regie.director_on(today);
    let deputy = regie.deputy_on(today);
    CaseFacts {
        municipality: state.life.opening.as_ref().map(|opening| opening.municipality.clone()),
        director: director.map(|held| Held { worker: held.worker, until: held.period.until }),
        deputy: deputy.map(|held| Held { worker: held.worker, until: held.period.until }),
        successor: regie.open_handover().map(|handover| handover.successor),
        ever_directed: regie.directorships().iter().any(|held| held.period.since <= today),
    }
}
