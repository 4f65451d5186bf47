//! Waiting before another try, passed in so that no test sleeps.

use std::time::Duration;

use async_trait::async_trait;

/// How a follower waits after a failure.
#[async_trait]
pub trait Pause: Send + Sync {
    /// Waits before trying again after so many failures in a row (from 1).
    async fn before_retry(&self, failures: u32);
}

/// Real time: 50 ms after the first failure, twice as long after each next one, at most 5 s.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealPause;

#[async_trait]
impl Pause for RealPause {
    async fn before_retry(&self, failures: u32) {
        let millis = 50_u64.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(5_000);
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
}
