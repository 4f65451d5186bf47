//! The shape of every decision: a history, an order, a context; drafts or a rejection come out.
//!
//! A [`Decider`] is pure. `decide` may refuse; `apply` is total: it never refuses, never fails, and reads neither clock nor policy.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::fact::{Actor, Audience, Axis, CommandRef, Draft, EventInfo, Fact};
use crate::ids::{CommandId, EventId, PersonId, RecordId, Revision, Subject};
use crate::personal::Personal;
use crate::rejection::{Code, Rejection};
use crate::terms::{Terms, TermsBook};
use crate::text::Name;
use crate::time::{CivilDay, Occurred, Timestamp};

/// The order says that something happened which has not happened yet.
pub const OCCURRED_IN_FUTURE: Code = Code("OCCURRED_IN_FUTURE");
/// The event may not be said to have happened before it is recorded (a withdrawal, for instance).
pub const BACKDATED: Code = Code("BACKDATED");
/// We were told before it happened, or will be told later.
pub const LEARNT_OUT_OF_ORDER: Code = Code("LEARNT_OUT_OF_ORDER");
/// Codes any order can be refused with.
pub const CODES: &[Code] = &[OCCURRED_IN_FUTURE, BACKDATED, LEARNT_OUT_OF_ORDER];

/// An event that this release cannot read: an unknown type, or a payload of another shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event of type {type_name} cannot be read: {reason}")]
pub struct UnreadableEvent {
    /// The type as stored.
    pub type_name: String,
    /// What is wrong; never a value.
    pub reason: String,
}

/// What an event must tell about itself.
pub trait DomainEvent: Clone + PartialEq + Debug + Send + Sync + Sized + 'static {
    /// Every type this enum can hold.
    fn catalogue() -> Vec<&'static EventInfo>;

    /// What holds for this event's type.
    fn info(&self) -> &'static EventInfo;

    /// Everyone and everything it is about, for the metadata.
    fn subjects(&self) -> Vec<Subject>;

    /// The payload as JSON, with a mark for each personal value. Only within [`crate::personal::codec_scope`].
    ///
    /// # Errors
    /// Outside the codec, or when a value cannot be written again because its key is gone.
    fn to_payload(&self) -> Result<Value, serde_json::Error>;

    /// Reads a payload of the current version.
    ///
    /// # Errors
    /// When the type is unknown or the payload has another shape.
    fn from_payload(type_name: &str, payload: Value) -> Result<Self, UnreadableEvent>;

    /// What it corrects, when it is a correction (rule 28).
    fn correction(&self) -> Option<Correction<Self>> {
        None
    }

    /// The earlier event that it says something of and is nothing without: it goes where that one goes when it is set aside.
    fn remarks_on(&self) -> Option<EventId> {
        self.correction().filter(|it| !matches!(it.amends, Amends::SetsAside)).map(|it| it.target)
    }
}

/// A correction: another event is voided, replaced in its place, or set aside.
#[derive(Clone, PartialEq, Debug)]
pub struct Correction<E> {
    /// The event it names.
    pub target: EventId,
    /// What becomes of that.
    pub amends: Amends<E>,
}

/// What a correction does to the event it names.
#[derive(Clone, PartialEq, Debug)]
pub enum Amends<E> {
    /// Voids it: it was recorded, and does not count.
    StrikesOut,
    /// Puts something else in its place.
    Replaces {
        /// What should have stood there.
        event: E,
        /// When it really happened, if that was wrong.
        occurred: Option<Occurred>,
        /// Whether the rules that the correcting fact departs from take the place of those of the fact it names.
        judged_anew: bool,
    },
    /// It belongs elsewhere: nothing of it is read in this history any more, of whatever day, nor of what was said of it (rule 28). To
    /// bring it back, strike this out.
    SetsAside,
}

/// The payload of an adjacently tagged event enum.
///
/// # Errors
/// When it cannot be written (see [`DomainEvent::to_payload`]).
pub(crate) fn payload_of<E: Serialize>(event: &E) -> Result<Value, serde_json::Error> {
    let mut tagged = serde_json::to_value(event)?;
    Ok(tagged.get_mut("payload").map(Value::take).unwrap_or_default())
}

