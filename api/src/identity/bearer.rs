//! Where a token may stand in a request: the one `Authorization` header, and nowhere else.

use poem::http::{HeaderMap, header};

use super::{Reason, Unauthenticated};

/// The names under which clients put tokens in an address. None is accepted (standards E).
const QUERY_NAMES: [&str; 4] = ["access_token", "token", "bearer", "authorization"];

/// The token among the headers of a request. Two headers are refused: two readers could each believe another one.
///
/// # Errors
/// When there is none, more than one, or it is not a bearer token.
pub fn bearer_in(headers: &HeaderMap) -> Result<&str, Unauthenticated> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let first = all.next();
    if all.next().is_some() {
        return Err(Unauthenticated::because(Reason::Several));
    }
    bearer_of(first.and_then(|value| value.to_str().ok()))
}

/// The token of an `Authorization` header.
///
/// # Errors
/// When there is none, or it is not a bearer token.
pub fn bearer_of(header: Option<&str>) -> Result<&str, Unauthenticated> {
    let missing = Unauthenticated::because(Reason::Missing);
    let (scheme, token) = header.and_then(|value| value.trim().split_once(' ')).ok_or(missing)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(missing);
    }
    Ok(token)
}

/// Refuses a request that carries a token in its address, where it ends up in logs. A good header does not make up for it.
///
/// # Errors
/// When the query has a parameter that is used for tokens.
pub fn token_in_query(query: Option<&str>) -> Result<(), Unauthenticated> {
    let names = query.unwrap_or_default().split('&').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name));
    let mut names = names.map(str::to_ascii_lowercase);
    if names.any(|name| QUERY_NAMES.contains(&name.as_str())) {
        return Err(Unauthenticated::because(Reason::InQuery));
    }
    Ok(())
}
