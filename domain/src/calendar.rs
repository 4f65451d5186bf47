//! Working days and terms (rule 33). One convention for every date: a term starts the day after its cause and ends with its last
//! day; what follows a term happens the next working day at 08:00 Europe/Amsterdam; what is announced ahead happens at 08:00 that
//! day, or the working day before.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::{CivilDay, Timestamp, days_given};

/// The hour, in Amsterdam, at which things happen by themselves (rule 33).
const MORNING: u32 = 8;

/// Which days are free, for one municipality.
///
/// The law's own days are computed. Added to them are the days that a royal decree equates with a feast day (Algemene termijnenwet
/// 3(3)), which count for every term, and the municipality's own adjustments, which count for policy terms only: a town cannot
/// lengthen a statutory term by closing its office. The default has no added days at all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(try_from = "CalendarData")]
pub struct Calendar {
    equated: BTreeSet<CivilDay>,
    extra: BTreeSet<CivilDay>,
    removed: BTreeSet<CivilDay>,
}

/// The dated data of a calendar, as written in the terms file. Each day at most once.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// Days equated with a feast day by royal decree (Algemene termijnenwet 3(3)).
    #[serde(default, deserialize_with = "days_given")]
    pub equated_days: Vec<CivilDay>,
    /// Days on which this municipality does not work although the law lets it.
    #[serde(default, deserialize_with = "days_given")]
    pub extra_free_days: Vec<CivilDay>,
    /// Feast or equated days on which this municipality does work.
    #[serde(default, deserialize_with = "days_given")]
    pub removed_free_days: Vec<CivilDay>,
}

/// Calendar data that contradict themselves or the law.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CalendarError {
    /// The same day twice in one list.
    #[error("{0} is listed twice: keep one")]
    Twice(CivilDay),
    /// An added day that would be free without it, which is most likely a wrong date.
    #[error("{0} is a free day already: correct the date or leave it out")]
    AlreadyFree(CivilDay),
    /// A removed day that is not free by feast or decree. Saturdays and Sundays cannot be removed.
    #[error("{0} is not a feast day or equated day, so it cannot be removed: correct the date or leave it out")]
    NothingToRemove(CivilDay),
}

impl TryFrom<CalendarData> for Calendar {
    type Error = CalendarError;

    fn try_from(data: CalendarData) -> Result<Self, CalendarError> {
        let equated = once_each(data.equated_days)?;
        if let Some(day) = equated.iter().find(|day| is_weekend(**day) || is_feast_day(**day)) {
            return Err(CalendarError::AlreadyFree(*day));
        }
        let extra = once_each(data.extra_free_days)?;
        let removed = once_each(data.removed_free_days)?;
        let law = Self { equated, ..Self::default() };
        if let Some(day) = extra.iter().find(|day| law.is_free_by_law(**day)) {
            return Err(CalendarError::AlreadyFree(*day));
        }
        if let Some(day) = removed.iter().find(|day| is_weekend(**day) || !law.is_free_by_law(**day)) {
            return Err(CalendarError::NothingToRemove(*day));
        }
        Ok(Self { extra, removed, ..law })
    }
}

fn once_each(days: Vec<CivilDay>) -> Result<BTreeSet<CivilDay>, CalendarError> {
    let mut seen = BTreeSet::new();
    for day in days {
        if !seen.insert(day) {
            return Err(CalendarError::Twice(day));
        }
    }
    Ok(seen)
}

impl Calendar {
    /// Whether this municipality works on this day.
    #[must_use]
    pub fn is_working_day(&self, day: CivilDay) -> bool {
        !self.extra.contains(&day) && (self.removed.contains(&day) || !self.is_free_by_law(day))
    }

    /// Saturday, Sunday, feast day or equated day: what extends a statutory or European term.
    #[must_use]
    pub fn is_free_by_law(&self, day: CivilDay) -> bool {
        is_weekend(day) || is_feast_day(day) || self.equated.contains(&day)
    }

    /// The first working day after this day.
    #[must_use]
    pub fn next_working_day(&self, after: CivilDay) -> CivilDay {
        self.working_day_on_or_after(after.plus_days(1))
    }

