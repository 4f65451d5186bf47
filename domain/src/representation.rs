//! Who represents somebody of the family: a guardian of an institution, a curator, a mentor, somebody with a written proxy, a worker of
//! a certified institution. Dated facts with a source, told as they are (rule 0): a representative is named by a court, a register or
//! the person, not by us.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, EventInfo, Fact, Organisation};
use crate::ids::{PersonId, Subject, WorkerId};
use crate::people::{Source, check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;

use catalogue::REPRESENTATIVE_PRESENT;
pub use catalogue::{CATALOGUE, CODES, REPRESENTATIVE_ABSENT};
pub(crate) use state::NoGround;
pub use state::{Representation, Representations};

/// In which capacity somebody represents a person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepresentativeKind {
    /// Guardian of a certified institution (voogd van de GI; BW 1:302).
    Guardian,
    /// Curator of an adult (BW 1:381).
    Curator,
    /// Mentor of an adult (BW 1:453).
    Mentor,
    /// Somebody the person authorised in writing (gemachtigde).
    Proxy,
    /// Worker of a certified institution under a measure, with what part of authority the court gave (BW 1:265e).
    Jeugdbeschermer,
}

impl RepresentativeKind {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Curator => "curator",
            Self::Mentor => "mentor",
            Self::Proxy => "proxy",
            Self::Jeugdbeschermer => "jeugdbeschermer",
        }
    }
}

/// What can happen about representation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum RepresentationEvent {
    /// Somebody represents this person.
    RepresentativeNamed {
        /// The person.
        person: PersonId,
        /// Who represents them.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// In which capacity; says something about the person, so it goes with them.
        kind: Personal<RepresentativeKind>,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
        /// Where it comes from.
        source: Source,
    },
    /// Somebody represents this person no longer.
    RepresentativeEnded {
        /// The person.
        person: PersonId,
        /// Who represented them.
        worker: WorkerId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked about representation.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum RepresentationCommand {
    /// Record that somebody represents this person.
    NameRepresentative {
        /// The person.
        person: PersonId,
        /// Who represents them.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// In which capacity.
        kind: RepresentativeKind,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
        /// Where it comes from.
        source: Source,
    },
    /// Record that somebody represents this person no longer.
    EndRepresentative {
        /// The person.
        person: PersonId,
        /// Who represented them.
        worker: WorkerId,
        /// Last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
}

impl RepresentationEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone and everything it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Person(self.person())]
    }

    /// Who is represented.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::RepresentativeNamed { person, .. } | Self::RepresentativeEnded { person, .. } => *person,
        }
    }
}

impl RepresentationCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NameRepresentative { .. } => "nameRepresentative",
            Self::EndRepresentative { .. } => "endRepresentative",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RepresentationCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let event = match command {
        RepresentationCommand::NameRepresentative { person, worker, organisation, kind, from, until, source } => {
            check_known(&state.people, *person)?;
            check_order(*from, *until)?;
            if let Some(present) = state.representation.first_shared((*person, *worker), *from, *until) {
                return Err(refused(REPRESENTATIVE_PRESENT, *person).with("since", present.from));
            }
            RepresentationEvent::RepresentativeNamed {
                person: *person,
                worker: *worker,
                organisation: organisation.clone(),
                kind: Personal::ordinary(Subject::Person(*person), *kind),
                from: *from,
                until: *until,
                source: *source,
            }
        }
        RepresentationCommand::EndRepresentative { person, worker, last_day, reason } => {
            check_known(&state.people, *person)?;
            let happened = order.happened(context.today());
            let last_day = last_day.unwrap_or(happened);
            if !state.representation.holds((*person, *worker), last_day) {
                return Err(refused(REPRESENTATIVE_ABSENT, *person).with("day", last_day));
            }
            let reason = reason.as_ref().map(|words| context.in_record(words.clone()));
            RepresentationEvent::RepresentativeEnded { person: *person, worker: *worker, last_day, reason }
        }
    };
    // Who speaks for somebody is that person's own: for the director and the workers in relation to them.
    let readers = Audience::Persons(vec![event.person()]);
    Ok(vec![Draft::of(CaseEvent::Representation(event)).for_audience(readers)])
}

fn refused(code: crate::rejection::Code, person: PersonId) -> Rejection {
    Rejection::new(code).with("person", Detail::id(person))
}

/// What a fact of this room misses to rest on, as the state stood when it was told.
pub(crate) fn missing(state: &CaseState, event: &RepresentationEvent) -> Option<NoGround> {
    state.representation.missing(event)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &RepresentationEvent) {
    state.representation.apply(fact, event);
}

#[cfg(test)]
mod tests;
