//! What can be asked about plans.

use serde::Serialize;

use super::{ActionOutcome, Answer, EvaluationOutcome, GoalHandling, GoalSubject, Owner, PlanRef, SaidBy};
use crate::ids::{ActionId, GoalId, PersonId, VersionId, WorkerId};
use crate::text::Text;
use crate::time::CivilDay;

/// What can be asked about plans.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum PlanCommand {
    /// Propose a goal.
    ProposeGoal {
        /// In which plan.
        plan: PlanRef,
        /// In the words of who proposes it.
        words: Text,
        /// Who proposes it.
        proposed_by: SaidBy,
        /// Whom it concerns.
        concerns: Vec<PersonId>,
    },
    /// Say a goal in other words.
    RewordGoal {
        /// The goal.
        goal: GoalId,
        /// The words from now on.
        words: Text,
        /// Who says it so.
        proposed_by: SaidBy,
    },
    /// Record that a goal is reached.
    ReachGoal {
        /// The goal.
        goal: GoalId,
        /// Who of the family says so.
        said_by: PersonId,
        /// In whose words.
        words: Option<Text>,
    },
    /// Withdraw a goal.
    WithdrawGoal {
        /// The goal.
        goal: GoalId,
        /// More about it.
        words: Option<Text>,
    },
    /// Take a goal up again.
    ResumeGoal {
        /// The goal.
        goal: GoalId,
        /// More about it.
        words: Option<Text>,
    },
    /// Choose what a goal is about.
    ChooseGoalSubject {
        /// The goal.
        goal: GoalId,
        /// About what.
        subject: GoalSubject,
        /// What becomes of it when it cannot be asked of somebody.
        handling: Option<GoalHandling>,
    },
    /// Agree an action.
    AgreeAction {
        /// In which plan.
        plan: PlanRef,
        /// What must happen.
        what: Text,
        /// Who does it.
        owner: Owner,
        /// By when.
        due: Option<CivilDay>,
        /// For which goal.
        goal: Option<GoalId>,
        /// Whom it concerns.
        concerns: Vec<PersonId>,
    },
    /// Say who owns an action from now on.
    OwnAction {
        /// The action.
        action: ActionId,
        /// Who.
        owner: Owner,
    },
    /// Move the day on which an action is due.
    MoveAction {
        /// The action.
        action: ActionId,
        /// By when.
        due: CivilDay,
        /// Why.
        reason: Option<Text>,
    },
    /// Record that an action is over.
    EndAction {
        /// The action.
        action: ActionId,
        /// How.
        outcome: ActionOutcome,
        /// More about it.
        words: Option<Text>,
    },
    /// Offer the content of a plan as it stands now.
    OfferPlan {
        /// Which plan.
        plan: PlanRef,
    },
    /// Record what somebody answered about a version.
    AnswerPlan {
        /// The version.
        version: VersionId,
        /// Who.
        person: PersonId,
        /// What.
        answer: Answer,
        /// In whose words.
        words: Option<Text>,
    },
    /// Make a version the plan that is worked by.
    ActivatePlan {
        /// The version.
        version: VersionId,
        /// Why, although somebody did not endorse it.
        reason: Option<Text>,
        /// The interest of the child, where somebody did not endorse it.
        interest: Option<Text>,
    },
    /// Record that a plan was evaluated with the family.
    EvaluatePlan {
        /// Which plan.
        plan: PlanRef,
        /// Who of the family and network took part.
        took_part: Vec<PersonId>,
        /// Which professionals took part.
        workers: Vec<WorkerId>,
        /// Which children were heard.
        heard: Vec<PersonId>,
        /// What came out of it.
        outcome: EvaluationOutcome,
        /// In words.
        words: Text,
        /// The last day for the next one; by the term when nothing is said.
        next: Option<CivilDay>,
    },
}

impl PlanCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProposeGoal { .. } => "proposeGoal",
            Self::RewordGoal { .. } => "rewordGoal",
            Self::ReachGoal { .. } => "reachGoal",
            Self::WithdrawGoal { .. } => "withdrawGoal",
            Self::ResumeGoal { .. } => "resumeGoal",
            Self::ChooseGoalSubject { .. } => "chooseGoalSubject",
            Self::AgreeAction { .. } => "agreeAction",
            Self::OwnAction { .. } => "ownAction",
            Self::MoveAction { .. } => "moveAction",
            Self::EndAction { .. } => "endAction",
            Self::OfferPlan { .. } => "offerPlan",
            Self::AnswerPlan { .. } => "answerPlan",
            Self::ActivatePlan { .. } => "activatePlan",
            Self::EvaluatePlan { .. } => "evaluatePlan",
        }
    }

    /// Whether it gives somebody rights or duties. That something is reached or over, what somebody said and what was evaluated are
    /// reports (rule 0).
    pub(crate) const fn is_act(&self) -> bool {
        matches!(
            self,
            Self::ProposeGoal { .. }
                | Self::RewordGoal { .. }
                | Self::ResumeGoal { .. }
                | Self::ChooseGoalSubject { .. }
                | Self::AgreeAction { .. }
                | Self::OwnAction { .. }
                | Self::MoveAction { .. }
                | Self::OfferPlan { .. }
                | Self::ActivatePlan { .. }
        )
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::ProposeGoal { plan: _, words, proposed_by: _, concerns: _ }
            | Self::RewordGoal { goal: _, words, proposed_by: _ }
            | Self::AgreeAction { plan: _, what: words, owner: _, due: _, goal: _, concerns: _ }
            | Self::EvaluatePlan { plan: _, took_part: _, workers: _, heard: _, outcome: _, words, next: _ } => {
                vec![words.as_str()]
            }
            Self::ReachGoal { goal: _, said_by: _, words }
            | Self::WithdrawGoal { goal: _, words }
            | Self::ResumeGoal { goal: _, words }
            | Self::EndAction { action: _, outcome: _, words }
            | Self::MoveAction { action: _, due: _, reason: words }
            | Self::AnswerPlan { version: _, person: _, answer: _, words } => words.iter().map(Text::as_str).collect(),
            Self::ActivatePlan { version: _, reason, interest } => {
                reason.iter().chain(interest).map(Text::as_str).collect()
            }
            Self::ChooseGoalSubject { goal: _, subject: _, handling: _ }
            | Self::OwnAction { action: _, owner: _ }
            | Self::OfferPlan { plan: _ } => Vec::new(),
        }
    }
}
