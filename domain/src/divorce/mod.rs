//! The divorce of a family, as far as it decides who is what to the case: one plan or a plan per household, who coordinates each, the
//! divorce advice team (SAT), the duo of family representatives (`DOnS`); and where the family stands on the way to rest. Sources: divorce.md.
//! Conversations and goals follow; each subject has a file of its own, and here they are put together.

use serde::Serialize;
use serde_json::Value;

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order, UnreadableEvent, read_tagged};
use crate::fact::{Draft, Due, EventInfo, Fact};
use crate::ids::Subject;
use crate::regie::asked::Asked;
use crate::rejection::{Code, Rejection};
use crate::time::CivilDay;

mod coordinators;
mod dons;
pub mod episode;
mod grounds;
mod sat;
#[cfg(test)]
pub(crate) mod tests;
mod topology;

pub use coordinators::{Coordinator, CoordinatorCommand, CoordinatorEvent};
pub(crate) use coordinators::{check_apart, check_household as check_household_plan};
pub use dons::{
    Barrier, BarrierKind, DONS_ATTENDANCE, DONS_EXPLANATION_DUE, DONS_PATTERN, DonsCommand, DonsConversation,
    DonsConversationKind, DonsEnding, DonsEvent, DonsHeld, DonsKindProgress, DonsNotHeld, DonsPattern, DonsProgress,
    DonsSubGoal, Duo, FamilyRepresentative, GoalStep, NewDonsConversation, ParentGoal, Took, Usual, Wording,
};
pub use episode::{EpisodeCommand, EpisodeEvent};
pub(crate) use grounds::{NotStanding, missing};
pub(crate) use sat::sat_named_readers_on;
pub use sat::{
    NewSatAdvice, SAT_ACCEPTANCE_DUE, SAT_ACCESS_DUE, SAT_ADVICE_DUE, SatAcceptance, SatAccess, SatAdvice, SatAnswer,
    SatAsked, SatCommand, SatEnd, SatEnding, SatEvent, SatMode, SatModeHeld, SatNotMe, SatReaders, SatReview, SatScope,
    SatTrack, SatTrajectory, sat_access_on, sat_asked_on,
};
pub(crate) use topology::check_concerns_child;
pub use topology::{
    Advised, Assigned, Held, JoinAssign, Joined, NewAgreement, Offer, OfferAnswer, OfferAnswered, Place, PlanTopology,
    SafeMark, Shareable, SharedAgreement, Split, SplitAssign, SplitGround, SplitTo, StillOpen, TopologyCommand,
    TopologyEvent, VisionHeard, Wish, Wished, WorkingApart, parents_on,
};

/// What can happen in a divorce, by subject.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum DivorceEvent {
    /// One plan or a plan per household.
    Topology(TopologyEvent),
    /// Who coordinates the plan of a household.
    Coordinators(CoordinatorEvent),
    /// The divorce advice team.
    Sat(SatEvent),
    /// The duo of family representatives.
    Dons(DonsEvent),
    /// Where the family stands on the way to rest.
    Episode(EpisodeEvent),
}

/// What can be asked in a divorce, by subject.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum DivorceCommand {
    /// One plan or a plan per household.
    Topology(TopologyCommand),
    /// Who coordinates the plan of a household.
    Coordinators(CoordinatorCommand),
    /// The divorce advice team.
    Sat(SatCommand),
    /// The duo of family representatives.
    Dons(DonsCommand),
    /// Where the family stands on the way to rest.
    Episode(EpisodeCommand),
}

/// Each subject's events and commands are events and commands of the room.
macro_rules! subjects {
    ($($subject:ident: $event:ident, $command:ident;)*) => {$(
        impl From<$event> for DivorceEvent {
            fn from(event: $event) -> Self {
                Self::$subject(event)
            }
        }

        impl From<$command> for DivorceCommand {
            fn from(command: $command) -> Self {
                Self::$subject(command)
            }
        }
    )*};
}

subjects! {
    Topology: TopologyEvent, TopologyCommand;
    Coordinators: CoordinatorEvent, CoordinatorCommand;
    Sat: SatEvent, SatCommand;
    Dons: DonsEvent, DonsCommand;
    Episode: EpisodeEvent, EpisodeCommand;
}

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    topology::catalogue::PLAN_SPLIT,
    coordinators::APPOINTED,
    coordinators::ENDED,
    sat::catalogue::REQUESTED,
    sat::catalogue::ACCEPTED,
    sat::catalogue::ENDED,
    sat::catalogue::NOT_ME,
    sat::catalogue::ADVISED,
    sat::catalogue::ANSWERED,
    sat::catalogue::MODE_AGREED,
    sat::catalogue::MODE_ENDED,
    dons::catalogue::DUO_ASSIGNED,
    dons::catalogue::DONS_ENDED,
    dons::catalogue::HELD,
    dons::catalogue::NOT_HELD,
    dons::catalogue::GOAL_DRAFTED,
    dons::catalogue::GOAL_ADJUSTED,
    dons::catalogue::GOAL_FIXED,
    dons::catalogue::BARRIER_OPENED,
    dons::catalogue::LIFTED,
    dons::catalogue::COMPLETED,
    topology::catalogue::ADVISED,
    topology::catalogue::VISION,
    topology::catalogue::ANSWERED,
    topology::catalogue::WISHED,
    topology::catalogue::PROFESSIONALS,
    topology::catalogue::JOINED,
    topology::catalogue::AGREED,
    topology::catalogue::AGREEMENT_ENDED,
    topology::catalogue::MARKED,
    topology::catalogue::REVOKED,
    episode::SIGNAL,
    episode::SETTLING,
    episode::STRAIN,
    episode::RECOGNISED,
    episode::ACKNOWLEDGED,
    episode::TRIAGE,
    episode::SWITCHED,
    episode::MOVED,
];

