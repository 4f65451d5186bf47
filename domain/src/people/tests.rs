use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::{CorrectionEvent, Replacement};
use crate::decider::{Decider, DomainEvent};
use crate::fact::Role;
use crate::testing::*;

const KIM: PersonId = PersonId::from_uuid(Uuid::from_u128(0x61));
const DION: PersonId = PersonId::from_uuid(Uuid::from_u128(0x62));
const NOAH: PersonId = PersonId::from_uuid(Uuid::from_u128(0x63));
const NOBODY: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));

fn of<T>(person: PersonId, value: T) -> Personal<T> {
    Personal::ordinary(Subject::Person(person), value)
}

fn erased<T: serde::de::DeserializeOwned>(person: PersonId) -> Personal<T> {
    serde_json::from_value(json!({"$personal": {"of": Subject::Person(person), "erased": true}})).unwrap()
}

fn unavailable<T: serde::de::DeserializeOwned>(person: PersonId) -> Personal<T> {
    serde_json::from_value(json!({"$personal": {"of": Subject::Person(person)}})).unwrap()
}

fn add(called: &str, birth: Option<&str>) -> PeopleCommand {
    PeopleCommand::AddPerson {
        name: name(called),
        birth_date: birth.map(day),
        role: FamilyRole::NetworkMember,
        from: None,
    }
}

fn over(child: PersonId, kind: AuthorityKind, holders: &[PersonId], from: &str) -> NewAuthority {
    NewAuthority {
        child: WhoIs::Person(child),
        kind,
        holders: holders.iter().copied().map(WhoIs::Person).collect(),
        from: day(from),
        until: None,
        source: Source::Register,
    }
}

fn record(child: PersonId, kind: AuthorityKind, holders: &[PersonId]) -> PeopleCommand {
    PeopleCommand::RecordAuthority(over(child, kind, holders, "2026-03-02"))
}

fn recognise(child: PersonId, parent: PersonId, from: &str) -> PeopleCommand {
    PeopleCommand::RecordRecognition { child, parent, recognised: true, from: day(from), source: Source::Deed }
}

#[test]
fn somebody_is_added_from_today_when_no_day_is_given() {
    let person = PersonId::from_uuid(fresh(1));
    let given =
        given(opened()).on("2026-03-05").when(add("Hanna", Some("1960-02-01"))).then([PeopleEvent::PersonAdded {
            person,
            name: of(person, name("Hanna")),
            birth_date: Some(of(person, day("1960-02-01"))),
            role: of(person, FamilyRole::NetworkMember),
            from: day("2026-03-05"),
        }]);
    let people = &given.state().people;
    assert_eq!(people.iter().map(|known| known.id).collect::<Vec<_>>(), [SAMIRA, ILIAS, person]);
    assert_eq!(people.role_on(person, day("2026-03-05")), Some(FamilyRole::NetworkMember));
    assert_eq!(people.role_on(person, day("2026-03-04")), None);
}

#[test]
fn exactly_the_same_person_is_refused_and_a_namesake_is_not() {
    given(opened()).when(add(" samira", Some("1990-05-05"))).then_rejected(PERSON_ALREADY_IN_CASE);
    given(opened()).when(add("Samira", Some("1990-05-06"))).accepted();
    given(opened())
        .when(add("Samira", None))
        .accepted()
        .when(add("Samíra", None))
        .then_rejected(PERSON_ALREADY_IN_CASE);
}

#[test]
fn a_birth_date_lies_between_1900_and_today() {
    for (birth, fits) in [("1899-12-31", false), ("1900-01-01", true), ("2026-03-02", true), ("2026-03-03", false)] {
        let added = given(opened()).when(add("Hanna", Some(birth)));
        let recorded = given(opened()).when(PeopleCommand::RecordBirthDate {
            person: SAMIRA,
            birth_date: day(birth),
            source: Source::Register,
        });
        if fits {
            added.accepted();
            let given = recorded.accepted();
            assert_eq!(given.state().people.person(SAMIRA).and_then(Person::born), Some(day(birth)));
        } else {
            added.then_rejected(BIRTH_DATE_IMPOSSIBLE);
            recorded.then_rejected(BIRTH_DATE_IMPOSSIBLE);
        }
    }
}

