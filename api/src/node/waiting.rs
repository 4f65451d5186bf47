//! Opening a node whose history stands on a cluster takes as long as the cluster is away, or takes no writes. Whoever waits hears what
//! stands in the way, and can say that it need not go on.

use std::future::Future;
use std::time::Duration;

use eventstore::port::{AppendError, StoreFault};
use eventstore::vault::PairFault;
use projections::lists::ListsFault;
use tokio::sync::watch;
use workflows::fault::FollowerFault;

use super::OpenError;
use super::engine::HistoryPlace;
use crate::telemetry::Metrics;

/// The first pause before another attempt; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Somebody who waits for a node to be opened.
pub struct Waiting {
    /// `None` for somebody who never says so.
    stop: Option<watch::Receiver<bool>>,
    hindrance: watch::Sender<Option<String>>,
    metrics: Option<Metrics>,
}

impl Waiting {
    /// Until told to stop. What a cluster counts is told to `metrics` from the first attempt on.
    #[must_use]
    pub fn until(stop: watch::Receiver<bool>, metrics: Metrics) -> Self {
        Self { stop: Some(stop), hindrance: watch::Sender::new(None), metrics: Some(metrics) }
    }

    /// As long as it takes.
    pub(super) fn as_long_as_it_takes() -> Self {
        Self { stop: None, hindrance: watch::Sender::new(None), metrics: None }
    }

    /// What stands in the way of opening the node, in the words for an operator.
    #[must_use]
    pub fn hindrance(&self) -> watch::Receiver<Option<String>> {
        self.hindrance.subscribe()
    }

    /// Begins to watch what the way to a cluster counts; says whether it did.
    pub(super) fn watch(&self, history: &HistoryPlace) -> bool {
        let (Some(metrics), HistoryPlace::Cluster(opening)) = (&self.metrics, history) else { return false };
        metrics.watch_connection(&opening.figures());
        true
    }

    /// Tries until it succeeds, as long as nothing but a cluster stands in the way.
    ///
    /// # Errors
    /// What no cluster that comes back would mend, and [`OpenError::Stopped`].
    pub(super) async fn patiently<T, E, F>(&mut self, mut attempt: impl FnMut() -> F) -> Result<T, OpenError>
    where
        OpenError: From<E>,
        F: Future<Output = Result<T, E>>,
    {
        let mut pause = FIRST_PAUSE;
        loop {
            let error = match self.unless_told(attempt()).await? {
                Ok(done) => {
                    self.hindrance.send_replace(None);
                    return Ok(done);
                }
                Err(error) => OpenError::from(error),
            };
            if !may_pass(&error) {
                return Err(error);
            }
            self.tell(&error);
            self.unless_told(tokio::time::sleep(pause)).await?;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// What comes of this, unless told to stop first.
    pub(super) async fn unless_told<T>(&mut self, work: impl Future<Output = T>) -> Result<T, OpenError> {
        let Some(stop) = &mut self.stop else { return Ok(work.await) };
        tokio::select! {
            biased;
            // A sender that went away means the same as being told.
            _ = stop.wait_for(|stop| *stop) => Err(OpenError::Stopped),
            done = work => Ok(done),
        }
    }

    fn tell(&self, error: &OpenError) {
        let what = error.to_string();
        self.hindrance.send_if_modified(|hindrance| {
            if hindrance.as_ref() == Some(&what) {
                return false;
            }
            tracing::warn!(what, "the node cannot be opened yet; trying again");
            *hindrance = Some(what);
            true
        });
    }
}

/// Whether a cluster that comes back, or takes writes again, mends it. A history in a folder never says so.
const fn may_pass(error: &OpenError) -> bool {
    match error {
        OpenError::Store(fault)
        | OpenError::Pair(PairFault::Store(fault))
        | OpenError::Note(AppendError::Fault(fault))
        | OpenError::Lists(ListsFault::Store(fault))
        | OpenError::Follower(FollowerFault::Store(fault)) => matches!(fault, StoreFault::Unreachable(_)),
        OpenError::Note(AppendError::Unknown(_)) => true,
        _ => false,
    }
}
