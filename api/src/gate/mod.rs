//! The gate: nothing leaves and no command goes in without a [`Mandate`], and only [`Gate::judge`] makes one.
//!
//! Role *and* relation *and* purpose must fit. What the policy does not name is denied. A case that does not exist and one that the
//! caller may not know about take the same path and give the same answer.

mod caller;
mod mandate;
mod operation;
mod policy;
mod purpose;
mod reach;
mod relation;
mod replay;
mod seen;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use domain::case::Case;
use domain::decider::{Decider as _, History};
use domain::fact::Organisation;
use domain::ids::{CaseId, ConsentId, Revision};
use domain::rejection::Code;
use domain::terms::TermsBook;
use domain::time::CivilDay;
use eventstore::clock::Clock;
use eventstore::port::StreamName;
use projections::relations::Relations;

pub use self::caller::{Caller, Trace};
pub use self::mandate::{Decision, JudgedAt, Mandate, Meant};
pub use self::operation::{Act, Operation};
pub use self::policy::{
    AudienceKind, Data, Explanation, Grant, Leads, Policy, PolicyError, PolicyFile, PolicyFiles, RuleIds,
};
pub use self::purpose::{Purpose, UnknownPurpose};
pub use self::reach::{Reach, Reached};
pub use self::relation::{Relation, Stage, consents_of, relations_of};
pub use self::replay::{Recorded, Replayed, Situation};
pub use self::seen::{Field, Seen, Shown, Sight, Topic};
use crate::trail::{Decided, Noted, TrailDraft};

/// What an operation is about.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A case, as loaded; for an unknown id, the empty history that loading gives.
    Case(CaseId, &'a History<Case>),
    /// A row of a list, or another stream that belongs to a case or a municipality (a signal).
    Row {
        /// The stream it stands for.
        stream: &'a StreamName,
        /// The last revision it was made from.
        revision: Option<Revision>,
        /// The facts on which relations to it rest.
        facts: &'a Relations,
    },
    /// Something of this municipality that is no case: a case to be opened, a signal to be raised, its part of the trail.
    New(&'a Organisation),
    /// The people who work for an organisation: their duties.
    Staff {
        /// Whether who asks leads a team of that organisation today.
        leads: bool,
    },
    /// No case: one's own worklist, a search before its hits.
    Own,
}

/// A refusal by the gate. One shape for all; what exactly was missing is in the trail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused {
    code: RefusalCode,
}

/// What a refused caller hears.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum RefusalCode {
    NotAvailable,
    PurposeNotAllowed,
    ScopeMissing,
}

impl Refused {
    /// It does not exist, or is not for whoever asks: which of the two is not told.
    pub const NOT_AVAILABLE: Code = Code("NOT_AVAILABLE");
    /// The role may not do this for the purpose that was stated.
    pub const PURPOSE_NOT_ALLOWED: Code = Code("PURPOSE_NOT_ALLOWED");
    /// The token does not allow this kind of operation.
    pub const SCOPE_MISSING: Code = Code("SCOPE_MISSING");
    /// Every code a refusal can have.
    pub const CODES: [Code; 3] = [Self::NOT_AVAILABLE, Self::PURPOSE_NOT_ALLOWED, Self::SCOPE_MISSING];

    /// The stable code. `NOT_AVAILABLE` says nothing about whether the case exists; the others depend on the token and the request
    /// alone.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code.as_str()
    }
}

impl RefusalCode {
    const fn as_str(self) -> &'static str {
        match self {
            Self::NotAvailable => Refused::NOT_AVAILABLE.0,
            Self::PurposeNotAllowed => Refused::PURPOSE_NOT_ALLOWED.0,
            Self::ScopeMissing => Refused::SCOPE_MISSING.0,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.code {
            RefusalCode::NotAvailable => "this does not exist, or is not available to you",
            RefusalCode::PurposeNotAllowed => "your role may not do this for the purpose you stated",
            RefusalCode::ScopeMissing => "your token does not allow this kind of operation",
        })
    }
}

impl std::error::Error for Refused {}

/// Judges who may see and do what.
pub struct Gate {
    policy: Arc<Policy>,
    digest: Arc<str>,
    terms: Arc<TermsBook>,
    clock: Arc<dyn Clock>,
}

