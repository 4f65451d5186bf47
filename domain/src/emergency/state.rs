//! Which emergency accesses are open, and which wait for a review.

use super::{EMERGENCY_REVIEW_DUE, EmergencyEvent, EmergencyGround, ReviewOutcome};
use crate::case::CaseEvent;
use crate::fact::{Actor, Due, Fact, Organisation};
use crate::ids::{EmergencyId, EventId, WorkerId};
use crate::personal::Personal;
use crate::text::Text;
use crate::time::{CivilDay, Timestamp};

/// One emergency access of one worker.
#[derive(Clone, PartialEq, Debug)]
pub struct Access {
    /// Its id.
    pub id: EmergencyId,
    /// Who has it.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// On which ground.
    pub ground: EmergencyGround,
    /// Why.
    pub reason: Personal<Text>,
    /// Since which moment.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
    /// When it was ended before that.
    pub ended: Option<Timestamp>,
    /// Who opened it, and for whom: somebody else reviews it.
    pub opened_by: Actor,
    /// What somebody else found; `None` while it waits.
    pub review: Option<Review>,
    /// The last day on which a review is in time.
    pub last_review_day: CivilDay,
    /// The term of the review.
    pub(super) review_due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody else found about an emergency access.
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// What it came to.
    pub outcome: ReviewOutcome,
    /// In words.
    pub finding: Personal<Text>,
    /// The day.
    pub day: CivilDay,
    /// Who reviewed it.
    pub by: WorkerId,
    /// The fact that says so.
    pub fact: EventId,
}

impl Access {
    /// Whether it is open at this moment. At the moment it ends it no longer is.
    #[must_use]
    pub fn is_open_at(&self, moment: Timestamp) -> bool {
        self.since <= moment && moment < self.over_at()
    }

    /// The moment from which it is over: its own, or when it was ended before that.
    #[must_use]
    pub fn over_at(&self) -> Timestamp {
        self.ended.map_or(self.until, |ended| ended.min(self.until))
    }
}

/// Emergency accesses of a case, in the order in which they were opened: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Emergencies {
    accesses: Vec<Access>,
}

impl Emergencies {
    /// Every emergency access there was.
    #[must_use]
    pub fn all(&self) -> &[Access] {
        &self.accesses
    }

    /// This emergency access.
    #[must_use]
    pub fn access(&self, id: EmergencyId) -> Option<&Access> {
        self.accesses.iter().find(|access| access.id == id)
    }

    /// Those that are open at this moment.
    pub fn open_at(&self, moment: Timestamp) -> impl Iterator<Item = &Access> {
        self.accesses.iter().filter(move |access| access.is_open_at(moment))
    }

    /// Those that nobody reviewed, open or over, each with the last day on which a review is in time.
    pub fn unreviewed(&self) -> impl Iterator<Item = (&Access, CivilDay)> {
        self.accesses.iter().filter(|access| access.review.is_none()).map(|access| (access, access.last_review_day))
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &EmergencyEvent) {
        match event.clone() {
            EmergencyEvent::EmergencyAccessOpened { emergency, worker, organisation, ground, reason, until } => {
                let review_due = fact.due.iter().find(|due| due.what == EMERGENCY_REVIEW_DUE).cloned();
                self.accesses.push(Access {
                    id: emergency,
                    worker,
                    organisation,
                    ground,
                    reason,
                    since: fact.recorded_at,
                    until,
                    ended: None,
                    opened_by: fact.actor.clone(),
                    review: None,
                    // Without a term of its own it is late at once: a needless reminder does less harm than a silent access.
                    last_review_day: review_due.as_ref().map_or_else(|| fact.recorded_day(), |due| due.last_day),
                    review_due,
                    fact: fact.id,
                });
            }
            EmergencyEvent::EmergencyAccessEnded { emergency } => {
                self.change(emergency, |access| access.ended = Some(fact.recorded_at));
            }
            EmergencyEvent::EmergencyAccessReviewed { emergency, outcome, finding } => {
                let (day, by) = (fact.occurred.day(), fact.actor.worker);
                let review = Review { outcome, finding, day, by, fact: fact.id };
                self.change(emergency, |access| access.review = Some(review));
            }
        }
    }

    fn change(&mut self, id: EmergencyId, change: impl FnOnce(&mut Access)) {
        if let Some(access) = self.accesses.iter_mut().find(|access| access.id == id) {
            change(access);
        }
    }
}
