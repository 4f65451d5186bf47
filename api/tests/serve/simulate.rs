//! `rustpunt simulate` as somebody runs it, kills it, and runs it again.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use eventstore::port::{EventStore as _, Filter, Position, RecordedEvent};
use eventstore::sqlite::SqliteStore;

use crate::process::Killed;
use crate::site::{Site, rustpunt};

/// Families: enough that three kills find it at work.
const CASES: &str = "150";

/// Long enough for any of it; only a fault takes so long.
const PATIENCE: Duration = Duration::from_mins(2);

fn simulate(folder: &Path, cases: &str) -> Command {
    let mut command = rustpunt();
    command.args(["simulate", "--cases", cases, "--seed", "4", "--data"]).arg(folder).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// How many events there are, seen from outside.
async fn head(folder: &Path) -> u64 {
    let Ok(store) = SqliteStore::open_read_only(&folder.join("history.db")) else { return 0 };
    store.head().await.map_or(0, Position::token)
}

/// The bodies of cases, in order of stream and revision: what the engine stamps and seals is left out.
async fn cases(folder: &Path) -> Vec<String> {
    let store = SqliteStore::open_read_only(&folder.join("history.db")).unwrap();
    let (mut after, mut all) = (Position::START, Vec::new());
    loop {
        let page = store.read_all(after, &Filter::all(), 1_000).await.unwrap();
        after = page.next;
        all.extend(page.events.iter().filter(|event| event.stream.as_str().starts_with("case-")).map(plain));
        if page.at_head {
            all.sort_unstable();
            return all;
        }
    }
}

fn plain(event: &RecordedEvent) -> String {
    let metadata: serde_json::Value = serde_json::from_slice(&event.metadata).unwrap();
    let (stream, revision, kind) = (event.stream.as_str(), event.revision, &event.outer_type);
    let (actor, subjects, command) = (&metadata["actor"], &metadata["subjects"], &metadata["command"]["id"]);
    format!("{stream} {revision:?} {kind} {} {actor} {subjects} {command}", event.recorded_at)
}

/// R20: killed at any moment, the same command again comes to the end it would have come to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_region_that_is_killed_is_simply_begun_again() {
    let place = tempfile::tempdir().unwrap();
    let (whole, broken) = (place.path().join("whole"), place.path().join("broken"));
    let done = simulate(&whole, CASES).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("A region of 150 invented families"), "{}", said(&done));
    let all = head(&whole).await;

    let mut at_work = 0;
    for signal in ["-KILL", "-INT", "-KILL"] {
        let wanted = head(&broken).await + all / 6;
        let quiet = simulate(&broken, CASES).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (mut child, since) = (Killed(quiet), Instant::now());
        while head(&broken).await < wanted && child.0.try_wait().unwrap().is_none() {
            assert!(since.elapsed() < PATIENCE, "it does not get on");
            tokio::task::yield_now().await;
        }
        let pid = child.0.id().to_string();
        // It may have come to its end: then there is nothing to send to.
        let _ = Command::new("kill").args([signal, &pid]).status().unwrap();
        child.0.wait().unwrap();
        at_work += u32::from(head(&broken).await < all);
    }
    assert!(at_work > 0, "no signal found it at work");
    let done = simulate(&broken, CASES).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(cases(&broken).await, cases(&whole).await);

    let verified = rustpunt().arg("verify").arg("--data").arg(&broken).output().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
    let again = simulate(&broken, "151").output().unwrap();
    assert!(!again.status.success() && said(&again).contains("--cases 150 --seed 4"), "{}", said(&again));
}

#[test]
fn a_region_is_no_place_to_serve_from_and_a_real_folder_none_for_a_region() {
    let site = Site::new();
    let done = simulate(&site.data(), "2").output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    let served = site.serve().output().unwrap();
    assert!(!served.status.success() && said(&served).contains("is a demo folder"), "{}", said(&served));
    let real = tempfile::tempdir().unwrap();
    std::fs::write(real.path().join("history.db"), "").unwrap();
    let refused = simulate(real.path(), "2").output().unwrap();
    assert!(!refused.status.success() && said(&refused).contains("real history"), "{}", said(&refused));
}
