//! Configuration: one TOML file, one environment variable per key, one documented default each. Unknown keys are refused, so that a
//! typing error is not a silent default. `docs/configuration.md` lists them; a test compares.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::fact::Role;
use serde::Deserialize;
use toml::{Table, Value};

use crate::identity::{ClaimNames, SKEW_SECONDS};

/// What every environment variable of ours begins with.
pub(crate) const PREFIX: &str = "RUSTPUNT_";

/// Variables with our prefix that are no keys of the configuration.
const OTHER_VARIABLES: [&str; 3] = ["RUSTPUNT_MASTER_KEY", "RUSTPUNT_COPY_FROM", "RUSTPUNT_COPY_TO"];

/// Everything that can be set.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The door.
    pub server: ServerConfig,
    /// Where things lie.
    pub data: DataConfig,
    /// Who says who somebody is.
    pub identity: IdentityConfig,
    /// What the system tells about itself.
    pub telemetry: TelemetryConfig,
    /// Who hears that something was told or proposed.
    pub webhooks: WebhooksConfig,
}

/// The door.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// Address and port. TLS is for the proxy in front.
    pub listen: SocketAddr,
    /// Largest body of a request, and largest message on a web socket, in KiB.
    pub body_limit_kib: u32,
    /// How long one request may take, its body included, in seconds.
    pub request_timeout_seconds: u32,
    /// How long requests that are under way may still take after the server was told to stop, in seconds.
    pub shutdown_grace_seconds: u32,
    /// Most web sockets at a time.
    pub websocket_limit: u32,
    /// How long a web socket may be silent, the answers to our pings included, before it is ended, in seconds.
    pub websocket_silence_seconds: u32,
    /// Most subscriptions at a time on one web socket.
    pub subscription_limit: u32,
    /// Most queries of one worker in a minute, all at once if need be; 0 for no limit.
    pub queries_per_minute: u32,
    /// Most mutations of one worker in a minute; 0 for no limit.
    pub mutations_per_minute: u32,
    /// Most subscriptions that one worker begins in a minute; 0 for no limit.
    pub subscriptions_per_minute: u32,
    /// Most tries without a valid token from one address in a minute; 0 for no limit.
    pub strangers_per_minute: u32,
    /// Whether clients may ask for the schema.
    pub introspection: bool,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8600)),
            body_limit_kib: 256,
            request_timeout_seconds: 30,
            shutdown_grace_seconds: 10,
            websocket_limit: 1_000,
            websocket_silence_seconds: 60,
            subscription_limit: 32,
            queries_per_minute: 3_000,
            mutations_per_minute: 600,
            subscriptions_per_minute: 300,
            // Behind a proxy every caller has the proxy's address: one stranger would shut everybody out.
            strangers_per_minute: 0,
            introspection: false,
        }
    }
}

impl ServerConfig {
    /// The same without a bound on how much one caller asks, for whoever measures or proves something else.
    #[must_use]
    pub const fn unlimited(self) -> Self {
        Self {
            queries_per_minute: 0,
            mutations_per_minute: 0,
            subscriptions_per_minute: 0,
            strangers_per_minute: 0,
            ..self
        }
    }

    /// Largest body, in bytes.
    #[must_use]
    pub const fn body_limit(&self) -> usize {
        self.body_limit_kib as usize * 1024
    }

    /// How long one request may take.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds.into())
    }

    /// How long a web socket may be silent.
    #[must_use]
    pub fn websocket_silence(&self) -> Duration {
        Duration::from_secs(self.websocket_silence_seconds.into())
    }

    /// How long requests under way may still take after the server was told to stop.
    #[must_use]
    pub fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace_seconds.into())
    }
}

/// Where things lie.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DataConfig {
    /// The folder with history, vault, trail and read database. `serve` has no default for it.
    pub folder: Option<PathBuf>,
    /// File with the master key, mode 0600, when it is not in `RUSTPUNT_MASTER_KEY`.
    pub master_key_file: Option<PathBuf>,
    /// File with municipal and legal policy; the product's own when none.
    pub terms_file: Option<PathBuf>,
    /// The address of the cluster that holds the history; it stands in the folder when none.
    pub store: Option<StoreAddress>,
    /// Under which name the history stands on the cluster.
    pub store_namespace: Option<String>,
}

