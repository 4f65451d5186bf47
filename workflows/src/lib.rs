//! The desk that carries out a command, and the reactions that act through it.

pub mod deadlines;
pub mod desk;
pub mod fault;
mod queue;
pub mod reactions;
#[cfg(test)]
mod testing;
