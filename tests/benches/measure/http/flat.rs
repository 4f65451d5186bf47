//! R29: a command and a look at one case over HTTP among ever more cases, beside a bare `SQLite` file with as many rows.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use eventstore::port::NewEvent;
use rusqlite::{Connection, OpenFlags};
use tests::measure::{Options, Runs, Samples, Table, figure, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::asked;
use super::site::{Site, check};
use crate::append::{another, at_once, model};
use crate::bare::Bare;
use crate::desk::begin;
use crate::stored::note;

/// Cases asked about in each run, each of them once.
const ASKED: u64 = 96;

/// Callers that fill.
const FILLING: u64 = 64;

/// What is measured among one number of cases: p50 and p99 over runs.
#[derive(Default)]
struct Figures {
    command: [Runs; 2],
    first_look: [Runs; 2],
    look: [Runs; 2],
    bare_write: [Runs; 2],
    bare_read: [Runs; 2],
}

pub fn measure(options: &Options, runtime: &Runtime) {
    let mut commands = Table::new(
        "R29, a durable command over HTTP by the number of cases, beside one bare insert and commit (µs)",
        ["cases", "events", "command p50", "p99", "bare p50", "command / bare", "command, to first", "bare, to first"],
    );
    let mut looks = Table::new(
        "R29, `case` over HTTP by the number of cases, beside a bare read of the rows of one case (µs)",
        [
            "cases",
            "in memory p50",
            "p99",
            "from disk p50",
            "p99",
            "bare p50",
            "in memory, to first",
            "from disk, to first",
            "bare, to first",
        ],
    );
    let (ours, theirs) = (folder().unwrap(), folder().unwrap());
    let model = runtime.block_on(model());
    let bare_path = theirs.path().join("bare.db");
    let mut first: Option<[f64; 5]> = None;
    let (mut made, mut revision) = (0, 0);
    for cases in [100, 1_000, 10_000] {
        let cases = options.work(cases) as u64;
        let mut site = Site::open(ours.path());
        fill(&site, made..cases);
        site.settle();
        let events = site.events();
        // As many rows in each stream as a case has events, before the commands that are measured.
        revision = if revision == 0 { events / cases } else { revision };
        let mut bare = Bare::start(&bare_path);
        runtime.block_on(fill_bare(&bare, made..cases, revision, &model));
        made = cases;

        let mut figures = Figures::default();
        for run in 0..options.runs as u64 {
            // Nothing of a case is in memory after a start, and both write to a log that begins anew.
            site.close();
            site = Site::open(ours.path());
            bare.finish();
            bare = Bare::start(&bare_path);
            let asked: Vec<u64> = (0..ASKED.min(cases)).map(|n| (n * 7_919 + run * 104_729) % cases).collect();
            ask(&mut figures, &site, runtime, &asked);
            // Another run may ask about the same case: it has revisions of its own, past those that are there.
            ask_bare(&mut figures, &bare, &bare_path, runtime, &asked, cases * 100 + run, &model);
        }
        site.close();
        bare.finish();

        let Figures { command, first_look, look, bare_write, bare_read } = &figures;
        let medians = [command, first_look, look, bare_write, bare_read].map(|times| times[0].median());
        let against = *first.get_or_insert(medians);
        let to_first = |which: usize| figure(medians[which] / against[which]);
        commands.row([
            cases.to_string(),
            events.to_string(),
            command[0].spread(),
            figure(command[1].median()),
            bare_write[0].spread(),
            figure(medians[0] / medians[3]),
            to_first(0),
            to_first(3),
        ]);
        looks.row([
            cases.to_string(),
            look[0].spread(),
            figure(look[1].median()),
            first_look[0].spread(),
            figure(first_look[1].median()),
            bare_read[0].spread(),
            to_first(2),
            to_first(1),
            to_first(4),
        ]);
    }
    commands.print();
    looks.print();
}

fn case(number: u64) -> Uuid {
    Uuid::from_u64_pair(5, number)
}

/// Opens cases at the desk, many at once.
fn fill(site: &Site, cases: std::ops::Range<u64>) {
    let services = site.services();
    site.runtime().block_on(at_once(64, |caller| {
        let (services, cases) = (Arc::clone(&services), cases.clone());
        async move {
            for number in cases.filter(|number| number % FILLING == caller) {
                begin(&services.cases, case(number)).await;
            }
            Samples::default()
        }
    }));
}

async fn fill_bare(bare: &Bare, cases: std::ops::Range<u64>, rows: u64, model: &NewEvent) {
    at_once(64, |caller| {
        let (handle, cases, model) = (bare.handle(), cases.clone(), model.clone());
        async move {
            for number in cases.filter(|number| number % FILLING == caller) {
                for revision in 0..rows {
                    handle.append(stream(number), revision, another(&model)).await;
                }
            }
            Samples::default()
        }
    })
    .await;
}

fn stream(number: u64) -> i64 {
    i64::try_from(number).unwrap() + 1
}

/// A look that loads the case, a command on it, and a look at it in memory.
fn ask(figures: &mut Figures, site: &Site, clients: &Runtime, asked: &[u64]) {
    let joost = site.visitor(&site.joost);
    // The connection is there, and the worker introduced, before the first request counts.
    clients.block_on(joost.post(format!(r#"{{"query":"{}"}}"#, asked::NOTHING)));
    let ask = |body: String, samples: &mut Samples| {
        let started = Instant::now();
        let answer = clients.block_on(joost.post(body));
        samples.push(started.elapsed());
        check(&answer);
    };
    let (mut first, mut look, mut command) = (Samples::default(), Samples::default(), Samples::default());
    for number in asked {
        ask(asked::look(case(*number)), &mut first);
        ask(asked::contribution(case(*number)), &mut command);
        site.settle();
        ask(asked::look(case(*number)), &mut look);
    }
    note(&mut figures.first_look, &first);
    note(&mut figures.command, &command);
    note(&mut figures.look, &look);
}

fn ask_bare(
    figures: &mut Figures,
    bare: &Bare,
    path: &Path,
    clients: &Runtime,
    asked: &[u64],
    revision: u64,
    model: &NewEvent,
) {
    let (handle, mut write, mut read) = (bare.handle(), Samples::default(), Samples::default());
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "SELECT metadata, data FROM events WHERE stream = ?1 ORDER BY revision";
    let mut rows_of = reader.prepare(sql).unwrap();
    for number in asked {
        let rows = read.time(|| -> Vec<(Vec<u8>, Vec<u8>)> {
            let rows = rows_of.query_map([stream(*number)], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.map(Result::unwrap).collect()
        });
        assert!(!rows.is_empty());
        let event = another(model);
        write.time(|| clients.block_on(handle.append(stream(*number), revision, event)));
    }
    note(&mut figures.bare_read, &read);
    note(&mut figures.bare_write, &write);
}
