use std::collections::BTreeSet;

use super::*;
use crate::decider::DomainEvent;
use crate::fact::FieldClass;
use crate::personal::{MARK, codec_scope};
use crate::regie::{CATALOGUE, CODES};

/// Every type of event of this room, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let full = NewParty {
        expertise: Some(line("trauma")),
        specialist: true,
        expected_end: Some(day("2026-10-01")),
        ..party(SAM)
    };
    let mut given = ready_to_accept().by(crate::testing::NOOR, Role::AccessWorker);
    let appoint = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("ziek"),
    };
    let change =
        RegieCommand::ChangeExpectedEnd { worker: SAM, expected_end: day("2026-11-01"), reason: Some(text("langer")) };
    let handover = open_handover(&given);
    let words = RegieCommand::RecordFamilyWord {
        handover,
        person: SAMIRA,
        agrees: true,
        words: Some(text("goed")),
        told_day: day("2026-06-26"),
    };
    let hand_back =
        RegieCommand::HandBackRegie { tasks: vec![RegieTask::Plan], to: SAMIRA, agreement: Some(text("afgesproken")) };
    let left = RegieCommand::LeaveParty { worker: SAM, last_day: None, reason: Some(text("klaar")) };
    for command in [
        RegieCommand::JoinParty(full),
        RegieCommand::StateContribution { worker: SAM, can: text("a"), cannot: text("b") },
        change,
        left,
        appoint,
        RegieCommand::TellFamilyOfDeputy { deputy: SAM, persons: vec![SAMIRA] },
        RegieCommand::EndDeputy { last_day: None },
        hand_back,
        words,
    ] {
        given = given.when(command).accepted();
    }
    given = given.by(LAYLA, Role::CaseDirector).when(RegieCommand::AcceptHandover { handover }).accepted();
    given = given.when(offer(SAM, "2026-06-26")).accepted();
    let handover = open_handover(&given);
    given = given.when(RegieCommand::EndHandover { handover, reason: Some(text("toch niet")) }).accepted();
    given = given.when(end_directorship()).accepted();
    let facts = given.history().facts().iter();
    facts.map(|fact| fact.event.clone()).filter(|event| matches!(event, CaseEvent::Regie(_))).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_and_their_classes() {
    let mut seen = BTreeSet::new();
    for event in every_event() {
        let info = event.info();
        seen.insert(info.name);
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: Vec<_> = stored.as_object().unwrap().iter().collect();
        assert_eq!(
            fields.iter().map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(),
            info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(),
            "{}",
            info.name
        );
        for field in info.fields {
            let personal = stored.get(field.name).is_some_and(|value| value.to_string().contains(MARK));
            let empty = stored.get(field.name).is_some_and(serde_json::Value::is_null);
            assert_eq!(
                personal,
                matches!(field.class, FieldClass::Personal(_)) && !empty,
                "{}.{}",
                info.name,
                field.name
            );
        }
        assert_eq!(CaseEvent::from_payload(info.name, stored).unwrap(), event, "reads what it wrote");
    }
    assert_eq!(seen, CATALOGUE.iter().map(|info| info.name).collect());
}

#[test]
fn every_owner_of_a_value_is_a_subject() {
    for event in every_event() {
        let stored = codec_scope(|| event.to_payload()).unwrap().to_string();
        let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
        for owner in owners {
            assert!(subjects.iter().any(|subject| subject == owner), "{} of {}", owner, event.info().name);
        }
    }
}

#[test]
fn every_code_is_listed_once() {
    let codes: BTreeSet<_> = CODES.iter().collect();
    assert_eq!(codes.len(), CODES.len());
}
