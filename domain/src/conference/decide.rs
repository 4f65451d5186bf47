//! The law of this room: what will be is asked as rule 20 says; what was is taken as it went.

use uuid::Uuid;

use super::catalogue::{
    ATTENDEE_TWICE, CONFERENCE_ABOUT_NOBODY, CONFERENCE_HELD, CONFERENCE_STOPPED, CONFERENCE_UNKNOWN,
    CONFERENCE_WITH_NOBODY, CONFERENCE_WITHOUT_FAMILY, CONFERENCE_WITHOUT_PURPOSE, CONSENT_PER_ATTENDEE,
    DISCUSSED_ALL_THE_SAME, EXPLANATION_WITHOUT_DEPARTURE, FAMILY_DECIDES, NOT_WITHOUT_AN_ANSWER, PROFESSIONAL_DECIDES,
    PURPOSE_STATED,
};
use super::stopped;
use super::{
    Attendee, Came, Conference, ConferenceCommand, ConferenceEvent, ConferenceKind, Hearing, Invited, NewAttendee,
    NewConference, NewGuest, NewHeld, NewPoint, NewWord, Part, Point, Word,
};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::{Category, Missing, sharing_missing};
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft};
use crate::ids::{ConferenceId, PersonId, Subject, WorkerId};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::plan::Owner;
use crate::regie::Agreed;
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::catalogue::JOINT_TALK_BARRED;
use crate::safety::{JOINT_TALKS_WAIT, SCREENED_BEFORE_JOINT, joint_before_screening, joint_talk_barred};
use crate::text::Text;
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

pub(super) fn decide(
    history: &History<Case>,
    on: CivilDay,
    command: &ConferenceCommand,
    context: &mut Context<'_>,
) -> Answer {
    match command {
        ConferenceCommand::CallConference(new) => call(history.state(), on, new, context),
        ConferenceCommand::RecordConference(new) => held(history, on, new, context),
        ConferenceCommand::StopConference { conference, reason, stopped_by, hearings, resumes } => {
            let stopped_by = stopped_by.unwrap_or(context.actor.worker);
            let people = &history.state().people;
            hearings.iter().try_for_each(|hearing| check_known(people, hearing.person))?;
            let known = known(history.state(), *conference)?;
            check_order(on, *resumes)?;
            stopped::check_hearings(hearings, known, stopped_by)?;
            if let Some(stopped) = &known.stopped {
                return Err(refused(CONFERENCE_STOPPED, *conference).with("on", stopped.day));
            }
            let event = ConferenceEvent::ConferenceStopped {
                conference: *conference,
                reason: context.in_record(reason.clone()),
                stopped_by,
                hearings: hearings.clone(),
                resumes: *resumes,
            };
            let due = stopped::due_to_go_on(on, *resumes, context);
            Ok(vec![draft(event).for_audience(audience_of(history, known)).with_due(due)])
        }
        ConferenceCommand::PlanHearings { conference, hearings } => stopped::plan(history, *conference, hearings),
        ConferenceCommand::RecordHearing { conference, person, listener, words, explanation } => {
            let listener = listener.unwrap_or(context.actor.worker);
            let hearing = Hearing { person: *person, listener };
            stopped::heard(history, *conference, hearing, (words.as_ref(), explanation.as_ref()), context)
        }
        ConferenceCommand::ResumeConference(new) => stopped::resume(history, on, new, context),
        ConferenceCommand::EndStoppedConference { conference, reason } => {
            stopped::end(history, *conference, reason, context)
        }
    }
}

pub(super) const fn draft(event: ConferenceEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Conference(event))
}

pub(super) fn refused(code: Code, conference: ConferenceId) -> Rejection {
    Rejection::new(code).with("conference", Detail::id(conference))
}

