//! What somebody is to a case, today, worked out from its facts.

use domain::fact::{Actor, Organisation, Role};
use domain::ids::WorkerId;
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
    /// No case is asked about: one's own work.
    Own,
    /// Nothing.
    None,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 6] =
        [Self::Director, Self::Deputy, Self::Successor, Self::AccessWorker, Self::Own, Self::None];

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::Deputy => "deputy",
            Self::Successor => "successor",
            Self::AccessWorker => "access_worker",
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

/// The facts of a case on which relations rest, as they hold on one day. The same for one case and for a row of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseFacts {
    /// Whose case it is; `None` for a case that does not exist.
    pub municipality: Option<Organisation>,
    /// Who directs.
    pub director: Option<WorkerId>,
    /// Who stands in.
    pub deputy: Option<WorkerId>,
    /// To whom the directorship is offered.
    pub successor: Option<WorkerId>,
    /// Whether there ever was a director.
    pub ever_directed: bool,
}

impl CaseFacts {
    /// Whether the access workers still carry the case.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        if self.ever_directed { Stage::SinceDirector } else { Stage::BeforeDirector }
    }

    /// Everything this actor is to the case, nearest first. Role, organisation and place all count.
    #[must_use]
    pub fn relations_of(&self, actor: &Actor) -> Vec<Relation> {
        let worker = Some(actor.worker);
        let carries = actor.role == Role::AccessWorker && self.municipality.as_ref() == Some(&actor.organisation);
        let held = [
            (self.director == worker, Relation::Director),
            (self.deputy == worker, Relation::Deputy),
            (self.successor == worker, Relation::Successor),
            (carries, Relation::AccessWorker),
        ];
        held.into_iter().filter_map(|(holds, relation)| holds.then_some(relation)).collect()
    }
}
