//! The law of an episode: what the table has, when its guards hold.

use super::catalogue::{
    ACKNOWLEDGE_FIRST, EPISODE_ABSENT, EPISODE_FURTHER, EPISODE_STEP_NOT_OPEN, OF_A_PARENT, RECOGNITION_MISSING,
    TRACK_UNCHANGED,
};
use super::events::{
    Alternative, DivorceTrack, EpisodeCommand, EpisodeEvent, NewChoice, NewNoticedBy, NewSeen, NoticedBy, SeenFeature,
    Weighed,
};
use super::guards::{Asking, check, parents_on};
use super::machine::{self, By, EpisodeState, EpisodeStep};
use super::state::{Episode, LOOK_BACK_DUE, TRIAGE_DUE, step_back_proposed};
use crate::case::{CaseEvent, CaseState};
use crate::decider::Context;
use crate::fact::{Audience, Draft, Due};
use crate::ids::{EpisodeId, PersonId, RecordId, Subject};
use crate::layers::audience_of_all;
use crate::once::each_once;
use crate::people::check_known;
use crate::personal::{DataClass, Personal};
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

pub(in crate::divorce) fn decide(asked: &mut Asked<'_, '_>, command: &EpisodeCommand) -> Answer {
    let day = asked.happened();
    check_people(asked.state, command)?;
    match command {
        EpisodeCommand::RecordDivorceSignal { noticed_by, words } => Ok(vec![signal(asked, day, noticed_by, words)]),
        EpisodeCommand::RecordNamedStrain { person, words } => {
            if !parents_on(asked.state, day).contains(person) {
                return Err(Rejection::new(OF_A_PARENT).with("person", Detail::id(person)));
            }
            let record = Subject::Record(RecordId::from_uuid(asked.context.new_id()));
            let words = Personal::new(record, DataClass::Health, words.clone());
            Ok(vec![of_one(EpisodeEvent::ParentStrainNamed { person: *person, words }, *person)])
        }
        EpisodeCommand::AcknowledgeComplexDivorce { person, reached, words } => {
            acknowledge(asked, day, *person, *reached, words.as_ref())
        }
        EpisodeCommand::SettleDivorceEpisode { look_back, words } => take(asked, day, Move::Settle(*look_back, words)),
        EpisodeCommand::RecogniseComplexDivorce { seen, rationale } => {
            take(asked, day, Move::Recognise(seen, rationale))
        }
        EpisodeCommand::DecideDivorceTriage(choice) => take(asked, day, Move::Triage(choice)),
        EpisodeCommand::SwitchDivorceTrack(choice) => take(asked, day, Move::Switch(choice)),
        EpisodeCommand::TakeDivorceStep { step, words } => take(asked, day, Move::Step(*step, words)),
    }
}

