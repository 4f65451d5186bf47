//! Contact moments, of one line mostly; what was promised in them, by when, and whether somebody called back (004:1640-1643).

use domain::contact::{
    Answer, ContactCommand, Direction, Medium, NewContact, NewPromise, PromiseEnd, PromiseKind, Verified,
};
use domain::ids::PersonId;
use domain::time::Timestamp;

use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, line, text};
use crate::simulate::words;

/// Somebody calls, writes or comes by; more often in a heavy case, for as long as it is open.
pub(super) fn contacts(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("contacts");
    let count = match plot.going {
        Going::Brief => dice.place(2),
        _ => dice.weighted(shares::CONTACTS.of),
    };
    for _ in 0..count {
        let when = plot.some_time(&mut dice).max(plot.days_in(10, &mut dice));
        contact(plot, when, &mut dice);
    }
    if !plot.is_heavy() {
        return;
    }
    let mut when = plot.days_in(12, &mut dice);
    while when < plot.closes {
        contact(plot, when, &mut dice);
        let days = dice.days(shares::CONTACT_AGAIN);
        when = plot.later(when, days, &mut dice);
    }
}

fn contact(plot: &mut Plot<'_>, when: Timestamp, dice: &mut Dice) {
    let (with, calls_back) = (dice.weighted(shares::CONTACT_WITH.of), dice.falls(shares::CALL_BACK));
    let (words, outside, asked) = (dice.word(words::CONTACTS), dice.word(words::OUTSIDE), dice.word(words::ASKED));
    let direction = [Direction::Incoming, Direction::Outgoing, Direction::Agreed].get(dice.place(3)).copied();
    let mediums = [Medium::Phone, Medium::Phone, Medium::Mail, Medium::App, Medium::Visit, Medium::Talk];
    let medium = mediums.get(dice.place(mediums.len())).copied();
    let verified = if dice.place(2) == 0 { Verified::Known } else { Verified::CalledBack };
    let access = plot.home.access.clone();
    let child = plot.family.children().start;
    plot.at(when, "contact", move |scene| {
        scene.open()?;
        let who = whom(scene, with, child);
        let contact = NewContact {
            other: if who.is_some() { None } else { Some(line(outside)?) },
            about: if who.is_some() { Vec::new() } else { vec![scene.person(child)?] },
            with: who.into_iter().collect(),
            worker: None,
            direction,
            medium,
            verified: Some(verified),
            said: text(words)?,
            asked: if calls_back { Some(text(asked)?) } else { None },
            answer: calls_back.then_some(Answer::Later),
            answered: None,
            promises: if calls_back { vec![call_back()] } else { Vec::new() },
        };
        Some(Given::by(scene.in_charge(&access), ContactCommand::RecordContact(Box::new(contact))))
    });
    if calls_back {
        called_back(plot, when, dice);
    }
}

/// A parent, the other one, a child who is old enough, or nobody of the case.
fn whom(scene: &Scene<'_>, thrown: usize, child: usize) -> Option<PersonId> {
    match thrown {
        1 if child > 1 => scene.person(1),
        2 if scene.age(child)? >= shares::HEARD_FROM => scene.person(child),
        3 => None,
        _ => scene.person(0),
    }
}

/// By the term of policy, by who recorded it.
const fn call_back() -> NewPromise {
    NewPromise { kind: PromiseKind::CallBack, what: None, by: None, worker: None }
}

fn called_back(plot: &mut Plot<'_>, promised: Timestamp, dice: &mut Dice) {
    let (days, how) = match dice.weighted(shares::CALLED_BACK.of) {
        0 => (1, PromiseEnd::Kept),
        1 => (dice.between(5..=12), PromiseEnd::Kept),
        2 => (dice.between(1..=3), PromiseEnd::NoLongerNeeded),
        _ => return,
    };
    let (when, access) = (plot.later(promised, days, dice), plot.home.access.clone());
    plot.at(when, "called back", move |scene| {
        scene.open()?;
        let promise = scene.state.contacts.promises().iter().find(|promise| promise.settled.is_none())?.id;
        let command = ContactCommand::SettlePromise { promise, how, note: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}
