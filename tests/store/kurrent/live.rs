//! Against a real server: `KURRENTDB_URL=esdb://… cargo test -p tests --test store live`. Each history gets a namespace of its own there;
//! nothing is cleaned up.

use std::sync::Arc;

use async_trait::async_trait;
use eventstore::clock::ToldClock;
use eventstore::kurrent::{KurrentStore, Namespace};
use uuid::Uuid;

use crate::contract::Harness;

/// A history on a real server.
pub struct Live {
    namespace: Namespace,
    clock: Arc<ToldClock>,
}

fn url() -> Option<String> {
    std::env::var("KURRENTDB_URL").ok()
}

#[async_trait]
impl Harness for Live {
    type Store = KurrentStore;
    const GAPLESS: bool = false;
    const REFUSES_TAKEN_COMMANDS: bool = false;
    const KNOWS_IDS_EVERYWHERE: bool = false;
    const ONE_TIME_LINE: bool = false;

    fn missing() -> Option<&'static str> {
        url().is_none().then_some("server")
    }

    fn new() -> Self {
        let namespace = format!("test{}", Uuid::new_v4().simple());
        Self { namespace: namespace.parse().unwrap(), clock: super::clock() }
    }

    async fn open(&self) -> Arc<KurrentStore> {
        super::open(&url().unwrap(), &self.namespace, &self.clock).await
    }

    async fn reopen(&self, store: Arc<KurrentStore>) -> Arc<KurrentStore> {
        store.close();
        self.open().await
    }

    fn clock(&self) -> &ToldClock {
        &self.clock
    }
}

contract!(Live);
