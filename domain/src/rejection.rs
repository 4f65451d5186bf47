//! A refusal by the law of a case: a stable code and the facts it rests on. Not a fault; the words for people live at the edge.

use std::fmt;

use crate::time::{CivilDay, Timestamp};

/// A stable code such as `DIRECTOR_PRESENT`. Each room lists its own; [`crate::catalogue::codes`] has them all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A fact that a refusal names: ids, days, numbers and codes only, never words about a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Detail {
    /// An id.
    Id(String),
    /// A civil day.
    Day(CivilDay),
    /// A moment.
    Moment(Timestamp),
    /// A count.
    Number(u64),
    /// A stable word, such as a kind or the name of a field.
    Word(&'static str),
    /// Several of these.
    List(Vec<Detail>),
}

impl From<CivilDay> for Detail {
    fn from(day: CivilDay) -> Self {
        Self::Day(day)
    }
}

impl From<Timestamp> for Detail {
    fn from(moment: Timestamp) -> Self {
        Self::Moment(moment)
    }
}

impl From<u64> for Detail {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&'static str> for Detail {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl Detail {
    /// An id of any kind.
    #[must_use]
    pub fn id(id: impl fmt::Display) -> Self {
        Self::Id(id.to_string())
    }

    /// Several ids.
    pub fn ids<I: fmt::Display>(ids: impl IntoIterator<Item = I>) -> Self {
        Self::List(ids.into_iter().map(Self::id).collect())
    }
}

/// Why a command is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{code}")]
pub struct Rejection {
    /// The stable code.
    pub code: Code,
    /// What it rests on, by name.
    pub details: Vec<(&'static str, Detail)>,
}

impl Rejection {
    /// A refusal without details yet.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, details: Vec::new() }
    }

    /// The same refusal, naming one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.details.push((name, detail.into()));
        self
    }
}
