use super::*;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::regie::{GAP_DUE, Gap, gap_in_open_case};

fn gap_on(given: &Given<Case>, on: &str) -> Option<Gap> {
    regie(given).gap_on(day(on))
}

fn since(given: &Given<Case>, on: &str) -> Option<crate::time::CivilDay> {
    gap_on(given, on).map(|gap| gap.since)
}

/// Petra since Monday 2026-03-02, Sam since Wednesday 2026-03-04.
fn two_parties() -> Given<Case> {
    open_case().when(join(PETRA)).accepted().on("2026-03-04").when(join(SAM)).accepted()
}

#[test]
fn one_party_is_no_gap_and_the_access_worker_is_no_party() {
    let given = open_case().when(join(PETRA)).accepted();
    assert_eq!(gap_on(&given, "2026-03-02"), None);
}

#[test]
fn a_second_party_without_director_is_a_gap_at_once() {
    let given = two_parties();
    assert_eq!(gap_on(&given, "2026-03-03"), None);
    let expected =
        Gap { since: day("2026-03-04"), parties: 2, last_day: day("2026-03-11"), alert_at: day("2026-03-12").at(8, 0) };
    assert_eq!(gap_on(&given, "2026-03-04"), Some(expected));
}

#[test]
fn a_third_party_changes_the_number_not_the_term() {
    let given = two_parties().on("2026-03-09").when(join(WIM)).accepted();
    let gap = gap_on(&given, "2026-03-09").unwrap();
    assert_eq!((gap.parties, gap.since, gap.last_day), (3, day("2026-03-04"), day("2026-03-11")));
}

#[test]
fn a_director_closes_the_gap_and_an_announced_one_does_so_from_the_first_day() {
    let given = two_parties().on("2026-03-09").when(assign_from(JOOST, Some("2026-03-16"))).accepted();
    assert_eq!(since(&given, "2026-03-15"), Some(day("2026-03-04")));
    assert_eq!(gap_on(&given, "2026-03-16"), None);
}

#[test]
fn a_director_who_stops_opens_a_gap_the_day_after_with_a_term_of_its_own() {
    let given = two_parties().when(assign(JOOST)).accepted().on("2026-04-10");
    let when = given.when(end_directorship());
    assert_eq!(when.drafts().first().unwrap().due.first().map(|due| due.what.as_str()), Some(GAP_DUE));
    let given = when.accepted();
    assert_eq!(gap_on(&given, "2026-04-10"), None);
    // Saturday 11 April: five working days, counted from the day after, end on Friday 17 April.
    let expected =
        Gap { since: day("2026-04-11"), parties: 2, last_day: day("2026-04-17"), alert_at: day("2026-04-20").at(8, 0) };
    assert_eq!(gap_on(&given, "2026-04-11"), Some(expected));
}

#[test]
fn when_only_one_party_stays_the_gap_ends_and_a_later_one_is_another() {
    let given = two_parties().on("2026-03-06").when(leave(PETRA)).accepted();
    assert_eq!(since(&given, "2026-03-06"), Some(day("2026-03-04")));
    assert_eq!(gap_on(&given, "2026-03-07"), None);
    let given = given.on("2026-03-10").when(join(WIM)).accepted();
    let gap = gap_on(&given, "2026-03-10").unwrap();
    assert_eq!((gap.since, gap.last_day), (day("2026-03-10"), day("2026-03-17")));
}

#[test]
fn who_takes_over_from_a_party_without_a_break_keeps_the_gap_going() {
    let given = two_parties().on("2026-03-06").when(leave(PETRA)).accepted();
    let next = RegieCommand::JoinParty(NewParty { from: Some(day("2026-03-07")), ..party(WIM) });
    let given = given.when(next).accepted();
    assert_eq!(since(&given, "2026-03-09"), Some(day("2026-03-04")));
}

#[test]
fn a_party_told_late_counts_from_the_day_it_joined() {
    let given = open_case().when(join(PETRA)).accepted().on("2026-03-20");
    let late = |worker, from: &str| RegieCommand::ReportPartyJoined {
        last_day: None,
        party: NewParty { from: Some(day(from)), ..party(worker) },
        explanation: None,
    };
    let given = given.when(late(SAM, "2026-03-05")).accepted();
    let expected =
        Gap { since: day("2026-03-05"), parties: 2, last_day: day("2026-03-12"), alert_at: day("2026-03-13").at(8, 0) };
    assert_eq!(gap_on(&given, "2026-03-20"), Some(expected));
    // Somebody who turns out to have been there even earlier makes the gap older.
    let given = given.when(late(WIM, "2026-03-03")).accepted();
    let gap = gap_on(&given, "2026-03-20").unwrap();
    assert_eq!((gap.since, gap.parties, gap.last_day), (day("2026-03-03"), 3, day("2026-03-10")));
}

#[test]
fn a_director_who_also_gives_support_joins_as_a_party() {
    let given = with_director().when(join(JOOST)).accepted().when(join(PETRA)).accepted();
    assert_eq!(regie(&given).parties_on(day("2026-03-25")).len(), 2);
    let given = given.on("2026-04-10").when(end_directorship()).accepted();
    assert_eq!(gap_on(&given, "2026-04-11").map(|gap| gap.parties), Some(2));
}

#[test]
fn a_closed_case_has_no_gap() {
    let close = crate::life::LifeCommand::CloseCase { outcome: crate::life::Outcome::Reassured, explanation: None };
    let given = two_parties();
    assert!(gap_in_open_case(given.state(), day("2026-03-04")).is_some());
    let given = given.when(close).accepted();
    assert_eq!(gap_in_open_case(given.state(), day("2026-03-04")), None);
}

/// The case as Noor corrects it: a measure binds the family.
fn under_a_measure(given: Given<Case>) -> Given<Case> {
    let (framework, ground) = (crate::life::LegalFramework::Compulsory, crate::life::OpeningGround::Measure);
    let content = CorrectedContent::Opening { framework, ground };
    let target = crate::testing::event_id(0);
    given.when(CorrectionCommand::Correct { target, reason: text("ots"), occurred: None, content }).accepted()
}

/// Rule 6: who directs is agreed and never silently empty.
#[test]
fn under_a_measure_one_party_without_a_director_is_a_gap() {
    let given = under_a_measure(open_case());
    assert_eq!(gap_on(&given, "2026-03-02"), None, "nobody is in yet");
    let given = given.on("2026-03-04").when(join(PETRA)).accepted();
    let expected =
        Gap { since: day("2026-03-04"), parties: 1, last_day: day("2026-03-11"), alert_at: day("2026-03-12").at(8, 0) };
    assert_eq!(gap_on(&given, "2026-03-04"), Some(expected));
    let waits = |given: &Given<Case>| {
        crate::dues::open_dues(given.state(), day("2026-03-04")).into_iter().map(|due| (due.what, due.at)).collect()
    };
    let dues: Vec<_> = waits(&given);
    assert_eq!(dues, [(GAP_DUE.to_owned(), day("2026-03-12").at(8, 0))]);
    let given = given.when(assign(JOOST)).accepted();
    assert_eq!((gap_on(&given, "2026-03-04"), waits(&given).len()), (None, 0));
    let given = given.on("2026-04-10").when(end_directorship()).accepted();
    assert_eq!(since(&given, "2026-04-11"), Some(day("2026-04-11")));
    // Found out later: the gap was there from the first party on.
    let later = under_a_measure(open_case().when(join(PETRA)).accepted());
    assert_eq!(since(&later, "2026-03-04"), Some(day("2026-03-02")));
}
