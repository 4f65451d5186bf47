//! Servers for the tests: one shared demo, played once, that nobody writes in; and empty ones, each with a clock of its own.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread::JoinHandle;

use api::cli::demo::{self, Played};
use api::cli::serve::{Opened, open_door};
use api::config::ServerConfig;
use api::demo::Histories;
use api::demo::clock::DemoClock;
use api::demo::player::{Played as Steps, RefusedStep, present};
use api::demo::staff::StaffMember;
use api::graphql::Limits;
use api::identity::{DemoIssuer, DemoPerson, TokenVerifier};
use api::node::{FolderKind, HISTORY, HistoryPlace, Node, NodeOptions};
use api::server::{Bound, Standing};
use api::telemetry::Metrics;
use domain::fact::Organisation;
use domain::terms::TermsBook;
use domain::text::Name;
use eventstore::clock::Clock;
use eventstore::kurrent::{Address, KurrentOptions, KurrentStore, Namespace, Patience};
use eventstore::port::{EventStore as _, Filter, Position, RecordedEvent};
use eventstore::sqlite::SqliteStore;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use uuid::Uuid;
use workflows::deadlines::Deadlines;

use crate::client::Person;

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where its files lie.
    pub folder: PathBuf,
    /// What the demo played; nothing for an empty server.
    pub steps: Option<Steps>,
    /// The steps that were refused as they were played.
    pub refused: Vec<RefusedStep>,
    /// The clock of an empty server, which stands until it is told.
    pub clock: Arc<DemoClock>,
    histories: Arc<Histories>,
    issuer: DemoIssuer,
    labels: BTreeMap<String, BTreeMap<String, Uuid>>,
    deadlines: Arc<Deadlines>,
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

/// A history on a cluster.
#[derive(Clone)]
pub struct Cluster {
    pub address: Address,
    pub namespace: Namespace,
}

impl Cluster {
    fn history(self, clock: Arc<dyn Clock>) -> HistoryPlace {
        let Self { address, namespace } = self;
        let options = KurrentOptions { address, namespace, clock, patience: Patience::default() };
        HistoryPlace::Cluster(Box::new(KurrentStore::connect(options)))
    }
}

/// A server and the folder that goes with it.
pub struct Fresh {
    server: Server,
    files: TempDir,
}

impl std::ops::Deref for Fresh {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// The demo that all tests look at, and none writes in.
pub fn shared() -> &'static Server {
    static SHARED: OnceLock<Fresh> = OnceLock::new();
    SHARED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        Fresh { server: Server::demo(folder.path()), files: folder }
    })
}

/// An empty server, whose clock stands at nine in the morning of this day.
pub fn fresh(day: &str) -> Fresh {
    fresh_with(day, ServerConfig::default().unlimited())
}

/// The same with this configuration.
pub fn fresh_with(day: &str, config: ServerConfig) -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    Fresh { server: Server::empty_with(folder.path(), day, config), files: folder }
}

/// Case 02 before it was closed, while its director still sees it.
pub fn second_before_its_end() -> &'static Server {
    static SECOND: OnceLock<Fresh> = OnceLock::new();
    SECOND.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        Fresh { server: Server::untold_end(folder.path(), "02-dons-to-the-end"), files: folder }
    })
}

/// A case history up to the first step that does this: as it would stand today had nobody done it.
pub fn before(file: &str, mutation: &str) -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    Fresh { server: Server::told_before(folder.path(), file, mutation), files: folder }
}

/// Case 01 as played, for a test that writes in it: whole, or up to the withdrawal with which it ends.
pub fn weekend(whole: bool) -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let file = "01-weekend-cancelled";
    let server = if whole { Server::told(folder.path(), file) } else { Server::untold_end(folder.path(), file) };
    Fresh { server, files: folder }
}

/// Case 01 up to the first step that does this.
pub fn weekend_before(mutation: &str) -> Fresh {
    before("01-weekend-cancelled", mutation)
}

/// What a thread opened: the node in its folder, and what belongs to it.
struct Ready {
    node: Node,
    histories: Arc<Histories>,
    issuer: DemoIssuer,
    steps: Option<Steps>,
    labels: BTreeMap<String, BTreeMap<String, Uuid>>,
    refused: Vec<RefusedStep>,
}

impl Server {
    /// One case history of the project in this folder, told up to its last step.
    pub fn untold_end(folder: &Path, file: &str) -> Self {
        let story = story(file);
        Self::telling(folder, file, story.rsplit_once("[[step]]").unwrap().0)
    }

    /// One case history of the project in this folder, told up to the first step that does this.
    pub fn told_before(folder: &Path, file: &str, mutation: &str) -> Self {
        let story = story(file);
        let (before, _) = story.split_once(&format!("do = \"{mutation}\"")).unwrap();
        Self::telling(folder, file, before.rsplit_once("[[step]]").unwrap().0)
    }

