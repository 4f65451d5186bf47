use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::contact::tests::{record, talk};
use crate::divorce::tests::{ANJA, FENNA, ILSE, MORRIS, ROBERT, closed, directed, fact_of, strike};
use crate::fact::NEUTRAL;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::voice::tests::{anja_only, says};

fn said(speaker: NewSpeaker, words: &str) -> NewStatement {
    NewStatement {
        speaker,
        about: vec![ROBERT],
        words: text(words),
        heard_by: None,
        told_by: None,
        contact: None,
        answers: None,
    }
}

fn state(new: NewStatement) -> StatementCommand {
    StatementCommand::RecordStatement(Box::new(new))
}

fn finding(about: &[PersonId], established: &str) -> StatementCommand {
    StatementCommand::RecordFinding(Box::new(NewFinding {
        authority: EstablishedBy::VeiligThuis,
        body: None,
        about: about.to_vec(),
        words: text("Geen acute onveiligheid."),
        established: day(established),
        source: line("Brief van 9 april"),
    }))
}

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

fn last(given: &Given<Case>) -> &Fact<CaseEvent> {
    given.history().facts().last().unwrap()
}

fn stands(given: &Given<Case>) -> Layers {
    LayersOf::on(given.history(), day("2026-04-21"), ages()).of_fact(last(given))
}

/// Case 01, 2026-02-27: the hint is Ilse's statement, heard through Robert; no field says whether it is true.
#[test]
fn what_somebody_said_is_theirs_also_when_another_told_it() {
    let hint = NewStatement { told_by: Some(ROBERT), ..said(NewSpeaker::Person(ILSE), "Een toespeling op drank.") };
    let given = directed().when_on("2026-02-27", state(hint)).accepted();
    let [statement] = given.state().statements.all() else { panic!("one statement") };
    assert_eq!((&statement.speaker, statement.told_by), (&Speaker::Person(ILSE), Some(ROBERT)));
    assert_eq!((statement.heard_by, statement.day), (ANJA, day("2026-02-27")));
    assert_eq!((&last(&given).audience, stands(&given)), (&Audience::Director, Layers::nobodys()));
    assert_eq!(StatementEvent::info(&event(&given)).outer, NEUTRAL);
}

fn event(given: &Given<Case>) -> StatementEvent {
    let CaseEvent::Statement(event) = last(given).event.clone() else { panic!("a statement") };
    event
}

#[test]
fn what_somebody_says_themself_is_for_who_works_for_them_and_all_else_for_the_director() {
    let own = directed().when(state(said(NewSpeaker::Person(ROBERT), "Ik was op tijd."))).accepted();
    assert_eq!(last(&own).audience, Audience::Persons(vec![ROBERT]));
    assert_eq!(stands(&own), Layers::of([Layer::Person(ROBERT)]));
    for speaker in [NewSpeaker::Worker(FENNA), NewSpeaker::Outside(line("De buurvrouw"))] {
        let given = directed().when(state(said(speaker, "Het lijkt op vermoeidheid."))).accepted();
        assert_eq!((&last(&given).audience, stands(&given)), (&Audience::Director, Layers::nobodys()));
    }
}

#[test]
fn an_own_reading_is_tested_with_whom_it_is_about() {
    let reading = state(said(NewSpeaker::Worker(ANJA), "Hij vermijdt het gesprek."));
    let given = directed().when(reading).accepted();
    let statement = given.state().statements.all()[0].id;
    let test = |statement, with| StatementCommand::TestStatement {
        statement,
        with,
        recognised: Recognised::No,
        words: Some(text("Ik wist niet dat het gesprek er was.")),
    };
    let given = given.on("2026-04-24").when(test(statement, ROBERT)).accepted();
    let [tested] = given.state().statements.all()[0].tested.as_slice() else { panic!("tested once") };
    assert_eq!((tested.with, tested.day), (ROBERT, day("2026-04-24")));
    assert_eq!(tested.recognised.known(), Some(&Recognised::No));
    assert_eq!(last(&given).audience, Audience::Director);
    let given = given.when(test(statement, nobody())).refused_but(PERSON_UNKNOWN);
    given.when(test(StatementId::from_uuid(Uuid::from_u128(0xBAD)), ROBERT)).then_rejected(STATEMENT_UNKNOWN);
}

