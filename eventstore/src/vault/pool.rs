//! Keys made ahead: durable before anyone seals with them.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::{Inner, VaultFault, lock};
use crate::key::{Entropy, Key, KeyId, NoEntropy};

/// Keys made in one go, and one sync.
const BATCH: usize = 256;

/// More are made when fewer than this are left.
const LOW: usize = 96;

pub(super) fn make_keys(entropy: &dyn Entropy) -> Result<Vec<(KeyId, Key)>, NoEntropy> {
    (0..BATCH).map(|_| Ok((KeyId::generate(entropy)?, Key::generate(entropy)?))).collect()
}

pub(super) struct Pool {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    ready: VecDeque<(KeyId, Key)>,
    wanted: bool,
    closed: bool,
    /// Refills that failed so far, and how the last one did, if it did.
    failures: u64,
    fault: Option<VaultFault>,
}

impl Pool {
    pub(super) fn of(keys: Vec<(KeyId, Key)>) -> Self {
        let state = State { ready: keys.into(), wanted: false, closed: false, failures: 0, fault: None };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    pub(super) fn take(&self) -> Result<(KeyId, Key), VaultFault> {
        let mut state = lock(&self.state);
        let failures = state.failures;
        loop {
            if state.closed {
                return Err(VaultFault::Closed);
            }
            if state.ready.len() <= LOW && !state.wanted {
                state.wanted = true;
                self.changed.notify_all();
            }
            if let Some(key) = state.ready.pop_front() {
                return Ok(key);
            }
            if let (true, Some(fault)) = (state.failures > failures, &state.fault) {
                return Err(fault.clone());
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Why the last keys could not be made, if they could not. Asks for them again.
    pub(super) fn fault(&self) -> Option<VaultFault> {
        let mut state = lock(&self.state);
        let fault = state.fault.clone()?;
        state.wanted = true;
        self.changed.notify_all();
        Some(fault)
    }

    pub(super) fn close(&self) {
        lock(&self.state).closed = true;
        self.changed.notify_all();
    }

    /// Waits until keys are wanted; `false` when the vault closes.
    fn wait_until_wanted(&self) -> bool {
        let mut state = lock(&self.state);
        while !state.wanted && !state.closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn answer(&self, made: Result<Vec<(KeyId, Key)>, VaultFault>) {
        let mut state = lock(&self.state);
        state.wanted = false;
        match made {
            Ok(keys) => {
                state.ready.extend(keys);
                state.fault = None;
            }
            Err(fault) => {
                state.failures += 1;
                state.fault = Some(fault);
            }
        }
        self.changed.notify_all();
    }
}

/// Starts the thread that makes keys when they run low. After a failure it tries again at the next request.
pub(super) fn start_refilling(inner: &Arc<Inner>) -> Result<std::thread::JoinHandle<()>, VaultFault> {
    let vault = Arc::clone(inner);
    let refill = move || {
        while vault.pool.wait_until_wanted() {
            let made = vault.refill();
            if let Err(fault) = &made {
                tracing::error!(%fault, "no new keys could be made");
            }
            vault.pool.answer(made);
        }
    };
    std::thread::Builder::new()
        .name("vault".to_owned())
        .spawn(refill)
        .map_err(|error| VaultFault::Other { path: inner.path.clone(), what: error.to_string() })
}
