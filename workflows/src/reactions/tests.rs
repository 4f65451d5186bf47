//! One fact, one effect: whatever is repeated, lost, cut off or broken.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::fact::Role;
use domain::ids::EventId;
use eventstore::metadata::{FactRef, Metadata};
use eventstore::port::{EventStore as _, Filter, Position, StreamName};
use tokio::sync::watch;

use super::acting::command_id;
use super::{Reactions, SYSTEM};
use crate::testing::{CORRELATION, World, case, organisation, signal};

/// Long enough for a busy machine; a test that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

fn stream_of(category: &'static str, id: uuid::Uuid) -> StreamName {
    StreamName::about(category, id)
}

#[tokio::test]
async fn a_signal_that_a_case_copied_says_so_and_names_its_cause() {
    let world = World::new();
    world.linked(1).await;
    world.reactions().await.catch_up().await.unwrap();

    assert_eq!(world.marks(signal(1)).await, [case(1)]);
    let of_case = world.stored(&stream_of("case", case(1).as_uuid())).await;
    let cause = of_case.last().unwrap();
    let caused = Metadata::from_bytes(&cause.metadata).unwrap();
    let stored = world.stored(&stream_of("signal", signal(1).as_uuid())).await;
    let mark = Metadata::from_bytes(&stored.last().unwrap().metadata).unwrap();
    assert_eq!((mark.actor.worker, mark.actor.role), (SYSTEM, Role::System));
    assert_eq!((mark.actor.organisation, &mark.holder), (caused.holder, &organisation("gemeente-huizen")));
    assert_eq!(mark.causation, Some(FactRef { stream: cause.stream.clone(), revision: cause.revision }));
    assert_eq!(mark.correlation, CORRELATION);
    assert_eq!((mark.purpose, mark.activity), (caused.purpose, caused.activity));
    assert_eq!((mark.decision.relation.as_str(), mark.decision.policy.as_str()), ("system", ""));
    assert_eq!(mark.decision.rules, ["reaction.signal-linked"]);
    let raised = FactRef { stream: stored[0].stream.clone(), revision: stored[0].revision };
    assert_eq!(mark.decision.judged_at, Some(raised));
    assert_eq!(mark.command.id, command_id(cause, "signal-linked", &stored[0].stream));
}

/// Another id would be another command to every desk that has seen the first one: these bytes never change.
#[tokio::test]
async fn a_command_id_follows_from_cause_reaction_and_target_for_ever() {
    let world = World::new();
    world.open(case(1)).await;
    let mut cause = world.stored(&stream_of("case", case(1).as_uuid())).await.remove(0);
    cause.id = EventId::from_uuid(uuid::Uuid::from_u128(0xFAC7));
    let (one, other) = (stream_of("signal", signal(1).as_uuid()), stream_of("signal", signal(2).as_uuid()));
    let id = command_id(&cause, "signal-linked", &one);
    assert_eq!(id.to_string(), "ad81eb56-0d3d-5bbf-9f4f-83133896bac7");
    assert_ne!(id, command_id(&cause, "signal-linked", &other));
    assert_ne!(id, command_id(&cause, "another", &one));
    cause.id = EventId::from_uuid(uuid::Uuid::from_u128(0xFAC8));
    assert_ne!(id, command_id(&cause, "signal-linked", &one));
}

#[tokio::test]
async fn acting_twice_on_the_same_fact_has_one_effect() {
    let world = World::new();
    world.linked(1).await;
    let reactions = world.reactions().await;
    let page = world.store.read_all(Position::START, &Filter::categories(["case"]), 64).await.unwrap();
    reactions.act_on(&page).await.unwrap();
    reactions.act_on(&page).await.unwrap();
    let (one, other) = (world.reactions().await, world.reactions().await);
    let (first, second) = tokio::join!(one.act_on(&page), other.act_on(&page));
    first.unwrap();
    second.unwrap();
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
}

#[tokio::test]
async fn two_nodes_at_once_have_one_effect() {
    let world = World::new();
    world.linked(1).await;
    let (one, other) = (world.reactions().await, world.reactions().await);
    let (first, second) = tokio::join!(one.catch_up(), other.catch_up());
    first.unwrap();
    second.unwrap();
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
}

#[tokio::test]
async fn a_lost_checkpoint_means_beginning_anew_and_one_effect() {
    let world = World::new();
    world.linked(1).await;
    world.reactions().await.catch_up().await.unwrap();
    world.lose_checkpoint();
    let again = world.reactions().await;
    assert_eq!(again.reached(), Position::START);
    again.catch_up().await.unwrap();
    assert_eq!(again.reached(), world.head().await);
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
}

