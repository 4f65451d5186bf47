use super::*;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::decider::BACKDATED;
use crate::divorce::topology::catalogue::*;
use crate::fact::Audience;
use crate::households::catalogue::HOUSEHOLD_UNKNOWN;
use crate::life::CASE_NOT_OPEN;
use crate::people::PERSON_UNKNOWN;
use crate::people::catalogue::NAMES_IN_TEXT;

const NO_DIRECTOR: Code = Code("NO_DIRECTOR");

fn topology(given: &Given<Case>, on: &str) -> PlanTopology {
    given.state().divorce.topology_on(day(on))
}

#[test]
fn from_one_plan_to_a_plan_per_household_from_that_day_on() {
    let given =
        directed().when(split(SplitGround::Safety, &[B, A, B], &[])).then([TopologyEvent::PlanSplitPerHousehold {
            ground: SplitGround::Safety,
            reason: words(fresh(1), "eerst rust in ieder huis"),
            households: vec![A, B],
            wishes: vec![],
            assignment: vec![],
            review: None,
        }]);
    assert_eq!(topology(&given, "2026-04-20"), PlanTopology::OneFamilyOnePlan);
    assert_eq!(topology(&given, "2026-04-21"), PlanTopology::PlanPerHousehold);
    assert_eq!(given.state().divorce.split_on(day("2026-04-21")).unwrap().households, [A, B]);
    assert_eq!(topology(&directed(), "2026-04-21"), PlanTopology::OneFamilyOnePlan);
}

#[test]
fn it_takes_a_director_and_an_open_case() {
    family().when(split(SplitGround::Safety, &[A, B], &[])).then_rejected(NO_DIRECTOR);
    closed(directed(), "2026-04-22").when(split(SplitGround::Safety, &[A, B], &[])).then_rejected(CASE_NOT_OPEN);
}

#[test]
fn it_takes_two_different_households_of_the_case() {
    for few in [vec![], vec![A], vec![A, A]] {
        directed().when(split(SplitGround::Safety, &few, &[])).then_rejected(TOO_FEW_HOUSEHOLDS);
    }
    let nowhere = HouseholdId::from_uuid(fresh(99));
    directed().when(split(SplitGround::Safety, &[A, nowhere], &[])).then_rejected(HOUSEHOLD_UNKNOWN);
}

#[test]
fn plans_that_are_apart_do_not_go_apart_again() {
    let rejection = apart().when(split(SplitGround::Safety, &[A, B], &[])).then_rejected(PLANS_ALREADY_SPLIT);
    assert_eq!(rejection.details, [("since", day("2026-04-21").into())]);
}

/// Case 06: both wish two plans, each wish recorded, nothing more.
#[test]
fn on_both_parents_wish_each_of_them_said_so() {
    let both = |wishes: &[PersonId]| directed().when(split(SplitGround::BothWish, &[A, B], wishes));
    assert!(still_to_ask(&both(&[]).then_rejected(WISH_MISSING), &[ILSE, ROBERT]));
    assert!(still_to_ask(&both(&[ILSE]).then_rejected(WISH_MISSING), &[ROBERT]));
    both(&[ILSE, MORRIS]).then_rejected(NOT_A_PARENT);
    both(&[PersonId::from_uuid(fresh(99))]).then_rejected(PERSON_UNKNOWN);
    let given = both(&[ROBERT, ILSE]).accepted();
    assert_eq!(given.state().divorce.split_on(day("2026-04-21")).unwrap().wishes, [ILSE, ROBERT]);
}

#[test]
fn of_one_parent_alone_it_cannot_be_said_that_both_wish_it() {
    let assigned = |given: Given<Case>| {
        let assign = RegieCommand::AssignCaseDirector {
            director: ANJA,
            organisation: organisation("zorg-vecht"),
            tasks: vec![RegieTask::Overview],
            agreed: vec![Agreed::Person(SAMIRA)],
            from: None,
        };
        given.when(assign).accepted()
    };
    let houses = [formed(A, "huishouden A"), formed(B, "huishouden B")].map(Draft::of);
    let alone = assigned(given(opened())).recorded(houses);
    alone.when(split(SplitGround::BothWish, &[A, B], &[SAMIRA])).then_rejected(WISH_MISSING);
}

/// Nothing about the other parent's safety may be learnt from it.
#[test]
fn that_it_is_for_safety_is_for_the_director() {
    let audience = |ground| {
        let when = directed().when(split(ground, &[A, B], &[ILSE, ROBERT]));
        when.drafts().last().unwrap().audience.clone()
    };
    assert_eq!(audience(SplitGround::Safety), Some(Audience::Director));
    assert_eq!(audience(SplitGround::BothWish), None);
}

#[test]
fn it_is_never_back_dated_and_its_reason_names_nobody_unsaid() {
    directed().when_on("2026-04-20", split(SplitGround::Safety, &[A, B], &[])).then_rejected(BACKDATED);
    let named = TopologyCommand::SplitPlanPerHousehold {
        ground: SplitGround::Safety,
        reason: text("Robert belt elke dag"),
        households: vec![A, B],
        wishes: vec![],
        assignment: vec![],
        review: None,
    };
    directed().when(named).then_rejected(NAMES_IN_TEXT);
}

#[test]
fn struck_out_there_is_one_plan_again_unless_somebody_coordinates_one() {
    let given = apart();
    let struck = strike(&given, "PlanSplitPerHousehold");
    let one = given.when(struck.clone()).accepted();
    assert_eq!(topology(&one, "2026-05-04"), PlanTopology::OneFamilyOnePlan);
    let coordinated = apart().when(appoint(A, WIM)).accepted();
    coordinated.when(struck).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
}

#[test]
fn its_words_can_be_said_right() {
    let given = apart();
    let target = fact_of(&given, "PlanSplitPerHousehold");
    let content = CorrectedContent::Words(text("op advies van het team"));
    let correct = CorrectionCommand::Correct { target, reason: text("tikfout"), occurred: None, content };
    let given = given.when(correct).accepted();
    let split = given.state().divorce.split_on(day("2026-05-04")).unwrap();
    assert_eq!(split.reason.known(), Some(&text("op advies van het team")));
    assert_eq!(split.households, [A, B]);
}
