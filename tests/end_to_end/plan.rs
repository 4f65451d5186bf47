//! The one plan, as the people in the cases see it, and as it is refused: rules 7-10 and 15, R06-R08.

use serde_json::{Value, json};

use crate::client::{Person, each, find};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const GOALS: &str =
    "plans { topology family { frozen goals { words proposedBy { name } concerns { name } standing } } }";
const ACTIONS: &str = "plans { unowned { what } family { actions(over: true) { what due overdue owner { nobody person { name } worker { name } } ended { outcome } } } }";
const VERSION: &str = "plans { family { evaluationDue evaluationOverdue
    active { offered changedSince activated { day despite { name } } asked { person { name } answer { answer day } } }
    versions { offered asked { person { name } answer { answer } } } } }";

/// Case 01, 2026-02-03 and 02-05.
#[tokio::test]
async fn weekends_without_trouble_stands_in_roberts_words_and_is_active_after_both_endorse() {
    let (demo, case) = (shared(), shared().case("01"));
    let anja = demo.as_("anja");
    let then = anja.about(&case, "2026-02-03", GOALS).await["plans"].clone();
    assert_eq!((&then["topology"], &then["family"]["frozen"]), (&json!("ONE_FAMILY_ONE_PLAN"), &json!(false)));
    let goals = &then["family"]["goals"];
    assert_eq!(each(goals, "words"), ["weekends zonder gedoe", "de jongens ontspannen"]);
    assert_eq!(find(goals, "words", "weekends zonder gedoe")["proposedBy"]["name"], "Robert");
    assert_eq!(find(goals, "words", "de jongens ontspannen")["proposedBy"]["name"], "Ilse");
    for looked in [anja.about(&case, "2026-02-03", ACTIONS).await, anja.recorded(&case, "2026-02-03", ACTIONS).await] {
        assert_eq!(looked["plans"]["unowned"], json!([{"what": "Afspreken dat de overdracht op school gebeurt."}]));
    }
    let owned = anja.about(&case, "2026-02-05", ACTIONS).await["plans"].clone();
    assert_eq!(owned["unowned"], json!([]));
    let action = find(&owned["family"]["actions"], "due", "2026-03-01").clone();
    assert_eq!(action["owner"], json!({"nobody": false, "person": {"name": "Robert"}, "worker": null}));

    assert_eq!(anja.about(&case, "2026-02-04", VERSION).await["plans"]["family"]["active"], Value::Null);
    let active = anja.about(&case, "2026-02-05", VERSION).await["plans"]["family"].clone();
    assert_eq!(active["active"]["activated"], json!({"day": "2026-02-05", "despite": []}));
    let answered = |name: &str| {
        let asked = active["active"]["asked"].as_array().unwrap().iter().find(|one| one["person"]["name"] == name);
        asked.unwrap()["answer"]["answer"].clone()
    };
    assert_eq!((answered("Ilse"), answered("Robert")), (json!("ENDORSED"), json!("ENDORSED")));
    assert_eq!(active["evaluationDue"], "2026-05-05");
}

/// Case 01 on 2026-11-16: the family plan is frozen and readable; nothing is nobody's or overdue.
#[tokio::test]
async fn the_frozen_plan_of_the_family_is_read_and_waits_for_nothing() {
    let (demo, case) = (shared(), shared().case("01"));
    let anja = demo.as_("anja");
    let now = anja.case(&case, GOALS).await["plans"].clone();
    assert_eq!((&now["topology"], &now["family"]["frozen"]), (&json!("PLAN_PER_HOUSEHOLD"), &json!(true)));
    assert_eq!(each(&now["family"]["goals"], "words").len(), 2);
    let actions = anja.case(&case, ACTIONS).await["plans"].clone();
    assert_eq!(actions["unowned"], json!([]));
    assert!(each(&actions["family"]["actions"], "overdue").iter().all(|overdue| *overdue == json!(false)));
    let family = anja.case(&case, VERSION).await["plans"]["family"].clone();
    assert_eq!((&family["evaluationDue"], &family["evaluationOverdue"]), (&Value::Null, &json!(false)));
    let propose = json!({"caseId": case, "words": "samen rust", "proposedBy": {"person": demo.id("01", "ilse")},
        "concerns": [demo.id("01", "morris")]});
    assert_eq!(anja.refused("proposeGoal", propose).await, "PLAN_FROZEN");
    let side = "plans { households { household { label } plan { household { label } frozen goals { words } } } }";
    let plans = anja.case(&case, side).await["plans"]["households"].clone();
    assert_eq!(each(&plans, "plan").iter().map(|plan| plan["frozen"].clone()).collect::<Vec<_>>(), [false, false]);
}

