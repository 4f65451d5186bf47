//! The node's services, and what happens to every call before it reaches one.

use std::convert::Infallible;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{Stream, StreamExt, stream};
use http::HeaderMap;
use tokio_stream::wrappers::ReceiverStream;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::{Request, Response, Status, Streaming};

use super::batch;
use super::faults::Fault;
use super::filter::Filter;
use super::members::Members;
use super::node::Node;
use super::read::{self, Extent};
use super::refusals;
use super::remove;
use super::subscribe::{self, Source, Start};
use super::wire::gossip::gossip_server::GossipServer;
use super::wire::server_features::server_features_server::ServerFeaturesServer;
use super::wire::streams::read_req::options::all_options::AllOption;
use super::wire::streams::read_req::options::stream_options::RevisionOption;
use super::wire::streams::read_req::options::{CountOption, FilterOption, ReadDirection, StreamOption};
use super::wire::streams::streams_server::{Streams, StreamsServer};
use super::wire::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp, TombstoneReq,
    TombstoneResp,
};
use super::write;

/// Set by a call that is never to be answered, whatever its deadline.
#[derive(Clone, Default)]
pub(super) struct Silence(Arc<AtomicBool>);

impl Silence {
    pub fn keep(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Answers one HTTP call.
pub(super) async fn call<B>(node: Arc<Node>, request: http::Request<B>) -> Result<http::Response<Body>, Infallible>
where
    B: http_body::Body<Data = tonic::codegen::Bytes> + Send + 'static,
    B::Error: Into<tonic::codegen::StdError>,
{
    let mut request = request.map(Body::new);
    let (service, method) = names(request.uri().path());
    node.counters.called(if service.contains("gossip") { "Gossip.Read" } else { &method });
    if node.faults.strikes(Fault::Hang) {
        return pending().await;
    }
    if let Err(status) = check_caller(&node, request.headers()) {
        return Ok(status.into_http());
    }
    let deadline = deadline(request.headers());
    let silence = Silence::default();
    request.extensions_mut().insert(silence.clone());
    let answer = dispatch(node, &service, request);
    let Some(deadline) = deadline else { return answer.await };
    match tokio::time::timeout(deadline, answer).await {
        Ok(answer) => answer,
        Err(_) if silence.0.load(Ordering::Relaxed) => pending().await,
        Err(_) => Ok(Status::deadline_exceeded("Deadline Exceeded").into_http()),
    }
}

async fn dispatch(
    node: Arc<Node>,
    service: &str,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, Infallible> {
    match service {
        "event_store.client.streams.Streams" => {
            StreamsServer::new(NodeStreams(node)).max_decoding_message_size(usize::MAX).call(request).await
        }
        "event_store.client.gossip.Gossip" => GossipServer::new(Members(node)).call(request).await,
        "event_store.client.server_features.ServerFeatures" => {
            ServerFeaturesServer::new(Members(node)).call(request).await
        }
        _ => Ok(Status::unimplemented("Service is unimplemented.").into_http()),
    }
}

fn names(path: &str) -> (String, String) {
    let (service, method) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
    (service.to_owned(), method.to_owned())
}

fn check_caller(node: &Node, headers: &HeaderMap) -> Result<(), Status> {
    let Some((name, password)) = &node.options.credentials else { return Ok(()) };
    let Some(shown) = headers.get(http::header::AUTHORIZATION) else {
        // Clients ask for the features without saying who they are.
        return Ok(());
    };
    let right = format!("Basic {}", STANDARD.encode(format!("{name}:{password}")));
    if shown.as_bytes() == right.as_bytes() { Ok(()) } else { Err(refusals::unauthenticated()) }
}

/// The caller's deadline (`grpc-timeout`), which the real server keeps too.
fn deadline(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (amount, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let amount: u64 = amount.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(amount.saturating_mul(3600))),
        "M" => Some(Duration::from_secs(amount.saturating_mul(60))),
        "S" => Some(Duration::from_secs(amount)),
        "m" => Some(Duration::from_millis(amount)),
        "u" => Some(Duration::from_micros(amount)),
        "n" => Some(Duration::from_nanos(amount)),
        _ => None,
    }
}

struct NodeStreams(Arc<Node>);

impl NodeStreams {
    /// Whoever does not say who they are may not touch a stream.
    fn check_access<M>(&self, request: &Request<M>) -> Result<(), Status> {
        let known = self.0.options.credentials.is_none() || request.metadata().contains_key("authorization");
        if !known {
            return Err(refusals::access_denied());
        }
        Ok(())
    }
}

type Messages<M> = Pin<Box<dyn Stream<Item = Result<M, Status>> + Send>>;

#[tonic::async_trait]
impl Streams for NodeStreams {
    type ReadStream = Messages<ReadResp>;
    type BatchAppendStream = Messages<BatchAppendResp>;

    async fn read(&self, request: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        self.check_access(&request)?;
        self.0.check_ready()?;
        self.0.check_leader(request.metadata())?;
        Ok(Response::new(self.read_or_subscribe(request.into_inner())?))
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        self.check_access(&request)?;
        write::append(Arc::clone(&self.0), request).await
    }

    async fn delete(&self, request: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        self.check_access(&request)?;
        self.0.check_writable(request.metadata())?;
        remove::delete(&self.0, request.into_inner())
    }

    async fn tombstone(&self, request: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        self.check_access(&request)?;
        self.0.check_writable(request.metadata())?;
        remove::tombstone(&self.0, request.into_inner())
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        self.check_access(&request)?;
        let answers = batch::open(Arc::clone(&self.0), request);
        Ok(Response::new(Box::pin(ReceiverStream::new(answers))))
    }
}

impl NodeStreams {
    fn read_or_subscribe(&self, request: ReadReq) -> Result<Messages<ReadResp>, Status> {
        let options = request.options.ok_or_else(|| Status::invalid_argument("options are missing"))?;
        let structured_ids = read::structured(options.uuid_option)?;
        let backwards = options.read_direction == i32::from(ReadDirection::Backwards);
        let bounds = options.control_option.is_some_and(|control| control.compatibility >= 1);
        let filter = match options.filter_option {
            Some(FilterOption::Filter(filter)) => Some(Filter::new(filter)?),
            _ => None,
        };
        let messages = match (options.count_option, options.stream_option, filter) {
            (Some(CountOption::Count(count)), Some(StreamOption::Stream(options)), None) => {
                read::stream(&self.0, options, &Extent { count, backwards, structured_ids, bounds })?
            }
            (Some(CountOption::Count(count)), Some(StreamOption::All(options)), filter) => {
                let extent = Extent { count, backwards, structured_ids, bounds };
                let messages = read::all(Arc::clone(&self.0), options, filter, extent)?;
                return Ok(Box::pin(ReceiverStream::new(messages)));
            }
            (Some(CountOption::Subscription(_)), Some(StreamOption::Stream(options)), None) if !backwards => {
                let name = write::name(options.stream_identifier.map(|identifier| identifier.stream_name))?;
                let start = match options.revision_option {
                    Some(RevisionOption::Revision(revision)) => Start::After(revision),
                    Some(RevisionOption::End(_)) => Start::End,
                    Some(RevisionOption::Start(_)) | None => Start::Beginning,
                };
                return Ok(self.subscribe(Source::Stream { name }, start, structured_ids));
            }
            (Some(CountOption::Subscription(_)), Some(StreamOption::All(options)), filter) if !backwards => {
                let start = match options.all_option {
                    Some(AllOption::Position(position)) => {
                        Start::AfterPlace((position.commit_position, position.prepare_position))
                    }
                    Some(AllOption::End(_)) => Start::End,
                    Some(AllOption::Start(_)) | None => Start::Beginning,
                };
                return Ok(self.subscribe(Source::All { filter }, start, structured_ids));
            }
            _ => return Err(Status::invalid_argument("The combination is invalid.")),
        };
        Ok(self.deliver(messages))
    }

    fn subscribe(&self, source: Source, start: Start, structured_ids: bool) -> Messages<ReadResp> {
        Box::pin(ReceiverStream::new(subscribe::open(Arc::clone(&self.0), source, start, structured_ids)))
    }

    fn deliver(&self, messages: Vec<ReadResp>) -> Messages<ReadResp> {
        let latency = self.0.faults.latency();
        let messages = stream::iter(messages.into_iter().map(Ok));
        if latency.is_zero() {
            return Box::pin(messages);
        }
        Box::pin(messages.then(move |message| async move {
            tokio::time::sleep(latency).await;
            message
        }))
    }
}
