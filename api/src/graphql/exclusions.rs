//! Workers who are kept out of a case.

use async_graphql::{Context, Object, Result};
use projections::views::exclusions::ExclusionView;

use super::case::CaseNode;
use super::enums::ExclusionGround;
use super::scalars::Day;
use super::session::Session;
use super::show::{Granted, granted, words};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What keeping somebody out is about, for the policy: as its events in the timeline.
pub const TOPIC: Topic = Topic::Exclusion;

const EXCLUSION: Field = Field::new("exclusion", TOPIC);
const REASON: Field = Field::new("exclusion.reason", TOPIC);

/// That a worker is kept out.
pub struct ExclusionNode {
    case: CaseNode,
    view: Granted<ExclusionView>,
}

impl ExclusionNode {
    /// An exclusion, if the viewer may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ExclusionView) -> Option<Self> {
        let view = granted(case.mandate(), EXCLUSION, &[case.subject()], view, |view| &view.worker)?;
        Some(Self { case: case.clone(), view })
    }
}

/// That a worker is kept out of the case, whatever else they are to it, emergency included.
#[Object(name = "Exclusion")]
impl ExclusionNode {
    /// The worker.
    async fn worker(&self) -> WorkerNode {
        WorkerNode::new(self.view.worker.value, self.case.mandate().clone())
    }

    /// On which ground.
    async fn ground(&self) -> ExclusionGround {
        self.view.ground.into()
    }

    /// Since which day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Who excluded the worker.
    async fn by(&self) -> WorkerNode {
        WorkerNode::new(self.view.by, self.case.mandate().clone())
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REASON, &self.view.reason))
    }
}
