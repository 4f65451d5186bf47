//! Terms that run out, and who is told next.

use super::stories::{self, Step, Story, stories};
use super::*;
use crate::contact::tests::{call_back, record, settle, talk};
use crate::contact::{NewContact, NewPromise};
use crate::divorce::tests::{FENNA, fact_of, strike};
use crate::emergency::{EmergencyCommand, NewGround, ReviewOutcome};
use crate::plan::tests::{action, active, the_action};
use crate::plan::{ActionOutcome, Owner, PlanCommand, PlanRef};
use crate::regie::RegieCommand;
use crate::regie::tests::party;

/// Case 05: two parties since a Monday, and nobody directs.
#[test]
fn a_gap_is_told_to_the_access_workers_and_a_week_later_to_the_team_lead() {
    let given = gap();
    let first = day("2026-03-12").at(8, 0);
    assert_eq!(next_at(given.history(), given.now(), given.terms()), Some(first));
    let before = pending(given.history(), given.now(), given.terms());
    assert!(matches!(&before[0].next, Next::Alert { to: Receiver::AccessWorkers, step: 1, .. }), "{before:?}");
    assert_eq!(before[0].about, Some(fact_of(&given, "PartyJoined")), "why: somebody joined");

    let given = fire(given, Timestamp::from_micros(first.micros() - 1));
    assert_eq!(told(&given), [""; 0], "not a moment earlier");
    let given = pass(given, "2026-04-30");
    assert_eq!(told(&given), ["gap 1 access_workers 2026-03-12 08:00", "gap 2 team_lead 2026-03-19 08:00"]);
    let next = pending(given.history(), given.now(), given.terms());
    let of_gap = |one: &Pending| matches!(&one.next, Next::Alert { key, .. } if key.what == "gap");
    assert!(!next.iter().any(of_gap), "the chain ends with the team lead: {next:?}");
    let [alert] = given.state().alerts.raised() else { panic!("one alert through all its steps") };
    assert_eq!((alert.steps[0].next, alert.steps[1].next), (Some(day("2026-03-19").at(8, 0)), None));
}

#[test]
fn an_alert_is_over_when_nothing_waits_any_more_and_the_chain_stops() {
    let given = fire(gap(), day("2026-03-12").at(8, 0));
    let over = |given: &Given<Case>, on: &str| {
        let waits = waiting(given.history(), day(on), given.terms());
        still_waits(&given.state().alerts.raised()[0], &waits).is_none()
    };
    assert!(!over(&given, "2026-03-12"));
    let given = given.on("2026-03-13").by(NOOR, Role::AccessWorker).when(assign(JOOST)).accepted();
    assert!(over(&given, "2026-03-13"));
    assert_eq!(told(&pass(given, "2026-12-31")), ["gap 1 access_workers 2026-03-12 08:00"]);
}

#[test]
fn whoever_asks_again_or_too_early_writes_nothing() {
    let given = gap().by(SYSTEM, Role::System);
    let at = day("2026-03-12").at(8, 0);
    let first = command(&pending(given.history(), at, given.terms())[0].next);
    let given = given.on("2026-03-11").when(first.clone()).then_nothing();
    let given = given.at(at).when(first.clone()).accepted().when(first).then_nothing();
    // The next step, before its time and at it.
    let second = command(&pending(given.history(), at, given.terms())[0].next);
    let given = given.on("2026-03-18").when(second.clone()).then_nothing();
    let given = given.on("2026-03-19").when(second.clone()).accepted().when(second).then_nothing();
    assert_eq!(told(&given).len(), 2);
    let filled = gap().on("2026-03-12").when(assign(JOOST)).accepted().by(SYSTEM, Role::System);
    let key =
        AlertKey { what: "gap".to_owned(), ground: Ground::Said { by: None, last_day: day("2026-03-11") }, nth: 0 };
    filled.when(AlertCommand::RaiseAlert { key, step: 1 }).then_nothing();
}

/// The next steps run from when somebody was told, not from a term that ran out while nothing ran.
#[test]
fn a_system_that_stood_still_tells_the_first_now_and_the_next_in_its_turn() {
    let given = fire(gap(), day("2026-05-20").at(14, 30));
    assert_eq!(told(&given), ["gap 1 access_workers 2026-05-20 14:30"]);
    // 2026-05-25 is Whit Monday: five working days are 21, 22, 26, 27, 28 May.
    let given = pass(given, "2026-06-30");
    assert_eq!(told(&given)[1], "gap 2 team_lead 2026-05-28 08:00");
}

