//! R02: who knew something under a consent is told that it was withdrawn. They see the notice and nothing of the case, confirm it, and whoever
//! directs sees whether each receiver did.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{Fresh, Server, fresh};
use crate::socket::Talk;

const LOOK: &str = "query($id: ID!) { case(id: $id) { phase people { name } } }";
const WAITS: &str = "{ worklist(first: 100) { nodes { caseId kind day number text word noticeId handoverId alertId proposalId worker { id name } } } }";
const WATCH: &str = "subscription { worklist { caseId kind noticeId } }";
const TOLD: &str = "consents { id notices { id receiver { id } notifiedOn confirmedOn } }";

/// A family that Petra supports under the mother's consent, which Anja then records as withdrawn.
struct Told {
    server: Fresh,
    family: Family,
    consent: String,
}

impl Told {
    async fn before() -> Self {
        let server = fresh("2026-11-16");
        let family = Family::directed(&server).await;
        let (noor, anja, petra) = (server.as_("noor"), server.as_("anja"), server.worker("petra"));
        let consent = json!({"giver": family.mother, "subject": family.mother, "kind": "JOINING", "evidence": "SPOKEN",
            "recipients": [petra]});
        let consent = made(&anja.does("grantConsent", family.input(consent)).await, "CONSENT")[0].clone();
        let party = json!({"worker": petra, "organisation": "zorg-bv", "specialist": false, "consents": [consent]});
        noor.does("joinParty", family.input(party)).await;
        Self { server, family, consent }
    }

    async fn withdrawn() -> Self {
        let told = Self::before().await;
        told.withdraws().await;
        told
    }

    async fn withdraws(&self) {
        let withdrawal = self.family.input(json!({"consent": self.consent, "reason": "Liever niet."}));
        self.server.as_("anja").does("withdrawConsent", withdrawal).await;
    }
}

async fn waits(who: &Person) -> Value {
    who.ask(WAITS).await.data("worklist")["nodes"].clone()
}

async fn notice_of(who: &Person) -> String {
    waits(who).await[0]["noticeId"].as_str().expect("a notice").to_owned()
}

/// What whoever directs sees of those who were told by this consent.
async fn told_of(anja: &Person, case: &str, consent: &str) -> Value {
    let consents = anja.case(case, TOLD).await["consents"].clone();
    crate::client::find(&consents, "id", consent)["notices"].clone()
}

#[tokio::test]
async fn each_receiver_is_told_and_sees_nothing_else() {
    let told = Told::before().await;
    let Told { server, family, consent } = &told;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let mut talk = Talk::of(&petra).await;
    talk.subscribe(WATCH, json!({})).await;
    assert_eq!(talk.delivery("worklist").await, json!([]));
    let look = petra.ask_with(LOOK, json!({"id": family.case})).await;
    let name = look.data("case")["people"][0]["name"].as_str().unwrap().to_owned();
    told.withdraws().await;

    assert_eq!(petra.ask_with(LOOK, json!({"id": family.case})).await.code(), "NOT_AVAILABLE");
    let notice = notice_of(&petra).await;
    let delivered = talk.delivery("worklist").await;
    assert_eq!(delivered, json!([{"caseId": family.case, "kind": "WITHDRAWAL_NOTICE", "noticeId": notice}]));
    for (language, part) in [("nl", "is een toestemming ingetrokken"), ("en", "a consent was withdrawn")] {
        let answer = petra.with("accept-language", language).ask(WAITS).await;
        let lines = answer.data("worklist")["nodes"].clone();
        let [line] = &lines.as_array().unwrap()[..] else { panic!("one line: {lines}") };
        assert_eq!((&line["kind"], &line["day"]), (&json!("WITHDRAWAL_NOTICE"), &json!("2026-11-16")));
        assert!(line["text"].as_str().unwrap().contains(part), "{line}");
        // Not whose, about whom, to what, nor in which words; nor who else works here.
        let (bytes, anjas) = (answer.body.to_string(), server.worker("anja"));
        for unsaid in [&name, consent, &family.mother, &family.son, &anjas] {
            assert!(!bytes.contains(unsaid.as_str()), "{unsaid}: {bytes}");
        }
        assert!(!bytes.contains("JOINING") && !bytes.contains("Liever niet"), "{bytes}");
    }
    // Neither who directs, nor anybody else, has it on their list.
    for key in ["anja", "noor", "joost"] {
        assert!(!each(&waits(&server.as_(key)).await, "kind").contains(&json!("WITHDRAWAL_NOTICE")), "{key}");
    }
    let receiver = json!({"id": server.worker("petra")});
    let open = json!([{"id": notice, "receiver": receiver, "notifiedOn": "2026-11-16", "confirmedOn": null}]);
    assert_eq!(told_of(&anja, &family.case, consent).await, open);
}

