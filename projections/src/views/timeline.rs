//! What happened, in recorded order: who, when, about whom, why; and what was corrected, by whom and why (rule 28). Entries carry the
//! id of their event, never a place in the stream: a gap in numbers would tell that something is hidden.

mod content;

use std::borrow::Cow;

use domain::case::CaseEvent;
use domain::consent::ExceptionGround;
use domain::correction::CorrectionEvent;
use domain::decider::{DomainEvent, Standing};
use domain::fact::{Departure, Due, Fact};
use domain::ids::{EventId, HouseholdId, PersonId, WorkerId};
use domain::people::{Authority, FamilyRole};
use domain::personal::{Personal, Presence};
use domain::ruling::RulingKind;
use domain::text::{Line, Name, Text};
use domain::time::{CivilDay, Occurred, Timestamp};

use super::{Kept, Reading, content_of};

/// Something that was recorded.
#[derive(Clone, PartialEq, Debug)]
pub struct TimelineEntry {
    /// The event.
    pub event: EventId,
    /// Who may know it now.
    pub kept: Kept<()>,
    /// When we were told, if later than it happened.
    pub learnt: Option<CivilDay>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it; the name may locate where the rest does not.
    pub author: Kept<WorkerId>,
    /// The version of policy it was decided under.
    pub terms: String,
    /// What must follow, by when.
    pub due: Vec<Due>,
    /// Rules that reality did not follow.
    pub departures: Vec<Departure>,
    /// What it says: after a correction, the corrected content; when struck out, what stood there.
    pub content: Content,
    /// How it was corrected, if it was.
    pub amendment: Option<Amendment>,
}

/// What an entry says.
#[derive(Clone, PartialEq, Debug)]
pub struct Content {
    /// The real type.
    pub type_name: &'static str,
    /// When it happened.
    pub occurred: Occurred,
    /// Words in it, each with a stable label.
    pub words: Vec<(&'static str, Words)>,
    /// Who may know those of them that somebody wrote ([`Words::is_written`]): they may locate where the rest does not.
    pub spoken: Kept<()>,
    /// Who may know the days and states among them.
    pub told: Kept<()>,
    /// People it is about.
    pub persons: Vec<PersonId>,
    /// Households it is about.
    pub households: Vec<HouseholdId>,
    /// Professionals it is about; their names may locate where the rest does not.
    pub workers: Kept<Vec<WorkerId>>,
}

/// Words of any length, sealed as they are.
#[derive(Clone, PartialEq, Debug)]
pub enum Words {
    /// A text.
    Text(Personal<Text>),
    /// A line.
    Line(Personal<Line>),
    /// A name.
    Name(Personal<Name>),
    /// A day, as it would be written.
    Day(Personal<CivilDay>),
    /// A day of process: not personal by itself.
    ProcessDay(CivilDay),
    /// Who has authority, by its kind.
    Authority(Personal<Authority>),
    /// A role in the family.
    Role(Personal<FamilyRole>),
    /// Whether a child was recognised.
    Recognised(Personal<bool>),
    /// What a ruling is about.
    Ruling(Personal<RulingKind>),
    /// On which ground somebody need not be asked.
    Exception(Personal<ExceptionGround>),
}

impl Content {
    /// Who may know this of its words.
    #[must_use]
    pub const fn readers(&self, words: &Words) -> &Kept<()> {
        if words.is_written() { &self.spoken } else { &self.told }
    }
}

impl Words {
    /// Whether somebody wrote them. A name, a day or a state says what the fact says.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        match self {
            Self::Text(_) | Self::Line(_) => true,
            Self::Name(_)
            | Self::Day(_)
            | Self::ProcessDay(_)
            | Self::Authority(_)
            | Self::Role(_)
            | Self::Recognised(_)
            | Self::Ruling(_)
            | Self::Exception(_) => false,
        }
    }

    /// What became of them.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        match self {
            Self::Text(words) => words.presence(),
            Self::Line(words) => words.presence(),
            Self::Name(words) => words.presence(),
            Self::Day(day) => day.presence(),
            Self::ProcessDay(_) => Presence::Known,
            Self::Authority(authority) => authority.presence(),
            Self::Role(role) => role.presence(),
            Self::Recognised(recognised) => recognised.presence(),
            Self::Ruling(kind) => kind.presence(),
            Self::Exception(ground) => ground.presence(),
        }
    }

    /// The words, for the gate.
    #[must_use]
    pub fn known(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(words) => words.known().map(|words| words.as_str().into()),
            Self::Line(words) => words.known().map(|words| words.as_str().into()),
            Self::Name(words) => words.known().map(|words| words.as_str().into()),
            Self::Day(day) => day.known().map(|day| day.to_string().into()),
            Self::ProcessDay(day) => Some(day.to_string().into()),
            Self::Authority(authority) => authority.known().map(|authority| authority.kind().as_str().into()),
            Self::Role(role) => role.known().map(|role| role.as_str().into()),
            Self::Ruling(kind) => kind.known().map(|kind| kind.as_str().into()),
            Self::Exception(ground) => ground.known().map(|ground| ground.as_str().into()),
            Self::Recognised(recognised) => recognised.known().map(|yes| if *yes { "yes" } else { "no" }.into()),
        }
    }
}

