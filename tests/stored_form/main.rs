//! The stored form, pinned: golden vectors that an independent reader verifies too, and a sample of every event ever written.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod disk;
mod history;
#[path = "../../eventstore/src/sample.rs"]
mod sample;
mod vectors;
