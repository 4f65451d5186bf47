use domain::contact::{ContactCommand, NewContact, NewPromise, PromiseEnd, PromiseKind};
use domain::fact::Audience;
use domain::ids::PromiseId;
use domain::plan::{Owner, PlanCommand, PlanRef};

use super::*;
use crate::testing::{JOOST, Office, case, day, read, terms, text};

fn seen(office: &Office, today: &str) -> Vec<AgendaLine> {
    read(office.history(case(1)), today, agenda)
}

/// What comes on which day.
fn coming(office: &Office, today: &str) -> Vec<(String, CivilDay)> {
    seen(office, today).into_iter().map(|line| (line.what.word().to_owned(), line.day)).collect()
}

fn on(word: &str, at: &str) -> (String, CivilDay) {
    (word.to_owned(), day(at))
}

/// Joost directs since Wednesday 2026-03-25.
async fn directed() -> Office {
    let mut office = Office::new();
    office.open(case(1)).await;
    office.on("2026-03-25").assign(case(1), JOOST).await;
    office
}

/// Somebody is called, and promised to be called back by this day.
async fn promise(office: &mut Office, by: &str) -> PromiseId {
    let mother = office.person(case(1), "Samira Boukhari");
    let back = NewPromise { kind: PromiseKind::CallBack, what: None, by: Some(day(by)), worker: Some(JOOST) };
    let talk = ContactCommand::RecordContact(Box::new(NewContact {
        with: vec![mother],
        other: None,
        about: vec![],
        worker: None,
        direction: None,
        medium: None,
        verified: None,
        said: text("Ze belt later."),
        asked: None,
        answer: None,
        answered: None,
        promises: vec![back],
    }));
    office.order(case(1), talk).await;
    office.history(case(1)).state().contacts.promises().last().expect("a promise").id
}

#[tokio::test]
async fn a_call_back_is_a_line_until_it_is_settled_also_when_overdue() {
    let mut office = directed().await;
    let kept = promise(&mut office, "2026-03-27").await;
    for today in ["2026-03-25", "2026-03-27", "2026-03-30"] {
        assert_eq!(coming(&office, today), [on("call_back", "2026-03-27")], "{today}");
    }
    let line = seen(&office, "2026-03-30").remove(0);
    assert!(line.is_overdue(day("2026-03-30")) && !line.is_overdue(day("2026-03-27")));
    let mother = office.person(case(1), "Samira Boukhari");
    assert_eq!((line.persons, line.said.audience), (vec![mother], Audience::Persons(vec![mother])));
    assert_eq!(line.about.expect("the contact").content.type_name, "ContactRecorded");
    assert!(coming(&office, "2026-03-12").is_empty(), "more than two weeks ahead");
    let settle = ContactCommand::SettlePromise { promise: kept, how: PromiseEnd::Kept, note: None };
    office.on("2026-03-30").order(case(1), settle).await;
    assert_eq!(coming(&office, "2026-03-30"), []);
}

#[tokio::test]
async fn of_two_promises_that_are_alike_the_line_is_about_the_one_that_waits() {
    let mut office = directed().await;
    let first = promise(&mut office, "2026-03-27").await;
    let second = promise(&mut office, "2026-03-27").await;
    let fact_of =
        |office: &Office, promise| office.history(case(1)).state().contacts.promise(promise).expect("a promise").fact;
    let lines: Vec<_> = seen(&office, "2026-03-26").into_iter().map(|line| line.said.fact).collect();
    assert_eq!(lines, [fact_of(&office, first), fact_of(&office, second)], "each its own");
    let settle = ContactCommand::SettlePromise { promise: first, how: PromiseEnd::Kept, note: None };
    office.order(case(1), settle).await;
    let lines: Vec<_> = seen(&office, "2026-03-26").into_iter().map(|line| line.said.fact).collect();
    assert_eq!(lines, [fact_of(&office, second)]);
}

#[tokio::test]
async fn an_action_that_was_moved_is_about_what_was_agreed() {
    let mut office = directed().await;
    let mother = office.person(case(1), "Samira Boukhari");
    let agree = PlanCommand::AgreeAction {
        plan: PlanRef::Family,
        goal: None,
        what: text("Zwemles vragen."),
        owner: Owner::Nobody,
        due: Some(day("2026-03-31")),
        concerns: vec![mother],
    };
    office.order(case(1), agree).await;
    let action = office.history(case(1)).state().plans.actions().next().expect("an action").id;
    office.order(case(1), PlanCommand::MoveAction { action, due: day("2026-04-02"), reason: None }).await;
    let lines = seen(&office, "2026-03-25");
    let [line] = &lines[..] else { panic!("one line: {lines:?}") };
    assert_eq!((line.what.word(), line.day, &line.persons), ("action", day("2026-04-02"), &vec![mother]));
    let about = line.about.as_ref().expect("the action");
    assert_eq!(about.content.type_name, "ActionAgreed");
    assert_ne!(about.event, line.said.fact, "moved by another fact");
}

/// Ilias was born on 2017-01-09: 12 on 2029-01-09.
#[tokio::test]
async fn a_birthday_that_changes_who_must_consent_is_told_two_weeks_ahead() {
    let office = directed().await;
    let ahead = |today| coming(&office, today).into_iter().filter(|(word, _)| word == "birthday").collect::<Vec<_>>();
    assert_eq!(ahead("2028-12-25"), []);
    for today in ["2028-12-26", "2029-01-09"] {
        assert_eq!(ahead(today), [on("birthday", "2029-01-09")], "{today}");
    }
    assert_eq!(ahead("2029-01-10"), []);
    assert_eq!(ahead("2028-01-05"), [], "turning eleven changes nothing");
    let line = seen(&office, "2029-01-01").into_iter().find(|line| line.what == Coming::Birthday(12));
    assert!(line.expect("a birthday").born.is_some(), "judged by the birth date");
}

/// Whatever a room adds to the open terms stands on the screen by itself.
#[tokio::test]
async fn every_open_term_but_a_gap_is_a_line_with_the_fact_that_carries_it() {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    promise(&mut office, "2026-09-30").await;
    for today in ["2026-04-20", "2026-09-25", "2026-10-05"] {
        let open = all_open_dues(office.history(case(1)).state(), day(today), &terms());
        let near = open.iter().filter(|due| due.what != GAP_DUE && due.last_day <= day(today).plus_days(AHEAD_DAYS));
        let mut expected: Vec<_> = near.map(|due| on(&due.what, &due.last_day.to_string())).collect();
        expected.sort();
        let lines = seen(&office, today);
        assert!(lines.iter().all(|line| line.about.is_some()), "{today}");
        let terms = lines.iter().filter(|line| matches!(line.what, Coming::Term(_)));
        let mut found: Vec<_> = terms.map(|line| (line.what.word().to_owned(), line.day)).collect();
        found.sort();
        assert_eq!(found, expected, "{today}");
    }
    let lines = seen(&office, "2026-09-25");
    let specialist = lines.iter().find(|line| line.what.word() == "specialist").expect("the specialist");
    assert_eq!(specialist.about.as_ref().expect("who joined").content.workers.value, [crate::testing::KOEN]);
}
