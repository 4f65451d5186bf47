//! The review of an extension by three roles (rule 13): whether the goals of a trajectory changed since it began, and what the roles see
//! of it. They see goals, dates and product under a pseudonym: no names, no family, no provider.

use super::{Extension, Trajectory};
use crate::case::{Case, CaseEvent, CaseState};
use crate::decider::{Context, History};
use crate::fact::Fact;
use crate::ids::GoalId;
use crate::mentions;
use crate::once::each_once;
use crate::personal::Personal;
use crate::plan::PlanEvent;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// Which of its goals changed since a trajectory began: one that was said otherwise, reached, withdrawn or taken up again, and one that
/// came in or went since (PD). Neither a late telling nor an earlier day hides it: what was told after the beginning counts, and what
/// happened after its first day does.
pub(super) fn changed_goals(history: &History<Case>, trajectory: &Trajectory) -> Vec<GoalId> {
    let began = history.facts().iter().position(|fact| fact.id == trajectory.fact).unwrap_or_default();
    let ever = trajectory.goals_ever();
    let since = |(place, fact): &(usize, &Fact<CaseEvent>)| *place > began || fact.occurred.day() > trajectory.from;
    let turned = history.facts().iter().enumerate().filter(since).filter_map(|(_, fact)| changes(&fact.event));
    let turned = turned.filter(|goal| ever.contains(goal));
    let first: &[GoalId] = match trajectory.goals.first() {
        // Goals that were told later than the beginning are others than it began with: nobody can say what it was to reach.
        Some(set) if is_of_the_beginning(history, trajectory, set.fact) => &set.goals,
        _ => &[],
    };
    let moved = ever.iter().copied().filter(|goal| {
        let always = trajectory.goals.iter().all(|set| set.goals.contains(goal));
        !always || !first.contains(goal)
    });
    each_once(&turned.chain(moved).collect::<Vec<_>>())
}

/// Whether the goals were told by the command that told of the beginning.
fn is_of_the_beginning(history: &History<Case>, trajectory: &Trajectory, set: crate::ids::EventId) -> bool {
    let command = |id| history.fact(id).map(|fact| fact.command.id);
    command(set).is_some() && command(set) == command(trajectory.fact)
}

/// The goal that an event of the plan makes other than it was.
const fn changes(event: &CaseEvent) -> Option<GoalId> {
    match event {
        CaseEvent::Plan(
            PlanEvent::GoalReworded { goal, .. }
            | PlanEvent::GoalReached { goal, .. }
            | PlanEvent::GoalWithdrawn { goal, .. }
            | PlanEvent::GoalResumed { goal, .. },
        ) => Some(*goal),
        _ => None,
    }
}

/// A name that says nothing of the family, and that no other trajectory has.
pub(super) fn pseudonym(context: &mut Context<'_>) -> String {
    let id = context.new_id().simple().to_string();
    format!("traject-{}", id.get(24..).unwrap_or(&id))
}

/// What the three roles see of a trajectory.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewSheet {
    /// The name under which they see it.
    pub pseudonym: String,
    /// Which product.
    pub product: Personal<Line>,
    /// The first day.
    pub from: CivilDay,
    /// The last day that was agreed before.
    pub until: Option<CivilDay>,
    /// The last day that is asked.
    pub asked_until: CivilDay,
    /// Every goal it ever served, as it was through time.
    pub goals: Vec<ReviewGoal>,
}

/// A goal as the three roles see it.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewGoal {
    /// The goal.
    pub goal: GoalId,
    /// Its words through time, without anybody's name, each with its first day.
    pub wordings: Vec<(CivilDay, Personal<Text>)>,
    /// From which day on the trajectory serves it.
    pub since: CivilDay,
    /// Since when it serves it no longer.
    pub left: Option<CivilDay>,
    /// On which day the family said it was reached, when it is.
    pub reached: Option<CivilDay>,
    /// Whether it changed since the trajectory began.
    pub changed: bool,
}

/// What the roles see of an extension on a day; `None` when nobody reviews it.
#[must_use]
pub fn sheet(state: &CaseState, trajectory: &Trajectory, extension: &Extension, day: CivilDay) -> Option<ReviewSheet> {
    let pseudonym = extension.pseudonym.clone()?;
    let product = trajectory.product.derive(|line| {
        let without = mentions::without_names(&state.people, line.as_str());
        Line::new(&without).ok()
    })?;
    let goals =
        trajectory.goals_ever().into_iter().filter_map(|goal| review_goal(state, trajectory, extension, goal, day));
    let goals = {
        let mut goals: Vec<_> = goals.collect();
        goals.sort_by_key(|goal| (goal.since, goal.wordings.first().map(|(on, _)| *on)));
        goals
    };
    let before = extension.asked.minus_days(1);
    Some(ReviewSheet {
        pseudonym,
        product,
        from: trajectory.from,
        until: trajectory.until_on(before),
        asked_until: extension.until,
        goals,
    })
}

fn review_goal(
    state: &CaseState,
    trajectory: &Trajectory,
    extension: &Extension,
    goal: GoalId,
    day: CivilDay,
) -> Option<ReviewGoal> {
    let known = state.plans.goal(goal)?;
    let sets: Vec<_> = trajectory.goals.iter().filter(|set| set.on <= day).collect();
    let since = sets.iter().find(|set| set.goals.contains(&goal))?.on;
    let serves = sets.last().is_some_and(|set| set.goals.contains(&goal));
    let last_in = sets.iter().rposition(|set| set.goals.contains(&goal))?;
    let left = sets.get(last_in + 1).filter(|_| !serves).map(|set| set.on);
    let wordings = known.wordings.iter().filter(|wording| wording.on <= day).filter_map(|wording| {
        let without = |words: &Text| Text::new(&mentions::without_names(&state.people, words.as_str())).ok();
        Some((wording.on, wording.words.derive(without)?))
    });
    let mut turns = known.turns.iter().filter(|turn| turn.on <= day);
    let reached =
        turns.next_back().filter(|turn| matches!(turn.turn, crate::plan::Turn::Reached(_))).map(|turn| turn.on);
    let changed = extension.changed.contains(&goal);
    Some(ReviewGoal { goal, wordings: wordings.collect(), since, left, reached, changed })
}