/// What concerns household A or somebody in it reaches nobody of the other side (R06), and once she is protected nobody but who may find her.
#[tokio::test]
async fn fenna_and_wim_see_nothing_of_the_plan_that_leads_to_the_other_house() {
    let (demo, case) = (shared(), shared().case("01"));
    let director = demo.as_("anja").case(&case, GOALS).await;
    assert!(director.to_string().contains("weekends zonder gedoe"), "first seen by the director: {director}");
    // Each goal went to the household of who said it.
    let of = [("fenna", "gedoe", "ontspannen", 2, "ontspannen"), ("wim", "ontspannen", "gedoe", 1, "zonder-gedoe")];
    for (coordinator, own, other, goals, elsewhere) in of {
        let seen = demo.as_(coordinator).case(&case, &format!("{} {}", GOALS, "timeline { nodes { kind } }")).await;
        assert!(!seen.to_string().contains(other), "{coordinator}: {seen}");
        assert!(seen.to_string().contains(own), "{coordinator}: {seen}");
        let kinds = seen["timeline"]["nodes"].to_string();
        assert_eq!(kinds.matches("GoalProposed").count(), goals, "{coordinator}: {kinds}");
        assert!(kinds.matches("PlanAnswered").count() <= 2, "what the own grown-up said: {coordinator}: {kinds}");
        let refused = json!({"caseId": case, "goal": demo.id("01", elsewhere)});
        assert_eq!(demo.as_(coordinator).refused("withdrawGoal", refused).await, "GOAL_UNKNOWN");
        let absent = json!({"caseId": case, "goal": case});
        assert_eq!(demo.as_(coordinator).refused("withdrawGoal", absent).await, "GOAL_UNKNOWN");
    }
}

/// Case 05: own plan first, 2026-04-02, ready by 05-28; the waiver terms do not run.
#[tokio::test]
async fn the_own_plan_is_explained_and_taken_with_an_agreed_day() {
    let (demo, case) = (shared(), shared().case("05"));
    let layla = demo.as_("layla");
    let fields = "plans { ownPlan { explained { day parents { name } } taken { agreed bindsFamily presented overdue parents { name } } waived { day } }
        responsibilities { kind due overdue owner { person { name } } } }";
    let then = layla.about(&case, "2026-05-01", fields).await["plans"].clone();
    assert_eq!(then["ownPlan"]["explained"], json!([{"day": "2026-04-02", "parents": [{"name": "Samira"}]}]));
    let taken = json!([{"agreed": "2026-05-28", "bindsFamily": true, "presented": null, "overdue": false,
        "parents": [{"name": "Samira"}]}]);
    assert_eq!(then["ownPlan"]["taken"], taken);
    assert_eq!(then["ownPlan"]["waived"], json!([]));
    let waiting = find(&then["responsibilities"], "kind", "OWN_PLAN").clone();
    assert_eq!((&waiting["due"], &waiting["owner"]["person"]["name"]), (&json!("2026-05-28"), &json!("Samira")));
    let now = layla.case(&case, fields).await["plans"].clone();
    assert_eq!(now["ownPlan"]["taken"][0]["presented"], "2026-05-21");
    assert!(!each(&now["responsibilities"], "kind").contains(&json!("OWN_PLAN")));
}

