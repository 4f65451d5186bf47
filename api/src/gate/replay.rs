//! Judging a recorded decision once more (CC-B2): by the same policy, on the facts as they were at the revision it names.

use domain::fact::Actor;
use projections::relations::Relations;

use super::purpose::Purpose;
use super::relation::{self, Relation, Stage};
use super::{Gate, Policy};

/// A decision as it was recorded.
#[derive(Clone, Debug)]
pub struct Recorded<'a> {
    /// Who was judged.
    pub actor: &'a Actor,
    /// For which purpose.
    pub purpose: Purpose,
    /// The digest of the policy.
    pub policy: &'a str,
    /// What the actor was to it.
    pub relation: Relation,
    /// The rules that allowed it; `None` where they are not in clear, and then the purpose is not either.
    pub rules: Option<&'a [String]>,
    /// Whether it was granted.
    pub granted: bool,
}

/// What came of judging again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Replayed {
    /// The same answer, by the same rules.
    Same,
    /// Another answer.
    Differs,
    /// It was judged by a policy that is no longer here.
    PolicyGone,
    /// What it was judged on cannot be brought back: no case, or one that was not read.
    NotReplayed,
}

impl Gate {
    /// Judges a recorded decision again. `facts` are those of the case at the revision it names, on the day it was taken; `None` when no
    /// case was asked about.
    #[must_use]
    pub fn replay(&self, recorded: &Recorded<'_>, facts: Option<&Relations>) -> Replayed {
        if recorded.policy != self.policy().digest() {
            return Replayed::PolicyGone;
        }
        let held = facts.map(|facts| relation::relations_of(facts, recorded.actor));
        let stage = facts.map_or(Stage::BeforeDirector, relation::stage);
        let same = if recorded.granted {
            let holds = held.is_none_or(|held| held.contains(&recorded.relation));
            holds && allows(self.policy(), recorded, stage)
        } else {
            held.is_none_or(|held| held.first().copied().unwrap_or(Relation::None) == recorded.relation)
        };
        if same { Replayed::Same } else { Replayed::Differs }
    }
}

fn allows(policy: &Policy, recorded: &Recorded<'_>, stage: Stage) -> bool {
    let grant = |purpose| policy.grant(recorded.relation, stage, recorded.actor.role, purpose);
    match recorded.rules {
        Some(rules) => grant(recorded.purpose).is_some_and(|grant| grant.rules == rules),
        None => Purpose::ALL.into_iter().any(|purpose| grant(purpose).is_some()),
    }
}
