//! What the trail keeps of one operation. Ids and stable words only: nothing here says anything about a person by itself.

use std::collections::BTreeSet;

use domain::fact::{Organisation, Role};
use domain::ids::{CaseId, ConsentId, Revision, Subject, WorkerId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::gate::{Field, Purpose, Relation, Shown};

/// How the stream of a case begins.
const CASES: &str = "case-";

/// How the relation of somebody with emergency access begins.
const EMERGENCY: &str = "emergency";

/// One operation on personal data: looking, searching, being refused. No address of a machine, no word that somebody typed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// When it ended, by the clock of the system.
    pub at: Timestamp,
    /// The worker.
    pub who: WorkerId,
    /// In which role.
    pub role: Role,
    /// For which organisation.
    pub organisation: Organisation,
    /// On whose behalf, when the identity provider says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<WorkerId>,
    /// Query, mutation, subscription, or an act from the command line.
    pub kind: OperationKind,
    /// How it ended.
    pub outcome: Outcome,
    /// The stable code, when it did not end well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// SHA-256 (hex) of the policy by which it was judged; absent when it never reached the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Each decision, with its rule and what it was judged on.
    pub judgements: Vec<JudgementEntry>,
    /// Whom and what it was about.
    pub subjects: Vec<Subject>,
    /// Whose privacy officer answers for it: the municipality whose cases or files it concerns, by its short name. Of what concerns none,
    /// the worker's own organisation. What was refused elsewhere is named for that organisation as well: it reads it as of what is not
    /// there ([`Entry::for_municipality`]). Entries of earlier releases have none, or all that one operation concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub municipalities: Vec<Organisation>,
    /// Which fields were shown, and how sensitive.
    pub fields: Vec<ShownField>,
    /// How many values were shown, or how many things when only their ids and days were.
    pub count: u64,
    /// Whether it was recorded after the fact, because the trail could not be written when the crisis card was shown. `at` is when that
    /// was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// The request; the same for all that belongs to it.
    pub request: Uuid,
    /// W3C trace id, hex.
    pub trace: String,
    /// The caller's span, hex, when it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether a release wrote it that kept neither municipalities apart nor whom each field was of. Known by the version it is stored
    /// under.
    #[serde(skip)]
    pub older: bool,
}

impl Entry {
    /// Whose privacy officer answers for it.
    #[must_use]
    pub fn municipalities(&self) -> Vec<Organisation> {
        if self.municipalities.is_empty() { vec![self.organisation.clone()] } else { self.municipalities.clone() }
    }

    /// The cases it was about, or judged on; also one that is not there, when it was asked for.
    #[must_use]
    pub fn cases(&self) -> BTreeSet<CaseId> {
        let judged = self.judgements.iter().flat_map(|judged| &judged.at);
        let judged = judged.filter_map(|(stream, _)| case_of(stream));
        let about = self.subjects.iter().filter_map(|subject| match subject {
            Subject::Case(case) => Some(*case),
            _ => None,
        });
        judged.chain(about).collect()
    }

    /// Whether it was refused, or a part of it.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.outcome == Outcome::Refused || self.judgements.iter().any(|judged| judged.refused.is_some())
    }
}

/// The case of a stream.
pub(super) fn case_of(stream: &str) -> Option<CaseId> {
    stream.strip_prefix(CASES)?.parse().ok()
}

/// A decision of the gate, and every place it was taken for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct JudgementEntry {
    /// The operation's name in the API.
    pub operation: String,
    /// The act it was judged as, as the policy names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// The processing activity, with its version.
    pub purpose: Purpose,
    /// What the worker was to it.
    pub relation: Relation,
    /// The rules that allowed it; none for a refusal.
    pub rules: Vec<String>,
    /// The code, when it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The consents it rested on; none where it rested on none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentId>,
    /// The streams and the last revision read of each; no revision when there was nothing.
    pub at: Vec<(String, Option<Revision>)>,
    /// Which fields were shown of whom by it, each as its number in the entry; whoever the same was shown of stands together. Fields alone
    /// are of nobody, subjects alone were asked for by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<ShownTo>,
}

/// Subjects and the fields that were shown of each, by their numbers in the entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownTo(pub Vec<u32>, pub Vec<u32>);

impl JudgementEntry {
    /// Whether emergency access allowed it.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.refused.is_none() && self.relation.as_str().starts_with(EMERGENCY)
    }
}

/// A field that was shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct ShownField {
    /// The field's name in the API.
    pub field: String,
    /// `structure`, `ordinary`, `health` or `criminal`.
    pub class: String,
}

impl From<(Field, Shown)> for ShownField {
    fn from((field, class): (Field, Shown)) -> Self {
        Self { field: field.name().to_owned(), class: class.as_str().to_owned() }
    }
}

/// How an operation came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// A query.
    Query,
    /// A mutation.
    Mutation,
    /// One delivery of a subscription, or its refusal.
    Subscription,
    /// A command line on the machine itself.
    CommandLine,
    /// A request of which not even the kind could be read.
    Unknown,
}

/// How an operation ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was allowed and answered.
    Granted,
    /// The gate or the law of a case refused it, or a part of it.
    Refused,
    /// It was no valid request.
    Invalid,
    /// Something in the system failed; nothing was shown.
    Failed,
}

impl OperationKind {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
            Self::CommandLine => "command_line",
            Self::Unknown => "unknown",
        }
    }
}

impl Outcome {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Invalid => "invalid",
            Self::Failed => "failed",
        }
    }
}
