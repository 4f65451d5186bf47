//! What was offered of a plan, what each person says of it, and how it was evaluated.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::plan::Item;
use domain::time::CivilDay;
use projections::views::Kept;
use projections::views::plans::{ActionView, AnswerView, AskedView, EvaluationView, PlanView, VersionView};

use super::super::case::CaseNode;
use super::super::enums::{EvaluationOutcome, PlanAnswer};
use super::super::people::PersonNode;
use super::super::scalars::Day;
use super::super::session::Session;
use super::super::show::{Granted, granted, id, knows, personal, plain, words};
use super::super::workers::WorkerNode;
use super::items::{ActionNode, GoalNode};
use super::{EVALUATION, TOPIC, about, persons};
use crate::gate::Field;

const VERSION: Field = Field::new("plans.version", TOPIC);
const ANSWER: Field = Field::new("plans.version.answer", TOPIC);
const ACTIVATED: Field = Field::new("plans.version.activated", TOPIC);

/// A version of a plan.
pub struct VersionNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<VersionView>,
    plan: PlanView,
    /// The day at which what stands in it waits.
    waits: Option<CivilDay>,
}

impl VersionNode {
    pub(super) fn new(case: &CaseNode, view: &VersionView, plan: &PlanView, waits: Option<CivilDay>) -> Option<Self> {
        let about = about(case, view.plan, &[]);
        let view = granted(case.mandate(), VERSION, &about, view.clone(), |view| &view.version)?;
        Some(Self { case: case.clone(), about, view, plan: plan.clone(), waits })
    }

    fn answer(&self, session: &Session<'_>, view: &AnswerView) -> Option<PlanAnswerGiven> {
        let mandate = self.case.mandate();
        let answer = *personal(mandate, ANSWER, &view.answer).known()?;
        Some(PlanAnswerGiven {
            answer: answer.into(),
            words: view.words.as_ref().and_then(|kept| words(session, mandate, ANSWER, kept)),
            day: Day(view.on),
            of_earlier_version: view.of_earlier,
        })
    }
}

/// What somebody said of a version.
#[derive(SimpleObject)]
pub struct PlanAnswerGiven {
    /// What.
    answer: PlanAnswer,
    /// In their words: the reservation, or why not.
    words: Option<String>,
    /// The day it was said.
    day: Day,
    /// Whether it was said of an earlier version, in which everything that touches them read the same.
    of_earlier_version: bool,
}

/// Somebody who says something of a version.
#[derive(SimpleObject)]
pub struct PlanAsked {
    /// Who.
    person: PersonNode,
    /// What they said that stands. Absent: nothing yet, or not for you to know.
    answer: Option<PlanAnswerGiven>,
}

/// That a version became active.
#[derive(SimpleObject)]
pub struct PlanActivation {
    /// From this day on.
    day: Day,
    /// Who was asked and did not endorse it: the no stands beside it.
    despite: Vec<PersonNode>,
    /// Why all the same, in the case director's words.
    reason: Option<String>,
    /// The interest of the child.
    interest: Option<String>,
}

/// The content of a plan as it was offered on a day. Each person answers for themself; a change asks again only those it touches.
#[Object(name = "PlanVersion")]
impl VersionNode {
    /// Names the version.
    async fn id(&self) -> ID {
        id(self.view.version.value)
    }

    /// The day it was offered.
    async fn offered(&self) -> Day {
        Day(self.view.offered)
    }

    /// Its goals, as far as you may know them.
    async fn goals(&self) -> Vec<GoalNode> {
        let goals = self.plan.goals.iter().filter(|goal| self.view.items.contains(&Item::Goal(goal.goal.value)));
        goals.filter_map(|view| GoalNode::new(&self.case, view)).collect()
    }

    /// Its actions, as far as you may know them.
    async fn actions(&self) -> Vec<ActionNode> {
        let holds = |action: &&ActionView| self.view.items.contains(&Item::Action(action.action.value));
        self.plan
            .actions
            .iter()
            .filter(holds)
            .filter_map(|view| ActionNode::new(&self.case, view, self.waits))
            .collect()
    }

    /// Whom it asks: each parent with authority whom it touches; of the plan of a household the parents who live there.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Vec<PlanAsked>> {
        let session = Session::of(ctx)?;
        let node = |view: &AskedView| {
            let answer = view.answer.as_ref().and_then(|answer| self.answer(&session, answer));
            Some(PlanAsked { person: self.case.person(view.person)?, answer })
        };
        Ok(self.view.asked.iter().filter_map(node).collect())
    }

    /// What others said of it, such as a child.
    async fn others(&self, ctx: &Context<'_>) -> Result<Vec<PlanAsked>> {
        let session = Session::of(ctx)?;
        let node = |view: &AnswerView| {
            let answer = Some(self.answer(&session, view)?);
            Some(PlanAsked { person: self.case.person(view.person)?, answer })
        };
        Ok(self.view.others.iter().filter_map(node).collect())
    }

    /// That it became active.
    async fn activated(&self, ctx: &Context<'_>) -> Result<Option<PlanActivation>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let Some(active) = self.view.activated_to(knows(mandate)) else { return Ok(None) };
        let said = |kept: &Option<Kept<_>>| kept.as_ref().and_then(|kept| words(&session, mandate, ACTIVATED, kept));
        Ok(plain(mandate, ACTIVATED, &self.about, &active.on).map(|day| PlanActivation {
            day: Day(day),
            despite: persons(&self.case, &active.despite),
            reason: said(&active.reason),
            interest: said(&active.interest),
        }))
    }

    /// Whether the plan reads otherwise since, as far as you may know.
    async fn changed_since(&self) -> bool {
        self.view.is_changed_to(knows(self.case.mandate()))
    }
}

/// An evaluation of a plan.
pub struct EvaluationNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<EvaluationView>,
}

impl EvaluationNode {
    pub(super) fn new(case: &CaseNode, view: &EvaluationView) -> Option<Self> {
        let persons: Vec<_> = view.took_part.iter().chain(&view.heard).copied().collect();
        let about = about(case, view.plan, &persons);
        let view = granted(case.mandate(), EVALUATION, &about, view.clone(), |view| &view.on)?;
        Some(Self { case: case.clone(), about, view })
    }
}

/// An evaluation of a plan with the family: does the help still fit?
#[Object(name = "PlanEvaluation")]
impl EvaluationNode {
    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.on.value)
    }

    /// Who of the family and network took part.
    async fn took_part(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.took_part)
    }

    /// Which professionals took part.
    async fn workers(&self) -> Vec<WorkerNode> {
        let mandate = self.case.mandate();
        let shown = self.view.workers.iter().filter_map(|kept| plain(mandate, EVALUATION, &self.about, kept));
        shown.map(|worker| WorkerNode::new(worker, mandate.clone())).collect()
    }

    /// Which children were heard.
    async fn heard(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.heard)
    }

    /// Which children of the family were not.
    async fn not_heard(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.not_heard)
    }

    /// What came out of it.
    async fn outcome(&self) -> EvaluationOutcome {
        self.view.outcome.into()
    }

    /// In words.
    async fn words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), EVALUATION, &self.view.words))
    }

    /// The last day for the next one.
    async fn next(&self) -> Day {
        Day(self.view.next)
    }
}
