//! Every answer there is, of whatever status: each carries the headers (standards D, CC-D3).

use std::collections::BTreeSet;

use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

/// Nothing may lack of any answer; `whole` has a body, which a switch of protocols has not.
pub(super) fn carries_all(what: &str, headers: &HeaderMap, whole: bool) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("api-version", API_VERSION),
    ] {
        let found: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(found, [value], "{name} of {what}");
    }
    assert!(headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"), "{what}");
    assert!(headers["strict-transport-security"].to_str().unwrap().starts_with("max-age="), "{what}");
    assert!(headers.contains_key("x-request-id"), "{what}");
    assert!(!whole || headers.contains_key("content-type"), "{what}");
    assert!(!headers.contains_key("server") && !headers.contains_key("x-powered-by"), "{what}");
}

/// A shake of hands as a browser does it.
fn shake(bench: &Bench, path: &str) -> RequestBuilder {
    bench
        .client
        .get(bench.url(path))
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
}

/// One more than a bench takes.
fn one_place() -> ServerConfig {
    ServerConfig { websocket_limit: 1, queries_per_minute: 30, ..ServerConfig::default() }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let bench = bench_with(one_place()).await;
    let held = connect(&bench, "graphql-transport-ws").await.unwrap();
    let json = || bench.post("{\"query\":\"{ who }\"}");
    let plain = |path: &str| bench.client.get(bench.url(path));
    let large = "x".repeat(9_000);
    let in_address = format!("/graphql/ws?access_token={}", bench.token);
    let tries: Vec<(u16, RequestBuilder)> = vec![
        (200, json()),
        (200, bench.post("{\"query\":\"{ nonsense }\"}")),
        (400, bench.post("{\"query\":\"{ nonsense }\"}").header("accept", NEW_MEDIA)),
        (200, bench.get("/graphql?query=%7Bwho%7D")),
        (400, bench.post("{")),
        (401, plain("/graphql")),
        (403, json().header("Rustpunt-Role", "privacy_officer")),
        (400, json().header("Rustpunt-Purpose", "curiosity/1")),
        (405, bench.client.put(bench.url("/graphql")).bearer_auth(&bench.token)),
        (405, bench.client.head(bench.url("/graphql")).bearer_auth(&bench.token)),
        (405, bench.get("/graphql?query=mutation%7Bchange(to%3A1)%7D")),
        (406, json().header("accept", "text/html")),
        (413, bench.post(large)),
        (415, json().header("content-encoding", "gzip")),
        (500, bench.post("{\"query\":\"{ panics }\"}")),
        (503, bench.post("{\"query\":\"{ sleeps }\"}")),
        (200, plain("/healthz")),
        (503, plain("/readyz")),
        (200, plain("/?as=anja")),
        (200, plain("/?as=nobody")),
        (404, plain("/nowhere")),
        (404, plain("/metrics")),
        (404, plain("/graphql/")),
        (404, bench.client.request(reqwest::Method::OPTIONS, bench.url("/nowhere"))),
        (401, plain("/cases/x/escalation.svg")),
        (400, bench.get("/cases/x/escalation.svg?name=Ilse")),
        (405, bench.client.post(bench.url("/cases/x/escalation.svg")).bearer_auth(&bench.token)),
        (406, bench.get("/cases/x/escalation.svg").header("accept", "image/png")),
        (404, plain("/cases/x")),
        (400, plain("/graphql/ws")),
        (401, shake(&bench, &in_address)),
        (400, shake(&bench, "/graphql/ws").header("sec-websocket-protocol", "graphql-ws")),
        (503, shake(&bench, "/graphql/ws").header("sec-websocket-protocol", "graphql-transport-ws")),
    ];
    let (mut requests, attempts) = (BTreeSet::new(), tries.len());
    for (number, (status, attempt)) in tries.into_iter().enumerate() {
        let answer = attempt.send().await.unwrap();
        let what = format!("{status}, number {number}: {}", answer.url().path());
        assert_eq!(answer.status().as_u16(), status, "{what}");
        // An answer to HEAD has no body that could have a type.
        carries_all(&what, answer.headers(), answer.headers().contains_key("content-type") || status != 405);
        requests.insert(answer.headers()["x-request-id"].to_str().unwrap().to_owned());
    }
    assert_eq!(requests.len(), attempts, "each request has an id of its own");
    drop(held);
}

#[tokio::test]
async fn also_who_asks_too_much_or_sends_too_slowly_gets_them() {
    let bench = bench_with(ServerConfig { strangers_per_minute: 1, queries_per_minute: 1, ..one_place() }).await;
    bench.ask("{ who }").await;
    let limited = bench.ask("{ who }").await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    carries_all("429", limited.headers(), true);
    let picture = bench.get("/cases/x/escalation.svg").send().await.unwrap();
    assert_eq!(picture.status(), StatusCode::TOO_MANY_REQUESTS, "a picture is a query");
    carries_all("429", picture.headers(), true);

    let (status, said) = slowly(&bench).await;
    assert_eq!(status, 408, "{said}");
    for name in ["api-version: ", "x-content-type-options: nosniff", "cache-control: no-store", "x-request-id: "] {
        assert!(said.contains(name), "{name}: {said}");
    }

    for status in [StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS] {
        let stranger = bench.client.get(bench.url("/graphql")).send().await.unwrap();
        assert_eq!(stranger.status(), status);
        carries_all("a stranger", stranger.headers(), true);
    }
    let shaken = shake(&bench, "/graphql/ws").header("sec-websocket-protocol", "graphql-transport-ws");
    let shaken = shaken.send().await.unwrap();
    assert_eq!(shaken.status(), StatusCode::TOO_MANY_REQUESTS);
    carries_all("a stranger's socket", shaken.headers(), true);
}

/// A body that never comes, and what is answered. Nothing else stands on the connection.
async fn slowly(bench: &Bench) -> (u16, String) {
    let mut stream = TcpStream::connect(bench.address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: 1000\r\n\r\n{{\"query\"",
        bench.address, bench.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut said, mut part) = (String::new(), [0; 4_096]);
    while !said.contains("TIMEOUT") {
        let read = stream.read(&mut part).await.unwrap();
        assert!(read > 0, "closed: {said}");
        said.push_str(&String::from_utf8_lossy(&part[..read]));
    }
    (said["HTTP/1.1 ".len()..][..3].parse().unwrap(), said)
}

/// The switch to another protocol is an answer as well.
#[tokio::test]
async fn a_socket_begins_with_the_headers() {
    let bench = bench().await;
    let mut request = format!("ws://{}/graphql/ws", bench.address).into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (_talk, answer) = tokio_tungstenite::connect_async(request).await.unwrap();
    assert_eq!(answer.status().as_u16(), 101);
    carries_all("101", answer.headers(), false);
}
