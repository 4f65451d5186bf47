//! Actions (rule 7): what, one owner or nobody yet, by when, for which goal. One that did not work out is no fault of anybody.

use super::catalogue::{ACTION_OVER, ACTION_UNCHANGED, ACTION_UNKNOWN, GOAL_UNKNOWN};
use super::goals::{find_open, kept};
use super::places::Placed;
use super::plans::{check_acts, check_fits, concerned, is_theirs};
use super::{ActionOutcome, Owner, PlanCommand, PlanEvent, PlanRef, Plans, draft};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{ActionId, EventId, GoalId, PersonId};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, carried};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// What must follow when an action is due: it is done, moved or over (R08).
pub const ACTION_DUE: &str = "action";

/// An action of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// The action.
    pub id: ActionId,
    /// In which plan.
    pub plan: PlanRef,
    /// For which goal.
    pub goal: Option<GoalId>,
    /// Whom it concerns, in order.
    pub concerns: Vec<PersonId>,
    /// What must happen.
    pub what: Personal<Text>,
    /// The day it was agreed.
    pub agreed: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
    /// Who owned it, through time; never empty.
    pub owners: Vec<Held>,
    /// When it was due, through time.
    pub dues: Vec<DueDate>,
    /// How it ended.
    pub ended: Option<ActionEnd>,
    /// Where it stood through time; never empty.
    pub(super) places: Vec<Placed>,
    /// The fact of its last change.
    pub(super) changed: EventId,
    /// The fact that says it as it reads now: a version holds it so.
    pub(super) content: EventId,
}

/// Who owns an action from a day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Who.
    pub owner: Owner,
    /// From this day on.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// When an action is due.
#[derive(Clone, PartialEq, Debug)]
pub struct DueDate {
    /// The last day.
    pub day: CivilDay,
    /// Why it was moved there.
    pub reason: Option<Personal<Text>>,
    /// What must follow, as the fact carries it.
    pub(super) carried: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// How an action ended.
#[derive(Clone, PartialEq, Debug)]
pub struct ActionEnd {
    /// How.
    pub outcome: ActionOutcome,
    /// More about it.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

impl Action {
    /// Who owns it.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.owners.last().map_or(Owner::Nobody, |held| held.owner)
    }

    /// When it is due.
    #[must_use]
    pub fn due(&self) -> Option<&DueDate> {
        self.dues.last()
    }

