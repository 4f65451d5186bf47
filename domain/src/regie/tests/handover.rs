use super::*;
use crate::decider::History;
use crate::fact::{Audience, Draft, Fact};
use crate::ids::{PersonId, Subject};
use crate::people::PERSON_UNKNOWN;
use crate::regie::HandoverOutcome;
use crate::regie::directorship::{DIRECTOR_PRESENT, NO_DIRECTOR};
use crate::regie::handover::{
    FAMILY_ASKED, FAMILY_NOT_ASKED, FAMILY_SAID_NO, FAMILY_WORD_UNREADABLE, HANDOVER_CLOSED, HANDOVER_OPEN,
    HANDOVER_UNKNOWN, MAY_NOT_END_HANDOVER, MAY_NOT_OFFER, NOT_THE_SUCCESSOR, PLANNED_IN_PAST, SUCCESSOR_IS_DIRECTOR,
    SUMMARY_NOT_READ,
};
use crate::testing::{NOOR, fresh, lost};

fn director_on(given: &Given<Case>, on: &str) -> Option<WorkerId> {
    regie(given).director_on(day(on)).map(|directorship| directorship.worker)
}

fn read(handover: HandoverId) -> RegieCommand {
    RegieCommand::ReadHandoverSummary { handover }
}

fn accept(handover: HandoverId) -> RegieCommand {
    RegieCommand::AcceptHandover { handover }
}

fn deputy() -> RegieCommand {
    RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("ziek"),
    }
}

fn end(handover: HandoverId) -> RegieCommand {
    RegieCommand::EndHandover { handover, reason: None }
}

#[test]
fn an_offer_is_read_by_director_and_successor_only() {
    let given = with_director().on("2026-06-19").by(JOOST, Role::CaseDirector);
    let when = given.when(offer(LAYLA, "2026-06-26"));
    assert_eq!(when.drafts().first().unwrap().audience, Some(Audience::Workers(vec![JOOST, LAYLA])));
    let given = when.accepted();
    let handover = regie(&given).open_handover().unwrap();
    assert_eq!((handover.predecessor, handover.successor), (Some(JOOST), LAYLA));
    assert_eq!(handover.id.as_uuid(), fresh(1));
    assert_eq!(handover.summary.known(), Some(&text("wat er speelt")));
    assert_eq!(director_on(&given, "2026-06-19"), Some(JOOST));
}

#[test]
fn only_the_director_offers_or_for_an_unavailable_one_the_access_worker_or_team_lead() {
    let given = || with_director().on("2026-06-19");
    let others = [(SAM, Role::Supporter), (NOOR, Role::AccessWorker), (WIM, Role::TeamLead)];
    for (who, role) in others {
        given().by(who, role).when(offer(LAYLA, "2026-06-26")).then_rejected(MAY_NOT_OFFER);
    }
    let ill = || given().when(deputy()).accepted();
    ill().by(SAM, Role::Supporter).when(offer(LAYLA, "2026-06-26")).then_rejected(MAY_NOT_OFFER);
    ill().by(NOOR, Role::AccessWorker).when(offer(LAYLA, "2026-06-26")).accepted();
    let when = ill().by(WIM, Role::TeamLead).when(offer(LAYLA, "2026-06-26"));
    assert_eq!(when.drafts().first().unwrap().audience, Some(Audience::Workers(vec![JOOST, LAYLA, WIM])));
    let back = ill().on("2026-07-01").by(WIM, Role::TeamLead);
    back.when(offer(LAYLA, "2026-07-03")).then_rejected(MAY_NOT_OFFER);
}

#[test]
fn an_offer_makes_sense() {
    open_case().when(offer(LAYLA, "2026-06-26")).then_rejected(NO_DIRECTOR);
    let given = || with_director().on("2026-06-19").by(JOOST, Role::CaseDirector);
    given().when(offer(JOOST, "2026-06-26")).then_rejected(SUCCESSOR_IS_DIRECTOR);
    given().when(offer(LAYLA, "2026-06-18")).then_rejected(PLANNED_IN_PAST);
    offered().when(offer(SAM, "2026-06-26")).then_rejected(HANDOVER_OPEN);
}

