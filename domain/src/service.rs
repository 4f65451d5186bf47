//! Opschalen en afschalen: how heavy help is in each environment, which bodies join and leave, and what was advised, by whom (domain.md,
//! "The language": service step; seed 002 1392-1868: levels 1 to 10). De-escalation weighs as much as escalation: a step down is the
//! same fact as a step up, with its reason.
//!
//! A step on this ladder says nothing of the conflict ladder (`conflict`): one view draws both on one axis. Facts about help say something
//! of health, and a body such as Veilig Thuis something of safety: their type in clear is neutral. The divorce advice team (SAT) is in
//! `divorce`.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{ConflictId, InvolvementId, PersonId, StepId, Subject, WorkerId};
use crate::personal::Personal;
use crate::regie::Agreed;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::Occurred;

pub(crate) mod catalogue;
mod decide;
mod state;

pub use catalogue::{CATALOGUE, CODES, LEVEL_OUT_OF_RANGE};
pub use state::{Advice, Involvement, Service, ServiceStep, Wish};

/// Where help is given: each environment has a level of its own (seed 002: 6-8, 239-245).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Family and surroundings (gezin en omgeving).
    Family,
    /// Day nursery or playgroup (kinderopvang, peuterspeelzaal).
    Childcare,
    /// Primary school (primair onderwijs).
    PrimarySchool,
    /// Out-of-school care (buitenschoolse opvang).
    AfterSchoolCare,
    /// Secondary school (voortgezet onderwijs).
    SecondarySchool,
}

/// A body that can be called in. What it does and decides is its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The regional expert team, when regular help is stuck (RET).
    Ret,
    /// Veilig Thuis.
    VeiligThuis,
    /// The council for child protection (Raad voor de Kinderbescherming).
    Raad,
    /// A certified institution (GI).
    Gi,
}

/// How heavy help is: 1 (prevention for all) to 10 (no fixed abode).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct ServiceLevel(u8);

/// A number that is no level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("levels run from 1 to 10")]
pub struct NoLevel;

impl ServiceLevel {
    /// The lightest.
    pub const LOWEST: u8 = 1;
    /// The heaviest.
    pub const HIGHEST: u8 = 10;

    /// A level by its number.
    ///
    /// # Errors
    /// When the number is anything but 1 to 10.
    pub const fn new(number: u8) -> Result<Self, NoLevel> {
        if number < Self::LOWEST || number > Self::HIGHEST { Err(NoLevel) } else { Ok(Self(number)) }
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for ServiceLevel {
    type Error = NoLevel;

    fn try_from(number: u8) -> Result<Self, NoLevel> {
        Self::new(number)
    }
}

impl From<ServiceLevel> for u8 {
    fn from(level: ServiceLevel) -> Self {
        level.0
    }
}

/// What can happen to the weight of help.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ServiceEvent {
    /// Help for somebody went to a level in an environment: up, down, or for the first time.
    ServiceStepTaken {
        /// The step.
        step: StepId,
        /// Whose help.
        person: PersonId,
        /// Where.
        environment: Environment,
        /// The level since then.
        level: Personal<ServiceLevel>,
        /// Why.
        reason: Personal<Text>,
        /// Who decided.
        decided: Vec<Agreed>,
        /// Which programme, when known.
        programme: Option<Personal<Line>>,
        /// Who provides it, when known.
        provider: Option<Personal<Line>>,
    },
    /// Somebody of the family said what they wish with a step.
    FamilyWishTold {
        /// The step.
        step: StepId,
        /// Who.
        person: PersonId,
        /// What, in own words.
        wish: Personal<Text>,
    },
    /// A body joined.
    BodyJoined {
        /// The involvement.
        involvement: InvolvementId,
        /// Which body.
        body: Body,
        /// Of which region or organisation, when known.
        organisation: Option<Personal<Line>>,
        /// About whom.
        persons: Vec<PersonId>,
        /// Why.
        reason: Personal<Text>,
        /// What the family was told of what it does and does not do.
        family_told: Option<Personal<Text>>,
    },
    /// A body left.
    BodyLeft {
        /// The involvement.
        involvement: InvolvementId,
        /// Why, or with what result.
        reason: Personal<Text>,
    },
    /// Somebody advised on a conflict or a step.
    AdviceRecorded {
        /// On which conflict.
        conflict: Option<ConflictId>,
        /// On which step.
        step: Option<StepId>,
        /// About whom.
        persons: Vec<PersonId>,
        /// Whose advice: a behavioural scientist, the RET.
        source: Personal<Line>,
        /// The advice.
        advice: Personal<Text>,
    },
}

/// What somebody wishes, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewWish {
    /// Who.
    pub person: PersonId,
    /// What, in own words.
    pub wish: Text,
}

