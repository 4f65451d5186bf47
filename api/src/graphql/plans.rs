//! The one plan: of the family, and of each household once the plans went apart; and the responsibility board over all of them.

mod items;
mod own;
mod versions;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::ids::{ActionId, GoalId, HouseholdId, PersonId, Subject, WorkerId};
use domain::plan::{GoalStanding as Standing, PlanRef};
use domain::time::CivilDay;
use projections::views::plans::{ActionView, PlanView, VersionView, WentView};

pub use self::items::{ActionNode, ActionOwner, GoalNode};
pub use self::own::OwnPlansNode;
use self::own::own_plans_waiting;
use self::versions::{EvaluationNode, VersionNode};
use super::case::CaseNode;
use super::conferences::{self, ConferencePoint};
use super::contacts::{self, PromiseNode};
use super::crisis_plan::{self, CrisisAction};
use super::enums::RegieTask;
use super::households::HouseholdNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::school::{SchoolNode, SchoolQuestionNode};
use super::session::Session;
use super::show::{knows, plain};
use super::two_plans::{AgreementNode, TwoPlans};
use super::workers::WorkerNode;
use crate::gate::{Field, Topic};

/// What a plan is about, for the policy.
pub const TOPIC: Topic = Topic::Plan;

const EVALUATION: Field = Field::new("plans.evaluation", TOPIC);
const DIRECTOR: Field = Field::new("plans.responsibilities.director", Topic::Regie);

/// About whom something in a plan is: the household of its plan, and whom it concerns.
fn about(case: &CaseNode, plan: PlanRef, persons: &[PersonId]) -> Vec<Subject> {
    let of = plan.household().map_or_else(|| case.subject(), Subject::Household);
    std::iter::once(of).chain(persons.iter().copied().map(Subject::Person)).collect()
}

fn persons(case: &CaseNode, persons: &[PersonId]) -> Vec<PersonNode> {
    persons.iter().filter_map(|person| case.person(*person)).collect()
}

fn household_of(case: &CaseNode, session: &Session<'_>, household: HouseholdId) -> Option<HouseholdNode> {
    if !case.mandate().covers(Topic::Households) {
        return None;
    }
    let found = case.households_view(session).iter().find(|view| view.household.value == household).cloned();
    found.and_then(|view| HouseholdNode::new(case, view))
}

/// A plan.
pub struct PlanNode {
    case: CaseNode,
    view: PlanView,
    /// Whether it is that of the family, to who may know that the plans went apart.
    frozen: bool,
}

impl PlanNode {
    /// A plan of this case: what stands in it is judged one by one.
    #[must_use]
    pub fn new(case: &CaseNode, view: &PlanView, frozen: bool) -> Self {
        Self { case: case.clone(), view: view.clone(), frozen }
    }

    /// The day at which what stands in it waits; none while it is frozen.
    fn waits(&self) -> Option<CivilDay> {
        (!self.frozen).then(|| self.view.day())
    }

    fn goals_of(&self, wanted: impl Fn(Standing) -> bool) -> Vec<GoalNode> {
        let mandate = self.case.mandate();
        let shown = self.view.goals.iter().filter(|goal| wanted(goal.standing_to(knows(mandate))));
        shown.filter_map(|view| GoalNode::new(&self.case, view)).collect()
    }

    /// Whether an action waits in this plan: what went elsewhere waits there.
    fn waits_here(&self, action: &ActionView) -> bool {
        action.ended_to(knows(self.case.mandate())).is_none() && action.went.is_none()
    }

    fn actions_of(&self, wanted: impl Fn(&ActionView) -> bool) -> Vec<ActionNode> {
        let shown = self.view.actions.iter().filter(|action| wanted(action));
        shown.filter_map(|view| ActionNode::new(&self.case, view, self.waits())).collect()
    }

    fn version(&self, view: &VersionView) -> Option<VersionNode> {
        VersionNode::new(&self.case, view, &self.view, self.waits())
    }

    /// What waits on somebody in it: each action that runs, and its evaluation, which the director sees to.
    fn responsibilities(&self, director: Option<WorkerId>) -> Vec<Responsibility> {
        let of_action = |action: ActionNode| Responsibility {
            due: action.due_day(),
            overdue: action.overdue(),
            ..Responsibility::of(ResponsibilityKind::Action, action.owned()).by_action(action)
        };
        let mut all: Vec<_> = self.actions_of(|action| self.waits_here(action)).into_iter().map(of_action).collect();
        if let Some((due, overdue)) = self.evaluation() {
            let owner =
                director.map(|worker| ActionOwner::of_worker(WorkerNode::new(worker, self.case.mandate().clone())));
            let line = Responsibility::of(ResponsibilityKind::Evaluation, owner);
            all.push(Responsibility { due: Some(due), overdue, ..line });
        }
        all
    }

