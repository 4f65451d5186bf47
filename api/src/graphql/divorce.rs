//! The divorce of a family: one plan or a plan per household, who coordinates each, where it stands, the divorce advice team, the
//! `DOnS` duo.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::divorce::FamilyRepresentative;
use domain::ids::{Subject, WorkerId};
use domain::plan::PlanRef;
use projections::views::Kept;
use projections::views::divorce::{CoordinatorView, DivorceView, DuoView, PlanView, SplitView};

use super::case::CaseNode;
use super::dons::{self, BarrierNode, DonsConversationNode, DonsEndingNode, DonsProgressNode, ParentGoalNode};
use super::enums::{PlanTopology, SplitGround};
use super::episodes::{self, DivorceAcknowledgement, EpisodeNode, NamedStrain};
use super::escalation::{EscalationNode, EscalationPoint, FormNode};
use super::households::HouseholdNode;
use super::people::PersonNode;
use super::plans::{self, ActionNode, OwnPlansNode, PlanNode, Responsibility};
use super::regie::{PartyNode, RegieNode};
use super::sat::{self, SatRequestNode};
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted, granted_to, id, knows, last_day, organisation, plain, words};
use super::two_plans::{AgreementNode, EarlierSplit, SafeMark, TwoPlans, WorkingApart};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What the layout of the plans is about, for the policy: as its event in the timeline.
pub const PLANS: Topic = Topic::Divorce;
/// What who coordinates is about.
const COORDINATION: Topic = Topic::Divorce;
/// What the duo of family representatives is about.
const DONS: Topic = Topic::Divorce;

const PLANS_OF: Field = Field::new("plans", PLANS);
/// How the plans went apart.
pub const SPLIT: Field = Field::new("plans.split", PLANS);
const REASON: Field = Field::new("plans.reason", PLANS);
const PLAN: Field = Field::new("plans.household", PLANS);
const COORDINATOR: Field = Field::new("plans.coordinator", COORDINATION);
const DUO: Field = Field::new("divorce.dons", DONS);
const REPRESENTATIVES: Field = Field::new("divorce.dons.representatives", DONS);

fn worker(case: &CaseNode, worker: WorkerId) -> WorkerNode {
    WorkerNode::new(worker, case.mandate().clone())
}

/// One plan for the family, or a plan per household.
pub struct PlansNode {
    case: CaseNode,
    view: Granted<DivorceView>,
}

impl PlansNode {
    /// The plans of this case, for a viewer who may know of them.
    #[must_use]
    pub fn new(case: &CaseNode, view: DivorceView) -> Option<Self> {
        let view = granted_to(case.mandate(), PLANS_OF, &[case.subject()], &EVERYONE, view)?;
        Some(Self { case: case.clone(), view })
    }

    fn split(&self) -> Option<&SplitView> {
        self.view.split_to(knows(self.case.mandate()))
    }

    /// The plans that the viewer may know of, that of the family first.
    fn plan_nodes(&self, session: &Session<'_>) -> Vec<PlanNode> {
        if !self.case.mandate().covers(plans::TOPIC) {
            return Vec::new();
        }
        let (all, apart) = (self.case.plans_view(session), self.is_apart());
        let family = PlanNode::new(&self.case, &all.family, apart);
        let known: Vec<_> = self.known().iter().map(|plan| PlanRef::Household(plan.household.value)).collect();
        let households = all.households.iter().filter(|plan| known.contains(&plan.plan));
        let children = apart.then(|| PlanNode::new(&self.case, &all.children, false));
        let households = households.map(|plan| PlanNode::new(&self.case, plan, false));
        std::iter::once(family).chain(households).chain(children).collect()
    }

    /// The plans of households that the viewer knows.
    fn known(&self) -> Vec<PlanView> {
        self.view.plans_to(knows(self.case.mandate()))
    }

    fn is_apart(&self) -> bool {
        self.view.is_apart_to(knows(self.case.mandate()))
    }
}

/// One plan for the family, or a plan per household (van een gezin, een plan naar twee gezinnen, twee plannen).
#[Object(name = "Plans")]
impl PlansNode {
    /// How they are laid out on the day looked at.
    async fn topology(&self) -> PlanTopology {
        if self.is_apart() { PlanTopology::PlanPerHousehold } else { PlanTopology::OneFamilyOnePlan }
    }

    /// Since when there is a plan per household.
    async fn since(&self) -> Option<Day> {
        let split = self.split()?;
        plain(self.case.mandate(), SPLIT, &[self.case.subject()], &split.on).map(Day)
    }

