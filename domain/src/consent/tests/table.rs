//! The whole table of who must say yes: every age around every birthday that matters, born on an ordinary day and on 29 February, every
//! kind of authority, and every combination of what those people said, on the day itself and before it, for help, sharing, joining and
//! measuring; under every ground of the law to except somebody; and over every change of authority. Enumerated, against an oracle that is
//! written from the law and shares no code with the rules: it counts birthdays on its fingers and reads a table.

use super::*;
use crate::consent::exceptions::{EXCEPTION_NOT_FOR_AGE, EXCEPTION_WITHOUT_REFUSAL, ExceptionGround, NewException};
use crate::ids::WorkerId;
use crate::people::PeopleEvent;

/// A guardian who is not a parent.
const VERA: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(0x7E4A));
/// Who shares that guardianship.
const THIJS: PersonId = PersonId::from_uuid(uuid::Uuid::from_u128(0x7415));

/// What somebody said about the matter.
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
        (Authority::Guardianship(vec![VERA, THIJS]), vec![VERA, THIJS]),
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

/// The law, read as a table: whether the child is asked at this age, and whether who has authority is. The grounds: Jeugdwet 7.3.4,
/// 7.3.15, 7.3.16.
fn whom(age: u32, kind: ConsentKind, ground: Option<ExceptionGround>) -> (bool, bool) {
    use ExceptionGround::{KeepsWanting, Measure, PreventSeriousHarm, UnableToJudge, Urgent};
    match (ground, kind, age) {
        (Some(Urgent | Measure), ConsentKind::Help, _) => (false, false),
        (Some(UnableToJudge), _, 12..18) => (false, true),
        (Some(PreventSeriousHarm | KeepsWanting), ConsentKind::Help, 12..16)
        | (_, ConsentKind::Sharing, 12..)
        | (_, _, 16..) => (true, false),
        (_, _, 12..) => (true, true),
        _ => (false, true),
    }
}

/// What the words come to, of who had a say when they were said, and has it now.
fn oracle(
    (child, parents): (bool, bool),
    then: (bool, bool),
    holders: &[PersonId],
    said: impl Fn(PersonId) -> Spoke,
) -> Verdict {
    if parents && holders.is_empty() {
        return Verdict::Human;
    }
    let yes = |who: &PersonId, had_say: bool| had_say && said(*who) == Spoke::Yes;
    let everybody = (!parents || holders.iter().all(|holder| yes(holder, then.1))) && (!child || yes(&SACHA, then.0));
    if everybody { Verdict::Complete } else { Verdict::Incomplete }
}

/// Every combination of what these people said.
fn combinations(everybody: &[PersonId]) -> impl Iterator<Item = Vec<(PersonId, Spoke)>> + '_ {
    let count = SPOKE.len().pow(u32::try_from(everybody.len()).unwrap());
    (0..count).map(move |number| {
        let words = (0_u32..).zip(everybody);
        words.map(|(place, who)| (*who, SPOKE[number / SPOKE.len().pow(place) % SPOKE.len()])).collect()
    })
}

/// What this person said among these; nothing when not among them.
fn said_by(words: &[(PersonId, Spoke)], who: PersonId) -> Spoke {
    words.iter().find(|(other, _)| *other == who).map_or(Spoke::Silent, |(_, spoke)| *spoke)
}

/// These words, said one after another.
fn all_speak(given: Given<Case>, kind: ConsentKind, words: &[(PersonId, Spoke)]) -> Given<Case> {
    words.iter().fold(given, |given, (who, spoke)| speaks(given, *who, kind, *spoke))
}

