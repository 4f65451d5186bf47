//! The lists as a whole: the read database in use, the follower that keeps it up to date, and the wait that keeps answers fresh.
//!
//! Delivery is at least once and in order, from the checkpoint that stands in the database itself. A store that fails is tried again
//! with growing pauses; a stream that cannot be read is set aside; nothing is ever skipped silently.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use domain::ids::CaseId;
use eventstore::clock::Clock;
use eventstore::follow::{Identity, Pause, RealPause};
use eventstore::port::{EventStore, Filter, Position, StreamName};
use tokio::sync::{Mutex, Notify, watch};

use super::blind::SearchKey;
use super::fault::{ListsFault, Stale};
use super::generation::{Generation, OnPoison, PAGE, Reached, Sources, blocking, named};
use super::place::Place;
use super::source::RowSource;
/// The version of the rows. Another version builds anew beside the running one; so raise it whenever what a row says changes.
pub const VERSION: u32 = 11;

/// The name under which the checkpoint stands.
const NAME: &str = "lists";

/// What lists are made from.
pub struct ListsSetup {
    /// The folder for the read databases; made when it is not there.
    pub folder: PathBuf,
    /// The history.
    pub store: Arc<dyn EventStore>,
    /// What makes the rows of a case.
    pub rows: Arc<dyn RowSource>,
    /// The key of the blind index.
    pub key: Arc<SearchKey>,
    /// Where the day comes from.
    pub clock: Arc<dyn Clock>,
    /// How the follower waits.
    pub pause: Arc<dyn Pause>,
    /// How long a question may wait for the lists to catch up.
    pub patience: Duration,
    /// Events in one page, and so in one transaction.
    pub page: usize,
}

impl ListsSetup {
    /// The usual: real pauses, and a second of patience.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        store: Arc<dyn EventStore>,
        rows: Arc<dyn RowSource>,
        key: Arc<SearchKey>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            folder,
            store,
            rows,
            key,
            clock,
            pause: Arc::new(RealPause),
            patience: Duration::from_secs(1),
            page: PAGE,
        }
    }
}

/// A stream that is set aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantined {
    /// The stream.
    pub stream: String,
    /// What is wrong with it; never a value.
    pub reason: String,
}

/// What an operator has to look into, in figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Concerns {
    /// Streams that cannot be read and were set aside.
    pub quarantined: u64,
    /// Cases with a name that could not be read for want of a key.
    pub names_missing: u64,
}

/// Lists over many cases.
pub struct Lists {
    pub(super) sources: Sources,
    pub(super) identity: Identity,
    pub(super) place: Place,
    pub(super) key: Arc<SearchKey>,
    pub(super) current: ArcSwapOption<Generation>,
    /// The database that a rebuild is making.
    pub(super) building: ArcSwapOption<Generation>,
    pub(super) reached: watch::Sender<Option<Reached>>,
    /// Held while the database in use takes a step or is exchanged.
    pub(super) stepping: Mutex<()>,
    pub(super) rebuilding: Mutex<()>,
    pause: Arc<dyn Pause>,
    patience: Duration,
    nudge: Notify,
    failures: AtomicU32,
}

impl Lists {
    /// Opens the lists in a folder. A read database that does not belong to this history and release is not used: [`Lists::run`]
    /// builds a new one first.
    ///
    /// # Errors
    /// When the folder or the history cannot be used.
    pub async fn open(setup: ListsSetup) -> Result<Self, ListsFault> {
        let filter = Filter::categories(["case"]);
        let identity = Identity::new(NAME, VERSION, setup.store.source(), &filter).under(setup.rows.policy());
        let head = setup.store.head().await?;
        let place = Place::open(setup.folder)?;
        let (wanted, found_at, today) = (identity.clone(), place.clone(), setup.clock.now().day());
        let current = blocking(move || Ok(found_at.usable(&wanted, head, today))).await?;
        let reached = watch::Sender::new(current.as_ref().map(|generation| generation.reached()));
        Ok(Self {
            sources: Sources { store: setup.store, rows: setup.rows, clock: setup.clock, filter, page: setup.page },
            identity,
            place,
            key: setup.key,
            current: ArcSwapOption::new(current),
            building: ArcSwapOption::empty(),
            reached,
            stepping: Mutex::new(()),
            rebuilding: Mutex::new(()),
            pause: setup.pause,
            patience: setup.patience,
            nudge: Notify::new(),
            failures: AtomicU32::new(0),
        })
    }

