//! What an answer means, and when a letter is tried again.

use std::time::Duration;

use chrono::DateTime;
use domain::time::Timestamp;

/// How often a letter is tried: more than three days with the pauses below, so that a weekend is outlived.
pub(super) const TRIES: u32 = 24;
/// The pause after the first try, in seconds; twice as long after each next one.
const FIRST_PAUSE: i64 = 15;
/// The longest pause, in seconds: six hours.
const LONGEST_PAUSE: i64 = 6 * 3_600;
/// The longest that a receiver may ask us to wait, in seconds: an hour.
const LONGEST_REST: i64 = 3_600;
/// Up to a quarter of a pause comes on top of it, by chance: what failed together is not tried together.
const JITTER: i64 = 4;
/// What chance is told in: so many parts of a whole.
pub(super) const WHOLE: u32 = 1_000;

const SECOND: i64 = 1_000_000;

/// What a receiver said of a letter. No word of its own stands in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It was taken.
    Taken,
    /// Not now.
    Later {
        /// Why, for an operator.
        why: String,
        /// After how long the receiver wants to be asked again, if it said so.
        after: Option<Duration>,
    },
    /// Asking again changes nothing.
    Never {
        /// Why, for an operator.
        why: String,
    },
}

impl Answer {
    /// What a status means, with the `Retry-After` that came with it. `now` is for one that names a date.
    pub(super) fn of(status: u16, retry_after: Option<&str>, now: Timestamp) -> Self {
        let why = format!("it answered {status}");
        match status {
            200..=299 => Self::Taken,
            408 | 429 | 500..=599 => Self::Later { why, after: retry_after.and_then(|text| wanted(text, now)) },
            // A redirect too: an address that moved is for an operator to change.
            _ => Self::Never { why },
        }
    }
}

/// A number of seconds, or a date (RFC 9110, 10.2.3).
fn wanted(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(text.trim()).ok()?.timestamp_micros();
    u64::try_from(date.saturating_sub(now.micros())).ok().map(Duration::from_micros)
}

/// What becomes of a letter after a try.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It was taken.
    Taken,
    /// It is tried again.
    Again {
        at: Timestamp,
        /// Until when the receiver wants to hear nothing at all.
        rests_until: Option<Timestamp>,
        why: String,
    },
    /// It is not tried again until somebody says so.
    Dead { why: String },
}

impl Fate {
    /// After so many tries before this one. `chance` is below [`WHOLE`].
    pub fn after(answer: Answer, tries: u32, now: Timestamp, chance: u32) -> Self {
        match answer {
            Answer::Taken => Self::Taken,
            Answer::Never { why } => Self::Dead { why },
            Answer::Later { why, .. } if tries + 1 >= TRIES => {
                Self::Dead { why: format!("{why}; it was tried {TRIES} times") }
            }
            Answer::Later { why, after } => {
                let rests_until = after.map(|after| later(now, bounded(after)));
                let at = later(now, pause(tries, chance));
                Self::Again { at: rests_until.map_or(at, |rest| rest.max(at)), rests_until, why }
            }
        }
    }
}

/// In microseconds.
fn pause(tries: u32, chance: u32) -> i64 {
    let pause = FIRST_PAUSE.saturating_mul(1 << tries.min(TRIES)).min(LONGEST_PAUSE) * SECOND;
    pause + pause / JITTER * i64::from(chance) / i64::from(WHOLE)
}

fn bounded(after: Duration) -> i64 {
    let longest = LONGEST_REST * SECOND;
    i64::try_from(after.as_micros()).map_or(longest, |micros| micros.min(longest))
}

const fn later(now: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(now.micros().saturating_add(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(784_111_777 * SECOND);

    fn seconds(seconds: i64) -> Timestamp {
        later(NOW, seconds * SECOND)
    }

    fn busy(after: Option<Duration>) -> Answer {
        Answer::Later { why: "it answered 503".to_owned(), after }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_nothing_else() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(Answer::of(status, None, NOW), Answer::Taken, "{status}");
        }
        for status in [408, 429, 500, 502, 503, 504, 599] {
            let why = format!("it answered {status}");
            assert_eq!(Answer::of(status, None, NOW), Answer::Later { why, after: None }, "{status}");
        }
        for status in [100, 301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422, 600] {
            assert_eq!(Answer::of(status, Some("5"), NOW), Answer::Never { why: format!("it answered {status}") });
        }
    }

    #[test]
    fn a_receiver_may_say_when_in_seconds_or_with_a_date_and_not_beyond_an_hour() {
        let after = |text| match Answer::of(503, Some(text), NOW) {
            Answer::Later { after, .. } => after.map(|after| after.as_secs()),
            other => panic!("{other:?}"),
        };
        // The moment of NOW is the date in RFC 9110.
        assert_eq!(after("120"), Some(120));
        assert_eq!(after(" Sun, 06 Nov 1994 08:51:37 GMT "), Some(120));
        for nothing in ["", "soon", "-1", "Sun, 06 Nov 1994 08:49:36 GMT"] {
            assert_eq!(after(nothing), None, "{nothing}");
        }
        let fate = |after| match Fate::after(busy(Some(after)), 0, NOW, 0) {
            Fate::Again { at, rests_until, .. } => (at, rests_until),
            other => panic!("{other:?}"),
        };
        let (at, rest) = fate(Duration::from_mins(2));
        assert_eq!((at, rest), (seconds(120), Some(seconds(120))));
        let (at, rest) = fate(Duration::from_secs(1));
        assert_eq!((at, rest), (seconds(15), Some(seconds(1))), "the letter itself keeps its own pause");
        for long in [Duration::from_secs(3_601), Duration::MAX] {
            assert_eq!(fate(long), (seconds(3_600), Some(seconds(3_600))), "bounded");
        }
    }

    #[test]
    fn pauses_double_up_to_six_hours_with_chance_on_top_and_end() {
        let at = |tries, chance| match Fate::after(busy(None), tries, NOW, chance) {
            Fate::Again { at, rests_until: None, .. } => (at.micros() - NOW.micros()) / SECOND,
            other => panic!("{other:?}"),
        };
        assert_eq!([0, 1, 2, 10, 11, 22].map(|tries| at(tries, 0)), [15, 30, 60, 15_360, 21_600, 21_600]);
        assert_eq!([0, 2].map(|tries| at(tries, WHOLE - 1)), [18, 74], "up to a quarter more");
        let all: i64 = (0..TRIES - 1).map(|tries| at(tries, 0)).sum();
        assert!(all > 3 * 86_400, "three days and more: {all} s");
        let last = Fate::after(busy(None), TRIES - 1, NOW, 0);
        assert_eq!(last, Fate::Dead { why: "it answered 503; it was tried 24 times".to_owned() });
    }
}
