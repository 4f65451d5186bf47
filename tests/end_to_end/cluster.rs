//! The demo with its history on a peer that speaks the protocol from memory (it is not KurrentDB): everybody reads there what they
//! read of a history in the folder.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use serde_json::{Value, json};
use tests::peer::{PeerOptions, ProtocolPeer};
use uuid::Uuid;

use crate::client::Person;
use crate::server::{Cluster, Server, shared};
use crate::socket::Talk;
use crate::wide;

/// Everything about one case, now and at three moments.
fn case_query() -> String {
    let case = wide::CASE;
    format!(
        "query($id: ID!) {{ case(id: $id) {{ revision asOfDay {case}
            recorded: asOf(recorded: \"2026-04-20\") {{ {case} }}
            about: asOf(about: \"2026-04-20\") {{ {case} }}
            both: asOf(recorded: \"2026-06-20\", about: \"2026-05-01\") {{ {case} }} }} }}"
    )
}

const OFFERED: &str = "query($id: ID!) { handoverOffered(caseId: $id) {
    id state offered planned reason summary openTasks summaryRead
    predecessor { id name } successor { id name } family { agrees words toldDay person { id name } } } }";

const PAGE: &str = "query($id: ID!, $after: String) { case(id: $id) { timeline(first: 4, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id kind recordedAt words { label text } } } } } }";

const SEARCH: &str = "query($search: PersonSearch!) { searchPeople(search: $search, first: 100) {
    totalCount edges { cursor node { person { id name birthDate households { id label } } case { id phase } } } } }";

const OWN: &str = "{ me { id name role organisation municipality } departureRules { word text } }";

/// Directors, deputies, access workers of three municipalities, and somebody of every other role.
const MANY: [&str; 14] = [
    "anja", "noor", "layla", "joost", "bram", "kees", "mehmet", "marit", "sjef", "petra", "renske", "hugo", "gerda",
    "olivier",
];

/// Those who see most.
const FEW: [&str; 3] = ["anja", "noor", "layla"];

/// What these people see of everything, in one value.
async fn everything(server: &Server, people: &[&str]) -> Value {
    let (query, cases) = (case_query(), server.cases());
    let mut seen = json!({});
    for key in people {
        let person = server.as_(key);
        let mut of_person = json!({ "own": person.ask(OWN).await.body, "lists": person.ask(wide::LISTS).await.body });
        of_person["found"] = searches(&person).await;
        for (name, id) in &cases {
            of_person[name] = person.ask_with(&query, json!({"id": id})).await.body;
            of_person["offered"][name] = person.ask_with(OFFERED, json!({"id": id})).await.body;
        }
        seen[*key] = of_person;
    }
    for key in FEW {
        let person = server.as_(key);
        for (name, id) in &cases {
            seen["pages"][key][name] = pages(&person, id).await;
            seen["watched"][key][name] = watched(&person, id).await;
        }
    }
    seen
}

async fn searches(person: &Person) -> Value {
    let mut found = json!([]);
    for search in [json!({"name": "Samira"}), json!({"name": "Ilse"}), json!({"birthDate": "1986-05-17"})] {
        let answer = person.ask_with(SEARCH, json!({"search": search})).await;
        found.as_array_mut().unwrap().push(answer.body);
    }
    found
}

/// The timeline, four entries at a time.
async fn pages(person: &Person, case: &str) -> Value {
    let (mut pages, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = person.ask_with(PAGE, json!({"id": case, "after": after})).await.body;
        let info = page["data"]["case"]["timeline"]["pageInfo"].clone();
        pages.push(page);
        if info["hasNextPage"] != json!(true) {
            return Value::Array(pages);
        }
        after = info["endCursor"].clone();
    }
}

/// What a subscription tells first.
async fn watched(person: &Person, case: &str) -> Value {
    let mut talk = Talk::of(person).await;
    let query = format!("subscription($id: ID!) {{ caseChanged(caseId: $id) {{ revision {} }} }}", wide::CASE);
    talk.subscribe(&query, json!({"id": case})).await;
    talk.hear().await
}

/// Fields whose text means something to this server alone.
const OPAQUE: [&str; 5] = ["cursor", "startCursor", "endCursor", "revision", "pseudonym"];

/// Lists in the order of random ids: another play of the same case has another order, on any engine.
const BY_ID: [&str; 1] = ["members"];

/// Names every id and every opaque token by when it appeared first.
#[derive(Default)]
struct Canonical(HashMap<String, usize>);

impl Canonical {
    fn of(value: Value) -> Value {
        Self::default().walk("", value)
    }

    fn walk(&mut self, field: &str, value: Value) -> Value {
        match value {
            Value::String(text) if OPAQUE.contains(&field) || Uuid::try_parse(&text).is_ok() => {
                let next = self.0.len();
                Value::String(format!("#{}", self.0.entry(text).or_insert(next)))
            }
            Value::Array(mut entries) if BY_ID.contains(&field) => {
                entries.sort_by_cached_key(|entry| entry["person"]["name"].to_string());
                self.walk("", Value::Array(entries))
            }
            Value::Array(entries) => Value::Array(entries.into_iter().map(|entry| self.walk(field, entry)).collect()),
            // By name, whatever order was asked for: lists of ids come late, and their order is not told by random ids.
            Value::Object(fields) => {
                let by_name: BTreeMap<String, Value> = fields.into_iter().collect();
                let walked = by_name.into_iter().map(|(name, value)| (name.clone(), self.walk(&name, value)));
                Value::Object(walked.collect())
            }
            other => other,
        }
    }
}

/// Where two values differ first, so that a failure can be read.
fn difference(path: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            one.iter().find_map(|(name, value)| {
                difference(&format!("{path}/{name}"), value, other.get(name).unwrap_or(&Value::Null))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(place, (one, other))| difference(&format!("{path}/{place}"), one, other)),
        _ => (one != other).then(|| format!("{path}: {one} <> {other}")),
    }
}

#[track_caller]
fn same(one: &Value, other: &Value) {
    assert_eq!(difference("", one, other), None);
}

/// Streams of the history, without those that the peer writes for itself.
fn categories(peer: &ProtocolPeer) -> Vec<String> {
    let events = peer.events();
    let ours = events.iter().filter_map(|event| event.stream.strip_prefix("drenthe."));
    let mut found: Vec<String> = ours.filter_map(|name| name.split('-').next().map(str::to_owned)).collect();
    found.sort();
    found.dedup();
    found
}

/// The engine is no part of what anybody reads; neither is a restart, nor lists that are made anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_the_peer_everybody_reads_what_they_read_of_a_folder_also_after_a_restart() {
    let embedded = Canonical::of(everything(shared(), &MANY).await);
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let cluster = Cluster { address: peer.url().parse().unwrap(), namespace: "drenthe".parse().unwrap() };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::demo_on_cluster(folder.path(), &cluster);
    assert_eq!(server.steps, shared().steps);
    let seen = everything(&server, &MANY).await;
    same(&embedded, &Canonical::of(seen.clone()));
    assert!(seen["layla"].to_string().contains("SPECIALIST_OVERDUE"), "the lists did follow");
    assert!(!folder.path().join("history.db").exists());
    assert_eq!(categories(&peer), ["case", "signal", "vault", "worker"]);

    let seen = everything(&server, &FEW).await;
    let server = server.again_on_cluster(&cluster, |_| {});
    same(&seen, &everything(&server, &FEW).await);
    let server = server.again_on_cluster(&cluster, |folder| fs::remove_dir_all(folder.join("lists")).unwrap());
    same(&seen, &everything(&server, &FEW).await);
    server.stop();
}
