//! What was weighed: help that may harm, and deliberate waiting.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::personal::Personal;
use domain::text::Text;
use projections::views::Kept;
use projections::views::weighings::{HarmView, LookView, WeighedView, WeighingView};

use super::{WEIGHING, WEIGHING_LOOK, WEIGHING_WORDS, of_all, persons};
use crate::graphql::case::CaseNode;
use crate::graphql::people::PersonNode;
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, knows, plain, words};
use crate::graphql::workers::WorkerNode;

/// What was weighed.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeighingKind {
    /// Help that may harm.
    HarmfulHelp,
    /// To wait on purpose.
    Waiting,
}

/// Something that was weighed.
pub struct WeighingNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<WeighingView>,
}

impl WeighingNode {
    pub(super) fn new(case: &CaseNode, view: WeighingView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), WEIGHING, &about, view, |view| &view.weighing)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn harm_view(&self) -> Option<&HarmView> {
        match &self.view.what {
            WeighedView::Harm(harm) => Some(harm),
            WeighedView::Waiting(_) => None,
        }
    }

    fn said(&self, ctx: &Context<'_>, kept: Option<&Kept<Personal<Text>>>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), WEIGHING_WORDS, kept)))
    }
}

/// That somebody looked again.
#[derive(SimpleObject)]
pub struct WeighingLook {
    /// The day.
    on: Day,
    /// Whether it goes on.
    goes_on: bool,
    /// What was found.
    finding: Option<String>,
    /// The next day on which somebody looks.
    next: Option<Day>,
}

/// Help that may harm with its justification, or a deliberate wait with its reason. Doing nothing on purpose is a decision like any other.
#[Object(name = "Weighing")]
impl WeighingNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.weighing.value)
    }

    /// What was weighed.
    async fn kind(&self) -> WeighingKind {
        match &self.view.what {
            WeighedView::Harm(_) => WeighingKind::HarmfulHelp,
            WeighedView::Waiting(_) => WeighingKind::Waiting,
        }
    }

    /// Whom it concerns.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// The day.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Who of the family and network decided.
    async fn decided_by(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.decided_persons)
    }

    /// Which professionals decided. Left out when that would lead to somebody who must not be found.
    async fn decided_by_workers(&self) -> Vec<WorkerNode> {
        let mandate = self.case.mandate();
        let workers = plain(mandate, WEIGHING, &self.about, &self.view.decided_workers).unwrap_or_default();
        workers.into_iter().map(|worker| WorkerNode::new(worker, mandate.clone())).collect()
    }

    /// Which help may harm.
    async fn help(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let harm = self.harm_view();
        Ok(harm.and_then(|harm| words(&session, self.case.mandate(), WEIGHING_WORDS, &harm.help)))
    }

    /// The trajectory that it is, when it runs as one.
    async fn trajectory_id(&self) -> Option<ID> {
        self.harm_view().and_then(|harm| harm.trajectory).map(id)
    }

    /// What it may bring.
    async fn benefit(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.harm_view().map(|harm| &harm.benefit))
    }

    /// What harm it may do.
    async fn harm(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.harm_view().map(|harm| &harm.harm))
    }

    /// Which lighter help was weighed.
    async fn lighter(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.harm_view().and_then(|harm| harm.lighter.as_ref()))
    }

    /// The interest of the child.
    async fn child_interest(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.said(ctx, self.harm_view().and_then(|harm| harm.child_interest.as_ref()))
    }

    /// With what is waited.
    async fn what(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let what = match &self.view.what {
            WeighedView::Waiting(waiting) => Some(&waiting.what),
            WeighedView::Harm(_) => None,
        };
        self.said(ctx, what)
    }

    /// Why: the justification, or why there is waited.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let reason = match &self.view.what {
            WeighedView::Waiting(waiting) => &waiting.reason,
            WeighedView::Harm(harm) => &harm.justification,
        };
        self.said(ctx, Some(reason))
    }

    /// Whether it goes on.
    async fn goes_on(&self) -> bool {
        self.view.goes_on_to(knows(self.case.mandate()))
    }

    /// The day on which somebody looks again, while it goes on.
    async fn review(&self) -> Option<Day> {
        self.view.review_to(knows(self.case.mandate())).map(|(day, _)| Day(day))
    }

    /// Whether that day has passed.
    async fn review_overdue(&self) -> bool {
        self.view.review_to(knows(self.case.mandate())).is_some_and(|(_, passed)| passed)
    }

    /// Who looked again, in the order told.
    async fn looks(&self, ctx: &Context<'_>) -> Result<Vec<WeighingLook>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |look: &LookView| {
            let goes_on = plain(mandate, WEIGHING_LOOK, &self.about, &look.goes_on)?;
            let finding = words(&session, mandate, WEIGHING_LOOK, &look.finding);
            Some(WeighingLook { on: Day(look.on), goes_on, finding, next: look.next.map(Day) })
        };
        Ok(self.view.looks.iter().filter_map(node).collect())
    }
}
