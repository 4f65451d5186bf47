//! Every event of this room with its fields, and every code it refuses with.

use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::regie::asked::{BEFORE_CASE_OPENED, FROM_IN_PAST};
use crate::regie::deputy::{
    DEPUTY_ABSENT, DEPUTY_IS_DIRECTOR, DEPUTY_PRESENT, DEPUTY_TOO_LONG, DEPUTY_UNKNOWN, MAY_NOT_APPOINT, NOBODY_TOLD,
};
use crate::regie::directorship::{
    AGREEMENT_MISSING, DIRECTOR_PRESENT, NO_DIRECTOR, TASK_NOT_OPEN, TASK_TWICE, TASKS_MISSING,
};
use crate::regie::handover::{
    FAMILY_NOT_ASKED, FAMILY_SAID_NO, FAMILY_WORD_UNREADABLE, HANDOVER_CLOSED, HANDOVER_OPEN, HANDOVER_UNKNOWN,
    MAY_NOT_END_HANDOVER, MAY_NOT_OFFER, NOT_THE_SUCCESSOR, PLANNED_IN_PAST, SUCCESSOR_IS_DIRECTOR, SUMMARY_NOT_READ,
};
use crate::regie::parties::{CONSENT_TO_JOIN_MISSING, NOTHING_TO_EXPLAIN, PARTY_ABSENT, PARTY_PRESENT};
use crate::rejection::Code;

/// Every code this room refuses with.
pub const CODES: &[Code] = &[
    FROM_IN_PAST,
    BEFORE_CASE_OPENED,
    CONSENT_TO_JOIN_MISSING,
    PARTY_PRESENT,
    PARTY_ABSENT,
    NOTHING_TO_EXPLAIN,
    DIRECTOR_PRESENT,
    NO_DIRECTOR,
    AGREEMENT_MISSING,
    TASKS_MISSING,
    TASK_TWICE,
    TASK_NOT_OPEN,
    HANDOVER_OPEN,
    HANDOVER_UNKNOWN,
    HANDOVER_CLOSED,
    SUCCESSOR_IS_DIRECTOR,
    MAY_NOT_OFFER,
    NOT_THE_SUCCESSOR,
    MAY_NOT_END_HANDOVER,
    PLANNED_IN_PAST,
    SUMMARY_NOT_READ,
    FAMILY_NOT_ASKED,
    FAMILY_SAID_NO,
    FAMILY_WORD_UNREADABLE,
    DEPUTY_PRESENT,
    DEPUTY_ABSENT,
    DEPUTY_IS_DIRECTOR,
    DEPUTY_TOO_LONG,
    MAY_NOT_APPOINT,
    DEPUTY_UNKNOWN,
    NOBODY_TOLD,
];

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    PARTY_JOINED,
    PARTY_LEFT,
    CONTRIBUTION_STATED,
    EXPECTED_END_CHANGED,
    DIRECTOR_ASSIGNED,
    HANDOVER_OFFERED,
    FAMILY_WORD_RECORDED,
    HANDOVER_SUMMARY_READ,
    HANDOVER_ACCEPTED,
    HANDOVER_ENDED,
    DEPUTY_APPOINTED,
    DEPUTY_ENDED,
    FAMILY_TOLD_OF_DEPUTY,
    DIRECTOR_ENDED,
    REGIE_HANDED_BACK,
];

const fn event(
    name: &'static str,
    axis: Axis,
    caused_by: &'static [&'static str],
    meaning: &'static str,
    fields: &'static [FieldInfo],
) -> EventInfo {
    EventInfo { name, version: 1, outer: name, axis, may_precede: true, audience: "case", caused_by, meaning, fields }
}

/// What gives or takes rights by itself cannot be said to have happened before it was recorded.
const fn never_earlier(info: EventInfo) -> EventInfo {
    EventInfo { may_precede: false, ..info }
}

const fn told_to(info: EventInfo, audience: &'static str) -> EventInfo {
    EventInfo { audience, ..info }
}

const WORKER: FieldInfo = FieldInfo::structure("worker", "the professional");
const ORGANISATION: FieldInfo = FieldInfo::structure("organisation", "for which organisation");
const FROM: FieldInfo = FieldInfo::structure("from", "first day");
const LAST_DAY: FieldInfo = FieldInfo::structure("last_day", "last day");
const REASON: FieldInfo = FieldInfo::personal("reason", "why");
const DIRECTOR: FieldInfo = FieldInfo::structure("director", "the director");
const DEPUTY: FieldInfo = FieldInfo::structure("deputy", "the deputy");
const TASKS: FieldInfo = FieldInfo::structure("tasks", "the tasks that belong to the role");
const HANDOVER: FieldInfo = FieldInfo::structure("handover", "the handover");
const EXPECTED_END: FieldInfo = FieldInfo::structure("expected_end", "when the work is expected to end");