#[test]
fn a_birth_date_fits_what_is_recorded_already() {
    let born =
        |birth| PeopleCommand::RecordBirthDate { person: ILIAS, birth_date: day(birth), source: Source::Register };
    // Samira has authority over Ilias from 2017-01-09.
    given(opened()).when(born("2017-01-10")).then_rejected(AUTHORITY_BEFORE_BIRTH);
    given(opened()).when(born("1999-01-09")).then_rejected(AUTHORITY_OVER_ADULT);
    given(opened()).when(born("2017-01-09")).accepted();
    let early = authority(ILIAS, Authority::OneParent(SAMIRA), "2020-01-01");
    let events =
        opened().into_iter().enumerate().map(|(at, (on, event))| (on, if at == 3 { early.clone() } else { event }));
    let recognition = PeopleCommand::RecordRecognition {
        child: ILIAS,
        parent: SAMIRA,
        recognised: true,
        from: day("2018-06-01"),
        source: Source::Register,
    };
    let recognised = given(events.collect::<Vec<_>>()).when(recognition).accepted();
    recognised.when(born("2018-06-02")).then_rejected(RECOGNITION_BEFORE_BIRTH);
}

#[test]
fn authority_starts_with_the_birth_at_the_earliest() {
    let from = |on| {
        PeopleCommand::RecordAuthority(NewAuthority {
            child: WhoIs::Person(ILIAS),
            kind: AuthorityKind::OneParent,
            holders: vec![WhoIs::Person(SAMIRA)],
            from: day(on),
            until: None,
            source: Source::Register,
        })
    };
    given(opened()).when(from("2017-01-08")).then_rejected(AUTHORITY_BEFORE_BIRTH);
    given(opened()).when(from("2017-01-09")).accepted();
}

#[test]
fn a_name_holds_from_its_day_and_every_name_is_remembered() {
    let rename =
        PeopleCommand::RenamePerson { person: SAMIRA, name: name("Samira Bakker"), from: Some(day("2026-04-01")) };
    let given = given(opened()).on("2026-04-02").when(rename).accepted();
    let person = given.state().people.person(SAMIRA).unwrap();
    let on = |at| person.name_on(day(at)).unwrap().as_str();
    assert_eq!([on("2020-01-01"), on("2026-03-31"), on("2026-04-01")], ["Samira", "Samira", "Samira Bakker"]);
    let again =
        PeopleCommand::RenamePerson { person: SAMIRA, name: name("Samira Visser"), from: Some(day("2026-04-01")) };
    let given = given.when(again).accepted();
    let names: Vec<_> = given.state().people.names().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["Samira", "Samira Bakker", "Samira Visser", "Ilias"]);
}

#[test]
fn a_role_holds_between_its_days() {
    let role = |from, until: Option<&str>| PeopleCommand::RecordFamilyRole {
        person: SAMIRA,
        role: FamilyRole::Carer,
        from: day(from),
        until: until.map(day),
    };
    given(opened()).when(role("2026-03-10", Some("2026-03-09"))).then_rejected(UNTIL_BEFORE_FROM);
    let given = given(opened()).when(role("2026-03-10", Some("2026-03-10"))).then([PeopleEvent::FamilyRoleRecorded {
        person: SAMIRA,
        role: of(SAMIRA, FamilyRole::Carer),
        from: day("2026-03-10"),
        until: Some(day("2026-03-10")),
    }]);
    let on = |at| given.state().people.role_on(SAMIRA, day(at));
    assert_eq!(
        [on("2026-03-09"), on("2026-03-10"), on("2026-03-11")],
        [Some(FamilyRole::Parent), Some(FamilyRole::Carer), None]
    );
}

#[test]
fn unknown_people_are_refused_everywhere() {
    let commands = [
        PeopleCommand::RenamePerson { person: NOBODY, name: name("Hanna"), from: None },
        PeopleCommand::RecordBirthDate { person: NOBODY, birth_date: day("2000-01-01"), source: Source::Statement },
        PeopleCommand::RecordFamilyRole {
            person: NOBODY,
            role: FamilyRole::Carer,
            from: day("2026-03-02"),
            until: None,
        },
        record(NOBODY, AuthorityKind::OneParent, &[SAMIRA]),
        record(ILIAS, AuthorityKind::OneParent, &[NOBODY]),
        recognise(NOBODY, SAMIRA, "2026-03-02"),
        recognise(ILIAS, NOBODY, "2026-03-02"),
    ];
    for command in commands {
        given(opened()).when(command).then_rejected(PERSON_UNKNOWN);
    }
    let by_key = NewAuthority {
        child: WhoIs::Key("Marker".to_owned()),
        ..over(ILIAS, AuthorityKind::OneParent, &[SAMIRA], "2026-03-02")
    };
    let refusal = given(opened()).when(PeopleCommand::RecordAuthority(by_key)).then_rejected(PERSON_UNKNOWN);
    assert!(!format!("{refusal:?}").contains("Marker"), "a key may be a name");
}

