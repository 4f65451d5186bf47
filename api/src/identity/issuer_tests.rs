//! An issuer that tells its keys: asked at the start, asked again by age and for a key that is not there, and away.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use jsonwebtoken::Header;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Endpoint, Request, Response, Server};
use serde_json::{Value, json};
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use super::demo::wall_seconds;
use super::discovery::IssuerAddress;
use super::fetched::{BETWEEN_QUESTIONS, FetchedKeys, KeyTimes};
use super::trusted::Keys;
use super::*;
use crate::health::Health;

const AUDIENCE: &str = "urn:rustpunt:api";

const SECOND: Duration = Duration::from_secs(1);

/// What the issuer answers, and how often it was asked for its keys.
struct Told {
    address: Mutex<String>,
    document: Mutex<Option<Answer>>,
    keys: Mutex<Answer>,
    asked: AtomicUsize,
    came: Notify,
    /// Answers wait for it.
    gate: Semaphore,
}

#[derive(Clone)]
struct Answer {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Answer {
    fn of(body: &impl ToString) -> Self {
        Self { status: 200, location: None, body: body.to_string() }
    }

    fn status(status: u16) -> Self {
        Self { status, location: None, body: String::new() }
    }
}

struct Answering(Arc<Told>);

impl Endpoint for Answering {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let told = &self.0;
        let answer = match request.uri().path() {
            "/.well-known/openid-configuration" => told.document(),
            "/keys" => {
                told.asked.fetch_add(1, Ordering::SeqCst);
                told.came.notify_one();
                let _open = told.gate.acquire().await;
                told.keys.lock().unwrap().clone()
            }
            other => panic!("nobody asks for {other}"),
        };
        let mut response = Response::builder().status(poem::http::StatusCode::from_u16(answer.status).unwrap());
        if let Some(location) = answer.location {
            response = response.header("location", location);
        }
        Ok(response.body(answer.body))
    }
}

impl Told {
    fn document(&self) -> Answer {
        let said = self.document.lock().unwrap().clone();
        let address = self.address.lock().unwrap().clone();
        said.unwrap_or_else(|| Answer::of(&json!({"issuer": address, "jwks_uri": format!("{address}/keys")})))
    }
}

/// A server on loopback, a clock that stands still, and keys that are kept by them.
struct Bench {
    told: Arc<Told>,
    clock: Arc<AtomicU64>,
    keys: Arc<FetchedKeys>,
    verifier: Arc<TokenVerifier>,
    issuer: String,
    first: Signer,
}

/// A key of the issuer.
struct Signer {
    demo: DemoIssuer,
    kid: String,
}

impl Signer {
    fn new(kid: &str) -> Self {
        let demo = DemoIssuer::open(tempfile::tempdir().unwrap().path()).unwrap();
        Self { demo, kid: kid.to_owned() }
    }

    fn jwk(&self) -> Value {
        let mut jwk = serde_json::to_value(self.demo.jwk()).unwrap();
        jwk["kid"] = json!(self.kid);
        jwk
    }

    fn token(&self, issuer: &str) -> String {
        let now = wall_seconds();
        let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
        header.kid = Some(self.kid.clone());
        let claims = json!({
            "iss": issuer, "aud": AUDIENCE, "sub": Uuid::from_u128(7), "exp": now + 600, "nbf": now, "iat": now,
            "jti": Uuid::new_v4(), "name": "Anja", "organisation": "gemeente-huizen", "roles": ["case_director"],
        });
        self.demo.sign_with(&header, &claims).unwrap()
    }
}

const TIMES: KeyTimes = KeyTimes { refresh: Duration::from_mins(10), longest: Duration::from_hours(6) };

async fn bench() -> Bench {
    let first = Signer::new("first");
    let told = Arc::new(Told {
        address: Mutex::default(),
        document: Mutex::default(),
        keys: Mutex::new(Answer::of(&json!({"keys": [first.jwk()]}))),
        asked: AtomicUsize::new(0),
        came: Notify::new(),
        gate: Semaphore::new(1_000),
    });
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let issuer = format!("http://{}", acceptor.local_addr()[0].as_socket_addr().unwrap());
    told.address.lock().unwrap().clone_from(&issuer);
    tokio::spawn(Server::new_with_acceptor(acceptor).run(Answering(Arc::clone(&told))));
    let clock = Arc::new(AtomicU64::new(0));
    let read = Arc::clone(&clock);
    let now = Box::new(move || Duration::from_secs(read.load(Ordering::SeqCst)));
    let keys = Arc::new(FetchedKeys::by(IssuerAddress::new(&issuer, None).unwrap(), TIMES, now));
    let trusted = TrustedIssuer::new(Rules::of(&issuer, AUDIENCE), Keys::Fetched(Arc::clone(&keys)));
    Bench { told, clock, keys, verifier: Arc::new(TokenVerifier::Configured(trusted)), issuer, first }
}

