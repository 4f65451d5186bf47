//! Reads.

use kurrentdb::{
    Client, DeleteStreamOptions, Error, Position, ReadAllOptions, ReadStreamOptions, StreamPosition, StreamState,
    SubscriptionFilter, TombstoneStreamOptions,
};
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};

use crate::caller::{append, bodies, client, peer};

async fn stream_bodies(client: &Client, options: &ReadStreamOptions) -> Vec<String> {
    let mut reading = client.read_stream("case-1", options).await.unwrap();
    let mut bodies = Vec::new();
    while let Some(event) = reading.next().await.unwrap() {
        bodies.push(String::from_utf8_lossy(&event.get_original_event().data).into_owned());
    }
    bodies
}

async fn all(client: &Client, options: &ReadAllOptions) -> kurrentdb::Result<Vec<(String, u64)>> {
    let mut reading = client.read_all(options).await?;
    let mut events = Vec::new();
    while let Some(event) = reading.next().await? {
        let event = event.get_original_event();
        events.push((event.stream_id().to_owned(), event.position.commit));
    }
    Ok(events)
}

#[tokio::test]
async fn a_stream_reads_both_ways_from_a_revision_inclusive() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[0, 1, 2, 3]).await.unwrap();
    let from = |position| ReadStreamOptions::default().position(position);
    assert_eq!(stream_bodies(&client, &from(StreamPosition::Position(2))).await, ["body 2", "body 3"]);
    let back = from(StreamPosition::Position(2)).backwards();
    assert_eq!(stream_bodies(&client, &back).await, ["body 2", "body 1", "body 0"]);
    let last = from(StreamPosition::End).backwards().max_count(1);
    assert_eq!(stream_bodies(&client, &last).await, ["body 3"]);
    assert!(stream_bodies(&client, &from(StreamPosition::Position(9))).await.is_empty());
}

#[tokio::test]
async fn an_event_comes_back_with_all_it_came_with() {
    let peer = peer().await;
    let client = client(&peer.url());
    let options = kurrentdb::AppendToStreamOptions::default();
    let event = kurrentdb::EventData::json("Said", &"hello").unwrap().metadata("about".into());
    let written = client.append_to_stream("case-1", &options, event).await.unwrap();
    let mut reading = client.read_stream("case-1", &ReadStreamOptions::default()).await.unwrap();
    let event = reading.next().await.unwrap().unwrap().event.unwrap();
    assert_eq!((event.event_type.as_str(), event.is_json, event.revision), ("Said", true, 0));
    assert_eq!((&event.data[..], &event.custom_metadata[..]), (b"\"hello\"".as_slice(), b"about".as_slice()));
    assert_eq!(event.position, written.position);
    assert!(event.created.timestamp() > 1_700_000_000);
}

#[tokio::test]
async fn a_missing_stream_is_a_message_and_a_deleted_one_a_status() {
    let peer = peer().await;
    let client = client(&peer.url());
    assert!(matches!(bodies(&client, "case-1").await, Err(Error::ResourceNotFound)));
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    client.delete_stream("case-1", &DeleteStreamOptions::default()).await.unwrap();
    assert!(matches!(bodies(&client, "case-1").await, Err(Error::ResourceNotFound)));
    // A soft deletion hides; revisions go on.
    let after = append(&client, "case-1", StreamState::NoStream, &[2]).await.unwrap();
    assert_eq!(after.next_expected_version, 1);
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 2"]);
    client.tombstone_stream("case-1", &TombstoneStreamOptions::default()).await.unwrap();
    assert!(matches!(bodies(&client, "case-1").await, Err(Error::ResourceDeleted)));
    let refused = append(&client, "case-1", StreamState::Any, &[3]).await;
    assert!(matches!(refused, Err(Error::ResourceDeleted)));
}

#[tokio::test]
async fn the_whole_log_reads_both_ways_and_filtered() {
    let peer = peer().await;
    let client = client(&peer.url());
    for number in 0..4 {
        append(&client, &format!("case-{number}"), StreamState::NoStream, &[number]).await.unwrap();
        append(&client, &format!("other-{number}"), StreamState::NoStream, &[100 + number]).await.unwrap();
    }
    let everything = all(&client, &ReadAllOptions::default().position(StreamPosition::Start)).await.unwrap();
    assert!(everything.is_sorted_by_key(|(_, position)| *position));
    assert!(everything.iter().any(|(stream, _)| stream.starts_with('$')));
    let cases = SubscriptionFilter::on_stream_name().add_prefix("case-");
    let options = ReadAllOptions::default().position(StreamPosition::Start).filter(cases);
    let cases = all(&client, &options).await.unwrap();
    assert_eq!(cases.len(), 4);
    let (_, position) = cases[2];
    let at = StreamPosition::Position(Position { commit: position, prepare: position });
    assert_eq!(all(&client, &options.position(at)).await.unwrap(), cases[2..], "forwards is inclusive");
    let back = all(&client, &ReadAllOptions::default().backwards().position(at)).await.unwrap();
    assert!(back.iter().all(|(_, earlier)| *earlier < position), "backwards is exclusive");
    let pattern = SubscriptionFilter::on_stream_name().regex("^(case|other)-3$");
    let options = ReadAllOptions::default().position(StreamPosition::Start).filter(pattern);
    assert_eq!(all(&client, &options).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_position_inside_a_record_is_refused_and_one_beyond_the_head_is_empty() {
    let peer = peer().await;
    let client = client(&peer.url());
    let written = append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    let at = |position| {
        let position = Position { commit: position, prepare: position };
        ReadAllOptions::default().position(StreamPosition::Position(position))
    };
    let inside = all(&client, &at(written.position.commit - 1)).await.unwrap_err();
    assert!(inside.to_string().contains("invalid position"), "{inside}");
    assert!(all(&client, &at(written.position.commit + 10_000)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_page_seam_can_come_twice() {
    let peer = ProtocolPeer::start(PeerOptions { page_size: 2, ..PeerOptions::default() }).await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1, 2, 3]).await.unwrap();
    peer.faults().arm(Fault::DuplicateEvents, Times::Next(1));
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1", "body 2", "body 2", "body 3"]);
}

#[tokio::test]
async fn a_port_that_was_closed_opens_again_with_what_stood() {
    let peer = peer().await;
    append(&client(&peer.url()), "case-1", StreamState::NoStream, &[1]).await.unwrap();
    peer.stop_listener().await;
    assert_eq!(peer.figures().connections_open, 0);
    let url = peer.url();
    bodies(&client(&url), "case-1").await.unwrap_err();
    peer.start_listener().await;
    assert_eq!(bodies(&client(&url), "case-1").await.unwrap(), ["body 1"]);
}

#[tokio::test]
async fn an_older_backup_lacks_what_came_later() {
    let peer = peer().await;
    let client = client(&peer.url());
    let first = append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
    append(&client, "case-2", StreamState::NoStream, &[3]).await.unwrap();
    peer.truncate_to(first.position.commit);
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1"]);
    assert!(matches!(bodies(&client, "case-2").await, Err(Error::ResourceNotFound)));
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
}
