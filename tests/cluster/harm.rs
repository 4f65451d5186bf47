//! Harm done on the cluster itself: no room, no leader, streams that were deleted, an older backup. Nothing is lost that can be kept,
//! nothing is taken for erased or absent, and the other cases go on.

use serde_json::json;
use tests::family::opening;
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};
use uuid::Uuid;

use crate::lost::times_recorded;
use crate::process::Process;
use crate::site::{Person, Site, assigning, made};

const LOOK: &str = "query($id: ID!) { case(id: $id) { phase people { name erased } } }";

/// A case of Anja.
async fn a_case(site: &Site, server: std::net::SocketAddr) -> String {
    let opened = site.noor().does(server, "openCase", opening()).await;
    site.noor().does(server, "assignCaseDirector", assigning(&opened)).await;
    made(&opened, "CASE")[0].clone()
}

async fn phase(person: &Person, server: std::net::SocketAddr, case: &str) -> String {
    let answer = person.ask(server, LOOK, json!({"id": case})).await;
    if answer.body.get("errors").is_some() {
        answer.code().to_owned()
    } else {
        answer.data("case")["phase"].to_string()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_and_a_lost_leader_refuse_what_is_new_and_keep_what_is_there() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, anja) = (server.address().await, site.anja());
    anja.until_ready(address).await;
    let case = a_case(&site, address).await;
    assert_eq!(phase(&anja, address, &case).await, "\"OPEN\"");
    for (fault, name) in [(Fault::DiskFull, "Quinten"), (Fault::ReadOnly, "Rosalinde")] {
        let (command, adding) = (Uuid::new_v4(), json!({"caseId": case, "name": name, "role": "NETWORK_MEMBER"}));
        peer.faults().arm(fault, Times::UntilOff);
        let refused = anja.send(address, command, "addPerson", adding.clone()).await;
        assert!(["OUTCOME_UNKNOWN", "STORE_UNAVAILABLE"].contains(&refused.code()), "{fault:?}: {refused:?}");
        assert_eq!(times_recorded(&peer, command), 0, "{fault:?}");
        peer.faults().off(fault);
        anja.until_ready(address).await;
        assert_eq!(phase(&anja, address, &case).await, "\"OPEN\"", "{fault:?}");
        let added = anja.send(address, command, "addPerson", adding).await.data("addPerson");
        assert_eq!((&added["repeated"], times_recorded(&peer, command)), (&json!(false), 1), "{fault:?}");
    }
    assert!(server.stop().await.status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_was_deleted_there_is_unavailable_and_no_other() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, anja) = (server.address().await, site.anja());
    anja.until_ready(address).await;
    let (deleted, tombstoned, sound) =
        (a_case(&site, address).await, a_case(&site, address).await, a_case(&site, address).await);
    // The lists have their rows.
    anja.ask(address, "{ caseload { totalCount } }", json!({})).await.data("caseload");
    assert!(peer.delete_stream(&format!("rustpunt.case-{deleted}")));
    assert!(peer.tombstone_stream(&format!("rustpunt.case-{tombstoned}")));
    let told = |server| {
        let (anja, cases) = (anja.clone(), [deleted.clone(), tombstoned.clone(), sound.clone()]);
        async move {
            // Nothing of them can be read; that Anja directs them is known from the lists, until they set a stream aside, which they do
            // when they meet its tombstone. The log says what happened.
            let expected: [&[&str]; 3] = [&["DATA_UNAVAILABLE"], &["DATA_UNAVAILABLE", "NOT_AVAILABLE"], &["\"OPEN\""]];
            for (case, expected) in cases.iter().zip(expected) {
                let seen = phase(&anja, server, case).await;
                assert!(expected.contains(&seen.as_str()), "{seen} of {expected:?}");
            }
            for (case, expected) in cases.iter().zip(expected).take(2) {
                let adding = json!({"caseId": case, "name": "Quinten", "role": "NETWORK_MEMBER"});
                let refused = anja.send(server, Uuid::new_v4(), "addPerson", adding).await;
                assert!(expected.contains(&refused.code()), "{refused:?}");
            }
        }
    };
    told(address).await;
    // Lists and reactions are not held up by them.
    let another = a_case(&site, address).await;
    assert_eq!(phase(&anja, address, &another).await, "\"OPEN\"");
    anja.until_ready(address).await;
    let ended = server.stop().await;
    assert!(ended.log.contains("deleted or cut short on the server"), "{}", ended.log);
    // Nothing is in memory after a start.
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    anja.until_ready(address).await;
    told(address).await;
    assert!(server.stop().await.status.success());
}

