//! The law of a request: a question is always answered by the team or left open for it; an advice is on what could be seen.

use std::collections::BTreeMap;

use super::access::{SAT_CATEGORIES, carried};
use super::catalogue::{
    NOT_THE_SAT_ADVISOR, NOT_THE_SAT_TEAM, NOT_WHO_ASKED_SAT, SAT_ACCESS_OVER, SAT_ADVICE_ANSWERED, SAT_ADVICE_UNKNOWN,
    SAT_ALREADY_ACCEPTED, SAT_ANONYMOUS, SAT_CONSENT_MISSING, SAT_MODE_ABSENT, SAT_MODE_IS_CONSULTATION,
    SAT_MODE_PRESENT, SAT_MODE_WITHOUT_END, SAT_NOT_ACCEPTED, SAT_OVER, SAT_POSITION_UNSEEN, SAT_REASON_MISSING,
    SAT_SCOPE_EMPTY, SAT_UNKNOWN, SAT_WITHDRAWN,
};
use super::state::{SAT_ACCEPTANCE_DUE, SAT_ACCESS_DUE, SAT_ADVICE_DUE};
use super::{NewSatAdvice, SatAcceptance, SatCommand, SatEnd, SatEvent, SatMode, SatModeHeld, SatReview, SatScope};
use crate::case::CaseEvent;
use crate::consent::{self, ConsentKind, Missing, To};
use crate::fact::{Actor, Draft, Due, Organisation, Role};
use crate::ids::{AdviceId, ConsentId, PersonId, ReviewId, Revision, WorkerId};
use crate::once::each_once;
use crate::people;
use crate::regie::Period;
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::catalogue::JOINT_TALK_BARRED;
use crate::safety::{SCREENED_BEFORE_JOINT, joint_before_screening, joint_talk_barred};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

/// Decides, on a history whose last fact stands at `head`.
pub(in crate::divorce) fn decide(asked: &mut Asked<'_, '_>, head: Option<Revision>, command: &SatCommand) -> Answer {
    match command {
        SatCommand::RequestSat { team, question, scope } => request(asked, team, question, scope),
        SatCommand::AcceptSat { review } => accept(asked, *review),
        SatCommand::EndSat { review, reason, explanation } => {
            check_running(asked, *review)?;
            let explanation = explanation.as_ref().map(|words| asked.context.in_record(words.clone()));
            Ok(vec![draft(SatEvent::SatEnded { review: *review, reason: *reason, explanation })])
        }
        SatCommand::SayNotMe { review, reason } => {
            let running = check_running(asked, *review)?;
            check_team(asked, running)?;
            let reason = reason.as_ref().map(|words| asked.context.in_record(words.clone()));
            let advisor = asked.context.actor.worker;
            Ok(vec![draft(SatEvent::SatNotMeSaid { review: *review, advisor, reason })])
        }
        SatCommand::GiveSatAdvice(new) => advise(asked, head, new),
        SatCommand::AnswerSatAdvice { review, advice, follows, reason } => {
            answer(asked, (*review, *advice), *follows, reason.as_ref())
        }
        SatCommand::AgreeSatMode { review, mode, from, until, persons } => {
            agree(asked, (*review, *mode), (*from, *until), persons)
        }
        SatCommand::EndSatMode { review, last_day, reason } => {
            let running = check_running(asked, *review)?;
            let last_day = last_day.unwrap_or_else(|| asked.happened());
            if !running.modes.iter().any(|held| held.period.holds_on(last_day)) {
                return Err(refused(SAT_MODE_ABSENT, *review).with("day", last_day));
            }
            let reason = reason.as_ref().map(|words| asked.context.in_record(words.clone()));
            Ok(vec![draft(SatEvent::SatModeEnded { review: *review, last_day, reason })])
        }
    }
}

fn refused(code: Code, review: ReviewId) -> Rejection {
    Rejection::new(code).with("review", Detail::id(review))
}

fn draft(event: SatEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Divorce(event.into()))
}

fn due(what: &str, last_day: CivilDay, terms: &Terms) -> Due {
    Due { what: what.to_owned(), last_day, at: terms.calendar.follows_at(last_day) }
}

