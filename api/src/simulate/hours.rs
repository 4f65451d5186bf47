//! When things happen: in the three years before the demo's stories, on working days, between nine and five, at whole ten minutes.

use domain::calendar::Calendar;
use domain::time::{CivilDay, Timestamp};

use super::dice::Dice;

/// Ten minutes, in microseconds.
const SLOT: i64 = 10 * 60 * 1_000_000;

/// So many of them between nine and five.
const SLOTS: u64 = 48;

/// The first moment of every region: a Monday morning.
pub(super) fn beginning() -> Timestamp {
    moment(2023, 1, 2)
}

/// Before this the region ends: the stories of the demo begin after it.
pub(super) fn end() -> Timestamp {
    moment(2025, 12, 31)
}

fn moment(year: i32, month: u32, day: u32) -> Timestamp {
    CivilDay::from_ymd(year, month, day).map_or(Timestamp::from_micros(0), |day| day.at(8, 0))
}

/// Whole days between two moments.
pub(super) fn days_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from((to.micros() - from.micros()) / 86_400_000_000).unwrap_or(0)
}

/// Some moment of the first working day on or after this day.
pub(super) fn on(day: CivilDay, calendar: &Calendar, dice: &mut Dice) -> Timestamp {
    let minutes = 10 * dice.between(0..=SLOTS - 1);
    let minutes = u32::try_from(minutes).unwrap_or(0);
    calendar.working_day_on_or_after(day).at(9 + minutes / 60, minutes % 60)
}

/// So many days later, on a working day; ten minutes later for no days. Always later than the moment given, which was one of these.
pub(super) fn later(than: Timestamp, days: u64, calendar: &Calendar, dice: &mut Dice) -> Timestamp {
    if days == 0 {
        return Timestamp::from_micros(than.micros() + SLOT);
    }
    on(than.day().plus_days(days), calendar, dice)
}
