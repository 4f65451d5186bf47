//! Who of a team may see what: before somebody accepted, and after.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{SatAcceptance, SatReview};
use crate::case::CaseState;
use crate::consent::{self, Category, To};
use crate::fact::Organisation;
use crate::ids::{ConsentId, PersonId, ReviewId, WorkerId};
use crate::once::each_once;
use crate::terms::Terms;
use crate::time::CivilDay;

/// No worker of any case: by a consent that names nobody they are told as well.
const NOBODY_NAMED: WorkerId = WorkerId::from_uuid(uuid::Uuid::nil());

/// What a SAT advisor is told about: the plan and the conflict, no notes.
pub(super) const SAT_CATEGORIES: [Category; 2] = [Category::Escalation, Category::Plan];

/// A team that was asked and of which nobody accepted yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatAsked {
    /// The team.
    pub organisation: Organisation,
    /// The request.
    pub review: ReviewId,
    /// Who of the team may read its words.
    pub readers: SatReaders,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// Who of a team may read the words of a request before one of them accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatReaders {
    /// Everyone of it: asked anonymously, or under a consent that names nobody.
    Team,
    /// Those whom a consent names that stands; nobody when none does.
    These(Vec<WorkerId>),
}

/// What an advisor may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SatAccess {
    /// On which request.
    pub review: ReviewId,
    /// The advisor.
    pub advisor: WorkerId,
    /// About whom: those whose consent stands on the day. Empty on an anonymous question, or when nobody's stands any more.
    pub scope: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
    /// Whether the words of the request may be read: asked anonymously, or somebody's consent stands. A no hides that person's part, not
    /// the question; when nobody's part is left, neither is the question.
    pub told: bool,
    /// Whether the plan may be seen: everyone of the scope lets it be shared, not the conflict alone.
    pub plan: bool,
}

impl SatAcceptance {
    /// Whether the term of the access runs on this day.
    fn runs_on(&self, day: CivilDay, terms: &Terms) -> bool {
        let last_day = || terms.last_day(terms.sat_access, self.on);
        self.on <= day && day <= self.access.as_ref().map_or_else(last_day, |due| due.last_day)
    }
}

impl SatReview {
    /// The acceptance by which an advisor has access on this day: within its term, and longer while the team steps in. Where that is
    /// agreed, its last day is the last one of the access.
    #[must_use]
    pub fn access_on(&self, day: CivilDay, terms: &Terms) -> Option<&SatAcceptance> {
        let accepted = self.accepted.as_ref().filter(|accepted| accepted.on <= day)?;
        let ended = |held: &&super::SatModeHeld| held.mode == super::SatMode::Intervention && held.period.since <= day;
        let runs = match self.modes.iter().rev().find(ended) {
            Some(intervention) => intervention.period.holds_on(day),
            None => accepted.runs_on(day, terms),
        };
        (self.period.holds_on(day) && runs).then_some(accepted)
    }
}

/// The teams that are asked on this day and of which nobody accepted yet.
#[must_use]
pub fn sat_asked_on(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<SatAsked> {
    let waits = |review: &&SatReview| {
        review.period.holds_on(day) && review.accepted.as_ref().is_none_or(|accepted| day < accepted.on)
    };
    let asked = |review: &SatReview| {
        let (readers, consents) = readers(state, review, day, terms);
        SatAsked { organisation: review.team.clone(), review: review.id, readers, consents }
    };
    state.divorce.reviews.iter().filter(waits).map(asked).collect()
}

/// Who of the team may read what was asked, by consents that stand: those that name nobody are for the team.
fn readers(state: &CaseState, review: &SatReview, day: CivilDay, terms: &Terms) -> (SatReaders, Vec<ConsentId>) {
    let (scope, consents) = part(state, review, NOBODY_NAMED, day, terms);
    if review.anonymous || !scope.is_empty() {
        return (SatReaders::Team, consents);
    }
    let named = review.consents.iter().filter_map(|consent| state.consents.get(*consent));
    let named: BTreeSet<WorkerId> = named.flat_map(|consent| consent.recipients.iter().copied()).collect();
    let (mut these, mut consents) = (Vec::new(), Vec::new());
    for worker in named {
        let (scope, standing) = part(state, review, worker, day, terms);
        if !scope.is_empty() {
            these.push(worker);
            consents.extend(standing);
        }
    }
    (SatReaders::These(these), each_once(&consents))
}

/// The workers named by consents who may read what their team was asked, each request apart, with the consents that say so.
pub(crate) fn sat_named_readers_on(
    state: &CaseState,
    day: CivilDay,
    terms: &Terms,
) -> impl Iterator<Item = (WorkerId, Vec<ConsentId>)> {
    let named = |asked: SatAsked| -> Vec<(ReviewId, WorkerId)> {
        match asked.readers {
            SatReaders::These(workers) => workers.into_iter().map(|worker| (asked.review, worker)).collect(),
            SatReaders::Team => Vec::new(),
        }
    };
    let named = sat_asked_on(state, day, terms).into_iter().flat_map(named);
    named.filter_map(move |(review, worker)| {
        let (_, consents) = part(state, state.divorce.sat_review(review)?, worker, day, terms);
        Some((worker, consents))
    })
}

/// What advisors may see on this day: of each request that was accepted, has not ended and whose term runs, the part of everyone whose
/// consent stands. What was withdrawn closes that part at once; a consent given later opens no part again, but a new request does.
#[must_use]
pub fn sat_access_on(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<SatAccess> {
    let access = |review: &SatReview| {
        let accepted = review.access_on(day, terms)?;
        let (scope, consents) = part(state, review, accepted.advisor, day, terms);
        let told = review.anonymous || !scope.is_empty();
        let plan = |person: &PersonId| {
            let about = (*person, Category::Plan);
            let to = To::NamedOrUnnamed(accepted.advisor);
            consent::still_shared(state, about, to, &review.consents, day, terms).is_some()
        };
        let plan = !scope.is_empty() && scope.iter().all(plan);
        Some(SatAccess { review: review.id, advisor: accepted.advisor, scope, consents, told, plan })
    };
    state.divorce.reviews.iter().filter_map(access).collect()
}

/// Those whose consent that this worker is told of them still stands, and the consents that say so.
pub(super) fn part(
    state: &CaseState,
    review: &SatReview,
    worker: WorkerId,
    day: CivilDay,
    terms: &Terms,
) -> (Vec<PersonId>, Vec<ConsentId>) {
    let (mut scope, mut consents) = (Vec::new(), Vec::new());
    for person in &review.scope {
        let carried = carried(state, review, (*person, worker), day, terms);
        if !carried.is_empty() {
            scope.push(*person);
            consents.extend(carried);
        }
    }
    (scope, each_once(&consents))
}

/// The consents of the request under which this worker is still told of this person.
pub(super) fn carried(
    state: &CaseState,
    review: &SatReview,
    (person, worker): (PersonId, WorkerId),
    day: CivilDay,
    terms: &Terms,
) -> Vec<ConsentId> {
    let carried = SAT_CATEGORIES.into_iter().filter_map(|category| {
        let about = (person, category);
        consent::still_shared(state, about, To::NamedOrUnnamed(worker), &review.consents, day, terms)
    });
    carried.flatten().collect()
}
