//! Working with each person (divorce.md, "Working with each person"; 004b R39-R45): the conversation steps that were taken with somebody, by
//! name, the options that somebody thought of and what came of trying them, and the familiar face (*vertrouwd gezicht*) somebody chose.
//!
//! A step has a name and never a number (004b 0.7): no field of this room holds one. Steps may be taken in any order and again, with a
//! child too. An option is the person's own (R45): one that nobody thought of is no option. Energy and flare-ups are in `conflict`; a step
//! may say with which conflict it was about.
//!
//! All of it is a report, and personal. Of a child it is said for whom it is, exactly, as of the child's voice (rule 16): nothing is
//! assumed, nobody widens it later. In clear nothing tells that somebody spoke.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::conference::{Attendee, NewAttendee};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact};
use crate::ids::{ConflictId, OptionId, PersonId, Subject, TrustedContactId, WorkerId};
use crate::personal::Personal;
use crate::plan::SaidBy;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use catalogue::STEPS_KEEP_AUDIENCE;
pub use catalogue::{CATALOGUE, CODES, OPTION_UNKNOWN, TRUSTED_CONTACT_UNKNOWN};
pub use state::{EndedContact, OwnOption, PresenceAnswer, Steps, TakenStep, Tried, TrustedContact};

/// A step in a conversation with one person, by its name (004b R40-R45).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStep {
    /// The vision was shared: rest first, not who is right.
    ShareVision,
    /// What somebody lives through was acknowledged; that is not agreeing (R42).
    Acknowledge,
    /// What happens between them was looked at: what sets it off, what follows.
    Dynamics,
    /// What somebody needs and wishes.
    NeedAndDesire,
    /// What is so, whether one likes it or not.
    Reality,
    /// What somebody can do themself.
    Options,
}

/// What came of trying an option.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionEffect {
    /// It gave more rest.
    MoreRest,
    /// Nothing changed.
    NoChange,
    /// It gave more strife.
    MoreStrife,
}

/// What can happen in working with a person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum StepsEvent {
    /// A conversation step was taken with somebody.
    ConversationStepTaken {
        /// With whom.
        person: PersonId,
        /// Which.
        step: ConversationStep,
        /// By which worker.
        worker: WorkerId,
        /// What came up, in the person's words.
        words: Option<Personal<Text>>,
        /// About which conflict.
        conflict: Option<ConflictId>,
    },
    /// Somebody thought of something they can do.
    OptionAuthored {
        /// The option.
        option: OptionId,
        /// Who thought of it, and for whom it is.
        person: PersonId,
        /// With which worker they spoke.
        worker: WorkerId,
        /// What, in the person's words.
        words: Personal<Text>,
        /// About which conflict.
        conflict: Option<ConflictId>,
    },
    /// It was tried.
    OptionTried {
        /// The option.
        option: OptionId,
        /// What came of it, as the person says.
        effect: Personal<OptionEffect>,
        /// In words.
        words: Option<Personal<Text>>,
        /// Which familiar faces were there.
        present: Vec<TrustedContactId>,
    },
    /// Somebody named a familiar face.
    TrustedContactNamed {
        /// The familiar face.
        trusted: TrustedContactId,
        /// By whom.
        person: PersonId,
        /// Who it is.
        who: Attendee,
        /// Why this one.
        words: Option<Personal<Text>>,
    },
    /// Somebody said whether their familiar face may be there.
    TrustedPresenceAnswered {
        /// The familiar face.
        trusted: TrustedContactId,
        /// Yes or no.
        agrees: Personal<bool>,
        /// On which day; each time when nothing is said.
        on: Option<CivilDay>,
        /// In words.
        words: Option<Personal<Text>>,
    },
    /// Somebody is no familiar face any more.
    TrustedContactEnded {
        /// The familiar face.
        trusted: TrustedContactId,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked about working with a person.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum StepsCommand {
    /// Record that a step was taken.
    RecordConversationStep(Box<NewTaken>),
    /// Record what somebody thought of.
    RecordOption(Box<NewOption>),
    /// Record what came of it.
    RecordOptionTried {
        /// The option.
        option: OptionId,
        /// What came of it, as the person says.
        effect: OptionEffect,
        /// In words.
        words: Option<Text>,
        /// Which familiar faces were there.
        present: Vec<TrustedContactId>,
    },
    /// Record whom somebody named.
    NameTrustedContact {
        /// By whom.
        person: PersonId,
        /// Who it is.
        who: NewAttendee,
        /// Why this one.
        words: Option<Text>,
        /// For whom it is.
        known_to: Option<Audience>,
    },
    /// Record whether the familiar face may be there.
    AnswerTrustedPresence {
        /// The familiar face.
        trusted: TrustedContactId,
        /// Yes or no.
        agrees: bool,
        /// On which day; each time when nothing is said.
        on: Option<CivilDay>,
        /// In words.
        words: Option<Text>,
    },
    /// Record that somebody is no familiar face any more.
    EndTrustedContact {
        /// The familiar face.
        trusted: TrustedContactId,
        /// Why.
        reason: Option<Text>,
    },
}

/// A step as given in a command. With whom and which; of a child for whom it is; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewTaken {
    /// With whom.
    pub person: PersonId,
    /// Which.
    pub step: ConversationStep,
    /// By which worker; who records it when nothing is said.
    pub worker: Option<WorkerId>,
    /// What came up, in the person's words.
    pub words: Option<Text>,
    /// About which conflict.
    pub conflict: Option<ConflictId>,
    /// For whom it is: of a child said exactly, of a grown-up who works for them when nothing is said.
    pub known_to: Option<Audience>,
}

