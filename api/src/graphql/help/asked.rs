//! What was asked for the family and waits, and direct referrals.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::Subject;
use domain::plan::Item;
use projections::views::applications::{AnswerView, ApplicationView, DelayView};
use projections::views::referrals::ReferralView;

use super::{APPLICATION, APPLICATION_ANSWER, APPLICATION_WORDS, REFERRAL, REFERRAL_WORDS, of_all, persons};
use crate::graphql::case::CaseNode;
use crate::graphql::enums::{ApplicationKind, ApplicationOutcome, Referrer};
use crate::graphql::people::PersonNode;
use crate::graphql::plans::{self, ActionNode, GoalNode};
use crate::graphql::scalars::Day;
use crate::graphql::session::Session;
use crate::graphql::show::{Granted, granted, id, knows, plain, words};

/// An application.
pub struct ApplicationNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ApplicationView>,
}

impl ApplicationNode {
    pub(super) fn new(case: &CaseNode, view: ApplicationView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), APPLICATION, &about, view, |view| &view.application)?;
        Some(Self { case: case.clone(), about, view })
    }

    /// Whether it waits, to whoever may know no answer to it.
    pub(super) fn waits(case: &CaseNode, view: &ApplicationView) -> bool {
        view.answered_to(knows(case.mandate())).is_none()
    }

    fn answer(&self) -> Option<(&AnswerView, ApplicationOutcome)> {
        let answered = self.view.answered.as_ref()?;
        let outcome = plain(self.case.mandate(), APPLICATION_ANSWER, &self.about, &answered.outcome)?;
        Some((answered, outcome.into()))
    }
}

/// That an answer takes longer.
#[derive(SimpleObject)]
pub struct ApplicationDelay {
    /// The day it was said.
    on: Day,
    /// Why.
    reason: Option<String>,
    /// By when an answer is promised now.
    answer_by: Option<Day>,
}

/// What was asked for somebody and waits for an answer: a decision of the municipality (beschikking), or material aid.
#[Object(name = "Application")]
impl ApplicationNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.application.value)
    }

    /// What for.
    async fn kind(&self) -> ApplicationKind {
        self.view.kind.into()
    }

    /// For whom.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// What is needed.
    async fn what(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), APPLICATION_WORDS, &self.view.what))
    }

    /// Of whom it was asked.
    async fn of_whom(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), APPLICATION_WORDS, &self.view.of_whom))
    }

    /// Which concern it leaves open while nobody answers.
    async fn concern(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.concern.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), APPLICATION_WORDS, kept)))
    }

    /// For which trajectory.
    async fn trajectory_id(&self) -> Option<ID> {
        self.view.trajectory.map(id)
    }

    /// The day it was asked.
    async fn asked(&self) -> Day {
        Day(self.view.asked)
    }

    /// How many days it waited by the day looked at: until it was answered.
    async fn waiting_days(&self) -> i32 {
        i32::try_from(self.view.waited_to(knows(self.case.mandate()))).unwrap_or(i32::MAX)
    }

    /// The last day for an answer, as promised last or by the law.
    async fn due(&self) -> Option<Day> {
        self.view.due_to(knows(self.case.mandate())).map(Day)
    }

    /// Whether that day has passed while nobody answered.
    async fn overdue(&self) -> bool {
        self.view.overdue_to(knows(self.case.mandate()))
    }

    /// Each time it was said to take longer, in the order told.
    async fn delays(&self, ctx: &Context<'_>) -> Result<Vec<ApplicationDelay>> {
        let (session, mandate) = (Session::of(ctx)?, self.case.mandate());
        let node = |delay: &DelayView| {
            let on = plain(mandate, APPLICATION_ANSWER, &self.about, &delay.on)?;
            let reason = words(&session, mandate, APPLICATION_ANSWER, &delay.reason);
            Some(ApplicationDelay { on: Day(on), reason, answer_by: delay.answer_by.map(Day) })
        };
        Ok(self.view.delays.iter().filter_map(node).collect())
    }

    /// What became of it. Absent while it waits.
    async fn outcome(&self) -> Option<ApplicationOutcome> {
        self.answer().map(|(_, outcome)| outcome)
    }

    /// The day it was answered.
    async fn answered(&self) -> Option<Day> {
        self.answer().map(|(answered, _)| Day(answered.on))
    }

    /// Why, or what of it.
    async fn answer_words(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.answer().and_then(|(answered, _)| answered.words.as_ref());
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), APPLICATION_ANSWER, kept)))
    }
}

/// A direct referral.
pub struct ReferralNode {
    case: CaseNode,
    about: Vec<Subject>,
    view: Granted<ReferralView>,
}

impl ReferralNode {
    pub(super) fn new(case: &CaseNode, view: ReferralView) -> Option<Self> {
        let about = of_all(&view.persons);
        let view = granted(case.mandate(), REFERRAL, &about, view, |view| &view.referral)?;
        Some(Self { case: case.clone(), about, view })
    }

    fn in_plan(&self) -> Vec<Item> {
        let mandate = self.case.mandate();
        self.view.in_plan.iter().filter_map(|kept| plain(mandate, REFERRAL, &self.about, kept)).collect()
    }
}

/// A direct referral (rechtstreekse verwijzing): a right by law, recorded with the family's agreement and brought into the one plan.
#[Object(name = "DirectReferral")]
impl ReferralNode {
    /// Names it.
    async fn id(&self) -> ID {
        id(self.view.referral.value)
    }

    /// Of whom.
    async fn persons(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.persons)
    }

    /// In which capacity somebody referred.
    async fn by(&self) -> Referrer {
        self.view.by.into()
    }

    /// Who referred, when known.
    async fn who(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.who.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), REFERRAL_WORDS, kept)))
    }

    /// To which provider.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), REFERRAL_WORDS, &self.view.provider))
    }

    /// For which help, when known.
    async fn help(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view.help.as_ref();
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), REFERRAL_WORDS, kept)))
    }

    /// On which day somebody was referred, when known.
    async fn referred(&self) -> Option<Day> {
        self.view.referred.map(Day)
    }

    /// Who of the family agreed to record it.
    async fn agreed(&self) -> Vec<PersonNode> {
        persons(&self.case, &self.view.agreed)
    }

    /// The day on which they agreed.
    async fn on(&self) -> Day {
        Day(self.view.on)
    }

    /// Whether it was brought into the one plan.
    async fn planned(&self) -> bool {
        !self.in_plan().is_empty()
    }

    /// As which goals of the plan, as far as you may know them.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<GoalNode>> {
        let goals: Vec<_> = self.in_plan().into_iter().filter_map(goal).collect();
        Ok(plans::goals_named(&Session::of(ctx)?, &self.case, &goals))
    }

    /// As which actions of the plan, as far as you may know them.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionNode>> {
        let actions: Vec<_> = self.in_plan().into_iter().filter_map(action).collect();
        Ok(plans::actions_named(&Session::of(ctx)?, &self.case, &actions))
    }
}

const fn goal(item: Item) -> Option<domain::ids::GoalId> {
    match item {
        Item::Goal(goal) => Some(goal),
        Item::Action(_) => None,
    }
}

const fn action(item: Item) -> Option<domain::ids::ActionId> {
    match item {
        Item::Action(action) => Some(action),
        Item::Goal(_) => None,
    }
}
