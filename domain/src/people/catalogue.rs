//! What this room writes and refuses with, for the generated documents.

use super::PeopleEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// A person named by the command is not in the case.
pub const PERSON_UNKNOWN: Code = Code("PERSON_UNKNOWN");
/// Somebody with the same name and birth date is in the case already.
pub const PERSON_ALREADY_IN_CASE: Code = Code("PERSON_ALREADY_IN_CASE");
/// The last day lies before the first.
pub const UNTIL_BEFORE_FROM: Code = Code("UNTIL_BEFORE_FROM");
/// A birth date in the future or before 1900.
pub const BIRTH_DATE_IMPOSSIBLE: Code = Code("BIRTH_DATE_IMPOSSIBLE");
/// Nobody has authority over somebody who is 18 or older on the first day.
pub const AUTHORITY_OVER_ADULT: Code = Code("AUTHORITY_OVER_ADULT");
/// Authority over a child starts with the birth at the earliest: check both dates.
pub const AUTHORITY_BEFORE_BIRTH: Code = Code("AUTHORITY_BEFORE_BIRTH");
/// The child cannot have authority over itself.
pub const HOLDER_IS_CHILD: Code = Code("HOLDER_IS_CHILD");
/// This kind of authority asks for another number of people.
pub const HOLDERS_DO_NOT_FIT: Code = Code("HOLDERS_DO_NOT_FIT");
/// Joint holders are different people.
pub const HOLDERS_NOT_DIFFERENT: Code = Code("HOLDERS_NOT_DIFFERENT");
/// Nobody recognises themself.
pub const SELF_RECOGNITION: Code = Code("SELF_RECOGNITION");
/// Recognition takes effect at birth at the earliest.
pub const RECOGNITION_BEFORE_BIRTH: Code = Code("RECOGNITION_BEFORE_BIRTH");
/// A free text holds the name of somebody of the case: write `{person:<id>}` or list the person in `mentions` (`privacy.md`).
pub const NAMES_IN_TEXT: Code = Code("NAMES_IN_TEXT");

/// Every code this room refuses with.
pub const CODES: &[Code] = &[
    PERSON_UNKNOWN,
    PERSON_ALREADY_IN_CASE,
    UNTIL_BEFORE_FROM,
    BIRTH_DATE_IMPOSSIBLE,
    AUTHORITY_OVER_ADULT,
    AUTHORITY_BEFORE_BIRTH,
    HOLDER_IS_CHILD,
    HOLDERS_DO_NOT_FIT,
    HOLDERS_NOT_DIFFERENT,
    SELF_RECOGNITION,
    RECOGNITION_BEFORE_BIRTH,
    NAMES_IN_TEXT,
];

const PERSON: FieldInfo = FieldInfo::structure("person", "the person");
const CHILD: FieldInfo = FieldInfo::structure("child", "the child");
const FROM: FieldInfo = FieldInfo::structure("from", "first day");
const UNTIL: FieldInfo = FieldInfo::structure("until", "last day, when known");
const SOURCE: FieldInfo = FieldInfo::structure("source", "where it comes from");
const NAME: FieldInfo = FieldInfo::personal("name", "as people call them");
const BIRTH_DATE: FieldInfo = FieldInfo::personal("birth_date", "birth date");
const ROLE: FieldInfo = FieldInfo::personal("role", "who they are in this family");

/// What all events of this room have in common.
const DATED: EventInfo = EventInfo {
    name: "",
    version: 1,
    outer: "",
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &[],
    meaning: "",
    fields: &[],
};

const PERSON_ADDED: EventInfo = EventInfo {
    name: "PersonAdded",
    outer: "PersonAdded",
    caused_by: &["addPerson", "openCase"],
    meaning: "Somebody became part of the case.",
    fields: &[PERSON, NAME, BIRTH_DATE, ROLE, FROM],
    ..DATED
};

const PERSON_RENAMED: EventInfo = EventInfo {
    name: "PersonRenamed",
    outer: "PersonRenamed",
    caused_by: &["renamePerson"],
    meaning: "The name changed or was heard better.",
    fields: &[PERSON, NAME, FROM],
    ..DATED
};

const BIRTH_DATE_RECORDED: EventInfo = EventInfo {
    name: "BirthDateRecorded",
    outer: "BirthDateRecorded",
    caused_by: &["recordBirthDate"],
    meaning: "The birth date became known.",
    fields: &[PERSON, BIRTH_DATE, SOURCE],
    ..DATED
};

const FAMILY_ROLE_RECORDED: EventInfo = EventInfo {
    name: "FamilyRoleRecorded",
    outer: "FamilyRoleRecorded",
    caused_by: &["recordFamilyRole"],
    meaning: "Somebody has this role in the family.",
    fields: &[PERSON, ROLE, FROM, UNTIL],
    ..DATED
};

const AUTHORITY_RECORDED: EventInfo = EventInfo {
    name: "AuthorityRecorded",
    outer: "AuthorityRecorded",
    caused_by: &["recordAuthority", "openCase", "recordRuling"],
    meaning: "Who has authority over a child, or that a person must decide who has.",
    fields: &[
        CHILD,
        FieldInfo::personal("authority", "which kind, and who has it"),
        FROM,
        UNTIL,
        SOURCE,
        FieldInfo::structure("ruling", "the ruling that says so, when one does").optional(),
    ],
    ..DATED
};

const RECOGNITION_RECORDED: EventInfo = EventInfo {
    name: "RecognitionRecorded",
    outer: "RecognitionRecorded",
    caused_by: &["recordRecognition"],
    meaning: "Whether a parent recognised a child.",
    fields: &[
        CHILD,
        FieldInfo::structure("parent", "the parent"),
        FieldInfo::personal("recognised", "whether recognised"),
        FROM,
        SOURCE,
    ],
    ..DATED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    PERSON_ADDED,
    PERSON_RENAMED,
    BIRTH_DATE_RECORDED,
    FAMILY_ROLE_RECORDED,
    AUTHORITY_RECORDED,
    RECOGNITION_RECORDED,
];

pub(super) const fn info(event: &PeopleEvent) -> &'static EventInfo {
    match event {
        PeopleEvent::PersonAdded { .. } => &PERSON_ADDED,
        PeopleEvent::PersonRenamed { .. } => &PERSON_RENAMED,
        PeopleEvent::BirthDateRecorded { .. } => &BIRTH_DATE_RECORDED,
        PeopleEvent::FamilyRoleRecorded { .. } => &FAMILY_ROLE_RECORDED,
        PeopleEvent::AuthorityRecorded { .. } => &AUTHORITY_RECORDED,
        PeopleEvent::RecognitionRecorded { .. } => &RECOGNITION_RECORDED,
    }
}
