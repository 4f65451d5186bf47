//! Workers as others see them: name and organisation, each loaded once per answer however often the answer names them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, ID, Object, Result};
use domain::fact::Audience;
use domain::ids::WorkerId;
use domain::worker::WorkerState;
use eventstore::loader::LoadError;
use tokio::sync::OnceCell;

use super::enums::Role;
use super::services::Services;
use super::session::Session;
use crate::gate::{Field, Mandate, Topic};

const NAME: Field = Field::new("worker.name", Topic::Staff);
const WORKER: Field = Field::new("worker", Topic::Staff);
const ORGANISATION: Field = Field::new("worker.organisation", Topic::Staff);
const ROLES: Field = Field::new("worker.roles", Topic::Staff);

/// A worker as loaded, or why that failed. Whoever asks while it is being loaded waits for the same load.
type Once = Arc<OnceCell<Result<Arc<WorkerState>, Arc<LoadError>>>>;

/// The workers that one answer names. The library's own loader would batch by chance here: it loads what was asked for by the time its
/// task gets a turn, and loads a worker again whom the rest of the answer names too.
#[derive(Default)]
pub(super) struct WorkersOfAnswer(Mutex<HashMap<WorkerId, Once>>);

impl WorkersOfAnswer {
    async fn load(&self, services: &Services, worker: WorkerId) -> Result<Arc<WorkerState>, Arc<LoadError>> {
        let once = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(worker).or_default());
        let load = async || {
            let loaded = services.workers.load(worker.as_uuid()).await.map_err(Arc::new)?;
            Ok(Arc::new(loaded.history.state().clone()))
        };
        once.get_or_init(load).await.clone()
    }

    /// What an answer remembered is not for the next.
    pub(super) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A worker: a professional or other user of the system.
pub struct WorkerNode {
    worker: WorkerId,
    mandate: Mandate,
}

impl WorkerNode {
    /// A worker as the holder of this mandate may see them.
    #[must_use]
    pub fn new(worker: WorkerId, mandate: Mandate) -> Self {
        mandate.note_made(WORKER, &[domain::ids::Subject::Worker(worker)]);
        Self { worker, mandate }
    }

    /// The name, as the holder of the mandate may see it.
    ///
    /// # Errors
    /// When the worker's own history cannot be read.
    pub async fn known_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let state = self.state(ctx).await?;
        let Some(introduced) = &state.known else { return Ok(None) };
        let name = self.mandate.see(&Audience::Case, NAME, &introduced.name);
        Ok(name.known().map(|name| name.as_str().to_owned()))
    }

    async fn state(&self, ctx: &Context<'_>) -> Result<Arc<WorkerState>> {
        let session = Session::of(ctx)?;
        let workers = ctx.data::<Arc<WorkersOfAnswer>>()?;
        workers.load(session.services(), self.worker).await.map_err(|error| session.unreadable(&error))
    }
}

/// A worker: a professional or other user of the system.
#[Object(name = "Worker")]
impl WorkerNode {
    /// Names the worker.
    async fn id(&self) -> ID {
        ID(self.worker.to_string())
    }

    /// The name. Absent when the identity provider never introduced this worker, or you may not see it.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.known_name(ctx).await
    }

    /// The organisation, by its short name.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let state = self.state(ctx).await?;
        let Some(introduced) = &state.known else { return Ok(None) };
        let about = [domain::ids::Subject::Worker(self.worker)];
        let shown = introduced.organisation.as_str().to_owned();
        Ok(self.mandate.see_plain(&Audience::Case, ORGANISATION, &about, shown).known())
    }

    /// In which roles the identity provider introduced this worker.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let state = self.state(ctx).await?;
        let Some(introduced) = &state.known else { return Ok(Vec::new()) };
        let about = [domain::ids::Subject::Worker(self.worker)];
        let shown = introduced.roles.iter().map(|role| (*role).into()).collect();
        Ok(self.mandate.see_plain(&Audience::Case, ROLES, &about, shown).known().unwrap_or_default())
    }
}
