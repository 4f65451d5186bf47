//! A closed case has nobody in it, and nobody comes back by its being opened again.

use super::*;
use crate::correction::CorrectionCommand;
use crate::ids::EventId;
use crate::life::{LifeCommand, Outcome};
use crate::regie::HandoverOutcome;
use crate::regie::directorship::NO_DIRECTOR;
use crate::regie::handover::HANDOVER_CLOSED;
use crate::testing::NOOR;

fn close() -> LifeCommand {
    LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }
}

fn reopen() -> LifeCommand {
    LifeCommand::ReopenCase { reason: text("nieuwe vraag") }
}

/// Petra is in, Wim is announced for October, Joost directs with Sam as deputy, offered it to Layla and handed everything back.
fn busy() -> Given<Case> {
    let announced = RegieCommand::JoinParty(NewParty { from: Some(day("2026-10-01")), ..party(WIM) });
    let deputy = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-07-20"),
        reason: text("vakantie"),
    };
    let back = RegieCommand::HandBackRegie { tasks: TASKS.to_vec(), to: SAMIRA, agreement: None };
    let given = offered().when(join(PETRA)).accepted().when(announced).accepted();
    given.when(deputy).accepted().when(back).accepted()
}

/// As [`busy`], closed on 2026-07-01.
fn closed() -> Given<Case> {
    busy().on("2026-07-01").when(close()).accepted()
}

/// As [`closed`], opened again on 2026-09-07.
fn reopened() -> Given<Case> {
    closed().on("2026-09-07").when(reopen()).accepted()
}

fn in_on(given: &Given<Case>, on: &str) -> (Option<WorkerId>, Option<WorkerId>, Vec<WorkerId>) {
    let on = day(on);
    let director = regie(given).director_on(on).map(|directorship| directorship.worker);
    let deputy = regie(given).deputy_on(on).map(|deputyship| deputyship.worker);
    (director, deputy, regie(given).parties_on(on).into_iter().map(|party| party.worker).collect())
}

fn fact_of(given: &Given<Case>, name: &str) -> EventId {
    let named = |fact: &&crate::fact::Fact<CaseEvent>| crate::decider::DomainEvent::info(&fact.event).name == name;
    given.history().facts().iter().rfind(named).unwrap().id
}

#[test]
fn closing_ends_every_role_on_that_day_and_the_open_offer() {
    let given = closed();
    assert_eq!(in_on(&given, "2026-07-01"), (Some(JOOST), Some(SAM), vec![PETRA]));
    assert_eq!(in_on(&given, "2026-07-02"), (None, None, vec![]));
    assert_eq!(in_on(&given, "2026-10-01"), (None, None, vec![]), "who was announced does not come");
    let outcome = regie(&given).handovers()[0].outcome.clone();
    assert_eq!(outcome, Some(HandoverOutcome::Ended { on: day("2026-07-01"), by: JOOST, reason: None }));
    assert_eq!(regie(&given).broken_rules(), []);
}

#[test]
fn whoever_directed_last_answers_for_a_closed_case_until_it_opens_again() {
    let answers = |given: &Given<Case>, on: &str| {
        let answering = given.state().answering_director_on(day(on));
        answering.map(|directorship| directorship.worker)
    };
    assert_eq!(answers(&busy(), "2026-06-30"), Some(JOOST));
    assert_eq!(answers(&closed(), "2026-07-02"), Some(JOOST));
    assert_eq!(answers(&closed(), "2027-07-02"), Some(JOOST), "as long as it is closed");
    assert_eq!(answers(&reopened(), "2026-09-07"), None);
    let undirected = open_case().on("2026-07-01").when(close()).accepted();
    assert_eq!(answers(&undirected, "2026-07-02"), None, "nobody directed it");
}

#[test]
fn when_it_opens_again_nobody_is_in_until_asked_anew() {
    let given = reopened();
    for on in ["2026-08-01", "2026-09-07", "2026-10-02"] {
        assert_eq!(in_on(&given, on), (None, None, vec![]), "on {on}");
        assert_eq!(regie(&given).gap_on(day(on)), None, "on {on}");
    }
    let handover = regie(&given).handovers()[0].id;
    let accept = RegieCommand::AcceptHandover { handover };
    let given = given.by(LAYLA, Role::CaseDirector).when(accept).refused_but(HANDOVER_CLOSED);
    let given = given.when(assign(LAYLA)).accepted().when(join(PETRA)).accepted();
    assert_eq!(in_on(&given, "2026-09-07"), (Some(LAYLA), None, vec![PETRA]));
    assert_eq!(regie(&given).open_tasks(day("2026-09-07")), TASKS, "what was handed back before is with the new one");
}

#[test]
fn a_day_before_the_closing_reads_as_it_was() {
    let known = reopened().history().as_known_about(day("2026-06-30"));
    let director = known.state().regie.director_on(day("2026-06-30")).map(|directorship| directorship.worker);
    assert_eq!(director, Some(JOOST));
    assert!(known.state().regie.open_handover_on(day("2026-06-30")).is_some());
    let known = reopened().history().as_known_about(day("2026-08-01"));
    assert_eq!(known.state().regie.director_on(day("2026-08-01")), None);
}

