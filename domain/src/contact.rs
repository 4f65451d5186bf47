//! Contact moments (rule 0, `domain.md`, "The language"): with whom, how verified, what was asked, said and promised, and by when somebody
//! calls back. One line will do: only with whom, when and one sentence are asked for. A contact is a report: it is never refused for
//! what was said in it. An answer that was no is recorded as what was done, never as what somebody is.
//!
//! A talk stands in the personal layer of whom it was with, of a child too: a child's confidence. One with several people, or with nobody
//! of the case, is for who reaches all of it: the director (PD).

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft, Due, EventInfo, Fact};
use crate::ids::{ContactId, PersonId, PromiseId, Subject, WorkerId};
use crate::once::each_once;
use crate::people::{check_known, check_order};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::{Line, Text};
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, PROMISE_UNKNOWN};
use catalogue::{CONTACT_WITH_NOBODY, PROMISE_ALREADY_SETTLED, PROMISE_WITHOUT_WORDS};
pub use state::{Contact, Contacts, MadePromise, SettledPromise};

/// That somebody is called back, by a day.
pub const CALL_BACK_DUE: &str = "call_back";
/// That something else that was promised is done, by a day.
pub const PROMISE_DUE: &str = "promise";

/// Who sought the contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// They came to us.
    Incoming,
    /// We went to them.
    Outgoing,
    /// It was agreed before.
    Agreed,
}

/// By which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// On the phone.
    Phone,
    /// By app or text message.
    App,
    /// By e-mail.
    Mail,
    /// By letter.
    Letter,
    /// By video.
    Video,
    /// At their home.
    Visit,
    /// In a talk elsewhere.
    Talk,
    /// Another way.
    Other,
}

/// How it was made sure who it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// They met.
    Met,
    /// The voice or the hand is known.
    Known,
    /// Called back on the number on record.
    CalledBack,
    /// A control question was answered.
    ControlQuestion,
    /// A document was shown.
    Document,
    /// It was not.
    NotVerified,
}

/// What became of what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was given.
    Given,
    /// It was refused.
    Refused,
    /// Not this way; the way that is open was named.
    AnotherWay,
    /// An answer comes later.
    Later,
}

/// What kind of promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// To call back.
    CallBack,
    /// Anything else, in words.
    Other,
}

/// How a promise ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseEnd {
    /// It was done.
    Kept,
    /// It was no longer needed.
    NoLongerNeeded,
    /// It did not come to it.
    NotKept,
}

/// Something promised in a contact.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// The promise.
    pub promise: PromiseId,
    /// To call back, or something else.
    pub kind: PromiseKind,
    /// What.
    pub what: Option<Personal<Text>>,
    /// By which day; of a call-back always.
    pub by: Option<CivilDay>,
    /// Who does it.
    pub worker: WorkerId,
}

/// What can happen about contacts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are contacts")]
pub enum ContactEvent {
    /// A contact moment was recorded.
    ContactRecorded {
        /// The contact.
        contact: ContactId,
        /// With whom of the case; each once.
        with: Vec<PersonId>,
        /// With whom else.
        other: Option<Personal<Line>>,
        /// About whom else of the case; each once.
        about: Vec<PersonId>,
        /// Which worker had it.
        worker: WorkerId,
        /// Who sought it.
        direction: Option<Direction>,
        /// By which way.
        medium: Option<Medium>,
        /// How it was made sure who it was.
        verified: Option<Verified>,
        /// What was said, in a sentence.
        said: Personal<Text>,
        /// What was asked.
        asked: Option<Personal<Text>>,
        /// What became of what was asked.
        answer: Option<Answer>,
        /// The answer in words.
        answered: Option<Personal<Text>>,
        /// What was promised.
        promises: Vec<Promise>,
    },
    /// A promise was kept, or ended otherwise.
    PromiseSettled {
        /// The promise.
        promise: PromiseId,
        /// How.
        how: PromiseEnd,
        /// More about it.
        note: Option<Personal<Text>>,
    },
}

/// What can be asked about contacts.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ContactCommand {
    /// Record a contact moment.
    RecordContact(Box<NewContact>),
    /// Say how a promise ended.
    SettlePromise {
        /// The promise.
        promise: PromiseId,
        /// How.
        how: PromiseEnd,
        /// More about it.
        note: Option<Text>,
    },
}

/// A contact as given in a command. With whom, and one sentence; all else may be left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewContact {
    /// With whom of the case.
    pub with: Vec<PersonId>,
    /// With whom else.
    pub other: Option<Line>,
    /// About whom else of the case.
    pub about: Vec<PersonId>,
    /// Which worker had it; who records it when nothing is said.
    pub worker: Option<WorkerId>,
    /// Who sought it.
    pub direction: Option<Direction>,
    /// By which way.
    pub medium: Option<Medium>,
    /// How it was made sure who it was.
    pub verified: Option<Verified>,
    /// What was said, in a sentence.
    pub said: Text,
    /// What was asked.
    pub asked: Option<Text>,
    /// What became of what was asked.
    pub answer: Option<Answer>,
    /// The answer in words.
    pub answered: Option<Text>,
    /// What was promised.
    pub promises: Vec<NewPromise>,
}

