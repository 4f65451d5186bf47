//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::DomainCommand as _;
use crate::divorce::tests::{A, ILSE, MORRIS, ROBERT, apart, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::fact::Audience;
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::trajectory::tests::check_catalogue;

fn new(kind: ApplicationKind) -> NewApplication {
    NewApplication {
        kind,
        persons: vec![MORRIS],
        what: text("een beschikking voor begeleiding thuis"),
        of_whom: line("gemeente"),
        concern: Some(text("hij slaapt slecht en gaat minder naar school")),
        trajectory: None,
        answer_by: None,
    }
}

pub(crate) fn make(kind: ApplicationKind) -> ApplicationCommand {
    ApplicationCommand::MakeApplication(Box::new(new(kind)))
}

pub(crate) fn answer(application: ApplicationId) -> ApplicationCommand {
    let (outcome, words) = (ApplicationOutcome::PartlyGiven, Some(text("voor een half jaar")));
    ApplicationCommand::AnswerApplication { application, outcome, words }
}

pub(crate) fn delay(application: ApplicationId, answer_by: Option<&str>) -> ApplicationCommand {
    let (reason, answer_by) = (text("er is een wachtlijst"), answer_by.map(day));
    ApplicationCommand::DelayApplication { application, reason, answer_by }
}

fn only(given: &Given<Case>) -> &Application {
    &given.state().applications.all()[0]
}

fn waits(given: &Given<Case>) -> Vec<(String, String)> {
    open_dues(given.state(), day("2026-04-21")).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

fn wait(last_day: &str) -> Vec<(String, String)> {
    vec![(APPLICATION_DUE.to_owned(), last_day.to_owned())]
}

/// Rule 27: waiting days beside the concern; as of any date.
#[test]
fn a_slow_decision_counts_its_waiting_days() {
    let given = directed().when(make(ApplicationKind::Decision)).accepted();
    let id = only(&given).id;
    assert_eq!(waits(&given), wait("2026-06-16"), "eight weeks (Awb 4:13)");
    assert_eq!([only(&given).waited(day("2026-04-21")), only(&given).waited(day("2026-06-01"))], [0, 41]);
    let given = given.on("2026-05-11").when(delay(id, Some("2026-07-01"))).accepted();
    assert_eq!((waits(&given), only(&given).due_at_first()), (wait("2026-07-01"), Some(day("2026-06-16"))));
    let given = given.when(delay(id, None)).accepted();
    assert_eq!(waits(&given), wait("2026-07-01"), "no new day was promised");
    let given = given.on("2026-06-22").when(answer(id)).accepted();
    assert_eq!(waits(&given), []);
    let counted = ["2026-06-01", "2026-06-22", "2026-09-01"].map(|on| only(&given).waited(day(on)));
    assert_eq!(counted, [41, 62, 62], "no longer since the answer");
    assert_eq!(only(&given).waited(day("2026-04-01")), 0, "nothing waited yet");
    given.when(answer(id)).then_rejected(APPLICATION_ANSWERED);
}

#[test]
fn material_aid_has_no_term_of_the_law() {
    let given = directed().when(make(ApplicationKind::MaterialAid)).accepted();
    assert_eq!(waits(&given), []);
    let promised = NewApplication { answer_by: Some(day("2026-05-01")), ..new(ApplicationKind::MaterialAid) };
    let given = directed().when(ApplicationCommand::MakeApplication(Box::new(promised))).accepted();
    assert_eq!(waits(&given), wait("2026-05-01"));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let stranger = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let make_as = |new: NewApplication| ApplicationCommand::MakeApplication(Box::new(new));
    let refused = |new: NewApplication, code| directed().when(make_as(new)).then_rejected(code);
    let decision = || new(ApplicationKind::Decision);
    refused(NewApplication { persons: vec![], ..decision() }, ABOUT_NOBODY);
    refused(NewApplication { persons: vec![stranger], ..decision() }, PERSON_UNKNOWN);
    refused(NewApplication { answer_by: Some(day("2026-04-20")), ..decision() }, UNTIL_BEFORE_FROM);
    refused(NewApplication { what: text("een bed voor Morris"), ..decision() }, NAMES_IN_TEXT);
    let nowhere = HelpTrajectoryId::from_uuid(Uuid::from_u128(0xBAD));
    refused(NewApplication { trajectory: Some(nowhere), ..decision() }, TRAJECTORY_UNKNOWN);
    let nothing = ApplicationId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(answer(nothing)).then_rejected(APPLICATION_UNKNOWN);
    directed().when(delay(nothing, None)).then_rejected(APPLICATION_UNKNOWN);
    let given = directed().when(make(ApplicationKind::Decision)).accepted();
    let id = only(&given).id;
    given.when(delay(id, Some("2026-04-20"))).then_rejected(UNTIL_BEFORE_FROM);
}

#[test]
fn it_is_told_late_and_of_a_closed_case() {
    let given = directed().when_on("2025-12-01", make(ApplicationKind::Decision)).accepted();
    assert_eq!((only(&given).asked, only(&given).waited(day("2026-04-21"))), (day("2025-12-01"), 141));
    closed(directed(), "2026-05-04").when(make(ApplicationKind::MaterialAid)).accepted();
}

#[test]
fn it_stands_where_those_stand_for_whom_it_is_and_leads_to_whoever_is_hidden() {
    let given = apart().when(make(ApplicationKind::Decision)).accepted();
    let id = only(&given).id;
    let given = given.when(delay(id, None)).accepted().when(answer(id)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-05-04"), ages());
    for name in ["ApplicationMade", "ApplicationDelayed", "ApplicationAnswered"] {
        let fact = given.history().fact(fact_of(&given, name)).unwrap();
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Child(MORRIS)]), "{name}");
        assert_eq!(fact.audience, Audience::Child(MORRIS));
    }
    let of_both = NewApplication { persons: vec![ILSE, ROBERT], ..new(ApplicationKind::Decision) };
    let given = given.when(ApplicationCommand::MakeApplication(Box::new(of_both))).accepted();
    let event = given.history().facts().last().unwrap().event.clone();
    let leads = |given: &Given<Case>| {
        let locating = Locating::on(given.history(), day("2026-05-04"));
        (locating.leads(&event), locating.words_lead(&event))
    };
    assert_eq!(leads(&given), (false, false));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert_eq!(leads(&given), (true, true));
}

#[test]
fn a_mistake_is_struck_out_and_every_type_stands_in_the_catalogue() {
    let given = directed().when(make(ApplicationKind::Decision)).accepted();
    let mistaken = strike(&given, "ApplicationMade");
    assert_eq!(given.when(mistaken).accepted().state().applications.all(), []);
    let given = directed().when(make(ApplicationKind::Decision)).accepted();
    let id = only(&given).id;
    let given = given.when(delay(id, None)).accepted().when(answer(id)).accepted();
    let made = strike(&given, "ApplicationMade");
    let given = given.when(made).refused_but(crate::correction::CORRECTION_BREAKS_HISTORY);
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Application(_))).collect();
    check_catalogue(&events, CATALOGUE);
    assert!(!CaseCommand::from(answer(id)).needs_all(), "all of it is a report");
}
