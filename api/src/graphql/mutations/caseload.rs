//! What somebody has seen of their cases: it stands in the worker's own stream, not in a case.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::decider::{DomainCommand as _, Order};
use domain::ids::CommandId;
use domain::worker::WorkerCommand;

use super::super::carry_out::on_worker;
use super::super::input::Read;
use super::super::opening::read_mark;
use super::super::session::Session;
use crate::gate::{Act, Operation, Refused, Target};
use crate::identity::Scope;

/// Says what you have seen of what is new in your cases.
#[derive(InputObject)]
pub struct MarkCaseloadSeenInput {
    /// Names this intention: the same id has one effect and one answer, however often it is sent. Made for you when absent.
    command_id: Option<ID>,
    /// Up to where: the `seenUpTo` of the page of `sinceLastLooked` that you have read.
    up_to: String,
}

/// The answer to what you said you have seen.
#[derive(SimpleObject)]
pub struct CaseloadSeenPayload {
    /// Whether anything of it had not been marked before.
    recorded: bool,
    /// Whether the command had been carried out before.
    repeated: bool,
}

/// What somebody has seen.
#[derive(Default)]
pub struct CaseloadMutation;

#[Object]
impl CaseloadMutation {
    /// Marks what is new in your cases as seen, up to the page that you have read. What was recorded meanwhile stays new.
    async fn mark_caseload_seen(&self, ctx: &Context<'_>, input: MarkCaseloadSeenInput) -> Result<CaseloadSeenPayload> {
        let session = Session::of(ctx)?;
        let command_id: Option<CommandId> =
            session.read(|| input.command_id.as_ref().map(|id| id.read("commandId")).transpose())?;
        // It is part of looking at one's own list; a token that may only look still changes nothing.
        if !session.caller().identity.may(Scope::Write) {
            return Err(session.refuse_code(Refused::SCOPE_MISSING));
        }
        let order = Order::now(WorkerCommand::MarkCaseloadSeen { cases: read_mark(&session, &input.up_to)? });
        let operation = Operation::doing(order.command.name(), Act::List);
        let me = session.caller().identity.actor.worker;
        let receipt = on_worker(&session, me, command_id, &order, operation, Target::Own, None).await?;
        Ok(CaseloadSeenPayload { recorded: receipt.effect.is_some(), repeated: receipt.repeated })
    }
}
