//! R03: an emergency access has a ground, a reason and an end within hours; whoever guards privacy sees it at once; somebody else reviews it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Person;
use crate::family::{Family, MUNICIPALITY, made};
use crate::server::{Server, fresh};
use crate::socket::Talk;

const REASON: &str = "Kind is weg, de politie belt en zoekt een adres.";
const LIST: &str = "nodes { id caseId workerId workerName organisation ground reason open reviewed overdue reviewLastDay review { outcome finding byId } } totalCount";
const WATCH: &str = "subscription { emergencies { id open reviewed overdue reason } }";

/// Joost is nothing to the family that Anja directs.
async fn opened(server: &Server, family: &Family) -> String {
    let input = family.input(json!({"ground": {"vitalInterest": true}, "reason": REASON, "hours": 2}));
    let payload = server.as_("joost").does("openEmergencyAccess", input).await;
    made(&payload, "EMERGENCY")[0].clone()
}

async fn listed(who: &Person, filter: &str) -> Value {
    who.ask(&format!("{{ emergencies{filter} {{ {LIST} }} }}")).await.data("emergencies")
}

async fn sees(who: &Person, family: &Family) -> String {
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    who.ask_with(query, json!({"id": family.case})).await.body.to_string()
}

#[tokio::test]
async fn a_worker_without_any_relation_opens_a_case_for_hours_and_not_longer() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (joost, noor) = (server.as_("joost"), server.as_("noor"));
    assert!(sees(&joost, &family).await.contains("NOT_AVAILABLE"));
    let mut talk = Talk::of(&joost).await;
    opened(&server, &family).await;
    assert!(sees(&joost, &family).await.contains("Wilhelmina"), "on the next request");
    let changed = "subscription($id: ID!) { caseChanged(caseId: $id) { people { name } } }";
    talk.subscribe(changed, json!({"id": family.case})).await;
    assert!(talk.delivery("caseChanged").await.to_string().contains("Wilhelmina"));

    server.tell("2026-11-17");
    assert!(sees(&joost, &family).await.contains("NOT_AVAILABLE"), "it ends by itself");
    noor.does("reportDeparture", family.input(json!({"rule": "family_decides", "what": "Het ging anders."}))).await;
    let refused = talk.hear().await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_AVAILABLE", "{refused}");
}

#[tokio::test]
async fn it_ends_before_its_time_by_who_has_it_and_by_the_director_alone() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (joost, anja) = (server.as_("joost"), server.as_("anja"));
    let first = opened(&server, &family).await;
    let end = |emergency: &str| family.input(json!({"emergency": emergency}));
    assert_eq!(server.as_("kees").refused("endEmergencyAccess", end(&first)).await, "NOT_AVAILABLE");
    joost.does("endEmergencyAccess", end(&first)).await;
    assert!(sees(&joost, &family).await.contains("NOT_AVAILABLE"));
    let second = opened(&server, &family).await;
    anja.does("endEmergencyAccess", end(&second)).await;
    assert!(sees(&joost, &family).await.contains("NOT_AVAILABLE"));
}

/// Whoever tries ids hears the same of a case that is there and of one that is not, unless a case is really opened.
#[tokio::test]
async fn nothing_tells_whether_a_case_is_there_but_an_access_that_is_opened() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let joost = server.as_("joost");
    let absent = Uuid::new_v4().to_string();
    for hours in [0, -1, 25, 70_000] {
        for case in [&family.case, &absent] {
            let input = json!({"caseId": case, "ground": {"vitalInterest": true}, "reason": REASON, "hours": hours});
            let answer = joost.send("openEmergencyAccess", input).await;
            assert_eq!(
                (answer.code().as_str(), &answer.details()["hours_allowed"]),
                ("EMERGENCY_TOO_LONG", &json!(24))
            );
        }
    }
    let input = json!({"caseId": absent, "ground": {"vitalInterest": true}, "reason": REASON});
    assert_eq!(joost.refused("openEmergencyAccess", input).await, "NOT_AVAILABLE");
    for watcher in ["ravi", "gerda"] {
        let input = family.input(json!({"ground": {"vitalInterest": true}, "reason": REASON}));
        assert_eq!(server.as_(watcher).refused("openEmergencyAccess", input).await, "NOT_AVAILABLE", "{watcher}");
    }
}

