//! Acknowledgements that never come.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use domain::time::Timestamp;
use eventstore::clock::{Clock as _, ToldClock};
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{AppendError, EventStore, Expected, StoreFault};
use tests::peer::{Fault, Loss, PeerOptions, ProtocolPeer, Times};

use super::{clock, in_time, little_patience, options, sound, stored, until_clients};
use crate::contract::ids;
use crate::samples::{batch, holding, moment, stream};

const LOSSES: [Loss; 4] = [Loss::TimedOut, Loss::Unavailable, Loss::Silence, Loss::Connection];

async fn open(peer: &ProtocolPeer, patience: Patience) -> (Arc<KurrentStore>, Arc<ToldClock>) {
    let clock = clock();
    let options = KurrentOptions { patience, ..options(&peer.url(), &Namespace::default(), &clock) };
    (Arc::new(KurrentStore::connect(options).open().await.unwrap()), clock)
}

/// Also when the clock moves on between the attempts: the bytes that are sent again are the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_acknowledgement_in_every_form_is_found_again() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, clock) = open(&peer, Patience { whole: Duration::from_secs(10), ..little_patience() }).await;
    let name = stream("case-1");
    let mut sent = Vec::new();
    for (round, loss) in LOSSES.into_iter().chain(LOSSES).enumerate() {
        let (fault, round) = (Fault::LoseAcknowledgement(loss), round as u64);
        let batch = batch(2);
        // In the second turn also the answer to the second attempt is lost.
        let times = if round < 4 { 1 } else { 2 };
        let before = peer.faults().happened(fault);
        peer.faults().arm(fault, Times::Next(times));
        let begun = clock.now();
        let append = store.append(&name, holding(2 * round), batch.clone());
        let later = async {
            peer.faults().until_happened(fault, before + 1).await;
            clock.set(moment("2026-11-16T09:00:00Z").max(begun));
        };
        let (appended, ()) = tokio::join!(append, later);
        let appended = appended.unwrap();
        assert_eq!(peer.faults().happened(fault), before + u64::from(times), "{loss:?}");
        let read = store.read_stream(&name, Revision::new(2 * round), 10).await.unwrap();
        assert_eq!(ids(&read), batch.iter().map(|event| event.id).collect::<Vec<_>>(), "{loss:?}");
        let last = read.last().unwrap();
        assert_eq!(
            (appended.last_revision, appended.position, appended.recorded_at),
            (last.revision, last.position, last.recorded_at),
            "{loss:?}"
        );
        assert_eq!(last.recorded_at, begun, "of the first attempt");
        sent.extend(batch);
    }
    assert!(store.figures().resent() >= 12);
    assert_eq!(ids(&sound(&store).await), sent.iter().map(|event| event.id).collect::<Vec<_>>());
    assert_eq!(stored(&peer), sent.len());
}

