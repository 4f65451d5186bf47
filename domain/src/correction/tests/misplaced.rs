//! Facts in the wrong file (rule 28).

use super::*;
use crate::contact::ContactCommand;
use crate::contact::tests::{call_back, record, talk};
use crate::crisis::{CrisisCommand, NewCard};
use crate::dues::open_dues;
use crate::emergency::{EmergencyCommand, NewGround};
use crate::ids::{PersonId, Revision};
use crate::layers::{Layers, LayersOf};
use crate::life::LifeCommand;
use crate::protection::{Locating, ProtectionCommand};

fn aside(revisions: &[u64]) -> CorrectionCommand {
    let targets = revisions.iter().copied().map(event_id).collect();
    CorrectionCommand::SetAside { targets, reason: text("Hoort in een ander dossier") }
}

fn back(revisions: &[u64]) -> CorrectionCommand {
    let set_aside = revisions.iter().copied().map(event_id).collect();
    CorrectionCommand::BringBack { set_aside, reason: text("Hoort hier toch") }
}

fn told_to_director(revision: u64) -> LifeCommand {
    LifeCommand::ChangeAudience { target: event_id(revision), audience: Audience::Director, reason: text("Op verzoek") }
}

fn ids(history: &History<Case>) -> Vec<EventId> {
    history.facts().iter().map(|fact| fact.id).collect()
}

fn all_but(gone: &[u64], last: u64) -> Vec<EventId> {
    (0..=last).filter(|revision| !gone.contains(revision)).map(event_id).collect()
}

#[test]
fn a_fact_set_aside_is_nowhere_in_the_history_of_any_day() {
    let given = with(vec![withdrawn()]).on("2026-06-01").when(aside(&[5]));
    let draft = &given.drafts()[0];
    assert_eq!((given.drafts().len(), draft.audience.clone()), (1, Some(Audience::Director)));
    assert!(draft.event.subjects().is_empty(), "nothing in clear says about whom");
    let given = given.accepted();
    let history = given.history();
    assert!(given.state().consents.valid(HELP, day("2026-05-04")));
    assert_eq!(given.state(), with(vec![]).state());
    assert_eq!(ids(history), all_but(&[5], 6));
    assert!(history.fact(event_id(5)).is_none() && history.is_set_aside(event_id(5)));
    assert_eq!(history.standing().len(), 6);
    // As recorded before it was set aside, and as known about any day.
    for looked_back in [history.as_recorded_on(day("2026-05-05")), history.as_known_about(day("2026-05-05"))] {
        assert!(looked_back.fact(event_id(5)).is_none());
        assert!(looked_back.state().consents.valid(HELP, day("2026-05-04")));
    }
    // Only to judge again what was judged then is it there.
    let then = history.as_judged_at(Revision::new(5));
    assert!(!then.state().consents.valid(HELP, day("2026-05-04")));
    // The next fact has the next place.
    assert_eq!(history.revision().map(Revision::number), Some(6));
}

#[test]
fn what_was_said_of_it_goes_and_comes_back_with_it() {
    let given = with(vec![])
        .when(correct(2, CorrectedContent::BirthDate(day("2016-12-19"))))
        .accepted()
        .when(correct(4, CorrectedContent::Words(text("Uitgelegd"))))
        .accepted()
        .when(told_to_director(4))
        .accepted();
    let before = given.state().clone();
    let given = given.on("2026-04-01").when(aside(&[4])).accepted();
    // Its correction (6) and who may know it (7) say something of it: gone. The other correction (5) stays.
    assert_eq!(ids(given.history()), all_but(&[4, 6, 7], 8));
    assert!(given.state().consents.get(HELP).is_none());
    let given = given.on("2026-05-01").when(back(&[8])).accepted();
    assert_eq!(ids(given.history()), all_but(&[], 9));
    assert_eq!(given.state(), &before);
    assert!(given.state().consents.get(HELP).unwrap().words.is_some());
    // Between the two it was not there to be read.
    let between = given.history().as_recorded_on(day("2026-04-15"));
    assert!(between.fact(event_id(4)).is_none());
    assert_eq!(ids(&given.history().as_recorded_on(day("2026-03-15"))), all_but(&[], 7));
    // And it can be set aside again.
    let given = given.when(aside(&[4])).accepted();
    assert!(given.history().fact(event_id(4)).is_none());
    given.when(back(&[8])).refused_but(SET_ASIDE_UNKNOWN).when(back(&[10])).accepted();
}

#[test]
fn what_was_struck_out_before_no_longer_shows_either() {
    let given = with(vec![withdrawn()]).when(strike(5)).accepted().when(aside(&[5])).accepted();
    assert_eq!(ids(given.history()), all_but(&[5, 6], 7));
    let given = given.when(back(&[7])).accepted();
    assert!(matches!(given.history().standing()[5], Standing::Voided(_, by) if by == event_id(6)));
}

