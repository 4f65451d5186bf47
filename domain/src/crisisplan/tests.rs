use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::case::CaseCommand;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{A, ANJA, ILSE, MORRIS, ROBERT, WIM, apart, closed, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::fact::NEUTRAL;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::CASE_UNKNOWN;
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn action(owner: Owner) -> NewCrisisAction {
    NewCrisisAction { what: text("Belt de achterwacht."), owner }
}

pub(crate) fn plan(owners: &[Owner]) -> NewCrisisPlan {
    NewCrisisPlan {
        children: vec![MORRIS],
        signs: Some(text("Hij gaat weg zonder iets te zeggen.")),
        actions: owners.iter().copied().map(action).collect(),
    }
}

pub(crate) fn write(new: NewCrisisPlan) -> CrisisPlanCommand {
    CrisisPlanCommand::WriteCrisisPlan(Box::new(new))
}

pub(crate) fn owned() -> CrisisPlanCommand {
    write(plan(&[Owner::Worker(WIM), Owner::Person(ILSE)]))
}

pub(crate) fn look() -> CrisisPlanCommand {
    CrisisPlanCommand::ReviewCrisisPlan { words: Some(text("Het klopt nog.")) }
}

/// When the plan waits to be looked at: the last day and the moment.
fn waits(given: &Given<Case>, today: &str) -> Option<(String, String)> {
    let dues = open_dues(given.state(), day(today));
    let due = dues.iter().find(|due| due.what == CRISIS_PLAN_DUE)?;
    Some((due.last_day.to_string(), due.at.to_string()))
}

fn stands(given: &Given<Case>, on: &str) -> (bool, bool) {
    let plans = &given.state().crisis_plan;
    (plans.written_by(day(on)).unwrap().is_incomplete(), plans.is_stale(day(on)))
}

/// Case 08: incomplete from the start by one action without an owner; six months end on 2026-06-01, stale from 06-02 08:00; revised with
/// all actions owned it is current.
#[test]
fn an_action_without_an_owner_makes_it_incomplete_and_time_makes_it_stale() {
    let new = plan(&[Owner::Worker(ANJA), Owner::Nobody]);
    let given = directed().when_on("2025-12-01", write(new)).accepted();
    assert!(given.state().crisis_plan.written_by(day("2025-11-30")).is_none());
    assert_eq!(stands(&given, "2025-12-01"), (true, false));
    assert_eq!(stands(&given, "2026-06-01"), (true, false));
    assert_eq!(stands(&given, "2026-06-02"), (true, true));
    let due = waits(&given, "2026-05-01").unwrap();
    assert_eq!(due.0, "2026-06-01");
    assert_eq!(due.1, day("2026-06-02").at(8, 0).to_string());
    let given = given.on("2026-10-01").when(owned()).accepted();
    assert_eq!(stands(&given, "2026-10-01"), (false, false));
    assert_eq!(stands(&given, "2026-09-30"), (true, true), "as it was then");
    assert_eq!(waits(&given, "2026-10-01").unwrap().0, "2027-04-01");
}

#[test]
fn a_look_makes_it_fresh_and_leaves_it_incomplete() {
    let given = directed().when_on("2025-12-01", write(plan(&[Owner::Nobody]))).accepted();
    let given = given.on("2026-05-20").when(look()).accepted();
    assert_eq!(stands(&given, "2026-06-02"), (true, false));
    assert_eq!(waits(&given, "2026-06-02").unwrap().0, "2026-11-20");
    let plans = &given.state().crisis_plan;
    let now = plans.written_by(day("2026-06-02")).unwrap();
    assert_eq!(plans.looked_at(now, day("2026-06-02")).unwrap().day, day("2026-05-20"));
    assert!(plans.looked_at(now, day("2026-05-19")).is_none());
    // A new plan was not looked at by the look at the earlier one.
    let given = given.on("2026-07-01").when(owned()).accepted();
    let plans = &given.state().crisis_plan;
    assert!(plans.looked_at(plans.written_by(day("2026-07-01")).unwrap(), day("2026-07-02")).is_none());
    assert_eq!(plans.versions_by(day("2026-07-01")).count(), 2);
}

/// What is told late of an earlier day takes nobody's place.
#[test]
fn the_last_by_its_day_counts() {
    let given = directed().when_on("2026-04-01", owned()).accepted();
    let given = given.when_on("2026-03-01", write(plan(&[Owner::Nobody]))).accepted();
    assert_eq!(stands(&given, "2026-04-21"), (false, false));
    assert_eq!(waits(&given, "2026-04-21").unwrap().0, "2026-10-01");
    assert_eq!(stands(&given, "2026-03-15"), (true, false));
    let given = given.when_on("2026-04-01", write(plan(&[Owner::Nobody]))).accepted();
    assert_eq!(stands(&given, "2026-04-21"), (true, false), "of one day the last told");
}

#[test]
fn what_does_not_fit_is_refused() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let of = |children: &[PersonId]| write(NewCrisisPlan { children: children.to_vec(), ..plan(&[Owner::Nobody]) });
    directed().when(of(&[])).then_rejected(CRISIS_PLAN_FOR_A_CHILD);
    directed().when(of(&[ROBERT])).then_rejected(CRISIS_PLAN_FOR_A_CHILD);
    directed().when(of(&[nobody])).then_rejected(PERSON_UNKNOWN);
    directed().when(write(plan(&[]))).then_rejected(CRISIS_PLAN_EMPTY);
    directed().when(write(plan(&[Owner::Person(nobody)]))).then_rejected(PERSON_UNKNOWN);
    directed().when(look()).then_rejected(CRISIS_PLAN_UNKNOWN);
    directed().when(owned()).accepted().when_on("2026-04-20", look()).then_rejected(CRISIS_PLAN_UNKNOWN);
    directed().when_on("2026-04-22", owned()).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(owned()).then_rejected(CASE_UNKNOWN);
    let closed = closed(directed(), "2026-05-01").on("2026-05-02").when(owned()).accepted();
    assert!(waits(&closed, "2026-05-02").is_none(), "of a closed case nobody is asked");
    assert!(!CaseCommand::from(owned()).needs_all());
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert");
    directed()
        .when(write(NewCrisisPlan { signs: Some(named()), ..plan(&[Owner::Nobody]) }))
        .then_rejected(NAMES_IN_TEXT);
    let actions = vec![NewCrisisAction { what: named(), owner: Owner::Nobody }];
    directed().when(write(NewCrisisPlan { actions, ..plan(&[]) })).then_rejected(NAMES_IN_TEXT);
    let given = directed().when(owned()).accepted();
    given.when(CrisisPlanCommand::ReviewCrisisPlan { words: Some(named()) }).then_rejected(NAMES_IN_TEXT);
}

