//! The facts on which relations rest, read from the state of a case, or from its row in the lists.

use domain::case::CaseState;
use domain::time::CivilDay;
use projections::lists::Related;

use super::relation::CaseFacts;

/// What holds on this day. The state of an empty history gives the facts of a case that does not exist. The director is who answers for
/// the case: of a closed one whoever directed it last ([`CaseState::answering_director_on`]).
#[must_use]
pub fn facts_of(state: &CaseState, today: CivilDay) -> CaseFacts {
    let regie = &state.regie;
    CaseFacts {
        municipality: state.life.opening.as_ref().map(|opening| opening.municipality.clone()),
        director: state.answering_director_on(today).map(|held| held.worker),
        deputy: regie.deputy_on(today).map(|held| held.worker),
        successor: regie.open_handover().map(|handover| handover.successor),
        ever_directed: regie.directorships().iter().any(|held| held.period.since <= today),
    }
}

impl From<&Related> for CaseFacts {
    /// The same facts, as the row of a case has them.
    fn from(related: &Related) -> Self {
        Self {
            municipality: Some(related.municipality.clone()),
            director: related.director,
            deputy: related.deputy,
            successor: related.successor,
            ever_directed: related.ever_directed,
        }
    }
}
