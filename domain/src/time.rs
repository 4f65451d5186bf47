//! Moments and days. A *day* is a civil day in Europe/Amsterdam; a *moment* is UTC to the microsecond.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use serde::{Deserialize, Deserializer, Serialize};

/// A moment in UTC, to the microsecond: what the store writes as `recorded_at`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A moment by its microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// So many hours later, whatever the clocks of a country do meanwhile. Past the last moment there is, that one.
    #[must_use]
    pub const fn plus_hours(self, hours: u16) -> Self {
        Self(self.0.saturating_add(hours as i64 * 3_600_000_000))
    }

    /// The same moment as a calendar library knows it. Moments outside its range become its ends.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// The moment as a clock in Amsterdam shows it, to the minute: for people, on paper.
    #[must_use]
    pub fn on_the_clock(self) -> String {
        Amsterdam.from_utc_datetime(&self.to_utc().naive_utc()).format("%Y-%m-%d %H:%M").to_string()
    }

    /// The civil day in Europe/Amsterdam on which this moment falls.
    #[must_use]
    pub fn day(self) -> CivilDay {
        let utc = self.to_utc().naive_utc();
        let offset = Amsterdam.offset_from_utc_datetime(&utc).fix();
        CivilDay(utc.checked_add_offset(offset).unwrap_or(utc).date())
    }

    /// A moment as somebody gives it. Its day is bounded like a day that is given: [`CivilDay::given`].
    ///
    /// # Errors
    /// When the text is no moment, or one on a day outside the bounds.
    pub fn given(text: &str) -> Result<Self, InvalidTime> {
        let expected = "moment from 1900-01-01 to 2199-12-31 (RFC 3339, for instance 2026-11-16T09:00:00Z)";
        let moment: Option<Self> = text.parse().ok();
        moment.filter(|moment| moment.day().may_be_given()).ok_or_else(|| InvalidTime::new(text, expected))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp_micros())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
    }
}

/// A text that is not a moment or a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {expected}")]
pub struct InvalidTime {
    /// What was given instead, shortened.
    pub given: String,
    /// What was expected, in words.
    pub expected: &'static str,
}

impl InvalidTime {
    fn new(given: &str, expected: &'static str) -> Self {
        Self { given: given.chars().take(64).collect(), expected }
    }
}

/// Reads whatever was ever written, also what RFC 3339 has no room for: a year of more than four digits has a sign before it.
impl FromStr for Timestamp {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let moment = if text.starts_with(['+', '-']) { text.parse() } else { DateTime::parse_from_rfc3339(text) };
        moment
            .map(|moment| moment.with_timezone(&Utc).into())
            .map_err(|_| InvalidTime::new(text, "moment (RFC 3339, for instance 2026-11-16T09:00:00Z)"))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A day as people in the Netherlands count it.
///
/// A day that was recorded is read whatever it is, or one bad day would make a whole case unreadable. A day that somebody gives is
/// bounded first: [`CivilDay::given`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CivilDay(NaiveDate);

impl CivilDay {
    /// A day by year, month (1-12) and day of the month; `None` when no such day exists.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// A day as somebody gives it: in a request, a terms file or a case history. Nobody alive was born before 1900, and what has no
    /// end is left open, not set on a day so far off (`9999-12-31`) that what follows from it has no date.
    ///
    /// # Errors
    /// When the text is no day, or one before 1900-01-01 or after 2199-12-31.
    pub fn given(text: &str) -> Result<Self, InvalidTime> {
        let expected = "day from 1900-01-01 to 2199-12-31 (YYYY-MM-DD, for instance 2026-11-16)";
        let day: Option<Self> = text.parse().ok();
        day.filter(|day| day.may_be_given()).ok_or_else(|| InvalidTime::new(text, expected))
    }

    fn may_be_given(self) -> bool {
        (1900..=2199).contains(&self.0.year())
    }

