//! R16: who looked at the data of one person, as it can be told to that person.

use serde_json::{Value, json};

use crate::client::{Answer, Person, find};
use crate::family::Family;
use crate::server::fresh;
use crate::trail_files::only;

const OVERVIEW: &str = "query($case: ID!, $person: ID!, $period: PeriodInput! = {}) {
    subjectOverview(caseId: $case, personId: $person, period: $period) { personId text more
        looks { day role organisation worker { id name } data classes purposes granted emergency times text } } }";

async fn overview(person: &Person, family: &Family, about: &str, period: Value) -> Answer {
    let variables = json!({"case": family.case, "person": about, "period": period});
    person.ask_with(OVERVIEW, variables).await
}

async fn told(person: &Person, family: &Family, about: &str) -> Value {
    overview(person, family, about, json!({})).await.data("subjectOverview")
}

const PEOPLE: &str = "people { name birthDate }";

#[tokio::test]
async fn r16_a_person_hears_who_looked_when_why_and_at_what_in_plain_words() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    noor.case(&family.case, PEOPLE).await;
    noor.case(&family.case, PEOPLE).await;
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    server.tell("2026-11-18");
    anja.case(&family.case, "people { name } timeline { nodes { kind } }").await;
    let dutch = told(&anja, &family, &family.mother).await;
    let looks = dutch["looks"].as_array().unwrap();
    assert_eq!(looks.len(), 2, "{dutch}");
    assert_eq!((&looks[0]["day"], &looks[0]["role"]), (&json!("2026-11-18"), &json!("CASE_DIRECTOR")));
    assert_eq!(looks[0]["worker"], json!({"id": server.worker("anja"), "name": "Anja"}), "the family knows her");
    assert_eq!(
        (&looks[1]["role"], &looks[1]["organisation"], &looks[1]["worker"], &looks[1]["times"]),
        (&json!("ACCESS_WORKER"), &json!("uitvoeringsdienst-gooi"), &Value::Null, &json!(2))
    );
    assert_eq!((&looks[1]["data"], &looks[1]["granted"]), (&json!(["PEOPLE"]), &json!(true)));
    let text = dutch["text"].as_str().unwrap();
    for said in [
        "Op 18-11-2026 keek Anja, regiehouder van jeugd-en-gezin-gooi, naar:",
        "Op 16-11-2026 keek een medewerker van de gemeente van uitvoeringsdienst-gooi naar:",
        "Waarom: de hulp voor het gezin goed op elkaar laten passen.",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("Noor") && !text.contains("Wilhelmina"), "{text}");
    let english = told(&anja.with("accept-language", "en"), &family, &family.mother).await["text"].clone();
    assert!(english.as_str().unwrap().contains("Anja, case director at jeugd-en-gezin-gooi, looked at:"), "{english}");
}

#[tokio::test]
async fn r16_an_overview_keeps_to_its_period_and_is_a_look_itself() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.case(&family.case, PEOPLE).await;
    server.tell("2026-11-20");
    let before = overview(&anja, &family, &family.son, json!({"until": "2026-11-15"})).await;
    let seen = before.data("subjectOverview");
    assert_eq!(seen["looks"], json!([]));
    assert_eq!(seen["text"], "In deze tijd keek niemand naar deze gegevens.");
    let kept = only(&server.folder, &before.request).await;
    assert_eq!(kept["subjects"], json!([format!("person:{}", family.son)]), "{kept}");
    let day = overview(&anja, &family, &family.son, json!({"from": "2026-11-20"})).await.data("subjectOverview");
    assert_eq!(day["looks"][0]["data"], json!([]), "the overview of just now showed nothing: {day}");
}

#[tokio::test]
async fn r16_the_privacy_officer_gets_no_names_and_others_get_nothing() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.case(&family.case, PEOPLE).await;
    let seen = told(&server.as_("ravi"), &family, &family.mother).await;
    assert_eq!((&seen["looks"][0]["role"], &seen["looks"][0]["worker"]), (&json!("CASE_DIRECTOR"), &Value::Null));
    assert!(!seen["text"].as_str().unwrap().contains("Anja"));
    for person in [server.as_("noor"), server.as_("kees"), server.as_at("ravi", "gemeente-hilversum")] {
        assert_eq!(overview(&person, &family, &family.mother, json!({})).await.code(), "NOT_AVAILABLE");
    }
    let nobody = uuid::Uuid::new_v4().to_string();
    for person in [&anja, &server.as_("ravi")] {
        assert_eq!(overview(person, &family, &nobody, json!({})).await.code(), "NOT_AVAILABLE");
    }
}

