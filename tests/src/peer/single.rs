//! One node as a test holds it.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use super::decide::Expected;
use super::faults::FaultScript;
use super::figures::Figures;
use super::listener::{Listening, bind};
use super::log::{Log, LoggedEvent, Offered};
use super::node::{Cluster, Node};
use super::options::PeerOptions;
use super::thread::Home;
use super::tls::Tls;

/// Speaks KurrentDB's gRPC protocol from memory; **it is not KurrentDB**. It listens on a port of the loopback interface, on a thread of
/// its own, until it is dropped.
pub struct ProtocolPeer {
    node: Arc<Node>,
    port: u16,
    listening: Mutex<Option<Listening>>,
    tls: Option<Tls>,
    home: Arc<Home>,
}

impl ProtocolPeer {
    /// Starts a peer alone.
    ///
    /// # Panics
    ///
    /// When the machine gives no port, thread or certificate: no test can go on without.
    pub async fn start(options: PeerOptions) -> Self {
        let home = home();
        let socket = any_port();
        let port = port_of(&socket);
        let cluster = Arc::new(Cluster::new(Log::new(options.system_event_every), &[port]));
        Self::start_node(&home, Arc::new(Node::new(0, cluster, options)), socket).await
    }

    /// Starts a peer alone where another one was.
    ///
    /// # Panics
    ///
    /// When that one still listens, or as [`ProtocolPeer::start`].
    pub async fn start_at(address: &str, options: PeerOptions) -> Self {
        #[expect(clippy::expect_used, reason = "a test whose port is taken cannot go on")]
        let socket =
            address.rsplit_once(':').and_then(|(_, port)| bind(port.parse().ok()?).ok()).expect("the port is free");
        let cluster = Arc::new(Cluster::new(Log::new(options.system_event_every), &[port_of(&socket)]));
        Self::start_node(&home(), Arc::new(Node::new(0, cluster, options)), socket).await
    }

    pub(super) async fn start_node(home: &Arc<Home>, node: Arc<Node>, socket: TcpListener) -> Self {
        #[expect(clippy::expect_used, reason = "a test without its certificates cannot go on")]
        let tls = node.options.tls.map(|options| Tls::new(options).expect("certificates can be made"));
        let port = port_of(&socket);
        let peer = Self { node, port, listening: Mutex::new(None), tls, home: Arc::clone(home) };
        peer.listen(socket).await;
        peer
    }

    async fn listen(&self, socket: TcpListener) {
        let acceptor = self.tls.as_ref().map(|tls| tls.acceptor.clone());
        let listening = Listening::start(self.home.handle(), Arc::clone(&self.node), acceptor, socket).await;
        *self.listening.lock().unwrap_or_else(PoisonError::into_inner) = Some(listening);
    }

    /// Connection string for the official client.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_as("")
    }

    /// The same with a name and password.
    #[must_use]
    pub fn url_with(&self, name: &str, password: &str) -> String {
        self.url_as(&format!("{name}:{password}@"))
    }

    /// The same with the user certificate the peer's authority signed; without TLS, the plain one.
    #[must_use]
    pub fn url_with_user_certificate(&self) -> String {
        format!("esdb://{}?{}", self.address(), self.query(true))
    }

    fn url_as(&self, user: &str) -> String {
        format!("esdb://{user}{}?{}", self.address(), self.query(false))
    }

    pub(super) fn query(&self, user_certificate: bool) -> String {
        self.tls.as_ref().map_or_else(|| "tls=false".to_owned(), |tls| tls.query(user_certificate))
    }

    /// Host and port.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Gives the port up and breaks every connection; what was committed stays.
    pub async fn stop_listener(&self) {
        let listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(listening) = listening {
            listening.stop().await;
        }
    }

    /// Listens again on the same port; nothing when it does already.
    ///
    /// # Panics
    ///
    /// When somebody else has taken the port.
    pub async fn start_listener(&self) {
        let stopped = self.listening.lock().unwrap_or_else(PoisonError::into_inner).is_none();
        if stopped {
            #[expect(clippy::expect_used, reason = "a test whose port is taken cannot go on")]
            let socket = bind(self.port).expect("the peer's port is free again");
            self.listen(socket).await;
        }
    }

    /// Breaks every connection; the port stays open.
    pub fn break_connections(&self) {
        self.node.cut();
    }

    /// What goes wrong on this node.
    #[must_use]
    pub fn faults(&self) -> &FaultScript {
        &self.node.faults
    }

    /// What this node has counted so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.node.counters.figures()
    }

    /// Waits until the figures are such.
    pub async fn until(&self, reached: impl Fn(&Figures) -> bool) {
        let mut figures = self.node.counters.watch();
        // The sender lives as long as `self`.
        let _ = figures.wait_for(reached).await;
    }

    /// What stands on the log, system events included, in order.
    #[must_use]
    pub fn events(&self) -> Vec<LoggedEvent> {
        self.node.cluster.log.all(0).iter().map(|event| LoggedEvent::clone(event)).collect()
    }

    /// Waits until such an event stands on the log.
    pub async fn until_event(&self, such: impl Fn(&LoggedEvent) -> bool) {
        let log = &self.node.cluster.log;
        let mut changes = log.changes();
        while !log.all(0).iter().any(|event| such(event)) {
            // The sender lives as long as the log.
            let _ = changes.changed().await;
        }
    }

    /// Deletes a stream behind everybody's back: it reads as missing, and may be written again. False when it was tombstoned already.
    #[must_use]
    pub fn delete_stream(&self, name: &str) -> bool {
        self.node.cluster.log.remove(name, Expected::Any, false).is_ok()
    }

    /// Deletes a stream for good: every call about it says so. False when it was tombstoned already.
    #[must_use]
    pub fn tombstone_stream(&self, name: &str) -> bool {
        self.node.cluster.log.remove(name, Expected::Any, true).is_ok()
    }

    /// Writes an event as somebody else would: past every engine, whatever stands there.
    pub fn write_by_hand(&self, stream: &str, event_type: &str, data: &[u8], metadata: &[u8]) {
        let event = Offered {
            id: uuid::Uuid::new_v4(),
            event_type: event_type.to_owned(),
            json: true,
            data: data.to_vec(),
            metadata: metadata.to_vec(),
        };
        // Only a tombstone refuses it, and then there is nobody to tell.
        let _ = self.node.cluster.log.append(stream, Expected::Any, vec![event]);
    }

    /// Writes so many events in one stream at once, as neighbours on a shared cluster do who have nothing to do with us.
    pub fn write_of_others(&self, stream: &str, count: usize) {
        self.node.cluster.log.fill(stream, count);
    }

    /// Forgets everything after `position`, as when an older backup was put back.
    pub fn truncate_to(&self, position: u64) {
        self.node.cluster.log.truncate_to(position);
    }
}

pub(super) fn home() -> Arc<Home> {
    #[expect(clippy::expect_used, reason = "a test without a thread cannot go on")]
    Arc::new(Home::start().expect("a thread can be started"))
}

pub(super) fn any_port() -> TcpListener {
    #[expect(clippy::expect_used, reason = "a test without a port cannot go on")]
    bind(0).expect("a port is free")
}

pub(super) fn port_of(socket: &TcpListener) -> u16 {
    #[expect(clippy::expect_used, reason = "a bound socket has an address")]
    socket.local_addr().expect("a bound socket has an address").port()
}
