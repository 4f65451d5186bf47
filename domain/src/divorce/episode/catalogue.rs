//! What this subject writes and refuses with, for the generated documents.

use super::events::EpisodeEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// No episode runs on that day: record first what somebody noticed.
pub const EPISODE_ABSENT: Code = Code("EPISODE_ABSENT");
/// From where the episode stands this cannot follow; `state` says where it stands, `open` what can.
pub const EPISODE_STEP_NOT_OPEN: Code = Code("EPISODE_STEP_NOT_OPEN");
/// The episode came further after that day: correct that first, or leave the day away.
pub const EPISODE_FURTHER: Code = Code("EPISODE_FURTHER");
/// A person decides this, never the system.
pub const DECIDED_BY_A_PERSON: Code = Code("DECIDED_BY_A_PERSON");
/// Not each parent's form of parenthood, as last assessed, is cooperative or parallel; `parents` names of whom.
pub const PARENTING_FORM_NOT_CALM: Code = Code("PARENTING_FORM_NOT_CALM");
/// A day to look back lies after the day it is agreed.
pub const LOOK_BACK_NOT_AHEAD: Code = Code("LOOK_BACK_NOT_AHEAD");
/// No look-back was agreed, or it was held.
pub const LOOK_BACK_NOT_AGREED: Code = Code("LOOK_BACK_NOT_AGREED");
/// Not each parent and child was screened for safety alone; `still_to_screen` names who.
pub const NOT_ALL_SCREENED: Code = Code("NOT_ALL_SCREENED");
/// Safety comes first: this waits until it is cleared.
pub const SAFETY_FIRST: Code = Code("SAFETY_FIRST");
/// Fewer features were seen, or by fewer professionals, than policy asks.
pub const FEATURES_TOO_FEW: Code = Code("FEATURES_TOO_FEW");
/// Accusations of violence or neglect count only once the meldcode steps weighed them.
pub const ACCUSATIONS_NOT_WEIGHED: Code = Code("ACCUSATIONS_NOT_WEIGHED");
/// No parent named a strain of their own.
pub const STRAIN_NOT_NAMED: Code = Code("STRAIN_NOT_NAMED");
/// Said of somebody who is no parent in this.
pub const OF_A_PARENT: Code = Code("OF_A_PARENT");
/// Triage follows when it is acknowledged to each parent; `still_to_ask` names who was neither told nor tried.
pub const ACKNOWLEDGE_FIRST: Code = Code("ACKNOWLEDGE_FIRST");
/// A plan for each household as a track rests on a complex divorce that was recognised and acknowledged.
pub const RECOGNITION_MISSING: Code = Code("RECOGNITION_MISSING");
/// That track runs already.
pub const TRACK_UNCHANGED: Code = Code("TRACK_UNCHANGED");
/// At least one other track was weighed, each once, never the one that was chosen.
pub const ALTERNATIVES_MISSING: Code = Code("ALTERNATIVES_MISSING");
/// Not each parent was informed, and nothing says why; `still_to_ask` names who was not.
pub const PARENTS_NOT_INFORMED: Code = Code("PARENTS_NOT_INFORMED");
/// Nothing flared up that nobody answered yet.
pub const FLARE_UP_NOT_OPEN: Code = Code("FLARE_UP_NOT_OPEN");

/// Every code this subject refuses with, besides those of `people` and `regie`.
pub const CODES: &[Code] = &[
    EPISODE_ABSENT,
    EPISODE_STEP_NOT_OPEN,
    EPISODE_FURTHER,
    DECIDED_BY_A_PERSON,
    PARENTING_FORM_NOT_CALM,
    LOOK_BACK_NOT_AHEAD,
    LOOK_BACK_NOT_AGREED,
    NOT_ALL_SCREENED,
    SAFETY_FIRST,
    FEATURES_TOO_FEW,
    ACCUSATIONS_NOT_WEIGHED,
    STRAIN_NOT_NAMED,
    OF_A_PARENT,
    ACKNOWLEDGE_FIRST,
    RECOGNITION_MISSING,
    TRACK_UNCHANGED,
    ALTERNATIVES_MISSING,
    PARENTS_NOT_INFORMED,
    FLARE_UP_NOT_OPEN,
];

const EPISODE: FieldInfo = FieldInfo::structure("episode", "the episode");
const TRACK: FieldInfo = FieldInfo::structure("track", "the track");
const WEIGHED: FieldInfo =
    FieldInfo::personal("weighed", "why, what was weighed beside it and why not, which parents were informed");

pub(in crate::divorce) const SIGNAL: EventInfo = EventInfo {
    name: "DivorceSignalRecorded",
    version: 1,
    outer: "DivorceSignalRecorded",
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordDivorceSignal"],
    meaning: "Somebody noticed something about a divorce: an episode begins, or one that runs has a signal more.",
    fields: &[
        EPISODE,
        FieldInfo::structure("about", "the parents as they were then"),
        FieldInfo::personal("noticed_by", "who noticed it"),
        FieldInfo::personal("words", "what, in one sentence"),
    ],
};

