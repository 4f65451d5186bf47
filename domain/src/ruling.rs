//! What a court ruled, as far as the case must know it: about whom, what, by which way people communicate, and the days on which it
//! holds. Told as it is (rule 0): nothing is adjudicated here, and whether a ruling is in force is a day that somebody read in it.
//!
//! One ruling stands here once for each person it is about. A ruling about authority is no authority yet: who has it is a fact of the
//! people's room, which cites the ruling. Both are told in one act, or the second later; until then a person must decide.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::ConsentKind;
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{PersonId, RulingId, Subject};
use crate::people::{NewAuthority, Source};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod state;

pub use catalogue::{CATALOGUE, CODES, RULING_ENDS_DUE};
pub(crate) use decide::check_cited;
pub use state::{Ended, Ruling, Rulings};

/// What a ruling is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// Who has authority, wholly or for a part (BW 1:251a, 1:253c, 1:265e).
    Authority,
    /// Where a child has its main residence (BW 1:253a).
    Residence,
    /// Contact between a child and a parent or somebody else (BW 1:377a).
    Contact,
    /// Authority is suspended (BW 1:268).
    Suspension,
    /// Who is told what about a child (BW 1:377b).
    InformationRule,
    /// Somebody may not come somewhere or near somebody.
    Ban,
    /// Supervision order (ondertoezichtstelling; BW 1:255).
    Ots,
    /// Placing a child out of home, or closed youth care (machtiging; BW 1:265b, Jeugdwet 6.1.2).
    Authorisation,
    /// The court says yes in somebody's place (vervangende toestemming; BW 1:253a, 1:265h).
    SubstituteConsent,
}

impl RulingKind {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Residence => "residence",
            Self::Contact => "contact",
            Self::Suspension => "suspension",
            Self::InformationRule => "information_rule",
            Self::Ban => "ban",
            Self::Ots => "ots",
            Self::Authorisation => "authorisation",
            Self::SubstituteConsent => "substitute_consent",
        }
    }

    /// Whether it changes who has authority.
    #[must_use]
    pub const fn is_about_authority(self) -> bool {
        matches!(self, Self::Authority | Self::Suspension)
    }

    /// Whether it may forbid what authority allows somebody to hear.
    #[must_use]
    pub const fn limits_hearing(self) -> bool {
        matches!(self, Self::InformationRule | Self::Ban | Self::Suspension)
    }
}

/// In whose place a ruling puts the court or a certified institution when consent is asked. Of a substitute consent the court itself
/// says yes; of a ruling that gives an institution part of authority its worker is asked instead (BW 1:265e).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InPlace {
    /// Of whom.
    pub of: Vec<PersonId>,
    /// To what kinds of consent.
    pub kinds: Vec<ConsentKind>,
}

/// The days of a ruling that may become known later.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct RulingDates {
    /// The day it was sent.
    pub sent: Option<CivilDay>,
    /// First day on which it is in force; nothing while that is not known, as when an appeal holds it up.
    pub in_force: Option<CivilDay>,
    /// The day from which nobody can appeal.
    pub final_on: Option<CivilDay>,
    /// Last day, when it has one.
    pub until: Option<CivilDay>,
}

/// What can happen about rulings.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "nearly every fact of this room is a ruling")]
#[serde(tag = "type", content = "payload")]
pub enum RulingEvent {
    /// A court ruled about this person.
    RulingRecorded {
        /// This ruling.
        ruling: RulingId,
        /// About whom.
        person: PersonId,
        /// Whom else it names: whose contact, authority or nearness it is about.
        others: Vec<PersonId>,
        /// About what; goes with the person.
        kind: Personal<RulingKind>,
        /// What it decides, in a sentence.
        scope: Personal<Text>,
        /// By which way people communicate.
        channel: Option<Personal<Text>>,
        /// How the court names it.
        reference: Option<Personal<Line>>,
        /// In whose place it puts the court or an institution.
        in_place: Option<InPlace>,
        /// The day it was pronounced.
        pronounced: Option<CivilDay>,
        /// Its other days.
        dates: RulingDates,
        /// Where we know it from.
        source: Source,
        /// The earlier ruling whose place it takes.
        replaces: Option<RulingId>,
    },
    /// Days of a ruling became known, or changed.
    RulingDatesRecorded {
        /// Which.
        ruling: RulingId,
        /// About whom it is.
        person: PersonId,
        /// The days; what is not said stays.
        dates: RulingDates,
    },
    /// A ruling ended before its last day, or without one.
    RulingEnded {
        /// Which.
        ruling: RulingId,
        /// About whom it is.
        person: PersonId,
        /// Last day.
        last_day: CivilDay,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

/// What can be asked about rulings.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum RulingCommand {
    /// Record a ruling.
    RecordRuling(Box<NewRuling>),
    /// Record days of a ruling.
    RecordRulingDates {
        /// Which.
        ruling: RulingId,
        /// The days; what is not said stays.
        dates: RulingDates,
    },
    /// Record that a ruling ended.
    EndRuling {
        /// Which.
        ruling: RulingId,
        /// Last day; the day it happened when nothing is said.
        last_day: Option<CivilDay>,
        /// Why.
        reason: Option<Text>,
    },
}

/// A ruling as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewRuling {
    /// About whom.
    pub person: PersonId,
    /// Whom else it names.
    pub others: Vec<PersonId>,
    /// About what.
    pub kind: RulingKind,
    /// What it decides, in a sentence.
    pub scope: Text,
    /// By which way people communicate.
    pub channel: Option<Text>,
    /// How the court names it.
    pub reference: Option<Line>,
    /// In whose place it puts the court or an institution.
    pub in_place: Option<InPlace>,
    /// The day it was pronounced.
    pub pronounced: Option<CivilDay>,
    /// Its other days.
    pub dates: RulingDates,
    /// Where we know it from.
    pub source: Source,
    /// The earlier ruling whose place it takes.
    pub replaces: Option<RulingId>,
    /// Who has authority by it, recorded in the same act.
    pub authority: Option<NewAuthority>,
}

impl RulingEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::RulingRecorded { person, others, .. } => {
                std::iter::once(person).chain(others).copied().map(Subject::Person).collect()
            }
            Self::RulingDatesRecorded { person, .. } | Self::RulingEnded { person, .. } => {
                vec![Subject::Person(*person)]
            }
        }
    }
}

impl RulingCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordRuling(_) => "recordRuling",
            Self::RecordRulingDates { .. } => "recordRulingDates",
            Self::EndRuling { .. } => "endRuling",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RulingCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history, order, command, context)
}

/// Whether what this fact speaks of is there, as the state stood when it was told.
pub(crate) fn stands(state: &CaseState, event: &RulingEvent) -> bool {
    state.rulings.stands(event)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &RulingEvent) {
    state.rulings.apply(fact, event);
    state.people.set_ruled(state.rulings.about_authority());
}

#[cfg(test)]
mod tests;
