//! A node put together: folder, history, vault, lists, trail. Opened in one order, closed in the other, and each refusal says what
//! to do.

mod checks;
pub mod control;
mod doubt;
pub(crate) mod engine;
mod folder;
mod lag;
mod pair;
mod pulse;
#[cfg(test)]
mod tests;
pub mod unserved;
mod waiting;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::async_trait::async_trait;
use domain::case::Case;
use domain::ids::{CaseId, SignalId, Subject, WorkerId};
use domain::signal::Signal;
use domain::terms::{TermsBook, TermsError};
use domain::worker::Worker;
use eventstore::clock::Clock;
use eventstore::codec::Codec;
use eventstore::drafts::{Drafts, DraftsFault};
use eventstore::key::{MasterKey, MasterKeyFault};
use eventstore::loader::{LoadError, Loaded};
use eventstore::port::{AppendError, EventStore, StoreFault};
use eventstore::sqlite::{FolderLock, WriterFigures};
use eventstore::upcast::Upcasters;
use eventstore::vault::{PairFault, Vault, VaultFault};
use projections::derive::key_for;
use projections::lists::blind::SearchKey;
use projections::lists::{CaseHistories, FoldedRows, Lists, ListsFault, ListsSetup};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;
use workflows::deadlines::{Deadlines, DeadlinesSetup};
use workflows::desk::{Desk, Office};
use workflows::fault::FollowerFault;
use workflows::reactions::{Reactions, ReactionsSetup};

use self::doubt::Doubt;
use self::engine::{Engine, Making};
pub use self::engine::{HistoryPlace, reached};
pub use self::folder::{FolderKind, HISTORY, MASTER_KEY, TRAIL, VAULT};
pub(crate) use self::folder::{owner_only, prepare};
pub use self::pair::Copied;
pub(crate) use self::pair::STREAM as VAULT_NOTES;
pub(crate) use self::pulse::BETWEEN as BETWEEN_BEATS;
pub use self::waiting::Waiting;
use crate::gate::{Gate, Policy, PolicyError};
use crate::graphql::seals::Seals;
use crate::graphql::services::Services;
use crate::telemetry::Metrics;
use crate::trail::{NodeId, Trail, TrailFault};
use crate::webhooks::{OUTBOX, Receivers, Webhooks, WebhooksFault, WebhooksSetup};

/// The folder of the read databases. It may be thrown away.
const LISTS: &str = "lists";

/// The checkpoint of the reactions. Without it they go through the history again; what they did stays done once.
const REACTIONS: &str = "reactions.db";

/// When each case is next. Without it, it is worked out again from the history; what was told stays told once.
const DEADLINES: &str = "deadlines.db";

/// What people are writing and have not recorded, and its keys: apart from the vault, so that no copy of that holds them.
const DRAFTS: &str = "drafts.db";
const DRAFT_KEYS: &str = "draft-keys.db";

/// How long a node that closes tries to note in the vault how far the history is.
const LAST_NOTE: Duration = Duration::from_secs(2);

