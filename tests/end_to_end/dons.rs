//! `DOnS` through the API: the duo and its training, conversations beside what is usual, goals, barriers, endings; who sees it and who does
//! not.

use serde_json::{Value, json};

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh, second_before_its_end};

const DONS: &str = "divorce {
    donsDuo { trajectory } earlierDuos { trajectory until ended { completed lastDay communication contact agreements reason } }
    donsProgress { deviations minutes hours usualHours parentsAlone { name } kinds { kind held usualLeast usualMost notHeld deviations } }
    donsConversations { id kind day held apart minutes preparationMinutes topics subGoals words reason present { name } absent { name }
      deviations { rule explanation } }
    parentGoals { id words fixed parents { name } steps { step day words } }
    barriers { id kind since words persons { name } lifted { day words } } }";

const ORGANISATION: &str = "jeugd-en-gezin-gooi";

/// A family directed by Anja, to whom triage offered it; Hanna and Youssef may be trained.
async fn directed() -> (Fresh, Family) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    family.is_offered_dons(&server).await;
    (server, family)
}

async fn trained(server: &Fresh, keys: &[&str]) {
    let lead = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": ORGANISATION});
    server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
    for key in keys {
        let duty = json!({"worker": server.worker(key), "duty": "FAMILY_REPRESENTATIVE", "organisation": ORGANISATION});
        server.as_("gerda").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    }
}

fn duo(server: &Fresh, family: &Family, keys: [&str; 2]) -> Value {
    let [one, other] = keys.map(|key| json!({"worker": server.worker(key), "organisation": ORGANISATION}));
    family.input(json!({"one": one, "other": other}))
}

/// The trajectory of Hanna and Youssef.
async fn accompanies(server: &Fresh, family: &Family) -> String {
    trained(server, &["hanna", "youssef"]).await;
    let input = duo(server, family, ["hanna", "youssef"]);
    made(&server.as_("anja").does("assignDonsDuo", input).await, "TRAJECTORY")[0].clone()
}

async fn accompanied() -> (Fresh, Family, String) {
    let (server, family) = directed().await;
    let trajectory = accompanies(&server, &family).await;
    (server, family, trajectory)
}

async fn seen(person: &Person, case: &str) -> Value {
    person.case(case, DONS).await["divorce"].clone()
}

/// Case 02: 1 / 2 / 3 (one deviation) / 6, 42 of about 40 hours; drafted, adjusted, fixed; a barrier until May; completed in June.
#[tokio::test]
async fn dons_to_the_end() {
    let demo = second_before_its_end();
    let (kees, case) = (demo.as_("kees"), demo.case("02"));
    let told = kees.about(&case, "2026-06-26", DONS).await["divorce"].clone();
    let kinds = &told["donsProgress"]["kinds"];
    assert_eq!(each(kinds, "kind"), ["INFORMATION", "PREPARATORY", "FOUR_WAY", "PROCESS_GUIDANCE"]);
    assert_eq!(each(kinds, "held"), [1, 2, 3, 6]);
    assert_eq!(each(kinds, "notHeld"), [0, 0, 1, 0]);
    assert_eq!(each(kinds, "deviations"), [0, 0, 1, 0]);
    assert_eq!((each(kinds, "usualLeast"), each(kinds, "usualMost")), (numbers([1, 2, 1, 0]), numbers([1, 2, 2, 12])));
    let progress = &told["donsProgress"];
    assert_eq!(
        (&progress["minutes"], &progress["hours"], &progress["usualHours"], &progress["deviations"]),
        (&json!(2520), &json!(42), &json!(40), &json!(1))
    );
    assert_eq!(each(&progress["parentsAlone"], "name"), ["Farida", "Joris"]);
    let third = told["donsConversations"].as_array().unwrap().last().unwrap();
    assert_eq!((&third["day"], &third["deviations"][0]["rule"]), (&json!("2026-06-18"), &json!("dons_pattern")));
    assert!(third["deviations"][0]["explanation"].as_str().unwrap().starts_with("Beide ouders vroegen"));
    let not_held: Vec<&Value> =
        told["donsConversations"].as_array().unwrap().iter().filter(|one| one["held"] == false).collect();
    let [not_held] = &not_held[..] else { panic!("one was not held") };
    assert_eq!((&not_held["day"], each(&not_held["absent"], "name")), (&json!("2026-02-05"), vec![json!("Joris")]));
    let goal = &told["parentGoals"][0];
    assert_eq!(each(&goal["steps"], "step"), ["DRAFTED", "ADJUSTED", "FIXED"]);
    assert_eq!(each(&goal["steps"], "day"), ["2026-02-12", "2026-03-12", "2026-03-26"]);
    assert_eq!(
        (&goal["fixed"], &goal["words"]),
        (&json!(true), &json!("Mila hoort nieuws van ons allebei tegelijk, op een rustig moment."))
    );
    assert_eq!(
        (&told["barriers"][0]["kind"], &told["barriers"][0]["lifted"]["day"]),
        (&json!("COURT_CASE"), &json!("2026-05-12"))
    );
    let ended = &told["earlierDuos"][0]["ended"];
    assert_eq!(
        (&ended["completed"], &ended["lastDay"], &ended["reason"]),
        (&json!(true), &json!("2026-06-25"), &Value::Null)
    );
    assert!(ended["agreements"].as_str().unwrap().starts_with("Nieuws vertellen zij samen"));
    // As it was in between.
    let then = kees.about(&case, "2026-02-28", DONS).await["divorce"].clone();
    assert_eq!(each(&then["donsProgress"]["kinds"], "held"), [1, 2, 1, 1]);
    assert_eq!((&then["barriers"][0]["lifted"], &then["parentGoals"][0]["fixed"]), (&Value::Null, &json!(false)));
}

