//! A server whose reads are counted: those of the history at its port, those of the lists by the look at the head with which each
//! question to them begins.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api::config::ServerConfig;
use api::gate::{Gate, Policy};
use api::graphql::seals::Seals;
use api::graphql::services::Services;
use api::graphql::{Limits, build};
use api::identity::{DemoIssuer, TokenVerifier};
use api::node::{FolderKind, Node, NodeOptions};
use api::server::{Bound, Door, routes};
use api::telemetry::Metrics;
use api::trail::{Keeper, Refusals};
use async_trait::async_trait;
use domain::ids::{CaseId, Revision, SignalId, Subject, WorkerId};
use domain::terms::TermsBook;
use eventstore::clock::Clock;
use eventstore::port::{
    AppendError, Appended, Digest, EventStore, Expected, Filter, NewEvent, Page, Position, RecordedEvent, StoreFault,
    StreamName,
};
use projections::lists::blind::SearchKey;
use projections::lists::{FoldedRows, Lists, ListsSetup, StoredHistories};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use workflows::desk::{Desk, Office};

use crate::client::{Answer, Person};

/// How often one stream was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Looks {
    /// Looks at its head.
    pub heads: usize,
    /// Pages of it.
    pub pages: usize,
}

/// What one request read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reads {
    /// Per stream of a case.
    pub cases: BTreeMap<String, Looks>,
    /// Per stream of a worker.
    pub workers: BTreeMap<String, Looks>,
    /// Questions to the lists.
    pub questions: usize,
    /// Anything else, by what it was.
    pub others: Vec<String>,
}

/// A history that counts how it is read.
struct Counting {
    history: Arc<dyn EventStore>,
    reads: Arc<Mutex<Reads>>,
}

impl Counting {
    fn look(&self, stream: &StreamName, count: impl FnOnce(&mut Looks)) {
        let mut reads = self.reads.lock().unwrap();
        let of = match stream.category() {
            "case" => &mut reads.cases,
            "worker" => &mut reads.workers,
            _ => return reads.others.push(stream.to_string()),
        };
        count(of.entry(stream.to_string()).or_default());
    }
}

#[async_trait]
impl EventStore for Counting {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.history.append(stream, expected, batch).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        self.look(stream, |looks| looks.pages += 1);
        self.history.read_stream(stream, from, limit).await
    }

    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        self.look(stream, |looks| looks.heads += 1);
        self.history.stream_head(stream).await
    }

    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
        self.reads.lock().unwrap().others.push("everything".to_owned());
        self.history.read_all(after, filter, limit).await
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.reads.lock().unwrap().others.push("head".to_owned());
        self.history.head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.reads.lock().unwrap().others.push("last event".to_owned());
        self.history.last_event().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.history.watch_head()
    }

    fn source(&self) -> &str {
        self.history.source()
    }
}

/// The history as the lists have it: each question looks at its head once, the follower never does.
struct Asked(Counting);

#[async_trait]
impl EventStore for Asked {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        batch: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.0.history.append(stream, expected, batch).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Revision,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreFault> {
        self.0.history.read_stream(stream, from, limit).await
    }

    async fn stream_head(&self, stream: &StreamName) -> Result<Option<(Revision, Digest)>, StoreFault> {
        self.0.history.stream_head(stream).await
    }

    async fn read_all(&self, after: Position, filter: &Filter, limit: usize) -> Result<Page, StoreFault> {
        self.0.history.read_all(after, filter, limit).await
    }

    async fn head(&self) -> Result<Position, StoreFault> {
        self.0.reads.lock().unwrap().questions += 1;
        self.0.history.head().await
    }

    async fn last_event(&self) -> Result<Option<RecordedEvent>, StoreFault> {
        self.0.history.last_event().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.0.history.watch_head()
    }

    fn source(&self) -> &str {
        self.0.history.source()
    }
}

/// A folder that was written before, opened to be read.
pub struct Site {
    node: Node,
    clock: Arc<dyn Clock>,
    files: TempDir,
}

/// A server over a site, with nothing kept in memory yet. It stops with the site's runtime.
pub struct Opened {
    address: SocketAddr,
    reads: Arc<Mutex<Reads>>,
    _stop: watch::Sender<bool>,
}

