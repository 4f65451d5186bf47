//! A barrage of everything that wants to use the server up, against the process itself: it goes on, and its memory is what it was.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::process::Process;
use crate::site::Site;

/// What the process may hold more than before, in KiB: far below what one of these could take if nothing bounded it.
const MORE: u64 = 256 * 1024;

fn repeat(many: usize, part: impl Fn(usize) -> String) -> String {
    (0..many).map(part).collect()
}

/// Bodies, each near the largest that is taken.
fn bodies() -> Vec<Vec<u8>> {
    let asking = |query: String| json!({"query": query}).to_string().into_bytes();
    let with = |variables: Value| json!({"query": "{ me { id } }", "variables": variables}).to_string().into_bytes();
    let doubling = repeat(30, |n| format!("fragment f{n} on Query {{ ...f{} ...f{} }} ", n + 1, n + 1));
    vec![
        asking(format!("{{ me(a: {}{}) {{ id }} }}", "[".repeat(400), "]".repeat(400))),
        asking(format!("{{ me(a: {}{}) {{ id }} }}", "[".repeat(120_000), "]".repeat(120_000))),
        asking(format!("{{ {} }}", repeat(4_500, |n| format!("a{n}: me {{ id }} ")))),
        asking(format!("{{ {} }}", repeat(20_000, |n| format!("a{n}: x ")))),
        asking(format!("{{ {} }}", repeat(9_000, |n| format!("unknown{n} ")))),
        asking(format!("{{ ...f0 }} {doubling} fragment f30 on Query {{ me {{ id }} }}")),
        asking(format!("{{ me {{ id }} }} # {}", "x".repeat(250_000))),
        asking(format!("{{ me {{ {} }} }}", "id ".repeat(9_000))),
        with(json!({"a": vec![0; 120_000]})),
        with(json!({"a": "x".repeat(250_000)})),
        format!("{{\"query\":{}", "[".repeat(250_000)).into_bytes(),
        vec![0xff; 250_000],
        vec![b' '; 1024 * 1024],
    ]
}

async fn post(client: &Client, server: SocketAddr, token: &str, body: Vec<u8>) -> Option<StatusCode> {
    let post = client.post(format!("http://{server}/graphql")).bearer_auth(token);
    // It may hang up while a body that is too large is being sent.
    post.header("content-type", "application/json").body(body).send().await.ok().map(|answer| answer.status())
}

/// Somebody who begins a request and never ends it.
async fn half_a_request(server: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
    stream
}

/// Somebody who opens a socket, perhaps sends a giant, and then says nothing.
async fn half_a_socket(server: SocketAddr, number: usize) {
    let mut request = format!("ws://{server}/graphql/ws").into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut talk, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    if number.is_multiple_of(4) {
        // It may hang up while this is being sent.
        let _ = talk.send(Message::binary(vec![0; 2 * 1024 * 1024])).await;
    }
    while let Some(Ok(_)) = talk.next().await {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_barrage_ends_nothing_and_leaves_memory_as_it_was() {
    let site = Site::new();
    let mut serve = site.serve();
    for bound in ["QUERIES_PER_MINUTE", "WEBSOCKET_SILENCE_SECONDS"] {
        serve.env(format!("RUSTPUNT_SERVER_{bound}"), if bound.starts_with('Q') { "0" } else { "2" });
    }
    let server = Process::start(&mut serve);
    let (address, noor) = (server.address, site.noor(server.address));
    for _ in 0..20 {
        noor.looks().await;
    }
    let before = server.memory();
    let client = Client::new();

    let waiting = join_all((0..100).map(|_| half_a_request(address))).await;
    let sockets = join_all((0..100).map(|number| half_a_socket(address, number)));
    let barrage = async {
        for _ in 0..8 {
            let posts = bodies().into_iter().map(|body| post(&client, address, &noor.token, body));
            for status in join_all(posts).await.into_iter().flatten() {
                assert!(status.is_success() || status.is_client_error(), "{status}");
            }
            let strangers = (0..50).map(|_| post(&client, address, "no.valid.token", b"{}".to_vec()));
            assert!(join_all(strangers).await.into_iter().flatten().all(|status| status == StatusCode::UNAUTHORIZED));
        }
    };
    // Each socket is ended by the server: nobody on it said who they are.
    tokio::join!(sockets, barrage);
    noor.looks().await;

    let after = server.memory();
    println!("resident and at most, in KiB: {before:?}, then {after:?}");
    match (before, after) {
        (Some((before, _)), Some((after, most))) => {
            assert!(after < before + MORE && most < before + MORE, "{before} KiB, then {after}, at most {most}");
        }
        _ => println!("skipped: no /proc"),
    }
    drop(waiting);
    let ended = server.stop_within(Duration::from_mins(1));
    assert!(ended.status.success(), "{}", ended.log);
    assert!(!ended.log.contains("panicked"), "{}", ended.log);
}
