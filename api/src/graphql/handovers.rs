//! A handover as its successor sees it: the summary, not the case.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::CaseId;

use super::case::CaseNode;
use super::input::Read;
use super::regie::HandoverNode;
use super::session::Session;
use crate::gate::{Act, Operation};

/// Handovers.
#[derive(Default)]
pub struct HandoverQuery;

#[Object]
impl HandoverQuery {
    /// The handover that is offered to you in a case, with its summary: what a successor reads before accepting. The case itself
    /// stays closed until then.
    async fn handover_offered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
    ) -> Result<Option<HandoverNode>> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let operation = Operation::looking("handoverOffered", Act::AnswerHandover);
        let (loaded, mandate) = session.open_for(case, operation).await?;
        let node = CaseNode::with(case, loaded, mandate, session.today());
        let offer = node.regie_view(&session).handover.clone();
        Ok(offer.and_then(|view| HandoverNode::new(&node, view)))
    }
}
