//! Who represents whom, read at a date.

use std::collections::BTreeMap;

use super::{RepresentationEvent, RepresentativeKind};
use crate::case::CaseEvent;
use crate::fact::{Fact, Organisation};
use crate::ids::{PersonId, WorkerId};
use crate::people::Source;
use crate::personal::Personal;
use crate::time::CivilDay;
use crate::timeline::{Entry, Timeline};

/// In which capacity somebody represents a person.
#[derive(Clone, PartialEq, Debug)]
pub struct Representation {
    /// For which organisation.
    pub organisation: Organisation,
    /// The capacity; erased with the person, which ends no relation.
    pub kind: Personal<RepresentativeKind>,
    /// Where it comes from.
    pub source: Source,
}

/// What a fact about a representative does not rest on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoGround {
    /// It ends what on that day had not begun or was over.
    Start,
    /// It names who represents that person on some of those days already.
    Twice,
}

type Pair = (PersonId, WorkerId);

/// Who represents somebody of the case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Representations {
    by_pair: BTreeMap<Pair, Timeline<Representation>>,
}

impl Representations {
    /// Who is represented by whom on this day. One worker may represent several, and somebody may have more than one representative.
    pub fn on(&self, day: CivilDay) -> impl Iterator<Item = (&PersonId, WorkerId)> {
        let held = self.by_pair.iter().filter(move |(_, days)| days.at(day).is_some());
        held.map(|((person, worker), _)| (person, *worker))
    }

    /// Everything that was told, by person and worker.
    pub fn timelines(&self) -> impl Iterator<Item = &Timeline<Representation>> {
        self.by_pair.values()
    }

    /// Who represents this person on this day, in which capacity, and which fact says so.
    pub fn of(&self, person: PersonId, day: CivilDay) -> impl Iterator<Item = (WorkerId, &Entry<Representation>)> {
        let pairs = self.by_pair.iter().filter(move |((of, _), _)| *of == person);
        pairs.filter_map(move |((_, worker), days)| Some((*worker, days.entry_at(day)?)))
    }

    /// Everyone who ever represented somebody or will, with the days of it.
    pub fn through_time(&self) -> impl Iterator<Item = (&(PersonId, WorkerId), &Timeline<Representation>)> {
        self.by_pair.iter()
    }

    pub(super) fn holds(&self, pair: Pair, day: CivilDay) -> bool {
        self.by_pair.get(&pair).is_some_and(|days| days.at(day).is_some())
    }

    pub(super) fn first_shared(
        &self,
        pair: Pair,
        from: CivilDay,
        until: Option<CivilDay>,
    ) -> Option<&Entry<Representation>> {
        self.by_pair.get(&pair)?.entries().iter().find(|entry| entry.shares_a_day_with(from, until))
    }

    pub(super) fn missing(&self, event: &RepresentationEvent) -> Option<NoGround> {
        match event {
            RepresentationEvent::RepresentativeNamed { person, worker, from, until, .. } => {
                self.first_shared((*person, *worker), *from, *until).map(|_| NoGround::Twice)
            }
            RepresentationEvent::RepresentativeEnded { person, worker, last_day, .. } => {
                (!self.holds((*person, *worker), *last_day)).then_some(NoGround::Start)
            }
        }
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &RepresentationEvent) {
        match event.clone() {
            RepresentationEvent::RepresentativeNamed { person, worker, organisation, kind, from, until, source } => {
                let days = self.by_pair.entry((person, worker)).or_default();
                let value = Representation { organisation, kind, source };
                match until {
                    Some(until) => days.set_between(from, until, value, fact.id),
                    None => days.set_from(from, value, fact.id),
                }
            }
            RepresentationEvent::RepresentativeEnded { person, worker, last_day, .. } => {
                if let Some(days) = self.by_pair.get_mut(&(person, worker)) {
                    days.end(last_day, fact.id);
                }
            }
        }
    }
}
