//! Over HTTP: durable mutations and reads with the trail, by clients that keep their connections, beside the same work in process.

mod asked;
pub mod costs;
pub mod cpu;
pub mod flat;
mod site;
mod ungated;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::case::Case;
use projections::views::{self, Reading, Rights};
use tests::cases;
use tests::measure::{Options, Runs, Samples, Table, figure, folder, histogram};
use tokio::runtime::Runtime;
use uuid::Uuid;
use workflows::desk::Desk;

use self::site::{Site, Visitor, check};
use crate::append::at_once;
use crate::desk::give;

/// Cases that are there before anything is measured.
const CASES: usize = 256;

/// Longest that callers go on with one figure of one run, whatever they had planned.
const LONGEST: Duration = Duration::from_secs(20);

/// One figure of one run.
struct Run {
    rate: f64,
    samples: Samples,
}

impl From<(f64, Samples)> for Run {
    fn from((rate, samples): (f64, Samples)) -> Self {
        Self { rate, samples }
    }
}

/// One figure over all runs.
#[derive(Default)]
struct Figures {
    rate: Runs,
    p50: Runs,
    p99: Runs,
}

impl Figures {
    fn take_in(&mut self, run: &Run) {
        self.rate.push(run.rate);
        self.p50.push_time(run.samples.percentile(50));
        self.p99.push_time(run.samples.percentile(99));
    }
}

/// What one number of clients gave.
#[derive(Default)]
struct Outcome {
    mutations: Figures,
    at_desk: Figures,
    of_desk: Runs,
    behind: Runs,
    reads: Figures,
    ungated: Figures,
    of_ungated: Runs,
    views: Figures,
    of_views: Runs,
    door: Figures,
    of_door: Runs,
    history: BTreeMap<usize, u64>,
    trail: BTreeMap<usize, u64>,
}

pub fn measure(options: &Options, runtime: &Runtime) {
    let mut mutations = Table::new(
        "HTTP: `stateContribution`, durable, beside the same command at the desk in process (µs)",
        ["clients", "mutations/s", "p50", "p99", "desk commands/s", "p50", "p99", "ratio", "lists behind (events)"],
    );
    let mut reads = Table::new(
        "HTTP: `case` with people, households and regie, its trail entry durable before the answer (µs)",
        [
            "clients",
            "reads/s",
            "p50",
            "p99",
            "without gate and trail/s",
            "p50",
            "p99",
            "gated takes so many times as long",
            "views in process/s",
            "p50",
            "ratio",
            "`{ __typename }`/s",
            "p50",
            "ratio",
        ],
    );
    let mut groups = Table::new(
        "HTTP, batches in one commit: how many commits took so many (all runs)",
        ["clients", "history (mutations)", "trail (reads)"],
    );
    for (clients, asked) in [(1, 800), (8, 3_200), (64, 12_800)] {
        let mut outcome = Outcome::default();
        for run in 0..options.runs {
            one_run(&mut outcome, options, runtime, clients, asked, run % 2 == 0);
        }
        let Outcome { mutations: over_http, at_desk, of_desk, behind, .. } = &outcome;
        mutations.row([
            clients.to_string(),
            over_http.rate.spread(),
            over_http.p50.spread(),
            over_http.p99.spread(),
            figure(at_desk.rate.median()),
            figure(at_desk.p50.median()),
            figure(at_desk.p99.median()),
            of_desk.spread(),
            figure(behind.median()),
        ]);
        let Outcome { reads: over_http, ungated, of_ungated, views, of_views, door, of_door, .. } = &outcome;
        reads.row([
            clients.to_string(),
            over_http.rate.spread(),
            over_http.p50.spread(),
            over_http.p99.spread(),
            figure(ungated.rate.median()),
            figure(ungated.p50.median()),
            figure(ungated.p99.median()),
            of_ungated.spread(),
            figure(views.rate.median()),
            figure(views.p50.median()),
            of_views.spread(),
            figure(door.rate.median()),
            figure(door.p50.median()),
            of_door.spread(),
        ]);
        groups.row([clients.to_string(), sizes(&outcome.history), sizes(&outcome.trail)]);
    }
    mutations.print();
    reads.print();
    groups.print();
}

fn sizes(groups: &BTreeMap<usize, u64>) -> String {
    histogram(&groups.iter().map(|(size, commits)| (*size, *commits)).collect::<Vec<_>>())
}

