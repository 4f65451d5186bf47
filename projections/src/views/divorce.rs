//! One plan or a plan per household with who coordinates each, the questions to a divorce advice team, and the `DOnS` duos, on a day.

use domain::case::CaseEvent;
use domain::divorce::{
    self, CoordinatorEvent, DivorceEvent, DonsEvent, FamilyRepresentative, SatEnd, SatEvent, SatReview, Split,
    SplitGround,
};
use domain::fact::{Fact, Organisation};
use domain::ids::{EventId, HouseholdId, PersonId, ReviewId, TrajectoryId, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;

use super::advice::{BecameView, became};
use super::ends::Ends;
use super::readers::PutTo;
use super::{Kept, NO_FACT, Reading};

/// The divorce of a family on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct DivorceView {
    day: CivilDay,
    /// How the plans went apart. Whoever may not know of it reads one plan, unless they know the plan of a household.
    pub split: Option<SplitView>,
    /// The plans of households on the day, also when the professionals alone work with them. Ask [`DivorceView::plans_to`].
    plans: Vec<PlanView>,
    /// Every question to a divorce advice team, in the order asked.
    pub reviews: Vec<ReviewView>,
    /// Every duo that began by the day, in order of the first day. Ask [`DivorceView::duos_to`].
    duos: Vec<DuoView>,
}

/// How one plan became a plan per household.
#[derive(Clone, PartialEq, Debug)]
pub struct SplitView {
    /// From this day on.
    pub on: Kept<CivilDay>,
    /// On what it rests.
    pub ground: SplitGround,
    /// Why, in the director's words.
    pub reason: Kept<Personal<Text>>,
    /// The parents who said that they wish it.
    pub wishes: Vec<PersonId>,
}

/// The plan of one household.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanView {
    /// The household, with who may know that it has a plan of its own.
    pub household: Kept<HouseholdId>,
    /// Everyone who coordinated it, coordinates it or will, in order of the first day.
    coordinators: Vec<CoordinatorView>,
}

/// Who coordinates the plan of a household.
#[derive(Clone, PartialEq, Debug)]
pub struct CoordinatorView {
    /// Who.
    pub worker: Kept<WorkerId>,
    /// For which organisation.
    pub organisation: Organisation,
    /// First day.
    pub since: CivilDay,
    /// Last day, by the facts that say so.
    pub until: Ends,
}

/// A question to a divorce advice team.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewView {
    /// The question, with who may know that it was asked.
    pub review: Kept<ReviewId>,
    /// Which team.
    pub team: Organisation,
    /// The day it was asked.
    pub asked: CivilDay,
    /// In words.
    pub question: Kept<Personal<Text>>,
    /// Whether nobody is named.
    pub anonymous: bool,
    /// Those whose part was given.
    pub scope: Vec<PersonId>,
    /// Those whose part was kept back, for want of consent: not for those who were asked.
    pub withheld: Kept<Vec<PersonId>>,
    /// That an advisor accepted.
    pub accepted: Option<Kept<AcceptedView>>,
    /// What became of it besides.
    pub became: BecameView,
    /// How it ended.
    pub ended: Option<Kept<ReviewEndView>>,
}

/// That an advisor accepted a question.
#[derive(Clone, PartialEq, Debug)]
pub struct AcceptedView {
    /// The advisor.
    pub advisor: WorkerId,
    /// From this day on.
    pub on: CivilDay,
    /// The last day of the access, at the latest.
    pub until: Option<CivilDay>,
}

/// How a question ended.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewEndView {
    /// The day.
    pub on: CivilDay,
    /// How.
    pub reason: SatEnd,
    /// More about it.
    pub explanation: Option<Kept<Personal<Text>>>,
}

/// Two family representatives who accompany both parents.
#[derive(Clone, PartialEq, Debug)]
pub struct DuoView {
    /// The trajectory.
    pub trajectory: Kept<TrajectoryId>,
    /// The two of them.
    pub representatives: Kept<Vec<FamilyRepresentative>>,
    /// First day.
    pub since: CivilDay,
    /// Last day, by the facts that say so.
    pub until: Ends,
}

