//! The policy: rules in Cedar that a privacy officer can read, turned into a table once. Rust works out relations; the rules say what
//! each may see and do; everything that asks looks it up in the table.

mod files;
mod grant;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use domain::fact::Role;
use serde::Deserialize;

pub use self::files::{PolicyFile, PolicyFiles};
pub use self::grant::{AudienceKind, Data, Grant, Leads, RuleIds};
use self::rules::RuleBook;
use super::purpose::Purpose;
use super::relation::{Relation, Stage};

/// For whom a grant holds: what somebody is to a case, whether that ever had a director, in which role, for which purpose.
type Key = (Relation, Stage, Role, Purpose);

/// What a rule or a purpose says, for whoever asks why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// In Dutch.
    pub nl: String,
    /// In English.
    pub en: String,
}

/// A policy, ready to be looked up.
pub struct Policy {
    version: String,
    digest: String,
    purposes: HashMap<Purpose, BTreeSet<Role>>,
    table: HashMap<Key, Arc<Grant>>,
    words: BTreeMap<Arc<str>, Explanation>,
}

/// A policy that cannot be used. The server does not start with one.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The list of purposes is not what it should be.
    #[error("the list of purposes cannot be read: {0}")]
    PurposesUnreadable(#[from] toml::de::Error),
    /// A purpose without roles, or one that stands there twice.
    #[error("purpose `{0}` must stand there once, with the roles that may work for it")]
    Purposes(Purpose),
    /// The schema is no Cedar schema.
    #[error("the schema of the policy cannot be read: {0}")]
    Schema(String),
    /// The schema lacks a word that the gate judges by.
    #[error("the schema of the policy must know every word that the gate judges by: {0}")]
    Words(String),
    /// A file is not Cedar.
    #[error("`{file}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// What Cedar says.
        why: String,
    },
    /// A rule that leaves open for whom it is.
    #[error("a rule in `{0}` leaves a slot open: name the relation it is for")]
    Slot(String),
    /// A rule that nobody could name or explain.
    #[error(
        "rule {number} of `{file}` lacks `@{lacks}(\"…\")`: a decision names its rules, and whoever asks why reads what they say"
    )]
    Unexplained {
        /// The file.
        file: String,
        /// Which rule in it, from 1.
        number: usize,
        /// The annotation.
        lacks: &'static str,
    },
    /// Two rules of one name: a decision would not say on which it rested.
    #[error("rule `{0}` stands there twice: give each rule its own id")]
    SameRule(String),
    /// A rule that does not keep to the schema.
    #[error("the policy does not keep to its schema: {0}")]
    Invalid(String),
    /// A rule that never applies.
    #[error(
        "rule `{0}` can never apply: name a purpose that one of its roles may work for, and let its relation do something; or strike it out"
    )]
    NeverApplies(String),
    /// A rule that fails when it is asked.
    #[error("the policy fails where it should say yes or no: {0}")]
    Fails(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purposes {
    version: String,
    purpose: Vec<PurposeText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeText {
    id: Purpose,
    roles: BTreeSet<Role>,
    text_nl: String,
    text_en: String,
}

impl fmt::Debug for Policy {
    /// The table is long and follows from the text that the digest names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("version", &self.version).field("digest", &self.digest).finish_non_exhaustive()
    }
}

impl Policy {
    /// The product's own policy: read, checked and worked out once per process.
    ///
    /// # Errors
    /// When a file in the product is damaged, which its own test excludes.
    pub fn product() -> Result<Arc<Self>, PolicyError> {
        static PRODUCT: OnceLock<Arc<Policy>> = OnceLock::new();
        if let Some(policy) = PRODUCT.get() {
            return Ok(Arc::clone(policy));
        }
        let policy = Arc::new(Self::read(&PolicyFiles::product())?);
        Ok(Arc::clone(PRODUCT.get_or_init(|| policy)))
    }

    /// Reads a policy, checks it against its schema, and works out the table.
    ///
    /// # Errors
    /// [`PolicyError`], which says what to change.
    pub fn read(files: &PolicyFiles) -> Result<Self, PolicyError> {
        let Purposes { version, purpose } = toml::from_str(&files.purposes.text)?;
        let book = RuleBook::read(&files.schema, &files.rules)?;
        let mut words = book.words();
        let mut purposes = HashMap::new();
        for PurposeText { id, roles, text_nl, text_en } in purpose {
            words.insert(id.as_str().into(), Explanation { nl: text_nl, en: text_en });
            if roles.is_empty() || purposes.insert(id, roles).is_some() {
                return Err(PolicyError::Purposes(id));
            }
        }
        let table = book.table(&purposes)?;
        Ok(Self { version, digest: files.digest(), purposes, table, words })
    }

    /// The policy's own name for itself.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 over all its files in their order, in hex: what decisions name.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether somebody in this role may work for this purpose.
    #[must_use]
    pub fn may_use(&self, role: Role, purpose: Purpose) -> bool {
        self.purposes.get(&purpose).is_some_and(|roles| roles.contains(&role))
    }

    /// What a relation may see and do. `None` is the answer for everything the policy does not name.
    #[must_use]
    pub fn grant(&self, relation: Relation, stage: Stage, role: Role, purpose: Purpose) -> Option<Arc<Grant>> {
        self.table.get(&(relation, stage, role, purpose)).map(Arc::clone)
    }

    /// What a rule (`director.sees`) or a purpose (`access/1`) says; `None` for a name of another policy.
    #[must_use]
    pub fn explain(&self, name: &str) -> Option<&Explanation> {
        self.words.get(name)
    }
}
