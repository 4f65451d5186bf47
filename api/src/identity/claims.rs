//! What a token says, read strictly: a claim of another shape refuses the token. Claims that nobody asks for are left alone.

use domain::fact::{Actor, Organisation, Role};
use domain::ids::WorkerId;
use domain::text::Name;
use domain::time::Timestamp;
use serde_json::{Map, Value};

use super::subject::worker_of;
use super::{Identity, Reason, Rules, Scope};

/// How far the clocks of issuer and server may differ when nothing else is configured, in seconds.
pub const SKEW_SECONDS: u64 = 30;

/// The longest a token may live, in seconds: 6 hours (NL GOV OAuth, the longest of its lifetimes; standards E).
pub const LONGEST_LIFETIME_SECONDS: i64 = 6 * 60 * 60;

/// What the id of a token has at least (NL GOV OAuth `jti`; standards E).
const BITS_OF_JTI: usize = 128;

/// Under which names an issuer tells what we need. A name may lead into nested claims with dots (`realm_access.roles`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClaimNames {
    /// Who it is: a UUID, or any text that stays the same.
    pub worker: String,
    /// As people call them.
    pub name: String,
    /// For which organisation, by its short name.
    pub organisation: String,
    /// In which roles (RFC 9068 2.2.3.1: roles, groups or entitlements).
    pub roles: String,
    /// What the token allows.
    pub scope: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let [worker, name, organisation, roles, scope] =
            ["sub", "name", "organisation", "roles", "scope"].map(str::to_owned);
        Self { worker, name, organisation, roles, scope }
    }
}

/// The identity that claims describe. Signature, issuer, audience, `exp` and `nbf` were checked before.
pub(super) fn identity(by: &Rules, said: &Map<String, Value>) -> Result<Identity, Reason> {
    let expires_at = end_of_life(by, said)?;
    check_client(by, said)?;
    // Who acts for somebody by delegation (RFC 8693 4.1) would go unrecorded: the Dutch profile says it with `represents`.
    if said.contains_key("act") || !text(said, "jti").is_ok_and(|jti| bits(jti) >= BITS_OF_JTI) {
        return Err(Reason::Claims);
    }
    // The subject must stand every test, also where another claim says who it is.
    let subject = worker_of(&by.issuer, text(said, "sub")?)?;
    let worker = match by.claims.worker.as_str() {
        "sub" => subject,
        other => worker_of(&by.issuer, text(said, other)?)?,
    };
    let roles = roles(by, said)?;
    let role = *roles.first().ok_or(Reason::Claims)?;
    let organisation = Organisation::new(text(said, &by.claims.organisation)?).map_err(|_| Reason::Claims)?;
    Ok(Identity {
        actor: Actor { worker, role, organisation, on_behalf_of: represented(by, said)? },
        name: Name::new(text(said, &by.claims.name)?).map_err(|_| Reason::Claims)?,
        roles,
        scopes: scopes(find(said, &by.claims.scope))?,
        expires_at,
    })
}

/// Until when the token is good, as clocks may differ.
fn end_of_life(by: &Rules, said: &Map<String, Value>) -> Result<Timestamp, Reason> {
    let seconds = |name: &str| said.get(name).and_then(whole_seconds).ok_or(Reason::Claims);
    let (ends, issued) = (seconds("exp")?, seconds("iat")?);
    seconds("nbf")?;
    if ends.saturating_sub(issued) > LONGEST_LIFETIME_SECONDS {
        return Err(Reason::Claims);
    }
    let now = eventstore::clock::wall_time().micros() / 1_000_000;
    if issued > now.saturating_add_unsigned(by.skew) {
        return Err(Reason::NotYet);
    }
    Ok(Timestamp::from_micros(ends.saturating_add_unsigned(by.skew).saturating_mul(1_000_000)))
}

/// A moment as tokens tell it (RFC 7519 2, `NumericDate`), whole: parts of a second are as good as none.
fn whole_seconds(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "what is no moment of ours saturates, and is refused as such")]
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64))
}

/// Which program asked the issuer for the token: `azp`, or `client_id` as RFC 9068 calls it.
fn check_client(by: &Rules, said: &Map<String, Value>) -> Result<(), Reason> {
    if by.clients.is_empty() {
        return Ok(());
    }
    let told: Vec<&Value> = ["azp", "client_id"].into_iter().filter_map(|name| said.get(name)).collect();
    let allowed = |client: &&Value| client.as_str().is_some_and(|client| by.clients.iter().any(|one| one == client));
    if told.is_empty() || !told.iter().all(allowed) || told.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Reason::Client);
    }
    Ok(())
}

/// Whom the caller acts for (NL GOV OIDC `represents`). A chain is refused: only two persons can be recorded.
fn represented(by: &Rules, said: &Map<String, Value>) -> Result<Option<WorkerId>, Reason> {
    let Some(person) = said.get("represents") else { return Ok(None) };
    let person = person.as_object().filter(|person| !person.contains_key("represents")).ok_or(Reason::Represents)?;
    let issuer = person.get("iss").map_or(Some(by.issuer.as_str()), Value::as_str).ok_or(Reason::Represents)?;
    let subject = person.get("sub").and_then(Value::as_str).ok_or(Reason::Represents)?;
    worker_of(issuer, subject).map(Some)
}

/// The roles that mean something to us, in the order told. Groups that mean something to others are left alone.
fn roles(by: &Rules, said: &Map<String, Value>) -> Result<Vec<Role>, Reason> {
    let mut roles = Vec::new();
    for word in words(find(said, &by.claims.roles).ok_or(Reason::Claims)?)? {
        match by.role(word) {
            Some(Role::System) => return Err(Reason::Claims),
            Some(role) if !roles.contains(&role) => roles.push(role),
            _ => {}
        }
    }
    Ok(roles)
}

fn scopes(claim: Option<&Value>) -> Result<Vec<Scope>, Reason> {
    let all = [Scope::Read, Scope::Write];
    let Some(claim) = claim else { return Ok(all.to_vec()) };
    let said: Vec<&str> = words(claim)?.into_iter().flat_map(str::split_whitespace).collect();
    Ok(all.into_iter().filter(|scope| said.contains(&scope.as_str())).collect())
}

fn words(claim: &Value) -> Result<Vec<&str>, Reason> {
    match claim {
        Value::String(one) => Ok(vec![one]),
        Value::Array(all) => all.iter().map(|word| word.as_str().ok_or(Reason::Claims)).collect(),
        _ => Err(Reason::Claims),
    }
}

fn text<'a>(said: &'a Map<String, Value>, path: &str) -> Result<&'a str, Reason> {
    find(said, path).and_then(Value::as_str).ok_or(Reason::Claims)
}

/// A claim by its name, or by a way of names with dots. The whole name comes first: names are often addresses, with dots in them.
fn find<'a>(said: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = said.get(path) {
        return Some(value);
    }
    let (name, rest) = path.split_once('.')?;
    find(said.get(name)?.as_object()?, rest)
}

/// How many bits an id can hold, by the signs it is written in.
fn bits(jti: &str) -> usize {
    let signs = jti.bytes().filter(|sign| *sign != b'-');
    if signs.clone().all(|sign| sign.is_ascii_hexdigit()) { signs.count() * 4 } else { jti.len() * 6 }
}
