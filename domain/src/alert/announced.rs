//! What is told ahead: days that come by themselves, and on which somebody may want to have spoken with somebody. No fact carries them as
//! a term; they are worked out for the day they are asked for, by the policy of that day. A day that passed while nothing ran is told of
//! afterwards, once: so what was known before it stays here, and [`super::waiting`] drops what was told in time.

use crate::calendar::Term;
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::WordState;
use crate::decider::History;
use crate::fact::Due;
use crate::ids::{EventId, PersonId};
use crate::life::Phase;
use crate::people::PeopleEvent;
use crate::ruling::RULING_ENDS_DUE;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// A consent runs out by its agreed last day.
pub const CONSENT_ENDS: &str = "consent_ends";
/// A child reaches an age that changes who must consent.
pub const BIRTHDAY: &str = "birthday";
/// A ruling comes into force.
pub const RULING_STARTS: &str = "ruling_starts";
/// The time of a deputy comes to its agreed end.
pub const DEPUTY_ENDS: &str = "deputy_ends";

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

/// The days that come, as things stand, and those that came while the case was open and the day was known.
pub(super) fn announced(history: &History<Case>, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let state = history.state();
    let Phase::Open(since) = state.life.phase else { return Vec::new() };
    let mut days = consents(state, today, terms);
    days.extend(birthdays(history, today, terms));
    days.extend(ruling_starts(state, terms));
    days.extend(deputies(history, terms));
    days.retain(|one| today <= one.day || since <= one.day);
    days
}

/// A consent that was given for less than the time ahead is not announced: whoever gave it was spoken with just then.
fn consents(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let ends = state.consents.all().iter().filter_map(|consent| {
        let day = consent.until?;
        let at = terms.calendar.announced_at(day, terms.announced_ahead_days);
        let told_before = consent.said.on < at.day();
        let stands = state.consents.state_of(consent, at.day().max(today));
        let ends = if today <= day { stands == WordState::Granted } else { stands == WordState::Expired };
        (told_before && ends).then_some(Announced { what: CONSENT_ENDS, day, at, rests: Rests::Fact(consent.fact) })
    });
    ends.collect()
}

fn birthdays(history: &History<Case>, today: CivilDay, terms: &Terms) -> Vec<Announced> {
    let mut days = Vec::new();
    for person in history.state().people.iter() {
        let Some(born) = person.born() else { continue };
        let since = told_born(history, person.id);
        for age in terms.consent_ages.birthdays() {
            let day = born.birthday(age);
            let comes = today <= day || since.is_some_and(|since| since <= day);
            if comes && person.is_child_on(today.min(day.minus_days(1)), terms.consent_ages) {
                let at = terms.calendar.announced_at(day, terms.announced_ahead_days);
                days.push(Announced { what: BIRTHDAY, day, at, rests: Rests::Birth(person.id) });
            }
        }
    }
    days
}

/// The day on which the birth date of this person was last told.
fn told_born(history: &History<Case>, person: PersonId) -> Option<CivilDay> {
    let says = |event: &CaseEvent| match event {
        CaseEvent::People(
            PeopleEvent::PersonAdded { person: told, .. } | PeopleEvent::BirthDateRecorded { person: told, .. },
        ) => *told == person,
        _ => false,
    };
    history.facts().iter().rfind(|fact| says(&fact.event)).map(|fact| fact.recorded_at.day())
}

fn ruling_starts(state: &CaseState, terms: &Terms) -> Vec<Announced> {
    let starts = state.rulings.all().iter().filter_map(|ruling| {
        let day = ruling.dates.in_force?;
        let ended = ruling.ended.as_ref().is_some_and(|ended| ended.last_day < day);
        let at = ruling_told_at(day, terms);
        (!ended).then_some(Announced { what: RULING_STARTS, day, at, rests: Rests::Fact(ruling.dates_told_by) })
    });
    starts.collect()
}

/// The agreed last day of a deputy, unless that time ended otherwise or another deputy follows. One who was appointed for less than the
/// time ahead is not announced.
fn deputies(history: &History<Case>, terms: &Terms) -> Vec<Announced> {
    let all = history.state().regie.deputyships();
    let ends = all.iter().filter_map(|deputyship| {
        let day = deputyship.period.until.filter(|until| *until == deputyship.agreed_until)?;
        let at = announced_within(terms.deputy_ending_notice, day, terms);
        let followed = all.iter().any(|other| other.period.holds_on(day.plus_days(1)));
        let appointed = history.fact(deputyship.fact)?.recorded_at.day();
        let announced = appointed < at.day() && !followed;
        announced.then_some(Announced { what: DEPUTY_ENDS, day, at, rests: Rests::Fact(deputyship.fact) })
    });
    ends.collect()
}

/// Eight in the morning of the first day on which this term reaches that day, or of the working day before.
fn announced_within(notice: Term, day: CivilDay, terms: &Terms) -> Timestamp {
    let mut first = day;
    while day <= terms.last_day(notice, first.minus_days(1)) {
        first = first.minus_days(1);
    }
    terms.calendar.announced_at(first, 0)
}

/// When the director is told of the first or the last day of a ruling.
pub(super) fn ruling_told_at(day: CivilDay, terms: &Terms) -> Timestamp {
    terms.calendar.announced_at(day, terms.ruling_ahead_days)
}

/// When somebody is told of a term: as it says, but for the end of a ruling, of which the agenda tells earlier.
pub(super) fn told_at(due: &Due, terms: &Terms) -> Timestamp {
    if due.what == RULING_ENDS_DUE { ruling_told_at(due.last_day, terms) } else { due.at }
}
