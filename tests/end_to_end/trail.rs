//! R12: every look is durable before data leaves; searches and refusals too; and when it cannot be written, nothing leaves.

use std::fs;

use api::node::TRAIL;
use serde_json::{Value, json};

use crate::family::{Family, made};
use crate::server::{fresh, shared};
use crate::trail_files::{all, of, only};

fn words(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned)).collect()
}

#[tokio::test]
async fn a_look_leaves_one_entry_with_exactly_the_subjects_and_fields_that_left() {
    let demo = shared();
    let (case, anja) = (demo.case("01"), demo.as_("anja"));
    let query = "query($id: ID!) { case(id: $id) { people { name } households { address } } }";
    let answer = anja.ask_with(query, json!({"id": case})).await;
    let entry = only(&demo.folder, &answer.request).await;
    assert_eq!(
        (&entry["who"], &entry["kind"], &entry["outcome"]),
        (&json!(demo.worker("anja")), &json!("query"), &json!("granted"))
    );
    assert_eq!(
        entry["fields"],
        json!([
            {"field": "household", "class": "structure"}, {"field": "household.address", "class": "ordinary"},
            {"field": "person", "class": "structure"}, {"field": "person.name", "class": "ordinary"},
        ])
    );
    assert_eq!(entry["count"], 6);
    let subjects = words(&entry["subjects"]).join(" ");
    for label in ["ilse", "robert", "morris", "dave", "huishouden-a", "huishouden-b"] {
        assert!(subjects.contains(&demo.id("01", label)), "{label} in {subjects}");
    }
    assert_eq!(entry["subjects"].as_array().unwrap().len(), 6);
    let judged = &entry["judgements"][0];
    assert_eq!(
        (&judged["operation"], &judged["relation"], &judged["purpose"]),
        (&json!("case"), &json!("director"), &json!("coordination/1"))
    );
    assert_eq!(judged["rules"], json!(["director.does", "director.sees", "director.sees_dons"]));
    assert_eq!(judged["at"][0][0], format!("case-{case}"));
}

#[tokio::test]
async fn what_was_withheld_is_no_part_of_the_entry() {
    let demo = shared();
    let query = "query($id: ID!) { case(id: $id) { question people { name } households { address } regie { parties { organisation } } } }";
    let answer = demo.as_("noor").ask_with(query, json!({"id": demo.case("01")})).await;
    let entry = only(&demo.folder, &answer.request).await;
    let fields = entry["fields"].to_string();
    assert!(
        !fields.contains("person.") && !fields.contains("household.") && !fields.contains("case.question"),
        "{fields}"
    );
}

#[tokio::test]
async fn the_roles_of_a_worker_are_named_like_everything_else() {
    let demo = shared();
    let query = "query($id: ID!) { case(id: $id) { director { worker { roles } } } }";
    let answer = demo.as_("anja").ask_with(query, json!({"id": demo.case("01")})).await;
    assert_ne!(answer.data("case")["director"]["worker"]["roles"], json!([]));
    let entry = only(&demo.folder, &answer.request).await;
    let roles = json!({"field": "worker.roles", "class": "structure"});
    assert!(entry["fields"].as_array().unwrap().contains(&roles), "{entry}");
}

#[tokio::test]
async fn a_list_leaves_the_cases_that_it_showed() {
    let demo = shared();
    let answer = demo.as_("layla").ask("{ caseload { nodes { attention { kind day } } } }").await;
    let entry = only(&demo.folder, &answer.request).await;
    assert_eq!(entry["subjects"], json!([format!("case:{}", demo.case("05"))]), "{entry}");
    assert!(entry["fields"].to_string().contains("attention"), "{entry}");
}

/// What needs attention is noted by whoever asks for it.
#[tokio::test]
async fn a_list_that_is_not_asked_for_attention_shows_none() {
    let demo = shared();
    for (asked, noted) in [("case { id }", false), ("case { id } attention { kind }", true)] {
        for way in [format!("nodes {{ {asked} }}"), format!("edges {{ node {{ {asked} }} }}")] {
            let answer = demo.as_("layla").ask(&format!("{{ caseload {{ {way} }} }}")).await;
            answer.data("caseload");
            let entry = only(&demo.folder, &answer.request).await;
            assert_eq!(entry["fields"].to_string().contains("attention"), noted, "{way}: {entry}");
        }
    }
}

