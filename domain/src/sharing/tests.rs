//! Given, when, then for sharing with somebody outside, with the family of case 01.

use super::*;
use crate::correction::CORRECTION_BREAKS_HISTORY;
use crate::divorce::tests::{
    HUGO, ILSE, MORRIS, ROBERT, TESS, closed, consent_of, directed, fact_of, refuse_sharing, reopen,
    share as consent_to, still_to_ask, strike, withdraw,
};
use crate::life::CASE_NOT_OPEN;
use crate::people::PERSON_UNKNOWN;
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::protection::{Locating, ProtectionCommand};
use crate::regie::asked::FROM_IN_PAST;
use crate::testing::*;

/// Tess, of a school, accepted what was offered.
pub(crate) fn offer(subjects: &[PersonId], categories: &[Category]) -> SharingCommand {
    offer_for(subjects, categories, None, None)
}

fn offer_for(
    subjects: &[PersonId],
    categories: &[Category],
    from: Option<&str>,
    until: Option<&str>,
) -> SharingCommand {
    SharingCommand::RecordAcceptedShare {
        recipient: TESS,
        organisation: organisation("school-noord"),
        capacity: Capacity::School,
        subjects: subjects.to_vec(),
        categories: categories.to_vec(),
        from: from.map(day),
        until: until.map(day),
        offered: text("hoe de week verloopt, om in de klas rust te houden"),
    }
}

const SCHOOL: &[Category] = &[Category::School];
const BOTH: &[Category] = &[Category::School, Category::Wellbeing];

/// Both parents let it go to Tess for Morris, and Ilse for herself.
fn consented() -> Given<Case> {
    let given = directed().when(consent_to(ILSE, MORRIS, BOTH, &[TESS])).accepted();
    let given = given.when(consent_to(ROBERT, MORRIS, BOTH, &[TESS])).accepted();
    given.when(consent_to(ILSE, ILSE, BOTH, &[TESS])).accepted()
}

fn shared_on(given: &Given<Case>, on: &str) -> Vec<PersonId> {
    let open = shares_on(given.state(), day(on), given.terms());
    open.into_iter().flat_map(|open| open.subjects).collect()
}

fn share_of(given: &Given<Case>) -> ShareId {
    given.state().sharing.all()[0].id
}

fn withdraw_share(given: Given<Case>) -> When<Case> {
    let share = share_of(&given);
    given.when(SharingCommand::WithdrawShare { share, reason: text("niet meer nodig") })
}

#[test]
fn what_everyone_consented_to_may_go_to_who_is_named() {
    let given = consented();
    let mut consents = [consent_of(&given, ILSE, MORRIS), consent_of(&given, ROBERT, MORRIS)];
    consents.sort_unstable();
    let given = given.when(offer(&[MORRIS, MORRIS], SCHOOL)).then([SharingEvent::ShareAccepted {
        share: ShareId::from_uuid(fresh(4)),
        recipient: TESS,
        organisation: organisation("school-noord"),
        capacity: Capacity::School,
        subjects: vec![MORRIS],
        categories: vec![Category::School],
        consents: consents.to_vec(),
        from: day("2026-04-21"),
        until: None,
        offered: words(fresh(5), "hoe de week verloopt, om in de klas rust te houden"),
    }]);
    assert_eq!((shared_on(&given, "2026-04-20"), shared_on(&given, "2026-04-21")), (vec![], vec![MORRIS]));
}

#[test]
fn for_each_person_and_kind_of_data_the_consent_must_be_complete() {
    let one = directed().when(consent_to(ILSE, MORRIS, SCHOOL, &[TESS])).accepted();
    let rejection = one.when(offer(&[MORRIS], SCHOOL)).then_rejected(SHARING_CONSENT_MISSING);
    assert!(still_to_ask(&rejection, &[ROBERT]));
    let rejection = consented().when(offer(&[MORRIS, ROBERT], SCHOOL)).then_rejected(SHARING_CONSENT_MISSING);
    assert!(rejection.details.contains(&("subject", Detail::id(ROBERT))));
    let health = [Category::School, Category::Health];
    let rejection = consented().when(offer(&[MORRIS], &health)).then_rejected(SHARING_CONSENT_MISSING);
    assert!(rejection.details.contains(&("category", Detail::Word("health"))));
    let no = consented().when(refuse_sharing(ROBERT, MORRIS)).accepted();
    no.when(offer(&[MORRIS], SCHOOL)).then_rejected(SHARING_CONSENT_MISSING);
}

#[test]
fn who_receives_is_named_by_each() {
    for recipients in [&[][..], &[HUGO]] {
        let given = directed().when(consent_to(ILSE, MORRIS, SCHOOL, &[TESS])).accepted();
        let given = given.when(consent_to(ROBERT, MORRIS, SCHOOL, recipients)).accepted();
        let rejection = given.when(offer(&[MORRIS], SCHOOL)).then_rejected(RECIPIENT_NOT_NAMED);
        assert!(still_to_ask(&rejection, &[ROBERT]));
    }
}

