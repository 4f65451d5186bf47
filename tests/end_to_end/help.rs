//! Help as it runs: trajectories with their extensions, what was weighed, what waits for an answer, direct referrals, conditions and the legal
//! framework. The lines of cases 05, 07 and 08, and then what everybody else sees of it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, shared};

const TRAJECTORIES: &str = "help { trajectories { product provider persons { name } worker { name } from until mayHarm unjustified goals { words }
    goalHistory { since goals { words standing } words } lastDay ending endedWords
    extensions { asked until reason reviewedByThree changedGoals { words } missingViews waitingDays decideBy
      reviewSheet { pseudonym product from until askedUntil goals { wordings { since words } since left reached changed } }
      views { role advice view worker { name } on }
      decisions { outcome until reason decidedBy on objectionUntil objectionOpen } objections { person { name } words on } } } }";

async fn running(person: &Person, case: &str) -> Value {
    person.case(case, TRAJECTORIES).await["help"]["trajectories"][0].clone()
}

/// Case 05, 2026-08-31 to 11-09: the goal was reached and replaced; six months more were asked; three roles; the college refused, objection is
/// open; scaled down (rule 13).
#[tokio::test]
async fn six_months_more_after_the_goal_was_replaced_is_reviewed_by_three_and_refused() {
    let (demo, case) = (shared(), shared().case("05"));
    let seen = running(&demo.as_("layla"), &case).await;
    assert_eq!((&seen["from"], &seen["until"]), (&json!("2026-05-27"), &json!("2026-11-27")));
    assert_eq!((&seen["worker"]["name"], &seen["persons"]), (&json!("Esra"), &json!([{"name": "Ilias"}])));
    assert_eq!(each(&seen["goalHistory"], "since"), ["2026-05-27", "2026-08-31"]);
    assert_eq!(seen["goalHistory"][0]["goals"][0]["standing"], "REACHED");
    assert_eq!(seen["goals"], json!([{"words": "Na school speelt hij met andere kinderen."}]));
    let extension = &seen["extensions"][0];
    assert_eq!((&extension["asked"], &extension["until"]), (&json!("2026-10-12"), &json!("2027-05-27")));
    assert_eq!((&extension["reviewedByThree"], &extension["missingViews"]), (&json!(true), &json!([])));
    assert_eq!(
        extension["changedGoals"].as_array().unwrap().len(),
        2,
        "the one that was reached and the one that came"
    );
    assert_eq!((&extension["waitingDays"], &extension["decideBy"]), (&json!(14), &json!("2026-12-07")));
    assert_eq!(each(&extension["views"], "role"), ["CORE_TEAM", "CONTRACT_MANAGER", "LEGAL_ADVISER"]);
    let decided = &extension["decisions"][0];
    assert_eq!((&decided["outcome"], &decided["objectionUntil"]), (&json!("REFUSED"), &json!("2026-12-07")));
    assert_eq!(decided["objectionOpen"], true);
    assert_eq!((&seen["lastDay"], &seen["ending"]), (&json!("2026-11-09"), &json!("SCALED_DOWN")));
    let level = "escalation { services { levelNow } }";
    assert_eq!(demo.as_("layla").case(&case, level).await["escalation"]["services"][0]["levelNow"], 2);
    // As it looked on the day the extension was asked.
    let then = demo.as_("layla").recorded(&case, "2026-10-12", TRAJECTORIES).await["help"]["trajectories"][0].clone();
    assert_eq!((&then["lastDay"], &then["extensions"][0]["decisions"]), (&Value::Null, &json!([])));
    assert_eq!(then["extensions"][0]["missingViews"], json!(["CORE_TEAM", "CONTRACT_MANAGER", "LEGAL_ADVISER"]));
}

