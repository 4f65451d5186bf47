//! The law of this room: what may be recorded of a ruling. It is a report; only what contradicts itself is refused.

use super::catalogue::{
    RULING_DATES_OUT_OF_ORDER, RULING_ENDS_DUE, RULING_IN_PLACE_UNFIT, RULING_NOT_ABOUT_AUTHORITY,
    RULING_NOT_PRONOUNCED, RULING_OF_ANOTHER, RULING_OVER, RULING_UNKNOWN,
};
use super::{InPlace, NewRuling, Ruling, RulingCommand, RulingDates, RulingEvent, RulingKind, Rulings};
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::WhoIs;
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{PersonId, RulingId, Subject};
use crate::layers::stands_in_child_layer;
use crate::once::each_once_in_order;
use crate::people::{authority_of_case, check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::time::CivilDay;

pub(super) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RulingCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    match command {
        RulingCommand::RecordRuling(new) => recorded(state, new, context),
        RulingCommand::RecordRulingDates { ruling, dates } => {
            let known = known(&state.rulings, *ruling)?;
            let all = known.dates.with(*dates);
            check_dates(known.pronounced, &all)?;
            let event = RulingEvent::RulingDatesRecorded { ruling: *ruling, person: known.person, dates: *dates };
            Ok(vec![ends(Draft::of(event.into()).for_audience(readers(history, known)), all.until, context)])
        }
        RulingCommand::EndRuling { ruling, last_day, reason } => {
            let known = known(&state.rulings, *ruling)?;
            let last_day = last_day.unwrap_or_else(|| order.happened(context.today()));
            if known.ended.is_some() || known.dates.until.is_some_and(|until| until < last_day) {
                let over = Rejection::new(RULING_OVER).with("ruling", Detail::id(*ruling));
                return Err(over.with("day", last_day));
            }
            let reason = reason.clone().map(|words| context.in_record(words));
            let event = RulingEvent::RulingEnded { ruling: *ruling, person: known.person, last_day, reason };
            Ok(vec![Draft::of(event.into()).for_audience(readers(history, known))])
        }
    }
}

/// The ruling, and who has authority by it when that is told in the same act.
fn recorded(state: &CaseState, new: &NewRuling, context: &mut Context<'_>) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    std::iter::once(&new.person).chain(&new.others).try_for_each(|person| check_known(&state.people, *person))?;
    if let Some(pronounced) = new.pronounced.filter(|day| *day > context.today()) {
        return Err(Rejection::new(RULING_NOT_PRONOUNCED).with("pronounced", pronounced));
    }
    check_dates(new.pronounced, &new.dates)?;
    check_in_place(state, new)?;
    if let Some(replaced) = new.replaces {
        check_about(known(&state.rulings, replaced)?, new.person)?;
    }
    let ruling = RulingId::from_uuid(context.new_id());
    let authority = match &new.authority {
        Some(authority) => {
            if authority.child != WhoIs::Person(new.person) {
                return Err(Rejection::new(RULING_OF_ANOTHER).with("person", Detail::id(new.person)));
            }
            if !new.kind.is_about_authority() {
                return Err(Rejection::new(RULING_NOT_ABOUT_AUTHORITY).with("kind", new.kind.as_str()));
            }
            Some(authority_of_case(&state.people, authority, Some(ruling), context.terms.consent_ages)?)
        }
        None => None,
    };
    let event = RulingEvent::RulingRecorded {
        ruling,
        person: new.person,
        others: each_once_in_order(&new.others),
        kind: Personal::ordinary(Subject::Person(new.person), new.kind),
        scope: context.in_record(new.scope.clone()),
        channel: new.channel.clone().map(|words| context.in_record(words)),
        reference: new.reference.clone().map(|words| context.in_record(words)),
        in_place: new.in_place.clone(),
        pronounced: new.pronounced,
        dates: new.dates,
        source: new.source,
        replaces: new.replaces,
    };
    let told = Draft::of(event.into()).for_audience(audience(state, new, context));
    let authority = authority.map(|event| Draft::of(CaseEvent::People(event)));
    Ok(std::iter::once(ends(told, new.dates.until, context)).chain(authority).collect())
}

