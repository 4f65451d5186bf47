//! Words that people typed: checked once, at the border, and never shown in `Debug`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::personal::guard;

/// Why some words cannot be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but white space.
    #[error("write something: only white space was given")]
    Empty,
    /// Too long.
    #[error("at most {limit} characters fit here; {given} were given")]
    TooLong {
        /// Most characters allowed.
        limit: usize,
        /// Characters given.
        given: usize,
    },
    /// A character that cannot be shown or that turns the text around.
    #[error("character U+{code:04X} at place {place} cannot be part of a text: remove it")]
    Unprintable {
        /// The character's code point.
        code: u32,
        /// Its place, counted from 1.
        place: usize,
    },
}

fn check(text: &str, limit: usize, lines: bool) -> Result<String, InvalidText> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidText::Empty);
    }
    let given = text.chars().count();
    if given > limit {
        return Err(InvalidText::TooLong { limit, given });
    }
    let bad = |c: char| (c.is_control() && !(lines && matches!(c, '\n' | '\t'))) || turns_text_around(c);
    if let Some((index, c)) = text.chars().enumerate().find(|(_, c)| bad(*c)) {
        return Err(InvalidText::Unprintable { code: u32::from(c), place: index + 1 });
    }
    Ok(text.to_owned())
}

/// Characters that change the direction of what follows or show nothing: they can make a text read as something else.
const fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $limit:expr, $lines:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Most characters it may have.
            pub const LIMIT: usize = $limit;

            /// Takes in what was typed; white space around it is dropped.
            ///
            /// # Errors
            /// When nothing is left, it is too long, or it holds characters that cannot be shown.
            pub fn new(text: &str) -> Result<Self, InvalidText> {
                check(text, Self::LIMIT, $lines).map(Self)
            }

            /// The words, for a rule or for the gate.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} characters)"), self.0.chars().count())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                guard()?;
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // What is in the history was checked when it was taken in; a later, stricter check must not make it unreadable.
                String::deserialize(deserializer).map(Self)
            }
        }
    };
}

words!(/// Free text: a reason, a summary, a sentence somebody said.
    Text, 4_000, true);
words!(/// The name of a person, as people call them.
    Name, 120, false);
words!(/// A short line: an organisation, a task, a label.
    Line, 200, false);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_bounded() {
        assert_eq!(Name::new("  Samira ").expect("a name").as_str(), "Samira");
        assert_eq!(Name::new(" \n "), Err(InvalidText::Empty));
        assert_eq!(Name::new(&"a".repeat(121)), Err(InvalidText::TooLong { limit: 120, given: 121 }));
    }

    #[test]
    fn what_cannot_be_shown_is_refused_with_its_place() {
        assert_eq!(Name::new("Sa\u{0}mira"), Err(InvalidText::Unprintable { code: 0, place: 3 }));
        assert_eq!(Text::new("abc\u{202E}def"), Err(InvalidText::Unprintable { code: 0x202E, place: 4 }));
        assert_eq!(Name::new("two\nlines"), Err(InvalidText::Unprintable { code: 10, place: 4 }));
        assert!(Text::new("two\nlines").is_ok());
    }

    #[test]
    fn words_never_show_in_debug() {
        assert_eq!(format!("{:?}", Text::new("Marker").expect("text")), "Text(6 characters)");
    }
}
