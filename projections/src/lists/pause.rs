//! Waiting, passed in so that no test sleeps.

use std::time::Duration;

use async_trait::async_trait;

/// How a follower waits.
#[async_trait]
pub trait Pause: Send + Sync {
    /// Waits before trying again after so many failures in a row (from 1).
    async fn before_retry(&self, failures: u32);

    /// Waits until it is time to look whether a new day has come.
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
