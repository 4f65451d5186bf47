//! Requests that are none, in words. The library says in English what is wrong and repeats what was typed, which may be about a person:
//! only the place, the field and what fits there go out, in the reader's language.

use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Pos, ServerError};
use domain::rejection::{Code, Detail};

use super::refusal::{Refusal, error};
use super::weight::Unread;
use crate::locale::Locale;

/// A request that does not fit the language of requests, or the schema.
pub const INVALID_REQUEST: Code = Code("INVALID_REQUEST");
/// The system failed, and no request can be at fault.
pub const INTERNAL: Code = Code("INTERNAL");
/// A purpose that is none.
pub const PURPOSE_UNKNOWN: Code = Code("PURPOSE_UNKNOWN");
/// Codes of requests that are none, and of what went wrong for no reason of the request.
pub const CODES: &[Code] = &[INVALID_REQUEST, INTERNAL, PURPOSE_UNKNOWN];

/// What the library says of a request that costs too much. A test sends such requests.
const TOO_MUCH: [&str; 4] = [
    "Query is too complex.",
    "Query is nested too deep.",
    "The recursion depth of the query",
    "recursion limit exceeded.",
];

/// How the library begins when a value does not fit that somebody sent, and it finds out in a running field. A test sends such values.
const TYPED: [&str; 5] = [
    "Failed to parse \"",
    "Expected input type \"",
    "Invalid value for argument \"",
    "Variable ",
    "Cannot query field \"",
];

/// A request that nobody looks at, because that alone would cost too much, or has no end.
#[must_use]
pub fn unread(why: Unread, locale: Locale) -> ServerError {
    let what = if why == Unread::TooMuch { "size" } else { "syntax" };
    in_words(ServerError::new(String::new(), None), Refusal::new(INVALID_REQUEST).with("what", what), locale)
}

/// A text that cannot be read as a request.
#[must_use]
pub fn unreadable(found: ServerError, locale: Locale) -> ServerError {
    let what = if asks_too_much(&found) { "size" } else { "syntax" };
    in_words(found, Refusal::new(INVALID_REQUEST).with("what", what), locale)
}

/// A request that does not fit the schema, or whose values do not.
#[must_use]
pub fn unfit(found: ServerError, locale: Locale) -> ServerError {
    let refusal = match Misfit::read(&found.message).map(|misfit| misfit.refusal()).or_else(|| outline(&found.message))
    {
        Some(refusal) => refusal,
        None if asks_too_much(&found) => Refusal::new(INVALID_REQUEST).with("what", "size"),
        None => Refusal::new(INVALID_REQUEST).with("what", "schema"),
    };
    in_words(found, refusal, locale)
}

/// A subscription that asks for more than one thing, or for something that is none: GraphQL allows exactly one root field (5.2.3.1).
#[must_use]
pub fn not_one_field(place: Pos, locale: Locale) -> ServerError {
    let refusal = Refusal::new(INVALID_REQUEST).with("what", "watch");
    in_words(ServerError::new(String::new(), Some(place)), refusal, locale)
}

/// An error without a code in a field. Either its own type refused a value that no rule
/// of the schema did, or the fault is ours: then the log says where, and never what was typed.
#[must_use]
pub fn unusable(found: ServerError, locale: Locale) -> ServerError {
    if TYPED.iter().any(|said| found.message.starts_with(said)) {
        return in_words(found, Refusal::new(INVALID_REQUEST).with("what", "schema"), locale);
    }
    tracing::error!(path = ?found.path, alert = true, "a field failed without saying why: a fault of the system");
    let said = error(&Refusal::new(INTERNAL), locale);
    ServerError { message: said.message, extensions: said.extensions, source: None, ..found }
}

fn asks_too_much(found: &ServerError) -> bool {
    TOO_MUCH.iter().any(|said| found.message.starts_with(said))
}

/// The refusal in the place of what the library said. Where it stands, and in which answer, stays.
fn in_words(found: ServerError, refusal: Refusal, locale: Locale) -> ServerError {
    let refusal = match found.locations.first() {
        None => refusal.with("place", "unknown"),
        Some(place) => refusal
            .with("place", "known")
            .with("line", Detail::Number(place.line as u64))
            .with("column", Detail::Number(place.column as u64)),
    };
    let said = error(&refusal, locale);
    ServerError { message: said.message, extensions: said.extensions, source: None, ..found }
}

