//! Evaluations of a plan with the family (rule 10): who took part, which children were heard, what came out of it, when the next one is.

use super::catalogue::{EVALUATED_WITH_NOBODY, NEXT_BEFORE_EVALUATION};
use super::plans::{check_is_plan, check_is_there};
use super::{EvaluationOutcome, PlanCommand, PlanEvent, PlanRef, Plans, draft};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, WorkerId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked, carried};
use crate::regie::insert_ordered;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

/// What must follow when an evaluation is due.
pub const EVALUATION_DUE: &str = "plan_evaluation";
/// The rule that a plan is evaluated within its term.
const EVALUATED_IN_TIME: &str = "plan_evaluated_in_time";

/// An evaluation of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// Of which plan.
    pub plan: PlanRef,
    /// The day.
    pub on: CivilDay,
    /// Who of the family and network took part, in order.
    pub took_part: Vec<PersonId>,
    /// Which professionals took part, in order.
    pub workers: Vec<WorkerId>,
    /// Which children were heard, in order.
    pub heard: Vec<PersonId>,
    /// What came out of it.
    pub outcome: EvaluationOutcome,
    /// In words.
    pub words: Personal<Text>,
    /// The last day for the next one.
    pub next: CivilDay,
    /// What must follow, as the fact carries it.
    pub(super) carried: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Plans {
    /// The last evaluation of a plan, by the day it was held.
    #[must_use]
    pub fn last_evaluation(&self, plan: PlanRef) -> Option<&Evaluation> {
        self.evaluations_of(plan).last()
    }

    /// Each evaluation of a plan, in order of the day.
    #[must_use]
    pub fn evaluations_of(&self, plan: PlanRef) -> impl DoubleEndedIterator<Item = &Evaluation> {
        self.evaluations.iter().filter(move |evaluation| evaluation.plan == plan)
    }

    /// By when a plan is evaluated next: as its last evaluation says, or from the day on which it first became active.
    #[must_use]
    pub fn evaluation_due(&self, plan: PlanRef) -> Option<&Due> {
        let first =
            self.versions_of(plan).filter_map(|version| version.activated.as_ref()).min_by_key(|active| active.on)?;
        match self.last_evaluation(plan).filter(|last| last.on >= first.on) {
            Some(last) => last.carried.as_ref(),
            None => first.evaluation.as_ref(),
        }
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &PlanCommand) -> Answer {
    let PlanCommand::EvaluatePlan { plan, took_part, workers, heard, outcome, words, next } = command else {
        return Ok(Vec::new());
    };
    check_is_plan(*plan)?;
    check_is_there(asked, *plan)?;
    took_part.iter().chain(heard).try_for_each(|person| asked.check_person(*person))?;
    if took_part.is_empty() && heard.is_empty() {
        return Err(Rejection::new(EVALUATED_WITH_NOBODY));
    }
    let day = asked.happened();
    let by_term = asked.context.terms.last_day(asked.context.terms.plan_evaluation, day);
    let next = next.unwrap_or(by_term);
    if next <= day {
        return Err(Rejection::new(NEXT_BEFORE_EVALUATION).with("evaluated", day).with("next", next));
    }
    let due =
        Due { what: EVALUATION_DUE.to_owned(), last_day: next, at: asked.context.terms.calendar.follows_at(next) };
    let words = asked.context.in_record(words.clone());
    let evaluated = draft(PlanEvent::PlanEvaluated {
        plan: *plan,
        took_part: each_once(took_part),
        workers: each_once(workers),
        heard: each_once(heard),
        outcome: *outcome,
        words,
        next,
    });
    let evaluated = evaluated.with_due(due);
    Ok(vec![if next > by_term { evaluated.departing(EVALUATED_IN_TIME, None) } else { evaluated }])
}

pub(super) fn apply(plans: &mut Plans, fact: &Fact<CaseEvent>, event: &PlanEvent) {
    let PlanEvent::PlanEvaluated { plan, took_part, workers, heard, outcome, words, next } = event else { return };
    let evaluation = Evaluation {
        plan: *plan,
        on: fact.occurred.day(),
        took_part: took_part.clone(),
        workers: workers.clone(),
        heard: heard.clone(),
        outcome: *outcome,
        words: words.clone(),
        next: *next,
        carried: carried(&fact.due, EVALUATION_DUE),
        fact: fact.id,
    };
    insert_ordered(&mut plans.evaluations, evaluation, |evaluation| evaluation.on);
}
