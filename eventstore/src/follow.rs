//! What every follower of a history needs: a name for what it has read, and a way to wait that no test has to sleep through.

use std::time::Duration;

use async_trait::async_trait;

use crate::port::Filter;

/// What a checkpoint belongs to. A checkpoint is never moved to another identity: a follower begins anew instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The name of the follower.
    pub name: String,
    /// The version of what it makes: another version begins anew.
    pub version: u32,
    /// The history it reads.
    pub source: String,
    /// Which streams it reads ([`Filter::identity`]).
    pub filter: String,
    /// Under which policy it makes what it makes, such as a digest of the terms; empty for a follower that goes by none.
    pub policy: String,
}

impl Identity {
    /// The identity of one follower of one history, that goes by no policy.
    #[must_use]
    pub fn new(name: &str, version: u32, source: &str, filter: &Filter) -> Self {
        let (name, source) = (name.to_owned(), source.to_owned());
        Self { name, version, source, filter: filter.identity(), policy: String::new() }
    }

    /// The same, under a policy.
    #[must_use]
    pub fn under(self, policy: String) -> Self {
        Self { policy, ..self }
    }
}

/// How a follower waits.
#[async_trait]
pub trait Pause: Send + Sync {
    /// Waits before trying again after so many failures in a row (from 1).
    async fn before_retry(&self, failures: u32);

    /// Waits until it is time to look whether a new day has come. For followers to whom days matter.
    async fn until_next_look(&self);
}

/// Real time: 50 ms after the first failure, twice as long after each next one, at most 5 s; a look every 20 s.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealPause;

#[async_trait]
impl Pause for RealPause {
    async fn before_retry(&self, failures: u32) {
        let millis = 50_u64.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(5_000);
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    async fn until_next_look(&self) {
        tokio::time::sleep(Duration::from_secs(20)).await;
    }
}
