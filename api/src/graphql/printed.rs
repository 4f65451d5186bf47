//! A page to print: HTML that is whole by itself, loads nothing and runs nothing. Whatever people typed is escaped.

use domain::rejection::Detail;
use domain::time::{CivilDay, Timestamp};

use crate::locale::Locale;

/// A part of the page: what it is called, and what it says.
pub struct Part {
    /// The key of its label.
    pub label: &'static str,
    /// What it says; a part that says nothing is left out.
    pub words: Option<String>,
}

/// How it looks on paper, also in black and white.
const STYLE: &str = "body{font:14pt/1.4 sans-serif;margin:2cm;max-width:18cm}h1{font-size:20pt}dt{font-weight:bold;margin-top:1em}\
    dd{margin:0;white-space:pre-wrap}.loud{border:3px solid;padding:.5em;font-weight:bold}footer{margin-top:2em;font-size:11pt}";

/// The card of a child as a page: who it is about, whether it has expired and what to mind, its parts, the days from and until which it
/// holds, and when it was printed.
pub fn page(
    locale: Locale,
    name: Option<&str>,
    (expired, warning): (bool, Option<&'static str>),
    parts: &[Part],
    (written, last_day): (CivilDay, CivilDay),
    now: Timestamp,
) -> String {
    let label = |key: &str| escaped(&locale.label(key));
    let days = [("expires", Detail::Day(last_day)), ("written", Detail::Day(written))];
    let printed = [("printed", Detail::Id(now.on_the_clock()))];
    let sentence = |key: &str, details: &[(&'static str, Detail)]| escaped(&locale.sentence(key, details));
    let loud = |text: String| format!("<p class=\"loud\">{text}</p>");
    let title = name.map_or_else(|| label("card-title"), |name| format!("{}: {}", label("card-title"), escaped(name)));
    let expiry = sentence(if expired { "card-expired" } else { "card-expires" }, &days);
    let warning = warning.map(|key| loud(label(key))).unwrap_or_default();
    let part = |part: &Part| {
        let words = part.words.as_deref()?;
        Some(format!("<dt>{}</dt><dd>{}</dd>", label(part.label), escaped(words)))
    };
    let parts: String = parts.iter().filter_map(part).collect();
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><h1>{title}</h1>{}{warning}<dl>{parts}</dl><footer><p>{}</p><p>{}</p></footer></body></html>",
        locale.tag(),
        loud(expiry),
        sentence("card-printed", &printed),
        label("card-destroy"),
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_text_on_the_page_and_nothing_else() {
        let typed = "<img src=x onerror=\"alert('1')\"> & meer";
        let parts =
            [Part { label: "card-call", words: Some(typed.to_owned()) }, Part { label: "card-rulings", words: None }];
        let days = ("2026-07-13".parse().unwrap(), "2026-12-01".parse().unwrap());
        let now = "2026-08-19T21:40:00Z".parse().unwrap();
        for locale in Locale::ALL {
            let page = page(locale, Some("<b>Jay</b>"), (false, Some("card-mind-locating")), &parts, days, now);
            assert!(page.contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; meer"), "{page}");
            assert!(!page.contains("<img") && !page.contains("<b>"), "{page}");
            assert!(page.contains("2026-08-19 23:40"), "the clock in the room: {page}");
            assert!(!page.contains(&locale.label("card-rulings")), "a part that says nothing");
            for outside in ["http", "src=\"", "<script", "<link", "@import", "url("] {
                assert!(!page.contains(outside), "{outside}");
            }
        }
    }
}
