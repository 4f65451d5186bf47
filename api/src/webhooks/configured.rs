//! From the configuration to whom letters are sent.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use reqwest_tls::Url;

use super::letter::Envelope;
use super::post::{HttpPost, Post};
use super::secrets::{SecretUnusable, Secrets};
use crate::config::{Config, ConfigError, WebhooksConfig};
use crate::outward::{self, ClientUnusable, Patience};

/// How long a receiver may take to take a letter.
const PATIENCE: Patience = Patience { connect: Duration::from_secs(5), answer: Duration::from_secs(10) };

/// The longest name of a receiver.
const LONGEST_NAME: usize = 40;

/// Webhooks that cannot be sent as configured. No address is repeated, and nothing of a secret.
#[derive(Debug, thiserror::Error)]
pub enum WebhooksUnusable {
    /// A setting.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A name that could be taken for something else.
    #[error(
        "`webhooks.receivers`: `{0}` is no name for a receiver: use lower-case letters, digits and dashes, at most 40"
    )]
    Name(String),
    /// An address that is not sent to.
    #[error(
        "`webhooks.receivers`: the address of `{0}` must be https, or http on this machine, without a name, a password or a fragment"
    )]
    Address(String),
    /// No file for a receiver.
    #[error("`webhooks.secret_files` must name the file with the secret of `{0}`")]
    NoSecret(String),
    /// A file for somebody who is no receiver.
    #[error("`webhooks.secret_files` names `{0}`, who is none of `webhooks.receivers`")]
    NobodysSecret(String),
    /// The file with a secret.
    #[error("`webhooks.secret_files`: the file of `{receiver}` {why}")]
    Secret {
        /// Whose.
        receiver: String,
        /// What is wrong with it.
        why: SecretUnusable,
    },
    /// Who sends.
    #[error(
        "`webhooks.source` must be an absolute URI such as `urn:nld:oin:00000001234567890000:systeem:rustpunt`, and lead to no data"
    )]
    Source,
    /// Where to read.
    #[error(
        "`webhooks.dataref` must be an https address (http on this machine) without query, below which a case is read"
    )]
    Dataref,
    /// The file with authorities.
    #[error("`webhooks.ca_file` cannot be read ({0}): check the path and its rights")]
    AuthoritiesFile(std::io::Error),
    /// What stands in it.
    #[error("`webhooks.ca_file` must hold certificates of authorities (PEM)")]
    Authorities,
    /// No TLS.
    #[error("no TLS can be spoken ({0}): install the system's list of authorities, or check `webhooks.ca_file`")]
    Tls(String),
}

/// To whom letters are sent, and what is the same in all of them.
pub struct Receivers {
    pub(super) envelope: Envelope,
    pub(super) routes: Vec<Route>,
}

/// The way to one receiver.
pub(super) struct Route {
    pub name: String,
    pub post: Arc<dyn Post>,
    /// Turns in a row that could not be taken to their end.
    pub failures: AtomicU32,
}

impl Route {
    pub fn new(name: &str, post: Arc<dyn Post>) -> Self {
        Self { name: name.to_owned(), post, failures: AtomicU32::new(0) }
    }
}

impl Receivers {
    /// To whom a configuration sends; nothing when it names nobody. Nobody is spoken to yet.
    ///
    /// # Errors
    /// [`WebhooksUnusable`] says what to change.
    pub fn configured(config: &WebhooksConfig) -> Result<Option<Self>, WebhooksUnusable> {
        if let Some(name) = config.secret_files.keys().find(|name| !config.receivers.contains_key(*name)) {
            return Err(WebhooksUnusable::NobodysSecret(name.clone()));
        }
        if config.receivers.is_empty() {
            return Ok(None);
        }
        let envelope = envelope(config)?;
        let authorities = config.ca_file.as_deref().map(read).transpose()?;
        let route = |(name, address): (&String, &String)| route(config, name, address, authorities.as_deref());
        let routes = config.receivers.iter().map(route).collect::<Result<_, _>>()?;
        Ok(Some(Self { envelope, routes }))
    }
}

fn envelope(config: &WebhooksConfig) -> Result<Envelope, WebhooksUnusable> {
    let source = Config::needed(config.source.as_ref(), "webhooks.source")?;
    let uri = Url::parse(source).map_err(|_| WebhooksUnusable::Source)?;
    if uri.query().is_some() || uri.fragment().is_some() || source.contains(char::is_whitespace) {
        return Err(WebhooksUnusable::Source);
    }
    let dataref = Config::needed(config.dataref.as_ref(), "webhooks.dataref")?;
    let address = outward::address(dataref).filter(|address| address.query().is_none());
    let dataref = address.ok_or(WebhooksUnusable::Dataref)?.as_str().trim_end_matches('/').to_owned();
    Ok(Envelope { source: source.clone(), dataref })
}

