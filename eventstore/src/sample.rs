//! A notebook: the smallest domain with everything the stored form must carry. For tests and benches only.

use domain::decider::{
    Amends, Context, Correction, Decider, DomainCommand, DomainEvent, History, Order, UnreadableEvent,
};
use domain::fact::{Actor, Axis, Draft, EventInfo, Fact, FieldInfo, FileKind, Organisation, Role};
use domain::ids::{CaseId, CommandId, EventId, PersonId, RecordId, Subject, WorkerId};
use domain::personal::{DataClass, Personal};
use domain::rejection::Rejection;
use domain::text::{Name, Text};
use domain::time::{Occurred, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use eventstore::codec::{Basis, Provenance};
use eventstore::metadata::{CorrelationId, Decision};
use eventstore::port::StreamName;
use eventstore::upcast::Upcasters;

/// The decider of a notebook.
#[derive(Debug, Clone, Copy)]
pub struct Notebook;

/// What can happen in a notebook.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum NotebookEvent {
    /// Somebody said something. Version 1 called the text `words`.
    NoteTaken {
        /// Who said it.
        name: Personal<Name>,
        /// What.
        text: Personal<Text>,
    },
    /// The same about health: in clear it says nothing.
    HealthNoted {
        /// Who.
        person: PersonId,
        /// What.
        text: Personal<Text>,
    },
    /// Something else should have stood there.
    NoteCorrected {
        /// The fact.
        target: EventId,
        /// What should have stood there.
        replacement: Option<Replacement>,
    },
}

/// Other content, in the stored form of its own type and version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Replacement {
    r#type: String,
    version: u16,
    payload: Note,
}

/// The content of a note.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Note {
    name: Personal<Name>,
    text: Personal<Text>,
}

/// What can be asked: only what the digest of a command needs.
#[derive(Clone, Debug, Serialize)]
pub struct TakeNote {
    /// What to note.
    pub text: Text,
}

impl DomainCommand for TakeNote {
    fn name(&self) -> &'static str {
        "takeNote"
    }

    fn needs_all(&self) -> bool {
        false
    }
}

const fn info(name: &'static str, version: u16, outer: &'static str, fields: &'static [FieldInfo]) -> EventInfo {
    let meaning = "Something in a notebook.";
    let audience = "case";
    EventInfo {
        name,
        version,
        outer,
        axis: Axis::Process,
        may_precede: true,
        audience,
        caused_by: &[],
        meaning,
        fields,
    }
}

const TAKEN: EventInfo = info("NoteTaken", 2, "NoteTaken", &[]);
const HEALTH: EventInfo = EventInfo { audience: "persons", ..info("HealthNoted", 1, "NotebookFactRecorded", &[]) };
const CORRECTED: EventInfo = info("NoteCorrected", 1, "NoteCorrected", &[]);
const CATALOGUE: &[EventInfo] = &[TAKEN, HEALTH, CORRECTED];

impl DomainEvent for NotebookEvent {
    fn catalogue() -> Vec<&'static EventInfo> {
        CATALOGUE.iter().collect()
    }

    fn info(&self) -> &'static EventInfo {
        match self {
            Self::NoteTaken { .. } => &CATALOGUE[0],
            Self::HealthNoted { .. } => &CATALOGUE[1],
            Self::NoteCorrected { .. } => &CATALOGUE[2],
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::NoteTaken { name, .. } => vec![name.owner()],
            Self::HealthNoted { person, .. } => vec![Subject::Person(*person)],
            Self::NoteCorrected { .. } => Vec::new(),
        }
    }

    fn to_payload(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self).map(|mut tagged| tagged["payload"].take())
    }

    fn from_payload(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent> {
        let unreadable = |_| UnreadableEvent { type_name: type_name.to_owned(), reason: "another shape".to_owned() };
        serde_json::from_value(serde_json::json!({"type": type_name, "payload": payload})).map_err(unreadable)
    }

    fn correction(&self) -> Option<Correction<Self>> {
        let Self::NoteCorrected { target, replacement } = self else { return None };
        let instead = replacement.as_ref().map(|Replacement { payload: Note { name, text }, .. }| {
            let event = Self::NoteTaken { name: name.clone(), text: text.clone() };
            Amends::Replaces { event, occurred: None, judged_anew: false }
        });
        Some(Correction { target: *target, amends: instead.unwrap_or(Amends::StrikesOut) })
    }
}

