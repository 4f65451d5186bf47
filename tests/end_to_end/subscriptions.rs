//! Keeping watch: rights are judged at every delivery, and what somebody may not see wakes nobody.

use std::fs;

use api::node::TRAIL;
use serde_json::{Value, json};

use crate::client::Person;
use crate::family::Family;
use crate::server::{Server, fresh};
use crate::socket::Talk;

/// By how many seconds clocks may differ.
const SKEW: i64 = api::identity::SKEW_SECONDS.cast_signed();

const CHANGED: &str = "subscription($id: ID!) { caseChanged(caseId: $id) { revision people { name } regie { deputy { until } } departures { rule } } }";

#[tokio::test]
async fn a_case_is_delivered_now_and_when_something_visible_changed() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let mut talk = Talk::of(&anja).await;
    talk.subscribe(CHANGED, json!({"id": family.case})).await;
    assert_eq!(talk.delivery("caseChanged").await["people"].as_array().unwrap().len(), 2);
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    let then = talk.delivery("caseChanged").await;
    assert_eq!(then["people"][2]["name"], "Quinten");
    assert_eq!(then["revision"], family.revision(&anja).await);
}

/// R22: the next delivery is of the visible change; the invisible one before it never came.
#[tokio::test]
async fn what_the_viewer_may_not_see_is_not_delivered() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let mut talk = Talk::of(&noor).await;
    talk.subscribe(CHANGED, json!({"id": family.case})).await;
    let first = talk.delivery("caseChanged").await;
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    assert_eq!(family.revision(&noor).await, first["revision"]);
    anja.does("reportDeparture", family.input(json!({"rule": "family_decides", "what": "Het ging anders."}))).await;
    assert_eq!(family.revision(&noor).await, first["revision"], "departures are told to the director");
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    let second = talk.delivery("caseChanged").await;
    assert_eq!((&second["people"], &second["departures"]), (&json!([]), &json!([])));
    assert_eq!(second["regie"]["deputy"]["until"], "2026-11-20");
    assert_ne!(second["revision"], first["revision"]);
}

/// Within one answer a worker is read once; the next delivery is another answer.
#[tokio::test]
async fn each_delivery_names_workers_as_they_are_known_then() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    let mut talk = Talk::of(&anja).await;
    let watched = "subscription($id: ID!) { caseChanged(caseId: $id) { regie { deputy { worker { name } } } } }";
    talk.subscribe(watched, json!({"id": family.case})).await;
    let name = |delivery: &Value| delivery["regie"]["deputy"]["worker"]["name"].clone();
    assert_eq!(name(&talk.delivery("caseChanged").await), Value::Null, "nobody introduced him yet");
    server.as_("joost").ask("{ me { id } }").await.data("me");
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    assert_eq!(name(&talk.delivery("caseChanged").await), "Joost");
}

/// Anja, on her last day as director, with what she heard of that.
async fn who_stops_today_listens(server: &Server, family: &Family) -> Talk {
    let anja = server.as_("anja");
    let mut talk = Talk::of(&anja).await;
    talk.subscribe(CHANGED, json!({"id": family.case})).await;
    talk.delivery("caseChanged").await;
    anja.does("endDirectorship", family.input(json!({"reason": "Andere functie."}))).await;
    talk.delivery("caseChanged").await;
    talk
}

/// R02 in its shape: the right is that of the moment of delivery.
#[tokio::test]
async fn a_subscription_ends_with_the_relation() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, mut talk) = (server.as_("noor"), who_stops_today_listens(&server, &family).await);
    server.tell("2026-11-17");
    noor.does("reportDeparture", family.input(json!({"rule": "family_decides", "what": "Het ging anders."}))).await;
    let refused = talk.hear().await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_AVAILABLE", "{refused}");
    assert!(refused["payload"]["data"].as_object().is_none_or(|data| data["caseChanged"] == Value::Null), "{refused}");
    assert_eq!(talk.hear().await["type"], "complete");
}

/// Nothing is recorded at midnight: who stopped directing hears that it is over when the new day comes.
#[tokio::test]
async fn a_subscription_ends_with_the_last_day() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, mut talk) = (server.as_("noor"), who_stops_today_listens(&server, &family).await);
    let head = server.head().await;
    next_day(&server, &noor, "2026-11-17").await;
    assert_eq!(talk.hear().await["payload"]["errors"][0]["extensions"]["code"], "NOT_AVAILABLE");
    assert_eq!(talk.hear().await["type"], "complete");
    assert_eq!(server.head().await, head, "nothing was recorded");
}

/// What holds by date is delivered on its day: a deputy shows from the first day on.
#[tokio::test]
async fn a_case_is_delivered_when_a_new_day_comes() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let mut deputising = family.deputising(&server, "joost", "2026-11-20");
    deputising["from"] = json!("2026-11-18");
    anja.does("appointDeputy", deputising).await;
    let mut talk = Talk::of(&anja).await;
    let watched = "subscription($id: ID!) { caseChanged(caseId: $id) { asOfDay regie { deputy { until } } } }";
    talk.subscribe(watched, json!({"id": family.case})).await;
    assert_eq!(talk.delivery("caseChanged").await["regie"]["deputy"], Value::Null);
    next_day(&server, &noor, "2026-11-18").await;
    let expected = json!({"asOfDay": "2026-11-18", "regie": {"deputy": {"until": "2026-11-20"}}});
    assert_eq!(talk.delivery("caseChanged").await, expected);
}

