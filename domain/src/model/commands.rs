//! Random commands over all rooms of the case, plausible for where it stands. What makes no sense at all is thrown too, now and then: a
//! person nobody knows, what is over already, somebody who may not.

#![expect(
    clippy::unnecessary_wraps,
    reason = "what throws a command throws nothing where there is nothing to speak of"
)]

mod family;
mod help;
mod kept;
mod plans;
mod regie;
mod safe;
mod said;
mod team;
mod together;
mod track;

pub(super) use family::all_consents;

use super::scene::{ANJA, Dice, HUGO, Scene};
use crate::case::CaseCommand;
use crate::consent::ConsentCommand;
use crate::divorce::{DivorceCommand, SatCommand};
use crate::emergency::EmergencyCommand;
use crate::exclusion::ExclusionCommand;
use crate::fact::{Actor, Role};
use crate::ids::{ReviewId, WorkerId};
use crate::life::Phase;
use crate::protection::ProtectionCommand;
use crate::regie::RegieCommand;
use crate::safety::SafetyCommand;
use crate::testing::{NOOR, actor, organisation};

type Throw = fn(&Scene<'_>, &mut Dice) -> Option<CaseCommand>;

/// How often each is thrown.
const ROOMS: [(usize, Throw); 24] = [
    (2, family::life),
    (4, family::people),
    (4, family::households),
    (5, family::protection),
    (3, family::law),
    (7, family::consent),
    (8, regie::regie),
    (14, plans::plans),
    (9, plans::topology),
    (2, plans::coordinators),
    (2, plans::own_plan),
    (9, track::episode),
    (6, track::conflict),
    (6, track::dons),
    (7, team::sat),
    (9, safe::safety),
    (5, together::conferences),
    (4, together::crisis),
    (4, together::steps),
    (8, said::said),
    (9, help::help),
    (2, help::informal),
    (7, kept::alerts),
    (5, kept::corrections),
];

/// A command, and who gives it. Nothing where there is nothing yet to speak of.
pub(super) fn throw(scene: &Scene<'_>, dice: &mut Dice) -> Option<(Actor, CaseCommand)> {
    let command = (0..4).find_map(|_| command(scene, dice))?;
    Some((who(scene, &command, dice), command))
}

fn command(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    match scene.state().life.phase {
        Phase::Absent => return Some(family::open()),
        Phase::Closed(_) if dice.once_in(3) => return Some(family::reopen()),
        Phase::Closed(_) | Phase::Open(_) => {}
    }
    if family::is_emergency(scene) && dice.once_in(3) {
        return family::emergency(scene, dice).map(Into::into);
    }
    let all: usize = ROOMS.iter().map(|(often, _)| often).sum();
    let mut thrown = dice.below(all);
    for (often, room) in ROOMS {
        if thrown < often {
            return room(scene, dice);
        }
        thrown -= often;
    }
    None
}

/// Mostly somebody who may: else hardly any walk would come far.
fn who(scene: &Scene<'_>, command: &CaseCommand, dice: &mut Dice) -> Actor {
    let by_itself = matches!(command, CaseCommand::Alert(it) if it.is_of_the_system());
    if by_itself != dice.once_in(60) {
        return Actor { organisation: organisation("rustpunt"), ..actor(ANJA, Role::System) };
    }
    if dice.once_in(12) {
        return actor(dice.worker(), dice.one_of(&Role::ALL));
    }
    let (worker, role) = fitting(scene, command, dice);
    actor(worker, role)
}

fn fitting(scene: &Scene<'_>, command: &CaseCommand, dice: &mut Dice) -> (WorkerId, Role) {
    let regie = &scene.state().regie;
    match command {
        CaseCommand::Divorce(DivorceCommand::Sat(command)) => of_team(scene, command).unwrap_or_else(|| leads(scene)),
        CaseCommand::Regie(RegieCommand::ReadHandoverSummary { .. } | RegieCommand::AcceptHandover { .. }) => {
            let successor = regie.handovers().last().map(|handover| handover.successor);
            successor.map_or((ANJA, Role::Supporter), |worker| (worker, Role::CaseDirector))
        }
        CaseCommand::Consent(ConsentCommand::ConfirmWithdrawalNotice { notice }) => {
            let receiver = scene.state().consents.notice(*notice).map(|notice| notice.receiver);
            receiver.map_or_else(|| leads(scene), |worker| (worker, Role::Supporter))
        }
        CaseCommand::Protection(ProtectionCommand::ConfirmLifting { .. })
        | CaseCommand::Safety(SafetyCommand::ClearSafetyLane { .. })
        | CaseCommand::Exclusion(ExclusionCommand::LiftExclusion { .. })
        | CaseCommand::Emergency(EmergencyCommand::ReviewEmergencyAccess { .. }) => (dice.worker(), Role::CaseDirector),
        _ => leads(scene),
    }
}

/// Who directs; without anybody, who works at the access desk.
fn leads(scene: &Scene<'_>) -> (WorkerId, Role) {
    let director = scene.state().regie.director_on(scene.today()).map(|held| held.worker);
    director.map_or((NOOR, Role::AccessWorker), |worker| (worker, Role::CaseDirector))
}

fn of_team(scene: &Scene<'_>, command: &SatCommand) -> Option<(WorkerId, Role)> {
    let accepted = |review: ReviewId| {
        let accepted = scene.state().divorce.sat_review(review)?.accepted.as_ref()?;
        Some((accepted.advisor, Role::SatAdvisor))
    };
    match command {
        SatCommand::AcceptSat { .. } => Some((HUGO, Role::SatAdvisor)),
        SatCommand::SayNotMe { review, .. } => accepted(*review).or(Some((HUGO, Role::SatAdvisor))),
        SatCommand::GiveSatAdvice(advice) => accepted(advice.review),
        SatCommand::AnswerSatAdvice { review, .. } => {
            let asked = scene.state().divorce.sat_review(*review)?;
            Some((asked.asked_by, Role::CaseDirector))
        }
        _ => None,
    }
}
