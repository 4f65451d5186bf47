//! What a server needs around it (a folder, a key, an issuer, a configuration), and people who ask it.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use api::identity::{TokenVerifier, TrustedIssuer};
use domain::fact::Role;
use eventstore::key::{MasterKey, SystemEntropy};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::issuer::{AUDIENCE, ISSUER, Issuer};

/// The municipality for which Noor works.
pub const MUNICIPALITY: &str = "uitvoeringsdienst-gooi";

/// A folder with everything, until it is dropped.
pub struct Site {
    place: TempDir,
    issuer: Issuer,
}

impl Site {
    pub fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let issuer = Issuer::new();
        fs::write(place.path().join("jwks.json"), issuer.key_set()).unwrap();
        let plain = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\n[data]\nfolder = \"{}\"\n",
            place.path().join("data").display()
        );
        fs::write(place.path().join("nobody.toml"), &plain).unwrap();
        let config = format!(
            "{plain}[identity]\nissuer = \"{ISSUER}\"\naudience = \"{AUDIENCE}\"\nkeys = \"{}\"\n",
            place.path().join("jwks.json").display(),
        );
        fs::write(place.path().join("rustpunt.toml"), config).unwrap();
        MasterKey::create_file(&place.path().join("master.key"), &SystemEntropy).unwrap();
        Self { place, issuer }
    }

    /// The folder with history, vault, trail and lists.
    pub fn data(&self) -> PathBuf {
        self.place.path().join("data")
    }

    /// The file with the master key.
    pub fn master_key(&self) -> PathBuf {
        self.place.path().join("master.key")
    }

    /// Who believes this site's tokens.
    pub fn verifier(&self) -> TokenVerifier {
        TokenVerifier::Configured(TrustedIssuer::from_jwks(ISSUER, AUDIENCE, &self.issuer.key_set()).unwrap())
    }

    /// `rustpunt serve` here.
    pub fn serve(&self) -> Command {
        self.serve_by("rustpunt.toml")
    }

    /// The same with nothing said about who is believed.
    pub fn serve_believing_nobody(&self) -> Command {
        self.serve_by("nobody.toml")
    }

    fn serve_by(&self, config: &str) -> Command {
        let mut command = rustpunt();
        command.args(["serve", "--config"]).arg(self.place.path().join(config));
        command.env("RUSTPUNT_DATA_MASTER_KEY_FILE", self.master_key());
        command
    }

    /// Somebody with a token, who asks this server.
    pub fn person(&self, server: SocketAddr, worker: u128, name: &str, organisation: &str, role: Role) -> Person {
        let token = self.issuer.token(worker, name, organisation, role);
        Person::with_token(server, &token)
    }

    /// An access worker.
    pub fn noor(&self, server: SocketAddr) -> Person {
        self.person(server, 1, "Noor", MUNICIPALITY, Role::AccessWorker)
    }
}

/// The program. What is said to the tests is no setting of it.
pub fn rustpunt() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rustpunt"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RUSTPUNT_")) {
        command.env_remove(name);
    }
    command
}

/// Somebody who asks over HTTP.
pub struct Person {
    pub token: String,
    address: String,
    http: Client,
    traceparent: Option<String>,
}

impl Person {
    /// Whoever has this token.
    pub fn with_token(server: SocketAddr, token: &str) -> Self {
        Self { address: format!("http://{server}"), token: token.to_owned(), http: Client::new(), traceparent: None }
    }

    /// The same person, whose next requests are part of this trace.
    pub fn tracing(&self, traceparent: &str) -> Self {
        let (token, address, http) = (self.token.clone(), self.address.clone(), self.http.clone());
        Self { token, address, http, traceparent: Some(traceparent.to_owned()) }
    }

    /// The whole answer.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let mut post = self.http.post(format!("{}/graphql", self.address)).bearer_auth(&self.token);
        if let Some(traceparent) = &self.traceparent {
            post = post.header("traceparent", traceparent);
        }
        post.json(&json!({"query": query, "variables": variables})).send().await.unwrap().json().await.unwrap()
    }

    /// The payload of a mutation that goes well.
    pub async fn does(&self, mutation: &str, input: Value) -> Value {
        let answer = self.send(mutation, input).await;
        assert!(answer.get("errors").is_none(), "{mutation}: {answer}");
        answer["data"][mutation].clone()
    }

    /// The code of a mutation that does not.
    pub async fn refused(&self, mutation: &str, input: Value) -> String {
        let answer = self.send(mutation, input).await;
        answer["errors"][0]["extensions"]["code"].as_str().expect("a refusal").to_owned()
    }

    async fn send(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query =
            format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ repeated created {{ kind id }} }} }}");
        self.ask(&query, json!({"input": input})).await
    }

    /// Looks at a list, which answers once it is up to date.
    pub async fn looks(&self) {
        let answer = self.ask("{ me { name } gaps(first: 1) { nodes { since } } }", json!({})).await;
        assert!(answer.get("errors").is_none() && answer["data"]["me"]["name"].is_string(), "{answer}");
    }

    /// Asks without a token.
    pub async fn asks_without_token(&self) {
        let post = self.http.post(format!("{}/graphql", self.address)).json(&json!({"query": "{ me { name } }"}));
        assert_eq!(post.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }

    /// Raises a signal: the smallest thing that is recorded.
    pub fn signal(topic: &str) -> Value {
        json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": topic})
    }

    /// What `/readyz` says.
    pub async fn readiness(&self) -> (StatusCode, Value) {
        let answer = self.http.get(format!("{}/readyz", self.address)).send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }
}

/// Ids of this kind that a mutation made.
pub fn made(payload: &Value, kind: &str) -> Vec<String> {
    let created = payload["created"].as_array().unwrap().iter().filter(|created| created["kind"] == kind);
    created.map(|created| created["id"].as_str().unwrap().to_owned()).collect()
}
