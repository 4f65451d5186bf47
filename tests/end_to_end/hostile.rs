//! Requests made to do harm: each is answered in the right way and with little work, nothing is recorded, and the trail gets one entry for
//! what was an operation and none for what was not.

use api::config::ServerConfig;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person};
use crate::family::Family;
use crate::server::{Fresh, fresh, fresh_with};
use crate::socket::Talk;
use crate::trail_files::{all, of};

/// Stands in hostile requests, and comes back nowhere.
const TYPED: &str = "Zqvxmistypedwkzj";

async fn bench() -> (Fresh, Person, Family) {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja").with("accept", "application/graphql-response+json");
    anja.ask("{ me { id } }").await;
    (server, anja, family)
}

fn repeat(many: usize, part: impl Fn(usize) -> String) -> String {
    (0..many).map(part).collect()
}

/// A text of what was said that fits a message.
fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

/// Documents that cost more to look at than they may.
fn too_much() -> Vec<String> {
    let nested = |open: &str, close: &str, levels: usize| {
        format!("{{ me(a: {}1{}) {{ id }} }}", open.repeat(levels), close.repeat(levels))
    };
    let doubling = repeat(30, |n| format!("fragment f{n} on Query {{ ...f{} ...f{} }} ", n + 1, n + 1));
    let cycles = repeat(2, |n| format!("fragment f{n} on Query {{ me {{ id }} ...f{} ...f{} }} ", 1 - n, 1 - n));
    vec![
        format!("{{ {} }}", repeat(6_000, |n| format!("a{n}: me {{ id }} "))),
        format!("{{ {} }}", repeat(20_000, |n| format!("a{n}: x "))),
        // A few hundred of these ended the process.
        nested("[", "]", 400),
        nested("[", "]", 100_000),
        nested("{a:", "}", 400),
        nested("{a:", "}", 50_000),
        format!("query($a: {}ID{}) {{ me {{ id }} }}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{{ me {{ id }} {} }}", "... { ".repeat(10_000)),
        "{a".repeat(100_000),
        // Thirty of these kept a core busy for ever.
        format!("{{ ...f0 }} {doubling} fragment f30 on Query {{ me {{ id }} }}"),
        format!("{{ ...f0 }} {cycles}"),
        "{ me { ...f } } fragment f on Me { ...f ...f }".to_owned(),
        format!("{{ me {{ id }} }} {}", repeat(5_000, |n| format!("fragment g{n} on Query {{ ...g{} }} ", n + 1))),
        format!("{{ me {{ id {} }} }}", "@include(if: true) ".repeat(12_000)),
        repeat(4_000, |n| format!("query q{n} {{ me {{ id name }} }} ")),
        format!("{{ __schema {{ types {{ {} name {} }} }} }}", "fields { type { ".repeat(6), "} }".repeat(6)),
        format!("{{ {} }}", repeat(600, |n| format!("s{n}: __schema {{ types {{ name }} }} "))),
    ]
}

#[tokio::test]
async fn what_costs_too_much_to_look_at_is_refused_unread_and_leaves_one_entry() {
    let (server, anja, _) = bench().await;
    let head = server.head().await;
    for query in too_much() {
        let answer = anja.ask(&query).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"), "{}", short(&query));
        assert_eq!(answer.details()["what"], "size", "{}: {}", short(&query), answer.body);
        let entries = of(&server.folder, &answer.request).await;
        assert_eq!(entries.len(), 1, "{}", short(&query));
        assert!(entries[0].to_string().len() < 2_000, "{}", short(&entries[0].to_string()));
    }
    assert_eq!(server.head().await, head);
    assert_eq!(anja.ask("{ me { name } }").await.data("me")["name"], "Anja");
}

/// Much, and not too much: it runs, in one entry.
#[tokio::test]
async fn what_is_only_wide_is_answered_whole_in_one_entry() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    let ids = repeat(1_500, |n| format!("a{n}: case(id: \"{}\") {{ id }} ", Uuid::from_u128(n as u128)));
    let case = repeat(1_500, |n| format!("a{n}: case(id: \"{}\") {{ id }} ", family.case));
    // Who asks about nobody but themselves leaves no entry.
    for (query, known, entries) in [
        (format!("{{ {} }}", repeat(4_000, |n| format!("a{n}: me {{ id }} "))), true, 0),
        (format!("{{ me {{ {} }} }}", "id ".repeat(8_000)), true, 0),
        (format!("{{ me {{ id @include(if: true) }} {} }}", "me { id } ".repeat(3_000)), true, 0),
        (format!("{{ {case} }}"), true, 1),
        (format!("{{ {ids} }}"), false, 1),
    ] {
        let answer = anja.ask(&query).await;
        assert_eq!(answer.status.as_u16(), 200, "{}: {}", short(&query), short(&answer.body.to_string()));
        assert_eq!(answer.body.get("errors").is_none(), known, "{}", short(&answer.body.to_string()));
        assert_eq!(of(&server.folder, &answer.request).await.len(), entries, "{}", short(&query));
    }
    assert_eq!(server.head().await, head);
}

