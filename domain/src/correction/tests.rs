mod misplaced;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::consent::{ConsentCommand, ConsentEvent};
use crate::fact::{Audience, Role};
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, HouseholdId, WorkerId};
use crate::life::{LifeCommand, Outcome, Phase};
use crate::people::catalogue::{AUTHORITY_BEFORE_BIRTH, AUTHORITY_OVER_ADULT, RECOGNITION_BEFORE_BIRTH};
use crate::people::{Authority, AuthorityKind, FamilyRole, NewAuthority, PeopleEvent, Source};
use crate::protection::ProtectionEvent;
use crate::regie::{Agreed, RegieEvent, RegieTask};
use crate::testing::*;
use crate::time::CivilDay;

const HOUSE: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0x41));

fn strike(revision: u64) -> CorrectionCommand {
    CorrectionCommand::StrikeOut { target: event_id(revision), reason: text("Vergissing") }
}

fn correct(revision: u64, content: CorrectedContent) -> CorrectionCommand {
    CorrectionCommand::Correct { target: event_id(revision), reason: text("Vergissing"), occurred: None, content }
}

fn moved(revision: u64, occurred: &str, words: &str) -> CorrectionCommand {
    let content = CorrectedContent::Words(text(words));
    let occurred = Some(Occurred::Day(day(occurred)));
    CorrectionCommand::Correct { target: event_id(revision), reason: text("Vergissing"), occurred, content }
}

