//! The crisis plan and the regional expert team (rule 21; case 08): who does what, complete or not, stale or not; who reads it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each, find};
use crate::family::{Family, made};
use crate::server::{fresh, shared};

const PLAN: &str = "crisisPlan { factId written signs incomplete holdsUntil stale current lookedAt found earlier children { name } \
    writtenBy { name } lookedAtBy { name } actions { what nobodyYet owner { name } ownerWorker { name } } }";
const TEAMS: &str = "expertTeams { id organisation stuck asked joinedOn endedOn result children { name } members { name } \
    told { day words persons { name } } }";

/// Refused in both languages, each in its own words.
async fn refuses(person: &Person, mutation: &str, input: Value, code: &str) -> Answer {
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    let english = person.with("accept-language", "en").send(mutation, input).await;
    assert_eq!((dutch.code(), english.code()), (code.to_owned(), code.to_owned()), "{}", english.body);
    assert_ne!(dutch.message(), english.message());
    english
}

fn plan_of(family: &Family, owner: &Value) -> Value {
    let mut action = json!({"what": "Kwartel haalt hem op."});
    if !owner.is_null() {
        action["owner"] = owner.clone();
    }
    family.input(json!({"children": [family.son], "signs": "Merel: hij zegt niets meer.", "actions": [action]}))
}

#[tokio::test]
async fn a_plan_nobody_owns_is_incomplete_and_one_nobody_looked_at_is_stale() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    assert_eq!(anja.case(&family.case, PLAN).await["crisisPlan"], Value::Null);
    refuses(&anja, "reviewCrisisPlan", family.input(json!({})), "CRISIS_PLAN_UNKNOWN").await;
    let empty = family.input(json!({"children": [family.son], "actions": []}));
    refuses(&anja, "writeCrisisPlan", empty, "CRISIS_PLAN_EMPTY").await;
    let of_mother = family.input(json!({"children": [family.mother], "actions": [{"what": "Iets."}]}));
    refuses(&anja, "writeCrisisPlan", of_mother, "CRISIS_PLAN_FOR_A_CHILD").await;
    let stranger = family.input(json!({"children": [Uuid::new_v4()], "actions": [{"what": "Iets."}]}));
    refuses(&anja, "writeCrisisPlan", stranger, "PERSON_UNKNOWN").await;
    anja.does("writeCrisisPlan", plan_of(&family, &Value::Null)).await;
    let seen = anja.case(&family.case, PLAN).await["crisisPlan"].clone();
    assert_eq!((&seen["incomplete"], &seen["stale"], &seen["current"]), (&json!(true), &json!(false), &json!(false)));
    assert_eq!((&seen["holdsUntil"], &seen["actions"][0]["nobodyYet"]), (&json!("2027-05-16"), &json!(true)));
    // On the responsibility board as well, owned or not.
    let fields =
        "plans { responsibilities { kind due owner { nobody person { id } } crisisAction { what nobodyYet } } }";
    let board = async |person: &Person| {
        let board = person.case(&family.case, fields).await["plans"]["responsibilities"].as_array().unwrap().clone();
        board.into_iter().filter(|line| line["kind"] == "CRISIS_ACTION").collect::<Vec<_>>()
    };
    let line = |nobody: bool, person: Value| {
        json!({"kind": "CRISIS_ACTION", "due": null, "owner": {"nobody": nobody, "person": person},
            "crisisAction": {"what": "Kwartel haalt hem op.", "nobodyYet": nobody}})
    };
    assert_eq!(board(&anja).await, [line(true, Value::Null)]);
    server.tell("2027-05-18");
    let anja = server.as_("anja");
    assert_eq!(anja.case(&family.case, PLAN).await["crisisPlan"]["stale"], true);
    anja.does("reviewCrisisPlan", family.input(json!({"words": "Het klopt nog."}))).await;
    let looked = anja.case(&family.case, PLAN).await["crisisPlan"].clone();
    assert_eq!(
        (&looked["stale"], &looked["incomplete"], &looked["found"]),
        (&json!(false), &json!(true), &json!("Het klopt nog."))
    );
    anja.does("writeCrisisPlan", plan_of(&family, &json!({"person": family.mother}))).await;
    let now = anja.case(&family.case, PLAN).await["crisisPlan"].clone();
    assert_eq!((&now["current"], &now["earlier"]), (&json!(true), &json!(["2026-11-16"])));
    assert_eq!(board(&anja).await, [line(false, json!({"id": family.mother}))]);
    // Nobody but who directs and the expert team: access not, a supporter not.
    for other in ["noor", "petra"] {
        let answer = server
            .as_(other)
            .ask_with(
                "query($id: ID!) { case(id: $id) { crisisPlan { signs } plans { responsibilities { crisisAction { what } } } } }",
                json!({"id": family.case}),
            )
            .await;
        let text = answer.body.to_string();
        assert!(!text.contains("Merel") && !text.contains("Kwartel"), "{other}: {text}");
    }
}

