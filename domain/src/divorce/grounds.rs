//! What a fact of this room rests on, in the state it is told into. Every decision sees to it; a correction may take it away, and then
//! the fact would silently say nothing.

use super::episode::{self, EpisodeEvent, EpisodeStep};
use super::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent, Shareable, TopologyEvent};
use crate::case::{CaseEvent, CaseState};
use crate::fact::Fact;
use crate::ids::DonsConversationId;
use crate::regie::Period;

/// What is missing under a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotStanding {
    /// Nothing to end.
    Start,
    /// The case is closed, or was opened again later than this starts.
    OpenCase,
    /// No director, no plan of a household or no request that this speaks of.
    Ground,
    /// Somebody has the place already on some of those days.
    Vacancy,
}

/// What this fact would rest on and is not there; `None` when it stands.
pub(crate) fn missing(state: &CaseState, fact: &Fact<CaseEvent>, event: &DivorceEvent) -> Option<NotStanding> {
    match event {
        DivorceEvent::Topology(event) => of_topology(state, fact, event),
        DivorceEvent::Coordinators(event) => of_coordinators(state, event),
        DivorceEvent::Sat(event) => of_sat(state, fact, event),
        DivorceEvent::Dons(event) => of_dons(state, event),
        DivorceEvent::Episode(event) => of_episode(state, fact, event),
    }
}

fn unless(stands: bool, missing: NotStanding) -> Option<NotStanding> {
    (!stands).then_some(missing)
}

fn of_topology(state: &CaseState, fact: &Fact<CaseEvent>, event: &TopologyEvent) -> Option<NotStanding> {
    let (day, divorce) = (fact.occurred.day(), &state.divorce);
    let directed = || {
        unless(!state.regie.is_closed(), NotStanding::OpenCase)
            .or_else(|| unless(state.regie.director_on(day).is_some(), NotStanding::Ground))
    };
    let apart = || !divorce.households_apart_on(day).is_empty();
    match event {
        TopologyEvent::PlanSplitPerHousehold { .. } => {
            directed().or_else(|| unless(divorce.split_on(day).is_none(), NotStanding::Vacancy))
        }
        TopologyEvent::PlansApartForProfessionals { .. } => {
            directed().or_else(|| unless(!apart(), NotStanding::Vacancy))
        }
        TopologyEvent::PlansJoined { .. } => directed().or_else(|| unless(apart(), NotStanding::Start)),
        TopologyEvent::SharedAgreementMade { .. } => directed().or_else(|| unless(apart(), NotStanding::Ground)),
        TopologyEvent::SharedAgreementEnded { agreement, .. } => {
            let stands = divorce.agreement(*agreement).is_some_and(|made| made.ended.is_none());
            unless(stands, NotStanding::Start)
        }
        TopologyEvent::SafeToShareMarked { what: Shareable::Agreement(agreement) } => {
            unless(divorce.agreement(*agreement).is_some(), NotStanding::Ground)
        }
        TopologyEvent::SafeToShareRevoked { what, .. } => unless(divorce.was_marked(*what), NotStanding::Start),
        TopologyEvent::SafeToShareMarked { .. }
        | TopologyEvent::TwoPlansAdvised { .. }
        | TopologyEvent::VisionShared { .. }
        | TopologyEvent::TwoPlansAnswered { .. }
        | TopologyEvent::TwoPlansWished { .. } => None,
    }
}

fn of_coordinators(state: &CaseState, event: &CoordinatorEvent) -> Option<NotStanding> {
    match event {
        CoordinatorEvent::PlanCoordinatorAppointed { household, from, until, .. } => {
            let apart = state.divorce.households_apart_on(*from).contains(household);
            let days = state.regie.within_the_case(Period { since: *from, until: *until });
            let taken = state.divorce.coordinator_within(*household, days).is_some();
            let open = !state.regie.is_closed() && !state.regie.opened_again_after(*from);
            unless(open, NotStanding::OpenCase)
                .or_else(|| unless(apart, NotStanding::Ground))
                .or_else(|| unless(!taken, NotStanding::Vacancy))
        }
        CoordinatorEvent::PlanCoordinatorEnded { household, worker, last_day, .. } => {
            let mut there = state.divorce.coordinators_on(*last_day);
            unless(there.any(|one| (one.household, one.worker) == (*household, *worker)), NotStanding::Start)
        }
    }
}

