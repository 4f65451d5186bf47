//! What was asked for a family and waits for an answer: a decision of the municipality (beschikking), and material aid of a fund. A slow
//! decision shows its waiting days beside the concern it leaves open (rule 27; 004:2536-2538); material aid says what is needed, of
//! whom it was asked, and whether it was given (004b 7803-7847). All of it is a report.

use serde::{Deserialize, Serialize};

use crate::calendar::Convention;
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::{ApplicationId, HelpTrajectoryId, PersonId, Subject};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::text::{Line, Text};
use crate::time::CivilDay;
use crate::trajectory::catalogue::TRAJECTORY_UNKNOWN;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

use catalogue::{APPLICATION_ANSWERED, APPLICATION_UNKNOWN};
pub use catalogue::{CATALOGUE, CODES};
pub use state::{Answered, Application, Applications, Delay};

/// That an application is answered: a decision within the term of the law (Awb 4:13), or by the day that was said.
pub const APPLICATION_DUE: &str = "application_answer";

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationKind {
    /// A decision of the municipality (beschikking).
    Decision,
    /// Something material, of a fund or a scheme.
    MaterialAid,
}

/// What became of an application.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationOutcome {
    /// It was given.
    Given,
    /// A part of it was given.
    PartlyGiven,
    /// It was refused.
    Refused,
    /// It is not needed any more.
    NoLongerNeeded,
}

/// What can happen to an application.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ApplicationEvent {
    /// It was made.
    ApplicationMade {
        /// The application.
        application: ApplicationId,
        /// What for.
        kind: ApplicationKind,
        /// For whom; each once, never nobody.
        persons: Vec<PersonId>,
        /// What is needed.
        what: Personal<Text>,
        /// Of whom it was asked.
        of_whom: Personal<Line>,
        /// Which concern it leaves open while nobody answers.
        concern: Option<Personal<Text>>,
        /// For which trajectory.
        trajectory: Option<HelpTrajectoryId>,
        /// By when an answer was promised.
        answer_by: Option<CivilDay>,
    },
    /// Whoever must answer said that it takes longer.
    ApplicationDelayed {
        /// The application.
        application: ApplicationId,
        /// Why.
        reason: Personal<Text>,
        /// By when an answer is promised now.
        answer_by: Option<CivilDay>,
    },
    /// It was answered.
    ApplicationAnswered {
        /// The application.
        application: ApplicationId,
        /// What.
        outcome: ApplicationOutcome,
        /// Why, or what of it.
        words: Option<Personal<Text>>,
    },
}

/// An application as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewApplication {
    /// What for.
    pub kind: ApplicationKind,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// What is needed.
    pub what: Text,
    /// Of whom it was asked.
    pub of_whom: Line,
    /// Which concern it leaves open.
    pub concern: Option<Text>,
    /// For which trajectory.
    pub trajectory: Option<HelpTrajectoryId>,
    /// By when an answer was promised.
    pub answer_by: Option<CivilDay>,
}

/// What can be asked about applications.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ApplicationCommand {
    /// Record that it was made.
    MakeApplication(Box<NewApplication>),
    /// Record that it takes longer.
    DelayApplication {
        /// The application.
        application: ApplicationId,
        /// Why.
        reason: Text,
        /// By when an answer is promised now.
        answer_by: Option<CivilDay>,
    },
    /// Record the answer.
    AnswerApplication {
        /// The application.
        application: ApplicationId,
        /// What.
        outcome: ApplicationOutcome,
        /// Why, or what of it.
        words: Option<Text>,
    },
}

impl ApplicationEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds. What follows leaves it to the application.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ApplicationMade { persons, what, of_whom, concern, .. } => {
                let persons = persons.iter().copied().map(Subject::Person);
                persons.chain([what.owner(), of_whom.owner()]).chain(concern.as_ref().map(Personal::owner)).collect()
            }
            Self::ApplicationDelayed { reason, .. } => vec![reason.owner()],
            Self::ApplicationAnswered { words, .. } => words.iter().map(Personal::owner).collect(),
        }
    }

    /// Which application.
    #[must_use]
    pub const fn application(&self) -> ApplicationId {
        let (Self::ApplicationMade { application, .. }
        | Self::ApplicationDelayed { application, .. }
        | Self::ApplicationAnswered { application, .. }) = self;
        *application
    }
}

