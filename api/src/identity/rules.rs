//! What a token must say, and how it is read.

use std::collections::BTreeMap;

use domain::fact::Role;

use super::ClaimNames;

/// What is demanded of every token, whichever key signed it.
#[derive(Clone, Debug)]
pub struct Rules {
    /// `iss`.
    pub issuer: String,
    /// `aud` must name it.
    pub audience: String,
    /// Programs that may ask for tokens; every one when none is named.
    pub clients: Vec<String>,
    /// How far clocks may differ, in seconds.
    pub skew: u64,
    /// Where what stands.
    pub claims: ClaimNames,
    /// The issuer's words for our roles; our own when there are none.
    pub roles: BTreeMap<String, Role>,
}

impl Rules {
    /// An issuer that speaks our own words.
    #[must_use]
    pub fn of(issuer: &str, audience: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            clients: Vec::new(),
            skew: super::SKEW_SECONDS,
            claims: ClaimNames::default(),
            roles: BTreeMap::new(),
        }
    }

    /// What a role word of the issuer means to us.
    pub(super) fn role(&self, word: &str) -> Option<Role> {
        if self.roles.is_empty() {
            return Role::ALL.into_iter().find(|role| role.as_str() == word);
        }
        self.roles.get(word).copied()
    }
}
