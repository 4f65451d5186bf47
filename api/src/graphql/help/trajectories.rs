//! Trajectories of providers, and their extensions.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use projections::views::trajectories::{
    DecisionView, EndedView, ExtensionView, GoalsView, ObjectionView, RoleView, TrajectoryView,
};

use super::sheet::ReviewSheet;
use super::{
    EXTENSION, EXTENSION_DECISION, EXTENSION_OBJECTION, EXTENSION_VIEW, EXTENSION_WORDS, TRAJECTORY, TRAJECTORY_END,
    TRAJECTORY_GOALS, TRAJECTORY_WORDS, WEIGHING, of_all, persons,
};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::{ExtensionAdvice, ExtensionOutcome, ReviewRole, TrajectoryEnding};
use crate::graphql::people::PersonNode;
use crate::graphql::plans::{self, GoalNode};
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, knows, plain, words};
use crate::graphql::workers::WorkerNode;

/// Help of a provider.
pub struct TrajectoryNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<TrajectoryView>,
}

impl TrajectoryNode {
    pub(super) fn new(case: &CaseNode, view: TrajectoryView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), TRAJECTORY, &about, view, |view| &view.trajectory)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn ended(&self) -> Option<(&EndedView, Day)> {
        let ended = self.view.ended.as_ref()?;
        let last_day = plain(self.case.mandate(), TRAJECTORY_END, &self.about, &ended.last_day)?;
        Some((ended, Day(last_day)))
    }

    fn sets(&self, session: &Session<'_>) -> Vec<TrajectoryGoals> {
        let mandate = self.case.mandate();
        let set = |set: &GoalsView| {
            let goals = plain(mandate, TRAJECTORY_GOALS, &self.about, &set.goals)?;
            Some(TrajectoryGoals {
                since: Day(set.on),
                goals: plans::goals_named(session, &self.case, &goals),
                words: set.words.as_ref().and_then(|kept| words(session, mandate, TRAJECTORY_WORDS, kept)),
            })
        };
        self.view.goals.iter().filter_map(set).collect()
    }
}

/// Which goals a trajectory served from a day on.
#[derive(SimpleObject)]
pub struct TrajectoryGoals {
    /// From this day on.
    since: Day,
    /// The goals of the plan, as far as you may know them.
    goals: Vec<GoalNode>,
    /// Why these.
    words: Option<String>,
}

/// Help of a provider as a running trajectory: which product, by whom, for whom, for which goals, from when until when.
#[Object(name = "HelpTrajectory")]
impl TrajectoryNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.trajectory.value)
    }

    /// Which product.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TRAJECTORY_WORDS, &self.view.product))
    }

    /// By which provider.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), TRAJECTORY_WORDS, &self.view.provider))
    }

    /// For whom.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// Which professional gives it, when known. Left out when that would lead to somebody who must not be found.
    async fn worker(&self) -> Option<WorkerNode> {
        let mandate = self.case.mandate();
        let workers = plain(mandate, TRAJECTORY, &self.about, &self.view.workers)?;
        workers.first().map(|worker| WorkerNode::new(*worker, mandate.clone()))
    }

    /// The first day.
    async fn from(&self) -> Day {
        Day(self.view.from)
    }

    /// The agreed last day, as it began or as it was extended since. Absent while none was agreed.
    async fn until(&self) -> Option<Day> {
        self.view.until_to(knows(self.case.mandate())).map(Day)
    }

    /// Whether it may harm, so that it needs a justification.
    async fn may_harm(&self) -> bool {
        self.view.may_harm
    }

    /// Whether it may harm and was not justified yet.
    async fn unjustified(&self) -> bool {
        let known = |kept| plain(self.case.mandate(), WEIGHING, &self.about, kept).is_some();
        self.view.may_harm && !self.view.justified_by.iter().any(known)
    }

    /// The goals it serves now.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<GoalNode>> {
        let mut sets = self.sets(&Session::of(ctx)?);
        Ok(sets.pop().map(|set| set.goals).unwrap_or_default())
    }

    /// Which goals it served through time, the first ones first. Nobody can rewrite it.
    async fn goal_history(&self, ctx: &Context<'_>) -> Result<Vec<TrajectoryGoals>> {
        Ok(self.sets(&Session::of(ctx)?))
    }

    /// Each extension that was asked, in the order told.
    async fn extensions(&self) -> Vec<ExtensionNode> {
        let all = self.view.extensions.iter().cloned();
        all.filter_map(|view| ExtensionNode::new(&self.case, &self.about, view)).collect()
    }

    /// The last day, once it ended.
    async fn last_day(&self) -> Option<Day> {
        self.ended().map(|(_, day)| day)
    }

    /// How it ended. None of the ways blames anybody.
    async fn ending(&self) -> Option<TrajectoryEnding> {
        self.ended().map(|(ended, _)| ended.how.into())
    }

    /// More about how it ended.
    async fn ended_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.ended().and_then(|(ended, _)| ended.words.clone());
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), TRAJECTORY_WORDS, &kept)))
    }
}

/// An extension that was asked.
pub struct ExtensionNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ExtensionView>,
}

impl ExtensionNode {
    fn new(case: &CaseNode, about: &[Subject], view: ExtensionView) -> Option<Self> {
        let view = granted(case.mandate(), EXTENSION, about, view, |view| &view.extension)?;
        Some(Self { case: case.clone(), about: about.to_vec(), view })
    }
}