/// [`opened`] and more facts.
fn with(more: Vec<(&'static str, CaseEvent)>) -> Given<Case> {
    given(opened().into_iter().chain(more))
}

fn withdrawn() -> (&'static str, CaseEvent) {
    ("2026-05-04", ConsentEvent::ConsentWithdrawn { consent: HELP, reason: None }.into())
}

fn lives_there(from: &str) -> Vec<(&'static str, CaseEvent)> {
    let label = Personal::ordinary(Subject::Household(HOUSE), line("bij mama"));
    let formed = HouseholdEvent::HouseholdFormed { household: HOUSE, label, from: day(from) };
    let member = HouseholdEvent::MembershipRecorded { household: HOUSE, person: ILIAS, from: day(from), until: None };
    vec![("2026-03-03", formed.into()), ("2026-03-03", member.into())]
}

fn directs(director: WorkerId, from: &'static str) -> (&'static str, CaseEvent) {
    let event = RegieEvent::DirectorAssigned {
        director,
        organisation: organisation("gemeente-huizen"),
        tasks: vec![RegieTask::Overview],
        agreed: vec![Agreed::Person(SAMIRA)],
        from: day(from),
    };
    (from, event.into())
}

fn ended(director: WorkerId, last_day: &'static str) -> (&'static str, CaseEvent) {
    let reason = words(Uuid::from_u128(0x61), "Andere baan");
    (last_day, RegieEvent::DirectorEnded { director, last_day: day(last_day), reason }.into())
}

#[test]
fn a_fact_struck_out_counts_no_more_and_comes_back_when_that_is_struck_out() {
    let given = with(vec![withdrawn()]);
    assert!(!given.state().consents.valid(HELP, day("2026-05-04")));
    let given = given.when(strike(5)).accepted();
    assert!(given.state().consents.valid(HELP, day("2026-05-04")));
    assert!(matches!(given.history().standing()[5], Standing::Voided(_, by) if by == event_id(6)));
    let given = given.when(strike(5)).refused_but(FACT_STRUCK_OUT).when(strike(6)).accepted();
    assert!(!given.state().consents.valid(HELP, day("2026-05-04")));
    assert!(matches!(given.history().standing()[5], Standing::Original(_)));
}

#[test]
fn the_latest_correction_counts_and_without_it_the_one_before() {
    let called = |given: &Given<Case>| {
        given.state().people.person(ILIAS).unwrap().name_on(day("2026-03-02")).unwrap().as_str().to_owned()
    };
    let given = with(vec![])
        .when(correct(2, CorrectedContent::Name(name("Ilyas"))))
        .accepted()
        .when(correct(2, CorrectedContent::BirthDate(day("2016-12-19"))))
        .accepted();
    // The second builds on the first.
    assert_eq!(called(&given), "Ilyas");
    assert_eq!(given.state().people.person(ILIAS).unwrap().born(), Some(day("2016-12-19")));
    let given = given.when(correct(2, CorrectedContent::Name(name("Elias")))).accepted();
    assert_eq!(called(&given), "Elias");
    let given = given.when(strike(7)).accepted();
    assert_eq!(called(&given), "Ilyas");
    let given = given.when(strike(6)).accepted().when(strike(5)).accepted();
    assert_eq!(called(&given), "Ilias");
    assert_eq!(given.state(), with(vec![]).state());
}

#[test]
fn new_words_are_a_new_record_and_the_fact_keeps_its_ids() {
    let given = with(vec![]).when(correct(0, CorrectedContent::Words(text("Rust in beide huizen")))).accepted();
    let opening = given.state().life.opening.as_ref().unwrap();
    let before = with(vec![]).state().life.opening.as_ref().unwrap().question.owner();
    assert_eq!(opening.question.known(), Some(&text("Rust in beide huizen")));
    assert_ne!(opening.question.owner(), before);
    assert_eq!(given.state().life.phase, Phase::Open(day("2026-03-02")));
    // A consent had no words yet; it gets them.
    let given = given.when(correct(4, CorrectedContent::Words(text("Uitgelegd")))).accepted();
    assert!(given.state().consents.get(HELP).unwrap().words.is_some());
}

#[test]
fn what_was_never_recorded_or_opened_the_case_stays_out_of_reach() {
    with(vec![]).when(strike(99)).then_rejected(FACT_UNKNOWN);
    with(vec![]).when(strike(0)).then_rejected(FACT_CANNOT_BE_STRUCK_OUT);
}

#[test]
fn content_must_fit_the_fact() {
    let refused = |revision, content| {
        with(vec![withdrawn()]).when(correct(revision, content)).then_rejected(CORRECTION_DOES_NOT_FIT)
    };
    refused(0, CorrectedContent::Name(name("Ilyas")));
    refused(1, CorrectedContent::Words(text("Ilyas")));
    refused(4, CorrectedContent::Director { from: day("2026-03-02") });
    // The child stays the one of the corrected fact.
    let CorrectedContent::Authority(of_ilias) = moved_authority() else { panic!("authority") };
    let child = crate::consent::WhoIs::Person(SAMIRA);
    refused(3, CorrectedContent::Authority(NewAuthority { child, ..of_ilias }));
    let given = with(vec![]).when(correct(3, moved_authority())).accepted();
    let entry = given.state().people.authority_entry(ILIAS, day("2026-03-02")).unwrap();
    assert_eq!((entry.from, entry.value.source), (day("2018-01-01"), Source::Court));
    // A correction is not corrected: the fact is, once more.
    given.when(correct(5, CorrectedContent::Words(text("Toch")))).then_rejected(CORRECTION_DOES_NOT_FIT);
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    with(vec![]).when(correct(2, CorrectedContent::Name(name("Ilias")))).then_rejected(CORRECTION_CHANGES_NOTHING);
}

#[test]
fn a_wrong_day_is_put_right_and_stays_right() {
    let departure = crate::life::LifeEvent::DepartureReported {
        rule: "other".to_owned(),
        what: words(Uuid::from_u128(0x62), "Anders gegaan"),
        persons: vec![],
    };
    let given = with(vec![])
        .on("2026-03-10")
        .recorded([Draft::of(CaseEvent::from(departure)).departing("other", None)])
        .when(moved(5, "2026-03-05", "Anders gegaan"))
        .accepted();
    assert_eq!(given.state().life.departures[0].day, day("2026-03-05"));
    let given = given.when(correct(5, CorrectedContent::Words(text("Toch anders")))).accepted();
    assert_eq!(given.state().life.departures[0].day, day("2026-03-05"));
    given.when(moved(5, "2026-03-11", "Later?")).then_rejected(OCCURRED_IN_FUTURE);
}

#[test]
fn a_withdrawal_is_not_back_dated_by_a_correction() {
    with(vec![withdrawn()]).when(moved(5, "2026-05-01", "Eerder gezegd")).then_rejected(BACKDATED);
}

#[test]
fn what_others_rest_on_is_not_struck_out() {
    let rejection = with(lives_there("2026-03-03")).when(strike(2)).then_rejected(CORRECTION_BREAKS_HISTORY);
    let expected = Detail::List(vec![Detail::Word("person_unknown"); 3]);
    assert_eq!(rejection.details[0], ("broken", expected), "authority, consent and membership rest on Ilias");
    with(lives_there("2026-03-03")).when(strike(5)).then_rejected(CORRECTION_BREAKS_HISTORY);
    with(lives_there("2026-03-03")).when(strike(6)).accepted();
    with(vec![withdrawn()]).when(strike(4)).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn who_moved_out_is_not_brought_back_by_moving_or_striking_out_the_start() {
    let out = HouseholdEvent::MembershipEnded { household: HOUSE, person: ILIAS, last_day: day("2026-05-31") };
    let given = || with(lives_there("2026-03-03").into_iter().chain([("2026-05-31", out.clone().into())]).collect());
    let lived = |from| CorrectedContent::Membership { from: day(from), until: None };
    let rejection = given().when(correct(6, lived("2026-06-01"))).then_rejected(CORRECTION_BREAKS_HISTORY);
    assert_eq!(rejection.details[0].1, Detail::List(vec![Detail::Word("end_without_start")]));
    assert_eq!(rejection.details[1].1, Detail::List(vec![Detail::id(event_id(7))]));
    given().when(strike(6)).then_rejected(CORRECTION_BREAKS_HISTORY);
    let moved = given().when(correct(6, lived("2026-05-31"))).accepted();
    assert_eq!(moved.state().households.members_on(HOUSE, day("2026-06-01")), []);
    given().when(strike(7)).accepted().when(strike(6)).accepted();
}

#[test]
fn a_wrong_last_day_in_a_household_is_put_right() {
    let out = HouseholdEvent::MembershipEnded { household: HOUSE, person: ILIAS, last_day: day("2026-05-31") };
    let given = with(lives_there("2026-03-03").into_iter().chain([("2026-05-31", out.into())]).collect());
    let last_day = |on| correct(7, CorrectedContent::LastDay { last_day: day(on) });
    let lives = |given: &Given<Case>, on| !given.state().households.members_on(HOUSE, day(on)).is_empty();
    let given = given.when(last_day("2026-06-14")).accepted();
    assert_eq!([lives(&given, "2026-06-14"), lives(&given, "2026-06-15")], [true, false]);
    let given = given.when(last_day("2026-04-30")).accepted();
    assert_eq!([lives(&given, "2026-04-30"), lives(&given, "2026-05-01")], [true, false]);
    given.when(last_day("2026-03-02")).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn no_correction_makes_somebody_live_in_a_household_twice() {
    let out = HouseholdEvent::MembershipEnded { household: HOUSE, person: ILIAS, last_day: day("2026-05-31") };
    let back =
        |from| HouseholdEvent::MembershipRecorded { household: HOUSE, person: ILIAS, from: day(from), until: None };
    let later = [("2026-05-31", out.into()), ("2026-09-01", back("2026-09-01").into())];
    let given = || with(lives_there("2026-03-03").into_iter().chain(later.clone()).collect());
    let lived = |from, until: Option<&str>| CorrectedContent::Membership { from: day(from), until: until.map(day) };
    let last_day = |on| CorrectedContent::LastDay { last_day: day(on) };
    let twice = |command: CorrectionCommand| {
        let rejection = given().when(command).then_rejected(CORRECTION_BREAKS_HISTORY);
        assert_eq!(rejection.details[0].1, Detail::List(vec![Detail::Word("membership_twice")]));
        assert_eq!(rejection.details[1].1, Detail::List(vec![Detail::id(event_id(8))]));
    };
    twice(correct(8, lived("2026-05-31", None)));
    twice(correct(8, lived("2026-03-01", Some("2026-03-03"))));
    twice(correct(7, last_day("2026-09-01")));
    twice(strike(7));
    for content in [lived("2026-06-01", None), lived("2026-03-01", Some("2026-03-02"))] {
        given().when(correct(8, content)).accepted();
    }
    given().when(correct(7, last_day("2026-08-31"))).accepted();
}

#[test]
fn a_closing_is_struck_out_only_as_long_as_nothing_followed() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let closed = || with(vec![]).when(close.clone()).accepted();
    let reopened = closed().when(strike(5)).accepted();
    assert_eq!(reopened.state().life.phase, Phase::Open(day("2026-03-02")));
    let reopen = LifeCommand::ReopenCase { reason: text("Nieuwe vraag") };
    closed().when(reopen).accepted().when(strike(5)).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn a_corrected_date_obeys_the_rules_of_the_command() {
    let recognition = PeopleEvent::RecognitionRecorded {
        child: ILIAS,
        parent: SAMIRA,
        recognised: Personal::ordinary(Subject::Person(ILIAS), true),
        from: day("2018-01-01"),
        source: Source::Register,
    };
    let born = PeopleEvent::BirthDateRecorded {
        person: ILIAS,
        birth_date: Personal::ordinary(Subject::Person(ILIAS), day("2016-01-09")),
        source: Source::Statement,
    };
    let given = || with(vec![("2026-03-03", recognition.clone().into()), ("2026-03-03", born.clone().into())]);
    let recognised = |from| CorrectedContent::Recognition { recognised: true, from: day(from) };
    given().when(correct(5, recognised("2016-01-08"))).then_rejected(RECOGNITION_BEFORE_BIRTH);
    given().when(correct(5, recognised("2016-01-09"))).accepted();
    given().when(correct(6, CorrectedContent::BirthDate(day("2017-01-10")))).then_rejected(AUTHORITY_BEFORE_BIRTH);
    given().when(correct(6, CorrectedContent::BirthDate(day("1998-01-09")))).then_rejected(AUTHORITY_OVER_ADULT);
    // The first telling is no longer what counts; striking out the later one brings it back.
    given()
        .when(correct(2, CorrectedContent::BirthDate(day("2019-01-01"))))
        .accepted()
        .when(strike(6))
        .then_rejected(RECOGNITION_BEFORE_BIRTH);
    let CorrectedContent::Authority(moved) = moved_authority() else { panic!("authority") };
    let too_early = CorrectedContent::Authority(NewAuthority { from: day("2016-01-08"), ..moved });
    given().when(correct(3, too_early)).then_rejected(AUTHORITY_BEFORE_BIRTH);
}

fn protected(on: &'static str, households: &[HouseholdId]) -> (&'static str, CaseEvent) {
    let reason = words(Uuid::from_u128(0x63), "Niet te vinden");
    let event = ProtectionEvent::LocatingDataProtected { person: SAMIRA, households: households.to_vec(), reason };
    (on, event.into())
}

fn proposed(on: &'static str) -> (&'static str, CaseEvent) {
    let agreed = words(Uuid::from_u128(0x64), "Mag weer");
    (on, ProtectionEvent::LiftingProposed { person: SAMIRA, agreed }.into())
}

#[test]
fn no_correction_weakens_protection() {
    let house = || lives_there("2026-03-03");
    let once = || with(house().into_iter().chain([protected("2026-03-04", &[HOUSE])]).collect());
    once().when(strike(7)).then_rejected(PROTECTION_WEAKENED);
    let wider = [protected("2026-03-04", &[]), protected("2026-03-05", &[HOUSE])];
    with(house().into_iter().chain(wider).collect()).when(strike(8)).then_rejected(PROTECTION_WEAKENED);
    // Who protects again stands against a proposal: striking that out would let one colleague confirm it.
    let again = [protected("2026-03-04", &[]), proposed("2026-03-05"), protected("2026-03-06", &[])];
    with(house().into_iter().chain(again).collect()).when(strike(9)).then_rejected(PROTECTION_WEAKENED);
    // Other words weaken nothing, and a lifting in error may be struck out; once struck out it stays out.
    once().when(correct(7, CorrectedContent::Words(text("Om haar veiligheid")))).accepted();
    let lifted = ("2026-03-06", ProtectionEvent::ProtectionLifted { person: SAMIRA }.into());
    let lifted = [protected("2026-03-04", &[]), proposed("2026-03-05"), lifted];
    let back = with(house().into_iter().chain(lifted).collect()).when(strike(9)).accepted();
    assert!(back.state().protection.is_protected(SAMIRA));
    back.when(strike(10)).then_rejected(PROTECTION_WEAKENED);
}

/// Samira lives in the house since March and is protected there by living there alone; the household is revision 5, her stay 7.
fn protected_at_home() -> Given<Case> {
    let home = HouseholdEvent::MembershipRecorded {
        household: HOUSE,
        person: SAMIRA,
        from: day("2026-03-03"),
        until: Some(day("2026-08-31")),
    };
    let home = [("2026-03-03", home.into()), protected("2026-03-04", &[])];
    with(lives_there("2026-03-03").into_iter().chain(home).collect())
}

#[test]
fn no_correction_uncovers_the_household_of_somebody_protected() {
    let lived = |from, until| CorrectedContent::Membership { from: day(from), until: Some(day(until)) };
    let given = protected_at_home().when(strike(7)).refused_but(PROTECTION_WEAKENED);
    // As if she had left before she was protected.
    let given = given.when(correct(7, lived("2026-03-02", "2026-03-03"))).refused_but(PROTECTION_WEAKENED);
    // Fewer days uncover nothing, as a report that she left does not: the house stays covered until protection is lifted.
    let fewer = [("2026-03-03", "2026-08-30"), ("2026-03-05", "2026-08-30"), ("2026-03-05", "2026-03-06")];
    let given =
        fewer.into_iter().fold(given, |given, (from, until)| given.when(correct(7, lived(from, until))).accepted());
    // More days uncover nothing either, nor does the stay of somebody who is not protected.
    let given = given.when(correct(7, lived("2026-03-01", "2026-09-30"))).accepted().when(strike(6)).accepted();
    // A stay that was never there goes once the household is protected by name.
    let named = crate::protection::ProtectionCommand::ProtectLocatingData {
        person: SAMIRA,
        households: vec![HOUSE],
        reason: text("Staat in het verkeerde huis"),
    };
    let given = given.when(named).accepted().when(strike(7)).accepted();
    let covered = crate::protection::protected_households_on(given.state(), day("2026-06-01"));
    assert_eq!(covered.into_iter().collect::<Vec<_>>(), [HOUSE]);
}

#[test]
fn no_correction_makes_two_directors() {
    let given = || {
        with(vec![directs(JOOST, "2026-03-25"), ended(JOOST, "2026-06-25"), directs(LAYLA, "2026-06-26")])
            .by(LAYLA, Role::CaseDirector)
    };
    given().when(strike(6)).then_rejected(CORRECTION_BREAKS_HISTORY);
    let earlier = correct(7, CorrectedContent::Director { from: day("2026-06-25") });
    given().when(earlier).then_rejected(CORRECTION_BREAKS_HISTORY);
    let later = given().when(correct(7, CorrectedContent::Director { from: day("2026-06-29") })).accepted();
    assert!(later.state().regie.director_on(day("2026-06-28")).is_none());
}

#[test]
fn what_is_erased_is_not_written_again() {
    let gone = serde_json::json!({ "$personal": { "of": format!("person:{ILIAS}"), "erased": true } });
    let added = PeopleEvent::PersonAdded {
        person: ILIAS,
        name: serde_json::from_value(gone).unwrap(),
        birth_date: None,
        role: Personal::ordinary(Subject::Person(ILIAS), FamilyRole::Child),
        from: day("2026-03-02"),
    };
    let events = opened().into_iter().enumerate();
    let events = events.map(|(at, (on, event))| (on, if at == 2 { added.clone().into() } else { event }));
    given(events.collect::<Vec<_>>())
        .when(correct(2, CorrectedContent::BirthDate(day("2017-01-19"))))
        .then_rejected(CORRECTION_OF_ERASED);
}

#[test]
fn whoever_may_know_a_fact_may_know_its_correction() {
    let audience =
        LifeCommand::ChangeAudience { target: event_id(4), audience: Audience::Director, reason: text("Op verzoek") };
    let given = with(vec![]).when(audience).accepted();
    let corrected = given.when(correct(4, CorrectedContent::Words(text("Uitgelegd"))));
    assert_eq!(corrected.drafts()[0].audience, Some(Audience::Director));
}

/// Something a worker does in the properties below.
#[derive(Clone, Debug)]
enum Step {
    Strike(u64),
    Name(u64, bool),
    Words(u64),
    Moved(u64, u64),
    Grant,
    Refuse,
    Withdraw(usize),
    Depart(u64),
    Close,
    Reopen,
    Authority(u64),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..25_u64).prop_map(Step::Strike),
        (0..25_u64).prop_map(Step::Strike),
        (0..25_u64, any::<bool>()).prop_map(|(at, one)| Step::Name(at, one)),
        (0..25_u64).prop_map(Step::Words),
        (0..25_u64, 0..9_u64).prop_map(|(at, days)| Step::Moved(at, days)),
        Just(Step::Grant),
        Just(Step::Refuse),
        (0..4_usize).prop_map(Step::Withdraw),
        (0..9_u64).prop_map(Step::Depart),
        Just(Step::Close),
        Just(Step::Reopen),
        (0..400_u64).prop_map(Step::Authority),
        (1..20_u64).prop_map(Step::Wait),
    ]
}

/// The command of a step, and how many days ago it is said to have happened.
fn command(step: &Step, given: &Given<Case>, today: CivilDay) -> Option<(CaseCommand, u64)> {
    let consent = || crate::consent::NewConsent {
        giver: crate::consent::WhoIs::Person(SAMIRA),
        subject: crate::consent::WhoIs::Person(ILIAS),
        kind: crate::consent::ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: crate::consent::Evidence::Written,
    };
    Some(match step {
        Step::Strike(at) => (strike(*at).into(), 0),
        Step::Name(at, one) => {
            (correct(*at, CorrectedContent::Name(name(if *one { "Ilyas" } else { "Elias" }))).into(), 0)
        }
        Step::Words(at) => (correct(*at, CorrectedContent::Words(text("Anders gezegd"))).into(), 0),
        Step::Moved(at, days) => (moved(*at, &today.minus_days(*days).to_string(), "Op een andere dag").into(), 0),
        Step::Grant => (ConsentCommand::GrantConsent(consent()).into(), 0),
        Step::Refuse => {
            let kind = crate::consent::ConsentKind::Help;
            (ConsentCommand::RefuseConsent { giver: SAMIRA, subject: ILIAS, kind, reason: None }.into(), 0)
        }
        Step::Withdraw(at) => {
            let consent: ConsentId = given.state().consents.all().get(*at)?.id;
            (ConsentCommand::WithdrawConsent { consent, reason: None }.into(), 0)
        }
        Step::Depart(days) => {
            let (rule, what) = ("other".to_owned(), text("Anders gegaan"));
            (LifeCommand::ReportDeparture { rule, what, persons: vec![ILIAS] }.into(), *days)
        }
        Step::Close => (LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None }.into(), 0),
        Step::Reopen => (LifeCommand::ReopenCase { reason: text("Weer een vraag") }.into(), 0),
        Step::Authority(days) => {
            let new = NewAuthority {
                child: crate::consent::WhoIs::Person(ILIAS),
                kind: AuthorityKind::Undetermined,
                holders: Vec::new(),
                from: today.minus_days(*days),
                until: None,
                source: Source::Register,
            };
            (crate::people::PeopleCommand::RecordAuthority(new).into(), 0)
        }
        Step::Wait(_) => return None,
    })
}