#[test]
fn the_family_is_asked_and_told_a_day() {
    let handover = open_handover(&offered());
    let stranger = PersonId::from_uuid(Uuid::from_u128(0x99));
    let word = RegieCommand::RecordFamilyWord {
        handover,
        person: stranger,
        agrees: true,
        words: None,
        told_day: day("2026-06-26"),
    };
    offered().when(word).then_rejected(PERSON_UNKNOWN);
    let unknown = HandoverId::from_uuid(Uuid::from_u128(0x77));
    offered().when(family_word(unknown, true, "2026-06-26")).then_rejected(HANDOVER_UNKNOWN);
}

#[test]
fn only_the_successor_reads_and_accepts() {
    let given = offered();
    let handover = open_handover(&given);
    given.by(SAM, Role::CaseDirector).when(read(handover)).then_rejected(NOT_THE_SUCCESSOR);
    ready_to_accept().by(JOOST, Role::CaseDirector).when(accept(handover)).then_rejected(NOT_THE_SUCCESSOR);
}

#[test]
fn reading_again_says_nothing_new() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    given.when(read(handover)).then::<RegieEvent>([]);
}

#[test]
fn acceptance_waits_for_the_family_and_for_the_summary() {
    let given = offered();
    let handover = open_handover(&given);
    given.by(LAYLA, Role::CaseDirector).when(accept(handover)).then_rejected(FAMILY_NOT_ASKED);
    let given = offered().when(family_word(handover, true, "2026-06-26")).accepted();
    given.by(LAYLA, Role::CaseDirector).when(accept(handover)).then_rejected(SUMMARY_NOT_READ);
}

#[test]
fn the_directorship_passes_on_the_day_of_acceptance_with_no_day_without_and_none_with_two() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.on("2026-06-26").when(accept(handover)).then([RegieEvent::HandoverAccepted {
        handover,
        director: LAYLA,
        organisation: care(),
        tasks: TASKS.to_vec(),
        from: day("2026-06-26"),
    }]);
    assert_eq!(director_on(&given, "2026-06-25"), Some(JOOST));
    assert_eq!(director_on(&given, "2026-06-26"), Some(LAYLA));
    assert!(regie(&given).broken_rules().is_empty());
    assert!(regie(&given).open_handover().is_none());
    let directorship = regie(&given).director_on(day("2026-06-26")).unwrap();
    assert_eq!(directorship.agreed, [Agreed::Person(SAMIRA), Agreed::Worker(LAYLA)]);
    assert_eq!(directorship.handover, Some(handover));
    given.when(accept(handover)).then_rejected(HANDOVER_CLOSED);
}

#[test]
fn a_director_of_one_day_may_hand_over_on_that_day() {
    let given = with_director().by(JOOST, Role::CaseDirector).when(offer(LAYLA, "2026-03-25")).accepted();
    let handover = open_handover(&given);
    let given = given.when(family_word(handover, true, "2026-03-25")).accepted().by(LAYLA, Role::CaseDirector);
    let given = given.when(read(handover)).accepted().when(accept(handover)).accepted();
    assert_eq!(director_on(&given, "2026-03-25"), Some(LAYLA));
    assert!(regie(&given).broken_rules().is_empty());
    assert_eq!(regie(&given).open_tasks(day("2026-03-25")), TASKS);
}

#[test]
fn tasks_that_went_back_to_the_family_do_not_pass() {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Plan], to: SAMIRA, agreement: None };
    let given = ready_to_accept().when(back).accepted();
    let handover = open_handover(&given);
    let given = given.on("2026-06-26").when(accept(handover)).accepted();
    assert_eq!(regie(&given).open_tasks(day("2026-06-26")), [RegieTask::Overview, RegieTask::Contacts]);
}

