//! The pulse of a node: every so often it looks at itself, tells how it is, and says so when that changed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use eventstore::port::Position;
use serde_json::Map;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use super::{Node, pair};
use crate::health::{Finding, Health};
use crate::telemetry::Metrics;

/// Between two looks: a few in each delivery of metrics, and cheap enough to be nothing.
pub(crate) const BETWEEN: Duration = Duration::from_secs(10);

impl Node {
    /// Looks at the node until told to stop: keeps in the vault how far the history is, tells how far followers are behind, what an
    /// operator has to look into and what the checks of `/readyz` find, and logs a check that fails, or that is fine again.
    pub async fn beat(&self, metrics: &Metrics, mut stop: watch::Receiver<bool>) {
        let health = self.health();
        let mut failing = BTreeSet::new();
        let mut times = interval(BETWEEN);
        times.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                // A sender that went away means the same as being told.
                _ = stop.wait_for(|stop| *stop) => return,
                _ = times.tick() => {}
            }
            // A history that does not answer makes a look a long one.
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = self.look(metrics, &health, &mut failing) => {}
            }
        }
    }

    pub(super) async fn look(&self, metrics: &Metrics, health: &Health, failing: &mut BTreeSet<&'static str>) {
        for (check, finding) in health.examine().await {
            metrics.checked(check, finding.is_ok());
            tell_change(failing, check, &finding);
        }
        self.doubt.note(&*self.clock);
        let kept = pair::keep_head(&self.vault, &*self.store).await.map(|()| Map::new());
        tell_change(failing, "head noted in the vault", &kept.map_err(|error| error.to_string()));
        let (drafts, now) = (Arc::clone(&self.services.drafts), self.clock.now());
        let forgotten = spawn_blocking(move || drafts.forget(now)).await.map_err(|error| error.to_string());
        let forgotten = forgotten.and_then(|done| done.map_err(|error| error.to_string()));
        tell_change(failing, "drafts destroyed in time", &forgotten.map(|_| Map::new()));
        // Before the first read database is built, everything waits for it.
        let lists = self.lists.reached().map_or(Position::START, |reached| reached.position);
        let followed = self.followed();
        for (processor, reached) in [("lists", lists), ("reactions", self.reactions.reached())] {
            // A history that cannot be read is told by its own check.
            if let Ok(lag) = followed.lag(reached).await {
                metrics.behind(processor, lag.events, lag.seconds);
            }
        }
        if let Some((webhooks, _)) = &self.following.webhooks
            && let Ok(standings) = webhooks.standings().await
        {
            for standing in &standings {
                metrics.webhooks(standing);
            }
        }
        let lists = Arc::clone(&self.lists);
        if let Ok(Ok(concerns)) = spawn_blocking(move || lists.concerns()).await {
            metrics.concerns(concerns);
        }
    }
}

fn tell_change(failing: &mut BTreeSet<&'static str>, check: &'static str, finding: &Finding) {
    match finding {
        Err(what) if failing.insert(check) => tracing::warn!(check, what, "not ready"),
        Ok(_) if failing.remove(check) => tracing::info!(check, "ready again"),
        _ => {}
    }
}
