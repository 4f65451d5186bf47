//! Days on a line, and the days that are named under it.

use chrono::Datelike as _;
use domain::time::CivilDay;

/// The least room, in pixels, between two days that are named.
const APART: i64 = 62;

/// A picture of less than this many days would show an hour as a mountain.
const FEWEST_DAYS: i64 = 28;

/// Days on a line of pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Days {
    first: CivilDay,
    span: i64,
    left: i32,
    width: i32,
}

/// A day that is named under the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tick {
    /// The day.
    pub day: CivilDay,
    /// Where.
    pub x: i32,
    /// How much of it is said.
    pub says: Says,
}

/// How much of a named day is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Says {
    /// Day and month.
    Day,
    /// Month and year.
    Month,
    /// Year.
    Year,
}

impl Days {
    /// From the first of these days up to the last, between two places. A short time begins earlier, so that a day stays narrow.
    pub(super) fn between(first: CivilDay, last: CivilDay, left: i32, width: i32) -> Self {
        let days = last.days_since(first).max(FEWEST_DAYS);
        let first = last.minus_days(days.unsigned_abs());
        Self { first, span: days, left, width }
    }

    /// Where a day stands; what lies outside stands at the edge.
    pub(super) fn x(&self, day: CivilDay) -> i32 {
        let passed = day.days_since(self.first).clamp(0, self.span);
        self.left + i32::try_from(i64::from(self.width) * passed / self.span).unwrap_or(self.width)
    }

    /// The days to name, far enough apart to be read.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let room = |days: i64| i64::from(self.width) * days / self.span >= APART;
        let last = self.first.plus_days(self.span.unsigned_abs());
        let tick = |says| move |day| Tick { day, x: self.x(day), says };
        if room(7) {
            let monday = self.first.plus_days(u64::from((7 - self.first.date().weekday().num_days_from_monday()) % 7));
            let weeks = std::iter::successors(Some(monday), |day| Some(day.plus_days(7)));
            return weeks.take_while(|day| *day <= last).map(tick(Says::Day)).collect();
        }
        let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|months| room(30 * months)).unwrap_or(600);
        let says = if step < 12 { Says::Month } else { Says::Year };
        months(self.first, step).take_while(|day| *day <= last).map(tick(says)).collect()
    }
}

/// The first of each so-manieth month, from this day on.
fn months(from: CivilDay, step: i64) -> impl Iterator<Item = CivilDay> {
    let date = from.date();
    let month = i64::from(date.year()) * 12 + i64::from(date.month0());
    let begun = if date.day() == 1 { month } else { month + 1 };
    let first = begun + (step - begun.rem_euclid(step)) % step;
    let day = |month: i64| {
        let (year, month) = (i32::try_from(month.div_euclid(12)).ok()?, u32::try_from(month.rem_euclid(12)).ok()?);
        CivilDay::from_ymd(year, month + 1, 1)
    };
    (0..).map_while(move |count: i64| day(first + count * step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn named(first: &str, last: &str) -> Vec<(String, Says)> {
        let days = Days::between(day(first), day(last), 200, 760);
        let ticks = days.ticks();
        let apart = ticks.windows(2).all(|two| i64::from(two[1].x - two[0].x) >= APART - 8);
        assert!(apart && ticks.len() <= 16, "{ticks:?}");
        ticks.into_iter().map(|tick| (tick.day.to_string(), tick.says)).collect()
    }

    #[test]
    fn days_stand_in_order_between_the_edges() {
        let days = Days::between(day("2026-01-01"), day("2026-12-31"), 200, 728);
        assert_eq!([days.x(day("2025-01-01")), days.x(day("2026-01-01"))], [200, 200]);
        assert_eq!([days.x(day("2026-07-02")), days.x(day("2026-12-31")), days.x(day("2030-01-01"))], [564, 928, 928]);
        let short = Days::between(day("2026-03-01"), day("2026-03-01"), 0, 280);
        assert_eq!((short.x(day("2026-03-01")), short.x(day("2026-02-15"))), (280, 140));
    }

    #[test]
    fn named_days_are_mondays_months_or_years_and_never_crowd() {
        assert_eq!(named("2026-03-04", "2026-03-30")[0], ("2026-03-02".to_owned(), Says::Day));
        let year = named("2026-02-10", "2026-11-12");
        assert_eq!((&year[0], year.len()), (&("2026-03-01".to_owned(), Says::Month), 9));
        assert_eq!(named("2020-05-01", "2026-11-12")[0], ("2021-01-01".to_owned(), Says::Year));
        assert_eq!(named("2023-05-01", "2026-11-12")[0], ("2023-07-01".to_owned(), Says::Month));
        assert_eq!(named("1980-05-01", "2026-11-12")[0].1, Says::Year);
        assert_eq!(named("2026-01-01", "2026-12-31")[0].0, "2026-01-01");
    }
}
