//! The one plan (rules 7-10): of the family, or of each household once the plans went apart. A goal stands in the family's words; an
//! action says who does what, when; a version is the content as it was offered, which each person endorses or refuses for themself; an
//! evaluation is held with the family. A working agreement, never an ouderschapsplan.
//!
//! Acts (proposing, agreeing, offering, activating) may be refused; that a goal was reached, an action is over, somebody answered or a
//! plan was evaluated are reports (rule 0).

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::dues::judged_on;
use crate::fact::{Draft, Due, Fact};
use crate::ids::EventId;
use crate::regie::asked::Asked;
use crate::rejection::Rejection;
use crate::time::CivilDay;

mod actions;
mod activation;
pub(crate) mod catalogue;
mod commands;
mod endorsement;
mod evaluation;
mod events;
mod goals;
mod grounds;
mod places;
mod plans;
mod state;
mod subject;
#[cfg(test)]
pub(crate) mod tests;
pub mod tone;

pub use actions::{ACTION_DUE, Action, ActionEnd, DueDate, Held};
pub use activation::{Activated, must_answer};
pub use catalogue::{CATALOGUE, CODES};
pub use commands::PlanCommand;
pub use endorsement::{Said, Version, VersionLine};
pub use evaluation::{EVALUATION_DUE, Evaluation};
pub use events::{
    ActionOutcome, Answer, EvaluationOutcome, GoalHandling, GoalSubject, Item, OfferedLine, Owner, PlanEvent, PlanRef,
    SaidBy,
};
pub use goals::{Goal, GoalStanding, GoalTurn, Turn, Wording};
pub(crate) use grounds::missing;
pub use places::Placed;
pub(crate) use places::item_ids;
pub(crate) use plans::{asked_of_family, directs, works_for};
pub use plans::{asked_on, is_frozen, plans_on};
pub use state::Plans;
pub use subject::{GoalWarning, SubjectChosen, warning};

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &PlanCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut asked = Asked::new(history, order, context);
    let happened = asked.happened();
    if command.is_act() {
        asked.check_act_in_case(happened)?;
    } else {
        asked.check_report_in_case(happened)?;
    }
    match command {
        PlanCommand::ProposeGoal { .. }
        | PlanCommand::RewordGoal { .. }
        | PlanCommand::ReachGoal { .. }
        | PlanCommand::WithdrawGoal { .. }
        | PlanCommand::ResumeGoal { .. }
        | PlanCommand::ChooseGoalSubject { .. } => goals::decide(&mut asked, command),
        PlanCommand::AgreeAction { .. }
        | PlanCommand::OwnAction { .. }
        | PlanCommand::MoveAction { .. }
        | PlanCommand::EndAction { .. } => actions::decide(&mut asked, command),
        PlanCommand::OfferPlan { plan } => endorsement::offer(&mut asked, *plan),
        PlanCommand::AnswerPlan { .. } => endorsement::answer(&mut asked, command),
        PlanCommand::ActivatePlan { .. } => activation::decide(&mut asked, command),
        PlanCommand::EvaluatePlan { .. } => evaluation::decide(&mut asked, command),
    }
}

fn draft(event: PlanEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Plan(event))
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    let plans = &mut state.plans;
    match event {
        PlanEvent::GoalProposed { .. }
        | PlanEvent::GoalReworded { .. }
        | PlanEvent::GoalReached { .. }
        | PlanEvent::GoalWithdrawn { .. }
        | PlanEvent::GoalResumed { .. }
        | PlanEvent::GoalSubjectChosen { .. } => goals::apply(plans, fact, event),
        PlanEvent::ActionAgreed { .. }
        | PlanEvent::ActionOwned { .. }
        | PlanEvent::ActionMoved { .. }
        | PlanEvent::ActionEnded { .. } => actions::apply(plans, fact, event),
        PlanEvent::PlanOffered { .. } | PlanEvent::PlanAnswered { .. } => endorsement::apply(plans, fact, event),
        PlanEvent::PlanActivated { .. } => activation::apply(plans, fact, event),
        PlanEvent::PlanEvaluated { .. } => evaluation::apply(plans, fact, event),
    }
}

/// What must follow and has not (see [`crate::dues`]): an action that runs, the evaluation of a plan that is active. What stands in the
/// plan of the family waits no longer once the plans went apart: each household has its own then.
pub(crate) fn open_dues(state: &CaseState, today: CivilDay) -> Vec<Due> {
    let waits = |plan, due: &Due| !is_frozen(state, plan, judged_on(due, today));
    let actions = actions_waiting(state).map(|(action, due)| (action.plan, due));
    let evaluations = state.plans.active_plans().filter_map(|plan| Some((plan, state.plans.evaluation_due(plan)?)));
    actions.chain(evaluations).filter(|(plan, due)| waits(*plan, due)).map(|(_, due)| due.clone()).collect()
}

/// Actions that run and have a last day, each with what must follow: of a frozen plan too.
fn actions_waiting(state: &CaseState) -> impl Iterator<Item = (&Action, &Due)> {
    let running = state.plans.actions().filter(|action| action.ended.is_none());
    running.filter_map(|action| Some((action, action.due()?.carried.as_ref()?)))
}

/// Of the actions that wait, what must follow, with the fact that says when it is due and the fact of the action.
pub(crate) fn waiting(state: &CaseState, today: CivilDay) -> impl Iterator<Item = (&Due, EventId, EventId)> {
    let waits = move |(action, due): &(&Action, &Due)| !is_frozen(state, action.plan, judged_on(due, today));
    let waiting = actions_waiting(state).filter(waits);
    waiting.filter_map(|(action, due)| Some((due, action.due()?.fact, action.fact)))
}
