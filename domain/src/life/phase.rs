//! Where a case stands, and what may be asked then. Acts need an open case; what happened can always be recorded (rule 0).

use super::{CASE_ALREADY_OPENED, CASE_NOT_CLOSED, CASE_NOT_OPEN, CASE_UNKNOWN, LifeCommand};
use crate::case::{CaseCommand, CaseState};
use crate::regie::RegieCommand;
use crate::rejection::Rejection;
use crate::time::CivilDay;

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// Nothing recorded.
    #[default]
    Absent,
    /// Open since that day.
    Open(CivilDay),
    /// Closed on that day.
    Closed(CivilDay),
}

/// Whether the case is in a phase in which this may be asked.
pub(crate) fn check_open(state: &CaseState, command: &CaseCommand) -> Result<(), Rejection> {
    let opening = matches!(command, CaseCommand::Life(LifeCommand::OpenCase { .. }));
    let reopening = matches!(command, CaseCommand::Life(LifeCommand::ReopenCase { .. }));
    match state.life.phase {
        Phase::Absent if opening => Ok(()),
        Phase::Absent => Err(Rejection::new(CASE_UNKNOWN)),
        Phase::Open(since) | Phase::Closed(since) if opening => {
            Err(Rejection::new(CASE_ALREADY_OPENED).with("since", since))
        }
        Phase::Open(since) if reopening => Err(Rejection::new(CASE_NOT_CLOSED).with("since", since)),
        Phase::Closed(since) if !reopening && is_act(command) => {
            Err(Rejection::new(CASE_NOT_OPEN).with("closed", since))
        }
        Phase::Open(_) | Phase::Closed(_) => Ok(()),
    }
}

/// Whether this creates rights or duties for users of the system. All else is a report, or guards somebody: withdrawing a consent
/// or a share, protecting locating data, keeping a worker out, correcting, an emergency access, a crisis card.
pub(crate) fn is_act(command: &CaseCommand) -> bool {
    match command {
        CaseCommand::Life(command) => {
            !matches!(command, LifeCommand::ReportDeparture { .. } | LifeCommand::ChangeAudience { .. })
        }
        CaseCommand::Regie(command) => !matches!(
            command,
            RegieCommand::ReportPartyJoined { .. }
                | RegieCommand::LeaveParty { .. }
                | RegieCommand::StateContribution { .. }
                | RegieCommand::RecordFamilyWord { .. }
                | RegieCommand::EndDeputy { .. }
                | RegieCommand::TellFamilyOfDeputy { .. }
                | RegieCommand::EndDirectorship { .. }
        ),
        CaseCommand::Divorce(command) => command.is_act(),
        CaseCommand::Sharing(command) => command.is_act(),
        CaseCommand::Plan(command) => command.is_act(),
        CaseCommand::Framework(command) => command.is_act(),
        CaseCommand::Safety(command) => command.is_act(),
        CaseCommand::Ret(command) => command.is_act(),
        CaseCommand::Consent(_)
        | CaseCommand::People(_)
        | CaseCommand::Households(_)
        | CaseCommand::Protection(_)
        | CaseCommand::Correction(_)
        | CaseCommand::Exclusion(_)
        | CaseCommand::Representation(_)
        | CaseCommand::Emergency(_)
        | CaseCommand::Crisis(_)
        | CaseCommand::OwnPlan(_)
        | CaseCommand::Contact(_)
        | CaseCommand::Voice(_)
        | CaseCommand::Statement(_)
        | CaseCommand::Request(_)
        | CaseCommand::Conflict(_)
        | CaseCommand::Service(_)
        | CaseCommand::Ruling(_)
        | CaseCommand::Assessment(_)
        | CaseCommand::Reference(_)
        | CaseCommand::Informal(_)
        | CaseCommand::Conference(_)
        | CaseCommand::Reflection(_)
        | CaseCommand::School(_)
        | CaseCommand::Trajectory(_)
        | CaseCommand::Weighing(_)
        | CaseCommand::Application(_)
        | CaseCommand::Referral(_)
        | CaseCommand::Steps(_)
        | CaseCommand::CrisisPlan(_)
        | CaseCommand::Alert(_) => false,
    }
}