/// Case 05: the plan of 05-21 is active after Samira endorses on 05-26; the father without authority is not asked.
#[tokio::test]
async fn samira_alone_is_asked_and_her_plan_is_active_on_26_may() {
    let (demo, case) = (shared(), shared().case("05"));
    let layla = demo.as_("layla");
    for looked in [layla.about(&case, "2026-05-21", VERSION).await, layla.recorded(&case, "2026-05-25", VERSION).await]
    {
        let family = &looked["plans"]["family"];
        assert_eq!(family["active"], Value::Null);
        assert_eq!(family["versions"][0]["asked"], json!([{"person": {"name": "Samira"}, "answer": null}]));
    }
    let family = layla.about(&case, "2026-05-26", VERSION).await["plans"]["family"].clone();
    assert_eq!(family["active"]["activated"]["day"], "2026-05-26");
    assert_eq!(family["active"]["asked"][0]["answer"], json!({"answer": "ENDORSED", "day": "2026-05-26"}));
    assert_eq!(family["evaluationDue"], "2026-08-26");
    // Done is progress: the plan of May reads otherwise by nothing but who took the Wednesday.
    let now = layla.case(&case, VERSION).await["plans"]["family"].clone();
    assert_eq!(now["active"]["changedSince"], true);
    let contributions = layla.case(&case, "plans { contributions { worker { name } can } }").await;
    let list = contributions["plans"]["contributions"].clone();
    assert!(each(&list, "worker").iter().any(|worker| worker["name"] == "Marloes"), "{list}");
    assert!(each(&list, "can").iter().all(Value::is_string));
}

/// Case 05: evaluated 2026-08-24; the next is due 2026-11-24, and nothing is overdue on 2026-11-16.
#[tokio::test]
async fn the_evaluation_of_august_puts_the_next_on_24_november() {
    let (demo, case) = (shared(), shared().case("05"));
    let layla = demo.as_("layla");
    let fields = "plans { family { evaluationDue evaluationOverdue
        evaluations { day outcome words next tookPart { name } heard { name } notHeard { name } workers { name } } }
        unowned { what } responsibilities { kind overdue due action { what } owner { person { name } worker { name } } task } }";
    let now = layla.case(&case, fields).await["plans"].clone();
    let family = &now["family"];
    assert_eq!((&family["evaluationDue"], &family["evaluationOverdue"]), (&json!("2026-11-24"), &json!(false)));
    let held = &family["evaluations"][0];
    assert_eq!(
        (&held["day"], &held["outcome"], &held["next"]),
        (&json!("2026-08-24"), &json!("GOES_ON"), &json!("2026-11-24"))
    );
    assert_eq!(held["tookPart"], json!([{"name": "Samira"}, {"name": "Yasmina"}, {"name": "Ria"}]));
    assert_eq!((&held["heard"], &held["notHeard"]), (&json!([{"name": "Ilias"}]), &json!([])));
    assert_eq!(now["unowned"], json!([]));
    let board = &now["responsibilities"];
    assert!(each(board, "overdue").iter().all(|overdue| *overdue == json!(false)), "{board}");
    let school = board.as_array().unwrap().iter().find(|line| line["due"] == "2026-12-18").unwrap();
    assert_eq!(school["owner"]["worker"]["name"], "Marloes");
    assert_eq!(find(board, "kind", "EVALUATION")["owner"]["worker"]["name"], "Layla");
    assert_eq!(each(board, "kind").iter().filter(|kind| **kind == json!("DIRECTOR_TASK")).count(), 6);
    let on_the_day_after = layla.about(&case, "2026-08-23", fields).await["plans"]["family"].clone();
    assert_eq!(
        (&on_the_day_after["evaluationDue"], &on_the_day_after["evaluations"]),
        (&json!("2026-08-26"), &json!([]))
    );
}

async fn directed() -> (Fresh, Family, Person) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    (server, family, anja)
}

fn goal(family: &Family, words: &str) -> Value {
    family.input(json!({"words": words, "proposedBy": {"person": family.mother}, "concerns": [family.son]}))
}