/// A request may have thousands of faults; so many are told and no more.
#[tokio::test]
async fn faults_by_the_thousand_are_told_by_the_dozen() {
    let (server, anja, _) = bench().await;
    for query in [
        format!("{{ {} }}", repeat(5_000, |n| format!("{TYPED}{n} "))),
        format!("{{ me {{ {} }} }}", repeat(5_000, |n| format!("{TYPED}{n}: id(x: 1) "))),
        format!("{{ me({}) {{ id }} }}", repeat(5_000, |n| format!("{TYPED}{n}: 1 "))),
        format!("query({}) {{ me {{ id }} }}", repeat(5_000, |n| format!("${TYPED}{n}: Int "))),
        format!("{{ {}(id: \"x\") {{ id }} }}", TYPED.repeat(10_000)),
    ] {
        let answer = anja.ask(&query).await;
        let said = answer.body.to_string();
        assert_eq!(answer.status.as_u16(), 400, "{}", short(&said));
        assert!(said.len() < 20_000 && !said.contains(TYPED), "{} {}", said.len(), short(&said));
        assert_eq!(of(&server.folder, &answer.request).await.len(), 1);
    }
}

#[tokio::test]
async fn values_beyond_measure_are_refused_and_nothing_is_recorded() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    let many: Vec<String> = (0..5_000).map(|n| Uuid::from_u128(n).to_string()).collect();
    let departure = |what: &str, mentions: &Value| {
        family.input(json!({"rule": "family_decides", "what": what, "mentions": mentions}))
    };
    for (mutation, input, code) in [
        ("reportDeparture", departure("Anders.", &json!(many)), "LIST_TOO_LONG"),
        ("reportDeparture", departure(&"lang ".repeat(40_000), &json!([])), "TEXT_TOO_LONG"),
        ("addPerson", family.input(json!({"name": "é".repeat(100_000), "role": "PARENT"})), "TEXT_TOO_LONG"),
        ("closeCase", json!({"caseId": "9".repeat(200_000), "outcome": "GOOD_ENOUGH"}), "BAD_ID"),
        ("closeCase", json!({"caseId": "99999999999999999999999999", "outcome": "GOOD_ENOUGH"}), "BAD_ID"),
        ("closeCase", json!({"caseId": "\u{0}", "outcome": "GOOD_ENOUGH"}), "BAD_ID"),
        ("closeCase", json!({"caseId": format!("{}\u{0}", family.case), "outcome": "GOOD_ENOUGH"}), "BAD_ID"),
        ("closeCase", json!({"caseId": format!("\u{202E}{}", family.case), "outcome": "GOOD_ENOUGH"}), "BAD_ID"),
        ("addPerson", family.input(json!({"name": "Q\u{2066}uinten", "role": "PARENT"})), "TEXT_UNPRINTABLE"),
    ] {
        let answer = anja.send(mutation, input).await;
        assert_eq!(answer.code(), code, "{mutation}: {}", short(&answer.body.to_string()));
        assert!(answer.body.to_string().len() < 2_000, "{}", short(&answer.body.to_string()));
        let entries = of(&server.folder, &answer.request).await;
        assert_eq!(entries.len(), 1, "{mutation}");
        assert!(entries[0].to_string().len() < 4_000, "{}", short(&entries[0].to_string()));
    }
    for (query, variables) in [
        ("{ caseload(first: 99999999999999999999999999) { totalCount } }", json!({})),
        ("{ caseload(first: 1e999) { totalCount } }", json!({})),
        ("{ caseload(first: -9223372036854775809) { totalCount } }", json!({})),
        ("query($n: Int) { caseload(first: $n) { totalCount } }", json!({"n": 18_446_744_073_709_551_615_u64})),
        ("query($n: Int) { caseload(first: $n) { totalCount } }", json!({"n": 1.5})),
        ("{ case(id: \"\\uD800\") { id } }", json!({})),
        ("{ case(id: \"\\u0000\") { id } }", json!({})),
        ("{ case(id: \"\u{0}\") { id } }", json!({})),
        ("{ me { id } } \u{0}", json!({})),
        ("{ me { i\u{202E}d } }", json!({})),
        ("{ caseload(after: \"\u{0}\") { totalCount } }", json!({})),
        ("query($a: String) { caseload(after: $a) { totalCount } }", json!({"a": "\u{202E}".repeat(20_000)})),
        ("query($a: [Int]) { me { id } }", json!({"a": vec![1; 50_000]})),
    ] {
        let answer = anja.ask_with(query, variables).await;
        let said = answer.body.to_string();
        assert!(answer.body["errors"].is_array() && said.len() < 20_000, "{query}: {}", short(&said));
        assert!(!said.contains(['\u{202E}', '\u{0}']) && !said.contains("\\u0000"), "{query}: {}", short(&said));
        assert_eq!(of(&server.folder, &answer.request).await.len(), 1, "{query}");
    }
    assert_eq!(server.head().await, head);
}

