//! `rustpunt demo`: plays the case histories of the project through the real mutations, then serves them on this machine only.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_graphql::{Executor as _, Request as Operation, Response, Value, Variables};
use domain::fact::Role;
use domain::terms::TermsBook;
use domain::time::Timestamp;
use eventstore::clock::Clock;
use eventstore::kurrent::{Address, KurrentOptions, KurrentStore, Namespace, Patience};
use tokio::sync::watch;
use uuid::Uuid;

use super::serve::{Opened, open_door};
use super::token::person_of;
use super::{Done, Failure, Outcome, last_recorded, runtime};
use crate::config::{LogFormat, ServerConfig, TelemetryConfig};
use crate::demo::Histories;
use crate::demo::clock::DemoClock;
use crate::demo::deadlines::NodeDeadlines;
use crate::demo::journal::Journal;
use crate::demo::player::{Play, Played as Steps, Player, Refusal, RefusedStep, Request, present, progress};
use crate::demo::staff::{Staff, StaffMember};
use crate::demo::timeline::merge;
use crate::gate::{Caller, Trace};
use crate::graphql::{Limits, RustpuntSchema, build};
use crate::health::Health;
use crate::identity::{DemoIssuer, Identity, Scope, TokenVerifier};
use crate::locale::Locale;
use crate::node::{FolderKind, HistoryPlace, Node, NodeOptions};
use crate::server::{Bound, EXAMPLES, Standing, stop_on_signal};
use crate::telemetry::{Metrics, Telemetry};
use crate::trail::Keeper;

/// Where the journal of what was played lies.
const JOURNAL: &str = "demo-journal.jsonl";

pub(super) fn run(data: Option<PathBuf>, listen: SocketAddr) -> Done {
    if !listen.ip().is_loopback() {
        return Err(
            format!("{listen} can be reached from elsewhere: the demo listens on a loopback address only").into()
        );
    }
    let log = TelemetryConfig { log: "warn".to_owned(), log_format: LogFormat::Pretty, otlp_endpoint: None };
    let telemetry = Telemetry::start(&log)?;
    let temporary = data.is_none().then(tempfile::tempdir).transpose()?;
    let folder = data.or_else(|| temporary.as_ref().map(|folder| folder.path().to_path_buf())).unwrap_or_default();
    let metrics = telemetry.metrics();
    let served = runtime()?.block_on(demo(folder, listen, metrics));
    telemetry.stop();
    served
}

async fn demo(folder: PathBuf, listen: SocketAddr, metrics: Metrics) -> Done {
    let bound = Bound::to(listen).await?;
    let address = bound.address();
    let stop = stop_on_signal()?;
    let config = ServerConfig { listen, introspection: true, ..ServerConfig::default() };
    let playing = || Box::pin(async { Err("the case histories are being played; wait".to_owned()) }) as _;
    let standing = Standing::before(bound, Health::new().with("demo", playing), stop.clone(), config.shutdown_grace());
    let last = last_recorded(&folder).await?;
    let of_the_project = Histories::of_the_project()?;
    let told = Some(stop.clone());
    let played = play_on(&folder, of_the_project, last, |_| HistoryPlace::Folder, &|_| {}, told).await?;
    let Some(Played { mut node, histories, issuer, steps, .. }) = played else {
        return Ok(standing.leave().await.map(|()| Outcome::Fine)?);
    };
    node.keep_deadlines();
    let verifier = Arc::new(TokenVerifier::Demo(issuer.trusted()?));
    tell(address, &folder, steps.now, steps.before);
    let page: crate::server::PageTokens =
        Arc::new(move |name| issuer.token(&person_of(histories.staff.get(name)?)).ok());
    let limits = Limits::default();
    open_door(Opened { node, folder, standing, verifier, config, limits, metrics, page: Some(page), stop }).await?;
    Ok(Outcome::Fine)
}