/// Rule 34: a warning in the answer with another way to say it; it is recorded as it was said.
#[tokio::test]
async fn words_that_blame_come_back_with_another_way_to_say_it() {
    let (_server, family, anja) = directed().await;
    let fields = "warnings { phrase suggestion language list } created { kind id }";
    let blaming = anja.send_for("proposeGoal", goal(&family, "Moeder houdt zich aan afspraken"), fields).await;
    let answer = blaming.data("proposeGoal");
    assert_eq!(answer["warnings"][0]["phrase"], "moeder houdt zich");
    assert!(answer["warnings"][0]["suggestion"].as_str().unwrap().contains("ik weet waar ik aan toe ben"));
    assert_eq!(answer["warnings"][0]["list"], "tone-nl-1");
    let goal_id = made(&answer, "GOAL")[0].clone();
    let reword = family.input(
        json!({"goal": goal_id, "words": "ik weet waar ik aan toe ben", "proposedBy": {"person": family.mother}}),
    );
    assert_eq!(anja.send_for("rewordGoal", reword, fields).await.data("rewordGoal")["warnings"], json!([]));
    let seen = anja.case(&family.case, "plans { family { goals { words wordings { words } } } }").await;
    let goal = &seen["plans"]["family"]["goals"][0];
    assert_eq!(goal["words"], "ik weet waar ik aan toe ben");
    assert_eq!(each(&goal["wordings"], "words"), ["Moeder houdt zich aan afspraken", "ik weet waar ik aan toe ben"]);
}

/// Rule 8: withdrawn is neutral and leaves the default view; what a goal was is kept, and nobody rewrites it.
#[tokio::test]
async fn a_withdrawn_goal_leaves_the_view_and_its_history_stays() {
    let (_server, family, anja) = directed().await;
    let payload = anja.does("proposeGoal", goal(&family, "rust in huis")).await;
    let (id, fact) = (made(&payload, "GOAL")[0].clone(), made(&payload, "FACT")[0].clone());
    anja.does("withdrawGoal", family.input(json!({"goal": id}))).await;
    assert_eq!(
        anja.refused("reachGoal", family.input(json!({"goal": id, "saidBy": family.mother}))).await,
        "GOAL_NOT_OPEN"
    );
    let strike = family.input(json!({"fact": fact, "reason": "vergissing"}));
    assert_eq!(anja.refused("strikeOutFact", strike).await, "GOAL_HISTORY_STAYS");
    let fields =
        "plans { family { goals { words } all: goals(withdrawn: true) { words standing turns { standing day } } } }";
    let plan = anja.case(&family.case, fields).await["plans"]["family"].clone();
    assert_eq!(plan["goals"], json!([]));
    let turns = json!([{"standing": "WITHDRAWN", "day": "2026-11-16"}]);
    assert_eq!(plan["all"], json!([{"words": "rust in huis", "standing": "WITHDRAWN", "turns": turns}]));
    anja.does("resumeGoal", family.input(json!({"goal": id, "words": "Het speelt weer."}))).await;
    let reached = family.input(json!({"goal": id, "saidBy": family.mother, "words": "Goed genoeg."}));
    anja.does("reachGoal", reached).await;
    let plan = anja.case(&family.case, fields).await["plans"]["family"].clone();
    assert_eq!(plan["all"][0]["standing"], "REACHED");
}

/// R07, rules 9 and 18, through the API: what is refused says who was not asked; a no stands beside an active plan.
#[tokio::test]
async fn a_no_stands_beside_a_plan_that_is_active_all_the_same() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    assert_eq!(anja.refused("offerPlan", family.input(json!({}))).await, "PLAN_EMPTY");
    anja.does("proposeGoal", goal(&family, "rust in huis")).await;
    let version = made(&anja.does("offerPlan", family.input(json!({}))).await, "PLAN_VERSION")[0].clone();
    let activate = |more: Value| {
        let mut input = family.input(json!({"version": version}));
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let refused = anja.send("activatePlan", activate(json!({}))).await;
    assert_eq!(refused.code(), "PLAN_NOT_ANSWERED");
    assert_eq!(refused.details()["still_to_ask"], json!([family.mother]));
    assert!(refused.message().starts_with("Nog niet iedereen"), "{}", refused.message());
    let answer = |answer: &str, words: Option<&str>| {
        family.input(json!({"version": version, "person": family.mother, "answer": answer, "words": words}))
    };
    assert_eq!(anja.refused("answerPlan", answer("RESERVED", None)).await, "RESERVATION_WITHOUT_WORDS");
    anja.does("answerPlan", answer("REFUSED", Some("Dit gaat te snel."))).await;
    assert_eq!(anja.refused("activatePlan", activate(json!({}))).await, "REFUSAL_WITHOUT_REASON");
    let weighed = json!({"reason": "Er moet nu rust komen.", "interest": "Het kind weet waar het slaapt."});
    anja.does("activatePlan", activate(weighed)).await;
    let fields = "plans { family { active { activated { day despite { id } reason interest } asked { answer { answer words } } } } }";
    let active = anja.case(&family.case, fields).await["plans"]["family"]["active"].clone();
    assert_eq!(active["activated"]["despite"], json!([{"id": family.mother}]));
    assert_eq!(active["activated"]["interest"], "Het kind weet waar het slaapt.");
    assert_eq!(active["asked"][0]["answer"], json!({"answer": "REFUSED", "words": "Dit gaat te snel."}));

    // Petra, who helps the mother, sees the child's goal and not what was weighed about her.
    let seen = server.as_("petra").case(&family.case, &format!("{fields} {GOALS}")).await;
    assert!(seen.to_string().contains("rust in huis"), "{seen}");
    assert_eq!(seen["plans"]["family"]["active"], Value::Null);
    assert!(!seen.to_string().contains("rust komen"), "{seen}");
}

