//! After a stop (rule 20; 004b R46): each is heard apart, by a different colleague and by none of them who led or stopped it; about a week
//! later it goes on with those colleagues there. What is planned is refused when it goes against this; what took place is recorded as it
//! went, and marked.

use super::catalogue::{
    CONFERENCE_NOT_STOPPED, CONFERENCE_RESUMED, EXPLANATION_WITHOUT_DEPARTURE, HEARD_BEFORE, HEARD_BY_A_COLLEAGUE,
    HEARING_OF_NOBODY, LISTENER_TWICE, LISTENER_WAS_THERE, LISTENERS_THERE,
};
use super::decide::{
    agreed, audience_of, came, check_meeting, check_named, departs, draft, kept, known as known_one, refused,
};
use super::{CONFERENCE_RESUME_DUE, Conference, ConferenceEvent, Hearing, NewAttendee, NewHeld, StoppedConference};
use crate::case::{Case, CaseEvent, CaseState};
use crate::decider::{Context, History};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{ConferenceId, WorkerId};
use crate::layers::stands_in_child_layer;
use crate::once::{check_once, each_once};
use crate::people::check_known;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

/// By when it goes on: as planned, or within the term.
pub(super) fn due_to_go_on(on: CivilDay, resumes: Option<CivilDay>, context: &Context<'_>) -> Due {
    let terms = context.terms;
    let last_day = resumes.unwrap_or_else(|| terms.last_day(terms.conference_resume, on));
    Due { what: CONFERENCE_RESUME_DUE.to_owned(), last_day, at: terms.calendar.follows_at(last_day) }
}

/// What is planned when it is stopped: each by a different colleague, none of them who led or stopped it.
pub(super) fn check_hearings(hearings: &[Hearing], known: &Conference, stopped_by: WorkerId) -> Result<(), Rejection> {
    check_once(&hearings.iter().map(|hearing| hearing.person).collect::<Vec<_>>())?;
    let listeners: Vec<_> = hearings.iter().map(|hearing| hearing.listener).collect();
    if each_once(&listeners).len() < listeners.len() {
        return Err(Rejection::new(LISTENER_TWICE));
    }
    match listeners.iter().find(|listener| led(known, stopped_by, **listener)) {
        Some(listener) => Err(Rejection::new(LISTENER_WAS_THERE).with("worker", Detail::id(*listener))),
        None => Ok(()),
    }
}

fn led(known: &Conference, stopped_by: WorkerId, worker: WorkerId) -> bool {
    stopped_by == worker || known.led_by == Some(worker)
}

/// Plans who will hear whom. Who heard somebody already, or will, hears nobody else.
pub(super) fn plan(history: &History<Case>, conference: ConferenceId, hearings: &[Hearing]) -> Answer {
    let state = history.state();
    hearings.iter().try_for_each(|hearing| check_known(&state.people, hearing.person))?;
    let (known, stopped) = waiting(state, conference)?;
    if hearings.is_empty() {
        return Err(refused(HEARING_OF_NOBODY, conference));
    }
    check_hearings(hearings, known, stopped.stopped_by)?;
    let still = stopped.planned().into_iter().chain(heard_so_far(known));
    let taken =
        |hearing: &Hearing| hearings.iter().any(|new| new.listener == hearing.listener && new.person != hearing.person);
    let replaced = |hearing: &Hearing| hearings.iter().any(|new| new.person == hearing.person);
    let heard = heard_so_far(known);
    let stands = |hearing: &Hearing| heard.contains(hearing) || !replaced(hearing);
    if still.filter(stands).any(|hearing| taken(&hearing)) {
        return Err(refused(LISTENER_TWICE, conference));
    }
    let event = ConferenceEvent::HearingsPlanned { conference, hearings: hearings.to_vec() };
    Ok(vec![draft(event).for_audience(audience_of(history, known))])
}

fn heard_so_far(known: &Conference) -> Vec<Hearing> {
    known.heard.values().map(|heard| Hearing { person: heard.person, listener: heard.listener }).collect()
}