fn route(
    config: &WebhooksConfig,
    name: &str,
    address: &str,
    authorities: Option<&[u8]>,
) -> Result<Route, WebhooksUnusable> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
        return Err(WebhooksUnusable::Name(name.chars().take(LONGEST_NAME).collect()));
    }
    let url = outward::address(address).ok_or_else(|| WebhooksUnusable::Address(name.to_owned()))?;
    let file = config.secret_files.get(name).ok_or_else(|| WebhooksUnusable::NoSecret(name.to_owned()))?;
    let secrets = Secrets::read(file).map_err(|why| WebhooksUnusable::Secret { receiver: name.to_owned(), why })?;
    let client = outward::client(&url, authorities, PATIENCE).map_err(|unusable| match unusable {
        ClientUnusable::Authorities => WebhooksUnusable::Authorities,
        ClientUnusable::Tls(what) => WebhooksUnusable::Tls(what),
    })?;
    Ok(Route::new(name, Arc::new(HttpPost { client, url, secrets })))
}

fn read(file: &Path) -> Result<Vec<u8>, WebhooksUnusable> {
    std::fs::read(file).map_err(WebhooksUnusable::AuthoritiesFile)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    struct Files(tempfile::TempDir);

    impl Files {
        fn new() -> Self {
            let files = Self(tempfile::tempdir().unwrap());
            files.put("secret", "a secret of at least thirty-two bytes");
            files
        }

        fn put(&self, name: &str, text: &str) -> std::path::PathBuf {
            let path = self.0.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            path
        }

        fn good(&self) -> WebhooksConfig {
            WebhooksConfig {
                source: Some("urn:nld:oin:00000001234567890000:systeem:rustpunt".to_owned()),
                dataref: Some("https://rustpunt.example/cases/".to_owned()),
                receivers: [("planbord".to_owned(), "https://planbord.example/hook?k=v".to_owned())].into(),
                secret_files: [("planbord".to_owned(), self.0.path().join("secret"))].into(),
                ca_file: None,
            }
        }
    }

    fn refused(config: &WebhooksConfig) -> String {
        Receivers::configured(config).err().expect("it is refused").to_string()
    }

    #[test]
    fn nobody_named_means_that_nothing_is_sent() {
        assert!(Receivers::configured(&WebhooksConfig::default()).unwrap().is_none());
        let receivers = Receivers::configured(&Files::new().good()).unwrap().unwrap();
        assert_eq!(
            (receivers.routes.len(), receivers.envelope.dataref.as_str()),
            (1, "https://rustpunt.example/cases")
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_with_its_key_and_repeats_no_address() {
        let (files, name) = (Files::new(), || "planbord".to_owned());
        let good = || files.good();
        let missing = [
            (WebhooksConfig { source: None, ..good() }, "RUSTPUNT_WEBHOOKS_SOURCE"),
            (WebhooksConfig { dataref: None, ..good() }, "RUSTPUNT_WEBHOOKS_DATAREF"),
            (WebhooksConfig { secret_files: [].into(), ..good() }, "secret of `planbord`"),
            (WebhooksConfig { receivers: [].into(), ..good() }, "names `planbord`"),
            (WebhooksConfig { ca_file: Some(files.0.path().join("gone")), ..good() }, "webhooks.ca_file"),
            (WebhooksConfig { ca_file: Some(files.put("ca", "nothing")), ..good() }, "webhooks.ca_file"),
        ];
        for (config, what) in missing {
            assert!(refused(&config).contains(what), "{what}: {}", refused(&config));
        }
        for source in ["rustpunt", "", "https://rustpunt.example/?a", "urn:a b", "https://rustpunt.example/#a"] {
            assert!(refused(&WebhooksConfig { source: Some(source.to_owned()), ..good() }).contains("webhooks.source"));
        }
        for dataref in ["http://rustpunt.example/", "/cases", "https://rustpunt.example/?id=", ""] {
            let config = WebhooksConfig { dataref: Some(dataref.to_owned()), ..good() };
            assert!(refused(&config).contains("webhooks.dataref"), "{dataref}");
        }
        for address in ["http://geheim.example/hook", "https://geheim:woord@planbord.example/", "ftp://geheim.example/"]
        {
            let told = refused(&WebhooksConfig { receivers: [(name(), address.to_owned())].into(), ..good() });
            assert!(told.contains("https") && told.contains("planbord") && !told.contains("geheim"), "{told}");
        }
        let secret = files.put("short", "geheim");
        let told = refused(&WebhooksConfig { secret_files: [(name(), secret)].into(), ..good() });
        assert!(told.contains("32 bytes") && !told.contains("geheim"), "{told}");
        let long = "n".repeat(LONGEST_NAME + 1);
        for odd in ["Plan bord", "", "a/b", "plan.bord", &long] {
            let receivers = [(odd.to_owned(), "https://planbord.example/".to_owned())].into();
            let secret_files = [(odd.to_owned(), files.0.path().join("secret"))].into();
            assert!(refused(&WebhooksConfig { receivers, secret_files, ..good() }).contains("no name"), "{odd}");
        }
    }
}
