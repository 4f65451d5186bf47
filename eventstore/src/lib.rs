//! The stored form of a fact, the port to an engine, and the engines.
//!
//! No word of youth care stands here: an event is bytes with an owner per sealed value.

pub mod chain;
pub mod clock;
pub mod port;
