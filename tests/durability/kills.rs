//! Fifty kills of a writing process, all on one folder.

use std::path::Path;

use eventstore::port::EventStore;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tests::archive::Archive;

use crate::child::{Plan, unfinished};
use crate::ledger::Ledger;
use crate::process::Process;
use crate::said::{Ack, Said};

/// Names another seed than the usual one.
const SEED: &str = "RUSTPUNT_TEST_SEED";

/// When to kill. Nobody waits for a time: what is counted are acknowledgements and reads of a counter.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// While history and vault are opened (and, after a kill, recovered).
    Opening { reads: u32 },
    /// After some acknowledgements.
    Writing { acks: u32, reads: u32 },
}

impl Moment {
    fn draw(random: &mut StdRng) -> Self {
        if random.random_range(0..5) == 0 {
            return Self::Opening { reads: random.random_range(0..1_000_000) };
        }
        Self::Writing { acks: random.random_range(0..80), reads: random.random_range(0..300_000) }
    }

    /// Listens until it is time, and spins.
    fn await_in(self, process: &mut Process) -> Vec<Said> {
        let mut heard = Vec::new();
        let (mut acks_to_hear, reads) = match self {
            Self::Opening { reads } => (None, reads),
            Self::Writing { acks, reads } => (Some(acks), reads),
        };
        while let Some(said) = process.next() {
            let (opening, acked) = (matches!(said, Said::Opening), matches!(said, Said::Acked(_) | Said::Ready));
            heard.push(said);
            match &mut acks_to_hear {
                None if opening => break,
                Some(0) if acked => break,
                Some(left) if acked => *left -= 1,
                _ => {}
            }
        }
        (0..reads).for_each(|_| std::hint::spin_loop());
        heard
    }
}

fn seed() -> u64 {
    std::env::var(SEED).ok().and_then(|seed| seed.parse().ok()).unwrap_or(2026)
}

#[tokio::test]
async fn r28_fifty_kills_lose_no_acknowledged_batch_and_leave_no_half_one() {
    let seed = seed();
    println!("seed {seed} (set {SEED} for another)");
    let folder = tempfile::tempdir().unwrap();
    let mut random = StdRng::seed_from_u64(seed);
    let mut ledger = Ledger::new();
    let mut opening = 0;
    for round in 0..50 {
        ledger.leave_unfinished(folder.path());
        let plan = Plan::Write {
            seed: seed * 100 + round,
            callers: 4,
            batches: None,
            sync: true,
            folding: round % 3 == 2,
            lists: false,
        };
        let moment = Moment::draw(&mut random);
        opening += usize::from(matches!(moment, Moment::Opening { .. }));
        let mut process = Process::start(folder.path(), &plan);
        ledger.note(moment.await_in(&mut process));
        ledger.note(process.kill());
        ledger.check(folder.path(), round % 10 == 9).await;
    }
    settle(folder.path(), &mut ledger).await;
    let report = ledger.check(folder.path(), true).await;
    println!(
        "50 kills, {opening} while opening: {} batches acknowledged in {} events; of those nobody had heard of, {} were whole and {} absent",
        ledger.acked(),
        report.events,
        ledger.whole,
        ledger.absent
    );
    assert!(ledger.acked() > 100, "the process did write");
}

/// Opens the folder here, sends again what is unfinished, and closes it in order.
async fn settle(folder: &Path, ledger: &mut Ledger) {
    ledger.leave_unfinished(folder);
    let archive = Archive::open(folder, true).await;
    for sent in unfinished(folder) {
        let appended = archive.store.append(&sent.stream(), sent.expected(), sent.batch()).await.unwrap();
        ledger.note([Said::Acked(Ack::of(sent.command, &appended))]);
    }
    archive.store.close().await.unwrap();
}
