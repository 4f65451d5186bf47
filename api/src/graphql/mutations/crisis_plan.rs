//! Mutations of the crisis plan.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::case::CaseCommand;
use domain::crisisplan::{CrisisPlanCommand, NewCrisisAction, NewCrisisPlan};

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read, each};
use super::super::payload::CasePayload;
use super::super::refusal::Refusal;
use super::plan::{OwnerInput, owner};

/// What somebody does when things go wrong.
#[derive(InputObject)]
pub struct CrisisActionInput {
    /// What.
    what: String,
    /// Who does it; nobody yet (nog niemand) when absent: then the plan is incomplete.
    owner: Option<OwnerInput>,
}

/// Writes the crisis plan.
#[derive(InputObject)]
pub struct WriteCrisisPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// Of which children.
    children: Vec<ID>,
    /// What shows that it begins.
    signs: Option<String>,
    /// Who does what, in order: at least one.
    actions: Vec<CrisisActionInput>,
}

/// Records that the crisis plan was looked at.
#[derive(InputObject)]
pub struct ReviewCrisisPlanInput {
    #[graphql(flatten)]
    act: ActInput,
    /// What was found.
    words: Option<String>,
}

fn action(given: &CrisisActionInput) -> Result<NewCrisisAction, Refusal> {
    Ok(NewCrisisAction { what: given.what.read("what")?, owner: owner(given.owner.as_ref())? })
}

/// The crisis plan.
#[derive(Default)]
pub struct CrisisPlanMutation;

#[Object]
impl CrisisPlanMutation {
    /// Writes the crisis plan, for the first time or anew: it takes the place of the earlier one. An action without an owner makes it
    /// incomplete.
    async fn write_crisis_plan(&self, ctx: &Context<'_>, input: WriteCrisisPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::CrisisPlan(CrisisPlanCommand::WriteCrisisPlan(Box::new(NewCrisisPlan {
                children: input.children.read("children")?,
                signs: input.signs.read("signs")?,
                actions: each("actions", &input.actions, action)?,
            }))))
        })
        .await
    }

    /// Records that the crisis plan was looked at and still holds. What changed is written anew.
    async fn review_crisis_plan(&self, ctx: &Context<'_>, input: ReviewCrisisPlanInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::CrisisPlan(CrisisPlanCommand::ReviewCrisisPlan { words: input.words.read("words")? }))
        })
        .await
    }
}
