//! Whose consent names a worker, day by day (R02).

use super::*;
use crate::people::{AuthorityKind, NewAuthority, PeopleCommand, Source};

fn named(given: &Given<Case>, on: &str) -> Vec<PersonId> {
    named_on(given.state(), LAYLA, day(on), given.terms()).into_iter().map(|(person, _)| person).collect()
}

/// Both parents let Layla join for Sacha.
fn both() -> Given<Case> {
    joint().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted()
}

fn sharing_of(giver: PersonId) -> ConsentCommand {
    let new = new(giver, SACHA, ConsentKind::Sharing);
    ConsentCommand::GrantConsent(NewConsent { recipients: vec![LAYLA], categories: vec![Category::Plan], ..new })
}

#[test]
fn a_joining_or_a_sharing_consent_that_names_the_worker_once_it_is_complete() {
    let one = joint().when(joining(ERIK)).accepted();
    assert_eq!(named(&one, "2026-02-16"), []);
    let given = one.when(joining(NADIA)).accepted();
    assert_eq!((named(&given, "2026-02-15"), named(&given, "2026-02-16")), (vec![], vec![SACHA]));
    let ids = named_on(given.state(), LAYLA, day("2026-02-16"), given.terms()).remove(0).1;
    assert_eq!(ids.len(), 2);
    assert_eq!(named_on(given.state(), JOOST, day("2026-02-16"), given.terms()), []);
    let shared = joint().when(sharing_of(ERIK)).accepted().when(sharing_of(NADIA)).accepted();
    assert_eq!(named(&shared, "2026-02-16"), [SACHA]);
}

#[test]
fn a_joining_consent_that_names_nobody_names_who_is_in_under_it() {
    let given = erik_alone().when(joining_of(ERIK, &[])).accepted();
    assert_eq!(named(&given, "2026-02-16"), []);
    let given = layla_joins(given).accepted();
    assert_eq!(named(&given, "2026-02-16"), [SACHA]);
    assert_eq!(named_on(given.state(), JOOST, day("2026-02-16"), given.terms()), []);
    let left = RegieCommand::LeaveParty { worker: LAYLA, last_day: None, reason: None };
    assert_eq!(named(&given.when(left).accepted(), "2026-02-17"), []);
}

#[test]
fn a_withdrawal_or_a_no_ends_it_that_day_and_an_agreed_end_after_it() {
    let given = withdraw_last(both().on("2026-03-01")).accepted();
    assert_eq!((named(&given, "2026-02-28"), named(&given, "2026-03-01")), (vec![SACHA], vec![]));
    let given = both().on("2026-03-01").when(refuse_joining(ERIK)).accepted();
    assert_eq!((named(&given, "2026-02-28"), named(&given, "2026-03-01")), (vec![SACHA], vec![]));
    let until = NewConsent {
        recipients: vec![LAYLA],
        until: Some(day("2026-03-01")),
        ..new(ERIK, SACHA, ConsentKind::Joining)
    };
    let given = erik_alone().when(ConsentCommand::GrantConsent(until)).accepted();
    assert_eq!((named(&given, "2026-03-01"), named(&given, "2026-03-02")), (vec![SACHA], vec![]));
}

/// Case 03: Sacha turns twelve on 2026-04-03.
#[test]
fn incomplete_by_a_birthday_it_goes_on_for_the_term() {
    let given = both();
    let days = ["2026-04-02", "2026-04-03", "2026-05-15", "2026-05-16"];
    assert_eq!(days.map(|day| named(&given, day).len()), [1, 1, 1, 0]);
    let yes = both().on("2026-05-20").when(joining(SACHA)).accepted();
    assert_eq!((named(&yes, "2026-05-19"), named(&yes, "2026-05-20")), (vec![], vec![SACHA]));
    let no = both().on("2026-04-10").when(refuse_joining(SACHA)).accepted();
    assert_eq!((named(&no, "2026-04-09"), named(&no, "2026-04-10")), (vec![SACHA], vec![]));
    let withdrawn = withdraw_last(both().on("2026-04-10")).accepted();
    assert_eq!((named(&withdrawn, "2026-04-09"), named(&withdrawn, "2026-04-10")), (vec![SACHA], vec![]));
}

/// Case 06: from a ruling on both parents are asked; what ran goes on while the other one is asked.
#[test]
fn incomplete_by_a_change_of_authority_it_goes_on_for_the_term() {
    let joint = |from: &str| {
        PeopleCommand::RecordAuthority(NewAuthority {
            child: WhoIs::Person(SACHA),
            kind: AuthorityKind::JointParents,
            holders: vec![WhoIs::Person(ERIK), WhoIs::Person(NADIA)],
            from: day(from),
            until: None,
            source: Source::Register,
        })
    };
    let given = erik_alone().when(joining(ERIK)).accepted().on("2026-03-01").when(joint("2026-02-20")).accepted();
    let days = ["2026-02-19", "2026-02-20", "2026-04-03", "2026-04-04"];
    assert_eq!(days.map(|day| named(&given, day).len()), [1, 1, 1, 0]);
    let no = given.when(refuse_joining(NADIA)).accepted();
    assert_eq!(named(&no, "2026-03-01"), []);
}

#[test]
fn at_twelve_the_childs_own_yes_to_sharing_names_and_a_parents_no_stands_in_the_way() {
    let given = joint().on("2026-04-03").when(sharing_of(SACHA)).accepted();
    assert_eq!(named(&given, "2026-04-03"), [SACHA]);
    let no = given.when(refuse_joining(ERIK)).accepted();
    assert_eq!(named(&no, "2026-04-03"), []);
}
