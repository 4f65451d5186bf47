//! A history moved to a cluster and from there to another folder, its vault put beside it: every case reads the same, and nothing that the
//! system did by itself is done again.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use api::cli::copy::{End, carry_out};
use api::demo::clock::DemoClock;
use api::node::{FolderKind, HISTORY, HistoryPlace, MASTER_KEY, Node, NodeOptions, VAULT};
use domain::terms::TermsBook;
use eventstore::metadata::Metadata;
use eventstore::port::{Position, RecordedEvent};
use eventstore::sqlite::verify;
use serde_json::{Value, json};
use tests::peer::{PeerOptions, ProtocolPeer};

use crate::server::{Server, events};
use crate::wide;

/// More than following a demo takes.
const LONG: Duration = Duration::from_mins(1);

/// What some people see of every list and every case, in one value.
async fn everything(server: &Server) -> Value {
    let mut seen = json!({});
    for key in ["anja", "noor", "layla", "bram"] {
        let person = server.as_(key);
        seen[key]["lists"] = person.ask(wide::LISTS).await.body;
        for (case, id) in server.cases() {
            let query = format!("query($id: ID!) {{ case(id: $id) {{ revision {} }} }}", wide::CASE);
            seen[key][&case] = person.ask_with(&query, json!({"id": id})).await.body;
        }
    }
    seen
}

/// Everything but the notes about the vault, without the positions.
async fn facts(folder: &Path) -> Vec<RecordedEvent> {
    let events = events(&folder.join(HISTORY)).await.into_iter();
    let facts = events.filter(|event| event.stream.category() != "vault");
    facts.map(|event| RecordedEvent { position: Position::START, ..event }).collect()
}

/// Opens the copy as a node does, with lists and reactions that have never seen this store, and lets them go through all of it.
async fn follow_from_the_beginning(folder: &Path, last: &RecordedEvent) {
    let options = NodeOptions {
        folder: folder.to_owned(),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: Arc::new(DemoClock::at(last.recorded_at)),
    };
    let node = Node::open(options, || {}).await.unwrap();
    let head = node.store().head().await.unwrap();
    node.reactions().when_processed(head, LONG).await.unwrap();
    node.lists().when_processed(head, LONG).await.unwrap();
    node.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moved_history_reads_the_same_and_does_nothing_twice() {
    let (home, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Server::demo(home.path());
    let before = everything(&first).await;
    first.stop();
    let told = facts(home.path()).await;
    let reacted = |event: &&RecordedEvent| {
        Metadata::from_bytes(&event.metadata).is_ok_and(|metadata| metadata.causation.is_some())
    };
    assert!(told.iter().any(|event| reacted(&event)), "the system did something by itself in this history");

    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let place = |place: &str| End::read(place, "rustpunt").unwrap();
    let (from, over, to) =
        (place(home.path().to_str().unwrap()), place(&peer.url()), place(away.path().to_str().unwrap()));
    carry_out(&from, &over, |_| ()).await.unwrap();
    let report = carry_out(&over, &to, |_| ()).await.unwrap();
    assert_eq!(report.events, events(&home.path().join(HISTORY)).await.len() as u64);
    assert_eq!(FolderKind::of(away.path()), Some(FolderKind::Real), "a cluster does not tell that people are invented");
    for file in [VAULT, MASTER_KEY, "DEMO", "demo-issuer.pem", "demo-journal.jsonl"] {
        fs::copy(home.path().join(file), away.path().join(file)).unwrap();
    }

    follow_from_the_beginning(away.path(), told.last().unwrap()).await;
    assert_eq!(facts(away.path()).await, told, "reactions that began anew did nothing twice");
    let second = Server::demo(away.path());
    assert_eq!(second.steps.unwrap().now, 0);
    assert_eq!(everything(&second).await, before);
    second.stop();
    assert_eq!(facts(away.path()).await, told);
    let report = verify(&away.path().join(HISTORY), |_| Ok(()), |_, _| ()).unwrap();
    assert!(report.is_sound(), "{report:?}");

    // The old folder stands as it was, and the copy has gone on from it: it can come home.
    let home_again = carry_out(&to, &from, |_| ()).await.unwrap();
    assert!(home_again.events > home_again.skipped);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_does_not_let_us_in_is_told_at_once_and_without_the_password() {
    let credentials = Some(("rustpunt".to_owned(), "other".to_owned()));
    let peer = ProtocolPeer::start(PeerOptions { credentials, ..PeerOptions::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let to = End::read(folder.path().to_str().unwrap(), "rustpunt").unwrap();
    let from = End::read(&peer.url_with("rustpunt", "geheim"), "rustpunt").unwrap();
    let refused = carry_out(&from, &to, |_| ()).await.unwrap_err().to_string();
    assert!(refused.contains("name and password") && !refused.contains("geheim"), "{refused}");
    assert!(!folder.path().join(HISTORY).exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_under_which_nothing_stands_is_told() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let to = End::read(folder.path().to_str().unwrap(), "rustpunt").unwrap();
    let from = End::read(&peer.url(), "elsewhere").unwrap();
    let refused = carry_out(&from, &to, |_| ()).await.unwrap_err().to_string();
    assert!(refused.contains("no history stands there"), "{refused}");
    assert!(peer.events().is_empty(), "looking for a history begins none");
    assert!(!folder.path().join(HISTORY).exists());
}
