//! Acknowledgements that never come.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::Revision;
use eventstore::clock::{Clock as _, ToldClock};
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{AppendError, EventStore, Expected};
use tests::peer::{Fault, Loss, PeerOptions, ProtocolPeer, Times};

use super::{clock, little_patience, options, sound, stored};
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
    peer.faults().arm(Fault::DelayCommit, Times::Next(3));
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    assert!(store.figures().clients() >= 2);
    assert_eq!((sound(&store).await.len(), stored(&peer)), (1, 1));
}
