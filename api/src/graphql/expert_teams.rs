//! Regional expert teams (RET): asked when regular help is stuck; the family is told what they do not do; who joined; how it ended.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{PersonId, Subject};
use projections::views::Kept;
use projections::views::ret::{RetEndedView, RetJoinedView, RetView, ToldView, rets};

use super::case::CaseNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, organisation, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
const TOPIC: Topic = Topic::Service;

const TEAM: Field = Field::new("help.expertTeam", TOPIC);
const TOLD: Field = Field::new("help.expertTeamTold", TOPIC);
const JOINED: Field = Field::new("help.expertTeamJoined", TOPIC);
const ENDED: Field = Field::new("help.expertTeamEnded", TOPIC);

/// The teams that were asked, as far as the viewer may know.
pub fn asked(session: &Session<'_>, case: &CaseNode) -> Vec<ExpertTeamNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, rets).into_iter().filter_map(|view| ExpertTeamNode::new(case, view)).collect()
}

/// What the family was told of an expert team.
#[derive(SimpleObject)]
pub struct ExpertTeamTold {
    /// The day.
    day: Day,
    /// Who was told.
    persons: Vec<PersonNode>,
    /// In which words.
    words: Option<String>,
}

/// A regional expert team that was asked.
pub struct ExpertTeamNode {
    case: CaseNode,
    view: Granted<RetView>,
}

impl ExpertTeamNode {
    fn new(case: &CaseNode, view: RetView) -> Option<Self> {
        let about = persons(&view.children);
        let view = granted(case.mandate(), TEAM, &about, view, |view| &view.ret)?;
        Some(Self { case: case.clone(), view })
    }

    fn of_told(&self, session: &Session<'_>, view: &Kept<ToldView>) -> Option<ExpertTeamTold> {
        let mandate = self.case.mandate();
        let told = granted(mandate, TOLD, &persons(&self.view.children), view.clone(), |view| view)?;
        Some(ExpertTeamTold {
            day: Day(told.value.day),
            persons: told.value.persons.iter().filter_map(|person| self.case.person(*person)).collect(),
            words: words(session, mandate, TOLD, &told.value.words),
        })
    }

    fn joined(&self) -> Option<RetJoinedView> {
        plain(self.case.mandate(), JOINED, &persons(&self.view.children), self.view.joined.as_ref()?)
    }

    fn ended(&self) -> Option<RetEndedView> {
        plain(self.case.mandate(), ENDED, &persons(&self.view.children), self.view.ended.as_ref()?)
    }
}

fn persons(ids: &[PersonId]) -> Vec<Subject> {
    ids.iter().copied().map(Subject::Person).collect()
}

/// A regional expert team (RET) that was asked because regular help is stuck. It brings calm and overview, and does not fix: the family is
/// told so. Its members read the crisis plan and the child layer of these children, as long as a consent names them.
#[Object(name = "ExpertTeam")]
impl ExpertTeamNode {
    /// Names the involvement.
    async fn id(&self) -> ID {
        id(self.view.ret.value)
    }

    /// Names the fact that it was asked: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.ret.fact)
    }

    /// Which team, by its short name.
    #[graphql(name = "organisation")]
    async fn short_name(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// About which children.
    async fn children(&self) -> Vec<PersonNode> {
        self.view.children.iter().filter_map(|child| self.case.person(*child)).collect()
    }

    /// Why regular help is stuck.
    async fn stuck(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TEAM, &self.view.stuck))
    }

    /// The day on which it was asked.
    #[graphql(name = "asked")]
    async fn asked_on(&self) -> Day {
        Day(self.view.asked)
    }

    /// What the family was told of what the team does and does not do.
    async fn told(&self, ctx: &Context<'_>) -> Result<Vec<ExpertTeamTold>> {
        let session = Session::of(ctx)?;
        Ok(self.view.told.iter().filter_map(|view| self.of_told(&session, view)).collect())
    }

    /// The day from which its members are in.
    async fn joined_on(&self) -> Option<Day> {
        self.joined().map(|joined| Day(joined.since))
    }

    /// Who of it is in.
    async fn members(&self) -> Vec<WorkerNode> {
        let members = self.joined().map(|joined| joined.members).unwrap_or_default();
        members.into_iter().map(|worker| WorkerNode::new(worker, self.case.mandate().clone())).collect()
    }

    /// The day on which it was over.
    async fn ended_on(&self) -> Option<Day> {
        self.ended().map(|ended| Day(ended.day))
    }

    /// With what result, or why.
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.ended().and_then(|ended| words(&session, self.case.mandate(), ENDED, &ended.words)))
    }
}
