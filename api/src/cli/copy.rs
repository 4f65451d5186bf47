//! `rustpunt copy`: a history to another engine, as it is. The vault stays where it is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use eventstore::clock::SystemClock;
use eventstore::copy::{CopyReport, Progress, Stage, copy};
use eventstore::import::Import;
use eventstore::kurrent::{Address, ConnectionState, KurrentOptions, KurrentStore, Namespace, Opening, Patience};
use eventstore::port::{EventStore, Position, StoreFault};
use eventstore::sqlite::{FolderLock, SqliteOptions, SqliteStore};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::timeout;

use super::{Done, Failure, Outcome, runtime};
use crate::node::{FolderKind, HISTORY, owner_only, prepare};

/// How long a cluster may take to answer for the first time.
const FIRST_ANSWER: Duration = Duration::from_secs(20);

/// Where a history is: either end of a copy.
#[derive(Clone, Debug)]
pub enum End {
    /// In a folder, in the embedded engine's file.
    Folder(PathBuf),
    /// On a cluster, under a name.
    Cluster(Box<Address>, Namespace),
}

impl End {
    /// A folder, or the address of a cluster with a namespace there.
    ///
    /// # Errors
    /// When it is an address that cannot be used. Nothing of it is repeated: it may hold a password.
    pub fn read(place: &str, namespace: &str) -> Result<Self, Failure> {
        if !place.contains("://") {
            return Ok(Self::Folder(PathBuf::from(place)));
        }
        Ok(Self::Cluster(Box::new(Address::from_str(place)?), Namespace::from_str(namespace)?))
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Cluster(address, _) => f.write_str(&address.nodes()),
        }
    }
}

pub(super) fn run(from: &End, to: &End) -> Done {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{msg:10} [{bar:40}] {percent}%  {elapsed_precise}") {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let copied = runtime()?.block_on(carry_out(from, to, move |progress| show(&shown, progress)));
    bar.finish_and_clear();
    let CopyReport { events, streams, skipped } = copied?;
    println!("{events} events in {streams} streams are in both places and agree; {skipped} were there already.");
    println!("Every hash was made again from the bytes, on leaving and on arrival.");
    eprintln!(
        "rustpunt: the vault was not copied: keep it, with the master key, for whoever serves {to}; serve one of the two only"
    );
    Ok(Outcome::Fine)
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_message(match progress.stage {
        Stage::Looking => "looking",
        Stage::Copying => "copying",
        Stage::Verifying => "verifying",
    });
    bar.set_length(progress.head.token());
    bar.set_position(progress.position.token());
}

/// Copies a history from one place to another, or goes on with a copy that was broken off.
///
/// # Errors
/// One line that says what to do. What arrived stays, and the same again goes on from there.
pub async fn carry_out(from: &End, to: &End, progress: impl FnMut(Progress)) -> Result<CopyReport, Failure> {
    let source = open_source(from).await?;
    let target = open_target(to, from).await?;
    let copied = copy(&*source.store, &*target, progress).await;
    target.close().await;
    if let (End::Folder(folder), true) = (to, copied.is_ok()) {
        owner_only(&folder.join(HISTORY))?;
    }
    Ok(copied?)
}

/// A history that is only read, by nobody else written meanwhile as far as that can be seen to.
struct Source {
    store: Box<dyn EventStore>,
    _lock: Option<FolderLock>,
}

async fn open_source(from: &End) -> Result<Source, Failure> {
    let (store, lock): (Box<dyn EventStore>, _) = match from {
        End::Folder(folder) => {
            let history = folder.join(HISTORY);
            if !history.exists() {
                return Err(format!("{} is not there: check the path", history.display()).into());
            }
            let lock = FolderLock::take(folder)?;
            (Box::new(SqliteStore::open_read_only(&history)?), Some(lock))
        }
        End::Cluster(address, namespace) => {
            (Box::new(open_cluster(address, namespace, Opening::open_existing).await?), None)
        }
    };
    if store.head().await? == Position::START {
        return Err(format!("nothing is recorded in {from}: check path, address and namespace").into());
    }
    Ok(Source { store, _lock: lock })
}

/// A history that takes in another one.
enum Target {
    Embedded(Box<SqliteStore>),
    Kurrent(Box<KurrentStore>),
}

impl Target {
    async fn close(self) {
        match self {
            Self::Embedded(store) => {
                if let Err(error) = store.close().await {
                    eprintln!("rustpunt: the copy did not close in order ({error}); what arrived is durable");
                }
            }
            Self::Kurrent(store) => store.close(),
        }
    }
}

impl std::ops::Deref for Target {
    type Target = dyn Import;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Embedded(store) => &**store,
            Self::Kurrent(store) => &**store,
        }
    }
}

async fn open_target(to: &End, from: &End) -> Result<Target, Failure> {
    match to {
        End::Folder(folder) => {
            prepare(folder, kind_of(folder, from))?;
            let options = SqliteOptions::new(Arc::new(SystemClock::new()));
            Ok(Target::Embedded(Box::new(SqliteStore::open(&folder.join(HISTORY), options)?)))
        }
        End::Cluster(address, namespace) => {
            Ok(Target::Kurrent(Box::new(open_cluster(address, namespace, Opening::open).await?)))
        }
    }
}

/// A copy of invented people stays a demo, so that nobody serves it in earnest. A cluster does not tell.
fn kind_of(folder: &Path, from: &End) -> FolderKind {
    let told = match from {
        End::Folder(source) => FolderKind::of(source),
        End::Cluster(..) => FolderKind::of(folder),
    };
    told.unwrap_or(FolderKind::Real)
}

/// Opens a history on a cluster, unless the cluster does not answer in time or only an operator can help.
async fn open_cluster<F: Future<Output = Result<KurrentStore, StoreFault>>>(
    address: &Address,
    namespace: &Namespace,
    open: impl FnOnce(Opening) -> F,
) -> Result<KurrentStore, Failure> {
    let options = KurrentOptions {
        address: address.clone(),
        namespace: namespace.clone(),
        clock: Arc::new(SystemClock::new()),
        patience: Patience::default(),
    };
    let opening = KurrentStore::connect(options);
    let mut state = opening.state();
    // What an opening that is given up knew goes with it.
    let mut last = "it did not answer in time".to_owned();
    let hopeless = async {
        while state.changed().await.is_ok() {
            let ConnectionState::Troubled(trouble) = &*state.borrow_and_update() else { continue };
            last = trouble.to_string();
            if trouble.needs_operator() {
                return;
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        opened = timeout(FIRST_ANSWER, open(opening)) => {
            if let Ok(opened) = opened {
                return Ok(opened?);
            }
        }
        () = hopeless => {}
    }
    let why = last;
    Err(format!("the event store at {} is not reached: {why}; then run the same command again", address.nodes()).into())
}
