//! Informal support (rule 24; 003:998-1205, 4366-4613, 4901-5276): a support family, a buddy or a volunteer at home, with a life of its own:
//! match, house rules, certificate of conduct, trial, term, reviews, measurements, closing. It stays outside formal help: of the course
//! of the volunteer nothing is asked, and either side may stop (003:4950-4951, 5201-5206).
//!
//! All of it is a report: what came before it should is taken, marked and listed. Few fields: formal forms fit informal support poorly
//! (003:1880-1884).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::{PersonId, Subject, SupportId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
pub use state::{
    Agreed as AgreedTerm, Certificate, EndedSupport, Evaluated, InformalSupport, Measure, Review, Signed, Support,
    Trial,
};

/// That a trial is evaluated, by its last day.
pub const SUPPORT_TRIAL_DUE: &str = "support_trial";
/// That support is looked at together, by a day.
pub const SUPPORT_REVIEW_DUE: &str = "support_review";
/// That support ends or is agreed anew, by the last day of its term.
pub const SUPPORT_TERM_DUE: &str = "support_term";

/// Which kind of informal support.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportKind {
    /// A support family (steungezin).
    SupportFamily,
    /// A buddy of a child or young person (maatje).
    Buddy,
    /// A volunteer who comes by at home.
    HomeVisitor,
    /// A parent who informs and listens to another.
    ParentToParent,
    /// Another kind, said in the question.
    Other,
}

/// What came of a trial or a review.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportOutcome {
    /// It goes on.
    GoesOn,
    /// It goes on otherwise.
    Adjusted,
    /// It stops.
    Stops,
}

/// When was measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredAt {
    /// At the start (nulmeting).
    Baseline,
    /// In between.
    Interim,
    /// At the end (eindmeting).
    End,
}

/// Who ended it. Nobody has to say why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// Together.
    Together,
    /// The family.
    Family,
    /// The volunteer.
    Volunteer,
    /// The organisation of the volunteer.
    Organisation,
    /// Its term was over.
    TermOver,
}

/// What can happen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum InformalEvent {
    /// A family and a volunteer were matched.
    SupportMatched {
        /// The support.
        support: SupportId,
        /// Of which kind.
        kind: SupportKind,
        /// Whom it is for; each once, never nobody.
        persons: Vec<PersonId>,
        /// Who gives it.
        volunteer: Personal<Line>,
        /// By way of which organisation.
        organisation: Option<Personal<Line>>,
        /// What it is for, in the family's words.
        question: Personal<Text>,
        /// What the volunteer does, and what not.
        tasks: Option<Personal<Text>>,
    },
    /// House rules were agreed and signed; again when they change.
    SupportHouseRulesSigned {
        /// The support.
        support: SupportId,
        /// Who of the family signed.
        signed_by: Vec<PersonId>,
        /// What they say that is not usual.
        rules: Option<Personal<Text>>,
    },
    /// A certificate of conduct (VOG) was seen.
    SupportCertificateSeen {
        /// The support.
        support: SupportId,
        /// The day on which it was issued.
        issued: Personal<CivilDay>,
    },
    /// They try it.
    SupportTrialStarted {
        /// The support.
        support: SupportId,
        /// Until which day.
        until: CivilDay,
    },
    /// The trial was looked at together.
    SupportTrialEvaluated {
        /// The support.
        support: SupportId,
        /// Whether it goes on.
        outcome: SupportOutcome,
        /// In words.
        words: Personal<Text>,
    },
    /// It was agreed for a term.
    SupportTermAgreed {
        /// The support.
        support: SupportId,
        /// First day.
        from: CivilDay,
        /// Last day.
        until: CivilDay,
        /// What was agreed by word of mouth.
        agreements: Option<Personal<Text>>,
    },
    /// It was looked at together.
    SupportReviewed {
        /// The support.
        support: SupportId,
        /// Who of the family took part.
        took_part: Vec<PersonId>,
        /// What came of it.
        outcome: SupportOutcome,
        /// In words.
        words: Personal<Text>,
        /// The day by which it is looked at next; none when it stops.
        next: Option<CivilDay>,
    },
    /// It was measured for one person.
    SupportMeasured {
        /// The support.
        support: SupportId,
        /// Whose measure.
        person: PersonId,
        /// When.
        moment: MeasuredAt,
        /// Whether it does that person good.
        benefit: Option<Personal<bool>>,
        /// Whether that person has formal help beside it.
        formal_help: Option<Personal<bool>>,
        /// In own words.
        words: Option<Personal<Text>>,
    },
    /// It ended.
    SupportEnded {
        /// The support.
        support: SupportId,
        /// The last day.
        last_day: CivilDay,
        /// Who ended it.
        ended_by: EndedBy,
        /// Whether they stay in touch.
        in_touch: Option<bool>,
        /// In words.
        words: Option<Personal<Text>>,
    },
}

