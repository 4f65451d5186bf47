//! Names of things. Every id is a type of its own, so that a household can never be passed where a person is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An id that could not be read: not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not an id (expected a UUID)")]
pub struct InvalidId {
    /// What was given instead.
    pub given: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that already names this kind of thing.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself, for storage and for the wire.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| InvalidId { given: text.chars().take(64).collect() })
            }
        }
    };
}

id!(/// One family system that needs coordination; names its stream.
    CaseId);
id!(/// A person *in one case*. That two ids are one human is a fact of its own, never derivable from the id.
    PersonId);
id!(/// People who live together, in one case.
    HouseholdId);
id!(/// A concern raised before anyone may be named (004:2860).
    SignalId);
id!(/// A professional or other user of the system, across cases.
    WorkerId);
id!(/// One consent: one giver, one subject.
    ConsentId);
id!(/// That one receiver is told that a consent ended.
    NoticeId);
id!(/// One offered handover of the directorship.
    HandoverId);
id!(/// One request to a divorce advice team (SAT).
    ReviewId);
id!(/// One `DOnS` trajectory.
    TrajectoryId);
id!(/// One share of data with somebody outside the case.
    ShareId);
id!(/// One emergency access.
    EmergencyId);
id!(/// One goal of a plan, through all its wordings.
    GoalId);
id!(/// One action of a plan.
    ActionId);
id!(/// A plan's content as it was offered on a moment.
    VersionId);
id!(/// One plan that a family makes itself (familiegroepsplan).
    OwnPlanId);
id!(/// One contact moment.
    ContactId);
id!(/// Something promised in a contact.
    PromiseId);
id!(/// One signal about how a child fares.
    ChildSignalId);
id!(/// What somebody said, once.
    StatementId);
id!(/// One request from outside.
    RequestId);
id!(/// One conflict between named people.
    ConflictId);
id!(/// One step up or down in the weight of help.
    StepId);
id!(/// That a body (RET, Veilig Thuis, Raad, GI) joined, once.
    InvolvementId);
id!(/// One court ruling, as far as it concerns one person of the case.
    RulingId);
id!(/// One exception that the law makes to asking for consent.
    ExceptionId);
id!(/// One assessment: an instrument, on a day.
    AssessmentId);
id!(/// What one person said in an assessment, once.
    AssessmentPartId);
id!(/// What may explain what is hard, as professionals see it.
    HypothesisId);
id!(/// One reference to a register elsewhere.
    ReferenceId);
id!(/// Informal support of one volunteer, from match to closing.
    SupportId);
id!(/// One conference: a network meeting (netwerkberaad).
    ConferenceId);
id!(/// One reflection on how it goes together.
    ReflectionId);
id!(/// One joint intake with a school.
    IntakeId);
id!(/// One weighing of help in a school.
    TriageId);
id!(/// One question by a school.
    SchoolQuestionId);
id!(/// One trajectory of help by a provider.
    HelpTrajectoryId);
id!(/// One extension of a trajectory, as it was asked.
    ExtensionId);
id!(/// One weighing: help that may harm, or a deliberate wait.
    WeighingId);
id!(/// One application: for a decision, or for material aid.
    ApplicationId);
id!(/// One direct referral.
    ReferralId);
id!(/// One condition in voluntary help.
    ConditionId);
id!(/// One conversation of a `DOnS` trajectory, held or not held.
    DonsConversationId);
id!(/// One goal of the parents in a `DOnS` trajectory, through all its wordings.
    ParentGoalId);
id!(/// Something that stands in the way, from its opening to its lifting.
    BarrierId);
id!(/// One advice of a divorce advice team (SAT).
    AdviceId);
id!(/// One lane of safety, from its first signal until it is cleared.
    LaneId);
id!(/// That somebody is told of a lane later.
    ToldLaterId);
id!(/// One alert, through all its steps.
    AlertId);
id!(/// Something that the system proposed, once.
    ProposalId);
id!(/// One free text, statement or a child's words: the unit that can be destroyed alone.
    RecordId);
id!(/// One minimal shared agreement between households.
    AgreementId);
id!(/// What somebody thought of that they can do themself.
    OptionId);
id!(/// Somebody's familiar face (vertrouwd gezicht).
    TrustedContactId);
id!(/// One involvement of a regional expert team (RET).
    RetId);
id!(/// The *bytes* of one event; made once per attempt.
    EventId);
id!(/// One intention of one actor; the same id has one effect and one answer.
    CommandId);
id!(/// One episode of a divorce, from a signal until it is closed.
    EpisodeId);

/// Whom a sealed value belongs to: the unit a key is made for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// A person in this case.
    Person(PersonId),
    /// A household in this case.
    Household(HouseholdId),
    /// The case as a whole.
    Case(CaseId),
    /// A signal as a whole.
    Signal(SignalId),
    /// One text.
    Record(RecordId),
    /// A worker, in the worker's own stream.
    Worker(WorkerId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Household(id) => write!(f, "household:{id}"),
            Self::Case(id) => write!(f, "case:{id}"),
            Self::Signal(id) => write!(f, "signal:{id}"),
            Self::Record(id) => write!(f, "record:{id}"),
            Self::Worker(id) => write!(f, "worker:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let Some((kind, id)) = text.split_once(':') else {
            return Err(InvalidId { given: text.chars().take(64).collect() });
        };
        match kind {
            "person" => id.parse().map(Self::Person),
            "household" => id.parse().map(Self::Household),
            "case" => id.parse().map(Self::Case),
            "signal" => id.parse().map(Self::Signal),
            "record" => id.parse().map(Self::Record),
            "worker" => id.parse().map(Self::Worker),
            _ => Err(InvalidId { given: text.chars().take(64).collect() }),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Place of an event in its stream, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(u64);

impl Revision {
    /// The first event of a stream.
    pub const FIRST: Self = Self(0);

    /// A revision by number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number, counted from 0.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The revision after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