fn numbers(of: [i64; 4]) -> Vec<Value> {
    of.map(|number| json!(number)).to_vec()
}

/// Nobody comes past what goes before: a signal, each screened alone, other roads weighed. What is refused says so.
#[tokio::test]
async fn a_duo_comes_where_triage_offered_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    trained(&server, &["hanna", "youssef"]).await;
    let anja = server.as_("anja");
    let input = || duo(&server, &family, ["hanna", "youssef"]);
    for (language, words) in
        [("nl", "spreek ieder apart over veiligheid"), ("en", "speak with each alone about safety")]
    {
        let refused = anja.with("accept-language", language).send("assignDonsDuo", input()).await;
        assert_eq!(refused.code(), "DONS_NOT_THE_TRACK");
        assert!(refused.message().contains(words), "{}", refused.message());
    }
    family.is_offered_dons(&server).await;
    anja.does("assignDonsDuo", input()).await;
}

#[tokio::test]
async fn a_duo_is_two_people_whose_training_their_organisation_recorded() {
    let (server, family) = directed().await;
    let anja = server.as_("anja");
    let input = || duo(&server, &family, ["hanna", "youssef"]);
    assert_eq!(anja.refused("assignDonsDuo", duo(&server, &family, ["hanna", "hanna"])).await, "DUO_IS_ONE_PERSON");
    trained(&server, &["hanna"]).await;
    let refused = anja.send("assignDonsDuo", input()).await;
    assert_eq!(refused.code(), "DUO_UNTRAINED");
    assert_eq!(refused.details()["untrained"], json!([server.worker("youssef")]));
    assert!(refused.message().contains("opleiding"), "{}", refused.message());
    // Training for another organisation is none for this one.
    let lead = json!({"worker": server.worker("loes"), "duty": "TEAM_LEAD", "organisation": "scheidingspunt"});
    server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
    let elsewhere =
        json!({"worker": server.worker("youssef"), "duty": "FAMILY_REPRESENTATIVE", "organisation": "scheidingspunt"});
    server.as_("loes").send_for("assignDuty", elsewhere, "repeated").await.data("assignDuty");
    assert_eq!(anja.refused("assignDonsDuo", input()).await, "DUO_UNTRAINED");
    // Nobody says so of themself, and no director does.
    let own =
        json!({"worker": server.worker("youssef"), "duty": "FAMILY_REPRESENTATIVE", "organisation": ORGANISATION});
    assert_eq!(anja.send_for("assignDuty", own.clone(), "repeated").await.code(), "NOT_AVAILABLE");
    server.as_("gerda").send_for("assignDuty", own, "repeated").await.data("assignDuty");
    anja.does("assignDonsDuo", input()).await;
}

