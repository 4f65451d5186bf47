//! An issuer that is believed: its keys, and what its tokens must say.

use std::sync::Arc;

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation};
use serde_json::{Map, Value};

use super::fetched::FetchedKeys;
use super::keys::{Key, KeySet, KeysUnusable};
use super::{Identity, Reason, Rules, Unauthenticated, claims, header};

/// One issuer, its public keys, and what is demanded of its tokens.
pub struct TrustedIssuer {
    rules: Rules,
    keys: Keys,
}

/// Where an issuer's keys come from.
pub(super) enum Keys {
    /// They were given.
    Given(KeySet),
    /// The issuer tells them.
    Fetched(Arc<FetchedKeys>),
}

impl TrustedIssuer {
    /// An issuer by its name, the audience we go by, and its key set as JSON.
    ///
    /// # Errors
    /// When the key set cannot be used.
    pub fn from_jwks(issuer: &str, audience: &str, jwks: &str) -> Result<Self, KeysUnusable> {
        Ok(Self::new(Rules::of(issuer, audience), Keys::Given(KeySet::parse(jwks.as_bytes())?)))
    }

    pub(super) const fn new(rules: Rules, keys: Keys) -> Self {
        Self { rules, keys }
    }

    /// The keys, when the issuer itself tells them.
    pub(super) const fn fetched(&self) -> Option<&Arc<FetchedKeys>> {
        match &self.keys {
            Keys::Given(_) => None,
            Keys::Fetched(keys) => Some(keys),
        }
    }

    /// The identity a token proves.
    ///
    /// # Errors
    /// [`Unauthenticated`], whatever is wrong.
    pub(super) async fn verify(&self, token: &str) -> Result<Identity, Unauthenticated> {
        self.read(token).await.map_err(Unauthenticated::because)
    }

    async fn read(&self, token: &str) -> Result<Identity, Reason> {
        let kid = header::kid_of(token)?;
        let key = self.key(&kid).await?;
        let validation = self.validation(&key.algorithms);
        let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, &key.key, &validation);
        let said = decoded.map_err(|error| reason_of(&error))?.claims;
        let identity = claims::identity(&self.rules, &said)?;
        // The library looks at whole seconds; a token must not open a door behind which it has ended.
        if identity.has_ended() { Err(Reason::Expired) } else { Ok(identity) }
    }

    async fn key(&self, kid: &str) -> Result<Arc<Key>, Reason> {
        match &self.keys {
            Keys::Given(keys) => keys.get(kid).ok_or(Reason::UnknownKey),
            Keys::Fetched(keys) => keys.find(kid).await,
        }
    }

    /// The algorithm comes from the *key*, never from the token: a public key is not a shared secret, and `none` is no algorithm.
    fn validation(&self, algorithms: &[Algorithm]) -> Validation {
        let mut validation = Validation {
            algorithms: algorithms.to_vec(),
            leeway: self.rules.skew,
            validate_nbf: true,
            ..Validation::default()
        };
        validation.set_audience(&[&self.rules.audience]);
        validation.set_issuer(&[&self.rules.issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        validation
    }
}

fn reason_of(error: &Error) -> Reason {
    match error.kind() {
        ErrorKind::InvalidSignature => Reason::Signature,
        ErrorKind::InvalidAlgorithm => Reason::Algorithm,
        ErrorKind::InvalidIssuer => Reason::Issuer,
        ErrorKind::InvalidAudience => Reason::Audience,
        ErrorKind::ExpiredSignature => Reason::Expired,
        ErrorKind::ImmatureSignature => Reason::NotYet,
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) => Reason::Claims,
        _ => Reason::Malformed,
    }
}
