//! The three layers of a case (`privacy.md`, "Three layers"): the child's, the household's, the personal one. What no layer holds is the
//! case's own: everyone with a relation to the case may know it, as far as that relation goes.

mod standing;
#[cfg(test)]
mod tests;

pub(crate) use standing::audience_of_all;
pub use standing::{LayersOf, of_identity, stands_in_child_layer};

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

/// The layers a fact stands in, never none: whoever reaches one of them may know it, within its audience; of what is said of several
/// people at once, whoever reaches each of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layers {
    layers: Vec<Layer>,
    /// Whether all of them must be reached, not one.
    each: bool,
}

impl Layers {
    /// The case's own.
    #[must_use]
    pub fn case() -> Self {
        Self::some(vec![Layer::Case])
    }

    /// Of nobody: only a relation that reaches every layer reaches it. For what cannot be placed.
    #[must_use]
    pub fn nobodys() -> Self {
        Self::some(vec![NOBODY])
    }

    /// These layers; of none, the case's own.
    #[must_use]
    pub fn of(layers: impl IntoIterator<Item = Layer>) -> Self {
        let mut layers: Vec<_> = layers.into_iter().collect();
        layers.sort_unstable();
        layers.dedup();
        if layers.is_empty() { Self::case() } else { Self::some(layers) }
    }

    /// Of what is said of several at once: for whoever reaches each of these layers. Of none, the case's own.
    #[must_use]
    pub fn each_of(layers: impl IntoIterator<Item = Layer>) -> Self {
        let beyond_case = layers.into_iter().filter(|layer| *layer != Layer::Case);
        let Self { layers, .. } = Self::of(beyond_case);
        let each = layers.len() > 1;
        Self { layers, each }
    }

    const fn some(layers: Vec<Layer>) -> Self {
        Self { layers, each: false }
    }

    /// Whether somebody who reaches these layers reaches what stands here.
    #[must_use]
    pub fn reached_by(&self, reaches: impl Fn(Layer) -> bool) -> bool {
        if self.each { self.iter().all(reaches) } else { self.iter().any(reaches) }
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Layer> + '_ {
        self.layers.iter().copied()
    }

    /// Whether nobody reaches these who does not reach those: the case's own is reached by everyone with a relation.
    #[must_use]
    pub fn is_within(&self, those: &Self) -> bool {
        let lets_in = |reaches: &[Layer]| {
            let reached = |layer: Layer| layer == Layer::Case || reaches.contains(&layer);
            reaches.contains(&NOBODY) || those.reached_by(reached)
        };
        if self.each { lets_in(&self.layers) } else { self.layers.iter().all(|layer| lets_in(&[*layer])) }
    }

    /// What is for the readers of both only, such as a fact that says something of two others; nobody's when they share none. Where one of
    /// them is for whoever reaches each of several layers, so is this, of the layers of both: for fewer rather than more.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        if (self.each || other.each) && self.is_within(other) {
            return self.clone();
        }
        if (self.each || other.each) && other.is_within(self) {
            return other.clone();
        }
        if self.each || other.each {
            return Self::each_of(self.iter().chain(other.iter()));
        }
        let within = |one: &Self, other: &Self| {
            let holds = |layer: &Layer| other.layers.contains(layer) || other.layers.contains(&Layer::Case);
            one.layers.iter().copied().filter(holds).collect::<Vec<_>>()
        };
        let both: Vec<_> = within(self, other).into_iter().chain(within(other, self)).collect();
        if both.is_empty() { Self::nobodys() } else { Self::of(both) }
    }
}
