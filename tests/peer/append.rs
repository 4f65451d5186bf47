//! Writes one by one.

use std::time::Duration;

use kurrentdb::{AppendToStreamOptions, CurrentRevision, Error, EventData, StreamState};
use tests::peer::{Fault, Loss, PeerOptions, ProtocolPeer, Times};
use uuid::Uuid;

use crate::caller::{append, bodies, client, event, peer};

#[tokio::test]
async fn every_expected_state_is_kept() {
    let peer = peer().await;
    let client = client(&peer.url());
    let first = append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    assert_eq!(first.next_expected_version, 1);
    assert!(first.position.commit > 0);
    assert_eq!(first.position.commit, first.position.prepare);
    let second = append(&client, "case-1", StreamState::StreamRevision(1), &[3]).await.unwrap();
    assert!(second.position.commit > first.position.commit + 1, "positions have gaps");
    append(&client, "case-1", StreamState::StreamExists, &[4]).await.unwrap();
    append(&client, "case-1", StreamState::Any, &[5]).await.unwrap();
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1", "body 2", "body 3", "body 4", "body 5"]);
    assert!(peer.events().iter().any(|event| event.stream.starts_with("$stats")), "the peer writes events of its own");
}

#[tokio::test]
async fn a_wrong_version_is_named_with_the_actual_one() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    let refused = |error: Error| match error {
        Error::WrongExpectedVersion { expected, current } => (expected, current),
        other => panic!("{other}"),
    };
    let ahead = append(&client, "case-1", StreamState::StreamRevision(7), &[3]).await.unwrap_err();
    assert_eq!(refused(ahead), (StreamState::StreamRevision(7), CurrentRevision::Current(1)));
    let behind = append(&client, "case-1", StreamState::StreamRevision(0), &[3]).await.unwrap_err();
    assert_eq!(refused(behind), (StreamState::StreamRevision(0), CurrentRevision::Current(1)));
    let started = append(&client, "case-1", StreamState::NoStream, &[3]).await.unwrap_err();
    assert_eq!(refused(started), (StreamState::NoStream, CurrentRevision::Current(1)));
    let missing = append(&client, "case-2", StreamState::StreamExists, &[3]).await.unwrap_err();
    assert_eq!(refused(missing), (StreamState::StreamExists, CurrentRevision::NoStream));
    assert_eq!(bodies(&client, "case-1").await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_ids_again_are_answered_with_the_first_position() {
    let peer = peer().await;
    let client = client(&peer.url());
    let first = append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    append(&client, "case-1", StreamState::StreamRevision(1), &[3]).await.unwrap();
    let again = append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    assert_eq!((again.next_expected_version, again.position), (first.next_expected_version, first.position));
    // Bytes are never compared: another body under a known id is taken for the first one.
    let options = AppendToStreamOptions::default().stream_state(StreamState::StreamRevision(1));
    let forged = EventData::binary("Other", "other".into()).id(Uuid::from_u64_pair(0x9ee2, 3));
    client.append_to_stream("case-1", &options, forged).await.unwrap();
    let partly = append(&client, "case-1", StreamState::NoStream, &[1, 9]).await.unwrap_err();
    assert!(matches!(partly, Error::WrongExpectedVersion { .. }));
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1", "body 2", "body 3"]);
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again() {
    let peer = peer().await;
    for (number, loss) in [Loss::TimedOut, Loss::Unavailable, Loss::Connection].into_iter().enumerate() {
        let client = client(&peer.url());
        let stream = format!("case-{number}");
        let base = number as u64 * 10;
        append(&client, &stream, StreamState::NoStream, &[base]).await.unwrap();
        peer.faults().arm(Fault::LoseAcknowledgement(loss), Times::Next(1));
        append(&client, &stream, StreamState::StreamRevision(0), &[base + 1]).await.unwrap_err();
        let stood = peer.events().into_iter().rfind(|event| event.stream == stream).unwrap();
        assert_eq!(stood.revision, 1, "{loss:?}: the write was committed");
        let again = append(&client, &stream, StreamState::StreamRevision(0), &[base + 1]).await.unwrap();
        assert_eq!(again.position.commit, stood.position, "{loss:?}");
        assert_eq!(bodies(&client, &stream).await.unwrap().len(), 2, "{loss:?}: one copy");
    }
}

#[tokio::test]
async fn silence_outlasts_the_callers_deadline() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    peer.faults().arm(Fault::LoseAcknowledgement(Loss::Silence), Times::Next(1));
    let options = AppendToStreamOptions::default()
        .stream_state(StreamState::StreamRevision(0))
        .deadline(Duration::from_millis(150));
    let write = client.append_to_stream("case-1", &options, event(2));
    tokio::time::timeout(Duration::from_millis(400), write).await.unwrap_err();
    assert_eq!(bodies(&client, "case-1").await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_delayed_commit_comes_after_its_caller_has_gone() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    peer.faults().arm(Fault::DelayCommit, Times::Next(1));
    let write = append(&client, "case-1", StreamState::StreamRevision(0), &[2]);
    let gone = tokio::select! {
        _ = write => false,
        () = peer.faults().until_happened(Fault::DelayCommit, 1) => true,
    };
    assert!(gone, "nobody answered");
    peer.until_event(|event| event.revision == 1).await;
    assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1", "body 2"]);
}

#[tokio::test]
async fn a_deadline_that_passes_is_said() {
    let peer = peer().await;
    let client = client(&peer.url());
    peer.faults().arm(Fault::DelayCommit, Times::Next(1));
    let options = AppendToStreamOptions::default().deadline(Duration::from_millis(10));
    let error = client.append_to_stream("case-1", &options, event(1)).await.unwrap_err();
    assert!(matches!(error, Error::DeadlineExceeded), "{error}");
}

#[tokio::test]
async fn a_node_that_takes_no_writes_commits_nothing() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    for fault in [Fault::ReadOnly, Fault::NotReady, Fault::DiskFull] {
        peer.faults().arm(fault, Times::UntilOff);
        append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap_err();
        peer.faults().off(fault);
        assert_eq!(bodies(&client, "case-1").await.unwrap(), ["body 1"], "{fault:?}");
    }
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
}

#[tokio::test]
async fn an_append_beyond_the_limit_is_refused() {
    let peer = ProtocolPeer::start(PeerOptions { max_append_size: 100, ..PeerOptions::default() }).await;
    let client = client(&peer.url());
    let large = EventData::binary("Large", vec![0; 101].into());
    let error = client.append_to_stream("case-1", &AppendToStreamOptions::default(), large).await.unwrap_err();
    assert!(error.to_string().contains("Maximum Append Size of 100 Exceeded"), "{error}");
    assert!(peer.events().is_empty());
    assert_eq!(PeerOptions::default().max_append_size, 1 << 20);
}

#[tokio::test]
async fn a_node_that_hangs_answers_again_when_it_is_over() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    peer.faults().arm(Fault::Hang, Times::Next(1));
    tokio::select! {
        _ = append(&client, "case-1", StreamState::StreamRevision(0), &[2]) => panic!("nobody answers"),
        () = peer.faults().until_happened(Fault::Hang, 1) => {}
    }
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
}
