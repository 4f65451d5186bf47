//! How a case ends, and begins again (rules 4 and 25).

use domain::life::{LifeCommand, Outcome, Phase};
use domain::regie::RegieCommand;

use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, text};

/// Regie goes back to the family, and the case is closed.
pub(super) fn closing(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("closing");
    let outcome = outcome(plot.going, &mut dice);
    let when = plot.closes;
    plot.whenever(when, "handed back", |scene| {
        scene.open()?;
        let tasks = scene.state.regie.open_tasks(scene.day);
        if tasks.is_empty() {
            return None;
        }
        let command = RegieCommand::HandBackRegie { tasks, to: scene.person(0)?, agreement: None };
        Some(Given::by(scene.as_director()?, command))
    });
    let when = plot.later(when, 0, &mut dice);
    let access = plot.home.access.clone();
    plot.whenever(when, "closing", move |scene| {
        scene.open()?;
        let done = scene.director().is_none() || scene.state.regie.open_tasks(scene.day).is_empty();
        let command = LifeCommand::CloseCase { outcome, explanation: None };
        done.then(|| Given::by(scene.in_charge(&access), command))
    });
}

fn outcome(going: Going, dice: &mut Dice) -> Outcome {
    if going == Going::Brief {
        let brief = [Outcome::NoHelpNeeded, Outcome::Reassured];
        return brief.get(dice.weighted(shares::BRIEF_OUTCOMES.of)).copied().unwrap_or(Outcome::Reassured);
    }
    let all = [Outcome::GoodEnough, Outcome::NoHelpNeeded, Outcome::Reassured, Outcome::Moved, Outcome::EndedByFamily];
    all.get(dice.weighted(shares::OUTCOMES.of)).copied().unwrap_or(Outcome::GoodEnough)
}

/// The case is opened again, when it was closed.
pub(in crate::simulate) fn reopening(plot: &mut Plot<'_>) {
    let access = plot.home.access.clone();
    plot.at(plot.opens, "again", move |scene| {
        let closed = matches!(scene.state.life.phase, Phase::Closed(_));
        let reason = text("Na een half jaar loopt het weer vast; het gezin belde zelf.")?;
        closed.then(|| Given::by(access.actor(), LifeCommand::ReopenCase { reason }))
    });
}
