//! What was shown while the trail could not be written: the crisis card, and nothing else (`privacy.md`, "Reading is an act too"). Each
//! entry waits in memory and in a small file on whichever disk still takes one, and goes into the trail, marked late, when that can be
//! written again; also after a restart.
//!
//! An entry may come into the trail twice, when the node stops between writing it and clearing the file. It never stays out.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Entry;

/// Most entries that wait. Then the card is not shown either: what nobody can give account of any more is not read.
pub(super) const MOST_WAITING: usize = 10_000;

/// The file, in the folder of the trail or beside it.
const FILE: &str = "late.jsonl";

/// Entries that wait for the trail.
pub(super) struct Late {
    files: [PathBuf; 2],
    waiting: Mutex<VecDeque<Entry>>,
}

impl Late {
    /// What waits for the trail in this folder, from before as well.
    pub(super) fn beside(folder: &Path) -> Self {
        let next = folder.parent().unwrap_or(folder).join(format!("trail-{FILE}"));
        let files = [folder.join(FILE), next];
        let waiting: VecDeque<Entry> = files.iter().flat_map(|file| left_in(file)).collect();
        if !waiting.is_empty() {
            tracing::warn!(entries = waiting.len(), "crisis cards were shown while the trail could not be written");
        }
        Self { files, waiting: Mutex::new(waiting) }
    }

    /// Takes an entry in, marked late; `false` when too many wait. Waits for the disk.
    pub(super) fn take_in(&self, mut entry: Entry) -> bool {
        entry.late = true;
        let mut waiting = self.waiting();
        if waiting.len() >= MOST_WAITING {
            return false;
        }
        let kept = self.files.iter().any(|file| appended(file, &entry).is_ok());
        waiting.push_back(entry);
        tracing::error!(
            waiting = waiting.len(),
            on_disk = kept,
            alert = true,
            "a crisis card was shown while the trail cannot be written; it is recorded when the trail is back. Make room on the disk"
        );
        true
    }

    /// The first entries that wait.
    pub(super) fn first(&self, most: usize) -> Vec<Entry> {
        self.waiting().iter().take(most).cloned().collect()
    }

    /// Whether any waits.
    pub(super) fn waits(&self) -> bool {
        !self.waiting().is_empty()
    }

    /// The first so many are in the trail.
    pub(super) fn settled(&self, entries: usize) {
        let mut waiting = self.waiting();
        let settled = entries.min(waiting.len());
        waiting.drain(..settled);
        if !waiting.is_empty() {
            return;
        }
        for file in &self.files {
            match fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a file of late entries could not be removed; they may stand in the trail twice");
                }
                _ => {}
            }
        }
        tracing::info!("what was shown while the trail was away is recorded");
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Durable when this returns. For the owner only, like the trail.
fn appended(file: &Path, entry: &Entry) -> io::Result<()> {
    // Begun on a line of its own, also after one that was cut off.
    let line = format!("\n{}\n", serde_json::to_string(entry)?);
    let mut file: File = OpenOptions::new().create(true).append(true).mode(0o600).open(file)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// Entries of an earlier run. A line that was cut off by the end of that run was never answered for.
fn left_in(file: &Path) -> Vec<Entry> {
    let Ok(text) = fs::read_to_string(file) else { return Vec::new() };
    let entry = |line: &str| {
        let read = serde_json::from_str(line);
        if read.is_err() {
            tracing::error!(alert = true, "a late entry of the trail cannot be read");
        }
        read.ok()
    };
    text.lines().filter(|line| !line.is_empty()).filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use domain::fact::{Organisation, Role};
    use domain::ids::WorkerId;
    use domain::time::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::trail::{OperationKind, Outcome};

    fn entry(request: u128) -> Entry {
        Entry {
            at: Timestamp::from_micros(1),
            who: WorkerId::from_uuid(Uuid::from_u128(1)),
            role: Role::Supporter,
            organisation: Organisation::new("gemeente-almere").unwrap(),
            on_behalf_of: None,
            kind: OperationKind::Query,
            outcome: Outcome::Granted,
            code: None,
            policy: None,
            judgements: Vec::new(),
            subjects: Vec::new(),
            municipalities: Vec::new(),
            fields: Vec::new(),
            count: 1,
            late: false,
            request: Uuid::from_u128(request),
            trace: String::new(),
            parent: None,
            older: false,
        }
    }

    fn requests(late: &Late) -> Vec<Uuid> {
        assert!(late.first(10).iter().all(|entry| entry.late));
        late.first(10).iter().map(|entry| entry.request).collect()
    }

    #[test]
    fn what_waits_is_found_again_until_it_is_settled() {
        let folder = tempfile::tempdir().unwrap();
        let trail = folder.path().join("trail");
        fs::create_dir(&trail).unwrap();
        let late = Late::beside(&trail);
        assert!(late.take_in(entry(1)) && late.take_in(entry(2)));
        let torn = trail.join(FILE);
        let written = fs::read_to_string(&torn).unwrap();
        fs::write(&torn, format!("{written}{{\"at\":")).unwrap();
        let again = Late::beside(&trail);
        assert_eq!(
            requests(&again),
            [Uuid::from_u128(1), Uuid::from_u128(2)],
            "a line that was cut off was never answered for"
        );
        again.settled(1);
        assert!(again.waits() && torn.exists());
        again.settled(1);
        assert!(!again.waits() && !torn.exists());
        assert!(!Late::beside(&trail).waits());
    }

    #[test]
    fn where_the_folder_of_the_trail_takes_nothing_the_one_beside_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("trail");
        assert!(Late::beside(&gone).take_in(entry(1)));
        assert_eq!(requests(&Late::beside(&gone)), [Uuid::from_u128(1)]);
        let nowhere = folder.path().join("none").join("trail");
        let late = Late::beside(&nowhere);
        assert!(late.take_in(entry(2)), "in memory when no disk takes it");
        assert_eq!(requests(&late), [Uuid::from_u128(2)]);
    }

    #[test]
    fn no_more_wait_than_anybody_can_give_account_of() {
        let folder = tempfile::tempdir().unwrap();
        let late = Late::beside(&folder.path().join("none").join("trail"));
        late.waiting().extend((0..MOST_WAITING).map(|_| entry(1)));
        assert!(!late.take_in(entry(2)));
    }
}
