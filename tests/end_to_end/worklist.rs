//! What waits for somebody, line by line: in one order, in pages of any size, and nothing twice.

use serde_json::{Value, json};

use crate::client::{Person, each};
use crate::family::Family;
use crate::server::{Fresh, fresh};

const PAGE: &str = "query($first: Int, $after: String) { worklist(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { kind caseId day handoverId worker { id } } } }";

/// All lines, page by page; no page but the last one is short.
async fn walk(person: &Person, first: usize) -> Vec<Value> {
    let (mut lines, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = person.ask_with(PAGE, json!({"first": first, "after": after})).await.data("worklist");
        let (shown, more) = (page["nodes"].as_array().unwrap(), page["pageInfo"]["hasNextPage"] == true);
        assert!(shown.len() == first || (!more && shown.len() < first), "first {first}: {page}");
        lines.extend(shown.iter().cloned());
        if !more {
            return lines;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

async fn joins(server: &Fresh, family: &Family, key: &str) {
    let party = json!({
        "worker": server.worker(key), "organisation": "zorg-bv", "specialist": true, "expectedEnd": "2026-11-17",
        "consents": [], "explanation": "Was er al.",
    });
    server.as_("anja").does("reportPartyJoined", family.input(party)).await;
}

/// Joost stands in for Anja in two cases, in both of which she wants him to take over; in the first one specialists stayed too long.
#[tokio::test]
async fn pages_of_a_worklist_hold_each_line_once() {
    let server = fresh("2026-11-16");
    let (anja, joost) = (server.as_("anja"), server.as_("joost"));
    let one = Family::directed(&server).await;
    for key in ["petra", "sam", "wim"] {
        joins(&server, &one, key).await;
    }
    server.tell("2026-11-17");
    let two = Family::directed(&server).await;
    for (family, planned) in [(&one, "2026-11-27"), (&two, "2026-11-26")] {
        anja.does("appointDeputy", family.deputising(&server, "joost", "2026-11-20")).await;
        anja.does("offerHandover", family.offering(&server, "joost", planned)).await;
    }
    server.tell("2026-11-18");
    let all = walk(&joost, 100).await;
    let place = |line: &Value| (line["kind"].clone(), line["caseId"] == one.case.as_str());
    let places: Vec<(Value, bool)> = all.iter().map(place).collect();
    let expected = [
        ("HANDOVER_WAITING", false),
        ("HANDOVER_WAITING", true),
        ("DEPUTY_ENDING", true),
        ("SPECIALIST_OVERDUE", true),
        ("SPECIALIST_OVERDUE", true),
        ("SPECIALIST_OVERDUE", true),
        ("DEPUTY_ENDING", false),
    ]
    .map(|(kind, of_one)| (json!(kind), of_one));
    assert_eq!(places, expected);
    for first in 1..=expected.len() + 1 {
        assert_eq!(walk(&joost, first).await, all, "first {first}");
    }
    // For Anja each offer is a line of its case: she waits for the answer.
    let hers = walk(&anja, 100).await;
    assert_eq!(each(&json!(hers), "kind").iter().filter(|kind| **kind == "HANDOVER_WAITING").count(), 2);
}

#[tokio::test]
async fn a_worklist_takes_pages_and_cursors_of_its_own_only() {
    let server = fresh("2026-11-16");
    Family::open(&server).await;
    let noor = server.as_("noor");
    for first in [0, -1, 101] {
        let answer = noor.ask_with(PAGE, json!({"first": first})).await;
        assert_eq!((answer.code().as_str(), &answer.details()["limit"]), ("BAD_PAGE", &json!(100)), "first {first}");
    }
    let caseload = noor.ask("{ caseload { pageInfo { endCursor } } }").await.data("caseload");
    for cursor in [caseload["pageInfo"]["endCursor"].clone(), json!("nonsense")] {
        assert_eq!(noor.ask_with(PAGE, json!({"after": cursor})).await.code(), "BAD_CURSOR");
    }
    let own = noor.ask_with(PAGE, json!({})).await.data("worklist")["pageInfo"]["endCursor"].clone();
    assert_eq!(server.as_("anja").ask_with(PAGE, json!({"after": own})).await.code(), "BAD_CURSOR");
}

/// The line after the last one is looked at and not shown: the trail says what was shown.
#[tokio::test]
async fn the_trail_of_a_worklist_names_the_lines_it_showed() {
    let server = fresh("2026-11-16");
    let mut cases = Vec::new();
    for day in ["2026-11-16", "2026-11-17"] {
        server.tell(day);
        cases.push(Family::open(&server).await.case);
    }
    for first in [1, 2] {
        let answer = server.as_("noor").ask_with(PAGE, json!({"first": first})).await;
        let entry = crate::trail_files::only(&server.folder, &answer.request).await;
        let expected: Vec<String> = cases[..first].iter().map(|case| format!("case:{case}")).collect();
        let mut subjects = each_text(&entry["subjects"]);
        subjects.sort_unstable_by_key(|subject| expected.iter().position(|case| case == subject));
        assert_eq!(subjects, expected, "{entry}");
    }
}

fn each_text(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}