/// A demo whose histories were played, and that nobody is served from yet.
pub struct Played {
    /// The node.
    pub node: Node,
    /// What was played, and the staff who act in it.
    pub histories: Arc<Histories>,
    /// Who gives the tokens.
    pub issuer: DemoIssuer,
    /// How much was played now, and how much had been before.
    pub steps: Steps,
    /// The id behind each label, by the short name of the case.
    pub labels: BTreeMap<String, BTreeMap<String, Uuid>>,
    /// The steps that were refused now, each in the words its worker heard.
    pub refused: Vec<RefusedStep>,
}

/// Opens the demo in this folder and plays every step that was not played in it before.
///
/// # Errors
/// When the node cannot be opened, or a step goes otherwise than its file says.
pub async fn open(folder: &Path) -> Result<Played, Failure> {
    open_with(folder, Histories::of_the_project()?).await
}

/// The same with other case histories.
///
/// # Errors
/// As [`open`].
pub async fn open_with(folder: &Path, histories: Histories) -> Result<Played, Failure> {
    open_watched(folder, histories, &|_| {}).await
}

/// The same, with a look at the node each time its clock stood still because something was due, once everything had its turn.
///
/// # Errors
/// As [`open`].
pub async fn open_watched(
    folder: &Path,
    histories: Histories,
    at_stop: &(dyn Fn(&Node) + Send + Sync),
) -> Result<Played, Failure> {
    let last = last_recorded(folder).await?;
    whole(Box::pin(play_on(folder, histories, last, |_| HistoryPlace::Folder, at_stop, None)).await)
}

/// The demo with its history on a cluster, where it must be new.
///
/// # Errors
/// As [`open`].
pub async fn open_on_cluster(
    folder: &Path,
    histories: Histories,
    address: Address,
    namespace: Namespace,
) -> Result<Played, Failure> {
    let place = |clock: &Arc<dyn Clock>| {
        let (clock, patience) = (Arc::clone(clock), Patience::default());
        HistoryPlace::Cluster(Box::new(KurrentStore::connect(KurrentOptions { address, namespace, clock, patience })))
    };
    whole(Box::pin(play_on(folder, histories, None, place, &|_| {}, None)).await)
}

/// Nobody could stop it half-way.
fn whole(played: Result<Option<Played>, Failure>) -> Result<Played, Failure> {
    played?.ok_or_else(|| "the case histories were not played to their end".into())
}

/// Plays, unless told to stop first: what was played by then is kept, and the node is closed.
async fn play_on(
    folder: &Path,
    histories: Histories,
    last: Option<Timestamp>,
    place: impl FnOnce(&Arc<dyn Clock>) -> HistoryPlace,
    at_stop: &(dyn Fn(&Node) + Send + Sync),
    stop: Option<watch::Receiver<bool>>,
) -> Result<Option<Played>, Failure> {
    let histories = Arc::new(histories);
    let first = merge(&histories).first().map_or(present(), |entry| entry.step.at);
    let clock = Arc::new(DemoClock::at(last.unwrap_or(first)));
    let told = Arc::clone(&clock) as Arc<dyn Clock>;
    let options = NodeOptions {
        folder: folder.to_path_buf(),
        kind: FolderKind::Demo,
        history: place(&told),
        master_key_file: None,
        terms: TermsBook::nl_default()?,
        clock: told,
    };
    let node = Node::open(options, || {}).await?;
    let issuer = DemoIssuer::open(folder)?;
    let journal = Journal::open(&folder.join(JOURNAL), &histories.digest)?;
    let mut player = Player::new(&histories, InProcess::of(&node), &clock, journal, progress());
    let playing = Box::pin(async {
        InProcess::of(&node).introduce(&histories.staff).await?;
        Ok::<_, Failure>(player.play(last, &NodeDeadlines::of(&node, at_stop)).await?)
    });
    let steps = tokio::select! {
        steps = playing => Some(steps?),
        () = stopped(stop) => None,
    };
    let refused = player.take_refused();
    let labels = player.into_labels();
    let Some(steps) = steps else {
        node.close().await;
        return Ok(None);
    };
    Ok(Some(Played { node, histories, issuer, steps, labels, refused }))
}

