use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{ANJA, FENNA, ILSE, MORRIS, ROBERT, WIM, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_UNKNOWN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::plan::tests::active;
use crate::testing::*;

pub(crate) fn said(by: SaidBy, words: &str) -> NewSaid {
    NewSaid { by, right_thing: Some(text(words)), together: None }
}

pub(crate) fn reflect(said: Vec<NewSaid>) -> NewReflection {
    NewReflection { with: vec![], workers: vec![], said, changes: None, next: None }
}

pub(crate) fn record(new: NewReflection) -> ReflectionCommand {
    ReflectionCommand::RecordReflection(Box::new(new))
}

fn of(person: PersonId) -> SaidBy {
    SaidBy::Person(person)
}

fn by_ilse() -> ReflectionCommand {
    record(reflect(vec![said(of(ILSE), "Ja, dit past nog.")]))
}

fn next_due(given: &Given<Case>, on: &str) -> Option<String> {
    let dues = open_dues(given.state(), day(on));
    dues.into_iter().find(|due| due.what == REFLECTION_DUE).map(|due| due.last_day.to_string())
}

#[test]
fn what_each_said_is_kept_as_theirs() {
    let new = NewReflection {
        with: vec![ROBERT],
        workers: vec![WIM],
        changes: Some(text("Minder overleg, meer rust.")),
        ..reflect(vec![
            said(of(ILSE), "Ja, dit past nog."),
            NewSaid { together: Some(text("We bellen te laat.")), ..said(SaidBy::Worker(FENNA), "Bijna.") },
        ])
    };
    let given = directed().when(record(new)).accepted();
    let [held] = given.state().reflections.all()[..] else { panic!("one reflection") };
    assert_eq!((held.with.as_slice(), held.workers.as_slice()), (&[ROBERT, ILSE][..], &[WIM, FENNA][..]));
    assert_eq!(held.said.iter().map(|one| one.by).collect::<Vec<_>>(), [of(ILSE), SaidBy::Worker(FENNA)]);
    assert_eq!(held.said[0].right_thing.as_ref().unwrap().known().unwrap().as_str(), "Ja, dit past nog.");
    assert_eq!(held.next, day("2026-10-21"), "six months on");
}

#[test]
fn a_reflection_is_with_somebody_who_said_something() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    directed().when(record(reflect(vec![]))).then_rejected(REFLECTION_WITH_NOBODY);
    let silent = NewReflection { with: vec![ILSE], ..reflect(vec![]) };
    directed().when(record(silent)).then_rejected(REFLECTION_WITHOUT_WORDS);
    let wordless = reflect(vec![NewSaid { right_thing: None, ..said(of(ILSE), "x") }]);
    directed().when(record(wordless)).then_rejected(REFLECTION_WITHOUT_WORDS);
    let twice = reflect(vec![said(of(ILSE), "Ja."), said(of(ILSE), "Nee.")]);
    directed().when(record(twice)).then_rejected(SPOKE_TWICE);
    directed().when(record(reflect(vec![said(of(nobody), "Ja.")]))).then_rejected(PERSON_UNKNOWN);
    let unknown = NewReflection { with: vec![nobody], ..reflect(vec![said(of(ILSE), "Ja.")]) };
    directed().when(record(unknown)).then_rejected(PERSON_UNKNOWN);
    for next in ["2026-04-21", "2026-04-01"] {
        let past = NewReflection { next: Some(day(next)), ..reflect(vec![said(of(ILSE), "Ja.")]) };
        directed().when(record(past)).then_rejected(NEXT_BEFORE_REFLECTION);
    }
    directed().when_on("2026-04-22", by_ilse()).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(by_ilse()).then_rejected(CASE_UNKNOWN);
    for words in [
        reflect(vec![said(of(ILSE), "Robert belt te laat")]),
        reflect(vec![NewSaid { together: Some(text("Robert")), ..said(of(ILSE), "x") }]),
        NewReflection { changes: Some(text("Robert belt")), ..reflect(vec![said(of(ILSE), "x")]) },
    ] {
        directed().when(record(words)).then_rejected(NAMES_IN_TEXT);
    }
    assert!(!CaseCommand::from(by_ilse()).needs_all());
}

#[test]
fn one_of_long_ago_and_of_a_closed_case_is_taken() {
    let given = directed().when_on("2019-01-01", by_ilse()).accepted();
    assert_eq!(given.state().reflections.all()[0].on, day("2019-01-01"));
    let over = closed(directed(), "2026-05-01").on("2026-05-02").when(by_ilse()).accepted();
    assert_eq!(next_due(&over, "2026-05-02"), None, "nothing waits in a closed case");
}

