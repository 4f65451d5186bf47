//! The engine for a cluster under the contract: against a peer that speaks the protocol from memory, which is not `KurrentDB`; and
//! against a real server when `KURRENTDB_URL` names one.

mod live;
mod on_peer;

use std::sync::Arc;
use std::time::Duration;

use eventstore::clock::ToldClock;
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};

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
