//! Conferences (rule 20): why one is held, for what, who is asked and who comes, what is agreed. A network meeting (netwerkberaad; 003:
//! 2077-2089, 2150-2163, 2268-2280) is of the family: the family decides, professionals inform, and somebody of the circle keeps the
//! peace (*bemiddelaar in de kring*). Whoever comes from outside comes with the consent of the family.
//!
//! What took place is taken as it went: a professional who decided a point after all is recorded, marked, and listed. One that derails is
//! stopped, with who will hear whom.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{ConferenceId, PersonId, Subject, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::personal::Personal;
use crate::plan::Owner;
use crate::regie::Agreed;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, CONFERENCE_UNKNOWN};
pub(crate) use decide::attendee;
pub use state::{Conference, Conferences, Held, StoppedConference};

/// What kind of conference. Others than the network meeting come later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConferenceKind {
    /// The family and its network decide, professionals inform (netwerkberaad).
    NetworkMeeting,
}

/// Who is asked to a conference, or comes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendee {
    /// Somebody of the family or its network.
    Person(PersonId),
    /// A professional.
    Worker(WorkerId),
    /// Somebody else who comes for an organisation.
    Outside(Personal<Line>),
}

impl Attendee {
    /// Who of the family or network, if it is one of them.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Worker(_) | Self::Outside(_) => None,
        }
    }

    /// The professional, if it is one.
    #[must_use]
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Worker(worker) => Some(*worker),
            Self::Person(_) | Self::Outside(_) => None,
        }
    }

    /// The record in which somebody from outside is named.
    pub(crate) fn record(&self) -> Option<Subject> {
        match self {
            Self::Outside(who) => Some(who.owner()),
            Self::Person(_) | Self::Worker(_) => None,
        }
    }
}

/// What somebody does in a conference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Decides.
    Decides,
    /// Tells what is known, and decides nothing.
    Informs,
}

/// What somebody of the family said when asked whether this one may be there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Word {
    /// Who was asked.
    pub person: PersonId,
    /// Yes or no; nothing while there is no answer.
    pub agrees: Option<Personal<bool>>,
}

impl Word {
    /// Whether it is a yes that can be read.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        self.agrees.as_ref().and_then(Personal::known) == Some(&true)
    }

    /// Whether it is a no that can be read.
    #[must_use]
    pub fn is_no(&self) -> bool {
        self.agrees.as_ref().and_then(Personal::known) == Some(&false)
    }
}

/// Somebody who is asked to come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub who: Attendee,
    /// To do what.
    pub part: Part,
    /// What the family said about this one being there; each person once.
    pub words: Vec<Word>,
}

/// Somebody who came.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Came {
    /// Who.
    pub who: Attendee,
    /// What this one did.
    pub part: Part,
    /// What the family said about this one being there; each person once.
    pub words: Vec<Word>,
    /// Of whoever left before the end: how that went.
    pub left_early: Option<Personal<Text>>,
}

/// Something that was agreed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Point {
    /// What.
    pub what: Personal<Text>,
    /// Who decided it.
    pub decided_by: Vec<Agreed>,
    /// Who does it.
    pub owner: Owner,
    /// By which day.
    pub by: Option<CivilDay>,
}

/// That somebody will be heard apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hearing {
    /// Who.
    pub person: PersonId,
    /// By whom.
    pub listener: WorkerId,
}

/// What can happen about conferences.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ConferenceEvent {
    /// A conference was called: why, for what, and who is asked.
    ConferenceCalled {
        /// The conference.
        conference: ConferenceId,
        /// Which kind.
        kind: ConferenceKind,
        /// The occasion.
        occasion: Personal<Text>,
        /// The purpose.
        purpose: Option<Personal<Text>>,
        /// What it is to yield.
        expected: Option<Personal<Text>>,
        /// About whom of the case; each once, never nobody.
        about: Vec<PersonId>,
        /// Who is asked.
        invited: Vec<Invited>,
        /// Who keeps the peace (bemiddelaar in de kring).
        peacemaker: Option<PersonId>,
        /// The day for which it is planned.
        planned: Option<CivilDay>,
    },
    /// It was held.
    ConferenceHeld {
        /// The conference.
        conference: ConferenceId,
        /// Who came.
        came: Vec<Came>,
        /// Who kept the peace.
        peacemaker: Option<PersonId>,
        /// What was agreed.
        agreed: Vec<Point>,
        /// What it yielded, in a sentence.
        words: Personal<Text>,
    },
    /// It was stopped because it derailed.
    ConferenceStopped {
        /// The conference.
        conference: ConferenceId,
        /// What happened.
        reason: Personal<Text>,
        /// Who stopped it.
        stopped_by: WorkerId,
        /// Who will hear whom.
        hearings: Vec<Hearing>,
        /// The day for which it is planned to go on.
        resumes: Option<CivilDay>,
    },
}

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

