//! What stands before a token's claims. It says which key to look for, and nothing more: the algorithm comes from the key, and a key
//! or an address of keys in the header (`jwk`, `jku`, `x5c`, `x5u`) is never read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::Reason;

/// The longest token that is looked at, in bytes. Real ones are a quarter of it.
pub(super) const LONGEST_TOKEN: usize = 8 * 1024;

/// What is believed (NL GOV OAuth: RS256 required, PS256 advised).
const ALGORITHMS: [&str; 3] = ["RS256", "PS256", "ES256"];

/// How the header may call the token (RFC 7519 5.1, RFC 9068 2.1); an ID token has the same, so `aud` tells them apart.
const TYPES: [&str; 3] = ["jwt", "at+jwt", "application/at+jwt"];

/// The name of the key that a token says it was signed with.
pub(super) fn kid_of(token: &str) -> Result<String, Reason> {
    if token.len() > LONGEST_TOKEN {
        return Err(Reason::TooLong);
    }
    let [header, _, _] = token.split('.').collect::<Vec<_>>().try_into().map_err(|_| Reason::Malformed)?;
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| Reason::Malformed)?;
    let header: Map<String, Value> = serde_json::from_slice(&header).map_err(|_| Reason::Malformed)?;
    // What must be understood (RFC 7515 4.1.11) is not: we know no extension.
    if header.contains_key("crit") {
        return Err(Reason::Header);
    }
    let known = |typ: &Value| typ.as_str().is_some_and(|typ| TYPES.contains(&typ.to_ascii_lowercase().as_str()));
    if !header.get("typ").is_none_or(known) {
        return Err(Reason::Header);
    }
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    if !text("alg").is_some_and(|algorithm| ALGORITHMS.contains(&algorithm)) {
        return Err(Reason::Algorithm);
    }
    text("kid").filter(|kid| !kid.is_empty()).map(str::to_owned).ok_or(Reason::Header)
}