/// Rule 2: what was told late is told of on a working day, not while somebody is writing.
#[test]
fn what_is_told_late_is_told_of_the_next_working_day() {
    let late = |worker| RegieCommand::ReportPartyJoined {
        party: crate::regie::NewParty { from: Some(day("2026-03-02")), ..party(worker) },
        last_day: None,
        explanation: None,
    };
    let given = open_case().on("2026-04-24").when(late(PETRA)).accepted().when(late(SAM)).accepted();
    assert_eq!(
        next_at(given.history(), given.now(), given.terms()),
        Some(day("2026-04-28").at(8, 0)),
        "after King's Day"
    );
}

#[test]
fn a_specialist_overdue_is_told_to_the_director_a_week_later_to_the_team_lead() {
    let given = specialist("2026-10-01");
    let given = pass(given, "2026-12-31");
    assert_eq!(told(&given), ["specialist 1 director 2026-10-02 08:00", "specialist 2 team_lead 2026-10-09 08:00"]);
}

/// Anja directs; Sam came in for a while.
fn specialist(until: &str) -> Given<Case> {
    let new = crate::regie::NewParty { specialist: true, expected_end: Some(day(until)), ..party(SAM) };
    let given = open_case().when(assign(ANJA)).accepted().on("2026-04-20");
    given.when(RegieCommand::JoinParty(new)).accepted()
}

#[test]
fn a_term_that_was_said_anew_is_told_of_on_its_own_day() {
    let given = pass(specialist("2026-10-01"), "2026-10-05");
    let moved = RegieCommand::ChangeExpectedEnd { worker: SAM, expected_end: day("2026-11-02"), reason: None };
    let given = pass(given.when(moved).accepted(), "2026-12-31");
    let lines = told(&given);
    assert_eq!(lines[1..], ["specialist 1 director 2026-11-03 08:00", "specialist 2 team_lead 2026-11-10 08:00"]);
    assert_eq!(given.state().alerts.raised().len(), 2, "another day, another alert");
}

/// An action of a colleague is first asked after with that colleague, then with the director; one of the director at once there.
#[test]
fn an_action_is_asked_after_with_its_owner_first() {
    let agreed = |owner| {
        let given = active().when(action(PlanRef::Family, owner, Some("2026-04-30"), &[ILSE])).accepted();
        pass(given, "2026-06-30").state().clone()
    };
    let lines = |state: &CaseState| {
        let alerts = state.alerts.raised().iter().filter(|alert| alert.what == "action");
        alerts.flat_map(|alert| alert.steps.iter().map(|step| (step.step, step.to, step.owner))).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&agreed(Owner::Worker(FENNA))),
        [(1, Receiver::Owner, Some(FENNA)), (2, Receiver::Director, None), (3, Receiver::TeamLead, None)]
    );
    for owner in [Owner::Worker(ANJA), Owner::Person(ILSE), Owner::Nobody] {
        assert_eq!(lines(&agreed(owner)), [(2, Receiver::Director, None), (3, Receiver::TeamLead, None)], "{owner:?}");
    }
}

#[test]
fn two_alike_are_two_alerts_and_one_that_is_done_stops_alone() {
    let owned = || action(PlanRef::Family, Owner::Worker(FENNA), Some("2026-04-30"), &[ILSE]);
    let given = active().when(owned()).accepted();
    let first = the_action(&given);
    let given = pass(given.when(owned()).accepted(), "2026-05-04");
    let actions = |given: &Given<Case>| told(given).iter().filter(|line| line.starts_with("action")).count();
    assert_eq!(actions(&given), 2);
    let done = PlanCommand::EndAction { action: first, outcome: ActionOutcome::Done, words: None };
    let given = pass(given.when(done).accepted(), "2026-06-30");
    assert_eq!(actions(&given), 4, "of the other the director and the team lead are told");
}