/// The view of a role on an extension.
#[derive(SimpleObject)]
pub struct ExtensionRoleView {
    /// Which role.
    role: ReviewRole,
    /// Who spoke for it.
    worker: Option<WorkerNode>,
    /// What it advises.
    advice: ExtensionAdvice,
    /// Why.
    view: Option<String>,
    /// The day.
    on: Day,
}

/// What the college decided on an extension.
#[derive(SimpleObject)]
pub struct ExtensionDecision {
    /// What.
    outcome: ExtensionOutcome,
    /// Until when help goes on, when granted.
    until: Option<Day>,
    /// Why.
    reason: Option<String>,
    /// Who decided.
    decided_by: Option<String>,
    /// The day.
    on: Day,
    /// Until and with this day objection is open.
    objection_until: Day,
    /// Whether objection is open on the day looked at.
    objection_open: bool,
}

/// That somebody objected to the decision on an extension.
#[derive(SimpleObject)]
pub struct ExtensionObjection {
    /// Who.
    person: Option<PersonNode>,
    /// In their words.
    words: Option<String>,
    /// The day.
    on: Day,
}

/// An extension that a provider asked for.
#[Object(name = "HelpExtension")]
impl ExtensionNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.extension.value)
    }

    /// The day it was asked.
    async fn asked(&self) -> Day {
        Day(self.view.asked)
    }

    /// Until when it was asked.
    async fn until(&self) -> Day {
        Day(self.view.until)
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), EXTENSION_WORDS, &self.view.reason))
    }

    /// Whether goals changed since the trajectory began, so that three roles review it.
    async fn reviewed_by_three(&self) -> bool {
        !self.view.changed.is_empty()
    }

    /// Which goals changed since the trajectory began, as far as you may know them.
    async fn changed_goals(&self, ctx: &Context<'_>) -> Result<Vec<GoalNode>> {
        Ok(plans::goals_named(&Session::of(ctx)?, &self.case, &self.view.changed))
    }

    /// What the three roles see, for the case director to hand to them: goals, dates and product under a pseudonym. No names, no family.
    async fn review_sheet(&self, ctx: &Context<'_>) -> Result<Option<ReviewSheet>> {
        let session = Session::of(ctx)?;
        let sheet = self.view.sheet.as_ref();
        Ok(sheet.and_then(|view| ReviewSheet::new(&session, self.case.mandate(), &self.about, view)))
    }

    /// The roles whose view is still missing.
    async fn missing_views(&self) -> Vec<ReviewRole> {
        let given = |role| {
            let mut views = self.view.views.iter();
            views.any(|view| view.role == role && knows(self.case.mandate())(&view.advice.bare()))
        };
        let needed = domain::trajectory::ReviewRole::ALL.into_iter().filter(|_| !self.view.changed.is_empty());
        needed.filter(|role| !given(*role)).map(Into::into).collect()
    }

    /// The views of the roles, in the order told.
    async fn views(&self, ctx: &Context<'_>) -> Result<Vec<ExtensionRoleView>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |view: &RoleView| {
            let advice = plain(mandate, EXTENSION_VIEW, &self.about, &view.advice)?;
            let workers = plain(mandate, EXTENSION_VIEW, &self.about, &view.workers).unwrap_or_default();
            Some(ExtensionRoleView {
                role: view.role.into(),
                worker: workers.first().map(|worker| WorkerNode::new(*worker, mandate.clone())),
                advice: advice.into(),
                view: words(&session, mandate, EXTENSION_VIEW, &view.view),
                on: Day(view.on),
            })
        };
        Ok(self.view.views.iter().filter_map(node).collect())
    }

    /// By when the college decides.
    async fn decide_by(&self) -> Option<Day> {
        self.view.decide_by.map(Day)
    }

    /// How many days it waited for its first decision, by the day looked at.
    async fn waiting_days(&self) -> i32 {
        i32::try_from(self.view.waited_to(knows(self.case.mandate()))).unwrap_or(i32::MAX)
    }

    /// What the college decided, in the order told: again only after an objection.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<ExtensionDecision>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |view: &DecisionView| {
            let outcome = plain(mandate, EXTENSION_DECISION, &self.about, &view.outcome)?;
            Some(ExtensionDecision {
                outcome: outcome.into(),
                until: view.until.map(Day),
                reason: words(&session, mandate, EXTENSION_DECISION, &view.reason),
                decided_by: words(&session, mandate, EXTENSION_DECISION, &view.decided_by),
                on: Day(view.on),
                objection_until: Day(view.objection_until),
                objection_open: view.objection_open,
            })
        };
        Ok(self.view.decisions.iter().filter_map(node).collect())
    }

    /// Who objected, in the order told: of whom you may know it.
    async fn objections(&self, ctx: &Context<'_>) -> Result<Vec<ExtensionObjection>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |view: &ObjectionView| {
            let about = [Subject::Person(view.person.value)];
            let person = plain(mandate, EXTENSION_OBJECTION, &about, &view.person)?;
            let said = view.words.as_ref().and_then(|kept| words(&session, mandate, EXTENSION_OBJECTION, kept));
            Some(ExtensionObjection { person: self.case.person(person), words: said, on: Day(view.on) })
        };
        Ok(self.view.objections.iter().filter_map(node).collect())
    }
}
