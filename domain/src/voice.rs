//! A child's voice (rule 16; 004:377): what a child said, as theirs, in their own words, with who listened and who may know; and signals
//! about how a child fares, which open, change and close.
//!
//! Who may know is the child's to say, so nothing is assumed: each is told for whom it is, exactly. The listener keeps no access to what
//! was written for somebody else. A child's words are for no parent unless the child said so; a wider audience is a new word of the child,
//! recorded anew. In clear nothing tells that a child spoke.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact};
use crate::ids::{ChildSignalId, PersonId, Subject, WorkerId};
use crate::once::each_once;
use crate::people::{check_known, check_may_be_child};
use crate::personal::{DataClass, Personal};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use catalogue::VOICE_KEEPS_AUDIENCE;
use catalogue::{AUDIENCE_NOT_THE_CHILDS, CHILD_SIGNAL_UNKNOWN, VOICE_OF_A_CHILD};
pub use catalogue::{CATALOGUE, CODES};
pub use state::{ChildSignal, ClosedSignal, SignalStep, Voice, Voices};

/// About what a signal of a child is (004b, `ChildSignalObserved`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalDomain {
    /// Eating.
    Eating,
    /// Sleeping.
    Sleeping,
    /// Behaviour.
    Behaviour,
    /// Mood.
    Mood,
    /// Fear.
    Fear,
    /// The body: stomach ache, headache.
    Physical,
    /// Exhaustion.
    Exhaustion,
}

/// How it goes since the last time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Worse.
    Worse,
    /// As it was.
    Same,
    /// Better.
    Better,
}

/// What can happen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum VoiceEvent {
    /// A child was heard.
    ChildVoiceRecorded {
        /// The child.
        child: PersonId,
        /// What the child said, in its own words.
        words: Personal<Text>,
        /// Who listened.
        listener: WorkerId,
        /// How it came about: the question, the place, who else was there.
        setting: Option<Personal<Text>>,
        /// Who of the family may know, as the child said; nobody when nothing was said.
        family_may_know: Vec<PersonId>,
    },
    /// A signal about how a child fares was opened.
    ChildSignalOpened {
        /// The signal.
        signal: ChildSignalId,
        /// The child.
        child: PersonId,
        /// About what.
        domain: Personal<SignalDomain>,
        /// How it goes.
        change: Personal<Change>,
        /// In words.
        words: Option<Personal<Text>>,
        /// Who of the family told it.
        told_by: Option<PersonId>,
        /// Which worker noticed or was told.
        worker: WorkerId,
    },
    /// It changed. One that was closed is open again.
    ChildSignalChanged {
        /// The signal.
        signal: ChildSignalId,
        /// How it goes.
        change: Personal<Change>,
        /// In words.
        words: Option<Personal<Text>>,
    },
    /// It is over.
    ChildSignalClosed {
        /// The signal.
        signal: ChildSignalId,
        /// In words.
        words: Option<Personal<Text>>,
    },
}

/// What can be asked.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum VoiceCommand {
    /// Record what a child said.
    RecordChildVoice {
        /// The child.
        child: PersonId,
        /// What the child said, in its own words.
        words: Text,
        /// Who listened; who records it when nothing is said.
        listener: Option<WorkerId>,
        /// How it came about.
        setting: Option<Text>,
        /// For whom it is, exactly.
        known_to: Audience,
        /// Who of the family may know, as the child said.
        family_may_know: Vec<PersonId>,
    },
    /// Open a signal.
    OpenChildSignal {
        /// The child.
        child: PersonId,
        /// About what.
        domain: SignalDomain,
        /// How it goes.
        change: Change,
        /// In words.
        words: Option<Text>,
        /// Who of the family told it.
        told_by: Option<PersonId>,
        /// Which worker noticed or was told; who records it when nothing is said.
        worker: Option<WorkerId>,
        /// For whom it is, exactly.
        known_to: Audience,
    },
    /// Say how it goes now.
    ChangeChildSignal {
        /// The signal.
        signal: ChildSignalId,
        /// How it goes.
        change: Change,
        /// In words.
        words: Option<Text>,
    },
    /// Say that it is over.
    CloseChildSignal {
        /// The signal.
        signal: ChildSignalId,
        /// In words.
        words: Option<Text>,
    },
}

