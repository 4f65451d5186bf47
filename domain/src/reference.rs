//! References to external registers (002:641-651, 1335; 004:1868-1870): that a register or a file elsewhere holds something about
//! somebody, under which number, and who keeps it. Never what it holds: content stays with its keeper. A reference tells that there is
//! something, so it is as personal as what it leads to; in clear nothing tells of it.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact};
use crate::ids::{PersonId, RecordId, ReferenceId, Subject};
use crate::people::{check_known, check_order};
use crate::personal::{DataClass, Personal};
use crate::rejection::{Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, REFERENCE_NOT_OPAQUE};
use catalogue::{
    REFERENCE_ENDED, REFERENCE_FROM_FUTURE, REFERENCE_LEADS_TO_PERSON, REFERENCE_PRESENT, REFERENCE_UNKNOWN,
};
pub use state::{EndedReference, Reference, References};

/// Which kind of register or file elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// The referral index for young people at risk (verwijsindex).
    ReferralIndex,
    /// The digital file of youth health care (JGZ).
    YouthHealth,
    /// A file of a school: development perspective, pupil system.
    School,
    /// A file of a provider of youth care.
    Provider,
    /// A file of a general practice.
    GeneralPractice,
    /// A file of the municipality elsewhere: social support, debts, income.
    Municipality,
    /// A file of a certified institution (GI).
    Gi,
    /// A file of Veilig Thuis.
    VeiligThuis,
    /// A number at a court.
    Court,
    /// Another; its keeper says which.
    Other,
}

/// What leads to something in a register, and says nothing by itself: 1 to 64 letters, digits, `-`, `.`, `/`, `:` and `_`.
#[derive(Clone, PartialEq, Eq)]
pub struct Opaque(Line);

/// A text that is more than a number or a name in a register.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a reference is 1 to 64 letters, digits, `-`, `.`, `/`, `:` or `_`, and no words")]
pub struct NotOpaque;

impl Opaque {
    /// Takes in what was typed; white space around it is dropped.
    ///
    /// # Errors
    /// When it could say something by itself.
    pub fn new(text: &str) -> Result<Self, NotOpaque> {
        let text = text.trim();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/' | b':' | b'_');
        if !(1..=64).contains(&text.len()) || !text.bytes().all(allowed) {
            return Err(NotOpaque);
        }
        Line::new(text).map(Self).map_err(|_| NotOpaque)
    }

    /// As it is kept.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.0
    }
}

impl std::fmt::Debug for Opaque {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opaque")
    }
}

impl Serialize for Opaque {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// What can happen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ReferenceEvent {
    /// It was told that something about somebody stands elsewhere.
    ExternalReferenceRecorded {
        /// The reference.
        reference: ReferenceId,
        /// About whom.
        person: PersonId,
        /// In which kind of register.
        register: Personal<Register>,
        /// Under which number or name there.
        number: Personal<Line>,
        /// Who keeps it.
        keeper: Personal<Line>,
        /// Since which day it is known to stand there.
        since: CivilDay,
    },
    /// It stands there no longer, or no longer matters.
    ExternalReferenceEnded {
        /// The reference.
        reference: ReferenceId,
        /// The last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ReferenceCommand {
    /// Record that something about somebody stands elsewhere.
    RecordExternalReference {
        /// About whom.
        person: PersonId,
        /// In which kind of register.
        register: Register,
        /// Under which number or name there.
        number: Opaque,
        /// Who keeps it.
        keeper: Line,
        /// Since which day; the day it happened when nothing is said.
        since: Option<CivilDay>,
    },
    /// Record that it stands there no longer.
    EndExternalReference {
        /// The reference.
        reference: ReferenceId,
        /// The last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
}

impl ReferenceEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Whom it is about, and the records it holds. An end leaves to its reference about whom it is.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ExternalReferenceRecorded { person, number, keeper, .. } => {
                vec![Subject::Person(*person), number.owner(), keeper.owner()]
            }
            Self::ExternalReferenceEnded { reason, .. } => reason.iter().map(Personal::owner).collect(),
        }
    }
}