fn call(state: &CaseState, on: CivilDay, new: &NewConference, context: &mut Context<'_>) -> Answer {
    new.about.iter().chain(&new.peacemaker).try_for_each(|person| check_known(&state.people, *person))?;
    if new.about.is_empty() {
        return Err(Rejection::new(CONFERENCE_ABOUT_NOBODY));
    }
    check_order(on, new.planned)?;
    check_people(state, &new.invited)?;
    check_guests(&new.invited)?;
    let together = persons_of(&new.invited);
    let waits = joint_talk_barred(state, on, &together);
    if let Some(lane) = waits.filter(|_| on == context.today()) {
        return Err(Rejection::new(JOINT_TALK_BARRED).with("lane", Detail::id(lane)));
    }
    let aimless = match new.kind {
        ConferenceKind::NetworkMeeting => {
            check_who_decides(new)?;
            false
        }
        ConferenceKind::Mdo | ConferenceKind::RetMdo => is_without_purpose(on, new, context)?,
    };
    let rules = [
        aimless.then_some(PURPOSE_STATED),
        // That it was called on an earlier day is a report of what took place.
        waits.map(|_| JOINT_TALKS_WAIT),
        is_unscreened(state, on, &together, context).then_some(SCREENED_BEFORE_JOINT),
    ];
    let about = each_once(&new.about);
    let event = ConferenceEvent::ConferenceCalled {
        conference: ConferenceId::from_uuid(context.new_id()),
        kind: new.kind,
        occasion: context.in_record(new.occasion.clone()),
        purpose: kept(new.purpose.as_ref(), context),
        expected: kept(new.expected.as_ref(), context),
        about: about.clone(),
        invited: new.invited.iter().map(|guest| invited(guest, context)).collect(),
        peacemaker: new.peacemaker,
        planned: new.planned,
        led_by: new.led_by,
    };
    let audience = audience_of_all(state, &about, context.today(), context.terms.consent_ages);
    let called = draft(event).for_audience(audience);
    Ok(vec![rules.into_iter().flatten().fold(called, |called, rule| called.departing(rule, None))])
}

fn is_unscreened(state: &CaseState, on: CivilDay, together: &[PersonId], context: &Context<'_>) -> bool {
    joint_before_screening(state, on, together, context.terms.consent_ages)
}

/// Whether a consultation states no purpose or yield: what will be states both; of one on an earlier day it is marked.
fn is_without_purpose(on: CivilDay, new: &NewConference, context: &Context<'_>) -> Result<bool, Rejection> {
    if new.purpose.is_some() && new.expected.is_some() {
        return Ok(false);
    }
    if on < context.today() { Ok(true) } else { Err(Rejection::new(CONFERENCE_WITHOUT_PURPOSE)) }
}

/// What will be: the family is asked to decide, professionals are asked to inform.
fn check_who_decides(new: &NewConference) -> Result<(), Rejection> {
    let professional = |guest: &&NewGuest| !matches!(guest.who, NewAttendee::Person(_));
    if new.invited.iter().any(|guest| professional(&guest) && guest.part == Some(Part::Decides)) {
        return Err(Rejection::new(PROFESSIONAL_DECIDES));
    }
    let decides = |guest: &NewGuest| !professional(&guest) && guest.part != Some(Part::Informs);
    if new.invited.iter().any(decides) { Ok(()) } else { Err(Rejection::new(CONFERENCE_WITHOUT_FAMILY)) }
}

fn held(history: &History<Case>, on: CivilDay, new: &NewHeld, context: &mut Context<'_>) -> Answer {
    let state = history.state();
    check_named(state, new)?;
    let known = known(state, new.conference)?;
    if let Some(held) = &known.held {
        return Err(refused(CONFERENCE_HELD, new.conference).with("on", held.day));
    }
    check_meeting(known, on, new)?;
    let rules = departs(state, on, known, new, context);
    if rules.is_empty() && new.explanation.is_some() {
        return Err(refused(EXPLANATION_WITHOUT_DEPARTURE, new.conference));
    }
    let audience = audience_of(history, known);
    let event = ConferenceEvent::ConferenceHeld {
        conference: new.conference,
        came: new.came.iter().map(|guest| came(guest, context)).collect(),
        peacemaker: new.peacemaker.or(known.peacemaker),
        agreed: new.agreed.iter().map(|point| agreed(point, context)).collect(),
        words: context.in_record(new.words.clone()),
        not_discussed: each_once(&new.not_discussed),
    };
    let mut draft = draft(event).for_audience(audience);
    for rule in rules {
        draft = draft.departing(rule, new.explanation.as_ref().map(|words| context.in_record(words.clone())));
    }
    Ok(vec![draft])
}

