//! What goes wrong, on order: each fault is armed for the next calls it concerns, or until it is switched off.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// How a writer fails to hear that its write stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Loss {
    /// The server says that the operation timed out (`Aborted`; `DeadlineExceeded` in a batch).
    TimedOut,
    /// The call ends with `Unavailable`; in a batch, the whole session.
    Unavailable,
    /// No answer ever comes, also not when the caller's deadline passes.
    Silence,
    /// Every connection to this node breaks.
    Connection,
}

/// One thing that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A write is committed, its answer is lost.
    LoseAcknowledgement(Loss),
    /// A write is committed only after its caller has gone away (cancelled, timed out, disconnected); in a batch, after the session's
    /// connection has.
    DelayCommit,
    /// A full disk: as the real server ends its process at the first failed write, every write breaks all connections and commits
    /// nothing. Connecting again and reading work, as after a restart by a service manager.
    DiskFull,
    /// The node takes no writes and names no leader.
    ReadOnly,
    /// The node accepts calls and never answers.
    Hang,
    /// The node says that it is not ready; gossip and features still answer.
    NotReady,
    /// A session of `BatchAppend` ends in order instead of answering; what was asked is not written.
    EndAppends,
    /// The answer to a write that stood there already does not say where: the server did not find its record.
    ForgetPosition,
    /// A write in a batch that stood there already is not known any more, and is refused for its expectation.
    ForgetIds,
    /// A subscription ends without an error right after it was confirmed.
    EndSubscription,
    /// A subscription breaks with `Unavailable` right after it was confirmed.
    BreakSubscription,
    /// A subscription stays open and says nothing more from its next event on.
    StallSubscription,
    /// The last event of every page is delivered twice, in reads and in subscriptions.
    DuplicateEvents,
    /// A read begins with something that was not asked for, as a server of a later version may.
    SayMore,
}

/// How often an armed fault happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// The next so many calls it concerns.
    Next(u32),
    /// Until [`FaultScript::off`].
    UntilOff,
}

/// How subscriptions that are open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Clean,
    Broken,
}

/// The faults of one node.
pub struct FaultScript {
    armed: Mutex<HashMap<Fault, Times>>,
    happened: watch::Sender<HashMap<Fault, u64>>,
    latency: Mutex<Duration>,
    hop: Mutex<Duration>,
    endings: watch::Sender<Option<Ending>>,
}

impl FaultScript {
    pub(super) fn new() -> Self {
        Self {
            armed: Mutex::default(),
            happened: watch::Sender::default(),
            latency: Mutex::default(),
            hop: Mutex::default(),
            endings: watch::Sender::new(None),
        }
    }

    /// Arms a fault; the last word counts.
    pub fn arm(&self, fault: Fault, times: Times) {
        self.armed().insert(fault, times);
    }

    /// Switches a fault off.
    pub fn off(&self, fault: Fault) {
        self.armed().remove(&fault);
    }

    /// Switches everything off, slowness too.
    pub fn all_off(&self) {
        self.armed().clear();
        self.slow_delivery(Duration::ZERO);
        self.slow_hops(Duration::ZERO);
    }

    /// Takes so long for each hop of a read or subscription with a filter; zero switches it off.
    pub fn slow_hops(&self, each: Duration) {
        *self.hop.lock().unwrap_or_else(PoisonError::into_inner) = each;
    }

    pub(super) async fn hop(&self) {
        let each = *self.hop.lock().unwrap_or_else(PoisonError::into_inner);
        pause(each).await;
    }

    /// Before each message to a reader.
    pub(super) async fn delivery(&self) {
        pause(self.latency()).await;
    }

    /// Waits so long before each message to a reader; zero switches it off.
    pub fn slow_delivery(&self, latency: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = latency;
    }

    /// Ends every open subscription without an error, as a server that shuts down does.
    pub fn end_subscriptions_cleanly(&self) {
        self.endings.send_replace(Some(Ending::Clean));
    }

    /// Breaks every open subscription with `Unavailable`.
    pub fn break_subscriptions(&self) {
        self.endings.send_replace(Some(Ending::Broken));
    }

    /// How often a fault has happened.
    pub fn happened(&self, fault: Fault) -> u64 {
        self.happened.borrow().get(&fault).copied().unwrap_or_default()
    }

    /// Waits until a fault has happened so often since the start.
    pub async fn until_happened(&self, fault: Fault, times: u64) {
        let mut happened = self.happened.subscribe();
        let enough = |happened: &HashMap<Fault, u64>| happened.get(&fault).is_some_and(|count| *count >= times);
        // The sender lives as long as `self`.
        let _ = happened.wait_for(enough).await;
    }

    pub(super) fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn endings(&self) -> watch::Receiver<Option<Ending>> {
        let mut endings = self.endings.subscribe();
        endings.mark_unchanged();
        endings
    }

    /// Whether this fault happens now; counts it.
    pub(super) fn strikes(&self, fault: Fault) -> bool {
        let mut armed = self.armed();
        match armed.get_mut(&fault) {
            None | Some(Times::Next(0)) => return false,
            Some(Times::Next(left)) => *left -= 1,
            Some(Times::UntilOff) => {}
        }
        drop(armed);
        self.happened.send_modify(|happened| *happened.entry(fault).or_default() += 1);
        true
    }

    /// How the answer to a write is lost, if it is.
    pub(super) fn loss(&self) -> Option<Loss> {
        let losses = [Loss::TimedOut, Loss::Unavailable, Loss::Silence, Loss::Connection];
        losses.into_iter().find(|loss| self.strikes(Fault::LoseAcknowledgement(*loss)))
    }

    fn armed(&self) -> MutexGuard<'_, HashMap<Fault, Times>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nothing at all when it is zero: the shortest sleep takes a millisecond.
async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}
