//! What this room writes and refuses with, for the generated documents.

use super::RulingEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// No such ruling in this case.
pub const RULING_UNKNOWN: Code = Code("RULING_UNKNOWN");
/// The ruling ended before, or will by then.
pub const RULING_OVER: Code = Code("RULING_OVER");
/// It is pronounced on a day that has not come: a hearing is no ruling yet.
pub const RULING_NOT_PRONOUNCED: Code = Code("RULING_NOT_PRONOUNCED");
/// It was sent or became final before it was pronounced: check the days.
pub const RULING_DATES_OUT_OF_ORDER: Code = Code("RULING_DATES_OUT_OF_ORDER");
/// The ruling that is cited or replaced is about somebody else.
pub const RULING_OF_ANOTHER: Code = Code("RULING_OF_ANOTHER");
/// Only a ruling about authority says who has it.
pub const RULING_NOT_ABOUT_AUTHORITY: Code = Code("RULING_NOT_ABOUT_AUTHORITY");
/// A ruling puts a court or institution in somebody's place only as substitute consent or as authority, for at least one person and kind.
pub const RULING_IN_PLACE_UNFIT: Code = Code("RULING_IN_PLACE_UNFIT");

/// Every code this room refuses with, besides those of `people`.
pub const CODES: &[Code] = &[
    RULING_UNKNOWN,
    RULING_OVER,
    RULING_NOT_PRONOUNCED,
    RULING_DATES_OUT_OF_ORDER,
    RULING_OF_ANOTHER,
    RULING_NOT_ABOUT_AUTHORITY,
    RULING_IN_PLACE_UNFIT,
];

/// That a ruling ends: somebody looks ahead what follows.
pub const RULING_ENDS_DUE: &str = "ruling_ends";

const RULING: FieldInfo = FieldInfo::structure("ruling", "which ruling");
const PERSON: FieldInfo = FieldInfo::structure("person", "about whom");

/// A ruling may be about safety or crime, so nothing in clear tells of any.
const RECORDED: EventInfo = EventInfo {
    name: "RulingRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Dated,
    may_precede: true,
    audience: "child",
    caused_by: &["recordRuling"],
    meaning: "A court ruled about this person; a ban is for the director until somebody says otherwise.",
    fields: &[
        FieldInfo::structure("ruling", "this ruling"),
        PERSON,
        FieldInfo::structure("others", "whom else it names"),
        FieldInfo::personal("kind", "about what"),
        FieldInfo::personal("scope", "what it decides, in a sentence"),
        FieldInfo::personal("channel", "by which way people communicate"),
        FieldInfo::personal("reference", "how the court names it"),
        FieldInfo::structure(
            "in_place",
            "in whose place it puts the court or an institution, for which kinds of consent",
        ),
        FieldInfo::structure("pronounced", "the day it was pronounced"),
        FieldInfo::structure("dates", "the days it was sent, is in force, became final, and its last day"),
        FieldInfo::structure("source", "where we know it from"),
        FieldInfo::structure("replaces", "the earlier ruling whose place it takes"),
    ],
};

const DATES: EventInfo = EventInfo {
    name: "RulingDatesRecorded",
    caused_by: &["recordRulingDates"],
    meaning: "Days of a ruling became known, or changed.",
    fields: &[RULING, PERSON, FieldInfo::structure("dates", "the days; what is not said stays")],
    ..RECORDED
};

const ENDED: EventInfo = EventInfo {
    name: "RulingEnded",
    caused_by: &["endRuling"],
    meaning: "A ruling ended before its last day, or without one.",
    fields: &[RULING, PERSON, FieldInfo::structure("last_day", "last day"), FieldInfo::personal("reason", "why")],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, DATES, ENDED];

pub(super) const fn info(event: &RulingEvent) -> &'static EventInfo {
    match event {
        RulingEvent::RulingRecorded { .. } => &RECORDED,
        RulingEvent::RulingDatesRecorded { .. } => &DATES,
        RulingEvent::RulingEnded { .. } => &ENDED,
    }
}
