//! The generated client stub, for what the official client cannot show.

use tests::peer::ProtocolPeer;
use tests::peer::wire::event_store::client::Empty;
use tests::peer::wire::streams::read_req::options::{
    AllOptions, CountOption, FilterOption, StreamOption, SubscriptionOptions, UuidOption, all_options, uuid_option,
};
use tests::peer::wire::streams::read_req::{self, Options};
use tests::peer::wire::streams::streams_client::StreamsClient;
use tests::peer::wire::streams::{ReadReq, ReadResp};
use tonic::Streaming;

/// A subscription to the whole log from its beginning.
pub async fn subscribe(peer: &ProtocolPeer) -> Streaming<ReadResp> {
    let mut client = StreamsClient::connect(format!("http://{}", peer.address())).await.unwrap();
    let all = AllOptions { all_option: Some(all_options::AllOption::Start(Empty {})) };
    let options = Options {
        stream_option: Some(StreamOption::All(all)),
        read_direction: read_req::options::ReadDirection::Forwards.into(),
        resolve_links: false,
        count_option: Some(CountOption::Subscription(SubscriptionOptions {})),
        filter_option: Some(FilterOption::NoFilter(Empty {})),
        uuid_option: Some(UuidOption { content: Some(uuid_option::Content::Structured(Empty {})) }),
        control_option: None,
    };
    client.read(ReadReq { options: Some(options) }).await.unwrap().into_inner()
}
