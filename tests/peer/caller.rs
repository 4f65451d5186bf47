//! The official client, and events for it.

use kurrentdb::{
    AppendToStreamOptions, Client, EventData, ReadStreamOptions, StreamPosition, StreamState, WriteResult,
};
use tests::peer::{PeerOptions, ProtocolPeer};
use uuid::Uuid;

pub async fn peer() -> ProtocolPeer {
    ProtocolPeer::start(PeerOptions::default()).await
}

/// The client waits one discovery interval before its first attempt too; half a second is its default.
pub fn client(url: &str) -> Client {
    Client::new(format!("{url}&discoveryInterval=5").parse().unwrap()).unwrap()
}

pub fn event(id: u64) -> EventData {
    EventData::binary("SomethingHappened", format!("body {id}").into()).id(Uuid::from_u64_pair(0x9ee2, id))
}

pub async fn append(client: &Client, stream: &str, state: StreamState, ids: &[u64]) -> kurrentdb::Result<WriteResult> {
    let options = AppendToStreamOptions::default().stream_state(state);
    let events: Vec<EventData> = ids.iter().map(|id| event(*id)).collect();
    client.append_to_stream(stream, &options, events).await
}

/// Bodies of a stream, in order.
pub async fn bodies(client: &Client, stream: &str) -> kurrentdb::Result<Vec<String>> {
    let options = ReadStreamOptions::default().position(StreamPosition::Start);
    let mut reading = client.read_stream(stream, &options).await?;
    let mut bodies = Vec::new();
    while let Some(event) = reading.next().await? {
        bodies.push(String::from_utf8_lossy(&event.get_original_event().data).into_owned());
    }
    Ok(bodies)
}
