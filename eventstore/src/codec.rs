//! The codec: from drafts to sealed bytes, and back to facts.
//!
//! Reading has one order, which never changes: open the outer seal → open the inner values at the stored pointers → upcast →
//! deserialise.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::decider::{Decider, DomainEvent, Order, UnreadableEvent};
use domain::fact::{Actor, Audience, CommandRef, Draft, EventInfo, Fact, FileKind, Organisation};
use domain::ids::{CommandId, ConsentId, EventId, Subject};
use domain::personal::codec_scope;
use domain::time::{Occurred, Timestamp};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::body::{Body, BodyError, Opened, open_marks, seal_marks};
use crate::key::{Key, KeyId, NoEntropy, StreamKeys};
use crate::metadata::{CorrelationId, Decision, Exact, FactRef, Metadata, NEUTRAL_ACTIVITY, NEUTRAL_PURPOSE};
use crate::port::{CommandSlot, Digest, NewEvent, RecordedEvent};
use crate::seal::{NONCE_LENGTH, Place, SealError, Sealed};
use crate::upcast::Upcasters;
use crate::vault::{DecisionId, KeyState, Vault, VaultFault};

/// Names the use of the key that command digests are made under.
pub const DIGEST_INFO: &str = "rustpunt/command-digest/1";

/// Who writes a batch, why, and on what it rests.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// Who acts.
    pub actor: Actor,
    /// The organisation responsible for the record.
    pub holder: Organisation,
    /// The kind of record.
    pub file: FileKind,
    /// What the actor says it is for.
    pub purpose: String,
    /// Version of the processing activity.
    pub activity: String,
    /// Why the actor was allowed to.
    pub decision: Decision,
    /// The command.
    pub command: CommandId,
    /// Keyed digest of its input ([`Codec::command_digest`]).
    pub digest: String,
    /// The fact that made the system act.
    pub causation: Option<FactRef>,
    /// Joins everything that followed from one intention.
    pub correlation: CorrelationId,
    /// W3C trace id.
    pub trace: Option<String>,
    /// The version of municipal and legal policy it was decided under.
    pub terms: String,
    /// What the facts rest on, when there is something to say.
    pub basis: Basis,
}

/// What a fact rests on; sealed with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Basis {
    /// Categories of data it holds.
    pub categories: Vec<String>,
    /// The legal ground, when it is not consent.
    pub ground: Option<String>,
    /// The consents.
    pub consents: Vec<ConsentId>,
}

/// Why a batch could not be sealed. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The default audience of the type needs ids that only the decision knows.
    #[error("{event_type} must say who may know it: its default audience `{default}` needs ids")]
    AudienceNeeded {
        /// The type.
        event_type: &'static str,
        /// Its default.
        default: &'static str,
    },
    /// The payload cannot be written: usually a personal value in it is erased or unavailable.
    #[error("{event_type} cannot be written: it holds a personal value that was erased or cannot be read now")]
    Unwritable {
        /// The type.
        event_type: &'static str,
    },
    /// The command's input cannot be written.
    #[error("the input of the command cannot be written as JSON")]
    UnwritableInput,
    /// The shape of the payload does not go with the stored form.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// More events in one batch than can be counted.
    #[error("a batch cannot hold {0} events")]
    TooMany(usize),
    /// The stream's own key was destroyed: nothing can be added to it.
    #[error("the dossier was destroyed: nothing can be added to it")]
    Destroyed {
        /// When.
        at: Timestamp,
        /// By which decision.
        decision: DecisionId,
    },
    /// A key of this stream is missing.
    #[error("key {key} of this stream is missing and was never destroyed: restore the vault")]
    KeyMissing {
        /// The key.
        key: KeyId,
    },
    /// The vault is in trouble.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// A value too large to seal.
    #[error("a value is too large to seal")]
    TooLarge,
}

