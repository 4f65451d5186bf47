//! Mutations of what goes with one plan becoming two: advice, vision, answers, wishes, minimal shared agreements, what may be shared, and
//! joining the plans again.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::divorce::{
    DivorceCommand, Held, JoinAssign, NewAgreement, Shareable, SplitAssign, SplitTo, TopologyCommand,
};
use domain::plan::{Item, PlanCommand};
use domain::text::Text;

use super::super::carry_out::on_case;
use super::super::enums::{GoalHandling, GoalSubject, TwoPlansAnswer, TwoPlansWish};
use super::super::input::{ActInput, Read, said_true};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;

/// A goal or an action: one of these.
#[derive(OneofObject)]
pub enum AssignedItemInput {
    /// A goal.
    Goal(ID),
    /// An action.
    Action(ID),
}

impl Read<Item> for AssignedItemInput {
    fn read(&self, _field: &'static str) -> Result<Item, Refusal> {
        Ok(match self {
            Self::Goal(goal) => Item::Goal(goal.read("goal")?),
            Self::Action(action) => Item::Action(action.read("action")?),
        })
    }
}

/// A minimal shared agreement: one topic and one channel.
#[derive(InputObject)]
pub struct NewSharedAgreementInput {
    /// About what.
    topic: String,
    /// By which way the households tell each other.
    channel: String,
    /// Whom it binds: grown-ups of at least two households.
    between: Vec<ID>,
}

impl Read<NewAgreement> for NewSharedAgreementInput {
    fn read(&self, _field: &'static str) -> Result<NewAgreement, Refusal> {
        Ok(NewAgreement {
            topic: self.topic.read("topic")?,
            channel: self.channel.read("channel")?,
            between: self.between.read("between")?,
        })
    }
}

/// That something is closed, in neutral words.
#[derive(InputObject)]
pub struct ClosedInput {
    /// More about it.
    words: Option<String>,
}

/// Where a goal or action goes when the plans go apart: one of these.
#[derive(OneofObject)]
pub enum SplitPlaceInput {
    /// To the plan of this household.
    Household(ID),
    /// To the layer of the children, for both households: say true.
    Children(bool),
    /// It becomes a minimal shared agreement.
    Agreement(NewSharedAgreementInput),
    /// It is closed, in neutral words.
    Closed(ClosedInput),
}

/// A goal or action with where it goes.
#[derive(InputObject)]
pub struct SplitAssignmentInput {
    /// Which.
    item: AssignedItemInput,
    /// Where to.
    to: SplitPlaceInput,
}

impl Read<SplitAssign> for SplitAssignmentInput {
    fn read(&self, _field: &'static str) -> Result<SplitAssign, Refusal> {
        let to = match &self.to {
            SplitPlaceInput::Household(household) => SplitTo::Household(household.read("household")?),
            SplitPlaceInput::Children(said) => said_true(*said, "children").map(|()| SplitTo::Child)?,
            SplitPlaceInput::Agreement(agreement) => SplitTo::Agreement(agreement.read("agreement")?),
            SplitPlaceInput::Closed(closed) => SplitTo::Closed(closed.words.read("words")?),
        };
        Ok(SplitAssign { item: self.item.read("item")?, to })
    }
}

/// A goal, an action or a minimal shared agreement that came from none: one of these.
#[derive(OneofObject)]
pub enum HeldItemInput {
    /// A goal.
    Goal(ID),
    /// An action.
    Action(ID),
    /// A minimal shared agreement.
    Agreement(ID),
}

/// What becomes of a goal, an action or an agreement when the plans are joined.
#[derive(InputObject)]
pub struct JoinAssignmentInput {
    /// Which.
    item: HeldItemInput,
    /// Leave it out to let it go on in the one plan. Else it is closed, in neutral words.
    closed: Option<ClosedInput>,
}

