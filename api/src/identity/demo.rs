//! The demo's own issuer: one P-256 key in the demo folder, for invented people, on a loopback address. `serve` believes neither its name
//! nor its key.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::fact::{Organisation, Role};
use domain::ids::WorkerId;
use domain::text::Name;
use jsonwebtoken::jwk::{Jwk, JwkSet, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use uuid::Uuid;

use super::{KeysUnusable, LONGEST_LIFETIME_SECONDS, TrustedIssuer};

/// What the demo's tokens say about who made them.
pub const DEMO_ISSUER: &str = "urn:rustpunt:demo";

/// Whom the demo's tokens are for.
pub const DEMO_AUDIENCE: &str = "urn:rustpunt:api";

/// The file in the demo folder.
const KEY_FILE: &str = "demo-issuer.pem";

/// What the name of every demo key begins with, so that no real server takes one.
pub(super) const DEMO_KEY_PREFIX: &str = "rustpunt-demo-";

/// The longest line in a file with a key (RFC 7468 2).
const PEM_LINE: usize = 64;

/// An invented person who may get a token.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// The worker.
    pub worker: WorkerId,
    /// As people call them.
    pub name: Name,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which roles; the first is the usual one.
    pub roles: Vec<Role>,
}

/// The demo's issuer.
pub struct DemoIssuer {
    key: EncodingKey,
    jwk: Jwk,
    kid: String,
}

/// The demo's key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IssuerFault {
    /// The file.
    #[error("the demo's signing key {path} cannot be read or written ({source}): check the folder's rights")]
    File {
        /// Which file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// What is in it.
    #[error("the demo's signing key {0} is not a P-256 key: remove the file, the next start makes a new one")]
    NotAKey(String),
    /// No randomness, or signing failed.
    #[error("a token could not be signed: {0}")]
    Signing(String),
}

impl DemoIssuer {
    /// The issuer of a demo folder; makes its key (readable for the owner only) when there is none.
    ///
    /// # Errors
    /// [`IssuerFault`] says what to do.
    pub fn open(folder: &Path) -> Result<Self, IssuerFault> {
        let path = folder.join(KEY_FILE);
        let shown = || path.display().to_string();
        let at_file = |source| IssuerFault::File { path: shown(), source };
        if !path.exists() {
            make_key(&path).map_err(at_file)?;
        }
        let mut pem = String::new();
        File::open(&path).and_then(|mut file| file.read_to_string(&mut pem)).map_err(at_file)?;
        let key = EncodingKey::from_ec_pem(pem.as_bytes()).map_err(|_| IssuerFault::NotAKey(shown()))?;
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).map_err(|_| IssuerFault::NotAKey(shown()))?;
        let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).map_err(|_| IssuerFault::NotAKey(shown()))?;
        let kid = format!("{DEMO_KEY_PREFIX}{thumbprint}");
        jwk.common.key_id = Some(kid.clone());
        Ok(Self { key, jwk, kid })
    }

    /// What the server needs to believe this issuer.
    ///
    /// # Errors
    /// When the key cannot be written as a key set; cannot happen with a key that was read.
    pub fn trusted(&self) -> Result<TrustedIssuer, KeysUnusable> {
        TrustedIssuer::from_jwks(DEMO_ISSUER, DEMO_AUDIENCE, &self.key_set()?)
    }

    /// The public key, as a server is configured with it (JWKS).
    ///
    /// # Errors
    /// As [`DemoIssuer::trusted`].
    pub fn key_set(&self) -> Result<String, KeysUnusable> {
        let set = serde_json::to_string(&JwkSet { keys: vec![self.jwk.clone()] });
        set.map_err(|error| KeysUnusable::Unreadable(error.to_string()))
    }

    /// A token for an invented person, good from now, by the clock on the wall, for as long as a token may be.
    ///
    /// # Errors
    /// When signing fails.
    pub fn token(&self, person: &DemoPerson) -> Result<String, IssuerFault> {
        self.token_for(person, LONGEST_LIFETIME_SECONDS)
    }

    /// The same for so many seconds.
    ///
    /// # Errors
    /// When signing fails.
    pub fn token_for(&self, person: &DemoPerson, seconds: i64) -> Result<String, IssuerFault> {
        let now = wall_seconds();
        self.sign(&json!({
            "iss": DEMO_ISSUER, "aud": DEMO_AUDIENCE, "sub": person.worker.as_uuid(),
            "exp": now + seconds, "nbf": now, "iat": now, "jti": Uuid::new_v4(),
            "name": person.name.as_str(), "organisation": person.organisation.as_str(), "roles": person.roles,
        }))
    }

    /// Signs any claims: the table tests make wrong ones.
    pub(super) fn sign<C: serde::Serialize>(&self, claims: &C) -> Result<String, IssuerFault> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.kid.clone());
        self.sign_with(&header, claims)
    }

    pub(super) fn sign_with<C: serde::Serialize>(&self, header: &Header, claims: &C) -> Result<String, IssuerFault> {
        jsonwebtoken::encode(header, claims, &self.key).map_err(|error| IssuerFault::Signing(error.to_string()))
    }

    /// The public key.
    #[cfg(test)]
    pub(super) const fn jwk(&self) -> &Jwk {
        &self.jwk
    }
}

pub(super) fn wall_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

fn make_key(path: &Path) -> std::io::Result<()> {
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    let text = STANDARD.encode(key.map_err(std::io::Error::other)?.as_ref());
    let lines = text.as_bytes().chunks(PEM_LINE).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()
}
