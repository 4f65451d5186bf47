//! Other content in the place of a fact: the same event about the same people, with what was wrong said right. New words are a
//! record of their own, so that the wrong and the right ones can each be destroyed alone.

mod divorce;
mod episode;
mod explanation;
mod safety;
mod words;

pub(super) use explanation::explained;

use super::{CORRECTION_DOES_NOT_FIT, CORRECTION_OF_ERASED, CORRECTION_OF_UNREADABLE, CorrectedContent};
use crate::case::{CaseEvent, CaseState};
use crate::conference::{Attendee, Came, Point};
use crate::consent::WhoIs;
use crate::decider::{Context, DomainEvent};
use crate::divorce::{CoordinatorEvent, DivorceEvent, DonsEvent, SatEvent};
use crate::fact::{Departure, Fact};
use crate::households::HouseholdEvent;
use crate::ids::RulingId;
use crate::informal::InformalEvent;
use crate::life::LifeEvent;
use crate::people::{self, NewAuthority, PeopleEvent};
use crate::personal::{Personal, Presence};
use crate::reference::ReferenceEvent;
use crate::regie::{self, RegieEvent};
use crate::rejection::Rejection;
use crate::representation::RepresentationEvent;
use crate::ruling::RulingEvent;
use crate::terms::ConsentAges;
use crate::time::CivilDay;

/// The event with this content in it.
///
/// # Errors
/// `CORRECTION_DOES_NOT_FIT` when an event of this type has no such content; `CORRECTION_OF_ERASED` when what should stay is gone;
/// and what the room of the event refuses about the content itself.
pub(super) fn replace(
    event: &CaseEvent,
    right: &CorrectedContent,
    state: &CaseState,
    context: &mut Context<'_>,
) -> Result<CaseEvent, Rejection> {
    let mut event = event.clone();
    match (&mut event, right) {
        (CaseEvent::People(event), right) => person(event, right, state, context)?,
        (
            CaseEvent::Households(HouseholdEvent::MembershipRecorded { from, until, .. }),
            CorrectedContent::Membership { from: first, until: last },
        ) => {
            people::check_order(*first, *last)?;
            (*from, *until) = (*first, *last);
        }
        (
            CaseEvent::Life(LifeEvent::CaseOpened { framework, ground, question, .. }),
            CorrectedContent::Opening { framework: right, ground: rests_on },
        ) => {
            kept(Some(&*question))?;
            (*framework, *ground) = (*right, *rests_on);
        }
        (
            CaseEvent::Households(HouseholdEvent::MembershipEnded { last_day, .. }),
            CorrectedContent::LastDay { last_day: last },
        ) => *last_day = *last,
        (
            CaseEvent::Regie(event),
            CorrectedContent::Party { .. } | CorrectedContent::Director { .. } | CorrectedContent::LastDay { .. },
        ) => in_regie(event, right)?,
        (CaseEvent::Divorce(event), CorrectedContent::LastDay { last_day: last }) => last_day_in_divorce(event, *last)?,
        (
            CaseEvent::Representation(RepresentationEvent::RepresentativeEnded { last_day, reason, .. })
            | CaseEvent::Ruling(RulingEvent::RulingEnded { last_day, reason, .. })
            | CaseEvent::Reference(ReferenceEvent::ExternalReferenceEnded { last_day, reason, .. })
            | CaseEvent::Informal(InformalEvent::SupportEnded { last_day, words: reason, .. }),
            CorrectedContent::LastDay { last_day: last },
        ) => {
            kept(reason.as_ref())?;
            *last_day = *last;
        }
        (event, CorrectedContent::Words(text)) => words::words(event, text, context)?,
        (event, CorrectedContent::Explanation(_)) => explanation::explainable(event)?,
        (event, _) => return Err(misfit(event)),
    }
    Ok(event)
}

fn misfit(event: &CaseEvent) -> Rejection {
    Rejection::new(CORRECTION_DOES_NOT_FIT).with("event", event.info().name)
}

fn person(
    event: &mut PeopleEvent,
    right: &CorrectedContent,
    state: &CaseState,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    match (&mut *event, right) {
        (PeopleEvent::PersonAdded { name, birth_date, role, .. }, CorrectedContent::Name(right)) => {
            kept(birth_date.as_ref())?;
            kept(Some(&*role))?;
            *name = Personal::ordinary(name.owner(), right.clone());
        }
        (PeopleEvent::PersonRenamed { name, .. }, CorrectedContent::Name(right)) => {
            *name = Personal::ordinary(name.owner(), right.clone());
        }
        (PeopleEvent::PersonAdded { name, birth_date, role, .. }, CorrectedContent::BirthDate(right)) => {
            kept(Some(&*name))?;
            kept(Some(&*role))?;
            people::check_birth_date(Some(*right), context.today())?;
            *birth_date = Some(Personal::ordinary(name.owner(), *right));
        }
        (PeopleEvent::BirthDateRecorded { birth_date, .. }, CorrectedContent::BirthDate(right)) => {
            people::check_birth_date(Some(*right), context.today())?;
            *birth_date = Personal::ordinary(birth_date.owner(), *right);
        }
        (PeopleEvent::AuthorityRecorded { child, ruling, .. }, CorrectedContent::Authority(right))
            if right.child == WhoIs::Person(*child) =>
        {
            *event = authority(right, *ruling, state, context.terms.consent_ages)?;
        }
        (
            PeopleEvent::RecognitionRecorded { recognised, from, .. },
            CorrectedContent::Recognition { recognised: right, from: first },
        ) => {
            *recognised = Personal::ordinary(recognised.owner(), *right);
            *from = *first;
        }
        (event, _) => return Err(misfit(&CaseEvent::People(event.clone()))),
    }
    Ok(())
}

