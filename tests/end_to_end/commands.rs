//! Commands over HTTP: one intention, one effect; one winner; and what a client sees that looked at an old page (R05, R18).

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Person, each};
use crate::family::{Family, made};
use crate::server::{fresh, shared};

#[tokio::test]
async fn the_same_command_twice_has_one_effect_and_one_answer() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let input = family.input(json!({"commandId": Uuid::new_v4(), "name": "Quinten", "role": "PARENT"}));
    let first = noor.does("addPerson", input.clone()).await;
    let head = server.head().await;
    let second = noor.does("addPerson", input).await;
    assert_eq!(first["created"], second["created"]);
    assert_eq!((&first["repeated"], &second["repeated"]), (&json!(false), &json!(true)));
    assert_eq!(server.head().await, head);
}

#[tokio::test]
async fn a_case_opened_twice_with_one_command_id_is_one_case() {
    let server = fresh("2026-11-16");
    let noor = server.as_("noor");
    let mut opening = crate::family::opening();
    opening["commandId"] = json!(Uuid::new_v4());
    let (first, second) = (noor.does("openCase", opening.clone()).await, noor.does("openCase", opening).await);
    assert_eq!(made(&first, "CASE"), made(&second, "CASE"));
    assert_eq!(second["repeated"], true);
    assert_eq!(noor.ask("{ caseload { totalCount } }").await.data("caseload")["totalCount"], 1);
}

#[tokio::test]
async fn a_command_id_is_not_used_for_something_else_nor_by_somebody_else() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let id = Uuid::new_v4();
    let departure = |what: &str| family.input(json!({"commandId": id, "rule": "family_decides", "what": what}));
    server.as_("noor").does("reportDeparture", departure("Het ging anders.")).await;
    server.as_("anja").ask("{ me { id } }").await;
    let head = server.head().await;
    assert_eq!(
        server.as_("noor").refused("reportDeparture", departure("Het ging nog anders.")).await,
        "COMMAND_ID_REUSED"
    );
    assert_eq!(server.as_("anja").refused("reportDeparture", departure("Het ging anders.")).await, "COMMAND_ID_REUSED");
    assert_eq!(server.head().await, head);
}

/// Domain rule 1, R09: at most one at any moment, whoever asks at the same time.
#[tokio::test]
async fn of_clients_that_race_to_assign_a_director_exactly_one_wins() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    let noor = server.as_("noor");
    let tries = ["anja", "joost", "layla", "anja", "joost", "layla"].map(|key| {
        let (noor, input) = (noor.clone(), family.assigning(&server, key));
        tokio::spawn(async move { noor.send("assignCaseDirector", input).await })
    });
    let mut won = 0;
    for tried in tries {
        let answer = tried.await.unwrap();
        match answer.body.get("errors") {
            None => won += 1,
            Some(_) => assert_eq!(answer.code(), "DIRECTOR_PRESENT"),
        }
    }
    assert_eq!(won, 1);
    let regie = noor.case(&family.case, "regie { directors { since } }").await["regie"].clone();
    assert_eq!(regie["directors"].as_array().unwrap().len(), 1);
}

/// R22: a revision belongs to its viewer, and tells nothing of what the viewer may not see.
#[tokio::test]
async fn a_revision_moves_only_when_something_visible_changed() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let (seen_by_noor, seen_by_anja) = (family.revision(&noor).await, family.revision(&anja).await);
    assert_ne!(seen_by_noor, seen_by_anja);
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    assert_eq!(family.revision(&noor).await, seen_by_noor);
    assert_ne!(family.revision(&anja).await, seen_by_anja);
}