/// Actions through their life, and each command that names what is not there.
#[tokio::test]
async fn an_action_is_owned_moved_and_over_and_what_is_not_there_is_refused() {
    let (server, family, anja) = directed().await;
    let agree = family.input(json!({"what": "Samen ontbijten", "due": "2026-11-16", "concerns": [family.son]}));
    let action = made(&anja.does("agreeAction", agree).await, "ACTION")[0].clone();
    let own = |owner: Value| family.input(json!({"action": action, "owner": owner}));
    assert_eq!(anja.refused("ownAction", own(Value::Null)).await, "ACTION_UNCHANGED");
    anja.does("ownAction", own(json!({"worker": server.worker("petra")}))).await;
    server.tell("2026-11-17");
    let fields = "plans { responsibilities { kind due overdue } }";
    let line = |seen: Value| find(&seen["plans"]["responsibilities"], "kind", "ACTION").clone();
    let board = line(anja.case(&family.case, fields).await);
    assert_eq!((&board["due"], &board["overdue"]), (&json!("2026-11-16"), &json!(true)));
    let moved = family.input(json!({"action": action, "due": "2026-12-01", "reason": "vakantie"}));
    anja.does("moveAction", moved).await;
    assert_eq!(line(anja.case(&family.case, fields).await)["overdue"], false);
    let end = family.input(json!({"action": action, "outcome": "DID_NOT_WORK_OUT"}));
    anja.does("endAction", end.clone()).await;
    assert_eq!(anja.refused("endAction", end).await, "ACTION_OVER");
    let nobody = family.case.clone();
    let odd = |input: Value| family.input(input);
    for (mutation, input, code) in [
        (
            "proposeGoal",
            odd(json!({"words": "rust", "proposedBy": {"person": family.mother}, "concerns": []})),
            "CONCERNS_NOBODY",
        ),
        (
            "proposeGoal",
            odd(json!({"words": " ", "proposedBy": {"person": family.mother}, "concerns": [family.son]})),
            "TEXT_EMPTY",
        ),
        (
            "proposeGoal",
            odd(
                json!({"household": nobody, "words": "rust", "proposedBy": {"person": family.mother}, "concerns": [family.son]}),
            ),
            "HOUSEHOLD_UNKNOWN",
        ),
        (
            "rewordGoal",
            odd(json!({"goal": nobody, "words": "rust", "proposedBy": {"person": family.mother}})),
            "GOAL_UNKNOWN",
        ),
        ("resumeGoal", odd(json!({"goal": nobody})), "GOAL_UNKNOWN"),
        ("moveAction", odd(json!({"action": nobody, "due": "2026-12-01"})), "ACTION_UNKNOWN"),
        (
            "answerPlan",
            odd(json!({"version": nobody, "person": family.mother, "answer": "ENDORSED"})),
            "VERSION_UNKNOWN",
        ),
        ("activatePlan", odd(json!({"version": nobody})), "VERSION_UNKNOWN"),
        ("evaluatePlan", odd(json!({"outcome": "GOES_ON", "words": "goed"})), "EVALUATED_WITH_NOBODY"),
        ("explainOwnPlan", odd(json!({"parents": []})), "NO_PARENT_NAMED"),
        ("takeOwnPlan", odd(json!({"parents": [family.mother], "agreed": "2026-01-01"})), "OWN_PLAN_BEFORE"),
        ("presentOwnPlan", odd(json!({"ownPlan": nobody})), "OWN_PLAN_UNKNOWN"),
        ("waiveOwnPlan", odd(json!({"parents": [nobody], "maker": "PROVIDER"})), "PERSON_UNKNOWN"),
    ] {
        assert_eq!(anja.refused(mutation, input).await, code, "{mutation}");
    }
    let waive = family.input(json!({"parents": [family.mother], "maker": "PROVIDER", "reason": "Te veel nu."}));
    anja.does("waiveOwnPlan", waive).await;
    let waived = anja.case(&family.case, "plans { ownPlan { waived { writtenBy fixedBy reason } } }").await;
    let expected = json!([{"writtenBy": "2026-12-01", "fixedBy": "2026-12-29", "reason": "Te veel nu."}]);
    assert_eq!(waived["plans"]["ownPlan"]["waived"], expected);
}