/// What leads an episode elsewhere, as given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move<'a> {
    /// Let it settle.
    Settle(Option<CivilDay>, &'a Text),
    /// Recognise a complex divorce.
    Recognise(&'a [NewSeen], &'a Text),
    /// Choose a track.
    Triage(&'a NewChoice),
    /// Choose another.
    Switch(&'a NewChoice),
    /// Take a step.
    Step(EpisodeStep, &'a Text),
}

/// Everyone whom it names is of the case.
fn check_people(state: &CaseState, command: &EpisodeCommand) -> Result<(), Rejection> {
    let persons: &[PersonId] = match command {
        EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Person(person), .. }
        | EpisodeCommand::RecordNamedStrain { person, .. }
        | EpisodeCommand::AcknowledgeComplexDivorce { person, .. } => std::slice::from_ref(person),
        EpisodeCommand::DecideDivorceTriage(choice) | EpisodeCommand::SwitchDivorceTrack(choice) => &choice.informed,
        EpisodeCommand::RecordDivorceSignal { .. }
        | EpisodeCommand::SettleDivorceEpisode { .. }
        | EpisodeCommand::RecogniseComplexDivorce { .. }
        | EpisodeCommand::TakeDivorceStep { .. } => &[],
    };
    persons.iter().try_for_each(|person| check_known(&state.people, *person))
}

/// What was noticed is never refused. It joins the episode of its day, or the one that came after it; else another begins.
fn signal(asked: &mut Asked<'_, '_>, day: CivilDay, noticed_by: &NewNoticedBy, words: &Text) -> Draft<CaseEvent> {
    let divorce = &asked.state.divorce;
    let later = || divorce.episodes().iter().find(|episode| episode.since().is_some_and(|since| day < since));
    let joins = divorce.episode_on(day).or_else(later).map(|episode| episode.id);
    let episode = joins.unwrap_or_else(|| EpisodeId::from_uuid(asked.context.new_id()));
    let noticed_by = match noticed_by {
        NewNoticedBy::Person(person) => NoticedBy::Person(*person),
        NewNoticedBy::Worker(worker) => NoticedBy::Worker(*worker),
        NewNoticedBy::Outside(who) => NoticedBy::Outside(asked.context.in_record(who.clone())),
    };
    let words = asked.context.in_record(words.clone());
    let about = parents_on(asked.state, day);
    let event = EpisodeEvent::DivorceSignalRecorded { episode, about: about.clone(), noticed_by, words };
    of_all(event, &about, asked.state, asked.context)
}

/// A talk took place: it is taken, also when the episode came further since. The last parent who is told starts the term of triage.
fn acknowledge(
    asked: &mut Asked<'_, '_>,
    day: CivilDay,
    person: PersonId,
    reached: bool,
    words: Option<&Text>,
) -> Answer {
    let Some(episode) = asked.state.divorce.episode_on(day) else { return Err(Rejection::new(EPISODE_ABSENT)) };
    let Some(recognition) = episode.recognition_on(day) else {
        return Err(Rejection::new(RECOGNITION_MISSING).with("state", episode.state().as_str()));
    };
    if !recognition.parents.contains(&person) {
        return Err(Rejection::new(OF_A_PARENT).with("person", Detail::id(person)));
    }
    let words = words.map(|words| asked.context.in_record(words.clone()));
    let event = EpisodeEvent::ComplexDivorceAcknowledged { episode: episode.id, person, reached, words };
    let draft = of_one(event.clone(), person);
    let completes = episode.state() == EpisodeState::Recognised
        && episode.target(&event) == Some((By::Acknowledge, EpisodeState::Acknowledged));
    if !completes {
        return Ok(vec![draft]);
    }
    let last = episode.acknowledgements.iter().map(|told| told.on).max().map_or(day, |on| on.max(day));
    Ok(vec![draft.with_due(triage_due(asked.context, last))])
}

fn triage_due(context: &Context<'_>, cause: CivilDay) -> Due {
    let term = context.terms.divorce_triage;
    let (last_day, at) = (context.terms.last_day(term, cause), context.terms.follows_at(term, cause));
    Due { what: TRIAGE_DUE.to_owned(), last_day, at }
}

/// What the table has from where the episode stands, when its guards hold.
fn take(asked: &mut Asked<'_, '_>, day: CivilDay, asks: Move<'_>) -> Answer {
    let Some(episode) = asked.state.divorce.last_episode().filter(|one| one.state() != EpisodeState::Closed) else {
        return Err(Rejection::new(EPISODE_ABSENT));
    };
    if let Some(last) = episode.last_change().filter(|last| day < *last) {
        return Err(Rejection::new(EPISODE_FURTHER).with("since", last).with("day", day));
    }
    let (by, to) = leads(episode, asks);
    let Some(transition) = machine::transition(episode.state(), by, to) else {
        return Err(not_open(episode, by, to));
    };
    let asking = Asking { state: asked.state, episode, asks, day };
    transition.guards.iter().try_for_each(|guard| check(*guard, &asking, asked.context))?;
    let event = event(episode, asks, day, asked);
    let draft = of_all(event, &episode.about, asked.state, asked.context);
    Ok(vec![match asks {
        Move::Settle(Some(on), _) => {
            let at = asked.context.terms.calendar.follows_at(on);
            draft.with_due(Due { what: LOOK_BACK_DUE.to_owned(), last_day: on, at })
        }
        Move::Step(EpisodeStep::ReturnedToTriage, _) if to == EpisodeState::Acknowledged => {
            draft.with_due(triage_due(asked.context, day))
        }
        _ => draft,
    }])
}

/// The step back to triage that goes with the end of a track, where the episode stands on it and the table has that step.
pub(in crate::divorce) fn back_to_triage(
    asked: &mut Asked<'_, '_>,
    track: DivorceTrack,
    words: &Text,
) -> Vec<Draft<CaseEvent>> {
    let day = asked.happened();
    let stands = asked.state.divorce.last_episode().map(Episode::state);
    if stands != Some(EpisodeState::of_track(track)) {
        return Vec::new();
    }
    take(asked, day, Move::Step(EpisodeStep::ReturnedToTriage, words)).unwrap_or_default()
}

/// By what it leads where.
fn leads(episode: &Episode, asks: Move<'_>) -> (By, EpisodeState) {
    match asks {
        Move::Settle(..) => (By::Settle, EpisodeState::Settling),
        Move::Recognise(..) => (By::Recognise, EpisodeState::Recognised),
        Move::Triage(choice) => (By::Triage, EpisodeState::of_track(choice.track)),
        Move::Switch(choice) => (By::Switch, EpisodeState::of_track(choice.track)),
        Move::Step(step, _) => (By::Step(step), episode.after(step)),
    }
}

/// Why the table has no such step, with what can be done instead.
fn not_open(episode: &Episode, by: By, to: EpisodeState) -> Rejection {
    let state = episode.state();
    if state == EpisodeState::Recognised && by == By::Triage {
        return Rejection::new(ACKNOWLEDGE_FIRST).with("still_to_ask", Detail::ids(episode.not_acknowledged()));
    }
    if state == EpisodeState::Signalled && (by, to) == (By::Triage, EpisodeState::Apart) {
        return Rejection::new(RECOGNITION_MISSING).with("state", state.as_str());
    }
    if by == By::Switch && state == to {
        return Rejection::new(TRACK_UNCHANGED).with("state", state.as_str());
    }
    let open = machine::open_from(state).into_iter().map(Detail::from).collect();
    Rejection::new(EPISODE_STEP_NOT_OPEN)
        .with("state", state.as_str())
        .with("step", by.command())
        .with("open", Detail::List(open))
}

fn event(episode: &Episode, asks: Move<'_>, day: CivilDay, asked: &mut Asked<'_, '_>) -> EpisodeEvent {
    let id = episode.id;
    match asks {
        Move::Settle(look_back, words) => {
            EpisodeEvent::DivorceSettling { episode: id, look_back, words: asked.context.in_record(words.clone()) }
        }
        Move::Recognise(seen, rationale) => EpisodeEvent::ComplexDivorceRecognised {
            episode: id,
            seen: seen.iter().map(|one| seen_feature(one, asked.context)).collect(),
            rationale: asked.context.in_record(rationale.clone()),
            parents: parents_on(asked.state, day),
        },
        Move::Triage(choice) => EpisodeEvent::DivorceTriageDecided {
            episode: id,
            track: choice.track,
            weighed: weighed(choice, asked.context),
        },
        Move::Switch(choice) => EpisodeEvent::DivorceTrackSwitched {
            episode: id,
            track: choice.track,
            weighed: weighed(choice, asked.context),
        },
        Move::Step(step, words) => {
            let answers = matches!(step, EpisodeStep::SteppedBack | EpisodeStep::Stayed);
            let proposed = answers.then(|| step_back_proposed(asked.state, day)).flatten();
            EpisodeEvent::DivorceEpisodeMoved {
                episode: id,
                step,
                words: asked.context.in_record(words.clone()),
                flare_ups: proposed.map(|proposed| proposed.flare_ups).unwrap_or_default(),
            }
        }
    }
}

/// The feature goes with what was seen of it, in a record of its own.
fn seen_feature(seen: &NewSeen, context: &mut Context<'_>) -> SeenFeature {
    let feature = context.in_record(seen.feature);
    let what = seen.what.as_ref().map(|what| Personal::ordinary(feature.owner(), what.clone()));
    SeenFeature { feature, by: seen.by, what }
}

fn weighed(choice: &NewChoice, context: &mut Context<'_>) -> Weighed {
    let alternatives = choice.alternatives.iter();
    Weighed {
        reason: context.in_record(choice.reason.clone()),
        alternatives: alternatives
            .map(|(track, reason)| Alternative { track: *track, reason: context.in_record(reason.clone()) })
            .collect(),
        informed: each_once(&choice.informed),
        not_informed: choice.not_informed.as_ref().map(|why| context.in_record(why.clone())),
    }
}

/// What concerns one parent is that parent's own.
fn of_one(event: EpisodeEvent, person: PersonId) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into())).for_audience(Audience::Persons(vec![person]))
}

/// What is said of both parents is for whoever may know it of each; of nobody known, for who directs.
fn of_all(event: EpisodeEvent, about: &[PersonId], state: &CaseState, context: &Context<'_>) -> Draft<CaseEvent> {
    let audience = match about {
        [] => Audience::Director,
        about => audience_of_all(state, about, context.today(), context.terms.consent_ages),
    };
    Draft::of(CaseEvent::Divorce(event.into())).for_audience(audience)
}
