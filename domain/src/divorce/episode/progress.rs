//! How far a track is, worked out from what is known of it: nobody keeps it by hand, so it cannot contradict the facts. Each function
//! here reads one track's room; a fact that is told later there moves it by itself.

use super::events::DivorceTrack;
use super::machine::EpisodeState;
use crate::case::CaseState;
use crate::divorce::dons::DonsConversationKind;
use crate::divorce::{OfferAnswer, parents_on};
use crate::ids::{HouseholdId, PersonId};
use crate::people::FamilyRole;
use crate::plan::PlanRef;
use crate::time::CivilDay;

/// How far shared parenting after divorce is (004b R31).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DonsProgress {
    /// Offered to the parents.
    Offered,
    /// A duo is there; it begins with information, to the parents apart.
    Information,
    /// Informed; a talk with each parent alone prepares.
    Preparation,
    /// Prepared; the parents and the duo meet.
    FourWay,
    /// They met; the duo guides.
    Guidance,
    /// It is over; it is reviewed.
    Review,
}

/// How far the way to a plan for each household is (divorce.md, "Plan per household").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ApartProgress {
    /// Advised to the parents.
    Advised,
    /// The vision was shared with each parent and the children.
    VisionKnown,
    /// Each parent accepted.
    Switching,
    /// The plans went apart; each household makes its own.
    PlansDrafting,
    /// Each household's plan is active.
    PlansActive,
    /// It is reviewed.
    Review,
}

/// How far the track of an episode is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Shared parenting after divorce.
    Dons(DonsProgress),
    /// A plan for each household.
    Apart(ApartProgress),
}

impl DonsProgress {
    /// Every one, in order.
    pub const ALL: [Self; 6] =
        [Self::Offered, Self::Information, Self::Preparation, Self::FourWay, Self::Guidance, Self::Review];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Information => "information",
            Self::Preparation => "preparation",
            Self::FourWay => "four_way",
            Self::Guidance => "guidance",
            Self::Review => "review",
        }
    }

    /// From which facts it follows, for the generated document.
    #[must_use]
    pub const fn follows_from(self) -> &'static str {
        match self {
            Self::Offered => "triage chose this track",
            Self::Information => "a duo is assigned",
            Self::Preparation => "an information talk was held, the parents apart",
            Self::FourWay => "a preparatory talk was held with each parent",
            Self::Guidance => "a four-way talk was held",
            Self::Review => "a person reviews",
        }
    }
}

impl ApartProgress {
    /// Every one, in order.
    pub const ALL: [Self; 6] =
        [Self::Advised, Self::VisionKnown, Self::Switching, Self::PlansDrafting, Self::PlansActive, Self::Review];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::VisionKnown => "vision_known",
            Self::Switching => "switching",
            Self::PlansDrafting => "plans_drafting",
            Self::PlansActive => "plans_active",
            Self::Review => "review",
        }
    }

    /// From which facts it follows, for the generated document.
    #[must_use]
    pub const fn follows_from(self) -> &'static str {
        match self {
            Self::Advised => "triage chose this track",
            Self::VisionKnown => "the vision was shared with each parent and the children",
            Self::Switching => "each parent accepted",
            Self::PlansDrafting => "the plans went apart",
            Self::PlansActive => "the plan of each household is active",
            Self::Review => "a person reviews",
        }
    }
}

impl Progress {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dons(dons) => dons.as_str(),
            Self::Apart(apart) => apart.as_str(),
        }
    }
}

/// How far the track is that holds on this day; nothing without one, when the parents were pointed elsewhere, or when it rests.
#[must_use]
pub fn progress_on(state: &CaseState, day: CivilDay) -> Option<Progress> {
    let episode = state.divorce.episode_on(day)?;
    let reviewed = match episode.state_on(day) {
        EpisodeState::Rest | EpisodeState::ContactRestoration => return None,
        stands => stands == EpisodeState::Review,
    };
    match episode.track_on(day)? {
        DivorceTrack::Dons if reviewed => Some(Progress::Dons(DonsProgress::Review)),
        DivorceTrack::PlanPerHousehold if reviewed => Some(Progress::Apart(ApartProgress::Review)),
        DivorceTrack::Dons => Some(Progress::Dons(dons(state, day))),
        DivorceTrack::PlanPerHousehold => Some(Progress::Apart(apart(state, day))),
        DivorceTrack::Redirected => None,
    }
}

/// By the duo that is there, and the talks it held.
fn dons(state: &CaseState, day: CivilDay) -> DonsProgress {
    use DonsConversationKind::{FourWay, Information};
    let Some(duo) = state.divorce.duo_on(day) else { return DonsProgress::Offered };
    let held = |kind| state.divorce.dons_held(duo.trajectory, kind, day) > 0;
    let alone = state.divorce.dons_spoken_alone(duo.trajectory, day);
    let parents = parents_on(state, day);
    if held(FourWay) {
        DonsProgress::Guidance
    } else if !alone.is_empty() && parents.iter().all(|parent| alone.contains(parent)) {
        DonsProgress::FourWay
    } else if held(Information) {
        DonsProgress::Preparation
    } else {
        DonsProgress::Information
    }
}

fn towards(state: &CaseState, day: CivilDay) -> ApartProgress {
    let offer = state.divorce.offer();
    let parents = parents_on(state, day);
    let children = state.people.iter().filter(|person| person.role_on(day) == Some(FamilyRole::Child));
    let mut everyone = parents.iter().copied().chain(children.map(|child| child.id));
    if parents.is_empty() || !everyone.all(|person| offer.heard_by(person, day)) {
        return ApartProgress::Advised;
    }
    let accepts = |parent: &PersonId| offer.answer_on(*parent, day) == Some(OfferAnswer::Accepts);
    if parents.iter().all(accepts) { ApartProgress::Switching } else { ApartProgress::VisionKnown }
}

/// By the plans that went apart, and before that by who heard the vision and which parents accept.
fn apart(state: &CaseState, day: CivilDay) -> ApartProgress {
    let Some(split) = state.divorce.split_on(day) else { return towards(state, day) };
    let is_active = |household: &HouseholdId| {
        let mut versions = state.plans.versions_of(PlanRef::Household(*household));
        versions.any(|version| version.activated.as_ref().is_some_and(|activated| activated.on <= day))
    };
    if split.households.iter().all(is_active) { ApartProgress::PlansActive } else { ApartProgress::PlansDrafting }
}
