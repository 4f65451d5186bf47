//! How heavy help is, which bodies joined, and what was advised.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{EventId, PersonId, StepId};
use domain::personal::Personal;
use projections::views::Kept;
use projections::views::escalation::{AdviceView, CourseView, InvolvementView, ServiceStepView};

use super::{ADVICE, BODY, BODY_WORDS, EscalationKind, EscalationPoint, SERVICE, STEP, STEP_WORDS, WISH, of, of_all};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::{Body, Environment};
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, personal, plain, words};
use crate::graphql::workers::WorkerNode;

/// How heavy help for somebody is in an environment. Each step is judged by its own fact.
pub struct CourseNode {
    case: CaseNode,
    view: CourseView,
}

impl CourseNode {
    pub(super) fn new(case: &CaseNode, view: CourseView) -> Self {
        Self { case: case.clone(), view }
    }

    fn steps_known(&self) -> Vec<(&ServiceStepView, Option<i32>)> {
        let (mandate, about) = (self.case.mandate(), of(self.view.person));
        self.view.steps_to(|kept| mandate.would_show(SERVICE, kept, &about))
    }

    pub(super) fn is_known(&self) -> bool {
        !self.steps_known().is_empty()
    }

    fn step_nodes(&self) -> Vec<StepNode> {
        let node = |(view, change): (&ServiceStepView, Option<i32>)| {
            let about = of(self.view.person);
            let view = granted(self.case.mandate(), STEP, &about, view.clone(), |view| &view.step)?;
            Some(StepNode { case: self.case.clone(), person: self.view.person, view, change })
        };
        self.steps_known().into_iter().filter_map(node).collect()
    }

    pub(super) fn points(&self) -> Vec<EscalationPoint> {
        let point = |node: &StepNode| EscalationPoint {
            person: self.case.person(self.view.person),
            change: node.change,
            level: node.number(),
            environment: Some(self.view.environment.into()),
            ..EscalationPoint::new(EscalationKind::ServiceStep, Day(node.view.on), node.view.step.fact)
        };
        self.step_nodes().iter().map(point).collect()
    }
}

/// How heavy help for somebody is in an environment. Stepping down weighs as much as stepping up.
#[Object(name = "ServiceCourse")]
impl CourseNode {
    /// Whose help.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person)
    }

    /// Where.
    async fn environment(&self) -> Environment {
        self.view.environment.into()
    }

    /// The level on the day looked at, 1 to 10.
    async fn level_now(&self) -> Option<i32> {
        self.step_nodes().last()?.number()
    }

    /// Each step, in order of the day.
    async fn steps(&self) -> Vec<StepNode> {
        self.step_nodes()
    }
}

/// That help went to a level.
pub struct StepNode {
    case: CaseNode,
    person: PersonId,
    view: Granted<ServiceStepView>,
    change: Option<i32>,
}

impl StepNode {
    fn number(&self) -> Option<i32> {
        let level = personal(self.case.mandate(), STEP, &self.view.level).known().copied();
        level.map(|level| i32::from(level.number()))
    }
}

/// What somebody of the family wishes.
#[derive(SimpleObject)]
pub struct WishNode {
    /// Who.
    person: Option<PersonNode>,
    /// What, in own words.
    wish: Option<String>,
}

/// That help went to a level (opschalen, afschalen).
#[Object(name = "ServiceStep")]
impl StepNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.step.value)
    }

    /// The fact that says so: the id of its timeline entry.
    async fn fact_id(&self) -> ID {
        id(self.view.step.fact)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// The level since then, 1 to 10.
    async fn level(&self) -> Option<i32> {
        self.number()
    }

    /// By how many levels it lies higher than the last known one; negative when help was scaled down.
    async fn change(&self) -> Option<i32> {
        self.change
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), STEP_WORDS, &self.view.reason))
    }

    /// Who of the family and network decided.
    async fn decided_by(&self) -> Vec<PersonNode> {
        self.view.decided_persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Which professionals decided. Left out when that would lead to somebody who must not be found.
    async fn decided_by_workers(&self) -> Vec<WorkerNode> {
        let mandate = self.case.mandate();
        let workers = plain(mandate, STEP, &of(self.person), &self.view.decided_workers).unwrap_or_default();
        workers.into_iter().map(|worker| WorkerNode::new(worker, mandate.clone())).collect()
    }

    /// Which programme, when known.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.programme.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), STEP_WORDS, kept)))
    }

    /// Who provides it, when known.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.provider.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), STEP_WORDS, kept)))
    }

    /// What each of the family wishes: of whom you may know it.
    async fn wishes(&self, ctx: &Context<'_>) -> Result<Vec<WishNode>> {
        let session = Session::of(ctx)?;
        let node = |(person, kept): &(PersonId, Kept<Personal<domain::text::Text>>)| {
            if !self.case.mandate().makes(kept, WISH, &of(*person)) {
                return None;
            }
            let wish = words(&session, self.case.mandate(), WISH, kept);
            Some(WishNode { person: self.case.person(*person), wish })
        };
        Ok(self.view.wishes.iter().filter_map(node).collect())
    }
}

