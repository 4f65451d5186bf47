//! The vault under kills: a key never comes to two, and what is said to be destroyed is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use eventstore::key::KeyId;
use eventstore::vault::{KeyState, Vault};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use tempfile::TempDir;
use tests::archive::{self, VAULT};
use uuid::Uuid;

use crate::child::{Plan, hex};
use crate::process::Process;
use crate::said::Said;

/// Listens to so many things, spins, kills; returns all that was said.
fn run_and_kill(folder: &Path, plan: &Plan, things: usize, reads: u32) -> Vec<Said> {
    let mut process = Process::start(folder, plan);
    let mut said: Vec<Said> = std::iter::from_fn(|| process.next()).take(things).collect();
    (0..reads).for_each(|_| std::hint::spin_loop());
    said.extend(process.kill());
    said
}

/// The folder's vault as the next start finds it.
fn copy(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in [VAULT.to_owned(), format!("{VAULT}-wal")] {
        if folder.join(&name).exists() {
            fs::copy(folder.join(&name), copy.path().join(&name)).unwrap();
        }
    }
    copy
}

/// Every key that stands in the vault, with its wrapped bytes.
fn stored_keys(folder: &Path) -> BTreeMap<Uuid, Vec<u8>> {
    let copy = copy(folder);
    let connection = Connection::open(copy.path().join(VAULT)).unwrap();
    let Ok(mut keys) = connection.prepare("SELECT id, wrapped FROM key") else { return BTreeMap::new() };
    let row = |row: &rusqlite::Row<'_>| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?));
    keys.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn state(vault: &Vault, key: Uuid) -> KeyState {
    vault.get(KeyId::from_uuid(key)).unwrap()
}

#[test]
fn r28_a_key_left_in_a_pool_by_a_kill_is_never_handed_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = StdRng::seed_from_u64(28);
    let mut taken: BTreeMap<Uuid, String> = BTreeMap::new();
    for round in 0..14 {
        // A pool holds 256 keys, and more are made when fewer than 96 are left: most of these kills come around a refill.
        let things = [0, 2 + 158, 2 + 162, 2 + 255][round % 4] + random.random_range(0..8);
        let before: BTreeSet<Uuid> = stored_keys(folder.path()).into_keys().collect();
        let said = run_and_kill(folder.path(), &Plan::TakeKeys, things, random.random_range(0..60_000));
        for (key, bytes) in
            said.into_iter().filter_map(|said| if let Said::Took(id, key) = said { Some((id, key)) } else { None })
        {
            assert!(!before.contains(&key), "{key} was made in an earlier run");
            assert_eq!(taken.insert(key, bytes), None, "{key} was handed out twice");
        }
    }
    let vault = archive::open_vault(folder.path()).unwrap();
    for (key, bytes) in &taken {
        let KeyState::Known(found) = state(&vault, *key) else { panic!("{key} was handed out before it was durable") };
        assert_eq!(&hex(found.as_bytes()), bytes);
    }
    println!("{} keys handed out, {} made", taken.len(), stored_keys(folder.path()).len());
    assert!(taken.len() > 500, "keys were taken");
}

#[test]
fn r28_killed_while_it_destroys_keys_each_is_known_or_destroyed_and_none_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = StdRng::seed_from_u64(28);
    let (mut destroyed, mut doomed, mut kept) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
    for round in 0..10 {
        let plan = Plan::DestroyKeys { seed: round };
        let said = run_and_kill(folder.path(), &plan, random.random_range(3..60), random.random_range(0..200_000));
        for said in said {
            match said {
                Said::Took(key, _) => drop(kept.insert(key)),
                Said::Destroying(keys) => doomed.extend(keys),
                Said::Destroyed(keys) => destroyed.extend(keys),
                _ => {}
            }
        }
        let copy = copy(folder.path());
        let vault = archive::open_vault(copy.path()).unwrap();
        for key in &kept {
            match state(&vault, *key) {
                KeyState::Known(_) => assert!(!destroyed.contains(key), "{key} was said to be destroyed"),
                KeyState::Tombstoned { .. } => assert!(doomed.contains_key(key), "nobody destroyed {key}"),
                KeyState::Missing => panic!("{key} is missing"),
            }
        }
    }
    assert!(!destroyed.is_empty() && destroyed.len() < kept.len());
    assert_no_trace(folder.path(), &destroyed, &doomed);
}

/// Not one byte sequence of a key that was said to be destroyed is left in any file of the folder.
fn assert_no_trace(folder: &Path, destroyed: &BTreeSet<Uuid>, wrapped: &BTreeMap<Uuid, Vec<u8>>) {
    let files: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    let gone = destroyed.iter().filter_map(|key| wrapped.get(key));
    let prints: BTreeSet<&[u8]> = gone.map(|bytes| &bytes[12..28]).collect();
    println!("{} keys destroyed in {} files", prints.len(), files.len());
    for file in &files {
        assert!(!file.windows(16).any(|bytes| prints.contains(bytes)), "bytes of a destroyed key are left");
    }
}
