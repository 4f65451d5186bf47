//! Conflicts between named people, and how each of them experiences one: assessed by a person on the ladder of Glasl, never computed
//! (divorce.md, "Two ladders, one picture"; R10). Beside it what the text itself offers (004b 5.4): the form of parenthood, flare-ups,
//! energy that somebody says the conflict takes, calm periods. Words tell acts and blame nobody.
//!
//! All of it is a report (rule 0): nothing is refused but what makes no sense. What is said of one person is a fact of its own, so that
//! whoever works for one of them reads nothing of the other.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{ConflictId, PersonId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod glasl;
mod state;

pub use catalogue::{CATALOGUE, CODES, CONFLICT_UNKNOWN, ENERGY_OUT_OF_RANGE, STAGE_OUT_OF_RANGE};
pub use glasl::{EnergyPercent, FittingIntervention, GLASL, GlaslPhase, GlaslStage, OutOfRange};
pub use state::{Assessed, Calm, Conflict, Conflicts, Energy, FlareUp, Form, NetworkAssessed, Rest, Rise, rises};

/// How parents are parents beside each other (004b L6339-6353).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParentingForm {
    /// Together, in consultation.
    Cooperative,
    /// Each on their own, in parallel (solo).
    Parallel,
    /// Strife goes on.
    Conflict,
}

impl ParentingForm {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Parallel => "parallel",
            Self::Conflict => "conflict",
        }
    }
}

/// What somebody of the network does to a conflict (004b L7316: a network can keep a conflict going, or calm it).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkEffect {
    /// It feeds the conflict.
    Feeds,
    /// It calms the conflict.
    Calms,
    /// It cannot be said.
    Unknown,
}

/// By which way a conflict flared up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// An app or text message.
    App,
    /// Mail.
    Mail,
    /// By telephone.
    Telephone,
    /// Face to face, at a hand-over for instance.
    FaceToFace,
    /// In a talk that somebody led.
    Meeting,
    /// Through the children.
    ThroughChildren,
    /// Through a lawyer or a court.
    Legal,
    /// Another way.
    Other,
}

/// How a conflict came to lie still.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestKind {
    /// It rests; a relapse is normal (004b R43).
    Resting,
    /// It is over, in the eyes of those who are in it.
    Ended,
}

/// What somebody did in a flare-up: acts, no roles (rule 26).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reaction {
    /// Who.
    pub person: PersonId,
    /// What that person did.
    pub acts: Personal<Text>,
}

/// What can happen about conflicts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ConflictEvent {
    /// A conflict was named.
    ConflictNamed {
        /// The conflict.
        conflict: ConflictId,
        /// Between whom: at least two.
        between: Vec<PersonId>,
        /// About what.
        about: Personal<Text>,
    },
    /// Somebody assessed how one person experiences a conflict now.
    GlaslStageAssessed {
        /// The conflict.
        conflict: ConflictId,
        /// Who experiences it so.
        person: PersonId,
        /// The stage; nothing when it could not be said.
        stage: Option<Personal<GlaslStage>>,
        /// What was seen or heard.
        observations: Personal<Text>,
        /// Who assessed it.
        by: WorkerId,
        /// By which version of the ladder.
        model: String,
    },
    /// Somebody assessed how one parent is a parent beside the other.
    ParentingFormAssessed {
        /// The parent.
        person: PersonId,
        /// The form.
        form: Personal<ParentingForm>,
        /// On what it rests.
        basis: Personal<Text>,
        /// Who assessed it.
        by: WorkerId,
    },
    /// Somebody assessed what somebody of the network does to a conflict. The newest counts; older ones stay.
    NetworkEffectAssessed {
        /// The conflict.
        conflict: ConflictId,
        /// Who of the network.
        person: PersonId,
        /// Feeds it, calms it, or it cannot be said.
        effect: Personal<NetworkEffect>,
        /// On what it rests.
        basis: Personal<Text>,
        /// Who assessed it.
        by: WorkerId,
    },
    /// A conflict flared up.
    FlareUpRecorded {
        /// The conflict.
        conflict: ConflictId,
        /// By which way.
        medium: Personal<Medium>,
        /// What set it off.
        trigger: Personal<Text>,
        /// What each did.
        reactions: Vec<Reaction>,
        /// Who of those in the conflict told it; nobody when it was seen or heard by another.
        told_by: Option<PersonId>,
    },
    /// Somebody said how much of their energy a conflict takes ("100 kilo energie").
    ConflictEnergyReported {
        /// The conflict.
        conflict: ConflictId,
        /// Whose energy, as that person says it.
        person: PersonId,
        /// Of a hundred.
        percent: Personal<EnergyPercent>,
    },
    /// Somebody said that it was calm.
    CalmPeriodReported {
        /// Who says so.
        person: PersonId,
        /// In which conflict, if one is meant.
        conflict: Option<ConflictId>,
        /// First day.
        from: CivilDay,
        /// Last day; nothing while it is still calm.
        until: Option<CivilDay>,
        /// What helped, or what it was like.
        words: Option<Personal<Text>>,
    },
    /// A conflict came to rest.
    ConflictRested {
        /// The conflict.
        conflict: ConflictId,
        /// How.
        kind: RestKind,
        /// What shows it.
        reason: Personal<Text>,
    },
}

