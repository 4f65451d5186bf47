//! Days that come by themselves: 08:00 so many days ahead, or the working day before.

use super::*;
use crate::consent::{ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use crate::people::{FamilyRole, PeopleEvent};
use crate::ruling::{NewRuling, RulingCommand, RulingDates, RulingKind};

const SACHA: PersonId = PersonId::from_uuid(Uuid::from_u128(0x5AC));

fn child(born: &str) -> Given<Case> {
    let added = person(SACHA, "Sacha", Some(born), FamilyRole::Child);
    directed().recorded([Draft::of(added)])
}

fn of(given: &Given<Case>, what: &str) -> Vec<String> {
    told(given).into_iter().filter(|line| line.starts_with(what)).collect()
}

/// Case 03: Sacha becomes 12 on Friday 2026-04-03; 30 days ahead is Wednesday 2026-03-04.
#[test]
fn the_director_is_asked_to_speak_with_a_child_before_it_turns_12_16_and_18() {
    let given = child("2014-04-03").on("2026-01-20");
    let given = pass(given, "2033-01-01");
    assert_eq!(
        of(&given, "birthday"),
        [
            "birthday 1 director 2026-03-04 08:00",
            "birthday 1 director 2027-04-14 08:00", // Morris, 12 on 2027-05-14
            "birthday 1 director 2030-03-04 08:00",
            "birthday 1 director 2031-04-10 08:00", // 2031-04-14 is Easter Monday, 04-11 Good Friday
            "birthday 1 director 2032-03-04 08:00",
        ]
    );
    let of_sacha: Vec<_> = given
        .state()
        .alerts
        .raised()
        .iter()
        .filter(|alert| alert.persons == [SACHA] && alert.what == "birthday")
        .collect();
    assert_eq!(
        of_sacha.iter().filter_map(|alert| alert.day()).collect::<Vec<_>>(),
        ["2026-04-03", "2030-04-03", "2032-04-03"].map(day)
    );
    assert!(
        of_sacha.iter().all(|alert| alert.last_day.is_none()),
        "a birthday stands in no field that outlives its person"
    );
}

#[test]
fn a_birthday_is_no_longer_told_of_once_it_has_been() {
    let given = child("2014-04-03").on("2026-04-04");
    assert_eq!(of(&pass(given, "2026-12-31"), "birthday"), [""; 0]);
    // Known late, and still to come: at once.
    let given = fire(child("2014-05-03"), day("2026-04-21").at(9, 0));
    assert_eq!(of(&given, "birthday"), ["birthday 1 director 2026-04-21 09:00"]);
}

/// Born on 29 February: a year older on 1 March in other years. 2028-02-29 exists; 2032 too; 2030 not.
#[test]
fn a_leap_child_turns_on_the_first_of_march() {
    let given = pass(child("2012-02-29").on("2026-01-20"), "2031-01-01");
    let days: Vec<_> = given.state().alerts.raised().iter().filter(|alert| alert.persons == [SACHA]).collect();
    assert_eq!(days.iter().filter_map(|alert| alert.day()).collect::<Vec<_>>(), ["2028-02-29", "2030-03-01"].map(day));
    // Thirty days before: Sunday 2028-01-30 becomes Friday; Wednesday 2030-01-30 stays.
    assert_eq!(days[0].steps[0].at, day("2028-01-28").at(8, 0));
    assert_eq!(days[1].steps[0].at, day("2030-01-30").at(8, 0));
}

/// A name for the command holds no birthday, and two children with one birthday are two.
#[test]
fn the_key_of_a_birthday_says_no_day() {
    let given = child("2014-04-03");
    let keys = waiting(given.history(), day("2026-03-04"), given.terms()).into_iter().map(|waits| waits.key.name());
    let of_sacha = keys.filter(|key| key.contains(&SACHA.to_string())).collect::<Vec<_>>();
    assert!(!of_sacha.is_empty() && of_sacha.iter().all(|key| !key.contains("04-03") && !key.contains("2026")));
    let other = PersonId::from_uuid(Uuid::from_u128(0x5AD));
    let twin = person(other, "Robin", Some("2014-04-03"), FamilyRole::Child);
    let given = pass(given.recorded([Draft::of(twin)]).on("2026-01-20"), "2026-04-21");
    assert_eq!(of(&given, "birthday").len(), 2);
}

#[test]
fn a_birth_date_that_was_wrong_is_told_of_by_the_right_one() {
    let given = pass(child("2014-04-03").on("2026-01-20"), "2026-03-05");
    let right = PeopleEvent::BirthDateRecorded {
        person: SACHA,
        birth_date: Personal::ordinary(Subject::Person(SACHA), day("2014-06-03")),
        source: crate::people::Source::Register,
    };
    let given = pass(given.recorded([Draft::of(right.into())]), "2026-12-31");
    assert_eq!(
        of(&given, "birthday"),
        ["birthday 1 director 2026-03-04 08:00", "birthday 1 director 2026-05-04 08:00"]
    );
}

fn consent(until: &str) -> ConsentCommand {
    ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(ILSE),
        subject: WhoIs::Person(ILSE),
        kind: ConsentKind::Help,
        purpose: None,
        categories: vec![],
        recipients: vec![],
        from: None,
        until: Some(day(until)),
        explained: None,
        evidence: Evidence::Spoken,
    })
}

