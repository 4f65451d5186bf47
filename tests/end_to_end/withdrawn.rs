//! R02: what a relation rests on is withdrawn, ends or is forbidden between two looks: the next request, an open subscription and the
//! lists show nothing more.

use serde_json::{Value, json};

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{fresh, weekend};
use crate::socket::Talk;

const LOOK: &str = "query($id: ID!) { case(id: $id) { phase people { name } } }";
const WATCH: &str = "subscription($id: ID!) { caseChanged(caseId: $id) { phase people { name } } }";
const LIST: &str = "{ caseload(first: 100) { totalCount nodes { case { id } } } }";

async fn listed(who: &Person, case: &str) -> bool {
    who.ask(LIST).await.data("caseload").to_string().contains(case)
}

/// Somebody who sees a case and keeps watching it, until something happens.
struct Watcher<'a> {
    who: &'a Person,
    case: String,
    talk: Talk,
}

impl<'a> Watcher<'a> {
    async fn of(who: &'a Person, case: &str) -> Self {
        let look = who.ask_with(LOOK, json!({"id": case})).await;
        assert_eq!(look.data("case")["phase"], "OPEN", "sees it before");
        assert!(listed(who, case).await, "has it in the list before");
        let mut talk = Talk::of(who).await;
        talk.subscribe(WATCH, json!({"id": case})).await;
        talk.delivery("caseChanged").await;
        Self { who, case: case.to_owned(), talk }
    }

    /// It is over: at once, by every road.
    async fn sees_nothing_more(mut self) {
        let look = self.who.ask_with(LOOK, json!({"id": self.case})).await;
        assert_eq!(look.code(), "NOT_AVAILABLE");
        assert!(!listed(self.who, &self.case).await, "the list");
        let refused = self.talk.hear().await;
        assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_AVAILABLE", "{refused}");
        assert!(!refused.to_string().contains("phase"), "{refused}");
        assert_eq!(self.talk.hear().await["type"], "complete");
    }
}

/// 01: Robert withdraws his consent for the advice team. His part closes, Ilse's stays.
#[tokio::test]
async fn robert_withdraws_and_the_advisor_sees_nothing_more_of_him() {
    let server = weekend(false);
    let (anja, hugo, case) = (server.as_("anja"), server.as_("hugo"), server.case("01"));
    let names = |case: &Value| each(&case["people"], "name");
    let mut talk = Talk::of(&hugo).await;
    talk.subscribe(WATCH, json!({"id": case})).await;
    assert_eq!(names(&talk.delivery("caseChanged").await), ["Ilse", "Robert", "Morris", "Dave"]);
    assert_eq!(names(&hugo.case(&case, "people { name }").await), ["Ilse", "Robert", "Morris", "Dave"]);
    let consent = server.id("01", "interventie-robert-robert");
    anja.does("withdrawConsent", json!({"caseId": case, "consent": consent, "reason": "Ik wil dit nu zelf doen."}))
        .await;
    let after = hugo.case(&case, "people { id name } consents { id } timeline(first: 100) { nodes { id } }").await;
    assert_eq!(names(&after), ["Ilse", "Morris", "Dave"]);
    assert!(!after.to_string().contains(&consent));
    assert_eq!(names(&talk.delivery("caseChanged").await), ["Ilse", "Morris", "Dave"]);
    let list = hugo.ask("{ caseload { nodes { case { id people { name } } } } }").await.data("caseload");
    assert_eq!(names(&list["nodes"][0]["case"]), ["Ilse", "Morris", "Dave"]);
    // Hers as well: then there is no part left but that of the boys, for whom both still say yes.
    let consent = server.id("01", "interventie-ilse-ilse");
    anja.does("withdrawConsent", json!({"caseId": case, "consent": consent, "reason": "Ook niet meer."})).await;
    assert_eq!(names(&hugo.case(&case, "people { name }").await), ["Morris", "Dave"]);
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_ends_what_the_supporter_sees() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja, petra) = (server.as_("noor"), server.as_("anja"), server.as_("petra"));
    let consent = json!({"giver": family.mother, "subject": family.mother, "kind": "JOINING", "evidence": "SPOKEN",
        "recipients": [server.worker("petra")]});
    let consent = made(&anja.does("grantConsent", family.input(consent)).await, "CONSENT")[0].clone();
    let party = json!({"worker": server.worker("petra"), "organisation": "scheidingspunt", "specialist": false, "consents": [consent]});
    noor.does("joinParty", family.input(party)).await;
    let watcher = Watcher::of(&petra, &family.case).await;
    let search = "{ searchPeople(search: {name: \"Wilhelmina\"}) { totalCount } }";
    assert_eq!(petra.ask(search).await.data("searchPeople")["totalCount"], 1);
    anja.does("withdrawConsent", family.input(json!({"consent": consent, "reason": "Liever niet."}))).await;
    watcher.sees_nothing_more().await;
    assert_eq!(petra.ask(search).await.data("searchPeople")["totalCount"], 0);
}

