//! The protocol peer, asked by KurrentDB's official client: what it answers, and how it misbehaves on order.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod append;
mod bare;
mod batch;
mod caller;
mod follow;
mod nodes;
mod read;
mod secure;
