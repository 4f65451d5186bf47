//! What waits in a case and is told of: the terms of its facts, and the days that come by themselves, each with what makes it the same one.

use std::collections::HashMap;

use super::announced::{Rests, announced, told_at};
use super::{AlertKey, Ground, RaisedAlert, table};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::{HELP_CONSENT_INCOMPLETE, incomplete_by_child};
use crate::contact::{CALL_BACK_DUE, PROMISE_DUE};
use crate::decider::{History, Standing};
use crate::dues::{open_dues, rests_on};
use crate::fact::Due;
use crate::ids::{EventId, PersonId, WorkerId};
use crate::life::Phase;
use crate::plan::ACTION_DUE;
use crate::ruling::RULING_ENDS_DUE;
use crate::school::{SCHOOL_CALL_BACK_DUE, SCHOOL_QUESTION_DUE};
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};

/// Something that waits, or comes, and of which somebody is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waits {
    /// What makes it the same one.
    pub key: AlertKey,
    /// The last day, or the day that comes.
    pub day: CivilDay,
    /// When the first in the chain is told.
    pub at: Timestamp,
    /// The fact it is about, which often is the one that said so.
    pub about: Option<EventId>,
    /// Which professional does it, if one does.
    pub owner: Option<WorkerId>,
}

/// Everything that waits on this day and has somebody to tell, judged as [`crate::dues`] does. A day that came and of which nobody was told
/// in time is told of afterwards, and stands for as long as it would have ahead.
#[must_use]
pub fn waiting(history: &History<Case>, today: CivilDay, terms: &Terms) -> Vec<Waits> {
    let state = history.state();
    let carriers = Carriers::of(history);
    let mut found = Keys { waits: Vec::new(), state, today };
    let known = rests_on(state, today);
    let mut alike = HashMap::<(String, CivilDay), usize>::new();
    let passed = passed_dues(state, today);
    for due in open_dues(state, today).into_iter().chain(passed).filter(|due| is_told(&due.what)) {
        let before = alike.entry((due.what.clone(), due.last_day)).or_default();
        let exact = known.iter().filter(|one| *one.due == due).nth(*before);
        let by = exact.map(|one| one.said_by).or_else(|| carriers.of_due(&due, *before));
        let about = exact.map(|one| one.about).or(by);
        *before += 1;
        let told = by.and_then(|fact| carriers.told(fact));
        let owner = about.and_then(|about| owner_of(state, &due.what, about));
        let at = not_before_told(told, told_at(&due, terms), terms);
        let ahead = (due.what == RULING_ENDS_DUE).then_some(Ahead { days: terms.ruling_ahead_days, told });
        found.said(due, by, (about, owner), at, ahead);
    }
    for day in announced(history, today, terms) {
        let days = terms.announced_ahead_days;
        match day.rests {
            Rests::Fact(fact) => {
                let told = carriers.told(fact);
                let at = not_before_told(told, day.at, terms);
                let due = Due { what: day.what.to_owned(), last_day: day.day, at };
                found.said(due, Some(fact), (Some(fact), None), at, Some(Ahead { days, told }));
            }
            Rests::Birth(person) => {
                found.own(day.what, person, day.day, day.at, Some(Ahead { days, told: None }));
            }
        }
    }
    if matches!(state.life.phase, Phase::Open(_)) {
        for (child, due) in incomplete_by_child(state, today, terms) {
            found.own(HELP_CONSENT_INCOMPLETE, child, due.last_day, due.at, None);
        }
    }
    found.waits
}

/// Of the terms that are told ahead: those whose day came.
fn passed_dues(state: &CaseState, today: CivilDay) -> Vec<Due> {
    let Phase::Open(since) = state.life.phase else { return Vec::new() };
    state.rulings.passed_dues(today).filter(|due| since <= due.last_day).collect()
}

/// Whether what this alert told of still waits on this day: an alert is over once it does not.
#[must_use]
pub fn still_waits<'w>(raised: &RaisedAlert, waiting: &'w [Waits]) -> Option<&'w Waits> {
    waiting.iter().find(|waits| raised.is_of(&waits.key, waits.day))
}

fn is_told(what: &str) -> bool {
    !table::line(what).chain.is_empty()
}

