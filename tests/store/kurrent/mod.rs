//! The engine for a cluster under the contract: against a peer that speaks the protocol from memory, which is not `KurrentDB`; and
//! against a real server when `KURRENTDB_URL` names one. What the engine stands beyond the contract, on the peer alone.

mod appends;
mod cluster;
mod connection;
mod disturbed;
mod following;
mod latency;
mod live;
mod load;
mod lost;
mod on_peer;
mod removed;
mod secure;
mod shared;
mod wire;

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use eventstore::chain::{self, Link};
use eventstore::clock::ToldClock;
use eventstore::kurrent::{
    ConnectionFigures, ConnectionState, KurrentOptions, KurrentStore, Namespace, Opening, Patience,
};
use eventstore::port::{Digest, EventStore, RecordedEvent};
use tests::peer::{PeerOptions, ProtocolPeer};

pub use self::on_peer::OnPeer;
use crate::contract::everything;
use crate::samples::moment;

/// Short enough for tests that wait for the end of it, long enough for a busy machine.
pub fn patience() -> Patience {
    Patience {
        look: Duration::from_millis(20),
        first_pause: Duration::from_millis(10),
        longest_pause: Duration::from_millis(100),
        ..Patience::default()
    }
}

/// For tests that wait until it ends.
pub fn little_patience() -> Patience {
    Patience {
        connect: Duration::from_millis(700),
        read: Duration::from_millis(700),
        acknowledge: Duration::from_millis(300),
        whole: Duration::from_millis(1_500),
        ..patience()
    }
}

/// A history of this name on a server.
pub fn options(url: &str, namespace: &Namespace, clock: &Arc<ToldClock>) -> KurrentOptions {
    KurrentOptions {
        address: url.parse().unwrap(),
        namespace: namespace.clone(),
        clock: Arc::<ToldClock>::clone(clock),
        patience: patience(),
    }
}

/// The same, open.
pub async fn open(url: &str, namespace: &Namespace, clock: &Arc<ToldClock>) -> Arc<KurrentStore> {
    Arc::new(KurrentStore::connect(options(url, namespace, clock)).open().await.unwrap())
}

/// A clock that every test starts with.
pub fn clock() -> Arc<ToldClock> {
    Arc::new(ToldClock::at(moment("2026-11-16T08:00:00Z")))
}

/// A history being opened, with this patience.
pub fn connect(url: &str, patience: Patience) -> Opening {
    KurrentStore::connect(KurrentOptions { patience, ..options(url, &Namespace::default(), &clock()) })
}

/// The same, open.
pub async fn open_with(url: &str, patience: Patience) -> Arc<KurrentStore> {
    Arc::new(connect(url, patience).open().await.unwrap())
}

/// A peer, and a history on it.
pub async fn on_peer(patience: Patience) -> (ProtocolPeer, Arc<KurrentStore>) {
    let peer = ProtocolPeer::start(PeerOptions::default()).await;
    let store = open_with(&peer.url(), patience).await;
    (peer, store)
}

/// What comes of something that may be waited for in vain: more than enough for a busy machine.
pub async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), work).await.expect("it comes in time")
}

/// Waits until the server is in trouble, and gives the words for it.
pub async fn troubled(state: &mut tokio::sync::watch::Receiver<ConnectionState>) -> String {
    let trouble = state.wait_for(|state| matches!(state, ConnectionState::Troubled(_)));
    let state = in_time(trouble).await.unwrap().clone();
    let ConnectionState::Troubled(trouble) = state else { unreachable!("waited for") };
    trouble.to_string()
}

/// Stops a server that answers, and waits until that was noticed; gives the words for it.
pub async fn stop(peer: &ProtocolPeer, store: &KurrentStore) -> String {
    let mut state = store.state();
    state.wait_for(|state| *state == ConnectionState::Connected).await.unwrap();
    peer.stop_listener().await;
    troubled(&mut state).await
}

/// Waits until so many clients were made.
pub async fn until_clients(figures: &ConnectionFigures, count: u64) {
    // Nobody tells of an attempt that ends as the one before it.
    let waiting = async {
        while figures.clients() < count {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
    assert!(waited.is_ok(), "{} clients, not {count}", figures.clients());
}

/// Events of ours that stand on the peer, whoever reads them.
pub fn stored(peer: &ProtocolPeer) -> usize {
    peer.events().iter().filter(|event| event.stream.starts_with("rustpunt.")).count()
}

/// Reads everything, and makes sure that each stream counts up and its chain holds.
pub async fn sound(store: &KurrentStore) -> Vec<RecordedEvent> {
    let all = everything(store, 100).await;
    assert!(all.is_sorted_by(|one, other| one.position < other.position));
    let mut heads = std::collections::HashMap::new();
    for event in &all {
        let (next, previous) = heads.get(&event.stream).copied().unwrap_or((0, Digest::ZERO));
        let link = Link {
            stream: &event.stream,
            revision: event.revision,
            id: event.id,
            outer_type: &event.outer_type,
            version: event.version,
            recorded_at: event.recorded_at,
            metadata: chain::digest(&event.metadata),
            data: chain::digest(&event.data),
            previous,
        };
        assert_eq!((event.revision.number(), event.previous), (next, previous), "{}", event.stream);
        assert_eq!(event.hash, chain::hash(&link), "{} {}", event.stream, next);
        heads.insert(event.stream.clone(), (next + 1, event.hash));
    }
    assert_eq!(store.stream_head(&"case-nobody".parse().unwrap()).await.unwrap(), None);
    all
}

/// Runs the test of this name alone in a process of its own, for what belongs to a whole process: threads, logs. True in that process.
pub fn alone(name: &str) -> bool {
    const ALONE: &str = "RUSTPUNT_TEST_ALONE";
    if std::env::var(ALONE).is_ok_and(|test| test == name) {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    let ran = command.args(["--exact", name, "--nocapture"]).env(ALONE, name).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    false
}
