//! What the writer counts, for a metrics exporter and for the benchmark.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Most batches that one commit takes together.
pub(super) const LARGEST_GROUP: usize = 256;

/// Counters of one writer. They only grow, except the queue.
#[derive(Debug)]
pub struct WriterFigures {
    queued: AtomicU64,
    commits: AtomicU64,
    batches: AtomicU64,
    events: AtomicU64,
    commit_micros: AtomicU64,
    slowest_commit_micros: AtomicU64,
    groups: Vec<AtomicU64>,
}

impl WriterFigures {
    pub(super) fn new() -> Self {
        Self {
            queued: AtomicU64::new(0),
            commits: AtomicU64::new(0),
            batches: AtomicU64::new(0),
            events: AtomicU64::new(0),
            commit_micros: AtomicU64::new(0),
            slowest_commit_micros: AtomicU64::new(0),
            groups: (0..=LARGEST_GROUP).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// Batches that wait for the writer now.
    #[must_use]
    pub fn queued(&self) -> u64 {
        self.queued.load(Ordering::Relaxed)
    }

    /// Commits that wrote something.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Batches written.
    #[must_use]
    pub fn batches(&self) -> u64 {
        self.batches.load(Ordering::Relaxed)
    }

    /// Events written.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// Time spent in commits, which is waiting for the disk, in microseconds. Placing what they hold is no part of it.
    #[must_use]
    pub fn commit_micros(&self) -> u64 {
        self.commit_micros.load(Ordering::Relaxed)
    }

    /// The slowest commit, in microseconds.
    #[must_use]
    pub fn slowest_commit_micros(&self) -> u64 {
        self.slowest_commit_micros.load(Ordering::Relaxed)
    }

    /// How many commits took how many batches together: (batches, commits), smallest first, without the empty ones.
    #[must_use]
    pub fn group_sizes(&self) -> Vec<(usize, u64)> {
        self.groups
            .iter()
            .enumerate()
            .map(|(batches, commits)| (batches, commits.load(Ordering::Relaxed)))
            .filter(|&(_, commits)| commits > 0)
            .collect()
    }

    pub(super) fn enqueued(&self) {
        self.queued.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn dequeued(&self) {
        self.queued.fetch_sub(1, Ordering::Relaxed);
    }

    pub(super) fn committed(&self, batches: usize, events: usize, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.batches.fetch_add(batches as u64, Ordering::Relaxed);
        self.events.fetch_add(events as u64, Ordering::Relaxed);
        self.commit_micros.fetch_add(micros, Ordering::Relaxed);
        self.slowest_commit_micros.fetch_max(micros, Ordering::Relaxed);
        if let Some(group) = self.groups.get(batches) {
            group.fetch_add(1, Ordering::Relaxed);
        }
    }
}