/// 2026-10-31 less 30 days is Thursday 2026-10-01; the clocks go back on 2026-10-25.
#[test]
fn a_consent_that_runs_out_is_told_of_ahead_and_one_that_was_given_for_short_is_not() {
    let given = pass(directed().when(consent("2026-10-31")).accepted(), "2026-12-31");
    assert_eq!(of(&given, "consent_ends"), ["consent_ends 1 director 2026-10-01 08:00"]);
    let short = pass(directed().when(consent("2026-05-08")).accepted(), "2026-12-31");
    assert_eq!(of(&short, "consent_ends"), [""; 0]);
    // Given again before anybody was told: nothing to speak of.
    let again =
        directed().when(consent("2026-10-31")).accepted().on("2026-09-01").when(consent("2027-10-31")).accepted();
    assert_eq!(of(&pass(again, "2026-12-31"), "consent_ends"), [""; 0]);
}

fn ruled(from: &str, until: &str) -> Given<Case> {
    let dates = RulingDates { in_force: Some(day(from)), until: Some(day(until)), ..RulingDates::default() };
    let new = NewRuling {
        person: ROBERT,
        others: Vec::new(),
        kind: RulingKind::Contact,
        scope: text("om de week een weekend"),
        channel: None,
        reference: None,
        in_place: None,
        pronounced: None,
        dates,
        source: crate::people::Source::Court,
        replaces: None,
        authority: None,
    };
    directed().when(RulingCommand::RecordRuling(Box::new(new))).accepted()
}

#[test]
fn a_ruling_that_starts_or_ends_is_told_of_two_weeks_ahead() {
    assert_eq!(
        of(&pass(ruled("2026-06-01", "2026-12-01"), "2027-01-31"), "ruling"),
        ["ruling_starts 1 director 2026-05-18 08:00", "ruling_ends 1 director 2026-11-17 08:00"]
    );
}

/// Nothing ran while the day came: somebody is told afterwards, once, and it stands for a while.
#[test]
fn a_day_that_passed_while_nothing_ran_is_told_of_afterwards_once() {
    let late = |given: Given<Case>, what: &str, at: &str| {
        let given = pass(fire(given, day(at).at(9, 0)), "2026-12-31");
        assert_eq!(of(&given, what), [format!("{what} 1 director {at} 09:00")]);
        given
    };
    let given = late(child("2014-05-03").on("2026-01-20"), "birthday", "2026-05-12");
    let stands = |on: &str| {
        let waits = waiting(given.history(), day(on), given.terms());
        waits.iter().any(|waits| waits.key.what == "birthday" && waits.day == day("2026-05-03"))
    };
    assert!(stands("2026-06-11") && !stands("2026-06-12"), "as long as it is told ahead");
    late(directed().when(consent("2026-10-31")).accepted(), "consent_ends", "2026-11-10");
    let again = directed().when(consent("2026-10-31")).accepted().on("2026-11-05").when(consent("2027-10-31"));
    assert_eq!(of(&pass(again.accepted(), "2026-12-31"), "consent_ends"), [""; 0], "given again meanwhile");
    late(ruled("2026-06-01", "2026-12-01"), "ruling_starts", "2026-06-05");
    late(ruled("2026-06-01", "2026-12-01"), "ruling_ends", "2026-12-04");
    // Told in time: over on the day itself.
    let given = pass(ruled("2026-06-01", "2026-12-01"), "2026-06-01");
    let waits =
        |on: &str| waiting(given.history(), day(on), given.terms()).iter().any(|one| one.key.what == "ruling_starts");
    assert!(waits("2026-06-01") && !waits("2026-06-02"));
    // Recorded when it had been, or while the case was closed: nobody is told.
    assert_eq!(of(&pass(ruled("2026-04-01", "2026-04-10"), "2026-12-31"), "ruling"), [""; 0]);
    let closed = crate::divorce::tests::closed(child("2014-05-10"), "2026-05-01");
    let reopened = closed.on("2026-05-20").when(crate::divorce::tests::reopen()).accepted();
    assert_eq!(of(&pass(reopened, "2026-12-31"), "birthday"), [""; 0]);
}