/// Rule 13: the three see goals, dates and product under a pseudonym; no names, no family, no provider.
#[tokio::test]
async fn the_sheet_for_the_three_roles_names_nobody() {
    let (demo, case) = (shared(), shared().case("05"));
    let sheet = running(&demo.as_("layla"), &case).await["extensions"][0]["reviewSheet"].clone();
    assert!(sheet["pseudonym"].as_str().unwrap().starts_with("traject-"));
    assert_eq!((&sheet["until"], &sheet["askedUntil"]), (&json!("2026-11-27"), &json!("2027-05-27")));
    assert_eq!(sheet["goals"][0]["reached"], "2026-08-31");
    assert_eq!((&sheet["goals"][0]["left"], &sheet["goals"][1]["since"]), (&json!("2026-08-31"), &json!("2026-08-31")));
    let text = sheet.to_string();
    for name in ["Ilias", "Samira", "Esra", "Linde", &case] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    // Who helps the child sees that it was asked; the sheet and what each role finds are the director's.
    let esra = running(&demo.as_("esra"), &case).await;
    assert_eq!(esra["extensions"][0]["asked"], "2026-10-12");
    assert_eq!((&esra["extensions"][0]["reviewSheet"], &esra["extensions"][0]["views"]), (&Value::Null, &json!([])));
}

/// Case 05, 2026-09-14: a direct referral is noticed; Samira agrees to record it; brought into the one plan (rule 14).
#[tokio::test]
async fn the_direct_referral_is_recorded_with_her_agreement_and_stands_in_the_plan() {
    let (demo, case) = (shared(), shared().case("05"));
    let fields = "help { referrals { by who provider help referred on agreed { name } planned goals { words } actions { id } } }";
    let seen = demo.as_("layla").case(&case, fields).await["help"]["referrals"].clone();
    let expected = json!([{"by": "GP", "who": "De huisarts", "provider": "Speltherapie De Wilg", "help": "Speltherapie",
        "referred": "2026-09-07", "on": "2026-09-14", "agreed": [{"name": "Samira"}], "planned": true,
        "goals": [{"words": "Na school speelt hij met andere kinderen."}], "actions": []}]);
    assert_eq!(seen, expected);
    let unasked =
        json!({"caseId": case, "persons": [demo.id("05", "ilias")], "by": "GP", "provider": "Praktijk", "agreed": []});
    let refused = demo.as_("layla").with("Accept-Language", "nl").send("recordReferral", unasked).await;
    assert_eq!(refused.code(), "REFERRAL_NOT_AGREED");
    assert!(refused.body.to_string().contains("als het gezin dat goed vindt"), "{}", refused.body);
}

/// Case 07, 2026-10-19: a condition, explained to Robin; the framework stays voluntary.
#[tokio::test]
async fn the_condition_for_robin_may_be_refused_and_help_stays_voluntary() {
    let (demo, case) = (shared(), shared().case("07"));
    let fields =
        "framework help { frameworkChanges { from } conditions { persons { name } what why setBy on until mayBeRefused
        explained { name } answers { accepts } holds ended } }";
    let seen = demo.as_("kees").case(&case, fields).await;
    assert_eq!((&seen["framework"], &seen["help"]["frameworkChanges"]), (&json!("VOLUNTARY"), &json!([])));
    let condition = &seen["help"]["conditions"][0];
    assert_eq!((&condition["on"], &condition["until"]), (&json!("2026-10-19"), &json!("2027-01-31")));
    assert_eq!((&condition["mayBeRefused"], &condition["holds"]), (&json!(true), &json!(true)));
    assert_eq!(condition["explained"], json!([{"name": "Robin"}]));
    assert_eq!(condition["setBy"], "Wijkteam Hilversum");
}

/// Case 08, 2026-07-13 to 07-15: a deliberate wait, with its reason and its review; reviewed on the day itself (rule 11).
#[tokio::test]
async fn lotte_waits_on_purpose_and_looks_again_two_days_later() {
    let (demo, case) = (shared(), shared().case("08"));
    let fields = "help { weighings { kind persons { name } on what reason decidedBy { name } decidedByWorkers { name } goesOn review
        reviewOverdue looks { on goesOn finding } } }";
    let then = demo.as_("lotte").recorded(&case, "2026-07-14", fields).await["help"]["weighings"][0].clone();
    assert_eq!((&then["kind"], &then["review"]), (&json!("WAITING"), &json!("2026-07-15")));
    assert_eq!((&then["goesOn"], &then["reviewOverdue"]), (&json!(true), &json!(false)));
    assert_eq!(then["reason"], "Eerst slapen en eten; vanavond alles oplossen helpt niemand.");
    let now = demo.as_("lotte").case(&case, fields).await["help"]["weighings"][0].clone();
    assert_eq!(
        (&now["goesOn"], &now["review"], &now["looks"][0]["on"]),
        (&json!(false), &Value::Null, &json!("2026-07-15"))
    );
}

