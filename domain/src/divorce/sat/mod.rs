//! The divorce advice team (SAT): asked, often anonymously, by the director or by the duo of a `DOnS` trajectory; accepted by one of its
//! advisors, who can also say *not me*; advised on the case exactly as the advisor saw it; answered by who asked (divorce.md, "SAT"; R34;
//! 004b:6075-6079). With names the advisor has access to what concerns those whose consent stands, for as long as it stands, until the
//! advice is answered or the last day of the term; of an intervention until its last day.

use serde::{Deserialize, Serialize};

use crate::fact::{EventInfo, Organisation};
use crate::ids::{AdviceId, ConsentId, PersonId, ReviewId, Revision, Subject, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

mod access;
pub(super) mod catalogue;
mod decide;
mod state;

pub(crate) use access::sat_named_readers_on;
pub use access::{SatAccess, SatAsked, SatReaders, sat_access_on, sat_asked_on};
pub(super) use decide::decide;
pub(super) use state::apply;
pub use state::{
    SAT_ACCEPTANCE_DUE, SAT_ACCESS_DUE, SAT_ADVICE_DUE, SatAcceptance, SatAdvice, SatAnswer, SatEnding, SatModeHeld,
    SatNotMe, SatReview, SatTrajectory,
};

/// About whom a team is asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SatScope {
    /// Nobody is named: a question only, no access, no consent.
    Anonymous,
    /// These people, as far as their consent stands.
    Named(Vec<PersonId>),
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatEnd {
    /// The advice was answered.
    Answered,
    /// It was no longer needed: who asked withdrew it.
    NotNeeded,
    /// The team said *not us*. An advisor who says *not me* leaves it open for the others.
    NotMe,
}

/// In which way a team is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatMode {
    /// It advises who asked.
    Consultation,
    /// It speaks with parents itself.
    DirectContact,
    /// It steps in, from a day until a day.
    Intervention,
}

/// Which track a team recommends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatTrack {
    /// Shared parenting after divorce.
    Dons,
    /// A plan per household.
    PlanPerHousehold,
    /// Other help, elsewhere.
    Redirected,
}