#[tokio::test]
async fn a_search_is_recorded_without_the_words() {
    let demo = shared();
    let answer = demo.as_("anja").ask("{ searchPeople(search: {name: \"Sacha\", birthDate: \"2014-04-03\"}) { totalCount nodes { person { name } } } }").await;
    assert_eq!(answer.data("searchPeople")["totalCount"], 1);
    let entry = only(&demo.folder, &answer.request).await;
    assert!(entry["judgements"].to_string().contains("searchPeople"));
    for word in ["Sacha", "sacha", "2014-04-03"] {
        assert!(!entry.to_string().contains(word), "{entry}");
    }
}

#[tokio::test]
async fn a_search_that_finds_nobody_is_recorded_too() {
    let demo = shared();
    let answer = demo.as_("anja").ask("{ searchPeople(search: {name: \"Nobodyatall\"}) { totalCount } }").await;
    let entry = only(&demo.folder, &answer.request).await;
    assert_eq!((&entry["outcome"], &entry["count"]), (&json!("granted"), &json!(0)));
}

#[tokio::test]
async fn a_refusal_is_recorded_with_its_code() {
    let demo = shared();
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    let answer = demo.as_("joost").ask_with(query, json!({"id": demo.case("05")})).await;
    let entry = only(&demo.folder, &answer.request).await;
    assert_eq!(
        (&entry["outcome"], &entry["code"], &entry["count"]),
        (&json!("refused"), &json!("NOT_AVAILABLE"), &json!(0))
    );
    assert_eq!((&entry["judgements"][0]["relation"], &entry["judgements"][0]["rules"]), (&json!("none"), &json!([])));
}

/// Refused before anything of the request was read.
#[tokio::test]
async fn a_role_that_is_not_held_and_a_purpose_that_is_none_are_recorded() {
    let server = fresh("2026-11-16");
    for (header, value, code) in
        [("Rustpunt-Role", "privacy_officer", "ROLE_NOT_HELD"), ("Rustpunt-Purpose", "curiosity/1", "PURPOSE_UNKNOWN")]
    {
        let answer = server.as_("anja").with(header, value).ask("{ me { name } }").await;
        assert_eq!(answer.code(), code);
        let entry = only(&server.folder, &answer.request).await;
        assert_eq!((&entry["outcome"], &entry["code"]), (&json!("refused"), &json!(code)));
        assert_eq!((&entry["who"], &entry["role"]), (&json!(server.worker("anja")), &json!("case_director")));
    }
}

/// Granted commands carry their decision in their own events; what they show beyond ids and revision is a look.
#[tokio::test]
async fn a_command_that_shows_more_than_ids_leaves_an_entry_and_one_that_does_not_leaves_none() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let input = |name: &str| family.input(json!({"name": name, "role": "PARENT"}));
    let narrow =
        anja.send_for("addPerson", input("Quinten"), "repeated created { kind id } case { id revision }").await;
    assert_eq!(of(&server.folder, &narrow.request).await, Vec::<Value>::new());
    let wide = anja.send_for("addPerson", input("Roderick"), "case { people { name } }").await;
    let entry = only(&server.folder, &wide.request).await;
    assert_eq!((&entry["kind"], &entry["count"]), (&json!("mutation"), &json!(4)));
    let refused = anja.send("addPerson", input(" ")).await;
    assert_eq!(only(&server.folder, &refused.request).await["code"], "TEXT_EMPTY");
}

