//! `DOnS`, shared parenting after divorce: a duo of two different, trained family representatives accompanies both parents (divorce.md,
//! "`DOnS`"; R29-R35; 004b:5945-6167). Conversations held and not held, what the parents work towards, what stands in the way, and how the
//! trajectory ends: completed with what came of it, or early with a reason, back to triage.
//!
//! "Usually" is no law (004b:5972): a conversation outside the usual pattern is recorded, explained, and shows as a deviation. One that
//! was not held counts as neither.

use serde::{Deserialize, Serialize};

use crate::fact::{EventInfo, Organisation};
use crate::ids::{BarrierId, DonsConversationId, ParentGoalId, PersonId, Subject, TrajectoryId, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(super) mod catalogue;
mod decide;
mod pattern;
mod state;

pub(super) use decide::decide;
pub use pattern::{DONS_ATTENDANCE, DONS_PATTERN, DonsPattern, Usual};
use state::DonsTrajectory;
pub(super) use state::apply;
pub use state::{
    Barrier, DONS_EXPLANATION_DUE, Dons, DonsConversation, DonsEnding, DonsHeld, DonsKindProgress, DonsNotHeld,
    DonsProgress, Duo, GoalStep, ParentGoal, Took, Wording,
};

/// A family representative of a duo.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FamilyRepresentative {
    /// The worker.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
}

/// What kind of conversation (004b:5973-5976).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DonsConversationKind {
    /// What the trajectory is, told to the parents apart (informatiegesprek).
    Information,
    /// With each parent alone (voorgesprek).
    Preparatory,
    /// Both parents and both representatives (viergesprek).
    FourWay,
    /// On the way, with whoever needs it (procesbegeleiding).
    ProcessGuidance,
}

impl DonsConversationKind {
    /// Every kind, in the usual order.
    pub const ALL: [Self; 4] = [Self::Information, Self::Preparatory, Self::FourWay, Self::ProcessGuidance];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Preparatory => "preparatory",
            Self::FourWay => "four_way",
            Self::ProcessGuidance => "process_guidance",
        }
    }
}

/// What a trajectory works on: its three sub-goals (004b:5948).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DonsSubGoal {
    /// To see the divorce as a transition, and what stress does (004b:5963, 5985-5986).
    Transition,
    /// A shared vision of parenthood, and goals that are the parents' own (004b:5991, 6003-6006).
    SharedVision,
    /// Parents who find solutions themselves (004b:6008-6016).
    Ownership,
}

/// What can stand in the way (R35; 004b:6094-6102).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarrierKind {
    /// A court case that is pending.
    CourtCase,
    /// Language.
    Language,
    /// Housing, and what else comes first.
    Housing,
    /// A closed attitude.
    ClosedAttitude,
    /// A negative dynamic between the parents.
    NegativeDynamic,
    /// Wrong expectations.
    WrongExpectations,
}

