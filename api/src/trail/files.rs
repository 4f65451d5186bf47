//! Where the trail lies: one file per month, in it one stream per node and day. A stream goes on from the node's previous one, also
//! across files, so that the whole trail of a node is one chain.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::time::{CivilDay, Timestamp};
use eventstore::clock::Clock;
use eventstore::port::{Digest, EventStore as _, Expected, InvalidStreamName, NewEvent, StoreFault, StreamName};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore};

use super::{NodeId, TrailFault};

/// The trail of one node, open at one day.
pub(super) struct Files {
    folder: PathBuf,
    node: NodeId,
    clock: Arc<dyn Clock>,
    lock: Option<Arc<FolderLock>>,
    open: Option<Open>,
}

/// The file that is written now, and the end of the chain.
struct Open {
    month: Month,
    store: SqliteStore,
    end: End,
}

impl Open {
    /// Where the chain ends, with the hash of its last entry as the file has it.
    async fn end_of_chain(&self) -> Result<End, StoreFault> {
        let last = self.store.stream_head(&self.end.stream).await?.map_or(self.end.last, |(_, hash)| hash);
        Ok(End { last, ..self.end.clone() })
    }
}

/// Where the chain of this node ends.
#[derive(Clone)]
struct End {
    day: CivilDay,
    stream: StreamName,
    expected: Expected,
    /// Hash of the last entry when this was found out; of the stream before, as long as this one has none.
    last: Digest,
}

/// The clock, without its doubts. While the time is not confirmed nothing is recorded, but looking goes on, and no look goes without
/// its entry (`privacy.md`): its place in the chain is sure, its time is the one that was trusted last.
struct EvenInDoubt(Arc<dyn Clock>);

impl Clock for EvenInDoubt {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// A month, by its first day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Month(CivilDay);

impl Month {
    fn of(day: CivilDay) -> Self {
        Self(day.first_of_month())
    }

    fn file(self) -> String {
        format!("trail-{}.db", self.0.to_string().get(..7).unwrap_or_default())
    }

    fn from_file(name: &str) -> Option<Self> {
        let month = name.strip_prefix("trail-")?.strip_suffix(".db")?;
        format!("{month}-01").parse().ok().map(Self)
    }

    /// Its days, last first.
    fn days_back(self) -> impl Iterator<Item = CivilDay> {
        (0..31).rev().map(move |days| self.0.plus_days(days)).filter(move |day| Self::of(*day) == self)
    }
}

impl Files {
    /// The trail in this folder, which is made (for the owner only) when there is none. Nothing is opened for writing yet.
    pub(super) fn new(
        folder: &Path,
        node: NodeId,
        clock: Arc<dyn Clock>,
        lock: Option<Arc<FolderLock>>,
    ) -> Result<Self, TrailFault> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| TrailFault::Unwritable(format!("{} ({error})", folder.display())))?;
        Ok(Self { folder: folder.to_path_buf(), node, clock, lock, open: None })
    }

    /// Opens the file of today and finds the end of the chain, unless that is done.
    pub(super) async fn turn_to_today(&mut self) -> Result<(), TrailFault> {
        let today = self.clock.now().day();
        let end = match self.open.take() {
            // The clock of the system may stand still or go back a little; the chain does not.
            Some(open) if open.end.day >= today => {
                self.open = Some(open);
                return Ok(());
            }
            Some(open) if open.month == Month::of(today) => {
                let end = self.next_day(&open.end_of_chain().await?, today)?;
                self.open = Some(Open { end, ..open });
                return Ok(());
            }
            Some(open) => {
                let end = open.end_of_chain().await?;
                // A month that is over is closed in order; its entries are durable whatever happens here.
                if let Err(error) = open.store.close().await {
                    tracing::warn!(%error, "the trail of last month did not close in order; nothing is lost");
                }
                Some(end)
            }
            None => self.find_end().await?,
        };
        let end = match end {
            Some(end) if end.day >= today => end,
            Some(end) => self.next_day(&end, today)?,
            None => self.first_day(today)?,
        };
        let month = Month::of(end.day);
        let store = self.open_month(month)?;
        self.open = Some(Open { month, store, end });
        Ok(())
    }

    /// Appends a batch and waits until it is durable.
    pub(super) async fn append(&mut self, batch: Vec<NewEvent>) -> Result<(), TrailFault> {
        self.turn_to_today().await?;
        let Some(open) = &mut self.open else { return Err(TrailFault::Closed) };
        let genesis = match open.end.expected {
            Expected::NoStream => open.end.last,
            Expected::At(_) => Digest::ZERO,
        };
        let appended = open.store.append_from(&open.end.stream, open.end.expected, batch, genesis).await;
        match appended {
            Ok(appended) => {
                open.end.expected = Expected::At(appended.last_revision);
                Ok(())
            }
            Err(error) => {
                // What the file holds now is not known for sure: it is read again before the next entry.
                self.close().await;
                Err(error.into())
            }
        }
    }

    /// Closes the file. The next entry opens it again.
    pub(super) async fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if let Err(error) = open.store.close().await {
            tracing::warn!(%error, "the trail did not close in order; nothing that was acknowledged is lost");
        }
    }

    fn stream(&self, day: CivilDay) -> Result<StreamName, InvalidStreamName> {
        StreamName::new("trail", format_args!("{}-{day}", self.node))
    }

    fn first_day(&self, day: CivilDay) -> Result<End, TrailFault> {
        Ok(End { day, stream: self.stream(day)?, expected: Expected::NoStream, last: Digest::ZERO })
    }

    fn next_day(&self, end: &End, day: CivilDay) -> Result<End, TrailFault> {
        Ok(End { last: end.last, ..self.first_day(day)? })
    }

    /// The end of the chain on the disk: the latest stream of this node in the latest file that has one.
    async fn find_end(&self) -> Result<Option<End>, TrailFault> {
        for month in self.months()?.into_iter().rev() {
            let store = SqliteStore::open_read_only(&self.folder.join(month.file()))?;
            for day in month.days_back() {
                let stream = self.stream(day)?;
                if let Some((revision, last)) = store.stream_head(&stream).await? {
                    return Ok(Some(End { day, stream, expected: Expected::At(revision), last }));
                }
            }
        }
        Ok(None)
    }

    fn months(&self) -> Result<Vec<Month>, TrailFault> {
        let unreadable = |error| TrailFault::Unwritable(format!("{} ({error})", self.folder.display()));
        let mut months = Vec::new();
        for found in fs::read_dir(&self.folder).map_err(unreadable)? {
            months.extend(found.map_err(unreadable)?.file_name().to_str().and_then(Month::from_file));
        }
        months.sort();
        Ok(months)
    }

    fn open_month(&self, month: Month) -> Result<SqliteStore, TrailFault> {
        let path = self.folder.join(month.file());
        let mut options = SqliteOptions::new(Arc::new(EvenInDoubt(Arc::clone(&self.clock))));
        options.lock.clone_from(&self.lock);
        options.readers = 1;
        let store = SqliteStore::open(&path, options)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))
            .map_err(|error| StoreFault::Unwritable(format!("{} ({error})", path.display())))?;
        Ok(store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_own_days_and_file() {
        let month = Month::of("2026-02-17".parse().unwrap());
        assert_eq!(month.file(), "trail-2026-02.db");
        assert_eq!(Month::from_file("trail-2026-02.db"), Some(month));
        assert_eq!(Month::from_file("trail-2026-02.db-wal"), None);
        let days: Vec<String> = month.days_back().map(|day| day.to_string()).collect();
        assert_eq!((days.len(), days.first().map(String::as_str)), (28, Some("2026-02-28")));
    }
}