#[test]
fn a_promise_is_asked_after_with_who_made_it_until_it_is_kept() {
    let promise = NewPromise { worker: Some(FENNA), ..call_back(Some("2026-04-23")) };
    let contact = NewContact { promises: vec![promise], ..talk(&[ILSE], "Vraagt of iemand terugbelt.") };
    let given = directed().by(FENNA, Role::Supporter).when(record(contact)).accepted();
    let given = pass(given, "2026-04-24");
    assert_eq!(told(&given), ["call_back 1 owner 2026-04-24 08:00"]);
    assert_eq!(given.state().alerts.raised()[0].steps[0].owner, Some(FENNA));
    let kept = settle(given.state().contacts.promises()[0].id);
    assert_eq!(told(&pass(given.when(kept).accepted(), "2026-12-31")).len(), 1);
}

/// In a closed case too; nothing else is told of there.
#[test]
fn an_emergency_access_is_told_of_to_who_reviews_it() {
    let opened = EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("Kind is weg"),
        hours: None,
    };
    let given = open_case().by(SAM, Role::Supporter).when(opened).accepted().on("2026-03-03");
    let given = given.by(NOOR, Role::AccessWorker).when(close()).accepted();
    let given = pass(given, "2026-12-31");
    assert_eq!(told(&given), ["emergency_review 1 privacy_officer_and_manager 2026-03-05 08:00"]);
    let emergency = given.state().emergency.all()[0].id;
    let outcome = ReviewOutcome::NotJustified;
    let reviewed = EmergencyCommand::ReviewEmergencyAccess { emergency, outcome, finding: text("Kon wachten") };
    let given = given.by(LAYLA, Role::PrivacyOfficer).when(reviewed).accepted();
    assert!(waiting(given.history(), day("2026-12-31"), given.terms()).is_empty());
}

#[test]
fn what_a_term_rests_on_was_struck_out_and_nobody_is_told() {
    let given = gap();
    let out = strike(&given, "PartyJoined");
    let given = pass(given.when(out).accepted(), "2026-12-31");
    assert_eq!(told(&given), [""; 0]);
}

/// What the system said stays; what it rests on can be corrected.
#[test]
fn that_somebody_was_told_is_not_struck_out() {
    let given = fire(gap(), day("2026-03-12").at(8, 0));
    let out = strike(&given, "AlertRaised");
    let given = given.when(out).refused_but(BY_ITSELF_STAYS);
    let target = fact_of(&given, "AlertRaised");
    let aside = CorrectionCommand::SetAside { targets: vec![fact_of(&given, "PartyJoined")], reason: text("verkeerd") };
    let given = given.when(aside).accepted();
    assert!(given.history().is_set_aside(target), "what was said of a fact in the wrong file goes with it");
}

/// For whoever may know the fact it rests on, where that fact stands.
#[test]
fn an_alert_is_for_who_may_know_what_it_rests_on() {
    let given = fire(gap(), day("2026-03-12").at(8, 0));
    let fact = given.history().facts().last().unwrap();
    assert_eq!(fact.audience, Audience::Case);
    let hidden = crate::life::LifeCommand::ChangeAudience {
        target: fact_of(&given, "PartyJoined"),
        audience: Audience::Director,
        reason: text("nog niet bekend"),
    };
    let given = fire(gap().when(hidden).accepted(), day("2026-03-12").at(8, 0));
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Director);
    let agreed = active().when(action(PlanRef::Family, Owner::Worker(FENNA), Some("2026-04-30"), &[ILSE])).accepted();
    let given = fire(agreed, day("2026-05-01").at(8, 0));
    let layers = LayersOf::on(given.history(), day("2026-05-01"), ages());
    let stands = |name| layers.of_fact(given.history().fact(fact_of(&given, name)).unwrap());
    assert_eq!(stands("AlertRaised"), stands("ActionAgreed"));
    assert_ne!(stands("AlertRaised"), Layers::case());
}

/// A case in which this story was told from this day on, by what was done until now.
fn played(story: &Story, from: &str) -> Given<Case> {
    let born = (story.born)(day(from));
    let none: [(&str, CaseEvent); 0] = [];
    let given = crate::testing::given(none).on(from).by(NOOR, Role::AccessWorker);
    let given = given.when(stories::open(born)).accepted();
    story.begin.iter().fold(given, |given, step| does(given, step, day(from)))
}

