//! R28: killed at any instant it comes back with every acknowledged fact and no half fact; and since a kill alone cannot show a
//! missing sync, the system calls are watched and the log is cut.
//!
//! The process that is killed is this executable, started again ([`child`]).
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod child;
mod cut;
mod drafts;
mod full;
mod kills;
mod ledger;
mod lists;
mod process;
mod reads;
mod said;
mod trace;
mod traced;
mod vault;
