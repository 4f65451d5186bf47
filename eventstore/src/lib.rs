//! The stored form of a fact, the port to an engine, and the engines.
//!
//! No word of youth care stands here: an event is bytes with an owner per sealed value.

pub mod batch;
pub mod body;
pub mod chain;
pub mod clock;
pub mod codec;
pub mod copy;
pub mod drafts;
pub mod follow;
pub mod import;
pub mod key;
pub mod kurrent;
pub mod loader;
pub mod metadata;
pub mod port;
pub mod seal;
pub mod sqlite;
pub mod upcast;
pub mod vault;

#[cfg(test)]
extern crate self as eventstore;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod sample;
