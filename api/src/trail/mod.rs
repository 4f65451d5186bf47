//! The trail: who looked at what, for which purpose, by which rule. Durable before anything leaves; if it cannot be written, the read
//! fails.
//!
//! A local file per node and month, written by the same engine as the history. Entries that arrive while the disk is busy share the
//! next sync; one alone is written at once.

mod account;
#[cfg(test)]
mod account_tests;
mod draft;
mod entry;
mod files;
mod index;
mod keeper;
mod late;
mod mark;
mod node_id;
mod parts;
mod read;
#[cfg(test)]
mod read_tests;
mod refusals;
mod root;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::ids::EventId;
use eventstore::clock::Clock;
use eventstore::port::{AppendError, InvalidStreamName, NewEvent, StoreFault};
use eventstore::sqlite::FolderLock;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::timeout;
use uuid::Uuid;

pub use self::account::Accountant;
pub use self::draft::{Ended, TrailDraft};
pub use self::entry::{Entry, JudgementEntry, OperationKind, Outcome, ShownField, ShownTo};
use self::files::Files;
pub use self::keeper::{CRISIS_CARD, DATA_UNAVAILABLE, Keeper, Kept, RECORDED_NOT_SHOWN, TRAIL_UNAVAILABLE};
use self::late::Late;
pub use self::mark::{Mark, TrailFilter};
pub use self::node_id::NodeId;
pub use self::parts::{Decided, Noted};
use self::read::Reader;
pub use self::read::{Found, TrailPage, TrailPlace, is_trail_file};
pub use self::refusals::Refusals;

/// The type of every entry, in clear.
const ENTRY_TYPE: &str = "OperationTrailed";

/// The version of [`Entry`] that is written now.
const ENTRY_VERSION: u16 = 2;

/// The first version whose entries are of one municipality each and say of whom each field was shown.
const APART_SINCE: u16 = 2;

/// Entries that may wait for the disk; whoever comes after waits to be let in.
const LONGEST_QUEUE: usize = 1_024;

/// Between two tries of a trail that could not be written.
const BETWEEN_TRIES: Duration = Duration::from_secs(5);

/// Most entries in one batch.
const LARGEST_BATCH: usize = 512;

/// The trail cannot take an entry. What was asked must not be answered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TrailFault {
    /// The folder or file.
    #[error("the trail cannot be written: {0}; nothing is shown until it can")]
    Unwritable(String),
    /// A part of it cannot be read. Nothing of it is told as if that part were not there.
    #[error("the trail cannot be read: {0}; run `rustpunt verify`, and put the file back from a backup")]
    Unreadable(String),
    /// It was closed, or its writer stopped.
    #[error("the trail is closed; nothing is shown any more")]
    Closed,
}

impl From<StoreFault> for TrailFault {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Closed => Self::Closed,
            other => Self::Unwritable(other.to_string()),
        }
    }
}

impl From<AppendError> for TrailFault {
    fn from(error: AppendError) -> Self {
        Self::Unwritable(error.to_string())
    }
}

impl From<InvalidStreamName> for TrailFault {
    fn from(error: InvalidStreamName) -> Self {
        Self::Unwritable(error.to_string())
    }
}

/// The trail of this node.
pub struct Trail {
    queue: mpsc::Sender<Message>,
    healthy: Arc<AtomicBool>,
    node: NodeId,
    late: Arc<Late>,
    reader: Reader,
}

enum Message {
    Entries { entries: Vec<Entry>, answer: oneshot::Sender<Result<(), TrailFault>> },
    Close(oneshot::Sender<()>),
}

impl Trail {
    /// Opens the trail in this folder, finds the end of this node's chain, and makes ready to write. Needs a running Tokio.
    ///
    /// # Errors
    /// [`TrailFault`] when the folder or the file of this month cannot be used.
    pub async fn open(
        folder: &Path,
        clock: Arc<dyn Clock>,
        node: NodeId,
        lock: Option<Arc<FolderLock>>,
    ) -> Result<Self, TrailFault> {
        let mut files = Files::new(folder, node, clock, lock)?;
        files.turn_to_today().await?;
        let (queue, entries) = mpsc::channel(LONGEST_QUEUE);
        let healthy = Arc::new(AtomicBool::new(true));
        let late = Arc::new(Late::beside(folder));
        tokio::spawn(write(files, entries, Arc::clone(&healthy), Arc::clone(&late)));
        Ok(Self { queue, healthy, node, reader: Reader::new(folder), late })
    }

    /// Keeps the entries of one operation, all or none, and returns when they are durable: they share one sync, with others that wait.
    ///
    /// # Errors
    /// [`TrailFault`]: then nothing of what the entries speak of may leave.
    pub async fn commit(&self, entries: Vec<Entry>) -> Result<(), TrailFault> {
        if entries.is_empty() {
            return Ok(());
        }
        let (answer, answered) = oneshot::channel();
        self.queue.send(Message::Entries { entries, answer }).await.map_err(|_| TrailFault::Closed)?;
        answered.await.unwrap_or(Err(TrailFault::Closed))
    }

