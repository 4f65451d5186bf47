//! The runner: follows the history for each receiver, and sends what waits.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::case::Case;
use domain::decider::Decider as _;
use eventstore::clock::Clock;
use eventstore::follow::{Pause, RealPause};
use eventstore::port::{DamagedEntry, EventStore, Filter, StoreFault};
use eventstore::sqlite::FolderLock;
use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::task;

use super::configured::{Receivers, Route};
use super::fate::{Fate, WHOLE};
use super::letter::Envelope;
use super::outbox::{OUTBOX, Outbox, OutboxFault, Standing, Waiting};

/// Events in one page, and letters in one turn: memory stays flat.
const PAGE: usize = 256;
const TURN: u32 = 64;

/// After so many letters in a row that were not taken, a receiver is left alone until the next look: one that is away is not asked about
/// every case that waits.
const ENOUGH: u32 = 3;

/// Webhooks cannot go on. Nothing is lost: the same turn goes on from the same place.
#[derive(Debug, thiserror::Error)]
pub enum WebhooksFault {
    /// The file of what waits.
    #[error(transparent)]
    Outbox(#[from] OutboxFault),
    /// The history.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A helper thread.
    #[error("what waits to be sent was not written: a thread stopped half-way")]
    Interrupted,
}

/// What webhooks are made from.
pub struct WebhooksSetup {
    /// The folder of the node, where what waits is kept. Whoever holds its lock sends, and nobody else does.
    pub lock: Arc<FolderLock>,
    /// The history.
    pub store: Arc<dyn EventStore>,
    /// When a letter is due, and what its signature says the time is.
    pub clock: Arc<dyn Clock>,
    /// How to wait.
    pub pause: Arc<dyn Pause>,
    /// Chance, from 0 to 999.
    pub chance: Arc<dyn Fn() -> u32 + Send + Sync>,
}

impl WebhooksSetup {
    /// The usual: real pauses, real chance.
    #[must_use]
    pub fn new(lock: Arc<FolderLock>, store: Arc<dyn EventStore>, clock: Arc<dyn Clock>) -> Self {
        Self { lock, store, clock, pause: Arc::new(RealPause), chance: Arc::new(|| rand::random_range(0..WHOLE)) }
    }
}

/// The webhooks of a node.
pub struct Webhooks {
    setup: WebhooksSetup,
    filter: Filter,
    outbox: Arc<Outbox>,
    envelope: Envelope,
    routes: Vec<Route>,
}

impl Webhooks {
    /// Opens what waits. To a receiver that was never there before, nothing is sent of what was recorded until now.
    ///
    /// # Errors
    /// When the file or the history cannot be used.
    pub async fn open(setup: WebhooksSetup, receivers: Receivers) -> Result<Self, WebhooksFault> {
        let (head, last) = (setup.store.head().await?, setup.store.last_event().await?);
        let last = last.map(|event| event.recorded_at);
        let (path, source) = (setup.lock.folder().join(OUTBOX), setup.store.source().to_owned());
        let names: Vec<String> = receivers.routes.iter().map(|route| route.name.clone()).collect();
        let outbox = off_thread(move || {
            let outbox = Outbox::open(&path)?;
            for name in &names {
                outbox.begin(name, &source, head, last)?;
            }
            Ok(outbox)
        });
        let (outbox, filter) = (Arc::new(outbox.await?), Filter::categories([Case::CATEGORY]));
        let Receivers { envelope, routes } = receivers;
        Ok(Self { setup, filter, outbox, envelope, routes })
    }