#[tokio::test]
async fn the_privacy_officer_sees_it_at_once_with_its_ground_and_reason_and_nothing_of_the_case() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let ravi = server.as_("ravi");
    let mut talk = Talk::of(&ravi).await;
    talk.subscribe(WATCH, json!({})).await;
    assert_eq!(talk.delivery("emergencies").await, json!([]));
    let emergency = opened(&server, &family).await;
    let told = talk.delivery("emergencies").await;
    assert_eq!(told, json!([{"id": emergency, "open": true, "reviewed": false, "overdue": false, "reason": REASON}]));
    let list = listed(&ravi, "(open: true)").await;
    assert_eq!(list["totalCount"], 1);
    let line = &list["nodes"][0];
    assert_eq!((&line["caseId"], &line["workerId"]), (&json!(family.case), &json!(server.worker("joost"))));
    assert_eq!((&line["workerName"], &line["ground"]), (&json!("Joost"), &json!("VITAL_INTEREST")));
    assert_eq!((&line["reviewLastDay"], &line["review"]), (&json!("2026-11-18"), &Value::Null));
    assert!(sees(&ravi, &family).await.contains("NOT_AVAILABLE"), "not the case");
    for other in ["noor", "gerda", "anja", "joost"] {
        let answer = server.as_(other).ask(&format!("{{ emergencies {{ {LIST} }} }}")).await;
        assert!(!answer.body.to_string().contains(&emergency), "{other}");
    }
    let fields = "emergencies { id workerName reason }";
    assert_eq!(server.as_("anja").case(&family.case, fields).await["emergencies"][0]["reason"], REASON, "the director");
}

#[tokio::test]
async fn it_stands_in_the_list_until_somebody_else_reviews_it_and_is_late_after_two_working_days() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let ravi = server.as_("ravi");
    let emergency = opened(&server, &family).await;
    let review = |emergency: &str| {
        family.input(
            json!({"emergency": emergency, "outcome": "JUSTIFIED", "finding": "Nodig, en niet meer gezien dan nodig."}),
        )
    };
    for other in ["joost", "anja", "noor", "kees"] {
        assert_eq!(
            server.as_(other).refused("reviewEmergencyAccess", review(&emergency)).await,
            "NOT_AVAILABLE",
            "{other}"
        );
    }
    server.tell("2026-11-18");
    assert_eq!(listed(&ravi, "(overdue: true)").await["totalCount"], 0);
    server.tell("2026-11-19");
    let late = listed(&ravi, "(overdue: true)").await;
    assert_eq!((&late["totalCount"], &late["nodes"][0]["open"]), (&json!(1), &json!(false)));
    assert_eq!(listed(&ravi, "(open: true)").await["totalCount"], 0);
    ravi.does("reviewEmergencyAccess", review(&emergency)).await;
    assert_eq!(listed(&ravi, "").await["totalCount"], 0);
    let seen = server.as_("anja").case(&family.case, "emergencies { reviewed review { outcome byId } }").await;
    assert_eq!(
        seen["emergencies"][0],
        json!({"reviewed": true, "review": {"outcome": "JUSTIFIED", "byId": server.worker("ravi")}})
    );
    assert_eq!(ravi.refused("reviewEmergencyAccess", review(&emergency)).await, "EMERGENCY_REVIEWED");
}

#[tokio::test]
async fn a_conflict_of_duties_is_opened_with_six_answers() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let answers = json!({
        "consentSought": "Gevraagd, geen antwoord.", "harm": "Een kind loopt gevaar.", "conscience": "Zwijgen kan niet.",
        "subsidiarity": "Niemand anders weet het.", "effect": "Dan kan er iemand heen.", "proportionality": "Alleen waar het slaapt.",
    });
    let input = family.input(json!({"ground": {"conflictOfDuties": answers}, "reason": REASON}));
    server.as_("joost").does("openEmergencyAccess", input).await;
    let seen = server
        .as_("ravi")
        .ask("{ emergencies(unreviewed: true, first: 1) { nodes { ground answers { harm effect } } } }")
        .await;
    let expected = json!({"ground": "CONFLICT_OF_DUTIES", "answers": {"harm": "Een kind loopt gevaar.", "effect": "Dan kan er iemand heen."}});
    assert_eq!(seen.data("emergencies")["nodes"], json!([expected]));
}

/// Whoever opens it does not know who is in the case under which name, and need not: nothing stands in the way.
#[tokio::test]
async fn its_reason_may_name_anybody() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let named = "Wilhelmina belt: Bartholomeus is weg.";
    let open = |hours: u32| family.input(json!({"ground": {"vitalInterest": true}, "reason": named, "hours": hours}));
    server.as_("joost").does("openEmergencyAccess", open(2)).await;
    assert_eq!(listed(&server.as_("ravi"), "").await["nodes"][0]["reason"], named, "for who judges it");
    let fields = "emergencies { reason } timeline(first: 50) { nodes { words { text } } }";
    assert_eq!(server.as_("anja").case(&family.case, fields).await["emergencies"][0]["reason"], named);
    let query = format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}");
    let noor = server.as_("noor").ask_with(&query, json!({"id": family.case})).await;
    assert!(!noor.body.to_string().contains("belt"), "for nobody else");

    // While somebody must not be found too: whoever judges it must be able to read why.
    let protect = json!({"person": family.mother, "reason": "Er is angst."});
    server.as_("anja").does("protectLocatingData", family.input(protect)).await;
    server.as_("kees").does("openEmergencyAccess", open(1)).await;
    let list = listed(&server.as_("ravi"), "").await;
    assert_eq!((&list["totalCount"], &list["nodes"][1]["reason"]), (&json!(2), &json!(named)));
    let manager = listed(&server.as_("frits"), "").await;
    assert_eq!((&manager["totalCount"], &manager["nodes"][1]["reason"]), (&json!(2), &Value::Null), "nobody else");
}

