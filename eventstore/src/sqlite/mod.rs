//! The embedded engine: one `SQLite` file, one writer thread, many readers.
//!
//! `history.db` and, while it is open, `history.db-wal` and `history.db-shm` beside it. A batch is acknowledged after the log that
//! holds it is on the medium; readers see it no earlier. Positions count from 1 and leave no gaps.

mod backup;
mod fault;
mod figures;
mod file;
mod imports;
mod lock;
mod place;
mod reader;
mod row;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::Revision;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

pub use self::figures::WriterFigures;
pub use self::lock::FolderLock;
use self::place::{Batch, Last, Origin, Prepared};
use self::reader::Readers;
pub use self::verify::{BadEntry, Entry, VerifyReport, agrees_with_metadata, nothing_more, verify};
use self::writer::{Answer, Closed, Message, Request, Writer};
use crate::clock::Clock;
use crate::import::{self, Import};
use crate::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};
use crate::{batch, chain};

/// Batches that may wait for the writer; whoever comes after waits to be let in.
const LONGEST_QUEUE: usize = 1_024;

/// Bytes of metadata and data that may wait for the writer, in KiB.
const QUEUED_KIB: usize = 64 * 1024;

/// How to open a history.
pub struct SqliteOptions {
    /// Where `recorded_at` comes from.
    pub clock: Arc<dyn Clock>,
    /// The right to write in the folder, when the caller holds it already; otherwise the store takes it for itself.
    pub lock: Option<Arc<FolderLock>>,
    /// Whether to make the file when there is none.
    pub create: bool,
    /// Most connections for readers.
    pub readers: usize,
    /// Whether a commit waits until it is on the medium. True everywhere but in the test that must fail without it.
    pub sync: bool,
}

impl SqliteOptions {
    /// The usual: takes the lock itself, makes the file when there is none, four readers, synced commits.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, lock: None, create: true, readers: 4, sync: true }
    }
}

/// An open history.
pub struct SqliteStore {
    path: PathBuf,
    source: String,
    readers: Arc<Readers>,
    head: watch::Receiver<Position>,
    /// `None` when opened for reading only.
    writing: Option<Writing>,
}

struct Writing {
    queue: mpsc::Sender<Message>,
    room: Arc<Semaphore>,
    figures: Arc<WriterFigures>,
    /// How the file was closed, once it is.
    closed: watch::Receiver<Option<Closed>>,
}

impl SqliteStore {
    /// Opens a history for writing, and makes it when there is none. Blocks for as long as the disk takes.
    ///
    /// # Errors
    /// [`StoreFault::Locked`] when another process writes in the folder, [`StoreFault::Unwritable`] when the folder or file
    /// cannot be written, [`StoreFault::Unopenable`] when the file is not ours, newer than this release, or damaged. A file that
    /// is refused is not altered.
    pub fn open(path: &Path, options: SqliteOptions) -> Result<Self, StoreFault> {
        let lock = match options.lock {
            Some(lock) if lock.covers(path) => lock,
            Some(lock) => {
                return Err(StoreFault::Unopenable(format!(
                    "{} does not lie in {}, which this process holds; lock its own folder",
                    path.display(),
                    lock.folder().display()
                )));
            }
            None => Arc::new(FolderLock::take(file::folder_of(path))?),
        };
        if !path.exists() {
            if !options.create {
                return Err(StoreFault::Unopenable(format!("{} is not there: check the path", path.display())));
            }
            file::create(path)?;
        }
        let first_reader = file::examine(path)?;
        let connection = file::connect_writer(path, options.sync)?;
        let source = file::stored_value(&connection, path, "source")?;
        let last = Last::read(&connection).map_err(|error| file::at_opening(path, &error))?;
        if last.position > Position::START {
            options.clock.witness(last.recorded_at);
        }
        let (sender, queue) = mpsc::channel(LONGEST_QUEUE);
        let (head_sender, head) = watch::channel(last.position);
        let figures = Arc::new(WriterFigures::new());
        let (tell_closed, closed) = watch::channel(None);
        let room = Arc::new(Semaphore::new(QUEUED_KIB));
        let writing = Writing { queue: sender, room, figures: Arc::clone(&figures), closed };
        let path = path.to_path_buf();
        let clock = options.clock;
        Writer {
            path: path.clone(),
            connection,
            clock,
            last,
            queue,
            head: head_sender,
            figures,
            closed: tell_closed,
            lock,
        }
        .start()?;
        let readers = Readers::new(path.clone(), first_reader, options.readers);
        Ok(Self { path, source, readers, head, writing: Some(writing) })
    }

    /// Opens a history only to read it: a copy, or one that another process writes. Takes no lock; every append is refused, and
    /// [`EventStore::watch_head`] stays where the head was now.
    ///
    /// # Errors
    /// [`StoreFault::Unopenable`] as for [`SqliteStore::open`].
    pub fn open_read_only(path: &Path) -> Result<Self, StoreFault> {
        let connection = file::examine(path)?;
        let source = file::stored_value(&connection, path, "source")?;
        let last = place::last_position(&connection).map_err(|error| file::at_opening(path, &error))?;
        let head = watch::channel(last).1;
        let path = path.to_path_buf();
        Ok(Self { readers: Readers::new(path.clone(), connection, 4), path, source, head, writing: None })
    }