/// PD: every six months from the day the plan became active, then from the last one.
#[test]
fn it_is_due_from_the_day_the_plan_became_active_then_from_the_last_one() {
    assert_eq!(next_due(&directed(), "2026-04-21"), None, "no plan is active");
    let given = active();
    let since = given.state().plans.first_activated().unwrap().on;
    let by_term = given.terms().last_day(given.terms().reflection, since);
    let on = given.history().facts().last().unwrap().recorded_day().to_string();
    assert_eq!(next_due(&given, &on), Some(by_term.to_string()));
    let given = given.when(by_ilse()).accepted();
    let held = given.state().reflections.last().unwrap();
    assert_eq!(next_due(&given, &on), Some(held.next.to_string()));
    let earlier = given.when_on("2019-01-01", by_ilse()).accepted();
    let last = earlier.state().reflections.last().unwrap().next;
    assert_eq!(next_due(&earlier, &on), Some(last.to_string()), "one of long ago, told later, changes nothing");
    let out = strike(&active().when(by_ilse()).accepted(), "ReflectionSaid");
    let given = active().when(by_ilse()).accepted().when(out).accepted();
    let out = strike(&given, "ReflectionHeld");
    let given = given.when(out).accepted();
    assert_eq!(next_due(&given, &on), Some(by_term.to_string()), "struck out: as before");
}

#[test]
fn a_next_one_after_the_term_is_marked() {
    let later = |next| NewReflection { next: Some(day(next)), ..reflect(vec![said(of(ILSE), "Ja.")]) };
    let given = directed().when(record(later("2026-10-21"))).accepted();
    assert!(given.state().life.departures.is_empty());
    let given = directed().when(record(later("2026-10-22"))).accepted();
    assert_eq!(given.state().life.departures[0].rule, "reflected_in_time");
}

/// What a grown-up said is that person's own; what a child said is for the director; what a professional said is as the whole.
#[test]
fn what_one_said_crosses_to_nobody_else() {
    let new = reflect(vec![
        said(of(ILSE), "Ja."),
        said(of(ROBERT), "Nee."),
        said(of(MORRIS), "Fijn."),
        said(SaidBy::Worker(WIM), "Goed."),
    ]);
    let given = directed().when(record(new)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let facts: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Reflection(_))).collect();
    let stands: Vec<_> = facts.iter().map(|fact| (fact.audience.clone(), layers.of_fact(fact))).collect();
    let whole = Layers::each_of([Layer::Person(ILSE), Layer::Person(ROBERT), Layer::Child(MORRIS)]);
    assert_eq!(
        stands,
        [
            (Audience::Case, whole.clone()),
            (Audience::Persons(vec![ILSE]), Layers::of([Layer::Person(ILSE)])),
            (Audience::Persons(vec![ROBERT]), Layers::of([Layer::Person(ROBERT)])),
            (Audience::Director, Layers::of([Layer::Person(MORRIS)])),
            (Audience::Case, whole),
        ]
    );
    let workers = NewReflection { workers: vec![ANJA], ..reflect(vec![said(SaidBy::Worker(WIM), "Goed.")]) };
    let given = directed().when(record(workers)).accepted();
    let fact = given.history().facts().last().unwrap();
    assert_eq!(fact.audience, Audience::Director);
    assert_eq!(LayersOf::on(given.history(), day("2026-04-21"), ages()).of_fact(fact), Layers::nobodys());
}

#[test]
fn what_changes_is_corrected_and_explained() {
    let late = NewReflection { next: Some(day("2027-10-22")), ..reflect(vec![said(of(ILSE), "Ja.")]) };
    let given = directed().when(record(late)).accepted();
    let correct = |content| CorrectionCommand::Correct {
        target: fact_of(&given, "ReflectionHeld"),
        reason: text("vergeten"),
        occurred: None,
        content,
    };
    let words = correct(CorrectedContent::Words(text("Minder overleg.")));
    let explained = correct(CorrectedContent::Explanation(text("De familie wil eerst rust.")));
    let given = given.when(words).accepted().when(explained).accepted();
    assert_eq!(
        given.state().reflections.all()[0].changes.as_ref().unwrap().known().unwrap().as_str(),
        "Minder overleg."
    );
    assert!(given.state().life.departures[0].explanation.is_some());
    let held = strike(&given, "ReflectionHeld");
    given.when(held).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
}