/// A fresh server for each run, so that no run finds longer cases than another. Whoever goes second finds a warmer machine: HTTP and
/// its comparison take turns.
fn one_run(
    outcome: &mut Outcome,
    options: &Options,
    clients: &Runtime,
    callers: usize,
    asked: usize,
    http_first: bool,
) {
    let folder = folder().unwrap();
    let site = Site::open(folder.path());
    let cases = open_cases(&site, clients, options.work(CASES).max(callers));
    site.settle();
    let each = options.work(asked) / callers;

    let over_http = |outcome: &mut Outcome| {
        let before = site.commits();
        let run =
            clients.block_on(visit(|| site.visitor(&site.joost), callers, each, &cases, asked::contribution)).into();
        outcome.behind.push(small(site.lists_behind()));
        add(&mut outcome.history, &site.commits().groups_since(&before));
        site.settle();
        run
    };
    let at_desk = || -> Run {
        let run = site.runtime().block_on(at_the_desk(&site, callers, each, &cases)).into();
        site.settle();
        run
    };
    let (ours, desk): (Run, Run) = in_turns(http_first, || over_http(outcome), at_desk);
    outcome.of_desk.push(ours.rate / desk.rate);
    outcome.mutations.take_in(&ours);
    outcome.at_desk.take_in(&desk);

    let over_http = |outcome: &mut Outcome| {
        let before = site.entries();
        let run = clients.block_on(visit(|| site.visitor(&site.joost), callers, each, &cases, asked::look)).into();
        add(&mut outcome.trail, &site.trail_groups(before));
        run
    };
    let in_process = || -> Run { site.runtime().block_on(views_in_process(&site, callers, each, &cases)).into() };
    let ungated = || -> Run {
        clients.block_on(visit(|| site.ungated_visitor(&site.joost), callers, each, &cases, asked::look)).into()
    };
    let (ours, ungated): (Run, Run) = in_turns(http_first, || over_http(outcome), ungated);
    outcome.of_ungated.push(ungated.rate / ours.rate);
    outcome.ungated.take_in(&ungated);
    let views = in_process();
    let nothing = |_| format!(r#"{{"query":"{}"}}"#, asked::NOTHING);
    let door: Run = clients.block_on(visit(|| site.visitor(&site.joost), callers, each, &cases, nothing)).into();
    outcome.of_views.push(ours.rate / views.rate);
    outcome.of_door.push(ours.rate / door.rate);
    outcome.reads.take_in(&ours);
    outcome.views.take_in(&views);
    outcome.door.take_in(&door);
    site.close();
}

fn in_turns<A, B>(first: bool, one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    if first {
        let one = one();
        return (one, other());
    }
    let other = other();
    (one(), other)
}

fn add(groups: &mut BTreeMap<usize, u64>, more: &[(usize, u64)]) {
    for (size, commits) in more {
        *groups.entry(*size).or_default() += commits;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of events is far below 2^52")]
fn small(count: u64) -> f64 {
    count as f64
}

/// Opens cases by the real mutations, many at once.
fn open_cases(site: &Site, clients: &Runtime, count: usize) -> Arc<Vec<Uuid>> {
    let callers = 32.min(count);
    clients.block_on(async {
        let opening: Vec<_> = (0..callers)
            .map(|caller| {
                let (noor, count) = (site.visitor(&site.noor), (caller..count).step_by(callers).count());
                tokio::spawn(async move {
                    let mut opened = Vec::new();
                    for _ in 0..count {
                        opened.push(asked::open_case(&noor).await);
                    }
                    opened
                })
            })
            .collect();
        let mut cases = Vec::new();
        for opened in opening {
            cases.extend(opened.await.unwrap());
        }
        Arc::new(cases)
    })
}

/// The cases of one caller, over and over.
fn own_cases(cases: &Arc<Vec<Uuid>>, caller: u64, callers: usize, each: usize) -> Vec<Uuid> {
    let first = usize::try_from(caller).unwrap();
    cases.iter().copied().skip(first).step_by(callers).cycle().take(each).collect()
}

/// Clients that each ask about cases of their own, one request after another.
async fn visit(
    visitor: impl Fn() -> Visitor,
    callers: usize,
    each: usize,
    cases: &Arc<Vec<Uuid>>,
    asking: impl Fn(Uuid) -> String,
) -> (f64, Samples) {
    let mut visitors: Vec<Visitor> = Vec::new();
    for _ in 0..callers {
        let visitor = visitor();
        // The connection is there, and the worker introduced, before the first request counts.
        check(&visitor.post(format!(r#"{{"query":"{}"}}"#, asked::NOTHING)).await);
        visitors.push(visitor);
    }
    at_once(callers, |caller| {
        let visitor = visitors.pop().unwrap();
        let bodies: Vec<String> = own_cases(cases, caller, callers, each).into_iter().map(&asking).collect();
        async move {
            let (mut samples, begun) = (Samples::default(), Instant::now());
            for body in bodies {
                let started = Instant::now();
                let answer = visitor.post(body).await;
                samples.push(started.elapsed());
                check(&answer);
                if begun.elapsed() > LONGEST {
                    break;
                }
            }
            samples
        }
    })
    .await
}

/// The same command at the desk: no HTTP, no token, no GraphQL, no gate.
async fn at_the_desk(site: &Site, callers: usize, each: usize, cases: &Arc<Vec<Uuid>>) -> (f64, Samples) {
    at_once(callers, |caller| {
        let (services, own) = (site.services(), own_cases(cases, caller, callers, each));
        async move {
            let (mut samples, begun) = (Samples::default(), Instant::now());
            let order = cases::contribution();
            for case in own {
                let started = Instant::now();
                give(&services.cases, case, &order).await;
                samples.push(started.elapsed());
                if begun.elapsed() > LONGEST {
                    break;
                }
            }
            samples
        }
    })
    .await
}

/// The same views in process: no HTTP, no token, no GraphQL, no gate, no trail; nothing is put in words.
async fn views_in_process(site: &Site, callers: usize, each: usize, cases: &Arc<Vec<Uuid>>) -> (f64, Samples) {
    at_once(callers, |caller| {
        let (services, own) = (site.services(), own_cases(cases, caller, callers, each));
        async move {
            let (mut samples, begun) = (Samples::default(), Instant::now());
            for case in own {
                let started = Instant::now();
                read(&services.cases, case).await;
                samples.push(started.elapsed());
                if begun.elapsed() > LONGEST {
                    break;
                }
            }
            samples
        }
    })
    .await
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
