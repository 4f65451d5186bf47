//! Where the time comes from. Nothing else in the project asks the system for it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::time::Timestamp;

/// Tells the time of the system: real, or told.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// By how many seconds this clock stepped, while no operator has confirmed the time. Nothing is recorded meanwhile.
    fn suspect(&self) -> Option<i64> {
        None
    }

    /// Hears when the last event of a history was recorded. A clock that watches itself becomes suspect when that lies well in
    /// its future.
    fn witness(&self, recorded: Timestamp) {
        let _ = recorded;
    }

    /// Hears that an earlier process of this node saw it step by so many seconds, and that nobody confirmed the time since. A clock
    /// that watches itself becomes suspect.
    fn doubt(&self, seconds: i64) {
        let _ = seconds;
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }

    fn suspect(&self) -> Option<i64> {
        (**self).suspect()
    }

    fn witness(&self, recorded: Timestamp) {
        (**self).witness(recorded);
    }

    fn doubt(&self, seconds: i64) {
        (**self).doubt(seconds);
    }
}

/// A clock that stands still until it is set: for tests and for playing case histories.
#[derive(Debug)]
pub struct ToldClock(AtomicI64);

impl ToldClock {
    /// A clock that shows this moment.
    #[must_use]
    pub const fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.micros()))
    }

    /// Shows another moment from now on.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.micros(), Ordering::SeqCst);
    }
}

impl Clock for ToldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The largest step that raises no question, in microseconds: 5 minutes.
pub const LARGEST_STEP_MICROS: i64 = 5 * 60 * 1_000_000;

/// The clock of the machine, watched against its monotonic clock. A step of more than 5 minutes, in one go or added up since
/// the last confirmation, makes it suspect, and so does a history that was recorded in its future. While it is suspect it goes on
/// from the time that was trusted last, by the monotonic clock: what is still written (the trail) does not follow the step.
pub struct SystemClock<W = fn() -> Timestamp, M = fn() -> Duration> {
    wall: W,
    monotonic: M,
    watch: Mutex<Watch>,
}

#[derive(Clone, Copy)]
struct Watch {
    /// Both clocks as they stood when the time was last trusted: wall, monotonic, in microseconds.
    anchor: (i64, i64),
    suspect: Option<i64>,
}

