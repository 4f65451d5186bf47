//! Which instruments are in use, in which versions, and between which bounds a score lies: policy of a municipality (rule 29). Old and new
//! formats overlap in time (004:1102-1106), so several versions can be in use at once.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{InstrumentKind, Score};

/// The version of an instrument: 1 to 64 of `a-z`, `0-9`, `-`, `.`. It says nothing about people.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InstrumentVersion(String);

/// A text that cannot name a version of an instrument.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a version of an instrument is named by 1 to 64 small letters, digits, `-` and `.`")]
pub struct InvalidInstrumentVersion;

impl InstrumentVersion {
    /// A version by its name.
    ///
    /// # Errors
    /// When the text is anything but 1 to 64 of `a-z`, `0-9`, `-`, `.`.
    pub fn new(text: &str) -> Result<Self, InvalidInstrumentVersion> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidInstrumentVersion)
    }

    /// Of an instrument that policy does not name, used in a version that nobody said.
    pub(super) fn unstated() -> Self {
        Self("unstated".to_owned())
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstrumentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for InstrumentVersion {
    type Error = InvalidInstrumentVersion;

    fn try_from(text: String) -> Result<Self, InvalidInstrumentVersion> {
        Self::new(&text)
    }
}

impl From<InstrumentVersion> for String {
    fn from(version: InstrumentVersion) -> Self {
        version.0
    }
}

/// One instrument as policy has it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentPolicy {
    /// Which.
    pub instrument: InstrumentKind,
    /// The usual version.
    pub version: InstrumentVersion,
    /// Other versions that are in use beside it.
    #[serde(default)]
    pub also: Vec<InstrumentVersion>,
    /// The lowest score, where it has one.
    pub lowest: Option<u16>,
    /// The highest score.
    pub highest: Option<u16>,
}

impl InstrumentPolicy {
    /// Whether this version is in use.
    #[must_use]
    pub fn uses(&self, version: &InstrumentVersion) -> bool {
        self.version == *version || self.also.contains(version)
    }

    /// Whether a score lies between its bounds; any does where it has none.
    #[must_use]
    pub fn admits(&self, score: Score) -> bool {
        let Score(points) = score;
        self.lowest.is_none_or(|lowest| lowest <= points) && self.highest.is_none_or(|highest| points <= highest)
    }
}
