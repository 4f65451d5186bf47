//! The facts on which relations rest, read from the state of a case.

use domain::case::CaseState;
use domain::life::Phase;
use domain::time::CivilDay;

use super::relation::CaseFacts;

/// What holds on this day. The state of an empty history gives the facts of a case that does not exist.
///
/// Closing ends every role in the case. Its last director keeps the closed file, to answer for it, until it is opened again (PD).
#[must_use]
pub fn facts_of(state: &CaseState, today: CivilDay) -> CaseFacts {
    let regie = &state.regie;
    let director = match state.life.phase {
        Phase::Closed(day) => regie.director_on(day),
        Phase::Absent | Phase::Open(_) => regie.director_on(today),
    };
    CaseFacts {
        municipality: state.life.opening.as_ref().map(|opening| opening.municipality.clone()),
        director: director.map(|held| held.worker),
        deputy: regie.deputy_on(today).map(|held| held.worker),
        successor: regie.open_handover().map(|handover| handover.successor),
        ever_directed: regie.directorships().iter().any(|held| held.period.since <= today),
    }
}
