//! What this room writes and refuses with, for the generated documents.

use super::VoiceEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// The voice of a child, and a signal about a child, is about a child of the case.
pub const VOICE_OF_A_CHILD: Code = Code("VOICE_OF_A_CHILD");
/// For whom a child's words are, is said exactly: named workers, the director, or at the widest who works for this child.
pub const AUDIENCE_NOT_THE_CHILDS: Code = Code("AUDIENCE_NOT_THE_CHILDS");
/// There is no such signal about a child in this case.
pub const CHILD_SIGNAL_UNKNOWN: Code = Code("CHILD_SIGNAL_UNKNOWN");
/// What a child said is not shown to others later: ask the child, and record it anew.
pub const VOICE_KEEPS_AUDIENCE: Code = Code("VOICE_KEEPS_AUDIENCE");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`.
pub const CODES: &[Code] = &[VOICE_OF_A_CHILD, AUDIENCE_NOT_THE_CHILDS, CHILD_SIGNAL_UNKNOWN, VOICE_KEEPS_AUDIENCE];

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { class: FieldClass::Personal(DataClass::Health), ..FieldInfo::personal(name, meaning) }
}

const SIGNAL: FieldInfo = FieldInfo::structure("signal", "the signal");
const CHANGE: FieldInfo = health("change", "worse, the same or better");
const WORDS: FieldInfo = FieldInfo::personal("words", "in words");

const HEARD: EventInfo = EventInfo {
    name: "ChildVoiceRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "workers",
    caused_by: &["recordChildVoice"],
    meaning: "What a child said, in its own words, for whom the child said and nobody else.",
    fields: &[
        FieldInfo::structure("child", "which child"),
        FieldInfo::personal("words", "what the child said, in its own words"),
        FieldInfo::structure("listener", "who listened"),
        FieldInfo::personal("setting", "how it came about"),
        FieldInfo::structure("family_may_know", "who of the family may know, as the child said"),
    ],
};

const OPENED: EventInfo = EventInfo {
    name: "ChildSignalOpened",
    caused_by: &["openChildSignal"],
    meaning: "A signal about how a child fares was opened.",
    fields: &[
        SIGNAL,
        FieldInfo::structure("child", "which child"),
        health("domain", "about what: eating, sleeping, behaviour, mood, fear, physical, exhaustion"),
        CHANGE,
        WORDS,
        FieldInfo::structure("told_by", "who of the family told it"),
        FieldInfo::structure("worker", "which worker noticed or was told"),
    ],
    ..HEARD
};

const CHANGED: EventInfo = EventInfo {
    name: "ChildSignalChanged",
    caused_by: &["changeChildSignal"],
    meaning: "How a child fares changed; a signal that was closed is open again.",
    fields: &[SIGNAL, CHANGE, WORDS],
    ..HEARD
};

const CLOSED: EventInfo = EventInfo {
    name: "ChildSignalClosed",
    caused_by: &["closeChildSignal"],
    meaning: "A signal about how a child fares is over.",
    fields: &[SIGNAL, WORDS],
    ..HEARD
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[HEARD, OPENED, CHANGED, CLOSED];

pub(super) const fn info(event: &VoiceEvent) -> &'static EventInfo {
    match event {
        VoiceEvent::ChildVoiceRecorded { .. } => &HEARD,
        VoiceEvent::ChildSignalOpened { .. } => &OPENED,
        VoiceEvent::ChildSignalChanged { .. } => &CHANGED,
        VoiceEvent::ChildSignalClosed { .. } => &CLOSED,
    }
}
