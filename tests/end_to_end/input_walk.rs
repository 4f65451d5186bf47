//! Bad input of every command, by a walk over all of them: the obvious, the hostile and the merely late. Each answer has a code and words in
//! both languages, none is the fault that says nothing, and what is refused writes nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::mutations;
use crate::client::Person;
use crate::family::Family;
use crate::server::{Fresh, fresh};

/// The code of the fault that says nothing of its cause.
const FAULT: &str = "INTERNAL";

/// The code of the refusal, after looking at its words; nothing when it was accepted.
async fn refusal(server: &Fresh, person: &Person, mutation: &str, input: &Value) -> Option<String> {
    let head = server.head().await;
    let dutch = person.with("accept-language", "nl").send(mutation, input.clone()).await;
    dutch.body.get("errors")?;
    let english = person.with("accept-language", "en").send(mutation, input.clone()).await;
    let code = dutch.code();
    assert_eq!(english.code(), code, "{mutation} {input}");
    assert!(code != FAULT && dutch.status.as_u16() < 500, "{mutation} {input}: {}", dutch.body);
    for answer in [&dutch, &english] {
        assert!(answer.message().len() > 10 && !answer.message().contains(&code), "{mutation}: {}", answer.body);
    }
    assert_ne!(dutch.message(), english.message(), "{mutation} {input}");
    assert_eq!(server.head().await, head, "{mutation} {input} wrote something");
    Some(code)
}

async fn bench() -> (Fresh, Person) {
    let server = fresh("2026-11-16");
    let anja = server.as_("anja");
    anja.ask("{ me { id } }").await;
    (server, anja)
}

/// Whatever names nothing here is refused as such; what names nobody else may well be accepted.
#[tokio::test]
async fn ids_that_name_nothing_are_refused_with_words_by_every_command() {
    let (server, anja) = bench().await;
    let mut refused = 0;
    for (mutation, input) in mutations("") {
        let family = Family::directed(&server).await;
        let code = refusal(&server, &anja, mutation, &family.input(input.clone())).await;
        refused += usize::from(code.is_some());
        let is_of_here = |path: &String| Uuid::try_parse(leaf(&input, path)).is_ok() && !is_worker(path);
        assert!(code.is_some() || !leaves(&input).iter().any(is_of_here), "{mutation} took ids of nothing");
    }
    assert!(refused > 150, "{refused}");
}

/// Whether a worker is named there: one whom this node has not met yet may be.
fn is_worker(path: &str) -> bool {
    ["worker", "deputy", "successor", "director"].iter().any(|key| path.ends_with(&format!("/{key}")))
}

/// A text that turns around what follows it, one of nothing, and one without an end.
#[tokio::test]
async fn texts_that_cannot_be_kept_are_refused_with_words_by_every_command() {
    let (server, anja) = bench().await;
    let family = Family::directed(&server).await;
    let long = "a".repeat(40_001);
    let mut codes = BTreeMap::<String, usize>::new();
    for (mutation, input) in mutations("") {
        for path in leaves(&input).into_iter().filter(|path| is_text(leaf(&input, path))) {
            for hostile in ["a\u{202E}b", "", long.as_str()] {
                let mut worse = input.clone();
                *worse.pointer_mut(&path).unwrap() = json!(hostile);
                let code = refusal(&server, &anja, mutation, &family.input(worse)).await;
                let code = code.unwrap_or_else(|| panic!("{mutation} took {} signs at {path}", hostile.len()));
                *codes.entry(code).or_default() += 1;
            }
        }
    }
    for code in ["TEXT_EMPTY", "TEXT_TOO_LONG", "TEXT_UNPRINTABLE"] {
        assert!(codes[code] > 50, "{codes:?}");
    }
}

/// A closed case takes reports and what guards somebody; every act is told that it is closed, or what it lacks.
#[tokio::test]
async fn on_a_closed_case_every_command_answers_with_words() {
    let (server, anja) = bench().await;
    let family = Family::directed(&server).await;
    let handed = json!({"tasks": ["OVERVIEW", "PLAN"], "to": family.mother});
    anja.does("handBackRegie", family.input(handed)).await;
    anja.does("closeCase", family.input(json!({"outcome": "GOOD_ENOUGH"}))).await;
    let mut codes = BTreeMap::<String, usize>::new();
    let late = mutations("").into_iter().filter(|(mutation, _)| *mutation != "reopenCase");
    for (mutation, input) in late {
        let code = refusal(&server, &anja, mutation, &family.input(input)).await;
        *codes.entry(code.unwrap_or_default()).or_default() += 1;
    }
    assert!(codes.get("CASE_NOT_OPEN").is_some_and(|acts| *acts > 20), "{codes:?}");
}

/// The places of all strings in an input, as JSON pointers.
fn leaves(input: &Value) -> Vec<String> {
    let below = |key: String, value: &Value| -> Vec<String> {
        leaves(value).into_iter().map(|path| format!("/{key}{path}")).collect()
    };
    match input {
        Value::String(_) => vec![String::new()],
        Value::Array(all) => all.iter().enumerate().flat_map(|(at, value)| below(at.to_string(), value)).collect(),
        Value::Object(all) => all.iter().flat_map(|(key, value)| below(key.clone(), value)).collect(),
        _ => Vec::new(),
    }
}

fn leaf<'a>(input: &'a Value, path: &str) -> &'a str {
    input.pointer(path).and_then(Value::as_str).unwrap()
}

/// Whether it is something that people type: no id, no day, no word of an enum.
fn is_text(value: &str) -> bool {
    let is_enum = value.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_');
    let is_day = value.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    !(is_enum || is_day || Uuid::try_parse(value).is_ok())
}
