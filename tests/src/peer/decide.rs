//! The server's check of a write against what stands (`IndexWriter.CheckCommit`): it compares event ids, never bytes.

use std::collections::HashMap;

use uuid::Uuid;

/// What a writer expects of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Any,
    StreamExists,
    NoStream,
    Revision(u64),
}

/// What stands, as far as the check needs it.
pub(super) struct Standing<'a> {
    pub name: &'a str,
    pub current: Option<u64>,
    pub deleted: bool,
    pub tombstoned: bool,
    pub ids: &'a HashMap<Uuid, (String, u64)>,
}

impl Standing<'_> {
    /// Revision of an event with this id in this stream.
    fn revision_of(&self, id: &Uuid) -> Option<u64> {
        self.ids.get(id).filter(|(stream, _)| stream == self.name).map(|(_, revision)| *revision)
    }
}

/// What the server does with a write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Write,
    /// The same ids stand already where this write would have put them: the answer is the original one.
    Repeated {
        last: u64,
    },
    Wrong,
    Deleted,
}

pub(super) fn decide(standing: &Standing<'_>, expected: Expected, ids: &[Uuid]) -> Verdict {
    if standing.tombstoned {
        return Verdict::Deleted;
    }
    match expected {
        Expected::StreamExists if standing.deleted => Verdict::Deleted,
        Expected::StreamExists if standing.current.is_none() => Verdict::Wrong,
        Expected::Any | Expected::StreamExists => by_ids(standing, ids),
        Expected::NoStream => by_revision(standing, None, ids),
        Expected::Revision(revision) => by_revision(standing, Some(revision), ids),
    }
}

/// Without an expected revision: known if all ids are known, corrupt if only the first ones are.
fn by_ids(standing: &Standing<'_>, ids: &[Uuid]) -> Verdict {
    let mut last = None;
    for id in ids {
        match (standing.revision_of(id), last) {
            (Some(revision), _) => last = Some(revision),
            (None, None) => return Verdict::Write,
            (None, Some(_)) => return Verdict::Wrong,
        }
    }
    last.map_or(Verdict::Write, |last| Verdict::Repeated { last })
}

fn by_revision(standing: &Standing<'_>, expected: Option<u64>, ids: &[Uuid]) -> Verdict {
    if expected == standing.current {
        return Verdict::Write;
    }
    if expected > standing.current {
        return Verdict::Wrong;
    }
    let mut revision = expected;
    for id in ids {
        let next = revision.map_or(0, |revision| revision + 1);
        if standing.revision_of(id) != Some(next) {
            let first = revision == expected;
            // A softly deleted stream counts as not there; its revisions go on.
            return if first && expected.is_none() && standing.deleted { Verdict::Write } else { Verdict::Wrong };
        }
        revision = Some(next);
    }
    match revision {
        Some(last) if !ids.is_empty() => Verdict::Repeated { last },
        _ => Verdict::Wrong,
    }
}
