//! Absent equals forbidden, also by the clock: how long a no takes does not say whether there is a case.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Person;
use crate::server::shared;

const EACH: usize = 1_000;

/// What is asked about a case: in which words, and with which values for it.
struct Asked {
    words: &'static str,
    values: fn(case: &str) -> Value,
}

const LOOK: Asked =
    Asked { words: "query($id: ID!) { case(id: $id) { id people { name } } }", values: |case| json!({"id": case}) };

const COMMAND: Asked = Asked {
    words: "mutation($input: ReportDepartureInput!) { reportDeparture(input: $input) { repeated } }",
    values: |case| json!({"input": {"caseId": case, "rule": "other", "what": "Het liep anders."}}),
};

async fn refused_in(who: &Person, asked: &Asked, case: &str) -> Duration {
    let values = (asked.values)(case);
    let started = Instant::now();
    let answer = who.ask_with(asked.words, values).await;
    let took = started.elapsed();
    assert_eq!(answer.code(), "NOT_AVAILABLE");
    took
}

fn median(mut all: Vec<Duration>) -> f64 {
    all.sort_unstable();
    all[all.len() / 2].as_secs_f64()
}

/// How much longer the median of the slower takes than that of the faster, asked in turns.
async fn ratio(who: &Person, asked: &Asked, case: &str) -> f64 {
    let (mut forbidden, mut absent) = (Vec::new(), Vec::new());
    for turn in 0..EACH {
        let unknown = Uuid::new_v4().to_string();
        // Which comes first changes, so that neither gains by what the other left behind.
        if turn % 2 == 0 {
            forbidden.push(refused_in(who, asked, case).await);
            absent.push(refused_in(who, asked, &unknown).await);
        } else {
            absent.push(refused_in(who, asked, &unknown).await);
            forbidden.push(refused_in(who, asked, case).await);
        }
    }
    let (forbidden, absent) = (median(forbidden), median(absent));
    (forbidden / absent).max(absent / forbidden)
}

/// Medians of 1,000 each within 20 % in one run. Other tests run beside it, so it may be measured thrice.
async fn takes_as_long(asked: Asked) {
    let demo = shared();
    let (kees, case) = (demo.as_("kees"), demo.case("01"));
    let mut measured = Vec::new();
    for _ in 0..3 {
        let now = ratio(&kees, &asked, &case).await;
        if now <= 1.2 {
            return;
        }
        measured.push(now);
    }
    panic!("the medians differ: {measured:?}");
}

#[tokio::test]
async fn a_no_takes_as_long_for_what_is_there_as_for_what_is_not() {
    takes_as_long(LOOK).await;
}

#[tokio::test]
async fn a_no_to_a_command_takes_as_long_for_what_is_there_as_for_what_is_not() {
    takes_as_long(COMMAND).await;
}
