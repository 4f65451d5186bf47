//! Reflections as they were held.

use std::collections::BTreeMap;

use super::{REFLECTION_DUE, ReflectionEvent};
use crate::case::CaseEvent;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, ReflectionId, WorkerId};
use crate::personal::Personal;
use crate::plan::SaidBy;
use crate::regie::asked::carried;
use crate::text::Text;
use crate::time::CivilDay;

/// A reflection.
#[derive(Clone, PartialEq, Debug)]
pub struct Reflection {
    /// The reflection.
    pub id: ReflectionId,
    /// The day.
    pub on: CivilDay,
    /// With whom of the family and network.
    pub with: Vec<PersonId>,
    /// With which professionals.
    pub workers: Vec<WorkerId>,
    /// What each said, in the order told.
    pub said: Vec<Reflected>,
    /// What changes.
    pub changes: Option<Personal<Text>>,
    /// The last day for the next one.
    pub next: CivilDay,
    /// What must follow, as the fact carries it.
    pub(super) due: Option<Due>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What one of them said.
#[derive(Clone, PartialEq, Debug)]
pub struct Reflected {
    /// Who.
    pub by: SaidBy,
    /// Still the right thing?
    pub right_thing: Option<Personal<Text>>,
    /// How are we doing together?
    pub together: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// Reflections: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reflections {
    all: BTreeMap<ReflectionId, Reflection>,
}

impl Reflections {
    /// Every reflection, in no order that says anything.
    #[must_use]
    pub fn all(&self) -> Vec<&Reflection> {
        self.all.values().collect()
    }

    /// The last one, by the day it was held; of two on a day, the one that says when the next is latest.
    #[must_use]
    pub fn last(&self) -> Option<&Reflection> {
        self.all.values().max_by_key(|held| (held.on, held.next))
    }

    /// This reflection.
    #[must_use]
    pub fn get(&self, reflection: ReflectionId) -> Option<&Reflection> {
        self.all.get(&reflection)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ReflectionEvent) {
        match event.clone() {
            ReflectionEvent::ReflectionHeld { reflection, with, workers, changes, next } => {
                let held = Reflection {
                    id: reflection,
                    on: fact.occurred.day(),
                    with,
                    workers,
                    said: Vec::new(),
                    changes,
                    next,
                    due: carried(&fact.due, REFLECTION_DUE),
                    fact: fact.id,
                };
                self.all.insert(reflection, held);
            }
            ReflectionEvent::ReflectionSaid { reflection, by, right_thing, together } => {
                if let Some(held) = self.all.get_mut(&reflection) {
                    held.said.push(Reflected { by, right_thing, together, fact: fact.id });
                }
            }
        }
    }
}
