//! Views of plans, told with their dates: the case of Samira and Ilias.

use domain::fact::Role;
use domain::plan::{Owner, PlanCommand};

use super::super::Rights;
use super::*;
use crate::testing::{JOOST, NOOR, Office, PETRA, case, day, terms, text};

const fn everything(_: &Kept<()>) -> bool {
    true
}

fn on(office: &Office, at: &str) -> PlansView {
    let history = office.history(case(1));
    let terms = terms();
    let rights = Rights { today: day("2026-11-16"), ages: terms.consent_ages };
    plans(&Reading::new(&history.as_known_about(day(at)), history.state(), day(at), &terms, rights))
}

/// Joost directs since 2026-03-02; Samira and her son.
async fn directed() -> (Office, PersonId, PersonId) {
    let mut office = Office::new();
    office.open(case(1)).await.assign(case(1), JOOST).await;
    let (samira, ilias) = (office.person(case(1), "Samira Boukhari"), office.person(case(1), "Ilias Boukhari"));
    office.by(JOOST, Role::CaseDirector);
    (office, samira, ilias)
}

async fn planned() -> (Office, PersonId, PersonId) {
    let (mut office, samira, ilias) = directed().await;
    office.on("2026-05-21");
    let propose = |words: &str| PlanCommand::ProposeGoal {
        plan: PlanRef::Family,
        words: text(words),
        proposed_by: SaidBy::Person(samira),
        concerns: vec![ilias],
    };
    for words in ["een rustige ochtend", "minder verhalen"] {
        office.order(case(1), propose(words)).await;
    }
    let agree = PlanCommand::AgreeAction {
        plan: PlanRef::Family,
        what: text("samen ontbijten"),
        owner: Owner::Nobody,
        due: Some(day("2026-06-01")),
        goal: None,
        concerns: vec![ilias],
    };
    office.order(case(1), agree).await;
    office.order(case(1), PlanCommand::OfferPlan { plan: PlanRef::Family }).await;
    (office, samira, ilias)
}

fn said(goal: &GoalView) -> &str {
    goal.words_to(everything).and_then(|wording| wording.words.value.known()).map_or("", Text::as_str)
}

#[tokio::test]
async fn goals_stand_in_the_order_proposed_and_an_action_is_nobodys_until_it_is_somebodys() {
    let (mut office, samira, _) = planned().await;
    let before = on(&office, "2026-06-01").family;
    assert_eq!(before.goals.iter().map(said).collect::<Vec<_>>(), ["een rustige ochtend", "minder verhalen"]);
    let action = before.actions[0].action.value;
    assert!(before.actions[0].is_nobodys(everything));
    assert!(!before.actions[0].is_overdue(day("2026-06-01"), everything));
    assert!(before.actions[0].is_overdue(day("2026-06-02"), everything));
    office.on("2026-06-02").order(case(1), PlanCommand::OwnAction { action, owner: Owner::Worker(PETRA) }).await;
    let after = on(&office, "2026-06-02").family;
    assert_eq!(after.actions[0].owner_to(everything).map(|owner| owner.value), Some(Owner::Worker(PETRA)));
    assert!(on(&office, "2026-06-01").family.actions[0].is_nobodys(everything), "as it was");
    assert_eq!(samira, before.goals[0].wordings[0].by.value.person().expect("a person"));
}

/// Case 05: the plan of 05-21 active after Samira endorses 05-26, evaluated 08-24, next due 11-24.
#[tokio::test]
async fn a_plan_is_endorsed_active_and_evaluated_on_its_days() {
    let (mut office, samira, ilias) = planned().await;
    let version = on(&office, "2026-05-21").family.versions[0].version.value;
    office.on("2026-05-26");
    let answer = PlanCommand::AnswerPlan { version, person: samira, answer: Answer::Endorsed, words: None };
    office.order(case(1), answer).await;
    office.order(case(1), PlanCommand::ActivatePlan { version, reason: None, interest: None }).await;
    let evaluate = PlanCommand::EvaluatePlan {
        plan: PlanRef::Family,
        took_part: vec![samira],
        workers: vec![JOOST],
        heard: Vec::new(),
        outcome: EvaluationOutcome::GoesOn,
        words: text("het past nog"),
        next: None,
    };
    office.on("2026-08-24").order(case(1), evaluate).await;
    let asked = |at: &str| on(&office, at).family.versions[0].asked[0].answer.as_ref().map(|answer| answer.on);
    assert_eq!((asked("2026-05-25"), asked("2026-05-26")), (None, Some(day("2026-05-26"))));
    let due = |at: &str| on(&office, at).family.evaluation_due_to(everything);
    assert!(on(&office, "2026-05-25").family.active_to(everything).is_none());
    assert_eq!((due("2026-05-25"), due("2026-05-26")), (None, Some(day("2026-08-26"))));
    assert_eq!(due("2026-11-16"), Some(day("2026-11-24")));
    let held = &on(&office, "2026-11-16").family.evaluations[0];
    assert_eq!((held.not_heard.as_slice(), held.heard.len()), ([ilias].as_slice(), 0));
    assert_eq!(on(&office, "2026-05-21").households, [], "one family, one plan");
}

/// Who may not know that a goal was withdrawn reads it as it stood.
#[tokio::test]
async fn what_a_reader_may_not_know_did_not_happen_to_them() {
    let (mut office, _, _) = planned().await;
    let goal = on(&office, "2026-05-21").family.goals[0].goal.value;
    let changed = |office: &Office| on(office, "2026-11-16").family.versions[0].is_changed_to(everything);
    assert!(!changed(&office));
    let reword = PlanCommand::RewordGoal { goal, words: text("rust"), proposed_by: SaidBy::Worker(NOOR) };
    office.order(case(1), reword).await;
    let facts = office.order(case(1), PlanCommand::WithdrawGoal { goal, words: None }).await;
    let view = &on(&office, "2026-11-16").family.goals[0];
    assert_eq!((view.standing_to(everything), said(view)), (GoalStanding::Withdrawn, "rust"));
    let unknown = |kept: &Kept<()>| kept.fact != facts[0].id;
    assert_eq!(view.standing_to(unknown), GoalStanding::Open);
    assert!(changed(&office));
}

/// Rule 15, case 05.
#[tokio::test]
async fn the_familys_own_plan_has_its_agreed_day() {
    use domain::ownplan::OwnPlanCommand;
    let (mut office, samira, _) = directed().await;
    office.on("2026-04-02");
    office.order(case(1), OwnPlanCommand::ExplainOwnPlan { parents: vec![samira] }).await;
    office.order(case(1), OwnPlanCommand::TakeOwnPlan { parents: vec![samira], agreed: None }).await;
    let view = on(&office, "2026-05-01").own;
    assert_eq!(view.explained[0].parents, [samira]);
    assert_eq!((view.taken[0].agreed, &view.taken[0].binds), (day("2026-05-28"), &Binds::Family));
    assert!(view.taken[0].presented.is_none() && view.waived.is_empty());
    assert_eq!(on(&office, "2026-04-01").own.taken, []);
}