/// Why stored bytes did not become a fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// An unknown type, a newer version, or another shape: the stream is quarantined.
    #[error(transparent)]
    Unreadable(UnreadableEvent),
    /// A sealed value was changed or moved: the stream is quarantined.
    #[error("a sealed value at `{pointer}` was changed, or stands in another place than it was written for")]
    Tampered {
        /// Where, in the stored bytes.
        pointer: String,
    },
    /// The stream's own key is missing and was never destroyed: a fault.
    #[error("key {key} is missing and was never destroyed: restore the vault")]
    Unavailable {
        /// The key.
        key: KeyId,
    },
    /// The stream's own key was destroyed by decision.
    #[error("the dossier was destroyed")]
    Destroyed {
        /// When.
        at: Timestamp,
        /// By which decision.
        decision: DecisionId,
    },
    /// The vault is in trouble.
    #[error(transparent)]
    Vault(#[from] VaultFault),
}

/// An event with its seals open, not yet upcast.
#[derive(Clone, Debug)]
pub struct OpenedEvent {
    /// The clear part.
    pub metadata: Metadata,
    /// The sealed part, with a mark for each personal value.
    pub body: Body,
}

impl OpenedEvent {
    /// The clear part, with what a neutral type keeps out of it put back: purpose, activity, rules and consents as they were.
    #[must_use]
    pub fn exact_metadata(self) -> Metadata {
        let mut metadata = self.metadata;
        if let Some(Exact { purpose, activity, rules, consents }) = self.body.exact {
            metadata.purpose = purpose;
            metadata.activity = activity;
            metadata.decision.rules = rules;
            metadata.decision.consents = consents;
        }
        metadata
    }
}

/// Seals and opens. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Codec {
    vault: Arc<Vault>,
    upcasters: Arc<Upcasters>,
}

impl Codec {
    /// A codec over a vault.
    #[must_use]
    pub fn new(vault: Arc<Vault>, upcasters: Upcasters) -> Self {
        Self { vault, upcasters: Arc::new(upcasters) }
    }

    /// The vault.
    #[must_use]
    pub const fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// Keyed digest (hex) of an order, so that the same command id with another input is noticed without keeping the input:
    /// HMAC-SHA-256 of its canonical JSON, under a key derived from the stream's own.
    ///
    /// # Errors
    /// When the stream's key is not available.
    pub fn command_digest<C: Serialize>(
        &self,
        stream: Subject,
        keys: &mut StreamKeys,
        order: &Order<C>,
    ) -> Result<String, CodecError> {
        let (_, key) = self.key_for(stream, keys, stream)?;
        let input = codec_scope(|| serde_json::to_value(order)).map_err(|_| CodecError::UnwritableInput)?;
        Ok(keyed_digest(&key, canonical(&input).as_bytes()))
    }

