//! The gate: nothing leaves and no command goes in without a [`Mandate`], and only [`Gate::judge`] makes one.
//!
//! Role *and* relation *and* purpose must fit. What the policy does not name is denied. A case that does not exist and one that the
//! caller may not know about take the same path and give the same answer.

mod caller;
mod mandate;
mod operation;
mod policy;
mod purpose;
mod relation;
mod seen;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use domain::case::Case;
use domain::decider::{Decider as _, History};
use domain::fact::Organisation;
use domain::ids::{CaseId, Revision};
use domain::terms::TermsBook;
use domain::time::CivilDay;
use eventstore::clock::Clock;
use eventstore::port::StreamName;
use projections::relations::Relations;

pub use self::caller::{Caller, Trace};
pub use self::mandate::{Decision, JudgedAt, Mandate, Meant};
pub use self::operation::{Act, Operation};
pub use self::policy::{Grant, Layer, Policy, PolicyError};
pub use self::purpose::{Purpose, UnknownPurpose};
pub use self::relation::{Relation, Stage};
pub use self::seen::{Field, Seen, Shown, Sight, Topic};
use crate::trail::{Judgement, TrailDraft};

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
    /// Something new in this municipality: a case to be opened, a signal to be raised.
    New(&'a Organisation),
    /// The people who work for an organisation: their duties.
    Staff {
        /// The organisation.
        organisation: &'a Organisation,
        /// Whether who asks leads a team of it today.
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
    /// Every code a refusal can have.
    pub const CODES: [&'static str; 3] = ["NOT_AVAILABLE", "PURPOSE_NOT_ALLOWED", "SCOPE_MISSING"];

    /// The stable code. `NOT_AVAILABLE` says nothing about whether the case exists; the others depend on the token and the request
    /// alone.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.code {
            RefusalCode::NotAvailable => Self::CODES[0],
            RefusalCode::PurposeNotAllowed => Self::CODES[1],
            RefusalCode::ScopeMissing => Self::CODES[2],
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
    policy: Policy,
    digest: Arc<str>,
    terms: Arc<TermsBook>,
    clock: Arc<dyn Clock>,
}

impl Gate {
    /// A gate that judges by this policy, by the day this clock shows and the terms of that day: whose consent counts.
    #[must_use]
    pub fn new(policy: Policy, terms: Arc<TermsBook>, clock: Arc<dyn Clock>) -> Self {
        Self { digest: policy.digest().into(), policy, terms, clock }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
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
        draft.note_judgement(&judged.judgement(operation));
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
        let read = Operation { act: Act::Read, ..operation };
        let judged = self.decide(caller, read, target, draft);
        if judged.outcome.is_ok() {
            draft.note_judgement(&judged.judgement(read));
        }
        judged.outcome
    }

    fn decide(&self, caller: &Caller, operation: Operation, target: Target<'_>, draft: &TrailDraft) -> Judged {
        let about = About::of(target, self.today(), &self.terms);
        let actor = &caller.identity.actor;
        let relations = about.relations(actor);
        let nearest = relations.first().copied().unwrap_or(Relation::None);
        let purposes = self.purposes(caller, operation);
        let usual = caller.purpose.or_else(|| operation.purposes.first().copied()).unwrap_or(Purpose::Coordination);
        let decision = |relation, rules| Decision {
            policy: Arc::clone(&self.digest),
            rules,
            relation,
            judged_at: about.judged_at.clone(),
        };
        let refused = |code| Judged {
            purpose: purposes.first().copied().unwrap_or(usual),
            decision: decision(nearest, Vec::new()),
            outcome: Err(Refused { code }),
        };
        if !caller.identity.may(operation.scope()) {
            return refused(RefusalCode::ScopeMissing);
        }
        if caller.purpose.is_some() && purposes.is_empty() {
            return refused(RefusalCode::PurposeNotAllowed);
        }
        let stage = relation::stage(&about.facts);
        for relation in &relations {
            for purpose in &purposes {
                let grant = self.policy.grant(*relation, stage, actor.role, *purpose);
                let Some(grant) = grant.filter(|grant| grant.acts.contains(&operation.act)) else { continue };
                let decision = decision(*relation, grant.rules.clone());
                let mandate = Mandate::new(actor.clone(), *purpose, grant, decision.clone(), draft.clone());
                return Judged { purpose: *purpose, decision, outcome: Ok(mandate) };
            }
        }
        refused(RefusalCode::NotAvailable)
    }

    /// The purposes that come into question: the one stated, or the operation's own, as far as the role may work for them.
    fn purposes(&self, caller: &Caller, operation: Operation) -> Vec<Purpose> {
        let role = caller.identity.actor.role;
        let asked = |purpose: &&Purpose| caller.purpose.is_none_or(|stated| stated == **purpose);
        let usable = |purpose: &&Purpose| self.policy.may_use(role, **purpose);
        operation.purposes.iter().filter(asked).filter(usable).copied().collect()
    }
}

/// One judgement, with what the trail must know of it.
struct Judged {
    purpose: Purpose,
    decision: Decision,
    outcome: Result<Mandate, Refused>,
}

impl Judged {
    fn judgement(&self, operation: Operation) -> Judgement {
        Judgement {
            operation: operation.name,
            purpose: self.purpose,
            decision: self.decision.clone(),
            refused: self.outcome.as_ref().err().map(|refused| refused.code()),
        }
    }
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
            Target::Staff { leads, .. } => Self { facts: Relations::default(), judged_at: None, own: leads },
            Target::Own => Self { facts: Relations::default(), judged_at: None, own: true },
        }
    }

    fn relations(&self, actor: &domain::fact::Actor) -> Vec<Relation> {
        let mut relations = relation::relations_of(&self.facts, actor);
        if self.own {
            relations.push(Relation::Own);
        }
        relations
    }
}