async fn stopped(stop: Option<watch::Receiver<bool>>) {
    let Some(mut stop) = stop else { return std::future::pending().await };
    // A sender that went away means the same as being told.
    let _ = stop.wait_for(|stop| *stop).await;
}

fn tell(address: SocketAddr, folder: &std::path::Path, now: usize, before: usize) {
    let folder = folder.display();
    println!("Rustpunt demo: invented people only. {now} steps played now, {before} before; stop with Ctrl-C.");
    println!();
    println!("  http://{address}/?as=anja    ask as Anja, case director of two families");
    println!("  http://{address}/?as=noor    ask as Noor, access worker");
    println!("  http://{address}/?as=layla   ask as Layla, who took over a case in June");
    println!("  http://{address}/?as=wim     ask as Wim, coordinator of one household; as=fenna of the other");
    println!("  http://{address}/?as=hugo    ask as Hugo of the divorce advice team");
    println!("  http://{address}/?as=ravi    ask as Ravi, privacy officer; as=gerda, who leads a team");
    println!();
    println!("  http://{address}/graphql     the API   (sockets: ws://{address}/graphql/ws)");
    println!("  http://{address}/readyz      how the server is");
    println!("  rustpunt token --data {folder} --as anja    a bearer for anybody in the demo");
    for (title, query) in EXAMPLES.iter().take(2) {
        println!("\n# {title}\n{query}");
    }
}

/// Carries out a request of the player within this process: same schema, same gate, same trail.
pub(super) struct InProcess {
    schema: RustpuntSchema,
}

impl InProcess {
    /// Within the process of this node.
    pub(super) fn of(node: &Node) -> Self {
        let keeper = Keeper::new(node.trail(), node.clock());
        Self { schema: build(node.services(), keeper, Limits::default(), Metrics::nowhere()) }
    }

    /// Lets everyone sign in once: a worker has a name for others only from the first time on, and most only take part.
    pub(super) async fn introduce(&self, staff: &Staff) -> Result<(), Failure> {
        for member in staff.iter() {
            let answer = self.execute(member, Operation::new("{ me { id } }")).await;
            if let Some(error) = answer.errors.first() {
                return Err(format!("{} could not sign in: {}", member.key, error.message).into());
            }
        }
        Ok(())
    }

    async fn execute(&self, member: &StaffMember, operation: Operation) -> Response {
        let identity = Identity {
            actor: member.actor(),
            name: member.name.clone(),
            roles: if member.roles.is_empty() { vec![Role::Supporter] } else { member.roles.clone() },
            scopes: vec![Scope::Read, Scope::Write],
            expires_at: Timestamp::from_micros(i64::MAX),
        };
        let caller =
            Caller { identity, duties: Vec::new(), purpose: None, request: Uuid::now_v7(), trace: Trace::new() };
        // Who acts in the histories speaks Dutch: what is refused is heard in those words.
        self.schema.execute(operation.data(caller).data(Locale::Dutch)).await
    }
}

impl Play for InProcess {
    async fn perform(&self, request: &Request<'_>) -> Result<serde_json::Value, Refusal> {
        let variables = Variables::from_json(request.variables.clone());
        let answer = self.execute(request.actor, Operation::new(request.document()).variables(variables)).await;
        if let Some(error) = answer.errors.first() {
            let code = match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
                Some(Value::String(code)) => code.clone(),
                _ => "INVALID_REQUEST".to_owned(),
            };
            return Err(Refusal { code, message: error.message.clone() });
        }
        let data = answer.data.into_json().unwrap_or_default();
        Ok(data.get(request.name).cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