/// What can happen to a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SatEvent {
    /// A team was asked.
    SatRequested {
        /// The request.
        review: ReviewId,
        /// Which team.
        team: Organisation,
        /// The question.
        question: Personal<Text>,
        /// Whether nobody is named.
        anonymous: bool,
        /// Those whose part is given: their consent was complete. Empty when anonymous.
        scope: Vec<PersonId>,
        /// Those whose part is kept back: a no hides that person's part, not the question.
        withheld: Vec<PersonId>,
        /// The sharing consents it rests on.
        consents: Vec<ConsentId>,
    },
    /// An advisor accepted: access begins.
    SatAccepted {
        /// The request.
        review: ReviewId,
        /// The advisor.
        advisor: WorkerId,
    },
    /// It ended: access ends at once.
    SatEnded {
        /// The request.
        review: ReviewId,
        /// How.
        reason: SatEnd,
        /// More about it.
        explanation: Option<Personal<Text>>,
    },
    /// An advisor said *not me*: the request stays open for the team. Of the one who had accepted, access ends at once.
    SatNotMeSaid {
        /// The request.
        review: ReviewId,
        /// The advisor.
        advisor: WorkerId,
        /// Why.
        reason: Option<Personal<Text>>,
    },
    /// The advisor advised.
    SatAdviceGiven {
        /// The request.
        review: ReviewId,
        /// The advice.
        advice: AdviceId,
        /// The advisor.
        advisor: WorkerId,
        /// The case as the advisor saw it: up to this fact and no further. Of an anonymous question, the question itself.
        position: Revision,
        /// Which track is recommended, if any.
        recommended: Option<SatTrack>,
        /// On which conditions.
        conditions: Vec<Personal<Text>>,
        /// The advice.
        words: Personal<Text>,
    },
    /// Who asked answered the advice.
    SatAdviceAnswered {
        /// The request.
        review: ReviewId,
        /// The advice.
        advice: AdviceId,
        /// Whether it is followed; else departed from, with a reason.
        follows: bool,
        /// Why.
        reason: Option<Personal<Text>>,
        /// The case director who is told, when there is one.
        told: Option<WorkerId>,
    },
    /// The team is there in another way than by advising who asked.
    SatModeAgreed {
        /// The request.
        review: ReviewId,
        /// In which way.
        mode: SatMode,
        /// First day.
        from: CivilDay,
        /// Last day; an intervention always has one.
        until: Option<CivilDay>,
        /// With whom: each of them agreed.
        persons: Vec<PersonId>,
        /// The consents that say so.
        consents: Vec<ConsentId>,
    },
    /// That ended before its last day.
    SatModeEnded {
        /// The request.
        review: ReviewId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked about a request.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SatCommand {
    /// Ask a team.
    RequestSat {
        /// Which team.
        team: Organisation,
        /// The question.
        question: Text,
        /// About whom.
        scope: SatScope,
    },
    /// Accept, as an advisor of the team.
    AcceptSat {
        /// The request.
        review: ReviewId,
    },
    /// End it.
    EndSat {
        /// The request.
        review: ReviewId,
        /// How.
        reason: SatEnd,
        /// More about it.
        explanation: Option<Text>,
    },
    /// Say *not me*, as an advisor of the team.
    SayNotMe {
        /// The request.
        review: ReviewId,
        /// Why.
        reason: Option<Text>,
    },
    /// Advise, as the advisor who accepted.
    GiveSatAdvice(Box<NewSatAdvice>),
    /// Answer an advice, as who asked.
    AnswerSatAdvice {
        /// The request.
        review: ReviewId,
        /// The advice.
        advice: AdviceId,
        /// Whether it is followed.
        follows: bool,
        /// Why; always when it is departed from.
        reason: Option<Text>,
    },
    /// Agree on direct contact or an intervention.
    AgreeSatMode {
        /// The request.
        review: ReviewId,
        /// In which way.
        mode: SatMode,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Last day; an intervention always has one.
        until: Option<CivilDay>,
        /// With whom.
        persons: Vec<PersonId>,
    },
    /// Record that it ended before its last day.
    EndSatMode {
        /// The request.
        review: ReviewId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
}

/// An advice, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewSatAdvice {
    /// The request.
    pub review: ReviewId,
    /// The case as the advisor saw it; nothing when the question was asked anonymously.
    pub position: Option<Revision>,
    /// Which track is recommended, if any.
    pub recommended: Option<SatTrack>,
    /// On which conditions.
    pub conditions: Vec<Text>,
    /// The advice.
    pub words: Text,
}

impl SatEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Whose part is kept back stays out: the request is not about them.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        let persons = |persons: &[PersonId]| persons.iter().copied().map(Subject::Person).collect::<Vec<_>>();
        let (of, records): (Vec<Subject>, Vec<Subject>) = match self {
            Self::SatRequested { question, scope, .. } => (persons(scope), vec![question.owner()]),
            Self::SatAccepted { .. } => (Vec::new(), Vec::new()),
            Self::SatEnded { explanation: words, .. }
            | Self::SatNotMeSaid { reason: words, .. }
            | Self::SatAdviceAnswered { reason: words, .. }
            | Self::SatModeEnded { reason: words, .. } => (Vec::new(), words.iter().map(Personal::owner).collect()),
            Self::SatAdviceGiven { conditions, words, .. } => {
                (Vec::new(), conditions.iter().chain([words]).map(Personal::owner).collect())
            }
            Self::SatModeAgreed { persons: with, .. } => (persons(with), Vec::new()),
        };
        of.into_iter().chain(records).collect()
    }

    /// Which request it is about.
    #[must_use]
    pub const fn review(&self) -> ReviewId {
        match self {
            Self::SatRequested { review, .. }
            | Self::SatAccepted { review, .. }
            | Self::SatEnded { review, .. }
            | Self::SatNotMeSaid { review, .. }
            | Self::SatAdviceGiven { review, .. }
            | Self::SatAdviceAnswered { review, .. }
            | Self::SatModeAgreed { review, .. }
            | Self::SatModeEnded { review, .. } => *review,
        }
    }

    /// The advisor or director it names, besides who recorded it.
    #[must_use]
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::SatAccepted { advisor, .. }
            | Self::SatNotMeSaid { advisor, .. }
            | Self::SatAdviceGiven { advisor, .. } => Some(*advisor),
            Self::SatAdviceAnswered { told, .. } => *told,
            _ => None,
        }
    }
}

impl SatCommand {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::RequestSat { .. } => "requestSat",
            Self::AcceptSat { .. } => "acceptSat",
            Self::EndSat { .. } => "endSat",
            Self::SayNotMe { .. } => "saySatNotMe",
            Self::GiveSatAdvice(_) => "giveSatAdvice",
            Self::AnswerSatAdvice { .. } => "answerSatAdvice",
            Self::AgreeSatMode { .. } => "agreeSatMode",
            Self::EndSatMode { .. } => "endSatMode",
        }
    }

    /// Whether it gives somebody rights or duties. That something ended, that somebody said no and how an advice was answered are reports.
    pub(super) const fn is_act(&self) -> bool {
        !matches!(
            self,
            Self::EndSat { .. } | Self::SayNotMe { .. } | Self::AnswerSatAdvice { .. } | Self::EndSatMode { .. }
        )
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RequestSat { team: _, question, scope: _ } => vec![question.as_str()],
            Self::EndSat { review: _, reason: _, explanation: words }
            | Self::SayNotMe { review: _, reason: words }
            | Self::AnswerSatAdvice { review: _, advice: _, follows: _, reason: words }
            | Self::EndSatMode { review: _, last_day: _, reason: words } => words.iter().map(Text::as_str).collect(),
            Self::GiveSatAdvice(new) => {
                let NewSatAdvice { review: _, position: _, recommended: _, conditions, words } = &**new;
                conditions.iter().chain([words]).map(Text::as_str).collect()
            }
            Self::AcceptSat { review: _ }
            | Self::AgreeSatMode { review: _, mode: _, from: _, until: _, persons: _ } => Vec::new(),
        }
    }
}