#[test]
fn a_correction_with_words_of_others_goes_and_what_it_changed_is_as_before() {
    let given = with(vec![]).when(correct(2, CorrectedContent::Name(name("Ilyas")))).accepted();
    let given = given.when(aside(&[5])).accepted();
    assert_eq!(given.state(), with(vec![]).state());
    assert_eq!(ids(given.history()), all_but(&[5], 6));
}

#[test]
fn what_rests_on_it_is_named_and_goes_in_the_same_command() {
    let rejection = with(vec![]).when(aside(&[2])).then_rejected(CORRECTION_BREAKS_HISTORY);
    let facts = Detail::List([3, 4].map(|revision| Detail::id(event_id(revision))).to_vec());
    assert!(rejection.details.contains(&("facts", facts)), "{rejection:?}");
    let given = with(vec![]).when(aside(&[4, 2, 3, 2])).accepted();
    assert!(given.state().people.person(ILIAS).is_none());
    // One event each: in the order in which they were told, each to be brought back alone.
    assert_eq!(ids(given.history()), all_but(&[2, 3, 4], 7));
    let given = given.when(back(&[6])).refused_but(CORRECTION_BREAKS_HISTORY);
    let given = given.when(back(&[5])).accepted().when(back(&[7, 6])).accepted();
    assert_eq!(given.state(), with(vec![]).state());
}

#[test]
fn how_it_went_on_goes_along_and_nothing_waits_for_it() {
    let promised = crate::contact::NewContact { promises: vec![call_back(None)], ..talk(&[SAMIRA], "Zij belde.") };
    let given = with(vec![]).when(record(promised)).accepted();
    assert_eq!(open_dues(given.state(), day("2026-03-02")).len(), 1);
    let gone = given.when(aside(&[5])).accepted();
    assert!(open_dues(gone.state(), day("2026-03-02")).is_empty());
    let promise = gone.when(back(&[6])).accepted();
    let kept = promise.state().contacts.promises()[0].id;
    let settle = ContactCommand::SettlePromise {
        promise: kept,
        how: crate::contact::PromiseEnd::Kept,
        note: Some(text("Gebeld")),
    };
    let given = promise.when(settle).accepted().when(aside(&[5])).accepted();
    assert_eq!(ids(given.history()), all_but(&[5, 8], 10));
    assert!(given.state().contacts.all().is_empty());
}

#[test]
fn what_may_not_go_and_what_is_not_there_is_refused() {
    let given = || with(vec![withdrawn()]);
    given().when(aside(&[])).then_rejected(NOTHING_SET_ASIDE);
    given().when(back(&[])).then_rejected(NOTHING_SET_ASIDE);
    given().when(aside(&[99])).then_rejected(FACT_UNKNOWN);
    given().when(aside(&[5, 99])).then_rejected(FACT_UNKNOWN);
    given().when(aside(&[0])).then_rejected(FACT_CANNOT_BE_STRUCK_OUT);
    given().when(back(&[5])).then_rejected(SET_ASIDE_UNKNOWN);
    let gone = || given().when(aside(&[5])).accepted();
    // To whoever asks for it, it is as absent as to every reader: set aside twice, corrected, struck out, told to others.
    gone().when(aside(&[5])).then_rejected(FACT_UNKNOWN);
    gone().when(strike(5)).then_rejected(FACT_UNKNOWN);
    gone().when(correct(5, CorrectedContent::Words(text("Toch")))).then_rejected(FACT_UNKNOWN);
    gone().when(told_to_director(5)).then_rejected(crate::life::AUDIENCE_FACT_UNKNOWN);
    // That it was set aside stays.
    gone().when(strike(6)).then_rejected(SET_ASIDE_STAYS);
    gone().when(aside(&[6])).then_rejected(SET_ASIDE_STAYS);
    gone().when(correct(6, CorrectedContent::Words(text("Toch")))).then_rejected(CORRECTION_DOES_NOT_FIT);
    let again = || gone().when(back(&[6])).accepted();
    again().when(back(&[6])).then_rejected(SET_ASIDE_UNKNOWN);
    again().when(strike(7)).then_rejected(SET_ASIDE_STAYS);
    again().when(aside(&[7])).then_rejected(SET_ASIDE_STAYS);
}

#[test]
fn it_is_said_now_and_in_a_closed_case_too() {
    given_of::<Case>([]).when(aside(&[0])).then_rejected(crate::life::CASE_UNKNOWN);
    with(vec![withdrawn()]).when_on("2026-05-01", aside(&[5])).then_rejected(BACKDATED);
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let given = with(vec![withdrawn()]).when(close).accepted();
    given.when(aside(&[5])).accepted().when(back(&[7])).accepted();
}

#[test]
fn neither_protection_nor_an_emergency_access_is_set_aside() {
    let protect =
        ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: text("Op haar verzoek") };
    let given = with(vec![]).when(protect).accepted();
    let given = given.when(aside(&[5])).refused_but(PROTECTION_WEAKENED);
    // Who may know a fact about her does not widen by its going: it is shown to nobody.
    let given = given.when(told_to_director(1)).accepted();
    given.when(aside(&[6])).then_rejected(PROTECTION_WEAKENED);
    let ground = NewGround::VitalInterest;
    let open = EmergencyCommand::OpenEmergencyAccess { ground, reason: text("Gevaar"), hours: None };
    let given = with(vec![]).by(LAYLA, Role::Supporter).when(open).accepted();
    given.when(aside(&[5])).then_rejected(EMERGENCY_STAYS);
}

