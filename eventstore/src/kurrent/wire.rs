//! Reading with a channel of our own. The official client leaves Nagle's algorithm on, so that every read of its waits some 40 ms for
//! the network; a release that does not (its pull request 233) takes this file's place.
//!
//! The messages are those few fields of the server's `streams.proto` and `gossip.proto` that we send or look at; `tests/store` compares
//! them with the definitions that the client's package ships.

use std::time::Duration;

use kurrentdb::{ClientSettings, Error};
use prost::Message;
use tonic::client::Grpc;
use tonic::codec::{ProstCodec, Streaming};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::metadata::MetadataValue;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Request, Status};

use super::trouble::{Failure, Trouble};

/// How often a connection that carries nothing is asked whether it lives, and how long it may take to say so.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// Longest message that is taken: an event may be as large as a batch, and has things beside it.
const MOST_BYTES: usize = 2 * crate::batch::MOST_BYTES;

/// Nothing, in a message.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct Empty {}

/// What to read.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ReadReq {
    /// All of it.
    #[prost(message, optional, tag = "1")]
    pub options: Option<ReadOptions>,
}

/// What to read. One of `stream` and `all`, of `count` and `subscription`, of `filter` and `no_filter`.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ReadOptions {
    /// One stream.
    #[prost(message, optional, tag = "1")]
    pub stream: Option<StreamOptions>,
    /// Everything.
    #[prost(message, optional, tag = "2")]
    pub all: Option<AllOptions>,
    /// 0 forwards, 1 backwards.
    #[prost(int32, tag = "3")]
    pub direction: i32,
    /// So many events.
    #[prost(uint64, optional, tag = "5")]
    pub count: Option<u64>,
    /// What comes, without end.
    #[prost(message, optional, tag = "6")]
    pub subscription: Option<Empty>,
    /// Only some streams.
    #[prost(message, optional, tag = "7")]
    pub filter: Option<FilterOptions>,
    /// All streams.
    #[prost(message, optional, tag = "8")]
    pub no_filter: Option<Empty>,
    /// How ids are written.
    #[prost(message, optional, tag = "9")]
    pub uuid: Option<UuidOptions>,
}

/// One stream, from where.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct StreamOptions {
    /// Its name.
    #[prost(message, optional, tag = "1")]
    pub stream: Option<StreamIdentifier>,
    /// From this revision on, itself included.
    #[prost(uint64, optional, tag = "2")]
    pub revision: Option<u64>,
    /// From the end.
    #[prost(message, optional, tag = "4")]
    pub end: Option<Empty>,
}

/// Everything, from where.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct AllOptions {
    /// From this position on, itself included when forwards.
    #[prost(message, optional, tag = "1")]
    pub position: Option<WirePosition>,
    /// From the beginning.
    #[prost(message, optional, tag = "2")]
    pub start: Option<Empty>,
    /// From the end.
    #[prost(message, optional, tag = "3")]
    pub end: Option<Empty>,
}

/// A position. Both are the same for an event, unless it was written in a transaction of many calls, which we never do. A checkpoint
/// has `prepare` 0 when it stands before the record that begins at `commit`, and not on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Message)]
pub struct WirePosition {
    /// Of the commit.
    #[prost(uint64, tag = "1")]
    pub commit: u64,
    /// Of the event itself.
    #[prost(uint64, tag = "2")]
    pub prepare: u64,
}

/// Which streams.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct FilterOptions {
    /// By their names.
    #[prost(message, optional, tag = "1")]
    pub streams: Option<Expression>,
    /// After so many events looked at, the server begins another page, whatever matched. It says nothing about pages without a match.
    #[prost(uint32, optional, tag = "3")]
    pub max: Option<u32>,
    /// After how many times `max` a subscription tells how far it is.
    #[prost(uint32, tag = "5")]
    pub checkpoint_interval: u32,
}

/// What names begin with.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Expression {
    /// Any of these.
    #[prost(string, repeated, tag = "2")]
    pub prefix: Vec<String>,
}

/// How ids are written.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct UuidOptions {
    /// As text.
    #[prost(message, optional, tag = "2")]
    pub string: Option<Empty>,
}