/// That a body joined.
pub struct BodyNode {
    case: CaseNode,
    view: Granted<InvolvementView>,
}

impl BodyNode {
    pub(super) fn new(case: &CaseNode, view: InvolvementView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), BODY, &about, view, |view| &view.involvement)?;
        Some(Self { case: case.clone(), view })
    }

    fn gone(&self) -> Option<(Day, EventId)> {
        let (on, _) = self.view.left.as_ref()?;
        let day = plain(self.case.mandate(), BODY, &of_all(&self.view.persons), on)?;
        Some((Day(day), on.fact))
    }

    pub(super) fn points(&self) -> Vec<EscalationPoint> {
        let point = |(kind, on, fact)| {
            let point = EscalationPoint::new(kind, on, fact);
            EscalationPoint { body: Some(self.view.body.into()), ..point }
        };
        let joined = (EscalationKind::BodyJoined, Day(self.view.since), self.view.involvement.fact);
        let left = self.gone().map(|(on, fact)| (EscalationKind::BodyLeft, on, fact));
        std::iter::once(joined).chain(left).map(point).collect()
    }
}

/// That a body joined: the regional expert team, Veilig Thuis, the Raad or a certified institution.
#[Object(name = "BodyInvolvement")]
impl BodyNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.involvement.value)
    }

    /// Which body.
    async fn body(&self) -> Body {
        self.view.body.into()
    }

    /// Of which region or organisation, when known.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.organisation.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }

    /// About whom.
    async fn persons(&self) -> Vec<PersonNode> {
        self.view.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Since which day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// The day it left.
    async fn left(&self) -> Option<Day> {
        self.gone().map(|(day, _)| day)
    }

    /// Why it joined.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), BODY_WORDS, &self.view.reason))
    }

    /// Why it left, or with what result.
    async fn left_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.left.as_ref().and_then(|(_, kept)| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }

    /// What the family was told of what it does and does not do.
    async fn family_told(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.family_told.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), BODY_WORDS, kept)))
    }
}

/// What was advised.
pub struct AdviceNode {
    case: CaseNode,
    view: Granted<AdviceView>,
}

impl AdviceNode {
    pub(super) fn new(case: &CaseNode, view: AdviceView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), ADVICE, &about, view, |view| &view.on)?;
        Some(Self { case: case.clone(), view })
    }

    pub(super) fn point(&self) -> EscalationPoint {
        let point = EscalationPoint::new(EscalationKind::Advice, Day(self.view.on.value), self.view.on.fact);
        EscalationPoint { conflict_id: self.view.conflict.map(id), ..point }
    }
}

/// What was advised, with its source. An advice is data: it opens and closes nothing.
#[Object(name = "Advice")]
impl AdviceNode {
    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on.value)
    }

    /// On which conflict.
    async fn conflict_id(&self) -> Option<ID> {
        self.view.conflict.map(id)
    }

    /// On which step.
    async fn step_id(&self) -> Option<ID> {
        self.view.step.map(|step: StepId| id(step))
    }

    /// About whom.
    async fn persons(&self) -> Vec<PersonNode> {
        self.view.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Whose advice.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), ADVICE, &self.view.source))
    }

    /// The advice.
    async fn advice(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), ADVICE, &self.view.advice))
    }
}
