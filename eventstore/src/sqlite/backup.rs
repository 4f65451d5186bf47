//! A consistent copy while the writer goes on.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::SqliteStore;
use super::fault::fault;
use super::file;
use crate::key;
use crate::port::StoreFault;

/// Pages copied between two reports of progress.
const STEP: i32 = 1_024;

impl SqliteStore {
    /// Copies the history as it is now to a file that does not exist yet. Appends go on meanwhile; they are not in the copy.
    /// The copy is on the medium before this returns. `progress` hears pages done and pages in all.
    ///
    /// # Errors
    /// [`StoreFault::Unwritable`] when the file exists or cannot be written; nothing is left there then.
    pub async fn backup_to(
        &self,
        destination: &Path,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(), StoreFault> {
        let destination = destination.to_path_buf();
        self.readers.with(move |connection| copy(connection, &destination, progress)).await
    }
}

fn copy(source: &Connection, destination: &Path, progress: impl FnMut(u64, u64)) -> Result<(), StoreFault> {
    let refuse = |what: &str| StoreFault::Unwritable(format!("{} {what}", destination.display()));
    if destination.exists() {
        return Err(refuse("is there already; name a file that does not exist yet"));
    }
    let draft = file::beside(destination, ".part");
    let _ = fs::remove_file(&draft);
    // For its owner only from its first byte on.
    let begun = key::write_new(&draft, b"").map_err(|error| refuse(&format!("could not be written ({error})")));
    let copied = begun.and_then(|()| {
        fill(source, &draft, progress).map_err(|error| match fault(&error) {
            StoreFault::Other(what) => refuse(&format!("could not be written ({what})")),
            fault => fault,
        })
    });
    let placed = copied.and_then(|()| {
        file::sync(&draft)
            .and_then(|()| key::put_in_place(&draft, destination))
            .and_then(|()| file::sync(file::folder_of(destination)))
            .map_err(|error| refuse(&format!("could not be put in its place ({error})")))
    });
    // Nothing is lost if the draft stays behind; the next backup replaces it.
    let _ = fs::remove_file(&draft);
    placed
}

fn fill(source: &Connection, draft: &Path, mut progress: impl FnMut(u64, u64)) -> rusqlite::Result<()> {
    let mut copy = Connection::open(draft)?;
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    // One read transaction over all steps: the copy is of one moment, and commits meanwhile do not start it again.
    source.execute_batch("BEGIN; SELECT 1 FROM sqlite_schema;")?;
    let copied = pages(source, &mut copy, &mut progress);
    source.execute_batch("COMMIT")?;
    copied?;
    copy.close().map_err(|(_, error)| error)
}

fn pages(source: &Connection, copy: &mut Connection, progress: &mut impl FnMut(u64, u64)) -> rusqlite::Result<()> {
    let backup = Backup::new(source, copy)?;
    loop {
        let step = backup.step(STEP)?;
        let state = backup.progress();
        let (left, all) = (i64::from(state.remaining).unsigned_abs(), i64::from(state.pagecount).unsigned_abs());
        progress(all.saturating_sub(left), all);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // Another program holds the copy for a moment.
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}