impl Decider for Notebook {
    type Event = NotebookEvent;
    type Command = TakeNote;
    type State = usize;
    const CATEGORY: &'static str = "case";

    fn rule(
        _: &History<Self>,
        _: &Order<TakeNote>,
        _: &mut Context<'_>,
    ) -> Result<Vec<Draft<NotebookEvent>>, Rejection> {
        Ok(Vec::new())
    }

    fn apply(state: &mut usize, _: &Fact<NotebookEvent>) {
        *state += 1;
    }
}

/// The one old version: `words` became `text`.
pub fn upcasters() -> Upcasters {
    Upcasters::none().with("NoteTaken", 1, |mut payload| {
        let fields = payload.as_object_mut().ok_or("not an object")?;
        let words = fields.remove("words").ok_or("no words")?;
        fields.insert("text".to_owned(), words);
        Ok(payload)
    })
}

/// A small id, readable in a failing test.
pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The subject that owns a notebook's stream.
pub fn own(number: u128) -> Subject {
    Subject::Case(CaseId::from_uuid(id(number)))
}

/// The stream of a notebook.
pub fn stream(number: u128) -> StreamName {
    StreamName::new("case", id(number)).expect("a name")
}

/// A person of the notebook.
pub fn person(number: u128) -> Subject {
    Subject::Person(PersonId::from_uuid(id(number)))
}

/// A text of its own.
pub fn record(number: u128) -> Subject {
    Subject::Record(RecordId::from_uuid(id(number)))
}

/// Somebody says something.
pub fn note(who: Subject, name: &str, about: Subject, text: &str) -> NotebookEvent {
    NotebookEvent::NoteTaken {
        name: Personal::ordinary(who, Name::new(name).expect("a name")),
        text: Personal::ordinary(about, Text::new(text).expect("a text")),
    }
}

/// Something about somebody's health.
pub fn health(who: u128, about: Subject, text: &str) -> NotebookEvent {
    NotebookEvent::HealthNoted {
        person: PersonId::from_uuid(id(who)),
        text: Personal::new(about, DataClass::Health, Text::new(text).expect("a text")),
    }
}

/// Another note in the place of an earlier one.
pub fn correct(target: EventId, who: Subject, name: &str, about: Subject, text: &str) -> NotebookEvent {
    let NotebookEvent::NoteTaken { name, text } = note(who, name, about, text) else { unreachable!() };
    let replacement =
        Replacement { r#type: TAKEN.name.to_owned(), version: TAKEN.version, payload: Note { name, text } };
    NotebookEvent::NoteCorrected { target, replacement: Some(replacement) }
}

/// A draft that happened on a day.
pub fn on(day: &str, event: NotebookEvent) -> Draft<NotebookEvent> {
    Draft { occurred: Some(Occurred::Day(day.parse().expect("a day"))), ..Draft::of(event) }
}

/// Noon on an ordinary day.
pub fn noon() -> Timestamp {
    "2026-11-16T11:00:00Z".parse().expect("a moment")
}

/// Who writes and why, for one command.
pub fn provenance(command: u128) -> Provenance {
    Provenance {
        actor: Actor {
            worker: WorkerId::from_uuid(id(0x30)),
            role: Role::CaseDirector,
            organisation: Organisation::new("gemeente-voorbeeld").expect("a name"),
            on_behalf_of: None,
        },
        holder: Organisation::new("gemeente-voorbeeld").expect("a name"),
        file: FileKind::Coordination,
        purpose: "safety_of_children".to_owned(),
        activity: "safety/3".to_owned(),
        decision: Decision {
            policy: "5f".repeat(32),
            rules: vec!["director-writes-safety".to_owned()],
            relation: "director".to_owned(),
            judged_at: None,
            consents: Vec::new(),
        },
        command: CommandId::from_uuid(id(command)),
        digest: "00".repeat(32),
        causation: None,
        correlation: CorrelationId::from_uuid(id(0x40)),
        trace: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned()),
        terms: "nl-2026.1".to_owned(),
        basis: Basis::default(),
    }
}

/// Event ids that count up from a number.
pub fn ids(from: u128) -> impl FnMut() -> EventId {
    let mut next = from;
    move || {
        next += 1;
        EventId::from_uuid(id(next - 1))
    }
}
