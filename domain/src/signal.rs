//! A signal: a concern raised before anyone may be named. It holds no personal data about the family (rule 22, 004:2860).

mod nameless;

pub(crate) use nameless::traces;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decider::{
    Context, Decider, DomainCommand, DomainEvent, History, Order, UnreadableEvent, payload_of, read_tagged,
};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation};
use crate::ids::{CaseId, SignalId, Subject};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::Timestamp;

/// Kind of place a signal came from; never which one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A school.
    School,
    /// A general practice, its youth worker included.
    GeneralPractice,
    /// A day nursery.
    Childcare,
    /// The police.
    Police,
    /// Neighbours or the street.
    Neighbourhood,
    /// Elsewhere.
    Elsewhere,
}

/// What can happen to a signal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SignalEvent {
    /// A concern was raised.
    SignalRaised {
        /// For which municipality.
        municipality: Organisation,
        /// Kind of place.
        place: PlaceKind,
        /// What is of concern, naming nobody.
        topic: Personal<Text>,
    },
    /// It was copied into a case.
    SignalMarkedLinked {
        /// The case.
        case: CaseId,
    },
    /// It was set aside: nothing more to do.
    SignalSetAside {
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked about a signal.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SignalCommand {
    /// Raise a concern.
    RaiseSignal {
        /// For which municipality.
        municipality: Organisation,
        /// Kind of place.
        place: PlaceKind,
        /// What is of concern, naming nobody.
        topic: Text,
    },
    /// Note that a case copied it (a reaction does this).
    MarkSignalLinked {
        /// The case.
        case: CaseId,
    },
    /// Set it aside.
    SetSignalAside {
        /// Why.
        reason: Text,
    },
}

/// The decider of a signal.
#[derive(Debug, Clone, Copy)]
pub struct Signal;

/// A signal as it stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SignalState {
    /// What was raised; nothing before that.
    pub raised: Option<Raised>,
    /// The cases that copied it.
    pub linked: Vec<CaseId>,
    /// Whether it was set aside.
    pub set_aside: bool,
}

/// What was raised.
#[derive(Clone, PartialEq, Debug)]
pub struct Raised {
    /// For which municipality.
    pub municipality: Organisation,
    /// Kind of place.
    pub place: PlaceKind,
    /// What is of concern.
    pub topic: Personal<Text>,
    /// When it was raised: recorded.
    pub at: Timestamp,
}

impl SignalState {
    /// Whether somebody still has to do something with it.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.raised.is_some() && self.linked.is_empty() && !self.set_aside
    }
}

/// The signal was raised before.
pub const SIGNAL_ALREADY_RAISED: Code = Code("SIGNAL_ALREADY_RAISED");
/// There is no such signal.
pub const SIGNAL_UNKNOWN: Code = Code("SIGNAL_UNKNOWN");
/// It was set aside before.
pub const SIGNAL_ALREADY_SET_ASIDE: Code = Code("SIGNAL_ALREADY_SET_ASIDE");
/// A case copied it: it is no longer for the access desk to set aside.
pub const SIGNAL_IS_LINKED: Code = Code("SIGNAL_IS_LINKED");
/// A signal names nobody; the text holds something that leads to a person.
pub const SIGNAL_NAMES_SOMEBODY: Code = Code("SIGNAL_NAMES_SOMEBODY");

/// Every code a signal is refused with.
pub const CODES: &[Code] =
    &[SIGNAL_ALREADY_RAISED, SIGNAL_UNKNOWN, SIGNAL_ALREADY_SET_ASIDE, SIGNAL_IS_LINKED, SIGNAL_NAMES_SOMEBODY];

/// Every event of a signal.
pub const CATALOGUE: &[EventInfo] = &[RAISED, MARKED_LINKED, SET_ASIDE];

const RAISED: EventInfo = EventInfo {
    name: "SignalRaised",
    version: 1,
    outer: "SignalRaised",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["raiseSignal"],
    meaning: "A concern was raised, naming nobody.",
    fields: &[
        FieldInfo::structure("municipality", "for which municipality"),
        FieldInfo::structure("place", "kind of place"),
        FieldInfo::personal("topic", "what is of concern"),
    ],
};

const MARKED_LINKED: EventInfo = EventInfo {
    name: "SignalMarkedLinked",
    version: 1,
    outer: "SignalMarkedLinked",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["openCase", "linkSignal"],
    meaning: "A case copied the signal.",
    fields: &[FieldInfo::structure("case", "which case")],
};

