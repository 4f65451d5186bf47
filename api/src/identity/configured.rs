//! From the configuration of `serve` to whom it believes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::demo::DEMO_ISSUER;
use super::discovery::{IssuerAddress, IssuerUnusable};
use super::fetched::{FetchedKeys, KeyTimes};
use super::keys::{KeySet, KeysUnusable};
use super::trusted::Keys;
use super::{Rules, TokenVerifier, TrustedIssuer};
use crate::config::{Config, ConfigError, IdentityConfig};
use crate::health::Health;
use crate::telemetry::Metrics;

/// Nobody who can be believed.
#[derive(Debug, thiserror::Error)]
pub enum IdentityUnusable {
    /// A setting.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The demo's own issuer.
    #[error("`identity.issuer` names the demo's own issuer, whose tokens anybody can make: name your own")]
    Demo,
    /// A file.
    #[error("{path} cannot be read ({source}): check the path and its rights")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file with keys.
    #[error("`identity.keys`: {0}")]
    Keys(#[from] KeysUnusable),
    /// The issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerUnusable),
}

impl TokenVerifier {
    /// Whom a configuration believes. The issuer is not asked yet: [`TokenVerifier::keep_fresh`] does.
    ///
    /// # Errors
    /// [`IdentityUnusable`] says what to change.
    pub fn configured(config: &IdentityConfig) -> Result<Self, IdentityUnusable> {
        let rules = rules(config)?;
        let keys = match &config.keys {
            Some(file) => Keys::Given(KeySet::parse_real(&read(file)?)?),
            None => Keys::Fetched(Arc::new(fetched(&rules.issuer, config)?)),
        };
        Ok(Self::Configured(TrustedIssuer::new(rules, keys)))
    }

    /// Keeps the issuer's keys fresh until told to stop; returns at once when they were given.
    pub async fn keep_fresh(&self, metrics: Metrics, stop: watch::Receiver<bool>) {
        if let Some(keys) = self.issuer().fetched() {
            Arc::clone(keys).keep_fresh(metrics, stop).await;
        }
    }

    /// The same checks, and one whether tokens can be checked.
    #[must_use]
    pub fn watched(&self, health: Health) -> Health {
        let Some(keys) = self.issuer().fetched().cloned() else { return health };
        health.with("identity", move || {
            let finding = keys.finding();
            Box::pin(async move { finding })
        })
    }
}

fn rules(config: &IdentityConfig) -> Result<Rules, IdentityUnusable> {
    let issuer = Config::needed(config.issuer.as_ref(), "identity.issuer")?;
    let audience = Config::needed(config.audience.as_ref(), "identity.audience")?;
    if issuer.trim().to_lowercase().starts_with(DEMO_ISSUER) {
        return Err(IdentityUnusable::Demo);
    }
    Ok(Rules {
        clients: config.clients.clone(),
        skew: config.skew_seconds.into(),
        claims: config.claim_names(),
        roles: config.role_words.clone(),
        ..Rules::of(issuer, audience)
    })
}

fn fetched(issuer: &str, config: &IdentityConfig) -> Result<FetchedKeys, IdentityUnusable> {
    let authorities = config.ca_file.as_deref().map(read).transpose()?;
    let address = IssuerAddress::new(issuer, authorities.as_deref())?;
    let times = KeyTimes {
        refresh: Duration::from_secs(config.keys_refresh_seconds.into()),
        longest: Duration::from_secs(config.keys_max_age_seconds.into()),
    };
    Ok(FetchedKeys::new(address, times))
}

fn read(file: &Path) -> Result<Vec<u8>, IdentityUnusable> {
    std::fs::read(file).map_err(|source| IdentityUnusable::File { path: file.display().to_string(), source })
}
