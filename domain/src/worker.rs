//! Staff: who a worker is, which duties they have and what they wrote for themself, in the worker's own sealed stream. Names of workers
//! are personal data too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decider::{
    Context, Decider, DomainCommand, DomainEvent, History, Order, UnreadableEvent, payload_of, read_tagged,
};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation, Role};
use crate::ids::{Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Name;
use crate::time::CivilDay;

mod duty;
mod reflection;
mod seen;

pub use duty::{Duties, Duty, ON_CALL_MOST_DAYS};
pub use reflection::{NamesFound, OwnReflection};
pub use seen::{SEEN_BY_ANOTHER, SeenCase, SeenCases};

use crate::rejection::Code;
use crate::text::Text;

/// Every code the duty or the own reflection of a worker is refused with, besides those about dates. What the identity provider says is
/// never refused.
pub const CODES: &[Code] = &[
    duty::SELF_ASSIGNED_DUTY,
    duty::DUTY_WITHOUT_END,
    duty::DUTY_TOO_LONG,
    duty::DUTY_PRESENT,
    duty::DUTY_ABSENT,
    seen::SEEN_BY_ANOTHER,
    reflection::REFLECTION_OF_ANOTHER,
    reflection::REFLECTION_NAMES_SOMEBODY,
];

/// What can happen about a worker.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum WorkerEvent {
    /// The identity provider introduced the worker, or said something else than before.
    WorkerIntroduced {
        /// As people call them.
        name: Personal<Name>,
        /// For which organisation.
        organisation: Organisation,
        /// In which roles.
        roles: Vec<Role>,
    },
    /// The worker has a duty for an organisation.
    DutyAssigned {
        /// Which.
        duty: Duty,
        /// For which organisation.
        organisation: Organisation,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// The duty ended before the agreed day, or one without an agreed day ended.
    DutyEnded {
        /// Which.
        duty: Duty,
        /// For which organisation.
        organisation: Organisation,
        /// Last day.
        last_day: CivilDay,
    },
    /// The worker has seen what others recorded in these cases.
    CaseloadSeen {
        /// Each case, with the last fact that was seen.
        cases: Vec<SeenCase>,
    },
    /// The worker reflected on the own part.
    OwnReflectionWritten {
        /// In the worker's own words; names nobody.
        words: Personal<Text>,
    },
}

/// What can be asked about a worker.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum WorkerCommand {
    /// Take over what the identity provider says. Writes nothing when nothing changed.
    IntroduceWorker {
        /// As people call them.
        name: Name,
        /// For which organisation.
        organisation: Organisation,
        /// In which roles.
        roles: Vec<Role>,
    },
    /// Give the worker a duty: an act of somebody else.
    AssignDuty {
        /// Which.
        duty: Duty,
        /// For which organisation.
        organisation: Organisation,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Last day, when known. Being on call always has one.
        until: Option<CivilDay>,
    },
    /// End a duty.
    EndDuty {
        /// Which.
        duty: Duty,
        /// For which organisation.
        organisation: Organisation,
        /// Last day; today when nothing is said.
        last_day: Option<CivilDay>,
    },
    /// The worker has seen what is new in these cases. Writes nothing when nothing of it is new.
    MarkCaseloadSeen {
        /// Each case, with the last fact that was on the screen.
        cases: Vec<SeenCase>,
    },
    /// Write down a reflection on the own part.
    WriteOwnReflection {
        /// In the worker's own words.
        words: Text,
        /// Whether the words hold the name of somebody of a case in which the worker works.
        names: NamesFound,
    },
}

/// The decider of a worker.
#[derive(Debug, Clone, Copy)]
pub struct Worker;

/// A worker as last introduced, with every duty; nothing before that.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WorkerState {
    /// Who it is. A duty can be given to somebody who was not introduced yet.
    pub known: Option<Introduced>,
    /// Which duties the worker has and had.
    pub duties: Duties,
    /// What the worker has seen of their cases.
    pub seen: SeenCases,
    /// What the worker wrote about the own part, in the order written: for the worker alone.
    pub reflections: Vec<OwnReflection>,
}

impl WorkerState {
    /// The duties of the worker on this day, each with the organisation it is for.
    pub fn duties_on(&self, day: CivilDay) -> impl Iterator<Item = (Duty, &Organisation)> {
        self.duties.on(day)
    }
}

/// Who a worker is.
#[derive(Clone, PartialEq, Debug)]
pub struct Introduced {
    /// As people call them.
    pub name: Personal<Name>,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which roles, each once, in a fixed order.
    pub roles: Vec<Role>,
}