    /// One case history of the project in this folder.
    pub fn told(folder: &Path, file: &str) -> Self {
        Self::telling(folder, file, &story(file))
    }

    fn telling(folder: &Path, file: &str, told: &str) -> Self {
        let clock = Arc::new(DemoClock::at(moment("2020-01-01")));
        let histories = Histories::read(&story("people"), &[(file, told)]).unwrap();
        let place = folder.to_owned();
        Self::start(folder, clock, async move {
            let Played { node, histories, issuer, steps, labels, refused } =
                demo::open_with(&place, histories).await.unwrap();
            Ready { node, histories, issuer, steps: Some(steps), labels, refused }
        })
    }

    /// The demo in this folder: played as far as it was not, then served.
    pub fn demo(folder: &Path) -> Self {
        let clock = Arc::new(DemoClock::at(moment("2020-01-01")));
        let place = folder.to_owned();
        Self::start(folder, clock, async move {
            let Played { node, histories, issuer, steps, labels, refused } =
                Box::pin(demo::open(&place)).await.unwrap();
            Ready { node, histories, issuer, steps: Some(steps), labels, refused }
        })
    }

    /// The demo played with its history on a cluster, the rest in this folder, then served.
    pub fn demo_on_cluster(folder: &Path, cluster: &Cluster) -> Self {
        let clock = Arc::new(DemoClock::at(moment("2020-01-01")));
        let (place, cluster) = (folder.to_owned(), cluster.clone());
        Self::start(folder, clock, async move {
            let histories = Histories::of_the_project().unwrap();
            let playing = demo::open_on_cluster(&place, histories, cluster.address, cluster.namespace);
            let played = Box::pin(playing).await.unwrap();
            let Played { node, histories, issuer, steps, labels, refused } = played;
            Ready { node, histories, issuer, steps: Some(steps), labels, refused }
        })
    }

    /// The same folder and history again, once this server stopped and something was done with the folder.
    pub fn again_on_cluster(self, cluster: &Cluster, meanwhile: impl FnOnce(&Path)) -> Self {
        let (folder, labels) = (self.folder.clone(), self.labels.clone());
        self.stop();
        meanwhile(&folder);
        let clock = Arc::new(DemoClock::at(present()));
        let (place, told, cluster) = (folder.clone(), Arc::clone(&clock), cluster.clone());
        Self::start(&folder, clock, async move {
            let history = cluster.history(Arc::clone(&told) as Arc<dyn Clock>);
            let node = Node::open(node_options(&place, history, told), || {}).await.unwrap();
            let histories = Arc::new(Histories::of_the_project().unwrap());
            let issuer = DemoIssuer::open(&place).unwrap();
            Ready { node, histories, issuer, steps: None, labels, refused: Vec::new() }
        })
    }

    /// A folder that holds no played history.
    pub fn empty(folder: &Path, day: &str) -> Self {
        Self::empty_with(folder, day, ServerConfig::default().unlimited())
    }

    /// The same with this configuration.
    pub fn empty_with(folder: &Path, day: &str, config: ServerConfig) -> Self {
        let clock = Arc::new(DemoClock::at(moment(day)));
        let (place, told) = (folder.to_owned(), Arc::clone(&clock));
        Self::start_with(folder, clock, config, async move {
            let node = Node::open(node_options(&place, HistoryPlace::Folder, told), || {}).await.unwrap();
            let histories = Arc::new(Histories::of_the_project().unwrap());
            let issuer = DemoIssuer::open(&place).unwrap();
            Ready { node, histories, issuer, steps: None, labels: BTreeMap::new(), refused: Vec::new() }
        })
    }

    fn start(folder: &Path, clock: Arc<DemoClock>, opening: impl Future<Output = Ready> + Send + 'static) -> Self {
        Self::start_with(folder, clock, ServerConfig::default().unlimited(), opening)
    }

    fn start_with(
        folder: &Path,
        clock: Arc<DemoClock>,
        mut config: ServerConfig,
        opening: impl Future<Output = Ready> + Send + 'static,
    ) -> Self {
        config.shutdown_grace_seconds = 2;
        config.introspection = true;
        crate::markers::listen_to_logs();
        let (stop, stopped) = watch::channel(false);
        let (tell, told) = mpsc::channel();
        let place = folder.to_owned();
        let thread = std::thread::spawn(move || {
            runtime().block_on(async move {
                let Ready { node, histories, issuer, steps, labels, refused } = opening.await;
                let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
                let verifier = Arc::new(TokenVerifier::Demo(issuer.trusted().unwrap()));
                tell.send((bound.address(), histories, issuer, steps, (labels, refused), node.deadlines())).unwrap();
                let (limits, metrics) = (Limits::default(), Metrics::nowhere());
                let standing = Standing::silent(bound, stopped.clone(), config.shutdown_grace());
                let opened = Opened {
                    node,
                    folder: place,
                    standing,
                    verifier,
                    config,
                    limits,
                    metrics,
                    page: None,
                    stop: stopped,
                };
                open_door(opened).await.unwrap();
            });
        });
        let (address, histories, issuer, steps, (labels, refused), deadlines) = told.recv().expect("the server starts");
        let folder = folder.to_owned();
        Self { address, folder, steps, refused, clock, histories, issuer, labels, deadlines, stop, thread }
    }

