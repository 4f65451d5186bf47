//! A node's port: accepts, speaks HTTP/2, breaks off on order.

use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::Arc;

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::node::Node;
use super::service;

/// Takes a port of the loopback interface: any, or the one it had before.
pub(super) fn bind(port: u16) -> std::io::Result<StdListener> {
    let listener = StdListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A port that is being listened on, until it is stopped.
pub(super) struct Listening {
    stop: oneshot::Sender<oneshot::Sender<()>>,
}

impl Listening {
    /// Starts on the peer's own runtime; returns when it accepts.
    pub async fn start(home: &Handle, node: Arc<Node>, tls: Option<TlsAcceptor>, socket: StdListener) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (started, is_started) = oneshot::channel();
        home.spawn(async move {
            let Ok(listener) = TcpListener::from_std(socket) else { return };
            // Whoever started it may have gone again.
            let _ = started.send(());
            accept(node, tls, listener, stopped).await;
        });
        let _ = is_started.await;
        Self { stop }
    }

    /// Gives the port up and breaks every connection; returns when that has happened.
    pub async fn stop(self) {
        let (done, is_done) = oneshot::channel();
        if self.stop.send(done).is_ok() {
            // Fails only when the runtime is gone, and the port with it.
            let _ = is_done.await;
        }
    }
}

async fn accept(
    node: Arc<Node>,
    tls: Option<TlsAcceptor>,
    listener: TcpListener,
    mut stopped: oneshot::Receiver<oneshot::Sender<()>>,
) {
    let mut cuts = node.cuts.subscribe();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(serve(Arc::clone(&node), tls.clone(), stream));
            },
            _ = cuts.changed() => connections.shutdown().await,
            Some(_) = connections.join_next() => {}
            done = &mut stopped => {
                drop(listener);
                connections.shutdown().await;
                if let Ok(done) = done {
                    let _ = done.send(());
                }
                return;
            }
        }
    }
}

async fn serve(node: Arc<Node>, tls: Option<TlsAcceptor>, stream: TcpStream) {
    let _open = node.counters.connection();
    if stream.set_nodelay(true).is_err() {
        return;
    }
    match tls {
        None => speak(node, stream).await,
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                speak(node, stream).await;
            }
        }
    }
}

async fn speak(node: Arc<Node>, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
    let answer = service_fn(move |request| service::call(Arc::clone(&node), request));
    let mut http = http2::Builder::new(TokioExecutor::new());
    http.timer(TokioTimer::new());
    // How a connection ends is the caller's to tell.
    let _ = http.serve_connection(TokioIo::new(stream), answer).await;
}
