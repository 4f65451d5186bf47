//! The public keys of an issuer (JWKS, RFC 7517).

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::demo::DEMO_KEY_PREFIX;

/// Most keys in one set: a few are signing, a few are going, a few are coming.
const MOST_KEYS: usize = 64;

/// The keys of an issuer that we accept, by their name (`kid`).
pub(super) struct KeySet(HashMap<String, Arc<Key>>);

/// A key, and what it may have signed with.
pub(super) struct Key {
    pub(super) key: DecodingKey,
    pub(super) algorithms: Vec<Algorithm>,
}

/// A key set that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysUnusable {
    /// Not a JWKS.
    #[error("the key set is not a JWKS (RFC 7517): {0}")]
    Unreadable(String),
    /// Nothing in it that we accept.
    #[error("the key set holds no public RSA or P-256 key with a `kid`: ask the issuer for its signing keys")]
    Empty,
    /// Two keys of the same name.
    #[error("the key set holds `kid` {0} twice")]
    Twice(String),
    /// More than anybody needs.
    #[error("the key set holds more than {MOST_KEYS} keys: ask the issuer to remove the old ones")]
    TooMany,
    /// The demo's own.
    #[error("the key set holds a key of the demo, which anybody can have: name your own issuer")]
    Demo,
}

#[derive(Deserialize)]
struct Written {
    keys: Vec<Value>,
}

impl KeySet {
    /// The keys in a JWKS that are ours to use; others are left alone, as the standard asks.
    pub(super) fn parse(jwks: &[u8]) -> Result<Self, KeysUnusable> {
        // The message of serde may quote what stands there; line and column are enough.
        let written: Written = serde_json::from_slice(jwks)
            .map_err(|error| KeysUnusable::Unreadable(format!("line {}, column {}", error.line(), error.column())))?;
        if written.keys.len() > MOST_KEYS {
            return Err(KeysUnusable::TooMany);
        }
        let mut keys = HashMap::new();
        for (kid, key) in written.keys.into_iter().filter_map(usable) {
            if keys.insert(kid.clone(), Arc::new(key)).is_some() {
                return Err(KeysUnusable::Twice(kid));
            }
        }
        if keys.is_empty() { Err(KeysUnusable::Empty) } else { Ok(Self(keys)) }
    }

    /// The same for somebody who believes no demo.
    pub(super) fn parse_real(jwks: &[u8]) -> Result<Self, KeysUnusable> {
        let set = Self::parse(jwks)?;
        if set.0.keys().any(|kid| kid.starts_with(DEMO_KEY_PREFIX)) { Err(KeysUnusable::Demo) } else { Ok(set) }
    }

    pub(super) fn get(&self, kid: &str) -> Option<Arc<Key>> {
        self.0.get(kid).cloned()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

fn usable(written: Value) -> Option<(String, Key)> {
    let jwk: Jwk = serde_json::from_value(written).ok()?;
    let kid = jwk.common.key_id.clone().filter(|kid| !kid.is_empty())?;
    if jwk.common.public_key_use.as_ref().is_some_and(|purpose| *purpose != PublicKeyUse::Signature) {
        return None;
    }
    let possible = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => vec![Algorithm::RS256, Algorithm::PS256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => vec![Algorithm::ES256],
        _ => return None,
    };
    let algorithms = match jwk.common.key_algorithm {
        None => possible,
        Some(said) => possible.into_iter().filter(|algorithm| named(*algorithm) == Some(said)).collect(),
    };
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    (!algorithms.is_empty()).then_some((kid, Key { key, algorithms }))
}

const fn named(algorithm: Algorithm) -> Option<KeyAlgorithm> {
    match algorithm {
        Algorithm::RS256 => Some(KeyAlgorithm::RS256),
        Algorithm::PS256 => Some(KeyAlgorithm::PS256),
        Algorithm::ES256 => Some(KeyAlgorithm::ES256),
        _ => None,
    }
}
