//! Webhooks (R23) as an operator runs them: `serve` with a receiver, killed while it sends; and `rustpunt webhooks`.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};
use std::time::Duration;

use domain::fact::Role;
use domain::time::CivilDay;
use eventstore::clock::{Clock as _, SystemClock};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hook::{Came, Hook, Reply, SECRET, status};
use crate::process::Process;
use crate::receiver::Otlp;
use crate::site::{MUNICIPALITY, Person, Site, made, rustpunt};

/// More than stopping takes.
const STOP: Duration = Duration::from_secs(30);

/// Words that stand nowhere else.
const MARKERS: [&str; 7] = [
    "Zqvxamotherwkzj",
    "Zqvxbsonwkzj",
    "Zqvxcquestionwkzj",
    "Zqvxdoccasionwkzj",
    "Zqvxestopwkzj",
    "Zqvxfreasonwkzj",
    "1971-02-13",
];

fn sending(site: &Site, hook: &Hook) -> Command {
    let secret = site.data().with_file_name("planbord.secret");
    std::fs::write(&secret, SECRET).unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = site.serve();
    command.env("RUSTPUNT_WEBHOOKS_SOURCE", "urn:nld:oin:00000001234567890000:systeem:rustpunt");
    command.env("RUSTPUNT_WEBHOOKS_DATAREF", "https://rustpunt.example/cases");
    command.env("RUSTPUNT_WEBHOOKS_RECEIVERS", format!("planbord={}", hook.url()));
    command.env("RUSTPUNT_WEBHOOKS_SECRET_FILES", format!("planbord={}", secret.display()));
    command.env("RUSTPUNT_TELEMETRY_LOG", "info,api=trace");
    command
}

/// Twelve in ten days: the director is told at once.
fn twelve_soon() -> String {
    let soon = SystemClock::new().now().day().plus_days(10).to_string();
    let (year, rest) = soon.split_once('-').unwrap();
    let born: CivilDay = format!("{}-{rest}", year.parse::<i32>().unwrap() - 12).parse().unwrap();
    born.to_string()
}

/// A case of a mother and a son, directed by Anja: the case, and the mother.
async fn opened(noor: &Person) -> (String, String) {
    let [mother, son, question, .., born] = MARKERS;
    let sons_day = twelve_soon();
    let help = |subject: &str| json!({"giver": "mother", "subject": subject, "kind": "HELP", "evidence": "SPOKEN"});
    let opening = json!({
        "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT", "question": question,
        "people": [
            {"key": "mother", "name": mother, "birthDate": born, "role": "PARENT"},
            {"key": "son", "name": son, "birthDate": sons_day, "role": "CHILD"},
        ],
        "authority": [{"child": "son", "kind": "ONE_PARENT", "holders": ["mother"], "from": sons_day, "source": "REGISTER"}],
        "consents": [help("son"), help("mother")],
    });
    let payload = noor.does("openCase", opening).await;
    let (case, mother) = (made(&payload, "CASE")[0].clone(), made(&payload, "PERSON")[0].clone());
    let directed = json!({"caseId": case, "director": Uuid::from_u128(2), "organisation": "jeugd-en-gezin-gooi",
        "tasks": ["PLAN"], "agreed": [{"person": mother}]});
    noor.does("assignCaseDirector", directed).await;
    (case, mother)
}

/// A consultation that is stopped: separate conversations are proposed.
async fn stops(anja: &Person, case: &str, mother: &str) {
    let [.., occasion, why, _, _] = MARKERS;
    let called = json!({"caseId": case, "kind": "NETWORK_MEETING", "occasion": occasion, "about": [mother],
        "invited": [{"who": {"person": mother}}]});
    let conference = made(&anja.does("callConference", called).await, "CONFERENCE")[0].clone();
    let stopped = json!({"caseId": case, "conference": conference, "reason": why, "stoppedBy": Uuid::from_u128(2)});
    anja.does("stopConference", stopped).await;
}

async fn dismisses(anja: &Person, case: &str) {
    let query = "query($id: ID!) { case(id: $id) { proposals { id } } }";
    let seen = anja.ask(query, json!({"id": case})).await;
    let proposal = seen["data"]["case"]["proposals"][0]["id"].clone();
    anja.does("dismissProposal", json!({"caseId": case, "proposal": proposal, "reason": MARKERS[5]})).await;
}

