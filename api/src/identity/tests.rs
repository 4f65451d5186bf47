//! CC-E1: one good token, and everything that may be wrong with it, one thing at a time.

use std::os::unix::fs::PermissionsExt as _;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use poem::http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use uuid::Uuid;

use super::demo::wall_seconds;
use super::header::LONGEST_TOKEN;
use super::keys::KeySet;
use super::trusted::Keys;
use super::*;
use crate::config::IdentityConfig;

struct Bench {
    folder: tempfile::TempDir,
    issuer: DemoIssuer,
    verifier: TokenVerifier,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let issuer = DemoIssuer::open(folder.path()).unwrap();
    let verifier = TokenVerifier::Demo(issuer.trusted().unwrap());
    Bench { folder, issuer, verifier }
}

impl Bench {
    /// What comes of a token with these claims, by the default rules.
    async fn reads(&self, claims: &Value) -> Result<Identity, Unauthenticated> {
        self.verifier.verify(&self.issuer.sign(claims).unwrap()).await
    }

    /// The same by other rules.
    async fn reads_by(&self, rules: Rules, claims: &Value) -> Result<Identity, Unauthenticated> {
        let keys = KeySet::parse(self.issuer.key_set().unwrap().as_bytes()).unwrap();
        let issuer = TrustedIssuer::new(rules, Keys::Given(keys));
        TokenVerifier::Configured(issuer).verify(&self.issuer.sign(claims).unwrap()).await
    }
}

