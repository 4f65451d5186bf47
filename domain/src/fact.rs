//! A fact: an event that happened, with who recorded it, when, and who may know it.

use serde::{Deserialize, Serialize};

use crate::ids::{CommandId, EventId, HouseholdId, PersonId, Revision, WorkerId};
use crate::personal::{DataClass, Personal};
use crate::text::Text;
use crate::time::{CivilDay, Occurred, Timestamp};

/// An organisation, by its stable short name (`gemeente-huizen`). Never the name of a person or a place where a family lives.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Organisation(String);

/// A text that cannot name an organisation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an organisation is named by 2 to 60 lower-case letters, digits and dashes, such as `gemeente-huizen`")]
pub struct InvalidOrganisation;

impl Organisation {
    /// An organisation by its short name.
    ///
    /// # Errors
    /// When the text is anything but 2 to 60 lower-case ASCII letters, digits and dashes.
    pub fn new(text: &str) -> Result<Self, InvalidOrganisation> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(2..=60).contains(&text.len()) || !text.chars().all(allowed) {
            return Err(InvalidOrganisation);
        }
        Ok(Self(text.to_owned()))
    }

    /// The short name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In which capacity a user of the system acts. A role alone never opens a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Access worker of a municipality (jeugdconsulent toegang).
    AccessWorker,
    /// Someone who may be case director (regiehouder).
    CaseDirector,
    /// A professional who supports the family.
    Supporter,
    /// Member of a divorce advice team.
    SatAdvisor,
    /// Audits information sharing.
    PrivacyOfficer,
    /// Sees caseload and terms, no content.
    TeamLead,
    /// The aandachtsfunctionaris of the meldcode: hears when one of its steps was not taken in its term, no content.
    AttentionOfficer,
    /// The manager who decides: hears what nobody reviewed in time, no content. Not the privacy officer, who judges.
    Manager,
    /// Keeps the system running; sees no content.
    Operator,
    /// The system itself, carrying out what a person decided earlier.
    System,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::AccessWorker,
        Self::CaseDirector,
        Self::Supporter,
        Self::SatAdvisor,
        Self::PrivacyOfficer,
        Self::TeamLead,
        Self::AttentionOfficer,
        Self::Manager,
        Self::Operator,
        Self::System,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessWorker => "access_worker",
            Self::CaseDirector => "case_director",
            Self::Supporter => "supporter",
            Self::SatAdvisor => "sat_advisor",
            Self::PrivacyOfficer => "privacy_officer",
            Self::TeamLead => "team_lead",
            Self::AttentionOfficer => "attention_officer",
            Self::Manager => "manager",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }
}

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// The worker.
    pub worker: WorkerId,
    /// In which capacity.
    pub role: Role,
    /// For which organisation.
    pub organisation: Organisation,
    /// Whom the worker represents, when the identity provider says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<WorkerId>,
}

impl Actor {
    /// Whether this is the worker who acts, or for whom is acted.
    #[must_use]
    pub fn is_or_acts_for(&self, worker: WorkerId) -> bool {
        self.worker == worker || self.on_behalf_of == Some(worker)
    }

    /// Whether somebody stands behind both, acting or represented: then they are no two persons.
    #[must_use]
    pub fn shares_somebody_with(&self, other: &Self) -> bool {
        self.is_or_acts_for(other.worker) || other.on_behalf_of.is_some_and(|worker| self.is_or_acts_for(worker))
    }
}

/// Who may know a fact, within what their relation to the case allows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everyone with a relation to the case.
    Case,
    /// The child layer of this child.
    Child(PersonId),
    /// The household layer of these households.
    Households(Vec<HouseholdId>),
    /// The case director and deputy.
    Director,
    /// The personal layer of these family members, for the director and workers in relation to them.
    Persons(Vec<PersonId>),
    /// These workers only.
    Workers(Vec<WorkerId>),
    /// Whoever wrote it.
    Author,
}

impl Audience {
    /// Whether everyone whom this lets in is let in by the other as well. Two audiences that cannot be compared are not: the answer is
    /// no when in doubt. The director and deputy see every layer of the family, so they are part of each.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Case)
            | (Self::Director, Self::Director | Self::Child(_) | Self::Households(_) | Self::Persons(_)) => true,
            (Self::Households(few), Self::Households(others)) => few.iter().all(|one| others.contains(one)),
            (Self::Persons(few), Self::Persons(others)) => few.iter().all(|one| others.contains(one)),
            (Self::Workers(few), Self::Workers(others)) => few.iter().all(|one| others.contains(one)),
            (one, another) => one == another,
        }
    }
}

/// Whose record a fact is part of: rights, retention and breach duty follow the file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A concern before anyone may be named.
    Signal,
    /// The municipality's access file.
    Access,
    /// The coordination record.
    Coordination,
    /// A provider's help file.
    Help,
    /// The record of a certified institution.
    Gi,
}

