//! The door as a client meets it, over a real socket.
#![expect(clippy::unused_async, reason = "a resolver is async, whether it waits or not")]

mod bounds;
mod headers;

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Object, Schema, Subscription};
use domain::fact::{Organisation, Role};
use domain::ids::WorkerId;
use domain::text::Name;
use eventstore::clock::{Clock, SystemClock};
use futures_util::{SinkExt as _, Stream, StreamExt as _, stream};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Map, Value, json};
use tokio::sync::{Notify, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use uuid::Uuid;

use super::*;
use crate::config::ServerConfig;
use crate::gate::Caller;
use crate::health::Health;
use crate::identity::{DemoIssuer, DemoPerson, TokenVerifier};
use crate::telemetry::Metrics;
use crate::trail::{NodeId, Refusals, Trail};

struct Query;

#[Object]
impl Query {
    async fn who(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let caller: &Caller = ctx.data()?;
        let purpose = caller.purpose.map_or("none", |purpose| purpose.as_str());
        Ok(format!("{} {} {purpose}", caller.identity.actor.worker, caller.identity.actor.role.as_str()))
    }

    async fn fails(&self) -> async_graphql::Result<Option<bool>> {
        Err("no".into())
    }

    async fn panics(&self) -> bool {
        explode()
    }

    async fn sleeps(&self, ctx: &Context<'_>) -> bool {
        ctx.data_unchecked::<Arc<Notify>>().notify_one();
        std::future::pending().await
    }
}

fn explode() -> bool {
    panic!("a resolver that panics")
}

struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self, to: i32) -> i32 {
        to
    }
}

struct Ticks;

#[Subscription]
impl Ticks {
    async fn names(&self, ctx: &Context<'_>) -> async_graphql::Result<impl Stream<Item = String>> {
        let caller: &Caller = ctx.data()?;
        let name = caller.identity.name.as_str().to_owned();
        Ok(stream::iter([name]).chain(stream::pending()))
    }
}

struct Bench {
    folder: tempfile::TempDir,
    address: SocketAddr,
    token: String,
    client: Client,
    stop: watch::Sender<bool>,
    asleep: Arc<Notify>,
    served: tokio::task::JoinHandle<io::Result<()>>,
}

async fn bench() -> Bench {
    bench_with(ServerConfig::default()).await
}

async fn bench_with(config: ServerConfig) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let issuer = DemoIssuer::open(folder.path()).unwrap();
    let person = DemoPerson {
        worker: WorkerId::from_uuid(Uuid::from_u128(7)),
        name: Name::new("Anja").unwrap(),
        organisation: Organisation::new("het-gezinsplan").unwrap(),
        roles: vec![Role::CaseDirector, Role::Supporter],
    };
    let token = issuer.token(&person).unwrap();
    let verifier = Arc::new(TokenVerifier::Demo(issuer.trusted().unwrap()));
    let health = Health::new()
        .with("store", || Box::pin(async { Ok(Map::new()) }))
        .with("trail", || Box::pin(async { Err("the disk is full".to_owned()) }));
    let (stop, stopped) = watch::channel(false);
    let config = ServerConfig { body_limit_kib: 8, request_timeout_seconds: 1, ..config };
    let asleep = Arc::new(Notify::new());
    let schema = Schema::build(Query, Mutation, Ticks).data(Arc::clone(&asleep)).finish();
    let given = token.clone();
    let (trail, clock) = (folder.path().join("trail"), Arc::new(SystemClock::new()));
    let trail = Trail::open(&trail, Arc::clone(&clock) as Arc<dyn Clock>, NodeId::keep(folder.path()).unwrap(), None);
    let refusals = Refusals::new(Arc::new(trail.await.unwrap()), clock);
    let door = Door::new(schema, verifier, config, Arc::new(health), Metrics::nowhere(), stopped.clone(), refusals)
        .with_page(Arc::new(move |name| (name == "anja").then(|| given.clone())));
    let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = bound.address();
    let served = tokio::spawn(bound.serve(routes(&door), stopped, Duration::from_secs(5)));
    Bench { folder, address, token, client: Client::new(), stop, asleep, served }
}

