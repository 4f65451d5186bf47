//! The doubt about the time outlives the process: a node that is started again, by whoever or whatever, is no operator who says
//! that the time is right.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use eventstore::clock::Clock;

/// The file that says by how many seconds the clock stepped, as long as nobody confirmed the time.
const FILE: &str = "clock-in-doubt";

/// Where the doubt is kept.
pub(super) struct Doubt(PathBuf);

impl Doubt {
    pub(super) fn kept_in(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// Tells the clock what an earlier process saw. What cannot be read is a doubt too.
    pub(super) fn recall(&self, clock: &dyn Clock) {
        match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => clock.doubt(0),
            Ok(text) => clock.doubt(text.trim().parse().unwrap_or(0)),
        }
    }

    /// Notes whether there is a doubt now.
    pub(super) fn note(&self, clock: &dyn Clock) {
        let noted = match clock.suspect() {
            Some(_) if self.0.exists() => Ok(()),
            Some(seconds) => fs::write(&self.0, seconds.to_string()),
            None => gone(fs::remove_file(&self.0)),
        };
        if let Err(error) = noted {
            tracing::warn!(%error, file = FILE, "what is known about the clock could not be noted");
        }
    }
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