    /// Follows and sends until told to stop. A letter that is under way then is sent again at the next start.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let all = join_all(self.routes.iter().map(|route| self.serve(route)));
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            _ = all => {}
        }
    }

    /// Each receiver by itself: nobody waits for one that is slow or away.
    async fn serve(&self, route: &Route) {
        let mut heads = self.setup.store.watch_head();
        loop {
            heads.mark_unchanged();
            match self.turn_of(route).await {
                Ok(()) => {
                    route.failures.store(0, Ordering::Relaxed);
                    tokio::select! {
                        changed = heads.changed() => if changed.is_err() { return },
                        () = self.setup.pause.until_next_look() => {}
                    }
                }
                Err(fault) => {
                    let failures = route.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                    tracing::warn!(receiver = route.name, failures, %fault, "webhooks could not go on; trying again");
                    self.setup.pause.before_retry(failures).await;
                }
            }
        }
    }

    /// For every receiver: reads to the head, and sends what is due.
    ///
    /// # Errors
    /// When the history or the file fails. What a receiver answers is no failure.
    pub async fn turn(&self) -> Result<(), WebhooksFault> {
        for route in &self.routes {
            self.turn_of(route).await?;
        }
        Ok(())
    }

    async fn turn_of(&self, route: &Route) -> Result<(), WebhooksFault> {
        self.follow(route).await?;
        self.deliver(route).await
    }

    async fn follow(&self, route: &Route) -> Result<(), WebhooksFault> {
        loop {
            let name = route.name.clone();
            let from = self.outbox(move |outbox| outbox.mark(&name)).await?;
            let page = self.setup.store.read_all(from.position, &self.filter, PAGE).await?;
            for DamagedEntry { stream, revision, what } in &page.damaged {
                tracing::error!(%stream, %revision, what, "an entry that cannot be read is told to nobody; others go on");
            }
            let mut to = from;
            let letters: Vec<_> = page.events.iter().filter_map(|event| to.take(event)).collect();
            to.position = page.next;
            if page.next > from.position {
                let name = route.name.clone();
                self.outbox(move |outbox| outbox.take_in(&name, &from, &to, &letters)).await?;
            }
            if page.at_head {
                return Ok(());
            }
        }
    }

    async fn deliver(&self, route: &Route) -> Result<(), WebhooksFault> {
        let mut failed = 0;
        // By a clock in doubt a signature would say the wrong time, and good letters would be refused.
        while self.setup.clock.suspect().is_none() {
            let (name, now) = (route.name.clone(), self.setup.clock.now());
            let due = self.outbox(move |outbox| outbox.due(&name, now, TURN)).await?;
            if due.is_empty() {
                return Ok(());
            }
            for waiting in due {
                match self.attempt(route, waiting).await? {
                    Fate::Again { rests_until: Some(_), .. } => return Ok(()),
                    Fate::Again { .. } if failed + 1 == ENOUGH => return Ok(()),
                    Fate::Again { .. } => failed += 1,
                    Fate::Taken | Fate::Dead { .. } => failed = 0,
                }
            }
        }
        Ok(())
    }

    async fn attempt(&self, route: &Route, waiting: Waiting) -> Result<Fate, WebhooksFault> {
        let Waiting { letter, tries } = waiting;
        let body = self.envelope.body(&letter);
        let answer = route.post.hand_over(letter.event, body, self.setup.clock.now()).await;
        let now = self.setup.clock.now();
        let fate = Fate::after(answer, tries, now, (self.setup.chance)());
        let (receiver, number, tries) = (route.name.as_str(), letter.number, tries + 1);
        match &fate {
            Fate::Taken => tracing::debug!(receiver, number, tries, "a webhook was taken"),
            Fate::Again { why, .. } => {
                tracing::warn!(receiver, number, tries, why, "a webhook was not taken; trying again later");
            }
            Fate::Dead { why } => tracing::error!(
                receiver,
                number,
                tries,
                why,
                "a webhook was not taken and is laid aside: see `rustpunt webhooks list`"
            ),
        }
        let (name, settled) = (route.name.clone(), fate.clone());
        self.outbox(move |outbox| outbox.settle(&name, letter.event, &settled, now)).await?;
        Ok(fate)
    }

    /// How every receiver stands.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn standings(&self) -> Result<Vec<Standing>, WebhooksFault> {
        self.outbox(Outbox::standings).await
    }

    /// Failures in a row to go on at all, of the receiver with the most.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.routes.iter().map(|route| route.failures.load(Ordering::Relaxed)).max().unwrap_or(0)
    }

    async fn outbox<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Outbox) -> Result<T, OutboxFault> + Send + 'static,
    ) -> Result<T, WebhooksFault> {
        let outbox = Arc::clone(&self.outbox);
        off_thread(move || work(&outbox)).await
    }
}

/// Runs something that waits for the disk off the async threads.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, OutboxFault> + Send + 'static,
) -> Result<T, WebhooksFault> {
    Ok(task::spawn_blocking(work).await.map_err(|_| WebhooksFault::Interrupted)??)
}
