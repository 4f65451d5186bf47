//! Who looked at what, as the privacy officer of the municipality reads it (`privacy.md`, question 3).

use std::fs;

use api::node::TRAIL;
use serde_json::{Value, json};

use crate::client::{Answer, Person, each};
use crate::family::{ELSEWHERE, Family};
use crate::server::{Server, fresh, shared};
use crate::trail_files::only;

const LOG: &str = "query($filter: AccessLogFilter! = {}, $first: Int, $after: String) {
    accessLog(filter: $filter, first: $first, after: $after) {
        totalCount atLeast pageInfo { hasNextPage endCursor }
        nodes { at who { id name } role organisation onBehalfOf { id } purposes kind operations subjects { kind id }
            fields { field class } count outcome code emergency policy request trace
            decisions { operation purpose relation rules consentIds refused judgedOn { stream revision } } } } }";

async fn log(officer: &Person, filter: Value) -> Answer {
    officer.ask_with(LOG, json!({"filter": filter})).await
}

async fn looks(officer: &Person, filter: Value) -> Vec<Value> {
    log(officer, filter).await.data("accessLog")["nodes"].as_array().unwrap().clone()
}

/// The requests of the log, newest first.
async fn requests(officer: &Person, filter: Value) -> Vec<Value> {
    each(&json!(looks(officer, filter).await), "request")
}

/// A family with its director, at whom Anja looked twice and Kees was refused: what each asked for.
async fn looked_at(server: &Server) -> (Family, [Answer; 3]) {
    let family = Family::directed(server).await;
    let query = "query($id: ID!) { case(id: $id) { people { name } } }";
    let look = async |key: &str| server.as_(key).ask_with(query, json!({"id": family.case})).await;
    let looks = [look("anja").await, look("kees").await, look("anja").await];
    (family, looks)
}

#[tokio::test]
async fn the_privacy_officer_reads_who_looked_for_what_purpose_and_by_which_rule() {
    let server = fresh("2026-11-16");
    let (family, [first, refused, second]) = looked_at(&server).await;
    let ravi = server.as_("ravi");
    let found = looks(&ravi, json!({"person": family.mother})).await;
    assert_eq!(each(&json!(found), "request"), [json!(second.request), json!(first.request)]);
    let look = &found[0];
    assert_eq!(look["who"], json!({"id": server.worker("anja"), "name": "Anja"}));
    assert_eq!(
        [&look["role"], &look["organisation"], &look["kind"], &look["outcome"], &look["purposes"], &look["operations"]],
        [
            &json!("CASE_DIRECTOR"),
            &json!("jeugd-en-gezin-gooi"),
            &json!("QUERY"),
            &json!("GRANTED"),
            &json!(["coordination/1"]),
            &json!(["case"])
        ]
    );
    assert!(look["fields"].as_array().unwrap().contains(&json!({"field": "person.name", "class": "ordinary"})));
    let decision = &look["decisions"][0];
    assert_eq!(
        (&decision["relation"], &decision["rules"]),
        (&json!("director"), &json!(["director.does", "director.sees", "director.sees_dons"]))
    );
    assert_eq!(decision["judgedOn"][0]["stream"], format!("case-{}", family.case));
    assert!(decision["judgedOn"][0]["revision"].is_u64());

    let attempts = looks(&ravi, json!({"case": family.case, "refusedOnly": true})).await;
    assert_eq!(each(&json!(attempts), "request"), [json!(refused.request)]);
    assert_eq!((&attempts[0]["code"], &attempts[0]["outcome"]), (&json!("NOT_AVAILABLE"), &json!("REFUSED")));
    assert_eq!(attempts[0]["who"]["id"], server.worker("kees"));
}

#[tokio::test]
async fn no_word_about_a_family_stands_in_the_log() {
    let server = fresh("2026-11-16");
    looked_at(&server).await;
    let log = log(&server.as_("ravi"), json!({})).await.body.to_string();
    for word in ["Wilhelmina", "Bartholomeus", "1990-05-05"] {
        assert!(!log.contains(word), "{word}");
    }
}