impl Read<JoinAssign> for JoinAssignmentInput {
    fn read(&self, _field: &'static str) -> Result<JoinAssign, Refusal> {
        let item = match &self.item {
            HeldItemInput::Goal(goal) => Held::Goal(goal.read("goal")?),
            HeldItemInput::Action(action) => Held::Action(action.read("action")?),
            HeldItemInput::Agreement(agreement) => Held::Agreement(agreement.read("agreement")?),
        };
        let words = |closed: &ClosedInput| -> Result<Option<Text>, Refusal> { closed.words.read("words") };
        Ok(JoinAssign { item, closed: self.closed.as_ref().map(words).transpose()? })
    }
}

/// What can be marked as safe to share: one of these.
#[derive(OneofObject)]
pub enum ShareableInput {
    /// The name of this worker, who directs or stands in.
    Director(ID),
    /// A goal in the layer of the children.
    Goal(ID),
    /// An action in the layer of the children.
    Action(ID),
    /// A minimal shared agreement.
    Agreement(ID),
}

impl Read<Shareable> for ShareableInput {
    fn read(&self, _field: &'static str) -> Result<Shareable, Refusal> {
        Ok(match self {
            Self::Director(worker) => Shareable::Director(worker.read("worker")?),
            Self::Goal(goal) => Shareable::Goal(goal.read("goal")?),
            Self::Action(action) => Shareable::Action(action.read("action")?),
            Self::Agreement(agreement) => Shareable::Agreement(agreement.read("agreement")?),
        })
    }
}

/// Records that two plans were advised.
#[derive(InputObject)]
pub struct AdviseTwoPlansInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The question to the divorce advice team (SAT) that it rests on.
    sat_request: Option<ID>,
    /// The advice.
    words: String,
}

/// Records that the vision was shared with somebody.
#[derive(InputObject)]
pub struct ShareVisionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// With whom: a parent or a child, each apart.
    person: ID,
    /// What that person said, in their words.
    said: Option<String>,
    /// What it did to them.
    effect: Option<String>,
}

/// Records what a parent answered to the offer of two plans.
#[derive(InputObject)]
pub struct AnswerTwoPlansInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which parent.
    person: ID,
    /// What.
    answer: TwoPlansAnswer,
    /// In their words.
    words: Option<String>,
}

/// Records that a parent wishes two plans, or no longer.
#[derive(InputObject)]
pub struct WishTwoPlansInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which parent.
    person: ID,
    /// What.
    wish: TwoPlansWish,
    /// In their words.
    words: Option<String>,
}

/// Lets the professionals work with a plan per household while a parent declines.
#[derive(InputObject)]
pub struct WorkWithTwoPlansInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why, in your words.
    reason: String,
    /// The households that get a plan for the professionals: at least two.
    households: Vec<ID>,
}

/// Joins the plans again.
#[derive(InputObject)]
pub struct JoinPlansInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Why, in your words.
    reason: String,
    /// The parents who agree: each of them, unless the professionals alone worked with two plans.
    #[graphql(default)]
    agreed: Vec<ID>,
    /// What becomes of each goal and action that runs, and of each agreement that came from none.
    #[graphql(default)]
    assignment: Vec<JoinAssignmentInput>,
}

/// Makes a minimal shared agreement.
#[derive(InputObject)]
pub struct MakeSharedAgreementInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What is agreed.
    agreement: NewSharedAgreementInput,
}

/// Records that a minimal shared agreement ended.
#[derive(InputObject)]
pub struct EndSharedAgreementInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The agreement.
    agreement: ID,
    /// More about it.
    words: Option<String>,
}

/// Marks something as safe to share.
#[derive(InputObject)]
pub struct MarkSafeToShareInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What.
    what: ShareableInput,
}

/// Takes the mark away.
#[derive(InputObject)]
pub struct RevokeSafeToShareInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What.
    what: ShareableInput,
    /// Why.
    reason: Option<String>,
}

/// Chooses what a goal is about.
#[derive(InputObject)]
pub struct ChooseGoalSubjectInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// About what.
    subject: GoalSubject,
    /// What becomes of it when it cannot be asked of somebody.
    handling: Option<GoalHandling>,
}

