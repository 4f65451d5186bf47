//! Workers as others see them: name and organisation, loaded in one batch per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, ID, Object, Result};
use domain::fact::Audience;
use domain::ids::WorkerId;
use domain::worker::WorkerState;
use futures_util::future::join_all;

use super::enums::Role;
use super::services::Services;
use super::session::Session;
use crate::gate::{Field, Mandate, Topic};

const NAME: Field = Field::new("worker.name", Topic::Staff);
const ORGANISATION: Field = Field::new("worker.organisation", Topic::Staff);

/// Loads what is known of workers.
pub struct WorkerLoader(pub Arc<Services>);

impl Loader<WorkerId> for WorkerLoader {
    type Value = Arc<WorkerState>;
    type Error = Arc<eventstore::loader::LoadError>;

    async fn load(&self, workers: &[WorkerId]) -> Result<HashMap<WorkerId, Self::Value>, Self::Error> {
        let loading = workers.iter().map(|worker| async {
            let loaded = self.0.workers.load(worker.as_uuid()).await.map_err(Arc::new)?;
            Ok((*worker, Arc::new(loaded.history.state().clone())))
        });
        join_all(loading).await.into_iter().collect()
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
    pub const fn new(worker: WorkerId, mandate: Mandate) -> Self {
        Self { worker, mandate }
    }

    async fn state(&self, ctx: &Context<'_>) -> Result<Option<Arc<WorkerState>>> {
        let session = Session::of(ctx)?;
        let loader = ctx.data::<DataLoader<WorkerLoader>>()?;
        loader.load_one(self.worker).await.map_err(|error| session.unreadable(&error))
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
        let Some(state) = self.state(ctx).await? else { return Ok(None) };
        let Some(introduced) = &state.known else { return Ok(None) };
        let name = self.mandate.see(&Audience::Case, NAME, &introduced.name);
        Ok(name.known().map(|name| name.as_str().to_owned()))
    }

    /// The organisation, by its short name.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(state) = self.state(ctx).await? else { return Ok(None) };
        let Some(introduced) = &state.known else { return Ok(None) };
        let about = [domain::ids::Subject::Worker(self.worker)];
        let shown = introduced.organisation.as_str().to_owned();
        Ok(self.mandate.see_plain(&Audience::Case, ORGANISATION, &about, shown).known())
    }

    /// In which roles the identity provider introduced this worker.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let Some(state) = self.state(ctx).await? else { return Ok(Vec::new()) };
        Ok(state.known.iter().flat_map(|introduced| introduced.roles.iter().map(|role| (*role).into())).collect())
    }
}
