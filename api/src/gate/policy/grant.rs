//! One entry of the table: what may be seen and done, and by which rule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::fact::Audience;
use domain::personal::DataClass;

use crate::gate::operation::Act;
use crate::gate::seen::Topic;

/// For whom a fact was meant, without naming anybody: the kinds of [`Audience`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AudienceKind {
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

impl AudienceKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Case, Self::Child, Self::Households, Self::Persons, Self::Director, Self::Workers, Self::Author];

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

    /// The stable word, as in the policy.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Child => "child",
            Self::Households => "households",
            Self::Persons => "persons",
            Self::Director => "director",
            Self::Workers => "workers",
            Self::Author => "author",
        }
    }
}

/// Every class of a personal value.
const CLASSES: [DataClass; 3] = [DataClass::Ordinary, DataClass::Health, DataClass::Criminal];

/// A kind of data, as far as the policy tells one from another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Data {
    /// What it is about.
    pub topic: Topic,
    /// For whom it was meant.
    pub audience: AudienceKind,
    /// How sensitive it is. What is not personal by itself (ids, days, states) counts as ordinary.
    pub class: DataClass,
    /// Whether it leads to somebody whose locating data are protected now.
    pub leads: Leads,
}

/// Whether something leads to somebody whose locating data are protected now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Leads {
    /// No.
    Nowhere,
    /// To nobody but those who live in a household that whoever asks coordinates.
    Home,
    /// Yes.
    Elsewhere,
}

impl Leads {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Nowhere, Self::Home, Self::Elsewhere];

    /// Whether it locates somebody.
    #[must_use]
    pub const fn locates(self) -> bool {
        !matches!(self, Self::Nowhere)
    }
}

impl Data {
    /// Every kind of data.
    pub fn all() -> impl Iterator<Item = Self> {
        let topics = Topic::ALL.into_iter();
        let meant = topics.flat_map(|topic| AudienceKind::ALL.map(|audience| (topic, audience)));
        let classed = meant.flat_map(|(topic, audience)| CLASSES.map(|class| (topic, audience, class)));
        classed.flat_map(|(topic, audience, class)| Leads::ALL.map(|leads| Self { topic, audience, class, leads }))
    }
}

/// Names of rules, in the order of the policy.
pub type RuleIds = Arc<[Arc<str>]>;

/// What one relation may see and do, in one role, for one purpose, and by which rules.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grant {
    acts: BTreeMap<Act, RuleIds>,
    sees: BTreeSet<Data>,
    /// The rules that say what there is to see, all together.
    shown_by: Vec<Arc<str>>,
    covered: BTreeSet<Topic>,
    admitted: BTreeSet<(AudienceKind, Leads)>,
}

impl Grant {
    pub(super) fn new(acts: BTreeMap<Act, RuleIds>, sees: BTreeMap<Data, RuleIds>) -> Self {
        let mut shown_by: Vec<Arc<str>> = Vec::new();
        for rule in sees.values().flat_map(|rules| rules.iter()) {
            if !shown_by.contains(rule) {
                shown_by.push(Arc::clone(rule));
            }
        }
        let covered = sees.keys().map(|data| data.topic).collect();
        let admitted = sees.keys().map(|data| (data.audience, data.leads)).collect();
        Self { acts, sees: sees.into_keys().collect(), shown_by, covered, admitted }
    }

    /// Whether this may be done.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.acts.contains_key(&act)
    }

    /// Whether data of this kind may be seen.
    #[must_use]
    pub fn sees(&self, data: Data) -> bool {
        self.sees.contains(&data)
    }

    /// Whether anything about this may be seen.
    #[must_use]
    pub fn covers(&self, topic: Topic) -> bool {
        self.covered.contains(&topic)
    }

    /// Whether anything may be seen that is meant for these and leads to somebody protected, or does not.
    #[must_use]
    pub fn admits(&self, audience: AudienceKind, leads: Leads) -> bool {
        self.admitted.contains(&(audience, leads))
    }

    /// The rules an act rests on: those that allow it and, for an act that looks, those that say what there is to see.
    #[must_use]
    pub fn rules_of(&self, act: Act) -> Vec<String> {
        let Some(allowing) = self.acts.get(&act) else { return Vec::new() };
        let showing = if act.looks() { self.shown_by.as_slice() } else { &[] };
        allowing.iter().chain(showing).map(ToString::to_string).collect()
    }
}
