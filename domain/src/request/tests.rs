use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::divorce::tests::{ANJA, FENNA, ILSE, MORRIS, ROBERT, closed, directed, strike};
use crate::dues::open_dues;
use crate::fact::{Audience, NEUTRAL};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_UNKNOWN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::testing::*;

pub(crate) fn of_raad() -> NewRequest {
    NewRequest {
        requester: Requester::Raad,
        person: None,
        who: Some(line("Raad voor de Kinderbescherming, Lelystad")),
        about: vec![MORRIS],
        asked: text("Hoe gaat het op school?"),
        article: Some(line("BW 1:240")),
        in_writing: true,
        answer_by: Some(day("2026-05-01")),
    }
}

fn of_parent() -> NewRequest {
    let (requester, person) = (Requester::ParentWithoutAuthority, Some(ROBERT));
    NewRequest { requester, person, who: None, article: None, in_writing: false, ..of_raad() }
}

pub(crate) fn ask(new: NewRequest) -> RequestCommand {
    RequestCommand::RecordOutsideRequest(Box::new(new))
}

fn decide(request: RequestId, outcome: RequestOutcome, categories: &[Category], by: &[WorkerId]) -> RequestCommand {
    RequestCommand::DecideOutsideRequest {
        request,
        outcome,
        categories: categories.to_vec(),
        reason: text("Dat helpt het kind."),
        decided_by: by.to_vec(),
        weighing: None,
    }
}

pub(crate) fn refuse(request: RequestId) -> RequestCommand {
    decide(request, RequestOutcome::Refused, &[], &[ANJA, FENNA])
}

fn asked(new: NewRequest) -> (Given<Case>, RequestId) {
    let given = directed().when(ask(new)).accepted();
    let request = given.state().requests.all()[0].id;
    (given, request)
}

fn waits(given: &Given<Case>) -> Vec<(String, String)> {
    open_dues(given.state(), day("2026-04-21")).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

/// Case 06, 2026-05-06..11: asked, weighed, answered with health and development.
#[test]
fn a_parent_without_authority_is_answered_after_weighing() {
    let (given, request) = asked(NewRequest { answer_by: None, ..of_parent() });
    let data = [Category::Health, Category::Wellbeing];
    let unweighed = decide(request, RequestOutcome::Given, &data, &[ANJA, FENNA]);
    let given = given.on("2026-04-26").when(unweighed).refused_but(WEIGHING_MISSING);
    let weighed = RequestCommand::DecideOutsideRequest {
        request,
        outcome: RequestOutcome::Given,
        categories: data.to_vec(),
        reason: text("Hij is erbij betrokken."),
        decided_by: vec![FENNA, ANJA, FENNA],
        weighing: Some(Weighing { equally: true, child_interest: text("Goed dat hij meeleeft.") }),
    };
    let given = given.when(weighed).accepted();
    let decided = given.state().requests.get(request).unwrap().decided.clone().unwrap();
    assert_eq!((decided.outcome, decided.day), (RequestOutcome::Given, day("2026-04-26")));
    assert_eq!((decided.categories.as_slice(), decided.decided_by.as_slice()), (&data[..], &[ANJA, FENNA][..]));
    assert!(decided.weighing.unwrap().equally);
    given.when(refuse(request)).then_rejected(REQUEST_ALREADY_DECIDED);
}

/// Case 06: without a request on record the same answer is refused.
#[test]
fn nothing_is_decided_without_a_request_on_record_nor_by_the_worker_alone() {
    let unknown = RequestId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(refuse(unknown)).then_rejected(REQUEST_UNKNOWN);
    let told = RequestCommand::TellFamilyOfRequest { request: unknown, persons: vec![ILSE] };
    directed().when(told).then_rejected(REQUEST_UNKNOWN);
    let (given, request) = asked(of_raad());
    for alone in [&[] as &[WorkerId], &[ANJA], &[ANJA, ANJA]] {
        let (given, request) = asked(of_raad());
        given.when(decide(request, RequestOutcome::Refused, &[], alone)).then_rejected(DECIDED_ALONE);
    }
    let given = given.when(decide(request, RequestOutcome::Given, &[], &[FENNA])).refused_but(GIVEN_NOTHING);
    let both = decide(request, RequestOutcome::Refused, &[Category::School], &[FENNA]);
    let given = given.when(both).refused_but(GIVEN_NOTHING);
    given.when(decide(request, RequestOutcome::PartlyGiven, &[Category::School], &[FENNA])).accepted();
}

#[test]
fn what_cannot_be_asked_is_refused_and_what_was_asked_is_taken() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(ask(NewRequest { who: None, ..of_raad() })).then_rejected(REQUESTER_MISSING);
    directed().when(ask(NewRequest { person: None, ..of_parent() })).then_rejected(REQUESTER_MISSING);
    directed().when(ask(NewRequest { about: vec![], ..of_raad() })).then_rejected(REQUEST_ABOUT_NOBODY);
    directed().when(ask(NewRequest { about: vec![nobody], ..of_raad() })).then_rejected(PERSON_UNKNOWN);
    directed().when(ask(NewRequest { person: Some(nobody), ..of_parent() })).then_rejected(PERSON_UNKNOWN);
    let early = NewRequest { answer_by: Some(day("2026-04-20")), ..of_raad() };
    directed().when(ask(early)).then_rejected(UNTIL_BEFORE_FROM);
    let named = NewRequest { asked: text("Hoe gaat het met Morris?"), ..of_raad() };
    directed().when(ask(named)).then_rejected(NAMES_IN_TEXT);
    given_of::<Case>([]).when(ask(of_raad())).then_rejected(CASE_UNKNOWN);
    closed(directed(), "2026-04-22").when(ask(of_raad())).accepted();
    directed().when_on("2020-01-01", ask(of_raad())).accepted();
}

