//! The cluster's bad days while a history goes there or comes from there.

use std::sync::Arc;
use std::time::Duration;

use eventstore::copy::{CopyError, Side};
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::StoreFault;
use tests::peer::{Fault, Loss, PeerOptions, ProtocolPeer, Times};

use super::{Failing, all, fill, run};
use crate::contract::Harness;
use crate::kurrent::{clock, patience};
use crate::sqlite::Embedded;

/// A store on the peer that soon says that it is not reached.
async fn impatient(peer: &ProtocolPeer) -> Arc<KurrentStore> {
    let options = KurrentOptions {
        address: peer.url().parse().unwrap(),
        namespace: Namespace::default(),
        clock: clock(),
        patience: Patience { whole: Duration::from_secs(2), acknowledge: Duration::from_millis(300), ..patience() },
    };
    Arc::new(KurrentStore::connect(options).open().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_acknowledgement_leaves_no_event_out_and_none_twice() {
    let from = Embedded::new();
    let source = from.open().await;
    fill(&*source, 11, 30).await;
    for loss in [Loss::TimedOut, Loss::Unavailable, Loss::Silence, Loss::Connection] {
        let peer = ProtocolPeer::start(PeerOptions::default()).await;
        let target = impatient(&peer).await;
        run(&*source, &Failing::after(&target, 5)).await.unwrap_err();
        peer.faults().arm(Fault::LoseAcknowledgement(loss), Times::Next(3));
        // Should it stay unknown, the same again finds out.
        while let Err(error) = run(&*source, &*target).await {
            assert!(matches!(error, CopyError::NotTaken { .. } | CopyError::Store { .. }), "{error}");
        }
        assert!(peer.faults().happened(Fault::LoseAcknowledgement(loss)) > 0);
        assert_eq!(all(&*target).await, all(&*source).await, "{loss:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_target_that_goes_and_comes_back_is_gone_on_with() {
    let from = Embedded::new();
    let source = from.open().await;
    fill(&*source, 12, 60).await;
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let target = impatient(&peer).await;
    run(&*source, &Failing::after(&target, 20)).await.unwrap_err();
    let half = all(&*target).await.len();
    peer.stop_listener().await;
    let gone = run(&*source, &*target).await.unwrap_err();
    assert!(matches!(gone, CopyError::Store { side: Side::Target, fault: StoreFault::Unreachable(_) }), "{gone}");
    assert!(gone.to_string().contains("run the same command again"), "{gone}");
    peer.start_listener().await;
    let report = run(&*source, &*impatient(&peer).await).await.unwrap();
    assert_eq!(report.skipped, half as u64);
    assert_eq!(all(&*target).await, all(&*source).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_that_blinks_while_copying_is_waited_for() {
    let from = Embedded::new();
    let source = from.open().await;
    fill(&*source, 13, 150).await;
    let peer = Arc::new(ProtocolPeer::start(PeerOptions::default()).await);
    let target = impatient(&peer).await;
    let blinking = tokio::spawn({
        let peer = Arc::clone(&peer);
        async move {
            for appends in [20, 60] {
                peer.until(|figures| figures.batched_appends >= appends).await;
                peer.stop_listener().await;
                peer.start_listener().await;
            }
        }
    });
    while let Err(error) = run(&*source, &*target).await {
        assert!(matches!(error, CopyError::NotTaken { .. } | CopyError::Store { .. }), "{error}");
    }
    blinking.await.unwrap();
    assert_eq!(all(&*target).await, all(&*source).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_the_cluster_breaks_off_and_room_goes_on() {
    let from = Embedded::new();
    let source = from.open().await;
    fill(&*source, 14, 30).await;
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let target = impatient(&peer).await;
    peer.faults().arm(Fault::DiskFull, Times::UntilOff);
    run(&*source, &*target).await.unwrap_err();
    assert!(all(&*target).await.is_empty());
    peer.faults().off(Fault::DiskFull);
    run(&*source, &*target).await.unwrap();
    assert_eq!(all(&*target).await, all(&*source).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_goes_and_comes_back_is_gone_on_with() {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let source = impatient(&peer).await;
    fill(&*source, 15, 60).await;
    let to = Embedded::new();
    let target = to.open().await;
    run(&*source, &Failing::after(&target, 20)).await.unwrap_err();
    peer.stop_listener().await;
    let gone = run(&*source, &*target).await.unwrap_err();
    assert!(matches!(gone, CopyError::Store { side: Side::Source, fault: StoreFault::Unreachable(_) }), "{gone}");
    peer.start_listener().await;
    run(&*impatient(&peer).await, &*target).await.unwrap();
    assert_eq!(all(&*target).await, all(&*source).await);
}
