//! What this room writes and refuses with, for the generated documents.

use super::StatementEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// Only somebody of the case answers a passage in a statement of their own.
pub const ANSWER_OF_A_PERSON: Code = Code("ANSWER_OF_A_PERSON");
/// There is no such statement in this case.
pub const STATEMENT_UNKNOWN: Code = Code("STATEMENT_UNKNOWN");
/// What an authority established is about somebody.
pub const FINDING_ABOUT_NOBODY: Code = Code("FINDING_ABOUT_NOBODY");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `FACT_UNKNOWN` and `OCCURRED_IN_FUTURE`.
pub const CODES: &[Code] = &[ANSWER_OF_A_PERSON, STATEMENT_UNKNOWN, FINDING_ABOUT_NOBODY];

const STATEMENT: FieldInfo = FieldInfo::structure("statement", "the statement");

/// What somebody says of somebody may be about safety, health or crime: in clear nothing tells.
const RECORDED: EventInfo = EventInfo {
    name: "StatementRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordStatement"],
    meaning: "What somebody said, as theirs; nothing says whether it is true.",
    fields: &[
        STATEMENT,
        FieldInfo::personal("speaker", "who said it"),
        FieldInfo::structure("about", "about whom of the case"),
        FieldInfo::personal("words", "the words"),
        FieldInfo::structure("heard_by", "which worker heard or read it"),
        FieldInfo::structure("told_by", "through whom of the case it was heard"),
        FieldInfo::structure("contact", "in which contact"),
        FieldInfo::structure("answers", "the fact that it answers"),
    ],
};

const TESTED: EventInfo = EventInfo {
    name: "StatementTested",
    caused_by: &["testStatement"],
    meaning: "A statement was tested with somebody whom it is about.",
    fields: &[
        STATEMENT,
        FieldInfo::structure("with", "with whom"),
        FieldInfo::personal("recognised", "whether they recognise it"),
        FieldInfo::personal("words", "in their words"),
    ],
    ..RECORDED
};

const FINDING: EventInfo = EventInfo {
    name: "FindingRecorded",
    audience: "director",
    caused_by: &["recordFinding"],
    meaning: "What an authority established, as theirs, with the day and the source.",
    fields: &[
        FieldInfo::structure("authority", "which kind of authority"),
        FieldInfo::personal("body", "which one"),
        FieldInfo::structure("about", "about whom of the case"),
        FieldInfo {
            class: FieldClass::Personal(DataClass::Criminal),
            ..FieldInfo::personal("words", "what it established, in its words")
        },
        FieldInfo::structure("established", "the day on which it did"),
        FieldInfo::personal("source", "where that stands"),
    ],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, TESTED, FINDING];

pub(super) const fn info(event: &StatementEvent) -> &'static EventInfo {
    match event {
        StatementEvent::StatementRecorded { .. } => &RECORDED,
        StatementEvent::StatementTested { .. } => &TESTED,
        StatementEvent::FindingRecorded { .. } => &FINDING,
    }
}
