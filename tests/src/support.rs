//! What every test may need of the machine it runs on.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

/// Names the file that skipped tests are noted in, so that a machine that has every tool can insist that none was skipped.
pub const SKIPS: &str = "RUSTPUNT_SKIPS";

/// Says that a test cannot run here, because `what` is missing.
pub fn skip(what: &str) {
    let line = format!("skipped: no {what}");
    println!("{line}");
    let Some(path) = std::env::var_os(SKIPS) else { return };
    let noted = OpenOptions::new().create(true).append(true).open(path).and_then(|mut file| writeln!(file, "{line}"));
    if let Err(error) = noted {
        println!("this could not be noted: {error}");
    }
}

/// Where a program lies that can be run by name.
#[must_use]
pub fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}
