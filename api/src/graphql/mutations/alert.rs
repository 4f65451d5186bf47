//! Mutations of what the system proposes: a person answers. Nobody raises an alert or makes a proposal by hand: those have no mutation.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::alert::AlertCommand;
use domain::case::CaseCommand;

use super::super::carry_out::on_case;
use super::super::input::{ActInput, Read};
use super::super::payload::CasePayload;

/// Accepts a proposal.
#[derive(InputObject)]
pub struct AcceptProposalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The proposal.
    proposal: ID,
    /// More about it.
    words: Option<String>,
}

/// Dismisses a proposal.
#[derive(InputObject)]
pub struct DismissProposalInput {
    #[graphql(flatten)]
    act: ActInput,
    /// The proposal.
    proposal: ID,
    /// Why.
    reason: String,
}

/// Answers to proposals.
#[derive(Default)]
pub struct AlertMutation;

#[Object]
impl AlertMutation {
    /// Accepts what the system proposed. What it asks for is then done by its own act: ask the team, hear each apart, review.
    async fn accept_proposal(&self, ctx: &Context<'_>, input: AcceptProposalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Alert(AlertCommand::AcceptProposal {
                proposal: input.proposal.read("proposal")?,
                words: input.words.read("words")?,
            }))
        })
        .await
    }

    /// Dismisses what the system proposed, with a reason. It is not proposed again for the same cause.
    async fn dismiss_proposal(&self, ctx: &Context<'_>, input: DismissProposalInput) -> Result<CasePayload> {
        on_case(ctx, &input.act, || {
            Ok(CaseCommand::Alert(AlertCommand::DismissProposal {
                proposal: input.proposal.read("proposal")?,
                reason: input.reason.read("reason")?,
            }))
        })
        .await
    }
}
