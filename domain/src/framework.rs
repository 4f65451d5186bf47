//! The legal framework of help: voluntary, or compulsory since a measure, and back again; and conditions in voluntary help (voorwaarde bij
//! vrijwillige hulp). A condition is a fact of its own: what, why, by whom, until when, and that it may be refused. It never makes help
//! compulsory, and a no has no other consequence here than that it is known (domain.md, "The language"; 004:441).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, Due, EventInfo, Fact};
use crate::ids::{ConditionId, PersonId, RulingId, Subject};
use crate::layers::audience_of_all;
use crate::life::LegalFramework;
use crate::once::{check_once, each_once};
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, carried};
use crate::regie::{self, GAP_DUE};
use crate::rejection::{Code, Detail, Rejection};
use crate::ruling::catalogue::RULING_UNKNOWN;
use crate::service::catalogue::ABOUT_NOBODY;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{
    CONDITION_NOT_VOLUNTARY, CONDITION_OVER, CONDITION_UNKNOWN, FRAMEWORK_ALREADY, MAY_REFUSE_EXPLAINED, NOT_ASKED_OF,
};
pub use state::{Change, Condition, ConditionWord, Conditions};

/// That a condition comes to its last day: it ends, or is asked anew.
pub const CONDITION_DUE: &str = "condition_end";

/// What can happen to the framework and to conditions.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum FrameworkEvent {
    /// Help became compulsory, or voluntary again.
    LegalFrameworkChanged {
        /// The framework from that day on.
        framework: LegalFramework,
        /// The first day.
        from: CivilDay,
        /// The ruling it rests on, when that is in the case.
        ruling: Option<RulingId>,
    },
    /// A condition was set in voluntary help.
    ConditionSet {
        /// The condition.
        condition: ConditionId,
        /// Of whom it asks something; each once, never nobody.
        persons: Vec<PersonId>,
        /// What.
        what: Personal<Text>,
        /// Why.
        why: Personal<Text>,
        /// Who sets it.
        set_by: Personal<Line>,
        /// The last day.
        until: CivilDay,
        /// To whom it was explained that it may be refused, in order.
        explained: Vec<PersonId>,
    },
    /// Somebody accepted or refused it.
    ConditionAnswered {
        /// The condition.
        condition: ConditionId,
        /// Who.
        person: PersonId,
        /// Whether they accept it.
        accepts: Personal<bool>,
        /// In their words.
        words: Option<Personal<Text>>,
    },
    /// It ended before its last day.
    ConditionEnded {
        /// The condition.
        condition: ConditionId,
        /// Why.
        reason: Personal<Text>,
    },
}

/// A condition as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewCondition {
    /// Of whom it asks something.
    pub persons: Vec<PersonId>,
    /// What.
    pub what: Text,
    /// Why.
    pub why: Text,
    /// Who sets it.
    pub set_by: Line,
    /// The last day.
    pub until: CivilDay,
    /// To whom it was explained that it may be refused.
    pub explained: Vec<PersonId>,
}

/// What can be asked about the framework and about conditions.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum FrameworkCommand {
    /// Record that help became compulsory, or voluntary again.
    ChangeLegalFramework {
        /// The framework.
        framework: LegalFramework,
        /// The first day; the day it happened when nothing is said.
        from: Option<CivilDay>,
        /// The ruling it rests on.
        ruling: Option<RulingId>,
    },
    /// Set a condition in voluntary help.
    SetCondition(Box<NewCondition>),
    /// Record that somebody accepted or refused it.
    AnswerCondition {
        /// The condition.
        condition: ConditionId,
        /// Who.
        person: PersonId,
        /// Whether they accept it.
        accepts: bool,
        /// In their words.
        words: Option<Text>,
    },
    /// Record that it ended before its last day.
    EndCondition {
        /// The condition.
        condition: ConditionId,
        /// Why.
        reason: Text,
    },
}

impl FrameworkEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::LegalFrameworkChanged { .. } => Vec::new(),
            Self::ConditionSet { persons, what, why, set_by, explained, .. } => {
                let people = each_once(&[persons.as_slice(), explained].concat()).into_iter().map(Subject::Person);
                people.chain([what.owner(), why.owner(), set_by.owner()]).collect()
            }
            Self::ConditionAnswered { person, words, .. } => {
                std::iter::once(Subject::Person(*person)).chain(words.as_ref().map(Personal::owner)).collect()
            }
            Self::ConditionEnded { reason, .. } => vec![reason.owner()],
        }
    }
}

impl FrameworkCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ChangeLegalFramework { .. } => "changeLegalFramework",
            Self::SetCondition(_) => "setCondition",
            Self::AnswerCondition { .. } => "answerCondition",
            Self::EndCondition { .. } => "endCondition",
        }
    }

    /// Whether it asks something of somebody: a condition. All else is a report.
    #[must_use]
    pub(crate) const fn is_act(&self) -> bool {
        matches!(self, Self::SetCondition(_))
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::ChangeLegalFramework { framework: _, from: _, ruling: _ } => Vec::new(),
            Self::SetCondition(new) => {
                let NewCondition { persons: _, what, why, set_by, until: _, explained: _ } = &**new;
                vec![what.as_str(), why.as_str(), set_by.as_str()]
            }
            Self::AnswerCondition { condition: _, person: _, accepts: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
            Self::EndCondition { condition: _, reason } => vec![reason.as_str()],
        }
    }
}

