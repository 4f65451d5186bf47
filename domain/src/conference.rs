//! Conferences (rule 20): why one is held, for what, who is asked and who comes, what is agreed. A network meeting (netwerkberaad; 003:
//! 2077-2089, 2150-2163, 2268-2280) is of the family: the family decides, professionals inform, and somebody of the circle keeps the
//! peace (*bemiddelaar in de kring*). Whoever comes from outside comes with the consent of the family.
//!
//! What took place is taken as it went: a professional who decided a point after all is recorded, marked, and listed. One that derails is
//! stopped; each is then heard apart by a different colleague, none of them who led or stopped it, and about a week later it goes on with
//! those colleagues there (004b R46). In a consultation of several parties (MDO) the family takes part and professionals may decide too.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact, Organisation};
use crate::ids::{ConferenceId, PersonId, Subject, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::personal::Personal;
use crate::plan::Owner;
use crate::regie::Agreed;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod commands;
mod decide;
mod state;
mod stopped;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, CONFERENCE_UNKNOWN};
pub use commands::{ConferenceCommand, NewAttendee, NewConference, NewGuest, NewHeld, NewPoint, NewWord};
pub(crate) use decide::attendee;
pub use state::{Conference, Conferences, Heard, Held, NotResumed, StoppedConference};

/// What must follow: that a stopped conference goes on.
pub const CONFERENCE_RESUME_DUE: &str = "conference_resume";

/// What kind of conference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConferenceKind {
    /// The family and its network decide, professionals inform (netwerkberaad).
    NetworkMeeting,
    /// Several parties consult, with the family (MDO).
    Mdo,
    /// The same around a stuck case, with the regional expert team (RET-MDO; 004b 7656-7694).
    RetMdo,
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
    /// For which organisation this one comes, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
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
        /// Who leads it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        led_by: Option<WorkerId>,
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
        /// About whom nothing was discussed, who was asked along and has not answered.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_discussed: Vec<PersonId>,
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
    /// After a stop: who will hear whom, planned later or otherwise.
    HearingsPlanned {
        /// The conference.
        conference: ConferenceId,
        /// Who will hear whom.
        hearings: Vec<Hearing>,
    },
    /// After a stop: somebody was heard apart.
    HeardApart {
        /// The conference.
        conference: ConferenceId,
        /// Who.
        person: PersonId,
        /// By whom.
        listener: WorkerId,
        /// What came up, in the person's words.
        words: Option<Personal<Text>>,
    },
    /// After a stop: it went on.
    ConferenceResumed {
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
        /// About whom nothing was discussed, who was asked along and has not answered.
        not_discussed: Vec<PersonId>,
    },
    /// After a stop: it will not go on.
    ConferenceNotResumed {
        /// The conference.
        conference: ConferenceId,
        /// Why.
        reason: Personal<Text>,
    },
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
            | Self::ConferenceStopped { conference, .. }
            | Self::HearingsPlanned { conference, .. }
            | Self::HeardApart { conference, .. }
            | Self::ConferenceResumed { conference, .. }
            | Self::ConferenceNotResumed { conference, .. } => *conference,
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
            Self::ConferenceHeld { came, peacemaker, agreed, not_discussed, .. }
            | Self::ConferenceResumed { came, peacemaker, agreed, not_discussed, .. } => {
                let guests = came.iter().flat_map(|guest| asked(&guest.words).into_iter().chain(guest.who.person()));
                let points = agreed.iter().flat_map(|point| {
                    point.decided_by.iter().filter_map(|by| by.person()).chain(point.owner.person()).collect::<Vec<_>>()
                });
                guests.chain(points).chain(*peacemaker).chain(not_discussed.iter().copied()).collect()
            }
            Self::ConferenceStopped { hearings, .. } | Self::HearingsPlanned { hearings, .. } => {
                hearings.iter().map(|hearing| hearing.person).collect()
            }
            Self::HeardApart { person, .. } => vec![*person],
            Self::ConferenceNotResumed { .. } => Vec::new(),
        };
        each_once(&persons)
    }

    /// The professionals it names, besides who recorded it; each once, in order.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        let workers: Vec<WorkerId> = match self {
            Self::ConferenceCalled { invited, led_by, .. } => {
                invited.iter().filter_map(|guest| guest.who.worker()).chain(*led_by).collect()
            }
            Self::ConferenceHeld { came, agreed, .. } | Self::ConferenceResumed { came, agreed, .. } => {
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
            Self::HearingsPlanned { hearings, .. } => hearings.iter().map(|hearing| hearing.listener).collect(),
            Self::HeardApart { listener, .. } => vec![*listener],
            Self::ConferenceNotResumed { .. } => Vec::new(),
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
            Self::ConferenceHeld { came, agreed, words, .. } | Self::ConferenceResumed { came, agreed, words, .. } => {
                let guests = came.iter().flat_map(|guest| {
                    guest.left_early.as_ref().map(Personal::owner).into_iter().chain(guest.who.record())
                });
                let points = agreed.iter().map(|point| point.what.owner());
                guests.chain(points).chain([words.owner()]).collect()
            }
            Self::ConferenceStopped { reason, .. } | Self::ConferenceNotResumed { reason, .. } => vec![reason.owner()],
            Self::HearingsPlanned { .. } => Vec::new(),
            Self::HeardApart { words, .. } => words.iter().map(Personal::owner).collect(),
        };
        self.persons().into_iter().map(Subject::Person).chain(records).collect()
    }
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

/// Whether the conference is not there that this fact speaks of, or was not stopped where that is what it follows.
pub(crate) fn missing(state: &CaseState, event: &ConferenceEvent) -> bool {
    match event {
        ConferenceEvent::ConferenceCalled { .. } => false,
        ConferenceEvent::ConferenceHeld { conference, .. } | ConferenceEvent::ConferenceStopped { conference, .. } => {
            state.conferences.get(*conference).is_none()
        }
        ConferenceEvent::HearingsPlanned { conference, .. }
        | ConferenceEvent::HeardApart { conference, .. }
        | ConferenceEvent::ConferenceResumed { conference, .. }
        | ConferenceEvent::ConferenceNotResumed { conference, .. } => {
            state.conferences.get(*conference).is_none_or(|known| known.stopped.is_none())
        }
    }
}