impl DivorceView {
    /// How the plans went apart, to a reader who knows these facts.
    pub fn split_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&SplitView> {
        self.split.as_ref().filter(|split| knows(&split.on.bare()))
    }

    /// The plans of households that a reader who knows these facts knows: by how the plans went apart, or by who coordinates one. That safety
    /// asked for it, or that a parent declines, is not everyone's to know; who coordinates a plan knows that plan, and none besides.
    pub fn plans_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Vec<PlanView> {
        let shown = |plan: &PlanView| {
            if knows(&plan.household.bare()) {
                return Some(plan.clone());
            }
            let by = plan.coordinators.iter().find(|one| knows(&one.worker.bare()))?;
            Some(PlanView { household: by.worker.with(plan.household.value), ..plan.clone() })
        };
        self.plans.iter().filter_map(shown).collect()
    }

    /// Whether the plans are apart, to such a reader.
    pub fn is_apart_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        self.split.is_some() && (self.split_to(&knows).is_some() || !self.plans_to(&knows).is_empty())
    }

    /// Who coordinates a plan on the day, and who did before or will, to a reader who knows these facts: who stopped coordinates still to
    /// whoever may not know that, unless they know of a successor.
    pub fn coordinators_to<'v>(
        &self,
        plan: &'v PlanView,
        knows: impl Fn(&Kept<()>) -> bool,
    ) -> (Option<&'v CoordinatorView>, Vec<&'v CoordinatorView>) {
        let told: Vec<_> = plan.coordinators.iter().filter(|one| knows(&one.worker.bare())).collect();
        let holds = |one: &CoordinatorView| one.since <= self.day && one.until.reach(self.day, &knows);
        let now = told.iter().rposition(|one| holds(one));
        let others = told.iter().enumerate().filter(|(place, _)| Some(*place) != now).map(|(_, one)| *one);
        (now.and_then(|place| told.get(place).copied()), others.collect())
    }

    /// The duo of the day, and those of before, to a reader who knows these facts.
    pub fn duos_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> (Option<&DuoView>, Vec<&DuoView>) {
        let told: Vec<_> = self.duos.iter().filter(|duo| knows(&duo.trajectory.bare())).collect();
        let now = told.iter().rposition(|duo| duo.until.reach(self.day, &knows));
        let others = told.iter().enumerate().filter(|(place, _)| Some(*place) != now).map(|(_, duo)| *duo);
        (now.and_then(|place| told.get(place).copied()), others.collect())
    }
}

/// The divorce on the day.
#[must_use]
pub fn divorce(reading: &Reading<'_>) -> DivorceView {
    let (divorce, day) = (&reading.state().divorce, reading.day());
    DivorceView {
        day,
        split: divorce.split_on(day).map(|found| split(reading, found)),
        plans: apart(reading),
        reviews: divorce
            .sat_reviews()
            .iter()
            .filter(|review| review.period.since <= day)
            .map(|found| review(reading, found))
            .collect(),
        duos: divorce.duos().iter().filter(|duo| duo.period.since <= day).map(|found| duo(reading, found)).collect(),
    }
}

/// The plans of households on the day, in the order in which the case knows them, as everywhere.
fn apart(reading: &Reading<'_>) -> Vec<PlanView> {
    let (divorce, day) = (&reading.state().divorce, reading.day());
    let by = divorce.split_on(day).map(|split| split.fact);
    let Some(by) = by.or_else(|| divorce.professionals_apart_on(day).map(|apart| apart.fact)) else {
        return Vec::new();
    };
    let with_plan = divorce.households_apart_on(day);
    let households = reading.state().households.iter().map(|household| household.id);
    households.filter(|household| with_plan.contains(household)).map(|household| plan(reading, by, household)).collect()
}

