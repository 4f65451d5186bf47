//! `rustpunt verify`: walks history and trail, and names the first bad entry.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use eventstore::port::Digest;
use eventstore::sqlite::{Entry, VerifyReport, agrees_with_metadata, verify};
use indicatif::ProgressBar;

use super::{Done, Outcome};
use crate::node::{HISTORY, TRAIL};
use crate::trail::is_trail_file;

pub(super) fn run(folder: &Path) -> Done {
    let (history, trail) = (folder.join(HISTORY), months(&folder.join(TRAIL))?);
    let mut sound = true;
    if history.exists() {
        sound = walk(&history, agrees_with_metadata)?.is_some();
    } else if trail.is_empty() {
        return Err(format!("{} is not there: check the path", history.display()).into());
    } else {
        println!(
            "{} is not there, and was not looked at; a history on a cluster is verified by `rustpunt copy` to a folder, and `verify` there",
            history.display()
        );
    }
    let mut ends: HashMap<String, Digest> = HashMap::new();
    for file in trail {
        let met = Arc::new(Mutex::new(HashMap::new()));
        let kept = Arc::clone(&met);
        let report = walk(&file, move |entry| {
            let mut met = kept.lock().unwrap_or_else(PoisonError::into_inner);
            met.insert(node_of(entry.event.stream.as_str()).to_owned(), entry.event.hash);
            Ok(())
        })?;
        let Some(report) = report else {
            sound = false;
            continue;
        };
        for (stream, previous) in report.trail_starts {
            let node = node_of(stream.as_str());
            if ends.get(node).is_some_and(|end| *end != previous) {
                println!(
                    "{}: {stream} does not go on from the month before: entries are missing between them",
                    file.display()
                );
                sound = false;
            }
        }
        ends.extend(met.lock().unwrap_or_else(PoisonError::into_inner).drain());
    }
    Ok(if sound { Outcome::Fine } else { Outcome::Wrong })
}

/// Walks one file and says what was found; the report when it is sound.
fn walk(
    file: &Path,
    check: impl FnMut(&Entry) -> Result<(), String>,
) -> Result<Option<VerifyReport>, Box<dyn std::error::Error + Send + Sync>> {
    let bar = ProgressBar::new(0);
    let report = verify(file, check, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let report = report?;
    for difference in &report.schema {
        println!("{}: {difference}", file.display());
    }
    if let Some(bad) = &report.first_bad {
        println!("{}: BAD after {} sound events: {bad}", file.display(), report.events);
    }
    if !report.is_sound() {
        return Ok(None);
    }
    println!("{}: sound, {} events in {} streams", file.display(), report.events, report.streams);
    Ok(Some(report))
}

/// The node in `trail-<node>-<year>-<month>-<day>`.
fn node_of(stream: &str) -> &str {
    stream.rsplitn(4, '-').nth(3).unwrap_or(stream)
}

/// The files of the trail, oldest first.
fn months(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for found in std::fs::read_dir(folder)? {
        let path = found?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_trail_file) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
