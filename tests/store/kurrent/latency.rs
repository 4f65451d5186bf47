//! How long a call takes, beside the same call made with nothing in between. The official client leaves Nagle's algorithm on: a call of
//! its own that waits for an answer takes some 40 ms more.

use std::time::Duration;

use domain::ids::Revision;
use eventstore::kurrent::KurrentStore;
use eventstore::port::{EventStore, Expected};
use kurrentdb::{Client, ReadStreamOptions, StreamPosition};
use tests::peer::ProtocolPeer;
use tests::peer::wire::event_store::client as shared;
use tests::peer::wire::streams::batch_append_req::{self, ProposedMessage, options::ExpectedStreamPosition};
use tests::peer::wire::streams::read_req::Options;
use tests::peer::wire::streams::read_req::options::{
    CountOption, FilterOption, StreamOption, StreamOptions, UuidOption, stream_options, uuid_option,
};
use tests::peer::wire::streams::streams_client::StreamsClient;
use tests::peer::wire::streams::{BatchAppendReq, BatchAppendResp, ReadReq};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::Streaming;
use tonic::transport::{Channel, Endpoint};

use super::{on_peer, patience};
use crate::samples::{batch, event, holding, stream};

const CALLS: u64 = 100;
/// Machines are busy with other things now and then.
const ATTEMPTS: usize = 3;

async fn bare(peer: &ProtocolPeer) -> StreamsClient<Channel> {
    let endpoint = Endpoint::from_shared(format!("http://{}", peer.address())).unwrap();
    StreamsClient::new(endpoint.tcp_nodelay(true).connect().await.unwrap())
}

fn read_of_one(name: &str) -> ReadReq {
    let stream = StreamOptions {
        stream_identifier: Some(shared::StreamIdentifier { stream_name: name.as_bytes().to_vec() }),
        revision_option: Some(stream_options::RevisionOption::Revision(0)),
    };
    let options = Options {
        stream_option: Some(StreamOption::Stream(stream)),
        count_option: Some(CountOption::Count(1)),
        filter_option: Some(FilterOption::NoFilter(shared::Empty {})),
        uuid_option: Some(UuidOption { content: Some(uuid_option::Content::String(shared::Empty {})) }),
        ..Options::default()
    };
    ReadReq { options: Some(options) }
}

async fn bare_read(client: &mut StreamsClient<Channel>, name: &str) {
    let mut said = client.read(read_of_one(name)).await.unwrap().into_inner();
    assert!(said.message().await.unwrap().is_some());
    while said.message().await.unwrap().is_some() {}
}

/// A session of batch append with nothing in between.
struct BareSession {
    asking: mpsc::UnboundedSender<BatchAppendReq>,
    answers: Streaming<BatchAppendResp>,
}

impl BareSession {
    async fn open(client: &mut StreamsClient<Channel>) -> Self {
        let (asking, asked) = mpsc::unbounded_channel();
        let answers = client.batch_append(UnboundedReceiverStream::new(asked)).await.unwrap().into_inner();
        Self { asking, answers }
    }

    async fn append(&mut self, round: u64) {
        let id = |id: uuid::Uuid| shared::Uuid { value: Some(shared::uuid::Value::String(id.to_string())) };
        let new = event("a body of some length");
        let metadata = [("type", "SomethingHappened"), ("content-type", "application/octet-stream")];
        let message = ProposedMessage {
            id: Some(id(new.id.as_uuid())),
            metadata: metadata.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            custom_metadata: vec![b'x'; 300],
            data: new.data,
        };
        let expected =
            round.checked_sub(1).map_or(ExpectedStreamPosition::NoStream(()), ExpectedStreamPosition::StreamPosition);
        let options = batch_append_req::Options {
            stream_identifier: Some(shared::StreamIdentifier { stream_name: b"bare-1".to_vec() }),
            expected_stream_position: Some(expected),
            deadline_option: None,
        };
        let request = BatchAppendReq {
            correlation_id: Some(id(uuid::Uuid::new_v4())),
            options: Some(options),
            proposed_messages: vec![message],
            is_final: true,
        };
        self.asking.send(request).unwrap();
        assert!(self.answers.message().await.unwrap().is_some());
    }
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let begun = Instant::now();
    work.await;
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).unwrap()
}

/// One call of each in turn, so that both meet the same machine. Gives the medians: bare, ours.
async fn reads(peer: &ProtocolPeer, store: &KurrentStore) -> (Duration, Duration) {
    let (name, mut client) = (stream("case-1"), bare(peer).await);
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        bare.push(timed(bare_read(&mut client, "rustpunt.case-1")).await);
        let reading = async { assert_eq!(store.read_stream(&name, Revision::FIRST, 1).await.unwrap().len(), 1) };
        ours.push(timed(reading).await);
    }
    (median(bare), median(ours))
}

async fn appends(peer: &ProtocolPeer, store: &KurrentStore, attempt: u64) -> (Duration, Duration) {
    let (name, mut client) = (stream(&format!("person-{attempt}")), bare(peer).await);
    let mut session = BareSession::open(&mut client).await;
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for round in 0..CALLS {
        bare.push(timed(session.append(round + attempt * CALLS)).await);
        let appending = async { assert!(!store.append(&name, holding(round), batch(1)).await.unwrap().repeated) };
        ours.push(timed(appending).await);
    }
    (median(bare), median(ours))
}

/// The official client's read fails this: see below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_is_at_most_five_times_a_bare_one() {
    let (peer, store) = on_peer(patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let mut measured = Vec::new();
    for _ in 0..ATTEMPTS {
        let (bare, ours) = reads(&peer, &store).await;
        println!("read_stream of one event, p50: bare {bare:?}, ours {ours:?}");
        if ours <= bare * 5 {
            return;
        }
        measured.push((bare, ours));
    }
    panic!("{measured:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_is_at_most_five_times_a_bare_one() {
    let (peer, store) = on_peer(patience()).await;
    let mut measured = Vec::new();
    for attempt in 0..ATTEMPTS as u64 {
        let (bare, ours) = appends(&peer, &store, attempt).await;
        println!("append of one event, p50: bare {bare:?}, ours {ours:?}");
        if ours <= bare * 5 {
            return;
        }
        measured.push((bare, ours));
    }
    panic!("{measured:?}");
}

/// When this fails, a release of the client carries its pull request 233, and our own channel can go
/// (`docs/decisions/0005-kurrentdb.md`).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_clients_read_still_waits_for_the_network() {
    let (peer, store) = on_peer(patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let (mut stub, client) = (bare(&peer).await, Client::new(peer.url().parse().unwrap()).unwrap());
    let (mut bare, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        bare.push(timed(bare_read(&mut stub, "rustpunt.case-1")).await);
        let options = ReadStreamOptions::default().position(StreamPosition::Start).max_count(1);
        let reading = async {
            let mut reading = client.read_stream("rustpunt.case-1", &options).await.unwrap();
            while reading.next().await.unwrap().is_some() {}
        };
        theirs.push(timed(reading).await);
    }
    let (bare, theirs) = (median(bare), median(theirs));
    println!("read_stream of one event, p50: bare {bare:?}, the official client {theirs:?}");
    assert!(theirs >= Duration::from_millis(20) && theirs > bare * 5, "bare {bare:?}, the official client {theirs:?}");
}
