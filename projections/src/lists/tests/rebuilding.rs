//! Rebuilding beside the running one (R20).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::world::{World, case, databases, drain, person};
use crate::lists::ListsFault;

#[tokio::test]
async fn live_and_rebuilt_are_the_same_and_one_file_is_left() {
    let mut world = World::new();
    world.page = 3;
    for number in 1..=9 {
        world.record(number % 4, "open").await;
        world.record(number % 4, "party 1").await;
        world.record(number % 3, "name 1 Samira Boukhari").await;
    }
    let lists = world.lists().await;
    world.record(2, "gap 2026-03-02").await;
    drain(&lists).await;
    let (live, old) = (lists.dump().await.expect("a dump"), databases(&world.lists_folder()));
    let seen = Mutex::new(Vec::new());
    lists.rebuild(&|progress| seen.lock().expect("a lock").push(progress)).await.expect("a rebuild");
    assert_eq!(lists.dump().await.expect("a dump"), live);
    let new = databases(&world.lists_folder());
    assert_eq!(new.len(), 1);
    assert_ne!(new, old);
    let seen = seen.into_inner().expect("a lock");
    let last = seen.last().expect("progress");
    assert_eq!((last.position, last.cases), (last.head, 4), "each stream was read once");
    drop(lists);
    let again = world.lists_in(world.lists_folder()).await;
    assert_eq!(again.dump().await.expect("a dump"), live, "the pointer leads to the new one");
}

/// Also of a case that the rebuild has met already, within a page that goes past the head it aims for.
#[tokio::test]
async fn what_is_recorded_during_a_rebuild_is_in_it_when_it_takes_over() {
    for (page, moment) in [(1, 1), (2, 1), (512, 0), (512, 1)] {
        recorded_during_a_rebuild(page, moment).await;
    }
}

/// `moment`: before which page the running lists go past the head.
async fn recorded_during_a_rebuild(page: usize, moment: usize) {
    let mut world = World::new();
    world.page = page;
    for number in 1..=3 {
        world.record(number, "open").await;
    }
    let lists = Arc::new(world.lists().await);
    let world = Arc::new(world);
    let calls = AtomicUsize::new(0);
    let runtime = tokio::runtime::Handle::current();
    let (live, during) = (Arc::clone(&lists), Arc::clone(&world));
    let progress = move |_| {
        if calls.fetch_add(1, Ordering::SeqCst) == moment {
            let (live, during, runtime) = (Arc::clone(&live), Arc::clone(&during), runtime.clone());
            // The running lists pass the head that the rebuild aims for.
            let moved = std::thread::spawn(move || {
                runtime.block_on(async {
                    during.record(1, "party 1").await;
                    during.record(4, "open").await;
                    drain(&live).await;
                });
            });
            moved.join().expect("the running lists moved on");
        }
    };
    let mark = Arc::clone(&lists);
    tokio::task::spawn_blocking(move || {
        tokio::runtime::Handle::current().block_on(mark.rebuild(&progress)).expect("a rebuild");
    })
    .await
    .expect("a rebuild");
    let head = eventstore::port::EventStore::head(&*world.store).await.expect("a head");
    assert_eq!(lists.reached().expect("a position").position, head);
    assert_eq!(lists.dump().await.expect("a dump"), world.anew().await, "pages of {page}, before page {moment}");
}

#[tokio::test]
async fn a_rebuild_that_is_killed_leaves_the_old_one_serving() {
    let mut world = World::new();
    world.page = 1;
    for number in 1..=5 {
        world.record(number, "open").await;
    }
    let lists = world.lists().await;
    let (before, old) = (lists.dump().await.expect("a dump"), databases(&world.lists_folder()));
    {
        // The process ends half-way: the half-built file stays behind as it is.
        let path = world.lists_folder().join("read-v1-half.db");
        let generation = crate::lists::generation::Generation::create(
            &path,
            lists.identity.clone(),
            super::world::day("2026-03-02"),
        );
        drop(generation.expect("a file"));
    }
    assert_eq!(databases(&world.lists_folder()).len(), 2);
    drop(lists);
    let again = world.lists_in(world.lists_folder()).await;
    assert_eq!(again.dump().await.expect("a dump"), before);
    assert_eq!(databases(&world.lists_folder()), old, "what was half-built is cleared away");
    // The future is dropped half-way: the file goes with it.
    let rebuild = again.rebuild(&|_| {});
    let half = tokio::time::timeout(std::time::Duration::ZERO, rebuild).await;
    assert!(half.is_err(), "it had not finished");
    assert_eq!(again.dump().await.expect("a dump"), before);
    again.rebuild(&|_| {}).await.expect("a rebuild after one that was dropped");
    assert_eq!(again.dump().await.expect("a dump"), before);
}

#[tokio::test]
async fn a_poisoned_stream_stops_a_rebuild_and_the_old_one_goes_on() {
    let world = World::new();
    world.record(1, "open").await;
    world.record(2, "open").await;
    world.record(2, "poison").await;
    let lists = world.lists().await;
    let before = lists.dump().await.expect("a dump");
    let fault = lists.rebuild(&|_| {}).await.expect_err("a poisoned stream");
    assert!(matches!(&fault, ListsFault::Poisoned { stream, .. } if stream.id() == case(2).to_string()));
    assert!(fault.to_string().contains(&case(2).to_string()), "the message names the stream");
    assert_eq!(lists.dump().await.expect("a dump"), before);
    assert_eq!(databases(&world.lists_folder()).len(), 1);
    world.record(3, "open").await;
    drain(&lists).await;
    assert_ne!(lists.dump().await.expect("a dump"), before);
}

#[tokio::test]
async fn one_rebuild_at_a_time() {
    let world = World::new();
    world.record(1, "open").await;
    let lists = world.lists().await;
    let _running = lists.rebuilding.lock().await;
    assert!(matches!(lists.rebuild(&|_| {}).await, Err(ListsFault::AlreadyRebuilding)));
}

/// Keys are destroyed while a rebuild has read the case already: neither the old file nor the new one keeps the name.
#[tokio::test]
async fn a_refresh_during_a_rebuild_reaches_the_new_database_too() {
    let mut world = World::new();
    world.page = 1;
    world.record(1, "name 1 Samira").await;
    world.record(2, "name 2 Ilias").await;
    let lists = Arc::new(world.lists().await);
    let world = Arc::new(world);
    let (calls, runtime) = (AtomicUsize::new(0), tokio::runtime::Handle::current());
    let (live, during) = (Arc::clone(&lists), Arc::clone(&world));
    let progress = move |_| {
        if calls.fetch_add(1, Ordering::SeqCst) == 1 {
            during.words.erased.lock().expect("a lock").insert(person(1));
            let (live, runtime) = (Arc::clone(&live), runtime.clone());
            let refreshed = std::thread::spawn(move || runtime.block_on(live.refresh(case(1))));
            refreshed.join().expect("a thread").expect("a refresh");
        }
    };
    let mark = Arc::clone(&lists);
    let rebuilt =
        tokio::task::spawn_blocking(move || tokio::runtime::Handle::current().block_on(mark.rebuild(&progress)));
    rebuilt.await.expect("a thread").expect("a rebuild");
    assert_eq!(*world.words.forgotten.lock().expect("a lock"), [case(1)], "nothing opened before is used");
    assert_eq!(lists.dump().await.expect("a dump"), world.anew().await);
    assert!(lists.building.load().is_none());
}
