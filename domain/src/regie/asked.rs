//! What the decisions of this room start from, and of every room whose decisions need the state, the day and the context together.

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::exclusion;
use crate::fact::{Draft, Due};
use crate::ids::{PersonId, WorkerId};
use crate::life::Phase;
use crate::regie::RegieEvent;
use crate::regie::slice::Regie;
use crate::rejection::{Code, Rejection};
use crate::time::{CivilDay, Occurred};

/// A first day in the past without saying when it happened.
pub const FROM_IN_PAST: Code = Code("FROM_IN_PAST");

/// Nothing in a case starts before the case was opened (or opened again, for an act): name a later first day. Somebody who helped the
/// family before is a party from the opening on; the explanation can say since when.
pub const BEFORE_CASE_OPENED: Code = Code("BEFORE_CASE_OPENED");

/// What a decision may rest on: the drafts or the refusal are its answer.
pub(crate) type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

/// An order in the light of the history.
pub(crate) struct Asked<'a, 'c> {
    pub state: &'a CaseState,
    pub context: &'a mut Context<'c>,
    occurred: Option<Occurred>,
}

impl<'a, 'c> Asked<'a, 'c> {
    pub fn new(history: &'a History<Case>, order: &Order<CaseCommand>, context: &'a mut Context<'c>) -> Self {
        Self { state: history.state(), context, occurred: order.occurred }
    }

    pub const fn regie(&self) -> &'a Regie {
        &self.state.regie
    }

    pub fn today(&self) -> CivilDay {
        self.context.today()
    }

    /// The day on which it happened: what the order says, else today.
    pub fn happened(&self) -> CivilDay {
        self.occurred.map_or_else(|| self.context.today(), Occurred::day)
    }

    /// The first day of an act: the day it happened when nothing is said. An act starts no earlier than it was agreed.
    pub fn start_of_act(&self, from: Option<CivilDay>) -> Result<CivilDay, Rejection> {
        let from = from.unwrap_or_else(|| self.happened());
        if from < self.happened() {
            return Err(Rejection::new(FROM_IN_PAST).with("from", from).with("occurred", self.happened()));
        }
        self.check_act_in_case(from)?;
        Ok(from)
    }

    /// Refuses an act that starts before the case was opened, or opened again.
    pub fn check_act_in_case(&self, from: CivilDay) -> Result<(), Rejection> {
        match self.state.life.phase {
            Phase::Open(opened) => check_opened(from, opened),
            Phase::Absent | Phase::Closed(_) => Ok(()),
        }
    }

    /// Refuses a report of what started before the case was first opened. What started before it was opened again ended with the
    /// closing, and can be told late.
    pub fn check_report_in_case(&self, from: CivilDay) -> Result<(), Rejection> {
        self.regie().opened.map_or(Ok(()), |opened| check_opened(from, opened))
    }

    pub fn check_person(&self, person: PersonId) -> Result<(), Rejection> {
        if self.state.people.contains(person) {
            return Ok(());
        }
        Err(Rejection::new(crate::people::PERSON_UNKNOWN).with("person", crate::rejection::Detail::id(person)))
    }

    /// Refuses a role for a worker who is kept out of the case.
    pub fn check_not_excluded(&self, worker: WorkerId) -> Result<(), Rejection> {
        exclusion::check_not_excluded(self.state, worker)
    }
}

fn check_opened(from: CivilDay, opened: CivilDay) -> Result<(), Rejection> {
    if from < opened {
        return Err(Rejection::new(BEFORE_CASE_OPENED).with("from", from).with("opened", opened));
    }
    Ok(())
}

pub(super) fn draft(event: RegieEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Regie(event))
}

/// The due date of this kind that a fact carries.
pub(crate) fn carried(dues: &[Due], what: &str) -> Option<Due> {
    dues.iter().find(|due| due.what == what).cloned()
}
