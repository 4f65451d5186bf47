//! The public keys of an issuer, from a JWKS file, and the checks a token must pass against them.

use std::collections::HashMap;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};

use super::claims::{Claims, SKEW_SECONDS};
use super::{Identity, Reason, Unauthenticated};

/// One issuer, the audience its tokens must name, and its public keys.
pub struct TrustedIssuer {
    issuer: String,
    audience: String,
    keys: HashMap<String, Key>,
}

struct Key {
    key: DecodingKey,
    algorithms: Vec<Algorithm>,
}

/// A key set that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysUnusable {
    /// Not a JWKS.
    #[error("the key set is not a JWKS (RFC 7517): {0}")]
    Unreadable(String),
    /// Nothing in it that we accept.
    #[error("the key set holds no public RSA, P-256 or Ed25519 key with a `kid`: ask the issuer for its signing keys")]
    Empty,
    /// Two keys of the same name.
    #[error("the key set holds `kid` {0} twice")]
    Twice(String),
}

impl TrustedIssuer {
    /// An issuer by its name, the audience we go by, and its key set as JSON.
    ///
    /// # Errors
    /// When the key set cannot be used.
    pub fn from_jwks(issuer: &str, audience: &str, jwks: &str) -> Result<Self, KeysUnusable> {
        // The message of serde may quote what stands there; line and column are enough.
        let set: JwkSet = serde_json::from_str(jwks)
            .map_err(|error| KeysUnusable::Unreadable(format!("line {}, column {}", error.line(), error.column())))?;
        let mut keys = HashMap::new();
        for jwk in &set.keys {
            let Some((kid, key)) = usable(jwk) else { continue };
            if keys.insert(kid.clone(), key).is_some() {
                return Err(KeysUnusable::Twice(kid));
            }
        }
        if keys.is_empty() {
            return Err(KeysUnusable::Empty);
        }
        Ok(Self { issuer: issuer.to_owned(), audience: audience.to_owned(), keys })
    }

    /// The identity a token proves.
    ///
    /// # Errors
    /// [`Unauthenticated`], whatever is wrong.
    pub(super) fn verify(&self, token: &str) -> Result<Identity, Unauthenticated> {
        let invalid = Unauthenticated::because(Reason::Invalid);
        let header = jsonwebtoken::decode_header(token).map_err(|_| invalid)?;
        let kid = header.kid.as_deref().ok_or(invalid)?;
        let key = self.keys.get(kid).ok_or(Unauthenticated::because(Reason::UnknownKey))?;
        let decoded = jsonwebtoken::decode::<Claims>(token, &key.key, &self.validation(&key.algorithms));
        let identity = decoded.map_err(|_| invalid)?.claims.into_identity()?;
        // The library looks at whole seconds; a token must not open a door behind which it has ended.
        if identity.has_ended() { Err(invalid) } else { Ok(identity) }
    }

    /// The algorithm comes from the *key*, never from the token: a public key is not a shared secret, and `none` is no algorithm.
    fn validation(&self, algorithms: &[Algorithm]) -> Validation {
        let mut validation = Validation {
            algorithms: algorithms.to_vec(),
            leeway: SKEW_SECONDS,
            validate_nbf: true,
            ..Validation::default()
        };
        validation.set_audience(&[&self.audience]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        validation
    }
}

fn usable(jwk: &Jwk) -> Option<(String, Key)> {
    let kid = jwk.common.key_id.clone().filter(|kid| !kid.is_empty())?;
    if jwk.common.public_key_use.as_ref().is_some_and(|purpose| *purpose != PublicKeyUse::Signature) {
        return None;
    }
    let possible = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => vec![Algorithm::RS256, Algorithm::PS256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => vec![Algorithm::ES256],
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => vec![Algorithm::EdDSA],
        _ => return None,
    };
    let algorithms = match jwk.common.key_algorithm {
        None => possible,
        Some(said) => possible.into_iter().filter(|algorithm| named(*algorithm) == Some(said)).collect(),
    };
    let key = DecodingKey::from_jwk(jwk).ok()?;
    (!algorithms.is_empty()).then_some((kid, Key { key, algorithms }))
}

const fn named(algorithm: Algorithm) -> Option<KeyAlgorithm> {
    match algorithm {
        Algorithm::RS256 => Some(KeyAlgorithm::RS256),
        Algorithm::PS256 => Some(KeyAlgorithm::PS256),
        Algorithm::ES256 => Some(KeyAlgorithm::ES256),
        Algorithm::EdDSA => Some(KeyAlgorithm::EdDSA),
        _ => None,
    }
}
