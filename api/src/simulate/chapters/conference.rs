//! Those around a family sit together: the network decides, or professionals consult with the family. A talk of parents in conflict is
//! stopped now and then; each is heard apart, and about a week later it goes on (rule 20; 004:7080-7098).

use domain::case::CaseEvent;
use domain::conference::{
    Conference, ConferenceCommand, ConferenceEvent, ConferenceKind, Hearing, NewAttendee, NewConference, NewGuest,
    NewHeld, NewPoint, NewWord,
};
use domain::conflict::ParentingForm;
use domain::ids::{PersonId, WorkerId};
use domain::plan::Owner;
use domain::regie::Agreed;
use domain::time::Timestamp;

use crate::demo::staff::StaffMember;
use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

/// From this age somebody sits at the table, and says who may be there (Jeugdwet 7.3.4).
const AT_THE_TABLE: u32 = 12;

pub(super) fn conference(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("conference");
    if plot.going == Going::Brief || !(plot.going == Going::Extreme || dice.falls(shares::CONFERENCE)) {
        return;
    }
    let of_network = !plot.family.others().is_empty();
    let kind = if of_network { ConferenceKind::NetworkMeeting } else { ConferenceKind::Mdo };
    let (mut when, days) = (plot.days_in(dice.between(30..=160), &mut dice), dice.between(14..=28));
    let (occasion, child) = (dice.word(words::OCCASIONS), plot.family.children().start);
    plot.at(when, "conference called", move |scene| {
        scene.open()?;
        let conference = NewConference {
            kind,
            occasion: text(occasion)?,
            purpose: text("Samen zien wat er is, en wie wat doet."),
            expected: text("Afspraken die iedereen kent."),
            about: vec![scene.person(child)?],
            invited: guests(scene, &[]),
            peacemaker: None,
            planned: Some(scene.day.plus_days(days)),
            led_by: Some(scene.director()?.worker),
        };
        Some(Given::by(scene.as_director()?, ConferenceCommand::CallConference(Box::new(conference))))
    });
    when = plot.later(when, days, &mut dice);
    if plot.parenting() == Some(ParentingForm::Conflict) && dice.falls(shares::STOPPED) {
        stopped(plot, when, &mut dice);
        return;
    }
    let (outcome, agreed) = (dice.word(words::CAME_OF_IT), dice.word(words::AGREED));
    plot.at(when, "conference held", move |scene| {
        scene.open()?;
        let conference = latest(scene).filter(|one| one.held.is_none() && one.stopped.is_none())?;
        let held = held(scene, conference, &[], (outcome, agreed))?;
        Some(Given::by(scene.as_director()?, ConferenceCommand::RecordConference(Box::new(held))))
    });
}

/// The one that was called last: ids say nothing of an order.
fn latest<'a>(scene: &'a Scene<'_>) -> Option<&'a Conference> {
    let called = scene.history.facts().iter().rev().find_map(|fact| match &fact.event {
        CaseEvent::Conference(ConferenceEvent::ConferenceCalled { conference, .. }) => Some(*conference),
        _ => None,
    })?;
    scene.state.conferences.get(called)
}

