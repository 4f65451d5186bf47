//! What others rest on is not struck out and not moved away from under them (rule 28).

use super::*;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::DomainEvent as _;
use crate::ids::EventId;
use crate::life::{LifeCommand, Outcome};
use crate::rejection::Detail;

/// The last fact of this type.
fn fact_of(given: &Given<Case>, name: &str) -> EventId {
    given.history().facts().iter().rfind(|fact| fact.event.info().name == name).unwrap().id
}

fn strike(target: EventId) -> CorrectionCommand {
    CorrectionCommand::StrikeOut { target, reason: text("vergissing") }
}

fn moved(target: EventId, content: CorrectedContent) -> CorrectionCommand {
    CorrectionCommand::Correct { target, reason: text("vergissing"), occurred: None, content }
}

fn director_from(from: &str) -> CorrectedContent {
    CorrectedContent::Director { from: day(from) }
}

fn party_from(from: &str) -> CorrectedContent {
    CorrectedContent::Party { from: day(from), expected_end: None }
}

fn last_day(on: &str) -> CorrectedContent {
    CorrectedContent::LastDay { last_day: day(on) }
}

/// Refused, because of this about this fact.
#[track_caller]
fn refused(given: Given<Case>, command: CorrectionCommand, word: &'static str, fact: EventId) {
    let rejection = given.when(command).then_rejected(CORRECTION_BREAKS_HISTORY);
    let (Detail::List(words), Detail::List(facts)) = (&rejection.details[0].1, &rejection.details[1].1) else {
        panic!("a list of rules and one of facts: {rejection:?}")
    };
    assert!(words.contains(&Detail::Word(word)) && facts.contains(&Detail::id(fact)), "{rejection:?}");
}

fn stopped() -> Given<Case> {
    with_director().on("2026-06-25").when(end_directorship()).accepted()
}

/// Layla took over on 2026-06-26 and stopped on 2026-07-10.
fn taken_over_and_stopped() -> Given<Case> {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.on("2026-06-26").when(RegieCommand::AcceptHandover { handover }).accepted();
    given.on("2026-07-10").when(end_directorship()).accepted()
}

fn left() -> Given<Case> {
    open_case().when(join(PETRA)).accepted().on("2026-04-01").when(leave(PETRA)).accepted()
}

fn with_deputy() -> Given<Case> {
    let deputy = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("ziek"),
    };
    with_director().on("2026-06-01").by(JOOST, Role::CaseDirector).when(deputy).accepted()
}

#[test]
fn who_stopped_is_not_brought_back_by_moving_or_striking_out_the_start() {
    let (start, end) = (fact_of(&stopped(), "DirectorAssigned"), fact_of(&stopped(), "DirectorEnded"));
    refused(stopped(), moved(start, director_from("2026-06-26")), "end_without_start", end);
    refused(stopped(), strike(start), "end_without_start", end);
    let given = stopped().when(moved(start, director_from("2026-06-25"))).accepted();
    assert!(regie(&given).director_on(day("2026-06-26")).is_none(), "the end still ends");
    // What rests on it first, then it is free.
    let given = stopped().when(strike(end)).accepted().when(strike(start)).accepted();
    assert!(regie(&given).directorships().is_empty());
}

#[test]
fn who_took_over_and_stopped_leaves_no_end_behind() {
    let (accepted, end) =
        (fact_of(&taken_over_and_stopped(), "HandoverAccepted"), fact_of(&taken_over_and_stopped(), "DirectorEnded"));
    refused(taken_over_and_stopped(), strike(accepted), "end_without_start", end);
    refused(taken_over_and_stopped(), moved(accepted, director_from("2026-07-11")), "end_without_start", end);
    let given = taken_over_and_stopped().when(strike(end)).accepted().when(strike(accepted)).accepted();
    assert_eq!(regie(&given).director_on(day("2026-07-11")).unwrap().worker, JOOST);
}

#[test]
fn who_left_is_not_brought_back_either() {
    let (start, end) = (fact_of(&left(), "PartyJoined"), fact_of(&left(), "PartyLeft"));
    refused(left(), moved(start, party_from("2026-04-02")), "end_without_start", end);
    refused(left(), strike(start), "end_without_start", end);
    left().when(moved(start, party_from("2026-04-01"))).accepted();
}

