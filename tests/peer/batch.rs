//! Sessions of batch append.

use futures_util::future::join_all;
use kurrentdb::{BatchAppendOptions, Error, StreamState};
use tests::peer::{Fault, Loss, Times};

use crate::caller::{bodies, client, event, peer};

#[tokio::test]
async fn several_writes_are_in_flight_at_once() {
    let peer = peer().await;
    let client = client(&peer.url());
    let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
    let names: Vec<String> = (0..20).map(|number| format!("case-{number}")).collect();
    let writes = names.iter().zip(0..).map(|(name, id)| {
        session.append_to_stream(name, StreamState::NoStream, vec![event(id * 2), event(id * 2 + 1)])
    });
    let mut positions = Vec::new();
    for written in join_all(writes).await {
        let written = written.unwrap();
        assert_eq!(written.current_revision(), Some(1));
        positions.push(written.current_position().unwrap().commit);
    }
    positions.dedup();
    assert_eq!(positions.len(), 20);
    assert_eq!(bodies(&client, "case-7").await.unwrap(), ["body 14", "body 15"]);
    let figures = peer.figures();
    assert_eq!((figures.calls_of("BatchAppend"), figures.batched_appends), (1, 20));
}

#[tokio::test]
async fn a_conflict_is_an_error_with_its_code_and_ends_the_clients_session() {
    let peer = peer().await;
    let client = client(&peer.url());
    let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
    session.append_to_stream("case-1", StreamState::NoStream, vec![event(1)]).await.unwrap();
    let conflict = session.append_to_stream("case-1", StreamState::NoStream, vec![event(2)]).await.unwrap_err();
    let Error::Grpc { code, message } = conflict else { panic!("{conflict}") };
    assert_eq!((code, message.as_str()), (tonic::Code::AlreadyExists, "WrongExpectedVersion"));
    // The official client (1.2.0) gives its session up at the first refusal, also for the writes of others.
    let next = session.append_to_stream("case-2", StreamState::NoStream, vec![event(3)]).await;
    assert!(matches!(next, Err(Error::ServerError(_))), "{next:?}");
}

#[tokio::test]
async fn the_same_ids_again_are_answered_with_the_first_position() {
    let peer = peer().await;
    let client = client(&peer.url());
    for (number, loss) in [Loss::TimedOut, Loss::Unavailable, Loss::Connection].into_iter().enumerate() {
        let (stream, id) = (format!("case-{number}"), number as u64);
        let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
        peer.faults().arm(Fault::LoseAcknowledgement(loss), Times::Next(1));
        session.append_to_stream(&stream, StreamState::NoStream, vec![event(id)]).await.unwrap_err();
        let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
        let again = session.append_to_stream(&stream, StreamState::NoStream, vec![event(id)]).await.unwrap();
        let stood = peer.events().into_iter().find(|event| event.stream == stream).unwrap();
        assert_eq!(again.current_position().map(|position| position.commit), Some(stood.position), "{loss:?}");
        assert_eq!(bodies(&client, &stream).await.unwrap().len(), 1, "{loss:?}");
    }
}

#[tokio::test]
async fn a_delayed_commit_comes_when_the_connection_ends() {
    let peer = peer().await;
    let client = client(&peer.url());
    let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
    peer.faults().arm(Fault::DelayCommit, Times::Next(1));
    tokio::select! {
        _ = session.append_to_stream("case-1", StreamState::NoStream, vec![event(1)]) => panic!("nobody answers"),
        () = peer.faults().until_happened(Fault::DelayCommit, 1) => {}
    }
    assert!(peer.events().is_empty());
    // Dropping its session does not end it on the server (1.2.0).
    peer.break_connections();
    peer.until_event(|event| event.stream == "case-1").await;
}

#[tokio::test]
async fn a_node_that_is_not_ready_says_so_with_the_code_ok() {
    let peer = peer().await;
    let client = client(&peer.url());
    let session = client.batch_append(&BatchAppendOptions::default()).await.unwrap();
    peer.faults().arm(Fault::NotReady, Times::Next(1));
    let error = session.append_to_stream("case-1", StreamState::NoStream, vec![event(1)]).await.unwrap_err();
    let Error::Grpc { code, message } = error else { panic!("{error}") };
    assert_eq!((code, message.as_str()), (tonic::Code::Ok, "Server Is Not Ready"));
}
