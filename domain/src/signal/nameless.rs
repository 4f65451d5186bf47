//! What in a text leads to a person without being a name: a reference, a citizen service number, a telephone number, an e-mail
//! address, a postcode. A name itself cannot be recognised before anyone is known; that is for the worker to leave out.

/// The kinds of trace that the text holds, as stable words.
pub(crate) fn traces(text: &str) -> Vec<&'static str> {
    let numbers = numbers(text);
    let kinds = [
        ("person_reference", text.contains("{person:")),
        ("citizen_service_number", numbers.iter().any(|groups| any_run(groups, is_citizen_service_number))),
        ("telephone_number", numbers.iter().any(|groups| any_run(groups, is_telephone_number))),
        ("email_address", has_email(text)),
        ("postcode", has_postcode(text)),
    ];
    kinds.into_iter().filter(|(_, found)| *found).map(|(kind, _)| kind).collect()
}

/// Groups of digits that stand so close together that they may be one number.
fn numbers(text: &str) -> Vec<Vec<String>> {
    let mut numbers = vec![Vec::new()];
    let mut group = String::new();
    let mut gap = 0;
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || (c == '+' && group.is_empty()) {
            if gap > 3 {
                numbers.push(Vec::new());
            }
            gap = 0;
            group.push(c);
            continue;
        }
        if !group.is_empty() {
            numbers.last_mut().into_iter().for_each(|last| last.push(std::mem::take(&mut group)));
        }
        // "(0)6 - 12" still is one number; a word in between makes two.
        gap += if matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}') { 1 } else { 4 };
    }
    numbers
}

/// Whether neighbouring groups together are such a number.
fn any_run(groups: &[String], is: fn(&[String]) -> bool) -> bool {
    (0..groups.len()).any(|from| (from + 1..=groups.len()).any(|to| is(&groups[from..to])))
}

/// Nine digits that pass the test of eleven, written together or as such numbers are written. Looser groupings would take dates.
fn is_citizen_service_number(groups: &[String]) -> bool {
    let lengths: Vec<_> = groups.iter().map(String::len).collect();
    if ![vec![9], vec![3, 3, 3], vec![4, 2, 3]].contains(&lengths) {
        return false;
    }
    let digits: Vec<_> = groups.concat().chars().filter_map(|c| c.to_digit(10)).collect();
    let weights = [9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 9 && digits.iter().any(|digit| *digit > 0) && digits.last().is_some_and(|last| sum % 11 == *last)
}

/// Ten digits from 0 on, or with the country code.
fn is_telephone_number(groups: &[String]) -> bool {
    let digits = groups.concat();
    let abroad = digits.strip_prefix("+31").or_else(|| digits.strip_prefix("0031"));
    match abroad.map(|rest| rest.strip_prefix('0').unwrap_or(rest)) {
        Some(rest) => rest.len() == 9,
        None => digits.starts_with('0') && digits.len() == 10 && groups[0].len() != 1,
    }
}

fn has_email(text: &str) -> bool {
    let is_address = |word: &str| {
        word.split_once('@').is_some_and(|(user, host)| {
            let user = user.chars().last().is_some_and(char::is_alphanumeric);
            user && host.split_once('.').is_some_and(|(name, _)| name.chars().any(char::is_alphanumeric))
        })
    };
    text.split_whitespace().any(is_address)
}

/// Four digits and two letters; small letters only when written together, or "in 2026 is" would be one.
fn has_postcode(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let alphanumeric = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let letters = |at: usize, fits: fn(&char) -> bool| {
        (at..at + 2).all(|at| chars.get(at).is_some_and(fits)) && !alphanumeric(Some(at + 2))
    };
    (0..chars.len()).any(|at| {
        let four = (at..at + 4).all(digit) && chars[at] != '0' && !alphanumeric(at.checked_sub(1));
        let spaced = chars.get(at + 4).is_some_and(|c| c.is_whitespace());
        four && (letters(at + 4, char::is_ascii_alphabetic) || (spaced && letters(at + 5, char::is_ascii_uppercase)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_person_is_found() {
        for (text, kind) in [
            ("zie {person:00000000-0000-0000-0000-000000000001}", "person_reference"),
            ("bsn 111222333", "citizen_service_number"),
            ("bsn 111.222.333!", "citizen_service_number"),
            ("bsn 1112.22.333", "citizen_service_number"),
            ("bel 0612345678", "telephone_number"),
            ("bel 06-12 34 56 78 voor meer", "telephone_number"),
            ("bel 035 - 123 45 67", "telephone_number"),
            ("bel +31 (0)6 12345678", "telephone_number"),
            ("bel 0031612345678", "telephone_number"),
            ("moeder@example.org weet meer", "email_address"),
            ("woont op 1271 AB nummer 3", "postcode"),
            ("woont op 1271ab", "postcode"),
        ] {
            assert_eq!(traces(text), [kind], "{text}");
        }
    }

    #[test]
    fn ordinary_words_and_numbers_are_no_trace() {
        for text in [
            "Spanning bij het overdragen, sinds 12-01-2026 om 08.30 uur.",
            "In 2026 is het in groep 5 al 3 keer misgegaan; 2 van de 28 kinderen zagen het.",
            "Het nummer 111222334 zegt niets.",
            "Om 0 uur, 10 keer, 1000 euro @ school, e.g. 2026 MDO",
            "000000000",
        ] {
            assert_eq!(traces(text), [""; 0], "{text}");
        }
    }
}