/// Everyone who is named is somebody of the case.
pub(super) fn check_named(state: &CaseState, new: &NewHeld) -> Result<(), Rejection> {
    let points = new.agreed.iter().flat_map(decided_or_owned);
    let named = new.peacemaker.into_iter().chain(points).chain(new.not_discussed.iter().copied());
    named.into_iter().try_for_each(|person| check_known(&state.people, person))?;
    check_people(state, &new.came)
}

/// Somebody came, each once; what was agreed is for later; whom it is about was discussed.
pub(super) fn check_meeting(known: &Conference, on: CivilDay, new: &NewHeld) -> Result<(), Rejection> {
    if new.came.is_empty() {
        return Err(Rejection::new(CONFERENCE_WITH_NOBODY));
    }
    check_guests(&new.came)?;
    new.agreed.iter().try_for_each(|point| check_order(on, point.by))?;
    match new.not_discussed.iter().find(|person| known.about.contains(person)) {
        Some(person) => Err(Rejection::new(DISCUSSED_ALL_THE_SAME).with("person", Detail::id(*person))),
        None => Ok(()),
    }
}

/// Which rules a conference did not follow: somebody else than the family decided in its own meeting, a professional came without the
/// family's yes, nobody said that nothing was discussed about who was asked along and has not answered, or people came together before
/// that was known to be safe.
pub(super) fn departs(
    state: &CaseState,
    on: CivilDay,
    known: &Conference,
    new: &NewHeld,
    context: &Context<'_>,
) -> Vec<&'static str> {
    let of_family = known.kind == ConferenceKind::NetworkMeeting;
    let professional = |guest: &&NewGuest| !matches!(guest.who, NewAttendee::Person(_));
    let decided = |point: &NewPoint| point.decided_by.iter().any(|by| matches!(by, Agreed::Worker(_)));
    let took_part = |guest: &NewGuest| professional(&guest) && guest.part == Some(Part::Decides);
    let others_decided = of_family && (new.agreed.iter().any(decided) || new.came.iter().any(took_part));
    let unasked = |guest: &NewGuest| professional(&guest) && !is_agreed(state, on, &known.about, guest, context);
    let silent = !of_family && is_silent_about_unanswered(known, new);
    let together = persons_of(&new.came);
    let waits = joint_talk_barred(state, on, &together).is_some();
    let rules = [
        others_decided.then_some(FAMILY_DECIDES),
        new.came.iter().any(unasked).then_some(CONSENT_PER_ATTENDEE),
        silent.then_some(NOT_WITHOUT_AN_ANSWER),
        waits.then_some(JOINT_TALKS_WAIT),
        is_unscreened(state, on, &together, context).then_some(SCREENED_BEFORE_JOINT),
    ];
    rules.into_iter().flatten().collect()
}

/// Whether somebody was asked along whom it is not about, gave no answer about anybody, and nobody said that nothing about them was discussed.
fn is_silent_about_unanswered(known: &Conference, new: &NewHeld) -> bool {
    let words = || new.came.iter().flat_map(|guest| &guest.words);
    let answered = |person: PersonId| words().any(|word| word.person == person && word.agrees.is_some());
    let named = |person: PersonId| known.about.contains(&person) || new.not_discussed.contains(&person);
    let came = |person: PersonId| new.came.iter().any(|guest| guest.who.person() == Some(person));
    words().any(|word| !answered(word.person) && !named(word.person) && !came(word.person))
}

/// Whether the family agrees that this professional is there: whoever records it works in the case, and one who takes part came in by
/// its consent; of anybody else
/// everyone says yes who must be asked about what is shared of those it is about, and nobody no.
fn is_agreed(state: &CaseState, on: CivilDay, about: &[PersonId], guest: &NewGuest, context: &Context<'_>) -> bool {
    if guest.words.iter().any(|word| word.agrees == Some(false)) {
        return false;
    }
    if let NewAttendee::Worker(worker) = guest.who
        && (context.actor.is_or_acts_for(worker) || takes_part(state, worker, on))
    {
        return true;
    }
    let said_yes = |person| guest.words.iter().any(|word| word.person == person && word.agrees == Some(true));
    let missing = about.iter().flat_map(|subject| sharing_missing(state, Category::Plan, *subject, on, context.terms));
    missing.into_iter().all(|missing: Missing| missing.person().is_some_and(said_yes))
}