impl Site {
    /// Opens what an earlier server wrote.
    pub async fn open(files: TempDir, clock: Arc<dyn Clock>) -> Self {
        let options = NodeOptions {
            folder: files.path().to_owned(),
            kind: FolderKind::Demo,
            history: api::node::HistoryPlace::Folder,
            master_key_file: None,
            terms: TermsBook::nl_default().unwrap(),
            clock: Arc::clone(&clock),
        };
        Self { node: Node::open(options, || {}).await.unwrap(), clock, files }
    }

    /// A server that has read nothing yet: desks and lists of its own over the node's history.
    pub async fn serve(&self) -> Opened {
        let reads = Arc::new(Mutex::new(Reads::default()));
        let (stop, stopped) = watch::channel(false);
        let schema = build(
            Arc::new(self.services(&reads, &stopped).await),
            Keeper::new(self.node.trail(), Arc::clone(&self.clock)),
            // How often an answer reads is counted here, however much is asked.
            Limits { complexity: usize::MAX, ..Limits::default() },
            Metrics::nowhere(),
        );
        let issuer = DemoIssuer::open(self.files.path()).unwrap();
        let verifier = Arc::new(TokenVerifier::Demo(issuer.trusted().unwrap()));
        let (config, health) = (ServerConfig::default(), Arc::new(self.node.health()));
        let refusals = Refusals::new(self.node.trail(), Arc::clone(&self.clock));
        let door = Door::new(schema, verifier, config, health, Metrics::nowhere(), stopped.clone(), refusals);
        let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = bound.address();
        tokio::spawn(bound.serve(routes(&door), stopped, Duration::from_secs(1)));
        Opened { address, reads, _stop: stop }
    }

    async fn services(&self, reads: &Arc<Mutex<Reads>>, stopped: &watch::Receiver<bool>) -> Services {
        let usual = self.node.services().cases.office().clone();
        let counting = || Counting { history: Arc::clone(&usual.store), reads: Arc::clone(reads) };
        let office = Office { store: Arc::new(counting()), ..usual.clone() };
        let lists = self.lists(&usual, Asked(counting()), stopped).await;
        reads.lock().unwrap().questions = 0;
        Services {
            cases: Arc::new(Desk::new(office.clone(), |id| Subject::Case(CaseId::from_uuid(id)))),
            signals: Arc::new(Desk::new(office.clone(), |id| Subject::Signal(SignalId::from_uuid(id)))),
            workers: Desk::new(office, |id| Subject::Worker(WorkerId::from_uuid(id))),
            gate: Gate::new(Policy::product().unwrap(), Arc::clone(&usual.terms), Arc::clone(&self.clock)),
            lists,
            seals: Seals::new([7; 32]),
            drafts: Arc::clone(&self.node.services().drafts),
        }
    }

    /// Lists that are up to date and follow.
    async fn lists(&self, usual: &Office, asked: Asked, stopped: &watch::Receiver<bool>) -> Arc<Lists> {
        let key = Arc::new(SearchKey::derive(&[5; 32]));
        let histories = StoredHistories { store: Arc::clone(&usual.store), codec: (*usual.codec).clone() };
        let (histories, terms) = (Arc::new(histories), Arc::clone(&usual.terms));
        let rows = Arc::new(FoldedRows { histories, key: Arc::clone(&key), terms });
        let folder = tempfile::tempdir_in(self.files.path()).unwrap().keep();
        let setup = ListsSetup::new(folder, Arc::new(asked), rows, key, Arc::clone(&self.clock));
        let lists = Arc::new(Lists::open(setup).await.unwrap());
        let (following, told) = (Arc::clone(&lists), stopped.clone());
        tokio::spawn(async move { following.run(told).await });
        let head = usual.store.head().await.unwrap();
        lists.when_processed(head, Duration::from_mins(1)).await.unwrap();
        lists
    }
}

impl Opened {
    /// The same person, who asks here, and whom this server knows already.
    pub async fn visitor(&self, person: &Person) -> Person {
        let person = Person::new(self.address, person.token.clone());
        person.ask("{ me { id } }").await.data("me");
        person
    }

    /// What this request reads, and its answer.
    pub async fn reads(&self, person: &Person, query: &str, variables: Value) -> (Answer, Reads) {
        *self.reads.lock().unwrap() = Reads::default();
        let answer = person.ask_with(query, variables).await;
        assert!(answer.body.get("errors").is_none(), "{}", answer.body);
        (answer, std::mem::take(&mut self.reads.lock().unwrap()))
    }
}
