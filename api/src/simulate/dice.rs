//! Chance with a seed: the same seed, case and subject give the same throws. Every chapter of a story throws dice of its own, so that a
//! new chapter changes nothing in the others.

use std::ops::RangeInclusive;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::shares::{Length, Share};

/// Throws about one subject in one case.
pub(super) struct Dice(StdRng);

impl Dice {
    /// The dice about this subject in this case of the region with this seed.
    pub(super) fn about(seed: u64, case: u32, subject: &str) -> Self {
        let mut from = Sha256::new_with_prefix(b"rustpunt/1 simulate");
        from.update(seed.to_be_bytes());
        from.update(case.to_be_bytes());
        from.update(subject);
        Self(StdRng::from_seed(from.finalize().into()))
    }

    /// Whether this case is one of the share.
    pub(super) fn falls(&mut self, share: Share) -> bool {
        self.0.random_bool(f64::from(share.of_hundred) / 100.0)
    }

    /// A number in the range.
    pub(super) fn between(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0.random_range(range)
    }

    /// A place in a list of this length; 0 of an empty one.
    pub(super) fn place(&mut self, length: usize) -> usize {
        if length == 0 { 0 } else { self.0.random_range(0..length) }
    }

    /// One of these words, which are never none.
    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.place(words.len())).copied().unwrap_or_default()
    }

    /// Which of the weights it falls to.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let all: u32 = weights.iter().sum();
        let mut thrown = if all == 0 { 0 } else { self.0.random_range(0..all) };
        for (place, weight) in weights.iter().enumerate() {
            if thrown < *weight {
                return place;
            }
            thrown -= weight;
        }
        0
    }

    /// A number of days: half of the cases stay under the median, and a few go far beyond it.
    pub(super) fn days(&mut self, length: Length) -> u64 {
        // Twelve throws added up are as good as a normal distribution needs to be here.
        let normal = (0..12).map(|_| self.0.random::<f64>()).sum::<f64>() - 6.0;
        let days = f64::from(length.median_days) * (f64::from(length.spread) / 100.0 * normal).exp();
        // Far below what a number of days can hold, and never negative.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 4,000")]
        let days = days.clamp(1.0, 4_000.0) as u64;
        days
    }
}
