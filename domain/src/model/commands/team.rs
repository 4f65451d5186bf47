//! The divorce advice team: asked, accepted, *not me*, advised, answered, in other ways, ended.

use crate::case::CaseCommand;
use crate::divorce::{NewSatAdvice, SatCommand, SatEnd, SatMode, SatScope, SatTrack};
use crate::ids::{ReviewId, Revision};
use crate::model::scene::{Dice, Scene, TEAM};
use crate::testing::*;

fn ask(scene: &Scene<'_>, dice: &mut Dice) -> SatCommand {
    let persons = scene.parents().into_iter().chain(scene.children()).collect::<Vec<_>>();
    let mut named = dice.some_of(&persons);
    named.push(scene.parent(dice));
    let scope = if dice.once_in(3) { SatScope::Anonymous } else { SatScope::Named(named) };
    SatCommand::RequestSat { team: organisation(TEAM), question: text("welk spoor past hier"), scope }
}

/// Mostly as the case stands; also as it stood before the advisor could see anything, and as nobody could have seen it yet.
fn position(scene: &Scene<'_>, dice: &mut Dice) -> Option<Revision> {
    let facts = scene.history().facts();
    match dice.below(5) {
        0 => None,
        1 => Some(facts[dice.below(facts.len())].revision),
        2 => scene.history().revision().map(Revision::next),
        _ => scene.history().revision(),
    }
}

fn advise(scene: &Scene<'_>, review: ReviewId, dice: &mut Dice) -> SatCommand {
    let (recommended, words) = (Some(SatTrack::PlanPerHousehold), text("blijf bij dit spoor"));
    let position = position(scene, dice);
    SatCommand::GiveSatAdvice(Box::new(NewSatAdvice { review, position, recommended, conditions: vec![], words }))
}

pub(super) fn sat(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let reviews = scene.state().divorce.sat_reviews();
    let all: Vec<_> = reviews.iter().map(|review| review.id).collect();
    let Some(review) = dice.late_of(&all).filter(|_| !dice.once_in(6)) else {
        return Some(ask(scene, dice).into());
    };
    let known = reviews.iter().find(|known| known.id == review)?;
    if known.accepted.is_none() && !dice.once_in(4) {
        return Some(SatCommand::AcceptSat { review }.into());
    }
    let advices: Vec<_> = known.advices.iter().map(|advice| advice.id).collect();
    let helps = known.modes.iter().any(|held| held.period.holds_on(scene.today()));
    let command = match if helps && dice.once_in(2) { 10 } else { dice.below(14) } {
        0 => SatCommand::AcceptSat { review },
        1 => SatCommand::SayNotMe { review, reason: None },
        2..=5 => advise(scene, review, dice),
        6..=8 => {
            let follows = dice.once_in(2);
            let reason = (!follows).then(|| text("eerst rust"));
            SatCommand::AnswerSatAdvice { review, advice: dice.late_of(&advices)?, follows, reason }
        }
        9 | 11 | 12 if !known.anonymous || dice.once_in(4) => SatCommand::AgreeSatMode {
            review,
            mode: dice.one_of(&[SatMode::Intervention, SatMode::DirectContact]),
            from: None,
            until: Some(scene.day(dice, 0, 60)),
            persons: if dice.once_in(2) { known.scope.clone() } else { vec![scene.parent(dice)] },
        },
        10 if !known.modes.is_empty() || dice.once_in(4) => {
            SatCommand::EndSatMode { review, last_day: scene.maybe_day(dice, 5, 0), reason: None }
        }
        _ if dice.once_in(2) => SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None },
        _ => return None,
    };
    Some(command.into())
}
