//! What somebody is to a case, today, worked out from its facts.

use domain::fact::{Actor, Role};
use projections::relations::Relations;
use serde::{Deserialize, Serialize};

/// What somebody is to a case.
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
    /// Advises in the divorce advice team that was asked.
    SatTeam,
    /// No case is asked about: one's own work.
    Own,
    /// Nothing.
    None,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 7] =
        [Self::Director, Self::Deputy, Self::Successor, Self::AccessWorker, Self::SatTeam, Self::Own, Self::None];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::Deputy => "deputy",
            Self::Successor => "successor",
            Self::AccessWorker => "access_worker",
            Self::SatTeam => "sat_team",
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

/// Whether the access workers still carry the case.
#[must_use]
pub const fn stage(relations: &Relations) -> Stage {
    if relations.ever_directed { Stage::SinceDirector } else { Stage::BeforeDirector }
}

/// Everything this actor is to the case, nearest first. Role, organisation and place all count.
#[must_use]
pub fn relations_of(facts: &Relations, actor: &Actor) -> Vec<Relation> {
    let worker = Some(actor.worker);
    let carries = actor.role == Role::AccessWorker && facts.municipality.as_ref() == Some(&actor.organisation);
    let asked = facts.asked_teams.iter().any(|team| team.organisation == actor.organisation);
    let held = [
        (facts.director == worker, Relation::Director),
        (facts.deputy == worker, Relation::Deputy),
        (facts.successor == worker, Relation::Successor),
        (carries, Relation::AccessWorker),
        (actor.role == Role::SatAdvisor && asked, Relation::SatTeam),
    ];
    held.into_iter().filter_map(|(holds, relation)| holds.then_some(relation)).collect()
}