/// What can happen about a `DOnS` trajectory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum DonsEvent {
    /// Two family representatives were assigned: the trajectory began.
    DonsDuoAssigned {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Two different people.
        representatives: [FamilyRepresentative; 2],
        /// First day.
        from: CivilDay,
    },
    /// The trajectory ended before it was completed: back to triage.
    DonsEnded {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Personal<Text>,
    },
    /// A conversation was held.
    DonsConversationHeld {
        /// The conversation.
        conversation: DonsConversationId,
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Which kind.
        kind: DonsConversationKind,
        /// Who of the family was present; each once.
        present: Vec<PersonId>,
        /// Whether they were spoken with one after the other.
        apart: bool,
        /// Which workers were present; each once.
        representatives: Vec<WorkerId>,
        /// How long it lasted.
        minutes: u32,
        /// How long it took to prepare and write up, of both together.
        preparation: u32,
        /// What it was about.
        topics: Vec<Personal<Line>>,
        /// On which sub-goals it worked; each once.
        sub_goals: Vec<DonsSubGoal>,
        /// What came of it.
        words: Option<Personal<Text>>,
    },
    /// A conversation was planned and not held: it counts as neither held nor a deviation.
    DonsConversationNotHeld {
        /// The conversation.
        conversation: DonsConversationId,
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Which kind.
        kind: DonsConversationKind,
        /// Who did not come; each once.
        absent: Vec<PersonId>,
        /// How long it took to prepare.
        preparation: u32,
        /// Why it was not held.
        reason: Personal<Text>,
    },
    /// The parents drafted a goal.
    ParentGoalDrafted {
        /// The goal.
        goal: ParentGoalId,
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Whose goal; each once.
        parents: Vec<PersonId>,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
        /// In their words.
        words: Personal<Text>,
    },
    /// The parents adjusted it.
    ParentGoalAdjusted {
        /// The goal.
        goal: ParentGoalId,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
        /// In their words, as it is now.
        words: Personal<Text>,
    },
    /// The parents fixed it as it stood.
    ParentGoalFixed {
        /// The goal.
        goal: ParentGoalId,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
    },
    /// Something stands in the way.
    BarrierOpened {
        /// The barrier.
        barrier: BarrierId,
        /// What.
        kind: Personal<BarrierKind>,
        /// For whom; each once.
        persons: Vec<PersonId>,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// It does so no longer.
    BarrierLifted {
        /// The barrier.
        barrier: BarrierId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// The trajectory was completed.
    DonsCompleted {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day.
        last_day: CivilDay,
        /// What came of it for how the parents communicate.
        communication: Option<Personal<Text>>,
        /// What came of it for the contact with the children.
        contact: Option<Personal<Text>>,
        /// What was agreed.
        agreements: Option<Personal<Text>>,
    },
}

/// What can be asked about a `DOnS` trajectory.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum DonsCommand {
    /// Assign two family representatives.
    AssignDonsDuo {
        /// Two different people.
        representatives: [FamilyRepresentative; 2],
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Those of them whom their organisation does not say to be trained on that day, by the streams of the workers: what was found
        /// is no part of what was asked.
        #[serde(skip)]
        untrained: Vec<WorkerId>,
    },
    /// Record that the trajectory ended early.
    EndDons {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Text,
    },
    /// Record a conversation that was held.
    RecordDonsConversation(Box<NewDonsConversation>),
    /// Record a conversation that was not held.
    RecordDonsNotHeld {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Which kind.
        kind: DonsConversationKind,
        /// Who did not come.
        absent: Vec<PersonId>,
        /// How long it took to prepare, in minutes.
        preparation: u32,
        /// Why it was not held.
        reason: Text,
    },
    /// Record a goal of the parents.
    DraftParentGoal {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Whose goal; that of every parent when nothing is said.
        parents: Vec<PersonId>,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
        /// In their words.
        words: Text,
    },
    /// Record that they adjusted it.
    AdjustParentGoal {
        /// The goal.
        goal: ParentGoalId,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
        /// In their words, as it is now.
        words: Text,
    },
    /// Record that they fixed it.
    FixParentGoal {
        /// The goal.
        goal: ParentGoalId,
        /// In which conversation.
        conversation: Option<DonsConversationId>,
    },
    /// Record that something stands in the way.
    OpenBarrier {
        /// What.
        kind: BarrierKind,
        /// For whom.
        persons: Vec<PersonId>,
        /// More about it.
        words: Option<Text>,
    },
    /// Record that it does so no longer.
    LiftBarrier {
        /// The barrier.
        barrier: BarrierId,
        /// More about it.
        words: Option<Text>,
    },
    /// Record that the trajectory was completed.
    CompleteDons {
        /// The trajectory.
        trajectory: TrajectoryId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// What came of it for how the parents communicate.
        communication: Option<Text>,
        /// What came of it for the contact with the children.
        contact: Option<Text>,
        /// What was agreed.
        agreements: Option<Text>,
    },
}

/// A conversation that was held, as given in a command. The kind and who was present; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewDonsConversation {
    /// The trajectory.
    pub trajectory: TrajectoryId,
    /// Which kind.
    pub kind: DonsConversationKind,
    /// Who of the family was present.
    pub present: Vec<PersonId>,
    /// Whether they were spoken with one after the other.
    pub apart: bool,
    /// Which workers were present; the duo when nothing is said.
    pub representatives: Vec<WorkerId>,
    /// How long it lasted, in minutes.
    pub minutes: u32,
    /// How long it took to prepare and write up, in minutes of both together.
    pub preparation: u32,
    /// What it was about.
    pub topics: Vec<Line>,
    /// On which sub-goals it worked.
    pub sub_goals: Vec<DonsSubGoal>,
    /// What came of it.
    pub words: Option<Text>,
    /// Where it went otherwise than usual: why.
    pub explanation: Option<Text>,
}

