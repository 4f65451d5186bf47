//! Kills of a process whose lists follow the history and are built anew at the same time. Lists may be behind after a kill, never
//! wrong: what they show is what lists built from nothing show.

use std::fs;
use std::path::Path;

use projections::lists::Lists;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tests::archive::{Archive, LISTS};

use crate::child::Plan;
use crate::ledger::{Ledger, copy_files};
use crate::process::Process;
use crate::said::Said;

/// What is counted before the kill.
#[derive(Debug, Clone, Copy)]
enum Counted {
    Listed,
    Rebuilding,
    Rebuilt,
}

impl Counted {
    fn is(self, said: &Said) -> bool {
        matches!(
            (self, said),
            (Self::Listed, Said::Listed(_)) | (Self::Rebuilding, Said::Rebuilding(_)) | (Self::Rebuilt, Said::Rebuilt)
        )
    }
}

#[tokio::test]
async fn r28_kills_in_projection_and_rebuild_leave_lists_that_say_what_new_ones_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = StdRng::seed_from_u64(2028);
    let mut ledger = Ledger::new();
    let (mut rebuilt, mut in_use) = (0, false);
    for round in 0..12 {
        ledger.leave_unfinished(folder.path());
        let plan =
            Plan::Write { seed: 9_000 + round, callers: 2, batches: None, sync: true, folding: false, lists: true };
        let counted = [Counted::Listed, Counted::Rebuilding, Counted::Rebuilt][random.random_range(0..3)];
        let said = run_and_kill(folder.path(), &plan, counted, &mut random);
        rebuilt += said.iter().filter(|said| matches!(said, Said::Rebuilt)).count();
        let listed =
            said.iter().filter_map(|said| if let Said::Listed(position) = said { Some(*position) } else { None });
        let listed = listed.max();
        in_use |= listed.is_some();
        ledger.note(said);
        ledger.check(folder.path(), false).await;
        assert_lists(folder.path(), in_use, listed.unwrap_or(0)).await;
    }
    println!("12 kills, {rebuilt} rebuilds, {} batches acknowledged", ledger.acked());
    assert!(rebuilt > 0 && in_use);
}

fn run_and_kill(folder: &Path, plan: &Plan, counted: Counted, random: &mut StdRng) -> Vec<Said> {
    let mut process = Process::start(folder, plan);
    let (mut left, mut said) = (random.random_range(0..6), Vec::new());
    while let Some(next) = process.next() {
        let counts = counted.is(&next);
        said.push(next);
        match (counts, left) {
            (true, 0) => break,
            (true, _) => left -= 1,
            _ => {}
        }
    }
    (0..random.random_range(0..200_000)).for_each(|_| std::hint::spin_loop());
    said.extend(process.kill());
    said
}

/// In a copy of the folder: once lists were in use there is always a whole database in use, it shows what it was said to show, it
/// goes on from there, and then it says what lists built from nothing say.
async fn assert_lists(folder: &Path, in_use: bool, listed: u64) {
    let copy = tempfile::tempdir().unwrap();
    if !copy_files(folder, copy.path()) {
        return;
    }
    copy_lists(&folder.join(LISTS), &copy.path().join(LISTS));
    let archive = Archive::open(copy.path(), true).await;
    let lists = archive.lists(&copy.path().join(LISTS)).await;
    let reached = lists.reached().map(|reached| reached.position.token());
    assert!(reached.is_some() || !in_use, "the lists in use are gone");
    assert!(reached.unwrap_or(0) >= listed, "{reached:?} is before {listed}");
    if reached.is_none() {
        lists.rebuild(&|_| ()).await.unwrap();
    }
    assert_eq!(dump(&lists).await, dump_of_new_ones(&archive, copy.path()).await);
}

async fn dump(lists: &Lists) -> String {
    while !lists.catch_up().await.unwrap() {}
    assert_eq!(lists.quarantined().await.unwrap(), []);
    lists.dump().await.unwrap()
}

async fn dump_of_new_ones(archive: &Archive, folder: &Path) -> String {
    let lists = archive.lists(&folder.join("new")).await;
    lists.rebuild(&|_| ()).await.unwrap();
    lists.dump().await.unwrap()
}

fn copy_lists(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    let Ok(files) = fs::read_dir(from) else { return };
    for file in files.map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap();
        if !name.to_string_lossy().ends_with("-shm") {
            fs::copy(&file, to.join(name)).unwrap();
        }
    }
}
