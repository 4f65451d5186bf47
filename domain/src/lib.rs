//! The law of a case: events, commands, `decide` and `apply`. Pure functions over plain data; no clock, no I/O.

pub mod calendar;
pub mod case;
pub mod catalogue;
#[cfg(test)]
mod commuting;
pub mod conflict;
pub mod consent;
pub mod contact;
pub mod correction;
pub mod crisis;
pub mod decider;
pub mod divorce;
pub mod dues;
pub mod emergency;
pub mod exclusion;
pub mod fact;
pub mod households;
pub mod ids;
pub mod layers;
pub mod letters;
pub mod life;
mod mentions;
mod once;
pub mod ownplan;
pub mod people;
pub mod personal;
pub mod plan;
pub mod protection;
pub mod regie;
pub mod rejection;
pub mod representation;
pub mod request;
pub mod ruling;
pub mod service;
pub mod sharing;
pub mod signal;
pub mod statement;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod time;
pub mod timeline;
pub mod voice;
pub mod worker;
