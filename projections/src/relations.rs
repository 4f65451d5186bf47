//! What people are to a case on a day, worked out from its facts: everything that a gate goes by. The same for a case that is read and
//! for its row in the lists, which keeps it as it stands here: another field or another meaning raises
//! [`crate::lists::VERSION`]. Ids and dates only.

use std::collections::BTreeSet;

use domain::case::CaseState;
use domain::consent::{Category, counts, joining_subjects};
use domain::fact::Organisation;
use domain::ids::{ConsentId, HouseholdId, PersonId, ReviewId, WorkerId};
use domain::regie::Party;
use domain::terms::Terms;
use domain::time::{CivilDay, Timestamp};
use serde::{Deserialize, Serialize};

/// What people are to a case. Of a case that does not exist: nothing, to nobody.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
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
}

/// Who coordinates the plan of a household.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Coordinator {
    /// The coordinator.
    pub worker: WorkerId,
    /// Of this household.
    pub household: HouseholdId,
    /// The grown-ups who live there: their personal layer is the coordinator's too.
    pub members: Vec<PersonId>,
}

/// A professional who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Supporter {
    /// The professional.
    pub worker: WorkerId,
    /// Those whose consent names this professional and counts today.
    pub named_by: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// A SAT team that was asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedTeam {
    /// The organisation of the team.
    pub organisation: Organisation,
    /// The request.
    pub review: ReviewId,
}

/// A SAT advisor with access.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Representative {
    /// The representative.
    pub worker: WorkerId,
    /// The person represented.
    pub person: PersonId,
}

/// An emergency access that is open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EmergencyAccess {
    /// Who has it.
    pub worker: WorkerId,
    /// Until this moment.
    pub until: Timestamp,
}

impl Relations {
    /// What holds in a case on this day, under the terms of that day.
    #[must_use]
    pub fn of(state: &CaseState, today: CivilDay, terms: &Terms) -> Self {
        let regie = &state.regie;
        let director = state.answering_director_on(today);
        Self {
            municipality: state.life.opening.as_ref().map(|opening| opening.municipality.clone()),
            director: director.map(|held| held.worker),
            director_organisation: director.map(|held| held.organisation.clone()),
            deputy: regie.deputy_on(today).map(|held| held.worker),
            successor: regie.open_handover().map(|handover| handover.successor),
            ever_directed: regie.directorships().iter().any(|held| held.period.since <= today),
            supporters: supporters(state, today, terms),
            ..Self::default()
        }
    }

    /// Everyone who has a relation of their own to the case, whichever, and is not kept out of it. A successor knows of an offer, not of the
    /// case; who is something to it by the organisation they work for is not among them.
    #[must_use]
    pub fn workers(&self) -> BTreeSet<WorkerId> {
        let own = self.director.into_iter().chain(self.deputy);
        let own = own.chain(self.coordinators.iter().map(|found| found.worker));
        let own = own.chain(self.supporters.iter().map(|found| found.worker));
        let own = own.chain(self.duo.iter().copied());
        let own = own.chain(self.advisors.iter().map(|found| found.worker));
        let own = own.chain(self.receivers.iter().map(|found| found.worker));
        let own = own.chain(self.representatives.iter().map(|found| found.worker));
        let own = own.chain(self.emergencies.iter().map(|found| found.worker));
        own.filter(|worker| !self.excluded.contains(worker)).collect()
    }
}

/// Professionals who take part and whom somebody's consent names today. Who takes part without one is known to the case and sees
/// nothing of it: a withdrawn consent ends access at once (R02).
fn supporters(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Supporter> {
    let named = |party: &&Party| {
        let named_by = joining_subjects(state, party.worker, &party.consents, today, terms);
        let counting = party.consents.iter().copied().filter(|consent| counts(state, *consent, today, terms));
        let (worker, consents) = (party.worker, counting.collect());
        (!named_by.is_empty()).then_some(Supporter { worker, named_by, consents })
    };
    state.regie.parties_on(today).iter().filter_map(named).collect()
}
