//! What can be asked about conferences, and how a conference is given.

use serde::Serialize;

use super::{ConferenceKind, Hearing, Part};
use crate::fact::Organisation;
use crate::ids::{ConferenceId, PersonId, WorkerId};
use crate::plan::Owner;
use crate::regie::Agreed;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// What can be asked about conferences.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ConferenceCommand {
    /// Call one.
    CallConference(Box<NewConference>),
    /// Record that it was held.
    RecordConference(Box<NewHeld>),
    /// Record that it was stopped.
    StopConference {
        /// The conference.
        conference: ConferenceId,
        /// What happened.
        reason: Text,
        /// Who stopped it; who records it when nothing is said.
        stopped_by: Option<WorkerId>,
        /// Who will hear whom.
        hearings: Vec<Hearing>,
        /// The day for which it is planned to go on.
        resumes: Option<CivilDay>,
    },
    /// Plan who will hear whom after a stop.
    PlanHearings {
        /// The conference.
        conference: ConferenceId,
        /// Who will hear whom.
        hearings: Vec<Hearing>,
    },
    /// Record that somebody was heard apart.
    RecordHearing {
        /// The conference.
        conference: ConferenceId,
        /// Who.
        person: PersonId,
        /// By whom; who records it when nothing is said.
        listener: Option<WorkerId>,
        /// What came up, in the person's words.
        words: Option<Text>,
        /// Where it went otherwise than a rule says: why.
        explanation: Option<Text>,
    },
    /// Record that it went on.
    ResumeConference(Box<NewHeld>),
    /// Record that it will not go on.
    EndStoppedConference {
        /// The conference.
        conference: ConferenceId,
        /// Why.
        reason: Text,
    },
}

/// Who is asked or came, as given in a command.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewAttendee {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else who comes for an organisation.
    Outside(Line),
}

impl NewAttendee {
    /// Who of the family or network, if it is one of them.
    pub(crate) const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Worker(_) | Self::Outside(_) => None,
        }
    }

    /// How somebody from outside is named.
    pub(crate) fn outside(&self) -> Option<&str> {
        match self {
            Self::Outside(who) => Some(who.as_str()),
            Self::Person(_) | Self::Worker(_) => None,
        }
    }
}

/// What somebody of the family said about somebody being there, as given in a command.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NewWord {
    /// Who was asked.
    pub person: PersonId,
    /// Yes or no; nothing while there is no answer.
    pub agrees: Option<bool>,
}

/// Who is asked or came, with what they do there, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewGuest {
    /// Who.
    pub who: NewAttendee,
    /// What this one does there; the family decides and others inform when nothing is said.
    pub part: Option<Part>,
    /// What the family said about this one being there.
    pub words: Vec<NewWord>,
    /// Of whoever left before the end: how that went. Nobody leaves before it is held.
    pub left_early: Option<Text>,
    /// For which organisation this one comes, when said.
    pub organisation: Option<Organisation>,
}

/// A conference as given in a command. The occasion, about whom and who is asked; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewConference {
    /// Which kind.
    pub kind: ConferenceKind,
    /// The occasion.
    pub occasion: Text,
    /// The purpose.
    pub purpose: Option<Text>,
    /// What it is to yield.
    pub expected: Option<Text>,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// Who is asked.
    pub invited: Vec<NewGuest>,
    /// Who keeps the peace.
    pub peacemaker: Option<PersonId>,
    /// The day for which it is planned.
    pub planned: Option<CivilDay>,
    /// Who leads it.
    pub led_by: Option<WorkerId>,
}

/// Something that was agreed, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewPoint {
    /// What.
    pub what: Text,
    /// Who decided it.
    pub decided_by: Vec<Agreed>,
    /// Who does it.
    pub owner: Owner,
    /// By which day.
    pub by: Option<CivilDay>,
}

/// That a conference was held or went on, as given in a command. Who came and one sentence; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewHeld {
    /// The conference.
    pub conference: ConferenceId,
    /// Who came.
    pub came: Vec<NewGuest>,
    /// Who kept the peace; who was to when nothing is said.
    pub peacemaker: Option<PersonId>,
    /// What was agreed.
    pub agreed: Vec<NewPoint>,
    /// What it yielded, in a sentence.
    pub words: Text,
    /// About whom nothing was discussed, who was asked along and has not answered.
    pub not_discussed: Vec<PersonId>,
    /// Where it went otherwise than a rule says: why.
    pub explanation: Option<Text>,
}

impl ConferenceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CallConference(_) => "callConference",
            Self::RecordConference(_) => "recordConference",
            Self::StopConference { .. } => "stopConference",
            Self::PlanHearings { .. } => "planHearings",
            Self::RecordHearing { .. } => "recordHearing",
            Self::ResumeConference(_) => "resumeConference",
            Self::EndStoppedConference { .. } => "endStoppedConference",
        }
    }

    /// The earlier conference that it names.
    #[must_use]
    pub fn conference(&self) -> Option<ConferenceId> {
        match self {
            Self::CallConference(_) => None,
            Self::RecordConference(new) | Self::ResumeConference(new) => Some(new.conference),
            Self::StopConference { conference, .. }
            | Self::PlanHearings { conference, .. }
            | Self::RecordHearing { conference, .. }
            | Self::EndStoppedConference { conference, .. } => Some(*conference),
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::CallConference(new) => {
                let NewConference {
                    kind: _,
                    occasion,
                    purpose,
                    expected,
                    about: _,
                    invited,
                    peacemaker: _,
                    planned: _,
                    led_by: _,
                } = &**new;
                let words =
                    [Some(occasion), purpose.as_ref(), expected.as_ref()].into_iter().flatten().map(Text::as_str);
                words.chain(invited.iter().flat_map(of_guest)).collect()
            }
            Self::RecordConference(new) | Self::ResumeConference(new) => {
                let NewHeld { conference: _, came, peacemaker: _, agreed, words, not_discussed: _, explanation } =
                    &**new;
                let points = agreed.iter().map(|point| {
                    let NewPoint { what, decided_by: _, owner: _, by: _ } = point;
                    what.as_str()
                });
                let said = std::iter::once(words).chain(explanation).map(Text::as_str);
                said.chain(came.iter().flat_map(of_guest)).chain(points).collect()
            }
            Self::StopConference { conference: _, reason, stopped_by: _, hearings: _, resumes: _ } => {
                vec![reason.as_str()]
            }
            Self::PlanHearings { conference: _, hearings: _ } => Vec::new(),
            Self::RecordHearing { conference: _, person: _, listener: _, words, explanation } => {
                words.iter().chain(explanation).map(Text::as_str).collect()
            }
            Self::EndStoppedConference { conference: _, reason } => vec![reason.as_str()],
        }
    }
}

fn of_guest(guest: &NewGuest) -> Vec<&str> {
    let NewGuest { who, part: _, words: _, left_early, organisation: _ } = guest;
    who.outside().into_iter().chain(left_early.as_ref().map(Text::as_str)).collect()
}