fn sacha_born(born: (i32, u32, u32), authority: Authority) -> Given<Case> {
    let mut events = vec![opened().remove(0).1];
    let (year, month, first) = born;
    let birth = CivilDay::from_ymd(year, month, first).unwrap().to_string();
    events.extend([
        person(ERIK, "Erik", Some("1980-01-01"), FamilyRole::Parent),
        person(NADIA, "Nadia", Some("1981-01-01"), FamilyRole::Parent),
        person(VERA, "Vera", Some("1970-01-01"), FamilyRole::Guardian),
        person(THIJS, "Thijs", Some("1971-01-01"), FamilyRole::Guardian),
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

/// Somebody speaks today, in the capacity of today.
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

/// Days on which Sacha may be born.
const BORN: [(i32, u32, u32); 3] = [(2014, 4, 3), (2016, 2, 29), (2012, 12, 31)];

/// Whoever has a say in a kind of authority, and the child.
fn everybody(holders: &[PersonId]) -> Vec<PersonId> {
    holders.iter().copied().chain([SACHA]).collect()
}

/// Words of the day itself, and of two days before: across a birthday they were said in another capacity.
#[test]
fn the_whole_table_of_ages_authority_and_words_is_as_the_law_says() {
    let mut rows = 0;
    for born in BORN {
        for (authority, holders) in kinds() {
            for (on, before) in days(born).into_iter().flat_map(|on| [(on, 0), (on, 2)]) {
                let said = on.minus_days(before);
                let start = sacha_born(born, authority.clone()).on(&said.to_string());
                for kind in KINDS {
                    let [now, then] = [on, said].map(|day| whom(birthdays(born, day), kind, None));
                    for words in combinations(&everybody(&holders)) {
                        let given = all_speak(start.clone(), kind, &words);
                        let expected = oracle(now, then, &holders, |who| said_by(&words, who));
                        let row = (kind, born, on, before, &authority, &words);
                        assert_eq!(verdict(&given, kind, on), expected, "{row:?}");
                        rows += 1;
                    }
                }
            }
        }
    }
    // Births, days, kinds; and of each kind of authority the words of everybody: three people three times, two twice, the child alone four
    // times.
    assert_eq!(rows, 3 * 18 * 2 * 4 * (3 * 64 + 2 * 16 + 4 * 4));
}

/// A yes whose last day is past, that has not begun, or that was said anew, of each who is asked while all others say yes.
#[test]
fn a_yes_counts_while_it_holds_at_every_age_and_of_everybody() {
    let born = (2014, 4, 3);
    let yes = |who, kind, from, until| {
        let (categories, recipients) = words_of(kind);
        ConsentCommand::GrantConsent(NewConsent { categories, recipients, from, until, ..new(who, SACHA, kind) })
    };
    let mut rows = 0;
    for (authority, holders) in kinds() {
        for on in days(born) {
            for (kind, who) in
                KINDS.into_iter().flat_map(|kind| everybody(&holders).into_iter().map(move |who| (kind, who)))
            {
                let now = whom(birthdays(born, on), kind, None);
                let others: Vec<_> = everybody(&holders).into_iter().filter(|other| *other != who).collect();
                let start = || {
                    let start = sacha_born(born, authority.clone()).on(&on.to_string());
                    others.iter().fold(start, |given, other| speaks(given, *other, kind, Spoke::Yes))
                };
                let lapsed = sacha_born(born, authority.clone()).on(&on.minus_days(9).to_string());
                let lapsed = lapsed.when(yes(who, kind, None, Some(on.minus_days(1)))).accepted().on(&on.to_string());
                let lapsed = others.iter().fold(lapsed, |given, other| speaks(given, *other, kind, Spoke::Yes));
                let not_yet = start().when(yes(who, kind, Some(on.plus_days(1)), None)).accepted();
                let renewed = speaks(speaks(start(), who, kind, Spoke::Yes), who, kind, Spoke::Yes);
                for (state, given, said) in [
                    ("lapsed", lapsed, Spoke::Silent),
                    ("not yet", not_yet, Spoke::Silent),
                    ("renewed", renewed, Spoke::Yes),
                ] {
                    let expected = oracle(now, now, &holders, |other| if other == who { said } else { Spoke::Yes });
                    assert_eq!(
                        verdict(&given, kind, on),
                        expected,
                        "{state}: {kind:?}, {who:?}, on {on}, {authority:?}"
                    );
                    rows += 1;
                }
            }
        }
    }
    assert_eq!(rows, 18 * 4 * 3 * (3 * 3 + 2 * 2 + 4));
}

const GROUNDS: [ExceptionGround; 5] = [
    ExceptionGround::PreventSeriousHarm,
    ExceptionGround::KeepsWanting,
    ExceptionGround::UnableToJudge,
    ExceptionGround::Urgent,
    ExceptionGround::Measure,
];

/// Each ground at each age, with everything that may be said under it.
#[test]
fn each_ground_of_the_law_excepts_whom_it_says_at_the_ages_it_says() {
    let (born, mut rows, mut refused) = ((2014, 4, 3), 0, 0);
    for (authority, holders) in kinds() {
        for (ground, on) in GROUNDS.into_iter().flat_map(|ground| days(born).into_iter().map(move |on| (ground, on))) {
            let age = birthdays(born, on);
            let start = || sacha_born(born, authority.clone()).on(&on.to_string());
            let except = ConsentCommand::RecordConsentException(NewException {
                subject: SACHA,
                ground,
                reason: text("Zo is het besproken"),
                from: None,
                until: None,
            });
            let fits = match ground {
                ExceptionGround::PreventSeriousHarm | ExceptionGround::KeepsWanting => (12..16).contains(&age),
                ExceptionGround::UnableToJudge => age >= 12,
                ExceptionGround::Urgent | ExceptionGround::Measure => true,
            };
            if !fits {
                start().when(except).then_rejected(EXCEPTION_NOT_FOR_AGE);
                refused += 1;
                continue;
            }
            let begin = if ground == ExceptionGround::KeepsWanting {
                // It answers a no of who has authority.
                let Some(holder) = holders.first() else {
                    start().when(except).then_rejected(EXCEPTION_WITHOUT_REFUSAL);
                    refused += 1;
                    continue;
                };
                speaks(start(), *holder, ConsentKind::Help, Spoke::No).when(except).accepted()
            } else {
                start().when(except).accepted()
            };
            for kind in KINDS {
                let now = whom(age, kind, Some(ground));
                for words in combinations(&everybody(&holders)) {
                    let given = all_speak(begin.clone(), kind, &words);
                    let expected = oracle(now, now, &holders, |who| said_by(&words, who));
                    assert_eq!(
                        verdict(&given, kind, on),
                        expected,
                        "{ground:?}, {kind:?}, on {on}, {authority:?}, {words:?}"
                    );
                    rows += 1;
                }
            }
        }
    }
    // Of the 18 days Sacha is 12 to 15 on 6 and 12 or older on 14; only who has authority can have said no.
    assert_eq!(rows, 4 * ((6 + 14 + 18 + 18) * 240 + 6 * 224));
    assert_eq!(refused, (12 + 12 + 4) * 9 + 6 * 4);
}

/// Each change from one kind of authority to another, the day before, of and after it, at each age, also of who is born on 29 February;
/// what was said before the change was said by who had a say then: everybody the same, or one of them something else than yes.
#[test]
fn a_change_of_authority_changes_who_is_asked_on_its_day() {
    let people = [ERIK, NADIA, VERA, THIJS, SACHA];
    let same = SPOKE.map(|spoke| people.map(|who| (who, spoke)));
    let one_else = people.into_iter().flat_map(|one| {
        let others = [Spoke::Silent, Spoke::No, Spoke::Withdrew];
        others.map(|spoke| people.map(|who| (who, if who == one { spoke } else { Spoke::Yes })))
    });
    let said: Vec<_> = same.into_iter().chain(one_else).collect();
    let mut rows = 0;
    for born in [(2014, 4, 3), (2016, 2, 29)] {
        for (age, kind) in [11, 12, 15, 16, 17, 18].into_iter().flat_map(|age| KINDS.map(|kind| (age, kind))) {
            let change = CivilDay::from_ymd(born.0 + age, 9, 15).unwrap();
            for (before, old) in kinds() {
                let start = sacha_born(born, before.clone()).on(&change.minus_days(20).to_string());
                for words in &said {
                    let told = all_speak(start.clone(), kind, words);
                    for (after, new_holders) in kinds() {
                        let given = told.clone().recorded([Draft::of(changed(after.clone(), change).into())]);
                        for (on, holders) in
                            [(change.minus_days(1), &old), (change, &new_holders), (change.plus_days(1), &new_holders)]
                        {
                            // A yes counts of who had a say when it was said, and has it on the day.
                            let had_say = |who: PersonId| who == SACHA || old.contains(&who);
                            let said = |who| if had_say(who) { said_by(words, who) } else { Spoke::Silent };
                            let now = whom(birthdays(born, on), kind, None);
                            let expected = oracle(now, now, holders, said);
                            let row = (kind, age, on, &before, &after, words);
                            assert_eq!(verdict(&given, kind, on), expected, "{row:?}");
                            rows += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(rows, 2 * 6 * 4 * 9 * 9 * 19 * 3);
}

fn changed(authority: Authority, from: CivilDay) -> PeopleEvent {
    PeopleEvent::AuthorityRecorded {
        child: SACHA,
        authority: Personal::ordinary(Subject::Person(SACHA), authority),
        from,
        until: None,
        source: crate::people::Source::Court,
        ruling: None,
    }
}