fn rules() -> Rules {
    Rules::of(DEMO_ISSUER, DEMO_AUDIENCE)
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

#[tokio::test]
async fn a_good_token_says_who_asks() {
    let bench = bench();
    let identity = bench.reads(&claims()).await.expect("a good token");
    assert_eq!(identity.actor.worker.as_uuid(), Uuid::from_u128(7));
    assert_eq!(identity.actor.role, Role::CaseDirector);
    assert_eq!(identity.actor.organisation.as_str(), "gemeente-huizen");
    assert!(identity.may(Scope::Read) && identity.may(Scope::Write));
    assert_eq!(identity.acting_as(Role::Supporter).expect("named in the token").actor.role, Role::Supporter);
    assert!(identity.acting_as(Role::PrivacyOfficer).is_none());
    assert!(!format!("{identity:?}").contains("Anja"), "a name never shows in Debug");
}

/// One rule: what opens the door is good behind it, and clocks may differ by as much as is promised.
#[tokio::test]
async fn a_token_ends_when_no_clock_that_may_differ_can_still_think_it_good() {
    let bench = bench();
    let now = wall_seconds();
    let leeway = i64::try_from(SKEW_SECONDS).unwrap();
    let ended_there = now - leeway / 2;
    let identity = bench.reads(&with("exp", json!(ended_there))).await.unwrap();
    assert!(!identity.has_ended());
    assert_eq!(identity.expires_at, Timestamp::from_micros((ended_there + leeway) * 1_000_000));
    for over in [leeway, leeway + 1] {
        assert!(bench.reads(&with("exp", json!(now - over))).await.is_err(), "{over}");
    }
    let exact = Rules { skew: 0, ..rules() };
    assert!(bench.reads_by(exact.clone(), &with("exp", json!(now - 1))).await.is_err());
    assert!(bench.reads_by(exact, &with("exp", json!(now + 60))).await.is_ok());
}

#[tokio::test]
async fn aud_may_be_a_list_and_scopes_narrow() {
    let bench = bench();
    let mut said = with("aud", json!(["urn:other", DEMO_AUDIENCE]));
    for scope in [json!("openid rustpunt:read"), json!(["openid", "rustpunt:read"])] {
        said["scope"] = scope;
        let identity = bench.reads(&said).await.expect("a good token");
        assert!(identity.may(Scope::Read) && !identity.may(Scope::Write));
    }
}

/// NL GOV OIDC `represents`: who acts and for whom, both; a chain cannot be recorded.
#[tokio::test]
async fn who_acts_for_somebody_stays_who_acts() {
    let bench = bench();
    let represented = |person: Value| with("represents", person);
    let told = bench.reads(&represented(json!({"sub": Uuid::from_u128(8), "name": "x"}))).await.unwrap().actor;
    assert_eq!((told.worker.as_uuid(), told.on_behalf_of.unwrap().as_uuid()), (Uuid::from_u128(7), Uuid::from_u128(8)));
    let by_name = bench.reads(&represented(json!({"sub": "mila"}))).await.unwrap().actor.on_behalf_of;
    let elsewhere = json!({"sub": "mila", "iss": "https://elsewhere.example"});
    let elsewhere = bench.reads(&represented(elsewhere)).await.unwrap().actor.on_behalf_of;
    assert!(by_name.is_some() && elsewhere.is_some() && by_name != elsewhere);
    let wrong = [
        json!({"sub": "mila", "represents": {"sub": "her mother"}}),
        json!({"sub": "mila", "represents": null}),
        json!({"sub": "111222333"}),
        json!({"sub": 8}),
        json!({"iss": DEMO_ISSUER}),
        json!("mila"),
        json!([{"sub": "mila"}]),
        json!(null),
    ];
    for person in wrong {
        assert!(bench.reads(&represented(person.clone())).await.is_err(), "{person}");
    }
}

#[tokio::test]
async fn every_wrong_claim_is_refused_with_the_same_words() {
    let bench = bench();
    let now = wall_seconds();
    let wrong = [
        ("another audience", with("aud", json!("urn:other")), Reason::Audience),
        ("no audience", without("aud"), Reason::Claims),
        ("another issuer", with("iss", json!("https://elsewhere.example")), Reason::Issuer),
        ("no issuer", without("iss"), Reason::Claims),
        ("expired", with("exp", json!(now - 60)), Reason::Expired),
        ("no expiry", without("exp"), Reason::Claims),
        ("an expiry that is no moment", with("exp", json!("tomorrow")), Reason::Claims),
        ("not yet valid", with("nbf", json!(now + 120)), Reason::NotYet),
        ("no nbf", without("nbf"), Reason::Claims),
        ("no iat", without("iat"), Reason::Claims),
        ("made in the future", with("iat", json!(now + 120)), Reason::NotYet),
        ("no jti", without("jti"), Reason::Claims),
        ("a jti that can be guessed", with("jti", json!("7")), Reason::Claims),
        ("a jti of 126 bits", with("jti", json!("V1StGXR8_Z5jdHi6B-myT")), Reason::Claims),
        ("a jti of 124 bits", with("jti", json!("0af7651916cd43dd8448eb211c80319")), Reason::Claims),
        ("lives too long", with("exp", json!(now + LONGEST_LIFETIME_SECONDS + 60)), Reason::Claims),
        ("sub is a citizen service number", with("sub", json!("111222333")), Reason::Subject),
        ("sub is the system", with("sub", json!(workflows::reactions::SYSTEM)), Reason::Subject),
        ("an empty sub", with("sub", json!(" ")), Reason::Subject),
        ("no sub", without("sub"), Reason::Claims),
        ("no roles", with("roles", json!([])), Reason::Claims),
        ("an unknown role", with("roles", json!(["mayor"])), Reason::Claims),
        ("a role that is no word", with("roles", json!(["case_director", 7])), Reason::Claims),
        ("the role of the system", with("roles", json!(["case_director", "system"])), Reason::Claims),
        ("no name", with("name", json!("  ")), Reason::Claims),
        ("no organisation", with("organisation", json!("Gemeente Huizen")), Reason::Claims),
        ("delegated", with("act", json!({"sub": "noor"})), Reason::Claims),
    ];
    for (what, claims, reason) in wrong {
        let refused = bench.reads(&claims).await.expect_err(what);
        assert_eq!(refused.reason, reason, "{what}");
        assert_eq!(refused.to_string(), Unauthenticated::because(Reason::Missing).to_string(), "{what}");
    }
}

#[tokio::test]
async fn only_the_programs_that_are_named_may_ask_for_tokens() {
    let bench = bench();
    let named = || Rules { clients: vec!["web".to_owned(), "app".to_owned()], ..rules() };
    for (what, claims) in [
        ("azp", with("azp", json!("web"))),
        ("client_id, as RFC 9068 has it", with("client_id", json!("app"))),
        ("both", {
            let mut both = with("azp", json!("web"));
            both["client_id"] = json!("web");
            both
        }),
    ] {
        assert!(bench.reads_by(named(), &claims).await.is_ok(), "{what}");
    }
    for (what, claims) in [
        ("neither", claims()),
        ("another", with("azp", json!("stranger"))),
        ("a list", with("azp", json!(["web"]))),
        ("two that differ", {
            let mut both = with("azp", json!("web"));
            both["client_id"] = json!("app");
            both
        }),
    ] {
        assert_eq!(bench.reads_by(named(), &claims).await.expect_err(what).reason, Reason::Client, "{what}");
        assert!(bench.reads(&claims).await.is_ok(), "{what}: without a list everyone may");
    }
}

/// Claims as a municipality's own issuer has them.
#[tokio::test]
async fn an_issuer_may_say_it_in_its_own_words() {
    let bench = bench();
    let mut said = claims();
    said["oid"] = json!("anja.de.vries");
    said["resource_access"] = json!({"rustpunt": {"roles": ["medewerker", "Regiehouder", "Regiehouder"]}});
    said["https://huizen.example/org"] = json!("gemeente-huizen");
    said["given"] = json!("Anja");
    said["scp"] = json!("rustpunt:write");
    for ours in ["name", "organisation", "roles"] {
        said.as_object_mut().unwrap().remove(ours);
    }
    let names = ClaimNames {
        worker: "oid".to_owned(),
        name: "given".to_owned(),
        organisation: "https://huizen.example/org".to_owned(),
        roles: "resource_access.rustpunt.roles".to_owned(),
        scope: "scp".to_owned(),
    };
    let words = [("Regiehouder".to_owned(), Role::CaseDirector)].into();
    let theirs = Rules { claims: names, roles: words, ..rules() };
    let identity = bench.reads_by(theirs.clone(), &said).await.unwrap();
    assert_eq!(identity.roles, [Role::CaseDirector]);
    assert_eq!(identity.actor.organisation.as_str(), "gemeente-huizen");
    assert_eq!(identity.actor.worker, subject::worker_of(DEMO_ISSUER, "anja.de.vries").unwrap());
    assert!(identity.may(Scope::Write) && !identity.may(Scope::Read));
    // Our own words mean nothing to whoever has others, and the subject is looked at whatever says who it is.
    said["resource_access"]["rustpunt"]["roles"] = json!(["case_director"]);
    assert!(bench.reads_by(theirs.clone(), &said).await.is_err());
    said["resource_access"]["rustpunt"]["roles"] = json!(["Regiehouder"]);
    said["sub"] = json!("111222333");
    assert!(bench.reads_by(theirs, &said).await.is_err());
}

#[tokio::test]
async fn every_wrong_header_or_signature_is_refused() {
    let bench = bench();
    let good = bench.issuer.sign(&claims()).unwrap();
    let [header, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let kid = bench.issuer.jwk().common.key_id.clone();
    let signed = |change: &dyn Fn(&mut Header)| {
        let mut header = Header::new(Algorithm::ES256);
        header.kid.clone_from(&kid);
        change(&mut header);
        bench.issuer.sign_with(&header, &claims()).unwrap()
    };
    let strangers = self::bench().issuer;
    let by_stranger = |change: &dyn Fn(&mut Header)| {
        let mut header = Header::new(Algorithm::ES256);
        header.kid.clone_from(&kid);
        change(&mut header);
        strangers.sign_with(&header, &claims()).unwrap()
    };
    let by_public_key = |public: &[u8]| {
        let mut hmac = Header::new(Algorithm::HS256);
        hmac.kid.clone_from(&kid);
        jsonwebtoken::encode(&hmac, &claims(), &EncodingKey::from_secret(public)).unwrap()
    };
    let none = |alg: &str| format!("{}.{body}.", encode(&json!({"alg": alg, "typ": "JWT", "kid": kid})));
    let bare = |header: Value| format!("{}.{body}.{signature}", encode(&header));
    let their_key = strangers.jwk();

    assert!(bench.verifier.verify(&good).await.is_ok());
    for typ in [None, Some("at+jwt"), Some("application/at+jwt"), Some("jwt"), Some("JWT")] {
        let token = signed(&|header| header.typ = typ.map(str::to_owned));
        assert!(bench.verifier.verify(&token).await.is_ok(), "{typ:?}");
    }
    let wrong = [
        (
            "HS256 with the public key",
            by_public_key(&serde_json::to_vec(bench.issuer.jwk()).unwrap()),
            Reason::Algorithm,
        ),
        ("alg none", none("none"), Reason::Algorithm),
        ("alg None", none("nOnE"), Reason::Algorithm),
        ("no alg", bare(json!({"kid": kid})), Reason::Algorithm),
        ("EdDSA", bare(json!({"kid": kid, "alg": "EdDSA"})), Reason::Algorithm),
        ("ES384", bare(json!({"kid": kid, "alg": "ES384"})), Reason::Algorithm),
        ("RS256, with a key of another kind", bare(json!({"kid": kid, "alg": "RS256"})), Reason::Algorithm),
        ("no kid", signed(&|header| header.kid = None), Reason::Header),
        ("an empty kid", signed(&|header| header.kid = Some(String::new())), Reason::Header),
        ("unknown kid", signed(&|header| header.kid = Some("another".to_owned())), Reason::UnknownKey),
        ("another typ", signed(&|header| header.typ = Some("secevent+jwt".to_owned())), Reason::Header),
        ("a typ that is no word", bare(json!({"kid": kid, "alg": "ES256", "typ": ["JWT"]})), Reason::Header),
        ("crit", signed(&|header| header.crit = Some(vec!["exp".to_owned()])), Reason::Header),
        ("an empty crit", bare(json!({"kid": kid, "alg": "ES256", "crit": null})), Reason::Header),
        ("another key under our kid", by_stranger(&|_| {}), Reason::Signature),
        ("brings its own key", by_stranger(&|header| header.jwk = Some(their_key.clone())), Reason::Signature),
        (
            "says where its key is",
            by_stranger(&|header| header.jku = Some("http://127.0.0.1:1/k".to_owned())),
            Reason::Signature,
        ),
        (
            "says where its certificate is",
            by_stranger(&|header| header.x5u = Some("http://127.0.0.1:1/c".to_owned())),
            Reason::Signature,
        ),
        (
            "its own key and name",
            by_stranger(&|header| {
                header.jwk = Some(their_key.clone());
                header.kid.clone_from(&their_key.common.key_id);
            }),
            Reason::UnknownKey,
        ),
        (
            "changed claims",
            format!("{header}.{}.{signature}", encode(&with("roles", json!(["privacy_officer"])))),
            Reason::Signature,
        ),
        ("cut off", good[..good.len() - 2].to_owned(), Reason::Signature),
        ("no signature", format!("{header}.{body}."), Reason::Signature),
        ("five parts", format!("{good}.a.b"), Reason::Malformed),
        ("not a token", "anja".to_owned(), Reason::Malformed),
        ("no header", format!("{}.{body}.{signature}", encode(&json!([]))), Reason::Malformed),
        ("nothing", String::new(), Reason::Malformed),
        (
            "longer than any token",
            bench.issuer.sign(&with("padding", json!("x".repeat(LONGEST_TOKEN)))).unwrap(),
            Reason::TooLong,
        ),
    ];
    for (what, token, reason) in wrong {
        let refused = bench.verifier.verify(&token).await.expect_err(what);
        assert_eq!(refused.reason, reason, "{what}");
        assert_eq!(refused.to_string(), Unauthenticated::because(Reason::Missing).to_string(), "{what}");
    }
}

/// An RSA key signs RS256 and PS256, unless the issuer says which.
#[tokio::test]
async fn what_a_key_is_for_is_the_issuers_word() {
    use aws_lc_rs::encoding::AsDer as _;
    use base64::Engine as _;
    let made = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let text = base64::engine::general_purpose::STANDARD.encode(made.as_der().unwrap().as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap()).unwrap();
    jwk["kid"] = json!("rsa");
    for (named, good) in [
        (Value::Null, [Algorithm::RS256, Algorithm::PS256].as_slice()),
        (json!("RS256"), &[Algorithm::RS256]),
        (json!("PS256"), &[Algorithm::PS256]),
    ] {
        jwk["alg"] = named;
        let issuer = TrustedIssuer::from_jwks(DEMO_ISSUER, DEMO_AUDIENCE, &json!({"keys": [jwk]}).to_string()).unwrap();
        for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS512] {
            let mut header = Header::new(algorithm);
            header.kid = Some("rsa".to_owned());
            let token = jsonwebtoken::encode(&header, &claims(), &key).unwrap();
            assert_eq!(issuer.verify(&token).await.is_ok(), good.contains(&algorithm), "{algorithm:?} {}", jwk["alg"]);
        }
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
    let mut headers = HeaderMap::new();
    assert!(bearer_in(&headers).is_err());
    headers.append("authorization", HeaderValue::from_static("Bearer abc"));
    assert_eq!(bearer_in(&headers).unwrap(), "abc");
    headers.append("authorization", HeaderValue::from_static("Bearer abc"));
    assert_eq!(bearer_in(&headers).expect_err("two headers").reason, Reason::Several);
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
    let among_others = json!({"keys": [{"kty": "new"}, {"kty": "EC", "crv": "P-999"}, 7, good.clone()]}).to_string();
    assert!(TrustedIssuer::from_jwks("i", "a", &among_others).is_ok(), "what we do not know is left alone");
    let unusable = [
        "{}".to_owned(),
        changed("use", json!("enc")),
        changed("kid", json!("")),
        changed("alg", json!("RS256")),
        json!({"keys": vec![json!({}); 65]}).to_string(),
        set(json!({"kty": "OKP", "crv": "Ed25519", "kid": "e", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})),
        set(json!({"kty": "oct", "kid": "s", "k": "c2VjcmV0", "alg": "HS256"})),
        serde_json::to_string(&JwkSet { keys: vec![bench.issuer.jwk().clone(), bench.issuer.jwk().clone()] }).unwrap(),
    ];
    for jwks in unusable {
        assert!(TrustedIssuer::from_jwks("i", "a", &jwks).is_err(), "{jwks}");
    }
}

#[tokio::test]
async fn the_demo_key_is_the_owners_alone_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = DemoIssuer::open(folder.path()).unwrap();
    let mode = std::fs::metadata(folder.path().join("demo-issuer.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = TokenVerifier::Demo(DemoIssuer::open(folder.path()).unwrap().trusted().unwrap());
    assert!(again.verify(&first.sign(&claims()).unwrap()).await.is_ok());
}

/// Anybody can have a demo, and so its key.
#[tokio::test]
async fn nothing_of_the_demo_can_be_configured() {
    let bench = bench();
    let keys = bench.folder.path().join("keys.json");
    std::fs::write(&keys, bench.issuer.key_set().unwrap()).unwrap();
    let config = |issuer: &str, keys: &std::path::Path| IdentityConfig {
        issuer: Some(issuer.to_owned()),
        audience: Some(DEMO_AUDIENCE.to_owned()),
        keys: Some(keys.to_owned()),
        ..IdentityConfig::default()
    };
    let refused = |config: &IdentityConfig| TokenVerifier::configured(config).err().expect("refused").to_string();
    for name in [DEMO_ISSUER, "URN:rustpunt:demo", " urn:rustpunt:demo:2"] {
        assert!(refused(&config(name, &keys)).contains("the demo's own issuer"), "{name}");
    }
    assert!(refused(&config("https://login.example", &keys)).contains("a key of the demo"));
    let secret = bench.folder.path().join("demo-issuer.pem");
    assert!(refused(&config("https://login.example", &secret)).contains("not a JWKS"));
    let mut others: Value = serde_json::from_slice(&std::fs::read(&keys).unwrap()).unwrap();
    others["keys"][0]["kid"] = json!("ours");
    std::fs::write(&keys, others.to_string()).unwrap();
    // Under another name it is a key like any other; but no token of a demo names another issuer.
    let verifier = TokenVerifier::configured(&config("https://login.example", &keys)).unwrap();
    assert!(!verifier.is_demo());
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some("ours".to_owned());
    let refused = verifier.verify(&bench.issuer.sign_with(&header, &claims()).unwrap()).await;
    assert_eq!(refused.expect_err("the demo's").reason, Reason::Issuer);
}
