//! The family's own plan first (familiegroepsplan; rule 15).

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::HouseholdId;
use domain::ownplan::Binds;
use domain::plan::PlanRef;
use projections::views::plans::{ExplainedView, OwnPlanView, WaivedView};

use super::super::case::CaseNode;
use super::super::enums::PlanMaker;
use super::super::households::HouseholdNode;
use super::super::people::PersonNode;
use super::super::scalars::Day;
use super::super::session::Session;
use super::super::show::{id, plain, words};
use super::items::ActionOwner;
use super::{Responsibility, ResponsibilityKind, TOPIC, about, household_of, persons};
use crate::gate::Field;

const OWN_PLAN: Field = Field::new("plans.own", TOPIC);

/// The family's own plan first (familiegroepsplan).
pub struct OwnPlansNode {
    case: CaseNode,
}

impl OwnPlansNode {
    /// Of this case. What stands in it is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }
}

/// That it was explained to parents that they may make a plan of their own.
#[derive(SimpleObject)]
pub struct OwnPlanExplanation {
    /// The day.
    day: Day,
    /// To whom.
    parents: Vec<PersonNode>,
}

/// That parents waived a plan of their own.
#[derive(SimpleObject)]
pub struct OwnPlanWaiver {
    /// The day.
    day: Day,
    /// Who.
    parents: Vec<PersonNode>,
    /// Who makes the plan for help instead.
    maker: PlanMaker,
    /// Why, in their words.
    reason: Option<String>,
    /// The last day for a plan for help in writing, if anybody wishes; where the law sets one.
    written_by: Option<Day>,
    /// The last day on which the plan for help is fixed; where the law sets one.
    fixed_by: Option<Day>,
}

/// A plan that parents make themselves, with those around them.
#[derive(SimpleObject)]
pub struct OwnPlan {
    /// Names the plan.
    id: ID,
    /// Who makes it.
    parents: Vec<PersonNode>,
    /// Whether it binds the whole family: everyone with authority takes part.
    binds_family: bool,
    /// The households it binds, where it does not bind the family.
    households: Vec<HouseholdNode>,
    /// The day it was taken.
    taken: Day,
    /// The day by which it is ready, as agreed.
    agreed: Day,
    /// The day it was presented.
    presented: Option<Day>,
    /// What was said of it then.
    words: Option<String>,
    /// Whether the agreed day has passed while it was not presented.
    overdue: bool,
}

fn own_plan(session: &Session<'_>, case: &CaseNode, view: &OwnPlanView) -> Option<OwnPlan> {
    let mandate = case.mandate();
    let about = about(case, PlanRef::Family, &view.parents);
    let named = plain(mandate, OWN_PLAN, &about, &view.own_plan)?;
    let presented = view.presented.as_ref().and_then(|kept| plain(mandate, OWN_PLAN, &about, kept));
    let bound: &[HouseholdId] = match &view.binds {
        Binds::Family => &[],
        Binds::Households(households) => households,
    };
    Some(OwnPlan {
        id: id(named),
        parents: persons(case, &view.parents),
        binds_family: view.binds == Binds::Family,
        households: bound.iter().filter_map(|household| household_of(case, session, *household)).collect(),
        taken: Day(view.taken),
        agreed: Day(view.agreed),
        presented: presented.map(Day),
        words: view.words.as_ref().and_then(|kept| words(session, mandate, OWN_PLAN, kept)),
        overdue: presented.is_none() && view.agreed < case.plans_view(session).family.day(),
    })
}

/// What of it waits on the parents.
pub fn own_plans_waiting(session: &Session<'_>, case: &CaseNode) -> Vec<Responsibility> {
    let taken = case.plans_view(session).own.taken.iter().filter_map(|view| own_plan(session, case, view));
    let waiting = taken.filter(|own| own.presented.is_none());
    let line = |own: OwnPlan| Responsibility {
        due: Some(own.agreed),
        overdue: own.overdue,
        ..Responsibility::of(ResponsibilityKind::OwnPlan, Some(ActionOwner::of_person(own.parents.into_iter().next())))
    };
    waiting.map(line).collect()
}

/// The family's own plan first (familiegroepsplan): explained to each parent, then taken with an agreed day, or waived.
#[Object(name = "OwnPlanFirst")]
impl OwnPlansNode {
    /// To whom it was explained.
    async fn explained(&self, ctx: &Context<'_>) -> Result<Vec<OwnPlanExplanation>> {
        let session = Session::of(ctx)?;
        let node = |view: &ExplainedView| {
            let about = about(&self.case, PlanRef::Family, &view.parents);
            let day = plain(self.case.mandate(), OWN_PLAN, &about, &view.on)?;
            Some(OwnPlanExplanation { day: Day(day), parents: persons(&self.case, &view.parents) })
        };
        Ok(self.case.plans_view(&session).own.explained.iter().filter_map(node).collect())
    }

    /// The plans that parents took the making of.
    async fn taken(&self, ctx: &Context<'_>) -> Result<Vec<OwnPlan>> {
        let session = Session::of(ctx)?;
        let taken = self.case.plans_view(&session).own.taken.iter();
        Ok(taken.filter_map(|view| own_plan(&session, &self.case, view)).collect())
    }

    /// Who waived it.
    async fn waived(&self, ctx: &Context<'_>) -> Result<Vec<OwnPlanWaiver>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let node = |view: &WaivedView| {
            let about = about(&self.case, PlanRef::Family, &view.parents);
            let day = plain(mandate, OWN_PLAN, &about, &view.on)?;
            let due = |what: &str| view.dues.iter().find(|due| due.what == what).map(|due| Day(due.last_day));
            Some(OwnPlanWaiver {
                day: Day(day),
                parents: persons(&self.case, &view.parents),
                maker: view.maker.into(),
                reason: view.reason.as_ref().and_then(|kept| words(&session, mandate, OWN_PLAN, kept)),
                written_by: due(domain::ownplan::HELP_PLAN_WRITTEN_DUE),
                fixed_by: due(domain::ownplan::HELP_PLAN_FIXED_DUE),
            })
        };
        Ok(self.case.plans_view(&session).own.waived.iter().filter_map(node).collect())
    }
}
