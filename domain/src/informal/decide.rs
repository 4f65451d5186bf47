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
use crate::case::{CaseCommand, CaseEvent, CaseState};
use crate::consent::measuring_missing;
use crate::decider::{Context, Order};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{PersonId, RecordId, Subject, SupportId};
use crate::layers::audience_of_all;
use crate::once::each_once;
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::{CivilDay, Occurred};

type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

/// A command on the state of a case, of a day.
struct Asked<'a, 'c> {
    state: &'a CaseState,
    /// The day on which it happened.
    on: CivilDay,
    context: &'a mut Context<'c>,
}

pub(super) fn decide(
    state: &CaseState,
    order: &Order<CaseCommand>,
    command: &InformalCommand,
    context: &mut Context<'_>,
) -> Answer {
    let on = order.occurred.map_or(context.today(), Occurred::day);
    let mut asked = Asked { state, on, context };
    let draft = match command {
        InformalCommand::MatchSupport(new) => asked.matched(new),
        InformalCommand::SignSupportHouseRules { support, signed_by, rules } => {
            let known = asked.going(*support)?;
            asked.check_known(signed_by)?;
            let rules = asked.maybe(rules.as_ref());
            let signed_by = each_once(signed_by);
            Ok(asked.of(known, InformalEvent::SupportHouseRulesSigned { support: *support, signed_by, rules }))
        }
        InformalCommand::RecordSupportCertificate { support, issued } => asked.certificate(*support, *issued),
        InformalCommand::StartSupportTrial { support, until } => asked.trial(*support, *until),
        InformalCommand::EvaluateSupportTrial { support, outcome, words } => {
            let known = asked.going(*support)?;
            let words = asked.context.in_record(words.clone());
            let event = InformalEvent::SupportTrialEvaluated { support: *support, outcome: *outcome, words };
            Ok(asked.of(known, event))
        }
        InformalCommand::AgreeSupportTerm { support, from, until, agreements } => {
            asked.term(*support, (*from, *until), agreements.as_ref())
        }
        InformalCommand::ReviewSupport { support, took_part, outcome, words, next } => {
            asked.review(*support, took_part, (*outcome, words), *next)
        }
        InformalCommand::MeasureSupport { support, measure } => asked.measure(*support, measure),
        InformalCommand::EndSupport { support, last_day, ended_by, in_touch, words } => {
            let known = asked.going(*support)?;
            let last_day = last_day.unwrap_or(asked.on);
            check_order(known.since, Some(last_day))?;
            let words = asked.maybe(words.as_ref());
            let (ended_by, in_touch) = (*ended_by, *in_touch);
            let event = InformalEvent::SupportEnded { support: *support, last_day, ended_by, in_touch, words };
            Ok(asked.of(known, event))
        }
    }?;
    Ok(vec![draft])
}

