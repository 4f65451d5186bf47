//! What a goal is about: a person chooses it. A goal about the other parent, or about contact before there is rest, is never refused; it
//! carries a warning while it stands, with a suggestion to say it otherwise, to keep it as a wish, or to look at it as safety (T R36, R38:
//! contact is never required). No rule is departed from: there is nothing to explain once it is said otherwise.

use super::goals::find_open;
use super::plans::check_acts;
use super::{Goal, GoalHandling, GoalStanding, GoalSubject, PlanCommand, PlanEvent, PlanRef, draft};
use crate::case::CaseState;
use crate::fact::Audience;
use crate::ids::{EventId, PersonId};
use crate::people::FamilyRole;
use crate::regie::asked::{Answer, Asked};
use crate::time::CivilDay;

/// What a person chose a goal to be about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubjectChosen {
    /// About what.
    pub subject: GoalSubject,
    /// What becomes of it.
    pub handling: Option<GoalHandling>,
    /// From this day on.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// Why a goal is marked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GoalWarning {
    /// It asks something of the other parent.
    AboutOtherParent,
    /// It asks for contact while there is no rest.
    ContactBeforeRest,
}

impl Goal {
    /// What becomes of it, when a person said so.
    #[must_use]
    pub fn handling(&self) -> Option<GoalHandling> {
        self.subject.as_ref().and_then(|chosen| chosen.handling)
    }

    /// Whether somebody endorses it with the plan: neither what was withdrawn, nor a wish, nor what is looked at as safety.
    pub(super) fn is_content(&self) -> bool {
        self.standing() != GoalStanding::Withdrawn && self.handling().is_none()
    }
}

/// Whether a goal that is open is marked on a day, and why. What is kept as a wish or looked at as safety is settled.
#[must_use]
pub fn warning(state: &CaseState, goal: &Goal, day: CivilDay) -> Option<GoalWarning> {
    if goal.standing() != GoalStanding::Open || goal.handling().is_some() {
        return None;
    }
    match goal.subject.as_ref().map(|chosen| chosen.subject) {
        Some(chosen) => of_subject(state, chosen, day),
        None => of_persons(state, goal.plan, &goal.concerns, day),
    }
}

fn of_subject(state: &CaseState, subject: GoalSubject, day: CivilDay) -> Option<GoalWarning> {
    match subject {
        GoalSubject::Own | GoalSubject::Child => None,
        GoalSubject::OtherParent => Some(GoalWarning::AboutOtherParent),
        GoalSubject::Contact => (!state.divorce.rest_on(day)).then_some(GoalWarning::ContactBeforeRest),
    }
}

/// While nobody chose: in the plan of a household, a goal that concerns a parent who does not live there.
fn of_persons(state: &CaseState, plan: PlanRef, concerns: &[PersonId], day: CivilDay) -> Option<GoalWarning> {
    let household = plan.household()?;
    let members = state.households.members_on(household, day);
    let is_parent = |person: &PersonId| {
        state.people.person(*person).is_some_and(|known| known.role_on(day) == Some(FamilyRole::Parent))
    };
    let other = |person: &&PersonId| is_parent(person) && !members.contains(person);
    concerns.iter().find(other).map(|_| GoalWarning::AboutOtherParent)
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> Answer {
    let PlanCommand::ChooseGoalSubject { goal, subject, handling } = command else { return Ok(Vec::new()) };
    let found = find_open(asked, *goal)?;
    check_acts(asked, found.plan)?;
    let (goal, subject, handling) = (*goal, *subject, *handling);
    let chosen = draft(PlanEvent::GoalSubjectChosen { goal, subject, handling });
    // That a goal became a matter of safety says something of the other parent.
    Ok(vec![if handling == Some(GoalHandling::Safety) { chosen.for_audience(Audience::Director) } else { chosen }])
}
