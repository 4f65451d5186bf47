//! The keys of an issuer that tells them itself: kept, renewed by age, and asked for once more when a token names a key that is not there.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use tokio::sync::{Mutex, watch};

use super::Reason;
use super::discovery::{FetchFault, IssuerAddress};
use super::keys::{Key, KeySet};
use crate::health::Finding;
use crate::telemetry::Metrics;

/// How often the issuer is asked at most because of keys that nobody knows: strangers who make names up cause no storm.
pub(super) const BETWEEN_QUESTIONS: Duration = Duration::from_secs(10);

/// How long after the first failure the issuer is asked again; twice as long after each next one.
const FIRST_RETRY: Duration = Duration::from_secs(2);

/// The longest between two attempts while the issuer is away.
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// A time since any fixed moment that never steps.
pub(super) type Monotonic = Box<dyn Fn() -> Duration + Send + Sync>;

/// How long keys are good.
#[derive(Clone, Copy)]
pub(super) struct KeyTimes {
    /// After how long they are asked for again.
    pub(super) refresh: Duration,
    /// After how long without an answer they are believed no longer.
    pub(super) longest: Duration,
}

/// The keys of one issuer, as it told them last.
pub(super) struct FetchedKeys {
    issuer: IssuerAddress,
    times: KeyTimes,
    now: Monotonic,
    held: RwLock<Held>,
    /// Whoever asks the issuer holds this. Inside: when it was last asked because of a key that nobody knew.
    turn: Arc<Mutex<Option<Duration>>>,
}

#[derive(Default)]
struct Held {
    keys: Option<(Arc<KeySet>, Duration)>,
    fault: Option<String>,
}

impl FetchedKeys {
    /// No keys yet.
    pub(super) fn new(issuer: IssuerAddress, times: KeyTimes) -> Self {
        let start = Instant::now();
        Self::by(issuer, times, Box::new(move || start.elapsed()))
    }

    /// The same by another clock.
    pub(super) fn by(issuer: IssuerAddress, times: KeyTimes, now: Monotonic) -> Self {
        Self { issuer, times, now, held: RwLock::default(), turn: Arc::default() }
    }

    /// The key of this name. One that is not there is asked for, at most once for everybody who waits.
    pub(super) async fn find(self: &Arc<Self>, kid: &str) -> Result<Arc<Key>, Reason> {
        if let Some(key) = self.known(kid) {
            return Ok(key);
        }
        self.ask_for(kid).await;
        self.known(kid).ok_or_else(|| if self.good().is_some() { Reason::UnknownKey } else { Reason::KeysAway })
    }

    /// Asks the issuer for its keys.
    pub(super) async fn refresh(self: &Arc<Self>) -> Result<(), FetchFault> {
        let _turn = self.turn.lock().await;
        self.fetch().await
    }

    /// Keeps the keys fresh until told to stop.
    pub(super) async fn keep_fresh(self: Arc<Self>, metrics: Metrics, mut stop: watch::Receiver<bool>) {
        let mut retry = FIRST_RETRY;
        loop {
            let found = self.refresh().await;
            metrics.checked("identity", self.finding().is_ok());
            let mut wait = self.times.refresh;
            if let Err(fault) = found {
                tracing::warn!(%fault, "the issuer of tokens does not give its keys");
                wait = wait.min(retry);
                retry = (retry * 2).min(LONGEST_RETRY);
            } else {
                retry = FIRST_RETRY;
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                // A sender that went away means the same as being told.
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Whether tokens can be checked, for `/readyz`.
    pub(super) fn finding(&self) -> Finding {
        if let Some((keys, age)) = self.good() {
            let figures = [("keys", Value::from(keys.len())), ("age_seconds", Value::from(age.as_secs()))];
            return Ok(figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>());
        }
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let why = held.fault.as_deref().unwrap_or("it is being asked; wait");
        Err(format!("the keys of the issuer of tokens are not there: {why}"))
    }

    async fn ask_for(self: &Arc<Self>, kid: &str) {
        let mut turn = Arc::clone(&self.turn).lock_owned().await;
        let asked_lately = turn.is_some_and(|last| (self.now)().saturating_sub(last) < BETWEEN_QUESTIONS);
        if self.known(kid).is_some() || asked_lately {
            return;
        }
        let keys = Arc::clone(self);
        // A task of its own: a caller who goes away neither ends what others wait for, nor makes room for one question more.
        let asked = tokio::spawn(async move {
            let found = keys.fetch().await;
            *turn = Some((keys.now)());
            found.is_ok()
        });
        let renewed = asked.await.unwrap_or(false);
        tracing::debug!(renewed, "a token named a key that was not there; the issuer was asked");
    }

    async fn fetch(&self) -> Result<(), FetchFault> {
        let asked_at = (self.now)();
        let found = self.issuer.key_set().await;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        match found {
            Ok(keys) => {
                *held = Held { keys: Some((Arc::new(keys), asked_at)), fault: None };
                Ok(())
            }
            Err(fault) => {
                held.fault = Some(fault.to_string());
                Err(fault)
            }
        }
    }

    fn known(&self, kid: &str) -> Option<Arc<Key>> {
        self.good().and_then(|(keys, _)| keys.get(kid))
    }

    /// The keys, unless they are too old, and their age.
    fn good(&self) -> Option<(Arc<KeySet>, Duration)> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let (keys, fetched_at) = held.keys.as_ref()?;
        let age = (self.now)().saturating_sub(*fetched_at);
        (age < self.times.longest).then(|| (Arc::clone(keys), age))
    }
}