/// Whether somebody works in the case on this day: directs it, stands in, coordinates a plan, joined, or is of an expert team that did.
fn takes_part(state: &CaseState, worker: WorkerId, on: CivilDay) -> bool {
    let regie = &state.regie;
    let directs = regie.director_on(on).is_some_and(|held| held.worker == worker)
        || regie.deputy_on(on).is_some_and(|held| held.worker == worker);
    let joined = regie.parties().iter().any(|party| party.worker == worker && party.period.holds_on(on));
    let team = state.ret.all().iter().filter_map(|ret| ret.joined.as_ref());
    let of_team = team.filter(|joined| joined.period.holds_on(on)).any(|joined| joined.members.contains(&worker));
    directs || joined || of_team || state.divorce.coordinators_on(on).any(|held| held.worker == worker)
}

pub(super) fn known(state: &CaseState, conference: ConferenceId) -> Result<&Conference, Rejection> {
    state.conferences.get(conference).ok_or_else(|| refused(CONFERENCE_UNKNOWN, conference))
}

/// Who may know what follows a conference: whoever may know that it was called.
pub(super) fn audience_of(history: &History<Case>, known: &Conference) -> Audience {
    let called = history.fact(known.fact);
    called.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone())
}

fn check_people(state: &CaseState, guests: &[NewGuest]) -> Result<(), Rejection> {
    let asked =
        |guest: &NewGuest| guest.words.iter().map(|word| word.person).chain(guest.who.person()).collect::<Vec<_>>();
    guests.iter().flat_map(asked).try_for_each(|person| check_known(&state.people, person))
}

fn persons_of(guests: &[NewGuest]) -> Vec<PersonId> {
    guests.iter().filter_map(|guest| guest.who.person()).collect()
}

fn check_guests(guests: &[NewGuest]) -> Result<(), Rejection> {
    for guest in guests {
        check_once(&guest.words.iter().map(|word| word.person).collect::<Vec<_>>())?;
    }
    let named = guests.iter().filter_map(|guest| match guest.who {
        NewAttendee::Person(person) => Some(person.as_uuid()),
        NewAttendee::Worker(worker) => Some(worker.as_uuid()),
        NewAttendee::Outside(_) => None,
    });
    let named: Vec<Uuid> = named.collect();
    if each_once(&named).len() < named.len() {
        return Err(Rejection::new(ATTENDEE_TWICE));
    }
    Ok(())
}

fn decided_or_owned(point: &NewPoint) -> Vec<PersonId> {
    point.decided_by.iter().filter_map(|by| by.person()).chain(point.owner.person()).collect()
}

pub(super) fn kept(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}

pub(crate) fn attendee(given: &NewAttendee, context: &mut Context<'_>) -> Attendee {
    match given {
        NewAttendee::Person(person) => Attendee::Person(*person),
        NewAttendee::Worker(worker) => Attendee::Worker(*worker),
        NewAttendee::Outside(who) => Attendee::Outside(context.in_record(who.clone())),
    }
}

/// The family decides and others inform, unless it is said otherwise.
fn part(guest: &NewGuest) -> Part {
    let usual = if matches!(guest.who, NewAttendee::Person(_)) { Part::Decides } else { Part::Informs };
    guest.part.unwrap_or(usual)
}

fn words(given: &[NewWord]) -> Vec<Word> {
    let word = |word: &NewWord| Word {
        person: word.person,
        agrees: word.agrees.map(|agrees| Personal::ordinary(Subject::Person(word.person), agrees)),
    };
    given.iter().map(word).collect()
}

fn invited(guest: &NewGuest, context: &mut Context<'_>) -> Invited {
    Invited {
        who: attendee(&guest.who, context),
        part: part(guest),
        words: words(&guest.words),
        organisation: guest.organisation.clone(),
    }
}

pub(super) fn came(guest: &NewGuest, context: &mut Context<'_>) -> Came {
    Came {
        who: attendee(&guest.who, context),
        part: part(guest),
        words: words(&guest.words),
        left_early: kept(guest.left_early.as_ref(), context),
    }
}

pub(super) fn agreed(point: &NewPoint, context: &mut Context<'_>) -> Point {
    let NewPoint { what, decided_by, owner, by } = point;
    let owner: Owner = *owner;
    Point { what: context.in_record(what.clone()), decided_by: decided_by.clone(), owner, by: *by }
}
