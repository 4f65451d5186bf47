//! The law of this room: the team is asked about children, the family is told, and only then its members come in.

use super::catalogue::{
    RET_ALREADY_ASKED, RET_CONSENT_MISSING, RET_FAMILY_NOT_TOLD, RET_FOR_A_CHILD, RET_OVER, RET_UNKNOWN,
    RET_WITH_NOBODY,
};
use super::{NewRet, NewTold, RET_ASKED_DUE, Ret, RetCommand, RetEvent};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::named_on;
use crate::decider::{Context, History};
use crate::exclusion::check_not_excluded;
use crate::fact::{Audience, Draft, Due};
use crate::ids::{PersonId, RetId, WorkerId};
use crate::layers::audience_of_all;
use crate::once::{each_once, each_once_in_order};
use crate::people::{check_known, check_may_be_child};
use crate::rejection::{Code, Detail, Rejection};
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(history: &History<Case>, on: CivilDay, command: &RetCommand, context: &mut Context<'_>) -> Answer {
    let state = history.state();
    match command {
        RetCommand::AskRet(new) => ask(state, on, new, context),
        RetCommand::TellFamilyOfRet { ret, told } => {
            let known = open(state, *ret)?;
            let audience = audience_of(history, known);
            Ok(vec![draft(tell(state, *ret, told, context)?).for_audience(audience)])
        }
        RetCommand::JoinRet { ret, members } => join(history, *ret, members, context),
        RetCommand::EndRet { ret, words } => {
            let known = open(state, *ret)?;
            let audience = audience_of(history, known);
            let event = RetEvent::RetEnded { ret: *ret, words: context.in_record(words.clone()) };
            Ok(vec![draft(event).for_audience(audience)])
        }
    }
}

const fn draft(event: RetEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Ret(event))
}

fn ask(state: &CaseState, on: CivilDay, new: &NewRet, context: &mut Context<'_>) -> Answer {
    if new.children.is_empty() {
        return Err(Rejection::new(RET_FOR_A_CHILD));
    }
    let ages = context.terms.consent_ages;
    let may_be_child = |child: &PersonId| check_may_be_child(&state.people, *child, on, ages, RET_FOR_A_CHILD);
    new.children.iter().try_for_each(may_be_child)?;
    let running = state.ret.all().iter().find(|ret| ret.ended.is_none() && ret.organisation == new.organisation);
    if let Some(running) = running {
        return Err(refused(RET_ALREADY_ASKED, running.id).with("since", running.asked));
    }
    let terms = context.terms;
    let due = Due {
        what: RET_ASKED_DUE.to_owned(),
        last_day: terms.last_day(terms.ret_asked, on),
        at: terms.follows_at(terms.ret_asked, on),
    };
    let children = each_once(&new.children);
    let audience = audience_of_all(state, &children, context.today(), terms.consent_ages);
    let ret = RetId::from_uuid(context.new_id());
    let stuck = context.in_record(new.stuck.clone());
    let asked = RetEvent::RetAsked { ret, organisation: new.organisation.clone(), children, stuck };
    let mut drafts = vec![draft(asked).for_audience(audience.clone()).with_due(due)];
    if let Some(told) = &new.told {
        drafts.push(draft(tell(state, ret, told, context)?).for_audience(audience));
    }
    Ok(drafts)
}

fn tell(state: &CaseState, ret: RetId, new: &NewTold, context: &mut Context<'_>) -> Result<RetEvent, Rejection> {
    if new.persons.is_empty() {
        return Err(refused(RET_WITH_NOBODY, ret));
    }
    new.persons.iter().try_for_each(|person| check_known(&state.people, *person))?;
    Ok(RetEvent::RetFamilyTold { ret, told: each_once(&new.persons), words: context.in_record(new.words.clone()) })
}

fn join(history: &History<Case>, ret: RetId, members: &[WorkerId], context: &Context<'_>) -> Answer {
    let state = history.state();
    let known = open(state, ret)?;
    if members.is_empty() {
        return Err(refused(RET_WITH_NOBODY, ret));
    }
    if known.told.is_empty() {
        return Err(refused(RET_FAMILY_NOT_TOLD, ret));
    }
    let members = each_once_in_order(members);
    members.iter().try_for_each(|member| check_not_excluded(state, *member))?;
    members.iter().try_for_each(|member| check_named(state, known, *member, context))?;
    let event = RetEvent::RetJoined { ret, members };
    Ok(vec![draft(event).for_audience(audience_of(history, known))])
}

/// Of each child somebody's consent names the member: everyone said yes who must be asked.
fn check_named(state: &CaseState, known: &Ret, member: WorkerId, context: &Context<'_>) -> Result<(), Rejection> {
    let named: Vec<PersonId> =
        named_on(state, member, context.today(), context.terms).into_iter().map(|(person, _)| person).collect();
    if known.children.iter().all(|child| named.contains(child)) {
        return Ok(());
    }
    Err(refused(RET_CONSENT_MISSING, known.id).with("worker", Detail::id(member)))
}

fn refused(code: Code, ret: RetId) -> Rejection {
    Rejection::new(code).with("ret", Detail::id(ret))
}

fn open(state: &CaseState, ret: RetId) -> Result<&Ret, Rejection> {
    let known = state.ret.get(ret).ok_or_else(|| refused(RET_UNKNOWN, ret))?;
    match &known.ended {
        Some((day, ..)) => Err(refused(RET_OVER, ret).with("on", *day)),
        None => Ok(known),
    }
}

/// Who may know what follows: whoever may know that the team was asked.
fn audience_of(history: &History<Case>, known: &Ret) -> Audience {
    let asked = history.fact(known.fact);
    asked.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}
