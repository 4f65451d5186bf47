//! Many read, each on a connection of its own that cannot write.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::Revision;
use rusqlite::{Connection, OptionalExtension};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task;

use super::fault::fault;
use super::file;
use super::row::{self, number, stored, text};
use crate::port::{Digest, Filter, Page, Position, RecordedEvent, StoreFault, StreamName};

/// Most rows that one call of `read_all` looks at before it ends its page, whatever the filter.
pub(super) const MOST_EXAMINED: usize = 10_000;

/// Bytes of metadata and data after which `read_all` ends its page, however many events are still asked for.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A few connections, made when needed, lent to one reader at a time: no more than there are turns, and threads that look something up.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: PathBuf, first: Connection, most: usize) -> Arc<Self> {
        Arc::new(Self { path, idle: Mutex::new(vec![first]), turns: Arc::new(Semaphore::new(most.max(1))) })
    }

    /// Runs something on a connection, off the async threads.
    pub(super) async fn with<T, F>(self: &Arc<Self>, work: F) -> Result<T, StoreFault>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| StoreFault::Closed)?;
        self.off_thread(turn, Self::take, work).await
    }

    /// Looks up one row. On this very thread when a connection is idle: a look of some microseconds is cheaper than a change of
    /// thread, and every command and every look at a case begins with one. It needs no turn, since it waits for nothing. When none is
    /// idle one more is made, so that there are soon as many as look at once: whoever took the next idle one instead would find it on
    /// another thread, with the turns full of those who do the same.
    pub(super) async fn look_up<T, F>(self: &Arc<Self>, work: F) -> Result<T, StoreFault>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    {
        let idle = self.idle().pop();
        let Some(connection) = idle else {
            let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| StoreFault::Closed)?;
            return self.off_thread(turn, Self::one_more, work).await;
        };
        let result = work(&connection);
        self.put_back(connection, result.is_ok());
        result
    }

    async fn off_thread<T, F>(
        self: &Arc<Self>,
        turn: OwnedSemaphorePermit,
        connection: fn(&Self) -> Result<Connection, StoreFault>,
        work: F,
    ) -> Result<T, StoreFault>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    {
        let readers = Arc::clone(self);
        let done = task::spawn_blocking(move || {
            let _turn = turn;
            let connection = connection(&readers)?;
            let result = work(&connection);
            readers.put_back(connection, result.is_ok());
            result
        });
        done.await.map_err(|_| StoreFault::Other("a reader stopped half-way".to_owned()))?
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        self.turns.close();
        self.idle().clear();
    }

    fn take(&self) -> Result<Connection, StoreFault> {
        let idle = self.idle().pop();
        idle.map_or_else(|| self.one_more(), Ok)
    }

    fn one_more(&self) -> Result<Connection, StoreFault> {
        file::connect_reader(&self.path)
    }

    /// After a fault the next reader gets a fresh connection.
    fn put_back(&self, connection: Connection, sound: bool) {
        if sound && !self.turns.is_closed() {
            self.idle().push(connection);
        }
    }

    #[cfg(test)]
    pub(super) fn idle_now(&self) -> usize {
        self.idle().len()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The head of a stream.
pub(super) fn stream_head(
    connection: &Connection,
    stream: &StreamName,
) -> Result<Option<(Revision, Digest)>, StoreFault> {
    let mut statement = connection.prepare_cached(include_str!("head.sql")).map_err(|error| fault(&error))?;
    statement
        .query_row([stream.as_str()], |row| {
            Ok((Revision::new(number(row, 1)?.unwrap_or_default()), Digest(row.get(2)?)))
        })
        .optional()
        .map_err(|error| fault(&error))
}

/// A stream from a revision on.
pub(super) fn read_stream(
    connection: &Connection,
    stream: &StreamName,
    from: Revision,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreFault> {
    let mut statement = connection.prepare_cached(include_str!("read_stream.sql")).map_err(|error| fault(&error))?;
    let mut rows = statement.query((stream.as_str(), stored(from.number()))).map_err(|error| fault(&error))?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().map_err(|error| fault(&error))? {
        let (event, batch_end) = row::event(row)?;
        let ends = event.position == batch_end;
        events.push(event);
        if ends && events.len() >= limit {
            break;
        }
    }
    Ok(events)
}

/// Everything after a position.
pub(super) fn read_all(
    connection: &Connection,
    after: Position,
    filter: &Filter,
    limit: usize,
) -> Result<Page, StoreFault> {
    let mut statement = connection.prepare_cached(include_str!("read_all.sql")).map_err(|error| fault(&error))?;
    let mut rows = statement.query([stored(after.token())]).map_err(|error| fault(&error))?;
    let mut page = Page { events: Vec::new(), damaged: Vec::new(), next: after, at_head: false };
    let (mut examined, mut bytes) = (0, 0);
    let mut between_batches = true;
    while let Some(row) = rows.next().map_err(|error| fault(&error))? {
        let full = page.events.len() >= limit.max(1) || examined >= MOST_EXAMINED || bytes >= MOST_BYTES;
        if full && between_batches {
            return Ok(page);
        }
        examined += 1;
        let position = number(row, 0).map_err(|error| fault(&error))?.unwrap_or_default();
        let batch_end = number(row, 7).map_err(|error| fault(&error))?.unwrap_or_default();
        between_batches = position == batch_end;
        page.next = Position::from_token(position);
        if admits(row, filter)? {
            match row::event(row) {
                Ok((event, _)) => {
                    bytes += event.metadata.len() + event.data.len();
                    page.events.push(event);
                }
                Err(bad) => page.damaged.push(bad.entry()?),
            }
        }
    }
    page.at_head = true;
    Ok(page)
}

/// Whether a row passes, looked at before its bytes are. A row without a stream passes, so that the damage is seen.
fn admits(row: &rusqlite::Row<'_>, filter: &Filter) -> Result<bool, StoreFault> {
    if *filter == Filter::all() {
        return Ok(true);
    }
    let name = text(row, 1).map_err(|error| fault(&error))?.and_then(|name| name.split_once('-'));
    Ok(name.is_none_or(|(category, _)| filter.admits(category)))
}
