//! The `rustpunt` binary.

fn main() {}