/// Plays the steps from [`opened`]; what is refused leaves no trace. Also returns the last day.
fn play(steps: &[Step]) -> (Given<Case>, CivilDay) {
    let mut given = with(vec![]);
    let mut today = day("2026-03-02");
    for step in steps {
        if let Step::Wait(days) = step {
            today = today.plus_days(*days);
            given = given.on(&today.to_string());
        }
        let Some((command, days_ago)) = command(step, &given, today) else { continue };
        let order = Order { occurred: Some(Occurred::Day(today.minus_days(days_ago))), ..Order::now(command) };
        given = given.when_ordered(order).accepted_or_not();
    }
    (given, today)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replay_equals_state(steps in proptest::collection::vec(step(), 0..20)) {
        let (given, today) = play(&steps);
        let history = given.history();
        let folded = History::<Case>::fold(history.facts().to_vec());
        prop_assert_eq!(folded.state(), history.state());
        // Now is what was recorded up to today, and what is known about today.
        let recorded = history.as_recorded_on(today);
        prop_assert_eq!(recorded.state(), history.state());
        let known = history.as_known_about(today);
        prop_assert_eq!(known.state(), history.state());
        // Looking back twice is looking back once to the earlier day.
        let (early, late) = (day("2026-03-20"), day("2026-04-20"));
        let twice = history.as_recorded_on(late).as_recorded_on(early);
        let once = history.as_recorded_on(early);
        prop_assert_eq!(twice.state(), once.state());
        prop_assert!(history.as_recorded_on(day("2026-03-01")).is_empty());
    }

    #[test]
    fn no_accepted_command_breaks_the_history(steps in proptest::collection::vec(step(), 0..20)) {
        let (given, _) = play(&steps);
        prop_assert_eq!(broken(given.history()), []);
    }

    #[test]
    fn striking_out_a_correction_undoes_exactly_that(
        steps in proptest::collection::vec(step(), 0..15),
        at in 0..15_u64,
        one in any::<bool>(),
    ) {
        let (given, _) = play(&steps);
        let before = given.state().clone();
        let next = given.history().facts().len() as u64;
        let content = if one { CorrectedContent::Name(name("Anders")) } else { CorrectedContent::Words(text("Anders")) };
        let given = given.when(correct(at, content)).accepted_or_not();
        if given.history().facts().len() as u64 == next {
            return Ok(());
        }
        let given = given.when(strike(next)).accepted();
        prop_assert_eq!(given.state(), &before);
    }
}

