//! What the system does by itself, what people answer, and what turns out to be a mistake.

use crate::alert::tests::command as owed;
use crate::alert::{AlertCommand, pending};
use crate::case::{CaseCommand, CaseEvent};
use crate::correction::{CorrectedContent, CorrectionCommand, CorrectionEvent};
use crate::ids::EventId;
use crate::model::scene::{Dice, Scene};
use crate::testing::*;

pub(super) fn alerts(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let proposals: Vec<_> = scene.state().alerts.proposals().iter().map(|one| one.id).collect();
    if let Some(proposal) = dice.late_of(&proposals).filter(|_| dice.once_in(4)) {
        let accepts = dice.once_in(2);
        return Some(
            if accepts {
                AlertCommand::AcceptProposal { proposal, words: None }
            } else {
                AlertCommand::DismissProposal { proposal, reason: text("niet nodig") }
            }
            .into(),
        );
    }
    let pending = pending(scene.history(), scene.world.now, scene.world.terms());
    // What is not owed yet is asked for as well: it must lead to nothing.
    let come = pending.iter().filter(|one| one.at <= scene.world.now).count();
    let which = if dice.once_in(10) { pending.len() } else { come };
    (which > 0).then(|| owed(&pending[dice.below(which)].next).into())
}

fn any(scene: &Scene<'_>, dice: &mut Dice) -> Option<EventId> {
    // The first facts carry everything: struck out, little would be left.
    let later: Vec<_> = scene.history().facts().iter().skip(20).map(|fact| fact.id).collect();
    dice.any_of(&later)
}

pub(super) fn corrections(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let (target, reason) = (any(scene, dice)?, text("vergissing"));
    let set_aside =
        scene.facts(|fact| matches!(fact.event, CaseEvent::Correction(CorrectionEvent::MisplacedFactSetAside { .. })));
    let command = match dice.below(9) {
        0..=3 => CorrectionCommand::StrikeOut { target, reason },
        4 | 5 => {
            let content = content(scene, dice);
            CorrectionCommand::Correct { target, reason, occurred: None, content }
        }
        6 => CorrectionCommand::SetAside { targets: vec![target], reason },
        _ => CorrectionCommand::BringBack { set_aside: vec![dice.late_of(&set_aside)?], reason },
    };
    Some(command.into())
}

fn content(scene: &Scene<'_>, dice: &mut Dice) -> CorrectedContent {
    let from = scene.day(dice, 20, 5);
    match dice.below(7) {
        0 => CorrectedContent::Membership { from, until: scene.maybe_day(dice, 0, 30) },
        1 => CorrectedContent::Party { from, expected_end: None },
        2 => CorrectedContent::Director { from },
        3 => CorrectedContent::LastDay { last_day: from },
        4 => CorrectedContent::Explanation(text("zo ging het")),
        _ => CorrectedContent::Words(text("zo was het gezegd")),
    }
}