#[test]
fn authority_fits_its_kind() {
    let third = person(DION, "Dion", None, FamilyRole::Parent);
    let fourth = person(KIM, "Kim", None, FamilyRole::Parent);
    let case = || given(opened()).on("2026-03-03").recorded([Draft::of(third.clone()), Draft::of(fourth.clone())]);
    let people = [SAMIRA, DION, KIM];
    let table = [
        (AuthorityKind::JointParents, 2..=2),
        (AuthorityKind::OneParent, 1..=1),
        (AuthorityKind::JointWithOther, 2..=2),
        (AuthorityKind::Guardianship, 0..=2),
        (AuthorityKind::TemporarilyNone, 0..=0),
        (AuthorityKind::Undetermined, 0..=0),
        (AuthorityKind::UnderInvestigation, 0..=0),
    ];
    for (kind, fits) in table {
        for (number, holders) in (0..=3).map(|number| (number, &people[..number])) {
            let when = case().when(record(ILIAS, kind, holders));
            if !fits.contains(&number) {
                when.then_rejected(HOLDERS_DO_NOT_FIT);
                continue;
            }
            let given = when.accepted();
            let authority = given.state().people.authority_at(ILIAS, day("2026-03-02")).unwrap();
            assert_eq!((authority.kind(), authority.holders().as_slice()), (kind, holders));
            let expected = if number == 0 { Holders::PersonMustDecide(kind) } else { Holders::Known(holders.to_vec()) };
            assert_eq!(given.state().people.holders_at(ILIAS, day("2026-03-02"), ages()), expected);
        }
    }
}

#[test]
fn authority_that_cannot_be_is_refused() {
    let refused = |command, code| given(opened()).when(command).then_rejected(code);
    refused(record(ILIAS, AuthorityKind::OneParent, &[ILIAS]), HOLDER_IS_CHILD);
    refused(record(ILIAS, AuthorityKind::JointParents, &[SAMIRA, SAMIRA]), HOLDERS_NOT_DIFFERENT);
    let backwards = NewAuthority {
        until: Some(day("2026-03-01")),
        ..over(ILIAS, AuthorityKind::OneParent, &[SAMIRA], "2026-03-02")
    };
    refused(PeopleCommand::RecordAuthority(backwards), UNTIL_BEFORE_FROM);
    let from = |from| PeopleCommand::RecordAuthority(over(ILIAS, AuthorityKind::OneParent, &[SAMIRA], from));
    refused(from("2035-01-09"), AUTHORITY_OVER_ADULT);
    given(opened()).when(from("2035-01-08")).accepted();
}

#[test]
fn authority_ends_on_the_eighteenth_birthday_without_an_event() {
    let given = given(opened());
    let people = &given.state().people;
    assert_eq!(people.holders_at(ILIAS, day("2035-01-08"), ages()), Holders::Known(vec![SAMIRA]));
    assert_eq!(people.holders_at(ILIAS, day("2035-01-09"), ages()), Holders::Unknown);
    assert_eq!(
        people.holders_at(ILIAS, day("2017-01-08"), ages()),
        Holders::Unknown,
        "nothing is recorded before birth"
    );
}

#[test]
fn nobody_recognises_themself_or_before_birth() {
    given(opened()).when(recognise(ILIAS, ILIAS, "2026-03-02")).then_rejected(SELF_RECOGNITION);
    given(opened()).when(recognise(ILIAS, SAMIRA, "2017-01-08")).then_rejected(RECOGNITION_BEFORE_BIRTH);
    let given = given(opened()).when(recognise(ILIAS, SAMIRA, "2017-01-09")).accepted();
    let at = |on| given.state().people.recognition_at(ILIAS, SAMIRA, day(on));
    assert_eq!([at("2017-01-08"), at("2017-01-09")], [None, Some(true)]);
}

