//! What a court ruled: about contact and residence after a divorce, and the supervision order behind a measure.

use domain::life::LegalFramework;
use domain::people::Source;
use domain::ruling::{NewRuling, RulingCommand, RulingDates, RulingKind};

use super::opening;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, line, text};
use crate::simulate::words;

/// A ruling between parents who live apart, its days, and its end.
pub(super) fn rulings(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("ruling");
    if !plot.family.apart || plot.going == Going::Brief || !dice.falls(shares::RULING) {
        return;
    }
    let (kind, scope) = match dice.weighted(shares::RULING_KINDS.of) {
        0 => (RulingKind::Contact, dice.word(words::RULED_CONTACT)),
        1 => (RulingKind::Residence, dice.word(words::RULED_RESIDENCE)),
        _ => (RulingKind::InformationRule, dice.word(words::RULED_INFORMATION)),
    };
    let when = plot.some_time(&mut dice);
    let (ago, number) = (dice.between(3..=30), dice.between(1_000..=9_999));
    let child = plot.family.children().start;
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(when, "ruling", move |scene| {
        scene.open()?;
        let pronounced = scene.day.minus_days(ago);
        let ruling = NewRuling {
            person: scene.person(child)?,
            others: vec![scene.person(0)?, scene.person(1)?],
            kind,
            scope: text(scope)?,
            channel: text("Per mail; bij spoed een bericht."),
            reference: line(&format!("FA RK {number}")),
            in_place: None,
            pronounced: Some(pronounced),
            dates: RulingDates {
                sent: Some(scene.day.minus_days(ago / 2)),
                in_force: Some(pronounced),
                ..RulingDates::default()
            },
            source: Source::Court,
            replaces: None,
            authority: None,
        };
        Some(Given::by(scene.in_charge(&by), RulingCommand::RecordRuling(Box::new(ruling))))
    });
    if dice.falls(shares::FINAL) {
        // Three months to appeal.
        let told = plot.later(when, dice.between(92..=120), &mut dice);
        let by = access.clone();
        plot.at(told, "ruling final", move |scene| {
            scene.open()?;
            let ruling = scene.state.rulings.all().iter().find(|ruling| ruling.kind.known() == Some(&kind))?;
            let final_on = Some(ruling.pronounced?.plus_days(92));
            let (ruling, dates) = (ruling.id, RulingDates { final_on, ..RulingDates::default() });
            Some(Given::by(scene.in_charge(&by), RulingCommand::RecordRulingDates { ruling, dates }))
        });
    }
    if dice.falls(shares::RULING_ENDED) {
        let ends = plot.later(when, dice.between(90..=300), &mut dice);
        plot.at(ends, "ruling ends", move |scene| {
            scene.open()?;
            let mut rulings = scene.state.rulings.all().iter();
            let ruling = rulings.find(|ruling| ruling.kind.known() == Some(&kind) && ruling.ended.is_none())?.id;
            let reason = text("De ouders regelen het voortaan zelf.");
            Some(Given::by(scene.in_charge(&access), RulingCommand::EndRuling { ruling, last_day: None, reason }))
        });
    }
}

/// The order behind a case that opened on a measure.
pub(super) fn order(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("order");
    if opening::framework(plot) != LegalFramework::Compulsory || !dice.falls(shares::ORDER) {
        return;
    }
    let when = plot.days_in(dice.between(10..=20), &mut dice);
    let ago = dice.between(11..=40);
    let (child, scope) = (plot.family.children().start, dice.word(words::RULED_ORDER));
    let access = plot.home.access.clone();
    plot.at(when, "order", move |scene| {
        scene.open()?;
        let pronounced = scene.day.minus_days(ago);
        let ruling = NewRuling {
            person: scene.person(child)?,
            others: Vec::new(),
            kind: RulingKind::Ots,
            scope: text(scope)?,
            channel: None,
            reference: None,
            in_place: None,
            pronounced: Some(pronounced),
            dates: RulingDates {
                sent: Some(pronounced),
                in_force: Some(pronounced),
                final_on: None,
                until: Some(pronounced.plus_days(364)),
            },
            source: Source::Court,
            replaces: None,
            authority: None,
        };
        Some(Given::by(scene.in_charge(&access), RulingCommand::RecordRuling(Box::new(ruling))))
    });
}