/// Every event of a worker.
pub const CATALOGUE: &[EventInfo] = &[INTRODUCED, duty::ASSIGNED, duty::ENDED, seen::SEEN, reflection::WRITTEN];

const INTRODUCED: EventInfo = EventInfo {
    name: "WorkerIntroduced",
    version: 1,
    outer: "WorkerIntroduced",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["introduceWorker"],
    meaning: "The identity provider introduced the worker, or said something else than before.",
    fields: &[
        FieldInfo::personal("name", "as people call them"),
        FieldInfo::structure("organisation", "for which organisation"),
        FieldInfo::structure("roles", "in which roles"),
    ],
};

impl DomainEvent for WorkerEvent {
    fn catalogue() -> Vec<&'static EventInfo> {
        CATALOGUE.iter().collect()
    }

    fn info(&self) -> &'static EventInfo {
        match self {
            Self::WorkerIntroduced { .. } => &INTRODUCED,
            Self::DutyAssigned { .. } => &duty::ASSIGNED,
            Self::DutyEnded { .. } => &duty::ENDED,
            Self::CaseloadSeen { .. } => &seen::SEEN,
            Self::OwnReflectionWritten { .. } => &reflection::WRITTEN,
        }
    }

    /// A duty and what was seen name nobody besides the worker whose stream they stand in.
    fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::WorkerIntroduced { name, .. } => vec![name.owner()],
            Self::OwnReflectionWritten { words } => vec![words.owner()],
            Self::DutyAssigned { .. } | Self::DutyEnded { .. } | Self::CaseloadSeen { .. } => Vec::new(),
        }
    }

    fn to_payload(&self) -> Result<Value, serde_json::Error> {
        payload_of(self)
    }

    fn from_payload(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent> {
        read_tagged(type_name, payload)
    }
}

impl DomainCommand for WorkerCommand {
    fn name(&self) -> &'static str {
        match self {
            Self::IntroduceWorker { .. } => "introduceWorker",
            Self::AssignDuty { .. } => "assignDuty",
            Self::EndDuty { .. } => "endDuty",
            Self::MarkCaseloadSeen { .. } => "markCaseloadSeen",
            Self::WriteOwnReflection { .. } => "writeOwnReflection",
        }
    }

    /// What the identity provider says and what was seen is no act, and an end takes rights away.
    fn needs_all(&self) -> bool {
        matches!(self, Self::AssignDuty { .. })
    }
}

impl Decider for Worker {
    type Event = WorkerEvent;
    type Command = WorkerCommand;
    type State = WorkerState;
    const CATEGORY: &'static str = "worker";

    fn rule(
        history: &History<Self>,
        order: &Order<WorkerCommand>,
        context: &mut Context<'_>,
    ) -> Result<Vec<Draft<WorkerEvent>>, Rejection> {
        match &order.command {
            WorkerCommand::IntroduceWorker { name, organisation, roles } => {
                Ok(introduce(history.state(), name, organisation, roles, context))
            }
            WorkerCommand::AssignDuty { .. } | WorkerCommand::EndDuty { .. } => {
                duty::decide(&history.state().duties, order, context)
            }
            WorkerCommand::MarkCaseloadSeen { cases } => seen::decide(&history.state().seen, cases, context),
            WorkerCommand::WriteOwnReflection { .. } => reflection::decide(&order.command, context),
        }
    }

    fn apply(state: &mut WorkerState, fact: &Fact<WorkerEvent>) {
        match fact.event.clone() {
            WorkerEvent::WorkerIntroduced { name, organisation, roles } => {
                state.known = Some(Introduced { name, organisation, roles });
            }
            WorkerEvent::DutyAssigned { .. } | WorkerEvent::DutyEnded { .. } => state.duties.apply(fact),
            WorkerEvent::CaseloadSeen { .. } => state.seen.apply(fact),
            WorkerEvent::OwnReflectionWritten { words } => {
                state.reflections.push(OwnReflection { day: fact.occurred.day(), words, fact: fact.id });
            }
        }
    }
}

/// What the identity provider says is never refused, and written only when it is something else than before.
fn introduce(
    state: &WorkerState,
    name: &Name,
    organisation: &Organisation,
    roles: &[Role],
    context: &Context<'_>,
) -> Vec<Draft<WorkerEvent>> {
    let owner = Subject::Worker(WorkerId::from_uuid(context.id));
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    let said = Introduced { name: Personal::ordinary(owner, name.clone()), organisation: organisation.clone(), roles };
    if state.known.as_ref() == Some(&said) {
        return Vec::new();
    }
    let Introduced { name, organisation, roles } = said;
    vec![Draft::of(WorkerEvent::WorkerIntroduced { name, organisation, roles })]
}

#[cfg(test)]
mod tests;
