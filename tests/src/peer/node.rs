//! One node: what its services share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tonic::Status;
use tonic::metadata::MetadataMap;

use super::decide::Expected;
use super::faults::{Fault, FaultScript};
use super::figures::Counters;
use super::log::{Log, Offered, Refused, Written};
use super::options::PeerOptions;
use super::refusals;

/// A node of the cluster as the others know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub port: u16,
    pub alive: bool,
}

/// What the nodes of a cluster agree on.
#[derive(Debug, Default)]
pub(super) struct View {
    pub members: Vec<Member>,
    pub leader: Option<usize>,
    /// Events of the log that followers cannot see yet.
    pub lag: usize,
}

/// A cluster, also of one node.
pub(super) struct Cluster {
    pub log: Log,
    view: Mutex<View>,
}

impl Cluster {
    pub fn new(log: Log, ports: &[u16]) -> Self {
        let members = ports.iter().map(|port| Member { port: *port, alive: true }).collect();
        Self { log, view: Mutex::new(View { members, leader: Some(0), lag: 0 }) }
    }

    pub fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the view and wakes whoever follows the log.
    pub fn change(&self, change: impl FnOnce(&mut View)) {
        change(&mut self.view());
        self.log.changed();
    }
}

/// One node.
pub(super) struct Node {
    pub index: usize,
    pub cluster: Arc<Cluster>,
    pub options: PeerOptions,
    pub faults: FaultScript,
    pub counters: Counters,
    /// Bumped to break every connection.
    pub cuts: watch::Sender<u64>,
}

impl Node {
    pub fn new(index: usize, cluster: Arc<Cluster>, options: PeerOptions) -> Self {
        let (faults, counters, cuts) = (FaultScript::new(), Counters::new(), watch::Sender::new(0));
        Self { index, cluster, options, faults, counters, cuts }
    }

    /// Breaks every connection.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Events this node cannot see yet.
    pub fn hidden(&self) -> usize {
        let view = self.cluster.view();
        if view.leader == Some(self.index) { 0 } else { view.lag }
    }

    /// Refuses everything about streams while the node is not ready.
    pub fn check_ready(&self) -> Result<(), Status> {
        if self.faults.strikes(Fault::NotReady) { Err(refusals::not_ready()) } else { Ok(()) }
    }

    /// Refuses what only a leader may answer. A follower forwards other writes, as the real server does.
    pub fn check_leader(&self, metadata: &MetadataMap) -> Result<(), Status> {
        let view = self.cluster.view();
        if view.leader == Some(self.index) {
            return Ok(());
        }
        let required = metadata.get("requires-leader").is_some_and(|value| value == "true");
        match view.leader.map(|leader| view.members[leader]) {
            Some(leader) if required => Err(refusals::not_leader("127.0.0.1", leader.port)),
            None if required => Err(refusals::no_leader()),
            _ => Ok(()),
        }
    }

    /// Refuses a write this node cannot take.
    pub fn check_writable(&self, metadata: &MetadataMap) -> Result<(), Status> {
        self.check_ready()?;
        self.check_leader(metadata)?;
        if self.cluster.view().leader.is_none() || self.faults.strikes(Fault::ReadOnly) {
            return Err(refusals::no_leader());
        }
        if self.faults.strikes(Fault::DiskFull) {
            self.cut();
            return Err(refusals::unavailable());
        }
        Ok(())
    }

    pub fn append(&self, stream: &str, expected: Expected, offered: Vec<Offered>) -> Result<Written, Refused> {
        self.cluster.log.append(stream, expected, offered)
    }
}