/// Whoever works for the child, or for the grown-up it is about. A ban says where somebody is: for the director, until somebody decides who
/// else must know.
fn audience(state: &CaseState, new: &NewRuling, context: &Context<'_>) -> Audience {
    match new.kind {
        RulingKind::Ban => Audience::Director,
        _ if stands_in_child_layer(state, new.person, context.today(), context.terms.consent_ages) => {
            Audience::Child(new.person)
        }
        _ => Audience::Persons(vec![new.person]),
    }
}

/// What is said of a ruling later is for whoever may know the ruling now.
fn readers(history: &History<Case>, ruling: &Ruling) -> Audience {
    let fact = history.fact(ruling.fact);
    fact.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

/// An end is announced ahead, so that what follows is talked about before it is there.
fn ends(draft: Draft<CaseEvent>, until: Option<CivilDay>, context: &Context<'_>) -> Draft<CaseEvent> {
    let Some(until) = until.filter(|until| *until >= context.today()) else { return draft };
    let at = context.terms.calendar.announced_at(until, context.terms.announced_ahead_days);
    draft.with_due(Due { what: RULING_ENDS_DUE.to_owned(), last_day: until, at })
}

fn known(rulings: &Rulings, ruling: RulingId) -> Result<&Ruling, Rejection> {
    rulings.get(ruling).ok_or_else(|| Rejection::new(RULING_UNKNOWN).with("ruling", Detail::id(ruling)))
}

fn check_about(ruling: &Ruling, person: PersonId) -> Result<(), Rejection> {
    if ruling.person == person {
        return Ok(());
    }
    Err(Rejection::new(RULING_OF_ANOTHER).with("person", Detail::id(person)))
}

/// Whether authority over this child may cite that ruling.
///
/// # Errors
/// `RULING_UNKNOWN`, `RULING_OF_ANOTHER`, `RULING_NOT_ABOUT_AUTHORITY`.
pub(crate) fn check_cited(rulings: &Rulings, ruling: RulingId, child: &WhoIs) -> Result<(), Rejection> {
    let known = known(rulings, ruling)?;
    if let WhoIs::Person(child) = child {
        check_about(known, *child)?;
    }
    match known.kind.known() {
        Some(kind) if !kind.is_about_authority() => {
            Err(Rejection::new(RULING_NOT_ABOUT_AUTHORITY).with("kind", kind.as_str()))
        }
        _ => Ok(()),
    }
}

fn check_dates(pronounced: Option<CivilDay>, dates: &RulingDates) -> Result<(), Rejection> {
    for (what, day) in [("sent", dates.sent), ("final", dates.final_on)] {
        if let (Some(pronounced), Some(day)) = (pronounced, day)
            && day < pronounced
        {
            let refused = Rejection::new(RULING_DATES_OUT_OF_ORDER).with("what", what);
            return Err(refused.with("day", day).with("pronounced", pronounced));
        }
    }
    dates.in_force.map_or(Ok(()), |from| check_order(from, dates.until))
}

fn check_in_place(state: &CaseState, new: &NewRuling) -> Result<(), Rejection> {
    let Some(InPlace { of, kinds }) = &new.in_place else { return Ok(()) };
    of.iter().try_for_each(|person| check_known(&state.people, *person))?;
    let fits = matches!(new.kind, RulingKind::SubstituteConsent | RulingKind::Authority);
    if fits && !of.is_empty() && !kinds.is_empty() && !of.contains(&new.person) {
        return Ok(());
    }
    Err(Rejection::new(RULING_IN_PLACE_UNFIT).with("kind", new.kind.as_str()))
}