/// The name is written in a call of its own, and looked for when nothing is heard of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_whose_acknowledgement_never_comes_is_found_again() {
    for loss in LOSSES {
        let (peer, fault) = (ProtocolPeer::start(PeerOptions::default()).await, Fault::LoseAcknowledgement(loss));
        peer.faults().arm(fault, Times::Next(1));
        let (store, _clock) = in_time(open(&peer, little_patience())).await;
        assert_eq!(peer.faults().happened(fault), 1, "{loss:?}");
        let (again, _clock) = open(&peer, little_patience()).await;
        assert_eq!(store.source(), again.source(), "{loss:?}");
        assert_eq!(peer.events().iter().filter(|event| event.stream == "rustpunt:history").count(), 1, "{loss:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outcome_that_stays_unknown_is_said_and_found_later() {
    for loss in LOSSES {
        let peer = ProtocolPeer::start(PeerOptions::default()).await;
        let patience = Patience { whole: Duration::from_millis(700), ..little_patience() };
        let (store, clock) = open(&peer, patience).await;
        let (name, sent) = (stream("case-1"), batch(2));
        peer.faults().arm(Fault::LoseAcknowledgement(loss), Times::UntilOff);
        let refused = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap_err();
        assert!(matches!(refused, AppendError::Unknown(_)), "{loss:?}: {refused}");
        assert_eq!(stored(&peer), 2, "{loss:?}");
        peer.faults().all_off();
        let begun = clock.now();
        clock.set(moment("2026-11-16T10:00:00Z"));
        let appended = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
        assert_eq!((appended.last_revision, appended.recorded_at), (Revision::new(1), begun), "{loss:?}");
        let next = store.append(&name, holding(2), batch(1)).await.unwrap();
        assert_eq!(next.last_revision, Revision::new(2));
        let all = sound(&store).await;
        assert_eq!(all.get(1).map(|event| event.position), Some(appended.position), "{loss:?}");
        assert_eq!((all.len(), stored(&peer)), (3, 3), "{loss:?}");
    }
}

/// Committed only after the writer was told that nobody knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_comes_after_the_answer_is_found_later() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    // The connection stays, whatever happens on it, until the answer was given.
    let patience = Patience { strikes: u32::MAX, ..little_patience() };
    let (store, clock) = open(&peer, patience).await;
    let (name, sent) = (stream("case-1"), batch(3));
    peer.faults().arm(Fault::DelayCommit, Times::UntilOff);
    let refused = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap_err();
    assert!(matches!(refused, AppendError::Unknown(_)), "{refused}");
    assert_eq!(stored(&peer), 0);
    peer.faults().all_off();
    peer.break_connections();
    peer.until_event(|event| event.stream == "rustpunt.case-1" && event.revision == 2).await;
    let begun = clock.now();
    clock.set(moment("2026-11-16T10:00:00Z"));
    let appended = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
    assert_eq!((appended.last_revision, appended.recorded_at), (Revision::new(2), begun));
    store.append(&name, holding(3), batch(1)).await.unwrap();
    let all = sound(&store).await;
    assert_eq!(ids(all.iter().take(3)), sent.iter().map(|event| event.id).collect::<Vec<_>>());
    assert_eq!((all.len(), stored(&peer)), (4, 4));
}

/// Somebody else wrote while the outcome was unknown, and the batch was never stored: that is a conflict, not a success.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_outcome_can_turn_out_to_be_a_conflict() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, _clock) = open(&peer, little_patience()).await;
    let (other, _clock) = open(&peer, little_patience()).await;
    let (name, sent) = (stream("case-1"), batch(1));
    peer.faults().arm(Fault::DiskFull, Times::UntilOff);
    let refused = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap_err();
    assert!(matches!(refused, AppendError::Unknown(_)), "{refused}");
    peer.faults().all_off();
    other.append(&name, Expected::NoStream, batch(1)).await.unwrap();
    let refused = store.append(&name, Expected::NoStream, sent).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { actual: Some(Revision::FIRST), .. }), "{refused}");
    assert_eq!(stored(&peer), 1);
}

/// Whoever waits may go away: a caller that hangs up, a command that is cancelled. Nothing tells this node that the batch is stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_that_nobody_waits_for_any_more_is_known_when_it_comes_back() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, clock) = open(&peer, Patience { look: Duration::from_mins(10), ..little_patience() }).await;
    peer.until(|figures| figures.subscriptions_open == 1).await;
    let (name, sent, lost) = (stream("case-1"), batch(2), Fault::LoseAcknowledgement(Loss::Silence));
    peer.faults().arm(Fault::StallSubscription, Times::UntilOff);
    peer.faults().arm(lost, Times::Next(1));
    let appending = tokio::spawn({
        let (store, name, sent) = (Arc::clone(&store), name.clone(), sent.clone());
        async move { store.append(&name, Expected::NoStream, sent).await }
    });
    peer.faults().until_happened(lost, 1).await;
    appending.abort();
    assert!(appending.await.unwrap_err().is_cancelled());
    let begun = clock.now();
    clock.set(moment("2026-11-16T10:00:00Z"));
    // Otherwise bytes of a later moment would be taken for those that are stored, and the chain would go on from them.
    let appended = store.append(&name, Expected::NoStream, sent).await.unwrap();
    assert_eq!((appended.last_revision, appended.recorded_at), (Revision::new(1), begun));
    store.append(&name, holding(2), batch(1)).await.unwrap();
    assert_eq!((sound(&store).await.len(), stored(&peer)), (3, 3));
}

