//! What stands before the door while a node is being opened: it tells that the process lives and why nothing is served yet. A cluster
//! that is not there keeps the node waiting, not from starting.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, EndpointExt as _, Request, Response};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::Bound;
use super::http::language;
use super::security_headers::cover;
use super::wrong::Wrong;
use crate::health::{Alive, Health, Ready};

/// The porch; whoever holds a clone stands on the same one.
#[derive(Clone)]
struct Porch {
    inside: Arc<OnceLock<BoxEndpoint<'static, Response>>>,
    ready: Arc<Ready>,
}

impl Porch {
    /// A porch that tells these findings until the door opens.
    fn new(findings: Health) -> Self {
        Self { inside: Arc::default(), ready: Arc::new(Ready::new(Arc::new(findings))) }
    }

    /// Opens the door, once.
    fn open(&self, routes: impl Endpoint<Output = Response> + 'static) {
        // A second door would change nothing: there is one node in a process.
        let _ = self.inside.set(routes.boxed());
    }
}

/// A server before its door opens.
pub enum Standing {
    /// It answers already, from the porch.
    OnPorch(OnPorch),
    /// Callers wait until the door opens: for a node that is open already.
    Silent(Silent),
}

/// A server that answers from its porch.
pub struct OnPorch {
    porch: Porch,
    address: SocketAddr,
    serving: JoinHandle<io::Result<()>>,
}

/// A server that does not answer yet.
pub struct Silent {
    bound: Bound,
    stop: watch::Receiver<bool>,
    grace: Duration,
}

impl Standing {
    /// Answers already, with these findings, until the door opens. `stop` and `grace` as for [`Bound::serve`].
    #[must_use]
    pub fn before(bound: Bound, findings: Health, stop: watch::Receiver<bool>, grace: Duration) -> Self {
        let (porch, address) = (Porch::new(findings), bound.address());
        let serving = tokio::spawn(bound.serve(porch.clone(), stop, grace));
        Self::OnPorch(OnPorch { porch, address, serving })
    }

    /// Keeps callers waiting until the door opens.
    #[must_use]
    pub const fn silent(bound: Bound, stop: watch::Receiver<bool>, grace: Duration) -> Self {
        Self::Silent(Silent { bound, stop, grace })
    }

    /// Opens the door and serves until told to stop.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn served(self, routes: impl Endpoint<Output = Response> + 'static) -> io::Result<()> {
        match self {
            Self::OnPorch(OnPorch { porch, address, serving }) => {
                porch.open(routes);
                // Not before: whoever reads it may come in.
                tracing::info!(%address, "serving");
                serving.await.map_err(io::Error::other)?
            }
            Self::Silent(Silent { bound, stop, grace }) => bound.serve(routes, stop, grace).await,
        }
    }

    /// Waits for the end without ever having opened.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn leave(self) -> io::Result<()> {
        match self {
            Self::OnPorch(OnPorch { serving, .. }) => serving.await.map_err(io::Error::other)?,
            Self::Silent(_) => Ok(()),
        }
    }

    /// Listens no more: there will be no door.
    pub fn abandon(self) {
        if let Self::OnPorch(OnPorch { serving, .. }) = self {
            serving.abort();
        }
    }
}

impl Endpoint for Porch {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if let Some(inside) = self.inside.get() {
            return inside.call(request).await;
        }
        let locale = language(request.headers());
        let mut response = match request.uri().path() {
            "/healthz" => Alive.call(request).await?,
            "/readyz" => self.ready.call(request).await?,
            _ => Wrong::not_ready().answer("application/json; charset=utf-8", locale),
        };
        // What is inside puts them on by itself.
        cover(&mut response, Uuid::now_v7());
        Ok(response)
    }
}