impl Bench {
    fn tells(&self, signers: &[&Signer]) {
        let keys: Vec<Value> = signers.iter().map(|signer| signer.jwk()).collect();
        *self.told.keys.lock().unwrap() = Answer::of(&json!({"keys": keys}));
    }

    fn passes(&self, time: Duration) {
        self.clock.fetch_add(time.as_secs(), Ordering::SeqCst);
    }

    fn asked(&self) -> usize {
        self.told.asked.load(Ordering::SeqCst)
    }

    async fn believes(&self, signer: &Signer) -> Result<(), Reason> {
        let found = self.verifier.verify(&signer.token(&self.issuer)).await;
        found.map(|_| ()).map_err(|refused| refused.reason)
    }

    /// Whether `/readyz` would say that tokens can be checked.
    async fn ready(&self) -> Result<(), String> {
        let health = self.verifier.watched(Health::new());
        let [(name, finding)] = health.examine().await.try_into().unwrap();
        assert_eq!(name, "identity");
        finding.map(|_| ())
    }
}

#[tokio::test]
async fn a_key_that_is_new_is_asked_for_once_by_all_who_wait() {
    let bench = bench().await;
    bench.keys.refresh().await.unwrap();
    assert_eq!((bench.believes(&bench.first).await, bench.asked()), (Ok(()), 1));
    assert!(bench.ready().await.is_ok());

    let second = Signer::new("second");
    bench.tells(&[&bench.first, &second]);
    bench.told.came.notified().await;
    let held = bench.told.gate.acquire_many(1_000).await.unwrap();
    let tokens: Vec<String> = (0..50).map(|_| second.token(&bench.issuer)).collect();
    let waiting: Vec<_> = tokens
        .into_iter()
        .map(|token| {
            let verifier = Arc::clone(&bench.verifier);
            tokio::spawn(async move { verifier.verify(&token).await.is_ok() })
        })
        .collect();
    bench.told.came.notified().await;
    // Whoever asked first goes away: the others get their answer all the same.
    waiting[0].abort();
    assert_eq!(bench.believes(&bench.first).await, Ok(()), "a known key waits for nobody");
    drop(held);
    let answers = join_all(waiting).await;
    assert!(answers.into_iter().skip(1).all(|answer| answer.unwrap()));
    assert_eq!(bench.asked(), 2);
}

#[tokio::test]
async fn strangers_who_make_names_up_cause_no_storm() {
    let bench = bench().await;
    bench.keys.refresh().await.unwrap();
    for round in 1..=3 {
        let strangers: Vec<Signer> = (0..20).map(|number| Signer::new(&format!("{round}-{number}"))).collect();
        for found in join_all(strangers.iter().map(|stranger| bench.believes(stranger))).await {
            assert_eq!(found, Err(Reason::UnknownKey));
        }
        assert_eq!(bench.asked(), 1 + round, "one question for all of them");
        bench.passes(BETWEEN_QUESTIONS.saturating_sub(SECOND));
        assert_eq!(bench.believes(&strangers[0]).await, Err(Reason::UnknownKey));
        assert_eq!(bench.asked(), 1 + round);
        bench.passes(SECOND);
    }
    // A real new key is found at the latest when that time is over, or when the keys are renewed by their age.
    let second = Signer::new("second");
    bench.tells(&[&second]);
    assert_eq!(bench.believes(&second).await, Ok(()));
    assert_eq!(
        bench.believes(&bench.first).await,
        Err(Reason::UnknownKey),
        "a key that was taken away is good no more"
    );
}

#[tokio::test]
async fn an_issuer_that_is_away_at_the_start_is_said_and_recovers() {
    let bench = bench().await;
    let starting = bench.ready().await.expect_err("no keys yet");
    assert!(starting.contains("it is being asked"), "{starting}");
    let keys = bench.told.keys.lock().unwrap().clone();
    *bench.told.document.lock().unwrap() = Some(Answer::status(503));
    assert!(bench.keys.refresh().await.is_err());
    assert!(bench.ready().await.expect_err("away").contains("answers 503"));
    assert_eq!(bench.believes(&bench.first).await, Err(Reason::KeysAway));
    *bench.told.document.lock().unwrap() = None;
    *bench.told.keys.lock().unwrap() = keys;
    bench.passes(BETWEEN_QUESTIONS);
    assert_eq!(bench.believes(&bench.first).await, Ok(()), "the first who asks finds it back");
    assert!(bench.ready().await.is_ok());
}