#[test]
fn corrections_of_different_facts_commute() {
    let one = || correct(1, CorrectedContent::Name(name("Sam")));
    let other = || correct(3, moved_authority());
    let either = with(vec![]).when(other()).accepted().when(one()).accepted();
    let straight = with(vec![]).when(one()).accepted().when(other()).accepted();
    assert_eq!(either.state(), straight.state());
}

fn moved_authority() -> CorrectedContent {
    CorrectedContent::Authority(NewAuthority {
        child: crate::consent::WhoIs::Person(ILIAS),
        kind: AuthorityKind::OneParent,
        holders: vec![crate::consent::WhoIs::Person(SAMIRA)],
        from: day("2018-01-01"),
        until: None,
        source: Source::Court,
    })
}

#[test]
fn a_departure_that_happened_later_is_not_known_about_an_earlier_day() {
    let depart =
        |rule: &str| LifeCommand::ReportDeparture { rule: rule.to_owned(), what: text("Anders"), persons: vec![] };
    let given = with(vec![]).on("2026-04-01").when_on("2026-03-20", depart("other")).accepted();
    let departures = |history: &History<Case>| history.state().life.departures.len();
    assert_eq!(departures(&given.history().as_known_about(day("2026-03-19"))), 0);
    assert_eq!(departures(&given.history().as_known_about(day("2026-03-20"))), 1);
    assert_eq!(departures(&given.history().as_recorded_on(day("2026-03-31"))), 0);
    assert_eq!(departures(&given.history().as_recorded_on(day("2026-04-01"))), 1);
    // Dated facts stay: they are read at their day.
    let past = given.history().as_known_about(day("2018-01-01"));
    let authority = past.state().people.authority_at(ILIAS, day("2018-01-01"));
    assert!(matches!(authority, Some(Authority::OneParent(person)) if *person == SAMIRA));
}

