//! What this room writes and refuses with, for the generated documents.

use super::InformalEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such support in this case.
pub const SUPPORT_UNKNOWN: Code = Code("SUPPORT_UNKNOWN");
/// Support is for somebody: say for whom.
pub const NOBODY_SUPPORTED: Code = Code("NOBODY_SUPPORTED");
/// This happened before the match.
pub const SUPPORT_NOT_BEGUN: Code = Code("SUPPORT_NOT_BEGUN");
/// This support had ended by then.
pub const SUPPORT_OVER: Code = Code("SUPPORT_OVER");
/// A certificate of conduct was issued on a day that has come.
pub const CERTIFICATE_FROM_FUTURE: Code = Code("CERTIFICATE_FROM_FUTURE");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] =
    &[SUPPORT_UNKNOWN, NOBODY_SUPPORTED, SUPPORT_NOT_BEGUN, SUPPORT_OVER, CERTIFICATE_FROM_FUTURE];

/// The rule that a certificate of conduct is seen before anybody tries it (003:1141-1157).
pub const CERTIFICATE_BEFORE_TRIAL: &str = "certificate_before_trial";
/// The rule that house rules are signed before anybody tries it (003:1141-1157).
pub const HOUSE_RULES_BEFORE_TRIAL: &str = "house_rules_before_trial";
/// The rule that a trial went well before a term is agreed (003:1150-1157).
pub const TRIAL_BEFORE_TERM: &str = "trial_before_term";

const fn of_class(class: DataClass, name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { class: FieldClass::Personal(class), ..FieldInfo::personal(name, meaning) }
}

const SUPPORT: FieldInfo = FieldInfo::structure("support", "the support");
const OUTCOME: FieldInfo = FieldInfo::structure("outcome", "goes on, goes on otherwise, or stops");
const UNTIL: FieldInfo = FieldInfo::structure("until", "last day");
const WORDS: FieldInfo = FieldInfo::personal("words", "in words");

const MATCHED: EventInfo = EventInfo {
    name: "SupportMatched",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["matchSupport"],
    meaning: "A family and a volunteer were matched.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("kind", "support family, buddy, visitor at home, parent to parent, other"),
        FieldInfo::structure("persons", "whom it is for"),
        FieldInfo::personal("volunteer", "who gives it"),
        FieldInfo::personal("organisation", "by way of which organisation"),
        FieldInfo::personal("question", "what it is for, in the family's words"),
        FieldInfo::personal("tasks", "what the volunteer does, and what not"),
    ],
};

const SIGNED: EventInfo = EventInfo {
    name: "SupportHouseRulesSigned",
    caused_by: &["signSupportHouseRules"],
    meaning: "House rules of informal support were agreed and signed.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("signed_by", "who of the family signed"),
        FieldInfo::personal("rules", "what they say that is not usual"),
    ],
    ..MATCHED
};

const CERTIFICATE: EventInfo = EventInfo {
    name: "SupportCertificateSeen",
    audience: "director",
    caused_by: &["recordSupportCertificate"],
    meaning: "A certificate of conduct (VOG) of a volunteer was seen.",
    fields: &[SUPPORT, of_class(DataClass::Criminal, "issued", "the day on which it was issued")],
    ..MATCHED
};

const TRIAL: EventInfo = EventInfo {
    name: "SupportTrialStarted",
    caused_by: &["startSupportTrial"],
    meaning: "A family and a volunteer try it.",
    fields: &[SUPPORT, UNTIL],
    ..MATCHED
};

const EVALUATED: EventInfo = EventInfo {
    name: "SupportTrialEvaluated",
    caused_by: &["evaluateSupportTrial"],
    meaning: "A trial of informal support was looked at together.",
    fields: &[SUPPORT, OUTCOME, WORDS],
    ..MATCHED
};

const TERM: EventInfo = EventInfo {
    name: "SupportTermAgreed",
    caused_by: &["agreeSupportTerm"],
    meaning: "Informal support was agreed for a term.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("from", "first day"),
        UNTIL,
        FieldInfo::personal("agreements", "what was agreed by word of mouth"),
    ],
    ..MATCHED
};

const REVIEWED: EventInfo = EventInfo {
    name: "SupportReviewed",
    caused_by: &["reviewSupport"],
    meaning: "Informal support was looked at together.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("took_part", "who of the family took part"),
        OUTCOME,
        WORDS,
        FieldInfo::structure("next", "the day by which it is looked at next"),
    ],
    ..MATCHED
};

const MEASURED: EventInfo = EventInfo {
    name: "SupportMeasured",
    caused_by: &["measureSupport"],
    meaning: "What informal support does for one person was measured.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("person", "whose measure"),
        FieldInfo::structure("moment", "at the start, in between, at the end"),
        of_class(DataClass::Health, "benefit", "whether it does that person good"),
        of_class(DataClass::Health, "formal_help", "whether that person has formal help beside it"),
        of_class(DataClass::Health, "words", "in own words"),
    ],
    ..MATCHED
};

const ENDED: EventInfo = EventInfo {
    name: "SupportEnded",
    caused_by: &["endSupport"],
    meaning: "Informal support ended.",
    fields: &[
        SUPPORT,
        FieldInfo::structure("last_day", "the last day"),
        FieldInfo::structure("ended_by", "who ended it"),
        FieldInfo::structure("in_touch", "whether they stay in touch"),
        WORDS,
    ],
    ..MATCHED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[MATCHED, SIGNED, CERTIFICATE, TRIAL, EVALUATED, TERM, REVIEWED, MEASURED, ENDED];

pub(super) const fn info(event: &InformalEvent) -> &'static EventInfo {
    match event {
        InformalEvent::SupportMatched { .. } => &MATCHED,
        InformalEvent::SupportHouseRulesSigned { .. } => &SIGNED,
        InformalEvent::SupportCertificateSeen { .. } => &CERTIFICATE,
        InformalEvent::SupportTrialStarted { .. } => &TRIAL,
        InformalEvent::SupportTrialEvaluated { .. } => &EVALUATED,
        InformalEvent::SupportTermAgreed { .. } => &TERM,
        InformalEvent::SupportReviewed { .. } => &REVIEWED,
        InformalEvent::SupportMeasured { .. } => &MEASURED,
        InformalEvent::SupportEnded { .. } => &ENDED,
    }
}
