//! Misplaced facts (rule 28): what was recorded in the wrong file is set aside. A mistake stays readable, struck out; what belongs to
//! another family does not. So nothing of it is read here from that moment on, of whatever day it is asked (`decider`, `Amends::SetsAside`):
//! no view, timeline, list or due date knows of it. That something was set aside, by whom and why, stays.
//!
//! It can be brought back when it was no mistake: the stored bytes and their keys are there still. Destroying them takes two people and an
//! event of its own, that names the setting aside.

use std::collections::BTreeSet;

use super::{
    CorrectionEvent, FACT_CANNOT_BE_STRUCK_OUT, FACT_UNKNOWN, NOTHING_SET_ASIDE, SET_ASIDE_STAYS, SET_ASIDE_UNKNOWN,
    check_sound, in_force,
};
use crate::case::{Case, CaseEvent};
use crate::contact::ContactEvent;
use crate::decider::{Context, History};
use crate::emergency::EmergencyEvent;
use crate::emergency::catalogue::EMERGENCY_STAYS;
use crate::fact::{Audience, Axis, Draft, EventInfo, Fact, FieldInfo};
use crate::ids::EventId;
use crate::life::LifeEvent;
use crate::rejection::{Detail, Rejection};
use crate::request::RequestEvent;
use crate::safety::SafetyEvent;
use crate::statement::StatementEvent;
use crate::text::Text;
use crate::voice::VoiceEvent;

pub(super) const SET_ASIDE: EventInfo = EventInfo {
    name: "MisplacedFactSetAside",
    version: 1,
    outer: "MisplacedFactSetAside",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["setAsideFacts"],
    meaning: "A fact does not belong in this case: nothing of it is read here any more, of whatever day. It is not destroyed by this.",
    fields: &[FieldInfo::structure("target", "the fact"), FieldInfo::personal("reason", "why it does not belong here")],
};

pub(super) const BROUGHT_BACK: EventInfo = EventInfo {
    name: "SetAsideFactBroughtBack",
    outer: "SetAsideFactBroughtBack",
    caused_by: &["bringBackFacts"],
    meaning: "A fact that was set aside belongs in this case after all.",
    fields: &[
        FieldInfo::structure("set_aside", "the event that set it aside"),
        FieldInfo::personal("reason", "why it belongs here"),
    ],
    ..SET_ASIDE
};

/// Sets facts aside, with what only says how they went on: each by an event of its own, so that each can be brought back, and later be
/// destroyed, alone. What rests on them and stays would make no sense: it is named in the refusal, and set aside in the same command.
pub(super) fn set_aside(
    history: &History<Case>,
    targets: &[EventId],
    reason: &Text,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let named: BTreeSet<EventId> = targets.iter().copied().collect();
    if named.is_empty() {
        return Err(Rejection::new(NOTHING_SET_ASIDE));
    }
    named.iter().try_for_each(|target| check_may_go(history, *target))?;
    let misplaced: Vec<&Fact<CaseEvent>> = history.facts().iter().filter(|fact| named.contains(&fact.id)).collect();
    let goes = |fact: &&Fact<CaseEvent>| {
        named.contains(&fact.id) || misplaced.iter().any(|earlier| goes_on_from(&fact.event, &earlier.event))
    };
    let draft = |fact: &Fact<CaseEvent>| {
        let event =
            CorrectionEvent::MisplacedFactSetAside { target: fact.id, reason: context.in_record(reason.clone()) };
        Draft::of(CaseEvent::Correction(event)).for_audience(Audience::Director)
    };
    let drafts: Vec<_> = history.facts().iter().filter(goes).map(draft).collect();
    check_sound(history, &drafts, context)?;
    Ok(drafts)
}

