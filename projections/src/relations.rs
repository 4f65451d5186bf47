//! What people are to a case on a day, worked out from its facts: everything that a gate goes by. The same for a case that is read and
//! for its row in the lists, which keeps it as it stands here: another field or another meaning raises
//! [`crate::lists::VERSION`]. Ids and dates only.

use std::collections::BTreeSet;

use domain::case::CaseState;
use domain::consent::{Category, named_on};
use domain::divorce::{self, SatAccess, SatAsked, SatReaders, sat_access_on, sat_asked_on};
use domain::emergency;
use domain::fact::{Actor, Organisation};
use domain::ids::{ConsentId, HouseholdId, PersonId, ReviewId, ShareId, WorkerId};
use domain::layers::stands_in_child_layer;
use domain::ret::{RetMember, ret_members_on};
use domain::sharing::{OpenShare, shares_on};
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
    /// Members of a regional expert team (RET) that joined, with the children whose consent names them.
    pub expert_team: Vec<ExpertTeamMember>,
    /// What that duo asked of a divorce advice team.
    pub duo_questions: Vec<ReviewId>,
    /// SAT teams that were asked and of which nobody accepted yet.
    pub asked_teams: Vec<AskedTeam>,
    /// The SAT teams of which an answer is waited for, each once: nobody of it accepted what it was asked, or nobody advised on it.
    pub open_questions: Vec<Organisation>,
    /// SAT advisors with access.
    pub advisors: Vec<Advisor>,
    /// Those outside with whom something was shared (school, volunteer).
    pub receivers: Vec<Receiver>,
    /// Who has a notice that a consent ended and did not confirm it; what it rested on is over.
    pub notified: Vec<WorkerId>,
    /// Who represents somebody of the case: a guardian of an institution, a mentor, a curator.
    pub representatives: Vec<Representative>,
    /// Emergency accesses that are open.
    pub emergencies: Vec<EmergencyAccess>,
    /// Workers who are kept out, whatever else they are.
    pub excluded: Vec<WorkerId>,
    /// Whom no emergency opens the case to, because they work or worked for a part of it and somebody must not be found.
    pub barred: Vec<WorkerId>,
    /// The people of the case who are of age today: what is theirs is personal. Everybody else counts as a child, whose child layer shows
    /// less than the personal one.
    pub grown_ups: Vec<PersonId>,
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

/// Somebody of a regional expert team that joined.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExpertTeamMember {
    /// The member.
    pub worker: WorkerId,
    /// About these children: those whose consent names the member today.
    pub children: Vec<PersonId>,
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
    /// Who of the team may read its words.
    pub readers: SatReaders,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
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
    /// Whether the words of the request may be read: nobody is named in it, or somebody's consent stands.
    pub told: bool,
    /// Whether the plan may be seen: everyone of the scope lets it be shared.
    pub plan: bool,
}

/// Somebody outside with whom something was shared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receiver {
    /// The receiver.
    pub worker: WorkerId,
    /// Of this share.
    pub share: ShareId,
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

impl AskedTeam {
    /// Whether somebody who works for this organisation may read the words.
    #[must_use]
    pub fn is_told(&self, worker: WorkerId, organisation: &Organisation) -> bool {
        let reader = match &self.readers {
            SatReaders::Team => true,
            SatReaders::These(workers) => workers.contains(&worker),
        };
        reader && self.organisation == *organisation
    }
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
            coordinators: coordinators(state, today, terms),
            supporters: supporters(state, today, terms),
            duo: duo(state, today),
            expert_team: expert_team(state, today, terms),
            duo_questions: duo_questions(state, today),
            asked_teams: asked_teams(state, today, terms),
            open_questions: open_questions(state, today),
            advisors: advisors(state, today, terms),
            receivers: receivers(state, today, terms),
            notified: notified(state),
            representatives: representatives(state, today),
            emergencies: emergencies(state, today),
            grown_ups: grown_ups(state, today, terms),
            excluded: state.exclusions.excluded().collect(),
            barred: emergency::barred_on(state, today).into_iter().collect(),
        }
    }

    /// The organisation that answers for the regie: the one that the director works for, or the municipality while nobody directs.
    #[must_use]
    pub fn led(&self) -> Option<&Organisation> {
        self.director_organisation.as_ref().or(self.municipality.as_ref())
    }

    /// Whether somebody who is kept out stands behind an act: who acts, or for whom is acted.
    #[must_use]
    pub fn keeps_out(&self, actor: &Actor) -> bool {
        self.excluded.iter().any(|worker| actor.is_or_acts_for(*worker))
    }

    /// Whether somebody stands behind an act to whom no emergency opens the case.
    #[must_use]
    pub fn bars(&self, actor: &Actor) -> bool {
        self.barred.iter().any(|worker| actor.is_or_acts_for(*worker))
    }

    /// Everyone who has a relation of their own to the case, whichever, and is not kept out of it. A successor knows of an offer and who is
    /// notified of a notice, not of the case; who is something to it by the organisation they work for is not among them.
    #[must_use]
    pub fn workers(&self) -> BTreeSet<WorkerId> {
        let own = self.director.into_iter().chain(self.deputy);
        let own = own.chain(self.coordinators.iter().map(|found| found.worker));
        let own = own.chain(self.supporters.iter().map(|found| found.worker));
        let own = own.chain(self.duo.iter().copied());
        let own = own.chain(self.expert_team.iter().map(|found| found.worker));
        let own = own.chain(self.advisors.iter().map(|found| found.worker));
        let own = own.chain(self.receivers.iter().map(|found| found.worker));
        let own = own.chain(self.representatives.iter().map(|found| found.worker));
        let emergencies = self.emergencies.iter().map(|found| found.worker);
        let own = own.chain(emergencies.filter(|worker| !self.barred.contains(worker)));
        own.filter(|worker| !self.excluded.contains(worker)).collect()
    }
}

