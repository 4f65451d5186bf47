//! The people of a case: who they are, their role, who has authority over whom and who recognised whom. Authority and recognition are
//! separate, dated facts with a source (T 001:115-119, standards F2).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::WhoIs;
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{PersonId, RulingId, Subject};
use crate::mentions;
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::ruling;
use crate::text::Name;
use crate::time::CivilDay;

pub(crate) mod catalogue;
pub(crate) mod decide;
mod state;

pub use catalogue::{CATALOGUE, CODES};
pub use catalogue::{PERSON_ALREADY_IN_CASE, PERSON_UNKNOWN};
pub(crate) use decide::{
    added, authority_of_case, authority_recorded, check_birth_date, check_births, check_known, check_may_be_child,
    check_order,
};
pub(crate) use state::Ruled;
pub use state::{Holders, People, Person, Told};

/// Who somebody is in this family. Being involved is not having authority.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyRole {
    /// Parent, with or without authority.
    Parent,
    /// Child of this family, young people included; who may decide what follows from age.
    Child,
    /// Partner of a parent.
    StepParent,
    /// Somebody else who brings the child up.
    Carer,
    /// Guardian (voogd).
    Guardian,
    /// Foster parent.
    FosterParent,
    /// Sister, neighbour, friend.
    NetworkMember,
}

impl FamilyRole {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Child => "child",
            Self::StepParent => "step_parent",
            Self::Carer => "carer",
            Self::Guardian => "guardian",
            Self::FosterParent => "foster_parent",
            Self::NetworkMember => "network_member",
        }
    }
}

/// Who has authority over a child, as the register says it (standards F2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// Both parents together; each counts.
    JointParents(PersonId, PersonId),
    /// One parent.
    OneParent(PersonId),
    /// A parent together with somebody else.
    JointWithOther(PersonId, PersonId),
    /// Guardians; none known by name is possible.
    Guardianship(Vec<PersonId>),
    /// Nobody for now: a person must decide.
    TemporarilyNone,
    /// It cannot be determined: a person must decide.
    Undetermined,
    /// The register is being investigated: a person must decide.
    UnderInvestigation,
}

/// Where a dated fact comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The register of persons (BRP) or of authority.
    Register,
    /// A court.
    Court,
    /// A deed.
    Deed,
    /// Somebody's statement.
    Statement,
}

/// What can happen about people.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum PeopleEvent {
    /// Somebody became part of the case.
    PersonAdded {
        /// The person.
        person: PersonId,
        /// As people call them.
        name: Personal<Name>,
        /// If known.
        birth_date: Option<Personal<CivilDay>>,
        /// Who they are in this family.
        role: Personal<FamilyRole>,
        /// Since when.
        from: CivilDay,
    },
    /// The name changed or was heard better.
    PersonRenamed {
        /// The person.
        person: PersonId,
        /// The name from then on.
        name: Personal<Name>,
        /// Since when.
        from: CivilDay,
    },
    /// The birth date became known.
    BirthDateRecorded {
        /// The person.
        person: PersonId,
        /// The date.
        birth_date: Personal<CivilDay>,
        /// Where it comes from.
        source: Source,
    },
    /// Somebody's role in this family.
    FamilyRoleRecorded {
        /// The person.
        person: PersonId,
        /// The role.
        role: Personal<FamilyRole>,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// Who has authority over a child.
    AuthorityRecorded {
        /// The child.
        child: PersonId,
        /// Who has it.
        authority: Personal<Authority>,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
        /// Where it comes from.
        source: Source,
        /// The ruling that says so, when one does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ruling: Option<RulingId>,
    },
    /// Whether a parent recognised a child.
    RecognitionRecorded {
        /// The child.
        child: PersonId,
        /// The parent.
        parent: PersonId,
        /// Whether recognised.
        recognised: Personal<bool>,
        /// First day.
        from: CivilDay,
        /// Where it comes from.
        source: Source,
    },
}

/// A person as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewPerson {
    /// Names this person within the command only.
    pub key: String,
    /// As people call them.
    pub name: Name,
    /// If known.
    pub birth_date: Option<CivilDay>,
    /// Who they are in this family.
    pub role: FamilyRole,
}

/// Authority as given in a command; people by key or id.
#[derive(Clone, Debug, Serialize)]
pub struct NewAuthority {
    /// The child.
    pub child: WhoIs,
    /// Which kind.
    pub kind: AuthorityKind,
    /// Who has it, in the number the kind asks for.
    pub holders: Vec<WhoIs>,
    /// First day.
    pub from: CivilDay,
    /// Last day, when known.
    pub until: Option<CivilDay>,
    /// Where it comes from.
    pub source: Source,
}

