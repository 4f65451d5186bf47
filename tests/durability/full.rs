//! A medium that ends, and a folder in which nobody may write.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use domain::ids::CommandId;
use eventstore::key::KeyId;
use eventstore::port::{AppendError, EventStore, StoreFault};
use eventstore::sqlite::{nothing_more, verify};
use eventstore::vault::{KeyState, VaultFault};
use tempfile::TempDir;
use tests::archive::{self, Archive, HISTORY, VAULT};
use tests::support;
use uuid::Uuid;

use crate::child::Plan;
use crate::ledger::copy_files;
use crate::process::Process;
use crate::said::Said;

/// A small medium of its own.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// Nothing where this user may not mount one.
    fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "none"]).arg(folder.path());
        if mount.output().is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        support::skip("small disk (this user may not mount one)");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn command(n: u128) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(n))
}

#[tokio::test]
async fn a_full_disk_refuses_the_append_keeps_the_rest_and_takes_it_again_when_there_is_room() {
    let Some(disk) = SmallDisk::of("5m") else { return };
    fs::write(disk.path().join("ballast"), vec![1; 2 << 20]).unwrap();
    let archive = Archive::open(disk.path(), true).await;
    let (mut batches, mut events) = (0, 0);
    let (fault, mut pen, expected, batch) = loop {
        let mut pen = archive.case(Uuid::from_u128(batches)).await;
        let (expected, batch) = pen.seal(command(batches));
        match archive.store.append(&pen.stream, expected, batch.clone()).await {
            Ok(_) => events += batch.len() as u64,
            Err(fault) => break (fault, pen, expected, batch),
        }
        batches += 1;
    };
    assert!(matches!(&fault, AppendError::Fault(StoreFault::Unwritable(_))), "{fault}");
    println!("after {batches} batches: {fault}");
    let report = verify(&disk.path().join(HISTORY), nothing_more, |_, _| ()).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.events, events);

    fs::remove_file(disk.path().join("ballast")).unwrap();
    let size = batch.len();
    archive.store.append(&pen.stream, expected, batch).await.unwrap();
    pen.catch_up().await;
    assert_eq!(pen.loaded.history.facts().len(), size);
    archive.store.close().await.unwrap();
    assert!(verify(&disk.path().join(HISTORY), nothing_more, |_, _| ()).unwrap().is_sound());
}

#[test]
fn a_full_disk_stops_the_vault_from_handing_out_keys_and_loses_none() {
    let Some(disk) = SmallDisk::of("1m") else { return };
    fs::write(disk.path().join("ballast"), vec![1; 400 << 10]).unwrap();
    let vault = archive::open_vault(disk.path()).unwrap();
    let mut taken: Vec<KeyId> = Vec::new();
    let fault = loop {
        match vault.take() {
            Ok((key, _)) => taken.push(key),
            Err(fault) => break fault,
        }
    };
    assert!(matches!(fault, VaultFault::Full { .. }), "{fault}");
    println!("after {} keys: {fault}", taken.len());
    fs::remove_file(disk.path().join("ballast")).unwrap();
    taken.push(vault.take().unwrap().0);
    drop(Arc::into_inner(vault));
    let vault = archive::open_vault(disk.path()).unwrap();
    assert!(taken.iter().all(|key| matches!(vault.get(*key), Ok(KeyState::Known(_)))));
}

#[test]
fn a_disk_that_is_full_at_the_start_is_named() {
    let Some(disk) = SmallDisk::of("256k") else { return };
    let room = fs::File::create(disk.path().join("ballast")).unwrap();
    let mut filled = 0;
    while std::io::Write::write(&mut &room, &[1; 4_096]).is_ok_and(|written| written == 4_096) {
        filled += 1;
    }
    assert!(filled > 10);
    let said = refusals(Process::start(disk.path(), &Plan::Open));
    assert!(said.len() == 2 && said.iter().all(|refused| refused.contains("free some space")), "{said:?}");
}

fn refusals(process: Process) -> Vec<String> {
    let said = process.finish().into_iter();
    said.filter_map(|said| if let Said::Refused(words) = said { Some(words) } else { None }).collect()
}

/// Somebody without any rights.
const NOBODY: u32 = 65_534;

#[tokio::test]
async fn a_folder_in_which_nobody_may_write_is_refused_and_left_as_it_was() {
    let written = tempfile::tempdir().unwrap();
    let archive = Archive::open(written.path(), true).await;
    let mut pen = archive.case(Uuid::from_u128(1)).await;
    let (expected, batch) = pen.seal(command(1));
    archive.store.append(&pen.stream, expected, batch).await.unwrap();
    archive.store.close().await.unwrap();
    drop(archive);
    let folder = tempfile::tempdir().unwrap();
    copy_files(written.path(), folder.path());
    let bytes = || [HISTORY, VAULT].map(|name| fs::read(folder.path().join(name)).unwrap());
    let before = bytes();
    set_mode(&folder.path().join(HISTORY), 0o444);
    set_mode(&folder.path().join(VAULT), 0o444);
    set_mode(folder.path(), 0o555);
    let root = fs::write(folder.path().join("probe"), "").is_ok();
    if root {
        fs::remove_file(folder.path().join("probe")).unwrap();
    }
    let reachable = !root
        || Command::new("setpriv")
            .args(["--reuid=65534", "test", "-x"])
            .arg(std::env::current_exe().unwrap())
            .status()
            .is_ok_and(|status| status.success());
    if !reachable {
        support::skip("user without rights who could run this test");
        return;
    }
    let process = if root {
        Process::start_as(NOBODY, folder.path(), &Plan::Open)
    } else {
        Process::start(folder.path(), &Plan::Open)
    };
    let said = refusals(process);
    assert_eq!(said.len(), 2, "{said:?}");
    println!("{said:#?}");
    set_mode(folder.path(), 0o755);
    assert_eq!(before, bytes());
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
