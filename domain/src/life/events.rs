//! What holds for each event of the life of a case.

use super::{LifeCommand, LifeEvent};
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::ids::Subject;

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] =
    &[CASE_OPENED, SIGNAL_LINKED, CASE_CLOSED, CASE_REOPENED, DEPARTURE_REPORTED, AUDIENCE_CHANGED];

const CASE_OPENED: EventInfo = EventInfo {
    name: "CaseOpened",
    version: 1,
    outer: "CaseOpened",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["openCase"],
    meaning: "The case was opened, on a ground, around a question.",
    fields: &[
        FieldInfo::structure("municipality", "whose case it is"),
        FieldInfo::structure("framework", "voluntary or compulsory"),
        FieldInfo::structure("origin", "a request, or which signal"),
        FieldInfo::structure("ground", "help consent, meldcode decision or measure"),
        FieldInfo::personal("question", "the question, in a sentence"),
    ],
};

const SIGNAL_LINKED: EventInfo = EventInfo {
    name: "SignalLinked",
    version: 1,
    outer: "SignalLinked",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["openCase", "linkSignal"],
    meaning: "A signal was copied into this case.",
    fields: &[
        FieldInfo::structure("signal", "which signal"),
        FieldInfo::personal("topic", "what it said"),
        FieldInfo::structure("place", "kind of place it came from"),
        FieldInfo::structure("raised_at", "when it was raised"),
        FieldInfo::structure("consents", "the sharing consents it was linked under"),
    ],
};

const CASE_CLOSED: EventInfo = EventInfo {
    name: "CaseClosed",
    version: 1,
    outer: "CaseClosed",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["closeCase"],
    meaning: "The case was closed.",
    fields: &[FieldInfo::structure("outcome", "how it ended"), FieldInfo::personal("explanation", "more about it")],
};

const CASE_REOPENED: EventInfo = EventInfo {
    name: "CaseReopened",
    version: 1,
    outer: "CaseReopened",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["reopenCase"],
    meaning: "The case was opened again.",
    fields: &[FieldInfo::personal("reason", "why")],
};

const DEPARTURE_REPORTED: EventInfo = EventInfo {
    name: "DepartureReported",
    version: 1,
    outer: "DepartureReported",
    axis: Axis::Process,
    may_precede: true,
    audience: "director",
    caused_by: &["reportDeparture"],
    meaning: "Something happened otherwise than a rule says.",
    fields: &[
        FieldInfo::structure("rule", "which rule, as a stable word"),
        FieldInfo::personal("what", "what happened"),
        FieldInfo::structure("persons", "about whom"),
    ],
};

const AUDIENCE_CHANGED: EventInfo = EventInfo {
    name: "AudienceChanged",
    version: 1,
    outer: "AudienceChanged",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["changeAudience"],
    meaning: "Who may know an earlier fact was changed.",
    fields: &[
        FieldInfo::structure("target", "the fact"),
        FieldInfo::structure("audience", "who may know it from now on"),
        FieldInfo::personal("reason", "why"),
    ],
};

impl LifeEvent {
    /// What holds for this event's type.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        match self {
            Self::CaseOpened { .. } => &CASE_OPENED,
            Self::SignalLinked { .. } => &SIGNAL_LINKED,
            Self::CaseClosed { .. } => &CASE_CLOSED,
            Self::CaseReopened { .. } => &CASE_REOPENED,
            Self::DepartureReported { .. } => &DEPARTURE_REPORTED,
            Self::AudienceChanged { .. } => &AUDIENCE_CHANGED,
        }
    }

    /// Everyone and everything it is about. The case itself is named by the stream.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::SignalLinked { signal, .. } => vec![Subject::Signal(*signal)],
            Self::DepartureReported { persons, .. } => persons.iter().copied().map(Subject::Person).collect(),
            Self::CaseOpened { .. }
            | Self::CaseClosed { .. }
            | Self::CaseReopened { .. }
            | Self::AudienceChanged { .. } => Vec::new(),
        }
    }
}

impl LifeCommand {
    /// Its name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenCase { .. } => "openCase",
            Self::LinkSignal { .. } => "linkSignal",
            Self::CloseCase { .. } => "closeCase",
            Self::ReopenCase { .. } => "reopenCase",
            Self::ReportDeparture { .. } => "reportDeparture",
            Self::ChangeAudience { .. } => "changeAudience",
        }
    }
}