#[tokio::test]
async fn filters_narrow_the_log() {
    let server = fresh("2026-11-16");
    let (family, [first, refused, second]) = looked_at(&server).await;
    let ravi = server.as_("ravi");
    let by_anja = json!([second.request, first.request]);
    let (anja, kees) = (server.worker("anja"), server.worker("kees"));
    let today = "2026-11-16";
    for (filter, expected) in [
        (json!({"worker": anja, "operation": "case"}), &by_anja),
        (json!({"worker": kees}), &json!([refused.request])),
        (json!({"organisation": "jeugd-en-gezin-gooi", "outcome": "GRANTED", "person": family.son}), &by_anja),
        (json!({"purpose": "coordination/1", "worker": anja, "from": today, "until": today}), &by_anja),
        (json!({"purpose": "access/1", "worker": anja}), &json!([])),
        (json!({"worker": anja, "until": "2026-11-15"}), &json!([])),
        (json!({"emergencyOnly": true}), &json!([])),
    ] {
        assert_eq!(json!(requests(&ravi, filter.clone()).await), *expected, "{filter}");
    }
    assert_eq!(log(&ravi, json!({"purpose": "curiosity/1"})).await.code(), "PURPOSE_UNKNOWN");
    assert_eq!(log(&ravi, json!({"person": "nobody"})).await.code(), "BAD_ID");
}

/// CC-B4: reading the trail is in the trail, with whom it was about, and shows from the next first page on.
#[tokio::test]
async fn reading_the_log_is_in_the_log() {
    let server = fresh("2026-11-16");
    let (family, _) = looked_at(&server).await;
    let ravi = server.as_("ravi");
    let answer = log(&ravi, json!({"person": family.mother})).await;
    assert!(!answer.body.to_string().contains(&answer.request), "not yet");
    let kept = only(&server.folder, &answer.request).await;
    let asked = json!(format!("person:{}", family.mother));
    assert!(kept["subjects"].as_array().unwrap().contains(&asked), "{kept}");
    assert_eq!((&kept["role"], &kept["outcome"]), (&json!("privacy_officer"), &json!("granted")));
    let judged = &kept["judgements"][0];
    assert_eq!(
        (&judged["operation"], &judged["purpose"], &judged["relation"], &judged["rules"]),
        (
            &json!("accessLog"),
            &json!("oversight/1"),
            &json!("privacy_officer"),
            &json!(["privacy_officer.does", "privacy_officer.is_told", "privacy_officer.sees"])
        )
    );
    let next = looks(&ravi, json!({"person": family.mother})).await;
    assert_eq!(next[0]["request"], answer.request);
    assert_eq!(next[0]["operations"], json!(["accessLog"]));
    let nothing = log(&ravi, json!({"person": uuid::Uuid::new_v4()})).await;
    assert_eq!(nothing.data("accessLog")["totalCount"], 0);
    assert_eq!(only(&server.folder, &nothing.request).await["subjects"].as_array().unwrap().len(), 1);
}

/// Whoever is not the privacy officer of the municipality hears what everybody hears of what is not theirs.
#[tokio::test]
async fn nobody_else_reads_the_log_and_another_municipality_reads_its_own() {
    let server = fresh("2026-11-16");
    let (family, _) = looked_at(&server).await;
    for key in ["anja", "noor", "gerda", "hugo", "olivier", "petra"] {
        let answer = log(&server.as_(key), json!({"case": family.case})).await;
        assert_eq!(answer.code(), "NOT_AVAILABLE", "{key}");
        assert_eq!(only(&server.folder, &answer.request).await["outcome"], "refused");
    }
    let elsewhere = server.as_at("ravi", "gemeente-hilversum");
    for filter in [json!({}), json!({"person": family.mother}), json!({"case": family.case})] {
        let answer = log(&elsewhere, filter.clone()).await;
        let seen = answer.data("accessLog");
        let own = seen["nodes"].as_array().unwrap();
        assert!(own.iter().all(|look| look["operations"] == json!(["accessLog"])), "{filter}: {seen}");
        assert_eq!(seen["totalCount"], own.len(), "{filter}");
    }
}