/// That a conference was held, as given in a command. Who came and one sentence; all else may be left out.
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
    /// Where it went otherwise than a rule says: why.
    pub explanation: Option<Text>,
}

impl ConferenceEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Which conference.
    #[must_use]
    pub const fn conference(&self) -> ConferenceId {
        match self {
            Self::ConferenceCalled { conference, .. }
            | Self::ConferenceHeld { conference, .. }
            | Self::ConferenceStopped { conference, .. } => *conference,
        }
    }

    /// Everyone of the case whom it names; each once.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        let asked = |words: &[Word]| words.iter().map(|word| word.person).collect::<Vec<_>>();
        let persons: Vec<PersonId> = match self {
            Self::ConferenceCalled { about, invited, peacemaker, .. } => {
                let guests = invited.iter().flat_map(|guest| asked(&guest.words).into_iter().chain(guest.who.person()));
                about.iter().copied().chain(guests).chain(*peacemaker).collect()
            }
            Self::ConferenceHeld { came, peacemaker, agreed, .. } => {
                let guests = came.iter().flat_map(|guest| asked(&guest.words).into_iter().chain(guest.who.person()));
                let points = agreed.iter().flat_map(|point| {
                    point.decided_by.iter().filter_map(|by| by.person()).chain(point.owner.person()).collect::<Vec<_>>()
                });
                guests.chain(points).chain(*peacemaker).collect()
            }
            Self::ConferenceStopped { hearings, .. } => hearings.iter().map(|hearing| hearing.person).collect(),
        };
        each_once(&persons)
    }

    /// The professionals it names, besides who recorded it; each once, in order.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        let workers: Vec<WorkerId> = match self {
            Self::ConferenceCalled { invited, .. } => invited.iter().filter_map(|guest| guest.who.worker()).collect(),
            Self::ConferenceHeld { came, agreed, .. } => {
                let decided = agreed.iter().flat_map(|point| point.decided_by.iter()).filter_map(|by| match by {
                    Agreed::Worker(worker) => Some(*worker),
                    Agreed::Person(_) => None,
                });
                let own = agreed.iter().filter_map(|point| point.owner.worker());
                came.iter().filter_map(|guest| guest.who.worker()).chain(decided).chain(own).collect()
            }
            Self::ConferenceStopped { stopped_by, hearings, .. } => {
                hearings.iter().map(|hearing| hearing.listener).chain([*stopped_by]).collect()
            }
        };
        each_once_in_order(&workers)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let records: Vec<Subject> = match self {
            Self::ConferenceCalled { occasion, purpose, expected, invited, .. } => {
                let words = [Some(occasion), purpose.as_ref(), expected.as_ref()].into_iter().flatten();
                words.map(Personal::owner).chain(invited.iter().filter_map(|guest| guest.who.record())).collect()
            }
            Self::ConferenceHeld { came, agreed, words, .. } => {
                let guests = came.iter().flat_map(|guest| {
                    guest.left_early.as_ref().map(Personal::owner).into_iter().chain(guest.who.record())
                });
                let points = agreed.iter().map(|point| point.what.owner());
                guests.chain(points).chain([words.owner()]).collect()
            }
            Self::ConferenceStopped { reason, .. } => vec![reason.owner()],
        };
        self.persons().into_iter().map(Subject::Person).chain(records).collect()
    }
}

impl ConferenceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CallConference(_) => "callConference",
            Self::RecordConference(_) => "recordConference",
            Self::StopConference { .. } => "stopConference",
        }
    }

    /// The earlier conference that it names.
    #[must_use]
    pub fn conference(&self) -> Option<ConferenceId> {
        match self {
            Self::CallConference(_) => None,
            Self::RecordConference(new) => Some(new.conference),
            Self::StopConference { conference, .. } => Some(*conference),
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
                } = &**new;
                let words =
                    [Some(occasion), purpose.as_ref(), expected.as_ref()].into_iter().flatten().map(Text::as_str);
                words.chain(invited.iter().flat_map(of_guest)).collect()
            }
            Self::RecordConference(new) => {
                let NewHeld { conference: _, came, peacemaker: _, agreed, words, explanation } = &**new;
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
        }
    }
}

fn of_guest(guest: &NewGuest) -> Vec<&str> {
    let NewGuest { who, part: _, words: _, left_early } = guest;
    who.outside().into_iter().chain(left_early.as_ref().map(Text::as_str)).collect()
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ConferenceCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history, on, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ConferenceEvent) {
    state.conferences.apply(fact, event);
}

/// Whether the conference is not there that this fact speaks of.
pub(crate) fn missing(state: &CaseState, event: &ConferenceEvent) -> bool {
    match event {
        ConferenceEvent::ConferenceCalled { .. } => false,
        ConferenceEvent::ConferenceHeld { conference, .. } | ConferenceEvent::ConferenceStopped { conference, .. } => {
            state.conferences.get(*conference).is_none()
        }
    }
}
