//! End to end: what the parts prove together. The helpers here are shared by the tests and the measurements.

pub mod archive;
pub mod cases;
pub mod family;
pub mod measure;
pub mod peer;
pub mod support;
