use domain::ids::{PersonId, Revision};
use domain::personal::{MARK, Personal, Presence};
use domain::text::Text;
use proptest::prelude::*;
use serde_json::{Map, json};
use uuid::Uuid;

use super::*;
use crate::key::{MasterKey, SystemEntropy};
use crate::loader::hash_of;
use crate::port::{Position, StreamName};
use crate::sample::{
    Notebook, NotebookEvent, TakeNote, correct, health, id, ids, noon, note, on, own, person, provenance, record,
    stream, upcasters,
};

const MARKER: &str = "Marker-7f3a";

struct Desk {
    codec: Codec,
    keys: StreamKeys,
    _folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let master = MasterKey::new(Key::generate(&SystemEntropy).unwrap());
    let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).unwrap());
    Desk { codec: Codec::new(vault, upcasters()), keys: StreamKeys::default(), _folder: folder }
}

impl Desk {
    fn encode(&mut self, drafts: Vec<Draft<NotebookEvent>>) -> Vec<NewEvent> {
        self.codec
            .encode_batch::<Notebook>(own(1), &mut self.keys, drafts, &provenance(0x50), noon(), &mut ids(0x60))
            .unwrap()
    }

    fn decode(&self, event: &RecordedEvent) -> Result<Fact<NotebookEvent>, DecodeError> {
        self.codec.decode::<Notebook>(event, &mut StreamKeys::default())
    }

    fn destroy(&self, subject: Subject) {
        let keys = self.keys.candidates(subject);
        self.codec.vault.destroy(&keys, DecisionId::from_uuid(id(0x70)), noon()).unwrap();
    }
}

fn recorded(new: NewEvent) -> RecordedEvent {
    RecordedEvent {
        position: Position::from_token(1),
        stream: stream(1),
        revision: Revision::FIRST,
        id: new.id,
        outer_type: new.outer_type,
        version: new.version,
        recorded_at: noon(),
        metadata: new.metadata,
        data: new.data,
        previous: Digest::ZERO,
        hash: Digest::ZERO,
        left: 0,
    }
}

fn a_note() -> NotebookEvent {
    note(person(2), MARKER, record(3), &format!("{MARKER} said so"))
}

fn about_health() -> Draft<NotebookEvent> {
    let audience = Audience::Persons(vec![PersonId::from_uuid(id(2))]);
    Draft::of(health(2, record(4), MARKER)).for_audience(audience)
}

fn opened_json(desk: &Desk, event: &RecordedEvent) -> Value {
    let sealed = Sealed::from_bytes(&event.data).unwrap();
    let plain = desk.codec.open_outer(event, &sealed, &mut StreamKeys::default()).unwrap();
    serde_json::from_slice(&plain).unwrap()
}

#[test]
fn a_fact_comes_back_as_it_was_decided() {
    let mut desk = desk();
    let departing = on("2026-11-01", a_note())
        .departing("consent_first", Some(Personal::ordinary(record(5), Text::new("late").unwrap())));
    let events = desk.encode(vec![departing.clone(), about_health()]);
    let first = desk.decode(&recorded(events[0].clone())).unwrap();
    assert_eq!((first.event, first.occurred), (departing.event, departing.occurred.unwrap()));
    assert_eq!(first.departures, departing.departures);
    assert_eq!((first.audience, first.terms.as_str()), (Audience::Case, "nl-2026.1"));
    assert_eq!((first.command.index, first.command.count), (0, 2));
    let second = desk.decode(&recorded(events[1].clone())).unwrap();
    assert_eq!((second.event, second.occurred), (about_health().event, Occurred::At(noon())));
}