impl Gate {
    /// A gate that judges by this policy, by the day this clock shows and the terms of that day: whose consent counts.
    #[must_use]
    pub fn new(policy: Arc<Policy>, terms: Arc<TermsBook>, clock: Arc<dyn Clock>) -> Self {
        Self { digest: policy.digest().into(), policy, terms, clock }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The day by which relations are judged: today, also for a look at the past.
    #[must_use]
    pub fn today(&self) -> CivilDay {
        self.clock.now().day()
    }

    /// Judges one operation, and notes the decision for the trail, granted or refused.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn judge(
        &self,
        caller: &Caller,
        operation: Operation,
        target: Target<'_>,
        draft: &TrailDraft,
    ) -> Result<Mandate, Refused> {
        let judged = self.decide(caller, operation, target, draft);
        judged.note(draft);
        judged.outcome
    }

    /// Judges one row of a list that was itself granted. Only what is shown is noted: to leave a row out is not an attempt to see it.
    ///
    /// # Errors
    /// [`Refused`]: leave the row out, also of every count.
    pub fn judge_row(
        &self,
        caller: &Caller,
        operation: Operation,
        target: Target<'_>,
        draft: &TrailDraft,
    ) -> Result<Mandate, Refused> {
        let act = if matches!(operation.act, Act::List | Act::Search) { Act::Read } else { operation.act };
        let read = Operation { act, ..operation };
        let judged = self.decide(caller, read, target, draft);
        if judged.outcome.is_ok() {
            judged.note(draft);
        }
        judged.outcome
    }

    /// Judges once more what was judged before, by what was known then: the same people, relations, duties and moment. A policy of
    /// another text cannot say what this one would have said.
    #[must_use]
    pub fn replay(
        &self,
        recorded: &Recorded<'_>,
        then: &Situation<'_>,
        operation: Operation,
        purpose: Purpose,
    ) -> Replayed {
        if recorded.policy != &*self.digest {
            return Replayed::PolicyUnknown;
        }
        if recorded.refused == Some(RefusalCode::ScopeMissing.as_str()) {
            return Replayed::ByToken;
        }
        let role = then.actor.role;
        if !self.policy.may_use(role, purpose) {
            let same = recorded.refused == Some(RefusalCode::PurposeNotAllowed.as_str());
            // A refusal without a purpose that the role may use names the usual one.
            let unavailable = recorded.refused == Some(RefusalCode::NotAvailable.as_str());
            return if same || unavailable { Replayed::Same } else { Replayed::Differs };
        }
        let found = find(&self.policy, then, &[purpose], operation.act);
        let same = match (&found, recorded.refused) {
            (None, Some(code)) => code == RefusalCode::NotAvailable.as_str(),
            (Some(found), None) => {
                found.relation.as_str() == recorded.relation
                    && found.grant.rules_of(operation.act) == recorded.rules
                    && found.consents == recorded.consents
            }
            (Some(_), Some(_)) | (None, None) => false,
        };
        if same { Replayed::Same } else { Replayed::Differs }
    }

    /// As [`Gate::replay`], of a decision that an event carries: it does not say which act it was, nor always a purpose of today. It comes
    /// out the same when one of those comes out the same.
    #[must_use]
    pub fn replay_event(&self, recorded: &Recorded<'_>, then: &Situation<'_>, purpose: Option<Purpose>) -> Replayed {
        if recorded.policy != &*self.digest {
            return Replayed::PolicyUnknown;
        }
        let purposes = purpose.map_or_else(|| Purpose::ALL.to_vec(), |purpose| vec![purpose]);
        let again = |purpose: Purpose, act: Act| {
            let found = find(&self.policy, then, &[purpose], act)?;
            let rests = found.grant.rules_of(act) == recorded.rules && found.consents == recorded.consents;
            (found.relation.as_str() == recorded.relation && rests).then_some(())
        };
        let same = purposes.iter().any(|purpose| Act::ALL.iter().any(|act| again(*purpose, *act).is_some()));
        if same { Replayed::Same } else { Replayed::Differs }
    }

