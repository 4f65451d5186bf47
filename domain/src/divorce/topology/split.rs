//! From one plan to a plan per household, in one append: on which ground, with where each running goal and action goes.

use super::agreements::{drawn_up, made};
use super::catalogue::{
    CHILD_LAYER_WITHOUT_CHILD, ITEM_ASSIGNED_TWICE, ITEM_NOT_RUNNING, ITEM_OF_ANOTHER_HOUSEHOLD, ITEM_UNASSIGNED,
    NOBODY_DECLINES, PLANS_ALREADY_SPLIT, PROFESSIONALS_ALREADY_APART, TOO_FEW_HOUSEHOLDS, TWO_PLANS_NOT_READY,
    WISH_MISSING,
};
use super::join::Joined;
use super::offer::{StillOpen, check_advice, check_parent, kept, parents_on, wished};
use super::{
    Assigned, NewAgreement, OfferAnswer, Place, SplitAssign, SplitGround, SplitTo, TopologyCommand, TopologyEvent,
    Wish, draft,
};
use crate::case::{CaseEvent, CaseState};
use crate::divorce::coordinators::HOUSEHOLD_WITHOUT_PLAN;
use crate::fact::{Draft, Fact};
use crate::households;
use crate::ids::{AgreementId, EventId, HouseholdId, PersonId, ReviewId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::plan::{self, ActionOutcome, Item, PlanEvent, PlanRef};
use crate::regie::asked::{Answer, Asked};
use crate::regie::check_present;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// A time at which the plans went apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Split {
    /// From this day on.
    pub on: CivilDay,
    /// On what it rests.
    pub ground: SplitGround,
    /// Why.
    pub reason: Personal<Text>,
    /// The households with a plan of their own, in order.
    pub households: Vec<HouseholdId>,
    /// The parents who said that they wish it.
    pub wishes: Vec<PersonId>,
    /// Where each goal and action went that ran.
    pub assignment: Vec<Assigned>,
    /// On which question to the divorce advice team it rests.
    pub review: Option<ReviewId>,
    /// That the plans were joined again.
    pub joined: Option<Joined>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That the professionals work with a plan per household while a parent declines.
#[derive(Clone, PartialEq, Debug)]
pub struct WorkingApart {
    /// From this day on.
    pub on: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// The households, in order.
    pub households: Vec<HouseholdId>,
    /// The parents who stay invited, in order.
    pub invited: Vec<PersonId>,
    /// The day from which it holds no longer.
    pub ended: Option<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let TopologyCommand::SplitPlanPerHousehold { ground, reason, households, wishes, assignment, review } = command
    else {
        return Ok(Vec::new());
    };
    let day = asked.happened();
    check_present(asked, day)?;
    if let Some(split) = asked.state.divorce.split_on(day) {
        return Err(Rejection::new(PLANS_ALREADY_SPLIT).with("since", split.on));
    }
    let households = check_households(asked.state, households)?;
    let said = each_once(wishes);
    said.iter().try_for_each(|person| check_parent(asked, *person))?;
    check_advice(asked.state, *review)?;
    check_ground(asked, *ground, &said)?;
    let placing = Placing { households: &households, day };
    placing.check(asked, assignment)?;

    let mut drafts: Vec<_> = said
        .iter()
        .filter(|person| !asked.state.divorce.offer().wishes_on(**person, day))
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|person| draft(wished(asked, person, Wish::Wishes, None)))
        .collect();
    let wishes = wishing(asked.state, &said, day);
    let (assigned, follow) = placing.carry_out(asked, assignment)?;
    let reason = asked.context.in_record(reason.clone());
    drafts.push(draft(TopologyEvent::PlanSplitPerHousehold {
        ground: *ground,
        reason,
        households,
        wishes,
        assignment: assigned,
        review: *review,
    }));
    drafts.extend(follow);
    Ok(drafts)
}

pub(super) fn decide_for_professionals(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let TopologyCommand::WorkWithTwoPlans { reason, households } = command else { return Ok(Vec::new()) };
    let day = asked.happened();
    check_present(asked, day)?;
    super::check_directs(asked)?;
    if let Some(split) = asked.state.divorce.split_on(day) {
        return Err(Rejection::new(PLANS_ALREADY_SPLIT).with("since", split.on));
    }
    if let Some(apart) = asked.state.divorce.professionals_apart_on(day) {
        return Err(Rejection::new(PROFESSIONALS_ALREADY_APART).with("since", apart.on));
    }
    let households = check_households(asked.state, households)?;
    let offer = asked.state.divorce.offer();
    let declines = |parent: &PersonId| offer.answer_on(*parent, day) == Some(OfferAnswer::Declines);
    let invited = each_once(&parents_on(asked.state, day).into_iter().filter(declines).collect::<Vec<_>>());
    if invited.is_empty() {
        return Err(Rejection::new(NOBODY_DECLINES));
    }
    let reason = asked.context.in_record(reason.clone());
    Ok(vec![draft(TopologyEvent::PlansApartForProfessionals { reason, households, invited })])
}

