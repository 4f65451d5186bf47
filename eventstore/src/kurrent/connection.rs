//! Keeps a client that works. The client gives up for good when its first attempt fails, and stays with a leader that died; so it is
//! not mended but replaced, with a pause that grows and is never the same for two nodes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::address::Address;
use super::read;
use super::session::{Session, Strikes};
use super::trouble::{Failure, Trouble};
use crate::port::StoreFault;

/// The longest pause while nodes answer that none of them leads, in first pauses.
const WHILE_ELECTING: u32 = 5;

/// How long the engine waits for what. The client's own timeouts are not relied on.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a new client to reach the server.
    pub connect: Duration,
    /// For the server to say something more in a read, be it that it looked at so many events of others.
    pub read: Duration,
    /// For an append to be acknowledged before the same bytes are sent again.
    pub acknowledge: Duration,
    /// For an append or read in all, with everything sent again; longer is said to be unknown or unreachable.
    pub whole: Duration,
    /// Between two looks at the head, should a subscription keep silent. Also notices a dead server while nobody asks anything.
    pub look: Duration,
    /// The first pause before another attempt to connect; it doubles.
    pub first_pause: Duration,
    /// The longest pause before another attempt to connect.
    pub longest_pause: Duration,
    /// Failed calls in a row after which the client is replaced.
    pub strikes: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(3),
            acknowledge: Duration::from_secs(3),
            whole: Duration::from_secs(12),
            look: Duration::from_secs(1),
            first_pause: Duration::from_millis(100),
            longest_pause: Duration::from_secs(5),
            strikes: 3,
        }
    }
}

/// How things stand with the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConnectionState {
    /// The first attempt is under way.
    Connecting,
    /// It answers.
    Connected,
    /// It does not; attempts go on.
    Troubled(Trouble),
    /// The store was closed.
    Closed,
}

/// What the connection counted.
#[derive(Debug, Default)]
pub struct ConnectionFigures {
    clients: AtomicU64,
    resent: AtomicU64,
    subscriptions: AtomicU64,
    failed: AtomicU64,
    paused: AtomicU64,
}

impl ConnectionFigures {
    /// Clients made: more than one means that the server was lost and found again, or not.
    #[must_use]
    pub fn clients(&self) -> u64 {
        self.clients.load(Ordering::Relaxed)
    }

    /// Appends whose outcome was unknown and that were sent again.
    #[must_use]
    pub fn resent(&self) -> u64 {
        self.resent.load(Ordering::Relaxed)
    }

    /// Subscriptions that ended, in whatever way, and were made anew.
    #[must_use]
    pub fn subscriptions(&self) -> u64 {
        self.subscriptions.load(Ordering::Relaxed)
    }

    /// Calls that failed for another reason than a conflict.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// The pauses between one client and the next, in all.
    #[must_use]
    pub fn paused(&self) -> Duration {
        Duration::from_micros(self.paused.load(Ordering::Relaxed))
    }

