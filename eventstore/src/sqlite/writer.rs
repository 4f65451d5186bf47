//! One thread writes. It takes what is queued, makes it one transaction, waits for the disk once, and answers everyone.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::fault::{fault, leaves_nothing};
use super::figures::{LARGEST_GROUP, WriterFigures};
use super::file::at_opening;
use super::lock::FolderLock;
use super::place::{Batch, Last, Placer, Refusal};
use crate::clock::Clock;
use crate::port::{AppendError, Appended, Position, StoreFault};

/// An answer to one caller.
pub(super) type Answer = Result<Appended, AppendError>;

/// How a file was closed; else what went wrong, for everyone who asked.
pub(super) type Closed = Result<(), String>;

/// A batch and whom to tell.
pub(super) struct Request {
    pub(super) batch: Batch,
    pub(super) answer: oneshot::Sender<Answer>,
    /// Its share of the bytes that may wait; given back when the request goes.
    pub(super) _share: OwnedSemaphorePermit,
}

/// What the writer is asked.
pub(super) enum Message {
    Append(Request),
    /// Write what is queued, fold the log into the file, stop.
    Close,
    /// Pretend that the disk ends after so many pages.
    #[cfg(test)]
    LimitPages(i64),
}

/// What the thread owns.
pub(super) struct Writer {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) last: Last,
    pub(super) queue: mpsc::Receiver<Message>,
    pub(super) head: watch::Sender<Position>,
    pub(super) figures: Arc<WriterFigures>,
    /// Tells that the connection is closed and the lock let go.
    pub(super) closed: watch::Sender<Option<Closed>>,
    /// Held until the connection is closed.
    pub(super) lock: Arc<FolderLock>,
}

impl Writer {
    /// Starts the thread. It stops when asked, or when every sender has gone.
    pub(super) fn start(self) -> Result<(), StoreFault> {
        let path = self.path.clone();
        thread::Builder::new().name("history-writer".to_owned()).spawn(move || self.run()).map(drop).map_err(|error| {
            StoreFault::Unopenable(format!("{}: no thread to write with ({error}); end other programs", path.display()))
        })
    }

    fn run(self) {
        let Self { path, connection, clock, last, queue, head, figures, closed: tell, lock } = self;
        match Placer::new(&connection, clock, last) {
            Ok(placer) => Desk { connection: &connection, placer, queue, head, figures }.serve(),
            Err(error) => tracing::error!(%error, "the history's writer cannot start"),
        }
        let closed = close(connection).map_err(|error| at_opening(&path, &error));
        if let Err(error) = &closed {
            tracing::error!(%error, "the history's file did not close in order; nothing acknowledged is lost");
        }
        drop(lock);
        tell.send_replace(Some(closed.map_err(|error| error.to_string())));
    }
}

/// Folds the log into the file. What was acknowledged is durable in the log already.
fn close(connection: Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)
}

struct Desk<'c> {
    connection: &'c Connection,
    placer: Placer<'c>,
    queue: mpsc::Receiver<Message>,
    head: watch::Sender<Position>,
    figures: Arc<WriterFigures>,
}

/// A transaction that came to nothing.
struct Failed {
    error: rusqlite::Error,
    /// Whether the commit may yet turn up when the log is read again.
    uncertain: bool,
}

impl Failed {
    fn before_commit(error: rusqlite::Error) -> Self {
        Self { error, uncertain: false }
    }

    fn in_commit(error: rusqlite::Error) -> Self {
        Self { uncertain: !leaves_nothing(&error), error }
    }

    fn answer(&self) -> AppendError {
        if self.uncertain {
            return AppendError::Unknown(format!(
                "the disk failed in a commit ({}); resend the same events",
                self.error
            ));
        }
        fault(&self.error).into()
    }
}

impl Desk<'_> {
    fn serve(mut self) {
        while let Some(first) = self.queue.blocking_recv() {
            let mut group = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next {
                match message {
                    Message::Append(request) => {
                        self.figures.dequeued();
                        group.push(request);
                    }
                    // What was sent before this is still taken; what comes after hears that the store is closed.
                    Message::Close => self.queue.close(),
                    #[cfg(test)]
                    Message::LimitPages(pages) => {
                        let _ = self.connection.pragma_update(None, "max_page_count", pages);
                    }
                }
                next = if group.len() < LARGEST_GROUP { self.queue.try_recv().ok() } else { None };
            }
            if !group.is_empty() {
                self.write(group);
            }
        }
    }

    /// Writes a group in one transaction. When the medium refuses it, each batch is tried by itself, so that a large one that
    /// does not fit does not take small ones with it.
    fn write(&mut self, group: Vec<Request>) {
        match self.transact(&group) {
            Ok(answers) => {
                let position = self.placer.last();
                self.head.send_if_modified(|head| std::mem::replace(head, position) != position);
                for (request, answer) in group.into_iter().zip(answers) {
                    // A caller that stopped waiting asks again with the same bytes.
                    let _ = request.answer.send(answer);
                }
            }
            Err(failed) => {
                self.abandon();
                if group.len() > 1 && !failed.uncertain {
                    return group.into_iter().for_each(|request| self.write(vec![request]));
                }
                tracing::error!(error = %failed.error, batches = group.len(), "a commit failed");
                for request in group {
                    let _ = request.answer.send(Err(failed.answer()));
                }
            }
        }
    }

    fn transact(&mut self, group: &[Request]) -> Result<Vec<Answer>, Failed> {
        self.placer.begin();
        self.run("BEGIN IMMEDIATE").map_err(Failed::before_commit)?;
        let mut answers = Vec::with_capacity(group.len());
        let (mut batches, mut events) = (0, 0);
        for request in group {
            let answer = match self.placer.place(&request.batch) {
                Ok(appended) => {
                    batches += usize::from(!appended.repeated);
                    events += if appended.repeated { 0 } else { request.batch.events.len() };
                    Ok(appended)
                }
                Err(Refusal::Batch(refusal)) => Err(refusal),
                Err(Refusal::Medium(error)) => return Err(Failed::before_commit(error)),
            };
            answers.push(answer);
        }
        let started = Instant::now();
        self.run("COMMIT").map_err(Failed::in_commit)?;
        if batches > 0 {
            self.figures.committed(batches, events, started.elapsed());
        }
        Ok(answers)
    }

    fn run(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }

    fn abandon(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.run("ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
        self.placer.abandon();
    }
}