pub(in crate::divorce) const SETTLING: EventInfo = EventInfo {
    name: "DivorceSettling",
    outer: "DivorceSettling",
    caused_by: &["settleDivorceEpisode"],
    meaning: "The parents are parents together or beside each other: it settles, with a day to look back when one was agreed.",
    fields: &[
        EPISODE,
        FieldInfo::structure("look_back", "the day that was agreed to look back once"),
        FieldInfo::personal("words", "what shows it"),
    ],
    ..SIGNAL
};

pub(in crate::divorce) const STRAIN: EventInfo = EventInfo {
    name: "ParentStrainNamed",
    outer: NEUTRAL,
    caused_by: &["recordNamedStrain"],
    meaning: "A parent named a strain of their own, in their words. What professionals think of it is no field.",
    fields: &[
        FieldInfo::structure("person", "the parent"),
        FieldInfo {
            name: "words",
            class: FieldClass::Personal(DataClass::Health),
            meaning: "what that parent said",
            optional: false,
        },
    ],
    ..SIGNAL
};

pub(in crate::divorce) const RECOGNISED: EventInfo = EventInfo {
    name: "ComplexDivorceRecognised",
    outer: "ComplexDivorceRecognised",
    caused_by: &["recogniseComplexDivorce"],
    meaning: "Professionals recognised a complex divorce: what they saw, and how they came to it.",
    fields: &[
        EPISODE,
        FieldInfo::personal("seen", "which features, by whom, what was seen"),
        FieldInfo::personal("rationale", "how they came to it"),
        FieldInfo::structure("parents", "the parents to whom it must be acknowledged"),
    ],
    ..SIGNAL
};

pub(in crate::divorce) const ACKNOWLEDGED: EventInfo = EventInfo {
    name: "ComplexDivorceAcknowledged",
    outer: "ComplexDivorceAcknowledged",
    caused_by: &["acknowledgeComplexDivorce"],
    meaning: "What was recognised was acknowledged to one parent, or it was tried in vain.",
    fields: &[
        EPISODE,
        FieldInfo::structure("person", "the parent"),
        FieldInfo::structure("reached", "whether the parent could be spoken with"),
        FieldInfo::personal("words", "how that went, or what was tried"),
    ],
    ..SIGNAL
};

pub(in crate::divorce) const TRIAGE: EventInfo = EventInfo {
    name: "DivorceTriageDecided",
    outer: "DivorceTriageDecided",
    caused_by: &["decideDivorceTriage"],
    meaning: "Triage chose a track, with what was weighed beside it.",
    fields: &[EPISODE, TRACK, WEIGHED],
    ..SIGNAL
};

pub(in crate::divorce) const SWITCHED: EventInfo = EventInfo {
    name: "DivorceTrackSwitched",
    outer: "DivorceTrackSwitched",
    caused_by: &["switchDivorceTrack"],
    meaning: "From one track to another, with a reason and what was weighed beside it.",
    ..TRIAGE
};

pub(in crate::divorce) const MOVED: EventInfo = EventInfo {
    name: "DivorceEpisodeMoved",
    outer: "DivorceEpisodeMoved",
    caused_by: &[
        "recordLookBack",
        "returnToDivorceTriage",
        "holdDivorceReview",
        "continueDivorceTrack",
        "recordRestReached",
        "startContactRestoration",
        "endContactRestoration",
        "stepDivorceEpisodeBack",
        "keepDivorceEpisode",
        "closeDivorceEpisode",
    ],
    meaning: "A person took a step of the episode: looked back, reviewed, rest reached, a step back, closed and the like.",
    fields: &[
        EPISODE,
        FieldInfo::structure("step", "which step"),
        FieldInfo::personal("words", "why, or how it went"),
        FieldInfo::structure("flare_ups", "the flare-ups that it answers"),
    ],
    ..SIGNAL
};

/// Every event of this subject.
pub(in crate::divorce) const CATALOGUE: [EventInfo; 8] =
    [SIGNAL, SETTLING, STRAIN, RECOGNISED, ACKNOWLEDGED, TRIAGE, SWITCHED, MOVED];

pub(in crate::divorce) const fn info(event: &EpisodeEvent) -> &'static EventInfo {
    match event {
        EpisodeEvent::DivorceSignalRecorded { .. } => &SIGNAL,
        EpisodeEvent::DivorceSettling { .. } => &SETTLING,
        EpisodeEvent::ParentStrainNamed { .. } => &STRAIN,
        EpisodeEvent::ComplexDivorceRecognised { .. } => &RECOGNISED,
        EpisodeEvent::ComplexDivorceAcknowledged { .. } => &ACKNOWLEDGED,
        EpisodeEvent::DivorceTriageDecided { .. } => &TRIAGE,
        EpisodeEvent::DivorceTrackSwitched { .. } => &SWITCHED,
        EpisodeEvent::DivorceEpisodeMoved { .. } => &MOVED,
    }
}