fn authority(
    right: &NewAuthority,
    ruling: Option<RulingId>,
    state: &CaseState,
    ages: ConsentAges,
) -> Result<PeopleEvent, Rejection> {
    people::authority_of_case(&state.people, right, ruling, ages)
}

fn in_regie(event: &mut RegieEvent, right: &CorrectedContent) -> Result<(), Rejection> {
    match (&mut *event, right) {
        (
            RegieEvent::PartyJoined { from, expected_end, expertise, .. },
            CorrectedContent::Party { from: first, expected_end: end },
        ) => {
            kept(expertise.as_ref())?;
            people::check_order(*first, *end)?;
            (*from, *expected_end) = (*first, *end);
        }
        (
            RegieEvent::DirectorAssigned { from, .. } | RegieEvent::HandoverAccepted { from, .. },
            CorrectedContent::Director { from: first },
        ) => *from = *first,
        (RegieEvent::DirectorEnded { last_day, reason, .. }, CorrectedContent::LastDay { last_day: last }) => {
            kept(Some(&*reason))?;
            *last_day = *last;
        }
        (RegieEvent::PartyLeft { last_day, reason, .. }, CorrectedContent::LastDay { last_day: last }) => {
            kept(reason.as_ref())?;
            *last_day = *last;
        }
        (RegieEvent::DeputyEnded { last_day, .. }, CorrectedContent::LastDay { last_day: last }) => *last_day = *last,
        (event, _) => return Err(misfit(&CaseEvent::Regie(event.clone()))),
    }
    Ok(())
}

fn last_day_in_divorce(event: &mut DivorceEvent, last: CivilDay) -> Result<(), Rejection> {
    match event {
        DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorEnded { last_day, reason, .. })
        | DivorceEvent::Dons(DonsEvent::DonsEnded { last_day, reason, .. }) => {
            kept(Some(&*reason))?;
            *last_day = last;
            Ok(())
        }
        DivorceEvent::Dons(DonsEvent::DonsCompleted { last_day, communication, contact, agreements, .. }) => {
            [communication, contact, agreements].into_iter().try_for_each(|text| kept(text.as_ref()))?;
            *last_day = last;
            Ok(())
        }
        DivorceEvent::Sat(SatEvent::SatModeEnded { last_day, reason, .. }) => {
            kept(reason.as_ref())?;
            *last_day = last;
            Ok(())
        }
        event => Err(misfit(&CaseEvent::Divorce(event.clone()))),
    }
}

fn kept_held(came: &[Came], agreed: &[Point]) -> Result<(), Rejection> {
    for guest in came {
        kept_attendee(&guest.who)?;
        kept(guest.left_early.as_ref())?;
        guest.words.iter().try_for_each(|word| kept(word.agrees.as_ref()))?;
    }
    agreed.iter().try_for_each(|point| kept(Some(&point.what)))
}

fn kept_attendee(who: &Attendee) -> Result<(), Rejection> {
    match who {
        Attendee::Outside(who) => kept(Some(who)),
        Attendee::Person(_) | Attendee::Worker(_) => Ok(()),
    }
}

/// The marks of a fact with this event in its place: what its new dates decide is judged anew, all else stays.
pub(super) fn judged(
    event: &CaseEvent,
    (recorded, stands): (&Fact<CaseEvent>, &Fact<CaseEvent>),
    state: &CaseState,
    context: &Context<'_>,
) -> Vec<Departure> {
    match event {
        CaseEvent::Regie(event) => {
            regie::departures_by_dates(event, (recorded, stands), state, context.terms_of(recorded))
        }
        _ => stands.departures.clone(),
    }
}

/// What stays is written again, so it must still be readable.
pub(super) fn kept<T>(value: Option<&Personal<T>>) -> Result<(), Rejection> {
    match value.map(Personal::presence) {
        None | Some(Presence::Known) => Ok(()),
        Some(Presence::Erased) => Err(Rejection::new(CORRECTION_OF_ERASED)),
        Some(Presence::Unavailable) => Err(Rejection::new(CORRECTION_OF_UNREADABLE)),
    }
}
