//! The keyed blind index: search by name and birth date without a name or a date in the index (`privacy.md`, "Sealed, and
//! forgettable"). Whoever has the file but not the key learns nothing about who is in it.

use std::collections::BTreeSet;
use std::fmt;

use domain::fact::Organisation;
use domain::letters::plain;
use domain::text::Name;
use domain::time::CivilDay;
use hmac::Mac as _;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::derive;

/// Says which use of the vault's search key this is; another use has another text.
const INFO: &[u8] = b"rustpunt/lists/search/1";

/// Fewest letters with which a person can start typing a longer name.
pub const SHORTEST_BEGINNING: usize = 3;

/// Letters of a word that count; what follows them makes no difference.
const LONGEST_WORD: usize = 24;

/// One entry of the index: a keyed digest of a word or a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub(crate) [u8; 16]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The key of the index, derived from the vault's search key. Debug shows nothing; the bytes are wiped when it is dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SearchKey([u8; 32]);

impl fmt::Debug for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SearchKey")
    }
}

impl SearchKey {
    /// Derives the key (HKDF-SHA-256) from the 32 bytes that the vault keeps for search.
    #[must_use]
    pub fn derive(vault_key: &[u8; 32]) -> Self {
        Self(derive::key_for(vault_key, INFO))
    }

    /// What a name is found by: every word whole, and every beginning of three letters or more. Bound to the municipality, so that
    /// one holder's index tells nothing about another's.
    #[must_use]
    pub fn name_tokens(&self, municipality: &Organisation, name: &Name) -> BTreeSet<Token> {
        let words = words(name.as_str());
        words.iter().flat_map(|word| beginnings(word)).map(|text| self.token(municipality, "name", &text)).collect()
    }

    /// What a birth date is found by.
    #[must_use]
    pub fn birth_token(&self, municipality: &Organisation, day: CivilDay) -> Token {
        self.token(municipality, "birth", &day.to_string())
    }

    /// What must all be found for typed words to match: one token for each word.
    #[must_use]
    pub fn typed_tokens(&self, municipality: &Organisation, typed: &str) -> BTreeSet<Token> {
        words(typed).iter().map(|word| self.token(municipality, "name", word)).collect()
    }

    fn token(&self, municipality: &Organisation, kind: &str, text: &str) -> Token {
        let mut mac = derive::mac(&self.0);
        for part in [municipality.as_str(), kind, text] {
            mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let mut token = [0; 16];
        token.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Token(token)
    }
}

/// The words of a name as the index knows them: small letters without marks, split at everything that is no letter or digit. An
/// apostrophe joins ("d'Arc" is one word, "van 't Hof" is "van", "t", "hof").
fn words(text: &str) -> Vec<String> {
    let mut folded = plain(text);
    folded.retain(|c| !matches!(c, '\'' | '\u{2018}' | '\u{2019}'));
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// A word and its beginnings of [`SHORTEST_BEGINNING`] letters or more.
fn beginnings(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let shortest = SHORTEST_BEGINNING.min(letters.len());
    (shortest..=letters.len()).filter_map(|length| letters.get(..length)).map(|part| part.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn huizen() -> Organisation {
        Organisation::new("gemeente-huizen").unwrap()
    }

    fn found(name: &str, typed: &str) -> bool {
        let key = SearchKey::derive(&[7; 32]);
        let tokens = key.name_tokens(&huizen(), &Name::new(name).unwrap());
        key.typed_tokens(&huizen(), typed).is_subset(&tokens)
    }

    #[test]
    fn a_beginning_of_three_letters_finds_and_two_do_not() {
        assert!(found("Samira Boukhari", "sam"));
        assert!(found("Samira Boukhari", "bouk samira"));
        assert!(!found("Samira Boukhari", "sa"));
        assert!(!found("Samira Boukhari", "samirah"));
        assert!(found("Bo", "bo"), "a short name is found whole");
    }

    #[test]
    fn marks_capitals_and_joints_make_no_difference() {
        assert!(found("José Núñez-Løkken", "jose nunez lokken"));
        assert!(found("Jose Nunez", "JOSÉ"));
        assert!(found("Łukasz Weiß", "lukasz weiss"));
        assert!(found("İpek Yıldız", "ipek yildiz"));
        assert!(found("Jeanne d’Arc", "d'arc"));
        assert!(found("Zoe\u{308}", "zoë"));
    }

    #[test]
    fn another_key_or_municipality_gives_other_tokens() {
        let name = Name::new("Samira").unwrap();
        let one = SearchKey::derive(&[1; 32]).name_tokens(&huizen(), &name);
        let two = SearchKey::derive(&[2; 32]).name_tokens(&huizen(), &name);
        let elsewhere = Organisation::new("gemeente-gooise-meren").unwrap();
        let three = SearchKey::derive(&[1; 32]).name_tokens(&elsewhere, &name);
        assert!(one.is_disjoint(&two) && one.is_disjoint(&three));
    }

    #[test]
    fn a_name_is_no_date() {
        let key = SearchKey::derive(&[1; 32]);
        let day: CivilDay = "2017-01-09".parse().unwrap();
        assert!(!key.typed_tokens(&huizen(), "2017-01-09").contains(&key.birth_token(&huizen(), day)));
    }

    #[test]
    fn nothing_shows_in_debug() {
        assert_eq!(format!("{:?}", SearchKey::derive(&[1; 32])), "SearchKey");
    }
}