fn check_households(state: &CaseState, households: &[HouseholdId]) -> Result<Vec<HouseholdId>, Rejection> {
    let households = each_once(households);
    households::check_known(&state.households, &households)?;
    if households.len() < 2 {
        return Err(Rejection::new(TOO_FEW_HOUSEHOLDS).with("given", households.len() as u64));
    }
    Ok(households)
}

/// The parents who wish it on a day, with those who say so now.
fn wishing(state: &CaseState, said: &[PersonId], day: CivilDay) -> Vec<PersonId> {
    let before = parents_on(state, day).into_iter().filter(|parent| state.divorce.offer().wishes_on(*parent, day));
    each_once(&before.chain(said.iter().copied()).collect::<Vec<_>>())
}

fn check_ground(asked: &Asked<'_, '_>, ground: SplitGround, said: &[PersonId]) -> Result<(), Rejection> {
    let (state, day) = (asked.state, asked.happened());
    match ground {
        SplitGround::Safety => super::check_directs(asked),
        SplitGround::BothWish => {
            let (parents, wishing) = (parents_on(state, day), wishing(state, said, day));
            let missing: Vec<_> = parents.iter().copied().filter(|parent| !wishing.contains(parent)).collect();
            // Both means two: of one parent alone it cannot be said.
            if missing.is_empty() && parents.len() >= 2 {
                return Ok(());
            }
            Err(Rejection::new(WISH_MISSING).with("still_to_ask", Detail::ids(missing)))
        }
        SplitGround::Recognition => {
            let open = StillOpen::on(state, day, asked.context.terms.consent_ages);
            if open.is_nothing() { Ok(()) } else { Err(not_ready(&open)) }
        }
    }
}

fn not_ready(open: &StillOpen) -> Rejection {
    let words = [
        (open.unrecognised, "recognition"),
        (!open.to_hear.is_empty(), "vision"),
        (!open.to_accept.is_empty(), "acceptance"),
    ];
    let words = words.into_iter().filter(|(stays, _)| *stays).map(|(_, word)| Detail::Word(word)).collect();
    Rejection::new(TWO_PLANS_NOT_READY)
        .with("open", Detail::List(words))
        .with("still_to_hear", Detail::ids(&open.to_hear))
        .with("still_to_accept", Detail::ids(&open.to_accept))
}

/// Goals and actions that are given a place in plans that go apart on a day.
struct Placing<'h> {
    households: &'h [HouseholdId],
    day: CivilDay,
}

impl Placing<'_> {
    /// Everything that runs in the family's plan is placed, each once and where it can stand.
    fn check(&self, asked: &Asked<'_, '_>, assignment: &[SplitAssign]) -> Result<(), Rejection> {
        let running = asked.state.plans.running_items(|plan| plan == PlanRef::Family);
        let items: Vec<_> = assignment.iter().map(|given| given.item).collect();
        check_each_once(&running, &items)?;
        assignment.iter().try_for_each(|given| self.check_place(asked, given))
    }

    fn check_place(&self, asked: &Asked<'_, '_>, given: &SplitAssign) -> Result<(), Rejection> {
        let state = asked.state;
        let concerns = state.plans.concerned_by(given.item);
        match &given.to {
            SplitTo::Household(household) => {
                if !self.households.contains(household) {
                    return Err(Rejection::new(HOUSEHOLD_WITHOUT_PLAN).with("household", Detail::id(household)));
                }
                self.check_of_household(state, *household, given.item)
            }
            SplitTo::Child => check_concerns_child(asked, concerns),
            SplitTo::Agreement(agreement) => drawn_up(asked, agreement, self.households).map(|_| ()),
            SplitTo::Closed(_) => Ok(()),
        }
    }

    /// What concerns people of the other household only stays out of this one: its layer never crosses.
    fn check_of_household(&self, state: &CaseState, household: HouseholdId, item: Item) -> Result<(), Rejection> {
        let elsewhere = |person: &PersonId| {
            let homes = state.households.households_of(*person, self.day);
            !homes.contains(&household) && homes.iter().any(|home| self.households.contains(home))
        };
        let concerns = state.plans.concerned_by(item);
        if concerns.is_empty() || !concerns.iter().all(elsewhere) {
            return Ok(());
        }
        Err(Rejection::new(ITEM_OF_ANOTHER_HOUSEHOLD).with("items", plan::item_ids([item])))
    }

    /// Where each goes, and the facts that say so besides: agreements and closings.
    fn carry_out(
        &self,
        asked: &mut Asked<'_, '_>,
        assignment: &[SplitAssign],
    ) -> Result<(Vec<Assigned>, Vec<Draft<CaseEvent>>), Rejection> {
        let (mut assigned, mut follow) = (Vec::new(), Vec::new());
        for given in assignment {
            let to = match &given.to {
                SplitTo::Household(household) => Place::Household(*household),
                SplitTo::Child => Place::Child,
                SplitTo::Agreement(new) => {
                    let (agreement, fact) = self.agreed(asked, given.item, new)?;
                    follow.push(fact);
                    Place::Agreement(agreement)
                }
                SplitTo::Closed(words) => {
                    follow.push(closed(asked, given.item, words.as_ref()));
                    Place::Closed
                }
            };
            assigned.push(Assigned { item: given.item.into(), to });
        }
        assigned.sort_unstable_by_key(|given| given.item);
        Ok((assigned, follow))
    }

    fn agreed(
        &self,
        asked: &mut Asked<'_, '_>,
        item: Item,
        new: &NewAgreement,
    ) -> Result<(AgreementId, Draft<CaseEvent>), Rejection> {
        let households = drawn_up(asked, new, self.households)?;
        Ok(made(asked, Some(item), new, households))
    }
}

