use super::*;
use crate::decider::BACKDATED;
use crate::fact::Audience;
use crate::regie::RegieCommand;
use crate::rejection::{Code, Detail};

fn weighed(version: VersionId) -> PlanCommand {
    let (reason, interest) = (Some(text("er moet nu rust komen")), Some(text("hij weet waar hij slaapt")));
    PlanCommand::ActivatePlan { version, reason, interest }
}

/// Case 01, 2026-02-05 (rule 9).
#[test]
fn a_plan_is_active_when_each_parent_endorsed_it() {
    let given = offered();
    let version = last(&given, PlanRef::Family);
    let refused = |given: Given<Case>, persons: &[PersonId]| {
        let rejection = given.when(activate(version)).then_rejected(PLAN_NOT_ANSWERED);
        assert_eq!(rejection.details, [("still_to_ask", Detail::ids(persons))]);
    };
    refused(offered(), &[ILSE, ROBERT]);
    refused(offered().when(answer(version, ILSE, Answer::Endorsed)).accepted(), &[ROBERT]);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let given = given
        .when(answer(version, ROBERT, Answer::Reserved))
        .accepted()
        .when(activate(version))
        .then([PlanEvent::PlanActivated { version, despite: vec![], reason: None, interest: None }]);
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Case);
    assert_eq!(given.state().plans.active_version(PlanRef::Family).unwrap().id, version);
    given.when(activate(version)).then_rejected(VERSION_ACTIVE);
}

/// Rules 9 and 18.
#[test]
fn a_no_stands_beside_it_with_the_reason_and_the_interest_of_the_child() {
    let asked = || {
        let given = offered();
        let version = last(&given, PlanRef::Family);
        let given = given.when(answer(version, ILSE, Answer::Refused)).accepted();
        (given.when(answer(version, ROBERT, Answer::NotAnswered)).accepted(), version)
    };
    let (given, version) = asked();
    let rejection = given.when(activate(version)).then_rejected(REFUSAL_WITHOUT_REASON);
    assert_eq!(rejection.details, [("persons", Detail::ids([ILSE, ROBERT]))]);
    let (given, version) = asked();
    let half = PlanCommand::ActivatePlan { version, reason: Some(text("rust")), interest: None };
    let given = given.when(half).refused_but(REFUSAL_WITHOUT_REASON);
    let given = given.by(NOOR, Role::AccessWorker).when(weighed(version)).refused_but(DIRECTOR_DECIDES);
    let given = given.by(ANJA, Role::CaseDirector).when(weighed(version)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Director);
    let active = given.state().plans.active_version(PlanRef::Family).unwrap().activated.as_ref().unwrap();
    assert_eq!(active.despite, [ILSE, ROBERT]);
    assert!(active.reason.is_some() && active.interest.is_some());
}

#[test]
fn there_is_a_director_and_it_is_the_last_version_of_a_plan_that_lives() {
    let given = offered();
    let version = last(&given, PlanRef::Family);
    let stop = RegieCommand::EndDirectorship { last_day: None, reason: text("ander werk") };
    let gone = given.when(stop).accepted().on("2026-04-22");
    gone.by(NOOR, Role::AccessWorker).when(activate(version)).then_rejected(Code("NO_DIRECTOR"));
    let given = active();
    let first = last(&given, PlanRef::Family);
    let given = given.when(offer(PlanRef::Family)).accepted();
    let given = given.when(activate(first)).refused_but(VERSION_SUPERSEDED);
    let second = last(&given, PlanRef::Family);
    let given = given.on("2026-04-22").when_on("2026-04-21", activate(second)).refused_but(BACKDATED);
    let apart = split_to(&given, SplitGround::Safety, &SplitTo::Closed(None));
    let given = given.when(apart).accepted();
    given.when(activate(second)).then_rejected(PLAN_FROZEN);
}

/// Who got authority after the offer is asked too.
#[test]
fn authority_is_that_of_the_day_it_becomes_active() {
    let only_ilse = crate::testing::authority(MORRIS, crate::people::Authority::OneParent(ILSE), "2026-04-01");
    let given = case().recorded([Draft::of(only_ilse)]).when(goal(PlanRef::Family, "rust", ILSE, &[MORRIS])).accepted();
    let given = given.when(offer(PlanRef::Family)).accepted();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let both = crate::testing::authority(MORRIS, crate::people::Authority::JointParents(ILSE, ROBERT), "2026-04-21");
    let rejection = given.recorded([Draft::of(both)]).when(activate(version)).then_rejected(PLAN_NOT_ANSWERED);
    assert_eq!(rejection.details, [("still_to_ask", Detail::ids([ROBERT]))]);
}

#[test]
fn an_endorsement_under_an_active_plan_is_not_struck_out() {
    let given = active();
    let fact = given.state().plans.last_version(PlanRef::Family).unwrap().answer_of(ILSE).unwrap().fact;
    let strike = crate::correction::CorrectionCommand::StrikeOut { target: fact, reason: text("vergissing") };
    given.when(strike).then_rejected(Code("CORRECTION_BREAKS_HISTORY"));
    let given = offered();
    let version = last(&given, PlanRef::Family);
    let given = given.when(answer(version, ILSE, Answer::Endorsed)).accepted();
    let fact = given.state().plans.version(version).unwrap().answer_of(ILSE).unwrap().fact;
    let strike = crate::correction::CorrectionCommand::StrikeOut { target: fact, reason: text("vergissing") };
    let given = given.when(strike).accepted();
    assert!(given.state().plans.version(version).unwrap().answer_of(ILSE).is_none());
}