/// How one person experiences a conflict, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewStage {
    /// Who.
    pub person: PersonId,
    /// The stage; nothing when it cannot be said.
    pub stage: Option<GlaslStage>,
    /// What was seen or heard.
    pub observations: Text,
}

/// What somebody did in a flare-up, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewReaction {
    /// Who.
    pub person: PersonId,
    /// What that person did.
    pub acts: Text,
}

/// What can be asked about conflicts.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ConflictCommand {
    /// Name a conflict.
    NameConflict {
        /// Between whom.
        between: Vec<PersonId>,
        /// About what.
        about: Text,
    },
    /// Record how people experience a conflict, as assessed.
    AssessConflict {
        /// The conflict.
        conflict: ConflictId,
        /// Each person apart.
        experienced: Vec<NewStage>,
        /// Who assessed it; who records it when nothing is said.
        by: Option<WorkerId>,
    },
    /// Record how parents are parents beside each other, as assessed.
    AssessParentingForm {
        /// The parents of whom it holds.
        parents: Vec<PersonId>,
        /// The form.
        form: ParentingForm,
        /// On what it rests.
        basis: Text,
        /// Who assessed it; who records it when nothing is said.
        by: Option<WorkerId>,
    },
    /// Record what somebody of the network does to a conflict, as assessed.
    AssessNetworkEffect {
        /// The conflict.
        conflict: ConflictId,
        /// Who of the network.
        person: PersonId,
        /// Feeds it, calms it, or it cannot be said.
        effect: NetworkEffect,
        /// On what it rests.
        basis: Text,
        /// Who assessed it; who records it when nothing is said.
        by: Option<WorkerId>,
    },
    /// Record that a conflict flared up.
    RecordFlareUp {
        /// The conflict.
        conflict: ConflictId,
        /// By which way.
        medium: Medium,
        /// What set it off.
        trigger: Text,
        /// What each did.
        reactions: Vec<NewReaction>,
        /// Who of those in the conflict told it.
        told_by: Option<PersonId>,
    },
    /// Record how much energy a conflict takes, as somebody says it.
    ReportConflictEnergy {
        /// The conflict.
        conflict: ConflictId,
        /// Whose energy.
        person: PersonId,
        /// Of a hundred.
        percent: EnergyPercent,
    },
    /// Record that it was calm, as somebody says it.
    ReportCalmPeriod {
        /// Who says so.
        person: PersonId,
        /// In which conflict, if one is meant.
        conflict: Option<ConflictId>,
        /// First day.
        from: CivilDay,
        /// Last day.
        until: Option<CivilDay>,
        /// What helped, or what it was like.
        words: Option<Text>,
    },
    /// Record that a conflict came to rest.
    RestConflict {
        /// The conflict.
        conflict: ConflictId,
        /// How.
        kind: RestKind,
        /// What shows it.
        reason: Text,
    },
}