pub(super) const PARTY_JOINED: EventInfo = event(
    "PartyJoined",
    Axis::Dated,
    &["joinParty", "reportPartyJoined"],
    "A professional joined with an organisation.",
    &[
        WORKER,
        ORGANISATION,
        FieldInfo::personal("expertise", "what they know about"),
        FieldInfo::structure("specialist", "whether brought in as a specialist"),
        EXPECTED_END,
        FROM,
        FieldInfo::structure("consents", "the consents it rests on"),
    ],
);

pub(super) const PARTY_LEFT: EventInfo = event(
    "PartyLeft",
    Axis::Dated,
    &["leaveParty", "reportPartyJoined"],
    "A professional left.",
    &[WORKER, LAST_DAY, REASON],
);

pub(super) const CONTRIBUTION_STATED: EventInfo = event(
    "ContributionStated",
    Axis::Process,
    &["stateContribution"],
    "A professional said what they can and cannot offer.",
    &[
        WORKER,
        FieldInfo::personal("can", "what they can offer"),
        FieldInfo::personal("cannot", "what they cannot offer"),
    ],
);

pub(super) const EXPECTED_END_CHANGED: EventInfo = event(
    "ExpectedEndChanged",
    Axis::Process,
    &["changeExpectedEnd"],
    "The expected end of a professional's work changed.",
    &[WORKER, EXPECTED_END, REASON],
);

pub(super) const DIRECTOR_ASSIGNED: EventInfo = event(
    "DirectorAssigned",
    Axis::Dated,
    &["assignCaseDirector"],
    "There is a case director, agreed, with tasks.",
    &[DIRECTOR, ORGANISATION, TASKS, FieldInfo::structure("agreed", "who agreed"), FROM],
);

pub(super) const HANDOVER_OFFERED: EventInfo = told_to(
    never_earlier(event(
        "HandoverOffered",
        Axis::Process,
        &["offerHandover"],
        "The directorship was offered to a successor, who reads the summary and not the case.",
        &[
            HANDOVER,
            FieldInfo::structure("successor", "to whom"),
            ORGANISATION,
            FieldInfo::structure("planned", "the day it is meant to pass"),
            REASON,
            FieldInfo::personal("summary", "what the successor must know"),
            FieldInfo::personal("open_tasks", "what stays to be done"),
        ],
    )),
    "workers",
);

pub(super) const FAMILY_WORD_RECORDED: EventInfo = event(
    "FamilyWordRecorded",
    Axis::Process,
    &["recordFamilyWord"],
    "Somebody of the family was asked about the successor and told the day.",
    &[
        HANDOVER,
        FieldInfo::structure("person", "who spoke"),
        FieldInfo::personal("agrees", "whether they agree"),
        FieldInfo::personal("words", "in their words"),
        FieldInfo::structure("told_day", "the day they were told it would pass"),
    ],
);

pub(super) const HANDOVER_SUMMARY_READ: EventInfo = never_earlier(event(
    "HandoverSummaryRead",
    Axis::Process,
    &["readHandoverSummary"],
    "The successor read the summary.",
    &[HANDOVER],
));

pub(super) const HANDOVER_ACCEPTED: EventInfo = never_earlier(event(
    "HandoverAccepted",
    Axis::Dated,
    &["acceptHandover"],
    "The successor accepted: the directorship passed.",
    &[HANDOVER, DIRECTOR, ORGANISATION, TASKS, FROM],
));

pub(super) const HANDOVER_ENDED: EventInfo = event(
    "HandoverEnded",
    Axis::Process,
    &["endHandover"],
    "The successor declined, or the offer was taken back.",
    &[HANDOVER, REASON],
);

pub(super) const DEPUTY_APPOINTED: EventInfo = never_earlier(event(
    "DeputyAppointed",
    Axis::Dated,
    &["appointDeputy"],
    "Somebody stands in for the director until a day; both names show.",
    &[DEPUTY, ORGANISATION, FROM, FieldInfo::structure("until", "last day"), REASON],
));

pub(super) const DEPUTY_ENDED: EventInfo =
    event("DeputyEnded", Axis::Dated, &["endDeputy"], "The deputy stopped before the agreed day.", &[DEPUTY, LAST_DAY]);

pub(super) const FAMILY_TOLD_OF_DEPUTY: EventInfo = event(
    "FamilyToldOfDeputy",
    Axis::Process,
    &["tellFamilyOfDeputy"],
    "People of the family were told who stands in.",
    &[DEPUTY, FieldInfo::structure("since", "since when"), FieldInfo::structure("persons", "who was told")],
);

pub(super) const DIRECTOR_ENDED: EventInfo = event(
    "DirectorEnded",
    Axis::Dated,
    &["endDirectorship"],
    "The director stopped without a successor.",
    &[DIRECTOR, LAST_DAY, REASON],
);

pub(super) const REGIE_HANDED_BACK: EventInfo = event(
    "RegieHandedBack",
    Axis::Process,
    &["handBackRegie"],
    "Tasks of the director went back to the family.",
    &[
        FieldInfo::structure("tasks", "the tasks that went back"),
        FieldInfo::structure("to", "to whom"),
        FieldInfo::personal("agreement", "how it was agreed"),
        FROM,
    ],
);