    /// Appends like [`EventStore::append`], but the first event of a new stream names `genesis` as its predecessor: a `trail-…`
    /// stream names the head of that node's previous one. Streams of other categories begin with [`Digest::ZERO`].
    ///
    /// # Errors
    /// As [`EventStore::append`].
    pub async fn append_from(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
        genesis: Digest,
    ) -> Result<Appended, AppendError> {
        batch::check(&batch)?;
        if genesis != Digest::ZERO && stream.category() != verify::TRAIL {
            return Err(AppendError::Invalid("only a trail goes on from another stream; begin with zero".to_owned()));
        }
        if matches!(expected, Expected::At(revision) if i64::try_from(revision.number()).is_err()) {
            return Err(AppendError::Invalid("no stream is as long as expected; read its head first".to_owned()));
        }
        let share = share_of_queue(&batch);
        let origin = Origin::Here { genesis };
        self.write(Batch { stream: stream.clone(), expected, origin, events: prepare(batch) }, share).await
    }

    async fn write(&self, batch: Batch, share: u32) -> Result<Appended, AppendError> {
        heard(self.enqueue(batch, share).await?).await
    }

    /// Puts a batch in the queue; what is queued first is written first.
    async fn enqueue(&self, batch: Batch, share: u32) -> Result<oneshot::Receiver<Answer>, AppendError> {
        let writing = self.writing()?;
        let share = Arc::clone(&writing.room).acquire_many_owned(share).await.map_err(|_| StoreFault::Closed)?;
        let (answer, answered) = oneshot::channel();
        let request = Message::Append(Request { batch, answer, _share: share });
        let place = writing.queue.reserve().await.map_err(|_| StoreFault::Closed)?;
        writing.figures.enqueued();
        place.send(request);
        Ok(answered)
    }

    async fn enqueue_import(&self, batch: Vec<RecordedEvent>) -> Result<oneshot::Receiver<Answer>, AppendError> {
        let place = import::check(&batch)?;
        let batch = import::as_appended(batch)?;
        let share = share_of_queue(&batch);
        let (stream, expected) = (place.stream.clone(), place.expected);
        self.enqueue(Batch { stream, expected, origin: Origin::Elsewhere(place), events: prepare(batch) }, share).await
    }

    /// Writes what is queued, folds the log into the file and lets the folder go. Later calls hear [`StoreFault::Closed`]; whoever
    /// closes it once more waits for the same end.
    ///
    /// # Errors
    /// When the file could not be closed in order. What was acknowledged is durable all the same.
    pub async fn close(&self) -> Result<(), StoreFault> {
        self.readers.close();
        let Some(writing) = &self.writing else { return Ok(()) };
        // Refused when it is closing already.
        let _ = writing.queue.send(Message::Close).await;
        let mut closed = writing.closed.clone();
        // A writer that stopped half-way has told why, and left what was acknowledged in the log.
        let ended = closed.wait_for(Option::is_some).await.ok().and_then(|closed| closed.clone());
        ended.unwrap_or(Ok(())).map_err(StoreFault::Other)
    }

    /// What the writer counted; `None` for a history opened to read.
    #[must_use]
    pub fn figures(&self) -> Option<&Arc<WriterFigures>> {
        self.writing.as_ref().map(|writing| &writing.figures)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn writing(&self) -> Result<&Writing, StoreFault> {
        self.writing.as_ref().ok_or_else(|| {
            StoreFault::Unwritable("the history was opened to read; start the server on its folder to write".to_owned())
        })
    }
}

/// The bytes of a batch as a share of what may wait, in KiB. A batch that is allowed at all fits.
fn share_of_queue(batch: &[NewEvent]) -> u32 {
    u32::try_from(batch::size(batch) / 1024 + 1).unwrap_or(u32::MAX)
}

fn prepare(batch: Vec<NewEvent>) -> Vec<Prepared> {
    let digests = |event: NewEvent| Prepared {
        metadata: chain::digest(&event.metadata),
        data: chain::digest(&event.data),
        event,
    };
    batch.into_iter().map(digests).collect()
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.append_from(stream, expected, batch, Digest::ZERO).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        let stream = stream.clone();
        self.readers.with(move |connection| reader::read_stream(connection, &stream, from, limit)).await
    }

    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        let stream = stream.clone();
        self.readers.look_up(move |connection| reader::stream_head(connection, &stream)).await
    }

    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
        let filter = filter.clone();
        self.readers.with(move |connection| reader::read_all(connection, after, &filter, limit)).await
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        if self.writing.is_some() {
            return Ok(*self.head.borrow());
        }
        self.readers.with(|connection| place::last_position(connection).map_err(|error| fault::fault(&error))).await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        // Positions of this engine leave no gaps.
        let before = Position::from_token(self.head().await?.token().saturating_sub(1));
        Ok(self.read_all(before, &Filter::all(), 1).await?.whole()?.events.pop())
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.clone()
    }

    fn source(&self) -> &str {
        &self.source
    }
}

#[async_trait]
impl Import for SqliteStore {
    async fn import(&self, batch: Vec<RecordedEvent>) -> Result<Appended, AppendError> {
        heard(self.enqueue_import(batch).await?).await
    }

    async fn import_each(&self, batches: Vec<Vec<RecordedEvent>>) -> Result<(), (usize, AppendError)> {
        let mut queued = Vec::with_capacity(batches.len());
        let mut refused = None;
        for (at, batch) in batches.into_iter().enumerate() {
            match self.enqueue_import(batch).await {
                Ok(answered) => queued.push(answered),
                Err(refusal) => {
                    refused = Some((at, refusal));
                    break;
                }
            }
        }
        for (at, answered) in queued.into_iter().enumerate() {
            heard(answered).await.map_err(|refusal| (at, refusal))?;
        }
        refused.map_or(Ok(()), Err)
    }
}

/// What the writer answers.
async fn heard(answered: oneshot::Receiver<Answer>) -> Answer {
    answered.await.unwrap_or_else(|_| Err(AppendError::Unknown("the writer stopped; open the store again".to_owned())))
}