impl DonsEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    pub(super) fn subjects(&self) -> Vec<Subject> {
        let persons = |persons: &[PersonId]| persons.iter().copied().map(Subject::Person).collect::<Vec<_>>();
        let (of, records): (Vec<Subject>, Vec<Subject>) = match self {
            Self::DonsDuoAssigned { .. } | Self::ParentGoalFixed { .. } => (Vec::new(), Vec::new()),
            Self::DonsEnded { reason, .. } => (Vec::new(), vec![reason.owner()]),
            Self::DonsConversationHeld { present, topics, words, .. } => {
                let records = topics.iter().map(Personal::owner).chain(words.iter().map(Personal::owner));
                (persons(present), records.collect())
            }
            Self::DonsConversationNotHeld { absent, reason, .. } => (persons(absent), vec![reason.owner()]),
            Self::ParentGoalDrafted { parents, words, .. } => (persons(parents), vec![words.owner()]),
            Self::ParentGoalAdjusted { words, .. } => (Vec::new(), vec![words.owner()]),
            Self::BarrierOpened { kind, persons: whose, words, .. } => {
                (persons(whose), std::iter::once(kind.owner()).chain(words.iter().map(Personal::owner)).collect())
            }
            Self::BarrierLifted { words, .. } => (Vec::new(), words.iter().map(Personal::owner).collect()),
            Self::DonsCompleted { communication, contact, agreements, .. } => {
                let outcomes = [communication, contact, agreements].into_iter().flatten();
                (Vec::new(), outcomes.map(Personal::owner).collect())
            }
        };
        of.into_iter().chain(records).collect()
    }

    /// The workers it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::DonsDuoAssigned { representatives, .. } => representatives.iter().map(|one| one.worker).collect(),
            Self::DonsConversationHeld { representatives, .. } => representatives.clone(),
            _ => Vec::new(),
        }
    }

    /// The people of the case whom it names.
    #[must_use]
    pub fn persons(&self) -> &[PersonId] {
        match self {
            Self::DonsConversationHeld { present: persons, .. }
            | Self::DonsConversationNotHeld { absent: persons, .. }
            | Self::ParentGoalDrafted { parents: persons, .. }
            | Self::BarrierOpened { persons, .. } => persons,
            _ => &[],
        }
    }
}

impl DonsCommand {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::AssignDonsDuo { .. } => "assignDonsDuo",
            Self::EndDons { .. } => "endDons",
            Self::RecordDonsConversation(_) => "recordDonsConversation",
            Self::RecordDonsNotHeld { .. } => "recordDonsNotHeld",
            Self::DraftParentGoal { .. } => "draftParentGoal",
            Self::AdjustParentGoal { .. } => "adjustParentGoal",
            Self::FixParentGoal { .. } => "fixParentGoal",
            Self::OpenBarrier { .. } => "openBarrier",
            Self::LiftBarrier { .. } => "liftBarrier",
            Self::CompleteDons { .. } => "completeDons",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::AssignDonsDuo { representatives: _, from: _, untrained: _ }
            | Self::FixParentGoal { goal: _, conversation: _ } => Vec::new(),
            Self::EndDons { trajectory: _, last_day: _, reason }
            | Self::RecordDonsNotHeld { trajectory: _, kind: _, absent: _, preparation: _, reason } => {
                vec![reason.as_str()]
            }
            Self::RecordDonsConversation(new) => {
                let NewDonsConversation { topics, words, explanation, .. } = &**new;
                let said = [words.as_ref(), explanation.as_ref()].into_iter().flatten().map(Text::as_str);
                topics.iter().map(Line::as_str).chain(said).collect()
            }
            Self::DraftParentGoal { trajectory: _, parents: _, conversation: _, words }
            | Self::AdjustParentGoal { goal: _, conversation: _, words } => vec![words.as_str()],
            Self::OpenBarrier { kind: _, persons: _, words } | Self::LiftBarrier { barrier: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
            Self::CompleteDons { trajectory: _, last_day: _, communication, contact, agreements } => {
                [communication, contact, agreements].into_iter().flatten().map(Text::as_str).collect()
            }
        }
    }
}
