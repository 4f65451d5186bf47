use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::CorrectionCommand;
use crate::decider::{BACKDATED, DomainCommand as _};
use crate::fact::NEUTRAL;
use crate::life::{CASE_UNKNOWN, LifeCommand, Outcome};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

fn card(child: PersonId, sleeps: Option<&str>, expires: &str) -> NewCard {
    NewCard {
        child,
        sleeps: sleeps.map(text),
        call: text("Achterwacht 035-0000000"),
        do_not_call: None,
        agreements: Some(text("Eerst bellen, dan komen")),
        rulings: None,
        expires: day(expires),
    }
}

fn write(card: NewCard) -> CrisisCommand {
    CrisisCommand::WriteCrisisCard(Box::new(card))
}

fn sleeps(given: &Given<Case>, on: &str) -> Option<String> {
    let card = given.state().crisis.card(ILIAS, day(on))?;
    Some(card.sleeps.as_ref()?.known()?.as_str().to_owned())
}

fn written() -> Given<Case> {
    given(opened()).when(write(card(ILIAS, Some("bij een vriend"), "2026-06-01"))).accepted()
}

#[test]
fn a_card_is_read_until_it_expires() {
    let given = given(opened()).when(write(card(ILIAS, Some("bij een vriend"), "2026-06-01"))).then([
        CrisisEvent::CrisisCardWritten {
            child: ILIAS,
            sleeps: Some(words(fresh(1), "bij een vriend")),
            call: words(fresh(3), "Achterwacht 035-0000000"),
            do_not_call: None,
            agreements: Some(words(fresh(2), "Eerst bellen, dan komen")),
            rulings: None,
            expires: day("2026-06-01"),
        },
    ]);
    assert_eq!(sleeps(&given, "2026-06-01").as_deref(), Some("bij een vriend"));
    assert_eq!(sleeps(&given, "2026-06-02"), None);
    assert!(given.state().crisis.card(SAMIRA, day("2026-06-01")).is_none());
    let (child, last) = given.state().crisis.cards().next().unwrap();
    assert_eq!((child, last.written, last.by), (ILIAS, day("2026-03-02"), NOOR));
}

#[test]
fn a_newer_card_takes_the_place_of_the_older_also_when_it_expires_first() {
    let given = written().on("2026-03-10").when(write(card(ILIAS, Some("bij oma"), "2026-03-20"))).accepted();
    assert_eq!(sleeps(&given, "2026-03-20").as_deref(), Some("bij oma"));
    assert_eq!(sleeps(&given, "2026-03-21"), None, "the older one is not relied on again");
    let last = given.history().facts().last().unwrap().id;
    let strike = CorrectionCommand::StrikeOut { target: last, reason: text("Verkeerd kind") };
    let given = given.when(strike).accepted();
    assert_eq!(sleeps(&given, "2026-03-21").as_deref(), Some("bij een vriend"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let case = || given(opened());
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    case().when(write(card(nobody, None, "2026-06-01"))).then_rejected(PERSON_UNKNOWN);
    case().when(write(card(SAMIRA, None, "2026-06-01"))).then_rejected(CARD_FOR_A_CHILD);
    case().when(write(card(ILIAS, None, "2026-03-01"))).then_rejected(CARD_EXPIRED);
    case().when(write(card(ILIAS, None, "2026-03-02"))).accepted();
    case().when(write(card(ILIAS, None, "2026-09-02"))).accepted();
    case().when(write(card(ILIAS, None, "2026-09-03"))).then_rejected(CARD_TOO_LONG);
    case().on("2026-03-06").when_on("2026-03-05", write(card(ILIAS, None, "2026-06-01"))).then_rejected(BACKDATED);
    given_of::<Case>([]).when(write(card(ILIAS, None, "2026-06-01"))).then_rejected(CASE_UNKNOWN);
}

#[test]
fn every_text_names_nobody() {
    let plain = || card(ILIAS, None, "2026-06-01");
    let named = || Some(text("Samira"));
    for card in [
        NewCard { sleeps: named(), ..plain() },
        NewCard { call: text("Samira"), ..plain() },
        NewCard { do_not_call: named(), ..plain() },
        NewCard { agreements: named(), ..plain() },
        NewCard { rulings: named(), ..plain() },
    ] {
        given(opened()).when(write(card)).then_rejected(NAMES_IN_TEXT);
    }
}

/// A card guards a child: it is written in a closed case and while a key is missing by a fault.
#[test]
fn it_guards_and_so_always_can_be_written() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    let closed = given(opened()).when(close).accepted();
    closed.when(write(card(ILIAS, None, "2026-06-01"))).accepted();
    assert!(!CaseCommand::from(write(card(ILIAS, None, "2026-06-01"))).needs_all());
}

#[test]
fn nothing_in_clear_tells_of_it_and_it_leads_to_a_child_that_is_protected() {
    let event = |given: &Given<Case>| {
        let facts = given.history().facts().iter();
        facts.map(|fact| fact.event.clone()).find(|event| matches!(event, CaseEvent::Crisis(_))).unwrap()
    };
    let CaseEvent::Crisis(card) = event(&written()) else { panic!("a card") };
    assert_eq!((card.info().outer, card.info().audience), (NEUTRAL, "director"));
    assert_eq!(card.subjects(), [Subject::Person(ILIAS)]);
    let leads = |given: &Given<Case>| Locating::on(given.history(), day("2026-03-02")).leads(&event(given));
    let protect =
        |person| ProtectionCommand::ProtectLocatingData { person, households: vec![], reason: text("Voor de rust") };
    assert!(!leads(&written()), "nobody is protected");
    assert!(leads(&written().when(protect(ILIAS)).accepted()));
    assert!(
        leads(&written().when(protect(SAMIRA)).accepted()),
        "it says where to call, whom not to, where somebody sleeps"
    );
}