    /// On what that rests.
    async fn ground(&self) -> Option<SplitGround> {
        let split = self.split()?;
        plain(self.case.mandate(), SPLIT, &[self.case.subject()], &split.on.with(split.ground)).map(Into::into)
    }

    /// Why, in the case director's words.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        Ok(self.split().and_then(|split| words(&session, self.case.mandate(), REASON, &split.reason)))
    }

    /// The parents who said that they wish it.
    async fn wishes(&self) -> Vec<PersonNode> {
        let wishes = self.split().map(|split| split.wishes.as_slice()).unwrap_or_default();
        wishes.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// The plan of the family: what everyone works by while there is one, and what stays to be read once the plans went apart.
    async fn family(&self, ctx: &Context<'_>) -> Result<Option<PlanNode>> {
        let session = Session::of(ctx)?;
        Ok(self.plan_nodes(&session).into_iter().next())
    }

    /// Actions in any plan that run and that nobody owns yet (nog niemand).
    async fn unowned(&self, ctx: &Context<'_>) -> Result<Vec<ActionNode>> {
        Ok(plans::unowned(&self.plan_nodes(&Session::of(ctx)?)))
    }

    /// The responsibility board: each action, agreement and open task, with who owns it and by when. Of plans, conferences and the crisis
    /// plan, as far as you may know each.
    async fn responsibilities(&self, ctx: &Context<'_>) -> Result<Vec<Responsibility>> {
        let session = Session::of(ctx)?;
        Ok(plans::responsibilities(&session, &self.case, &self.plan_nodes(&session)))
    }

    /// What each professional who takes part can and cannot offer: those who said so.
    async fn contributions(&self, ctx: &Context<'_>) -> Result<Vec<PartyNode>> {
        let session = Session::of(ctx)?;
        Ok(RegieNode::contributing(&self.case, &session))
    }

    /// The family's own plan first (familiegroepsplan).
    async fn own_plan(&self) -> Option<OwnPlansNode> {
        self.case.mandate().covers(plans::TOPIC).then(|| OwnPlansNode::new(&self.case))
    }

    /// The plan of each household that you know. Nothing while there is one plan for the family.
    async fn households(&self) -> Vec<HouseholdPlanNode> {
        let node = |plan: &PlanView| HouseholdPlanNode::new(&self.case, &self.view, plan);
        self.known().iter().filter_map(node).collect()
    }

    /// What stands in the layer of the children, for both households, once there is a plan per household.
    async fn children(&self, ctx: &Context<'_>) -> Result<Option<PlanNode>> {
        let session = Session::of(ctx)?;
        if !self.is_apart() || !self.case.mandate().covers(plans::TOPIC) {
            return Ok(None);
        }
        Ok(Some(PlanNode::new(&self.case, &self.case.plans_view(&session).children, false)))
    }

    /// Minimal shared agreements between the households, in the order made. Those that ended stand there only when asked for.
    async fn agreements(&self, ctx: &Context<'_>, #[graphql(default)] ended: bool) -> Result<Vec<AgreementNode>> {
        Ok(TwoPlans::new(&self.case, &Session::of(ctx)?).agreements(ended))
    }

    /// What goes before two plans: what was advised, heard, answered and wished.
    async fn two_plans(&self, ctx: &Context<'_>) -> Result<TwoPlans> {
        Ok(TwoPlans::new(&self.case, &Session::of(ctx)?))
    }

    /// That the professionals work with a plan per household while a parent declines and stays invited.
    async fn professionals(&self, ctx: &Context<'_>) -> Result<Option<WorkingApart>> {
        let session = Session::of(ctx)?;
        Ok(TwoPlans::new(&self.case, &session).professionals(&session))
    }

    /// What is marked as safe to share: it gives away nobody who must not be found. For the case director and deputy.
    async fn safe_to_share(&self, ctx: &Context<'_>) -> Result<Vec<SafeMark>> {
        Ok(TwoPlans::new(&self.case, &Session::of(ctx)?).marks())
    }

    /// Each time before that there was a plan per household, until the plans were joined again.
    async fn earlier(&self, ctx: &Context<'_>) -> Result<Vec<EarlierSplit>> {
        let session = Session::of(ctx)?;
        Ok(TwoPlans::new(&self.case, &session).earlier(&session))
    }
}

/// The plan of one household.
pub struct HouseholdPlanNode {
    case: CaseNode,
    plan: Granted<PlanView>,
    coordinator: Option<CoordinatorView>,
    others: Vec<CoordinatorView>,
}

