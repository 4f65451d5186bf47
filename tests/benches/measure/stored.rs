//! The stored form: sealing and opening one event, folding and loading a case by its length.

use std::hint::black_box;

use domain::case::Case;
use domain::decider::{Context, History, decide, everybody};
use domain::fact::Fact;
use domain::ids::{CommandId, EventId, Revision};
use eventstore::loader::{self, Loaded};
use eventstore::port::EventStore;
use tests::archive::{Archive, Pen, actor, moment, provenance, subject};
use tests::cases;
use tests::measure::{Options, Runs, Samples, Table, figure, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;

pub fn measure(options: &Options, runtime: &Runtime) {
    runtime.block_on(async {
        let folder = folder().unwrap();
        let archive = Archive::open(folder.path(), true).await;
        seal_and_open(options, &archive).await;
        fold_and_load(options, &archive).await;
        archive.store.close().await.unwrap();
    });
}

/// A case with so many events.
pub async fn case_of(archive: &Archive, id: Uuid, events: usize) -> Pen<'_> {
    let mut pen = archive.case(id).await;
    while pen.loaded.history.facts().len() < events {
        let (expected, batch) = pen.seal(CommandId::from_uuid(Uuid::new_v4()));
        archive.store.append(&pen.stream, expected, batch).await.unwrap();
        pen.catch_up().await;
    }
    pen
}

async fn seal_and_open(options: &Options, archive: &Archive) {
    let id = Uuid::from_u128(1);
    let pen = case_of(archive, id, 20).await;
    let (subject, codec) = (subject(id), &archive.codec);
    let stored = archive.store.read_stream(&pen.stream, Revision::FIRST, usize::MAX).await.unwrap();
    let last = stored.last().unwrap();
    let (actor, now, terms) = (actor(), moment(), archive.terms.terms_on(moment().day()));
    let order = cases::next(&pen.loaded.history);
    let mut keys = pen.loaded.keys.clone();
    let digest = codec.command_digest(subject, &mut keys, &order).unwrap();
    let provenance = provenance(&actor, CommandId::from_uuid(Uuid::from_u128(1)), digest);
    let (mut encode, mut decode) = ([Runs::default(), Runs::default()], [Runs::default(), Runs::default()]);
    for _ in 0..options.runs {
        let (mut encoded, mut decoded) = (Samples::default(), Samples::default());
        for _ in 0..options.work(4_000) {
            let mut ids = Uuid::new_v4;
            let mut context =
                Context { id, now, actor: &actor, terms, book: &archive.terms, ids: &mut ids, knows: &everybody };
            let drafts = decide::<Case>(&pen.loaded.history, &order, &mut context).unwrap();
            let mut new_id = || EventId::from_uuid(Uuid::now_v7());
            let seal = || codec.encode_batch::<Case>(subject, &mut keys, drafts, &provenance, now, &mut new_id);
            black_box(encoded.time(seal).unwrap());
            let mut known = pen.loaded.keys.clone();
            black_box(decoded.time(|| codec.decode::<Case>(last, &mut known)).unwrap());
        }
        note(&mut encode, &encoded);
        note(&mut decode, &decoded);
    }
    let title = "Codec, one event with two texts, each under a key of its own (µs)";
    let mut table = Table::new(title, ["", "p50", "p99"]);
    table.row(["encode".to_owned(), encode[0].spread(), encode[1].spread()]);
    table.row(["decode".to_owned(), decode[0].spread(), decode[1].spread()]);
    table.print();
}

/// Notes p50 and p99 of one run.
pub fn note(runs: &mut [Runs; 2], samples: &Samples) {
    runs[0].push_time(samples.percentile(50));
    runs[1].push_time(samples.percentile(99));
}

async fn fold_and_load(options: &Options, archive: &Archive) {
    let title = "A case by its length: fold (facts that are open), load (read, verify, open, fold); p50 over runs (µs)";
    let mut table = Table::new(title, ["events", "fold", "per event", "load", "per event"]);
    for (number, events) in [10, 100, 1_000].into_iter().enumerate() {
        let pen = case_of(archive, Uuid::from_u64_pair(2, number as u64), events).await;
        let facts: Vec<Fact<_>> = pen.loaded.history.facts().to_vec();
        let (mut fold, mut load) = (Runs::default(), Runs::default());
        for _ in 0..options.runs {
            let (mut folded, mut loaded) = (Samples::default(), Samples::default());
            for _ in 0..options.work(20_000 / events).max(3) {
                let facts = facts.clone();
                black_box(folded.time(|| History::<Case>::fold(facts)));
            }
            for _ in 0..options.work(2_000 / events).max(3) {
                let started = std::time::Instant::now();
                let found: Loaded<Case> = loader::load(&*archive.store, &archive.codec, &pen.stream).await.unwrap();
                loaded.push(started.elapsed());
                assert_eq!(black_box(found).history.facts().len(), facts.len());
            }
            fold.push_time(folded.percentile(50));
            load.push_time(loaded.percentile(50));
        }
        let each = |runs: &Runs| figure(runs.median() / f64::from(u32::try_from(facts.len()).unwrap()));
        table.row([facts.len().to_string(), fold.spread(), each(&fold), load.spread(), each(&load)]);
    }
    table.print();
}
