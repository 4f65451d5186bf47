//! The embedded engine beside the one for a cluster, turn by turn. The cluster is a peer in this process that speaks the protocol from
//! memory, **which is not KurrentDB**: what it costs is our engine, the client and a loopback connection, and no disk.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::case::Case;
use domain::ids::Revision;
use eventstore::clock::SystemClock;
use eventstore::kurrent::{KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{EventStore, Expected, Filter, NewEvent, Position, StreamName};
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use tests::archive::{Archive, subject};
use tests::measure::{Options, Runs, Samples, Table, figure, folder};
use tests::peer::{PeerCluster, PeerOptions, ProtocolPeer};
use tokio::runtime::Runtime;
use uuid::Uuid;
use workflows::desk::{Desk, Office};

use crate::append::{another, append_to, model, rate};
use crate::desk::run_at;

/// Events in one page of a follower, as the lists take them.
const PAGE: usize = 512;

pub fn measure(options: &Options, runtime: &Runtime) {
    let model = runtime.block_on(model());
    appends(options, runtime, &model);
    commands(options, runtime);
    following(options, runtime, &model);
    recovery(options, runtime, &model);
}

/// How one engine did, over the runs.
#[derive(Default)]
struct Figures {
    rate: Runs,
    p50: Runs,
    p99: Runs,
}

impl Figures {
    fn take_in(&mut self, rate: f64, samples: &Samples) {
        self.rate.push(rate);
        self.p50.push_time(samples.percentile(50));
        self.p99.push_time(samples.percentile(99));
    }
}

const HEADS: [&str; 8] =
    ["callers", "embedded/s", "p50 µs", "p99 µs", "on the peer/s", "p50 µs", "p99 µs", "p50 peer / embedded"];

/// Takes turns: whoever goes second finds a warmer machine.
fn turns<E, P>(
    options: &Options,
    runtime: &Runtime,
    table: &mut Table,
    callers: usize,
    embedded: impl Fn() -> E,
    on_peer: impl Fn() -> P,
) where
    E: Future<Output = (f64, Samples)>,
    P: Future<Output = (f64, Samples)>,
{
    let (mut ours, mut theirs, mut ratios) = (Figures::default(), Figures::default(), Runs::default());
    for run in 0..options.runs {
        let (one, other) = if run % 2 == 0 {
            let one = runtime.block_on(embedded());
            (one, runtime.block_on(on_peer()))
        } else {
            let other = runtime.block_on(on_peer());
            (runtime.block_on(embedded()), other)
        };
        ours.take_in(one.0, &one.1);
        theirs.take_in(other.0, &other.1);
        ratios.push(other.1.percentile(50).as_secs_f64() / one.1.percentile(50).as_secs_f64());
    }
    table.row([
        callers.to_string(),
        ours.rate.spread(),
        figure(ours.p50.median()),
        figure(ours.p99.median()),
        theirs.rate.spread(),
        figure(theirs.p50.median()),
        figure(theirs.p99.median()),
        ratios.spread(),
    ]);
}

fn appends(options: &Options, runtime: &Runtime, model: &NewEvent) {
    let mut table = Table::new("Appends, embedded (durable) beside the peer (in memory)", HEADS);
    for (callers, appends) in [(1, 1_000), (8, 8_000), (32, 16_000), (128, 32_000)] {
        let each = options.work(appends) / callers;
        let embedded = || async {
            let folder = folder().unwrap();
            let store = in_folder(&folder);
            let measured = append_to(&(Arc::clone(&store) as Arc<dyn EventStore>), callers, each, model).await;
            store.close().await.unwrap();
            measured
        };
        let on_peer = || async {
            let peer = ProtocolPeer::start(PeerOptions::default()).await;
            append_to(&(open(&peer.url()).await as Arc<dyn EventStore>), callers, each, model).await
        };
        turns(options, runtime, &mut table, callers, embedded, on_peer);
    }
    table.print();
}

fn commands(options: &Options, runtime: &Runtime) {
    let mut table = Table::new("Desk: `stateContribution`, embedded (durable) beside the peer (in memory)", HEADS);
    for (callers, commands) in [(1, 500), (8, 2_000), (32, 4_000), (128, 8_000)] {
        let each = (options.work(commands) / callers).max(1);
        let embedded = || async {
            let folder = folder().unwrap();
            let archive = Archive::open(folder.path(), true).await;
            let desk = desk(&archive, Arc::clone(&archive.store) as Arc<dyn EventStore>);
            let measured = run_at(&desk, callers, each).await;
            archive.store.close().await.unwrap();
            measured
        };
        let on_peer = || async {
            let (folder, peer) = (folder().unwrap(), ProtocolPeer::start(PeerOptions::default()).await);
            // The vault alone is used: the history beside it stays empty.
            let archive = Archive::open(folder.path(), true).await;
            let desk = desk(&archive, open(&peer.url()).await);
            let measured = run_at(&desk, callers, each).await;
            archive.store.close().await.unwrap();
            measured
        };
        turns(options, runtime, &mut table, callers, embedded, on_peer);
    }
    table.print();
}

fn desk(archive: &Archive, store: Arc<dyn EventStore>) -> Arc<Desk<Case>> {
    let office = Office {
        store,
        codec: Arc::clone(&archive.codec),
        clock: archive.clock.clone(),
        terms: Arc::clone(&archive.terms),
        ids: Arc::new(Uuid::new_v4),
    };
    Arc::new(Desk::new(office, subject))
}

fn following(options: &Options, runtime: &Runtime, model: &NewEvent) {
    let title = format!("Following: everything of cases, in pages of {PAGE}, from the start to the head");
    let mut table = Table::new(&title, ["events", "embedded events/s", "on the peer events/s", "peer / embedded"]);
    let (callers, each) = (32, options.work(12_800) / 32);
    let (mut ours, mut theirs, mut ratios) = (Runs::default(), Runs::default(), Runs::default());
    for _ in 0..options.runs {
        runtime.block_on(async {
            let (folder, peer) = (folder().unwrap(), ProtocolPeer::start(PeerOptions::default()).await);
            let embedded = in_folder(&folder);
            let mut rates = [0.0; 2];
            for (place, store) in
                [Arc::clone(&embedded) as Arc<dyn EventStore>, open(&peer.url()).await].into_iter().enumerate()
            {
                append_to(&store, callers, each, model).await;
                rates[place] = follow(&*store).await;
            }
            ours.push(rates[0]);
            theirs.push(rates[1]);
            ratios.push(rates[1] / rates[0]);
            embedded.close().await.unwrap();
        });
    }
    table.row([(callers * each).to_string(), ours.spread(), theirs.spread(), ratios.spread()]);
    table.print();
}

/// Events in a second, up to the head.
async fn follow(store: &dyn EventStore) -> f64 {
    let (filter, started) = (Filter::categories(["case"]), Instant::now());
    let (mut after, mut count) = (Position::START, 0);
    loop {
        let page = store.read_all(after, &filter, PAGE).await.unwrap();
        (after, count) = (page.next, count + page.events.len());
        if page.at_head {
            return rate(count, started);
        }
    }
}

fn recovery(options: &Options, runtime: &Runtime, model: &NewEvent) {
    let title = "Three nodes, the leader lost: from its loss to the next acknowledged append (ms)";
    let mut table = Table::new(title, ["", "losses", "median", "least", "most"]);
    let (mut first, mut again) = (Samples::default(), Samples::default());
    for _ in 0..options.runs.max(3) {
        let times = runtime.block_on(losses(model));
        for (place, took) in times.into_iter().enumerate() {
            let samples = if place == 0 { &mut first } else { &mut again };
            samples.push(took);
        }
    }
    for (name, samples) in [("the first", first), ("again, at once", again)] {
        let millis = |percent| figure(samples.percentile(percent).as_secs_f64() * 1e3);
        let (median, least, most) = (millis(50), millis(0), millis(100));
        table.row([name.to_owned(), samples.count().to_string(), median, least, most]);
    }
    table.print();
}

/// How long each of several losses in a row took, of a cluster and a store of their own.
async fn losses(model: &NewEvent) -> Vec<Duration> {
    const LOSSES: usize = 4;
    let cluster = PeerCluster::start(3, PeerOptions::default()).await;
    let store = open(&cluster.url()).await;
    let stream = StreamName::about("case", Uuid::from_u128(1));
    store.append(&stream, Expected::NoStream, vec![another(model)]).await.unwrap();
    let mut times = Vec::new();
    for loss in 0..LOSSES {
        let (leader, next) = (loss % 3, (loss + 1) % 3);
        let last = Revision::new(loss as u64);
        let started = Instant::now();
        cluster.stop_node(leader).await;
        cluster.elect(next);
        store.append(&stream, Expected::At(last), vec![another(model)]).await.unwrap();
        times.push(started.elapsed());
        cluster.start_node(leader).await;
    }
    times
}

fn in_folder(folder: &tempfile::TempDir) -> Arc<SqliteStore> {
    let options = SqliteOptions::new(Arc::new(SystemClock::new()));
    Arc::new(SqliteStore::open(&folder.path().join("history.db"), options).unwrap())
}

async fn open(url: &str) -> Arc<KurrentStore> {
    let (address, clock) = (url.parse().unwrap(), Arc::new(SystemClock::new()));
    let options = KurrentOptions { address, namespace: Namespace::default(), clock, patience: Patience::default() };
    Arc::new(KurrentStore::connect(options).open().await.unwrap())
}