    /// By when it is evaluated next, and whether that day has passed.
    fn evaluation(&self) -> Option<(Day, bool)> {
        let mandate = self.case.mandate();
        if self.frozen || !mandate.covers(TOPIC) {
            return None;
        }
        let due = self.view.evaluation_due_to(knows(mandate))?;
        mandate.note_made(EVALUATION, &about(&self.case, self.view.plan, &[]));
        Some((Day(due), due < self.view.day()))
    }
}

/// The plan of the family or of a household, or what stands in the layer of the children: what must happen, who does what, by when. A working agreement, not a court document.
#[Object(name = "Plan")]
impl PlanNode {
    /// The household whose plan it is. Absent: that of the family, or the layer of the children.
    async fn household(&self, ctx: &Context<'_>) -> Result<Option<HouseholdNode>> {
        let session = Session::of(ctx)?;
        Ok(self.view.plan.household().and_then(|household| household_of(&self.case, &session, household)))
    }

    /// Whether it can be read and no longer acted in: that of the family, once the plans went apart.
    async fn frozen(&self) -> bool {
        self.frozen
    }

    /// Goals in the family's words, in the order proposed. Those that were withdrawn stand there only when asked for.
    async fn goals(&self, #[graphql(default)] withdrawn: bool) -> Vec<GoalNode> {
        self.goals_of(|standing| withdrawn || standing != Standing::Withdrawn)
    }

    /// Actions, in the order agreed. Those that are over stand there only when asked for.
    async fn actions(&self, #[graphql(default)] over: bool) -> Vec<ActionNode> {
        let knows = knows(self.case.mandate());
        self.actions_of(|action| over || action.ended_to(&knows).is_none())
    }

    /// Actions that run and that nobody owns yet (nog niemand).
    async fn unowned(&self) -> Vec<ActionNode> {
        let knows = knows(self.case.mandate());
        self.actions_of(|action| self.waits_here(action) && action.is_nobodys(&knows))
    }

    /// The version that is worked by. Absent: none became active, or not for you to know.
    async fn active(&self) -> Option<VersionNode> {
        let active = self.view.active_to(knows(self.case.mandate()))?;
        self.version(active)
    }

    /// Every version that was offered, in order.
    async fn versions(&self) -> Vec<VersionNode> {
        self.view.versions.iter().filter_map(|view| self.version(view)).collect()
    }

    /// Evaluations with the family, in order of the day.
    async fn evaluations(&self) -> Vec<EvaluationNode> {
        self.view.evaluations.iter().filter_map(|view| EvaluationNode::new(&self.case, view)).collect()
    }

    /// The last day for the next evaluation, once the plan is active.
    async fn evaluation_due(&self) -> Option<Day> {
        self.evaluation().map(|(due, _)| due)
    }

    /// Whether that day has passed.
    async fn evaluation_overdue(&self) -> bool {
        self.evaluation().is_some_and(|(_, overdue)| overdue)
    }
}

/// These goals, of whichever plan they are, in the order of the plans: those that the viewer may know.
pub fn goals_named(session: &Session<'_>, case: &CaseNode, named: &[GoalId]) -> Vec<GoalNode> {
    let goals = every_plan(session, case).flat_map(|(plan, _)| &plan.goals);
    goals
        .filter(|goal| stands(goal.went.as_ref()) && named.contains(&goal.goal.value))
        .filter_map(|view| GoalNode::new(case, view))
        .collect()
}

/// These actions, of whichever plan they are, in the order of the plans: those that the viewer may know.
pub fn actions_named(session: &Session<'_>, case: &CaseNode, named: &[ActionId]) -> Vec<ActionNode> {
    let of = |(plan, waits): (&PlanView, Option<CivilDay>)| {
        let of = |action: &&ActionView| stands(action.went.as_ref()) && named.contains(&action.action.value);
        let actions = plan.actions.iter().filter(of);
        actions.filter_map(|view| ActionNode::new(case, view, waits)).collect::<Vec<_>>()
    };
    every_plan(session, case).flat_map(of).collect()
}

/// Whether something is shown where it is: what went to another plan is shown there, what went into an agreement where it came from.
fn stands(went: Option<&WentView>) -> bool {
    went.is_none_or(|went| matches!(went.to.value, PlanRef::Agreement(_)))
}

/// Each plan with the day at which what stands in it waits: none of that of the family once the plans went apart.
fn every_plan<'c>(session: &Session<'_>, case: &'c CaseNode) -> impl Iterator<Item = (&'c PlanView, Option<CivilDay>)> {
    let covers = case.mandate().covers(TOPIC);
    let all = case.plans_view(session);
    let day = case.day();
    let family = (&all.family, (!all.frozen).then_some(day));
    let others = all.households.iter().chain([&all.children]).map(move |plan| (plan, Some(day)));
    std::iter::once(family).chain(others).filter(move |_| covers)
}

