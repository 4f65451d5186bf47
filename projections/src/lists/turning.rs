//! When the rows of a case change by themselves, without an event: a dated fact starts or stops to hold, a term runs out, other terms come
//! into force, somebody has a birthday.

use std::collections::BTreeSet;

use domain::case::CaseState;
use domain::dues::all_open_dues;
use domain::people::Person;
use domain::regie::Period;
use domain::terms::{ConsentAges, Terms, TermsBook};
use domain::time::CivilDay;
use domain::timeline::Timeline;

use super::row::Changes;

impl Changes {
    /// The next ones after the day that the rows are made for.
    pub(super) fn after(day: CivilDay, state: &CaseState, book: &TermsBook) -> Self {
        let terms = book.terms_on(day);
        let process: BTreeSet<_> = days_of_process(state, terms).collect();
        let lapse = |changed: CivilDay| terms.last_day(terms.incomplete_consent, changed).plus_days(1);
        // Some terms no longer wait once they are over.
        let terms_end = all_open_dues(state, day, terms).into_iter().map(|due| due.last_day.plus_days(1));
        let on = process.iter().flat_map(|day| [*day, lapse(*day)]).chain(days_of_policy(book)).chain(terms_end);
        let birthdays = birthdays(state, terms.consent_ages).flat_map(|day| [day, lapse(day)]);
        Self {
            on: on.filter(|next| *next > day).min(),
            in_month: birthdays.filter(|next| *next > day).min().map(CivilDay::first_of_month),
        }
    }
}

/// Every day on which a dated fact of process starts or stops to hold. What was complete goes on for a term after it no longer is: that
/// term may begin on each of them.
fn days_of_process(state: &CaseState, terms: &Terms) -> impl Iterator<Item = CivilDay> {
    of_regie(state).chain(of_divorce(state, terms)).chain(of_people(state)).chain(of_others(state))
}

fn of_regie(state: &CaseState) -> impl Iterator<Item = CivilDay> {
    let regie = &state.regie;
    let periods = regie.parties().iter().map(|party| party.period);
    let periods = periods.chain(regie.directorships().iter().map(|directorship| directorship.period));
    let periods = periods.chain(regie.deputyships().iter().map(|deputyship| deputyship.period));
    let offered = regie.handovers().iter().map(|handover| handover.offered);
    periods.flat_map(bounds).chain(offered)
}

fn of_divorce(state: &CaseState, terms: &Terms) -> impl Iterator<Item = CivilDay> {
    let divorce = &state.divorce;
    let periods = divorce.coordinators().iter().map(|found| found.period);
    let periods = periods.chain(divorce.duos().iter().map(|duo| duo.period));
    let periods = periods.chain(divorce.sat_reviews().iter().map(|review| review.period));
    let accepted = divorce.sat_reviews().iter().filter_map(|review| review.accepted.as_ref());
    let access = accepted.flat_map(|accepted| {
        let term = || terms.last_day(terms.sat_access, accepted.on);
        let last_day = accepted.access.as_ref().map_or_else(term, |due| due.last_day);
        bounds(Period { since: accepted.on, until: Some(last_day) })
    });
    let modes = divorce.sat_reviews().iter().flat_map(|review| &review.modes).map(|held| held.period);
    periods.chain(modes).flat_map(bounds).chain(access)
}

fn of_people(state: &CaseState) -> impl Iterator<Item = CivilDay> {
    let people = &state.people;
    let roles = people.iter().flat_map(|person| of_timeline(&person.role));
    let authority = people.iter().filter_map(|person| people.authority_of(person.id)).flat_map(of_timeline);
    let recognitions = people.iter().flat_map(|person| people.recognitions_of(person.id));
    let recognitions = recognitions.flat_map(|(_, timeline)| of_timeline(timeline));
    let members = state.households.iter().flat_map(|household| household.members.values()).flat_map(of_timeline);
    roles.chain(authority).chain(recognitions).chain(members)
}

fn of_others(state: &CaseState) -> impl Iterator<Item = CivilDay> {
    let consents = state.consents.all().iter().flat_map(|found| {
        let withdrawn = found.withdrawn.map(|withdrawn| withdrawn.said.on);
        bounds(Period { since: found.from, until: found.until }).chain([found.said.on]).chain(withdrawn)
    });
    let shares = state.sharing.all().iter().flat_map(|share| bounds(share.period));
    let representatives = state.representation.timelines().flat_map(of_timeline);
    let emergencies = state
        .emergency
        .all()
        .iter()
        .flat_map(|access| bounds(Period { since: access.since.day(), until: Some(access.over_at().day()) }));
    consents.chain(shares).chain(representatives).chain(emergencies)
}

fn of_timeline<T>(timeline: &Timeline<T>) -> impl Iterator<Item = CivilDay> {
    timeline.entries().iter().flat_map(|entry| bounds(Period { since: entry.from, until: entry.until }))
}

/// The day on which it starts to hold and the one on which it stops.
fn bounds(period: Period) -> impl Iterator<Item = CivilDay> {
    std::iter::once(period.since).chain(period.until.map(|until| until.plus_days(1)))
}

/// Every day on which other terms come into force: what is asked of a case then is no fact of it.
fn days_of_policy(book: &TermsBook) -> impl Iterator<Item = CivilDay> {
    book.versions().map(|terms| terms.valid_from)
}

/// Every birth, and every birthday that changes who must consent.
fn birthdays(state: &CaseState, ages: ConsentAges) -> impl Iterator<Item = CivilDay> {
    let born = state.people.iter().filter_map(Person::born);
    born.flat_map(move |born| {
        let turns = ages.birthdays().into_iter().map(move |age| born.birthday(age));
        std::iter::once(born).chain(turns)
    })
}
