//! Requests that are none: a stable code, the field or the place, and what to do, in the caller's language. What was typed comes back
//! nowhere: it may be about a person.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Answer, Person};
use crate::markers::logged;
use crate::server::{Fresh, fresh};
use crate::socket::Talk;

/// Stands in every request here, in the place of what somebody mistyped.
const TYPED: &str = "Zqvxmistypedwkzj";

/// A request, and what is said of it: what is wrong, the field if it is known, and a word of the advice in both languages.
struct Wrong {
    query: String,
    variables: Value,
    what: &'static str,
    field: Option<&'static str>,
    advice: [&'static str; 2],
}

fn wrong(query: &str, variables: Value, what: &'static str, field: Option<&'static str>) -> Wrong {
    let advice = match what {
        "syntax" => ["haakjes", "brackets"],
        "size" => ["minder velden", "fewer fields"],
        "missing" => ["Vul het in", "Fill it in"],
        "day" => ["jaar-maand-dag", "year-month-day"],
        "moment" => ["in UTC", "in UTC"],
        "choice" => ["Kies een van deze: ", "Choose one of these: "],
        "value" => ["past daar niet", "does not fit there"],
        "field" => ["heeft geen veld met die naam", "has no such field"],
        "argument" => ["kent zo'n argument niet", "takes no such argument"],
        "selection" => ["Zeg welke velden", "Say which fields"],
        "leaf" => ["heeft zelf geen velden", "has no fields of its own"],
        _ => ["past niet bij het schema", "does not fit the schema"],
    };
    Wrong { query: query.replace("TYPED", TYPED), variables, what, field, advice }
}

/// Values of another kind, as a literal and as a variable.
fn values() -> Vec<Wrong> {
    const ADD: &str = "mutation($input: AddPersonInput!) { addPerson(input: $input) { repeated } }";
    let add = |mut input: Value| {
        input["caseId"] = json!("x");
        json!({"input": input})
    };
    let id = "case(id: \"00000000-0000-4000-8000-000000000000\")";
    vec![
        wrong(&format!("{{ {id} {{ asOf(about: \"TYPED\") {{ id }} }} }}"), json!({}), "day", Some("about")),
        wrong(
            &format!("query($day: Day) {{ {id} {{ asOf(about: $day) {{ id }} }} }}"),
            json!({"day": TYPED}),
            "day",
            Some("about"),
        ),
        wrong(
            "{ searchPeople(search: {birthDate: \"TYPED\"}) { totalCount } }",
            json!({}),
            "day",
            Some("search.birthDate"),
        ),
        wrong(ADD, add(json!({"name": TYPED, "role": "CHILD", "birthDate": TYPED})), "day", Some("input.birthDate")),
        wrong(ADD, add(json!({"name": TYPED, "role": "CHILD", "birthDate": 20_000})), "day", Some("input.birthDate")),
        wrong(
            ADD,
            add(json!({"name": TYPED, "role": "CHILD", "occurred": {"at": TYPED}})),
            "moment",
            Some("input.occurred.at"),
        ),
        wrong(ADD, add(json!({"name": TYPED, "role": TYPED})), "choice", Some("input.role")),
        wrong(
            "mutation { addPerson(input: {caseId: \"x\", name: \"TYPED\", role: TYPED}) { repeated } }",
            json!({}),
            "choice",
            Some("input.role"),
        ),
        wrong(ADD, add(json!({"name": TYPED})), "missing", Some("input.role")),
        wrong(ADD, add(json!({"name": [TYPED], "role": "CHILD"})), "value", Some("input.name")),
        wrong(ADD, add(json!({"name": null, "role": "CHILD"})), "value", Some("input.name")),
        wrong(ADD, add(json!({"name": "x", "role": "CHILD", TYPED: TYPED})), "value", Some("input")),
        wrong("{ caseload(first: \"TYPED\") { totalCount } }", json!({}), "value", Some("first")),
        wrong("query($n: Int) { caseload(first: $n) { totalCount } }", json!({"n": TYPED}), "value", Some("first")),
        wrong(
            "query($n: Int) { caseload(first: $n) { totalCount } }",
            json!({"n": 99_999_999_999_u64}),
            "schema",
            None,
        ),
        wrong("query($day: Day = \"TYPED\") { me { id } caseload { totalCount } }", json!({}), "schema", None),
    ]
}

/// Texts that are no request, and requests that the schema does not know.
fn requests() -> Vec<Wrong> {
    let deep = format!(
        "{{ case(id: \"TYPED\") {{ {} id {} }} }}",
        "asOf(about: \"2026-11-16\") { ".repeat(20),
        "}".repeat(20)
    );
    let wide = (0..210).map(|n| format!("TYPED{n}: id")).collect::<Vec<_>>().join(" ");
    let nested = |levels: usize| format!("{{ TYPED {}{} }}", "{a".repeat(levels), "}".repeat(levels));
    vec![
        wrong("{ me { id } \"TYPED\"", json!({}), "syntax", None),
        wrong("TYPED", json!({}), "syntax", None),
        wrong("{ case(id: \"TYPED) { id } }", json!({}), "syntax", None),
        wrong("{ TYPED }", json!({}), "field", None),
        wrong("{ me { id TYPED } }", json!({}), "field", None),
        wrong("{ me { id { TYPED } } }", json!({}), "leaf", Some("id")),
        wrong("{ me { ... on TYPED { id } } }", json!({}), "schema", None),
        wrong("{ me { id @TYPED } }", json!({}), "schema", None),
        wrong("{ me(TYPED: 1) { id } }", json!({}), "argument", Some("me")),
        wrong("{ me { id } case(id: $TYPED) { id } }", json!({}), "schema", None),
        wrong("{ me }", json!({}), "selection", Some("me")),
        wrong(&deep, json!({}), "size", None),
        wrong(
            &format!("{{ case(id: \"TYPED\") {{ timeline(first: 100) {{ nodes {{ {wide} }} }} }} }}"),
            json!({}),
            "size",
            None,
        ),
        wrong(&nested(40), json!({}), "size", None),
        wrong(&nested(100), json!({}), "size", None),
        wrong(&nested(5_000), json!({}), "size", None),
    ]
}

async fn is_told(person: &Person, wrong: &Wrong) {
    let details = |answer: &Answer| answer.body["errors"][0]["extensions"]["details"].clone();
    for (locale, advice) in ["nl", "en"].into_iter().zip(wrong.advice) {
        let person = person.with("accept-language", locale).with("accept", "application/graphql-response+json");
        let answer = person.ask_with(&wrong.query, wrong.variables.clone()).await;
        let (shown, said) = (format!("{:.120} {}", wrong.query, answer.body), answer.body.to_string());
        assert_eq!(answer.body["errors"][0]["extensions"]["code"], "INVALID_REQUEST", "{shown}");
        assert_eq!(details(&answer)["what"], wrong.what, "{shown}");
        assert_eq!(details(&answer)["field"].as_str(), wrong.field, "{shown}");
        let message = answer.message();
        assert!(message.contains(advice) && wrong.field.is_none_or(|field| message.contains(field)), "{shown}");
        assert!(!message.contains('{') && !message.contains("  "), "{shown}");
        let path = answer.body["errors"][0]["path"].is_array();
        assert_eq!(answer.status.as_u16(), if path { 200 } else { 400 }, "{shown}");
        assert!(!said.contains(TYPED), "what was typed comes back: {shown}");
    }
}

async fn desk() -> (Fresh, Person) {
    let server = fresh("2026-11-16");
    let anja = server.as_("anja");
    anja.ask("{ me { id } }").await.data("me");
    (server, anja)
}

/// Nothing that was typed stands in a log or in a file of the server.
fn is_forgotten(server: Fresh) {
    assert!(!logged(TYPED), "what was typed stands in the logs");
    let files = server.stop();
    let mut folders = vec![files.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.is_file() {
                let bytes = fs::read(&entry).unwrap();
                let found = bytes.windows(TYPED.len()).any(|bytes| bytes == TYPED.as_bytes());
                assert!(!found, "what was typed stands in {}", entry.display());
            }
        }
    }
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_told_by_its_field_and_never_repeated() {
    let (server, anja) = desk().await;
    let head = server.head().await;
    for wrong in values() {
        is_told(&anja, &wrong).await;
    }
    assert_eq!(server.head().await, head);
    is_forgotten(server);
}

#[tokio::test]
async fn a_request_that_is_none_is_told_by_its_place_and_never_repeated() {
    let (server, anja) = desk().await;
    for wrong in requests() {
        is_told(&anja, &wrong).await;
    }
    let body = json!({"query": "query a { me { id } } query b { me { id } }", "operationName": TYPED}).to_string();
    let answer = Answer::of(anja.post().header("content-type", "application/json").body(body)).await;
    assert_eq!((answer.code().as_str(), answer.body.to_string().contains(TYPED)), ("INVALID_REQUEST", false));
    is_forgotten(server);
}

#[tokio::test]
async fn a_subscription_that_is_none_is_told_in_the_same_way() {
    let (server, anja) = desk().await;
    let asked = "subscription($id: ID!) { caseChanged(caseId: $id) { asOf(about: \"TYPED\") { id } } }";
    for (query, field) in [(asked, Some("about")), ("subscription { TYPED }", None), ("subscription { \"TYPED", None)] {
        let mut talk = Talk::of(&anja).await;
        talk.subscribe(&query.replace("TYPED", TYPED), json!({"id": "x"})).await;
        let answer = talk.hear().await;
        let said = answer.to_string();
        assert!(said.contains("INVALID_REQUEST") && !said.contains(TYPED), "{said}");
        assert!(field.is_none_or(|field| said.contains(field)), "{said}");
    }
    is_forgotten(server);
}
