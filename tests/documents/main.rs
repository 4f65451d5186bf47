//! Documents that follow from the code are compared with it: the event catalogue, the GraphQL schema, the workflow
//! of a divorce, the requirements page.
//!
//! `RUSTPUNT_WRITE=1 cargo test -p tests --test documents` writes those that are generated.
#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

mod events;
mod requirements;
mod schema;
mod workflow;

use std::fs;
use std::path::PathBuf;

/// A file of the project.
fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Compares a generated document with the committed one, or writes it when asked.
fn compare(name: &str, generated: &str) {
    if std::env::var_os("RUSTPUNT_WRITE").is_some() {
        fs::write(path(name), generated).expect("the document can be written");
        return;
    }
    let committed = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        committed == generated,
        "{name} is not what the code says; look at what changed, then run RUSTPUNT_WRITE=1 cargo test -p tests --test documents"
    );
}