/// Pages go on where they ended, whatever is looked at meanwhile; a cursor is of its reader and list alone.
#[tokio::test]
async fn pages_of_the_log_stand_still_while_others_look() {
    let server = fresh("2026-11-16");
    let (family, _) = looked_at(&server).await;
    let (ravi, anja) = (server.as_("ravi"), server.as_("anja"));
    for _ in 0..5 {
        family.look(&anja).await;
    }
    let filter = json!({"worker": server.worker("anja"), "operation": "case"});
    let whole = requests(&ravi, filter.clone()).await;
    assert_eq!(whole.len(), 7);
    let (mut walked, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = ravi.ask_with(LOG, json!({"filter": filter, "first": 2, "after": after})).await.data("accessLog");
        walked.extend(each(&page["nodes"], "request"));
        after = page["pageInfo"]["endCursor"].clone();
        family.look(&anja).await;
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(walked, whole);
    assert!(!after.as_str().unwrap().contains("trail"));
    for (person, cursor) in [(server.as_at("gerda", "uitvoeringsdienst-gooi"), &after), (ravi.clone(), &json!("x"))] {
        let answer = person.ask_with(LOG, json!({"after": cursor})).await;
        assert!(["BAD_CURSOR", "NOT_AVAILABLE"].contains(&answer.code().as_str()), "{}", answer.body);
    }
    assert_eq!(ravi.ask_with(LOG, json!({"first": 101})).await.code(), "BAD_PAGE");
}

#[tokio::test]
async fn without_its_index_the_log_says_the_same_and_without_its_file_it_says_so() {
    let server = fresh("2026-11-16");
    looked_at(&server).await;
    server.tell("2026-12-01");
    looked_at(&server).await;
    let ravi = server.as_("ravi");
    let filter = json!({"organisation": "jeugd-en-gezin-gooi"});
    let before = requests(&ravi, filter.clone()).await;
    assert_eq!(before.len(), 4, "of two months");
    let trail = server.folder.join(TRAIL);
    for month in ["2026-11", "2026-12"] {
        fs::remove_file(trail.join(format!("trail-{month}.index.db"))).unwrap();
    }
    assert_eq!(requests(&ravi, filter.clone()).await, before);
    fs::write(trail.join("trail-2026-10.db"), "lost").unwrap();
    assert_eq!(log(&ravi, filter).await.code(), "DATA_UNAVAILABLE");
}

/// Case 04: "Tess searches Lara on 10-13: the search is in the trail, with purpose". She supports the family and finds her, so the search
/// stands in the log of the municipality of the case; without the words that she typed.
#[tokio::test]
async fn the_search_of_case_04_is_in_the_log_with_its_purpose() {
    let demo = shared();
    let search = "{ searchPeople(search: {name: \"Lara\"}) { totalCount nodes { person { id } } } }";
    let answer = demo.as_("tess").ask(search).await;
    let lara = json!({"person": {"id": demo.id("04", "lara")}});
    assert_eq!(answer.data("searchPeople"), json!({"totalCount": 1, "nodes": [lara]}));
    let kept = only(&demo.folder, &answer.request).await;
    assert_eq!(kept["municipalities"], json!(["gemeente-amersfoort"]));
    let officer = demo.as_at("ravi", "gemeente-amersfoort");
    let found = looks(&officer, json!({"worker": demo.worker("tess"), "operation": "searchPeople"})).await;
    let look = found.iter().find(|look| look["request"] == json!(answer.request)).expect("the search");
    assert_eq!(look["purposes"], json!(["coordination/1"]));
    assert!(!look.to_string().contains("Lara"));
}

/// Case 06: "a worker asking on his behalf for more is refused, in the trail".
#[tokio::test]
async fn who_asked_for_more_in_case_06_is_refused_and_in_the_log() {
    let demo = shared();
    let case = demo.case("06");
    let more = "query($id: ID!) { case(id: $id) { people { name birthDate } consents { words } } }";
    let answer = demo.as_("daan").ask_with(more, json!({"id": case})).await;
    assert_eq!(answer.code(), "NOT_AVAILABLE");
    let officer = demo.as_at("ravi", "gemeente-heerlen");
    let found = looks(&officer, json!({"case": case, "refusedOnly": true, "worker": demo.worker("daan")})).await;
    let look = found.iter().find(|look| look["request"] == json!(answer.request)).expect("the attempt");
    assert_eq!((&look["code"], &look["count"]), (&json!("NOT_AVAILABLE"), &json!(0)));
    assert_eq!(look["decisions"][0]["rules"], json!([]));
}

const PEOPLE: &str = "query($id: ID!) { case(id: $id) { people { name } } }";

const BOTH: &str =
    "query($a: ID!, $b: ID!) { a: case(id: $a) { people { name } } b: case(id: $b) { people { name } } }";

const WHY: &str = "query($request: ID!) { why(request: $request) { operation granted code relation consentIds
    rules { id } judgedOn { caseId revision } } }";

