//! A small world for lists: a real history in a temporary folder, and cases whose facts are plain words. The lists do not care what
//! a fact means, only that rows follow from the whole stream and the day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::alert::Receiver;
use domain::fact::Organisation;
use domain::ids::{CaseId, EventId, HandoverId, PersonId, ReviewId, Revision, WorkerId};
use domain::text::Name;
use domain::time::{CivilDay, Timestamp};
use eventstore::clock::{Clock, ToldClock};
use eventstore::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use crate::lists::blind::SearchKey;
use crate::lists::{
    CaseRow, CaseRows, Changes, Deputising, Directing, GapRow, HandoverRow, ListedPhase, Lists, ListsSetup, Pause,
    RowFault, RowSource, SatRow,
};
use crate::relations::{EmergencyAccess, Relations, Supporter};

pub const VAULT_KEY: [u8; 32] = [9; 32];

pub fn day(text: &str) -> CivilDay {
    text.parse().expect("a day")
}

pub fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(number))
}

pub fn worker(number: u128) -> WorkerId {
    WorkerId::from_uuid(Uuid::from_u128(1_000 + number))
}

pub fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(2_000 + number))
}

pub fn huizen() -> Organisation {
    Organisation::new("gemeente-huizen").expect("an organisation")
}

/// A store that can be told to fail.
pub struct Chaos {
    pub inner: SqliteStore,
    pub failures_left: AtomicU32,
}

#[async_trait]
impl EventStore for Chaos {
    async fn append(&self, s: &StreamName, e: Expected, b: Vec<NewEvent>) -> Result<Appended, AppendError> {
        self.inner.append(s, e, b).await
    }

    async fn read_stream(&self, s: &StreamName, f: Revision, l: usize) -> Result<Vec<RecordedEvent>, StoreFault> {
        self.inner.read_stream(s, f, l).await
    }

    async fn stream_head(&self, s: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        self.inner.stream_head(s).await
    }