/// The legal framework on a day: that of the opening, or of the last change by then; `None` before the case was opened.
#[must_use]
pub fn framework_on(state: &CaseState, day: CivilDay) -> Option<LegalFramework> {
    let changed = state.conditions.change_on(day).map(|change| change.framework);
    changed.or_else(|| state.life.opening.as_ref().map(|opening| opening.framework))
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &FrameworkCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    match command {
        FrameworkCommand::ChangeLegalFramework { framework, from, ruling } => {
            let asked = Asked::new(history, order, context);
            change(&asked, *framework, from.unwrap_or(on), *ruling)
        }
        FrameworkCommand::SetCondition(new) => {
            let asked = Asked::new(history, order, context);
            asked.check_act_in_case(on)?;
            set(history.state(), new, on, context)
        }
        FrameworkCommand::AnswerCondition { condition, person, accepts, words } => {
            let state = history.state();
            let known = check_open(state, *condition)?;
            if !known.persons.contains(person) {
                return Err(refused(NOT_ASKED_OF, *condition).with("person", Detail::id(person)));
            }
            let accepts = Personal::ordinary(Subject::Person(*person), *accepts);
            let words = words.as_ref().map(|words| context.in_record(words.clone()));
            let (condition, person) = (*condition, *person);
            let event = FrameworkEvent::ConditionAnswered { condition, person, accepts, words };
            // What somebody says of it is their own.
            let draft = Draft::of(CaseEvent::Framework(event));
            Ok(vec![draft.for_audience(Audience::Persons(vec![person]))])
        }
        FrameworkCommand::EndCondition { condition, reason } => {
            let state = history.state();
            let known = check_open(state, *condition)?;
            let reason = context.in_record(reason.clone());
            let event = FrameworkEvent::ConditionEnded { condition: *condition, reason };
            Ok(vec![of_all(event, &known.persons, state, context)])
        }
    }
}

fn change(asked: &Asked<'_, '_>, framework: LegalFramework, from: CivilDay, ruling: Option<RulingId>) -> Answer {
    asked.check_report_in_case(from)?;
    let state = asked.state;
    if framework_on(state, from) == Some(framework) {
        return Err(Rejection::new(FRAMEWORK_ALREADY).with("from", from));
    }
    if let Some(unknown) = ruling.filter(|ruling| state.rulings.get(*ruling).is_none()) {
        return Err(Rejection::new(RULING_UNKNOWN).with("ruling", Detail::id(unknown)));
    }
    let draft = Draft::of(CaseEvent::Framework(FrameworkEvent::LegalFrameworkChanged { framework, from, ruling }));
    // Under a measure one party without a director is a gap: its term runs from the day the measure came.
    let compulsory = framework == LegalFramework::Compulsory;
    Ok(vec![if compulsory { draft.with_due(regie::gap_due(asked.context.terms, from)) } else { draft }])
}

fn set(state: &CaseState, new: &NewCondition, on: CivilDay, context: &mut Context<'_>) -> Answer {
    new.persons.iter().chain(&new.explained).try_for_each(|person| check_known(&state.people, *person))?;
    check_once(&new.persons)?;
    if new.persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    check_order(on, Some(new.until))?;
    if framework_on(state, on) != Some(LegalFramework::Voluntary) {
        return Err(Rejection::new(CONDITION_NOT_VOLUNTARY).with("day", on));
    }
    let (persons, explained) = (each_once(&new.persons), each_once(&new.explained));
    let untold = persons.iter().any(|person| !explained.contains(person));
    let event = FrameworkEvent::ConditionSet {
        condition: ConditionId::from_uuid(context.new_id()),
        persons: persons.clone(),
        what: context.in_record(new.what.clone()),
        why: context.in_record(new.why.clone()),
        set_by: context.in_record(new.set_by.clone()),
        until: new.until,
        explained,
    };
    let at = context.terms.calendar.follows_at(new.until);
    let due = Due { what: CONDITION_DUE.to_owned(), last_day: new.until, at };
    let draft = of_all(event, &persons, state, context).with_due(due);
    Ok(vec![if untold { draft.departing(MAY_REFUSE_EXPLAINED, None) } else { draft }])
}

fn check_open(state: &CaseState, condition: ConditionId) -> Result<&Condition, Rejection> {
    let known = state.conditions.get(condition).ok_or_else(|| refused(CONDITION_UNKNOWN, condition))?;
    match &known.ended {
        Some((since, ..)) => Err(refused(CONDITION_OVER, condition).with("since", *since)),
        None => Ok(known),
    }
}

fn refused(code: Code, condition: ConditionId) -> Rejection {
    Rejection::new(code).with("condition", Detail::id(condition))
}

fn of_all(event: FrameworkEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = audience_of_all(state, persons, context.today(), context.terms.consent_ages);
    Draft::of(CaseEvent::Framework(event)).for_audience(audience)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &FrameworkEvent) {
    state.conditions.apply(fact, event);
    if let FrameworkEvent::LegalFrameworkChanged { framework, from, .. } = event {
        regie::framework_changed(state, *from, *framework, carried(&fact.due, GAP_DUE));
    }
}

/// Whether a fact speaks of a condition or a ruling that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &FrameworkEvent) -> bool {
    match event {
        FrameworkEvent::LegalFrameworkChanged { ruling, .. } => {
            ruling.is_some_and(|ruling| state.rulings.get(ruling).is_none())
        }
        FrameworkEvent::ConditionSet { .. } => false,
        FrameworkEvent::ConditionAnswered { condition, .. } | FrameworkEvent::ConditionEnded { condition, .. } => {
            state.conditions.get(*condition).is_none()
        }
    }
}
