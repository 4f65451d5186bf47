//! What this room writes and refuses with, for the generated documents.

use super::ContactEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// A contact is with somebody.
pub const CONTACT_WITH_NOBODY: Code = Code("CONTACT_WITH_NOBODY");
/// What was promised is said in words, unless it was to call back.
pub const PROMISE_WITHOUT_WORDS: Code = Code("PROMISE_WITHOUT_WORDS");
/// There is no such promise in this case.
pub const PROMISE_UNKNOWN: Code = Code("PROMISE_UNKNOWN");
/// How this promise ended was recorded before.
pub const PROMISE_ALREADY_SETTLED: Code = Code("PROMISE_ALREADY_SETTLED");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[CONTACT_WITH_NOBODY, PROMISE_WITHOUT_WORDS, PROMISE_UNKNOWN, PROMISE_ALREADY_SETTLED];

const RECORDED: EventInfo = EventInfo {
    name: "ContactRecorded",
    version: 1,
    outer: "ContactRecorded",
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordContact"],
    meaning: "A contact moment: with whom, what was asked, said and promised. For the director and who works for whom it was with.",
    fields: &[
        FieldInfo::structure("contact", "the contact"),
        FieldInfo::structure("with", "with whom of the case"),
        FieldInfo::personal("other", "with whom else"),
        FieldInfo::structure("about", "about whom else of the case"),
        FieldInfo::structure("worker", "which worker had it"),
        FieldInfo::structure("direction", "who sought it"),
        FieldInfo::structure("medium", "by which way"),
        FieldInfo::structure("verified", "how it was made sure who it was"),
        FieldInfo::personal("said", "what was said, in a sentence"),
        FieldInfo::personal("asked", "what was asked"),
        FieldInfo::structure("answer", "what became of what was asked"),
        FieldInfo::personal("answered", "the answer in words"),
        FieldInfo::personal("promises", "what was promised, by when, and who does it"),
    ],
};

const SETTLED: EventInfo = EventInfo {
    name: "PromiseSettled",
    outer: "PromiseSettled",
    caused_by: &["settlePromise"],
    meaning: "A promise was kept, or ended otherwise; whoever may know the contact may know this.",
    fields: &[
        FieldInfo::structure("promise", "the promise"),
        FieldInfo::structure("how", "kept, no longer needed or not kept"),
        FieldInfo::personal("note", "more about it"),
    ],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, SETTLED];

pub(super) const fn info(event: &ContactEvent) -> &'static EventInfo {
    match event {
        ContactEvent::ContactRecorded { .. } => &RECORDED,
        ContactEvent::PromiseSettled { .. } => &SETTLED,
    }
}