/// The clock moves there, the system has its turns on the way, and somebody does this.
fn does(given: Given<Case>, step: &Step, from: CivilDay) -> Given<Case> {
    let today = from.plus_days(step.after);
    let given = if given.now().day() < today { pass(given, &today.to_string()) } else { given };
    let command = (step.does)(given.history(), given.now().day());
    given.by(step.by, step.role).when(command).accepted()
}

/// Every line of the table with somebody to tell: whom, at eight on a working day, the next five working days later; and of what was done
/// nobody is told any more. A line without a story fails.
#[test]
fn every_line_of_the_table_is_told_to_whom_it_says_until_it_is_done() {
    let from = "2026-04-21";
    let all = stories();
    let has_story = |word: &str| all.iter().any(|story| story.tells.iter().any(|told| told.what == word));
    let without = table::TABLE.iter().filter(|(word, line)| !line.chain.is_empty() && !has_story(word));
    let mut wrong: Vec<String> =
        without.map(|(word, _)| format!("give {word} a story in alert/tests/stories.rs")).collect();
    for story in &all {
        let given = pass(played(story, from), "2031-03-02");
        let mut expected: Vec<_> = story
            .tells
            .iter()
            .flat_map(|told| std::iter::repeat_n((told.what, told.to.to_vec()), told.times))
            .collect();
        let alerts = given.state().alerts.raised();
        let chain = |alert: &RaisedAlert| alert.steps.iter().map(|step| step.to).collect::<Vec<_>>();
        let mut found: Vec<_> = alerts.iter().map(|alert| (alert.what.as_str(), chain(alert))).collect();
        expected.sort();
        found.sort();
        if found != expected {
            wrong.push(format!("{}: told {found:?}, not {expected:?}", story.name));
        }
        for alert in alerts {
            assert_at_eight(alert, given.terms());
        }
        if made_in(&given) != story.proposes {
            wrong.push(format!("{}: proposed {:?}", story.name, made_in(&given)));
        }
        let of_each = story.tells.iter().filter(|_| !story.done.is_empty());
        wrong.extend(of_each.filter_map(|told| goes_on_though_done(story, from, told.what)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn made_in(given: &Given<Case>) -> Vec<ProposalKind> {
    given.state().alerts.proposals().iter().map(|made| made.kind).collect()
}

/// At eight on a working day, and the next so many working days later.
fn assert_at_eight(alert: &RaisedAlert, terms: &crate::terms::Terms) {
    for step in &alert.steps {
        assert!(step.at == step.at.day().at(8, 0) && terms.calendar.is_working_day(step.at.day()), "{alert:?}");
    }
    for two in alert.steps.windows(2) {
        let after = (1..60).map(|days| two[0].at.day().plus_days(days));
        let fifth = after.filter(|day| terms.calendar.is_working_day(*day)).nth(4).unwrap();
        assert_eq!(two[1].at, fifth.at(8, 0), "{alert:?}");
    }
}

/// Whoever was told first does it: from the next day on that alert is over, and nobody is told next. What goes on in spite of that.
fn goes_on_though_done(story: &Story, from: &str, what: &str) -> Option<String> {
    let mut given = played(story, from);
    let of = |given: &Given<Case>| given.state().alerts.raised().iter().find(|alert| alert.what == what).cloned();
    while of(&given).is_none() {
        let Some(at) = next_at(given.history(), given.now(), given.terms()) else {
            return Some(format!("{}: {what} is never told", story.name));
        };
        let moment = at.max(given.now());
        given = fire(given, moment);
    }
    let today = given.now().day();
    for step in &story.done {
        let command = (step.does)(given.history(), today);
        given = given.by(step.by, step.role).when(command).accepted();
    }
    let alert = of(&given)?;
    let tomorrow = today.plus_days(1);
    let waits = waiting(given.history(), tomorrow, given.terms());
    if still_waits(&alert, &waits).is_some() {
        return Some(format!("{}: {what} still waits", story.name));
    }
    let after = pass(given, &today.plus_days(200).to_string());
    let raised = after.state().alerts.raised();
    let anew = |later: &&RaisedAlert| later.what == what && later.id != alert.id && later.steps[0].at.day() > today;
    if !story.recurs && raised.iter().any(|later| anew(&later)) {
        return Some(format!("{}: {what} is told anew", story.name));
    }
    let later = raised.iter().find(|later| later.id == alert.id)?;
    (later.steps.len() > 1).then(|| format!("{}: {what} is told to whoever is next", story.name))
}