/// The relation between the two: the plan is what was agreed in calm, the card what holds tonight; the card shows who does what by the plan
/// as long as it is not stale.
#[tokio::test]
async fn the_crisis_card_shows_who_does_what_by_the_plan() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let card = json!({"child": family.son, "call": "Tante, 06 12 34 56 78", "expires": "2027-04-30"});
    anja.does("writeCrisisCard", family.input(card)).await;
    let query = "query($case: ID!, $child: ID!) { crisisCard(caseId: $case, child: $child) {
        call plan { written stale incomplete actions { what owner nobodyYet } } printable } }";
    let of_card = async |who: &Person| {
        let variables = json!({"case": family.case, "child": family.son});
        who.ask_with(query, variables).await.data("crisisCard")
    };
    assert_eq!(of_card(&anja).await["plan"], Value::Null);
    anja.does("writeCrisisPlan", plan_of(&family, &json!({"worker": server.worker("anja")}))).await;
    let seen = of_card(&anja).await;
    let action = json!({"what": "Kwartel haalt hem op.", "owner": "Anja", "nobodyYet": false});
    assert_eq!(
        seen["plan"],
        json!({"written": "2026-11-16", "stale": false, "incomplete": false, "actions": [action]})
    );
    assert!(seen["printable"].as_str().unwrap().contains("Anja: Kwartel haalt hem op."), "{seen}");
    // In an emergency the card is read, and not the plan itself.
    let open = json!({"ground": {"vitalInterest": true}, "reason": "Kind is weg."});
    server.as_("joost").does("openEmergencyAccess", family.input(open)).await;
    let joost = server.as_("joost").with("Rustpunt-Purpose", "emergency/1");
    assert!(of_card(&joost).await["plan"].to_string().contains("Kwartel"));
    assert_eq!(joost.case(&family.case, PLAN).await["crisisPlan"], Value::Null);
    server.tell("2027-05-18");
    let stale = of_card(&server.as_("anja")).await["plan"].clone();
    assert_eq!((&stale["stale"], &stale["actions"]), (&json!(true), &json!([])));
}

