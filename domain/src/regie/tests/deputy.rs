use super::*;
use crate::divorce::tests::strike;
use crate::ids::PersonId;
use crate::people::PERSON_UNKNOWN;
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::regie::DEPUTY_TOLD_DUE;
use crate::regie::asked::FROM_IN_PAST;
use crate::regie::deputy::{
    DEPUTY_ABSENT, DEPUTY_IS_DIRECTOR, DEPUTY_PRESENT, DEPUTY_TOO_LONG, DEPUTY_UNKNOWN, MAY_NOT_APPOINT, NOBODY_TOLD,
};
use crate::regie::directorship::NO_DIRECTOR;
use crate::rejection::Detail;
use crate::testing::{NOOR, fresh, words};

fn appoint(deputy: WorkerId, from: Option<&str>, until: &str) -> RegieCommand {
    RegieCommand::AppointDeputy {
        deputy,
        organisation: care(),
        from: from.map(day),
        until: day(until),
        reason: text("ziek"),
    }
}

fn deputy_on(given: &Given<Case>, on: &str) -> Option<WorkerId> {
    regie(given).deputy_on(day(on)).map(|deputy| deputy.worker)
}

/// A Monday with Joost as director, and a team lead who acts.
fn director_ill() -> Given<Case> {
    with_director().on("2026-06-01").by(WIM, Role::TeamLead)
}

#[test]
fn a_deputy_stands_in_until_a_day_and_both_names_show() {
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).then([RegieEvent::DeputyAppointed {
        deputy: SAM,
        organisation: care(),
        from: day("2026-06-01"),
        until: day("2026-06-30"),
        reason: words(fresh(1), "ziek"),
    }]);
    assert_eq!(deputy_on(&given, "2026-05-31"), None);
    assert_eq!(deputy_on(&given, "2026-06-30"), Some(SAM));
    assert_eq!(deputy_on(&given, "2026-07-01"), None);
    let deputy = regie(&given).deputy_on(day("2026-06-01")).unwrap();
    assert_eq!((deputy.director, deputy.appointed_by), (Some(JOOST), WIM));
    assert_eq!(regie(&given).director_on(day("2026-06-01")).unwrap().worker, JOOST);
}

#[test]
fn the_family_is_told_within_two_working_days() {
    let when = director_ill().when(appoint(SAM, None, "2026-06-30"));
    let due = when.drafts().first().unwrap().due.first().unwrap().clone();
    assert_eq!(due.what, DEPUTY_TOLD_DUE);
    assert_eq!((due.last_day, due.at), (day("2026-06-03"), day("2026-06-04").at(8, 0)));
}

#[test]
fn that_the_family_was_told_is_recorded_and_ends_the_term() {
    let tell = |persons: &[PersonId]| RegieCommand::TellFamilyOfDeputy { deputy: SAM, persons: persons.to_vec() };
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted().on("2026-06-02");
    assert_eq!(regie(&given).open_dues(day("2026-06-02")).len(), 1);
    let told = RegieEvent::FamilyToldOfDeputy { deputy: SAM, since: day("2026-06-01"), persons: vec![SAMIRA] };
    let given = given.when(tell(&[SAMIRA, SAMIRA])).then([told]);
    assert_eq!(regie(&given).open_dues(day("2026-06-02")), []);
    let deputy = regie(&given).deputy_on(day("2026-06-02")).unwrap();
    assert_eq!((deputy.told[0].on, deputy.told[0].persons.as_slice()), (day("2026-06-02"), [SAMIRA].as_slice()));
    // Whoever stands in once more is told of once more.
    let given = given.on("2026-07-01").when(appoint(SAM, None, "2026-07-10")).accepted();
    assert_eq!(regie(&given).open_dues(day("2026-07-01")).len(), 1);
    let given = given.when(tell(&[SAMIRA])).accepted();
    assert_eq!(regie(&given).open_dues(day("2026-07-01")), []);
}

#[test]
fn struck_out_the_family_is_to_be_told_again() {
    let told = RegieCommand::TellFamilyOfDeputy { deputy: SAM, persons: vec![SAMIRA] };
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted().when(told).accepted();
    let out = strike(&given, "FamilyToldOfDeputy");
    let given = given.when(out).accepted();
    assert_eq!(regie(&given).open_dues(day("2026-06-02")).len(), 1);
}

