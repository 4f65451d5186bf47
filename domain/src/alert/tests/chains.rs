//! Terms that run out, and who is told next.

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
