//! A new read database built beside the one in use, then put in its place (R20). Killed at any moment, the old one goes on serving.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::CaseId;
use eventstore::port::{Position, StreamName};

use super::fault::ListsFault;
use super::follower::Lists;
use super::generation::{Generation, OnPoison, Reached, blocking, changes};

/// How far a rebuild is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Everything up to here was read.
    pub position: Position,
    /// The head when the rebuild started.
    pub head: Position,
    /// Cases done.
    pub cases: u64,
}

/// While this lives, a refresh also concerns the database that is being made. A rebuild that is dropped half-way lets go of it.
struct Building<'a>(&'a Lists);

impl<'a> Building<'a> {
    fn of(lists: &'a Lists, new: &Arc<Generation>) -> Self {
        lists.building.store(Some(Arc::clone(new)));
        Self(lists)
    }
}

impl Drop for Building<'_> {
    fn drop(&mut self) {
        self.0.building.store(None);
    }
}

impl Lists {
    /// Builds the lists anew beside the running ones: every stream once, up to the head as it is now; then what was recorded
    /// meanwhile, until the new database has passed the old one; then the new one is put in use and the old one goes.
    ///
    /// # Errors
    /// [`ListsFault::Poisoned`] at the first stream that cannot be read, [`ListsFault::AlreadyRebuilding`], or when the history or
    /// the disk fails. The lists in use stay as they were.
    pub async fn rebuild(&self, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), ListsFault> {
        let Ok(_one) = self.rebuilding.try_lock() else { return Err(ListsFault::AlreadyRebuilding) };
        self.build(OnPoison::Stop, progress).await
    }

    /// Builds a database when there is none in use. Here a stream that cannot be read does not stand in the way of the others.
    pub(super) async fn build_first(&self) -> Result<(), ListsFault> {
        let _one = self.rebuilding.lock().await;
        if self.generation().is_some() {
            return Ok(());
        }
        self.build(OnPoison::SetAside, &|_| {}).await
    }

    async fn build(&self, poison: OnPoison, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), ListsFault> {
        let path = self.place.new_path(self.identity.version);
        let (identity, day) = (self.identity.clone(), self.sources.clock.now().day());
        let new = blocking(move || Generation::create(&path, identity, day)).await?;
        // Until it is in use, whatever stops the rebuild takes the new file away with it.
        new.file.retire();
        let new = Arc::new(new);
        // Known from its first row on: a refresh concerns this one too.
        let _building = Building::of(self, &new);
        self.fill(new, poison, progress).await
    }

    async fn fill(
        &self,
        new: Arc<Generation>,
        poison: OnPoison,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), ListsFault> {
        self.read_every_stream_once(&new, poison, progress).await?;
        while !new.step(&self.sources, poison).await? {}
        self.put_in_use(new, poison).await
    }

    async fn read_every_stream_once(
        &self,
        new: &Arc<Generation>,
        poison: OnPoison,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), ListsFault> {
        let head = self.sources.store.head().await?;
        let mut cases = 0;
        loop {
            let Reached { position, day } = new.reached();
            progress(Progress { position, head, cases });
            if position >= head {
                return Ok(());
            }
            let page = self.sources.store.read_all(position, &self.sources.filter, self.sources.page).await?;
            // The page ends at the head: what lies beyond it may concern a stream met before, and is followed later.
            let until_head = page.events.iter().filter(|event| event.position <= head);
            let damaged = page.damaged.iter().map(|entry| &entry.stream);
            let streams: BTreeSet<_> = until_head.map(|event| &event.stream).chain(damaged).cloned().collect();
            let next = if page.at_head { head } else { page.next.min(head) };
            let _turn = new.writing().await;
            // A fold reads its whole stream: the first meeting is enough.
            let fresh = self.not_met_before(new, streams.into_iter().collect()).await?;
            let changes = changes(&fresh.iter().collect(), &self.sources, day, poison).await?;
            cases += u64::try_from(changes.len()).unwrap_or(u64::MAX);
            new.apply(changes, Reached { position: next, day }).await?;
        }
    }

    async fn not_met_before(
        &self,
        new: &Arc<Generation>,
        streams: Vec<StreamName>,
    ) -> Result<Vec<StreamName>, ListsFault> {
        let new = Arc::clone(new);
        blocking(move || {
            let mut fresh = Vec::new();
            for stream in streams {
                let met = match stream.id().parse::<CaseId>() {
                    Ok(case) => new.file.has_met(&stream, case)?,
                    Err(_) => false,
                };
                if !met {
                    fresh.push(stream);
                }
            }
            Ok(fresh)
        })
        .await
    }

    /// Waits until the old one stands still, passes it, and takes its place.
    async fn put_in_use(&self, new: Arc<Generation>, poison: OnPoison) -> Result<(), ListsFault> {
        let _turn = self.stepping.lock().await;
        let mark = self.generation().map_or(Position::START, |old| old.reached().position);
        while !new.step(&self.sources, poison).await? || new.reached().position < mark {}
        let (place, path) = (self.place.clone(), new.file.path().to_path_buf());
        new.file.keep();
        // The old one goes when its last reader has let go of it.
        let old = self.generation().map(|old| old.file.path().to_path_buf());
        let exchange = move || {
            place.point_at(&path)?;
            place.clear(&old.into_iter().chain([path]).collect::<Vec<_>>());
            Ok(())
        };
        if let Err(fault) = blocking(exchange).await {
            new.file.retire();
            return Err(fault);
        }
        // First exchanged, then announced: whoever was told how far the lists are finds a database that is at least there.
        let reached = new.reached();
        if let Some(old) = self.current.swap(Some(new)) {
            old.file.retire();
        }
        self.reached.send_replace(Some(reached));
        Ok(())
    }
}
