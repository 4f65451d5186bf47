//! A server in this process, put together as `demo` does, on a loopback address and a runtime of its own; and who visits it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use api::config::ServerConfig;
use api::gate::{Caller, Trace};
use api::graphql::services::Services;
use api::graphql::{Limits, RustpuntSchema, build};
use api::identity::{DemoIssuer, DemoPerson, TokenVerifier};
use api::node::{FolderKind, HistoryPlace, Node, NodeOptions, TRAIL};
use api::server::{Bound, Door, routes};
use api::telemetry::Metrics;
use api::trail::{Keeper, Refusals};
use domain::fact::Role;
use domain::ids::WorkerId;
use domain::terms::TermsBook;
use domain::text::Name;
use eventstore::clock::SystemClock;
use eventstore::port::Position;
use rusqlite::{Connection, OpenFlags};
use tests::cases::{JOOST, organisation};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::ungated;

/// Somebody of access, who opens cases.
const NOOR: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x11));

/// How long the lists may take to follow; what is measured after that would be disturbed by them.
const PATIENCE: Duration = Duration::from_mins(10);

/// A running server.
pub struct Site {
    folder: PathBuf,
    runtime: Runtime,
    node: Node,
    verifier: Arc<TokenVerifier>,
    address: SocketAddr,
    ungated: SocketAddr,
    stop: watch::Sender<bool>,
    served: JoinHandle<std::io::Result<()>>,
    /// The bearer of an access worker.
    pub noor: String,
    /// The bearer of the case director of every case here.
    pub joost: String,
}

impl Site {
    /// Opens what lies in a folder, or begins there.
    pub fn open(folder: &Path) -> Self {
        // Server and clients share the cores, not the threads: as programs of one machine would.
        let runtime = Builder::new_multi_thread().enable_all().thread_name("server").build().unwrap();
        let issuer = DemoIssuer::open(folder).unwrap();
        let verifier = Arc::new(TokenVerifier::Demo(issuer.trusted().unwrap()));
        let bearer = |worker, name, role| issuer.token(&person(worker, name, role)).unwrap();
        let (noor, joost) = (bearer(NOOR, "Noor", Role::AccessWorker), bearer(JOOST, "Joost", Role::CaseDirector));
        let (stop, stopped) = watch::channel(false);
        let (node, address, ungated, served) = runtime.block_on(async {
            let node = Node::open(options(folder), || {}).await.unwrap();
            let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            let config = ServerConfig::default().unlimited();
            let health = Arc::new(node.health());
            let schema = schema(&node);
            let believed = Arc::clone(&verifier);
            let ungated = ungated::serve(node.services(), Arc::clone(&verifier), stopped.clone()).await;
            let refusals = Refusals::new(node.trail(), node.clock());
            let door = Door::new(schema, believed, config, health, Metrics::nowhere(), stopped.clone(), refusals);
            let address = bound.address();
            (node, address, ungated, tokio::spawn(bound.serve(routes(&door), stopped, Duration::from_secs(5))))
        });
        Self { folder: folder.to_path_buf(), runtime, node, verifier, address, ungated, stop, served, noor, joost }
    }

    /// Stops serving and closes in order.
    pub fn close(self) {
        self.stop.send_replace(true);
        self.runtime.block_on(async {
            self.served.await.unwrap().unwrap();
            self.node.close().await;
        });
    }

    /// A client of its own, that keeps its connection.
    pub fn visitor(&self, token: &str) -> Visitor {
        Visitor::of(self.address, token)
    }

    /// The same, of the server that reads without gate and trail.
    pub fn ungated_visitor(&self, token: &str) -> Visitor {
        Visitor::of(self.ungated, token)
    }

    /// Where the server's own work runs; what is measured in process runs there too.
    pub const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// What stands behind the resolvers.
    pub fn services(&self) -> Arc<Services> {
        self.node.services()
    }

    /// Another schema over the same node. Needs a running Tokio.
    pub fn schema(&self) -> RustpuntSchema {
        schema(&self.node)
    }

    /// Who believes tokens.
    pub fn verifier(&self) -> Arc<TokenVerifier> {
        Arc::clone(&self.verifier)
    }

    /// Whom the bearer names, as the door would tell the schema.
    pub fn caller(&self, token: &str) -> Caller {
        let identity = self.runtime.block_on(self.verifier.verify(token)).unwrap();
        Caller { identity, duties: Vec::new(), purpose: None, request: Uuid::now_v7(), trace: Trace::new() }
    }

    /// Batches and commits of the history so far, and the time the commits took.
    pub fn commits(&self) -> Commits {
        let Some(figures) = self.node.writer_figures() else { unreachable!("the history stands in the folder") };
        Commits { groups: figures.group_sizes(), count: figures.commits(), micros: figures.commit_micros() }
    }

