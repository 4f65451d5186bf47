//! What a fact of this room rests on, in the state it is told into. Every decision sees to it; a correction may take it away, and then the
//! fact would silently say nothing.

use super::{Item, PlanEvent, PlanRef};
use crate::case::{CaseEvent, CaseState};
use crate::fact::Fact;
use crate::time::CivilDay;

/// Whether something that this fact speaks of is not there: the plan of a household, a goal, an action, a version, an answer.
pub(crate) fn missing(state: &CaseState, fact: &Fact<CaseEvent>, event: &PlanEvent) -> bool {
    let (plans, day) = (&state.plans, fact.occurred.day());
    match event {
        PlanEvent::GoalProposed { plan, .. } | PlanEvent::PlanEvaluated { plan, .. } => !exists(state, *plan, day),
        PlanEvent::ActionAgreed { plan, goal, .. } => {
            !exists(state, *plan, day) || goal.is_some_and(|goal| plans.goal(goal).is_none())
        }
        PlanEvent::PlanOffered { plan, lines, .. } => {
            let gone = |item| match item {
                Item::Goal(goal) => plans.goal(goal).is_none(),
                Item::Action(action) => plans.action(action).is_none(),
            };
            !exists(state, *plan, day) || lines.iter().any(|line| gone(line.item))
        }
        PlanEvent::GoalReworded { goal, .. }
        | PlanEvent::GoalReached { goal, .. }
        | PlanEvent::GoalWithdrawn { goal, .. }
        | PlanEvent::GoalResumed { goal, .. }
        | PlanEvent::GoalSubjectChosen { goal, .. } => plans.goal(*goal).is_none(),
        PlanEvent::ActionOwned { action, .. }
        | PlanEvent::ActionMoved { action, .. }
        | PlanEvent::ActionEnded { action, .. } => plans.action(*action).is_none(),
        PlanEvent::PlanAnswered { version, .. } => plans.version(*version).is_none(),
        PlanEvent::PlanActivated { version, .. } => {
            let version = plans.version(*version);
            state.regie.director_on(day).is_none()
                || version.is_none_or(|version| !plans.still_to_ask(version).is_empty())
        }
    }
}

fn exists(state: &CaseState, plan: PlanRef, day: CivilDay) -> bool {
    let apart = state.divorce.households_apart_on(day);
    match plan {
        PlanRef::Family => true,
        PlanRef::Household(household) => apart.contains(&household),
        PlanRef::Child | PlanRef::Agreement(_) => !apart.is_empty(),
    }
}
