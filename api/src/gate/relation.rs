//! What somebody is to a case, today, worked out from its facts.

use domain::fact::{Actor, Organisation, Role};
use domain::ids::ConsentId;
use domain::time::Timestamp;
use domain::worker::Duty;
use projections::relations::Relations;
use serde::{Deserialize, Serialize};

use super::operation::Act;

/// What somebody is to a case. The order here, and that of [`Relation::ALL`], says nothing of how wide each is: which comes first for somebody
/// who is several stands in [`relations_of`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Directs it.
    Director,
    /// Stands in for the director.
    Deputy,
    /// Was offered the directorship and has not answered.
    Successor,
    /// Works for access in the municipality whose case it is.
    AccessWorker,
    /// Has an emergency access that is open.
    Emergency,
    /// Coordinates the plan of a household.
    Coordinator,
    /// Takes part as a professional.
    Supporter,
    /// Is one of both family representatives of a `DOnS` trajectory.
    FamilyRepresentative,
    /// Is of a regional expert team (RET) that joined, named by a consent.
    ExpertTeam,
    /// Advises on a SAT request that was accepted.
    SatAdvisor,
    /// Works for a SAT team that was asked and has not answered.
    SatTeam,
    /// Is somebody outside with whom something was shared.
    Receiver,
    /// Has a notice that a consent ended under which they knew something, and did not confirm it.
    Notified,
    /// Represents somebody of the case.
    Representative,
    /// Is on call for the municipality whose case it is.
    OnCall,
    /// Leads the team of the director, or of the municipality while nobody directs.
    TeamLead,
    /// Leads a SAT team of which an answer is waited for.
    SatTeamLead,
    /// Is the aandachtsfunctionaris of the director's organisation, or of the municipality while nobody directs.
    AttentionOfficer,
    /// Is the manager of the municipality whose case it is.
    Manager,
    /// Is the privacy officer of the municipality whose case it is.
    PrivacyOfficer,
    /// No case is asked about: one's own work.
    Own,
    /// Nothing.
    None,
}

impl Relation {
    /// Every relation, in no order of width.
    pub const ALL: [Self; 22] = [
        Self::Director,
        Self::Deputy,
        Self::Successor,
        Self::AccessWorker,
        Self::Emergency,
        Self::Coordinator,
        Self::Supporter,
        Self::FamilyRepresentative,
        Self::ExpertTeam,
        Self::SatAdvisor,
        Self::SatTeam,
        Self::Receiver,
        Self::Notified,
        Self::Representative,
        Self::OnCall,
        Self::TeamLead,
        Self::SatTeamLead,
        Self::AttentionOfficer,
        Self::Manager,
        Self::PrivacyOfficer,
        Self::Own,
        Self::None,
    ];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::Deputy => "deputy",
            Self::Successor => "successor",
            Self::AccessWorker => "access_worker",
            Self::Emergency => "emergency",
            Self::Coordinator => "coordinator",
            Self::Supporter => "supporter",
            Self::FamilyRepresentative => "family_representative",
            Self::ExpertTeam => "expert_team",
            Self::SatAdvisor => "sat_advisor",
            Self::SatTeam => "sat_team",
            Self::Receiver => "receiver",
            Self::Notified => "notified",
            Self::Representative => "representative",
            Self::OnCall => "on_call",
            Self::TeamLead => "team_lead",
            Self::SatTeamLead => "sat_team_lead",
            Self::AttentionOfficer => "attention_officer",
            Self::Manager => "manager",
            Self::PrivacyOfficer => "privacy_officer",
            Self::Own => "own",
            Self::None => "none",
        }
    }
}

/// Whether a case ever had a director: until then the access workers carry it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Nobody was assigned yet.
    BeforeDirector,
    /// Somebody was, also if there is a gap now.
    SinceDirector,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::BeforeDirector, Self::SinceDirector];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeDirector => "before_director",
            Self::SinceDirector => "since_director",
        }
    }
}

/// Whether the access workers still carry the case.
#[must_use]
pub const fn stage(relations: &Relations) -> Stage {
    if relations.ever_directed { Stage::SinceDirector } else { Stage::BeforeDirector }
}

