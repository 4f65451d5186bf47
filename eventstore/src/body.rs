//! The body: the clear JSON inside the outer seal, and the two walks over it. Writing replaces each personal mark by a sealed value;
//! reading puts the mark back: known, erased, or unavailable.

use std::fmt;

use domain::fact::Due;
use domain::ids::{ConsentId, Subject};
use domain::personal::{DataClass, MARK};
use domain::time::{CivilDay, Occurred};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::metadata::Exact;
use crate::seal::{SEALED, SealError, Sealed, pointer_step};

/// What is sealed as a whole. Empty parts are left out.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The exact type, where the one in clear is neutral.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub inner_type: Option<String>,
    /// When it happened.
    pub occurred: Occurred,
    /// When we were told, if later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learnt: Option<CivilDay>,
    /// What must follow, by when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<Due>,
    /// The version of municipal and legal policy it was decided under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub terms: String,
    /// Categories of data it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The legal ground it rests on, when that is not consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The consents it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentId>,
    /// Rules that reality did not follow, with a mark for each explanation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departures: Vec<Value>,
    /// What the neutral metadata hide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Exact>,
    /// The content, with a mark for each personal value.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub payload: Value,
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("type", &self.inner_type).finish_non_exhaustive()
    }
}

/// What became of a sealed value.
pub(crate) enum Opened {
    /// The clear bytes.
    Known(Zeroizing<Vec<u8>>),
    /// Its key was destroyed by decision.
    Erased,
    /// Its key is missing.
    Unavailable,
}

/// A body that must not be written as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// A name that the stored form keeps for itself.
    #[error("at `{pointer}` stands a field that only the codec may write")]
    Reserved {
        /// Where.
        pointer: String,
    },
    /// A personal value inside another: it would have no key of its own.
    #[error("at `{pointer}` a personal value holds another personal value: give each its own field")]
    Nested {
        /// Where.
        pointer: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    class: DataClass,
    value: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    of: Subject,
    class: DataClass,
    value: Value,
}

/// Replaces every mark by what `seal` makes of (owner, clear bytes, pointer).
pub(crate) fn seal_marks<E: From<BodyError>>(
    value: &mut Value,
    seal: &mut impl FnMut(Subject, &[u8], &str) -> Result<Sealed, E>,
) -> Result<(), E> {
    walk(value, &mut String::new(), &mut |value, pointer| {
        let Value::Object(object) = value else { return Ok(Step::Into) };
        if object.len() == 1 && object.contains_key(SEALED) {
            return Err(BodyError::Reserved { pointer: pointer.to_owned() }.into());
        }
        let Some(mark) = object.get_mut(MARK) else { return Ok(Step::Into) };
        let mark: Option<Mark> = serde_json::from_value(mark.take()).ok();
        let Some(Mark { of, class, value: content }) = mark.filter(|_| object.len() == 1) else {
            return Err(BodyError::Reserved { pointer: pointer.to_owned() }.into());
        };
        if holds_mark(&content) {
            return Err(BodyError::Nested { pointer: pointer.to_owned() }.into());
        }
        let plain = serde_json::to_vec(&Plain { class, value: content }).map(Zeroizing::new);
        let reserved = |_| BodyError::Reserved { pointer: pointer.to_owned() };
        let sealed = seal(of, &plain.map_err(reserved)?, pointer)?;
        *value = serde_json::to_value(sealed).map_err(reserved)?;
        Ok(Step::Over)
    })
}

/// Puts the marks back: `open` tells what became of each sealed value at its pointer.
pub(crate) fn open_marks<E: From<SealError>>(
    value: &mut Value,
    open: &mut impl FnMut(&Sealed, &str) -> Result<Opened, E>,
) -> Result<(), E> {
    walk(value, &mut String::new(), &mut |value, pointer| {
        let Value::Object(object) = value else { return Ok(Step::Into) };
        if object.contains_key(MARK) {
            // A personal value that was stored without a seal of its own was not written by a codec.
            return Err(SealError::Malformed.into());
        }
        if object.len() != 1 || !object.contains_key(SEALED) {
            return Ok(Step::Into);
        }
        let sealed: Sealed = serde_json::from_value(value.take()).map_err(|_| SealError::Malformed)?;
        let of = sealed.of();
        let mark = match open(&sealed, pointer)? {
            Opened::Known(plain) => {
                let plain: Plain = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
                json!({"of": of, "class": plain.class, "value": plain.value})
            }
            Opened::Erased => json!({"of": of, "erased": true}),
            Opened::Unavailable => json!({"of": of}),
        };
        *value = Value::Object(Map::from_iter([(MARK.to_owned(), mark)]));
        Ok(Step::Over)
    })
}

enum Step {
    Into,
    Over,
}

/// Visits every value with its JSON pointer, outer ones first.
fn walk<E>(
    value: &mut Value,
    pointer: &mut String,
    visit: &mut dyn FnMut(&mut Value, &str) -> Result<Step, E>,
) -> Result<(), E> {
    if let Step::Over = visit(value, pointer)? {
        return Ok(());
    }
    let length = pointer.len();
    let mut enter = |step: &str, inner: &mut Value| {
        pointer.push('/');
        pointer.push_str(step);
        let done = walk(inner, pointer, visit);
        pointer.truncate(length);
        done
    };
    match value {
        Value::Object(object) => object.iter_mut().try_for_each(|(name, inner)| enter(&pointer_step(name), inner)),
        Value::Array(list) => list.iter_mut().enumerate().try_for_each(|(at, inner)| enter(&at.to_string(), inner)),
        _ => Ok(()),
    }
}

fn holds_mark(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.contains_key(MARK) || object.values().any(holds_mark),
        Value::Array(list) => list.iter().any(holds_mark),
        _ => false,
    }
}
