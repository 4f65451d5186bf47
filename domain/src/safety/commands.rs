//! What can be asked about safety.

use serde::Serialize;

use super::{SafetyKind, ScreeningOutcome, ToldLaterGround};
use crate::fact::Audience;
use crate::ids::{LaneId, PersonId, ToldLaterId, WorkerId};
use crate::statement::NewSpeaker;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A safety signal as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewSignal {
    /// The lane that it joins; it opens one of its own when nothing is said.
    pub lane: Option<LaneId>,
    /// Whom it concerns.
    pub concerns: Vec<PersonId>,
    /// About what, in broad words.
    pub kind: SafetyKind,
    /// The facts.
    pub facts: Text,
    /// What somebody makes of them.
    pub judgement: Option<Text>,
    /// Who reported it; who records it when nothing is said.
    pub reported_by: Option<NewSpeaker>,
    /// Who observed it, if another.
    pub observed_by: Option<NewSpeaker>,
    /// From whom whoever reported it had it.
    pub told_by: Option<NewSpeaker>,
    /// For whom the lane is: the director, or named workers; for the director when nothing is said. One that joins is for whoever knows
    /// the lane.
    pub known_to: Option<Audience>,
}

/// What was answered to the questions of the meldcode, as given in a command.
pub type NewAnswers = super::Answers;

/// What can be asked about safety.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SafetyCommand {
    /// Record that somebody was screened.
    RecordSafetyScreening {
        /// Who.
        person: PersonId,
        /// By whom; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Whether nobody else was there.
        alone: bool,
        /// Whether one-sided control was part of it.
        control: bool,
        /// What came out.
        outcome: ScreeningOutcome,
        /// In a sentence.
        words: Text,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
        /// For whom it is; for the director when nothing is said.
        known_to: Option<Audience>,
    },
    /// Record a safety signal.
    RecordSafetySignal(Box<NewSignal>),
    /// Record that what is known was mapped.
    RecordSafetyMapping {
        /// The lane.
        lane: LaneId,
        /// By whom; who records it when nothing is said.
        by: Option<WorkerId>,
        /// What is known.
        words: Text,
    },
    /// Record that somebody was consulted.
    RecordSafetyConsultation {
        /// The lane.
        lane: LaneId,
        /// Who asked; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Which colleagues.
        colleagues: Vec<WorkerId>,
        /// Whether Veilig Thuis was.
        veilig_thuis: bool,
        /// What they advised.
        words: Text,
    },
    /// Record whether somebody can be talked with safely.
    JudgeSafetyTalk {
        /// The lane.
        lane: LaneId,
        /// With whom.
        person: PersonId,
        /// Who judged; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Whether it is safe.
        safe: bool,
        /// Why.
        words: Text,
    },
    /// Record that somebody was talked with.
    RecordSafetyTalk {
        /// The lane.
        lane: LaneId,
        /// With whom.
        person: PersonId,
        /// Who talked with them; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Whether nobody else was there.
        alone: bool,
        /// In a sentence.
        words: Text,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
        /// For whom it is; for whoever knows the lane when nothing is said.
        known_to: Option<Audience>,
    },
    /// Record that it was weighed.
    WeighSafety {
        /// The lane.
        lane: LaneId,
        /// Who weighed; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Who weighed along.
        with: Vec<WorkerId>,
        /// The aandachtsfunctionaris who weighed along.
        officer: Option<WorkerId>,
        /// What was answered to the five questions.
        answers: NewAnswers,
        /// Why.
        words: Text,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
    },
    /// Record the two decisions.
    DecideSafety {
        /// The lane.
        lane: LaneId,
        /// Who decided; who records it when nobody is named.
        decided_by: Vec<WorkerId>,
        /// Whether a report to Veilig Thuis is needed.
        report_needed: bool,
        /// Whether help can be given or organised.
        help_possible: bool,
        /// Which help, with whom.
        help: Option<Text>,
        /// Why.
        words: Text,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
    },
    /// Record a report to Veilig Thuis.
    RecordReportToVeiligThuis {
        /// The lane.
        lane: LaneId,
        /// Who made it; who records it when nothing is said.
        by: Option<WorkerId>,
        /// Whether at once, for acute or structural unsafety.
        at_once: bool,
        /// What was reported, in a sentence.
        words: Text,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
    },
    /// Record what Veilig Thuis answered.
    RecordVeiligThuisAnswer {
        /// The lane.
        lane: LaneId,
        /// The day on which it established this.
        established: CivilDay,
        /// Where that stands.
        source: Line,
        /// In its words.
        words: Text,
    },
    /// Decide to tell somebody later.
    DecideToTellLater {
        /// Of which lane.
        lane: LaneId,
        /// Whom.
        person: PersonId,
        /// On which ground.
        ground: ToldLaterGround,
        /// Who decided; who records it when nothing is said.
        decided_by: Option<WorkerId>,
        /// Which colleague was consulted.
        consulted: WorkerId,
        /// The day on which somebody looks again.
        review: CivilDay,
        /// Why.
        words: Text,
    },
    /// Record that somebody looked again, and that it is still told later.
    ReviewTellingLater {
        /// What is told later.
        told_later: ToldLaterId,
        /// Who looked; who records it when nothing is said.
        by: Option<WorkerId>,
        /// The next day on which somebody looks.
        review: CivilDay,
        /// Why.
        words: Text,
    },
    /// Record that the person was told.
    RecordPersonTold {
        /// What was told later.
        told_later: ToldLaterId,
        /// By whom; who records it when nothing is said.
        by: Option<WorkerId>,
        /// How that went.
        words: Option<Text>,
    },
    /// Clear a lane, as a second person.
    ClearSafetyLane {
        /// The lane.
        lane: LaneId,
        /// Why.
        words: Text,
    },
}