/// Whose part may be given, on which consents, and whose is kept back.
#[derive(Default)]
struct Parts {
    scope: Vec<PersonId>,
    withheld: Vec<PersonId>,
    consents: Vec<ConsentId>,
}

fn request(asked: &mut Asked<'_, '_>, team: &Organisation, question: &Text, scope: &SatScope) -> Answer {
    let parts = match scope {
        SatScope::Anonymous => Parts::default(),
        SatScope::Named(persons) => parts(asked, persons)?,
    };
    let review = ReviewId::from_uuid(asked.context.new_id());
    let question = asked.context.in_record(question.clone());
    let (terms, today) = (asked.context.terms, asked.today());
    let mut requested = draft(SatEvent::SatRequested {
        review,
        team: team.clone(),
        question,
        anonymous: *scope == SatScope::Anonymous,
        scope: parts.scope,
        withheld: parts.withheld,
        consents: each_once(&parts.consents),
    });
    for (what, term) in [(SAT_ACCEPTANCE_DUE, terms.sat_acceptance), (SAT_ADVICE_DUE, terms.sat_advice)] {
        let (last_day, at) = (terms.last_day(term, today), terms.follows_at(term, today));
        requested = requested.with_due(Due { what: what.to_owned(), last_day, at });
    }
    Ok(vec![requested])
}

fn parts(asked: &Asked<'_, '_>, persons: &[PersonId]) -> Result<Parts, Rejection> {
    let persons = each_once(persons);
    persons.iter().try_for_each(|person| people::check_known(&asked.state.people, *person))?;
    if persons.is_empty() {
        return Err(Rejection::new(SAT_SCOPE_EMPTY));
    }
    let mut parts = Parts::default();
    let (mut still_to_ask, mut lacks) = (Vec::new(), BTreeMap::new());
    for person in persons {
        match consents_of(asked, person) {
            Ok(consents) => {
                parts.scope.push(person);
                parts.consents.extend(consents);
            }
            Err(missing) => {
                parts.withheld.push(person);
                still_to_ask.extend(missing.iter().copied().filter_map(Missing::person));
                lacks.insert(person, missing);
            }
        }
    }
    if parts.scope.is_empty() {
        let (kind, when) = (ConsentKind::Sharing, (asked.today(), asked.context.terms));
        let lacks = |person| lacks.get(&person).cloned().unwrap_or_default();
        return Err(Rejection::new(SAT_CONSENT_MISSING)
            .with("withheld", Detail::ids(&parts.withheld))
            .with("still_to_ask", Detail::ids(each_once(&still_to_ask)))
            .with("ways_open", consent::open_ways(asked.state, &parts.withheld, kind, when, lacks)));
    }
    Ok(parts)
}

/// The consents under which this person's part may be given today: for the conflict, for the plan, or both.
fn consents_of(asked: &Asked<'_, '_>, person: PersonId) -> Result<Vec<ConsentId>, Vec<Missing>> {
    let (state, day, terms) = (asked.state, asked.today(), asked.context.terms);
    let shared = SAT_CATEGORIES.map(|category| consent::shared(state, (person, category), To::Anybody, day, terms));
    if shared.iter().any(Result::is_ok) {
        return Ok(shared.into_iter().filter_map(Result::ok).flatten().collect());
    }
    // Either will do: whoever is asked is asked for the one that lacks least.
    Err(shared.into_iter().filter_map(Result::err).min_by_key(Vec::len).unwrap_or_default())
}

fn accept(asked: &Asked<'_, '_>, id: ReviewId) -> Answer {
    let review = check_running(asked, id)?;
    check_team(asked, review)?;
    if let Some(accepted) = &review.accepted {
        let refused = Rejection::new(SAT_ALREADY_ACCEPTED).with("advisor", Detail::id(accepted.advisor));
        return Err(refused.with("on", accepted.on));
    }
    let terms = asked.context.terms;
    let due = Due {
        what: SAT_ACCESS_DUE.to_owned(),
        last_day: terms.last_day(terms.sat_access, asked.today()),
        at: terms.follows_at(terms.sat_access, asked.today()),
    };
    let advisor = asked.context.actor.worker;
    Ok(vec![draft(SatEvent::SatAccepted { review: id, advisor }).with_due(due)])
}

