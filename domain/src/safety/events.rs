//! What can happen about safety.

use serde::{Deserialize, Serialize};

use super::catalogue;
use crate::fact::EventInfo;
use crate::ids::{LaneId, PersonId, Subject, ToldLaterId, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::personal::Personal;
use crate::statement::Speaker;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// What came out of a screening.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningOutcome {
    /// Nothing points to unsafety now.
    NoSignal,
    /// Something does: a safety signal is recorded.
    Signal,
}

/// About what a safety signal is, in broad words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyKind {
    /// Violence.
    Violence,
    /// Neglect.
    Neglect,
    /// One-sided control.
    OneSidedControl,
    /// Other unsafety.
    Other,
}

/// On which ground somebody is told later (privacy.md, "Told later").
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldLaterGround {
    /// Telling now would do serious harm (Jeugdwet 7.3.2(4)).
    SeriousHarm,
    /// A good helper keeps it from this parent in the interest of the child (Jeugdwet 7.3.11(3)).
    ChildsInterest,
    /// To protect whom it concerns, or the rights of others (AVG 23).
    ProtectionOfOthers,
}

/// What was answered to the questions of the meldcode (afwegingskader). What could not be answered is left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// Whether violence, neglect or other unsafety is suspected.
    pub suspected: bool,
    /// Whether unsafety is acute.
    pub acute: bool,
    /// Whether unsafety is structural.
    pub structural: bool,
    /// Whether effective help can be given or organised.
    pub can_help: Option<bool>,
    /// Whether those concerned accept it and take part.
    pub accepted: Option<bool>,
    /// Whether it leads to lasting safety.
    pub lasting: Option<bool>,
}

