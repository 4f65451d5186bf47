//! The few elements a picture is made of, with every text escaped. Coordinates are whole pixels.

use std::fmt::Write as _;

/// Ink: readable on white (more than 7:1), and on paper.
pub(super) const INK: &str = "#1a1a1a";
/// Lines that help the eye and say nothing.
pub(super) const FAINT: &str = "#b5b5b5";
/// Nothing inside a shape.
pub(super) const EMPTY: &str = "#ffffff";
/// What lies under it shows.
pub(super) const CLEAR: &str = "none";
/// A period of calm, by a pattern.
pub(super) const CALM: &str = "url(#calm)";
/// The middle stages of a ladder, by a pattern.
pub(super) const DOTS: &str = "url(#dots)";
/// The highest stages of a ladder, by a pattern.
pub(super) const HATCH: &str = "url(#hatch)";

const PATTERNS: &str = concat!(
    "<defs>",
    "<pattern id=\"calm\" width=\"12\" height=\"8\" patternUnits=\"userSpaceOnUse\">",
    "<path d=\"M0 5q3 -4 6 0t6 0\" fill=\"none\" stroke=\"#1a1a1a\"/></pattern>",
    "<pattern id=\"dots\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">",
    "<circle cx=\"2\" cy=\"2\" r=\"0.8\" fill=\"#b5b5b5\"/></pattern>",
    "<pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">",
    "<path d=\"M0 8L8 0\" stroke=\"#c8c8c8\"/></pattern>",
    "</defs>",
);

/// Where a text stands by its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Font {
    /// In pixels.
    pub size: i32,
    /// Whether it is bold.
    pub bold: bool,
}

impl Font {
    /// Words beside a mark.
    pub const SMALL: Self = Self { size: 11, bold: false };
    /// The name of a row.
    pub const NAME: Self = Self { size: 13, bold: true };
    /// The name of the picture.
    pub const TITLE: Self = Self { size: 20, bold: true };
}

/// A picture under way.
pub(super) struct Svg {
    body: String,
}

impl Svg {
    pub(super) const fn new() -> Self {
        Self { body: String::new() }
    }

    /// The whole picture, of this size in pixels, in this language, with its name and what it shows for whoever cannot see it.
    pub(super) fn finish(
        self,
        (width, height): (i32, i32),
        language: &str,
        (title, description): (&str, &str),
    ) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             xml:lang=\"{language}\" lang=\"{language}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"system-ui, 'Segoe UI', Roboto, Arial, sans-serif\">\n<title id=\"title\">{}</title>\n\
             <desc id=\"desc\">{}</desc>\n{PATTERNS}\n<rect width=\"{width}\" height=\"{height}\" fill=\"{EMPTY}\"/>\n{}</svg>\n",
            escape(title),
            escape(description),
            self.body
        )
    }

    /// Elements that belong together, with the words that a pointer over them shows.
    pub(super) fn group(&mut self, title: &str, draw: impl FnOnce(&mut Self)) {
        self.add(format_args!("<g><title>{}</title>", escape(title)));
        draw(self);
        self.add(format_args!("</g>\n"));
    }

    pub(super) fn line(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32), stroke: &str) {
        self.add(format_args!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{stroke}\"/>"));
    }

    pub(super) fn dashed(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) {
        self.add(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{INK}\" stroke-width=\"2\" stroke-dasharray=\"2 4\"/>"
        ));
    }

    pub(super) fn rect(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), (fill, stroke): (&str, &str)) {
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{stroke}\"/>"
        ));
    }

    pub(super) fn circle(&mut self, (x, y): (i32, i32), radius: i32, fill: &str) {
        self.add(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>"
        ));
    }

    /// A path of made numbers: never of words.
    pub(super) fn path(&mut self, path: &str, fill: &str, width: &str) {
        self.add(format_args!(
            "<path d=\"{path}\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>"
        ));
    }

    /// Words, with paper around them where they cross a line.
    pub(super) fn text(&mut self, (x, y): (i32, i32), words: &str, font: Font, anchor: Anchor) {
        let (size, weight) = (font.size, if font.bold { " font-weight=\"bold\"" } else { "" });
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} text-anchor=\"{}\" fill=\"{INK}\" \
             paint-order=\"stroke\" stroke=\"{EMPTY}\" stroke-width=\"3\">{}</text>",
            anchor.as_str(),
            escape(words)
        ));
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(element);
    }
}

/// How wide a text is at most, nearly: no font is known here, and it is better to leave room than to overlap.
pub(super) fn width(words: &str, font: Font) -> i32 {
    let letters = i32::try_from(words.chars().count()).unwrap_or(i32::MAX / 100);
    letters.saturating_mul(font.size) * 6 / 10
}

/// At most so many letters, with a mark that some were left out.
pub(super) fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    words.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A text as XML takes it. What XML does not allow is left out, and so is what turns the direction of writing around: it could make a name
/// read as another.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars().filter(|letter| is_allowed(*letter)) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

const fn is_allowed(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !turns && matches!(letter, '\t' | '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_is_called_never_becomes_markup() {
        assert_eq!(
            escape("<script>alert('x')</script> & \"y\""),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
        );
        assert_eq!(escape("a\u{0}b\u{1b}c\u{202e}d\u{ffff}e"), "abcde");
        assert_eq!(escape("Zoë 家 🙂"), "Zoë 家 🙂");
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_says_so() {
        assert_eq!(shortened("Zoë", 3), "Zoë");
        assert_eq!(shortened("Zoë Jansen", 5), "Zoë …");
    }
}
