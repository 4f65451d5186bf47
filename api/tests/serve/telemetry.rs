//! Traces and metrics over OTLP: what arrives, what never does, and that nobody waits for whoever receives them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use api::node::HISTORY;
use domain::fact::Role;
use eventstore::port::{EventStore as _, Filter, Position};
use eventstore::sqlite::SqliteStore;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use serde_json::{Value, json};

use crate::process::{Killed, Process};
use crate::receiver::{Otlp, text};
use crate::site::{MUNICIPALITY, Person, Site, made};

/// The last delivery may take 10 seconds; the rest is for a busy machine. Service managers wait about as long.
const STOP: Duration = Duration::from_secs(30);

const THEIRS: &str = "0af7651916cd43dd8448eb211c80319c";
const THEIR_SPAN: &str = "b7ad6b7169203331";

/// Words that stand nowhere else, one for each kind of personal value.
const MARKERS: [&str; 8] = [
    "Zqvxamotherwkzj",
    "Zqvxbsonwkzj",
    "Zqvxcquestionwkzj",
    "Zqvxdstreetwkzj",
    "Zqvxehouseholdwkzj",
    "Zqvxfreasonwkzj",
    "1971-02-13",
    "2017-10-29",
];

fn served(site: &Site, endpoint: &str) -> Process {
    Process::start(&mut telling(site, endpoint))
}

fn telling(site: &Site, endpoint: &str) -> Command {
    let mut command = site.serve();
    command.env("RUSTPUNT_TELEMETRY_OTLP_ENDPOINT", endpoint);
    // The finest lines of our own code and of the libraries; what is exported does not follow them.
    command.env("RUSTPUNT_TELEMETRY_LOG", "info,api=trace,workflows=trace,async_graphql=trace,poem=trace");
    command.env("OTEL_METRIC_EXPORT_INTERVAL", "200").env("OTEL_BSP_SCHEDULE_DELAY", "200");
    command
}

/// A family with a marker in each field, read back, with a refusal on the way; the answers.
async fn work(noor: &Person, anja: &Person) -> String {
    let [mother, son, question, street, household, reason, born, sons_day] = MARKERS;
    let help = |subject: &str| json!({"giver": "mother", "subject": subject, "kind": "HELP", "evidence": "SPOKEN"});
    let opened = noor
        .does(
            "openCase",
            json!({
                "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT", "question": question,
                "people": [
                    {"key": "mother", "name": mother, "birthDate": born, "role": "PARENT"},
                    {"key": "son", "name": son, "birthDate": sons_day, "role": "CHILD"},
                ],
                "authority": [{"child": "son", "kind": "ONE_PARENT", "holders": ["mother"], "from": sons_day, "source": "REGISTER"}],
                "consents": [help("son"), help("mother")],
            }),
        )
        .await;
    let (case, people) = (made(&opened, "CASE")[0].clone(), made(&opened, "PERSON"));
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    noor.does(
        "assignCaseDirector",
        of(json!({"director": uuid::Uuid::from_u128(2), "organisation": "jeugd-en-gezin-gooi", "tasks": ["PLAN"], "agreed": [{"person": people[0]}]})),
    )
    .await;
    let formed =
        anja.does("formHousehold", of(json!({"label": household, "from": "2020-01-01", "members": people}))).await;
    let home = made(&formed, "HOUSEHOLD")[0].clone();
    anja.does(
        "recordAddress",
        of(json!({"household": home, "address": format!("{street} 12"), "from": "2020-01-01", "source": "REGISTER"})),
    )
    .await;
    anja.does("protectLocatingData", of(json!({"person": people[0], "households": [home], "reason": reason}))).await;
    anja.refused("formHousehold", of(json!({"label": household, "from": "2020-01-01", "members": [case]}))).await;
    // A caller who puts a name into the text of a query.
    let typed = format!("{{ searchPeople(search: {{name: \"{mother}\"}}) {{ nodes {{ person {{ name }} }} }} }}");
    let found = anja.ask(&typed, json!({})).await;
    let whole = "query($id: ID!) { case(id: $id) { people { name birthDate } households { label address } timeline(first: 50) { nodes { words { text } } } } }";
    format!("{found}{}", anja.ask(whole, json!({"id": case})).await)
}

fn named<'a>(spans: &'a [Span], name: &str) -> Vec<&'a Span> {
    spans.iter().filter(|span| span.name == name).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The trace that stands in the clear part of every event, by the type of the event's stream.
