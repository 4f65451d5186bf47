//! Goals in the family's words (rule 8), with who proposed them and everything they ever were. A goal is never failed: it is open,
//! reached when the family says so, or withdrawn.

use super::catalogue::{GOAL_NOT_OPEN, GOAL_OPEN, GOAL_UNKNOWN};
use super::places::Placed;
use super::plans::{check_acts, check_fits, concerned, is_theirs};
use super::subject::{self, SubjectChosen};
use super::{PlanCommand, PlanEvent, PlanRef, Plans, SaidBy, draft};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, GoalId, PersonId};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// A goal of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Goal {
    /// The goal.
    pub id: GoalId,
    /// In which plan.
    pub plan: PlanRef,
    /// Whom it concerns, in order.
    pub concerns: Vec<PersonId>,
    /// The day it was proposed.
    pub proposed: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
    /// Its words through time; never empty.
    pub wordings: Vec<Wording>,
    /// When it was reached, withdrawn, taken up again.
    pub turns: Vec<GoalTurn>,
    /// What a person chose it to be about.
    pub subject: Option<SubjectChosen>,
    /// Where it stood through time; never empty.
    pub(super) places: Vec<Placed>,
    /// The fact of its last change.
    pub(super) changed: EventId,
}

/// The words of a goal from a day on.
#[derive(Clone, PartialEq, Debug)]
pub struct Wording {
    /// In the words of who said it so.
    pub words: Personal<Text>,
    /// Who said it so.
    pub by: SaidBy,
    /// From this day on.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// What became of a goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Reached, as this person says.
    Reached(PersonId),
    /// Withdrawn.
    Withdrawn,
    /// Taken up again.
    Resumed,
}

/// When something became of a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct GoalTurn {
    /// What.
    pub turn: Turn,
    /// More about it.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// Where a goal stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GoalStanding {
    /// It is worked on.
    Open,
    /// The family says it is reached.
    Reached,
    /// Withdrawn: it leaves the default view.
    Withdrawn,
}

impl GoalStanding {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reached => "reached",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Goal {
    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> GoalStanding {
        match self.turns.last().map(|turn| turn.turn) {
            None | Some(Turn::Resumed) => GoalStanding::Open,
            Some(Turn::Reached(_)) => GoalStanding::Reached,
            Some(Turn::Withdrawn) => GoalStanding::Withdrawn,
        }
    }

