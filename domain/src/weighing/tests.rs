//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::DomainCommand as _;
use crate::divorce::tests::{A, ANJA, ILSE, MORRIS, WIM, apart, appoint, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::fact::Audience;
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::service::catalogue::{ABOUT_NOBODY, DECIDED_BY_NOBODY};
use crate::testing::*;
use crate::trajectory::catalogue::TRAJECTORY_UNKNOWN;
use crate::trajectory::tests::check_catalogue;

fn new() -> NewJustification {
    NewJustification {
        persons: vec![MORRIS],
        help: line("opname met verlof"),
        trajectory: None,
        benefit: text("rust en een dagritme"),
        harm: text("weg van huis en van school"),
        lighter: Some(text("dagbehandeling is geprobeerd")),
        justification: text("lichter hielp niet, en het wordt erger"),
        child_interest: Some(text("hij mag elk weekend naar huis")),
        decided: vec![Agreed::Person(ILSE), Agreed::Worker(ANJA)],
        review: Some(day("2026-05-19")),
    }
}

pub(crate) fn justify(trajectory: Option<HelpTrajectoryId>) -> WeighingCommand {
    WeighingCommand::JustifyHarmfulHelp(Box::new(NewJustification { trajectory, ..new() }))
}

fn justify_as(new: NewJustification) -> WeighingCommand {
    WeighingCommand::JustifyHarmfulHelp(Box::new(new))
}

pub(crate) fn wait(persons: &[PersonId], review: &str) -> WeighingCommand {
    WeighingCommand::DecideToWait {
        persons: persons.to_vec(),
        what: text("met nieuwe hulp"),
        reason: text("eerst rust; te veel tegelijk helpt niet"),
        decided: vec![Agreed::Worker(ANJA)],
        review: day(review),
    }
}

pub(crate) fn look(weighing: WeighingId, next: Option<&str>) -> WeighingCommand {
    let (goes_on, finding) = (next.is_some(), text("het is rustiger"));
    WeighingCommand::ReviewWeighing { weighing, goes_on, finding, next: next.map(day) }
}

fn only(given: &Given<Case>) -> &Weighing {
    &given.state().weighings.all()[0]
}

fn waits(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    open_dues(given.state(), day(on)).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

/// Rule 11, case 08 (2026-07-13): a wait with its reason and its review; reviewed on the day itself.
#[test]
fn a_deliberate_wait_waits_for_its_review_and_ends_with_it() {
    let given = directed().when(wait(&[MORRIS], "2026-05-04")).accepted();
    let id = only(&given).id;
    assert_eq!(waits(&given, "2026-06-01"), [(WAITING_REVIEW_DUE.to_owned(), "2026-05-04".to_owned())], "and it stays");
    let given = given.on("2026-05-04").when(look(id, Some("2026-06-01"))).accepted();
    assert_eq!(waits(&given, "2026-05-04"), [(WAITING_REVIEW_DUE.to_owned(), "2026-06-01".to_owned())]);
    let given = given.on("2026-06-01").when(look(id, None)).accepted();
    assert_eq!((only(&given).over(), waits(&given, "2026-06-01")), (Some(day("2026-06-01")), vec![]));
    given.when(look(id, None)).then_rejected(WEIGHING_OVER);
}

#[test]
fn help_that_may_harm_is_justified_and_looked_at_again() {
    let given = directed().when(justify(None)).accepted();
    let id = only(&given).id;
    assert_eq!(waits(&given, "2026-04-21"), [(HARM_REVIEW_DUE.to_owned(), "2026-05-19".to_owned())]);
    let on = WeighingCommand::ReviewWeighing { weighing: id, goes_on: true, finding: text("het helpt"), next: None };
    let given = given.when(on).accepted();
    assert_eq!((only(&given).over(), waits(&given, "2026-04-21")), (None, vec![]), "no day was set");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let refused = |new: NewJustification, code| directed().when(justify_as(new)).then_rejected(code);
    refused(NewJustification { persons: vec![], ..new() }, ABOUT_NOBODY);
    refused(NewJustification { persons: vec![stranger], ..new() }, PERSON_UNKNOWN);
    refused(NewJustification { decided: vec![], ..new() }, DECIDED_BY_NOBODY);
    refused(NewJustification { decided: vec![Agreed::Person(stranger)], ..new() }, PERSON_UNKNOWN);
    refused(NewJustification { review: Some(day("2026-04-20")), ..new() }, UNTIL_BEFORE_FROM);
    refused(NewJustification { harm: text("zonder Ilse"), ..new() }, NAMES_IN_TEXT);
    let nowhere = HelpTrajectoryId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(justify(Some(nowhere))).then_rejected(TRAJECTORY_UNKNOWN);
    directed().when(wait(&[MORRIS], "2026-04-20")).then_rejected(UNTIL_BEFORE_FROM);
    let nothing = WeighingId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(look(nothing, None)).then_rejected(WEIGHING_UNKNOWN);
    let given = directed().when(wait(&[MORRIS], "2026-05-04")).accepted();
    let id = only(&given).id;
    let review = |goes_on, next: Option<&str>| WeighingCommand::ReviewWeighing {
        weighing: id,
        goes_on,
        finding: text("gezien"),
        next: next.map(day),
    };
    let given = given.when(review(true, None)).refused_but(WAITING_WITHOUT_REVIEW);
    let given = given.when(review(false, Some("2026-06-01"))).refused_but(REVIEW_AFTER_END);
    given.when(review(true, Some("2026-04-20"))).then_rejected(UNTIL_BEFORE_FROM);
}

#[test]
fn it_is_told_late_and_of_a_closed_case() {
    let given = directed().when_on("2025-12-01", wait(&[MORRIS], "2026-01-01")).accepted();
    assert_eq!(only(&given).on, day("2025-12-01"));
    closed(directed(), "2026-05-04").when(wait(&[MORRIS], "2026-06-01")).accepted();
}

#[test]
fn it_stands_where_those_stand_whom_it_concerns() {
    let given = directed().when(wait(&[MORRIS, ILSE], "2026-05-04")).accepted();
    let id = only(&given).id;
    let given = given.when(look(id, None)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let stands = |name| layers.of_fact(given.history().fact(fact_of(&given, name)).unwrap());
    let each = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!([stands("WaitingDecided"), stands("WeighingReviewed")], [each.clone(), each]);
    let justified = directed().when(justify(None)).accepted();
    let fact = justified.history().fact(fact_of(&justified, "HarmfulHelpJustified")).unwrap();
    assert_eq!(fact.audience, Audience::Child(MORRIS));
}

#[test]
fn of_somebody_hidden_it_leads_to_them_and_so_does_who_decided() {
    let given = apart().when(appoint(A, WIM)).accepted();
    let by_wim = NewJustification { decided: vec![Agreed::Worker(WIM)], ..new() };
    let given = given.when(justify_as(by_wim)).accepted();
    let event = given.history().facts().last().unwrap().event.clone();
    let leads = |given: &Given<Case>| {
        let locating = Locating::on(given.history(), day("2026-05-04"));
        (locating.leads(&event), locating.words_lead(&event), locating.workers_lead(&event))
    };
    assert_eq!(leads(&given), (false, false, false));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert_eq!(leads(&given), (false, true, true));
}

#[test]
fn a_mistake_is_struck_out_and_every_type_stands_in_the_catalogue() {
    let given = directed().when(justify(None)).accepted();
    let mistaken = strike(&given, "HarmfulHelpJustified");
    assert_eq!(given.when(mistaken).accepted().state().weighings.all(), []);
    let given = directed().when(wait(&[MORRIS], "2026-05-04")).accepted();
    let id = only(&given).id;
    let given = given.when(look(id, None)).accepted().when(justify(None)).accepted();
    let waiting = strike(&given, "WaitingDecided");
    let given = given.when(waiting).refused_but(crate::correction::CORRECTION_BREAKS_HISTORY);
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Weighing(_))).collect();
    check_catalogue(&events, CATALOGUE);
    assert!(!CaseCommand::from(look(id, None)).needs_all(), "all of it is a report");
}