async fn traces_in_history(site: &Site) -> Vec<(String, String)> {
    let store = SqliteStore::open_read_only(&site.data().join(HISTORY)).unwrap();
    let page = store.read_all(Position::START, &Filter::categories(["case", "signal"]), 500).await.unwrap();
    let trace =
        |metadata: &[u8]| serde_json::from_slice::<Value>(metadata).unwrap()["trace"].as_str().unwrap().to_owned();
    page.events.iter().map(|event| (event.stream.to_string(), trace(&event.metadata))).collect()
}

/// Every figure that `docs/observability.md` lists for a history in the folder and nobody to send to, with its unit.
fn documented() -> BTreeMap<String, String> {
    let page = include_str!("../../../docs/observability.md");
    let elsewhere = |line: &str| ["store", "webhooks"].iter().any(|of| line.starts_with(&format!("| `rustpunt.{of}.")));
    let rows = page.lines().filter(|line| line.starts_with("| `rustpunt.") && !elsewhere(line));
    rows.map(|row| {
        let mut cells = row.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).skip(1);
        (cells.next().unwrap(), cells.next().unwrap())
    })
    .collect()
}

/// `privacy.md`: logs, traces and metrics carry no personal value; and an operator sees what a node does.
#[tokio::test(flavor = "multi_thread")]
async fn spans_and_every_documented_figure_arrive_and_no_personal_value_does() {
    let (site, otlp) = (Site::new(), Otlp::start().await);
    let server = Process::start(telling(&site, &otlp.endpoint()).env("RUSTPUNT_SERVER_STRANGERS_PER_MINUTE", "1"));
    let noor = site.noor(server.address);
    let anja = site.person(server.address, 2, "Zqvxgworkerwkzj", "jeugd-en-gezin-gooi", Role::CaseDirector);
    let seen = work(&noor, &anja).await;
    for marker in &MARKERS[..5] {
        assert!(
            seen.contains(marker),
            "{marker} is read back: a search for what was never there proves nothing; {seen}"
        );
    }
    // One try a minute: the first is counted, the second shuts the door to this address, the third finds it shut.
    noor.asks_without_token().await;
    noor.asks_without_token().await;
    assert_eq!(noor.ask("{ me { name } }", json!({})).await["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    otlp.until(|otlp| otlp.value("rustpunt.append.events", None).is_some_and(|events| events > 10)).await;
    otlp.until(|otlp| otlp.value("rustpunt.processor.lag.seconds", Some(("processor", "reactions"))).is_some()).await;
    let ended = server.stop_within(STOP);
    assert!(ended.status.success(), "{}", ended.log);

    assert_eq!(otlp.services(), BTreeSet::from(["rustpunt".to_owned()]));
    let spans = otlp.spans();
    let (requests, commands) = (named(&spans, "graphql request"), named(&spans, "command"));
    assert!(requests.iter().all(|span| span.kind == SpanKind::Server as i32));
    let ids: BTreeSet<&[u8]> = requests.iter().map(|span| span.span_id.as_slice()).collect();
    let asked: Vec<String> = commands.iter().filter_map(|span| text(&span.attributes, "command")).collect();
    for command in ["openCase", "assignCaseDirector", "formHousehold", "recordAddress", "protectLocatingData"] {
        assert!(asked.iter().any(|asked| asked == command), "{command} in {asked:?}");
    }
    assert!(
        commands.iter().all(|span| ids.contains(span.parent_span_id.as_slice())),
        "each command belongs to a request"
    );

    let arrived: BTreeMap<String, String> =
        otlp.metrics().into_iter().map(|metric| (metric.name, metric.unit)).collect();
    assert_eq!(arrived, documented(), "what arrives is what is documented");
    assert_eq!(otlp.value("rustpunt.ready", Some(("check", "clock"))), Some(1));
    assert!(useful_buckets(&otlp), "a command of some milliseconds is not in the last bucket nor all in the first");

    let (bytes, log) = (String::from_utf8_lossy(&otlp.bytes()).to_lowercase(), ended.log.to_lowercase());
    let tokens = [&noor.token, &anja.token].map(|token| token.rsplit('.').next().unwrap().to_lowercase());
    let markers = MARKERS.iter().map(|marker| marker.to_lowercase()).chain(["zqvxg".to_owned()]).chain(tokens);
    for marker in markers {
        assert!(!bytes.contains(&marker), "{marker} was exported");
        assert!(!log.contains(&marker), "{marker} was logged");
    }
    assert!(bytes.contains("opencase") && log.contains("command carried out"), "something was searched");
    assert_eq!(left_open(&site), Vec::<String>::new(), "history and vault were closed in order");
}

fn useful_buckets(otlp: &Otlp) -> bool {
    let latest = otlp.metrics().into_iter().rfind(|metric| metric.name == "rustpunt.command.handling.duration");
    let Some(Data::Histogram(histogram)) = latest.unwrap().data else { panic!("a histogram") };
    histogram.data_points.iter().all(|point| point.explicit_bounds.first().is_some_and(|bound| *bound < 0.01))
}

/// Logs of databases that were not closed.
fn left_open(site: &Site) -> Vec<String> {
    let names = std::fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with("-wal")).collect()
}

/// `architecture.md`, metadata: the W3C trace of a request stands in its facts, and is that of its spans.
#[tokio::test(flavor = "multi_thread")]
async fn a_callers_trace_is_taken_over_and_a_broken_one_is_not() {
    let (site, otlp) = (Site::new(), Otlp::start().await);
    let server = served(&site, &otlp.endpoint());
    let noor = site.noor(server.address);
    let said = [
        Some(format!("00-{THEIRS}-{THEIR_SPAN}-01")),
        Some(format!("00-{THEIRS}-0000000000000000-01")),
        Some("not a trace".to_owned()),
        None,
    ];
    for traceparent in &said {
        let asking =
            traceparent.as_ref().map_or_else(|| site.noor(server.address), |traceparent| noor.tracing(traceparent));
        asking.does("raiseSignal", Person::signal("Er is behoefte aan rust.")).await;
    }
    // Kept by nobody: the caller says so.
    noor.tracing(&format!("00-{}-{THEIR_SPAN}-00", THEIRS.replace('0', "1")))
        .does("raiseSignal", Person::signal("Er is behoefte aan rust."))
        .await;
    assert!(server.stop_within(STOP).status.success());

    let spans = otlp.spans();
    let requests = named(&spans, "graphql request");
    let [theirs, rest @ ..] = &requests[..] else { panic!("requests") };
    assert_eq!((hex(&theirs.trace_id), hex(&theirs.parent_span_id)), (THEIRS.to_owned(), THEIR_SPAN.to_owned()));
    assert_eq!(rest.len(), 3, "what the caller does not keep is not exported");
    assert!(rest.iter().all(|span| span.parent_span_id.is_empty() && hex(&span.trace_id) != THEIRS));
    for command in named(&spans, "command") {
        let request = requests.iter().find(|request| request.span_id == command.parent_span_id).expect("its request");
        assert_eq!(request.trace_id, command.trace_id);
    }

    let recorded: Vec<String> = traces_in_history(&site).await.into_iter().map(|(_, trace)| trace).collect();
    let mut exported: Vec<String> = requests.iter().map(|span| hex(&span.trace_id)).collect();
    exported.push(THEIRS.replace('0', "1"));
    assert_eq!(recorded, exported, "each fact names the trace under which its request was exported");
}

/// Who watches a node that waits for its cluster sees what it tries, and that it serves nobody.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_way_to_a_cluster_counts_is_told_while_the_cluster_is_away() {
    let (site, otlp) = (Site::new(), Otlp::start().await);
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = telling(&site, &otlp.endpoint());
    command.env("RUSTPUNT_DATA_STORE", format!("esdb://{gone}?tls=false"));
    let _server = Killed(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    otlp.until(|otlp| {
        let counted = ["connections", "failed", "resent", "subscriptions"].map(|what| format!("rustpunt.store.{what}"));
        counted.iter().all(|name| otlp.value(name, None).is_some())
            && otlp.value("rustpunt.store.connections", None) > Some(1)
            && otlp.value("rustpunt.ready", Some(("check", "store"))) == Some(0)
    })
    .await;
}

/// Nobody receives: serving goes on as before, and stopping takes no longer than the last delivery may.
async fn serves_and_stops(endpoint: &str) {
    let site = Site::new();
    let server = served(&site, endpoint);
    let noor = site.noor(server.address);
    for _ in 0..5 {
        noor.does("raiseSignal", Person::signal("Er is behoefte aan rust.")).await;
    }
    noor.looks().await;
    let (status, found) = noor.readiness().await;
    assert!(status.is_success(), "{found}");
    let ended = server.stop_within(STOP);
    assert!(ended.status.success(), "{}", ended.log);
    assert_eq!(left_open(&site), Vec::<String>::new(), "history and vault were closed in order");
    assert_eq!(traces_in_history(&site).await.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_receiver_disturbs_nothing() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    serves_and_stops(&format!("http://{gone}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_never_answers_disturbs_nothing() {
    // Connections are made, and nobody takes them.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    serves_and_stops(&format!("http://{}", silent.local_addr().unwrap())).await;
}