/// The kinds of [`Authority`], without the people.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityKind {
    /// Both parents together.
    JointParents,
    /// One parent.
    OneParent,
    /// A parent and somebody else.
    JointWithOther,
    /// Guardians.
    Guardianship,
    /// Nobody for now.
    TemporarilyNone,
    /// It cannot be determined.
    Undetermined,
    /// Being investigated.
    UnderInvestigation,
}

impl AuthorityKind {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JointParents => "joint_parents",
            Self::OneParent => "one_parent",
            Self::JointWithOther => "joint_with_other",
            Self::Guardianship => "guardianship",
            Self::TemporarilyNone => "temporarily_none",
            Self::Undetermined => "undetermined",
            Self::UnderInvestigation => "under_investigation",
        }
    }
}

/// What can be asked about people.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum PeopleCommand {
    /// Add somebody to the case.
    AddPerson {
        /// As people call them.
        name: Name,
        /// If known.
        birth_date: Option<CivilDay>,
        /// Who they are in this family.
        role: FamilyRole,
        /// Since when; today when nothing is said.
        from: Option<CivilDay>,
    },
    /// Record another name.
    RenamePerson {
        /// The person.
        person: PersonId,
        /// The name.
        name: Name,
        /// Since when; today when nothing is said.
        from: Option<CivilDay>,
    },
    /// Record a birth date.
    RecordBirthDate {
        /// The person.
        person: PersonId,
        /// The date.
        birth_date: CivilDay,
        /// Where it comes from.
        source: Source,
    },
    /// Record a role in the family.
    RecordFamilyRole {
        /// The person.
        person: PersonId,
        /// The role.
        role: FamilyRole,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// Record who has authority over a child.
    RecordAuthority(NewAuthority),
    /// Record who has authority over a child by a ruling that is on record.
    RecordAuthorityUnder {
        /// The ruling.
        ruling: RulingId,
        /// Who has it.
        authority: NewAuthority,
    },
    /// Record whether a parent recognised a child.
    RecordRecognition {
        /// The child.
        child: PersonId,
        /// The parent.
        parent: PersonId,
        /// Whether recognised.
        recognised: bool,
        /// First day.
        from: CivilDay,
        /// Where it comes from.
        source: Source,
    },
}

impl Authority {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> AuthorityKind {
        match self {
            Self::JointParents(..) => AuthorityKind::JointParents,
            Self::OneParent(_) => AuthorityKind::OneParent,
            Self::JointWithOther(..) => AuthorityKind::JointWithOther,
            Self::Guardianship(_) => AuthorityKind::Guardianship,
            Self::TemporarilyNone => AuthorityKind::TemporarilyNone,
            Self::Undetermined => AuthorityKind::Undetermined,
            Self::UnderInvestigation => AuthorityKind::UnderInvestigation,
        }
    }

    /// Who has it; nobody when a person must decide.
    #[must_use]
    pub fn holders(&self) -> Vec<PersonId> {
        match self {
            Self::JointParents(one, other) | Self::JointWithOther(one, other) => vec![*one, *other],
            Self::OneParent(one) => vec![*one],
            Self::Guardianship(guardians) => guardians.clone(),
            Self::TemporarilyNone | Self::Undetermined | Self::UnderInvestigation => Vec::new(),
        }
    }
}

impl PeopleEvent {
    /// What holds for this event's type.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone and everything it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::PersonAdded { person, .. }
            | Self::PersonRenamed { person, .. }
            | Self::BirthDateRecorded { person, .. }
            | Self::FamilyRoleRecorded { person, .. } => vec![Subject::Person(*person)],
            Self::AuthorityRecorded { child, authority, .. } => {
                let holders = authority.known().map(Authority::holders).unwrap_or_default();
                [*child].into_iter().chain(holders).map(Subject::Person).collect()
            }
            Self::RecognitionRecorded { child, parent, .. } => vec![Subject::Person(*child), Subject::Person(*parent)],
        }
    }
}

impl PeopleCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AddPerson { .. } => "addPerson",
            Self::RenamePerson { .. } => "renamePerson",
            Self::RecordBirthDate { .. } => "recordBirthDate",
            Self::RecordFamilyRole { .. } => "recordFamilyRole",
            Self::RecordAuthority(_) | Self::RecordAuthorityUnder { .. } => "recordAuthority",
            Self::RecordRecognition { .. } => "recordRecognition",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &PeopleCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    if let PeopleCommand::RecordAuthorityUnder { ruling, authority } = command {
        ruling::check_cited(&history.state().rulings, *ruling, &authority.child)?;
    }
    decide::decide(&history.state().people, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &PeopleEvent) {
    state.people.apply(fact, event);
}

/// Whether free text names somebody of the case, whom its writer may know, without saying so.
pub(crate) fn check_names(
    state: &CaseState,
    order: &Order<CaseCommand>,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    mentions::check(state, order, context.knows)
}

#[cfg(test)]
mod tests;
