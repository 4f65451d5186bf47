//! The embedded engine under the contract.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use eventstore::clock::ToldClock;
use eventstore::sqlite::{SqliteOptions, SqliteStore};
use tempfile::TempDir;

use crate::contract::Harness;
use crate::samples::moment;

/// A history in a folder of its own.
pub struct Embedded {
    folder: TempDir,
    clock: Arc<ToldClock>,
}

impl Embedded {
    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("history.db")
    }
}

#[async_trait]
impl Harness for Embedded {
    type Store = SqliteStore;
    const GAPLESS: bool = true;
    const REFUSES_TAKEN_COMMANDS: bool = true;
    const KNOWS_IDS_EVERYWHERE: bool = true;
    const ONE_TIME_LINE: bool = true;

    fn new() -> Self {
        let clock = Arc::new(ToldClock::at(moment("2026-11-16T08:00:00Z")));
        Self { folder: tempfile::tempdir().unwrap(), clock }
    }

    async fn open(&self) -> Arc<SqliteStore> {
        Arc::new(SqliteStore::open(&self.path(), SqliteOptions::new(Arc::<ToldClock>::clone(&self.clock))).unwrap())
    }

    async fn reopen(&self, store: Arc<SqliteStore>) -> Arc<SqliteStore> {
        store.close().await.unwrap();
        self.open().await
    }

    fn clock(&self) -> &ToldClock {
        &self.clock
    }
}

contract!(Embedded);
