//! Where goals and actions stand: in one plan at a time. When one plan becomes two, or two become one, each that runs goes to one place;
//! where it stood before stays known.

use super::{Action, Goal, Item, PlanRef, Plans};
use crate::ids::EventId;
use crate::rejection::Detail;
use crate::time::CivilDay;

/// Where a goal or action stands from a day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// In which plan.
    pub plan: PlanRef,
    /// From this day on.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

/// Whether something that stands in one plan and stood in others belongs to a plan as it reads: the plan of the family keeps what went
/// out of it when it froze.
fn belongs(places: &[Placed], plan: PlanRef) -> bool {
    let now = places.last().is_some_and(|placed| placed.plan == plan);
    now || (plan == PlanRef::Family && places.iter().any(|placed| placed.plan == plan))
}

impl Goal {
    /// Where it stood through time; never empty.
    #[must_use]
    pub fn places(&self) -> &[Placed] {
        &self.places
    }

    /// Whether it belongs to this plan as it reads, also frozen.
    #[must_use]
    pub fn belongs_to(&self, plan: PlanRef) -> bool {
        belongs(&self.places, plan)
    }
}

impl Action {
    /// Where it stood through time; never empty.
    #[must_use]
    pub fn places(&self) -> &[Placed] {
        &self.places
    }

    /// Whether it belongs to this plan as it reads, also frozen.
    #[must_use]
    pub fn belongs_to(&self, plan: PlanRef) -> bool {
        belongs(&self.places, plan)
    }
}

impl Plans {
    /// Every open goal and every action that is not over, of these plans, in order.
    pub fn running_items(&self, of: impl Fn(PlanRef) -> bool) -> Vec<Item> {
        let open = self.goals().filter(|goal| goal.standing() == super::GoalStanding::Open && of(goal.plan));
        let runs = self.actions().filter(|action| action.ended.is_none() && of(action.plan));
        let mut items: Vec<_> = open.map(|goal| Item::Goal(goal.id)).collect();
        items.extend(runs.map(|action| Item::Action(action.id)));
        items.sort_unstable();
        items
    }

    /// Whether a goal is open, or an action not over.
    #[must_use]
    pub fn runs(&self, item: Item) -> bool {
        match item {
            Item::Goal(goal) => self.goal(goal).is_some_and(|goal| goal.standing() == super::GoalStanding::Open),
            Item::Action(action) => self.action(action).is_some_and(|action| action.ended.is_none()),
        }
    }

    /// Where a goal or action stands.
    #[must_use]
    pub fn plan_of(&self, item: Item) -> Option<PlanRef> {
        match item {
            Item::Goal(goal) => self.goal(goal).map(|goal| goal.plan),
            Item::Action(action) => self.action(action).map(|action| action.plan),
        }
    }

    /// The fact of the last change of a goal or action: what it says, who owns it, when it is due, what became of it, where it stands.
    #[must_use]
    pub fn last_change(&self, item: Item) -> Option<EventId> {
        match item {
            Item::Goal(goal) => self.goal(goal).map(|goal| goal.changed),
            Item::Action(action) => self.action(action).map(|action| action.changed),
        }
    }

    /// It stands there from then on.
    pub(crate) fn place(&mut self, item: Item, plan: PlanRef, on: CivilDay, fact: EventId) {
        let placed = Placed { plan, on, fact };
        match item {
            Item::Goal(goal) => {
                if let Some(goal) = self.goals.get_mut(&goal) {
                    goal.plan = plan;
                    goal.changed = fact;
                    goal.places.push(placed);
                }
            }
            Item::Action(action) => self.change_action(action, |action| {
                action.plan = plan;
                action.changed = fact;
                action.places.push(placed);
            }),
        }
    }
}

/// The ids of goals and actions, for a refusal.
pub(crate) fn item_ids(items: impl IntoIterator<Item = Item>) -> Detail {
    let id = |item| match item {
        Item::Goal(goal) => Detail::id(goal),
        Item::Action(action) => Detail::id(action),
    };
    Detail::List(items.into_iter().map(id).collect())
}