/// What can happen about safety.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SafetyEvent {
    /// Somebody of the family was screened for safety.
    SafetyScreened {
        /// Who.
        person: PersonId,
        /// By whom.
        by: WorkerId,
        /// Whether nobody else was there.
        alone: bool,
        /// Whether one-sided control was part of it.
        control: bool,
        /// What came out.
        outcome: Personal<ScreeningOutcome>,
        /// In a sentence.
        words: Personal<Text>,
    },
    /// A safety signal was recorded: it opens a lane, or joins one that is open.
    SafetySignalRecorded {
        /// The lane.
        lane: LaneId,
        /// Whether it opens the lane.
        opens: bool,
        /// Whom it concerns; each once, never nobody.
        concerns: Vec<PersonId>,
        /// The children among them: each is talked with first, alone.
        children: Vec<PersonId>,
        /// About what, in broad words.
        kind: Personal<SafetyKind>,
        /// The facts: what was seen, heard or said.
        facts: Personal<Text>,
        /// What somebody makes of them.
        judgement: Option<Personal<Text>>,
        /// Who reported it.
        reported_by: Speaker,
        /// Who observed it, if another.
        observed_by: Option<Speaker>,
        /// From whom whoever reported it had it.
        told_by: Option<Speaker>,
    },
    /// What is known was mapped (step 1).
    SafetyMapped {
        /// The lane.
        lane: LaneId,
        /// By whom.
        by: WorkerId,
        /// What is known.
        words: Personal<Text>,
    },
    /// Somebody was consulted (step 2).
    SafetyConsulted {
        /// The lane.
        lane: LaneId,
        /// Who asked.
        by: WorkerId,
        /// Which colleagues.
        colleagues: Vec<WorkerId>,
        /// Whether Veilig Thuis was consulted.
        veilig_thuis: bool,
        /// What they advised.
        words: Personal<Text>,
    },
    /// It was judged whether somebody can be talked with safely.
    SafetyTalkJudged {
        /// The lane.
        lane: LaneId,
        /// With whom.
        person: PersonId,
        /// Who judged.
        by: WorkerId,
        /// Whether it is safe.
        safe: Personal<bool>,
        /// Why.
        words: Personal<Text>,
    },
    /// Somebody was talked with (step 3).
    SafetyTalkHeld {
        /// The lane.
        lane: LaneId,
        /// With whom.
        person: PersonId,
        /// Whether that was a child then.
        child: bool,
        /// Whether nobody else was there.
        alone: bool,
        /// Who talked with them.
        by: WorkerId,
        /// In a sentence.
        words: Personal<Text>,
    },
    /// It was weighed (step 4).
    SafetyWeighed {
        /// The lane.
        lane: LaneId,
        /// Who weighed.
        by: WorkerId,
        /// Who weighed along.
        with: Vec<WorkerId>,
        /// The aandachtsfunctionaris who weighed along.
        officer: Option<WorkerId>,
        /// What was answered to the five questions.
        answers: Personal<Answers>,
        /// Why.
        words: Personal<Text>,
    },
    /// The two decisions were taken (step 5).
    SafetyDecided {
        /// The lane.
        lane: LaneId,
        /// Who decided; never nobody.
        decided_by: Vec<WorkerId>,
        /// Whether a report to Veilig Thuis is needed.
        report_needed: Personal<bool>,
        /// Whether help can be given or organised.
        help_possible: Personal<bool>,
        /// Which help, with whom.
        help: Option<Personal<Text>>,
        /// Why.
        words: Personal<Text>,
    },
    /// A report to Veilig Thuis was made.
    ReportedToVeiligThuis {
        /// The lane.
        lane: LaneId,
        /// Who made it.
        by: WorkerId,
        /// Whether at once, for acute or structural unsafety.
        at_once: bool,
        /// What was reported, in a sentence.
        words: Personal<Text>,
    },
    /// Veilig Thuis answered: what it established, as theirs.
    VeiligThuisAnswered {
        /// The lane.
        lane: LaneId,
        /// The day on which it did.
        established: CivilDay,
        /// Where that stands: a letter, a number.
        source: Personal<Line>,
        /// What it established, in its words.
        words: Personal<Text>,
    },
    /// It was decided to tell somebody later.
    ToldLaterDecided {
        /// What is told later.
        told_later: ToldLaterId,
        /// Of which lane.
        lane: LaneId,
        /// Who is told later.
        person: PersonId,
        /// On which ground.
        ground: ToldLaterGround,
        /// Who decided.
        decided_by: WorkerId,
        /// Which colleague was consulted.
        consulted: WorkerId,
        /// The day on which somebody looks again.
        review: CivilDay,
        /// Why.
        words: Personal<Text>,
    },
    /// Somebody looked again, and it is still told later.
    ToldLaterReviewed {
        /// What is told later.
        told_later: ToldLaterId,
        /// Who looked.
        by: WorkerId,
        /// The next day on which somebody looks.
        review: CivilDay,
        /// Why.
        words: Personal<Text>,
    },
    /// The person was told.
    PersonTold {
        /// What was told later.
        told_later: ToldLaterId,
        /// By whom.
        by: WorkerId,
        /// How that went.
        words: Option<Personal<Text>>,
    },
    /// A second person cleared the lane.
    SafetyLaneCleared {
        /// The lane.
        lane: LaneId,
        /// Why.
        words: Personal<Text>,
    },
}