fn grown_ups(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<PersonId> {
    let people = state.people.iter().map(|person| person.id);
    people.filter(|person| !stands_in_child_layer(state, *person, today, terms.consent_ages)).collect()
}

fn coordinators(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Coordinator> {
    let grown_up = |person: &PersonId| !stands_in_child_layer(state, *person, today, terms.consent_ages);
    let coordinator = |found: &divorce::Coordinator| {
        let members = state.households.members_on(found.household, today).into_iter().filter(grown_up);
        Coordinator { worker: found.worker, household: found.household, members: members.collect() }
    };
    state.divorce.coordinators_on(today).map(coordinator).collect()
}

/// Professionals who take part and whom somebody's consent names today. Who takes part without one is known to the case and sees
/// nothing of it: a withdrawn consent ends access at once (R02).
fn supporters(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Supporter> {
    let workers: BTreeSet<WorkerId> = state.regie.parties_on(today).iter().map(|party| party.worker).collect();
    let named = |worker: WorkerId| {
        let (named_by, consents): (Vec<_>, Vec<_>) = named_on(state, worker, today, terms).into_iter().unzip();
        let consents: BTreeSet<ConsentId> = consents.into_iter().flatten().collect();
        (!named_by.is_empty()).then(|| Supporter { worker, named_by, consents: consents.into_iter().collect() })
    };
    workers.into_iter().filter_map(named).collect()
}

fn duo(state: &CaseState, today: CivilDay) -> Vec<WorkerId> {
    let duo = state.divorce.duo_on(today);
    duo.map(|duo| duo.representatives.iter().map(|one| one.worker).collect()).unwrap_or_default()
}

fn expert_team(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<ExpertTeamMember> {
    let member = |member: RetMember| {
        let RetMember { worker, children, consents } = member;
        ExpertTeamMember { worker, children, consents }
    };
    ret_members_on(state, today, terms).into_iter().map(member).collect()
}

fn duo_questions(state: &CaseState, today: CivilDay) -> Vec<ReviewId> {
    let Some(duo) = state.divorce.duo_on(today) else { return Vec::new() };
    let own = state.divorce.sat_reviews().iter().filter(|review| review.asked_as_duo == Some(duo.trajectory));
    own.map(|review| review.id).collect()
}

fn asked_teams(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<AskedTeam> {
    let team = |asked: SatAsked| {
        let SatAsked { organisation, review, readers, consents } = asked;
        AskedTeam { organisation, review, readers, consents }
    };
    sat_asked_on(state, today, terms).into_iter().map(team).collect()
}

/// Whoever leads such a team is told when its terms run out, and as long as they wait sees that they do.
fn open_questions(state: &CaseState, today: CivilDay) -> Vec<Organisation> {
    let waiting = state.divorce.sat_reviews().iter().filter(|review| review.waits_on(today));
    let teams: BTreeSet<Organisation> = waiting.map(|review| review.team.clone()).collect();
    teams.into_iter().collect()
}

fn advisors(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Advisor> {
    let advisor = |access: SatAccess| {
        let SatAccess { review, advisor: worker, scope, consents, told, plan } = access;
        Advisor { worker, review, scope, consents, told, plan }
    };
    sat_access_on(state, today, terms).into_iter().map(advisor).collect()
}

fn receivers(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Receiver> {
    let receiver = |open: OpenShare<'_>| Receiver {
        worker: open.share.recipient,
        share: open.share.id,
        persons: open.subjects,
        categories: open.share.categories.clone(),
        consents: open.consents,
    };
    shares_on(state, today, terms).into_iter().map(receiver).collect()
}

fn notified(state: &CaseState) -> Vec<WorkerId> {
    let receivers: BTreeSet<_> = state.consents.waiting_notices().into_iter().map(|notice| notice.receiver).collect();
    receivers.into_iter().collect()
}

fn representatives(state: &CaseState, today: CivilDay) -> Vec<Representative> {
    let representative = |(person, worker): (&PersonId, WorkerId)| Representative { worker, person: *person };
    state.representation.on(today).map(representative).collect()
}

/// Those that are open at some moment of the day: whoever judges compares the moment.
fn emergencies(state: &CaseState, today: CivilDay) -> Vec<EmergencyAccess> {
    let that_day =
        |access: &&emergency::Access| access.since.day() <= today && access.over_at() > today.minus_days(1).end();
    let open = state.emergency.all().iter().filter(that_day);
    open.map(|access| EmergencyAccess { worker: access.worker, until: access.over_at() }).collect()
}