impl SafetyCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordSafetyScreening { .. } => "recordSafetyScreening",
            Self::RecordSafetySignal(_) => "recordSafetySignal",
            Self::RecordSafetyMapping { .. } => "recordSafetyMapping",
            Self::RecordSafetyConsultation { .. } => "recordSafetyConsultation",
            Self::JudgeSafetyTalk { .. } => "judgeSafetyTalk",
            Self::RecordSafetyTalk { .. } => "recordSafetyTalk",
            Self::WeighSafety { .. } => "weighSafety",
            Self::DecideSafety { .. } => "decideSafety",
            Self::RecordReportToVeiligThuis { .. } => "recordReportToVeiligThuis",
            Self::RecordVeiligThuisAnswer { .. } => "recordVeiligThuisAnswer",
            Self::DecideToTellLater { .. } => "decideToTellLater",
            Self::ReviewTellingLater { .. } => "reviewTellingLater",
            Self::RecordPersonTold { .. } => "recordPersonTold",
            Self::ClearSafetyLane { .. } => "clearSafetyLane",
        }
    }

    /// Whether this creates rights or duties for users of the system: clearing a lane does. All else is a report, or guards somebody.
    #[must_use]
    pub const fn is_act(&self) -> bool {
        matches!(self, Self::ClearSafetyLane { .. })
    }

    /// The earlier lane that it names.
    #[must_use]
    pub fn lane(&self) -> Option<LaneId> {
        match self {
            Self::RecordSafetySignal(new) => new.lane,
            Self::RecordSafetyMapping { lane, .. }
            | Self::RecordSafetyConsultation { lane, .. }
            | Self::JudgeSafetyTalk { lane, .. }
            | Self::RecordSafetyTalk { lane, .. }
            | Self::WeighSafety { lane, .. }
            | Self::DecideSafety { lane, .. }
            | Self::RecordReportToVeiligThuis { lane, .. }
            | Self::RecordVeiligThuisAnswer { lane, .. }
            | Self::DecideToTellLater { lane, .. }
            | Self::ClearSafetyLane { lane, .. } => Some(*lane),
            Self::RecordSafetyScreening { .. } | Self::ReviewTellingLater { .. } | Self::RecordPersonTold { .. } => {
                None
            }
        }
    }

    /// What is told later that it names.
    #[must_use]
    pub const fn told_later(&self) -> Option<ToldLaterId> {
        match self {
            Self::ReviewTellingLater { told_later, .. } | Self::RecordPersonTold { told_later, .. } => {
                Some(*told_later)
            }
            _ => None,
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordSafetySignal(new) => {
                let NewSignal {
                    lane: _,
                    concerns: _,
                    kind: _,
                    facts,
                    judgement,
                    reported_by,
                    observed_by,
                    told_by,
                    known_to: _,
                } = &**new;
                let spoke = [reported_by, observed_by, told_by].into_iter().flatten().filter_map(outside);
                std::iter::once(facts).chain(judgement).map(Text::as_str).chain(spoke).collect()
            }
            Self::RecordSafetyScreening { words, explanation, .. }
            | Self::RecordSafetyTalk { words, explanation, .. }
            | Self::WeighSafety { words, explanation, .. }
            | Self::RecordReportToVeiligThuis { words, explanation, .. } => {
                std::iter::once(words).chain(explanation).map(Text::as_str).collect()
            }
            Self::DecideSafety { help, words, explanation, .. } => {
                std::iter::once(words).chain(help).chain(explanation).map(Text::as_str).collect()
            }
            Self::RecordVeiligThuisAnswer { source, words, .. } => vec![source.as_str(), words.as_str()],
            Self::RecordSafetyMapping { words, .. }
            | Self::RecordSafetyConsultation { words, .. }
            | Self::JudgeSafetyTalk { words, .. }
            | Self::DecideToTellLater { words, .. }
            | Self::ReviewTellingLater { words, .. }
            | Self::ClearSafetyLane { words, .. } => vec![words.as_str()],
            Self::RecordPersonTold { words, .. } => words.iter().map(Text::as_str).collect(),
        }
    }
}

fn outside(speaker: &NewSpeaker) -> Option<&str> {
    match speaker {
        NewSpeaker::Outside(who) => Some(who.as_str()),
        NewSpeaker::Person(_) | NewSpeaker::Worker(_) => None,
    }
}
