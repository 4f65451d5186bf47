use super::*;
use crate::decider::OCCURRED_IN_FUTURE;
use crate::divorce::tests::{C, FENNA, WIM, close};
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::life::CASE_NOT_OPEN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::regie::asked::BEFORE_CASE_OPENED;
use crate::rejection::Code;

const NOBODY: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));

fn reach(goal: GoalId) -> PlanCommand {
    PlanCommand::ReachGoal { goal, said_by: ILSE, words: Some(text("goed genoeg")) }
}

fn withdraw(goal: GoalId) -> PlanCommand {
    PlanCommand::WithdrawGoal { goal, words: None }
}

fn resume(goal: GoalId) -> PlanCommand {
    PlanCommand::ResumeGoal { goal, words: None }
}

fn reword(goal: GoalId, words: &str) -> PlanCommand {
    PlanCommand::RewordGoal { goal, words: text(words), proposed_by: SaidBy::Person(ROBERT) }
}

fn end(action: ActionId, outcome: ActionOutcome) -> PlanCommand {
    PlanCommand::EndAction { action, outcome, words: None }
}

fn own(action: ActionId, owner: Owner) -> PlanCommand {
    PlanCommand::OwnAction { action, owner }
}

fn of_morris() -> PlanCommand {
    goal(PlanRef::Family, "weekends zonder gedoe", ROBERT, &[MORRIS, MORRIS])
}

#[test]
fn a_goal_stands_in_the_words_of_who_proposed_it_and_keeps_all_it_was() {
    let given = case().when(of_morris()).then([PlanEvent::GoalProposed {
        plan: PlanRef::Family,
        goal: GoalId::from_uuid(fresh(1)),
        words: words(fresh(2), "weekends zonder gedoe"),
        proposed_by: SaidBy::Person(ROBERT),
        concerns: vec![MORRIS],
    }]);
    let id = the_goal(&given);
    let given = given.on("2026-04-22").when(reword(id, "een weekend is een weekend")).accepted();
    let given = given.when(reach(id)).accepted().when(resume(id)).accepted().when(withdraw(id)).accepted();
    let goal = given.state().plans.goal(id).unwrap();
    assert_eq!(goal.standing(), GoalStanding::Withdrawn);
    let said: Vec<_> = goal.wordings.iter().map(|wording| wording.words.known().unwrap().as_str()).collect();
    assert_eq!(said, ["weekends zonder gedoe", "een weekend is een weekend"]);
    let turns: Vec<_> = goal.turns.iter().map(|turn| turn.turn).collect();
    assert_eq!(turns, [Turn::Reached(ILSE), Turn::Resumed, Turn::Withdrawn]);
}

#[test]
fn what_is_over_is_taken_up_again_first() {
    let given = case().when(of_morris()).accepted();
    let id = the_goal(&given);
    let given = given.when(resume(id)).refused_but(GOAL_OPEN).when(reach(id)).accepted();
    let given = [reach(id), withdraw(id), reword(id, "anders")]
        .into_iter()
        .fold(given, |given, again| given.when(again).refused_but(GOAL_NOT_OPEN));
    let about = PlanCommand::AgreeAction {
        plan: PlanRef::Family,
        what: text("bellen"),
        owner: Owner::Nobody,
        due: None,
        goal: Some(id),
        concerns: vec![MORRIS],
    };
    given.when(about).then_rejected(GOAL_NOT_OPEN);
}

/// Rule 13: the goal history cannot be rewritten.
#[test]
fn nobody_rewrites_what_a_goal_was() {
    let given = case().when(of_morris()).accepted();
    let fact = given.state().plans.goal(the_goal(&given)).unwrap().fact;
    let reason = || text("vergissing");
    let strike = crate::correction::CorrectionCommand::StrikeOut { target: fact, reason: reason() };
    let content = crate::correction::CorrectedContent::Words(text("iets anders"));
    let correct =
        crate::correction::CorrectionCommand::Correct { target: fact, reason: reason(), occurred: None, content };
    given.when(strike).refused_but(GOAL_HISTORY_STAYS).when(correct).then_rejected(GOAL_HISTORY_STAYS);
}