#[test]
fn a_neutral_type_says_nothing_in_clear() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![about_health()]).remove(0));
    assert_eq!(event.outer_type, "NotebookFactRecorded");
    let clear = String::from_utf8([event.metadata.clone(), event.data.clone()].concat()).unwrap();
    for word in ["HealthNoted", "safety", "director-writes", "health", MARKER] {
        assert!(!clear.contains(word), "{word} stands in clear");
    }
    let opened = desk.codec.open(&event, &mut StreamKeys::default()).unwrap();
    assert_eq!(
        (opened.metadata.purpose.as_str(), opened.metadata.activity.as_str()),
        ("coordination", "coordination/1")
    );
    assert!(opened.metadata.decision.rules.is_empty() && opened.metadata.decision.consents.is_empty());
    let exact = opened.exact_metadata();
    assert_eq!((exact.purpose.as_str(), exact.activity.as_str()), ("safety_of_children", "safety/3"));
    assert_eq!(exact.decision.rules, ["director-writes-safety"]);
}

#[test]
fn no_value_is_readable_in_the_bytes_nor_behind_the_outer_seal() {
    let mut desk = desk();
    for new in desk.encode(vec![Draft::of(a_note()), about_health()]) {
        let event = recorded(new);
        let bytes = String::from_utf8([event.metadata.clone(), event.data.clone()].concat()).unwrap();
        assert!(!bytes.contains(MARKER));
        let behind = opened_json(&desk, &event).to_string();
        assert!(!behind.contains(MARKER) && !behind.contains("ordinary"));
        assert!(behind.contains("sealed"));
    }
}

#[test]
fn a_key_belongs_to_one_subject_and_is_used_again() {
    let mut desk = desk();
    let first = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    let second = recorded(desk.encode(vec![Draft::of(note(person(2), "Nina", record(9), "other"))]).remove(0));
    let key = |event: &RecordedEvent, pointer: &str| {
        opened_json(&desk, event).pointer(pointer).unwrap()["sealed"]["key"].clone()
    };
    assert_eq!(key(&first, "/payload/name"), key(&second, "/payload/name"));
    assert_ne!(key(&first, "/payload/text"), key(&second, "/payload/text"), "each text has a key of its own");
    let mut learnt = StreamKeys::default();
    desk.codec.open(&first, &mut learnt).unwrap();
    desk.codec.open(&second, &mut learnt).unwrap();
    assert_eq!(learnt.all().count(), 4);
    assert_eq!(learnt.of(person(2)).len(), 1);
}

#[test]
fn erased_unavailable_and_known_are_three_states() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    desk.destroy(person(2));
    let Fact { event: NotebookEvent::NoteTaken { name, text }, .. } = desk.decode(&event).unwrap() else { panic!() };
    assert_eq!((name.presence(), name.owner()), (Presence::Erased, person(2)));
    assert_eq!(text.presence(), Presence::Known);

    let elsewhere = self::desk();
    assert!(matches!(elsewhere.decode(&event), Err(DecodeError::Unavailable { .. })));
    let outer = desk.keys.candidates(own(1))[0];
    let mut keys = StreamKeys::default();
    let codec = with_only(&desk, outer);
    let Fact { event: NotebookEvent::NoteTaken { text, .. }, .. } =
        codec.1.decode::<Notebook>(&event, &mut keys).unwrap()
    else {
        panic!()
    };
    assert_eq!(text.presence(), Presence::Unavailable);
    assert_eq!(keys.missing().len(), 2);

    desk.destroy(own(1));
    assert!(matches!(desk.decode(&event), Err(DecodeError::Destroyed { .. })));
    let refused = desk.codec.encode_batch::<Notebook>(
        own(1),
        &mut desk.keys,
        vec![Draft::of(a_note())],
        &provenance(1),
        noon(),
        &mut ids(1),
    );
    assert!(matches!(refused, Err(CodecError::Destroyed { .. })));
}

/// A codec over a vault that lost every key but one.
fn with_only(desk: &Desk, key: KeyId) -> (tempfile::TempDir, Codec) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("vault.db");
    desk.codec.vault.backup_to(&copy, None).unwrap();
    let file = rusqlite::Connection::open(&copy).unwrap();
    file.execute("DELETE FROM key WHERE id <> ?1", [key.as_uuid().as_bytes()]).unwrap();
    file.execute("DELETE FROM tombstone", []).unwrap();
    let vault = Vault::open(&copy, desk.codec.vault.master().clone()).unwrap();
    (folder, Codec::new(Arc::new(vault), upcasters()))
}