/// A family directed by Anja, in which Petra works for the mother.
async fn home() -> (Fresh, Family, Person) {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    (server, family, anja)
}

/// Rule 27: a slow decision shows its waiting days beside the concern it leaves open, as of any day. Material aid says whether it was given.
#[tokio::test]
async fn a_slow_decision_shows_its_waiting_days_beside_the_concern() {
    let (server, family, anja) = home().await;
    let asked = json!({"kind": "DECISION", "persons": [family.son], "what": "Begeleiding thuis", "ofWhom": "Gemeente",
        "concern": "Wulp slaapt slecht.", "occurred": {"day": "2026-10-05"}});
    let decision = made(&anja.does("makeApplication", family.input(asked)).await, "APPLICATION")[0].clone();
    let aid = json!({"kind": "MATERIAL_AID", "persons": [family.mother], "what": "Een bed", "ofWhom": "Fonds"});
    let aid = made(&anja.does("makeApplication", family.input(aid)).await, "APPLICATION")[0].clone();
    let fields = "help { applications { kind what ofWhom concern asked waitingDays due overdue outcome answered answerWords delays { on answerBy } }
        waiting: applications(waiting: true) { kind } }";
    let seen = anja.case(&family.case, fields).await["help"].clone();
    let slow = &seen["applications"][0];
    assert_eq!((&slow["concern"], &slow["waitingDays"]), (&json!("Wulp slaapt slecht."), &json!(42)));
    assert_eq!((&slow["due"], &slow["overdue"]), (&json!("2026-11-30"), &json!(false)), "eight weeks (Awb 4:13)");
    assert_eq!((&seen["applications"][1]["due"], &seen["applications"][1]["waitingDays"]), (&Value::Null, &json!(0)));
    let then = anja.about(&family.case, "2026-10-20", fields).await["help"]["applications"].clone();
    assert_eq!(each(&then, "waitingDays"), [15], "as of that day; the other was not asked yet");
    // Petra, who works for the mother, sees what was asked for her and, in the child's layer, for the child; who opened it nothing any more.
    let petra = server.as_("petra").case(&family.case, fields).await;
    assert_eq!(each(&petra["help"]["applications"], "what"), ["Begeleiding thuis", "Een bed"]);
    let noor = server.as_("noor").case(&family.case, fields).await;
    assert_eq!(noor["help"]["applications"], json!([]));
    anja.does(
        "delayApplication",
        family.input(json!({"application": decision, "reason": "Wachtlijst.", "answerBy": "2026-11-18"})),
    )
    .await;
    server.tell("2026-11-20");
    let late = anja.case(&family.case, fields).await["help"]["applications"][0].clone();
    assert_eq!(
        (&late["due"], &late["overdue"], &late["waitingDays"]),
        (&json!("2026-11-18"), &json!(true), &json!(46))
    );
    let answer = |application: &str| {
        family.input(json!({"application": application, "outcome": "GIVEN", "words": "Een half jaar."}))
    };
    anja.does("answerApplication", answer(&decision)).await;
    anja.does("answerApplication", answer(&aid)).await;
    server.tell("2026-11-30");
    let seen = anja.case(&family.case, fields).await["help"].clone();
    assert_eq!(
        (&seen["applications"][0]["waitingDays"], &seen["applications"][0]["answered"]),
        (&json!(46), &json!("2026-11-20"))
    );
    assert_eq!(seen["waiting"], json!([]));
    assert_eq!(anja.refused("answerApplication", answer(&decision)).await, "APPLICATION_ANSWERED");
}