    /// The year it falls in.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The date itself.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The moment at which this day's clock in Amsterdam shows the given hour and minute. An hour that the change to summer
    /// time skips counts as the first moment after it; one that occurs twice counts as its first occurrence.
    #[must_use]
    pub fn at(self, hour: u32, minute: u32) -> Timestamp {
        let time = NaiveTime::from_hms_opt(hour.min(23), minute.min(59), 0).unwrap_or(NaiveTime::MIN);
        let local = self.0.and_time(time);
        let moment = Amsterdam
            .from_local_datetime(&local)
            .earliest()
            .or_else(|| Amsterdam.from_local_datetime(&(local + chrono::Duration::hours(1))).earliest());
        moment.map_or_else(|| local.and_utc().into(), |moment| moment.with_timezone(&Utc).into())
    }

    /// The last microsecond of this day.
    #[must_use]
    pub fn end(self) -> Timestamp {
        Timestamp(self.plus_days(1).at(0, 0).0 - 1)
    }

    /// So many days later; the calendar's last day when there is none.
    #[must_use]
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
    }

    /// So many days earlier; the calendar's first day when there is none.
    #[must_use]
    pub fn minus_days(self, days: u64) -> Self {
        Self(self.0.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN))
    }

    /// The same day of the month, so many months later; the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.0.with_day(1).map_or(self, Self)
    }

    /// Whole days since an earlier day; negative when that day is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// Completed years from `birth` to this day. Someone born on 29 February is a year older on 1 March in other years (BW 1:2
    /// gives no rule; the day after 28 February is the usual reading).
    #[must_use]
    pub fn age_of(self, birth: Self) -> u32 {
        let years = self.0.year() - birth.0.year();
        let had_birthday = (self.0.month(), self.0.day()) >= (birth.0.month(), birth.0.day());
        u32::try_from(if had_birthday { years } else { years - 1 }).unwrap_or(0)
    }

    /// The day on which somebody born on this day becomes so many years old. Born on 29 February: in other years a day later.
    #[must_use]
    pub fn birthday(self, age: u32) -> Self {
        let day = self.plus_months(age * 12);
        if day.age_of(self) < age { day.plus_days(1) } else { day }
    }
}

impl fmt::Display for CivilDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

impl FromStr for CivilDay {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Self)
            .map_err(|_| InvalidTime::new(text, "day (YYYY-MM-DD, for instance 2026-11-16)"))
    }
}