/// Where the professionals of somebody protected work leads to them: it stands in their own overview, and in no other.
#[tokio::test]
async fn r16_an_overview_does_not_lead_to_somebody_else_who_is_protected() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    family.lives_together(&server).await;
    family.helped_by_petra(&server).await;
    let father = json!({"name": "Roderick", "role": "PARENT"});
    let father = crate::family::made(&noor.does("addPerson", family.input(father)).await, "PERSON")[0].clone();
    noor.does("assignCaseDirector", family.assigning(&server, "anja")).await;
    let anja = server.as_("anja");
    // Petra, who came in about the mother, stands in for the director and looks at all three.
    let mut deputy = family.deputising(&server, "petra", "2026-11-20");
    deputy["organisation"] = json!("zorg-bv");
    anja.does("appointDeputy", deputy).await;
    let petra = server.as_at("petra", "zorg-bv");
    petra.case(&family.case, PEOPLE).await;
    let protecting = family.input(json!({"person": family.mother, "reason": "Angst."}));
    anja.does("protectLocatingData", protecting).await;
    let own = told(&anja, &family, &family.mother).await;
    assert_eq!(find(&own["looks"], "organisation", "zorg-bv")["worker"]["name"], "Petra", "her own overview: {own}");
    let his = told(&anja, &family, &father).await;
    for line in his["looks"].as_array().unwrap() {
        let place = &line["organisation"];
        assert!(place != "zorg-bv" && line["worker"]["name"] != "Petra", "{line}");
    }
    assert!(!his["text"].as_str().unwrap().contains("zorg-bv"), "{his}");
}

/// One wide look at two people of whom one is in a lane of safety: each hears what was seen of them, and nothing of the other.
#[tokio::test]
async fn r16_a_person_hears_nothing_of_what_was_seen_of_others() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let signal = json!({"concerns": [family.son], "kind": "OTHER", "facts": "Hij vertelt wat er vrijdag gebeurde.",
        "judgement": "Zorgelijk."});
    anja.does("recordSafetySignal", family.input(signal)).await;
    server.tell("2026-11-18");
    let wide = "people { name } safety { lanes { id signals { facts judgement kind } } }";
    let seen = anja.case(&family.case, wide).await;
    assert!(seen.to_string().contains("vrijdag"), "{seen}");
    let then = json!({"from": "2026-11-18"});
    let hers = overview(&anja, &family, &family.mother, then.clone()).await.data("subjectOverview");
    assert_eq!(hers["looks"].as_array().unwrap().len(), 1, "{hers}");
    assert_eq!(
        (&hers["looks"][0]["data"], &hers["looks"][0]["classes"]),
        (&json!(["PEOPLE"]), &json!(["ordinary", "structure"])),
        "{hers}"
    );
    assert!(!hers["text"].as_str().unwrap().contains("politie"), "{hers}");
    let his = overview(&anja, &family, &family.son, then).await.data("subjectOverview");
    let classes = his["looks"][0]["classes"].to_string();
    assert!(classes.contains("criminal") && his["looks"][0]["data"].to_string().contains("COURSE"), "{his}");
    assert!(his["text"].as_str().unwrap().contains("politie"), "{his}");
}

/// Of one list over several families, and of what was for another purpose in the same request.
#[tokio::test]
async fn r16_a_person_hears_nothing_of_other_families_in_the_same_request() {
    let server = fresh("2026-11-16");
    let (family, other) = (Family::directed(&server).await, Family::directed(&server).await);
    let anja = server.as_("anja");
    server.tell("2026-11-18");
    let asked = "query($a: ID!, $b: ID!) { a: case(id: $a) { people { name } } b: case(id: $b) { people { id } consents { words } } }";
    anja.ask_with(asked, json!({"a": family.case, "b": other.case})).await.data("b");
    for (whose, data) in [(&family, json!(["PEOPLE"])), (&other, json!(["PEOPLE", "CONSENTS"]))] {
        let told = overview(&anja, whose, &whose.mother, json!({"from": "2026-11-18"})).await.data("subjectOverview");
        assert_eq!(told["looks"][0]["data"], data, "{told}");
    }
}
