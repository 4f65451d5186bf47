//! One effect and one answer per command id, whatever is repeated, lost or raced; two desks over one store stand for two nodes.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::case::{Case, CaseCommand, CaseEvent};
use domain::decider::{History, Order};
use domain::ids::{CaseId, PersonId, Subject, WorkerId};
use domain::people::{FamilyRole, PeopleCommand};
use domain::regie::{Agreed, RegieCommand, RegieTask};
use domain::rejection::{Code, Rejection};
use domain::text::Name;
use uuid::Uuid;

use super::{Desk, DeskError, Judge, Receipt, Warrant};
use crate::testing::{NOOR, World, act_of, case, name, organisation, warrant};

const JOOST: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x12));

fn add(called: Name) -> Order<CaseCommand> {
    let person =
        PeopleCommand::AddPerson { name: called, birth_date: None, role: FamilyRole::NetworkMember, from: None };
    Order::now(CaseCommand::People(person))
}

fn direct(family: PersonId) -> Order<CaseCommand> {
    Order::now(CaseCommand::Regie(RegieCommand::AssignCaseDirector {
        director: JOOST,
        organisation: organisation("stichting-samen"),
        tasks: vec![RegieTask::Overview],
        agreed: vec![Agreed::Person(family)],
        from: None,
    }))
}

/// Another node: the same store, nothing in memory.
fn another_node(world: &World) -> Desk<Case> {
    Desk::new(world.office.clone(), |id| Subject::Case(CaseId::from_uuid(id)))
}

async fn run(
    desk: &Desk<Case>,
    order: &Order<CaseCommand>,
    worker: WorkerId,
    number: u128,
) -> Result<Receipt<Case>, DeskError<()>> {
    desk.run(case(1).as_uuid(), order, &act_of(worker, number), |_| Ok(warrant())).await
}

async fn opened() -> World {
    let world = World::new();
    world.open(case(1)).await;
    world
}

fn names(history: &History<Case>) -> BTreeSet<String> {
    history.state().people.names().map(|(_, name)| name.as_str().to_owned()).collect()
}

#[tokio::test]
async fn the_same_command_again_has_the_same_answer_and_no_other_effect() {
    let world = opened().await;
    let first = run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    let head = world.head().await;
    for desk in [&*world.cases, &another_node(&world)] {
        let again = run(desk, &add(name("Ria")), NOOR, 900).await.unwrap();
        assert!(again.repeated && !first.repeated);
        assert_eq!(again.effect, first.effect);
        let ids = |receipt: &Receipt<Case>| receipt.facts().map(|fact| fact.id).collect::<Vec<_>>();
        assert_eq!(ids(&again), ids(&first));
    }
    assert_eq!(world.head().await, head);
}

#[tokio::test]
async fn the_same_id_for_something_else_or_by_somebody_else_is_refused() {
    let world = opened().await;
    run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    let head = world.head().await;
    for (called, worker) in [("Willem", NOOR), ("Ria", JOOST)] {
        let refused = run(&world.cases, &add(name(called)), worker, 900).await;
        assert!(matches!(refused, Err(DeskError::CommandIdReused(_))), "{refused:?}");
    }
    assert_eq!(world.head().await, head);
}

