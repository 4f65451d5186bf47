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
    pub(crate) const fn may_pass(&self) -> bool {
        !matches!(self, Self::Store(StoreFault::Closed))
    }
}

/// Why one act is left out while others go on. Never holds a value about a person.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// The law of the target says no, or what it concerned was destroyed by decision: that is how it should be.
    Refused(String),
    /// Something is damaged or missing. It stays undone until an operator repairs that and lets reactions begin anew.
    Broken(String),
}

/// What an operator does once what is broken was repaired. A reaction acts with a command id of its own, so beginning anew does nothing
/// twice.
pub(super) const BEGIN_ANEW: &str =
    "repair it (for a missing key: restore the vault), then remove the checkpoint file of reactions and start again";

/// The same for deadlines.
pub(crate) const BEGIN_ANEW_DEADLINES: &str =
    "repair it (for a missing key: restore the vault), then remove the index of deadlines and start again";

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(crate) fn after_loading(error: LoadError) -> Result<LeftOut, ReactionsFault> {
    match error {
        LoadError::Destroyed { .. } => Ok(LeftOut::Refused(error.to_string())),
        // One stream is damaged or cannot be opened: trying again changes nothing.
        LoadError::Fault(StoreFault::Damaged { .. })
        | LoadError::Quarantined { .. }
        | LoadError::Unavailable { .. } => Ok(LeftOut::Broken(error.to_string())),
        LoadError::Fault(fault) => Err(fault.into()),
        LoadError::Vault(fault) => Err(ReactionsFault::Delayed(fault.to_string())),
    }
}

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(crate) fn after_acting(error: DeskError<Infallible>) -> Result<LeftOut, ReactionsFault> {
    match error {
        DeskError::Refused(never) => match never {},
        // An earlier release may have meant something else with this reaction.
        DeskError::Rejected(_) | DeskError::CommandIdReused(_) | DeskError::Codec(CodecError::Destroyed { .. }) => {
            Ok(LeftOut::Refused(error.to_string()))
        }
        DeskError::Busy
        | DeskError::Contended
        | DeskError::OutcomeUnknown
        | DeskError::Codec(CodecError::Vault(_) | CodecError::NoEntropy(_)) => {
            Err(ReactionsFault::Delayed(error.to_string()))
        }
        DeskError::Load(error) => after_loading(error),
        DeskError::KeysMissing { .. } | DeskError::Codec(_) => Ok(LeftOut::Broken(error.to_string())),
        DeskError::Store(fault) => Err(fault.into()),
    }
}

#[cfg(test)]
mod tests {
    use domain::rejection::{Code, Rejection};
    use eventstore::key::KeyId;
    use uuid::Uuid;

    use super::*;

    /// A key comes back with the vault, and then the act must still be done: that is no refusal of the target.
    #[test]
    fn what_is_missing_is_to_be_repaired_and_what_the_law_refuses_is_not() {
        let key = KeyId::from_uuid(Uuid::from_u128(7));
        let stream = "signal-1".parse().unwrap();
        for missing in [DeskError::KeysMissing { stream, missing: 1 }, DeskError::Codec(CodecError::KeyMissing { key })]
        {
            let Ok(LeftOut::Broken(why)) = after_acting(missing) else { panic!("left out as broken") };
            assert!(why.contains("restore the vault"), "{why}");
        }
        assert!(BEGIN_ANEW.contains("restore the vault") && BEGIN_ANEW.contains("checkpoint file of reactions"));
        let refused = after_acting(DeskError::Rejected(Rejection::new(Code("SIGNAL_UNKNOWN"))));
        assert!(matches!(refused, Ok(LeftOut::Refused(_))), "{refused:?}");
    }
}
