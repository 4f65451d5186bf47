//! An issuer of tokens whose keys are given to the server in a file.

use std::time::{SystemTime, UNIX_EPOCH};

use api::identity::DemoIssuer;
use domain::fact::Role;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use uuid::Uuid;

/// Who it is.
pub const ISSUER: &str = "https://login.example";

/// Whom its tokens are for.
pub const AUDIENCE: &str = "urn:rustpunt:api";

const KID: &str = "first";

/// The issuer, with a key of its own.
pub struct Issuer(EncodingKey);

impl Issuer {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The demo knows how to make a key; under another name it is one like any other.
        DemoIssuer::open(folder.path()).unwrap();
        Self(EncodingKey::from_ec_pem(&std::fs::read(folder.path().join("demo-issuer.pem")).unwrap()).unwrap())
    }

    /// The public key (JWKS).
    pub fn key_set(&self) -> String {
        let mut jwk = Jwk::from_encoding_key(&self.0, Algorithm::ES256).unwrap();
        jwk.common.key_id = Some(KID.to_owned());
        serde_json::to_string(&JwkSet { keys: vec![jwk] }).unwrap()
    }

    /// A token that is good for an hour.
    pub fn token(&self, worker: u128, name: &str, organisation: &str, role: Role) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(KID.to_owned());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": Uuid::from_u128(worker), "exp": now + 3600, "nbf": now, "iat": now,
            "jti": Uuid::new_v4(), "name": name, "organisation": organisation, "roles": [role],
        });
        jsonwebtoken::encode(&header, &claims, &self.0).unwrap()
    }
}
