//! What people see: views of one case, and lists over many.
//!
//! A view is a pure function of a history and a day, made when it is asked for. A list stands in a read database that may be thrown
//! away at any moment: each row is a function of the same history, and a follower keeps it up to date.

pub mod derive;
/// Lists over many cases.
pub mod lists;
/// What people are to a case.
pub mod relations;
#[cfg(test)]
mod testing;
/// Views of one case.
pub mod views;
