//! Help of a provider as a running trajectory: which product, by whom, for whom, for which goals, from when until when (rule 13; seed 003
//! 3276-3300). The goals are those of the one plan (`plan`), whose history nobody rewrites; which of them a trajectory serves is kept
//! here, and cannot be rewritten either. Specialists who join with an expected end are parties (`regie`).
//!
//! When its goals changed since it began, asking to extend it opens a review by three roles. They see goals, dates and product under a
//! pseudonym: no names, no family. The college decides; against that objection is open for its term (Awb 6:7). All of it is a report:
//! the provider asks and the college decides outside this record, and what went otherwise is marked.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{ExtensionId, GoalId, HelpTrajectoryId, PersonId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod review;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
pub use review::{ReviewGoal, ReviewSheet, sheet};
pub use state::{Decided, Ended, Extension, GivenView, GoalsSet, Objection, Trajectories, Trajectory};

/// That a trajectory comes to its agreed end: it ends, or is extended.
pub const TRAJECTORY_DUE: &str = "trajectory_end";
/// That the college decides on an extension that was asked (Awb 4:13).
pub const EXTENSION_DUE: &str = "extension_decision";
/// That help which may harm is justified (rule 11; rule 0 for the term).
pub const JUSTIFICATION_DUE: &str = "harm_justification";

/// A role that weighs an extension (seed 003 3293-3296).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewRole {
    /// The core team of the municipality (kernteam).
    CoreTeam,
    /// The contract manager.
    ContractManager,
    /// The legal adviser.
    LegalAdviser,
}

impl ReviewRole {
    /// Every role whose view a review needs.
    pub const ALL: [Self; 3] = [Self::CoreTeam, Self::ContractManager, Self::LegalAdviser];
}

/// What a role advises on an extension.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionAdvice {
    /// To extend.
    Extend,
    /// To extend for a shorter time.
    ExtendShorter,
    /// Not to extend.
    DoNotExtend,
}

/// What the college decided on an extension.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionOutcome {
    /// It is granted, wholly or for a shorter time.
    Granted,
    /// It is refused.
    Refused,
}

/// How a trajectory ended. None of them blames anybody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrajectoryEnding {
    /// It was enough, in the family's eyes.
    Enough,
    /// Lighter help goes on (afgeschaald).
    ScaledDown,
    /// Other help took its place.
    OtherHelp,
    /// The family stopped it.
    ByFamily,
    /// The provider stopped it.
    ByProvider,
}

/// What can happen to a trajectory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum TrajectoryEvent {
    /// Help of a provider began.
    TrajectoryStarted {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// Which product.
        product: Personal<Line>,
        /// By which provider.
        provider: Personal<Line>,
        /// For whom; each once, never nobody.
        persons: Vec<PersonId>,
        /// Which professional gives it, when known.
        worker: Option<WorkerId>,
        /// The first day.
        from: CivilDay,
        /// The agreed last day, when there is one.
        until: Option<CivilDay>,
        /// Whether it may harm, so that it needs a justification (rule 11).
        may_harm: bool,
    },
    /// Which goals of the plan a trajectory serves: those it began with, or others since.
    TrajectoryGoalsSet {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// The goals, in order.
        goals: Vec<GoalId>,
        /// Why these.
        words: Option<Personal<Text>>,
    },
    /// The provider asks to extend it.
    ExtensionAsked {
        /// The extension.
        extension: ExtensionId,
        /// Of which trajectory.
        trajectory: HelpTrajectoryId,
        /// Until when.
        until: CivilDay,
        /// Why.
        reason: Personal<Text>,
        /// Which goals changed since it began; when any did, three roles review it.
        changed: Vec<GoalId>,
        /// The name under which they see it; nobody else is named so.
        pseudonym: Option<String>,
    },
    /// A role gave its view on an extension.
    ExtensionViewGiven {
        /// The extension.
        extension: ExtensionId,
        /// Which role.
        role: ReviewRole,
        /// Who spoke for it.
        worker: WorkerId,
        /// What it advises.
        advice: ExtensionAdvice,
        /// Why.
        view: Personal<Text>,
    },
    /// The college decided.
    ExtensionDecided {
        /// The extension.
        extension: ExtensionId,
        /// What.
        outcome: ExtensionOutcome,
        /// Until when help goes on, when granted.
        until: Option<CivilDay>,
        /// Why.
        reason: Personal<Text>,
        /// Who decided.
        decided_by: Personal<Line>,
        /// Until and with this day objection is open.
        objection_until: CivilDay,
    },
    /// Somebody of the family objected.
    ExtensionObjected {
        /// The extension.
        extension: ExtensionId,
        /// Who.
        person: PersonId,
        /// In their words.
        words: Option<Personal<Text>>,
    },
    /// It ended.
    TrajectoryEnded {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// The last day.
        last_day: CivilDay,
        /// How.
        how: TrajectoryEnding,
        /// More about it.
        words: Option<Personal<Text>>,
    },
}

/// A trajectory as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewTrajectory {
    /// Which product.
    pub product: Line,
    /// By which provider.
    pub provider: Line,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// For which goals of the plan.
    pub goals: Vec<GoalId>,
    /// Which professional gives it, when known.
    pub worker: Option<WorkerId>,
    /// The first day; the day it happened when nothing is said.
    pub from: Option<CivilDay>,
    /// The agreed last day, when there is one.
    pub until: Option<CivilDay>,
    /// Whether it may harm.
    pub may_harm: bool,
}

