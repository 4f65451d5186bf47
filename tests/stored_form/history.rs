//! One stored sample per event type and version ever written: `tests/history/<Type>.v<N>.json`, the opened body with its marks in
//! clear, about invented people. A sample is never changed; a new version adds one.
//!
//! To add one, write the body as the codec stores it: `occurred`, `terms`, and the `payload` with a mark
//! (`{"$personal": {"of", "class", "value"}}`) for each personal value.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::case::CaseEvent;
use domain::catalogue;
use domain::decider::DomainEvent;
use domain::fact::{EventInfo, FieldClass, FieldInfo};
use domain::personal::{DataClass, MARK, codec_scope};
use domain::signal::SignalEvent;
use domain::worker::WorkerEvent;
use eventstore::body::Body;
use eventstore::upcast::Upcasters;
use serde_json::Value;

/// The steps from old versions to new ones. No event has a second version yet.
fn released_steps() -> Upcasters {
    Upcasters::none()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("history")
}

/// The samples by type and version.
fn samples() -> BTreeMap<(String, u16), Value> {
    let files = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (type_name, version) = name.strip_suffix(".json").unwrap().split_once(".v").expect("<Type>.v<N>.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let body = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name} is not JSON: {error}"));
        ((type_name.to_owned(), version.parse().unwrap()), body)
    };
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).map(read).collect()
}

/// The sample's payload brought to the current version, read as an event, and written again.
fn round(type_name: &str, version: u16, body: &Body) -> Result<Value, String> {
    let events = catalogue::events();
    let payload = body.payload.clone();
    let payload =
        released_steps().to_current(&events, type_name, version, payload).map_err(|error| error.to_string())?;
    rewritten::<CaseEvent>(type_name, &payload)
        .or_else(|| rewritten::<SignalEvent>(type_name, &payload))
        .or_else(|| rewritten::<WorkerEvent>(type_name, &payload))
        .unwrap_or_else(|| Err("no stream knows this type".to_owned()))
}

/// `None` when this kind of stream does not know the type.
fn rewritten<E: DomainEvent>(type_name: &str, payload: &Value) -> Option<Result<Value, String>> {
    E::catalogue().iter().find(|info| info.name == type_name)?;
    let event = E::from_payload(type_name, payload.clone()).map_err(|error| error.to_string());
    Some(event.and_then(|event| codec_scope(|| event.to_payload()).map_err(|error| error.to_string())))
}

fn info(type_name: &str) -> &'static EventInfo {
    let events = catalogue::events();
    events.into_iter().find(|info| info.name == type_name).unwrap_or_else(|| panic!("{type_name} is in no catalogue"))
}

#[test]
fn every_event_type_has_a_sample_of_the_version_that_is_written_now() {
    let samples = samples();
    let missing: Vec<String> = catalogue::events()
        .iter()
        .filter(|info| !samples.contains_key(&(info.name.to_owned(), info.version)))
        .map(|info| format!("tests/history/{}.v{}.json", info.name, info.version))
        .collect();
    assert!(missing.is_empty(), "{} samples are missing:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn every_version_before_the_current_one_has_a_sample_too() {
    let samples = samples();
    for (type_name, version) in samples.keys() {
        assert!(*version <= info(type_name).version, "{type_name}.v{version} was written by a newer release");
    }
    for info in catalogue::events() {
        for version in 1..info.version {
            assert!(samples.contains_key(&(info.name.to_owned(), version)), "{}.v{version} is missing", info.name);
        }
    }
}

#[test]
fn every_sample_of_any_version_still_becomes_an_event() {
    for ((type_name, version), sample) in samples() {
        let body: Body =
            serde_json::from_value(sample).unwrap_or_else(|error| panic!("{type_name}.v{version}: {error}"));
        let neutral = info(&type_name).outer != info(&type_name).name;
        assert_eq!(body.inner_type.as_deref(), neutral.then_some(type_name.as_str()), "{type_name}.v{version}: `type`");
        round(&type_name, version, &body).unwrap_or_else(|error| panic!("{type_name}.v{version}: {error}"));
    }
}

#[test]
fn a_sample_of_the_current_version_is_written_again_as_it_stands() {
    for ((type_name, version), sample) in samples() {
        if version != info(&type_name).version {
            continue;
        }
        let body: Body = serde_json::from_value(sample.clone()).unwrap();
        let written = round(&type_name, version, &body).unwrap_or_else(|error| panic!("{type_name}: {error}"));
        assert_eq!(written, sample["payload"], "{type_name}.v{version}");
        assert_eq!(
            serde_json::to_value(&body).unwrap(),
            sample,
            "{type_name}.v{version}: the parts around the payload"
        );
    }
}

#[test]
fn the_catalogue_names_every_field_and_its_class() {
    for ((type_name, version), sample) in samples() {
        let info = info(&type_name);
        if version == info.version {
            check_fields(info, &sample["payload"]);
        }
    }
}

fn check_fields(info: &EventInfo, payload: &Value) {
    let empty = serde_json::Map::new();
    let stored = payload.as_object().unwrap_or(&empty);
    let found: BTreeSet<&str> = stored.keys().map(String::as_str).collect();
    let may = |field: &&FieldInfo| !field.optional || found.contains(field.name);
    let expected: BTreeSet<&str> = info.fields.iter().filter(may).map(|field| field.name).collect();
    assert_eq!(found, expected, "{}: fields stored, and fields in the catalogue", info.name);
    for field in info.fields.iter().filter(may) {
        let mut classes = BTreeSet::new();
        find_classes(&stored[field.name], &mut classes);
        let said = match field.class {
            FieldClass::Structure => BTreeSet::new(),
            FieldClass::Personal(class) => BTreeSet::from([class]),
        };
        let nothing = stored[field.name].is_null();
        assert!(
            nothing || classes == said,
            "{}.{}: holds {classes:?}, the catalogue says {said:?}",
            info.name,
            field.name
        );
    }
}

/// The classes of the marks inside a value. The replacement in a correction is checked as the event it is.
fn find_classes(value: &Value, classes: &mut BTreeSet<DataClass>) {
    match value {
        Value::Object(object) if object.contains_key(MARK) => {
            classes.insert(serde_json::from_value(object[MARK]["class"].clone()).unwrap());
        }
        Value::Object(object) => {
            match (object.get("type").and_then(Value::as_str), object.get("version"), object.get("payload")) {
                (Some(type_name), Some(_), Some(payload)) => check_fields(info(type_name), payload),
                _ => object.values().for_each(|inner| find_classes(inner, classes)),
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| find_classes(inner, classes)),
        _ => {}
    }
}