impl SafetyEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Of which lane it is, where it says so itself.
    #[must_use]
    pub const fn lane(&self) -> Option<LaneId> {
        match self {
            Self::SafetySignalRecorded { lane, .. }
            | Self::SafetyMapped { lane, .. }
            | Self::SafetyConsulted { lane, .. }
            | Self::SafetyTalkJudged { lane, .. }
            | Self::SafetyTalkHeld { lane, .. }
            | Self::SafetyWeighed { lane, .. }
            | Self::SafetyDecided { lane, .. }
            | Self::ReportedToVeiligThuis { lane, .. }
            | Self::VeiligThuisAnswered { lane, .. }
            | Self::ToldLaterDecided { lane, .. }
            | Self::SafetyLaneCleared { lane, .. } => Some(*lane),
            Self::SafetyScreened { .. } | Self::ToldLaterReviewed { .. } | Self::PersonTold { .. } => None,
        }
    }

    /// The people that it names itself; each once.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::SafetyScreened { person, .. }
            | Self::SafetyTalkJudged { person, .. }
            | Self::SafetyTalkHeld { person, .. }
            | Self::ToldLaterDecided { person, .. } => vec![*person],
            Self::SafetySignalRecorded { concerns, reported_by, observed_by, told_by, .. } => {
                let spoke = std::iter::once(reported_by).chain(observed_by).chain(told_by).filter_map(person_of);
                each_once(&concerns.iter().copied().chain(spoke).collect::<Vec<_>>())
            }
            Self::SafetyMapped { .. }
            | Self::SafetyConsulted { .. }
            | Self::SafetyWeighed { .. }
            | Self::SafetyDecided { .. }
            | Self::ReportedToVeiligThuis { .. }
            | Self::VeiligThuisAnswered { .. }
            | Self::ToldLaterReviewed { .. }
            | Self::PersonTold { .. }
            | Self::SafetyLaneCleared { .. } => Vec::new(),
        }
    }

    /// The professionals it names, besides who recorded it; each once, in order.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        let workers: Vec<WorkerId> = match self {
            Self::SafetyScreened { by, .. }
            | Self::SafetyMapped { by, .. }
            | Self::SafetyTalkJudged { by, .. }
            | Self::SafetyTalkHeld { by, .. }
            | Self::ReportedToVeiligThuis { by, .. }
            | Self::ToldLaterReviewed { by, .. }
            | Self::PersonTold { by, .. } => vec![*by],
            Self::SafetySignalRecorded { reported_by, observed_by, told_by, .. } => {
                std::iter::once(reported_by).chain(observed_by).chain(told_by).filter_map(worker_of).collect()
            }
            Self::SafetyConsulted { by, colleagues, .. } => [*by].into_iter().chain(colleagues.clone()).collect(),
            Self::SafetyWeighed { by, with, officer, .. } => {
                [*by].into_iter().chain(with.clone()).chain(*officer).collect()
            }
            Self::SafetyDecided { decided_by, .. } => decided_by.clone(),
            Self::ToldLaterDecided { decided_by, consulted, .. } => vec![*decided_by, *consulted],
            Self::VeiligThuisAnswered { .. } | Self::SafetyLaneCleared { .. } => Vec::new(),
        };
        each_once_in_order(&workers)
    }

    /// The people it is about, and the records it holds. What follows a signal leaves to the signal about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::SafetyScreened { words, .. }
            | Self::SafetyMapped { words, .. }
            | Self::SafetyConsulted { words, .. }
            | Self::SafetyTalkJudged { words, .. }
            | Self::SafetyTalkHeld { words, .. }
            | Self::SafetyWeighed { words, .. }
            | Self::ReportedToVeiligThuis { words, .. }
            | Self::ToldLaterDecided { words, .. }
            | Self::ToldLaterReviewed { words, .. }
            | Self::SafetyLaneCleared { words, .. } => vec![words.owner()],
            Self::SafetySignalRecorded { facts, judgement, reported_by, observed_by, told_by, .. } => {
                let spoke = std::iter::once(reported_by).chain(observed_by).chain(told_by).filter_map(record_of);
                [facts.owner()].into_iter().chain(judgement.iter().map(Personal::owner)).chain(spoke).collect()
            }
            Self::SafetyDecided { help, words, .. } => {
                [words.owner()].into_iter().chain(help.iter().map(Personal::owner)).collect()
            }
            Self::VeiligThuisAnswered { source, words, .. } => vec![words.owner(), source.owner()],
            Self::PersonTold { words, .. } => words.iter().map(Personal::owner).collect(),
        };
        self.persons().into_iter().map(Subject::Person).chain(records).collect()
    }
}

const fn person_of(speaker: &Speaker) -> Option<PersonId> {
    match speaker {
        Speaker::Person(person) => Some(*person),
        Speaker::Worker(_) | Speaker::Outside(_) => None,
    }
}

const fn worker_of(speaker: &Speaker) -> Option<WorkerId> {
    match speaker {
        Speaker::Worker(worker) => Some(*worker),
        Speaker::Person(_) | Speaker::Outside(_) => None,
    }
}

fn record_of(speaker: &Speaker) -> Option<Subject> {
    match speaker {
        Speaker::Outside(who) => Some(who.owner()),
        Speaker::Person(_) | Speaker::Worker(_) => None,
    }
}
