//! Refusals as the API gives them: a stable code, the facts, and a sentence in the reader's language.

use async_graphql::{ErrorExtensions, Name, Value};
use domain::rejection::Detail;

use crate::locale::Locale;

/// A refusal has one shape, whether the domain, the gate or the reading of input says no.
pub use domain::rejection::Rejection as Refusal;

/// The refusal as GraphQL carries it.
#[must_use]
pub fn error(refusal: &Refusal, locale: Locale) -> async_graphql::Error {
    async_graphql::Error::new(locale.refusal(refusal)).extend_with(|_, extensions| {
        extensions.set("code", refusal.code.0);
        if !refusal.details.is_empty() {
            let details = refusal.details.iter().map(|(name, detail)| (Name::new(*name), value(detail))).collect();
            extensions.set("details", Value::Object(details));
        }
    })
}

fn value(detail: &Detail) -> Value {
    match detail {
        Detail::Id(id) => Value::String(id.clone()),
        Detail::Day(day) => Value::String(day.to_string()),
        Detail::Moment(moment) => Value::String(moment.to_string()),
        Detail::Number(number) => Value::Number((*number).into()),
        Detail::Word(word) => Value::String((*word).to_owned()),
        Detail::List(entries) => Value::List(entries.iter().map(value).collect()),
    }
}