    /// Stops it in order, and waits until its files are closed.
    pub fn stop(self) {
        drop(self.deadlines);
        self.stop.send_replace(true);
        self.thread.join().expect("the server stops in order");
    }

    /// Somebody of the staff, with a token.
    pub fn as_(&self, key: &str) -> Person {
        self.as_named(key, self.member(key).name.as_str())
    }

    /// Somebody of the staff, who goes by another name.
    pub fn as_named(&self, key: &str, name: &str) -> Person {
        Person::new(self.address, self.issuer.token(&self.person(key, name)).unwrap())
    }

    /// Somebody of the staff, who works for another organisation.
    pub fn as_at(&self, key: &str, organisation: &str) -> Person {
        let mut person = self.person(key, self.member(key).name.as_str());
        person.organisation = Organisation::new(organisation).unwrap();
        Person::new(self.address, self.issuer.token(&person).unwrap())
    }

    /// Somebody of the staff, whose token ends in so many seconds.
    pub fn as_for(&self, key: &str, seconds: i64) -> Person {
        let person = self.person(key, self.member(key).name.as_str());
        Person::new(self.address, self.issuer.token_for(&person, seconds).unwrap())
    }

    fn person(&self, key: &str, name: &str) -> DemoPerson {
        let member = self.member(key);
        DemoPerson {
            worker: member.worker(),
            name: Name::new(name).unwrap(),
            organisation: member.organisation.clone(),
            roles: member.roles.clone(),
        }
    }

    /// The id of somebody of the staff.
    pub fn worker(&self, key: &str) -> String {
        self.member(key).worker().to_string()
    }

    fn member(&self, key: &str) -> &StaffMember {
        self.histories.staff.get(key).expect(key)
    }

    /// The id behind a label of a played case, by the number with which its file begins.
    pub fn id(&self, case: &str, label: &str) -> String {
        let (_, labels) = self.labels.iter().find(|(name, _)| name.starts_with(case)).expect(case);
        labels.get(label).expect(label).to_string()
    }

    /// The ids of all played cases, by the names of their files.
    pub fn cases(&self) -> Vec<(String, String)> {
        let case = |(name, labels): (&String, &BTreeMap<String, Uuid>)| (name.clone(), labels["case"].to_string());
        self.labels.iter().map(case).collect()
    }

    /// The id of a played case.
    pub fn case(&self, case: &str) -> String {
        self.id(case, "case")
    }

    /// How many events the history holds.
    pub async fn head(&self) -> u64 {
        SqliteStore::open_read_only(&self.folder.join(HISTORY)).unwrap().head().await.unwrap().token()
    }

    /// The system does by itself what is owed now. Nobody else keeps the deadlines here: a test says when they have their turn.
    pub async fn settle(&self) {
        self.deadlines.catch_up().await.unwrap();
    }

    /// The clock stops at each moment at which something is owed, until nine in the morning of this day.
    pub async fn pass(&self, day: &str) {
        self.settle().await;
        while let Some(next) = self.deadlines.next().filter(|next| *next <= moment(day)) {
            self.clock.tell(next);
            self.settle().await;
        }
        self.tell(day);
    }

    /// The clock says nine in the morning of a later day.
    pub fn tell(&self, day: &str) {
        self.clock.tell(moment(day));
    }
}

impl Fresh {
    /// Stops it in order; the folder stays until the value goes.
    pub fn stop(self) -> TempDir {
        self.server.stop();
        self.files
    }
}

/// Everything in a file of events.
pub async fn events(file: &Path) -> Vec<RecordedEvent> {
    let store = SqliteStore::open_read_only(file).unwrap();
    let (mut after, mut found) = (Position::START, Vec::new());
    loop {
        let page = store.read_all(after, &Filter::all(), 500).await.unwrap();
        let Some(last) = page.events.last() else { return found };
        after = last.position;
        found.extend(page.events);
    }
}

fn story(file: &str) -> String {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/cases");
    std::fs::read_to_string(cases.join(format!("{file}.toml"))).unwrap()
}

fn node_options(folder: &Path, history: HistoryPlace, clock: Arc<DemoClock>) -> NodeOptions {
    NodeOptions {
        folder: folder.to_owned(),
        kind: FolderKind::Demo,
        history,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: clock as Arc<dyn Clock>,
    }
}

fn moment(day: &str) -> domain::time::Timestamp {
    day.parse::<domain::time::CivilDay>().unwrap().at(9, 0)
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}
