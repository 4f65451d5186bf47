//! The crisis card: on one page what somebody must know in the night, for a few readers, until it expires; and the one thing that is
//! shown when the trail cannot be written.

use std::fs;
use std::path::PathBuf;

use api::node::TRAIL;
use serde_json::{Value, json};

use crate::client::{Answer, Person};
use crate::family::{Family, MUNICIPALITY};
use crate::server::{Fresh, fresh};
use crate::trail_files::{of, only};

const SLEEPS: &str = "Bij een tante <achter de kerk>";

/// A family with a card of the son, written by its director.
struct Home {
    server: Fresh,
    family: Family,
}

impl Home {
    async fn with_card() -> Self {
        let server = fresh("2026-11-16");
        let family = Family::directed(&server).await;
        let card =
            json!({"child": family.son, "sleeps": SLEEPS, "call": "Tante, 06 12 34 56 78", "expires": "2027-01-31"});
        server.as_("anja").does("writeCrisisCard", family.input(card)).await;
        Self { server, family }
    }

    async fn card(&self, who: &Person, fields: &str) -> Answer {
        let query =
            format!("query($case: ID!, $child: ID!) {{ crisisCard(caseId: $case, child: $child) {{ {fields} }} }}");
        who.ask_with(&query, json!({"case": self.family.case, "child": self.family.son})).await
    }

    /// The trail takes no entry from here on: the file of next month cannot be made where a folder stands.
    fn lose_the_trail(&self) -> PathBuf {
        let next = self.server.folder.join(TRAIL).join("trail-2026-12.db");
        fs::create_dir(&next).unwrap();
        self.server.tell("2026-12-01");
        next
    }
}

#[tokio::test]
async fn it_is_read_by_the_director_and_in_an_emergency_and_by_nobody_else() {
    let home = Home::with_card().await;
    let fields = "name sleeps call doNotCall written expires expired mindLocating director { name }";
    let seen = home.card(&home.server.as_("anja"), fields).await.data("crisisCard");
    assert_eq!(
        (&seen["name"], &seen["sleeps"], &seen["doNotCall"]),
        (&json!("Bartholomeus"), &json!(SLEEPS), &Value::Null)
    );
    assert_eq!((&seen["expired"], &seen["director"]["name"]), (&json!(false), &json!("Anja")));
    for other in ["joost", "ravi"] {
        assert_eq!(home.card(&home.server.as_(other), fields).await.code(), "NOT_AVAILABLE", "{other}");
    }
    let noor = home.card(&home.server.as_("noor"), fields).await;
    assert_eq!(noor.data("crisisCard"), Value::Null, "access sees who directs, not where a child sleeps");
    let open = json!({"ground": {"vitalInterest": true}, "reason": "Kind is weg."});
    home.server.as_("joost").does("openEmergencyAccess", home.family.input(open)).await;
    assert_eq!(home.card(&home.server.as_("joost"), fields).await.data("crisisCard")["sleeps"], SLEEPS);
}

#[tokio::test]
async fn one_that_expired_says_so_and_whom_to_call_and_nothing_else() {
    let home = Home::with_card().await;
    home.server.tell("2027-02-01");
    let seen = home.card(&home.server.as_("anja"), "sleeps call expired expires director { name } printable").await;
    let seen = seen.data("crisisCard");
    assert_eq!((&seen["sleeps"], &seen["call"], &seen["expired"]), (&Value::Null, &Value::Null, &json!(true)));
    assert_eq!(seen["director"]["name"], "Anja");
    let page = seen["printable"].as_str().unwrap();
    assert!(page.contains("VERLOPEN") && page.contains("Anja") && !page.contains("tante"), "{page}");
}

