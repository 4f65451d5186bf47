//! What the details of each code speak of. Every code stands here: a new one does not pass the test until somebody has thought about it, and
//! until then tells no details.

use domain::case::{CaseCommand, CaseEvent};
use domain::conflict::ConflictEvent;
use domain::divorce::DivorceEvent;
use domain::households::HouseholdEvent;
use domain::regie::{RegieCommand, RegieEvent};
use domain::rejection::Code;

use super::{NOT_A_MEMBER, PARTY_ABSENT, REPRESENTATIVE_ABSENT};
use crate::gate::Topic;

/// What the details of a code speak of, beyond what was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Speaks {
    /// Of nothing that is kept from anybody: they repeat what was sent, read the same in every case, or say where the case stands.
    Freely,
    /// Of facts of these kinds: told to who may know all of them.
    Of(&'static [Kind]),
    /// They are never told: with them, what is hidden would read otherwise than what is not there.
    ToNobody,
}

/// Facts that details can speak of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Who is in the case, how they are called and how old they are, who has authority.
    People,
    /// Who represents whom.
    Representatives,
    /// Who said yes and who said no.
    Consents,
    /// What households are called.
    Labels,
    /// Who lives where.
    Members,
    /// Who is protected.
    Protection,
    /// Which professionals take part.
    Parties,
    /// Who directs, and which tasks went back to the family.
    Directors,
    /// Who stands in.
    Deputies,
    /// To whom the directorship was offered, and what the family says of that.
    Handovers,
    /// What stands in a plan, and what each said of it.
    Plans,
    /// What courts ruled.
    Rulings,
    /// Where a family stands in a divorce, and how parents are parents beside each other.
    Episodes,
    /// Any fact: what a correction meets.
    Any,
}

