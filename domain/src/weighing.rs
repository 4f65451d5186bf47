//! What was weighed before something was done or left: help that may harm, with its justification, and deliberate waiting, with a reason
//! and a day on which somebody looks again (rule 11; 004:431-439). Doing nothing on purpose is a decision like any other. Both are reports
//! of what somebody decided.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{HelpTrajectoryId, PersonId, Subject, WeighingId, WorkerId};
use crate::personal::Personal;
use crate::regie::Agreed;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
pub use state::{Look, Weighed, Weighing, Weighings};

/// That somebody looks again at help that may harm.
pub const HARM_REVIEW_DUE: &str = "harm_review";
/// That somebody looks again at a deliberate wait.
pub const WAITING_REVIEW_DUE: &str = "waiting_review";

/// What can happen about what was weighed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
#[expect(
    clippy::large_enum_variant,
    reason = "facts are few and short-lived; a box would only hide what stands in one"
)]
pub enum WeighingEvent {
    /// Help that may harm was justified.
    HarmfulHelpJustified {
        /// The weighing.
        weighing: WeighingId,
        /// Whom it concerns; each once, never nobody.
        persons: Vec<PersonId>,
        /// Which help.
        help: Personal<Line>,
        /// The trajectory it is, when it runs as one.
        trajectory: Option<HelpTrajectoryId>,
        /// What it may bring.
        benefit: Personal<Text>,
        /// What harm it may do.
        harm: Personal<Text>,
        /// Which lighter help was weighed.
        lighter: Option<Personal<Text>>,
        /// Why it is done all the same.
        justification: Personal<Text>,
        /// The interest of the child (rule 18).
        child_interest: Option<Personal<Text>>,
        /// Who decided; never nobody.
        decided: Vec<Agreed>,
        /// The day on which somebody looks again.
        review: Option<CivilDay>,
    },
    /// It was decided to wait on purpose.
    WaitingDecided {
        /// The weighing.
        weighing: WeighingId,
        /// Whom it concerns; each once, never nobody.
        persons: Vec<PersonId>,
        /// With what is waited.
        what: Personal<Text>,
        /// Why.
        reason: Personal<Text>,
        /// Who decided; never nobody.
        decided: Vec<Agreed>,
        /// The day on which somebody looks again.
        review: CivilDay,
    },
    /// Somebody looked again.
    WeighingReviewed {
        /// The weighing.
        weighing: WeighingId,
        /// Whether it goes on.
        goes_on: bool,
        /// What was found.
        finding: Personal<Text>,
        /// The next day on which somebody looks again.
        next: Option<CivilDay>,
    },
}

/// Help that may harm, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewJustification {
    /// Whom it concerns.
    pub persons: Vec<PersonId>,
    /// Which help.
    pub help: Line,
    /// The trajectory it is, when it runs as one.
    pub trajectory: Option<HelpTrajectoryId>,
    /// What it may bring.
    pub benefit: Text,
    /// What harm it may do.
    pub harm: Text,
    /// Which lighter help was weighed.
    pub lighter: Option<Text>,
    /// Why it is done all the same.
    pub justification: Text,
    /// The interest of the child.
    pub child_interest: Option<Text>,
    /// Who decided.
    pub decided: Vec<Agreed>,
    /// The day on which somebody looks again.
    pub review: Option<CivilDay>,
}

/// What can be asked about what was weighed.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum WeighingCommand {
    /// Record the justification of help that may harm.
    JustifyHarmfulHelp(Box<NewJustification>),
    /// Record that it was decided to wait.
    DecideToWait {
        /// Whom it concerns.
        persons: Vec<PersonId>,
        /// With what is waited.
        what: Text,
        /// Why.
        reason: Text,
        /// Who decided.
        decided: Vec<Agreed>,
        /// The day on which somebody looks again.
        review: CivilDay,
    },
    /// Record that somebody looked again.
    ReviewWeighing {
        /// The weighing.
        weighing: WeighingId,
        /// Whether it goes on.
        goes_on: bool,
        /// What was found.
        finding: Text,
        /// The next day on which somebody looks again; a wait that goes on has one.
        next: Option<CivilDay>,
    },
}

impl WeighingEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds. A second look leaves it to what it looks at.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let people = |persons: &[PersonId], decided: &[Agreed]| {
            let mut people: Vec<_> = persons.iter().copied().chain(decided.iter().filter_map(person)).collect();
            people.sort_unstable();
            people.dedup();
            people.into_iter().map(Subject::Person)
        };
        match self {
            Self::HarmfulHelpJustified {
                persons,
                help,
                benefit,
                harm,
                lighter,
                justification,
                child_interest,
                decided,
                ..
            } => {
                let optional = [lighter, child_interest].into_iter().flatten();
                let texts = [benefit, harm, justification].into_iter().chain(optional).map(Personal::owner);
                people(persons, decided).chain([help.owner()]).chain(texts).collect()
            }
            Self::WaitingDecided { persons, what, reason, decided, .. } => {
                people(persons, decided).chain([what.owner(), reason.owner()]).collect()
            }
            Self::WeighingReviewed { finding, .. } => vec![finding.owner()],
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::HarmfulHelpJustified { decided, .. } | Self::WaitingDecided { decided, .. } => {
                decided.iter().filter_map(worker).collect()
            }
            Self::WeighingReviewed { .. } => Vec::new(),
        }
    }
}

const fn person(agreed: &Agreed) -> Option<PersonId> {
    match agreed {
        Agreed::Person(person) => Some(*person),
        Agreed::Worker(_) => None,
    }
}

const fn worker(agreed: &Agreed) -> Option<WorkerId> {
    match agreed {
        Agreed::Worker(worker) => Some(*worker),
        Agreed::Person(_) => None,
    }
}

impl WeighingCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::JustifyHarmfulHelp(_) => "justifyHarmfulHelp",
            Self::DecideToWait { .. } => "decideToWait",
            Self::ReviewWeighing { .. } => "reviewWeighing",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::JustifyHarmfulHelp(new) => {
                let NewJustification {
                    persons: _,
                    help,
                    trajectory: _,
                    benefit,
                    harm,
                    lighter,
                    justification,
                    child_interest,
                    decided: _,
                    review: _,
                } = &**new;
                let optional = [lighter, child_interest].into_iter().flatten();
                let texts = [benefit, harm, justification].into_iter().chain(optional).map(Text::as_str);
                std::iter::once(help.as_str()).chain(texts).collect()
            }
            Self::DecideToWait { persons: _, what, reason, decided: _, review: _ } => {
                vec![what.as_str(), reason.as_str()]
            }
            Self::ReviewWeighing { weighing: _, goes_on: _, finding, next: _ } => vec![finding.as_str()],
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &WeighingCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history.state(), command, on, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &WeighingEvent) {
    state.weighings.apply(fact, event);
}

/// Whether a fact speaks of a weighing or a trajectory that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &WeighingEvent) -> bool {
    match event {
        WeighingEvent::HarmfulHelpJustified { trajectory, .. } => {
            trajectory.is_some_and(|trajectory| state.trajectories.get(trajectory).is_none())
        }
        WeighingEvent::WaitingDecided { .. } => false,
        WeighingEvent::WeighingReviewed { weighing, .. } => state.weighings.get(*weighing).is_none(),
    }
}
