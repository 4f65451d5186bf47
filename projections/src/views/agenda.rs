//! What comes to whoever directs a case: what is to be done today and what is overdue, and what happens in the days ahead (`graphql.md`,
//! "Case director"). Every open term of the case is a line (rule 33), whichever room it belongs to; beside them stand the days that hold
//! of themselves: a conference that is planned, a ruling that comes into force, a consent that runs out, a birthday that changes who must
//! consent. The day of a hearing in court stands in no fact, so it is no line.

use std::collections::HashMap;

use domain::consent::WordState;
use domain::dues::{RestsOn, all_open_dues, rests_on};
use domain::fact::Due;
use domain::ids::{EventId, PersonId};
use domain::people::Person;
use domain::personal::Personal;
use domain::regie::GAP_DUE;
use domain::time::CivilDay;

use super::people::birth_date;
use super::timeline::{TimelineEntry, entry_of};
use super::{Kept, NO_FACT, Reading};

/// How many days ahead the screen of a director looks (graphql.md, PD).
pub const AHEAD_DAYS: u64 = 14;

/// What a line is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Coming {
    /// A term ends, by its stable word: somebody is to do something by then.
    Term(String),
    /// An answer to a question for consent was asked by that day.
    AnswerAsked,
    /// The help of somebody who is in is expected to end.
    HelpEnds,
    /// A handover that waits for an answer is meant to pass.
    HandoverPlanned,
    /// A conference is planned.
    Conference,
    /// The time of the deputy ends.
    DeputyEnds,
    /// A ruling comes into force.
    RulingStarts,
    /// A consent runs out by its agreed last day.
    ConsentEnds,
    /// A crisis card can be relied on until then.
    CrisisCardExpires,
    /// Somebody reaches an age that changes who must consent.
    Birthday(u32),
}

impl Coming {
    /// The stable word.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Term(word) => word,
            Self::AnswerAsked => "answer_asked",
            Self::HelpEnds => "help_ends",
            Self::HandoverPlanned => "handover_planned",
            Self::Conference => "conference",
            Self::DeputyEnds => "deputy_ends",
            Self::RulingStarts => "ruling_starts",
            Self::ConsentEnds => "consent_ends",
            Self::CrisisCardExpires => "crisis_card_expires",
            Self::Birthday(_) => "birthday",
        }
    }
}

/// One thing that comes: one act.
#[derive(Clone, PartialEq, Debug)]
pub struct AgendaLine {
    /// The day it takes place, or the last day to do it.
    pub day: CivilDay,
    /// What.
    pub what: Coming,
    /// The fact that says so.
    pub said: Kept<()>,
    /// The fact it is about, which often is the same one: what was promised, agreed or asked. A term that stands in no fact has none.
    pub about: Option<TimelineEntry>,
    /// Whom it concerns, in order of joining.
    pub persons: Vec<PersonId>,
    /// Of a birthday: the birth date that gives it away.
    pub born: Option<Kept<Personal<CivilDay>>>,
}

impl AgendaLine {
    /// Whether its day has passed while it still waits.
    #[must_use]
    pub fn is_overdue(&self, today: CivilDay) -> bool {
        self.day < today
    }
}

/// What is overdue, what is to be done today and what comes in the days ahead, by the day; of one day in the order recorded.
#[must_use]
pub fn agenda(reading: &Reading<'_>) -> Vec<AgendaLine> {
    let mut lines = terms(reading);
    lines.extend(waiting(reading));
    lines.extend(of_the_days_ahead(reading));
    lines.extend(birthdays(reading));
    let place = |line: &AgendaLine| (line.day, reading.recorded(line.said.fact), line.what.clone());
    lines.sort_by_key(place);
    lines
}

/// The last day that is looked ahead to.
fn horizon(reading: &Reading<'_>) -> CivilDay {
    reading.day().plus_days(AHEAD_DAYS)
}

fn line(reading: &Reading<'_>, (day, what): (CivilDay, Coming), said_by: EventId, about: EventId) -> AgendaLine {
    let about = entry_of(reading, about);
    let persons = about.as_ref().map(|entry| entry.content.persons.clone()).unwrap_or_default();
    AgendaLine { day, what, said: reading.kept((), said_by), about, persons, born: None }
}

/// Every open term but that of a gap, which is told of as a gap: how many parties there are depends on who reads.
fn terms(reading: &Reading<'_>) -> Vec<AgendaLine> {
    let (known, horizon) = (rests_on(reading.state(), reading.day()), horizon(reading));
    let mut told = HashMap::<(String, CivilDay), usize>::new();
    let open = all_open_dues(reading.state(), reading.day(), reading.terms);
    let near = open.into_iter().filter(|due| due.what != GAP_DUE && due.last_day <= horizon);
    let line_of = |due: Due| {
        let before = told.entry((due.what.clone(), due.last_day)).or_default();
        let (said_by, about) = facts_of(reading, &known, &due, *before);
        *before += 1;
        line(reading, (due.last_day, Coming::Term(due.what)), said_by, about)
    };
    near.map(line_of).collect()
}

