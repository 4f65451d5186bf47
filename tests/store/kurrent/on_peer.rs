//! Against the peer.

use std::sync::Arc;

use async_trait::async_trait;
use eventstore::clock::ToldClock;
use eventstore::kurrent::{KurrentStore, Namespace};
use tests::peer::{PeerOptions, ProtocolPeer};
use tokio::sync::OnceCell;

use crate::contract::Harness;

/// A history on a peer of its own.
pub struct OnPeer {
    peer: OnceCell<ProtocolPeer>,
    clock: Arc<ToldClock>,
}

#[async_trait]
impl Harness for OnPeer {
    type Store = KurrentStore;
    const GAPLESS: bool = false;
    const REFUSES_TAKEN_COMMANDS: bool = false;
    const KNOWS_IDS_EVERYWHERE: bool = false;
    const ONE_TIME_LINE: bool = false;

    fn new() -> Self {
        Self { peer: OnceCell::new(), clock: super::clock() }
    }

    async fn open(&self) -> Arc<KurrentStore> {
        let peer = self.peer.get_or_init(|| ProtocolPeer::start(PeerOptions::default())).await;
        super::open(&peer.url(), &Namespace::default(), &self.clock).await
    }

    async fn reopen(&self, store: Arc<KurrentStore>) -> Arc<KurrentStore> {
        store.close();
        self.open().await
    }

    fn clock(&self) -> &ToldClock {
        &self.clock
    }
}

contract!(OnPeer);