/// Brings facts back that were set aside.
pub(super) fn bring_back(
    history: &History<Case>,
    set_aside: &[EventId],
    reason: &Text,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let named: BTreeSet<EventId> = set_aside.iter().copied().collect();
    if named.is_empty() {
        return Err(Rejection::new(NOTHING_SET_ASIDE));
    }
    named.iter().try_for_each(|id| check_is_aside(history, *id))?;
    let draft = |id: EventId| {
        let event =
            CorrectionEvent::SetAsideFactBroughtBack { set_aside: id, reason: context.in_record(reason.clone()) };
        Draft::of(CaseEvent::Correction(event)).for_audience(Audience::Director)
    };
    let drafts: Vec<_> = named.into_iter().map(draft).collect();
    check_sound(history, &drafts, context)?;
    Ok(drafts)
}

fn check_may_go(history: &History<Case>, target: EventId) -> Result<(), Rejection> {
    let refused = |code| Err(Rejection::new(code).with("fact", Detail::id(target)));
    // What is aside already is as absent to whoever asks for it as to every reader.
    let Some(fact) = history.fact(target) else { return refused(FACT_UNKNOWN) };
    match &fact.event {
        CaseEvent::Life(LifeEvent::CaseOpened { .. }) => refused(FACT_CANNOT_BE_STRUCK_OUT),
        // Whoever opened the wrong case looked into it all the same.
        CaseEvent::Emergency(
            EmergencyEvent::EmergencyAccessOpened { .. }
            | EmergencyEvent::EmergencyAccessEnded { .. }
            | EmergencyEvent::EmergencyAccessReviewed { .. },
        ) => refused(EMERGENCY_STAYS),
        CaseEvent::Correction(
            CorrectionEvent::MisplacedFactSetAside { .. } | CorrectionEvent::SetAsideFactBroughtBack { .. },
        ) => refused(SET_ASIDE_STAYS),
        _ => Ok(()),
    }
}

fn check_is_aside(history: &History<Case>, id: EventId) -> Result<(), Rejection> {
    let unknown = || Rejection::new(SET_ASIDE_UNKNOWN).with("fact", Detail::id(id));
    let fact = history.fact(id).ok_or_else(unknown)?;
    if !matches!(fact.event, CaseEvent::Correction(CorrectionEvent::MisplacedFactSetAside { .. })) {
        return Err(unknown());
    }
    match in_force(history, id) {
        Some(by) => Err(unknown().with("by", Detail::id(by))),
        None => Ok(()),
    }
}

/// Whether this only says how an earlier fact went on, by an id that fact gave. What points at a fact itself goes with it anyway
/// (`DomainEvent::remarks_on`), and what rests on it is found by `sound`.
fn goes_on_from(event: &CaseEvent, earlier: &CaseEvent) -> bool {
    match (event, earlier) {
        (
            CaseEvent::Contact(ContactEvent::PromiseSettled { promise, .. }),
            CaseEvent::Contact(ContactEvent::ContactRecorded { promises, .. }),
        ) => promises.iter().any(|made| made.promise == *promise),
        (
            CaseEvent::Statement(StatementEvent::StatementTested { statement, .. }),
            CaseEvent::Statement(StatementEvent::StatementRecorded { statement: said, .. }),
        ) => statement == said,
        (
            CaseEvent::Voice(
                VoiceEvent::ChildSignalChanged { signal, .. } | VoiceEvent::ChildSignalClosed { signal, .. },
            ),
            CaseEvent::Voice(VoiceEvent::ChildSignalOpened { signal: opened, .. }),
        ) => signal == opened,
        (
            CaseEvent::Request(
                event @ (RequestEvent::OutsideRequestDecided { .. }
                | RequestEvent::FamilyToldOfRequest { .. }
                | RequestEvent::FamilyToldLater { .. }),
            ),
            CaseEvent::Request(asked @ RequestEvent::OutsideRequestRecorded { .. }),
        ) => event.request() == asked.request(),
        (
            CaseEvent::Safety(event),
            CaseEvent::Safety(opened @ SafetyEvent::SafetySignalRecorded { opens: true, .. }),
        ) => event.lane() == opened.lane(),
        (
            CaseEvent::Safety(
                SafetyEvent::ToldLaterReviewed { told_later, .. } | SafetyEvent::PersonTold { told_later, .. },
            ),
            CaseEvent::Safety(SafetyEvent::ToldLaterDecided { told_later: decided, .. }),
        ) => told_later == decided,
        _ => false,
    }
}
