//! The hash chain: each event carries the hash of its predecessor in the stream and of its own stored bytes.
//!
//! The hash is taken over *digests* of metadata and data, so that a chain still verifies after the bytes of a destroyed dossier
//! have gone. This is format `rustpunt/1`; the vectors in `tests/vectors/` pin it.

use domain::ids::{EventId, Revision};
use domain::time::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::port::{Digest, StreamName};

/// Names the format; a change to anything in this file is a new one.
pub const FORMAT: &str = "rustpunt/1";

/// Everything the hash of an event covers.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The stream.
    pub stream: &'a StreamName,
    /// Place in the stream.
    pub revision: Revision,
    /// The event.
    pub id: EventId,
    /// The type in clear.
    pub outer_type: &'a str,
    /// Schema version.
    pub version: u16,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Digest of the metadata bytes.
    pub metadata: Digest,
    /// Digest of the data bytes.
    pub data: Digest,
    /// Hash of the predecessor.
    pub previous: Digest,
}

/// SHA-256 of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The hash of one event: SHA-256 over the format tag, then each clear field preceded by its length (u32, big-endian), then the
/// two digests and the previous hash. Numbers are big-endian: revision u64, version u16, `recorded_at` i64 microseconds.
#[must_use]
pub fn hash(link: &Link<'_>) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(FORMAT.as_bytes());
    let mut field = |bytes: &[u8]| {
        // A field is at most a stream name or a type name; it cannot reach 4 GiB.
        hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        hasher.update(bytes);
    };
    field(link.stream.as_str().as_bytes());
    field(&link.revision.number().to_be_bytes());
    field(link.id.as_uuid().as_bytes());
    field(link.outer_type.as_bytes());
    field(&link.version.to_be_bytes());
    field(&link.recorded_at.micros().to_be_bytes());
    hasher.update(link.metadata.0);
    hasher.update(link.data.0);
    hasher.update(link.previous.0);
    Digest(hasher.finalize().into())
}
