//! What somebody hears who watches the figures and asks nothing.

use tests::peer::{PeerOptions, ProtocolPeer};

use crate::process::Process;
use crate::receiver::Otlp;
use crate::site::Site;

async fn until_ready_is(otlp: &Otlp, ready: i64) {
    otlp.until(|otlp| otlp.value("rustpunt.ready", Some(("check", "store"))) == Some(ready)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_goes_and_comes_back_shows_in_the_figures() {
    let (site, peer, otlp) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await, Otlp::start().await);
    let mut command = site.serve(&peer.url());
    command.env("RUSTPUNT_TELEMETRY_OTLP_ENDPOINT", otlp.endpoint()).env("OTEL_METRIC_EXPORT_INTERVAL", "200");
    let server = Process::start(&mut command);
    until_ready_is(&otlp, 1).await;
    peer.stop_listener().await;
    until_ready_is(&otlp, 0).await;
    peer.start_listener().await;
    until_ready_is(&otlp, 1).await;
    assert!(otlp.value("rustpunt.store.connections", None) > Some(1), "it was lost");
    assert!(server.stop().await.status.success());
}
