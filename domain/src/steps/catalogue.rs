//! What this room writes and refuses with, for the generated documents.

use super::StepsEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// Nobody is named who thought of this option: an option comes from the person (004b R45).
pub const OPTION_WITHOUT_AUTHOR: Code = Code("OPTION_WITHOUT_AUTHOR");
/// Somebody else thought of this option: then it is no option of this person.
pub const OPTION_OF_ANOTHER: Code = Code("OPTION_OF_ANOTHER");
/// There is no such option in this case.
pub const OPTION_UNKNOWN: Code = Code("OPTION_UNKNOWN");
/// There is no such familiar face in this case, or it is somebody else's.
pub const TRUSTED_CONTACT_UNKNOWN: Code = Code("TRUSTED_CONTACT_UNKNOWN");
/// This one is no familiar face any more.
pub const TRUSTED_CONTACT_OVER: Code = Code("TRUSTED_CONTACT_OVER");
/// Nobody is their own familiar face.
pub const TRUSTED_CONTACT_OWN: Code = Code("TRUSTED_CONTACT_OWN");
/// For whom it is what was said with a child is the child's to say: it is not shown to others later.
pub const STEPS_KEEP_AUDIENCE: Code = Code("STEPS_KEEP_AUDIENCE");
/// For whom it is what was said with somebody: named workers, the director, or at the widest who works for that person. Of a child it is
/// said.
pub const STEPS_AUDIENCE: Code = Code("STEPS_AUDIENCE");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `CONFLICT_UNKNOWN`.
pub const CODES: &[Code] = &[
    OPTION_WITHOUT_AUTHOR,
    OPTION_OF_ANOTHER,
    OPTION_UNKNOWN,
    TRUSTED_CONTACT_UNKNOWN,
    TRUSTED_CONTACT_OVER,
    TRUSTED_CONTACT_OWN,
    STEPS_KEEP_AUDIENCE,
    STEPS_AUDIENCE,
];

/// The rule that a familiar face is there when the person agreed to it (case 03).
pub const PRESENCE_AGREED: &str = "presence_agreed";

const PERSON: FieldInfo = FieldInfo::structure("person", "with whom");
const WORKER: FieldInfo = FieldInfo::structure("worker", "by which worker");
const WORDS: FieldInfo = FieldInfo::personal("words", "in words");
const CONFLICT: FieldInfo = FieldInfo::structure("conflict", "about which conflict");
const OPTION: FieldInfo = FieldInfo::structure("option", "the option");
const TRUSTED: FieldInfo = FieldInfo::structure("trusted", "the familiar face");

const TAKEN: EventInfo = EventInfo {
    name: "ConversationStepTaken",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordConversationStep"],
    meaning: "A step was taken in a conversation with somebody, by its name. Of a child for whom the child said.",
    fields: &[
        PERSON,
        FieldInfo::structure(
            "step",
            "share the vision, acknowledge, dynamics, need and desire, reality, options: a name, never a number",
        ),
        WORKER,
        FieldInfo::personal("words", "what came up, in the person's words"),
        CONFLICT,
    ],
};

const AUTHORED: EventInfo = EventInfo {
    name: "OptionAuthored",
    caused_by: &["recordOption"],
    meaning: "Somebody thought of something they can do themself.",
    fields: &[
        OPTION,
        FieldInfo::structure("person", "who thought of it, and for whom it is"),
        WORKER,
        FieldInfo::personal("words", "what, in the person's words"),
        CONFLICT,
    ],
    ..TAKEN
};

const TRIED: EventInfo = EventInfo {
    name: "OptionTried",
    caused_by: &["recordOptionTried"],
    meaning: "An option was tried, with what came of it as the person says.",
    fields: &[
        OPTION,
        FieldInfo::personal("effect", "more rest, no change or more strife"),
        WORDS,
        FieldInfo::structure("present", "which familiar faces were there"),
    ],
    ..TAKEN
};

const NAMED: EventInfo = EventInfo {
    name: "TrustedContactNamed",
    caused_by: &["nameTrustedContact"],
    meaning: "Somebody named a familiar face (vertrouwd gezicht). It gives that one nothing to see.",
    fields: &[
        TRUSTED,
        FieldInfo::structure("person", "by whom"),
        FieldInfo::personal("who", "who it is"),
        FieldInfo::personal("words", "why this one"),
    ],
    ..TAKEN
};

const ANSWERED: EventInfo = EventInfo {
    name: "TrustedPresenceAnswered",
    caused_by: &["answerTrustedPresence"],
    meaning: "Somebody said whether their familiar face may be there.",
    fields: &[
        TRUSTED,
        FieldInfo::personal("agrees", "yes or no"),
        FieldInfo::structure("on", "on which day; each time when nothing is said"),
        WORDS,
    ],
    ..TAKEN
};

const ENDED: EventInfo = EventInfo {
    name: "TrustedContactEnded",
    caused_by: &["endTrustedContact"],
    meaning: "Somebody is no familiar face any more.",
    fields: &[TRUSTED, FieldInfo::personal("reason", "why")],
    ..TAKEN
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[TAKEN, AUTHORED, TRIED, NAMED, ANSWERED, ENDED];

pub(super) const fn info(event: &StepsEvent) -> &'static EventInfo {
    match event {
        StepsEvent::ConversationStepTaken { .. } => &TAKEN,
        StepsEvent::OptionAuthored { .. } => &AUTHORED,
        StepsEvent::OptionTried { .. } => &TRIED,
        StepsEvent::TrustedContactNamed { .. } => &NAMED,
        StepsEvent::TrustedPresenceAnswered { .. } => &ANSWERED,
        StepsEvent::TrustedContactEnded { .. } => &ENDED,
    }
}
