//! The crisis plan: who does what, whether it is complete and until when it holds. For its director and deputy, and for the regional expert
//! team that joined. What of it the people on call must know stands on the crisis card.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::plan::Owner;
use projections::views::crisis_plan::{CrisisActionView, CrisisPlanView, LookView, crisis_plan};

use super::case::CaseNode;
use super::people::PersonNode;
use super::plans::{ActionOwner, Responsibility, ResponsibilityKind};
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, id, plain, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What it is about, for the policy.
pub const TOPIC: Topic = Topic::CrisisPlan;

const PLAN: Field = Field::new("crisisPlan", TOPIC);
const WORDS: Field = Field::new("crisisPlan.words", TOPIC);
const LOOK: Field = Field::new("crisisPlan.lookedAt", TOPIC);
const EARLIER: Field = Field::new("crisisPlan.earlier", TOPIC);

/// The crisis plan, if the viewer may know it.
pub fn plan(session: &Session<'_>, case: &CaseNode) -> Option<CrisisPlanNode> {
    if !case.mandate().covers(TOPIC) {
        return None;
    }
    let view = case.read(session, crisis_plan)?;
    let about: Vec<Subject> = view.children.iter().copied().map(Subject::Person).collect();
    let view = granted(case.mandate(), PLAN, &about, view, |view| &view.written)?;
    Some(CrisisPlanNode { case: case.clone(), view, about })
}

/// What somebody does when things go wrong.
#[derive(SimpleObject)]
pub struct CrisisAction {
    /// What.
    what: Option<String>,
    /// Who of the family or its network does it.
    owner: Option<PersonNode>,
    /// Which professional does it.
    owner_worker: Option<WorkerNode>,
    /// Whether nobody does it yet (nog niemand): then the plan is incomplete.
    nobody_yet: bool,
}

/// The crisis plan.
pub struct CrisisPlanNode {
    case: CaseNode,
    view: Granted<CrisisPlanView>,
    about: Vec<Subject>,
}

impl CrisisPlanNode {
    fn look(&self) -> Option<LookView> {
        plain(self.case.mandate(), LOOK, &self.about, self.view.looked_at.as_ref()?)
    }

    /// What each does in a crisis, or nobody yet, as lines of the responsibility board.
    pub fn responsibilities(&self, session: &Session<'_>) -> Vec<Responsibility> {
        let line = |view: &CrisisActionView| Responsibility {
            crisis_action: Some(self.action(session, view)),
            ..Responsibility::of(ResponsibilityKind::CrisisAction, Some(ActionOwner::of(&self.case, view.owner)))
        };
        self.view.actions.iter().map(line).collect()
    }

    fn action(&self, session: &Session<'_>, view: &CrisisActionView) -> CrisisAction {
        let mandate = self.case.mandate();
        CrisisAction {
            what: words(session, mandate, WORDS, &view.what),
            owner: view.owner.person().and_then(|person| self.case.person(person)),
            owner_worker: view.owner.worker().map(|worker| WorkerNode::new(worker, mandate.clone())),
            nobody_yet: view.owner == Owner::Nobody,
        }
    }
}

/// The crisis plan of the family: made in calm days, it says who does what when things go wrong. On the crisis card of a child stands who
/// does what by this plan, as long as it is not stale.
#[Object(name = "CrisisPlan")]
impl CrisisPlanNode {
    /// Names the fact: what a correction may name.
    async fn fact_id(&self) -> ID {
        id(self.view.written.fact)
    }

    /// Of which children.
    async fn children(&self) -> Vec<PersonNode> {
        self.view.children.iter().filter_map(|child| self.case.person(*child)).collect()
    }

    /// The day on which it was written.
    async fn written(&self) -> Day {
        Day(self.view.written.value)
    }

    /// Who wrote it down.
    async fn written_by(&self) -> WorkerNode {
        WorkerNode::new(self.view.by, self.case.mandate().clone())
    }

    /// What shows that it begins.
    async fn signs(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.view.signs.as_ref().and_then(|kept| words(&session, self.case.mandate(), WORDS, kept)))
    }

    /// Who does what, in order.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<CrisisAction>> {
        let session = Session::of(ctx)?;
        Ok(self.view.actions.iter().map(|view| self.action(&session, view)).collect())
    }

    /// Whether an action has no owner: then the plan is incomplete.
    async fn incomplete(&self) -> bool {
        self.view.incomplete
    }

    /// The last day on which it holds, from its writing or the last look on.
    async fn holds_until(&self) -> Option<Day> {
        self.view.holds_until.map(Day)
    }

    /// Whether nobody looked at it for the term: it may send somebody to the wrong door.
    async fn stale(&self) -> bool {
        self.view.stale
    }

    /// Whether it can be relied on: complete and not stale.
    async fn current(&self) -> bool {
        !self.view.incomplete && !self.view.stale
    }

    /// The day on which it was looked at last.
    async fn looked_at(&self) -> Option<Day> {
        self.look().map(|look| Day(look.day))
    }

    /// Who looked at it.
    async fn looked_at_by(&self) -> Option<WorkerNode> {
        self.look().map(|look| WorkerNode::new(look.by, self.case.mandate().clone()))
    }

    /// What was found.
    async fn found(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let found = self.look().and_then(|look| look.words);
        Ok(found.and_then(|kept| words(&session, self.case.mandate(), LOOK, &kept)))
    }

    /// The days on which earlier ones were written.
    async fn earlier(&self) -> Vec<Day> {
        let mandate = self.case.mandate();
        self.view.earlier.iter().filter_map(|kept| plain(mandate, EARLIER, &self.about, kept)).map(Day).collect()
    }
}
