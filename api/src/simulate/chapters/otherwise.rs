//! What happens in few cases: protection, a crisis card, a worker kept out, somebody represented, a mistake, a rule not followed.

use domain::case::CaseEvent;
use domain::correction::{CorrectedContent, CorrectionCommand};
use domain::crisis::{CrisisCommand, NewCard};
use domain::exclusion::{ExclusionCommand, ExclusionGround};
use domain::life::LifeCommand;
use domain::people::{PeopleEvent, Source};
use domain::protection::ProtectionCommand;
use domain::representation::{RepresentationCommand, RepresentativeKind};
use domain::text::Name;

use crate::simulate::shares;
use crate::simulate::story::{Given, Plot, text};
use crate::simulate::words;

/// The locating data of a parent are protected; some protections are lifted, by two.
pub(super) fn protection(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("protection");
    if !plot.family.apart || !dice.falls(shares::PROTECTED) {
        return;
    }
    let mut when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(when, "protected", move |scene| {
        let person = scene.person(0)?;
        let free = scene.state.protection.guard(person).is_none();
        let households = scene.state.households.households_of(person, scene.day);
        let reason = text("Voelt zich niet veilig als bekend is waar zij verblijft.")?;
        let command = ProtectionCommand::ProtectLocatingData { person, households, reason };
        free.then(|| Given::by(scene.in_charge(&by), command))
    });
    if !dice.falls(shares::LIFTED) {
        return;
    }
    when = plot.later(when, dice.between(60..=300), &mut dice);
    plot.at(when, "lifting proposed", move |scene| {
        let person = scene.person(0)?;
        let free = scene.state.protection.guard(person)?.proposed_by.is_none();
        let agreed = text("Het is rustig sinds het voorjaar; zij wil het zelf zo.")?;
        let command = ProtectionCommand::ProposeLifting { person, agreed };
        free.then(|| Given::by(scene.in_charge(&access), command))
    });
    when = plot.later(when, dice.between(1..=7), &mut dice);
    let lead = plot.home.lead.clone();
    plot.at(when, "lifted", move |scene| {
        let person = scene.person(0)?;
        scene.state.protection.guard(person)?.proposed_by.as_ref()?;
        Some(Given::by(lead.actor(), ProtectionCommand::ConfirmLifting { person }))
    });
}

/// Somebody speaks for a parent.
pub(super) fn representative(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("representative");
    let Some((worker, _)) = plot.supporters(1, &mut dice).pop() else { return };
    if !dice.falls(shares::REPRESENTED) {
        return;
    }
    let worker = worker.clone();
    let when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "representative", move |scene| {
        let command = RepresentationCommand::NameRepresentative {
            person: scene.person(0)?,
            worker: worker.worker(),
            organisation: worker.organisation.clone(),
            kind: RepresentativeKind::Proxy,
            from: scene.day,
            until: None,
            source: Source::Statement,
        };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// A child's name was written down wrong.
pub(super) fn correction(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("correction");
    if !dice.falls(shares::CORRECTED) {
        return;
    }
    let child = plot.family.children().start;
    let member = plot.family.members.get(child);
    let (surname, girl) = member
        .map_or(("", false), |child| (child.name.split_once(' ').map_or("", |(_, surname)| surname), child.woman));
    let right = plot.family.new_name(surname, girl, &mut dice);
    let (when, why) = (plot.some_time(&mut dice), dice.word(words::MISTAKES));
    let access = plot.home.access.clone();
    plot.at(when, "correction", move |scene| {
        let person = scene.person(child)?;
        let added = scene.history.facts().iter().find(|fact| {
            matches!(&fact.event, CaseEvent::People(PeopleEvent::PersonAdded { person: added, .. }) if *added == person)
        })?;
        let command = CorrectionCommand::Correct {
            target: added.id,
            reason: text(why)?,
            occurred: None,
            content: CorrectedContent::Name(Name::new(&right).ok()?),
        };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// A worker who knows the family stays out.
pub(super) fn kept_out(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("kept out");
    let Some((worker, _)) = plot.supporters(1, &mut dice).pop() else { return };
    if !dice.falls(shares::EXCLUDED) {
        return;
    }
    let worker = worker.worker();
    let when = plot.days_in(dice.between(1..=20), &mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "kept out", move |scene| {
        let free = !scene.state.exclusions.is_excluded(worker);
        let (ground, reason) = (ExclusionGround::Neighbour, text("Woont bij het gezin om de hoek.")?);
        let command = ExclusionCommand::ExcludeWorker { worker, ground, reason };
        free.then(|| Given::by(scene.in_charge(&access), command))
    });
}

/// What somebody on call must know.
pub(super) fn crisis_card(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("crisis card");
    if !dice.falls(shares::CRISIS_CARD) {
        return;
    }
    let child = plot.family.children().start;
    let when = plot.some_time(&mut dice);
    let days = dice.between(60..=150);
    let access = plot.home.access.clone();
    plot.at(when, "crisis card", move |scene| {
        let child = scene.person(child)?;
        if scene.state.people.age_on(child, scene.day)? >= scene.terms.consent_ages.adult() {
            return None;
        }
        let card = NewCard {
            child,
            sleeps: None,
            call: text("Eerst de ouder bij wie het kind die week is, dan de regiehouder.")?,
            do_not_call: None,
            agreements: text("Rustig praten, niet meenemen zonder overleg."),
            rulings: None,
            expires: scene.day.plus_days(days),
        };
        Some(Given::by(scene.in_charge(&access), CrisisCommand::WriteCrisisCard(Box::new(card))))
    });
}

/// Something went otherwise than a rule says (rule 0).
pub(super) fn departure(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("departure");
    if !dice.falls(shares::DEPARTED) {
        return;
    }
    let rule = dice.word(&["family_decides", "child_heard", "consent_before_sharing", "action_has_owner"]);
    let when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "departure", move |scene| {
        let (what, persons) = (text("Het liep anders dan afgesproken; daarna met het gezin besproken.")?, Vec::new());
        let command = LifeCommand::ReportDeparture { rule: rule.to_owned(), what, persons };
        Some(Given::by(scene.in_charge(&access), command))
    });
}