/// How to open a node.
pub struct NodeOptions {
    /// The folder.
    pub folder: PathBuf,
    /// A demo or a real one.
    pub kind: FolderKind,
    /// Where the history stands.
    pub history: HistoryPlace,
    /// Where the master key is, when it is not in the environment or at its usual place.
    pub master_key_file: Option<PathBuf>,
    /// Municipal and legal policy.
    pub terms: TermsBook,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

/// A node cannot be opened. Nothing was altered, and nothing is shown as erased that is not.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is not there, cannot be made, or is not to be read by this user.
    #[error("the folder {path} cannot be used ({source}): check the path and its rights")]
    Folder {
        /// The folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// `serve` on a demo folder.
    #[error("{0} is a demo folder, with invented people and a demo issuer: `serve` needs a folder of its own")]
    IsDemo(String),
    /// `demo` or `simulate` on a real folder.
    #[error("{0} holds a real history: invented people need an empty folder, or a demo's")]
    IsReal(String),
    /// No master key anywhere.
    #[error("there is no master key: put it in RUSTPUNT_MASTER_KEY, or name its file in `data.master_key_file`")]
    NoMasterKey,
    /// The key of a folder that was used before is gone.
    #[error("the master key {0} is gone, and the vault cannot be opened without it: put the file back")]
    MasterKeyGone(String),
    /// A history in the folder, and one on a cluster.
    #[error(
        "{0} holds a history of its own, and the configuration names one on a cluster: copy it there with `rustpunt copy`, then move \
         history.db out of the folder"
    )]
    TwoHistories(String),
    /// No history where there was one, or where a command is to work on one.
    #[error(
        "{0} is not there: put it back, or restore history and vault from a backup; if the history stands on a cluster, name it in \
         `data.store`"
    )]
    NoHistory(String),
    /// Told to stop before everything was open. What was open is closed.
    #[error("told to stop before the node was open")]
    Stopped,
    /// The master key cannot be used.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyFault),
    /// The history.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// History and vault do not go together.
    #[error(transparent)]
    Pair(#[from] PairFault),
    /// The note of the vault's generation could not be kept.
    #[error("the history could not note which vault belongs to it: {0}")]
    Note(AppendError),
    /// The lists.
    #[error(transparent)]
    Lists(#[from] ListsFault),
    /// The reactions, or the deadlines.
    #[error(transparent)]
    Follower(#[from] FollowerFault),
    /// The drafts.
    #[error(transparent)]
    Drafts(#[from] DraftsFault),
    /// The webhooks.
    #[error(transparent)]
    Webhooks(#[from] WebhooksFault),
    /// The trail.
    #[error(transparent)]
    Trail(#[from] TrailFault),
    /// The policy of the gate.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// Municipal and legal policy.
    #[error(transparent)]
    Terms(#[from] TermsError),
}

/// An open node. Whoever has it writes in its folder; nobody else does.
pub struct Node {
    engine: Engine,
    store: Arc<dyn EventStore>,
    vault: Arc<Vault>,
    lists: Arc<Lists>,
    reactions: Arc<Reactions>,
    deadlines: Arc<Deadlines>,
    trail: Arc<Trail>,
    services: Arc<Services>,
    clock: Arc<dyn Clock>,
    doubt: Doubt,
    following: Following,
    stop: watch::Sender<bool>,
    /// Whether what its cluster counts is watched already.
    watched: bool,
    lock: Arc<FolderLock>,
}

impl Node {
    /// Opens a node. Needs a running Tokio. `confirm_time` is called once the clock has seen the history, before anything is recorded:
    /// the place for an operator's word that the time is right.
    ///
    /// # Errors
    /// [`OpenError`] says what to do.
    pub async fn open(options: NodeOptions, confirm_time: impl FnOnce()) -> Result<Self, OpenError> {
        Self::open_for(options, Waiting::as_long_as_it_takes(), confirm_time).await
    }

    /// The same for somebody who waits for a cluster, hears what stands in the way, and may have enough of it.
    ///
    /// # Errors
    /// [`OpenError`] says what to do; [`OpenError::Stopped`] when told to stop. What was open is closed then.
    pub async fn open_for(
        options: NodeOptions,
        waiting: Waiting,
        confirm_time: impl FnOnce(),
    ) -> Result<Self, OpenError> {
        Parts::take(options, Making::WhenNew, waiting, confirm_time).await?.into_node().await
    }

    /// What stands behind the resolvers.
    #[must_use]
    pub fn services(&self) -> Arc<Services> {
        Arc::clone(&self.services)
    }

    /// The trail.
    #[must_use]
    pub fn trail(&self) -> Arc<Trail> {
        Arc::clone(&self.trail)
    }

    /// What tells the time here.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// The history.
    #[must_use]
    pub fn store(&self) -> Arc<dyn EventStore> {
        Arc::clone(&self.store)
    }

    /// What the writer of a history in the folder counts; nothing when the history stands on a cluster.
    #[must_use]
    pub fn writer_figures(&self) -> Option<Arc<WriterFigures>> {
        self.engine.writer_figures()
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> Arc<Lists> {
        Arc::clone(&self.lists)
    }

    /// The reactions.
    #[must_use]
    pub fn reactions(&self) -> Arc<Reactions> {
        Arc::clone(&self.reactions)
    }

    /// The deadlines. Nobody keeps them until [`Node::keep_deadlines`]: whoever tells the clock lets them have their turn.
    #[must_use]
    pub fn deadlines(&self) -> Arc<Deadlines> {
        Arc::clone(&self.deadlines)
    }

    /// Keeps the deadlines from now on, by the clock, until the node closes.
    pub fn keep_deadlines(&mut self) {
        let (deadlines, stopped) = (Arc::clone(&self.deadlines), self.stop.subscribe());
        self.following.deadlines.get_or_insert_with(|| tokio::spawn(async move { deadlines.run(stopped).await }));
    }

    /// Sends what is told and proposed to these receivers from now on, until the node closes.
    ///
    /// # Errors
    /// When the file of what waits, or the history, cannot be used.
    pub async fn send_webhooks(&mut self, receivers: Receivers) -> Result<(), OpenError> {
        folder::begin_database(&self.lock.folder().join(OUTBOX))?;
        let setup = WebhooksSetup::new(Arc::clone(&self.lock), self.store(), self.clock());
        let webhooks = Arc::new(Webhooks::open(setup, receivers).await?);
        let (sending, stopped) = (Arc::clone(&webhooks), self.stop.subscribe());
        self.following.webhooks = Some((webhooks, tokio::spawn(async move { sending.run(stopped).await })));
        Ok(())
    }

    /// Starts counting what the node does.
    pub fn watch(&self, metrics: &Metrics) {
        if !self.watched {
            self.engine.watch(metrics);
        }
    }

    /// Copies history first, vault second, each to a file that does not exist yet, while work goes on. A history on a cluster is
    /// copied by the cluster's own means, *before* this; here the vault alone.
    ///
    /// # Errors
    /// When a copy cannot be made.
    pub async fn backup(&self, history: &Path, vault: &Path) -> Result<Copied, OpenError> {
        pair::backup(&self.engine, &self.vault, history, vault).await
    }

    /// Closes in order: followers, trail, the note about the history, history, vault. What was acknowledged is durable already.
    pub async fn close(self) {
        self.stop.send_replace(true);
        self.doubt.note(&*self.clock);
        let Following { lists, reactions, deadlines, webhooks } = self.following;
        let webhooks = webhooks.map(|(_, sending)| sending);
        for following in [lists, reactions].into_iter().chain(deadlines).chain(webhooks) {
            if following.await.is_err() {
                tracing::warn!("a follower of the history had stopped by itself");
            }
        }
        self.trail.close().await;
        // Only for the next start: no reason to wait long for a history that does not answer.
        match tokio::time::timeout(LAST_NOTE, pair::keep_head(&self.vault, &*self.store)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the vault could not note how far the history is"),
            Err(_) => tracing::warn!("the vault could not note how far the history is: the history does not answer"),
        }
        if let Err(error) = self.engine.close().await {
            tracing::error!(%error, "the history did not close in order; nothing that was acknowledged is lost");
        }
        drop((self.services, self.lists, self.reactions, self.deadlines));
        // While somebody still reads, the vault stays open; it closes when they let go.
        if let Ok(Err(error)) = Arc::try_unwrap(self.vault).map(Vault::close) {
            tracing::error!(%error, "the vault did not close in order");
        }
    }
}

/// What follows the history. A task that has ended while the node is open follows no more.
struct Following {
    lists: JoinHandle<()>,
    reactions: JoinHandle<()>,
    /// Nothing while nobody keeps the deadlines by the clock.
    deadlines: Option<JoinHandle<()>>,
    /// Nothing while there is nobody to send to.
    webhooks: Option<(Arc<Webhooks>, JoinHandle<()>)>,
}

/// A node whose history is open and whose rest is not.
struct Parts {
    folder: PathBuf,
    lock: Arc<FolderLock>,
    master: MasterKey,
    terms: Arc<TermsBook>,
    clock: Arc<dyn Clock>,
    doubt: Doubt,
    engine: Engine,
    store: Arc<dyn EventStore>,
    making: Making,
    waiting: Waiting,
    /// Whether what its cluster counts is watched already.
    watched: bool,
}

impl Parts {
    /// Takes the folder and opens its history. `confirm_time` as for [`Node::open`].
    async fn take(
        options: NodeOptions,
        making: Making,
        mut waiting: Waiting,
        confirm_time: impl FnOnce(),
    ) -> Result<Self, OpenError> {
        let NodeOptions { folder, kind, history, master_key_file, terms, clock } = options;
        folder::prepare(&folder, kind)?;
        let lock = Arc::new(FolderLock::take(&folder)?);
        // The key first: a folder without one stays as it is.
        let master = folder::master_key(&folder, kind, master_key_file.as_deref())?;
        let watched = waiting.watch(&history);
        let engine = Engine::open(history, &folder, &lock, &clock, making, &mut waiting).await?;
        let doubt = Doubt::kept_in(&folder);
        doubt.recall(&*clock);
        confirm_time();
        doubt.note(&*clock);
        let store = engine.store();
        let terms = Arc::new(terms);
        Ok(Self { folder, lock, master, terms, clock, doubt, engine, store, making, waiting, watched })
    }

    async fn into_node(self) -> Result<Node, OpenError> {
        let engine = self.engine.clone();
        let opened = self.open().await;
        if opened.is_err()
            && let Err(error) = engine.close().await
        {
            tracing::warn!(%error, "the history did not close in order; nothing is lost");
        }
        opened
    }

    async fn close(self) {
        if let Err(error) = self.engine.close().await {
            tracing::warn!(%error, "the history did not close in order; nothing is lost");
        }
    }

    async fn vault(&mut self) -> Result<Arc<Vault>, OpenError> {
        let path = self.folder.join(VAULT);
        pair::open_vault(&path, &self.master, &*self.store, self.making, &mut self.waiting).await
    }

    async fn open(mut self) -> Result<Node, OpenError> {
        let policy = Policy::product()?;
        // Decisions name the digest; here is which text that was.
        tracing::info!(version = policy.version(), digest = policy.digest(), "the policy in force");
        let gate = Gate::new(policy, Arc::clone(&self.terms), Arc::clone(&self.clock));
        let vault = self.vault().await?;
        let office = self.office(&vault);
        let cases = Arc::new(Desk::<Case>::new(office.clone(), |id| Subject::Case(CaseId::from_uuid(id))));
        let lists = self.lists(&cases).await?;
        let services = Arc::new(Services {
            cases,
            signals: Arc::new(Desk::<Signal>::new(office.clone(), |id| Subject::Signal(SignalId::from_uuid(id)))),
            workers: Desk::<Worker>::new(office, |id| Subject::Worker(WorkerId::from_uuid(id))),
            gate,
            lists: Arc::clone(&lists),
            seals: Seals::new(derived(&self.master, b"rustpunt/1 seals")),
            drafts: self.drafts()?,
        });
        let reactions = self.reactions(&services).await?;
        let deadlines = self.deadlines(&services).await?;
        // Last: what was opened before it closes by itself when this fails.
        let node = NodeId::keep(&self.folder)?;
        let (folder, lock) = (self.folder.join(TRAIL), Some(Arc::clone(&self.lock)));
        folder::private(&folder)?;
        let trail = Arc::new(Trail::open(&folder, Arc::clone(&self.clock), node, lock).await?);

        let (stop, stopped) = watch::channel(false);
        let (follower, reacting, told) = (Arc::clone(&lists), Arc::clone(&reactions), stopped.clone());
        let following = Following {
            lists: tokio::spawn(async move { follower.run(told).await }),
            reactions: tokio::spawn(async move { reacting.run(stopped).await }),
            deadlines: None,
            webhooks: None,
        };
        let Self { lock, clock, doubt, engine, store, watched, .. } = self;
        Ok(Node {
            engine,
            store,
            vault,
            lists,
            reactions,
            deadlines,
            trail,
            services,
            clock,
            doubt,
            following,
            stop,
            watched,
            lock,
        })
    }

    fn office(&self, vault: &Arc<Vault>) -> Office {
        Office {
            store: Arc::clone(&self.store),
            codec: Arc::new(Codec::new(Arc::clone(vault), Upcasters::none())),
            clock: Arc::clone(&self.clock),
            terms: Arc::clone(&self.terms),
            ids: Arc::new(Uuid::new_v4),
        }
    }

    /// What ended while the node was closed goes before anybody asks.
    fn drafts(&self) -> Result<Arc<Drafts>, OpenError> {
        let table = self.folder.join(DRAFTS);
        folder::begin_database(&table)?;
        let keys = Vault::open(&self.folder.join(DRAFT_KEYS), self.master.clone())?;
        let drafts = Drafts::open(&table, Arc::new(keys))?;
        folder::owner_only(&table)?;
        drafts.forget(self.clock.now())?;
        Ok(Arc::new(drafts))
    }

    async fn lists(&mut self, cases: &Arc<Desk<Case>>) -> Result<Arc<Lists>, OpenError> {
        let search = Arc::new(SearchKey::derive(&derived(&self.master, b"rustpunt/1 search")));
        let rows = FoldedRows {
            histories: Arc::new(KeptCases(Arc::clone(cases))),
            key: Arc::clone(&search),
            terms: Arc::clone(&self.terms),
        };
        let (folder, rows) = (self.folder.join(LISTS), Arc::new(rows));
        folder::private(&folder)?;
        let (store, clock) = (&self.store, &self.clock);
        let setup = || {
            let (rows, search) = (Arc::<FoldedRows>::clone(&rows), Arc::clone(&search));
            ListsSetup::new(folder.clone(), Arc::clone(store), rows, search, Arc::clone(clock))
        };
        Ok(Arc::new(self.waiting.patiently(|| Lists::open(setup())).await?))
    }

    async fn reactions(&mut self, services: &Services) -> Result<Arc<Reactions>, OpenError> {
        let checkpoint = self.folder.join(REACTIONS);
        folder::begin_database(&checkpoint)?;
        let setup = || {
            let (cases, signals) = (Arc::clone(&services.cases), Arc::clone(&services.signals));
            ReactionsSetup::new(checkpoint.clone(), cases, signals)
        };
        Ok(Arc::new(self.waiting.patiently(|| Reactions::open(setup())).await?))
    }

    async fn deadlines(&mut self, services: &Services) -> Result<Arc<Deadlines>, OpenError> {
        let index = self.folder.join(DEADLINES);
        folder::begin_database(&index)?;
        let setup = || DeadlinesSetup::new(index.clone(), Arc::clone(&services.cases));
        Ok(Arc::new(self.waiting.patiently(|| Deadlines::open(setup())).await?))
    }
}

/// The cases that the desk keeps opened: a list of what was just recorded reads nothing again.
struct KeptCases(Arc<Desk<Case>>);

#[async_trait]
impl CaseHistories for KeptCases {
    async fn load(&self, case: CaseId) -> Result<Arc<Loaded<Case>>, LoadError> {
        self.0.load(case.as_uuid()).await
    }

    fn forget(&self, case: CaseId) {
        self.0.forget(case.as_uuid());
    }
}

/// A key for one use, made from the master key: the same after a restart, another after the master key is replaced.
fn derived(master: &MasterKey, usage: &[u8]) -> [u8; 32] {
    key_for(master.key().as_bytes(), usage)
}
