//! One family with one plan, or a plan per household: "from one family, one plan to two families, two plans" (divorce.md, "Plan per
//! household"; rule 5). Advised, never imposed; it takes a director, a reason and one ground, and one append carries the whole assignment:
//! whatever runs goes to one household, to the layer of the children, into a minimal shared agreement, or is closed. Nothing is lost.

use super::Divorce;
use super::episode::EpisodeState;
use crate::case::{CaseEvent, CaseState};
use crate::fact::{Audience, Draft, Fact};
use crate::ids::HouseholdId;
use crate::plan;
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::time::CivilDay;

use self::catalogue::FOR_THE_DIRECTOR;

mod agreements;
pub(super) mod catalogue;
mod commands;
mod events;
mod join;
mod offer;
mod safe;
mod split;

pub use agreements::SharedAgreement;
pub use commands::{JoinAssign, NewAgreement, SplitAssign, SplitTo, TopologyCommand};
pub use events::{Assigned, Held, OfferAnswer, Place, Shareable, SplitGround, TopologyEvent, Wish};
pub use join::Joined;
#[cfg(test)]
pub(super) use join::running_apart;
pub use offer::{Advised, Offer, OfferAnswered, StillOpen, VisionHeard, Wished, parents_on};
pub use safe::SafeMark;
pub(crate) use split::check_concerns_child;
pub use split::{Split, WorkingApart};

/// How the plans of a case are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PlanTopology {
    /// One plan for the whole family.
    #[default]
    OneFamilyOnePlan,
    /// A plan for each household.
    PlanPerHousehold,
}

/// Everything about the layout of the plans: this subject's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Topology {
    offer: Offer,
    splits: Vec<Split>,
    professionals: Vec<WorkingApart>,
    agreements: Vec<SharedAgreement>,
    marks: Vec<SafeMark>,
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
        let last = self.topology.splits.iter().rev().find(|split| split.on <= day)?;
        last.joined.as_ref().is_none_or(|joined| joined.on > day).then_some(last)
    }

    /// Each time the plans went apart, in order.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.topology.splits
    }

    /// That the professionals work with a plan per household while a parent declines, when they do on this day.
    #[must_use]
    pub fn professionals_apart_on(&self, day: CivilDay) -> Option<&WorkingApart> {
        let last = self.topology.professionals.iter().rev().find(|one| one.on <= day)?;
        last.ended.is_none_or(|ended| ended > day).then_some(last)
    }

    /// The households that have a plan of their own on this day, for the family or for the professionals alone.
    #[must_use]
    pub fn households_apart_on(&self, day: CivilDay) -> &[HouseholdId] {
        match (self.split_on(day), self.professionals_apart_on(day)) {
            (Some(split), _) => &split.households,
            (None, Some(apart)) => &apart.households,
            (None, None) => &[],
        }
    }

    /// Whether there is rest on this day, in the episode that runs: contact can be restored, and is still not required.
    #[must_use]
    pub fn rest_on(&self, day: CivilDay) -> bool {
        let rests = |state| matches!(state, EpisodeState::Rest | EpisodeState::ContactRestoration);
        self.episode_on(day).is_some_and(|episode| rests(episode.state_on(day)))
    }

    /// What was advised, shared, answered and wished.
    #[must_use]
    pub const fn offer(&self) -> &Offer {
        &self.topology.offer
    }
}

/// Whether whoever asks directs the case today, or stands in.
fn check_directs(asked: &Asked<'_, '_>) -> Result<(), Rejection> {
    if plan::directs(asked) { Ok(()) } else { Err(Rejection::new(FOR_THE_DIRECTOR)) }
}

/// The ids of what is given a place, for a refusal.
fn held_ids(items: impl Iterator<Item = Held>) -> Detail {
    let id = |item| match item {
        Held::Goal(goal) => Detail::id(goal),
        Held::Action(action) => Detail::id(action),
        Held::Agreement(agreement) => Detail::id(agreement),
    };
    Detail::List(items.map(id).collect())
}

fn draft(event: TopologyEvent) -> Draft<CaseEvent> {
    let hidden = match &event {
        // That safety asked for it says something about a parent that the other side must not learn from it.
        TopologyEvent::PlanSplitPerHousehold { ground, .. } => *ground == SplitGround::Safety,
        // So does what was advised before either parent heard of it, which parent declines, and that something may be shared: something
        // else may not.
        TopologyEvent::TwoPlansAdvised { .. }
        | TopologyEvent::PlansApartForProfessionals { .. }
        | TopologyEvent::SafeToShareMarked { .. }
        | TopologyEvent::SafeToShareRevoked { .. } => true,
        _ => false,
    };
    let draft = Draft::of(CaseEvent::Divorce(event.into()));
    if hidden { draft.for_audience(Audience::Director) } else { draft }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let happened = asked.happened();
    if command.is_act() {
        asked.check_act_in_case(happened)?;
    } else {
        asked.check_report_in_case(happened)?;
    }
    match command {
        TopologyCommand::AdviseTwoPlans { .. }
        | TopologyCommand::ShareVision { .. }
        | TopologyCommand::AnswerTwoPlans { .. }
        | TopologyCommand::WishTwoPlans { .. } => offer::decide(asked, command),
        TopologyCommand::WorkWithTwoPlans { .. } => split::decide_for_professionals(asked, command),
        TopologyCommand::SplitPlanPerHousehold { .. } => split::decide(asked, command),
        TopologyCommand::JoinPlans { .. } => join::decide(asked, command),
        TopologyCommand::MakeSharedAgreement { .. } | TopologyCommand::EndSharedAgreement { .. } => {
            agreements::decide(asked, command)
        }
        TopologyCommand::MarkSafeToShare { .. } | TopologyCommand::RevokeSafeToShare { .. } => {
            safe::decide(asked, command)
        }
    }
}

pub(super) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    match event {
        TopologyEvent::TwoPlansAdvised { .. }
        | TopologyEvent::VisionShared { .. }
        | TopologyEvent::TwoPlansAnswered { .. }
        | TopologyEvent::TwoPlansWished { .. } => offer::apply(&mut state.divorce.topology, fact, event),
        TopologyEvent::PlansApartForProfessionals { .. } | TopologyEvent::PlanSplitPerHousehold { .. } => {
            split::apply(state, fact, event);
        }
        TopologyEvent::PlansJoined { .. } => join::apply(state, fact, event),
        TopologyEvent::SharedAgreementMade { .. } | TopologyEvent::SharedAgreementEnded { .. } => {
            agreements::apply(&mut state.divorce.topology, fact, event);
        }
        TopologyEvent::SafeToShareMarked { .. } | TopologyEvent::SafeToShareRevoked { .. } => {
            safe::apply(state, fact, event);
        }
    }
}