/// Only the id and the revision of a case are exempt: whatever else is asked of it is a look, whatever there turns out to be.
#[tokio::test]
async fn whatever_a_command_shows_of_the_case_but_id_and_revision_leaves_an_entry() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    for (name, shown) in ["Ada", "Bea", "Cor", "Dirk", "Els", "Fop", "Gijs"].into_iter().zip([
        "phase ground framework",
        "asOfDay",
        "departures { day }",
        "timeline { totalCount }",
        "timeline { edges { node { occurredOn persons { id } departsFrom } } }",
        "timeline { nodes { recordedAt recordedBy { id } workers { id } due { lastDay } correction { at } } }",
        "asOf(about: \"2026-11-16\") { people { id } }",
    ]) {
        let input = family.input(json!({"name": name, "role": "PARENT"}));
        let answer = anja.send_for("addPerson", input, &format!("case {{ {shown} }}")).await;
        answer.data("addPerson");
        let entry = only(&server.folder, &answer.request).await;
        assert_eq!((&entry["kind"], &entry["outcome"]), (&json!("mutation"), &json!("granted")), "{shown}");
    }
}

/// One command that appends does not hide another one that does not.
#[tokio::test]
async fn a_repeated_command_beside_one_that_appends_leaves_an_entry() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let person = |name: &str| family.input(json!({"commandId": uuid::Uuid::new_v4(), "name": name, "role": "PARENT"}));
    let (old, new, newer) = (person("Quinten"), person("Roderick"), person("Sander"));
    anja.does("addPerson", old.clone()).await;
    let both = "mutation($a: AddPersonInput!, $b: AddPersonInput!) { a: addPerson(input: $a) { repeated } b: addPerson(input: $b) { repeated } }";
    for (a, b) in [(&new, &old), (&old, &newer)] {
        let answer = anja.ask_with(both, json!({"a": a, "b": b})).await;
        assert_ne!(answer.data("a")["repeated"], answer.data("b")["repeated"]);
        assert_eq!(only(&server.folder, &answer.request).await["outcome"], "granted");
    }
}

/// A look at nothing but ids and days is a look all the same: who and what it was about stands in the entry.
#[tokio::test]
async fn a_look_at_ids_and_days_names_its_subjects() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    anja.does("formHousehold", family.input(json!({"label": "bij mama", "from": "2026-11-16"}))).await;
    let recognition = json!({"child": family.son, "parent": family.mother, "recognised": true, "from": "2018-06-06", "source": "DEED"});
    anja.does("recordRecognition", family.input(recognition)).await;
    anja.does("handBackRegie", family.input(json!({"tasks": ["PLAN"], "to": family.mother}))).await;
    anja.does("reportDeparture", family.input(json!({"rule": "family_decides", "what": "Het ging anders."}))).await;
    for (shown, field) in [
        ("people { id }", "person"),
        ("people { authority { from until source personMustDecide } }", "person.authority"),
        ("people { recognitions { from source } }", "person.recognition"),
        ("households { id since }", "household"),
        ("regie { handedBack { from } }", "regie.handedBack"),
        ("departures { day }", "case.departures"),
        ("director { worker { id } }", "worker"),
        ("timeline { edges { node { occurredOn } } }", "timeline.entry"),
        ("timeline { totalCount }", "timeline"),
    ] {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {shown} }} }}");
        let answer = anja.ask_with(&query, json!({"id": family.case})).await;
        answer.data("case");
        let entry = only(&server.folder, &answer.request).await;
        let named = entry["fields"].as_array().unwrap().iter().any(|noted| noted["field"] == field);
        assert!(named && entry["count"] != 0 && entry["subjects"] != json!([]), "{shown}: {entry}");
    }
    let found = anja.ask("{ searchPeople(search: {name: \"Wilhelmina\"}) { nodes { person { id } } } }").await;
    let entry = only(&server.folder, &found.request).await;
    assert_eq!(entry["subjects"], json!([format!("person:{}", family.mother)]));
    let listed = noor.ask("{ caseload { nodes { case { id } } } }").await;
    let entry = only(&server.folder, &listed.request).await;
    assert_eq!(entry["subjects"], json!([format!("case:{}", family.case)]));
}

#[tokio::test]
async fn a_repeated_command_appends_nothing_and_leaves_an_entry() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let input = family.input(json!({"commandId": uuid::Uuid::new_v4(), "name": "Quinten", "role": "PARENT"}));
    server.as_("anja").does("addPerson", input.clone()).await;
    let again = server.as_("anja").send("addPerson", input).await;
    assert_eq!(only(&server.folder, &again.request).await["outcome"], "granted");
}

