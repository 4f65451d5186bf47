//! Since when help for a child lacks a consent, and until when help that was running may go on (`privacy.md`, "Consent is a record"; rule
//! 32). No event says so: a birthday, a change of authority and a ruling change who is asked. So it is worked out for the day it is asked
//! for, by the policy of that day.

use std::collections::BTreeSet;

use super::standing::{every_yes, help_asked, help_missing};
use super::words::{Matter, Word};
use super::{ConsentKind, HelpAsked, Missing, open_ways};
use crate::case::CaseState;
use crate::fact::Due;
use crate::ids::PersonId;
use crate::life::{LegalFramework, Opening, OpeningGround};
use crate::once::each_once;
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::Terms;
use crate::time::CivilDay;
use crate::timeline::Timeline;

/// That help for a child lacks a consent. Help does not start meanwhile; what was running goes on for its term, with an open
/// task to see to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Incomplete {
    /// First day on which something was missing, of those in a row up to the day.
    pub since: CivilDay,
    /// Last day on which help that was running may go on: the term `incomplete_consent` after others came to be asked, the term
    /// `withdrawn_help` after a no or a withdrawal. `None` when nothing was running: it was never complete, or ended as agreed.
    pub goes_on_until: Option<CivilDay>,
}

/// What must follow while help that was running lacks a consent: whoever must agree does, help ends, or another ground is named.
pub const HELP_CONSENT_INCOMPLETE: &str = "help_consent_incomplete";

/// Help does not start for a child on a day on which its consent is incomplete: ask who is named in `still_to_ask`, or name another ground
/// (an exception, a measure). Help that runs goes on for its term; what started before today is reported, and marked.
pub const HELP_CONSENT_MISSING: Code = Code("HELP_CONSENT_MISSING");
/// The rule that help starts, and becomes heavier, with consent (rule 22).
pub(crate) const CONSENT_BEFORE_HELP: &str = "consent_before_help";