impl VoiceEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The child, and the record of the words. What follows a signal leaves to the signal about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ChildVoiceRecorded { child, words, .. } => vec![Subject::Person(*child), words.owner()],
            Self::ChildSignalOpened { child, .. } => vec![Subject::Person(*child)],
            Self::ChildSignalChanged { change, .. } => vec![change.owner()],
            Self::ChildSignalClosed { words, .. } => words.iter().map(Personal::owner).collect(),
        }
    }
}

impl VoiceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordChildVoice { .. } => "recordChildVoice",
            Self::OpenChildSignal { .. } => "openChildSignal",
            Self::ChangeChildSignal { .. } => "changeChildSignal",
            Self::CloseChildSignal { .. } => "closeChildSignal",
        }
    }
}

/// Decides. What follows a signal is for whoever may know the signal; whoever reported it may go on reporting without seeing it, so no
/// answer tells whether it was closed.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &VoiceCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let (on, ages) = (order.happened(context.today()), context.terms.consent_ages);
    let (event, audience) = match command {
        VoiceCommand::RecordChildVoice { child, words, listener, setting, known_to, family_may_know } => {
            check_may_be_child(&state.people, *child, on, ages, VOICE_OF_A_CHILD)?;
            family_may_know.iter().try_for_each(|person| check_known(&state.people, *person))?;
            check_known_to(known_to, *child)?;
            let event = VoiceEvent::ChildVoiceRecorded {
                child: *child,
                words: context.in_record(words.clone()),
                listener: listener.unwrap_or(context.actor.worker),
                setting: in_record(setting.as_ref(), context),
                family_may_know: each_once(family_may_know),
            };
            (event, known_to.clone())
        }
        VoiceCommand::OpenChildSignal { child, domain, change, words, told_by, worker, known_to } => {
            check_may_be_child(&state.people, *child, on, ages, VOICE_OF_A_CHILD)?;
            told_by.iter().try_for_each(|person| check_known(&state.people, *person))?;
            check_known_to(known_to, *child)?;
            let event = VoiceEvent::ChildSignalOpened {
                signal: ChildSignalId::from_uuid(context.new_id()),
                child: *child,
                domain: of_child(*child, *domain),
                change: of_child(*child, *change),
                words: in_record(words.as_ref(), context),
                told_by: *told_by,
                worker: worker.unwrap_or(context.actor.worker),
            };
            (event, known_to.clone())
        }
        VoiceCommand::ChangeChildSignal { signal, change, words } => {
            let (child, audience) = known_signal(history, *signal)?;
            let (change, words) = (of_child(child, *change), in_record(words.as_ref(), context));
            (VoiceEvent::ChildSignalChanged { signal: *signal, change, words }, audience)
        }
        VoiceCommand::CloseChildSignal { signal, words } => {
            let (_, audience) = known_signal(history, *signal)?;
            let words = in_record(words.as_ref(), context);
            (VoiceEvent::ChildSignalClosed { signal: *signal, words }, audience)
        }
    };
    Ok(vec![Draft::of(CaseEvent::Voice(event)).for_audience(audience)])
}

fn in_record(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}

/// How a child fares is health (AVG 9).
const fn of_child<T>(child: PersonId, value: T) -> Personal<T> {
    Personal::new(Subject::Person(child), DataClass::Health, value)
}

/// Named workers, the director, or at the widest who works for this child: never a parent's own layer, a household or the whole case.
pub(crate) fn check_known_to(known_to: &Audience, child: PersonId) -> Result<(), Rejection> {
    let fits = match known_to {
        Audience::Workers(workers) => !workers.is_empty(),
        Audience::Child(of) => *of == child,
        Audience::Director => true,
        Audience::Case | Audience::Households(_) | Audience::Persons(_) | Audience::Author => false,
    };
    if fits { Ok(()) } else { Err(Rejection::new(AUDIENCE_NOT_THE_CHILDS)) }
}

fn known_signal(history: &History<Case>, signal: ChildSignalId) -> Result<(PersonId, Audience), Rejection> {
    let unknown = || Rejection::new(CHILD_SIGNAL_UNKNOWN).with("signal", Detail::id(signal));
    let known = history.state().voices.signal(signal).ok_or_else(unknown)?;
    let opened = history.fact(known.fact);
    let audience = opened.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone());
    Ok((known.child, audience))
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &VoiceEvent) {
    state.voices.apply(fact, event);
}