/// Everything that waits on somebody: in these plans, of the director's tasks, of a plan that the family makes itself, what was promised,
/// what a school asked, what was agreed in conferences and between households, and who does what in a crisis. Each by the topic of its own.
pub fn responsibilities(session: &Session<'_>, case: &CaseNode, plans: &[PlanNode]) -> Vec<Responsibility> {
    let mandate = case.mandate();
    let director = case.regie_view(session).director.as_ref();
    let who = director.and_then(|held| plain(mandate, DIRECTOR, &[case.subject()], &held.director));
    let task = |task: domain::regie::RegieTask| {
        let owner = who.map(|worker| ActionOwner::of_worker(WorkerNode::new(worker, mandate.clone())));
        Responsibility { task: Some(task.into()), ..Responsibility::of(ResponsibilityKind::DirectorTask, owner) }
    };
    let open = director.filter(|_| who.is_some()).map(|held| held.open_tasks(knows(mandate))).unwrap_or_default();
    let in_plans = plans.iter().flat_map(|plan| plan.responsibilities(who));
    let promised = contacts::promises_waiting(session, case);
    let asked = SchoolNode::new(case).questions_waiting(session);
    let in_plans = in_plans.chain(own_plans_waiting(session, case));
    let agreed = conferences::agreed(session, case).into_iter().chain(shared(session, case));
    let in_crisis = crisis_plan::plan(session, case).map(|plan| plan.responsibilities(session)).unwrap_or_default();
    let tasks = open.into_iter().map(task);
    in_plans.chain(tasks).chain(promised).chain(asked).chain(agreed).chain(in_crisis).collect()
}

/// What the households agreed to share at the least: it binds each of its parents, so it has no owner.
fn shared(session: &Session<'_>, case: &CaseNode) -> Vec<Responsibility> {
    let line = |agreement: AgreementNode| Responsibility {
        shared_agreement: Some(agreement),
        ..Responsibility::of(ResponsibilityKind::Agreement, None)
    };
    TwoPlans::new(case, session).agreements(false).into_iter().map(line).collect()
}

/// Each action of these plans that runs and that nobody owns yet.
pub fn unowned(plans: &[PlanNode]) -> Vec<ActionNode> {
    let of = |plan: &PlanNode| {
        let knows = knows(plan.case.mandate());
        plan.actions_of(|action| plan.waits_here(action) && action.is_nobodys(&knows))
    };
    plans.iter().flat_map(of).collect()
}

/// A kind of thing that waits on somebody.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResponsibilityKind {
    /// An action of a plan.
    Action,
    /// The evaluation of a plan that is active: the case director sees to it.
    Evaluation,
    /// A task that belongs to directing and did not go back to the family.
    DirectorTask,
    /// A plan that the family makes itself and has not presented yet.
    OwnPlan,
    /// Something that a professional promised in a contact.
    Promise,
    /// A question of a school that nobody answered yet.
    SchoolQuestion,
    /// Something that was agreed in a conference, or a minimal shared agreement between households that runs. No command says that what
    /// a conference agreed was done: it stays on the board, and shows that its day has passed.
    Agreement,
    /// What somebody does, or nobody yet, by the crisis plan when things go wrong. It has no day.
    CrisisAction,
}

/// Something that waits on somebody: a line of the responsibility board.
#[derive(SimpleObject)]
pub struct Responsibility {
    /// What kind of thing.
    pub kind: ResponsibilityKind,
    /// Who owns it. Absent of a minimal shared agreement: it binds each of its parents.
    pub owner: Option<ActionOwner>,
    /// By when, if a day was agreed.
    pub due: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The action, of an action.
    pub action: Option<ActionNode>,
    /// The task, of a task of the director.
    pub task: Option<RegieTask>,
    /// The promise, of something that was promised.
    pub promise: Option<PromiseNode>,
    /// The question, of a question of a school.
    pub school_question: Option<SchoolQuestionNode>,
    /// What was agreed, of something that was agreed in a conference.
    pub agreed: Option<ConferencePoint>,
    /// The agreement, of a minimal shared agreement between households.
    pub shared_agreement: Option<AgreementNode>,
    /// What somebody does, of something in the crisis plan.
    pub crisis_action: Option<CrisisAction>,
}

impl Responsibility {
    /// Something of this kind that waits on this owner, without a day.
    pub const fn of(kind: ResponsibilityKind, owner: Option<ActionOwner>) -> Self {
        let (due, overdue) = (None, false);
        let (action, task, promise, school_question) = (None, None, None, None);
        let (agreed, shared_agreement, crisis_action) = (None, None, None);
        Self {
            kind,
            owner,
            due,
            overdue,
            action,
            task,
            promise,
            school_question,
            agreed,
            shared_agreement,
            crisis_action,
        }
    }

    fn by_action(self, action: ActionNode) -> Self {
        Self { action: Some(action), ..self }
    }
}