/// The address of a cluster as it was written. It may hold a password, so it is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct StoreAddress(String);

impl StoreAddress {
    /// An address from the command line.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The address itself, for the engine.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreAddress(…)")
    }
}

/// Who says who somebody is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityConfig {
    /// `iss` of every token, and the address of the issuer. `serve` has no default for it.
    pub issuer: Option<String>,
    /// `aud` that every token must name. `serve` has no default for it.
    pub audience: Option<String>,
    /// File with the issuer's public keys (JWKS), for an issuer that cannot be reached from here; it is asked itself when none.
    pub keys: Option<PathBuf>,
    /// File with certificates of authorities (PEM) that are believed beside those of the system when the issuer is asked.
    pub ca_file: Option<PathBuf>,
    /// Which programs (`azp`) may ask for tokens; every one when none is named.
    pub clients: Vec<String>,
    /// How far the clocks of the issuer and this server may differ, in seconds; at most [`LARGEST_SKEW_SECONDS`].
    pub skew_seconds: u32,
    /// After how long the issuer's keys are asked for again, in seconds.
    pub keys_refresh_seconds: u32,
    /// How long keys are believed while the issuer is away, in seconds.
    pub keys_max_age_seconds: u32,
    /// The claim that says who it is.
    pub worker_claim: String,
    /// The claim with what people call them.
    pub name_claim: String,
    /// The claim with the short name of their organisation.
    pub organisation_claim: String,
    /// The claim with their roles.
    pub roles_claim: String,
    /// The claim with what the token allows.
    pub scope_claim: String,
    /// The issuer's words for our roles; our own when there are none.
    pub role_words: BTreeMap<String, Role>,
}

/// The most that clocks may be said to differ, in seconds.
pub const LARGEST_SKEW_SECONDS: u32 = 120;

impl Default for IdentityConfig {
    fn default() -> Self {
        let claims = ClaimNames::default();
        Self {
            issuer: None,
            audience: None,
            keys: None,
            ca_file: None,
            clients: Vec::new(),
            skew_seconds: u32::try_from(SKEW_SECONDS).unwrap_or(LARGEST_SKEW_SECONDS),
            keys_refresh_seconds: 600,
            keys_max_age_seconds: 21_600,
            worker_claim: claims.worker,
            name_claim: claims.name,
            organisation_claim: claims.organisation,
            roles_claim: claims.roles,
            scope_claim: claims.scope,
            role_words: BTreeMap::new(),
        }
    }
}

impl IdentityConfig {
    /// Under which names the issuer tells what we need.
    #[must_use]
    pub fn claim_names(&self) -> ClaimNames {
        ClaimNames {
            worker: self.worker_claim.clone(),
            name: self.name_claim.clone(),
            organisation: self.organisation_claim.clone(),
            roles: self.roles_claim.clone(),
            scope: self.scope_claim.clone(),
        }
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |what: &str| Err(ConfigError::Unusable(what.to_owned()));
        if self.skew_seconds > LARGEST_SKEW_SECONDS {
            return wrong("`identity.skew_seconds` must be at most 120: set the clocks right instead");
        }
        if self.keys_refresh_seconds == 0 || self.keys_max_age_seconds < self.keys_refresh_seconds {
            return wrong(
                "`identity.keys_refresh_seconds` must be at least 1, and `identity.keys_max_age_seconds` no less than it",
            );
        }
        if self.role_words.values().any(|role| *role == Role::System) {
            return wrong("`identity.role_words` must not name `system`: nobody signs in as the system");
        }
        Ok(())
    }
}

/// How log lines are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object per line.
    #[default]
    Json,
    /// For people.
    Pretty,
}

/// What the system tells about itself.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetryConfig {
    /// Which log lines: a level, or levels per module (`info,eventstore=debug`).
    pub log: String,
    /// How they are written.
    pub log_format: LogFormat,
    /// Where traces and metrics go (OTLP over HTTP); nowhere when none.
    pub otlp_endpoint: Option<String>,
}

impl Default for TelemetryConfig {
    fn default() -> Self {
        Self { log: "info".to_owned(), log_format: LogFormat::Json, otlp_endpoint: None }
    }
}