#[test]
fn what_a_correction_left_out_before_it_could_judge_anew_is_still_left_out() {
    use crate::decider::DomainEvent as _;
    let stored = |judged_anew| {
        let reason = words(Uuid::from_u128(0x65), "Vergissing");
        let (target, occurred, replacement) = (event_id(2), None, None);
        let event = CorrectionEvent::FactCorrected { target, reason, occurred, replacement, judged_anew };
        let event = CaseEvent::from(event);
        let payload = crate::personal::codec_scope(|| event.to_payload()).unwrap();
        assert_eq!(CaseEvent::from_payload("FactCorrected", payload.clone()).as_ref(), Ok(&event));
        payload.get("judged_anew").cloned()
    };
    assert_eq!(stored(false), None);
    assert_eq!(stored(true), Some(true.into()));
}

/// Samira has authority since 5 March; on the 10th she said yes to help.
fn yes_of_the_tenth() -> Given<Case> {
    let (none, hers) = (Authority::TemporarilyNone, Authority::OneParent(SAMIRA));
    let told = [authority(ILIAS, none, "2017-01-09"), authority(ILIAS, hers, "2026-03-05")];
    let events = opened().into_iter().take(3).chain(told.map(|event| ("2026-03-06", event)));
    let order = Order::now(command(&Step::Grant, &with(vec![]), day("2026-03-10")).unwrap().0);
    given(events).on("2026-03-10").when_ordered(order).accepted()
}