#[tokio::test]
async fn each_delivery_of_a_subscription_leaves_an_entry() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let mut talk = crate::socket::Talk::of(&anja).await;
    talk.subscribe(
        "subscription($id: ID!) { caseChanged(caseId: $id) { people { name } } }",
        json!({"id": family.case}),
    )
    .await;
    for name in ["Quinten", "Roderick"] {
        talk.delivery("caseChanged").await;
        anja.does("addPerson", family.input(json!({"name": name, "role": "PARENT"}))).await;
    }
    talk.delivery("caseChanged").await;
    let kept = all(&server.folder).await;
    let deliveries = kept.iter().filter(|entry| entry["kind"] == "subscription");
    assert_eq!(deliveries.map(|entry| entry["count"].clone()).collect::<Vec<_>>(), [2, 3, 4]);
}

/// No sampling, no exception: a disk that takes no entry gives no answer, and the answers come back with it.
#[tokio::test]
async fn what_cannot_be_recorded_is_not_shown() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let look = async || {
        anja.ask_with("query($id: ID!) { case(id: $id) { people { name } } }", json!({"id": family.case})).await
    };
    assert!(look().await.body.to_string().contains("Wilhelmina"));
    // The file of next month cannot be made where a folder stands.
    let next = server.folder.join(TRAIL).join("trail-2026-12.db");
    fs::create_dir(&next).unwrap();
    server.tell("2026-12-01");
    let withheld = look().await;
    assert_eq!(withheld.code(), "TRAIL_UNAVAILABLE");
    assert!(!withheld.body.to_string().contains("Wilhelmina"));
    let ready = anja.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status().as_u16(), 503);
    fs::remove_dir(&next).unwrap();
    assert!(look().await.body.to_string().contains("Wilhelmina"));
    assert_eq!(anja.get("/readyz").send().await.unwrap().status().as_u16(), 200);
}

/// Whoever is told that nothing could be recorded does it again, on paper or with another command id. So that is said only when it is true.
#[tokio::test]
async fn what_was_recorded_is_said_to_be_also_when_it_cannot_be_shown() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.ask("{ me { id } }").await.data("me");
    let add = async |name: &str, fields: &str| {
        let input = family.input(json!({"name": name, "role": "PARENT"}));
        let anja = anja.with("accept", "application/graphql-response+json").with("accept-language", "en");
        anja.send_for("addPerson", input, fields).await
    };
    let next = server.folder.join(TRAIL).join("trail-2026-12.db");
    fs::create_dir(&next).unwrap();
    server.tell("2026-12-01");
    let head = server.head().await;
    let withheld = add("Quinten", "case { people { name } }").await;
    assert_eq!((withheld.code().as_str(), withheld.status.as_u16()), ("RECORDED_NOT_SHOWN", 200));
    assert!(withheld.message().contains("This is recorded") && !withheld.body.to_string().contains("Quinten"));
    assert_eq!(server.head().await, head + 1);
    for fields in ["repeated", "case { people { name } }"] {
        let refused = add("Roderick", fields).await;
        assert_eq!((refused.code().as_str(), refused.status.as_u16()), ("TRAIL_UNAVAILABLE", 503));
    }
    assert_eq!(server.head().await, head + 1, "refused beforehand");
    fs::remove_dir(&next).unwrap();
    anja.case(&family.case, "people { name }").await;
    add("Roderick", "repeated").await.data("addPerson");
    assert_eq!(server.head().await, head + 2);
}

/// A case is opened, and the trail of it says nothing that anybody typed.
#[tokio::test]
async fn an_entry_holds_no_word_about_a_person() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let payload = anja
        .send_for(
            "addPerson",
            family.input(json!({"name": "Quinten", "role": "PARENT"})),
            "created { kind id } case { people { name birthDate } }",
        )
        .await;
    assert_eq!(made(&payload.data("addPerson"), "PERSON").len(), 1);
    let kept = json!(all(&server.folder).await).to_string();
    for word in ["Quinten", "Wilhelmina", "Bartholomeus", "1990-05-05"] {
        assert!(!kept.contains(word), "{word}");
    }
}