/// R22: what one request showed of two municipalities, each reads of its own: that there is a case elsewhere is nothing of theirs, and to
/// ask for it finds nothing.
#[tokio::test]
async fn each_privacy_officer_reads_of_a_look_at_two_municipalities_their_own_part() {
    let server = fresh("2026-11-16");
    let (ours, theirs) = (Family::directed(&server).await, Family::elsewhere(&server).await);
    let anja = server.as_("anja");
    let aliased = anja.ask_with(BOTH, json!({"a": ours.case, "b": theirs.case})).await;
    assert_eq!(aliased.data("b")["people"].as_array().unwrap().len(), 2);
    let listed = anja.ask("{ caseload { nodes { case { id people { name } } } } }").await;
    assert_eq!(listed.data("caseload")["nodes"].as_array().unwrap().len(), 2);
    let officers = [(server.as_("ravi"), &ours, &theirs), (server.as_at("ravi", ELSEWHERE), &theirs, &ours)];
    for (officer, own, other) in officers {
        for request in [&aliased.request, &listed.request] {
            let log = looks(&officer, json!({"worker": server.worker("anja")})).await;
            let found: Vec<&Value> = log.iter().filter(|look| look["request"] == json!(request)).collect();
            let [look] = found[..] else { panic!("one look: {found:?}") };
            let why = officer.ask_with(WHY, json!({"request": request})).await.data("why").to_string();
            for (family, there) in [(own, true), (other, false)] {
                for id in [&family.case, &family.mother, &family.son] {
                    assert_eq!(look.to_string().contains(id.as_str()), there, "{id} in {look}");
                }
                assert_eq!(why.contains(family.case.as_str()), there, "{why}");
            }
        }
        for filter in [json!({"person": other.mother}), json!({"case": other.case})] {
            assert_eq!(looks(&officer, filter.clone()).await, Vec::<Value>::new(), "{filter}");
        }
    }
    // Who asked hears of both.
    let own = anja.ask_with(WHY, json!({"request": aliased.request})).await.data("why").to_string();
    assert!(own.contains(&ours.case) && own.contains(&theirs.case), "{own}");
}

/// R22: whoever tries an id and then reads the own log finds the same of a case elsewhere as of none, alone and beside what was granted.
#[tokio::test]
async fn what_is_elsewhere_and_what_is_nowhere_read_the_same_in_the_log_of_who_asked() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let officer = server.as_at("ravi", ELSEWHERE);
    let nowhere = uuid::Uuid::new_v4().to_string();
    let mut read = Vec::new();
    for id in [&family.case, &nowhere] {
        let tried = officer.ask_with(PEOPLE, json!({"id": id})).await;
        let beside = officer.ask_with(
            "query($id: ID!) { caseload { totalCount } case(id: $id) { people { name } } }",
            json!({"id": id}),
        );
        let beside = beside.await;
        let log = looks(&officer, json!({"refusedOnly": true, "case": id})).await;
        assert_eq!(each(&json!(log), "request"), [json!(beside.request), json!(tried.request)], "{id}");
        let mut why = Vec::new();
        for request in [&tried.request, &beside.request] {
            why.push(officer.ask_with(WHY, json!({"request": request})).await.data("why").to_string());
        }
        let mut log = log;
        for look in &mut log {
            for changes in ["at", "request", "trace"] {
                look[changes] = Value::Null;
            }
        }
        read.push((json!(log).to_string().replace(id.as_str(), "id"), why.join(" ").replace(id.as_str(), "id")));
    }
    assert_eq!(read[0], read[1]);
    // Whose case it is reads that it was tried, on the case as it stood.
    let attempts = looks(&server.as_("ravi"), json!({"case": family.case, "refusedOnly": true})).await;
    assert_eq!(attempts.len(), 2);
    assert!(attempts.iter().all(|look| look.to_string().contains("\"revision\":")), "{attempts:?}");
    let judged = find_judged(&attempts[0], "case");
    assert!(judged["judgedOn"][0]["revision"].is_u64(), "{judged}");
}

