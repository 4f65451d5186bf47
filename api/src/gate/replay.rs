//! Recorded decisions, judged once more (CC-B2): by the same policy and what was known then they must come out the same.

use domain::fact::{Actor, Organisation};
use domain::ids::ConsentId;
use domain::time::Timestamp;
use domain::worker::Duty;
use projections::relations::Relations;

use super::relation::{Relation, relations_of};
use crate::trail::JudgementEntry;

/// What somebody was to a case at a moment, and all it was judged by.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// What people were to the case, at the revision that was judged and on that day; of nothing that was asked about: the default.
    pub facts: &'a Relations,
    /// Whether it was somebody's own work: a list, a search, something new.
    pub own: bool,
    /// Who.
    pub actor: &'a Actor,
    /// The duties they had.
    pub duties: &'a [(Duty, Organisation)],
    /// The moment.
    pub now: Timestamp,
}

impl Situation<'_> {
    /// Everything they were, the widest first.
    pub(super) fn relations(&self) -> Vec<Relation> {
        let mut relations = relations_of(self.facts, self.actor, self.duties, self.now);
        if self.own {
            relations.retain(|relation| *relation != Relation::None);
            relations.push(Relation::Own);
        }
        relations
    }
}

/// A decision as it was recorded: in an event, or in the trail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded<'a> {
    /// The digest of the policy that decided.
    pub policy: &'a str,
    /// The relation, as the policy names it.
    pub relation: &'a str,
    /// The rules it rested on.
    pub rules: &'a [String],
    /// The consents that the relation rested on.
    pub consents: &'a [ConsentId],
    /// The code, when it was refused.
    pub refused: Option<&'a str>,
}

impl<'a> From<&'a eventstore::metadata::Decision> for Recorded<'a> {
    /// What has an event was granted. Of a neutral type the rules and consents stand in the sealed data: put them back first
    /// (`OpenedEvent::exact_metadata`).
    fn from(decision: &'a eventstore::metadata::Decision) -> Self {
        Self {
            policy: &decision.policy,
            relation: &decision.relation,
            rules: &decision.rules,
            consents: &decision.consents,
            refused: None,
        }
    }
}

impl<'a> Recorded<'a> {
    /// A judgement of the trail, under the policy that its entry names.
    #[must_use]
    pub fn in_trail(policy: &'a str, judgement: &'a JudgementEntry) -> Self {
        Self {
            policy,
            relation: judgement.relation.as_str(),
            rules: &judgement.rules,
            consents: &judgement.consents,
            refused: judgement.refused.as_deref(),
        }
    }
}

/// What judging once more came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Replayed {
    /// The same answer, by the same relation, rules and consents.
    Same,
    /// Another.
    Differs,
    /// It was decided by a policy of another text.
    PolicyUnknown,
    /// The token did not allow the kind of operation: the policy was never asked.
    ByToken,
}
