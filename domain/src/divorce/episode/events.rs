//! What can happen in an episode of a divorce, and what can be asked.

use serde::{Deserialize, Serialize};

use super::machine::EpisodeStep;
use crate::ids::{EpisodeId, EventId, PersonId, Subject, WorkerId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// The road that triage chooses (divorce.md, "Two tracks, one choice"). Nothing makes one follow the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivorceTrack {
    /// Shared parenting after divorce: both parents at one table.
    Dons,
    /// Rest by going apart: a plan for each household.
    PlanPerHousehold,
    /// Other help or information fits better.
    Redirected,
}

impl DivorceTrack {
    /// Every track.
    pub const ALL: [Self; 3] = [Self::Dons, Self::PlanPerHousehold, Self::Redirected];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dons => "dons",
            Self::PlanPerHousehold => "plan_per_household",
            Self::Redirected => "redirected",
        }
    }
}

/// What professionals see of a complex divorce (004b R25). The fourth that the text describes, a hard personality structure or trauma, is
/// no field: of that only what the parent names is kept, as [`EpisodeEvent::ParentStrainNamed`], and what is seen here is that it was named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// There is no balance; the conflict keeps flaring.
    KeepsFlaring,
    /// A parent named a strain of their own.
    StrainNamed,
    /// They talk in a way that destroys.
    DestructiveCommunication,
    /// Each says of the other that there is violence or neglect. Counts only after the meldcode steps weighed it.
    MutualAccusations,
}

impl Feature {
    /// Every feature.
    pub const ALL: [Self; 4] =
        [Self::KeepsFlaring, Self::StrainNamed, Self::DestructiveCommunication, Self::MutualAccusations];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeepsFlaring => "keeps_flaring",
            Self::StrainNamed => "strain_named",
            Self::DestructiveCommunication => "destructive_communication",
            Self::MutualAccusations => "mutual_accusations",
        }
    }
}

/// Who noticed something.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticedBy {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else, as described.
    Outside(Personal<Line>),
}

/// That a professional saw a feature.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SeenFeature {
    /// Which.
    pub feature: Personal<Feature>,
    /// Who saw it.
    pub by: WorkerId,
    /// What was seen or heard.
    pub what: Option<Personal<Text>>,
}

/// A road that was weighed and not taken.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Alternative {
    /// Which.
    pub track: DivorceTrack,
    /// Why not.
    pub reason: Personal<Text>,
}

/// What was weighed in choosing a track.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Weighed {
    /// Why this track.
    pub reason: Personal<Text>,
    /// What was weighed beside it; each track once.
    pub alternatives: Vec<Alternative>,
    /// The parents who were informed.
    pub informed: Vec<PersonId>,
    /// Why a parent was not.
    pub not_informed: Option<Personal<Text>>,
}

/// What can happen in an episode.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum EpisodeEvent {
    /// Somebody noticed something: an episode begins, or one that runs has a signal more.
    DivorceSignalRecorded {
        /// The episode.
        episode: EpisodeId,
        /// The parents as they were then.
        about: Vec<PersonId>,
        /// Who noticed it.
        noticed_by: NoticedBy,
        /// What, in one sentence.
        words: Personal<Text>,
    },
    /// The parents are parents together or beside each other: it settles (*komt tot rust*).
    DivorceSettling {
        /// The episode.
        episode: EpisodeId,
        /// The day that was agreed to look back once.
        look_back: Option<CivilDay>,
        /// What shows it.
        words: Personal<Text>,
    },
    /// A parent named a strain of their own, in their words.
    ParentStrainNamed {
        /// The parent.
        person: PersonId,
        /// What that parent said.
        words: Personal<Text>,
    },
    /// Professionals recognised a complex divorce.
    ComplexDivorceRecognised {
        /// The episode.
        episode: EpisodeId,
        /// What they saw.
        seen: Vec<SeenFeature>,
        /// How they came to it.
        rationale: Personal<Text>,
        /// The parents to whom it must be acknowledged.
        parents: Vec<PersonId>,
    },
    /// It was acknowledged to one parent: another moment than that it was recognised (004b R24).
    ComplexDivorceAcknowledged {
        /// The episode.
        episode: EpisodeId,
        /// The parent.
        person: PersonId,
        /// Whether the parent could be spoken with.
        reached: bool,
        /// How that went; of whom was not reached, what was tried.
        words: Option<Personal<Text>>,
    },
    /// Triage chose a track.
    DivorceTriageDecided {
        /// The episode.
        episode: EpisodeId,
        /// The track.
        track: DivorceTrack,
        /// What was weighed.
        weighed: Weighed,
    },
    /// From one track to another, without going back to triage.
    DivorceTrackSwitched {
        /// The episode.
        episode: EpisodeId,
        /// The track.
        track: DivorceTrack,
        /// What was weighed.
        weighed: Weighed,
    },
    /// A person took a step of the episode.
    DivorceEpisodeMoved {
        /// The episode.
        episode: EpisodeId,
        /// Which step.
        step: EpisodeStep,
        /// Why, or how it went.
        words: Personal<Text>,
        /// The flare-ups that it answers.
        flare_ups: Vec<EventId>,
    },
}