/// Every code this room refuses with, besides those of `people`, `households` and `regie`.
pub const CODES: &[Code] = &[
    topology::catalogue::PLANS_ALREADY_SPLIT,
    topology::catalogue::TOO_FEW_HOUSEHOLDS,
    topology::catalogue::WISH_MISSING,
    coordinators::PLAN_NOT_SPLIT,
    coordinators::HOUSEHOLD_WITHOUT_PLAN,
    coordinators::COORDINATOR_PRESENT,
    coordinators::COORDINATOR_ABSENT,
    sat::catalogue::SAT_SCOPE_EMPTY,
    sat::catalogue::SAT_CONSENT_MISSING,
    sat::catalogue::SAT_UNKNOWN,
    sat::catalogue::SAT_ALREADY_ACCEPTED,
    sat::catalogue::SAT_OVER,
    sat::catalogue::SAT_WITHDRAWN,
    sat::catalogue::NOT_THE_SAT_TEAM,
    sat::catalogue::SAT_NOT_ACCEPTED,
    sat::catalogue::NOT_THE_SAT_ADVISOR,
    sat::catalogue::SAT_ACCESS_OVER,
    sat::catalogue::SAT_POSITION_UNSEEN,
    sat::catalogue::SAT_ADVICE_UNKNOWN,
    sat::catalogue::SAT_ADVICE_ANSWERED,
    sat::catalogue::NOT_WHO_ASKED_SAT,
    sat::catalogue::SAT_REASON_MISSING,
    sat::catalogue::SAT_ANONYMOUS,
    sat::catalogue::SAT_MODE_IS_CONSULTATION,
    sat::catalogue::SAT_MODE_WITHOUT_END,
    sat::catalogue::SAT_MODE_PRESENT,
    sat::catalogue::SAT_MODE_ABSENT,
    dons::catalogue::DUO_IS_ONE_PERSON,
    dons::catalogue::DUO_UNTRAINED,
    dons::catalogue::DUO_PRESENT,
    dons::catalogue::DONS_NOT_THE_TRACK,
    dons::catalogue::DONS_ABSENT,
    dons::catalogue::DONS_UNKNOWN,
    dons::catalogue::DONS_WITH_NOBODY,
    dons::catalogue::DONS_TOO_LONG,
    dons::catalogue::DONS_CONVERSATION_UNKNOWN,
    dons::catalogue::PARENT_GOAL_UNKNOWN,
    dons::catalogue::PARENT_GOAL_FIXED,
    dons::catalogue::GOAL_OF_PARENTS,
    dons::catalogue::BARRIER_UNKNOWN,
    dons::catalogue::BARRIER_LIFTED,
    dons::catalogue::DONS_WITHOUT_OUTCOME,
    topology::catalogue::TWO_PLANS_NOT_READY,
    topology::catalogue::NOT_A_PARENT,
    topology::catalogue::NOBODY_DECLINES,
    topology::catalogue::PROFESSIONALS_ALREADY_APART,
    topology::catalogue::ITEM_UNASSIGNED,
    topology::catalogue::ITEM_ASSIGNED_TWICE,
    topology::catalogue::ITEM_NOT_RUNNING,
    topology::catalogue::ITEM_OF_ANOTHER_HOUSEHOLD,
    topology::catalogue::CHILD_LAYER_WITHOUT_CHILD,
    topology::catalogue::AGREEMENT_BINDS_TOO_FEW,
    topology::catalogue::AGREEMENT_UNKNOWN,
    topology::catalogue::JOINING_NOT_AGREED,
    topology::catalogue::PLANS_NOT_APART,
    topology::catalogue::NOT_SHAREABLE,
    topology::catalogue::ALREADY_SAFE,
    topology::catalogue::NOT_MARKED_SAFE,
    topology::catalogue::ADVICE_UNKNOWN,
    topology::catalogue::FOR_THE_DIRECTOR,
    episode::EPISODE_ABSENT,
    episode::EPISODE_STEP_NOT_OPEN,
    episode::EPISODE_FURTHER,
    episode::DECIDED_BY_A_PERSON,
    episode::PARENTING_FORM_NOT_CALM,
    episode::LOOK_BACK_NOT_AHEAD,
    episode::LOOK_BACK_NOT_AGREED,
    episode::NOT_ALL_SCREENED,
    episode::SAFETY_FIRST,
    episode::FEATURES_TOO_FEW,
    episode::ACCUSATIONS_NOT_WEIGHED,
    episode::STRAIN_NOT_NAMED,
    episode::OF_A_PARENT,
    episode::ACKNOWLEDGE_FIRST,
    episode::RECOGNITION_MISSING,
    episode::TRACK_UNCHANGED,
    episode::ALTERNATIVES_MISSING,
    episode::PARENTS_NOT_INFORMED,
    episode::FLARE_UP_NOT_OPEN,
];

