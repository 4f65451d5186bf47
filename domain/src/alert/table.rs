//! Who is told of what, and who next (divorce.md, "What happens by itself"): one line per term. Each next receiver is told
//! [`crate::terms::Terms::next_step`] later at 08:00, as long as it still waits.

use serde::{Deserialize, Serialize};

use super::announced::{BIRTHDAY, CONSENT_ENDS, DEPUTY_ENDS, RULING_STARTS};
use crate::consent::{HELP_CONSENT_INCOMPLETE, HELP_ENDS_OR_OTHER_GROUND};
use crate::contact::{CALL_BACK_DUE, PROMISE_DUE};
use crate::divorce::SAT_ACCESS_DUE;
use crate::emergency::EMERGENCY_REVIEW_DUE;
use crate::plan::{ACTION_DUE, EVALUATION_DUE};
use crate::reflection::REFLECTION_DUE;
use crate::regie::{DEPUTY_TOLD_DUE, GAP_DUE, SPECIALIST_DUE};
use crate::ruling::RULING_ENDS_DUE;

/// For whom an alert is: what somebody is to the case on the day they look, never a name that was kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// The professional who does what is waited for. Passed over when none does, or when it is the director.
    Owner,
    /// The access workers of the municipality.
    AccessWorkers,
    /// The case director, and the deputy.
    Director,
    /// The team lead of the director; of a case without one, of the access workers.
    TeamLead,
    /// The divorce advice team that was asked.
    Sat,
    /// Who leads that team.
    SatTeamLead,
    /// The aandachtsfunctionaris.
    AttentionOfficer,
    /// The privacy officer and the manager.
    PrivacyOfficerAndManager,
}

impl Receiver {
    /// Every receiver.
    pub const ALL: [Self; 8] = [
        Self::Owner,
        Self::AccessWorkers,
        Self::Director,
        Self::TeamLead,
        Self::Sat,
        Self::SatTeamLead,
        Self::AttentionOfficer,
        Self::PrivacyOfficerAndManager,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::AccessWorkers => "access_workers",
            Self::Director => "director",
            Self::TeamLead => "team_lead",
            Self::Sat => "sat",
            Self::SatTeamLead => "sat_team_lead",
            Self::AttentionOfficer => "attention_officer",
            Self::PrivacyOfficerAndManager => "privacy_officer_and_manager",
        }
    }
}

/// How a term is told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Who is told, and who next.
    pub chain: &'static [Receiver],
    /// Whether whoever sees no content may hear what is waited for; else only that a term ran out.
    pub plain: bool,
    /// Who of the chain hears what is waited for, and since when that is told, though they see no content and it is not plain: it is what
    /// they are there for. Never of whom.
    pub named_to: &'static [Receiver],
}

const OWNER_FIRST: &[Receiver] = &[Receiver::Owner, Receiver::Director, Receiver::TeamLead];
const DIRECTOR_FIRST: &[Receiver] = &[Receiver::Director, Receiver::TeamLead];
const DIRECTOR_ONLY: &[Receiver] = &[Receiver::Director];
const TEAM_LEAD_ONLY: &[Receiver] = &[Receiver::TeamLead];
const OF_A_GAP: &[Receiver] = &[Receiver::AccessWorkers, Receiver::TeamLead];
const OF_SAT: &[Receiver] = &[Receiver::Sat, Receiver::SatTeamLead];
/// The aandachtsfunctionaris first. That nobody of that name may be there must not keep a family waiting: then the team lead.
const OF_SAFETY: &[Receiver] = &[Receiver::AttentionOfficer, Receiver::TeamLead];
const OF_AN_EMERGENCY: &[Receiver] = &[Receiver::PrivacyOfficerAndManager];
const OF_TOLD_LATER: &[Receiver] = &[Receiver::Director, Receiver::PrivacyOfficerAndManager];
/// It ends by itself: nobody has to do anything.
const NOBODY: &[Receiver] = &[];

const fn plain(chain: &'static [Receiver]) -> Line {
    Line { chain, plain: true, named_to: NOBODY }
}

const fn content(chain: &'static [Receiver]) -> Line {
    Line { chain, plain: false, named_to: NOBODY }
}

/// Of the steps of the meldcode the aandachtsfunctionaris reads which it is: that is whom the meldcode asks for it. The team lead, who is next,
/// does not.
const fn of_safety() -> Line {
    Line { named_to: &[Receiver::AttentionOfficer], ..content(OF_SAFETY) }
}