    /// This day when it is a working day, else the first after it.
    #[must_use]
    pub fn working_day_on_or_after(&self, day: CivilDay) -> CivilDay {
        walk(day, |day| day.plus_days(1), |day| self.is_working_day(day))
    }

    /// This day when it is a working day, else the last before it.
    #[must_use]
    pub fn working_day_on_or_before(&self, day: CivilDay) -> CivilDay {
        walk(day, |day| day.minus_days(1), |day| self.is_working_day(day))
    }

    /// The last day of a term of so many working days: counting starts the day after the cause. Zero working days end on the day
    /// of the cause itself, also when that is a free day.
    #[must_use]
    pub fn add_working_days(&self, cause: CivilDay, days: u16) -> CivilDay {
        advance(cause, days.into(), |day| self.is_working_day(day))
    }

    /// When what follows a term happens: the working day after its last day, 08:00.
    #[must_use]
    pub fn follows_at(&self, last_day: CivilDay) -> Timestamp {
        self.next_working_day(last_day).at(MORNING, 0)
    }

    /// When something is announced that many days before a day: 08:00 on the earlier day, or on the working day before it.
    #[must_use]
    pub fn announced_at(&self, day: CivilDay, days_ahead: u16) -> Timestamp {
        self.working_day_on_or_before(day.minus_days(days_ahead.into())).at(MORNING, 0)
    }

    fn is_working_day_under(&self, convention: Convention, day: CivilDay) -> bool {
        match convention {
            Convention::Policy => self.is_working_day(day),
            Convention::Statutory | Convention::European => !self.is_free_by_law(day),
        }
    }
}

/// How a term is counted: which law, if any, says what happens when it would end on a free day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Convention {
    /// Ours (PD): the last day stands as it falls; only what follows waits for a working day.
    Policy,
    /// A term set by a Dutch act: Algemene termijnenwet. Ending on a free day it runs on to the first day that is none (1); one of
    /// at least three days holds at least two days that are not free (2); neither holds for more than 90 days, twelve weeks or
    /// three months (4).
    Statutory,
    /// A term of European law, such as the AVG's month: Regulation 1182/71. Ending on a free day it runs on to the next working
    /// day (3(4)); one of at least two days holds at least two working days (3(5)).
    European,
}

/// A term counted in days or longer. Written as `5 working days`, `14 days`, `6 weeks`, `3 months`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Term {
    /// So many working days.
    WorkingDays(u16),
    /// So many days, free ones included.
    Days(u16),
    /// So many weeks: ends on the weekday of the cause.
    Weeks(u16),
    /// So many months: ends on the date of the cause, or the last day of a shorter month.
    Months(u16),
}

impl Term {
    /// The last day of this term. It ends with that day, so whatever is done on it is in time.
    #[must_use]
    pub fn last_day(self, cause: CivilDay, calendar: &Calendar, convention: Convention) -> CivilDay {
        let works = |day| calendar.is_working_day_under(convention, day);
        let counted = match self {
            Self::WorkingDays(days) => return advance(cause, days.into(), works),
            Self::Days(days) => cause.plus_days(days.into()),
            Self::Weeks(weeks) => cause.plus_days(u64::from(weeks) * 7),
            Self::Months(months) => cause.plus_months(months.into()),
        };
        let Some(two_days_guaranteed) = self.extension(convention) else {
            return counted;
        };
        let last = walk(counted, |day| day.plus_days(1), works);
        if !two_days_guaranteed {
            return last;
        }
        let missing = 2_u64.saturating_sub(count_days(cause, last, works));
        advance(last, missing, works)
    }

    /// When what follows this term happens: the municipality's first working day after its last day, 08:00.
    #[must_use]
    pub fn follows_at(self, cause: CivilDay, calendar: &Calendar, convention: Convention) -> Timestamp {
        calendar.follows_at(self.last_day(cause, calendar, convention))
    }

    /// `None`: the term stands as counted. Otherwise it is extended past a free day, and the answer says whether it must hold two
    /// working days.
    fn extension(self, convention: Convention) -> Option<bool> {
        match (convention, self) {
            (Convention::Policy, _)
            | (Convention::Statutory, Self::Days(91..) | Self::Weeks(13..) | Self::Months(4..)) => None,
            (Convention::Statutory, Self::Days(days)) => Some(days >= 3),
            (Convention::European, Self::Days(days)) => Some(days >= 2),
            (Convention::Statutory | Convention::European, _) => Some(true),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::WorkingDays(number) => (number, "working day"),
            Self::Days(number) => (number, "day"),
            Self::Weeks(number) => (number, "week"),
            Self::Months(number) => (number, "month"),
        };
        write!(f, "{number} {unit}{}", if *number == 1 { "" } else { "s" })
    }
}