#[test]
fn nor_is_a_deputy_who_stopped() {
    let ended = || with_deputy().on("2026-06-12").when(RegieCommand::EndDeputy { last_day: None }).accepted();
    let (start, end) = (fact_of(&ended(), "DeputyAppointed"), fact_of(&ended(), "DeputyEnded"));
    refused(ended(), strike(start), "end_without_start", end);
    ended().when(strike(end)).accepted().when(strike(start)).accepted();
}

#[test]
fn what_speaks_of_a_director_or_a_party_keeps_that_one_in_place() {
    let (director, deputy) = (fact_of(&with_deputy(), "DirectorAssigned"), fact_of(&with_deputy(), "DeputyAppointed"));
    refused(with_deputy(), strike(director), "role_missing", deputy);
    refused(with_deputy(), moved(director, director_from("2026-06-02")), "role_missing", deputy);
    refused(offered(), strike(director), "role_missing", fact_of(&offered(), "HandoverOffered"));
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Plan], to: SAMIRA, agreement: None };
    let back = || with_director().when(back.clone()).accepted();
    refused(back(), strike(director), "role_missing", fact_of(&back(), "RegieHandedBack"));
    let stated = || {
        open_case().when(join(PETRA)).accepted().when(RegieCommand::StateContribution {
            worker: PETRA,
            can: text("luisteren"),
            cannot: text("behandelen"),
        })
    };
    let stated = || stated().accepted();
    let (party, said) = (fact_of(&stated(), "PartyJoined"), fact_of(&stated(), "ContributionStated"));
    refused(stated(), moved(party, party_from("2026-03-03")), "role_missing", said);
}

#[test]
fn an_accepted_handover_keeps_its_offer_the_word_of_the_family_and_the_reading() {
    let accepted = fact_of(&taken_over_and_stopped(), "HandoverAccepted");
    for name in ["HandoverOffered", "FamilyWordRecorded", "HandoverSummaryRead"] {
        let target = fact_of(&taken_over_and_stopped(), name);
        refused(taken_over_and_stopped(), strike(target), "handover_missing", accepted);
    }
    // A yes after a no is what the acceptance rests on.
    let given = || {
        let given = offered();
        let handover = open_handover(&given);
        let given = given.when(family_word(handover, false, "2026-06-26")).accepted();
        let given = given.when(family_word(handover, true, "2026-06-26")).accepted().by(LAYLA, Role::CaseDirector);
        let given = given.when(RegieCommand::ReadHandoverSummary { handover }).accepted();
        given.when(RegieCommand::AcceptHandover { handover }).accepted()
    };
    let (yes, accepted) = (fact_of(&given(), "FamilyWordRecorded"), fact_of(&given(), "HandoverAccepted"));
    refused(given(), strike(yes), "handover_missing", accepted);
}

#[test]
fn an_offer_taken_back_does_not_return_beside_another() {
    let given = || {
        let given = offered();
        let handover = open_handover(&given);
        given.when(RegieCommand::EndHandover { handover, reason: None }).accepted()
    };
    let end = fact_of(&given(), "HandoverEnded");
    given().when(strike(end)).accepted();
    let again = || given().when(offer(SAM, "2026-06-30")).accepted();
    refused(again(), strike(end), "handover_twice", fact_of(&again(), "HandoverOffered"));
}

#[test]
fn a_director_after_the_reopening_is_not_moved_to_before_it() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let reopen = LifeCommand::ReopenCase { reason: text("nieuwe vraag") };
    let given = || {
        let given = open_case().on("2026-07-01").when(close.clone()).accepted().on("2026-09-07");
        given.when(reopen.clone()).accepted().on("2026-09-09").when(assign(LAYLA)).accepted()
    };
    let start = fact_of(&given(), "DirectorAssigned");
    for early in ["2026-06-15", "2026-08-01", "2026-09-06"] {
        refused(given(), moved(start, director_from(early)), "start_while_closed", start);
    }
    let given = given().when(moved(start, director_from("2026-09-07"))).accepted();
    assert_eq!(regie(&given).director_on(day("2026-09-10")).unwrap().worker, LAYLA);
}

/// Two parties are in; Joost was said to have stopped on 10 March and Layla directs since the 11th.
fn stopped_too_late() -> Given<Case> {
    let given = open_case().when(join(PETRA)).accepted().when(join(SAM)).accepted().when(assign(JOOST)).accepted();
    let given = given.on("2026-03-10").when(end_directorship()).accepted().on("2026-03-11");
    given.when(assign(LAYLA)).accepted().on("2026-03-12")
}