#[tokio::test]
async fn the_receiver_confirms_once_and_the_director_sees_it_also_after_a_restart() {
    let told = Told::withdrawn().await;
    let Told { server, family, consent } = told;
    let files = server.stop();
    let server = Server::empty(files.path(), "2026-11-18");
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let confirming = family.input(json!({"notice": notice_of(&petra).await, "commandId": Uuid::new_v4()}));
    let head = server.head().await;
    petra.does("confirmWithdrawalNotice", confirming).await;
    assert_eq!(server.head().await, head + 1, "one fact");
    assert_eq!(waits(&petra).await, json!([]));
    let notices = told_of(&anja, &family.case, &consent).await;
    assert_eq!((&notices[0]["notifiedOn"], &notices[0]["confirmedOn"]), (&json!("2026-11-16"), &json!("2026-11-18")));
    // The timeline of who directs tells both, and names who was told.
    let facts = anja.case(&family.case, "timeline(first: 100) { nodes { kind workers { id } } }").await;
    let facts = &facts["timeline"]["nodes"];
    let petras = json!([{"id": server.worker("petra")}]);
    assert_eq!(crate::client::find(facts, "kind", "WithdrawalNotified")["workers"], petras);
    crate::client::find(facts, "kind", "WithdrawalNoticeConfirmed");
    server.stop();
    let server = Server::empty(files.path(), "2026-11-18");
    assert_eq!(told_of(&server.as_("anja"), &family.case, &consent).await, notices);
    assert_eq!(waits(&server.as_("petra")).await, json!([]));
    server.stop();
}

/// Absent equals forbidden: whoever was not told hears of a notice what they hear of a case that is not there.
#[tokio::test]
async fn nobody_else_confirms_and_a_second_time_is_refused() {
    let told = Told::withdrawn().await;
    let Told { server, family, .. } = &told;
    let petra = server.as_("petra");
    let notice = notice_of(&petra).await;
    let confirming = |case: &str, notice: &str| json!({"caseId": case, "notice": notice});
    let nowhere = Uuid::new_v4().to_string();
    let others = ["anja", "noor", "joost", "kees", "ravi", "olivier"].map(|key| (key, server.as_(key)));
    for (_, person) in &others {
        person.ask("{ me { id } }").await;
    }
    let head = server.head().await;
    for (key, person) in &others {
        let there = person.send("confirmWithdrawalNotice", confirming(&family.case, &notice)).await;
        let absent = person.send("confirmWithdrawalNotice", confirming(&nowhere, &notice)).await;
        assert_eq!((there.code(), there.message()), ("NOT_AVAILABLE".to_owned(), absent.message()), "{key}");
        assert_eq!((absent.code(), absent.details()), ("NOT_AVAILABLE".to_owned(), there.details()), "{key}");
    }
    let unknown = petra.refused("confirmWithdrawalNotice", confirming(&family.case, &nowhere)).await;
    assert_eq!(unknown, "NOTICE_UNKNOWN");
    assert_eq!(server.head().await, head, "nothing was written");
    petra.does("confirmWithdrawalNotice", confirming(&family.case, &notice)).await;
    // Nothing waits for her: she is nothing to the case any more.
    let again = petra.refused("confirmWithdrawalNotice", confirming(&family.case, &notice)).await;
    assert_eq!(again, "NOT_AVAILABLE");
}

