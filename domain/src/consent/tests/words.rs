//! Which of several words counts.

use super::*;

#[test]
fn a_no_is_not_outlived_by_an_earlier_yes_that_starts_later() {
    let given = erik_alone().on("2026-02-17").when(grant_from(ERIK, ConsentKind::Help, "2026-03-16", None)).accepted();
    assert_eq!(missing(&given, "2026-03-15"), [Missing::Consent(ERIK)]);
    assert_eq!(missing(&given, "2026-03-16"), []);
    let given = given.on("2026-03-02").when(refuse(ERIK)).accepted();
    for on in ["2026-03-02", "2026-03-15", "2026-03-16", "2026-04-02"] {
        assert_eq!(missing(&given, on), [Missing::Refused(ERIK)], "on {on}");
    }
    assert!(!counts(given.state(), given.state().consents.all()[0].id, day("2026-03-16"), given.terms()));
    // Said after the no, it holds from its own first day.
    let given = given.on("2026-03-03").when(grant_from(ERIK, ConsentKind::Help, "2026-03-20", None)).accepted();
    assert_eq!(missing(&given, "2026-03-19"), [Missing::Refused(ERIK)]);
    assert_eq!(missing(&given, "2026-03-20"), []);
}

#[test]
fn a_no_to_joining_is_not_outlived_by_an_earlier_yes_that_starts_later() {
    let later =
        NewConsent { recipients: vec![LAYLA], from: Some(day("2026-03-16")), ..new(ERIK, SACHA, ConsentKind::Joining) };
    let given = erik_alone().when(ConsentCommand::GrantConsent(later)).accepted();
    let given = given.on("2026-03-02").when(refuse_joining(ERIK)).accepted().on("2026-03-16");
    layla_joins(given).then_rejected(TO_JOIN);
}

#[test]
fn of_two_words_of_one_day_the_last_told_counts_and_a_word_told_late_keeps_its_day() {
    let given = erik_alone().when(refuse(ERIK)).accepted().when(grant(ERIK, ConsentKind::Help)).accepted();
    assert_eq!(missing(&given, "2026-02-16"), []);
    let given = given.when(refuse(ERIK)).accepted();
    assert_eq!(missing(&given, "2026-02-16"), [Missing::Refused(ERIK)]);
    // Told on the 20th: he had said no on the 18th, and yes on the 19th.
    let given = given.on("2026-02-20").when_on("2026-02-19", grant(ERIK, ConsentKind::Help)).accepted();
    let given = given.when_on("2026-02-18", refuse(ERIK)).accepted();
    assert_eq!(missing(&given, "2026-02-18"), [Missing::Refused(ERIK)]);
    assert_eq!(missing(&given, "2026-02-20"), []);
}

#[test]
fn withdrawing_a_renewed_yes_does_not_bring_the_old_one_back() {
    let given = erik_alone().when(grant(ERIK, ConsentKind::Help)).accepted();
    let given = given.on("2026-02-20").when(grant(ERIK, ConsentKind::Help)).accepted().on("2026-03-01");
    let both: Vec<_> = given.state().consents.all().iter().map(|consent| consent.id).collect();
    // Whichever of the two is named.
    for named in &both {
        let given = erik_alone().when(grant(ERIK, ConsentKind::Help)).accepted();
        let given = given.on("2026-02-20").when(grant(ERIK, ConsentKind::Help)).accepted().on("2026-03-01");
        let given = given.when(withdraw(*named)).accepted();
        assert_eq!(missing(&given, "2026-02-28"), []);
        assert_eq!(missing(&given, "2026-03-01"), [Missing::Consent(ERIK)]);
        for id in &both {
            assert!(given.state().consents.valid(*id, day("2026-02-28")));
            assert!(!given.state().consents.valid(*id, day("2026-03-01")));
        }
        // What he says afterwards, also on that day, is a new yes.
        let given = given.when(grant(ERIK, ConsentKind::Help)).accepted();
        assert_eq!(missing(&given, "2026-03-01"), []);
    }
}

