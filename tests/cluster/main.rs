//! The `rustpunt` binary with its history on a peer that lives in the test and speaks the protocol from memory (it is not KurrentDB):
//! how it starts, what it says when the peer is away, and what is left after kills.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod figures;
mod folder;
mod harm;
#[path = "../../api/tests/serve/issuer.rs"]
mod issuer;
mod kills;
mod lost;
mod process;
#[expect(dead_code, reason = "more is asked of it where it stands")]
#[path = "../../api/tests/serve/receiver.rs"]
mod receiver;
mod site;
mod start;
