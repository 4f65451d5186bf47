use super::*;
use crate::people::catalogue::PERSON_UNKNOWN;

fn evaluate(next: Option<&str>) -> PlanCommand {
    PlanCommand::EvaluatePlan {
        plan: PlanRef::Family,
        took_part: vec![ROBERT, ILSE, ILSE],
        workers: vec![ANJA],
        heard: vec![MORRIS],
        outcome: EvaluationOutcome::GoesOn,
        words: text("het past nog"),
        next: next.map(day),
    }
}

fn due(given: &Given<Case>) -> Option<CivilDay> {
    given.state().plans.evaluation_due(PlanRef::Family).map(|due| due.last_day)
}

fn waits(given: &Given<Case>, on: &str) -> bool {
    crate::dues::open_dues(given.state(), day(on)).iter().any(|due| due.what == EVALUATION_DUE)
}

/// Rule 10: every three months, from the day it became active and from each evaluation on.
#[test]
fn a_plan_is_evaluated_every_three_months() {
    let given = active();
    assert_eq!(due(&given), Some(day("2026-07-21")));
    let given = given.on("2026-07-16").when(evaluate(None)).then([PlanEvent::PlanEvaluated {
        plan: PlanRef::Family,
        took_part: vec![ILSE, ROBERT],
        workers: vec![ANJA],
        heard: vec![MORRIS],
        outcome: EvaluationOutcome::GoesOn,
        words: words(fresh(6), "het past nog"),
        next: day("2026-10-16"),
    }]);
    assert_eq!(due(&given), Some(day("2026-10-16")));
    assert!(waits(&given, "2026-10-19"));
    // One that was held earlier and is told later changes nothing.
    let given = given.on("2026-07-20").when_on("2026-05-20", evaluate(None)).accepted();
    assert_eq!(due(&given), Some(day("2026-10-16")));
    let last = given.history().facts().last().unwrap();
    assert_eq!(last.due[0].last_day, day("2026-08-20"));
}

#[test]
fn what_was_agreed_for_later_than_the_term_is_marked() {
    let given = active().on("2026-07-16").when(evaluate(Some("2026-11-01"))).accepted();
    assert_eq!(given.history().facts().last().unwrap().departures[0].rule, "plan_evaluated_in_time");
    let given = active().on("2026-07-16").when(evaluate(Some("2026-10-16"))).accepted();
    assert!(given.history().facts().last().unwrap().departures.is_empty());
    let given = given.when(evaluate(Some("2026-07-16"))).refused_but(NEXT_BEFORE_EVALUATION);
    let nobody = PlanCommand::EvaluatePlan {
        plan: PlanRef::Family,
        took_part: vec![],
        workers: vec![ANJA],
        heard: vec![],
        outcome: EvaluationOutcome::Enough,
        words: text("het past nog"),
        next: None,
    };
    let given = given.when(nobody).refused_but(EVALUATED_WITH_NOBODY);
    let unknown = PlanCommand::EvaluatePlan {
        plan: PlanRef::Family,
        took_part: vec![PersonId::from_uuid(Uuid::from_u128(0xBAD))],
        workers: vec![],
        heard: vec![],
        outcome: EvaluationOutcome::Adjusted,
        words: text("het past nog"),
        next: None,
    };
    given.when(unknown).then_rejected(PERSON_UNKNOWN);
}

/// A plan that never became active, or went apart, waits for nothing; that it was talked about is taken all the same.
#[test]
fn only_a_plan_that_is_worked_by_waits_for_an_evaluation() {
    let given = case().when(evaluate(None)).accepted();
    assert!(!waits(&given, "2027-01-01"));
    let given = active();
    assert!(waits(&given, "2026-07-22"));
    let apart = split_to(&given, SplitGround::BothWish, &SplitTo::Household(B));
    let given = given.when(apart).accepted();
    assert!(!waits(&given, "2026-07-22"));
    given.on("2026-07-22").when(evaluate(None)).accepted();
}

/// A new version that becomes active does not put the evaluation off.
#[test]
fn the_term_runs_from_the_first_time_it_became_active() {
    let given = active().on("2026-06-01").when(goal(PlanRef::Family, "slapen", ROBERT, &[ROBERT])).accepted();
    let given = given.when(offer(PlanRef::Family)).accepted();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ROBERT, Answer::Endorsed)).accepted().when(activate(version)).accepted();
    assert_eq!(due(&given), Some(day("2026-07-21")));
}