#[tokio::test]
async fn a_duty_that_ends_ends_what_the_team_lead_sees() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (olivier, gerda, anja) = (server.as_("olivier"), server.as_("gerda"), server.as_("anja"));
    let duty = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "jeugd-en-gezin-gooi"});
    olivier.send_for("assignDuty", duty.clone(), "repeated").await.data("assignDuty");
    let watcher = Watcher::of(&gerda, &family.case).await;
    server.tell("2026-11-17");
    let mut end = duty;
    end["lastDay"] = json!("2026-11-16");
    olivier.send_for("endDuty", end, "repeated").await.data("endDuty");
    // Duties stand elsewhere: an open subscription is judged when it has something to say.
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    watcher.sees_nothing_more().await;
}

#[tokio::test]
async fn an_emergency_access_that_is_ended_shows_nothing_more() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, joost) = (server.as_("anja"), server.as_("joost"));
    let open = json!({"ground": {"vitalInterest": true}, "reason": "Kind is weg.", "hours": 2});
    let access = made(&joost.does("openEmergencyAccess", family.input(open)).await, "EMERGENCY")[0].clone();
    let watcher = Watcher::of(&joost, &family.case).await;
    anja.does("endEmergencyAccess", family.input(json!({"emergency": access}))).await;
    watcher.sees_nothing_more().await;
}

/// Whoever is kept out is nothing to the case, whatever else they are: here the deputy.
#[tokio::test]
async fn who_is_kept_out_sees_nothing_more() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, joost) = (server.as_("anja"), server.as_("joost"));
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
    let watcher = Watcher::of(&joost, &family.case).await;
    let out = json!({"worker": server.worker("joost"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    anja.does("excludeWorker", family.input(out)).await;
    watcher.sees_nothing_more().await;
    let open = json!({"ground": {"vitalInterest": true}, "reason": "Kind is weg.", "hours": 2});
    assert_eq!(joost.refused("openEmergencyAccess", family.input(open)).await, "NOT_AVAILABLE", "emergency included");
}

/// An offer is told from the successor's own worklist and not from the case: who is kept out hears no more of that either.
#[tokio::test]
async fn who_is_kept_out_hears_no_more_of_a_handover_that_was_offered() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, layla) = (server.as_("anja"), server.as_("layla"));
    anja.does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    let list = "{ worklist { nodes { caseId kind day } } }";
    assert_eq!(layla.ask(list).await.data("worklist")["nodes"][0]["caseId"], json!(family.case));
    let mut talk = Talk::of(&layla).await;
    talk.subscribe("subscription { worklist { caseId kind day } }", json!({})).await;
    assert_eq!(each(&talk.delivery("worklist").await, "kind"), ["HANDOVER_WAITING"]);
    let out = json!({"worker": server.worker("layla"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    anja.does("excludeWorker", family.input(out)).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    assert_eq!(layla.ask(list).await.data("worklist")["nodes"], json!([]));
}