/// What the lists set aside has no row, and no relation without one: its director hears what a stranger hears, and the operator what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_case_that_the_lists_set_aside_is_there_for_nobody_and_the_operator_sees_it() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, anja) = (server.address().await, site.anja());
    anja.until_ready(address).await;
    let (deleted, sound) = (a_case(&site, address).await, a_case(&site, address).await);
    let lists = "{ caseload { totalCount nodes { case { id } } } }";
    assert_eq!(anja.ask(address, lists, json!({})).await.data("caseload")["totalCount"], 2);
    assert!(peer.delete_stream(&format!("rustpunt.case-{deleted}")));
    assert_eq!(phase(&anja, address, &deleted).await, "DATA_UNAVAILABLE", "her row still stands there");
    // Whoever asks for a list finds that it cannot be read.
    let left = anja.ask(address, lists, json!({})).await.data("caseload");
    assert_eq!((&left["totalCount"], &left["nodes"]), (&json!(1), &json!([{"case": {"id": sound}}])));
    let absent = Uuid::new_v4().to_string();
    let [of_deleted, of_absent] = [&deleted, &absent].map(|case| anja.ask(address, LOOK, json!({"id": case})));
    assert_eq!(of_deleted.await.body, of_absent.await.body);
    assert_eq!(phase(&anja, address, &deleted).await, "NOT_AVAILABLE");
    let adding = json!({"caseId": deleted, "name": "Quinten", "role": "NETWORK_MEMBER"});
    assert_eq!(anja.send(address, Uuid::new_v4(), "addPerson", adding).await.code(), "NOT_AVAILABLE");
    assert_eq!(phase(&anja, address, &sound).await, "\"OPEN\"");
    let ready = anja.get(address, "/readyz").await;
    assert_eq!((ready.status.as_u16(), &ready.body["checks"]["read_database"]["quarantined"]), (200, &json!(1)));
    let ended = server.stop().await;
    let told = |words: &str| ended.log.lines().any(|line| line.contains(words) && line.contains(&deleted));
    assert!(told("was set aside") && told("deleted or cut short on the server"), "{}", ended.log);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_backup_of_the_cluster_is_noticed() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    site.noor().until_ready(address).await;
    a_case(&site, address).await;
    let backup = peer.events().last().unwrap().position;
    a_case(&site, address).await;
    assert!(server.stop().await.status.success());
    peer.truncate_to(backup);
    let ended = Process::start(&mut site.serve(&peer.url())).ended().await;
    assert_eq!(ended.status.code(), Some(3), "{}", ended.log);
    assert!(ended.log.contains("which the vault has seen: it is an older copy"), "{}", ended.log);
}

/// A vault that notes nothing of the history, as one restored beside a cluster; the lists had read further.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_are_further_than_the_history_are_made_anew() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor) = (server.address().await, site.noor());
    noor.until_ready(address).await;
    a_case(&site, address).await;
    let backup = peer.events().last().unwrap().position;
    a_case(&site, address).await;
    let count = |answer: crate::site::Answer| answer.data("caseload")["totalCount"].clone();
    let caseload = "{ caseload { totalCount } }";
    assert_eq!(count(noor.ask(address, caseload, json!({})).await), 2);
    server.kill();
    let vault = rusqlite::Connection::open(site.data().join("vault.db")).unwrap();
    vault.execute("DELETE FROM head_note", []).unwrap();
    drop(vault);
    peer.truncate_to(backup);
    let server = Process::start(&mut site.serve(&peer.url()));
    let address = server.address().await;
    noor.until_ready(address).await;
    assert_eq!(count(noor.ask(address, caseload, json!({})).await), 1);
    // What comes now may stand where something else stood.
    a_case(&site, address).await;
    assert_eq!(count(noor.ask(address, caseload, json!({})).await), 2);
    let ended = server.stop().await;
    assert!(ended.status.success(), "{}", ended.log);
    assert!(ended.log.contains("beyond the end of the history"), "{}", ended.log);
}
