//! *Verloop: spanning, hulp en rust* as a picture (divorce.md, "Two ladders, one picture"): a row for each person and subject under one
//! time axis. What calmed is drawn as large as what rose. No row is laid over that of another, nothing is coloured by person, and no
//! difference between people is worked out.

mod layout;
mod read;
mod words;

use domain::time::CivilDay;

pub use self::layout::draw;
pub use self::read::{QUERY, QUERY_LOOKING_BACK, read};
pub use super::shape::Shape;

/// What is drawn: what one viewer may see of one case on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// The day looked at: the right edge.
    pub day: CivilDay,
    /// The rows, from above.
    pub rows: Vec<Row>,
    /// Since when there is a plan per household: a line through all rows.
    pub apart: Option<CivilDay>,
}

/// A row under the time axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Whose, and about what.
    pub name: String,
    /// How it stands on the day looked at, in words.
    pub now: Vec<String>,
    /// What stands in it.
    pub course: Course,
}

/// What stands in a row.
#[derive(Clone, PartialEq, Debug)]
pub enum Course {
    /// Stages of a conflict, 1 to 9, in three phases; nothing where it could not be said.
    Conflict(Vec<(CivilDay, Option<i32>)>),
    /// Levels of help, 1 to 10.
    Help(Vec<(CivilDay, Option<i32>)>),
    /// Energy, of a hundred.
    Energy(Vec<(CivilDay, i32)>),
    /// Periods of calm, with their last day once they ended.
    Calm(Vec<(CivilDay, Option<CivilDay>)>),
    /// From a day on something was as a word says.
    Phases(Vec<(CivilDay, String)>),
    /// What happened on a day.
    Marks(Vec<Mark>),
}

/// Something that happened on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The day.
    pub day: CivilDay,
    /// As what it is drawn.
    pub shape: Shape,
    /// In words.
    pub words: String,
}

impl Course {
    /// The first day that stands in it.
    fn first_day(&self) -> Option<CivilDay> {
        match self {
            Self::Conflict(steps) | Self::Help(steps) => steps.iter().map(|(day, _)| *day).min(),
            Self::Energy(said) => said.iter().map(|(day, _)| *day).min(),
            Self::Calm(periods) => periods.iter().map(|(from, _)| *from).min(),
            Self::Phases(phases) => phases.iter().map(|(day, _)| *day).min(),
            Self::Marks(marks) => marks.iter().map(|mark| mark.day).min(),
        }
    }
}
