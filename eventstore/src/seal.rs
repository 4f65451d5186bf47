//! Sealing one value: AES-256-GCM, bound to the place where it stands.
//!
//! The associated data name the event, the place in the stored bytes, the owner and the key, so that a sealed value opens only
//! where it was put: never in another field, another event, or for another owner.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::ids::{EventId, Subject};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::key::{Key, KeyId};

/// Bytes in a nonce. Random: one key seals far fewer than 2^32 values.
pub const NONCE_LENGTH: usize = 12;

/// The only form of a sealed value so far.
pub const VERSION: u8 = 1;

/// The single key of the JSON object that stands for a sealed value.
pub const SEALED: &str = "sealed";

/// A sealed value as it stands in the stored bytes: `{"sealed":{"v":1,"key":…,"of":…,"nonce":…,"text":…}}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    sealed: Inner,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    v: u8,
    key: KeyId,
    of: Subject,
    nonce: Base64,
    text: Base64,
}

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The event.
    pub event: EventId,
    /// JSON pointer (RFC 6901) in the stored bytes of the stored version; empty for the data as a whole.
    pub pointer: &'a str,
}

/// Why a sealed value does not open although its key is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It is not in the form of a sealed value.
    #[error("this is not a sealed value of a form that this release knows")]
    Malformed,
    /// It was changed, or moved from elsewhere.
    #[error("the sealed value was changed or stands in another place than it was written for")]
    Tampered,
}

impl Sealed {
    /// Seals `plain` for its owner at its place, under a key and a fresh nonce.
    ///
    /// # Errors
    /// When the value is larger than AES-GCM can seal (64 GiB).
    pub fn seal(
        plain: &[u8],
        of: Subject,
        (id, key): (KeyId, &Key),
        nonce: [u8; NONCE_LENGTH],
        place: Place<'_>,
    ) -> Result<Self, SealError> {
        let aad = associated_data(place, of, id);
        let text = encrypt(key, nonce, plain, &aad).ok_or(SealError::Malformed)?;
        Ok(Self { sealed: Inner { v: VERSION, key: id, of, nonce: Base64(nonce.into()), text: Base64(text) } })
    }

    /// Reads the stored bytes of an event. They must be exactly what [`Self::to_bytes`] writes.
    ///
    /// # Errors
    /// When they are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        let sealed: Self = serde_json::from_slice(bytes).map_err(|_| SealError::Malformed)?;
        // One value, one spelling: otherwise a changed letter in a UUID or a space could pass unnoticed.
        if sealed.to_bytes()? == bytes { Ok(sealed) } else { Err(SealError::Malformed) }
    }

    /// The bytes to store.
    ///
    /// # Errors
    /// Never in practice: the form has no parts that cannot be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, SealError> {
        serde_json::to_vec(self).map_err(|_| SealError::Malformed)
    }

    /// The key that opens it.
    #[must_use]
    pub const fn key(&self) -> KeyId {
        self.sealed.key
    }

    /// Whose value it is.
    #[must_use]
    pub const fn of(&self) -> Subject {
        self.sealed.of
    }

    /// Opens it where it stands.
    ///
    /// # Errors
    /// [`SealError::Malformed`] for a form this release does not know; [`SealError::Tampered`] when the value, its owner, its key
    /// id or its place is not what was sealed.
    pub fn open(&self, key: &Key, place: Place<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let Inner { v, key: id, of, nonce, text } = &self.sealed;
        let nonce: [u8; NONCE_LENGTH] = nonce.0.as_slice().try_into().map_err(|_| SealError::Malformed)?;
        if *v != VERSION {
            return Err(SealError::Malformed);
        }
        let aad = associated_data(place, *of, *id);
        decrypt(key, nonce, &text.0, &aad).ok_or(SealError::Tampered)
    }
}