/// A director is away, and a deputy stands in until an agreed day: a week before, the team lead sees who directs from then on.
#[test]
fn the_end_of_a_deputy_is_told_to_the_team_lead_a_week_ahead() {
    use crate::divorce::tests::{HUGO, WIM};
    use crate::regie::RegieCommand;
    let appointed = |on: &str, until: &str| {
        let appoint = RegieCommand::AppointDeputy {
            deputy: HUGO,
            organisation: organisation("zorg-vecht"),
            from: None,
            until: day(until),
            reason: text("ziek"),
        };
        directed().on(on).by(WIM, Role::TeamLead).when(appoint).accepted().by(ANJA, Role::CaseDirector)
    };
    let lines = |given: Given<Case>| of(&pass(given, "2026-12-31"), "deputy_ends");
    // 2026-06-07 is a Sunday; a week before, 2026-05-31, is one too.
    assert_eq!(lines(appointed("2026-05-04", "2026-06-07")), ["deputy_ends 1 team_lead 2026-05-29 08:00"]);
    assert_eq!(lines(appointed("2026-06-01", "2026-06-05")), [""; 0], "agreed for less than the time ahead");
    let ended = appointed("2026-05-04", "2026-06-07").on("2026-05-28");
    let ended = ended.when(RegieCommand::EndDeputy { last_day: None }).accepted();
    assert_eq!(lines(ended), [""; 0], "over otherwise than agreed");
}

#[test]
fn in_a_closed_case_nothing_is_announced() {
    let given = crate::divorce::tests::closed(child("2014-09-03"), "2026-05-01");
    assert_eq!(told(&pass(given, "2026-12-31")), [""; 0]);
}

/// Nobody records a birthday: from that day on help that was running lacks the child's own consent, and six weeks later somebody is told.
#[test]
fn help_that_comes_to_lack_a_consent_by_a_birthday_alone_is_told_of() {
    let yes = |giver, subject| {
        ConsentCommand::GrantConsent(NewConsent {
            giver: WhoIs::Person(giver),
            subject: WhoIs::Person(subject),
            kind: ConsentKind::Help,
            purpose: None,
            categories: vec![],
            recipients: vec![],
            from: None,
            until: None,
            explained: None,
            evidence: Evidence::Spoken,
        })
    };
    let joint = authority(SACHA, crate::people::Authority::JointParents(ILSE, ROBERT), "2014-06-05");
    let given = child("2014-06-05").recorded([Draft::of(joint)]);
    let given = given.when(yes(ILSE, SACHA)).accepted().when(yes(ROBERT, SACHA)).accepted();
    let now = given.now();
    let look = |given: &Given<Case>, at| next_look(given.history(), at, given.terms());
    let of_birth = |at| Some(Look { at, of_birth: true });
    assert_eq!(look(&given, now), of_birth(day("2026-05-06").at(8, 0)), "the announcement");
    let given = fire(given, day("2026-05-06").at(8, 0));
    assert_eq!(look(&given, given.now()), of_birth(day("2026-06-05").at(0, 0)), "the birthday itself");
    let given = given.at(day("2026-06-05").at(0, 0));
    // Six weeks end on 2026-07-17, a Friday.
    assert_eq!(look(&given, given.now()), of_birth(day("2026-06-06").at(0, 0)), "in other years than a leap one");
    let given = pass(given, "2026-12-31");
    let lines = of(&given, "help_consent_incomplete");
    let about_sacha: Vec<_> = given
        .state()
        .alerts
        .raised()
        .iter()
        .filter(|alert| alert.persons == [SACHA] && alert.what != "birthday")
        .collect();
    assert_eq!(
        about_sacha.iter().map(|alert| alert.steps[0].at).collect::<Vec<_>>(),
        [day("2026-07-20").at(8, 0)],
        "{lines:?}"
    );
}