    fn decide(&self, caller: &Caller, operation: Operation, target: Target<'_>, draft: &TrailDraft) -> Judged {
        let now = self.clock.now();
        let actor = &caller.identity.actor;
        let About { facts, judged_at, own } = About::of(target, now.day(), &self.terms);
        let situation = Situation { facts: &facts, own, actor, duties: &caller.duties, now };
        let purposes = self.purposes(caller, operation);
        let usual = caller.purpose.or_else(|| operation.purposes.first().copied()).unwrap_or(Purpose::Coordination);
        let decision = |relation, rules, consents| Decision {
            policy: Arc::clone(&self.digest),
            rules,
            relation,
            judged_at: judged_at.clone(),
            consents,
        };
        let refused = |code: RefusalCode| {
            let nearest = situation.relations().first().copied().unwrap_or(Relation::None);
            let decision = decision(nearest, Vec::new(), Vec::new());
            let purpose = purposes.first().copied().unwrap_or(usual);
            let noted = noted(operation, purpose, &decision, &facts, Some(code.as_str()));
            Judged { noted, decision, outcome: Err(Refused { code }) }
        };
        if !caller.identity.may(operation.scope()) {
            return refused(RefusalCode::ScopeMissing);
        }
        if caller.purpose.is_some() && purposes.is_empty() {
            return refused(RefusalCode::PurposeNotAllowed);
        }
        let Some(Found { relation, purpose, grant, consents }) =
            find(&self.policy, &situation, &purposes, operation.act)
        else {
            return refused(RefusalCode::NotAvailable);
        };
        let decision = decision(relation, grant.rules_of(operation.act), consents);
        let reach = Reach::of(relation, &facts, actor);
        let noted = noted(operation, purpose, &decision, &facts, None);
        let noting = (noted.clone(), draft.clone());
        let mandate = Mandate::new(actor.clone(), purpose, (grant, reach), decision.clone(), noting);
        Judged { noted, decision, outcome: Ok(mandate) }
    }

    /// The purposes that come into question: the one stated, or the operation's own, as far as the role may work for them.
    fn purposes(&self, caller: &Caller, operation: Operation) -> Vec<Purpose> {
        let role = caller.identity.actor.role;
        let asked = |purpose: &&Purpose| caller.purpose.is_none_or(|stated| stated == **purpose);
        let usable = |purpose: &&Purpose| self.policy.may_use(role, **purpose);
        operation.purposes.iter().filter(asked).filter(usable).copied().collect()
    }
}

/// What allows an act: of somebody's relations the widest that does, and the first purpose it does it for.
struct Found {
    relation: Relation,
    purpose: Purpose,
    grant: Arc<Grant>,
    consents: Vec<ConsentId>,
}

fn find(policy: &Policy, situation: &Situation<'_>, purposes: &[Purpose], act: Act) -> Option<Found> {
    let stage = relation::stage(situation.facts);
    let role = situation.actor.role;
    let counts = |relation: &Relation| relation::counts_for(*relation, act, situation.facts, situation.actor);
    situation.relations().into_iter().filter(counts).find_map(|relation| {
        purposes.iter().find_map(|purpose| {
            let grant = policy.grant(relation, stage, role, *purpose).filter(|grant| grant.may(act))?;
            let consents = relation::consents_of(relation, situation.facts, situation.actor);
            Some(Found { relation, purpose: *purpose, grant, consents })
        })
    })
}

/// One judgement, with what the trail must know of it.
struct Judged {
    noted: Noted,
    decision: Decision,
    outcome: Result<Mandate, Refused>,
}

impl Judged {
    fn note(&self, draft: &TrailDraft) {
        let Decision { policy, judged_at, .. } = &self.decision;
        let refused = self.outcome.as_ref().err().map(|refused| refused.code());
        draft.note_judgement(&self.noted, policy, judged_at.as_ref(), refused);
    }
}

/// A decision as the trail keeps it.
fn noted(
    operation: Operation,
    purpose: Purpose,
    decision: &Decision,
    facts: &Relations,
    refused: Option<&'static str>,
) -> Noted {
    Noted::from(Decided {
        operation: operation.name,
        act: operation.act,
        purpose,
        relation: decision.relation,
        municipality: facts.municipality.clone(),
        rules: decision.rules.clone(),
        consents: decision.consents.clone(),
        refused,
    })
}

/// A target, read.
struct About {
    facts: Relations,
    judged_at: Option<JudgedAt>,
    own: bool,
}

impl About {
    fn of(target: Target<'_>, today: CivilDay, book: &TermsBook) -> Self {
        match target {
            Target::Case(id, history) => Self {
                facts: Relations::of(history.state(), today, book.terms_on(today)),
                // The name of a case's stream is always one: the category and a UUID.
                judged_at: StreamName::new(Case::CATEGORY, id)
                    .ok()
                    .map(|stream| JudgedAt { stream, revision: history.revision() }),
                own: false,
            },
            Target::Row { stream, revision, facts } => Self {
                facts: facts.clone(),
                judged_at: Some(JudgedAt { stream: stream.clone(), revision }),
                own: false,
            },
            Target::New(municipality) => Self {
                facts: Relations { municipality: Some(municipality.clone()), ..Relations::default() },
                judged_at: None,
                own: true,
            },
            Target::Staff { leads } => Self { facts: Relations::default(), judged_at: None, own: leads },
            Target::Own => Self { facts: Relations::default(), judged_at: None, own: true },
        }
    }
}