/// Who hears that something was told or proposed: see [`crate::webhooks`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhooksConfig {
    /// Who sends, as a URI. Needed with a receiver.
    pub source: Option<String>,
    /// The address below which a case is read under one's own rights; the id of the case is put behind it. Needed with a receiver.
    pub dataref: Option<String>,
    /// Addresses that letters are sent to, each under a name of its own; nothing is sent when none is named.
    pub receivers: BTreeMap<String, String>,
    /// For each of those names a file with the secret that its letters are signed with, mode 0600.
    pub secret_files: BTreeMap<String, PathBuf>,
    /// File with certificates of authorities (PEM) that are believed beside those of the system.
    pub ca_file: Option<PathBuf>,
}

/// Keys, with what an environment variable for them holds.
const KEYS: [(&str, &str, Kind); 39] = [
    ("server", "listen", Kind::Text),
    ("server", "body_limit_kib", Kind::Number),
    ("server", "request_timeout_seconds", Kind::Number),
    ("server", "shutdown_grace_seconds", Kind::Number),
    ("server", "websocket_limit", Kind::Number),
    ("server", "websocket_silence_seconds", Kind::Number),
    ("server", "subscription_limit", Kind::Number),
    ("server", "queries_per_minute", Kind::Number),
    ("server", "mutations_per_minute", Kind::Number),
    ("server", "subscriptions_per_minute", Kind::Number),
    ("server", "strangers_per_minute", Kind::Number),
    ("server", "introspection", Kind::Switch),
    ("data", "folder", Kind::Text),
    ("data", "master_key_file", Kind::Text),
    ("data", "terms_file", Kind::Text),
    ("data", "store", Kind::Text),
    ("data", "store_namespace", Kind::Text),
    ("identity", "issuer", Kind::Text),
    ("identity", "audience", Kind::Text),
    ("identity", "keys", Kind::Text),
    ("identity", "ca_file", Kind::Text),
    ("identity", "clients", Kind::List),
    ("identity", "skew_seconds", Kind::Number),
    ("identity", "keys_refresh_seconds", Kind::Number),
    ("identity", "keys_max_age_seconds", Kind::Number),
    ("identity", "worker_claim", Kind::Text),
    ("identity", "name_claim", Kind::Text),
    ("identity", "organisation_claim", Kind::Text),
    ("identity", "roles_claim", Kind::Text),
    ("identity", "scope_claim", Kind::Text),
    ("identity", "role_words", Kind::Pairs),
    ("telemetry", "log", Kind::Text),
    ("telemetry", "log_format", Kind::Text),
    ("telemetry", "otlp_endpoint", Kind::Text),
    ("webhooks", "source", Kind::Text),
    ("webhooks", "dataref", Kind::Text),
    ("webhooks", "receivers", Kind::Named),
    ("webhooks", "secret_files", Kind::Named),
    ("webhooks", "ca_file", Kind::Text),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Switch,
    /// With commas between.
    List,
    /// `theirs=ours`, with commas between. Their words may have `=` in them.
    Pairs,
    /// `name=value`, with commas between. A value may have `=` in it.
    Named,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("the configuration {path} cannot be read ({source}): check the path and its rights")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value that cannot be.
    #[error("the configuration cannot be used: {0}")]
    Unusable(String),
    /// A variable with our prefix that means nothing.
    #[error("{0} is no setting: see docs/configuration.md for those there are, or unset it")]
    UnknownVariable(String),
    /// A variable that is no number or no `true` or `false`.
    #[error("{name} must hold {expected}")]
    BadVariable {
        /// The variable.
        name: String,
        /// What it must hold.
        expected: &'static str,
    },
    /// Something that cannot be done without.
    #[error("set `{key}` in the configuration or {variable} in the environment: it has no default")]
    Missing {
        /// The key.
        key: &'static str,
        /// The variable.
        variable: String,
    },
}