    /// The fact that says it as it reads now: a version holds it so.
    pub(super) fn content(&self) -> EventId {
        self.wordings.last().map_or(self.fact, |wording| wording.fact)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> Answer {
    match command {
        PlanCommand::ProposeGoal { plan, words, proposed_by, concerns } => {
            check_acts(asked, *plan)?;
            check_said_by(asked, *proposed_by)?;
            let concerns = concerned(asked, concerns)?;
            check_fits(asked, *plan, &concerns)?;
            let goal = GoalId::from_uuid(asked.context.new_id());
            let words = asked.context.in_record(words.clone());
            let (plan, proposed_by) = (*plan, *proposed_by);
            let proposed = PlanEvent::GoalProposed { plan, goal, words, proposed_by, concerns };
            Ok(vec![draft(proposed)])
        }
        PlanCommand::RewordGoal { goal, words, proposed_by } => {
            let found = find_open(asked, *goal)?;
            check_acts(asked, found.plan)?;
            check_said_by(asked, *proposed_by)?;
            let words = asked.context.in_record(words.clone());
            Ok(vec![draft(PlanEvent::GoalReworded { goal: *goal, words, proposed_by: *proposed_by })])
        }
        PlanCommand::ReachGoal { goal, said_by, words } => {
            find_open(asked, *goal)?;
            asked.check_person(*said_by)?;
            let words = kept(asked, words.as_ref());
            Ok(vec![draft(PlanEvent::GoalReached { goal: *goal, said_by: *said_by, words })])
        }
        PlanCommand::WithdrawGoal { goal, words } => {
            find_open(asked, *goal)?;
            let words = kept(asked, words.as_ref());
            Ok(vec![draft(PlanEvent::GoalWithdrawn { goal: *goal, words })])
        }
        PlanCommand::ChooseGoalSubject { .. } => subject::decide(asked, command),
        PlanCommand::ResumeGoal { goal, words } => {
            let found = find(asked, *goal)?;
            check_acts(asked, found.plan)?;
            if found.standing() == GoalStanding::Open {
                return Err(Rejection::new(GOAL_OPEN).with("goal", Detail::id(goal)));
            }
            let words = kept(asked, words.as_ref());
            Ok(vec![draft(PlanEvent::GoalResumed { goal: *goal, words })])
        }
        _ => Ok(Vec::new()),
    }
}

/// Words as a record of their own, where there are any.
pub(super) fn kept(asked: &mut Asked<'_, '_>, words: Option<&Text>) -> Option<Personal<Text>> {
    words.map(|words| asked.context.in_record(words.clone()))
}

fn check_said_by(asked: &Asked<'_, '_>, by: SaidBy) -> Result<(), Rejection> {
    by.person().map_or(Ok(()), |person| asked.check_person(person))
}

/// This goal, of a plan that whoever asks works in. One of another's plan reads as one that is not there.
pub(super) fn find<'a>(asked: &Asked<'a, '_>, goal: GoalId) -> Result<&'a Goal, Rejection> {
    let found = asked.state.plans.goal(goal).filter(|found| is_theirs(asked, found.plan));
    found.ok_or_else(|| Rejection::new(GOAL_UNKNOWN).with("goal", Detail::id(goal)))
}

pub(super) fn find_open<'a>(asked: &Asked<'a, '_>, goal: GoalId) -> Result<&'a Goal, Rejection> {
    let found = find(asked, goal)?;
    match found.standing() {
        GoalStanding::Open => Ok(found),
        over => Err(Rejection::new(GOAL_NOT_OPEN).with("goal", Detail::id(goal)).with("standing", over.as_str())),
    }
}

pub(super) fn apply(plans: &mut Plans, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    let on = fact.occurred.day();
    let mut turned = |goal: &GoalId, turn, words: &Option<Personal<Text>>| {
        if let Some(goal) = plans.goals.get_mut(goal) {
            goal.turns.push(GoalTurn { turn, words: words.clone(), on, fact: fact.id });
            goal.changed = fact.id;
        }
    };
    match event {
        PlanEvent::GoalReached { goal, said_by, words } => turned(goal, Turn::Reached(*said_by), words),
        PlanEvent::GoalWithdrawn { goal, words } => turned(goal, Turn::Withdrawn, words),
        PlanEvent::GoalResumed { goal, words } => turned(goal, Turn::Resumed, words),
        PlanEvent::GoalProposed { plan, goal, words, proposed_by, concerns } => {
            let wording = Wording { words: words.clone(), by: *proposed_by, on, fact: fact.id };
            plans.goals.insert(
                *goal,
                Goal {
                    id: *goal,
                    plan: *plan,
                    concerns: concerns.clone(),
                    proposed: on,
                    fact: fact.id,
                    wordings: vec![wording],
                    turns: Vec::new(),
                    subject: None,
                    places: vec![Placed { plan: *plan, on, fact: fact.id }],
                    changed: fact.id,
                },
            );
        }
        PlanEvent::GoalSubjectChosen { goal, subject, handling } => {
            let chosen = SubjectChosen { subject: *subject, handling: *handling, on, fact: fact.id };
            if let Some(goal) = plans.goals.get_mut(goal) {
                goal.subject = Some(chosen);
            }
        }
        PlanEvent::GoalReworded { goal, words, proposed_by } => {
            if let Some(goal) = plans.goals.get_mut(goal) {
                goal.wordings.push(Wording { words: words.clone(), by: *proposed_by, on, fact: fact.id });
                goal.changed = fact.id;
            }
        }
        _ => {}
    }
}