/// Reads an adjacently tagged event enum from its type name and payload.
///
/// # Errors
/// When the payload has another shape. The message names no value.
pub(crate) fn read_tagged<E: DeserializeOwned>(type_name: &str, payload: Value) -> Result<E, UnreadableEvent> {
    let mut tagged = serde_json::Map::new();
    tagged.insert("type".to_owned(), Value::String(type_name.to_owned()));
    tagged.insert("payload".to_owned(), payload);
    serde_json::from_value(Value::Object(tagged))
        .map_err(|error| UnreadableEvent { type_name: type_name.to_owned(), reason: shape_error(&error) })
}

/// A serde message may quote the value it stumbled over; only its category is safe to show.
fn shape_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let field = ["missing field", "unknown field", "unknown variant"].iter().find(|kind| text.starts_with(**kind));
    field.map_or_else(
        || "the payload has another shape".to_owned(),
        |kind| format!("the payload has another shape ({kind})"),
    )
}

/// What a command must tell about itself.
pub trait DomainCommand: Serialize + Clone + Debug + Send + Sync + 'static {
    /// Its name as practice and the API say it (`assignCaseDirector`).
    fn name(&self) -> &'static str;

    /// Whether it is decided only on a history that can be read as a whole: an act, which creates rights or duties, and what takes
    /// protection away. All else is a report of what happened, or guards somebody: it is taken (rule 0), also while a value of the
    /// history cannot be read by a fault.
    fn needs_all(&self) -> bool;
}

/// A command as somebody gave it.
#[derive(Clone, Debug, Serialize)]
pub struct Order<C> {
    /// What is asked.
    pub command: C,
    /// When it happened, if not now.
    pub occurred: Option<Occurred>,
    /// When we were told, if later than it happened.
    pub learnt: Option<CivilDay>,
    /// Persons whose names may stand in the free text of this command.
    pub mentions: Vec<PersonId>,
}

impl<C> Order<C> {
    /// An order about now.
    pub const fn now(command: C) -> Self {
        Self { command, occurred: None, learnt: None, mentions: Vec::new() }
    }

    /// The day on which it happened: what the order says, else today.
    pub fn happened(&self, today: CivilDay) -> CivilDay {
        self.occurred.map_or(today, Occurred::day)
    }
}

/// What a decision may know besides the history.
pub struct Context<'a> {
    /// What the stream is about.
    pub id: Uuid,
    /// The present moment.
    pub now: Timestamp,
    /// Who asks.
    pub actor: &'a Actor,
    /// Municipal and legal policy of today.
    pub terms: &'a Terms,
    /// All versions of that policy: an old decision is judged by the one of its day (rule 29).
    pub book: &'a TermsBook,
    /// Source of new ids; seeded in tests.
    pub ids: &'a mut dyn FnMut() -> Uuid,
    /// Whether who asks may know somebody of the history by this name: of nobody else may a refusal tell that they are there.
    pub knows: &'a dyn Fn(PersonId, &Name) -> bool,
}

/// For whoever asks and has no secrets kept from them: everybody is known.
#[must_use]
pub const fn everybody(_person: PersonId, _name: &Name) -> bool {
    true
}

impl Context<'_> {
    /// Today, in Europe/Amsterdam.
    #[must_use]
    pub fn today(&self) -> CivilDay {
        self.now.day()
    }

    /// The policy that this fact was decided under; today's when the book never held that version.
    #[must_use]
    pub fn terms_of<E>(&self, fact: &Fact<E>) -> &Terms {
        fact.terms.parse().ok().and_then(|version| self.book.by_version(&version)).unwrap_or(self.terms)
    }

    /// A new random id.
    pub fn new_id(&mut self) -> Uuid {
        (self.ids)()
    }

    /// Words as a record of their own, which can be destroyed alone.
    pub fn in_record<T>(&mut self, words: T) -> Personal<T> {
        Personal::ordinary(Subject::Record(RecordId::from_uuid(self.new_id())), words)
    }
}

