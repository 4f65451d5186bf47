//! Policy in force on a day (rule 29): terms, ages and free days as data with validity dates, so that a jurist or a municipality
//! changes them without code, and an old decision is judged by the policy of its day. The command that decides writes due dates
//! and the [`TermsVersion`] into its event; `apply` never reads this.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::assessment::InstrumentPolicy;
use crate::calendar::{Calendar, Convention, Term};
use crate::conflict::{FittingIntervention, GlaslStage};
use crate::divorce::DonsPattern;
use crate::divorce::episode::RecognitionPolicy;
use crate::time::{CivilDay, Timestamp, day_given};

/// The product's own terms, for a municipality that has given none.
pub const NL_DEFAULT: &str = include_str!("../terms/nl-default.toml");

/// The name of one version of a municipality's terms, as written into events: 1 to 64 of `a-z`, `0-9`, `-`, `.`. It says nothing
/// about people.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TermsVersion(String);

impl TermsVersion {
    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that cannot name a version of terms.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{given}` cannot name a version of terms: use 1 to 64 small letters, digits, `-` and `.`")]
pub struct InvalidVersion {
    /// What was given instead, shortened.
    pub given: String,
}

impl TryFrom<String> for TermsVersion {
    type Error = InvalidVersion;

    fn try_from(text: String) -> Result<Self, InvalidVersion> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            return Ok(Self(text));
        }
        Err(InvalidVersion { given: text.chars().take(64).collect() })
    }
}

impl FromStr for TermsVersion {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        text.to_owned().try_into()
    }
}

impl From<TermsVersion> for String {
    fn from(version: TermsVersion) -> Self {
        version.0
    }
}

impl fmt::Display for TermsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The terms of one municipality as they hold from a day. All are policy (PD) and counted by [`Convention::Policy`] unless said
/// otherwise; every key must be present, so that nothing changes by being forgotten.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The name that goes into events.
    pub version: TermsVersion,
    /// The first day on which these hold.
    #[serde(deserialize_with = "day_given")]
    pub valid_from: CivilDay,
    /// How long several parties may be in without a case director before the alert (rule 2, PD; 004:2271).
    pub gap: Term,
    /// How long each next person in a chain of alerts has before the one after is told (divorce.md, "What happens by itself", PD).
    pub next_step: Term,
    /// How long after joining a specialist without expected end is warned about (rule 3, PD).
    pub specialist_warning: Term,
    /// The longest that a deputy may replace a case director (rule 1; divorce.md, "director unavailable", PD).
    pub deputy_max: Term,
    /// Within which the family is told of a deputy (divorce.md, "director unavailable", PD).
    pub family_told_of_deputy: Term,
    /// How long before a deputy's last day the director is told, so that somebody can be found (rule 1, PD).
    pub deputy_ending_notice: Term,
    /// Within which the rest of a fact follows its first sentence (rule 0, PD).
    pub rest_of_fact: Term,
    /// How long running help, access and agreements go on while a consent is incomplete, also after a birthday that changes who
    /// must consent (`privacy.md`, "Consent is a record", PD).
    pub incomplete_consent: Term,
    /// Within which help ends or another ground is named after its consent was withdrawn (rule 32, PD).
    pub withdrawn_help: Term,
    /// How long a SAT advisor has access at most, from the acceptance of the request on (divorce.md, "SAT", PD).
    pub sat_access: Term,
    /// How many days ahead the director is asked to speak with someone whose consent expires or whose birthday changes who must
    /// consent (divorce.md, "What happens by itself", PD). For [`Calendar::announced_at`].
    pub announced_ahead_days: u16,
    /// How many days ahead the director is told of the first or the last day of a ruling (divorce.md, "What happens by itself", PD). For
    /// [`Calendar::announced_at`].
    pub ruling_ahead_days: u16,
    /// How long it must have been calm, since two plans are active and since the last flare-up, before a review for rest reached is
    /// proposed (divorce.md, "What happens by itself", PD).
    pub rest_review: Term,
    /// For how many hours an emergency access is open at most: hours, not days (R03, PD). From 1 to 72.
    pub emergency_access_hours: u16,
    /// Within which somebody else reviews an emergency access (R03, PD).
    pub emergency_review: Term,
    /// For how long a crisis card can be relied on at most (PD).
    pub crisis_card: Term,
    /// Within which a plan is evaluated with the family, from its becoming active and from each evaluation on (rule 10, PD).
    pub plan_evaluation: Term,
    /// Within which a family that takes the making of its own plan has it ready, unless another day is agreed (rule 15, PD).
    pub own_plan: Term,
    /// Within which, after a family waived its own plan, the plan for help is there in writing if anybody wishes (Jeugdwet 4.1.3). For
    /// [`Convention::Statutory`].
    pub help_plan_written: Term,
    /// Within which, after a family waived its own plan, the plan for help is fixed (Jeugdwet 4.1.3). For [`Convention::Statutory`].
    pub help_plan_fixed: Term,
    /// Within which the municipality decides on what was asked of it (Awb 4:13). For [`Convention::Statutory`].
    pub decision: Term,
    /// Within which an objection to a decision is made (Awb 6:7). For [`Convention::Statutory`].
    pub objection: Term,
    /// Within which somebody is called back when no day was agreed (PD).
    pub call_back: Term,
    /// Within which a trial of informal support is looked at, unless another day is agreed (003:1150-1157, PD).
    pub support_trial: Term,
    /// For how long informal support is agreed when no last day is said (003:4582-4586, 5035, PD).
    pub support_term: Term,
    /// Within which informal support is looked at together (003:4597-4604, PD).
    pub support_review: Term,
    /// Which instruments are in use, in which versions, and between which bounds a score lies (rule 29, PD).
    pub instruments: Vec<InstrumentPolicy>,
    /// Which interventions a source finds fitting at which stages of the ladder of Glasl (divorce.md, "Two ladders, one picture"; standards
    /// H): advice, never a gate. None when nothing is said.
    #[serde(default)]
    pub interventions: Vec<FittingIntervention>,
    /// Within which those around a family reflect on how it goes, from the day the plan became active and from each reflection on (rule 26, PD).
    pub reflection: Term,
    /// Within which a question by a school is answered when no day was agreed (PD; 004:1640).
    pub school_question: Term,
    /// Within which an advisor accepts a question to a divorce advice team (divorce.md, "What happens by itself", PD).
    pub sat_acceptance: Term,
    /// Within which a divorce advice team advises, from the day it was asked (divorce.md, "What happens by itself", PD).
    pub sat_advice: Term,
    /// What is usual in a `DOnS` trajectory (T; 004b:5971-5976).
    pub dons: DonsPattern,
    /// Within which triage follows once a complex divorce was acknowledged to each parent (divorce.md, "What happens by itself", PD).
    pub divorce_triage: Term,
    /// What must be seen before a complex divorce is recognised (divorce.md, "States of a case's divorce episode", PD).
    pub recognition: RecognitionPolicy,
    /// Within which what is known of a safety signal is mapped and a colleague or Veilig Thuis consulted (rule 19, PD).
    pub meldcode_first: Term,
    /// Within which, after a safety signal, the child is talked with (rule 19, PD).
    pub meldcode_talk: Term,
    /// Within which a safety signal is weighed and the two decisions are taken (rule 19, PD).
    pub meldcode_decision: Term,
    /// For how long a crisis plan holds, from its writing and from each look on (rule 21, PD).
    pub crisis_plan: Term,
    /// Within which a stopped conference goes on when no day was agreed (rule 20; 004b R46: about a week).
    pub conference_resume: Term,
    /// Within which something follows after the regional expert team was asked (divorce.md, "What happens by itself", PD).
    pub ret_asked: Term,
    /// At which ages consent changes hands (statute).
    pub consent_ages: ConsentAges,
    /// The free days (rule 33).
    pub calendar: Calendar,
}

impl Terms {
    /// The last day of one of these terms.
    #[must_use]
    pub fn last_day(&self, term: Term, cause: CivilDay) -> CivilDay {
        term.last_day(cause, &self.calendar, Convention::Policy)
    }

    /// When what follows one of these terms happens.
    #[must_use]
    pub fn follows_at(&self, term: Term, cause: CivilDay) -> Timestamp {
        term.follows_at(cause, &self.calendar, Convention::Policy)
    }

    /// The interventions that fit at this stage, in the order of the terms.
    pub fn fitting_at(&self, stage: GlaslStage) -> impl Iterator<Item = &FittingIntervention> {
        self.interventions.iter().filter(move |intervention| intervention.fits(stage))
    }
}

/// The ages, in completed years on the day asked about, at which consent changes hands. Statute, kept as data because the law
/// changes. Always ordered: 0 < together < alone ≤ adult, and 0 < sharing ≤ adult.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "AgesData")]
pub struct ConsentAges {
    help_together: u32,
    help_alone: u32,
    sharing: u32,
    adult: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgesData {
    help_together: u32,
    help_alone: u32,
    sharing: u32,
    adult: u32,
}

/// Ages that contradict each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("consent ages must be ordered: 0 < help_together < help_alone <= adult and 0 < sharing <= adult")]
struct AgesOutOfOrder;

impl TryFrom<AgesData> for ConsentAges {
    type Error = AgesOutOfOrder;

    fn try_from(AgesData { help_together, help_alone, sharing, adult }: AgesData) -> Result<Self, AgesOutOfOrder> {
        let help_is_ordered = 0 < help_together && help_together < help_alone && help_alone <= adult;
        let sharing_is_ordered = 0 < sharing && sharing <= adult;
        if help_is_ordered && sharing_is_ordered {
            Ok(Self { help_together, help_alone, sharing, adult })
        } else {
            Err(AgesOutOfOrder)
        }
    }
}

impl ConsentAges {
    /// From this age a child consents to help beside the parents with authority (Jeugdwet 7.3.4(2)): 12.
    #[must_use]
    pub const fn help_together(self) -> u32 {
        self.help_together
    }

    /// From this age a young person alone consents to help (Jeugdwet 7.3.5(1)): 16.
    #[must_use]
    pub const fn help_alone(self) -> u32 {
        self.help_alone
    }

    /// From this age a young person consents to sharing what concerns them (Jeugdwet 7.3.11): 12.
    #[must_use]
    pub const fn sharing(self) -> u32 {
        self.sharing
    }

    /// From this age nobody has authority over the person (BW 1:233, 1:245): 18.
    #[must_use]
    pub const fn adult(self) -> u32 {
        self.adult
    }

    /// The birthdays that change who must consent, in order: 12, 16 and 18.
    #[must_use]
    pub fn birthdays(self) -> BTreeSet<u32> {
        BTreeSet::from([self.help_together, self.help_alone, self.sharing, self.adult])
    }
}

/// All versions of one municipality's terms, oldest first; never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermsBook {
    first: Terms,
    later: Vec<Terms>,
    text: String,
}

/// A terms file that cannot be used.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum TermsError {
    /// Not TOML, a key unknown, missing or twice, or a value that cannot be; says where.
    #[error("the terms cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// No version at all.
    #[error("the terms hold no version: add a [[terms]] table")]
    Empty,
    /// Versions not in the order in which they come into force, or two from the same day.
    #[error("version `{later}` is valid from {from}, not after the version before it: put versions in order of date")]
    OutOfOrder {
        /// The version that stands too late in the file, or starts too early.
        later: TermsVersion,
        /// Its first day.
        from: CivilDay,
    },
    /// One name for two versions: an old decision would not say which it meant.
    #[error("version `{0}` stands there twice: give each version its own name")]
    SameName(TermsVersion),
    /// A term in which nobody could be warned in time.
    #[error("version `{0}`: announced_ahead_days must be at least 1")]
    NothingAhead(TermsVersion),
    /// An emergency access of no hours, or of days.
    #[error("version `{0}`: emergency_access_hours must be from 1 to 72: hours, not days")]
    EmergencyHours(TermsVersion),
    /// An intervention that fits at no stage, or that lacks its words or its source.
    #[error(
        "version `{0}`: an intervention needs `nl`, `en` and `source`, and `from` no higher than `to`; look at the one named `{1}`"
    )]
    InterventionNotWhole(TermsVersion, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookData {
    #[serde(default)]
    terms: Vec<Terms>,
}

impl TermsBook {
    /// The product's own terms.
    ///
    /// # Errors
    /// When the file in the product is damaged, which its own test excludes.
    pub fn nl_default() -> Result<Self, TermsError> {
        Self::parse(NL_DEFAULT)
    }

    /// Reads a terms file (TOML, as `domain/terms/nl-default.toml`).
    ///
    /// # Errors
    /// [`TermsError`], which says what to change.
    pub fn parse(text: &str) -> Result<Self, TermsError> {
        let BookData { terms } = toml::from_str(text)?;
        let mut names = BTreeSet::new();
        for version in &terms {
            if !names.insert(&version.version) {
                return Err(TermsError::SameName(version.version.clone()));
            }
            if version.announced_ahead_days == 0 {
                return Err(TermsError::NothingAhead(version.version.clone()));
            }
            if !(1..=72).contains(&version.emergency_access_hours) {
                return Err(TermsError::EmergencyHours(version.version.clone()));
            }
            if let Some(found) = version.interventions.iter().find(|intervention| !intervention.is_whole()) {
                return Err(TermsError::InterventionNotWhole(version.version.clone(), found.nl.clone()));
            }
        }
        if let Some([_, later]) = terms.array_windows().find(|[one, next]| next.valid_from <= one.valid_from) {
            return Err(TermsError::OutOfOrder { later: later.version.clone(), from: later.valid_from });
        }
        let mut terms = terms.into_iter();
        let first = terms.next().ok_or(TermsError::Empty)?;
        Ok(Self { first, later: terms.collect(), text: text.to_owned() })
    }

    /// The terms in force on this day. A day before the first version is judged by the first: older policy is not known.
    #[must_use]
    pub fn terms_on(&self, day: CivilDay) -> &Terms {
        self.later.iter().rev().find(|terms| terms.valid_from <= day).unwrap_or(&self.first)
    }

    /// The terms that an event names, to explain an old decision; `None` when this book never held them.
    #[must_use]
    pub fn by_version(&self, version: &TermsVersion) -> Option<&Terms> {
        self.versions().find(|terms| terms.version == *version)
    }

    /// The text it was read from: whatever was made by these terms is made anew when it changes.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All versions, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &Terms> {
        std::iter::once(&self.first).chain(&self.later)
    }
}

#[cfg(test)]
mod tests;