/// Everything that runs is named once, and nothing else.
pub(super) fn check_each_once<T>(running: &[T], given: &[T]) -> Result<(), Rejection>
where
    T: Copy + Ord + Into<super::Held>,
{
    let ids = |items: Vec<T>| super::held_ids(items.into_iter().map(Into::into));
    let known = each_once(given);
    let twice: Vec<_> =
        known.iter().copied().filter(|item| given.iter().filter(|one| *one == item).count() > 1).collect();
    if !twice.is_empty() {
        return Err(Rejection::new(ITEM_ASSIGNED_TWICE).with("items", ids(twice)));
    }
    let strange: Vec<_> = known.iter().copied().filter(|item| !running.contains(item)).collect();
    if !strange.is_empty() {
        return Err(Rejection::new(ITEM_NOT_RUNNING).with("items", ids(strange)));
    }
    let left: Vec<_> = running.iter().copied().filter(|item| !known.contains(item)).collect();
    if !left.is_empty() {
        return Err(Rejection::new(ITEM_UNASSIGNED).with("items", ids(left)));
    }
    Ok(())
}

/// What stands in the layer of the children concerns one.
pub(crate) fn check_concerns_child(asked: &Asked<'_, '_>, concerns: &[PersonId]) -> Result<(), Rejection> {
    let children = asked.state.people.children_on(asked.happened(), asked.context.terms.consent_ages);
    if concerns.iter().any(|person| children.contains(person)) {
        return Ok(());
    }
    Err(Rejection::new(CHILD_LAYER_WITHOUT_CHILD))
}

/// That a goal or an action is closed: neutral, whatever became of it.
pub(super) fn closed(asked: &mut Asked<'_, '_>, item: Item, words: Option<&Text>) -> Draft<CaseEvent> {
    let words = kept(asked, words);
    Draft::of(CaseEvent::Plan(match item {
        Item::Goal(goal) => PlanEvent::GoalWithdrawn { goal, words },
        Item::Action(action) => PlanEvent::ActionEnded { action, outcome: ActionOutcome::Dropped, words },
    }))
}

pub(super) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let on = fact.occurred.day();
    match event.clone() {
        TopologyEvent::PlansApartForProfessionals { reason, households, invited } => {
            let apart = WorkingApart { on, reason, households, invited, ended: None, fact: fact.id };
            state.divorce.topology.professionals.push(apart);
        }
        TopologyEvent::PlanSplitPerHousehold { ground, reason, households, wishes, assignment, review } => {
            for given in &assignment {
                if let (Some(item), Some(plan)) = (given.item.item(), plan_of(given.to)) {
                    state.plans.place(item, plan, on, fact.id);
                }
            }
            let (joined, fact) = (None, fact.id);
            let split = Split { on, ground, reason, households, wishes, assignment, review, joined, fact };
            state.divorce.topology.splits.push(split);
        }
        _ => {}
    }
}

/// Where something stands from then on; what is closed stays where it was.
pub(super) const fn plan_of(place: Place) -> Option<PlanRef> {
    match place {
        Place::Household(household) => Some(PlanRef::Household(household)),
        Place::Child => Some(PlanRef::Child),
        Place::Agreement(agreement) => Some(PlanRef::Agreement(agreement)),
        Place::Family => Some(PlanRef::Family),
        Place::Closed => None,
    }
}
