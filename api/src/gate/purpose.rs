//! What somebody works for: a processing activity with a version, as the register of processing activities names it (standards A).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A processing activity. Each relevant change of an activity gets a new number, so that a line in the trail points to one text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Purpose {
    /// Coordinating help around one family.
    #[serde(rename = "coordination/1")]
    Coordination,
    /// Leading a family to help, and guarding the gaps.
    #[serde(rename = "access/1")]
    Access,
    /// Advising in a complex divorce, within the bounds that consent stands for.
    #[serde(rename = "advice/1")]
    Advice,
    /// Watching over sharing, terms and caseload, without content.
    #[serde(rename = "oversight/1")]
    Oversight,
}

/// A text that names no purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("state one of these purposes, or none: coordination/1, access/1, advice/1, oversight/1")]
pub struct UnknownPurpose;

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [Self::Coordination, Self::Access, Self::Advice, Self::Oversight];

    /// The header of a request. In the first message of a WebSocket the key is `purpose`.
    pub const HEADER: &'static str = "Rustpunt-Purpose";

    /// The activity without its version, as events name what something was for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coordination => "coordination",
            Self::Access => "access",
            Self::Advice => "advice",
            Self::Oversight => "oversight",
        }
    }

    /// The versioned id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coordination => "coordination/1",
            Self::Access => "access/1",
            Self::Advice => "advice/1",
            Self::Oversight => "oversight/1",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text.trim()).ok_or(UnknownPurpose)
    }
}
