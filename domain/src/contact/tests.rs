use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::{DomainCommand as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{A, ANJA, FENNA, ILSE, MORRIS, ROBERT, WIM, apart, appoint, directed, fact_of, strike};
use crate::dues::open_dues;
use crate::fact::Role;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::time::Occurred;

/// One line: with whom and what was said.
pub(crate) fn talk(with: &[PersonId], said: &str) -> NewContact {
    NewContact {
        with: with.to_vec(),
        other: None,
        about: vec![],
        worker: None,
        direction: None,
        medium: None,
        verified: None,
        said: text(said),
        asked: None,
        answer: None,
        answered: None,
        promises: vec![],
    }
}

pub(crate) fn record(contact: NewContact) -> ContactCommand {
    ContactCommand::RecordContact(Box::new(contact))
}

pub(crate) fn call_back(by: Option<&str>) -> NewPromise {
    NewPromise { kind: PromiseKind::CallBack, what: None, by: by.map(day), worker: Some(WIM) }
}

pub(crate) fn settle(promise: PromiseId) -> ContactCommand {
    ContactCommand::SettlePromise { promise, how: PromiseEnd::Kept, note: None }
}

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

fn last(given: &Given<Case>) -> CaseEvent {
    given.history().facts().last().unwrap().event.clone()
}

fn dues(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    open_dues(given.state(), day(on)).into_iter().map(|due| (due.what, due.last_day.to_string())).collect()
}

/// "One line will do."
#[test]
fn a_contact_needs_with_whom_and_one_sentence() {
    let given = directed().when_on("2026-02-27", record(talk(&[ROBERT], "Hij meldt dat het weekend niet doorgaat.")));
    let drafts = given.drafts();
    assert_eq!(drafts[0].audience, Some(Audience::Persons(vec![ROBERT])));
    let given = given.accepted();
    let [contact] = given.state().contacts.all() else { panic!("one contact") };
    assert_eq!((contact.day, contact.worker, contact.medium), (day("2026-02-27"), ANJA, None));
    assert_eq!(contact.said.known().unwrap().as_str(), "Hij meldt dat het weekend niet doorgaat.");
    assert!(given.state().contacts.promises().is_empty());
}

/// Case 04: a weekly call refused on the phone is what was asked and what was answered; nothing of who was angry.
#[test]
fn a_refused_request_is_a_contact_with_what_was_asked_and_the_answer() {
    let new = NewContact {
        direction: Some(Direction::Incoming),
        medium: Some(Medium::Phone),
        verified: Some(Verified::Known),
        asked: Some(text("Elke week bellen over hoe het gaat.")),
        answer: Some(Answer::AnotherWay),
        answered: Some(text("Schriftelijk, via de regiehouder.")),
        about: vec![MORRIS, MORRIS],
        ..talk(&[ILSE], "Zij belt over haar kind.")
    };
    let given = directed().by(FENNA, Role::Supporter).when(record(new)).accepted();
    let contact = &given.state().contacts.all()[0];
    assert_eq!((contact.answer, contact.worker), (Some(Answer::AnotherWay), FENNA));
    assert_eq!(contact.about, [MORRIS], "each once");
}

#[test]
fn what_cannot_be_a_contact_is_refused() {
    directed().when(record(talk(&[], "Met niemand."))).then_rejected(CONTACT_WITH_NOBODY);
    directed().when(record(talk(&[nobody()], "Onbekend."))).then_rejected(PERSON_UNKNOWN);
    let about = NewContact { about: vec![nobody()], ..talk(&[ILSE], "Gesproken.") };
    directed().when(record(about)).then_rejected(PERSON_UNKNOWN);
    directed().when_on("2026-04-22", record(talk(&[ILSE], "Morgen."))).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(record(talk(&[ILSE], "Zomaar."))).then_rejected(CASE_UNKNOWN);
    let promised = |promise| NewContact { promises: vec![promise], ..talk(&[ILSE], "Gesproken.") };
    let wordless = NewPromise { kind: PromiseKind::Other, ..call_back(None) };
    directed().when(record(promised(wordless))).then_rejected(PROMISE_WITHOUT_WORDS);
    directed().when(record(promised(call_back(Some("2026-04-20"))))).then_rejected(UNTIL_BEFORE_FROM);
}

/// What was is taken: long ago, from before the case, about a closed one.
#[test]
fn a_contact_of_any_day_is_taken_also_in_a_closed_case() {
    let given = directed().when_on("2019-01-01", record(talk(&[ILSE], "Lang geleden."))).accepted();
    assert_eq!(given.state().contacts.all()[0].day, day("2019-01-01"));
    let closed = crate::divorce::tests::closed(directed(), "2026-05-01");
    closed.on("2026-05-02").when(record(talk(&[ILSE], "Ze belde nog na."))).accepted();
    assert!(!CaseCommand::from(record(talk(&[ILSE], "x"))).needs_all());
}

#[test]
fn a_call_back_waits_for_the_term_of_policy_until_it_is_done_once() {
    let promises = vec![
        call_back(None),
        NewPromise {
            kind: PromiseKind::Other,
            what: Some(text("Het verslag sturen")),
            by: Some(day("2026-05-01")),
            worker: None,
        },
        NewPromise { kind: PromiseKind::Other, what: Some(text("Eraan denken")), by: None, worker: None },
    ];
    let contact = NewContact { promises, ..talk(&[ILSE], "Zij vraagt om een gesprek.") };
    let given = directed().when(record(contact)).accepted();
    let waits = |on, expected: &[(&str, &str)], given: &Given<Case>| {
        let expected: Vec<_> = expected.iter().map(|(what, by)| ((*what).to_owned(), (*by).to_owned())).collect();
        assert_eq!(dues(given, on), expected);
    };
    waits("2026-04-21", &[(CALL_BACK_DUE, "2026-04-23"), (PROMISE_DUE, "2026-05-01")], &given);
    let [first, second, third] = given.state().contacts.promises() else { panic!("three promises") };
    assert_eq!((first.by, first.worker, second.worker), (Some(day("2026-04-23")), WIM, ANJA));
    assert_eq!(third.by, None);
    let (first, second) = (first.id, second.id);
    let given = given.on("2026-04-24").when_on("2026-04-23", settle(first)).accepted();
    waits("2026-04-24", &[(PROMISE_DUE, "2026-05-01")], &given);
    let settled = given.state().contacts.promise(first).unwrap().settled.clone().unwrap();
    assert_eq!((settled.day, settled.how), (day("2026-04-23"), PromiseEnd::Kept));
    let given = given.when(settle(first)).refused_but(PROMISE_ALREADY_SETTLED);
    let unknown = PromiseId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(settle(unknown)).refused_but(PROMISE_UNKNOWN);
    let end = ContactCommand::SettlePromise {
        promise: second,
        how: PromiseEnd::NoLongerNeeded,
        note: Some(text("Het hoeft niet meer")),
    };
    let given = given.when(end).accepted();
    waits("2026-05-20", &[], &given);
    let again = strike(&given, "PromiseSettled");
    waits("2026-05-20", &[(PROMISE_DUE, "2026-05-01")], &given.when(again).accepted());
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert");
    for contact in [
        talk(&[ILSE], "Robert was er ook"),
        NewContact { asked: Some(named()), ..talk(&[ILSE], "x") },
        NewContact { answered: Some(named()), ..talk(&[ILSE], "x") },
        NewContact { other: Some(line("De broer van Robert")), ..talk(&[ILSE], "x") },
        NewContact { promises: vec![NewPromise { what: Some(named()), ..call_back(None) }], ..talk(&[ILSE], "x") },
    ] {
        directed().when(record(contact)).then_rejected(NAMES_IN_TEXT);
    }
    let order = Order { mentions: vec![ROBERT], ..Order::now(record(talk(&[ILSE], "Robert was er ook")).into()) };
    directed().when_ordered(order).accepted();
}

#[test]
fn a_talk_stands_in_the_personal_layer_of_whom_it_was_with() {
    let stands = |with: &[PersonId]| {
        let other = with.is_empty().then(|| line("De juf"));
        let given = directed().when(record(NewContact { other, ..talk(with, "Gesproken.") })).accepted();
        LayersOf::on(given.history(), day("2026-04-21"), ages()).of(&last(&given))
    };
    assert_eq!(stands(&[ROBERT]), Layers::of([Layer::Person(ROBERT)]));
    assert_eq!(stands(&[MORRIS]), Layers::of([Layer::Person(MORRIS)]), "a child's confidence is not its layer");
    assert_eq!(stands(&[ROBERT, ILSE]), Layers::nobodys());
    assert_eq!(stands(&[]), Layers::nobodys());
}

#[test]
fn what_was_promised_is_known_to_who_knows_the_contact_as_of_now() {
    let contact = NewContact { promises: vec![call_back(None)], ..talk(&[ILSE], "Zij vraagt om een gesprek.") };
    let given = directed().when(record(contact)).accepted();
    let narrow = LifeCommand::ChangeAudience {
        target: fact_of(&given, "ContactRecorded"),
        audience: Audience::Workers(vec![ANJA]),
        reason: text("Vertrouwelijk"),
    };
    let given = given.when(narrow).accepted();
    let promise = given.state().contacts.promises()[0].id;
    let given = given.when(settle(promise)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Workers(vec![ANJA]));
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages()).of(&last(&given));
    assert_eq!(layers, Layers::of([Layer::Person(ILSE)]));
}

