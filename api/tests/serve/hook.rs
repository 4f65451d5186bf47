//! Something that takes webhooks over HTTP, keeps what came, and answers what it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;
use hmac::{Hmac, KeyInit as _, Mac as _};
use poem::http::StatusCode;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Body, Endpoint, Request, Response, Server};
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::Notify;

/// What letters to it are signed with.
pub const SECRET: &str = "het-geheim-van-het-planbord-0123456789";

/// More than any letter takes that is not tried again.
const PATIENCE: Duration = Duration::from_mins(1);

/// How it answers.
#[derive(Clone)]
pub enum Reply {
    /// With this status, and a header if one is given.
    Status(u16, Option<(&'static str, String)>),
    /// With 200 and a body that does not end.
    Endless,
    /// Not at all.
    Never,
}

/// What came.
#[derive(Clone, Debug)]
pub struct Came {
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Came {
    /// The event, once its signature was verified as the documentation says: nothing that did not come from us is read.
    pub fn event(&self) -> Value {
        let [id, at, signed] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| &self.headers[name]);
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(format!("{id}.{at}.{}", self.body).as_bytes());
        let mac = mac.finalize().into_bytes();
        let sound = signed.split(' ').filter_map(|one| one.strip_prefix("v1,"));
        assert!(sound.map(|one| STANDARD.decode(one).unwrap()).any(|one| one == mac[..]), "the signature of {self:?}");
        let event: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(&event["id"], id);
        event
    }

    pub fn id(&self) -> String {
        self.event()["id"].as_str().unwrap().to_owned()
    }
}

#[derive(Default)]
struct Kept {
    came: Mutex<Vec<Came>>,
    next: Mutex<VecDeque<Reply>>,
    usual: Mutex<Option<Reply>>,
    /// Chunks of endless answers that somebody read.
    chunks: AtomicUsize,
    told: Notify,
}

/// A receiver that runs as long as the test.
#[derive(Clone)]
pub struct Hook {
    pub address: SocketAddr,
    kept: Arc<Kept>,
}

struct Taking(Arc<Kept>);

impl Endpoint for Taking {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let headers =
            request.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let (headers, path) = (headers.collect(), request.uri().to_string());
        let body = request.take_body().into_string().await?;
        // What it answers is settled before anybody hears that it came: what a test says then is of the next letter.
        let next = self.0.next.lock().unwrap().pop_front();
        let reply = next.or_else(|| self.0.usual.lock().unwrap().clone());
        self.0.came.lock().unwrap().push(Came { path, headers, body });
        self.0.told.notify_waiters();
        Ok(match reply.unwrap_or(Reply::Status(204, None)) {
            Reply::Status(status, header) => {
                let answer = Response::builder().status(StatusCode::from_u16(status).unwrap());
                match header {
                    Some((name, value)) => answer.header(name, value).finish(),
                    None => answer.finish(),
                }
            }
            Reply::Endless => {
                let kept = Arc::clone(&self.0);
                let chunks = stream::repeat_with(move || {
                    kept.chunks.fetch_add(1, Ordering::SeqCst);
                    Ok::<_, std::io::Error>(vec![b'x'; 64 * 1024])
                });
                Response::builder().body(Body::from_bytes_stream(chunks))
            }
            Reply::Never => std::future::pending().await,
        })
    }
}

impl Hook {
    pub async fn start() -> Self {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
        let kept = Arc::new(Kept::default());
        tokio::spawn(Server::new_with_acceptor(acceptor).run(Taking(Arc::clone(&kept))));
        Self { address, kept }
    }

    /// Where letters go.
    pub fn url(&self) -> String {
        format!("http://{}/hook?of=rustpunt", self.address)
    }

    /// What it answers next, one after the other; then the usual again.
    pub fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        self.kept.next.lock().unwrap().extend(replies);
    }

    /// What it answers when it was told nothing else; 204 at first.
    pub fn usually(&self, reply: Reply) {
        *self.kept.usual.lock().unwrap() = Some(reply);
    }

    /// Everything that came, in order.
    pub fn came(&self) -> Vec<Came> {
        self.kept.came.lock().unwrap().clone()
    }

    /// The ids of everything that came.
    pub fn ids(&self) -> Vec<String> {
        self.came().iter().map(Came::id).collect()
    }

    /// How many chunks of endless answers were read.
    pub fn chunks(&self) -> usize {
        self.kept.chunks.load(Ordering::SeqCst)
    }

    /// Waits until so many letters came.
    pub async fn until(&self, count: usize) {
        let waiting = async {
            loop {
                let told = self.kept.told.notified();
                tokio::pin!(told);
                told.as_mut().enable();
                if self.came().len() >= count {
                    return;
                }
                told.await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(waited.is_ok(), "{count} letters do not come: {:?}", self.came());
    }
}

/// A status alone.
pub const fn status(status: u16) -> Reply {
    Reply::Status(status, None)
}