impl ApplicationCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MakeApplication(_) => "makeApplication",
            Self::DelayApplication { .. } => "delayApplication",
            Self::AnswerApplication { .. } => "answerApplication",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::MakeApplication(new) => {
                let NewApplication { kind: _, persons: _, what, of_whom, concern, trajectory: _, answer_by: _ } =
                    &**new;
                [what.as_str(), of_whom.as_str()].into_iter().chain(concern.iter().map(Text::as_str)).collect()
            }
            Self::DelayApplication { application: _, reason, answer_by: _ } => vec![reason.as_str()],
            Self::AnswerApplication { application: _, outcome: _, words } => words.iter().map(Text::as_str).collect(),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ApplicationCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let on = order.happened(context.today());
    match command {
        ApplicationCommand::MakeApplication(new) => made(state, new, on, context),
        ApplicationCommand::DelayApplication { application, reason, answer_by } => {
            let known = check_open(state, *application)?;
            check_order(on, *answer_by)?;
            let (application, answer_by) = (*application, *answer_by);
            let reason = context.in_record(reason.clone());
            let event = ApplicationEvent::ApplicationDelayed { application, reason, answer_by };
            let mut draft = of_all(event, &known.persons, state, context);
            draft.due.extend(answer_by.map(|by| due_on(by, context)));
            Ok(vec![draft])
        }
        ApplicationCommand::AnswerApplication { application, outcome, words } => {
            let known = check_open(state, *application)?;
            let (application, outcome) = (*application, *outcome);
            let words = words.as_ref().map(|words| context.in_record(words.clone()));
            let event = ApplicationEvent::ApplicationAnswered { application, outcome, words };
            Ok(vec![of_all(event, &known.persons, state, context)])
        }
    }
}

fn made(
    state: &CaseState,
    new: &NewApplication,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    new.persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
    check_once(&new.persons)?;
    if new.persons.is_empty() {
        return Err(Rejection::new(ABOUT_NOBODY));
    }
    if let Some(unknown) = new.trajectory.filter(|trajectory| state.trajectories.get(*trajectory).is_none()) {
        return Err(Rejection::new(TRAJECTORY_UNKNOWN).with("trajectory", Detail::id(unknown)));
    }
    check_order(on, new.answer_by)?;
    let by_law = || context.terms.decision.last_day(on, &context.terms.calendar, Convention::Statutory);
    let last_day = new.answer_by.or_else(|| (new.kind == ApplicationKind::Decision).then(by_law));
    let persons = each_once(&new.persons);
    let event = ApplicationEvent::ApplicationMade {
        application: ApplicationId::from_uuid(context.new_id()),
        kind: new.kind,
        persons: persons.clone(),
        what: context.in_record(new.what.clone()),
        of_whom: context.in_record(new.of_whom.clone()),
        concern: new.concern.clone().map(|concern| context.in_record(concern)),
        trajectory: new.trajectory,
        answer_by: new.answer_by,
    };
    let mut draft = of_all(event, &persons, state, context);
    draft.due.extend(last_day.map(|last_day| due_on(last_day, context)));
    Ok(vec![draft])
}

fn check_open(state: &CaseState, application: ApplicationId) -> Result<&Application, Rejection> {
    let refused = |code: Code| Rejection::new(code).with("application", Detail::id(application));
    let known = state.applications.get(application).ok_or_else(|| refused(APPLICATION_UNKNOWN))?;
    match &known.answered {
        Some(answered) => Err(refused(APPLICATION_ANSWERED).with("on", answered.on)),
        None => Ok(known),
    }
}

fn due_on(last_day: CivilDay, context: &Context<'_>) -> Due {
    Due { what: APPLICATION_DUE.to_owned(), last_day, at: context.terms.calendar.follows_at(last_day) }
}

fn of_all(event: ApplicationEvent, persons: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = audience_of_all(state, persons, context.today(), context.terms.consent_ages);
    Draft::of(CaseEvent::Application(event)).for_audience(audience)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ApplicationEvent) {
    state.applications.apply(fact, event);
}

/// Whether a fact speaks of an application or a trajectory that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &ApplicationEvent) -> bool {
    match event {
        ApplicationEvent::ApplicationMade { trajectory, .. } => {
            trajectory.is_some_and(|trajectory| state.trajectories.get(trajectory).is_none())
        }
        ApplicationEvent::ApplicationDelayed { application, .. }
        | ApplicationEvent::ApplicationAnswered { application, .. } => state.applications.get(*application).is_none(),
    }
}