/// Records that somebody was heard, as it went. What was said is that person's own: a child's is for the director, and is recorded as its
/// voice when the child wishes others to know.
pub(super) fn heard(
    history: &History<Case>,
    conference: ConferenceId,
    hearing: Hearing,
    (words, explanation): (Option<&Text>, Option<&Text>),
    context: &mut Context<'_>,
) -> Answer {
    let state = history.state();
    let Hearing { person, listener } = hearing;
    check_known(&state.people, person)?;
    let known = known_one(state, conference)?;
    let stopped = known.stopped.as_ref().ok_or_else(|| refused(CONFERENCE_NOT_STOPPED, conference))?;
    let twice = known.heard.values().any(|heard| heard.listener == listener && heard.person != person);
    let departs = twice || led(known, stopped.stopped_by, listener);
    if !departs && explanation.is_some() {
        return Err(refused(EXPLANATION_WITHOUT_DEPARTURE, conference));
    }
    let child = stands_in_child_layer(state, person, context.today(), context.terms.consent_ages);
    let audience = if child { Audience::Director } else { Audience::Persons(vec![person]) };
    let event = ConferenceEvent::HeardApart { conference, person, listener, words: kept(words, context) };
    let draft = draft(event).for_audience(audience);
    Ok(vec![if departs { draft.departing(HEARD_BY_A_COLLEAGUE, kept(explanation, context)) } else { draft }])
}

/// Records that it went on, as it went: with the colleagues who listened there, after each was heard.
pub(super) fn resume(history: &History<Case>, on: CivilDay, new: &NewHeld, context: &mut Context<'_>) -> Answer {
    let state = history.state();
    check_named(state, new)?;
    let (known, stopped) = waiting(state, new.conference)?;
    check_meeting(known, on, new)?;
    let there = |listener: &WorkerId| {
        new.came.iter().any(|guest| matches!(guest.who, NewAttendee::Worker(worker) if worker == *listener))
    };
    let missing = !known.listeners().iter().all(there);
    let heard = |hearing: &Hearing| known.heard.values().any(|heard| heard.person == hearing.person);
    let unheard = known.heard.is_empty() || !stopped.planned().iter().all(heard);
    let of_stop = [missing.then_some(LISTENERS_THERE), unheard.then_some(HEARD_BEFORE)];
    let mut rules = departs(state, on, known, new, context);
    rules.extend(of_stop.into_iter().flatten());
    if rules.is_empty() && new.explanation.is_some() {
        return Err(refused(EXPLANATION_WITHOUT_DEPARTURE, new.conference));
    }
    let audience = audience_of(history, known);
    let event = ConferenceEvent::ConferenceResumed {
        conference: new.conference,
        came: new.came.iter().map(|guest| came(guest, context)).collect(),
        peacemaker: new.peacemaker.or(known.peacemaker),
        agreed: new.agreed.iter().map(|point| agreed(point, context)).collect(),
        words: context.in_record(new.words.clone()),
        not_discussed: each_once(&new.not_discussed),
    };
    let mut draft = draft(event).for_audience(audience);
    for rule in rules {
        draft = draft.departing(rule, kept(new.explanation.as_ref(), context));
    }
    Ok(vec![draft])
}

/// Records that it will not go on.
pub(super) fn end(
    history: &History<Case>,
    conference: ConferenceId,
    reason: &Text,
    context: &mut Context<'_>,
) -> Answer {
    let (known, _) = waiting(history.state(), conference)?;
    let audience = audience_of(history, known);
    let event = ConferenceEvent::ConferenceNotResumed { conference, reason: context.in_record(reason.clone()) };
    Ok(vec![draft(event).for_audience(audience)])
}

/// One that was stopped and of which nobody said since that it went on, or will not.
fn waiting(state: &CaseState, conference: ConferenceId) -> Result<(&Conference, &StoppedConference), Rejection> {
    let known = known_one(state, conference)?;
    let stopped = known.stopped.as_ref().ok_or_else(|| refused(CONFERENCE_NOT_STOPPED, conference))?;
    let over = known.resumed.as_ref().map(|resumed| resumed.day);
    match over.or_else(|| known.not_resumed.as_ref().map(|ended| ended.day)) {
        Some(day) => Err(refused(CONFERENCE_RESUMED, conference).with("on", day)),
        None => Ok((known, stopped)),
    }
}