/// A pure state machine over one stream.
pub trait Decider: Sized + Send + Sync + 'static {
    /// What can happen.
    type Event: DomainEvent;
    /// What can be asked.
    type Command: DomainCommand;
    /// What follows from what happened.
    type State: Default + Clone + PartialEq + Debug + Send + Sync;
    /// Category of its streams.
    const CATEGORY: &'static str;

    /// Decides. Central rules about dates are checked by [`decide`].
    ///
    /// # Errors
    /// A [`Rejection`] when the law of a case refuses.
    fn rule(
        history: &History<Self>,
        order: &Order<Self::Command>,
        context: &mut Context<'_>,
    ) -> Result<Vec<Draft<Self::Event>>, Rejection>;

    /// Takes a fact into the state. Total.
    fn apply(state: &mut Self::State, fact: &Fact<Self::Event>);
}

/// Decides an order: the rules of the room, between the rules that hold for every order.
///
/// # Errors
/// A [`Rejection`] when a rule refuses; nothing is written then.
pub fn decide<D: Decider>(
    history: &History<D>,
    order: &Order<D::Command>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<D::Event>>, Rejection> {
    check_dates(order, context)?;
    let mut drafts = D::rule(history, order, context)?;
    for draft in &mut drafts {
        draft.occurred = draft.occurred.or(order.occurred);
        draft.learnt = draft.learnt.or(order.learnt);
        let happened = draft.occurred.map_or(context.today(), Occurred::day);
        if happened < context.today() && !draft.event.info().may_precede {
            return Err(Rejection::new(BACKDATED).with("event", draft.event.info().name).with("occurred", happened));
        }
    }
    Ok(drafts)
}

/// The history as it would be with these drafts recorded now: to look ahead before deciding. The ids of its new facts mean nothing.
pub(crate) fn foresee<D: Decider>(
    history: &History<D>,
    drafts: &[Draft<D::Event>],
    context: &Context<'_>,
) -> History<D> {
    let mut future = history.clone();
    for draft in drafts.iter().cloned() {
        let revision = future.revision().map_or(Revision::FIRST, Revision::next);
        future.push(Fact {
            id: EventId::from_uuid(Uuid::from_u128(u128::from(revision.number()))),
            revision,
            recorded_at: context.now,
            occurred: draft.occurred.unwrap_or(Occurred::At(context.now)),
            learnt: draft.learnt,
            actor: context.actor.clone(),
            audience: draft.audience.unwrap_or(Audience::Case),
            command: CommandRef { id: CommandId::from_uuid(Uuid::nil()), digest: String::new(), index: 0, count: 1 },
            terms: context.terms.version.to_string(),
            due: draft.due,
            departures: draft.departures,
            event: draft.event,
        });
    }
    future
}

fn check_dates<C>(order: &Order<C>, context: &Context<'_>) -> Result<(), Rejection> {
    let later = match order.occurred {
        Some(Occurred::Day(day)) => day > context.today(),
        Some(Occurred::At(moment)) => moment > context.now,
        None => false,
    };
    let happened = order.happened(context.today());
    if later {
        return Err(Rejection::new(OCCURRED_IN_FUTURE).with("occurred", happened).with("now", context.now));
    }
    match order.learnt {
        Some(learnt) if learnt < happened || learnt > context.today() => {
            Err(Rejection::new(LEARNT_OUT_OF_ORDER).with("occurred", happened).with("learnt", learnt))
        }
        _ => Ok(()),
    }
}

/// The effect a command had in a stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Effect {
    /// Keyed digest of its input.
    pub digest: String,
    /// Who gave it.
    pub actor: Actor,
    /// First revision of its batch.
    pub first: Revision,
    /// Last revision of its batch.
    pub last: Revision,
}

/// Everything that happened in one stream, and the state that follows from it.
pub struct History<D: Decider> {
    /// What is read.
    facts: Vec<Fact<D::Event>>,
    /// What was set aside, with what was said of it: kept apart, so that nothing that reads the facts can come upon it.
    aside: Vec<Fact<D::Event>>,
    state: D::State,
    effects: HashMap<CommandId, Effect>,
}

impl<D: Decider> Default for History<D> {
    fn default() -> Self {
        Self { facts: Vec::new(), aside: Vec::new(), state: D::State::default(), effects: HashMap::new() }
    }
}

impl<D: Decider> Clone for History<D> {
    fn clone(&self) -> Self {
        let (facts, aside) = (self.facts.clone(), self.aside.clone());
        Self { facts, aside, state: self.state.clone(), effects: self.effects.clone() }
    }
}

