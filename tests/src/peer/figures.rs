//! What a node counts, for tests that assert on calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;

/// What one node has seen since it started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls by method, such as `Append`, `BatchAppend` (a session), `Read` and `GetSupportedMethods`; gossip is `Gossip.Read`.
    pub calls: BTreeMap<String, u64>,
    /// Appends inside sessions of `BatchAppend`.
    pub batched_appends: u64,
    /// Connections ever accepted.
    pub connections_accepted: u64,
    /// Connections open now.
    pub connections_open: u64,
    /// Subscriptions ever confirmed.
    pub subscriptions_started: u64,
    /// Subscriptions open now.
    pub subscriptions_open: u64,
    /// Pages of the log that reads and subscriptions with a filter looked through.
    pub hops: u64,
    /// Events in them, whether they matched or not.
    pub looked_at: u64,
}

impl Figures {
    /// Calls of one method.
    #[must_use]
    pub fn calls_of(&self, method: &str) -> u64 {
        self.calls.get(method).copied().unwrap_or_default()
    }

    /// Calls of the gossip service.
    #[must_use]
    pub fn gossip(&self) -> u64 {
        self.calls_of("Gossip.Read")
    }
}

/// The counters of one node.
#[derive(Clone)]
pub(super) struct Counters(Arc<watch::Sender<Figures>>);

impl Counters {
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::default()))
    }

    pub fn figures(&self) -> Figures {
        self.0.borrow().clone()
    }

    pub fn watch(&self) -> watch::Receiver<Figures> {
        self.0.subscribe()
    }

    pub fn called(&self, method: &str) {
        self.0.send_modify(|figures| *figures.calls.entry(method.to_owned()).or_default() += 1);
    }

    pub fn hopped(&self, looked_at: usize) {
        self.0.send_modify(|figures| {
            figures.hops += 1;
            figures.looked_at += looked_at as u64;
        });
    }

    pub fn batched(&self) {
        self.0.send_modify(|figures| figures.batched_appends += 1);
    }

    pub fn connection(&self) -> Open {
        self.0.send_modify(|figures| {
            figures.connections_accepted += 1;
            figures.connections_open += 1;
        });
        Open { counters: self.clone(), field: |figures| &mut figures.connections_open }
    }

    pub fn subscription(&self) -> Open {
        self.0.send_modify(|figures| {
            figures.subscriptions_started += 1;
            figures.subscriptions_open += 1;
        });
        Open { counters: self.clone(), field: |figures| &mut figures.subscriptions_open }
    }
}

/// Something counted as open until it is dropped.
pub(super) struct Open {
    counters: Counters,
    field: fn(&mut Figures) -> &mut u64,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.counters.0.send_modify(|figures| *(self.field)(figures) -= 1);
    }
}
