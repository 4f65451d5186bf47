//! The delivery properties of the follower (anchors: eventcore 0051, Marten).

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::time::CivilDay;
use eventstore::port::{Filter, Position, StreamName};
use tokio::sync::watch;

use super::world::{World, case, databases, day, drain, person};
use crate::lists::Identity;
use crate::lists::checkpoint::Checkpoint;
use crate::lists::file::{Change, ReadFile};
use crate::lists::place::Place;
use crate::lists::source::RowSource;
use crate::lists::{Concerns, Lists, ListsFault, PageRequest, Scope, SearchFor, VERSION};

fn first(number: u16) -> PageRequest {
    PageRequest::first(number.try_into().expect("not zero"))
}

async fn all(lists: &Lists) -> Result<u64, ListsFault> {
    lists.caseload(Scope::Municipality(super::world::huizen()), first(10)).await.map(|page| page.total)
}

#[tokio::test]
async fn what_was_recorded_is_listed_and_pages_drain() {
    let mut world = World::new();
    world.page = 2;
    for number in 1..=7 {
        world.record(number, "open").await;
    }
    let lists = world.lists().await;
    let last = world.record(8, "open").await;
    drain(&lists).await;
    assert_eq!(all(&lists).await.expect("fresh lists"), 8);
    assert_eq!(lists.reached().expect("an open database").position, last);
}

#[tokio::test]
async fn lists_answer_only_at_or_past_the_head_seen_on_arrival() {
    let world = World::new();
    let lists = world.lists().await;
    let position = world.record(1, "open").await;
    let Err(ListsFault::Stale(stale)) = all(&lists).await else { panic!("the lists are behind") };
    assert_eq!(stale.wanted, position);
    drain(&lists).await;
    assert_eq!(all(&lists).await.expect("fresh lists"), 1);
}

#[tokio::test]
async fn the_checkpoint_moves_also_when_nothing_matched() {
    let world = World::new();
    let lists = world.lists().await;
    let position = world.record_in(&"worker-1".parse::<StreamName>().expect("a name"), "introduced").await;
    drain(&lists).await;
    drop(lists);
    let again = world.lists_in(world.lists_folder()).await;
    assert_eq!(again.reached().expect("an open database").position, position);
}

#[tokio::test]
async fn a_transaction_that_is_not_committed_leaves_rows_and_checkpoint_as_they_were() {
    let world = World::new();
    world.record(1, "open").await;
    let lists = world.lists().await;
    let (before, reached) = (lists.dump().await.expect("a dump"), lists.reached().expect("a position"));
    world.record(2, "open").await;
    let head = world.record(3, "open").await;
    // The second case fails after the first was made: nothing of the page may stay.
    world.words.failures_left.store(1, Ordering::SeqCst);
    assert!(matches!(lists.catch_up().await, Err(ListsFault::Unreachable { .. })));
    let generation = lists.generation().expect("a database");
    let rows = world.words.rows(case(2), day("2026-03-02")).await.expect("a fold").expect("rows");
    generation.file.abandon(&[Change::Rows(Box::new(rows))], head);
    assert_eq!(lists.dump().await.expect("a dump"), before);
    drop((generation, lists));
    let again = world.lists_in(world.lists_folder()).await;
    assert_eq!(again.reached(), Some(reached), "it goes on from where it was");
    drain(&again).await;
    assert_eq!(again.dump().await.expect("a dump"), world.anew().await, "without loss");
    drain(&again).await;
    let generation = again.generation().expect("a database");
    let from_start = crate::lists::Reached { position: Position::START, ..reached };
    generation.apply(Vec::new(), from_start).await.expect("a step back");
    drain(&again).await;
    assert_eq!(again.dump().await.expect("a dump"), world.anew().await, "a repeat changes nothing");
}

fn identity(world: &World, filter: &Filter, version: u32) -> Identity {
    Identity::new("lists", version, eventstore::port::EventStore::source(&*world.store), filter)
}

#[tokio::test]
async fn a_changed_filter_version_or_source_or_an_older_history_invalidates_the_checkpoint() {
    let world = World::new();
    let head = world.record(1, "open").await;
    drop(world.lists().await);
    let place = Place::open(world.lists_folder()).expect("a folder");
    let today = day("2026-03-02");
    let cases = Filter::categories(["case"]);
    let own = identity(&world, &cases, VERSION);
    assert!(place.usable(&own, head, today).is_some());
    let wider = identity(&world, &Filter::categories(["case", "signal"]), VERSION);
    assert!(place.usable(&wider, head, today).is_none(), "another filter");
    assert!(place.usable(&identity(&world, &cases, VERSION + 1), head, today).is_none(), "another version");
    let elsewhere = Identity::new("lists", VERSION, "another history", &cases);
    assert!(place.usable(&elsewhere, head, today).is_none(), "another source");
    assert!(place.usable(&own, Position::START, today).is_none(), "beyond the head");
    assert!(place.usable(&own, head, day("2026-03-01")).is_none(), "of a day that has not come");
    assert_eq!(databases(&world.lists_folder()).len(), 1, "what another release may use is left");
    assert!(place.usable(&own, head, today).is_some());
}

#[tokio::test]
async fn lists_of_another_history_are_built_anew() {
    let (one, two) = (World::new(), World::new());
    one.record(1, "open").await;
    two.record(2, "open").await;
    drop(one.lists_in(two.lists_folder()).await);
    let foreign = one.lists_in(two.lists_folder()).await;
    foreign.build_first().await.expect("a read database");
    drop(foreign);
    let lists = two.lists().await;
    assert_eq!(lists.dump().await.expect("a dump"), two.anew().await);
    assert_eq!(databases(&two.lists_folder()).len(), 1);
}