/// An option as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewOption {
    /// For whom.
    pub person: PersonId,
    /// Who thought of it: the same person, or it is refused.
    pub author: Option<SaidBy>,
    /// With which worker they spoke; who records it when nothing is said.
    pub worker: Option<WorkerId>,
    /// What, in the person's words.
    pub words: Text,
    /// About which conflict.
    pub conflict: Option<ConflictId>,
    /// For whom it is: of a child said exactly, of a grown-up who works for them when nothing is said.
    pub known_to: Option<Audience>,
}

impl StepsEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// With whom is worked, where the event itself says so.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::ConversationStepTaken { person, .. }
            | Self::OptionAuthored { person, .. }
            | Self::TrustedContactNamed { person, .. } => Some(*person),
            Self::OptionTried { .. } | Self::TrustedPresenceAnswered { .. } | Self::TrustedContactEnded { .. } => None,
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::ConversationStepTaken { worker, .. } | Self::OptionAuthored { worker, .. } => vec![*worker],
            Self::TrustedContactNamed { who, .. } => who.worker().into_iter().collect(),
            Self::OptionTried { .. } | Self::TrustedPresenceAnswered { .. } | Self::TrustedContactEnded { .. } => {
                Vec::new()
            }
        }
    }

    /// The people it is about, and the records it holds. What follows an option or a familiar face leaves it to that about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::ConversationStepTaken { words, .. } => words.iter().map(Personal::owner).collect(),
            Self::OptionAuthored { words, .. } => vec![words.owner()],
            Self::OptionTried { effect, words, .. } => {
                std::iter::once(effect.owner()).chain(words.iter().map(Personal::owner)).collect()
            }
            Self::TrustedContactNamed { who, words, .. } => {
                let named = who.person().map(Subject::Person).into_iter().chain(who.record());
                named.chain(words.iter().map(Personal::owner)).collect()
            }
            Self::TrustedPresenceAnswered { agrees, words, .. } => {
                std::iter::once(agrees.owner()).chain(words.iter().map(Personal::owner)).collect()
            }
            Self::TrustedContactEnded { reason, .. } => reason.iter().map(Personal::owner).collect(),
        };
        self.person().map(Subject::Person).into_iter().chain(records).collect()
    }
}

