//! GraphQL over WebSocket (`graphql-transport-ws`): token and purpose stand in the first message. Rights are checked at every
//! delivery, and a connection ends with its token, with the server, or when the other side is gone.

use std::future::ready;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::http::WebSocketProtocols;
use async_graphql::{Data, Executor};
use domain::time::Timestamp;
use eventstore::clock::wall_time;
use futures_util::StreamExt as _;
use poem::http::{HeaderMap, StatusCode, header};
use poem::web::websocket::{Message, WebSocket, WebSocketConfig, WebSocketStream};
use poem::{Endpoint, FromRequest as _, IntoResponse as _, Request, Response, Result};
use tokio::sync::{OwnedSemaphorePermit, watch};
use uuid::Uuid;

use super::door::Door;
use super::http::{language, network};
use super::limiter::Network;
use super::talk::{Bounded, Heard, converse};
use super::wrong::Wrong;
use crate::identity::{Reason, token_in_query};
use crate::locale::Locale;

/// The one protocol spoken here.
const PROTOCOL: &str = "graphql-transport-ws";

/// How long a socket trusts that the clock on the wall was not set.
const LOOKS_AGAIN: Duration = Duration::from_mins(1);

/// How long a client may take to say who it is; never longer than it may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// `/graphql/ws`.
pub(super) struct Socket<E> {
    door: Door<E>,
}

impl<E> Socket<E> {
    pub(super) const fn new(door: Door<E>) -> Self {
        Self { door }
    }
}

impl<E: Executor> Endpoint for Socket<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let (request, mut body) = request.split();
        if token_in_query(request.uri().query()).is_err() {
            self.door.metrics().unauthenticated(Reason::InQuery.as_str());
            return Err(poem::Error::from_status(StatusCode::UNAUTHORIZED));
        }
        let (from, locale) = (network(&request), language(request.headers()));
        if let Err(refused) = self.door.looks_at(from) {
            return Ok(Wrong::from(refused).answer("application/json; charset=utf-8", locale));
        }
        if !speaks(request.headers()) {
            return Err(poem::Error::from_status(StatusCode::BAD_REQUEST));
        }
        let socket = WebSocket::from_request(&request, &mut body).await?;
        let Ok(place) = Arc::clone(&self.door.sockets).try_acquire_owned() else {
            return Err(poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE));
        };
        let limit = self.door.config.body_limit();
        let config = WebSocketConfig::default().max_message_size(Some(limit)).max_frame_size(Some(limit));
        let door = self.door.clone();
        let upgraded = socket
            .protocols([PROTOCOL])
            .config(config)
            .on_upgrade(move |stream| talk(door, (locale, from), stream, place));
        Ok(upgraded.into_response())
    }
}

fn speaks(headers: &HeaderMap) -> bool {
    let offered = headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|value| value.to_str().ok()).unwrap_or("");
    offered.split(',').any(|protocol| protocol.trim() == PROTOCOL)
}

async fn talk<E: Executor>(
    door: Door<E>,
    (locale, from): (Locale, Option<Network>),
    stream: WebSocketStream,
    _place: OwnedSemaphorePermit,
) {
    let Ok(protocol) = WebSocketProtocols::from_str(PROTOCOL) else { return };
    let (introduced, until) = watch::channel(None);
    let patience = PATIENCE.min(door.config.websocket_silence());
    let ends = until_over(door.stop.clone(), until, patience);
    let (sink, messages) = stream.split();
    let (heard, silence) = (Heard::now(), door.config.websocket_silence());
    let hearing = heard.clone();
    let messages = messages.take_while(|message| ready(message.is_ok())).filter_map(move |message| {
        hearing.again();
        // Pings and their answers are for the connection itself.
        let message = message.ok().filter(|message| message.is_text() || message.is_binary());
        ready(message.map(Message::into_bytes))
    });
    let executor = Bounded::new(door.clone(), locale);
    let session = async_graphql::http::WebSocket::new(executor, messages, protocol).on_connection_init(
        move |payload| async move { introduce(&door, (locale, from), &payload, &introduced).await },
    );
    tokio::select! {
        () = ends => {}
        () = converse(session, sink, &heard, silence) => {}
    }
}

/// Reads who it is from the first message.
async fn introduce<E: Executor>(
    door: &Door<E>,
    (locale, from): (Locale, Option<Network>),
    payload: &serde_json::Value,
    introduced: &watch::Sender<Option<Timestamp>>,
) -> async_graphql::Result<Data> {
    let caller = door.caller_of_socket(Uuid::now_v7(), payload, from).await;
    let caller = caller.map_err(|refused| Wrong::from(refused).said(locale))?;
    introduced.send_replace(Some(caller.identity.expires_at));
    let mut data = Data::default();
    data.insert(caller);
    data.insert(locale);
    Ok(data)
}

/// Ends when the server stops, when the token that was shown ends, or when nobody said who it is for too long.
async fn until_over(
    mut stop: watch::Receiver<bool>,
    mut introduced: watch::Receiver<Option<Timestamp>>,
    patience: Duration,
) {
    let told = async move {
        // A sender that went away means the same as being told.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let over = async move {
        let shown = tokio::time::timeout(patience, introduced.wait_for(Option::is_some)).await;
        if let Ok(Ok(Some(ends))) = shown.map(|shown| shown.map(|ends| *ends)) {
            until(ends).await;
        }
    };
    tokio::select! {
        () = told => {}
        () = over => {}
    }
}

/// Waits for a moment on the wall's clock; looks again at times, as that clock may be set.
async fn until(moment: Timestamp) {
    loop {
        let left = moment.micros().saturating_sub(wall_time().micros());
        let Ok(left @ 1..) = u64::try_from(left) else { return };
        tokio::time::sleep(Duration::from_micros(left).min(LOOKS_AGAIN)).await;
    }
}