/// Rule 30: a statement that answers a passage is for whoever may know the passage, and stands where that stands.
#[test]
fn an_answer_stands_where_the_passage_stands() {
    let given = directed().when(record(talk(&[ILSE], "Zij zegt dat het laat was."))).accepted();
    let answers = |target| NewStatement {
        answers: Some(target),
        about: vec![],
        ..said(NewSpeaker::Person(ROBERT), "Het was zes uur.")
    };
    let passage = fact_of(&given, "ContactRecorded");
    let given = given.when(state(answers(passage))).accepted();
    assert_eq!(last(&given).audience, Audience::Persons(vec![ILSE]));
    assert_eq!(stands(&given), Layers::of([Layer::Person(ILSE)]));
    assert_eq!(given.state().statements.answers_to(passage).count(), 1);
    let heard = directed().when(says(MORRIS, "Rust.", anja_only())).accepted();
    let passage = fact_of(&heard, "ChildVoiceRecorded");
    let heard = heard.when(state(answers(passage))).accepted();
    assert_eq!(last(&heard).audience, anja_only());
    let narrow = LifeCommand::ChangeAudience {
        target: fact_of(&given, "ContactRecorded"),
        audience: Audience::Director,
        reason: text("Vertrouwelijk"),
    };
    let given = given.when(narrow).accepted();
    let passage = fact_of(&given, "ContactRecorded");
    let given = given.when(state(answers(passage))).accepted();
    assert_eq!(last(&given).audience, Audience::Director, "as of now");
}

#[test]
fn what_cannot_be_is_refused() {
    let by_worker =
        NewStatement { answers: Some(event_id(0)), ..said(NewSpeaker::Worker(FENNA), "Ik zag het anders.") };
    directed().when(state(by_worker)).then_rejected(ANSWER_OF_A_PERSON);
    let of_nothing = NewStatement { answers: Some(event_id(999)), ..said(NewSpeaker::Person(ROBERT), "Nee.") };
    directed().when(state(of_nothing)).then_rejected(FACT_UNKNOWN);
    directed().when(state(said(NewSpeaker::Person(nobody()), "Nee."))).then_rejected(PERSON_UNKNOWN);
    let about = NewStatement { about: vec![nobody()], ..said(NewSpeaker::Person(ROBERT), "Nee.") };
    directed().when(state(about)).then_rejected(PERSON_UNKNOWN);
    let through = NewStatement { told_by: Some(nobody()), ..said(NewSpeaker::Person(ROBERT), "Nee.") };
    directed().when(state(through)).then_rejected(PERSON_UNKNOWN);
    directed().when(state(said(NewSpeaker::Person(ROBERT), "Ilse was te laat."))).then_rejected(NAMES_IN_TEXT);
    let outside = said(NewSpeaker::Outside(line("De broer van Robert")), "Nee.");
    directed().when(state(outside)).then_rejected(NAMES_IN_TEXT);
    directed().when(finding(&[], "2026-04-09")).then_rejected(FINDING_ABOUT_NOBODY);
    directed().when(finding(&[nobody()], "2026-04-09")).then_rejected(PERSON_UNKNOWN);
    directed().when(finding(&[MORRIS], "2026-04-22")).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(finding(&[MORRIS], "2026-02-22")).then_rejected(CASE_UNKNOWN);
}

/// What an authority established is recorded as theirs, for the fewest.
#[test]
fn a_finding_has_its_day_and_source_and_is_for_the_director() {
    let given = closed(directed(), "2026-05-01").when(finding(&[MORRIS], "2026-04-09")).accepted();
    let [found] = given.state().statements.findings() else { panic!("one finding") };
    assert_eq!((found.authority, found.established), (EstablishedBy::VeiligThuis, day("2026-04-09")));
    assert_eq!(found.words.class(), Some(DataClass::Criminal));
    assert_eq!(last(&given).audience, Audience::Director);
}

#[test]
fn it_leads_by_who_spoke_about_whom_and_what_it_answers() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![], reason: text("veilig") };
    let leads = |new: NewStatement| {
        let given = directed().when(record(talk(&[ILSE], "Zij zegt dat het laat was."))).accepted();
        let given = given.when(state(new)).accepted();
        let event = last(&given).event.clone();
        Locating::on(given.when(protect.clone()).accepted().history(), day("2026-04-21")).leads(&event)
    };
    let own = || said(NewSpeaker::Person(ROBERT), "Ik was op tijd.");
    assert!(!leads(own()));
    assert!(leads(said(NewSpeaker::Person(ILSE), "Ik was er.")));
    assert!(leads(NewStatement { about: vec![ILSE], ..own() }));
    assert!(leads(NewStatement { told_by: Some(ILSE), ..own() }));
    assert!(leads(said(NewSpeaker::Outside(line("De buurvrouw")), "Zij was er.")));
    let passage = fact_of(&directed().when(record(talk(&[ILSE], "x"))).accepted(), "ContactRecorded");
    assert!(leads(NewStatement { answers: Some(passage), ..own() }), "what it answers does");
}

#[test]
fn a_statement_is_struck_out_with_all_that_was_tested() {
    let given = directed().when(state(said(NewSpeaker::Person(ROBERT), "Ik was op tijd."))).accepted();
    let out = strike(&given, "StatementRecorded");
    assert!(given.when(out).accepted().state().statements.all().is_empty());
}
