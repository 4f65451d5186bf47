//! `rustpunt serve`: a real folder, a configured issuer.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use eventstore::clock::{Clock as _, SystemClock};
use tokio::sync::watch;

use super::{Done, Failure, Outcome, environment, history_place, runtime, terms_of};
use crate::config::{Config, ServerConfig, StoreAddress};
use crate::graphql::{Limits, build};
use crate::health::Health;
use crate::identity::TokenVerifier;
use crate::node::{BETWEEN_BEATS, FolderKind, HistoryPlace, Node, NodeOptions, OpenError, Waiting, control, reached};
use crate::server::{Bound, Door, PageTokens, Standing, routes, stop_on_signal};
use crate::telemetry::{Metrics, Telemetry};
use crate::trail::{Keeper, Refusals};
use crate::webhooks::Receivers;

pub(super) fn run(file: Option<&Path>, confirm_clock: bool, store: Option<String>) -> Done {
    let mut config = Config::read(file, environment()?)?;
    config.data.store = store.map(StoreAddress::new).or(config.data.store);
    let telemetry = Telemetry::start(&config.telemetry)?;
    let metrics = telemetry.metrics();
    let served = runtime()?.block_on(serve(config, confirm_clock, metrics));
    telemetry.stop();
    served
}

async fn serve(config: Config, confirm_clock: bool, metrics: Metrics) -> Done {
    // First of all: who is told to stop while it starts ends as well.
    let stop = stop_on_signal()?;
    let verifier = Arc::new(TokenVerifier::configured(&config.identity)?);
    let receivers = Receivers::configured(&config.webhooks)?;
    let folder = Config::needed(config.data.folder.as_ref(), "data.folder")?.clone();
    let terms = terms_of(&config.data)?;
    let clock = Arc::new(SystemClock::new());
    let history = history_place(&config.data, &(Arc::clone(&clock) as Arc<dyn eventstore::clock::Clock>))?;
    let (believed, its_metrics, told_to_stop) = (Arc::clone(&verifier), metrics.clone(), stop.clone());
    tokio::spawn(async move { believed.keep_fresh(its_metrics, told_to_stop).await });
    let waiting = Waiting::until(stop.clone(), metrics.clone());
    let while_opening = || verifier.watched(waiting_for(&history, &waiting));
    let (findings, told) = (while_opening(), while_opening());
    let options = NodeOptions {
        folder: folder.clone(),
        kind: FolderKind::Real,
        history,
        master_key_file: config.data.master_key_file.clone(),
        terms,
        clock: Arc::clone(&clock) as Arc<dyn eventstore::clock::Clock>,
    };
    let confirm = move || {
        if !confirm_clock {
            return;
        }
        if let Some(seconds) = clock.suspect() {
            tracing::warn!(seconds, "the operator confirmed the time");
        }
        clock.confirm();
    };
    let bound = Bound::to(config.server.listen).await?;
    let address = bound.address();
    tracing::info!(%address, "listening");
    let standing = Standing::before(bound, findings, stop.clone(), config.server.shutdown_grace());
    let node = tokio::select! {
        // Hears `stop` by itself, and closes what it had opened by then.
        opened = Node::open_for(options, waiting, confirm) => opened,
        never = beat_while_opening(told, &metrics) => match never {},
    };
    let mut node = match node {
        Ok(node) if *stop.borrow() => {
            node.close().await;
            return Ok(standing.leave().await.map(|()| Outcome::Fine)?);
        }
        Ok(node) => node,
        Err(OpenError::Stopped) => return Ok(standing.leave().await.map(|()| Outcome::Fine)?),
        Err(error) => {
            standing.abandon();
            return Err(error.into());
        }
    };
    node.keep_deadlines();
    if let Some(receivers) = receivers
        && let Err(error) = node.send_webhooks(receivers).await
    {
        node.close().await;
        standing.abandon();
        return Err(error.into());
    }
    let limits = Limits { introspection: config.server.introspection, ..Limits::default() };
    open_door(Opened { node, folder, standing, verifier, config: config.server, limits, metrics, page: None, stop })
        .await?;
    Ok(Outcome::Fine)
}

/// What is told of a node that is being opened.
fn waiting_for(history: &HistoryPlace, waiting: &Waiting) -> Health {
    match history {
        HistoryPlace::Folder => {
            Health::new().with("store", || Box::pin(async { Err("the history is being opened; wait".to_owned()) }))
        }
        HistoryPlace::Cluster(opening) => {
            let (state, hindrance) = (opening.state(), waiting.hindrance());
            Health::new().with("store", move || {
                let found = reached(&state.borrow()).err().or_else(|| hindrance.borrow().clone());
                let opening = "the history is being opened; wait".to_owned();
                Box::pin(async move { Err(found.unwrap_or(opening)) })
            })
        }
    }
}

/// Tells metrics how a node is that is being opened: for somebody who watches, waiting for a cluster is not the same as not running.
async fn beat_while_opening(waiting: Health, metrics: &Metrics) -> Infallible {
    let mut times = tokio::time::interval(BETWEEN_BEATS);
    loop {
        times.tick().await;
        for (check, finding) in waiting.examine().await {
            metrics.checked(check, finding.is_ok());
        }
    }
}

/// A node and a door to it.
pub struct Opened {
    /// The node.
    pub node: Node,
    /// Its folder.
    pub folder: std::path::PathBuf,
    /// Who stands before the door, listening already.
    pub standing: Standing,
    /// Who is believed.
    pub verifier: Arc<TokenVerifier>,
    /// Limits of the door.
    pub config: ServerConfig,
    /// Limits of a request.
    pub limits: Limits,
    /// Where figures go.
    pub metrics: Metrics,
    /// The page to try it from: only for a demo.
    pub page: Option<PageTokens>,
    /// Says `true` when it is time to stop.
    pub stop: watch::Receiver<bool>,
}

/// Serves until told to stop, then closes in order.
///
/// # Errors
/// When the listener fails.
pub async fn open_door(opened: Opened) -> Result<(), Failure> {
    let Opened { node, folder, standing, verifier, config, limits, metrics, page, stop } = opened;
    node.watch(&metrics);
    let node = Arc::new(node);
    let keeper = Keeper::new(node.trail(), node.clock());
    let schema = build(node.services(), keeper, limits, metrics.clone());
    let pulse_metrics = metrics.clone();
    let refusals = Refusals::new(node.trail(), node.clock());
    let health = Arc::new(verifier.watched(node.health()));
    let mut door = Door::new(schema, verifier, config, health, metrics, stop.clone(), refusals);
    if let Some(page) = page {
        door = door.with_page(page);
    }
    let (hearing, hears) = (Arc::clone(&node), stop.clone());
    let control = tokio::spawn(async move { control::hear(&folder, hearing, hears).await });
    let (beating, told) = (Arc::clone(&node), stop.clone());
    let pulse = tokio::spawn(async move { beating.beat(&pulse_metrics, told).await });
    let routes = routes(&door);
    drop(door);
    let served = standing.served(routes).await;
    if !*stop.borrow() {
        // The listener failed by itself: nobody told the control socket to stop.
        control.abort();
        pulse.abort();
    }
    // They have nothing to say at their end.
    let _ = (control.await, pulse.await);
    if let Ok(node) = Arc::try_unwrap(node) {
        node.close().await;
    } else {
        tracing::warn!("something still uses the history; it closes with the process, and nothing is lost");
    }
    served?;
    tracing::info!("stopped");
    Ok(())
}
