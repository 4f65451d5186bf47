//! What stands behind the resolvers.

use std::sync::Arc;

use domain::case::Case;
use domain::fact::Organisation;
use domain::ids::WorkerId;
use domain::signal::Signal;
use domain::time::CivilDay;
use domain::worker::{Duty, Worker};
use eventstore::drafts::Drafts;
use eventstore::loader::LoadError;
use projections::lists::Lists;
use workflows::desk::Desk;

use super::seals::Seals;
use crate::gate::Gate;

/// The services of a node.
pub struct Services {
    /// Commands and histories of cases.
    pub cases: Arc<Desk<Case>>,
    /// Of signals.
    pub signals: Arc<Desk<Signal>>,
    /// Of workers.
    pub workers: Desk<Worker>,
    /// Who may see and do what.
    pub gate: Gate,
    /// Lists over many cases.
    pub lists: Arc<Lists>,
    /// Tokens that clients hold.
    pub seals: Seals,
    /// What people are writing and have not recorded.
    pub drafts: Arc<Drafts>,
}

impl Services {
    /// The duties a worker has on this day, as the worker's own stream says now.
    ///
    /// # Errors
    /// When that stream cannot be read.
    pub async fn duties_of(&self, worker: WorkerId, day: CivilDay) -> Result<Vec<(Duty, Organisation)>, LoadError> {
        let loaded = self.workers.load(worker.as_uuid()).await?;
        let held = loaded.history.state().duties_on(day);
        Ok(held.map(|(duty, organisation)| (duty, organisation.clone())).collect())
    }
}
