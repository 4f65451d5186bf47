use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conference::NewAttendee;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{A, ANJA, FENNA, ILSE, MORRIS, ROBERT, WIM, apart, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::fact::{Audience, NEUTRAL};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_UNKNOWN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::personal::DataClass;
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

pub(crate) fn intake() -> NewIntake {
    NewIntake {
        child: MORRIS,
        present: vec![
            (NewAttendee::Outside(line("De juf")), Side::School),
            (NewAttendee::Worker(WIM), Side::Provider),
            (NewAttendee::Person(ILSE), Side::Parents),
            (NewAttendee::Person(MORRIS), Side::Pupil),
        ],
        contact_forms: Some(text("Thuis en per telefoon.")),
        feedback: Some(text("Elke zes weken samen.")),
        expectations: vec![(Side::Parents, text("Dat school belt voor er iets gebeurt."))],
        words: text("Samen begonnen."),
    }
}

pub(crate) fn hold(new: NewIntake) -> SchoolCommand {
    SchoolCommand::RecordIntake(Box::new(new))
}

fn weighed(outcome: TriageOutcome, home_question: bool, route: Option<&str>) -> SchoolCommand {
    SchoolCommand::TriageArrangement(Box::new(NewTriage {
        child: MORRIS,
        school_can: text("Een rustige plek."),
        asked: text("Hulp in de klas."),
        home_question,
        outcome,
        route: route.map(text),
    }))
}

pub(crate) fn question() -> NewQuestion {
    NewQuestion {
        child: MORRIS,
        asked_by: NewAttendee::Outside(line("De intern begeleider")),
        words: text("Mogen wij de ouders bellen?"),
        call_back: false,
        owner: None,
        by: None,
    }
}

pub(crate) fn ask(new: NewQuestion) -> SchoolCommand {
    SchoolCommand::AskSchoolQuestion(Box::new(new))
}

pub(crate) fn answer(question: SchoolQuestionId) -> SchoolCommand {
    SchoolCommand::AnswerSchoolQuestion {
        question,
        how: QuestionEnd::Answered,
        answered_by: None,
        words: Some(text("Ja, na overleg.")),
    }
}

pub(crate) fn hand_over(question: SchoolQuestionId, to: WorkerId) -> SchoolCommand {
    SchoolCommand::HandOverSchoolQuestion { question, to, note: None }
}

fn rules(given: &Given<Case>) -> Vec<String> {
    given.history().facts().last().unwrap().departures.iter().map(|one| one.rule.clone()).collect()
}

fn dues(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    open_dues(given.state(), day(on)).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

/// 004:2449: otherwise parents commit less.
#[test]
fn an_intake_is_held_together_and_one_that_was_not_is_marked() {
    let given = directed().when(hold(intake())).accepted();
    assert_eq!(rules(&given), [""; 0]);
    let [held] = given.state().school.intakes() else { panic!("one intake") };
    assert_eq!((held.child, held.present.len(), held.expectations.len()), (MORRIS, 4, 1));
    for side in 0..4 {
        let mut apart = intake();
        apart.present.remove(side);
        assert_eq!(rules(&directed().when(hold(apart)).accepted()), [INTAKE_TOGETHER]);
    }
    let alone = NewIntake { present: vec![], ..intake() };
    directed().when(hold(alone)).then_rejected(INTAKE_WITH_NOBODY);
}

/// 004:2457, 2489-2491: help in the school only where there is a question at home too; else another route, so that nobody is lost.
#[test]
fn what_is_weighed_is_marked_where_it_departs() {
    use TriageOutcome::{Arrangement, OtherRoute, SchoolAlone};
    let marked = |outcome, home, route| rules(&directed().when(weighed(outcome, home, route)).accepted());
    assert_eq!(marked(Arrangement, true, None), [""; 0]);
    assert_eq!(marked(Arrangement, false, None), [QUESTION_AT_HOME]);
    assert_eq!(marked(OtherRoute, false, Some("De jeugdarts.")), [""; 0]);
    assert_eq!(marked(OtherRoute, false, None), [ROUTE_NAMED]);
    assert_eq!(marked(SchoolAlone, false, None), [""; 0]);
    let given = directed().when(weighed(Arrangement, true, None)).accepted();
    let [triage] = given.state().school.triages() else { panic!("one") };
    assert_eq!(triage.outcome.class(), Some(DataClass::Health));
    assert_eq!(triage.outcome.owner(), Subject::Person(MORRIS));
}

/// 004:1640-1643: nothing that a school asks gets lost.
#[test]
fn a_question_waits_for_its_term_goes_to_others_and_ends_once() {
    let given = directed().when(ask(question())).accepted();
    assert_eq!(dues(&given, "2026-04-21"), [(SCHOOL_QUESTION_DUE.to_owned(), "2026-04-29".to_owned())]);
    let id = given.state().school.questions()[0].id;
    assert_eq!(given.state().school.question(id).unwrap().owner, ANJA);
    let given = given.when(hand_over(id, ANJA)).refused_but(SCHOOL_QUESTION_UNCHANGED);
    let given = given.when(hand_over(id, WIM)).accepted();
    assert_eq!(given.state().school.question(id).unwrap().owner, WIM);
    assert_eq!(dues(&given, "2026-04-21").len(), 1, "the term goes on");
    let given = given.on("2026-04-22").when(answer(id)).accepted();
    assert!(dues(&given, "2026-04-22").is_empty());
    let ended = given.state().school.question(id).unwrap().ended.clone().unwrap();
    assert_eq!((ended.how, ended.day), (QuestionEnd::Answered, day("2026-04-22")));
    let given = given.when(answer(id)).refused_but(SCHOOL_QUESTION_OVER);
    let given = given.when(hand_over(id, FENNA)).refused_but(SCHOOL_QUESTION_OVER);
    let unknown = SchoolQuestionId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(answer(unknown)).refused_but(SCHOOL_QUESTION_UNKNOWN);
    let out = strike(&given, "SchoolQuestionEnded");
    assert_eq!(dues(&given.when(out).accepted(), "2026-04-22").len(), 1, "it waits again");
    let call = NewQuestion { call_back: true, ..question() };
    let given = directed().when(ask(call)).accepted();
    assert_eq!(dues(&given, "2026-04-21"), [(SCHOOL_CALL_BACK_DUE.to_owned(), "2026-04-23".to_owned())]);
    let agreed = NewQuestion { by: Some(day("2026-05-12")), owner: Some(FENNA), ..question() };
    let given = directed().when(ask(agreed)).accepted();
    assert_eq!(dues(&given, "2026-04-21")[0].1, "2026-05-12");
}

#[test]
fn what_cannot_be_is_refused_and_what_was_is_taken() {
    let of = |child| NewQuestion { child, ..question() };
    directed().when(ask(of(ROBERT))).then_rejected(SCHOOL_OF_A_CHILD);
    directed().when(hold(NewIntake { child: ROBERT, ..intake() })).then_rejected(SCHOOL_OF_A_CHILD);
    directed().when(ask(of(nobody()))).then_rejected(PERSON_UNKNOWN);
    let unknown = NewIntake { present: vec![(NewAttendee::Person(nobody()), Side::Parents)], ..intake() };
    directed().when(hold(unknown)).then_rejected(PERSON_UNKNOWN);
    let by_nobody = NewQuestion { asked_by: NewAttendee::Person(nobody()), ..question() };
    directed().when(ask(by_nobody)).then_rejected(PERSON_UNKNOWN);
    let past = NewQuestion { by: Some(day("2026-04-20")), ..question() };
    directed().when(ask(past)).then_rejected(UNTIL_BEFORE_FROM);
    directed().when_on("2026-04-22", ask(question())).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(hold(intake())).then_rejected(CASE_UNKNOWN);
    directed().when_on("2020-01-01", hold(intake())).accepted();
    let over = closed(directed(), "2026-05-01").when(ask(question())).accepted();
    assert!(dues(&over, "2026-05-01").is_empty());
    assert!(!CaseCommand::from(ask(question())).needs_all());
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert");
    let id = SchoolQuestionId::from_uuid(Uuid::from_u128(0xBAD));
    for command in [
        hold(NewIntake { words: named(), ..intake() }),
        hold(NewIntake { contact_forms: Some(named()), ..intake() }),
        hold(NewIntake { feedback: Some(named()), ..intake() }),
        hold(NewIntake { expectations: vec![(Side::School, named())], ..intake() }),
        hold(NewIntake { present: vec![(NewAttendee::Outside(line("Robert")), Side::School)], ..intake() }),
        weighed(TriageOutcome::OtherRoute, false, Some("Robert belt")),
        ask(NewQuestion { words: named(), ..question() }),
        ask(NewQuestion { asked_by: NewAttendee::Outside(line("Juf van Robert")), ..question() }),
        SchoolCommand::HandOverSchoolQuestion { question: id, to: WIM, note: Some(named()) },
        SchoolCommand::AnswerSchoolQuestion {
            question: id,
            how: QuestionEnd::Refused,
            answered_by: None,
            words: Some(named()),
        },
    ] {
        directed().when(command).then_rejected(NAMES_IN_TEXT);
    }
}

/// The child's help and its providers are the child's; of an intake, for whoever reaches each of the family who was there besides.
#[test]
fn it_stands_in_the_childs_layer_and_in_clear_nothing_tells_what_it_is() {
    let given = directed().when(hold(intake())).accepted().when(weighed(TriageOutcome::SchoolAlone, false, None));
    let given = given.accepted().when(ask(question())).accepted();
    let id = given.state().school.questions()[0].id;
    let given = given.when(hand_over(id, WIM)).accepted().when(answer(id)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let facts: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::School(_))).collect();
    assert!(facts.iter().all(|fact| fact.event.info().outer == NEUTRAL));
    let child = Layers::of([Layer::Child(MORRIS)]);
    assert_eq!(layers.of_fact(facts[0]), Layers::each_of([Layer::Child(MORRIS), Layer::Person(ILSE)]));
    assert_eq!(facts[0].audience, Audience::Case);
    for fact in &facts[1..] {
        assert_eq!((layers.of_fact(fact), &fact.audience), (child.clone(), &Audience::Child(MORRIS)));
    }
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = apart().when(protect).accepted().when(ask(question())).accepted();
    assert!(
        Locating::on(given.history(), day("2026-05-04")).leads(&given.history().facts().last().unwrap().event),
        "a school says where"
    );
}

#[test]
fn words_are_corrected_and_a_question_with_an_answer_is_not_struck_out() {
    let given = directed().when(ask(question())).accepted();
    let id = given.state().school.questions()[0].id;
    let given = given.when(answer(id)).accepted();
    for name in ["SchoolQuestionAsked", "SchoolQuestionEnded"] {
        let right = CorrectionCommand::Correct {
            target: fact_of(&given, name),
            reason: text("verschreven"),
            occurred: None,
            content: CorrectedContent::Words(text("Anders gezegd.")),
        };
        directed().when(ask(question())).accepted().when(answer(id)).accepted().when(right).accepted();
    }
    let out = strike(&given, "SchoolQuestionAsked");
    given.when(out).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
    let alone = NewIntake { present: vec![(NewAttendee::Worker(WIM), Side::Provider)], ..intake() };
    let given = directed().when(hold(alone)).accepted();
    let explain = CorrectionCommand::Correct {
        target: fact_of(&given, "IntakeHeld"),
        reason: text("uitleg"),
        occurred: None,
        content: CorrectedContent::Explanation(text("De ouders konden niet.")),
    };
    assert!(given.when(explain).accepted().state().life.departures[0].explanation.is_some());
}