    async fn read_all(&self, a: Position, f: &Filter, l: usize) -> Result<Page, StoreFault> {
        let left = self.failures_left.load(Ordering::SeqCst);
        if left > 0 {
            self.failures_left.store(left - 1, Ordering::SeqCst);
            return Err(StoreFault::Other("told to fail".to_owned()));
        }
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

/// Rows out of words: `open`, `close`, `director 1 2026-03-01`, `deputy 2 2026-03-09`, `party 3`, `specialist 3 2026-10-01`,
/// `due 2026-03-09`, `gap 2026-03-02`, `handover 4 2026-06-26`, `name 1 Samira`, `departure`, `poison`; `of zorg-vecht` (for whom the director works),
/// `supporter 4`, `emergency 5`, `excluded 6`, `asked sat-gooi` (a question to that team), `told attention_officer zorg-vecht`.
pub struct Words {
    pub store: Arc<Chaos>,
    /// Names whose keys were destroyed.
    pub erased: Mutex<BTreeSet<PersonId>>,
    /// Names whose keys are missing, though nobody destroyed them.
    pub lost: Mutex<BTreeSet<PersonId>>,
    /// Whether a poisoned stream can be read again: a newer release.
    pub healed: AtomicBool,
    /// Folds that fail before one succeeds.
    pub failures_left: AtomicU32,
    /// Cases that had to be forgotten.
    pub forgotten: Mutex<Vec<CaseId>>,
}

#[async_trait]
impl RowSource for Words {
    fn forget(&self, case: CaseId) {
        self.forgotten.lock().expect("a lock").push(case);
    }

    fn policy(&self) -> String {
        String::new()
    }

    fn deputies_by(&self, today: CivilDay) -> CivilDay {
        today.plus_days(7)
    }

    async fn rows(&self, case: CaseId, today: CivilDay) -> Result<Option<CaseRows>, RowFault> {
        let left = self.failures_left.load(Ordering::SeqCst);
        if left > 0 {
            self.failures_left.store(left - 1, Ordering::SeqCst);
            return Err(RowFault::Unreachable("told to fail".to_owned()));
        }
        let stream = StreamName::new("case", case).expect("a name");
        let events = self.store.inner.read_stream(&stream, Revision::FIRST, usize::MAX).await;
        let mut rows = None;
        for event in events.map_err(|fault| RowFault::Unreachable(fault.to_string()))? {
            let fact = String::from_utf8(event.data).expect("words");
            let fact: Vec<&str> = fact.split(' ').collect();
            if fact == ["poison"] && !self.healed.load(Ordering::SeqCst) {
                return Err(RowFault::Unreadable("unknown type".to_owned()));
            }
            let rows = rows.get_or_insert_with(|| empty(case, event.recorded_at));
            rows.row.last_change = event.recorded_at;
            match fact[..] {
                ["name", n, ..]
                    if self.lost.lock().expect("a lock").contains(&person(n.parse().expect("a number"))) =>
                {
                    rows.names_missing = true;
                }
                _ => take_in(rows, &fact, today, &self.erased.lock().expect("a lock")),
            }
        }
        Ok(rows)
    }
}

fn empty(case: CaseId, at: Timestamp) -> CaseRows {
    let row = CaseRow {
        case,
        municipality: huizen(),
        phase: ListedPhase::Open,
        opened_on: at.day(),
        director: None,
        deputy: None,
        parties: 0,
        gap: None,
        handover: None,
        departures: 0,
        departures_unexplained: 0,
        incomplete_consents: 0,
        told: 0,
        last_change: at,
        relations: Relations { municipality: Some(huizen()), ..Relations::default() },
    };
    let (specialists, search) = (BTreeMap::new(), BTreeMap::new());
    let emergencies = Vec::new();
    CaseRows {
        row,
        specialists,
        dues: BTreeMap::new(),
        told_to: BTreeSet::new(),
        emergencies,
        questions: Vec::new(),
        trajectories: Vec::new(),
        notices: Vec::new(),
        search,
        changes: Changes::default(),
        gap_told: true,
        names_missing: false,
    }
}

fn take_in(rows: &mut CaseRows, fact: &[&str], today: CivilDay, erased: &BTreeSet<PersonId>) {
    let number = |text: &str| text.parse::<u128>().expect("a number");
    match fact {
        ["in", municipality] => {
            rows.row.municipality = Organisation::new(municipality).expect("an organisation");
            rows.row.relations.municipality = Some(rows.row.municipality.clone());
        }
        ["close"] => rows.row.phase = ListedPhase::Closed(rows.row.last_change.day()),
        ["director", n, since] => {
            rows.row.director = Some(Directing { worker: worker(number(n)), since: day(since) });
            rows.row.gap = None;
            rows.row.relations.director = Some(worker(number(n)));
            rows.row.relations.ever_directed = true;
        }
        ["of", organisation] => {
            rows.row.relations.director_organisation = Some(Organisation::new(organisation).expect("an organisation"));
        }
        ["supporter", n] => {
            let (worker, named_by) = (worker(number(n)), vec![person(1)]);
            rows.row.relations.supporters.push(Supporter { worker, named_by, consents: Vec::new() });
        }
        ["emergency", n] => {
            let (worker, until) = (worker(number(n)), today.at(12, 0));
            rows.row.relations.emergencies.push(EmergencyAccess { worker, until });
            change_on(rows, today.plus_days(1));
        }
        ["asked", team] => rows.questions.push(SatRow {
            review: ReviewId::from_uuid(Uuid::from_u128(
                rows.row.case.as_uuid().as_u128() + rows.questions.len() as u128,
            )),
            team: Organisation::new(team).expect("an organisation"),
            asked_on: today,
            open: true,
            accept_by: None,
            advise_by: Some(today),
            advisor: None,
            advice: None,
            intervened: None,
        }),
        ["advised"] => rows.questions.iter_mut().for_each(|question| question.advise_by = None),
        ["told", receiver, organisation] => {
            let receiver = Receiver::ALL.into_iter().find(|known| known.as_str() == *receiver).expect("a receiver");
            rows.row.told += 1;
            rows.told_to.insert((receiver, Organisation::new(organisation).expect("an organisation")));
        }
        ["excluded", n] => rows.row.relations.excluded.push(worker(number(n))),
        ["deputy", n, until] => {
            let until = day(until);
            let holds = today <= until;
            rows.row.deputy = holds.then(|| Deputising { worker: worker(number(n)), until: Some(until) });
            rows.row.relations.deputy = holds.then(|| worker(number(n)));
            if holds {
                change_on(rows, until.plus_days(1));
            }
        }
        ["birthday", text] => {
            let birthday = day(text);
            rows.row.incomplete_consents = u32::from(today >= birthday);
            let month = birthday.to_string()[..7].to_owned() + "-01";
            rows.changes.in_month = (today < birthday).then(|| day(&month));
        }
        ["party", _] => rows.row.parties += 1,
        ["due", last_day] => *rows.dues.entry(day(last_day)).or_insert(0) += 1,
        ["specialist", n, end] => {
            rows.specialists.insert(worker(number(n)), day(end));
        }
        ["gap", since] => {
            let since = day(since);
            let last_day = since.plus_days(7);
            rows.row.gap = Some(GapRow { since, last_day, alert_at: last_day.plus_days(1).at(8, 0) });
        }
        ["untold"] => rows.gap_told = false,
        ["handover", n, planned] => {
            let handover = HandoverId::from_uuid(Uuid::from_u128(7));
            rows.row.handover = Some(HandoverRow { handover, successor: worker(number(n)), planned: day(planned) });
            rows.row.relations.successor = Some(worker(number(n)));
        }
        ["departure"] => {
            rows.row.departures += 1;
            rows.row.departures_unexplained += 1;
        }
        ["name", n, name @ ..] if !erased.contains(&person(number(n))) => {
            let key = SearchKey::derive(&VAULT_KEY);
            let tokens = key.name_tokens(&rows.row.municipality, &Name::new(&name.join(" ")).expect("a name"));
            rows.search.entry(person(number(n))).or_default().extend(tokens);
        }
        ["born", n, text] => {
            let token = SearchKey::derive(&VAULT_KEY).birth_token(&rows.row.municipality, day(text));
            rows.search.entry(person(number(n))).or_default().insert(token);
        }
        _ => {}
    }
}

/// The row changes by itself on this day, if not sooner.
fn change_on(rows: &mut CaseRows, day: CivilDay) {
    rows.changes.on = Some(rows.changes.on.map_or(day, |sooner| sooner.min(day)));
}

/// Pauses that do not wait, and are counted.
#[derive(Default)]
pub struct CountedPause(pub Mutex<Vec<u32>>);

#[async_trait]
impl Pause for CountedPause {
    async fn before_retry(&self, failures: u32) {
        self.0.lock().expect("a lock").push(failures);
        tokio::task::yield_now().await;
    }

    async fn until_next_look(&self) {
        std::future::pending::<()>().await;
    }
}

pub struct World {
    pub folder: TempDir,
    pub store: Arc<Chaos>,
    pub clock: Arc<ToldClock>,
    pub words: Arc<Words>,
    pub pause: Arc<CountedPause>,
    pub page: usize,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ToldClock::at(day("2026-03-02").at(9, 0)));
        let options = SqliteOptions::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let inner = SqliteStore::open(&folder.path().join("history.db"), options).expect("a history");
        let store = Arc::new(Chaos { inner, failures_left: AtomicU32::new(0) });
        let words = Arc::new(Words {
            store: Arc::clone(&store),
            erased: Mutex::default(),
            lost: Mutex::default(),
            healed: AtomicBool::new(false),
            failures_left: AtomicU32::new(0),
            forgotten: Mutex::default(),
        });
        Self { folder, store, clock, words, pause: Arc::default(), page: 512 }
    }

