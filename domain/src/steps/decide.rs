//! The law of this room: reports of what took place; an option is its author's.

use super::catalogue::{
    OPTION_OF_ANOTHER, OPTION_UNKNOWN, OPTION_WITHOUT_AUTHOR, PRESENCE_AGREED, STEPS_AUDIENCE, TRUSTED_CONTACT_OVER,
    TRUSTED_CONTACT_OWN, TRUSTED_CONTACT_UNKNOWN,
};
use super::{NewOption, NewTaken, OptionEffect, OwnOption, StepsCommand, StepsEvent, TrustedContact};
use crate::case::{Case, CaseEvent, CaseState};
use crate::conference::{NewAttendee, attendee};
use crate::conflict::catalogue::CONFLICT_UNKNOWN;
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft};
use crate::ids::{ConflictId, EventId, OptionId, PersonId, Subject, TrustedContactId};
use crate::layers::stands_in_child_layer;
use crate::once::each_once;
use crate::people::check_known;
use crate::personal::Personal;
use crate::plan::SaidBy;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(
    history: &History<Case>,
    on: CivilDay,
    command: &StepsCommand,
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    match command {
        StepsCommand::RecordConversationStep(new) => taken(state, new, context),
        StepsCommand::RecordOption(new) => authored(state, new, context),
        StepsCommand::RecordOptionTried { option, effect, words, present } => {
            tried(history, on, (*option, *effect), words.as_ref(), present, context)
        }
        StepsCommand::NameTrustedContact { person, who, words, known_to } => {
            check_known(&state.people, *person)?;
            check_who(state, *person, who)?;
            let audience = readers(state, *person, known_to.as_ref(), context)?;
            let event = StepsEvent::TrustedContactNamed {
                trusted: TrustedContactId::from_uuid(context.new_id()),
                person: *person,
                who: attendee(who, context),
                words: kept(words.as_ref(), context),
            };
            Ok(vec![draft(event).for_audience(audience)])
        }
        StepsCommand::AnswerTrustedPresence { trusted, agrees, on: asked, words } => {
            let known = trusted_face(state, *trusted)?;
            check_not_over(known, asked.unwrap_or(on))?;
            let event = StepsEvent::TrustedPresenceAnswered {
                trusted: *trusted,
                agrees: Personal::ordinary(Subject::Person(known.person), *agrees),
                on: *asked,
                words: kept(words.as_ref(), context),
            };
            Ok(vec![draft(event).for_audience(audience_of(history, known.fact))])
        }
        StepsCommand::EndTrustedContact { trusted, reason } => {
            let known = trusted_face(state, *trusted)?;
            if let Some(ended) = &known.ended {
                return Err(over(known).with("on", ended.day));
            }
            let event = StepsEvent::TrustedContactEnded { trusted: *trusted, reason: kept(reason.as_ref(), context) };
            Ok(vec![draft(event).for_audience(audience_of(history, known.fact))])
        }
    }
}

const fn draft(event: StepsEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Steps(event))
}

fn taken(state: &CaseState, new: &NewTaken, context: &mut Context<'_>) -> Answer {
    check_known(&state.people, new.person)?;
    check_conflict(state, new.conflict)?;
    let audience = readers(state, new.person, new.known_to.as_ref(), context)?;
    let event = StepsEvent::ConversationStepTaken {
        person: new.person,
        step: new.step,
        worker: new.worker.unwrap_or(context.actor.worker),
        words: kept(new.words.as_ref(), context),
        conflict: new.conflict,
    };
    Ok(vec![draft(event).for_audience(audience)])
}

fn authored(state: &CaseState, new: &NewOption, context: &mut Context<'_>) -> Answer {
    check_known(&state.people, new.person)?;
    check_author(state, new)?;
    check_conflict(state, new.conflict)?;
    let audience = readers(state, new.person, new.known_to.as_ref(), context)?;
    let event = StepsEvent::OptionAuthored {
        option: OptionId::from_uuid(context.new_id()),
        person: new.person,
        worker: new.worker.unwrap_or(context.actor.worker),
        words: context.in_record(new.words.clone()),
        conflict: new.conflict,
    };
    Ok(vec![draft(event).for_audience(audience)])
}

