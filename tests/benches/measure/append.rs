//! Appends by 1, 8, 32 and 128 callers, beside a bare loop with the same callers and rows, turn by turn.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use domain::case::Case;
use domain::decider::Decider;
use domain::ids::{CommandId, EventId, Revision};
use eventstore::clock::SystemClock;
use eventstore::port::{EventStore, Expected, NewEvent, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use tests::archive::Archive;
use tests::measure::{Options, Runs, Samples, Table, figure, folder, histogram};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::bare::Bare;

/// Events that each caller puts in a stream before it goes on with another.
const STREAM: u64 = 20;

/// How one run went: appends in a second, and how long each took.
struct Run {
    rate: f64,
    samples: Samples,
    groups: Vec<(usize, u64)>,
}

pub fn measure(options: &Options, runtime: &Runtime) {
    let model = runtime.block_on(model());
    let bytes = model.metadata.len() + model.data.len();
    let title =
        format!("Appends: one event of {bytes} bytes each, durable (synchronous=FULL), beside a bare rusqlite loop");
    let heads = ["callers", "appends/s", "p50 µs", "p99 µs", "bare rows/s", "p50 µs", "p99 µs", "ratio"];
    let mut table = Table::new(&title, heads);
    let mut groups =
        Table::new("Batches in one commit: how many commits took so many (all runs)", ["callers", "ours", "bare"]);
    for (callers, appends) in [(1, 4_000), (8, 16_000), (32, 32_000), (128, 64_000)] {
        let each = options.work(appends) / callers;
        let (mut ours, mut bare, mut ratios) = (Figures::default(), Figures::default(), Runs::default());
        for run in 0..options.runs {
            // Whoever goes second finds a warmer machine: they take turns.
            let (one, other) = if run % 2 == 0 {
                let ours = runtime.block_on(append(callers, each, &model));
                (ours, runtime.block_on(append_bare(callers, each, &model)))
            } else {
                let bare = runtime.block_on(append_bare(callers, each, &model));
                (runtime.block_on(append(callers, each, &model)), bare)
            };
            ratios.push(one.rate / other.rate);
            ours.take_in(one);
            bare.take_in(other);
        }
        let callers = callers.to_string();
        table.row([
            callers.clone(),
            ours.rate.spread(),
            figure(ours.p50.median()),
            figure(ours.p99.median()),
            bare.rate.spread(),
            figure(bare.p50.median()),
            figure(bare.p99.median()),
            ratios.spread(),
        ]);
        groups.row([callers, ours.histogram(), bare.histogram()]);
    }
    table.print();
    groups.print();
}

#[derive(Default)]
struct Figures {
    rate: Runs,
    p50: Runs,
    p99: Runs,
    groups: BTreeMap<usize, u64>,
}

impl Figures {
    fn take_in(&mut self, run: Run) {
        self.rate.push(run.rate);
        self.p50.push_time(run.samples.percentile(50));
        self.p99.push_time(run.samples.percentile(99));
        for (size, commits) in run.groups {
            *self.groups.entry(size).or_default() += commits;
        }
    }

    fn histogram(&self) -> String {
        histogram(&self.groups.iter().map(|(size, commits)| (*size, *commits)).collect::<Vec<_>>())
    }
}

/// A sealed event of a real case: what a professional can and cannot offer.
pub async fn model() -> NewEvent {
    let folder = folder().unwrap();
    let archive = Archive::open(folder.path(), true).await;
    let mut pen = archive.case(Uuid::from_u128(1)).await;
    for command in 1..4 {
        let (expected, batch) = pen.seal(CommandId::from_uuid(Uuid::from_u128(command)));
        archive.store.append(&pen.stream, expected, batch).await.unwrap();
        pen.catch_up().await;
    }
    pen.seal(CommandId::from_uuid(Uuid::from_u128(4))).1.remove(0)
}

/// The same bytes under another name, of another command.
pub fn another(model: &NewEvent) -> NewEvent {
    let mut event = model.clone();
    event.id = EventId::from_uuid(Uuid::now_v7());
    if let Some(slot) = &mut event.command {
        slot.id = CommandId::from_uuid(Uuid::new_v4());
    }
    event
}

async fn append(callers: usize, each: usize, model: &NewEvent) -> Run {
    let folder = folder().unwrap();
    let options = SqliteOptions::new(Arc::new(SystemClock::new()));
    let store = Arc::new(SqliteStore::open(&folder.path().join("history.db"), options).unwrap());
    let (rate, samples) = append_to(&(Arc::clone(&store) as Arc<dyn EventStore>), callers, each, model).await;
    let groups = store.figures().unwrap().group_sizes();
    store.close().await.unwrap();
    Run { rate, samples, groups }
}

/// Appends by callers with streams of their own.
pub async fn append_to(store: &Arc<dyn EventStore>, callers: usize, each: usize, model: &NewEvent) -> (f64, Samples) {
    at_once(callers, |caller| {
        let (store, events) = (Arc::clone(store), events(each, model));
        async move {
            let mut samples = Samples::default();
            for (event, number) in events.into_iter().zip(0_u64..) {
                let stream = StreamName::about(Case::CATEGORY, Uuid::from_u64_pair(caller, number / STREAM));
                let expected = (number % STREAM)
                    .checked_sub(1)
                    .map_or(Expected::NoStream, |last| Expected::At(Revision::new(last)));
                let started = Instant::now();
                store.append(&stream, expected, vec![event]).await.unwrap();
                samples.push(started.elapsed());
            }
            samples
        }
    })
    .await
}

async fn append_bare(callers: usize, each: usize, model: &NewEvent) -> Run {
    let folder = folder().unwrap();
    let bare = Bare::start(&folder.path().join("bare.db"));
    let (rate, samples) = at_once(callers, |caller| {
        let (handle, events) = (bare.handle(), events(each, model));
        async move {
            let mut samples = Samples::default();
            for (event, number) in events.into_iter().zip(0_u64..) {
                let stream = i64::try_from(caller * 1_000_000 + number / STREAM).unwrap();
                let started = Instant::now();
                handle.append(stream, number % STREAM, event).await;
                samples.push(started.elapsed());
            }
            samples
        }
    })
    .await;
    Run { rate, samples, groups: bare.finish() }
}

fn events(each: usize, model: &NewEvent) -> Vec<NewEvent> {
    (0..each).map(|_| another(model)).collect()
}

/// Runs callers side by side; how much all of them did in a second, and how long each thing took. They are made ready first.
pub async fn at_once<F>(callers: usize, mut call: impl FnMut(u64) -> F) -> (f64, Samples)
where
    F: Future<Output = Samples> + Send + 'static,
{
    let calls: Vec<F> = (0..callers as u64).map(&mut call).collect();
    let started = Instant::now();
    let running: Vec<_> = calls.into_iter().map(tokio::spawn).collect();
    let mut samples = Samples::default();
    for call in running {
        samples.extend(call.await.unwrap());
    }
    (rate(samples.count(), started), samples)
}

#[expect(clippy::cast_precision_loss, reason = "a count of things measured is far below 2^52")]
pub fn rate(count: usize, since: Instant) -> f64 {
    count as f64 / since.elapsed().as_secs_f64()
}
