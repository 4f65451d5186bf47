//! Safety: who was screened, the lanes with their steps and terms, who is told later, what asks for the steps. Each value by the audience
//! and layers of its own fact; nothing of it is counted.

mod lanes;

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::ids::{LaneId, PersonId, Subject};
use domain::safety::Why;
use projections::views::safety::{self as views, AskedView, LaneView, ScreeningView};

use self::lanes::LaneNode;
pub use self::lanes::ToldLaterNode;
use super::case::CaseNode;
use super::enums::ScreeningOutcome;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, granted_to, id, personal, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};
use domain::fact::Audience;

/// What it is about, for the policy.
const TOPIC: Topic = Topic::Safety;

const SCREENING: Field = Field::new("safety.screening", TOPIC);
const UNSCREENED: Field = Field::new("safety.unscreened", TOPIC);
const ASKED: Field = Field::new("safety.asked", TOPIC);
const LANE: Field = Field::new("safety.lane", TOPIC);
const SIGNAL: Field = Field::new("safety.signal", TOPIC);
const STEP: Field = Field::new("safety.step", TOPIC);
const TOLD_LATER: Field = Field::new("safety.toldLater", TOPIC);

fn of_all(persons: &[PersonId]) -> Vec<Subject> {
    persons.iter().copied().map(Subject::Person).collect()
}

/// Safety in a case.
pub struct SafetyNode {
    case: CaseNode,
}

impl SafetyNode {
    /// Of this case.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }

    fn covers(&self) -> bool {
        self.case.mandate().covers(TOPIC)
    }

    fn known(&self, session: &Session<'_>) -> Vec<LaneView> {
        if !self.covers() {
            return Vec::new();
        }
        let knows = |view: &LaneView| self.case.mandate().admits(&view.lane);
        self.case.read(session, views::lanes).into_iter().filter(knows).collect()
    }
}

/// Safety: before anything joint is offered, each parent and each child is screened alone; a signal opens a lane with the steps of the
/// meldcode.
#[Object(name = "Safety")]
impl SafetyNode {
    /// Who was screened, in order of the day.
    async fn screenings(&self, ctx: &Context<'_>) -> Result<Vec<ScreeningNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let all = self.case.read(&Session::of(ctx)?, views::screenings);
        Ok(all.into_iter().filter_map(|view| ScreeningNode::new(&self.case, view)).collect())
    }

    /// The parents and children who were not screened yet, alone and with one-sided control in it: open for the director.
    async fn unscreened(&self, ctx: &Context<'_>) -> Result<Vec<PersonNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let open = self.case.read(&Session::of(ctx)?, views::unscreened);
        let (mandate, director) = (self.case.mandate(), Audience::Director);
        let shown = open
            .into_iter()
            .filter(|person| granted_to(mandate, UNSCREENED, &[Subject::Person(*person)], &director, ()).is_some());
        Ok(shown.filter_map(|person| self.case.person(person)).collect())
    }

    /// What asks for the safety steps, in order of the day: a stage of 7 or more, a screening with a signal. Nothing opens by itself: record
    /// a safety signal.
    async fn steps_asked(&self, ctx: &Context<'_>) -> Result<Vec<StepsAskedNode>> {
        if !self.covers() {
            return Ok(Vec::new());
        }
        let session = Session::of(ctx)?;
        let lanes: Vec<_> = self.known(&session).into_iter().map(|view| view.lane.value).collect();
        let all = self.case.read(&session, views::steps_asked).into_iter();
        Ok(all.filter_map(|view| StepsAskedNode::new(&self.case, view, &lanes)).collect())
    }

    /// The lanes, open and cleared, in order of the day.
    async fn lanes(&self, ctx: &Context<'_>) -> Result<Vec<LaneNode>> {
        let known = self.known(&Session::of(ctx)?).into_iter();
        Ok(known.filter_map(|view| LaneNode::new(&self.case, view)).collect())
    }

    /// Since when nothing joint is offered. Absent when no lane is open that you may know of.
    async fn barred_since(&self, ctx: &Context<'_>) -> Result<Option<Day>> {
        let known = self.known(&Session::of(ctx)?).into_iter();
        let open = known.filter(|view| view.cleared.is_none()).min_by_key(|view| view.since);
        let mandate = self.case.mandate();
        let shown = open.and_then(|view| {
            let about = of_all(&view.concerns);
            granted(mandate, LANE, &about, view, |view| &view.lane)
        });
        Ok(shown.map(|view| Day(view.since)))
    }
}

/// That somebody was screened.
pub struct ScreeningNode {
    case: CaseNode,
    view: Granted<ScreeningView>,
}

impl ScreeningNode {
    fn new(case: &CaseNode, view: ScreeningView) -> Option<Self> {
        let about = [Subject::Person(view.person)];
        let view = granted(case.mandate(), SCREENING, &about, view, |view| &view.fact)?;
        Some(Self { case: case.clone(), view })
    }
}

/// That a parent or a child was screened for safety.
#[Object(name = "SafetyScreening")]
impl ScreeningNode {
    /// Names the fact.
    async fn id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// Who.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// By whom.
    async fn by(&self) -> WorkerNode {
        WorkerNode::new(self.view.by, self.case.mandate().clone())
    }

    /// Whether nobody else was there.
    async fn alone(&self) -> bool {
        self.view.alone
    }

    /// Whether one-sided control was part of it.
    async fn one_sided_control(&self) -> bool {
        self.view.control
    }

    /// What came out.
    async fn outcome(&self) -> Option<ScreeningOutcome> {
        personal(self.case.mandate(), SCREENING, &self.view.outcome).known().map(|outcome| (*outcome).into())
    }

    /// In a sentence.
    #[graphql(name = "words")]
    async fn in_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), SCREENING, &self.view.words))
    }
}

/// Why the safety steps are asked for.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepsAskedBy {
    /// Somebody experiences a conflict at stage 7 or more.
    Stage,
    /// A screening gave a signal.
    Screening,
}

/// That the safety steps are asked for.
pub struct StepsAskedNode {
    case: CaseNode,
    view: Granted<AskedView>,
    lane: Option<LaneId>,
}

impl StepsAskedNode {
    fn new(case: &CaseNode, view: AskedView, known: &[LaneId]) -> Option<Self> {
        let lane = view.asked.lane.filter(|lane| known.contains(lane));
        let about = [Subject::Person(view.person())];
        let view = granted(case.mandate(), ASKED, &about, view, |view| &view.fact)?;
        Some(Self { case: case.clone(), view, lane })
    }
}

/// That the safety steps are asked for, and whether a lane answers that.
#[Object(name = "SafetyStepsAsked")]
impl StepsAskedNode {
    /// Names the fact that asks: the assessment or the screening.
    async fn fact_id(&self) -> ID {
        id(self.view.fact.value)
    }

    /// Why.
    async fn why(&self) -> StepsAskedBy {
        match self.view.asked.why {
            Why::Stage { .. } => StepsAskedBy::Stage,
            Why::Screening { .. } => StepsAskedBy::Screening,
        }
    }

    /// Whom it is about.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person())
    }

    /// The day on which it was assessed or found.
    async fn on(&self) -> Day {
        Day(self.view.asked.on)
    }

    /// Whether it still waits: no lane was open that day or opened since, as far as you may know.
    async fn open(&self) -> bool {
        self.lane.is_none()
    }

    /// The lane that answers it.
    async fn lane_id(&self) -> Option<ID> {
        self.lane.map(id)
    }
}
