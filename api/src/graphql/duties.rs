//! Duties of workers: from a mutation to the worker's own stream, through the gate.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::decider::{DomainCommand as _, Order};
use domain::fact::Organisation;
use domain::ids::{CommandId, Subject, WorkerId};
use domain::worker::{Duty, WorkerCommand};

use super::carry_out::on_worker;
use super::enums::Duty as DutyKind;
use super::input::Read;
use super::refusal::Refusal;
use super::session::Session;
use super::show::{EVERYONE, id, organisation};
use crate::gate::{Act, Field, Mandate, Operation, Target, Topic};

const DUTIES: Field = Field::new("worker.duties", Topic::Staff);

/// Whose duty, which, and for whom.
pub struct Named {
    /// The worker.
    pub worker: WorkerId,
    /// The duty.
    pub duty: Duty,
    /// For which organisation.
    pub organisation: Organisation,
}

/// A duty that a worker has today.
#[derive(SimpleObject)]
pub struct HeldDuty {
    /// Which.
    duty: DutyKind,
    /// For which organisation, by its short name.
    organisation: String,
}

/// The answer to a command about a duty.
pub struct DutyPayload {
    worker: WorkerId,
    held: Vec<(Duty, Organisation)>,
    mandate: Mandate,
    repeated: bool,
}

/// The answer to a command about a duty.
#[Object]
impl DutyPayload {
    /// The worker.
    async fn worker_id(&self) -> ID {
        id(self.worker)
    }

    /// The duties the worker has today for that organisation.
    async fn duties(&self) -> Vec<HeldDuty> {
        let held =
            |(duty, whose): &(Duty, Organisation)| HeldDuty { duty: (*duty).into(), organisation: organisation(whose) };
        let held: Vec<HeldDuty> = self.held.iter().map(held).collect();
        let seen = self.mandate.see_plain(&EVERYONE, DUTIES, &[Subject::Worker(self.worker)], held);
        seen.known().unwrap_or_default()
    }

    /// Whether the command had been carried out before.
    async fn repeated(&self) -> bool {
        self.repeated
    }
}

/// Runs a command about a worker's duty. Who may is for the policy to say: of being on call, or trained as a family representative, by who
/// leads a team there; of leading a team by who keeps the system running.
///
/// # Errors
/// The refusal, in words; nothing was recorded then.
pub async fn on_duty(
    ctx: &Context<'_>,
    command_id: Option<&ID>,
    command: impl FnOnce() -> Result<(Named, WorkerCommand), Refusal>,
) -> Result<DutyPayload> {
    let session = Session::of(ctx)?;
    let (command_id, named, command) = session.read(|| {
        let id: Option<CommandId> = command_id.map(|id| id.read("commandId")).transpose()?;
        let (named, command) = command()?;
        Ok((id, named, command))
    })?;
    let order = Order::now(command);
    // The duties of whoever asks were read before the operation began.
    let leads = session.caller().duties.contains(&(Duty::TeamLead, named.organisation.clone()));
    let (operation, target) = match named.duty {
        Duty::OnCall | Duty::FamilyRepresentative => (Act::AssignDuty, Target::Staff { leads }),
        Duty::TeamLead => (Act::AppointTeamLead, Target::Own),
    };
    let operation = Operation::doing(order.command.name(), operation);
    let holder = Some(&named.organisation);
    let receipt = on_worker(&session, named.worker, command_id, &order, operation, target, holder).await?;
    let mandate = session.judge(operation, target).map_err(|refused| session.refuse(refused))?;
    let held = receipt.loaded.history.state().duties_on(session.today());
    let held = held.filter(|(_, whose)| **whose == named.organisation);
    let held = held.map(|(duty, whose)| (duty, whose.clone())).collect();
    Ok(DutyPayload { worker: named.worker, held, mandate, repeated: receipt.repeated })
}