    pub async fn record(&self, number: u128, fact: &str) -> Position {
        self.record_in(&StreamName::new("case", case(number)).expect("a name"), fact).await
    }

    pub async fn record_in(&self, stream: &StreamName, fact: &str) -> Position {
        let head = self.store.stream_head(stream).await.expect("a head");
        let expected = head.map_or(Expected::NoStream, |(revision, _)| Expected::At(revision));
        let event = NewEvent {
            id: EventId::from_uuid(Uuid::now_v7()),
            outer_type: "Words".to_owned(),
            version: 1,
            metadata: b"{}".to_vec(),
            data: fact.as_bytes().to_vec(),
            command: None,
        };
        self.store.append(stream, expected, vec![event]).await.expect("an append").position
    }

    pub fn lists_folder(&self) -> PathBuf {
        self.folder.path().join("read")
    }

    /// Lists over this world, in a folder of their own, without patience.
    pub async fn lists_in(&self, folder: PathBuf) -> Lists {
        let store = Arc::clone(&self.store) as Arc<dyn EventStore>;
        let rows = Arc::clone(&self.words) as Arc<dyn RowSource>;
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let mut setup = ListsSetup::new(folder, store, rows, Arc::new(SearchKey::derive(&VAULT_KEY)), clock);
        setup.pause = Arc::clone(&self.pause) as Arc<dyn Pause>;
        setup.patience = Duration::ZERO;
        setup.page = self.page;
        Lists::open(setup).await.expect("lists")
    }

    /// Lists as they stand after everything was read.
    pub async fn lists(&self) -> Lists {
        let lists = self.lists_in(self.lists_folder()).await;
        lists.build_first().await.expect("a read database");
        drain(&lists).await;
        lists
    }

    /// What a database made from nothing would hold now.
    pub async fn anew(&self) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let lists = self.lists_in(folder.path().to_path_buf()).await;
        lists.build_first().await.expect("a read database");
        lists.dump().await.expect("a dump")
    }
}

pub async fn drain(lists: &Lists) {
    while !lists.catch_up().await.expect("a step") {}
}

/// The databases in a folder.
pub fn databases(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let names = entries.map(|name| name.to_string_lossy().into_owned());
    let is_database = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "db");
    names.filter(is_database).collect()
}
