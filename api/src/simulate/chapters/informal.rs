//! Informal support: a support family, a buddy, a volunteer at home; with its own life, from match to closing (rule 24; 003:998-1205).

use domain::informal::{EndedBy, InformalCommand, NewMatch, Support, SupportKind, SupportOutcome};
use domain::time::Timestamp;

use crate::simulate::dice::Dice;
use crate::simulate::shares::{self, Length};
use crate::simulate::story::{Given, Going, Plot, Scene, line, text};
use crate::simulate::words;

pub(super) fn support(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("informal");
    if plot.going == Going::Brief || !dice.falls(shares::INFORMAL) {
        return;
    }
    let (child, day) = (plot.family.children().start, plot.opens.day());
    let (kind, lasts) = kind(plot.family.age(child, day), &mut dice);
    let begins = plot.days_in(dice.between(25..=150), &mut dice);
    matched(plot, begins, (kind, child), &mut dice);
    let mut when = before(plot, begins, &mut dice);
    let days = dice.days(lasts);
    let ends = plot.later(when, days, &mut dice);
    // Looked at together every three months, which is the term.
    loop {
        when = plot.later(when, dice.between(80..=92), &mut dice);
        if when >= ends || when >= plot.closes {
            break;
        }
        told(plot, when, "support looked at", |scene, known| {
            Some(InformalCommand::ReviewSupport {
                support: known.id,
                took_part: vec![scene.person(0)?],
                outcome: SupportOutcome::GoesOn,
                words: text("Het kind kijkt ernaar uit.")?,
                next: None,
            })
        });
    }
    let in_touch = Some(dice.falls(shares::IN_TOUCH));
    told(plot, ends, "support ends", move |_, known| {
        let (support, ended_by) = (known.id, EndedBy::Together);
        Some(InformalCommand::EndSupport { support, last_day: None, ended_by, in_touch, words: None })
    });
}

/// A volunteer at home for the youngest, a buddy for who is older; a support family for both.
fn kind(age: u32, dice: &mut Dice) -> (SupportKind, Length) {
    match (dice.place(2), age < shares::BUDDY_FROM) {
        (0, _) => (SupportKind::SupportFamily, shares::SUPPORT_FAMILY),
        (_, true) => (SupportKind::HomeVisitor, shares::HOME_VISITS),
        (_, false) => (SupportKind::Buddy, shares::BUDDY),
    }
}

fn matched(plot: &mut Plot<'_>, when: Timestamp, (kind, child): (SupportKind, usize), dice: &mut Dice) {
    let (question, access) = (dice.word(words::SUPPORT), plot.home.access.clone());
    plot.at(when, "support matched", move |scene| {
        scene.open()?;
        let new = NewMatch {
            kind,
            persons: vec![scene.person(child)?, scene.person(0)?],
            volunteer: line("een vrijwilliger uit de buurt")?,
            organisation: line("vrijwilligerspunt"),
            question: text(question)?,
            tasks: text("Leuke dingen doen; geen huiswerk, geen vervoer."),
        };
        Some(Given::by(scene.in_charge(&access), InformalCommand::MatchSupport(Box::new(new))))
    });
}

/// What comes before the term: house rules, a certificate, a trial and what came of it. Gives the moment after.
fn before(plot: &mut Plot<'_>, begins: Timestamp, dice: &mut Dice) -> Timestamp {
    let mut when = plot.later(begins, dice.between(3..=14), dice);
    told(plot, when, "house rules", |scene, known| {
        let signed_by = vec![scene.person(0)?];
        Some(InformalCommand::SignSupportHouseRules { support: known.id, signed_by, rules: None })
    });
    when = plot.later(when, dice.between(1..=20), dice);
    told(plot, when, "certificate", |scene, known| {
        Some(InformalCommand::RecordSupportCertificate { support: known.id, issued: scene.day.minus_days(4) })
    });
    when = plot.later(when, dice.between(1..=7), dice);
    told(plot, when, "trial", |_, known| Some(InformalCommand::StartSupportTrial { support: known.id, until: None }));
    when = plot.later(when, dice.between(40..=55), dice);
    told(plot, when, "trial looked at", |_, known| {
        let words = text("Het klikt; vaste middag gekozen.")?;
        Some(InformalCommand::EvaluateSupportTrial { support: known.id, outcome: SupportOutcome::GoesOn, words })
    });
    when = plot.later(when, dice.between(1..=7), dice);
    told(plot, when, "term", |_, known| {
        Some(InformalCommand::AgreeSupportTerm { support: known.id, from: None, until: None, agreements: None })
    });
    when
}

/// Something of the support that goes on.
fn told<'r>(
    plot: &mut Plot<'r>,
    when: Timestamp,
    what: &'static str,
    tell: impl Fn(&Scene<'_>, &Support) -> Option<InformalCommand> + Send + Sync + 'r,
) {
    let access = plot.home.access.clone();
    plot.at(when, what, move |scene| {
        scene.open()?;
        let known = scene.state.informal.all().iter().find(|known| known.ended.is_none())?;
        Some(Given::by(scene.in_charge(&access), tell(scene, known)?))
    });
}
