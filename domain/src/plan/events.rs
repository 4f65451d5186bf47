//! What can happen about plans, as it is stored.

use serde::{Deserialize, Serialize};

use super::catalogue;
use crate::fact::EventInfo;
use crate::ids::{ActionId, AgreementId, GoalId, HouseholdId, PersonId, Subject, VersionId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// Which plan. That of the family always exists; that of a household since the plans went apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanRef {
    /// The one plan of the family: frozen, and still readable, once the plans went apart.
    Family,
    /// The plan of this household.
    Household(HouseholdId),
    /// The layer of the children, for both households, once the plans went apart: no plan that is offered or becomes active.
    Child,
    /// No plan: what went into this minimal shared agreement.
    Agreement(AgreementId),
}

impl PlanRef {
    /// Whether it is worked by as a plan: offered, endorsed, evaluated.
    #[must_use]
    pub const fn is_plan(self) -> bool {
        matches!(self, Self::Family | Self::Household(_))
    }

    /// The household, of the plan of one.
    #[must_use]
    pub const fn household(self) -> Option<HouseholdId> {
        match self {
            Self::Family | Self::Child | Self::Agreement(_) => None,
            Self::Household(household) => Some(household),
        }
    }
}

/// Who said something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
}

impl SaidBy {
    /// The family or network member.
    #[must_use]
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Worker(_) => None,
        }
    }
}

/// Who does something: one, or nobody yet (*nog niemand*; rule 7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Nobody yet.
    Nobody,
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
}

impl Owner {
    /// The family or network member.
    #[must_use]
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Nobody | Self::Worker(_) => None,
        }
    }

    /// The professional.
    #[must_use]
    pub const fn worker(self) -> Option<WorkerId> {
        match self {
            Self::Worker(worker) => Some(worker),
            Self::Nobody | Self::Person(_) => None,
        }
    }
}

/// How an action ended. None of them blames anybody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionOutcome {
    /// It was done.
    Done,
    /// It was tried and did not work out.
    DidNotWorkOut,
    /// It is not needed any more: it leaves the plan.
    Dropped,
}

/// What somebody said of a version.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Endorsed.
    Endorsed,
    /// Endorsed, with a reservation in words.
    Reserved,
    /// Refused.
    Refused,
    /// Asked, and gave no answer: no endorsement.
    NotAnswered,
}

impl Answer {
    /// Whether it endorses, be it with a reservation.
    #[must_use]
    pub const fn endorses(self) -> bool {
        matches!(self, Self::Endorsed | Self::Reserved)
    }
}

/// What came out of an evaluation with the family.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationOutcome {
    /// The help still fits: it goes on as it is.
    GoesOn,
    /// The plan is adjusted.
    Adjusted,
    /// It is enough: the family goes on by itself.
    Enough,
}

/// What a goal is about: a person chooses it, nothing is computed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalSubject {
    /// The own household or who says it.
    Own,
    /// A child.
    Child,
    /// What the other parent does or must do.
    OtherParent,
    /// Contact between a child and a parent, or between parents.
    Contact,
}

/// What becomes of a goal that cannot be asked of somebody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalHandling {
    /// It stays as a wish: nobody is held to it.
    Wish,
    /// It is looked at as a matter of safety, not as a goal.
    Safety,
}

/// What a plan consists of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A goal.
    Goal(GoalId),
    /// An action.
    Action(ActionId),
}

/// A goal or action as it stood in a plan that was offered, with the persons of those asked whom it touches.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfferedLine {
    /// Which.
    pub item: Item,
    /// Whom of those asked it touches, in order; at least one.
    pub touches: Vec<PersonId>,
}

