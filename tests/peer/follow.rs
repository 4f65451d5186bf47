//! Subscriptions.

use std::time::Duration;

use kurrentdb::{
    Client, Error, Position, StreamPosition, StreamState, SubscribeToAllOptions, Subscription, SubscriptionEvent,
    SubscriptionFilter,
};
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};

use crate::caller::{append, client, peer};

/// What a subscriber hears, in short.
async fn hear(subscription: &mut Subscription) -> kurrentdb::Result<String> {
    Ok(match subscription.next_subscription_event().await? {
        SubscriptionEvent::Confirmed(_) => "confirmed".to_owned(),
        SubscriptionEvent::EventAppeared(event) => {
            String::from_utf8_lossy(&event.get_original_event().data).into_owned()
        }
        SubscriptionEvent::Checkpoint(_) => "checkpoint".to_owned(),
        SubscriptionEvent::CaughtUp(_) => "caught up".to_owned(),
        _ => "something else".to_owned(),
    })
}

async fn hear_so_many(subscription: &mut Subscription, count: usize) -> Vec<String> {
    let mut heard = Vec::new();
    for _ in 0..count {
        heard.push(hear(subscription).await.unwrap());
    }
    heard
}

async fn cases(client: &Client, from: StreamPosition<Position>) -> Subscription {
    let filter = SubscriptionFilter::on_stream_name().add_prefix("case-").max(5);
    client.subscribe_to_all(&SubscribeToAllOptions::default().position(from).filter(filter)).await
}

#[tokio::test]
async fn a_filtered_subscriber_hears_events_checkpoints_and_that_it_has_caught_up() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    append(&client, "other-1", StreamState::NoStream, &[2]).await.unwrap();
    let mut subscription = cases(&client, StreamPosition::Start).await;
    let heard = hear_so_many(&mut subscription, 4).await;
    assert_eq!(heard, ["confirmed", "body 1", "checkpoint", "caught up"]);
    append(&client, "case-1", StreamState::StreamRevision(0), &[3]).await.unwrap();
    assert_eq!(hear(&mut subscription).await.unwrap(), "body 3");
    // Others write on; a checkpoint comes although nothing matches.
    for number in 10..16 {
        append(&client, "other-1", StreamState::Any, &[number]).await.unwrap();
    }
    assert_eq!(hear(&mut subscription).await.unwrap(), "checkpoint");
    assert_eq!(peer.figures().subscriptions_open, 1);
    drop(subscription);
    peer.until(|figures| figures.subscriptions_open == 0).await;
}

#[tokio::test]
async fn a_subscriber_starts_after_its_position() {
    let peer = peer().await;
    let client = client(&peer.url());
    let first = append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
    let mut subscription = cases(&client, StreamPosition::Position(first.position)).await;
    assert_eq!(hear_so_many(&mut subscription, 2).await, ["confirmed", "body 2"]);
}

#[tokio::test]
async fn a_checkpoint_beyond_the_head_is_live_at_once_and_hears_nothing_below_it() {
    let peer = peer().await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1]).await.unwrap();
    let far = Position { commit: 5_000, prepare: 5_000 };
    let mut subscription = cases(&client, StreamPosition::Position(far)).await;
    assert_eq!(hear_so_many(&mut subscription, 2).await, ["confirmed", "caught up"]);
    append(&client, "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap();
    let heard = tokio::time::timeout(Duration::from_millis(50), hear(&mut subscription)).await;
    heard.expect_err("what is below the checkpoint is passed over");
}

#[tokio::test]
async fn a_subscription_breaks_when_told() {
    let peer = peer().await;
    let client = client(&peer.url());
    let mut subscription = cases(&client, StreamPosition::Start).await;
    assert_eq!(hear_so_many(&mut subscription, 2).await, ["confirmed", "caught up"]);
    peer.faults().break_subscriptions();
    let error = hear(&mut subscription).await.unwrap_err();
    assert!(matches!(error, Error::ServerError(_)), "{error}");
    peer.faults().arm(Fault::BreakSubscription, Times::Next(1));
    let mut subscription = cases(&client, StreamPosition::Start).await;
    hear(&mut subscription).await.unwrap();
    hear(&mut subscription).await.unwrap_err();
}

#[tokio::test]
async fn a_subscription_ends_cleanly_when_told() {
    // Asked without the official client: that one never comes to rest after a clean end.
    let peer = peer().await;
    let mut subscription = crate::bare::subscribe(&peer).await;
    for _ in 0..2 {
        subscription.message().await.unwrap().unwrap();
    }
    peer.faults().end_subscriptions_cleanly();
    assert!(subscription.message().await.unwrap().is_none());
}

#[tokio::test]
async fn events_can_come_twice_and_slowly() {
    let peer = ProtocolPeer::start(PeerOptions { page_size: 2, ..PeerOptions::default() }).await;
    let client = client(&peer.url());
    append(&client, "case-1", StreamState::NoStream, &[1, 2]).await.unwrap();
    peer.faults().arm(Fault::DuplicateEvents, Times::Next(1));
    peer.faults().slow_delivery(Duration::from_millis(20));
    let started = std::time::Instant::now();
    let mut subscription = cases(&client, StreamPosition::Start).await;
    assert_eq!(hear_so_many(&mut subscription, 4).await, ["confirmed", "body 1", "body 2", "body 2"]);
    assert!(started.elapsed() >= Duration::from_millis(80));
}