#[test]
fn ages_turn_on_the_birthday_and_a_leap_child_waits_for_march() {
    let table = [
        ("2014-04-03", "2026-04-02", 11),
        ("2014-04-03", "2026-04-03", 12),
        ("2010-06-25", "2026-06-24", 15),
        ("2010-06-25", "2026-06-25", 16),
        ("2008-11-16", "2026-11-15", 17),
        ("2008-11-16", "2026-11-16", 18),
        ("2012-02-29", "2024-02-28", 11),
        ("2012-02-29", "2024-02-29", 12),
        ("2012-02-29", "2028-02-28", 15),
        ("2012-02-29", "2028-02-29", 16),
        ("2012-02-29", "2030-02-28", 17),
        ("2012-02-29", "2030-03-01", 18),
        ("2010-02-28", "2028-02-28", 18),
    ];
    for (born, on, age) in table {
        let given = given([("2026-03-02", person(NOAH, "Noah", Some(born), FamilyRole::Child))]);
        let people = &given.state().people;
        assert_eq!(people.age_on(NOAH, day(on)), Some(age), "born {born}, on {on}");
        assert_eq!(people.children_on(day(on), ages()).is_empty(), age >= 18 && on < "2026-03-02");
        assert_eq!(people.age_on(NOAH, day(born).minus_days(1)), None);
        assert_eq!(people.age_on(NOBODY, day(on)), None);
    }
}

#[test]
fn majority_is_what_the_terms_say() {
    let later = crate::terms::NL_DEFAULT.replace("adult = 18", "adult = 21");
    let book = crate::terms::TermsBook::parse(&later).unwrap();
    let twenty_one = book.terms_on(day("2036-01-01")).consent_ages;
    let given = given(opened()).on("2036-01-01").under(book);
    let people = &given.state().people;
    // Ilias is nineteen.
    assert_eq!(people.holders_at(ILIAS, day("2036-01-01"), ages()), Holders::Unknown);
    assert_eq!(people.holders_at(ILIAS, day("2036-01-01"), twenty_one), Holders::Known(vec![SAMIRA]));
    assert_eq!(people.holders_at(ILIAS, day("2038-01-09"), twenty_one), Holders::Unknown);
    let sole = |from: &str| {
        PeopleCommand::RecordAuthority(NewAuthority {
            child: WhoIs::Person(ILIAS),
            kind: AuthorityKind::OneParent,
            holders: vec![WhoIs::Person(SAMIRA)],
            from: day(from),
            until: None,
            source: Source::Register,
        })
    };
    let given = given.when(sole("2036-01-01")).accepted();
    given.on("2038-02-01").when(sole("2038-01-09")).then_rejected(AUTHORITY_OVER_ADULT);
}

#[test]
fn a_child_is_one_by_role_or_by_age() {
    let case = given([
        ("2026-03-02", person(NOAH, "Noah", Some("2015-01-22"), FamilyRole::Child)),
        ("2026-03-02", person(KIM, "Kim", None, FamilyRole::Child)),
        ("2026-03-02", person(DION, "Dion", Some("2010-01-30"), FamilyRole::Parent)),
    ]);
    let on = |at| case.state().people.children_on(day(at), ages());
    assert_eq!(on("2026-03-02"), [NOAH, KIM], "a parent of 16 is no child of this family");
    assert_eq!(on("2020-01-01"), [NOAH], "before the case only age tells");
    assert_eq!(on("2014-01-01"), []);
}

fn told<T>(value: Personal<T>, make: impl Fn(Personal<T>) -> PeopleEvent) -> (&'static str, CaseEvent) {
    ("2026-03-03", make(value).into())
}

