//! R17: each decision, granted or refused, is explained to whoever may ask.

use api::node::HISTORY;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each};
use crate::family::Family;
use crate::server::{Server, events, fresh};
use crate::trail_files::only;

const WHY: &str = "query($request: ID!, $case: ID) { why(request: $request, caseId: $case) {
    at who { id } role organisation operation granted code purpose relation consentIds policy policyVersion replayed
    rules { id text } judgedOn { caseId revision } } }";

async fn why(person: &Person, request: &str, case: Option<&str>) -> Answer {
    person.ask_with(WHY, json!({"request": request, "case": case})).await
}

async fn explained(person: &Person, request: &str, case: Option<&str>) -> Vec<Value> {
    why(person, request, case).await.data("why").as_array().unwrap().clone()
}

async fn look(server: &Server, family: &Family, key: &str) -> String {
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    server.as_(key).ask_with(query, json!({"id": family.case})).await.request
}

#[tokio::test]
async fn r17_a_look_is_explained_to_who_looked_and_to_the_privacy_officer() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let request = look(&server, &family, "anja").await;
    // What happens later changes nothing about why.
    server.as_("anja").does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    for (key, officer) in [("anja", false), ("ravi", true)] {
        let decisions = explained(&server.as_(key), &request, None).await;
        let [decision] = &decisions[..] else { panic!("one decision: {decisions:?}") };
        assert_eq!((&decision["operation"], &decision["granted"]), (&json!("case"), &json!(true)));
        assert_eq!((&decision["relation"], &decision["purpose"]), (&json!("director"), &json!("coordination/1")));
        assert_eq!(decision["who"]["id"], server.worker("anja"));
        assert_eq!(decision["rules"][0]["id"], "director.does");
        assert!(decision["rules"][0]["text"].as_str().unwrap().contains("regiehouder"));
        assert_eq!(decision["judgedOn"][0]["caseId"], family.case);
        assert_eq!(decision["judgedOn"][0]["revision"].is_u64(), officer, "a number is for the officer");
        assert_eq!((&decision["replayed"], &decision["policy"]), (&json!("SAME"), &policy(&server, &request).await));
        assert!(decision["policyVersion"].is_string());
    }
}

async fn policy(server: &Server, request: &str) -> Value {
    only(&server.folder, request).await["policy"].clone()
}

#[tokio::test]
async fn r17_a_refusal_says_no_more_to_who_was_refused_than_they_heard() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let kees = server.as_("kees");
    let forbidden = look(&server, &family, "kees").await;
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    let absent = kees.ask_with(query, json!({"id": Uuid::new_v4()})).await.request;
    let mut told = Vec::new();
    for request in [&forbidden, &absent] {
        let mut decision = explained(&kees, request, None).await.remove(0);
        decision["at"] = Value::Null;
        told.push(decision);
    }
    assert_eq!(told[0], told[1]);
    let Value::Object(heard) = &told[0] else { panic!("a decision") };
    assert_eq!((&heard["granted"], &heard["code"]), (&json!(false), &json!("NOT_AVAILABLE")));
    assert_eq!([&heard["rules"], &heard["judgedOn"]], [&json!([]), &json!([])]);
    assert_eq!([&heard["relation"], &heard["replayed"], &heard["policy"]], [&Value::Null; 3]);

    let whole = explained(&server.as_("ravi"), &forbidden, None).await.remove(0);
    assert_eq!((&whole["relation"], &whole["replayed"]), (&json!("none"), &json!("SAME")));
    assert_eq!(whole["judgedOn"][0]["caseId"], family.case);
}

/// What the law of a case refuses was granted by the gate; what is refused at the door never came to it.
#[tokio::test]
async fn r17_a_refusal_by_the_domain_or_at_the_door_is_there_with_its_code() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let refused = anja.send("addPerson", family.input(json!({"name": " ", "role": "PARENT"}))).await;
    assert_eq!(refused.code(), "TEXT_EMPTY");
    let twice = anja.send("assignCaseDirector", family.assigning(&server, "layla")).await;
    let (code, granted) = (twice.code(), explained(&anja, &twice.request, None).await.remove(0));
    assert_eq!((&granted["granted"], &granted["code"]), (&json!(true), &json!(code)));
    assert_eq!(granted["rules"][0]["id"], "director.does");
    let door = anja.with("Rustpunt-Role", "privacy_officer").ask("{ me { name } }").await;
    let at_door = explained(&anja, &door.request, None).await.remove(0);
    assert_eq!(
        [&at_door["granted"], &at_door["code"], &at_door["operation"]],
        [&json!(false), &json!("ROLE_NOT_HELD"), &Value::Null]
    );
}