impl ReferenceCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordExternalReference { .. } => "recordExternalReference",
            Self::EndExternalReference { .. } => "endExternalReference",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RecordExternalReference { person: _, register: _, number, keeper, since: _ } => {
                vec![number.line().as_str(), keeper.as_str()]
            }
            Self::EndExternalReference { reference: _, last_day: _, reason } => {
                reason.iter().map(Text::as_str).collect()
            }
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ReferenceCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let on = order.happened(context.today());
    match command {
        ReferenceCommand::RecordExternalReference { person, register, number, keeper, since } => {
            check_known(&state.people, *person)?;
            let since = since.unwrap_or(on);
            if since > context.today() {
                return Err(Rejection::new(REFERENCE_FROM_FUTURE).with("since", since));
            }
            let number = check_number(state, *person, *register, number)?;
            let event = ReferenceEvent::ExternalReferenceRecorded {
                reference: ReferenceId::from_uuid(context.new_id()),
                person: *person,
                register: Personal::new(Subject::Person(*person), DataClass::Health, *register),
                number: in_record(number, context),
                keeper: in_record(keeper.clone(), context),
                since,
            };
            Ok(vec![draft(event, *person)])
        }
        ReferenceCommand::EndExternalReference { reference, last_day, reason } => {
            let refused = |code| Rejection::new(code).with("reference", Detail::id(*reference));
            let known = state.references.get(*reference).ok_or_else(|| refused(REFERENCE_UNKNOWN))?;
            if let Some(ended) = &known.ended {
                return Err(refused(REFERENCE_ENDED).with("last_day", ended.last_day));
            }
            let last_day = last_day.unwrap_or(on);
            check_order(known.since, Some(last_day))?;
            let reason = reason.clone().map(|reason| in_record(reason, context));
            let event = ReferenceEvent::ExternalReferenceEnded { reference: *reference, last_day, reason };
            Ok(vec![draft(event, known.person)])
        }
    }
}

/// For the director and who works for that person.
fn draft(event: ReferenceEvent, person: PersonId) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Reference(event)).for_audience(Audience::Persons(vec![person]))
}

/// What leads to a person wherever it stands (a citizen service number, a telephone number) is no number of a register.
fn check_number(state: &CaseState, person: PersonId, register: Register, number: &Opaque) -> Result<Line, Rejection> {
    let line = number.line();
    let leads = |kind: &&str| ["citizen_service_number", "telephone_number"].contains(kind);
    if crate::signal::traces(line.as_str()).iter().any(leads) {
        return Err(Rejection::new(REFERENCE_LEADS_TO_PERSON));
    }
    let same = |known: &&Reference| {
        known.person == person
            && known.ended.is_none()
            && known.register.known() == Some(&register)
            && known.number.known() == Some(line)
    };
    match state.references.all().iter().find(same) {
        Some(known) => Err(Rejection::new(REFERENCE_PRESENT).with("reference", Detail::id(known.id))),
        None => Ok(line.clone()),
    }
}

/// That somebody is known somewhere says something of their health, care or safety.
fn in_record<T>(words: T, context: &mut Context<'_>) -> Personal<T> {
    let owner = Subject::Record(RecordId::from_uuid(context.new_id()));
    Personal::new(owner, DataClass::Health, words)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ReferenceEvent) {
    state.references.apply(fact, event);
}

/// Whether a fact ends what was not there, or had not begun, when it was told.
pub(crate) fn ends_nothing(state: &CaseState, event: &ReferenceEvent) -> bool {
    match event {
        ReferenceEvent::ExternalReferenceRecorded { .. } => false,
        ReferenceEvent::ExternalReferenceEnded { reference, last_day, .. } => {
            state.references.get(*reference).is_none_or(|known| *last_day < known.since)
        }
    }
}