/// The name of a stream.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct StreamIdentifier {
    /// Its bytes.
    #[prost(bytes = "vec", tag = "3")]
    pub name: Vec<u8>,
}

/// What the server says in a read. What else it may say is not looked at.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ReadResp {
    /// An event.
    #[prost(message, optional, tag = "1")]
    pub event: Option<ReadEvent>,
    /// How far a subscription with a filter is, also when nothing matched.
    #[prost(message, optional, tag = "3")]
    pub checkpoint: Option<WirePosition>,
    /// There is no such stream.
    #[prost(message, optional, tag = "4")]
    pub stream_not_found: Option<Empty>,
    /// A subscription has said everything that stood there; servers before 23.10 do not tell.
    #[prost(message, optional, tag = "8")]
    pub caught_up: Option<CaughtUp>,
}

/// A subscription has caught up.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct CaughtUp {
    /// Where; older servers do not say.
    #[prost(message, optional, tag = "3")]
    pub position: Option<WirePosition>,
}

/// An event, not followed through links.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ReadEvent {
    /// The event.
    #[prost(message, optional, tag = "1")]
    pub event: Option<WireEvent>,
}

/// An event as the server keeps it.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct WireEvent {
    /// Its id.
    #[prost(message, optional, tag = "1")]
    pub id: Option<WireUuid>,
    /// Its stream.
    #[prost(message, optional, tag = "2")]
    pub stream: Option<StreamIdentifier>,
    /// Its place in the stream.
    #[prost(uint64, tag = "3")]
    pub revision: u64,
    /// Its position.
    #[prost(uint64, tag = "4")]
    pub prepare: u64,
    /// The position of its commit.
    #[prost(uint64, tag = "5")]
    pub commit: u64,
    /// What the server keeps beside it: `type`, `created`, `content-type`.
    #[prost(map = "string, string", tag = "6")]
    pub metadata: std::collections::HashMap<String, String>,
    /// What we keep beside it.
    #[prost(bytes = "vec", tag = "7")]
    pub custom_metadata: Vec<u8>,
    /// Its data.
    #[prost(bytes = "vec", tag = "8")]
    pub data: Vec<u8>,
}

/// An id as text.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct WireUuid {
    /// The text.
    #[prost(string, tag = "2")]
    pub string: String,
}

/// Who is in a cluster.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ClusterInfo {
    /// Each node.
    #[prost(message, repeated, tag = "1")]
    pub members: Vec<MemberInfo>,
}

/// A node.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct MemberInfo {
    /// What it does; 8 leads.
    #[prost(int32, tag = "3")]
    pub state: i32,
    /// Whether the others hear of it.
    #[prost(bool, tag = "4")]
    pub is_alive: bool,
    /// Where it is.
    #[prost(message, optional, tag = "5")]
    pub end_point: Option<EndPoint>,
}

impl MemberInfo {
    const LEADER: i32 = 8;

    /// Whether it leads, as far as the one who was asked knows.
    pub(super) const fn leads(&self) -> bool {
        self.is_alive && self.state == Self::LEADER
    }
}

/// Where a node is.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct EndPoint {
    /// Its host.
    #[prost(string, tag = "1")]
    pub host: String,
    /// Its port.
    #[prost(uint32, tag = "2")]
    pub port: u32,
}

/// A channel to one node.
#[derive(Clone)]
pub(super) struct Wire {
    channel: Channel,
    authorization: Option<MetadataValue<tonic::metadata::Ascii>>,
}

impl Wire {
    /// Connects to a node.
    pub(super) async fn connect(
        settings: &ClientSettings,
        node: &kurrentdb::Endpoint,
        authorization: Option<MetadataValue<tonic::metadata::Ascii>>,
        limit: Duration,
    ) -> Result<Self, Trouble> {
        let unreachable = |error: tonic::transport::Error| Trouble::of_connecting(&whole_story(&error));
        let endpoint = Endpoint::from_shared(uri_of(settings.is_secure_mode_enabled(), node))
            .map_err(unreachable)?
            .tcp_nodelay(true)
            .connect_timeout(limit)
            .http2_keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(KEEP_ALIVE)
            .keep_alive_while_idle(true);
        let endpoint = match tls(settings).await? {
            Some(tls) => endpoint.tls_config(tls).map_err(unreachable)?,
            None => endpoint,
        };
        let channel = tokio::time::timeout(limit, endpoint.connect()).await.map_err(|_| Trouble::Silent)?;
        Ok(Self { channel: channel.map_err(unreachable)?, authorization })
    }

