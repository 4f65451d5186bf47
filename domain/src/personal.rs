//! Values about a person, and the one way they may be written down.
//!
//! A [`Personal`] value shows nothing in `Debug` and refuses to be serialised, except while the codec of the store is at work
//! ([`codec_scope`]): the codec replaces each mark by a sealed value before a byte leaves memory.

use std::cell::Cell;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::Subject;

/// The single key of the JSON object that stands for a personal value between domain and codec.
pub const MARK: &str = "$personal";

/// How sensitive a value is (AVG 9 and 10; standards F8).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataClass {
    /// Any other personal data.
    Ordinary,
    /// Health (AVG 9).
    Health,
    /// Criminal (AVG 10, UAVG 31-33).
    Criminal,
}

impl DataClass {
    /// The stable name used in policies, the trail and the catalogue.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Health => "health",
            Self::Criminal => "criminal",
        }
    }
}

#[derive(Clone, PartialEq, Eq)]
enum State<T> {
    Known(DataClass, T),
    Erased,
    Unavailable,
}

/// A value about somebody: known, erased by decision, or unavailable by a fault.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T> {
    owner: Subject,
    state: State<T>,
}

/// What became of a personal value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// It can be read.
    Known,
    /// It was destroyed by decision; there is a tombstone.
    Erased,
    /// Its key is missing without a tombstone: a fault, never shown as erased.
    Unavailable,
}

impl<T> Personal<T> {
    /// An ordinary value of this owner.
    #[must_use]
    pub const fn ordinary(owner: Subject, value: T) -> Self {
        Self::new(owner, DataClass::Ordinary, value)
    }

    /// A value of this owner, with its class.
    #[must_use]
    pub const fn new(owner: Subject, class: DataClass, value: T) -> Self {
        Self { owner, state: State::Known(class, value) }
    }

    /// Whose value it is: the key it is sealed under belongs to this subject.
    #[must_use]
    pub const fn owner(&self) -> Subject {
        self.owner
    }

    /// The class, as long as the value can be read.
    #[must_use]
    pub const fn class(&self) -> Option<DataClass> {
        match &self.state {
            State::Known(class, _) => Some(*class),
            State::Erased | State::Unavailable => None,
        }
    }

    /// The value, for a rule that must decide on it. What leaves the system goes through the gate instead.
    #[must_use]
    pub const fn known(&self) -> Option<&T> {
        match &self.state {
            State::Known(_, value) => Some(value),
            State::Erased | State::Unavailable => None,
        }
    }

    /// What follows from it, about the same owner and as sensitive. What was erased or lost stays so: neither becomes a silence. `None`
    /// when the value is known and nothing follows.
    #[must_use]
    pub fn derive<U>(&self, follows: impl FnOnce(&T) -> Option<U>) -> Option<Personal<U>> {
        let state = match &self.state {
            State::Known(class, value) => State::Known(*class, follows(value)?),
            State::Erased => State::Erased,
            State::Unavailable => State::Unavailable,
        };
        Some(Personal { owner: self.owner, state })
    }

    /// What became of it.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        match &self.state {
            State::Known(..) => Presence::Known,
            State::Erased => Presence::Erased,
            State::Unavailable => Presence::Unavailable,
        }
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Personal({}, {:?})", self.owner, self.presence())
    }
}

thread_local! {
    static CODEC: Cell<bool> = const { Cell::new(false) };
}

/// Runs the codec's own serialisation. Only the codec of the store, which seals what comes out, and the digest of a command, which
/// is keyed, may call this.
pub fn codec_scope<R>(serialise: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            CODEC.set(self.0);
        }
    }
    let _restore = Restore(CODEC.replace(true));
    serialise()
}

/// Refuses serialisation outside [`codec_scope`].
pub(crate) fn guard<E: serde::ser::Error>() -> Result<(), E> {
    if CODEC.get() { Ok(()) } else { Err(E::custom("a personal value may only be written by the codec of the store")) }
}

#[derive(Serialize)]
struct Mark<'a, T> {
    of: Subject,
    class: DataClass,
    value: &'a T,
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        guard()?;
        let State::Known(class, value) = &self.state else {
            return Err(serde::ser::Error::custom("a personal value that cannot be read cannot be written again"));
        };
        let mut mark = serializer.serialize_struct("Personal", 1)?;
        mark.serialize_field(MARK, &Mark { of: self.owner, class: *class, value })?;
        mark.end()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked<T> {
    #[serde(rename = "$personal")]
    mark: OpenMark<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenMark<T> {
    of: Subject,
    #[serde(default)]
    class: Option<DataClass>,
    #[serde(default = "Option::default")]
    value: Option<T>,
    #[serde(default)]
    erased: bool,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Marked { mark } = Marked::deserialize(deserializer)?;
        let state = match (mark.value, mark.class) {
            (Some(value), Some(class)) => State::Known(class, value),
            (None, None) if mark.erased => State::Erased,
            (None, None) => State::Unavailable,
            _ => return Err(serde::de::Error::custom("a personal value has a class exactly when it is known")),
        };
        Ok(Self { owner: mark.of, state })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::ids::PersonId;

    fn owner() -> Subject {
        Subject::Person(PersonId::from_uuid(Uuid::from_u128(7)))
    }

    #[test]
    fn nothing_shows_in_debug() {
        let name = Personal::ordinary(owner(), "Marker".to_owned());
        assert!(!format!("{name:?}").contains("Marker"));
    }

    #[test]
    fn serialising_outside_the_codec_is_an_error() {
        let name = Personal::ordinary(owner(), "Marker".to_owned());
        assert!(serde_json::to_value(&name).is_err());
        let marked = codec_scope(|| serde_json::to_value(&name)).expect("the codec may");
        assert_eq!(marked["$personal"]["value"], "Marker");
        assert!(serde_json::to_value(&name).is_err(), "the permission ends with the scope");
        assert_eq!(serde_json::from_value::<Personal<String>>(marked).expect("a mark"), name);
    }

    #[test]
    fn erased_and_unavailable_are_told_apart() {
        let erased = json!({"$personal": {"of": owner(), "erased": true}});
        let lost = json!({"$personal": {"of": owner()}});
        let read = |value| serde_json::from_value::<Personal<String>>(value).expect("a mark");
        assert_eq!(read(erased.clone()).presence(), Presence::Erased);
        assert_eq!(read(lost).presence(), Presence::Unavailable);
        assert!(codec_scope(|| serde_json::to_value(read(erased))).is_err());
    }

    #[test]
    fn what_follows_from_a_lost_value_is_lost_and_no_silence() {
        let erased = json!({"$personal": {"of": owner(), "erased": true}});
        let lost = json!({"$personal": {"of": owner()}});
        let length = |value| {
            let read = serde_json::from_value::<Personal<String>>(value).expect("a mark");
            read.derive(|name| Some(name.len())).map(|length| length.presence())
        };
        assert_eq!((length(erased), length(lost)), (Some(Presence::Erased), Some(Presence::Unavailable)));
        let known = Personal::new(owner(), DataClass::Health, "Marker".to_owned());
        let length = known.derive(|name| Some(name.len())).expect("it follows");
        assert_eq!((length.known(), length.class()), (Some(&6), Some(DataClass::Health)));
        assert!(known.derive(|_| None::<usize>).is_none(), "known, and nothing follows");
    }
}