/// Rule 11: help that may harm is shown as unjustified until its justification is there.
#[tokio::test]
async fn help_that_may_harm_needs_a_justification() {
    let (server, family, anja) = home().await;
    let started = json!({"product": "Opname", "provider": "Kliniek", "persons": [family.son], "mayHarm": true});
    let trajectory = made(&anja.does("startTrajectory", family.input(started)).await, "HELP_TRAJECTORY")[0].clone();
    assert_eq!(running(&anja, &family.case).await["unjustified"], true);
    let departed = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert_eq!(departed, json!([{"rule": "trajectory_goals_at_start"}]));
    let justified = json!({"persons": [family.son], "help": "Opname", "trajectory": trajectory, "benefit": "Een dagritme", "harm": "Weg van huis",
        "justification": "Lichter hielp niet.", "childInterest": "Elk weekend naar huis.", "decided": [{"person": family.mother}],
        "review": "2026-12-14"});
    anja.does("justifyHarmfulHelp", family.input(justified)).await;
    assert_eq!(running(&anja, &family.case).await["unjustified"], false);
    let fields = "help { weighings { kind help harm reason childInterest review trajectoryId decidedBy { name } } }";
    let seen = anja.case(&family.case, fields).await["help"]["weighings"][0].clone();
    assert_eq!(
        (&seen["kind"], &seen["review"], &seen["trajectoryId"]),
        (&json!("HARMFUL_HELP"), &json!("2026-12-14"), &json!(trajectory))
    );
    let noor = server.as_("noor").case(&family.case, &format!("{fields} timeline {{ nodes {{ kind }} }}")).await;
    assert_eq!(noor["help"]["weighings"], json!([]));
    assert!(!noor.to_string().contains("HarmfulHelp"), "{noor}");
}

/// A measure makes help compulsory from its first day on, and voluntary again from another; under it no condition is set.
#[tokio::test]
async fn help_becomes_compulsory_by_a_measure_and_voluntary_again() {
    let (server, family, anja) = home().await;
    let becomes = |framework: &str, from: &str| family.input(json!({"framework": framework, "from": from}));
    anja.does("changeLegalFramework", becomes("COMPULSORY", "2026-11-16")).await;
    assert_eq!(anja.refused("changeLegalFramework", becomes("COMPULSORY", "2026-11-17")).await, "FRAMEWORK_ALREADY");
    let condition = family.input(
        json!({"persons": [family.son], "what": "Naar school", "why": "Rust", "setBy": "Wij", "until": "2027-01-31"}),
    );
    assert_eq!(anja.refused("setCondition", condition.clone()).await, "CONDITION_NOT_VOLUNTARY");
    for who in ["anja", "petra"] {
        assert_eq!(server.as_(who).case(&family.case, "framework").await["framework"], "COMPULSORY", "{who}");
    }
    server.tell("2026-11-20");
    anja.does("changeLegalFramework", becomes("VOLUNTARY", "2026-11-20")).await;
    let seen = anja.case(&family.case, "framework help { frameworkChanges { framework from } }").await;
    assert_eq!(
        (&seen["framework"], each(&seen["help"]["frameworkChanges"], "from")),
        (&json!("VOLUNTARY"), vec![json!("2026-11-16"), json!("2026-11-20")])
    );
    let then = anja.about(&family.case, "2026-11-18", "framework").await;
    assert_eq!(then["framework"], "COMPULSORY");
    let condition = made(&anja.does("setCondition", condition).await, "CONDITION")[0].clone();
    let rules = anja.case(&family.case, "departures { rule }").await["departures"].clone();
    assert_eq!(
        rules,
        json!([{"rule": "condition_may_be_refused_explained"}]),
        "nobody was told that it may be refused"
    );
    let says = |accepts: bool| family.input(json!({"condition": condition, "person": family.son, "accepts": accepts}));
    anja.does("answerCondition", says(false)).await;
    let answers = anja.case(&family.case, "help { conditions { answers { accepts person { id } } holds } }").await;
    assert_eq!(answers["help"]["conditions"][0]["answers"][0]["accepts"], false);
    let theirs = family.input(json!({"condition": condition, "person": family.mother, "accepts": true}));
    assert_eq!(anja.refused("answerCondition", theirs).await, "NOT_ASKED_OF");
    anja.does("endCondition", family.input(json!({"condition": condition, "reason": "Het gaat vanzelf."}))).await;
    assert_eq!(anja.refused("answerCondition", says(true)).await, "CONDITION_OVER");
}