    /// Begins a read.
    pub(super) async fn read(&self, options: ReadOptions) -> Result<Streaming<ReadResp>, Failure> {
        let mut client = self.ready().await?;
        let path = PathAndQuery::from_static("/event_store.client.streams.Streams/Read");
        let request = self.request(ReadReq { options: Some(options) });
        let answer = client.server_streaming(request, path, ProstCodec::default()).await.map_err(failure)?;
        Ok(answer.into_inner())
    }

    /// Who is in the cluster, as this node knows it.
    pub(super) async fn gossip(&self) -> Result<Vec<MemberInfo>, Failure> {
        let mut client = self.ready().await?;
        let path = PathAndQuery::from_static("/event_store.client.gossip.Gossip/Read");
        let answer = client.unary(self.request(Empty {}), path, ProstCodec::<Empty, ClusterInfo>::default()).await;
        Ok(answer.map_err(failure)?.into_inner().members)
    }

    async fn ready(&self) -> Result<Grpc<Channel>, Failure> {
        let mut client = Grpc::new(self.channel.clone()).max_decoding_message_size(MOST_BYTES);
        client.ready().await.map_err(|error| Failure::Refused(Trouble::of_connecting(&whole_story(&error))))?;
        Ok(client)
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        let metadata = request.metadata_mut();
        metadata.insert("requires-leader", MetadataValue::from_static("true"));
        if let Some(authorization) = &self.authorization {
            metadata.insert("authorization", authorization.clone());
        }
        request
    }
}

/// The address of a node. The client's own way to it panics over a host that makes none, as an IPv6 address without brackets.
fn uri_of(secure: bool, node: &kurrentdb::Endpoint) -> String {
    format!("{}://{}:{}", if secure { "https" } else { "http" }, host_of(&node.host), node.port)
}

/// A host as it stands in an address: an IPv6 address needs brackets there, and gossip names it without.
pub(super) fn host_of(host: &str) -> String {
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.to_owned() }
}

/// The next thing the server says; `None` at the end.
pub(super) async fn next(stream: &mut Streaming<ReadResp>) -> Result<Option<ReadResp>, Failure> {
    stream.message().await.map_err(failure)
}

/// The next event, whatever the server says before it; `None` at the end.
pub(super) async fn next_event(stream: &mut Streaming<ReadResp>) -> Result<Option<WireEvent>, Failure> {
    while let Some(said) = next(stream).await? {
        if let Some(event) = said.event.and_then(|read| read.event) {
            return Ok(Some(event));
        }
    }
    Ok(None)
}

fn failure(status: Status) -> Failure {
    Error::from_grpc(status).into()
}

/// An error with its causes: what matters, such as a certificate, stands in the last of them.
fn whole_story(error: &dyn std::error::Error) -> String {
    let mut story = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        story = format!("{story}: {error}");
        cause = error.source();
    }
    story
}

/// How to believe the server, and how it believes us.
async fn tls(settings: &ClientSettings) -> Result<Option<ClientTlsConfig>, Trouble> {
    if !settings.is_secure_mode_enabled() {
        return Ok(None);
    }
    let mut tls = match settings.tls_ca_file() {
        Some(file) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem(file).await?)),
        None => ClientTlsConfig::new().with_native_roots(),
    };
    if let Some((certificate, key)) = settings.user_certificate() {
        tls = tls.identity(Identity::from_pem(pem(certificate).await?, pem(key).await?));
    }
    Ok(Some(tls))
}

async fn pem(file: &str) -> Result<Vec<u8>, Trouble> {
    let path = std::path::PathBuf::from(file);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    let read = read.map_err(|error| Trouble::Certificate(error.to_string()))?;
    read.map_err(|error| Trouble::Certificate(format!("{file} cannot be read: {error}")))
}