/// Any question makes the lists look at the clock; without one they do so by themselves.
async fn next_day(server: &Server, person: &Person, day: &str) {
    server.tell(day);
    person.ask("{ caseload { totalCount } }").await;
}

/// An answer that could not be recorded never left: it is delivered once it can be.
#[tokio::test]
async fn what_was_withheld_is_delivered_later() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let (mut case, mut list) = (Talk::of(&anja).await, Talk::of(&anja).await);
    case.subscribe("subscription($id: ID!) { caseChanged(caseId: $id) { asOfDay } }", json!({"id": family.case})).await;
    list.subscribe("subscription { worklist { kind } }", json!({})).await;
    case.delivery("caseChanged").await;
    assert_eq!(list.delivery("worklist").await, json!([]));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-12-03")).await;
    case.delivery("caseChanged").await;
    // The file of next month cannot be made where a folder stands.
    let next = server.folder.join(TRAIL).join("trail-2026-12.db");
    fs::create_dir(&next).unwrap();
    next_day(&server, &noor, "2026-12-01").await;
    for talk in [&mut case, &mut list] {
        assert_eq!(talk.hear().await["payload"]["errors"][0]["extensions"]["code"], "TRAIL_UNAVAILABLE");
    }
    fs::remove_dir(&next).unwrap();
    // Something happens elsewhere; a look first, so that the trail is known to be well again.
    noor.ask("{ caseload { totalCount } }").await.data("caseload");
    Family::open(&server).await;
    assert_eq!(case.delivery("caseChanged").await["asOfDay"], "2026-12-01");
    // The family was to be told of the deputy within two working days.
    assert_eq!(list.delivery("worklist").await, json!([{"kind": "DEPUTY_ENDING"}, {"kind": "TERMS_OVERDUE"}]));
}

/// Nothing happens meanwhile: the connection ends by itself, and whoever has a good token keeps theirs.
#[tokio::test]
async fn a_subscription_ends_with_the_token() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    // It ended by the clock of its issuer, which may differ by half a minute.
    let (brief, lasting) = (server.as_for("anja", 8 - SKEW), server.as_("anja"));
    let (mut ending, mut staying) = (Talk::of(&brief).await, Talk::of(&lasting).await);
    for talk in [&mut ending, &mut staying] {
        talk.subscribe(CHANGED, json!({"id": family.case})).await;
        assert_eq!(talk.delivery("caseChanged").await["people"].as_array().unwrap().len(), 2);
    }
    let end = ending.hear().await;
    assert!(end.get("closed").is_some(), "{end}");
    lasting.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    assert_eq!(staying.delivery("caseChanged").await["people"].as_array().unwrap().len(), 3);
    let mut again = Talk::open(server.address).await;
    again.say(json!({"type": "connection_init", "payload": {"token": brief.token}})).await;
    let refused = again.hear().await;
    assert!(refused.get("closed").is_some(), "{refused}");
}

#[tokio::test]
async fn a_worklist_is_delivered_now_and_when_it_changed() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let layla = server.as_("layla");
    let mut talk = Talk::of(&layla).await;
    talk.subscribe("subscription { worklist { kind caseId } }", json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    server.as_("anja").does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    assert_eq!(talk.delivery("worklist").await, json!([{"kind": "HANDOVER_WAITING", "caseId": family.case}]));
}

/// Nothing is recorded when a term ends: the new day alone is the news.
#[tokio::test]
async fn a_worklist_is_delivered_when_a_term_ends_at_midnight() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-12-24")).await;
    let mut talk = Talk::of(&noor).await;
    talk.subscribe("subscription { worklist { kind } }", json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    let head = server.head().await;
    server.tell("2026-12-23");
    // Any question makes the lists look at the clock; without one they do so by themselves.
    noor.ask("{ caseload { nodes { case { id } } } }").await.data("caseload");
    // The family was to be told of the deputy within two working days.
    assert_eq!(talk.delivery("worklist").await, json!([{"kind": "DEPUTY_ENDING"}, {"kind": "TERMS_OVERDUE"}]));
    assert_eq!(server.head().await, head, "nothing was recorded");
}

