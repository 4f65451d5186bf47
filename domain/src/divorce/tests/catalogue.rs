use std::collections::BTreeSet;

use super::*;
use crate::decider::DomainEvent;
use crate::fact::FieldClass;
use crate::personal::{MARK, codec_scope};

/// Every type of event of this room and of sharing, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let given = super::two_plans::through();
    let given = given.when(appoint(A, WIM)).accepted().when(end_coordinator(A, WIM, None)).accepted();
    let given = given.when(share(ILSE, ILSE, &[Category::Plan], &[TESS])).accepted();
    let ask = SatCommand::RequestSat {
        team: organisation("gemeente-huizen"),
        question: text("welk spoor past hier"),
        scope: SatScope::Named(vec![ILSE]),
    };
    let given = given.when(ask).accepted();
    let review = given.state().divorce.sat_reviews().last().unwrap().id;
    let given = given.by(HUGO, Role::SatAdvisor).when(SatCommand::AcceptSat { review }).accepted();
    let end = SatCommand::EndSat { review, reason: SatEnd::Answered, explanation: Some(text("gevolgd")) };
    let given = given.when(end).accepted().by(ANJA, Role::CaseDirector);
    let representatives =
        [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let given = given.when(DonsCommand::AssignDonsDuo { representatives, from: None }).accepted();
    let trajectory = given.state().divorce.duos()[0].trajectory;
    let end = DonsCommand::EndDons { trajectory, last_day: None, reason: text("klaar") };
    let given = given.when(end).accepted();
    let given = given.when(crate::sharing::tests::offer(&[ILSE], &[Category::Plan])).accepted();
    let share = given.state().sharing.all()[0].id;
    let given = given.when(crate::sharing::SharingCommand::WithdrawShare { share, reason: text("op") }).accepted();
    let facts = given.history().facts().iter();
    let of_these = |event: &CaseEvent| matches!(event, CaseEvent::Divorce(_) | CaseEvent::Sharing(_));
    let episodes = crate::divorce::episode::tests::every_fact().into_iter().map(|fact| fact.event);
    facts.map(|fact| fact.event.clone()).filter(of_these).chain(episodes).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_and_their_classes() {
    let mut seen = BTreeSet::new();
    for event in every_event() {
        let info = event.info();
        seen.insert(info.name);
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: BTreeSet<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(), "{}", info.name);
        for field in info.fields {
            let personal = stored.get(field.name).is_some_and(|value| value.to_string().contains(MARK));
            assert_eq!(personal, matches!(field.class, FieldClass::Personal(_)), "{}.{}", info.name, field.name);
        }
        assert_eq!(CaseEvent::from_payload(info.name, stored).unwrap(), event, "reads what it wrote");
    }
    let all = CATALOGUE.iter().chain(crate::sharing::CATALOGUE);
    assert_eq!(seen, all.map(|info| info.name).collect());
}

#[test]
fn every_owner_of_a_value_is_a_subject() {
    for event in every_event() {
        let stored = codec_scope(|| event.to_payload()).unwrap().to_string();
        let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
        for owner in owners {
            assert!(subjects.iter().any(|subject| subject == owner), "{owner} of {}", event.info().name);
        }
    }
}

#[test]
fn every_code_is_listed_once() {
    let codes: BTreeSet<_> = CODES.iter().chain(crate::sharing::CODES).collect();
    assert_eq!(codes.len(), CODES.len() + crate::sharing::CODES.len());
}
