//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::assessment::tests::check_stored;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _};
use crate::divorce::tests::{A, ILSE, MORRIS, ROBERT, closed, directed, fact_of, strike};
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

pub(crate) fn refer(person: PersonId, number: &str) -> ReferenceCommand {
    since(person, number, None)
}

fn since(person: PersonId, number: &str, since: Option<&str>) -> ReferenceCommand {
    ReferenceCommand::RecordExternalReference {
        person,
        register: Register::ReferralIndex,
        number: Opaque::new(number).unwrap(),
        keeper: line("jeugdgezondheidszorg"),
        since: since.map(day),
    }
}

fn end(given: &Given<Case>, last_day: Option<&str>) -> ReferenceCommand {
    let reference = given.state().references.all()[0].id;
    ReferenceCommand::EndExternalReference { reference, last_day: last_day.map(day), reason: Some(text("afgesloten")) }
}

#[test]
fn a_reference_says_where_something_stands_and_ends_once() {
    let given = directed().when(since(MORRIS, "vi-2026/0041", Some("2026-02-01"))).accepted();
    let known = given.state().references.all()[0].clone();
    assert_eq!((known.person, known.since, known.ended.is_none()), (MORRIS, day("2026-02-01"), true));
    let ends = end(&given, Some("2026-01-31"));
    let given = given.when(ends).refused_but(UNTIL_BEFORE_FROM);
    let ends = end(&given, None);
    let given = given.when(ends.clone()).accepted();
    assert_eq!(given.state().references.all()[0].ended.as_ref().unwrap().last_day, day("2026-04-21"));
    let given = given.when(ends).refused_but(REFERENCE_ENDED);
    // Once it ended the same number may come back.
    given.when(refer(MORRIS, "vi-2026/0041")).accepted();
}

/// Never the content: what could say something is no reference.
#[test]
fn words_and_numbers_of_people_are_no_reference() {
    for words in ["", "  ", "is bekend bij jgz", "zorg: agressie", "a@b.nl", &"9".repeat(65), "véél", "x\u{202E}y"] {
        assert_eq!(Opaque::new(words), Err(NotOpaque), "{words:?}");
    }
    // A citizen service number by the test of eleven, and a telephone number.
    for number in ["111222333", "0612345678", "bsn:111222333"] {
        directed().when(refer(MORRIS, number)).then_rejected(REFERENCE_LEADS_TO_PERSON);
    }
    directed().when(refer(MORRIS, "morris")).then_rejected(NAMES_IN_TEXT);
    assert_eq!(format!("{:?}", Opaque::new("kwartel-7").unwrap()), "Opaque");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let given = directed().when(refer(PersonId::from_uuid(Uuid::from_u128(0xBAD)), "vi-1")).refused_but(PERSON_UNKNOWN);
    let given = given.when(since(MORRIS, "vi-1", Some("2026-04-22"))).refused_but(REFERENCE_FROM_FUTURE);
    let unknown = ReferenceId::from_uuid(Uuid::nil());
    let unknown = ReferenceCommand::EndExternalReference { reference: unknown, last_day: None, reason: None };
    let given = given.when(unknown).refused_but(REFERENCE_UNKNOWN);
    let given = given.when(refer(MORRIS, "vi-1")).accepted().when(refer(MORRIS, "vi-1")).refused_but(REFERENCE_PRESENT);
    let given = given.when(refer(MORRIS, "vi-2")).accepted().when(refer(ILSE, "vi-1")).accepted();
    closed(given, "2026-06-01").when(refer(ROBERT, "vi-1")).accepted();
}

#[test]
fn it_is_personal_of_a_child_too_and_leads_once_somebody_is_protected() {
    let given = directed().when(refer(MORRIS, "vi-1")).accepted();
    let ends = end(&given, None);
    let given = given.when(ends).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    for name in ["ExternalReferenceRecorded", "ExternalReferenceEnded"] {
        let fact = given.history().fact(fact_of(&given, name)).unwrap();
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Person(MORRIS)]));
        assert_eq!(fact.audience, Audience::Persons(vec![MORRIS]));
    }
    let event = given.history().fact(fact_of(&given, "ExternalReferenceRecorded")).unwrap().event.clone();
    assert!(!Locating::on(given.history(), day("2026-04-21")).leads(&event));
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = given.when(protect).accepted();
    assert!(Locating::on(given.history(), day("2026-04-21")).leads(&event));
}

#[test]
fn a_last_day_is_corrected_and_what_was_ended_is_not_struck_out_first() {
    let given = directed().when(since(MORRIS, "vi-1", Some("2026-02-01"))).accepted();
    let ends = end(&given, None);
    let given = given.when(ends).accepted();
    let strikes = strike(&given, "ExternalReferenceRecorded");
    let given = given.when(strikes).refused_but(CORRECTION_BREAKS_HISTORY);
    let correct = |last_day: &str| CorrectionCommand::Correct {
        target: fact_of(&given, "ExternalReferenceEnded"),
        reason: text("eerder"),
        occurred: None,
        content: CorrectedContent::LastDay { last_day: day(last_day) },
    };
    let (early, right) = (correct("2026-01-01"), correct("2026-03-01"));
    let given = given.when(early).refused_but(CORRECTION_BREAKS_HISTORY).when(right).accepted();
    assert_eq!(given.state().references.all()[0].ended.as_ref().unwrap().last_day, day("2026-03-01"));
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    let given = directed().when(refer(MORRIS, "vi-1")).accepted();
    let ends = end(&given, None);
    let given = given.when(ends.clone()).accepted();
    let facts = given.history().facts().iter().map(|fact| &fact.event);
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Reference(_))).collect();
    for event in &events {
        check_stored(event);
    }
    let seen: BTreeSet<_> = events.iter().map(|event| event.info().name).collect();
    assert_eq!(seen, CATALOGUE.iter().map(|info| info.name).collect());
    assert!(!CaseCommand::from(ends).needs_all(), "all of it is a report");
}