#[test]
fn what_was_erased_or_cannot_be_read_fails_closed() {
    for lost in [erased, unavailable] {
        let authority = told(lost(ILIAS), |authority| PeopleEvent::AuthorityRecorded {
            child: ILIAS,
            authority,
            from: day("2026-03-03"),
            until: None,
            source: Source::Register,
            ruling: None,
        });
        let given = given(opened().into_iter().chain([authority]));
        let people = &given.state().people;
        assert_eq!(people.authority_at(ILIAS, day("2026-03-03")), None);
        let expected = Holders::PersonMustDecide(AuthorityKind::Undetermined);
        assert_eq!(people.holders_at(ILIAS, day("2026-03-03"), ages()), expected);
        assert_eq!(people.holders_at(ILIAS, day("2026-03-02"), ages()), Holders::Known(vec![SAMIRA]));
    }
    let birth = told(erased(ILIAS), |birth_date| PeopleEvent::BirthDateRecorded {
        person: ILIAS,
        birth_date,
        source: Source::Register,
    });
    let name =
        told(unavailable(ILIAS), |name| PeopleEvent::PersonRenamed { person: ILIAS, name, from: day("2026-03-03") });
    let role = told(erased(ILIAS), |role| PeopleEvent::FamilyRoleRecorded {
        person: ILIAS,
        role,
        from: day("2026-03-03"),
        until: None,
    });
    let recognised = told(erased(ILIAS), |recognised| PeopleEvent::RecognitionRecorded {
        child: ILIAS,
        parent: DION,
        recognised,
        from: day("2026-03-03"),
        source: Source::Deed,
    });
    let given = given(opened().into_iter().chain([birth, name, role, recognised]));
    let (people, on) = (&given.state().people, day("2026-03-03"));
    assert_eq!((people.age_on(ILIAS, on), people.role_on(ILIAS, on)), (None, None));
    assert_eq!(people.person(ILIAS).unwrap().name_on(on), None);
    assert_eq!(people.names().count(), 2, "the former name can still be read");
    assert_eq!(people.recognition_at(ILIAS, DION, on), None);
    assert_eq!(people.holders_at(ILIAS, on, ages()), Holders::PersonMustDecide(AuthorityKind::Undetermined));
    assert_eq!(given.state(), History::<Case>::fold(given.history().facts().to_vec()).state());
}

/// Case 06: Kim and Dion, Noah born 2026-01-22.
fn young_parents() -> Vec<(&'static str, CaseEvent)> {
    vec![
        ("2026-02-16", opened().remove(0).1),
        ("2026-02-16", person(KIM, "Kim", Some("2007-06-11"), FamilyRole::Parent)),
        ("2026-02-16", person(DION, "Dion", Some("2005-01-30"), FamilyRole::Parent)),
        ("2026-02-16", person(NOAH, "Noah", Some("2026-01-22"), FamilyRole::Child)),
        ("2026-02-16", authority(NOAH, Authority::OneParent(KIM), "2026-01-22")),
    ]
}

#[test]
fn the_authority_of_case_06_reads_by_day() {
    let kim = Holders::Known(vec![KIM]);
    let both = Holders::Known(vec![KIM, DION]);
    let decide = |kind| Holders::PersonMustDecide(kind);
    let when = |kind, holders: &[PersonId], from| PeopleCommand::RecordAuthority(over(NOAH, kind, holders, from));

    let given = given(young_parents()).on("2026-04-08").when(recognise(NOAH, DION, "2026-04-08")).accepted();
    assert_eq!(given.state().people.holders_at(NOAH, day("2026-04-20"), ages()), decide(AuthorityKind::Undetermined));
    let given = given
        .on("2026-04-09")
        .when(when(AuthorityKind::OneParent, &[KIM], "2026-04-09"))
        .accepted()
        .on("2026-06-30")
        .when(when(AuthorityKind::JointParents, &[KIM, DION], "2026-07-01"))
        .accepted()
        .on("2026-08-10")
        .when(when(AuthorityKind::UnderInvestigation, &[], "2026-08-10"))
        .accepted()
        .on("2026-08-19")
        .when(when(AuthorityKind::JointParents, &[KIM, DION], "2026-08-19"))
        .accepted();
    let table = [
        ("2026-01-21", Holders::Unknown),
        ("2026-01-22", kim.clone()),
        ("2026-04-07", kim.clone()),
        ("2026-04-08", decide(AuthorityKind::Undetermined)),
        ("2026-04-09", kim.clone()),
        ("2026-06-30", kim),
        ("2026-07-01", both.clone()),
        ("2026-08-09", both.clone()),
        ("2026-08-10", decide(AuthorityKind::UnderInvestigation)),
        ("2026-08-18", decide(AuthorityKind::UnderInvestigation)),
        ("2026-08-19", both),
    ];
    for (on, expected) in table {
        assert_eq!(given.state().people.holders_at(NOAH, day(on), ages()), expected, "on {on}");
    }
}