#[test]
fn with_the_closing_struck_out_they_are_back() {
    let given = closed();
    let strike = CorrectionCommand::StrikeOut { target: fact_of(&given, "CaseClosed"), reason: text("vergissing") };
    let given = given.when(strike).accepted();
    assert_eq!(regie(&given), regie(&busy()));
    assert_eq!(in_on(&given, "2026-10-01"), (Some(JOOST), None, vec![PETRA, WIM]));
}

#[test]
fn who_joined_while_it_was_closed_is_not_in_when_it_opens_again() {
    let report = |worker, from: &str| RegieCommand::ReportPartyJoined {
        last_day: None,
        party: NewParty { from: Some(day(from)), ..party(worker) },
        explanation: None,
    };
    let meanwhile = closed().on("2026-08-01").when(report(KOEN, "2026-08-01")).accepted();
    let given = meanwhile.on("2026-09-07").when(reopen()).accepted();
    assert_eq!(in_on(&given, "2026-09-06"), (None, None, vec![KOEN]));
    assert_eq!(in_on(&given, "2026-09-07"), (None, None, vec![]));
    // Told afterwards it comes to the same, also for who came before the closing.
    let given = reopened().when(report(KOEN, "2026-08-01")).accepted().when(report(SAM, "2026-06-01")).accepted();
    assert_eq!(in_on(&given, "2026-07-01").2, [SAM, PETRA]);
    assert_eq!(in_on(&given, "2026-09-06").2, [KOEN]);
    assert_eq!(in_on(&given, "2026-09-07").2, []);
}

#[test]
fn closed_by_mistake_and_opened_again_on_one_day_it_goes_on_with_who_comes_after_that() {
    let given = open_case().on("2026-06-01").when(join(PETRA)).accepted().on("2026-06-10");
    let closed = given.when(close()).accepted();
    let report = RegieCommand::ReportPartyJoined { last_day: None, party: party(KOEN), explanation: None };
    let given = closed.when(report).accepted().when(reopen()).accepted();
    let deputy = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("vakantie"),
    };
    let given = given.when(assign(JOOST)).accepted().when(join(WIM)).accepted().when(deputy).accepted();
    assert_eq!(in_on(&given, "2026-06-11"), (Some(JOOST), Some(SAM), vec![WIM]), "who came before is asked anew");
    assert_eq!(in_on(&given, "2026-06-10").2, [PETRA, WIM, KOEN]);
    // The same once more on that day, and the next one: each closing ends what was there.
    let back = RegieCommand::HandBackRegie { tasks: TASKS.to_vec(), to: SAMIRA, agreement: None };
    let given = given.when(back).accepted().when(close()).accepted().when(reopen()).accepted();
    assert_eq!(in_on(&given, "2026-06-11"), (None, None, vec![]));
    let given = given.when(join(SAM)).accepted();
    assert_eq!(in_on(&given, "2026-06-11").2, [SAM]);
    let given = given.on("2026-06-12").when(close()).accepted();
    assert_eq!(in_on(&given, "2026-06-12").2, [SAM]);
    assert_eq!(in_on(&given, "2026-06-13").2, []);
}

#[test]
fn acts_start_no_earlier_than_the_case_was_opened_again() {
    let early = NewParty { from: Some(day("2026-09-06")), ..party(PETRA) };
    let join = RegieCommand::JoinParty(early);
    reopened().when_on("2026-09-06", join).then_rejected(crate::regie::asked::BEFORE_CASE_OPENED);
}

#[test]
fn that_somebody_had_left_or_stopped_before_the_closing_can_be_told_late() {
    let stopped = |on: &str| RegieCommand::EndDirectorship { last_day: Some(day(on)), reason: text("ander werk") };
    let left = RegieCommand::LeaveParty { worker: PETRA, last_day: Some(day("2026-06-24")), reason: None };
    let given = closed().on("2026-07-06").by(NOOR, Role::AccessWorker).when(left).accepted();
    let given = given.when(stopped("2026-07-01")).refused_but(NO_DIRECTOR).when(stopped("2026-06-25")).accepted();
    assert_eq!(in_on(&given, "2026-06-24"), (Some(JOOST), Some(SAM), vec![PETRA]));
    assert_eq!(in_on(&given, "2026-06-26"), (None, None, vec![]));
}

/// Rule 0: what was said in the case can be told when it is closed.
#[test]
fn what_was_said_before_the_closing_can_be_told_late() {
    let given = closed().on("2026-07-03").by(NOOR, Role::AccessWorker);
    let handover = regie(&given).handovers()[0].id;
    let given = given.when_on("2026-06-30", family_word(handover, false, "2026-06-26")).accepted();
    assert_eq!(regie(&given).handovers()[0].words.len(), 1);
    let offers = RegieCommand::StateContribution { worker: PETRA, can: text("luisteren"), cannot: text("regie") };
    let given = given.when_on("2026-06-30", offers).accepted();
    assert!(regie(&given).parties().iter().any(|party| party.worker == PETRA && party.contribution.is_some()));
}
