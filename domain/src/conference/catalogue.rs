//! What this room writes and refuses with, for the generated documents.

use super::ConferenceEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// There is no such conference in this case: call it first.
pub const CONFERENCE_UNKNOWN: Code = Code("CONFERENCE_UNKNOWN");
/// That this conference was held is recorded already: correct what was recorded.
pub const CONFERENCE_HELD: Code = Code("CONFERENCE_HELD");
/// That this conference was stopped is recorded already.
pub const CONFERENCE_STOPPED: Code = Code("CONFERENCE_STOPPED");
/// A conference is about somebody of the case.
pub const CONFERENCE_ABOUT_NOBODY: Code = Code("CONFERENCE_ABOUT_NOBODY");
/// Nobody came.
pub const CONFERENCE_WITH_NOBODY: Code = Code("CONFERENCE_WITH_NOBODY");
/// To a network meeting somebody of the family or its network is asked who decides.
pub const CONFERENCE_WITHOUT_FAMILY: Code = Code("CONFERENCE_WITHOUT_FAMILY");
/// Somebody is asked, or came, twice.
pub const ATTENDEE_TWICE: Code = Code("ATTENDEE_TWICE");
/// In a network meeting the family decides; a professional is asked to inform. What went otherwise is recorded as it went.
pub const PROFESSIONAL_DECIDES: Code = Code("PROFESSIONAL_DECIDES");
/// Each is heard by a different colleague.
pub const LISTENER_TWICE: Code = Code("LISTENER_TWICE");
/// Whoever stopped the conference hears nobody: a colleague does.
pub const LISTENER_WAS_THERE: Code = Code("LISTENER_WAS_THERE");

/// The conference went as the rules say: there is nothing to explain.
pub const EXPLANATION_WITHOUT_DEPARTURE: Code = Code("EXPLANATION_WITHOUT_DEPARTURE");

/// A consultation of several parties states its purpose and what it is to yield (rule 20).
pub const CONFERENCE_WITHOUT_PURPOSE: Code = Code("CONFERENCE_WITHOUT_PURPOSE");
/// This conference was not stopped: there is nobody to hear apart and nothing to go on with.
pub const CONFERENCE_NOT_STOPPED: Code = Code("CONFERENCE_NOT_STOPPED");
/// That this conference went on, or will not, is recorded already.
pub const CONFERENCE_RESUMED: Code = Code("CONFERENCE_RESUMED");
/// Nobody is named who will be heard.
pub const HEARING_OF_NOBODY: Code = Code("HEARING_OF_NOBODY");
/// The conference is about this person: then it cannot be that nothing about them was discussed.
pub const DISCUSSED_ALL_THE_SAME: Code = Code("DISCUSSED_ALL_THE_SAME");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    CONFERENCE_UNKNOWN,
    CONFERENCE_HELD,
    CONFERENCE_STOPPED,
    CONFERENCE_ABOUT_NOBODY,
    CONFERENCE_WITH_NOBODY,
    CONFERENCE_WITHOUT_FAMILY,
    ATTENDEE_TWICE,
    PROFESSIONAL_DECIDES,
    LISTENER_TWICE,
    LISTENER_WAS_THERE,
    EXPLANATION_WITHOUT_DEPARTURE,
    CONFERENCE_WITHOUT_PURPOSE,
    CONFERENCE_NOT_STOPPED,
    CONFERENCE_RESUMED,
    HEARING_OF_NOBODY,
    DISCUSSED_ALL_THE_SAME,
];

/// The rule that in a network meeting the family decides (003:2077-2089).
pub const FAMILY_DECIDES: &str = "family_decides";
/// The rule that the family consents to each professional who comes (rule 20).
pub const CONSENT_PER_ATTENDEE: &str = "consent_per_attendee";

/// The rule that a consultation states its purpose and what it is to yield (rule 20; 004b R16).
pub const PURPOSE_STATED: &str = "purpose_stated";
/// The rule that nothing is discussed about who was asked along and has not answered (rule 20).
pub const NOT_WITHOUT_AN_ANSWER: &str = "not_without_an_answer";
/// The rule that each is heard by a different colleague, none of them who led or stopped it (rule 20; 004b R46).
pub const HEARD_BY_A_COLLEAGUE: &str = "different_listeners";
/// The rule that each is heard before it goes on (rule 20; 004b R46).
pub const HEARD_BEFORE: &str = "heard_before";
/// The rule that it goes on with those colleagues there (rule 20; 004b R46).
pub const LISTENERS_THERE: &str = "listeners_there";

const CONFERENCE: FieldInfo = FieldInfo::structure("conference", "the conference");