/// 004b R47: asked when regular help is stuck; the family is told that it does not fix; its members read the crisis plan and the child layer,
/// as long as a consent names them.
#[tokio::test]
async fn the_expert_team_reads_the_crisis_plan_and_the_child_layer() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (anja, petra) = (server.as_("anja"), server.as_("petra"));
    anja.does("writeCrisisPlan", plan_of(&family, &Value::Null)).await;
    let of_child = json!({"child": family.son, "call": "06 12 34 56 78", "expires": "2027-04-30"});
    anja.does("writeCrisisCard", family.input(of_child)).await;
    let contact = json!({"with": [family.mother], "said": "Reiger zei ze."});
    anja.does("recordContact", family.input(contact)).await;
    let ask = json!({"organisation": "ret-gooi", "children": [family.son], "stuck": "Ekster: niemand ziet een weg."});
    let ret = made(&anja.does("askRet", family.input(ask.clone())).await, "RET")[0].clone();
    refuses(&anja, "askRet", family.input(ask), "RET_ALREADY_ASKED").await;
    let join = family.input(json!({"ret": ret, "members": [server.worker("petra")]}));
    let answer = refuses(&anja, "joinRet", join.clone(), "RET_FAMILY_NOT_TOLD").await;
    assert!(answer.message().contains("does not fix"), "{}", answer.message());
    let told = json!({"ret": ret, "told": {"persons": [family.mother], "words": "Zij lossen het niet op."}});
    anja.does("tellFamilyOfRet", family.input(told)).await;
    refuses(&anja, "joinRet", join.clone(), "RET_CONSENT_MISSING").await;
    let waits = anja.case(&family.case, "agenda { word day }").await.to_string();
    assert!(waits.contains("ret_asked") && waits.contains("2026-11-23"), "{waits}");
    let consent = json!({"giver": family.mother, "subject": family.son, "kind": "JOINING", "evidence": "SPOKEN",
        "recipients": [server.worker("petra")]});
    let consent = made(&anja.does("grantConsent", family.input(consent)).await, "CONSENT")[0].clone();
    let query = "query($id: ID!) { case(id: $id) { id } }";
    assert_eq!(petra.ask_with(query, json!({"id": family.case})).await.code(), "NOT_AVAILABLE", "not in yet");
    anja.does("joinRet", join).await;
    let seen = petra.case(&family.case, &format!("{PLAN} {TEAMS} people {{ name }}")).await;
    assert_eq!(seen["crisisPlan"]["actions"][0]["what"], "Kwartel haalt hem op.", "{seen}");
    assert_eq!(
        (&seen["expertTeams"][0]["members"][0]["name"], &seen["expertTeams"][0]["joinedOn"]),
        (&json!("Petra"), &json!("2026-11-16"))
    );
    assert!(seen["expertTeams"][0]["stuck"].as_str().unwrap().contains("Ekster"));
    let all = petra
        .case(&family.case, "timeline(first: 100) { nodes { words { text } } } contacts { said }")
        .await
        .to_string();
    assert!(!all.contains("Reiger"), "a talk with the mother is hers: {all}");
    let variables = json!({"case": family.case, "child": family.son});
    let card = petra
        .ask_with("query($case: ID!, $child: ID!) { crisisCard(caseId: $case, child: $child) { call } }", variables)
        .await;
    assert!(!card.body.to_string().contains("06 12"), "not the crisis card: {}", card.body);
    // A consent that is withdrawn closes it at the next request.
    anja.does("withdrawConsent", family.input(json!({"consent": consent}))).await;
    assert_eq!(petra.ask_with(query, json!({"id": family.case})).await.code(), "NOT_AVAILABLE");
    anja.does("endRet", family.input(json!({"ret": ret, "words": "Er is weer een weg."}))).await;
    let team = anja.case(&family.case, TEAMS).await["expertTeams"][0].clone();
    assert_eq!((&team["endedOn"], &team["result"]), (&json!("2026-11-16"), &json!("Er is weer een weg.")));
    refuses(&anja, "endRet", family.input(json!({"ret": ret, "words": "Nog eens."})), "RET_OVER").await;
    refuses(&anja, "endRet", family.input(json!({"ret": Uuid::new_v4(), "words": "Welke?"})), "RET_UNKNOWN").await;
}