fn check_team(asked: &Asked<'_, '_>, review: &SatReview) -> Result<(), Rejection> {
    let actor: &Actor = asked.context.actor;
    if actor.role == Role::SatAdvisor && actor.organisation == review.team {
        return Ok(());
    }
    Err(refused(NOT_THE_SAT_TEAM, review.id))
}

fn check_running<'a>(asked: &Asked<'a, '_>, id: ReviewId) -> Result<&'a SatReview, Rejection> {
    let review = asked.state.divorce.sat_review(id).ok_or_else(|| refused(SAT_UNKNOWN, id))?;
    if review.period.holds_on(asked.today()) {
        return Ok(review);
    }
    match review.ended.as_ref().filter(|ended| ended.reason == SatEnd::NotNeeded) {
        Some(withdrawn) => Err(refused(SAT_WITHDRAWN, id).with("on", withdrawn.on)),
        None => Err(refused(SAT_OVER, id)),
    }
}

/// An advice is on what the advisor could see: the case since the acceptance, while the access runs; of an anonymous question, the
/// question.
fn advise(asked: &mut Asked<'_, '_>, head: Option<Revision>, new: &NewSatAdvice) -> Answer {
    let review = check_running(asked, new.review)?;
    let accepted = review.accepted.as_ref().ok_or_else(|| refused(SAT_NOT_ACCEPTED, new.review))?;
    if accepted.advisor != asked.context.actor.worker {
        return Err(refused(NOT_THE_SAT_ADVISOR, new.review).with("advisor", Detail::id(accepted.advisor)));
    }
    if review.access_on(asked.today(), asked.context.terms).is_none() {
        return Err(refused(SAT_ACCESS_OVER, new.review));
    }
    let position = position(review, accepted, head, new.position)?;
    let event = SatEvent::SatAdviceGiven {
        review: new.review,
        advice: AdviceId::from_uuid(asked.context.new_id()),
        advisor: accepted.advisor,
        position,
        recommended: new.recommended,
        conditions: new.conditions.iter().map(|words| asked.context.in_record(words.clone())).collect(),
        words: asked.context.in_record(new.words.clone()),
    };
    Ok(vec![draft(event)])
}

fn position(
    review: &SatReview,
    accepted: &SatAcceptance,
    head: Option<Revision>,
    given: Option<Revision>,
) -> Result<Revision, Rejection> {
    if review.anonymous {
        return Ok(review.asked_at);
    }
    let seen = |position: &Revision| *position >= accepted.at && head.is_some_and(|head| *position <= head);
    given.filter(seen).ok_or_else(|| refused(SAT_POSITION_UNSEEN, review.id))
}

fn answer(
    asked: &mut Asked<'_, '_>,
    (id, advice): (ReviewId, AdviceId),
    follows: bool,
    reason: Option<&Text>,
) -> Answer {
    let of_advice = |code| refused(code, id).with("advice", Detail::id(advice));
    let review = asked.state.divorce.sat_review(id).ok_or_else(|| refused(SAT_UNKNOWN, id))?;
    let known = review.advices.iter().find(|known| known.id == advice);
    if let Some(answered) = known.and_then(|known| known.answer.as_ref()) {
        return Err(of_advice(SAT_ADVICE_ANSWERED).with("on", answered.on));
    }
    let review = check_running(asked, id)?;
    if known.is_none() {
        return Err(of_advice(SAT_ADVICE_UNKNOWN));
    }
    check_asked(asked, review)?;
    if !follows && reason.is_none() {
        return Err(of_advice(SAT_REASON_MISSING));
    }
    let reason = reason.map(|words| asked.context.in_record(words.clone()));
    let told = asked.regie().director_on(asked.today()).map(|director| director.worker);
    let event = SatEvent::SatAdviceAnswered { review: id, advice, follows, reason, told };
    Ok(vec![draft(event)])
}

