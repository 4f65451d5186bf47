//! Reactions: what the system does by itself after a fact in a case. It decides nothing about a family: it carries on what a person
//! decided, and acts only through a desk.
//!
//! Delivery is at least once and in order, from a checkpoint of its own. Each act has a command id that follows from the causing fact,
//! the reaction and the target, so a desk gives it one effect however often it is tried.

mod acting;
mod checkpoint;
mod runner;
mod signal_linked;
#[cfg(test)]
mod tests;

use domain::case::CaseEvent;
use domain::fact::Fact;
use domain::ids::{CaseId, SignalId, WorkerId};
use domain::signal::SignalCommand;
use eventstore::port::RecordedEvent;
use uuid::Uuid;

pub use self::runner::{Behind, Reactions, ReactionsSetup};
pub use self::signal_linked::MarkSignalLinked;
pub use eventstore::follow::{Pause, RealPause};

/// The system itself, as an actor. It is nobody: no token can name it (`Role::System`).
pub const SYSTEM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x5e0f_1c3a_77d4_4b19_8a62_d1c0_5957_0001));

/// What the system does after some facts of a case.
pub trait Reaction: Send + Sync {
    /// A stable name, in lower-case words with dashes. It never changes: command ids follow from it.
    fn name(&self) -> &'static str;

    /// Whether a fact may matter, by what stands in clear. Cheap: it is asked for every event of every case.
    fn interested(&self, event: &RecordedEvent) -> bool;

    /// What to do after a fact, as it was recorded. At most one call per target; the same fact always gives the same calls.
    fn react(&self, fact: &Fact<CaseEvent>, case: CaseId) -> Vec<Call>;
}

/// A command to a desk.
#[derive(Clone, Debug)]
pub enum Call {
    /// To a signal.
    Signal(SignalId, SignalCommand),
}

/// Every reaction of this release.
#[must_use]
pub fn all() -> Vec<Box<dyn Reaction>> {
    vec![Box::new(MarkSignalLinked)]
}