impl HouseholdPlanNode {
    fn new(case: &CaseNode, view: &DivorceView, plan: &PlanView) -> Option<Self> {
        let about = [Subject::Household(plan.household.value)];
        let (now, others) = view.coordinators_to(plan, knows(case.mandate()));
        let (coordinator, others) = (now.cloned(), others.into_iter().cloned().collect());
        let plan = granted(case.mandate(), PLAN, &about, plan.clone(), |plan| &plan.household)?;
        Some(Self { case: case.clone(), plan, coordinator, others })
    }
}

/// The plan of one household.
#[Object(name = "HouseholdPlan")]
impl HouseholdPlanNode {
    /// The household.
    async fn household(&self, ctx: &Context<'_>) -> Result<Option<HouseholdNode>> {
        let session = Session::of(ctx)?;
        if !self.case.mandate().covers(Topic::Households) {
            return Ok(None);
        }
        let mut households = self.case.households_view(&session).iter();
        let found = households.find(|household| household.household.value == self.plan.household.value).cloned();
        Ok(found.and_then(|view| HouseholdNode::new(&self.case, view)))
    }

    /// What stands in it, as far as you may know.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<PlanNode>> {
        let session = Session::of(ctx)?;
        if !self.case.mandate().covers(plans::TOPIC) {
            return Ok(None);
        }
        let of = PlanRef::Household(self.plan.household.value);
        let found = self.case.plans_view(&session).households.iter().find(|view| view.plan == of);
        Ok(found.map(|view| PlanNode::new(&self.case, view, false)))
    }

    /// Who coordinates it. Absent: nobody yet, or not for you to know.
    async fn coordinator(&self) -> Option<CoordinatorNode> {
        CoordinatorNode::new(&self.case, &self.plan, self.coordinator.clone()?)
    }

    /// Who coordinated it before, or will.
    async fn other_coordinators(&self) -> Vec<CoordinatorNode> {
        let node = |view: &CoordinatorView| CoordinatorNode::new(&self.case, &self.plan, view.clone());
        self.others.iter().filter_map(node).collect()
    }
}

/// Who coordinates the plan of a household.
pub struct CoordinatorNode {
    case: CaseNode,
    about: [Subject; 1],
    view: Granted<CoordinatorView>,
}

impl CoordinatorNode {
    fn new(case: &CaseNode, plan: &PlanView, view: CoordinatorView) -> Option<Self> {
        let about = [Subject::Household(plan.household.value)];
        let view = granted(case.mandate(), COORDINATOR, &about, view, |view| &view.worker)?;
        Some(Self { case: case.clone(), about, view })
    }
}

/// Who coordinates the plan of a household. The case director stays the one over the whole case.
#[Object(name = "PlanCoordinator")]
impl CoordinatorNode {
    /// Who.
    async fn worker(&self) -> WorkerNode {
        worker(&self.case, self.view.worker.value)
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.view.organisation)
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Last day, when it ended or an end is known, and you may know what ended it.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), COORDINATOR, &self.about, &self.view.until)
    }
}

/// Where the family stands in a divorce, and what the advice team and the duo of family representatives are to the case.
pub struct DivorceNode {
    case: CaseNode,
}

impl DivorceNode {
    /// Of this case. What stands in it is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode) -> Self {
        Self { case: case.clone() }
    }

    /// What of the questions to a divorce advice team stands on the axis of the escalation view.
    pub fn sat_points(&self, session: &Session<'_>) -> Vec<EscalationPoint> {
        sat::requests(session, &self.case).iter().flat_map(SatRequestNode::points).collect()
    }
}

/// Where the family stands on the way to rest, what was asked of a divorce advice team (SAT), and who accompanies both parents (`DOnS`).
#[Object(name = "Divorce")]
impl DivorceNode {
    /// The episode that runs on the day looked at: where it stands, what was decided on the way, what is open by when.
    async fn episode(&self, ctx: &Context<'_>) -> Result<Option<EpisodeNode>> {
        Ok(episodes::known(&Session::of(ctx)?, &self.case).into_iter().rfind(EpisodeNode::runs))
    }

    /// Every episode that began by the day looked at, in order.
    async fn episodes(&self, ctx: &Context<'_>) -> Result<Vec<EpisodeNode>> {
        Ok(episodes::known(&Session::of(ctx)?, &self.case))
    }

    /// To whom it was acknowledged, or tried: each parent on a day of their own, for whoever may know it of that parent.
    async fn acknowledgements(&self, ctx: &Context<'_>) -> Result<Vec<DivorceAcknowledgement>> {
        Ok(episodes::acknowledgements(&Session::of(ctx)?, &self.case))
    }

