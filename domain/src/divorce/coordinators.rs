//! Who coordinates the plan of a household (rule 5, PD). The director stays the one over the case; there is at most one coordinator per
//! household at any moment, and none without a plan per household.

use serde::{Deserialize, Serialize};

use super::Divorce;
use crate::case::{CaseEvent, CaseState};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation};
use crate::households;
use crate::ids::{EventId, HouseholdId, Subject, WorkerId};
use crate::people;
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked};
use crate::regie::{Period, Regie, insert_ordered};
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// The plans did not go apart: there is no plan of a household to coordinate.
pub const PLAN_NOT_SPLIT: Code = Code("PLAN_NOT_SPLIT");
/// This household got no plan of its own when the plans went apart.
pub const HOUSEHOLD_WITHOUT_PLAN: Code = Code("HOUSEHOLD_WITHOUT_PLAN");
/// Somebody coordinates the plan of this household on some of those days already.
pub const COORDINATOR_PRESENT: Code = Code("COORDINATOR_PRESENT");
/// This worker does not coordinate the plan of this household on that day.
pub const COORDINATOR_ABSENT: Code = Code("COORDINATOR_ABSENT");

/// What can happen about coordinators.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum CoordinatorEvent {
    /// Somebody coordinates the plan of a household.
    PlanCoordinatorAppointed {
        /// The household.
        household: HouseholdId,
        /// The coordinator.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// First day.
        from: CivilDay,
        /// Last day, when agreed.
        until: Option<CivilDay>,
    },
    /// The coordinator stopped.
    PlanCoordinatorEnded {
        /// The household.
        household: HouseholdId,
        /// The coordinator.
        worker: WorkerId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked about coordinators.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum CoordinatorCommand {
    /// Appoint the coordinator of a household's plan.
    AppointPlanCoordinator {
        /// The household.
        household: HouseholdId,
        /// The coordinator.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Last day, when agreed.
        until: Option<CivilDay>,
    },
    /// Record that the coordinator stopped.
    EndPlanCoordinator {
        /// The household.
        household: HouseholdId,
        /// The coordinator.
        worker: WorkerId,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Text,
    },
}

const HOUSEHOLD: FieldInfo = FieldInfo::structure("household", "the household");
const WORKER: FieldInfo = FieldInfo::structure("worker", "the coordinator");

pub(super) const APPOINTED: EventInfo = EventInfo {
    name: "PlanCoordinatorAppointed",
    version: 1,
    outer: "PlanCoordinatorAppointed",
    axis: Axis::Dated,
    may_precede: false,
    audience: "case",
    caused_by: &["appointPlanCoordinator"],
    meaning: "Somebody coordinates the plan of a household.",
    fields: &[
        HOUSEHOLD,
        WORKER,
        FieldInfo::structure("organisation", "for which organisation"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when agreed"),
    ],
};

pub(super) const ENDED: EventInfo = EventInfo {
    name: "PlanCoordinatorEnded",
    outer: "PlanCoordinatorEnded",
    may_precede: true,
    caused_by: &["endPlanCoordinator"],
    meaning: "The coordinator of a household's plan stopped.",
    fields: &[HOUSEHOLD, WORKER, FieldInfo::structure("last_day", "last day"), FieldInfo::personal("reason", "why")],
    ..APPOINTED
};

impl CoordinatorEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        match self {
            Self::PlanCoordinatorAppointed { .. } => &APPOINTED,
            Self::PlanCoordinatorEnded { .. } => &ENDED,
        }
    }

    pub(super) fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::PlanCoordinatorAppointed { household, .. } => vec![Subject::Household(*household)],
            Self::PlanCoordinatorEnded { household, reason, .. } => {
                vec![Subject::Household(*household), reason.owner()]
            }
        }
    }
}

impl CoordinatorCommand {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::AppointPlanCoordinator { .. } => "appointPlanCoordinator",
            Self::EndPlanCoordinator { .. } => "endPlanCoordinator",
        }
    }
}

/// Who coordinates the plan of a household.
#[derive(Clone, PartialEq, Debug)]
pub struct Coordinator {
    /// The household.
    pub household: HouseholdId,
    /// The coordinator.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// First and last day.
    pub period: Period,
    /// The fact that says so.
    pub fact: EventId,
}