#[tokio::test]
async fn a_damaged_read_database_is_built_anew() {
    let world = World::new();
    world.record(1, "open").await;
    drop(world.lists().await);
    let [name] = &databases(&world.lists_folder())[..] else { panic!("one database") };
    std::fs::write(world.lists_folder().join(name), b"not a database, but long enough to be looked at")
        .expect("a write");
    let lists = world.lists().await;
    assert_eq!(all(&lists).await.expect("fresh lists"), 1);
}

#[tokio::test]
async fn a_stream_that_cannot_be_read_is_set_aside_and_others_go_on() {
    let world = World::new();
    world.record(1, "open").await;
    let lists = world.lists().await;
    world.record(1, "poison").await;
    world.record(2, "open").await;
    drain(&lists).await;
    assert_eq!(all(&lists).await.expect("fresh lists"), 1, "the quarantined case is not listed");
    let quarantined = lists.quarantined().await.expect("a list");
    assert_eq!(quarantined.len(), 1);
    assert_eq!(quarantined[0].stream, format!("case-{}", case(1)));
    assert_eq!(quarantined[0].reason, "unknown type");
    // A release that can read it lists it again.
    world.words.healed.store(true, Ordering::SeqCst);
    lists.refresh(case(1)).await.expect("a refresh");
    assert_eq!(lists.quarantined().await.expect("a list"), []);
    assert_eq!(all(&lists).await.expect("fresh lists"), 2);
}

/// A vault was restored, a newer release was installed: who could not be found is found again.
#[tokio::test]
async fn a_start_takes_up_names_whose_keys_came_back_and_streams_that_can_be_read() {
    let world = World::new();
    world.record(1, "name 1 Samira Boukhari").await;
    world.record(2, "poison").await;
    world.words.lost.lock().expect("a lock").insert(person(1));
    drop(world.lists().await);
    let lists = Arc::new(world.lists_in(world.lists_folder()).await);
    assert_eq!(lists.concerns().expect("figures"), Concerns { quarantined: 1, names_missing: 1 });
    world.words.lost.lock().expect("a lock").clear();
    world.words.healed.store(true, Ordering::SeqCst);
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn({
        let lists = Arc::clone(&lists);
        async move { lists.run(stopped).await }
    });
    let position = world.record(3, "open").await;
    lists.when_processed(position, Duration::from_mins(1)).await.expect("the follower");
    assert_eq!(lists.concerns().expect("figures"), Concerns::default());
    let search = SearchFor { words: "samira".to_owned(), birth_date: None };
    let found = lists.search(Scope::Municipality(super::world::huizen()), search, first(9)).await.expect("a page");
    assert_eq!(found.total, 1);
    assert_eq!(*world.words.forgotten.lock().expect("a lock"), [case(2), case(1)], "nothing opened before is used");
    stop.send(true).expect("somebody listens");
    running.await.expect("a clean end");
}

#[tokio::test]
async fn the_follower_tries_again_with_growing_pauses_and_wakes_with_the_head() {
    let world = World::new();
    world.record(1, "open").await;
    let lists = Arc::new(world.lists_in(world.lists_folder()).await);
    world.store.failures_left.store(3, Ordering::SeqCst);
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn({
        let lists = Arc::clone(&lists);
        async move { lists.run(stopped).await }
    });
    let patience = Duration::from_mins(1);
    lists.when_processed(Position::from_token(1), patience).await.expect("the first event");
    assert_eq!(*world.pause.0.lock().expect("a lock"), [1, 2, 3]);
    let position = world.record(2, "open").await;
    lists.when_processed(position, patience).await.expect("the second event");
    world.clock.set(day("2026-03-03").at(0, 0));
    lists.when_processed(position, patience).await.expect("the new day");
    assert_eq!(all(&lists).await.expect("fresh lists"), 2);
    stop.send(true).expect("somebody listens");
    running.await.expect("a clean end");
}

#[tokio::test]
async fn a_new_day_changes_rows_without_an_event() {
    let world = World::new();
    world.record(1, "open").await;
    world.record(1, "deputy 2 2026-03-03").await;
    world.record(2, "open").await;
    world.record(2, "birthday 2026-03-20").await;
    let lists = world.lists().await;
    let at = |today: CivilDay| world.clock.set(today.at(9, 0));
    let shown = async || {
        let page = lists.caseload(Scope::Municipality(super::world::huizen()), first(10)).await.expect("fresh lists");
        let rows = page.rows.iter().map(|(_, listed)| (listed.row.deputy.is_some(), listed.row.incomplete_consents));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(shown().await, [(true, 0), (false, 0)]);
    at(day("2026-03-04"));
    assert!(matches!(all(&lists).await, Err(ListsFault::Stale(_))), "rows of yesterday are not shown");
    drain(&lists).await;
    assert_eq!(shown().await, [(false, 0), (false, 0)]);
    at(day("2026-03-20"));
    drain(&lists).await;
    assert_eq!(shown().await, [(false, 0), (false, 1)]);
    assert_eq!(lists.dump().await.expect("a dump"), world.anew().await);
}

#[tokio::test]
async fn a_checkpoint_is_kept_as_it_was_written() {
    let world = World::new();
    let checkpoint = Checkpoint {
        identity: identity(&world, &Filter::categories(["case"]), VERSION),
        position: Position::from_token(u64::MAX - 1),
        day: day("2026-11-16"),
    };
    let path = world.folder.path().join("read-v1-x.db");
    drop(ReadFile::create(&path, &checkpoint).expect("a file"));
    assert_eq!(ReadFile::open(&path).expect("a file").checkpoint().expect("a checkpoint"), checkpoint);
}