/// Case 01, 2026-02-03 and 02-05: listed as nobody's, then Robert's.
#[test]
fn an_action_has_one_owner_or_nobody_yet() {
    let given = case().when(action(PlanRef::Family, Owner::Nobody, Some("2026-05-01"), &[MORRIS])).accepted();
    let id = the_action(&given);
    let owner = |given: &Given<Case>| given.state().plans.action(id).unwrap().owner();
    assert_eq!(owner(&given), Owner::Nobody);
    let given = given.when(own(id, Owner::Nobody)).refused_but(ACTION_UNCHANGED);
    let given = given.when(own(id, Owner::Person(ROBERT))).accepted();
    assert_eq!(owner(&given), Owner::Person(ROBERT));
    let given = given.when(own(id, Owner::Worker(FENNA))).accepted();
    assert_eq!(given.state().plans.action(id).unwrap().owners.len(), 3);
}

#[test]
fn an_action_is_overdue_from_the_day_after_until_it_is_moved_or_over() {
    let given = case().when(action(PlanRef::Family, Owner::Person(ILSE), Some("2026-05-01"), &[MORRIS])).accepted();
    let id = the_action(&given);
    let overdue = |given: &Given<Case>, on: &str| given.state().plans.action(id).unwrap().is_overdue(day(on));
    let waits = |given: &Given<Case>, on: &str| {
        let dues = crate::dues::open_dues(given.state(), day(on)).into_iter();
        dues.filter(|due| due.what == ACTION_DUE).map(|due| due.at.day()).collect::<Vec<_>>()
    };
    assert!(!overdue(&given, "2026-05-01") && overdue(&given, "2026-05-02"));
    // Friday 1 May, so what follows does on Monday.
    assert_eq!(waits(&given, "2026-05-02"), [day("2026-05-04")]);
    let to = |due: &str| PlanCommand::MoveAction { action: id, due: day(due), reason: Some(text("vakantie")) };
    let given = given.when(to("2026-05-01")).refused_but(ACTION_UNCHANGED).when(to("2026-05-12")).accepted();
    assert!(!overdue(&given, "2026-05-12") && overdue(&given, "2026-05-13"));
    let given = given.on("2026-05-13").when(end(id, ActionOutcome::DidNotWorkOut)).accepted();
    assert!(!overdue(&given, "2026-05-13") && waits(&given, "2026-05-13").is_empty());
    let given = given.when(end(id, ActionOutcome::Done)).refused_but(ACTION_OVER);
    given.when(own(id, Owner::Nobody)).then_rejected(ACTION_OVER);
}

#[test]
fn whoever_and_whatever_is_not_there_is_refused() {
    let (goals, actions) = (GoalId::from_uuid(fresh(77)), ActionId::from_uuid(fresh(78)));
    let refused = |command: PlanCommand, code: Code| {
        case().when(command).then_rejected(code);
    };
    refused(goal(PlanRef::Family, "rust", ILSE, &[]), CONCERNS_NOBODY);
    refused(goal(PlanRef::Family, "rust", ILSE, &[NOBODY]), PERSON_UNKNOWN);
    refused(goal(PlanRef::Family, "rust", NOBODY, &[ILSE]), PERSON_UNKNOWN);
    refused(goal(PlanRef::Family, "rust voor Morris", ILSE, &[ILSE]), NAMES_IN_TEXT);
    refused(goal(OF_A, "rust", ILSE, &[ILSE]), Code("PLAN_NOT_SPLIT"));
    refused(action(PlanRef::Family, Owner::Person(NOBODY), None, &[ILSE]), PERSON_UNKNOWN);
    refused(action(PlanRef::Family, Owner::Nobody, None, &[]), CONCERNS_NOBODY);
    for command in [reach(goals), withdraw(goals), resume(goals), reword(goals, "anders")] {
        refused(command, GOAL_UNKNOWN);
    }
    refused(end(actions, ActionOutcome::Done), ACTION_UNKNOWN);
    refused(own(actions, Owner::Nobody), ACTION_UNKNOWN);
    two_plans().when(goal(PlanRef::Household(C), "rust", ILSE, &[ILSE])).then_rejected(Code("HOUSEHOLD_WITHOUT_PLAN"));
    let out =
        ExclusionCommand::ExcludeWorker { worker: FENNA, ground: ExclusionGround::Neighbour, reason: text("buur") };
    let kept_out = case().when(out).accepted();
    kept_out.when(action(PlanRef::Family, Owner::Worker(FENNA), None, &[ILSE])).then_rejected(Code("WORKER_EXCLUDED"));
}

