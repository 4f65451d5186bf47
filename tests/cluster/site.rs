//! What a server needs around it (a folder, a key, an issuer, a configuration), and people who ask it.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use domain::fact::Role;
use eventstore::key::{MasterKey, SystemEntropy};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::family::MUNICIPALITY;
use uuid::Uuid;

use crate::issuer::{AUDIENCE, ISSUER, Issuer};

/// A folder with everything, until it is dropped.
pub struct Site {
    place: TempDir,
    issuer: Issuer,
}

impl Site {
    pub fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let file = |name: &str| place.path().join(name);
        let issuer = Issuer::new();
        fs::write(file("jwks.json"), issuer.key_set()).unwrap();
        MasterKey::create_file(&file("master.key"), &SystemEntropy).unwrap();
        let config = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\nshutdown_grace_seconds = 2\nmutations_per_minute = 0\n\
              queries_per_minute = 0\n[data]\nfolder = \"{}\"\nmaster_key_file = \"{}\"\n\
              [identity]\nissuer = \"{ISSUER}\"\naudience = \"{AUDIENCE}\"\nkeys = \"{}\"\n",
            file("data").display(),
            file("master.key").display(),
            file("jwks.json").display(),
        );
        fs::write(file("rustpunt.toml"), config).unwrap();
        Self { place, issuer }
    }

    /// The folder of the node.
    pub fn data(&self) -> PathBuf {
        self.place.path().join("data")
    }

    /// A folder for copies.
    pub fn copies(&self) -> PathBuf {
        self.place.path().join("copies")
    }

    /// `rustpunt` with this configuration and this cluster.
    pub fn command(&self, name: &str, store: &str) -> Command {
        let mut command = rustpunt();
        command.arg(name).arg("--config").arg(self.config()).env("RUSTPUNT_DATA_STORE", store);
        command
    }

    /// `rustpunt serve` with its history there.
    pub fn serve(&self, store: &str) -> Command {
        self.command("serve", store)
    }

    /// The configuration.
    pub fn config(&self) -> PathBuf {
        self.place.path().join("rustpunt.toml")
    }

    /// An access worker.
    pub fn noor(&self) -> Person {
        self.person(1, "Noor", Role::AccessWorker)
    }

    /// Somebody who directs a case.
    pub fn anja(&self) -> Person {
        self.person(2, "Anja", Role::CaseDirector)
    }

    fn person(&self, worker: u128, name: &str, role: Role) -> Person {
        Person {
            token: self.issuer.token(worker, name, MUNICIPALITY, role),
            http: Client::builder().pool_max_idle_per_host(0).build().unwrap(),
        }
    }
}

/// Somebody with a token.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    http: Client,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub retry_after: Option<String>,
    pub body: Value,
}

impl Answer {
    /// The code of the first error.
    pub fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }

    /// A field of an answer without errors.
    #[track_caller]
    pub fn data(&self, field: &str) -> Value {
        assert!(self.body.get("errors").is_none(), "{}", self.body);
        self.body["data"][field].clone()
    }
}

impl Person {
    /// Asks; nothing when the server goes away meanwhile.
    pub async fn try_ask(&self, server: SocketAddr, query: &str, variables: Value) -> Option<Answer> {
        let post = self.http.post(format!("http://{server}/graphql")).bearer_auth(&self.token);
        let response = post.json(&json!({"query": query, "variables": variables})).send().await.ok()?;
        read(response).await
    }

    pub async fn ask(&self, server: SocketAddr, query: &str, variables: Value) -> Answer {
        self.try_ask(server, query, variables).await.expect("an answer")
    }

    /// A mutation, with the id of the intention.
    pub async fn try_send(
        &self,
        server: SocketAddr,
        command: Uuid,
        mutation: &str,
        mut input: Value,
    ) -> Option<Answer> {
        input["commandId"] = json!(command);
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query =
            format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ repeated created {{ kind id }} }} }}");
        self.try_ask(server, &query, json!({"input": input})).await
    }

    pub async fn send(&self, server: SocketAddr, command: Uuid, mutation: &str, input: Value) -> Answer {
        self.try_send(server, command, mutation, input).await.expect("an answer")
    }

    /// A mutation that goes well.
    pub async fn does(&self, server: SocketAddr, mutation: &str, input: Value) -> Value {
        self.send(server, Uuid::new_v4(), mutation, input).await.data(mutation)
    }

    /// An answer to a GET without a token.
    pub async fn get(&self, server: SocketAddr, path: &str) -> Answer {
        read(self.http.get(format!("http://{server}{path}")).send().await.unwrap()).await.unwrap()
    }

    /// What `/readyz` says of the store, once it says something like this.
    pub async fn readiness(&self, server: SocketAddr, such: impl Fn(&Answer) -> bool) -> Answer {
        // Nothing tells that a server's mind changed; asking without a pause would take the processor from it.
        let mut asks = tokio::time::interval(Duration::from_millis(25));
        let asking = async {
            loop {
                asks.tick().await;
                let answer = self.get(server, "/readyz").await;
                if such(&answer) {
                    return answer;
                }
            }
        };
        tokio::time::timeout(Duration::from_mins(1), asking).await.expect("it says so in time")
    }

    /// Waits until the server is ready.
    pub async fn until_ready(&self, server: SocketAddr) {
        self.readiness(server, |answer| answer.status == StatusCode::OK).await;
    }
}

async fn read(response: reqwest::Response) -> Option<Answer> {
    let status = response.status();
    let retry_after = response.headers().get("retry-after").and_then(|value| Some(value.to_str().ok()?.to_owned()));
    let text = response.text().await.ok()?;
    Some(Answer { status, retry_after, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

/// The program. What is said to the tests is no setting of it.
pub fn rustpunt() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rustpunt-under-test"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RUSTPUNT_")) {
        command.env_remove(name);
    }
    command
}

/// What assigns Anja as director of the case that an opening made.
pub fn assigning(opened: &Value) -> Value {
    let worker = Uuid::from_u128(2);
    json!({
        "caseId": made(opened, "CASE")[0], "director": worker, "organisation": MUNICIPALITY,
        "tasks": ["OVERVIEW", "PLAN"], "agreed": [{"person": made(opened, "PERSON")[0]}],
    })
}

/// Ids of this kind that a mutation made.
pub fn made(payload: &Value, kind: &str) -> Vec<String> {
    let created = payload["created"].as_array().unwrap().iter().filter(|created| created["kind"] == kind);
    created.map(|created| created["id"].as_str().unwrap().to_owned()).collect()
}
