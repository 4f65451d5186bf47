//! Mutations of help as it runs at a provider, and of its extensions.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::trajectory::{NewTrajectory, TrajectoryCommand};

use super::super::carry_out::on_case;
use super::super::enums::{ExtensionAdvice, ExtensionOutcome, ReviewRole, TrajectoryEnding};
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;

/// Records that help of a provider began.
#[derive(InputObject)]
pub struct StartTrajectoryInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Which product.
    product: String,
    /// By which provider.
    provider: String,
    /// For whom.
    persons: Vec<ID>,
    /// For which goals of the plan. Goals that are told later count as changed when an extension is asked.
    #[graphql(default)]
    goals: Vec<ID>,
    /// Which professional gives it, when known.
    worker: Option<ID>,
    /// The first day; the day it happened when absent.
    from: Option<Day>,
    /// The agreed last day, when there is one.
    until: Option<Day>,
    /// Whether it may harm, so that it needs a justification.
    #[graphql(default)]
    may_harm: bool,
}

/// Records that help of a provider serves other goals from now on.
#[derive(InputObject)]
pub struct SetTrajectoryGoalsInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// The goals of the plan, all of them.
    goals: Vec<ID>,
    /// Why these.
    words: Option<String>,
}

/// Records that a provider asks to extend its help.
#[derive(InputObject)]
pub struct AskExtensionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// Until when.
    until: Day,
    /// Why.
    reason: String,
}

/// Records the view of a role on an extension.
#[derive(InputObject)]
pub struct GiveExtensionViewInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The extension.
    extension: ID,
    /// Which role.
    role: ReviewRole,
    /// Who spoke for it.
    worker: ID,
    /// What it advises.
    advice: ExtensionAdvice,
    /// Why.
    view: String,
}

/// Records what the college decided on an extension.
#[derive(InputObject)]
pub struct DecideExtensionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The extension.
    extension: ID,
    /// What.
    outcome: ExtensionOutcome,
    /// Until when help goes on, when granted; as asked when absent.
    until: Option<Day>,
    /// Why.
    reason: String,
    /// Who decided.
    decided_by: String,
}

/// Records that somebody of the family objected to the decision on an extension.
#[derive(InputObject)]
pub struct ObjectToExtensionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The extension.
    extension: ID,
    /// Who.
    person: ID,
    /// In their words.
    words: Option<String>,
}

/// Records that help of a provider ended.
#[derive(InputObject)]
pub struct EndTrajectoryInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The trajectory.
    trajectory: ID,
    /// The last day; the day it happened when absent.
    last_day: Option<Day>,
    /// How.
    how: TrajectoryEnding,
    /// More about it.
    words: Option<String>,
}

/// Help as it runs at a provider.
#[derive(Default)]
pub struct TrajectoryMutation;

#[Object]
impl TrajectoryMutation {
    /// Records that help of a provider began: which product, for whom, for which goals, from when until when.
    async fn start_trajectory(&self, ctx: &Context<'_>, input: StartTrajectoryInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::StartTrajectory(Box::new(NewTrajectory {
                product: input.product.read("product")?,
                provider: input.provider.read("provider")?,
                persons: input.persons.read("persons")?,
                goals: input.goals.read("goals")?,
                worker: input.worker.read("worker")?,
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                may_harm: input.may_harm,
            }))))
        })
        .await
    }

    /// Records that help of a provider serves other goals of the plan from now on. Nobody can rewrite which it served before.
    async fn set_trajectory_goals(&self, ctx: &Context<'_>, input: SetTrajectoryGoalsInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::SetTrajectoryGoals {
                trajectory: input.trajectory.read("trajectory")?,
                goals: input.goals.read("goals")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that a provider asks to extend its help. When its goals changed since it began, three roles review it under a pseudonym.
    async fn ask_extension(&self, ctx: &Context<'_>, input: AskExtensionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::AskExtension {
                trajectory: input.trajectory.read("trajectory")?,
                until: input.until.0,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Records the view of a role on an extension: core team, contract manager or legal adviser.
    async fn give_extension_view(&self, ctx: &Context<'_>, input: GiveExtensionViewInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::GiveExtensionView {
                extension: input.extension.read("extension")?,
                role: input.role.into(),
                worker: input.worker.read("worker")?,
                advice: input.advice.into(),
                view: input.view.read("view")?,
            }))
        })
        .await
    }

    /// Records what the college decided on an extension. Objection is open for its term.
    async fn decide_extension(&self, ctx: &Context<'_>, input: DecideExtensionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::DecideExtension {
                extension: input.extension.read("extension")?,
                outcome: input.outcome.into(),
                until: input.until.map(|day| day.0),
                reason: input.reason.read("reason")?,
                decided_by: input.decided_by.read("decidedBy")?,
            }))
        })
        .await
    }

    /// Records that somebody of the family objected to the decision on an extension. The college may then decide again.
    async fn object_to_extension(&self, ctx: &Context<'_>, input: ObjectToExtensionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::ObjectToExtension {
                extension: input.extension.read("extension")?,
                person: input.person.read("person")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Records that help of a provider ended. None of the ways it ends blames anybody.
    async fn end_trajectory(&self, ctx: &Context<'_>, input: EndTrajectoryInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Trajectory(TrajectoryCommand::EndTrajectory {
                trajectory: input.trajectory.read("trajectory")?,
                last_day: input.last_day.map(|day| day.0),
                how: input.how.into(),
                words: input.words.read("words")?,
            }))
        })
        .await
    }
}
