//! Reflections: with whom, what each said, what changes, and when the next one is.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::plan::SaidBy;
use projections::views::reflections::{ReflectedView, ReflectionView, next_reflection, reflections};

use super::case::CaseNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What reflections are about, for the policy.
pub const TOPIC: Topic = Topic::Reflection;

const REFLECTION: Field = Field::new("reflection", TOPIC);
const CHANGES: Field = Field::new("reflection.changes", TOPIC);
const SAID: Field = Field::new("reflection.said", TOPIC);
const NEXT: Field = Field::new("reflection.next", TOPIC);

/// Reflections that the viewer may know of.
pub fn held(session: &Session<'_>, case: &CaseNode) -> Vec<ReflectionNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, reflections).into_iter().filter_map(|view| ReflectionNode::new(case, view)).collect()
}

/// By which day those around the family reflect next.
pub fn next(session: &Session<'_>, case: &CaseNode) -> Option<Day> {
    if !case.mandate().covers(TOPIC) {
        return None;
    }
    let kept = case.read(session, next_reflection)?;
    plain(case.mandate(), NEXT, &[case.subject()], &kept).map(Day)
}

/// What one of them said.
#[derive(SimpleObject)]
pub struct ReflectionWords {
    /// Names the fact: what a correction may name.
    fact_id: ID,
    /// Who of the family or its network.
    person: Option<PersonNode>,
    /// Which professional.
    worker: Option<WorkerNode>,
    /// Still the right thing?
    right_thing: Option<String>,
    /// How are we doing together?
    together: Option<String>,
}

/// A reflection.
pub struct ReflectionNode {
    case: CaseNode,
    view: Granted<ReflectionView>,
}

impl ReflectionNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ReflectionView) -> Option<Self> {
        let about: Vec<_> = view.with.iter().copied().map(Subject::Person).collect();
        let about = if about.is_empty() { vec![case.subject()] } else { about };
        let view = granted(case.mandate(), REFLECTION, &about, view, |view| &view.reflection)?;
        Some(Self { case: case.clone(), view })
    }

    fn reflected(&self, session: &Session<'_>, view: &ReflectedView) -> Option<ReflectionWords> {
        let mandate = self.case.mandate();
        let about = match view.by.value {
            SaidBy::Person(person) => Subject::Person(person),
            SaidBy::Worker(_) => self.case.subject(),
        };
        let by = plain(mandate, SAID, &[about], &view.by)?;
        let (person, worker) = match by {
            SaidBy::Person(person) => (self.case.person(person), None),
            SaidBy::Worker(worker) => (None, Some(WorkerNode::new(worker, mandate.clone()))),
        };
        Some(ReflectionWords {
            fact_id: id(view.by.fact),
            person,
            worker,
            right_thing: view.right_thing.as_ref().and_then(|kept| words(session, mandate, SAID, kept)),
            together: view.together.as_ref().and_then(|kept| words(session, mandate, SAID, kept)),
        })
    }
}

/// A reflection of those around a family: still the right thing? how are we doing together?
#[Object(name = "Reflection")]
impl ReflectionNode {
    /// Names the reflection.
    async fn id(&self) -> ID {
        id(self.view.reflection.value)
    }

    /// Names the fact: what a correction or a change of audience may name.
    async fn fact_id(&self) -> ID {
        id(self.view.reflection.fact)
    }

    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// With whom of the family and its network.
    #[graphql(name = "with")]
    async fn with_whom(&self) -> Vec<PersonNode> {
        self.view.with.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// With which professionals.
    async fn workers(&self) -> Vec<WorkerNode> {
        self.view.workers.iter().map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// What each said, as far as it is for you.
    async fn said(&self, ctx: &Context<'_>) -> Result<Vec<ReflectionWords>> {
        let session = Session::of(ctx)?;
        Ok(self.view.said.iter().filter_map(|view| self.reflected(&session, view)).collect())
    }

    /// What changes.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.changes.as_ref().and_then(|kept| words(&session, self.case.mandate(), CHANGES, kept)))
    }

    /// The last day for the next one.
    async fn next(&self) -> Day {
        Day(self.view.next)
    }
}
