//! Conferences as they were called, held and stopped.

use std::collections::BTreeMap;

use super::{Came, ConferenceEvent, ConferenceKind, Hearing, Invited, Point};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{ConferenceId, EventId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::CivilDay;

/// A conference.
#[derive(Clone, PartialEq, Debug)]
pub struct Conference {
    /// The conference.
    pub id: ConferenceId,
    /// Which kind.
    pub kind: ConferenceKind,
    /// The day on which it was called.
    pub called: CivilDay,
    /// The occasion.
    pub occasion: Personal<Text>,
    /// The purpose.
    pub purpose: Option<Personal<Text>>,
    /// What it is to yield.
    pub expected: Option<Personal<Text>>,
    /// About whom of the case.
    pub about: Vec<PersonId>,
    /// Who is asked.
    pub invited: Vec<Invited>,
    /// Who keeps the peace.
    pub peacemaker: Option<PersonId>,
    /// The day for which it is planned.
    pub planned: Option<CivilDay>,
    /// Who leads it.
    pub led_by: Option<WorkerId>,
    /// That it was held; `None` while it was not.
    pub held: Option<Held>,
    /// That it was stopped.
    pub stopped: Option<StoppedConference>,
    /// After a stop: who was heard apart, by the fact that says so, in no order that says anything.
    pub heard: BTreeMap<EventId, Heard>,
    /// After a stop: that it went on.
    pub resumed: Option<Held>,
    /// After a stop: that it will not go on.
    pub not_resumed: Option<NotResumed>,
    /// The fact that it was called.
    pub fact: EventId,
}

/// That a conference was held, or went on.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// The day.
    pub day: CivilDay,
    /// Who came.
    pub came: Vec<Came>,
    /// Who kept the peace.
    pub peacemaker: Option<PersonId>,
    /// What was agreed.
    pub agreed: Vec<Point>,
    /// What it yielded.
    pub words: Personal<Text>,
    /// About whom nothing was discussed, who was asked along and has not answered.
    pub not_discussed: Vec<PersonId>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That somebody was heard apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Heard {
    /// The day.
    pub day: CivilDay,
    /// Who.
    pub person: PersonId,
    /// By whom.
    pub listener: WorkerId,
    /// What came up.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a stopped conference will not go on.
#[derive(Clone, PartialEq, Debug)]
pub struct NotResumed {
    /// The day.
    pub day: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a conference was stopped.
#[derive(Clone, PartialEq, Debug)]
pub struct StoppedConference {
    /// The day.
    pub day: CivilDay,
    /// What happened.
    pub reason: Personal<Text>,
    /// Who stopped it.
    pub stopped_by: WorkerId,
    /// Who will hear whom, as planned when it was stopped.
    pub hearings: Vec<Hearing>,
    /// What was planned later, in the order told: the day, who will hear whom, the fact.
    pub planned_later: Vec<(CivilDay, Vec<Hearing>, EventId)>,
    /// The day for which it is planned to go on.
    pub resumes: Option<CivilDay>,
    /// By when it goes on.
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

impl StoppedConference {
    /// Who will hear whom by what was planned last about each, in the order told.
    #[must_use]
    pub fn planned(&self) -> Vec<Hearing> {
        self.planned_in(&self.planned_later)
    }

    /// The same, by what was planned by this day.
    #[must_use]
    pub fn planned_by(&self, day: CivilDay) -> Vec<Hearing> {
        let by_then: Vec<_> = self.planned_later.iter().filter(|(on, ..)| *on <= day).cloned().collect();
        self.planned_in(&by_then)
    }

    fn planned_in(&self, later: &[(CivilDay, Vec<Hearing>, EventId)]) -> Vec<Hearing> {
        let mut planned: Vec<Hearing> = Vec::new();
        for hearing in self.hearings.iter().chain(later.iter().flat_map(|(_, hearings, _)| hearings)) {
            planned.retain(|earlier| earlier.person != hearing.person);
            planned.push(*hearing);
        }
        planned
    }
}

impl Conference {
    /// The colleagues who heard somebody after the stop; before anybody was heard, who will.
    #[must_use]
    pub fn listeners(&self) -> Vec<WorkerId> {
        let mut listeners: Vec<WorkerId> = self.heard.values().map(|heard| heard.listener).collect();
        if listeners.is_empty() {
            let planned = self.stopped.iter().flat_map(StoppedConference::planned);
            listeners = planned.map(|hearing| hearing.listener).collect();
        }
        listeners.sort_unstable();
        listeners.dedup();
        listeners
    }

    /// Whether it was stopped and nobody said since that it went on, or will not.
    #[must_use]
    pub const fn waits_to_go_on(&self) -> bool {
        self.stopped.is_some() && self.resumed.is_none() && self.not_resumed.is_none()
    }
}

/// Conferences: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conferences {
    all: BTreeMap<ConferenceId, Conference>,
}

impl Conferences {
    /// Every conference, in no order that says anything.
    #[must_use]
    pub fn all(&self) -> Vec<&Conference> {
        self.all.values().collect()
    }

    /// This conference.
    #[must_use]
    pub fn get(&self, conference: ConferenceId) -> Option<&Conference> {
        self.all.get(&conference)
    }

    /// The stopped ones that wait to go on.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        let waits = self.all.values().filter(|conference| conference.waits_to_go_on());
        waits.filter_map(|conference| conference.stopped.as_ref()?.due.clone())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ConferenceEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            ConferenceEvent::ConferenceCalled {
                conference,
                kind,
                occasion,
                purpose,
                expected,
                about,
                invited,
                peacemaker,
                planned,
                led_by,
            } => {
                let called = Conference {
                    id: conference,
                    kind,
                    called: day,
                    occasion,
                    purpose,
                    expected,
                    about,
                    invited,
                    peacemaker,
                    planned,
                    led_by,
                    held: None,
                    stopped: None,
                    heard: BTreeMap::new(),
                    resumed: None,
                    not_resumed: None,
                    fact: id,
                };
                self.all.insert(conference, called);
            }
            ConferenceEvent::ConferenceHeld { conference, came, peacemaker, agreed, words, not_discussed } => {
                let held = Held { day, came, peacemaker, agreed, words, not_discussed, fact: id };
                self.change(conference, |known| known.held = Some(held));
            }
            ConferenceEvent::ConferenceStopped { conference, reason, stopped_by, hearings, resumes } => {
                let (planned_later, due) = (Vec::new(), fact.due.first().cloned());
                let stopped =
                    StoppedConference { day, reason, stopped_by, hearings, planned_later, resumes, due, fact: id };
                self.change(conference, |known| known.stopped = Some(stopped));
            }
            ConferenceEvent::HearingsPlanned { conference, hearings } => self.change(conference, |known| {
                if let Some(stopped) = &mut known.stopped {
                    stopped.planned_later.push((day, hearings, id));
                }
            }),
            ConferenceEvent::HeardApart { conference, person, listener, words } => {
                let heard = Heard { day, person, listener, words, fact: id };
                self.change(conference, |known| drop(known.heard.insert(id, heard)));
            }
            ConferenceEvent::ConferenceResumed { conference, came, peacemaker, agreed, words, not_discussed } => {
                let resumed = Held { day, came, peacemaker, agreed, words, not_discussed, fact: id };
                self.change(conference, |known| known.resumed = Some(resumed));
            }
            ConferenceEvent::ConferenceNotResumed { conference, reason } => {
                let ended = NotResumed { day, reason, fact: id };
                self.change(conference, |known| known.not_resumed = Some(ended));
            }
        }
    }

    fn change(&mut self, id: ConferenceId, change: impl FnOnce(&mut Conference)) {
        if let Some(known) = self.all.get_mut(&id) {
            change(known);
        }
    }
}