#[tokio::test]
async fn an_issuer_that_goes_away_is_believed_until_its_keys_are_too_old() {
    let bench = bench().await;
    bench.keys.refresh().await.unwrap();
    *bench.told.keys.lock().unwrap() = Answer::status(500);
    bench.passes(TIMES.longest.saturating_sub(SECOND));
    assert!(bench.keys.refresh().await.is_err());
    assert_eq!(bench.believes(&bench.first).await, Ok(()));
    assert!(bench.ready().await.is_ok());
    bench.passes(SECOND);
    assert_eq!(bench.believes(&bench.first).await, Err(Reason::KeysAway));
    assert!(bench.ready().await.expect_err("too old").contains("answers 500"));
    bench.tells(&[&bench.first]);
    bench.keys.refresh().await.unwrap();
    assert_eq!(bench.believes(&bench.first).await, Ok(()));
}

#[tokio::test]
async fn what_is_no_answer_of_this_issuer_is_not_believed() {
    let bench = bench().await;
    let said = |issuer: &str, keys: &str| Answer::of(&json!({"issuer": issuer, "jwks_uri": keys}));
    let here = bench.issuer.clone();
    let sent_on = Answer { status: 302, location: Some(format!("{here}/keys")), body: String::new() };
    let documents = [
        ("another issuer", said("https://login.example", &format!("{here}/keys")), "another issuer"),
        ("the same with a slash", said(&format!("{here}/"), &format!("{here}/keys")), "another issuer"),
        ("keys without TLS elsewhere", said(&here, "http://192.0.2.1/keys"), "must be https"),
        ("keys in a file", said(&here, "file:///etc/keys"), "must be https"),
        ("keys nowhere", said(&here, "keys"), "must be https"),
        ("sent elsewhere", sent_on.clone(), "answers 302"),
        ("no document", Answer::of(&"<html>"), "no discovery document"),
        ("half a document", Answer::of(&json!({"issuer": here})), "no discovery document"),
        ("too much", Answer::of(&"x".repeat(300 * 1024)), "more than 256 KiB"),
        ("nothing", Answer::status(404), "answers 404"),
    ];
    for (what, answer, why) in documents {
        *bench.told.document.lock().unwrap() = Some(answer);
        let fault = bench.keys.refresh().await.expect_err(what).to_string();
        assert!(fault.contains(why), "{what}: {fault}");
    }
    assert_eq!(bench.asked(), 0, "nobody was asked for keys");
    *bench.told.document.lock().unwrap() = None;
    let demo = json!({"keys": [serde_json::to_value(bench.first.demo.jwk()).unwrap()]});
    let sets = [
        ("sent elsewhere", sent_on, "answers 302"),
        ("too many keys", Answer::of(&json!({"keys": vec![bench.first.jwk(); 65]})), "more than 64 keys"),
        ("one name twice", Answer::of(&json!({"keys": vec![bench.first.jwk(); 2]})), "twice"),
        ("the demo's key", Answer::of(&demo), "a key of the demo"),
        ("no keys", Answer::of(&json!({"keys": []})), "holds no public"),
        ("too much", Answer::of(&"x".repeat(300 * 1024)), "more than 256 KiB"),
    ];
    for (what, answer, why) in sets {
        *bench.told.keys.lock().unwrap() = answer;
        let fault = bench.keys.refresh().await.expect_err(what).to_string();
        assert!(fault.contains(why), "{what}: {fault}");
    }
    assert!(bench.ready().await.is_err());
}

#[tokio::test]
async fn an_issuer_that_never_answers_is_given_up() {
    // Connections are made, and nobody takes them.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = IssuerAddress::new(&format!("http://{}", silent.local_addr().unwrap()), None).unwrap();
    let keys = Arc::new(FetchedKeys::new(issuer, TIMES));
    let fault = keys.refresh().await.expect_err("silent").to_string();
    assert!(fault.contains("does not answer within 5 seconds"), "{fault}");
    assert!(keys.finding().expect_err("not ready").contains("does not answer"));
}

#[test]
fn an_issuer_has_an_address_that_nobody_reads_along_with() {
    for address in [
        "https://login.example",
        "https://login.example/realms/huizen/",
        "http://127.0.0.1:8080",
        "http://[::1]:8080/a",
        "http://localhost:1",
    ] {
        assert!(IssuerAddress::new(address, None).is_ok(), "{address}");
    }
    for address in [
        "",
        "login.example",
        "urn:rustpunt:demo",
        "http://login.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "https://anja:geheim@login.example",
        "https://login.example?tenant=1",
        "https://login.example#a",
        "ftp://login.example",
    ] {
        let refused = IssuerAddress::new(address, None).err().expect(address).to_string();
        assert!(refused.contains("identity.issuer") && !refused.contains("geheim"), "{refused}");
    }
    let no_authority = IssuerAddress::new("https://login.example", Some(b"nothing")).err().expect("no certificate");
    assert!(no_authority.to_string().contains("identity.ca_file"), "{no_authority}");
}
