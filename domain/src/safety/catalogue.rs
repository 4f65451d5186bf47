//! What this room writes and refuses with, for the generated documents.

use super::SafetyEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such safety lane in this case: record a safety signal first.
pub const LANE_UNKNOWN: Code = Code("LANE_UNKNOWN");
/// This lane was cleared: a new signal opens a new one.
pub const LANE_CLEARED: Code = Code("LANE_CLEARED");
/// Nobody was consulted: name a colleague other than oneself, or Veilig Thuis.
pub const CONSULTED_NOBODY: Code = Code("CONSULTED_NOBODY");
/// Safety is for the director or for named workers, nobody wider.
pub const SAFETY_AUDIENCE: Code = Code("SAFETY_AUDIENCE");
/// A second person clears a lane: not who opened it and not who weighed it, nor somebody who acts for them.
pub const CLEARED_BY_ANOTHER: Code = Code("CLEARED_BY_ANOTHER");
/// A lane is cleared once it was weighed.
pub const LANE_NOT_WEIGHED: Code = Code("LANE_NOT_WEIGHED");
/// Unsafety was found acute or structural, or a report was decided on: it is made before the lane is cleared.
pub const REPORT_NOT_MADE: Code = Code("REPORT_NOT_MADE");
/// A report was made: the lane is cleared after Veilig Thuis answered.
pub const ANSWER_AWAITED: Code = Code("ANSWER_AWAITED");
/// There is nothing here that is told later.
pub const TOLD_LATER_UNKNOWN: Code = Code("TOLD_LATER_UNKNOWN");
/// This person was told already.
pub const TOLD_ALREADY: Code = Code("TOLD_ALREADY");
/// It was decided already that this person is told later: look at that again instead.
pub const TOLD_LATER_ALREADY: Code = Code("TOLD_LATER_ALREADY");
/// While a safety lane is open, no conversation is offered to both parents, or to a child and a grown-up whom it concerns. Each is spoken
/// with apart.
pub const JOINT_TALK_BARRED: Code = Code("JOINT_TALK_BARRED");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE`, `ABOUT_NOBODY`, `EXPLANATION_WITHOUT_DEPARTURE`,
/// `OCCURRED_IN_FUTURE` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    LANE_UNKNOWN,
    LANE_CLEARED,
    CONSULTED_NOBODY,
    SAFETY_AUDIENCE,
    CLEARED_BY_ANOTHER,
    LANE_NOT_WEIGHED,
    REPORT_NOT_MADE,
    ANSWER_AWAITED,
    TOLD_LATER_UNKNOWN,
    TOLD_ALREADY,
    TOLD_LATER_ALREADY,
    JOINT_TALK_BARRED,
];

const LANE: FieldInfo = FieldInfo::structure("lane", "the lane");
const TOLD_LATER: FieldInfo = FieldInfo::structure("told_later", "what is told later");
const REVIEW: FieldInfo = FieldInfo::structure("review", "the day on which somebody looks again");

/// Of violence, neglect or control: kept as if it were about crime (AVG 10).
const fn grave(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { name, class: FieldClass::Personal(DataClass::Criminal), meaning, optional: false }
}

const SCREENED: EventInfo = EventInfo {
    name: "SafetyScreened",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "director",
    caused_by: &["recordSafetyScreening"],
    meaning: "A parent or a child was screened for safety, one-sided control included.",
    fields: &[
        FieldInfo::structure("person", "who"),
        FieldInfo::structure("by", "by whom"),
        FieldInfo::structure("alone", "whether nobody else was there"),
        FieldInfo::structure("control", "whether one-sided control was part of it"),
        grave("outcome", "no signal, or a signal"),
        grave("words", "in a sentence"),
    ],
};

const SIGNAL: EventInfo = EventInfo {
    name: "SafetySignalRecorded",
    caused_by: &["recordSafetySignal"],
    meaning: "A safety signal was recorded, facts apart from judgement: it opens a lane, or joins one.",
    fields: &[
        LANE,
        FieldInfo::structure("opens", "whether it opens the lane"),
        FieldInfo::structure("concerns", "whom it concerns"),
        FieldInfo::structure("children", "the children among them, who are talked with first"),
        grave("kind", "violence, neglect, one-sided control or other unsafety"),
        grave("facts", "what was seen, heard or said"),
        grave("judgement", "what somebody makes of it"),
        FieldInfo::personal("reported_by", "who reported it"),
        FieldInfo::personal("observed_by", "who observed it, if another"),
        FieldInfo::personal("told_by", "from whom whoever reported it had it"),
    ],
    ..SCREENED
};

const MAPPED: EventInfo = EventInfo {
    name: "SafetyMapped",
    caused_by: &["recordSafetyMapping"],
    meaning: "What is known of a safety signal was mapped (meldcode, step 1).",
    fields: &[LANE, FieldInfo::structure("by", "by whom"), grave("words", "what is known")],
    ..SCREENED
};

const CONSULTED: EventInfo = EventInfo {
    name: "SafetyConsulted",
    caused_by: &["recordSafetyConsultation"],
    meaning: "A colleague or Veilig Thuis was consulted (meldcode, step 2).",
    fields: &[
        LANE,
        FieldInfo::structure("by", "who asked"),
        FieldInfo::structure("colleagues", "which colleagues"),
        FieldInfo::structure("veilig_thuis", "whether Veilig Thuis was"),
        grave("words", "what they advised"),
    ],
    ..SCREENED
};

const JUDGED: EventInfo = EventInfo {
    name: "SafetyTalkJudged",
    caused_by: &["judgeSafetyTalk"],
    meaning: "Somebody judged whether a person can be talked with safely.",
    fields: &[
        LANE,
        FieldInfo::structure("person", "with whom"),
        FieldInfo::structure("by", "who judged"),
        grave("safe", "whether it is safe"),
        grave("words", "why"),
    ],
    ..SCREENED
};

const HELD: EventInfo = EventInfo {
    name: "SafetyTalkHeld",
    caused_by: &["recordSafetyTalk"],
    meaning: "Somebody was talked with about a safety signal (meldcode, step 3).",
    fields: &[
        LANE,
        FieldInfo::structure("person", "with whom"),
        FieldInfo::structure("child", "whether that was a child then"),
        FieldInfo::structure("alone", "whether nobody else was there"),
        FieldInfo::structure("by", "who talked with them"),
        grave("words", "in a sentence"),
    ],
    ..SCREENED
};

const WEIGHED: EventInfo = EventInfo {
    name: "SafetyWeighed",
    caused_by: &["weighSafety"],
    meaning: "A safety signal was weighed by the five questions (meldcode, step 4).",
    fields: &[
        LANE,
        FieldInfo::structure("by", "who weighed"),
        FieldInfo::structure("with", "who weighed along"),
        FieldInfo::structure("officer", "the aandachtsfunctionaris who weighed along"),
        grave("answers", "suspected, acute, structural; whether help can be given, is accepted, lasts"),
        grave("words", "why"),
    ],
    ..SCREENED
};

const DECIDED: EventInfo = EventInfo {
    name: "SafetyDecided",
    caused_by: &["decideSafety"],
    meaning: "The two decisions: whether a report is needed, and whether help is possible (meldcode, step 5).",
    fields: &[
        LANE,
        FieldInfo::structure("decided_by", "who decided"),
        grave("report_needed", "whether a report to Veilig Thuis is needed"),
        grave("help_possible", "whether help can be given or organised"),
        grave("help", "which help, with whom"),
        grave("words", "why"),
    ],
    ..SCREENED
};

const REPORTED: EventInfo = EventInfo {
    name: "ReportedToVeiligThuis",
    caused_by: &["recordReportToVeiligThuis"],
    meaning: "A report to Veilig Thuis was made.",
    fields: &[
        LANE,
        FieldInfo::structure("by", "who made it"),
        FieldInfo::structure("at_once", "whether at once, for acute or structural unsafety"),
        grave("words", "what was reported, in a sentence"),
    ],
    ..SCREENED
};

const ANSWERED: EventInfo = EventInfo {
    name: "VeiligThuisAnswered",
    caused_by: &["recordVeiligThuisAnswer"],
    meaning: "What Veilig Thuis established after a report, as theirs.",
    fields: &[
        LANE,
        FieldInfo::structure("established", "the day on which it did"),
        FieldInfo::personal("source", "where that stands"),
        grave("words", "what it established, in its words"),
    ],
    ..SCREENED
};

const LATER: EventInfo = EventInfo {
    name: "ToldLaterDecided",
    caused_by: &["decideToTellLater"],
    meaning: "It was decided that somebody is told of a safety lane later, with ground, decider, colleague and review.",
    fields: &[
        TOLD_LATER,
        LANE,
        FieldInfo::structure("person", "who is told later"),
        FieldInfo::structure("ground", "serious harm (Jeugdwet 7.3.2(4)), the child's interest (7.3.11(3)), AVG 23"),
        FieldInfo::structure("decided_by", "who decided"),
        FieldInfo::structure("consulted", "which colleague was consulted"),
        REVIEW,
        grave("words", "why"),
    ],
    ..SCREENED
};

const REVIEWED: EventInfo = EventInfo {
    name: "ToldLaterReviewed",
    caused_by: &["reviewTellingLater"],
    meaning: "Somebody looked again, and a person is still told later.",
    fields: &[TOLD_LATER, FieldInfo::structure("by", "who looked"), REVIEW, grave("words", "why")],
    ..SCREENED
};

const TOLD: EventInfo = EventInfo {
    name: "PersonTold",
    caused_by: &["recordPersonTold"],
    meaning: "Somebody who was told later was told.",
    fields: &[TOLD_LATER, FieldInfo::structure("by", "by whom"), grave("words", "how that went")],
    ..SCREENED
};

const CLEARED: EventInfo = EventInfo {
    name: "SafetyLaneCleared",
    may_precede: false,
    caused_by: &["clearSafetyLane"],
    meaning: "A second person cleared a safety lane: joint conversations can be offered again.",
    fields: &[LANE, grave("words", "why")],
    ..SCREENED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    SCREENED, SIGNAL, MAPPED, CONSULTED, JUDGED, HELD, WEIGHED, DECIDED, REPORTED, ANSWERED, LATER, REVIEWED, TOLD,
    CLEARED,
];

pub(super) const fn info(event: &SafetyEvent) -> &'static EventInfo {
    match event {
        SafetyEvent::SafetyScreened { .. } => &SCREENED,
        SafetyEvent::SafetySignalRecorded { .. } => &SIGNAL,
        SafetyEvent::SafetyMapped { .. } => &MAPPED,
        SafetyEvent::SafetyConsulted { .. } => &CONSULTED,
        SafetyEvent::SafetyTalkJudged { .. } => &JUDGED,
        SafetyEvent::SafetyTalkHeld { .. } => &HELD,
        SafetyEvent::SafetyWeighed { .. } => &WEIGHED,
        SafetyEvent::SafetyDecided { .. } => &DECIDED,
        SafetyEvent::ReportedToVeiligThuis { .. } => &REPORTED,
        SafetyEvent::VeiligThuisAnswered { .. } => &ANSWERED,
        SafetyEvent::ToldLaterDecided { .. } => &LATER,
        SafetyEvent::ToldLaterReviewed { .. } => &REVIEWED,
        SafetyEvent::PersonTold { .. } => &TOLD,
        SafetyEvent::SafetyLaneCleared { .. } => &CLEARED,
    }
}