/// Reads a day of a file that somebody wrote: as [`CivilDay::given`].
///
/// # Errors
/// As [`CivilDay::given`].
pub fn day_given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CivilDay, D::Error> {
    CivilDay::given(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// Reads the days of a file that somebody wrote: each as [`CivilDay::given`].
///
/// # Errors
/// As [`CivilDay::given`], for the first that cannot be.
pub fn days_given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CivilDay>, D::Error> {
    let days = Vec::<String>::deserialize(deserializer)?;
    days.iter().map(|day| CivilDay::given(day)).collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

/// When something happened: a day, or a moment when the moment matters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occurred {
    /// Some time on this day.
    Day(CivilDay),
    /// At this moment.
    At(Timestamp),
}

impl Occurred {
    /// The civil day on which it happened.
    #[must_use]
    pub fn day(self) -> CivilDay {
        match self {
            Self::Day(day) => day,
            Self::At(moment) => moment.day(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().expect("a day")
    }

    #[test]
    fn a_moment_just_before_midnight_in_amsterdam_belongs_to_that_day() {
        let moment: Timestamp = "2026-07-01T21:59:59Z".parse().expect("a moment");
        assert_eq!(moment.day(), day("2026-07-01"));
        assert_eq!(Timestamp::from_micros(moment.micros() + 1_000_000).day(), day("2026-07-02"));
    }

    #[test]
    fn eight_in_the_morning_follows_summer_time() {
        assert_eq!(day("2026-03-28").at(8, 0).to_string(), "2026-03-28T07:00:00.000000Z");
        assert_eq!(day("2026-03-29").at(8, 0).to_string(), "2026-03-29T06:00:00.000000Z");
        // 02:30 does not exist on the day the clock goes forward.
        assert_eq!(day("2026-03-29").at(2, 30).to_string(), "2026-03-29T01:30:00.000000Z");
    }

    #[test]
    fn age_changes_on_the_birthday_and_a_leap_child_waits_for_march() {
        assert_eq!(day("2026-04-02").age_of(day("2014-04-03")), 11);
        assert_eq!(day("2026-04-03").age_of(day("2014-04-03")), 12);
        assert_eq!(day("2026-02-28").age_of(day("2012-02-29")), 13);
        assert_eq!(day("2026-03-01").age_of(day("2012-02-29")), 14);
    }

    /// `9999-12-31` is how many people write "no end"; what follows from it falls in the year 10000.
    #[test]
    fn a_day_or_moment_that_is_given_lies_within_bounds() {
        for text in ["1900-01-01", "2026-11-16", "2199-12-31"] {
            assert_eq!(CivilDay::given(text), Ok(day(text)));
            assert!(Timestamp::given(&format!("{text}T12:00:00Z")).is_ok());
        }
        for text in ["1899-12-31", "2200-01-01", "9999-12-31", "+10000-01-03", "-0001-01-01", "26-11-16", "", "morgen"]
        {
            let refused = CivilDay::given(text).unwrap_err().to_string();
            assert!(refused.contains("1900-01-01 to 2199-12-31"), "{refused}");
            let refused = Timestamp::given(&format!("{text}T12:00:00Z")).unwrap_err().to_string();
            assert!(refused.contains("1900-01-01 to 2199-12-31"), "{refused}");
        }
        assert!(Timestamp::given("2199-12-31T23:30:00Z").is_err(), "that is 2200 in Amsterdam");
    }

    #[test]
    fn what_was_recorded_is_read_beyond_the_bounds() {
        for text in ["+10000-01-03T07:00:00.000000Z", "1899-12-31T12:00:00.000000Z", "-0044-03-15T12:00:00.000000Z"] {
            assert_eq!(text.parse::<Timestamp>().expect("a moment").to_string(), text);
        }
        for text in ["2026-11-16", "+2026-11-16", "2026-11-16T09:00:00", "+10000-01-03", "+", "-", ""] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    proptest! {
        /// Whatever can be written can be read: a stream that cannot be read is set apart for good.
        #[test]
        fn every_moment_and_day_reads_back_as_written(micros in any::<i64>(), days in any::<u32>()) {
            let ends = [i64::MIN, i64::MAX, DateTime::<Utc>::MIN_UTC.timestamp_micros(), DateTime::<Utc>::MAX_UTC.timestamp_micros()];
            for moment in ends.into_iter().chain([micros, micros / 100]).map(Timestamp) {
                let written = moment.to_string();
                let read: Timestamp = written.parse().expect("what was written");
                prop_assert_eq!(read.to_string(), written);
                prop_assert_eq!(serde_json::from_str::<Timestamp>(&serde_json::to_string(&moment).expect("text")).expect("a moment"), read);
                let _total = moment.day();
            }
            let days = u64::from(days % 400_000_000);
            for day in [day("2026-01-01").plus_days(days), day("2026-01-01").minus_days(days)] {
                prop_assert_eq!(day.to_string().parse::<CivilDay>(), Ok(day));
                prop_assert_eq!(serde_json::from_str::<CivilDay>(&serde_json::to_string(&day).expect("text")).expect("a day"), day);
                prop_assert_eq!(day.at(8, 0).to_string().parse::<Timestamp>(), Ok(day.at(8, 0)));
                let _total = (day.end(), day.at(23, 59), day.at(0, 0));
            }
        }
    }
}
