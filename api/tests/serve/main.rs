//! The `rustpunt` binary as an operator runs it: `serve` with a configuration, a folder, a token issuer, and signals.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod clock;
mod copy;
mod hook;
mod hostile;
mod inside;
mod issuer;
mod letters;
mod oidc;
mod process;
mod receiver;
mod simulate;
mod site;
mod telemetry;
mod webhooks;