#[test]
fn somebody_who_was_erased_and_comes_back_gets_another_key() {
    let mut desk = desk();
    let before = desk.encode(vec![Draft::of(a_note())]).remove(0);
    desk.codec.open(&recorded(before), &mut desk.keys).unwrap();
    let old = desk.keys.of(person(2)).to_vec();
    desk.destroy(person(2));
    let after = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    desk.codec.open(&after, &mut desk.keys).unwrap();
    assert_eq!(desk.keys.of(person(2)).len(), 2);
    assert_eq!(desk.keys.of(person(2))[0], old[0]);
    assert_eq!(desk.decode(&after).unwrap().event, a_note());
}

#[test]
fn swapped_values_and_swapped_data_are_refused() {
    let mut desk = desk();
    let events = desk.encode(vec![Draft::of(a_note()), Draft::of(note(person(2), "Nina", person(2), "Omar"))]);
    let [first, second] = [recorded(events[0].clone()), recorded(events[1].clone())];
    let moved = RecordedEvent { data: second.data.clone(), ..first };
    assert_eq!(desk.decode(&moved), Err(DecodeError::Tampered { pointer: String::new() }));

    // Somebody who holds the stream's key, but not the person's, exchanges two values of one person.
    let mut body = opened_json(&desk, &second);
    let name = body["payload"]["name"].take();
    body["payload"]["name"] = body["payload"]["text"].take();
    body["payload"]["text"] = name;
    let resealed = reseal(&mut desk, &second, &body);
    assert!(
        matches!(desk.decode(&resealed), Err(DecodeError::Tampered { pointer }) if pointer.starts_with("/payload/"))
    );
}

fn reseal(desk: &mut Desk, event: &RecordedEvent, body: &Value) -> RecordedEvent {
    let plain = serde_json::to_vec(body).unwrap();
    let place = Place { event: event.id, pointer: "" };
    let sealed = desk.codec.seal(own(1), &mut desk.keys, own(1), &plain, place).unwrap();
    RecordedEvent { data: sealed.to_bytes().unwrap(), ..event.clone() }
}

#[test]
fn a_value_without_a_seal_of_its_own_is_refused() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    let mut body = opened_json(&desk, &event);
    body["payload"]["name"] = json!({MARK: {"of": person(2), "class": "ordinary", "value": MARKER}});
    let forged = reseal(&mut desk, &event, &body);
    let refused = desk.decode(&forged).unwrap_err();
    assert!(matches!(refused, DecodeError::Unreadable(_)));
    assert!(!format!("{refused} {refused:?}").contains(MARKER));
}

#[test]
fn every_flipped_bit_of_what_is_stored_is_found() {
    let mut desk = desk();
    let mut event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    event.hash = hash_of(&event);
    for (at, bit) in (0..event.data.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut changed = event.clone();
        changed.data[at] ^= 1 << bit;
        assert!(desk.decode(&changed).is_err(), "bit {bit} of byte {at} passes the seal");
        assert_ne!(hash_of(&changed), event.hash);
    }
    for (at, bit) in (0..event.metadata.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut changed = event.clone();
        changed.metadata[at] ^= 1 << bit;
        assert_ne!(hash_of(&changed), event.hash, "bit {bit} of byte {at} of the metadata");
    }
}

#[test]
fn an_old_version_is_read_through_its_step_also_inside_a_correction() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    // Version 1, as it was stored: sealed where it stood then.
    let old = json!({"occurred": {"day": "2026-01-05"}, "terms": "nl-2025", "payload": {
        "name": {MARK: {"of": person(2), "class": "ordinary", "value": "Nina"}},
        "words": {MARK: {"of": record(3), "class": "ordinary", "value": "Hello"}}}});
    let stored = RecordedEvent { version: 1, ..seal_body(&mut desk, &event, old.clone()) };
    assert_eq!(desk.decode(&stored).unwrap().event, note(person(2), "Nina", record(3), "Hello"));

    let nested = json!({"occurred": {"day": "2026-01-06"}, "payload": {"target": event.id,
        "replacement": {"type": "NoteTaken", "version": 1, "payload": old["payload"]}}});
    let correction =
        RecordedEvent { outer_type: "NoteCorrected".to_owned(), version: 1, ..seal_body(&mut desk, &event, nested) };
    assert_eq!(desk.decode(&correction).unwrap().event, correct(event.id, person(2), "Nina", record(3), "Hello"));
}

