//! The tone of a goal or an action (rule 34): wording blames nobody. Words that do are pointed at with a suggestion; nothing is refused. The
//! words are data per language, with versions (`domain/terms/tone.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::mentions::fold_words;
use crate::text::Text;

/// The product's own lists.
const TONE: &str = include_str!("../../terms/tone.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    list: Vec<List>,
}

/// Words that blame, in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    version: String,
    language: String,
    words: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Words that stand next to each other, as they are said; `…` stands for up to three words between.
    phrase: String,
    suggestion: String,
}

/// Words that may blame somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Blaming {
    /// The words of the list that were found.
    pub phrase: &'static str,
    /// How it can be said otherwise, in the language of the list.
    pub suggestion: &'static str,
    /// The language of the list, as a tag (`nl`).
    pub language: &'static str,
    /// The version of the list.
    pub list: &'static str,
}

/// A list that cannot be read warns of nothing; a test of this file excludes it.
static LISTS: LazyLock<Lists> = LazyLock::new(|| toml::from_str(TONE).unwrap_or(Lists { list: Vec::new() }));

/// The words of this text that may blame somebody, each once.
#[must_use]
pub fn blaming(text: &Text) -> Vec<Blaming> {
    let words = fold_words(text.as_str());
    let found = |list: &'static List| {
        let hits = list.words.iter().filter(|entry| holds(&words, &entry.phrase));
        hits.map(|entry| Blaming {
            phrase: &entry.phrase,
            suggestion: &entry.suggestion,
            language: &list.language,
            list: &list.version,
        })
        .collect::<Vec<_>>()
    };
    LISTS.list.iter().flat_map(found).collect()
}

/// Most words that an ellipsis in a phrase stands for.
const BETWEEN: usize = 3;

fn holds(words: &[String], phrase: &str) -> bool {
    let parts: Vec<Vec<String>> = phrase.split('…').map(fold_words).collect();
    let Some((first, rest)) = parts.split_first() else { return false };
    (0..words.len()).any(|start| follows(words, start, first).is_some_and(|after| go_on(words, after, rest)))
}

/// Where the text goes on after these words, when they stand here.
fn follows(words: &[String], start: usize, part: &[String]) -> Option<usize> {
    let end = start.checked_add(part.len())?;
    (words.get(start..end)? == part && !part.is_empty()).then_some(end)
}

fn go_on(words: &[String], after: usize, rest: &[Vec<String>]) -> bool {
    let Some((next, rest)) = rest.split_first() else { return true };
    (after..=after + BETWEEN).any(|start| follows(words, start, next).is_some_and(|end| go_on(words, end, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text;

    fn phrases(said: &str) -> Vec<&'static str> {
        blaming(&text(said)).into_iter().map(|found| found.phrase).collect()
    }

    #[test]
    fn the_lists_can_be_read_and_each_suggestion_blames_nobody() {
        let lists: Lists = toml::from_str(TONE).expect("the product's own lists");
        assert!(["nl", "en"].iter().all(|language| lists.list.iter().any(|list| list.language == *language)));
        for entry in lists.list.iter().flat_map(|list| &list.words) {
            assert_eq!(phrases(&entry.suggestion), [""; 0], "{}", entry.phrase);
            assert!(!phrases(&entry.phrase.replace('…', "")).is_empty(), "{}", entry.phrase);
        }
    }

    /// Case 01, 2026-04-21.
    #[test]
    fn a_goal_about_the_other_is_pointed_at_and_one_in_own_words_is_not() {
        assert_eq!(phrases("Moeder houdt zich aan afspraken"), ["moeder houdt zich"]);
        assert!(blaming(&text("vader komt al weer zijn afspraken niet na"))[0].suggestion.contains("afspraak"));
        for fine in
            ["ik weet waar ik aan toe ben", "weekends zonder gedoe", "de jongens ontspannen", "Schuldhulp regelen"]
        {
            assert_eq!(phrases(fine), [""; 0], "{fine}");
        }
    }
}