impl SystemClock {
    /// The clock of this machine, trusted as it stands.
    #[must_use]
    pub fn new() -> Self {
        Self::from_sources(wall_time, since_first_asked)
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Fn() -> Timestamp + Send + Sync, M: Fn() -> Duration + Send + Sync> SystemClock<W, M> {
    /// A clock over other sources: a wall clock, and a time since any fixed moment that never steps.
    pub fn from_sources(wall: W, monotonic: M) -> Self {
        let anchor = (wall().micros(), micros(monotonic()));
        Self { wall, monotonic, watch: Mutex::new(Watch { anchor, suspect: None }) }
    }

    /// An operator says that the time shown now is right.
    pub fn confirm(&self) {
        let anchor = (self.wall_micros(), self.monotonic_micros());
        *self.watch() = Watch { anchor, suspect: None };
    }

    fn wall_micros(&self) -> i64 {
        (self.wall)().micros()
    }

    fn monotonic_micros(&self) -> i64 {
        micros((self.monotonic)())
    }

    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> (Timestamp, Option<i64>) {
        let mut watch = self.watch();
        let (wall, monotonic) = (self.wall_micros(), self.monotonic_micros());
        let passed = monotonic.saturating_sub(watch.anchor.1);
        let step = wall.saturating_sub(watch.anchor.0).saturating_sub(passed);
        if step.saturating_abs() > LARGEST_STEP_MICROS && watch.suspect.is_none() {
            watch.suspect = Some(step / 1_000_000);
        }
        let told = if watch.suspect.is_some() { watch.anchor.0.saturating_add(passed) } else { wall };
        (Timestamp::from_micros(told), watch.suspect)
    }
}

impl<W: Fn() -> Timestamp + Send + Sync, M: Fn() -> Duration + Send + Sync> Clock for SystemClock<W, M> {
    fn now(&self) -> Timestamp {
        self.read().0
    }

    fn suspect(&self) -> Option<i64> {
        self.read().1
    }

    fn witness(&self, recorded: Timestamp) {
        let (now, suspect) = self.read();
        let ahead = recorded.micros().saturating_sub(now.micros());
        if suspect.is_none() && ahead > LARGEST_STEP_MICROS {
            self.watch().suspect = Some(-(ahead / 1_000_000));
        }
    }

    fn doubt(&self, seconds: i64) {
        self.watch().suspect.get_or_insert(seconds);
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// What the clock on the wall shows, whatever any [`Clock`] says: for the lifetime of tokens, and nothing that is recorded.
#[must_use]
pub fn wall_time() -> Timestamp {
    let now = SystemTime::now();
    Timestamp::from_micros(now.duration_since(UNIX_EPOCH).map_or_else(|before| -micros(before.duration()), micros))
}

fn since_first_asked() -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60 * 1_000_000;

    /// Two clocks to set by hand: wall and monotonic, in microseconds.
    #[derive(Default)]
    struct Hands {
        wall: AtomicI64,
        monotonic: AtomicI64,
    }

    impl Hands {
        fn pass(&self, micros: i64) {
            self.wall.fetch_add(micros, Ordering::SeqCst);
            self.monotonic.fetch_add(micros, Ordering::SeqCst);
        }

        fn step(&self, micros: i64) {
            self.wall.fetch_add(micros, Ordering::SeqCst);
        }
    }

    fn clock(hands: &Hands) -> SystemClock<impl Fn() -> Timestamp + Send + Sync, impl Fn() -> Duration + Send + Sync> {
        SystemClock::from_sources(
            || Timestamp::from_micros(hands.wall.load(Ordering::SeqCst)),
            || Duration::from_micros(hands.monotonic.load(Ordering::SeqCst).unsigned_abs()),
        )
    }

    #[test]
    fn time_that_passes_raises_no_question() {
        let hands = Hands::default();
        let clock = clock(&hands);
        hands.pass(48 * 60 * MINUTE);
        hands.step(5 * MINUTE);
        assert_eq!(clock.suspect(), None);
        assert_eq!(clock.now().micros(), (48 * 60 + 5) * MINUTE);
    }

    #[test]
    fn a_step_forward_or_back_is_suspect_until_confirmed() {
        for step in [6 * MINUTE, -6 * MINUTE] {
            let hands = Hands::default();
            let clock = clock(&hands);
            hands.step(step);
            assert_eq!(clock.suspect(), Some(step / 1_000_000));
            hands.pass(MINUTE);
            assert_eq!(clock.now().micros(), MINUTE, "it goes on from the time that was trusted");
            hands.step(-step);
            assert_eq!(clock.suspect(), Some(step / 1_000_000), "going back by itself confirms nothing");
            clock.confirm();
            assert_eq!(clock.suspect(), None);
        }
    }

    #[test]
    fn small_steps_add_up() {
        let hands = Hands::default();
        let clock = clock(&hands);
        hands.step(4 * MINUTE);
        assert_eq!(clock.suspect(), None);
        hands.step(4 * MINUTE);
        assert_eq!(clock.suspect(), Some(8 * 60));
    }

    #[test]
    fn a_history_from_the_future_is_suspect() {
        let hands = Hands::default();
        let clock = clock(&hands);
        clock.witness(Timestamp::from_micros(4 * MINUTE));
        assert_eq!(clock.suspect(), None);
        clock.witness(Timestamp::from_micros(60 * MINUTE));
        assert_eq!(clock.suspect(), Some(-3600));
        clock.confirm();
        assert_eq!(clock.suspect(), None);
    }

    #[test]
    fn a_doubt_of_an_earlier_process_stays_until_confirmed() {
        let hands = Hands::default();
        let clock = clock(&hands);
        clock.doubt(600);
        assert_eq!(clock.suspect(), Some(600));
        clock.confirm();
        assert_eq!(clock.suspect(), None);
    }

    #[test]
    fn a_told_clock_is_never_suspect() {
        let clock = ToldClock::at(Timestamp::from_micros(0));
        clock.set(Timestamp::from_micros(600 * MINUTE));
        clock.witness(Timestamp::from_micros(6_000 * MINUTE));
        clock.doubt(600);
        assert_eq!(clock.suspect(), None);
    }

    #[test]
    fn the_machine_has_a_clock() {
        let clock = SystemClock::new();
        assert!(clock.now().micros() > 0);
        assert_eq!(clock.suspect(), None);
    }
}