    /// Events in the history.
    pub fn events(&self) -> u64 {
        self.runtime.block_on(self.node.store().head()).unwrap().token()
    }

    /// How many events the lists still have to take in.
    pub fn lists_behind(&self) -> u64 {
        let reached = self.node.lists().reached().map_or(Position::START, |reached| reached.position);
        self.events().saturating_sub(reached.token())
    }

    /// Waits until nothing goes on in the background.
    pub fn settle(&self) {
        let (store, lists) = (self.node.store(), self.node.lists());
        self.runtime.block_on(async {
            let head = store.head().await.unwrap();
            lists.when_processed(head, PATIENCE).await.unwrap();
        });
    }

    /// Entries in the trail so far.
    pub fn entries(&self) -> i64 {
        self.trail().query_one("SELECT COALESCE(MAX(position), 0) FROM events", [], |row| row.get(0)).unwrap()
    }

    /// How many entries each commit of the trail took, for those after this one.
    pub fn trail_groups(&self, after: i64) -> Vec<(usize, u64)> {
        let trail = self.trail();
        let sql = "SELECT size, COUNT(*) FROM (SELECT COUNT(*) AS size FROM events WHERE position > ?1 GROUP BY batch_end) GROUP BY size";
        let mut asked = trail.prepare(sql).unwrap();
        let groups = asked.query_map([after], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).unwrap();
        groups.map(Result::unwrap).map(|(size, count)| (size.try_into().unwrap(), count.try_into().unwrap())).collect()
    }

    /// The file of this month. A batch of the trail is one commit.
    fn trail(&self) -> Connection {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.join(TRAIL))
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(api::trail::is_trail_file))
            .collect();
        files.sort();
        Connection::open_with_flags(files.last().unwrap(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }
}

/// What the history's writer counted.
#[derive(Clone, Default)]
pub struct Commits {
    groups: Vec<(usize, u64)>,
    count: u64,
    micros: u64,
}

impl Commits {
    /// How many commits took how many batches since then.
    pub fn groups_since(&self, before: &Self) -> Vec<(usize, u64)> {
        let earlier = |size| before.groups.iter().find(|(other, _)| *other == size).map_or(0, |(_, commits)| *commits);
        self.groups.iter().map(|(size, commits)| (*size, commits - earlier(*size))).collect()
    }

    /// What a commit took since then, on average; its sync above all.
    pub fn mean_since(&self, before: &Self) -> Duration {
        Duration::from_micros((self.micros - before.micros) / (self.count - before.count).max(1))
    }
}

/// A client.
#[derive(Clone)]
pub struct Visitor {
    client: reqwest::Client,
    address: String,
    bearer: String,
}

impl Visitor {
    fn of(address: SocketAddr, token: &str) -> Self {
        Self { client: reqwest::Client::new(), address: format!("http://{address}"), bearer: format!("Bearer {token}") }
    }

    /// Sends a body to the API; the whole answer.
    pub async fn post(&self, body: String) -> Vec<u8> {
        let post = self.client.post(format!("{}/graphql", self.address)).header("authorization", &self.bearer);
        let answer = post.header("content-type", "application/json").body(body).send().await.unwrap();
        answer.bytes().await.unwrap().into()
    }

    /// Asks something that is nobody's: no token, no GraphQL.
    pub async fn alive(&self) {
        self.client.get(format!("{}/healthz", self.address)).send().await.unwrap().bytes().await.unwrap();
    }

    /// Asks, and reads the answer.
    pub async fn ask(&self, document: &str, input: serde_json::Value) -> serde_json::Value {
        let answer = self.post(body(document, input)).await;
        check(&answer);
        serde_json::from_slice(&answer).unwrap()
    }
}

/// The body of a request with one variable, `input`.
#[expect(clippy::needless_pass_by_value, reason = "made in place by every caller")]
pub fn body(document: &str, input: serde_json::Value) -> String {
    serde_json::json!({"query": document, "variables": {"input": input}}).to_string()
}

/// Stops when an answer is none: what is fast because it was refused is no figure.
pub fn check(answer: &[u8]) {
    let text = String::from_utf8_lossy(answer);
    assert!(text.starts_with(r#"{"data""#) && !text.contains(r#""errors""#), "{text}");
}

fn person(worker: WorkerId, name: &str, role: Role) -> DemoPerson {
    DemoPerson { worker, name: Name::new(name).unwrap(), organisation: organisation(), roles: vec![role] }
}

fn options(folder: &Path) -> NodeOptions {
    NodeOptions {
        folder: folder.to_path_buf(),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: TermsBook::nl_default().unwrap(),
        clock: Arc::new(SystemClock::new()),
    }
}

fn schema(node: &Node) -> RustpuntSchema {
    build(node.services(), Keeper::new(node.trail(), node.clock()), Limits::default(), Metrics::nowhere())
}
