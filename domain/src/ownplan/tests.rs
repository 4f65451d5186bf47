use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::divorce::tests::{A, ILSE, ROBERT};
use crate::people::catalogue::PERSON_UNKNOWN;
use crate::plan::tests::{activate, active, answer, case, goal, last, offer};
use crate::plan::{Answer, PlanRef};
use crate::testing::*;

fn explain(parents: &[PersonId]) -> OwnPlanCommand {
    OwnPlanCommand::ExplainOwnPlan { parents: parents.to_vec() }
}

fn taken(parents: &[PersonId], agreed: Option<&str>) -> OwnPlanCommand {
    OwnPlanCommand::TakeOwnPlan { parents: parents.to_vec(), agreed: agreed.map(day) }
}

fn waive(maker: PlanMaker) -> OwnPlanCommand {
    OwnPlanCommand::WaiveOwnPlan { parents: vec![ILSE, ROBERT], maker, reason: Some(text("te veel nu")) }
}

fn present(own_plan: OwnPlanId) -> OwnPlanCommand {
    OwnPlanCommand::PresentOwnPlan { own_plan, words: Some(text("met de buren")) }
}

/// Every type of event of this room, on this history.
pub(crate) fn through(given: Given<Case>) -> Given<Case> {
    let given = given.when(explain(&[ILSE])).accepted().when(taken(&[ILSE], None)).accepted();
    let own = given.state().own_plans.taken()[0].id;
    given.when(present(own)).accepted().when(waive(PlanMaker::Provider)).accepted()
}

fn open(given: &Given<Case>, on: &str) -> Vec<(String, CivilDay)> {
    let dues = crate::dues::open_dues(given.state(), day(on)).into_iter();
    let of_these = |due: &Due| [OWN_PLAN_DUE, HELP_PLAN_WRITTEN_DUE, HELP_PLAN_FIXED_DUE].contains(&due.what.as_str());
    dues.filter(of_these).map(|due| (due.what, due.last_day)).collect()
}

/// Case 05, with the family of case 01: explained and taken on one day; a date is agreed, 8 weeks on when nothing is said.
#[test]
fn a_family_takes_its_own_plan_with_an_agreed_day() {
    let given = case().on("2026-04-22").when(explain(&[ROBERT, ILSE])).accepted();
    let given = given.when(taken(&[ILSE, ROBERT], None)).then([OwnPlanEvent::OwnPlanTaken {
        own_plan: OwnPlanId::from_uuid(fresh(1)),
        parents: vec![ILSE, ROBERT],
        binds: Binds::Family,
        agreed: day("2026-06-17"),
    }]);
    assert_eq!(open(&given, "2026-06-18"), [(OWN_PLAN_DUE.to_owned(), day("2026-06-17"))]);
    let own = given.state().own_plans.taken()[0].id;
    let given = given.on("2026-06-10").when(present(own)).accepted();
    assert_eq!(open(&given, "2026-06-18"), []);
    given.when(present(own)).then_rejected(OWN_PLAN_PRESENTED);
}

/// Rule 15: one parent's plan binds only that household.
#[test]
fn the_plan_of_one_parent_binds_the_own_household() {
    let given = case().when(explain(&[ILSE])).accepted().when(taken(&[ILSE], Some("2026-05-01"))).accepted();
    assert_eq!(given.state().own_plans.taken()[0].binds, Binds::Households(vec![A]));
    assert!(given.history().facts().last().unwrap().departures.is_empty());
}

#[test]
fn what_went_otherwise_is_taken_and_marked() {
    let rules = |command: OwnPlanCommand| {
        let given = case().when(command).accepted();
        let departures = &given.history().facts().last().unwrap().departures;
        departures.iter().map(|departure| departure.rule.clone()).collect::<Vec<_>>()
    };
    assert_eq!(rules(taken(&[ILSE], None)), ["own_plan_explained_first"]);
    assert_eq!(rules(taken(&[ILSE], Some("2026-12-01"))), ["own_plan_explained_first", "own_plan_in_time"]);
    assert_eq!(rules(waive(PlanMaker::Municipality)), ["own_plan_explained_first"]);
}

/// Jeugdwet 4.1.3: the terms run for a provider or certified institution, and wait until there is a plan.
#[test]
fn after_a_waiver_terms_run_for_whom_the_law_binds() {
    let waived = |maker| case().when(waive(maker)).accepted();
    assert_eq!(open(&waived(PlanMaker::Municipality), "2026-04-21"), []);
    for maker in [PlanMaker::Provider, PlanMaker::CertifiedInstitution] {
        let written = (HELP_PLAN_WRITTEN_DUE.to_owned(), day("2026-05-06"));
        let fixed = (HELP_PLAN_FIXED_DUE.to_owned(), day("2026-06-02"));
        // The fourteenth day is 5 May, free every year.
        assert_eq!(open(&waived(maker), "2026-04-21"), [written, fixed.clone()]);
        let given = waived(maker).when(goal(PlanRef::Family, "rust", ILSE, &[ILSE])).accepted();
        let given = given.when(offer(PlanRef::Family)).accepted();
        assert_eq!(open(&given, "2026-04-21"), [fixed]);
        let version = last(&given, PlanRef::Family);
        let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
        assert_eq!(open(&given.when(activate(version)).accepted(), "2026-04-21"), []);
    }
    assert_eq!(open(&active().on("2026-05-01").when(waive(PlanMaker::Provider)).accepted(), "2026-05-01").len(), 2);
}

#[test]
fn who_and_what_is_not_there_is_refused() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let given =
        case().when(explain(&[])).refused_but(NO_PARENT_NAMED).when(explain(&[nobody])).refused_but(PERSON_UNKNOWN);
    let given = given.when(taken(&[ILSE], Some("2026-04-20"))).refused_but(OWN_PLAN_BEFORE);
    let given = given.when(present(OwnPlanId::from_uuid(fresh(77)))).refused_but(OWN_PLAN_UNKNOWN);
    let given = given.when_on("2026-01-01", explain(&[ILSE])).refused_but(crate::regie::asked::BEFORE_CASE_OPENED);
    given.when_on("2026-02-01", explain(&[ILSE])).accepted();
}

/// A coordinator records of who lives in the own household, and of nobody else.
#[test]
fn a_coordinator_speaks_for_the_own_household() {
    use crate::divorce::tests::{FENNA, appoint};
    use crate::fact::Role;
    let two = || crate::plan::tests::two_plans().when(appoint(crate::divorce::tests::B, FENNA)).accepted();
    let given = two().when(taken(&[ILSE], None)).accepted();
    let own = given.state().own_plans.taken()[0].id;
    let given = given.by(FENNA, Role::Supporter);
    let given =
        given.when(explain(&[ILSE])).refused_but(PLAN_NOT_YOURS).when(present(own)).refused_but(OWN_PLAN_UNKNOWN);
    given.when(explain(&[ROBERT])).accepted();
}