impl Bench {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn post(&self, body: impl Into<reqwest::Body>) -> RequestBuilder {
        let post = self.client.post(self.url("/graphql")).header("content-type", "application/json");
        post.bearer_auth(&self.token).body(body)
    }

    async fn ask(&self, query: &str) -> Response {
        self.post(json!({"query": query}).to_string()).send().await.unwrap()
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path)).bearer_auth(&self.token)
    }
}

const NEW_MEDIA: &str = "application/graphql-response+json";

#[tokio::test]
async fn a_query_is_answered_to_whom_the_token_names() {
    let bench = bench().await;
    let answer = bench.ask("{ who }").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["data"]["who"], format!("{} case_director none", Uuid::from_u128(7)));

    let other = bench
        .post(
            json!({"query": "query A { who } query B { fails }", "operationName": "A", "variables": null}).to_string(),
        )
        .header("Rustpunt-Role", "supporter")
        .header("Rustpunt-Purpose", "coordination/1")
        .header("accept", NEW_MEDIA);
    let answer = other.send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], format!("{NEW_MEDIA}; charset=utf-8"));
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["data"]["who"], format!("{} supporter coordination/1", Uuid::from_u128(7)));
}

#[tokio::test]
async fn without_a_valid_token_everyone_hears_the_same() {
    let bench = bench().await;
    let body = json!({"query": "{ who }"}).to_string();
    let plain =
        || bench.client.post(bench.url("/graphql")).header("content-type", "application/json").body(body.clone());
    let in_address = format!("/graphql?access_token={}", bench.token);
    let tries = [
        plain(),
        plain().bearer_auth("abc"),
        plain().header("authorization", format!("Basic {}", bench.token)),
        plain().bearer_auth(&bench.token[..bench.token.len() - 4]),
        plain().bearer_auth(&bench.token).header("authorization", format!("Bearer {}", bench.token)),
        plain().bearer_auth("x".repeat(9_000)),
        bench.client.post(bench.url(&in_address)).bearer_auth(&bench.token).body(body.clone()),
        bench.client.get(bench.url("/graphql?query=%7Bwho%7D")),
    ];
    let mut said = std::collections::BTreeSet::new();
    for attempt in tries {
        let answer = attempt.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        said.insert(answer.text().await.unwrap());
    }
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn a_role_or_purpose_that_is_not_the_callers_is_refused() {
    let bench = bench().await;
    let body = json!({"query": "{ who }"}).to_string();
    let role = bench.post(body.clone()).header("Rustpunt-Role", "privacy_officer").send().await.unwrap();
    assert_eq!(role.status(), StatusCode::FORBIDDEN);
    let purpose = bench.post(body).header("Rustpunt-Purpose", "curiosity/1").send().await.unwrap();
    assert_eq!(purpose.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_no_request_gets_the_right_status() {
    let bench = bench().await;
    let large = json!({"query": format!("{{ who }} # {}", "x".repeat(9_000))}).to_string();
    for (body, expected) in [
        ("{", StatusCode::BAD_REQUEST),
        ("[]", StatusCode::BAD_REQUEST),
        ("[{\"query\":\"{who}\"}]", StatusCode::BAD_REQUEST),
        ("{}", StatusCode::BAD_REQUEST),
        ("{\"query\":1}", StatusCode::BAD_REQUEST),
        ("{\"query\":\"{who}\",\"variables\":[]}", StatusCode::BAD_REQUEST),
        ("{\"query\":\"{who}\",\"operationName\":1}", StatusCode::BAD_REQUEST),
        ("{\"query\":\"{who}\",\"extensions\":1}", StatusCode::BAD_REQUEST),
        (large.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        assert_eq!(bench.post(body.to_owned()).send().await.unwrap().status(), expected, "{body:.60}");
    }
    let latin = bench.post(b"{\"query\":\"{ who } # \xff\"}".to_vec()).send().await.unwrap();
    assert_eq!(latin.status(), StatusCode::BAD_REQUEST);
    for (name, value) in [("content-type", "text/plain"), ("content-type", "application/json; charset=iso-8859-1")] {
        let other = bench.client.post(bench.url("/graphql")).bearer_auth(&bench.token).header(name, value).body("{}");
        assert_eq!(other.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{value}");
    }
    let packed = bench.post("{}").header("content-encoding", "gzip").send().await.unwrap();
    assert_eq!(packed.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let accept = bench.post("{}").header("accept", "text/html").send().await.unwrap();
    assert_eq!(accept.status(), StatusCode::NOT_ACCEPTABLE);
    let put = bench.client.put(bench.url("/graphql")).bearer_auth(&bench.token).send().await.unwrap();
    assert_eq!(put.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn who_is_refused_at_the_door_hears_it_in_their_language() {
    let bench = bench().await;
    let nobody = || bench.client.post(bench.url("/graphql")).header("content-type", "application/json").body("{}");
    let tries: [(&str, &dyn Fn() -> RequestBuilder); 5] = [
        ("BAD_REQUEST", &|| bench.post("{")),
        ("METHOD_NOT_ALLOWED", &|| bench.get("/graphql?query=mutation%7Bchange(to%3A1)%7D")),
        ("UNSUPPORTED_MEDIA_TYPE", &|| bench.post("{}").header("content-encoding", "gzip")),
        ("ROLE_NOT_HELD", &|| bench.post("{}").header("Rustpunt-Role", "privacy_officer")),
        ("UNAUTHENTICATED", &nobody),
    ];
    for (code, request) in tries {
        let mut said = std::collections::BTreeSet::new();
        for language in ["nl", "en"] {
            let answer = request().header("accept-language", language).send().await.unwrap();
            let error = answer.json::<Value>().await.unwrap()["errors"][0].clone();
            assert_eq!(error["extensions"]["code"], code);
            let message = error["message"].as_str().unwrap().to_owned();
            assert!(!message.contains(['{', '$']) && message != code, "{message}");
            said.insert(message);
        }
        assert_eq!(said.len(), 2, "{said:?}");
    }
}

#[tokio::test]
async fn on_the_porch_it_says_what_it_waits_for_and_carries_the_headers() {
    let waiting = Health::new().with("store", || Box::pin(async { Err("the history is being opened".to_owned()) }));
    let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let (address, (stop, stopped)) = (bound.address(), watch::channel(false));
    let standing = Standing::before(bound, waiting, stopped, Duration::from_secs(1));
    let client = Client::new();
    for (path, status) in [("/graphql", 503), ("/readyz", 503), ("/healthz", 200)] {
        let answer =
            client.get(format!("http://{address}{path}")).header("accept-language", "nl").send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        headers::carries_all(path, answer.headers(), true);
        let said = answer.text().await.unwrap();
        assert!(path != "/graphql" || said.contains("De server start op"), "{said}");
    }
    stop.send_replace(true);
    standing.leave().await.unwrap();
}

#[tokio::test]
async fn the_status_of_an_invalid_document_follows_the_media_type() {
    let bench = bench().await;
    for query in ["{", "{ nonsense }", "query A { who } query B { who }"] {
        let body = json!({"query": query}).to_string();
        let old = bench.post(body.clone()).header("accept", "application/json").send().await.unwrap();
        assert_eq!(old.status(), StatusCode::OK, "{query}");
        let new = bench.post(body).header("accept", NEW_MEDIA).send().await.unwrap();
        assert_eq!(new.status(), StatusCode::BAD_REQUEST, "{query}");
        let answer: Value = new.json().await.unwrap();
        assert!(answer.get("data").is_none() && answer["errors"].is_array(), "{answer}");
    }
    let body = json!({"query": "{ fails }"}).to_string();
    let ran = bench.post(body).header("accept", NEW_MEDIA).send().await.unwrap();
    assert_eq!(ran.status(), StatusCode::OK);
    assert_eq!(ran.json::<Value>().await.unwrap()["data"]["fails"], Value::Null);
}

#[tokio::test]
async fn get_is_for_queries_without_variables() {
    let bench = bench().await;
    let good = bench.get("/graphql?query=%7Bwho%7D").send().await.unwrap();
    assert_eq!(good.status(), StatusCode::OK);
    for (path, expected) in [
        ("/graphql?query=mutation%7Bchange(to%3A1)%7D", StatusCode::METHOD_NOT_ALLOWED),
        (
            "/graphql?query=query%20A%7Bwho%7Dmutation%20B%7Bchange(to%3A1)%7D&operationName=B",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        ("/graphql?query=subscription%7Bnames%7D", StatusCode::METHOD_NOT_ALLOWED),
        ("/graphql?query=%7Bwho%7D&variables=%7B%22a%22%3A1%7D", StatusCode::BAD_REQUEST),
        ("/graphql", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(bench.get(path).send().await.unwrap().status(), expected, "{path}");
    }
}

#[tokio::test]
async fn a_resolver_that_panics_or_hangs_takes_nothing_with_it() {
    let bench = bench().await;
    let panicked = bench.ask("{ panics }").await;
    assert_eq!(panicked.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!panicked.text().await.unwrap().contains("resolver"));
    assert_eq!(bench.ask("{ sleeps }").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(bench.ask("{ who }").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn health_names_its_checks() {
    let bench = bench().await;
    assert_eq!(bench.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    let ready = bench.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    let found: Value = ready.json().await.unwrap();
    let checks = json!({"store": {"ok": true}, "trail": {"ok": false, "what": "the disk is full"}});
    assert_eq!(found, json!({"status": "not ready", "checks": checks}));
}

#[tokio::test]
async fn the_demo_page_acts_for_the_person_in_the_link() {
    let bench = bench().await;
    let page = bench.client.get(bench.url("/?as=anja")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&bench.token) && page.contains("/graphql/ws"));
    let nobody = bench.client.get(bench.url("/?as=eve")).send().await.unwrap().text().await.unwrap();
    assert!(!nobody.contains("Bearer"));
}

type Talk = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn connect(bench: &Bench, protocol: &'static str) -> Result<Talk, tokio_tungstenite::tungstenite::Error> {
    connect_at(bench, "/graphql/ws", protocol).await
}

async fn connect_at(
    bench: &Bench,
    path: &str,
    protocol: &'static str,
) -> Result<Talk, tokio_tungstenite::tungstenite::Error> {
    let mut request = format!("ws://{}{path}", bench.address).into_client_request()?;
    request.headers_mut().insert("sec-websocket-protocol", protocol.parse().unwrap());
    tokio_tungstenite::connect_async(request).await.map(|(talk, _)| talk)
}

async fn say(talk: &mut Talk, message: &Value) {
    talk.send(Message::text(message.to_string())).await.unwrap();
}

async fn hear(talk: &mut Talk) -> Value {
    match talk.next().await {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
        Some(Ok(Message::Ping(_))) => Box::pin(hear(talk)).await,
        Some(Ok(Message::Close(frame))) => json!({"closed": frame.map(|frame| frame.reason.to_string())}),
        other => json!({"ended": format!("{other:?}")}),
    }
}

#[tokio::test]
async fn a_socket_says_who_it_is_first_and_ends_with_the_server() {
    let bench = bench().await;
    let mut talk = connect(&bench, "graphql-transport-ws").await.unwrap();
    say(&mut talk, &json!({"type": "connection_init", "payload": {"token": bench.token, "purpose": "coordination/1"}}))
        .await;
    assert_eq!(hear(&mut talk).await["type"], "connection_ack");
    say(&mut talk, &json!({"type": "subscribe", "id": "1", "payload": {"query": "subscription { names }"}})).await;
    assert_eq!(hear(&mut talk).await["payload"]["data"]["names"], "Anja");

    bench.stop.send_replace(true);
    let ended = hear(&mut talk).await;
    assert!(ended.get("type").is_none(), "{ended}");
    bench.served.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_socket_without_a_good_token_or_protocol_is_closed() {
    let bench = bench().await;
    assert!(connect(&bench, "graphql-ws").await.is_err());
    // A token in an address ends in logs, whatever is said afterwards.
    let in_address = format!("/graphql/ws?access_token={}", bench.token);
    assert!(connect_at(&bench, &in_address, "graphql-transport-ws").await.is_err());
    for payload in [json!({}), json!({"token": "abc"}), json!({"token": bench.token, "purpose": "curiosity/1"})] {
        let mut talk = connect(&bench, "graphql-transport-ws").await.unwrap();
        say(&mut talk, &json!({"type": "connection_init", "payload": payload})).await;
        assert!(hear(&mut talk).await.get("closed").is_some(), "{payload}");
    }
}

#[tokio::test]
async fn what_is_under_way_is_finished_before_the_server_stops() {
    let bench = bench().await;
    let slow = bench.post(json!({"query": "{ sleeps }"}).to_string()).send();
    let stopping = async {
        bench.asleep.notified().await;
        bench.stop.send_replace(true);
    };
    let (answered, ()) = tokio::join!(slow, stopping);
    assert_eq!(answered.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE, "its own time ran out, not the server's");
    bench.served.await.unwrap().unwrap();
    assert!(bench.client.get(format!("http://{}/healthz", bench.address)).send().await.is_err());
}

/// The other side is there, and answers nothing: as after a laptop is closed.
#[tokio::test]
async fn a_socket_whose_client_is_gone_gives_its_place_back() {
    let bench =
        bench_with(ServerConfig { websocket_limit: 1, websocket_silence_seconds: 1, ..ServerConfig::default() }).await;
    let mut gone = connect(&bench, "graphql-transport-ws").await.unwrap();
    say(&mut gone, &json!({"type": "connection_init", "payload": {"token": bench.token}})).await;
    assert_eq!(hear(&mut gone).await["type"], "connection_ack");
    say(&mut gone, &json!({"type": "subscribe", "id": "1", "payload": {"query": "subscription { names }"}})).await;
    assert_eq!(hear(&mut gone).await["payload"]["data"]["names"], "Anja");
    assert!(connect(&bench, "graphql-transport-ws").await.is_err(), "the only place is taken");
    let next = async {
        loop {
            if let Ok(talk) = connect(&bench, "graphql-transport-ws").await {
                break talk;
            }
        }
    };
    let mut next = tokio::time::timeout(Duration::from_secs(20), next).await.expect("a place in time");

    // Whoever answers pings, as every client does by itself, stays while nothing happens.
    say(&mut next, &json!({"type": "connection_init", "payload": {"token": bench.token}})).await;
    assert_eq!(hear(&mut next).await["type"], "connection_ack");
    for _ in 0..2 * 3 {
        let pinged = next.next().await;
        assert!(matches!(pinged, Some(Ok(Message::Ping(_)))), "{pinged:?}");
    }
}

#[tokio::test]
async fn one_socket_watches_so_many_things_and_no_more() {
    let bench = bench_with(ServerConfig { subscription_limit: 2, ..ServerConfig::default() }).await;
    let mut talk = connect(&bench, "graphql-transport-ws").await.unwrap();
    say(&mut talk, &json!({"type": "connection_init", "payload": {"token": bench.token}})).await;
    assert_eq!(hear(&mut talk).await["type"], "connection_ack");
    let watch = |id: &str| json!({"type": "subscribe", "id": id, "payload": {"query": "subscription { names }"}});
    for id in ["1", "2"] {
        say(&mut talk, &watch(id)).await;
        assert_eq!(hear(&mut talk).await["payload"]["data"]["names"], "Anja");
    }
    say(&mut talk, &watch("3")).await;
    let refused = hear(&mut talk).await;
    let error = &refused["payload"]["errors"][0];
    assert_eq!(
        (&refused["id"], &error["extensions"]["code"], &error["extensions"]["details"]["limit"]),
        (&json!("3"), &json!("TOO_MANY_SUBSCRIPTIONS"), &json!(2)),
        "{refused}"
    );
    assert_eq!(hear(&mut talk).await, json!({"type": "complete", "id": "3"}));
    say(&mut talk, &json!({"type": "complete", "id": "1"})).await;
    assert_eq!(hear(&mut talk).await, json!({"type": "complete", "id": "1"}));
    say(&mut talk, &watch("4")).await;
    assert_eq!(hear(&mut talk).await["payload"]["data"]["names"], "Anja", "a place that was given back is free");
}
