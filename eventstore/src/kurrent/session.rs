//! One connection to one node: the official client, which writes, and a channel of our own, which reads (see `wire.rs`).
//!
//! The client lives on a thread and runtime of its own that go with it: tasks it leaves behind when it is given up, or a loop in it
//! that never yields, end with them or harm nobody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use kurrentdb::{
    AppendToStreamOptions, BatchAppendClient, BatchAppendOptions, Client, Credentials, Endpoint, EventData,
    StreamState, WriteResult,
};
use tokio::runtime::{Builder, Handle};
use tokio::sync::{Mutex, oneshot};
use tokio::task::{JoinHandle, JoinSet};

use super::address::Address;
use super::trouble::{Failure, Trouble};
use super::wire::{Wire, host_of};

/// Streams of appends that a client may leave behind unanswered, each with what was sent over it, before it is replaced.
const MOST_ABANDONED: u32 = 8;

/// A connection, and what belongs to it.
pub(super) struct Session {
    /// Counts the sessions of this store, from 1.
    pub(super) number: u64,
    /// For reading.
    pub(super) wire: Wire,
    client: Client,
    credentials: Option<Credentials>,
    appending: Mutex<Option<Arc<BatchAppendClient>>>,
    runtime: Handle,
    /// Whether an append was acknowledged. A read says less: a node that takes no writes answers reads.
    acknowledged: AtomicBool,
    abandoned: AtomicU32,
    /// Of reads and of appends, which go over connections of their own: that one does well says nothing about the other.
    pub(super) reads: Strikes,
    pub(super) appends: Strikes,
    /// The thread ends when this goes.
    _alive: oneshot::Sender<()>,
}

impl Session {
    /// Connects to the node that leads.
    pub(super) async fn start(number: u64, address: &Address, limit: Duration) -> Result<Self, Trouble> {
        let node = leader(address, limit).await?;
        let wire = Wire::connect(address.settings(), &node, address.authorization(), limit).await?;
        let settings = address.at(&node).ok_or_else(|| {
            Trouble::Unreachable(format!("the cluster names a node that is no address: {}:{}", node.host, node.port))
        })?;
        let (runtime, alive) =
            start_runtime().map_err(|error| Trouble::Unreachable(format!("no thread to connect with: {error}")))?;
        let handle = runtime.clone();
        let made = runtime.spawn(async move { Client::with_runtime_handle(handle, settings) });
        // The client stops half-way over a certificate file that holds no certificate.
        let client = match made.await {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => return Err(Trouble::Certificate(error.to_string())),
            Err(_) => return Err(Trouble::Certificate("a certificate file named in the address is none".to_owned())),
        };
        let appending = Mutex::new(None);
        Ok(Self {
            number,
            wire,
            client,
            credentials: address.credentials(),
            appending,
            runtime,
            acknowledged: AtomicBool::new(false),
            abandoned: AtomicU32::new(0),
            reads: Strikes::default(),
            appends: Strikes::default(),
            _alive: alive,
        })
    }

    /// An append was acknowledged.
    pub(super) fn acknowledged(&self) {
        self.acknowledged.store(true, Ordering::Relaxed);
    }

