//! Safety: screening, signals and the steps of their lanes, who is told later, and clearing.

use crate::case::{CaseCommand, CaseEvent};
use crate::ids::LaneId;
use crate::model::scene::{Dice, Scene, TESS};
use crate::safety::tests as lane;
use crate::safety::{SafetyCommand, SafetyEvent, ScreeningOutcome, ToldLaterGround};
use crate::testing::*;

pub(super) fn safety(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let lanes: Vec<_> = scene.state().safety.lanes().iter().map(|lane| lane.id).collect();
    let open = scene.state().safety.lane_open_on(scene.today()).map(|lane| lane.id);
    let known = if dice.once_in(8) { dice.any_of(&lanes) } else { open };
    if dice.once_in(3) {
        return Some(screened(scene, dice).into());
    }
    let Some(known) = known else {
        // Seldom: while a lane is open nothing joint goes on, and the walk would stay there.
        let silent = scene
            .told(|event| matches!(event, CaseEvent::Safety(SafetyEvent::SafetySignalRecorded { .. })).then_some(()))
            .len();
        return (silent < 4 && dice.once_in(3)).then(|| lane::signal(&[scene.person(dice), scene.child(dice)]).into());
    };
    step(scene, known, dice).map(Into::into)
}

fn screened(scene: &Scene<'_>, dice: &mut Dice) -> SafetyCommand {
    let all: Vec<_> = scene.parents().into_iter().chain(scene.children()).collect();
    let signals = dice.once_in(15);
    let outcome = if signals { ScreeningOutcome::Signal } else { ScreeningOutcome::NoSignal };
    lane::screen(dice.any_of(&all).unwrap_or(crate::model::scene::ILSE), outcome)
}

fn step(scene: &Scene<'_>, lane: LaneId, dice: &mut Dice) -> Option<SafetyCommand> {
    let person = scene.person(dice);
    let later = scene.told(|event| match event {
        CaseEvent::Safety(SafetyEvent::ToldLaterDecided { told_later, .. }) => Some(*told_later),
        _ => None,
    });
    let told_later = dice.late_of(&later);
    let lane_now = scene.state().safety.lane(lane)?;
    if lane_now.weighed.is_empty() && !dice.once_in(4) {
        return Some(lane::weigh(lane));
    }
    Some(match dice.below(20) {
        0 => lane::map(lane),
        1 => lane::consult(lane),
        2 => lane::judge(lane, person, !dice.once_in(3)),
        3 => lane::talk(lane, person),
        4 => lane::weigh(lane),
        5 => lane::decide_on(lane, dice.once_in(2)),
        6 => lane::report(lane, dice.once_in(2)),
        7 => SafetyCommand::RecordVeiligThuisAnswer {
            lane,
            established: scene.day(dice, 3, 0),
            source: line("brief"),
            words: text("geen verder onderzoek nodig"),
        },
        8..=10 => SafetyCommand::DecideToTellLater {
            lane,
            person,
            ground: ToldLaterGround::ChildsInterest,
            decided_by: None,
            consulted: TESS,
            review: scene.day(dice, 0, 30),
            words: text("eerst een veilige plek"),
        },
        11 => SafetyCommand::ReviewTellingLater {
            told_later: told_later?,
            by: None,
            review: scene.day(dice, 0, 30),
            words: text("nog niet veilig"),
        },
        12 => lane::told(told_later?),
        _ => lane::clear(lane),
    })
}