#[test]
fn a_wrong_last_day_of_a_director_is_put_right_and_shows_the_gap_it_hid() {
    let given = stopped_too_late();
    let end = fact_of(&given, "DirectorEnded");
    assert!(regie(&given).gap_on(day("2026-03-06")).is_none());
    let given = given.when(moved(end, last_day("2026-03-05"))).accepted();
    let gap = regie(&given).gap_on(day("2026-03-06")).unwrap();
    assert_eq!((gap.since, gap.last_day), (day("2026-03-06"), day("2026-03-13")));
    assert_eq!(regie(&given).director_on(day("2026-03-05")).unwrap().worker, JOOST);
    assert!(regie(&given).director_on(day("2026-03-10")).is_none());
    assert_eq!(regie(&given).director_on(day("2026-03-11")).unwrap().worker, LAYLA);
    // And back, as often as needed; the words of the end stay.
    let given = given.when(moved(end, last_day("2026-03-10"))).accepted();
    assert!(regie(&given).gap_on(day("2026-03-06")).is_none());
}

#[test]
fn a_corrected_last_day_makes_no_second_director_and_ends_nobody_who_was_not_there() {
    let end = fact_of(&stopped_too_late(), "DirectorEnded");
    stopped_too_late().when(moved(end, last_day("2026-03-11"))).then_rejected(CORRECTION_BREAKS_HISTORY);
    refused(stopped_too_late(), moved(end, last_day("2026-03-01")), "end_without_start", end);
    let start = fact_of(&stopped_too_late(), "DirectorAssigned");
    stopped_too_late()
        .when(moved(start, last_day("2026-03-05")))
        .then_rejected(crate::correction::CORRECTION_DOES_NOT_FIT);
}

#[test]
fn a_party_turns_out_to_have_left_later_also_who_joined_again() {
    let given = || left().on("2026-04-10").when(join(PETRA)).accepted();
    let end = fact_of(&given(), "PartyLeft");
    let in_on = |given: &Given<Case>, on: &str| regie(given).is_party_on(PETRA, day(on));
    let later = given().when(moved(end, last_day("2026-04-07"))).accepted();
    assert_eq!(["2026-04-07", "2026-04-08", "2026-04-10"].map(|on| in_on(&later, on)), [true, false, true]);
    given().when(moved(end, last_day("2026-04-10"))).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn a_deputy_turns_out_to_have_stopped_on_another_day() {
    let ended = with_deputy().on("2026-06-12").when(RegieCommand::EndDeputy { last_day: None }).accepted();
    let end = fact_of(&ended, "DeputyEnded");
    let given = ended.when(moved(end, last_day("2026-06-19"))).accepted();
    let until = regie(&given).deputyships()[0].period.until;
    assert_eq!(until, Some(day("2026-06-19")));
}

#[test]
fn a_reopening_is_not_struck_out_from_under_who_directs_since() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let reopen = LifeCommand::ReopenCase { reason: text("nieuwe vraag") };
    let reopened = || open_case().on("2026-07-01").when(close.clone()).accepted().on("2026-07-01").when(reopen.clone());
    let reopening = |given: &Given<Case>| fact_of(given, "CaseReopened");
    let directed = || reopened().accepted().when(assign(JOOST)).accepted();
    let (struck, start) = (strike(reopening(&directed())), fact_of(&directed(), "DirectorAssigned"));
    refused(directed(), struck.clone(), "start_while_closed", start);
    let deputy = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-07-14"),
        reason: text("ziek"),
    };
    let deputed = directed().when(deputy).accepted();
    let stands_in = fact_of(&deputed, "DeputyAppointed");
    refused(deputed, struck, "start_while_closed", stands_in);
    // With nobody in charge since, it goes; and who directs goes first.
    let given = reopened().accepted();
    let target = reopening(&given);
    given.when(strike(target)).accepted();
    let given = directed().when(strike(start)).accepted().when(strike(target)).accepted();
    assert!(regie(&given).director_on(day("2026-07-02")).is_none());
    // Who was reported to have joined stands in the way of nothing.
    let party = RegieCommand::ReportPartyJoined { last_day: None, party: party(KOEN), explanation: None };
    reopened().accepted().when(party).accepted().when(strike(target)).accepted();
}