/// For the director by its audience; in the layer of its children, where the regional expert team reads it by a rule of its own.
#[test]
fn it_stands_with_its_children_and_is_for_the_director() {
    let given = directed().when(owned()).accepted().when(look()).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let facts: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::CrisisPlan(_))).collect();
    assert_eq!(facts.len(), 2);
    for fact in facts {
        assert_eq!(fact.event.info().audience, "director");
        assert_eq!((layers.of_fact(fact), fact.event.info().outer), (Layers::of([Layer::Child(MORRIS)]), NEUTRAL));
    }
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = apart().when(protect).accepted().when(owned()).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&given.history().facts().last().unwrap().event));
}

#[test]
fn words_are_corrected_and_a_plan_that_was_looked_at_is_not_struck_out() {
    let given = directed().when(owned()).accepted().when(look()).accepted();
    let right = |given: &Given<Case>, name: &str| CorrectionCommand::Correct {
        target: fact_of(given, name),
        reason: text("verschreven"),
        occurred: None,
        content: CorrectedContent::Words(text("Anders gezegd.")),
    };
    let (plan, looked) = (right(&given, "CrisisPlanWritten"), right(&given, "CrisisPlanReviewed"));
    let given = given.when(plan).accepted().when(looked).accepted();
    let now = given.state().crisis_plan.written_by(day("2026-04-21")).unwrap();
    assert_eq!(now.signs.as_ref().unwrap().known().unwrap().as_str(), "Anders gezegd.");
    let out = strike(&given, "CrisisPlanWritten");
    let given = given.when(out).refused_but(CORRECTION_BREAKS_HISTORY);
    let out = strike(&given, "CrisisPlanReviewed");
    let given = given.when(out).accepted();
    let out = strike(&given, "CrisisPlanWritten");
    assert!(given.when(out).accepted().state().crisis_plan.written_by(day("2026-04-21")).is_none());
}

#[test]
fn whom_it_names_and_what_it_holds_are_its_subjects() {
    let given = directed().when(owned()).accepted();
    let CaseEvent::CrisisPlan(event) = &given.history().facts().last().unwrap().event else { panic!("a plan") };
    assert_eq!((event.subjects().len(), event.workers()), (5, vec![WIM]), "a child, an owner, three texts");
}