/// A match as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewMatch {
    /// Of which kind.
    pub kind: SupportKind,
    /// Whom it is for.
    pub persons: Vec<PersonId>,
    /// Who gives it.
    pub volunteer: Line,
    /// By way of which organisation.
    pub organisation: Option<Line>,
    /// What it is for, in the family's words.
    pub question: Text,
    /// What the volunteer does, and what not.
    pub tasks: Option<Text>,
}

/// A measure as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewMeasure {
    /// Whose measure.
    pub person: PersonId,
    /// When.
    pub moment: MeasuredAt,
    /// Whether it does that person good.
    pub benefit: Option<bool>,
    /// Whether that person has formal help beside it.
    pub formal_help: Option<bool>,
    /// In own words.
    pub words: Option<Text>,
}

/// What can be asked about support.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum InformalCommand {
    /// Record that a family and a volunteer were matched.
    MatchSupport(Box<NewMatch>),
    /// Record that house rules were signed.
    SignSupportHouseRules {
        /// The support.
        support: SupportId,
        /// Who of the family signed.
        signed_by: Vec<PersonId>,
        /// What they say that is not usual.
        rules: Option<Text>,
    },
    /// Record that a certificate of conduct was seen.
    RecordSupportCertificate {
        /// The support.
        support: SupportId,
        /// The day on which it was issued.
        issued: CivilDay,
    },
    /// Record that they try it.
    StartSupportTrial {
        /// The support.
        support: SupportId,
        /// Until which day; by the term of policy when nothing is said.
        until: Option<CivilDay>,
    },
    /// Record what came of the trial.
    EvaluateSupportTrial {
        /// The support.
        support: SupportId,
        /// Whether it goes on.
        outcome: SupportOutcome,
        /// In words.
        words: Text,
    },
    /// Record that it was agreed for a term.
    AgreeSupportTerm {
        /// The support.
        support: SupportId,
        /// First day; the day it was agreed when nothing is said.
        from: Option<CivilDay>,
        /// Last day; by the term of policy when nothing is said.
        until: Option<CivilDay>,
        /// What was agreed by word of mouth.
        agreements: Option<Text>,
    },
    /// Record that it was looked at together.
    ReviewSupport {
        /// The support.
        support: SupportId,
        /// Who of the family took part.
        took_part: Vec<PersonId>,
        /// What came of it.
        outcome: SupportOutcome,
        /// In words.
        words: Text,
        /// The day by which it is looked at next; by the term of policy when nothing is said.
        next: Option<CivilDay>,
    },
    /// Record a measure.
    MeasureSupport {
        /// The support.
        support: SupportId,
        /// The measure.
        measure: NewMeasure,
    },
    /// Record that it ended.
    EndSupport {
        /// The support.
        support: SupportId,
        /// The last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// Who ended it.
        ended_by: EndedBy,
        /// Whether they stay in touch.
        in_touch: Option<bool>,
        /// In words.
        words: Option<Text>,
    },
}