/// A promise as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewPromise {
    /// To call back, or something else.
    pub kind: PromiseKind,
    /// What; may be left out of a call-back.
    pub what: Option<Text>,
    /// By which day; of a call-back the term of policy when nothing is said.
    pub by: Option<CivilDay>,
    /// Who does it; who records it when nothing is said.
    pub worker: Option<WorkerId>,
}

impl ContactEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds. A promise leaves to whom to its contact.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ContactRecorded { with, about, said, .. } => {
                let persons = each_once(&[with.as_slice(), about.as_slice()].concat());
                persons.into_iter().map(Subject::Person).chain([said.owner()]).collect()
            }
            Self::PromiseSettled { note, .. } => note.iter().map(Personal::owner).collect(),
        }
    }
}

impl ContactCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordContact(_) => "recordContact",
            Self::SettlePromise { .. } => "settlePromise",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &ContactCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    match command {
        ContactCommand::RecordContact(new) => {
            let held = order.happened(context.today());
            Ok(vec![record(state, new, held, context)?])
        }
        ContactCommand::SettlePromise { promise, how, note } => {
            let audience = check_open(history, *promise)?;
            let note = note.clone().map(|note| context.in_record(note));
            let event = ContactEvent::PromiseSettled { promise: *promise, how: *how, note };
            Ok(vec![Draft::of(CaseEvent::Contact(event)).for_audience(audience)])
        }
    }
}

fn record(
    state: &CaseState,
    new: &NewContact,
    held: CivilDay,
    context: &mut Context<'_>,
) -> Result<Draft<CaseEvent>, Rejection> {
    new.with.iter().chain(&new.about).try_for_each(|person| check_known(&state.people, *person))?;
    if new.with.is_empty() && new.other.is_none() {
        return Err(Rejection::new(CONTACT_WITH_NOBODY));
    }
    let by_actor = context.actor.worker;
    let mut promises = Vec::with_capacity(new.promises.len());
    let mut due = Vec::new();
    for promise in &new.promises {
        let (promise, term) = promised(promise, held, context)?;
        due.extend(term);
        promises.push(promise);
    }
    let with = each_once(&new.with);
    let audience = if with.is_empty() { Audience::Director } else { Audience::Persons(with.clone()) };
    let event = ContactEvent::ContactRecorded {
        contact: ContactId::from_uuid(context.new_id()),
        with,
        other: new.other.clone().map(|other| context.in_record(other)),
        about: each_once(&new.about),
        worker: new.worker.unwrap_or(by_actor),
        direction: new.direction,
        medium: new.medium,
        verified: new.verified,
        said: context.in_record(new.said.clone()),
        asked: new.asked.clone().map(|asked| context.in_record(asked)),
        answer: new.answer,
        answered: new.answered.clone().map(|answered| context.in_record(answered)),
        promises,
    };
    let draft = Draft::of(CaseEvent::Contact(event)).for_audience(audience);
    Ok(due.into_iter().fold(draft, Draft::with_due))
}

fn promised(new: &NewPromise, held: CivilDay, context: &mut Context<'_>) -> Result<(Promise, Option<Due>), Rejection> {
    check_order(held, new.by)?;
    let (by, what) = match new.kind {
        PromiseKind::CallBack => {
            let term = context.terms.last_day(context.terms.call_back, held);
            (Some(new.by.unwrap_or(term)), CALL_BACK_DUE)
        }
        PromiseKind::Other if new.what.is_none() => return Err(Rejection::new(PROMISE_WITHOUT_WORDS)),
        PromiseKind::Other => (new.by, PROMISE_DUE),
    };
    let due =
        by.map(|last_day| Due { what: what.to_owned(), last_day, at: context.terms.calendar.follows_at(last_day) });
    let promise = Promise {
        promise: PromiseId::from_uuid(context.new_id()),
        kind: new.kind,
        what: new.what.clone().map(|what| context.in_record(what)),
        by,
        worker: new.worker.unwrap_or(context.actor.worker),
    };
    Ok((promise, due))
}

/// Who may know of a promise that waits: whoever may know the contact in which it was made.
fn check_open(history: &History<Case>, promise: PromiseId) -> Result<Audience, Rejection> {
    let refused = |code| Rejection::new(code).with("promise", Detail::id(promise));
    let known = history.state().contacts.promise(promise).ok_or_else(|| refused(PROMISE_UNKNOWN))?;
    if let Some(settled) = &known.settled {
        return Err(refused(PROMISE_ALREADY_SETTLED).with("on", settled.day));
    }
    let made = history.fact(known.fact);
    Ok(made.map_or(Audience::Director, |fact| history.state().life.audience_of(fact).clone()))
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ContactEvent) {
    state.contacts.apply(fact, event);
}
