//! Reads what the trail keeps on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use api::node::TRAIL;
use serde_json::Value;

use crate::server::events;

fn months(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder.join(TRAIL)).unwrap().map(|file| file.unwrap().path());
    files.filter(|file| file.is_file() && file.extension().is_some_and(|ext| ext == "db")).collect()
}

/// Every entry, as stored.
pub async fn all(folder: &Path) -> Vec<Value> {
    let mut entries = Vec::new();
    for file in months(folder) {
        let stored = events(&file).await;
        entries.extend(stored.iter().map(|event| serde_json::from_slice::<Value>(&event.data).unwrap()));
    }
    entries
}

/// The entries of one request.
pub async fn of(folder: &Path, request: &str) -> Vec<Value> {
    all(folder).await.into_iter().filter(|entry| entry["request"] == request).collect()
}

/// The only entry of a request.
pub async fn only(folder: &Path, request: &str) -> Value {
    let found = of(folder, request).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}
