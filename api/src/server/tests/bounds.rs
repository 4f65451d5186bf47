//! Who asks too much, and sockets that are half open, silent or hostile: each costs little, ends, and leaves nothing.

use eventstore::port::EventStore as _;
use eventstore::sqlite::SqliteStore;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

/// How a bench with these bounds answers.
async fn bounded(queries_per_minute: u32) -> Bench {
    bench_with(ServerConfig { queries_per_minute, subscriptions_per_minute: 2, ..ServerConfig::default() }).await
}

/// Entries in the trail of a bench.
async fn trailed(bench: &Bench) -> u64 {
    let files = std::fs::read_dir(bench.folder.path().join("trail")).unwrap().map(|file| file.unwrap().path());
    let mut entries = 0;
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "db")) {
        entries += SqliteStore::open_read_only(&file).unwrap().head().await.unwrap().token();
    }
    entries
}

#[tokio::test]
async fn who_asks_too_much_hears_when_to_come_again_and_leaves_no_trace() {
    let bench = bounded(3).await;
    for _ in 0..3 {
        assert_eq!(bench.ask("{ who }").await.status(), StatusCode::OK);
    }
    let mut said = std::collections::BTreeSet::new();
    for language in ["nl", "en"] {
        let post = bench.post("{\"query\":\"{ who }\"}").header("accept-language", language);
        let refused = post.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=20).contains(&wait), "{wait}");
        let error = refused.json::<Value>().await.unwrap()["errors"][0].clone();
        assert_eq!(error["extensions"]["code"], "RATE_LIMITED");
        assert!((1..=20).contains(&error["extensions"]["details"]["seconds"].as_u64().unwrap()), "{error}");
        said.insert(error["message"].as_str().unwrap().split_whitespace().next().unwrap().to_owned());
    }
    assert_eq!(said.len(), 2, "{said:?}");
    let changed = bench.ask("mutation { change(to: 1) }").await;
    assert_eq!(changed.status(), StatusCode::OK, "another kind has a bucket of its own");
    assert_eq!(bench.get("/graphql?query=%7Bwho%7D").send().await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
}

/// Each refused role leaves an entry in the trail: that too is bounded, before anything is written.
#[tokio::test]
async fn refusals_that_are_trailed_are_bounded_as_well() {
    let most = ServerConfig {
        queries_per_minute: 1,
        mutations_per_minute: 1,
        subscriptions_per_minute: 1,
        ..ServerConfig::default()
    };
    let bench = bench_with(most).await;
    let mut heard = Vec::new();
    for _ in 0..6 {
        let post = bench.post("{\"query\":\"{ who }\"}").header("Rustpunt-Role", "privacy_officer");
        heard.push(post.send().await.unwrap().status().as_u16());
    }
    assert_eq!(heard, [403, 403, 403, 429, 429, 429]);
    assert_eq!(trailed(&bench).await, 3);
}

/// A socket of Anja's.
async fn introduced(bench: &Bench) -> Talk {
    let mut talk = connect(bench, "graphql-transport-ws").await.unwrap();
    say(&mut talk, &json!({"type": "connection_init", "payload": {"token": bench.token}})).await;
    assert_eq!(hear(&mut talk).await["type"], "connection_ack");
    talk
}

fn begin(id: usize, query: &str) -> Value {
    json!({"type": "subscribe", "id": id.to_string(), "payload": {"query": query}})
}

#[tokio::test]
async fn operations_on_a_socket_count_as_any_other() {
    let bench = bounded(2).await;
    let mut talk = introduced(&bench).await;
    for (id, query, refused) in [
        (1, "{ who }", false),
        (2, "{ who }", false),
        (3, "{ who }", true),
        (4, "subscription { names }", false),
        (5, "subscription { names }", false),
        (6, "subscription { names }", true),
    ] {
        say(&mut talk, &begin(id, query)).await;
        let heard = hear(&mut talk).await;
        assert_eq!(heard["id"], id.to_string(), "{heard}");
        let code = &heard["payload"]["errors"][0]["extensions"]["code"];
        assert_eq!(*code == "RATE_LIMITED", refused, "{query}: {heard}");
        if refused || !query.starts_with('s') {
            assert_eq!(hear(&mut talk).await["type"], "complete");
        }
    }
    assert_eq!(bench.ask("{ who }").await.status(), StatusCode::TOO_MANY_REQUESTS, "over HTTP it is the same bucket");
}