/// Bad input of each command, with the words for who reads it.
#[tokio::test]
async fn what_is_not_there_or_makes_no_sense_is_refused() {
    let (_server, family, anja) = home().await;
    let (none, son) = (Uuid::new_v4().to_string(), &family.son);
    let started = json!({"product": "Hulp", "provider": "Zorg", "persons": [son], "until": "2027-05-01"});
    let trajectory = made(&anja.does("startTrajectory", family.input(started)).await, "HELP_TRAJECTORY")[0].clone();
    let by = json!([{"person": family.mother}]);
    for (mutation, input, code) in [
        ("startTrajectory", json!({"product": " ", "provider": "Zorg", "persons": [son]}), "TEXT_EMPTY"),
        ("startTrajectory", json!({"product": "Hulp", "provider": "Zorg", "persons": []}), "ABOUT_NOBODY"),
        ("startTrajectory", json!({"product": "Hulp", "provider": "Zorg", "persons": [none]}), "PERSON_UNKNOWN"),
        (
            "startTrajectory",
            json!({"product": "Hulp", "provider": "Zorg", "persons": [son], "goals": [none]}),
            "GOAL_UNKNOWN",
        ),
        (
            "startTrajectory",
            json!({"product": "Hulp", "provider": "Zorg", "persons": [son], "from": "2026-11-16", "until": "2026-11-15"}),
            "UNTIL_BEFORE_FROM",
        ),
        ("setTrajectoryGoals", json!({"trajectory": trajectory, "goals": []}), "SAME_GOALS"),
        ("setTrajectoryGoals", json!({"trajectory": none, "goals": []}), "TRAJECTORY_UNKNOWN"),
        (
            "askExtension",
            json!({"trajectory": trajectory, "until": "2027-05-01", "reason": "Meer."}),
            "EXTENSION_NO_LONGER",
        ),
        ("askExtension", json!({"trajectory": none, "until": "2027-05-01", "reason": "Meer."}), "TRAJECTORY_UNKNOWN"),
        (
            "giveExtensionView",
            json!({"extension": none, "role": "CORE_TEAM", "worker": none, "advice": "EXTEND", "view": "Ja."}),
            "EXTENSION_UNKNOWN",
        ),
        (
            "decideExtension",
            json!({"extension": none, "outcome": "REFUSED", "reason": "Nee.", "decidedBy": "College"}),
            "EXTENSION_UNKNOWN",
        ),
        ("objectToExtension", json!({"extension": none, "person": son}), "EXTENSION_UNKNOWN"),
        (
            "endTrajectory",
            json!({"trajectory": trajectory, "lastDay": "2026-11-15", "how": "ENOUGH"}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "decideToWait",
            json!({"persons": [son], "what": "Even.", "reason": "Rust.", "decided": by, "review": "2026-11-15"}),
            "UNTIL_BEFORE_FROM",
        ),
        (
            "decideToWait",
            json!({"persons": [son], "what": "Even.", "reason": "Rust.", "decided": [], "review": "2026-12-01"}),
            "DECIDED_BY_NOBODY",
        ),
        ("reviewWeighing", json!({"weighing": none, "goesOn": false, "finding": "Goed."}), "WEIGHING_UNKNOWN"),
        (
            "makeApplication",
            json!({"kind": "DECISION", "persons": [son], "what": "Hulp", "ofWhom": "Gemeente", "trajectory": none}),
            "TRAJECTORY_UNKNOWN",
        ),
        ("delayApplication", json!({"application": none, "reason": "Druk."}), "APPLICATION_UNKNOWN"),
        ("planReferral", json!({"referral": none, "item": {"goal": none}}), "REFERRAL_UNKNOWN"),
        ("changeLegalFramework", json!({"framework": "VOLUNTARY"}), "FRAMEWORK_ALREADY"),
        ("changeLegalFramework", json!({"framework": "COMPULSORY", "from": "2026-11-15"}), "BEFORE_CASE_OPENED"),
        ("changeLegalFramework", json!({"framework": "COMPULSORY", "ruling": none}), "RULING_UNKNOWN"),
        ("answerCondition", json!({"condition": none, "person": son, "accepts": true}), "CONDITION_UNKNOWN"),
    ] {
        assert_eq!(anja.refused(mutation, family.input(input)).await, code, "{mutation}");
    }
}
