//! What a read costs the server in processor time, with and without gate and trail: the figure that a busy machine or a slow disk does
//! not move, and what a profiler is pointed at.

use std::fs;

use tests::measure::{Options, Runs, Table, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::site::Site;
use super::{asked, open_cases, visit};

/// Clients at once.
const CLIENTS: usize = 64;

/// Ticks of the kernel's accounting in a second: fixed for programs, whatever the kernel's own is.
const TICKS: f64 = 100.0;

pub fn measure(options: &Options, clients: &Runtime) {
    let mut table = Table::new(
        "A read over HTTP by 64 clients: processor time of the server (µs a read)",
        ["with gate and trail", "without", "door", "times as much"],
    );
    let (mut with, mut without, mut door, mut ratio) =
        (Runs::default(), Runs::default(), Runs::default(), Runs::default());
    for _ in 0..options.runs {
        let folder = folder().unwrap();
        let site = Site::open(folder.path());
        let cases = open_cases(&site, clients, 256);
        site.settle();
        let each = options.work(12_800) / CLIENTS;
        let nothing = |_| format!(r#"{{"query":"{}"}}"#, asked::NOTHING);
        let cost = |gated: bool, asking: &dyn Fn(Uuid) -> String| {
            let visitor = || if gated { site.visitor(&site.joost) } else { site.ungated_visitor(&site.joost) };
            let before = seconds_of_server();
            let (_, samples) = clients.block_on(visit(visitor, CLIENTS, each, &cases, asking));
            (seconds_of_server() - before) * 1_000_000.0 / f64::from(u32::try_from(samples.count()).unwrap())
        };
        let (gated, plain) = (cost(true, &asked::look), cost(false, &asked::look));
        // The bounds, headers and limits of the door stand before the product alone: they are neither gate nor trail.
        let doors = cost(true, &nothing) - cost(false, &nothing);
        with.push(gated);
        without.push(plain);
        door.push(doors);
        ratio.push(gated / (plain + doors));
        site.close();
    }
    table.row([with.spread(), without.spread(), door.spread(), ratio.spread()]);
    table.print();
}

/// Processor time so far of every thread of this process that is not a client's: the server's workers, and the writers of history and
/// trail.
fn seconds_of_server() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    // A thread may end while the list is read.
    tasks
        .filter_map(|task| fs::read_to_string(task.unwrap().path().join("stat")).ok())
        .filter_map(|stat| ticks(&stat))
        .sum::<f64>()
        / TICKS
}

/// Of `… (name) state … utime stime …`, unless it is a client's: those have the names that Tokio and the system give.
fn ticks(stat: &str) -> Option<f64> {
    let (head, rest) = stat.rsplit_once(')')?;
    let (_, name) = head.split_once('(')?;
    let client = name.starts_with("tokio") || name.starts_with("measure");
    let mut figures = rest.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (figures.next()?.parse().ok()?, figures.next()?.parse().ok()?);
    (!client).then_some(user + system)
}