/// Everything this actor is to the case now, the widest first: the first that allows an act counts, and no two are added up. Role,
/// organisation and place all count. Of a case that does not exist, and for whoever is kept out of one or acts for somebody who is: nothing at
/// all, not even [`Relation::None`], which is what everybody else is to a case that is there, also who has a notice and nothing else.
#[must_use]
pub fn relations_of(
    facts: &Relations,
    actor: &Actor,
    duties: &[(Duty, Organisation)],
    now: Timestamp,
) -> Vec<Relation> {
    let Some(municipality) = facts.municipality.as_ref() else { return Vec::new() };
    if facts.keeps_out(actor) {
        return Vec::new();
    }
    let Actor { worker, role, organisation, .. } = actor;
    let has = |duty: Duty, of: &Organisation| duties.iter().any(|(held, whose)| (*held, whose) == (duty, of));
    let municipal = |as_role: Role| *role == as_role && organisation == municipality;
    let access = municipal(Role::AccessWorker);
    let carries = access && stage(facts) == Stage::BeforeDirector;
    let asked = |team: &Organisation| *role == Role::SatAdvisor && team == organisation;
    let led = facts.led().unwrap_or(municipality);
    // As nothing else than who leads: in another role this adds nothing to what somebody is, nor takes anything away.
    let awaited = |team: &Organisation| *role == Role::TeamLead && has(Duty::TeamLead, team);
    let emergency = facts.emergencies.iter().any(|open| open.worker == *worker && now < open.until);
    // The widest first: by this order and no other.
    let held = [
        (facts.director == Some(*worker), Relation::Director),
        (facts.deputy == Some(*worker), Relation::Deputy),
        (emergency && !facts.bars(actor), Relation::Emergency),
        (carries, Relation::AccessWorker),
        (facts.coordinators.iter().any(|held| held.worker == *worker), Relation::Coordinator),
        (facts.supporters.iter().any(|held| held.worker == *worker), Relation::Supporter),
        (facts.duo.contains(worker), Relation::FamilyRepresentative),
        (facts.expert_team.iter().any(|held| held.worker == *worker), Relation::ExpertTeam),
        (facts.representatives.iter().any(|held| held.worker == *worker), Relation::Representative),
        (facts.advisors.iter().any(|held| held.worker == *worker), Relation::SatAdvisor),
        (access && !carries, Relation::AccessWorker),
        (facts.successor == Some(*worker), Relation::Successor),
        (facts.asked_teams.iter().any(|team| asked(&team.organisation)), Relation::SatTeam),
        (facts.receivers.iter().any(|held| held.worker == *worker), Relation::Receiver),
        (facts.notified.contains(worker), Relation::Notified),
        (has(Duty::OnCall, municipality), Relation::OnCall),
        (has(Duty::TeamLead, led), Relation::TeamLead),
        (facts.open_questions.iter().any(awaited), Relation::SatTeamLead),
        (*role == Role::AttentionOfficer && organisation == led, Relation::AttentionOfficer),
        (municipal(Role::Manager), Relation::Manager),
        (municipal(Role::PrivacyOfficer), Relation::PrivacyOfficer),
    ];
    let mut relations: Vec<Relation> = held.into_iter().filter_map(|(holds, what)| holds.then_some(what)).collect();
    // Who has a notice only is to the case what everybody else is: it was told because they are nothing to it any more.
    if relations.iter().all(|relation| *relation == Relation::Notified) {
        relations.push(Relation::None);
    }
    relations
}

/// Whether this relation may count for an act at all. Whom no emergency opens the case to opens it as nothing that they are beside what bars
/// them: being on call, or working for access, is no way round.
#[must_use]
pub fn counts_for(relation: Relation, act: Act, facts: &Relations, actor: &Actor) -> bool {
    act != Act::Emergency || matches!(relation, Relation::Director | Relation::Deputy) || !facts.bars(actor)
}

/// The consents that a relation rests on.
#[must_use]
pub fn consents_of(relation: Relation, facts: &Relations, actor: &Actor) -> Vec<ConsentId> {
    let worker = actor.worker;
    let mut consents: Vec<ConsentId> = match relation {
        Relation::Supporter => {
            let held = facts.supporters.iter().filter(|held| held.worker == worker);
            held.flat_map(|held| held.consents.iter().copied()).collect()
        }
        Relation::ExpertTeam => {
            let held = facts.expert_team.iter().filter(|held| held.worker == worker);
            held.flat_map(|held| held.consents.iter().copied()).collect()
        }
        Relation::SatAdvisor => {
            let held = facts.advisors.iter().filter(|held| held.worker == worker);
            held.flat_map(|held| held.consents.iter().copied()).chain(consents_to_ask(facts, actor)).collect()
        }
        Relation::SatTeam => consents_to_ask(facts, actor).collect(),
        Relation::Receiver => {
            let held = facts.receivers.iter().filter(|held| held.worker == worker);
            held.flat_map(|held| held.consents.iter().copied()).collect()
        }
        _ => Vec::new(),
    };
    consents.sort_unstable();
    consents.dedup();
    consents
}

/// The consents under which the team was asked that somebody works for.
fn consents_to_ask(facts: &Relations, actor: &Actor) -> impl Iterator<Item = ConsentId> {
    let told = facts.asked_teams.iter().filter(|team| team.is_told(actor.worker, &actor.organisation));
    told.flat_map(|team| team.consents.iter().copied())
}
