//! Refusals as the API gives them: a stable code, the facts, and a sentence in the reader's language.

use async_graphql::{ErrorExtensions, Name, Value};
use domain::rejection::{Code, Detail, Rejection};

use crate::locale::Locale;

/// A refusal: by the domain, by the gate, or because the input cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The facts it rests on.
    pub details: Vec<(&'static str, Detail)>,
}

impl Refusal {
    /// A refusal without details yet.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, details: Vec::new() }
    }

    /// The same refusal, naming one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.details.push((name, detail.into()));
        self
    }

    /// The refusal as GraphQL carries it.
    #[must_use]
    pub fn into_error(self, locale: Locale) -> async_graphql::Error {
        let message = locale.refusal(&self);
        async_graphql::Error::new(message).extend_with(|_, extensions| {
            extensions.set("code", self.code.0);
            if !self.details.is_empty() {
                let details = self.details.iter().map(|(name, detail)| (Name::new(*name), value(detail))).collect();
                extensions.set("details", Value::Object(details));
            }
        })
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self { code: rejection.code, details: rejection.details }
    }
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