#[test]
fn withdrawing_ends_a_yes_that_was_said_but_not_begun_and_one_told_late() {
    let given = erik_alone().when(grant(ERIK, ConsentKind::Help)).accepted();
    let given = given.when(grant_from(ERIK, ConsentKind::Help, "2026-04-01", None)).accepted().on("2026-03-02");
    let first = given.state().consents.all()[0].id;
    let given = given.when(withdraw(first)).accepted();
    assert_eq!(missing(&given, "2026-04-01"), [Missing::Consent(ERIK)]);
    let given = given.on("2026-03-04").when_on("2026-02-25", grant(ERIK, ConsentKind::Help)).accepted();
    assert_eq!(missing(&given, "2026-03-04"), [Missing::Consent(ERIK)]);
}

#[test]
fn withdrawing_reaches_as_far_as_the_yes_it_withdraws() {
    let joins = |given: &Given<Case>, worker| {
        joining_missing(given.state(), worker, SACHA, day("2026-03-01"), given.terms()).is_empty()
    };
    let one = |workers: &[WorkerId], other: &[WorkerId]| {
        let given = erik_alone().when(joining_of(ERIK, workers)).accepted();
        withdraw_last(given.on("2026-02-20").when(joining_of(ERIK, other)).accepted().on("2026-03-01")).accepted()
    };
    // Layla's goes, Joost's stays.
    let given = one(&[JOOST], &[LAYLA]);
    assert_eq!((joins(&given, JOOST), joins(&given, LAYLA)), (true, false));
    // Whoever it may be, but not Layla.
    let given = one(&[], &[LAYLA]);
    assert_eq!((joins(&given, JOOST), joins(&given, LAYLA)), (true, false));
    assert!(given.state().consents.valid(given.state().consents.all()[0].id, day("2026-03-01")));
    // Whoever it may be was taken back: that is Layla too.
    let given = one(&[LAYLA], &[]);
    assert_eq!((joins(&given, JOOST), joins(&given, LAYLA)), (false, false));
    assert!(!given.state().consents.valid(given.state().consents.all()[0].id, day("2026-03-01")));
    // Help by Joost goes on when help by Layla is no longer wanted; without help by him nothing is left.
    let help = |worker| {
        ConsentCommand::GrantConsent(NewConsent { recipients: vec![worker], ..new(ERIK, SACHA, ConsentKind::Help) })
    };
    let given = erik_alone().when(help(JOOST)).accepted().when(help(LAYLA)).accepted().on("2026-03-01");
    let [joost, layla] = [0, 1].map(|place: usize| given.state().consents.all()[place].id);
    let given = given.when(withdraw(layla)).accepted();
    assert_eq!(missing(&given, "2026-03-01"), []);
    assert_eq!(missing(&given.when(withdraw(joost)).accepted(), "2026-03-01"), [Missing::Consent(ERIK)]);
}

#[test]
fn what_is_renewed_ahead_goes_on_and_a_later_word_says_until_when() {
    let given = erik_alone().when(grant_from(ERIK, ConsentKind::Help, "2026-02-16", Some("2026-02-28"))).accepted();
    let given = given.on("2026-02-20").when(grant_from(ERIK, ConsentKind::Help, "2026-03-01", None)).accepted();
    for on in ["2026-02-16", "2026-02-20", "2026-02-28", "2026-03-01"] {
        assert_eq!(missing(&given, on), [], "on {on}");
    }
    let given = given.on("2026-03-05").when(grant_from(ERIK, ConsentKind::Help, "2026-03-05", Some("2026-03-31")));
    let given = given.accepted();
    assert_eq!(missing(&given, "2026-03-31"), []);
    assert_eq!(missing(&given, "2026-04-01"), [Missing::Consent(ERIK)]);
}

#[test]
fn a_word_without_standing_does_not_start_to_count_by_itself() {
    let parents =
        joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    // Sacha is eleven: recorded, and on the twelfth birthday Sacha is asked.
    let given = parents.when(grant(SACHA, ConsentKind::Help)).accepted();
    let eleven = last(&given).id;
    assert_eq!(last(&given).standing, Standing::Undetermined);
    assert_eq!(missing(&given, "2026-04-02"), []);
    assert_eq!(missing(&given, "2026-04-03"), [Missing::Consent(SACHA)]);
    assert!(!counts(given.state(), eleven, day("2026-04-03"), given.terms()));
    let given = given.on("2026-04-03").when(grant(SACHA, ConsentKind::Help)).accepted();
    assert_eq!(missing(&given, "2026-04-03"), []);
    // Nor does a joining one, or one to sharing.
    for kind in [ConsentKind::Joining, ConsentKind::Sharing] {
        let by_sacha = NewConsent { recipients: vec![LAYLA], ..new(SACHA, SACHA, kind) };
        let given = joint().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted();
        let given = given.when(ConsentCommand::GrantConsent(by_sacha)).accepted().on("2026-04-03");
        layla_joins(given).then_rejected(TO_JOIN);
    }
}