    /// Follows the history until told to stop. Builds the read database first when there is none that can be used.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut heads = self.sources.store.watch_head();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.follow(&mut heads) => {}
        }
    }

    async fn follow(&self, heads: &mut watch::Receiver<Position>) {
        let mut prepared = false;
        loop {
            heads.mark_unchanged();
            let result = if prepared { self.catch_up().await } else { self.prepare().await.map(|()| false) };
            match result {
                Ok(done) => {
                    prepared = true;
                    self.failures.store(0, Ordering::Relaxed);
                    if done && !self.wait(heads).await {
                        return;
                    }
                }
                Err(fault) if fault.may_pass() => {
                    let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                    tracing::warn!(failures, %fault, "the lists could not be moved on; trying again");
                    self.pause.before_retry(failures).await;
                }
                Err(fault) => {
                    tracing::error!(%fault, "the lists stopped following");
                    return;
                }
            }
        }
    }

    /// Until there may be something to do; `false` when there never will be.
    async fn wait(&self, heads: &mut watch::Receiver<Position>) -> bool {
        tokio::select! {
            changed = heads.changed() => changed.is_ok(),
            () = self.nudge.notified() => true,
            () = self.pause.until_next_look() => true,
        }
    }

    /// What a follower does once when it starts: a database that can be used, and another try for what was set aside and for names
    /// whose keys were missing. A newer release may read the one, a vault that was restored the other.
    async fn prepare(&self) -> Result<(), ListsFault> {
        self.build_first().await?;
        let Some(generation) = self.generation() else { return Ok(()) };
        let _turn = self.stepping.lock().await;
        let read = Arc::clone(&generation);
        let (set_aside, nameless) =
            blocking(move || Ok((read.file.quarantined()?, read.file.missing_names()?))).await?;
        let set_aside = set_aside.into_iter().filter_map(|(stream, _)| stream.parse::<StreamName>().ok());
        let nameless = nameless.into_iter().map(named).collect::<Result<Vec<_>, _>>()?;
        for stream in set_aside.chain(nameless) {
            if let Ok(case) = stream.id().parse() {
                self.sources.rows.forget(case);
            }
            generation.refresh(&self.sources, &stream).await?;
        }
        Ok(())
    }

    /// Applies what was recorded since the checkpoint, page by page; says whether the head was reached. One call is one page.
    ///
    /// # Errors
    /// When the history or the read database fails. What was applied stays; the same call goes on from there.
    pub async fn catch_up(&self) -> Result<bool, ListsFault> {
        let _turn = self.stepping.lock().await;
        let Some(generation) = self.generation() else { return Ok(true) };
        let at_head = generation.step(&self.sources, OnPoison::SetAside).await?;
        let now = Some(generation.reached());
        // A look that found nothing new wakes nobody.
        self.reached.send_if_modified(|reached| std::mem::replace(reached, now) != now);
        Ok(at_head)
    }

    /// Waits until everything up to this position was applied, and the rows speak of today.
    ///
    /// # Errors
    /// [`Stale`] when that takes longer than `patience`.
    pub async fn when_processed(&self, position: Position, patience: Duration) -> Result<(), Stale> {
        let today = self.sources.clock.now().day();
        let far_enough = |reached: &Option<Reached>| {
            reached.is_some_and(|reached| reached.position >= position && reached.day >= today)
        };
        let mut reached = self.reached.subscribe();
        if far_enough(&reached.borrow()) {
            return Ok(());
        }
        self.nudge.notify_one();
        let waited = tokio::time::timeout(patience, reached.wait_for(far_enough)).await;
        match waited {
            Ok(Ok(_)) => Ok(()),
            _ => Err(Stale { wanted: position, reached: self.reached.borrow().map(|reached| reached.position) }),
        }
    }

    /// How far the lists are; `None` while they are being made.
    #[must_use]
    pub fn reached(&self) -> Option<Reached> {
        *self.reached.borrow()
    }

    /// Changes whenever the lists may say something else than before: something was recorded in a case, or a new day came.
    #[must_use]
    pub fn watch_reached(&self) -> watch::Receiver<Option<Reached>> {
        self.reached.subscribe()
    }

    /// Failures in a row since the last step that went well.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures.load(Ordering::Relaxed)
    }

    /// The streams that are set aside, for the operator.
    ///
    /// # Errors
    /// When the read database cannot be read.
    pub async fn quarantined(&self) -> Result<Vec<Quarantined>, ListsFault> {
        let Some(generation) = self.generation() else { return Ok(Vec::new()) };
        let streams = blocking(move || generation.file.quarantined()).await?;
        Ok(streams.into_iter().map(|(stream, reason)| Quarantined { stream, reason }).collect())
    }

    /// How many streams are set aside, and how many cases miss the key of a name. Waits for the disk: not for an async thread.
    ///
    /// # Errors
    /// When the read database cannot be read.
    pub fn concerns(&self) -> Result<Concerns, ListsFault> {
        let Some(generation) = self.generation() else { return Ok(Concerns::default()) };
        let (quarantined, names_missing) = generation.file.concerns()?;
        Ok(Concerns { quarantined, names_missing })
    }

    /// Makes the rows of one case again at once, from what can be opened now: after keys were destroyed, which appends nothing to the
    /// case, or when somebody found that it cannot be read. When this returns, nothing of an erased person is left in the file, nor in
    /// one that a rebuild is making.
    ///
    /// # Errors
    /// When the history or the read database fails.
    pub async fn refresh(&self, case: CaseId) -> Result<(), ListsFault> {
        self.sources.rows.forget(case);
        let stream = named(case)?;
        let _turn = self.stepping.lock().await;
        for generation in [self.generation(), self.building.load_full()].into_iter().flatten() {
            generation.refresh(&self.sources, &stream).await?;
        }
        Ok(())
    }

    /// The rows of the database in use, as text that two databases over the same history agree on (R20).
    ///
    /// # Errors
    /// When there is no database yet, or it cannot be read.
    pub async fn dump(&self) -> Result<String, ListsFault> {
        let generation = self.generation_or_stale(Position::START)?;
        blocking(move || generation.file.read(super::sql::canonical_dump)).await
    }

    /// Waits for everything recorded before the question, then asks.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&rusqlite::Connection) -> Result<T, ListsFault> + Send + 'static,
    ) -> Result<T, ListsFault> {
        let head = self.sources.store.head().await?;
        self.when_processed(head, self.patience).await?;
        let generation = self.generation_or_stale(head)?;
        blocking(move || generation.file.read(question)).await
    }

    pub(super) fn generation(&self) -> Option<Arc<Generation>> {
        self.current.load_full()
    }

    fn generation_or_stale(&self, wanted: Position) -> Result<Arc<Generation>, Stale> {
        self.generation().ok_or(Stale { wanted, reached: None })
    }
}
