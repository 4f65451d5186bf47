//! Reflection (rule 26; 004:471-473, 8711-8716): those around a family stop and ask "still the right thing? how are we doing together?".
//! With whom, what each said, what changes, and when the next one is. A reflection is a report: it is taken as it was held.
//!
//! What somebody says of it is that person's own: it does not cross to another household, and a child's words are for the director alone,
//! who records them as the child's voice when the child wishes others to know. A worker's own reflection is no part of a case: it
//! belongs to the worker ([`crate::worker`]).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, Due, EventInfo, Fact};
use crate::ids::{PersonId, ReflectionId, Subject, WorkerId};
use crate::layers::{audience_of_all, stands_in_child_layer};
use crate::once::each_once_in_order;
use crate::people::check_known;
use crate::personal::Personal;
use crate::plan::SaidBy;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES};
use catalogue::{NEXT_BEFORE_REFLECTION, REFLECTION_WITH_NOBODY, REFLECTION_WITHOUT_WORDS, SPOKE_TWICE};
pub use state::{Reflected, Reflection, Reflections};

/// What must follow: that those around the family reflect again.
pub const REFLECTION_DUE: &str = "reflection";
/// The rule that it is reflected within its term.
const REFLECTED_IN_TIME: &str = "reflected_in_time";

/// What can happen about reflection.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ReflectionEvent {
    /// It was reflected how it goes.
    ReflectionHeld {
        /// The reflection.
        reflection: ReflectionId,
        /// With whom of the family and network; each once.
        with: Vec<PersonId>,
        /// With which professionals; each once.
        workers: Vec<WorkerId>,
        /// What changes.
        changes: Option<Personal<Text>>,
        /// The last day for the next one.
        next: CivilDay,
    },
    /// What one of them said.
    ReflectionSaid {
        /// The reflection.
        reflection: ReflectionId,
        /// Who.
        by: SaidBy,
        /// Still the right thing?
        right_thing: Option<Personal<Text>>,
        /// How are we doing together?
        together: Option<Personal<Text>>,
    },
}

/// What can be asked about reflection.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ReflectionCommand {
    /// Record a reflection.
    RecordReflection(Box<NewReflection>),
}

/// A reflection as given in a command. With whom, and what one of them said; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewReflection {
    /// With whom of the family and network, besides who said something.
    pub with: Vec<PersonId>,
    /// With which professionals, besides who said something.
    pub workers: Vec<WorkerId>,
    /// What each said.
    pub said: Vec<NewSaid>,
    /// What changes.
    pub changes: Option<Text>,
    /// The last day for the next one; by the term when nothing is said.
    pub next: Option<CivilDay>,
}

/// What one said, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewSaid {
    /// Who.
    pub by: SaidBy,
    /// Still the right thing?
    pub right_thing: Option<Text>,
    /// How are we doing together?
    pub together: Option<Text>,
}

impl ReflectionEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ReflectionHeld { with, changes, .. } => {
                with.iter().copied().map(Subject::Person).chain(changes.as_ref().map(Personal::owner)).collect()
            }
            Self::ReflectionSaid { by, right_thing, together, .. } => {
                let words = [right_thing, together].into_iter().flatten().map(Personal::owner);
                by.person().map(Subject::Person).into_iter().chain(words).collect()
            }
        }
    }
}

impl ReflectionEvent {
    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::ReflectionHeld { workers, .. } => workers.clone(),
            Self::ReflectionSaid { by: SaidBy::Worker(worker), .. } => vec![*worker],
            Self::ReflectionSaid { by: SaidBy::Person(_), .. } => Vec::new(),
        }
    }
}

impl ReflectionCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordReflection(_) => "recordReflection",
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let Self::RecordReflection(new) = self;
        let NewReflection { with: _, workers: _, said, changes, next: _ } = &**new;
        let spoken = said.iter().flat_map(|NewSaid { by: _, right_thing, together }| [right_thing, together]);
        spoken.chain([changes]).flatten().map(Text::as_str).collect()
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ReflectionCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let ReflectionCommand::RecordReflection(new) = command;
    let on = order.happened(context.today());
    record(history.state(), new, on, context)
}