    /// Strains that a parent named, in that parent's words, for whoever may know it of that parent.
    async fn named_strains(&self, ctx: &Context<'_>) -> Result<Vec<NamedStrain>> {
        Ok(episodes::strains(&Session::of(ctx)?, &self.case))
    }

    /// How parents were parents beside each other, as assessed, in order of the day.
    async fn parenting_forms(&self, ctx: &Context<'_>) -> Result<Vec<FormNode>> {
        Ok(EscalationNode::new(&self.case).form_nodes(&Session::of(ctx)?))
    }

    /// Questions to a divorce advice team, in the order asked.
    async fn sat_requests(&self, ctx: &Context<'_>) -> Result<Vec<SatRequestNode>> {
        Ok(sat::requests(&Session::of(ctx)?, &self.case))
    }

    /// How far the `DOnS` trajectory of the day is beside what is usual, or the last one.
    async fn dons_progress(&self, ctx: &Context<'_>) -> Result<Option<DonsProgressNode>> {
        Ok(dons::progress(&Session::of(ctx)?, &self.case))
    }

    /// Conversations of `DOnS` trajectories, held and not held, in order of the day.
    async fn dons_conversations(&self, ctx: &Context<'_>) -> Result<Vec<DonsConversationNode>> {
        Ok(dons::conversations(&Session::of(ctx)?, &self.case))
    }

    /// Goals of the parents, in the order told, each with its history.
    async fn parent_goals(&self, ctx: &Context<'_>) -> Result<Vec<ParentGoalNode>> {
        Ok(dons::goals(&Session::of(ctx)?, &self.case))
    }

    /// What stands in the way of shared parenting, or did.
    async fn barriers(&self, ctx: &Context<'_>) -> Result<Vec<BarrierNode>> {
        Ok(dons::barriers(&Session::of(ctx)?, &self.case))
    }

    /// The two family representatives who accompany both parents on the day looked at.
    async fn dons_duo(&self, ctx: &Context<'_>) -> Result<Option<DonsDuoNode>> {
        let session = Session::of(ctx)?;
        let (now, _) = self.case.divorce_view(&session).duos_to(knows(self.case.mandate()));
        Ok(now.cloned().and_then(|view| DonsDuoNode::new(&self.case, view)))
    }

    /// Duos of before.
    async fn earlier_duos(&self, ctx: &Context<'_>) -> Result<Vec<DonsDuoNode>> {
        let session = Session::of(ctx)?;
        let (_, others) = self.case.divorce_view(&session).duos_to(knows(self.case.mandate()));
        Ok(others.into_iter().filter_map(|view| DonsDuoNode::new(&self.case, view.clone())).collect())
    }
}

/// Two family representatives who accompany both parents.
pub struct DonsDuoNode {
    case: CaseNode,
    view: Granted<DuoView>,
}

impl DonsDuoNode {
    fn new(case: &CaseNode, view: DuoView) -> Option<Self> {
        let view = granted(case.mandate(), DUO, &[case.subject()], view, |view| &view.trajectory)?;
        Some(Self { case: case.clone(), view })
    }
}

/// A family representative (gezinsvertegenwoordiger).
#[derive(SimpleObject)]
#[graphql(name = "FamilyRepresentative")]
pub struct FamilyRepresentativeNode {
    /// Who.
    worker: WorkerNode,
    /// For which organisation, by its short name.
    organisation: String,
}

/// Two family representatives who accompany both parents: a `DOnS` trajectory (shared parenting after divorce).
#[Object(name = "DonsDuo")]
impl DonsDuoNode {
    /// Names the trajectory.
    async fn trajectory(&self) -> ID {
        id(self.view.trajectory.value)
    }

    /// The two of them.
    async fn representatives(&self) -> Vec<FamilyRepresentativeNode> {
        let kept: &Kept<Vec<FamilyRepresentative>> = &self.view.representatives;
        let seen = plain(self.case.mandate(), REPRESENTATIVES, &[self.case.subject()], kept).unwrap_or_default();
        let node = |one: FamilyRepresentative| FamilyRepresentativeNode {
            worker: worker(&self.case, one.worker),
            organisation: organisation(&one.organisation),
        };
        seen.into_iter().map(node).collect()
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// How the trajectory ended: completed, with what came of it, or early.
    async fn ended(&self, ctx: &Context<'_>) -> Result<Option<DonsEndingNode>> {
        Ok(dons::ending(&Session::of(ctx)?, &self.case, self.view.trajectory.value))
    }

    /// Last day, when it ended and you may know what ended it.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), DUO, &[self.case.subject()], &self.view.until)
    }
}
