//! One question in one look: everything that an advisor may see about it, and nothing more. Each part is judged as it is where it stands on
//! the case.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::ReviewId;
use domain::plan::PlanRef;

use super::{SatRequestNode, requests};
use crate::gate::{Field, Topic};
use crate::graphql::case::CaseNode;
use crate::graphql::dons::DonsProgressNode;
use crate::graphql::escalation::{EscalationNode, FormNode};
use crate::graphql::people::PersonNode;
use crate::graphql::plans::{self, PlanNode};
use crate::graphql::session::Session;
use crate::graphql::show::{id, knows};

const DONS: Field = Field::new("satReview.dons", Topic::Sat);

/// One question in one look.
pub struct SatReviewNode {
    case: CaseNode,
    review: ReviewId,
    request: SatRequestNode,
}

impl SatReviewNode {
    /// Of a question that its reader may know of.
    #[must_use]
    pub const fn new(case: CaseNode, review: ReviewId, request: SatRequestNode) -> Self {
        Self { case, review, request }
    }
}

/// Everything about a question to a divorce advice team that you may see, in one look, and nothing more.
#[Object(name = "SatReview")]
impl SatReviewNode {
    /// The case, to name in what you do with the question.
    async fn case_id(&self) -> ID {
        id(self.case.case_id())
    }

    /// The case as you see it now. Name it as the position of your advice: an advice is on exactly what you saw.
    async fn revision(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.case.token(&Session::of(ctx)?))
    }

    /// The question, whom it is about, and what was advised on it.
    async fn request(&self) -> &SatRequestNode {
        &self.request
    }

    /// The people of the case whom you may know of.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<PersonNode>> {
        let session = Session::of(ctx)?;
        if !self.case.mandate().covers(Topic::People) {
            return Ok(Vec::new());
        }
        let people = self.case.people_view(&session).iter();
        Ok(people.filter_map(|view| PersonNode::new(&self.case, view.person, &view.added)).collect())
    }

    /// How parents are parents beside each other, as assessed.
    async fn parenting_forms(&self, ctx: &Context<'_>) -> Result<Vec<FormNode>> {
        Ok(EscalationNode::new(&self.case).form_nodes(&Session::of(ctx)?))
    }

    /// Both ladders on one time axis (verloop: spanning, hulp en rust), for those whom the question is about.
    async fn escalation(&self) -> EscalationNode {
        EscalationNode::new(&self.case)
    }

    /// How far a `DOnS` trajectory is beside what is usual: figures alone.
    async fn dons_progress(&self, ctx: &Context<'_>) -> Result<Option<DonsProgressNode>> {
        Ok(DonsProgressNode::figures(&Session::of(ctx)?, &self.case, DONS))
    }

    /// The plans, when everyone whom the question is about lets them be shared: that of the family, and those of households.
    async fn plans(&self, ctx: &Context<'_>) -> Result<Vec<PlanNode>> {
        let session = Session::of(ctx)?;
        if !self.case.mandate().covers(plans::TOPIC) {
            return Ok(Vec::new());
        }
        let apart = self.case.divorce_view(&session).split_to(knows(self.case.mandate())).is_some();
        let all = self.case.plans_view(&session);
        let family = PlanNode::new(&self.case, &all.family, apart);
        let reached =
            |plan: PlanRef| plan.household().is_some_and(|home| self.case.mandate().reach().households.has(&home));
        let households = all.households.iter().filter(|view| reached(view.plan));
        let households = households.map(|view| PlanNode::new(&self.case, view, false));
        Ok(std::iter::once(family).chain(households).collect())
    }

    /// What else was asked about this case, with its advices, as far as you may know of it.
    async fn earlier(&self, ctx: &Context<'_>) -> Result<Vec<SatRequestNode>> {
        let all = requests(&Session::of(ctx)?, &self.case);
        Ok(all.into_iter().filter(|request| request.view.review.value != self.review).collect())
    }
}
