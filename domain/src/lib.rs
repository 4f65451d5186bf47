//! The law of a case: events, commands, `decide` and `apply`. Pure functions over plain data; no clock, no I/O.

pub mod ids;
pub mod time;
