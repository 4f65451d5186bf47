//! The edge: who asks and why, what may leave, and the trail of what left. No rule of the domain stands here.

// The mutations are merged one room inside the other, and each room is a level for the compiler.
#![recursion_limit = "256"]

pub mod cli;
pub mod config;
pub mod demo;
mod drawing;
pub mod gate;
pub mod graphql;
pub mod health;
pub mod identity;
pub mod locale;
pub mod node;
mod outward;
pub mod server;
pub mod simulate;
pub mod telemetry;
pub mod trail;
pub mod webhooks;
