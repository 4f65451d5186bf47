//! An in-process peer for tests that **speaks KurrentDB's gRPC protocol from memory; it is not KurrentDB**. It keeps nothing, replicates
//! nothing, and knows only streams, gossip and features. What it does was read in the server's source, so a test against it proves
//! that we speak the protocol and stand its bad days, never that a real cluster behaves.

#![expect(clippy::result_large_err, reason = "a gRPC status is as large as it is, and every call ends in one")]

mod batch;
mod cluster;
mod decide;
mod faults;
mod figures;
mod filter;
mod listener;
mod log;
mod members;
mod node;
mod options;
mod read;
mod refusals;
mod remove;
mod service;
mod single;
mod subscribe;
mod thread;
mod tls;
pub mod wire;
mod write;

pub use cluster::PeerCluster;
pub use faults::{Fault, FaultScript, Loss, Times};
pub use figures::Figures;
pub use log::LoggedEvent;
pub use options::{PeerOptions, ServerCertificate, TlsOptions};
pub use single::ProtocolPeer;
