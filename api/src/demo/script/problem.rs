//! Why a data file cannot be played, and where in it.

/// A data file that cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// Not TOML of the expected shape.
    #[error("{file}.toml cannot be read: {reason}")]
    Toml {
        /// Short name of the file.
        file: String,
        /// What the reader says, with the place.
        reason: String,
    },
    /// One entry is wrong.
    #[error("{file}.toml, entry {number}: {problem}")]
    Step {
        /// Short name of the file.
        file: String,
        /// Its place, counted from 1; 0 for the head of the file.
        number: usize,
        /// What is wrong.
        problem: Problem,
    },
}

impl ScriptError {
    pub(in crate::demo) fn toml(file: &str, error: &toml::de::Error) -> Self {
        Self::Toml { file: file.to_owned(), reason: error.to_string() }
    }

    pub(in crate::demo) fn step(file: &str, number: usize, problem: Problem) -> Self {
        Self::Step { file: file.to_owned(), number, problem }
    }
}

/// What is wrong with an entry of a data file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No short name of an organisation.
    #[error("an organisation is named by 2 to 60 lower-case letters, digits and dashes")]
    Organisation,
    /// A member of staff without a usable name.
    #[error("this member of staff needs a name")]
    NoName,
    /// A member of staff without a role.
    #[error("`{0}` needs at least one role")]
    NoRole(String),
    /// A moment that cannot be read.
    #[error("`{0}` is not a moment (YYYY-MM-DDTHH:MM, civil time in Europe/Amsterdam)")]
    Moment(String),
    /// A moment before the one of the step before it.
    #[error("this happens before the step above it: put the steps in order")]
    OutOfOrder,
    /// Neither or both of an act and a look.
    #[error("a step has either `do` (a mutation) or `query`")]
    NotOneAct,
    /// A look with fields that only an act has.
    #[error("a look has no input, dates, mentions or `creates`")]
    LookWithInput,
    /// A mutation that does not exist.
    #[error("`{0}` is not a known mutation")]
    UnknownCommand(String),
    /// An input field that is said elsewhere.
    #[error("leave `{0}` out of the input: the step says it, or the player fills it in")]
    Implied(String),
    /// Somebody who is not on the list of staff.
    #[error("`{0}` is not on the list of staff (people.toml)")]
    UnknownStaff(String),
    /// A label that nothing above has made.
    #[error("nothing above this step makes `{0}`")]
    UnknownLabel(String),
    /// A label used twice, or one that is also a key of the staff.
    #[error("`{0}` already names something else")]
    LabelTwice(String),
    /// A refused step cannot make anything.
    #[error("a refused step makes nothing")]
    RefusedMakes,
}