impl Config {
    /// The file, if there is one, with the environment over it.
    ///
    /// # Errors
    /// [`ConfigError`] says what to change. No value is repeated in it.
    pub fn read(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let text = match file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path)
                .map_err(|source| ConfigError::File { path: path.display().to_string(), source })?,
        };
        Self::parse(&text, environment)
    }

    fn parse(text: &str, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut table: Table = text.parse().map_err(|error| unusable(&error))?;
        for (name, value) in environment {
            if name.starts_with(PREFIX) && !OTHER_VARIABLES.contains(&name.as_str()) {
                overlay(&mut table, name, value)?;
            }
        }
        let config: Self = Value::Table(table).try_into().map_err(|error| unusable(&error))?;
        for (name, number) in [
            ("server.body_limit_kib", config.server.body_limit_kib),
            ("server.request_timeout_seconds", config.server.request_timeout_seconds),
            ("server.websocket_silence_seconds", config.server.websocket_silence_seconds),
        ] {
            if number == 0 {
                return Err(ConfigError::Unusable(format!("`{name}` must be at least 1")));
            }
        }
        config.identity.check()?;
        Ok(config)
    }

    /// A setting that is needed.
    ///
    /// # Errors
    /// When it is not set.
    pub fn needed<'c, T>(value: Option<&'c T>, key: &'static str) -> Result<&'c T, ConfigError> {
        value.ok_or_else(|| {
            let (section, name) = key.split_once('.').unwrap_or(("", key));
            ConfigError::Missing { key, variable: variable(section, name) }
        })
    }
}

/// The message of a TOML error without the line it stands in: that line may hold a secret.
fn unusable(error: &toml::de::Error) -> ConfigError {
    ConfigError::Unusable(error.message().to_owned())
}

fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{}_{}", section.to_uppercase(), key.to_uppercase())
}

fn overlay(table: &mut Table, name: String, value: String) -> Result<(), ConfigError> {
    let known = KEYS.iter().find(|(section, key, _)| variable(section, key) == name);
    let Some((section, key, kind)) = known else { return Err(ConfigError::UnknownVariable(name)) };
    let value = match kind {
        Kind::Text => Value::String(value),
        Kind::Number => value
            .parse()
            .map(Value::Integer)
            .map_err(|_| ConfigError::BadVariable { name, expected: "a whole number" })?,
        Kind::Switch => value
            .parse()
            .map(Value::Boolean)
            .map_err(|_| ConfigError::BadVariable { name, expected: "`true` or `false`" })?,
        Kind::List => Value::Array(listed(&value).map(|item| Value::String(item.to_owned())).collect()),
        Kind::Pairs => paired(&value, |item| item.rsplit_once('='))
            .ok_or(ConfigError::BadVariable { name, expected: "`word=role`, with commas between" })?,
        Kind::Named => paired(&value, |item| item.split_once('='))
            .ok_or(ConfigError::BadVariable { name, expected: "`name=value`, with commas between" })?,
    };
    let place = table.entry(*section).or_insert_with(|| Value::Table(Table::new()));
    let Value::Table(place) = place else {
        return Err(ConfigError::Unusable(format!("`{section}` must be a section")));
    };
    place.insert((*key).to_owned(), value);
    Ok(())
}

fn paired(value: &str, parted: fn(&str) -> Option<(&str, &str)>) -> Option<Value> {
    let pair = |item| parted(item).map(|(key, value)| (key.to_owned(), Value::String(value.to_owned())));
    listed(value).map(pair).collect::<Option<Table>>().map(Value::Table)
}

