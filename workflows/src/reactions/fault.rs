//! What can go wrong with reactions, and what it asks for: another try, or leaving one stream out.

use std::convert::Infallible;
use std::path::PathBuf;

use eventstore::codec::CodecError;
use eventstore::loader::LoadError;
use eventstore::port::{Position, StoreFault};

use crate::desk::DeskError;

/// Reactions have not come far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reactions have not caught up with what was recorded; try again in a moment")]
pub struct Behind {
    /// How far they had to be.
    pub wanted: Position,
    /// How far they are.
    pub reached: Position,
}

/// Why reactions cannot go on now. Nothing is lost: the same step is taken again.
#[derive(Debug, thiserror::Error)]
pub enum ReactionsFault {
    /// The history is in trouble.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A desk could not act for a reason that passes.
    #[error("a desk could not act now: {0}")]
    Delayed(String),
    /// The checkpoint file is in trouble.
    #[error(
        "the checkpoint of reactions at {path} failed ({error}); check room and rights, or remove the file: reactions then begin anew, with no effect twice"
    )]
    Checkpoint {
        /// Where it lies.
        path: PathBuf,
        /// What the medium says.
        error: rusqlite::Error,
    },
    /// A helper thread stopped half-way.
    #[error("the checkpoint of reactions was not written: a thread stopped half-way")]
    Interrupted,
}

impl ReactionsFault {
    /// Whether trying the same again may help.
    pub(super) const fn may_pass(&self) -> bool {
        !matches!(self, Self::Store(StoreFault::Closed))
    }
}

/// Why one act is left out while others go on. Never holds a value about a person.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOut(pub String);

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(super) fn after_loading(error: LoadError) -> Result<LeftOut, ReactionsFault> {
    match error {
        // One stream is damaged, destroyed or cannot be opened: trying again changes nothing.
        LoadError::Fault(StoreFault::Damaged { .. })
        | LoadError::Quarantined { .. }
        | LoadError::Unavailable { .. }
        | LoadError::Destroyed { .. } => Ok(LeftOut(error.to_string())),
        LoadError::Fault(fault) => Err(fault.into()),
        LoadError::Vault(fault) => Err(ReactionsFault::Delayed(fault.to_string())),
    }
}

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(super) fn after_acting(error: DeskError<Infallible>) -> Result<LeftOut, ReactionsFault> {
    match error {
        DeskError::Refused(never) => match never {},
        // The law of the target says no, an earlier release meant something else with this reaction, or keys of the target are lost.
        DeskError::Rejected(_) | DeskError::CommandIdReused(_) | DeskError::KeysMissing { .. } => {
            Ok(LeftOut(error.to_string()))
        }
        DeskError::Busy
        | DeskError::Contended
        | DeskError::OutcomeUnknown
        | DeskError::Codec(CodecError::Vault(_) | CodecError::NoEntropy(_)) => {
            Err(ReactionsFault::Delayed(error.to_string()))
        }
        DeskError::Load(error) => after_loading(error),
        DeskError::Codec(error) => Ok(LeftOut(error.to_string())),
        DeskError::Store(fault) => Err(fault.into()),
    }
}
