//! The whole table of who must say yes: every age around every birthday that matters, born on an ordinary day and on 29 February, every
//! kind of authority, and every combination of what those people said, for help, sharing and joining. Enumerated, against an oracle that
//! is written from the law and shares no code with the rules: it counts birthdays on its fingers and reads a table.

use super::*;
use crate::ids::WorkerId;
use crate::people::PeopleEvent;

/// A guardian who is not a parent.
const VERA: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(0x7E4A));

/// What somebody said about the matter, a week before the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Spoke {
    Silent,
    Yes,
    No,
    Withdrew,
}

const SPOKE: [Spoke; 4] = [Spoke::Silent, Spoke::Yes, Spoke::No, Spoke::Withdrew];

/// What the law makes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Complete,
    Incomplete,
    Human,
}

fn kinds() -> Vec<(Authority, Vec<PersonId>)> {
    vec![
        (Authority::JointParents(ERIK, NADIA), vec![ERIK, NADIA]),
        (Authority::OneParent(NADIA), vec![NADIA]),
        (Authority::JointWithOther(NADIA, VERA), vec![NADIA, VERA]),
        (Authority::Guardianship(vec![VERA]), vec![VERA]),
        (Authority::Guardianship(vec![]), vec![]),
        (Authority::TemporarilyNone, vec![]),
        (Authority::Undetermined, vec![]),
        (Authority::UnderInvestigation, vec![]),
    ]
}

/// How many birthdays somebody has had: each year of life ends on the day itself, and on 1 March for whom has none that year.
fn birthdays(born: (i32, u32, u32), on: CivilDay) -> u32 {
    let (year, month, first) = born;
    let leap = |year: i32| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let mut had = 0;
    loop {
        let next = year + i32::try_from(had).unwrap() + 1;
        let (month, first) = if (month, first) == (2, 29) && !leap(next) { (3, 1) } else { (month, first) };
        if CivilDay::from_ymd(next, month, first).unwrap() > on {
            return had;
        }
        had += 1;
    }
}

/// The law, read as a table: whom it asks at this age.
fn oracle(age: u32, kind: ConsentKind, holders: &[PersonId], said: impl Fn(PersonId) -> Spoke) -> Verdict {
    let (child, parents) = match (kind, age) {
        (ConsentKind::Sharing, 12..) | (_, 16..) => (true, false),
        (_, 12..) => (true, true),
        _ => (false, true),
    };
    if parents && holders.is_empty() {
        return Verdict::Human;
    }
    let asked = holders.iter().filter(|_| parents).chain([SACHA].iter().filter(|_| child));
    let everybody = asked.copied().collect::<Vec<_>>().into_iter().all(|who| said(who) == Spoke::Yes);
    if everybody { Verdict::Complete } else { Verdict::Incomplete }
}

fn sacha_born(born: (i32, u32, u32), authority: Authority) -> Given<Case> {
    let mut events = vec![opened().remove(0).1];
    let (year, month, first) = born;
    let birth = CivilDay::from_ymd(year, month, first).unwrap().to_string();
    events.extend([
        person(ERIK, "Erik", Some("1980-01-01"), FamilyRole::Parent),
        person(NADIA, "Nadia", Some("1981-01-01"), FamilyRole::Parent),
        person(VERA, "Vera", Some("1970-01-01"), FamilyRole::Guardian),
        person(SACHA, "Sacha", Some(&birth), FamilyRole::Child),
        crate::testing::authority(SACHA, authority, &birth),
    ]);
    given(events.into_iter().map(|event| ("2026-02-16", event)))
}

fn words_of(kind: ConsentKind) -> (Vec<Category>, Vec<WorkerId>) {
    match kind {
        ConsentKind::Help | ConsentKind::Measuring => (vec![], vec![]),
        ConsentKind::Sharing => (vec![Category::School], vec![]),
        ConsentKind::Joining => (vec![], vec![LAYLA]),
    }
}

/// Somebody speaks: said on the day it must be judged by, so in the capacity of that day.
fn speaks(given: Given<Case>, who: PersonId, kind: ConsentKind, spoke: Spoke) -> Given<Case> {
    let (categories, recipients) = words_of(kind);
    let yes = ConsentCommand::GrantConsent(NewConsent { categories, recipients, ..new(who, SACHA, kind) });
    let no = ConsentCommand::RefuseConsent { giver: who, subject: SACHA, kind, reason: None };
    match spoke {
        Spoke::Silent => given,
        Spoke::Yes => given.when(yes).accepted(),
        Spoke::No => given.when(no).accepted(),
        Spoke::Withdrew => {
            let given = given.when(yes).accepted();
            let id = last(&given).id;
            given.when(withdraw(id)).accepted()
        }
    }
}