/// A correction of an entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Amendment {
    /// What stood there before; `None` when the entry was struck out and shows it itself.
    pub was: Option<Content>,
    /// The correcting event, with who may know that there was a correction. To others the entry just says what it says.
    pub by: Kept<EventId>,
    /// Who corrected, with who may know that.
    pub author: Option<Kept<WorkerId>>,
    /// When.
    pub at: Option<Timestamp>,
    /// Why, with who may know that.
    pub reason: Option<Kept<Personal<Text>>>,
}

impl Amendment {
    /// Whether the entry was struck out.
    #[must_use]
    pub const fn struck_out(&self) -> bool {
        self.was.is_none()
    }
}

/// Everything that was recorded and had happened by the day, or held on it by its own days, in recorded order. So a look back at a day
/// shows what was told later about it, and nothing of what came after.
#[must_use]
pub fn timeline(reading: &Reading<'_>) -> Vec<TimelineEntry> {
    let begun = |standing: &&Standing<'_, CaseEvent>| content::has_begun(content_of(standing), reading.day());
    reading.standing().iter().filter(begun).map(|standing| entry(reading, standing)).collect()
}

/// The entry of one fact, as it reads after corrections; none for a fact that was struck out or is not there.
pub(super) fn entry_of(reading: &Reading<'_>, fact: EventId) -> Option<TimelineEntry> {
    let stands = |standing: &&Standing<'_, CaseEvent>| {
        !matches!(standing, Standing::Voided(..)) && content_of(standing).id == fact
    };
    reading.standing().iter().find(stands).map(|standing| entry(reading, standing))
}

fn entry(reading: &Reading<'_>, standing: &Standing<'_, CaseEvent>) -> TimelineEntry {
    match standing {
        Standing::Original(fact) => of(reading, fact, None),
        Standing::Voided(fact, by) => of(reading, fact, Some(amendment(reading, *by, None))),
        Standing::Replaced(fact, by) => {
            let was = reading.history.fact(fact.id).map(|fact| content(reading, fact));
            of(reading, fact, Some(amendment(reading, *by, was)))
        }
    }
}

fn of(reading: &Reading<'_>, fact: &Fact<CaseEvent>, amendment: Option<Amendment>) -> TimelineEntry {
    TimelineEntry {
        event: fact.id,
        kept: reading.kept((), fact.id),
        learnt: fact.learnt,
        recorded_at: fact.recorded_at,
        author: reading.kept_author(fact.actor.worker, fact.id),
        terms: fact.terms.clone(),
        due: fact.due.clone(),
        departures: fact.departures.clone(),
        content: content(reading, fact),
        amendment,
    }
}

fn amendment(reading: &Reading<'_>, by: EventId, was: Option<Content>) -> Amendment {
    let correcting = reading.history.fact(by);
    let reason = correcting.and_then(|fact| match &fact.event {
        CaseEvent::Correction(
            CorrectionEvent::FactCorrected { reason, .. } | CorrectionEvent::SetAsideFactBroughtBack { reason, .. },
        ) => Some(reading.kept_words(reason.clone(), by)),
        _ => None,
    });
    Amendment {
        was,
        by: reading.kept(by, by),
        author: correcting.map(|fact| reading.kept_author(fact.actor.worker, by)),
        at: correcting.map(|fact| fact.recorded_at),
        reason,
    }
}

fn content(reading: &Reading<'_>, fact: &Fact<CaseEvent>) -> Content {
    use domain::ids::Subject;
    let subjects = fact.event.subjects();
    let persons: Vec<PersonId> = subjects
        .iter()
        .filter_map(|subject| match subject {
            Subject::Person(id) => Some(*id),
            _ => None,
        })
        .collect();
    Content {
        type_name: fact.event.info().name,
        occurred: fact.occurred,
        words: content::words(&fact.event),
        spoken: reading.kept_words((), fact.id),
        told: reading.kept((), fact.id),
        persons: reading.by_joining(&persons),
        households: subjects
            .iter()
            .filter_map(|subject| match subject {
                Subject::Household(id) => Some(*id),
                _ => None,
            })
            .collect(),
        workers: reading.kept_workers(content::workers(&fact.event), fact.id),
    }
}
