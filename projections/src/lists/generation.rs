//! One read database and the one step that moves it: read a page of the history, make the rows of every case in it, write rows and
//! checkpoint together. Done twice, it changes nothing: rows replace rows, and a row is a function of the whole history.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CaseId;
use domain::time::CivilDay;
use eventstore::clock::Clock;
use eventstore::follow::Identity;
use eventstore::port::{EventStore, Filter, Position, StreamName};
use futures_util::future::try_join_all;
use tokio::sync::{Mutex as AsyncMutex, MutexGuard};
use tokio::task;

use super::checkpoint::Checkpoint;
use super::fault::{ListsFault, RowFault};
use super::file::{Change, ReadFile, stream_name};
use super::source::RowSource;

/// Events in one page: enough to share a transaction, few enough to keep memory flat.
pub(super) const PAGE: usize = 512;

/// Cases in one transaction when a new day changes many.
const CASES_AT_ONCE: usize = 256;

/// Cases whose rows are made at the same time.
const LOADED_AT_ONCE: usize = 16;

/// What to do with a stream that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OnPoison {
    /// Stop and say so.
    Stop,
    /// Set it aside; others go on.
    SetAside,
}

/// What a step reads from.
pub(super) struct Sources {
    pub store: Arc<dyn EventStore>,
    pub rows: Arc<dyn RowSource>,
    pub clock: Arc<dyn Clock>,
    pub filter: Filter,
    pub page: usize,
}

/// How far a read database is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reached {
    /// Everything up to and including this position was applied.
    pub position: Position,
    /// The civil day the rows speak of.
    pub day: CivilDay,
}

/// One read database.
pub(super) struct Generation {
    pub file: ReadFile,
    identity: Identity,
    reached: Mutex<Reached>,
    /// Held from reading a case until its rows are written, so that a refresh is never overtaken by rows made before it.
    writing: AsyncMutex<()>,
}

impl Generation {
    /// A new one, that has read nothing.
    pub fn create(path: &Path, identity: Identity, day: CivilDay) -> Result<Self, ListsFault> {
        let reached = Reached { position: Position::START, day };
        let checkpoint = Checkpoint { identity: identity.clone(), position: reached.position, day };
        Ok(Self {
            file: ReadFile::create(path, &checkpoint)?,
            identity,
            reached: Mutex::new(reached),
            writing: AsyncMutex::default(),
        })
    }

    /// One that was made before. Whether it may be followed from is for the caller to check.
    pub fn open(path: &Path) -> Result<(Self, Checkpoint), ListsFault> {
        let file = ReadFile::open(path)?;
        let checkpoint = file.checkpoint()?;
        let reached = Mutex::new(Reached { position: checkpoint.position, day: checkpoint.day });
        let identity = checkpoint.identity.clone();
        Ok((Self { file, identity, reached, writing: AsyncMutex::default() }, checkpoint))
    }

    /// How far it is.
    pub fn reached(&self) -> Reached {
        *self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody else writes rows until this is dropped.
    pub async fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().await
    }

    /// Takes one step, and says whether that reached the head.
    pub async fn step(self: &Arc<Self>, sources: &Sources, poison: OnPoison) -> Result<bool, ListsFault> {
        let _turn = self.writing().await;
        self.turn_day(sources, poison).await?;
        let Reached { position, day } = self.reached();
        let page = sources.store.read_all(position, &sources.filter, sources.page).await?;
        let changes = changes(&page.streams(), sources, day, poison).await?;
        if page.next > position {
            self.apply(changes, Reached { position: page.next, day }).await?;
        }
        Ok(page.at_head)
    }

    /// Makes the rows again that a new day changes without an event. Days only go forward.
    async fn turn_day(self: &Arc<Self>, sources: &Sources, poison: OnPoison) -> Result<(), ListsFault> {
        let today = sources.clock.now().day();
        let Reached { position, day } = self.reached();
        if today <= day {
            return Ok(());
        }
        let this = Arc::clone(self);
        let cases = blocking(move || this.file.changing_cases(today)).await?;
        for some in cases.chunks(CASES_AT_ONCE) {
            let streams = some.iter().map(|case| named(*case)).collect::<Result<Vec<_>, _>>()?;
            let changes = changes(&streams.iter().collect(), sources, today, poison).await?;
            self.apply(changes, Reached { position, day }).await?;
        }
        self.apply(Vec::new(), Reached { position, day: today }).await
    }

    /// Makes the rows of one stream again, at the checkpoint where it stands.
    pub async fn refresh(self: &Arc<Self>, sources: &Sources, stream: &StreamName) -> Result<(), ListsFault> {
        let _turn = self.writing().await;
        let change = change(stream, sources, self.reached().day, OnPoison::SetAside).await?;
        let this = Arc::clone(self);
        blocking(move || this.file.refresh(&change)).await
    }

    /// Writes changes and moves on, both or neither. Whoever made the changes holds [`Generation::writing`].
    pub async fn apply(self: &Arc<Self>, changes: Vec<Change>, reached: Reached) -> Result<(), ListsFault> {
        let this = Arc::clone(self);
        blocking(move || {
            let Reached { position, day } = reached;
            let checkpoint = Checkpoint { identity: this.identity.clone(), position, day };
            this.file.apply(&changes, &checkpoint)?;
            *this.reached.lock().unwrap_or_else(PoisonError::into_inner) = reached;
            Ok(())
        })
        .await
    }
}

/// Runs something that waits for the disk off the async threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ListsFault> + Send + 'static,
) -> Result<T, ListsFault> {
    task::spawn_blocking(work).await.map_err(|_| ListsFault::Interrupted)?
}

/// What changes for each of these streams.
pub(super) async fn changes(
    streams: &BTreeSet<&StreamName>,
    sources: &Sources,
    day: CivilDay,
    poison: OnPoison,
) -> Result<Vec<Change>, ListsFault> {
    let mut changes = Vec::with_capacity(streams.len());
    let streams: Vec<&StreamName> = streams.iter().copied().collect();
    // Some at a time: one by one, a follower waits its turn among all readers once for each case.
    for some in streams.chunks(LOADED_AT_ONCE) {
        changes.extend(try_join_all(some.iter().map(|stream| change(stream, sources, day, poison))).await?);
    }
    Ok(changes)
}

async fn change(stream: &StreamName, sources: &Sources, day: CivilDay, poison: OnPoison) -> Result<Change, ListsFault> {
    let rows = match stream.id().parse::<CaseId>() {
        Ok(case) => sources.rows.rows(case, day).await.map(|rows| (case, rows)),
        Err(_) => Err(RowFault::Unreadable("its name does not hold the id of a case".to_owned())),
    };
    match rows {
        Ok((_, Some(rows))) => Ok(Change::Rows(Box::new(rows))),
        Ok((case, None)) => Ok(Change::Nothing(case)),
        Err(RowFault::Unreachable(what)) => Err(ListsFault::Unreachable { stream: stream.clone(), what }),
        Err(RowFault::Unreadable(reason)) if poison == OnPoison::Stop => {
            Err(ListsFault::Poisoned { stream: stream.clone(), reason })
        }
        Err(RowFault::Unreadable(reason)) => {
            tracing::error!(%stream, reason, "a stream that cannot be read was set aside; the lists go on without it");
            Ok(Change::SetAside { stream: stream.clone(), reason })
        }
    }
}

/// The stream of a case.
pub(super) fn named(case: CaseId) -> Result<StreamName, ListsFault> {
    stream_name(case).parse().map_err(|_| ListsFault::Misread("id of a case"))
}