#[test]
fn authority_that_comes_later_makes_no_yes_of_what_was_said_without_it() {
    let given = given(sacha(Authority::OneParent(NADIA))).when(grant(ERIK, ConsentKind::Help)).accepted();
    let joint = crate::testing::authority(SACHA, Authority::OneParent(ERIK), "2026-02-10");
    let given = given.on("2026-02-20").recorded([Draft::of(joint)]);
    assert_eq!(missing(&given, "2026-02-20"), [Missing::Consent(ERIK)]);
    // Now that it is known, what he said is recorded again for its day.
    let given = given.when_on("2026-02-16", grant(ERIK, ConsentKind::Help)).accepted();
    assert_eq!(last(&given).standing, Standing::Parent);
    assert_eq!(missing(&given, "2026-02-16"), []);
}

#[test]
fn what_was_said_without_standing_ends_nothing_but_withdrawing_it_does() {
    let given = erik_alone().when(grant(ERIK, ConsentKind::Help)).accepted();
    let without = crate::testing::authority(SACHA, Authority::OneParent(NADIA), "2026-02-20");
    let given = given.on("2026-02-20").recorded([Draft::of(without)]);
    let given = given.when(grant_from(ERIK, ConsentKind::Help, "2026-02-20", Some("2026-02-28"))).accepted();
    let back = crate::testing::authority(SACHA, Authority::OneParent(ERIK), "2026-03-01");
    let given = given.on("2026-03-02").recorded([Draft::of(back)]);
    assert_eq!(missing(&given, "2026-03-02"), []);
    let given = withdraw_last(given).accepted();
    assert_eq!(missing(&given, "2026-03-02"), [Missing::Consent(ERIK)]);
    // Help that rested on the yes before it ends too, so its term runs.
    assert_eq!(given.history().facts().last().unwrap().due[0].what, HELP_ENDS_OR_OTHER_GROUND);
}

fn sharing_for(workers: &[WorkerId]) -> ConsentCommand {
    let new = new(ERIK, SACHA, ConsentKind::Sharing);
    ConsentCommand::GrantConsent(NewConsent { recipients: workers.to_vec(), categories: vec![Category::Plan], ..new })
}

/// Under which of his words Erik lets Layla join, and which count, in the order told.
fn lets_join(given: &Given<Case>, on: CivilDay, worker: WorkerId) -> Vec<(bool, bool)> {
    let ids = given.state().consents.all().iter().map(|consent| consent.id);
    let said = |id| {
        let allowed = joining_allowed(given.state(), worker, &[id], on, given.terms());
        (counts(given.state(), id, on, given.terms()), allowed)
    };
    ids.map(said).collect()
}

#[test]
fn withdrawing_a_yes_to_sharing_does_not_end_one_to_joining() {
    let given = erik_alone().when(joining_of(ERIK, &[LAYLA])).accepted();
    let given = given.on("2026-02-20").when(sharing_for(&[LAYLA])).accepted().on("2026-03-01");
    let given = withdraw_last(given).accepted();
    assert_eq!(lets_join(&given, day("2026-03-01"), LAYLA), [(true, true), (false, false)]);
    layla_joins(given).accepted();
    // Withdrawing the yes to joining takes that from the one to sharing as well; what is shared goes on.
    let given = erik_alone().when(sharing_for(&[LAYLA])).accepted();
    let given = given.on("2026-02-20").when(joining_of(ERIK, &[LAYLA])).accepted().on("2026-03-01");
    let given = withdraw_last(given).accepted();
    assert_eq!(lets_join(&given, day("2026-03-01"), LAYLA), [(true, false), (false, false)]);
    layla_joins(given).then_rejected(TO_JOIN);
}

