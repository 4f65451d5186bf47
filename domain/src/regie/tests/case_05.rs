//! Five supporters, nobody in charge: the regie of that case with its dates.

use super::*;
use crate::regie::Gap;
use crate::regie::parties::CONSENT_TO_JOIN_MISSING;
use crate::testing::NOOR;

const SCHOOL: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x17));
const SCHOOL_CONSENT: ConsentId = ConsentId::from_uuid(Uuid::from_u128(0x23));

fn from_organisation(worker: WorkerId, short: &str) -> RegieCommand {
    RegieCommand::JoinParty(NewParty { organisation: organisation(short), ..party(worker) })
}

fn school(consent: ConsentId) -> RegieCommand {
    let party = NewParty { organisation: organisation("school-huizen"), consents: vec![consent], ..party(SCHOOL) };
    RegieCommand::JoinParty(party)
}

/// Five professionals from four organisations join until 2026-03-20, the school consultant after Samira's consent.
fn nobody_in_charge() -> Given<Case> {
    let given = two_join_at_the_opening().on("2026-03-11").when(from_organisation(WIM, "jeugd-gooi")).accepted();
    let consent = joining_consent(SCHOOL_CONSENT, &[SCHOOL], "2026-03-18");
    let given = given.on("2026-03-18").recorded([crate::fact::Draft::of(consent)]);
    let given = given.on("2026-03-19").when(school(SCHOOL_CONSENT)).accepted();
    given.on("2026-03-20").when(from_organisation(KOEN, "ggz-gooi")).accepted()
}

fn two_join_at_the_opening() -> Given<Case> {
    let given = open_case().when(from_organisation(PETRA, "zorg-vecht")).accepted();
    given.when(from_organisation(SAM, "jeugd-gooi")).accepted()
}

#[test]
fn the_school_waits_for_samira() {
    let given = two_join_at_the_opening().on("2026-03-16");
    given.when(school(JOINING)).then_rejected(CONSENT_TO_JOIN_MISSING);
    assert!(regie(&nobody_in_charge()).is_party_on(SCHOOL, day("2026-03-19")));
}

fn gap(parties: usize) -> Gap {
    let alert_at = day("2026-03-10").at(8, 0);
    Gap { since: day("2026-03-02"), parties, last_day: day("2026-03-09"), alert_at }
}

/// Two leave after the network meeting, and Joost directs.
fn joost_directs() -> Given<Case> {
    let given = nobody_in_charge().on("2026-03-25");
    let contribution = RegieCommand::StateContribution { worker: PETRA, can: text("rust"), cannot: text("regie") };
    let given = given.when(contribution).accepted();
    let given = given.when(leave(WIM)).accepted().when(leave(KOEN)).accepted();
    given.when(assign(JOOST)).accepted()
}

#[test]
fn a_gap_from_the_second_party_until_there_is_a_director() {
    let given = nobody_in_charge();
    assert_eq!(regie(&given).gap_on(day("2026-03-01")), None);
    assert_eq!(regie(&given).gap_on(day("2026-03-02")), Some(gap(2)));
    assert_eq!(regie(&given).gap_on(day("2026-03-20")), Some(gap(5)));
    let given = joost_directs();
    assert_eq!(regie(&given).gap_on(day("2026-03-24")), Some(gap(5)));
    assert_eq!(regie(&given).gap_on(day("2026-03-25")), None);
}

#[test]
fn the_duplicate_organisation_shows_and_is_resolved() {
    let given = joost_directs();
    let duplicate = vec![(organisation("jeugd-gooi"), vec![SAM, WIM])];
    assert_eq!(regie(&given).duplicate_organisations(day("2026-03-25")), duplicate);
    assert_eq!(regie(&given).duplicate_organisations(day("2026-03-26")), []);
}

#[test]
fn the_specialist_is_overdue_and_joost_stays() {
    let specialist = NewParty { specialist: true, expected_end: Some(day("2026-10-01")), ..party(KOEN) };
    let given = joost_directs().on("2026-04-20").when(RegieCommand::JoinParty(specialist)).accepted();
    assert_eq!(regie(&given).director_on(day("2026-04-20")).unwrap().worker, JOOST);
    assert!(regie(&given).overdue_specialists(day("2026-10-01")).is_empty());
    let overdue = regie(&given).overdue_specialists(day("2026-10-02"));
    assert_eq!(overdue.first().unwrap().1.at, day("2026-10-02").at(8, 0));
}

#[test]
fn joost_hands_over_to_layla_without_a_day_without_director() {
    let given = joost_directs().on("2026-06-19").by(JOOST, Role::CaseDirector);
    let given = given.when(offer(LAYLA, "2026-06-26")).accepted().on("2026-06-23").by(NOOR, Role::AccessWorker);
    let handover = open_handover(&given);
    let given = given.when(family_word(handover, true, "2026-06-26")).accepted();
    let given = given.on("2026-06-26").by(LAYLA, Role::CaseDirector);
    let given = given.when(RegieCommand::ReadHandoverSummary { handover }).accepted();
    let given = given.when(RegieCommand::AcceptHandover { handover }).accepted();

    let mut on = day("2026-03-25");
    while on < day("2026-07-01") {
        let holding = regie(&given).directorships().iter().filter(|directorship| directorship.period.holds_on(on));
        let holding: Vec<_> = holding.map(|directorship| directorship.worker).collect();
        let expected = if on < day("2026-06-26") { JOOST } else { LAYLA };
        assert_eq!(holding, [expected], "on {on}");
        assert_eq!(regie(&given).gap_on(on), None, "on {on}");
        on = on.plus_days(1);
    }
}