fn listed(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::parse(text, environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn nothing_said_means_the_defaults() {
        assert_eq!(parse("", &[("HOME", "/root"), ("RUSTPUNT_MASTER_KEY", "x")]).unwrap(), Config::default());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let text = "[server]\nlisten = \"127.0.0.1:9000\"\nbody_limit_kib = 64\n";
        let config =
            parse(text, &[("RUSTPUNT_SERVER_LISTEN", "127.0.0.1:9001"), ("RUSTPUNT_SERVER_INTROSPECTION", "true")]);
        let server = config.unwrap().server;
        assert_eq!((server.listen.port(), server.body_limit(), server.introspection), (9001, 65_536, true));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (text, environment) in [
            ("[server]\nlissen = \"127.0.0.1:1\"", vec![]),
            ("[serve]\n", vec![]),
            ("server = 3", vec![("RUSTPUNT_SERVER_LISTEN", "127.0.0.1:1")]),
            ("", vec![("RUSTPUNT_SERVER_LISSEN", "127.0.0.1:1")]),
            ("", vec![("RUSTPUNT_SERVER_LISTEN", "everywhere")]),
            ("", vec![("RUSTPUNT_SERVER_BODY_LIMIT_KIB", "much")]),
            ("", vec![("RUSTPUNT_SERVER_INTROSPECTION", "yes")]),
            ("[server]\nbody_limit_kib = 0", vec![]),
            ("[identity]\nskew_seconds = 121", vec![]),
            ("[identity]\nkeys_refresh_seconds = 0", vec![]),
            ("[identity]\nkeys_max_age_seconds = 599", vec![]),
            ("[identity.role_words]\nboss = \"mayor\"", vec![]),
            ("[identity.role_words]\nboss = \"system\"", vec![]),
            ("", vec![("RUSTPUNT_IDENTITY_ROLE_WORDS", "regiehouder")]),
            ("[webhooks]\nreceivers = [\"https://planbord.example/\"]", vec![]),
            ("[webhooks]\nsecret = \"x\"", vec![]),
            ("", vec![("RUSTPUNT_WEBHOOKS_RECEIVERS", "https://planbord.example/")]),
        ] {
            assert!(parse(text, &environment).is_err(), "{text} {environment:?}");
        }
    }

    #[test]
    fn lists_and_pairs_can_stand_in_the_environment() {
        let file = "[identity]\nclients = [\"web\", \"app\"]\n[identity.role_words]\n\"CN=regie,DC=x\" = \"case_director\"\nregie = \"supporter\"\n";
        let identity = parse(file, &[]).unwrap().identity;
        assert_eq!(identity.clients, ["web", "app"]);
        assert_eq!(identity.role_words["CN=regie,DC=x"], Role::CaseDirector);
        let told = [
            ("RUSTPUNT_IDENTITY_CLIENTS", "web, app,"),
            ("RUSTPUNT_IDENTITY_ROLE_WORDS", "CN=regie=case_director,hulp verlener=supporter"),
        ];
        let identity = parse("", &told).unwrap().identity;
        assert_eq!(identity.clients, ["web", "app"]);
        assert_eq!(
            (identity.role_words["CN=regie"], identity.role_words["hulp verlener"]),
            (Role::CaseDirector, Role::Supporter)
        );
    }

    #[test]
    fn receivers_and_their_secrets_can_stand_in_the_environment() {
        let told = [
            (
                "RUSTPUNT_WEBHOOKS_RECEIVERS",
                "planbord=https://planbord.example/hook?of=us, archief=https://archief.example",
            ),
            ("RUSTPUNT_WEBHOOKS_SECRET_FILES", "planbord=/run/secrets/planbord"),
        ];
        let webhooks = parse("[webhooks.receivers]\nold = \"https://old.example\"", &told).unwrap().webhooks;
        let receivers: Vec<_> = webhooks.receivers.iter().map(|(name, url)| (name.as_str(), url.as_str())).collect();
        let expected = [("archief", "https://archief.example"), ("planbord", "https://planbord.example/hook?of=us")];
        assert_eq!(receivers, expected, "the environment wins");
        assert_eq!(webhooks.secret_files["planbord"], Path::new("/run/secrets/planbord"));
    }

    #[test]
    fn an_error_repeats_no_line_of_the_file() {
        let error = parse("[identity]\nissuer = \"geheim\" extra", &[]).unwrap_err();
        assert!(!error.to_string().contains("geheim"), "{error}");
    }

    #[test]
    fn every_key_is_documented_with_its_variable() {
        let document = include_str!("../../docs/configuration.md");
        for (section, key, _) in KEYS {
            assert!(document.contains(&format!("`{key}`")), "{section}.{key}");
            assert!(document.contains(&variable(section, key)), "{}", variable(section, key));
        }
        let (server, identity) = (ServerConfig::default(), IdentityConfig::default());
        for default in [
            identity.skew_seconds.to_string(),
            identity.keys_refresh_seconds.to_string(),
            identity.keys_max_age_seconds.to_string(),
            identity.worker_claim,
            identity.name_claim,
            identity.organisation_claim,
            identity.roles_claim,
            identity.scope_claim,
            server.listen.to_string(),
            server.body_limit_kib.to_string(),
            server.request_timeout_seconds.to_string(),
            server.shutdown_grace_seconds.to_string(),
            server.websocket_limit.to_string(),
            server.websocket_silence_seconds.to_string(),
            server.subscription_limit.to_string(),
            server.queries_per_minute.to_string(),
            server.mutations_per_minute.to_string(),
            server.subscriptions_per_minute.to_string(),
            server.strangers_per_minute.to_string(),
        ] {
            assert!(document.contains(&format!("`{default}`")), "default {default}");
        }
    }
}