#[tokio::test]
async fn a_thousand_subscriptions_on_one_socket_are_thirty_two() {
    let bench = bench_with(ServerConfig::default().unlimited()).await;
    let mut talk = introduced(&bench).await;
    for id in 0..1_000 {
        say(&mut talk, &begin(id, "subscription { names }")).await;
    }
    let (mut watched, mut refused) = (0, 0);
    while watched + refused < 1_000 {
        let heard = hear(&mut talk).await;
        match (heard["type"].as_str(), heard["payload"].get("errors")) {
            (Some("next"), None) => watched += 1,
            (Some("next"), Some(_)) => refused += 1,
            (Some("complete"), _) => {}
            _ => panic!("{heard}"),
        }
    }
    assert_eq!(watched, 32);
}

/// How the server ends a socket; everything else that comes is passed over.
async fn ended(talk: &mut Talk) -> String {
    let over = async {
        loop {
            match talk.next().await {
                Some(Ok(Message::Close(frame))) => {
                    break frame.map(|frame| frame.reason.to_string()).unwrap_or_default();
                }
                Some(Ok(_)) => {}
                None | Some(Err(_)) => break String::new(),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), over).await.expect("an end in time")
}

/// It answers pings, as every client does by itself, and says nothing.
#[tokio::test]
async fn who_never_says_who_they_are_loses_the_place() {
    let one = ServerConfig { websocket_limit: 1, websocket_silence_seconds: 1, ..ServerConfig::default() };
    let bench = bench_with(one).await;
    let mut silent = connect(&bench, "graphql-transport-ws").await.unwrap();
    ended(&mut silent).await;
    drop(silent);
    // Whoever comes next, and first speaks of something else, has to go as well.
    let next = async {
        loop {
            if let Ok(talk) = connect(&bench, "graphql-transport-ws").await {
                break talk;
            }
        }
    };
    let mut next = tokio::time::timeout(Duration::from_secs(20), next).await.expect("a place in time");
    say(&mut next, &begin(1, "{ who }")).await;
    assert!(!ended(&mut next).await.contains("who"));
    assert_eq!(trailed(&bench).await, 0);
}

#[tokio::test]
async fn what_is_no_message_ends_the_socket_and_is_not_repeated() {
    let bench = bench().await;
    let typed = "Zqvxmistypedwkzj";
    let messages = [
        Message::text(format!("{{\"type\":\"{typed}\"}}")),
        Message::text(typed),
        Message::text(format!("{{\"type\":\"subscribe\",\"id\":1,\"{typed}\":1}}")),
        Message::text("[".repeat(8_000)),
        Message::text(format!("{{\"type\":\"ping\",\"payload\":{}1{}}}", "[".repeat(2_000), "]".repeat(2_000))),
        Message::binary(vec![0xff, 0xfe, 0x00]),
        // A giant: larger than a body may be.
        Message::text("x".repeat(64 * 1024)),
        Message::binary(vec![0; 1024 * 1024]),
    ];
    for message in messages {
        let mut talk = introduced(&bench).await;
        // A giant may be refused while it is being sent.
        let _ = talk.send(message).await;
        let reason = ended(&mut talk).await;
        assert!(!reason.contains(typed) && reason.len() < 100, "{reason}");
    }
    assert_eq!(bench.ask("{ who }").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn headers_beyond_measure_are_refused() {
    let bench = bench().await;
    let many =
        (0..500).fold(bench.get("/graphql?query=%7Bwho%7D"), |get, number| get.header(format!("x-{number}"), "y"));
    let large = bench.get("/graphql?query=%7Bwho%7D").header("x-large", "y".repeat(1024 * 1024));
    let address = bench.get(&format!("/graphql?query=%7Bwho%7D&x={}", "y".repeat(128 * 1024)));
    let token = bench.client.get(bench.url("/graphql?query=%7Bwho%7D")).bearer_auth("y".repeat(100_000));
    for hostile in [many, large, address, token] {
        // It may hang up while more is being sent.
        let status = hostile.send().await.map(|answer| answer.status().as_u16());
        assert!(status.as_ref().map_or(true, |status| (400..500).contains(status)), "{status:?}");
    }
    assert_eq!(bench.ask("{ who }").await.status(), StatusCode::OK);
}

/// A body whose length nobody said, and one that lies about it.
#[tokio::test]
async fn a_body_without_end_is_refused_when_it_is_too_large() {
    let bench = bench().await;
    for length in ["transfer-encoding: chunked", "content-length: 18446744073709551615"] {
        let mut stream = TcpStream::connect(bench.address).await.unwrap();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n{length}\r\n\r\n",
            bench.token
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
        for _ in 0..64 {
            // It may have hung up by now.
            if stream.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
        let mut status = [0; 10];
        let reading = tokio::time::timeout(Duration::from_secs(20), stream.read_exact(&mut status));
        let hung_up = reading.await.expect("an answer in time").is_err();
        assert!(hung_up || status == *b"HTTP/1.1 4", "{}", String::from_utf8_lossy(&status));
    }
    assert_eq!(bench.ask("{ who }").await.status(), StatusCode::OK);
}