    fn pauses(&self, pause: Duration) {
        self.paused.fetch_add(u64::try_from(pause.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn subscribed_anew(&self) {
        self.subscriptions.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn sent_again(&self) {
        self.resent.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Clone)]
enum Status {
    Connecting,
    Connected(Arc<Session>),
    Troubled(Trouble),
    /// What an operator must see to, and no attempt of ours mends.
    Over(Trouble),
    Closed,
}

/// The connection. Its tasks end when it is closed or goes.
pub(super) struct Connection {
    pub(super) patience: Patience,
    pub(super) figures: Arc<ConnectionFigures>,
    address: Address,
    status: watch::Sender<Status>,
    state: watch::Sender<ConnectionState>,
    /// The number of the client that is to be replaced, and why.
    doubted: watch::Sender<Option<(u64, Trouble)>>,
}

impl Connection {
    /// Begins to connect, and goes on for as long as it takes.
    pub(super) fn start(address: Address, patience: Patience) -> Arc<Self> {
        let connection = Arc::new(Self {
            patience,
            figures: Arc::default(),
            address,
            status: watch::Sender::new(Status::Connecting),
            state: watch::Sender::new(ConnectionState::Connecting),
            doubted: watch::Sender::new(None),
        });
        let supervising = tokio::spawn(Supervisor { connection: Arc::clone(&connection) }.run());
        tokio::spawn(told_when_stopped(Arc::downgrade(&connection), supervising));
        connection
    }

    pub(super) fn state(&self) -> watch::Receiver<ConnectionState> {
        self.state.subscribe()
    }

    pub(super) fn close(&self) {
        self.show(Status::Closed);
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(*self.status.borrow(), Status::Closed)
    }

    /// Waits until the connection is closed, or given up.
    pub(super) async fn closed(&self) {
        let mut status = self.status.subscribe();
        // It cannot end: this connection holds the sender.
        let _ = status.wait_for(|status| matches!(status, Status::Closed | Status::Over(_))).await;
    }

    /// Does nothing more until the node is started again: going on would do harm.
    pub(super) fn give_up(&self, trouble: Trouble) {
        tracing::error!(nodes = self.address.nodes(), %trouble, "the event store is given up");
        self.show(Status::Over(trouble));
    }

    /// A client that works, as far as known: waited for until then, unless only an operator can help.
    pub(super) async fn session(&self, until: Instant) -> Result<Arc<Session>, StoreFault> {
        let mut status = self.status.subscribe();
        loop {
            let now = status.borrow_and_update().clone();
            match now {
                Status::Connected(session) => return Ok(session),
                Status::Closed => return Err(StoreFault::Closed),
                Status::Over(trouble) => return Err(trouble.into()),
                Status::Troubled(trouble) if trouble.needs_operator() => return Err(trouble.into()),
                Status::Connecting | Status::Troubled(_) => {}
            }
            if tokio::time::timeout_at(until, status.changed()).await.is_err() {
                return Err(self.trouble().into());
            }
        }
    }

    /// A session that works, waited for as long as it takes.
    pub(super) async fn session_when_connected(&self) -> Arc<Session> {
        let mut status = self.status.subscribe();
        loop {
            if let Status::Connected(session) = &*status.borrow_and_update() {
                return Arc::clone(session);
            }
            // It cannot end: this connection holds the sender.
            let _ = status.changed().await;
        }
    }

    /// Waits until the session of this number is no longer the one to use.
    pub(super) async fn left(&self, number: u64) {
        let mut status = self.status.subscribe();
        // It cannot end: this connection holds the sender.
        let _ = status.wait_for(|now| !matches!(now, Status::Connected(session) if session.number == number)).await;
    }

    /// What stands in the way.
    pub(super) fn trouble(&self) -> Trouble {
        match &*self.status.borrow() {
            Status::Troubled(trouble) | Status::Over(trouble) => trouble.clone(),
            _ => Trouble::Silent,
        }
    }

    /// Hears how a read ended.
    pub(super) fn hear<T>(&self, session: &Session, outcome: &Result<T, Failure>) {
        self.hear_of(session, &session.reads, outcome);
    }

    /// Hears how an append ended.
    pub(super) fn hear_append<T>(&self, session: &Session, outcome: &Result<T, Failure>) {
        if outcome.is_ok() {
            session.acknowledged();
        }
        self.hear_of(session, &session.appends, outcome);
    }

    fn hear_of<T>(&self, session: &Session, strikes: &Strikes, outcome: &Result<T, Failure>) {
        let Err(Failure::Refused(trouble) | Failure::Lost(trouble)) = outcome else {
            // An append that went under with another's says nothing about the server.
            if !matches!(outcome, Err(Failure::Swept)) {
                strikes.fine();
            }
            return;
        };
        self.figures.failed.fetch_add(1, Ordering::Relaxed);
        // A client that says its connection is closed stays so, and a node that leads no more sends everything away.
        let hopeless =
            matches!(trouble, Trouble::NotLeader) || matches!(outcome, Err(Failure::Refused(Trouble::Unreachable(_))));
        if strikes.strike() >= self.patience.strikes || hopeless || trouble.needs_operator() {
            self.doubt(session, trouble.clone());
        }
    }

    /// Asks for another client than this one. What is heard late of an earlier one changes nothing.
    pub(super) fn doubt(&self, session: &Session, trouble: Trouble) {
        self.doubted.send_if_modified(|doubted| {
            let newer = doubted.as_ref().is_none_or(|(number, _)| *number <= session.number);
            if newer {
                *doubted = Some((session.number, trouble));
            }
            newer
        });
    }

    fn show(&self, status: Status) {
        let state = match &status {
            Status::Connecting => ConnectionState::Connecting,
            Status::Connected(_) => ConnectionState::Connected,
            Status::Troubled(trouble) | Status::Over(trouble) => ConnectionState::Troubled(trouble.clone()),
            Status::Closed => ConnectionState::Closed,
        };
        let closes = matches!(status, Status::Closed);
        let shown = self.status.send_if_modified(|now| {
            let open = closes || !matches!(now, Status::Closed | Status::Over(_));
            if open {
                *now = status;
            }
            open
        });
        if shown {
            self.state.send_if_modified(|now| std::mem::replace(now, state.clone()) != state);
        }
    }
}

struct Supervisor {
    connection: Arc<Connection>,
}

impl Supervisor {
    async fn run(self) {
        let connection = Arc::clone(&self.connection);
        tokio::select! {
            () = connection.closed() => {}
            () = self.keep() => {}
        }
    }

    async fn keep(&self) {
        let Connection { patience, address, figures, .. } = &*self.connection;
        let mut pause = patience.first_pause;
        loop {
            let number = figures.clients.fetch_add(1, Ordering::Relaxed) + 1;
            let trouble = match self.connect(number).await {
                Ok(session) => {
                    tracing::info!(nodes = address.nodes(), client = number, "the event store answers");
                    let session = Arc::new(session);
                    self.connection.show(Status::Connected(Arc::clone(&session)));
                    let trouble = self.until_doubted(number).await;
                    // It did all we ask of one, so its loss is the first. One that only answers reads, again and again, is not.
                    if session.has_acknowledged() {
                        pause = patience.first_pause;
                    }
                    trouble
                }
                Err(Trouble::NotLeader) => {
                    // Those who are reached elect a leader, which takes a moment and no more.
                    pause = pause.min(patience.first_pause.saturating_mul(WHILE_ELECTING));
                    Trouble::NotLeader
                }
                Err(trouble) => trouble,
            };
            tracing::warn!(nodes = address.nodes(), client = number, %trouble, "the event store is not reached");
            self.connection.show(Status::Troubled(trouble));
            let now = shortened_by_chance(pause);
            figures.pauses(now);
            tokio::time::sleep(now).await;
            pause = pause.saturating_mul(2).min(patience.longest_pause);
        }
    }

    /// A new session, once the node has said something.
    async fn connect(&self, number: u64) -> Result<Session, Trouble> {
        let Connection { patience, address, .. } = &*self.connection;
        let session = Session::start(number, address, patience.connect).await?;
        let asked = tokio::time::timeout(patience.connect, read::touch(&session.wire)).await;
        match asked.map_err(|_| Trouble::Silent)?.map_err(Trouble::from) {
            Ok(()) => Ok(session),
            // With TLS 1.3 a server asks after we take the connection for made, and what it then says may be lost with it.
            Err(Trouble::Unreachable(what)) if address.settings().is_secure_mode_enabled() => {
                Err(Trouble::Unreachable(format!(
                    "{what}; it drops the connection before it answers: does it ask for another user certificate?"
                )))
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Waits until the client of this number is to be replaced.
    async fn until_doubted(&self, number: u64) -> Trouble {
        let mut doubted = self.connection.doubted.subscribe();
        let doubt = doubted.wait_for(|doubt| doubt.as_ref().is_some_and(|(client, _)| *client == number)).await;
        doubt.ok().and_then(|doubt| doubt.clone()).map_or(Trouble::Silent, |(_, trouble)| trouble)
    }
}

/// Says so when the supervisor ended though nobody closed: a mistake of ours, after which nothing would ever be reached again.
async fn told_when_stopped(connection: Weak<Connection>, supervising: JoinHandle<()>) {
    let ended = supervising.await;
    if let (Err(_), Some(connection)) = (ended, connection.upgrade()) {
        connection.give_up(Trouble::Stopped);
    }
}

/// Half to the whole of a pause: nodes that lost the same server do not come back all at once.
fn shortened_by_chance(pause: Duration) -> Duration {
    let chance = getrandom::u32().unwrap_or(u32::MAX);
    pause.mul_f64(0.5 + f64::from(chance) / f64::from(u32::MAX) / 2.0)
}