/// The fact that said a term and the one it is about; of several terms that are alike the one after as many `before`. Nothing says a term
/// that no fact carries: it is then for the director alone.
fn facts_of(reading: &Reading<'_>, known: &[RestsOn<'_>], due: &Due, before: usize) -> (EventId, EventId) {
    if let Some(found) = known.iter().filter(|one| one.due == due).nth(before) {
        return (found.said_by, found.about);
    }
    // What was said again took the place of what was said before.
    let carriers = reading.stands().rev().flat_map(|fact| {
        let alike = fact.due.iter().filter(|carried| *carried == due).count();
        std::iter::repeat_n(fact.id, alike)
    });
    let carriers: Vec<EventId> = carriers.collect();
    let fact = carriers.get(before).or(carriers.first()).copied().unwrap_or(NO_FACT);
    (fact, fact)
}

/// What waits for somebody without a term of its own, also once its day has passed.
fn waiting(reading: &Reading<'_>) -> Vec<AgendaLine> {
    let (state, day, horizon) = (reading.state(), reading.day(), horizon(reading));
    let questions = state.consents.asked().iter().filter(|asked| state.consents.waits(asked, day));
    let questions = questions.filter_map(|asked| Some((asked.answer_by?, Coming::AnswerAsked, asked.fact)));
    let regie = super::regie::regie(reading);
    // The end of a specialist is a term.
    let helping = regie.parties.iter().filter(|party| !party.specialist);
    let helping = helping.filter_map(|party| party.expected_end.as_ref());
    let helping = helping.map(|end| (end.value, Coming::HelpEnds, end.fact));
    let offered = regie.handover.iter().map(|offer| (offer.planned, Coming::HandoverPlanned, offer.handover.fact));
    // One that was stopped waits by the term in which it goes on.
    let called = state.conferences.all().into_iter().filter(|one| one.held.is_none() && one.stopped.is_none());
    let called = called.filter_map(|one| Some((one.planned?, Coming::Conference, one.fact)));
    let found = questions.chain(helping).chain(offered).chain(called).filter(|(on, ..)| *on <= horizon);
    found.map(|(on, what, fact)| line(reading, (on, what), fact, fact)).collect()
}

/// What starts or stops to hold by itself, from today on.
fn of_the_days_ahead(reading: &Reading<'_>) -> Vec<AgendaLine> {
    let (state, day) = (reading.state(), reading.day());
    let near = |on: &CivilDay| day <= *on && *on <= horizon(reading);
    let rulings = state.rulings.all().iter().filter_map(|ruling| {
        let from = ruling.dates.in_force.filter(|from| near(from))?;
        Some((from, Coming::RulingStarts, ruling.dates_told_by, ruling.fact))
    });
    let consents = state.consents.all().iter().filter_map(|consent| {
        let until = consent.until.filter(|until| near(until))?;
        let holds = state.consents.state_of(consent, day) == WordState::Granted;
        holds.then_some((until, Coming::ConsentEnds, consent.fact, consent.fact))
    });
    let cards = state.crisis.cards().filter(|(_, card)| near(&card.expires));
    let cards = cards.map(|(_, card)| (card.expires, Coming::CrisisCardExpires, card.fact, card.fact));
    let deputy = state.regie.deputy_on(day).and_then(|deputy| {
        let until = deputy.period.until.filter(|until| near(until))?;
        Some((until, Coming::DeputyEnds, deputy.fact, deputy.fact))
    });
    let found = rulings.chain(consents).chain(cards).chain(deputy);
    found.map(|(on, what, said_by, about)| line(reading, (on, what), said_by, about)).collect()
}

fn birthdays(reading: &Reading<'_>) -> Vec<AgendaLine> {
    reading.state().people.iter().flat_map(|person| birthdays_of(reading, person)).collect()
}

fn birthdays_of(reading: &Reading<'_>, person: &Person) -> Vec<AgendaLine> {
    let Some(born) = birth_date(reading, person) else { return Vec::new() };
    let Some(date) = born.value.known().copied() else { return Vec::new() };
    let (day, horizon) = (reading.day(), horizon(reading));
    let ages = reading.terms.consent_ages.birthdays().into_iter().map(|age| (date.birthday(age), age));
    let near = ages.filter(|(on, _)| day <= *on && *on <= horizon);
    let line = |(on, age)| AgendaLine {
        day: on,
        what: Coming::Birthday(age),
        said: born.bare(),
        about: None,
        persons: vec![person.id],
        born: Some(born.clone()),
    };
    near.map(line).collect()
}

#[cfg(test)]
mod tests;