#[tokio::test]
async fn an_old_revision_is_refused_only_to_who_could_see_the_change() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let (seen_by_noor, seen_by_anja) = (family.revision(&noor).await, family.revision(&anja).await);
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "PARENT"}))).await;
    let appointing = |revision: &str| {
        let mut input = family.deputising(&server, "joost", "2026-11-20");
        input["expectedRevision"] = json!(revision);
        input
    };
    let conflict = anja.send("appointDeputy", appointing(&seen_by_anja)).await;
    assert_eq!(conflict.code(), "CHANGED_SINCE");
    let timeline = anja.case(&family.case, "timeline(first: 1) { nodes { id kind } }").await;
    let latest = &timeline["timeline"]["nodes"][0];
    assert_eq!(conflict.details(), json!({"facts": [latest["id"]], "kinds": [latest["kind"]]}), "it says what changed");
    let hers = family.revision(&anja).await;
    assert_eq!(noor.refused("appointDeputy", appointing(&hers)).await, "CHANGED_SINCE", "a revision is its viewer's");
    noor.does("appointDeputy", appointing(&seen_by_noor)).await;
    let conflict = noor.send("appointDeputy", appointing(&seen_by_noor)).await;
    assert_eq!(conflict.code(), "CHANGED_SINCE");
    assert_eq!(conflict.details()["kinds"], json!(["DeputyAppointed"]), "of the new person nothing is said");
}

/// Noor looks as an access worker and answers as the successor, who sees another part of the case: her look is what counts.
#[tokio::test]
async fn a_revision_holds_for_an_act_that_rests_on_another_relation() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let (noor, anja) = (server.as_("noor"), server.as_("anja"));
    let offered = anja.does("offerHandover", family.offering(&server, "noor", "2026-11-20")).await;
    let handover = made(&offered, "HANDOVER")[0].clone();
    let reading = |revision: &str| family.input(json!({"handover": handover, "expectedRevision": revision}));
    let seen = family.revision(&noor).await;
    anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-18")).await;
    let conflict = noor.send("readHandoverSummary", reading(&seen)).await;
    assert_eq!(
        (conflict.code().as_str(), &conflict.details()["kinds"]),
        ("CHANGED_SINCE", &json!(["DeputyAppointed"]))
    );
    let seen = family.revision(&noor).await;
    assert_eq!(made(&noor.does("readHandoverSummary", reading(&seen)).await, "FACT").len(), 1);
}

/// An answer that was lost on its way: the same bytes again find the effect, whatever they expected; right and law are judged as of
/// now all the same.
#[tokio::test]
async fn a_command_that_names_a_revision_can_be_repeated() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let named = |id: Uuid, name: &str, revision: &str| {
        let person = json!({"commandId": id, "name": name, "role": "PARENT", "expectedRevision": revision});
        family.input(person)
    };
    let (id, seen) = (Uuid::new_v4(), family.revision(&anja).await);
    let first = anja.does("addPerson", named(id, "Quinten", &seen)).await;
    let head = server.head().await;
    let second = anja.does("addPerson", named(id, "Quinten", &seen)).await;
    assert_eq!((&second["repeated"], &second["created"]), (&json!(true), &first["created"]));
    assert_eq!(anja.refused("addPerson", named(id, "Roderick", &seen)).await, "COMMAND_ID_REUSED");
    assert_eq!(anja.refused("addPerson", named(Uuid::new_v4(), "Quinten", &seen)).await, "CHANGED_SINCE");
    assert_eq!(server.head().await, head);
    assert_eq!(server.as_("kees").refused("addPerson", named(id, "Quinten", &seen)).await, "NOT_AVAILABLE");
}

