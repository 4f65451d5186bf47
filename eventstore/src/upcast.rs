//! Old versions of event types: each step turns a payload of one version into the next.

use std::collections::HashMap;

use domain::decider::UnreadableEvent;
use domain::fact::EventInfo;
use serde_json::{Map, Value};

/// Turns a payload of one version into the next; says what is wrong with it, never a value.
pub type Step = fn(Value) -> Result<Value, &'static str>;

/// The steps, by type and the version they start from. A step once released stays for good.
#[derive(Clone, Debug, Default)]
pub struct Upcasters {
    steps: HashMap<(&'static str, u16), Step>,
}

impl Upcasters {
    /// No old version was ever written.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The same, with the step from version `from` of a type to the next.
    #[must_use]
    pub fn with(mut self, type_name: &'static str, from: u16, step: Step) -> Self {
        self.steps.insert((type_name, from), step);
        self
    }

    /// Brings a payload to the version that this release writes. The replacement inside a correction is brought along.
    ///
    /// # Errors
    /// When the type is unknown, the version is newer than this release, or a step is missing or fails.
    pub fn to_current(
        &self,
        catalogue: &[&'static EventInfo],
        type_name: &str,
        version: u16,
        payload: Value,
    ) -> Result<Value, UnreadableEvent> {
        let unreadable = |reason: String| UnreadableEvent { type_name: type_name.to_owned(), reason };
        let Some(info) = catalogue.iter().find(|info| info.name == type_name) else {
            return Err(unreadable("unknown type".to_owned()));
        };
        if version > info.version {
            return Err(unreadable(format!("version {version} was written by a newer release")));
        }
        let mut payload = payload;
        for from in version..info.version {
            let Some(step) = self.steps.get(&(info.name, from)) else {
                return Err(unreadable(format!("version {from} is not known")));
            };
            payload = step(payload).map_err(|reason| unreadable(format!("version {from}: {reason}")))?;
        }
        if let Some(replacement) = nested(&mut payload) {
            self.bring_along(catalogue, replacement)?;
        }
        Ok(payload)
    }

    fn bring_along(
        &self,
        catalogue: &[&'static EventInfo],
        replacement: &mut Map<String, Value>,
    ) -> Result<(), UnreadableEvent> {
        let type_name = replacement.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let version =
            replacement.get("version").and_then(Value::as_u64).and_then(|version| u16::try_from(version).ok());
        let Some(version) = version else {
            return Err(UnreadableEvent { type_name, reason: "its version is not a number".to_owned() });
        };
        let payload = replacement.get_mut("payload").map(Value::take).unwrap_or_default();
        let payload = self.to_current(catalogue, &type_name, version, payload)?;
        let current = catalogue.iter().find(|info| info.name == type_name).map_or(version, |info| info.version);
        replacement.insert("version".to_owned(), Value::from(current));
        replacement.insert("payload".to_owned(), payload);
        Ok(())
    }
}

/// The replacement of a correction: `{"type", "version", "payload"}` under that name, and nothing else.
fn nested(payload: &mut Value) -> Option<&mut Map<String, Value>> {
    let replacement = payload.get_mut("replacement")?.as_object_mut()?;
    let exact =
        replacement.len() == 3 && ["type", "version", "payload"].iter().all(|name| replacement.contains_key(*name));
    exact.then_some(replacement)
}
