//! Where plans, the family's own plan and what concerns several people in them stand.

use super::LayersOf;
use crate::case::CaseEvent;
use crate::ids::{PersonId, VersionId};
use crate::layers::{Layer, Layers};
use crate::ownplan::OwnPlanEvent;
use crate::plan::{Action, Goal, Item, Placed, PlanEvent, PlanRef};

impl LayersOf<'_> {
    /// The plan of a household stays in that household, whomever it concerns. That of the family stands where those stand whom an item
    /// concerns; that it was offered or became active is everyone's, what one person said of it that person's own. What a child said is the child's.
    pub(super) fn of_plan(&self, event: &PlanEvent, before: usize) -> Layers {
        match event {
            PlanEvent::GoalProposed { plan, goal, concerns, .. } => {
                self.of_placed(Item::Goal(*goal), *plan, concerns, before)
            }
            PlanEvent::ActionAgreed { plan, action, concerns, .. } => {
                self.of_placed(Item::Action(*action), *plan, concerns, before)
            }
            PlanEvent::GoalReworded { goal, .. }
            | PlanEvent::GoalReached { goal, .. }
            | PlanEvent::GoalWithdrawn { goal, .. }
            | PlanEvent::GoalResumed { goal, .. }
            | PlanEvent::GoalSubjectChosen { goal, .. } => self.where_told(before, |event| match event {
                CaseEvent::Plan(PlanEvent::GoalProposed { goal: proposed, .. }) => proposed == goal,
                _ => false,
            }),
            PlanEvent::ActionOwned { action, .. }
            | PlanEvent::ActionMoved { action, .. }
            | PlanEvent::ActionEnded { action, .. } => self.where_told(before, |event| match event {
                CaseEvent::Plan(PlanEvent::ActionAgreed { action: agreed, .. }) => agreed == action,
                _ => false,
            }),
            PlanEvent::PlanActivated { version, .. } => self.of_version(*version, before),
            // What was said there is of the grown-ups who took part.
            PlanEvent::PlanEvaluated { plan: PlanRef::Family, took_part, heard, .. } => {
                self.of_item(&[took_part.as_slice(), heard].concat())
            }
            PlanEvent::PlanOffered { plan, .. } | PlanEvent::PlanEvaluated { plan, .. } => of_plan(*plan),
            PlanEvent::PlanAnswered { version, person, .. } => {
                let offered = self.of_version(*version, before);
                let theirs = offered == Layers::case() || self.in_child_layer(*person);
                if theirs { Layers::of([Layer::Person(*person)]) } else { offered }
            }
        }
    }

    /// Where a goal or action stands. What was said while it stood in the plan of a household stays in that household; what was said
    /// before goes with it.
    fn of_placed(&self, item: Item, told_in: PlanRef, concerns: &[PersonId], before: usize) -> Layers {
        let plans = &self.now.plans;
        let places = match item {
            Item::Goal(goal) => plans.goal(goal).map(Goal::places),
            Item::Action(action) => plans.action(action).map(Action::places),
        }
        .unwrap_or_default();
        let earlier = self.history.facts().get(..before).unwrap_or_default();
        let came_before = |placed: &&Placed| places.len() > 1 && earlier.iter().any(|fact| fact.id == placed.fact);
        let then = places.iter().rev().find(came_before).map_or(told_in, |placed| placed.plan);
        let now = places.last().map_or(told_in, |placed| placed.plan);
        match (then, now) {
            (PlanRef::Household(household), _) | (_, PlanRef::Household(household)) => {
                Layers::of([Layer::Household(household)])
            }
            (PlanRef::Child, _) | (_, PlanRef::Child) => self.of_children(concerns),
            // A minimal shared agreement says what is agreed; what it came from stays where it was.
            (PlanRef::Family | PlanRef::Agreement(_), PlanRef::Family | PlanRef::Agreement(_)) => {
                self.of_item(concerns)
            }
        }
    }

    /// The layers of those of them who are children; where none is, as of any item.
    fn of_children(&self, concerns: &[PersonId]) -> Layers {
        let children: Vec<_> = concerns.iter().copied().filter(|person| self.in_child_layer(*person)).collect();
        if children.is_empty() { self.of_item(concerns) } else { self.of_persons(&children) }
    }

    fn of_version(&self, version: VersionId, before: usize) -> Layers {
        self.where_told(before, |event| match event {
            CaseEvent::Plan(PlanEvent::PlanOffered { version: offered, .. }) => *offered == version,
            _ => false,
        })
    }

    pub(super) fn of_own_plan(&self, event: &OwnPlanEvent, before: usize) -> Layers {
        match event {
            OwnPlanEvent::OwnPlanExplained { parents }
            | OwnPlanEvent::OwnPlanTaken { parents, .. }
            | OwnPlanEvent::OwnPlanWaived { parents, .. } => self.of_item(parents),
            OwnPlanEvent::OwnPlanPresented { own_plan, .. } => self.where_told(before, |event| match event {
                CaseEvent::OwnPlan(OwnPlanEvent::OwnPlanTaken { own_plan: taken, .. }) => taken == own_plan,
                _ => false,
            }),
        }
    }

    /// What concerns children only is theirs. What concerns grown-ups stands in the households where each of them lives, in none when
    /// they live apart: then it is for who reaches everything. Of whom nobody knows where they live, it is personal.
    fn of_item(&self, concerns: &[PersonId]) -> Layers {
        let grown_ups = || concerns.iter().filter(|person| !self.in_child_layer(**person));
        if grown_ups().next().is_none() && !concerns.is_empty() {
            return self.of_persons(concerns);
        }
        let lives = |person: &PersonId| {
            let households = self.now.households.households_of(*person, self.today).into_iter();
            let layers: Vec<_> = households.map(Layer::Household).collect();
            Layers::of(if layers.is_empty() { vec![Layer::Person(*person)] } else { layers })
        };
        grown_ups().map(lives).reduce(|all, one| all.meet(&one)).unwrap_or_else(Layers::nobodys)
    }
}

/// Where it stands that a plan is there.
fn of_plan(plan: PlanRef) -> Layers {
    match plan {
        PlanRef::Family => Layers::case(),
        PlanRef::Household(household) => Layers::of([Layer::Household(household)]),
        PlanRef::Child | PlanRef::Agreement(_) => Layers::nobodys(),
    }
}
