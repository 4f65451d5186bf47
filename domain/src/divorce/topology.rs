//! One family with one plan, or a plan per household: "from one family, one plan to two families, two plans" (divorce.md, "Plan per
//! household"; rule 5). Advised, never imposed; it takes a director, a reason and one ground.

use serde::{Deserialize, Serialize};

use super::Divorce;
use crate::case::{CaseEvent, CaseState};
use crate::fact::{Audience, Axis, Draft, EventInfo, Fact, FieldInfo};
use crate::households;
use crate::ids::{EventId, HouseholdId, PersonId, Subject};
use crate::once::each_once;
use crate::people::{self, FamilyRole};
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked};
use crate::regie::check_present;
use crate::rejection::{Code, Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// The plans went apart before: there is a plan per household already.
pub const PLANS_ALREADY_SPLIT: Code = Code("PLANS_ALREADY_SPLIT");
/// Going apart takes at least two households.
pub const TOO_FEW_HOUSEHOLDS: Code = Code("TOO_FEW_HOUSEHOLDS");
/// Not every parent said that they wish it; `still_to_ask` names who did not. On the ground that both wish it, both must.
pub const WISH_MISSING: Code = Code("WISH_MISSING");

/// How the plans of a case are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PlanTopology {
    /// One plan for the whole family.
    #[default]
    OneFamilyOnePlan,
    /// A plan for each household.
    PlanPerHousehold,
}

/// On what the plans go apart; one is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitGround {
    /// A complex divorce was recognised, the vision shared, and each parent accepted. Until those are facts of their own the
    /// director's reason stands for them.
    Recognition,
    /// Both parents wish it: nothing more is needed, from any state.
    BothWish,
    /// Safety asks for it: nothing more is needed, from any state, and nobody is told beforehand.
    Safety,
}

/// Where a running action goes when the plans go apart. There are no actions yet, so nothing can be assigned: a list of these is empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Assigned {}

/// What can happen to the layout of the plans.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum TopologyEvent {
    /// From one plan to a plan per household.
    PlanSplitPerHousehold {
        /// On what it rests.
        ground: SplitGround,
        /// Why, in the director's words.
        reason: Personal<Text>,
        /// The households that get a plan of their own: at least two, each once, in order.
        households: Vec<HouseholdId>,
        /// The parents who said that they wish it; each of them on the ground that both do.
        wishes: Vec<PersonId>,
        /// Where each running action goes: explicitly, none lost.
        assignment: Vec<Assigned>,
    },
}

/// What can be asked about the layout of the plans.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum TopologyCommand {
    /// Go from one plan to a plan per household.
    SplitPlanPerHousehold {
        /// On what it rests.
        ground: SplitGround,
        /// Why.
        reason: Text,
        /// The households.
        households: Vec<HouseholdId>,
        /// The parents who said that they wish it.
        wishes: Vec<PersonId>,
    },
}

pub(super) const PLAN_SPLIT: EventInfo = EventInfo {
    name: "PlanSplitPerHousehold",
    version: 1,
    outer: "PlanSplitPerHousehold",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["splitPlanPerHousehold"],
    meaning: "From one plan to a plan per household; on the ground of safety only the director may know it.",
    fields: &[
        FieldInfo::structure("ground", "recognition, both wish it, or safety"),
        FieldInfo::personal("reason", "why, in the director's words"),
        FieldInfo::structure("households", "the households that get a plan of their own"),
        FieldInfo::structure("wishes", "the parents who said that they wish it"),
        FieldInfo::structure("assignment", "where each running action goes; empty as long as there are none"),
    ],
};

impl TopologyEvent {
    pub(super) const fn info(&self) -> &'static EventInfo {
        let Self::PlanSplitPerHousehold { .. } = self;
        &PLAN_SPLIT
    }

    pub(super) fn subjects(&self) -> Vec<Subject> {
        let Self::PlanSplitPerHousehold { reason, households, wishes, .. } = self;
        let households = households.iter().copied().map(Subject::Household);
        households.chain(wishes.iter().copied().map(Subject::Person)).chain([reason.owner()]).collect()
    }
}

impl TopologyCommand {
    pub(super) const fn name(&self) -> &'static str {
        let Self::SplitPlanPerHousehold { .. } = self;
        "splitPlanPerHousehold"
    }
}

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
    /// The fact that says so.
    pub fact: EventId,
}

impl Divorce {
    /// How the plans are laid out on this day.
    #[must_use]
    pub fn topology_on(&self, day: CivilDay) -> PlanTopology {
        self.split_on(day).map_or(PlanTopology::OneFamilyOnePlan, |_| PlanTopology::PlanPerHousehold)
    }

    /// How the plans went apart, when they are on this day.
    #[must_use]
    pub fn split_on(&self, day: CivilDay) -> Option<&Split> {
        self.splits.iter().rev().find(|split| split.on <= day)
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let TopologyCommand::SplitPlanPerHousehold { ground, reason, households, wishes } = command;
    let day = asked.happened();
    check_present(asked, day)?;
    if let Some(split) = asked.state.divorce.split_on(day) {
        return Err(Rejection::new(PLANS_ALREADY_SPLIT).with("since", split.on));
    }
    let (households, wishes) = (each_once(households), each_once(wishes));
    households::check_known(&asked.state.households, &households)?;
    if households.len() < 2 {
        return Err(Rejection::new(TOO_FEW_HOUSEHOLDS).with("given", households.len() as u64));
    }
    check_wishes(asked.state, *ground, &wishes, day)?;
    let reason = asked.context.in_record(reason.clone());
    let event =
        TopologyEvent::PlanSplitPerHousehold { ground: *ground, reason, households, wishes, assignment: Vec::new() };
    let draft = Draft::of(CaseEvent::Divorce(event.into()));
    // That safety asked for it says something about a parent that the other side must not learn from it.
    Ok(vec![if *ground == SplitGround::Safety { draft.for_audience(Audience::Director) } else { draft }])
}

fn check_wishes(state: &CaseState, ground: SplitGround, wishes: &[PersonId], day: CivilDay) -> Result<(), Rejection> {
    wishes.iter().try_for_each(|person| people::check_known(&state.people, *person))?;
    if ground != SplitGround::BothWish {
        return Ok(());
    }
    let parents: Vec<_> =
        state.people.iter().filter(|person| person.role_on(day) == Some(FamilyRole::Parent)).collect();
    let missing: Vec<_> = parents.iter().map(|parent| parent.id).filter(|parent| !wishes.contains(parent)).collect();
    // Both means two: of one parent alone it cannot be said.
    if missing.is_empty() && parents.len() >= 2 {
        return Ok(());
    }
    Err(Rejection::new(WISH_MISSING).with("still_to_ask", Detail::ids(missing)))
}

pub(super) fn apply(divorce: &mut Divorce, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let TopologyEvent::PlanSplitPerHousehold { ground, reason, households, wishes, assignment: _ } = event;
    divorce.splits.push(Split {
        on: fact.occurred.day(),
        ground: *ground,
        reason: reason.clone(),
        households: households.clone(),
        wishes: wishes.clone(),
        fact: fact.id,
    });
}
