//! Lists over many cases: a director's caseload, gaps, search. Their read database may be thrown away at any moment.

mod advice;
mod attention;
pub mod blind;
mod checkpoint;
mod emergencies;
mod fault;
mod file;
mod folded;
mod follower;
mod generation;
mod page;
mod place;
mod query;
mod readers;
mod rebuild;
mod row;
mod source;
mod sql;
#[cfg(test)]
mod tests;
mod turning;

pub use self::advice::{AdviceRow, DonsRow, SatListed, SatPicture, SatRow};
pub use self::attention::{Attention, AttentionLine, Beside, attention};
pub use self::checkpoint::{Checkpoint, CheckpointRefused};
pub use self::emergencies::{EmergencyListed, EmergencyRow};
pub use self::fault::{ListsFault, RowFault, Stale};
pub use self::folded::{CaseHistories, FoldedRows, StoredHistories, rows_of};
pub use self::follower::{Concerns, Lists, ListsSetup, Quarantined, VERSION};
pub use self::generation::Reached;
pub use self::page::{Cursor, ListPage, Listing, PageRequest, Scope, Standing, Tally};
pub use self::query::{Found, Listed, SearchFor, WaitingNotice};
pub use self::rebuild::Progress;
pub use self::row::{CaseRow, CaseRows, Changes, Deputising, Directing, GapRow, HandoverRow, ListedPhase, NoticeRow};
pub use self::source::RowSource;
pub use self::sql::canonical_dump;
pub use eventstore::follow::Identity;
pub use eventstore::follow::{Pause, RealPause};
