//! A dated fact and how it changed: authority, membership, a role, the directorship. What held on a day is read from it, whatever
//! the order in which people came to tell (architecture, "Time travel"). One timeline holds at most one value per day; what may
//! hold more at once (a child in two households) has a timeline for each.

use crate::ids::EventId;
use crate::time::CivilDay;

/// The values of one dated fact, in order of the days on which they start. Periods never overlap; days without a value are gaps.
///
/// Every operation is total: an event that was accepted is always applied. What makes no sense has no effect; `decide` refuses it
/// beforehand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline<T> {
    entries: Vec<Entry<T>>,
}

/// One value and the days on which it held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry<T> {
    /// The first day.
    pub from: CivilDay,
    /// The last day, inclusive; `None` while no end is known.
    pub until: Option<CivilDay>,
    /// What held.
    pub value: T,
    /// The event that started it.
    pub fact: EventId,
    /// The event that ended it, when an event of its own did: not for an end known at the start, nor for one brought by the next
    /// entry.
    pub ended_by: Option<EventId>,
}

impl<T> Entry<T> {
    /// Whether this held on that day.
    #[must_use]
    pub fn holds_on(&self, day: CivilDay) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it holds on some day of these, with `until` the last of them.
    #[must_use]
    pub fn shares_a_day_with(&self, from: CivilDay, until: Option<CivilDay>) -> bool {
        let begun = until.is_none_or(|until| self.from <= until);
        begun && self.until.is_none_or(|last| from <= last && self.from <= last)
    }

    /// Sets the last day, unless it has ended by then: an end never prolongs.
    fn cut(&mut self, last_day: CivilDay, ended_by: Option<EventId>) {
        if self.until.is_none_or(|until| last_day < until) {
            self.until = Some(last_day);
            self.ended_by = ended_by;
        }
    }
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Timeline<T> {
    /// Nothing has held on any day.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// From this day on the value holds, until the next entry that already stands. The entry it falls in ends the day before and
    /// does not come back. An end that entry had stays its own: a successor does not inherit the date on which its predecessor
    /// would have left. A second value from the same day takes the place of the first: the last thing told is believed.
    pub fn set_from(&mut self, day: CivilDay, value: T, fact: EventId) {
        self.insert(day, None, value, fact);
    }

    /// As [`Timeline::set_from`], for what is known to end: the value holds up to and including the last day, or until the next
    /// entry that already stands when that comes first. No effect when the last day lies before the first.
    pub fn set_between(&mut self, day: CivilDay, last_day: CivilDay, value: T, fact: EventId) {
        if day <= last_day {
            self.insert(day, Some(last_day), value, fact);
        }
    }

    /// What holds on this day ends with it. No effect when nothing holds then, and none on later entries; an end only shortens: who
    /// continues starts anew.
    pub fn end(&mut self, day: CivilDay, fact: EventId) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.holds_on(day)) {
            entry.cut(day, Some(fact));
        }
    }

    /// What held on this day.
    #[must_use]
    pub fn at(&self, day: CivilDay) -> Option<&T> {
        self.entry_at(day).map(|entry| &entry.value)
    }

    /// What held on this day, since when, and which fact says so.
    #[must_use]
    pub fn entry_at(&self, day: CivilDay) -> Option<&Entry<T>> {
        // Late days are asked for most, and a case has few entries: a search from the end is the fast one.
        self.entries.iter().rev().find(|entry| entry.holds_on(day))
    }

    /// All entries, earliest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry<T>] {
        &self.entries
    }

    fn insert(&mut self, from: CivilDay, last_day: Option<CivilDay>, value: T, fact: EventId) {
        let place = self.entries.partition_point(|entry| entry.from < from);
        if let Some(before) = place.checked_sub(1).and_then(|index| self.entries.get_mut(index)) {
            before.cut(from.minus_days(1), None);
        }
        let same_day = self.entries.get(place).is_some_and(|entry| entry.from == from);
        let next = self.entries.get(place + usize::from(same_day)).map(|entry| entry.from.minus_days(1));
        let until = [last_day, next].into_iter().flatten().min();
        let entry = Entry { from, until, value, fact, ended_by: None };
        self.entries.splice(place..place + usize::from(same_day), [entry]);
    }
}

#[cfg(test)]
mod tests;