#[test]
fn nobody_is_told_of_who_never_stood_in_and_somebody_is_named() {
    let tell = |deputy: WorkerId, persons: Vec<PersonId>| RegieCommand::TellFamilyOfDeputy { deputy, persons };
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted();
    let given = given.when(tell(PETRA, vec![SAMIRA])).refused_but(DEPUTY_UNKNOWN);
    let given = given.when(tell(SAM, Vec::new())).refused_but(NOBODY_TOLD);
    given.when(tell(SAM, vec![PersonId::from_uuid(Uuid::from_u128(0x99))])).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn six_weeks_at_most() {
    director_ill().when(appoint(SAM, None, "2026-07-13")).accepted();
    let rejection = director_ill().when(appoint(SAM, None, "2026-07-14")).then_rejected(DEPUTY_TOO_LONG);
    assert!(rejection.details.contains(&("last_day_allowed", Detail::Day(day("2026-07-13")))));
}

#[test]
fn a_deputy_stands_in_for_somebody_else_who_directs() {
    open_case().by(WIM, Role::TeamLead).when(appoint(SAM, None, "2026-03-10")).then_rejected(NO_DIRECTOR);
    director_ill().when(appoint(JOOST, None, "2026-06-30")).then_rejected(DEPUTY_IS_DIRECTOR);
}

#[test]
fn the_director_an_access_worker_or_a_team_lead_appoints() {
    director_ill().by(JOOST, Role::CaseDirector).when(appoint(SAM, None, "2026-06-30")).accepted();
    director_ill().by(NOOR, Role::AccessWorker).when(appoint(SAM, None, "2026-06-30")).accepted();
    director_ill().by(SAM, Role::Supporter).when(appoint(SAM, None, "2026-06-30")).then_rejected(MAY_NOT_APPOINT);
}

#[test]
fn dates_make_sense() {
    director_ill().when(appoint(SAM, Some("2026-06-10"), "2026-06-09")).then_rejected(UNTIL_BEFORE_FROM);
    director_ill().when(appoint(SAM, Some("2026-05-29"), "2026-06-09")).then_rejected(FROM_IN_PAST);
}

#[test]
fn one_deputy_at_a_time() {
    let given = director_ill().when(appoint(SAM, Some("2026-06-10"), "2026-06-30")).accepted();
    given.when(appoint(PETRA, None, "2026-06-10")).then_rejected(DEPUTY_PRESENT);
    let given = director_ill().when(appoint(SAM, Some("2026-06-10"), "2026-06-30")).accepted();
    let given = given.when(appoint(PETRA, None, "2026-06-09")).accepted();
    assert_eq!(deputy_on(&given, "2026-06-09"), Some(PETRA));
    assert_eq!(deputy_on(&given, "2026-06-10"), Some(SAM));
}

#[test]
fn a_deputy_can_stop_before_the_agreed_day() {
    let end = || RegieCommand::EndDeputy { last_day: None };
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted().on("2026-06-12");
    let given = given.when(end()).then([RegieEvent::DeputyEnded { deputy: SAM, last_day: day("2026-06-12") }]);
    assert_eq!(deputy_on(&given, "2026-06-13"), None);
    given.on("2026-06-15").when(end()).then_rejected(DEPUTY_ABSENT);
}

#[test]
fn with_the_directorship_the_deputy_goes_too() {
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted();
    let given = given.on("2026-06-10").when(end_directorship()).accepted();
    assert_eq!(deputy_on(&given, "2026-06-10"), Some(SAM));
    assert_eq!(deputy_on(&given, "2026-06-11"), None);
    let given = given.on("2026-06-15").when(assign(LAYLA)).accepted();
    assert_eq!(deputy_on(&given, "2026-06-15"), None);
}

#[test]
fn a_deputy_of_the_director_before_is_not_in_the_way_of_the_next() {
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted();
    let given = given.on("2026-06-10").when(end_directorship()).accepted();
    let given = given.on("2026-06-15").when(assign(LAYLA)).accepted();
    let given = given.when(appoint(PETRA, None, "2026-07-10")).accepted();
    assert_eq!(deputy_on(&given, "2026-06-15"), Some(PETRA));
    assert_eq!(regie(&given).broken_rules(), []);
    let given = given.on("2026-06-20").when(RegieCommand::EndDeputy { last_day: None }).accepted();
    assert_eq!(deputy_on(&given, "2026-06-21"), None);
}

#[test]
fn a_director_who_comes_back_does_not_bring_the_deputy_back() {
    let given = director_ill().when(appoint(SAM, None, "2026-06-30")).accepted();
    let given = given.when(appoint(PETRA, Some("2026-07-01"), "2026-07-10")).accepted();
    let given = given.on("2026-06-10").when(end_directorship()).accepted();
    let given = given.on("2026-06-15").when(assign(JOOST)).accepted();
    for on in ["2026-06-15", "2026-07-01"] {
        assert_eq!(deputy_on(&given, on), None, "on {on}");
    }
    // With an end that was announced nobody is appointed past it.
    let last = RegieCommand::EndDirectorship { last_day: Some(day("2026-06-10")), reason: text("ander werk") };
    let given = director_ill().when(last).accepted().when(appoint(SAM, None, "2026-06-30")).accepted();
    assert_eq!(regie(&given).deputyships()[0].period.until, Some(day("2026-06-10")));
}

#[test]
fn with_a_handover_the_deputy_of_the_predecessor_goes() {
    let given = ready_to_accept();
    let handover = open_handover(&given);
    let given = given.by(JOOST, Role::CaseDirector).when(appoint(SAM, None, "2026-07-10")).accepted();
    let accept = RegieCommand::AcceptHandover { handover };
    let given = given.on("2026-06-26").by(LAYLA, Role::CaseDirector).when(accept).accepted();
    let given = given.when(appoint(PETRA, None, "2026-07-10")).accepted();
    assert_eq!((deputy_on(&given, "2026-06-25"), deputy_on(&given, "2026-06-26")), (Some(SAM), Some(PETRA)));
}
