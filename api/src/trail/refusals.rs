//! Refusals at the door: somebody who is known asks in a role that the token does not name, or for a purpose that is none. No operation
//! was read yet, so none can be named; that it was tried is kept all the same.

use std::sync::Arc;

use eventstore::clock::Clock;

use super::{Ended, OperationKind, Trail, TrailDraft, TrailFault};
use crate::gate::Caller;

/// Keeps refusals at the door.
#[derive(Clone)]
pub struct Refusals {
    trail: Arc<Trail>,
    clock: Arc<dyn Clock>,
}

impl Refusals {
    /// Kept in this trail, dated by this clock.
    #[must_use]
    pub fn new(trail: Arc<Trail>, clock: Arc<dyn Clock>) -> Self {
        Self { trail, clock }
    }

    /// Keeps one, and returns when it is durable. The caller is named as the token does.
    ///
    /// # Errors
    /// [`TrailFault`]: then nobody hears why.
    pub async fn keep(&self, caller: &Caller, kind: OperationKind, code: &str) -> Result<(), TrailFault> {
        let draft = TrailDraft::new();
        draft.note_refusal(code);
        self.trail.commit(draft.take(caller, self.clock.now(), kind, Ended::Invalid(code))).await
    }
}