#[test]
fn a_recognition_is_answered_by_what_was_recorded_knowing_it() {
    let case = || given(young_parents()).on("2026-05-01").when(recognise(NOAH, DION, "2026-04-08")).accepted();
    let record = |kind, holders: &[PersonId], from| PeopleCommand::RecordAuthority(over(NOAH, kind, holders, from));
    let on = day("2026-04-10");
    let unanswered = Holders::PersonMustDecide(AuthorityKind::Undetermined);
    assert_eq!(case().state().people.holders_at(NOAH, on, ages()), unanswered);
    let confirmed = case().when(record(AuthorityKind::OneParent, &[KIM], "2026-01-22")).accepted();
    assert_eq!(confirmed.state().people.holders_at(NOAH, on, ages()), Holders::Known(vec![KIM]));
    let later = case().when(record(AuthorityKind::OneParent, &[KIM], "2026-04-11")).accepted();
    assert_eq!(later.state().people.holders_at(NOAH, on, ages()), unanswered);
    let has_it = given(young_parents())
        .when(record(AuthorityKind::JointParents, &[KIM, DION], "2026-01-22"))
        .accepted()
        .when(recognise(NOAH, DION, "2026-01-25"))
        .accepted();
    assert_eq!(has_it.state().people.holders_at(NOAH, on, ages()), Holders::Known(vec![KIM, DION]));
}

#[test]
fn a_recognition_before_2023_changes_no_authority() {
    let dion = person(DION, "Dion", None, FamilyRole::Parent);
    for (from, expected) in [
        ("2022-12-31", Holders::Known(vec![SAMIRA])),
        ("2023-01-01", Holders::PersonMustDecide(AuthorityKind::Undetermined)),
    ] {
        let case = given(opened().into_iter().chain([("2026-03-02", dion.clone())]));
        let case = case.when(recognise(ILIAS, DION, from)).accepted();
        assert_eq!(case.state().people.holders_at(ILIAS, day("2026-03-02"), ages()), expected);
    }
}

#[test]
fn facts_about_nobody_change_nothing() {
    let events = [
        PeopleEvent::PersonRenamed { person: NOBODY, name: of(NOBODY, name("Hanna")), from: day("2026-03-02") },
        PeopleEvent::BirthDateRecorded {
            person: NOBODY,
            birth_date: of(NOBODY, day("2000-01-01")),
            source: Source::Statement,
        },
    ];
    let before = given(opened());
    let state = before.state().clone();
    assert_eq!(*before.recorded(events.map(|event| Draft::of(event.into()))).state(), state);
}

#[test]
fn a_holder_who_is_not_in_the_case_any_more_fails_closed() {
    let given = given(opened().into_iter().filter(|(_, event)| event.subjects() != [Subject::Person(SAMIRA)]));
    let expected = Holders::PersonMustDecide(AuthorityKind::Undetermined);
    assert_eq!(given.state().people.holders_at(ILIAS, day("2026-03-02"), ages()), expected);
}

fn corrected(target: u64, replacement: Option<PeopleEvent>) -> Draft<CaseEvent> {
    let event = CorrectionEvent::FactCorrected {
        target: event_id(target),
        reason: words(fresh(0x99), "Verkeerd verstaan"),
        occurred: None,
        replacement: replacement.map(|event| Replacement(Box::new(event.into()))),
        judged_anew: false,
    };
    Draft::of(event.into())
}

#[test]
fn a_correction_changes_what_is_read_at_every_date() {
    let birth = |at| PeopleEvent::BirthDateRecorded {
        person: ILIAS,
        birth_date: of(ILIAS, day(at)),
        source: Source::Statement,
    };
    let joint = authority(ILIAS, Authority::JointParents(SAMIRA, DION), "2020-01-01");
    let dion = person(DION, "Dion", None, FamilyRole::Parent);
    let told = [dion, joint, birth("2007-01-09").into()].map(|event| ("2026-03-03", event));
    let case = given(opened().into_iter().chain(told));
    let (on, people) = (day("2024-01-09"), |case: &crate::testing::Given<Case>| case.state().people.clone());
    assert_eq!(people(&case).age_on(ILIAS, on), Some(17));
    assert_eq!(people(&case).holders_at(ILIAS, on, ages()), Holders::Known(vec![SAMIRA, DION]));
    let case = case.recorded([corrected(6, None), corrected(7, Some(birth("2017-02-09")))]);
    assert_eq!(people(&case).age_on(ILIAS, on), Some(6));
    assert_eq!(
        people(&case).holders_at(ILIAS, on, ages()),
        Holders::Known(vec![SAMIRA]),
        "struck out: what stood before holds"
    );
    let before = case.history().as_recorded_on(day("2026-03-02"));
    assert_eq!(before.state().people.age_on(ILIAS, on), Some(7));
    assert!(!before.state().people.contains(DION));
}