/// The board over everything: what was promised and what a school asked stand beside the actions, each with its owner and day, until they
/// are over.
#[tokio::test]
async fn what_was_promised_and_what_a_school_asked_stand_on_the_board_with_owner_and_day() {
    let (server, family, anja) = directed().await;
    server.as_("petra").ask("{ me { id } }").await.data("me");
    let petra = server.worker("petra");
    let promises = json!([{"kind": "CALL_BACK", "worker": petra}]);
    let contact = json!({"with": [family.mother], "said": "Zij vraagt om gebeld te worden.", "promises": promises});
    let promise = made(&anja.does("recordContact", family.input(contact)).await, "PROMISE")[0].clone();
    let asked =
        json!({"child": family.son, "askedBy": {"outside": "De intern begeleider"}, "asked": "Mogen wij bellen?"});
    let question = made(&anja.does("askSchoolQuestion", family.input(asked)).await, "SCHOOL_QUESTION")[0].clone();
    let agree = family.input(json!({"what": "Samen ontbijten", "due": "2026-11-16", "concerns": [family.son]}));
    anja.does("agreeAction", agree).await;
    let fields = "plans { responsibilities { kind due overdue owner { nobody worker { name } }
        action { what } promise { id what } schoolQuestion { id asked } } }";
    let board = anja.case(&family.case, fields).await["plans"]["responsibilities"].clone();
    let line = find(&board, "kind", "PROMISE");
    assert_eq!(
        (&line["promise"]["id"], &line["owner"]["worker"]["name"], &line["due"], &line["overdue"]),
        (&json!(promise), &json!("Petra"), &json!("2026-11-18"), &json!(false))
    );
    let line = find(&board, "kind", "SCHOOL_QUESTION");
    assert_eq!(
        (&line["schoolQuestion"]["id"], &line["owner"]["worker"]["name"], &line["due"]),
        (&json!(question), &json!("Anja"), &json!("2026-11-23"))
    );
    assert_eq!(find(&board, "kind", "ACTION")["owner"]["nobody"], true, "nog niemand");
    server.tell("2026-11-24");
    let late = anja.case(&family.case, fields).await["plans"]["responsibilities"].clone();
    for kind in ["PROMISE", "SCHOOL_QUESTION", "ACTION"] {
        assert_eq!(find(&late, "kind", kind)["overdue"], true, "{kind}");
    }
    anja.does("settlePromise", family.input(json!({"promise": promise, "how": "KEPT"}))).await;
    anja.does("answerSchoolQuestion", family.input(json!({"question": question, "how": "ANSWERED", "words": "Ja."})))
        .await;
    let after = anja.case(&family.case, fields).await["plans"]["responsibilities"].clone();
    let kinds = each(&after, "kind");
    assert!(!kinds.contains(&json!("PROMISE")) && !kinds.contains(&json!("SCHOOL_QUESTION")), "{kinds:?}");
}