impl StepsCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordConversationStep(_) => "recordConversationStep",
            Self::RecordOption(_) => "recordOption",
            Self::RecordOptionTried { .. } => "recordOptionTried",
            Self::NameTrustedContact { .. } => "nameTrustedContact",
            Self::AnswerTrustedPresence { .. } => "answerTrustedPresence",
            Self::EndTrustedContact { .. } => "endTrustedContact",
        }
    }

    /// The earlier option that it names.
    #[must_use]
    pub const fn option(&self) -> Option<OptionId> {
        match self {
            Self::RecordOptionTried { option, .. } => Some(*option),
            _ => None,
        }
    }

    /// The conflict that it names.
    #[must_use]
    pub fn conflict(&self) -> Option<ConflictId> {
        match self {
            Self::RecordConversationStep(new) => new.conflict,
            Self::RecordOption(new) => new.conflict,
            Self::RecordOptionTried { .. }
            | Self::NameTrustedContact { .. }
            | Self::AnswerTrustedPresence { .. }
            | Self::EndTrustedContact { .. } => None,
        }
    }

    /// The familiar faces that it names.
    #[must_use]
    pub fn trusted(&self) -> Vec<TrustedContactId> {
        match self {
            Self::RecordOptionTried { present, .. } => present.clone(),
            Self::AnswerTrustedPresence { trusted, .. } | Self::EndTrustedContact { trusted, .. } => vec![*trusted],
            Self::RecordConversationStep(_) | Self::RecordOption(_) | Self::NameTrustedContact { .. } => Vec::new(),
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordConversationStep(new) => {
                let NewTaken { person: _, step: _, worker: _, words, conflict: _, known_to: _ } = &**new;
                words.iter().map(Text::as_str).collect()
            }
            Self::RecordOption(new) => {
                let NewOption { person: _, author: _, worker: _, words, conflict: _, known_to: _ } = &**new;
                vec![words.as_str()]
            }
            Self::RecordOptionTried { option: _, effect: _, words, present: _ }
            | Self::AnswerTrustedPresence { trusted: _, agrees: _, on: _, words }
            | Self::EndTrustedContact { trusted: _, reason: words } => words.iter().map(Text::as_str).collect(),
            Self::NameTrustedContact { person: _, who, words, known_to: _ } => {
                words.iter().map(Text::as_str).chain(who.outside()).collect()
            }
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &StepsCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history, on, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &StepsEvent) {
    state.steps.apply(fact, event);
}

/// Whether the option or the familiar face is not there that this fact speaks of.
pub(crate) fn missing(state: &CaseState, event: &StepsEvent) -> bool {
    match event {
        StepsEvent::ConversationStepTaken { .. }
        | StepsEvent::OptionAuthored { .. }
        | StepsEvent::TrustedContactNamed { .. } => false,
        StepsEvent::OptionTried { option, present, .. } => {
            state.steps.option(*option).is_none() || present.iter().any(|one| state.steps.trusted(*one).is_none())
        }
        StepsEvent::TrustedPresenceAnswered { trusted, .. } | StepsEvent::TrustedContactEnded { trusted, .. } => {
            state.steps.trusted(*trusted).is_none()
        }
    }
}

/// Whether this only says how an option or a familiar face went on that the earlier one told of.
pub(crate) fn goes_on_from(event: &StepsEvent, earlier: &StepsEvent) -> bool {
    match (event, earlier) {
        (StepsEvent::OptionTried { option, .. }, StepsEvent::OptionAuthored { option: authored, .. }) => {
            option == authored
        }
        (
            StepsEvent::TrustedPresenceAnswered { trusted, .. } | StepsEvent::TrustedContactEnded { trusted, .. },
            StepsEvent::TrustedContactNamed { trusted: named, .. },
        ) => trusted == named,
        _ => false,
    }
}
