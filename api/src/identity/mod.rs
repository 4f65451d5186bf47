//! Who asks: from a bearer token to an [`Identity`]. A role in a token opens nothing by itself; the gate asks for a relation too.
//!
//! A token is a signed JWT as the Dutch profiles ask (NL GOV OAuth, OIDC; standards E): `iss`, `aud`, `sub`, `exp`, `nbf`, `iat`,
//! `jti` and a `kid` in its header. Whatever is wrong with it, the caller hears the same thing. Who issues tokens is one configured OIDC
//! issuer, which tells its keys itself or whose keys are given; decision 0007.

mod bearer;
mod claims;
mod configured;
mod demo;
mod discovery;
mod fetched;
mod header;
#[cfg(test)]
mod issuer_tests;
mod keys;
mod rules;
mod subject;
#[cfg(test)]
mod tests;
mod trusted;

use std::fmt;

use domain::fact::{Actor, Role};
use domain::text::Name;
use domain::time::Timestamp;
use eventstore::clock::wall_time;

pub use self::bearer::{bearer_in, bearer_of, token_in_query};
pub use self::claims::{ClaimNames, LONGEST_LIFETIME_SECONDS, SKEW_SECONDS};
pub use self::configured::IdentityUnusable;
pub use self::demo::{DEMO_AUDIENCE, DEMO_ISSUER, DemoIssuer, DemoPerson, IssuerFault};
pub use self::discovery::IssuerUnusable;
pub use self::keys::KeysUnusable;
pub use self::rules::Rules;
pub use self::trusted::TrustedIssuer;

/// What a token allows at most, whoever holds it. A token that names no scope allows both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// `rustpunt:read`: queries and subscriptions.
    Read,
    /// `rustpunt:write`: mutations.
    Write,
}

impl Scope {
    /// The word in the `scope` claim.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "rustpunt:read",
            Self::Write => "rustpunt:write",
        }
    }
}

/// A caller whose token was verified.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The worker, in one of the roles the token names.
    pub actor: Actor,
    /// As people call them; shown back to the caller and taken over in the worker's own stream.
    pub name: Name,
    /// Every role the token names, never empty; the actor's is one of them.
    pub roles: Vec<Role>,
    /// What the token allows.
    pub scopes: Vec<Scope>,
    /// From when on the token is good for nothing, by the clock on the wall here: its `exp`, and as much longer as clocks may differ.
    pub expires_at: Timestamp,
}

impl Identity {
    /// The same worker in another of the roles the token names; `None` when it does not name that role.
    #[must_use]
    pub fn acting_as(&self, role: Role) -> Option<Self> {
        if !self.roles.contains(&role) {
            return None;
        }
        let mut identity = self.clone();
        identity.actor.role = role;
        Some(identity)
    }

    /// Whether the token has ended, by the clock on the wall: whatever clock a demo is told, a token lives by that one.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.expires_at <= wall_time()
    }

    /// Whether the token allows this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// The token was missing or refused. Why is counted, never told: the answer is the same for every reason.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unauthenticated {
    pub(crate) reason: Reason,
}

/// Why a token was refused, for the counter only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reason {
    /// No bearer token in the `Authorization` header.
    Missing,
    /// More than one `Authorization` header.
    Several,
    /// A token in the address of the request.
    InQuery,
    /// Longer than any real token.
    TooLong,
    /// Not a signed JWT.
    Malformed,
    /// No `kid`, a `typ` that is no token for us, or `crit`.
    Header,
    /// Not RS256, PS256 or ES256, or not what the key is for.
    Algorithm,
    /// A `kid` that names no key of the issuer.
    UnknownKey,
    /// The issuer's keys are not there, or too old.
    KeysAway,
    /// Not signed by the key it names.
    Signature,
    /// Another issuer.
    Issuer,
    /// For others.
    Audience,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYet,
    /// Asked for by a program that may not.
    Client,
    /// Nobody who can be a worker.
    Subject,
    /// Acting for somebody in a way that cannot be recorded.
    Represents,
    /// A claim that we need is missing, too weak, or cannot be read.
    Claims,
}

impl Reason {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Several => "several",
            Self::InQuery => "in_query",
            Self::TooLong => "too_long",
            Self::Malformed => "malformed",
            Self::Header => "header",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown_key",
            Self::KeysAway => "keys_away",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Client => "client",
            Self::Subject => "subject",
            Self::Represents => "represents",
            Self::Claims => "claims",
        }
    }
}

impl Unauthenticated {
    pub(crate) const fn because(reason: Reason) -> Self {
        Self { reason }
    }

    /// The stable code.
    pub const CODE: &'static str = "UNAUTHENTICATED";
}

impl fmt::Display for Unauthenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("send a valid bearer token in the Authorization header")
    }
}

impl fmt::Debug for Unauthenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unauthenticated({})", self.reason.as_str())
    }
}

impl std::error::Error for Unauthenticated {}

/// Who may say who somebody is. `serve` never has the demo's.
pub enum TokenVerifier {
    /// The demo's own issuer, whose key lies in the demo folder.
    Demo(TrustedIssuer),
    /// The issuer that the configuration names.
    Configured(TrustedIssuer),
}

impl TokenVerifier {
    /// The identity a token proves.
    ///
    /// # Errors
    /// [`Unauthenticated`], whatever is wrong.
    pub async fn verify(&self, token: &str) -> Result<Identity, Unauthenticated> {
        self.issuer().verify(token).await
    }

    const fn issuer(&self) -> &TrustedIssuer {
        match self {
            Self::Demo(issuer) | Self::Configured(issuer) => issuer,
        }
    }

    /// Whether this is the demo's issuer.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        matches!(self, Self::Demo(_))
    }
}
