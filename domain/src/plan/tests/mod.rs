//! Given, when, then for every rule of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::divorce::tests::{A, ANJA, B, ILSE, MORRIS, ROBERT, directed, split, split_to};
use crate::divorce::{CoordinatorCommand, SplitGround, SplitTo};
use crate::fact::Role;
use crate::households::HouseholdCommand;
use crate::ids::{ActionId, GoalId, HouseholdId, PersonId, VersionId};
use crate::testing::*;

mod activation;
mod catalogue;
mod endorsement;
mod evaluation;
mod items;
mod sight;

/// Anja directs; Ilse and Morris live in A, Robert and Morris in B. It is 2026-04-21.
pub(crate) fn case() -> Given<Case> {
    let moved = |household, person| HouseholdCommand::RecordMembership {
        household,
        person,
        from: day("2026-01-19"),
        until: None,
    };
    let lives = [(A, ILSE), (A, MORRIS), (B, ROBERT), (B, MORRIS)];
    lives.into_iter().fold(directed(), |given, (household, person)| given.when(moved(household, person)).accepted())
}

/// The plans went apart; it is 2026-05-04.
pub(crate) fn two_plans() -> Given<Case> {
    case().when(split(SplitGround::BothWish, &[A, B], &[ILSE, ROBERT])).accepted().on("2026-05-04")
}

pub(crate) const OF_A: PlanRef = PlanRef::Household(A);
pub(crate) const OF_B: PlanRef = PlanRef::Household(B);

pub(crate) fn goal(plan: PlanRef, words: &str, by: PersonId, concerns: &[PersonId]) -> PlanCommand {
    PlanCommand::ProposeGoal { plan, words: text(words), proposed_by: SaidBy::Person(by), concerns: concerns.to_vec() }
}

pub(crate) fn action(plan: PlanRef, owner: Owner, due: Option<&str>, concerns: &[PersonId]) -> PlanCommand {
    let (due, concerns) = (due.map(day), concerns.to_vec());
    PlanCommand::AgreeAction { plan, what: text("bellen op zondag"), owner, due, goal: None, concerns }
}

pub(crate) fn answer(version: VersionId, person: PersonId, answer: Answer) -> PlanCommand {
    let words = (answer == Answer::Reserved).then(|| text("als het om de week is"));
    PlanCommand::AnswerPlan { version, person, answer, words }
}

pub(crate) fn activate(version: VersionId) -> PlanCommand {
    PlanCommand::ActivatePlan { version, reason: None, interest: None }
}

pub(crate) fn offer(plan: PlanRef) -> PlanCommand {
    PlanCommand::OfferPlan { plan }
}

/// The only goal.
pub(crate) fn the_goal(given: &Given<Case>) -> GoalId {
    given.state().plans.goals().next().unwrap().id
}

/// The only action.
pub(crate) fn the_action(given: &Given<Case>) -> ActionId {
    given.state().plans.actions().next().unwrap().id
}

/// The version of this plan that was offered last.
pub(crate) fn last(given: &Given<Case>, plan: PlanRef) -> VersionId {
    given.state().plans.last_version(plan).unwrap().id
}

/// A goal of each parent about Morris, offered.
pub(crate) fn offered() -> Given<Case> {
    let given = case().when(goal(PlanRef::Family, "weekends zonder gedoe", ROBERT, &[ROBERT, MORRIS])).accepted();
    let given = given.when(goal(PlanRef::Family, "hij is ontspannen", ILSE, &[MORRIS])).accepted();
    given.when(offer(PlanRef::Family)).accepted()
}

/// As [`offered`], endorsed by both parents and active since 2026-04-21.
pub(crate) fn active() -> Given<Case> {
    let given = offered();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let given = given.when(answer(version, ROBERT, Answer::Endorsed)).accepted();
    given.when(activate(version)).accepted()
}

fn household(given: Given<Case>, household: HouseholdId, worker: crate::ids::WorkerId) -> Given<Case> {
    let appoint = CoordinatorCommand::AppointPlanCoordinator {
        household,
        worker,
        organisation: organisation("zorg-vecht"),
        from: None,
        until: None,
    };
    given.when(appoint).accepted()
}
