//! CC-E1: one good token, and everything that may be wrong with it, one thing at a time.

use std::os::unix::fs::PermissionsExt as _;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use super::demo::wall_seconds;
use super::*;

struct Bench {
    _folder: tempfile::TempDir,
    issuer: DemoIssuer,
    verifier: TokenVerifier,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let issuer = DemoIssuer::open(folder.path()).unwrap();
    let verifier = TokenVerifier::Demo(issuer.trusted().unwrap());
    Bench { _folder: folder, issuer, verifier }
}

fn claims() -> Value {
    let now = wall_seconds();
    json!({
        "iss": DEMO_ISSUER, "aud": DEMO_AUDIENCE, "sub": Uuid::from_u128(7), "exp": now + 600, "nbf": now, "iat": now,
        "jti": Uuid::from_u128(9), "name": "Anja", "organisation": "gemeente-huizen", "roles": ["case_director", "supporter"],
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[test]
fn a_good_token_says_who_asks() {
    let bench = bench();
    let identity = bench.verifier.verify(&bench.issuer.sign(&claims()).unwrap()).expect("a good token");
    assert_eq!(identity.actor.worker.as_uuid(), Uuid::from_u128(7));
    assert_eq!(identity.actor.role, Role::CaseDirector);
    assert_eq!(identity.actor.organisation.as_str(), "gemeente-huizen");
    assert!(identity.may(Scope::Read) && identity.may(Scope::Write));
    assert_eq!(identity.acting_as(Role::Supporter).expect("named in the token").actor.role, Role::Supporter);
    assert!(identity.acting_as(Role::PrivacyOfficer).is_none());
    assert!(!format!("{identity:?}").contains("Anja"), "a name never shows in Debug");
}

/// One rule: what opens the door is good behind it, and clocks may differ by as much as is promised.
#[test]
fn a_token_ends_when_no_clock_that_may_differ_can_still_think_it_good() {
    let bench = bench();
    let now = wall_seconds();
    let leeway = i64::try_from(SKEW_SECONDS).unwrap();
    let ended_there = now - leeway / 2;
    let identity = bench.verifier.verify(&bench.issuer.sign(&with("exp", json!(ended_there))).unwrap()).unwrap();
    assert!(!identity.has_ended());
    assert_eq!(identity.expires_at, Timestamp::from_micros((ended_there + leeway) * 1_000_000));
    for over in [leeway, leeway + 1] {
        assert!(bench.verifier.verify(&bench.issuer.sign(&with("exp", json!(now - over))).unwrap()).is_err(), "{over}");
    }
}

#[test]
fn aud_may_be_a_list_and_scopes_narrow() {
    let bench = bench();
    let mut said = with("aud", json!(["urn:other", DEMO_AUDIENCE]));
    said["scope"] = json!("openid rustpunt:read");
    said["represents"] = json!({"sub": Uuid::from_u128(8)});
    let identity = bench.verifier.verify(&bench.issuer.sign(&said).unwrap()).expect("a good token");
    assert!(identity.may(Scope::Read) && !identity.may(Scope::Write));
    assert_eq!(identity.actor.on_behalf_of.map(|worker| worker.as_uuid()), Some(Uuid::from_u128(8)));
}

#[test]
fn every_wrong_claim_is_refused_with_the_same_words() {
    let bench = bench();
    let now = wall_seconds();
    let wrong = [
        ("another audience", with("aud", json!("urn:other"))),
        ("no audience", without("aud")),
        ("another issuer", with("iss", json!("https://elsewhere.example"))),
        ("no issuer", without("iss")),
        ("expired", with("exp", json!(now - 60))),
        ("no expiry", without("exp")),
        ("not yet valid", with("nbf", json!(now + 120))),
        ("no nbf", without("nbf")),
        ("no iat", without("iat")),
        ("no jti", without("jti")),
        ("a jti that can be guessed", with("jti", json!("7"))),
        ("lives too long", with("exp", json!(now + LONGEST_LIFETIME_SECONDS + 60))),
        ("sub is no worker", with("sub", json!("anja"))),
        ("no sub", without("sub")),
        ("no roles", with("roles", json!([]))),
        ("an unknown role", with("roles", json!(["mayor"]))),
        ("the role of the system", with("roles", json!(["case_director", "system"]))),
        ("no name", with("name", json!("  "))),
        ("no organisation", with("organisation", json!("Gemeente Huizen"))),
    ];
    for (what, claims) in wrong {
        let refused = bench.verifier.verify(&bench.issuer.sign(&claims).unwrap()).expect_err(what);
        assert_eq!(refused.to_string(), Unauthenticated::because(Reason::Missing).to_string(), "{what}");
    }
}

#[test]
fn every_wrong_header_or_signature_is_refused() {
    let bench = bench();
    let good = bench.issuer.sign(&claims()).unwrap();
    let [header, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let public = serde_json::to_vec(bench.issuer.jwk()).unwrap();
    let kid = bench.issuer.jwk().common.key_id.clone();

    let mut hmac = Header::new(Algorithm::HS256);
    hmac.kid.clone_from(&kid);
    let with_public_key = jsonwebtoken::encode(&hmac, &claims(), &EncodingKey::from_secret(&public)).unwrap();
    let none = format!("{}.{body}.", encode(&json!({"alg": "none", "typ": "JWT", "kid": kid})));
    let no_kid = bench.issuer.sign_with(&Header::new(Algorithm::EdDSA), &claims()).unwrap();
    let mut stranger = Header::new(Algorithm::EdDSA);
    stranger.kid = Some("another".to_owned());
    let unknown_kid = bench.issuer.sign_with(&stranger, &claims()).unwrap();
    let other = self::bench().issuer;
    let mut same_kid = Header::new(Algorithm::EdDSA);
    same_kid.kid = kid;
    let other_key = other.sign_with(&same_kid, &claims()).unwrap();
    let changed = format!("{header}.{}.{signature}", encode(&with("roles", json!(["privacy_officer"]))));

    let wrong = [
        ("HS256 with the public key", with_public_key),
        ("alg none", none),
        ("no kid", no_kid),
        ("unknown kid", unknown_kid),
        ("another key under our kid", other_key),
        ("changed claims", changed),
        ("cut off", good[..good.len() - 8].to_owned()),
        ("no signature", format!("{header}.{body}.")),
        ("not a token", "anja".to_owned()),
        ("nothing", String::new()),
    ];
    assert!(bench.verifier.verify(&good).is_ok());
    for (what, token) in wrong {
        assert!(bench.verifier.verify(&token).is_err(), "{what}");
    }
}

fn encode(value: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn a_token_stands_in_the_header_and_nowhere_else() {
    assert_eq!(bearer_of(Some("Bearer abc")).unwrap(), "abc");
    assert_eq!(bearer_of(Some("bearer  abc ")).unwrap(), "abc");
    for wrong in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Basic abc"), Some("abc")] {
        assert!(bearer_of(wrong).is_err(), "{wrong:?}");
    }
    assert!(token_in_query(Some("query=%7Bme%7D&page=2")).is_ok());
    for wrong in ["access_token=abc", "a=b&Token=abc", "bearer", "query=x&authorization=abc"] {
        assert!(token_in_query(Some(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn keys_of_a_configured_issuer_are_public_signing_keys() {
    let bench = bench();
    let set = |jwk: Value| json!({"keys": [jwk]}).to_string();
    let good = serde_json::to_value(bench.issuer.jwk()).unwrap();
    let changed = |name: &str, value: Value| {
        let mut jwk = good.clone();
        jwk[name] = value;
        set(jwk)
    };
    assert!(TrustedIssuer::from_jwks("i", "a", &set(good.clone())).is_ok());
    let unusable = [
        "{}".to_owned(),
        changed("use", json!("enc")),
        changed("kid", json!("")),
        changed("alg", json!("RS256")),
        set(json!({"kty": "oct", "kid": "s", "k": "c2VjcmV0", "alg": "HS256"})),
        serde_json::to_string(&JwkSet { keys: vec![bench.issuer.jwk().clone(), bench.issuer.jwk().clone()] }).unwrap(),
    ];
    for jwks in unusable {
        assert!(TrustedIssuer::from_jwks("i", "a", &jwks).is_err(), "{jwks}");
    }
}

#[test]
fn the_demo_key_is_the_owners_alone_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = DemoIssuer::open(folder.path()).unwrap();
    let mode = std::fs::metadata(folder.path().join("demo-issuer.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = TokenVerifier::Demo(DemoIssuer::open(folder.path()).unwrap().trusted().unwrap());
    assert!(again.verify(&first.sign(&claims()).unwrap()).is_ok());
}
