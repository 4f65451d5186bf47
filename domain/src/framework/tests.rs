//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::DomainCommand as _;
use crate::divorce::tests::{A, ILSE, MORRIS, ROBERT, apart, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_NOT_OPEN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::regie::tests::{PETRA, join, open_case, with_director};
use crate::regie::{GAP_DUE, gap_in_open_case};
use crate::ruling::catalogue::RULING_UNKNOWN;
use crate::testing::*;
use crate::trajectory::tests::check_catalogue;

fn new() -> NewCondition {
    NewCondition {
        persons: vec![MORRIS],
        what: text("naar school gaan, elke ochtend"),
        why: text("zonder school komt er geen rust"),
        set_by: line("toegang van de gemeente"),
        until: day("2026-07-31"),
        explained: vec![MORRIS],
    }
}

pub(crate) fn set() -> FrameworkCommand {
    set_as(new())
}

fn set_as(new: NewCondition) -> FrameworkCommand {
    FrameworkCommand::SetCondition(Box::new(new))
}

pub(crate) fn says(condition: ConditionId, person: PersonId, accepts: bool) -> FrameworkCommand {
    FrameworkCommand::AnswerCondition { condition, person, accepts, words: Some(text("dat is goed")) }
}

pub(crate) fn over(condition: ConditionId) -> FrameworkCommand {
    FrameworkCommand::EndCondition { condition, reason: text("het gaat vanzelf") }
}

pub(crate) fn becomes(framework: LegalFramework, from: Option<&str>) -> FrameworkCommand {
    FrameworkCommand::ChangeLegalFramework { framework, from: from.map(day), ruling: None }
}

fn only(given: &Given<Case>) -> &Condition {
    &given.state().conditions.all()[0]
}

fn departures(given: &Given<Case>) -> Vec<String> {
    given.state().life.departures.iter().map(|one| one.rule.clone()).collect()
}

fn waits(given: &Given<Case>) -> Vec<(String, String)> {
    open_dues(given.state(), day("2026-04-21")).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

/// Case 07 (2026-10-19): what, why, by whom, until when, that it may be refused; explained. The framework stays voluntary.
#[test]
fn a_condition_in_voluntary_help_may_be_refused() {
    let given = directed().when(set()).accepted();
    assert_eq!(departures(&given), [] as [&str; 0]);
    assert_eq!(waits(&given), [(CONDITION_DUE.to_owned(), "2026-07-31".to_owned())]);
    let id = only(&given).id;
    let given = given.when(says(id, MORRIS, false)).accepted().on("2026-05-04").when(says(id, MORRIS, true)).accepted();
    let said: Vec<_> = only(&given).words.iter().map(|word| word.accepts.known().copied()).collect();
    assert_eq!(said, [Some(false), Some(true)], "the no stays beside the yes");
    assert_eq!(framework_on(given.state(), day("2026-05-04")), Some(LegalFramework::Voluntary));
    let given = given.when(says(id, ILSE, true)).refused_but(NOT_ASKED_OF);
    let given = given.when(over(id)).accepted();
    assert_eq!(waits(&given), []);
    let given = given.when(over(id)).refused_but(CONDITION_OVER);
    given.when(says(id, MORRIS, true)).then_rejected(CONDITION_OVER);
}

#[test]
fn a_condition_of_which_nobody_was_told_that_it_may_be_refused_departs_from_a_rule() {
    let given = directed().when(set_as(NewCondition { explained: vec![ILSE], ..new() })).accepted();
    assert_eq!(departures(&given), [MAY_REFUSE_EXPLAINED]);
}

#[test]
fn under_a_measure_no_condition_is_set() {
    let given = directed().when(becomes(LegalFramework::Compulsory, Some("2026-04-01"))).accepted();
    given.when(set()).then_rejected(CONDITION_NOT_VOLUNTARY);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let refused = |new: NewCondition, code| directed().when(set_as(new)).then_rejected(code);
    refused(NewCondition { persons: vec![], ..new() }, ABOUT_NOBODY);
    refused(NewCondition { persons: vec![stranger], ..new() }, PERSON_UNKNOWN);
    refused(NewCondition { explained: vec![stranger], ..new() }, PERSON_UNKNOWN);
    refused(NewCondition { until: day("2026-04-20"), ..new() }, UNTIL_BEFORE_FROM);
    refused(NewCondition { why: text("omdat Robert het wil"), ..new() }, NAMES_IN_TEXT);
    let nothing = ConditionId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(over(nothing)).then_rejected(CONDITION_UNKNOWN);
    closed(directed(), "2026-05-04").when(set()).then_rejected(CASE_NOT_OPEN);
    directed().when(becomes(LegalFramework::Voluntary, None)).then_rejected(FRAMEWORK_ALREADY);
    let early = becomes(LegalFramework::Compulsory, Some("2025-01-01"));
    directed().when(early).then_rejected(crate::regie::asked::BEFORE_CASE_OPENED);
    let (framework, ruling) = (LegalFramework::Compulsory, Some(RulingId::from_uuid(Uuid::from_u128(0xBAD))));
    let on_nothing = FrameworkCommand::ChangeLegalFramework { framework, from: None, ruling };
    directed().when(on_nothing).then_rejected(RULING_UNKNOWN);
}

/// As of any date; told late, each change holds from its own first day.
#[test]
fn the_framework_holds_from_its_first_day_on() {
    let given = directed().when(becomes(LegalFramework::Voluntary, Some("2026-04-20")));
    let given = given.refused_but(FRAMEWORK_ALREADY).when(becomes(LegalFramework::Compulsory, Some("2026-03-01")));
    let given = given.accepted().when(becomes(LegalFramework::Voluntary, Some("2026-04-10"))).accepted();
    let on = |text| framework_on(given.state(), day(text)).unwrap() == LegalFramework::Compulsory;
    assert_eq!(["2026-02-28", "2026-03-01", "2026-04-09", "2026-04-10"].map(on), [false, true, true, false]);
}

/// Rule 6: under a measure who directs is never silently empty, so one party is a gap from the day the measure came.
#[test]
fn a_measure_makes_one_party_without_a_director_a_gap() {
    let given = open_case().when(join(PETRA)).accepted().on("2026-03-16");
    assert_eq!(gap_in_open_case(given.state(), day("2026-03-16")), None);
    let given = given.when(becomes(LegalFramework::Compulsory, None)).accepted();
    assert_eq!(gap_in_open_case(given.state(), day("2026-03-15")), None, "not before");
    let gap = gap_in_open_case(given.state(), day("2026-03-16")).unwrap();
    assert_eq!((gap.since, gap.parties, gap.last_day), (day("2026-03-16"), 1, day("2026-03-23")));
    let waits: Vec<_> = open_dues(given.state(), day("2026-03-16")).into_iter().map(|due| due.what).collect();
    assert_eq!(waits, [GAP_DUE]);
    let directed = with_director().when(becomes(LegalFramework::Compulsory, None)).accepted();
    assert_eq!(gap_in_open_case(directed.state(), day("2026-03-30")), None, "somebody directs");
}

#[test]
fn a_condition_is_of_whom_it_asks_something_and_what_one_says_is_their_own() {
    let given = apart().when(set_as(NewCondition { persons: vec![MORRIS, ILSE], ..new() })).accepted();
    let id = only(&given).id;
    let given = given.when(says(id, ILSE, true)).accepted().when(over(id)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-05-04"), ages());
    let fact = |name| given.history().fact(fact_of(&given, name)).unwrap();
    let each = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(layers.of_fact(fact("ConditionSet")), each);
    assert_eq!(layers.of_fact(fact("ConditionEnded")), each);
    assert_eq!(layers.of_fact(fact("ConditionAnswered")), Layers::of([Layer::Person(ILSE)]));
    assert_eq!(fact("ConditionAnswered").audience, Audience::Persons(vec![ILSE]));
    let event = fact("ConditionEnded").event.clone();
    assert!(!Locating::on(given.history(), day("2026-05-04")).leads(&event));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&event));
    let changed = given.when(becomes(LegalFramework::Compulsory, None)).accepted();
    let event = changed.history().facts().last().unwrap().event.clone();
    let locating = Locating::on(changed.history(), day("2026-05-04"));
    assert!(!locating.leads(&event) && !locating.concerns(&event));
}

#[test]
fn a_mistake_is_struck_out_and_every_type_stands_in_the_catalogue() {
    let given = directed().when(becomes(LegalFramework::Compulsory, None)).accepted();
    let mistaken = strike(&given, "LegalFrameworkChanged");
    let given = given.when(mistaken).accepted();
    assert_eq!(framework_on(given.state(), day("2026-04-21")), Some(LegalFramework::Voluntary));
    let given = directed().when(set()).accepted();
    let id = only(&given).id;
    let given = given.when(says(id, MORRIS, true)).accepted().when(over(id)).accepted();
    let set_fact = strike(&given, "ConditionSet");
    let given = given.when(set_fact).refused_but(crate::correction::CORRECTION_BREAKS_HISTORY);
    let given = given.when(becomes(LegalFramework::Compulsory, None)).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Framework(_))).collect();
    check_catalogue(&events, CATALOGUE);
    assert!(CaseCommand::from(set()).needs_all(), "a condition is an act");
    assert!(!CaseCommand::from(says(id, ROBERT, true)).needs_all(), "what somebody says of it is a report");
}
