//! What a token says, read strictly: a claim of another shape refuses the token.

use domain::fact::{Actor, Organisation, Role};
use domain::ids::WorkerId;
use domain::text::Name;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Identity, Reason, Scope, Unauthenticated};

/// How far the clocks of issuer and server may differ, in seconds.
pub const SKEW_SECONDS: u64 = 30;

/// The longest a token may live, in seconds: 6 hours (NL GOV OAuth, the longest of its lifetimes; standards E).
pub const LONGEST_LIFETIME_SECONDS: i64 = 6 * 60 * 60;

/// A `jti` has at least 128 bits, so at least this many characters in any usual writing (standards E).
const SHORTEST_JTI: usize = 16;

/// The claims of a token. Unknown ones are left alone: an issuer may say more than we read.
#[derive(Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: Audiences,
    pub(super) sub: WorkerId,
    pub(super) exp: i64,
    pub(super) nbf: i64,
    pub(super) iat: i64,
    pub(super) jti: String,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) represents: Option<Represented>,
}

/// `aud` is one text or a list of them (RFC 7519 4.1.3).
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Audiences {
    One(String),
    Many(Vec<String>),
}

/// Whom the caller acts for (NL GOV OIDC `represents`).
#[derive(Serialize, Deserialize)]
pub(super) struct Represented {
    pub(super) sub: WorkerId,
}

impl Claims {
    /// The identity these claims describe. Signature, issuer, audience and validity were checked before.
    pub(super) fn into_identity(self) -> Result<Identity, Unauthenticated> {
        let wrong = Unauthenticated::because(Reason::Claims);
        let too_long = self.exp.saturating_sub(self.iat) > LONGEST_LIFETIME_SECONDS;
        if too_long || self.jti.len() < SHORTEST_JTI || self.roles.contains(&Role::System) {
            return Err(wrong);
        }
        let role = *self.roles.first().ok_or(wrong)?;
        let organisation = Organisation::new(&self.organisation).map_err(|_| wrong)?;
        Ok(Identity {
            actor: Actor {
                worker: self.sub,
                role,
                organisation,
                on_behalf_of: self.represents.map(|person| person.sub),
            },
            name: Name::new(&self.name).map_err(|_| wrong)?,
            roles: self.roles,
            scopes: scopes(self.scope.as_deref()),
            expires_at: Timestamp::from_micros(
                self.exp.saturating_add_unsigned(SKEW_SECONDS).saturating_mul(1_000_000),
            ),
        })
    }
}

fn scopes(claim: Option<&str>) -> Vec<Scope> {
    let all = [Scope::Read, Scope::Write];
    let Some(claim) = claim else { return all.to_vec() };
    all.into_iter().filter(|scope| claim.split_whitespace().any(|word| word == scope.as_str())).collect()
}