fn of_sat(state: &CaseState, fact: &Fact<CaseEvent>, event: &SatEvent) -> Option<NotStanding> {
    if let SatEvent::SatRequested { .. } = event {
        return unless(!state.regie.is_closed(), NotStanding::OpenCase);
    }
    let review = state.divorce.sat_review(event.review());
    let Some(review) = review.filter(|review| review.period.holds_on(fact.occurred.day())) else {
        return Some(NotStanding::Ground);
    };
    match event {
        SatEvent::SatAccepted { .. } => unless(review.accepted.is_none(), NotStanding::Vacancy),
        SatEvent::SatAdviceGiven { advisor, .. } => {
            let accepted = review.accepted.as_ref();
            unless(accepted.is_some_and(|accepted| accepted.advisor == *advisor), NotStanding::Ground)
        }
        SatEvent::SatAdviceAnswered { advice, .. } => {
            unless(review.unanswered().any(|given| given.id == *advice), NotStanding::Ground)
        }
        SatEvent::SatModeAgreed { .. } => unless(review.accepted.is_some(), NotStanding::Ground),
        SatEvent::SatModeEnded { last_day, .. } => {
            unless(review.modes.iter().any(|held| held.period.holds_on(*last_day)), NotStanding::Start)
        }
        SatEvent::SatRequested { .. } | SatEvent::SatEnded { .. } | SatEvent::SatNotMeSaid { .. } => None,
    }
}

fn of_dons(state: &CaseState, event: &DonsEvent) -> Option<NotStanding> {
    match event {
        DonsEvent::DonsDuoAssigned { from, .. } => {
            let days = state.regie.within_the_case(Period::since(*from));
            let open = !state.regie.is_closed() && !state.regie.opened_again_after(*from);
            unless(open, NotStanding::OpenCase)
                .or_else(|| unless(state.divorce.duo_within(days).is_none(), NotStanding::Vacancy))
        }
        DonsEvent::DonsEnded { trajectory, last_day, .. } | DonsEvent::DonsCompleted { trajectory, last_day, .. } => {
            let runs = state.divorce.duos().iter();
            let mut runs = runs.filter(|duo| duo.ended.is_none() && duo.period.holds_on(*last_day));
            unless(runs.any(|duo| duo.trajectory == *trajectory), NotStanding::Start)
        }
        DonsEvent::DonsConversationHeld { trajectory, .. } | DonsEvent::DonsConversationNotHeld { trajectory, .. } => {
            unless(state.divorce.duo(*trajectory).is_some(), NotStanding::Ground)
        }
        DonsEvent::ParentGoalDrafted { trajectory, conversation, .. } => {
            unless(state.divorce.duo(*trajectory).is_some() && is_held(state, *conversation), NotStanding::Ground)
        }
        DonsEvent::ParentGoalAdjusted { goal, conversation, .. }
        | DonsEvent::ParentGoalFixed { goal, conversation } => {
            unless(state.divorce.parent_goal(*goal).is_some() && is_held(state, *conversation), NotStanding::Ground)
        }
        DonsEvent::BarrierOpened { .. } => None,
        DonsEvent::BarrierLifted { barrier, .. } => {
            let open = state.divorce.barrier(*barrier).is_some_and(|barrier| barrier.lifted.is_none());
            unless(open, NotStanding::Start)
        }
    }
}

/// Whether the conversation that is named, if any, was held.
fn is_held(state: &CaseState, conversation: Option<DonsConversationId>) -> bool {
    conversation.is_none_or(|named| state.divorce.dons_conversation(named).is_some_and(|one| one.held().is_some()))
}

/// What took place is told of a closed case too; what was chosen takes an open one.
fn of_episode(state: &CaseState, fact: &Fact<CaseEvent>, event: &EpisodeEvent) -> Option<NotStanding> {
    let told = matches!(
        event,
        EpisodeEvent::DivorceSignalRecorded { .. }
            | EpisodeEvent::ParentStrainNamed { .. }
            | EpisodeEvent::ComplexDivorceAcknowledged { .. }
            | EpisodeEvent::DivorceEpisodeMoved { step: EpisodeStep::LookedBack, .. }
    );
    unless(told || !state.regie.is_closed(), NotStanding::OpenCase)
        .or_else(|| unless(episode::stands(&state.divorce, fact, event), NotStanding::Ground))
}
