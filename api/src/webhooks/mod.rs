//! Webhooks (R23): what the system tells and proposes by itself, sent to whoever is configured as `CloudEvents` of the NL GOV profile. They hold
//! no personal data, and not what it is about either: that something was told in a case, when, and where to read it under one's own rights.
//!
//! The history is the outbox. For each receiver a follower reads it from a checkpoint of its own and lays letters in a small file; they stay
//! there until they were taken. A letter is a function of the history, with the id of its fact for ever: it is delivered at least once, and
//! who gets it twice knows it by that id. Letters about one case go in order; one that nobody takes is laid aside, and holds up nobody
//! (decision 0009).

mod configured;
mod fate;
mod letter;
mod mark;
mod outbox;
mod post;
mod runner;
mod secrets;
#[cfg(test)]
mod tests;

pub use self::configured::{Receivers, WebhooksUnusable};
pub use self::letter::Kind;
pub use self::outbox::{DeadLetter, OUTBOX, Outbox, OutboxFault, Standing, Which};
pub use self::runner::{Webhooks, WebhooksFault, WebhooksSetup};
pub use self::secrets::SecretUnusable;
