//! The plans are joined again, by the same kind of explicit event: everything that runs goes back into the one plan or is closed, and
//! nothing is lost. What was said in the plan of a household stays with that household.

use super::agreements::AgreementEnd;
use super::catalogue::{JOINING_NOT_AGREED, PLANS_NOT_APART};
use super::offer::{check_parent, parents_on};
use super::split::{check_each_once, closed, plan_of};
use super::{Assigned, Held, JoinAssign, Place, SplitGround, TopologyCommand, TopologyEvent, draft};
use crate::case::{CaseEvent, CaseState};
use crate::divorce::coordinators::CoordinatorEvent;
use crate::fact::{Audience, Draft, Fact};
use crate::ids::{EventId, PersonId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::plan::{Item, PlanRef};
use crate::regie::asked::{Answer, Asked};
use crate::regie::check_present;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// That the plans were joined again.
#[derive(Clone, PartialEq, Debug)]
pub struct Joined {
    /// From this day on.
    pub on: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// The parents who agree, in order.
    pub agreed: Vec<PersonId>,
    /// Where each goal, action and agreement went that ran.
    pub assignment: Vec<Assigned>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Everything that runs outside the plan of the family: goals, actions, and agreements that came from none.
pub(crate) fn running_apart(state: &CaseState) -> Vec<Held> {
    let items = state.plans.running_items(|plan| plan != PlanRef::Family).into_iter().map(Held::from);
    let stands = state.divorce.agreements().iter().filter(|made| made.ended.is_none() && made.item.is_none());
    items.chain(stands.map(|made| Held::Agreement(made.id))).collect()
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let TopologyCommand::JoinPlans { reason, agreed, assignment } = command else { return Ok(Vec::new()) };
    let day = asked.happened();
    check_present(asked, day)?;
    if asked.state.divorce.households_apart_on(day).is_empty() {
        return Err(Rejection::new(PLANS_NOT_APART).with("day", day));
    }
    let agreed = each_once(agreed);
    agreed.iter().try_for_each(|person| check_parent(asked, *person))?;
    check_agreed(asked.state, &agreed, day)?;
    let given: Vec<_> = assignment.iter().map(|given| given.item).collect();
    check_each_once(&running_apart(asked.state), &given)?;

    let mut drafts = coordinators_end(asked, reason, day);
    let mut assigned: Vec<_> = assignment.iter().map(where_to).collect();
    assigned.sort_unstable_by_key(|given| given.item);
    let record = asked.context.in_record(reason.clone());
    let joined = draft(TopologyEvent::PlansJoined { reason: record, agreed, assignment: assigned });
    let for_safety = asked.state.divorce.split_on(day).is_none_or(|split| split.ground == SplitGround::Safety);
    drafts.push(if for_safety { joined.for_audience(Audience::Director) } else { joined });
    let closes = |given: &JoinAssign| Some((given.item.item()?, given.closed.clone()?));
    let closings: Vec<(Item, Option<Text>)> = assignment.iter().filter_map(closes).collect();
    drafts.extend(closings.iter().map(|(item, words)| closed(asked, *item, words.as_ref())));
    Ok(drafts)
}

fn where_to(given: &JoinAssign) -> Assigned {
    let to = if given.closed.is_some() { Place::Closed } else { Place::Family };
    Assigned { item: given.item, to }
}

/// Each parent agrees to one plan again, as each had to accept two. What the professionals alone kept apart they put together themselves.
fn check_agreed(state: &CaseState, agreed: &[PersonId], day: CivilDay) -> Result<(), Rejection> {
    if state.divorce.split_on(day).is_none() {
        return Ok(());
    }
    let missing: Vec<_> = parents_on(state, day).into_iter().filter(|parent| !agreed.contains(parent)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Rejection::new(JOINING_NOT_AGREED).with("still_to_ask", Detail::ids(missing)))
}

/// Whoever coordinates the plan of a household stops with that plan.
fn coordinators_end(asked: &mut Asked<'_, '_>, reason: &Text, last_day: CivilDay) -> Vec<Draft<CaseEvent>> {
    let present: Vec<_> =
        asked.state.divorce.coordinators_on(last_day).map(|one| (one.household, one.worker)).collect();
    let ended = |(household, worker)| {
        let reason = asked.context.in_record(reason.clone());
        let event = CoordinatorEvent::PlanCoordinatorEnded { household, worker, last_day, reason };
        Draft::of(CaseEvent::Divorce(event.into()))
    };
    present.into_iter().map(ended).collect()
}

pub(super) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let TopologyEvent::PlansJoined { reason, agreed, assignment } = event.clone() else { return };
    let on = fact.occurred.day();
    for given in &assignment {
        if let (Some(item), Some(plan)) = (given.item.item(), plan_of(given.to)) {
            state.plans.place(item, plan, on, fact.id);
        }
    }
    let divorce = &mut state.divorce;
    // Who would coordinate later coordinates nothing any more.
    divorce.coordinators.retain(|one| one.period.since <= on);
    let topology = &mut divorce.topology;
    let ends = |made: &super::SharedAgreement| {
        let closed = Assigned { item: Held::Agreement(made.id), to: Place::Closed };
        made.ended.is_none() && (made.item.is_some() || assignment.contains(&closed))
    };
    let ending: Vec<_> = topology.agreements.iter().filter(|made| ends(made)).map(|made| made.id).collect();
    for agreement in ending {
        topology.end_agreement(agreement, AgreementEnd { on, words: None, fact: fact.id });
    }
    for apart in topology.professionals.iter_mut().filter(|apart| apart.ended.is_none()) {
        apart.ended = Some(on);
    }
    if let Some(split) = topology.splits.iter_mut().rev().find(|split| split.joined.is_none()) {
        split.joined = Some(Joined { on, reason, agreed, assignment, fact: fact.id });
    }
}