/// What the library says of fields and arguments, by the schema's own names; what was typed in their place is left out.
fn outline(message: &str) -> Option<Refusal> {
    let quoted = |said: &str| {
        let (_, rest) = message.split_once(said)?;
        rest.split_once('"').map(|(name, _)| Detail::Id(name.to_owned()))
    };
    let refusal = |what: &'static str| Refusal::new(INVALID_REQUEST).with("what", what);
    if message.starts_with("Unknown field ") {
        return Some(refusal("field").with("type", quoted("\" on type \"")?));
    }
    if message.starts_with("Unknown argument ") {
        return Some(refusal("argument").with("field", quoted("\" on field \"")?));
    }
    let field = message.strip_prefix("Field \"")?.split_once('"').map(|(name, _)| Detail::Id(name.to_owned()))?;
    match message {
        said if said.ends_with("must have a selection of subfields") => Some(refusal("selection").with("field", field)),
        said if said.ends_with("has no subfields") => Some(refusal("leaf").with("field", field)),
        _ => None,
    }
}

/// What the library says of a value that does not fit: the path of the field, by the schema's own names, and why.
struct Misfit<'a> {
    field: &'a str,
    why: &'a str,
}

impl<'a> Misfit<'a> {
    fn read(message: &'a str) -> Option<Self> {
        let (field, why) = message.strip_prefix("Invalid value for argument \"")?.split_once("\", ")?;
        Some(Self { field, why })
    }

    fn refusal(&self) -> Refusal {
        if let Some(missing) = self.named("field \"").filter(|_| self.why.ends_with("is required but not provided")) {
            return value("missing", format!("{}.{missing}", self.field));
        }
        if let Some(choices) = self.named("enumeration type \"").and_then(choices) {
            return value("choice", self.field.to_owned()).with("choices", Detail::List(choices));
        }
        match self.named("expected type \"") {
            Some("Day") => value("day", self.field.to_owned()),
            Some("Moment") => value("moment", self.field.to_owned()),
            _ => value("value", self.field.to_owned()),
        }
    }

    /// The name in quotation marks after these words.
    fn named(&self, words: &str) -> Option<&'a str> {
        self.why.strip_prefix(words)?.split_once('"').map(|(name, _)| name.trim_end_matches('!'))
    }
}

fn value(what: &'static str, field: String) -> Refusal {
    Refusal::new(INVALID_REQUEST).with("what", what).with("field", Detail::Id(field))
}

/// The values of each enumeration of the schema, as the schema says them to everybody.
static CHOICES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let Ok(schema) = parse_schema(super::sdl()) else { return HashMap::new() };
    let types = schema.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(described) => Some(described.node),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    });
    let values = types.filter_map(|described| match described.kind {
        TypeKind::Enum(choices) => {
            let values = choices.values.into_iter().map(|choice| choice.node.value.to_string());
            Some((described.name.node.to_string(), values.collect()))
        }
        _ => None,
    });
    values.collect()
});

/// The values of an enumeration.
fn choices(kind: &str) -> Option<Vec<Detail>> {
    Some(CHOICES.get(kind)?.iter().cloned().map(Detail::Id).collect())
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Value};

    use super::*;

    fn code_of(message: &str, path: &[&str]) -> Option<Value> {
        let path = path.iter().map(|field| PathSegment::Field((*field).to_owned())).collect();
        let said = unusable(ServerError { path, ..ServerError::new(message, None) }, Locale::English);
        assert!(!said.message.contains("Zqvx"), "what was typed is not repeated: {}", said.message);
        said.extensions?.get("code").cloned()
    }

    #[test]
    fn a_value_that_is_no_choice_is_answered_with_the_choices_and_never_with_what_was_typed() {
        let said = "Invalid value for argument \"input.framework\", enumeration type \"LegalFramework\" does not contain the value \"Zqvx\"";
        let choices = CHOICES.get("LegalFramework").expect("an enumeration of the schema");
        assert!(choices.len() > 1, "{choices:?}");
        let told = unfit(ServerError::new(said, None), Locale::English);
        assert!(
            !told.message.contains("Zqvx") && choices.iter().all(|choice| told.message.contains(choice)),
            "{told:?}"
        );
        let unknown = unfit(ServerError::new("Unknown operation named \"Zqvx\"", None), Locale::English);
        assert!(!unknown.message.contains("Zqvx"), "{unknown:?}");
    }

    #[test]
    fn a_field_that_fails_by_itself_is_our_fault_and_not_the_requests() {
        let invalid = Some(Value::from("INVALID_REQUEST"));
        for said in ["Failed to parse \"Int\": Zqvx", "Expected input type \"Day\", found \"Zqvx\"."] {
            assert_eq!(code_of(said, &["caseload"]), invalid);
        }
        let internal = Some(Value::from("INTERNAL"));
        assert_eq!(code_of("Data `Zqvx` does not exist.", &["case", "people"]), internal);
    }
}
