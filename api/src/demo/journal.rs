//! How far a demo folder was played, and which ids the steps made. A rerun reads it instead of asking again: whoever acted then may
//! have lost access since, and what was refused then might be allowed now. It holds ids only, no label and no word.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::graphql::CreatedKind;

/// What a step made.
pub type Created = Vec<(CreatedKind, Uuid)>;

/// The steps that were played, in a file of one line each, or in memory only.
#[derive(Debug, Default)]
pub struct Journal {
    file: Option<File>,
    played: HashMap<(String, u32), Created>,
}

/// A journal that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("the journal of the demo cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The folder was played with other data files.
    #[error("this folder was played with another version of the case histories: use a new folder (`demo --data DIR`)")]
    OtherHistories,
    /// The file is not a journal.
    #[error("line {line} of the demo's journal cannot be read: use a new folder (`demo --data DIR`)")]
    Damaged {
        /// Counted from 1.
        line: usize,
    },
}

#[derive(Serialize, Deserialize)]
struct Head {
    histories: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    case: String,
    step: u32,
    created: Created,
}

impl Journal {
    /// A journal that is gone when the program ends.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// Opens or starts the journal of these histories. A last line that was cut off is dropped: its step is played again under the
    /// same command id.
    ///
    /// # Errors
    /// When the file cannot be used, is damaged, or belongs to another version of the histories.
    pub fn open(path: &Path, histories: &str) -> Result<Self, JournalError> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut content = String::new();
        file.read_to_string(&mut content)?;
        let whole = content.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(u64::try_from(whole).unwrap_or(u64::MAX))?;
        file.seek(SeekFrom::End(0))?;
        let mut lines = content.get(..whole).unwrap_or_default().lines().enumerate();
        let mut journal = Self { file: Some(file), played: HashMap::new() };
        match lines.next() {
            None => journal.write(&Head { histories: histories.to_owned() })?,
            Some((_, head)) => {
                let head: Head = serde_json::from_str(head).map_err(|_| JournalError::Damaged { line: 1 })?;
                if head.histories != histories {
                    return Err(JournalError::OtherHistories);
                }
            }
        }
        for (index, line) in lines {
            let line: Line = serde_json::from_str(line).map_err(|_| JournalError::Damaged { line: index + 1 })?;
            journal.played.insert((line.case, line.step), line.created);
        }
        Ok(journal)
    }

    /// What the step made, when it was played.
    #[must_use]
    pub fn played(&self, case: &str, step: u32) -> Option<&Created> {
        self.played.get(&(case.to_owned(), step))
    }

    /// Notes that the step was played.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note(&mut self, case: &str, step: u32, created: Created) -> Result<(), JournalError> {
        self.write(&Line { case: case.to_owned(), step, created: created.clone() })?;
        self.played.insert((case.to_owned(), step), created);
        Ok(())
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), JournalError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut text = serde_json::to_string(line).map_err(std::io::Error::from)?;
        text.push('\n');
        file.write_all(text.as_bytes())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Created {
        vec![(CreatedKind::Person, Uuid::from_u128(7))]
    }

    #[test]
    fn a_journal_remembers_across_openings_and_drops_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("demo.journal");
        let mut journal = Journal::open(&path, "digest").expect("a new journal");
        journal.note("05", 1, made()).expect("noted");
        journal.note("05", 2, Vec::new()).expect("noted");
        let length = std::fs::metadata(&path).expect("a file").len();
        OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(length - 3)).expect("cut");

        let mut journal = Journal::open(&path, "digest").expect("the same journal");
        assert_eq!(journal.played("05", 1), Some(&made()));
        assert_eq!(journal.played("05", 2), None);
        journal.note("05", 2, Vec::new()).expect("noted again");
        assert!(Journal::open(&path, "digest").expect("readable").played("05", 2).is_some());
    }

    #[test]
    fn a_folder_of_another_version_of_the_histories_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("demo.journal");
        Journal::open(&path, "one").expect("a new journal");
        assert!(matches!(Journal::open(&path, "two"), Err(JournalError::OtherHistories)));
    }
}
