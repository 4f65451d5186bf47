//! Every application, how long it waits, and what became of it.

use super::{APPLICATION_DUE, ApplicationEvent, ApplicationKind, ApplicationOutcome};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{ApplicationId, EventId, HelpTrajectoryId, PersonId};
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// An application.
#[derive(Clone, PartialEq, Debug)]
pub struct Application {
    /// The application.
    pub id: ApplicationId,
    /// What for.
    pub kind: ApplicationKind,
    /// For whom.
    pub persons: Vec<PersonId>,
    /// What is needed.
    pub what: Personal<Text>,
    /// Of whom it was asked.
    pub of_whom: Personal<Line>,
    /// Which concern it leaves open.
    pub concern: Option<Personal<Text>>,
    /// For which trajectory.
    pub trajectory: Option<HelpTrajectoryId>,
    /// By when an answer was promised at first.
    pub answer_by: Option<CivilDay>,
    /// The day it was asked.
    pub asked: CivilDay,
    /// Each time it was said to take longer, in the order told.
    pub delays: Vec<Delay>,
    /// What became of it; `None` while it waits.
    pub answered: Option<Answered>,
    first_due: Option<CivilDay>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it takes longer.
#[derive(Clone, PartialEq, Debug)]
pub struct Delay {
    /// The day it was said.
    pub on: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// By when an answer is promised now.
    pub answer_by: Option<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What became of an application.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    /// The day.
    pub on: CivilDay,
    /// What.
    pub outcome: ApplicationOutcome,
    /// Why, or what of it.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Application {
    /// How many days it waited by this day: until it was answered.
    #[must_use]
    pub fn waited(&self, day: CivilDay) -> u64 {
        let until = self.answered.as_ref().map_or(day, |answered| answered.on.min(day));
        u64::try_from(until.days_since(self.asked)).unwrap_or_default()
    }

    /// The last day for an answer, as promised at first or by the law.
    #[must_use]
    pub fn due_at_first(&self) -> Option<CivilDay> {
        self.first_due
    }
}

/// Applications in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Applications {
    applications: Vec<Application>,
}

impl Applications {
    /// Every application.
    #[must_use]
    pub fn all(&self) -> &[Application] {
        &self.applications
    }

    /// This application.
    #[must_use]
    pub fn get(&self, application: ApplicationId) -> Option<&Application> {
        self.applications.iter().find(|known| known.id == application)
    }

    /// What still waits for an answer by a day.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.applications.iter().filter(|known| known.answered.is_none()).filter_map(|known| known.due.clone())
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ApplicationEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        let due = carried(&fact.due, APPLICATION_DUE);
        match event.clone() {
            ApplicationEvent::ApplicationMade {
                application,
                kind,
                persons,
                what,
                of_whom,
                concern,
                trajectory,
                answer_by,
            } => self.applications.push(Application {
                id: application,
                kind,
                persons,
                what,
                of_whom,
                concern,
                trajectory,
                answer_by,
                asked: on,
                delays: Vec::new(),
                answered: None,
                first_due: due.as_ref().map(|due| due.last_day),
                due,
                fact: id,
            }),
            ApplicationEvent::ApplicationDelayed { application, reason, answer_by } => {
                self.change(application, |known| {
                    known.delays.push(Delay { on, reason, answer_by, fact: id });
                    if due.is_some() {
                        known.due = due;
                    }
                });
            }
            ApplicationEvent::ApplicationAnswered { application, outcome, words } => {
                self.change(application, |known| known.answered = Some(Answered { on, outcome, words, fact: id }));
            }
        }
    }

    fn change(&mut self, id: ApplicationId, change: impl FnOnce(&mut Application)) {
        if let Some(known) = self.applications.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}
