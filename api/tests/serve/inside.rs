//! The same server inside the test, with a clock of the test: what `serve` does after it read its configuration.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use api::cli::serve::{Opened, open_door};
use api::config::ServerConfig;
use api::graphql::Limits;
use api::node::{FolderKind, Node, NodeOptions};
use api::server::{Bound, Standing};
use api::telemetry::Metrics;
use domain::terms::TermsBook;
use domain::time::Timestamp;
use eventstore::clock::{SystemClock, wall_time};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::site::Site;

type Hand<T> = Box<dyn Fn() -> T + Send + Sync>;

/// The clock of a machine as `serve` watches it, over a wall clock that can be stepped; its monotonic clock stands still.
#[derive(Clone)]
pub struct Machine(Arc<AtomicI64>);

impl Machine {
    /// A machine whose wall clock is this far from the real one.
    pub fn off_by(off: Duration) -> Self {
        Self(Arc::new(AtomicI64::new(wall_time().micros() + micros(off))))
    }

    /// Steps the wall clock ahead.
    pub fn step(&self, by: Duration) {
        self.0.fetch_add(micros(by), Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }

    fn clock(&self) -> SystemClock<Hand<Timestamp>, Hand<Duration>> {
        let machine = self.clone();
        SystemClock::from_sources(Box::new(move || machine.now()), Box::new(|| Duration::ZERO))
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap()
}

/// A server that runs in this process, on a runtime of its own: when that is gone, nothing of it is left.
pub struct Inside {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl Inside {
    /// Starts it as a new process on this machine would; `confirm_clock` as on the command line.
    pub fn start(site: &Site, machine: &Machine, confirm_clock: bool) -> Self {
        let clock = Arc::new(machine.clock());
        let options = NodeOptions {
            folder: site.data(),
            kind: FolderKind::Real,
            history: api::node::HistoryPlace::Folder,
            master_key_file: Some(site.master_key()),
            terms: TermsBook::nl_default().unwrap(),
            clock: Arc::<SystemClock<_, _>>::clone(&clock),
        };
        let confirm = move || {
            if confirm_clock {
                clock.confirm();
            }
        };
        let (folder, verifier) = (site.data(), Arc::new(site.verifier()));
        let ((tell, told), (stop, stopped)) = (mpsc::channel(), watch::channel(false));
        let serving = async move {
            let node = Node::open(options, confirm).await.unwrap();
            let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            tell.send(bound.address()).unwrap();
            let config = ServerConfig { shutdown_grace_seconds: 2, ..ServerConfig::default() };
            let (limits, metrics) = (Limits::default(), Metrics::nowhere());
            let standing = Standing::silent(bound, stopped.clone(), config.shutdown_grace());
            let opened =
                Opened { node, folder, standing, verifier, config, limits, metrics, page: None, stop: stopped };
            open_door(opened).await.unwrap();
        };
        let thread = std::thread::spawn(move || Runtime::new().unwrap().block_on(serving));
        Self { address: told.recv().expect("the server starts"), stop, thread }
    }

    /// Stops it in order.
    pub fn stop(self) {
        self.stop.send_replace(true);
        self.thread.join().expect("the server stops in order");
    }
}