/// Who asks is looked up anew at every delivery: a duty that ended shows nothing more, to somebody who watches all the while.
#[tokio::test]
async fn a_worklist_shows_nothing_more_when_the_duty_ended() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja, gerda, olivier) =
        (server.as_("noor"), server.as_("anja"), server.as_("gerda"), server.as_("olivier"));
    let duty = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "jeugd-en-gezin-gooi"});
    olivier.send_for("assignDuty", duty.clone(), "repeated").await.data("assignDuty");
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-12-24")).await;
    let mut talk = Talk::of(&gerda).await;
    talk.subscribe("subscription { worklist { kind caseId } }", json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    next_day(&server, &noor, "2026-12-23").await;
    let lines = ["DEPUTY_ENDING", "TERMS_OVERDUE"].map(|kind| json!({"kind": kind, "caseId": family.case}));
    assert_eq!(talk.delivery("worklist").await, json!(lines));
    next_day(&server, &noor, "2026-12-24").await;
    let mut end = duty;
    end["lastDay"] = json!("2026-12-23");
    olivier.send_for("endDuty", end, "repeated").await.data("endDuty");
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    let still = noor.ask("{ worklist { nodes { kind } } }").await.data("worklist");
    assert_eq!(
        still["nodes"],
        json!([{"kind": "DEPUTY_ENDING"}, {"kind": "TERMS_OVERDUE"}]),
        "the lines are there, for others"
    );
}

/// Rounds that deliver nothing leave nothing: the entry of a delivery says what was delivered.
#[tokio::test]
async fn a_delivery_is_recorded_without_the_silent_rounds_before_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let (mut list, mut case) = (Talk::of(&noor).await, Talk::of(&noor).await);
    list.subscribe("subscription { worklist { kind } }", json!({})).await;
    case.subscribe("subscription($id: ID!) { caseChanged(caseId: $id) { phase } }", json!({"id": family.case})).await;
    list.delivery("worklist").await;
    case.delivery("caseChanged").await;
    for name in ["Quinten", "Roderick", "Sander"] {
        anja.does("addPerson", family.input(json!({"name": name, "role": "PARENT"}))).await;
        noor.ask("{ caseload { nodes { case { id } } } }").await.data("caseload");
    }
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    case.delivery("caseChanged").await;
    list.delivery("worklist").await;
    let kept = crate::trail_files::all(&server.folder).await;
    let deliveries: Vec<&Value> = kept.iter().filter(|entry| entry["kind"] == "subscription").collect();
    assert_eq!(deliveries.len(), 4, "{deliveries:?}");
    for entry in deliveries {
        for judged in entry["judgements"].as_array().unwrap() {
            assert!(judged["at"].as_array().unwrap().len() <= 1, "one place, the last: {judged}");
        }
    }
}

/// GraphQL 5.2.3.1: one entry of the trail belongs to one delivery, so two streams may not share one operation.
#[tokio::test]
async fn a_subscription_follows_one_thing_only() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.ask("{ me { id } }").await.data("me");
    let one = "caseChanged(caseId: $id) { revision }";
    for fields in [
        format!("{one} worklist {{ kind }}"),
        format!("a: {one} b: {one}"),
        format!("{one} ... {{ worklist {{ kind }} }}"),
        format!("{one} ...More"),
    ] {
        let more = if fields.contains("More") { "fragment More on Subscription { worklist { kind } }" } else { "" };
        let mut talk = Talk::of(&anja).await;
        talk.subscribe(&format!("subscription($id: ID!) {{ {fields} }} {more}"), json!({"id": family.case})).await;
        let refused = talk.hear().await;
        let error = &refused["payload"]["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_REQUEST", "{fields}: {refused}");
        assert_eq!(error["extensions"]["details"]["what"], "watch", "{fields}: {refused}");
        assert!(error["message"].as_str().unwrap().contains("precies één veld"), "{refused}");
        assert_eq!(talk.hear().await["type"], "complete");
        // Two subscriptions on one connection are two operations.
        talk.subscribe(&format!("subscription($id: ID!) {{ {one} }}"), json!({"id": family.case})).await;
        talk.delivery("caseChanged").await;
    }
    let kept = crate::trail_files::all(&server.folder).await;
    let outcomes: Vec<&Value> =
        kept.iter().filter(|entry| entry["kind"] == "subscription").map(|entry| &entry["outcome"]).collect();
    assert_eq!(outcomes, ["invalid", "granted"].repeat(4));
}

#[tokio::test]
async fn a_socket_without_a_good_token_is_closed() {
    let server = fresh("2026-11-16");
    let token = server.as_("anja").token;
    let mut claims: Vec<&str> = token.split('.').collect();
    let other = server.as_("noor").token;
    claims[1] = other.split('.').nth(1).unwrap();
    for payload in [
        json!({}),
        json!({"token": "abc"}),
        json!({"token": claims.join(".")}),
        json!({"token": token, "purpose": "curiosity/1"}),
    ] {
        let mut talk = Talk::open(server.address).await;
        talk.say(json!({"type": "connection_init", "payload": payload})).await;
        let answer = talk.hear().await;
        assert!(answer.get("closed").is_some(), "{answer}");
    }
}

#[tokio::test]
async fn a_case_of_others_cannot_be_watched() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let mut talk = Talk::of(&server.as_("kees")).await;
    talk.subscribe(CHANGED, json!({"id": family.case})).await;
    let refused = talk.hear().await;
    assert!(refused.to_string().contains("NOT_AVAILABLE"), "{refused}");
}
