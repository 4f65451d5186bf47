//! The demo: case histories that live in the project as data files (`api/cases`), played through the real mutations on one timeline
//! while the clock is told, after which the clock runs on.

pub mod clock;
pub mod deadlines;
pub mod journal;
pub mod player;
pub mod script;
pub mod staff;
pub mod timeline;

use sha2::{Digest, Sha256};

use script::{CaseHistory, ScriptError};
use staff::Staff;

/// The case histories of the project: short name (it names the file, and is part of every command id) and content.
const SOURCES: [(&str, &str); 8] = [
    ("01-weekend-cancelled", include_str!("../../cases/01-weekend-cancelled.toml")),
    ("02-dons-to-the-end", include_str!("../../cases/02-dons-to-the-end.toml")),
    ("03-sacha-does-not-want-to-go", include_str!("../../cases/03-sacha-does-not-want-to-go.toml")),
    ("04-the-call-about-lara", include_str!("../../cases/04-the-call-about-lara.toml")),
    ("05-five-supporters", include_str!("../../cases/05-five-supporters.toml")),
    ("06-father-without-authority", include_str!("../../cases/06-father-without-authority.toml")),
    ("07-meeting-derails", include_str!("../../cases/07-meeting-derails.toml")),
    ("08-crisis-without-plan", include_str!("../../cases/08-crisis-without-plan.toml")),
];

/// The staff of all histories.
const STAFF: &str = include_str!("../../cases/people.toml");

/// Case histories with the staff who act in them.
#[derive(Debug)]
pub struct Histories {
    /// Who acts.
    pub staff: Staff,
    /// What happens, a case each.
    pub cases: Vec<CaseHistory>,
    /// Names this version of the files (hex): a folder played with another version cannot be played further.
    pub digest: String,
}

impl Histories {
    /// The histories that come with the program.
    ///
    /// # Errors
    /// When a file is not what it should be; a test keeps that from happening.
    pub fn of_the_project() -> Result<Self, ScriptError> {
        Self::read(STAFF, &SOURCES)
    }

    /// Reads and checks histories: the staff, then (short name, content) of each case.
    ///
    /// # Errors
    /// A [`ScriptError`] that names the file, the step and what is wrong.
    pub fn read(staff: &str, sources: &[(&str, &str)]) -> Result<Self, ScriptError> {
        let mut digest = Sha256::new_with_prefix(staff);
        for (name, content) in sources {
            digest.update([0]);
            digest.update(name);
            digest.update([0]);
            digest.update(content);
        }
        let staff = Staff::read(staff)?;
        let read = |(name, content): &(&str, &str)| CaseHistory::read(name, content, &staff);
        let cases = sources.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { staff, cases, digest: hex(&digest.finalize()) })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
