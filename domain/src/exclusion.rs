//! Workers who are kept out of this case, whatever role or relation they have, emergency included (domain.md, "The people"): own family,
//! a neighbour, or because somebody of the family objected and was right. It works from the moment it is recorded, and is never
//! back-dated; lifting it takes somebody else than who excluded, and never the excluded worker.
//!
//! What an excluded worker did stays as it is, and a directorship does not end by it: who directs is agreed with the family. The gate
//! gives an excluded director nothing, so somebody must assign another.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Actor, Draft, EventInfo, Fact};
use crate::ids::{Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;

pub(crate) mod catalogue;
mod state;

use catalogue::{ALREADY_EXCLUDED, EXCLUDED_CANNOT_LIFT, LIFTED_BY_ANOTHER, NOT_EXCLUDED, WORKER_EXCLUDED};
pub use catalogue::{CATALOGUE, CODES};
pub(crate) use state::is_weakened;
pub use state::{Exclusion, Exclusions};

/// Why a worker is kept out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionGround {
    /// The worker's own family.
    OwnFamily,
    /// Lives near the family.
    Neighbour,
    /// Somebody of the family objected, and that was upheld.
    ObjectionUpheld,
}

impl ExclusionGround {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnFamily => "own_family",
            Self::Neighbour => "neighbour",
            Self::ObjectionUpheld => "objection_upheld",
        }
    }
}

/// What can happen about who is kept out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ExclusionEvent {
    /// A worker is kept out from now on.
    WorkerExcluded {
        /// The worker.
        worker: WorkerId,
        /// On which ground.
        ground: ExclusionGround,
        /// Why.
        reason: Personal<Text>,
    },
    /// The worker is no longer kept out.
    ExclusionLifted {
        /// The worker.
        worker: WorkerId,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked about who is kept out.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ExclusionCommand {
    /// Keep a worker out. Workers may do so for themselves.
    ExcludeWorker {
        /// The worker.
        worker: WorkerId,
        /// On which ground.
        ground: ExclusionGround,
        /// Why.
        reason: Text,
    },
    /// Keep the worker out no longer.
    LiftExclusion {
        /// The worker.
        worker: WorkerId,
        /// Why.
        reason: Text,
    },
}

impl ExclusionEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Nobody of the family: a worker is no subject of a case.
    #[must_use]
    pub const fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::WorkerExcluded { .. } | Self::ExclusionLifted { .. } => Vec::new(),
        }
    }
}

impl ExclusionCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ExcludeWorker { .. } => "excludeWorker",
            Self::LiftExclusion { .. } => "liftExclusion",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &ExclusionCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let exclusions = &history.state().exclusions;
    let event = match command {
        ExclusionCommand::ExcludeWorker { worker, ground, reason } => {
            if exclusions.is_excluded(*worker) {
                return Err(refused(ALREADY_EXCLUDED, *worker));
            }
            let reason = context.in_record(reason.clone());
            ExclusionEvent::WorkerExcluded { worker: *worker, ground: *ground, reason }
        }
        ExclusionCommand::LiftExclusion { worker, reason } => {
            let exclusion = exclusions.of(*worker).ok_or_else(|| refused(NOT_EXCLUDED, *worker))?;
            check_lifts(context.actor, *worker, exclusion)?;
            ExclusionEvent::ExclusionLifted { worker: *worker, reason: context.in_record(reason.clone()) }
        }
    };
    Ok(vec![Draft::of(CaseEvent::Exclusion(event))])
}

fn check_lifts(actor: &Actor, worker: WorkerId, exclusion: &Exclusion) -> Result<(), Rejection> {
    if actor.is_or_acts_for(worker) {
        return Err(refused(EXCLUDED_CANNOT_LIFT, worker));
    }
    if actor.shares_somebody_with(&exclusion.by) {
        return Err(refused(LIFTED_BY_ANOTHER, worker));
    }
    Ok(())
}

fn refused(code: crate::rejection::Code, worker: WorkerId) -> Rejection {
    Rejection::new(code).with("worker", Detail::id(worker))
}

/// Whether this worker may get a role in the case. What a worker did is reported all the same (rule 0).
///
/// # Errors
/// `WORKER_EXCLUDED`.
pub(crate) fn check_not_excluded(state: &CaseState, worker: WorkerId) -> Result<(), Rejection> {
    if state.exclusions.is_excluded(worker) { Err(refused(WORKER_EXCLUDED, worker)) } else { Ok(()) }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ExclusionEvent) {
    state.exclusions.apply(fact, event);
}

#[cfg(test)]
mod tests;
