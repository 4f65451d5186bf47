//! What can go wrong with lists. None of it loses anything: the read database can always be made again.

use std::path::PathBuf;

use eventstore::port::{Position, StoreFault, StreamName};

/// The lists have not read far enough to answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lists have not caught up with what was recorded; ask again in a moment")]
pub struct Stale {
    /// How far an answer had to reach.
    pub wanted: Position,
    /// How far the lists are; `None` while they are being made.
    pub reached: Option<Position>,
}

/// Why there are no rows of a case.
#[derive(Debug, thiserror::Error)]
pub enum RowFault {
    /// The stream cannot be read by this release, or its bytes disagree: it is set aside, others go on.
    #[error("the stream cannot be read: {0}")]
    Unreadable(String),
    /// The store or the vault is in trouble; trying again may help.
    #[error("the history cannot be reached: {0}")]
    Unreachable(String),
}

/// Why lists fail.
#[derive(Debug, thiserror::Error)]
pub enum ListsFault {
    /// Not far enough yet.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// The read database is in trouble.
    #[error("the read database failed ({0}); if it persists, run `rustpunt rebuild`")]
    Database(#[from] rusqlite::Error),
    /// A file or folder is in trouble.
    #[error("{path} cannot be used ({error}); check room and rights")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The history is in trouble.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The history or the vault cannot be reached.
    #[error("{stream} cannot be reached: {what}")]
    Unreachable {
        /// The stream.
        stream: StreamName,
        /// What is wrong.
        what: String,
    },
    /// A rebuild met a stream that cannot be read, and stopped. The lists in use were left as they are.
    #[error("the rebuild stopped at {stream}, which cannot be read ({reason}); the lists in use were left as they are")]
    Poisoned {
        /// The stream.
        stream: StreamName,
        /// What is wrong with it; never a value.
        reason: String,
    },
    /// One rebuild at a time.
    #[error("a rebuild is running already; wait for it")]
    AlreadyRebuilding,
    /// A reader held on to an older state of the file for too long: what was taken out may still be in its log.
    #[error("a reader held on to the lists for too long; do it again")]
    Busy,
    /// A helper thread stopped half-way.
    #[error("a reader of the lists stopped half-way; ask again")]
    Interrupted,
    /// A stored row cannot be read back: the file was changed by something else.
    #[error("the read database holds something that does not belong there ({0}); run `rustpunt rebuild`")]
    Misread(&'static str),
}

impl ListsFault {
    /// Whether trying the same again may help.
    pub(super) const fn may_pass(&self) -> bool {
        !matches!(self, Self::Poisoned { .. } | Self::Store(StoreFault::Closed) | Self::AlreadyRebuilding)
    }
}