#[test]
fn a_share_is_about_somebody_of_the_case_and_has_its_days() {
    consented().when(offer(&[], SCHOOL)).then_rejected(SHARE_EMPTY);
    consented().when(offer(&[MORRIS], &[])).then_rejected(SHARE_EMPTY);
    consented().when(offer(&[PersonId::from_uuid(fresh(99))], SCHOOL)).then_rejected(PERSON_UNKNOWN);
    consented().when(offer_for(&[MORRIS], SCHOOL, Some("2026-04-20"), None)).then_rejected(FROM_IN_PAST);
    consented().when(offer_for(&[MORRIS], SCHOOL, None, Some("2026-04-20"))).then_rejected(UNTIL_BEFORE_FROM);
    let given = consented().when(offer_for(&[MORRIS], SCHOOL, Some("2026-04-22"), Some("2026-04-30"))).accepted();
    let days = ["2026-04-21", "2026-04-22", "2026-04-30", "2026-05-01"];
    assert_eq!(days.map(|day| shared_on(&given, day).len()), [0, 1, 1, 0]);
}

/// R02.
#[test]
fn a_withdrawn_consent_closes_that_persons_part_at_once_and_a_later_one_opens_none() {
    let given = consented().when(offer(&[ILSE, MORRIS], BOTH)).accepted().on("2026-05-01");
    assert_eq!(shared_on(&given, "2026-05-01"), [ILSE, MORRIS]);
    let consent = consent_of(&given, ROBERT, MORRIS);
    let given = given.when(withdraw(consent)).accepted();
    assert_eq!((shared_on(&given, "2026-04-30"), shared_on(&given, "2026-05-01")), (vec![ILSE, MORRIS], vec![ILSE]));
    let given = given.when(consent_to(ROBERT, MORRIS, BOTH, &[TESS])).accepted();
    assert_eq!(shared_on(&given, "2026-05-01"), [ILSE]);
    let given = given.when(offer(&[MORRIS], SCHOOL)).accepted();
    assert_eq!(shared_on(&given, "2026-05-01"), [ILSE, MORRIS]);
    // For one kind of data is for the share as a whole: it says no less than what was agreed.
    let given = given.when(consent_to(ILSE, ILSE, &[Category::Wellbeing], &[TESS])).accepted();
    let wellbeing = consent_of(&given, ILSE, ILSE);
    let given = given.on("2026-05-02").when(withdraw(wellbeing)).accepted();
    assert_eq!(shared_on(&given, "2026-05-02"), [MORRIS]);
}

#[test]
fn when_the_child_comes_to_decide_the_part_closes() {
    let given = consented().when(offer(&[MORRIS], SCHOOL)).accepted();
    assert_eq!((shared_on(&given, "2027-05-13"), shared_on(&given, "2027-05-14")), (vec![MORRIS], vec![]));
}

#[test]
fn a_share_is_withdrawn_once_from_now_on() {
    let given = consented().when(offer(&[MORRIS], SCHOOL)).accepted().on("2026-05-01");
    let share = share_of(&given);
    let given = withdraw_share(given)
        .then([SharingEvent::ShareWithdrawn { share, reason: words(fresh(6), "niet meer nodig") }]);
    assert_eq!((shared_on(&given, "2026-04-30"), shared_on(&given, "2026-05-01")), (vec![MORRIS], vec![]));
    let unknown = SharingCommand::WithdrawShare { share: ShareId::from_uuid(fresh(99)), reason: text("niet nodig") };
    let given = given.when(unknown).refused_but(SHARE_UNKNOWN);
    withdraw_share(given).then_rejected(SHARE_ALREADY_WITHDRAWN);
}

#[test]
fn closing_ends_it_and_it_can_still_be_withdrawn() {
    let given = closed(consented().when(offer(&[MORRIS], SCHOOL)).accepted(), "2026-05-01");
    assert_eq!((shared_on(&given, "2026-05-01"), shared_on(&given, "2026-05-02")), (vec![MORRIS], vec![]));
    let given = given.when(offer(&[MORRIS], SCHOOL)).refused_but(CASE_NOT_OPEN);
    let given = withdraw_share(given).accepted().on("2026-05-06").when(reopen()).accepted();
    assert_eq!(shared_on(&given, "2026-05-06"), []);
}

#[test]
fn what_rests_on_it_keeps_a_consent_and_a_share_from_being_struck_out() {
    let given = consented().when(offer(&[ILSE], SCHOOL)).accepted();
    let consent = strike(&given, "ConsentGranted");
    let given = given.when(consent).refused_but(CORRECTION_BREAKS_HISTORY);
    let given = withdraw_share(given).accepted();
    let accepted = strike(&given, "ShareAccepted");
    given.when(accepted).then_rejected(CORRECTION_BREAKS_HISTORY);
}

/// A school leads to where somebody lives.
#[test]
fn who_receives_about_somebody_protected_leads_to_them() {
    let given = withdraw_share(consented().when(offer(&[MORRIS], SCHOOL)).accepted()).accepted();
    let protect = |person| ProtectionCommand::ProtectLocatingData { person, households: vec![], reason: text("rust") };
    let leads = |given: &Given<Case>, name| {
        let fact = given.history().fact(fact_of(given, name)).unwrap();
        Locating::on(given.history(), day("2026-04-21")).leads(&fact.event)
    };
    let other = given.when(protect(ROBERT)).accepted();
    assert!(!leads(&other, "ShareAccepted") && !leads(&other, "ShareWithdrawn"));
    let given = other.when(protect(MORRIS)).accepted();
    assert!(leads(&given, "ShareAccepted") && leads(&given, "ShareWithdrawn"));
}