/// What a sealed value is bound to: event id (16 bytes), pointer, owner, key id (16 bytes), each preceded by its length (u32,
/// big-endian).
#[must_use]
pub fn associated_data(place: Place<'_>, of: Subject, key: KeyId) -> Vec<u8> {
    length_prefixed([
        place.event.as_uuid().as_bytes().as_slice(),
        place.pointer.as_bytes(),
        of.to_string().as_bytes(),
        key.as_uuid().as_bytes(),
    ])
}

/// Fields, each preceded by its length (u32, big-endian), so that no two lists give the same bytes.
#[must_use]
pub fn length_prefixed<const N: usize>(fields: [&[u8]; N]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| field.len() + 4).sum());
    for field in fields {
        // Names, pointers and ids: far below 4 GiB.
        bytes.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

/// One step of a JSON pointer, escaped as RFC 6901 says.
#[must_use]
pub fn pointer_step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

pub(crate) fn encrypt(key: &Key, nonce: [u8; NONCE_LENGTH], msg: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
    Aes256Gcm::new(key.as_bytes().into()).encrypt(&Nonce::from(nonce), Payload { msg, aad }).ok()
}

/// The plain bytes are wiped when they go: they may be a key.
pub(crate) fn decrypt(key: &Key, nonce: [u8; NONCE_LENGTH], msg: &[u8], aad: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    Aes256Gcm::new(key.as_bytes().into()).decrypt(&Nonce::from(nonce), Payload { msg, aad }).ok().map(Zeroizing::new)
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Base64(Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text).map(Self).map_err(|_| serde::de::Error::custom("not base64"))
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::PersonId;
    use uuid::Uuid;

    use super::*;

    const KEY: Key = Key::from_bytes([3; 32]);

    fn id(number: u128) -> (KeyId, EventId, Subject) {
        let uuid = Uuid::from_u128(number);
        (KeyId::from_uuid(uuid), EventId::from_uuid(uuid), Subject::Person(PersonId::from_uuid(uuid)))
    }

    fn sealed() -> (Sealed, EventId) {
        let (key, event, of) = id(0xa1);
        let place = Place { event, pointer: "/payload/name" };
        (Sealed::seal(b"\"Marker\"", of, (key, &KEY), [9; 12], place).unwrap(), event)
    }

    #[test]
    fn a_value_opens_only_in_its_own_place_with_its_own_key() {
        let (sealed, event) = sealed();
        let at = |event, pointer| Place { event, pointer };
        assert_eq!(sealed.open(&KEY, at(event, "/payload/name")).unwrap().as_slice(), b"\"Marker\"");
        assert_eq!(sealed.open(&KEY, at(event, "/payload/other")), Err(SealError::Tampered));
        assert_eq!(sealed.open(&KEY, at(id(2).1, "/payload/name")), Err(SealError::Tampered));
        assert_eq!(sealed.open(&Key::from_bytes([4; 32]), at(event, "/payload/name")), Err(SealError::Tampered));
    }

    #[test]
    fn the_form_is_exact_and_shows_no_value() {
        let bytes = sealed().0.to_bytes().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let start = r#"{"sealed":{"v":1,"key":"00000000-0000-0000-0000-0000000000a1","of":"person:00000000-0000-0000-0000-0000000000a1","nonce":"CQkJCQkJCQkJCQkJ","text":""#;
        assert!(text.starts_with(start), "{text}");
        assert!(!text.contains("Marker"));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let (sealed, event) = sealed();
        let bytes = sealed.to_bytes().unwrap();
        for (place, bit) in (0..bytes.len()).flat_map(|place| (0..8).map(move |bit| (place, bit))) {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            let opened = Sealed::from_bytes(&changed)
                .and_then(|sealed| sealed.open(&KEY, Place { event, pointer: "/payload/name" }));
            assert!(opened.is_err(), "bit {bit} of byte {place}");
        }
    }

    #[test]
    fn length_prefixes_keep_fields_apart() {
        assert_ne!(length_prefixed([b"ab", b"c"]), length_prefixed([b"a", b"bc"]));
        assert_eq!(length_prefixed([b"a"]), [0, 0, 0, 1, b'a']);
        assert_eq!(pointer_step("a/b~c"), "a~1b~0c");
    }
}