/// By whom it was with or about, and by which worker had it: Wim works in household A.
#[test]
fn a_talk_leads_to_somebody_protected_by_whom_it_names() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = apart().when(appoint(A, WIM)).accepted().when(protect).accepted();
    let leads = |contact: NewContact| {
        let given = apart().when(record(contact)).accepted();
        last(&given)
    };
    let locating = |event: &CaseEvent| Locating::on(given.history(), day("2026-05-04")).leads(event);
    let by = |worker| NewContact { worker: Some(worker), ..talk(&[ROBERT], "Gesproken.") };
    assert!(!locating(&leads(by(FENNA))));
    assert!(locating(&leads(by(WIM))));
    assert!(locating(&leads(talk(&[ILSE], "Gesproken."))));
    assert!(locating(&leads(NewContact { about: vec![ILSE], ..by(FENNA) })));
    assert!(locating(&leads(NewContact { other: Some(line("De juf")), ..talk(&[], "Gesproken.") })));
    let quiet = apart().when(record(by(WIM))).accepted();
    assert!(!Locating::on(quiet.history(), day("2026-05-04")).leads(&last(&quiet)), "nobody is protected");
}

#[test]
fn what_was_said_is_corrected_in_its_words_and_its_day() {
    use crate::correction::{CorrectedContent, CorrectionCommand};
    let given = directed().when(record(talk(&[ILSE], "Zij belt maandag."))).accepted();
    let target = fact_of(&given, "ContactRecorded");
    let right = CorrectionCommand::Correct {
        target,
        reason: text("verschreven"),
        occurred: Some(Occurred::Day(day("2026-04-20"))),
        content: CorrectedContent::Words(text("Zij belt dinsdag.")),
    };
    let given = given.when(right).accepted();
    let contact = &given.state().contacts.all()[0];
    assert_eq!((contact.day, contact.said.known().unwrap().as_str()), (day("2026-04-20"), "Zij belt dinsdag."));
    let out = strike(&given, "ContactRecorded");
    assert!(given.when(out).accepted().state().contacts.all().is_empty());
}
