//! What was set aside because it belongs in another file (rule 28): to who directs, on the case; to the privacy officer, by a question of
//! its own. Of what was set aside itself there is nothing to show to anybody.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{CaseId, WorkerId};
use projections::views::misplaced::{BroughtBackView, SetAsideView, set_aside};

use super::case::CaseNode;
use super::input::Read;
use super::scalars::Moment;
use super::session::Session;
use super::show::{Granted, granted, id, words};
use super::workers::WorkerNode;
use crate::gate::{Act, Field, Operation, Topic};

/// The name of the question.
const SET_ASIDE: &str = "factsSetAside";

/// That something was set aside gives account of what was done with the record, as who looked does.
const LINE: Field = Field::new("setAside", Topic::Trail);
/// Why may say what it was about.
const REASON: Field = Field::new("setAside.reason", Topic::Life);

/// The privacy officer gives account of it; the case itself is not opened.
const LOOKING: Operation = Operation::accounting(SET_ASIDE, Act::AccessLog);

/// That a fact was set aside.
pub struct SetAsideNode {
    case: CaseNode,
    view: Granted<SetAsideView>,
}

impl SetAsideNode {
    fn new(case: &CaseNode, view: SetAsideView) -> Option<Self> {
        let view = granted(case.mandate(), LINE, &[case.subject()], view, |view| &view.set_aside)?;
        Some(Self { case: case.clone(), view })
    }

    /// Everything that was set aside in a case, as far as its viewer may know that.
    #[must_use]
    pub fn of(session: &Session<'_>, case: &CaseNode) -> Vec<Self> {
        if !case.mandate().covers(Topic::Trail) {
            return Vec::new();
        }
        case.read(session, set_aside).into_iter().filter_map(|view| Self::new(case, view)).collect()
    }

    fn worker(&self, worker: WorkerId) -> WorkerNode {
        WorkerNode::new(worker, self.case.mandate().clone())
    }
}

/// That a fact was set aside because it belongs in another file. Nothing of the fact itself is shown, to anybody, of any day.
#[Object(name = "SetAside")]
impl SetAsideNode {
    /// Names the setting aside: by it the fact is brought back.
    async fn id(&self) -> ID {
        id(self.view.set_aside.value)
    }

    /// When.
    async fn at(&self) -> Moment {
        Moment(self.view.at)
    }

    /// Who set it aside.
    async fn by(&self) -> WorkerNode {
        self.worker(self.view.by)
    }

    /// Why. For the case director and deputy.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REASON, &self.view.reason))
    }

    /// That it was brought back, if it was.
    async fn brought_back(&self) -> Option<BroughtBackNode<'_>> {
        self.view.brought_back.as_ref().map(|view| BroughtBackNode { of: self, view })
    }
}

/// That a fact was brought back.
pub struct BroughtBackNode<'a> {
    of: &'a SetAsideNode,
    view: &'a BroughtBackView,
}

/// That a fact that was set aside was brought back: it belongs in this case after all.
#[Object(name = "BroughtBack")]
impl BroughtBackNode<'_> {
    /// When.
    async fn at(&self) -> Moment {
        Moment(self.view.at)
    }

    /// Who brought it back.
    async fn by(&self) -> WorkerNode {
        self.of.worker(self.view.by)
    }

    /// Why. For the case director and deputy.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.of.case.mandate(), REASON, &self.view.reason))
    }
}

/// What was set aside, for the privacy officer.
#[derive(Default)]
pub struct SetAsideQuery;

#[Object]
impl SetAsideQuery {
    /// What was set aside in a case because it belongs in another file: that it was, when and by whom. For the privacy officer of the
    /// municipality.
    async fn facts_set_aside(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<Vec<SetAsideNode>> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let (loaded, mandate) = session.open_for(case, LOOKING).await?;
        Ok(SetAsideNode::of(&session, &CaseNode::with(case, loaded, mandate, session.today())))
    }
}
