//! What the trail keeps of one operation. Ids and stable words only: nothing here says anything about a person by itself.

use domain::fact::{Organisation, Role};
use domain::ids::{ConsentId, Revision, Subject, WorkerId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::gate::{Field, Purpose, Relation, Shown};

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
}

/// A decision of the gate, and every place it was taken for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct JudgementEntry {
    /// The operation's name in the API.
    pub operation: String,
    /// The processing activity, with its version.
    pub purpose: Purpose,
    /// What the worker was to it.
    pub relation: Relation,
    /// The rules that allowed it; none for a refusal.
    pub rules: Vec<String>,
    /// The code, when it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The consents that the relation rested on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentId>,
    /// The streams and the last revision read of each; no revision when there was nothing.
    pub at: Vec<(String, Option<Revision>)>,
}

/// A field that was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
