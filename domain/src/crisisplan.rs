//! The crisis plan of a family (rule 21; 004b R48, 7723-7731): made in calm days, it says who does what when things go wrong. Each action has
//! one owner; one without (*nog niemand*) makes the plan incomplete from its first day. What nobody looked at for the term (PD 6 months) is
//! stale: it may send somebody to the wrong door.
//!
//! Beside it stands the crisis card (`crisis`): of one child, for the night, on one page. The relation between the two: the plan is what was
//! agreed in calm, the card what holds tonight. Whoever reads the card reads from it who does what by the plan, as long as the plan is not
//! stale; whoever reads the plan needs no card. Neither is written by the other.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::{PersonId, Subject, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::people::{check_known, check_may_be_child};
use crate::personal::Personal;
use crate::plan::Owner;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{CRISIS_PLAN_EMPTY, CRISIS_PLAN_FOR_A_CHILD, CRISIS_PLAN_UNKNOWN};
pub use state::{CrisisPlan, CrisisPlans, LookedAt};

/// What must follow: that the crisis plan is looked at again.
pub const CRISIS_PLAN_DUE: &str = "crisis_plan";

/// What somebody does when things go wrong.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CrisisAction {
    /// What.
    pub what: Personal<Text>,
    /// Who does it; nobody yet makes the plan incomplete.
    pub owner: Owner,
}

/// What can happen about a crisis plan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum CrisisPlanEvent {
    /// The crisis plan was written; it takes the place of an earlier one.
    CrisisPlanWritten {
        /// Of which children; each once, never nobody.
        children: Vec<PersonId>,
        /// What shows that it begins.
        signs: Option<Personal<Text>>,
        /// Who does what, in order.
        actions: Vec<CrisisAction>,
    },
    /// It was looked at, and holds.
    CrisisPlanReviewed {
        /// What was found.
        words: Option<Personal<Text>>,
    },
}

/// What can be asked about a crisis plan.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum CrisisPlanCommand {
    /// Write it, for the first time or anew.
    WriteCrisisPlan(Box<NewCrisisPlan>),
    /// Record that it was looked at and holds.
    ReviewCrisisPlan {
        /// What was found.
        words: Option<Text>,
    },
}

/// A crisis plan as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewCrisisPlan {
    /// Of which children.
    pub children: Vec<PersonId>,
    /// What shows that it begins.
    pub signs: Option<Text>,
    /// Who does what, in order.
    pub actions: Vec<NewCrisisAction>,
}

/// What somebody does when things go wrong, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewCrisisAction {
    /// What.
    pub what: Text,
    /// Who does it.
    pub owner: Owner,
}

impl CrisisPlanEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The professionals it names, besides who recorded it; each once, in order.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::CrisisPlanWritten { actions, .. } => {
                each_once_in_order(&actions.iter().filter_map(|action| action.owner.worker()).collect::<Vec<_>>())
            }
            Self::CrisisPlanReviewed { .. } => Vec::new(),
        }
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::CrisisPlanWritten { children, signs, actions } => {
                let owners = actions.iter().filter_map(|action| action.owner.person());
                let persons = each_once(&children.iter().copied().chain(owners).collect::<Vec<_>>());
                let words = actions.iter().map(|action| action.what.owner());
                let records = signs.iter().map(Personal::owner).chain(words);
                persons.into_iter().map(Subject::Person).chain(records).collect()
            }
            Self::CrisisPlanReviewed { words } => words.iter().map(Personal::owner).collect(),
        }
    }
}

impl CrisisPlanCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::WriteCrisisPlan(_) => "writeCrisisPlan",
            Self::ReviewCrisisPlan { .. } => "reviewCrisisPlan",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::WriteCrisisPlan(new) => {
                let NewCrisisPlan { children: _, signs, actions } = &**new;
                let whats = actions.iter().map(|NewCrisisAction { what, owner: _ }| what);
                signs.iter().chain(whats).map(Text::as_str).collect()
            }
            Self::ReviewCrisisPlan { words } => words.iter().map(Text::as_str).collect(),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &CrisisPlanCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    let state = history.state();
    let event = match command {
        CrisisPlanCommand::WriteCrisisPlan(new) => written(state, on, new, context)?,
        CrisisPlanCommand::ReviewCrisisPlan { words } => {
            if state.crisis_plan.written_by(on).is_none() {
                return Err(Rejection::new(CRISIS_PLAN_UNKNOWN));
            }
            let words = words.as_ref().map(|words| context.in_record(words.clone()));
            CrisisPlanEvent::CrisisPlanReviewed { words }
        }
    };
    Ok(vec![Draft::of(CaseEvent::CrisisPlan(event)).with_due(due_after(context, on))])
}

fn written(
    state: &CaseState,
    on: CivilDay,
    new: &NewCrisisPlan,
    context: &mut Context<'_>,
) -> Result<CrisisPlanEvent, Rejection> {
    if new.children.is_empty() {
        return Err(Rejection::new(CRISIS_PLAN_FOR_A_CHILD));
    }
    let ages = context.terms.consent_ages;
    let may_be_child = |child: &PersonId| check_may_be_child(&state.people, *child, on, ages, CRISIS_PLAN_FOR_A_CHILD);
    new.children.iter().try_for_each(may_be_child)?;
    if new.actions.is_empty() {
        return Err(Rejection::new(CRISIS_PLAN_EMPTY));
    }
    let mut owners = new.actions.iter().filter_map(|action| action.owner.person());
    owners.try_for_each(|owner| check_known(&state.people, owner))?;
    let signs = new.signs.as_ref().map(|signs| context.in_record(signs.clone()));
    let mut action =
        |new: &NewCrisisAction| CrisisAction { what: context.in_record(new.what.clone()), owner: new.owner };
    let actions = new.actions.iter().map(&mut action).collect();
    Ok(CrisisPlanEvent::CrisisPlanWritten { children: each_once(&new.children), signs, actions })
}

/// From writing and from each look on it holds for the term.
fn due_after(context: &Context<'_>, on: CivilDay) -> Due {
    let (terms, term) = (context.terms, context.terms.crisis_plan);
    Due { what: CRISIS_PLAN_DUE.to_owned(), last_day: terms.last_day(term, on), at: terms.follows_at(term, on) }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &CrisisPlanEvent) {
    state.crisis_plan.apply(fact, event);
}

/// Whether this says of a plan that nobody wrote that it was looked at.
pub(crate) fn missing(state: &CaseState, fact: &Fact<CaseEvent>, event: &CrisisPlanEvent) -> bool {
    match event {
        CrisisPlanEvent::CrisisPlanWritten { .. } => false,
        CrisisPlanEvent::CrisisPlanReviewed { .. } => state.crisis_plan.written_by(fact.occurred.day()).is_none(),
    }
}
