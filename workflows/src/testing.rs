//! A small world for tests of desk and reactions: a real history and vault in a temporary folder, cases that copy signals, and a store that can be told
//! to fail.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::case::{Case, CaseCommand};
use domain::decider::{Decider, Order};
use domain::fact::{Actor, FileKind, Organisation, Role};
use domain::ids::{CaseId, CommandId, Revision, SignalId, Subject, WorkerId};
use domain::life::{LegalFramework, LifeCommand, LinkedSignal, OpeningGround};
use domain::people::{FamilyRole, NewPerson};
use domain::signal::{PlaceKind, Signal, SignalCommand, SignalEvent};
use domain::terms::TermsBook;
use domain::text::{Name, Text};
use domain::time::CivilDay;
use eventstore::clock::ToldClock;
use eventstore::codec::Codec;
use eventstore::key::{Key, MasterKey};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use eventstore::upcast::Upcasters;
use eventstore::vault::Vault;
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use crate::deadlines::{Deadlines, DeadlinesSetup};
use crate::desk::{Act, Desk, Office, Warrant};
use crate::reactions::{Pause, Reactions, ReactionsSetup, all};

pub const NOOR: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x11));
pub const CORRELATION: CorrelationId = CorrelationId::from_uuid(Uuid::from_u128(0xC0));

pub fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E_0000 + number))
}

pub fn signal(number: u128) -> SignalId {
    SignalId::from_uuid(Uuid::from_u128(0x516_0000 + number))
}

pub fn organisation(name: &str) -> Organisation {
    Organisation::new(name).unwrap()
}

/// A store that can be told to fail, and to hand out one stream with other bytes.
pub struct Chaos {
    inner: SqliteStore,
    pub failing_reads: AtomicU32,
    pub failing_appends: AtomicU32,
    /// Appends that are stored and not acknowledged.
    pub lost_acknowledgements: AtomicU32,
    /// Appends that are acknowledged, and after which the next look at a stream fails.
    pub blinding_appends: AtomicU32,
    /// Appends that are stored and not acknowledged, after which the next append fails.
    pub severing_appends: AtomicU32,
    /// Appends that are acknowledged, and after which the stream is handed out with other bytes.
    pub spoiling_appends: AtomicU32,
    failing_looks: AtomicU32,
    pub spoilt: Mutex<Option<StreamName>>,
    /// Where readers of everything began.
    pub began: Mutex<Vec<Position>>,
}

fn told_to_fail(left: &AtomicU32) -> Result<(), StoreFault> {
    let failing = left.try_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    failing.map_or(Ok(()), |_| Err(StoreFault::Unwritable("told to fail".to_owned())))
}

#[async_trait]
impl EventStore for Chaos {
    async fn append(&self, s: &StreamName, e: Expected, b: Vec<NewEvent>) -> Result<Appended, AppendError> {
        told_to_fail(&self.failing_appends)?;
        let appended = self.inner.append(s, e, b).await;
        if told_to_fail(&self.blinding_appends).is_err() {
            self.failing_looks.store(1, Ordering::SeqCst);
        }
        if told_to_fail(&self.spoiling_appends).is_err() {
            *self.spoilt.lock().unwrap() = Some(s.clone());
        }
        if told_to_fail(&self.severing_appends).is_err() {
            self.failing_appends.store(1, Ordering::SeqCst);
            return Err(AppendError::Unknown("the answer was lost".to_owned()));
        }
        match told_to_fail(&self.lost_acknowledgements) {
            Err(_) if appended.is_ok() => Err(AppendError::Unknown("the answer was lost".to_owned())),
            _ => appended,
        }
    }

    async fn read_stream(&self, s: &StreamName, f: Revision, l: usize) -> Result<Vec<RecordedEvent>, StoreFault> {
        let mut events = self.inner.read_stream(s, f, l).await?;
        if self.spoilt.lock().unwrap().as_ref() == Some(s) {
            for event in &mut events {
                event.data[9] ^= 1;
            }
        }
        Ok(events)
    }

    async fn stream_head(&self, s: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        told_to_fail(&self.failing_looks)?;
        self.inner.stream_head(s).await
    }

    async fn read_all(&self, a: Position, f: &Filter, l: usize) -> Result<Page, StoreFault> {
        told_to_fail(&self.failing_reads)?;
        self.began.lock().unwrap().push(a);
        self.inner.read_all(a, f, l).await
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.inner.head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.inner.last_event().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.inner.watch_head()
    }

    fn source(&self) -> &str {
        self.inner.source()
    }
}

/// Counts the waits, and waits for nothing but its turn.
#[derive(Default)]
pub struct CountedPause(pub Mutex<Vec<u32>>);

#[async_trait]
impl Pause for CountedPause {
    async fn before_retry(&self, failures: u32) {
        self.0.lock().unwrap().push(failures);
        tokio::task::yield_now().await;
    }

