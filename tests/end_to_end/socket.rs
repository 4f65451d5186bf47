//! Somebody who keeps watching over a WebSocket (`graphql-transport-ws`).

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::client::Person;

/// Long enough for a slow machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Talk(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Talk {
    /// A socket on which nobody said yet who it is.
    pub async fn open(address: SocketAddr) -> Self {
        let mut request = format!("ws://{address}/graphql/ws").into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        Self(connect_async(request).await.unwrap().0)
    }

    /// A socket of this person.
    pub async fn of(person: &Person) -> Self {
        Self::begun(person, json!({"token": person.token})).await
    }

    /// A socket of this person, for this purpose.
    pub async fn for_purpose(person: &Person, purpose: &str) -> Self {
        Self::begun(person, json!({"token": person.token, "purpose": purpose})).await
    }

    async fn begun(person: &Person, payload: Value) -> Self {
        let mut talk = Self::open(person.address).await;
        talk.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(talk.hear().await["type"], "connection_ack");
        talk
    }

    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    pub async fn subscribe(&mut self, query: &str, variables: Value) {
        self.subscribe_as("1", query, variables).await;
    }

    /// One of several on this socket, told apart by this name.
    pub async fn subscribe_as(&mut self, name: &str, query: &str, variables: Value) {
        let payload = json!({"query": query, "variables": variables});
        self.say(json!({"type": "subscribe", "id": name, "payload": payload})).await;
    }

    /// The next message; `closed` when the server ended it.
    pub async fn hear(&mut self) -> Value {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await.expect("a message in time") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(frame))) => {
                    return json!({"closed": frame.map(|frame| frame.reason.to_string())});
                }
                other => return json!({"closed": format!("{other:?}")}),
            }
        }
    }

    /// The next delivery.
    pub async fn delivery(&mut self, field: &str) -> Value {
        let message = self.hear().await;
        assert_eq!((&message["type"], message["payload"].get("errors")), (&json!("next"), None), "{message}");
        message["payload"]["data"][field].clone()
    }
}
