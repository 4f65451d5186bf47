//! The contract every engine must pass, run against the embedded one; and what only the embedded one promises.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

#[macro_use]
mod contract;
mod batches;
mod follow;
mod open;
mod samples;
mod sqlite;
mod tamper;