#[tokio::test]
async fn a_kill_between_acting_and_the_checkpoint_means_one_effect() {
    let world = World::new();
    world.linked(1).await;
    let killed = world.reactions().await;
    let page = world.store.read_all(killed.reached(), &Filter::categories(["case"]), 64).await.unwrap();
    killed.act_on(&page).await.unwrap();
    drop(killed);
    assert_eq!(world.marks(signal(1)).await, [case(1)], "it acted before it was killed");

    let started_again = world.reactions().await;
    assert_eq!(started_again.reached(), Position::START, "and its checkpoint did not move");
    started_again.catch_up().await.unwrap();
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
}

#[tokio::test]
async fn a_restart_goes_on_where_the_last_one_was_page_by_page() {
    let world = World::new();
    world.linked(1).await;
    world.linked(2).await;
    let first = world.reactions_by_page(1).await;
    assert!(!first.step().await.unwrap(), "one step is one page");
    let reached = first.reached();
    drop(first);
    assert!(Position::START < reached && reached < world.head().await);
    world.store.began.lock().unwrap().clear();
    let second = world.reactions_by_page(1).await;
    second.catch_up().await.unwrap();
    assert_eq!(world.store.began.lock().unwrap().first(), Some(&reached));
    assert_eq!(second.reached(), world.head().await);
    assert_eq!((world.marks(signal(1)).await, world.marks(signal(2)).await), (vec![case(1)], vec![case(2)]));
}

#[tokio::test]
async fn a_case_that_cannot_be_read_is_left_out_and_others_go_on() {
    let world = World::new();
    world.linked(1).await;
    world.linked(2).await;
    *world.store.spoilt.lock().unwrap() = Some(stream_of("case", case(1).as_uuid()));
    world.reactions().await.catch_up().await.unwrap();
    assert_eq!((world.marks(signal(1)).await, world.marks(signal(2)).await), (vec![], vec![case(2)]));

    // Repaired, and told to begin anew.
    *world.store.spoilt.lock().unwrap() = None;
    world.lose_checkpoint();
    world.reactions().await.catch_up().await.unwrap();
    assert_eq!((world.marks(signal(1)).await, world.marks(signal(2)).await), (vec![case(1)], vec![case(2)]));
}

#[tokio::test]
async fn a_target_that_refuses_or_cannot_be_read_is_left_out_and_others_go_on() {
    let world = World::new();
    world.open(case(1)).await;
    world.link(case(1), signal(9)).await; // never raised
    world.linked(2).await;
    world.linked(3).await;
    *world.store.spoilt.lock().unwrap() = Some(stream_of("signal", signal(2).as_uuid()));
    world.reactions().await.catch_up().await.unwrap();
    assert!(world.stored(&stream_of("signal", signal(9).as_uuid())).await.is_empty());
    assert_eq!(world.stored(&stream_of("signal", signal(2).as_uuid())).await.len(), 1);
    assert_eq!(world.marks(signal(3)).await, [case(3)]);
}

/// Runs the reactions beside a test, and stops them at the end of it.
struct Running {
    reactions: Arc<Reactions>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    fn start(reactions: Reactions) -> Self {
        let (reactions, stop) = (Arc::new(reactions), watch::Sender::new(false));
        let (running, stopped) = (Arc::clone(&reactions), stop.subscribe());
        Self { reactions, stop, task: tokio::spawn(async move { running.run(stopped).await }) }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }
}

#[tokio::test]
async fn it_follows_what_is_recorded_and_stops_when_told() {
    let world = World::new();
    let running = Running::start(world.reactions().await);
    world.linked(1).await;
    let head = world.head().await;
    running.reactions.when_processed(head, PATIENCE).await.unwrap();
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
    world.linked(2).await;
    running.reactions.when_processed(world.head().await, PATIENCE).await.unwrap();
    assert_eq!(world.marks(signal(2)).await, [case(2)]);
    running.stop().await;
}

#[tokio::test]
async fn a_store_that_fails_is_tried_again_with_growing_pauses() {
    let world = World::new();
    world.linked(1).await;
    let reactions = world.reactions().await;
    world.store.failing_reads.store(2, Ordering::SeqCst);
    world.store.failing_appends.store(1, Ordering::SeqCst);
    let head = world.head().await;
    let running = Running::start(reactions);
    running.reactions.when_processed(head, PATIENCE).await.unwrap();
    running.stop().await;
    assert_eq!(*world.pause.0.lock().unwrap(), [1, 2, 3]);
    assert_eq!(world.marks(signal(1)).await, [case(1)]);
}

#[tokio::test]
async fn whoever_waits_is_told_when_it_takes_too_long() {
    let world = World::new();
    world.linked(1).await;
    let reactions = world.reactions().await;
    let head = world.head().await;
    let behind = reactions.when_processed(head, Duration::ZERO).await.unwrap_err();
    assert_eq!((behind.wanted, behind.reached), (head, Position::START));
}
