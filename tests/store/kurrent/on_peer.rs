//! Against the peer.

use std::marker::PhantomData;
use std::sync::Arc;

use async_trait::async_trait;
use eventstore::clock::ToldClock;
use eventstore::kurrent::{KurrentStore, Namespace};
use tests::peer::{PeerOptions, ProtocolPeer};
use tokio::sync::OnceCell;

use crate::contract::Harness;

/// A history on a peer of its own.
pub struct OnPeerThat<B> {
    peer: OnceCell<ProtocolPeer>,
    clock: Arc<ToldClock>,
    behaves: PhantomData<B>,
}

/// How a peer behaves.
#[async_trait]
pub trait Behaviour: Send + Sync + 'static {
    async fn start() -> ProtocolPeer;
}

/// As it should.
pub struct Well;

#[async_trait]
impl Behaviour for Well {
    async fn start() -> ProtocolPeer {
        ProtocolPeer::start(PeerOptions::default()).await
    }
}

/// A history on a peer that behaves well.
pub type OnPeer = OnPeerThat<Well>;

#[async_trait]
impl<B: Behaviour> Harness for OnPeerThat<B> {
    type Store = KurrentStore;
    const GAPLESS: bool = false;
    const REFUSES_TAKEN_COMMANDS: bool = false;
    const KNOWS_IDS_EVERYWHERE: bool = false;
    const ONE_TIME_LINE: bool = false;

    fn new() -> Self {
        Self { peer: OnceCell::new(), clock: super::clock(), behaves: PhantomData }
    }

    async fn open(&self) -> Arc<KurrentStore> {
        let peer = self.peer.get_or_init(B::start).await;
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