impl ConflictEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let persons = self.persons().into_iter().map(Subject::Person);
        let records = match self {
            Self::ConflictNamed { about: words, .. }
            | Self::GlaslStageAssessed { observations: words, .. }
            | Self::ParentingFormAssessed { basis: words, .. }
            | Self::NetworkEffectAssessed { basis: words, .. }
            | Self::ConflictRested { reason: words, .. } => vec![words.owner()],
            Self::FlareUpRecorded { medium, trigger, reactions, .. } => {
                let acts = reactions.iter().map(|reaction| reaction.acts.owner());
                [medium.owner(), trigger.owner()].into_iter().chain(acts).collect()
            }
            Self::ConflictEnergyReported { .. } => Vec::new(),
            Self::CalmPeriodReported { words, .. } => words.iter().map(Personal::owner).collect(),
        };
        persons.chain(records).collect()
    }

    /// The people that it names itself.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::ConflictNamed { between, .. } => between.clone(),
            Self::GlaslStageAssessed { person, .. }
            | Self::ParentingFormAssessed { person, .. }
            | Self::NetworkEffectAssessed { person, .. }
            | Self::ConflictEnergyReported { person, .. }
            | Self::CalmPeriodReported { person, .. } => vec![*person],
            Self::FlareUpRecorded { reactions, told_by, .. } => {
                let mut persons: Vec<_> = reactions.iter().map(|one| one.person).chain(*told_by).collect();
                persons.sort_unstable();
                persons.dedup();
                persons
            }
            Self::ConflictRested { .. } => Vec::new(),
        }
    }

    /// Which conflict it is about.
    #[must_use]
    pub const fn conflict(&self) -> Option<ConflictId> {
        match self {
            Self::ConflictNamed { conflict, .. }
            | Self::GlaslStageAssessed { conflict, .. }
            | Self::NetworkEffectAssessed { conflict, .. }
            | Self::FlareUpRecorded { conflict, .. }
            | Self::ConflictEnergyReported { conflict, .. }
            | Self::ConflictRested { conflict, .. } => Some(*conflict),
            Self::CalmPeriodReported { conflict, .. } => *conflict,
            Self::ParentingFormAssessed { .. } => None,
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub const fn assessor(&self) -> Option<WorkerId> {
        match self {
            Self::GlaslStageAssessed { by, .. }
            | Self::ParentingFormAssessed { by, .. }
            | Self::NetworkEffectAssessed { by, .. } => Some(*by),
            Self::ConflictNamed { .. }
            | Self::FlareUpRecorded { .. }
            | Self::ConflictEnergyReported { .. }
            | Self::CalmPeriodReported { .. }
            | Self::ConflictRested { .. } => None,
        }
    }
}

impl ConflictCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NameConflict { .. } => "nameConflict",
            Self::AssessConflict { .. } => "assessConflict",
            Self::AssessParentingForm { .. } => "assessParentingForm",
            Self::AssessNetworkEffect { .. } => "assessNetworkEffect",
            Self::RecordFlareUp { .. } => "recordFlareUp",
            Self::ReportConflictEnergy { .. } => "reportConflictEnergy",
            Self::ReportCalmPeriod { .. } => "reportCalmPeriod",
            Self::RestConflict { .. } => "restConflict",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &ConflictCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history.state(), command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ConflictEvent) {
    state.conflicts.apply(fact, event);
}

/// Whether a fact speaks of a conflict that was not named when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &ConflictEvent) -> bool {
    let names = matches!(event, ConflictEvent::ConflictNamed { .. });
    !names && event.conflict().is_some_and(|conflict| state.conflicts.conflict(conflict).is_none())
}

#[cfg(test)]
pub(crate) mod tests;