/// Appends and reads go over connections of their own: that reads are answered does not save a client whose appends never are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_whose_appends_are_never_answered_is_replaced() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, _clock) = open(&peer, Patience { whole: Duration::from_secs(20), ..little_patience() }).await;
    // Each of three attempts is sent twice.
    peer.faults().arm(Fault::DelayCommit, Times::Next(6));
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    assert!(store.figures().clients() >= 2);
    assert_eq!((sound(&store).await.len(), stored(&peer)), (1, 1));
}

/// The client tells nobody that the server ended its stream of appends. Whoever waits does not wait out their patience.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_appends_that_ends_in_order_is_noticed() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (acknowledge, whole) = (Duration::from_mins(10), Duration::from_mins(20));
    let (store, _clock) = open(&peer, Patience { acknowledge, whole, ..little_patience() }).await;
    peer.faults().arm(Fault::EndAppends, Times::Next(1));
    let name = stream("case-1");
    let append = store.append(&name, Expected::NoStream, batch(2));
    let appended = tokio::time::timeout(Duration::from_mins(1), append).await.unwrap().unwrap();
    assert_eq!(appended.last_revision, Revision::new(1));
    assert_eq!((peer.faults().happened(Fault::EndAppends), store.figures().clients()), (1, 1));
    assert_eq!((sound(&store).await.len(), stored(&peer)), (2, 2));
}

/// The real server answers so when it knows the ids and does not find their record.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_batch_without_a_position_is_looked_up() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, _clock) = open(&peer, little_patience()).await;
    let (name, lost) = (stream("case-1"), Fault::LoseAcknowledgement(Loss::TimedOut));
    peer.faults().arm(lost, Times::Next(1));
    peer.faults().arm(Fault::ForgetPosition, Times::UntilOff);
    let appended = store.append(&name, Expected::NoStream, batch(2)).await.unwrap();
    assert_eq!((peer.faults().happened(lost), peer.faults().happened(Fault::ForgetPosition)), (1, 1));
    let all = sound(&store).await;
    assert_eq!(all.last().map(|last| (last.revision, last.position)), Some((Revision::new(1), appended.position)));
    store.append(&name, holding(2), batch(1)).await.unwrap();
    assert_eq!((sound(&store).await.len(), stored(&peer)), (3, 3));
}

/// The expectation is wrong because what is sent stands there already: that is no conflict, but the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_with_what_was_sent_before_is_none() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, _clock) = open(&peer, little_patience()).await;
    let (name, sent, lost) = (stream("case-1"), batch(2), Fault::LoseAcknowledgement(Loss::TimedOut));
    peer.faults().arm(lost, Times::Next(1));
    peer.faults().arm(Fault::ForgetIds, Times::UntilOff);
    for repeated in [1, 2] {
        let appended = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap();
        assert_eq!((peer.faults().happened(lost), peer.faults().happened(Fault::ForgetIds)), (1, repeated));
        let all = sound(&store).await;
        assert_eq!(all.last().map(|last| (last.revision, last.position)), Some((Revision::new(1), appended.position)));
        assert_eq!((ids(&all), stored(&peer)), (sent.iter().map(|event| event.id).collect::<Vec<_>>(), 2));
    }
}

/// A fault says that nothing was written. What stands there, or may, is never answered with one, whatever went wrong after.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_be_stored_is_never_answered_with_a_fault() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let (store, _clock) = open(&peer, little_patience()).await;
    let (name, sent, lost) = (stream("case-1"), batch(2), Fault::LoseAcknowledgement(Loss::Silence));
    peer.faults().arm(lost, Times::Next(1));
    let appending = tokio::spawn({
        let (store, name, sent) = (Arc::clone(&store), name.clone(), sent.clone());
        async move { store.append(&name, Expected::NoStream, sent).await }
    });
    peer.faults().until_happened(lost, 1).await;
    assert!(peer.tombstone_stream("rustpunt.case-1"));
    for answer in [appending.await.unwrap(), store.append(&name, Expected::NoStream, sent).await] {
        assert!(matches!(&answer, Err(AppendError::Unknown(words)) if words.contains("deleted")), "{answer:?}");
    }
    // What was never sent is refused as before.
    let refused = store.append(&name, Expected::NoStream, batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::Damaged { .. })), "{refused}");
}