/// Who asked; of a duo either of the two; and who directs the case.
fn check_asked(asked: &Asked<'_, '_>, review: &SatReview) -> Result<(), Rejection> {
    let (actor, today) = (asked.context.actor, asked.today());
    let duo = review.asked_as_duo.and_then(|trajectory| asked.state.divorce.duo(trajectory));
    let two = duo.into_iter().flat_map(|duo| duo.representatives.iter().map(|one| one.worker));
    let directs = asked.regie().director_on(today).map(|director| director.worker);
    let deputises = asked.regie().deputy_on(today).map(|deputy| deputy.worker);
    let mut those = two.chain([review.asked_by]).chain(directs).chain(deputises);
    if those.any(|worker| actor.is_or_acts_for(worker)) {
        return Ok(());
    }
    Err(refused(NOT_WHO_ASKED_SAT, review.id).with("asked_by", Detail::id(review.asked_by)))
}

fn agree(
    asked: &Asked<'_, '_>,
    (id, mode): (ReviewId, SatMode),
    (from, until): (Option<CivilDay>, Option<CivilDay>),
    persons: &[PersonId],
) -> Answer {
    let review = check_running(asked, id)?;
    let persons = each_once(persons);
    persons.iter().try_for_each(|person| people::check_known(&asked.state.people, *person))?;
    let accepted = review.accepted.as_ref().ok_or_else(|| refused(SAT_NOT_ACCEPTED, id))?;
    if review.anonymous {
        return Err(refused(SAT_ANONYMOUS, id));
    }
    let from = asked.start_of_act(from)?;
    people::check_order(from, until)?;
    check_mode(review, mode, Period { since: from, until })?;
    if let Some(lane) = joint_talk_barred(asked.state, asked.today(), &persons) {
        return Err(Rejection::new(JOINT_TALK_BARRED).with("lane", Detail::id(lane)));
    }
    let unscreened = joint_before_screening(asked.state, asked.today(), &persons, asked.context.terms.consent_ages);
    let consents = agreed_by(asked, review, accepted.advisor, &persons)?;
    let event = SatEvent::SatModeAgreed { review: id, mode, from, until, persons, consents };
    let draft = if unscreened { draft(event).departing(SCREENED_BEFORE_JOINT, None) } else { draft(event) };
    let Some(last_day) = until.filter(|_| mode == SatMode::Intervention) else { return Ok(vec![draft]) };
    Ok(vec![draft.with_due(due(SAT_ACCESS_DUE, last_day, asked.context.terms))])
}

fn check_mode(review: &SatReview, mode: SatMode, days: Period) -> Result<(), Rejection> {
    if mode == SatMode::Consultation {
        return Err(refused(SAT_MODE_IS_CONSULTATION, review.id));
    }
    if mode == SatMode::Intervention && days.until.is_none() {
        return Err(refused(SAT_MODE_WITHOUT_END, review.id));
    }
    let there = |held: &&SatModeHeld| held.period.first_shared_day(days).is_some();
    match review.modes.iter().find(there) {
        Some(held) => Err(refused(SAT_MODE_PRESENT, review.id).with("since", held.period.since)),
        None => Ok(()),
    }
}

/// The consents of each of these people; nobody is spoken with whose consent does not stand.
fn agreed_by(
    asked: &Asked<'_, '_>,
    review: &SatReview,
    advisor: WorkerId,
    persons: &[PersonId],
) -> Result<Vec<ConsentId>, Rejection> {
    if persons.is_empty() {
        return Err(Rejection::new(SAT_SCOPE_EMPTY));
    }
    let (mut consents, mut without) = (Vec::new(), Vec::new());
    for person in persons {
        let of_person = if review.scope.contains(person) {
            carried(asked.state, review, (*person, advisor), asked.today(), asked.context.terms)
        } else {
            Vec::new()
        };
        if of_person.is_empty() {
            without.push(*person);
        }
        consents.extend(of_person);
    }
    if without.is_empty() {
        return Ok(each_once(&consents));
    }
    Err(refused(SAT_CONSENT_MISSING, review.id).with("still_to_ask", Detail::ids(without)))
}
