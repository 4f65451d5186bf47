use super::*;
use crate::correction::CORRECTION_BREAKS_HISTORY;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::divorce::coordinators::{COORDINATOR_ABSENT, COORDINATOR_PRESENT, HOUSEHOLD_WITHOUT_PLAN, PLAN_NOT_SPLIT};
use crate::households::catalogue::HOUSEHOLD_UNKNOWN;
use crate::life::CASE_NOT_OPEN;
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::protection::{Locating, ProtectionCommand};
use crate::regie::asked::FROM_IN_PAST;

fn on(given: &Given<Case>, on: &str) -> Vec<(HouseholdId, WorkerId)> {
    given.state().divorce.coordinators_on(day(on)).map(|one| (one.household, one.worker)).collect()
}

/// Case 01: Wim for household A, Fenna for household B.
fn both() -> Given<Case> {
    apart().when(appoint(A, WIM)).accepted().when(appoint(B, FENNA)).accepted()
}

#[test]
fn each_household_has_its_own_coordinator() {
    let given = apart().when(appoint(A, WIM)).then([CoordinatorEvent::PlanCoordinatorAppointed {
        household: A,
        worker: WIM,
        organisation: organisation("zorg-vecht"),
        from: day("2026-05-04"),
        until: None,
    }]);
    let given = given.when(appoint(B, FENNA)).accepted();
    assert_eq!(on(&given, "2026-05-03"), []);
    assert_eq!(on(&given, "2026-05-04"), [(A, WIM), (B, FENNA)]);
}

#[test]
fn only_a_household_with_a_plan_of_its_own_has_one() {
    directed().when(appoint(A, WIM)).then_rejected(PLAN_NOT_SPLIT);
    apart().when(appoint(C, WIM)).then_rejected(HOUSEHOLD_WITHOUT_PLAN);
    apart().when(appoint(HouseholdId::from_uuid(fresh(99)), WIM)).then_rejected(HOUSEHOLD_UNKNOWN);
    closed(apart(), "2026-05-05").when(appoint(A, WIM)).then_rejected(CASE_NOT_OPEN);
}

#[test]
fn at_most_one_for_a_household_on_any_day() {
    let given = apart().when(appoint_for(A, WIM, Some("2026-06-01"), Some("2026-06-30"))).accepted();
    let given = given.when(appoint_for(A, FENNA, None, Some("2026-06-01"))).refused_but(COORDINATOR_PRESENT);
    let given = given.when(appoint(A, FENNA)).refused_but(COORDINATOR_PRESENT);
    let given = given.when(appoint_for(A, FENNA, None, Some("2026-05-31"))).accepted();
    let given = given.when(appoint_for(A, FENNA, Some("2026-07-01"), None)).accepted();
    let days = ["2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01"];
    assert_eq!(days.map(|day| on(&given, day)), [(A, FENNA), (A, WIM), (A, WIM), (A, FENNA)].map(|one| vec![one]));
}

#[test]
fn dates_make_sense() {
    apart().when(appoint_for(A, WIM, Some("2026-05-03"), None)).then_rejected(FROM_IN_PAST);
    apart().when(appoint_for(A, WIM, None, Some("2026-05-03"))).then_rejected(UNTIL_BEFORE_FROM);
}

#[test]
fn who_stops_is_followed_by_the_next() {
    let given =
        both().on("2026-06-12").when(end_coordinator(A, WIM, None)).then([CoordinatorEvent::PlanCoordinatorEnded {
            household: A,
            worker: WIM,
            last_day: day("2026-06-12"),
            reason: words(fresh(2), "ander werk"),
        }]);
    assert_eq!(on(&given, "2026-06-12"), [(A, WIM), (B, FENNA)]);
    assert_eq!(on(&given, "2026-06-13"), [(B, FENNA)]);
    let given = given.when(appoint_for(A, TESS, Some("2026-06-13"), None)).accepted();
    assert_eq!(on(&given, "2026-06-13"), [(B, FENNA), (A, TESS)]);
}

