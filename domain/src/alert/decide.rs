//! The law of this room. The system says only what is still so when its word is written: what was said already, or waits no longer, writes
//! nothing. People answer.

use super::catalogue::{BY_ITSELF_ONLY, PROPOSAL_ANSWERED, PROPOSAL_LAPSED, PROPOSAL_NEEDS_A_PERSON, PROPOSAL_UNKNOWN};
use super::pending::{Next, pending, receiver};
use super::proposals::still_rests;
use super::{AlertCommand, AlertEvent, AlertKey, Ground, Proposal, ProposalAbout, ProposalKind, Receiver, table};
use crate::case::{Case, CaseEvent};
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft, Role};
use crate::ids::{AlertId, EventId, ProposalId, Subject, WorkerId};
use crate::life::Phase;
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::time::{CivilDay, Timestamp};

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(history: &History<Case>, command: &AlertCommand, context: &mut Context<'_>) -> Answer {
    check_speaker(command, context)?;
    match command {
        AlertCommand::RaiseAlert { key, step } => Ok(raise(history, key, *step, context)),
        AlertCommand::MakeProposal { kind, about, cause } => Ok(propose(history, *kind, *about, *cause, context)),
        AlertCommand::AcceptProposal { proposal, words } => {
            check_waits(history, *proposal)?;
            let words = words.as_ref().map(|words| context.in_record(words.clone()));
            Ok(answer(history, *proposal, AlertEvent::ProposalAccepted { proposal: *proposal, words }))
        }
        AlertCommand::DismissProposal { proposal, reason } => {
            check_waits(history, *proposal)?;
            let reason = context.in_record(reason.clone());
            Ok(answer(history, *proposal, AlertEvent::ProposalDismissed { proposal: *proposal, reason }))
        }
    }
}

/// Nobody can be the system: no token names its role. And it answers nothing itself.
fn check_speaker(command: &AlertCommand, context: &Context<'_>) -> Result<(), Rejection> {
    match (command.is_of_the_system(), context.actor.role == Role::System) {
        (true, false) => Err(Rejection::new(BY_ITSELF_ONLY)),
        (false, true) => Err(Rejection::new(PROPOSAL_NEEDS_A_PERSON)),
        (true, true) | (false, false) => Ok(()),
    }
}

const fn draft(event: AlertEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Alert(event))
}

/// Who is told now.
struct Told {
    day: CivilDay,
    to: Receiver,
    owner: Option<WorkerId>,
    about: Option<EventId>,
}

fn raise(history: &History<Case>, key: &AlertKey, step: u32, context: &mut Context<'_>) -> Vec<Draft<CaseEvent>> {
    let come = pending(history, context.now, context.terms).into_iter().take_while(|pending| pending.at <= context.now);
    let told = come.into_iter().find_map(|pending| match pending.next {
        Next::Alert { key: found, day, step: next, to, owner } if found == *key && next == step => {
            Some(Told { day, to, owner, about: pending.about })
        }
        _ => None,
    });
    told.map(|told| raised(history, key, step, &told, context)).into_iter().collect()
}

fn raised(
    history: &History<Case>,
    key: &AlertKey,
    step: u32,
    told: &Told,
    context: &mut Context<'_>,
) -> Draft<CaseEvent> {
    let state = history.state();
    let earlier = state.alerts.under(key, told.day).map(|raised| raised.id);
    let chain = table::line(&key.what).chain;
    let place = usize::try_from(step).unwrap_or(usize::MAX);
    let more = receiver(state, chain, place, told.owner, context.today()).is_some();
    let (said_by, last_day, persons) = match key.ground {
        Ground::Said { by, last_day } => (by, Some(last_day), Vec::new()),
        Ground::Of(person) => (None, None, vec![person]),
    };
    let own_day = persons.first().map(|person| Personal::ordinary(Subject::Person(*person), told.day));
    let event = AlertEvent::AlertRaised {
        alert: earlier.unwrap_or_else(|| AlertId::from_uuid(context.new_id())),
        what: key.what.clone(),
        said_by,
        last_day,
        own_day,
        persons,
        nth: key.nth,
        step,
        to: told.to,
        owner: told.owner,
        next: more.then(|| next_step(context)),
    };
    draft(event).for_audience(audience(history, told.about))
}

/// So much later, at eight in the morning of a working day.
fn next_step(context: &Context<'_>) -> Timestamp {
    let terms = context.terms;
    let day = terms.last_day(terms.next_step, context.today());
    terms.calendar.working_day_on_or_after(day).at(8, 0)
}

/// For whoever may know what it rests on; what no fact says is for the director.
fn audience(history: &History<Case>, about: Option<EventId>) -> Audience {
    let fact = about.and_then(|about| history.fact(about));
    fact.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

/// A proposal is for the director: how one of two experiences a conflict is not for whoever works for the other.
fn propose(
    history: &History<Case>,
    kind: ProposalKind,
    about: ProposalAbout,
    cause: EventId,
    context: &mut Context<'_>,
) -> Vec<Draft<CaseEvent>> {
    let come = pending(history, context.now, context.terms).into_iter().take_while(|pending| pending.at <= context.now);
    let owed = come.into_iter().find_map(|pending| match pending.next {
        Next::Proposal(owed) if (owed.kind, owed.about, owed.cause) == (kind, about, cause) => Some(owed),
        _ => None,
    });
    let made = owed.map(|owed| AlertEvent::ProposalMade {
        proposal: ProposalId::from_uuid(context.new_id()),
        kind,
        about,
        cause,
        persons: owed.persons,
    });
    made.map(|made| draft(made).for_audience(Audience::Director)).into_iter().collect()
}

fn refused(code: crate::rejection::Code, proposal: ProposalId) -> Rejection {
    Rejection::new(code).with("proposal", Detail::id(proposal))
}

/// The proposal, while it waits for an answer: nobody gave one, what it rests on stands, and the case is open.
fn check_waits(history: &History<Case>, id: ProposalId) -> Result<&Proposal, Rejection> {
    let proposal = history.state().alerts.proposal(id).ok_or_else(|| refused(PROPOSAL_UNKNOWN, id))?;
    if let Some(answer) = &proposal.answer {
        return Err(refused(PROPOSAL_ANSWERED, id).with("on", answer.on));
    }
    let open = matches!(history.state().life.phase, Phase::Open(_));
    if open && still_rests(history, proposal) {
        return Ok(proposal);
    }
    Err(refused(PROPOSAL_LAPSED, id))
}

/// What is answered is for whoever may know of the proposal now.
fn answer(history: &History<Case>, id: ProposalId, event: AlertEvent) -> Vec<Draft<CaseEvent>> {
    let made = history.state().alerts.proposal(id).map(|proposal| proposal.fact);
    vec![draft(event).for_audience(audience(history, made))]
}