fn split(reading: &Reading<'_>, found: &Split) -> SplitView {
    SplitView {
        on: reading.kept(found.on, found.fact),
        ground: found.ground,
        reason: reading.kept_words(found.reason.clone(), found.fact),
        wishes: reading.by_joining(&found.wishes),
    }
}

fn plan(reading: &Reading<'_>, by: EventId, household: HouseholdId) -> PlanView {
    let all = reading.state().divorce.coordinators().iter();
    let coordinators = all.filter(|one| one.household == household).map(|found| coordinator(reading, found));
    PlanView { household: reading.kept(household, by), coordinators: coordinators.collect() }
}

fn coordinator(reading: &Reading<'_>, found: &divorce::Coordinator) -> CoordinatorView {
    let ended = |event: &CaseEvent| match event {
        CaseEvent::Divorce(DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded {
            household,
            worker,
            last_day,
            ..
        })) if (*household, *worker) == (found.household, found.worker) => Some(*last_day),
        _ => None,
    };
    let appointed = reading.stands().find(|fact| fact.id == found.fact);
    let agreed = appointed.and_then(|fact| match &fact.event {
        CaseEvent::Divorce(DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed {
            until, ..
        })) => Some(((*until)?, fact.id)),
        _ => None,
    });
    CoordinatorView {
        worker: reading.kept(found.worker, found.fact),
        organisation: found.organisation.clone(),
        since: found.period.since,
        until: Ends::of_role(reading, found.period, agreed, ended),
    }
}

/// A question with its steps, as far as they had happened on the day.
fn review(reading: &Reading<'_>, found: &SatReview) -> ReviewView {
    let (day, to) = (reading.day(), PutTo::Review(found.id));
    ReviewView {
        review: reading.told(found.id, found.fact, to),
        team: found.team.clone(),
        asked: found.period.since,
        question: reading.told_words(found.question.clone(), found.fact, to),
        anonymous: found.anonymous,
        scope: reading.by_joining(&found.scope),
        withheld: reading.kept(reading.by_joining(&found.withheld), found.fact),
        accepted: found.accepted.as_ref().filter(|accepted| accepted.on <= day).map(|accepted| {
            let until = found.access_due(day).map(|due| due.last_day);
            let accepted_by = AcceptedView { advisor: accepted.advisor, on: accepted.on, until };
            reading.told(accepted_by, accepted.fact, to)
        }),
        became: became(reading, found),
        ended: found.ended.as_ref().filter(|ended| ended.on <= day).map(|ended| {
            let fact = ended_by(reading, found.id);
            let words = ended.explanation.clone();
            let explanation = words.map(|words| reading.told_words(words, fact, to));
            reading.told(ReviewEndView { on: ended.on, reason: ended.reason, explanation }, fact, to)
        }),
    }
}

/// The fact that ended a question: the first that says so.
fn ended_by(reading: &Reading<'_>, review: ReviewId) -> EventId {
    let ends = |fact: &&Fact<CaseEvent>| match &fact.event {
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatEnded { review: ended, .. })) => *ended == review,
        _ => false,
    };
    reading.stands().find(ends).map_or(NO_FACT, |fact| fact.id)
}

fn duo(reading: &Reading<'_>, found: &divorce::Duo) -> DuoView {
    let ended = |event: &CaseEvent| match event {
        CaseEvent::Divorce(DivorceEvent::Dons(
            DonsEvent::DonsEnded { trajectory, last_day, .. } | DonsEvent::DonsCompleted { trajectory, last_day, .. },
        )) => (*trajectory == found.trajectory).then_some(*last_day),
        _ => None,
    };
    let workers = found.representatives.iter().map(|one| one.worker).collect();
    DuoView {
        trajectory: reading.kept(found.trajectory, found.fact),
        representatives: reading.kept_workers(workers, found.fact).with(found.representatives.to_vec()),
        since: found.period.since,
        until: Ends::of_role(reading, found.period, None, ended),
    }
}

#[cfg(test)]
mod tests;