/// A text that is not a term.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{given}` is not a term: write a number from 1 to 65535 and a unit, for instance `5 working days`, `6 weeks`")]
pub struct InvalidTerm {
    /// What was given instead, shortened.
    pub given: String,
}

impl FromStr for Term {
    type Err = InvalidTerm;

    fn from_str(text: &str) -> Result<Self, InvalidTerm> {
        let invalid = || InvalidTerm { given: text.chars().take(64).collect() };
        let (number, unit) = text.split_once(' ').ok_or_else(invalid)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(invalid)?;
        match unit {
            "working day" | "working days" => Ok(Self::WorkingDays(number)),
            "day" | "days" => Ok(Self::Days(number)),
            "week" | "weeks" => Ok(Self::Weeks(number)),
            "month" | "months" => Ok(Self::Months(number)),
            _ => Err(invalid()),
        }
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The first day, walking from this one, that is wanted; where the calendar of the computer ends, its last day.
fn walk(from: CivilDay, step: impl Fn(CivilDay) -> CivilDay, wanted: impl Fn(CivilDay) -> bool) -> CivilDay {
    let mut day = from;
    while !wanted(day) && step(day) != day {
        day = step(day);
    }
    day
}

/// So many wanted days further.
fn advance(from: CivilDay, days: u64, wanted: impl Fn(CivilDay) -> bool) -> CivilDay {
    (0..days).fold(from, |day, _| walk(day.plus_days(1), |day| day.plus_days(1), &wanted))
}

/// How many wanted days lie after the first day, up to and including the last.
fn count_days(after: CivilDay, last: CivilDay, counts: impl Fn(CivilDay) -> bool) -> u64 {
    let mut found = 0;
    let mut day = after;
    while day < last {
        day = day.plus_days(1);
        found += u64::from(counts(day));
    }
    found
}

fn is_weekend(day: CivilDay) -> bool {
    matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun)
}

/// The feast days of the Algemene termijnenwet 3(1) and Good Friday (3(2)). King's Day is 27 April, or 26 when 27 is a Sunday, as
/// since 2014. Easter Sunday and Whit Sunday need no rule: they are Sundays.
#[must_use]
pub fn is_feast_day(day: CivilDay) -> bool {
    let date = day.date();
    match (date.month(), date.day()) {
        (1, 1) | (5, 5) | (12, 25 | 26) => return true,
        (4, 27) if date.weekday() != Weekday::Sun => return true,
        (4, 26) if date.weekday() == Weekday::Sat => return true,
        _ => {}
    }
    let since_easter = easter(date.year()).map(|easter| (date - easter.date()).num_days());
    // Good Friday, Easter Monday, Ascension, Whit Monday.
    matches!(since_easter, Some(-2 | 1 | 39 | 50))
}

/// Easter Sunday of a year in the Gregorian calendar: the Sunday after the paschal full moon. `None` only at the ends of the
/// computer's calendar.
#[must_use]
pub fn easter(year: i32) -> Option<CivilDay> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let leap_centuries = century.div_euclid(4);
    let lunar_drift = (8 * century + 13).div_euclid(25);
    let lunar_age = (century - leap_centuries - lunar_drift + 19 * golden + 15).rem_euclid(30);
    // The two months that the lunar tables shorten by a day.
    let shortened = lunar_age == 29 || (lunar_age == 28 && golden > 10);
    // Days from 21 March to the paschal full moon, and that moon's weekday (0 = Sunday).
    let moon = lunar_age - i32::from(shortened);
    let weekday = (year + year.div_euclid(4) + moon + 2 - century + leap_centuries).rem_euclid(7);
    let days_after_22_march = u64::try_from(moon + 6 - weekday).ok()?;
    Some(CivilDay::from_ymd(year, 3, 22)?.plus_days(days_after_22_march))
}

#[cfg(test)]
mod tests;