impl<D: Decider> Debug for History<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").field("facts", &self.facts.len()).field("state", &self.state).finish_non_exhaustive()
    }
}

/// A fact as it reads after corrections.
#[derive(Clone, Debug)]
pub enum Standing<'a, E> {
    /// As recorded.
    Original(&'a Fact<E>),
    /// With other content in its place; names the correcting event.
    Replaced(Box<Fact<E>>, EventId),
    /// Struck out; names the correcting event.
    Voided(&'a Fact<E>, EventId),
}

impl<D: Decider> History<D> {
    /// Folds facts in recorded order.
    #[must_use]
    pub fn fold(facts: Vec<Fact<D::Event>>) -> Self {
        let mut history = Self::default();
        for fact in &facts {
            note_effect(&mut history.effects, fact);
        }
        (history.facts, history.aside) = without_set_aside(facts);
        history.state = history.fold_state(|_| true);
        history
    }

    /// Takes in the next fact. A correction folds everything again.
    pub fn push(&mut self, fact: Fact<D::Event>) {
        note_effect(&mut self.effects, &fact);
        let of_set_aside = fact.event.remarks_on().is_some_and(|target| self.is_set_aside(target));
        if fact.event.correction().is_some() || of_set_aside {
            let mut all = self.take_all();
            all.push(fact);
            (self.facts, self.aside) = without_set_aside(all);
            self.state = self.fold_state(|_| true);
        } else {
            D::apply(&mut self.state, &fact);
            self.facts.push(fact);
        }
    }

    /// Every fact in recorded order, those set aside included.
    fn take_all(&mut self) -> Vec<Fact<D::Event>> {
        let mut all = std::mem::take(&mut self.facts);
        all.append(&mut self.aside);
        all.sort_by_key(|fact| fact.revision);
        all
    }

    /// Whether this fact was set aside, itself or with what it was said of.
    #[must_use]
    pub fn is_set_aside(&self, event: EventId) -> bool {
        self.aside.iter().any(|fact| fact.id == event)
    }

    /// The history as it was when this was its last revision, with what was set aside since: only to judge again what was judged then.
    /// Nothing of it is shown.
    #[must_use]
    pub fn as_judged_at(&self, last: Revision) -> Self {
        let all = self.clone().take_all();
        Self::fold(all.into_iter().take_while(|fact| fact.revision <= last).collect())
    }

    /// The facts as recorded, in order; not what was set aside.
    #[must_use]
    pub fn facts(&self) -> &[Fact<D::Event>] {
        &self.facts
    }

    /// What follows from them.
    #[must_use]
    pub const fn state(&self) -> &D::State {
        &self.state
    }

    /// The last revision; `None` for a stream that does not exist.
    #[must_use]
    pub fn revision(&self) -> Option<Revision> {
        let last = |facts: &[Fact<D::Event>]| facts.last().map(|fact| fact.revision);
        last(&self.facts).max(last(&self.aside))
    }

    /// Whether nothing happened yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.aside.is_empty()
    }

    /// The effect a command already had here.
    #[must_use]
    pub fn effect(&self, command: CommandId) -> Option<&Effect> {
        self.effects.get(&command)
    }

    /// A recorded fact by its event id.
    #[must_use]
    pub fn fact(&self, event: EventId) -> Option<&Fact<D::Event>> {
        self.facts.iter().find(|fact| fact.id == event)
    }

    /// The facts as they read after corrections, in recorded order, struck-out ones included.
    #[must_use]
    pub fn standing(&self) -> Vec<Standing<'_, D::Event>> {
        let amendments = amendments(&self.facts);
        self.facts.iter().map(|fact| stand(fact, &amendments)).collect()
    }

    /// As recorded up to the end of this civil day; without what was set aside since.
    #[must_use]
    pub fn as_recorded_on(&self, day: CivilDay) -> Self {
        let end = day.end();
        Self::fold(self.facts.iter().take_while(|fact| fact.recorded_at <= end).cloned().collect())
    }

    /// As now known about this civil day: dated facts stay (they are read *at* the day), process facts only if they had happened.
    /// The facts stay those of now; only the state looks back.
    #[must_use]
    pub fn as_known_about(&self, day: CivilDay) -> Self {
        let mut past = self.clone();
        past.state = self.fold_state(|fact| counts_about(fact, day));
        past
    }

    fn fold_state(&self, admits: impl Fn(&Fact<D::Event>) -> bool) -> D::State {
        let amendments = amendments(&self.facts);
        let mut state = D::State::default();
        for fact in &self.facts {
            match stand(fact, &amendments) {
                Standing::Original(fact) if admits(fact) => D::apply(&mut state, fact),
                Standing::Replaced(fact, _) if admits(&fact) => D::apply(&mut state, &fact),
                _ => {}
            }
        }
        state
    }
}

