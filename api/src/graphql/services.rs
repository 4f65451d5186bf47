//! What stands behind the resolvers.

use std::sync::Arc;

use domain::case::Case;
use domain::signal::Signal;
use domain::worker::Worker;
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
}