/// What each code's details speak of.
pub(super) const SPEAKS: &[(Speaks, &[&str])] = &[
    (
        Speaks::Freely,
        &[
            // Whom the writer may know.
            "NAMES_IN_TEXT",
            // Dates.
            "OCCURRED_IN_FUTURE",
            "BACKDATED",
            "LEARNT_OUT_OF_ORDER",
            "UNTIL_BEFORE_FROM",
            "FROM_IN_PAST",
            "PLANNED_IN_PAST",
            "CONSENT_BEFORE_GIVEN",
            "BIRTH_DATE_IMPOSSIBLE",
            "BEFORE_CASE_OPENED",
            // The life of a case.
            "CASE_ALREADY_OPENED",
            "CASE_NOT_OPEN",
            "CASE_NOT_CLOSED",
            "CASE_UNKNOWN",
            "CASE_WITHOUT_PEOPLE",
            "CASE_WITHOUT_CHILD",
            "PERSON_KEY_TWICE",
            "PERSON_KEY_UNKNOWN",
            "OPENING_WITHOUT_CONSENT",
            "SIGNAL_WITHOUT_CONSENT",
            "SIGNAL_ALREADY_LINKED",
            "DEPARTURE_RULE_UNKNOWN",
            "AUDIENCE_FACT_UNKNOWN",
            "AUDIENCE_EMPTY",
            "AUDIENCE_PROTECTED",
            // Consents and people.
            "CONSENT_UNKNOWN",
            "CONSENT_ALREADY_WITHDRAWN",
            "CONSENT_NOT_GRANTED",
            "NOTICE_UNKNOWN",
            "NOTICE_ALREADY_CONFIRMED",
            "PERSON_UNKNOWN",
            "HOLDER_IS_CHILD",
            "HOLDERS_DO_NOT_FIT",
            "HOLDERS_NOT_DIFFERENT",
            "SELF_RECOGNITION",
            // Households.
            "HOUSEHOLD_UNKNOWN",
            "LABEL_NOT_NEUTRAL",
            "MEMBERSHIP_NOT_BEGUN",
            "MEMBERSHIP_ALREADY_ENDED",
            // Regie.
            "NOTHING_TO_EXPLAIN",
            "NO_DIRECTOR",
            "AGREEMENT_MISSING",
            "TASKS_MISSING",
            "TASK_TWICE",
            "TASK_NOT_OPEN",
            "HANDOVER_UNKNOWN",
            "HANDOVER_CLOSED",
            "MAY_NOT_END_HANDOVER",
            "SUMMARY_NOT_READ",
            "FAMILY_NOT_ASKED",
            "DEPUTY_ABSENT",
            "DEPUTY_UNKNOWN",
            "NOBODY_TOLD",
            "DEPUTY_IS_DIRECTOR",
            "DEPUTY_TOO_LONG",
            // The divorce, and sharing: what they say of households and people was sent.
            "TOO_FEW_HOUSEHOLDS",
            // From one plan to two: they repeat what was sent.
            "NOT_A_PARENT",
            "NOBODY_DECLINES",
            "ITEM_ASSIGNED_TWICE",
            "ITEM_NOT_RUNNING",
            "ITEM_OF_ANOTHER_HOUSEHOLD",
            "CHILD_LAYER_WITHOUT_CHILD",
            "AGREEMENT_BINDS_TOO_FEW",
            "AGREEMENT_UNKNOWN",
            "NOT_SHAREABLE",
            "ALREADY_SAFE",
            "NOT_MARKED_SAFE",
            "ADVICE_UNKNOWN",
            "FOR_THE_DIRECTOR",
            "PLANS_NOT_APART",
            "NO_PLAN_TO_OFFER",
            "PLAN_NOT_SPLIT",
            "SAT_SCOPE_EMPTY",
            "SAT_UNKNOWN",
            "SAT_OVER",
            "NOT_THE_SAT_TEAM",
            "DUO_IS_ONE_PERSON",
            "DONS_ABSENT",
            "SHARE_EMPTY",
            "SHARE_UNKNOWN",
            // Corrections.
            "FACT_UNKNOWN",
            "NOTHING_SET_ASIDE",
            "CORRECTION_CHANGES_NOTHING",
            "CORRECTION_OF_ERASED",
            "CORRECTION_OF_UNREADABLE",
            "PROTECTION_WEAKENED",
            // Signals: whoever may not know the signal hears nothing of its law.
            "SIGNAL_ALREADY_RAISED",
            "SIGNAL_UNKNOWN",
            "SIGNAL_ALREADY_SET_ASIDE",
            "SIGNAL_IS_LINKED",
            "SIGNAL_NAMES_SOMEBODY",
            // Duties of a worker: in the worker's own stream.
            "SELF_ASSIGNED_DUTY",
            "DUTY_WITHOUT_END",
            "DUTY_TOO_LONG",
            "DUTY_PRESENT",
            "DUTY_ABSENT",
            "SEEN_BY_ANOTHER",
            // Who is kept out: they repeat which worker was named.
            "WORKER_EXCLUDED",
            "ALREADY_EXCLUDED",
            "NOT_EXCLUDED",
            "EXCLUDED_CANNOT_LIFT",
            "LIFTED_BY_ANOTHER",
            "EXCLUSION_WEAKENED",
            // Emergency access: they repeat which one was named, or say how long policy allows. EMERGENCY_OPEN tells of one's own.
            "EMERGENCY_OPEN",
            "EMERGENCY_TOO_LONG",
            "EMERGENCY_UNKNOWN",
            "EMERGENCY_OVER",
            "MAY_NOT_END_EMERGENCY",
            "EMERGENCY_REVIEWED",
            "REVIEWED_BY_ANOTHER",
            "EMERGENCY_STAYS",
            // Crisis cards: they repeat what was sent, or say how long policy allows.
            "CARD_EXPIRED",
            "CARD_TOO_LONG",
            // Plans: they repeat what was sent, or say on which day a plan was frozen for whoever may act in it.
            "CONCERNS_NOBODY",
            "PLAN_FROZEN",
            "PLAN_NOT_YOURS",
            "GOAL_UNKNOWN",
            "GOAL_HISTORY_STAYS",
            "ACTION_UNKNOWN",
            "PLAN_EMPTY",
            "PLAN_ASKS_NOBODY",
            "VERSION_UNKNOWN",
            "RESERVATION_WITHOUT_WORDS",
            "DIRECTOR_DECIDES",
            "EVALUATED_WITH_NOBODY",
            "NEXT_BEFORE_EVALUATION",
            "NO_PARENT_NAMED",
            "OWN_PLAN_UNKNOWN",
            "OWN_PLAN_BEFORE",
            // Contacts, what children say, statements, requests from outside: they repeat what was sent. One that is hidden is unknown.
            "CONTACT_WITH_NOBODY",
            "PROMISE_WITHOUT_WORDS",
            "PROMISE_UNKNOWN",
            "PROMISE_ALREADY_SETTLED",
            "AUDIENCE_NOT_THE_CHILDS",
            "CHILD_SIGNAL_UNKNOWN",
            "VOICE_KEEPS_AUDIENCE",
            "ANSWER_OF_A_PERSON",
            "STATEMENT_UNKNOWN",
            "FINDING_ABOUT_NOBODY",
            "REQUESTER_MISSING",
            "REQUEST_ABOUT_NOBODY",
            "REQUEST_UNKNOWN",
            "DECIDED_ALONE",
            "GIVEN_NOTHING",
            "WEIGHING_MISSING",
            // Conflicts: they repeat what was sent, or the bounds of a scale.
            "CONFLICT_UNKNOWN",
            "CONFLICT_NEEDS_TWO",
            "NOT_IN_CONFLICT",
            "NOBODY_ASSESSED",
            "PERSON_NAMED_TWICE",
            "ASSESSED_BY_A_PERSON",
            "STAGE_OUT_OF_RANGE",
            "ENERGY_OUT_OF_RANGE",
            "CALM_NOT_BEGUN",
            // Steps in help and bodies: they repeat what was sent, or the bounds of a scale.
            "STEP_UNKNOWN",
            "DECIDED_BY_NOBODY",
            "LEVEL_OUT_OF_RANGE",
            "ABOUT_NOBODY",
            "INVOLVEMENT_UNKNOWN",
            // Conferences, reflection, schools: they repeat what was sent. One that is hidden is unknown.
            "CONFERENCE_UNKNOWN",
            "CONFERENCE_HELD",
            "CONFERENCE_STOPPED",
            "CONFERENCE_ABOUT_NOBODY",
            "CONFERENCE_WITH_NOBODY",
            "CONFERENCE_WITHOUT_FAMILY",
            "ATTENDEE_TWICE",
            "PROFESSIONAL_DECIDES",
            "LISTENER_TWICE",
            "LISTENER_WAS_THERE",
            "EXPLANATION_WITHOUT_DEPARTURE",
            // Safety: they repeat what was sent, or say where a lane stands to who knows it. One that is hidden is unknown.
            "LANE_UNKNOWN",
            "LANE_CLEARED",
            "CONSULTED_NOBODY",
            "SAFETY_AUDIENCE",
            "CLEARED_BY_ANOTHER",
            "LANE_NOT_WEIGHED",
            "REPORT_NOT_MADE",
            "ANSWER_AWAITED",
            "TOLD_LATER_UNKNOWN",
            "TOLD_ALREADY",
            "TOLD_LATER_ALREADY",
            "CONFERENCE_WITHOUT_PURPOSE",
            "CONFERENCE_NOT_STOPPED",
            "CONFERENCE_RESUMED",
            "HEARING_OF_NOBODY",
            "DISCUSSED_ALL_THE_SAME",
            // Working with each person, the crisis plan, the expert team: they repeat what was sent. What is hidden is unknown.
            "OPTION_WITHOUT_AUTHOR",
            "OPTION_OF_ANOTHER",
            "OPTION_UNKNOWN",
            "TRUSTED_CONTACT_UNKNOWN",
            "TRUSTED_CONTACT_OVER",
            "TRUSTED_CONTACT_OWN",
            "STEPS_KEEP_AUDIENCE",
            "STEPS_AUDIENCE",
            "CRISIS_PLAN_FOR_A_CHILD",
            "CRISIS_PLAN_EMPTY",
            "CRISIS_PLAN_UNKNOWN",
            "RET_FOR_A_CHILD",
            "RET_ALREADY_ASKED",
            "RET_UNKNOWN",
            "RET_OVER",
            "RET_WITH_NOBODY",
            "RET_FAMILY_NOT_TOLD",
            "RET_CONSENT_MISSING",
            "REFLECTION_WITH_NOBODY",
            "REFLECTION_WITHOUT_WORDS",
            "SPOKE_TWICE",
            "NEXT_BEFORE_REFLECTION",
            "SCHOOL_OF_A_CHILD",
            "INTAKE_WITH_NOBODY",
            "SCHOOL_QUESTION_UNKNOWN",
            "SCHOOL_QUESTION_OVER",
            "SCHOOL_QUESTION_UNCHANGED",
            "REFLECTION_OF_ANOTHER",
            "REFLECTION_NAMES_SOMEBODY",
            // Help that runs, what was weighed and asked, referrals, conditions: they repeat what was sent.
            "TRAJECTORY_UNKNOWN",
            "EXTENSION_UNKNOWN",
            "REFUSED_UNTIL",
            "WEIGHING_UNKNOWN",
            "WAITING_WITHOUT_REVIEW",
            "REVIEW_AFTER_END",
            "APPLICATION_UNKNOWN",
            "REFERRAL_UNKNOWN",
            "CONDITION_UNKNOWN",
            "NOT_ASKED_OF",
            "FRAMEWORK_ALREADY",
            "CONDITION_NOT_VOLUNTARY",
            // Exceptions to asking for consent: they repeat what was sent.
            "EXCEPTION_UNKNOWN",
            "EXCEPTION_OVER",
            "EXCEPTION_NOT_FOR_AGE",
            "EXCEPTION_WITHOUT_REFUSAL",
            // Proposals by the system: they repeat what was sent.
            "PROPOSAL_UNKNOWN",
            "PROPOSAL_ANSWERED",
            "PROPOSAL_LAPSED",
            "BY_ITSELF_ONLY",
            "PROPOSAL_NEEDS_A_PERSON",
            "BY_ITSELF_STAYS",
            // Rulings: they repeat what was sent.
            "RULING_UNKNOWN",
            "RULING_OVER",
            "RULING_NOT_PRONOUNCED",
            "RULING_OF_ANOTHER",
            "RULING_IN_PLACE_UNFIT",
            // Assessments, references to registers elsewhere, informal support: they repeat what was sent, or the bounds of a scale. What is
            // hidden is unknown.
            "ASSESSMENT_UNKNOWN",
            "ASSESSED_NOBODY",
            "NOTHING_SAID",
            "PART_OF_ANOTHER",
            "SCORE_OUT_OF_RANGE",
            "HYPOTHESIS_UNKNOWN",
            "PORTRAIT_UNKNOWN",
            "PART_DOES_NOT_FIT",
            "AUDIENCE_NOT_THEIRS",
            "ASSESSMENT_KEEPS_AUDIENCE",
            "REFERENCE_UNKNOWN",
            "REFERENCE_FROM_FUTURE",
            "REFERENCE_LEADS_TO_PERSON",
            "REFERENCE_NOT_OPAQUE",
            "SUPPORT_UNKNOWN",
            "NOBODY_SUPPORTED",
            "CERTIFICATE_FROM_FUTURE",
            // Episodes of a divorce: they repeat what was sent, or what policy asks.
            "EPISODE_ABSENT",
            "DECIDED_BY_A_PERSON",
            "LOOK_BACK_NOT_AHEAD",
            "LOOK_BACK_NOT_AGREED",
            "SAFETY_FIRST",
            "FEATURES_TOO_FEW",
            "ACCUSATIONS_NOT_WEIGHED",
            "STRAIN_NOT_NAMED",
            "OF_A_PARENT",
            "ALTERNATIVES_MISSING",
            "FLARE_UP_NOT_OPEN",
            // DOnS and the divorce advice team: they repeat what was sent, or say where a question stands to whoever may answer it.
            "DUO_UNTRAINED",
            "DONS_UNKNOWN",
            "DONS_WITH_NOBODY",
            "DONS_TOO_LONG",
            "DONS_CONVERSATION_UNKNOWN",
            "PARENT_GOAL_UNKNOWN",
            "PARENT_GOAL_FIXED",
            "GOAL_OF_PARENTS",
            "BARRIER_UNKNOWN",
            "BARRIER_LIFTED",
            "DONS_WITHOUT_OUTCOME",
            "SAT_WITHDRAWN",
            "SAT_NOT_ACCEPTED",
            "SAT_ACCESS_OVER",
            "SAT_POSITION_UNSEEN",
            "SAT_ADVICE_UNKNOWN",
            "SAT_ADVICE_ANSWERED",
            "SAT_REASON_MISSING",
            "SAT_ANONYMOUS",
            "SAT_MODE_IS_CONSULTATION",
            "SAT_MODE_WITHOUT_END",
            "SAT_MODE_PRESENT",
            "SAT_MODE_ABSENT",
        ],
    ),
    (
        Speaks::Of(&[Kind::People]),
        &[
            "PERSON_ALREADY_IN_CASE",
            "WISH_MISSING",
            "JOINING_NOT_AGREED",
            "TWO_PLANS_NOT_READY",
            "AUTHORITY_OVER_ADULT",
            "AUTHORITY_BEFORE_BIRTH",
            "RECOGNITION_BEFORE_BIRTH",
            "CARD_FOR_A_CHILD",
            "VOICE_OF_A_CHILD",
            "FORM_OF_PARENTS",
            "EFFECT_OF_NETWORK",
        ],
    ),
    (
        Speaks::Of(&[Kind::Consents, Kind::People]),
        &[
            "CONSENT_TO_JOIN_MISSING",
            "HELP_CONSENT_MISSING",
            "SAT_CONSENT_MISSING",
            "SHARING_CONSENT_MISSING",
            "RECIPIENT_NOT_NAMED",
            "REFERRAL_NOT_AGREED",
        ],
    ),
    (Speaks::Of(&[Kind::Representatives]), &["REPRESENTATIVE_PRESENT"]),
    (
        Speaks::Of(&[Kind::Episodes, Kind::People]),
        &[
            "EPISODE_STEP_NOT_OPEN",
            "EPISODE_FURTHER",
            "PARENTING_FORM_NOT_CALM",
            "ACKNOWLEDGE_FIRST",
            "RECOGNITION_MISSING",
            "TRACK_UNCHANGED",
            "PARENTS_NOT_INFORMED",
            "DONS_NOT_THE_TRACK",
        ],
    ),
    (
        Speaks::Of(&[Kind::Plans]),
        &[
            "GOAL_NOT_OPEN",
            "GOAL_OPEN",
            "ACTION_OVER",
            "ACTION_UNCHANGED",
            "VERSION_SUPERSEDED",
            "VERSION_ACTIVE",
            "OWN_PLAN_PRESENTED",
        ],
    ),
    (Speaks::Of(&[Kind::Plans, Kind::People]), &["PLAN_NOT_ANSWERED", "REFUSAL_WITHOUT_REASON"]),
    (Speaks::Of(&[Kind::Rulings]), &["RULING_DATES_OUT_OF_ORDER", "RULING_NOT_ABOUT_AUTHORITY"]),
    (Speaks::Of(&[Kind::Labels]), &["LABEL_TAKEN"]),
    (Speaks::Of(&[Kind::Members]), &["MEMBERSHIP_OVERLAPS"]),
    (
        Speaks::Of(&[Kind::Protection]),
        &[
            "ALREADY_PROTECTED",
            "NOT_PROTECTED",
            "LIFTING_ALREADY_PROPOSED",
            "LIFTING_NOT_PROPOSED",
            "SECOND_PERSON_NEEDED",
        ],
    ),
    (Speaks::Of(&[Kind::Parties]), &["PARTY_PRESENT"]),
    (
        Speaks::Of(&[Kind::Directors]),
        &["DIRECTOR_PRESENT", "SUCCESSOR_IS_DIRECTOR", "MAY_NOT_OFFER", "MAY_NOT_APPOINT", "REGIE_NOT_HANDED_BACK"],
    ),
    (Speaks::Of(&[Kind::Deputies]), &["DEPUTY_PRESENT"]),
    (Speaks::Of(&[Kind::Handovers]), &["HANDOVER_OPEN", "NOT_THE_SUCCESSOR"]),
    (Speaks::Of(&[Kind::Handovers, Kind::People]), &["FAMILY_SAID_NO", "FAMILY_WORD_UNREADABLE"]),
    (
        Speaks::Of(&[Kind::Any]),
        &[
            "FACT_STRUCK_OUT",
            "SET_ASIDE_STAYS",
            "SET_ASIDE_UNKNOWN",
            "CORRECTION_SUPERSEDED",
            "FACT_CANNOT_BE_STRUCK_OUT",
            "CORRECTION_DOES_NOT_FIT",
            "CORRECTION_BREAKS_HISTORY",
            // Facts of the divorce and of sharing, until they have a kind of their own.
            "ITEM_UNASSIGNED",
            "PROFESSIONALS_ALREADY_APART",
            "PLANS_ALREADY_SPLIT",
            "HOUSEHOLD_WITHOUT_PLAN",
            "COORDINATOR_PRESENT",
            "SAT_ALREADY_ACCEPTED",
            "DUO_PRESENT",
            "SHARE_ALREADY_WITHDRAWN",
            "REQUEST_ALREADY_DECIDED",
            "INVOLVEMENT_OVER",
            "REFERENCE_ENDED",
            "REFERENCE_PRESENT",
            "SUPPORT_NOT_BEGUN",
            "SUPPORT_OVER",
            "TRAJECTORY_OVER",
            "SAME_GOALS",
            "EXTENSION_OPEN",
            "EXTENSION_NO_LONGER",
            "EXTENSION_NOT_REVIEWED",
            "EXTENSION_DECIDED",
            "EXTENSION_NOT_DECIDED",
            "OBJECTED_ALREADY",
            "WEIGHING_OVER",
            "APPLICATION_ANSWERED",
            "REFERRAL_IN_PLAN",
            "CONDITION_OVER",
            "NOT_ALL_SCREENED",
            "NOT_THE_SAT_ADVISOR",
            "NOT_WHO_ASKED_SAT",
        ],
    ),
    (
        Speaks::ToNobody,
        &[PARTY_ABSENT.0, NOT_A_MEMBER.0, "COORDINATOR_ABSENT", REPRESENTATIVE_ABSENT.0, "JOINT_TALK_BARRED"],
    ),
];