/// Otherwise the client keeps each of them, with all that was sent over it, for as long as some append or other does well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_leaves_many_streams_behind_is_replaced() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let patience = Patience {
        acknowledge: Duration::from_millis(100),
        whole: Duration::from_mins(1),
        strikes: u32::MAX,
        ..little_patience()
    };
    let (store, _clock) = open(&peer, patience).await;
    let lost = Fault::LoseAcknowledgement(Loss::Silence);
    peer.faults().arm(lost, Times::UntilOff);
    let (figures, name) = (store.figures(), stream("case-1"));
    let (appended, ()) = tokio::join!(store.append(&name, Expected::NoStream, batch(1)), async {
        until_clients(&figures, 2).await;
        peer.faults().all_off();
    });
    appended.unwrap();
    assert_eq!((sound(&store).await.len(), stored(&peer)), (1, 1));
}

/// A clock that never says the same moment twice.
struct Running(std::sync::atomic::AtomicI64);

impl eventstore::clock::Clock for Running {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.fetch_add(1_000_000, std::sync::atomic::Ordering::Relaxed))
    }
}

/// Each works out bytes of its own moment; only one of them may be sent, or the chain goes on from the wrong ones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_batch_appended_twice_at_once_leaves_the_chain_whole() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let name = stream("case-1");
    // One for all: set back, it would give both the moment of the last event.
    let clock = Arc::new(Running(moment("2026-11-16T08:00:00Z").micros().into()));
    for round in 0..10 {
        let held = 3 * round;
        // A fresh node knows no stream's end, so both look for it.
        let clock = Arc::<Running>::clone(&clock);
        let options = KurrentOptions { clock, ..options(&peer.url(), &Namespace::default(), &self::clock()) };
        let store = KurrentStore::connect(options).open().await.unwrap();
        let sent = batch(2);
        let (one, other) = tokio::join!(
            store.append(&name, holding(held), sent.clone()),
            store.append(&name, holding(held), sent.clone())
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.position, one.recorded_at), (other.position, other.recorded_at));
        store.append(&name, holding(held + 2), batch(1)).await.unwrap();
        assert_eq!(sound(&store).await.len() as u64, held + 3);
    }
}

/// A clock that stepped once it was told.
#[derive(Default)]
struct Stepping(std::sync::atomic::AtomicBool);

impl eventstore::clock::Clock for Stepping {
    fn now(&self) -> Timestamp {
        moment("2026-11-16T08:00:00Z")
    }

    fn suspect(&self) -> Option<i64> {
        self.0.load(std::sync::atomic::Ordering::Relaxed).then_some(600)
    }
}

/// Nothing new is recorded by it. What was sent before it stepped needs no time any more, and may be stored: it is no refusal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_outcome_is_found_also_when_the_clock_stepped_meanwhile() {
    let (peer, clock) = (ProtocolPeer::start(PeerOptions::default()).await, Arc::new(Stepping::default()));
    let options = options(&peer.url(), &Namespace::default(), &self::clock());
    let options = KurrentOptions { clock: Arc::<Stepping>::clone(&clock), patience: little_patience(), ..options };
    let store = KurrentStore::connect(options).open().await.unwrap();
    let (name, sent, lost) = (stream("case-1"), batch(2), Fault::LoseAcknowledgement(Loss::Silence));
    peer.faults().arm(lost, Times::UntilOff);
    let refused = store.append(&name, Expected::NoStream, sent.clone()).await.unwrap_err();
    assert!(matches!(refused, AppendError::Unknown(_)), "{refused}");
    peer.faults().all_off();
    clock.0.store(true, std::sync::atomic::Ordering::Relaxed);
    let refused = store.append(&stream("case-2"), Expected::NoStream, batch(1)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Fault(StoreFault::ClockStepped { .. })), "{refused}");
    let appended = store.append(&name, Expected::NoStream, sent).await.unwrap();
    assert_eq!((appended.last_revision, stored(&peer)), (Revision::new(1), 2));
}
