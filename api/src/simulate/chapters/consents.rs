//! Help and sharing: asked later, refused, withdrawn, given again; what goes to somebody outside (rules 22 and 32).

use domain::consent::{self, Category, ConsentCommand, ConsentKind, Evidence, Missing, NewConsent, To, WhoIs};
use domain::ids::{PersonId, WorkerId};
use domain::sharing::{Capacity, SharingCommand};

use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

const SHARED: [Category; 2] = [Category::Plan, Category::Escalation];

fn granted(giver: PersonId, subject: PersonId, kind: ConsentKind) -> NewConsent {
    NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Written,
    }
}

/// Whoever was not asked about help at the opening is asked later: two times for each child, which is as many as can have to agree.
pub(super) fn help_asked_later(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("help");
    let children: Vec<usize> = plot.family.children().collect();
    let access = plot.home.access.clone();
    for child in children {
        let mut when = plot.days_in(dice.between(3..=30), &mut dice);
        for _ in 0..2 {
            let (by, says) = (access.clone(), dice.weighted(shares::ASKED_LATER.of));
            let why = dice.word(words::REFUSALS);
            plot.at(when, "help asked", move |scene| {
                scene.open()?;
                let subject = scene.person(child)?;
                let missing = consent::help_missing(scene.state, subject, scene.day, scene.terms);
                let unasked = |one: Missing| match one {
                    Missing::Consent(person) => Some(person),
                    _ => None,
                };
                let giver = missing.into_iter().find_map(unasked)?;
                let command = match says {
                    0 => ConsentCommand::GrantConsent(granted(giver, subject, ConsentKind::Help)),
                    1 => {
                        let (kind, reason) = (ConsentKind::Help, text(why));
                        ConsentCommand::RefuseConsent { giver, subject, kind, reason }
                    }
                    _ => return None,
                };
                Some(Given::by(scene.in_charge(&by), command))
            });
            when = plot.later(when, dice.between(1..=10), &mut dice);
        }
    }
}

/// Somebody takes a yes to help back; some give it again.
pub(super) fn help_withdrawn(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("withdrawn");
    if !dice.falls(shares::HELP_WITHDRAWN) {
        return;
    }
    let (mut when, why) = (plot.some_time(&mut dice), dice.word(words::REFUSALS));
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(when, "help withdrawn", move |scene| {
        let yes = scene.state.consents.all().iter().find(|one| is_help(one) && one.withdrawn.is_none())?;
        let command = ConsentCommand::WithdrawConsent { consent: yes.id, reason: text(why) };
        Some(Given::by(scene.in_charge(&by), command))
    });
    if !dice.falls(shares::GIVEN_AGAIN) {
        return;
    }
    when = plot.later(when, dice.between(4..=40), &mut dice);
    plot.at(when, "help again", move |scene| {
        let no_more = scene.state.consents.all().iter().find(|one| is_help(one) && one.withdrawn.is_some())?;
        let new = granted(no_more.giver, no_more.subject, ConsentKind::Help);
        Some(Given::by(scene.in_charge(&access), ConsentCommand::GrantConsent(new)))
    });
}

fn is_help(one: &consent::Consent) -> bool {
    one.kind == ConsentKind::Help && !one.refused
}

/// Consent to share what concerns the first child, and what is shared with somebody outside.
pub(super) fn sharing(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("sharing");
    if plot.going == Going::Brief || !dice.falls(shares::SHARING_ASKED) {
        return;
    }
    let Some((receiver, _)) = plot.supporters(1, &mut dice).pop() else { return };
    let (receiver, child) = (receiver.clone(), plot.family.children().start);
    let access = plot.home.access.clone();
    let mut when = plot.some_time(&mut dice);
    for _ in 0..3 {
        let (by, refused, worker) = (access.clone(), dice.falls(shares::SHARING_REFUSED), receiver.worker());
        plot.at(when, "sharing asked", move |scene| {
            scene.open()?;
            let (subject, kind) = (scene.person(child)?, ConsentKind::Sharing);
            let giver = shared(scene, subject, To::Named(worker)).err()??;
            let command = if refused {
                ConsentCommand::RefuseConsent { giver, subject, kind, reason: None }
            } else {
                let new = granted(giver, subject, kind);
                let (categories, recipients) = (SHARED.to_vec(), vec![worker]);
                ConsentCommand::GrantConsent(NewConsent { categories, recipients, ..new })
            };
            Some(Given::by(scene.in_charge(&by), command))
        });
        when = plot.later(when, 0, &mut dice);
    }
    if !dice.falls(shares::SHARED) {
        return;
    }
    when = plot.later(when, dice.between(1..=14), &mut dice);
    let by = access.clone();
    plot.at(when, "shared", move |scene| {
        scene.open()?;
        let subject = scene.person(child)?;
        shared(scene, subject, To::Anybody).and_then(|()| shared(scene, subject, To::Named(receiver.worker()))).ok()?;
        let command = SharingCommand::RecordAcceptedShare {
            recipient: receiver.worker(),
            organisation: receiver.organisation.clone(),
            capacity: Capacity::Professional,
            subjects: vec![subject],
            categories: SHARED.to_vec(),
            from: None,
            until: None,
            offered: text("De afspraken over de week, om op school hetzelfde te doen.")?,
        };
        Some(Given::by(scene.in_charge(&by), command))
    });
    if !dice.falls(shares::SHARE_WITHDRAWN) {
        return;
    }
    when = plot.later(when, dice.between(10..=120), &mut dice);
    plot.at(when, "share withdrawn", move |scene| {
        let share = scene.state.sharing.all().iter().find(|share| share.withdrawn.is_none())?.id;
        let command = SharingCommand::WithdrawShare { share, reason: text("Niet meer nodig.")? };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// Whether everyone said yes; else who is asked next, as far as that is clear.
fn shared(scene: &Scene<'_>, subject: PersonId, to: To) -> Result<(), Option<PersonId>> {
    for category in SHARED {
        let Err(missing) = consent::shared(scene.state, (subject, category), to, scene.day, scene.terms) else {
            continue;
        };
        return Err(missing.into_iter().find_map(Missing::person));
    }
    Ok(())
}

/// Those of the children and parents for whom a divorce advice team may be asked with names.
pub(super) fn may_be_named(scene: &Scene<'_>, worker: Option<WorkerId>) -> Vec<PersonId> {
    let to = worker.map_or(To::Anybody, To::NamedOrUnnamed);
    let people = scene.state.people.iter().map(|person| person.id);
    let yes =
        |person: &PersonId| consent::shared(scene.state, (*person, Category::Plan), to, scene.day, scene.terms).is_ok();
    people.filter(yes).collect()
}
