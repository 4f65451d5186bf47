//! The folder of a node whose history stands on a cluster: what is refused, and what a backup copies.

use std::fs;
use std::process::Output;

use tests::family::opening;
use tests::peer::{PeerOptions, ProtocolPeer};

use crate::process::Process;
use crate::site::{Site, rustpunt};

/// Runs a command to its end, beside the peer.
async fn output(mut command: std::process::Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_copies_the_vault_alone_and_says_so() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    site.noor().until_ready(server.address().await).await;
    // By the server that runs, then by the command line alone.
    copies_the_vault(&site, &peer, "first").await;
    assert!(server.stop().await.status.success());
    copies_the_vault(&site, &peer, "second").await;
}

async fn copies_the_vault(site: &Site, peer: &ProtocolPeer, name: &str) {
    let copies = site.copies().join(name);
    let mut backup = site.command("backup", &peer.url());
    backup.arg("--to").arg(&copies);
    let done = output(backup).await;
    assert!(done.status.success(), "{}", text(&done.stderr));
    let said = text(&done.stdout);
    assert!(said.contains("The history stands on a cluster: copy it there, before the vault"), "{said}");
    assert!(copies.join("vault.db").exists() && !copies.join("history.db").exists());
}

async fn serves_while_a_case_is_opened(site: &Site, peer: &ProtocolPeer) {
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    site.noor().until_ready(address).await;
    site.noor().does(address, "openCase", opening()).await;
    assert!(server.stop().await.status.success());
}

/// An empty vault in its place would make every fact unreadable without anybody noticing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_vault_a_history_on_a_cluster_is_not_opened() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    serves_while_a_case_is_opened(&site, &peer).await;
    let events = peer.events().len();
    for file in ["vault.db", "vault.db-wal", "vault.db-shm"] {
        // A vault that was closed in order has no log.
        let _ = fs::remove_file(site.data().join(file));
    }
    for _ in 0..2 {
        let ended = Process::start(&mut site.serve(&peer.url())).ended().await;
        assert_eq!(ended.status.code(), Some(3), "{}", ended.log);
        assert!(ended.log.contains("put the vault of this history in its place"), "{}", ended.log);
    }
    assert!(!site.data().join("vault.db").exists());
    assert_eq!(peer.events().len(), events, "nothing was written there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_with_a_history_of_its_own_is_not_served_from_a_cluster() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let mut in_folder = site.serve("unused");
    let server = Process::start(in_folder.env_remove("RUSTPUNT_DATA_STORE"));
    site.noor().until_ready(server.address().await).await;
    assert!(server.stop().await.status.success());
    let ended = Process::start(&mut site.serve(&peer.url())).ended().await;
    assert_eq!(ended.status.code(), Some(3), "{}", ended.log);
    assert!(ended.log.contains("holds a history of its own") && ended.log.contains("rustpunt copy"), "{}", ended.log);
    assert!(!peer.events().iter().any(|event| event.stream.starts_with("rustpunt.")), "nothing was written there");
}

/// A history elsewhere is no reason not to verify what lies here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_trail_of_a_node_on_a_cluster_can_be_verified() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    serves_while_a_case_is_opened(&site, &peer).await;
    let verify = |folder: std::path::PathBuf| {
        let mut command = rustpunt();
        command.arg("verify").arg("--data").arg(folder);
        output(command)
    };
    let verified = verify(site.data()).await;
    let said = text(&verified.stdout);
    assert!(verified.status.success(), "{said}");
    assert!(said.contains("was not looked at") && said.contains("sound"), "{said}");
    let nothing = verify(site.copies()).await;
    assert_eq!(nothing.status.code(), Some(3), "{}", text(&nothing.stderr));
}

/// `rebuild` and a history whose end is older than the lists: what is made from the history is made from it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_made_anew_from_a_cluster() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    serves_while_a_case_is_opened(&site, &peer).await;
    let rebuilt = output(site.command("rebuild", &peer.url())).await;
    assert!(rebuilt.status.success(), "{}", text(&rebuilt.stderr));
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor) = (server.address().await, site.noor());
    noor.until_ready(address).await;
    let gaps = noor.ask(address, "{ caseload { totalCount } }", serde_json::json!({})).await.data("caseload");
    assert_eq!(gaps["totalCount"], 1);
}