    /// Keeps entries that the trail cannot take now, of what may be shown all the same: they are recorded, marked late, when the trail can
    /// be written again. `false` when too many wait.
    pub async fn defer(&self, entries: Vec<Entry>) -> bool {
        let late = Arc::clone(&self.late);
        spawn_blocking(move || entries.into_iter().all(|entry| late.take_in(entry))).await.unwrap_or(false)
    }

    /// Entries that the filter admits, newest first, after a place; at most so many. Holds everything that was durable when asked.
    ///
    /// # Errors
    /// [`TrailFault::Unreadable`] when a file of the period cannot be read: never a part of the answer.
    pub async fn read(
        &self,
        filter: &TrailFilter,
        after: Option<&TrailPlace>,
        most: usize,
    ) -> Result<TrailPage, TrailFault> {
        self.reader.read(filter, after, most).await
    }

    /// How many entries the filter admits; counted up to `most`, so that a question costs no more than that.
    ///
    /// # Errors
    /// As [`Trail::read`].
    pub async fn count(&self, filter: &TrailFilter, most: usize) -> Result<usize, TrailFault> {
        self.reader.count(filter, most).await
    }

    /// Whether the last entry could be written.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed) && !self.queue.is_closed()
    }

    /// The node whose trail it is.
    #[must_use]
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Writes what is queued and closes the file. Later entries are refused.
    pub async fn close(&self) {
        self.reader.close().await;
        let (answer, answered) = oneshot::channel();
        if self.queue.send(Message::Close(answer)).await.is_ok() {
            // The writer may have stopped by itself: closed is closed.
            let _ = answered.await;
        }
    }
}

/// The one task that writes.
async fn write(mut files: Files, mut queue: mpsc::Receiver<Message>, healthy: Arc<AtomicBool>, late: Arc<Late>) {
    if late.waits() {
        note_health(&healthy, &catch_up(&mut files, &late).await);
    }
    let mut waiting = Vec::new();
    loop {
        let next = queue.recv_many(&mut waiting, LARGEST_BATCH);
        // While something waits for the trail, it is tried also when nobody asks for anything.
        let received =
            if healthy.load(Ordering::Relaxed) { Ok(next.await) } else { timeout(BETWEEN_TRIES, next).await };
        if received == Ok(0) {
            break;
        }
        let_others_join(&mut queue, &mut waiting).await;
        let mut entries = Vec::new();
        let mut answers = Vec::new();
        let mut closing = Vec::new();
        for message in waiting.drain(..) {
            match message {
                Message::Entries { entries: more, answer } => {
                    entries.extend(more);
                    answers.push(answer);
                }
                Message::Close(answer) => {
                    queue.close();
                    closing.push(answer);
                }
            }
        }
        let tried = !entries.is_empty() || late.waits();
        let kept = keep(&mut files, &entries, &late).await;
        if tried {
            note_health(&healthy, &kept);
        }
        for answer in answers {
            // A caller that stopped waiting shows nothing.
            let _ = answer.send(kept.clone());
        }
        if !closing.is_empty() {
            files.close().await;
        }
        for answer in closing {
            let _ = answer.send(());
        }
    }
    files.close().await;
}

/// Lets whoever is about to bring an entry bring it: under load a sync is shared by more, and one alone waits for nobody. One turn and
/// no more: while the disk is busy with these, others work.
async fn let_others_join(queue: &mut mpsc::Receiver<Message>, waiting: &mut Vec<Message>) {
    yield_now().await;
    while waiting.len() < LARGEST_BATCH {
        let Ok(message) = queue.try_recv() else { return };
        waiting.push(message);
    }
}

async fn keep(files: &mut Files, entries: &[Entry], late: &Late) -> Result<(), TrailFault> {
    catch_up(files, late).await?;
    if entries.is_empty() {
        return Ok(());
    }
    append(files, entries.iter()).await
}

/// Records what was shown while the trail could not be written.
async fn catch_up(files: &mut Files, late: &Late) -> Result<(), TrailFault> {
    while late.waits() {
        let first = late.first(LARGEST_BATCH);
        append(files, first.iter()).await?;
        late.settled(first.len());
    }
    Ok(())
}

async fn append(files: &mut Files, entries: impl Iterator<Item = &Entry>) -> Result<(), TrailFault> {
    let batch: Result<Vec<NewEvent>, serde_json::Error> = entries.map(stored).collect();
    files.append(batch.map_err(|error| TrailFault::Unwritable(error.to_string()))?).await
}

fn stored(entry: &Entry) -> Result<NewEvent, serde_json::Error> {
    Ok(NewEvent {
        id: EventId::from_uuid(Uuid::now_v7()),
        outer_type: ENTRY_TYPE.to_owned(),
        version: ENTRY_VERSION,
        metadata: b"{}".to_vec(),
        data: serde_json::to_vec(entry)?,
        command: None,
    })
}

/// Says once that the trail stopped, and once that it goes on.
fn note_health(healthy: &AtomicBool, kept: &Result<(), TrailFault>) {
    let was = healthy.swap(kept.is_ok(), Ordering::Relaxed);
    match kept {
        Err(error) if was => {
            tracing::error!(%error, alert = true, "the trail cannot be written: every read fails until it can");
        }
        Ok(()) if !was => tracing::info!("the trail can be written again"),
        _ => {}
    }
}
