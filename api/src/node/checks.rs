//! The checks of a node: what each part of it is asked, and what it says when it cannot do its work.

use std::sync::Arc;

use eventstore::vault::Vault;
use projections::lists::Lists;
use serde_json::{Map, Value};
use tokio::task::JoinHandle;
use workflows::reactions::Reactions;

use super::lag::Followed;
use super::{Node, pair};
use crate::health::{Finding, Health};
use crate::webhooks::Webhooks;

/// Failures in a row after which a follower is not about to recover by itself.
const FAILURES: u32 = 5;

impl Node {
    /// The checks of `/readyz`.
    #[must_use]
    pub fn health(&self) -> Health {
        let (engine, vault, trail) = (self.engine.clone(), Arc::clone(&self.vault), Arc::clone(&self.trail));
        let (lists, reactions, clock) = (Arc::clone(&self.lists), Arc::clone(&self.reactions), Arc::clone(&self.clock));
        let (listing, reacting) = (self.following.lists.abort_handle(), self.following.reactions.abort_handle());
        let (listed, reacted) = (self.followed(), self.followed());
        let health = Health::new()
            .with("store", move || {
                let engine = engine.clone();
                Box::pin(async move { engine.finding().await })
            })
            .with("vault", move || {
                let vault = Arc::clone(&vault);
                Box::pin(async move {
                    pair::off_thread(&vault, Vault::look).await.map_err(|error| error.to_string())?;
                    Ok(figure("generation", vault.generation()))
                })
            })
            .with("read_database", move || {
                let (stopped, lists, history) = (listing.is_finished(), Arc::clone(&lists), listed.clone());
                Box::pin(async move {
                    if stopped { Err(stopped_following("the lists")) } else { lists_finding(lists, &history).await }
                })
            })
            .with("reactions", move || {
                let (stopped, reactions, history) = (reacting.is_finished(), Arc::clone(&reactions), reacted.clone());
                Box::pin(async move {
                    if stopped {
                        Err(stopped_following("reactions"))
                    } else {
                        reactions_finding(&reactions, &history).await
                    }
                })
            })
            .with("trail", move || {
                let healthy = trail.is_healthy();
                Box::pin(async move {
                    if healthy { Ok(Map::new()) } else { Err("the last entry could not be written".to_owned()) }
                })
            })
            .with("clock", move || {
                let suspect = clock.suspect();
                Box::pin(async move { clock_finding(suspect) })
            });
        self.with_webhooks(self.with_deadlines(health))
    }

    fn with_deadlines(&self, health: Health) -> Health {
        let Some(keeping) = self.following.deadlines.as_ref().map(JoinHandle::abort_handle) else { return health };
        let deadlines = Arc::clone(&self.deadlines);
        health.with("deadlines", move || {
            let (stopped, failures) = (keeping.is_finished(), deadlines.failures());
            Box::pin(async move {
                match (stopped, failures > FAILURES) {
                    (true, _) => Err(stopped_following("deadlines")),
                    (false, true) => Err(cannot_go_on("deadlines")),
                    (false, false) => Ok(Map::new()),
                }
            })
        })
    }

    /// A receiver that takes nothing does not make the node unable to work: it is told in figures.
    fn with_webhooks(&self, health: Health) -> Health {
        let Some((webhooks, sending)) = &self.following.webhooks else { return health };
        let (webhooks, sending) = (Arc::clone(webhooks), sending.abort_handle());
        health.with("webhooks", move || {
            let (stopped, webhooks) = (sending.is_finished(), Arc::clone(&webhooks));
            Box::pin(async move {
                if stopped { Err(stopped_following("webhooks")) } else { webhooks_finding(&webhooks).await }
            })
        })
    }
}

pub(super) fn figure(name: &str, value: u64) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), Value::from(value))])
}

async fn lists_finding(lists: Arc<Lists>, history: &Followed) -> Finding {
    if lists.failures() > FAILURES {
        return Err(cannot_go_on("the lists"));
    }
    let Some(reached) = lists.reached() else { return Err("the read database is being built; wait".to_owned()) };
    let mut figures = history.lag_figures(reached.position).await?;
    // Told, and still ready: one case that cannot be read is no reason to keep everyone from theirs.
    let concerns = tokio::task::spawn_blocking(move || lists.concerns()).await.map_err(|error| error.to_string())?;
    let concerns = concerns.map_err(|error| error.to_string())?;
    figures.insert("quarantined".to_owned(), Value::from(concerns.quarantined));
    figures.insert("names_missing".to_owned(), Value::from(concerns.names_missing));
    Ok(figures)
}

async fn reactions_finding(reactions: &Reactions, history: &Followed) -> Finding {
    if reactions.failures() > FAILURES {
        return Err(cannot_go_on("reactions"));
    }
    history.lag_figures(reactions.reached()).await
}

async fn webhooks_finding(webhooks: &Webhooks) -> Finding {
    if webhooks.failures() > FAILURES {
        return Err(cannot_go_on("webhooks"));
    }
    let standings = webhooks.standings().await.map_err(|error| error.to_string())?;
    let (waiting, dead) =
        standings.iter().fold((0, 0), |(waiting, dead), one| (waiting + one.waiting, dead + one.dead));
    Ok(Map::from_iter([("waiting".to_owned(), Value::from(waiting)), ("dead".to_owned(), Value::from(dead))]))
}

fn stopped_following(who: &str) -> String {
    format!("{who} stopped following the history: the log says why; start the server again")
}

fn cannot_go_on(who: &str) -> String {
    format!("{who} cannot go on, and each new try fails: the log says why")
}

fn clock_finding(suspect: Option<i64>) -> Finding {
    match suspect {
        None => Ok(Map::new()),
        Some(seconds) => Err(format!(
            "the system clock is {seconds} s from where this node expects it, and nothing is recorded: correct it, then start again with `serve --confirm-clock`"
        )),
    }
}
