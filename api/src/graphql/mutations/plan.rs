//! Mutations of the one plan and of the family's own plan first. Words of a goal or an action that may blame somebody are pointed at in the
//! answer; nothing is refused for its tone.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::case::CaseCommand;
use domain::ownplan::OwnPlanCommand;
use domain::plan::{Owner, PlanCommand, PlanRef, SaidBy};

use super::super::carry_out::on_case;
use super::super::enums::{ActionOutcome, EvaluationOutcome, PlanAnswer, PlanMaker};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::super::scalars::Day;

/// Who said something: one of these.
#[derive(OneofObject)]
pub enum SaidByInput {
    /// Somebody of the family or its network.
    Person(ID),
    /// A professional.
    Worker(ID),
}

impl Read<SaidBy> for SaidByInput {
    fn read(&self, field: &'static str) -> Result<SaidBy, Refusal> {
        Ok(match self {
            Self::Person(person) => SaidBy::Person(person.read(field)?),
            Self::Worker(worker) => SaidBy::Worker(worker.read(field)?),
        })
    }
}

/// Who does something: one of these.
#[derive(OneofObject)]
pub enum OwnerInput {
    /// Somebody of the family or its network.
    Person(ID),
    /// A professional.
    Worker(ID),
}

/// Nobody yet (nog niemand) when nothing is said.
pub(super) fn owner(given: Option<&OwnerInput>) -> Result<Owner, Refusal> {
    Ok(match given {
        None => Owner::Nobody,
        Some(OwnerInput::Person(person)) => Owner::Person(person.read("owner")?),
        Some(OwnerInput::Worker(worker)) => Owner::Worker(worker.read("owner")?),
    })
}

/// The plan of the family when no household is named.
fn plan(household: Option<&ID>) -> Result<PlanRef, Refusal> {
    place(household, false)
}

/// The same, or the layer of the children.
fn place(household: Option<&ID>, children: bool) -> Result<PlanRef, Refusal> {
    Ok(match household {
        None if children => PlanRef::Child,
        None => PlanRef::Family,
        Some(household) => PlanRef::Household(household.read("household")?),
    })
}

/// Proposes a goal.
#[derive(InputObject)]
pub struct ProposeGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// In the plan of which household; that of the family when absent.
    household: Option<ID>,
    /// In the layer of the children instead, once there is a plan per household.
    #[graphql(default)]
    children: bool,
    /// In the words of who proposes it.
    words: String,
    /// Who proposes it.
    proposed_by: SaidByInput,
    /// Whom it concerns: at least one. Who may know of it follows from that.
    concerns: Vec<ID>,
}

/// Says a goal in other words.
#[derive(InputObject)]
pub struct RewordGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// The words from now on.
    words: String,
    /// Who says it so.
    proposed_by: SaidByInput,
}

/// Records that a goal is reached.
#[derive(InputObject)]
pub struct ReachGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// Who of the family says so.
    said_by: ID,
    /// In their words.
    words: Option<String>,
}

/// Withdraws a goal.
#[derive(InputObject)]
pub struct WithdrawGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// More about it.
    words: Option<String>,
}

/// Takes up a goal again.
#[derive(InputObject)]
pub struct ResumeGoalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The goal.
    goal: ID,
    /// More about it.
    words: Option<String>,
}

/// Agrees an action.
#[derive(InputObject)]
pub struct AgreeActionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// In the plan of which household; that of the family when absent.
    household: Option<ID>,
    /// In the layer of the children instead, once there is a plan per household.
    #[graphql(default)]
    children: bool,
    /// What must happen.
    what: String,
    /// Who does it; nobody yet (nog niemand) when absent.
    owner: Option<OwnerInput>,
    /// By when.
    due: Option<Day>,
    /// For which goal.
    goal: Option<ID>,
    /// Whom it concerns: at least one. Who may know of it follows from that.
    concerns: Vec<ID>,
}

/// Says who owns an action from now on.
#[derive(InputObject)]
pub struct OwnActionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The action.
    action: ID,
    /// Who; nobody any more when absent.
    owner: Option<OwnerInput>,
}