    /// Seals the drafts of one command. `stream` is the stream's own subject ([`crate::port::StreamName::is_of`]): the whole of each
    /// event is sealed under its key, and opens in that stream only.
    /// `keys` learns the keys that were taken, so that another attempt uses them again.
    ///
    /// # Errors
    /// [`CodecError`]; nothing was written.
    pub fn encode_batch<D: Decider>(
        &self,
        stream: Subject,
        keys: &mut StreamKeys,
        drafts: Vec<Draft<D::Event>>,
        provenance: &Provenance,
        now: Timestamp,
        ids: &mut dyn FnMut() -> EventId,
    ) -> Result<Vec<NewEvent>, CodecError> {
        let count = u32::try_from(drafts.len()).map_err(|_| CodecError::TooMany(drafts.len()))?;
        let slots = (0..count).map(|index| CommandRef {
            id: provenance.command,
            digest: provenance.digest.clone(),
            index,
            count,
        });
        slots.zip(drafts).map(|(slot, draft)| self.encode(stream, keys, draft, slot, provenance, now, ids())).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "one event of a batch: everything the batch shares, and its place")]
    fn encode<E: DomainEvent>(
        &self,
        stream: Subject,
        keys: &mut StreamKeys,
        draft: Draft<E>,
        slot: CommandRef,
        provenance: &Provenance,
        now: Timestamp,
        id: EventId,
    ) -> Result<NewEvent, CodecError> {
        let info = draft.event.info();
        let command = CommandSlot { id: slot.id, index: slot.index };
        let metadata = metadata_of(&draft, slot, provenance)?;
        let unwritable = |_| CodecError::Unwritable { event_type: info.name };
        let mut body = codec_scope(|| body_of(draft, provenance, now)).map_err(unwritable)?;
        // The stored form has the fields of an object by name, whatever a library in the same build makes of their order.
        body.sort_all_objects();
        seal_marks(&mut body, &mut |of, plain, pointer| {
            self.seal(stream, keys, of, plain, Place { event: id, pointer })
        })?;
        body.sort_all_objects();
        let plain = serde_json::to_vec(&body).map(Zeroizing::new).map_err(unwritable)?;
        let sealed = self.seal(stream, keys, stream, &plain, Place { event: id, pointer: "" })?;
        Ok(NewEvent {
            id,
            outer_type: info.outer.to_owned(),
            version: info.version,
            metadata: serde_json::to_vec(&metadata).map_err(unwritable)?,
            data: sealed.to_bytes().map_err(|_| CodecError::TooLarge)?,
            command: Some(command),
        })
    }

    fn seal(
        &self,
        stream: Subject,
        keys: &mut StreamKeys,
        of: Subject,
        plain: &[u8],
        place: Place<'_>,
    ) -> Result<Sealed, CodecError> {
        let (id, key) = self.key_for(stream, keys, of)?;
        let mut nonce = [0; NONCE_LENGTH];
        self.vault.entropy().fill(&mut nonce)?;
        Sealed::seal(plain, of, (id, &key), nonce, place).map_err(|_| CodecError::TooLarge)
    }

    /// The key to seal this subject's values under: the one the stream already uses, else a new one. Somebody who was erased and
    /// comes back gets a new key; a destroyed dossier gets none.
    fn key_for(&self, stream: Subject, keys: &mut StreamKeys, of: Subject) -> Result<(KeyId, Key), CodecError> {
        for id in keys.candidates(of) {
            match self.vault.get(id)? {
                KeyState::Known(key) => return Ok((id, key)),
                KeyState::Missing => return Err(CodecError::KeyMissing { key: id }),
                KeyState::Tombstoned { at, decision } if of == stream => {
                    return Err(CodecError::Destroyed { at, decision });
                }
                KeyState::Tombstoned { .. } => {}
            }
        }
        let (id, key) = self.vault.take()?;
        keys.note_taken(of, id);
        Ok((id, key))
    }

    /// Opens both layers of an event, without reading its payload as an event. `keys` learns which key belongs to whom. The event
    /// must be sealed for the subject of the stream it stands in.
    ///
    /// # Errors
    /// Every [`DecodeError`].
    pub fn open(&self, event: &RecordedEvent, keys: &mut StreamKeys) -> Result<OpenedEvent, DecodeError> {
        let malformed = |reason: &str| unreadable(event, reason);
        let metadata = Metadata::from_bytes(&event.metadata).map_err(|error| malformed(&error.to_string()))?;
        let sealed = Sealed::from_bytes(&event.data).map_err(|error| malformed(&error.to_string()))?;
        if !event.stream.is_of(sealed.of()) {
            // Whole and well sealed, but written for another stream: a row that was moved must not be read as this one's.
            return Err(DecodeError::Tampered { pointer: String::new() });
        }
        let plain = self.open_outer(event, &sealed, keys)?;
        let mut body: Value = serde_json::from_slice(&plain).map_err(|_| malformed("the data are not JSON"))?;
        open_marks(&mut body, &mut |sealed, pointer| self.open_inner(event, sealed, pointer, keys))
            .map_err(|fault| fault.into_error(event))?;
        let body = serde_json::from_value(body).map_err(|_| malformed("the data have another shape"))?;
        Ok(OpenedEvent { metadata, body })
    }

    fn open_outer(
        &self,
        event: &RecordedEvent,
        sealed: &Sealed,
        keys: &mut StreamKeys,
    ) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
        let key = sealed.key();
        keys.note_stored(sealed.of(), key);
        match self.vault.get(key)? {
            KeyState::Known(key) => sealed
                .open(&key, Place { event: event.id, pointer: "" })
                .map_err(|error| Opening::Seal(error, String::new()).into_error(event)),
            KeyState::Tombstoned { at, decision } => Err(DecodeError::Destroyed { at, decision }),
            KeyState::Missing => Err(DecodeError::Unavailable { key }),
        }
    }

    fn open_inner(
        &self,
        event: &RecordedEvent,
        sealed: &Sealed,
        pointer: &str,
        keys: &mut StreamKeys,
    ) -> Result<Opened, Opening> {
        keys.note_stored(sealed.of(), sealed.key());
        match self.vault.get(sealed.key()).map_err(Opening::Vault)? {
            KeyState::Known(key) => sealed
                .open(&key, Place { event: event.id, pointer })
                .map(Opened::Known)
                .map_err(|error| Opening::Seal(error, pointer.to_owned())),
            KeyState::Tombstoned { .. } => Ok(Opened::Erased),
            KeyState::Missing => {
                keys.note_missing(sealed.key());
                Ok(Opened::Unavailable)
            }
        }
    }

    /// Reads a stored event. A personal value whose key was destroyed comes back as erased, one whose key is missing as
    /// unavailable.
    ///
    /// # Errors
    /// [`DecodeError`]: what cannot be read or was changed, and a stream whose own key is gone. No error repeats a value.
    pub fn decode<D: Decider>(
        &self,
        event: &RecordedEvent,
        keys: &mut StreamKeys,
    ) -> Result<Fact<D::Event>, DecodeError> {
        let OpenedEvent { metadata, body } = self.open(event, keys)?;
        let type_name = exact_type::<D::Event>(event, &body)?;
        let catalogue = D::Event::catalogue();
        // The exact type of a neutral one stays out of every message.
        let unread = |error: UnreadableEvent| unreadable(event, &error.reason);
        let payload = self.upcasters.to_current(&catalogue, type_name, event.version, body.payload).map_err(unread)?;
        let departures = body.departures.into_iter().map(serde_json::from_value).collect::<Result<_, _>>();
        Ok(Fact {
            id: event.id,
            revision: event.revision,
            recorded_at: event.recorded_at,
            occurred: body.occurred,
            learnt: body.learnt,
            actor: metadata.actor,
            audience: metadata.audience,
            command: metadata.command,
            terms: body.terms,
            due: body.due,
            departures: departures.map_err(|_| unreadable(event, "a departure has another shape"))?,
            event: D::Event::from_payload(type_name, payload).map_err(unread)?,
        })
    }
}