impl Divorce {
    /// Who coordinates a plan on this day: at most one per household.
    pub fn coordinators_on(&self, day: CivilDay) -> impl Iterator<Item = &Coordinator> {
        self.coordinators.iter().filter(move |coordinator| coordinator.period.holds_on(day))
    }

    /// Everyone who ever coordinated a plan or will, in order of the first day.
    #[must_use]
    pub fn coordinators(&self) -> &[Coordinator] {
        &self.coordinators
    }

    /// Who coordinates the plan of this household on some of these days.
    pub(super) fn coordinator_within(&self, household: HouseholdId, days: Period) -> Option<&Coordinator> {
        let shares = |one: &&Coordinator| one.household == household && one.period.first_shared_day(days).is_some();
        self.coordinators.iter().find(shares)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &CoordinatorCommand) -> Answer {
    match command {
        CoordinatorCommand::AppointPlanCoordinator { household, worker, organisation, from, until } => {
            let from = asked.start_of_act(*from)?;
            people::check_order(from, *until)?;
            check_household(asked.state, *household, from)?;
            check_vacant(asked.state, *household, Period { since: from, until: *until })?;
            let (household, worker, organisation) = (*household, *worker, organisation.clone());
            let event =
                CoordinatorEvent::PlanCoordinatorAppointed { household, worker, organisation, from, until: *until };
            Ok(vec![draft(event)])
        }
        CoordinatorCommand::EndPlanCoordinator { household, worker, last_day, reason } => {
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            households::check_known(&asked.state.households, &[*household])?;
            check_coordinates(asked.state, *household, *worker, last_day)?;
            let reason = asked.context.in_record(reason.clone());
            let (household, worker) = (*household, *worker);
            Ok(vec![draft(CoordinatorEvent::PlanCoordinatorEnded { household, worker, last_day, reason })])
        }
    }
}

fn draft(event: CoordinatorEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into()))
}

/// Whether this household has a plan of its own on a day.
pub(crate) fn check_household(state: &CaseState, household: HouseholdId, from: CivilDay) -> Result<(), Rejection> {
    households::check_known(&state.households, &[household])?;
    check_apart(state, from)?;
    if state.divorce.households_apart_on(from).contains(&household) {
        return Ok(());
    }
    Err(Rejection::new(HOUSEHOLD_WITHOUT_PLAN).with("household", Detail::id(household)))
}

/// Whether there is a plan per household on a day.
pub(crate) fn check_apart(state: &CaseState, day: CivilDay) -> Result<(), Rejection> {
    if state.divorce.households_apart_on(day).is_empty() {
        return Err(Rejection::new(PLAN_NOT_SPLIT).with("day", day));
    }
    Ok(())
}

fn check_vacant(state: &CaseState, household: HouseholdId, days: Period) -> Result<(), Rejection> {
    let Some(present) = state.divorce.coordinator_within(household, days) else { return Ok(()) };
    Err(Rejection::new(COORDINATOR_PRESENT)
        .with("worker", Detail::id(present.worker))
        .with("since", present.period.since))
}

fn check_coordinates(
    state: &CaseState,
    household: HouseholdId,
    worker: WorkerId,
    day: CivilDay,
) -> Result<(), Rejection> {
    let coordinates = |one: &Coordinator| (one.household, one.worker) == (household, worker);
    if state.divorce.coordinators_on(day).any(coordinates) {
        return Ok(());
    }
    Err(Rejection::new(COORDINATOR_ABSENT).with("worker", Detail::id(worker)).with("day", day))
}

pub(super) fn apply(divorce: &mut Divorce, regie: &Regie, fact: &Fact<CaseEvent>, event: &CoordinatorEvent) {
    match event {
        CoordinatorEvent::PlanCoordinatorAppointed { household, worker, organisation, from, until } => {
            let coordinator = Coordinator {
                household: *household,
                worker: *worker,
                organisation: organisation.clone(),
                period: regie.within_the_case(Period { since: *from, until: *until }),
                fact: fact.id,
            };
            insert_ordered(&mut divorce.coordinators, coordinator, |one| (one.period.since, one.household, one.worker));
        }
        CoordinatorEvent::PlanCoordinatorEnded { household, worker, last_day, .. } => {
            let coordinates = |one: &&mut Coordinator| {
                (one.household, one.worker) == (*household, *worker) && one.period.holds_on(*last_day)
            };
            if let Some(coordinator) = divorce.coordinators.iter_mut().find(coordinates) {
                coordinator.period.end(*last_day);
            }
        }
    }
}