impl DivorceEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        match self {
            Self::Topology(event) => event.info(),
            Self::Coordinators(event) => event.info(),
            Self::Sat(event) => event.info(),
            Self::Dons(event) => event.info(),
            Self::Episode(event) => episode::info(event),
        }
    }

    /// The people and households it is about and the records it holds. Workers are named by the payload; a case keeps no key of theirs.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::Topology(event) => event.subjects(),
            Self::Coordinators(event) => event.subjects(),
            Self::Sat(event) => event.subjects(),
            Self::Dons(event) => event.subjects(),
            Self::Episode(event) => event.subjects(),
        }
    }

    /// Reads a payload of a type of this room.
    pub(crate) fn read(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent> {
        let is = |infos: &[EventInfo]| infos.iter().any(|info| info.name == type_name);
        if is(&topology::catalogue::CATALOGUE) {
            read_tagged(type_name, payload).map(Self::Topology)
        } else if is(&[coordinators::APPOINTED, coordinators::ENDED]) {
            read_tagged(type_name, payload).map(Self::Coordinators)
        } else if is(sat::catalogue::CATALOGUE) {
            read_tagged(type_name, payload).map(Self::Sat)
        } else if is(&episode::CATALOGUE) {
            read_tagged(type_name, payload).map(Self::Episode)
        } else {
            read_tagged(type_name, payload).map(Self::Dons)
        }
    }
}

impl DivorceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Topology(command) => command.name(),
            Self::Coordinators(command) => command.name(),
            Self::Sat(command) => command.name(),
            Self::Dons(command) => command.name(),
            Self::Episode(command) => command.name(),
        }
    }

    /// Whether it gives somebody rights or duties. That something ended is a report (rule 0).
    pub(crate) const fn is_act(&self) -> bool {
        match self {
            Self::Topology(command) => command.is_act(),
            Self::Coordinators(command) => !matches!(command, CoordinatorCommand::EndPlanCoordinator { .. }),
            Self::Sat(command) => command.is_act(),
            Self::Episode(command) => command.is_act(),
            Self::Dons(command) => matches!(command, DonsCommand::AssignDonsDuo { .. }),
        }
    }
}

/// This room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Divorce {
    topology: topology::Topology,
    coordinators: Vec<Coordinator>,
    reviews: Vec<SatReview>,
    duos: Vec<Duo>,
    dons: dons::Dons,
    episodes: Vec<episode::Episode>,
    strains: Vec<episode::NamedStrain>,
}

impl Divorce {
    /// What must follow and has not, as things stand (see [`crate::dues`]).
    pub(crate) fn open_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.sat_dues(today).chain(self.dons_dues()).chain(self.episode_dues(today))
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &DivorceCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut asked = Asked::new(history, order, context);
    match command {
        DivorceCommand::Topology(command) => topology::decide(&mut asked, command),
        DivorceCommand::Coordinators(command) => coordinators::decide(&mut asked, command),
        DivorceCommand::Sat(command) => sat::decide(&mut asked, history.revision(), command),
        DivorceCommand::Dons(command) => dons::decide(&mut asked, command),
        DivorceCommand::Episode(command) => episode::decide(&mut asked, command),
    }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &DivorceEvent) {
    if let DivorceEvent::Topology(event) = event {
        return topology::apply(state, fact, event);
    }
    let (divorce, regie) = (&mut state.divorce, &state.regie);
    match event {
        DivorceEvent::Topology(_) => {}
        DivorceEvent::Coordinators(event) => coordinators::apply(divorce, regie, fact, event),
        DivorceEvent::Sat(event) => sat::apply(divorce, regie, fact, event),
        DivorceEvent::Dons(event) => dons::apply(divorce, regie, fact, event),
        DivorceEvent::Episode(event) => episode::apply(divorce, fact, event),
    }
}

/// The case was closed, or opened again: every role of this room ends as those of regie do.
pub(crate) fn end_with_the_case(state: &mut CaseState) {
    let (divorce, regie) = (&mut state.divorce, &state.regie);
    let coordinators = divorce.coordinators.iter_mut().map(|one| &mut one.period);
    let reviews = divorce.reviews.iter_mut().flat_map(|review| {
        std::iter::once(&mut review.period).chain(review.modes.iter_mut().map(|held| &mut held.period))
    });
    let duos = divorce.duos.iter_mut().map(|duo| &mut duo.period);
    for period in coordinators.chain(reviews).chain(duos) {
        *period = regie.ended_with_the_case(*period);
    }
}