/// What can happen about plans.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum PlanEvent {
    /// A goal, in the family's words (rule 8).
    GoalProposed {
        /// In which plan.
        plan: PlanRef,
        /// The goal.
        goal: GoalId,
        /// In the words of who proposed it.
        words: Personal<Text>,
        /// Who proposed it.
        proposed_by: SaidBy,
        /// Whom it concerns: at least one, in order.
        concerns: Vec<PersonId>,
    },
    /// A goal was said in other words. The earlier ones stay in its history.
    GoalReworded {
        /// The goal.
        goal: GoalId,
        /// The words from now on.
        words: Personal<Text>,
        /// Who said it so.
        proposed_by: SaidBy,
    },
    /// A goal is reached: "good enough" is for the family to say.
    GoalReached {
        /// The goal.
        goal: GoalId,
        /// Who of the family says so.
        said_by: PersonId,
        /// In whose words.
        words: Option<Personal<Text>>,
    },
    /// A goal was withdrawn: neutral, never failed. It leaves the default view.
    GoalWithdrawn {
        /// The goal.
        goal: GoalId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// A goal that was reached or withdrawn is taken up again.
    GoalResumed {
        /// The goal.
        goal: GoalId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// A person chose what a goal is about.
    GoalSubjectChosen {
        /// The goal.
        goal: GoalId,
        /// About what.
        subject: GoalSubject,
        /// What becomes of one that cannot be asked of somebody.
        handling: Option<GoalHandling>,
    },
    /// An action was agreed (rule 7).
    ActionAgreed {
        /// In which plan.
        plan: PlanRef,
        /// The action.
        action: ActionId,
        /// What must happen.
        what: Personal<Text>,
        /// Who does it; nobody yet is possible.
        owner: Owner,
        /// By when.
        due: Option<CivilDay>,
        /// For which goal.
        goal: Option<GoalId>,
        /// Whom it concerns: at least one, in order.
        concerns: Vec<PersonId>,
    },
    /// Somebody owns an action from now on, or nobody does any more.
    ActionOwned {
        /// The action.
        action: ActionId,
        /// Who.
        owner: Owner,
    },
    /// An action is due on another day.
    ActionMoved {
        /// The action.
        action: ActionId,
        /// By when.
        due: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
    /// An action is over.
    ActionEnded {
        /// The action.
        action: ActionId,
        /// How.
        outcome: ActionOutcome,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// The content of a plan was offered as it stood: a version.
    PlanOffered {
        /// Which plan.
        plan: PlanRef,
        /// The version.
        version: VersionId,
        /// Its goals and actions, in order.
        lines: Vec<OfferedLine>,
    },
    /// Somebody answered about a version: per person, never for another.
    PlanAnswered {
        /// The version.
        version: VersionId,
        /// Who.
        person: PersonId,
        /// What.
        answer: Personal<Answer>,
        /// In whose words: the reservation, or why not.
        words: Option<Personal<Text>>,
    },
    /// A version became the plan that is worked by (rule 9).
    PlanActivated {
        /// The version.
        version: VersionId,
        /// Who was asked and did not endorse it, in order: the no stands beside it.
        despite: Vec<PersonId>,
        /// Why all the same, in the director's words.
        reason: Option<Personal<Text>>,
        /// The interest of the child (rule 18).
        interest: Option<Personal<Text>>,
    },
    /// A plan was evaluated with the family (rule 10).
    PlanEvaluated {
        /// Which plan.
        plan: PlanRef,
        /// Who of the family and network took part, in order.
        took_part: Vec<PersonId>,
        /// Which professionals took part, in order.
        workers: Vec<WorkerId>,
        /// Which children were heard, in order.
        heard: Vec<PersonId>,
        /// What came out of it.
        outcome: EvaluationOutcome,
        /// In words.
        words: Personal<Text>,
        /// The last day for the next one.
        next: CivilDay,
    },
}

impl PlanEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people and households it is about and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let of = |plan: &PlanRef| plan.household().map(Subject::Household).into_iter();
        let said = |by: &SaidBy| by.person().into_iter();
        let persons = |list: &[PersonId]| list.iter().copied().map(Subject::Person).collect::<Vec<_>>();
        let record = |words: &Option<Personal<Text>>| words.as_ref().map(Personal::owner).into_iter();
        match self {
            Self::GoalProposed { plan, words, proposed_by, concerns, .. } => of(plan)
                .chain(persons(concerns))
                .chain(said(proposed_by).map(Subject::Person))
                .chain([words.owner()])
                .collect(),
            Self::GoalReworded { words, proposed_by, .. } => {
                said(proposed_by).map(Subject::Person).chain([words.owner()]).collect()
            }
            Self::GoalReached { said_by, words, .. } => {
                [Subject::Person(*said_by)].into_iter().chain(record(words)).collect()
            }
            Self::GoalWithdrawn { words, .. } | Self::GoalResumed { words, .. } | Self::ActionEnded { words, .. } => {
                record(words).collect()
            }
            Self::ActionAgreed { plan, what, owner, concerns, .. } => of(plan)
                .chain(persons(concerns))
                .chain(owner.person().map(Subject::Person))
                .chain([what.owner()])
                .collect(),
            Self::GoalSubjectChosen { .. } => Vec::new(),
            Self::ActionOwned { owner, .. } => owner.person().map(Subject::Person).into_iter().collect(),
            Self::ActionMoved { reason, .. } => record(reason).collect(),
            Self::PlanOffered { plan, lines, .. } => {
                of(plan).chain(lines.iter().flat_map(|line| persons(&line.touches))).collect()
            }
            Self::PlanAnswered { person, words, .. } => {
                [Subject::Person(*person)].into_iter().chain(record(words)).collect()
            }
            Self::PlanActivated { despite, reason, interest, .. } => {
                persons(despite).into_iter().chain(record(reason)).chain(record(interest)).collect()
            }
            Self::PlanEvaluated { plan, took_part, heard, words, .. } => {
                of(plan).chain(persons(took_part)).chain(persons(heard)).chain([words.owner()]).collect()
            }
        }
    }

    /// The professionals it names.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::GoalProposed { proposed_by: SaidBy::Worker(worker), .. }
            | Self::GoalReworded { proposed_by: SaidBy::Worker(worker), .. }
            | Self::ActionAgreed { owner: Owner::Worker(worker), .. }
            | Self::ActionOwned { owner: Owner::Worker(worker), .. } => vec![*worker],
            Self::PlanEvaluated { workers, .. } => workers.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether it is part of what a goal was through time, which nobody can rewrite (rule 13).
    #[must_use]
    pub const fn is_goal_history(&self) -> bool {
        matches!(
            self,
            Self::GoalProposed { .. }
                | Self::GoalReworded { .. }
                | Self::GoalReached { .. }
                | Self::GoalWithdrawn { .. }
                | Self::GoalResumed { .. }
                | Self::GoalSubjectChosen { .. }
        )
    }
}
