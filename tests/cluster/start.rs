//! A start without a cluster: the node lives, says what it waits for, and begins by itself. What only an operator can mend is said as
//! such, and does not keep a processor busy.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::family::opening;
use tests::peer::{Fault, PeerOptions, ProtocolPeer, ServerCertificate, Times, TlsOptions};
use uuid::Uuid;

use crate::process::Process;
use crate::site::{Answer, Site, made};

fn what(answer: &Answer) -> String {
    answer.body["checks"]["store"]["what"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_nobody_listening_it_starts_says_so_and_begins_by_itself_later() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let noor = site.noor();
    peer.stop_listener().await;
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    assert_eq!(noor.get(address, "/healthz").await.status.as_u16(), 200);
    let waiting = noor.readiness(address, |answer| what(answer).contains("not reached")).await;
    assert_eq!(waiting.status.as_u16(), 503, "{waiting:?}");
    let refused = noor.ask(address, "{ me { id } }", json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (503, "NOT_READY"), "{refused:?}");
    assert!(refused.retry_after.is_some(), "{refused:?}");

    let second = Process::start(&mut site.serve(&peer.url())).ended().await;
    assert_eq!(second.status.code(), Some(3), "{}", second.log);
    assert!(second.log.contains("another process writes in this folder"), "{}", second.log);

    peer.start_listener().await;
    server.logged("serving").await;
    noor.until_ready(address).await;
    let opened = noor.does(address, "openCase", opening()).await;
    assert_eq!(made(&opened, "PERSON").len(), 2);
    let ended = server.stop().await;
    assert!(ended.status.success(), "{}", ended.log);
}

/// It has nothing to finish, and no request is under way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_while_it_waits_it_ends_well() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    peer.stop_listener().await;
    let server = Process::start(&mut site.serve(&peer.url()));
    server.logged("the event store is not reached").await;
    let ended = server.stop().await;
    assert!(ended.status.success(), "{}", ended.log);
    // The lock of the folder is free again, and nothing was made that would bind it to a history.
    assert!(!site.data().join("vault.db").exists());
}

/// A server on this cluster, where nothing can be written: it lives, says why it is not ready, and serves nothing.
async fn waits_for_writes(site: &Site, peer: &ProtocolPeer, fault: Fault) -> Process {
    let before = peer.faults().happened(fault);
    peer.faults().arm(fault, Times::UntilOff);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor) = (server.address().await, site.noor());
    // It tries, and tries again.
    peer.faults().until_happened(fault, before + 2).await;
    let waiting = noor.readiness(address, |answer| what(answer).contains("event store")).await;
    assert_eq!(waiting.status.as_u16(), 503, "{fault:?}: {waiting:?}");
    assert_eq!(noor.get(address, "/healthz").await.status.as_u16(), 200);
    let refused = noor.ask(address, "{ me { id } }", json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (503, "NOT_READY"), "{fault:?}: {refused:?}");
    server
}

/// Reading works, so all is well until the node notes which vault belongs to the history.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_cluster_that_takes_no_writes_it_waits_and_begins_by_itself_later() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let noor = site.noor();
    // The first time on a cluster that has never seen this history, then on one that has.
    let mut cases = 0;
    for fault in [Fault::ReadOnly, Fault::DiskFull, Fault::ReadOnly] {
        let server = waits_for_writes(&site, &peer, fault).await;
        let address = server.address().await;
        peer.faults().off(fault);
        noor.until_ready(address).await;
        noor.does(address, "openCase", opening()).await;
        cases += 1;
        let seen = noor.ask(address, "{ caseload { totalCount } }", json!({})).await.data("caseload");
        assert_eq!(seen["totalCount"], cases, "{fault:?}");
        let ended = server.stop().await;
        assert!(ended.status.success(), "{fault:?}: {}", ended.log);
    }
}

/// The vault and its log are open by then, and are closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_while_it_waits_for_writes_it_closes_what_it_had_opened() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    site.noor().until_ready(server.address().await).await;
    assert!(server.stop().await.status.success());
    for fault in [Fault::DiskFull, Fault::ReadOnly] {
        let server = waits_for_writes(&site, &peer, fault).await;
        server.logged("the node cannot be opened yet; trying again").await;
        assert!(site.data().join("vault.db-wal").exists());
        let ended = server.stop().await;
        assert!(ended.status.success(), "{fault:?}: {}", ended.log);
        assert!(!site.data().join("vault.db-wal").exists(), "{fault:?}: the vault was not closed: {}", ended.log);
        peer.faults().off(fault);
    }
    let server = Process::start(&mut site.serve(&peer.url()));
    site.noor().until_ready(server.address().await).await;
    assert!(server.stop().await.status.success());
}

