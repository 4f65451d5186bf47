//! Deadlines: what the system does in a case when a moment comes. A process manager of its own: what is owed is a pure function of the case
//! and the time ([`domain::alert::pending`]), so nothing is kept that the history does not say. It acts only through the desk, with a command
//! id that follows from the case and from what makes an alert the same one: whatever is repeated, lost, killed or raced has one effect.
//!
//! Which case is next stands in an index of its own: built from the history, kept up by following it, and thrown away at will. No case is
//! looked at before its moment.

mod acting;
mod index;
mod runner;
#[cfg(test)]
mod tests;

pub use self::runner::{Deadlines, DeadlinesSetup};
