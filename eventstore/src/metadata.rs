//! Metadata: the clear part of an event. An allow-list: nothing else may stand there, and nothing here is personal content.

use std::fmt;

use domain::fact::{Actor, Audience, CommandRef, FileKind, Organisation};
use domain::ids::{ConsentId, Revision, Subject};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::port::StreamName;

/// The purpose that stands in clear for a fact about safety, health or crime; the exact one is sealed.
pub const NEUTRAL_PURPOSE: &str = "coordination";

/// The processing activity that stands in clear for such a fact.
pub const NEUTRAL_ACTIVITY: &str = "coordination/1";

/// Everything that is stored in clear about an event besides its type and its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Who recorded it, in which role, for which organisation, on whose behalf.
    pub actor: Actor,
    /// The organisation responsible for the record it is part of.
    pub holder: Organisation,
    /// The kind of that record: rights and retention follow it.
    pub file: FileKind,
    /// What the actor said it is for; neutral for a neutral type.
    pub purpose: String,
    /// Version of the processing activity in the register (AVG 30), such as `coordination/1`; neutral for a neutral type.
    pub activity: String,
    /// Everyone and everything it is about.
    pub subjects: Vec<Subject>,
    /// Who may know it.
    pub audience: Audience,
    /// The command that wrote it, the keyed digest of its input, and the event's place in the batch.
    pub command: CommandRef,
    /// Why the actor was allowed to.
    pub decision: Decision,
    /// The fact that made the system act, when it was not a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<FactRef>,
    /// Joins everything that followed from one intention.
    pub correlation: CorrelationId,
    /// W3C trace id of the request (32 hex digits): joins the fact with the trail and with exported spans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

/// The access decision a command rested on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Digest (hex) of the policy set that decided.
    pub policy: String,
    /// The rules that let it through; none in clear for a neutral type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The actor's relation to the case.
    pub relation: String,
    /// The last fact the decision had seen; nothing for a stream that did not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_at: Option<FactRef>,
    /// The consents that the relation rested on; none in clear for a neutral type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentId>,
}

/// What a neutral type hides: the exact purpose, activity, rules and consents, in the sealed data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exact {
    /// What the actor said it is for.
    pub purpose: String,
    /// Version of the processing activity.
    pub activity: String,
    /// The rules that let it through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The consents that the relation rested on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentId>,
}

/// A fact, by its place in its stream. Positions of one store never stand inside a fact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactRef {
    /// The stream.
    #[serde(serialize_with = "write_stream", deserialize_with = "read_stream")]
    pub stream: StreamName,
    /// Place in the stream.
    pub revision: Revision,
}

fn write_stream<S: Serializer>(stream: &StreamName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stream.as_str())
}

fn read_stream<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StreamName, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// Joins everything that followed from one intention.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CorrelationId(Uuid);

impl CorrelationId {
    /// Wraps a UUID that joins facts.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The UUID itself.
    #[must_use]
    pub const fn as_uuid(&self) -> Uuid {
        self.0
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// Metadata that this release cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the metadata have another shape")]
pub struct UnreadableMetadata;

impl Metadata {
    /// Reads stored metadata.
    ///
    /// # Errors
    /// When a field is missing or unknown. The message repeats nothing.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableMetadata> {
        serde_json::from_slice(bytes).map_err(|_| UnreadableMetadata)
    }
}