/// What may go wrong while a value inside the outer seal is opened.
enum Opening {
    Seal(SealError, String),
    Vault(VaultFault),
}

impl From<SealError> for Opening {
    fn from(error: SealError) -> Self {
        Self::Seal(error, String::new())
    }
}

impl Opening {
    fn into_error(self, event: &RecordedEvent) -> DecodeError {
        match self {
            Self::Seal(SealError::Malformed, _) => unreadable(event, &SealError::Malformed.to_string()),
            Self::Seal(SealError::Tampered, pointer) => DecodeError::Tampered { pointer },
            Self::Vault(fault) => DecodeError::Vault(fault),
        }
    }
}

fn unreadable(event: &RecordedEvent, reason: &str) -> DecodeError {
    DecodeError::Unreadable(UnreadableEvent { type_name: event.outer_type.clone(), reason: reason.to_owned() })
}

/// The exact type: in the body where the outer one is neutral, and nowhere else.
fn exact_type<E: DomainEvent>(event: &RecordedEvent, body: &Body) -> Result<&'static str, DecodeError> {
    let name = body.inner_type.as_deref().unwrap_or(&event.outer_type);
    match E::catalogue().into_iter().find(|info| info.name == name) {
        None => Err(unreadable(event, "unknown type")),
        Some(info) if info.outer == event.outer_type && is_neutral(info) == body.inner_type.is_some() => Ok(info.name),
        Some(_) => Err(unreadable(event, "the type in clear does not go with the sealed one")),
    }
}

