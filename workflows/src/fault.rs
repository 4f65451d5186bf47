//! What can go wrong with what follows the history (reactions, deadlines), and what it asks for: another try, or leaving one stream out.

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use eventstore::codec::CodecError;
use eventstore::loader::LoadError;
use eventstore::port::StoreFault;
use tokio::task;

use crate::desk::DeskError;

/// Why a follower cannot go on now. Nothing is lost: the same step is taken again.
#[derive(Debug, thiserror::Error)]
pub enum FollowerFault {
    /// The history is in trouble.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A desk could not act for a reason that passes.
    #[error("a desk could not act now: {0}")]
    Delayed(String),
    /// The file in which it stands how far the follower came is in trouble.
    #[error(
        "the file of {follower} at {path} failed ({error}); check room and rights, or remove the file: {follower} then begin anew, with no effect twice"
    )]
    File {
        /// Whose: `reactions`, `deadlines`.
        follower: &'static str,
        /// Where it lies.
        path: PathBuf,
        /// What the medium says.
        error: rusqlite::Error,
    },
    /// A helper thread stopped half-way.
    #[error("the file of {follower} was not written: a thread stopped half-way")]
    Interrupted {
        /// Whose: `reactions`, `deadlines`.
        follower: &'static str,
    },
}

impl FollowerFault {
    /// What the medium says of a follower's file.
    pub(crate) fn of_file(follower: &'static str, path: &Path, error: rusqlite::Error) -> Self {
        Self::File { follower, path: path.to_path_buf(), error }
    }

    /// Whether trying the same again may help.
    pub(crate) const fn may_pass(&self) -> bool {
        !matches!(self, Self::Store(StoreFault::Closed))
    }
}

/// Runs something of a follower that waits for the disk off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    follower: &'static str,
    work: impl FnOnce() -> Result<T, FollowerFault> + Send + 'static,
) -> Result<T, FollowerFault> {
    task::spawn_blocking(work).await.map_err(|_| FollowerFault::Interrupted { follower })?
}

/// Why one act is left out while others go on. Never holds a value about a person.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// The law of the target says no, or what it concerned was destroyed by decision: that is how it should be.
    Refused(String),
    /// Something is damaged or missing. It stays undone until an operator repairs that and lets the follower begin anew.
    Broken(String),
}

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(crate) fn after_loading(error: LoadError) -> Result<LeftOut, FollowerFault> {
    match error {
        LoadError::Destroyed { .. } => Ok(LeftOut::Refused(error.to_string())),
        // One stream is damaged or cannot be opened: trying again changes nothing.
        LoadError::Fault(StoreFault::Damaged { .. })
        | LoadError::Quarantined { .. }
        | LoadError::Unavailable { .. } => Ok(LeftOut::Broken(error.to_string())),
        LoadError::Fault(fault) => Err(fault.into()),
        LoadError::Vault(fault) => Err(FollowerFault::Delayed(fault.to_string())),
    }
}

/// What a failure asks for: `Ok` to leave this one out, `Err` to try again.
pub(crate) fn after_acting(error: DeskError<Infallible>) -> Result<LeftOut, FollowerFault> {
    match error {
        DeskError::Refused(never) => match never {},
        // An earlier release may have meant something else with this act.
        DeskError::Rejected(_) | DeskError::CommandIdReused(_) | DeskError::Codec(CodecError::Destroyed { .. }) => {
            Ok(LeftOut::Refused(error.to_string()))
        }
        DeskError::Busy
        | DeskError::Contended
        | DeskError::OutcomeUnknown
        | DeskError::Codec(CodecError::Vault(_) | CodecError::NoEntropy(_)) => {
            Err(FollowerFault::Delayed(error.to_string()))
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
        let refused = after_acting(DeskError::Rejected(Rejection::new(Code("SIGNAL_UNKNOWN"))));
        assert!(matches!(refused, Ok(LeftOut::Refused(_))), "{refused:?}");
    }

    /// A broken index of deadlines is no matter of reactions: the files say so themselves, and this says it of what was cut off.
    #[tokio::test]
    async fn what_was_cut_off_is_of_the_follower_that_it_names() {
        for (follower, other) in [("deadlines", "reactions"), ("reactions", "deadlines")] {
            let panicked = blocking(follower, || -> Result<(), FollowerFault> { panic!("told to") }).await;
            let said = panicked.unwrap_err().to_string();
            assert!(said.contains(follower) && !said.contains(other), "{said}");
        }
    }
}