/// A narrowed audience goes with a fact about somebody protected, and shows it to nobody.
#[test]
fn a_narrowed_fact_about_somebody_protected_goes() {
    let protect =
        ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: text("Op haar verzoek") };
    let told = record(talk(&[SAMIRA], "Zij belde."));
    let given = with(vec![]).when(told).accepted().when(told_to_director(5)).accepted().when(protect).accepted();
    let given = given.when(aside(&[5])).accepted();
    assert_eq!(ids(given.history()), all_but(&[5, 6], 8));
}

#[test]
fn that_something_was_set_aside_leads_to_nobody_and_stands_in_no_layer() {
    let card = NewCard {
        child: ILIAS,
        sleeps: None,
        call: text("035-0000000"),
        do_not_call: None,
        agreements: None,
        rulings: None,
        expires: day("2026-06-01"),
    };
    let protect =
        ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: text("Op haar verzoek") };
    let given = with(vec![]).when(protect).accepted().when(CrisisCommand::WriteCrisisCard(Box::new(card))).accepted();
    let given = given.when(aside(&[6])).accepted().when(back(&[7])).accepted();
    let locating = Locating::on(given.history(), day("2026-03-02"));
    let layers = LayersOf::on(given.history(), day("2026-03-02"), ages());
    for fact in &given.history().facts()[7..] {
        assert!(!locating.leads(&fact.event) && !locating.concerns(&fact.event));
        assert_eq!((layers.of_fact(fact), fact.audience.clone()), (Layers::case(), Audience::Director));
    }
}

#[test]
fn a_reason_that_names_somebody_says_so() {
    let reason = text("Ilias hoort hier niet");
    let named = CorrectionCommand::SetAside { targets: vec![event_id(4)], reason: reason.clone() };
    with(vec![]).when(named).then_rejected(crate::people::catalogue::NAMES_IN_TEXT);
    let named = CorrectionCommand::BringBack { set_aside: vec![event_id(4)], reason };
    with(vec![]).when(named).then_rejected(crate::people::catalogue::NAMES_IN_TEXT);
}

/// Nobody may write what makes this fold fail or show again: a later correction of what was set aside says nothing.
#[test]
fn a_later_word_about_what_was_set_aside_shows_nothing_of_it() {
    let given = with(vec![withdrawn()]).when(aside(&[5])).accepted();
    let reason = words(Uuid::from_u128(0x71), "Toch");
    let (target, occurred, replacement, judged_anew) = (event_id(5), None, None, false);
    let late = CorrectionEvent::FactCorrected { target, reason: reason.clone(), occurred, replacement, judged_anew };
    let wider = crate::life::LifeEvent::AudienceChanged { target, audience: Audience::Case, reason };
    let given = given.recorded([Draft::of(late.into())]).recorded([Draft::of(wider.into())]);
    assert_eq!(ids(given.history()), all_but(&[5, 7, 8], 6));
    assert_eq!(given.state(), with(vec![]).state());
    assert_eq!(given.history().revision().map(Revision::number), Some(8));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bringing_back_undoes_exactly_the_setting_aside(
        steps in proptest::collection::vec(step(), 0..15),
        at in proptest::collection::vec(0..20_u64, 1..4),
    ) {
        let (given, _) = play(&steps);
        let before = given.state().clone();
        let shown = ids(given.history());
        let next = given.history().revision().map_or(0, Revision::number) + 1;
        let given = given.when(aside(&at)).accepted_or_not();
        let last = given.history().revision().map_or(0, Revision::number);
        for gone in &at {
            prop_assert!(last < next || given.history().fact(event_id(*gone)).is_none());
        }
        prop_assert_eq!(broken(given.history()), []);
        let refolded = History::<Case>::fold(given.history().facts().to_vec());
        prop_assert_eq!(refolded.state(), given.state());
        if last < next {
            return Ok(());
        }
        let asides: Vec<u64> = (next..=last).collect();
        let given = given.when(back(&asides)).accepted();
        prop_assert_eq!(given.state(), &before);
        let again: Vec<_> = ids(given.history()).into_iter().filter(|id| shown.contains(id)).collect();
        prop_assert_eq!(again, shown);
    }
}

/// Whoever is named in a fact of the wrong file is not in the case.
#[test]
fn a_person_of_another_family_is_not_found_any_more() {
    let other = PersonId::from_uuid(Uuid::from_u128(0x77));
    let given = with(vec![("2026-03-03", person(other, "Fatima", Some("2015-01-01"), FamilyRole::Child))]);
    let given = given.when(aside(&[5])).accepted();
    assert!(given.state().people.person(other).is_none());
    assert_eq!(given.state().people.iter().count(), 2);
}
