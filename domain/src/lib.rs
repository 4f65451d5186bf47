//! The law of a case: events, commands, `decide` and `apply`. Pure functions over plain data; no clock, no I/O.

// What the tests of several crates read names this one as they do.
#[cfg(test)]
extern crate self as domain;

pub mod alert;
pub mod application;
pub mod assessment;
pub mod calendar;
pub mod case;
pub mod catalogue;
#[cfg(test)]
mod commuting;
pub mod conference;
pub mod conflict;
pub mod consent;
pub mod contact;
pub mod correction;
pub mod crisis;
pub mod crisisplan;
pub mod decider;
pub mod divorce;
pub mod dues;
pub mod emergency;
pub mod exclusion;
pub mod fact;
pub mod framework;
pub mod households;
pub mod ids;
pub mod informal;
pub mod layers;
pub mod letters;
pub mod life;
pub mod mentions;
#[cfg(test)]
mod model;
mod once;
pub mod ownplan;
pub mod people;
pub mod personal;
pub mod plan;
pub mod protection;
pub mod reference;
pub mod referral;
pub mod reflection;
pub mod regie;
pub mod rejection;
pub mod representation;
pub mod request;
pub mod ret;
pub mod ruling;
pub mod safety;
pub mod school;
pub mod service;
pub mod sharing;
pub mod signal;
pub mod statement;
pub mod steps;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod time;
pub mod timeline;
pub mod trajectory;
pub mod voice;
pub mod weighing;
pub mod worker;