/// A quarrel: it stops, two colleagues hear the parents apart, and it goes on with those colleagues there.
fn stopped(plot: &mut Plot<'_>, when: Timestamp, dice: &mut Dice) {
    let colleagues: Vec<StaffMember> = plot.supporters(2, dice).into_iter().map(|(member, _)| member.clone()).collect();
    let [one, other] = colleagues.as_slice() else { return };
    let listeners = [one.worker(), other.worker()];
    let days = dice.days(shares::RESUMED);
    plot.at(when, "conference stopped", move |scene| {
        scene.open()?;
        let director = scene.director()?.worker;
        let conference = latest(scene).filter(|one| one.held.is_none() && one.stopped.is_none())?;
        let led = |listener: &WorkerId| *listener == director || conference.led_by == Some(*listener);
        if listeners.iter().any(led) {
            return None;
        }
        let hearing = |(place, listener)| Some(Hearing { person: scene.person(place)?, listener });
        let command = ConferenceCommand::StopConference {
            conference: conference.id,
            reason: text("Het liep op tussen de ouders; verder praten hielp niet.")?,
            stopped_by: None,
            hearings: (0..).zip(listeners).map(hearing).collect::<Option<_>>()?,
            resumes: Some(scene.day.plus_days(days)),
        };
        Some(Given::by(scene.as_director()?, command))
    });
    let mut hears = when;
    for (place, listener) in (0..).zip(listeners) {
        hears = plot.later(hears, dice.between(1..=2), dice);
        plot.at(hears, "heard apart", move |scene| {
            scene.open()?;
            let conference = goes_on(scene)?.id;
            let command = ConferenceCommand::RecordHearing {
                conference,
                person: scene.person(place)?,
                listener: Some(listener),
                words: text("Wil verder praten, met een pauze als het oploopt."),
                explanation: None,
            };
            Some(Given::by(scene.as_director()?, command))
        });
    }
    let resumes = plot.later(when, days.max(5), dice);
    let (outcome, agreed) = (dice.word(words::CAME_OF_IT), dice.word(words::AGREED));
    plot.at(resumes, "conference goes on", move |scene| {
        scene.open()?;
        let conference = goes_on(scene).filter(|one| one.heard.len() == listeners.len())?;
        let held = held(scene, conference, &listeners, (outcome, agreed))?;
        Some(Given::by(scene.as_director()?, ConferenceCommand::ResumeConference(Box::new(held))))
    });
}

/// The one that was stopped, and waits.
fn goes_on<'a>(scene: &'a Scene<'_>) -> Option<&'a Conference> {
    latest(scene).filter(|one| one.stopped.is_some() && one.resumed.is_none() && one.not_resumed.is_none())
}

/// Everyone of the family who is old enough, in the order in which the case knows them.
fn family(scene: &Scene<'_>) -> Vec<PersonId> {
    let grown =
        |person: &PersonId| scene.state.people.age_on(*person, scene.day).is_some_and(|age| age >= AT_THE_TABLE);
    scene.state.people.iter().map(|person| person.id).filter(grown).collect()
}

/// The family, who directs and who works with it now, each once; the family agrees that they are there.
fn guests(scene: &Scene<'_>, more: &[WorkerId]) -> Vec<NewGuest> {
    let people = family(scene);
    let words = |who: &NewAttendee| match who {
        NewAttendee::Person(_) => Vec::new(),
        _ => people.iter().map(|person| NewWord { person: *person, agrees: Some(true) }).collect(),
    };
    let mut workers: Vec<WorkerId> = scene.director().map(|director| director.worker).into_iter().collect();
    let there = scene.state.regie.parties_on(scene.day).into_iter().map(|party| party.worker);
    for worker in there.chain(more.iter().copied()) {
        if !workers.contains(&worker) {
            workers.push(worker);
        }
    }
    let all = people.iter().copied().map(NewAttendee::Person).chain(workers.into_iter().map(NewAttendee::Worker));
    let guest =
        |who: NewAttendee| NewGuest { words: words(&who), who, part: None, left_early: None, organisation: None };
    all.map(guest).collect()
}

fn held(
    scene: &Scene<'_>,
    conference: &Conference,
    more: &[WorkerId],
    (came_of_it, agreed): (&str, &str),
) -> Option<NewHeld> {
    let parent = scene.person(0)?;
    let point = NewPoint {
        what: text(agreed)?,
        decided_by: vec![Agreed::Person(parent)],
        owner: Owner::Person(parent),
        by: Some(scene.day.plus_days(21)),
    };
    Some(NewHeld {
        conference: conference.id,
        came: guests(scene, more),
        peacemaker: None,
        agreed: vec![point],
        words: text(came_of_it)?,
        not_discussed: Vec::new(),
        explanation: None,
    })
}