#[tokio::test]
async fn a_decision_is_made_again_when_another_node_wrote_first() {
    let world = opened().await;
    let other = another_node(&world);
    other.load(case(1).as_uuid()).await.unwrap();
    run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    run(&other, &add(name("Willem")), NOOR, 901).await.unwrap();
    // What the first node keeps is behind: a look shows what the other wrote all the same.
    let seen = world.cases.load(case(1).as_uuid()).await.unwrap();
    assert!(names(&seen.history).contains("Willem"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_commands_on_two_nodes_each_have_one_effect() {
    let world = opened().await;
    let nodes = [Arc::clone(&world.cases), Arc::new(another_node(&world))];
    let called = ["Ada", "Bea", "Cor", "Dirk", "Els", "Fop", "Gijs", "Hans"];
    let tasks = called.into_iter().enumerate().map(|(number, called)| {
        let desk = Arc::clone(&nodes[number % 2]);
        tokio::spawn(async move {
            // Who lost every attempt sends the same command again.
            while let Err(error) = run(&desk, &add(name(called)), NOOR, 900 + number as u128).await {
                assert!(matches!(error, DeskError::Contended), "{error}");
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let history = &another_node(&world).load(case(1).as_uuid()).await.unwrap().history;
    let added = history.facts().iter().filter(|fact| matches!(fact.event, CaseEvent::People(_))).count();
    assert_eq!(added, called.len() + 1, "each once, and the child of the opening");
    assert!(called.iter().all(|called| names(history).contains(*called)));
}

#[tokio::test]
async fn of_two_nodes_that_assign_a_director_one_is_refused_by_the_law() {
    let world = opened().await;
    let other = another_node(&world);
    let child = world.cases.load(case(1).as_uuid()).await.unwrap().history.state().people.iter().next().unwrap().id;
    other.load(case(1).as_uuid()).await.unwrap();
    let order = direct(child);
    let (here, there) = tokio::join!(run(&world.cases, &order, NOOR, 900), run(&other, &order, NOOR, 901));
    let rejected =
        |answer: &Result<_, _>| matches!(answer, Err(DeskError::Rejected(no)) if no.code.0 == "DIRECTOR_PRESENT");
    assert!(here.is_ok() != there.is_ok() && (rejected(&here) || rejected(&there)), "{here:?} {there:?}");
}

#[tokio::test]
async fn a_lost_acknowledgement_is_answered_by_sending_the_same_bytes_again() {
    let world = opened().await;
    world.store.lost_acknowledgements.store(2, Ordering::SeqCst);
    let receipt = run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    assert_eq!(receipt.facts().count(), 1);
    let facts = another_node(&world).load(case(1).as_uuid()).await.unwrap().history.facts().len();
    assert_eq!(facts, receipt.loaded.history.facts().len());
}

#[tokio::test]
async fn an_outcome_that_stays_unknown_is_said_and_the_same_command_finds_it_later() {
    let world = opened().await;
    world.store.lost_acknowledgements.store(u32::MAX, Ordering::SeqCst);
    let unknown = run(&world.cases, &add(name("Ria")), NOOR, 900).await;
    assert!(matches!(unknown, Err(DeskError::OutcomeUnknown)), "{unknown:?}");
    world.store.lost_acknowledgements.store(0, Ordering::SeqCst);
    let found = run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    assert!(found.repeated);
    assert_eq!(found.facts().count(), 1);
}

/// It is recorded: to say that nothing could be recorded, or that data are unavailable, would be wrong.
#[tokio::test]
async fn what_is_recorded_and_cannot_be_read_back_is_answered_later() {
    let world = opened().await;
    world.store.blinding_appends.store(1, Ordering::SeqCst);
    let unknown = run(&world.cases, &add(name("Ria")), NOOR, 900).await;
    assert!(matches!(unknown, Err(DeskError::OutcomeUnknown)), "{unknown:?}");
    let found = run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    assert!(found.repeated);
    assert_eq!(found.facts().count(), 1);
}

/// Repeating bytes that may have arrived and then hearing that the store cannot write says nothing of the first send.
#[tokio::test]
async fn a_fault_after_an_unknown_outcome_leaves_it_unknown() {
    let world = opened().await;
    world.store.severing_appends.store(1, Ordering::SeqCst);
    let unknown = run(&world.cases, &add(name("Ria")), NOOR, 900).await;
    assert!(matches!(unknown, Err(DeskError::OutcomeUnknown)), "{unknown:?}");
    assert!(run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap().repeated, "it had been recorded");
}

#[tokio::test]
async fn what_is_recorded_and_damaged_when_read_back_is_of_unknown_outcome() {
    let world = opened().await;
    world.store.spoiling_appends.store(1, Ordering::SeqCst);
    let unknown = run(&world.cases, &add(name("Ria")), NOOR, 900).await;
    assert!(matches!(unknown, Err(DeskError::OutcomeUnknown)), "{unknown:?}");
    *world.store.spoilt.lock().unwrap() = None;
    assert!(run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap().repeated);
}

/// Who may nothing here takes no place, however often they ask, and does not hear from the answer that somebody else is at work.
#[tokio::test]
async fn who_is_refused_does_not_stand_in_the_line() {
    let world = opened().await;
    let stream = world.cases.stream(case(1).as_uuid());
    let turn = world.cases.queues.turn(&stream).await.unwrap();
    let asks = || async {
        let (order, act) = (add(name("Ria")), act_of(JOOST, 900));
        world.cases.run(case(1).as_uuid(), &order, &act, |_| Err("a stranger")).await
    };
    for _ in 0..=crate::queue::MOST_WAITING {
        assert!(matches!(asks().await, Err(DeskError::Refused("a stranger"))), "at once, though it is not their turn");
    }
    // The line still has its places, and is full only of those who may.
    let order = add(name("Willem"));
    let waiting: Vec<_> = (0..crate::queue::MOST_WAITING as u128)
        .map(|number| Box::pin(run(&world.cases, &order, NOOR, 901 + number)))
        .collect();
    let mut waiting = waiting;
    for command in &mut waiting {
        assert!(std::future::poll_fn(|cx| std::task::Poll::Ready(command.as_mut().poll(cx).is_pending())).await);
    }
    assert!(matches!(run(&world.cases, &order, NOOR, 999).await, Err(DeskError::Busy)));
    assert!(matches!(asks().await, Err(DeskError::Refused("a stranger"))), "also when the line is full");
    drop(turn);
}

/// A right that came a moment ago, on another node, counts: nobody is refused by what is kept here.
#[tokio::test]
async fn a_first_look_at_what_is_behind_refuses_nobody() {
    let world = opened().await;
    let other = another_node(&world);
    run(&other, &add(name("Ria")), NOOR, 900).await.unwrap();
    let judge = |history: &History<Case>| if names(history).contains("Ria") { Ok(warrant()) } else { Err(()) };
    let receipt = world.cases.run(case(1).as_uuid(), &add(name("Willem")), &act_of(NOOR, 901), judge).await.unwrap();
    assert!(receipt.effect.is_some());
}

/// What the judge keeps from somebody is not done for them either: the yes of the law would tell them.
#[tokio::test]
async fn a_yes_that_may_not_be_told_is_a_no_and_writes_nothing() {
    const HIDDEN: Code = Code("HIDDEN");
    struct Discreet;
    impl Judge<Case> for Discreet {
        type Refusal = ();

        fn would_allow(&self, _: &History<Case>) -> bool {
            true
        }

        fn judge(&self, _: &History<Case>) -> Result<Warrant, ()> {
            Ok(warrant())
        }

        fn tell(&self, _: &History<Case>, _: Result<(), Rejection>) -> Result<(), Rejection> {
            Err(Rejection::new(HIDDEN))
        }
    }
    let world = opened().await;
    let head = world.head().await;
    let told = world.cases.run_before(case(1).as_uuid(), &add(name("Ria")), &act_of(NOOR, 900), &Discreet).await;
    assert!(matches!(told, Err(DeskError::Rejected(no)) if no.code == HIDDEN));
    assert_eq!(world.head().await, head);
}

#[tokio::test]
async fn the_judge_sees_the_history_each_time_and_also_judges_a_repetition() {
    let world = opened().await;
    let asked = AtomicUsize::new(0);
    let judge = |history: &History<Case>| {
        asked.fetch_add(1, Ordering::SeqCst);
        if names(history).contains("Ria") { Err("not any more") } else { Ok(warrant()) }
    };
    let (order, act) = (add(name("Ria")), act_of(NOOR, 900));
    world.cases.run(case(1).as_uuid(), &order, &act, judge).await.unwrap();
    let head = world.head().await;
    let refused = world.cases.run(case(1).as_uuid(), &order, &act, judge).await;
    assert!(matches!(refused, Err(DeskError::Refused("not any more"))));
    // Before the line and in its turn; the second time only before it.
    assert_eq!(world.head().await, head);
    assert!((2..=4).contains(&asked.load(Ordering::SeqCst)), "{asked:?}");
}

#[tokio::test]
async fn a_store_that_cannot_write_is_said_and_nothing_is_kept_that_was_not_stored() {
    let world = opened().await;
    world.store.failing_appends.store(1, Ordering::SeqCst);
    assert!(matches!(run(&world.cases, &add(name("Ria")), NOOR, 900).await, Err(DeskError::Store(_))));
    assert!(!names(&world.cases.load(case(1).as_uuid()).await.unwrap().history).contains("Ria"));
    assert!(!run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap().repeated);
}

#[tokio::test]
async fn an_act_waits_while_a_key_is_missing_and_what_happened_is_still_recorded() {
    let world = opened().await;
    let id = case(1).as_uuid();
    let child = world.cases.load(id).await.unwrap().history.state().people.iter().next().unwrap().id;
    let office = world.without_keys_of(Subject::Person(child), case(1)).await;
    let desk = Desk::new(office, |id| Subject::Case(CaseId::from_uuid(id)));

    let head = world.head().await;
    let refused = run(&desk, &direct(child), NOOR, 900).await;
    assert!(matches!(refused, Err(DeskError::KeysMissing { missing: 1, .. })), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("restore the vault"));
    assert_eq!(world.head().await, head, "nothing was written");

    // Rule 0: a report is taken; it rests on none of the lost values.
    assert!(run(&desk, &add(name("Ria")), NOOR, 901).await.unwrap().effect.is_some());

    // The fault is not remembered: with the key back the same desk decides.
    world.restore_keys();
    let receipt = run(&desk, &direct(child), NOOR, 900).await.unwrap();
    assert!(receipt.effect.is_some());
    assert_eq!(names(&receipt.loaded.history), BTreeSet::from(["Ilias".to_owned(), "Ria".to_owned()]));
}

#[test]
fn what_takes_protection_away_waits_too_and_what_guards_does_not() {
    use domain::consent::ConsentCommand;
    use domain::decider::DomainCommand;
    use domain::ids::ConsentId;
    use domain::protection::ProtectionCommand;
    let person = PersonId::from_uuid(Uuid::from_u128(1));
    let consent = ConsentId::from_uuid(Uuid::from_u128(2));
    assert!(CaseCommand::from(ProtectionCommand::ConfirmLifting { person }).needs_all());
    assert!(!CaseCommand::from(ConsentCommand::WithdrawConsent { consent, reason: None }).needs_all());
}

/// Destroying keys moves no head: only who forgets opens the stream anew.
#[tokio::test]
async fn what_was_forgotten_is_opened_anew_and_never_put_back() {
    let world = opened().await;
    let id = case(1).as_uuid();
    run(&world.cases, &add(name("Ria")), NOOR, 900).await.unwrap();
    let (loaded, since) = world.cases.load_since(id).await.unwrap();
    let ria = loaded.history.state().people.names().find(|(_, name)| name.as_str() == "Ria").map(|(id, _)| id).unwrap();
    let decision = eventstore::vault::DecisionId::from_uuid(Uuid::from_u128(7));
    let keys = loaded.keys.of(Subject::Person(ria)).to_vec();
    world.office.codec.vault().destroy(&keys, decision, world.office.clock.now()).unwrap();
    world.cases.forget(id);
    // Somebody who opened it before comes back to the shelf late.
    world.cases.keep(&world.cases.stream(id), &loaded, since);
    assert!(!names(&world.cases.load(id).await.unwrap().history).contains("Ria"));
}
