//! A system clock that steps (`architecture.md`, `recorded_at`): nothing is recorded until an operator confirms the time, looking goes
//! on, and time in the history never goes back.

use std::time::Duration;

use api::node::HISTORY;
use domain::fact::Role;
use domain::time::Timestamp;
use eventstore::port::{EventStore as _, Filter, Position};
use eventstore::sqlite::SqliteStore;
use serde_json::{Value, json};

use crate::inside::{Inside, Machine};
use crate::process::Process;
use crate::site::{MUNICIPALITY, Person, Site};

const HOUR: Duration = Duration::from_hours(1);

/// More than stopping takes.
const STOP: Duration = Duration::from_secs(30);

fn signal() -> Value {
    Person::signal("Er is behoefte aan rust.")
}

/// When each event was recorded, in order.
async fn recorded(site: &Site) -> Vec<Timestamp> {
    let store = SqliteStore::open_read_only(&site.data().join(HISTORY)).unwrap();
    let page = store.read_all(Position::START, &Filter::all(), 500).await.unwrap();
    page.events.iter().map(|event| event.recorded_at).collect()
}

async fn works(noor: &Person) {
    noor.does("raiseSignal", signal()).await;
    noor.looks().await;
    let (status, found) = noor.readiness().await;
    assert_eq!((status.as_u16(), &found["checks"]["clock"]["ok"]), (200, &json!(true)), "{found}");
}

/// Not ready and says why; records nothing and says so; still shows what is there, with its entry in the trail.
async fn only_shows(noor: &Person) {
    noor.looks().await;
    let (status, found) = noor.readiness().await;
    assert_eq!(status.as_u16(), 503, "{found}");
    assert_eq!(
        (&found["checks"]["clock"]["ok"], &found["checks"]["trail"]["ok"]),
        (&json!(false), &json!(true)),
        "{found}"
    );
    let what = found["checks"]["clock"]["what"].as_str().unwrap();
    assert!(what.contains("3600 s") && what.contains("serve --confirm-clock"), "{what}");
    assert_eq!(noor.refused("raiseSignal", signal()).await, "CLOCK_IN_DOUBT");
}

/// The clock steps under a running node. Neither a clock that goes back by itself nor another start is an operator's word.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_step_nothing_is_recorded_until_the_operator_confirms() {
    let (site, machine) = (Site::new(), Machine::off_by(Duration::ZERO));
    let server = Inside::start(&site, &machine, false);
    let noor = site.noor(server.address);
    let command = json!("00000000-0000-4000-8000-000000000001");
    let mut first = signal();
    first["commandId"] = command;
    let raised = noor.does("raiseSignal", first.clone()).await;
    works(&noor).await;
    let trusted = machine.now();

    machine.step(HOUR);
    only_shows(&noor).await;
    // Whoever was never here looks too; introduced is who asks once the time is confirmed.
    let joost = site.person(server.address, 2, "Joost", MUNICIPALITY, Role::AccessWorker);
    only_shows(&joost).await;
    let again = noor.does("raiseSignal", first).await;
    assert_eq!(
        (&again["repeated"], &again["created"]),
        (&json!(true), &raised["created"]),
        "what is stored is answered"
    );
    server.stop();
    let before = recorded(&site).await;
    assert!(before.iter().all(|recorded| *recorded <= trusted));

    // The step lies before this start, so this process cannot see it.
    let server = Inside::start(&site, &machine, false);
    only_shows(&site.noor(server.address)).await;
    server.stop();
    assert!(recorded(&site).await.len() <= before.len() + 1, "at most the note about the vault, from before the start");

    let server = Inside::start(&site, &machine, true);
    works(&site.noor(server.address)).await;
    site.person(server.address, 2, "Joost", MUNICIPALITY, Role::AccessWorker).looks().await;
    server.stop();
    let server = Inside::start(&site, &machine, false);
    works(&site.noor(server.address)).await;
    server.stop();
    let after = recorded(&site).await;
    assert!(after.is_sorted() && after.last() == Some(&machine.now()), "{after:?}");
}

/// The real binary, on a history whose last events were recorded by a clock that was an hour fast.
#[tokio::test(flavor = "multi_thread")]
async fn a_history_from_the_future_is_only_shown_until_serve_confirm_clock() {
    let (site, fast) = (Site::new(), Machine::off_by(HOUR));
    let server = Inside::start(&site, &fast, false);
    works(&site.noor(server.address)).await;
    server.stop();
    let before = recorded(&site).await;

    let server = Process::start(&mut site.serve());
    let noor = site.noor(server.address);
    let (status, found) = noor.readiness().await;
    assert_eq!((status.as_u16(), &found["checks"]["clock"]["ok"]), (503, &json!(false)), "{found}");
    assert_eq!(noor.refused("raiseSignal", signal()).await, "CLOCK_IN_DOUBT");
    noor.looks().await;
    assert!(server.stop_within(STOP).status.success());
    assert_eq!(recorded(&site).await, before);

    let server = Process::start(site.serve().arg("--confirm-clock"));
    works(&site.noor(server.address)).await;
    let ended = server.stop_within(STOP);
    assert!(ended.log.contains("the operator confirmed the time"), "{}", ended.log);
    let after = recorded(&site).await;
    assert!(after.len() > before.len() && after.is_sorted(), "{after:?}");
    assert_eq!(after.last(), before.last(), "time stands still until the clock has caught up");
}
