//! A region of invented families, as large as anybody wants: for a demo of believable size, and for measuring.
//!
//! The seed and the number of a case give a story ([`story`]): steps at moments, each of which works out an order from the case as it
//! stands. Orders go through the desk and the law of a case like anybody's; nothing is written by hand. Time runs forward over the whole
//! region, and what happens at one moment happens at once, so that many share a sync. Nobody keeps a story: of a case that waits there
//! are a moment and two numbers in memory.
//!
//! Command ids and new ids follow from seed, case and step. So the same command line on another folder writes the same facts (sealed
//! anew), and a run that was broken off goes on as if it had not been.

mod chapters;
mod dice;
mod family;
mod hours;
mod note;
mod region;
mod run;
mod shares;
mod story;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::{self, Display, Formatter};
use std::path::Path;

use domain::fact::InvalidOrganisation;
use domain::rejection::Code;
use domain::terms::TermsError;
use domain::text::InvalidText;
use domain::time::Timestamp;
use eventstore::loader::LoadError;
use eventstore::port::StoreFault;
use indicatif::ProgressBar;
use projections::lists::Progress;
use workflows::desk::DeskError;

use crate::demo::script::ScriptError;
use crate::node::{OpenError, unserved};

/// Which region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// How many families.
    pub cases: u32,
    /// What chance begins with.
    pub seed: u64,
    /// Where every story breaks off: after so many steps, each an order that may make more than one fact. Whole stories when nothing is
    /// said.
    pub steps: Option<u32>,
}

impl Display for Asked {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "--cases {} --seed {}", self.cases, self.seed)?;
        self.steps.map_or(Ok(()), |steps| write!(out, " --steps {steps}"))
    }
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Facts in the cases, those of earlier runs included.
    pub facts: u64,
    /// Orders that the law of a case refused in this run, by code: none, as long as the stories know the law.
    pub refused: BTreeMap<Code, u64>,
    /// Whether the region is whole. Not when told to stop.
    pub whole: bool,
}

/// A region cannot be written. What was written stays, and the same again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The folder was begun with another number, seed or length.
    #[error("this folder was begun with `{0}`: say the same, or name a new folder")]
    OtherRegion(Asked),
    /// The stories of this program are others than those the folder was begun with.
    #[error("this folder was begun by another version of the program, with other stories: name a new folder")]
    OtherStories,
    /// There is a demo in the folder that was not begun here.
    #[error("{0} holds a demo already, and a region comes before its stories: name a new folder")]
    HoldsDemo(String),
    /// The stories of the demo were played before the region was whole.
    #[error(
        "a demo was played in this folder before its region was whole, and time never goes back: name a new folder"
    )]
    PlayedOver,
    /// The note of how far it is cannot be used.
    #[error(
        "{path} cannot be used ({what}): check the disk and the rights; without it nobody knows how far the region is"
    )]
    Note {
        /// The note.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// The folder cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something could not be written or read.
    #[error("{0}; put that right and run the same command again: it goes on where it was")]
    Desk(#[from] DeskError<Infallible>),
    /// A case could not be read.
    #[error("{0}; put that right and run the same command again: it goes on where it was")]
    Load(#[from] LoadError),
    /// The history cannot be read.
    #[error("{0}; put that right and run the same command again: it goes on where it was")]
    Store(#[from] StoreFault),
    /// The staff of the demo cannot be read, which its tests exclude.
    #[error(transparent)]
    Staff(#[from] ScriptError),
    /// The product's own terms cannot be read, which its tests exclude.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// Somebody was invented whose name cannot be one, which tests exclude.
    #[error(transparent)]
    Name(#[from] InvalidText),
    /// An organisation was invented whose name cannot be one, which tests exclude.
    #[error(transparent)]
    Organisation(#[from] InvalidOrganisation),
    /// A thread stopped half-way.
    #[error("a thread stopped half-way: run the same command again, it goes on where it was")]
    Stopped,
}

/// Whether to stop before this moment of the region.
pub type Stop = dyn Fn(Timestamp) -> bool + Send + Sync;

/// Writes a region into a demo folder, or goes on with one, until it is whole or somebody says stop.
///
/// # Errors
/// [`SimulateError`] says what to do.
pub async fn write(folder: &Path, asked: Asked, bar: &ProgressBar, stop: &Stop) -> Result<Written, SimulateError> {
    run::write(folder, asked, bar, stop).await
}

/// The same without anybody who looks.
///
/// # Errors
/// As [`write`].
pub async fn write_quietly(folder: &Path, asked: Asked) -> Result<Written, SimulateError> {
    write(folder, asked, &ProgressBar::hidden(), &|_| false).await
}

/// Makes the read database of a region, so that it need not be made when the region is opened first. Time stays where the region ends.
///
/// # Errors
/// When the folder cannot be opened, or the lists cannot be made.
pub async fn rebuild(folder: &Path, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<(), SimulateError> {
    Ok(unserved::rebuild(run::at_its_end(folder)?, progress).await?)
}

/// Whether a folder was begun here.
#[must_use]
pub fn is_region(folder: &Path) -> bool {
    note::path(folder).exists()
}

/// Before this moment every region ends, and the stories of the demo begin after it.
#[must_use]
pub fn end() -> Timestamp {
    hours::end()
}

/// The streams of the cases of a region, in order of their number.
pub fn cases(asked: Asked) -> impl Iterator<Item = uuid::Uuid> {
    (0..asked.cases).map(move |case| story::case_id(asked.seed, case))
}