    /// Whether it runs still and its day has passed.
    #[must_use]
    pub fn is_overdue(&self, day: CivilDay) -> bool {
        self.ended.is_none() && self.due().is_some_and(|due| due.day < day)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> Answer {
    match command {
        PlanCommand::AgreeAction { plan, what, owner, due, goal, concerns } => {
            check_acts(asked, *plan)?;
            check_owner(asked, *owner)?;
            check_goal(asked, *plan, *goal)?;
            let concerns = concerned(asked, concerns)?;
            check_fits(asked, *plan, &concerns)?;
            let action = ActionId::from_uuid(asked.context.new_id());
            let what = asked.context.in_record(what.clone());
            let (plan, owner, due, goal) = (*plan, *owner, *due, *goal);
            let agreed = draft(PlanEvent::ActionAgreed { plan, action, what, owner, due, goal, concerns });
            Ok(vec![match due {
                Some(due) => agreed.with_due(follows(asked, due)),
                None => agreed,
            }])
        }
        PlanCommand::OwnAction { action, owner } => {
            let found = find_running(asked, *action)?;
            check_acts(asked, found.plan)?;
            check_owner(asked, *owner)?;
            check_changes(found, found.owner() != *owner)?;
            Ok(vec![draft(PlanEvent::ActionOwned { action: *action, owner: *owner })])
        }
        PlanCommand::MoveAction { action, due, reason } => {
            let found = find_running(asked, *action)?;
            check_acts(asked, found.plan)?;
            check_changes(found, found.due().is_none_or(|now| now.day != *due))?;
            let reason = kept(asked, reason.as_ref());
            let moved = draft(PlanEvent::ActionMoved { action: *action, due: *due, reason });
            Ok(vec![moved.with_due(follows(asked, *due))])
        }
        PlanCommand::EndAction { action, outcome, words } => {
            find_running(asked, *action)?;
            let words = kept(asked, words.as_ref());
            Ok(vec![draft(PlanEvent::ActionEnded { action: *action, outcome: *outcome, words })])
        }
        _ => Ok(Vec::new()),
    }
}

fn follows(asked: &Asked<'_, '_>, last_day: CivilDay) -> Due {
    Due { what: ACTION_DUE.to_owned(), last_day, at: asked.context.terms.calendar.follows_at(last_day) }
}

fn check_owner(asked: &Asked<'_, '_>, owner: Owner) -> Result<(), Rejection> {
    match owner {
        Owner::Nobody => Ok(()),
        Owner::Person(person) => asked.check_person(person),
        Owner::Worker(worker) => asked.check_not_excluded(worker),
    }
}

/// An action serves an open goal of its own plan.
fn check_goal(asked: &Asked<'_, '_>, plan: PlanRef, goal: Option<GoalId>) -> Result<(), Rejection> {
    let Some(goal) = goal else { return Ok(()) };
    if find_open(asked, goal)?.plan == plan {
        return Ok(());
    }
    Err(Rejection::new(GOAL_UNKNOWN).with("goal", Detail::id(goal)))
}

/// This action while it runs, of a plan that whoever asks works in. One of another's plan reads as one that is not there.
fn find_running<'a>(asked: &Asked<'a, '_>, action: ActionId) -> Result<&'a Action, Rejection> {
    let refused = |code| Rejection::new(code).with("action", Detail::id(action));
    let found = asked.state.plans.action(action).filter(|found| is_theirs(asked, found.plan));
    let found = found.ok_or_else(|| refused(ACTION_UNKNOWN))?;
    match &found.ended {
        Some(ended) => Err(refused(ACTION_OVER).with("since", ended.on)),
        None => Ok(found),
    }
}

fn check_changes(action: &Action, changes: bool) -> Result<(), Rejection> {
    if changes {
        return Ok(());
    }
    Err(Rejection::new(ACTION_UNCHANGED).with("action", Detail::id(action.id)))
}

pub(super) fn apply(plans: &mut Plans, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    let on = fact.occurred.day();
    let due_date = |day: CivilDay, reason: Option<Personal<Text>>| DueDate {
        day,
        reason,
        carried: carried(&fact.due, ACTION_DUE),
        fact: fact.id,
    };
    match event {
        PlanEvent::ActionAgreed { plan, action, what, owner, due, goal, concerns } => {
            let agreed = Action {
                id: *action,
                plan: *plan,
                goal: *goal,
                concerns: concerns.clone(),
                what: what.clone(),
                agreed: on,
                fact: fact.id,
                owners: vec![Held { owner: *owner, on, fact: fact.id }],
                dues: due.iter().map(|day| due_date(*day, None)).collect(),
                ended: None,
                places: vec![Placed { plan: *plan, on, fact: fact.id }],
                changed: fact.id,
                content: fact.id,
            };
            plans.actions.insert(*action, agreed);
        }
        PlanEvent::ActionOwned { action, owner } => plans.change_action(*action, |action| {
            action.owners.push(Held { owner: *owner, on, fact: fact.id });
            action.content = fact.id;
            action.changed = fact.id;
        }),
        PlanEvent::ActionMoved { action, due, reason } => plans.change_action(*action, |action| {
            action.dues.push(due_date(*due, reason.clone()));
            action.content = fact.id;
            action.changed = fact.id;
        }),
        PlanEvent::ActionEnded { action, outcome, words } => plans.change_action(*action, |action| {
            action.ended = Some(ActionEnd { outcome: *outcome, words: words.clone(), on, fact: fact.id });
            action.changed = fact.id;
        }),
        _ => {}
    }
}
