//! Mutations about workers who are kept out of a case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::exclusion::ExclusionCommand;

use super::super::carry_out::on_case;
use super::super::enums::ExclusionGround;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;

/// Keeps a worker out of the case.
#[derive(InputObject)]
pub struct ExcludeWorkerInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The worker.
    worker: ID,
    /// On which ground.
    ground: ExclusionGround,
    /// Why.
    reason: String,
}

/// Keeps a worker out no longer.
#[derive(InputObject)]
pub struct LiftExclusionInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The worker.
    worker: ID,
    /// Why.
    reason: String,
}

/// Who is kept out.
#[derive(Default)]
pub struct ExclusionMutation;

#[Object]
impl ExclusionMutation {
    /// Keeps a worker out of the case, whatever else they are to it, emergency included. It works at once.
    async fn exclude_worker(&self, ctx: &Context<'_>, input: ExcludeWorkerInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Exclusion(ExclusionCommand::ExcludeWorker {
                worker: input.worker.read("worker")?,
                ground: input.ground.into(),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }

    /// Keeps a worker out no longer. Somebody else does it than who excluded the worker.
    async fn lift_exclusion(&self, ctx: &Context<'_>, input: LiftExclusionInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Exclusion(ExclusionCommand::LiftExclusion {
                worker: input.worker.read("worker")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
