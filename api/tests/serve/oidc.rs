//! Tokens of a real issuer (`oidc-provider`, a process on loopback, with a certificate of an authority that only we believe), whose keys
//! change while the server serves.

use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use api::identity::{DEMO_ISSUER, DemoIssuer};
use api::node::HISTORY;
use eventstore::port::{EventStore as _, Filter, Position};
use eventstore::sqlite::SqliteStore;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Killed, Process};
use crate::site::{Person, Site};

/// More than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// The issuer's process, and the authority behind its certificate.
struct Provider {
    folder: TempDir,
    process: Killed,
    lines: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl Provider {
    /// Starts it on this port (0: any); `None` where it is not installed.
    fn start(port: u16) -> Option<Self> {
        let module = package()?;
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let (certificate, key) = (folder.path().join("ca.pem"), folder.path().join("key.pem"));
        fs::write(&certificate, made.cert.pem()).unwrap();
        fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/oidc/issuer.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(module).arg(port.to_string()).arg(certificate).arg(key);
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = Killed(spawned.unwrap());
        let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let issuer = lines.find_map(|line| {
            let said: Value = serde_json::from_str(&line.unwrap()).ok()?;
            said["issuer"].as_str().map(str::to_owned)
        });
        Some(Self { folder, process, lines, issuer: issuer.expect("the issuer starts") })
    }

    /// Tells it something, and waits until it is done.
    fn told(&mut self, word: &str) {
        writeln!(self.process.0.stdin.as_mut().unwrap(), "{word}").unwrap();
        assert!(self.lines.any(|line| line.unwrap() == word), "{word}");
    }

    /// A token for one of its workers, as any client gets one.
    async fn token(&self, client: &str, scope: &str) -> String {
        let authority = reqwest_tls::Certificate::from_pem(&fs::read(self.authority()).unwrap()).unwrap();
        let http = reqwest_tls::Client::builder().add_root_certificate(authority).no_proxy().build().unwrap();
        let asked = http.post(format!("{}/token", self.issuer)).basic_auth(client, Some("for-tests-only"));
        let asked = asked.header("content-type", "application/x-www-form-urlencoded");
        let answer = asked.body(format!("grant_type=client_credentials&scope={scope}")).send().await.unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        answer["access_token"].as_str().unwrap_or_else(|| panic!("no token: {answer}")).to_owned()
    }

    fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

/// Where `.ci/run` installs the issuer; says so when it is not there.
fn package() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/node/oidc/node_modules/oidc-provider");
    let module = folder.join("lib/index.js");
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if module.is_file() && node.is_ok_and(|status| status.success()) {
        return Some(module);
    }
    skip("oidc-provider");
    None
}

/// Says that a test cannot run here, where `.ci/run` looks for it.
fn skip(what: &str) {
    println!("skipped: no {what}");
    let Some(path) = std::env::var_os("RUSTPUNT_SKIPS") else { return };
    let mut noted = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    writeln!(noted, "skipped: no {what}").unwrap();
}

/// `serve` that believes this issuer, in its words.
fn believing(site: &Site, issuer: &str, authority: Option<&Path>) -> Command {
    let mut command = site.serve_believing_nobody();
    let settings = [
        ("ISSUER", issuer),
        ("AUDIENCE", "urn:rustpunt:api"),
        ("CLIENTS", "noor,deputy,chain,nobody"),
        ("NAME_CLAIM", "given"),
        ("ROLES_CLAIM", "realm.groups"),
        ("ROLE_WORDS", "Toegang=access_worker,Regie=case_director"),
        ("KEYS_REFRESH_SECONDS", "2"),
    ];
    for (name, value) in settings {
        command.env(format!("RUSTPUNT_IDENTITY_{name}"), value);
    }
    if let Some(authority) = authority {
        command.env("RUSTPUNT_IDENTITY_CA_FILE", authority);
    }
    command
}

async fn me(server: SocketAddr, token: &str) -> Value {
    Person::with_token(server, token).ask("{ me { id name role organisation onBehalfOf } }", json!({})).await
}

/// What everybody hears whose token is not believed, whatever is wrong with it.
async fn refuses(server: SocketAddr, token: &str) -> bool {
    me(server, token).await["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
}

async fn name_of(server: SocketAddr, token: &str) -> Option<String> {
    me(server, token).await["data"]["me"]["name"].as_str().map(str::to_owned)
}

/// R24, CC-E1: signing keys of three kinds come and go, and nobody is sent away who need not be.
#[tokio::test(flavor = "multi_thread")]
async fn keys_of_a_real_issuer_rotate_while_serving() {
    let Some(mut provider) = Provider::start(0) else { return };
    let site = Site::new();
    let server = Process::start(&mut believing(&site, &provider.issuer, Some(&provider.authority())));
    let at = server.address;
    let first = provider.token("noor", "rustpunt:read").await;
    let found = me(at, &first).await;
    let said = &found["data"]["me"];
    assert_eq!((&said["name"], &said["organisation"]), (&json!("Noor"), &json!("uitvoeringsdienst-gooi")), "{found}");
    assert_eq!(said["role"], "ACCESS_WORKER");
    let worker = said["id"].clone();
    assert_eq!(name_of(at, &first).await.as_deref(), Some("Noor"));

    let mut before = first.clone();
    for kind in ["RS256", "PS256", "ES256"] {
        provider.told("rotate");
        let next = provider.token("noor", "rustpunt:read").await;
        // The first new key is asked for at once; the next within seconds, since a `kid` nobody knows asks once in a while only.
        if kind != "RS256" {
            until(async || name_of(at, &next).await.is_some()).await;
        }
        let found = me(at, &next).await;
        assert_eq!(found["data"]["me"]["id"], worker, "{kind}: believed, and the same person: {found}");
        assert_eq!(name_of(at, &before).await.as_deref(), Some("Noor"), "{kind}: the old key is still there");
        before = next;
    }
    provider.told("retire");
    until(async || refuses(at, &first).await).await;
    assert_eq!(name_of(at, &before).await.as_deref(), Some("Noor"));
    assert!(server.stop_within(PATIENCE).status.success());
}

/// Whom the token does not allow, hears what every stranger hears; whoever acts for somebody is recorded as two.
#[tokio::test(flavor = "multi_thread")]
async fn both_persons_of_a_representation_are_recorded() {
    let Some(provider) = Provider::start(0) else { return };
    let site = Site::new();
    let server = Process::start(&mut believing(&site, &provider.issuer, Some(&provider.authority())));
    for client in ["stranger", "chain", "nobody"] {
        assert!(refuses(server.address, &provider.token(client, "rustpunt:read").await).await, "{client}");
    }
    let token = provider.token("deputy", "rustpunt:read%20rustpunt:write").await;
    let said = me(server.address, &token).await["data"]["me"].clone();
    let (who, whom) = (said["id"].clone(), said["onBehalfOf"].clone());
    assert!(who.is_string() && whom.is_string() && who != whom, "{said}");
    let deputy = Person::with_token(server.address, &token);
    deputy.does("raiseSignal", Person::signal("Er is behoefte aan rust.")).await;
    deputy.looks().await;
    assert!(server.stop_within(PATIENCE).status.success());

    let store = SqliteStore::open_read_only(&site.data().join(HISTORY)).unwrap();
    let page = store.read_all(Position::START, &Filter::categories(["signal"]), 10).await.unwrap();
    let metadata: Value = serde_json::from_slice(&page.events[0].metadata).unwrap();
    assert_eq!((&metadata["actor"]["worker"], &metadata["actor"]["on_behalf_of"]), (&who, &whom), "{metadata}");
    let entries = trail(&site.data()).await;
    let both = |entry: &Value| entry["who"] == who && entry["on_behalf_of"] == whom;
    assert!(!entries.is_empty() && entries.iter().all(both), "{entries:?}");
}

/// Who waits for an issuer is not ready, says why, and needs no hand when it is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_without_its_issuer() {
    if package().is_none() {
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site = Site::new();
    let authority = site.data().with_file_name("authority.pem");
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(&authority, made.cert.pem()).unwrap();
    let issuer = format!("https://127.0.0.1:{port}");
    let server = Process::start(&mut believing(&site, &issuer, Some(&authority)));
    let anybody = Person::with_token(server.address, "nothing");
    let why = |found: &Value| found["checks"]["identity"]["what"].as_str().unwrap_or_default().to_owned();
    until(async || why(&anybody.readiness().await.1).contains("Connection refused")).await;
    let (status, found) = anybody.readiness().await;
    assert_eq!((status.as_u16(), &found["checks"]["store"]["ok"]), (503, &json!(true)), "{found}");

    // Somebody else with the same address, whose certificate nobody vouches for.
    let Some(provider) = Provider::start(port) else { return };
    until(async || why(&anybody.readiness().await.1).contains("certificate")).await;
    assert!(refuses(server.address, &provider.token("noor", "rustpunt:read").await).await);
    assert!(server.stop_within(PATIENCE).status.success());

    let server = Process::start(&mut believing(&site, &issuer, Some(&provider.authority())));
    let anybody = Person::with_token(server.address, "nothing");
    until(async || anybody.readiness().await.0.is_success()).await;
    assert!(server.stop_within(PATIENCE).status.success());
}

/// Every entry of the trail.
async fn trail(data: &Path) -> Vec<Value> {
    let mut entries = Vec::new();
    let files = fs::read_dir(data.join("trail")).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "db")) {
        let store = SqliteStore::open_read_only(&file).unwrap();
        let page = store.read_all(Position::START, &Filter::all(), 500).await.unwrap();
        entries.extend(page.events.iter().map(|event| serde_json::from_slice::<Value>(&event.data).unwrap()));
    }
    entries
}

async fn until(holds: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < PATIENCE, "it does not come");
        tokio::task::yield_now().await;
    }
}

/// Anybody can have a demo: `serve` takes nothing of it.
#[test]
fn serve_never_believes_the_demo() {
    let site = Site::new();
    let folder = tempfile::tempdir().unwrap();
    let demo = DemoIssuer::open(folder.path()).unwrap();
    let keys = folder.path().join("keys.json");
    fs::write(&keys, demo.key_set().unwrap()).unwrap();
    let settings = [
        ("RUSTPUNT_IDENTITY_ISSUER", DEMO_ISSUER.into(), "the demo's own issuer"),
        ("RUSTPUNT_IDENTITY_KEYS", keys.into_os_string(), "a key of the demo"),
        ("RUSTPUNT_IDENTITY_KEYS", folder.path().join("demo-issuer.pem").into_os_string(), "not a JWKS"),
    ];
    for (name, value, why) in settings {
        let ended = site.serve().env(name, value).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains(why), "{name}: {said}");
        assert!(!site.data().exists(), "nothing was opened");
    }
}