/// Whether a fact, as it reads after corrections, counts in a case as now known about this day: a dated fact always, for it is read *at*
/// the day; a process fact only if it had happened by then.
#[must_use]
pub fn counts_about<E: DomainEvent>(fact: &Fact<E>, day: CivilDay) -> bool {
    fact.event.info().axis == Axis::Dated || fact.occurred.day() <= day
}

fn note_effect<E>(effects: &mut HashMap<CommandId, Effect>, fact: &Fact<E>) {
    effects.entry(fact.command.id).and_modify(|effect| effect.last = fact.revision).or_insert_with(|| Effect {
        digest: fact.command.digest.clone(),
        actor: fact.actor.clone(),
        first: fact.revision,
        last: fact.revision,
    });
}

type Amendments<'a, E> = HashMap<EventId, (&'a Fact<E>, Correction<E>)>;

/// The corrections in force. The latest word about a fact holds; a struck-out correction says nothing.
fn amendments<E: DomainEvent>(facts: &[Fact<E>]) -> Amendments<'_, E> {
    let mut amendments: Amendments<'_, E> = HashMap::new();
    for fact in facts.iter().rev() {
        let Some(correction) = fact.event.correction() else { continue };
        if !is_struck_out(fact.id, &amendments) {
            amendments.entry(correction.target).or_insert((fact, correction));
        }
    }
    amendments
}

fn is_struck_out<E>(fact: EventId, amendments: &Amendments<'_, E>) -> bool {
    amendments.get(&fact).is_some_and(|(_, later)| matches!(later.amends, Amends::StrikesOut))
}

/// What is read, and what was set aside with everything that was said of it. In doubt it is out of sight: a later correction of what was
/// set aside does not bring it back.
fn without_set_aside<E: DomainEvent>(facts: Vec<Fact<E>>) -> (Vec<Fact<E>>, Vec<Fact<E>>) {
    let mut gone = HashSet::new();
    {
        let amendments = amendments(&facts);
        for fact in &facts {
            let sets_aside = fact.event.correction().filter(|it| matches!(it.amends, Amends::SetsAside));
            gone.extend(sets_aside.filter(|_| !is_struck_out(fact.id, &amendments)).map(|it| it.target));
        }
    }
    if gone.is_empty() {
        return (facts, Vec::new());
    }
    for fact in &facts {
        if fact.event.remarks_on().is_some_and(|target| gone.contains(&target)) {
            gone.insert(fact.id);
        }
    }
    facts.into_iter().partition(|fact| !gone.contains(&fact.id))
}

fn stand<'a, E: DomainEvent>(fact: &'a Fact<E>, amendments: &Amendments<'_, E>) -> Standing<'a, E> {
    match amendments.get(&fact.id) {
        // What is set aside is not read at all: see `without_set_aside`.
        None | Some((_, Correction { amends: Amends::SetsAside, .. })) => Standing::Original(fact),
        Some((by, Correction { amends: Amends::StrikesOut, .. })) => Standing::Voided(fact, by.id),
        Some((by, Correction { amends: Amends::Replaces { event, occurred, judged_anew }, .. })) => {
            // Terms run from the corrected dates: the correction carries them where they changed.
            let due = if by.due.is_empty() { &fact.due } else { &by.due };
            let occurred = occurred.unwrap_or(fact.occurred);
            let due = due.clone();
            let departures = if *judged_anew { by.departures.clone() } else { fact.departures.clone() };
            Standing::Replaced(
                Box::new(Fact { event: event.clone(), occurred, due, departures, ..fact.clone() }),
                by.id,
            )
        }
    }
}