#[test]
fn it_waits_for_its_answer_and_for_telling_the_family_until_then() {
    let expected = |dues: &[(&str, &str)]| -> Vec<_> {
        dues.iter().map(|(what, by)| ((*what).to_owned(), (*by).to_owned())).collect()
    };
    let (given, request) = asked(of_raad());
    assert_eq!(waits(&given), expected(&[(REQUEST_DUE, "2026-05-01")]));
    let later = |review| RequestCommand::TellFamilyLater {
        request,
        ground: text("Het onderzoek loopt nog."),
        review: day(review),
    };
    let given = given.when(later("2026-04-20")).refused_but(UNTIL_BEFORE_FROM);
    let given = given.when(later("2026-06-01")).accepted();
    assert_eq!(waits(&given), expected(&[(REQUEST_DUE, "2026-05-01"), (TELL_FAMILY_DUE, "2026-06-01")]));
    let given = given.when(refuse(request)).accepted();
    assert_eq!(waits(&given), expected(&[(TELL_FAMILY_DUE, "2026-06-01")]));
    let told = RequestCommand::TellFamilyOfRequest { request, persons: vec![ILSE, ROBERT] };
    let given = given.when(told).accepted();
    assert_eq!(waits(&given), expected(&[]));
    assert!(matches!(given.state().requests.get(request).unwrap().told, Some(FamilyTold::Told { .. })));
    let out = strike(&given, "FamilyToldOfRequest");
    assert_eq!(waits(&given.when(out).accepted()), expected(&[(TELL_FAMILY_DUE, "2026-06-01")]));
}

#[test]
fn it_is_for_the_director_and_in_clear_nothing_tells() {
    let (given, request) = asked(of_raad());
    let given = given.when(refuse(request)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    for fact in given.history().facts().iter().rev().take(2) {
        let CaseEvent::Request(event) = &fact.event else { panic!("a request") };
        assert_eq!((event.info().outer, event.info().audience), (NEUTRAL, "director"));
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Person(MORRIS)]));
        assert!(fact.audience == Audience::Case, "the default of the type counts in the store");
    }
}