/// Codes about dates whose details speak of recorded facts when a correction or a changed end meets them.
pub(super) const OF_DATES: [&str; 4] = ["OCCURRED_IN_FUTURE", "BACKDATED", "LEARNT_OUT_OF_ORDER", "UNTIL_BEFORE_FROM"];

/// What the details of this no to this command speak of.
pub(super) fn speaks(code: Code, command: &CaseCommand) -> Speaks {
    match command {
        CaseCommand::Correction(_) if OF_DATES.contains(&code.0) => Speaks::Of(&[Kind::Any]),
        CaseCommand::Regie(RegieCommand::ChangeExpectedEnd { .. }) if code.0 == "UNTIL_BEFORE_FROM" => {
            Speaks::Of(&[Kind::Parties])
        }
        _ => usually(code).unwrap_or(Speaks::ToNobody),
    }
}

fn usually(code: Code) -> Option<Speaks> {
    SPEAKS.iter().find(|(_, codes)| codes.contains(&code.0)).map(|(speaks, _)| *speaks)
}

impl Kind {
    pub(super) const fn topics(self) -> &'static [Topic] {
        match self {
            Self::People | Self::Representatives => &[Topic::People],
            Self::Consents => &[Topic::Consent],
            Self::Labels | Self::Members => &[Topic::Households],
            Self::Protection => &[Topic::Protection],
            Self::Parties | Self::Directors | Self::Deputies => &[Topic::Regie],
            Self::Handovers => &[Topic::Handover],
            Self::Plans => &[Topic::Plan],
            Self::Rulings => &[Topic::Ruling],
            Self::Episodes => &[Topic::Episode, Topic::Conflict],
            Self::Any => &Topic::ALL,
        }
    }

    pub(super) const fn is_of(self, event: &CaseEvent) -> bool {
        match (self, event) {
            (Self::Any, _)
            | (Self::People, CaseEvent::People(_))
            | (Self::Consents, CaseEvent::Consent(_))
            | (Self::Representatives, CaseEvent::Representation(_))
            | (Self::Plans, CaseEvent::Plan(_) | CaseEvent::OwnPlan(_))
            | (Self::Rulings, CaseEvent::Ruling(_))
            | (
                Self::Episodes,
                CaseEvent::Divorce(DivorceEvent::Episode(_))
                | CaseEvent::Conflict(ConflictEvent::ParentingFormAssessed { .. }),
            )
            | (Self::Protection, CaseEvent::Protection(_)) => true,
            (Self::Labels, CaseEvent::Households(event)) => {
                matches!(event, HouseholdEvent::HouseholdFormed { .. } | HouseholdEvent::HouseholdRelabelled { .. })
            }
            (Self::Members, CaseEvent::Households(event)) => {
                matches!(event, HouseholdEvent::MembershipRecorded { .. } | HouseholdEvent::MembershipEnded { .. })
            }
            (_, CaseEvent::Regie(event)) => self.is_of_regie(event),
            _ => false,
        }
    }

    const fn is_of_regie(self, event: &RegieEvent) -> bool {
        match event {
            RegieEvent::PartyJoined { .. }
            | RegieEvent::PartyLeft { .. }
            | RegieEvent::ContributionStated { .. }
            | RegieEvent::ExpectedEndChanged { .. } => matches!(self, Self::Parties),
            RegieEvent::DirectorAssigned { .. }
            | RegieEvent::DirectorEnded { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::RegieHandedBack { .. } => matches!(self, Self::Directors),
            RegieEvent::DeputyAppointed { .. }
            | RegieEvent::DeputyEnded { .. }
            | RegieEvent::FamilyToldOfDeputy { .. } => matches!(self, Self::Deputies),
            RegieEvent::HandoverOffered { .. }
            | RegieEvent::FamilyWordRecorded { .. }
            | RegieEvent::HandoverSummaryRead { .. }
            | RegieEvent::HandoverEnded { .. } => matches!(self, Self::Handovers),
        }
    }
}