/// With a part of the family in hand an emergency would be the way round the protection of the other side: whether a consent counts or not, long
/// after, and on call too. Each hears what anybody hears of a case that is not there.
#[tokio::test]
async fn no_emergency_opens_a_protected_family_to_whoever_works_or_worked_for_a_part_of_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, petra, sam) = (server.as_("anja"), server.as_("petra"), server.as_("sam"));
    for key in ["petra", "sam"] {
        let came = json!({"worker": server.worker(key), "organisation": "zorg-bv", "specialist": false, "consents": [],
            "explanation": "Was er al."});
        anja.does("reportPartyJoined", family.input(came)).await;
    }
    let open = |case: &str| json!({"caseId": case, "ground": {"vitalInterest": true}, "reason": REASON, "hours": 2});
    petra.does("openEmergencyAccess", open(&family.case)).await;
    assert!(sees(&petra, &family).await.contains("Wilhelmina"), "nobody must not be found");
    anja.does("leaveParty", family.input(json!({"worker": server.worker("sam")}))).await;
    let lead = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": MUNICIPALITY});
    server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
    let duty =
        json!({"worker": server.worker("sam"), "duty": "ON_CALL", "organisation": MUNICIPALITY, "until": "2026-11-20"});
    server.as_("gerda").send_for("assignDuty", duty, "repeated").await.data("assignDuty");

    let protect = json!({"person": family.mother, "reason": "Er is angst."});
    anja.does("protectLocatingData", family.input(protect)).await;
    assert!(sees(&petra, &family).await.contains("NOT_AVAILABLE"), "what was open closes");
    server.tell("2026-11-18");
    sam.ask("{ me { id } }").await.data("me");
    let head = server.head().await;
    for who in [&petra, &sam] {
        let refused = who.send("openEmergencyAccess", open(&family.case)).await;
        let absent = who.send("openEmergencyAccess", open(&Uuid::from_u128(9).to_string())).await;
        assert_eq!((refused.code().as_str(), &refused.body), ("NOT_AVAILABLE", &absent.body));
    }
    assert_eq!(server.head().await, head, "nothing was opened");
    server.as_("joost").does("openEmergencyAccess", open(&family.case)).await;
    assert!(sees(&server.as_("joost"), &family).await.contains("Wilhelmina"), "who is nothing to it may");
}

/// Who is kept out is nothing to the case, danger or not: refused as if there were none, and that stands in the trail.
#[tokio::test]
async fn whoever_is_kept_out_is_refused_and_that_stands_in_the_trail() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let joost = server.as_("joost");
    let out = json!({"worker": server.worker("joost"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    server.as_("anja").does("excludeWorker", family.input(out)).await;
    joost.ask("{ me { id } }").await.data("me");
    let head = server.head().await;
    let open = |case: &str| json!({"caseId": case, "ground": {"vitalInterest": true}, "reason": REASON, "hours": 2});
    let refused = joost.send("openEmergencyAccess", open(&family.case)).await;
    let absent = joost.send("openEmergencyAccess", open(&Uuid::from_u128(9).to_string())).await;
    assert_eq!((refused.code().as_str(), &refused.body), ("NOT_AVAILABLE", &absent.body));
    assert_eq!(server.head().await, head, "nothing was opened");
    let entry = crate::trail_files::only(&server.folder, &refused.request).await;
    assert_eq!((&entry["outcome"], &entry["who"]), (&json!("refused"), &json!(server.worker("joost"))));
    let judged = &entry["judgements"][0];
    assert_eq!((&judged["operation"], &judged["refused"]), (&json!("openEmergencyAccess"), &json!("NOT_AVAILABLE")));
    assert!(judged["at"].to_string().contains(&family.case), "{judged}");
    assert!(sees(&joost, &family).await.contains("NOT_AVAILABLE"));
    assert_eq!(listed(&server.as_("ravi"), "").await["totalCount"], 0);
}

/// An open subscription is judged as its holder is now: who is kept out of the case meanwhile hears nothing more of it.
#[tokio::test]
async fn a_privacy_officer_who_is_kept_out_is_told_nothing_more() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let mut talk = Talk::of(&server.as_("ravi")).await;
    opened(&server, &family).await;
    talk.subscribe(WATCH, json!({})).await;
    assert_eq!(talk.delivery("emergencies").await.as_array().unwrap().len(), 1);
    let out = json!({"worker": server.worker("ravi"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    server.as_("anja").does("excludeWorker", family.input(out)).await;
    assert_eq!(talk.delivery("emergencies").await, json!([]));
}