/// What a card says of rulings is as its writer put it: once one starts or ends, whoever reads it is told to ask.
#[tokio::test]
async fn what_it_says_of_rulings_is_dated_and_a_change_is_told() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let home = Home { server, family };
    let (anja, family) = (home.server.as_("anja"), &home.family);
    let ruling = json!({"person": family.son, "kind": "CONTACT", "scope": "Om het weekend.", "inForceFrom": "2026-11-02",
        "until": "2026-11-20", "source": "COURT"});
    anja.does("recordRuling", family.input(ruling)).await;
    let card = json!({"child": family.son, "call": "Tante, 06 12 34 56 78", "rulings": "Om het weekend bij papa.", "expires": "2027-01-31"});
    anja.does("writeCrisisCard", family.input(card)).await;
    let read = async |language| {
        let card = home.card(&anja.with("accept-language", language), "rulings rulingsChanged printable").await;
        card.data("crisisCard")
    };
    let seen = read("nl").await;
    let page = seen["printable"].as_str().unwrap();
    assert_eq!((&seen["rulings"], &seen["rulingsChanged"]), (&json!("Om het weekend bij papa."), &json!(false)));
    assert!(page.contains("Zoals opgeschreven op 16-11-2026"), "{page}");
    home.server.tell("2026-11-21");
    for (language, words) in [("nl", "bel hierover de regiehouder"), ("en", "call the case director about this")] {
        let seen = read(language).await;
        assert_eq!(seen["rulingsChanged"], true, "it ended on the 20th");
        assert!(seen["printable"].as_str().unwrap().contains(words), "{}", seen["printable"]);
    }
}

#[tokio::test]
async fn it_is_printed_in_the_language_of_who_asks_with_its_last_day() {
    let home = Home::with_card().await;
    for (language, last_day, label) in
        [("nl", "31-01-2027", "Waar het kind slaapt"), ("en", "2027-01-31", "Where the child sleeps")]
    {
        let anja = home.server.as_("anja").with("accept-language", language);
        let page = home.card(&anja, "printable").await.data("crisisCard")["printable"].as_str().unwrap().to_owned();
        assert!(page.starts_with("<!doctype html>") && page.contains(label) && page.contains(last_day), "{page}");
        assert!(page.contains("&lt;achter de kerk&gt;") && page.contains("2026-11-16 09:00"), "{page}");
    }
    let answer = home.card(&home.server.as_("anja"), "printable").await;
    let entry = only(&home.server.folder, &answer.request).await;
    assert!(entry["fields"].to_string().contains("crisisCard.sleeps"), "what stands on paper was shown: {entry}");
    assert_eq!(entry["late"], Value::Null);
}

