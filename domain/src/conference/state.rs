//! Conferences as they were called, held and stopped.

use std::collections::BTreeMap;

use super::{Came, ConferenceEvent, ConferenceKind, Hearing, Invited, Point};
use crate::case::CaseEvent;
use crate::fact::Fact;
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
    /// That it was held; `None` while it was not.
    pub held: Option<Held>,
    /// That it was stopped.
    pub stopped: Option<StoppedConference>,
    /// The fact that it was called.
    pub fact: EventId,
}

/// That a conference was held.
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
    /// Who will hear whom.
    pub hearings: Vec<Hearing>,
    /// The day for which it is planned to go on.
    pub resumes: Option<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
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
                    held: None,
                    stopped: None,
                    fact: id,
                };
                self.all.insert(conference, called);
            }
            ConferenceEvent::ConferenceHeld { conference, came, peacemaker, agreed, words } => {
                let held = Held { day, came, peacemaker, agreed, words, fact: id };
                self.change(conference, |known| known.held = Some(held));
            }
            ConferenceEvent::ConferenceStopped { conference, reason, stopped_by, hearings, resumes } => {
                let stopped = StoppedConference { day, reason, stopped_by, hearings, resumes, fact: id };
                self.change(conference, |known| known.stopped = Some(stopped));
            }
        }
    }

    fn change(&mut self, id: ConferenceId, change: impl FnOnce(&mut Conference)) {
        if let Some(known) = self.all.get_mut(&id) {
            change(known);
        }
    }
}