/// An option comes from the person, the problem stays with its owner (004b R45).
fn check_author(state: &CaseState, new: &NewOption) -> Result<(), Rejection> {
    match new.author {
        None => Err(Rejection::new(OPTION_WITHOUT_AUTHOR).with("person", Detail::id(new.person))),
        Some(SaidBy::Person(author)) if author == new.person => Ok(()),
        Some(SaidBy::Person(author)) => {
            check_known(&state.people, author)?;
            Err(Rejection::new(OPTION_OF_ANOTHER).with("person", Detail::id(new.person)))
        }
        Some(SaidBy::Worker(_)) => Err(Rejection::new(OPTION_OF_ANOTHER).with("person", Detail::id(new.person))),
    }
}

fn tried(
    history: &History<Case>,
    on: CivilDay,
    (option, effect): (OptionId, OptionEffect),
    words: Option<&Text>,
    present: &[TrustedContactId],
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    let unknown = || Rejection::new(OPTION_UNKNOWN).with("option", Detail::id(option));
    let known: &OwnOption = state.steps.option(option).ok_or_else(unknown)?;
    let present = each_once(present);
    let faces = present.iter().map(|trusted| face_of(state, known.person, *trusted)).collect::<Result<Vec<_>, _>>()?;
    let unagreed = faces.iter().any(|face| !face.may_be_there(on));
    let event = StepsEvent::OptionTried {
        option,
        effect: Personal::ordinary(Subject::Person(known.person), effect),
        words: kept(words, context),
        present,
    };
    let draft = draft(event).for_audience(audience_of(history, known.fact));
    Ok(vec![if unagreed { draft.departing(PRESENCE_AGREED, None) } else { draft }])
}

fn check_who(state: &CaseState, person: PersonId, who: &NewAttendee) -> Result<(), Rejection> {
    let Some(named) = who.person() else { return Ok(()) };
    check_known(&state.people, named)?;
    if named == person {
        return Err(Rejection::new(TRUSTED_CONTACT_OWN).with("person", Detail::id(person)));
    }
    Ok(())
}

fn check_conflict(state: &CaseState, conflict: Option<ConflictId>) -> Result<(), Rejection> {
    match conflict.filter(|conflict| state.conflicts.conflict(*conflict).is_none()) {
        Some(unknown) => Err(Rejection::new(CONFLICT_UNKNOWN).with("conflict", Detail::id(unknown))),
        None => Ok(()),
    }
}

fn trusted_face(state: &CaseState, trusted: TrustedContactId) -> Result<&TrustedContact, Rejection> {
    let unknown = || Rejection::new(TRUSTED_CONTACT_UNKNOWN).with("trusted", Detail::id(trusted));
    state.steps.trusted(trusted).ok_or_else(unknown)
}

/// One who is somebody else's is unknown: whose familiar face is there is that person's own.
fn face_of(state: &CaseState, person: PersonId, trusted: TrustedContactId) -> Result<&TrustedContact, Rejection> {
    let unknown = || Rejection::new(TRUSTED_CONTACT_UNKNOWN).with("trusted", Detail::id(trusted));
    state.steps.trusted(trusted).filter(|face| face.person == person).ok_or_else(unknown)
}

fn check_not_over(known: &TrustedContact, on: CivilDay) -> Result<(), Rejection> {
    match known.ended.as_ref().filter(|ended| ended.day < on) {
        Some(ended) => Err(over(known).with("on", ended.day)),
        None => Ok(()),
    }
}

fn over(known: &TrustedContact) -> Rejection {
    Rejection::new(TRUSTED_CONTACT_OVER).with("trusted", Detail::id(known.id))
}

/// Of a child it is said for whom it is; of a grown-up it is for who works for them unless it is said to be for fewer.
fn readers(
    state: &CaseState,
    person: PersonId,
    known_to: Option<&Audience>,
    context: &Context<'_>,
) -> Result<Audience, Rejection> {
    let child = stands_in_child_layer(state, person, context.today(), context.terms.consent_ages);
    match known_to {
        None if !child => Ok(Audience::Persons(vec![person])),
        Some(Audience::Child(of)) if *of == person && !child => Ok(Audience::Persons(vec![person])),
        Some(Audience::Child(of)) if *of == person => Ok(Audience::Child(person)),
        Some(Audience::Director) => Ok(Audience::Director),
        Some(Audience::Workers(workers)) if !workers.is_empty() => Ok(Audience::Workers(workers.clone())),
        _ => Err(Rejection::new(STEPS_AUDIENCE).with("person", Detail::id(person))),
    }
}

/// Who may know what follows: whoever may know what it follows, as of now.
fn audience_of(history: &History<Case>, fact: EventId) -> Audience {
    let told = history.fact(fact);
    told.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

fn kept(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}