    /// Whether an append was ever acknowledged.
    pub(super) fn has_acknowledged(&self) -> bool {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Counts a stream of appends that was given up without an answer; the client keeps it. Whether it keeps too many.
    pub(super) fn abandons(&self) -> bool {
        self.abandoned.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_ABANDONED
    }

    /// Writes one event to a stream that is not there yet, in a call of its own.
    pub(super) async fn begin_stream(
        &self,
        limit: Duration,
        name: String,
        event: EventData,
    ) -> Result<WriteResult, Failure> {
        let options = AppendToStreamOptions::default().stream_state(StreamState::NoStream);
        let options = match self.credentials.clone() {
            Some(credentials) => options.authenticated(credentials),
            None => options,
        };
        self.run(
            limit,
            |client| async move { client.append_to_stream(name, &options, event).await.map_err(Failure::from) },
        )
        .await
    }

    /// Runs something with the client, on the client's runtime, for so long at most.
    async fn run<T, W>(&self, limit: Duration, work: impl FnOnce(Client) -> W) -> Result<T, Failure>
    where
        T: Send + 'static,
        W: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let mut task = AbortOnDrop(self.runtime.spawn(work(self.client.clone())));
        match tokio::time::timeout(limit, &mut task.0).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(Failure::Lost(Trouble::Unreachable("the client stopped half-way".to_owned()))),
            Err(_) => Err(Failure::Lost(Trouble::Silent)),
        }
    }

    /// The open stream of appends, made when there is none. One stream for all: a call of its own per append would wait for
    /// acknowledgements of the network, some 40 ms.
    pub(super) async fn appending(&self, limit: Duration) -> Result<Arc<BatchAppendClient>, Failure> {
        let mut appending = self.appending.lock().await;
        if let Some(open) = &*appending {
            return Ok(Arc::clone(open));
        }
        let options = BatchAppendOptions::default();
        let options = match self.credentials.clone() {
            Some(credentials) => options.authenticated(credentials),
            None => options,
        };
        let opened =
            self.run(limit, |client| async move { Ok(client.batch_append(&options).await?) }).await.map(Arc::new)?;
        *appending = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Gives up a stream of appends: the client ends it at its first failure, whosever that was.
    pub(super) async fn stop_appending(&self, over: &Arc<BatchAppendClient>) {
        let mut appending = self.appending.lock().await;
        if appending.as_ref().is_some_and(|open| Arc::ptr_eq(open, over)) {
            *appending = None;
        }
    }
}

/// Failed calls in a row.
#[derive(Default)]
pub(super) struct Strikes(AtomicU32);

impl Strikes {
    /// A call went well.
    pub(super) fn fine(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// A call failed: how many in a row, with this one.
    pub(super) fn strike(&self) -> u32 {
        self.0.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }
}

/// The node to speak with: the only one named, or the one that the first to know says leads. All are asked at once: one that is silent
/// keeps nobody waiting.
async fn leader(address: &Address, limit: Duration) -> Result<Endpoint, Trouble> {
    let seeds = address.settings().hosts();
    if !address.is_cluster() {
        return seeds.first().cloned().ok_or(Trouble::NotLeader);
    }
    let mut asked = JoinSet::new();
    for seed in seeds {
        let (seed, address) = (seed.clone(), address.clone());
        asked.spawn(async move { asked_of(&seed, &address, limit).await });
    }
    let mut trouble = None;
    while let Some(answer) = asked.join_next().await {
        match answer {
            Ok(Ok(Some(leader))) => return Ok(leader),
            // Somebody answers, so it is not that nobody can be reached.
            Ok(Ok(None)) => trouble = Some(Trouble::NotLeader),
            Ok(Err(found)) => trouble = trouble.or(Some(found)),
            Err(_) => {}
        }
    }
    Err(trouble.unwrap_or(Trouble::NotLeader))
}

async fn asked_of(seed: &Endpoint, address: &Address, limit: Duration) -> Result<Option<Endpoint>, Trouble> {
    let wire = Wire::connect(address.settings(), seed, address.authorization(), limit).await?;
    let members = tokio::time::timeout(limit, wire.gossip()).await.map_err(|_| Trouble::Silent)?;
    let members = members.map_err(Trouble::from)?;
    let leader = members.into_iter().find(super::wire::MemberInfo::leads).and_then(|member| member.end_point);
    Ok(leader.map(|at| Endpoint { host: host_of(&at.host), port: at.port }))
}

/// A runtime with one thread, for as long as the sender lives.
fn start_runtime() -> std::io::Result<(Handle, oneshot::Sender<()>)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let (alive, gone) = oneshot::channel::<()>();
    thread::Builder::new().name("kurrentdb-client".to_owned()).spawn(move || {
        // It ends by being dropped: nothing is ever sent.
        let _ = runtime.block_on(gone);
        runtime.shutdown_background();
    })?;
    Ok((handle, alive))
}

struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
