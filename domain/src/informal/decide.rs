//! The law of this room: a report is taken as it was; what came before it should is marked.

use super::catalogue::{
    CERTIFICATE_BEFORE_TRIAL, CERTIFICATE_FROM_FUTURE, HOUSE_RULES_BEFORE_TRIAL, NOBODY_SUPPORTED, SUPPORT_NOT_BEGUN,
    SUPPORT_OVER, SUPPORT_UNKNOWN, TRIAL_BEFORE_TERM,
};
use super::{
    InformalCommand, InformalEvent, NewMatch, NewMeasure, SUPPORT_REVIEW_DUE, SUPPORT_TERM_DUE, SUPPORT_TRIAL_DUE,
    Support, SupportOutcome,
};
use crate::assessment::CONSENT_BEFORE_MEASURING;
use crate::calendar::Term;
use crate::case::{Case, CaseCommand, CaseEvent};
use crate::consent::measuring_missing;
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{PersonId, RecordId, Subject, SupportId};
use crate::layers::audience_of_all;
use crate::once::each_once;
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

pub(super) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &InformalCommand,
    context: &mut Context<'_>,
) -> Answer {
    let mut asked = Asked::new(history, order, context);
    let draft = match command {
        InformalCommand::MatchSupport(new) => matched(&mut asked, new),
        InformalCommand::SignSupportHouseRules { support, signed_by, rules } => {
            let known = going(&asked, *support)?;
            check_all_known(&asked, signed_by)?;
            let rules = maybe(&mut asked, rules.as_ref());
            let signed_by = each_once(signed_by);
            Ok(of(&asked, known, InformalEvent::SupportHouseRulesSigned { support: *support, signed_by, rules }))
        }
        InformalCommand::RecordSupportCertificate { support, issued } => certificate(&mut asked, *support, *issued),
        InformalCommand::StartSupportTrial { support, until } => trial(&mut asked, *support, *until),
        InformalCommand::EvaluateSupportTrial { support, outcome, words } => {
            let known = going(&asked, *support)?;
            let words = asked.context.in_record(words.clone());
            let event = InformalEvent::SupportTrialEvaluated { support: *support, outcome: *outcome, words };
            Ok(of(&asked, known, event))
        }
        InformalCommand::AgreeSupportTerm { support, from, until, agreements } => {
            term(&mut asked, *support, (*from, *until), agreements.as_ref())
        }
        InformalCommand::ReviewSupport { support, took_part, outcome, words, next } => {
            review(&mut asked, *support, took_part, (*outcome, words), *next)
        }
        InformalCommand::MeasureSupport { support, measure } => measured(&mut asked, *support, measure),
        InformalCommand::EndSupport { support, last_day, ended_by, in_touch, words } => {
            let known = going(&asked, *support)?;
            let last_day = last_day.unwrap_or(asked.happened());
            check_order(known.since, Some(last_day))?;
            let words = maybe(&mut asked, words.as_ref());
            let (ended_by, in_touch) = (*ended_by, *in_touch);
            let event = InformalEvent::SupportEnded { support: *support, last_day, ended_by, in_touch, words };
            Ok(of(&asked, known, event))
        }
    }?;
    Ok(vec![draft])
}

fn matched(asked: &mut Asked<'_, '_>, new: &NewMatch) -> Result<Draft<CaseEvent>, Rejection> {
    check_all_known(asked, &new.persons)?;
    if new.persons.is_empty() {
        return Err(Rejection::new(NOBODY_SUPPORTED));
    }
    let persons = each_once(&new.persons);
    let event = InformalEvent::SupportMatched {
        support: SupportId::from_uuid(asked.context.new_id()),
        kind: new.kind,
        persons: persons.clone(),
        volunteer: asked.context.in_record(new.volunteer.clone()),
        organisation: new.organisation.clone().map(|line| asked.context.in_record(line)),
        question: asked.context.in_record(new.question.clone()),
        tasks: maybe(asked, new.tasks.as_ref()),
    };
    Ok(for_all(asked, &persons, event))
}

/// Whether somebody may work with families is a matter of criminal records (UAVG 31-33): for the director alone.
fn certificate(asked: &mut Asked<'_, '_>, support: SupportId, issued: CivilDay) -> Result<Draft<CaseEvent>, Rejection> {
    let known = going(asked, support)?;
    if issued > asked.context.today() {
        return Err(Rejection::new(CERTIFICATE_FROM_FUTURE).with("issued", issued));
    }
    let owner = Subject::Record(RecordId::from_uuid(asked.context.new_id()));
    let issued = Personal::new(owner, DataClass::Criminal, issued);
    let draft = of(asked, known, InformalEvent::SupportCertificateSeen { support, issued });
    Ok(draft.for_audience(Audience::Director))
}

fn trial(
    asked: &mut Asked<'_, '_>,
    support: SupportId,
    until: Option<CivilDay>,
) -> Result<Draft<CaseEvent>, Rejection> {
    let known = going(asked, support)?;
    let until = until.unwrap_or_else(|| last_day(asked, asked.context.terms.support_trial));
    check_order(asked.happened(), Some(until))?;
    let due = due(asked, SUPPORT_TRIAL_DUE, until);
    let mut draft = of(asked, known, InformalEvent::SupportTrialStarted { support, until }).with_due(due);
    if known.certificate.is_none() {
        draft = draft.departing(CERTIFICATE_BEFORE_TRIAL, None);
    }
    if known.signed.is_empty() {
        draft = draft.departing(HOUSE_RULES_BEFORE_TRIAL, None);
    }
    Ok(draft)
}