/// Bytes that are no request at all: no operation, so no entry.
#[tokio::test]
async fn bytes_that_are_no_request_leave_nothing() {
    let (server, anja, family) = bench().await;
    let head = server.head().await;
    let post = |body: Vec<u8>| anja.post().header("content-type", "application/json").body(body);
    let text = |body: &str| post(body.as_bytes().to_vec());
    let deep = |levels: usize| {
        format!("{{\"query\":\"{{me{{id}}}}\",\"variables\":{}1{}}}", "{\"a\":".repeat(levels), "}".repeat(levels))
    };
    let bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xed, 0xc1];
    let close = format!(
        "mutation {{ closeCase(input: {{caseId: \\\"{}\\\", outcome: GOOD_ENOUGH}}) {{ repeated }} }}",
        family.case
    );
    let typed =
        |kind: &'static str| anja.post().header("content-type", kind).body(format!("{{\"query\":\"{close}\"}}"));
    let packed = |how: &'static str| post(bomb.clone()).header("content-encoding", how);
    let mut tries: Vec<(u16, RequestBuilder)> = vec![
        (400, text("")),
        (400, text("null")),
        (400, text("{\"query\"")),
        (400, text("{\"query\":\"{ me { id } }\"} {}")),
        (400, text("\u{feff}{\"query\":\"{ me { id } }\"}")),
        (400, text(&format!("{{\"query\":\"{{ me {{ id }} }}\",\"query\":\"{close}\"}}"))),
        (400, text("{\"query\":\"{ me { id } }\",\"variables\":{},\"variables\":{}}")),
        (400, text("{\"query\":\"\\ud800\"}")),
        (400, text("{\"query\":\"{ me { id } }\",\"operationName\":\"\\udfff\"}")),
        (400, text("{\"query\":\"{ me { id } }\",\"variables\":{\"a\":1e999}}")),
        (400, post(b"{\"query\":\"{ me { id } } #\xc3\x28\"}".to_vec())),
        (400, post(b"\xff\xfe{\0}\0".to_vec())),
        (400, post(b"{\"query\":\"{ me { id } }\0\"}".to_vec())),
        (400, text(&deep(200))),
        (400, text(&deep(20_000))),
        (400, text(&"[".repeat(200_000))),
        (400, text("[{\"query\":\"{ me { id } }\"}]")),
        (400, text(&format!("[{}]", vec!["{\"query\":\"{ me { id } }\"}"; 5_000].join(",")))),
        (413, post(vec![b' '; 256 * 1024 + 1])),
    ];
    let kinds = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/jsonp",
        "",
    ];
    tries.extend(kinds.map(|kind| (415, typed(kind))));
    tries.extend(["gzip", "br", "deflate", "zstd", "identity, gzip", "GZIP"].map(|how| (415, packed(how))));
    for (number, (status, request)) in tries.into_iter().enumerate() {
        let answer = Answer::of(request).await;
        assert_eq!(answer.status.as_u16(), status, "number {number}: {}", short(&answer.body.to_string()));
        assert!(answer.body.to_string().len() < 1_000, "number {number}");
        assert_eq!(of(&server.folder, &answer.request).await.len(), 0, "number {number}");
    }
    assert_eq!(server.head().await, head);
    assert_eq!(anja.ask("{ me { name } }").await.data("me")["name"], "Anja");
}

/// Before the gate: nothing is recorded, nothing trailed one by one, and others go on.
#[tokio::test]
async fn who_asks_too_much_is_refused_before_the_gate() {
    let few = ServerConfig {
        queries_per_minute: 20,
        mutations_per_minute: 5,
        subscriptions_per_minute: 1,
        ..ServerConfig::default()
    };
    let server = fresh_with("2026-11-16", few);
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    let reporting = || family.input(json!({"rule": "family_decides", "what": "Het ging anders."}));
    for _ in 0..5 {
        anja.does("reportDeparture", reporting()).await;
    }
    let mut talk = Talk::of(&anja).await;
    let watching = "subscription($id: ID!) { caseChanged(caseId: $id) { people { name } } }";
    talk.subscribe(watching, json!({"id": family.case})).await;
    talk.delivery("caseChanged").await;

    let (head, entries) = (server.head().await, all(&server.folder).await.len());
    for _ in 0..3 {
        let refused = anja.send("reportDeparture", reporting()).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "RATE_LIMITED"));
        assert_eq!(of(&server.folder, &refused.request).await.len(), 0);
    }
    talk.say(json!({"type": "subscribe", "id": "2", "payload": {"query": watching, "variables": {"id": family.case}}}))
        .await;
    let refused = talk.hear().await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "RATE_LIMITED", "{refused}");
    assert_eq!((server.head().await, all(&server.folder).await.len()), (head, entries));

    assert_eq!(anja.case(&family.case, "id").await["id"], family.case, "looking is another kind");
    server
        .as_("noor")
        .does("reportDeparture", family.input(json!({"rule": "family_decides", "what": "Anders."})))
        .await;
}