/// Whoever is on call for the municipality reads the card, also where somebody must not be found, and nothing else of the case.
#[tokio::test]
async fn whoever_is_on_call_reads_the_card_and_nothing_else() {
    let home = Home::with_card().await;
    let (server, family) = (&home.server, &home.family);
    let card = async || home.card(&server.as_("layla"), "name sleeps call").await;
    assert_eq!(card().await.code(), "NOT_AVAILABLE", "not on call yet");
    let lead = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": MUNICIPALITY});
    server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
    let duty = json!({"worker": server.worker("layla"), "duty": "ON_CALL", "organisation": MUNICIPALITY, "until": "2026-11-20"});
    server.as_("gerda").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    let formed = json!({"label": "bij mama", "from": "2026-11-16", "members": [family.mother, family.son]});
    server.as_("anja").does("formHousehold", family.input(formed)).await;
    for protected in [false, true] {
        if protected {
            let protect = json!({"person": family.mother, "reason": "Er is angst."});
            server.as_("anja").does("protectLocatingData", family.input(protect)).await;
        }
        let seen = card().await.data("crisisCard");
        assert_eq!((&seen["name"], &seen["sleeps"]), (&json!("Bartholomeus"), &json!(SLEEPS)));
        let on_call = server.as_("layla").with("Rustpunt-Purpose", "emergency/1");
        let of_case = format!("query($id: ID!) {{ case(id: $id) {{ {} emergencies {{ id }} }} }}", crate::wide::CASE);
        let case = on_call.ask_with(&of_case, json!({"id": family.case})).await.data("case");
        assert_eq!((&case["phase"], &case["question"]), (&json!("OPEN"), &Value::Null), "that it is there");
        for nothing in [
            "people",
            "households",
            "consents",
            "signals",
            "exclusions",
            "departures",
            "representatives",
            "emergencies",
        ] {
            assert_eq!(case[nothing], json!([]), "{nothing}");
        }
        assert_eq!((&case["regie"], &case["director"], &case["plans"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!((&case["timeline"]["totalCount"], &case["sharing"]["shares"]), (&json!(0), &json!([])));
        for nothing in ["satRequests", "donsConversations", "parentGoals", "barriers", "earlierDuos"] {
            assert_eq!(case["divorce"][nothing], json!([]), "{nothing}");
        }
        assert_eq!((&case["divorce"]["donsDuo"], &case["divorce"]["donsProgress"]), (&Value::Null, &Value::Null));
        for words in ["Wilhelmina", "Bartholomeus", "bij mama", "Anja", "Tante"] {
            assert!(!case.to_string().contains(words), "{words}: {case}");
        }
    }
    server.tell("2026-11-21");
    assert_eq!(card().await.code(), "NOT_AVAILABLE", "the duty is over");
}

/// `privacy.md`, "Reading is an act too": the exception, itself a fact.
#[tokio::test]
async fn it_alone_is_shown_while_the_trail_cannot_be_written_and_is_recorded_when_that_is_back() {
    let home = Home::with_card().await;
    let anja = home.server.as_("anja");
    anja.ask("{ me { id } }").await.data("me");
    let next = home.lose_the_trail();
    let shown = home.card(&anja, "sleeps call printable").await;
    assert_eq!(shown.data("crisisCard")["sleeps"], SLEEPS);
    let (case, son) = (&home.family.case, &home.family.son);
    let one = format!("crisisCard(caseId: \"{case}\", child: \"{son}\") {{ sleeps }}");
    for beside in [
        format!("{{ {one} case(id: \"{case}\") {{ people {{ name }} }} }}"),
        format!("{{ {one} b: {one} }}"),
        format!("{{ {one} __typename }}"),
        format!("{{ case(id: \"{case}\") {{ people {{ name }} }} }}"),
        format!("{{ whatMayISay(caseId: \"{case}\", person: \"{son}\") {{ sentences }} }}"),
    ] {
        let refused = anja.ask(&beside).await;
        assert_eq!(refused.code(), "TRAIL_UNAVAILABLE", "{beside}");
        assert!(!refused.body.to_string().contains("tante") && !refused.body.to_string().contains("Wilhelmina"));
    }
    let stranger = home.card(&home.server.as_("joost"), "sleeps").await;
    assert_eq!(stranger.code(), "TRAIL_UNAVAILABLE", "its readers are those it always has");
    assert_eq!(of(&home.server.folder, &shown.request).await, Vec::<Value>::new());
    assert!(home.server.folder.join(TRAIL).join("late.jsonl").is_file(), "it outlives the process");

    fs::remove_dir(&next).unwrap();
    anja.case(case, "people { name }").await;
    let entry = only(&home.server.folder, &shown.request).await;
    assert_eq!((&entry["late"], &entry["who"]), (&json!(true), &json!(home.server.worker("anja"))));
    assert!(entry["at"].to_string().contains("2026-12-01") || entry["at"].is_number(), "when it happened: {entry}");
    assert!(entry["fields"].to_string().contains("crisisCard.sleeps") && !entry.to_string().contains("tante"));
    assert!(!home.server.folder.join(TRAIL).join("late.jsonl").exists());
}

/// What was shown and not recorded yet outlives the node.
#[tokio::test]
async fn what_was_shown_is_recorded_by_the_next_start_when_the_trail_was_not_back_before() {
    let home = Home::with_card().await;
    let anja = home.server.as_("anja");
    anja.ask("{ me { id } }").await.data("me");
    let next = home.lose_the_trail();
    let shown = home.card(&anja, "sleeps").await;
    shown.data("crisisCard");
    let folder = home.server.stop();
    fs::remove_dir(&next).unwrap();
    let again = crate::server::Server::empty(folder.path(), "2026-12-01");
    again.as_("anja").ask("{ me { id } }").await.data("me");
    again.stop();
    assert_eq!(only(folder.path(), &shown.request).await["late"], true);
}
