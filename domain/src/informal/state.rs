//! Informal support as it went.

use super::{
    EndedBy, InformalEvent, MeasuredAt, SUPPORT_REVIEW_DUE, SUPPORT_TERM_DUE, SUPPORT_TRIAL_DUE, SupportKind,
    SupportOutcome,
};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, SupportId};
use crate::personal::Personal;
use crate::regie::asked::carried;
use crate::regie::insert_ordered;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// Support of a volunteer for somebody of the case.
#[derive(Clone, PartialEq, Debug)]
pub struct Support {
    /// The support.
    pub id: SupportId,
    /// Of which kind.
    pub kind: SupportKind,
    /// Whom it is for.
    pub persons: Vec<PersonId>,
    /// Who gives it.
    pub volunteer: Personal<Line>,
    /// By way of which organisation.
    pub organisation: Option<Personal<Line>>,
    /// What it is for.
    pub question: Personal<Text>,
    /// What the volunteer does, and what not.
    pub tasks: Option<Personal<Text>>,
    /// The day of the match.
    pub since: CivilDay,
    /// House rules that were signed, in order of the day.
    pub signed: Vec<Signed>,
    /// The certificate of conduct that was seen last.
    pub certificate: Option<Certificate>,
    /// The trial, the last when there were more.
    pub trial: Option<Trial>,
    /// The terms, in order of their first day.
    pub terms: Vec<Agreed>,
    /// When it was looked at together, in order of the day.
    pub reviews: Vec<Review>,
    /// Measures, in order of the day.
    pub measures: Vec<Measure>,
    /// That it ended.
    pub ended: Option<EndedSupport>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That house rules were signed.
#[derive(Clone, PartialEq, Debug)]
pub struct Signed {
    /// The day.
    pub on: CivilDay,
    /// Who of the family signed.
    pub by: Vec<PersonId>,
    /// What they say that is not usual.
    pub rules: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a certificate of conduct was seen.
#[derive(Clone, PartialEq, Debug)]
pub struct Certificate {
    /// The day on which it was seen.
    pub on: CivilDay,
    /// The day on which it was issued.
    pub issued: Personal<CivilDay>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That they try it.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    /// First day.
    pub from: CivilDay,
    /// Last day.
    pub until: CivilDay,
    /// What came of it.
    pub evaluated: Option<Evaluated>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What came of a trial.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluated {
    /// The day.
    pub on: CivilDay,
    /// Whether it goes on.
    pub outcome: SupportOutcome,
    /// In words.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it was agreed for a term.
#[derive(Clone, PartialEq, Debug)]
pub struct Agreed {
    /// First day.
    pub from: CivilDay,
    /// Last day.
    pub until: CivilDay,
    /// What was agreed.
    pub agreements: Option<Personal<Text>>,
    due: Option<Due>,
    review: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it was looked at together.
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// The day.
    pub on: CivilDay,
    /// Who of the family took part.
    pub took_part: Vec<PersonId>,
    /// What came of it.
    pub outcome: SupportOutcome,
    /// In words.
    pub words: Personal<Text>,
    /// The day by which it is looked at next.
    pub next: Option<CivilDay>,
    due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A measure for one person.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// The day.
    pub on: CivilDay,
    /// Whose.
    pub person: PersonId,
    /// When.
    pub moment: MeasuredAt,
    /// Whether it does that person good.
    pub benefit: Option<Personal<bool>>,
    /// Whether that person has formal help beside it.
    pub formal_help: Option<Personal<bool>>,
    /// In own words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That it ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedSupport {
    /// The last day.
    pub last_day: CivilDay,
    /// Who ended it.
    pub by: EndedBy,
    /// Whether they stay in touch.
    pub in_touch: Option<bool>,
    /// In words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Support {
    /// What must follow and has not: of a trial its evaluation; of the last term its end; the next look together. Once it ended, nothing.
    pub(super) fn open_dues(&self) -> Vec<Due> {
        if self.ended.is_some() {
            return Vec::new();
        }
        let trial = self.trial.as_ref().filter(|trial| trial.evaluated.is_none());
        let term = self.terms.last();
        let since = term.map(|term| term.from);
        let reviewed = self.reviews.iter().rfind(|review| since.is_none_or(|since| review.on >= since));
        let review = match reviewed {
            Some(review) => review.due.clone(),
            None => term.and_then(|term| term.review.clone()),
        };
        let dues = [trial.and_then(|trial| trial.due.clone()), term.and_then(|term| term.due.clone()), review];
        dues.into_iter().flatten().collect()
    }
}

/// This room's slice of the state, in order of the day of the match.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct InformalSupport {
    all: Vec<Support>,
}

impl InformalSupport {
    /// All support.
    #[must_use]
    pub fn all(&self) -> &[Support] {
        &self.all
    }