/// Case 08: incomplete from the start by an unowned action; six months end on 2026-06-01, stale from 06-02; revised on 10-01: current.
#[tokio::test]
async fn the_crisis_plan_of_case_08_is_incomplete_then_stale_then_current() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case("08"));
    let on = async |day: &str| {
        let plan = lotte.about(&case, day, PLAN).await["crisisPlan"].clone();
        (plan["written"].clone(), plan["incomplete"].clone(), plan["stale"].clone(), plan["current"].clone())
    };
    assert_eq!(lotte.about(&case, "2025-11-30", PLAN).await["crisisPlan"], Value::Null);
    let first = json!("2025-12-01");
    assert_eq!(on("2025-12-01").await, (first.clone(), json!(true), json!(false), json!(false)));
    assert_eq!(on("2026-06-01").await, (first.clone(), json!(true), json!(false), json!(false)));
    assert_eq!(on("2026-06-02").await, (first, json!(true), json!(true), json!(false)));
    assert_eq!(on("2026-10-01").await, (json!("2026-10-01"), json!(false), json!(false), json!(true)));
    let now = lotte.case(&case, PLAN).await["crisisPlan"].clone();
    assert_eq!((&now["lookedAt"], &now["earlier"]), (&Value::Null, &json!(["2025-12-01"])), "never reviewed");
    // Each writing has its own term of six months: the first ran out at eight on 06-02, the last runs.
    let line = "timeline(first: 100) { nodes { kind occurredOn due { what lastDay at } } }";
    let entries = lotte.case(&case, line).await["timeline"]["nodes"].clone();
    let written = entries.as_array().unwrap().iter().filter(|entry| entry["kind"] == "CrisisPlanWritten");
    let terms: Vec<Value> = written.map(|entry| json!([entry["occurredOn"], entry["due"]])).collect();
    let due = |last_day: &str, at: &str| json!([{"what": "crisis_plan", "lastDay": last_day, "at": at}]);
    assert_eq!(
        terms,
        [
            json!(["2026-10-01", due("2027-04-01", "2027-04-02T06:00:00.000000Z")]),
            json!(["2025-12-01", due("2026-06-01", "2026-06-02T06:00:00.000000Z")]),
        ]
    );
}

/// Case 08: asked on 08-05, told that it does not fix, first meeting 08-12 with an invitation list of twenty that shows duplicates.
#[tokio::test]
async fn the_expert_team_of_case_08_meets_within_a_week() {
    let demo = shared();
    let (lotte, case) = (demo.as_("lotte"), demo.case("08"));
    let team = lotte.case(&case, TEAMS).await["expertTeams"][0].clone();
    assert_eq!((&team["asked"], &team["joinedOn"]), (&json!("2026-08-05"), &json!("2026-08-12")));
    assert_eq!(each(&team["members"], "name"), ["Iris", "Tobias"]);
    let told = &team["told"][0];
    assert!(told["words"].as_str().unwrap().contains("lost het niet op"), "{told}");
    assert_eq!(told["persons"].as_array().unwrap().len(), 3);
    let fields = "conferences { kind planned organisationsTwice invited { outside } held { day } }";
    let meeting = find(&lotte.case(&case, fields).await["conferences"], "kind", "RET_MDO").clone();
    assert_eq!(meeting["invited"].as_array().unwrap().len(), 20);
    assert_eq!(
        meeting["organisationsTwice"],
        json!([
            "gezinshulp-het-spoor",
            "ggz-jeugd-het-baken",
            "jeugdhulp-de-linde",
            "ret-flevoland",
            "school-de-vaart",
            "wijkteam-almere"
        ])
    );
    assert_eq!(meeting["held"]["day"], "2026-08-12");
    let iris = demo.as_("iris").case(&case, &format!("{PLAN} contacts {{ said }}")).await;
    assert_eq!(iris["crisisPlan"]["current"], true, "{iris}");
    assert_eq!(iris["contacts"], json!([]));
    assert_eq!(
        demo.as_("hugo").ask_with("query($id: ID!) { case(id: $id) { id } }", json!({"id": case})).await.code(),
        "NOT_AVAILABLE"
    );
}
