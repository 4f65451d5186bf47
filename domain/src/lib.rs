//! The law of a case: events, commands, `decide` and `apply`. Pure functions over plain data; no clock, no I/O.

pub mod calendar;
pub mod ids;
pub mod terms;
pub mod time;
pub mod timeline;