impl<'a> Asked<'a, '_> {
    fn matched(&mut self, new: &NewMatch) -> Result<Draft<CaseEvent>, Rejection> {
        self.check_known(&new.persons)?;
        if new.persons.is_empty() {
            return Err(Rejection::new(NOBODY_SUPPORTED));
        }
        let persons = each_once(&new.persons);
        let event = InformalEvent::SupportMatched {
            support: SupportId::from_uuid(self.context.new_id()),
            kind: new.kind,
            persons: persons.clone(),
            volunteer: self.context.in_record(new.volunteer.clone()),
            organisation: new.organisation.clone().map(|line| self.context.in_record(line)),
            question: self.context.in_record(new.question.clone()),
            tasks: self.maybe(new.tasks.as_ref()),
        };
        Ok(self.for_all(&persons, event))
    }

    /// Whether somebody may work with families is a matter of criminal records (UAVG 31-33): for the director alone.
    fn certificate(&mut self, support: SupportId, issued: CivilDay) -> Result<Draft<CaseEvent>, Rejection> {
        let known = self.going(support)?;
        if issued > self.context.today() {
            return Err(Rejection::new(CERTIFICATE_FROM_FUTURE).with("issued", issued));
        }
        let owner = Subject::Record(RecordId::from_uuid(self.context.new_id()));
        let issued = Personal::new(owner, DataClass::Criminal, issued);
        let draft = self.of(known, InformalEvent::SupportCertificateSeen { support, issued });
        Ok(draft.for_audience(Audience::Director))
    }

    fn trial(&mut self, support: SupportId, until: Option<CivilDay>) -> Result<Draft<CaseEvent>, Rejection> {
        let known = self.going(support)?;
        let until = until.unwrap_or_else(|| self.last_day(self.context.terms.support_trial));
        check_order(self.on, Some(until))?;
        let due = self.due(SUPPORT_TRIAL_DUE, until);
        let mut draft = self.of(known, InformalEvent::SupportTrialStarted { support, until }).with_due(due);
        if known.certificate.is_none() {
            draft = draft.departing(CERTIFICATE_BEFORE_TRIAL, None);
        }
        if known.signed.is_empty() {
            draft = draft.departing(HOUSE_RULES_BEFORE_TRIAL, None);
        }
        Ok(draft)
    }

    fn term(
        &mut self,
        support: SupportId,
        (from, until): (Option<CivilDay>, Option<CivilDay>),
        agreements: Option<&Text>,
    ) -> Result<Draft<CaseEvent>, Rejection> {
        let known = self.going(support)?;
        let from = from.unwrap_or(self.on);
        let terms = self.context.terms;
        let until = until.unwrap_or_else(|| terms.last_day(terms.support_term, from));
        check_order(known.since, Some(from))?;
        check_order(from, Some(until))?;
        let review = terms.last_day(terms.support_review, from);
        let agreements = self.maybe(agreements);
        let event = InformalEvent::SupportTermAgreed { support, from, until, agreements };
        let draft = self.of(known, event).with_due(self.due(SUPPORT_TERM_DUE, until));
        let draft = if review < until { draft.with_due(self.due(SUPPORT_REVIEW_DUE, review)) } else { draft };
        let tried = known.trial.as_ref().and_then(|trial| trial.evaluated.as_ref());
        let goes_on = tried.is_some_and(|evaluated| evaluated.outcome != SupportOutcome::Stops);
        Ok(if goes_on { draft } else { draft.departing(TRIAL_BEFORE_TERM, None) })
    }

    fn review(
        &mut self,
        support: SupportId,
        took_part: &[PersonId],
        (outcome, words): (SupportOutcome, &Text),
        next: Option<CivilDay>,
    ) -> Result<Draft<CaseEvent>, Rejection> {
        let known = self.going(support)?;
        self.check_known(took_part)?;
        check_order(self.on, next)?;
        let by_policy = || self.last_day(self.context.terms.support_review);
        let next = (outcome != SupportOutcome::Stops).then(|| next.unwrap_or_else(by_policy));
        let words = self.context.in_record(words.clone());
        let took_part = each_once(took_part);
        let draft = self.of(known, InformalEvent::SupportReviewed { support, took_part, outcome, words, next });
        Ok(match next {
            Some(next) => draft.with_due(self.due(SUPPORT_REVIEW_DUE, next)),
            None => draft,
        })
    }

    /// What one person says of it is that person's own; of a child for the director. Also after it ended.
    fn measure(&mut self, support: SupportId, new: &NewMeasure) -> Result<Draft<CaseEvent>, Rejection> {
        self.known(support)?;
        self.check_known(&[new.person])?;
        let value = |yes| Personal::new(Subject::Person(new.person), DataClass::Health, yes);
        let event = InformalEvent::SupportMeasured {
            support,
            person: new.person,
            moment: new.moment,
            benefit: new.benefit.map(value),
            formal_help: new.formal_help.map(value),
            words: new.words.as_ref().map(|words| {
                let owner = Subject::Record(RecordId::from_uuid(self.context.new_id()));
                Personal::new(owner, DataClass::Health, words.clone())
            }),
        };
        let ages = self.context.terms.consent_ages;
        let person = self.state.people.person(new.person);
        let young = person.is_none_or(|person| person.may_be_child_on(self.on, ages));
        let audience = if young { Audience::Director } else { Audience::Persons(vec![new.person]) };
        let draft = Draft::of(CaseEvent::Informal(event)).for_audience(audience);
        let agreed = measuring_missing(self.state, new.person, self.on, self.context.book.terms_on(self.on)).is_empty();
        Ok(if agreed { draft } else { draft.departing(CONSENT_BEFORE_MEASURING, None) })
    }

    fn known(&self, support: SupportId) -> Result<&'a Support, Rejection> {
        let unknown = || Rejection::new(SUPPORT_UNKNOWN).with("support", Detail::id(support));
        self.state.informal.get(support).ok_or_else(unknown)
    }

    /// Support as it went on that day: a late report of before it ended is taken.
    fn going(&self, support: SupportId) -> Result<&'a Support, Rejection> {
        let known = self.known(support)?;
        if self.on < known.since {
            return Err(Rejection::new(SUPPORT_NOT_BEGUN).with("since", known.since));
        }
        match &known.ended {
            Some(ended) if self.on > ended.last_day => {
                Err(Rejection::new(SUPPORT_OVER).with("last_day", ended.last_day))
            }
            _ => Ok(known),
        }
    }

    /// For the readers of the match.
    fn of(&self, known: &Support, event: InformalEvent) -> Draft<CaseEvent> {
        self.for_all(&known.persons, event)
    }

    fn for_all(&self, persons: &[PersonId], event: InformalEvent) -> Draft<CaseEvent> {
        let audience = audience_of_all(self.state, persons, self.context.today(), self.context.terms.consent_ages);
        Draft::of(CaseEvent::Informal(event)).for_audience(audience)
    }

    fn maybe(&mut self, words: Option<&Text>) -> Option<Personal<Text>> {
        words.map(|words| self.context.in_record(words.clone()))
    }

    fn last_day(&self, term: Term) -> CivilDay {
        self.context.terms.last_day(term, self.on)
    }

    fn due(&self, what: &str, last_day: CivilDay) -> Due {
        Due { what: what.to_owned(), last_day, at: self.context.terms.calendar.follows_at(last_day) }
    }

    fn check_known(&self, persons: &[PersonId]) -> Result<(), Rejection> {
        persons.iter().try_for_each(|person| check_known(&self.state.people, *person))
    }
}