fn record(
    state: &CaseState,
    new: &NewReflection,
    on: CivilDay,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let (with, workers) = there(state, new)?;
    let terms = context.terms;
    let by_term = terms.last_day(terms.reflection, on);
    let next = new.next.unwrap_or(by_term);
    if next <= on {
        return Err(Rejection::new(NEXT_BEFORE_REFLECTION).with("held", on).with("next", next));
    }
    let due = Due { what: REFLECTION_DUE.to_owned(), last_day: next, at: terms.calendar.follows_at(next) };
    let audience = if with.is_empty() {
        Audience::Director
    } else {
        audience_of_all(state, &with, context.today(), terms.consent_ages)
    };
    let reflection = ReflectionId::from_uuid(context.new_id());
    let changes = in_record(new.changes.as_ref(), context);
    let held = ReflectionEvent::ReflectionHeld { reflection, with, workers, changes, next };
    let held = draft(held).for_audience(audience.clone()).with_due(due);
    let mut drafts = vec![if next > by_term { held.departing(REFLECTED_IN_TIME, None) } else { held }];
    for said in &new.said {
        let readers = readers(state, said.by, &audience, context);
        let right_thing = in_record(said.right_thing.as_ref(), context);
        let together = in_record(said.together.as_ref(), context);
        let event = ReflectionEvent::ReflectionSaid { reflection, by: said.by, right_thing, together };
        drafts.push(draft(event).for_audience(readers));
    }
    Ok(drafts)
}

/// Who was there: whoever was named, and whoever said something.
fn there(state: &CaseState, new: &NewReflection) -> Result<(Vec<PersonId>, Vec<WorkerId>), Rejection> {
    let mut speakers = new.said.iter().map(|said| said.by).collect::<Vec<_>>();
    let (mut with, mut workers) = (new.with.clone(), new.workers.clone());
    for speaker in &speakers {
        match speaker {
            SaidBy::Person(person) => with.push(*person),
            SaidBy::Worker(worker) => workers.push(*worker),
        }
    }
    with.iter().try_for_each(|person| check_known(&state.people, *person))?;
    if with.is_empty() && workers.is_empty() {
        return Err(Rejection::new(REFLECTION_WITH_NOBODY));
    }
    let wordless = |said: &NewSaid| said.right_thing.is_none() && said.together.is_none();
    if new.said.is_empty() || new.said.iter().any(wordless) {
        return Err(Rejection::new(REFLECTION_WITHOUT_WORDS));
    }
    speakers.sort_unstable();
    speakers.dedup();
    if speakers.len() < new.said.len() {
        return Err(Rejection::new(SPOKE_TWICE));
    }
    Ok((each_once_in_order(&with), each_once_in_order(&workers)))
}

/// For whom it is what one of them said: a grown-up's own, a child's for the director; a professional's as the whole.
fn readers(state: &CaseState, by: SaidBy, whole: &Audience, context: &Context<'_>) -> Audience {
    match by {
        SaidBy::Person(person) if stands_in_child_layer(state, person, context.today(), context.terms.consent_ages) => {
            Audience::Director
        }
        SaidBy::Person(person) => Audience::Persons(vec![person]),
        SaidBy::Worker(_) => whole.clone(),
    }
}

fn in_record(words: Option<&Text>, context: &mut Context<'_>) -> Option<Personal<Text>> {
    words.map(|words| context.in_record(words.clone()))
}

const fn draft(event: ReflectionEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Reflection(event))
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ReflectionEvent) {
    state.reflections.apply(fact, event);
}

/// By when it is reflected next (see [`crate::dues`]): as the last reflection says, or from the day on which a plan first became active.
#[must_use]
pub fn open_due(state: &CaseState) -> Option<Due> {
    let first = state.plans.first_activated();
    match state.reflections.last().filter(|last| first.is_none_or(|first| last.on >= first.on)) {
        Some(last) => last.due.clone(),
        None => first.and_then(|first| first.reflection.clone()),
    }
}

/// The due date of the next reflection, as a plan carries it that becomes active on this day.
pub(crate) fn due_after(terms: &crate::terms::Terms, active: CivilDay) -> Due {
    let term = terms.reflection;
    Due { what: REFLECTION_DUE.to_owned(), last_day: terms.last_day(term, active), at: terms.follows_at(term, active) }
}

/// Whether the reflection is not there in which this says that somebody said something.
pub(crate) fn missing(state: &CaseState, event: &ReflectionEvent) -> bool {
    match event {
        ReflectionEvent::ReflectionHeld { .. } => false,
        ReflectionEvent::ReflectionSaid { reflection, .. } => state.reflections.get(*reflection).is_none(),
    }
}