    /// This support.
    #[must_use]
    pub fn get(&self, support: SupportId) -> Option<&Support> {
        self.all.iter().find(|known| known.id == support)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &InformalEvent) {
        if let InformalEvent::SupportMatched { support, kind, persons, volunteer, organisation, question, tasks } =
            event.clone()
        {
            let matched = Support {
                id: support,
                kind,
                persons,
                volunteer,
                organisation,
                question,
                tasks,
                since: fact.occurred.day(),
                signed: Vec::new(),
                certificate: None,
                trial: None,
                terms: Vec::new(),
                reviews: Vec::new(),
                measures: Vec::new(),
                ended: None,
                fact: fact.id,
            };
            insert_ordered(&mut self.all, matched, |one| (one.since, one.id));
        } else if let Some(known) = self.all.iter_mut().find(|known| known.id == event.support()) {
            known.follow(fact, event);
        }
    }
}

impl Support {
    fn follow(&mut self, of: &Fact<CaseEvent>, event: &InformalEvent) {
        let (on, fact) = (of.occurred.day(), of.id);
        let due = |what| carried(&of.due, what);
        match event.clone() {
            InformalEvent::SupportMatched { .. } => {}
            InformalEvent::SupportHouseRulesSigned { signed_by: by, rules, .. } => {
                insert_ordered(&mut self.signed, Signed { on, by, rules, fact }, |one| (one.on, one.fact));
            }
            InformalEvent::SupportCertificateSeen { issued, .. } => {
                let later = self.certificate.as_ref().is_none_or(|known| known.on <= on);
                if later {
                    self.certificate = Some(Certificate { on, issued, fact });
                }
            }
            InformalEvent::SupportTrialStarted { until, .. } => {
                let later = self.trial.as_ref().is_none_or(|known| known.from <= on);
                if later {
                    let due = due(SUPPORT_TRIAL_DUE);
                    self.trial = Some(Trial { from: on, until, evaluated: None, due, fact });
                }
            }
            InformalEvent::SupportTrialEvaluated { outcome, words, .. } => {
                let evaluated = Some(Evaluated { on, outcome, words, fact });
                // A trial that nobody said began was tried on the day it was looked at.
                let untold = Trial { from: on, until: on, evaluated: None, due: None, fact };
                self.trial.get_or_insert(untold).evaluated = evaluated;
            }
            InformalEvent::SupportTermAgreed { from, until, agreements, .. } => {
                let (due, review) = (due(SUPPORT_TERM_DUE), due(SUPPORT_REVIEW_DUE));
                let agreed = Agreed { from, until, agreements, due, review, fact };
                insert_ordered(&mut self.terms, agreed, |one| (one.from, one.fact));
            }
            InformalEvent::SupportReviewed { took_part, outcome, words, next, .. } => {
                let review = Review { on, took_part, outcome, words, next, due: due(SUPPORT_REVIEW_DUE), fact };
                insert_ordered(&mut self.reviews, review, |one| (one.on, one.fact));
            }
            InformalEvent::SupportMeasured { person, moment, benefit, formal_help, words, .. } => {
                let measure = Measure { on, person, moment, benefit, formal_help, words, fact };
                insert_ordered(&mut self.measures, measure, |one| (one.on, one.fact));
            }
            InformalEvent::SupportEnded { last_day, ended_by: by, in_touch, words, .. } => {
                self.ended.get_or_insert(EndedSupport { last_day, by, in_touch, words, fact });
            }
        }
    }
}