const SET_ASIDE: EventInfo = EventInfo {
    name: "SignalSetAside",
    version: 1,
    outer: "SignalSetAside",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["setSignalAside"],
    meaning: "The signal was set aside: nothing more to do.",
    fields: &[FieldInfo::personal("reason", "why")],
};

impl DomainEvent for SignalEvent {
    fn catalogue() -> Vec<&'static EventInfo> {
        CATALOGUE.iter().collect()
    }

    fn info(&self) -> &'static EventInfo {
        match self {
            Self::SignalRaised { .. } => &RAISED,
            Self::SignalMarkedLinked { .. } => &MARKED_LINKED,
            Self::SignalSetAside { .. } => &SET_ASIDE,
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::SignalMarkedLinked { case } => vec![Subject::Case(*case)],
            Self::SignalRaised { .. } | Self::SignalSetAside { .. } => Vec::new(),
        }
    }

    fn to_payload(&self) -> Result<Value, serde_json::Error> {
        payload_of(self)
    }

    fn from_payload(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent> {
        read_tagged(type_name, payload)
    }
}

impl DomainCommand for SignalCommand {
    fn name(&self) -> &'static str {
        match self {
            Self::RaiseSignal { .. } => "raiseSignal",
            Self::MarkSignalLinked { .. } => "markSignalLinked",
            Self::SetSignalAside { .. } => "setSignalAside",
        }
    }

    fn needs_all(&self) -> bool {
        matches!(self, Self::SetSignalAside { .. })
    }
}

impl Decider for Signal {
    type Event = SignalEvent;
    type Command = SignalCommand;
    type State = SignalState;
    const CATEGORY: &'static str = "signal";

    fn rule(
        history: &History<Self>,
        order: &Order<SignalCommand>,
        context: &mut Context<'_>,
    ) -> Result<Vec<Draft<SignalEvent>>, Rejection> {
        let state = history.state();
        let id = Detail::id(SignalId::from_uuid(context.id));
        let refused = |code| Err(Rejection::new(code).with("signal", id.clone()));
        match (&order.command, &state.raised) {
            (SignalCommand::RaiseSignal { .. }, Some(_)) => refused(SIGNAL_ALREADY_RAISED),
            (SignalCommand::MarkSignalLinked { .. } | SignalCommand::SetSignalAside { .. }, None) => {
                refused(SIGNAL_UNKNOWN)
            }
            (SignalCommand::RaiseSignal { municipality, place, topic }, None) => {
                check_nameless(topic)?;
                let topic = owned(topic, context);
                let event = SignalEvent::SignalRaised { municipality: municipality.clone(), place: *place, topic };
                Ok(vec![Draft::of(event)])
            }
            // The case copied it already: that is recorded whatever became of the signal, and once.
            (SignalCommand::MarkSignalLinked { case }, Some(_)) if state.linked.contains(case) => Ok(Vec::new()),
            (SignalCommand::MarkSignalLinked { case }, Some(_)) => {
                Ok(vec![Draft::of(SignalEvent::SignalMarkedLinked { case: *case })])
            }
            (SignalCommand::SetSignalAside { .. }, Some(_)) if state.set_aside => refused(SIGNAL_ALREADY_SET_ASIDE),
            (SignalCommand::SetSignalAside { .. }, Some(_)) if !state.linked.is_empty() => refused(SIGNAL_IS_LINKED),
            (SignalCommand::SetSignalAside { reason }, Some(_)) => {
                check_nameless(reason)?;
                Ok(vec![Draft::of(SignalEvent::SignalSetAside { reason: owned(reason, context) })])
            }
        }
    }

    fn apply(state: &mut SignalState, fact: &Fact<SignalEvent>) {
        match fact.event.clone() {
            SignalEvent::SignalRaised { municipality, place, topic } => {
                state.raised = Some(Raised { municipality, place, topic, at: fact.recorded_at });
            }
            SignalEvent::SignalMarkedLinked { case } => state.linked.push(case),
            SignalEvent::SignalSetAside { .. } => state.set_aside = true,
        }
    }
}

/// A signal is forgotten as a whole: its words belong to it.
fn owned(words: &Text, context: &Context<'_>) -> Personal<Text> {
    Personal::ordinary(Subject::Signal(SignalId::from_uuid(context.id)), words.clone())
}

fn check_nameless(words: &Text) -> Result<(), Rejection> {
    let found = nameless::traces(words.as_str());
    if found.is_empty() {
        return Ok(());
    }
    let found = found.into_iter().map(Detail::Word).collect();
    Err(Rejection::new(SIGNAL_NAMES_SOMEBODY).with("found", Detail::List(found)))
}
