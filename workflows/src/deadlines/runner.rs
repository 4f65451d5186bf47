//! The runner: follows the cases, knows which one is next, sleeps until then.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::case::Case;
use domain::decider::Decider as _;
use domain::ids::CaseId;
use domain::time::Timestamp;
use eventstore::chain::digest;
use eventstore::follow::{Identity, Pause, RealPause};
use eventstore::port::{DamagedEntry, EventStore, Filter, Position};
use tokio::sync::{Mutex, watch};

use super::acting::{Done, act_in, next_of};
use super::index::Index;
use crate::desk::Desk;
use crate::fault::{FollowerFault, blocking};

/// The version of how the index is made. Another one is built anew from the history.
const VERSION: u32 = 1;

/// The name under which the checkpoint stands.
pub(super) const NAME: &str = "deadlines";

/// Events in one page, and cases in one turn: memory stays flat.
const PAGE: usize = 256;
const TURN: usize = 64;

/// What a runner is made from.
pub struct DeadlinesSetup {
    /// The index; made when it is not there, in a folder that is.
    pub index: PathBuf,
    /// Reads the cases, and acts in them.
    pub cases: Arc<Desk<Case>>,
    /// How to wait.
    pub pause: Arc<dyn Pause>,
    /// Events in one page.
    pub page: usize,
}

impl DeadlinesSetup {
    /// The usual: real pauses.
    #[must_use]
    pub fn new(index: PathBuf, cases: Arc<Desk<Case>>) -> Self {
        Self { index, cases, pause: Arc::new(RealPause), page: PAGE }
    }
}

/// The deadlines of a node. On several nodes each keeps them by itself: an act has one effect whoever comes first.
pub struct Deadlines {
    store: Arc<dyn EventStore>,
    filter: Filter,
    cases: Arc<Desk<Case>>,
    index: Arc<Index>,
    pause: Arc<dyn Pause>,
    page: usize,
    reached: watch::Sender<Position>,
    /// Held while a step is taken, or a case has its turn.
    stepping: Mutex<()>,
    failures: AtomicU32,
}

impl Deadlines {
    /// Opens the index. One of another history, release or policy, or beyond the head, is built anew.
    ///
    /// # Errors
    /// When the index or the history cannot be used.
    pub async fn open(setup: DeadlinesSetup) -> Result<Self, FollowerFault> {
        let office = setup.cases.office();
        let store = Arc::clone(&office.store);
        let filter = Filter::categories([Case::CATEGORY]);
        let policy = digest(office.terms.text().as_bytes()).to_string();
        let identity = Identity::new(NAME, VERSION, store.source(), &filter).under(policy);
        let head = store.head().await?;
        let path = setup.index;
        let (index, position) = blocking(NAME, move || Index::open(&path, identity, head)).await?;
        Ok(Self {
            store,
            filter,
            cases: setup.cases,
            index: Arc::new(index),
            pause: setup.pause,
            page: setup.page,
            reached: watch::Sender::new(position),
            stepping: Mutex::new(()),
            failures: AtomicU32::new(0),
        })
    }

    /// Keeps the deadlines until told to stop. What was cut off is done again at the next start, without effect.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut heads = self.store.watch_head();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.keep(&mut heads) => {}
        }
    }

    async fn keep(&self, heads: &mut watch::Receiver<Position>) {
        loop {
            heads.mark_unchanged();
            match self.catch_up().await {
                Ok(()) => {
                    self.failures.store(0, Ordering::Relaxed);
                    if !self.wait(heads).await {
                        return;
                    }
                }
                Err(fault) if fault.may_pass() => {
                    let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                    tracing::warn!(failures, %fault, "deadlines could not go on; trying again");
                    self.pause.before_retry(failures).await;
                }
                Err(fault) => {
                    tracing::error!(%fault, "deadlines are no longer kept");
                    return;
                }
            }
        }
    }

    /// Waits until something was recorded or the next moment has come; `false` when the history is closed.
    async fn wait(&self, heads: &mut watch::Receiver<Position>) -> bool {
        tokio::select! {
            changed = heads.changed() => changed.is_ok(),
            () = self.until(self.next()) => true,
        }
    }

    /// Sleeps until this moment, by the clock of the office. That may jump: now and then it looks what the time is, and at nothing else.
    async fn until(&self, next: Option<Timestamp>) {
        let Some(next) = next else { return std::future::pending().await };
        loop {
            let left = next.micros().saturating_sub(self.cases.office().clock.now().micros());
            let Ok(left) = u64::try_from(left) else { return };
            if left == 0 {
                return;
            }
            tokio::select! {
                () = self.pause.until_next_look() => {}
                () = tokio::time::sleep(Duration::from_micros(left)) => {}
            }
        }
    }

    /// Reads one page, and notes when each case in it is next; says whether the head was reached.
    ///
    /// # Errors
    /// When the history, a case or the index fails for a reason that may pass. The same step goes on from the same place.
    pub async fn step(&self) -> Result<bool, FollowerFault> {
        let _turn = self.stepping.lock().await;
        let page = self.store.read_all(self.reached(), &self.filter, self.page).await?;
        for DamagedEntry { stream, revision, what } in &page.damaged {
            tracing::error!(%stream, %revision, what, "an entry that cannot be read has no deadlines; others go on");
        }
        let cases: BTreeSet<CaseId> = page.events.iter().filter_map(|event| event.stream.id().parse().ok()).collect();
        let mut moments = Vec::with_capacity(cases.len());
        for case in cases {
            moments.push((case, next_of(&self.cases, case).await?));
        }
        if page.next > self.reached() {
            let (index, next) = (Arc::clone(&self.index), page.next);
            blocking(NAME, move || index.note(&moments, next)).await?;
            self.reached.send_replace(next);
        }
        Ok(page.at_head)
    }

    /// Does what is owed now in every case whose moment has come; says how much was written.
    ///
    /// # Errors
    /// As [`Deadlines::step`].
    pub async fn fire(&self) -> Result<usize, FollowerFault> {
        let _turn = self.stepping.lock().await;
        let now = self.cases.office().clock.now();
        let mut all = 0;
        loop {
            let due = self.index.due(now, TURN);
            if due.is_empty() {
                return Ok(all);
            }
            for case in due {
                let Done { written, next } = act_in(&self.cases, case, now).await?;
                all += written;
                let index = Arc::clone(&self.index);
                blocking(NAME, move || index.put((case, next))).await?;
            }
        }
    }

    /// Reads to the head and does what is owed, until nothing is: what is told may itself be followed by something.
    ///
    /// # Errors
    /// As [`Deadlines::step`].
    pub async fn catch_up(&self) -> Result<(), FollowerFault> {
        loop {
            while !self.step().await? {}
            if self.fire().await? == 0 {
                return Ok(());
            }
        }
    }

    /// The first moment at which a case must be looked at, as far as was read.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        self.index.first()
    }

    /// The same for some cases, after this moment.
    #[must_use]
    pub fn next_of(&self, cases: &[CaseId], after: Timestamp) -> Option<Timestamp> {
        self.index.first_of(cases, after)
    }

    /// Failures in a row since the last time it went well.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures.load(Ordering::Relaxed)
    }

    /// How far the history was read.
    #[must_use]
    pub fn reached(&self) -> Position {
        *self.reached.borrow()
    }
}