fn seal_body(desk: &mut Desk, event: &RecordedEvent, mut body: Value) -> RecordedEvent {
    seal_marks(&mut body, &mut |of, plain, pointer| {
        desk.codec.seal(own(1), &mut desk.keys, of, plain, Place { event: event.id, pointer })
    })
    .unwrap();
    reseal(desk, event, &body)
}

#[test]
fn what_this_release_does_not_know_is_unreadable_and_shows_no_value() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    let reason = |event: RecordedEvent| match desk.decode(&event) {
        Err(DecodeError::Unreadable(error)) => error.reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(RecordedEvent { version: 3, ..event.clone() }), "version 3 was written by a newer release");
    assert_eq!(reason(RecordedEvent { version: 0, ..event.clone() }), "version 0 is not known");
    assert_eq!(reason(RecordedEvent { version: 1, ..event.clone() }), "version 1: no words");
    assert_eq!(reason(RecordedEvent { outer_type: "Other".to_owned(), ..event.clone() }), "unknown type");
    assert_eq!(
        reason(RecordedEvent { outer_type: "HealthNoted".to_owned(), ..event.clone() }),
        "the type in clear does not go with the sealed one"
    );
    assert_eq!(
        reason(RecordedEvent { metadata: b"{\"name\":\"Nina\"}".to_vec(), ..event.clone() }),
        "the metadata have another shape"
    );
    assert!(!reason(RecordedEvent { data: b"Nina".to_vec(), ..event }).contains("Nina"));
}

#[test]
fn a_neutral_type_that_cannot_be_read_keeps_its_exact_name_to_itself() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![about_health()]).remove(0));
    let refused = desk.decode(&RecordedEvent { version: 2, ..event }).unwrap_err();
    let shown = format!("{refused} {refused:?}");
    assert!(shown.contains("NotebookFactRecorded") && !shown.contains("HealthNoted"), "{shown}");
}

#[test]
fn an_audience_that_needs_ids_must_be_said() {
    let mut desk = desk();
    let drafts = vec![Draft::of(health(2, record(4), "x"))];
    let refused =
        desk.codec.encode_batch::<Notebook>(own(1), &mut desk.keys, drafts, &provenance(1), noon(), &mut ids(1));
    assert_eq!(refused, Err(CodecError::AudienceNeeded { event_type: "HealthNoted", default: "persons" }));
}

#[test]
fn the_digest_of_a_command_tells_inputs_apart_and_needs_the_streams_key() {
    let mut desk = desk();
    let order = |text: &str| Order::now(TakeNote { text: Text::new(text).unwrap() });
    let digest = |stream: u128, keys: &mut StreamKeys, text: &str| {
        desk.codec.command_digest(own(stream), keys, &order(text)).unwrap()
    };
    let (mut here, mut there) = (StreamKeys::default(), StreamKeys::default());
    let first = digest(1, &mut here, "one");
    assert_eq!(first.len(), 64);
    assert_eq!(first, digest(1, &mut here, "one"));
    assert_ne!(first, digest(1, &mut here, "two"));
    assert_ne!(first, digest(2, &mut there, "one"), "another stream has another key");
    // The key taken for the digest is the one the stream is then written under.
    desk.keys = here.clone();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    desk.codec.open(&event, &mut desk.keys).unwrap();
    assert_eq!(desk.keys.of(own(1)), here.candidates(own(1)));
}