/// Who noticed something, as given in a command.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewNoticedBy {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else, as described.
    Outside(Line),
}

/// That a professional saw a feature, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewSeen {
    /// Which.
    pub feature: Feature,
    /// Who saw it.
    pub by: WorkerId,
    /// What was seen or heard.
    pub what: Option<Text>,
}

/// A choice of a track, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewChoice {
    /// The track.
    pub track: DivorceTrack,
    /// Why.
    pub reason: Text,
    /// What was weighed beside it, each with why not.
    pub alternatives: Vec<(DivorceTrack, Text)>,
    /// The parents who were informed.
    pub informed: Vec<PersonId>,
    /// Why a parent was not.
    pub not_informed: Option<Text>,
}

/// What can be asked about an episode.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum EpisodeCommand {
    /// Record what somebody noticed.
    RecordDivorceSignal {
        /// Who noticed it.
        noticed_by: NewNoticedBy,
        /// What, in one sentence.
        words: Text,
    },
    /// Let it settle.
    SettleDivorceEpisode {
        /// The day that was agreed to look back once.
        look_back: Option<CivilDay>,
        /// What shows it.
        words: Text,
    },
    /// Record a strain that a parent named.
    RecordNamedStrain {
        /// The parent.
        person: PersonId,
        /// What that parent said.
        words: Text,
    },
    /// Recognise a complex divorce.
    RecogniseComplexDivorce {
        /// What was seen, and by whom.
        seen: Vec<NewSeen>,
        /// How you came to it.
        rationale: Text,
    },
    /// Record that it was acknowledged to a parent, or that the parent could not be reached.
    AcknowledgeComplexDivorce {
        /// The parent.
        person: PersonId,
        /// Whether the parent could be spoken with.
        reached: bool,
        /// How that went; of whom was not reached, what was tried.
        words: Option<Text>,
    },
    /// Choose a track.
    DecideDivorceTriage(NewChoice),
    /// Go over to another track.
    SwitchDivorceTrack(NewChoice),
    /// Take a step of the episode.
    TakeDivorceStep {
        /// Which.
        step: EpisodeStep,
        /// Why, or how it went.
        words: Text,
    },
}

impl NoticedBy {
    /// Who of the family or network, if it was one of them.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Worker(_) | Self::Outside(_) => None,
        }
    }

    /// The professional, if it was one.
    #[must_use]
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Worker(worker) => Some(*worker),
            Self::Person(_) | Self::Outside(_) => None,
        }
    }

    fn record(&self) -> Option<Subject> {
        match self {
            Self::Outside(who) => Some(who.owner()),
            Self::Person(_) | Self::Worker(_) => None,
        }
    }
}

impl Weighed {
    fn records(&self) -> impl Iterator<Item = Subject> + '_ {
        let alternatives = self.alternatives.iter().map(|one| one.reason.owner());
        alternatives.chain([self.reason.owner()]).chain(self.not_informed.as_ref().map(Personal::owner))
    }
}

impl EpisodeEvent {
    /// Of which episode it is; nothing when it is of a parent alone.
    #[must_use]
    pub const fn episode(&self) -> Option<EpisodeId> {
        match self {
            Self::DivorceSignalRecorded { episode, .. }
            | Self::DivorceSettling { episode, .. }
            | Self::ComplexDivorceRecognised { episode, .. }
            | Self::ComplexDivorceAcknowledged { episode, .. }
            | Self::DivorceTriageDecided { episode, .. }
            | Self::DivorceTrackSwitched { episode, .. }
            | Self::DivorceEpisodeMoved { episode, .. } => Some(*episode),
            Self::ParentStrainNamed { .. } => None,
        }
    }

