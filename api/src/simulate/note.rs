//! How far a region is: a small file that is replaced as a whole. Lost work is repeated under the same command ids, which changes nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Asked, SimulateError};

const NOTE: &str = "region.json";

/// Where the note lies.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NOTE)
}

/// What is noted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub(super) cases: u32,
    pub(super) seed: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) steps: Option<u32>,
    /// Names these stories: with others the region would not go on as it began.
    pub(super) stories: String,
    /// Everything before this moment is done, in microseconds.
    pub(super) done: i64,
    /// Everything is.
    pub(super) whole: bool,
}

impl Note {
    pub(super) fn begun(asked: Asked, stories: String) -> Self {
        let Asked { cases, seed, steps } = asked;
        Self { cases, seed, steps, stories, done: i64::MIN, whole: false }
    }

    /// The note of this folder, if it has one.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, SimulateError> {
        let path = path(folder);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&path, &error)),
        };
        serde_json::from_slice(&text).map(Some).map_err(|_| unusable(&path, &"it is damaged"))
    }

    /// Whether it is about this region with these stories.
    pub(super) fn check(&self, asked: Asked, stories: &str) -> Result<(), SimulateError> {
        let begun = Asked { cases: self.cases, seed: self.seed, steps: self.steps };
        if begun != asked {
            return Err(SimulateError::OtherRegion(begun));
        }
        if self.stories == stories { Ok(()) } else { Err(SimulateError::OtherStories) }
    }

    /// Puts it in the place of the one before, and waits until it is on the medium.
    pub(super) fn keep(&self, folder: &Path) -> Result<(), SimulateError> {
        let path = path(folder);
        self.replace(folder, &path).map_err(|error| unusable(&path, &error))
    }

    fn replace(&self, folder: &Path, path: &Path) -> io::Result<()> {
        let new = path.with_extension("json.new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        File::open(folder)?.sync_all()
    }

    /// The same, with everything before this moment done.
    pub(super) const fn done_before(&mut self, moment: Timestamp) {
        self.done = moment.micros();
    }
}

fn unusable(path: &Path, what: &dyn std::fmt::Display) -> SimulateError {
    SimulateError::Note { path: path.display().to_string(), what: what.to_string() }
}