/// The command that wrote a fact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CommandRef {
    /// The command.
    pub id: CommandId,
    /// Keyed digest (hex) of its input: the same id with another input is refused.
    pub digest: String,
    /// Place of the fact in the command's batch, from 0.
    pub index: u32,
    /// How many facts the batch has; the last index ends it.
    pub count: u32,
}

/// A date by which something must follow, written into the fact by the deciding command (rule 33).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Due {
    /// What must follow; a stable word.
    pub what: String,
    /// Last day of the term.
    pub last_day: CivilDay,
    /// When the system acts if nothing followed.
    pub at: Timestamp,
}

/// A rule that reality did not follow (rule 0): reported, marked, explained, and listed for the director.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Departure {
    /// Which rule, as a stable word (`consent_before_joining`).
    pub rule: String,
    /// Why it went so, in somebody's words. May follow later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Personal<Text>>,
}

/// What a decision writes down, before it is sealed and recorded.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft<E> {
    /// What happened.
    pub event: E,
    /// When it happened; the present moment when nothing else is said.
    pub occurred: Option<Occurred>,
    /// When we were told, if later than it happened.
    pub learnt: Option<CivilDay>,
    /// Who may know it; the type's default when nothing else is said.
    pub audience: Option<Audience>,
    /// What must follow, by when.
    pub due: Vec<Due>,
    /// Rules that reality did not follow.
    pub departures: Vec<Departure>,
}

impl<E> Draft<E> {
    /// An event with nothing special about it.
    pub const fn of(event: E) -> Self {
        Self { event, occurred: None, learnt: None, audience: None, due: Vec::new(), departures: Vec::new() }
    }

    /// The same, known to this audience only.
    #[must_use]
    pub fn for_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// The same, with something that must follow.
    #[must_use]
    pub fn with_due(mut self, due: Due) -> Self {
        self.due.push(due);
        self
    }

    /// The same, marked as departing from a rule.
    #[must_use]
    pub fn departing(mut self, rule: &str, explanation: Option<Personal<Text>>) -> Self {
        self.departures.push(Departure { rule: rule.to_owned(), explanation });
        self
    }
}

/// A recorded event, opened: what `apply`, views and rules read.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact<E> {
    /// Names the bytes.
    pub id: EventId,
    /// Place in the stream.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub occurred: Occurred,
    /// When we were told, if later.
    pub learnt: Option<CivilDay>,
    /// Who recorded it.
    pub actor: Actor,
    /// Who may know it.
    pub audience: Audience,
    /// The command that wrote it.
    pub command: CommandRef,
    /// The version of municipal and legal policy it was decided under.
    pub terms: String,
    /// What must follow, by when.
    pub due: Vec<Due>,
    /// Rules that reality did not follow.
    pub departures: Vec<Departure>,
    /// What happened.
    pub event: E,
}

impl<E> Fact<E> {
    /// The civil day on which it was recorded.
    pub fn recorded_day(&self) -> CivilDay {
        self.recorded_at.day()
    }
}

/// Whether an event's content holds at dates of its own or is a step in a process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Axis {
    /// Read at a date: authority, membership, directorship.
    Dated,
    /// Happened once, at `occurred`.
    Process,
}

/// What kind of values a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldClass {
    /// Ids, dates of process, stable words: sealed with the whole, not personal by itself.
    Structure,
    /// About a person or in somebody's words: sealed again under a key of its own.
    Personal(DataClass),
}

/// One field of an event, for the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// Name in the stored form.
    pub name: &'static str,
    /// What it holds.
    pub class: FieldClass,
    /// What it means, in a few words.
    pub meaning: &'static str,
    /// Whether it came later and is left out of the stored form while it says nothing.
    pub optional: bool,
}

impl FieldInfo {
    /// A field that is structure.
    #[must_use]
    pub const fn structure(name: &'static str, meaning: &'static str) -> Self {
        Self { name, class: FieldClass::Structure, meaning, optional: false }
    }

    /// A field with an ordinary personal value.
    #[must_use]
    pub const fn personal(name: &'static str, meaning: &'static str) -> Self {
        Self { name, class: FieldClass::Personal(DataClass::Ordinary), meaning, optional: false }
    }

    /// The same, for a field that came later.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// What holds for every event of one type; the catalogue in `docs/events.md` is made of these.
#[derive(Clone, Copy, Debug)]
pub struct EventInfo {
    /// The stored type name.
    pub name: &'static str,
    /// The schema version that is written now.
    pub version: u16,
    /// The type name in clear: the same, or a neutral one for safety, health and crime.
    pub outer: &'static str,
    /// How time travel treats it.
    pub axis: Axis,
    /// Whether `occurred` may lie on a day before recording.
    pub may_precede: bool,
    /// Who may know it when the event says nothing else: a word of [`Audience`].
    pub audience: &'static str,
    /// The commands that cause it, by their GraphQL names.
    pub caused_by: &'static [&'static str],
    /// What it says, in one sentence.
    pub meaning: &'static str,
    /// Its fields.
    pub fields: &'static [FieldInfo],
}

/// The type in clear of every fact about safety, health or crime in a case.
pub const NEUTRAL: &str = "CaseFactRecorded";