/// Which professional does what is waited for, where somebody took it upon them.
fn owner_of(state: &CaseState, what: &str, about: EventId) -> Option<WorkerId> {
    match what {
        ACTION_DUE => {
            let action = state.plans.actions().find(|action| action.fact == about)?;
            action.owners.last()?.owner.worker()
        }
        PROMISE_DUE | CALL_BACK_DUE => {
            let promise = state.contacts.promises().iter().find(|promise| promise.fact == about)?;
            Some(promise.worker)
        }
        SCHOOL_QUESTION_DUE | SCHOOL_CALL_BACK_DUE => {
            let question = state.school.questions().iter().find(|question| question.fact == about)?;
            Some(question.owner)
        }
        _ => None,
    }
}

/// That somebody is told before the day itself.
#[derive(Clone, Copy)]
struct Ahead {
    /// How many days.
    days: u16,
    /// When the fact that says the day was recorded, if one does.
    told: Option<Timestamp>,
}

/// Keys as they are found, each another one.
struct Keys<'s> {
    waits: Vec<Waits>,
    state: &'s CaseState,
    today: CivilDay,
}

impl Keys<'_> {
    fn said(
        &mut self,
        due: Due,
        by: Option<EventId>,
        (about, owner): (Option<EventId>, Option<WorkerId>),
        at: Timestamp,
        ahead: Option<Ahead>,
    ) {
        let ground = Ground::Said { by, last_day: due.last_day };
        let like = self.waits.iter().filter(|waits| waits.key.what == due.what && waits.key.ground == ground).count();
        let key = AlertKey { what: due.what, ground, nth: u32::try_from(like).unwrap_or(u32::MAX) };
        self.add(Waits { key, day: due.last_day, at, about, owner }, ahead);
    }

    /// Counted by the days of which somebody was told before: the day itself stands in no key.
    fn own(&mut self, what: &str, person: PersonId, day: CivilDay, at: Timestamp, ahead: Option<Ahead>) {
        let nth = self.state.alerts.for_other_days(what, person, day);
        let key = AlertKey { what: what.to_owned(), ground: Ground::Of(person), nth };
        self.add(Waits { key, day, at, about: None, owner: None }, ahead);
    }

    fn add(&mut self, waits: Waits, ahead: Option<Ahead>) {
        if ahead.is_none_or(|ahead| self.is_news(&waits, ahead)) {
            self.waits.push(waits);
        }
    }

    /// Whether a day that is told ahead is still to come; or it came, was known before, and somebody is told of it only afterwards.
    fn is_news(&self, waits: &Waits, ahead: Ahead) -> bool {
        if self.today <= waits.day {
            return true;
        }
        if ahead.told.is_some_and(|told| waits.day < told.day()) {
            return false;
        }
        let first = self.state.alerts.under(&waits.key, waits.day).and_then(|raised| raised.steps.first());
        first
            .map(|step| step.at.day())
            .is_none_or(|told| waits.day < told && self.today <= told.plus_days(ahead.days.into()))
    }
}

/// The terms that facts carry, as the facts read after corrections, in recorded order.
struct Carriers {
    dues: Vec<(EventId, Due)>,
    recorded: HashMap<EventId, Timestamp>,
}

impl Carriers {
    fn of(history: &History<Case>) -> Self {
        let (mut dues, mut recorded) = (Vec::new(), HashMap::new());
        let mut take = |fact: &crate::fact::Fact<CaseEvent>| {
            recorded.insert(fact.id, fact.recorded_at);
            dues.extend(fact.due.iter().map(|due| (fact.id, due.clone())));
        };
        for standing in history.standing() {
            match standing {
                Standing::Original(fact) => take(fact),
                Standing::Replaced(fact, _) => take(&fact),
                Standing::Voided(..) => {}
            }
        }
        Self { dues, recorded }
    }

    /// The fact that carries this term; of several alike the one after as many `before`. The first that said it: who says the same again
    /// does not make it another alert.
    fn of_due(&self, due: &Due, before: usize) -> Option<EventId> {
        let facts: Vec<EventId> =
            self.dues.iter().filter(|(_, carried)| carried == due).map(|(fact, _)| *fact).collect();
        facts.get(before).or(facts.first()).copied()
    }

    fn told(&self, fact: EventId) -> Option<Timestamp> {
        self.recorded.get(&fact).copied()
    }
}

/// What was told late is followed on the next working day, not in the minute in which somebody writes it down.
pub(super) fn not_before_told(told: Option<Timestamp>, at: Timestamp, terms: &Terms) -> Timestamp {
    told.filter(|told| at <= *told).map_or(at, |told| terms.calendar.follows_at(told.day()))
}
