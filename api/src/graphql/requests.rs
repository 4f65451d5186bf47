//! Requests from outside, and what became of each.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::Subject;
use projections::views::requests::{DecisionView, FamilyView, RequestView, requests};

use super::case::CaseNode;
use super::enums::{Category, RequestOutcome, RequesterKind};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
pub const TOPIC: Topic = Topic::Request;

const REQUEST: Field = Field::new("request", TOPIC);
const WORDS: Field = Field::new("request.words", TOPIC);
const DECISION: Field = Field::new("request.decision", TOPIC);
const FAMILY: Field = Field::new("request.family", TOPIC);

/// Requests from outside, as far as the viewer may know.
pub fn asked(session: &Session<'_>, case: &CaseNode) -> Vec<RequestNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, requests).into_iter().filter_map(|view| RequestNode::new(case, view)).collect()
}

/// A request from outside.
pub struct RequestNode {
    case: CaseNode,
    view: Granted<RequestView>,
}

impl RequestNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: RequestView) -> Option<Self> {
        let about: Vec<_> = view.about.iter().copied().map(Subject::Person).collect();
        let view = granted(case.mandate(), REQUEST, &about, view, |view| &view.request)?;
        Some(Self { case: case.clone(), view })
    }

    /// The day on which it was asked.
    pub fn asked_on(&self) -> domain::time::CivilDay {
        self.view.day
    }

    /// What was decided, and on which day, when the viewer may know.
    pub fn decided(&self) -> Option<(domain::request::RequestOutcome, domain::time::CivilDay)> {
        self.decision_node().map(|decision| (decision.view.value.outcome, decision.view.value.day))
    }

    /// Why that was decided, when the viewer may read it.
    pub fn why(&self, session: &Session<'_>) -> Option<String> {
        words(session, self.case.mandate(), DECISION, &self.decision_node()?.view.value.reason)
    }

    fn decision_node(&self) -> Option<RequestDecisionNode> {
        let kept = self.view.decided.clone()?;
        let view = granted(self.case.mandate(), DECISION, &self.about(), kept, |kept| kept)?;
        Some(RequestDecisionNode { case: self.case.clone(), view })
    }

    fn about(&self) -> Vec<Subject> {
        self.view.about.iter().copied().map(Subject::Person).collect()
    }

    fn family(&self) -> Option<FamilyView> {
        plain(self.case.mandate(), FAMILY, &self.about(), self.view.family.as_ref()?)
    }
}

/// A request from outside for information.
#[Object(name = "OutsideRequest")]
impl RequestNode {
    /// Names the request.
    async fn id(&self) -> ID {
        id(self.view.request.value)
    }

    /// In which capacity somebody asks.
    async fn requester(&self) -> RequesterKind {
        self.view.requester.into()
    }

    /// Who asks, when of the case.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person?)
    }

    /// Who asks, when not of the case.
    async fn who(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.who.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// About whom.
    #[graphql(name = "about")]
    async fn about_whom(&self) -> Vec<PersonNode> {
        self.view.about.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// What was asked.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), WORDS, &self.view.asked))
    }

    /// By which article.
    async fn article(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.article.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Whether in writing.
    async fn in_writing(&self) -> bool {
        self.view.in_writing
    }

    /// The day on which it was asked.
    async fn day(&self) -> Day {
        Day(self.view.day)
    }

    /// By when an answer is asked.
    async fn answer_by(&self) -> Option<Day> {
        self.view.answer_by.map(Day)
    }

    /// Whether that day has passed while nothing was decided.
    async fn overdue(&self) -> bool {
        self.view.overdue
    }

    /// What was decided. Absent while it is open.
    async fn decision(&self) -> Option<RequestDecisionNode> {
        self.decision_node()
    }

    /// Who of the family was told.
    async fn family_told(&self) -> Vec<PersonNode> {
        let told = self.family().map(|family| family.told).unwrap_or_default();
        told.into_iter().filter_map(|person| self.case.person(person)).collect()
    }

    /// On which day the family was told.
    async fn family_told_on(&self) -> Option<Day> {
        self.family().and_then(|family| family.on).map(Day)
    }

    /// On which ground the family is told later.
    async fn told_later(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.family().and_then(|family| family.later);
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), FAMILY, &kept)))
    }

    /// The day on which somebody looks again whether the family can be told.
    async fn told_later_review(&self) -> Option<Day> {
        self.family().and_then(|family| family.review).map(Day)
    }
}

/// What was decided on a request from outside.
pub struct RequestDecisionNode {
    case: CaseNode,
    view: Granted<projections::views::Kept<DecisionView>>,
}

/// What was decided on a request from outside: never by the worker alone.
#[Object(name = "OutsideRequestDecision")]
impl RequestDecisionNode {
    /// The day.
    async fn day(&self) -> Day {
        Day(self.view.value.day)
    }

    /// What.
    async fn outcome(&self) -> RequestOutcome {
        self.view.value.outcome.into()
    }

    /// Which data are given.
    async fn categories(&self) -> Vec<Category> {
        self.view.value.categories.iter().map(|category| (*category).into()).collect()
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), DECISION, &self.view.value.reason))
    }

    /// Who decided.
    async fn decided_by(&self) -> Vec<WorkerNode> {
        let decided_by = self.view.value.decided_by.iter();
        decided_by.map(|worker| WorkerNode::new(*worker, self.case.mandate().clone())).collect()
    }

    /// Of a parent without authority: whether a parent with authority would be told the same.
    async fn equally(&self) -> Option<bool> {
        self.view.value.equally
    }

    /// Of a parent without authority: what the child's interest says.
    async fn child_interest(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.value.child_interest.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), DECISION, kept)))
    }
}
