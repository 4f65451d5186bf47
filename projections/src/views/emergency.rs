//! Emergency accesses of a case: on which ground, why, and what somebody else found (R03).
//!
//! Its facts are for the director. An access itself is for whoever the policy shows emergency accesses to, and for nobody else: so it is not
//! told to them by an audience that would tell them other facts as well.

use domain::emergency::{EmergencyGround, ReviewOutcome};
use domain::fact::{Audience, Organisation};
use domain::ids::{EmergencyId, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::{CivilDay, Timestamp};

use super::{Kept, Reading};

/// One emergency access.
#[derive(Clone, PartialEq, Debug)]
pub struct EmergencyView {
    /// Which, with who may know of it.
    pub access: Kept<EmergencyId>,
    /// Who has or had it.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// On which ground.
    pub ground: EmergencyGround,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// Since which moment.
    pub since: Timestamp,
    /// The moment from which it is over: its own, or when it was ended before that.
    pub over_at: Timestamp,
    /// The last day on which a review is in time.
    pub last_review_day: CivilDay,
    /// What somebody else found.
    pub review: Option<ReviewView>,
}

/// A review of an emergency access.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewView {
    /// What it came to.
    pub outcome: Kept<ReviewOutcome>,
    /// In words.
    pub finding: Kept<Personal<Text>>,
    /// The day.
    pub day: CivilDay,
    /// Who reviewed it.
    pub by: WorkerId,
}

impl EmergencyView {
    /// Whether it is open at this moment.
    #[must_use]
    pub fn is_open_at(&self, moment: Timestamp) -> bool {
        self.since <= moment && moment < self.over_at
    }

    /// Whether a review is late on this day, by the facts a reader may know.
    #[must_use]
    pub fn is_overdue_on(&self, day: CivilDay) -> bool {
        self.review.is_none() && self.last_review_day < day
    }
}

/// For whoever sees emergency accesses.
fn of_access<T>(kept: Kept<T>) -> Kept<T> {
    Kept { audience: Audience::Case, ..kept }
}

/// Every emergency access of a case, in the order in which they were opened.
#[must_use]
pub fn emergencies(reading: &Reading<'_>) -> Vec<EmergencyView> {
    let accesses = reading.state().emergency.all().iter();
    let view = |access: &domain::emergency::Access| EmergencyView {
        access: of_access(reading.kept(access.id, access.fact)),
        worker: access.worker,
        organisation: access.organisation.clone(),
        ground: access.ground.clone(),
        reason: of_access(reading.kept(access.reason.clone(), access.fact)),
        since: access.since,
        over_at: access.over_at(),
        last_review_day: access.last_review_day,
        review: access.review.as_ref().map(|review| ReviewView {
            outcome: of_access(reading.kept(review.outcome, review.fact)),
            finding: of_access(reading.kept(review.finding.clone(), review.fact)),
            day: review.day,
            by: review.by,
        }),
    };
    accesses.map(view).collect()
}