/// Waits until every letter was marked as taken or laid aside, and so many are laid aside: a server that is stopped before it marked what
/// was taken sends that once more.
async fn marked(person: &Person, dead: u64) {
    let expected = json!({"ok": true, "waiting": 0, "dead": dead});
    // Nothing tells that a letter was marked; asking without a pause would take the processor from who marks it.
    let mut asks = tokio::time::interval(Duration::from_millis(25));
    let asking = async {
        loop {
            asks.tick().await;
            let found = person.readiness().await.1["checks"]["webhooks"].clone();
            if found == expected {
                return;
            }
        }
    };
    assert!(tokio::time::timeout(STOP, asking).await.is_ok(), "{dead} are laid aside in time");
}

fn webhooks(site: &Site, words: &[&str]) -> Output {
    rustpunt().arg("webhooks").args(words).arg("--data").arg(site.data()).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    (output.status.code(), text.concat())
}

/// The whole way: a fact about a family, a kill between delivery and mark, an answer, a refusal, and no word about anybody on any of it.
#[tokio::test(flavor = "multi_thread")]
async fn r23_a_kill_while_sending_loses_nothing_and_no_letter_says_a_word_about_anybody() {
    let (site, hook) = (Site::new(), Hook::start().await);
    hook.usually(Reply::Never);
    let server = Process::start(&mut sending(&site, &hook));
    let (family, mother) = opened(&site.noor(server.address)).await;
    hook.until(1).await;
    let mut logs = server.kill();

    hook.usually(status(204));
    let server = Process::start(&mut sending(&site, &hook));
    hook.until(2).await;
    let anja = site.person(server.address, 2, "Anja", "jeugd-en-gezin-gooi", Role::CaseDirector);
    stops(&anja, &family, &mother).await;
    hook.until(3).await;
    dismisses(&anja, &family).await;
    hook.until(4).await;
    let came = hook.came();
    assert_eq!(came[0].body, came[1].body, "delivered, not marked, delivered again: the same letter");
    let told: Vec<Value> = came[1..].iter().map(Came::event).collect();
    let types: Vec<&str> = told.iter().map(|event| event["type"].as_str().unwrap()).collect();
    let expected = ["sein-gegeven", "voorstel-gedaan", "voorstel-beantwoord"];
    assert_eq!(types, expected.map(|word| format!("nl.jeugdigen.{word}.v1")));
    assert!(told.iter().all(|event| event["subject"] == family.as_str()), "{told:?}");

    // One that nobody takes is told to an operator, by every means there is.
    hook.will([status(410)]);
    let (second, _) = opened(&site.noor(server.address)).await;
    hook.until(5).await;
    marked(&site.noor(server.address), 1).await;
    logs += &server.stop_within(STOP).log;
    let (code, shown) = said(&webhooks(&site, &["list"]));
    let dead = hook.came()[4].event();
    assert_eq!((code, dead["subject"].as_str()), (Some(1), Some(second.as_str())), "{shown}");
    assert!(shown.contains(dead["id"].as_str().unwrap()) && shown.contains("it answered 410"), "{shown}");
    let otlp = Otlp::start().await;
    let mut telling = sending(&site, &hook);
    telling.env("RUSTPUNT_TELEMETRY_OTLP_ENDPOINT", otlp.endpoint()).env("OTEL_METRIC_EXPORT_INTERVAL", "200");
    let server = Process::start(&mut telling);
    let (status, found) = site.noor(server.address).readiness().await;
    let check = json!({"ok": true, "waiting": 0, "dead": 1});
    assert_eq!((status.as_u16(), &found["checks"]["webhooks"]), (200, &check), "{found}");
    let planbord = Some(("receiver", "planbord"));
    otlp.until(|otlp| otlp.value("rustpunt.webhooks.dead", planbord) == Some(1)).await;
    assert_eq!(otlp.value("rustpunt.webhooks.waiting", planbord), Some(0));
    logs += &server.stop_within(STOP).log;

    // Nobody but the operator has it tried again.
    assert_eq!(hook.came().len(), 5);
    let (code, told) = said(&webhooks(&site, &["replay", "--receiver", "planbord"]));
    assert_eq!((code, told.trim()), (Some(0), "Letters that are sent again: 1"));
    let server = Process::start(&mut sending(&site, &hook));
    hook.until(6).await;
    marked(&site.noor(server.address), 0).await;
    assert_eq!(hook.came()[5].body, hook.came()[4].body);
    logs += &server.stop_within(STOP).log;
    let (code, shown_after) = said(&webhooks(&site, &["list"]));
    assert_eq!((code, shown_after.trim()), (Some(0), "planbord: 0 wait, 0 laid aside"));

    // From a checkpoint on: everything, with the ids that the receiver knows.
    let (code, _) = said(&webhooks(&site, &["replay", "--since", "2020-01-01T00:00:00Z"]));
    assert_eq!(code, Some(0));
    let server = Process::start(&mut sending(&site, &hook));
    hook.until(10).await;
    marked(&site.noor(server.address), 0).await;
    let came = hook.came();
    let bodies = |came: &[Came]| came.iter().map(|came| came.body.clone()).collect::<BTreeSet<_>>();
    assert_eq!(bodies(&came[6..]), bodies(&came[1..5]), "the same letters");
    let of_first = |came: &[Came]| {
        came.iter().filter(|came| came.event()["subject"] == family.as_str()).map(Came::id).collect::<Vec<_>>()
    };
    assert_eq!(of_first(&came[6..]), of_first(&came[1..5]), "in order");
    logs += &server.stop_within(STOP).log;

    assert!(logs.contains("a webhook was not taken") && !logs.contains("of=rustpunt"), "no address is logged: {logs}");
    let letters = format!("{:?}", hook.came());
    let file = std::fs::read(site.data().join("webhooks.db")).unwrap();
    let everything = [letters, logs, shown, String::from_utf8_lossy(&file).into_owned()].concat().to_lowercase();
    for marker in MARKERS.iter().map(|marker| marker.to_lowercase()).chain([twelve_soon(), SECRET.to_owned()]) {
        assert!(!everything.contains(&marker), "{marker}");
    }
    assert!(everything.contains("sein-gegeven") && everything.contains("planbord"), "something was searched");
    let mode = std::fs::metadata(site.data().join("webhooks.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "for its owner only");
}

#[test]
fn what_cannot_be_asked_of_webhooks_says_so_and_what_cannot_be_sent_stops_the_start() {
    let site = Site::new();
    let (code, told) = said(&webhooks(&site, &["list"]));
    assert!(code == Some(3) && told.contains("webhooks.db is not there"), "{told}");
    let (code, told) = said(&webhooks(&site, &["replay", "--since", "gisteren"]));
    assert!(code == Some(2) && told.contains("RFC 3339"), "{told}");
    let start = |name: &str, value: &str| {
        let mut command = site.serve();
        command.env("RUSTPUNT_WEBHOOKS_SOURCE", "urn:nld:oin:00000001234567890000:systeem:rustpunt");
        command.env("RUSTPUNT_WEBHOOKS_DATAREF", "https://rustpunt.example/cases");
        command.env("RUSTPUNT_WEBHOOKS_RECEIVERS", "planbord=https://geheim.example/hook");
        said(&command.env(name, value).output().unwrap())
    };
    for (name, value, what) in [
        ("RUSTPUNT_WEBHOOKS_SECRET_FILES", "", "secret of `planbord`"),
        ("RUSTPUNT_WEBHOOKS_SECRET_FILES", "planbord=/not/there", "the file of `planbord` cannot be read"),
        ("RUSTPUNT_WEBHOOKS_SECRET_FILES", "planbrod=/not/there", "names `planbrod`"),
        ("RUSTPUNT_WEBHOOKS_RECEIVERS", "planbord=http://geheim.example/hook", "must be https"),
        ("RUSTPUNT_WEBHOOKS_RECEIVER", "x", "is no setting"),
        ("RUSTPUNT_WEBHOOKS_SOURCE", "rustpunt", "`webhooks.source`"),
    ] {
        let (code, told) = start(name, value);
        assert!(code == Some(3) && told.contains(what) && !told.contains("geheim"), "{name}={value}: {told}");
    }
    assert!(!site.data().exists(), "nothing was opened");
}