/// `privacy.md`, "What a privacy officer asks": did each receiver get the notice? One question, without content; nobody else may ask it.
#[tokio::test]
async fn the_privacy_officer_asks_whether_each_receiver_was_told() {
    let told = Told::withdrawn().await;
    let Told { server, family, consent } = &told;
    let petra = server.as_("petra");
    let notice = notice_of(&petra).await;
    let query = "query($id: ID!) { withdrawalNotices(caseId: $id) { id consentId receiver { id name } notifiedOn confirmedOn } }";
    let asks = async |who: &Person| who.ask_with(query, json!({"id": family.case})).await;
    let receiver = json!({"id": server.worker("petra"), "name": "Petra"});
    let mut line = json!({"id": notice, "consentId": consent, "receiver": receiver, "notifiedOn": "2026-11-16", "confirmedOn": null});
    for key in ["ravi", "anja"] {
        assert_eq!(asks(&server.as_(key)).await.data("withdrawalNotices"), json!([line]), "{key}");
    }
    for key in ["noor", "petra", "kees", "joost", "selma"] {
        assert_eq!(asks(&server.as_(key)).await.code(), "NOT_AVAILABLE", "{key}");
    }
    petra.does("confirmWithdrawalNotice", family.input(json!({"notice": notice}))).await;
    line["confirmedOn"] = json!("2026-11-16");
    assert_eq!(asks(&server.as_("ravi")).await.data("withdrawalNotices"), json!([line]));
    // Once the giver must not be found: who knew something of her is for who directs.
    let protect = family.input(json!({"person": family.mother, "reason": "Angst."}));
    server.as_("anja").does("protectLocatingData", protect).await;
    line["receiver"] = Value::Null;
    assert_eq!(asks(&server.as_("ravi")).await.data("withdrawalNotices"), json!([line]));
}

/// Two consents, two notices; who is still something to the case by the other one has the notice beside what they see.
#[tokio::test]
async fn who_has_another_relation_sees_the_notice_and_confirms_it_too() {
    let told = Told::before().await;
    let Told { server, family, .. } = &told;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    let consent = json!({"giver": family.mother, "subject": family.son, "kind": "SHARING", "evidence": "SPOKEN",
        "categories": ["PLAN"], "recipients": [server.worker("petra")]});
    anja.does("grantConsent", family.input(consent)).await;
    told.withdraws().await;
    assert_eq!(petra.ask_with(LOOK, json!({"id": family.case})).await.data("case")["phase"], "OPEN");
    let kinds = each(&waits(&petra).await, "kind");
    assert_eq!(kinds, ["WITHDRAWAL_NOTICE"]);
    let notice = notice_of(&petra).await;
    let look = petra.case(&family.case, TOLD).await;
    assert!(!look.to_string().contains(&notice), "whom else it was told is for who directs: {look}");
    petra.does("confirmWithdrawalNotice", family.input(json!({"notice": notice}))).await;
    assert_eq!(waits(&petra).await, json!([]));
}

#[tokio::test]
async fn two_notices_page_one_by_one_and_who_is_kept_out_has_none() {
    let told = Told::withdrawn().await;
    let Told { server, family, .. } = &told;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    server.tell("2026-11-17");
    let consent = json!({"giver": family.mother, "subject": family.son, "kind": "SHARING", "evidence": "SPOKEN",
        "categories": ["PLAN"], "recipients": [server.worker("petra")]});
    let consent = made(&anja.does("grantConsent", family.input(consent)).await, "CONSENT")[0].clone();
    anja.does("withdrawConsent", family.input(json!({"consent": consent}))).await;
    let page = "query($after: String) { worklist(first: 1, after: $after) { pageInfo { hasNextPage endCursor } nodes { kind day } } }";
    let first = petra.ask_with(page, json!({})).await.data("worklist");
    assert_eq!((&first["nodes"][0]["day"], &first["pageInfo"]["hasNextPage"]), (&json!("2026-11-16"), &json!(true)));
    let after = json!({"after": first["pageInfo"]["endCursor"]});
    let second = petra.ask_with(page, after).await.data("worklist");
    assert_eq!((&second["nodes"][0]["day"], &second["pageInfo"]["hasNextPage"]), (&json!("2026-11-17"), &json!(false)));
    let notice = notice_of(&petra).await;
    let out = json!({"worker": server.worker("petra"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    anja.does("excludeWorker", family.input(out)).await;
    assert_eq!(waits(&petra).await, json!([]));
    let refused = petra.refused("confirmWithdrawalNotice", family.input(json!({"notice": notice}))).await;
    assert_eq!(refused, "NOT_AVAILABLE");
}

/// Being told takes nothing away: whoever may open an emergency access as anybody may, still may.
#[tokio::test]
async fn who_was_told_may_act_in_an_emergency_as_anybody_may() {
    let told = Told::withdrawn().await;
    let open = json!({"ground": {"vitalInterest": true}, "reason": "Kind is weg.", "hours": 2});
    let access = told.server.as_("petra").does("openEmergencyAccess", told.family.input(open)).await;
    assert_eq!(made(&access, "EMERGENCY").len(), 1);
}