#[test]
fn a_no_stops_the_offer_until_it_is_made_again_with_a_reason_and_stays_visible() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.when(family_word(handover, false, "2026-06-26")).accepted().on("2026-06-26");
    given.when(accept(handover)).then_rejected(FAMILY_SAID_NO);

    let given = ready_to_accept().when(family_word(handover, false, "2026-06-26")).accepted();
    let given = given.by(JOOST, Role::CaseDirector).when(end(handover)).accepted();
    let given = given.on("2026-06-24").when(offer(LAYLA, "2026-06-30")).accepted();
    let again = open_handover(&given);
    assert_eq!(regie(&given).handover(handover).unwrap().said_no(), [SAMIRA]);
    assert_eq!(regie(&given).handover(again).unwrap().despite, [SAMIRA]);
    let given = given.by(LAYLA, Role::CaseDirector).when(read(again)).accepted();
    let given = given.when(family_word(again, false, "2026-06-30")).accepted();
    let given = given.on("2026-06-30").when(accept(again)).accepted();
    assert_eq!(director_on(&given, "2026-06-30"), Some(LAYLA));
}

#[test]
fn the_last_word_of_somebody_counts() {
    let given = offered();
    let handover = open_handover(&given);
    let given = given.when(family_word(handover, false, "2026-06-26")).accepted();
    let given = given.when(family_word(handover, true, "2026-06-26")).accepted();
    let given = given.by(LAYLA, Role::CaseDirector).when(read(handover)).accepted();
    given.when(accept(handover)).accepted();
}

#[test]
fn a_word_that_cannot_be_read_may_have_been_a_no_and_stops_the_acceptance() {
    let given = ready_to_accept().on("2026-06-26");
    let handover = open_handover(&given);
    let told_day = day("2026-06-26");
    let agrees = lost(Subject::Person(SAMIRA));
    let word = RegieEvent::FamilyWordRecorded { handover, person: SAMIRA, agrees, words: None, told_day };
    let given = given.recorded([Draft::of(word.into())]);
    let given = given.when(accept(handover)).refused_but(FAMILY_WORD_UNREADABLE);
    // Asked again, the answer can be read.
    given.when(family_word(handover, true, "2026-06-26")).accepted().when(accept(handover)).accepted();
}

#[test]
fn an_offer_is_declined_or_taken_back_and_the_director_stays() {
    for (who, role) in [(LAYLA, Role::CaseDirector), (JOOST, Role::CaseDirector)] {
        let given = offered();
        let handover = open_handover(&given);
        let given = given.by(who, role).when(end(handover)).accepted();
        let outcome = regie(&given).handover(handover).unwrap().outcome.clone();
        assert_eq!(outcome, Some(HandoverOutcome::Ended { on: day("2026-06-19"), by: who, reason: None }));
        assert_eq!(director_on(&given, "2026-06-19"), Some(JOOST));
        given.when(end(handover)).then_rejected(HANDOVER_CLOSED);
    }
}

#[test]
fn an_offer_is_taken_back_by_nobody_else_while_the_director_is_there() {
    let given = offered();
    let handover = open_handover(&given);
    for (who, role) in [(SAM, Role::Supporter), (NOOR, Role::AccessWorker), (WIM, Role::TeamLead)] {
        offered().by(who, role).when(end(handover)).then_rejected(MAY_NOT_END_HANDOVER);
    }
}

#[test]
fn while_the_director_is_unavailable_the_deputy_or_a_team_lead_takes_it_back() {
    let ill = || offered().when(deputy()).accepted();
    let stopped = || offered().when(end_directorship()).accepted().on("2026-06-20");
    let handover = open_handover(&offered());
    ill().by(SAM, Role::Supporter).when(end(handover)).accepted();
    ill().by(JOOST, Role::CaseDirector).when(end(handover)).accepted();
    ill().by(WIM, Role::TeamLead).when(end(handover)).accepted();
    stopped().by(WIM, Role::TeamLead).when(end(handover)).accepted();
    ill().by(NOOR, Role::AccessWorker).when(end(handover)).then_rejected(MAY_NOT_END_HANDOVER);
    stopped().by(NOOR, Role::AccessWorker).when(end(handover)).then_rejected(MAY_NOT_END_HANDOVER);
}

#[test]
fn a_director_who_stops_meanwhile_leaves_the_offer_open() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.by(JOOST, Role::CaseDirector).when(end_directorship()).accepted().on("2026-06-26");
    assert_eq!(director_on(&given, "2026-06-24"), None);
    let given = given.by(LAYLA, Role::CaseDirector).when(accept(handover)).accepted();
    assert_eq!(director_on(&given, "2026-06-25"), None);
    assert_eq!(director_on(&given, "2026-06-26"), Some(LAYLA));
    assert_eq!(regie(&given).open_tasks(day("2026-06-26")), TASKS);
}