/// Moves the day on which an action is due.
#[derive(InputObject)]
pub struct MoveActionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The action.
    action: ID,
    /// By when.
    due: Day,
    /// Why.
    reason: Option<String>,
}

/// Records that an action is over.
#[derive(InputObject)]
pub struct EndActionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The action.
    action: ID,
    /// How.
    outcome: ActionOutcome,
    /// More about it.
    words: Option<String>,
}

/// Offers the content of a plan as it stands now.
#[derive(InputObject)]
pub struct OfferPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The plan of which household; that of the family when absent.
    household: Option<ID>,
}

/// Records what somebody answered about a version.
#[derive(InputObject)]
pub struct AnswerPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The version.
    version: ID,
    /// Who.
    person: ID,
    /// What.
    answer: PlanAnswer,
    /// In their words: the reservation, or why not.
    words: Option<String>,
}

/// Makes a version the plan that is worked by.
#[derive(InputObject)]
pub struct ActivatePlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The version.
    version: ID,
    /// Why, although somebody did not endorse it.
    reason: Option<String>,
    /// The interest of the child, where somebody did not endorse it.
    interest: Option<String>,
}

/// Records that a plan was evaluated with the family.
#[derive(InputObject)]
pub struct EvaluatePlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The plan of which household; that of the family when absent.
    household: Option<ID>,
    /// Who of the family and network took part.
    #[graphql(default)]
    took_part: Vec<ID>,
    /// Which professionals took part.
    #[graphql(default)]
    workers: Vec<ID>,
    /// Which children were heard.
    #[graphql(default)]
    heard: Vec<ID>,
    /// What came out of it.
    outcome: EvaluationOutcome,
    /// In words.
    words: String,
    /// The last day for the next one; by the term when absent.
    next: Option<Day>,
}

/// Records that it was explained that the family may make a plan of its own.
#[derive(InputObject)]
pub struct ExplainOwnPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// To whom.
    parents: Vec<ID>,
}

/// Records that parents make a plan of their own.
#[derive(InputObject)]
pub struct TakeOwnPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who.
    parents: Vec<ID>,
    /// The day by which it is ready; by the term when absent.
    agreed: Option<Day>,
}

/// Records that parents presented the plan they made.
#[derive(InputObject)]
pub struct PresentOwnPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The plan.
    own_plan: ID,
    /// More about it.
    words: Option<String>,
}

/// Records that parents waived a plan of their own.
#[derive(InputObject)]
pub struct WaiveOwnPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Who.
    parents: Vec<ID>,
    /// Who makes the plan for help instead.
    maker: PlanMaker,
    /// Why, in their words.
    reason: Option<String>,
}

