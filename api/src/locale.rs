//! The two languages people read: Dutch and English. Words live in `api/locales/`; the domain only knows codes and facts.

use std::sync::LazyLock;

use domain::rejection::{Detail, Rejection};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

/// A language that people read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Locale {
    /// Dutch: the language of the work, and the default.
    #[default]
    Dutch,
    /// English.
    English,
}

const DUTCH: &str = include_str!("../locales/nl.ftl");
const ENGLISH: &str = include_str!("../locales/en.ftl");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle(langid!("nl"), DUTCH), bundle(langid!("en"), ENGLISH)]);

/// A line that does not parse is left out and reported; a test proves that none is.
fn bundle(language: LanguageIdentifier, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Without the invisible marks around arguments: messages are also read by programs and in terminals.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!(errors = errors.len(), "a locale file has lines that cannot be read");
        resource
    });
    if bundle.add_resource(resource).is_err() {
        tracing::error!("a locale file names a message twice");
    }
    bundle
}

impl Locale {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Dutch, Self::English];

    /// The first of the two that an `Accept-Language` header names; Dutch when it names neither.
    #[must_use]
    pub fn from_header(accept_language: Option<&str>) -> Self {
        let mut wanted: Vec<(f32, usize, Self)> = accept_language
            .unwrap_or_default()
            .split(',')
            .enumerate()
            .filter_map(|(place, range)| weigh(range).map(|(weight, locale)| (weight, place, locale)))
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        wanted.first().map_or(Self::default(), |(_, _, locale)| *locale)
    }

    /// Of words that are data in both languages: those to read.
    #[must_use]
    pub const fn of<'a>(self, dutch: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }

    /// The language tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// A refusal in words: what is wrong, and what to do.
    #[must_use]
    pub fn refusal(self, refusal: &Rejection) -> String {
        let said = self.sentence(&key(refusal.code.0), &refusal.details);
        if self.knows(refusal.code.0) { said } else { refusal.code.0.to_owned() }
    }

    /// A sentence by its key, with the facts it speaks of; the key itself when there is none. Where it can be said without them, it
    /// asks `$details` whether they are `told`.
    #[must_use]
    pub fn sentence(self, key: &str, details: &[(&'static str, Detail)]) -> String {
        let mut args = FluentArgs::new();
        args.set("details", if details.is_empty() { "kept" } else { "told" });
        for (name, detail) in details {
            args.set(*name, self.argument(detail));
        }
        self.say(key, Some(&args)).unwrap_or_else(|| key.to_owned())
    }

    /// A label by its key, such as `regie-gap`; the key itself when there is none.
    #[must_use]
    pub fn label(self, key: &str) -> String {
        self.say(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// Whether there are words for a code.
    #[must_use]
    pub fn knows(self, code: &str) -> bool {
        self.bundle().has_message(&key(code))
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        &BUNDLES[usize::from(self == Self::English)]
    }

    fn say(self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        // A sentence that uses a detail which this refusal lacks still says the rest.
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, args, &mut errors).into_owned())
    }

    fn argument(self, detail: &Detail) -> FluentValue<'static> {
        match detail {
            #[expect(clippy::cast_precision_loss, reason = "counts of people and days are far below 2^52")]
            Detail::Number(number) => FluentValue::from(*number as f64),
            other => FluentValue::from(self.text(other)),
        }
    }

    fn text(self, detail: &Detail) -> String {
        match detail {
            Detail::Id(id) => id.clone(),
            Detail::Day(day) => self.day(*day),
            Detail::Moment(moment) => moment.to_string(),
            Detail::Number(number) => number.to_string(),
            Detail::Word(word) => (*word).to_owned(),
            Detail::List(entries) => entries.iter().map(|entry| self.text(entry)).collect::<Vec<_>>().join(", "),
        }
    }

    fn day(self, day: domain::time::CivilDay) -> String {
        match self {
            Self::Dutch => day.date().format("%d-%m-%Y").to_string(),
            Self::English => day.to_string(),
        }
    }
}

/// `DIRECTOR_PRESENT` is `refusal-director-present` in the locale files.
fn key(code: &str) -> String {
    format!("refusal-{}", code.to_ascii_lowercase().replace('_', "-"))
}

fn weigh(range: &str) -> Option<(f32, Locale)> {
    let mut parts = range.split(';');
    let tag = parts.next()?.trim().to_ascii_lowercase();
    let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
    let locale = match tag.split('-').next()? {
        "nl" | "*" => Locale::Dutch,
        "en" => Locale::English,
        _ => return None,
    };
    (weight > 0.0).then_some((weight, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_header_and_is_dutch_otherwise() {
        for (header, expected) in [
            (None, Locale::Dutch),
            (Some("en"), Locale::English),
            (Some("en-GB,en;q=0.9"), Locale::English),
            (Some("fr, en;q=0.5, nl;q=0.8"), Locale::Dutch),
            (Some("nl;q=0, en"), Locale::English),
            (Some("xx;;;q=zz,,"), Locale::Dutch),
        ] {
            assert_eq!(Locale::from_header(header), expected, "{header:?}");
        }
    }

    #[test]
    fn both_files_parse_and_hold_the_same_keys() {
        let keys = |text: &str| -> Vec<String> {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "every line parses");
            let mut keys: Vec<String> = text
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
                .collect();
            keys.sort();
            let before = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), before, "no key stands there twice");
            keys
        };
        assert_eq!(keys(DUTCH), keys(ENGLISH));
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        let missing: Vec<&str> = crate::graphql::codes()
            .into_iter()
            .map(|code| code.0)
            .filter(|code| Locale::ALL.iter().any(|locale| !locale.knows(code)))
            .collect();
        assert!(missing.is_empty(), "add to api/locales/*.ftl: {missing:?}");
    }
}
