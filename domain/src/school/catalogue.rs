//! What this room writes and refuses with, for the generated documents.

use super::SchoolEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// An intake, a weighing and a question are about a child of the case.
pub const SCHOOL_OF_A_CHILD: Code = Code("SCHOOL_OF_A_CHILD");
/// Nobody was there at the intake.
pub const INTAKE_WITH_NOBODY: Code = Code("INTAKE_WITH_NOBODY");
/// There is no such question of a school in this case.
pub const SCHOOL_QUESTION_UNKNOWN: Code = Code("SCHOOL_QUESTION_UNKNOWN");
/// How this question ended is recorded already.
pub const SCHOOL_QUESTION_OVER: Code = Code("SCHOOL_QUESTION_OVER");
/// This worker answers the question already.
pub const SCHOOL_QUESTION_UNCHANGED: Code = Code("SCHOOL_QUESTION_UNCHANGED");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] =
    &[SCHOOL_OF_A_CHILD, INTAKE_WITH_NOBODY, SCHOOL_QUESTION_UNKNOWN, SCHOOL_QUESTION_OVER, SCHOOL_QUESTION_UNCHANGED];

/// The rule that school, provider, parents and pupil hold the intake together (004:2449).
pub const INTAKE_TOGETHER: &str = "intake_together";
/// The rule that there is help in the school only where there is a question at home too (004:2457, 2489).
pub const QUESTION_AT_HOME: &str = "question_at_home";
/// The rule that another route is named, so that nobody is lost (004:2491).
pub const ROUTE_NAMED: &str = "route_named";

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { class: FieldClass::Personal(DataClass::Health), ..FieldInfo::personal(name, meaning) }
}

const CHILD: FieldInfo = FieldInfo::structure("child", "the pupil");
const QUESTION: FieldInfo = FieldInfo::structure("question", "the question");
const OWNER: FieldInfo = FieldInfo::structure("owner", "who answers");

const INTAKE: EventInfo = EventInfo {
    name: "IntakeHeld",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "child",
    caused_by: &["recordIntake"],
    meaning: "An intake with a school was held, with what each side expects. For whoever works for the child and all whom it names.",
    fields: &[
        FieldInfo::structure("intake", "the intake"),
        CHILD,
        FieldInfo::personal("present", "who was there, and from which side"),
        FieldInfo::personal("contact_forms", "how they keep in touch"),
        FieldInfo::personal("feedback", "when and how they look back together"),
        FieldInfo::personal("expectations", "what each side expects"),
        FieldInfo::personal("words", "what came out of it, in a sentence"),
    ],
};

const TRIAGED: EventInfo = EventInfo {
    name: "ArrangementTriaged",
    caused_by: &["triageArrangement"],
    meaning: "It was weighed what a school can do and what is asked beyond that.",
    fields: &[
        FieldInfo::structure("triage", "the weighing"),
        CHILD,
        health("school_can", "what the school can do"),
        health("asked", "what is asked beyond that"),
        health("home_question", "whether there is a question at home as well"),
        health("outcome", "the school alone, help in the school, or another route"),
        health("route", "of another route: which"),
    ],
    ..INTAKE
};

const ASKED: EventInfo = EventInfo {
    name: "SchoolQuestionAsked",
    caused_by: &["askSchoolQuestion"],
    meaning: "A school asked something about a pupil, with who answers and by when.",
    fields: &[
        QUESTION,
        CHILD,
        FieldInfo::personal("asked_by", "who asked"),
        FieldInfo::personal("words", "what was asked"),
        FieldInfo::structure("call_back", "whether somebody calls back"),
        OWNER,
        FieldInfo::structure("by", "by which day"),
    ],
    ..INTAKE
};

const HANDED_OVER: EventInfo = EventInfo {
    name: "SchoolQuestionHandedOver",
    caused_by: &["handOverSchoolQuestion"],
    meaning: "Somebody else answers the question of a school.",
    fields: &[QUESTION, OWNER, FieldInfo::personal("note", "what was said along")],
    ..INTAKE
};

const ENDED: EventInfo = EventInfo {
    name: "SchoolQuestionEnded",
    caused_by: &["answerSchoolQuestion"],
    meaning: "The question of a school was answered, or ended otherwise. What was told of the pupil is a share.",
    fields: &[
        QUESTION,
        FieldInfo::structure("how", "answered, refused, another way or no longer needed"),
        FieldInfo::structure("answered_by", "who answered"),
        FieldInfo::personal("words", "the answer in words"),
    ],
    ..INTAKE
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[INTAKE, TRIAGED, ASKED, HANDED_OVER, ENDED];

pub(super) const fn info(event: &SchoolEvent) -> &'static EventInfo {
    match event {
        SchoolEvent::IntakeHeld { .. } => &INTAKE,
        SchoolEvent::ArrangementTriaged { .. } => &TRIAGED,
        SchoolEvent::SchoolQuestionAsked { .. } => &ASKED,
        SchoolEvent::SchoolQuestionHandedOver { .. } => &HANDED_OVER,
        SchoolEvent::SchoolQuestionEnded { .. } => &ENDED,
    }
}
