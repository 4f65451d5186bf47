//! Mutations of duties: who is on call, who leads a team. They stand in the worker's own stream, not in a case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::fact::Organisation;
use domain::worker::WorkerCommand;

use super::super::duties::{DutyPayload, Named, on_duty};
use super::super::enums::Duty;
use super::super::input::Read;
use super::super::scalars::Day;

/// Gives a worker a duty.
#[derive(InputObject)]
pub struct AssignDutyInput {
    /// Names this intention: the same id has one effect and one answer, however often it is sent. Made for you when absent.
    command_id: Option<ID>,
    /// The worker.
    worker: ID,
    /// Which duty.
    duty: Duty,
    /// For which organisation, by its short name: of a worker on call the municipality.
    organisation: String,
    /// First day; today when absent.
    from: Option<Day>,
    /// Last day. Being on call always has one.
    until: Option<Day>,
}

/// Ends a worker's duty.
#[derive(InputObject)]
pub struct EndDutyInput {
    /// Names this intention: the same id has one effect and one answer, however often it is sent. Made for you when absent.
    command_id: Option<ID>,
    /// The worker.
    worker: ID,
    /// Which duty.
    duty: Duty,
    /// For which organisation, by its short name.
    organisation: String,
    /// Last day; today when absent.
    last_day: Option<Day>,
}

/// Duties of workers.
#[derive(Default)]
pub struct DutyMutation;

#[Object]
impl DutyMutation {
    /// Gives a worker a duty, for a time. Who is on call or trained as a family representative is said by somebody who leads a team of that organisation; who leads a team, by
    /// the operator. Nobody gives a duty to themself.
    async fn assign_duty(&self, ctx: &Context<'_>, input: AssignDutyInput) -> Result<DutyPayload> {
        on_duty(ctx, input.command_id.as_ref(), || {
            let duty = input.duty.into();
            let organisation: Organisation = input.organisation.read("organisation")?;
            let worker = input.worker.read("worker")?;
            let (from, until) = (input.from.map(|day| day.0), input.until.map(|day| day.0));
            let command = WorkerCommand::AssignDuty { duty, organisation: organisation.clone(), from, until };
            Ok((Named { worker, duty, organisation }, command))
        })
        .await
    }

    /// Ends a worker's duty before its agreed day, or one without such a day.
    async fn end_duty(&self, ctx: &Context<'_>, input: EndDutyInput) -> Result<DutyPayload> {
        on_duty(ctx, input.command_id.as_ref(), || {
            let duty = input.duty.into();
            let organisation: Organisation = input.organisation.read("organisation")?;
            let worker = input.worker.read("worker")?;
            let last_day = input.last_day.map(|day| day.0);
            let command = WorkerCommand::EndDuty { duty, organisation: organisation.clone(), last_day };
            Ok((Named { worker, duty, organisation }, command))
        })
        .await
    }
}