fn metadata_of<E: DomainEvent>(
    draft: &Draft<E>,
    command: CommandRef,
    provenance: &Provenance,
) -> Result<Metadata, CodecError> {
    let info = draft.event.info();
    let neutral = is_neutral(info);
    let Decision { policy, rules, relation, judged_at, consents } = provenance.decision.clone();
    let (rules, consents) = if neutral { (Vec::new(), Vec::new()) } else { (rules, consents) };
    Ok(Metadata {
        actor: provenance.actor.clone(),
        holder: provenance.holder.clone(),
        file: provenance.file,
        purpose: if neutral { NEUTRAL_PURPOSE.to_owned() } else { provenance.purpose.clone() },
        activity: if neutral { NEUTRAL_ACTIVITY.to_owned() } else { provenance.activity.clone() },
        subjects: draft.event.subjects(),
        audience: audience_of(info, draft.audience.clone())?,
        command,
        decision: Decision { policy, rules, relation, judged_at, consents },
        causation: provenance.causation.clone(),
        correlation: provenance.correlation,
        trace: provenance.trace.clone(),
    })
}

fn is_neutral(info: &EventInfo) -> bool {
    info.outer != info.name
}

/// Who may know an event: what the decision says, else the default of its type, as far as that needs no ids.
fn audience_of(info: &EventInfo, said: Option<Audience>) -> Result<Audience, CodecError> {
    match (said, info.audience) {
        (Some(audience), _) => Ok(audience),
        (None, "case") => Ok(Audience::Case),
        (None, "director") => Ok(Audience::Director),
        (None, "author") => Ok(Audience::Author),
        (None, default) => Err(CodecError::AudienceNeeded { event_type: info.name, default }),
    }
}

fn body_of<E: DomainEvent>(
    draft: Draft<E>,
    provenance: &Provenance,
    now: Timestamp,
) -> Result<Value, serde_json::Error> {
    let info = draft.event.info();
    let exact = || Exact {
        purpose: provenance.purpose.clone(),
        activity: provenance.activity.clone(),
        rules: provenance.decision.rules.clone(),
        consents: provenance.decision.consents.clone(),
    };
    serde_json::to_value(Body {
        inner_type: is_neutral(info).then(|| info.name.to_owned()),
        occurred: draft.occurred.unwrap_or(Occurred::At(now)),
        learnt: draft.learnt,
        terms: provenance.terms.clone(),
        categories: provenance.basis.categories.clone(),
        ground: provenance.basis.ground.clone(),
        consents: provenance.basis.consents.clone(),
        departures: draft.departures.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
        exact: is_neutral(info).then(exact),
        payload: draft.event.to_payload()?,
        due: draft.due,
    })
}

/// HMAC-SHA-256 (hex) under a key derived by HKDF-SHA-256 for this use only.
#[must_use]
pub fn keyed_digest(key: &Key, input: &[u8]) -> String {
    // HMAC fills a key up to its block of 64 bytes with zeros.
    let mut block = Zeroizing::new([0; 64]);
    let expanded = Hkdf::<Sha256>::new(None, key.as_bytes()).expand(DIGEST_INFO.as_bytes(), &mut block[..Key::LENGTH]);
    debug_assert!(expanded.is_ok(), "HKDF gives up to 8160 bytes");
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(input);
    Digest(mac.finalize().into_bytes().into()).to_string()
}

/// JSON without spaces and with the fields of every object in the order of their names.
#[must_use]
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let sorted: BTreeMap<&String, &Value> = object.iter().collect();
            let fields =
                sorted.iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        simple => simple.to_string(),
    }
}

#[cfg(test)]
mod tests;
