//! The cluster goes while the node serves, and comes back: everybody hears clearly what is the matter, nothing is half done, and the
//! node recovers by itself.

use serde_json::{Value, json};
use tests::family::opening;
use tests::peer::{Fault, Loss, PeerOptions, ProtocolPeer, Times};
use tokio::join;
use uuid::Uuid;

use crate::process::Process;
use crate::site::{Answer, Site, assigning, made};

const LOOK: &str = "query($id: ID!) { case(id: $id) { phase people { id name erased } } }";
const LISTS: &str = "{ caseload { totalCount } }";

/// How often an intention stands on the peer's log.
pub fn times_recorded(peer: &ProtocolPeer, command: Uuid) -> usize {
    peer.events().iter().filter(|event| command_of(&event.metadata) == Some((command, 0))).count()
}

/// Which intention an event belongs to, and its place among the events of it.
pub fn command_of(custom_metadata: &[u8]) -> Option<(Uuid, u64)> {
    use base64::Engine as _;
    let beside: Value = serde_json::from_slice(custom_metadata).ok()?;
    let metadata = base64::engine::general_purpose::STANDARD.decode(beside["meta"].as_str()?).ok()?;
    let metadata: Value = serde_json::from_slice(&metadata).ok()?;
    Some((metadata["command"]["id"].as_str()?.parse().ok()?, metadata["command"]["index"].as_u64()?))
}

fn store(answer: &Answer) -> String {
    answer.body["checks"]["store"]["what"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_goes_is_named_and_one_that_comes_back_is_used_again() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor, anja) = (server.address().await, site.noor(), site.anja());
    noor.until_ready(address).await;
    let opened = noor.does(address, "openCase", opening()).await;
    noor.does(address, "assignCaseDirector", assigning(&opened)).await;
    let case = json!({"id": made(&opened, "CASE")[0]});
    let before = anja.ask(address, LOOK, case.clone()).await.data("case");
    anja.ask(address, LISTS, json!({})).await.data("caseload");

    peer.stop_listener().await;
    let away = noor.readiness(address, |answer| store(answer).contains("not reached")).await;
    assert_eq!(away.status.as_u16(), 503, "{away:?}");
    assert_eq!(noor.get(address, "/healthz").await.status.as_u16(), 200);
    let (command, another) = (Uuid::new_v4(), Uuid::new_v4());
    let adding = json!({"caseId": case["id"], "name": "Quinten", "role": "PARENT"});
    let (added, new, look, lists) = join!(
        anja.send(address, command, "addPerson", adding.clone()),
        noor.send(address, another, "openCase", opening()),
        anja.ask(address, LOOK, case.clone()),
        anja.ask(address, LISTS, json!({})),
    );
    for (answer, code) in [
        (&added, "STORE_UNAVAILABLE"),
        (&new, "STORE_UNAVAILABLE"),
        (&look, "DATA_UNAVAILABLE"),
        (&lists, "DATA_UNAVAILABLE"),
    ] {
        assert_eq!(answer.code(), code, "{answer:?}");
    }
    assert_eq!((times_recorded(&peer, command), times_recorded(&peer, another)), (0, 0));

    peer.start_listener().await;
    noor.until_ready(address).await;
    assert_eq!(anja.ask(address, LOOK, case.clone()).await.data("case"), before);
    let (added, new) = join!(
        anja.send(address, command, "addPerson", adding.clone()),
        noor.send(address, another, "openCase", opening()),
    );
    assert_eq!(added.data("addPerson")["repeated"], false);
    assert_eq!(new.data("openCase")["repeated"], false);
    let again = anja.send(address, command, "addPerson", adding).await.data("addPerson");
    assert_eq!(again["repeated"], true);
    assert_eq!((times_recorded(&peer, command), times_recorded(&peer, another)), (1, 1));
    assert!(server.stop().await.status.success());
}

/// The append is there and its acknowledgement never comes, however often the same bytes are sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_outcome_is_called_so_and_the_same_command_id_gives_the_answer_later() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor, command) = (server.address().await, site.noor(), Uuid::new_v4());
    noor.until_ready(address).await;
    noor.ask(address, "{ me { id } }", json!({})).await.data("me");
    let silence = Fault::LoseAcknowledgement(Loss::Silence);
    peer.faults().arm(silence, Times::UntilOff);
    let unknown = noor.send(address, command, "openCase", opening()).await;
    assert_eq!(unknown.code(), "OUTCOME_UNKNOWN", "{unknown:?}");
    peer.faults().off(silence);
    let answered = noor.send(address, command, "openCase", opening()).await.data("openCase");
    assert_eq!((&answered["repeated"], made(&answered, "PERSON").len()), (&json!(true), 2));
    assert_eq!(times_recorded(&peer, command), 1);
    assert!(server.stop().await.status.success());
}

/// Told to stop while the cluster is away: what is under way is given up, and the next start goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_in_order_while_the_cluster_is_away() {
    let (site, peer) = (Site::new(), ProtocolPeer::start(PeerOptions::default()).await);
    let server = Process::start(&mut site.serve(&peer.url()));
    let (address, noor) = (server.address().await, site.noor());
    noor.until_ready(address).await;
    peer.stop_listener().await;
    noor.readiness(address, |answer| store(answer).contains("not reached")).await;
    let told = std::time::Instant::now();
    let ended = server.stop().await;
    assert!(ended.status.success(), "{}", ended.log);
    assert!(told.elapsed().as_secs() < 10, "it took {:?}", told.elapsed());
    peer.start_listener().await;
    let server = Process::start(&mut site.serve(&peer.url()));
    noor.until_ready(server.address().await).await;
    assert!(server.stop().await.status.success());
}