/// The rows of a list, page by page; each page is asked for with the cursor of the one before.
async fn pages(person: &Person, query: &str, path: &[&str], first: u32) -> Vec<Value> {
    let (mut after, mut rows) = (Value::Null, Vec::new());
    loop {
        let answer = person.ask_with(query, json!({"first": first, "after": after})).await;
        let list = path.iter().fold(answer.body["data"].clone(), |value, step| value[*step].clone());
        assert!(list["edges"].as_array().is_some_and(|edges| edges.len() <= first as usize), "{}", answer.body);
        rows.extend(list["edges"].as_array().unwrap().iter().map(|edge| edge["node"].clone()));
        if list["pageInfo"]["hasNextPage"] != true {
            assert_eq!(list["totalCount"], json!(rows.len()));
            return rows;
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}

const PAGE: &str = "totalCount pageInfo { hasNextPage endCursor } edges";

#[tokio::test]
async fn pages_of_a_timeline_hold_every_entry_once() {
    let demo = shared();
    let layla = demo.as_("layla");
    let query = format!(
        "query($first: Int, $after: String) {{ case(id: \"{}\") {{ timeline(first: $first, after: $after) {{ {PAGE} {{ node {{ id }} }} }} }} }}",
        demo.case("05")
    );
    let path = ["case", "timeline"];
    let at_once = pages(&layla, &query, &path, 100).await;
    assert!(at_once.len() > 40, "{}", at_once.len());
    for first in [1, 7] {
        assert_eq!(pages(&layla, &query, &path, first).await, at_once);
    }
}

#[tokio::test]
async fn pages_of_a_caseload_hold_every_case_once() {
    let demo = shared();
    let noor = demo.as_("noor");
    let query = format!(
        "query($first: Int, $after: String) {{ caseload(first: $first, after: $after) {{ {PAGE} {{ node {{ case {{ id }} }} }} }} }}"
    );
    let at_once = pages(&noor, &query, &["caseload"], 100).await;
    let cases = each(&json!(each(&json!(at_once), "case")), "id");
    assert_eq!(cases, [demo.case("01"), demo.case("03"), demo.case("05")]);
    for first in [1, 2] {
        assert_eq!(pages(&noor, &query, &["caseload"], first).await, at_once);
    }
}

#[tokio::test]
async fn a_cursor_of_somebody_else_or_of_another_list_is_refused() {
    let demo = shared();
    let (noor, anja) = (demo.as_("noor"), demo.as_("anja"));
    let cursor =
        |answer: crate::client::Answer| answer.data("caseload")["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let caseload = "query($after: String) { caseload(after: $after) { pageInfo { endCursor } } }";
    let hers = cursor(noor.ask(caseload).await);
    assert_eq!(anja.ask_with(caseload, json!({"after": hers})).await.code(), "BAD_CURSOR");
    let gaps = "query($after: String) { gaps(after: $after) { totalCount } }";
    assert_eq!(noor.ask_with(gaps, json!({"after": hers})).await.code(), "BAD_CURSOR");
    let timeline = format!(
        "query($after: String) {{ case(id: \"{}\") {{ timeline(after: $after) {{ totalCount }} }} }}",
        demo.case("01")
    );
    assert_eq!(noor.ask_with(&timeline, json!({"after": hers})).await.code(), "BAD_CURSOR");
    assert!(noor.ask_with(caseload, json!({"after": hers})).await.body.get("errors").is_none());
}

/// A look back at a day lists what was told later about it, and nothing that came after.
#[tokio::test]
async fn a_look_back_at_a_day_lists_nothing_of_after_it() {
    let server = fresh("2026-11-16");
    let family = Family::open(&server).await;
    server.tell("2026-11-20");
    let noor = server.as_("noor");
    let lives = json!({"label": "bij mama", "from": "2026-11-16", "members": [family.mother]});
    noor.does("formHousehold", family.input(lives)).await;
    noor.does("closeCase", family.input(json!({"outcome": "GOOD_ENOUGH"}))).await;
    let fields = "timeline(first: 100) { totalCount nodes { kind } }";
    let kinds = |case: &Value| each(&case["timeline"]["nodes"], "kind");
    let then = noor.about(&family.case, "2026-11-16", fields).await;
    assert!(!kinds(&then).contains(&json!("CaseClosed")), "{then}");
    assert!(kinds(&then).contains(&json!("MembershipRecorded")), "{then}");
    assert_eq!(then["timeline"]["totalCount"], json!(kinds(&then).len()));
    let now = noor.case(&family.case, fields).await;
    assert!(kinds(&now).contains(&json!("CaseClosed")), "{now}");
}