#[test]
fn an_action_serves_a_goal_of_its_own_plan() {
    let given = two_plans().when(goal(OF_A, "rust", ILSE, &[ILSE])).accepted();
    let id = the_goal(&given);
    let for_it = |plan| PlanCommand::AgreeAction {
        plan,
        what: text("wandelen"),
        owner: Owner::Person(ILSE),
        due: None,
        goal: Some(id),
        concerns: vec![ILSE],
    };
    given.when(for_it(OF_B)).refused_but(GOAL_UNKNOWN).when(for_it(OF_A)).accepted();
}

#[test]
fn told_late_is_taken_from_the_future_or_before_the_case_is_not() {
    case().when_on("2026-02-03", of_morris()).accepted();
    case().when_on("2026-04-22", of_morris()).then_rejected(OCCURRED_IN_FUTURE);
    case().when_on("2026-01-18", of_morris()).then_rejected(BEFORE_CASE_OPENED);
    let given = case().when(of_morris()).accepted();
    let id = the_goal(&given);
    given.when_on("2026-01-18", reach(id)).then_rejected(BEFORE_CASE_OPENED);
    two_plans().when_on("2026-04-20", goal(OF_A, "rust", ILSE, &[ILSE])).then_rejected(Code("PLAN_NOT_SPLIT"));
}

/// Rule 0: in a closed case what happened is still recorded; nothing new is agreed.
#[test]
fn a_closed_case_takes_reports_and_no_acts() {
    let given = case().when(of_morris()).accepted();
    let id = the_goal(&given);
    let tasks = vec![crate::regie::RegieTask::Overview];
    let back = crate::regie::RegieCommand::HandBackRegie { tasks, to: ILSE, agreement: None };
    let closed = given.when(back).accepted().when(close()).accepted();
    let closed = closed.when(of_morris()).refused_but(CASE_NOT_OPEN).when(resume(id)).refused_but(CASE_NOT_OPEN);
    closed.when(reach(id)).accepted();
}

#[test]
fn the_frozen_plan_of_the_family_takes_reports_and_no_acts() {
    let given = case().when(of_morris()).accepted();
    let given = given.when(action(PlanRef::Family, Owner::Nobody, Some("2026-05-01"), &[MORRIS])).accepted();
    let (goal, run) = (the_goal(&given), the_action(&given));
    let apart = split_to(&given, SplitGround::BothWish, &SplitTo::Closed(None));
    let given = given.when(apart).accepted().on("2026-05-04");
    assert!(is_frozen(given.state(), PlanRef::Family, day("2026-05-04")));
    assert_eq!(plans_on(given.state(), day("2026-05-04")), [PlanRef::Family, OF_A, OF_B]);
    assert_eq!(plans_on(given.state(), day("2026-04-20")), [PlanRef::Family]);
    let given = [of_morris(), resume(goal), offer(PlanRef::Family)]
        .into_iter()
        .fold(given, |given, act| given.when(act).refused_but(PLAN_FROZEN));
    let given = given.when(own(run, Owner::Person(ILSE))).refused_but(ACTION_OVER);
    assert!(crate::dues::open_dues(given.state(), day("2026-05-04")).is_empty(), "waits in no frozen plan");
}

/// One household's coordinator neither acts in the other's plan nor learns what is in it.
#[test]
fn a_coordinator_works_in_the_own_plan_only() {
    let given = two_plans().when(goal(OF_A, "rust", ILSE, &[ILSE])).accepted();
    let id = the_goal(&given);
    let given = household(household(given, A, WIM), B, FENNA);
    let as_fenna = given.by(FENNA, Role::Supporter);
    let as_fenna = as_fenna.when(goal(OF_A, "rust", ILSE, &[ILSE])).refused_but(PLAN_NOT_YOURS);
    let as_fenna = as_fenna.when(of_morris()).refused_but(PLAN_NOT_YOURS);
    let hers = as_fenna.when(reach(id)).then_rejected(GOAL_UNKNOWN);
    let absent = two_plans().when(reach(id)).then_rejected(GOAL_UNKNOWN);
    assert_eq!(hers, absent, "as one that is not there");
    let given = household(household(two_plans(), A, WIM), B, FENNA).by(FENNA, Role::Supporter);
    given.when(goal(OF_B, "rust", ROBERT, &[ROBERT])).accepted();
}