#[test]
fn commands_and_events_are_named() {
    assert_eq!(add("Hanna", None).name(), "addPerson");
    assert_eq!(record(ILIAS, AuthorityKind::OneParent, &[]).name(), "recordAuthority");
    assert_eq!(recognise(ILIAS, SAMIRA, "2026-03-02").name(), "recordRecognition");
    for info in CATALOGUE {
        assert_eq!(info.name, info.outer);
        assert!(!info.meaning.is_empty() && !info.fields.is_empty() && !info.caused_by.is_empty());
    }
}

#[test]
fn the_catalogue_lists_the_fields_that_are_written() {
    for (_, event) in young_parents() {
        let CaseEvent::People(event) = &event else { continue };
        let payload = crate::personal::codec_scope(|| crate::decider::payload_of(event)).unwrap();
        let mut written: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
        // What came later is left out while it says nothing.
        let mut listed: Vec<_> =
            event.info().fields.iter().filter(|field| !field.optional).map(|field| field.name).collect();
        written.sort_unstable();
        listed.sort_unstable();
        assert_eq!(written, listed);
    }
}

fn any_command() -> impl Strategy<Value = PeopleCommand> {
    let person = || prop_oneof![Just(SAMIRA), Just(ILIAS), Just(DION), Just(KIM), Just(NOBODY)];
    let on = || (0_u64..6000).prop_map(|days| day("2016-01-01").plus_days(days));
    let role = prop_oneof![Just(FamilyRole::Parent), Just(FamilyRole::Child), Just(FamilyRole::Carer)];
    let kind = prop_oneof![
        Just(AuthorityKind::JointParents),
        Just(AuthorityKind::OneParent),
        Just(AuthorityKind::Guardianship),
        Just(AuthorityKind::Undetermined),
    ];
    prop_oneof![
        ("[A-Z][a-z]{2,8}", proptest::option::of(on())).prop_map(|(called, birth_date)| PeopleCommand::AddPerson {
            name: name(&called),
            birth_date,
            role: FamilyRole::Child,
            from: None,
        }),
        (person(), "[A-Z][a-z]{2,8}", on()).prop_map(|(person, called, from)| PeopleCommand::RenamePerson {
            person,
            name: name(&called),
            from: Some(from),
        }),
        (person(), on()).prop_map(|(person, birth_date)| PeopleCommand::RecordBirthDate {
            person,
            birth_date,
            source: Source::Register,
        }),
        (person(), role, on(), proptest::option::of(on()))
            .prop_map(|(person, role, from, until)| { PeopleCommand::RecordFamilyRole { person, role, from, until } }),
        (person(), kind, proptest::collection::vec(person(), 0..3), on(), proptest::option::of(on())).prop_map(
            |(child, kind, holders, from, until)| PeopleCommand::RecordAuthority(NewAuthority {
                child: WhoIs::Person(child),
                kind,
                holders: holders.into_iter().map(WhoIs::Person).collect(),
                from,
                until,
                source: Source::Court,
            })
        ),
        (person(), person(), any::<bool>(), on()).prop_map(|(child, parent, recognised, from)| {
            PeopleCommand::RecordRecognition { child, parent, recognised, from, source: Source::Deed }
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn replay_equals_state(commands in proptest::collection::vec(any_command(), 0..30)) {
        let dion = person(DION, "Dion", None, FamilyRole::Parent);
        let kim = person(KIM, "Kim", None, FamilyRole::Parent);
        let mut case = given(opened()).on("2026-06-01").by(NOOR, Role::AccessWorker).recorded([dion, kim].map(Draft::of));
        for command in commands {
            case = case.when(command).settled();
        }
        let mut state = CaseState::default();
        for fact in case.history().facts() {
            Case::apply(&mut state, fact);
        }
        prop_assert_eq!(&state, case.state());
        let folded = History::<Case>::fold(case.history().facts().to_vec());
        prop_assert_eq!(folded.state(), case.state());
        for holders in (0..60).map(|month| state.people.holders_at(ILIAS, day("2020-01-01").plus_months(month), ages())) {
            prop_assert_ne!(holders, Holders::Known(Vec::new()));
        }
    }
}
