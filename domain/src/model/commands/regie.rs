//! Who directs, who stands in, who is party to the case, and what goes back to the family.

use crate::case::{CaseCommand, CaseEvent};
use crate::consent::{ConsentEvent, ConsentKind};
use crate::model::scene::{Dice, Scene, WORKERS};
use crate::regie::tests::{TASKS, care, party};
use crate::regie::{Agreed, NewParty, RegieCommand, RegieTask};
use crate::testing::*;

pub(super) fn regie(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let whom = dice.worker();
    let command = match dice.below(20) {
        0..=3 => RegieCommand::JoinParty(joins(scene, dice)),
        4 => {
            let (party, last_day) =
                (NewParty { consents: Vec::new(), ..joins(scene, dice) }, scene.maybe_day(dice, 3, 30));
            RegieCommand::ReportPartyJoined { last_day, party, explanation: None }
        }
        5 => RegieCommand::LeaveParty {
            worker: there(scene, dice)?,
            last_day: scene.maybe_day(dice, 5, 20),
            reason: None,
        },
        6 => {
            let (can, cannot) = (text("een keer per week langs"), text("niet in het weekend"));
            RegieCommand::StateContribution { worker: there(scene, dice)?, can, cannot }
        }
        7 => {
            let (worker, expected_end) = (there(scene, dice)?, scene.day(dice, 0, 200));
            RegieCommand::ChangeExpectedEnd { worker, expected_end, reason: None }
        }
        8..=10 if scene.state().regie.director_on(scene.today()).is_none() || dice.once_in(6) => {
            RegieCommand::AssignCaseDirector {
                director: whom,
                organisation: care(),
                tasks: TASKS.to_vec(),
                agreed: vec![Agreed::Person(scene.parent(dice))],
                from: scene.maybe_day(dice, 10, 10),
            }
        }
        11 | 12 => {
            let deputy = scene.state().regie.deputy_on(scene.today()).is_some() && dice.once_in(2);
            if deputy && dice.once_in(2) {
                return Some(
                    RegieCommand::TellFamilyOfDeputy { deputy: whom, persons: vec![scene.parent(dice)] }.into(),
                );
            }
            if deputy {
                return Some(RegieCommand::EndDeputy { last_day: scene.maybe_day(dice, 3, 3) }.into());
            }
            RegieCommand::AppointDeputy {
                deputy: whom,
                organisation: care(),
                from: scene.maybe_day(dice, 5, 10),
                until: scene.day(dice, 0, 40),
                reason: text("ziek"),
            }
        }
        13 if dice.once_in(3) => {
            RegieCommand::EndDirectorship { last_day: scene.maybe_day(dice, 5, 10), reason: text("andere baan") }
        }
        14 if dice.once_in(2) => {
            let some = [RegieTask::Overview, RegieTask::Plan, RegieTask::Calm];
            let open = scene.state().regie.open_tasks(scene.today());
            let tasks = if dice.once_in(4) { dice.some_of(&some) } else { open };
            RegieCommand::HandBackRegie { tasks, to: scene.parent(dice), agreement: None }
        }
        _ => return handover(scene, dice),
    };
    Some(command.into())
}

/// Somebody who joined, whatever became of that.
fn there(scene: &Scene<'_>, dice: &mut Dice) -> Option<crate::ids::WorkerId> {
    let joined: Vec<_> = scene.state().regie.parties().iter().map(|party| party.worker).collect();
    dice.late_of(&joined)
}

/// Under every consent to join that was ever given: one that no longer stands must not carry anybody.
fn joins(scene: &Scene<'_>, dice: &mut Dice) -> NewParty {
    let whom = dice.one_of(&WORKERS);
    let consents = scene.told(|event| match event {
        CaseEvent::Consent(ConsentEvent::ConsentGranted {
            consent, kind: ConsentKind::Joining, recipients, ..
        }) if recipients.is_empty() || recipients.contains(&whom) => Some(*consent),
        _ => None,
    });
    let specialist = dice.once_in(3);
    NewParty {
        specialist,
        expected_end: specialist.then(|| scene.day(dice, 0, 200)),
        from: scene.maybe_day(dice, 10, 10),
        consents: if dice.once_in(2) { consents } else { dice.late_of(&consents).into_iter().collect() },
        ..party(whom)
    }
}

fn handover(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let regie = &scene.state().regie;
    let Some(open) = regie.open_handover() else {
        return Some(
            RegieCommand::OfferHandover {
                successor: dice.worker(),
                organisation: care(),
                planned: scene.day(dice, 0, 10),
                reason: text("andere baan"),
                summary: text("wat er speelt"),
                open_tasks: vec![line("bellen")],
            }
            .into(),
        );
    };
    let handover = open.id;
    let command = match dice.below(14) {
        0..=5 => RegieCommand::RecordFamilyWord {
            handover,
            person: scene.parent(dice),
            agrees: !dice.once_in(5),
            words: None,
            told_day: scene.day(dice, 5, 0),
        },
        6..=8 => RegieCommand::ReadHandoverSummary { handover },
        9..=12 => RegieCommand::AcceptHandover { handover },
        _ => RegieCommand::EndHandover { handover, reason: None },
    };
    Some(command.into())
}
