//! Several nodes with one log: who leads, who is away, who lags.

use std::sync::Arc;

use super::log::Log;
use super::node::{Cluster, Node};
use super::options::PeerOptions;
use super::single::{ProtocolPeer, any_port, home, port_of};

/// Several [`ProtocolPeer`]s with one log; node 0 leads first. They do not replicate: the log is shared, lag is pretended.
pub struct PeerCluster {
    nodes: Vec<ProtocolPeer>,
    cluster: Arc<Cluster>,
}

impl PeerCluster {
    /// Starts so many nodes.
    ///
    /// # Panics
    ///
    /// As [`ProtocolPeer::start`].
    pub async fn start(count: usize, options: PeerOptions) -> Self {
        let home = home();
        let sockets: Vec<_> = (0..count).map(|_| any_port()).collect();
        let ports: Vec<u16> = sockets.iter().map(port_of).collect();
        let cluster = Arc::new(Cluster::new(Log::new(options.system_event_every), &ports));
        let mut nodes = Vec::with_capacity(count);
        for (index, socket) in sockets.into_iter().enumerate() {
            let node = Arc::new(Node::new(index, Arc::clone(&cluster), options.clone()));
            nodes.push(ProtocolPeer::start_node(&home, node, socket).await);
        }
        Self { nodes, cluster }
    }

    /// Connection string with all nodes. With TLS every node has an authority of its own, so it is for clusters without TLS.
    #[must_use]
    pub fn url(&self) -> String {
        let hosts: Vec<String> = self.nodes.iter().map(ProtocolPeer::address).collect();
        format!("esdb://{}?tls=false", hosts.join(","))
    }

    /// One node.
    ///
    /// # Panics
    ///
    /// When there is no such node.
    #[must_use]
    pub fn node(&self, index: usize) -> &ProtocolPeer {
        &self.nodes[index]
    }

    /// Makes a node the leader.
    pub fn elect(&self, index: usize) {
        self.cluster.change(|view| view.leader = Some(index));
    }

    /// Stops a node. When it led, nobody leads until the next [`PeerCluster::elect`].
    pub async fn stop_node(&self, index: usize) {
        self.cluster.change(|view| {
            view.members[index].alive = false;
            view.leader = view.leader.filter(|leader| *leader != index);
        });
        self.nodes[index].stop_listener().await;
    }

    /// Starts a stopped node again, as a follower.
    pub async fn start_node(&self, index: usize) {
        self.nodes[index].start_listener().await;
        self.cluster.change(|view| view.members[index].alive = true);
    }

    /// Hides the last so many events of the log from followers.
    pub fn lag_followers(&self, events: usize) {
        self.cluster.change(|view| view.lag = events);
    }
}
