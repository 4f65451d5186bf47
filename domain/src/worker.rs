//! Staff: who a worker is, in the worker's own sealed stream. Names of workers are personal data too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decider::{
    Context, Decider, DomainCommand, DomainEvent, History, Order, UnreadableEvent, payload_of, read_tagged,
};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation, Role};
use crate::ids::{Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::{Code, Rejection};
use crate::text::Name;

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
}

/// The decider of a worker.
#[derive(Debug, Clone, Copy)]
pub struct Worker;

/// A worker as last introduced; nothing before that.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WorkerState {
    /// Who it is.
    pub known: Option<Introduced>,
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

/// What the identity provider says is never refused.
pub const CODES: &[Code] = &[];

/// Every event of a worker.
pub const CATALOGUE: &[EventInfo] = &[INTRODUCED];

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
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::WorkerIntroduced { name, .. } => vec![name.owner()],
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
        }
    }

    /// What the identity provider says is no act.
    fn needs_all(&self) -> bool {
        false
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
        let WorkerCommand::IntroduceWorker { name, organisation, roles } = &order.command;
        let owner = Subject::Worker(WorkerId::from_uuid(context.id));
        let mut roles = roles.clone();
        roles.sort_unstable();
        roles.dedup();
        let said =
            Introduced { name: Personal::ordinary(owner, name.clone()), organisation: organisation.clone(), roles };
        if history.state().known.as_ref() == Some(&said) {
            return Ok(Vec::new());
        }
        let Introduced { name, organisation, roles } = said;
        Ok(vec![Draft::of(WorkerEvent::WorkerIntroduced { name, organisation, roles })])
    }

    fn apply(state: &mut WorkerState, fact: &Fact<WorkerEvent>) {
        let WorkerEvent::WorkerIntroduced { name, organisation, roles } = fact.event.clone();
        state.known = Some(Introduced { name, organisation, roles });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{STREAM, given_of, name, organisation};

    fn introduce(called: &str, roles: &[Role]) -> WorkerCommand {
        WorkerCommand::IntroduceWorker {
            name: name(called),
            organisation: organisation("gemeente-huizen"),
            roles: roles.to_vec(),
        }
    }

    fn introduced(called: &str, roles: &[Role]) -> WorkerEvent {
        WorkerEvent::WorkerIntroduced {
            name: Personal::ordinary(Subject::Worker(WorkerId::from_uuid(STREAM)), name(called)),
            organisation: organisation("gemeente-huizen"),
            roles: roles.to_vec(),
        }
    }

    #[test]
    fn only_what_changed_is_written() {
        let both = [Role::AccessWorker, Role::CaseDirector];
        let given = given_of::<Worker>([])
            .when(introduce("Noor", &[Role::CaseDirector, Role::AccessWorker, Role::CaseDirector]))
            .then([introduced("Noor", &both)])
            .when(introduce("Noor", &both))
            .then_nothing()
            .when(introduce("Noor B.", &both))
            .then([introduced("Noor B.", &both)])
            .when(introduce("Noor B.", &[Role::AccessWorker]))
            .accepted();
        assert_eq!(given.state().known.as_ref().map(|known| known.roles.clone()), Some(vec![Role::AccessWorker]));
    }
}
