//! How much one caller may ask: a bucket of so many requests a minute for each worker and kind of operation, judged before the gate and
//! without a trace in the trail. Whoever shows no valid token has an address for a name. Those seen last are remembered, so many and no
//! more.

use std::net::{IpAddr, Ipv6Addr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::ids::WorkerId;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use lru::LruCache;

use crate::config::ServerConfig;
use crate::trail::OperationKind;

/// Whom a limiter remembers at most: some megabytes.
const MOST_CALLERS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// The bits of an IPv6 address that name a network: whoever has one address of it has them all.
const NETWORK: u128 = !0 << 64;

/// A request that is one too many, and when there is room again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TooMuch {
    /// In whole seconds, at least one.
    pub(super) seconds: u32,
    /// What there was too much of, for metrics.
    pub(super) kind: &'static str,
}

/// Where a caller comes from, as far as it is told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
            IpAddr::V4(address) => IpAddr::V4(address),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Worker(WorkerId, Kind),
    Stranger(Network),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Query,
    Mutation,
    Subscription,
    /// Whatever it is: nobody looked at it yet.
    Any,
}

impl Kind {
    const fn of(kind: OperationKind) -> Self {
        match kind {
            OperationKind::Mutation => Self::Mutation,
            OperationKind::Subscription => Self::Subscription,
            // A text that is no request runs nothing, and is answered as a query would be.
            OperationKind::Query | OperationKind::CommandLine | OperationKind::Unknown => Self::Query,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
            Self::Any => "any",
        }
    }
}

/// Time that passes: since when does not matter.
#[derive(Clone)]
struct Passing(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Clock for Passing {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        (self.0)().into()
    }
}

/// One bucket. That of a stranger is taken from when a try failed, and asked before the next.
struct Bucket {
    cells: RateLimiter<NotKeyed, InMemoryState, Passing, NoOpMiddleware<Nanos>>,
    shut_until: Nanos,
}

/// Keeps callers within bounds.
pub(super) struct Limiter {
    config: Arc<ServerConfig>,
    buckets: Mutex<LruCache<Who, Bucket>>,
    clock: Passing,
}

impl Limiter {
    /// With the bounds of this configuration.
    pub(super) fn new(config: Arc<ServerConfig>) -> Self {
        let started = Instant::now();
        Self::by(config, Arc::new(move || started.elapsed()))
    }

    /// The same by this clock.
    pub(super) fn by(config: Arc<ServerConfig>, clock: Arc<dyn Fn() -> Duration + Send + Sync>) -> Self {
        Self { config, buckets: Mutex::new(LruCache::new(MOST_CALLERS)), clock: Passing(clock) }
    }

    /// Counts a request of which nothing was read yet but who sends it.
    pub(super) fn begins(&self, worker: WorkerId) -> Result<(), TooMuch> {
        self.take(Who::Worker(worker, Kind::Any), "any")
    }

    /// Counts an operation that is about to run.
    pub(super) fn runs(&self, worker: WorkerId, kind: OperationKind) -> Result<(), TooMuch> {
        let kind = Kind::of(kind);
        self.take(Who::Worker(worker, kind), kind.as_str())
    }

    /// Whether somebody from there is looked at now.
    pub(super) fn looks_at(&self, network: Network) -> Result<(), TooMuch> {
        let now = self.clock.now();
        let shut_until = self.lock().get(&Who::Stranger(network)).map(|bucket| bucket.shut_until);
        match shut_until {
            Some(until) if until > now => {
                Err(TooMuch { seconds: whole_seconds(until.saturating_sub(now).into()), kind: "stranger" })
            }
            _ => Ok(()),
        }
    }

    /// Counts somebody from there who showed no valid token.
    pub(super) fn failed(&self, network: Network) {
        // Heard at the next try: this one gets its own answer.
        let _ = self.take(Who::Stranger(network), "stranger");
    }

    fn take(&self, who: Who, kind: &'static str) -> Result<(), TooMuch> {
        let Some(most) = NonZeroU32::new(self.most(who)) else { return Ok(()) };
        let mut buckets = self.lock();
        let bucket = buckets.get_or_insert_mut(who, || Bucket {
            cells: RateLimiter::direct_with_clock(Quota::per_minute(most), self.clock.clone()),
            shut_until: Nanos::from(0),
        });
        let Err(until) = bucket.cells.check() else { return Ok(()) };
        let now = self.clock.now();
        let wait = until.wait_time_from(now);
        bucket.shut_until = now + wait;
        Err(TooMuch { seconds: whole_seconds(wait), kind })
    }