/// What can be asked about trajectories.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum TrajectoryCommand {
    /// Record that help of a provider began.
    StartTrajectory(Box<NewTrajectory>),
    /// Record that it serves other goals from now on.
    SetTrajectoryGoals {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// The goals.
        goals: Vec<GoalId>,
        /// Why these.
        words: Option<Text>,
    },
    /// Record that the provider asks to extend it.
    AskExtension {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// Until when.
        until: CivilDay,
        /// Why.
        reason: Text,
    },
    /// Record the view of a role.
    GiveExtensionView {
        /// The extension.
        extension: ExtensionId,
        /// Which role.
        role: ReviewRole,
        /// Who spoke for it.
        worker: WorkerId,
        /// What it advises.
        advice: ExtensionAdvice,
        /// Why.
        view: Text,
    },
    /// Record what the college decided.
    DecideExtension {
        /// The extension.
        extension: ExtensionId,
        /// What.
        outcome: ExtensionOutcome,
        /// Until when help goes on, when granted; as asked when nothing is said.
        until: Option<CivilDay>,
        /// Why.
        reason: Text,
        /// Who decided.
        decided_by: Line,
    },
    /// Record that somebody of the family objected.
    ObjectToExtension {
        /// The extension.
        extension: ExtensionId,
        /// Who.
        person: PersonId,
        /// In their words.
        words: Option<Text>,
    },
    /// Record that it ended.
    EndTrajectory {
        /// The trajectory.
        trajectory: HelpTrajectoryId,
        /// The last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// How.
        how: TrajectoryEnding,
        /// More about it.
        words: Option<Text>,
    },
}

impl TrajectoryEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds. What follows a trajectory leaves to it for whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let maybe = |words: &Option<Personal<Text>>| words.as_ref().map(Personal::owner).into_iter().collect();
        match self {
            Self::TrajectoryStarted { product, provider, persons, .. } => {
                persons.iter().copied().map(Subject::Person).chain([product.owner(), provider.owner()]).collect()
            }
            Self::TrajectoryGoalsSet { words, .. } | Self::TrajectoryEnded { words, .. } => maybe(words),
            Self::ExtensionAsked { reason: words, .. } | Self::ExtensionViewGiven { view: words, .. } => {
                vec![words.owner()]
            }
            Self::ExtensionDecided { reason, decided_by, .. } => vec![reason.owner(), decided_by.owner()],
            Self::ExtensionObjected { person, words, .. } => {
                std::iter::once(Subject::Person(*person)).chain(maybe(words)).collect()
            }
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::TrajectoryStarted { worker, .. } => worker.iter().copied().collect(),
            Self::ExtensionViewGiven { worker, .. } => vec![*worker],
            _ => Vec::new(),
        }
    }

    /// Whether it is part of what a goal was through time, which nobody can rewrite (rule 13).
    #[must_use]
    pub const fn is_goal_history(&self) -> bool {
        matches!(self, Self::TrajectoryGoalsSet { .. })
    }
}

impl TrajectoryCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::StartTrajectory(_) => "startTrajectory",
            Self::SetTrajectoryGoals { .. } => "setTrajectoryGoals",
            Self::AskExtension { .. } => "askExtension",
            Self::GiveExtensionView { .. } => "giveExtensionView",
            Self::DecideExtension { .. } => "decideExtension",
            Self::ObjectToExtension { .. } => "objectToExtension",
            Self::EndTrajectory { .. } => "endTrajectory",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::StartTrajectory(new) => {
                let NewTrajectory {
                    product,
                    provider,
                    persons: _,
                    goals: _,
                    worker: _,
                    from: _,
                    until: _,
                    may_harm: _,
                } = &**new;
                vec![product.as_str(), provider.as_str()]
            }
            Self::AskExtension { trajectory: _, until: _, reason: words }
            | Self::GiveExtensionView { extension: _, role: _, worker: _, advice: _, view: words } => {
                vec![words.as_str()]
            }
            Self::DecideExtension { extension: _, outcome: _, until: _, reason, decided_by } => {
                vec![reason.as_str(), decided_by.as_str()]
            }
            Self::SetTrajectoryGoals { trajectory: _, goals: _, words }
            | Self::ObjectToExtension { extension: _, person: _, words }
            | Self::EndTrajectory { trajectory: _, last_day: _, how: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
        }
    }
}

/// Decides. What went on with help is told of a closed case too.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &TrajectoryCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history, command, on, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &TrajectoryEvent) {
    state.trajectories.apply(fact, event);
}

/// What must follow and has not (see [`crate::dues`]).
pub(crate) fn open_dues(state: &CaseState) -> Vec<crate::fact::Due> {
    let justified = |trajectory| state.weighings.justifies(trajectory);
    state.trajectories.open_dues(justified)
}

/// Whether a fact speaks of a trajectory, an extension or a goal that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &TrajectoryEvent) -> bool {
    let all = &state.trajectories;
    let none = |trajectory: &HelpTrajectoryId| all.get(*trajectory).is_none();
    match event {
        TrajectoryEvent::TrajectoryStarted { .. } => false,
        TrajectoryEvent::TrajectoryGoalsSet { trajectory, goals, .. } => {
            none(trajectory) || goals.iter().any(|goal| state.plans.goal(*goal).is_none())
        }
        TrajectoryEvent::ExtensionAsked { trajectory, .. } | TrajectoryEvent::TrajectoryEnded { trajectory, .. } => {
            none(trajectory)
        }
        TrajectoryEvent::ExtensionViewGiven { extension, .. } | TrajectoryEvent::ExtensionDecided { extension, .. } => {
            all.extension(*extension).is_none()
        }
        TrajectoryEvent::ExtensionObjected { extension, .. } => {
            all.extension(*extension).is_none_or(|(_, extension)| extension.decisions.is_empty())
        }
    }
}
