//! A folder with a history and its vault, opened as the server opens them, and the way of a command to its sealed bytes.
#![expect(clippy::expect_used, reason = "helpers of tests stop at the first surprise")]

use std::path::Path;
use std::sync::Arc;

use domain::case::{Case, CaseCommand};
use domain::decider::{Context, Decider, Order, decide, everybody};
use domain::fact::{Actor, FileKind, Role};
use domain::ids::{CaseId, CommandId, EventId, Subject};
use domain::terms::TermsBook;
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::ToldClock;
use eventstore::codec::{Basis, Codec, Provenance};
use eventstore::key::{Key, MasterKey};
use eventstore::loader::{self, Loaded};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::{EventStore, Expected, NewEvent, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use eventstore::upcast::Upcasters;
use eventstore::vault::{Vault, VaultFault, check_pair};
use projections::lists::blind::SearchKey;
use projections::lists::{FoldedRows, Lists, ListsSetup, StoredHistories};
use uuid::Uuid;

use crate::cases::{self, JOOST, organisation};

/// The history's file name.
pub const HISTORY: &str = "history.db";
/// The vault's file name.
pub const VAULT: &str = "vault.db";
/// The folder of the read databases.
pub const LISTS: &str = "read";

/// The master key of every archive.
#[must_use]
pub fn master_key() -> MasterKey {
    MasterKey::new(Key::from_bytes([7; 32]))
}

/// The moment at which everything happens: Monday 16 November 2026, nine o'clock.
///
/// # Panics
/// Never: there is such a day.
#[must_use]
pub fn moment() -> Timestamp {
    CivilDay::from_ymd(2026, 11, 16).expect("a day").at(9, 0)
}

/// An open history and its vault.
pub struct Archive {
    /// The history.
    pub store: Arc<SqliteStore>,
    /// Seals and opens.
    pub codec: Arc<Codec>,
    /// Policy.
    pub terms: Arc<TermsBook>,
    /// The time.
    pub clock: Arc<ToldClock>,
}

/// Opens the vault of a folder.
///
/// # Errors
/// As [`Vault::open`].
pub fn open_vault(folder: &Path) -> Result<Arc<Vault>, VaultFault> {
    Vault::open(&folder.join(VAULT), master_key()).map(Arc::new)
}

/// A codec without upcasters.
#[must_use]
pub fn codec(vault: Arc<Vault>) -> Arc<Codec> {
    Arc::new(Codec::new(vault, Upcasters::none()))
}

impl Archive {
    /// Opens what is there or makes it, and looks whether history and vault belong together. Without `sync` the history forgets
    /// what a power cut takes.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(folder: &Path, sync: bool) -> Self {
        let clock = Arc::new(ToldClock::at(moment()));
        let vault = open_vault(folder).expect("a vault");
        let options = SqliteOptions { sync, ..SqliteOptions::new(Arc::<ToldClock>::clone(&clock)) };
        let store = Arc::new(SqliteStore::open(&folder.join(HISTORY), options).expect("a history"));
        check_pair(&vault, &*store, None).await.expect("history and vault belong together");
        let terms = Arc::new(TermsBook::nl_default().expect("terms"));
        Self { store, codec: codec(vault), terms, clock }
    }

    /// Opens the lists over this history, with their read databases in a folder. An empty folder has none yet.
    ///
    /// # Panics
    /// When they cannot be opened.
    pub async fn lists(&self, folder: &Path) -> Lists {
        let (store, key) = (Arc::clone(&self.store) as Arc<dyn EventStore>, Arc::new(SearchKey::derive(&[5; 32])));
        let rows = FoldedRows {
            histories: Arc::new(StoredHistories { store: Arc::clone(&store), codec: (*self.codec).clone() }),
            key: Arc::clone(&key),
            terms: Arc::clone(&self.terms),
        };
        let clock = Arc::<ToldClock>::clone(&self.clock);
        let setup = ListsSetup::new(folder.to_owned(), store, Arc::new(rows), key, clock);
        Lists::open(setup).await.expect("lists")
    }

    /// Loads a case to write in.
    ///
    /// # Panics
    /// When it cannot be loaded.
    pub async fn case(&self, id: Uuid) -> Pen<'_> {
        let stream = StreamName::about(Case::CATEGORY, id);
        let loaded = loader::load(&*self.store, &self.codec, &stream).await.expect("a sound stream");
        Pen { archive: self, id, stream, loaded }
    }
}

/// Writes in one case.
pub struct Pen<'a> {
    archive: &'a Archive,
    id: Uuid,
    /// The stream.
    pub stream: StreamName,
    /// What it holds.
    pub loaded: Loaded<Case>,
}

impl Pen<'_> {
    /// Decides and seals what comes next in the case, as the desk does; nothing is appended.
    ///
    /// # Panics
    /// When the command is refused or cannot be sealed.
    pub fn seal(&mut self, command: CommandId) -> (Expected, Vec<NewEvent>) {
        let order = cases::next(&self.loaded.history);
        self.seal_order(command, &order)
    }

    /// Decides and seals an order.
    ///
    /// # Panics
    /// When the command is refused or cannot be sealed.
    pub fn seal_order(&mut self, command: CommandId, order: &Order<CaseCommand>) -> (Expected, Vec<NewEvent>) {
        let (actor, now, codec) = (actor(), moment(), &self.archive.codec);
        let book = &*self.archive.terms;
        let terms = book.terms_on(now.day());
        let mut ids = Uuid::new_v4;
        let mut context = Context { id: self.id, now, actor: &actor, terms, book, ids: &mut ids, knows: &everybody };
        let drafts = decide::<Case>(&self.loaded.history, order, &mut context).expect("an order that is accepted");
        let (subject, keys) = (subject(self.id), &mut self.loaded.keys);
        let digest = codec.command_digest(subject, keys, order).expect("a digest");
        let provenance = provenance(&actor, command, digest);
        let mut new_id = || EventId::from_uuid(Uuid::now_v7());
        let batch = codec.encode_batch::<Case>(subject, keys, drafts, &provenance, now, &mut new_id).expect("sealed");
        (self.loaded.history.revision().map_or(Expected::NoStream, Expected::At), batch)
    }

    /// Reads what was added since.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn catch_up(&mut self) {
        let Archive { store, codec, .. } = self.archive;
        loader::extend(&mut self.loaded, &**store, codec, &self.stream).await.expect("a sound stream");
    }
}

/// What the stream of a case is about.
#[must_use]
pub fn subject(id: Uuid) -> Subject {
    Subject::Case(CaseId::from_uuid(id))
}

/// A case director.
#[must_use]
pub fn actor() -> Actor {
    Actor { worker: JOOST, role: Role::CaseDirector, organisation: organisation(), on_behalf_of: None }
}

/// The access decision that everything here rests on.
#[must_use]
pub fn decision() -> Decision {
    Decision {
        policy: "7f3a1c5e9b2d4f60".repeat(4),
        rules: vec!["director-directs".to_owned()],
        relation: "director".to_owned(),
        judged_at: None,
        consents: Vec::new(),
    }
}

/// Who writes, why, and on what it rests.
#[must_use]
pub fn provenance(actor: &Actor, command: CommandId, digest: String) -> Provenance {
    Provenance {
        actor: actor.clone(),
        holder: organisation(),
        file: FileKind::Coordination,
        purpose: "coordination".to_owned(),
        activity: "coordination/1".to_owned(),
        decision: decision(),
        command,
        digest,
        causation: None,
        correlation: CorrelationId::from_uuid(command.as_uuid()),
        trace: None,
        terms: "nl-default/1".to_owned(),
        basis: Basis::default(),
    }
}