#[test]
fn canonical_json_sorts_names_and_has_no_spaces() {
    let value = json!({"b": [1, {"z": null, "a": "q\"\n"}], "a": true});
    assert_eq!(canonical(&value), r#"{"a":true,"b":[1,{"a":"q\"\n","z":null}]}"#);
}

#[test]
fn reserved_names_and_nested_marks_are_refused() {
    let mark = |value: Value| json!({MARK: {"of": person(2), "class": "ordinary", "value": value}});
    let refuse = |mut value: Value| {
        seal_marks::<CodecError>(&mut value, &mut |_, _, _| panic!("nothing may be sealed")).unwrap_err()
    };
    let at = |pointer: &str| pointer.to_owned();
    assert_eq!(refuse(json!({"a/b": {"sealed": 1}})), BodyError::Reserved { pointer: at("/a~1b") }.into());
    assert_eq!(refuse(json!([{MARK: {"of": person(2)}}])), BodyError::Reserved { pointer: at("/0") }.into());
    assert_eq!(refuse(json!({"n": mark(json!([mark(json!(1))]))})), BodyError::Nested { pointer: at("/n") }.into());
}

fn json_with_marks() -> impl Strategy<Value = Value> {
    let simple = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zA-Z~/\"\\\\ é]{0,12}".prop_map(Value::from),
    ];
    let content = simple.clone().prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 0..3).prop_map(|map| Value::Object(Map::from_iter(map))),
        ]
    });
    let mark = (content, 0..6_u128, prop::sample::select(vec!["ordinary", "health", "criminal"]))
        .prop_map(|(value, who, class)| json!({MARK: {"of": person(who), "class": class, "value": [MARKER, value]}}));
    prop_oneof![2 => simple, 1 => mark].prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-z~/]{1,6}", inner, 0..5).prop_map(|map| Value::Object(Map::from_iter(map))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_at_any_depth_are_sealed_and_come_back(original in json_with_marks()) {
        let key = Key::from_bytes([5; 32]);
        let key_id = KeyId::from_uuid(id(9));
        let event = EventId::from_uuid(id(8));
        let mut value = original.clone();
        let mut nonce = [0; NONCE_LENGTH];
        let mut pointers = Vec::new();
        seal_marks::<CodecError>(&mut value, &mut |of, plain, pointer| {
            nonce[0] += 1;
            pointers.push(pointer.to_owned());
            Ok(Sealed::seal(plain, of, (key_id, &key), nonce, Place { event, pointer }).expect("sealed"))
        }).expect("no reserved names");
        prop_assert!(!value.to_string().contains(MARKER));
        for pointer in &pointers {
            prop_assert!(value.pointer(pointer).is_some_and(|sealed| sealed.get("sealed").is_some()), "{}", pointer);
        }
        open_marks::<Opening>(&mut value, &mut |sealed, pointer| {
            sealed.open(&key, Place { event, pointer }).map(Opened::Known).map_err(Opening::from)
        }).map_err(|_| TestCaseError::fail("does not open"))?;
        prop_assert_eq!(value, original);
    }

    #[test]
    fn no_two_places_share_associated_data(
        one in ("[a-z/]{0,6}", 0..3_u128, 0..3_u128, 0..3_u128),
        other in ("[a-z/]{0,6}", 0..3_u128, 0..3_u128, 0..3_u128),
    ) {
        let bytes = |(pointer, event, of, key): &(String, u128, u128, u128)| crate::seal::associated_data(
            Place { event: EventId::from_uuid(id(*event)), pointer }, person(*of), KeyId::from_uuid(Uuid::from_u128(*key)),
        );
        prop_assert_eq!(bytes(&one) == bytes(&other), one == other);
    }
}

#[test]
fn the_streams_name_is_not_part_of_the_seal_but_of_the_hash() {
    let mut desk = desk();
    let event = recorded(desk.encode(vec![Draft::of(a_note())]).remove(0));
    let moved = RecordedEvent { stream: StreamName::new("case", id(99)).unwrap(), ..event.clone() };
    assert_ne!(hash_of(&moved), hash_of(&event));
}
