//! The three layers of a case (`privacy.md`, "Three layers"): the child's, the household's, the personal one. What no layer holds is the
//! case's own: everyone with a relation to the case may know it, as far as that relation goes.

use crate::ids::{HouseholdId, PersonId};

/// A part of a case that a relation reaches or does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// The case's own: who directs, who is who, where the case stands.
    Case,
    /// This child's: its help and providers, safety agreements, what joint authority must decide.
    Child(PersonId),
    /// This household's: its plan, goals and network. Never crosses to another household.
    Household(HouseholdId),
    /// This person's own: own help, health, whereabouts, a child's confidence. Never crosses to another household.
    Person(PersonId),
}

/// The layers a fact stands in, never none: whoever reaches one of them may know it, within its audience.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layers(Vec<Layer>);

impl Layers {
    /// The case's own.
    #[must_use]
    pub fn case() -> Self {
        Self(vec![Layer::Case])
    }

    /// These layers; of none, the case's own.
    #[must_use]
    pub fn of(layers: impl IntoIterator<Item = Layer>) -> Self {
        let mut layers: Vec<_> = layers.into_iter().collect();
        layers.sort_unstable();
        layers.dedup();
        if layers.is_empty() { Self::case() } else { Self(layers) }
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Layer> + '_ {
        self.0.iter().copied()
    }
}