/// The pauses between the first attempts, halved: no two nodes wait equally long.
fn at_least(attempts: u32) -> Duration {
    (0..attempts).map(|attempt| Duration::from_millis(50) * 2_u32.pow(attempt)).sum()
}

/// Waits for so many attempts; says how long they took and what they cost.
async fn attempts(server: &Process, peer: &ProtocolPeer, count: u64) -> (Duration, Duration) {
    peer.until(|figures| figures.connections_accepted >= 1).await;
    let (started, ticks, before) = (Instant::now(), server.ticks(), peer.figures().connections_accepted);
    peer.until(|figures| figures.connections_accepted >= before + count).await;
    (started.elapsed(), Duration::from_millis(10) * u32::try_from(server.ticks() - ticks).unwrap())
}

const PASSWORD: &str = "geheim-wachtwoord";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_credentials_are_named_and_neither_shown_nor_tried_over_and_over() {
    let options =
        PeerOptions { credentials: Some(("rustpunt".to_owned(), "another".to_owned())), ..PeerOptions::default() };
    let (site, peer) = (Site::new(), ProtocolPeer::start(options).await);
    let server = Process::start(&mut site.serve(&peer.url_with("rustpunt", PASSWORD)));
    let address = server.address().await;
    // Each attempt may need more than one connection.
    let (took, busy) = attempts(&server, &peer, 12).await;
    assert!(took >= at_least(4) && busy < took / 2, "12 connections in {took:?}, {busy:?} of it busy");
    let noor = site.noor();
    let waiting = noor.readiness(address, |answer| what(answer).contains("name and password")).await;
    assert_eq!(waiting.status.as_u16(), 503);
    let refused = noor.ask(address, "{ me { id } }", json!({})).await;
    let ended = server.stop().await;
    assert!(ended.status.success(), "{}", ended.log);
    for said in [waiting.body.to_string(), refused.body.to_string(), ended.log] {
        assert!(!said.contains(PASSWORD) && !said.contains("cnVzdHB1bnQ6"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_certificate_is_named_and_not_tried_over_and_over() {
    let tls = TlsOptions { certificate: ServerCertificate::Expired, require_user_certificate: false };
    let (site, peer) =
        (Site::new(), ProtocolPeer::start(PeerOptions { tls: Some(tls), ..PeerOptions::default() }).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    let (took, busy) = attempts(&server, &peer, 5).await;
    assert!(took >= at_least(3) && busy < took / 2, "5 connections in {took:?}, {busy:?} of it busy");
    let waiting = site.noor().readiness(address, |answer| what(answer).contains("certificate is not believed")).await;
    assert_eq!(waiting.status.as_u16(), 503);
    assert!(server.stop().await.status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_tls_and_a_user_certificate_it_serves() {
    let tls = TlsOptions { certificate: ServerCertificate::Valid, require_user_certificate: true };
    let (site, peer) =
        (Site::new(), ProtocolPeer::start(PeerOptions { tls: Some(tls), ..PeerOptions::default() }).await);
    let server = Process::start(&mut site.serve(&peer.url_with_user_certificate()));
    let address = server.address().await;
    site.noor().until_ready(address).await;
    let raised = json!({"municipality": "uitvoeringsdienst-gooi", "place": "SCHOOL", "topic": "Er is rust nodig."});
    site.noor().send(address, Uuid::new_v4(), "raiseSignal", raised).await.data("raiseSignal");
    assert!(server.stop().await.status.success());
}

/// An address that is none ends the start at once, without being repeated.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_is_none_is_refused_without_being_repeated() {
    let site = Site::new();
    for store in
        [format!("http://rustpunt:{PASSWORD}@127.0.0.1:1"), format!("esdb://rustpunt:{PASSWORD}@127.0.0.1:1?tls=maybe")]
    {
        let ended = Process::start(&mut site.serve(&store)).ended().await;
        assert_eq!(ended.status.code(), Some(3), "{}", ended.log);
        assert!(ended.log.contains("the address of the event store cannot be used"), "{}", ended.log);
        assert!(!ended.log.contains(PASSWORD), "{}", ended.log);
    }
}