#[test]
fn a_no_to_sharing_ends_a_yes_to_joining_for_whoever_reads_it() {
    let no = ConsentCommand::RefuseConsent { giver: ERIK, subject: SACHA, kind: ConsentKind::Sharing, reason: None };
    let given = erik_alone().when(joining_of(ERIK, &[LAYLA])).accepted().on("2026-03-01").when(no).accepted();
    let id = given.state().consents.all()[0].id;
    let valid = |on| given.state().consents.valid(id, day(on));
    assert_eq!([valid("2026-02-28"), valid("2026-03-01")], [true, false]);
    layla_joins(given).then_rejected(TO_JOIN);
}

/// What Erik says in the property below; `None` withdraws the n-th word.
fn said(step: u8) -> Result<ConsentCommand, usize> {
    let until = Some(day("2026-02-21"));
    let joining = |recipients| NewConsent { recipients, ..new(ERIK, SACHA, ConsentKind::Joining) };
    let no = |kind| ConsentCommand::RefuseConsent { giver: ERIK, subject: SACHA, kind, reason: None };
    Ok(match step {
        0 => joining_of(ERIK, &[LAYLA]),
        1 => joining_of(ERIK, &[]),
        2 => joining_of(ERIK, &[LAYLA, JOOST]),
        3 => ConsentCommand::GrantConsent(NewConsent { until, ..joining(vec![LAYLA]) }),
        4 => ConsentCommand::GrantConsent(NewConsent { categories: vec![Category::Plan], ..joining(vec![LAYLA]) }),
        5 => sharing_for(&[LAYLA]),
        6 => sharing_for(&[]),
        7 => no(ConsentKind::Joining),
        8 => no(ConsentKind::Sharing),
        step => return Err(usize::from(step - 9)),
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    /// A yes to joining that is shown to count lets join whom it names, and one that is shown not to count lets nobody join.
    #[test]
    fn what_counts_and_who_may_join_never_disagree(steps in proptest::collection::vec(0..13_u8, 1..8)) {
        let mut given = erik_alone();
        let mut today = day("2026-02-16");
        for step in steps {
            today = today.plus_days(1);
            given = given.on(&today.to_string());
            let told = said(step).or_else(|place| given.state().consents.all().get(place).map(|word| withdraw(word.id)).ok_or(()));
            if let Ok(command) = told {
                given = given.when(command).accepted_or_not();
            }
        }
        let stranger = WorkerId::from_uuid(uuid::Uuid::from_u128(0x99));
        for on in (0..10).map(|days| day("2026-02-16").plus_days(days)) {
            for consent in given.state().consents.all().iter().filter(|consent| !consent.refused) {
                let counts = counts(given.state(), consent.id, on, given.terms());
                let named = if consent.recipients.is_empty() { vec![stranger] } else { consent.recipients.clone() };
                let joins = |worker: &WorkerId| joining_allowed(given.state(), *worker, &[consent.id], on, given.terms());
                let joins = named.iter().any(joins);
                let agrees = if consent.kind == ConsentKind::Joining { joins == counts } else { counts || !joins };
                proptest::prop_assert!(agrees, "{:?} on {}: counts {}, joins {}", consent, on, counts, joins);
            }
        }
    }
}

/// Case 06: measuring is apart. Neither a yes nor a no to it says anything of help or of joining, nor the other way round.
#[test]
fn measuring_is_asked_apart_from_all_else() {
    let measuring = |given: &Given<Case>| measuring_missing(given.state(), SACHA, day("2026-02-16"), given.terms());
    let no = ConsentCommand::RefuseConsent { giver: ERIK, subject: SACHA, kind: ConsentKind::Measuring, reason: None };
    let given = erik_alone().when(grant(ERIK, ConsentKind::Help)).accepted().when(joining(ERIK)).accepted();
    assert_eq!(measuring(&given), [Missing::Consent(ERIK)]);
    let given = given.when(no).accepted();
    assert_eq!((measuring(&given), missing(&given, "2026-02-16")), (vec![Missing::Refused(ERIK)], vec![]));
    let given = layla_joins(given).accepted();
    let given = given.when(grant(ERIK, ConsentKind::Measuring)).accepted();
    assert_eq!(measuring(&given), []);
}
