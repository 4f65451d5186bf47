//! Who directs: assigned within days or late, away, handed over, stopped (rule 1).

use domain::ids::PersonId;
use domain::regie::{Agreed, Handover, Period, RegieCommand, RegieTask};

use crate::demo::staff::StaffMember;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, as_director, line, text};
use crate::simulate::words;

const TASKS: [RegieTask; 6] = [
    RegieTask::Overview,
    RegieTask::Course,
    RegieTask::Calm,
    RegieTask::Plan,
    RegieTask::Contacts,
    RegieTask::Evaluation,
];

/// Somebody directs, mostly within days.
pub(super) fn director(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("director");
    if plot.going == Going::Brief && !dice.falls(shares::BRIEF_DIRECTOR) {
        return;
    }
    let late = dice.falls(shares::LATE_DIRECTOR);
    let days = dice.days(if late { shares::LATE } else { shares::DIRECTOR });
    let when = plot.days_in(days, &mut dice);
    let (access, director) = (plot.home.access.clone(), plot.director.clone());
    plot.at(when, "director", move |scene| assign(scene, &access, &director));
}

fn assign(scene: &Scene<'_>, access: &StaffMember, director: &StaffMember) -> Option<Given> {
    scene.open()?;
    scene.may_take_part(director)?;
    let taken = scene.state.regie.directorships().iter().any(|one| one.period.reaches(scene.day));
    let command = RegieCommand::AssignCaseDirector {
        director: director.worker(),
        organisation: director.organisation.clone(),
        tasks: TASKS.to_vec(),
        agreed: vec![Agreed::Person(scene.person(0)?)],
        from: None,
    };
    (!taken).then(|| Given::by(access.actor(), command))
}

/// The director stops, and for a while there is none.
pub(super) fn director_stops(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("stops");
    if !dice.falls(shares::DIRECTOR_STOPS) {
        return;
    }
    let when = plot.some_time(&mut dice);
    plot.at(when, "director stops", move |scene| {
        scene.director().filter(|one| one.period.until.is_none())?;
        let command = RegieCommand::EndDirectorship { last_day: None, reason: text("Andere baan.")? };
        Some(Given::by(scene.as_director()?, command))
    });
    let Some(next) = plot.another_director(&mut dice) else { return };
    let next = next.clone();
    let days = dice.days(shares::LATE);
    let when = plot.later(when, days, &mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "director", move |scene| assign(scene, &access, &next));
}

/// The directorship passes: offered, the family asked, read, accepted.
pub(super) fn handover(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("handover");
    let Some(successor) = plot.another_director(&mut dice) else { return };
    if !dice.falls(shares::HANDOVER) {
        return;
    }
    let successor = successor.clone();
    let (summary, agrees) = (dice.word(words::SUMMARIES), !dice.falls(shares::SUCCESSOR_REFUSED));
    let mut when = plot.some_time(&mut dice);
    plot.at(when, "handover offered", move |scene| {
        scene.open()?;
        scene.may_take_part(&successor)?;
        let director = scene.director()?;
        let free = scene.state.regie.open_handover().is_none() && director.worker != successor.worker();
        let command = RegieCommand::OfferHandover {
            successor: successor.worker(),
            organisation: successor.organisation.clone(),
            planned: scene.day.plus_days(14),
            reason: text("Andere verdeling van het werk in het team.")?,
            summary: text(summary)?,
            open_tasks: vec![line("Evaluatie plannen met beide ouders")?],
        };
        free.then_some(())?;
        Some(Given::by(scene.as_director()?, command))
    });
    when = plot.later(when, dice.between(1..=5), &mut dice);
    plot.at(when, "family word", move |scene| {
        let (handover, person) = (scene.state.regie.open_handover()?, scene.person(0)?);
        let words = if agrees { None } else { Some(text("Wil niet weer aan iemand anders wennen.")?) };
        let (handover, told_day) = (handover.id, handover.planned);
        let command = RegieCommand::RecordFamilyWord { handover, person, agrees, words, told_day };
        Some(Given::by(scene.as_director()?, command))
    });
    when = plot.later(when, dice.between(1..=3), &mut dice);
    plot.at(when, "summary read", move |scene| {
        let offer = open_offer(scene)?;
        let reader = as_director(offer.successor, offer.organisation.clone());
        Some(Given::by(reader, RegieCommand::ReadHandoverSummary { handover: offer.id }))
    });
    when = plot.later(when, dice.between(1..=3), &mut dice);
    plot.at(when, "handover", passes_or_ends);
}

fn open_offer<'a>(scene: &'a Scene<'_>) -> Option<&'a Handover> {
    scene.open()?;
    scene.state.regie.open_handover()
}

/// Accepted when the family was asked and nobody said no; taken back otherwise.
fn passes_or_ends(scene: &Scene<'_>) -> Option<Given> {
    let offer = open_offer(scene)?;
    let director = scene.director()?;
    let no: Vec<PersonId> = offer.said_no();
    let ready = offer.read.is_some() && !offer.words.is_empty() && no.is_empty();
    let stays = offer.predecessor == Some(director.worker) && !scene.state.exclusions.is_excluded(offer.successor);
    if ready && stays {
        let successor = as_director(offer.successor, offer.organisation.clone());
        return Some(Given::by(successor, RegieCommand::AcceptHandover { handover: offer.id }));
    }
    let reason = Some(text("Het gezin houdt liever dezelfde regiehouder.")?);
    Some(Given::by(scene.as_director()?, RegieCommand::EndHandover { handover: offer.id, reason }))
}

/// Somebody stands in: a holiday, an illness.
pub(super) fn deputies(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("deputy");
    let times = u64::from(dice.falls(shares::DEPUTY)) + if plot.is_heavy() { dice.between(0..=2) } else { 0 };
    for _ in 0..times {
        let Some(deputy) = plot.another_director(&mut dice) else { return };
        let (deputy, lead) = (deputy.clone(), plot.home.lead.clone());
        let days = dice.between(7..=35);
        let when = plot.some_time(&mut dice);
        plot.at(when, "deputy", move |scene| {
            scene.open()?;
            scene.may_take_part(&deputy)?;
            let (from, until) = (scene.day, scene.day.plus_days(days));
            let asked_for = Period { since: from, until: Some(until) };
            let mut others = scene.state.regie.deputyships().iter();
            let free = !others.any(|one| one.period.first_shared_day(asked_for).is_some())
                && scene.director()?.worker != deputy.worker();
            let command = RegieCommand::AppointDeputy {
                deputy: deputy.worker(),
                organisation: deputy.organisation.clone(),
                from: None,
                until,
                reason: text("De regiehouder is enkele weken afwezig.")?,
            };
            free.then(|| Given::by(lead.actor(), command))
        });
        if dice.falls(shares::BACK_SOONER) {
            let back = plot.later(when, dice.between(3..=6), &mut dice);
            plot.at(back, "director is back", |scene| {
                scene.state.regie.deputy_on(scene.day)?;
                Some(Given::by(scene.as_director()?, RegieCommand::EndDeputy { last_day: None }))
            });
        }
    }
}
