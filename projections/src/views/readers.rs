//! What is told of a question to a divorce advice team, and of a share, to those whom it was put to: its own readers, by its id. Its facts
//! are for the director; no audience and no layer of a child or a person would tell its readers this one and not those of others.
//!
//! Its words are free text, and nobody marked them as safe: while anybody of the case is protected they may give them away, so they are for
//! who directs alone (`privacy.md`, "Three layers": unmarked is locating). That it was asked, when and about whom leads its own readers
//! nowhere: it is about them that they were told.
//!
//! In the same way the address of a household, which is for the director, is told to who coordinates its plan.

use domain::case::CaseEvent;
use domain::divorce::DivorceEvent;
use domain::fact::{Audience, Fact};
use domain::households::HouseholdEvent;
use domain::ids::{EventId, HouseholdId, ReviewId, ShareId};
use domain::layers::{Layer, Layers};
use domain::sharing::SharingEvent;

use super::{Facts, Kept, Reading};

/// One question, one share or one address: what its readers reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PutTo {
    /// This question.
    Review(ReviewId),
    /// This share.
    Share(ShareId),
    /// The address of this household.
    Home(HouseholdId),
}

impl PutTo {
    /// What a fact is about, if it is about one.
    const fn of(event: &CaseEvent) -> Option<Self> {
        match event {
            CaseEvent::Divorce(DivorceEvent::Sat(event)) => Some(Self::Review(event.review())),
            CaseEvent::Sharing(
                SharingEvent::ShareAccepted { share, .. } | SharingEvent::ShareWithdrawn { share, .. },
            ) => Some(Self::Share(*share)),
            CaseEvent::Households(HouseholdEvent::AddressRecorded { household, .. }) => Some(Self::Home(*household)),
            _ => None,
        }
    }

    const fn layer(self) -> Layer {
        match self {
            Self::Review(review) => Layer::Review(review),
            Self::Share(share) => Layer::Share(share),
            Self::Home(household) => Layer::Whereabouts(household),
        }
    }

    /// For who directs and its readers. What was told to others on purpose stays told to them, where it stands.
    pub(super) fn told<T>(self, kept: Kept<T>) -> Kept<T> {
        if kept.audience == Audience::Director {
            // An address leads to a household, whoever reads it.
            let locating = kept.locating && matches!(self, Self::Home(_));
            return Kept { audience: Audience::Case, locating, layers: Layers::of([self.layer()]), ..kept };
        }
        let layers = Layers::of(kept.layers.iter().chain([self.layer()]));
        Kept { layers, ..kept }
    }
}

impl Reading<'_> {
    /// That something was asked or shared, to its readers.
    pub(super) fn told<T>(&self, value: T, fact: EventId, to: PutTo) -> Kept<T> {
        to.told(self.kept(value, fact))
    }

    /// In which words, to its readers.
    pub(super) fn told_words<T>(&self, words: T, fact: EventId, to: PutTo) -> Kept<T> {
        let told = self.told(words, fact, to);
        let locating = told.locating || self.now.protection.protected_persons().next().is_some();
        Kept { locating, at_home: Vec::new(), ..told }
    }
}

impl Facts<'_> {
    /// Who is told of this fact because the question or the share it is about was put to them, or because they coordinate the household.
    #[must_use]
    pub fn told_to_readers(&self, fact: &Fact<CaseEvent>) -> Option<Kept<()>> {
        PutTo::of(&fact.event).map(|to| to.told(self.kept(fact)))
    }
}
