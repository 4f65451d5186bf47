//! What people are to a case on a day, worked out from its facts: everything that a gate goes by. The same for a case that is read and
//! for its row in the lists. Ids and dates only.

use domain::case::CaseState;
use domain::consent::Category;
use domain::fact::Organisation;
use domain::ids::{ConsentId, HouseholdId, PersonId, ReviewId, WorkerId};
use domain::time::{CivilDay, Timestamp};

/// What people are to a case. Of a case that does not exist: nothing, to nobody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relations {
    /// Whose case it is; `None` for a case that does not exist.
    pub municipality: Option<Organisation>,
    /// Who directs; of a closed case whoever directed it last ([`CaseState::answering_director_on`]).
    pub director: Option<WorkerId>,
    /// For which organisation the director works: whose team leads see caseload and terms.
    pub director_organisation: Option<Organisation>,
    /// Who stands in for the director.
    pub deputy: Option<WorkerId>,
    /// To whom the directorship is offered.
    pub successor: Option<WorkerId>,
    /// Whether there ever was a director.
    pub ever_directed: bool,
    /// Who coordinates the plan of a household.
    pub coordinators: Vec<Coordinator>,
    /// Professionals who take part, with whose consent names them.
    pub supporters: Vec<Supporter>,
    /// Both family representatives of a `DOnS` trajectory.
    pub duo: Vec<WorkerId>,
    /// SAT teams that were asked and of which nobody accepted yet.
    pub asked_teams: Vec<AskedTeam>,
    /// SAT advisors with access.
    pub advisors: Vec<Advisor>,
    /// Those outside with whom something was shared (school, volunteer).
    pub receivers: Vec<Receiver>,
    /// Who represents somebody of the case: a guardian of an institution, a mentor, a curator.
    pub representatives: Vec<Representative>,
    /// Emergency accesses that are open.
    pub emergencies: Vec<EmergencyAccess>,
    /// Workers who are kept out, whatever else they are.
    pub excluded: Vec<WorkerId>,
    /// The people of the case who are of age today: what is theirs is personal. Everybody else counts as a child, whose child layer shows
    /// less than the personal one.
    pub grown_ups: Vec<PersonId>,
}

/// Who coordinates the plan of a household.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coordinator {
    /// The coordinator.
    pub worker: WorkerId,
    /// Of this household.
    pub household: HouseholdId,
    /// The grown-ups who live there: their personal layer is the coordinator's too.
    pub members: Vec<PersonId>,
}

/// A professional who takes part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supporter {
    /// The professional.
    pub worker: WorkerId,
    /// Those whose consent names this professional and counts today.
    pub named_by: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// A SAT team that was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedTeam {
    /// The organisation of the team.
    pub organisation: Organisation,
    /// The request.
    pub review: ReviewId,
}

/// A SAT advisor with access.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advisor {
    /// The advisor.
    pub worker: WorkerId,
    /// On this request.
    pub review: ReviewId,
    /// About these people: those whose consent stands today.
    pub scope: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// Somebody outside with whom something was shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receiver {
    /// The receiver.
    pub worker: WorkerId,
    /// About these people.
    pub persons: Vec<PersonId>,
    /// Of these kinds.
    pub categories: Vec<Category>,
    /// The consents it rests on.
    pub consents: Vec<ConsentId>,
}

/// Somebody who represents a person of the case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Representative {
    /// The representative.
    pub worker: WorkerId,
    /// The person represented.
    pub person: PersonId,
}

/// An emergency access that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmergencyAccess {
    /// Who has it.
    pub worker: WorkerId,
    /// Until this moment.
    pub until: Timestamp,
}

impl Relations {
    /// What holds in a case on this day.
    #[must_use]
    pub fn of(state: &CaseState, today: CivilDay) -> Self {
        let regie = &state.regie;
        let director = state.answering_director_on(today);
        Self {
            municipality: state.life.opening.as_ref().map(|opening| opening.municipality.clone()),
            director: director.map(|held| held.worker),
            director_organisation: director.map(|held| held.organisation.clone()),
            deputy: regie.deputy_on(today).map(|held| held.worker),
            successor: regie.open_handover().map(|handover| handover.successor),
            ever_directed: regie.directorships().iter().any(|held| held.period.since <= today),
            ..Self::default()
        }
    }
}
