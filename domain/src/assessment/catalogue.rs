//! What this room writes and refuses with, for the generated documents.

use super::AssessmentEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such assessment in this case.
pub const ASSESSMENT_UNKNOWN: Code = Code("ASSESSMENT_UNKNOWN");
/// An assessment is about somebody: say about whom.
pub const ASSESSED_NOBODY: Code = Code("ASSESSED_NOBODY");
/// Nothing was said in it.
pub const NOTHING_SAID: Code = Code("NOTHING_SAID");
/// This is not what that instrument asks for.
pub const PART_DOES_NOT_FIT: Code = Code("PART_DOES_NOT_FIT");
/// A portrait or a future plan is of one person.
pub const PART_OF_ANOTHER: Code = Code("PART_OF_ANOTHER");
/// The score lies outside the bounds of the instrument.
pub const SCORE_OUT_OF_RANGE: Code = Code("SCORE_OUT_OF_RANGE");
/// There is no such hypothesis in this case.
pub const HYPOTHESIS_UNKNOWN: Code = Code("HYPOTHESIS_UNKNOWN");
/// There is no such portrait in this case.
pub const PORTRAIT_UNKNOWN: Code = Code("PORTRAIT_UNKNOWN");
/// What somebody said in an assessment is for the director, named workers, or who works for that person.
pub const AUDIENCE_NOT_THEIRS: Code = Code("AUDIENCE_NOT_THEIRS");
/// What somebody said in an assessment is not shown to others later: ask that person, and record it anew.
pub const ASSESSMENT_KEEPS_AUDIENCE: Code = Code("ASSESSMENT_KEEPS_AUDIENCE");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE` and `AUDIENCE_NOT_THE_CHILDS`.
pub const CODES: &[Code] = &[
    ASSESSMENT_UNKNOWN,
    ASSESSED_NOBODY,
    NOTHING_SAID,
    PART_DOES_NOT_FIT,
    PART_OF_ANOTHER,
    SCORE_OUT_OF_RANGE,
    HYPOTHESIS_UNKNOWN,
    PORTRAIT_UNKNOWN,
    AUDIENCE_NOT_THEIRS,
    ASSESSMENT_KEEPS_AUDIENCE,
];

/// The rule that an instrument is used in a version that policy names (rule 29).
pub const INSTRUMENT_IN_USE: &str = "instrument_in_use";
/// The rule that measuring has a consent of its own, apart from help (003:998-1010; case 06).
pub const CONSENT_BEFORE_MEASURING: &str = "consent_before_measuring";

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { class: FieldClass::Personal(DataClass::Health), ..FieldInfo::personal(name, meaning) }
}

const ASSESSMENT: FieldInfo = FieldInfo::structure("assessment", "the assessment");

const RECORDED: EventInfo = EventInfo {
    name: "AssessmentRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "child",
    caused_by: &["recordAssessment"],
    meaning: "Somebody was assessed: with what, in which version, about whom, who took part and by whom.",
    fields: &[
        ASSESSMENT,
        FieldInfo::structure("instrument", "with what; of a joint assessment (GIZ) how deep"),
        FieldInfo::structure("version", "in which version"),
        FieldInfo::structure("about", "about whom"),
        FieldInfo::structure("took_part", "who of the case took part"),
        FieldInfo::structure("by", "by which workers"),
        health("occasion", "why it was done"),
    ],
};

const TOLD: EventInfo = EventInfo {
    name: "AssessmentPartTold",
    audience: "persons",
    caused_by: &["recordAssessment", "addToAssessment"],
    meaning: "What one person said in an assessment, for whom that person said. Of a child for the director alone, unless the child said more.",
    fields: &[
        ASSESSMENT,
        FieldInfo::structure("part", "this part of it"),
        FieldInfo::structure("person", "who said it; of a portrait or score, whose it is"),
        health("content", "themes, a story, relations, a portrait, a score or a future plan"),
        FieldInfo::structure("family_may_know", "who of the family may know, as that person said"),
    ],
    ..RECORDED
};

const STATED: EventInfo = EventInfo {
    name: "HypothesisStated",
    audience: "director",
    caused_by: &["recordAssessment", "stateHypothesis"],
    meaning: "Professionals stated what may explain what is hard: a reading of theirs until it was tested.",
    fields: &[
        ASSESSMENT,
        FieldInfo::structure("hypothesis", "the hypothesis"),
        health("effect", "what the factor does: causes, keeps, worsens or reduces it"),
        health("words", "in words"),
    ],
    ..RECORDED
};

const TESTED: EventInfo = EventInfo {
    name: "AssessmentTested",
    audience: "persons",
    caused_by: &["testAssessment"],
    meaning: "A hypothesis or a portrait was tested with somebody: whether they recognise it.",
    fields: &[
        ASSESSMENT,
        FieldInfo::structure("tested", "which hypothesis or portrait"),
        FieldInfo::structure("person", "with whom"),
        health("recognised", "yes, partly or no"),
        health("words", "in their words"),
    ],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, TOLD, STATED, TESTED];

pub(super) const fn info(event: &AssessmentEvent) -> &'static EventInfo {
    match event {
        AssessmentEvent::AssessmentRecorded { .. } => &RECORDED,
        AssessmentEvent::AssessmentPartTold { .. } => &TOLD,
        AssessmentEvent::HypothesisStated { .. } => &STATED,
        AssessmentEvent::AssessmentTested { .. } => &TESTED,
    }
}
