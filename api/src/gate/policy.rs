//! The policy: data that a privacy officer can read, turned into a table once. Rust works out relations; the table says what each
//! may see and do. A later release puts Cedar policies behind the same table.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::fact::{Audience, Role};
use domain::personal::DataClass;
use serde::Deserialize;

use super::operation::Act;
use super::purpose::Purpose;
use super::relation::{Relation, Stage};
use super::seen::Topic;

/// The policy in the product.
const FIRST: &str = include_str!("../../policy/first.toml");

/// For whom a fact was meant, without naming anybody: the kinds of [`Audience`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Everyone with a relation to the case.
    Case,
    /// A child's layer.
    Child,
    /// The layer of a household.
    Households,
    /// The personal layer of family members.
    Persons,
    /// The director and deputy.
    Director,
    /// Named workers.
    Workers,
    /// Whoever wrote it.
    Author,
}

impl Layer {
    /// The kind of an audience.
    #[must_use]
    pub const fn of(audience: &Audience) -> Self {
        match audience {
            Audience::Case => Self::Case,
            Audience::Child(_) => Self::Child,
            Audience::Households(_) => Self::Households,
            Audience::Director => Self::Director,
            Audience::Persons(_) => Self::Persons,
            Audience::Workers(_) => Self::Workers,
            Audience::Author => Self::Author,
        }
    }
}

/// What one relation may see and do, in one role, for one purpose: everything the rules that apply allow together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grant {
    /// The ids of the rules, in the order of the policy.
    pub rules: Vec<String>,
    /// What it may see facts about.
    pub topics: BTreeSet<Topic>,
    /// Facts meant for whom.
    pub layers: BTreeSet<Layer>,
    /// How sensitive.
    pub classes: BTreeSet<DataClass>,
    /// What it may do.
    pub acts: BTreeSet<Act>,
    /// Whether it may see what leads to somebody whose locating data are protected.
    pub locating: bool,
}

type Key = (Relation, Stage, Role, Purpose);

/// A policy, ready to be looked up.
#[derive(Debug)]
pub struct Policy {
    version: String,
    digest: String,
    purposes: HashMap<Purpose, BTreeSet<Role>>,
    table: HashMap<Key, Arc<Grant>>,
    /// What each rule says.
    texts: HashMap<String, String>,
}

/// A policy that cannot be used. The server does not start with one.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Not what a policy looks like.
    #[error("the policy cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// Two rules of one name: a decision would not say on which it rested.
    #[error("rule `{0}` stands there twice: give each rule its own id")]
    SameRule(String),
    /// A purpose without roles, or roles twice.
    #[error("purpose `{0}` must stand there once")]
    Purposes(Purpose),
    /// A rule for a purpose that none of its roles may use, which would never apply.
    #[error("rule `{rule}` allows role `{role}` no purpose: name one that the role may work for")]
    NeverApplies {
        /// The rule.
        rule: String,
        /// The role.
        role: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    version: String,
    purpose: Vec<PurposeText>,
    rule: Vec<RuleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeText {
    id: Purpose,
    roles: BTreeSet<Role>,
    #[serde(rename = "text")]
    _text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    text: String,
    relation: Relation,
    when: When,
    roles: BTreeSet<Role>,
    purposes: BTreeSet<Purpose>,
    topics: BTreeSet<Topic>,
    layers: BTreeSet<Layer>,
    classes: BTreeSet<DataClass>,
    acts: BTreeSet<Act>,
    /// Fail closed: a rule that does not say so shows nothing that locates somebody protected.
    #[serde(default)]
    locating: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum When {
    Always,
    BeforeDirector,
    SinceDirector,
}

impl When {
    const fn stages(self) -> &'static [Stage] {
        match self {
            Self::Always => &[Stage::BeforeDirector, Stage::SinceDirector],
            Self::BeforeDirector => &[Stage::BeforeDirector],
            Self::SinceDirector => &[Stage::SinceDirector],
        }
    }
}

impl Policy {
    /// The product's own policy.
    ///
    /// # Errors
    /// When the file in the product is damaged, which its own test excludes.
    pub fn first() -> Result<Self, PolicyError> {
        Self::parse(FIRST)
    }

    /// Reads a policy (TOML, as `api/policy/first.toml`).
    ///
    /// # Errors
    /// [`PolicyError`], which says what to change.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let Text { version, purpose, rule } = toml::from_str(text)?;
        let mut purposes = HashMap::new();
        for PurposeText { id, roles, .. } in purpose {
            if roles.is_empty() || purposes.insert(id, roles).is_some() {
                return Err(PolicyError::Purposes(id));
            }
        }
        let mut names = BTreeSet::new();
        let mut table: HashMap<Key, Grant> = HashMap::new();
        for rule in &rule {
            if !names.insert(rule.id.as_str()) {
                return Err(PolicyError::SameRule(rule.id.clone()));
            }
            rule.enter(&purposes, &mut table)?;
        }
        let table = table.into_iter().map(|(key, grant)| (key, Arc::new(grant))).collect();
        let digest = eventstore::chain::digest(text.as_bytes()).to_string();
        let texts = rule.into_iter().map(|rule| (rule.id, rule.text)).collect();
        Ok(Self { version, digest, purposes, table, texts })
    }

    /// The policy's own name for itself.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 of its text, in hex: what decisions name.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What a rule says, in words.
    #[must_use]
    pub fn explain(&self, rule: &str) -> Option<&str> {
        self.texts.get(rule).map(String::as_str)
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
}

impl RuleText {
    fn enter(
        &self,
        purposes: &HashMap<Purpose, BTreeSet<Role>>,
        table: &mut HashMap<Key, Grant>,
    ) -> Result<(), PolicyError> {
        let allowed = |role: &Role, purpose: &Purpose| purposes.get(purpose).is_some_and(|roles| roles.contains(role));
        for role in &self.roles {
            let usable: Vec<Purpose> = self.purposes.iter().copied().filter(|purpose| allowed(role, purpose)).collect();
            if usable.is_empty() {
                return Err(PolicyError::NeverApplies { rule: self.id.clone(), role: role.as_str() });
            }
            for (purpose, stage) in
                usable.iter().flat_map(|purpose| self.when.stages().iter().map(move |s| (purpose, s)))
            {
                let grant = table.entry((self.relation, *stage, *role, *purpose)).or_default();
                grant.rules.push(self.id.clone());
                grant.topics.extend(&self.topics);
                grant.layers.extend(&self.layers);
                grant.classes.extend(&self.classes);
                grant.acts.extend(&self.acts);
                grant.locating |= self.locating;
            }
        }
        Ok(())
    }
}
