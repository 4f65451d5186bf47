//! Conflict between parents who live apart: how they are parents beside each other, and how each experiences it, assessed over time on the
//! ladder of Glasl; flare-ups, energy, calm, and that it comes to rest (R10; 004:6240-6353, 7064-7068).

use domain::conflict::{
    ConflictCommand, EnergyPercent, GlaslPhase, GlaslStage, Medium, NewReaction, NewStage, ParentingForm, RestKind,
};
use domain::ids::ConflictId;
use domain::time::Timestamp;

use crate::demo::staff::StaffMember;
use crate::simulate::dice::Dice;
use crate::simulate::hours;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

/// Somebody says how the parents are parents beside each other.
pub(super) fn form(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("form");
    let Some(form) = plot.parenting() else { return };
    if plot.going == Going::Brief || !dice.falls(shares::FORM_ASSESSED) {
        return;
    }
    let (when, basis) = (plot.days_in(dice.between(15..=70), &mut dice), dice.word(words::FORMS));
    let access = plot.home.access.clone();
    plot.at(when, "form of parenthood", move |scene| {
        scene.open()?;
        let parents = vec![scene.person(0)?, scene.person(1)?];
        let command = ConflictCommand::AssessParentingForm { parents, form, basis: text(basis)?, by: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// A conflict of the parents, from when it is named until it rests, or the case is closed.
pub(super) fn conflict(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("conflict");
    let Some(form) = plot.parenting() else { return };
    let (named, begins) = match form {
        ParentingForm::Conflict => (true, dice.between(4..=7)),
        ParentingForm::Parallel => (dice.falls(shares::PARALLEL_CONFLICT), dice.between(2..=5)),
        ParentingForm::Cooperative => (dice.falls(shares::COOPERATIVE_CONFLICT), dice.between(1..=3)),
    };
    if plot.going == Going::Brief || !named {
        return;
    }
    let (mut when, about) = (plot.days_in(dice.between(12..=45), &mut dice), dice.word(words::CONFLICTS));
    let access = plot.home.access.clone();
    plot.at(when, "conflict named", move |scene| {
        scene.open()?;
        if latest(scene).is_some() {
            return None;
        }
        let between = vec![scene.person(0)?, scene.person(1)?];
        let command = ConflictCommand::NameConflict { between, about: text(about)? };
        Some(Given::by(scene.in_charge(&access), command))
    });
    let days = dice.days(shares::RESTS);
    let rests = plot.later(when, days, &mut dice);
    let other = dice.between(0..=2);
    when = plot.later(when, 0, &mut dice);
    let first = when;
    while when < plot.closes.min(rests).min(hours::end()) {
        // It comes down as time goes, and goes up again now and then.
        let down = hours::days_between(first, when) * 4 / (days + 1);
        let up = dice.between(0..=1);
        let stages = [begins, begins.saturating_sub(other)].map(|stage| stage.saturating_sub(down) + up);
        assessed(plot, when, stages, &mut dice);
        between_assessments(plot, when, down, &mut dice);
        let anew = dice.days(shares::ASSESSED_ANEW);
        when = plot.later(when, anew, &mut dice);
    }
    let access = plot.home.access.clone();
    plot.at(rests, "conflict rests", move |scene| {
        scene.open()?;
        let reason = text("Al een tijd geen berichten over en weer; de wissel gaat vanzelf.")?;
        let command = ConflictCommand::RestConflict { conflict: latest(scene)?, kind: RestKind::Resting, reason };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

fn latest(scene: &Scene<'_>) -> Option<ConflictId> {
    scene.state.conflicts.all().last().map(|conflict| conflict.id)
}

/// Each parent apart, with what was seen or heard.
fn assessed(plot: &mut Plot<'_>, when: Timestamp, stages: [u64; 2], dice: &mut Dice) {
    let seen = stages.map(|stage| {
        let number = u8::try_from(stage.clamp(1, 9)).unwrap_or(GlaslStage::LOWEST);
        let stage = GlaslStage::new(number).ok();
        let words = match stage.map(GlaslStage::phase) {
            Some(GlaslPhase::SafetyFirst) => words::SEEN_SAFETY,
            Some(GlaslPhase::HelpFromOutside) => words::SEEN_OUTSIDE,
            _ => words::SEEN_TOGETHER,
        };
        (stage, dice.word(words))
    });
    let access = plot.home.access.clone();
    plot.at(when, "glasl", move |scene| {
        scene.open()?;
        let of = |place: usize, (stage, words): (Option<GlaslStage>, &str)| {
            Some(NewStage { person: scene.person(place)?, stage, observations: text(words)? })
        };
        let experienced = (0..).zip(seen).map(|(place, seen)| of(place, seen)).collect::<Option<_>>()?;
        let command = ConflictCommand::AssessConflict { conflict: latest(scene)?, experienced, by: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// What is told of it until the next assessment.
fn between_assessments(plot: &mut Plot<'_>, from: Timestamp, down: u64, dice: &mut Dice) {
    let access = plot.home.access.clone();
    if dice.falls(shares::FLARE_UP) {
        flare_up(plot, from, access.clone(), dice);
    }
    if dice.falls(shares::ENERGY_TOLD) {
        let (when, parent) = (plot.later(from, dice.between(2..=40), dice), dice.place(2));
        let less = down * 15 + dice.between(0..=10);
        let percent = u64::from(shares::ENERGY.of_hundred).saturating_sub(less);
        let by = access.clone();
        plot.at(when, "energy", move |scene| {
            scene.open()?;
            let percent = EnergyPercent::new(u8::try_from(percent).ok()?).ok()?;
            let (conflict, person) = (latest(scene)?, scene.person(parent)?);
            let command = ConflictCommand::ReportConflictEnergy { conflict, person, percent };
            Some(Given::by(scene.in_charge(&by), command))
        });
    }
    if dice.falls(shares::CALM_TOLD) {
        let (when, parent) = (plot.later(from, dice.between(20..=60), dice), dice.place(2));
        let (lasted, words) = (dice.between(7..=30), dice.word(words::CALM));
        plot.at(when, "calm", move |scene| {
            scene.open()?;
            let command = ConflictCommand::ReportCalmPeriod {
                person: scene.person(parent)?,
                conflict: Some(latest(scene)?),
                from: scene.day.minus_days(lasted),
                until: None,
                words: text(words),
            };
            Some(Given::by(scene.in_charge(&access), command))
        });
    }
}

fn flare_up(plot: &mut Plot<'_>, from: Timestamp, access: StaffMember, dice: &mut Dice) {
    let (when, teller) = (plot.later(from, dice.between(3..=50), dice), dice.place(3));
    let mediums = [Medium::App, Medium::App, Medium::FaceToFace, Medium::Telephone, Medium::ThroughChildren];
    let medium = mediums.get(dice.place(mediums.len())).copied().unwrap_or(Medium::App);
    let (trigger, acts) = (dice.word(words::TRIGGERS), dice.word(words::REACTIONS));
    plot.at(when, "flare-up", move |scene| {
        scene.open()?;
        // A parent told it, or somebody else saw it.
        let told_by = if teller < 2 { Some(scene.person(teller)?) } else { None };
        let reactions = vec![NewReaction { person: scene.person(teller % 2)?, acts: text(acts)? }];
        let (conflict, trigger) = (latest(scene)?, text(trigger)?);
        let command = ConflictCommand::RecordFlareUp { conflict, medium, trigger, reactions, told_by };
        Some(Given::by(scene.in_charge(&access), command))
    });
}