    /// The parent whose own it is, when it concerns one alone.
    #[must_use]
    pub const fn of_one(&self) -> Option<PersonId> {
        match self {
            Self::ParentStrainNamed { person, .. } | Self::ComplexDivorceAcknowledged { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// Everyone of the case whom it names; each once.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        match self {
            Self::DivorceSignalRecorded { about, noticed_by, .. } => {
                each_once(&about.iter().copied().chain(noticed_by.person()).collect::<Vec<_>>())
            }
            Self::ParentStrainNamed { person, .. } | Self::ComplexDivorceAcknowledged { person, .. } => vec![*person],
            Self::ComplexDivorceRecognised { parents, .. } => each_once(parents),
            Self::DivorceTriageDecided { weighed, .. } | Self::DivorceTrackSwitched { weighed, .. } => {
                each_once(&weighed.informed)
            }
            Self::DivorceSettling { .. } | Self::DivorceEpisodeMoved { .. } => Vec::new(),
        }
    }

    /// The professionals it names, besides who recorded it; each once.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::DivorceSignalRecorded { noticed_by, .. } => noticed_by.worker().into_iter().collect(),
            Self::ComplexDivorceRecognised { seen, .. } => {
                each_once(&seen.iter().map(|one| one.by).collect::<Vec<_>>())
            }
            _ => Vec::new(),
        }
    }

    pub(in crate::divorce) fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::DivorceSignalRecorded { noticed_by, words, .. } => {
                noticed_by.record().into_iter().chain([words.owner()]).collect()
            }
            Self::DivorceSettling { words, .. }
            | Self::ParentStrainNamed { words, .. }
            | Self::DivorceEpisodeMoved { words, .. } => vec![words.owner()],
            Self::ComplexDivorceRecognised { seen, rationale, .. } => {
                let features = seen
                    .iter()
                    .flat_map(|one| [one.feature.owner()].into_iter().chain(one.what.as_ref().map(Personal::owner)));
                features.chain([rationale.owner()]).collect()
            }
            Self::ComplexDivorceAcknowledged { words, .. } => words.iter().map(Personal::owner).collect(),
            Self::DivorceTriageDecided { weighed, .. } | Self::DivorceTrackSwitched { weighed, .. } => {
                weighed.records().collect()
            }
        };
        self.persons().into_iter().map(Subject::Person).chain(each_once(&records)).collect()
    }
}

impl EpisodeCommand {
    pub(in crate::divorce) const fn name(&self) -> &'static str {
        match self {
            Self::RecordDivorceSignal { .. } => "recordDivorceSignal",
            Self::SettleDivorceEpisode { .. } => "settleDivorceEpisode",
            Self::RecordNamedStrain { .. } => "recordNamedStrain",
            Self::RecogniseComplexDivorce { .. } => "recogniseComplexDivorce",
            Self::AcknowledgeComplexDivorce { .. } => "acknowledgeComplexDivorce",
            Self::DecideDivorceTriage(_) => "decideDivorceTriage",
            Self::SwitchDivorceTrack(_) => "switchDivorceTrack",
            Self::TakeDivorceStep { step, .. } => step.command(),
        }
    }

    /// Whether it chooses or ends something for the family; all else tells what took place (rule 0).
    pub(in crate::divorce) const fn is_act(&self) -> bool {
        match self {
            Self::RecordDivorceSignal { .. }
            | Self::RecordNamedStrain { .. }
            | Self::AcknowledgeComplexDivorce { .. } => false,
            Self::SettleDivorceEpisode { .. }
            | Self::RecogniseComplexDivorce { .. }
            | Self::DecideDivorceTriage(_)
            | Self::SwitchDivorceTrack(_) => true,
            Self::TakeDivorceStep { step, .. } => !matches!(step, EpisodeStep::LookedBack),
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordDivorceSignal { noticed_by, words } => {
                let outside = match noticed_by {
                    NewNoticedBy::Outside(who) => Some(who.as_str()),
                    NewNoticedBy::Person(_) | NewNoticedBy::Worker(_) => None,
                };
                outside.into_iter().chain([words.as_str()]).collect()
            }
            Self::SettleDivorceEpisode { look_back: _, words }
            | Self::RecordNamedStrain { person: _, words }
            | Self::TakeDivorceStep { step: _, words } => vec![words.as_str()],
            Self::RecogniseComplexDivorce { seen, rationale } => {
                seen.iter().filter_map(|one| one.what.as_ref()).chain([rationale]).map(Text::as_str).collect()
            }
            Self::AcknowledgeComplexDivorce { person: _, reached: _, words } => {
                words.iter().map(Text::as_str).collect()
            }
            Self::DecideDivorceTriage(choice) | Self::SwitchDivorceTrack(choice) => {
                let NewChoice { track: _, reason, alternatives, informed: _, not_informed } = choice;
                let why_not = alternatives.iter().map(|(_, reason)| reason);
                why_not.chain([reason]).chain(not_informed).map(Text::as_str).collect()
            }
        }
    }
}
