//! A region of invented families by its size: what a command, a look at one case, a list and a search cost in it; how fast its lists are
//! made anew, beside a bare loop, and in how much memory; what it takes on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use api::demo::Histories;
use api::demo::clock::DemoClock;
use api::node::unserved::Desks;
use api::node::{FolderKind, HistoryPlace, Node, NodeOptions};
use api::simulate::{self, Asked};
use domain::case::{Case, CaseCommand};
use domain::decider::{Decider as _, Order};
use domain::ids::Revision;
use domain::life::LifeCommand;
use domain::terms::TermsBook;
use domain::text::Text;
use eventstore::key::StreamKeys;
use eventstore::port::StreamName;
use projections::lists::{PageRequest, Scope, SearchFor};
use projections::views::{self, Reading, Rights};
use rusqlite::Connection;
use tests::measure::{Options, Runs, Samples, Table, figure, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;
use workflows::desk::Desk;

use crate::desk::give;
use crate::stored::note;

/// Sizes when nothing else is said. `RUSTPUNT_BENCH_REGION=1000,50000,500000` says something else: half a million takes some 20 GB and
/// an hour.
const SIZES: [u32; 2] = [1_000, 50_000];

/// The part that asks a region.
pub const REGION: &str = "region";

/// The part that makes its lists anew.
pub const REBUILD: &str = "rebuild";

/// Cases asked about in each run, each of them once.
const ASKED: u64 = 96;

/// How many lines of a caseload are asked for.
const LINES: u16 = 50;

/// More events than any case has.
const LONGEST: usize = 10_000;

/// What is measured in one region.
#[derive(Default)]
struct Figures {
    first_look: [Runs; 2],
    look: [Runs; 2],
    command: [Runs; 2],
    caseload: [Runs; 2],
    search: [Runs; 2],
}

pub fn measure(options: &Options, runtime: &Runtime) {
    let mut written = Table::new(
        "A region: written, and on disk",
        ["cases", "facts", "facts a case", "facts/s written", "history bytes a fact", "vault", "lists"],
    );
    let mut rebuilt = Table::new(
        "A region: its lists made anew, beside a bare loop that reads, opens, parses and upserts one row per case",
        ["cases", "events", "rebuild events/s", "bare events/s", "ratio", "peak MiB"],
    );
    let mut asked_of = Table::new(
        "A region: one case, a caseload and a search, in process; p50 over runs (µs), and against the first size",
        [
            "cases",
            "look from disk",
            "to first",
            "look in memory",
            "to first",
            "command",
            "to first",
            "caseload",
            "search",
        ],
    );
    let mut first: Option<[f64; 3]> = None;
    for cases in sizes(options) {
        let place = Place::of(cases);
        let asked = Asked { cases, seed: 1, steps: said("RUSTPUNT_BENCH_REGION_STEPS").first().copied() };
        let (facts, seconds) = runtime.block_on(write(&place.folder, asked));
        let on_disk = |name: &str| figure(bytes(&place.folder.join(name)) / f64::from(u32::try_from(facts).unwrap()));
        written.row([
            cases.to_string(),
            facts.to_string(),
            figure(count(facts) / f64::from(cases)),
            figure(count(facts) / seconds),
            on_disk("history.db"),
            on_disk("vault.db"),
            on_disk("lists"),
        ]);
        if options.wants(REBUILD) {
            let (peak, took) = rebuild(&place.folder);
            let (events, bare) = runtime.block_on(bare(&place.folder, asked));
            let (ours, theirs) = (count(events) / took, count(events) / bare);
            rebuilt.row([
                cases.to_string(),
                events.to_string(),
                figure(ours),
                figure(theirs),
                figure(ours / theirs),
                peak.map_or_else(|| "not told".to_owned(), |kib| figure(count(kib) / 1024.0)),
            ]);
        }
        if options.wants(REGION) {
            let figures = runtime.block_on(ask(options, &place.folder, asked));
            let medians = [&figures.first_look, &figures.look, &figures.command].map(|times| times[0].median());
            let against = *first.get_or_insert(medians);
            let to_first = |which: usize| figure(medians[which] / against[which]);
            asked_of.row([
                cases.to_string(),
                figures.first_look[0].spread(),
                to_first(0),
                figures.look[0].spread(),
                to_first(1),
                figures.command[0].spread(),
                to_first(2),
                figures.caseload[0].spread(),
                figures.search[0].spread(),
            ]);
        }
    }
    written.print();
    if options.wants(REBUILD) {
        rebuilt.print();
    }
    if options.wants(REGION) {
        asked_of.print();
    }
}

fn sizes(options: &Options) -> Vec<u32> {
    let sizes = said("RUSTPUNT_BENCH_REGION");
    if sizes.is_empty() {
        return SIZES.iter().map(|size| u32::try_from(options.work(*size as usize)).unwrap()).collect();
    }
    sizes
}

/// Numbers that somebody said in the environment.
fn said(name: &str) -> Vec<u32> {
    let said = std::env::var(name).unwrap_or_default();
    said.split(',').filter_map(|number| number.trim().parse().ok()).collect()
}

/// Where a region lies: a temporary folder, or one that stays and is used again (`RUSTPUNT_BENCH_REGIONS=DIR`).
struct Place {
    folder: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

impl Place {
    fn of(cases: u32) -> Self {
        if let Ok(kept) = std::env::var("RUSTPUNT_BENCH_REGIONS") {
            return Self { folder: Path::new(&kept).join(format!("region-{cases}")), _temporary: None };
        }
        let temporary = folder().unwrap();
        Self { folder: temporary.path().join("region"), _temporary: Some(temporary) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
const fn count(number: u64) -> f64 {
    number as f64
}

/// Facts in the cases, and the seconds it took to write them.
async fn write(folder: &Path, asked: Asked) -> (u64, f64) {
    let started = Instant::now();
    let written = simulate::write_quietly(folder, asked).await.unwrap();
    assert!(written.whole && written.refused.is_empty());
    (written.facts, started.elapsed().as_secs_f64())
}

/// The lists made anew by a program of its own: most memory it held (KiB, where the system tells) and seconds.
fn rebuild(folder: &Path) -> (Option<u64>, f64) {
    let started = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rustpunt-under-test"));
    // A benchmark's own settings are none of the product's, which refuses what it does not know.
    command
        .env_clear()
        .args(["rebuild", "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut peak = None;
    loop {
        peak = most_memory(child.id()).or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return (peak, started.elapsed().as_secs_f64());
        }
        // Looks now and then; it waits for nothing.
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn most_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn options(folder: &Path) -> NodeOptions {
    NodeOptions {
        folder: folder.to_path_buf(),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: Arc::new(DemoClock::at(simulate::end())),
    }
}

/// Reads every case, opens and parses its events, and keeps one row of it; events and seconds. One thread.
async fn bare(folder: &Path, asked: Asked) -> (u64, f64) {
    let desks = Desks::open(options(folder), Arc::new(Uuid::new_v4)).await.unwrap();
    let codec = Arc::clone(&desks.cases.office().codec);
    let rows = tempfile::tempdir_in(folder).unwrap();
    let mut rows = Connection::open(rows.path().join("rows.db")).unwrap();
    rows.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         CREATE TABLE cases (id BLOB PRIMARY KEY, revision INTEGER, last TEXT) WITHOUT ROWID;",
    )
    .unwrap();
    let (mut events, started) = (0, Instant::now());
    let all: Vec<Uuid> = simulate::cases(asked).collect();
    for some in all.chunks(500) {
        let page = rows.transaction().unwrap();
        for case in some {
            let stream = StreamName::about(Case::CATEGORY, *case);
            let (mut keys, mut last) = (StreamKeys::default(), None);
            for event in desks.store.read_stream(&stream, Revision::FIRST, LONGEST).await.unwrap() {
                last = Some(codec.decode::<Case>(&event, &mut keys).unwrap());
                events += 1;
            }
            let last = last.unwrap();
            let revision = i64::try_from(last.revision.number()).unwrap();
            let row = (case.as_bytes(), revision, last.recorded_at.to_string());
            let sql = "INSERT INTO cases VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET revision = ?2, last = ?3";
            page.prepare_cached(sql).unwrap().execute(row).unwrap();
        }
        page.commit().unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    desks.close().await;
    (events, seconds)
}

/// Asks a node, opened anew for each run so that no case is in memory.
async fn ask(options: &Options, folder: &Path, asked: Asked) -> Figures {
    let (mut figures, cases) = (Figures::default(), simulate::cases(asked).collect::<Vec<_>>());
    let size = u64::from(asked.cases);
    for run in 0..options.runs as u64 {
        let node = Node::open(self::options(folder), || {}).await.unwrap();
        settle(&node).await;
        let desk = Arc::clone(&node.services().cases);
        let [mut first, mut look, mut command] = <[Samples; 3]>::default();
        for number in 0..ASKED.min(size) {
            // Spread over all cases, each met once.
            let case = cases[usize::try_from((number * 7_919 + run * 104_729) % size).unwrap()];
            time(&mut first, read(&desk, case)).await;
            time(&mut command, give(&desk, case, &report())).await;
            settle(&node).await;
            time(&mut look, read(&desk, case)).await;
        }
        note(&mut figures.first_look, &first);
        note(&mut figures.command, &command);
        note(&mut figures.look, &look);
        lists(&mut figures, &node).await;
        node.close().await;
    }
    figures
}

async fn time(samples: &mut Samples, what: impl Future<Output = ()>) {
    let started = Instant::now();
    what.await;
    samples.push(started.elapsed());
}

/// A report: taken in every case, whatever happened in it.
fn report() -> Order<CaseCommand> {
    let what = Text::new("Het liep anders dan afgesproken; daarna met het gezin besproken.").unwrap();
    Order::now(CaseCommand::Life(LifeCommand::ReportDeparture { rule: "other".to_owned(), what, persons: Vec::new() }))
}

/// Waits until the lists know everything, so that their work is in nobody's figures.
async fn settle(node: &Node) {
    let head = node.store().head().await.unwrap();
    node.lists().when_processed(head, std::time::Duration::from_mins(30)).await.unwrap();
}

/// Brings a case up to date and reads its people, households and regie.
async fn read(desk: &Desk<Case>, case: Uuid) {
    let loaded = desk.load(case).await.unwrap();
    let (history, day) = (&loaded.history, desk.office().clock.now().day());
    let book = &desk.office().terms;
    let reading = Reading::new(history, history.state(), day, book.terms_on(day), Rights::on(day, book));
    std::hint::black_box((
        views::people::people(&reading),
        views::households::households(&reading),
        views::regie::regie(&reading),
    ));
}

/// What Anja opens her day with, and a name that Noor looks for in the whole of her municipality.
async fn lists(figures: &mut Figures, node: &Node) {
    let staff = Histories::of_the_project().unwrap().staff;
    let (anja, noor) = (staff.get("anja").unwrap().worker(), staff.get("noor").unwrap().organisation.clone());
    let page = || PageRequest::first(LINES.try_into().unwrap());
    let (mut caseload, mut search) = (Samples::default(), Samples::default());
    for _ in 0..32 {
        time(&mut caseload, async { drop(node.lists().caseload(Scope::Worker(anja), page()).await.unwrap()) }).await;
        let wanted = SearchFor { words: "Yasmina Haddad".to_owned(), birth_date: None };
        let scope = Scope::Municipality(noor.clone());
        time(&mut search, async { drop(node.lists().search(scope, wanted, page()).await.unwrap()) }).await;
    }
    note(&mut figures.caseload, &caseload);
    note(&mut figures.search, &search);
}

/// Bytes of a file, or of everything in a folder.
fn bytes(path: &Path) -> f64 {
    let Ok(found) = fs::metadata(path) else { return 0.0 };
    if found.is_file() {
        return count(found.len());
    }
    fs::read_dir(path).unwrap().map(|entry| bytes(&entry.unwrap().path())).sum()
}
