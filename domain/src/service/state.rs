//! The weight of help as it went, the bodies that joined, and what was advised.

use std::collections::BTreeMap;

use super::{Body, Environment, ServiceEvent, ServiceLevel};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{ConflictId, EventId, InvolvementId, PersonId, StepId};
use crate::personal::Personal;
use crate::regie::Agreed;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// That help for somebody went to a level in an environment.
#[derive(Clone, PartialEq, Debug)]
pub struct ServiceStep {
    /// The step.
    pub id: StepId,
    /// The day.
    pub on: CivilDay,
    /// Whose help.
    pub person: PersonId,
    /// Where.
    pub environment: Environment,
    /// The level since then.
    pub level: Personal<ServiceLevel>,
    /// Why.
    pub reason: Personal<Text>,
    /// Who decided.
    pub decided: Vec<Agreed>,
    /// Which programme, when known.
    pub programme: Option<Personal<Line>>,
    /// Who provides it, when known.
    pub provider: Option<Personal<Line>>,
    /// What the family wishes, by person.
    pub wishes: BTreeMap<PersonId, Wish>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What somebody wishes with a step.
#[derive(Clone, PartialEq, Debug)]
pub struct Wish {
    /// In own words.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a body joined.
#[derive(Clone, PartialEq, Debug)]
pub struct Involvement {
    /// The involvement.
    pub id: InvolvementId,
    /// Which body.
    pub body: Body,
    /// Of which region or organisation, when known.
    pub organisation: Option<Personal<Line>>,
    /// About whom.
    pub persons: Vec<PersonId>,
    /// Why.
    pub reason: Personal<Text>,
    /// What the family was told of what it does and does not do.
    pub family_told: Option<Personal<Text>>,
    /// The day.
    pub since: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
    /// When it left and why, with the fact that says so.
    pub left: Option<(CivilDay, Personal<Text>, EventId)>,
}

/// What was advised.
#[derive(Clone, PartialEq, Debug)]
pub struct Advice {
    /// The day.
    pub on: CivilDay,
    /// On which conflict.
    pub conflict: Option<ConflictId>,
    /// On which step.
    pub step: Option<StepId>,
    /// About whom.
    pub persons: Vec<PersonId>,
    /// Whose advice.
    pub source: Personal<Line>,
    /// The advice.
    pub advice: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// The weight of help in a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Service {
    steps: BTreeMap<StepId, ServiceStep>,
    /// By person and environment, in order of the day.
    course: BTreeMap<(PersonId, Environment), Vec<StepId>>,
    involvements: BTreeMap<InvolvementId, Involvement>,
    advices: BTreeMap<EventId, Advice>,
}

impl Service {
    /// This step.
    #[must_use]
    pub fn step(&self, step: StepId) -> Option<&ServiceStep> {
        self.steps.get(&step)
    }

    /// How help went, for each person in each environment, in order of the day.
    pub fn course(&self) -> impl Iterator<Item = (PersonId, Environment, Vec<&ServiceStep>)> {
        let steps = |ids: &Vec<StepId>| ids.iter().filter_map(|id| self.steps.get(id)).collect();
        self.course.iter().map(move |((person, environment), ids)| (*person, *environment, steps(ids)))
    }

    /// This involvement of a body.
    #[must_use]
    pub fn involvement(&self, involvement: InvolvementId) -> Option<&Involvement> {
        self.involvements.get(&involvement)
    }

    /// Every involvement of a body, in order of the day.
    #[must_use]
    pub fn involvements(&self) -> Vec<&Involvement> {
        let mut all: Vec<_> = self.involvements.values().collect();
        all.sort_by_key(|one| one.since);
        all
    }

    /// Every advice, in order of the day.
    #[must_use]
    pub fn advices(&self) -> Vec<&Advice> {
        let mut all: Vec<_> = self.advices.values().collect();
        all.sort_by_key(|one| one.on);
        all
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ServiceEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            ServiceEvent::ServiceStepTaken {
                step,
                person,
                environment,
                level,
                reason,
                decided,
                programme,
                provider,
            } => {
                let wishes = BTreeMap::new();
                let taken = ServiceStep {
                    id: step,
                    on,
                    person,
                    environment,
                    level,
                    reason,
                    decided,
                    programme,
                    provider,
                    wishes,
                    fact: id,
                };
                self.insert(taken);
            }
            ServiceEvent::FamilyWishTold { step, person, wish: words } => {
                if let Some(step) = self.steps.get_mut(&step) {
                    step.wishes.insert(person, Wish { words, fact: id });
                }
            }
            ServiceEvent::BodyJoined { involvement, body, organisation, persons, reason, family_told } => {
                let joined = Involvement {
                    id: involvement,
                    body,
                    organisation,
                    persons,
                    reason,
                    family_told,
                    since: on,
                    fact: id,
                    left: None,
                };
                self.involvements.entry(involvement).or_insert(joined);
            }
            ServiceEvent::BodyLeft { involvement, reason } => {
                if let Some(known) = self.involvements.get_mut(&involvement) {
                    known.left.get_or_insert((on, reason, id));
                }
            }
            ServiceEvent::AdviceRecorded { conflict, step, persons, source, advice } => {
                self.advices.insert(id, Advice { on, conflict, step, persons, source, advice, fact: id });
            }
        }
    }

    fn insert(&mut self, taken: ServiceStep) {
        let Self { steps, course, .. } = self;
        let ids = course.entry((taken.person, taken.environment)).or_default();
        let place = ids.partition_point(|id| steps.get(id).is_some_and(|earlier| earlier.on <= taken.on));
        ids.insert(place, taken.id);
        steps.insert(taken.id, taken);
    }
}
