//! The door: GraphQL over HTTP and WebSocket, health, and in the demo a page to try it from.

mod door;
mod drawn;
mod http;
mod kind;
mod limiter;
mod page;
mod porch;
mod security_headers;
mod socket;
mod talk;
#[cfg(test)]
mod tests;
mod wrong;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use async_graphql::Executor;
use domain::rejection::Code;
use poem::listener::{Acceptor as _, Listener as _, TcpAcceptor, TcpListener};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt as _, Response, Route, Server};
use tokio::sync::watch;

pub use self::door::{Door, PageTokens};
use self::drawn::Drawn;
use self::http::GraphQl;
pub use self::http::read_request;
pub use self::page::EXAMPLES;
use self::page::Page;
pub use self::porch::Standing;
pub use self::security_headers::API_VERSION;
use self::security_headers::SecurityHeaders;
use self::socket::Socket;
use self::talk::TOO_MANY_SUBSCRIPTIONS;
use crate::health;

/// Every code that the server refuses with before an operation is read.
#[must_use]
pub fn codes() -> Vec<Code> {
    [wrong::CODES, &[TOO_MANY_SUBSCRIPTIONS]].concat()
}

/// Everything the server answers, ready to be served.
pub fn routes<E: Executor>(door: &Door<E>) -> impl Endpoint<Output = Response> + 'static + use<E> {
    let health = door.health();
    let mut routes = Route::new()
        .at("/graphql", GraphQl::new(door.clone()))
        .at("/graphql/ws", Socket::new(door.clone()))
        .at(drawn::ROUTE, Drawn::new(door.clone()))
        .at("/healthz", health::Alive)
        .at("/readyz", health::Ready::new(health));
    if let Some(page) = Page::of(door) {
        routes = routes.at("/", page);
    }
    routes.with(CatchPanic::new().with_handler(|_| http::internal_error())).with(SecurityHeaders::new(door.metrics()))
}

/// A door that listens.
pub struct Bound {
    acceptor: TcpAcceptor,
    address: SocketAddr,
}

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("{address} cannot be listened on ({source}): stop what listens there, or choose another address")]
pub struct CannotListen {
    address: SocketAddr,
    source: io::Error,
}

impl Bound {
    /// Listens on this address; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the address is taken or not ours.
    pub async fn to(address: SocketAddr) -> Result<Self, CannotListen> {
        let acceptor = TcpListener::bind(address.to_string()).into_acceptor().await;
        let acceptor = acceptor.map_err(|source| CannotListen { address, source })?;
        let bound = acceptor.local_addr().first().and_then(|local| local.as_socket_addr().copied());
        Ok(Self { acceptor, address: bound.unwrap_or(address) })
    }

    /// The address it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` says so; then takes nothing new, and waits for what is under way, at most for `grace`.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self,
        routes: impl Endpoint + 'static,
        mut stop: watch::Receiver<bool>,
        grace: Duration,
    ) -> io::Result<()> {
        let told = async move {
            // A sender that went away means the same as being told.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        Server::new_with_acceptor(self.acceptor)
            .name("rustpunt")
            .idle_timeout(Duration::from_secs(75))
            .run_with_graceful_shutdown(routes, told, Some(grace))
            .await
    }
}

/// Says `true` on the channel when the process is told to stop (SIGTERM, SIGINT).
///
/// # Errors
/// When signals cannot be heard.
pub fn stop_on_signal() -> io::Result<watch::Receiver<bool>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to stop; finishing what is under way");
        stop.send_replace(true);
    });
    Ok(stopped)
}