#[tokio::test]
async fn the_duo_records_what_it_holds_and_what_went_otherwise_is_marked() {
    let (server, family, trajectory) = accompanied().await;
    let hanna = server.as_("hanna");
    let four = |more: Value| {
        let mut input =
            json!({"trajectory": trajectory, "kind": "FOUR_WAY", "present": [family.mother], "minutes": 60});
        let Value::Object(more) = more else { panic!("fields") };
        for (name, value) in more {
            input[name] = value;
        }
        family.input(input)
    };
    assert_eq!(hanna.refused("recordDonsConversation", four(json!({"present": []}))).await, "DONS_WITH_NOBODY");
    assert_eq!(hanna.refused("recordDonsConversation", four(json!({"minutes": 1441}))).await, "DONS_TOO_LONG");
    hanna.does("recordDonsConversation", four(json!({}))).await;
    let information = json!({"trajectory": trajectory, "kind": "INFORMATION", "present": [family.mother], "apart": true, "explanation": "Zomaar."});
    let needless = hanna.send("recordDonsConversation", family.input(information)).await;
    assert_eq!(needless.code(), "EXPLANATION_WITHOUT_DEPARTURE");
    let told = seen(&hanna, &family.case).await;
    let held = &told["donsConversations"][0];
    assert_eq!((&held["held"], &held["deviations"][0]["rule"]), (&json!(true), &json!("dons_pattern")));
    assert_eq!(held["deviations"][0]["explanation"], Value::Null, "it waits for its explanation");
    let conversation = held["id"].clone();
    let goal = json!({"trajectory": trajectory, "conversation": conversation, "words": "Wij vertellen nieuws samen."});
    let goal = made(&hanna.does("draftParentGoal", family.input(goal)).await, "PARENT_GOAL")[0].clone();
    let son = json!({"trajectory": trajectory, "parents": [family.son], "words": "Rust."});
    assert_eq!(hanna.refused("draftParentGoal", family.input(son)).await, "GOAL_OF_PARENTS");
    hanna.does("fixParentGoal", family.input(json!({"goal": goal}))).await;
    assert_eq!(hanna.refused("fixParentGoal", family.input(json!({"goal": goal}))).await, "PARENT_GOAL_FIXED");
    let barrier = json!({"kind": "HOUSING", "words": "Er is nog geen eigen woning."});
    let barrier = made(&hanna.does("openBarrier", family.input(barrier)).await, "BARRIER")[0].clone();
    hanna.does("liftBarrier", family.input(json!({"barrier": barrier}))).await;
    assert_eq!(hanna.refused("liftBarrier", family.input(json!({"barrier": barrier}))).await, "BARRIER_LIFTED");
    let done = family.input(json!({"trajectory": trajectory}));
    let refused = hanna.send("completeDons", done).await;
    assert_eq!(refused.code(), "DONS_WITHOUT_OUTCOME");
    assert!(refused.message().contains("reden"), "what to do instead: {}", refused.message());
    hanna
        .does("endDons", family.input(json!({"trajectory": trajectory, "reason": "De zaak maakt het onmogelijk."})))
        .await;
    let told = seen(&server.as_("anja"), &family.case).await;
    assert_eq!(told["earlierDuos"], json!([]), "it runs until the end of today");
    let word = told.to_string();
    assert!(word.contains("Wij vertellen nieuws samen."));
}

/// What is said at the table is for the duo and who directs.
#[tokio::test]
async fn who_takes_no_part_in_the_trajectory_sees_nothing_of_it() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    server.as_("noor").does("assignCaseDirector", family.assigning(&server, "anja")).await;
    family.is_offered_dons(&server).await;
    let trajectory = accompanies(&server, &family).await;
    let words = "Zij zegt wat zij nodig heeft.";
    let held = json!({"trajectory": trajectory, "kind": "PREPARATORY", "present": [family.mother], "words": words});
    server.as_("hanna").does("recordDonsConversation", family.input(held)).await;
    let all = format!("{DONS} timeline(first: 100) {{ nodes {{ kind words {{ text }} }} }}");
    for key in ["anja", "hanna", "youssef"] {
        assert!(server.as_(key).case(&family.case, &all).await.to_string().contains(words), "{key}");
    }
    let petra = server.as_("petra").case(&family.case, &all).await;
    assert!(!petra.to_string().contains(words));
    assert_eq!((&petra["divorce"]["donsConversations"], &petra["divorce"]["donsProgress"]), (&json!([]), &Value::Null));
    let held = json!({"trajectory": trajectory, "kind": "PREPARATORY", "present": [family.mother]});
    assert_eq!(server.as_("petra").refused("recordDonsConversation", family.input(held)).await, "NOT_AVAILABLE");
}
