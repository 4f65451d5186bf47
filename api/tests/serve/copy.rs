//! `rustpunt copy` as an operator runs it, kills it, and runs it again.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use domain::ids::{EventId, Revision};
use eventstore::clock::SystemClock;
use eventstore::port::{EventStore as _, Expected, Filter, NewEvent, Position, RecordedEvent, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use uuid::Uuid;

use crate::process::Process;
use crate::site::{Person, Site, rustpunt};

/// Events of the history that is copied.
const EVENTS: u64 = 12_000;

fn copy(from: &Path, to: &str) -> Command {
    let mut command = rustpunt();
    command.arg("copy").arg("--from").arg(from).args(["--to", to]).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn write(folder: &Path) {
    let store =
        SqliteStore::open(&folder.join("history.db"), SqliteOptions::new(Arc::new(SystemClock::new()))).unwrap();
    let stream = |number: u64| -> StreamName { format!("case-{}", number % 100).parse().unwrap() };
    for round in 0..EVENTS / 100 {
        let expected = round.checked_sub(1).map_or(Expected::NoStream, |last| Expected::At(Revision::new(last)));
        let event = || NewEvent {
            id: EventId::from_uuid(Uuid::now_v7()),
            outer_type: "SomethingHappened".to_owned(),
            version: 1,
            metadata: b"{}".to_vec(),
            data: vec![7; 500],
            command: None,
        };
        let streams: Vec<StreamName> = (0..100).map(stream).collect();
        let appends = streams.iter().map(|name| store.append(name, expected, vec![event()]));
        futures_util::future::try_join_all(appends).await.unwrap();
    }
    store.close().await.unwrap();
}

async fn everything(folder: &Path) -> Vec<RecordedEvent> {
    let store = SqliteStore::open_read_only(&folder.join("history.db")).unwrap();
    let (mut after, mut all) = (Position::START, Vec::new());
    loop {
        let page = store.read_all(after, &Filter::all(), 1_000).await.unwrap();
        after = page.next;
        all.extend(page.events);
        if page.at_head {
            return all;
        }
    }
}

/// How far a copy is, seen from outside.
async fn head(folder: &Path) -> u64 {
    let Ok(store) = SqliteStore::open_read_only(&folder.join("history.db")) else { return 0 };
    store.head().await.map_or(0, Position::token)
}

/// R20: killed at any moment, the same command again comes to its end, and everything is there once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_killed_is_simply_run_again() {
    let place = tempfile::tempdir().unwrap();
    let (from, to) = (place.path().join("from"), place.path().join("to"));
    std::fs::create_dir(&from).unwrap();
    write(&from).await;
    let mut broken = 0;
    for signal in ["-KILL", "-INT", "-KILL"] {
        let held = head(&to).await;
        let mut child = copy(&from, to.to_str().unwrap()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while head(&to).await <= held && child.try_wait().unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().is_ok());
        let ended = child.wait().unwrap();
        broken += u32::from(!ended.success() && (1..EVENTS).contains(&head(&to).await));
    }
    assert!(broken > 0, "none was broken off half-way");
    let done = copy(&from, to.to_str().unwrap()).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains(&format!("{EVENTS} events in 100 streams")), "{}", said(&done));
    assert_eq!(everything(&to).await, everything(&from).await);
    let verified = rustpunt().arg("verify").arg("--data").arg(&to).output().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
}

/// An address with a password need not stand on the command line, and is shown nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_ends_may_stand_in_the_environment() {
    let place = tempfile::tempdir().unwrap();
    let (from, to) = (place.path().join("from"), place.path().join("to"));
    std::fs::create_dir(&from).unwrap();
    write(&from).await;
    let run = |arguments: &[&str]| {
        let mut command = rustpunt();
        command.args(arguments).env("RUSTPUNT_COPY_FROM", &from).env("RUSTPUNT_COPY_TO", &to).stdin(Stdio::null());
        command
    };
    let done = run(&["copy"]).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(everything(&to).await, everything(&from).await);
    let secret = "esdb://anja:geheim@one:port";
    let help = run(&["copy", "--help"]).env("RUSTPUNT_COPY_TO", secret).output().unwrap();
    assert!(help.status.success() && said(&help).contains("RUSTPUNT_COPY_TO"), "{}", said(&help));
    assert!(!said(&help).contains("geheim"), "{}", said(&help));
    // No other command takes them for settings.
    let other = run(&["rebuild"]).output().unwrap();
    assert!(said(&other).contains("data.folder"), "{}", said(&other));
}

/// A folder that is served is not copied from; a folder with another history is not copied to; and no message holds a password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_copied_is_said_and_nothing_is_written() {
    let site = Site::new();
    let server = Process::start(&mut site.serve());
    site.noor(server.address).does("raiseSignal", Person::signal("Home")).await;
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("to");
    let refused = copy(&site.data(), to.to_str().unwrap()).output().unwrap();
    assert!(refused.status.code() == Some(3) && said(&refused).contains("stop the other server"), "{}", said(&refused));
    assert!(!to.join("history.db").exists());
    server.stop_within(Duration::from_secs(30));

    let done = copy(&site.data(), to.to_str().unwrap()).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    let (other, before) = (place.path().join("other"), everything(&to).await);
    std::fs::create_dir(&other).unwrap();
    write(&other).await;
    let foreign = copy(&other, to.to_str().unwrap()).output().unwrap();
    assert!(foreign.status.code() == Some(3) && said(&foreign).contains("another history"), "{}", said(&foreign));
    assert_eq!(everything(&to).await, before);

    let address = copy(&site.data(), "esdb://anja:geheim@one:port").output().unwrap();
    assert!(address.status.code() == Some(3) && !said(&address).contains("geheim"), "{}", said(&address));
    let nothing = copy(place.path(), to.to_str().unwrap()).output().unwrap();
    assert!(nothing.status.code() == Some(3) && said(&nothing).contains("check the path"), "{}", said(&nothing));
}