const CALLED: EventInfo = EventInfo {
    name: "ConferenceCalled",
    version: 1,
    outer: "ConferenceCalled",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["callConference"],
    meaning: "A conference was called: why, for what, and who is asked. For whoever works for all whom it names.",
    fields: &[
        CONFERENCE,
        FieldInfo::structure("kind", "a network meeting, an MDO, an MDO with the regional expert team"),
        FieldInfo::personal("occasion", "the occasion"),
        FieldInfo::personal("purpose", "the purpose"),
        FieldInfo::personal("expected", "what it is to yield"),
        FieldInfo::structure("about", "about whom of the case"),
        FieldInfo::personal("invited", "who is asked, to do what, and what the family said about each"),
        FieldInfo::structure("peacemaker", "who keeps the peace"),
        FieldInfo::structure("planned", "the day for which it is planned"),
        FieldInfo::structure("led_by", "who leads it").optional(),
    ],
};

const HELD: EventInfo = EventInfo {
    name: "ConferenceHeld",
    outer: "ConferenceHeld",
    caused_by: &["recordConference"],
    meaning: "A conference was held: who came, who decided and who informed, what was agreed.",
    fields: &[
        CONFERENCE,
        FieldInfo::personal("came", "who came, what each did, what the family said about each, and who left early"),
        FieldInfo::structure("peacemaker", "who kept the peace"),
        FieldInfo::personal("agreed", "what was agreed, who decided it, who does it, by when"),
        FieldInfo::personal("words", "what it yielded, in a sentence"),
        FieldInfo::structure("not_discussed", "about whom nothing was discussed, asked along without an answer")
            .optional(),
    ],
    ..CALLED
};

const STOPPED: EventInfo = EventInfo {
    name: "ConferenceStopped",
    outer: "ConferenceStopped",
    caused_by: &["stopConference"],
    meaning: "A conference was stopped because it derailed, with who will hear whom.",
    fields: &[
        CONFERENCE,
        FieldInfo::personal("reason", "what happened"),
        FieldInfo::structure("stopped_by", "who stopped it"),
        FieldInfo::structure("hearings", "who will hear whom"),
        FieldInfo::structure("resumes", "the day for which it is planned to go on"),
    ],
    ..CALLED
};

const HEARINGS: EventInfo = EventInfo {
    name: "HearingsPlanned",
    outer: "HearingsPlanned",
    caused_by: &["planHearings"],
    meaning: "After a stop it was planned who will hear whom: each a different colleague.",
    fields: &[CONFERENCE, FieldInfo::structure("hearings", "who will hear whom")],
    ..CALLED
};

const HEARD: EventInfo = EventInfo {
    name: "HeardApart",
    outer: "HeardApart",
    audience: "persons",
    caused_by: &["recordHearing"],
    meaning: "After a stop somebody was heard apart. What was said is that person's own; of a child for the director.",
    fields: &[
        CONFERENCE,
        FieldInfo::structure("person", "who"),
        FieldInfo::structure("listener", "by whom"),
        FieldInfo::personal("words", "what came up, in the person's words"),
    ],
    ..CALLED
};

const RESUMED: EventInfo = EventInfo {
    name: "ConferenceResumed",
    outer: "ConferenceResumed",
    caused_by: &["resumeConference"],
    meaning: "A stopped conference went on: who came, what was agreed.",
    fields: &[
        CONFERENCE,
        FieldInfo::personal("came", "who came, what each did, what the family said about each, and who left early"),
        FieldInfo::structure("peacemaker", "who kept the peace"),
        FieldInfo::personal("agreed", "what was agreed, who decided it, who does it, by when"),
        FieldInfo::personal("words", "what it yielded, in a sentence"),
        FieldInfo::structure("not_discussed", "about whom nothing was discussed, asked along without an answer"),
    ],
    ..CALLED
};

const NOT_RESUMED: EventInfo = EventInfo {
    name: "ConferenceNotResumed",
    outer: "ConferenceNotResumed",
    caused_by: &["endStoppedConference"],
    meaning: "A stopped conference will not go on.",
    fields: &[CONFERENCE, FieldInfo::personal("reason", "why")],
    ..CALLED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[CALLED, HELD, STOPPED, HEARINGS, HEARD, RESUMED, NOT_RESUMED];

pub(super) const fn info(event: &ConferenceEvent) -> &'static EventInfo {
    match event {
        ConferenceEvent::ConferenceCalled { .. } => &CALLED,
        ConferenceEvent::ConferenceHeld { .. } => &HELD,
        ConferenceEvent::ConferenceStopped { .. } => &STOPPED,
        ConferenceEvent::HearingsPlanned { .. } => &HEARINGS,
        ConferenceEvent::HeardApart { .. } => &HEARD,
        ConferenceEvent::ConferenceResumed { .. } => &RESUMED,
        ConferenceEvent::ConferenceNotResumed { .. } => &NOT_RESUMED,
    }
}
