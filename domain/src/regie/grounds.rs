//! What a fact of this room rests on, in the state it is told into. Every decision sees to it; a correction may take it away, and then
//! the fact would silently say nothing: an end that ends nobody, an acceptance of what was never offered.

use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{HandoverId, WorkerId};
use crate::regie::RegieEvent;
use crate::regie::handover::check_answered;
use crate::regie::slice::{Period, Regie};
use crate::time::CivilDay;

/// What is missing under a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoGround {
    /// Nobody to end: on the last day that person had not started, or had stopped.
    Start,
    /// The case is closed, or was opened again later than this starts.
    OpenCase,
    /// No director, no party or no task that this speaks of.
    Role,
    /// No open offer, or one that was not read or that the family was not asked about.
    Offer,
    /// An earlier offer is still open.
    FirstOffer,
}

/// What this fact would rest on and is not there; `None` when it stands.
pub(crate) fn missing(regie: &Regie, fact: &Fact<CaseEvent>, event: &RegieEvent) -> Option<NoGround> {
    if regie.is_closed() && needs_open_case(event) {
        return Some(NoGround::OpenCase);
    }
    let (stands, otherwise) = match event {
        RegieEvent::PartyJoined { .. } => return None,
        RegieEvent::DirectorAssigned { from, .. } => (!regie.opened_again_after(*from), NoGround::OpenCase),
        RegieEvent::PartyLeft { worker, last_day, .. } => (regie.is_party_on(*worker, *last_day), NoGround::Start),
        RegieEvent::DirectorEnded { director, last_day, .. } => {
            let directorships = regie.directorships.iter();
            (holds(directorships.map(|one| (one.worker, one.period)), *director, *last_day), NoGround::Start)
        }
        RegieEvent::DeputyEnded { deputy, last_day } => {
            let deputyships = regie.deputyships.iter();
            (holds(deputyships.map(|one| (one.worker, one.period)), *deputy, *last_day), NoGround::Start)
        }
        RegieEvent::FamilyToldOfDeputy { deputy, since, .. } => {
            (regie.deputyships.iter().any(|one| one.is(*deputy, *since)), NoGround::Role)
        }
        RegieEvent::ContributionStated { worker, .. } | RegieEvent::ExpectedEndChanged { worker, .. } => {
            (regie.is_party_on(*worker, fact.occurred.day()), NoGround::Role)
        }
        RegieEvent::DeputyAppointed { from, .. } => (regie.director_on(*from).is_some(), NoGround::Role),
        RegieEvent::RegieHandedBack { tasks, from, .. } => {
            let open = regie.open_tasks(*from);
            (tasks.iter().all(|task| open.contains(task)), NoGround::Role)
        }
        RegieEvent::HandoverOffered { .. } if regie.open_handover().is_some() => (false, NoGround::FirstOffer),
        RegieEvent::HandoverOffered { .. } => (regie.director_on(fact.occurred.day()).is_some(), NoGround::Role),
        RegieEvent::FamilyWordRecorded { handover, .. } => (regie.handover(*handover).is_some(), NoGround::Offer),
        RegieEvent::HandoverSummaryRead { handover } | RegieEvent::HandoverEnded { handover, .. } => {
            (is_open(regie, *handover), NoGround::Offer)
        }
        RegieEvent::HandoverAccepted { from, .. } if regie.opened_again_after(*from) => (false, NoGround::OpenCase),
        RegieEvent::HandoverAccepted { handover, .. } => {
            let answered = regie.handover(*handover).is_some_and(|offer| check_answered(offer).is_ok());
            (is_open(regie, *handover) && answered, NoGround::Offer)
        }
    };
    (!stands).then_some(otherwise)
}

/// Whether this is an act that gives somebody a role. That a professional joined may be a report, and is told in a closed case as well:
/// no event says which of the two it was.
const fn needs_open_case(event: &RegieEvent) -> bool {
    matches!(
        event,
        RegieEvent::DirectorAssigned { .. }
            | RegieEvent::HandoverOffered { .. }
            | RegieEvent::HandoverAccepted { .. }
            | RegieEvent::DeputyAppointed { .. }
    )
}

fn holds(mut periods: impl Iterator<Item = (WorkerId, Period)>, worker: WorkerId, day: CivilDay) -> bool {
    periods.any(|(other, period)| other == worker && period.holds_on(day))
}

fn is_open(regie: &Regie, id: HandoverId) -> bool {
    regie.handover(id).is_some_and(|handover| handover.outcome.is_none())
}