    async fn until_next_look(&self) {
        tokio::task::yield_now().await;
    }
}

pub struct World {
    pub store: Arc<Chaos>,
    pub office: Office,
    pub cases: Arc<Desk<Case>>,
    pub signals: Arc<Desk<Signal>>,
    pub pause: Arc<CountedPause>,
    pub clock: Arc<ToldClock>,
    commands: AtomicU64,
    folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ToldClock::at(CivilDay::from_ymd(2026, 3, 2).unwrap().at(9, 0)));
        let options = SqliteOptions::new(clock.clone());
        let store = Arc::new(Chaos {
            inner: SqliteStore::open(&folder.path().join("history.db"), options).unwrap(),
            failing_reads: AtomicU32::new(0),
            failing_appends: AtomicU32::new(0),
            lost_acknowledgements: AtomicU32::new(0),
            blinding_appends: AtomicU32::new(0),
            severing_appends: AtomicU32::new(0),
            spoiling_appends: AtomicU32::new(0),
            failing_looks: AtomicU32::new(0),
            spoilt: Mutex::new(None),
            began: Mutex::default(),
        });
        let master = MasterKey::new(Key::from_bytes([7; Key::LENGTH]));
        let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).unwrap());
        let fresh = AtomicU64::new(1);
        let office = Office {
            store: store.clone(),
            codec: Arc::new(Codec::new(vault, Upcasters::none())),
            clock: Arc::clone(&clock) as _,
            terms: Arc::new(TermsBook::nl_default().unwrap()),
            ids: Arc::new(move || Uuid::from_u128(u128::from(fresh.fetch_add(1, Ordering::SeqCst)) << 64)),
        };
        let cases = Arc::new(Desk::new(office.clone(), |id| Subject::Case(CaseId::from_uuid(id))));
        let signals = Arc::new(Desk::new(office.clone(), |id| Subject::Signal(SignalId::from_uuid(id))));
        Self { store, office, cases, signals, clock, pause: Arc::default(), commands: AtomicU64::new(1), folder }
    }

    pub fn checkpoint(&self) -> PathBuf {
        self.folder.path().join("reactions.db")
    }

    /// The reactions of a node that starts now, with nothing in memory.
    pub async fn reactions(&self) -> Reactions {
        self.reactions_by_page(64).await
    }

    pub async fn reactions_by_page(&self, page: usize) -> Reactions {
        let cases = Desk::new(self.office.clone(), |id| Subject::Case(CaseId::from_uuid(id)));
        let signals = Desk::new(self.office.clone(), |id| Subject::Signal(SignalId::from_uuid(id)));
        Reactions::open(ReactionsSetup {
            checkpoint: self.checkpoint(),
            cases: Arc::new(cases),
            signals: Arc::new(signals),
            reactions: all(),
            pause: self.pause.clone(),
            page,
        })
        .await
        .unwrap()
    }

    pub fn lose_checkpoint(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(format!("reactions.db{suffix}")));
        }
    }

    /// The deadlines of a node that starts now, with nothing in memory.
    pub async fn deadlines(&self) -> Deadlines {
        let cases = Desk::new(self.office.clone(), |id| Subject::Case(CaseId::from_uuid(id)));
        let (index, pause) = (self.folder.path().join("deadlines.db"), self.pause.clone());
        Deadlines::open(DeadlinesSetup { index, cases: Arc::new(cases), pause, page: 64 }).await.unwrap()
    }

    pub fn lose_index(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(format!("deadlines.db{suffix}")));
        }
    }

    pub async fn raise(&self, id: SignalId) {
        let command = SignalCommand::RaiseSignal {
            municipality: organisation("gemeente-huizen"),
            place: PlaceKind::School,
            topic: topic(),
        };
        self.order(&self.signals, id.as_uuid(), command, FileKind::Signal).await;
    }

    /// Opens a case under a decision of the meldcode, around one child.
    pub async fn open(&self, id: CaseId) {
        let child = NewPerson { key: "c".to_owned(), name: name("Ilias"), birth_date: None, role: FamilyRole::Child };
        let command = LifeCommand::OpenCase {
            municipality: organisation("gemeente-huizen"),
            framework: LegalFramework::Voluntary,
            ground: OpeningGround::MeldcodeDecision,
            question: Text::new("Hoe komt er rust?").unwrap(),
            signal: None,
            people: vec![NewPerson { birth_date: CivilDay::from_ymd(2018, 5, 4), ..child }],
            authority: Vec::new(),
            consents: Vec::new(),
        };
        self.order(&self.cases, id.as_uuid(), CaseCommand::Life(command), FileKind::Coordination).await;
    }

    pub async fn link(&self, case: CaseId, signal: SignalId) {
        let raised_at = self.office.clock.now();
        let signal = LinkedSignal { signal, topic: topic(), place: PlaceKind::School, raised_at };
        let command = CaseCommand::Life(LifeCommand::LinkSignal { signal });
        self.order(&self.cases, case.as_uuid(), command, FileKind::Coordination).await;
    }

    /// A raised signal that a new case copied.
    pub async fn linked(&self, number: u128) {
        self.raise(signal(number)).await;
        self.open(case(number)).await;
        self.link(case(number), signal(number)).await;
    }

    /// Somebody of the access desk gives a command, which has an effect.
    pub async fn order<D: Decider>(&self, desk: &Desk<D>, id: Uuid, command: D::Command, file: FileKind) {
        let number = u128::from(self.commands.fetch_add(1, Ordering::SeqCst));
        let act = Act { file, ..act_of(NOOR, number) };
        let receipt = desk.run(id, &Order::now(command), &act, |_| Ok::<_, ()>(warrant())).await.unwrap();
        assert!(receipt.effect.is_some());
    }

    /// The same for a case, by whoever this is.
    pub async fn order_as(&self, (worker, role): (WorkerId, Role), case: CaseId, command: CaseCommand) {
        let number = u128::from(self.commands.fetch_add(1, Ordering::SeqCst));
        let act = act_of(worker, number);
        let act = Act { actor: Actor { role, ..act.actor.clone() }, ..act };
        let (words, order) = (format!("{command:?}"), Order::now(command));
        let receipt = self.cases.run(case.as_uuid(), &order, &act, |_| Ok::<_, ()>(warrant())).await.unwrap();
        assert!(receipt.effect.is_some(), "{words}");
    }

    /// How often a signal says that a case copied it.
    pub async fn marks(&self, id: SignalId) -> Vec<CaseId> {
        let loaded = self.signals.load(id.as_uuid()).await.unwrap();
        let events = loaded.history.facts().iter().map(|fact| fact.event.clone());
        events
            .filter_map(|event| match event {
                SignalEvent::SignalMarkedLinked { case } => Some(case),
                _ => None,
            })
            .collect()
    }

    /// The same office with a vault in which the keys of this subject in this case are missing, as after a restore that went wrong.
    pub async fn without_keys_of(&self, subject: Subject, case: CaseId) -> Office {
        let loaded = self.cases.load(case.as_uuid()).await.unwrap();
        let copy = self.lossy_vault();
        self.office.codec.vault().backup_to(&copy, None).unwrap();
        let connection = rusqlite::Connection::open(&copy).unwrap();
        for key in loaded.keys.of(subject) {
            let id = key.as_uuid();
            assert_eq!(connection.execute("DELETE FROM key WHERE id = ?1", [id.as_bytes()]).unwrap(), 1);
        }
        drop(connection);
        let vault = Arc::new(Vault::open(&copy, MasterKey::new(Key::from_bytes([7; Key::LENGTH]))).unwrap());
        Office { codec: Arc::new(Codec::new(vault, Upcasters::none())), ..self.office.clone() }
    }

    /// The operator puts the lost keys back.
    pub fn restore_keys(&self) {
        let connection = rusqlite::Connection::open(self.lossy_vault()).unwrap();
        connection.execute("ATTACH ?1 AS whole", [self.folder.path().join("vault.db").to_str().unwrap()]).unwrap();
        let columns = "id, generation, epoch, wrapped";
        let missing = "SELECT id FROM main.key";
        let copy =
            format!("INSERT INTO main.key ({columns}) SELECT {columns} FROM whole.key WHERE id NOT IN ({missing})");
        connection.execute(&copy, []).unwrap();
    }

    fn lossy_vault(&self) -> PathBuf {
        self.folder.path().join("lossy.db")
    }

    pub async fn stored(&self, stream: &StreamName) -> Vec<RecordedEvent> {
        self.store.inner.read_stream(stream, Revision::FIRST, usize::MAX).await.unwrap()
    }

    pub async fn head(&self) -> Position {
        self.store.head().await.unwrap()
    }
}

/// What a worker means to do, as the command of this number.
pub fn act_of(worker: WorkerId, number: u128) -> Act {
    Act {
        actor: Actor {
            worker,
            role: Role::AccessWorker,
            organisation: organisation("gemeente-huizen"),
            on_behalf_of: None,
        },
        command: CommandId::from_uuid(Uuid::from_u128(0xC0_0000 + number)),
        file: FileKind::Coordination,
        cause: None,
        correlation: CORRELATION,
        trace: None,
    }
}

pub fn warrant() -> Warrant {
    Warrant {
        decision: Decision {
            policy: "test".to_owned(),
            rules: Vec::new(),
            relation: "access_worker".to_owned(),
            judged_at: None,
            consents: Vec::new(),
        },
        purpose: "access".to_owned(),
        activity: "access/1".to_owned(),
        holder: organisation("gemeente-huizen"),
    }
}

fn topic() -> Text {
    Text::new("Een kind komt vaak moe op school.").unwrap()
}

pub fn name(called: &str) -> Name {
    Name::new(called).unwrap()
}
