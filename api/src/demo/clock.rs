//! The clock of the demo: told while histories are played, then running on by itself. It never goes back.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use domain::time::Timestamp;
use eventstore::clock::Clock;

/// A clock that stands where it was told until it runs. It does not follow the system's clock, so a step of that clock means nothing
/// to it: it is never suspect.
#[derive(Debug)]
pub struct DemoClock {
    told: AtomicI64,
    running: OnceLock<(Timestamp, Instant)>,
}

impl DemoClock {
    /// A clock that stands at this moment.
    #[must_use]
    pub const fn at(moment: Timestamp) -> Self {
        Self { told: AtomicI64::new(moment.micros()), running: OnceLock::new() }
    }

    /// Stands at a later moment. No effect for an earlier one, nor once the clock runs.
    pub fn tell(&self, moment: Timestamp) {
        self.told.fetch_max(moment.micros(), Ordering::SeqCst);
    }

    /// Runs from this moment on, or from where it stands when that is later. The first call counts.
    pub fn run_from(&self, moment: Timestamp) {
        self.tell(moment);
        self.running.get_or_init(|| (Timestamp::from_micros(self.told.load(Ordering::SeqCst)), Instant::now()));
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let Some((from, since)) = self.running.get() else {
            return Timestamp::from_micros(self.told.load(Ordering::SeqCst));
        };
        let passed = i64::try_from(since.elapsed().as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(from.micros().saturating_add(passed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros)
    }

    #[test]
    fn a_told_clock_stands_and_never_goes_back() {
        let clock = DemoClock::at(moment(10));
        clock.tell(moment(30));
        clock.tell(moment(20));
        assert_eq!(clock.now(), moment(30));
    }

    #[test]
    fn it_runs_on_from_the_later_of_where_it_stands_and_what_it_is_given() {
        let early = DemoClock::at(moment(10));
        early.run_from(moment(1_000_000));
        assert!(early.now() >= moment(1_000_000));
        let late = DemoClock::at(moment(5_000_000));
        late.run_from(moment(1_000_000));
        assert!(late.now() >= moment(5_000_000));
    }

    #[test]
    fn once_it_runs_nobody_tells_it_the_time() {
        let clock = DemoClock::at(moment(0));
        clock.run_from(moment(10));
        clock.tell(moment(i64::MAX / 2));
        assert!(clock.now() < moment(i64::MAX / 2));
    }
}
