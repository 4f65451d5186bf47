//! Reads what the trail keeps on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use api::node::TRAIL;
use api::trail::is_trail_file;
use serde_json::Value;

use crate::server::events;

fn months(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder.join(TRAIL)).unwrap().map(|file| file.unwrap().path());
    let of_the_trail = |file: &PathBuf| file.file_name().and_then(|name| name.to_str()).is_some_and(is_trail_file);
    files.filter(|file| file.is_file() && of_the_trail(file)).collect()
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

/// The only entry of a request. One attempt elsewhere is one entry, for both municipalities.
pub async fn only(folder: &Path, request: &str) -> Value {
    let found = of(folder, request).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}