fn divorce(command: TopologyCommand) -> CaseCommand {
    CaseCommand::Divorce(DivorceCommand::from(command))
}

/// From one plan to two, and back.
#[derive(Default)]
pub struct TwoPlansMutation;

#[Object]
impl TwoPlansMutation {
    /// Records that two plans were advised. Advised, never imposed.
    async fn advise_two_plans(&self, ctx: &Context<'_>, input: AdviseTwoPlansInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            let review = input.sat_request.read("satRequest")?;
            Ok(divorce(TopologyCommand::AdviseTwoPlans { review, words: input.words.read("words")? }))
        })
        .await
    }

    /// Records that the vision of two households, two plans was shared with somebody. As often as it needs to sink in.
    async fn share_vision(&self, ctx: &Context<'_>, input: ShareVisionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::ShareVision {
                person: input.person.read("person")?,
                said: input.said.read("said")?,
                effect: input.effect.read("effect")?,
            }))
        })
        .await
    }

    /// Records what a parent answered to the offer of two plans. A no stays in view beside a later yes; the offer stays open.
    async fn answer_two_plans(&self, ctx: &Context<'_>, input: AnswerTwoPlansInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::AnswerTwoPlans {
                person: input.person.read("person")?,
                answer: input.answer.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a parent wishes two plans, or wishes them no longer.
    async fn wish_two_plans(&self, ctx: &Context<'_>, input: WishTwoPlansInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::WishTwoPlans {
                person: input.person.read("person")?,
                wish: input.wish.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Lets the professionals work with a plan per household while a parent declines. The family keeps its plan, and that parent stays
    /// invited.
    async fn work_with_two_plans(&self, ctx: &Context<'_>, input: WorkWithTwoPlansInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::WorkWithTwoPlans {
                reason: input.reason.read("reason")?,
                households: input.households.read("households")?,
            }))
        })
        .await
    }

    /// Joins the plans again: one plan for the family. Each goal, action and agreement that runs goes back into it or is closed.
    async fn join_plans(&self, ctx: &Context<'_>, input: JoinPlansInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::JoinPlans {
                reason: input.reason.read("reason")?,
                agreed: input.agreed.read("agreed")?,
                assignment: input.assignment.read("assignment")?,
            }))
        })
        .await
    }

    /// Makes a minimal shared agreement between households: one topic, one channel.
    async fn make_shared_agreement(&self, ctx: &Context<'_>, input: MakeSharedAgreementInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::MakeSharedAgreement { agreement: input.agreement.read("agreement")? }))
        })
        .await
    }

    /// Records that a minimal shared agreement ended.
    async fn end_shared_agreement(&self, ctx: &Context<'_>, input: EndSharedAgreementInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::EndSharedAgreement {
                agreement: input.agreement.read("agreement")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Marks something as safe to share: you looked, and it gives away nobody who must not be found. Whoever changes it takes the mark
    /// away, until you look again.
    async fn mark_safe_to_share(&self, ctx: &Context<'_>, input: MarkSafeToShareInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || Ok(divorce(TopologyCommand::MarkSafeToShare { what: input.what.read("what")? })))
            .await
    }

    /// Takes that mark away: it counts as giving somebody away again.
    async fn revoke_safe_to_share(&self, ctx: &Context<'_>, input: RevokeSafeToShareInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::RevokeSafeToShare {
                what: input.what.read("what")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Chooses what a goal is about. One about the other parent, or about contact before there is rest, is pointed at: say it otherwise, keep
    /// it as a wish, or look at it as safety. Nothing is refused for it.
    async fn choose_goal_subject(&self, ctx: &Context<'_>, input: ChooseGoalSubjectInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::ChooseGoalSubject {
                goal: input.goal.read("goal")?,
                subject: input.subject.into(),
                handling: input.handling.map(Into::into),
            }))
        })
        .await
    }
}