/// A step as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewStep {
    /// Whose help.
    pub person: PersonId,
    /// Where.
    pub environment: Environment,
    /// The level.
    pub level: ServiceLevel,
    /// Why.
    pub reason: Text,
    /// Who decided.
    pub decided: Vec<Agreed>,
    /// Which programme, when known.
    pub programme: Option<Line>,
    /// Who provides it, when known.
    pub provider: Option<Line>,
    /// What the young person and the parents wish, each in own words.
    pub wishes: Vec<NewWish>,
}

/// On what is advised.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AdvisedOn {
    /// A conflict.
    Conflict(ConflictId),
    /// A step.
    Step(StepId),
}

/// What can be asked about the weight of help.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ServiceCommand {
    /// Record that help went to a level.
    TakeServiceStep(Box<NewStep>),
    /// Record that a body joined.
    RecordBodyJoined {
        /// Which body.
        body: Body,
        /// Of which region or organisation, when known.
        organisation: Option<Line>,
        /// About whom.
        persons: Vec<PersonId>,
        /// Why.
        reason: Text,
        /// What the family was told of what it does and does not do.
        family_told: Option<Text>,
    },
    /// Record that a body left.
    RecordBodyLeft {
        /// The involvement.
        involvement: InvolvementId,
        /// Why, or with what result.
        reason: Text,
    },
    /// Record what was advised, and by whom.
    RecordAdvice {
        /// On what.
        on: AdvisedOn,
        /// Whose advice.
        source: Line,
        /// The advice.
        advice: Text,
    },
}

impl ServiceEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        fn maybe<T>(value: Option<&Personal<T>>) -> Option<Subject> {
            value.map(Personal::owner)
        }
        let persons = self.persons().into_iter().map(Subject::Person);
        let records: Vec<Subject> = match self {
            Self::ServiceStepTaken { reason, programme, provider, .. } => {
                let kept = [maybe(programme.as_ref()), maybe(provider.as_ref())];
                kept.into_iter().flatten().chain([reason.owner()]).collect()
            }
            Self::FamilyWishTold { wish: words, .. } | Self::BodyLeft { reason: words, .. } => vec![words.owner()],
            Self::BodyJoined { organisation, reason, family_told, .. } => {
                let kept = [maybe(organisation.as_ref()), maybe(family_told.as_ref())];
                kept.into_iter().flatten().chain([reason.owner()]).collect()
            }
            Self::AdviceRecorded { source, advice, .. } => vec![source.owner(), advice.owner()],
        };
        persons.chain(records).collect()
    }

    /// The people that it names itself.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::ServiceStepTaken { person, decided, .. } => {
                let decided = decided.iter().filter_map(|agreed| match agreed {
                    Agreed::Person(person) => Some(*person),
                    Agreed::Worker(_) => None,
                });
                let mut persons: Vec<_> = std::iter::once(*person).chain(decided).collect();
                persons.sort_unstable();
                persons.dedup();
                persons
            }
            Self::FamilyWishTold { person, .. } => vec![*person],
            Self::BodyJoined { persons, .. } | Self::AdviceRecorded { persons, .. } => persons.clone(),
            Self::BodyLeft { .. } => Vec::new(),
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        let Self::ServiceStepTaken { decided, .. } = self else { return Vec::new() };
        let worker = |agreed: &Agreed| match agreed {
            Agreed::Worker(worker) => Some(*worker),
            Agreed::Person(_) => None,
        };
        decided.iter().filter_map(worker).collect()
    }
}

impl ServiceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TakeServiceStep(_) => "takeServiceStep",
            Self::RecordBodyJoined { .. } => "recordBodyJoined",
            Self::RecordBodyLeft { .. } => "recordBodyLeft",
            Self::RecordAdvice { .. } => "recordAdvice",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ServiceCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.occurred.map_or_else(|| context.today(), Occurred::day);
    decide::decide(history.state(), command, on, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ServiceEvent) {
    state.service.apply(fact, event);
}

/// Whether a fact speaks of a step, an involvement or a conflict that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &ServiceEvent) -> bool {
    let no_step = |step: StepId| state.service.step(step).is_none();
    match event {
        ServiceEvent::ServiceStepTaken { .. } | ServiceEvent::BodyJoined { .. } => false,
        ServiceEvent::FamilyWishTold { step, .. } => no_step(*step),
        ServiceEvent::BodyLeft { involvement, .. } => state.service.involvement(*involvement).is_none(),
        ServiceEvent::AdviceRecorded { conflict, step, .. } => {
            conflict.is_some_and(|conflict| state.conflicts.conflict(conflict).is_none()) || step.is_some_and(no_step)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