fn verdict(given: &Given<Case>, kind: ConsentKind, on: CivilDay) -> Verdict {
    let (state, terms) = (given.state(), given.terms());
    let missing = match kind {
        ConsentKind::Help => help_missing(state, SACHA, on, terms),
        ConsentKind::Sharing => sharing_missing(state, Category::School, SACHA, on, terms),
        ConsentKind::Joining => joining_missing(state, LAYLA, SACHA, on, terms),
        ConsentKind::Measuring => measuring_missing(state, SACHA, on, terms),
    };
    match missing.as_slice() {
        [] => Verdict::Complete,
        missing if missing.contains(&Missing::AuthorityUnclear) => Verdict::Human,
        _ => Verdict::Incomplete,
    }
}

const KINDS: [ConsentKind; 4] = [ConsentKind::Help, ConsentKind::Sharing, ConsentKind::Joining, ConsentKind::Measuring];

/// The day before, of and after each birthday from the 11th to the 18th that the table names.
fn days(born: (i32, u32, u32)) -> Vec<CivilDay> {
    let around = |age: i32| {
        let (year, month, first) = born;
        let birthday = CivilDay::from_ymd(year + age, month, first)
            .unwrap_or_else(|| CivilDay::from_ymd(year + age, month + 1, 1).unwrap());
        [birthday.minus_days(1), birthday, birthday.plus_days(1)]
    };
    [11, 12, 15, 16, 17, 18].into_iter().flat_map(around).collect()
}

#[test]
fn the_whole_table_of_ages_authority_and_words_is_as_the_law_says() {
    let mut rows = 0;
    for born in [(2014, 4, 3), (2016, 2, 29), (2012, 12, 31)] {
        for (authority, holders) in kinds() {
            let everybody: Vec<PersonId> = holders.iter().copied().chain([SACHA]).collect();
            let combinations = SPOKE.len().pow(u32::try_from(everybody.len()).unwrap());
            for on in days(born) {
                for kind in KINDS {
                    for number in 0..combinations {
                        let spoke = |who: PersonId| {
                            let place = everybody.iter().position(|other| *other == who).unwrap();
                            SPOKE[number / SPOKE.len().pow(u32::try_from(place).unwrap()) % SPOKE.len()]
                        };
                        let start = sacha_born(born, authority.clone()).on(&on.to_string());
                        let given = everybody.iter().fold(start, |given, who| speaks(given, *who, kind, spoke(*who)));
                        let expected = oracle(birthdays(born, on), kind, &holders, spoke);
                        let said: Vec<_> = everybody.iter().map(|who| spoke(*who)).collect();
                        assert_eq!(
                            verdict(&given, kind, on),
                            expected,
                            "{kind:?}, born {born:?}, on {on}, {authority:?}, said {said:?}"
                        );
                        rows += 1;
                    }
                }
            }
        }
    }
    // Births, days, kinds; and of each kind of authority the words of everybody: three people twice, two twice, the child alone four times.
    assert_eq!(rows, 3 * 18 * 4 * (2 * 64 + 2 * 16 + 4 * 4));
}

/// Each change from one kind of authority to another, the day before, of and after it, at each age; what was said before the change was
/// said by who had a say then.
#[test]
fn a_change_of_authority_changes_who_is_asked_on_its_day() {
    let born = (2014, 4, 3);
    let mut rows = 0;
    for age in [11, 12, 15, 16, 17] {
        let change = CivilDay::from_ymd(born.0 + age, 9, 15).unwrap();
        for (before, old) in kinds() {
            for (after, new_holders) in kinds() {
                let start = || sacha_born(born, before.clone()).on(&change.minus_days(20).to_string());
                let everybody: Vec<PersonId> = [ERIK, NADIA, VERA, SACHA].to_vec();
                for kind in KINDS {
                    let told = everybody.iter().fold(start(), |given, who| speaks(given, *who, kind, Spoke::Yes));
                    let changed = PeopleEvent::AuthorityRecorded {
                        child: SACHA,
                        authority: Personal::ordinary(Subject::Person(SACHA), after.clone()),
                        from: change,
                        until: None,
                        source: crate::people::Source::Court,
                        ruling: None,
                    };
                    let given = told.recorded([Draft::of(changed.into())]);
                    for (on, holders) in
                        [(change.minus_days(1), &old), (change, &new_holders), (change.plus_days(1), &new_holders)]
                    {
                        // A yes counts of who had a say when it was said, and has it on the day.
                        let had_say = |who: PersonId| who == SACHA || old.contains(&who);
                        let said = |who| if had_say(who) { Spoke::Yes } else { Spoke::Silent };
                        let expected = oracle(birthdays(born, on), kind, holders, said);
                        assert_eq!(
                            verdict(&given, kind, on),
                            expected,
                            "{kind:?}, {age}, on {on}: {before:?} to {after:?}"
                        );
                        rows += 1;
                    }
                }
            }
        }
    }
    assert_eq!(rows, 5 * 8 * 8 * 3 * 4);
}