impl InformalEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Of which support.
    #[must_use]
    pub const fn support(&self) -> SupportId {
        match self {
            Self::SupportMatched { support, .. }
            | Self::SupportHouseRulesSigned { support, .. }
            | Self::SupportCertificateSeen { support, .. }
            | Self::SupportTrialStarted { support, .. }
            | Self::SupportTrialEvaluated { support, .. }
            | Self::SupportTermAgreed { support, .. }
            | Self::SupportReviewed { support, .. }
            | Self::SupportMeasured { support, .. }
            | Self::SupportEnded { support, .. } => *support,
        }
    }

    /// The people it names, and the records it holds. What follows a match leaves to the match whom it is for.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        fn maybe<T>(value: Option<&Personal<T>>) -> Option<Subject> {
            value.map(Personal::owner)
        }
        let records: Vec<Subject> = match self {
            Self::SupportMatched { volunteer, organisation, question, tasks, .. } => {
                let kept = [maybe(organisation.as_ref()), maybe(tasks.as_ref())];
                kept.into_iter().flatten().chain([volunteer.owner(), question.owner()]).collect()
            }
            Self::SupportHouseRulesSigned { rules: words, .. }
            | Self::SupportTermAgreed { agreements: words, .. }
            | Self::SupportMeasured { words, .. }
            | Self::SupportEnded { words, .. } => maybe(words.as_ref()).into_iter().collect(),
            Self::SupportCertificateSeen { issued, .. } => vec![issued.owner()],
            Self::SupportTrialStarted { .. } => Vec::new(),
            Self::SupportTrialEvaluated { words, .. } | Self::SupportReviewed { words, .. } => vec![words.owner()],
        };
        self.persons().iter().copied().map(Subject::Person).chain(records).collect()
    }

    /// The people that it names itself.
    #[must_use]
    pub const fn persons(&self) -> &[PersonId] {
        match self {
            Self::SupportMatched { persons, .. }
            | Self::SupportHouseRulesSigned { signed_by: persons, .. }
            | Self::SupportReviewed { took_part: persons, .. } => persons.as_slice(),
            Self::SupportMeasured { person, .. } => std::slice::from_ref(person),
            Self::SupportCertificateSeen { .. }
            | Self::SupportTrialStarted { .. }
            | Self::SupportTrialEvaluated { .. }
            | Self::SupportTermAgreed { .. }
            | Self::SupportEnded { .. } => &[],
        }
    }
}

impl InformalCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MatchSupport(_) => "matchSupport",
            Self::SignSupportHouseRules { .. } => "signSupportHouseRules",
            Self::RecordSupportCertificate { .. } => "recordSupportCertificate",
            Self::StartSupportTrial { .. } => "startSupportTrial",
            Self::EvaluateSupportTrial { .. } => "evaluateSupportTrial",
            Self::AgreeSupportTerm { .. } => "agreeSupportTerm",
            Self::ReviewSupport { .. } => "reviewSupport",
            Self::MeasureSupport { .. } => "measureSupport",
            Self::EndSupport { .. } => "endSupport",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::MatchSupport(new) => {
                let NewMatch { kind: _, persons: _, volunteer, organisation, question, tasks } = &**new;
                let lines = std::iter::once(volunteer).chain(organisation).map(Line::as_str);
                lines.chain(std::iter::once(question).chain(tasks).map(Text::as_str)).collect()
            }
            Self::SignSupportHouseRules { support: _, signed_by: _, rules: words }
            | Self::AgreeSupportTerm { support: _, from: _, until: _, agreements: words }
            | Self::EndSupport { support: _, last_day: _, ended_by: _, in_touch: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
            Self::RecordSupportCertificate { support: _, issued: _ }
            | Self::StartSupportTrial { support: _, until: _ } => Vec::new(),
            Self::EvaluateSupportTrial { support: _, outcome: _, words }
            | Self::ReviewSupport { support: _, took_part: _, outcome: _, words, next: _ } => vec![words.as_str()],
            Self::MeasureSupport { support: _, measure } => {
                let NewMeasure { person: _, moment: _, benefit: _, formal_help: _, words } = measure;
                words.iter().map(Text::as_str).collect()
            }
        }
    }

    /// The support that it names.
    #[must_use]
    pub const fn support(&self) -> Option<SupportId> {
        match self {
            Self::MatchSupport(_) => None,
            Self::SignSupportHouseRules { support, .. }
            | Self::RecordSupportCertificate { support, .. }
            | Self::StartSupportTrial { support, .. }
            | Self::EvaluateSupportTrial { support, .. }
            | Self::AgreeSupportTerm { support, .. }
            | Self::ReviewSupport { support, .. }
            | Self::MeasureSupport { support, .. }
            | Self::EndSupport { support, .. } => Some(*support),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &InformalCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history, order, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &InformalEvent) {
    state.informal.apply(fact, event);
}

/// What must follow and has not (see [`crate::dues`]).
pub(crate) fn open_dues(state: &CaseState) -> Vec<Due> {
    state.informal.all().iter().flat_map(Support::open_dues).collect()
}

/// Whether a fact speaks of support that was not there when it was told.
pub(crate) fn speaks_of_nothing(state: &CaseState, event: &InformalEvent) -> bool {
    !matches!(event, InformalEvent::SupportMatched { .. }) && state.informal.get(event.support()).is_none()
}
