//! Whether a label is neutral: "bij mama", "huishouden A"; never a street, a place or a number.

use super::Households;
use super::catalogue::{LABEL_NOT_NEUTRAL, LABEL_TAKEN};
use crate::ids::HouseholdId;
use crate::mentions::{fold_words, is_particle};
use crate::personal::Personal;
use crate::rejection::{Detail, Rejection};
use crate::text::Line;

/// How names of streets end.
const STREETS: [&str; 12] =
    ["straat", "weg", "laan", "plein", "kade", "gracht", "hof", "steeg", "dijk", "singel", "dreef", "boulevard"];

/// Whether a household may have this label.
///
/// # Errors
/// `LABEL_NOT_NEUTRAL` when it holds a number, a street or a word of an address of the case; `LABEL_TAKEN` when another household has it.
pub(super) fn check(households: &Households, own: Option<HouseholdId>, label: &Line) -> Result<(), Rejection> {
    let words = fold_words(label.as_str());
    let not_neutral = |what: &'static str| Err(Rejection::new(LABEL_NOT_NEUTRAL).with("holds", what));
    if label.as_str().chars().any(char::is_numeric) {
        return not_neutral("number");
    }
    if names_street(&words) {
        return not_neutral("street");
    }
    let addresses = households.iter().flat_map(|known| known.address.entries());
    if addresses.filter_map(|entry| entry.value.0.known()).any(|address| shares_word(&words, address)) {
        return not_neutral("address");
    }
    let taken = households.iter().find(|known| {
        let same = known.label.known().is_some_and(|other| fold_words(other.as_str()) == words);
        Some(known.id) != own && same
    });
    match taken {
        Some(known) => Err(Rejection::new(LABEL_TAKEN).with("household", Detail::id(known.id))),
        None => Ok(()),
    }
}

/// Whether a label gives away a word of this address. What cannot be read gives nothing away.
pub(crate) fn gives_away(label: &Personal<Line>, address: &Line) -> bool {
    label.known().is_some_and(|label| shares_word(&fold_words(label.as_str()), address))
}

/// Three letters of something before it make a street of a word ("Bosweg"); on its own it is one after a longer word ("Lange weg"),
/// not in "Van Dijk".
fn names_street(words: &[String]) -> bool {
    let letters = |word: &str| word.chars().count();
    words.iter().enumerate().any(|(index, word)| {
        let before = index.checked_sub(1).and_then(|index| words.get(index)).map_or(0, |before| letters(before));
        let stem = STREETS.iter().find_map(|street| word.strip_suffix(street)).map(letters);
        stem.is_some_and(|stem| stem >= 3 || (stem == 0 && before >= 4))
    })
}

fn shares_word(words: &[String], address: &Line) -> bool {
    let tells = |word: &String| word.chars().count() >= 3 && !is_particle(word);
    fold_words(address.as_str()).iter().any(|word| tells(word) && words.contains(word))
}