fn term(
    asked: &mut Asked<'_, '_>,
    support: SupportId,
    (from, until): (Option<CivilDay>, Option<CivilDay>),
    agreements: Option<&Text>,
) -> Result<Draft<CaseEvent>, Rejection> {
    let known = going(asked, support)?;
    let from = from.unwrap_or(asked.happened());
    let terms = asked.context.terms;
    let until = until.unwrap_or_else(|| terms.last_day(terms.support_term, from));
    check_order(known.since, Some(from))?;
    check_order(from, Some(until))?;
    let review = terms.last_day(terms.support_review, from);
    let agreements = maybe(asked, agreements);
    let event = InformalEvent::SupportTermAgreed { support, from, until, agreements };
    let draft = of(asked, known, event).with_due(due(asked, SUPPORT_TERM_DUE, until));
    let draft = if review < until { draft.with_due(due(asked, SUPPORT_REVIEW_DUE, review)) } else { draft };
    let tried = known.trial.as_ref().and_then(|trial| trial.evaluated.as_ref());
    let goes_on = tried.is_some_and(|evaluated| evaluated.outcome != SupportOutcome::Stops);
    Ok(if goes_on { draft } else { draft.departing(TRIAL_BEFORE_TERM, None) })
}

fn review(
    asked: &mut Asked<'_, '_>,
    support: SupportId,
    took_part: &[PersonId],
    (outcome, words): (SupportOutcome, &Text),
    next: Option<CivilDay>,
) -> Result<Draft<CaseEvent>, Rejection> {
    let known = going(asked, support)?;
    check_all_known(asked, took_part)?;
    check_order(asked.happened(), next)?;
    let by_policy = || last_day(asked, asked.context.terms.support_review);
    let next = (outcome != SupportOutcome::Stops).then(|| next.unwrap_or_else(by_policy));
    let words = asked.context.in_record(words.clone());
    let took_part = each_once(took_part);
    let draft = of(asked, known, InformalEvent::SupportReviewed { support, took_part, outcome, words, next });
    Ok(match next {
        Some(next) => draft.with_due(due(asked, SUPPORT_REVIEW_DUE, next)),
        None => draft,
    })
}

/// What one person says of it is that person's own; of a child for the director. Also after it ended.
fn measured(asked: &mut Asked<'_, '_>, support: SupportId, new: &NewMeasure) -> Result<Draft<CaseEvent>, Rejection> {
    known(asked, support)?;
    check_all_known(asked, &[new.person])?;
    let value = |yes| Personal::new(Subject::Person(new.person), DataClass::Health, yes);
    let event = InformalEvent::SupportMeasured {
        support,
        person: new.person,
        moment: new.moment,
        benefit: new.benefit.map(value),
        formal_help: new.formal_help.map(value),
        words: new.words.as_ref().map(|words| {
            let owner = Subject::Record(RecordId::from_uuid(asked.context.new_id()));
            Personal::new(owner, DataClass::Health, words.clone())
        }),
    };
    let ages = asked.context.terms.consent_ages;
    let person = asked.state.people.person(new.person);
    let young = person.is_none_or(|person| person.may_be_child_on(asked.happened(), ages));
    let audience = if young { Audience::Director } else { Audience::Persons(vec![new.person]) };
    let draft = Draft::of(CaseEvent::Informal(event)).for_audience(audience);
    let agreed =
        measuring_missing(asked.state, new.person, asked.happened(), asked.context.book.terms_on(asked.happened()))
            .is_empty();
    Ok(if agreed { draft } else { draft.departing(CONSENT_BEFORE_MEASURING, None) })
}

fn known<'a>(asked: &Asked<'a, '_>, support: SupportId) -> Result<&'a Support, Rejection> {
    let unknown = || Rejection::new(SUPPORT_UNKNOWN).with("support", Detail::id(support));
    asked.state.informal.get(support).ok_or_else(unknown)
}

/// Support as it went on that day: a late report of before it ended is taken.
fn going<'a>(asked: &Asked<'a, '_>, support: SupportId) -> Result<&'a Support, Rejection> {
    let known = known(asked, support)?;
    if asked.happened() < known.since {
        return Err(Rejection::new(SUPPORT_NOT_BEGUN).with("since", known.since));
    }
    match &known.ended {
        Some(ended) if asked.happened() > ended.last_day => {
            Err(Rejection::new(SUPPORT_OVER).with("last_day", ended.last_day))
        }
        _ => Ok(known),
    }
}

/// For the readers of the match.
fn of(asked: &Asked<'_, '_>, known: &Support, event: InformalEvent) -> Draft<CaseEvent> {
    for_all(asked, &known.persons, event)
}

fn for_all(asked: &Asked<'_, '_>, persons: &[PersonId], event: InformalEvent) -> Draft<CaseEvent> {
    let audience = audience_of_all(asked.state, persons, asked.context.today(), asked.context.terms.consent_ages);
    Draft::of(CaseEvent::Informal(event)).for_audience(audience)
}

fn maybe(asked: &mut Asked<'_, '_>, words: Option<&Text>) -> Option<Personal<Text>> {
    words.map(|words| asked.context.in_record(words.clone()))
}

fn last_day(asked: &Asked<'_, '_>, term: Term) -> CivilDay {
    asked.context.terms.last_day(term, asked.happened())
}

fn due(asked: &Asked<'_, '_>, what: &str, last_day: CivilDay) -> Due {
    Due { what: what.to_owned(), last_day, at: asked.context.terms.calendar.follows_at(last_day) }
}

fn check_all_known(asked: &Asked<'_, '_>, persons: &[PersonId]) -> Result<(), Rejection> {
    persons.iter().try_for_each(|person| check_known(&asked.state.people, *person))
}