/// Running help that lacks a consent today, each child once, with the last day on which it may go on. Nothing records it, so it is worked
/// out by the policy of today; what a no or a withdrawal left to be done stands in that fact, and is not said twice.
pub(crate) fn incomplete_dues(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Due> {
    incomplete_by_child(state, today, terms).into_iter().map(|(_, due)| due).collect()
}

/// The same, with whom each is about.
pub(crate) fn incomplete_by_child(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<(PersonId, Due)> {
    if under_measure(state, today) {
        return Vec::new();
    }
    let carried: Vec<CivilDay> = state.consents.open_dues(today).map(|due| due.last_day).collect();
    let children = state.people.children_on(today, terms.consent_ages).into_iter();
    let runs = |child| Some((child, help_incomplete(state, child, today, terms)?.goes_on_until?));
    let due =
        |last_day| Due { what: HELP_CONSENT_INCOMPLETE.to_owned(), last_day, at: terms.calendar.follows_at(last_day) };
    let running = children.filter_map(runs).filter(|(_, last_day)| !carried.contains(last_day));
    running.map(|(child, last_day)| (child, due(last_day))).collect()
}

/// Whether a measure is the ground of help on this day, whatever the family says: the last that was told of it, else the opening. A
/// decision under the meldcode opens a case; help on it takes a consent, or an exception that names its ground (rule 22).
fn under_measure(state: &CaseState, day: CivilDay) -> bool {
    let opened_on =
        |opening: &Opening| opening.ground == OpeningGround::Measure || opening.framework == LegalFramework::Compulsory;
    state.regie.measure_told(day).unwrap_or_else(|| state.life.opening.as_ref().is_some_and(opened_on))
}

/// For whom of these persons help may not start on this day: each child whose consent is incomplete, unless a measure is the ground.
/// What a grown-up agrees to is between that person and the helper; so is what anybody agreed to before the case was opened, which stands
/// nowhere here.
pub(crate) fn help_without_consent(
    state: &CaseState,
    persons: &[PersonId],
    day: CivilDay,
    terms: &Terms,
) -> Vec<PersonId> {
    if state.regie.is_before_opening(day) || under_measure(state, day) {
        return Vec::new();
    }
    let children = state.people.children_on(day, terms.consent_ages).into_iter();
    let asked_for = children.filter(|child| persons.contains(child));
    asked_for.filter(|child| !help_missing(state, *child, day, terms).is_empty()).collect()
}

/// Refuses that help for these persons starts on this day while a consent is missing: running help goes on, new help waits (rule 22).
pub(crate) fn check_help_may_start(
    state: &CaseState,
    persons: &[PersonId],
    day: CivilDay,
    terms: &Terms,
) -> Result<(), Rejection> {
    let without = help_without_consent(state, persons, day, terms);
    if without.is_empty() {
        return Ok(());
    }
    let lacks = |child| help_missing(state, child, day, terms);
    let still: Vec<_> = without.iter().flat_map(|child| lacks(*child)).filter_map(Missing::person).collect();
    Err(Rejection::new(HELP_CONSENT_MISSING)
        .with("persons", Detail::ids(&without))
        .with("day", day)
        .with("still_to_ask", Detail::ids(each_once(&still)))
        .with("ways_open", open_ways(state, &without, ConsentKind::Help, (day, terms), lacks)))
}

/// Whether help for this child lacks a consent on this day, since when, and until when running help may go on.
#[must_use]
pub fn help_incomplete(state: &CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> Option<Incomplete> {
    let lacks = |on| !help_missing(state, child, on, terms).is_empty();
    if !lacks(day) {
        return None;
    }
    let mut since = day;
    for turn in turning_days(state, child, day, terms).into_iter().rev() {
        if !lacks(turn) {
            let goes_on_until = goes_on_until(state, child, (since, day), terms);
            return Some(Incomplete { since, goes_on_until });
        }
        since = turn;
    }
    Some(Incomplete { since, goes_on_until: None })
}

/// It was complete on the day before the first.
fn goes_on_until(
    state: &CaseState,
    child: PersonId,
    (since, day): (CivilDay, CivilDay),
    terms: &Terms,
) -> Option<CivilDay> {
    let mut last = terms.last_day(terms.incomplete_consent, since);
    let HelpAsked { givers, .. } = help_asked(state, child, day, terms);
    for (_, word) in &givers {
        if let Word::No(no) = word {
            last = last.min(terms.last_day(terms.withdrawn_help, no.said.on));
        }
    }
    let rested_on = every_yes(state, child, ConsentKind::Help, Matter::Help, since.minus_days(1), terms, |_| true);
    for yes in rested_on.ok()?.into_iter().filter_map(|id| state.consents.get(id)) {
        let another = || {
            state.consents.all().iter().any(|other| {
                let like = other.is_of_one_voice(yes) && other.kind == yes.kind;
                like && state.consents.holds(other, day)
            })
        };
        if state.consents.holds(yes, day) || another() {
            continue;
        }
        if !yes.within_its_days(day) {
            return None;
        }
        last = last.min(terms.last_day(terms.withdrawn_help, since));
    }
    Some(last)
}

/// The first day after this one on which it may come to lack a consent, or no longer, though nothing is recorded: then somebody must look.
#[must_use]
pub(crate) fn next_turn(state: &CaseState, day: CivilDay, terms: &Terms) -> Option<CivilDay> {
    let children = state.people.children_on(day, terms.consent_ages).into_iter();
    children.filter_map(|child| all_turning_days(state, child, terms).into_iter().find(|turn| day < *turn)).min()
}

/// The days up to this one on which what is asked or said about help for this child may change, in order; the first is the one on which the
/// child came into the case, or somebody first spoke about it.
fn turning_days(state: &CaseState, child: PersonId, day: CivilDay, terms: &Terms) -> BTreeSet<CivilDay> {
    let known = state.people.person(child);
    let spoken = state.consents.all().iter().filter(|word| word.subject == child).map(|word| word.said.on).min();
    let first = [known.map(|known| known.from), spoken, Some(day)].into_iter().flatten().min().unwrap_or(day);
    let mut days = all_turning_days(state, child, terms);
    days.insert(first);
    days.into_iter().filter(|turn| (first..=day).contains(turn)).collect()
}

/// Every day on which it may change, whenever that is.
fn all_turning_days(state: &CaseState, child: PersonId, terms: &Terms) -> BTreeSet<CivilDay> {
    let mut days = BTreeSet::new();
    let mut period = |from: CivilDay, until: Option<CivilDay>| {
        days.insert(from);
        days.extend(until.map(|until| until.plus_days(1)));
    };
    for word in state.consents.all().iter().filter(|word| word.subject == child) {
        period(word.said.on, word.until);
        period(word.from, word.withdrawn.map(|withdrawn| withdrawn.said.on.minus_days(1)));
    }
    for one in state.consents.exceptions().iter().filter(|one| one.subject == child) {
        period(one.from, one.until);
    }
    for ruling in state.rulings.all().iter().filter(|ruling| ruling.person == child) {
        if let Some(from) = ruling.dates.in_force {
            period(from, state.rulings.last_day(ruling));
        }
    }
    let authority = state.people.authority_of(child).map(Timeline::entries).unwrap_or_default();
    for entry in authority {
        period(entry.from, entry.until);
    }
    for (_, days) in state.people.recognitions_of(child) {
        for entry in days.entries() {
            period(entry.from, entry.until);
        }
    }
    for (_, days) in state.representation.through_time().filter(|((person, _), _)| *person == child) {
        for entry in days.entries() {
            period(entry.from, entry.until);
        }
    }
    if let Some(born) = state.people.person(child).and_then(crate::people::Person::born) {
        // Whoever was born on 29 February is a year older on 1 March in other years.
        let turns = |age: u32| [0, 1].map(|later| born.plus_months(12 * age).plus_days(later));
        for turn in terms.consent_ages.birthdays().into_iter().flat_map(turns) {
            period(turn, None);
        }
    }
    days
}
