//! A whole command at the desk: load (kept), judge, decide, seal, append, read back.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use domain::case::{Case, CaseCommand};
use domain::decider::Order;
use domain::fact::FileKind;
use domain::ids::CommandId;
use eventstore::metadata::CorrelationId;
use eventstore::port::EventStore;
use tests::archive::{Archive, actor, decision, subject};
use tests::cases::{self, organisation};
use tests::measure::{Options, Runs, Samples, Table, figure, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;
use workflows::desk::{Act, Desk, Office, Warrant};

use crate::append::at_once;
use crate::stored::note;

/// A desk on a folder, and the archive it works in.
struct Room {
    archive: Archive,
    desk: Arc<Desk<Case>>,
}

impl Room {
    async fn open(folder: &Path) -> Self {
        let archive = Archive::open(folder, true).await;
        let office = Office {
            store: Arc::clone(&archive.store) as Arc<dyn EventStore>,
            codec: Arc::clone(&archive.codec),
            clock: archive.clock.clone(),
            terms: Arc::clone(&archive.terms),
            ids: Arc::new(Uuid::new_v4),
        };
        let desk = Arc::new(Desk::new(office, subject));
        Self { archive, desk }
    }

    /// A desk that has no case in memory yet.
    fn another_desk(&self) -> Desk<Case> {
        Desk::new(self.desk.office().clone(), subject)
    }
}

/// Somebody gives a command about a case.
pub async fn give(desk: &Desk<Case>, case: Uuid, order: &Order<CaseCommand>) {
    let command = CommandId::from_uuid(Uuid::new_v4());
    let act = Act {
        actor: actor(),
        command,
        file: FileKind::Coordination,
        cause: None,
        correlation: CorrelationId::from_uuid(command.as_uuid()),
        trace: None,
    };
    let warrant = || Warrant {
        decision: decision(),
        purpose: "coordination".to_owned(),
        activity: "coordination/1".to_owned(),
        holder: organisation(),
    };
    desk.run(case, order, &act, |_| Ok::<_, Infallible>(warrant())).await.unwrap();
}

/// Opens a case and goes on until a professional and a director are there.
pub async fn begin(desk: &Desk<Case>, case: Uuid) {
    for _ in 0..3 {
        let order = cases::next(&desk.load(case).await.unwrap().history);
        give(desk, case, &order).await;
    }
}

/// Commands that each caller gives about a case before it goes on with another.
const ON_ONE_CASE: u64 = 20;

pub fn measure(options: &Options, runtime: &Runtime) {
    let title = "Desk: `stateContribution` by callers on cases of their own, durable (synchronous=FULL)";
    let mut table = Table::new(title, ["callers", "commands/s", "p50 µs", "p99 µs"]);
    for (callers, commands) in [(1_usize, 1_000), (8, 4_000), (32, 8_000)] {
        let each = options.work(commands) / callers;
        let (mut rate, mut times) = (Runs::default(), [Runs::default(), Runs::default()]);
        for _ in 0..options.runs {
            let (per_second, samples) = runtime.block_on(run(callers, each));
            rate.push(per_second);
            note(&mut times, &samples);
        }
        table.row([callers.to_string(), rate.spread(), times[0].spread(), times[1].spread()]);
    }
    table.print();
}

async fn run(callers: usize, each: usize) -> (f64, Samples) {
    let folder = folder().unwrap();
    let room = Room::open(folder.path()).await;
    let measured = run_at(&room.desk, callers, each).await;
    room.archive.store.close().await.unwrap();
    measured
}

/// Commands by callers on cases of their own, which are opened first.
pub async fn run_at(desk: &Arc<Desk<Case>>, callers: usize, each: usize) -> (f64, Samples) {
    let cases = (each as u64).div_ceil(ON_ONE_CASE);
    at_once(callers, |caller| {
        let desk = Arc::clone(desk);
        async move {
            for case in 0..cases {
                begin(&desk, Uuid::from_u64_pair(caller, case)).await;
            }
            Samples::default()
        }
    })
    .await;
    at_once(callers, |caller| {
        let desk = Arc::clone(desk);
        async move {
            let (mut samples, order) = (Samples::default(), cases::contribution());
            for number in 0..each as u64 {
                let case = Uuid::from_u64_pair(caller, number / ON_ONE_CASE);
                let started = Instant::now();
                give(&desk, case, &order).await;
                samples.push(started.elapsed());
            }
            samples
        }
    })
    .await
}

/// The same command by the length of its case, which is in memory.
pub fn measure_by_length(options: &Options, runtime: &Runtime) {
    let title = "Desk by the length of the case: a command on a case in memory (µs)";
    let mut table = Table::new(title, ["events", "p50", "p99", "p50 against the first"]);
    runtime.block_on(async {
        let folder = folder().unwrap();
        let room = Room::open(folder.path()).await;
        let mut first = None;
        for (number, events) in [12, 100, 1_000].into_iter().enumerate() {
            let case = Uuid::from_u64_pair(6, number as u64);
            begin(&room.desk, case).await;
            while room.desk.load(case).await.unwrap().history.facts().len() < events {
                give(&room.desk, case, &cases::contribution()).await;
            }
            let mut times = [Runs::default(), Runs::default()];
            for _ in 0..options.runs {
                let mut samples = Samples::default();
                for _ in 0..options.work(16) {
                    let order = cases::contribution();
                    let started = Instant::now();
                    give(&room.desk, case, &order).await;
                    samples.push(started.elapsed());
                }
                note(&mut times, &samples);
            }
            let first = *first.get_or_insert(times[0].median());
            let against = figure(times[0].median() / first);
            table.row([events.to_string(), times[0].spread(), times[1].spread(), against]);
        }
        room.archive.store.close().await.unwrap();
    });
    table.print();
}

/// R29: the same command, on cases that nobody has opened yet since the start, among ever more cases.
pub fn measure_by_cases(options: &Options, runtime: &Runtime) {
    let title = "Desk by the number of cases in the history: a command on a case not yet in memory (µs)";
    let mut table = Table::new(title, ["cases", "events", "p50", "p99", "p50 against the first"]);
    runtime.block_on(async {
        let folder = folder().unwrap();
        let mut room = Room::open(folder.path()).await;
        let (mut made, mut first) = (0_u64, None);
        for cases in [100, 1_000, 10_000] {
            let cases = options.work(cases) as u64;
            fill(&room, made..cases).await;
            made = cases;
            room.archive.store.close().await.unwrap();
            drop(room);
            room = Room::open(folder.path()).await;
            let mut times = [Runs::default(), Runs::default()];
            for run in 0..options.runs as u64 {
                let (mut samples, desk) = (Samples::default(), room.another_desk());
                for number in 0..(options.work(400) as u64).min(cases) {
                    // Spread over all cases, each met once.
                    let case = Uuid::from_u64_pair(5, (number * 7_919 + run * 104_729) % cases);
                    let order = cases::contribution();
                    let started = Instant::now();
                    give(&desk, case, &order).await;
                    samples.push(started.elapsed());
                }
                note(&mut times, &samples);
            }
            let first = *first.get_or_insert(times[0].median());
            let events = room.archive.store.head().await.unwrap();
            table.row([
                cases.to_string(),
                events.to_string(),
                times[0].spread(),
                times[1].spread(),
                figure(times[0].median() / first),
            ]);
        }
        room.archive.store.close().await.unwrap();
    });
    table.print();
}

/// Opens cases, many at once.
async fn fill(room: &Room, cases: std::ops::Range<u64>) {
    let callers = 64;
    at_once(callers, |caller| {
        let (desk, cases) = (Arc::clone(&room.desk), cases.clone());
        async move {
            for case in cases.filter(|case| case % callers as u64 == caller) {
                begin(&desk, Uuid::from_u64_pair(5, case)).await;
            }
            Samples::default()
        }
    })
    .await;
}
