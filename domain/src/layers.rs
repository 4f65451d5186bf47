//! The three layers of a case (`privacy.md`, "Three layers"): the child's, the household's, the personal one. What no layer holds is the
//! case's own: everyone with a relation to the case may know it, as far as that relation goes.

mod standing;
#[cfg(test)]
mod tests;

pub use standing::{LayersOf, is_child, of_identity};

use uuid::Uuid;

use crate::ids::{HouseholdId, PersonId, ReviewId, ShareId};

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
    /// Where this household is: for who coordinates its plan, besides who directs. As a question, below.
    Whereabouts(HouseholdId),
    /// This question to a divorce advice team: for those who were asked and who accepted, besides who directs. No fact stands in it by
    /// itself; what is told of a question to its readers does.
    Review(ReviewId),
    /// This share: for its receiver, besides who directs. As a question.
    Share(ShareId),
}

/// The personal layer of nobody.
const NOBODY: Layer = Layer::Person(PersonId::from_uuid(Uuid::nil()));

/// The layers a fact stands in, never none: whoever reaches one of them may know it, within its audience.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layers(Vec<Layer>);

impl Layers {
    /// The case's own.
    #[must_use]
    pub fn case() -> Self {
        Self(vec![Layer::Case])
    }

    /// Of nobody: only a relation that reaches every layer reaches it. For what cannot be placed.
    #[must_use]
    pub fn nobodys() -> Self {
        Self(vec![NOBODY])
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

    /// Whether nobody reaches these who does not reach those: the case's own is reached by everyone with a relation.
    #[must_use]
    pub fn is_within(&self, those: &Self) -> bool {
        let reached = |layer: &Layer| *layer == NOBODY || those.0.contains(layer);
        those.0.contains(&Layer::Case) || self.0.iter().all(reached)
    }

    /// What is for the readers of both only, such as a fact that says something of two others; nobody's when they share none.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        let within = |one: &Self, other: &Self| {
            let holds = |layer: &Layer| other.0.contains(layer) || other.0.contains(&Layer::Case);
            one.0.iter().copied().filter(holds).collect::<Vec<_>>()
        };
        let both: Vec<_> = within(self, other).into_iter().chain(within(other, self)).collect();
        if both.is_empty() { Self::nobodys() } else { Self::of(both) }
    }
}