/// Every term of the domain with its line. A term that is not named is told to whoever does it, the director, then the team lead.
pub const TABLE: &[(&str, Line)] = &[
    // Rule 2.
    (GAP_DUE, plain(OF_A_GAP)),
    // "acknowledged, no triage in the term".
    ("divorce_triage", plain(DIRECTOR_FIRST)),
    ("divorce_look_back", plain(DIRECTOR_FIRST)),
    ("dons_explanation", content(DIRECTOR_FIRST)),
    // "SAT request not accepted, not advised on".
    ("sat_acceptance", plain(OF_SAT)),
    ("sat_advice", plain(OF_SAT)),
    (SAT_ACCESS_DUE, plain(NOBODY)),
    // "consent expires, a child turns 12, 16, 18, a ruling starts or ends": on the director's list, and it passes by itself.
    (CONSENT_ENDS, content(DIRECTOR_ONLY)),
    (BIRTHDAY, content(DIRECTOR_ONLY)),
    (RULING_STARTS, content(DIRECTOR_ONLY)),
    (RULING_ENDS_DUE, content(DIRECTOR_ONLY)),
    // Running help that lacks a consent, and what a no leaves to be done (rule 32).
    (HELP_CONSENT_INCOMPLETE, content(DIRECTOR_FIRST)),
    (HELP_ENDS_OR_OTHER_GROUND, content(DIRECTOR_FIRST)),
    // "evaluation, crisis plan, specialist term, reflection overdue: alert, a week later to the team lead".
    (EVALUATION_DUE, plain(DIRECTOR_FIRST)),
    ("crisis_plan", plain(DIRECTOR_FIRST)),
    (SPECIALIST_DUE, plain(DIRECTOR_FIRST)),
    (REFLECTION_DUE, plain(DIRECTOR_FIRST)),
    // "director unavailable: family told in 2 working days".
    (DEPUTY_TOLD_DUE, plain(DIRECTOR_FIRST)),
    // The director is away: whoever appoints a deputy sees who directs from then on.
    (DEPUTY_ENDS, plain(TEAM_LEAD_ONLY)),
    // "RET asked, nothing in a week".
    ("ret_asked", plain(DIRECTOR_FIRST)),
    ("conference_resume", content(DIRECTOR_FIRST)),
    // "meldcode step not taken in its term".
    ("meldcode_map", of_safety()),
    ("meldcode_consult", of_safety()),
    ("meldcode_talk", of_safety()),
    ("meldcode_weigh", of_safety()),
    ("meldcode_decide", of_safety()),
    // Told later: who decided looks at it again, then who watches over it.
    ("told_later_review", content(OF_TOLD_LATER)),
    // "emergency access not reviewed".
    (EMERGENCY_REVIEW_DUE, plain(OF_AN_EMERGENCY)),
    // What somebody promised or took upon them.
    (ACTION_DUE, content(OWNER_FIRST)),
    (PROMISE_DUE, content(OWNER_FIRST)),
    (CALL_BACK_DUE, content(OWNER_FIRST)),
    (crate::school::SCHOOL_QUESTION_DUE, content(OWNER_FIRST)),
    (crate::school::SCHOOL_CALL_BACK_DUE, content(OWNER_FIRST)),
    // What the director sees to.
    (crate::request::REQUEST_DUE, content(DIRECTOR_FIRST)),
    (crate::request::TELL_FAMILY_DUE, content(DIRECTOR_FIRST)),
    (crate::ownplan::OWN_PLAN_DUE, content(DIRECTOR_FIRST)),
    (crate::ownplan::HELP_PLAN_WRITTEN_DUE, content(DIRECTOR_FIRST)),
    (crate::ownplan::HELP_PLAN_FIXED_DUE, content(DIRECTOR_FIRST)),
    (crate::trajectory::TRAJECTORY_DUE, content(DIRECTOR_FIRST)),
    (crate::trajectory::EXTENSION_DUE, content(DIRECTOR_FIRST)),
    (crate::trajectory::JUSTIFICATION_DUE, content(DIRECTOR_FIRST)),
    (crate::weighing::HARM_REVIEW_DUE, content(DIRECTOR_FIRST)),
    (crate::weighing::WAITING_REVIEW_DUE, content(DIRECTOR_FIRST)),
    (crate::application::APPLICATION_DUE, content(DIRECTOR_FIRST)),
    (crate::framework::CONDITION_DUE, content(DIRECTOR_FIRST)),
    (crate::informal::SUPPORT_TRIAL_DUE, content(DIRECTOR_FIRST)),
    (crate::informal::SUPPORT_REVIEW_DUE, content(DIRECTOR_FIRST)),
    (crate::informal::SUPPORT_TERM_DUE, content(DIRECTOR_FIRST)),
];

/// The line of a term.
#[must_use]
pub fn line(what: &str) -> Line {
    let named = TABLE.iter().find(|(word, _)| *word == what);
    named.map_or(content(OWNER_FIRST), |(_, line)| *line)
}

/// Whether a term has a line of its own.
#[must_use]
pub fn names(what: &str) -> bool {
    TABLE.iter().any(|(word, _)| *word == what)
}