/// A command that was granted carries its decision in its own events.
#[tokio::test]
async fn r17_a_command_is_explained_from_its_own_event() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let sent = anja.send("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    sent.data("addPerson");
    for (key, officer) in [("anja", false), ("ravi", true)] {
        let decision = explained(&server.as_(key), &sent.request, Some(&family.case)).await.remove(0);
        assert_eq!((&decision["operation"], &decision["relation"]), (&json!("PersonAdded"), &json!("director")));
        assert_eq!((&decision["granted"], &decision["replayed"]), (&json!(true), &json!("SAME")));
        assert_eq!(each(&decision["rules"], "id"), ["director.does"]);
        assert_eq!(decision["judgedOn"][0]["revision"].is_u64(), officer);
    }
    assert_eq!(why(&anja, &sent.request, None).await.code(), "NOT_AVAILABLE", "the case is not named");
    assert_eq!(why(&server.as_("kees"), &sent.request, Some(&family.case)).await.code(), "NOT_AVAILABLE");
}

/// What kind of fact it was does not stand in clear, nor then by which rule it was allowed: it is told to the same people all the same.
#[tokio::test]
async fn r17_a_command_of_a_sealed_kind_is_explained_from_what_is_sealed() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let screened = json!({"person": family.mother, "alone": true, "oneSidedControl": false, "outcome": "NO_SIGNAL", "words": "Rustig gesprek."});
    let sent = server.as_("anja").send("recordSafetyScreening", family.input(screened)).await;
    sent.data("recordSafetyScreening");
    let recorded = events(&server.folder.join(HISTORY)).await.into_iter().filter_map(|event| {
        let metadata = String::from_utf8(event.metadata).unwrap();
        metadata.contains(&sent.request).then(|| format!("{} {metadata}", event.outer_type))
    });
    let clear = recorded.collect::<Vec<_>>();
    assert!(!clear.is_empty());
    assert!(!clear.iter().any(|one| one.contains("director.does") || one.contains("Screening")), "{clear:?}");
    for key in ["anja", "ravi"] {
        let decision = explained(&server.as_(key), &sent.request, Some(&family.case)).await.remove(0);
        assert_eq!((&decision["relation"], &decision["purpose"]), (&json!("director"), &json!("coordination/1")));
        assert_eq!((&decision["granted"], &decision["replayed"]), (&json!(true), &json!("SAME")));
        assert_eq!(each(&decision["rules"], "id"), ["director.does"]);
        assert!(!decision["operation"].as_str().unwrap().contains("Screening"), "{decision}");
    }
    assert_eq!(why(&server.as_("kees"), &sent.request, Some(&family.case)).await.code(), "NOT_AVAILABLE");
}

/// CC-B2: every decision in the trail and in the history is taken again to the same answer.
#[tokio::test]
async fn r17_recorded_decisions_replay_to_the_same_answer() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    family.helped_by_petra(&server).await;
    let (anja, noor) = (server.as_("anja"), server.as_("noor"));
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let mut deputy = family.deputising(&server, "joost", "2026-11-18");
    deputy["from"] = json!("2026-11-16");
    let mut requests = vec![anja.send("appointDeputy", deputy).await.request];
    for (day, keys) in [("2026-11-16", ["anja", "joost", "noor"]), ("2026-11-20", ["joost", "petra", "kees"])] {
        server.tell(day);
        for key in keys {
            requests.push(look(&server, &family, key).await);
        }
    }
    let protecting = family.input(json!({"person": family.mother, "reason": "Angst."}));
    let protected = noor.send("protectLocatingData", protecting).await;
    protected.data("protectLocatingData");
    requests.push(protected.request);
    requests.push(noor.ask("{ caseload { nodes { case { id } } } }").await.request);
    requests.push(anja.ask("{ searchPeople(search: {name: \"Wilhelmina\"}) { totalCount } }").await.request);
    server.tell("2026-11-25");
    anja.does("endDirectorship", family.input(json!({"reason": "Andere functie."}))).await;
    server.tell("2026-11-27");
    requests.push(look(&server, &family, "anja").await);
    let ravi = server.as_("ravi");
    let mut judged = 0;
    for request in &requests {
        let answer = why(&ravi, request, Some(&family.case)).await;
        let Some(decisions) = answer.body["data"]["why"].as_array() else { continue };
        for decision in decisions {
            assert_eq!(decision["replayed"], "SAME", "{decision}");
            judged += 1;
        }
    }
    assert!(judged >= 10, "{judged} decisions of {} requests", requests.len());
}

#[tokio::test]
async fn r17_nobody_else_hears_why_and_a_request_that_is_none_sounds_the_same() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let request = look(&server, &family, "anja").await;
    let noor = server.as_("noor");
    let others = why(&noor, &request, None).await;
    let none = why(&noor, &Uuid::new_v4().to_string(), None).await;
    assert_eq!((others.status, &others.body), (none.status, &none.body));
    assert_eq!(others.code(), "NOT_AVAILABLE");
    let elsewhere = server.as_at("ravi", "gemeente-hilversum");
    assert_eq!(why(&elsewhere, &request, Some(&family.case)).await.code(), "NOT_AVAILABLE");
    let kept = only(&server.folder, &others.request).await;
    assert_eq!((&kept["outcome"], &kept["code"]), (&json!("refused"), &json!("NOT_AVAILABLE")));
}