#[test]
fn an_offer_does_not_take_the_place_of_another_director() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.by(JOOST, Role::CaseDirector).when(end_directorship()).accepted().on("2026-06-26");
    let given = given.when(assign(SAM)).accepted();
    given.by(LAYLA, Role::CaseDirector).when(accept(handover)).then_rejected(DIRECTOR_PRESENT);
}

#[test]
fn looking_back_shows_the_offer_open_on_the_days_it_was() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.on("2026-06-26").when(accept(handover)).accepted();
    let of_regie = |fact: &&Fact<CaseEvent>| matches!(fact.event, CaseEvent::Regie(_));
    let history = History::<Case>::fold(given.history().facts().iter().filter(of_regie).cloned().collect());
    let about = history.as_known_about(day("2026-06-25"));
    assert_eq!(about.state().regie.director_on(day("2026-06-25")).unwrap().worker, JOOST);
    assert!(about.state().regie.open_handover_on(day("2026-06-25")).is_some());
    assert!(about.state().regie.open_handover_on(day("2026-06-26")).is_none());
    let recorded = history.as_recorded_on(day("2026-06-25"));
    assert_eq!(recorded.state().regie.director_on(day("2026-06-26")).unwrap().worker, JOOST);
}

fn departed(given: &Given<Case>) -> Vec<&str> {
    given.state().life.departures.iter().map(|departure| departure.rule.as_str()).collect()
}

/// Rule 0: what the family was told and said is taken as it was, and marked.
#[test]
fn a_family_that_was_told_another_day_is_reported_and_marked() {
    let given = offered();
    let handover = open_handover(&given);
    let given = given.when(family_word(handover, true, "2026-06-27")).accepted();
    assert_eq!(departed(&given), [FAMILY_ASKED]);
    let given = given.by(LAYLA, Role::CaseDirector).when(read(handover)).accepted();
    given.when(accept(handover)).accepted();
    let in_time = offered().when(family_word(handover, true, "2026-06-26")).accepted();
    assert_eq!(departed(&in_time), [""; 0]);
}

#[test]
fn what_the_family_says_after_the_end_is_kept_and_changes_nothing() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.on("2026-06-26").when(accept(handover)).accepted();
    let before = (regie(&given).directorships().to_vec(), regie(&given).handover(handover).unwrap().clone());
    let no = RegieCommand::RecordFamilyWord {
        handover,
        person: SAMIRA,
        agrees: false,
        words: Some(text("liever niet")),
        told_day: day("2026-06-26"),
    };
    let given = given.on("2026-06-27").by(NOOR, Role::AccessWorker).when(no).accepted();
    let after = regie(&given).handover(handover).unwrap();
    assert_eq!((after.words.len(), after.said_no()), (before.1.words.len() + 1, vec![]));
    assert_eq!((after.outcome.clone(), regie(&given).directorships().to_vec()), (before.1.outcome, before.0));
    assert_eq!(departed(&given), [FAMILY_ASKED]);
    // Nor does it take the weight of a no to a later offer.
    let ended = offered().when(end(handover)).accepted().when(family_word(handover, false, "2026-06-26")).accepted();
    let given = ended.when(offer(LAYLA, "2026-06-30")).accepted();
    let again = open_handover(&given);
    assert_eq!(regie(&given).handover(again).unwrap().despite, []);
    let given = given.when(family_word(again, false, "2026-06-30")).accepted().by(LAYLA, Role::CaseDirector);
    given.when(accept(again)).then_rejected(FAMILY_SAID_NO);
}

#[test]
fn a_word_told_after_the_end_does_not_keep_the_end_from_being_corrected() {
    let handover = open_handover(&offered());
    let ended = offered().when(end(handover)).accepted().when(family_word(handover, false, "2026-06-26")).accepted();
    let facts = ended.history().facts();
    let target = facts[facts.len() - 2].id;
    let strike = crate::correction::CorrectionCommand::StrikeOut { target, reason: text("vergissing") };
    let given = ended.when(strike).accepted();
    assert_eq!(regie(&given).handover(handover).unwrap().said_no(), [SAMIRA]);
}