fn find_judged(look: &Value, operation: &str) -> Value {
    let mut decisions = look["decisions"].as_array().unwrap().iter();
    decisions.find(|judged| judged["operation"] == operation).unwrap().clone()
}

/// A neighbour hears nothing more of the case: neither who looked at it nor why, nor that there is anything to hear.
#[tokio::test]
async fn a_privacy_officer_who_is_kept_out_does_not_read_who_looked_at_that_case() {
    let server = fresh("2026-11-16");
    let (family, [first, refused, _]) = looked_at(&server).await;
    let other = Family::directed(&server).await;
    let anja = server.as_("anja");
    let both = anja.ask_with(BOTH, json!({"a": family.case, "b": other.case})).await;
    let ravi = server.as_("ravi");
    let before = requests(&ravi, json!({"worker": server.worker("anja"), "operation": "case"})).await;
    assert!(before.contains(&json!(first.request)) && before.contains(&json!(both.request)), "{before:?}");
    let out = json!({"worker": server.worker("ravi"), "ground": "NEIGHBOUR", "reason": "Woont in de straat."});
    anja.does("excludeWorker", family.input(out)).await;

    let answer = log(&ravi, json!({})).await;
    let seen = answer.data("accessLog");
    let nodes = seen["nodes"].as_array().unwrap();
    assert_eq!(seen["totalCount"], nodes.len(), "{seen}");
    for id in [&family.case, &family.mother, &family.son] {
        assert!(!seen.to_string().contains(id.as_str()), "{id} in {seen}");
    }
    for id in [&other.case, &other.mother, &other.son] {
        assert!(seen.to_string().contains(id.as_str()), "{id} in {seen}");
    }
    let kept = each(&json!(nodes), "request");
    assert!(kept.contains(&json!(both.request)), "the other half of it is his");
    assert!(!kept.contains(&json!(first.request)) && !kept.contains(&json!(refused.request)), "{kept:?}");
    for request in [&first.request, &refused.request] {
        assert_eq!(ravi.ask_with(WHY, json!({"request": request})).await.code(), "NOT_AVAILABLE");
    }
    let why = ravi.ask_with(WHY, json!({"request": both.request})).await.data("why").to_string();
    assert!(why.contains(&other.case) && !why.contains(&family.case), "{why}");
    for filter in [json!({"person": family.son}), json!({"case": family.case, "operation": "case"})] {
        let seen = log(&ravi, filter.clone()).await.data("accessLog");
        assert_eq!((&seen["totalCount"], &seen["nodes"]), (&json!(0), &json!([])), "{filter}");
    }
    // What he tries himself reads as what is nowhere.
    let nowhere = uuid::Uuid::new_v4().to_string();
    let mut read = Vec::new();
    for id in [&family.case, &nowhere] {
        ravi.ask_with(PEOPLE, json!({"id": id})).await;
        let found = looks(&ravi, json!({"case": id, "operation": "case"})).await;
        let [look] = &found[..] else { panic!("his own attempt: {found:?}") };
        read.push(json!([look["decisions"], look["subjects"], look["code"]]).to_string().replace(id.as_str(), "id"));
    }
    assert_eq!(read[0], read[1]);
}