#[test]
fn another_day_of_a_consent_is_judged_anew() {
    let counts = |given: &Given<Case>| {
        let id = given.state().consents.all()[0].id;
        crate::consent::counts(given.state(), id, day("2026-03-10"), given.terms())
    };
    assert!(counts(&yes_of_the_tenth()));
    let given = yes_of_the_tenth().when(moved(5, "2026-03-01", "Aan de keukentafel")).accepted();
    assert!(!counts(&given), "on the first nobody had authority");
    let given = given.when(correct(5, CorrectedContent::Words(text("In de keuken")))).accepted();
    assert!(!counts(&given), "other words change nothing about who spoke");
    let given = given.when(moved(5, "2026-03-05", "Aan de keukentafel")).accepted();
    assert!(counts(&given));
}

#[test]
fn a_correction_that_a_later_one_superseded_is_not_struck_out() {
    let named = |called: &str| correct(2, CorrectedContent::Name(name(called)));
    let twice = || with(vec![]).when(named("Ilyas")).accepted().when(named("Elias")).accepted();
    let rejection = twice().when(strike(5)).then_rejected(CORRECTION_SUPERSEDED);
    assert_eq!(rejection.details, [("fact", Detail::id(event_id(5))), ("by", Detail::id(event_id(6)))]);
    // With the later one struck out it counts again; with the fact struck out it does not.
    twice().when(strike(6)).accepted().when(strike(5)).accepted();
    let moved = with(lives_there("2026-03-03"))
        .when(correct(6, CorrectedContent::Membership { from: day("2026-03-04"), until: None }));
    let given = moved.accepted().when(strike(6)).accepted().when(strike(7)).refused_but(CORRECTION_SUPERSEDED);
    given.when(strike(8)).accepted().when(strike(7)).accepted();
}

#[test]
fn what_a_case_opened_on_is_put_right() {
    use crate::life::{LegalFramework, OpeningGround};
    let opening = |framework, ground| correct(0, CorrectedContent::Opening { framework, ground });
    let on =
        |given: &Given<Case>| given.state().life.opening.as_ref().map(|opening| (opening.framework, opening.ground));
    let (voluntary, measure) = (LegalFramework::Voluntary, OpeningGround::Measure);
    let given = with(vec![]).when(opening(LegalFramework::Compulsory, measure)).accepted();
    assert_eq!(on(&given), Some((LegalFramework::Compulsory, measure)));
    // Also without a consent: what is missing shows.
    let given = given.when(strike(4)).accepted().when(opening(voluntary, OpeningGround::HelpConsent)).accepted();
    assert_eq!(on(&given), Some((voluntary, OpeningGround::HelpConsent)));
    let question = given.state().life.opening.as_ref().unwrap().question.known().cloned();
    assert_eq!(question, Some(text("Rust in huis")));
    given.when(opening(voluntary, OpeningGround::HelpConsent)).then_rejected(CORRECTION_CHANGES_NOTHING);
}