#[test]
fn only_who_coordinates_stops() {
    both().when(end_coordinator(A, FENNA, None)).then_rejected(COORDINATOR_ABSENT);
    both().when(end_coordinator(A, WIM, Some("2026-05-03"))).then_rejected(COORDINATOR_ABSENT);
    let given = both().on("2026-06-12").when(end_coordinator(A, WIM, None)).accepted().on("2026-06-15");
    given.when(end_coordinator(A, WIM, None)).then_rejected(COORDINATOR_ABSENT);
}

#[test]
fn closing_ends_the_role_and_nobody_comes_back_by_opening_again() {
    let announced = both().when(end_coordinator(B, FENNA, Some("2026-05-31"))).accepted();
    let announced = announced.when(appoint_for(B, TESS, Some("2026-08-01"), None)).accepted();
    let given = closed(announced, "2026-07-01");
    assert_eq!(on(&given, "2026-07-01"), [(A, WIM)]);
    assert_eq!(on(&given, "2026-07-02"), []);
    assert_eq!(on(&given, "2026-08-01"), [], "who was announced does not come");
    let reopened = given.on("2026-09-07").when(reopen()).accepted();
    assert_eq!(on(&reopened, "2026-09-07"), []);
    let given = reopened.when(appoint(A, FENNA)).accepted();
    assert_eq!(on(&given, "2026-09-07"), [(A, FENNA)], "the plans stay apart");
}

#[test]
fn that_somebody_stopped_before_the_closing_can_be_told_late() {
    let given = closed(both(), "2026-07-01").on("2026-07-06");
    let given = given.when(end_coordinator(A, WIM, Some("2026-06-24"))).accepted();
    assert_eq!(on(&given, "2026-06-25"), [(B, FENNA)]);
}

#[test]
fn a_correction_leaves_one_coordinator_and_none_without_a_start() {
    let given = both().on("2026-06-12").when(end_coordinator(A, WIM, None)).accepted();
    let given = given.when(appoint_for(A, TESS, Some("2026-06-13"), None)).accepted();
    let end = strike(&given, "PlanCoordinatorEnded");
    let given = given.when(end).refused_but(CORRECTION_BREAKS_HISTORY);
    let target = fact_of(&given, "PlanCoordinatorEnded");
    let earlier = CorrectionCommand::Correct {
        target,
        reason: text("een dag eerder"),
        occurred: None,
        content: CorrectedContent::LastDay { last_day: day("2026-06-11") },
    };
    assert_eq!(on(&given.when(earlier).accepted(), "2026-06-12"), [(B, FENNA)]);
    let ended = both().on("2026-06-12").when(end_coordinator(B, FENNA, None)).accepted();
    let start = strike(&ended, "PlanCoordinatorAppointed");
    ended.when(start).then_rejected(CORRECTION_BREAKS_HISTORY);
}

/// Case 01: who works with a protected household leads to it.
#[test]
fn the_coordinator_of_a_protected_household_leads_to_it() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = both().when(protect).accepted();
    let locating = Locating::on(given.history(), day("2026-05-04"));
    let facts = given.history().facts().iter();
    let wish = |event: &CaseEvent| {
        matches!(event, CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::TwoPlansWished { .. })))
    };
    let facts = facts.filter(|fact| matches!(fact.event, CaseEvent::Divorce(_)) && !wish(&fact.event));
    let leading = facts.filter(|fact| locating.leads(&fact.event));
    let leading: Vec<_> = leading.map(|fact| fact.event.clone()).collect();
    assert_eq!(leading.len(), 1, "neither that there are two plans, nor who coordinates the other");
    assert!(matches!(
        leading[0],
        CaseEvent::Divorce(DivorceEvent::Coordinators(CoordinatorEvent::PlanCoordinatorAppointed { worker: WIM, .. }))
    ));
}
