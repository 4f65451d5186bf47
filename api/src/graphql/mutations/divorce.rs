//! Mutations of the divorce of a family: one plan or a plan per household, and who coordinates each.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::divorce::{CoordinatorCommand, DivorceCommand, TopologyCommand};

use super::super::carry_out::on_case;
use super::super::enums::SplitGround;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;
use super::super::scalars::Day;
use super::two_plans::SplitAssignmentInput;

/// Goes from one plan to a plan per household.
#[derive(InputObject)]
pub struct SplitPlanPerHouseholdInput {
    #[graphql(flatten)]
    act: ActInput,
    /// On what it rests.
    ground: SplitGround,
    /// Why, in your words.
    reason: String,
    /// The households that get a plan of their own: at least two.
    households: Vec<ID>,
    /// The parents who say now that they wish it, besides those who said so before. When both wish it: all of them.
    #[graphql(default)]
    wishes: Vec<ID>,
    /// Where each goal and action goes that runs in the plan of the family: each once, none left out.
    #[graphql(default)]
    assignment: Vec<SplitAssignmentInput>,
    /// The question to the divorce advice team (SAT) that it rests on.
    sat_request: Option<ID>,
}

/// Appoints the coordinator of a household's plan.
#[derive(InputObject)]
pub struct AppointPlanCoordinatorInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// The coordinator.
    worker: ID,
    /// For which organisation, by its short name.
    organisation: String,
    /// First day; today when absent.
    from: Option<Day>,
    /// Last day, when agreed.
    until: Option<Day>,
}

/// Records that the coordinator of a household's plan stopped.
#[derive(InputObject)]
pub struct EndPlanCoordinatorInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The household.
    household: ID,
    /// The coordinator.
    worker: ID,
    /// Last day; today when absent.
    last_day: Option<Day>,
    /// Why.
    reason: String,
}

fn divorce(command: impl Into<DivorceCommand>) -> CaseCommand {
    CaseCommand::Divorce(command.into())
}

/// The divorce of a family.
#[derive(Default)]
pub struct DivorceMutation;

#[Object]
impl DivorceMutation {
    /// Goes from one plan for the family to a plan for each household. Advised, never imposed: it takes the case director, a reason and
    /// one ground. In the same act each goal and action that runs goes to one household, to the layer of the children, into a minimal
    /// shared agreement, or is closed; the plan of the family can be read from then on and no longer acted in.
    async fn split_plan_per_household(
        &self,
        ctx: &Context<'_>,
        input: SplitPlanPerHouseholdInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(TopologyCommand::SplitPlanPerHousehold {
                ground: input.ground.into(),
                reason: input.reason.read("reason")?,
                households: input.households.read("households")?,
                wishes: input.wishes.read("wishes")?,
                assignment: input.assignment.read("assignment")?,
                review: input.sat_request.read("satRequest")?,
            }))
        })
        .await
    }

    /// Appoints the coordinator of a household's plan: one per household. The case director stays the one over the whole case. The
    /// coordinator sees the children and the own household, and nothing of the other household.
    async fn appoint_plan_coordinator(
        &self,
        ctx: &Context<'_>,
        input: AppointPlanCoordinatorInput,
    ) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(CoordinatorCommand::AppointPlanCoordinator {
                household: input.household.read("household")?,
                worker: input.worker.read("worker")?,
                organisation: input.organisation.read("organisation")?,
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
            }))
        })
        .await
    }

    /// Records that the coordinator of a household's plan stopped.
    async fn end_plan_coordinator(&self, ctx: &Context<'_>, input: EndPlanCoordinatorInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(divorce(CoordinatorCommand::EndPlanCoordinator {
                household: input.household.read("household")?,
                worker: input.worker.read("worker")?,
                last_day: input.last_day.map(|day| day.0),
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
