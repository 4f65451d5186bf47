//! Every contact, and what was promised in each.

use super::{Answer, ContactEvent, Direction, Medium, PromiseEnd, PromiseKind, Verified};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{ContactId, EventId, PersonId, PromiseId, WorkerId};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A contact moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Contact {
    /// The contact.
    pub id: ContactId,
    /// The day.
    pub day: CivilDay,
    /// With whom of the case.
    pub with: Vec<PersonId>,
    /// With whom else.
    pub other: Option<Personal<Line>>,
    /// About whom else of the case.
    pub about: Vec<PersonId>,
    /// Which worker had it.
    pub worker: WorkerId,
    /// Who sought it.
    pub direction: Option<Direction>,
    /// By which way.
    pub medium: Option<Medium>,
    /// How it was made sure who it was.
    pub verified: Option<Verified>,
    /// What was said.
    pub said: Personal<Text>,
    /// What was asked.
    pub asked: Option<Personal<Text>>,
    /// What became of what was asked.
    pub answer: Option<Answer>,
    /// The answer in words.
    pub answered: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Something promised in a contact.
#[derive(Clone, PartialEq, Debug)]
pub struct MadePromise {
    /// The promise.
    pub id: PromiseId,
    /// In which contact.
    pub contact: ContactId,
    /// To call back, or something else.
    pub kind: PromiseKind,
    /// What.
    pub what: Option<Personal<Text>>,
    /// By which day.
    pub by: Option<CivilDay>,
    /// Who does it.
    pub worker: WorkerId,
    /// How it ended; `None` while it waits.
    pub settled: Option<SettledPromise>,
    /// Its term.
    due: Option<Due>,
    /// The fact that says so: that of the contact.
    pub fact: EventId,
}

/// How a promise ended.
#[derive(Clone, PartialEq, Debug)]
pub struct SettledPromise {
    /// The day.
    pub day: CivilDay,
    /// How.
    pub how: PromiseEnd,
    /// More about it.
    pub note: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Contacts in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Contacts {
    contacts: Vec<Contact>,
    promises: Vec<MadePromise>,
}

impl Contacts {
    /// Every contact.
    #[must_use]
    pub fn all(&self) -> &[Contact] {
        &self.contacts
    }

    /// This contact.
    #[must_use]
    pub fn get(&self, contact: ContactId) -> Option<&Contact> {
        self.contacts.iter().find(|known| known.id == contact)
    }

    /// Every promise, in the order told.
    #[must_use]
    pub fn promises(&self) -> &[MadePromise] {
        &self.promises
    }

    /// This promise.
    #[must_use]
    pub fn promise(&self, promise: PromiseId) -> Option<&MadePromise> {
        self.promises.iter().find(|known| known.id == promise)
    }

    /// What was promised by a day and still waits.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        self.waiting().map(|(due, _)| due.clone())
    }

    /// The same, each with the fact that says so.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (&Due, EventId)> {
        let open = self.promises.iter().filter(|promise| promise.settled.is_none());
        open.filter_map(|promise| Some((promise.due.as_ref()?, promise.fact)))
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ContactEvent) {
        match event.clone() {
            ContactEvent::ContactRecorded {
                contact,
                with,
                other,
                about,
                worker,
                direction,
                medium,
                verified,
                said,
                asked,
                answer,
                answered,
                promises,
            } => {
                // The terms of the promises stand in their order, one for each that has a day.
                let mut dues = fact.due.iter();
                let made = promises.into_iter().map(|promise| MadePromise {
                    id: promise.promise,
                    contact,
                    kind: promise.kind,
                    what: promise.what,
                    by: promise.by,
                    worker: promise.worker,
                    settled: None,
                    due: promise.by.and_then(|_| dues.next().cloned()),
                    fact: fact.id,
                });
                self.promises.extend(made);
                let (id, day, fact) = (contact, fact.occurred.day(), fact.id);
                self.contacts.push(Contact {
                    id,
                    day,
                    with,
                    other,
                    about,
                    worker,
                    direction,
                    medium,
                    verified,
                    said,
                    asked,
                    answer,
                    answered,
                    fact,
                });
            }
            ContactEvent::PromiseSettled { promise, how, note } => {
                let settled = SettledPromise { day: fact.occurred.day(), how, note, fact: fact.id };
                if let Some(known) = self.promises.iter_mut().find(|known| known.id == promise) {
                    known.settled = Some(settled);
                }
            }
        }
    }
}
