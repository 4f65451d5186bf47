use std::collections::BTreeSet;

use super::*;
use crate::decider::DomainEvent;
use crate::fact::FieldClass;
use crate::ids::{ReviewId, TrajectoryId};
use crate::personal::{MARK, codec_scope};

/// Every type of event of this room and of sharing, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let given = super::two_plans::through();
    let given = given.when(appoint(A, WIM)).accepted().when(end_coordinator(A, WIM, None)).accepted();
    let given = given.when(share(ILSE, ILSE, &[Category::Plan], &[TESS, HUGO])).accepted();
    let ask = SatCommand::RequestSat {
        team: organisation("gemeente-huizen"),
        question: text("welk spoor past hier"),
        scope: SatScope::Named(vec![ILSE]),
    };
    let given = given.when(ask).accepted();
    let review = given.state().divorce.sat_reviews().last().unwrap().id;
    let given = given.by(HUGO, Role::SatAdvisor).when(SatCommand::AcceptSat { review }).accepted();
    let given = advised(given, review);
    let end = SatCommand::EndSat { review, reason: SatEnd::Answered, explanation: Some(text("gevolgd")) };
    let given = given.when(end).accepted().by(ANJA, Role::CaseDirector);
    let assign = DonsCommand::AssignDonsDuo { representatives: duo(), from: None, untrained: vec![] };
    let given = offered(given).when(assign).accepted();
    let trajectory = given.state().divorce.duos()[0].trajectory;
    let end = DonsCommand::EndDons { trajectory, last_day: Some(day("2026-05-04")), reason: text("klaar") };
    let given = conversed(given, trajectory).when(end).accepted();
    let chosen = crate::divorce::episode::tests::triage(crate::divorce::episode::DivorceTrack::Dons);
    let given = given.on("2026-05-05").when(chosen).accepted().when(DonsCommand::AssignDonsDuo {
        representatives: duo(),
        from: None,
        untrained: vec![],
    });
    let given = given.accepted();
    let trajectory = given.state().divorce.duos()[1].trajectory;
    let complete = DonsCommand::CompleteDons {
        trajectory,
        last_day: None,
        communication: Some(text("zij overleggen")),
        contact: Some(text("vaste weekenden")),
        agreements: Some(text("op papier")),
    };
    let given = given.when(complete).accepted();
    let given = given.when(crate::sharing::tests::offer(&[ILSE], &[Category::Plan])).accepted();
    let share = given.state().sharing.all()[0].id;
    let given = given.when(crate::sharing::SharingCommand::WithdrawShare { share, reason: text("op") }).accepted();
    let facts = given.history().facts().iter();
    // Those of the episode come from its own tests.
    let of_these = |event: &CaseEvent| match event {
        CaseEvent::Divorce(of) => !matches!(of, DivorceEvent::Episode(_)),
        event => matches!(event, CaseEvent::Sharing(_)),
    };
    let episodes = crate::divorce::episode::tests::every_fact().into_iter().map(|fact| fact.event);
    facts.map(|fact| fact.event.clone()).filter(of_these).chain(episodes).collect()
}

fn duo() -> [FamilyRepresentative; 2] {
    [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") })
}

/// *Not me*, accepted again, an intervention that ends early, an advice and its answer; then asked anew.
fn advised(given: Given<Case>, review: ReviewId) -> Given<Case> {
    let because = || Some(text("ander werk"));
    let given = given.when(SatCommand::SayNotMe { review, reason: because() }).accepted();
    let given = given.when(SatCommand::AcceptSat { review }).accepted();
    let (mode, until) = (SatMode::Intervention, Some(day("2026-12-31")));
    let agree = SatCommand::AgreeSatMode { review, mode, from: None, until, persons: vec![ILSE] };
    let given = given.when(agree).accepted();
    let advice = NewSatAdvice {
        review,
        position: given.history().revision(),
        recommended: Some(SatTrack::PlanPerHousehold),
        conditions: vec![text("eerst rust")],
        words: text("twee plannen"),
    };
    let given = given.when(SatCommand::GiveSatAdvice(Box::new(advice))).accepted();
    let advice = given.state().divorce.sat_review(review).unwrap().advices[0].id;
    let answer = SatCommand::AnswerSatAdvice { review, advice, follows: false, reason: because() };
    let given = given.by(ANJA, Role::CaseDirector).when(answer).accepted();
    let given = given.when(SatCommand::EndSatMode { review, last_day: None, reason: because() }).accepted();
    given.by(HUGO, Role::SatAdvisor)
}

fn conversed(given: Given<Case>, trajectory: TrajectoryId) -> Given<Case> {
    let kind = DonsConversationKind::Information;
    let held = NewDonsConversation {
        trajectory,
        kind,
        present: vec![ILSE, ROBERT],
        apart: true,
        representatives: vec![],
        minutes: 60,
        preparation: 30,
        topics: vec![line("wat DOnS is")],
        sub_goals: vec![DonsSubGoal::Transition],
        words: Some(text("beiden willen verder")),
        explanation: None,
    };
    let not_held = DonsCommand::RecordDonsNotHeld {
        trajectory,
        kind,
        absent: vec![ROBERT],
        preparation: 15,
        reason: text("was ziek"),
    };
    let given = given.when(DonsCommand::RecordDonsConversation(Box::new(held))).accepted().when(not_held).accepted();
    let conversation = Some(given.state().divorce.dons_conversations()[0].id);
    let draft =
        DonsCommand::DraftParentGoal { trajectory, parents: vec![], conversation, words: text("nieuws tegelijk") };
    let given = given.when(draft).accepted();
    let goal = given.state().divorce.parent_goals()[0].id;
    let adjust = DonsCommand::AdjustParentGoal { goal, conversation, words: text("nieuws van ons allebei") };
    let given = given.when(adjust).accepted().when(DonsCommand::FixParentGoal { goal, conversation }).accepted();
    let (kind, persons) = (BarrierKind::CourtCase, vec![ILSE]);
    let open = DonsCommand::OpenBarrier { kind, persons, words: Some(text("alimentatie")) };
    let given = given.when(open).accepted();
    let barrier = given.state().divorce.barriers()[0].id;
    given.when(DonsCommand::LiftBarrier { barrier, words: Some(text("uitspraak")) }).accepted()
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
