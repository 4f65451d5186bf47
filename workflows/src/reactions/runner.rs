//! The follower: reads cases in order from its checkpoint, a page at a time, and moves on after everything in the page was done.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::case::Case;
use domain::decider::Decider as _;
use domain::signal::Signal;
use eventstore::follow::{Identity, Pause, RealPause};
use eventstore::port::{DamagedEntry, EventStore, Filter, Page, Position};
use tokio::sync::{Mutex, watch};

use super::acting::Desks;
use super::checkpoint::CheckpointFile;
use super::{Reaction, all};
use crate::desk::Desk;
use crate::fault::{FollowerFault, blocking};

/// The version of what reactions do. Another version goes through the whole history again; so raise it when a reaction must also
/// see what was recorded before it was there.
const VERSION: u32 = 1;

/// The name under which the checkpoint stands.
pub(super) const NAME: &str = "reactions";

/// Events in one page: a checkpoint now and then, and memory stays flat.
const PAGE: usize = 256;

/// Reactions have not come far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reactions have not caught up with what was recorded; try again in a moment")]
pub struct Behind {
    /// How far they had to be.
    pub wanted: Position,
    /// How far they are.
    pub reached: Position,
}

/// What reactions are made from.
pub struct ReactionsSetup {
    /// The checkpoint file; made when it is not there, in a folder that is.
    pub checkpoint: PathBuf,
    /// Reads the cases.
    pub cases: Arc<Desk<Case>>,
    /// Acts on signals.
    pub signals: Arc<Desk<Signal>>,
    /// What to do.
    pub reactions: Vec<Box<dyn Reaction>>,
    /// How to wait before another try.
    pub pause: Arc<dyn Pause>,
    /// Events in one page.
    pub page: usize,
}

impl ReactionsSetup {
    /// The usual: every reaction, real pauses.
    #[must_use]
    pub fn new(checkpoint: PathBuf, cases: Arc<Desk<Case>>, signals: Arc<Desk<Signal>>) -> Self {
        Self { checkpoint, cases, signals, reactions: all(), pause: Arc::new(RealPause), page: PAGE }
    }
}

/// The reactions of a node. On several nodes each follows by itself: an act has one effect whoever comes first.
pub struct Reactions {
    store: Arc<dyn EventStore>,
    filter: Filter,
    desks: Desks,
    each: Vec<Box<dyn Reaction>>,
    file: Arc<CheckpointFile>,
    pause: Arc<dyn Pause>,
    page: usize,
    reached: watch::Sender<Position>,
    /// Held while a step is taken.
    stepping: Mutex<()>,
    failures: AtomicU32,
}

impl Reactions {
    /// Opens the checkpoint. One of another history or release, or beyond the head, is not followed from: reactions begin anew.
    ///
    /// # Errors
    /// When the checkpoint file or the history cannot be used.
    pub async fn open(setup: ReactionsSetup) -> Result<Self, FollowerFault> {
        let store = Arc::clone(&setup.cases.office().store);
        let filter = Filter::categories([Case::CATEGORY]);
        let identity = Identity::new(NAME, VERSION, store.source(), &filter);
        let head = store.head().await?;
        let path = setup.checkpoint;
        let (file, position) = blocking(NAME, move || {
            let file = CheckpointFile::open(&path, identity)?;
            let position = file.position(head)?;
            Ok((file, position))
        })
        .await?;
        Ok(Self {
            store,
            filter,
            desks: Desks { cases: setup.cases, signals: setup.signals },
            each: setup.reactions,
            file: Arc::new(file),
            pause: setup.pause,
            page: setup.page,
            reached: watch::Sender::new(position),
            stepping: Mutex::new(()),
            failures: AtomicU32::new(0),
        })
    }

    /// Follows the history until told to stop. A step that was cut off is taken again at the next start, without effect.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut heads = self.store.watch_head();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.follow(&mut heads) => {}
        }
    }

    async fn follow(&self, heads: &mut watch::Receiver<Position>) {
        loop {
            heads.mark_unchanged();
            match self.step().await {
                Ok(at_head) => {
                    self.failures.store(0, Ordering::Relaxed);
                    if at_head && heads.changed().await.is_err() {
                        return;
                    }
                }
                Err(fault) if fault.may_pass() => {
                    let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                    tracing::warn!(failures, %fault, "reactions could not go on; trying again");
                    self.pause.before_retry(failures).await;
                }
                Err(fault) => {
                    tracing::error!(%fault, "reactions stopped following");
                    return;
                }
            }
        }
    }

    /// Acts on one page and moves the checkpoint; says whether the head was reached.
    ///
    /// # Errors
    /// When the history, a desk or the checkpoint fails for a reason that may pass. The same step goes on from the same place.
    pub async fn step(&self) -> Result<bool, FollowerFault> {
        let _turn = self.stepping.lock().await;
        let page = self.store.read_all(self.reached(), &self.filter, self.page).await?;
        self.act_on(&page).await?;
        if page.next > self.reached() {
            let (file, next) = (Arc::clone(&self.file), page.next);
            blocking(NAME, move || file.save(next)).await?;
            self.reached.send_replace(next);
        }
        Ok(page.at_head)
    }

    /// Acts on a page without moving on.
    pub(super) async fn act_on(&self, page: &Page) -> Result<(), FollowerFault> {
        for DamagedEntry { stream, revision, what } in &page.damaged {
            tracing::error!(%stream, %revision, what, "an entry that cannot be read moves no reaction; others go on");
        }
        for event in &page.events {
            self.desks.act_on(event, &self.each).await?;
        }
        Ok(())
    }

    /// Takes steps until the head is reached.
    ///
    /// # Errors
    /// As [`Reactions::step`].
    pub async fn catch_up(&self) -> Result<(), FollowerFault> {
        while !self.step().await? {}
        Ok(())
    }

    /// Failures in a row since the last step that went well.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures.load(Ordering::Relaxed)
    }

    /// How far reactions are: everything up to and including this position was acted on.
    #[must_use]
    pub fn reached(&self) -> Position {
        *self.reached.borrow()
    }

    /// Waits until everything up to this position was acted on. Somebody must [`Reactions::run`] meanwhile.
    ///
    /// # Errors
    /// [`Behind`] when that takes longer than `patience`.
    pub async fn when_processed(&self, position: Position, patience: Duration) -> Result<(), Behind> {
        let mut reached = self.reached.subscribe();
        let waited = tokio::time::timeout(patience, reached.wait_for(|reached| *reached >= position)).await;
        match waited {
            Ok(Ok(_)) => Ok(()),
            _ => Err(Behind { wanted: position, reached: self.reached() }),
        }
    }
}
