//! The contract every engine must pass, run against each; and what only one of them promises.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

#[macro_use]
mod contract;
mod batches;
mod copy;
mod follow;
mod kurrent;
mod open;
mod samples;
mod sqlite;
mod tamper;