    /// How many in a minute; 0 for no limit.
    fn most(&self, who: Who) -> u32 {
        let config = &self.config;
        let kinds = [config.queries_per_minute, config.mutations_per_minute, config.subscriptions_per_minute];
        match who {
            Who::Worker(_, Kind::Query) => config.queries_per_minute,
            Who::Worker(_, Kind::Mutation) => config.mutations_per_minute,
            Who::Worker(_, Kind::Subscription) => config.subscriptions_per_minute,
            Who::Worker(_, Kind::Any) if kinds.contains(&0) => 0,
            Who::Worker(_, Kind::Any) => kinds.into_iter().fold(0, u32::saturating_add),
            Who::Stranger(_) => config.strangers_per_minute,
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Who, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn whole_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use uuid::Uuid;

    use super::*;

    fn limiter(config: ServerConfig) -> (Limiter, Arc<AtomicU64>) {
        let seconds = Arc::new(AtomicU64::new(0));
        let told = Arc::clone(&seconds);
        let clock = Arc::new(move || Duration::from_secs(told.load(Ordering::SeqCst)));
        (Limiter::by(Arc::new(config), clock), seconds)
    }

    fn few() -> ServerConfig {
        ServerConfig {
            queries_per_minute: 3,
            mutations_per_minute: 2,
            subscriptions_per_minute: 1,
            strangers_per_minute: 2,
            ..ServerConfig::default()
        }
    }

    fn worker(number: u128) -> WorkerId {
        WorkerId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn each_worker_has_a_bucket_per_kind_that_fills_again() {
        let (limiter, seconds) = limiter(few());
        let query = |number| limiter.runs(worker(number), OperationKind::Query);
        assert_eq!([query(1), query(1), query(1)], [Ok(()); 3], "all at once if need be");
        assert_eq!(query(1), Err(TooMuch { seconds: 20, kind: "query" }));
        assert_eq!(limiter.runs(worker(1), OperationKind::Unknown), query(1), "what cannot be read counts as a query");
        assert_eq!(limiter.runs(worker(1), OperationKind::Mutation), Ok(()));
        assert_eq!(limiter.runs(worker(1), OperationKind::Subscription), Ok(()));
        assert_eq!(query(2), Ok(()), "another worker");
        seconds.store(19, Ordering::SeqCst);
        assert_eq!(query(1), Err(TooMuch { seconds: 1, kind: "query" }));
        seconds.store(20, Ordering::SeqCst);
        assert_eq!((query(1), query(1).is_err()), (Ok(()), true), "a place came free, and only one");
    }

    #[test]
    fn whatever_is_sent_is_bounded_by_the_three_together() {
        let (limiter, _) = limiter(few());
        assert!((0..6).all(|_| limiter.begins(worker(1)).is_ok()));
        assert_eq!(limiter.begins(worker(1)), Err(TooMuch { seconds: 10, kind: "any" }));
    }

    #[test]
    fn without_a_limit_nothing_is_counted() {
        let off = ServerConfig { queries_per_minute: 0, strangers_per_minute: 0, ..few() };
        let (limiter, _) = limiter(off);
        assert!((0..1_000).all(|_| limiter.runs(worker(1), OperationKind::Query).is_ok()));
        assert!((0..1_000).all(|_| limiter.begins(worker(1)).is_ok()));
        let network = Network::from(IpAddr::from([127, 0, 0, 1]));
        (0..1_000).for_each(|_| limiter.failed(network));
        assert_eq!((limiter.looks_at(network), limiter.lock().len()), (Ok(()), 0));
    }

    #[test]
    fn who_tries_too_often_is_not_looked_at_for_a_while() {
        let (limiter, seconds) = limiter(few());
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        let [home, same, other] = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"].map(network);
        assert_eq!(home, same, "one network");
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        for _ in 0..2 {
            limiter.failed(home);
            assert_eq!(limiter.looks_at(same), Ok(()));
        }
        limiter.failed(same);
        assert_eq!(limiter.looks_at(home), Err(TooMuch { seconds: 30, kind: "stranger" }));
        assert_eq!(limiter.looks_at(other), Ok(()));
        seconds.store(30, Ordering::SeqCst);
        assert_eq!(limiter.looks_at(home), Ok(()));
    }

    #[test]
    fn only_those_seen_last_are_remembered() {
        let (limiter, _) = limiter(few());
        for number in 0..2 * MOST_CALLERS.get() as u128 {
            assert_eq!(limiter.begins(worker(number)), Ok(()));
        }
        assert_eq!(limiter.lock().len(), MOST_CALLERS.get());
    }
}
