//! A worker's own reflection (rule 26), for instance on roles in the drama triangle. It belongs to the worker: only the author writes it and
//! only the author ever reads it, whatever role or duty somebody has. It names nobody: no person, no case, and in its words nothing that
//! leads to somebody. That is why it stands in the worker's own stream, and never in that of a case.

use serde::Serialize;

use super::{WorkerCommand, WorkerEvent};
use crate::decider::Context;
use crate::fact::{Axis, Draft, EventInfo, FieldInfo};
use crate::ids::{EventId, WorkerId};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::signal::traces;
use crate::text::Text;
use crate::time::CivilDay;

/// An own reflection is written by the worker, for nobody else and by nobody in their place.
pub const REFLECTION_OF_ANOTHER: Code = Code("REFLECTION_OF_ANOTHER");
/// An own reflection names nobody; `found` says what leads to somebody.
pub const REFLECTION_NAMES_SOMEBODY: Code = Code("REFLECTION_NAMES_SOMEBODY");

pub(super) const WRITTEN: EventInfo = EventInfo {
    name: "OwnReflectionWritten",
    version: 1,
    outer: "OwnReflectionWritten",
    axis: Axis::Process,
    may_precede: true,
    audience: "author",
    caused_by: &["writeOwnReflection"],
    meaning: "A worker reflected on the own part. For the worker alone.",
    fields: &[FieldInfo::personal("words", "in the worker's own words; names nobody")],
};

/// What a worker wrote about the own part.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnReflection {
    /// The day.
    pub day: CivilDay,
    /// In the worker's own words.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Who was there when names were looked for, besides what leads to anybody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NamesFound {
    /// None, as far as they are known.
    None,
    /// Somebody of a case in which the worker works.
    Somebody,
}

pub(super) fn decide(command: &WorkerCommand, context: &mut Context<'_>) -> Result<Vec<Draft<WorkerEvent>>, Rejection> {
    let WorkerCommand::WriteOwnReflection { words, names } = command else { return Ok(Vec::new()) };
    if context.actor.worker != WorkerId::from_uuid(context.id) {
        return Err(Rejection::new(REFLECTION_OF_ANOTHER));
    }
    let name = (*names == NamesFound::Somebody).then_some("name");
    let found: Vec<Detail> = traces(words.as_str()).into_iter().chain(name).map(Detail::Word).collect();
    if !found.is_empty() {
        return Err(Rejection::new(REFLECTION_NAMES_SOMEBODY).with("found", Detail::List(found)));
    }
    let words = context.in_record(words.clone());
    Ok(vec![Draft::of(WorkerEvent::OwnReflectionWritten { words }).for_audience(crate::fact::Audience::Author)])
}
