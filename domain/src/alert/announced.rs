//! What is told ahead: days that come by themselves, and on which the director may want to have spoken with somebody. No fact carries them as
//! a term; they are worked out for the day they are asked for, by the policy of that day.

use crate::case::CaseState;
use crate::consent::WordState;
use crate::fact::Due;
use crate::ids::{EventId, PersonId};
use crate::life::Phase;
use crate::ruling::RULING_ENDS_DUE;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// A consent runs out by its agreed last day.
pub const CONSENT_ENDS: &str = "consent_ends";
/// A child reaches an age that changes who must consent.
pub const BIRTHDAY: &str = "birthday";
/// A ruling comes into force.
pub const RULING_STARTS: &str = "ruling_starts";

/// On what an announced day rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rests {
    /// A fact says the day.
    Fact(EventId),
    /// It follows from the birth date of this person.
    Birth(PersonId),
}

/// A day that comes.
pub(super) struct Announced {
    pub what: &'static str,
    pub day: CivilDay,
    /// When somebody is told.
    pub at: Timestamp,
    pub rests: Rests,
}

/// The days that come, as things stand. What has come is no longer announced.
pub(super) fn announced(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    if !matches!(state.life.phase, Phase::Open(_)) {
        return Vec::new();
    }
    let mut days = consents(state, today, terms);
    days.extend(birthdays(state, today, terms));
    days.extend(rulings(state, today, terms));
    days
}

/// A consent that was given for less than the time ahead is not announced: whoever gave it was spoken with just then.
fn consents(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let ends = state.consents.all().iter().filter_map(|consent| {
        let day = consent.until.filter(|until| today <= *until)?;
        let at = terms.calendar.announced_at(day, terms.announced_ahead_days);
        let told_before = consent.said.on < at.day();
        let holds = state.consents.state_of(consent, at.day().max(today)) == WordState::Granted;
        (told_before && holds).then_some(Announced { what: CONSENT_ENDS, day, at, rests: Rests::Fact(consent.fact) })
    });
    ends.collect()
}

fn birthdays(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let children = state.people.iter().filter(|person| person.is_child_on(today, terms.consent_ages));
    let born = children.filter_map(|child| Some((child.id, child.born()?)));
    let of_each = born.flat_map(|(child, born)| {
        let days = terms.consent_ages.birthdays().into_iter().map(move |age| born.birthday(age));
        days.filter(|day| today <= *day).map(move |day| (child, day))
    });
    let line = |(child, day)| Announced {
        what: BIRTHDAY,
        day,
        at: terms.calendar.announced_at(day, terms.announced_ahead_days),
        rests: Rests::Birth(child),
    };
    of_each.map(line).collect()
}

fn rulings(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let starts = state.rulings.all().iter().filter_map(|ruling| {
        let day = ruling.dates.in_force.filter(|from| today <= *from)?;
        let ended = ruling.ended.as_ref().is_some_and(|ended| ended.last_day < day);
        let at = ruling_told_at(day, terms);
        (!ended).then_some(Announced { what: RULING_STARTS, day, at, rests: Rests::Fact(ruling.dates_told_by) })
    });
    starts.collect()
}

/// When the director is told of the first or the last day of a ruling.
pub(super) fn ruling_told_at(day: CivilDay, terms: &Terms) -> Timestamp {
    terms.calendar.announced_at(day, terms.ruling_ahead_days)
}

/// When somebody is told of a term: as it says, but for the end of a ruling, of which the agenda tells earlier.
pub(super) fn told_at(due: &Due, terms: &Terms) -> Timestamp {
    if due.what == RULING_ENDS_DUE { ruling_told_at(due.last_day, terms) } else { due.at }
}