/// The one plan.
#[derive(Default)]
pub struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Proposes a goal, in the words of who proposes it. Words that may blame somebody come back with another way to say it.
    async fn propose_goal(&self, ctx: &Context<'_>, input: ProposeGoalInput) -> Result<CasePayload> {
        let done = on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::ProposeGoal {
                plan: place(input.household.as_ref(), input.children)?,
                words: input.words.read("words")?,
                proposed_by: input.proposed_by.read("proposedBy")?,
                concerns: input.concerns.read("concerns")?,
            }))
        })
        .await?;
        Ok(done.minding(&input.words))
    }

    /// Says a goal in other words. The earlier ones stay in its history.
    async fn reword_goal(&self, ctx: &Context<'_>, input: RewordGoalInput) -> Result<CasePayload> {
        let done = on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::RewordGoal {
                goal: input.goal.read("goal")?,
                words: input.words.read("words")?,
                proposed_by: input.proposed_by.read("proposedBy")?,
            }))
        })
        .await?;
        Ok(done.minding(&input.words))
    }

    /// Records that somebody of the family says a goal is reached: good enough is theirs to say.
    async fn reach_goal(&self, ctx: &Context<'_>, input: ReachGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::ReachGoal {
                goal: input.goal.read("goal")?,
                said_by: input.said_by.read("saidBy")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Withdraws a goal. That is neutral: it leaves the default view and never failed.
    async fn withdraw_goal(&self, ctx: &Context<'_>, input: WithdrawGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::WithdrawGoal {
                goal: input.goal.read("goal")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Takes up again a goal that was reached or withdrawn.
    async fn resume_goal(&self, ctx: &Context<'_>, input: ResumeGoalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::ResumeGoal {
                goal: input.goal.read("goal")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Agrees an action: what, who, by when. Nobody yet is possible and is listed as such.
    async fn agree_action(&self, ctx: &Context<'_>, input: AgreeActionInput) -> Result<CasePayload> {
        let done = on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::AgreeAction {
                plan: place(input.household.as_ref(), input.children)?,
                what: input.what.read("what")?,
                owner: owner(input.owner.as_ref())?,
                due: input.due.map(|day| day.0),
                goal: input.goal.read("goal")?,
                concerns: input.concerns.read("concerns")?,
            }))
        })
        .await?;
        Ok(done.minding(&input.what))
    }

    /// Says who owns an action from now on.
    async fn own_action(&self, ctx: &Context<'_>, input: OwnActionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::OwnAction {
                action: input.action.read("action")?,
                owner: owner(input.owner.as_ref())?,
            }))
        })
        .await
    }

    /// Moves the day on which an action is due.
    async fn move_action(&self, ctx: &Context<'_>, input: MoveActionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::MoveAction {
                action: input.action.read("action")?,
                due: input.due.0,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records that an action is over: done, tried without working out, or not needed any more. None of them blames anybody.
    async fn end_action(&self, ctx: &Context<'_>, input: EndActionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::EndAction {
                action: input.action.read("action")?,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Offers the content of a plan as it stands now: a version that each person answers for themself.
    async fn offer_plan(&self, ctx: &Context<'_>, input: OfferPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::OfferPlan { plan: plan(input.household.as_ref())? }))
        })
        .await
    }

    /// Records what somebody answered about a version: endorsed, with a reservation, refused, or no answer when asked.
    async fn answer_plan(&self, ctx: &Context<'_>, input: AnswerPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::AnswerPlan {
                version: input.version.read("version")?,
                person: input.person.read("person")?,
                answer: input.answer.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Makes a version the plan that is worked by. It needs a case director, and the endorsement of each parent with authority whom it
    /// concerns; or that they were asked, the director's reason and the interest of the child.
    async fn activate_plan(&self, ctx: &Context<'_>, input: ActivatePlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::ActivatePlan {
                version: input.version.read("version")?,
                reason: input.reason.read("reason")?,
                interest: input.interest.read("interest")?,
            }))
        })
        .await
    }

    /// Records that a plan was evaluated with the family, and by when the next one is.
    async fn evaluate_plan(&self, ctx: &Context<'_>, input: EvaluatePlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Plan(PlanCommand::EvaluatePlan {
                plan: plan(input.household.as_ref())?,
                took_part: input.took_part.read("tookPart")?,
                workers: input.workers.read("workers")?,
                heard: input.heard.read("heard")?,
                outcome: input.outcome.into(),
                words: input.words.read("words")?,
                next: input.next.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records that it was explained to parents that they may make a plan of their own first (familiegroepsplan).
    async fn explain_own_plan(&self, ctx: &Context<'_>, input: ExplainOwnPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::OwnPlan(OwnPlanCommand::ExplainOwnPlan { parents: input.parents.read("parents")? }))
        })
        .await
    }

    /// Records that parents make a plan of their own, ready by an agreed day. That of one parent binds only the own household.
    async fn take_own_plan(&self, ctx: &Context<'_>, input: TakeOwnPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::OwnPlan(OwnPlanCommand::TakeOwnPlan {
                parents: input.parents.read("parents")?,
                agreed: input.agreed.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records that parents presented the plan they made.
    async fn present_own_plan(&self, ctx: &Context<'_>, input: PresentOwnPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::OwnPlan(OwnPlanCommand::PresentOwnPlan {
                own_plan: input.own_plan.read("ownPlan")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that parents waived a plan of their own. Terms run for a provider or certified institution that makes one instead.
    async fn waive_own_plan(&self, ctx: &Context<'_>, input: WaiveOwnPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::OwnPlan(OwnPlanCommand::WaiveOwnPlan {
                parents: input.parents.read("parents")?,
                maker: input.maker.into(),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
